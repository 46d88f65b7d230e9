#include "io/rdata.h"

#include <string.h>

#include <rdata/rdata.h>

#include "base/alloc.h"
#include "io/encoding.h"
#include "io/rdata_table.h"

enum {
    BUF_BYTES = 64 * 1024,
    READS = 64, /* how many of the last reads are remembered */
};

/* Where librdata had bytes read to. */
struct read_to {
    const void *at;
    size_t size;
};

struct rdata_reader {
    struct ent_stream *stream;
    struct ent_sink *sink;
    struct ent_error *err;
    enum ent_status failed; /* in a callback */

    struct ent_column_table table; /* what has come of it */
    bool open;                     /* a table is being collected */
    size_t tables;                 /* that have been put */
    size_t named;                  /* columns with a name so far */
    bool row_names;                /* the last column is of row names */
    uint32_t *labels;              /* of the next column, a factor */
    size_t label_count, label_capacity;

    uint64_t base; /* where in the stream the buffer begins */
    size_t begin, end;
    struct read_to reads[READS];
    size_t read_count;
    char buf[BUF_BYTES];
};

const char *ent__rdata_format(const unsigned char *head, size_t len)
{
    if (len >= 7 && (memcmp(head, "RDX2\nX\n", 7) == 0 || memcmp(head, "RDX3\nX\n", 7) == 0))
        return "rda";
    /* A serialized object, version 2 or 3, in XDR. */
    if (len >= 6 && memcmp(head, "X\n\0\0\0", 5) == 0 && (head[5] == 2 || head[5] == 3))
        return "rds";
    return NULL;
}

/* librdata's view of the stream. */

static int open_stream(const char *path, void *context)
{
    (void)path, (void)context;
    return 0;
}

static int close_stream(void *context)
{
    (void)context;
    return 0;
}

static bool fill(struct rdata_reader *r)
{
    size_t got = 0;

    if (r->begin < r->end)
        return true;
    r->base += r->end;
    r->begin = r->end = 0;
    if (r->failed == ENT_OK)
        r->failed = ent__stream_read(r->stream, r->buf, sizeof(r->buf), &got, r->err);
    r->end = got;
    return got > 0 && r->failed == ENT_OK;
}

static ssize_t read_stream(void *buf, size_t size, void *context)
{
    struct rdata_reader *r = context;
    size_t done = 0;

    if (size > 8) {
        r->reads[r->read_count % READS] = (struct read_to){ buf, size };
        r->read_count++;
    }
    while (done < size && fill(r)) {
        size_t have = r->end - r->begin;
        size_t n = have < size - done ? have : size - done;

        memcpy((char *)buf + done, r->buf + r->begin, n);
        r->begin += n;
        done += n;
    }
    return r->failed == ENT_OK ? (ssize_t)done : -1;
}

/* Forward anywhere, backward as far as the buffer goes: librdata needs no more. */
static rdata_off_t seek_stream(rdata_off_t offset, rdata_io_flags_t whence, void *context)
{
    struct rdata_reader *r = context;
    rdata_off_t to = offset;

    if (whence == RDATA_SEEK_END ||
        (whence == RDATA_SEEK_CUR &&
         __builtin_add_overflow((rdata_off_t)(r->base + r->begin), offset, &to)))
        return -1;
    if (to < 0 || (uint64_t)to < r->base)
        return -1;
    while ((uint64_t)to > r->base + r->end) {
        r->begin = r->end;
        if (!fill(r))
            return -1;
    }
    r->begin = (size_t)((uint64_t)to - r->base);
    return to;
}

static rdata_error_t
update(long size, rdata_progress_handler progress, void *user, void *context)
{
    (void)size, (void)progress, (void)user, (void)context;
    return RDATA_OK;
}

/* What a callback returns to librdata: 0 to go on. */
static int verdict(struct rdata_reader *r, enum ent_status status)
{
    if (r->failed == ENT_OK)
        r->failed = status;
    return r->failed != ENT_OK;
}

/* A copy in the arena, in UTF-8. */
static enum ent_status copy_text(struct rdata_reader *r, const char *text, struct ent_str *out)
{
    struct ent_str t = ent__str(text);
    char *copy = ent__arena_alloc(&r->table.arena, t.len * ENT_CP1252_MOST + 1);

    if (!copy)
        return ent_fail(r->err, ENT_ENOMEM, "out of memory for a name");
    if (ent__is_utf8(t)) {
        memcpy(copy, text ? text : "", t.len);
        *out = (struct ent_str){ copy, t.len };
    } else {
        *out = (struct ent_str){ copy, ent__cp1252_to_utf8(t, copy) };
    }
    return ENT_OK;
}

