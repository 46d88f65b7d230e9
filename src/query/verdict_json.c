/*
 * A verdict as JSON.  The keys are part of the interface: they are added to, and never
 * change their meaning.  docs/VERDICT.md lists them.
 */
#include <math.h>
#include <stdio.h>

#include "entente/dossier_json.h"
#include "entente/state.h"
#include "entente/verdict.h"

static void put_state(struct ent_json *json, const char *key, int id, int year)
{
    ent_json_open_object(json, key);
    ent_json_int(json, "id", id);
    ent_json_text(json, "code", ent_state_code(id));
    ent_json_text(json, "name", ent_state_name(id, year));
    ent_json_close(json);
}

static void put_lines(struct ent_json *json, const char *key, const struct ent_lines *lines)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < lines->count; i++)
        ent_json_text(json, NULL, lines->at[i]);
    ent_json_close(json);
}

/* A pair of numbers: A to B, and B to A. */
static void put_sides(struct ent_json *json, const char *key, const double *v)
{
    ent_json_open_list(json, key);
    ent_json_number(json, NULL, v[ENT_A_TO_B]);
    ent_json_number(json, NULL, v[ENT_B_TO_A]);
    ent_json_close(json);
}

static void put_words(struct ent_json *json, const struct ent_verdict *v)
{
    ent_json_text(json, "answer", v->answer);
    ent_json_text(json, "share", v->share);
    ent_json_text(json, "doubt", v->doubt[0] ? v->doubt : NULL);
    ent_json_text(json, "tension", v->tension[0] ? v->tension : NULL);
    put_lines(json, "warnings", &v->warnings);
    put_lines(json, "one_sided", &v->one_sided);
    put_lines(json, "only_talk", &v->talk);
    put_lines(json, "sources_differ", &v->sources);
    put_lines(json, "not_known", &v->unknown);
}

static void put_part(struct ent_json *json, const struct ent_model_part *p)
{
    const struct ent_feature_info *f = ent_feature_at(p->feature);

    ent_json_open_object(json, NULL);
    ent_json_text(json, "feature", f->id);
    ent_json_text(json, "title", f->title);
    ent_json_text(json, "unit", f->unit);
    ent_json_number(json, "value", p->value.value);
    ent_json_int(json, "year", p->value.year);
    ent_json_bool(json, "carried", p->value.carried);
    ent_json_bool(json, "missing", p->missing);
    ent_json_text(json, "source", p->value.source);
    ent_json_number(json, "log_odds", p->log_odds);
    ent_json_number(json, "low", p->low);
    ent_json_number(json, "high", p->high);
    ent_json_close(json);
}

static void
put_points(struct ent_json *json, const char *key, const struct ent_point *points, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "subject", points[i].subject);
        ent_json_bool(json, "known", points[i].known);
        ent_json_text(json, "text", points[i].text);
        ent_json_number(json, "log_odds", points[i].log_odds);
        ent_json_number(json, "odds", points[i].odds);
        ent_json_close(json);
    }
    ent_json_close(json);
}

static void put_specifications(struct ent_json *json, const struct ent_verdict *v)
{
    ent_json_open_list(json, "specifications");
    for (size_t i = 0; i < v->specification_count; i++) {
        const struct ent_specification *s = &v->specifications[i];

        ent_json_open_object(json, NULL);
        ent_json_text(json, "id", s->id);
        ent_json_text(json, "title", s->title);
        ent_json_text(json, "outcome", s->outcome);
        ent_json_bool(json, "headline", s->headline);
        ent_json_number(json, "p", s->refused ? (double)NAN : s->p);
        ent_json_number(json, "low", s->refused ? (double)NAN : s->low);
        ent_json_number(json, "high", s->refused ? (double)NAN : s->high);
        ent_json_close(json);
    }
    ent_json_close(json);
}

