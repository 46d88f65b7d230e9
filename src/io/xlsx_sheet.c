/* The rows of one worksheet. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/stamp.h"
#include "io/xlsx.h"
#include "io/xml.h"

enum {
    ROWS_MOST = 1 << 20, /* Excel's own limits */
    COLUMNS_MOST = 1 << 14,
};

struct sheet_reader {
    struct ent_xlsx *book;
    size_t row, column; /* of the cell being read; both from 1 */
    struct ent_cell *cells;
    size_t cell_count, cell_capacity;

    /* Texts of the row that are not shared; cells of them have at NULL and a length until
     * the row is complete. */
    struct ent_buf texts;

    bool in_row, in_cell, in_value;
    size_t phonetic;
    char type[16]; /* of the cell: "s", "str", ... */
    bool is_date;
    struct ent_buf value;
};

/* "BC23" as a column, 55; 0 when it is none. */
static size_t column_of(const char *reference)
{
    size_t column = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && column <= COLUMNS_MOST; reference++)
        column = column * 26 + (size_t)(*reference - 'A' + 1);
    return column <= COLUMNS_MOST ? column : 0;
}

static enum ent_status
begin_row(struct sheet_reader *r, const char *const *attributes, struct ent_error *err)
{
    const char *number = ent__xml_attribute(attributes, "r");
    int64_t row = (int64_t)r->row + 1;

    if (number && !ent__str_to_i64(ent__str(number), &row))
        row = 0;
    if (row < 1 || row > ROWS_MOST)
        return ent_fail(err, ENT_EFORMAT, "a row is numbered \"%.40s\"", number ? number : "");
    r->row = (size_t)row;
    r->column = r->cell_count = 0;
    r->in_row = true;
    ent__buf_clear(&r->texts);
    return ENT_OK;
}

static enum ent_status
begin_cell(struct sheet_reader *r, const char *const *attributes, struct ent_error *err)
{
    const char *reference = ent__xml_attribute(attributes, "r");
    const char *type = ent__xml_attribute(attributes, "t");
    const char *style = ent__xml_attribute(attributes, "s");
    int64_t number;

    r->column = reference ? column_of(reference) : r->column + 1;
    if (r->column < 1 || r->column > COLUMNS_MOST)
        return ent_fail(err, ENT_EFORMAT, "a cell is called \"%.40s\"",
                        reference ? reference : "");
    r->type[0] = '\0';
    if (type && strlen(type) < sizeof(r->type))
        memcpy(r->type, type, strlen(type) + 1);
    r->is_date = style && ent__str_to_i64(ent__str(style), &number) && number >= 0 &&
                 (uint64_t)number < r->book->style_count && r->book->is_date[number];
    r->in_cell = true;
    ent__buf_clear(&r->value);
    return ENT_OK;
}

static enum ent_status
on_start(void *context, const char *name, const char *const *attributes, struct ent_error *err)
{
    struct sheet_reader *r = context;

    if (strcmp(name, "row") == 0)
        return begin_row(r, attributes, err);
    if (strcmp(name, "c") == 0 && r->in_row)
        return begin_cell(r, attributes, err);
    if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    /* A value is in v, or in t within is, and not in f, which is a formula. */
    r->in_value =
        r->in_cell && r->phonetic == 0 && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
    return ENT_OK;
}

static enum ent_status on_text(void *context, struct ent_str text, struct ent_error *err)
{
    struct sheet_reader *r = context;

    if (!r->in_value)
        return ENT_OK;
    ent__buf_add(&r->value, text);
    if (r->value.len > r->book->sink->limits.cell_bytes)
        return ent_fail(err, ENT_EFORMAT, "a cell of over %zu bytes",
                        r->book->sink->limits.cell_bytes);
    return ENT_OK;
}

/* Have the cell of the present column, and missing ones before it. */
static enum ent_status
place_cell(struct sheet_reader *r, struct ent_cell cell, struct ent_error *err)
{
    void *grown = r->cells;

    ENT_TRY(ent__grow(&grown, &r->cell_capacity, r->column, sizeof(*r->cells), err));
    r->cells = grown;
    while (r->cell_count < r->column)
        r->cells[r->cell_count++] = (struct ent_cell){ .missing = ENT_MISSING_EMPTY };
    r->cells[r->column - 1] = cell;
    return ENT_OK;
}

/* A cell of text that is not shared. */
static enum ent_status
place_text(struct sheet_reader *r, struct ent_str text, struct ent_error *err)
{
    struct ent_cell cell = { .kind = ENT_CELL_TEXT };

    if (text.len == 0)
        return ENT_OK;
    if (r->texts.len + text.len > ENT_IO_ROW_BYTES)
        return ent_fail(err, ENT_EFORMAT, "a row of over %zu MiB", ENT_IO_ROW_BYTES >> 20);
    /* Where it begins, in `number`, since the buffer may move. */
    cell.number = (double)r->texts.len;
    cell.text.len = text.len;
    ent__buf_add(&r->texts, text);
    return place_cell(r, cell, err);
}

