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
};

static const double usual_coverage = 0.95;

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

void ent__bootstrap_draw(uint64_t seed, size_t first, size_t count, size_t items,
                         uint16_t *times)
{
    memset(times, 0, count * items * sizeof(*times));
    for (size_t k = 0; k < count; k++) {
        struct ent_rng rng = ent__rng(seed, first + k, PURPOSE);

        for (size_t i = 0; i < items; i++)
            times[k * items + ent__rng_below(&rng, (uint32_t)items)]++;
    }
}

void ent__bootstrap_find(const struct ent_planes *planes, const struct ent_weights *weights,
                         size_t i, size_t j, struct ent_drawn *out)
{
    out->levels = planes->levels;
    out->count = 0;
    for (size_t item = 0; item < planes->items; item++) {
        int a = level_of(planes, i, item), b = level_of(planes, j, item);

        if (a < 0 || b < 0 || !counts(planes, i, j, item))
            continue;
        out->item[out->count] = (uint32_t)item;
        out->cell[out->count] = (int16_t)(a * planes->levels + b);
        if (weights)
            out->weight[out->count] = weight_of(weights, item);
        out->count++;
    }
}

void ent__bootstrap_count(const struct ent_drawn *drawn, const uint16_t *times, size_t k,
                          struct ent_counts *counts)
{
    for (size_t c = 0; c < drawn->count; c++) {
        int cell = drawn->cell[c], a = cell / drawn->levels, b = cell % drawn->levels;
        uint16_t often = times[drawn->item[c]];

        counts->cell[cell * ENT_SIMILARITY_BLOCK + (int)k] += often;
        if (drawn->weight)
            counts->weight[abs(a - b) * ENT_SIMILARITY_BLOCK + (int)k] +=
                often * drawn->weight[c];
    }
}

static enum ent_status draw_all(const struct ent_drawn *drawn, size_t items, uint64_t seed,
                                const struct ent_similarity_plan *plan, size_t replicates,
                                double *values, struct ent_error *err)
{
    struct ent_similarity_columns columns = { 0 };
    struct ent_counts counts;
    uint16_t *times = ent__calloc(ENT_SIMILARITY_BLOCK * items + 1, sizeof(*times));

    if (!times)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu replicates", replicates);
    for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++)
        columns.value[k] = values + k * replicates;
    for (size_t first = 0; first < replicates; first += ENT_SIMILARITY_BLOCK) {
        size_t left = replicates - first;
        size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

        memset(&counts, 0, sizeof(counts));
        ent__bootstrap_draw(seed, first, size, items, times);
        for (size_t k = 0; k < size; k++)
            ent__bootstrap_count(drawn, times + k * items, k, &counts);
        ent__similarity_compute(&counts, size, plan, &columns, first);
    }
    ent__free(times);
    return ENT_OK;
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

size_t ent__bootstrap_interval(double *values, size_t replicates, double coverage, double *low,
                               double *high)
{
    size_t defined = 0;

    for (size_t r = 0; r < replicates; r++) {
        if (!isnan(values[r]))
            values[defined++] = values[r];
    }
    *low = *high = NAN;
    if (defined == 0)
        return 0;
    qsort(values, defined, sizeof(*values), ascending);
    *low = quantile(values, defined, (1 - coverage) / 2);
    *high = quantile(values, defined, (1 + coverage) / 2);
    return defined;
}

enum ent_status
ent__drawn_make(size_t items, bool weighted, struct ent_drawn *out, struct ent_error *err)
{
    *out = (struct ent_drawn){ .item = ent__calloc(items + 1, sizeof(*out->item)),
                               .cell = ent__calloc(items + 1, sizeof(*out->cell)) };
    if (weighted)
        out->weight = ent__calloc(items + 1, sizeof(*out->weight));
    if (out->item && out->cell && (out->weight || !weighted))
        return ENT_OK;
    ent__drawn_release(out);
    return ent_fail(err, ENT_ENOMEM, "out of memory for %zu items to draw", items);
}

void ent__drawn_release(struct ent_drawn *drawn)
{
    ent__free(drawn->item);
    ent__free(drawn->cell);
    ent__free(drawn->weight);
    memset(drawn, 0, sizeof(*drawn));
}

static enum ent_status bootstrap(const struct ent_coded *coded, size_t i, size_t j,
                                 uint64_t seed, size_t replicates, double coverage,
                                 struct ent_similarity_intervals *out, struct ent_error *err)
{
    struct ent_similarity_plan plan = coded->plan;
    struct ent_drawn drawn;
    double *values;
    enum ent_status status;

    ENT_TRY(ent__drawn_make(coded->planes.items, plan.weighted, &drawn, err));
    plan.values = (1u << ENT_SIMILARITY_KINDS) - 1;
    ent__bootstrap_find(&coded->planes, plan.weighted ? &coded->weights : NULL, i, j, &drawn);
    values = ent__calloc(replicates, ENT_SIMILARITY_KINDS * sizeof(*values));
    status = values
                 ? draw_all(&drawn, coded->planes.items, seed, &plan, replicates, values, err)
                 : ent_fail(err, ENT_ENOMEM, "out of memory for %zu replicates", replicates);
    if (status == ENT_OK) {
        out->replicates = replicates;
        for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++)
            out->defined[k] = ent__bootstrap_interval(values + k * replicates, replicates,
                                                      coverage, &out->low[k], &out->high[k]);
    }
    ent__free(values);
    ent__drawn_release(&drawn);
    return status;
}

enum ent_status ent_similarity_bootstrap(const struct ent_portfolios *portfolios,
                                         const struct ent_similarity_options *options, size_t i,
                                         size_t j, const struct ent_similarity_bootstrap *how,
                                         struct ent_similarity_intervals *out,
                                         struct ent_error *err)
{
    size_t replicates = how->replicates ? how->replicates : REPLICATES;
    double coverage = how->coverage != 0 ? how->coverage : usual_coverage;
    struct ent_coded coded;
    enum ent_status status;

    if (i >= portfolios->states || j >= portfolios->states)
        return ent_fail(err, ENT_EINVAL, "states %zu and %zu; there are %zu", i, j,
                        portfolios->states);
    if (replicates > MOST_REPLICATES || !(coverage > 0 && coverage < 1))
        return ent_fail(err, ENT_EINVAL,
                        "%zu replicates and a coverage of %g; at most %d, and between 0 and 1",
                        replicates, coverage, MOST_REPLICATES);
    ENT_TRY(ent__similarity_code(portfolios, options, &coded, err));
    status = bootstrap(&coded, i, j, how->seed, replicates, coverage, out, err);
    ent__coded_release(&coded);
    return status;
}
