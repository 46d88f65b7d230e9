/* entente check: a list of claims, each answered. */
#include "claims.h"

static const char doc[] =
    "Check the claims of a CSV file, each by every source that has the figures: supported, "
    "contradicted, nearly, depending on the source, or not checkable with what is loaded."
    "\vThe columns are id, claim, source, date, states, year, measure, relation, value, unit, "
    "tolerance, expression, fact and note: see entente-check(1). As HTML or Markdown the page "
    "has the evidence of each claim. Exit status 3: something is contradicted; 1: a line "
    "cannot be read.\n\n"
    "Example: entente check claims.csv";

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct claims_request *r = state->input;

    if (key == ARGP_KEY_END && !r->argument)
        argp_error(state, "no file of claims");
    return claims_parse(key, arg, state, r);
}

static const struct argp argp = { claims_options, parse, "FILE", doc, cli_common };

int cmd_check(struct cli *cli, int argc, char **argv)
{
    struct claims_request r = { .cli = cli };

    cli_parse(&argp, argc, argv, &r);
    return claims_run(&r, true);
}
