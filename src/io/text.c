#include "io/text.h"

#include <stdio.h>
#include <string.h>

#include <csv.h>

#include "base/alloc.h"
#include "io/encoding.h"

enum {
    BUF_BYTES = 256 * 1024,
    SNIFF_BYTES = 64 * 1024,
    CSV_BYTES = 16 * 1024, /* libcsv's cell grows by this */
};

struct text_reader {
    struct ent_stream *stream;
    struct ent_sink *sink;
    struct ent_str table;
    char delimiter;

    /* Bytes read and not yet used are begin..end-1; lf and cr are where the next of each
     * stands, or end. */
    char *buf;
    size_t begin, end, capacity, lf, cr;
    bool eof;
    size_t line; /* the physical line that next_line gave last */

    struct ent_cell *cells;
    size_t cell_count, cell_capacity;
    size_t row_line; /* where the row began */
    char *converted; /* a row in UTF-8 that was not */
    size_t converted_capacity;

    /* Rows with quotes go through libcsv, whose cells are collected here. */
    struct csv_parser csv;
    bool in_row;       /* libcsv waits for more of a row */
    bool cell_quoted;  /* the cell that libcsv is about to give */
    size_t quote_line; /* where the last quote was opened */
    char *row;
    size_t row_len, row_capacity;
    enum ent_status failed; /* in a callback of libcsv */
    struct ent_error *err;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Read more behind what is there, making room by moving it to the front or growing. */
static enum ent_status refill(struct text_reader *r, struct ent_error *err)
{
    void *grown = r->buf;
    size_t got;

    if (r->begin > 0) {
        memmove(r->buf, r->buf + r->begin, r->end - r->begin);
        r->end -= r->begin;
        r->begin = 0;
    }
    if (r->end > ENT_IO_ROW_BYTES) {
        ent_error_at(err, NULL, 0, 0);
        return ent_fail(err, ENT_EFORMAT, "a line of over %zu MiB", ENT_IO_ROW_BYTES >> 20);
    }
    if (r->capacity - r->end < BUF_BYTES / 2)
        ENT_TRY(ent__grow(&grown, &r->capacity, r->end < BUF_BYTES ? BUF_BYTES : 2 * r->end, 1,
                          err));
    r->buf = grown;
    ENT_TRY(ent__stream_read(r->stream, r->buf + r->end, r->capacity - r->end, &got, err));
    r->end += got;
    r->eof = got == 0;
    r->lf = r->cr = 0;
    return ENT_OK;
}

static size_t find(const struct text_reader *r, char c, size_t from)
{
    const char *at = memchr(r->buf + from, c, r->end - from);

    return at ? (size_t)(at - r->buf) : r->end;
}

/*
 * The next physical line, without and with its end; *done at the end of the text.
 * Both spans are valid until the next call.
 */
static enum ent_status next_line(struct text_reader *r, struct ent_str *line, size_t *full,
                                 bool *done, struct ent_error *err)
{
    size_t stop;

    for (;;) {
        if (r->lf < r->begin || r->lf == 0)
            r->lf = find(r, '\n', r->begin);
        if (r->cr < r->begin || r->cr == 0)
            r->cr = find(r, '\r', r->begin);
        stop = r->lf < r->cr ? r->lf : r->cr;
        /* A CR that comes last may be half of a CRLF. */
        if (r->eof || stop + 1 < r->end || (stop < r->end && stop == r->lf))
            break;
        ENT_TRY(refill(r, err));
    }
    *done = r->begin == r->end;
    *line = (struct ent_str){ r->buf + r->begin, stop - r->begin };
    if (stop < r->end)
        stop += stop == r->cr && r->lf == r->cr + 1 && r->lf < r->end ? 2 : 1;
    *full = stop - r->begin;
    r->begin = stop;
    r->line += *done ? 0 : 1;
    return ENT_OK;
}

static enum ent_status
add_cell(struct text_reader *r, struct ent_str text, bool quoted, struct ent_error *err)
{
    if (r->cell_count == r->cell_capacity) {
        void *grown = r->cells;

        if (r->cell_count >= r->sink->limits.row_cells)
            return ent_fail(err, ENT_EFORMAT, "a row of over %zu cells",
                            r->sink->limits.row_cells);
        ENT_TRY(
            ent__grow(&grown, &r->cell_capacity, r->cell_count + 1, sizeof(*r->cells), err));
        r->cells = grown;
    }
    r->cells[r->cell_count++] =
        (struct ent_cell){ .kind = text.len ? ENT_CELL_TEXT : ENT_CELL_MISSING,
                           .missing = text.len ? ENT_PRESENT : ENT_MISSING_EMPTY,
                           .quoted = quoted,
                           .text = text };
    return ENT_OK;
}

/* Replace every cell's text with its UTF-8. */
static enum ent_status convert_cells(struct text_reader *r, struct ent_error *err)
{
    void *grown = r->converted;
    size_t need = 0;
    char *at;

