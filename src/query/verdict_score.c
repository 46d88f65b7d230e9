/*
 * What the model says of a verdict's features: by the headline, by every other variant,
 * and for each of the six years before.
 *
 * The years before are read off the trends of the dossier, so that nothing is computed
 * again.  A value that was set by the caller is set in the present year only.
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "query/verdict.h"

/* A reading as it stood `back` years before the dossier's. */
static void shift_side(struct ent_value_read *side, const struct ent_value_read *from, int slot)
{
    for (int k = 0; k < ENT_TREND_YEARS; k++) {
        int at = slot - (ENT_TREND_YEARS - 1) + k;

        side->trend[k] = at >= 0 ? from->trend[at] : (double)NAN;
    }
    side->value = side->trend[ENT_TREND_YEARS - 1];
    side->reason = isnan(side->value) ? ENT_NO_VALUE : ENT_KNOWN;
}

/* The slot of the newest known year of a reading, not after `most`; -1: none. */
static int newest_known(const struct ent_reading *r, int most)
{
    while (most >= 0 && isnan(r->forward.trend[most]) && isnan(r->backward.trend[most]))
        most--;
    return most;
}

/*
 * Make readings[0..d->count-1] what they were `back` years before: the value of that year,
 * or the last before it within the years of the trend and of carrying.
 */
void ent__dossier_shift(const struct ent_dossier *d, int back, struct ent_reading *readings)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *from = &d->readings[i];
        struct ent_reading *r = &readings[i];
        int year = d->year - back;
        int slot = ENT_TREND_YEARS - 1 - (from->year - year);

        *r = *from;
        if (!from->first_year)
            continue; /* what has no year stands */
        if (slot > ENT_TREND_YEARS - 1)
            slot = ENT_TREND_YEARS - 1;
        slot = newest_known(from, slot);
        r->year = from->year - (ENT_TREND_YEARS - 1) + slot;
        if (slot < 0 || year - r->year > ENT_CARRY_YEARS)
            slot = -1;
        shift_side(&r->forward, &from->forward, slot);
        shift_side(&r->backward, &from->backward, slot);
        r->carried = r->year < year;
    }
}

static enum ent_status
score_before(struct ent_verdict_work *w, size_t variant, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    struct ent_dossier past = v->dossier;
    struct ent_reading *readings =
        ent__arena_array(w->arena, v->dossier.count + 1, sizeof(*readings));
    struct ent_features *features = ent__arena_alloc(w->arena, sizeof(*features));
    struct ent_model_score *score = ent__arena_alloc(w->arena, sizeof(*score));

    if (!readings || !features || !score)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the years before");
    past.readings = readings;
    for (int back = 1; back < ENT_VERDICT_YEARS; back++) {
        ent__dossier_shift(&v->dossier, back, readings);
        past.year = v->year - back;
        ent_features_of_dossier(&past, features);
        ENT_TRY(ent_model_score(w->place->model, variant, features, score, err));
        v->p_before[ENT_VERDICT_YEARS - 1 - back] = score->refused ? (double)NAN : score->p;
    }
    v->p_before[ENT_VERDICT_YEARS - 1] = v->score.refused ? (double)NAN : v->score.p;
    return ENT_OK;
}

static void set_side(struct ent_value_read *side, double value)
{
    side->value = value;
    side->trend[ENT_TREND_YEARS - 1] = value;
    side->reason = ENT_KNOWN;
}

/* The features of a copy of the dossier in which the caller's values stand. */
static enum ent_status make_features(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    const struct ent_verdict_options *o = w->options;
    struct ent_dossier d = v->dossier;

    d.readings = ent__arena_array(w->arena, d.count + 1, sizeof(*d.readings));
    if (!d.readings)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu numbers", d.count);
    if (d.count)
        memcpy(d.readings, v->dossier.readings, d.count * sizeof(*d.readings));
    for (size_t s = 0; s < o->set_count; s++) {
        for (size_t i = 0; i < d.count; i++) {
            struct ent_reading *r = &d.readings[i];

            if (o->sets[s].measure == SIZE_MAX || r->measure != o->sets[s].measure)
                continue;
            r->year = v->year;
            r->carried = false;
            if (o->sets[s].from != v->b)
                set_side(&r->forward, o->sets[s].value);
            if (o->sets[s].from != v->a)
                set_side(&r->backward, o->sets[s].value);
        }
    }
    ent_features_of_dossier(&d, &v->features);
    for (size_t s = 0; s < o->set_count; s++) {
        if (o->sets[s].measure == SIZE_MAX && o->sets[s].feature < ent_feature_count())
            v->features.at[o->sets[s].feature] = (struct ent_feature_value){
                .value = o->sets[s].value, .year = v->year, .source = "as set"
            };
    }
    v->changed = o->set_count > 0;
    return ENT_OK;
}

/* All variants; the range is over those that tell the same outcome as the headline. */
static enum ent_status
score_all(struct ent_verdict_work *w, const char *outcome, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    const struct ent_model *model = w->place->model;
    struct ent_model_score *score = ent__arena_alloc(w->arena, sizeof(*score));

    if (!score)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a score");
    v->range_low = v->range_high = v->score.p;
    for (size_t i = 0; i < ent_model_variant_count(model) && i < ENT_SPECIFICATIONS; i++) {
        const struct ent_model_variant *variant = ent_model_variant_at(model, i);
        struct ent_specification *s = &v->specifications[v->specification_count++];

        ENT_TRY(ent_model_score(model, i, &v->features, score, err));
        *s = (struct ent_specification){ .id = variant->id,
                                         .title = variant->title,
                                         .outcome = variant->outcome,
                                         .headline = strcmp(variant->id, v->variant) == 0,
                                         .refused = score->refused,
                                         .p = score->p,
                                         .low = score->low,
                                         .high = score->high };
        if (s->refused || strcmp(s->outcome, outcome) != 0)
            continue;
        v->range_low = fmin(v->range_low, s->p);
        v->range_high = fmax(v->range_high, s->p);
    }
    return ENT_OK;
}

enum ent_status ent__verdict_score(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    const struct ent_model_variant *variant;
    size_t index;

    ENT_TRY(make_features(w, err));
    index = ent_model_headline(w->place->model, &v->features);
    variant = ent_model_variant_at(w->place->model, index);
    ENT_TRY(ent_model_score(w->place->model, index, &v->features, &v->score, err));
    v->variant = variant->id;
    v->variant_title = variant->title;
    v->base_rate = variant->base_rate;
    v->first_year = variant->first_year;
    v->last_year = variant->last_year;
    if (!v->score.refused)
        v->rank = ent_model_place(w->place->model, index, v->year, v->score.p);
    ENT_TRY(score_all(w, variant->outcome, err));
    return score_before(w, index, err);
}