static enum ent_status place_shared(struct sheet_reader *r, struct ent_error *err)
{
    int64_t index;

    if (!ent__str_to_i64(ent__buf_str(&r->value), &index) || index < 0 ||
        (uint64_t)index >= r->book->string_count)
        return ent_fail(err, ENT_EFORMAT, "a cell refers to text \"%.40s\", which is not there",
                        r->value.text);
    if (r->book->strings[index].len == 0)
        return ENT_OK;
    return place_cell(
        r, (struct ent_cell){ .kind = ENT_CELL_TEXT, .text = r->book->strings[index] }, err);
}

/* Days in Excel's count as text.  Its 1900 has a 29 February, so earlier days are one off. */
static size_t date_text(const struct sheet_reader *r, double days, char out[ENT_STAMP_BYTES])
{
    double since_1970 = days - 25569;
    double seconds;

    if (r->book->from_1904)
        since_1970 += 1462;
    else if (days < 60)
        since_1970 += 1;
    seconds = round(since_1970 * 86400);
    if (seconds == floor(since_1970) * 86400)
        return ent__stamp_date(since_1970, out);
    return ent__stamp_time(seconds, out);
}

static enum ent_status place_number(struct sheet_reader *r, struct ent_error *err)
{
    struct ent_str text = ent__str_trim(ent__buf_str(&r->value));
    char stamp[ENT_STAMP_BYTES];
    double number;

    if (text.len == 0)
        return ENT_OK;
    if (!ent__str_to_f64(text, &number))
        return ent_fail(err, ENT_EFORMAT, "the number \"%.40s\" is none", r->value.text);
    if (r->is_date) {
        size_t len = date_text(r, number, stamp);

        if (len > 0)
            return place_text(r, (struct ent_str){ stamp, len }, err);
    }
    return place_cell(r, (struct ent_cell){ .kind = ENT_CELL_NUMBER, .number = number }, err);
}

static enum ent_status end_cell(struct sheet_reader *r, struct ent_error *err)
{
    r->in_cell = false;
    ENT_TRY(ent__buf_check(&r->value, err));
    if (strcmp(r->type, "s") == 0)
        return r->value.len ? place_shared(r, err) : ENT_OK;
    if (strcmp(r->type, "e") == 0)
        return ENT_OK;
    if (strcmp(r->type, "str") == 0 || strcmp(r->type, "inlineStr") == 0 ||
        strcmp(r->type, "d") == 0)
        return place_text(r, ent__buf_str(&r->value), err);
    return place_number(r, err); /* "n", "b", or nothing */
}

static enum ent_status end_row(struct sheet_reader *r, struct ent_error *err)
{
    struct ent_record record = {
        .kind = ENT_RECORD_ROW, .line = r->row, .cells = r->cells, .cell_count = r->cell_count
    };

    r->in_row = false;
    if (r->cell_count == 0)
        return ENT_OK;
    ENT_TRY(ent__buf_check(&r->texts, err));
    for (size_t i = 0; i < r->cell_count; i++) {
        struct ent_cell *cell = &r->cells[i];

        if (cell->kind == ENT_CELL_TEXT && !cell->text.at) {
            cell->text.at = r->texts.text + (size_t)cell->number;
            cell->number = 0;
        }
    }
    return ent__sink_put(r->book->sink, &record, err);
}

static enum ent_status on_end(void *context, const char *name, struct ent_error *err)
{
    struct sheet_reader *r = context;
    enum ent_status status = ENT_OK;

    r->in_value = false;
    if (strcmp(name, "rPh") == 0 && r->phonetic > 0)
        r->phonetic--;
    else if (strcmp(name, "c") == 0 && r->in_cell)
        status = end_cell(r, err);
    else if (strcmp(name, "row") == 0 && r->in_row)
        status = end_row(r, err);
    if (status != ENT_OK)
        ent_error_at(err, NULL, r->row, r->column);
    return status;
}

enum ent_status
ent__xlsx_read_sheet(struct ent_xlsx *book, struct ent_stream *stream, struct ent_error *err)
{
    struct sheet_reader r = { .book = book };
    const struct ent_xml_handler handler = { &r, on_start, on_end, on_text };
    enum ent_status status;

    ent__buf_init(&r.texts);
    ent__buf_init(&r.value);
    status = ent__xml_read(stream, &handler, err);
    ent__buf_release(&r.texts);
    ent__buf_release(&r.value);
    ent__free(r.cells);
    return status;
}
