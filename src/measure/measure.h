/*
 * Inside a measure: arrays in, arrays out.
 *
 * A measure names the variables it needs and how it wants them laid out; somebody
 * else (src/panel) fills the arrays for one year; the measure computes any number
 * of pairs from them.  Nothing here knows a file, a store, a name or a clock.
 *
 * To add one: a function in the file of its family (or a new file), its entry in
 * that family's table, and for a new family one line in registry.c.
 */
#ifndef ENTENTE_MEASURE_MEASURE_H
#define ENTENTE_MEASURE_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "entente/measure.h"
#include "entente/similarity.h"

enum ent_shape {
    ENT_SHAPE_DYAD =
        0,           /* matrix: v[from * n + to]; both halves are filled for undirected data */
    ENT_SHAPE_STATE, /* vector: v[state] */
    ENT_SHAPE_VOTES, /* see struct ent_votes */
    /*
     * As votes, organisations standing for roll calls: a vote is 1 more than what the state
     * is in the organisation, 1 no member, and 0 where that is not known.
     */
    ENT_SHAPE_MEMBERS,
};

/* How the years before enter. */
enum ent_view {
    ENT_VIEW_AT = 0, /* the value in the year */
    ENT_VIEW_SUM,    /* the sum over the last `years` years, this one included */
    ENT_VIEW_LAST,   /* the last year, up to this one, with a value above 0; NAN: none on record
                      */
    ENT_VIEW_SINCE,  /* the first year of the unbroken run above 0 that includes this one; NAN:
                        none */
    ENT_VIEW_LAGGED, /* the value `years` years before */
    ENT_VIEW_STATIC, /* a variable without a year */
    /*
     * What is left of the past: the sum over all rows up to this year, with a value v
     * above 0, of 2^(v - 1), halved for every `years` years that have gone by.  0 where
     * there is none; NAN where the table does not know the pair in this year.
     */
    ENT_VIEW_STOCK,
};

/* What becomes of several rows of one pair and year: disputes, deals, visits. */
enum ent_fold {
    ENT_FOLD_SUM = 0,
    ENT_FOLD_MAX,
};

/* Which rows of an input one pair's value rests on: for tracing it. */
enum ent_scope {
    ENT_SCOPE_PAIR = 0, /* the pair's own row or rows, both directions */
    ENT_SCOPE_FROM = 1, /* all rows of the first state too */
    ENT_SCOPE_TO = 2,   /* all rows of the second state too */
    ENT_SCOPE_BOTH = 3,
    ENT_SCOPE_ALL = 4, /* every row of the year: the matrix is always filled whole */
};

struct ent_input {
    const char *table;  /* "cow_trade" */
    const char *column; /* "imports" */
    enum ent_shape shape;
    enum ent_view view;
    int years; /* of ENT_VIEW_SUM, ENT_VIEW_LAGGED and ENT_VIEW_STOCK */
    enum ent_scope scope;
    const char
        *where; /* another column of the table that must equal `equals`; NULL: all rows */
    int64_t equals;
    const char *also; /* a second such column, only beside `where`; NULL: none */
    int64_t also_equals;
    enum ent_fold fold;
    bool one_way;    /* of a pair only the row of from -> to (transposed: to -> from) enters */
    bool transposed; /* hand on v[to * n + from]: for a table that is by importer, say */
    bool sums;       /* of a matrix: the sums of its rows and columns are wanted too */
};

/* The roll calls of one year.  A vote is 1 yes, 2 abstain, 3 no, 8 absent; 0 is missing. */
struct ent_votes {
    size_t items;
    const int8_t *vote;       /* vote[item * n + state] */
    const int32_t *roll_call; /* number of each item */
    const uint32_t *flags;    /* enum ent_vote_flag of each item */
};

enum ent_vote_flag {
    ENT_VOTE_ISSUE_ME = 1 << 1, /* Palestinian conflict; bit = code of the issue */
    ENT_VOTE_ISSUE_NU = 1 << 2, /* nuclear weapons */
    ENT_VOTE_ISSUE_DI = 1 << 3, /* arms control and disarmament */
    ENT_VOTE_ISSUE_HR = 1 << 4, /* human rights */
    ENT_VOTE_ISSUE_CO = 1 << 5, /* colonialism */
    ENT_VOTE_ISSUE_EC = 1 << 6, /* economic development */
    ENT_VOTE_IMPORTANT = 1 << 7,
    ENT_VOTE_ISSUES_KNOWN = 1 << 8, /* some source says which issues this roll call has */
};

