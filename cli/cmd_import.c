/* entente import: read published files, or a user's own, into the store. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entente/ideal.h"
#include "entente/import.h"
#include "entente/user_data.h"
#include "import_log.h"

struct request {
    struct cli *cli;
    bool strict, replace;
    const char *as;
    struct ent_user_data user;
    struct ent_user_column *values;
    const char **missing;
    size_t value_capacity, missing_capacity;
    const char *const *paths;
    size_t path_count;
};

enum {
    KEY_STRICT = 2000,
    KEY_REPLACE,
    KEY_AS,
    KEY_NAME,
    KEY_YEAR,
    KEY_FROM,
    KEY_TO,
    KEY_STATE,
    KEY_ORGANISATION,
    KEY_CODES,
    KEY_VALUE,
    KEY_MISSING,
    KEY_ZERO,
    KEY_CITE,
};

static const char doc[] =
    "Read files, or folders of them, into the store.  Each dataset is recognised by its "
    "content, whatever its name, and packed files (.gz .bz2 .xz .zip) are read as they are.  "
    "The import is one transaction: stopped at any moment, it leaves the store as it was."
    "\v--value COLUMN=NAME:UNIT gives a column another name and a unit; both can be left out, "
    "and the option given again for every column.  SYSTEM is cown, cow, gwn, gw, iso3, iso2, "
    "m49, name or any.\n\n"
    "Example: entente import ~/Downloads";

static const struct argp_option options[] = {
    { "strict", KEY_STRICT, NULL, 0, "the first row that cannot be read fails its table", 1 },
    { "replace", KEY_REPLACE, NULL, 0, "what is in the store gives way, whatever its version",
      1 },
    { NULL, 0, NULL, 0, "A table of your own:", 2 },
    { "as", KEY_AS, "SHAPE", 0,
      "dyad-year, directed-dyad-year, state-year or state-organisation-year", 2 },
    { "name", KEY_NAME, "NAME", 0, "what to call it: it becomes the dataset user_NAME", 2 },
    { "year-column", KEY_YEAR, "COLUMN", 0, "the year (else \"year\")", 2 },
    { "from-column", KEY_FROM, "COLUMN", 0, "the first state", 2 },
    { "to-column", KEY_TO, "COLUMN", 0, "the second state", 2 },
    { "state-column", KEY_STATE, "COLUMN", 0, "the state of a state-year", 2 },
    { "organisation-column", KEY_ORGANISATION, "COLUMN", 0,
      "the organisation that a state is in (else \"organisation\")", 2 },
    { "codes", KEY_CODES, "SYSTEM", 0, "how states are written (else any)", 2 },
    { "value", KEY_VALUE, "COLUMN", 0, "a column to read", 2 },
    { "missing", KEY_MISSING, "CODE", 0, "what stands for missing, besides the empty cell", 2 },
    { "zero-when-absent", KEY_ZERO, NULL, 0, "no row means none, not unknown", 2 },
    { "cite", KEY_CITE, "TEXT", 0, "how to cite it", 2 },
    { 0 },
};

static enum ent_code_system code_system(struct argp_state *state, const char *text)
{
    static const struct {
        const char *name;
        enum ent_code_system system;
    } systems[] = {
        { "any", ENT_CODE_ANY }, { "iso3", ENT_CODE_ISO3 }, { "iso2", ENT_CODE_ISO2 },
        { "m49", ENT_CODE_M49 }, { "cow", ENT_CODE_COW },   { "cown", ENT_CODE_COWN },
        { "gw", ENT_CODE_GW },   { "gwn", ENT_CODE_GWN },   { "name", ENT_CODE_NAME },
    };

    for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
        if (strcmp(systems[i].name, text) == 0)
            return systems[i].system;
    }
    argp_error(state,
               "no code system \"%s\": it is any, cown, cow, gwn, gw, iso3, iso2, m49 or name",
               text);
    return ENT_CODE_ANY;
}

/* COLUMN[=NAME][:UNIT], cut where its parts end. */
static void add_value(struct request *r, char *text)
{
    struct ent_user_column *value;
    char *unit = strchr(text, ':');
    char *name;

    if (unit)
        *unit++ = '\0';
    name = strchr(text, '=');
    if (name)
        *name++ = '\0';
    r->values =
        cli_grow(r->values, &r->value_capacity, r->user.value_count + 1, sizeof(*r->values));
    value = &r->values[r->user.value_count++];
    *value = (struct ent_user_column){ .column = text, .name = name, .unit = unit ? unit : "" };
}

static void add_missing(struct request *r, const char *code)
{
    r->missing = cli_grow(r->missing, &r->missing_capacity, r->user.missing_count + 1,
                          sizeof(*r->missing));
    r->missing[r->user.missing_count++] = code;
}