/* The id of a text, in UTF-8; that of NULL is R's NA. */
static enum ent_status intern(struct rdata_reader *r, const char *text, uint32_t *id)
{
    struct ent_str t = ent__str(text);

    *id = ENT_TEXT_NA;
    if (!text)
        return ENT_OK;
    if (t.len > r->sink->limits.cell_bytes)
        return ent_fail(r->err, ENT_EFORMAT, "a cell of %zu bytes; at most %zu are read", t.len,
                        r->sink->limits.cell_bytes);
    if (!ent__is_ascii(t) && !ent__is_utf8(t))
        ENT_TRY(copy_text(r, text, &t));
    return ent__intern(&r->table.texts, t, id, r->err);
}

static enum ent_status finish_table(struct rdata_reader *r)
{
    enum ent_status status = ENT_OK;

    if (r->open) {
        status = ent__column_table_put(&r->table, r->sink, r->err);
        r->tables++;
    }
    ent__column_table_release(&r->table);
    r->open = r->row_names = false;
    r->named = r->label_count = 0;
    return status;
}

static enum ent_status begin_table(struct rdata_reader *r, const char *name)
{
    ENT_TRY(finish_table(r));
    r->open = true;
    return copy_text(r, name, &r->table.name);
}

static int on_table(const char *name, void *context)
{
    struct rdata_reader *r = context;

    return verdict(r, begin_table(r, name));
}

/* How many bytes a value has at `data`: a Date may be stored as whole numbers. */
static size_t stored_size(const struct rdata_reader *r, const void *data, size_t count)
{
    size_t kept = r->read_count < READS ? r->read_count : READS;

    for (size_t i = 1; i <= kept; i++) {
        const struct read_to *last = &r->reads[(r->read_count - i) % READS];

        if (last->at == data && last->size == count * sizeof(int32_t))
            return sizeof(int32_t);
        if (last->at == data && last->size == count * sizeof(double))
            return sizeof(double);
    }
    return 0;
}

static enum ent_status
copy_values(struct rdata_reader *r, struct ent_column *column, const void *data)
{
    const int32_t *ints = data;

    switch (column->type) {
    case ENT_COLUMN_TEXT:
        return ENT_OK; /* comes later, value by value */
    case ENT_COLUMN_INT:
    case ENT_COLUMN_FACTOR:
        if (data && column->count)
            memcpy(column->of.ints, data, column->count * sizeof(*ints));
        return ENT_OK;
    case ENT_COLUMN_DOUBLE:
        if (data && column->count)
            memcpy(column->of.doubles, data, column->count * sizeof(double));
        return ENT_OK;
    case ENT_COLUMN_DATE:
    case ENT_COLUMN_TIME:
        break;
    }
    switch (column->count > 2 ? stored_size(r, data, column->count) : sizeof(double)) {
    case sizeof(double):
        memcpy(column->of.doubles, data, column->count * sizeof(double));
        return ENT_OK;
    case sizeof(int32_t):
        for (size_t i = 0; i < column->count; i++) {
            if (ints[i] != INT32_MIN)
                column->of.doubles[i] = ints[i];
        }
        return ENT_OK;
    default:
        return ent_fail(r->err, ENT_EFORMAT, "a column of dates is stored in an unknown way");
    }
}

static enum ent_column_type column_type(const struct rdata_reader *r, rdata_type_t type)
{
    switch (type) {
    case RDATA_TYPE_STRING:
        return ENT_COLUMN_TEXT;
    case RDATA_TYPE_INT32:
        return r->label_count ? ENT_COLUMN_FACTOR : ENT_COLUMN_INT;
    case RDATA_TYPE_LOGICAL:
        return ENT_COLUMN_INT;
    case RDATA_TYPE_TIMESTAMP:
        return ENT_COLUMN_TIME;
    case RDATA_TYPE_DATE:
        return ENT_COLUMN_DATE;
    case RDATA_TYPE_REAL:
        break;
    }
    return ENT_COLUMN_DOUBLE;
}

static enum ent_status add_column(struct rdata_reader *r, const char *name, rdata_type_t type,
                                  const void *data, long count)
{
    struct ent_column *column;

    /* A vector that is an object by itself has a name here; a column of a table gets it later.
     */
    if (name || !r->open)
        ENT_TRY(begin_table(r, name));
    if (count < 0 || r->table.column_count >= r->sink->limits.row_cells)
        return ent_fail(r->err, ENT_EFORMAT, "over %zu columns", r->table.column_count);
    ENT_TRY(ent__column_add(&r->table, column_type(r, type), (size_t)count, &column, r->err));
    if (name) {
        ENT_TRY(copy_text(r, name, &column->name));
        r->named++;
    }
    if (column->type == ENT_COLUMN_FACTOR) {
        column->labels = r->labels;
        column->label_count = r->label_count;
        r->labels = NULL;
        r->label_capacity = 0;
    }
    r->label_count = 0;
    return copy_values(r, column, data);
}

