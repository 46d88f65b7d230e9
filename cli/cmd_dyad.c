/* entente dyad: how two states stand to each other. */
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"

struct request {
    struct cli *cli;
    const char *states[2];
    size_t state_count;
    int from, to; /* of a history; 0: none */
    const char *measure_list;
    const char *cases; /* folder of casebooks; NULL: those that ship */
    struct ent_dossier_options options;
    size_t *measures;
    const char **option_words;
    size_t measure_capacity;
};

enum {
    KEY_FROM = 2000,
    KEY_TO,
    KEY_NO_CARRY,
    KEY_CARRY_YEARS,
    KEY_CASES,
    KEY_OPTIONS,
};

static const char doc[] =
    "Print the dossier of two states: dimension by dimension every measure, from A to B and "
    "back where it has a direction, its place among all dyads of that year, its last ten "
    "years, and its source.  With --from and --to, the history of every measure."
    "\vA and B are names or codes, as in entente states.  Where a source ends before YEAR, its "
    "last value is shown with its own year and a star; --no-carry shows such values as not "
    "known.  --measures takes ids of entente measures, or the beginning of several "
    "(\"trade\").\n\n"
    "Example: entente dyad China Russia --year 2014";

static const struct argp_option options[] = {
    { "year", 'y', "YEAR", 0, "as of this year (else the last that any source covers)", 0 },
    { "from", KEY_FROM, "YEAR", 0, "the history from this year on", 0 },
    { "to", KEY_TO, "YEAR", 0, "the history to this year", 0 },
    { "measures", 'm', "ID,...", 0, "only these measures", 0 },
    { "no-carry", KEY_NO_CARRY, NULL, 0, "do not carry values of earlier years forward", 0 },
    { "cases", KEY_CASES, "FOLDER", 0,
      "the casebooks whose reported facts are shown (else those that ship; none: none)", 0 },
    { "options", KEY_OPTIONS, "LIST", 0, "conventions of the measures, as of entente panel",
      0 },
    { "carry-years", KEY_CARRY_YEARS, "N", 0, "carry values at most N years forward", 0 },
    { 0 },
};

static int carry_years(struct argp_state *state, const char *text)
{
    char *end;
    long years = strtol(text, &end, 10);

    if (end == text || *end || years < 1 || years > 500)
        argp_error(state, "--carry-years: \"%s\" is no number of years from 1 to 500", text);
    return (int)years;
}

static void check_end(struct request *r, struct argp_state *state)
{
    if (r->state_count < 2)
        argp_error(state, "two states are needed, and %s given",
                   r->state_count ? "one is" : "none is");
    if ((r->from || r->to) && r->options.option_count)
        argp_error(state, "--options goes with neither --from nor --to: see entente panel");
    if ((r->from || r->to) && r->options.year)
        argp_error(state, "--year goes with neither --from nor --to");
    if (r->from && r->to && r->from > r->to)
        argp_error(state, "--from %d is after --to %d", r->from, r->to);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 'y':
        r->options.year = cli_year(state, arg);
        return 0;
    case KEY_FROM:
        r->from = cli_year(state, arg);
        return 0;
    case KEY_TO:
        r->to = cli_year(state, arg);
        return 0;
    case 'm':
        r->measure_list = arg;
        return 0;
    case KEY_NO_CARRY:
        r->options.no_carry = true;
        return 0;
    case KEY_OPTIONS:
        free(r->option_words);
        r->option_words = cli_split(arg, &r->options.option_count);
        r->options.options = r->option_words;
        return 0;
    case KEY_CARRY_YEARS:
        r->options.carry_years = carry_years(state, arg);
        return 0;
    case KEY_CASES:
        r->cases = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (r->state_count == 2)
            argp_error(state, "two states are needed; put a name of several words in quotes");
        r->states[r->state_count++] = arg;
        return 0;
    case ARGP_KEY_END:
        check_end(r, state);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "A B", doc, cli_common };