/* What is asked of a user's own table. */
static void check_own(struct request *r, struct argp_state *state)
{
    static const char *const shapes[] = { "dyad-year", "directed-dyad-year", "state-year",
                                          "state-organisation-year" };
    size_t count = sizeof(shapes) / sizeof(shapes[0]);
    bool members = r->as && strcmp(r->as, shapes[3]) == 0;
    bool one_state = members || (r->as && strcmp(r->as, shapes[2]) == 0);
    bool known = false;

    if (!r->as) {
        if (r->user.name || r->user.from || r->user.to || r->user.value_count)
            argp_error(state, "columns are named for a table of your own: say --as SHAPE");
        return;
    }
    for (size_t i = 0; i < count; i++)
        known = known || strcmp(shapes[i], r->as) == 0;
    if (!known)
        argp_error(state,
                   "no shape \"%s\": it is dyad-year, directed-dyad-year, state-year or "
                   "state-organisation-year",
                   r->as);
    if (!r->user.name)
        argp_error(state, "--as needs --name NAME");
    if (!r->user.from)
        argp_error(state, "--as %s needs %s COLUMN", r->as,
                   one_state ? "--state-column" : "--from-column");
    if (!r->user.to && !one_state)
        argp_error(state, "--as %s needs --to-column COLUMN", r->as);
    if (r->user.organisation && !members)
        argp_error(state, "--organisation-column is of --as state-organisation-year");
    if (members && !r->user.organisation)
        r->user.organisation = "organisation";
    if (r->user.value_count == 0 && !members)
        argp_error(state, "--as needs at least one --value COLUMN");
}

static error_t parse_own(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_AS:
        r->as = arg;
        return 0;
    case KEY_NAME:
        r->user.name = arg;
        return 0;
    case KEY_YEAR:
        r->user.year = arg;
        return 0;
    case KEY_FROM:
    case KEY_STATE:
        r->user.from = arg;
        return 0;
    case KEY_TO:
        r->user.to = arg;
        return 0;
    case KEY_ORGANISATION:
        r->user.organisation = arg;
        return 0;
    case KEY_CODES:
        r->user.codes = code_system(state, arg);
        return 0;
    case KEY_VALUE:
        add_value(r, arg);
        return 0;
    case KEY_MISSING:
        add_missing(r, arg);
        return 0;
    case KEY_ZERO:
        r->user.zero_when_absent = 1;
        return 0;
    case KEY_CITE:
        r->user.citation = arg;
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_STRICT:
        r->strict = true;
        return 0;
    case KEY_REPLACE:
        r->replace = true;
        return 0;
    case ARGP_KEY_ARGS:
        r->paths = (const char *const *)(state->argv + state->next);
        r->path_count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "nothing to import: name files or folders");
        return 0;
    case ARGP_KEY_END:
        check_own(r, state);
        return 0;
    default:
        return parse_own(key, arg, state);
    }
}

static const struct argp argp = { options, parse, "PATH...", doc, cli_common };

static int show_progress(void *context, const char *phase, size_t done, size_t total)
{
    struct import_log *log = context;

    return cli_progress_show(&log->progress, phase, done, total);
}

/* Estimates that were made from what has now changed are not made anew by themselves. */
static void warn_of_stale(const struct cli *cli, struct ent_store *store)
{
    char text[400];

    if (ent_ideal_stale(store, text, sizeof(text), NULL) == ENT_OK && text[0])
        cli_warn(
            cli,
            "%s since ideal points were estimated (entente_ideal): entente ideal makes them "
            "anew",
            text);
}

static int run_import(struct request *r)
{
    struct import_log log = { .cli = r->cli };
    struct ent_import_options o = {
        .strict = r->strict,
        .replace = r->replace,
        .as = r->as,
        .user = r->as ? &r->user : NULL,
        .report = import_log_add,
        .progress = show_progress,
        .context = &log,
    };
    struct ent_error err = { 0 };
    struct ent_store *store = NULL;
    char path[4096];
    enum ent_status status = ent_store_path(r->cli->store, path, sizeof(path), &err);
    int exit_status;

    if (status == ENT_OK)
        status = ent_store_open(path, ENT_STORE_WRITE, &store, &err);
    if (status == ENT_OK) {
        cli_catch_interrupt();
        cli_progress_begin(&log.progress, r->cli);
        status = ent_import(store, r->paths, r->path_count, &o, &log.summary, &err);
        cli_progress_end(&log.progress);
    }
    if (status == ENT_OK)
        warn_of_stale(r->cli, store);
    ent_store_close(store);
    log.store = path;
    if (status == ENT_ECANCEL)
        exit_status = (cli_fail(&err), CLI_INTERRUPTED);
    else
        exit_status = status == ENT_OK ? import_log_write(&log) : cli_fail(&err);
    import_log_release(&log);
    return exit_status;
}

int cmd_import(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .user = { .year = "year" } };
    int status;

    cli_parse(&argp, argc, argv, &r);
    r.user.values = r.values;
    r.user.missing = r.missing;
    status = run_import(&r);
    free(r.values);
    free(r.missing);
    return status;
}
