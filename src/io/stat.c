#include "io/stat.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <readstat.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "io/encoding.h"

struct stat_reader {
    struct ent_input *input;
    struct ent_sink *sink;
    struct ent_str table;
    struct ent_arena names;
    struct ent_cell *cells; /* the names until the table is put, then a row */
    size_t cell_count, cell_capacity;
    struct ent_buf text;    /* the row's strings, which ReadStat overwrites */
    bool put;               /* the table has been */
    enum ent_status failed; /* in a callback */
    struct ent_error *err;
};

static bool
begins(const unsigned char *head, size_t len, size_t at, const char *magic, size_t magic_len)
{
    return len >= at + magic_len && memcmp(head + at, magic, magic_len) == 0;
}

/* Before 2013 Stata's files begin with a version, a byte order and 1. */
static bool is_old_dta(const unsigned char *head, size_t len)
{
    return len >= 4 && head[0] >= 104 && head[0] <= 115 && (head[1] == 1 || head[1] == 2) &&
           head[2] == 1 && head[3] == 0;
}

static bool is_por(const unsigned char *head, size_t len)
{
    struct ent_str text = { (const char *)head, len < 600 ? len : 600 };

    return ent__str_find(text, "SPSSPORT") != SIZE_MAX;
}

const char *ent__stat_format(const unsigned char *head, size_t len)
{
    static const char sas[] = "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92"
                              "\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11";
    static const char xpt[] = "HEADER RECORD*******LIB";

    if (begins(head, len, 0, "<stata_dta>", 11) || is_old_dta(head, len))
        return "dta";
    if (begins(head, len, 0, "$FL2", 4) || begins(head, len, 0, "$FL3", 4))
        return "sav";
    if (begins(head, len, 0, sas, sizeof(sas) - 1))
        return "sas7bdat";
    if (begins(head, len, 0, xpt, sizeof(xpt) - 1))
        return "xpt";
    return is_por(head, len) ? "por" : NULL;
}

/* ReadStat's view of the input. */

static int open_input(const char *path, void *context)
{
    (void)path, (void)context;
    return 0;
}

static int close_input(void *context)
{
    (void)context;
    return 0;
}

static readstat_off_t
seek_input(readstat_off_t offset, readstat_io_flags_t whence, void *context)
{
    struct ent_input *input = context;
    readstat_off_t base = 0;
    readstat_off_t to;

    if (whence == READSTAT_SEEK_CUR)
        base = (readstat_off_t)input->at;
    else if (whence == READSTAT_SEEK_END)
        base = (readstat_off_t)input->size;
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -1;
    input->at = (uint64_t)to;
    return to;
}

static ssize_t read_input(void *buf, size_t size, void *context)
{
    size_t total = 0;
    size_t got;

    while (total < size) {
        if (ent__input_read(context, (char *)buf + total, size - total, &got, NULL) != ENT_OK)
            return -1;
        if (got == 0)
            break;
        total += got;
    }
    return (ssize_t)total;
}

static readstat_error_t
update(long size, readstat_progress_handler progress, void *user, void *context)
{
    (void)size, (void)progress, (void)user, (void)context;
    return READSTAT_OK;
}

/* Text in UTF-8, in the arena when it had to be changed, else as it is. */
static struct ent_str in_utf8(struct stat_reader *r, const char *text)
{
    struct ent_str t = ent__str(text);
    char *copy;

    if (ent__is_utf8(t))
        return t;
    copy = ent__arena_alloc(&r->names, t.len * ENT_CP1252_MOST + 1);
    return (struct ent_str){ copy ? copy : "", copy ? ent__cp1252_to_utf8(t, copy) : 0 };
}

static int
on_variable(int index, readstat_variable_t *variable, const char *labels, void *context)
{
    struct stat_reader *r = context;
    struct ent_str name = in_utf8(r, readstat_variable_get_name(variable));
    void *grown = r->cells;
    char *copy;

    (void)labels;
    if (index < 0 || (size_t)index != r->cell_count ||
        (size_t)index >= r->sink->limits.row_cells) {
        r->failed = ent_fail(r->err, ENT_EFORMAT, "over %zu columns", r->cell_count);
        return READSTAT_HANDLER_ABORT;
    }
    r->failed =
        ent__grow(&grown, &r->cell_capacity, r->cell_count + 1, sizeof(*r->cells), r->err);
    r->cells = grown;
    if (r->failed != ENT_OK)
        return READSTAT_HANDLER_ABORT;
    copy = ent__arena_copy(&r->names, name);
    if (!copy) {
        r->failed = ent_fail(r->err, ENT_ENOMEM, "out of memory for a column's name");
        return READSTAT_HANDLER_ABORT;
    }
    r->cells[r->cell_count++] =
        (struct ent_cell){ .kind = ENT_CELL_TEXT, .text = { copy, name.len } };
    return READSTAT_HANDLER_OK;
}

static enum ent_status put_table(struct stat_reader *r)
{
    struct ent_record record = { .kind = ENT_RECORD_TABLE,
                                 .cells = r->cells,
                                 .cell_count = r->cell_count,
                                 .table = r->table,
                                 .typed = true };

    r->put = true;
    return ent__sink_put(r->sink, &record, r->err);
}

static struct ent_cell missing(enum ent_missing why, char tag)
{
    return (struct ent_cell){ .missing = why, .tag = tag };
}

