/*
 * Variational EM (after Imai, Lo and Olmsted 2016, with ordered choices and a random walk):
 * q(theta) has mean theta and variance V, q(beta) mean beta and variance Vb, gamma is a point.
 * Of the run's state, centre is V and spread Vb.
 */
#include <math.h>

#include "ideal/inside.h"
#include "ideal/kernel.h"

/* Cut-points have the prior exp(-gamma^2 / 50). */
#define GAMMA_PRIOR 25.0

/* Look at an item at cut-points; with the prior in its sums. */
static void look(const struct ent_ideal_run *run, struct ent__ideal_look *k)
{
    double g1 = (double)k->gamma1, g2 = (double)k->gamma2;

    run->kernel->look(k);
    k->value -= (g1 * g1 + g2 * g2) / (2 * GAMMA_PRIOR);
    k->d1 -= g1 / GAMMA_PRIOR;
    k->d2 -= g2 / GAMMA_PRIOR;
    k->d11 -= 1 / GAMMA_PRIOR;
    k->d22 -= 1 / GAMMA_PRIOR;
}

/*
 * Newton's step.  Where nobody abstained the two cut-points are one; where nobody said
 * yes, or no, the one beyond has gone as far as it may and stays there.
 */
void ent__ideal_newton(const struct ent__ideal_look *k, double step[2])
{
    const struct ent__ideal_span *s = k->span;
    double det = k->d11 * k->d22 - k->d12 * k->d12;

    if (s->abstain == 0) {
        step[0] = step[1] = -(k->d1 + k->d2) / (k->d11 + k->d22);
    } else if (s->yes == 0) {
        step[0] = 0;
        step[1] = -k->d2 / k->d22;
    } else if (s->no == 0) {
        step[0] = -k->d1 / k->d11;
        step[1] = 0;
    } else {
        step[0] = -(k->d22 * k->d1 - k->d12 * k->d2) / det;
        step[1] = -(k->d11 * k->d2 - k->d12 * k->d1) / det;
    }
}

/* The cut-point beyond a category that nobody chose. */
static void push_out(struct ent_ideal_run *run, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];

    if (s->yes == 0 && s->abstain > 0)
        run->state.gamma1[v] = -run->options.gamma_limit;
    if (s->no == 0 && s->abstain > 0)
        run->state.gamma2[v] = run->options.gamma_limit;
}

/* A step below this is not taken: it is a hundredth of what the votes can tell. */
#define SMALL_STEP 5e-4

/*
 * Move the cut-points by one step, halved until it keeps their order and does not lower
 * the value by more than rounding; *k is left at where they are.
 */
static void climb(const struct ent_ideal_run *run, struct ent__ideal_look *k)
{
    const struct ent__ideal_look from = *k;
    double step[2];

    ent__ideal_newton(k, step);
    if (fabs(step[0]) < SMALL_STEP && fabs(step[1]) < SMALL_STEP)
        return;
    for (int halvings = 0; halvings < 8; halvings++, step[0] /= 2, step[1] /= 2) {
        k->gamma1 = from.gamma1 + (float)step[0];
        k->gamma2 = from.gamma2 + (float)step[1];
        if (k->span->abstain > 0 && !(k->gamma1 < k->gamma2))
            continue;
        look(run, k);
        if (k->value >= from.value - 1e-6 * fabs(from.value))
            return;
    }
    *k = from;
    look(run, k);
}

/* Cut-points and beta of an item. */
static void move_item(struct ent_ideal_run *run, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    float *out = run->slot + s->start, beta;
    struct ent__ideal_look k = {
        .span = s,
        .rank = run->layout.rank_of_slot + s->start,
        .theta = run->theta,
        .variance = run->spread,
        .beta = (float)run->state.beta[v],
        .gamma1 = (float)run->state.gamma1[v],
        .gamma2 = (float)run->state.gamma2[v],
        .work = ent__ideal_work(run),
        .latent = out,
        .curvature = run->hit + s->start,
    };

    look(run, &k);
    climb(run, &k);
    climb(run, &k);
    run->state.gamma1[v] = (double)k.gamma1;
    run->state.gamma2[v] = (double)k.gamma2;
    run->state.spread[v] = 1 / (1 + k.squares);
    run->state.beta[v] = run->state.spread[v] * k.products;
    run->of_item[v] = (float)(run->state.beta[v] * run->state.beta[v] + run->state.spread[v]);
    beta = (float)run->state.beta[v];
    for (uint32_t j = 0; j < s->end; j++)
        out[j] *= beta;
}

