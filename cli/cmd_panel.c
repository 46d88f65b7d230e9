/* entente panel: measures of every dyad (or state) in every year, as a dataset. */
#define _DEFAULT_SOURCE /* strsep */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entente/panel_file.h"
#include "entente/state.h"
#include "entente/str.h"

enum {
    KEY_FROM = 256,
    KEY_TO,
    KEY_STATES,
    KEY_DYADS,
    KEY_DIRECTED,
    KEY_UNIT,
    KEY_MEASURES,
    KEY_OPTIONS,
    KEY_ERRORS,
    KEY_BOOTSTRAP,
    KEY_SEED,
    KEY_POLES,
    KEY_AS,
    KEY_CODES,
    KEY_REASONS,
    KEY_ALL_SOURCES,
    KEY_THREADS,
    KEY_NO_CODEBOOK,
};

struct request {
    struct cli *cli;
    struct ent_panel_request panel;
    struct ent_panel_file file;
    char *states, *measures, *options, *poles; /* lists, cut up where they stand */
    const char *dyads_file, *as;
    bool no_codebook;
    /* What the lists above come to. */
    int *state_ids;
    struct ent_listed_dyad *listed;
    const char **words, **option_words;
    char *poles_word;
};

static const char doc[] =
    "Write the measures of every dyad of states in every year, one row a dyad and year, with a "
    "codebook beside the file that says what every column is and from which files it comes."
    "\vLIST is words with commas between: measures (trade.share), one source of a measure "
    "(trade.rank@dots), families (trade), dimensions (economy), default (what a dossier shows) "
    "or all.  DYADS is all, contiguous, majors (with at least one major power), relevant "
    "(contiguous or with a major power), or a CSV file whose first two columns are states.  "
    "Options, for the measures of portfolio and votes: self-ties=yes|no, "
    "absent=missing|abstain, unanimous=drop|keep, near-unanimous=SHARE, period=session|calendar, "
    "range=theoretical|observed, hage-zero=no|yes; of treaty ties also "
    "system=all|region|relevant (whose ties to whom count) and, of S, "
    "weights=none|cinc|gdp; of hedging, poles=STATE/STATE.\n\n"
    "Example: entente panel --from 2013 --to 2014 --measures trade -o panel.csv";

static const struct argp_option options[] = {
    { "from", KEY_FROM, "YEAR", 0, "first year (else 1816)", 0 },
    { "to", KEY_TO, "YEAR", 0, "last year (else the last that the measures reach)", 0 },
    { "states", KEY_STATES, "LIST", 0, "only dyads among these states", 0 },
    { "dyads", KEY_DYADS, "DYADS", 0, "which dyads: see below (default all)", 0 },
    { "directed", KEY_DIRECTED, NULL, 0, "one row a direction", 0 },
    { "unit", KEY_UNIT, "UNIT", 0, "dyad (default) or state: measures of one state", 0 },
    { "measures", KEY_MEASURES, "LIST", 0, "what to compute (default \"default\")", 0 },
    { "options", KEY_OPTIONS, "LIST", 0, "conventions of likeness: see below", 0 },
    { "errors", KEY_ERRORS, NULL, 0,
      "a column NAME_se of the standard error beside each measure of likeness", 0 },
    { "bootstrap", KEY_BOOTSTRAP, "N", 0,
      "columns NAME_lo and NAME_hi of a 95 % interval from N replicates beside each such measure",
      0 },
    { "seed", KEY_SEED, "S", 0, "of the replicates (else 0)", 0 },
    { "poles", KEY_POLES, "A,B", 0, "between whom states hedge (else USA,CHN)", 0 },
    { "all-sources", KEY_ALL_SOURCES, NULL, 0, "a column for every source of a measure", 0 },
    { "as", KEY_AS, "FORMAT", 0,
      "csv, tsv, ndjson, dta (Stata) or sqlite; else as the file is called", 0 },
    { "codes", KEY_CODES, "SYSTEM", 0,
      "of the states: cown (default), cow, gwn, gw, iso3, iso2, "
      "m49 or name",
      0 },
    { "reasons", KEY_REASONS, NULL, 0, "say of each missing cell why, in a column beside it",
      0 },
    { "output", 'o', "FILE", 0, "where to write (else standard output)", 0 },
    { "no-codebook", KEY_NO_CODEBOOK, NULL, 0, "write no codebook beside the file", 0 },
    { "threads", KEY_THREADS, "N", 0, "threads (else one a processor)", 0 },
    { 0 },
};