    for (size_t i = 0; i < r->cell_count; i++)
        need += r->cells[i].text.len * ENT_CP1252_MOST;
    ENT_TRY(ent__grow(&grown, &r->converted_capacity, need + 1, 1, err));
    r->converted = grown;
    at = r->converted;
    for (size_t i = 0; i < r->cell_count; i++) {
        size_t len = ent__cp1252_to_utf8(r->cells[i].text, at);

        r->cells[i].text = (struct ent_str){ at, len };
        at += len;
    }
    return ENT_OK;
}

/* Put the row of the cells collected; `text` is all of its bytes. */
static enum ent_status
put_row(struct text_reader *r, struct ent_str text, struct ent_error *err)
{
    struct ent_record record = { .kind = ENT_RECORD_ROW, .line = r->row_line };

    if (!ent__is_ascii(text) && !ent__is_utf8(text))
        ENT_TRY(convert_cells(r, err));
    record.cells = r->cells;
    record.cell_count = r->cell_count;
    ENT_TRY(ent__sink_put(r->sink, &record, err));
    r->cell_count = 0;
    return ENT_OK;
}

/* A line without quotes needs no more than cutting at the delimiters. */
static enum ent_status
cut_line(struct text_reader *r, struct ent_str line, struct ent_error *err)
{
    const char *at = line.at;
    const char *end = line.at + line.len;

    for (;;) {
        const char *stop = memchr(at, r->delimiter, (size_t)(end - at));
        const char *to = stop ? stop : end;
        const char *from = at;

        while (from < to && is_blank(*from))
            from++;
        while (to > from && is_blank(to[-1]))
            to--;
        ENT_TRY(add_cell(r, (struct ent_str){ from, (size_t)(to - from) }, false, err));
        if (!stop)
            break;
        at = stop + 1;
    }
    return put_row(r, line, err);
}

static void csv_cell(void *text, size_t len, void *context)
{
    struct text_reader *r = context;
    void *grown = r->row;

    if (r->failed != ENT_OK)
        return;
    r->failed = ent__grow(&grown, &r->row_capacity, r->row_len + len + 1, 1, r->err);
    r->row = grown;
    if (r->failed == ENT_OK && r->row_len + len > ENT_IO_ROW_BYTES)
        r->failed =
            ent_fail(r->err, ENT_EFORMAT, "a row of over %zu MiB", ENT_IO_ROW_BYTES >> 20);
    if (r->failed != ENT_OK)
        return;
    if (len)
        memcpy(r->row + r->row_len, text, len);
    /* Keeps half a letter here and half in the next cell from passing for a whole one. */
    r->row[r->row_len + len] = '\0';
    /* The row may still move: its cells get their places when it is complete. */
    r->failed = add_cell(r, (struct ent_str){ NULL, len }, r->cell_quoted, r->err);
    r->row_len += len + 1;
}

static void csv_row(int end, void *context)
{
    struct text_reader *r = context;
    size_t at = 0;

    (void)end;
    r->in_row = false;
    if (r->failed != ENT_OK)
        return;
    for (size_t i = 0; i < r->cell_count; i++) {
        r->cells[i].text.at = r->row + at;
        at += r->cells[i].text.len + 1;
    }
    r->failed = put_row(r, (struct ent_str){ r->row, r->row_len }, r->err);
    r->row_len = 0;
}

static enum ent_status feed(struct text_reader *r, const char *at, size_t len)
{
    if (csv_parse(&r->csv, at, len, csv_cell, csv_row, r) != len && r->failed == ENT_OK)
        return ent_fail(r->err, ENT_ENOMEM, "out of memory for a row");
    return r->failed;
}

/*
 * Give libcsv a line with its end, cell by cell, since it tells of a cell that
 * ends but not whether it was quoted.
 */
static enum ent_status
feed_line(struct text_reader *r, struct ent_str line, size_t full, struct ent_error *err)
{
    size_t at = 0;

    r->err = err;
    r->in_row = true;
    for (;;) {
        const char *stop = memchr(line.at + at, r->delimiter, line.len - at);
        size_t to = stop ? (size_t)(stop - line.at) : line.len;
        bool was_quoted = r->csv.quoted;

        ENT_TRY(feed(r, line.at + at, to - at));
        if (r->csv.quoted && !was_quoted)
            r->quote_line = r->line;
        /* It counts quotes and blanks that are no part of the cell; the sink is exact. */
        if (r->csv.entry_pos > r->sink->limits.cell_bytes + CSV_BYTES)
            return ent_fail(err, ENT_EFORMAT,
                            "a cell of over %zu bytes; its quote is opened on line %zu",
                            r->sink->limits.cell_bytes, r->quote_line);
        r->cell_quoted = r->csv.quoted;
        if (!stop)
            break;
        ENT_TRY(feed(r, stop, 1));
        at = to + 1;
    }
    return full > line.len ? feed(r, line.at + line.len, full - line.len) : ENT_OK;
}

/* The text has ended: so must the row that libcsv has. */
static enum ent_status finish_row(struct text_reader *r, struct ent_error *err)
{
    r->err = err;
    csv_set_opts(&r->csv, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&r->csv, csv_cell, csv_row, r) != 0 && r->failed == ENT_OK) {
        (void)ent_fail(err, ENT_EFORMAT, "a quote is opened and never closed");
        ent_error_at(err, NULL, r->quote_line, 0);
        return ENT_EFORMAT;
    }
    return r->failed;
}

