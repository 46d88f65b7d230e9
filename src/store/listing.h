/* Reading back what the store says of its datasets: all strings live during the call. */
#ifndef ENTENTE_STORE_LISTING_H
#define ENTENTE_STORE_LISTING_H

#include "store/write.h"

typedef enum ent_status (*ent_dataset_fn)(void *context, const struct ent_dataset_info *info,
                                          struct ent_error *err);
typedef enum ent_status (*ent_variable_fn)(void *context, const char *table, const char *column,
                                           const char *role, const char *type, const char *unit,
                                           const char *what, struct ent_error *err);
typedef enum ent_status (*ent_problem_fn)(void *context, const struct ent_problem *problem,
                                          struct ent_error *err);
typedef enum ent_status (*ent_unmatched_fn)(void *context, const struct ent_unmatched *name,
                                            struct ent_error *err);

/* Every dataset that anything was imported of, in order of id. */
ENT_MUST_CHECK enum ent_status ent__store_datasets(struct ent_store *store, ent_dataset_fn each,
                                                   void *context, struct ent_error *err);

/* The columns of a dataset's tables, in order. */
ENT_MUST_CHECK enum ent_status ent__store_variables(struct ent_store *store,
                                                    const char *dataset, ent_variable_fn each,
                                                    void *context, struct ent_error *err);

/* What the import of a source could not read, in order of line. */
ENT_MUST_CHECK enum ent_status ent__store_problems(struct ent_store *store, int64_t source,
                                                   ent_problem_fn each, void *context,
                                                   struct ent_error *err);

/* The names in a source that are no state, most frequent first. */
ENT_MUST_CHECK enum ent_status ent__store_unmatched(struct ent_store *store, int64_t source,
                                                    ent_unmatched_fn each, void *context,
                                                    struct ent_error *err);

#endif
