/* One sweep of a sampler: positions, then item by item cut-points, latent votes and beta. */
#include <math.h>

#include "base/alloc.h"
#include "base/parallel.h"
#include "ideal/inside.h"
#include "ideal/normal.h"

enum purpose {
    PURPOSE_ITEM,
    PURPOSE_STATE,
    PURPOSE_START,
};

static struct ent_rng stream(const struct ent_ideal_run *run, size_t chain,
                             enum purpose purpose, size_t sweep, size_t index)
{
    return ent__rng(run->options.seed, chain,
                    (uint64_t)sweep << 34 | (uint64_t)index << 2 | (uint64_t)purpose);
}

static double normal(struct ent_rng *rng)
{
    return ent__normal_quantile(ent__rng_unit(rng) + 0x1p-54);
}

void ent__ideal_standardise(double *theta, size_t n, double *mean, double *sd)
{
    double sum = 0, squares = 0;

    for (size_t p = 0; p < n; p++)
        sum += theta[p];
    *mean = sum / (double)n;
    for (size_t p = 0; p < n; p++)
        squares += (theta[p] - *mean) * (theta[p] - *mean);
    *sd = sqrt(squares / (double)(n - 1));
    for (size_t p = 0; p < n; p++)
        theta[p] = (theta[p] - *mean) / *sd;
}

static void draw_state(struct ent_ideal_run *run, size_t chain, size_t sweep, size_t i)
{
    const struct ent__ideal_layout *l = &run->layout;
    size_t first = l->state_start[i], n = l->state_start[i + 1] - first;
    struct ent_rng rng = stream(run, chain, PURPOSE_STATE, sweep, i);
    struct ent__ideal_path path = {
        .step = l->step + first,
        .information = run->state.information + first,
        .precision = run->state.precision + first,
        .mean = run->mean + first,
        .variance = run->variance + first,
    };
    double *theta = run->state.theta + first;

    if (n == 0)
        return;
    for (size_t t = 0; t < n; t++)
        theta[t] = normal(&rng);
    if (run->options.estimator == ENT_IDEAL_PUBLISHED)
        ent__ideal_draw_one_sided(&path, n, theta, run->state.centre + first, theta);
    else
        ent__ideal_draw_path(&path, n, theta, theta);
}

/* The latent vote of slot j: a normal variable about eta, between lo and hi. */
static double between(struct ent_rng *rng, double eta, double lo, double hi)
{
    double a = lo - eta, b = hi - eta, z;
    double u = ent__rng_unit(rng) + 0x1p-54;

    if (a > 0) { /* from the upper tail, which is exact there */
        double pa = ent__normal_cdf(-a), pb = ent__normal_cdf(-b);

        z = -ent__normal_quantile(pb + u * (pa - pb));
    } else {
        double pa = ent__normal_cdf(a), pb = ent__normal_cdf(b);

        z = ent__normal_quantile(pa + u * (pb - pa));
    }
    z = fmin(b, fmax(a, z));
    return fmin(9, fmax(-9, eta + z));
}

static double chance(double eta, double lo, double hi)
{
    double a = lo - eta, b = hi - eta;

    if (a > 0)
        return fmax(ent__normal_cdf(-a) - ent__normal_cdf(-b), 1e-12);
    return fmax(ent__normal_cdf(b) - ent__normal_cdf(a), 1e-12);
}

struct cuts {
    double gamma1, gamma2;
};

static void
bounds(const struct ent__ideal_span *s, uint32_t j, struct cuts c, double *lo, double *hi)
{
    *lo = j < s->yes ? -INFINITY : j < s->middle ? c.gamma2 : c.gamma1;
    *hi = j < s->yes ? c.gamma1 : j < s->middle ? INFINITY : c.gamma2;
}

