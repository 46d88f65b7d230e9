/* A run: its options, its memory, and its sweeps one after another. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "ideal/inside.h"
#include "ideal/kernel.h"

static size_t or_else(size_t given, size_t otherwise)
{
    return given ? given : otherwise;
}

static enum ent_status
check_options(struct ent_ideal_options *o, size_t states, struct ent_error *err)
{
    bool published = o->estimator == ENT_IDEAL_PUBLISHED;

    if (o->estimator != ENT_IDEAL_PATH && o->estimator != ENT_IDEAL_PUBLISHED &&
        o->estimator != ENT_IDEAL_QUICK)
        return ent_fail(err, ENT_EINVAL, "estimator %d is not known", (int)o->estimator);
    if (o->scale != ENT_IDEAL_STANDARDISED &&
        (o->scale != ENT_IDEAL_PRIOR || o->estimator != ENT_IDEAL_PATH))
        return ent_fail(err, ENT_EINVAL, "scale %d is not for this estimator", (int)o->scale);
    if (o->high >= states && o->low >= states)
        return ent_fail(err, ENT_EINVAL, "no state fixes the sign");
    if (o->estimator == ENT_IDEAL_QUICK)
        o->chains = o->draws = o->thin = o->burn = 0;
    else {
        o->chains = or_else(o->chains, 4);
        o->burn = or_else(o->burn, published ? 4000 : 1000);
        o->draws = or_else(o->draws, published ? 400 : 500);
        o->thin = or_else(o->thin, published ? 50 : 8);
    }
    o->sweeps = or_else(o->sweeps, 500);
    o->tolerance = o->tolerance > 0 ? o->tolerance : 4e-3;
    o->first_variance = o->first_variance > 0 ? o->first_variance : 4;
    o->gamma_limit = o->gamma_limit > 0 ? o->gamma_limit : 7;
    o->threads = o->threads > 0 ? o->threads : 1;
    if (o->threads > 1024)
        return ent_fail(err, ENT_EINVAL, "%d threads, expected at most 1024", o->threads);
    if (o->chains > 1000 || o->burn > 100000000 || o->draws > 10000000 || o->thin > 1000000)
        return ent_fail(err, ENT_EINVAL, "more chains, draws or sweeps than can be counted");
    return ENT_OK;
}

/* Hand out the arrays of state and sums from one block, which is what is saved. */
static void share_out(struct ent_ideal_run *run)
{
    size_t points = run->layout.points, items = run->layout.items;
    double *at = run->numbers;
    double **of_points[] = { &run->state.theta,       &run->state.centre,
                             &run->state.information, &run->state.precision,
                             &run->sums.probability,  &run->sums.predicted };
    double **of_items[] = { &run->state.beta,   &run->state.gamma1, &run->state.gamma2,
                            &run->state.spread, &run->state.step,   &run->sums.beta,
                            &run->sums.beta2,   &run->sums.gamma1,  &run->sums.gamma12,
                            &run->sums.gamma2,  &run->sums.gamma22, &run->sums.accepted };

    for (size_t k = 0; k < sizeof(of_points) / sizeof(*of_points); k++, at += points)
        *of_points[k] = at;
    for (size_t k = 0; k < sizeof(of_items) / sizeof(*of_items); k++, at += items)
        *of_items[k] = at;
}

/* Room for the largest item and the longest path. */
static size_t work_size(const struct ent__ideal_layout *l)
{
    size_t size = 0;

    for (size_t v = 0; v < l->items; v++)
        if (size < (size_t)l->span[v].end * ENT__IDEAL_WORK)
            size = (size_t)l->span[v].end * ENT__IDEAL_WORK;
    for (size_t i = 0; i < l->states; i++)
        if (size < l->state_start[i + 1] - l->state_start[i])
            size = l->state_start[i + 1] - l->state_start[i];
    return (size + ENT__IDEAL_LANES) / ENT__IDEAL_LANES * ENT__IDEAL_LANES;
}

