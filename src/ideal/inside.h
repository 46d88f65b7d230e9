/* The inside of a run: how votes are laid out, and what a sweep works on. */
#ifndef ENTENTE_IDEAL_INSIDE_H
#define ENTENTE_IDEAL_INSIDE_H

struct ent__ideal_kernel;

#include "base/rng.h"
#include "ideal/ideal.h"

enum {
    ENT__IDEAL_LANES = 16, /* votes that are worked on at once */
};

/* The votes on one item; its slots are a multiple of ENT__IDEAL_LANES in each part. */
struct ent__ideal_span {
    uint32_t start;   /* its first slot: first those who said yes or no, then who abstained */
    uint32_t yes, no; /* votes; yes stand before no */
    uint32_t abstain;
    uint32_t middle; /* slots of yes and no together; the abstentions follow */
    uint32_t end;    /* all slots */
};

/*
 * The votes, laid out for streaming.  Points are ranked by session, so that the
 * positions that an item needs lie together.
 */
struct ent__ideal_layout {
    size_t states, points, items, votes, slots;
    struct ent__ideal_span *span; /* [items] */
    int32_t *rank_of_slot;        /* [slots]; `points` where a slot has no vote */

    size_t *state_start;   /* [states + 1]: the points of a state */
    uint32_t *rank;        /* [points]: point to rank */
    uint32_t *point;       /* [points]: rank to point */
    uint32_t *entry_start; /* [points + 1]: by rank, the votes of a point */
    int32_t *entry_slot;   /* [votes] */
    int32_t *entry_item;   /* [votes] */
    double *step;          /* [points]: prior variance of the move from the point before */
    uint32_t *modal;       /* [points]: votes cast as most on the item */
    uint64_t digest;       /* of the votes */
};

ENT_MUST_CHECK enum ent_status ent__ideal_layout_make(const struct ent_ideal_votes *votes,
                                                      struct ent__ideal_layout *out,
                                                      struct ent_error *err);
void ent__ideal_layout_release(struct ent__ideal_layout *layout);

/* What a chain is between two sweeps. */
struct ent__ideal_state {
    double *theta;       /* [points] */
    double *centre;      /* [points]: conditional means (PUBLISHED), variances (QUICK) */
    double *information; /* [points]: sum of beta z over the votes */
    double *precision;   /* [points]: sum of beta^2 */
    double *beta;        /* [items] */
    double *gamma1, *gamma2;
    double *spread; /* [items]: variance of beta (QUICK) */
    double *step;   /* [items]: s.d. of the cut-points proposed */
};

/* Sums over the kept draws of all chains. */
struct ent__ideal_sums {
    double *beta, *beta2, *gamma1, *gamma12, *gamma2, *gamma22; /* [items] */
    double *accepted;                                           /* [items] */
    double *probability;                                        /* [points] */
    double *predicted;                                          /* [points] */
};

struct ent_ideal_run {
    struct ent_ideal_options options;
    struct ent__ideal_layout layout;
    double *start; /* [states] */

    size_t done; /* sweeps, of all chains */
    size_t total;
    bool complete;
    double change; /* QUICK: the largest move of the last sweep */

    struct ent__ideal_state state;
    struct ent__ideal_sums sums;
    double *numbers; /* state and sums are in here */
    size_t number_count;
    float *draw; /* [points * chains * draws] */

    /* Scratch: nothing in it lives from one sweep to the next. */
    const struct ent__ideal_kernel *kernel;
    double *mean, *variance; /* [points]: of the filter */
    double *other;           /* [points] */
    float *slot, *hit;       /* [slots] */
    float *of_item;          /* [items]: beta^2 */
    float *theta, *spread;   /* [points + 1]: by rank, and 0 */
    float *work;             /* [threads * work_size] */
    size_t work_size;
};

/* One sweep of a chain; `sweep` counts within the chain, from 0. */
void ent__ideal_sweep(struct ent_ideal_run *run, size_t chain, size_t sweep);

/* Starting values, and the sums of the first latent draws. */
void ent__ideal_begin(struct ent_ideal_run *run, size_t chain);

/* Starting values of variational EM. */
void ent__ideal_quick_begin(struct ent_ideal_run *run);

/* One sweep of variational EM; returns the largest move of a position. */
double ent__ideal_quick_sweep(struct ent_ideal_run *run);

/* After the last: standard deviations by observed curvature, into state.centre. */
void ent__ideal_quick_end(struct ent_ideal_run *run);

/* Add the probability of each vote cast, and whether it was the likeliest, to the sums. */
void ent__ideal_predict(struct ent_ideal_run *run);

/* Turn theta and beta where the state that fixes the sign is on the wrong side. */
void ent__ideal_turn(struct ent_ideal_run *run);

/* Mean 0 and standard deviation 1 over all points; what was taken away and divided by. */
void ent__ideal_standardise(double *theta, size_t n, double *mean, double *sd);

/* What the votes and the prior say of one state's points. */
struct ent__ideal_path {
    const double *step, *information, *precision;
    double *mean, *variance; /* scratch */
    double first;            /* prior variance of the first position */
};

/* For each point, the sums over its votes of slot[] and of of_item[]. */
void ent__ideal_collect(struct ent_ideal_run *run, const float *slot, double *of_slot,
                        double *of_item);

/* Positions as the loops over votes read them: single, by rank. */
void ent__ideal_spread(struct ent_ideal_run *run);

/* The scratch of this thread. */
float *ent__ideal_work(const struct ent_ideal_run *run);

struct ent__ideal_path ent__ideal_path_of(const struct ent_ideal_run *run, size_t state);

/* Mean and variance of each position given the sessions up to its own. */
void ent__ideal_filter(const struct ent__ideal_path *path, size_t n);

/* A draw of the path; the means and variances given all sessions; the authors' draw. */
void ent__ideal_draw_path(const struct ent__ideal_path *path, size_t n, const float *normal,
                          double *theta);
void ent__ideal_smooth(const struct ent__ideal_path *path, size_t n, double *theta, double *v);
void ent__ideal_draw_one_sided(const struct ent__ideal_path *path, size_t n,
                               const float *normal, double *centre, double *theta);

#endif
