/* entente states: look up states, their names, codes and years. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entente/state.h"

struct request {
    struct cli *cli;
    const char *name;
    int year; /* 0: any */
    bool codes;
};

static const char doc[] =
    "List the states of the international system, or look one up."
    "\vNAME is a name, present or past, or a code: ISO letters, COW letters or number, or "
    "a code after iso: iso2: m49: cow: gw: that says which it is.\n\n"
    "Example: entente states \"Soviet Union\"";

static const struct argp_option options[] = {
    { "year", 'y', "YEAR", 0, "only members in this year; a name is read as of it", 0 },
    { "codes", 'c', NULL, 0, "all codes", 0 },
    { 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 'y':
        r->year = cli_year(state, arg);
        return 0;
    case 'c':
        r->codes = true;
        return 0;
    case ARGP_KEY_ARG:
        if (r->name)
            argp_error(state, "one state at a time; put a name of several words in quotes");
        r->name = arg;
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "[NAME]", doc, cli_common };

/* Further than any change of a name that is known: a spell that goes on is followed to here. */
#define LAST_YEAR 2100

static void spells_text(const struct ent_spell *spells, size_t count, char *text, size_t size)
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%d–", i ? ", " : "",
                                 spells[i].from_year);
        if (spells[i].to_year < 9999 && used < size)
            used += (size_t)snprintf(text + used, size - used, "%d", spells[i].to_year);
    }
}

static void json_spells(struct ent_json *json, const char *key, const struct ent_spell *spells,
                        size_t count)
{
    char date[32];

    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        const struct ent_spell *s = &spells[i];

        ent_json_open_object(json, NULL);
        snprintf(date, sizeof(date), "%04d-%02d-%02d", s->from_year, s->from_month,
                 s->from_day);
        ent_json_text(json, "from", date);
        snprintf(date, sizeof(date), "%04d-%02d-%02d", s->to_year, s->to_month, s->to_day);
        ent_json_text(json, "to", s->to_year < 9999 ? date : NULL);
        ent_json_close(json);
    }
    ent_json_close(json);
}

typedef void (*name_fn)(void *context, const char *name, int from, int to);

/* First and last year of any spell; the last is LAST_YEAR for one that goes on. */
static void lifetime(const struct ent_state *s, int *from, int *to)
{
    *from = 9999;
    *to = 0;
    for (size_t i = 0; i < s->cow_spell_count + s->gw_spell_count; i++) {
        const struct ent_spell *spell =
            i < s->cow_spell_count ? &s->cow_spells[i] : &s->gw_spells[i - s->cow_spell_count];

        *from = spell->from_year < *from ? spell->from_year : *from;
        *to = spell->to_year > *to ? spell->to_year : *to;
    }
    if (*to > LAST_YEAR)
        *to = LAST_YEAR;
}

/* Call back for each name that a state has had and the years it had it. */
static void each_name(const struct ent_state *s, name_fn each, void *context)
{
    int from, to, since;

    lifetime(s, &from, &to);
    since = from;
    for (int year = from; year <= to; year++) {
        const char *name = ent_state_name(s->id, year);

        if (year == to || strcmp(name, ent_state_name(s->id, year + 1)) != 0) {
            each(context, name, since, year);
            since = year + 1;
        }
    }
    if (from > to)
        each(context, s->name, 0, 0);
}

static void json_name(void *context, const char *name, int from, int to)
{
    struct ent_json *json = context;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "name", name);
    if (from) {
        ent_json_int(json, "from", from);
        if (to < LAST_YEAR)
            ent_json_int(json, "to", to);
        else
            ent_json_null(json, "to");
    }
    ent_json_close(json);
}

static const char *const regions[] = { "none",        "Americas", "Europe", "Africa",
                                       "Middle East", "Asia",     "Oceania" };

static void json_code(struct ent_json *json, const char *key, const char *code)
{
    ent_json_text(json, key, code[0] ? code : NULL);
}

