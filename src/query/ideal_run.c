/*
 * Running the ideal-point model on the votes of a store: from a request to a result, a
 * sweep at a time, so that it can be watched, stopped and gone on with.
 */
#include "query/ideal_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/parallel.h"
#include "entente/dossier_json.h"
#include "entente/state.h"

enum {
    USA = 2,
    RUSSIA = 365,
    CHECKPOINT_SECONDS = 60,
    WORST_SHOWN = 3,
    FEW_VOTES = 50000,
};

/* Where the published estimates' states start: the poles of the Cold War. */
static const struct {
    int state;
    double at;
} starts[] = {
    { USA, 3 }, { 20, 3 }, { 200, 3 }, { 666, 3 }, { RUSSIA, -2 }, { 265, -2 },
};

/* A run in the making. */
struct running {
    struct ent_store *store;
    struct ent_ideal_request request; /* with what a checkpoint said */
    struct ent_ideal_owned *owned;
    struct ent_ideal ideal;
    struct ent_ideal_checkpoint checkpoint; /* to go on from; state NULL: none */
    uint32_t *point_state;                  /* arrays for the estimator */
    int32_t *point_session;
    double *start;
    int16_t *states; /* ids, by the estimator's number */
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for a run");
}

const char *ent_ideal_method_name(enum ent_ideal_method method)
{
    switch (method) {
    case ENT_METHOD_PATHS:
        return "joint paths";
    case ENT_METHOD_PUBLISHED:
        return "published sampler";
    case ENT_METHOD_QUICK:
        return "variational EM";
    }
    return "unknown";
}

/* Before anything is read: what no votes can mend. */
static enum ent_status check_request(const struct ent_ideal_request *r, struct ent_error *err)
{
    if (r->first_session && r->last_session && r->first_session > r->last_session)
        return ent_fail(err, ENT_EINVAL, "the first session, %d, is after the last, %d",
                        r->first_session, r->last_session);
    if (r->min_votes < 0 || r->first_session < 0 || r->last_session < 0)
        return ent_fail(err, ENT_EINVAL, "sessions and votes are counted from 1");
    if (r->matches && r->link != ENT_IDEAL_LINK_BEST)
        return ent_fail(err, ENT_EINVAL, "a matches file, and another way of linking");
    if (r->high && r->high == r->low)
        return ent_fail(err, ENT_EINVAL, "the two states that fix the sign are both %s",
                        ent_state_code(r->high));
    if (r->method == ENT_METHOD_QUICK && (r->burn || r->draws || r->thin || r->chains))
        return ent_fail(err, ENT_EINVAL,
                        "variational EM has no draws: nothing to burn, keep or thin");
    return ENT_OK;
}

/* The estimator's number of a state; SIZE_MAX when it has no votes. */
static size_t find_state(const struct running *w, int id)
{
    for (size_t s = 0; s < w->owned->data.info.states; s++) {
        if (w->states[s] == id)
            return s;
    }
    return SIZE_MAX;
}

static enum ent_status number_states(struct running *w, struct ent_error *err)
{
    const struct ent_ideal_data *data = &w->owned->data;
    size_t state = 0;

    w->point_state = ent__calloc(data->seat_count, sizeof(*w->point_state));
    w->point_session = ent__calloc(data->seat_count, sizeof(*w->point_session));
    w->states = ent__calloc(data->info.states, sizeof(*w->states));
    w->start = ent__calloc(data->info.states, sizeof(*w->start));
    if (!w->point_state || !w->point_session || !w->states || !w->start)
        return no_memory(err);
    for (size_t p = 0; p < data->seat_count; p++) {
        state += p > 0 && data->seats[p].state != data->seats[p - 1].state;
        w->states[state] = data->seats[p].state;
        w->point_state[p] = (uint32_t)state;
        w->point_session[p] = data->seats[p].session;
    }
    return ENT_OK;
}

