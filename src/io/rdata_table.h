/* A table that arrives column by column, and leaves row by row. */
#ifndef ENTENTE_IO_RDATA_TABLE_H
#define ENTENTE_IO_RDATA_TABLE_H

#include "base/intern.h"
#include "io/sink.h"

enum ent_column_type {
    ENT_COLUMN_DOUBLE, /* NAN is missing */
    ENT_COLUMN_INT,    /* INT32_MIN is missing */
    ENT_COLUMN_TEXT,   /* ENT_TEXT_NA is missing */
    ENT_COLUMN_FACTOR, /* whole numbers that count the labels, from 1 */
    ENT_COLUMN_DATE,   /* days since 1970 */
    ENT_COLUMN_TIME,   /* seconds since 1970 */
};

#define ENT_TEXT_NA UINT32_MAX

struct ent_column {
    enum ent_column_type type;
    struct ent_str name; /* in the arena */
    size_t count;
    union {
        double *doubles;
        int32_t *ints;
        uint32_t *texts; /* ids of interned text */
    } of;
    uint32_t *labels; /* of a factor: ids of interned text */
    size_t label_count;
};

struct ent_column_table {
    struct ent_str name; /* in the arena */
    struct ent_column *columns;
    size_t column_count, column_capacity;
    struct ent_intern texts;
    struct ent_arena arena;
};

void ent__column_table_init(struct ent_column_table *table);
void ent__column_table_release(struct ent_column_table *table);

/*
 * A new last column with room for count values, all missing.  The pointer is
 * valid until the next column.
 *
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status ent__column_add(struct ent_column_table *table,
                                               enum ent_column_type type, size_t count,
                                               struct ent_column **out, struct ent_error *err);

/*
 * Put the table and its rows.
 *
 *   ENT_EFORMAT  the columns have not all the same number of rows
 *   ENT_ENOMEM   out of memory
 *   and what the sink returns
 */
ENT_MUST_CHECK enum ent_status ent__column_table_put(const struct ent_column_table *table,
                                                     struct ent_sink *sink,
                                                     struct ent_error *err);

#endif
