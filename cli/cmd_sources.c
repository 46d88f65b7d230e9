/* entente sources: a measure of two states by every source, side by side. */
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/sources.h"

struct request {
    struct cli *cli;
    const char *arguments[3]; /* A B MEASURE */
    size_t count;
    int from, to;
};

enum {
    KEY_FROM = 2200,
    KEY_TO,
};

static const char doc[] =
    "Set the sources of a measure side by side: every one's series, how far they are apart, and "
    "which side reports what."
    "\vMEASURE is an id (see entente measures), or trade: two-way trade by every source, what "
    "each of the two reports itself among them.\n\n"
    "Example: entente sources China Russia trade";

static const struct argp_option options[] = {
    { "from", KEY_FROM, "YEAR", 0, "from this year (else the last thirty years)", 0 },
    { "to", KEY_TO, "YEAR", 0, "to this year (else the last that any source covers)", 0 },
    { 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_FROM:
        r->from = cli_year(state, arg);
        return 0;
    case KEY_TO:
        r->to = cli_year(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->count == 3)
            argp_error(state, "too many arguments: it is A B MEASURE");
        r->arguments[r->count++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (r->count < 3)
            argp_error(state, "needed are A B MEASURE");
        if (r->from && r->to && r->from > r->to)
            argp_error(state, "--from %d is after --to %d", r->from, r->to);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "A B MEASURE", doc, cli_common };

static int write_sources(const struct request *r, const struct ent_sources *sources)
{
    struct ent_document *page;

    if (cli_output(r->cli) == CLI_JSON) {
        struct ent_json *json = ent_json_new();

        if (!json)
            return cli_complain("out of memory");
        ent_sources_json(sources, json, NULL);
        return cli_write_json(json);
    }
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    if (cli_output(r->cli) == CLI_TSV)
        ent_sources_table(sources, page);
    else
        ent_sources_page(sources, page);
    return cli_write(r->cli, page);
}

int cmd_sources(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct dyad_place place = { .store = NULL };
    struct ent_sources sources;
    struct ent_error err = { 0 };
    enum ent_status status;
    int exit_status, a, b;

    cli_parse(&argp, argc, argv, &r);
    a = dyad_state(r.arguments[0], r.to);
    b = dyad_state(r.arguments[1], r.to);
    if (a < 0 || b < 0)
        return CLI_FAILED;
    status = dyad_open(cli, &place, &err);
    if (status == ENT_OK)
        status = ent_sources_read(place.store, place.store ? NULL : place.panel, a, b,
                                  r.arguments[2], r.from, r.to, &sources, &err);
    if (status == ENT_OK) {
        exit_status = write_sources(&r, &sources);
        ent_sources_release(&sources);
    } else {
        exit_status = cli_fail(&err);
    }
    dyad_close(&place);
    return exit_status;
}