/* The states that fix the sign: those asked for must have votes, of the usual two one. */
static enum ent_status
set_sign(struct running *w, struct ent_ideal_options *o, struct ent_error *err)
{
    const struct ent_ideal_request *r = &w->request;

    w->ideal.high = r->high ? r->high : USA;
    w->ideal.low = r->high ? r->low : RUSSIA;
    o->high = find_state(w, w->ideal.high);
    o->low = find_state(w, w->ideal.low);
    if (r->high && (o->high == SIZE_MAX || o->low == SIZE_MAX))
        return ent_fail(err, ENT_EINVAL, "%s has no votes here, and cannot fix the sign",
                        ent_state_code(o->high == SIZE_MAX ? r->high : r->low));
    if (o->high == SIZE_MAX && o->low == SIZE_MAX)
        return ent_fail(err, ENT_EINVAL,
                        "neither the United States nor Russia has votes here: name two states "
                        "that fix the sign");
    for (size_t s = 0; s < w->owned->data.info.states; s++)
        w->start[s] = NAN;
    for (size_t i = 0; !r->high && i < sizeof(starts) / sizeof(starts[0]); i++) {
        size_t s = find_state(w, starts[i].state);

        if (s != SIZE_MAX)
            w->start[s] = starts[i].at;
    }
    o->start = r->high ? NULL : w->start;
    return ENT_OK;
}

static enum ent_status make_run(struct running *w, struct ent_error *err)
{
    static const enum ent_ideal_estimator estimators[] = {
        [ENT_METHOD_PATHS] = ENT_IDEAL_PATH,
        [ENT_METHOD_PUBLISHED] = ENT_IDEAL_PUBLISHED,
        [ENT_METHOD_QUICK] = ENT_IDEAL_QUICK,
    };
    const struct ent_ideal_request *r = &w->request;
    const struct ent_ideal_data *data = &w->owned->data;
    struct ent_ideal_options options = {
        .estimator = estimators[r->method],
        .chains = r->chains,
        .burn = r->burn,
        .draws = r->draws,
        .thin = r->thin,
        .seed = r->seed,
        .threads = r->threads > 0 ? r->threads
                   : data->vote_count < FEW_VOTES
                       ? 1 /* a sweep is over before a thread wakes */
                       : ent__processors(),
    };
    struct ent_ideal_votes votes = {
        .states = data->info.states,
        .points = data->seat_count,
        .items = data->item_count,
        .votes = data->vote_count,
        .item_start = data->item_start,
        .vote_point = data->seat,
        .vote_choice = data->choice,
    };

    ENT_TRY(number_states(w, err));
    ENT_TRY(set_sign(w, &options, err));
    votes.point_state = w->point_state;
    votes.point_session = w->point_session;
    return ent__ideal_new(&votes, &options, &w->owned->run, err);
}

static enum ent_status go_on(struct running *w, struct ent_error *err)
{
    const struct ent_ideal_checkpoint *c = &w->checkpoint;
    enum ent_status status;

    if (!c->state)
        return ENT_OK;
    if (strcmp(c->data_sha256, w->owned->data.sha256) != 0) {
        status = ent_fail(err, ENT_EINVAL,
                          "the checkpoint is of other votes than those in the store now (or of "
                          "another matches file); the run must begin anew");
        ent_error_at(err, w->request.checkpoint, 0, 0);
        return status;
    }
    status = ent__ideal_restore(w->owned->run, c->state, c->state_size, err);
    if (status != ENT_OK)
        ent_error_at(err, w->request.checkpoint, 0, 0);
    return status;
}

static enum ent_status stop(struct running *w, struct ent_error *err)
{
    struct ent_ideal_progress p = ent__ideal_progress(w->owned->run);

    if (!w->request.checkpoint)
        return ent_fail(err, ENT_ECANCEL, "stopped after %zu of %zu sweeps", p.done, p.total);
    ENT_TRY(ent__ideal_checkpoint_write(w->request.checkpoint, &w->request,
                                        w->owned->data.sha256, w->owned->run, err));
    return ent_fail(err, ENT_ECANCEL,
                    "stopped after %zu of %zu sweeps, which are kept in %.300s", p.done,
                    p.total, w->request.checkpoint);
}

static enum ent_status sweep(struct running *w, struct ent_error *err)
{
    const struct ent_ideal_request *r = &w->request;
    time_t kept = time(NULL);
    char phase[64];

