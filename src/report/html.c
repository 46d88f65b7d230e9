/* A document as a page of HTML that stands alone. */
#include <string.h>

#include "report/document.h"

static const char style[] =
    "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}\n"
    "main{max-width:66rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
    "h1{font-size:1.6rem;line-height:1.25;margin:.2em 0 .6em}\n"
    "h2{font-size:1.15rem;margin:1.8em 0 .5em;border-bottom:1px solid #ccc}\n"
    "p{margin:.5em 0;max-width:44rem}p.hang{padding-left:3rem;text-indent:-1.5rem}\n"
    "pre{font:.9rem/1.35 ui-monospace,monospace;overflow-x:auto;margin:.8em 0}\n"
    ".scroll{overflow-x:auto}\n"
    "table{border-collapse:collapse;margin:.8em 0;font-size:.95rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.2em .9em .2em 0;text-align:left;vertical-align:top;white-space:nowrap}\n"
    ".w{white-space:normal}.line{white-space:pre;font:.7rem/1.9 ui-monospace,monospace}\n"
    "th.r,td.r{text-align:right}\n"
    "thead th{font-weight:600;color:#555;border-bottom:1px solid #999;vertical-align:bottom}\n"
    "tbody td{border-bottom:1px solid #eee}\n"
    "th.section{padding-top:1em;font-weight:700}\n"
    ".strong{font-weight:700}.dim{color:#666}.good{color:#066a3c}.bad{color:#b3261e}\n"
    "figure{margin:1.2em 0}figcaption{font-weight:600}\n"
    "svg{width:100%;max-width:54rem;height:auto;font:12px system-ui,sans-serif}\n"
    "svg text{fill:#333}.grid{stroke:#e2e2e2}.tick{stroke:#777}.whisker{stroke:#333}\n"
    "@media print{main{padding:0;max-width:none}body{font-size:11pt}"
    "tr,figure{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible}}\n";

struct writer {
    struct ent_buf out;
    const struct ent_document *doc;
    size_t charts;
};

void ent__html_add(struct ent_buf *out, const char *text)
{
    for (; *text; text++) {
        size_t plain = 0;

        while (text[plain] && !strchr("&<>\"'", text[plain]))
            plain++;
        ent__display_add(out, text, plain, false);
        text += plain;
        if (!*text)
            return;
        ent__buf_puts(out, *text == '&'    ? "&amp;"
                           : *text == '<'  ? "&lt;"
                           : *text == '>'  ? "&gt;"
                           : *text == '\'' ? "&#39;"
                                           : "&quot;");
    }
}

static const char *class_of(enum ent_tone tone)
{
    static const char *const classes[] = { "", "strong", "dim", "good", "bad" };

    return classes[tone];
}

/* <name class="one two">text</name>, without empty classes. */
static void put_element(struct ent_buf *out, const char *name, const char *class1,
                        const char *class2, const char *text)
{
    ent__buf_printf(out, "<%s", name);
    if (class1[0] || class2[0])
        ent__buf_printf(out, " class=\"%s%s%s\"", class1, class1[0] && class2[0] ? " " : "",
                        class2);
    ent__buf_putc(out, '>');
    ent__html_add(out, text);
    ent__buf_printf(out, "</%s>\n", name);
}

/* Whether a text is a small line (ent_sparkline), whose gaps and blocks are of one width. */
static bool is_line(const char *text)
{
    bool block = false;

    while (*text == ' ' || strncmp(text, "\xe2\x96", 2) == 0) {
        block = block || *text != ' ';
        text += *text == ' ' ? 1 : 3;
    }
    return block && !*text;
}

/* The classes of a cell: how its column is set, what it is, and its tone. */
static void put_classes(struct ent_buf *out, const struct ent_document_column *column,
                        const struct ent_node *cell)
{
    const char *is[4] = { column->align == ENT_ALIGN_RIGHT ? "r" : "", column->wraps ? "w" : "",
                          cell && is_line(cell->text) ? "line" : "",
                          cell ? class_of(cell->tone) : "" };
    size_t count = 0;

    for (size_t i = 0; i < 4; i++) {
        if (is[i][0])
            ent__buf_printf(out, "%s%s", count++ ? " " : " class=\"", is[i]);
    }
    if (count > 0)
        ent__buf_putc(out, '"');
}

static void put_head(struct ent_buf *out, const struct ent_node *table)
{
    bool headed = false;

    for (size_t c = 0; c < table->column_count; c++)
        headed = headed || table->columns[c].title[0];
    if (!headed)
        return;
    ent__buf_puts(out, "<thead><tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        ent__buf_puts(out, "<th scope=\"col\"");
        put_classes(out, &table->columns[c], NULL);
        ent__buf_putc(out, '>');
        ent__html_add(out, table->columns[c].title);
        ent__buf_puts(out, "</th>");
    }
    ent__buf_puts(out, "</tr></thead>\n");
}

