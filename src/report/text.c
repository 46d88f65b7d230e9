/* A document as aligned text. */
#include <string.h>

#include "base/alloc.h"
#include "report/document.h"

#define GUTTER 2 /* between columns */
#define INDENT 2 /* of rows below a section */

/* How narrow a wrapping column becomes before others are left out, and after. */
#define COMFORTABLE 18
#define NARROWEST   12

struct writer {
    struct ent_buf out;
    const struct ent_page *page;
    size_t width;
};

/* One table while it is written. */
struct layout {
    const struct ent_node *nodes; /* what follows the table node */
    size_t count;
    const struct ent_document_column *columns;
    size_t column_count;
    size_t *width;
    bool *dropped;
    size_t indent;
    bool headed;
};

static const char *escape_of(enum ent_tone tone)
{
    static const char *const escapes[] = { "", "\033[1m", "\033[2m", "\033[32m", "\033[31m" };

    return escapes[tone];
}

static void put_toned(struct writer *w, enum ent_tone tone, const char *text, size_t len)
{
    bool toned = w->page->colours && tone != ENT_TONE_PLAIN && len > 0;

    if (toned)
        ent__buf_puts(&w->out, escape_of(tone));
    ent__display_add(&w->out, text, len, w->page->ascii);
    if (toned)
        ent__buf_puts(&w->out, "\033[0m");
}

static void put_spaces(struct writer *w, size_t count)
{
    while (count-- > 0)
        ent__buf_putc(&w->out, ' ');
}

/* Take trailing spaces off the line being written, and end it. */
static void end_line(struct writer *w)
{
    while (w->out.len > 0 && w->out.text[w->out.len - 1] == ' ')
        w->out.text[--w->out.len] = '\0';
    ent__buf_putc(&w->out, '\n');
}

/* Fill a paragraph; one that begins with spaces hangs below its first line. */
static void put_paragraph(struct writer *w, enum ent_tone tone, const char *text, size_t indent)
{
    size_t hang = strspn(text, " ");
    size_t line = indent + hang;

    text += hang;
    do {
        size_t next;
        size_t room = w->width > line + 20 ? w->width - line : 20;
        size_t len = ent__display_break(text, room, &next);

        put_spaces(w, line);
        put_toned(w, tone, text, len);
        end_line(w);
        text += next;
        line = indent + (hang ? hang + 2 : 0);
    } while (*text);
}

/* The narrowest that a wrapping column can be: its longest word, but not over 30. */
static size_t longest_word(const char *text)
{
    size_t longest = 0;

    while (*text) {
        size_t len = strcspn(text, " ");
        size_t width = ent__display_width(text, len);

        if (width > longest)
            longest = width;
        text += len;
        text += *text == ' ';
    }
    return longest < 30 ? longest : 30;
}

static void widen(size_t *width, size_t to)
{
    if (*width < to)
        *width = to;
}

/* The natural widths, and for wrapping columns the least ones in least[]. */
static void measure_columns(struct layout *t, size_t *least)
{
    size_t column = 0;

    for (size_t c = 0; c < t->column_count; c++) {
        const char *title = t->columns[c].title;

        t->headed = t->headed || title[0];
        t->width[c] = ent__display_width(title, strlen(title));
        least[c] = longest_word(title);
    }
    for (size_t i = 0; i < t->count; i++) {
        const struct ent_node *node = &t->nodes[i];

        if (node->kind == ENT_NODE_ROW)
            column = 0;
        if (node->kind == ENT_NODE_SECTION)
            t->indent = INDENT;
        if (node->kind != ENT_NODE_CELL || column >= t->column_count)
            continue;
        widen(&t->width[column], ent__display_width(node->text, strlen(node->text)));
        widen(&least[column], longest_word(node->text));
        column++;
    }
}

static size_t total_width(const struct layout *t)
{
    size_t total = t->indent;

    for (size_t c = 0; c < t->column_count; c++)
        total += t->dropped[c] ? 0 : t->width[c] + (total > t->indent ? GUTTER : 0);
    return total;
}

