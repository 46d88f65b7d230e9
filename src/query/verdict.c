/*
 * A verdict, put together: the dossier with places, the profile and the tests that rest
 * on it, the treaties, the model's answer, and the words.
 */
#include "query/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/profile.h"
#include "base/alloc.h"
#include "entente/state.h"
#include "query/dossier.h"

/* What tests ask for beside the measures of a dossier and of scores. */
static const char *const also[] = { "trade.interdependence" };

/* Sums of other places, which a verdict makes for itself and at a fraction of the time. */
static const char left_out[] = "delivery.";

bool ent__verdict_wants(size_t measure)
{
    const struct ent_measure_info *info = ent_measure_at(measure);
    size_t count;
    const size_t *of_model = ent_feature_measures(&count);

    if (strncmp(info->id, left_out, sizeof(left_out) - 1) == 0)
        return false;
    if (!info->detail || ent__profile_has_rule(info->id))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (of_model[i] == measure)
            return true;
    }
    for (size_t i = 0; i < sizeof(also) / sizeof(also[0]); i++) {
        if (strcmp(also[i], info->id) == 0)
            return true;
    }
    return false;
}

/* The measures that a verdict computes. */
static enum ent_status list_measures(struct ent_verdict_work *w,
                                     struct ent_dossier_options *options, struct ent_error *err)
{
    size_t *list = ent__arena_array(w->arena, ent_measure_count() + 1, sizeof(*list));

    if (!list)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a list of measures");
    for (size_t m = 0; m < ent_measure_count(); m++) {
        if (ent__verdict_wants(m))
            list[options->measure_count++] = m;
    }
    options->measures = list;
    return ENT_OK;
}

static enum ent_status
newest_votes(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    int *year = context;

    (void)err;
    if (info->last_year > *year)
        *year = info->last_year;
    return ENT_OK;
}

/* The last year that UN votes cover; 0: there are none, and the dossier's last year counts. */
static enum ent_status
default_year(const struct ent_verdict_work *w, int *year, struct ent_error *err)
{
    struct ent_dossier_options options = { .no_places = true, .measure_count = 1 };
    struct ent_dossier d;
    size_t votes = 0;

    *year = 0;
    ENT_TRY(ent_measure_find("votes.agreement", &votes, err));
    if (w->place->store) {
        const struct ent_measure_info *info = ent_measure_at(votes);

        for (size_t s = 0; s < info->source_count; s++)
            ENT_TRY(
                ent_store_sources(w->place->store, info->sources[s], newest_votes, year, err));
        return ENT_OK;
    }
    options.measures = &votes;
    ENT_TRY(ent_dossier_starter(w->place->starter, w->v->a, w->v->b, &options, &d, err));
    for (size_t i = 0; i < d.count; i++) {
        if (d.readings[i].last_year > *year)
            *year = d.readings[i].last_year;
    }
    ent_dossier_release(&d);
    return ENT_OK;
}

static enum ent_status read_dossier(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    struct ent_dossier_options options = { .year = w->options->year,
                                           .carry_years = ENT_CARRY_YEARS,
                                           .allies = true,
                                           .charters = w->charters,
                                           .charter_count = w->charter_count };

    v->latest = options.year == 0;
    if (v->latest)
        ENT_TRY(default_year(w, &options.year, err));
    ENT_TRY(list_measures(w, &options, err));
    if (w->place->store)
        ENT_TRY(ent_dossier_compute(w->place->store, v->a, v->b, &options, &v->dossier, err));
    else
        ENT_TRY(ent_dossier_starter(w->place->starter, v->a, v->b, &options, &v->dossier, err));
    v->year = v->dossier.year;
    return ENT_OK;
}

static void put_side(const struct ent_value_read *from, struct ent_evidence *e, int side)
{
    e->value[side] = from->value;
    e->before[side] = from->trend[0];
    e->among_all[side] = from->place ? from->percentile : (double)NAN;
    e->among_allies[side] = from->ally_percentile;
    e->before_among_all[side] = from->percentile_before;
    if (from->of > e->of)
        e->of = from->of;
    if (from->ally_of > e->allies)
        e->allies = from->ally_of;
    e->watched = e->watched || from->reason != ENT_NOT_WATCHED;
}