/* One input, filled for one year. */
struct ent_array {
    const double *v; /* matrix or vector; NAN: not known, and all the diagonal of a matrix */
    /*
     * Of a matrix whose input asks for sums: sums and counts over the partners that are
     * known, by row (all that the first state has with others) and by column.  Else NULL,
     * or what another measure asked for.
     */
    const double *row_sum, *column_sum;
    const uint32_t *row_count, *column_count;
    const struct ent_votes *votes; /* of ENT_SHAPE_VOTES and ENT_SHAPE_MEMBERS */
};

/* Conventions of portfolio similarity that a user can set, one bit each. */
enum ent_convention {
    ENT_CONVENTION_SELF_TIES = 1 << 0,
    ENT_CONVENTION_ABSENT = 1 << 1,
    ENT_CONVENTION_UNANIMOUS = 1 << 2,
    ENT_CONVENTION_RANGE = 1 << 3,
    ENT_CONVENTION_UNDEFINED = 1 << 4,
    ENT_CONVENTION_PERIOD = 1 << 5, /* heeded where the votes are filled in, for all measures */
    ENT_CONVENTION_SYSTEM = 1 << 6, /* for these two the panel fills more inputs */
    ENT_CONVENTION_POLES = 1 << 8,  /* of hedging: the panel hands them on */
    ENT_CONVENTION_WEIGHTS = 1 << 7, /* heeded if both the measure and its source do */
};

/* Which states are targets of the ties of two. */
enum ent_target_system {
    ENT_SYSTEM_ALL = 0,
    ENT_SYSTEM_REGION,   /* those of the two states' COW regions; of two regions, both */
    ENT_SYSTEM_RELEVANT, /* those politically relevant to one of them at least: contiguous to
                            it, or one of the two a major power; and themselves */
};

/* What a target of ties counts by. */
enum ent_target_weights {
    ENT_TARGETS_EQUAL = 0,
    ENT_TARGETS_BY_CINC,
    ENT_TARGETS_BY_GDP,
};

enum ent_vote_period {
    ENT_PERIOD_SESSION = 0, /* a year's votes are those of the session that opens in it */
    ENT_PERIOD_CALENDAR,    /* those dated in it */
};

/* What of the above is set, and to what. */
struct ent_conventions {
    enum ent_vote_period period;
    enum ent_target_system system;
    enum ent_target_weights weights;
    int16_t poles[2]; /* ids of states */
    uint32_t
        given; /* enum ent_convention: those that are set; the rest are the measure's own */
    struct ent_similarity_options options; /* drop_share 0: unanimous roll calls are kept */
};

#define ENT_INPUTS 12

/* At most so many states exist at once, territories included. */
#define ENT_MEASURE_STATES 512

struct ent_measure_source;

struct ent_inputs {
    const struct ent_measure_source *source; /* whose inputs these are */
    int year;
    size_t n;              /* states, at most ENT_MEASURE_STATES */
    const int16_t *states; /* their ids, ascending */
    const int16_t *entry;  /* the year in which each entered the system for the last time; 0:
                              never did */
    /*
     * The two states, by index, of which alone pairs will be asked for: a `prepare` may
     * leave out what only others need.  Below 0: not there in the year.  NULL: all pairs.
     */
    const int *focus;
    int16_t poles[2];                          /* ids of the two between which others hedge */
    const struct ent_conventions *conventions; /* NULL: every measure's own */
    /*
     * By convention, of a source that heeds it: who is in whose system, nonzero in
     * system[target * n + state]; and the weight of each target.  NULL: not asked for.
     */
    const uint8_t *system;
    const double *weight;
    struct ent_array at[ENT_INPUTS]; /* in the order of the source's inputs; the rest zero */
    const void *prepared;            /* what the source's `prepare` made; NULL without one */
};

