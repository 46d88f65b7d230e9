/* Choices as JSON; the keys are part of the interface. */
#include <math.h>
#include <stdint.h>

#include "entente/choices.h"
#include "entente/dossier_json.h"
#include "entente/state.h"

static const char *of_text(enum ent_choices_of of)
{
    static const char *const texts[] = { "treaty ties", "votes", "together" };

    return texts[of];
}

static void put_state(struct ent_json *json, const char *key, int id, int year)
{
    ent_json_open_object(json, key);
    ent_json_int(json, "id", id);
    ent_json_text(json, "code", ent_state_code(id));
    ent_json_text(json, "name", ent_state_name(id, year));
    ent_json_close(json);
}

static void put_index(struct ent_json *json, const char *key, size_t index)
{
    if (index == SIZE_MAX)
        ent_json_null(json, key);
    else
        ent_json_int(json, key, (int64_t)index);
}

static void put_spread(struct ent_json *json, const struct ent_choices_spread *s)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "of", of_text(s->of));
    ent_json_int(json, "combinations", (int64_t)s->count);
    ent_json_int(json, "defined", (int64_t)s->defined);
    ent_json_number(json, "low", s->low);
    ent_json_number(json, "median", s->median);
    ent_json_number(json, "high", s->high);
    put_index(json, "default", s->by_default);
    put_index(json, "closest", s->closest);
    put_index(json, "farthest", s->farthest);
    ent_json_close(json);
}

static void put_effect(struct ent_json *json, const struct ent_choice_effect *e)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "choice", ent_choice_info(e->choice)->key);
    ent_json_int(json, "switches", (int64_t)e->switches);
    ent_json_number(json, "mean_change", e->mean);
    ent_json_number(json, "largest_change", e->most);
    ent_json_close(json);
}

static void put_combination(struct ent_json *json, const struct ent_combination *c)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "of", of_text(c->of));
    ent_json_open_object(json, "choices");
    for (int k = 0; k < ENT_CHOICES; k++) {
        const struct ent_choice_info *info = ent_choice_info((enum ent_choice)k);

        if (c->at[k] >= 0)
            ent_json_text(json, info->key, info->value[c->at[k]]);
    }
    ent_json_close(json);
    ent_json_bool(json, "default", c->by_default);
    ent_json_number(json, "value", c->value);
    ent_json_int(json, "n", c->n);
    ent_json_number(json, "error", c->error);
    ent_json_number(json, "low", c->low);
    ent_json_number(json, "high", c->high);
    if (c->place)
        ent_json_int(json, "place", c->place);
    else
        ent_json_null(json, "place");
    ent_json_int(json, "of_all", c->of_all);
    ent_json_number(json, "percentile", c->place ? c->percentile : NAN);
    ent_json_close(json);
}

void ent_choices_json(const struct ent_choices *choices, struct ent_json *json, const char *key)
{
    ent_json_open_object(json, key);
    put_state(json, "a", choices->a, choices->year);
    put_state(json, "b", choices->b, choices->year);
    ent_json_int(json, "year", choices->year);
    ent_json_text(json, "family", "similarity");
    ent_json_text(json, "measure", ent_similarity_name(choices->kind));
    if (choices->replicates) {
        ent_json_open_object(json, "bootstrap");
        ent_json_int(json, "replicates", (int64_t)choices->replicates);
        ent_json_int(json, "seed", (int64_t)choices->seed);
        ent_json_close(json);
    } else {
        ent_json_null(json, "bootstrap");
    }
    ent_json_open_list(json, "spreads");
    for (size_t k = 0; k < choices->spread_count; k++)
        put_spread(json, &choices->spreads[k]);
    ent_json_close(json);
    ent_json_open_list(json, "effects");
    for (size_t k = 0; k < choices->effect_count; k++)
        put_effect(json, &choices->effects[k]);
    ent_json_close(json);
    ent_json_open_list(json, "combinations");
    for (size_t k = 0; k < choices->count; k++)
        put_combination(json, &choices->combinations[k]);
    ent_json_close(json);
    ent_json_close(json);
}
