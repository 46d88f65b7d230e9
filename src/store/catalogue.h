/* The store's list of tables: what each is, its columns, and the years it covers. */
#ifndef ENTENTE_STORE_CATALOGUE_H
#define ENTENTE_STORE_CATALOGUE_H

#include <stdbool.h>

#include "entente/store.h"
#include "store/table.h"

struct ent_column_entry {
    const char *name;
    enum ent_column_role role;
    enum ent_column_type type;
    const char *unit;
    const char *what;
};

struct ent_table_entry {
    const char *name;
    const char *dataset;
    const char *what;
    const char *version; /* of its newest source */
    bool zero_when_absent;
    bool loaded;               /* some source has rows of it */
    int first_year, last_year; /* over all its sources; 0 when it has no years */
    size_t column_count;
    const struct ent_column_entry *columns;
    size_t watched_count; /* 0: all states */
    const int16_t *watched;
};

/* Strings live during the call. */
typedef enum ent_status (*ent_table_fn)(void *context, const struct ent_table_entry *entry,
                                        struct ent_error *err);

/* The path that a store was opened with: a thread opens its own. */
const char *ent__store_path_of(const struct ent_store *store);

ENT_MUST_CHECK enum ent_status
ent__store_table_count(struct ent_store *store, size_t *count, struct ent_error *err);

/* Walk all tables in order of name.  Stops at the first status that is not ENT_OK. */
ENT_MUST_CHECK enum ent_status ent__store_tables(struct ent_store *store, ent_table_fn each,
                                                 void *context, struct ent_error *err);

#endif
