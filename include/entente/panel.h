/*
 * The panel: measures of every dyad (or state) in every year, as a dataset.
 *
 * A plan is made first: it resolves every measure and choice, so that what makes no
 * sense is refused before any work.  Running it hands on one year after another;
 * years are computed side by side, and the order and the numbers do not depend on
 * how many threads do it.
 */
#ifndef ENTENTE_PANEL_H
#define ENTENTE_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/dossier.h"
#include "entente/state.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_panel_unit {
    ENT_PANEL_DYADS = 0, /* one row a pair, the lower id first */
    ENT_PANEL_DIRECTED,  /* one row a direction */
    ENT_PANEL_STATES,    /* one row a state */
};

/* Which dyads of COW members. */
enum ent_panel_dyads {
    ENT_DYADS_ALL = 0,
    ENT_DYADS_CONTIGUOUS, /* by land, or under 400 miles of water (COW direct contiguity) */
    ENT_DYADS_MAJORS,     /* at least one is a major power */
    ENT_DYADS_RELEVANT,   /* contiguous, or at least one is a major power */
    ENT_DYADS_LISTED,     /* those of a list */
};

struct ent_listed_dyad {
    int a, b; /* ids, in any order */
};

struct ent_panel_request {
    enum ent_panel_unit unit;
    int from, to; /* years; 0: as far as the measures' sources reach, from 1816 */
    enum ent_panel_dyads dyads;
    const struct ent_listed_dyad *listed;
    size_t listed_count;
    const int *states; /* only dyads among these; NULL: all */
    size_t state_count;
    /*
     * What to compute: ids ("trade.share"), one source of an id ("trade.share@dots"),
     * groups ("trade"), dimensions ("economy"), "default" (what a dossier shows) or
     * "all", which has the values of a user's own tables too.  Of these: a value
     * ("user_aid.spent"), its likeness ("user_aid.spent.kappa") or all values of a table
     * ("user_aid"); see entente/user_data.h.  NULL: default.
     */
    const char *const *measures;
    size_t measure_count;
    /*
     * Conventions of portfolio similarity, "KEY=VALUE" each: self-ties=yes|no,
     * absent=missing|abstain, unanimous=drop|keep, near-unanimous=SHARE,
     * period=session|calendar, range=theoretical|observed, hage-zero=no|yes, and for ties
     * system=all|region|relevant (who is a target) and, of S, weights=none|cinc|gdp.  What
     * is not given is as each measure has it by itself.  And of
     * hedging poles=STATE/STATE, between whom; else the United States and China.
     */
    const char *const *options;
    size_t option_count;
    size_t bootstrap; /* intervals from so many replicates (2 to 10,000) beside each measure of
                         likeness; 0: none */
    uint64_t seed;    /* of their draws */
    bool errors;      /* beside each measure that has one, a column of its standard error */
    bool all_sources; /* every source of a measure; else its first that is loaded */
    bool reasons;     /* say of each missing cell why */
    int threads;      /* 0: as many as there are processors */
};

/* Which states a column is about, in a row of states 1 and 2. */
enum ent_panel_side {
    ENT_SIDE_BOTH = 0, /* one value for the two */
    ENT_SIDE_FORWARD,  /* from 1 to 2 */
    ENT_SIDE_BACKWARD, /* from 2 to 1 */
    ENT_SIDE_FIRST,    /* of state 1 */
    ENT_SIDE_SECOND,   /* of state 2 */
};

/* Which end of a bootstrap interval, of 95 %, a column is. */
enum ent_panel_bound {
    ENT_BOUND_NONE = 0, /* no interval: the value, or its error */
    ENT_BOUND_LOW,
    ENT_BOUND_HIGH,
};

struct ent_panel_column_info {
    char name[64]; /* "trade_share_12": letters, digits and _; unique; at most 32 characters */
    char label[81];
    const struct ent_measure_info *measure; /* lives as long as the plan; so does the next */
    const char *source;                     /* dataset id */
    enum ent_panel_side side;
    bool error;                 /* the standard error of the measure */
    enum ent_panel_bound bound; /* of its bootstrap interval */
    int first_year, last_year;  /* covered; 0, 0: no years */
    bool loaded;
};

struct ent_panel_plan;

/*
 * Plan a panel.  The request may be dropped afterwards; the store must outlive the
 * plan, which is freed with ent_panel_plan_free.
 *
 *   ENT_EINVAL     years out of range or in the wrong order, a measure of a dyad in a
 *                  panel of states, an empty list, an unknown option, one that no measure
 *                  of the panel heeds, standard errors or
 *                  intervals where none has any
 *   ENT_ENOTFOUND  an unknown measure (the message names the nearest), a source that
 *                  it does not have, contiguity asked for and not loaded, or no data
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_panel_plan_new(struct ent_store *store, const struct ent_panel_request *request,
                   struct ent_panel_plan **out, struct ent_error *err);
ENT_API void ent_panel_plan_free(struct ent_panel_plan *plan);

/* What a plan comes to. */
struct ent_panel_layout {
    enum ent_panel_unit unit;
    int from, to; /* years */
    size_t column_count;
    const struct ent_panel_column_info *columns;
    bool reasons;
};

/* The layout of a plan; it lives as long as the plan. */
ENT_API const struct ent_panel_layout *ent_panel_layout(const struct ent_panel_plan *plan);

/* One year of a panel. */
struct ent_panel_block {
    int year;
    size_t rows;
    const int16_t *state1, *state2; /* ids by row; state2 is NULL in a panel of states */
    size_t columns;
    const double *const *value;   /* value[column][row]; NAN: missing */
    const uint8_t *const *reason; /* enum ent_reason; NULL unless asked for */
};

/*
 * Make the text of a year, of which several are made at once by different threads.
 * What is returned in *text is freed with free().  A non-zero return stops the run
 * with ENT_ENOMEM.
 */
typedef int (*ent_panel_format_fn)(void *context, const struct ent_panel_block *block,
                                   char **text, size_t *len);

/*
 * Take a year: called in order of years, from one thread at a time.  text is what
 * the format function made, or NULL without one.
 */
typedef enum ent_status (*ent_panel_take_fn)(void *context, const struct ent_panel_block *block,
                                             const char *text, size_t len,
                                             struct ent_error *err);

struct ent_panel_sink {
    ent_panel_format_fn format; /* may be NULL */
    ent_panel_take_fn take;
    ent_progress_fn progress; /* may be NULL */
    void *context;            /* for all three */
};

/*
 * Compute the panel.
 *
 *   ENT_ECANCEL  the progress callback asked to stop
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM, ENT_EDIVERGE, or what the take function returned
 */
ENT_API ENT_MUST_CHECK enum ent_status ent_panel_run(const struct ent_panel_plan *plan,
                                                     const struct ent_panel_sink *sink,
                                                     struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
