/*
 * Variational EM (Imai, Lo and Olmsted 2016, with ordered choices and a random walk):
 * q(theta) has mean theta and variance V, q(beta) mean beta and variance Vb, gamma is a point.
 */
#include <math.h>

#include "base/parallel.h"
#include "ideal/inside.h"
#include "ideal/normal.h"

/* What one vote says, given eta: its probability, and derivatives of the log of it. */
struct vote {
    double p;
    double u;      /* (density(a) - density(b)) / p: the excess of E[z] over eta */
    double d2;     /* (a density(a) - b density(b)) / p */
    double ua, ub; /* density(a) / p, density(b) / p */
};

static double density(double x)
{
    return isinf(x) ? 0 : ent__normal_density(x);
}

static struct vote look(double a, double b)
{
    struct vote v;

    v.p = a > 0 ? ent__normal_cdf(-a) - ent__normal_cdf(-b)
                : ent__normal_cdf(b) - ent__normal_cdf(a);
    v.p = fmax(v.p, 1e-12);
    v.ua = density(a) / v.p;
    v.ub = density(b) / v.p;
    v.u = v.ua - v.ub;
    v.d2 = (isinf(a) ? 0 : a * v.ua) - (isinf(b) ? 0 : b * v.ub);
    return v;
}

static void
bounds(const struct ent__ideal_span *s, uint32_t j, double g1, double g2, double *a, double *b)
{
    *a = j < s->yes ? -INFINITY : j < s->middle ? g2 : g1;
    *b = j < s->yes ? g1 : j < s->middle ? INFINITY : g2;
}

/* The penalised log likelihood of an item's cut-points, with its first and second derivatives.
 */
struct slope {
    double value, d1, d2, d11, d22, d12;
};

static struct slope climb(const struct ent_ideal_run *run, size_t v, double g1, double g2)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    struct slope t = { -(g1 * g1 + g2 * g2) / 50, -g1 / 25, -g2 / 25, -1.0 / 25, -1.0 / 25, 0 };

    for (uint32_t j = 0; j < s->end; j++) {
        uint32_t r = run->layout.rank_of_slot[s->start + j];
        double a, b, eta;
        struct vote l;

        if (r == run->layout.points)
            continue;
        eta = run->state.beta[v] * (double)run->theta[r];
        bounds(s, j, g1, g2, &a, &b);
        l = look(a - eta, b - eta);
        t.value += log(l.p);
        if (j < s->yes) {
            t.d1 += l.ub;
            t.d11 -= l.ub * (b - eta) + l.ub * l.ub;
        } else if (j < s->middle) {
            t.d2 -= l.ua;
            t.d22 += l.ua * (a - eta) - l.ua * l.ua;
        } else {
            t.d1 -= l.ua;
            t.d2 += l.ub;
            t.d11 += l.ua * (a - eta) - l.ua * l.ua;
            t.d22 -= l.ub * (b - eta) + l.ub * l.ub;
            t.d12 += l.ua * l.ub;
        }
    }
    return t;
}

/* One Newton step, halved until it keeps the order and does not lower the value. */
static void newton(struct ent_ideal_run *run, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    double *g1 = &run->state.gamma1[v], *g2 = &run->state.gamma2[v];
    struct slope t = climb(run, v, *g1, *g2);
    double det, s1, s2;

    if (s->abstain == 0) { /* the two cut-points are one */
        s1 = s2 = -(t.d1 + t.d2) / (t.d11 + t.d22);
    } else if (s->yes == 0) {
        s1 = 0;
        s2 = -t.d2 / t.d22;
    } else if (s->no == 0) {
        s1 = -t.d1 / t.d11;
        s2 = 0;
    } else {
        det = t.d11 * t.d22 - t.d12 * t.d12;
        s1 = -(t.d22 * t.d1 - t.d12 * t.d2) / det;
        s2 = -(t.d11 * t.d2 - t.d12 * t.d1) / det;
    }
    for (int k = 0; k < 8; k++, s1 /= 2, s2 /= 2) {
        double h1 = *g1 + s1, h2 = *g2 + s2;

        if (s->abstain > 0 && !(h1 < h2))
            continue;
        if (climb(run, v, h1, h2).value < t.value)
            continue;
        *g1 = h1;
        *g2 = h2;
        return;
    }
}

/* beta given the cut-points; variance[] by rank. */
static void move_item(struct ent_ideal_run *run, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    double squares = 1, products = 0;

    newton(run, v);
    newton(run, v);
    for (uint32_t j = 0; j < s->end; j++) {
        uint32_t r = run->layout.rank_of_slot[s->start + j];
        double a, b, theta, eta;

        if (r == run->layout.points)
            continue;
        theta = (double)run->theta[r];
        eta = run->state.beta[v] * theta;
        bounds(s, j, run->state.gamma1[v], run->state.gamma2[v], &a, &b);
        run->z[s->start + j] = (float)(eta + look(a - eta, b - eta).u);
        squares += theta * theta + run->state.centre[run->layout.point[r]];
        products += theta * (double)run->z[s->start + j];
    }
    run->state.spread[v] = 1 / squares;
    run->state.beta[v] = products / squares;
}