static void put_model(struct ent_json *json, const struct ent_verdict *v)
{
    const struct ent_model_score *s = &v->score;

    ent_json_open_object(json, "model");
    ent_json_text(json, "variant", v->variant);
    ent_json_text(json, "title", v->variant_title);
    ent_json_number(json, "base_rate", v->base_rate);
    ent_json_int(json, "first_year", v->first_year);
    ent_json_int(json, "last_year", v->last_year);
    ent_json_bool(json, "refused", s->refused);
    ent_json_text(json, "why", s->refused ? s->why : NULL);
    ent_json_number(json, "p", s->refused ? (double)NAN : s->p);
    ent_json_number(json, "low", s->refused ? (double)NAN : s->low);
    ent_json_number(json, "high", s->refused ? (double)NAN : s->high);
    ent_json_number(json, "range_low", s->refused ? (double)NAN : v->range_low);
    ent_json_number(json, "range_high", s->refused ? (double)NAN : v->range_high);
    if (v->rank.place) {
        ent_json_int(json, "place", v->rank.place);
        ent_json_int(json, "of", v->rank.of);
    } else {
        ent_json_null(json, "place");
        ent_json_null(json, "of");
    }
    ent_json_number(json, "base", s->base);
    ent_json_number(json, "log_odds", s->log_odds);
    ent_json_number(json, "calibration", s->calibration);
    ent_json_open_list(json, "parts");
    for (size_t i = 0; i < s->part_count; i++)
        put_part(json, &s->parts[i]);
    ent_json_close(json);
    put_points(json, "subjects", v->points, v->point_count);
    put_points(json, "for", v->speaks_for, v->for_count);
    put_points(json, "against", v->speaks_against, v->against_count);
    put_specifications(json, v);
    ent_json_open_list(json, "years_before");
    for (int k = 0; k < ENT_VERDICT_YEARS; k++) {
        ent_json_open_object(json, NULL);
        ent_json_int(json, "year", v->year - (ENT_VERDICT_YEARS - 1) + k);
        ent_json_number(json, "p", v->p_before[k]);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static void put_date(struct ent_json *json, const char *key, const int *date)
{
    char text[40];

    if (date[0] == 0) {
        ent_json_null(json, key);
        return;
    }
    if (date[1] && date[2])
        snprintf(text, sizeof(text), "%04d-%02d-%02d", date[0], date[1], date[2]);
    else if (date[1])
        snprintf(text, sizeof(text), "%04d-%02d", date[0], date[1]);
    else
        snprintf(text, sizeof(text), "%04d", date[0]);
    ent_json_text(json, key, text);
}

static void put_owes(struct ent_json *json, const char *key, const uint32_t *owes)
{
    ent_json_open_list(json, key);
    for (int s = 0; s < ENT_WAYS; s++) {
        ent_json_open_list(json, NULL);
        for (int k = 0; k < 5; k++) {
            char text[64];

            if (owes[s] & (1u << k))
                ent_json_text(json, NULL, ent_obligations_text(1u << k, text, sizeof(text)));
        }
        ent_json_close(json);
    }
    ent_json_close(json);
}

static void put_treaties(struct ent_json *json, const struct ent_treaties *t)
{
    ent_json_open_object(json, "treaties");
    ent_json_bool(json, "known", t->known);
    ent_json_int(json, "observed", t->year);
    put_owes(json, "owes", t->owes);
    if (t->core_known)
        ent_json_bool(json, "core_defence_pact", t->core);
    else
        ent_json_null(json, "core_defence_pact");
    if (!t->listed)
        ent_json_null(json, "list");
    else
        ent_json_open_list(json, "list");
    for (size_t i = 0; i < t->count; i++) {
        const struct ent_treaty *one = &t->at[i];

        ent_json_open_object(json, NULL);
        ent_json_int(json, "atop", one->alliance);
        put_date(json, "from", one->from);
        put_date(json, "to", one->to);
        put_owes(json, "owes", one->owes);
        ent_json_bool(json, "bilateral", one->bilateral);
        ent_json_bool(json, "conditional", one->conditional);
        ent_json_bool(json, "regional_charter", one->charter);
        ent_json_bool(json, "joint_command", one->command);
        ent_json_bool(json, "bases", one->bases);
        ent_json_close(json);
    }
    if (t->listed)
        ent_json_close(json);
    ent_json_close(json);
}

static void
put_tests(struct ent_json *json, const char *key, const struct ent_finding *tests, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "id", tests[i].id);
        ent_json_text(json, "title", tests[i].title);
        ent_json_text(json, "group", tests[i].group);
        ent_json_text(json, "result", ent_answer_name(tests[i].answer));
        ent_json_text(json, "why", tests[i].why);
        ent_json_int(json, "year", tests[i].year);
        ent_json_number(json, "place_among_allies", tests[i].place);
        ent_json_close(json);
    }
    ent_json_close(json);
}

