/* One sweep of a sampler: positions, then item by item cut-points, latent votes and beta. */
#include <math.h>

#include "base/parallel.h"
#include "ideal/inside.h"
#include "ideal/kernel.h"
#include "ideal/tail.h"

enum purpose {
    PURPOSE_ITEM,
    PURPOSE_STATE,
    PURPOSE_START,
};

/* The authors' program keeps latent votes and positions within these. */
#define PUBLISHED_LATENT 9.0F
#define FAR              1e6F

/* The standard deviation with which the authors propose cut-points. */
#define COWLES_STEP (0.2 / 3)

/* A stream for each sweep and item or state, so that no order of work matters. */
static uint64_t stream(const struct ent_ideal_run *run, size_t chain, enum purpose purpose,
                       size_t sweep, size_t index)
{
    return ent__rng(run->options.seed, chain,
                    (uint64_t)sweep << 34 | (uint64_t)index << 2 | (uint64_t)purpose)
        .key;
}

float *ent__ideal_work(const struct ent_ideal_run *run)
{
    return run->work + (size_t)ent__thread_number() * run->work_size;
}

void ent__ideal_spread(struct ent_ideal_run *run)
{
    for (size_t p = 0; p < run->layout.points; p++)
        run->theta[run->layout.rank[p]] = (float)run->state.theta[p];
}

void ent__ideal_collect(struct ent_ideal_run *run, const float *slot, double *of_slot,
                        double *of_item)
{
    const struct ent__ideal_layout *l = &run->layout;

#pragma omp parallel for schedule(static) num_threads(run->options.threads)
    for (size_t r = 0; r < l->points; r++)
        run->kernel->collect(l, l->entry_start[r], l->entry_start[r + 1], slot, run->of_item,
                             &of_slot[l->point[r]], &of_item[l->point[r]]);
}

static void draw_state(struct ent_ideal_run *run, size_t chain, size_t sweep, size_t i)
{
    const struct ent__ideal_layout *l = &run->layout;
    size_t first = l->state_start[i], n = l->state_start[i + 1] - first;
    struct ent__ideal_path path = ent__ideal_path_of(run, i);
    float *normal = ent__ideal_work(run);

    if (n == 0)
        return;
    run->kernel->normals(stream(run, chain, PURPOSE_STATE, sweep, i), normal,
                         (n + ENT__IDEAL_LANES - 1) / ENT__IDEAL_LANES * ENT__IDEAL_LANES);
    if (run->options.estimator == ENT_IDEAL_PUBLISHED)
        ent__ideal_draw_one_sided(&path, n, normal, run->state.centre + first,
                                  run->state.theta + first);
    else
        ent__ideal_draw_path(&path, n, normal, run->state.theta + first);
}

/*
 * While burning in, steps grow or shrink so that a third of them is accepted (Robbins and
 * Monro); after it they stay, as a chain must not look back.
 */
static double adapted(double step, bool accepted, size_t sweep)
{
    double rate = 1 / sqrt((double)sweep + 10);

    step *= 1 + rate * (accepted ? 0.65 : -0.35);
    return fmin(1.5, fmax(0.01, step));
}

static void draw_item(struct ent_ideal_run *run, const struct ent__ideal_proposal *p, size_t v,
                      size_t lane, size_t sweep)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    struct ent__ideal_draw d = {
        .span = s,
        .rank = run->layout.rank_of_slot + s->start,
        .theta = run->theta,
        .key = p->key[lane],
        .beta = (float)run->state.beta[v],
        .gamma1 = p->gamma1[lane],
        .gamma2 = p->gamma2[lane],
        .next1 = p->next1[lane],
        .next2 = p->next2[lane],
        .threshold = p->threshold[lane],
        .normal = p->normal[lane],
        .limit = run->options.estimator == ENT_IDEAL_PUBLISHED ? PUBLISHED_LATENT : FAR,
        .gamma_limit = (float)run->options.gamma_limit,
        .together = run->options.estimator == ENT_IDEAL_PATH,
        .work = ent__ideal_work(run),
        .out = run->slot + s->start,
    };

    run->kernel->draw(&d);
    run->state.beta[v] = d.new_beta;
    run->of_item[v] = (float)(d.new_beta * d.new_beta);
    run->state.gamma1[v] = (double)d.new_gamma1;
    run->state.gamma2[v] = (double)d.new_gamma2;
    if (sweep >= run->options.burn)
        run->sums.accepted[v] += d.accepted;
    else if (run->options.estimator == ENT_IDEAL_PATH)
        run->state.step[v] = adapted(run->state.step[v], d.accepted, sweep);
}

