/*
 * Ideal points: where each state stands, session by session, by its votes.
 *
 * The model is that of Bailey, Strezhnev and Voeten (2017, J. Conflict Resolution
 * 61:430).  State i in session t has a position theta_it on one line; vote v has a
 * discrimination beta_v and two cut-points gamma1_v < gamma2_v, and
 *
 *   z_iv = beta_v theta_it + e,  e ~ N(0, 1)
 *   yes      when z < gamma1_v
 *   abstain  when gamma1_v < z < gamma2_v
 *   no       when z > gamma2_v
 *
 *   beta_v ~ N(0, 1)
 *   theta_it ~ N(theta_i,t-1, 0.5 n_it / (n_it + n_i,t-1)), n the votes cast
 *
 * Resolutions that were voted on again share one item, which is what makes sessions
 * comparable.  The scale is fixed by mean 0 and standard deviation 1 over all
 * country-sessions, the sign by one state.  A "point" below is a country-session.
 *
 * A run is made from votes and options, is moved on by sweeps, can be written into a
 * buffer and made again from it, and gives results when it is complete.  The same
 * votes, options and seed give the same bytes, whatever the number of threads, of
 * interruptions, and the instruction set of the processor.
 *
 * Numbers only: nothing here reads a file or a clock.  A run belongs to one thread at
 * a time; it starts threads of its own.
 */
#ifndef ENTENTE_IDEAL_IDEAL_H
#define ENTENTE_IDEAL_IDEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

enum {
    ENT_IDEAL_YES = 1,
    ENT_IDEAL_ABSTAIN = 2,
    ENT_IDEAL_NO = 3,
};

/* The votes: borrowed while a run is made, not kept. */
struct ent_ideal_votes {
    size_t states;
    size_t points; /* country-sessions, each with at least one vote */
    size_t items;  /* votes on the same text are one item */
    size_t votes;

    /* Points, sorted by state and then by session, each pair once. */
    const uint32_t *point_state;  /* below states */
    const int32_t *point_session; /* any number that grows with time */

    /* The votes on item v are item_start[v]..item_start[v + 1]-1; item_start[items] is votes.
     */
    const size_t *item_start;
    const uint32_t *vote_point;
    const int8_t *vote_choice; /* ENT_IDEAL_YES, _ABSTAIN or _NO */
};

enum ent_ideal_estimator {
    ENT_IDEAL_PATH,      /* draws each state's whole path at once; the default */
    ENT_IDEAL_PUBLISHED, /* as the authors' program does: a session sees only those before it */
    ENT_IDEAL_QUICK,     /* variational EM: no draws, standard deviations by curvature */
};

enum ent_ideal_scale {
    ENT_IDEAL_STANDARDISED, /* positions have mean 0 and s.d. 1 over all points, each sweep */
    ENT_IDEAL_PRIOR,        /* only the priors fix the scale: to check a sampler (PATH only) */
};

/* Zero means the default, given in brackets. */
struct ent_ideal_options {
    enum ent_ideal_estimator estimator;
    enum ent_ideal_scale scale;
    size_t chains;         /* [4; 1 for QUICK] */
    size_t burn;           /* sweeps of a chain that are dropped [1000; 4000 for PUBLISHED] */
    size_t draws;          /* draws of a chain that are kept [500; 400 for PUBLISHED] */
    size_t thin;           /* sweeps for each draw that is kept [8; 50 for PUBLISHED] */
    size_t sweeps;         /* at most, QUICK only [500] */
    double tolerance;      /* QUICK stops when no position moves more [0.004] */
    double gamma_limit;    /* cut-points are within -limit..limit [7] */
    double first_variance; /* prior variance of a state's first position, about 0 [4] */
    uint64_t seed;
    int threads; /* [1]; changes no result, and may differ after a restore */

    /*
     * The sign: positions are turned so that the mean over its sessions of state `high`
     * is positive; where high is not below states, that of `low` is negative.
     */
    size_t high, low;

    /* Where the states' positions start, NAN for 0; NULL: high at 3, low at -2. */
    const double *start;
};

struct ent_ideal_run;

/*
 * Make a run of some votes.  Copies what it needs of both; the caller frees *run with
 * ent__ideal_free.  O(votes) memory, about 40 bytes a vote, and 4 bytes for each draw of
 * each point.
 *
 *   ENT_EINVAL  the votes make no sense (a point without any, an index out of range,
 *               points not sorted), or the options do not; the message says which
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_new(const struct ent_ideal_votes *votes, const struct ent_ideal_options *options,
               struct ent_ideal_run **run, struct ent_error *err);

void ent__ideal_free(struct ent_ideal_run *run);

/* How far a run is: sweeps of all chains.  For QUICK, total is the most it may take. */
struct ent_ideal_progress {
    size_t done;
    size_t total;
    bool complete;
};

struct ent_ideal_progress ent__ideal_progress(const struct ent_ideal_run *run);

