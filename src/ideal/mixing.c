/*
 * Split R-hat and effective sample sizes of rank-normalised draws, after Vehtari, Gelman,
 * Simpson, Carpenter and Buerkner (2021, Bayesian Analysis 16:667).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ideal/inside.h"
#include "ideal/normal.h"

struct key {
    double value;
    uint32_t at;
};

static int by_value(const void *a, const void *b)
{
    double x = ((const struct key *)a)->value, y = ((const struct key *)b)->value;

    return (x > y) - (x < y);
}

struct room {
    size_t halves, n;
    double *value;   /* the draws */
    double *scaled;  /* what is looked at: their ranks as normal scores, or an indicator */
    struct key *key; /* sorted */
    double *mean, *variance; /* of each half */
};

static size_t all(const struct room *r)
{
    return r->halves * r->n;
}

/* scaled[i] = quantile((rank - 3/8) / (S + 1/4)) of x; ties share their mean rank. */
static void rank_normalise(struct room *r, const double *x)
{
    size_t s = all(r);

    for (size_t i = 0; i < s; i++)
        r->key[i] = (struct key){ x[i], (uint32_t)i };
    qsort(r->key, s, sizeof(*r->key), by_value);
    for (size_t i = 0, end; i < s; i = end) {
        double rank, score;

        for (end = i + 1; end < s && r->key[end].value <= r->key[i].value; end++)
            ;
        rank = 0.5 * (double)(i + 1 + end);
        score = ent__normal_quantile((rank - 0.375) / ((double)s + 0.25));
        for (size_t k = i; k < end; k++)
            r->scaled[r->key[k].at] = score;
    }
}

static void moments(struct room *r, const double *x)
{
    for (size_t h = 0; h < r->halves; h++) {
        double mean = 0, squares = 0;

        for (size_t d = 0; d < r->n; d++)
            mean += x[h * r->n + d];
        mean /= (double)r->n;
        for (size_t d = 0; d < r->n; d++)
            squares += (x[h * r->n + d] - mean) * (x[h * r->n + d] - mean);
        r->mean[h] = mean;
        r->variance[h] = squares / (double)(r->n - 1);
    }
}

struct variances {
    double within, total; /* total: within (n - 1) / n plus between */
};

static struct variances variances(const struct room *r)
{
    double grand = 0, between = 0, within = 0, m = (double)r->halves, n = (double)r->n;

    for (size_t h = 0; h < r->halves; h++) {
        grand += r->mean[h] / m;
        within += r->variance[h] / m;
    }
    for (size_t h = 0; h < r->halves; h++)
        between += (r->mean[h] - grand) * (r->mean[h] - grand) / (m - 1);
    return (struct variances){ within, within * (n - 1) / n + between };
}

static double rhat(struct room *r, const double *x)
{
    struct variances v;

    moments(r, x);
    v = variances(r);
    return v.within > 0 ? sqrt(v.total / v.within) : NAN;
}

/* Mean over halves of the autocovariance at a lag, as the biased estimate. */
static double autocovariance(const struct room *r, const double *x, size_t lag)
{
    double sum = 0;

    for (size_t h = 0; h < r->halves; h++) {
        const double *at = x + h * r->n;

        for (size_t d = 0; d + lag < r->n; d++)
            sum += (at[d] - r->mean[h]) * (at[d + lag] - r->mean[h]);
    }
    return sum / (double)(r->halves * r->n);
}

/*
 * S / tau by Geyer's initial monotone sequence: rho at two lags after another is summed
 * while the pairs are positive, each pair at most the one before.
 */
static double effective(struct room *r, const double *x)
{
    struct variances v;
    double tau = -1, before = INFINITY, s = (double)all(r);

    moments(r, x);
    v = variances(r);
    if (!(v.within > 0))
        return NAN;
    for (size_t lag = 0; lag + 1 < r->n; lag += 2) {
        double even = lag == 0 ? 1
                               : 1 - (v.within * ((double)r->n - 1) / (double)r->n -
                                      autocovariance(r, x, lag)) /
                                         v.total;
        double odd =
            1 - (v.within * ((double)r->n - 1) / (double)r->n - autocovariance(r, x, lag + 1)) /
                    v.total;
        double pair = fmin(even + odd, before);

        if (pair < 0) {
            tau += fmax(even, 0); /* the last half pair lowers the variance of tau */
            break;
        }
        tau += 2 * pair;
        before = pair;
    }
    /* More than S log10(S) is not believed. */
    return s / fmax(tau, 1 / log10(s));
}

static double quantile_of_sorted(const struct key *key, size_t s, double p)
{
    double at = p * (double)(s - 1);
    size_t i = (size_t)at;

    return i + 1 < s ? key[i].value + (at - (double)i) * (key[i + 1].value - key[i].value)
                     : key[s - 1].value;
}

/* How many draws know whether a value is at most the quantile p. */
static double effective_of_quantile(struct room *r, double limit)
{
    for (size_t i = 0; i < all(r); i++)
        r->scaled[i] = r->value[i] <= limit;
    return effective(r, r->scaled);
}

static void measure(struct room *r, struct ent_ideal_mixing *out)
{
    size_t s = all(r);
    double low, high, median, bulk;

    rank_normalise(r, r->value);
    if (!(r->key[s - 1].value > r->key[0].value))
        return;
    low = quantile_of_sorted(r->key, s, 0.05);
    median = quantile_of_sorted(r->key, s, 0.5);
    high = quantile_of_sorted(r->key, s, 0.95);
    bulk = rhat(r, r->scaled);
    out->ess_bulk = effective(r, r->scaled);
    out->ess_tail = fmin(effective_of_quantile(r, low), effective_of_quantile(r, high));
    for (size_t i = 0; i < s; i++)
        r->value[i] = fabs(r->value[i] - median);
    rank_normalise(r, r->value);
    out->rhat = fmax(bulk, rhat(r, r->scaled));
}

enum ent_status ent__ideal_mixing(const float *draw, size_t chains, size_t draws,
                                  struct ent_ideal_mixing *out, struct ent_error *err)
{
    struct room r = { .halves = 2 * chains, .n = draws / 2 };
    enum ent_status status = ENT_ENOMEM;

    *out = (struct ent_ideal_mixing){ NAN, NAN, NAN };
    if (draws < 4 || chains < 1)
        return ENT_OK;
    r.value = ent__calloc(all(&r), sizeof(*r.value));
    r.scaled = ent__calloc(all(&r), sizeof(*r.scaled));
    r.key = ent__calloc(all(&r), sizeof(*r.key));
    r.mean = ent__calloc(r.halves, sizeof(*r.mean));
    r.variance = ent__calloc(r.halves, sizeof(*r.variance));
    if (r.value && r.scaled && r.key && r.mean && r.variance) {
        /* Of an odd number of draws the middle one is left out. */
        for (size_t h = 0; h < r.halves; h++)
            for (size_t d = 0; d < r.n; d++)
                r.value[h * r.n + d] =
                    (double)draw[h / 2 * draws + (h % 2 ? draws - r.n : 0) + d];
        measure(&r, out);
        status = ENT_OK;
    }
    ent__free(r.value);
    ent__free(r.scaled);
    ent__free(r.key);
    ent__free(r.mean);
    ent__free(r.variance);
    return status == ENT_OK ? ENT_OK
                            : ent_fail(err, status, "out of memory for %zu draws", all(&r));
}
