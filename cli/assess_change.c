/* What would change a verdict: values set by hand, and the smallest changes across a half. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "entente/str.h"

/* A number, perhaps in per cent; false when it is none. */
static bool read_number(const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);
    if (end == text || isnan(*value) || isinf(*value))
        return false;
    if (strcmp(end, "%") == 0)
        *value /= 100;
    return *end == '\0' || strcmp(end, "%") == 0;
}

/* The feature or, failing that, the measure of a name; false after a message. */
static bool find_what(const char *name, struct ent_verdict_set *set)
{
    struct ent_error err = { 0 };

    set->measure = set->feature = SIZE_MAX;
    for (size_t f = 0; f < ent_feature_count(); f++) {
        if (strcmp(ent_feature_at(f)->id, name) == 0)
            set->feature = f;
    }
    if (set->feature != SIZE_MAX)
        return true;
    if (ent_measure_find(name, &set->measure, &err) != ENT_OK) {
        cli_fail(&err);
        return false;
    }
    for (size_t f = 0; f < ent_feature_count(); f++) {
        const struct ent_feature_info *info = ent_feature_at(f);

        for (size_t k = 0; k < info->measure_count; k++) {
            if (strcmp(info->measures[k], name) == 0)
                return true;
        }
    }
    cli_complain("--set: %s is no evidence of the model; what is: entente help assess", name);
    return false;
}

#define LARGEST_SET 1e12

/* Whether what is set can have such a value; false after a message. */
static bool check_value(const char *text, const struct ent_verdict_set *set)
{
    enum ent_number_form form = set->feature != SIZE_MAX ? ent_feature_at(set->feature)->form
                                                         : ent_measure_at(set->measure)->form;
    double v = set->value;

    if (form == ENT_FORM_SHARE && (v < 0 || v > 1))
        cli_complain("--set: \"%s\": a share is 0 to 100 %%", text);
    else if (form == ENT_FORM_YES_NO && v != 0 && v != 1)
        cli_complain("--set: \"%s\": it is 1 for yes or 0 for no", text);
    else if ((form == ENT_FORM_COUNT || form == ENT_FORM_AMOUNT) && v < 0)
        cli_complain("--set: \"%s\": it cannot be below 0", text);
    else if (fabs(v) > LARGEST_SET)
        cli_complain("--set: \"%s\" is out of range", text);
    else
        return true;
    return false;
}

bool assess_read_set(const char *text, int year, struct ent_verdict_set *set)
{
    char *copy = cli_copy(text);
    char *equals = strchr(copy, '=');
    char *colon = strchr(copy, ':');
    bool good = false;

    *set = (struct ent_verdict_set){ .from = 0 };
    if (equals)
        *equals = '\0';
    if (colon && equals && colon < equals)
        *colon = '\0';
    if (!equals || !read_number(equals + 1, &set->value))
        cli_complain("--set: \"%s\" is no MEASURE=NUMBER", text);
    else if (find_what(copy, set) && check_value(text, set)) {
        good = true;
        if (colon && colon < equals) {
            set->from = dyad_state(colon + 1, year);
            good = set->from >= 0;
        }
    }
    free(copy);
    return good;
}

static void value_text(const struct ent_feature_info *f, double value, char *text, size_t size)
{
    const char *unit = ent_unit_rest(f->form, f->unit);
    size_t used;

    if (isnan(value)) {
        snprintf(text, size, "not known");
        return;
    }
    ent_value_text(value, f->form, f->unit, text, size);
    used = strlen(text);
    if (unit[0])
        snprintf(text + used, size - used, " %s", unit);
}