/* A row across the table. */
static void
put_across(struct ent_buf *out, const struct ent_node *table, const struct ent_node *node)
{
    bool section = node->kind == ENT_NODE_SECTION;

    ent__buf_printf(out, "<tr><%s colspan=\"%zu\" class=\"w %s\">", section ? "th" : "td",
                    table->column_count, section ? "section" : class_of(node->tone));
    ent__html_add(out, node->text);
    ent__buf_printf(out, "</%s></tr>\n", section ? "th" : "td");
}

/* The row whose node is nodes[at]; the index of its last cell. */
static size_t
put_row(struct ent_buf *out, const struct ent_node *nodes, size_t count, size_t at)
{
    const struct ent_node *table = &nodes[0];
    bool below = at > 1 && nodes[at - 1].kind == ENT_NODE_CELL;

    ent__buf_puts(out, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ent_node *cell =
            at + 1 < count && nodes[at + 1].kind == ENT_NODE_CELL ? &nodes[++at] : NULL;
        size_t rows;

        if (cell && cell->continues && below)
            continue; /* the one above reaches down to here */
        rows = cell ? ent__cell_rows(nodes, count, at) : 1;
        ent__buf_puts(out, "<td");
        if (rows > 1)
            ent__buf_printf(out, " rowspan=\"%zu\"", rows);
        put_classes(out, &table->columns[c], cell);
        ent__buf_putc(out, '>');
        if (cell)
            ent__html_add(out, cell->text);
        ent__buf_puts(out, "</td>");
    }
    ent__buf_puts(out, "</tr>\n");
    return at;
}

static void put_table(struct ent_buf *out, const struct ent_node *nodes, size_t count)
{
    ent__buf_puts(out, "<div class=\"scroll\"><table>\n");
    put_head(out, &nodes[0]);
    ent__buf_puts(out, "<tbody>\n");
    for (size_t i = 1; i < count; i++) {
        if (nodes[i].kind == ENT_NODE_ROW)
            i = put_row(out, nodes, count, i);
        else
            put_across(out, &nodes[0], &nodes[i]);
    }
    ent__buf_puts(out, "</tbody></table></div>\n");
}

/* Lines that follow one another are one piece of fixed text; returns how many. */
static size_t put_lines(struct ent_buf *out, const struct ent_node *nodes, size_t count)
{
    size_t used = 0;

    ent__buf_puts(out, "<pre>");
    for (; used < count && nodes[used].kind == ENT_NODE_LINE; used++) {
        ent__html_add(out, nodes[used].text);
        ent__buf_putc(out, '\n');
    }
    ent__buf_puts(out, "</pre>\n");
    return used;
}

static void put_chart(struct writer *w, const struct ent_node *node)
{
    ent__buf_puts(&w->out, "<figure>");
    put_element(&w->out, "figcaption", "", "", node->text);
    ent__chart_svg(&w->out, node->chart, ++w->charts);
    ent__buf_puts(&w->out, "</figure>\n");
}

/* The block whose first node is nodes[0]; returns how many nodes it has. */
static size_t put_block(struct writer *w, const struct ent_node *nodes, size_t count)
{
    struct ent_buf *out = &w->out;
    const struct ent_node *node = &nodes[0];
    size_t spaces = strspn(node->text, " ");
    size_t used;

    switch (node->kind) {
    case ENT_NODE_TITLE:
        put_element(out, "h1", "", "", node->text);
        return 1;
    case ENT_NODE_HEADING:
        put_element(out, "h2", "", "", node->text);
        return 1;
    case ENT_NODE_TEXT:
        put_element(out, "p", spaces ? "hang" : "", class_of(node->tone), node->text + spaces);
        return 1;
    case ENT_NODE_LINE:
        return put_lines(out, nodes, count);
    case ENT_NODE_CHART:
        put_chart(w, node);
        return 1;
    case ENT_NODE_TABLE:
        used = ent__table_nodes(nodes, count);
        put_table(out, nodes, used);
        return used;
    case ENT_NODE_GAP:
    case ENT_NODE_SECTION:
    case ENT_NODE_REMARK:
    case ENT_NODE_ROW:
    case ENT_NODE_CELL:
        break;
    }
    return 1;
}

enum ent_status
ent_document_write_html(const struct ent_document *doc, char **text, struct ent_error *err)
{
    struct writer w = { .doc = doc };
    const char *title = "Entente";
    enum ent_status status;

    if (doc->failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a document");
    if (doc->count > 0 && doc->nodes[0].kind == ENT_NODE_TITLE)
        title = doc->nodes[0].text;
    ent__buf_init(&w.out);
    ent__buf_puts(&w.out,
                  "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'\">\n");
    put_element(&w.out, "title", "", "", title);
    ent__buf_printf(&w.out, "<style>\n%s</style></head>\n<body><main>\n", style);
    for (size_t i = 0; i < doc->count;)
        i += put_block(&w, &doc->nodes[i], doc->count - i);
    ent__buf_puts(&w.out, "</main></body></html>\n");
    status = ent__text_take(&w.out, text, err);
    ent__buf_release(&w.out);
    return status;
}