static enum ent_status make_room(struct ent_ideal_run *run, struct ent_error *err)
{
    const struct ent__ideal_layout *l = &run->layout;
    const struct ent_ideal_options *o = &run->options;
    size_t rows = 0;

    run->number_count = 6 * l->points + 12 * l->items;
    run->numbers = ent__calloc(run->number_count, sizeof(*run->numbers));
    run->mean = ent__calloc(l->points, sizeof(*run->mean));
    run->variance = ent__calloc(l->points, sizeof(*run->variance));
    run->other = ent__calloc(l->points, sizeof(*run->other));
    run->slot = ent__calloc(l->slots, sizeof(*run->slot));
    run->hit = ent__calloc(l->slots, sizeof(*run->hit));
    run->of_item = ent__calloc(l->items, sizeof(*run->of_item));
    run->spread = ent__calloc(l->points + 1, sizeof(*run->spread));
    run->work_size = work_size(l);
    run->work = ent__calloc((size_t)o->threads * run->work_size, sizeof(*run->work));
    run->theta = ent__calloc(l->points + 1, sizeof(*run->theta));
    if (__builtin_mul_overflow(o->chains * o->draws, l->points, &rows))
        rows = SIZE_MAX;
    run->draw = ent__calloc(rows, sizeof(*run->draw));
    if (!run->numbers || !run->mean || !run->variance || !run->other || !run->slot ||
        !run->hit || !run->of_item || !run->theta || !run->spread || !run->work || !run->draw)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu draws of %zu positions",
                        o->chains * o->draws, l->points);
    share_out(run);
    return ENT_OK;
}

static enum ent_status
take_start(struct ent_ideal_run *run, const double *start, struct ent_error *err)
{
    size_t states = run->layout.states;

    run->start = ent__calloc(states, sizeof(*run->start));
    if (!run->start)
        return ent_fail(err, ENT_ENOMEM, "out of memory");
    for (size_t i = 0; start && i < states; i++)
        if (isfinite(start[i]))
            run->start[i] = start[i];
    if (!start && run->options.high < states)
        run->start[run->options.high] = 3;
    if (!start && run->options.low < states)
        run->start[run->options.low] = -2;
    run->options.start = NULL;
    return ENT_OK;
}

enum ent_status ent__ideal_new(const struct ent_ideal_votes *votes,
                               const struct ent_ideal_options *options,
                               struct ent_ideal_run **out, struct ent_error *err)
{
    struct ent_ideal_run *run = NULL;
    struct ent_ideal_options filled = *options;
    enum ent_status status = check_options(&filled, votes->states, err);

    if (status != ENT_OK)
        return status;
    run = ent__calloc(1, sizeof(*run));
    if (!run)
        return ent_fail(err, ENT_ENOMEM, "out of memory");
    run->options = filled;
    run->kernel = ent__ideal_kernel();
    run->total = filled.estimator == ENT_IDEAL_QUICK
                     ? filled.sweeps
                     : filled.chains * (filled.burn + filled.draws * filled.thin);
    status = ent__ideal_layout_make(votes, &run->layout, err);
    if (status == ENT_OK)
        status = make_room(run, err);
    if (status == ENT_OK)
        status = take_start(run, options->start, err);
    if (status != ENT_OK) {
        ent__ideal_free(run);
        return status;
    }
    *out = run;
    return ENT_OK;
}

void ent__ideal_free(struct ent_ideal_run *run)
{
    if (!run)
        return;
    ent__ideal_layout_release(&run->layout);
    ent__free(run->start);
    ent__free(run->numbers);
    ent__free(run->draw);
    ent__free(run->mean);
    ent__free(run->variance);
    ent__free(run->other);
    ent__free(run->slot);
    ent__free(run->hit);
    ent__free(run->of_item);
    ent__free(run->spread);
    ent__free(run->work);
    ent__free(run->theta);
    ent__free(run);
}

