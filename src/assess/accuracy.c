#include "assess/accuracy.h"

#include <math.h>
#include <stdlib.h>

#include "assess/logit.h"
#include "base/alloc.h"

/* A prediction with its outcome, and with it its weight: sorted by p, largest first. */
struct guess {
    double p;
    uint8_t y;
};

static int by_p(const void *a, const void *b)
{
    const struct guess *x = a, *y = b;

    return (x->p < y->p) - (x->p > y->p);
}

/*
 * Area under the ROC curve, as Mann and Whitney count it, and average precision: the sum
 * over thresholds of precision times the recall gained.  Equal p stand or fall together.
 */
static void areas(const struct guess *g, size_t n, double ones, struct ent_accuracy *out)
{
    double zeros = (double)n - ones, taken = 0, hits = 0, wins = 0, precision = 0;

    for (size_t i = 0; i < n;) {
        size_t j = i;
        double here = 0, others;

        while (j < n && g[j].p == g[i].p)
            here += g[j++].y;
        others = (double)(j - i) - here;
        taken += (double)(j - i);
        wins += here * (zeros - (taken - hits - here)) + here * others / 2;
        hits += here;
        precision += here * (hits / taken);
        i = j;
    }
    out->auc = ones > 0 && zeros > 0 ? wins / (ones * zeros) : (double)NAN;
    out->auprc = ones > 0 ? precision / ones : (double)NAN;
}

static size_t bin_of(double p)
{
    if (p < 0.05)
        return 0;
    if (p < 0.1)
        return 1;
    return p >= 0.9 ? ENT_BINS - 1 : 1 + (size_t)(p * 10);
}

static void fill_bins(const double *p, const uint8_t *y, size_t n, struct ent_bin *bins)
{
    for (size_t b = 0; b < ENT_BINS; b++)
        bins[b] = (struct ent_bin){ .from = b == 0   ? 0
                                            : b == 1 ? 0.05
                                                     : (double)(b - 1) / 10,
                                    .to = b == 0 ? 0.05 : (double)b / 10 };
    for (size_t i = 0; i < n; i++) {
        struct ent_bin *b = &bins[bin_of(p[i])];

        b->count++;
        b->predicted += p[i];
        b->observed += y[i];
    }
    for (size_t b = 0; b < ENT_BINS; b++) {
        bins[b].predicted /= (double)bins[b].count;
        bins[b].observed /= (double)bins[b].count;
    }
}

static double edge(double p)
{
    return p < 1e-9 ? 1e-9 : p > 1 - 1e-9 ? 1 - 1e-9 : p;
}

static enum ent_status
slope_of(const double *p, const uint8_t *y, size_t n, double *out, struct ent_error *err)
{
    double beta[2] = { 0, 1 };
    double *x = ent__calloc(n, sizeof(*x));
    struct ent_logit logit = { .rows = n, .columns = 1, .x = x, .y = y };
    enum ent_status status;

    if (!x)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu predictions", n);
    for (size_t i = 0; i < n; i++)
        x[i] = log(edge(p[i])) - log1p(-edge(p[i]));
    status = ent__logit_fit(&logit, beta, NULL);
    ent__free(x);
    /* All of one outcome, or all of one p: there is no slope, and no failure. */
    *out = status == ENT_OK ? beta[1] : (double)NAN;
    return status == ENT_ENOMEM ? ent_fail(err, status, "out of memory for a slope") : ENT_OK;
}

enum ent_status ent__accuracy(const double *p, const uint8_t *y, size_t n,
                              struct ent_accuracy *out, struct ent_error *err)
{
    struct ent_accuracy a = { .count = n };
    struct guess *g;
    double ones = 0;

    if (n == 0)
        return ent_fail(err, ENT_EINVAL, "there are no predictions to judge");
    for (size_t i = 0; i < n; i++)
        if (!(p[i] >= 0 && p[i] <= 1))
            return ent_fail(err, ENT_EINVAL, "prediction %zu, %g, is not in 0..1", i, p[i]);
    g = ent__calloc(n, sizeof(*g));
    if (!g)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu predictions", n);
    for (size_t i = 0; i < n; i++) {
        double off = p[i] - y[i];

        g[i] = (struct guess){ p[i], y[i] };
        ones += y[i];
        a.mean += p[i];
        a.brier += off * off;
    }
    a.base = ones / (double)n;
    a.mean /= (double)n;
    a.brier /= (double)n;
    a.skill = 1 - a.brier / (a.base * (1 - a.base));
    qsort(g, n, sizeof(*g), by_p);
    areas(g, n, ones, &a);
    ent__free(g);
    fill_bins(p, y, n, a.bins);
    ENT_TRY(slope_of(p, y, n, &a.slope, err));
    *out = a;
    return ENT_OK;
}
