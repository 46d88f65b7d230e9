/*
 * A stage: the rows of one table, held in memory between a file and the store.
 *
 * An importer puts rows in the order of its file; the stage puts them in the
 * order of the key, settles duplicates, and hands the store a table that can be
 * appended in one pass.  8 bytes a cell: a million votes take 40 MB.
 */
#ifndef ENTENTE_STORE_STAGE_H
#define ENTENTE_STORE_STAGE_H

#include "base/intern.h"
#include "store/table.h"

/* Told of every row that the stage leaves out: its line, and the line it repeats. */
typedef void (*ent_duplicate_fn)(void *context, uint64_t line, uint64_t first_line);

struct ent_stage {
    const struct ent_table *table;
    size_t stride; /* cells a row: the table's columns and the line */
    union ent_value *cells;
    size_t capacity; /* in rows */
    size_t count;    /* rows committed */
    struct ent_intern texts;
    uint32_t *order; /* after ent__stage_settle: rows in order of key */
    size_t kept;     /* after ent__stage_settle: rows in `order` */
    size_t merged;   /* rows that said the same as another */
    size_t repeated; /* rows left out because they contradict an earlier one */
};

void ent__stage_init(struct ent_stage *stage, const struct ent_table *table);
void ent__stage_release(struct ent_stage *stage);

/*
 * The cells of the next row, all missing, to be filled by column number.  They
 * join the stage with ent__stage_commit; until then the next call gives the same.
 *
 *   ENT_ENOMEM  out of memory, or 2^32 - 2 rows
 */
ENT_MUST_CHECK enum ent_status
ent__stage_row(struct ent_stage *stage, union ent_value **row, struct ent_error *err);

/*
 * Add the row that ent__stage_row gave, from a line of the file.  The two states
 * of an undirected pair are put in order of id.
 */
void ent__stage_commit(struct ent_stage *stage, uint64_t line);

/* Set a text cell; the empty text is missing. */
ENT_MUST_CHECK enum ent_status ent__stage_text(struct ent_stage *stage, union ent_value *cell,
                                               struct ent_str text, struct ent_error *err);

/*
 * Sort by key and settle duplicates as the table says.  repeated may be NULL.
 * O(rows * key bytes).
 *
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status ent__stage_settle(struct ent_stage *stage,
                                                 ent_duplicate_fn repeated, void *context,
                                                 struct ent_error *err);

/* The i-th row in order of key, 0..kept-1; its last cell is the line. */
const union ent_value *ent__stage_at(const struct ent_stage *stage, size_t i);

/* The first and last year of the rows; false when the table has no year, or no rows. */
bool ent__stage_years(const struct ent_stage *stage, int *first, int *last);

/*
 * A digest of what the settled rows say, whatever file and line they came from:
 * the same data in two formats have the same one.  Reals are compared to 12 digits.
 */
uint64_t ent__stage_digest(const struct ent_stage *stage);

/* Whether a cell is missing, by its column's type. */
static inline bool ent__value_missing(union ent_value v, enum ent_column_type type)
{
    return type == ENT_TYPE_INT    ? v.i == ENT_NONE_INT
           : type == ENT_TYPE_REAL ? v.r != v.r
                                   : v.s == ENT_NONE_TEXT;
}

#endif
