/*
 * Bootstrap of one pair: replicates of its table, and what lies between two of
 * their quantiles (Efron's percentile interval).
 *
 * A replicate is a sample of the period's items with replacement.  Items that the
 * pair does not have in common are drawn too, and count for nothing: so n varies
 * from replicate to replicate, as it would with another session.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/rng.h"
#include "entente/similarity.h"
#include "measure/similarity.h"

enum {
    PURPOSE = 0x51a1, /* of the random stream; any number of its own */
    REPLICATES = 1000,
    MOST_REPLICATES = 100000,
    NOT_COMMON = -1,
};

static const double usual_coverage = 0.95;

struct bootstrap {
    const double *weight; /* of each item kept, NAN none; NULL */
    size_t items;
    int16_t *cell; /* of each item: a * levels + b, or NOT_COMMON */
    struct ent_similarity_plan plan;
    uint64_t seed;
};

/* The level of a state on an item, from its planes; -1: none. */
static int level_of(const struct ent_planes *planes, size_t state, size_t item)
{
    const uint64_t *bits = planes->bits + state * (size_t)planes->levels * planes->words;

    for (int l = 0; l < planes->levels; l++) {
        if (bits[(size_t)l * planes->words + item / 64] >> item % 64 & 1)
            return l;
    }
    return -1;
}

/* Whether an item is in the system of one of two states. */
static bool counts(const struct ent_planes *planes, size_t i, size_t j, size_t item)
{
    size_t word = item / 64;

    return !planes->system || ((planes->system[i * planes->words + word] |
                                planes->system[j * planes->words + word]) >>
                                   item % 64 &
                               1);
}

/* The weight of an item: the sum over the subset of it alone. */
static double weight_of(const struct ent_weights *weights, size_t item)
{
    return weights->sum[item / 8 * ENT_WEIGHTS_BYTE + ((size_t)1 << item % 8)];
}

static void
find_cells(const struct ent_coded *coded, size_t i, size_t j, int16_t *cell, double *weight)
{
    int levels = coded->plan.levels;

    for (size_t item = 0; item < coded->planes.items; item++) {
        int a = level_of(&coded->planes, i, item), b = level_of(&coded->planes, j, item);

        cell[item] =
            (int16_t)(a < 0 || b < 0 || !counts(&coded->planes, i, j, item) ? NOT_COMMON
                                                                            : a * levels + b);
        if (weight)
            weight[item] = weight_of(&coded->weights, item);
    }
}

/* Draw one replicate into lane k of a block. */
static void
draw(const struct bootstrap *b, uint64_t replicate, struct ent_counts *counts, size_t k)
{
    struct ent_rng rng = ent__rng(b->seed, replicate, PURPOSE);
    int levels = b->plan.levels;

    for (size_t i = 0; i < b->items; i++) {
        size_t item = ent__rng_below(&rng, (uint32_t)b->items);
        int cell = b->cell[item];

        if (cell == NOT_COMMON)
            continue;
        counts->cell[cell * ENT_SIMILARITY_BLOCK + (int)k]++;
        if (b->weight)
            counts
                ->weight[abs(cell / levels - cell % levels) * ENT_SIMILARITY_BLOCK + (int)k] +=
                b->weight[item];
    }
}

static void draw_all(const struct bootstrap *b, size_t replicates, double *values)
{
    struct ent_similarity_columns columns = { 0 };
    struct ent_counts counts;

    for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++)
        columns.value[k] = values + k * replicates;
    for (size_t first = 0; first < replicates; first += ENT_SIMILARITY_BLOCK) {
        size_t left = replicates - first;
        size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

        memset(&counts, 0, sizeof(counts));
        for (size_t k = 0; k < size; k++)
            draw(b, first + k, &counts, k);
        ent__similarity_compute(&counts, size, &b->plan, &columns, first);
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The quantile at a share of sorted values, linear between two of them (R's type 7). */
static double quantile(const double *sorted, size_t count, double share)
{
    double at = share * (double)(count - 1);
    size_t below = (size_t)at;

    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static void find_intervals(double *values, size_t replicates, double coverage,
                           struct ent_similarity_intervals *out)
{
    out->replicates = replicates;
    for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++) {
        double *v = values + k * replicates;
        size_t defined = 0;

        for (size_t r = 0; r < replicates; r++) {
            if (!isnan(v[r]))
                v[defined++] = v[r];
        }
        out->defined[k] = defined;
        out->low[k] = out->high[k] = NAN;
        if (defined == 0)
            continue;
        qsort(v, defined, sizeof(*v), ascending);
        out->low[k] = quantile(v, defined, (1 - coverage) / 2);
        out->high[k] = quantile(v, defined, (1 + coverage) / 2);
    }
}

enum ent_status ent_similarity_bootstrap(const struct ent_portfolios *portfolios,
                                         const struct ent_similarity_options *options, size_t i,
                                         size_t j, const struct ent_similarity_bootstrap *how,
                                         struct ent_similarity_intervals *out,
                                         struct ent_error *err)
{
    size_t replicates = how->replicates ? how->replicates : REPLICATES;
    double coverage = how->coverage != 0 ? how->coverage : usual_coverage;
    struct bootstrap b = { .seed = how->seed };
    struct ent_coded coded;
    double *values, *weight = NULL;
    enum ent_status status = ENT_OK;

    if (i >= portfolios->states || j >= portfolios->states)
        return ent_fail(err, ENT_EINVAL, "states %zu and %zu; there are %zu", i, j,
                        portfolios->states);
    if (replicates > MOST_REPLICATES || !(coverage > 0 && coverage < 1))
        return ent_fail(err, ENT_EINVAL,
                        "%zu replicates and a coverage of %g; at most %d, and between 0 and 1",
                        replicates, coverage, MOST_REPLICATES);
    ENT_TRY(ent__similarity_code(portfolios, options, &coded, err));
    b.plan = coded.plan;
    b.plan.values = (1u << ENT_SIMILARITY_KINDS) - 1;
    b.items = coded.planes.items;
    b.cell = ent__calloc(b.items + 1, sizeof(*b.cell));
    values = ent__calloc(replicates, ENT_SIMILARITY_KINDS * sizeof(*values));
    if (coded.plan.weighted)
        b.weight = weight = ent__calloc(b.items + 1, sizeof(*weight));
    if (!b.cell || !values || (coded.plan.weighted && !weight)) {
        status = ent_fail(err, ENT_ENOMEM, "out of memory for %zu replicates", replicates);
    } else {
        find_cells(&coded, i, j, b.cell, weight);
        draw_all(&b, replicates, values);
        find_intervals(values, replicates, coverage, out);
    }
    ent__free(b.cell);
    ent__free(values);
    ent__free(weight);
    ent__coded_release(&coded);
    return status;
}
