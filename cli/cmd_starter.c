/* entente starter: compute the starter panel that ships with Entente. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entente/starter.h"

enum {
    FIRST_YEAR = 1946,
    LAST_YEAR = 2024,
};

struct request {
    struct cli *cli;
    const char *folder;
    int from, to;
};

static const char doc[] =
    "Compute the starter panel from the store into FOLDER: the measures of all dyads among some "
    "thirty major states, with which Entente answers where there is no store. The same store "
    "gives the same bytes."
    "\vExample: entente starter --from 2010 --to 2012 starter";

static const struct argp_option options[] = {
    { "from", 'f', "YEAR", 0, "first year (default 1946)", 0 },
    { "to", 't', "YEAR", 0, "last year (default 2024)", 0 },
    { 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 'f':
        r->from = cli_year(state, arg);
        return 0;
    case 't':
        r->to = cli_year(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->folder)
            argp_error(state, "one folder");
        r->folder = arg;
        return 0;
    case ARGP_KEY_END:
        if (!r->folder)
            argp_error(state, "no folder to write to");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "FOLDER", doc, cli_common };

int cmd_starter(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .from = FIRST_YEAR, .to = LAST_YEAR };
    struct cli_progress progress;
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    enum ent_status status;
    char charters[4096];
    bool shipped;

    cli_parse(&argp, argc, argv, &r);
    status = cli_open_store(cli, CLI_NEED_STORE, &store, &err);
    if (status != ENT_OK)
        return cli_fail(&err);
    shipped = cli_data_path("model/charters.csv", charters, sizeof(charters));
    if (!shipped)
        cli_warn(cli,
                 "the list of regional charters is not here: the panel will say nothing of "
                 "places among allies");
    cli_catch_interrupt();
    cli_progress_begin(&progress, cli);
    status = ent_starter_write(store, r.folder, shipped ? charters : NULL, r.from, r.to,
                               cli_progress_show, &progress, &err);
    cli_progress_end(&progress);
    ent_store_close(store);
    if (status == ENT_ECANCEL)
        return CLI_INTERRUPTED;
    if (status != ENT_OK)
        return cli_fail(&err);
    printf("%zu states, %d to %d, in %s\n", ent_starter_state_count(), r.from, r.to, r.folder);
    return CLI_OK;
}
