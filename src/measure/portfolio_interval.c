/*
 * Bootstrap intervals of portfolio similarity for all pairs of a year: the targets, or
 * roll calls, are drawn with replacement (Efron's percentile interval).
 *
 * Every pair meets the same draws, which are made once.  They depend on the seed and the
 * number of the year's items, and are those of ent_similarity_bootstrap.  Cost a pair:
 * replicates * (items in common + the sorting of them).
 */
#include "base/alloc.h"
#include "measure/family.h"
#include "measure/portfolio.h"

unsigned ent__portfolio_plan(const struct ent_measure *measure, const struct ent_inputs *in,
                             struct ent_similarity_plan *plan)
{
    const struct ent_tie_planes *p = in->prepared;
    unsigned kind = (unsigned)measure->variant % ENT_KIND_ERROR;

    if (in->weight && kind == ENT_SIMILARITY_S_ABSOLUTE)
        kind = ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED;
    if (in->weight && kind == ENT_SIMILARITY_S_SQUARED)
        kind = ENT_SIMILARITY_S_SQUARED_WEIGHTED;
    *plan =
        (struct ent_similarity_plan){ .levels = p->planes.levels,
                                      .weighted = kind == ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED ||
                                                  kind == ENT_SIMILARITY_S_SQUARED_WEIGHTED };
    if (ent__is_set(in, ENT_CONVENTION_RANGE))
        plan->range = in->conventions->options.range;
    if (ent__is_set(in, ENT_CONVENTION_UNDEFINED))
        plan->undefined = in->conventions->options.undefined;
    return kind;
}

/* What all pairs share. */
struct work {
    const struct ent_tie_planes *p;
    const struct ent_resampling *how;
    struct ent_similarity_plan plan;
    unsigned kind;
    uint16_t *times;
    double *values;
    struct ent_drawn drawn;
};

/* The interval of one pair. */
static void do_pair(struct work *w, const struct ent_pair *pair, double *low, double *high)
{
    size_t items = w->p->planes.items, replicates = w->how->replicates;
    size_t levels = (size_t)w->plan.levels;
    struct ent_similarity_columns columns = { 0 };
    struct ent_counts counts;

    columns.value[w->kind] = w->values;
    ent__bootstrap_find(&w->p->planes, w->plan.weighted ? &w->p->weights : NULL, pair->from,
                        pair->to, &w->drawn);
    for (size_t first = 0; first < replicates; first += ENT_SIMILARITY_BLOCK) {
        size_t left = replicates - first;
        size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

        memset(counts.cell, 0, levels * levels * ENT_SIMILARITY_BLOCK * sizeof(int32_t));
        memset(counts.weight, 0, sizeof(counts.weight));
        for (size_t k = 0; k < size; k++)
            ent__bootstrap_count(&w->drawn, w->times + (first + k) * items, k, &counts);
        ent__similarity_compute(&counts, size, &w->plan, &columns, first);
    }
    (void)ent__bootstrap_interval(w->values, replicates, w->how->coverage, low, high);
}

static void release(struct work *w)
{
    ent__free(w->times);
    ent__free(w->values);
    ent__drawn_release(&w->drawn);
}

enum ent_status ent__portfolio_interval(const struct ent_measure *measure,
                                        const struct ent_inputs *in,
                                        const struct ent_pair *pairs, size_t count,
                                        const struct ent_resampling *how, double *low,
                                        double *high, struct ent_error *err)
{
    struct work w = { .p = in->prepared, .how = how };
    size_t items = w.p->planes.items;

    w.kind = ent__portfolio_plan(measure, in, &w.plan);
    w.plan.values = 1u << w.kind;
    ENT_TRY(ent__drawn_make(items, w.plan.weighted, &w.drawn, err));
    w.times = ent__calloc(how->replicates, (items + 1) * sizeof(*w.times));
    w.values = ent__calloc(how->replicates, sizeof(*w.values));
    if (!w.times || !w.values) {
        release(&w);
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu replicates", how->replicates);
    }
    if (items)
        ent__bootstrap_draw(how->seed, 0, how->replicates, items, w.times);
    for (size_t k = 0; k < count; k++)
        do_pair(&w, &pairs[k], &low[k], &high[k]);
    release(&w);
    return ENT_OK;
}
