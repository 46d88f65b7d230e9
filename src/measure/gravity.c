/*
 * Poisson pseudo-maximum likelihood with effects of exporter and importer.
 *
 * With A_i = e^(a_i), B_j = e^(b_j) and w_ij = e^(z_ij' beta), the conditions for a and
 * b, given beta, are that row and column sums of A_i w_ij B_j are those of X:
 *
 *   A_i = X_i. / sum_j w_ij B_j        B_j = X_.j / sum_i A_i w_ij
 *
 * iterated until they hold.  Newton's step on beta then solves
 *
 *   (sum mu z~ z~') step = sum (X - mu) z
 *
 * z~ being z less its two-way means weighted by mu.  Since sums of X - mu over rows and
 * columns are 0, the right side is the same with z and z~; how well z~ is found only
 * governs how fast this converges, not where to.
 */
#include "entente/gravity.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

enum {
    ITERATIONS = 50,
    ROUNDS = 5000,
    MEAN_ROUNDS = 200,
    HALVINGS = 30,
};

static const double default_tolerance = 1e-10;
static const double mean_tolerance = 1e-5; /* of the two-way means */
static const double pivot_least = 1e-9;    /* of what is left of a covariate's own sum */

/* The flows that enter, row by row. */
struct gravity {
    size_t n, cells, k; /* k: covariates kept */
    uint16_t *row, *column;
    double *flow, *w, *mu;
    double *z[ENT_GRAVITY_COVARIATES];     /* centred */
    double *tilde[ENT_GRAVITY_COVARIATES]; /* less their two-way means */
    double *by_row, *by_column;            /* totals of the flows */
    double *a, *b;                         /* A and B */
    double *sum, *weight;                  /* scratch, n each */
    size_t kept[ENT_GRAVITY_COVARIATES];   /* which covariate each is */
    double beta[ENT_GRAVITY_COVARIATES];
    double tolerance;
    size_t rounds;
};

static bool enters(const double *flows, size_t covariates, const double *const *z, size_t n,
                   size_t i, size_t j)
{
    if (i == j || isnan(flows[i * n + j]))
        return false;
    for (size_t c = 0; c < covariates; c++) {
        if (!isfinite(z[c][i * n + j]))
            return false;
    }
    return true;
}

/* Totals over the flows that enter; a state whose total is 0 is left out, until none is. */
static void
find_totals(struct gravity *g, const double *flows, size_t covariates, const double *const *z)
{
    size_t n = g->n;

    memset(g->by_row, 0, n * sizeof(*g->by_row));
    memset(g->by_column, 0, n * sizeof(*g->by_column));
    /* A state with a total of 0 adds nothing to another's: one pass settles it. */
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (!enters(flows, covariates, z, n, i, j))
                continue;
            g->by_row[i] += flows[i * n + j];
            g->by_column[j] += flows[i * n + j];
        }
    }
}

static size_t count_cells(const struct gravity *g, const double *flows, size_t covariates,
                          const double *const *z)
{
    size_t count = 0;

    for (size_t i = 0; i < g->n; i++) {
        for (size_t j = 0; j < g->n; j++)
            count += g->by_row[i] > 0 && g->by_column[j] > 0 &&
                     enters(flows, covariates, z, g->n, i, j);
    }
    return count;
}

static void
take_cells(struct gravity *g, const double *flows, size_t covariates, const double *const *z)
{
    size_t n = g->n;

    g->cells = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (!(g->by_row[i] > 0) || !(g->by_column[j] > 0) ||
                !enters(flows, covariates, z, n, i, j))
                continue;
            g->row[g->cells] = (uint16_t)i;
            g->column[g->cells] = (uint16_t)j;
            for (size_t c = 0; c < covariates; c++)
                g->z[c][g->cells] = z[c][i * n + j];
            g->flow[g->cells++] = flows[i * n + j];
        }
    }
}

/*
 * Keep the covariates that vary among the flows above 0, and centre them.  One that
 * varies among flows of 0 alone has a beta without bound (separation).
 */
