/*
 * Inside portfolio similarity: levels as bits, tables counted from bits, and all
 * measures out of tables, a block of pairs at a time.
 *
 *   portfolios -> planes -> counts -> columns
 *
 * Cost a pair, of L levels and K items: L^2 * K / 64 of (and, count bits, add), then some
 * 12 divisions and a root for the measures, and L^2 steps for each standard error.
 */
#ifndef ENTENTE_MEASURE_SIMILARITY_H
#define ENTENTE_MEASURE_SIMILARITY_H

#include <stdbool.h>

#include "entente/similarity.h"
#include "measure/measure.h"

enum {
    ENT_LEVEL_NONE = 0xff, /* a coded level: missing */
    ENT_SIMILARITY_BLOCK = 128,
    ENT_SIMILARITY_CELLS = ENT_SIMILARITY_LEVELS * ENT_SIMILARITY_LEVELS,
    ENT_WEIGHTS_BYTE = 256, /* sums over the subsets of eight items */
};

/* One bit an item for each state and level; a missing level is in no plane. */
struct ent_planes {
    size_t states, items;
    size_t words; /* 64 items each */
    int levels;
    uint64_t *bits; /* bits[(state * levels + level) * words + word] */
    /*
     * system[state * words + word]: the items that are in each state's system.  Of two
     * states the items of either count.  NULL: all count.
     */
    uint64_t *system;
};

/* Planes for up to words * 64 items in memory of the caller, which is cleared. */
void ent__planes_init(struct ent_planes *planes, size_t states, int levels, size_t words,
                      uint64_t *bits);

/* Before an item is added: mark the states in whose system it is (nonzero). */
void ent__planes_mark(struct ent_planes *planes, const uint8_t *in_system);

/* Add an item: the level of each state, or ENT_LEVEL_NONE. */
void ent__planes_add(struct ent_planes *planes, const uint8_t *level);

/* Whether at least a share of the states with a level have the same (share > 0). */
bool ent__level_shared(const uint8_t *level, size_t states, double share);

/*
 * Sums of weights, and of their squares, over each subset of each run of eight
 * items: sum[(item / 8) * ENT_WEIGHTS_BYTE + subset].
 */
struct ent_weights {
    double *sum, *square;
};

/* Add the weight of an item, in ascending order of items. */
void ent__weights_add(struct ent_weights *weights, size_t item, double weight);

/* Tables of up to ENT_SIMILARITY_BLOCK pairs: cell[(a * levels + b) * BLOCK + pair]. */
struct ent_counts {
    int32_t cell[ENT_SIMILARITY_CELLS * ENT_SIMILARITY_BLOCK];
    double weight[ENT_SIMILARITY_LEVELS * ENT_SIMILARITY_BLOCK]; /* by |d|: sum of w */
    double square[ENT_SIMILARITY_LEVELS * ENT_SIMILARITY_BLOCK]; /* and of w^2 */
};

/* What is wanted of the tables, and how. */
struct ent_similarity_plan {
    int levels;
    bool weighted;
    enum ent_level_range range;
    enum ent_undefined undefined;
    enum ent_weight_sum weight_sum;
    uint32_t values, errors; /* one bit a kind */
    bool plain;              /* keep to instructions that every machine has: for tests */
};

/* Add the tables of pairs (at most a block of them) to counts of zero or so far. */
void ent__similarity_count(const struct ent_planes *planes, const struct ent_pair *pairs,
                           size_t count, const struct ent_similarity_plan *plan,
                           struct ent_counts *counts);

/* The same of the weights, for all of the pairs' items; sets and does not add. */
void ent__similarity_weigh(const struct ent_planes *planes, const struct ent_weights *weights,
                           const struct ent_pair *pairs, size_t count,
                           const struct ent_similarity_plan *plan, struct ent_counts *counts);

/* Compute the measures of count tables into columns + first. */
void ent__similarity_compute(const struct ent_counts *counts, size_t count,
                             const struct ent_similarity_plan *plan,
                             const struct ent_similarity_columns *columns, size_t first);

/* Code portfolios as options say; on the heap, with weights where there are any. */
struct ent_coded {
    struct ent_planes planes;
    struct ent_weights weights;
    struct ent_similarity_plan plan;
};

ENT_MUST_CHECK enum ent_status
ent__similarity_code(const struct ent_portfolios *portfolios,
                     const struct ent_similarity_options *options, struct ent_coded *out,
                     struct ent_error *err);
void ent__coded_release(struct ent_coded *coded);

/*
 * How often each of the items is drawn in the replicates first to first + count - 1:
 * times[k * items + item].  It depends on the seed, the replicate and the number of items.
 */
void ent__bootstrap_draw(uint64_t seed, size_t first, size_t count, size_t items,
                         uint16_t *times);

/* The items that two states have in common, ready to be drawn: on the heap. */
struct ent_drawn {
    int levels;
    size_t count;
    uint32_t *item;
    int16_t *cell;  /* a * levels + b */
    double *weight; /* NULL: none */
};

/* Room for so many items; released in any case. */
ENT_MUST_CHECK enum ent_status
ent__drawn_make(size_t items, bool weighted, struct ent_drawn *out, struct ent_error *err);
void ent__drawn_release(struct ent_drawn *drawn);

/* Find those of the states i and j. */
void ent__bootstrap_find(const struct ent_planes *planes, const struct ent_weights *weights,
                         size_t i, size_t j, struct ent_drawn *out);

/* Count one replicate into lane k of tables that begin as 0. */
void ent__bootstrap_count(const struct ent_drawn *drawn, const uint16_t *times, size_t k,
                          struct ent_counts *counts);

/*
 * Sort values, and find what lies between the quantiles of a coverage; returns how many
 * are defined, and gives NAN where none is.
 */
size_t ent__bootstrap_interval(double *values, size_t replicates, double coverage, double *low,
                               double *high);

#endif
