/*
 * Blocks: the numbers of one table, source and year, column by column.
 *
 * A block holds every INT and REAL column of the table in its order, each in the
 * narrowest form that is exact; TEXT columns are left out.  A table without a year
 * has one block a source, of year 0.
 */
#ifndef ENTENTE_STORE_BLOCK_H
#define ENTENTE_STORE_BLOCK_H

#include "entente/store.h"
#include "store/stage.h"

#define ENT_BLOCK_COLUMNS 64

struct ent_block {
    int year;
    int64_t source;
    size_t count; /* rows */
    size_t column_count;
    uint8_t code[ENT_BLOCK_COLUMNS]; /* how a column is held: see block.c */
    const void *column[ENT_BLOCK_COLUMNS];
};

/* Encode settled rows from..to-1 of a stage into buf, which is cleared first. */
ENT_MUST_CHECK enum ent_status ent__block_encode(const struct ent_stage *stage, size_t from,
                                                 size_t to, struct ent_buf *buf,
                                                 struct ent_error *err);

/*
 * Point *block into bytes that ent__block_encode made; they stay the caller's.
 *
 *   ENT_EDB  the bytes are no block
 */
ENT_MUST_CHECK enum ent_status ent__block_decode(const void *bytes, size_t len,
                                                 struct ent_block *block,
                                                 struct ent_error *err);

/* Column c as doubles, missing NAN; out has room for block->count.  A text column is all NAN.
 */
void ent__block_reals(const struct ent_block *block, size_t c, double *out);

/* Column c as integers, missing ENT_NONE_INT; a real one is rounded. */
void ent__block_ints(const struct ent_block *block, size_t c, int64_t *out);

/*
 * Some rows of a block as a block of its own, in bytes of the caller, of which
 * ent__block_pick_size says how many.  Neither source nor year changes.
 */
size_t ent__block_pick_size(const struct ent_block *block, size_t count);
void ent__block_pick(const struct ent_block *block, const int64_t *rows, size_t count,
                     void *bytes, struct ent_block *out);

/* Called for each block; it and its columns live during the call. */
typedef enum ent_status (*ent_block_fn)(void *context, const struct ent_block *block,
                                        struct ent_error *err);

/*
 * Walk the blocks of a table with from <= year <= to, by year, then source.  A
 * table that no import has made has none.
 *
 *   ENT_EDB  the store is damaged
 */
ENT_MUST_CHECK enum ent_status ent__store_blocks(struct ent_store *store, const char *table,
                                                 int from, int to, ent_block_fn each,
                                                 void *context, struct ent_error *err);

#endif