/* Log likelihood of the votes on an item, the latent votes integrated out. */
static double likelihood(const struct ent_ideal_run *run, size_t v, struct cuts c)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    double sum = 0, lo, hi;

    for (uint32_t j = 0; j < s->end; j++) {
        uint32_t r = run->layout.rank_of_slot[s->start + j];

        if (r == run->layout.points)
            continue;
        bounds(s, j, c, &lo, &hi);
        sum += log(chance(run->state.beta[v] * (double)run->theta[r], lo, hi));
    }
    return sum;
}

/* log P(lo < N(mean, sd) < hi) */
static double log_mass(double mean, double sd, double lo, double hi)
{
    return log(
        fmax(ent__normal_cdf((hi - mean) / sd) - ent__normal_cdf((lo - mean) / sd), 1e-300));
}

static double propose(struct ent_rng *rng, double mean, double sd, double lo, double hi)
{
    double a = ent__normal_cdf((lo - mean) / sd), b = ent__normal_cdf((hi - mean) / sd);
    double x = mean + sd * ent__normal_quantile(a + (ent__rng_unit(rng) + 0x1p-54) * (b - a));

    return fmin(hi, fmax(lo, x));
}

/* Cowles (1996): both cut-points at once, by Metropolis and Hastings. */
static void move_cuts(struct ent_ideal_run *run, struct ent_rng *rng, size_t v, bool kept)
{
    const double sd = 0.2 / 3, limit = run->options.gamma_limit;
    struct cuts now = { run->state.gamma1[v], run->state.gamma2[v] }, next;
    double ratio;

    next.gamma1 = propose(rng, now.gamma1, sd, -limit, now.gamma2);
    next.gamma2 = propose(rng, now.gamma2, sd, next.gamma1, limit);
    ratio = likelihood(run, v, next) - likelihood(run, v, now) +
            log_mass(now.gamma2, sd, next.gamma1, run->options.estimator ? INFINITY : limit) -
            log_mass(next.gamma2, sd, now.gamma1, run->options.estimator ? INFINITY : limit);
    if (run->options.estimator == ENT_IDEAL_PATH)
        ratio += log_mass(now.gamma1, sd, -limit, now.gamma2) -
                 log_mass(next.gamma1, sd, -limit, next.gamma2);
    if (log(ent__rng_unit(rng)) >= ratio)
        return;
    run->state.gamma1[v] = next.gamma1;
    run->state.gamma2[v] = next.gamma2;
    run->sums.accepted[v] += kept;
}

static void draw_item(struct ent_ideal_run *run, size_t chain, size_t sweep, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    struct ent_rng rng = stream(run, chain, PURPOSE_ITEM, sweep, v);
    struct ent__ideal_state *state = &run->state;
    struct cuts c;
    double squares = 1, products = 0, lo, hi;

    move_cuts(run, &rng, v, sweep >= run->options.burn);
    c = (struct cuts){ state->gamma1[v], state->gamma2[v] };
    for (uint32_t j = 0; j < s->end; j++) {
        uint32_t r = run->layout.rank_of_slot[s->start + j];
        double theta = run->theta[r], z;

        if (r == run->layout.points)
            continue;
        bounds(s, j, c, &lo, &hi);
        z = between(&rng, state->beta[v] * theta, lo, hi);
        run->z[s->start + j] = (float)z;
        squares += theta * theta;
        products += theta * z;
    }
    state->beta[v] = products / squares + normal(&rng) / sqrt(squares);
}

/* The sums of beta z and beta^2 over the votes of each point. */
static void gather(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;

#pragma omp parallel for schedule(static) num_threads(run->options.threads)
    for (size_t p = 0; p < l->points; p++) {
        double products = 0, squares = 0;

        for (uint32_t k = l->entry_start[l->rank[p]]; k < l->entry_start[l->rank[p] + 1]; k++) {
            double beta = run->state.beta[l->entry_item[k]];

            products += beta * (double)run->z[l->entry_slot[k]];
            squares += beta * beta;
        }
        run->state.information[p] = products;
        run->state.precision[p] = squares;
    }
}