/*
 * Make once a year what all pairs share, from the filled inputs: a solved model, bit
 * sets of every state's ties.  Its memory is the arena's, which lives as long as the
 * arrays do.  An input of which more than the rows and columns of the pair matter has
 * ENT_SCOPE_ALL.  What has no answer (a model that does not converge) is no failure:
 * it is written into *out, and compute gives NAN.
 *
 *   ENT_ENOMEM
 */
typedef enum ent_status (*ent_prepare_fn)(const struct ent_inputs *in, struct ent_arena *arena,
                                          const void **out, struct ent_error *err);

struct ent_pair {
    uint16_t from, to; /* 0..n-1; of a monadic measure only `from` counts */
};

/* The working of one value, for tracing: filled only when asked for. */
struct ent_step {
    const char *text; /* "exports CHN -> RUS", "T_ij / T_i" */
    double value;
    const char *unit;
};

struct ent_steps {
    struct ent_arena *arena;
    struct ent_step *at;
    size_t count, capacity;
    const char *from, *to; /* codes of the pair, for the texts */
};

/*
 * Add a step.  The format may use the codes steps->from and steps->to.  A macro, so
 * that nothing is done, not even a call, when steps is NULL: as in a panel.
 */
#define ent__step(steps, ...)                              \
    do {                                                   \
        struct ent_steps *ent_steps_or_null = (steps);     \
        if (ent_steps_or_null)                             \
            ent__step_add(ent_steps_or_null, __VA_ARGS__); \
    } while (0)

void ent__step_add(struct ent_steps *steps, double value, const char *unit, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

struct ent_measure;

/*
 * Compute out[k] for each pair; NAN where it cannot be known.  `steps` is NULL, or
 * wants the working of the one pair there is.  Allocates nothing beyond steps.
 * Fastest when the pairs are grouped by `from`, whose partners are then added up
 * and compared once.
 */
typedef void (*ent_measure_fn)(const struct ent_measure *measure, const struct ent_inputs *in,
                               const struct ent_pair *pairs, size_t count, double *out,
                               struct ent_steps *steps);

/* How intervals are to be found by drawing again. */
struct ent_resampling {
    size_t replicates;
    uint64_t seed;
    double coverage; /* 0.95: what lies between the quantiles 0.025 and 0.975 */
};

/*
 * Compute a percentile interval of each pair's value; NAN where it has none.  The same
 * seed gives the same, whatever pairs are asked for.
 *
 *   ENT_ENOMEM
 */
typedef enum ent_status (*ent_interval_fn)(const struct ent_measure *measure,
                                           const struct ent_inputs *in,
                                           const struct ent_pair *pairs, size_t count,
                                           const struct ent_resampling *how, double *low,
                                           double *high, struct ent_error *err);

/* One dataset (or several that belong together) from which a measure can be computed. */
struct ent_measure_source {
    const char *name;     /* the dataset it is called by: "cow_trade" */
    const char *datasets; /* all it reads, space between: "cow_trade wdi" */
    const struct ent_input *inputs;
    size_t input_count;
    int layout; /* for a function that serves several sources: how these inputs are laid out */
    uint32_t conventions;   /* enum ent_convention: what its preparing heeds */
    ent_prepare_fn prepare; /* NULL: nothing to make; made once a year for all measures that
                               share this very source */
};

struct ent_measure {
    struct ent_measure_info info; /* its sources are filled from `from` by the registry */
    const struct ent_measure_source *from;
    size_t from_count;
    ent_measure_fn compute;
    ent_interval_fn interval; /* NULL: none */
    int variant;              /* for a function that serves several measures: which */
    int error_variant;        /* the variant that is its standard error; 0: none */
    uint32_t conventions;     /* enum ent_convention: what its function heeds */
};

/* The measure at an index of ent_measure_at. */
const struct ent_measure *ent__measure_at(size_t index);

/*
 * The place of each value among all: competition rank from the largest (1), the
 * share of values below it plus half of those equal (0..1), and how many values
 * there are.  NAN gets place 0.  work has room for count doubles.  O(n log n).
 */
void ent__places(const double *values, size_t count, double *work, uint32_t *place,
                 double *percentile, size_t *known);

#endif
