/* A run of the ideal-point model: what its files share. */
#ifndef ENTENTE_QUERY_IDEAL_RUN_H
#define ENTENTE_QUERY_IDEAL_RUN_H

#include "ideal/ideal.h"
#include "query/ideal_votes.h"

/* What struct ent_ideal owns. */
struct ent_ideal_owned {
    struct ent_arena arena;
    struct ent_ideal_data data;
    struct ent_ideal_run *run;
    struct ent_ideal_result result;
};

static inline const struct ent_ideal_owned *ent__ideal_owned(const struct ent_ideal *ideal)
{
    return ideal->owned;
}

/*
 * Write a run's state to a file, beside it and renamed; the options with it.
 *
 *   ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_checkpoint_write(const char *path, const struct ent_ideal_request *request,
                            const char *data_sha256, const struct ent_ideal_run *run,
                            struct ent_error *err);

/* A checkpoint that was read; its strings and state are the arena's. */
struct ent_ideal_checkpoint {
    struct ent_ideal_request request; /* the options that the run was begun with */
    const char *data_sha256;
    const void *state;
    size_t state_size;
};

/*
 *   ENT_ENOTFOUND  there is no such file
 *   ENT_EFORMAT    it is no checkpoint, or is damaged
 *   ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_checkpoint_read(const char *path, struct ent_arena *arena,
                           struct ent_ideal_checkpoint *out, struct ent_error *err);

#endif