static bool all_blank(const struct text_reader *r, struct ent_str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (!is_blank(line.at[i]) || line.at[i] == r->delimiter)
            return false;
    }
    return true;
}

static enum ent_status read_rows(struct text_reader *r, struct ent_error *err)
{
    struct ent_str line;
    bool done;
    size_t full;

    for (;;) {
        ENT_TRY(next_line(r, &line, &full, &done, err));
        if (done)
            return r->in_row ? finish_row(r, err) : ENT_OK;
        if (line.len && memchr(line.at, '\0', line.len))
            return ent_fail(err, ENT_EFORMAT, "a NUL byte: this is no text file, or damaged");
        if (r->in_row) {
            ENT_TRY(feed_line(r, line, full, err));
            continue;
        }
        if (all_blank(r, line))
            continue;
        r->row_line = r->line;
        if (memchr(line.at, '"', line.len))
            ENT_TRY(feed_line(r, line, full, err));
        else
            ENT_TRY(cut_line(r, line, err));
    }
}

/* The first bytes, without a mark of their encoding. */
static enum ent_status read_head(struct text_reader *r, struct ent_error *err)
{
    while (!r->eof && r->end < SNIFF_BYTES)
        ENT_TRY(refill(r, err));
    if (r->end >= 2 &&
        (memcmp(r->buf, "\xff\xfe", 2) == 0 || memcmp(r->buf, "\xfe\xff", 2) == 0))
        return ent_fail(err, ENT_EFORMAT, "UTF-16 text; save it as UTF-8");
    if (r->end >= 3 && memcmp(r->buf, "\xef\xbb\xbf", 3) == 0)
        r->begin = 3;
    r->lf = r->cr = 0;
    return ENT_OK;
}

static enum ent_status
read_table(struct text_reader *r, const char *file_name, struct ent_error *err)
{
    struct ent_record record = { .kind = ENT_RECORD_TABLE, .table = r->table };
    struct ent_str name = ent__str(file_name);
    struct ent_str head;
    enum ent_status status;
    bool tab =
        ent__str_find(name, ".tab") != SIZE_MAX || ent__str_find(name, ".tsv") != SIZE_MAX;

    ENT_TRY(read_head(r, err));
    head = (struct ent_str){ r->buf + r->begin, r->end - r->begin };
    if (head.len > SNIFF_BYTES)
        head.len = SNIFF_BYTES;
    r->delimiter = ent__text_delimiter(head, tab ? '\t' : ',');
    csv_set_delim(&r->csv, (unsigned char)r->delimiter);
    ENT_TRY(ent__sink_format(r->sink, r->delimiter == '\t' ? "tsv" : "csv", err));
    ENT_TRY(ent__sink_put(r->sink, &record, err));
    status = read_rows(r, err);
    if (status != ENT_OK)
        ent_error_at(err, NULL, r->row_line > 0 && r->in_row ? r->row_line : r->line, 0);
    return status;
}

enum ent_status ent__text_read(struct ent_stream *stream, struct ent_str table,
                               const char *file_name, struct ent_sink *sink,
                               struct ent_error *err)
{
    struct text_reader r = { .stream = stream, .sink = sink, .table = table };
    enum ent_status status;

    if (csv_init(&r.csv, 0) != 0)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a parser");
    csv_set_blk_size(&r.csv, CSV_BYTES);
    status = read_table(&r, file_name, err);
    csv_free(&r.csv);
    ent__free(r.buf);
    ent__free(r.cells);
    ent__free(r.converted);
    ent__free(r.row);
    return status;
}
