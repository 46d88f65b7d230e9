#include "io/rdata_table.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/stamp.h"

void ent__column_table_init(struct ent_column_table *table)
{
    memset(table, 0, sizeof(*table));
    ent__intern_init(&table->texts);
}

void ent__column_table_release(struct ent_column_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        ent__free(table->columns[i].of.doubles);
        ent__free(table->columns[i].labels);
    }
    ent__free(table->columns);
    ent__intern_release(&table->texts);
    ent__arena_release(&table->arena);
    ent__column_table_init(table);
}

static size_t value_size(enum ent_column_type type)
{
    switch (type) {
    case ENT_COLUMN_INT:
    case ENT_COLUMN_FACTOR:
        return sizeof(int32_t);
    case ENT_COLUMN_TEXT:
        return sizeof(uint32_t);
    case ENT_COLUMN_DOUBLE:
    case ENT_COLUMN_DATE:
    case ENT_COLUMN_TIME:
        break;
    }
    return sizeof(double);
}

static void fill_missing(struct ent_column *column)
{
    for (size_t i = 0; i < column->count; i++) {
        if (column->type == ENT_COLUMN_INT || column->type == ENT_COLUMN_FACTOR)
            column->of.ints[i] = INT32_MIN;
        else if (column->type == ENT_COLUMN_TEXT)
            column->of.texts[i] = ENT_TEXT_NA;
        else
            column->of.doubles[i] = NAN;
    }
}

enum ent_status ent__column_add(struct ent_column_table *table, enum ent_column_type type,
                                size_t count, struct ent_column **out, struct ent_error *err)
{
    struct ent_column column = { .type = type, .count = count };
    void *grown = table->columns;

    ENT_TRY(ent__grow(&grown, &table->column_capacity, table->column_count + 1,
                      sizeof(*table->columns), err));
    table->columns = grown;
    column.of.doubles = ent__reallocarray(NULL, count, value_size(type));
    if (!column.of.doubles)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a column of %zu rows", count);
    fill_missing(&column);
    table->columns[table->column_count] = column;
    *out = &table->columns[table->column_count++];
    return ENT_OK;
}

static struct ent_cell text_cell(struct ent_str text)
{
    if (text.len == 0)
        return (struct ent_cell){ .missing = ENT_MISSING_EMPTY };
    return (struct ent_cell){ .kind = ENT_CELL_TEXT, .text = text };
}

static struct ent_cell number_cell(double number)
{
    return (struct ent_cell){ .kind = ENT_CELL_NUMBER, .number = number };
}

static struct ent_cell cell_at(const struct ent_column_table *table,
                               const struct ent_column *column, size_t row,
                               char stamp[ENT_STAMP_BYTES])
{
    const struct ent_cell missing = { .missing = ENT_MISSING_EMPTY };
    size_t len;

    switch (column->type) {
    case ENT_COLUMN_INT:
        return column->of.ints[row] == INT32_MIN ? missing : number_cell(column->of.ints[row]);
    case ENT_COLUMN_TEXT:
        return column->of.texts[row] == ENT_TEXT_NA
                   ? missing
                   : text_cell(table->texts.text[column->of.texts[row]]);
    case ENT_COLUMN_FACTOR: {
        int32_t code = column->of.ints[row];

        if (code < 1 || (size_t)code > column->label_count ||
            column->labels[code - 1] == ENT_TEXT_NA)
            return missing;
        return text_cell(table->texts.text[column->labels[code - 1]]);
    }
    case ENT_COLUMN_DOUBLE:
        return isnan(column->of.doubles[row]) ? missing : number_cell(column->of.doubles[row]);
    case ENT_COLUMN_DATE:
    case ENT_COLUMN_TIME:
        break;
    }
    if (isnan(column->of.doubles[row]))
        return missing;
    if (column->type == ENT_COLUMN_DATE)
        len = ent__stamp_date(column->of.doubles[row], stamp);
    else
        len = ent__stamp_time(column->of.doubles[row], stamp);
    return text_cell((struct ent_str){ stamp, len });
}

static enum ent_status put_rows(const struct ent_column_table *table, struct ent_cell *cells,
                                char (*stamps)[ENT_STAMP_BYTES], struct ent_sink *sink,
                                struct ent_error *err)
{
    struct ent_record record = { .kind = ENT_RECORD_TABLE,
                                 .cells = cells,
                                 .cell_count = table->column_count,
                                 .table = table->name,
                                 .typed = true };
    size_t rows = table->column_count ? table->columns[0].count : 0;

    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].count != rows)
            return ent_fail(err, ENT_EFORMAT, "column %zu of \"%.*s\" has %zu rows, not %zu",
                            c + 1, (int)(table->name.len < 99 ? table->name.len : 99),
                            table->name.at ? table->name.at : "", table->columns[c].count,
                            rows);
        cells[c] = text_cell(table->columns[c].name);
    }
    ENT_TRY(ent__sink_put(sink, &record, err));
    record.kind = ENT_RECORD_ROW;
    for (size_t row = 0; row < rows; row++) {
        record.line = row + 1;
        for (size_t c = 0; c < table->column_count; c++)
            cells[c] = cell_at(table, &table->columns[c], row, stamps[c]);
        ENT_TRY(ent__sink_put(sink, &record, err));
    }
    return ENT_OK;
}

enum ent_status ent__column_table_put(const struct ent_column_table *table,
                                      struct ent_sink *sink, struct ent_error *err)
{
    struct ent_cell *cells = ent__calloc(table->column_count, sizeof(*cells));
    char(*stamps)[ENT_STAMP_BYTES] = ent__calloc(table->column_count, sizeof(*stamps));
    enum ent_status status;

    if (cells && stamps)
        status = put_rows(table, cells, stamps, sink, err);
    else
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a row");
    ent__free(cells);
    ent__free(stamps);
    return status;
}
