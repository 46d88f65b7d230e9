/*
 * Portfolio similarity: how alike two states' ties, or votes, are.
 *
 * A portfolio is what one state has toward each of a list of items: an alliance
 * level toward every state, a vote on every roll call.  All measures here are
 * functions of one table: T[a][b], the number of items on which the first state
 * has level a and the second level b.  Items that either lacks are left out.
 * With d = x - y the difference of two levels, n the items in common and D the
 * highest level:
 *
 *   S absolute, squared   1 - 2 * sum |d| / (D n), 1 - 2 * sum d^2 / (D^2 n)
 *                         (Signorino and Ritter 1999); weighted by item with
 *                         sum w |d| and sum w for sum |d| and n
 *   kappa, pi             1 - O / E, O the disagreement observed, E the one to be
 *                         expected from each state's own levels (kappa, Cohen 1968)
 *                         or from the levels of both together (pi, Scott 1955);
 *                         disagreement of two levels is d^2, |d| or 1 unless equal.
 *                         Haege (2011) uses d^2 for both
 *   tau_b                 Kendall's rank correlation (Bueno de Mesquita 1975)
 *   agreement             mean of 1 - |d| / D (Voeten); strict: share of d = 0
 *   chance-corrected      S absolute less what it would be on the product of the
 *                         margins (Benati and Capurri 2026)
 *
 * kappa is exactly 0 when one of the two has one level only, however alike they
 * are; S is raised by whatever both lack.  docs/similarity.md has sources and a
 * worked example.
 *
 * Standard errors take the items for a sample: roll calls of those that might
 * have been taken.  They come from the delta method on the multinomial table.
 */
#ifndef ENTENTE_SIMILARITY_H
#define ENTENTE_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_similarity_kind {
    ENT_SIMILARITY_S_ABSOLUTE = 0,
    ENT_SIMILARITY_S_SQUARED,
    ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED, /* NAN without weights */
    ENT_SIMILARITY_S_SQUARED_WEIGHTED,
    ENT_SIMILARITY_KAPPA, /* squared */
    ENT_SIMILARITY_KAPPA_LINEAR,
    ENT_SIMILARITY_KAPPA_NOMINAL,
    ENT_SIMILARITY_PI, /* squared */
    ENT_SIMILARITY_PI_LINEAR,
    ENT_SIMILARITY_PI_NOMINAL,
    ENT_SIMILARITY_TAU_B, /* no standard error: NAN */
    ENT_SIMILARITY_AGREEMENT,
    ENT_SIMILARITY_STRICT,
    ENT_SIMILARITY_CHANCE_CORRECTED,
};
#define ENT_SIMILARITY_KINDS 14

/* A portfolio has at most so many levels, and items. */
#define ENT_SIMILARITY_LEVELS 8
#define ENT_SIMILARITY_ITEMS  1000000

/* What stands for no level. */
#define ENT_VALUE_MISSING (-1) /* not known, or not a member */
#define ENT_VALUE_ABSENT  (-2) /* a member that did not take part: see absent */

/* The portfolios of one period.  All arrays stay the caller's. */
struct ent_portfolios {
    size_t states, items;
    int levels;                /* D + 1, 2..ENT_SIMILARITY_LEVELS */
    const int8_t *value;       /* value[item * states + state], 0..levels-1 or as above */
    const int32_t *item_state; /* the state that an item is, or -1; NULL: items are no states */
    const double *weight;      /* of each item, NAN: not known; NULL: none */
    /*
     * Whose system an item is in: system[item * states + state], nonzero where it is the
     * state's.  Of two states, the items of either count.  NULL: all items count.
     */
    const uint8_t *system;
};

enum ent_self_ties {
    ENT_SELF_TIES_HIGHEST = 0, /* a state has the highest level toward itself */
    ENT_SELF_TIES_EXCLUDED,    /* of two states, neither counts among the items */
};

enum ent_absent_as {
    ENT_ABSENT_MISSING = 0,
    ENT_ABSENT_MIDDLE, /* the middle level: an absence abstains (Haege 2011) */
};

enum ent_level_range {
    ENT_RANGE_THEORETICAL = 0, /* D is the highest level that there can be */
    ENT_RANGE_OBSERVED,        /* D is what the two states' levels span */
};