static void keep_covariates(struct gravity *g, size_t covariates)
{
    g->k = 0;
    for (size_t c = 0; c < covariates; c++) {
        double *z = g->z[c];
        double least = INFINITY, most = -INFINITY, mean = 0;

        for (size_t q = 0; q < g->cells; q++) {
            if (g->flow[q] > 0) {
                least = fmin(least, z[q]);
                most = fmax(most, z[q]);
            }
            mean += (z[q] - mean) / (double)(q + 1);
        }
        if (!(most > least))
            continue;
        for (size_t q = 0; q < g->cells; q++)
            z[q] -= mean;
        /* Arrays change places, none is lost. */
        g->z[c] = g->z[g->k];
        g->z[g->k] = z;
        g->kept[g->k++] = c;
    }
}

/* Meet the totals given beta; whether that was reached. */
static bool solve_effects(struct gravity *g)
{
    for (size_t q = 0; q < g->cells; q++) {
        double eta = 0;

        for (size_t c = 0; c < g->k; c++)
            eta += g->z[c][q] * g->beta[c];
        g->w[q] = exp(eta);
    }
    for (size_t round = 0; round < g->rounds; round++) {
        double worst = 0;

        memset(g->sum, 0, g->n * sizeof(*g->sum));
        for (size_t q = 0; q < g->cells; q++)
            g->sum[g->row[q]] += g->w[q] * g->b[g->column[q]];
        for (size_t i = 0; i < g->n; i++) {
            double next = g->by_row[i] > 0 ? g->by_row[i] / g->sum[i] : 0;

            if (next > 0)
                worst = fmax(worst, fabs(g->a[i] / next - 1));
            g->a[i] = next;
        }
        memset(g->sum, 0, g->n * sizeof(*g->sum));
        for (size_t q = 0; q < g->cells; q++)
            g->sum[g->column[q]] += g->a[g->row[q]] * g->w[q];
        for (size_t j = 0; j < g->n; j++)
            g->b[j] = g->by_column[j] > 0 ? g->by_column[j] / g->sum[j] : 0;
        /* The columns hold now; the rows are off by as much as A still moves. */
        if (worst < g->tolerance)
            return true;
        if (!isfinite(worst))
            return false;
    }
    return false;
}

/* mu, and 2 sum (X log(X / mu) - (X - mu)). */
static double deviance(struct gravity *g)
{
    double total = 0;

    for (size_t q = 0; q < g->cells; q++) {
        double mu = g->a[g->row[q]] * g->w[q] * g->b[g->column[q]];

        g->mu[q] = mu;
        total += mu - g->flow[q];
        if (g->flow[q] > 0)
            total += g->flow[q] * log(g->flow[q] / mu);
    }
    return 2 * total;
}

/* Take the mu-weighted means over rows (or columns) out of v; the largest taken. */
static double take_means(const struct gravity *g, const uint16_t *of, double *v)
{
    double most = 0;

    memset(g->sum, 0, g->n * sizeof(*g->sum));
    memset(g->weight, 0, g->n * sizeof(*g->weight));
    for (size_t q = 0; q < g->cells; q++) {
        g->sum[of[q]] += g->mu[q] * v[q];
        g->weight[of[q]] += g->mu[q];
    }
    for (size_t i = 0; i < g->n; i++) {
        g->sum[i] = g->weight[i] > 0 ? g->sum[i] / g->weight[i] : 0;
        most = fmax(most, fabs(g->sum[i]));
    }
    for (size_t q = 0; q < g->cells; q++)
        v[q] -= g->sum[of[q]];
    return most;
}

/* z~ of every covariate.  It begins at the last z~, whose means are nearly right. */
static void demean(struct gravity *g, double tolerance)
{
    for (size_t c = 0; c < g->k; c++) {
        for (size_t round = 0; round < MEAN_ROUNDS; round++) {
            double moved = take_means(g, g->row, g->tilde[c]);

            if (fmax(moved, take_means(g, g->column, g->tilde[c])) < tolerance)
                break;
        }
    }
}

struct square {
    double at[ENT_GRAVITY_COVARIATES][ENT_GRAVITY_COVARIATES];
};

/* sum weight z~ z~', weight being mu, or (X - mu)^2. */
static void cross(const struct gravity *g, bool squares, struct square *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t q = 0; q < g->cells; q++) {
        double left = g->flow[q] - g->mu[q];
        double weight = squares ? left * left : g->mu[q];

        for (size_t c = 0; c < g->k; c++) {
            for (size_t d = 0; d <= c; d++)
                out->at[c][d] += weight * g->tilde[c][q] * g->tilde[d][q];
        }
    }
}

/*
 * Cholesky's factor in place; a covariate of which the others leave nothing is dropped
 * and true is said: the caller begins again without it.
 */