static const struct {
    const char *name;
    enum ent_code_system codes;
} code_names[] = {
    { "cown", ENT_CODE_COWN }, { "cow", ENT_CODE_COW },   { "gwn", ENT_CODE_GWN },
    { "gw", ENT_CODE_GW },     { "iso3", ENT_CODE_ISO3 }, { "iso2", ENT_CODE_ISO2 },
    { "m49", ENT_CODE_M49 },   { "name", ENT_CODE_NAME },
};

static const struct {
    const char *name, *ending;
    enum ent_panel_format format;
} formats[] = {
    { "csv", ".csv", ENT_PANEL_CSV },          { "tsv", ".tsv", ENT_PANEL_TSV },
    { "ndjson", ".ndjson", ENT_PANEL_NDJSON }, { "dta", ".dta", ENT_PANEL_DTA },
    { "sqlite", ".sqlite", ENT_PANEL_SQLITE },
};

static enum ent_code_system parse_codes(struct argp_state *state, const char *text)
{
    for (size_t i = 0; i < sizeof(code_names) / sizeof(code_names[0]); i++) {
        if (strcmp(code_names[i].name, text) == 0)
            return code_names[i].codes;
    }
    argp_error(state, "--codes: no code system is called \"%s\"", text);
    return ENT_CODE_ANY;
}

static void parse_dyads(struct request *r, const char *text)
{
    if (strcmp(text, "all") == 0)
        r->panel.dyads = ENT_DYADS_ALL;
    else if (strcmp(text, "contiguous") == 0)
        r->panel.dyads = ENT_DYADS_CONTIGUOUS;
    else if (strcmp(text, "majors") == 0)
        r->panel.dyads = ENT_DYADS_MAJORS;
    else if (strcmp(text, "relevant") == 0)
        r->panel.dyads = ENT_DYADS_RELEVANT;
    else {
        r->panel.dyads = ENT_DYADS_LISTED;
        r->dyads_file = text;
    }
}

static int parse_threads(struct argp_state *state, const char *text)
{
    char *end;
    long threads = strtol(text, &end, 10);

    if (end == text || *end || threads < 1 || threads > 256)
        argp_error(state, "--threads: \"%s\" is no number from 1 to 256", text);
    return (int)threads;
}

static uint64_t
parse_number(struct argp_state *state, const char *option, const char *text, long long most)
{
    char *end;
    long long number;

    errno = 0;
    number = strtoll(text, &end, 10);
    if (end == text || *end || errno || number < 0 || number > most)
        argp_error(state, "--%s: \"%s\" is no whole number from 0 to %lld", option, text, most);
    return (uint64_t)number;
}