    snprintf(phase, sizeof(phase), "sweeps, %s", ent_ideal_method_name(r->method));
    for (;;) {
        struct ent_ideal_progress p = ent__ideal_progress(w->owned->run);

        if (p.complete)
            return ENT_OK;
        if (r->progress && r->progress(r->context, phase, p.done, p.total) != 0)
            return stop(w, err);
        if (r->checkpoint && time(NULL) - kept >= CHECKPOINT_SECONDS) {
            ENT_TRY(ent__ideal_checkpoint_write(r->checkpoint, r, w->owned->data.sha256,
                                                w->owned->run, err));
            kept = time(NULL);
        }
        ENT_TRY(ent__ideal_advance(w->owned->run, 1, err));
    }
}

/* From the estimator's result to that of the caller. */

static enum ent_status copy_points(struct running *w, struct ent_error *err)
{
    struct ent_ideal_owned *o = w->owned;
    struct ent_ideal_estimate *to =
        ent__arena_array(&o->arena, o->result.points + 1, sizeof(*to));

    if (!to)
        return no_memory(err);
    for (size_t p = 0; p < o->result.points; p++) {
        const struct ent_ideal_point *from = &o->result.point[p];

        to[p] = (struct ent_ideal_estimate){
            .state = o->data.seats[p].state,
            .session = o->data.seats[p].session,
            .votes = from->votes,
            .mean = from->mean,
            .sd = from->sd,
            .q5 = from->low,
            .q95 = from->high,
            .rhat = from->rhat,
            .ess = fmin(from->ess_bulk, from->ess_tail),
            .predicted = from->predicted,
            .modal = from->modal,
            .probability = from->probability,
        };
    }
    w->ideal.points = to;
    w->ideal.point_count = o->result.points;
    return ENT_OK;
}

static void copy_items(struct running *w)
{
    struct ent_ideal_owned *o = w->owned;

    for (size_t i = 0; i < o->result.items; i++) {
        const struct ent_ideal_item *from = &o->result.item[i];
        struct ent_ideal_item_estimate *to = &o->data.items[i];

        to->discrimination = from->beta;
        to->discrimination_sd = from->beta_sd;
        to->cut1 = from->gamma1;
        to->cut1_sd = from->gamma1_sd;
        to->cut2 = from->gamma2;
        to->cut2_sd = from->gamma2_sd;
    }
    w->ideal.items = o->data.items;
    w->ideal.item_count = o->result.items;
}

static enum ent_status sum_sessions(struct running *w, struct ent_error *err)
{
    const struct ent_ideal_votes_info *info = &w->owned->data.info;
    size_t span = (size_t)(info->last_session - info->first_session) + 1;
    struct ent_ideal_session *all = ent__arena_array(&w->owned->arena, span + 1, sizeof(*all));
    size_t count = 0;

    if (!all)
        return no_memory(err);
    for (size_t p = 0; p < w->ideal.point_count; p++) {
        const struct ent_ideal_estimate *e = &w->ideal.points[p];
        struct ent_ideal_session *s = &all[e->session - info->first_session];

        s->session = e->session;
        s->states++;
        s->votes += e->votes;
        s->predicted += e->predicted;
        s->modal += e->modal;
        s->probability += e->probability * e->votes;
    }
    for (size_t s = 0; s < span; s++) {
        if (!all[s].states)
            continue;
        all[count] = all[s];
        all[count].probability /= all[s].votes;
        count++;
    }
    w->ideal.sessions = all;
    w->ideal.session_count = count;
    return ENT_OK;
}

/* The index of the worst point that is not among those named already. */
static size_t worst_point(const struct ent_ideal *ideal, const size_t *named, size_t count)
{
    size_t worst = SIZE_MAX;

    for (size_t p = 0; p < ideal->point_count; p++) {
        bool taken = isnan(ideal->points[p].rhat);

        for (size_t k = 0; k < count; k++)
            taken = taken || named[k] == p;
        if (!taken && (worst == SIZE_MAX || ideal->points[p].rhat > ideal->points[worst].rhat))
            worst = p;
    }
    return worst;
}