static bool factor(struct gravity *g, struct square *h)
{
    for (size_t c = 0; c < g->k; c++) {
        double own = h->at[c][c];

        for (size_t d = 0; d <= c; d++) {
            double left = h->at[c][d];

            for (size_t e = 0; e < d; e++)
                left -= h->at[c][e] * h->at[d][e];
            if (d < c) {
                h->at[c][d] = left / h->at[d][d];
                continue;
            }
            if (!(left > pivot_least * own)) {
                double *z = g->z[c];
                double *tilde = g->tilde[c];

                g->k--;
                for (size_t m = c; m < g->k; m++) {
                    g->z[m] = g->z[m + 1];
                    g->tilde[m] = g->tilde[m + 1];
                    g->kept[m] = g->kept[m + 1];
                    g->beta[m] = g->beta[m + 1];
                }
                g->z[g->k] = z;
                g->tilde[g->k] = tilde;
                g->beta[g->k] = 0;
                return true;
            }
            h->at[c][c] = sqrt(left);
        }
    }
    return false;
}

/* v = (L L')^-1 v. */
static void back_solve(const struct gravity *g, const struct square *l, double *v)
{
    for (size_t c = 0; c < g->k; c++) {
        for (size_t d = 0; d < c; d++)
            v[c] -= l->at[c][d] * v[d];
        v[c] /= l->at[c][c];
    }
    for (size_t c = g->k; c-- > 0;) {
        for (size_t d = c + 1; d < g->k; d++)
            v[c] -= l->at[d][c] * v[d];
        v[c] /= l->at[c][c];
    }
}

/* Newton's direction into step. */
static void find_step(struct gravity *g, double *step)
{
    struct square h;

    do {
        demean(g, mean_tolerance);
        cross(g, false, &h);
    } while (factor(g, &h));
    for (size_t c = 0; c < g->k; c++) {
        step[c] = 0;
        for (size_t q = 0; q < g->cells; q++)
            step[c] += (g->flow[q] - g->mu[q]) * g->tilde[c][q];
    }
    back_solve(g, &h, step);
}

/* The step, halved until the deviance does not grow; its largest part, or -1. */
static double take_step(struct gravity *g, const double *step, double *now)
{
    double from[ENT_GRAVITY_COVARIATES];
    double share = 1;

    memcpy(from, g->beta, sizeof(from));
    for (int halving = 0; halving < HALVINGS; halving++, share /= 2) {
        double largest = 0;
        double next;

        for (size_t c = 0; c < g->k; c++) {
            g->beta[c] = from[c] + share * step[c];
            largest = fmax(largest, fabs(share * step[c]));
        }
        if (!solve_effects(g))
            continue;
        next = deviance(g);
        if (next <= *now + 1e-9 * fabs(*now)) {
            *now = next;
            return largest;
        }
    }
    return -1;
}

static bool iterate(struct gravity *g, size_t most, struct ent_gravity *out)
{
    bool met = solve_effects(g);

    out->deviance = deviance(g);
    if (!met)
        return false;
    for (out->iterations = 1; out->iterations <= most; out->iterations++) {
        double step[ENT_GRAVITY_COVARIATES];

        find_step(g, step);
        out->last_step = take_step(g, step, &out->deviance);
        if (out->last_step < 0)
            return false;
        if (out->last_step < g->tolerance)
            return true;
    }
    out->iterations--;
    return false;
}

/* (sum mu z~z~')^-1 (sum (X - mu)^2 z~z~') (sum mu z~z~')^-1: the roots of its diagonal. */
static void standard_errors(struct gravity *g, struct ent_gravity *out)
{
    struct square h;
    struct square meat;

    demean(g, default_tolerance);
    cross(g, false, &h);
    cross(g, true, &meat);
    if (factor(g, &h))
        return;
    for (size_t c = 0; c < g->k; c++) {
        double row[ENT_GRAVITY_COVARIATES] = { 0 };
        double variance = 0;

        row[c] = 1;
        back_solve(g, &h, row);
        for (size_t d = 0; d < g->k; d++) {
            for (size_t e = 0; e < g->k; e++)
                variance += row[d] * row[e] * (d > e ? meat.at[d][e] : meat.at[e][d]);
        }
        out->error[g->kept[c]] = sqrt(variance);
    }
}