static void move_state(struct ent_ideal_run *run, size_t i)
{
    size_t first = run->layout.state_start[i], n = run->layout.state_start[i + 1] - first;
    struct ent__ideal_path path = ent__ideal_path_of(run, i);

    if (n > 0)
        ent__ideal_smooth(&path, n, run->state.theta + first, run->state.centre + first);
}

/* theta to mean 0 and s.d. 1, and the rest so that no probability changes. */
static void standardise(struct ent_ideal_run *run)
{
    const struct ent__ideal_state *s = &run->state;
    double mean, sd;

    ent__ideal_standardise(s->theta, run->layout.points, &mean, &sd);
    for (size_t v = 0; v < run->layout.items; v++) {
        s->gamma1[v] -= s->beta[v] * mean;
        s->gamma2[v] -= s->beta[v] * mean;
        s->beta[v] *= sd;
        s->spread[v] *= sd * sd;
        push_out(run, v);
    }
    for (size_t p = 0; p < run->layout.points; p++)
        s->centre[p] /= sd * sd;
}

static void move_states(struct ent_ideal_run *run)
{
#pragma omp parallel for schedule(dynamic, 4) num_threads(run->options.threads)
    for (size_t i = 0; i < run->layout.states; i++)
        move_state(run, i);
    standardise(run);
    ent__ideal_turn(run);
}

void ent__ideal_quick_begin(struct ent_ideal_run *run)
{
    ent__ideal_begin(run, 0);
    move_states(run);
}

double ent__ideal_quick_sweep(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;
    double change = 0;

    ent__ideal_spread(run);
    for (size_t p = 0; p < l->points; p++)
        run->spread[l->rank[p]] = (float)run->state.centre[p];
#pragma omp parallel for schedule(dynamic, 16) num_threads(run->options.threads)
    for (size_t v = 0; v < l->items; v++)
        move_item(run, v);
    ent__ideal_collect(run, run->slot, run->state.information, run->state.precision);
    move_states(run);
    for (size_t p = 0; p < l->points; p++) {
        double move = fabs(run->state.theta[p] - (double)run->theta[l->rank[p]]);

        change = move <= change ? change : move; /* a NAN stays */
    }
    return change;
}

/* beta^2 times the curvature of each vote on an item. */
static void bend_item(struct ent_ideal_run *run, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    float *out = run->hit + s->start;
    float beta = (float)run->state.beta[v];
    struct ent__ideal_look k = {
        .span = s,
        .rank = run->layout.rank_of_slot + s->start,
        .theta = run->theta,
        .variance = run->spread,
        .beta = beta,
        .gamma1 = (float)run->state.gamma1[v],
        .gamma2 = (float)run->state.gamma2[v],
        .work = ent__ideal_work(run),
        .latent = run->slot + s->start,
        .curvature = out,
    };

    run->kernel->look(&k);
    for (uint32_t j = 0; j < s->end; j++)
        out[j] *= beta * beta;
}

/*
 * Standard deviations by the curvature observed: the matrix of second derivatives has
 * h = sum of beta^2 (u^2 - d2) and the precision of the walk beside it.  The diagonal of its
 * inverse is what the smoother gives for these precisions.
 */
void ent__ideal_quick_end(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;

    ent__ideal_spread(run);
#pragma omp parallel for schedule(dynamic, 16) num_threads(run->options.threads)
    for (size_t v = 0; v < l->items; v++)
        bend_item(run, v);
    ent__ideal_collect(run, run->hit, run->state.precision, run->other);
    for (size_t p = 0; p < l->points; p++)
        run->state.information[p] = 0;
    for (size_t i = 0; i < l->states; i++) {
        size_t first = l->state_start[i], n = l->state_start[i + 1] - first;
        struct ent__ideal_path path = ent__ideal_path_of(run, i);

        if (n > 0)
            ent__ideal_smooth(&path, n, run->other + first, run->state.centre + first);
    }
    ent__ideal_predict(run);
}
