/*
 * Data: every dataset that Entente knows, and what of it is in a store.
 *
 * A dataset that is not loaded is listed too, with where its publisher offers it;
 * a user's own is listed when it is loaded.
 */
#ifndef ENTENTE_DATA_H
#define ENTENTE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A row or cell that an import left out. */
struct ent_data_problem {
    uint64_t line;
    size_t column; /* 1-based; 0: the whole row */
    const char *message;
};

/* A name or code in a file that is no state. */
struct ent_data_unmatched {
    const char *name;
    uint64_t rows;
    uint64_t first_line;
};

/* One imported file, or one table of it. */
struct ent_data_part {
    struct ent_source_info source;
    size_t problem_count; /* kept with their place: source.problems may be more */
    const struct ent_data_problem *problems;
    size_t unmatched_count;
    const struct ent_data_unmatched *unmatched;
};

struct ent_data_variable {
    const char *table; /* in the store: "cow_trade" */
    const char *name;  /* of its column: "imports" */
    const char *role;  /* "value", "year", "state", "from", "to", "key" or "count" */
    const char *unit;  /* "" for a plain number or text */
    const char *what;  /* one line */
};

struct ent_data {
    const char *id;
    const char *title;
    const char *publisher;
    const char *citation;
    const char *bibtex; /* "" when there is none */
    const char *licence;
    const char *url;   /* where the publisher offers it */
    const char *years; /* of the newest release known, in words; "" of a user's own */
    bool loaded;
    const char *stale; /* of an estimate made here: which of its data were imported anew; "" */
    size_t part_count; /* 0 when not loaded */
    const struct ent_data_part *parts;
    const char *version;       /* of all parts; "several" when they differ */
    int first_year, last_year; /* covered by what is loaded; 0 when the data have no years */
    int64_t rows;
    int64_t problems;
    int64_t unmatched; /* distinct names, counted a part at a time */
    size_t variable_count;
    const struct ent_data_variable *variables;
};

struct ent_data_list {
    size_t count;
    const struct ent_data *at;
    void *owned;
};

/*
 * List all datasets in order of id, without their problems and unmatched names.
 * store may be NULL: nothing is loaded then.  *out is released with
 * ent_data_list_release.
 *
 *   ENT_EDB, ENT_EBUSY, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_data_list(struct ent_store *store, struct ent_data_list *out, struct ent_error *err);

/*
 * The one dataset with an id, with everything, as a list of one.
 *
 *   ENT_ENOTFOUND  no such dataset; the message names the nearest
 *   and as above
 */
ENT_API ENT_MUST_CHECK enum ent_status ent_data_find(struct ent_store *store, const char *id,
                                                     struct ent_data_list *out,
                                                     struct ent_error *err);

ENT_API void ent_data_list_release(struct ent_data_list *list);

#ifdef __cplusplus
}
#endif

#endif
