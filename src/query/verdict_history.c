/*
 * The model's answer through the years.
 *
 * A dossier has ten years of trend, so that one of them serves seven years, each with the
 * four before it that a value can be carried from.
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "query/dossier.h"
#include "query/starter.h"
#include "query/verdict.h"

enum {
    WINDOW = ENT_TREND_YEARS - ENT_CARRY_YEARS,
};

struct history {
    const struct ent_verdict_place *place;
    struct ent_arena *arena;
    struct ent_verdict_history *out;
    struct ent_members *members;
    struct ent_features features;
    struct ent_model_score score;
};

static bool both_exist(int a, int b, int year)
{
    return ent__dyad_check(a, b, year, NULL) == ENT_OK;
}

static enum ent_status
find_pact(struct history *h, struct ent_verdict_year *y, struct ent_error *err)
{
    int a = h->out->a, b = h->out->b;
    uint32_t terms = 0;
    int observed = 0;

    if (h->place->store) {
        observed = h->members->last_year >= y->year ? y->year : 0;
        terms = ent__members_terms(h->members, a, b, y->year);
    } else {
        ENT_TRY(ent__starter_terms(h->place->starter, a, b, y->year, &terms, &observed, err));
    }
    y->core_known = observed == y->year;
    y->core = y->core_known && (terms & ENT_BOND_CORE);
    return ENT_OK;
}

static enum ent_status
score_year(struct history *h, struct ent_verdict_year *y, struct ent_error *err)
{
    const struct ent_model *model = h->place->model;
    size_t headline = ent_model_headline(model, &h->features);
    const struct ent_model_variant *variant = ent_model_variant_at(model, headline);

    ENT_TRY(ent_model_score(model, headline, &h->features, &h->score, err));
    if (h->score.refused)
        return ENT_OK;
    y->refused = false;
    y->variant = variant->id;
    y->p = y->range_low = y->range_high = h->score.p;
    y->low = h->score.low;
    y->high = h->score.high;
    for (size_t i = 0; i < ent_model_variant_count(model); i++) {
        const struct ent_model_variant *other = ent_model_variant_at(model, i);

        if (strcmp(other->outcome, variant->outcome) != 0)
            continue;
        ENT_TRY(ent_model_score(model, i, &h->features, &h->score, err));
        if (h->score.refused)
            continue;
        y->range_low = fmin(y->range_low, h->score.p);
        y->range_high = fmax(y->range_high, h->score.p);
    }
    return ENT_OK;
}

/* The years down from the last of years[0..count-1] that one dossier serves. */
static enum ent_status score_window(struct history *h, struct ent_verdict_year *years,
                                    size_t count, size_t *done, struct ent_error *err)
{
    struct ent_dossier_options options = { .year = years[count - 1].year, .no_places = true };
    struct ent_dossier d, past;
    enum ent_status status;

    options.measures = ent_feature_measures(&options.measure_count);
    ENT_TRY(
        h->place->store
            ? ent_dossier_compute(h->place->store, h->out->a, h->out->b, &options, &d, err)
            : ent_dossier_starter(h->place->starter, h->out->a, h->out->b, &options, &d, err));
    past = d;
    past.readings = ent__arena_array(h->arena, d.count + 1, sizeof(*past.readings));
    status = past.readings ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a history");
    for (*done = 0; status == ENT_OK && *done < WINDOW && *done < count; ++*done) {
        struct ent_verdict_year *y = &years[count - 1 - *done];

        if (!both_exist(h->out->a, h->out->b, y->year))
            break;
        ent__dossier_shift(&d, (int)*done, past.readings);
        past.year = y->year;
        ent_features_of_dossier(&past, &h->features);
        status = score_year(h, y, err);
        if (status == ENT_OK)
            status = find_pact(h, y, err);
    }
    ent_dossier_release(&d);
    return status;
}

static enum ent_status read_members(struct history *h, struct ent_error *err)
{
    int charters[ENT_CHARTER_LIST];
    size_t count = 0;

    if (!h->place->store)
        return ENT_OK;
    if (h->place->charters)
        ENT_TRY(
            ent__charters_read(h->place->charters, charters, ENT_CHARTER_LIST, &count, err));
    return ent__members_read(h->place->store, charters, count, h->arena, &h->members, err);
}

static enum ent_status make(struct history *h, int from, int to, struct ent_error *err)
{
    struct ent_verdict_history *out = h->out;
    size_t left = (size_t)(to - from) + 1;

    ENT_TRY(read_members(h, err));
    out->years = ent__arena_array(h->arena, left, sizeof(*out->years));
    if (!out->years)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu years", left);
    out->count = left;
    for (size_t i = 0; i < left; i++) {
        out->years[i] = (struct ent_verdict_year){ .year = from + (int)i,
                                                   .refused = true,
                                                   .variant = "",
                                                   .p = NAN,
                                                   .low = NAN,
                                                   .high = NAN,
                                                   .range_low = NAN,
                                                   .range_high = NAN };
        out->years[i].exists = both_exist(out->a, out->b, from + (int)i);
    }
    while (left > 0) {
        size_t done = 1;

        if (out->years[left - 1].exists)
            ENT_TRY(score_window(h, out->years, left, &done, err));
        left -= done;
    }
    return ENT_OK;
}

enum ent_status ent_verdict_history_make(const struct ent_verdict_place *place, int a, int b,
                                         int from, int to, struct ent_verdict_history *out,
                                         struct ent_error *err)
{
    struct ent_verdict_history made = { .a = a, .b = b, .starter = !place->store };
    struct history h = { .place = place, .out = &made };
    enum ent_status status;

    ENT_TRY(ent__dyad_check(a, b, 0, err));
    if (from > to || from < 1816 || to > 9998)
        return ent_fail(err, ENT_EINVAL, "%d to %d is no span of years from 1816 on", from, to);
    h.arena = ent__calloc(1, sizeof(*h.arena));
    if (!h.arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a history");
    made.owned = h.arena;
    status = make(&h, from, to, err);
    if (status != ENT_OK) {
        ent_verdict_history_release(&made);
        return status;
    }
    *out = made;
    return ENT_OK;
}

void ent_verdict_history_release(struct ent_verdict_history *history)
{
    struct ent_arena *arena = history->owned;

    if (arena)
        ent__arena_release(arena);
    ent__free(arena);
    memset(history, 0, sizeof(*history));
}
