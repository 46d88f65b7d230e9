/* What a complete run says of points and items. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ideal/inside.h"
#include "ideal/normal.h"

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double quantile(const float *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t i = (size_t)at;
    double below = (double)sorted[i];

    return i + 1 < n ? below + (at - (double)i) * ((double)sorted[i + 1] - below) : below;
}

static double deviation(double sum, double squares, double n)
{
    return n > 1 ? sqrt(fmax(0, (squares - sum * sum / n) / (n - 1))) : NAN;
}

/* Mean, standard deviation and quantiles of n draws; sorts them. */
static void summarise(float *draw, size_t n, struct ent_ideal_point *out)
{
    double mean = 0, squares = 0;

    for (size_t d = 0; d < n; d++)
        mean += (double)draw[d];
    mean /= (double)n;
    for (size_t d = 0; d < n; d++)
        squares += ((double)draw[d] - mean) * ((double)draw[d] - mean);
    qsort(draw, n, sizeof(*draw), by_size);
    out->mean = mean;
    out->sd = n > 1 ? sqrt(squares / (double)(n - 1)) : NAN;
    out->low = quantile(draw, n, 0.05);
    out->high = quantile(draw, n, 0.95);
}

static enum ent_status sample_point(const struct ent_ideal_run *run, size_t p, float *work,
                                    struct ent_ideal_point *out, struct ent_error *err)
{
    size_t n = run->options.chains * run->options.draws;
    const float *draw = run->draw + p * n;
    struct ent_ideal_mixing mixing;

    ENT_TRY(ent__ideal_mixing(draw, run->options.chains, run->options.draws, &mixing, err));
    memcpy(work, draw, n * sizeof(*work));
    summarise(work, n, out);
    out->rhat = mixing.rhat;
    out->ess_bulk = mixing.ess_bulk;
    out->ess_tail = mixing.ess_tail;
    return ENT_OK;
}

static void quick_point(const struct ent_ideal_run *run, size_t p, struct ent_ideal_point *out)
{
    const double z95 = 1.6448536269514722;

    out->mean = run->state.theta[p];
    out->sd = sqrt(run->state.centre[p]);
    out->low = out->mean - z95 * out->sd;
    out->high = out->mean + z95 * out->sd;
    out->rhat = out->ess_bulk = out->ess_tail = NAN;
}

static void count_votes(const struct ent_ideal_run *run, size_t p, double draws,
                        struct ent_ideal_point *out)
{
    const struct ent__ideal_layout *l = &run->layout;
    uint32_t r = l->rank[p];

    out->votes = l->entry_start[r + 1] - l->entry_start[r];
    out->predicted = (uint32_t)(run->sums.predicted[p] / draws + 0.5);
    out->modal = l->modal[p];
    out->probability = run->sums.probability[p] / draws / out->votes;
}

static void
fill_item(const struct ent_ideal_run *run, size_t v, double n, struct ent_ideal_item *out)
{
    const struct ent__ideal_sums *s = &run->sums;
    const struct ent__ideal_span *span = &run->layout.span[v];

    out->votes = span->yes + span->abstain + span->no;
    if (run->options.estimator == ENT_IDEAL_QUICK) {
        out->beta = run->state.beta[v];
        out->beta_sd = sqrt(run->state.spread[v]);
        out->gamma1 = run->state.gamma1[v];
        out->gamma2 = run->state.gamma2[v];
        out->gamma1_sd = out->gamma2_sd = out->accepted = NAN;
        return;
    }
    out->beta = s->beta[v] / n;
    out->gamma1 = s->gamma1[v] / n;
    out->gamma2 = s->gamma2[v] / n;
    out->beta_sd = deviation(s->beta[v], s->beta2[v], n);
    out->gamma1_sd = deviation(s->gamma1[v], s->gamma12[v], n);
    out->gamma2_sd = deviation(s->gamma2[v], s->gamma22[v], n);
    out->accepted = s->accepted[v] / n / (double)run->options.thin;
}

static void judge(const struct ent_ideal_run *run, struct ent_ideal_result *out)
{
    out->sweeps = run->done;
    out->last_change = run->change;
    out->rhat_worst = out->ess_bulk_least = out->ess_tail_least = NAN;
    for (size_t p = 0; p < out->points; p++) {
        /* fmax and fmin leave a NAN aside. */
        out->rhat_worst = fmax(out->rhat_worst, out->point[p].rhat);
        out->ess_bulk_least = fmin(out->ess_bulk_least, out->point[p].ess_bulk);
        out->ess_tail_least = fmin(out->ess_tail_least, out->point[p].ess_tail);
        out->rhat_above_101 += out->point[p].rhat > 1.01;
    }
    out->converged = run->options.estimator == ENT_IDEAL_QUICK
                         ? run->change < run->options.tolerance
                         : out->rhat_worst <= 1.05;
}

enum ent_status ent__ideal_result(const struct ent_ideal_run *run, struct ent_ideal_result *out,
                                  struct ent_error *err)
{
    bool quick = run->options.estimator == ENT_IDEAL_QUICK;
    size_t n = run->options.chains * run->options.draws;
    struct ent_ideal_result r = { .points = run->layout.points, .items = run->layout.items };
    enum ent_status status = ENT_OK;
    float *work;

    if (!run->complete)
        return ent_fail(err, ENT_EINVAL, "the run is not complete: %zu of %zu sweeps",
                        run->done, run->total);
    r.point = ent__calloc(r.points, sizeof(*r.point));
    r.item = ent__calloc(r.items, sizeof(*r.item));
    work = ent__calloc(n, sizeof(*work));
    if (!r.point || !r.item || !work)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for %zu positions", r.points);
    for (size_t p = 0; p < r.points && status == ENT_OK; p++) {
        if (quick)
            quick_point(run, p, &r.point[p]);
        else
            status = sample_point(run, p, work, &r.point[p], err);
        count_votes(run, p, quick ? 1 : (double)n, &r.point[p]);
    }
    ent__free(work);
    if (status != ENT_OK) {
        ent__ideal_result_release(&r);
        return status;
    }
    for (size_t v = 0; v < r.items; v++)
        fill_item(run, v, (double)n, &r.item[v]);
    r.chains = run->options.chains;
    r.draws = run->options.draws;
    r.draw = quick ? NULL : run->draw;
    judge(run, &r);
    *out = r;
    return ENT_OK;
}

void ent__ideal_result_release(struct ent_ideal_result *result)
{
    ent__free(result->point);
    ent__free(result->item);
    *result = (struct ent_ideal_result){ 0 };
}