static void json_state(struct ent_json *json, const struct ent_state *s)
{
    ent_json_open_object(json, NULL);
    ent_json_int(json, "id", s->id);
    ent_json_text(json, "name", s->name);
    json_code(json, "iso3", s->iso3);
    json_code(json, "iso2", s->iso2);
    json_code(json, "cow", s->cow);
    json_code(json, "gw", s->gw);
    ent_json_int(json, "cown", s->cown);
    ent_json_int(json, "gwn", s->gwn);
    ent_json_int(json, "m49", s->m49);
    ent_json_text(json, "region", regions[s->region]);
    ent_json_number(json, "latitude", s->latitude);
    ent_json_number(json, "longitude", s->longitude);
    ent_json_open_list(json, "names");
    each_name(s, json_name, json);
    ent_json_close(json);
    json_spells(json, "cow_member", s->cow_spells, s->cow_spell_count);
    json_spells(json, "gw_member", s->gw_spells, s->gw_spell_count);
    ent_json_close(json);
}

static bool listed(const struct request *r, const struct ent_state *s)
{
    return !r->year || ent_state_member(s->id, ENT_MEMBER_COW, r->year) ||
           ent_state_member(s->id, ENT_MEMBER_GW, r->year);
}

static void number_cell(struct ent_document *page, int number)
{
    char text[16] = "";

    if (number)
        snprintf(text, sizeof(text), "%d", number);
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static void list_table(struct ent_document *page, bool codes)
{
    static const struct ent_document_column short_list[] = {
        { "name", "state", ENT_ALIGN_LEFT, true, 0 },
        { "iso3", "ISO", ENT_ALIGN_LEFT, false, 0 },
        { "cow", "COW", ENT_ALIGN_LEFT, false, 0 },
        { "cown", "COW no.", ENT_ALIGN_RIGHT, false, 0 },
        { "cow_member", "member of the COW system", ENT_ALIGN_LEFT, true, 0 },
    };
    static const struct ent_document_column all_codes[] = {
        { "name", "state", ENT_ALIGN_LEFT, true, 0 },
        { "iso3", "ISO", ENT_ALIGN_LEFT, false, 0 },
        { "iso2", "ISO2", ENT_ALIGN_LEFT, false, 0 },
        { "m49", "M49", ENT_ALIGN_RIGHT, false, 0 },
        { "cow", "COW", ENT_ALIGN_LEFT, false, 0 },
        { "cown", "COW no.", ENT_ALIGN_RIGHT, false, 0 },
        { "gw", "GW", ENT_ALIGN_LEFT, false, 0 },
        { "gwn", "GW no.", ENT_ALIGN_RIGHT, false, 0 },
        { "cow_member", "COW years", ENT_ALIGN_LEFT, true, 0 },
        { "gw_member", "GW years", ENT_ALIGN_LEFT, true, 2 },
    };

    if (codes)
        ent_document_table(page, all_codes, sizeof(all_codes) / sizeof(all_codes[0]));
    else
        ent_document_table(page, short_list, sizeof(short_list) / sizeof(short_list[0]));
}

static void
list_row(const struct request *r, struct ent_document *page, const struct ent_state *s)
{
    char spells[160];

    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_PLAIN, r->year ? ent_state_name(s->id, r->year) : s->name,
                      NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, s->iso3, NULL);
    if (r->codes) {
        ent_document_cell(page, ENT_TONE_PLAIN, s->iso2, NULL);
        number_cell(page, s->m49);
    }
    ent_document_cell(page, ENT_TONE_PLAIN, s->cow, NULL);
    number_cell(page, s->cown);
    if (r->codes) {
        ent_document_cell(page, ENT_TONE_PLAIN, s->gw, NULL);
        number_cell(page, r->year ? ent_state_gwn(s->id, r->year) : s->gwn);
    }
    spells_text(s->cow_spells, s->cow_spell_count, spells, sizeof(spells));
    ent_document_cell(page, ENT_TONE_PLAIN, spells, NULL);
    if (r->codes) {
        spells_text(s->gw_spells, s->gw_spell_count, spells, sizeof(spells));
        ent_document_cell(page, ENT_TONE_PLAIN, spells, NULL);
    }
}

static int list_states(const struct request *r)
{
    struct ent_document *page;

    if (cli_output(r->cli) == CLI_JSON) {
        struct ent_json *json = ent_json_new();

        if (!json)
            return cli_complain("out of memory");
        ent_json_open_list(json, NULL);
        for (size_t i = 0; i < ent_state_count(); i++) {
            if (listed(r, ent_state_at(i)))
                json_state(json, ent_state_at(i));
        }
        ent_json_close(json);
        return cli_write_json(json);
    }
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    list_table(page, r->codes);
    for (size_t i = 0; i < ent_state_count(); i++) {
        if (listed(r, ent_state_at(i)))
            list_row(r, page, ent_state_at(i));
    }
    return cli_write(r->cli, page);
}

