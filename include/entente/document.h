/*
 * A document: titles, paragraphs, tables and charts, put together once and written
 * as aligned text for a terminal, as a page of HTML, as Markdown, or as
 * tab-separated values for a program.
 *
 * A document copies what it is given.  Its building calls do not fail: when memory
 * runs out the document remembers, and writing it returns ENT_ENOMEM.  One thread
 * at a time.
 */
#ifndef ENTENTE_DOCUMENT_H
#define ENTENTE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_document;

enum ent_align {
    ENT_ALIGN_LEFT = 0,
    ENT_ALIGN_RIGHT,
};

/* How a piece of text is set; it shows on a terminal with colours only. */
enum ent_tone {
    ENT_TONE_PLAIN = 0,
    ENT_TONE_STRONG,
    ENT_TONE_DIM,
    ENT_TONE_GOOD,
    ENT_TONE_BAD,
};

struct ent_document_column {
    const char *key;   /* head of the column in TSV: "last_year" */
    const char *title; /* head in text; when all are "" the table has no head line */
    enum ent_align align;
    bool wraps;     /* on a narrow page its text goes on in further lines */
    int expendable; /* on a page too narrow still: left out, the highest first; 0: never */
};

/* NULL when out of memory. */
ENT_API struct ent_document *ent_document_new(void);
ENT_API void ent_document_free(struct ent_document *doc);

ENT_API void ent_document_title(struct ent_document *doc, const char *text);
ENT_API void ent_document_heading(struct ent_document *doc, const char *text);

/* A paragraph, filled to the width of the page. */
ENT_API void ent_document_text(struct ent_document *doc, enum ent_tone tone, const char *format,
                               ...) __attribute__((format(printf, 3, 4)));

/* A line that is kept as it is. */
ENT_API void ent_document_line(struct ent_document *doc, const char *text);

/* An empty line. */
ENT_API void ent_document_gap(struct ent_document *doc);

/* Begin a table; the columns are copied.  What follows, up to another block, are its rows. */
ENT_API void ent_document_table(struct ent_document *doc,
                                const struct ent_document_column *columns, size_t count);

/* A row that names those below it, with the table's own columns kept aligned. */
ENT_API void ent_document_section(struct ent_document *doc, const char *text);

/* A remark across the columns of a table; TSV leaves it out, as it does sections. */
ENT_API void ent_document_remark(struct ent_document *doc, const char *text);

ENT_API void ent_document_row(struct ent_document *doc);

/*
 * The next cell of the row: what a person reads and, where it differs, what a
 * program does.  With text NULL the cell goes on with what did not fit in the one
 * above it, in a column that wraps.
 */
ENT_API void ent_document_cell(struct ent_document *doc, enum ent_tone tone, const char *text,
                               const char *raw);
ENT_API void ent_document_cell_int(struct ent_document *doc, long long value);

enum ent_chart_kind {
    ENT_CHART_LINES = 0, /* a line a series; a band between low and high */
    ENT_CHART_BARS,      /* a group of bars an x; whiskers between low and high */
    ENT_CHART_POINTS,    /* a point a value; whiskers between low and high */
};

/* One series of a chart; a NAN in y is a gap.  low and high may be NULL. */
struct ent_chart_series {
    const char *name;
    const double *x; /* ascending */
    const double *y;
    const double *low, *high;
    size_t count;
};

struct ent_chart {
    enum ent_chart_kind kind;
    const char *title;
    const char *x_title, *y_title; /* what is on the axes, with the unit */
    bool from_zero;                /* the y axis includes 0 */
    const struct ent_chart_series *series;
    size_t count; /* of series */
};

/*
 * A chart, copied: SVG in HTML; elsewhere a small line a series with its first and
 * last values, as charts cannot be drawn there; TSV leaves it out.
 */
ENT_API void ent_document_chart(struct ent_document *doc, const struct ent_chart *chart);

/* The page that text is written for. */
struct ent_page {
    int width;    /* in columns; 0: 80 */
    bool ascii;   /* nothing but ASCII: the locale has no UTF-8 */
    bool colours; /* ANSI escapes for tones */
};

/*
 * Write a document.  *text is NUL-terminated, and freed with ent_text_free.
 *
 *   ENT_ENOMEM  out of memory, here or while the document was built
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_document_write_text(const struct ent_document *doc, const struct ent_page *page,
                        char **text, struct ent_error *err);
ENT_API ENT_MUST_CHECK enum ent_status
ent_document_write_tsv(const struct ent_document *doc, char **text, struct ent_error *err);

/*
 * A page of HTML that stands alone: no script, nothing fetched, set for a screen and
 * for paper.  What came out of files is escaped.
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_document_write_html(const struct ent_document *doc, char **text, struct ent_error *err);

/* Markdown with tables, as GitHub and Pandoc read it. */
ENT_API ENT_MUST_CHECK enum ent_status
ent_document_write_markdown(const struct ent_document *doc, char **text, struct ent_error *err);

/* Free a text that a writer gave.  NULL is fine. */
ENT_API void ent_text_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