/*
 * Make at most so many sweeps more; fewer where the run is complete before.
 *
 *   ENT_EDIVERGE  a number is not finite any more: the run is of no use
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_advance(struct ent_ideal_run *run, size_t sweeps, struct ent_error *err);

/* The options of a run with the defaults filled in; start is NULL. */
struct ent_ideal_options ent__ideal_options(const struct ent_ideal_run *run);

/* The bytes that ent__ideal_save writes at this moment. */
size_t ent__ideal_save_size(const struct ent_ideal_run *run);

/* Write the whole state of a run into at[0..ent__ideal_save_size-1]. */
void ent__ideal_save(const struct ent_ideal_run *run, void *at);

/*
 * Put a saved state into a run just made from the same votes and options.  Going on
 * then gives the same bytes as if nothing had been between.  On failure the run is as
 * it was:
 *
 *   ENT_EFORMAT  not such a state, damaged, or of other votes, options or seed
 */
ENT_MUST_CHECK enum ent_status ent__ideal_restore(struct ent_ideal_run *run, const void *at,
                                                  size_t size, struct ent_error *err);

/* What a run says of a point. */
struct ent_ideal_point {
    double mean;
    double sd;
    double low, high;          /* 5 % and 95 % quantiles */
    double rhat;               /* split, rank-normalised (Vehtari et al. 2021); NAN for QUICK */
    double ess_bulk, ess_tail; /* effective sample sizes, over all chains; NAN for QUICK */
    uint32_t votes;
    uint32_t predicted; /* votes whose choice was the likeliest, rounded mean over draws */
    uint32_t modal;     /* votes cast as most states cast theirs on that item */
    double probability; /* mean over votes and draws of the probability of the vote cast */
};

/* What a run says of an item; on the scale of z, so that a cut-point in units of theta is gamma
 * / beta. */
struct ent_ideal_item {
    double beta, beta_sd;
    double gamma1, gamma1_sd;
    double gamma2, gamma2_sd; /* NAN s.d. of cut-points for QUICK */
    uint32_t votes;
    double accepted; /* share of the proposed cut-points accepted; NAN for QUICK */
};

struct ent_ideal_result {
    size_t points, items;
    struct ent_ideal_point *point;
    struct ent_ideal_item *item;

    size_t chains, draws; /* draws a chain; 0 for QUICK */
    /*
     * draw[(p * chains + c) * draws + d]: borrowed from the run, NULL for QUICK.  Joint:
     * the same (c, d) of two points are of one state of the chain.
     */
    const float *draw;

    double rhat_worst; /* over points */
    double ess_bulk_least, ess_tail_least;
    size_t rhat_above_101; /* points with R-hat above 1.01 */
    size_t sweeps;         /* made */
    double last_change;    /* QUICK: the largest move of a position in the last sweep */
    bool converged; /* QUICK: within tolerance; else: R-hat of every point at most 1.05 */
};

/*
 * The result of a complete run.  Release it before the run.
 *
 *   ENT_EINVAL  the run is not complete
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status ent__ideal_result(const struct ent_ideal_run *run,
                                                 struct ent_ideal_result *out,
                                                 struct ent_error *err);

void ent__ideal_result_release(struct ent_ideal_result *result);

/*
 * How far apart two points are.  |a - b| is biased up where both are close, so that
 * `within` says more than the mean.
 */
struct ent_ideal_distance {
    double mean, sd;          /* of |a - b| */
    double low, median, high; /* 5 %, 50 % and 95 % quantiles of it */
    double within;            /* P(|a - b| < c) */
};

/*
 * From the draws of two points, a[0..n-1] and b[0..n-1].  work has room for n numbers.
 * O(n), allocates nothing.  n is at least 1.
 */
void ent__ideal_distance(const float *a, const float *b, size_t n, double c, float *work,
                         struct ent_ideal_distance *out);

/* P(|a - b| < c) alone. */
double ent__ideal_within(const float *a, const float *b, size_t n, double c);

/*
 * The same from means and standard deviations, as of two independent normal
 * variables (|a - b| is then folded normal).
 */
void ent__ideal_distance_normal(double mean_a, double sd_a, double mean_b, double sd_b,
                                double c, struct ent_ideal_distance *out);

/*
 * Split R-hat of rank-normalised draws, the larger of bulk and folded, and effective
 * sample sizes, of draw[chain * draws + d] (Vehtari, Gelman, Simpson, Carpenter and Buerkner
 * 2021). NAN where there are fewer than 4 draws a chain or all are the same.
 *
 *   ENT_ENOMEM  out of memory
 */
struct ent_ideal_mixing {
    double rhat, ess_bulk, ess_tail;
};

ENT_MUST_CHECK enum ent_status ent__ideal_mixing(const float *draw, size_t chains, size_t draws,
                                                 struct ent_ideal_mixing *out,
                                                 struct ent_error *err);

#endif