static void field(struct ent_document *page, const char *name, const char *text)
{
    if (!text[0])
        return;
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_DIM, name, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

struct names {
    char text[512];
    size_t count;
};

static void name_and_years(void *context, const char *name, int from, int to)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    names->count++;
    if (!from)
        return;
    snprintf(names->text + used, sizeof(names->text) - used, "%s%s (%d–", used ? "; " : "",
             name, from);
    used = strlen(names->text);
    snprintf(names->text + used, sizeof(names->text) - used, to < LAST_YEAR ? "%d)" : ")", to);
}

static void describe_codes(struct ent_document *page, const struct ent_state *s)
{
    char text[64];

    snprintf(text, sizeof(text), "%s%s%s", s->iso3, s->iso2[0] ? ", " : "", s->iso2);
    field(page, "ISO 3166", text);
    snprintf(text, sizeof(text), "%03d", s->m49);
    field(page, "UN M49", s->m49 ? text : "");
    snprintf(text, sizeof(text), "%s, %d", s->cow, s->cown);
    field(page, "COW", s->cown ? text : "");
    snprintf(text, sizeof(text), "%s, %d", s->gw, s->gwn);
    field(page, "Gleditsch–Ward", s->gwn ? text : "");
}

/* The years in which COW counts it among the major powers. */
static void major_years(const struct ent_state *s, char *text, size_t size)
{
    int from, to;
    size_t used = 0;

    text[0] = '\0';
    lifetime(s, &from, &to);
    for (int year = from; year <= to && used < size; year++) {
        if (!ent_state_major(s->id, year))
            continue;
        if (!ent_state_major(s->id, year - 1))
            used += (size_t)snprintf(text + used, size - used, "%s%d–", used ? ", " : "", year);
        if (!ent_state_major(s->id, year + 1) && year < to && used < size)
            used += (size_t)snprintf(text + used, size - used, "%d", year);
    }
}

static int describe(const struct request *r, const struct ent_state *s)
{
    static const struct ent_document_column columns[] = {
        { "field", "", ENT_ALIGN_LEFT, false, 0 },
        { "value", "", ENT_ALIGN_LEFT, true, 0 },
    };
    struct ent_document *page = ent_document_new();
    struct names names = { .count = 0 };
    char text[160];

    if (!page)
        return cli_complain("out of memory");
    ent_document_title(page, r->year ? ent_state_name(s->id, r->year) : s->name);
    ent_document_table(page, columns, 2);
    each_name(s, name_and_years, &names);
    field(page, "names", names.count > 1 ? names.text : "");
    describe_codes(page, s);
    spells_text(s->cow_spells, s->cow_spell_count, text, sizeof(text));
    field(page, "member (COW)", text);
    spells_text(s->gw_spells, s->gw_spell_count, text, sizeof(text));
    field(page, "member (GW)", text);
    if (!s->cow_spell_count && !s->gw_spell_count)
        field(page, "member", "of neither system: a territory with data of its own");
    major_years(s, text, sizeof(text));
    field(page, "major power", text);
    field(page, "region", s->region ? regions[s->region] : "");
    return cli_write(r->cli, page);
}

static int look_up(struct request *r)
{
    struct ent_state_match match;
    struct ent_error err = { 0 };
    struct ent_str name = { r->name, strlen(r->name) };
    const struct ent_state *s;
    struct ent_json *json;
    struct ent_document *page;

    if (ent_state_find(name, ENT_CODE_ANY, r->year, &match, &err) != ENT_OK)
        return cli_fail(&err);
    s = ent_state_get(match.id);
    if (cli_output(r->cli) == CLI_TEXT)
        return describe(r, s);
    if (cli_output(r->cli) == CLI_JSON) {
        json = ent_json_new();
        if (!json)
            return cli_complain("out of memory");
        json_state(json, s);
        return cli_write_json(json);
    }
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    r->codes = true;
    list_table(page, r->codes);
    list_row(r, page, s);
    return cli_write(r->cli, page);
}

int cmd_states(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };

    cli_parse(&argp, argc, argv, &r);
    return r.name ? look_up(&r) : list_states(&r);
}
