/* entente fit: fit the reference-class model from the store. */
#include <stdlib.h>

#include "cli.h"
#include "entente/model.h"

struct request {
    struct cli *cli;
    struct ent_model_fit_options options;
    const char *path;
    char charters[4096];
};

static const char doc[] =
    "Fit the reference-class model, with which Entente says what share of dyads that behave like "
    "one had a defence pact, from the store into FILE. Treaties that count as regional charters "
    "are read from a list that may be edited. The same store and list give the same bytes. It "
    "takes some minutes."
    "\vExample: entente fit model.txt";

enum {
    CHARTERS = 1000,
    THREADS,
};

static const struct argp_option options[] = {
    { "charters", CHARTERS, "FILE", 0,
      "the list of regional charters (default: the one that ships with Entente)", 0 },
    { "threads", THREADS, "N", 0, "threads (else one a processor)", 0 },
    { 0 },
};

static int parse_threads(struct argp_state *state, const char *text)
{
    char *end;
    long threads = strtol(text, &end, 10);

    if (end == text || *end || threads < 1 || threads > 256)
        argp_error(state, "--threads: \"%s\" is no number from 1 to 256", text);
    return (int)threads;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case CHARTERS:
        r->options.charters = arg;
        return 0;
    case THREADS:
        r->options.threads = parse_threads(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->path)
            argp_error(state, "one file");
        r->path = arg;
        return 0;
    case ARGP_KEY_END:
        if (!r->path)
            argp_error(state, "no file to write to");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "FILE", doc, cli_common };

int cmd_fit(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct cli_progress progress;
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    enum ent_status status;

    cli_parse(&argp, argc, argv, &r);
    if (!r.options.charters) {
        if (!cli_data_path("model/charters.csv", r.charters, sizeof(r.charters)))
            return cli_complain("the list of regional charters is not here: name one with "
                                "--charters");
        r.options.charters = r.charters;
    }
    if (cli_open_store(cli, CLI_NEED_STORE, &store, &err) != ENT_OK)
        return cli_fail(&err);
    cli_catch_interrupt();
    cli_progress_begin(&progress, cli);
    r.options.progress = cli_progress_show;
    r.options.context = &progress;
    status = ent_model_fit(store, &r.options, r.path, &err);
    cli_progress_end(&progress);
    ent_store_close(store);
    if (status == ENT_ECANCEL)
        return CLI_INTERRUPTED;
    if (status != ENT_OK)
        return cli_fail(&err);
    printf("the model, in %s\n", r.path);
    return CLI_OK;
}
