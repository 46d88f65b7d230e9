/* Inside a document: a flat list of what was added, in order. */
#ifndef ENTENTE_REPORT_DOCUMENT_H
#define ENTENTE_REPORT_DOCUMENT_H

#include "base/arena.h"
#include "entente/document.h"

enum ent_node_kind {
    ENT_NODE_TITLE = 0,
    ENT_NODE_HEADING,
    ENT_NODE_TEXT,
    ENT_NODE_LINE,
    ENT_NODE_GAP,
    ENT_NODE_CHART,
    ENT_NODE_TABLE,
    ENT_NODE_SECTION, /* from here on: inside a table */
    ENT_NODE_REMARK,
    ENT_NODE_ROW,
    ENT_NODE_CELL,
};

struct ent_node {
    enum ent_node_kind kind;
    enum ent_tone tone;
    const char *text;
    const char *raw;                           /* of a cell; NULL: as text */
    bool continues;                            /* of a cell: what was left of the one above */
    const struct ent_document_column *columns; /* of a table */
    size_t column_count;
    const struct ent_chart *chart; /* of a chart */
};

struct ent_document {
    struct ent_arena arena;
    struct ent_node *nodes;
    size_t count;
    size_t capacity;
    bool failed;
};

/* How many nodes the table whose node is nodes[0] has, itself included. */
size_t ent__table_nodes(const struct ent_node *nodes, size_t count);

/* How many rows the cell nodes[at] of a table fills: 1 and those below that it goes on in. */
size_t ent__cell_rows(const struct ent_node *nodes, size_t count, size_t at);

/* Append a chart as SVG; `serial` tells apart the charts of a page. */
void ent__chart_svg(struct ent_buf *out, const struct ent_chart *chart, size_t serial);

/* A line of text that stands for one series where nothing can be drawn. */
void ent__chart_line(struct ent_buf *out, const struct ent_chart_series *series);

/* Append text for HTML or SVG: what has a meaning there is escaped, control characters are
 * spaces. */
void ent__html_add(struct ent_buf *out, const char *text);

/* How many columns of a terminal the first `len` bytes of UTF-8 take. */
size_t ent__display_width(const char *text, size_t len);

/* Append text, in ASCII if the page has nothing else. */
void ent__display_add(struct ent_buf *out, const char *text, size_t len, bool ascii);

/*
 * How many bytes of text fit in `width` columns, broken at a space where there is
 * one; at least one character.  *next is where the next line begins.
 */
size_t ent__display_break(const char *text, size_t width, size_t *next);

/* A text in memory of its own, for ent_text_free; takes what the buffer holds. */
ENT_MUST_CHECK enum ent_status
ent__text_take(struct ent_buf *buf, char **text, struct ent_error *err);

#endif