static void spread_theta(struct ent_ideal_run *run)
{
    for (size_t p = 0; p < run->layout.points; p++)
        run->theta[run->layout.rank[p]] = (float)run->state.theta[p];
}

void ent__ideal_sweep(struct ent_ideal_run *run, size_t chain, size_t sweep)
{
    double mean, sd;

#pragma omp parallel for schedule(dynamic) num_threads(run->options.threads)
    for (size_t i = 0; i < run->layout.states; i++)
        draw_state(run, chain, sweep, i);
    if (run->options.scale == ENT_IDEAL_STANDARDISED)
        ent__ideal_standardise(run->state.theta, run->layout.points, &mean, &sd);
    ent__ideal_turn(run);
    spread_theta(run);
#pragma omp parallel for schedule(dynamic, 16) num_threads(run->options.threads)
    for (size_t v = 0; v < run->layout.items; v++)
        draw_item(run, chain, sweep, v);
    gather(run);
}

/*
 * Starting values: the positions given; beta the sign of the difference between the
 * votes of the states that start high and low; gamma at the shares of the choices on
 * -1..1; latent votes about 0.
 */
static void begin_item(struct ent_ideal_run *run, size_t chain, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    double n = s->yes + s->abstain + s->no, with = 0,
           mean_choice = (s->abstain + 2.0 * s->no) / n;
    struct ent_rng rng = stream(run, chain, PURPOSE_START, 0, v);
    struct cuts c = { 2 * s->yes / n - 1, 2 * (s->yes + s->abstain) / n - 1 };
    double lo, hi;

    for (uint32_t j = 0; j < s->end; j++) {
        uint32_t r = run->layout.rank_of_slot[s->start + j];
        double choice = j < s->yes ? 0 : j < s->middle ? 2 : 1;

        if (r == run->layout.points)
            continue;
        with += (double)run->theta[r] * (choice - mean_choice);
        bounds(s, j, c, &lo, &hi);
        run->z[s->start + j] = (float)between(&rng, 0, lo, hi);
    }
    run->state.beta[v] = with > 0 ? 1 : with < 0 ? -1 : 0;
    run->state.gamma1[v] = c.gamma1;
    run->state.gamma2[v] = c.gamma2;
    run->state.spread[v] = 0;
}

void ent__ideal_begin(struct ent_ideal_run *run, size_t chain)
{
    const struct ent__ideal_layout *l = &run->layout;

    for (size_t i = 0; i < l->states; i++)
        for (size_t p = l->state_start[i]; p < l->state_start[i + 1]; p++)
            run->state.theta[p] = run->state.centre[p] = run->start[i];
    spread_theta(run);
    for (size_t v = 0; v < l->items; v++)
        begin_item(run, chain, v);
    gather(run);
}

void ent__ideal_predict(struct ent_ideal_run *run)
{
    for (size_t p = 0; p < run->layout.points; p++) {
        uint32_t r = run->layout.rank[p];

        for (uint32_t k = run->layout.entry_start[r]; k < run->layout.entry_start[r + 1]; k++) {
            size_t v = run->layout.entry_item[k];
            const struct ent__ideal_span *s = &run->layout.span[v];
            uint32_t j = run->layout.entry_slot[k] - s->start;
            double eta = run->state.beta[v] * run->state.theta[p];
            double yes = ent__normal_cdf(run->state.gamma1[v] - eta);
            double no = ent__normal_cdf(eta - run->state.gamma2[v]);
            double each[3] = { yes, no, 1 - yes - no };
            int cast = j < s->yes ? 0 : j < s->middle ? 1 : 2;

            run->sums.probability[p] += each[cast];
            run->sums.predicted[p] +=
                each[cast] >= each[(cast + 1) % 3] && each[cast] >= each[(cast + 2) % 3];
        }
    }
}