static int on_column(const char *name, rdata_type_t type, void *data, long count, void *context)
{
    struct rdata_reader *r = context;

    return verdict(r, add_column(r, name, type, data, count));
}

static int on_column_name(const char *name, int index, void *context)
{
    struct rdata_reader *r = context;

    if (index < 0 || (size_t)index >= r->table.column_count)
        return 0;
    return verdict(r, copy_text(r, name, &r->table.columns[index].name));
}

static enum ent_status add_row_name(struct rdata_reader *r, const char *name, size_t index)
{
    struct ent_column *column;
    int64_t number;

    if (index == 0 && r->table.column_count > 0 && !ent__str_to_i64(ent__str(name), &number)) {
        ENT_TRY(ent__column_add(&r->table, ENT_COLUMN_TEXT, r->table.columns[0].count, &column,
                                r->err));
        column->name = ent__str("row.names");
        r->row_names = true;
    }
    if (!r->row_names)
        return ENT_OK;
    column = &r->table.columns[r->table.column_count - 1];
    return index < column->count ? intern(r, name, &column->of.texts[index]) : ENT_OK;
}

static int on_row_name(const char *name, int index, void *context)
{
    struct rdata_reader *r = context;

    return verdict(r, index < 0 ? ENT_OK : add_row_name(r, name, (size_t)index));
}

static int on_text(const char *text, int index, void *context)
{
    struct rdata_reader *r = context;
    struct ent_column *column;

    if (index < 0 || r->table.column_count == 0)
        return 0;
    column = &r->table.columns[r->table.column_count - 1];
    if (column->type != ENT_COLUMN_TEXT || (size_t)index >= column->count)
        return 0;
    return verdict(r, intern(r, text, &column->of.texts[index]));
}

static enum ent_status add_label(struct rdata_reader *r, const char *label)
{
    void *grown = r->labels;

    ENT_TRY(
        ent__grow(&grown, &r->label_capacity, r->label_count + 1, sizeof(*r->labels), r->err));
    r->labels = grown;
    return intern(r, label, &r->labels[r->label_count++]);
}

static int on_label(const char *label, int index, void *context)
{
    struct rdata_reader *r = context;

    if (index == 0)
        r->label_count = 0;
    return verdict(r, add_label(r, label));
}

static enum ent_status run(struct rdata_reader *r, rdata_parser_t *parser)
{
    rdata_error_t error;

    rdata_set_open_handler(parser, open_stream);
    rdata_set_close_handler(parser, close_stream);
    rdata_set_seek_handler(parser, seek_stream);
    rdata_set_read_handler(parser, read_stream);
    rdata_set_update_handler(parser, update);
    rdata_set_io_ctx(parser, r);
    rdata_set_table_handler(parser, on_table);
    rdata_set_column_handler(parser, on_column);
    rdata_set_column_name_handler(parser, on_column_name);
    rdata_set_row_name_handler(parser, on_row_name);
    rdata_set_text_value_handler(parser, on_text);
    rdata_set_value_label_handler(parser, on_label);
    error = rdata_parse(parser, "", r);
    if (r->failed != ENT_OK)
        return r->failed;
    if (error == RDATA_ERROR_MALLOC)
        return ent_fail(r->err, ENT_ENOMEM, "out of memory to read it");
    if (error != RDATA_OK)
        return ent_fail(r->err, ENT_EFORMAT,
                        "the R data are damaged, truncated or of an unknown kind: %s",
                        rdata_error_message(error));
    return finish_table(r); /* lists and matrices are passed over: no table may be left */
}

enum ent_status ent__rdata_read(struct ent_stream *stream, const char *format,
                                struct ent_sink *sink, struct ent_error *err)
{
    struct rdata_reader *r = ent__calloc(1, sizeof(*r));
    rdata_parser_t *parser = rdata_parser_init();
    enum ent_status status;

    if (r && parser) {
        r->stream = stream;
        r->sink = sink;
        r->err = err;
        ent__column_table_init(&r->table);
        status = ent__sink_format(sink, format, err);
        if (status == ENT_OK)
            status = run(r, parser);
        ent__column_table_release(&r->table);
        ent__free(r->labels);
    } else {
        status = ent_fail(err, ENT_ENOMEM, "out of memory to read it");
    }
    if (parser)
        rdata_parser_free(parser);
    ent__free(r);
    return status;
}