/* Leave out the most expendable column that is still there; false when there is none. */
static bool drop_column(struct layout *t)
{
    size_t worst = SIZE_MAX;

    for (size_t c = 0; c < t->column_count; c++) {
        if (!t->dropped[c] && t->columns[c].expendable > 0 &&
            (worst == SIZE_MAX || t->columns[c].expendable > t->columns[worst].expendable))
            worst = c;
    }
    if (worst != SIZE_MAX)
        t->dropped[worst] = true;
    return worst != SIZE_MAX;
}

/*
 * Narrow the widest wrapping column by one; false when all are as narrow as they
 * may become, or as their longest words.
 */
static bool narrow_column(struct layout *t, const size_t *least, size_t narrowest)
{
    size_t widest = SIZE_MAX;

    for (size_t c = 0; c < t->column_count; c++) {
        if (!t->dropped[c] && t->columns[c].wraps && t->width[c] > least[c] &&
            t->width[c] > narrowest && (widest == SIZE_MAX || t->width[c] > t->width[widest]))
            widest = c;
    }
    if (widest != SIZE_MAX)
        t->width[widest]--;
    return widest != SIZE_MAX;
}

/* Make the columns fit: narrower, then fewer, then narrower still. */
static void fit_columns(struct layout *t, const size_t *least, size_t width)
{
    while (total_width(t) > width && (narrow_column(t, least, COMFORTABLE) || drop_column(t) ||
                                      narrow_column(t, least, NARROWEST)))
        ;
}

/*
 * One printed row: cells[] are its texts, each advanced as its lines are written.
 * Where goes_on[] the next row takes what is left after the first line.
 */
static void put_row(struct writer *w, const struct layout *t, const char **cells,
                    const enum ent_tone *tones, const bool *goes_on)
{
    bool more;
    bool first = true;

    do {
        size_t spaces = t->indent;

        more = false;
        for (size_t c = 0; c < t->column_count; c++) {
            bool waits = !first && goes_on[c];
            const char *text = waits ? "" : cells[c];
            size_t next = 0;
            size_t len, width;

            if (t->dropped[c])
                continue;
            len = ent__display_break(text, t->width[c], &next);
            width = ent__display_width(text, len);
            if (t->columns[c].align == ENT_ALIGN_RIGHT)
                spaces += t->width[c] > width ? t->width[c] - width : 0;
            put_spaces(w, spaces);
            put_toned(w, tones[c], text, len);
            spaces = GUTTER;
            if (t->columns[c].align == ENT_ALIGN_LEFT && t->width[c] > width)
                spaces += t->width[c] - width;
            cells[c] += next;
            more = more || (*cells[c] && !goes_on[c]);
        }
        end_line(w);
        first = false;
    } while (more);
}

static void put_head(struct writer *w, const struct layout *t, const char **cells,
                     enum ent_tone *tones, const bool *goes_on)
{
    for (size_t c = 0; c < t->column_count; c++) {
        cells[c] = t->columns[c].title;
        tones[c] = ENT_TONE_DIM;
    }
    put_row(w, t, cells, tones, goes_on);
}

/* The cells of the row whose node is nodes[at]; the index of its last cell. */
static size_t
take_cells(const struct layout *t, size_t at, const char **cells, enum ent_tone *tones)
{
    for (size_t c = 0; c < t->column_count; c++) {
        bool given = at + 1 < t->count && t->nodes[at + 1].kind == ENT_NODE_CELL;
        const struct ent_node *cell = given ? &t->nodes[++at] : NULL;

        if (cell && cell->continues)
            continue; /* with what the row above left, in its tone */
        cells[c] = cell ? cell->text : "";
        tones[c] = cell ? cell->tone : ENT_TONE_PLAIN;
    }
    return at;
}

/* Which columns go on in the row that begins at nodes[at], if one does. */
static void look_ahead(const struct layout *t, size_t at, bool *goes_on)
{
    bool row = at < t->count && t->nodes[at].kind == ENT_NODE_ROW;

    for (size_t c = 0; c < t->column_count; c++) {
        row = row && at + 1 + c < t->count && t->nodes[at + 1 + c].kind == ENT_NODE_CELL;
        goes_on[c] = row && t->nodes[at + 1 + c].continues;
    }
}

