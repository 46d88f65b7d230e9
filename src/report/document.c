#include "report/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

struct ent_document *ent_document_new(void)
{
    return ent__calloc(1, sizeof(struct ent_document));
}

void ent_document_free(struct ent_document *doc)
{
    if (!doc)
        return;
    ent__arena_release(&doc->arena);
    ent__free(doc->nodes);
    ent__free(doc);
}

/* A new node at the end; NULL when out of memory, now or before. */
static struct ent_node *
add(struct ent_document *doc, enum ent_node_kind kind, enum ent_tone tone, const char *text)
{
    void *grown = doc->nodes;
    struct ent_node *node;

    if (doc->failed)
        return NULL;
    if (ent__grow(&grown, &doc->capacity, doc->count + 1, sizeof(*node), NULL) != ENT_OK) {
        doc->failed = true;
        return NULL;
    }
    doc->nodes = grown;
    node = &doc->nodes[doc->count];
    *node = (struct ent_node){ .kind = kind, .tone = tone };
    node->text = ent__arena_copy(&doc->arena, ent__str(text));
    if (!node->text) {
        doc->failed = true;
        return NULL;
    }
    doc->count++;
    return node;
}

void ent_document_title(struct ent_document *doc, const char *text)
{
    add(doc, ENT_NODE_TITLE, ENT_TONE_STRONG, text);
}

void ent_document_heading(struct ent_document *doc, const char *text)
{
    add(doc, ENT_NODE_HEADING, ENT_TONE_STRONG, text);
}

