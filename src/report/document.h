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
};

struct ent_document {
    struct ent_arena arena;
    struct ent_node *nodes;
    size_t count;
    size_t capacity;
    bool failed;
};

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