enum ent_weight_sum {
    ENT_WEIGHTS_DIVIDED = 0, /* by their sum over the items in common */
    ENT_WEIGHTS_SHARES,      /* by 1: they are shares of a whole that need not add up to it */
};

enum ent_undefined {
    ENT_UNDEFINED_NAN = 0,
    ENT_UNDEFINED_ZERO, /* kappa and pi of two equal constants are 0 (Haege 2011) */
};

/* All zero: the conventions of the literature's majority. */
struct ent_similarity_options {
    enum ent_self_ties self_ties;
    enum ent_absent_as absent;
    enum ent_level_range range;
    enum ent_undefined undefined;
    enum ent_weight_sum weight_sum;
    int binary_from;   /* 0: levels as they are; else 1 for this level or more, 0 below */
    double drop_share; /* 0: all items; else leave out those on which at least this share of
                          the states has one level: 1 unanimous ones, 0.95 nearly so */
    int threads;       /* 0: one */
};

/* Where the results of all pairs go: arrays of the caller, NULL where not wanted. */
struct ent_similarity_columns {
    uint32_t *n;                         /* items in common */
    double *value[ENT_SIMILARITY_KINDS]; /* NAN where undefined, as when n is 0 */
    double *error[ENT_SIMILARITY_KINDS]; /* standard errors; NAN when n is under 2 */
};

/* The results of one pair. */
struct ent_similarity {
    uint32_t n;
    double value[ENT_SIMILARITY_KINDS];
    double error[ENT_SIMILARITY_KINDS];
};

/* "kappa", "s_absolute_weighted" */
ENT_API const char *ent_similarity_name(enum ent_similarity_kind kind);

/* How many pairs there are, and the place of a pair i < j among them: 0-1, 0-2, ... 1-2, ... */
ENT_API size_t ent_similarity_pair_count(size_t states);
ENT_API size_t ent_similarity_pair_index(size_t states, size_t i, size_t j);

/* Turn votes (1 yes, 2 abstain, 3 no, 8 absent, else missing) into values of three levels. */
ENT_API void ent_similarity_code_votes(const int8_t *vote, size_t count, int8_t *value);

/*
 * Compute all pairs i < j of one period; every array in `out` has room for
 * ent_similarity_pair_count(states) of them.  options may be NULL.  O(states^2 *
 * levels^2 * (items / 64 + 1)); the bytes do not depend on the threads nor on the machine's
 * instructions.  On failure `out` is unchanged:
 *
 *   ENT_EINVAL  a value out of range, a weight that is negative or infinite, an
 *               option that makes no sense for these levels
 *   ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_similarity_pairs(const struct ent_portfolios *portfolios,
                     const struct ent_similarity_options *options,
                     const struct ent_similarity_columns *out, struct ent_error *err);

/* The same of one pair; the statuses are the same. */
ENT_API ENT_MUST_CHECK enum ent_status
ent_similarity_pair(const struct ent_portfolios *portfolios,
                    const struct ent_similarity_options *options, size_t i, size_t j,
                    struct ent_similarity *out, struct ent_error *err);

struct ent_similarity_bootstrap {
    uint64_t seed;
    size_t replicates; /* 0: 1,000; at most 100,000 */
    double coverage;   /* 0: 0.95 */
};

/* Percentile intervals: what is between low and high in `coverage` of the replicates. */
struct ent_similarity_intervals {
    size_t replicates;
    size_t
        defined[ENT_SIMILARITY_KINDS]; /* replicates that have a value: the rest are not in */
    double low[ENT_SIMILARITY_KINDS], high[ENT_SIMILARITY_KINDS]; /* NAN when none has */
};

/*
 * Bootstrap one pair over the items: each replicate draws as many of the period's
 * items as there are, with replacement.  The draws depend on the seed and the number of
 * items alone, so that every pair of a period meets the same replicates, and two
 * pairs can be compared.  O(replicates * items); statuses as above, and
 *
 *   ENT_EINVAL  too many replicates, or a coverage not between 0 and 1
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_similarity_bootstrap(const struct ent_portfolios *portfolios,
                         const struct ent_similarity_options *options, size_t i, size_t j,
                         const struct ent_similarity_bootstrap *how,
                         struct ent_similarity_intervals *out, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