static enum ent_status list_evidence(struct ent_verdict_work *w, struct ent_error *err)
{
    const struct ent_dossier *d = &w->v->dossier;
    struct ent_evidence *list = ent__arena_array(w->arena, d->count + 1, sizeof(*list));

    if (!list)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu numbers", d->count);
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];

        list[i] = (struct ent_evidence){
            .measure = r->measure, .source = r->source, .year = r->year, .carried = r->carried
        };
        if (r->first_year == 0)
            list[i].year = 0; /* distances have none */
        put_side(&r->forward, &list[i], ENT_A_TO_B);
        put_side(&r->backward, &list[i], ENT_B_TO_A);
    }
    w->evidence = (struct ent_evidence_list){ .year = d->year, .at = list, .count = d->count };
    for (int s = 0; s < ENT_WAYS; s++) {
        const char *name = ent_state_name(s ? d->b : d->a, d->year);

        w->evidence.name[s] = ent__with_article(w->arena, name);
        w->evidence.own[s] = ent__owner(w->arena, w->evidence.name[s]);
        if (!w->evidence.name[s] || !w->evidence.own[s])
            return ent_fail(err, ENT_ENOMEM, "out of memory for names");
    }
    return ENT_OK;
}

static enum ent_status make_profile(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_profile_item *items =
        ent__arena_array(w->arena, w->evidence.count + 1, sizeof(*items));

    if (!items)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a profile");
    ent__profile_make(&w->evidence, items, &w->v->profile);
    return ENT_OK;
}

static void count_rungs(struct ent_verdict *v)
{
    bool unbroken = true;

    for (int k = 0; k < ENT_RUNGS; k++) {
        bool met = v->rungs[k].answer == ENT_ANSWER_MET;

        v->rungs_met += met;
        unbroken = unbroken && met;
        if (unbroken)
            v->rungs_unbroken = k + 1;
    }
}

static enum ent_status make(struct ent_verdict_work *w, struct ent_error *err)
{
    char rivals[128] = "";

    if (w->place->charters)
        ENT_TRY(ent__charters_read(w->place->charters, w->charters, ENT_CHARTER_LIST,
                                   &w->charter_count, err));
    ENT_TRY(read_dossier(w, err));
    ENT_TRY(list_evidence(w, err));
    ENT_TRY(make_profile(w, err));
    ENT_TRY(ent__verdict_treaties(w, err));
    ent__ladder(&w->evidence, &w->terms, w->v->rungs);
    count_rungs(w->v);
    ENT_TRY(ent__common_rivals(w, rivals, sizeof(rivals), err));
    ent__conditions(&w->evidence, rivals, w->v->conditions);
    ENT_TRY(ent__verdict_score(w, err));
    ent__verdict_words(w);
    return ent__verdict_sources(w, err);
}

enum ent_status ent_verdict_make(const struct ent_verdict_place *place, int a, int b,
                                 const struct ent_verdict_options *options,
                                 struct ent_verdict *out, struct ent_error *err)
{
    static const struct ent_verdict_options defaults;
    struct ent_verdict_work w = { .place = place, .options = options ? options : &defaults };
    enum ent_status status;

    ENT_TRY(ent__dyad_check(a, b, w.options->year, err));
    w.arena = ent__calloc(1, sizeof(*w.arena));
    w.v = w.arena ? ent__arena_alloc(w.arena, sizeof(*w.v)) : NULL;
    if (!w.v) {
        ent__free(w.arena);
        return ent_fail(err, ENT_ENOMEM, "out of memory for a verdict");
    }
    w.v->a = a;
    w.v->b = b;
    w.v->owned = w.arena;
    status = make(&w, err);
    if (status != ENT_OK) {
        ent_dossier_release(&w.v->dossier);
        ent__arena_release(w.arena);
        ent__free(w.arena);
        return status;
    }
    *out = *w.v;
    return ENT_OK;
}

void ent_verdict_release(struct ent_verdict *verdict)
{
    struct ent_arena *arena = verdict->owned;

    ent_dossier_release(&verdict->dossier);
    if (arena)
        ent__arena_release(arena);
    ent__free(arena);
    memset(verdict, 0, sizeof(*verdict));
}
