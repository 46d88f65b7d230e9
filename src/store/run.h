/*
 * Estimates of our own among the sources: how a run was made, from which sources as they
 * then were, and, on request, its draws.
 */
#ifndef ENTENTE_STORE_RUN_H
#define ENTENTE_STORE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/store.h"

struct ent_run_input {
    int64_t source;                   /* in the store; 0: a file that is not */
    const char *part, *file, *sha256; /* of such a file */
};

struct ent_run_info {
    const char *dataset, *part; /* of the source that holds its result */
    const char *command;        /* what makes it again */
    uint64_t seed;
    bool converged;
    const char *convergence; /* in words */
    const struct ent_run_input *inputs;
    size_t input_count;
};

/*
 * Write what a run was, in the place of what was said of it before; within
 * ent__store_begin.  *source is the id of its source.
 *
 *   ENT_EINVAL  no source is called so
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__run_put(struct ent_store *store,
                                            const struct ent_run_info *info, int64_t *source,
                                            struct ent_error *err);

/* Keep the draws of a state in a year: floats, little-endian, as the machine has them. */
ENT_MUST_CHECK enum ent_status ent__run_put_draws(struct ent_store *store, int64_t source,
                                                  int state, int year, const float *draws,
                                                  size_t count, struct ent_error *err);

/*
 * What has become of the sources that the runs of a dataset rest on: "unga was imported anew
 * (FILE)" into text, "" when nothing has.
 *
 *   ENT_EDB
 */
ENT_MUST_CHECK enum ent_status ent__run_stale(struct ent_store *store, const char *dataset,
                                              char *text, size_t size, struct ent_error *err);

/* A source that a run rests on, as it then was; strings live during the call. */
typedef enum ent_status (*ent_run_input_fn)(void *context, const char *dataset,
                                            const char *part, const char *file,
                                            const char *sha256, bool changed,
                                            struct ent_error *err);

/* Walk the inputs of the run whose result a source is; a source that is no run has none. */
ENT_MUST_CHECK enum ent_status ent__run_inputs(struct ent_store *store, int64_t source,
                                               ent_run_input_fn each, void *context,
                                               struct ent_error *err);

/* The command that made a run's source, "" when it is none; and its convergence. */
ENT_MUST_CHECK enum ent_status
ent__run_text(struct ent_store *store, int64_t source, char *command, size_t command_size,
              char *convergence, size_t convergence_size, struct ent_error *err);

#endif