/* The cell of a value; text.at is the place in r->text plus one, since that may move. */
static struct ent_cell
cell_of(struct stat_reader *r, readstat_variable_t *variable, readstat_value_t value)
{
    double number;

    if (readstat_value_is_tagged_missing(value))
        return missing(ENT_MISSING_TAGGED, readstat_value_tag(value));
    if (readstat_value_is_system_missing(value))
        return missing(ENT_MISSING_EMPTY, 0);
    if (readstat_value_is_defined_missing(value, variable))
        return missing(ENT_MISSING_TAGGED, 0);
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        const char *string = readstat_string_value(value);
        struct ent_str text = ent__str(string);

        if (text.len == 0)
            return missing(ENT_MISSING_EMPTY, 0);
        ent__buf_add(&r->text, text);
        ent__buf_putc(&r->text, '\0');
        return (struct ent_cell){ .kind = ENT_CELL_TEXT, .text = { NULL, text.len } };
    }
    number = readstat_double_value(value);
    if (isnan(number))
        return missing(ENT_MISSING_EMPTY, 0);
    return (struct ent_cell){ .kind = ENT_CELL_NUMBER, .number = number };
}

/* Give the texts of the row their places, and convert those that are no UTF-8. */
static enum ent_status place_texts(struct stat_reader *r, struct ent_buf *converted)
{
    size_t at = 0;

    ENT_TRY(ent__buf_check(&r->text, r->err));
    for (size_t i = 0; i < r->cell_count; i++) {
        if (r->cells[i].kind != ENT_CELL_TEXT)
            continue;
        r->cells[i].text.at = r->text.text + at;
        at += r->cells[i].text.len + 1;
    }
    if (ent__is_utf8(ent__buf_str(&r->text)))
        return ENT_OK;
    at = 0;
    for (size_t i = 0; i < r->text.len; i++)
        ent__buf_puts(converted, "   "); /* room for ENT_CP1252_MOST */
    ENT_TRY(ent__buf_check(converted, r->err));
    for (size_t i = 0; i < r->cell_count; i++) {
        if (r->cells[i].kind != ENT_CELL_TEXT)
            continue;
        r->cells[i].text.len = ent__cp1252_to_utf8(r->cells[i].text, converted->text + at);
        r->cells[i].text.at = converted->text + at;
        at += r->cells[i].text.len;
    }
    return ENT_OK;
}

static enum ent_status put_row(struct stat_reader *r, int index)
{
    struct ent_record record = { .kind = ENT_RECORD_ROW,
                                 .line = (size_t)index + 1,
                                 .cells = r->cells,
                                 .cell_count = r->cell_count };
    struct ent_buf converted;
    enum ent_status status;

    ent__buf_init(&converted);
    status = place_texts(r, &converted);
    if (status == ENT_OK)
        status = ent__sink_put(r->sink, &record, r->err);
    ent__buf_release(&converted);
    ent__buf_clear(&r->text);
    return status;
}

static int
on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context)
{
    struct stat_reader *r = context;
    int index = readstat_variable_get_index(variable);

    if (!r->put)
        r->failed = put_table(r);
    if (r->failed == ENT_OK && (index < 0 || (size_t)index >= r->cell_count || row < 0))
        r->failed = ent_fail(r->err, ENT_EFORMAT, "a value in no column");
    if (r->failed == ENT_OK)
        r->cells[index] = cell_of(r, variable, value);
    if (r->failed == ENT_OK && (size_t)index + 1 == r->cell_count)
        r->failed = put_row(r, row);
    return r->failed == ENT_OK ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
}

static readstat_error_t parse(readstat_parser_t *parser, const char *format, void *context)
{
    if (strcmp(format, "dta") == 0)
        return readstat_parse_dta(parser, "", context);
    if (strcmp(format, "sav") == 0)
        return readstat_parse_sav(parser, "", context);
    if (strcmp(format, "por") == 0)
        return readstat_parse_por(parser, "", context);
    if (strcmp(format, "sas7bdat") == 0)
        return readstat_parse_sas7bdat(parser, "", context);
    return readstat_parse_xport(parser, "", context);
}

static enum ent_status run(struct stat_reader *r, readstat_parser_t *parser, const char *format)
{
    readstat_error_t error;

    r->input->at = 0;
    readstat_set_open_handler(parser, open_input);
    readstat_set_close_handler(parser, close_input);
    readstat_set_seek_handler(parser, seek_input);
    readstat_set_read_handler(parser, read_input);
    readstat_set_update_handler(parser, update);
    readstat_set_io_ctx(parser, r->input);
    readstat_set_variable_handler(parser, on_variable);
    readstat_set_value_handler(parser, on_value);
    error = parse(parser, format, r);
    if (r->failed != ENT_OK)
        return r->failed;
    if (error == READSTAT_ERROR_MALLOC)
        return ent_fail(r->err, ENT_ENOMEM, "out of memory to read it");
    if (error != READSTAT_OK)
        return ent_fail(r->err, ENT_EFORMAT,
                        "the %s file is damaged, truncated or of an "
                        "unknown version: %s",
                        format, readstat_error_message(error));
    return r->put ? ENT_OK : put_table(r);
}

enum ent_status ent__stat_read(struct ent_input *input, const char *format,
                               struct ent_str table, struct ent_sink *sink,
                               struct ent_error *err)
{
    struct stat_reader r = { .input = input, .sink = sink, .table = table, .err = err };
    readstat_parser_t *parser = readstat_parser_init();
    enum ent_status status;

    if (!parser)
        return ent_fail(err, ENT_ENOMEM, "out of memory to read it");
    ent__buf_init(&r.text);
    status = ent__sink_format(sink, format, err);
    if (status == ENT_OK)
        status = run(&r, parser, format);
    readstat_parser_free(parser);
    ent__arena_release(&r.names);
    ent__buf_release(&r.text);
    ent__free(r.cells);
    return status;
}
