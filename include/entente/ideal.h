/*
 * Ideal points: where each state stands in the General Assembly, session by session,
 * estimated from its votes with its uncertainty.
 *
 * The model is the dynamic ordinal one of Bailey, Strezhnev and Voeten (2017): a vote
 * of state i on item v is yes, abstain or no as z = beta_v theta_it + e, e ~ N(0, 1), is
 * below, between or above two cut-points; theta_it wanders from session to session;
 * resolutions that come up again share their parameters, which makes sessions
 * comparable.  docs/ideal-points.md has the data rules, the estimators and how they
 * agree with the published estimates.
 *
 * A run reads its votes from a store, and can put its result there: it then is the
 * dataset "entente_ideal", by which ideal.point, ideal.distance and ideal.closer are
 * measures like any other.  The same votes, options and seed give the same bytes,
 * whatever the number of threads, and whether or not the run was interrupted.
 */
#ifndef ENTENTE_IDEAL_H
#define ENTENTE_IDEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_ideal_method {
    ENT_METHOD_PATHS = 0, /* Gibbs sampler that draws each state's whole path at once */
    ENT_METHOD_PUBLISHED, /* the sampler of the published estimates, one session at a time */
    ENT_METHOD_QUICK,     /* variational EM: no draws, s.d. from the observed curvature */
};

/* How it is known that two roll calls are on the same resolution. */
enum ent_ideal_link {
    ENT_IDEAL_LINK_BEST = 0, /* by the matches of a file or the store; else by titles */
    ENT_IDEAL_LINK_TITLES,   /* by identical titles, once a session */
    ENT_IDEAL_LINK_NONE,     /* each roll call stands for itself */
};

/* All zero: every session, the whole record, the defaults of the method. */
struct ent_ideal_request {
    enum ent_ideal_method method;
    const char *source; /* "unga", "unvotes" or "unga2015"; NULL: the first loaded */
    int first_session, last_session; /* 0: as far as the votes reach */
    const char *issue;               /* "me", "nu", "di", "hr", "co" or "ec"; NULL: all */
    bool important;                  /* only votes important to the United States */
    int min_votes;                   /* of a state in a session; 0: 1 */
    enum ent_ideal_link link;
    const char *matches; /* a file of pairs rcid1, rcid2; NULL: those in the store */
    size_t burn;         /* sweeps of a chain before any is kept; 0: by method, as below */
    size_t draws;        /* sweeps of a chain that are kept */
    size_t thin;         /* keep one sweep in so many */
    size_t chains;
    uint64_t seed;
    int high, low; /* ids of the states of which the first stands higher; 0: USA, Russia */
    int threads;   /* 0: one a processor */
    /*
     * Where the run's whole state is written when it is stopped, and once a minute;
     * NULL: nowhere.  With `resume` the run goes on from there; the file is removed
     * when it is done.
     */
    const char *checkpoint;
    bool resume;
    ent_progress_fn progress; /* may be NULL; a non-zero return stops the run */
    void *context;
};

/* A point whose R-hat is above this has not settled: see converged. */
#define ENT_IDEAL_RHAT 1.05

/* What became of the votes, in numbers. */
struct ent_ideal_votes_info {
    const char *source;       /* dataset id of the votes */
    const char *link;         /* how repeated resolutions were linked, in words */
    size_t read;              /* votes yes, abstain or no in the sessions asked for */
    size_t used;              /* of them in the estimate */
    size_t roll_calls, items; /* used; roll calls on one resolution are one item */
    size_t states;            /* with an estimate */
    int first_session, last_session;
    size_t links;              /* used roll calls that repeat an earlier one */
    size_t left_out_parts;     /* roll calls on amendments and paragraphs after 1989 */
    size_t left_out_other;     /* roll calls not on the issue, or not important */
    size_t left_out_unanimous; /* items on which all vote alike */
    size_t left_out_few;       /* states in a session with too few votes */
    size_t unknown_matches;    /* pairs of the matches that name a roll call not there */
    char unknown_first[160];   /* the first of them, with its place */
    size_t empty_count;        /* sessions in which no vote tells states apart */
    const int *empty;          /* which */
    size_t silent_count;       /* states all of whose votes are left out */
    const int16_t *silent;     /* which */
};

/* A state in a session. */
struct ent_ideal_estimate {
    int16_t state, session;
    uint32_t votes;
    double mean, sd;
    double q5, q95;     /* 5 % and 95 % quantiles */
    double rhat;        /* split, rank-normalised; NAN without draws */
    double ess;         /* effective draws: the lesser of bulk and tail; NAN without draws */
    uint32_t predicted; /* votes for which the vote cast was the likeliest */
    uint32_t modal;     /* votes cast as most states cast theirs on the item */
    double probability; /* mean probability that the model gives the vote cast */
};