static void parse_unit(struct argp_state *state, struct request *r, const char *text)
{
    if (strcmp(text, "state") == 0)
        r->panel.unit = ENT_PANEL_STATES;
    else if (strcmp(text, "dyad") != 0)
        argp_error(state, "--unit: \"%s\" is neither dyad nor state", text);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_FROM:
        r->panel.from = cli_year(state, arg);
        return 0;
    case KEY_TO:
        r->panel.to = cli_year(state, arg);
        return 0;
    case KEY_STATES:
        r->states = arg;
        return 0;
    case KEY_DYADS:
        parse_dyads(r, arg);
        return 0;
    case KEY_DIRECTED:
        r->panel.unit = ENT_PANEL_DIRECTED;
        return 0;
    case KEY_UNIT:
        parse_unit(state, r, arg);
        return 0;
    case KEY_MEASURES:
        r->measures = arg;
        return 0;
    case KEY_OPTIONS:
        r->options = arg;
        return 0;
    case KEY_ERRORS:
        r->panel.errors = true;
        return 0;
    case KEY_BOOTSTRAP:
        r->panel.bootstrap = (size_t)parse_number(state, "bootstrap", arg, 10000);
        return 0;
    case KEY_SEED:
        r->panel.seed = parse_number(state, "seed", arg, INT64_MAX);
        return 0;
    case KEY_POLES:
        r->poles = arg;
        return 0;
    case KEY_ALL_SOURCES:
        r->panel.all_sources = true;
        return 0;
    case KEY_AS:
        r->as = arg;
        return 0;
    case KEY_CODES:
        r->file.codes = parse_codes(state, arg);
        return 0;
    case KEY_REASONS:
        r->panel.reasons = true;
        return 0;
    case KEY_THREADS:
        r->panel.threads = parse_threads(state, arg);
        return 0;
    case KEY_NO_CODEBOOK:
        r->no_codebook = true;
        return 0;
    case 'o':
        r->file.path = strcmp(arg, "-") == 0 ? NULL : arg;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": a panel takes options only", arg);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, NULL, doc, cli_common };

static bool find_state(const char *text, int *id, struct ent_error *err)
{
    struct ent_str name = { text, strlen(text) };
    struct ent_state_match match;

    if (ent_state_find(name, ENT_CODE_ANY, 0, &match, err) != ENT_OK)
        return false;
    *id = match.id;
    return true;
}

static int read_states(struct request *r)
{
    const char **words = cli_split(r->states, &r->panel.state_count);
    struct ent_error err = { 0 };
    int status = CLI_OK;

    r->state_ids = cli_alloc(r->panel.state_count + 1, sizeof(*r->state_ids));
    r->panel.states = r->state_ids;
    if (r->panel.state_count == 0)
        status = cli_complain("--states names no state");
    for (size_t i = 0; status == CLI_OK && i < r->panel.state_count; i++) {
        if (!find_state(words[i], &r->state_ids[i], &err))
            status = cli_fail(&err);
    }
    free(words);
    return status;
}

/* "China,RUS,..." into two states; false for a line that holds none, a header say. */
static bool read_dyad(char *line, struct ent_listed_dyad *dyad, struct ent_error *err)
{
    char *rest = line;
    char *cell[2];

    line[strcspn(line, "\r\n")] = '\0';
    for (int k = 0; k < 2; k++) {
        cell[k] = strsep(&rest, ",;\t");
        if (!cell[k])
            return false;
        if (cell[k][0] == '"') {
            cell[k]++;
            cell[k][strcspn(cell[k], "\"")] = '\0';
        }
    }
    return find_state(cell[0], &dyad->a, err) && find_state(cell[1], &dyad->b, err);
}

static int read_dyads(struct request *r)
{
    FILE *f = fopen(r->dyads_file, "r");
    size_t capacity = 0, size = 0, number = 0;
    char *line = NULL;
    struct ent_error err = { 0 };
    int status = CLI_OK;

    if (!f)
        return cli_complain("%s: %s; --dyads is all, contiguous, majors, relevant or a file",
                            r->dyads_file, strerror(errno));
    while (status == CLI_OK && getline(&line, &size, f) >= 0) {
        struct ent_listed_dyad dyad;

        number++;
        if (read_dyad(line, &dyad, &err)) {
            r->listed =
                cli_grow(r->listed, &capacity, r->panel.listed_count + 1, sizeof(*r->listed));
            r->listed[r->panel.listed_count++] = dyad;
        } else if (number > 1 && line[0]) { /* the first line may be a header */
            ent_error_at(&err, r->dyads_file, number, 0);
            status = cli_fail(&err);
        }
    }
    free(line);
    fclose(f);
    r->panel.listed = r->listed;
    return status;
}

static int choose_format(struct request *r)
{
    size_t len = r->file.path ? strlen(r->file.path) : 0;

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        size_t end = strlen(formats[i].ending);

        if (r->as ? strcmp(r->as, formats[i].name) == 0
                  : len > end && strcmp(r->file.path + len - end, formats[i].ending) == 0) {
            r->file.format = formats[i].format;
            return CLI_OK;
        }
    }
    if (r->as)
        return cli_complain(
            "--as: no format is called \"%s\"; there are csv, tsv, ndjson, dta, "
            "sqlite",
            r->as);
    return CLI_OK; /* CSV */
}

