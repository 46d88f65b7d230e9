/* Rows of a tidy table with their provenance: for tracing a number. */
#ifndef ENTENTE_STORE_ROWS_H
#define ENTENTE_STORE_ROWS_H

#include "entente/store.h"

enum ent_relation {
    ENT_REL_EQUAL = 0,
    ENT_REL_AT_LEAST,
    ENT_REL_AT_MOST,
    ENT_REL_ABOVE,
    ENT_REL_OTHER_THAN,
};

struct ent_condition {
    const char *column;
    enum ent_relation relation;
    int64_t value;
};

#define ENT_CONDITIONS 8

struct ent_row_query {
    const char *table;
    struct ent_condition conditions[ENT_CONDITIONS]; /* all must hold */
    size_t condition_count;
    size_t limit; /* rows handed on; the rest are counted */
};

/* One row: its source and line, and its columns as text (NULL: missing); strings live during
 * the call. */
typedef enum ent_status (*ent_row_fn)(void *context, int64_t source, uint64_t line,
                                      size_t columns, const char *const *names,
                                      const char *const *values, struct ent_error *err);

/*
 * Hand on the rows that fulfil all conditions, in order of key, and count them all.
 *
 *   ENT_EDB     the store is damaged, or has no such table or column
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__store_rows(struct ent_store *store, const struct ent_row_query *query, ent_row_fn each,
                void *context, uint64_t *total, struct ent_error *err);

#endif
