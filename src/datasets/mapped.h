/*
 * The plain importer: one row of the file is one row of the table, and each
 * column of the table comes from one column of the file.  Most datasets need no
 * other.
 */
#ifndef ENTENTE_DATASETS_MAPPED_H
#define ENTENTE_DATASETS_MAPPED_H

#include "datasets/import.h"

struct ent_mapping {
    const char *column;         /* in the file; matched as ent__import_column does */
    size_t to;                  /* column of the table */
    enum ent_code_system codes; /* of a state */
    bool optional;              /* the file may lack it; it is missing then */
};

/*
 * Finish a row that has been read: derive cells from others.  false leaves it out.
 */
typedef bool (*ent_finish_fn)(struct ent_import *im, union ent_value *row);

/*
 * Read all rows of a table so.  A row whose year or state is missing, or names no
 * state, is left out (and the name listed); so is a row of a state with itself.
 *
 *   ENT_EFORMAT  a column that is not optional is not there
 *   and as ent__import_next
 */
ENT_MUST_CHECK enum ent_status
ent__import_mapped(struct ent_import *im, const struct ent_table *table,
                   const struct ent_mapping *map, size_t count, struct ent_error *err);

/* As above; finish is called for each row that would be kept. */
ENT_MUST_CHECK enum ent_status
ent__import_mapped_rows(struct ent_import *im, const struct ent_table *table,
                        const struct ent_mapping *map, size_t count, ent_finish_fn finish,
                        struct ent_error *err);

#endif