static void
put_dimension(struct ent_json *json, const struct ent_profile_dimension *d, int which)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "dimension", ent_dimension_name((enum ent_dimension)which));
    ent_json_int(json, "measures", (int64_t)d->rules);
    ent_json_int(json, "known", (int64_t)d->known);
    ent_json_number(json, "score", d->score);
    ent_json_number(json, "among_allies", d->among_allies);
    ent_json_int(json, "directed", (int64_t)d->directed);
    put_sides(json, "sides", d->side);
    ent_json_number(json, "asymmetry", d->asymmetry);
    ent_json_int(json, "compared", (int64_t)d->compared);
    ent_json_number(json, "ten_years_before", d->before);
    ent_json_number(json, "change", d->change);
    ent_json_int(json, "first_year", d->first_year);
    ent_json_int(json, "last_year", d->last_year);
    ent_json_close(json);
}

static void put_item(struct ent_json *json, const struct ent_profile_item *item)
{
    const struct ent_measure_info *info = ent_measure_at(item->measure);

    ent_json_open_object(json, NULL);
    ent_json_text(json, "measure", info->id);
    ent_json_text(json, "title", info->title);
    ent_json_text(json, "dimension", ent_dimension_name(info->dimension));
    ent_json_text(json, "unit", info->unit);
    ent_json_text(json, "direction", ent_direction_name(info->direction));
    ent_json_text(json, "source", item->source);
    ent_json_int(json, "year", item->year);
    ent_json_bool(json, "carried", item->carried);
    ent_json_bool(json, "counts", item->counts);
    put_sides(json, "value", item->value);
    put_sides(json, "among_all", item->among_all);
    put_sides(json, "among_allies", item->among_allies);
    put_sides(json, "ten_years_before", item->before);
    put_sides(json, "ten_years_before_among_all", item->before_among_all);
    ent_json_int(json, "of", item->of);
    ent_json_int(json, "allies", item->allies);
    ent_json_close(json);
}

static void put_profile(struct ent_json *json, const struct ent_profile *p)
{
    ent_json_open_list(json, "dimensions");
    for (int d = 0; d < ENT_DIMENSIONS; d++)
        put_dimension(json, &p->dimension[d], d);
    ent_json_close(json);
    ent_json_open_list(json, "profile");
    for (size_t i = 0; i < p->count; i++) {
        if (!isnan(p->items[i].value[0]) || !isnan(p->items[i].value[1]))
            put_item(json, &p->items[i]);
    }
    ent_json_close(json);
}

void ent_verdict_json(const struct ent_verdict *v, struct ent_json *json, const char *key)
{
    ent_json_open_object(json, key);
    put_state(json, "a", v->a, v->year);
    put_state(json, "b", v->b, v->year);
    ent_json_int(json, "year", v->year);
    ent_json_bool(json, "latest", v->latest);
    ent_json_bool(json, "changed", v->changed);
    ent_json_bool(json, "starter", v->dossier.starter);
    put_words(json, v);
    put_model(json, v);
    put_treaties(json, &v->treaties);
    ent_json_int(json, "rungs_met", v->rungs_met);
    ent_json_int(json, "rungs_unbroken", v->rungs_unbroken);
    put_tests(json, "ladder", v->rungs, ENT_RUNGS);
    put_tests(json, "conditions", v->conditions, ENT_VERDICT_CONDITIONS);
    put_profile(json, &v->profile);
    ent_json_close(json);
}