/* ENT__IDEAL_LANES items from `first`: proposals of all at once, then one after another. */
static void draw_items(struct ent_ideal_run *run, size_t chain, size_t sweep, size_t first)
{
    size_t items = run->layout.items;
    struct ent__ideal_proposal p;

    for (size_t l = 0; l < ENT__IDEAL_LANES; l++) {
        size_t v = first + l < items ? first + l : items - 1;

        p.key[l] = stream(run, chain, PURPOSE_ITEM, sweep, v);
        p.gamma1[l] = (float)run->state.gamma1[v];
        p.gamma2[l] = (float)run->state.gamma2[v];
        p.sd[l] = (float)run->state.step[v];
    }
    run->kernel->propose(&p, (float)run->options.gamma_limit,
                         run->options.estimator == ENT_IDEAL_PUBLISHED);
    for (size_t l = 0; l < ENT__IDEAL_LANES && first + l < items; l++)
        draw_item(run, &p, first + l, l, sweep);
}

void ent__ideal_sweep(struct ent_ideal_run *run, size_t chain, size_t sweep)
{
    double mean, sd;

#pragma omp parallel for schedule(dynamic, 4) num_threads(run->options.threads)
    for (size_t i = 0; i < run->layout.states; i++)
        draw_state(run, chain, sweep, i);
    if (run->options.scale == ENT_IDEAL_STANDARDISED)
        ent__ideal_standardise(run->state.theta, run->layout.points, &mean, &sd);
    ent__ideal_turn(run);
    ent__ideal_spread(run);
#pragma omp parallel for schedule(dynamic) num_threads(run->options.threads)
    for (size_t v = 0; v < run->layout.items; v += ENT__IDEAL_LANES)
        draw_items(run, chain, sweep, v);
    ent__ideal_collect(run, run->slot, run->state.information, run->state.precision);
}

/*
 * Starting values of an item: beta the side on which the states that start high vote;
 * gamma the shares of the choices on -1..1; latent votes about 0.
 */
static void begin_item(struct ent_ideal_run *run, size_t chain, size_t v)
{
    const struct ent__ideal_span *s = &run->layout.span[v];
    double n = s->yes + s->abstain + s->no, with = 0;
    double middle_choice = (s->abstain + 2.0 * s->no) / n;
    float g1 = (float)(2 * s->yes / n - 1), g2 = (float)(2 * (s->yes + s->abstain) / n - 1);
    uint64_t key = stream(run, chain, PURPOSE_START, 0, v);
    bool quick = run->options.estimator == ENT_IDEAL_QUICK;
    float beta;

    for (uint32_t j = 0; j < s->end; j++) {
        int choice = j < s->yes ? 0 : j < s->middle ? 2 : 1;
        float theta = run->theta[run->layout.rank_of_slot[s->start + j]];
        float u = quick ? 0.5F : ent__unit_of((uint32_t)(ent__rng_at(key, j + 1) >> 32)), z;

        with += (double)theta * (choice - middle_choice);
        if (choice == 1)
            z = ent__within(ent__interval(g1, g2), u);
        else
            z = choice == 0 ? ent__below(g1, ent__tail(fabsf(g1)), u)
                            : -ent__below(-g2, ent__tail(fabsf(g2)), u);
        run->slot[s->start + j] = z;
    }
    beta = with > 0 ? 1 : with < 0 ? -1 : 0;
    for (uint32_t j = 0; j < s->end; j++)
        run->slot[s->start + j] *= beta;
    run->state.beta[v] = (double)beta;
    run->of_item[v] = beta * beta;
    run->state.gamma1[v] = (double)g1;
    run->state.gamma2[v] = (double)g2;
    run->state.spread[v] = 0;
    run->state.step[v] = COWLES_STEP;
}

void ent__ideal_begin(struct ent_ideal_run *run, size_t chain)
{
    const struct ent__ideal_layout *l = &run->layout;
    bool published = run->options.estimator == ENT_IDEAL_PUBLISHED;

    for (size_t i = 0; i < l->states; i++)
        for (size_t p = l->state_start[i]; p < l->state_start[i + 1]; p++) {
            run->state.theta[p] = run->start[i];
            run->state.centre[p] = published ? run->start[i] : 0;
        }
    ent__ideal_spread(run);
    for (size_t v = 0; v < l->items; v++)
        begin_item(run, chain, v);
    ent__ideal_collect(run, run->slot, run->state.information, run->state.precision);
}

void ent__ideal_predict(struct ent_ideal_run *run)
{
    const struct ent__ideal_layout *l = &run->layout;
    double *probability = run->mean, *hits = run->variance;

#pragma omp parallel for schedule(dynamic, 16) num_threads(run->options.threads)
    for (size_t v = 0; v < l->items; v++) {
        const struct ent__ideal_span *s = &l->span[v];
        struct ent__ideal_guess g = {
            .span = s,
            .rank = l->rank_of_slot + s->start,
            .theta = run->theta,
            .beta = (float)run->state.beta[v],
            .gamma1 = (float)run->state.gamma1[v],
            .gamma2 = (float)run->state.gamma2[v],
            .probability = run->slot + s->start,
            .hit = run->hit + s->start,
        };

        run->kernel->guess(&g);
    }
    ent__ideal_collect(run, run->slot, probability, run->other);
    ent__ideal_collect(run, run->hit, hits, run->other);
    for (size_t p = 0; p < l->points; p++) {
        run->sums.probability[p] += probability[p];
        run->sums.predicted[p] += hits[p];
    }
}