/* FILE.codebook.md, the file's own ending left out. */
static char *codebook_path(const struct request *r)
{
    size_t len;
    char *path;

    if (!r->file.path || r->no_codebook)
        return NULL;
    len = strlen(r->file.path);
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        size_t end = strlen(formats[i].ending);

        if (len > end && strcmp(r->file.path + len - end, formats[i].ending) == 0) {
            len -= end;
            break;
        }
    }
    path = cli_alloc(len + 16, 1);
    snprintf(path, len + 16, "%.*s.codebook.md", (int)len, r->file.path);
    return path;
}

/* --poles A,B as the word poles=A/B among the options. */
static int add_poles(struct request *r)
{
    char *comma = strchr(r->poles, ',');
    size_t size = strlen(r->poles) + sizeof("poles=");
    const char **words;

    if (!comma)
        return cli_complain("--poles: two states with a comma between, and not \"%s\"",
                            r->poles);
    *comma = '/';
    r->poles_word = cli_alloc(size, 1);
    snprintf(r->poles_word, size, "poles=%s", r->poles);
    words = cli_alloc(r->panel.option_count + 1, sizeof(*words));
    if (r->panel.option_count)
        memcpy(words, r->option_words, r->panel.option_count * sizeof(*words));
    words[r->panel.option_count++] = r->poles_word;
    free(r->option_words);
    r->panel.options = r->option_words = words;
    return CLI_OK;
}

static int prepare(struct request *r)
{
    int status = choose_format(r);

    if (status == CLI_OK && r->states)
        status = read_states(r);
    if (status == CLI_OK && r->dyads_file)
        status = read_dyads(r);
    if (r->measures) {
        r->words = cli_split(r->measures, &r->panel.measure_count);
        r->panel.measures = r->words;
    }
    if (r->options) {
        r->option_words = cli_split(r->options, &r->panel.option_count);
        r->panel.options = r->option_words;
        if (status == CLI_OK && r->panel.option_count == 0)
            status = cli_complain("--options names no option");
    }
    if (status == CLI_OK && r->poles)
        status = add_poles(r);
    return status;
}

static int run(struct request *r, struct ent_store *store)
{
    struct ent_panel_plan *plan = NULL;
    struct cli_progress progress;
    struct ent_error err = { 0 };
    char *codebook = codebook_path(r);
    enum ent_status status = ent_panel_plan_new(store, &r->panel, &plan, &err);
    uint64_t rows = 0;

    if (status == ENT_OK) {
        r->file.codebook = codebook;
        r->file.progress = cli_progress_show;
        r->file.context = &progress;
        cli_catch_interrupt();
        cli_progress_begin(&progress, r->cli);
        status = ent_panel_write(plan, &r->file, &rows, &err);
        cli_progress_end(&progress);
    }
    if (status == ENT_OK && r->file.path && !r->cli->quiet)
        printf("%llu rows and %zu columns of measures in %s%s%s\n", (unsigned long long)rows,
               ent_panel_layout(plan)->column_count, r->file.path,
               codebook ? "; what they are: " : "", codebook ? codebook : "");
    ent_panel_plan_free(plan);
    free(codebook);
    if (status == ENT_ECANCEL)
        return CLI_INTERRUPTED;
    return status == ENT_OK ? CLI_OK : cli_fail(&err);
}

int cmd_panel(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    int exit_status;

    cli_parse(&argp, argc, argv, &r);
    exit_status = prepare(&r);
    if (exit_status == CLI_OK && cli_open_store(cli, CLI_NEED_STORE, &store, &err) != ENT_OK)
        exit_status = cli_fail(&err);
    if (exit_status == CLI_OK)
        exit_status = run(&r, store);
    ent_store_close(store);
    free(r.state_ids);
    free(r.listed);
    free(r.words);
    free(r.option_words);
    free(r.poles_word);
    return exit_status;
}