static void put_rows(struct writer *w, const struct layout *t, const char **cells,
                     enum ent_tone *tones, bool *goes_on)
{
    for (size_t c = 0; c < t->column_count; c++)
        cells[c] = "";
    for (size_t i = 0; i < t->count; i++) {
        const struct ent_node *node = &t->nodes[i];

        if (node->kind == ENT_NODE_SECTION) {
            if (i > 0 || t->headed)
                ent__buf_putc(&w->out, '\n');
            put_paragraph(w, node->tone, node->text, 0);
        }
        if (node->kind == ENT_NODE_REMARK)
            put_paragraph(w, node->tone, node->text, t->indent);
        if (node->kind != ENT_NODE_ROW)
            continue;
        i = take_cells(t, i, cells, tones);
        look_ahead(t, i + 1, goes_on);
        put_row(w, t, cells, tones, goes_on);
    }
}

/* Write the table whose node is nodes[0]; *used counts it and its rows. */
static enum ent_status put_table(struct writer *w, const struct ent_node *nodes, size_t count,
                                 size_t *used, struct ent_error *err)
{
    size_t n = nodes[0].column_count;
    struct ent_arena arena = ENT_ARENA_INIT;
    struct layout t = { .nodes = nodes + 1, .columns = nodes[0].columns, .column_count = n };
    size_t *least = ent__arena_array(&arena, n + 1, sizeof(*least));
    const char **cells = ent__arena_array(&arena, n + 1, sizeof(*cells));
    enum ent_tone *tones = ent__arena_array(&arena, n + 1, sizeof(*tones));
    bool *goes_on = ent__arena_array(&arena, n + 1, sizeof(*goes_on));

    t.width = ent__arena_array(&arena, n + 1, sizeof(*t.width));
    t.dropped = ent__arena_array(&arena, n + 1, sizeof(*t.dropped));
    *used = ent__table_nodes(nodes, count);
    t.count = *used - 1;
    if (!least || !cells || !tones || !goes_on || !t.width || !t.dropped) {
        ent__arena_release(&arena);
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table of %zu columns", n);
    }
    measure_columns(&t, least);
    fit_columns(&t, least, w->width);
    if (t.headed)
        put_head(w, &t, cells, tones, goes_on);
    put_rows(w, &t, cells, tones, goes_on);
    ent__arena_release(&arena);
    return ENT_OK;
}

/* A chart cannot be drawn in text: its title, and a small line a series. */
static void put_chart(struct writer *w, const struct ent_chart *chart)
{
    struct ent_buf line;

    put_paragraph(w, ENT_TONE_STRONG, chart->title, 0);
    ent__buf_init(&line);
    for (size_t k = 0; k < chart->count; k++) {
        ent__buf_clear(&line);
        ent__chart_line(&line, &chart->series[k]);
        put_paragraph(w, ENT_TONE_PLAIN, line.text, INDENT);
    }
    w->out.failed = w->out.failed || line.failed;
    ent__buf_release(&line);
}

static void put_block(struct writer *w, const struct ent_node *node, bool first)
{
    if (node->kind == ENT_NODE_HEADING && !first)
        ent__buf_putc(&w->out, '\n');
    if (node->kind == ENT_NODE_LINE) {
        put_toned(w, node->tone, node->text, strlen(node->text));
        end_line(w);
    } else if (node->kind == ENT_NODE_GAP) {
        ent__buf_putc(&w->out, '\n');
    } else {
        put_paragraph(w, node->tone, node->text, 0);
    }
}

enum ent_status ent_document_write_text(const struct ent_document *doc,
                                        const struct ent_page *page, char **text,
                                        struct ent_error *err)
{
    struct writer w = { .page = page, .width = page->width > 0 ? (size_t)page->width : 80 };
    enum ent_status status = ENT_OK;
    size_t used = 1;

    if (doc->failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a document");
    ent__buf_init(&w.out);
    for (size_t i = 0; status == ENT_OK && i < doc->count; i += used) {
        used = 1;
        if (doc->nodes[i].kind == ENT_NODE_TABLE)
            status = put_table(&w, &doc->nodes[i], doc->count - i, &used, err);
        else if (doc->nodes[i].kind == ENT_NODE_CHART)
            put_chart(&w, doc->nodes[i].chart);
        else
            put_block(&w, &doc->nodes[i], i == 0);
    }
    if (status == ENT_OK)
        status = ent__text_take(&w.out, text, err);
    ent__buf_release(&w.out);
    return status;
}