static void
report(struct gravity *g, size_t covariates, double *fitted, struct ent_gravity *out)
{
    for (size_t c = 0; c < ENT_GRAVITY_COVARIATES; c++)
        out->beta[c] = out->error[c] = NAN;
    for (size_t c = 0; c < g->k; c++)
        out->beta[g->kept[c]] = g->beta[c];
    out->dropped = covariates - g->k;
    standard_errors(g, out);
    out->cells = g->cells;
    for (size_t i = 0; i < g->n; i++) {
        out->exporters += g->by_row[i] > 0;
        out->importers += g->by_column[i] > 0;
    }
    for (size_t q = 0; q < g->n * g->n; q++)
        fitted[q] = NAN;
    for (size_t q = 0; q < g->cells; q++) {
        out->zeros += g->flow[q] == 0;
        fitted[g->row[q] * g->n + g->column[q]] = g->mu[q];
    }
}

static enum ent_status
check(size_t n, const double *flows, size_t covariates, struct ent_error *err)
{
    if (covariates > ENT_GRAVITY_COVARIATES)
        return ent_fail(err, ENT_EINVAL, "%zu covariates; at most %d", covariates,
                        ENT_GRAVITY_COVARIATES);
    if (n > UINT16_MAX)
        return ent_fail(err, ENT_EINVAL, "%zu states; at most %d", n, UINT16_MAX);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double flow = flows[i * n + j];

            if (i != j && !isnan(flow) && (flow < 0 || !isfinite(flow)))
                return ent_fail(err, ENT_EINVAL, "the flow from %zu to %zu is %g", i, j, flow);
        }
    }
    return ENT_OK;
}

/* One block of memory for all arrays of the given numbers of cells and states. */
static double *
share_out(struct gravity *g, size_t cells, size_t covariates, struct ent_error *err)
{
    size_t doubles = (3 + 2 * covariates) * cells + 6 * g->n;
    double *block = ent__calloc(doubles + (2 * cells * sizeof(uint16_t)) / sizeof(double) + 2,
                                sizeof(double));
    double *at = block;

    if (!block) {
        (void)ent_fail(err, ENT_ENOMEM, "out of memory for %zu flows", cells);
        return NULL;
    }
    g->by_row = at;
    g->by_column = at += g->n;
    g->a = at += g->n;
    g->b = at += g->n;
    g->sum = at += g->n;
    g->weight = at += g->n;
    g->flow = at += g->n;
    g->w = at += cells;
    g->mu = at += cells;
    at += cells;
    for (size_t c = 0; c < covariates; c++) {
        g->z[c] = at;
        g->tilde[c] = at + cells;
        at += 2 * cells;
    }
    g->row = (uint16_t *)(void *)at;
    g->column = g->row + cells;
    return block;
}

enum ent_status ent_gravity_fit(size_t n, const double *flows, size_t covariates,
                                const double *const *z,
                                const struct ent_gravity_options *options, double *fitted,
                                struct ent_gravity *out, struct ent_error *err)
{
    static const struct ent_gravity_options none;
    const struct ent_gravity_options *o = options ? options : &none;
    struct gravity g = { .n = n,
                         .tolerance = o->tolerance > 0 ? o->tolerance : default_tolerance,
                         .rounds = o->rounds ? o->rounds : ROUNDS };
    struct ent_gravity result = { .last_step = NAN };
    double *block;

    ENT_TRY(check(n, flows, covariates, err));
    block = share_out(&g, n * n, covariates, err);
    if (!block)
        return ENT_ENOMEM;
    find_totals(&g, flows, covariates, z);
    if (count_cells(&g, flows, covariates, z) == 0) {
        ent__free(block);
        return ent_fail(err, ENT_ENOTFOUND, "there is no flow above 0 to fit");
    }
    take_cells(&g, flows, covariates, z);
    keep_covariates(&g, covariates);
    for (size_t c = 0; c < g.k; c++)
        memcpy(g.tilde[c], g.z[c], g.cells * sizeof(double));
    for (size_t i = 0; i < n; i++)
        g.b[i] = g.by_column[i] > 0 ? 1 : 0;
    result.converged = iterate(&g, o->iterations ? o->iterations : ITERATIONS, &result);
    report(&g, covariates, fitted, &result);
    ent__free(block);
    *out = result;
    if (!result.converged)
        return ent_fail(err, ENT_EDIVERGE,
                        "gravity did not converge in %zu iterations; last step %g",
                        result.iterations, result.last_step);
    return ENT_OK;
}