static void tell_mixing(struct running *w)
{
    struct ent_ideal *ideal = &w->ideal;
    size_t named[WORST_SHOWN];
    size_t above = 0;
    size_t len;
    size_t draws = ideal->chains * ideal->draws;
    char *text = ideal->convergence;
    size_t size = sizeof(ideal->convergence);

    for (size_t p = 0; p < ideal->point_count; p++)
        above += ideal->points[p].rhat > ENT_IDEAL_RHAT;
    if (ideal->converged) {
        snprintf(
            text, size,
            "converged: R-hat is at most %.3f (%.2f is asked), and there are at least %.0f "
            "effective draws of %zu",
            ideal->worst_rhat, ENT_IDEAL_RHAT, ideal->least_ess, draws);
        return;
    }
    len = (size_t)snprintf(text, size,
                           "not converged: R-hat is above %.2f for %zu of %zu states in a "
                           "session, and there are at least %.0f effective draws of %zu",
                           ENT_IDEAL_RHAT, above, ideal->point_count, ideal->least_ess, draws);
    for (size_t k = 0; k < WORST_SHOWN; k++) {
        size_t p = worst_point(ideal, named, k);

        if (p == SIZE_MAX || len + 60 > size)
            break;
        named[k] = p;
        len += (size_t)snprintf(text + len, size - len, "%s%s in session %d (%.3f)",
                                k ? ", " : "; worst ", ent_state_code(ideal->points[p].state),
                                ideal->points[p].session, ideal->points[p].rhat);
    }
}

static void tell_convergence(struct running *w)
{
    const struct ent_ideal_result *r = &w->owned->result;
    struct ent_ideal *ideal = &w->ideal;

    ideal->converged = r->converged;
    ideal->worst_rhat = r->rhat_worst;
    ideal->least_ess = fmin(r->ess_bulk_least, r->ess_tail_least);
    ideal->sweeps = r->sweeps;
    if (ideal->method != ENT_METHOD_QUICK)
        tell_mixing(w);
    else
        snprintf(ideal->convergence, sizeof(ideal->convergence),
                 "%s: no position moved by more than %.2g in sweep %zu",
                 r->converged ? "converged" : "not converged", r->last_change, r->sweeps);
}

/* What makes this run again, and what it is called. */
static void describe(struct running *w)
{
    const struct ent_ideal_request *r = &w->request;
    const struct ent_ideal_votes_info *info = &w->owned->data.info;
    struct ent_ideal *ideal = &w->ideal;
    struct ent_buf text;

    snprintf(ideal->version, sizeof(ideal->version),
             "%s, sessions %d to %d%s%s%s, seed %" PRIu64, ent_ideal_method_name(r->method),
             info->first_session, info->last_session, r->important ? ", important votes" : "",
             r->issue ? ", issue " : "", r->issue ? r->issue : "", r->seed);
    ent__buf_init(&text);
    ent__buf_printf(&text, "entente ideal%s --source %s",
                    r->method == ENT_METHOD_QUICK       ? " --quick"
                    : r->method == ENT_METHOD_PUBLISHED ? " --published"
                                                        : "",
                    info->source);
    if (r->first_session || r->last_session)
        ent__buf_printf(&text, " --sessions %d-%d",
                        r->first_session ? r->first_session : info->first_session,
                        r->last_session ? r->last_session : info->last_session);
    if (r->issue)
        ent__buf_printf(&text, " --issue %s", r->issue);
    if (r->important)
        ent__buf_puts(&text, " --important");
    if (r->min_votes > 1)
        ent__buf_printf(&text, " --min-votes %d", r->min_votes);
    if (r->link != ENT_IDEAL_LINK_BEST)
        ent__buf_printf(&text, " --link %s",
                        r->link == ENT_IDEAL_LINK_NONE ? "none" : "titles");
    if (r->matches)
        ent__buf_printf(&text, " --matches %s", r->matches);
    if (r->method != ENT_METHOD_QUICK)
        ent__buf_printf(&text, " --chains %zu --burn %zu --draws %zu --thin %zu", ideal->chains,
                        ideal->burn, ideal->draws, ideal->thin);
    if (r->high)
        ent__buf_printf(&text, " --anchors %s,%s", ent_state_code(r->high),
                        ent_state_code(r->low));
    ent__buf_printf(&text, " --seed %" PRIu64, r->seed);
    snprintf(ideal->command, sizeof(ideal->command), "%s", text.text);
    ent__buf_release(&text);
}