static void put_way(struct ent_document *page, const struct ent_flip_way *way)
{
    for (size_t k = 0; k < way->count; k++) {
        const struct ent_flip_move *move = &way->moves[k];
        const struct ent_feature_info *f = ent_feature_at(move->feature);
        char from[ENT_NUMBER_TEXT], to[ENT_NUMBER_TEXT], size[40];

        ent_document_row(page);
        snprintf(size, sizeof(size), "%+.1f", move->deviations);
        ent_document_cell(page, ENT_TONE_PLAIN, k ? "and" : "", NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, f->title, NULL);
        value_text(f, move->from, from, sizeof(from));
        ent_document_cell(page, ENT_TONE_PLAIN, from, NULL);
        value_text(f, move->to, to, sizeof(to));
        ent_document_cell(page, ENT_TONE_STRONG, to, NULL);
        ent_document_cell(page, ENT_TONE_DIM, size, NULL);
    }
}

static int
flip_page(const struct cli *cli, const struct ent_verdict *v, const struct ent_flips *flips)
{
    static const struct ent_document_column columns[] = {
        { "and", "", ENT_ALIGN_LEFT, false, 0 },
        { "feature", "what would have to change", ENT_ALIGN_LEFT, true, 0 },
        { "from", "from", ENT_ALIGN_RIGHT, false, 0 },
        { "to", "to", ENT_ALIGN_RIGHT, false, 0 },
        { "deviations", "s.d.", ENT_ALIGN_RIGHT, false, 0 },
    };
    struct ent_document *page = ent_document_new();
    char text[256];

    if (!page)
        return cli_complain("out of memory");
    snprintf(text, sizeof(text), "%s and %s, %d: what would cross a half",
             ent_state_name(v->a, v->year), ent_state_name(v->b, v->year), v->year);
    ent_document_title(page, text);
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_PLAIN, "%s", v->share);
    if (flips->count == 0) {
        ent_document_text(page, ENT_TONE_PLAIN,
                          "No change of at most %d things by at most %.0f standard deviations "
                          "would take it %s a half.",
                          ENT_FLIP_FEATURES, ENT_FLIP_MOST, flips->above ? "below" : "above");
        return cli_write(cli, page);
    }
    ent_document_text(
        page, ENT_TONE_PLAIN,
        "The smallest changes that would take it %s a half:", flips->above ? "below" : "above");
    ent_document_gap(page);
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < flips->count; i++)
        put_way(page, &flips->ways[i]);
    ent_document_gap(page);
    ent_document_text(
        page, ENT_TONE_DIM,
        "s.d.: in standard deviations of all pairs.  The model tells who had pacts; "
        "it does not say that a pact would follow.");
    return cli_write(cli, page);
}

static int flip_json(const struct ent_verdict *v, const struct ent_flips *flips)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "a", ent_state_code(v->a));
    ent_json_text(json, "b", ent_state_code(v->b));
    ent_json_int(json, "year", v->year);
    ent_json_number(json, "p", v->score.p);
    ent_json_bool(json, "above_half", flips->above);
    ent_json_open_list(json, "ways");
    for (size_t i = 0; i < flips->count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_number(json, "size", flips->ways[i].size);
        ent_json_open_list(json, "moves");
        for (size_t k = 0; k < flips->ways[i].count; k++) {
            const struct ent_flip_move *move = &flips->ways[i].moves[k];

            ent_json_open_object(json, NULL);
            ent_json_text(json, "feature", ent_feature_at(move->feature)->id);
            ent_json_number(json, "from", move->from);
            ent_json_number(json, "to", move->to);
            ent_json_number(json, "deviations", move->deviations);
            ent_json_close(json);
        }
        ent_json_close(json);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

int assess_flip(const struct cli *cli, const struct assess_place *place,
                const struct ent_verdict *v)
{
    struct ent_flips flips;
    struct ent_error err = { 0 };

    if (v->score.refused)
        return cli_complain("%s", v->share);
    if (ent_model_flip(place->model, ent_model_variant_find(place->model, v->variant),
                       &v->features, &flips, &err) != ENT_OK)
        return cli_fail(&err);
    return cli_output(cli) == CLI_JSON ? flip_json(v, &flips) : flip_page(cli, v, &flips);
}