static void add_measure(struct request *r, size_t index)
{
    size_t count = r->options.measure_count;

    r->measures = cli_grow(r->measures, &r->measure_capacity, count + 1, sizeof(size_t));
    r->measures[count] = index;
    r->options.measures = r->measures;
    r->options.measure_count = count + 1;
}

/* The measures of one word of --measures: an id, or the beginning of ids up to a dot. */
static enum ent_status add_measures(struct request *r, const char *word, struct ent_error *err)
{
    size_t before = r->options.measure_count;
    size_t len = strlen(word);
    size_t index;

    for (size_t i = 0; i < ent_measure_count(); i++) {
        const char *id = ent_measure_at(i)->id;

        if (len && strncmp(id, word, len) == 0 && (id[len] == '\0' || id[len] == '.'))
            add_measure(r, i);
    }
    if (r->options.measure_count > before)
        return ENT_OK;
    return ent_measure_find(word, &index, err); /* for its message */
}

static enum ent_status choose_measures(struct request *r, struct ent_error *err)
{
    char *words = cli_copy(r->measure_list);
    char *rest = words;
    enum ent_status status = ENT_OK;

    for (char *comma; status == ENT_OK && rest; rest = comma ? comma + 1 : NULL) {
        comma = strchr(rest, ',');
        if (comma)
            *comma = '\0';
        status = add_measures(r, rest, err);
    }
    free(words);
    return status;
}

static int write_json(const struct ent_dossier *d)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_dossier_json(d, json, NULL);
    return cli_write_json(json);
}

static int
write_page(const struct request *r, const struct dyad_place *place, const struct ent_dossier *d)
{
    struct ent_data_list data = { 0 };
    struct ent_error err = { 0 };
    int exit_status;

    if (ent_data_list(place->store, &data, &err) != ENT_OK)
        return cli_fail(&err);
    exit_status = dyad_write_page(r->cli, d, &data);
    ent_data_list_release(&data);
    return exit_status;
}

static int write_dossier(const struct request *r, const struct dyad_place *place, int a, int b)
{
    struct ent_dossier dossier;
    struct ent_casebooks cases = { .at = NULL };
    struct ent_error err = { 0 };
    int exit_status;

    /* Who asks for some measures does not want all that is reported. */
    if ((r->cases || !r->measure_list) && dyad_cases(r->cli, r->cases, &cases, &err) != ENT_OK)
        return cli_fail(&err);
    if (dyad_compute(place, a, b, &r->options, &dossier, &err) != ENT_OK) {
        ent_casebooks_release(&cases);
        return cli_fail(&err);
    }
    dossier.cases = &cases;
    if (dossier.starter && cli_output(r->cli) != CLI_TEXT)
        cli_warn(r->cli, "no store yet: this is the starter panel that ships with Entente");
    switch (cli_output(r->cli)) {
    case CLI_JSON:
        exit_status = write_json(&dossier);
        break;
    case CLI_TSV:
        exit_status = dyad_write_tsv(r->cli, &dossier);
        break;
    case CLI_TEXT:
    case CLI_AUTO:
    default:
        exit_status = write_page(r, place, &dossier);
        break;
    }
    ent_dossier_release(&dossier);
    ent_casebooks_release(&cases);
    return exit_status;
}

int cmd_dyad(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct dyad_place place = { .store = NULL };
    struct ent_error err = { 0 };
    int exit_status, a, b, year;
    bool history;

    cli_parse(&argp, argc, argv, &r);
    history = r.from || r.to;
    r.options.own = !r.measure_list;
    year = history ? r.to : r.options.year;
    a = dyad_state(r.states[0], year);
    b = dyad_state(r.states[1], year);
    if (a < 0 || b < 0)
        return CLI_FAILED;
    if ((r.measure_list && choose_measures(&r, &err) != ENT_OK) ||
        dyad_open(cli, &place, &err) != ENT_OK)
        exit_status = cli_fail(&err);
    else
        exit_status = history ? dyad_history(cli, &place, a, b, r.from, r.to, &r.options)
                              : write_dossier(&r, &place, a, b);
    dyad_close(&place);
    free(r.measures);
    free(r.option_words);
    return exit_status;
}