/* Kalman filter and smoother of one state's path: means into theta, variances into v. */
static void smooth(const struct ent__ideal_path *path, size_t n, double *theta, double *v)
{
    double *m = path->mean, *c = path->variance, o = 1, before = 0;

    for (size_t t = 0; t < n; t++) {
        if (t > 0)
            o = c[t - 1] + path->step[t];
        c[t] = 1 / (path->precision[t] + 1 / o);
        m[t] = c[t] * (path->information[t] + before / o);
        before = m[t];
    }
    theta[n - 1] = m[n - 1];
    v[n - 1] = c[n - 1];
    for (size_t t = n - 1; t-- > 0;) {
        double next = c[t] + path->step[t + 1], j = c[t] / next;

        theta[t] = m[t] + j * (theta[t + 1] - m[t]);
        v[t] = c[t] + j * j * (v[t + 1] - next);
    }
}

static void move_state(struct ent_ideal_run *run, size_t i)
{
    const struct ent__ideal_layout *l = &run->layout;
    size_t first = l->state_start[i], n = l->state_start[i + 1] - first;
    struct ent__ideal_path path = {
        .step = l->step + first,
        .information = run->state.information + first,
        .precision = run->state.precision + first,
        .mean = run->mean + first,
        .variance = run->variance + first,
    };

    for (size_t p = first; p < first + n; p++) {
        double products = 0, squares = 0;

        for (uint32_t k = l->entry_start[l->rank[p]]; k < l->entry_start[l->rank[p] + 1]; k++) {
            size_t v = l->entry_item[k];

            products += run->state.beta[v] * (double)run->z[l->entry_slot[k]];
            squares += run->state.beta[v] * run->state.beta[v] + run->state.spread[v];
        }
        run->state.information[p] = products;
        run->state.precision[p] = squares;
    }
    if (n > 0)
        smooth(&path, n, run->state.theta + first, run->state.centre + first);
}

double ent__ideal_quick_sweep(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;
    double mean, sd, change = 0;

    if (run->done == 0)
        for (size_t p = 0; p < l->points; p++)
            run->state.centre[p] = 0;
#pragma omp parallel for schedule(dynamic, 16) num_threads(run->options.threads)
    for (size_t v = 0; v < l->items; v++)
        move_item(run, v);
#pragma omp parallel for schedule(dynamic) num_threads(run->options.threads)
    for (size_t i = 0; i < l->states; i++)
        move_state(run, i);
    ent__ideal_standardise(run->state.theta, l->points, &mean, &sd);
    for (size_t v = 0; v < l->items; v++) {
        run->state.gamma1[v] -= run->state.beta[v] * mean;
        run->state.gamma2[v] -= run->state.beta[v] * mean;
        run->state.beta[v] *= sd;
        run->state.spread[v] *= sd * sd;
    }
    for (size_t p = 0; p < l->points; p++)
        run->state.centre[p] /= sd * sd;
    ent__ideal_turn(run);
    for (size_t p = 0; p < l->points; p++) {
        float *at = &run->theta[l->rank[p]];

        change = fmax(change, fabs(run->state.theta[p] - (double)*at));
        *at = (float)run->state.theta[p];
    }
    return change;
}

/*
 * Standard deviations by the curvature observed: h = sum of beta^2 (u^2 - d2) over the
 * votes, and the precision of the walk beside it, a tridiagonal matrix of which the inverse's
 * diagonal is wanted.  Forward pivots C = 1 / (h + what remains of the walk); then backward.
 */
void ent__ideal_quick_end(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;

    for (size_t p = 0; p < l->points; p++) {
        double h = 0;

        for (uint32_t k = l->entry_start[l->rank[p]]; k < l->entry_start[l->rank[p] + 1]; k++) {
            size_t v = l->entry_item[k];
            const struct ent__ideal_span *s = &l->span[v];
            double eta = run->state.beta[v] * run->state.theta[p], a, b;
            struct vote x;

            bounds(s, l->entry_slot[k] - s->start, run->state.gamma1[v], run->state.gamma2[v],
                   &a, &b);
            x = look(a - eta, b - eta);
            h += run->state.beta[v] * run->state.beta[v] * fmax(0, x.u * x.u - x.d2);
        }
        run->state.precision[p] = h;
        run->state.information[p] = 0;
    }
    for (size_t i = 0; i < l->states; i++) {
        size_t first = l->state_start[i], n = l->state_start[i + 1] - first;
        struct ent__ideal_path path = {
            .step = l->step + first,
            .information = run->state.information + first,
            .precision = run->state.precision + first,
            .mean = run->mean + first,
            .variance = run->variance + first,
        };

        /* The smoothed variances of a filter with these precisions are that diagonal. */
        if (n > 0)
            smooth(&path, n, run->mean + first, run->state.centre + first);
    }
    ent__ideal_predict(run);
}
