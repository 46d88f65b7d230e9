#include "dyad.h"

#include <stdlib.h>
#include <string.h>

#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"

enum {
    SHORT_UNIT = 5, /* a longer unit stands with the title */
};

static bool find_panel(struct dyad_place *place)
{
    if (!cli_data_path("starter/panel.csv.gz", place->panel, sizeof(place->panel)))
        return false;
    *strrchr(place->panel, '/') = '\0';
    return true;
}

enum ent_status
dyad_open(const struct cli *cli, struct dyad_place *place, struct ent_error *err)
{
    enum ent_status status;

    *place = (struct dyad_place){ .store = NULL };
    status = cli_open_store(cli, CLI_MAY_LACK_STORE, &place->store, err);
    if (status != ENT_OK || place->store)
        return status;
    if (find_panel(place))
        return ENT_OK;
    return ent_fail(
        err, ENT_ENOTFOUND,
        "there is no store yet, nor the starter panel; \"entente import\" reads the "
        "files that publishers ship");
}

void dyad_close(struct dyad_place *place)
{
    ent_store_close(place->store);
    place->store = NULL;
}

enum ent_status dyad_compute(const struct dyad_place *place, int a, int b,
                             const struct ent_dossier_options *options, struct ent_dossier *out,
                             struct ent_error *err)
{
    if (place->store)
        return ent_dossier_compute(place->store, a, b, options, out, err);
    return ent_dossier_starter(place->panel, a, b, options, out, err);
}

int dyad_state(const char *text, int year)
{
    struct ent_str name = { text, strlen(text) };
    struct ent_state_match match;
    struct ent_error err = { 0 };

    if (ent_state_find(name, ENT_CODE_ANY, year, &match, &err) == ENT_OK)
        return match.id;
    cli_fail(&err);
    return -1;
}

bool dyad_known(const struct ent_reading *r)
{
    return r->forward.reason == ENT_KNOWN || r->backward.reason == ENT_KNOWN;
}

void dyad_why(const struct ent_reading *r, char *text, size_t size)
{
    switch (r->forward.reason) {
    case ENT_NOT_LOADED:
        snprintf(text, size, "%s is not loaded", r->source);
        break;
    case ENT_BEFORE_DATA:
        snprintf(text, size, "%s gives it from %d on", r->source, r->first_year);
        break;
    case ENT_AFTER_DATA:
        snprintf(text, size, "%s ends in %d", r->source, r->last_year);
        break;
    case ENT_NOT_MEMBER:
        snprintf(text, size, "one was no state in %d", r->year);
        break;
    case ENT_NOT_WATCHED:
        snprintf(text, size, "%s does not watch them", r->source);
        break;
    case ENT_NONE_ON_RECORD:
        snprintf(text, size, "%s has none on record", r->source);
        break;
    case ENT_NO_VALUE:
    case ENT_KNOWN:
        snprintf(text, size, "%s has no value", r->source);
        break;
    }
}

void dyad_direction(const struct ent_dossier *d, const struct ent_measure_info *m, int which,
                    char *text, size_t size)
{
    const char *from = ent_state_code(which == 1 ? d->b : d->a);
    const char *to = ent_state_code(which == 1 ? d->a : d->b);

    if (which == DYAD_BOTH && m->direction != ENT_UNDIRECTED)
        snprintf(text, size, m->direction == ENT_DIRECTED ? "%s↔%s" : "%s, %s", from, to);
    else if (m->direction == ENT_DIRECTED)
        snprintf(text, size, "%s→%s", from, to);
    else if (m->direction == ENT_MONADIC)
        snprintf(text, size, "%s", from);
    else
        text[0] = '\0';
}

void dyad_title(const struct ent_measure_info *m, char *text, size_t size)
{
    const char *unit = ent_unit_rest(m->form, m->unit);

    if (strlen(unit) > SHORT_UNIT && !strstr(m->title, unit))
        snprintf(text, size, "%s, %s", m->title, unit);
    else
        snprintf(text, size, "%s", m->title);
}

/* 1 where "1 calls" is to be "1 call". */
static int is_one(double value, const char *unit)
{
    return value == 1 && unit[strlen(unit) - 1] == 's';
}

void dyad_value(const struct ent_measure_info *m, double value, char *text, size_t size)
{
    const char *unit = ent_unit_rest(m->form, m->unit);
    size_t used;

    ent_value_text(value, m->form, m->unit, text, size);
    used = strlen(text);
    if (value == value && unit[0] && strlen(unit) <= SHORT_UNIT)
        snprintf(text + used, size - used, " %.*s", (int)strlen(unit) - is_one(value, unit),
                 unit);
}
