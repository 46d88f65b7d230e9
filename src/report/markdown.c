/* A document as Markdown with tables. */
#include <string.h>

#include "report/document.h"

/* Text in which nothing has a meaning to Markdown, HTML within it included. */
static void put_plain(struct ent_buf *out, const char *text)
{
    for (; *text; text++) {
        size_t plain = strcspn(text, "\\`*_[]<>|#&~");

        ent__display_add(out, text, plain, false);
        text += plain;
        if (!*text)
            return;
        if (*text == '<')
            ent__buf_puts(out, "&lt;");
        else if (*text == '&')
            ent__buf_puts(out, "&amp;");
        else
            ent__buf_printf(out, "\\%c", *text);
    }
}

static void put_toned(struct ent_buf *out, enum ent_tone tone, const char *text)
{
    const char *mark = !text[0] || strspn(text, " ") == strlen(text) ? ""
                       : tone == ENT_TONE_STRONG                     ? "**"
                       : tone == ENT_TONE_DIM                        ? "*"
                                                                     : "";

    text += strspn(text, " "); /* spaces at the front would make code of it */
    ent__buf_puts(out, mark);
    put_plain(out, text);
    while (mark[0] && out->len > 0 && out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0'; /* a mark does not close after a space */
    ent__buf_puts(out, mark);
}

static void put_head(struct ent_buf *out, const struct ent_node *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        ent__buf_puts(out, "| ");
        put_plain(out, table->columns[c].title);
        ent__buf_putc(out, ' ');
    }
    ent__buf_puts(out, "|\n");
    for (size_t c = 0; c < table->column_count; c++)
        ent__buf_puts(out, table->columns[c].align == ENT_ALIGN_RIGHT ? "|--:" : "|---");
    ent__buf_puts(out, "|\n");
}

static void put_table(struct ent_buf *out, const struct ent_node *nodes, size_t count)
{
    const struct ent_node *table = &nodes[0];

    put_head(out, table);
    for (size_t i = 1; i < count; i++) {
        bool row = nodes[i].kind == ENT_NODE_ROW;

        for (size_t c = 0; c < table->column_count; c++) {
            const struct ent_node *cell = NULL;

            if (!row && c == 0)
                cell = &nodes[i]; /* a section or a remark, in the first column */
            if (row && i + 1 < count && nodes[i + 1].kind == ENT_NODE_CELL)
                cell = &nodes[++i];
            ent__buf_puts(out, "| ");
            if (cell)
                put_toned(out, cell->tone, cell->text);
            ent__buf_putc(out, ' ');
        }
        ent__buf_puts(out, "|\n");
    }
}

/* Lines kept as they are, fenced by more back-quotes than any of them has. */
static size_t put_lines(struct ent_buf *out, const struct ent_node *nodes, size_t count)
{
    size_t used = 0;
    size_t fence = 3;

    for (; used < count && nodes[used].kind == ENT_NODE_LINE; used++) {
        for (const char *at = strchr(nodes[used].text, '`'); at; at = strchr(at, '`')) {
            size_t run = strspn(at, "`");

            fence = run >= fence ? run + 1 : fence;
            at += run;
        }
    }
    for (size_t i = 0; i <= used + 1; i++) {
        if (i > 0 && i <= used)
            ent__display_add(out, nodes[i - 1].text, strlen(nodes[i - 1].text), false);
        for (size_t k = 0; (i == 0 || i > used) && k < fence; k++)
            ent__buf_putc(out, '`');
        ent__buf_putc(out, '\n');
    }
    return used;
}

static void put_chart(struct ent_buf *out, const struct ent_chart *chart)
{
    put_toned(out, ENT_TONE_STRONG, chart->title);
    ent__buf_puts(out, "\n\n```\n");
    for (size_t k = 0; k < chart->count; k++) {
        ent__chart_line(out, &chart->series[k]);
        ent__buf_putc(out, '\n');
    }
    ent__buf_puts(out, "```\n");
}

/* The block whose first node is nodes[0]; returns how many nodes it has. */
static size_t put_block(struct ent_buf *out, const struct ent_node *nodes, size_t count)
{
    const struct ent_node *node = &nodes[0];
    size_t used = 1;

    if (node->kind == ENT_NODE_GAP)
        return 1;
    if (out->len > 0)
        ent__buf_putc(out, '\n');
    if (node->kind == ENT_NODE_TITLE || node->kind == ENT_NODE_HEADING) {
        ent__buf_puts(out, node->kind == ENT_NODE_TITLE ? "# " : "## ");
        put_plain(out, node->text);
        ent__buf_putc(out, '\n');
    } else if (node->kind == ENT_NODE_LINE) {
        used = put_lines(out, nodes, count);
    } else if (node->kind == ENT_NODE_CHART) {
        put_chart(out, node->chart);
    } else if (node->kind == ENT_NODE_TABLE) {
        used = ent__table_nodes(nodes, count);
        put_table(out, nodes, used);
    } else {
        ent__buf_puts(out, node->text[0] == ' ' ? "- " : "");
        put_toned(out, node->tone, node->text);
        ent__buf_putc(out, '\n');
    }
    return used;
}

enum ent_status
ent_document_write_markdown(const struct ent_document *doc, char **text, struct ent_error *err)
{
    struct ent_buf out;
    enum ent_status status;

    if (doc->failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a document");
    ent__buf_init(&out);
    for (size_t i = 0; i < doc->count;)
        i += put_block(&out, &doc->nodes[i], doc->count - i);
    status = ent__text_take(&out, text, err);
    ent__buf_release(&out);
    return status;
}