/* An item: one or more roll calls on one resolution. */
struct ent_ideal_item_estimate {
    int64_t roll_call; /* the earliest */
    int16_t first_session, last_session;
    uint32_t roll_calls, votes;
    /* No when the item's discrimination times the point is above cut2, yes below cut1. */
    double discrimination, discrimination_sd;
    double cut1, cut1_sd, cut2, cut2_sd; /* s.d. NAN without draws */
};

struct ent_ideal_session {
    int session;
    uint32_t states, votes, predicted, modal; /* as of an estimate */
    double probability;
};

struct ent_ideal {
    enum ent_ideal_method method;
    size_t burn, draws, thin, chains; /* as used; without draws 0 but for chains */
    uint64_t seed;
    int high, low;
    int min_votes;
    size_t sweeps; /* done, all chains together */
    bool converged;
    char convergence[400]; /* in words: what is wanting, or that nothing is */
    double worst_rhat, least_ess;
    struct ent_ideal_votes_info votes;
    char version[96];  /* "joint paths, sessions 1 to 78, seed 1" */
    char command[512]; /* what makes this run again */
    size_t point_count;
    const struct ent_ideal_estimate *points; /* by state, then session */
    size_t item_count;
    const struct ent_ideal_item_estimate *items; /* by roll call */
    size_t session_count;
    const struct ent_ideal_session *sessions;
    void *owned;
};

/*
 * Estimate.  request may be NULL.  *out is released with ent_ideal_release.  A run that
 * has not converged is a result too: see out->converged.
 *
 *   ENT_EINVAL     options that contradict each other; too few votes are left; a state
 *                  that fixes the sign has none; a checkpoint of other votes or options
 *   ENT_ENOTFOUND  no such votes are in the store, or nothing to go on from
 *   ENT_EFORMAT    a matches file, or a checkpoint, that is none; a cycle of matches
 *   ENT_ECANCEL    stopped by progress; the checkpoint, if there is one, is written
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_run(struct ent_store *store, const struct ent_ideal_request *request,
              struct ent_ideal *out, struct ent_error *err);

ENT_API void ent_ideal_release(struct ent_ideal *ideal);

/*
 * The draws of a point, chains * draws of them, chain after chain; borrowed; NULL without
 * draws.  Those of two points at one place are of one state of the sampler.
 */
ENT_API const float *ent_ideal_draws(const struct ent_ideal *ideal, size_t point);

/* What was put in the store. */
struct ent_ideal_saved {
    char replaced[96]; /* version of the run that was there before; "" when none was */
    uint64_t pairs;    /* pairs of states whose distance has an interval */
};

/*
 * Put a run into a store, in one transaction, in the place of the one before.  The store
 * must be open for writing, and hold the votes that the run was made of.
 *
 *   ENT_EBUSY, ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_save(struct ent_store *store, const struct ent_ideal *ideal, bool keep_draws,
               struct ent_ideal_saved *saved, struct ent_error *err);

/*
 * Whether a store's run rests on votes that have since been imported anew; what has
 * changed is put into text, in words, "" when nothing has or there is no run.
 *
 *   ENT_EDB
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_stale(struct ent_store *store, char *text, size_t size, struct ent_error *err);

enum ent_ideal_format {
    ENT_IDEAL_CSV = 0,
    ENT_IDEAL_TSV,
    ENT_IDEAL_JSON,
};

/*
 * The estimates, or the items, as a table; *text is freed with ent_text_free.  Equal
 * runs give equal bytes.
 *
 *   ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_write_points(const struct ent_ideal *ideal, enum ent_ideal_format format, char **text,
                       struct ent_error *err);
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_write_items(const struct ent_ideal *ideal, enum ent_ideal_format format, char **text,
                      struct ent_error *err);

/*
 * A page about the run: options, what became of the votes, convergence with trace and
 * rank plots, and how well the votes are predicted.  One HTML file that needs nothing
 * else and can be printed; *text is freed with ent_text_free.
 *
 *   ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_ideal_write_report(const struct ent_ideal *ideal, char **text, struct ent_error *err);

/* "joint paths", "published sampler", "variational EM" */
ENT_API const char *ent_ideal_method_name(enum ent_ideal_method method);

#ifdef __cplusplus
}
#endif

#endif