struct ent_ideal_progress ent__ideal_progress(const struct ent_ideal_run *run)
{
    return (struct ent_ideal_progress){ .done = run->done,
                                        .total = run->total,
                                        .complete = run->complete };
}

struct ent_ideal_options ent__ideal_options(const struct ent_ideal_run *run)
{
    return run->options;
}

/* Turn theta and beta where the state that fixes the sign is on the wrong side. */
void ent__ideal_turn(struct ent_ideal_run *run)
{
    const struct ent_ideal_options *o = &run->options;
    const struct ent__ideal_layout *l = &run->layout;
    size_t state = o->high < l->states ? o->high : o->low;
    double sum = 0;

    for (size_t p = l->state_start[state]; p < l->state_start[state + 1]; p++)
        sum += run->state.theta[p];
    if ((state == o->high) == (sum >= 0))
        return;
    for (size_t p = 0; p < l->points; p++) {
        run->state.theta[p] = -run->state.theta[p];
        if (o->estimator == ENT_IDEAL_PUBLISHED)
            run->state.centre[p] = -run->state.centre[p];
    }
    for (size_t v = 0; v < l->items; v++)
        run->state.beta[v] = -run->state.beta[v];
}

static enum ent_status advance_quick(struct ent_ideal_run *run, struct ent_error *err)
{
    if (run->done == 0)
        ent__ideal_quick_begin(run);
    run->change = ent__ideal_quick_sweep(run);
    run->done++;
    if (!isfinite(run->change))
        return ent_fail(err, ENT_EDIVERGE, "a position is no number after sweep %zu",
                        run->done);
    run->complete = run->change < run->options.tolerance || run->done == run->total;
    if (run->complete)
        ent__ideal_quick_end(run);
    return ENT_OK;
}

/* Store theta as draw d of a chain. */
static void keep(struct ent_ideal_run *run, size_t chain, size_t d)
{
    const struct ent_ideal_options *o = &run->options;
    const struct ent__ideal_state *s = &run->state;

    for (size_t p = 0; p < run->layout.points; p++)
        run->draw[(p * o->chains + chain) * o->draws + d] = (float)s->theta[p];
    for (size_t v = 0; v < run->layout.items; v++) {
        run->sums.beta[v] += s->beta[v];
        run->sums.beta2[v] += s->beta[v] * s->beta[v];
        run->sums.gamma1[v] += s->gamma1[v];
        run->sums.gamma12[v] += s->gamma1[v] * s->gamma1[v];
        run->sums.gamma2[v] += s->gamma2[v];
        run->sums.gamma22[v] += s->gamma2[v] * s->gamma2[v];
    }
    ent__ideal_predict(run);
}

static enum ent_status advance_chain(struct ent_ideal_run *run, struct ent_error *err)
{
    const struct ent_ideal_options *o = &run->options;
    size_t length = o->burn + o->draws * o->thin;
    size_t chain = run->done / length, sweep = run->done % length;

    if (sweep == 0)
        ent__ideal_begin(run, chain);
    ent__ideal_sweep(run, chain, sweep);
    for (size_t p = 0; p < run->layout.points; p++)
        if (!isfinite(run->state.theta[p]))
            return ent_fail(err, ENT_EDIVERGE, "a position is no number after sweep %zu",
                            sweep + 1);
    if (sweep >= o->burn && (sweep - o->burn + 1) % o->thin == 0)
        keep(run, chain, (sweep - o->burn) / o->thin);
    run->done++;
    run->complete = run->done == run->total;
    return ENT_OK;
}

enum ent_status
ent__ideal_advance(struct ent_ideal_run *run, size_t sweeps, struct ent_error *err)
{
    for (size_t k = 0; k < sweeps && !run->complete; k++)
        ENT_TRY(run->options.estimator == ENT_IDEAL_QUICK ? advance_quick(run, err)
                                                          : advance_chain(run, err));
    return ENT_OK;
}