void ent_document_text(struct ent_document *doc, enum ent_tone tone, const char *format, ...)
{
    char text[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    add(doc, ENT_NODE_TEXT, tone, text);
}

void ent_document_line(struct ent_document *doc, const char *text)
{
    add(doc, ENT_NODE_LINE, ENT_TONE_PLAIN, text);
}

void ent_document_gap(struct ent_document *doc)
{
    add(doc, ENT_NODE_GAP, ENT_TONE_PLAIN, "");
}

void ent_document_table(struct ent_document *doc, const struct ent_document_column *columns,
                        size_t count)
{
    struct ent_node *node = add(doc, ENT_NODE_TABLE, ENT_TONE_PLAIN, "");
    struct ent_document_column *copy;

    if (!node)
        return;
    copy = ent__arena_array(&doc->arena, count, sizeof(*copy));
    for (size_t c = 0; copy && c < count; c++) {
        copy[c] = columns[c];
        copy[c].key = ent__arena_copy(&doc->arena, ent__str(columns[c].key));
        copy[c].title = ent__arena_copy(&doc->arena, ent__str(columns[c].title));
        if (!copy[c].key || !copy[c].title)
            copy = NULL;
    }
    node->columns = copy;
    node->column_count = copy ? count : 0;
    doc->failed = !copy;
}

void ent_document_section(struct ent_document *doc, const char *text)
{
    add(doc, ENT_NODE_SECTION, ENT_TONE_STRONG, text);
}

void ent_document_remark(struct ent_document *doc, const char *text)
{
    add(doc, ENT_NODE_REMARK, ENT_TONE_DIM, text);
}

void ent_document_row(struct ent_document *doc)
{
    add(doc, ENT_NODE_ROW, ENT_TONE_PLAIN, "");
}

void ent_document_cell(struct ent_document *doc, enum ent_tone tone, const char *text,
                       const char *raw)
{
    struct ent_node *node = add(doc, ENT_NODE_CELL, tone, text);

    if (node)
        node->continues = !text;
    if (!node || !raw)
        return;
    node->raw = ent__arena_copy(&doc->arena, ent__str(raw));
    doc->failed = !node->raw;
}

void ent_document_cell_int(struct ent_document *doc, long long value)
{
    char text[32];

    snprintf(text, sizeof(text), "%lld", value);
    ent_document_cell(doc, ENT_TONE_PLAIN, text, NULL);
}

static const double *copy_numbers(struct ent_document *doc, const double *at, size_t count)
{
    double *copy = at ? ent__arena_array(&doc->arena, count + 1, sizeof(*copy)) : NULL;

    for (size_t i = 0; copy && i < count; i++)
        copy[i] = at[i];
    doc->failed = doc->failed || (at && !copy);
    return copy;
}

static const char *copy_text(struct ent_document *doc, const char *text)
{
    const char *copy = ent__arena_copy(&doc->arena, ent__str(text));

    doc->failed = doc->failed || !copy;
    return copy;
}

void ent_document_chart(struct ent_document *doc, const struct ent_chart *chart)
{
    struct ent_node *node = add(doc, ENT_NODE_CHART, ENT_TONE_PLAIN, chart->title);
    struct ent_chart *copy;
    struct ent_chart_series *series;

    if (!node)
        return;
    copy = ent__arena_alloc(&doc->arena, sizeof(*copy));
    series = ent__arena_array(&doc->arena, chart->count + 1, sizeof(*series));
    if (!copy || !series) {
        doc->failed = true;
        return;
    }
    *copy = *chart;
    copy->title = node->text;
    copy->x_title = copy_text(doc, chart->x_title);
    copy->y_title = copy_text(doc, chart->y_title);
    copy->series = series;
    for (size_t k = 0; k < chart->count; k++) {
        const struct ent_chart_series *from = &chart->series[k];

        series[k] = (struct ent_chart_series){
            .name = copy_text(doc, from->name),
            .x = copy_numbers(doc, from->x, from->count),
            .y = copy_numbers(doc, from->y, from->count),
            .low = copy_numbers(doc, from->low, from->count),
            .high = copy_numbers(doc, from->high, from->count),
            .count = from->count,
        };
    }
    node->chart = copy;
}

size_t ent__table_nodes(const struct ent_node *nodes, size_t count)
{
    size_t used = 1;

    while (used < count && nodes[used].kind >= ENT_NODE_SECTION)
        used++;
    return used;
}

size_t ent__cell_rows(const struct ent_node *nodes, size_t count, size_t at)
{
    size_t column = 0;
    size_t rows = 1;
    size_t i = at;

    while (nodes[i - 1].kind == ENT_NODE_CELL) {
        i--;
        column++;
    }
    for (i = at; i < count && nodes[i].kind == ENT_NODE_CELL; i++)
        ;
    /* nodes[i] would be the next row, whose cell of the same column may go on. */
    while (i + 1 + column < count && nodes[i].kind == ENT_NODE_ROW) {
        for (size_t c = 0; c <= column; c++) {
            if (nodes[i + 1 + c].kind != ENT_NODE_CELL)
                return rows;
        }
        if (!nodes[i + 1 + column].continues)
            return rows;
        rows++;
        for (i++; i < count && nodes[i].kind == ENT_NODE_CELL; i++)
            ;
    }
    return rows;
}

enum ent_status ent__text_take(struct ent_buf *buf, char **text, struct ent_error *err)
{
    char *copy;

    ENT_TRY(ent__buf_check(buf, err));
    copy = ent__calloc(buf->len + 1, 1);
    if (!copy)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a text of %zu bytes", buf->len);
    memcpy(copy, buf->text, buf->len);
    *text = copy;
    return ENT_OK;
}

void ent_text_free(char *text)
{
    ent__free(text);
}

/* A value in TSV: a tab or a line end within it becomes a space. */
static void add_raw(struct ent_buf *out, const char *text)
{
    for (; *text; text++)
        ent__buf_putc(out, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
}

enum ent_status
ent_document_write_tsv(const struct ent_document *doc, char **text, struct ent_error *err)
{
    struct ent_buf out;
    enum ent_status status;

    if (doc->failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a document");
    ent__buf_init(&out);
    for (size_t i = 0; i < doc->count; i++) {
        const struct ent_node *node = &doc->nodes[i];
        bool in_row = node->kind == ENT_NODE_CELL;

        if (node->kind == ENT_NODE_TABLE) {
            for (size_t c = 0; c < node->column_count; c++) {
                ent__buf_puts(&out, c ? "\t" : "");
                ent__buf_puts(&out, node->columns[c].key);
            }
            ent__buf_putc(&out, '\n');
        }
        if (!in_row)
            continue;
        if (doc->nodes[i - 1].kind == ENT_NODE_CELL)
            ent__buf_putc(&out, '\t');
        add_raw(&out, node->raw ? node->raw : node->text);
        if (i + 1 == doc->count || doc->nodes[i + 1].kind != ENT_NODE_CELL)
            ent__buf_putc(&out, '\n');
    }
    status = ent__text_take(&out, text, err);
    ent__buf_release(&out);
    return status;
}
