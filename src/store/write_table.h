/* The tables that a source is written to: shared by the files that write. */
#ifndef ENTENTE_STORE_WRITE_TABLE_H
#define ENTENTE_STORE_WRITE_TABLE_H

#include "entente/store.h"
#include "store/stage.h"

/* Whether the store has the table with other columns: an older program made it. */
ENT_MUST_CHECK enum ent_status ent__table_changed(struct ent_store *store,
                                                  const struct ent_table *table, bool *changed,
                                                  struct ent_error *err);

/*
 * Make the table, and describe it and its columns in the catalogue.  One with other
 * columns is dropped first, with its sources, whose files must be imported again.
 */
ENT_MUST_CHECK enum ent_status ent__table_make(struct ent_store *store, const char *dataset,
                                               const struct ent_table *table,
                                               struct ent_error *err);

/* Write the settled rows of a stage, and the blocks that repeat them. */
ENT_MUST_CHECK enum ent_status ent__table_fill(struct ent_store *store,
                                               const struct ent_stage *stage, int64_t source,
                                               struct ent_error *err);

/* Delete a source's rows of a table; one that did not exist when they were written has none. */
ENT_MUST_CHECK enum ent_status ent__table_remove(struct ent_store *store, const char *table,
                                                 int64_t source, struct ent_error *err);

#endif
