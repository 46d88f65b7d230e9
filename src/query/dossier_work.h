/* The computing of a dossier's readings: which values, and year by year each of them. */
#ifndef ENTENTE_QUERY_DOSSIER_WORK_H
#define ENTENTE_QUERY_DOSSIER_WORK_H

#include "query/dossier.h"
#include "query/members.h"

/* The place of a reading's own value in its trend. */
#define ENT_TREND_LAST (ENT_TREND_YEARS - 1)

struct ent_dossier_job;

/* All values among which a reading has its place. */
struct ent_kept {
    double *values; /* of ent__calloc; NULL: not kept */
    size_t count;
};

struct ent_dossier_work {
    struct ent_store *store;
    const struct ent_dossier_options *options;
    struct ent_panel *panel;
    struct ent_conventions conventions;
    struct ent_arena *arena;
    struct ent_dossier *dossier;
    struct ent_dossier_job *jobs;
    size_t job_count;
    const struct ent_measure **own; /* measures of the user's own tables */
    size_t own_count, own_capacity;
    struct ent_members *members; /* NULL: no places among allies */
    struct ent_kept *kept; /* by reading, with members: the values of all pairs of its year */
    bool *nothing;         /* by reading: its source has nothing on the pair in its year */
    bool *again;           /* by reading: to be computed, in the next round */
};

/* The measure that a reading is of. */
static inline const struct ent_measure *
ent__reading_measure(const struct ent_dossier_work *w, const struct ent_reading *r)
{
    return r->own ? w->own[r->measure - ent_measure_count()] : ent__measure_at(r->measure);
}

/*
 * Room for the work on the readings of a dossier, which are all to be computed
 * that have no reason against it.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__dossier_work_begin(struct ent_dossier_work *w, struct ent_error *err);

/*
 * Compute the readings marked `again`: values, trends, places.  Two threads share
 * the years where there are many; the numbers do not depend on that.
 */
ENT_MUST_CHECK enum ent_status
ent__dossier_work_round(struct ent_dossier_work *w, struct ent_error *err);

/* Where there are members: the places of the values of ten years before, from what was kept. */
void ent__dossier_work_before(struct ent_dossier_work *w);

/* Give back what was kept. */
void ent__dossier_work_end(struct ent_dossier_work *w);

#endif