static enum ent_status collect(struct running *w, struct ent_error *err)
{
    struct ent_ideal_options o = ent__ideal_options(w->owned->run);
    bool draws = w->request.method != ENT_METHOD_QUICK;

    ENT_TRY(ent__ideal_result(w->owned->run, &w->owned->result, err));
    w->ideal.method = w->request.method;
    w->ideal.chains = draws ? o.chains : 1;
    w->ideal.burn = draws ? o.burn : 0;
    w->ideal.draws = draws ? o.draws : 0;
    w->ideal.thin = draws ? o.thin : 0;
    w->ideal.seed = w->request.seed;
    w->ideal.min_votes = w->request.min_votes > 1 ? w->request.min_votes : 1;
    w->ideal.votes = w->owned->data.info;
    ENT_TRY(copy_points(w, err));
    copy_items(w);
    ENT_TRY(sum_sessions(w, err));
    tell_convergence(w);
    describe(w);
    return ENT_OK;
}

/* With `resume`, the options are those of the checkpoint. */
static enum ent_status read_checkpoint(struct running *w, struct ent_error *err)
{
    const struct ent_ideal_request given = w->request;

    if (!given.resume)
        return ENT_OK;
    if (!given.checkpoint)
        return ent_fail(err, ENT_EINVAL, "no checkpoint is named to go on from");
    ENT_TRY(
        ent__ideal_checkpoint_read(given.checkpoint, &w->owned->arena, &w->checkpoint, err));
    w->request = w->checkpoint.request;
    w->request.threads = given.threads;
    w->request.checkpoint = given.checkpoint;
    w->request.progress = given.progress;
    w->request.context = given.context;
    return ENT_OK;
}

static enum ent_status run_all(struct running *w, struct ent_error *err)
{
    ENT_TRY(read_checkpoint(w, err));
    ENT_TRY(check_request(&w->request, err));
    ENT_TRY(ent__ideal_data(w->store, &w->request, &w->owned->arena, &w->owned->data, err));
    ENT_TRY(make_run(w, err));
    ENT_TRY(go_on(w, err));
    ENT_TRY(sweep(w, err));
    ENT_TRY(collect(w, err));
    if (w->request.checkpoint)
        unlink(w->request.checkpoint);
    return ENT_OK;
}

enum ent_status ent_ideal_run(struct ent_store *store, const struct ent_ideal_request *request,
                              struct ent_ideal *out, struct ent_error *err)
{
    struct running w = { .store = store };
    enum ent_status status;

    if (request)
        w.request = *request;
    w.owned = ent__calloc(1, sizeof(*w.owned));
    if (!w.owned)
        return no_memory(err);
    w.ideal.owned = w.owned;
    status = run_all(&w, err);
    ent__free(w.point_state);
    ent__free(w.point_session);
    ent__free(w.start);
    ent__free(w.states);
    if (status != ENT_OK) {
        ent_ideal_release(&w.ideal);
        return status;
    }
    *out = w.ideal;
    return ENT_OK;
}

void ent_ideal_release(struct ent_ideal *ideal)
{
    struct ent_ideal_owned *owned = ideal->owned;

    if (owned) {
        ent__ideal_result_release(&owned->result);
        ent__ideal_free(owned->run);
        ent__arena_release(&owned->arena);
    }
    ent__free(owned);
    memset(ideal, 0, sizeof(*ideal));
}

const float *ent_ideal_draws(const struct ent_ideal *ideal, size_t point)
{
    const struct ent_ideal_owned *owned = ideal->owned;

    if (!owned->result.draw || point >= ideal->point_count)
        return NULL;
    return owned->result.draw + point * ideal->chains * ideal->draws;
}
