/* entente claim: whether one thing that is said is so. */
#include "claims.h"

static const char doc[] =
    "Check one claim: an expression over measures, states and years, by every source that has "
    "the figures."
    "\vThe expression is in quotes. It compares with = != < <= > >= ~ or between; functions are "
    "rank, share, change, sum, mean, min, max, place, percentile, count, treaty and vote. The "
    "whole language is in entente-claim(1). Exit status 3: it is contradicted.\n\n"
    "Example: entente claim \"power.gdp(CHN, 2018) / power.gdp(RUS, 2018) > 7 times\"";

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct claims_request *r = state->input;

    if (key == ARGP_KEY_END && !r->argument)
        argp_error(state, "no claim: an expression in quotes is needed");
    return claims_parse(key, arg, state, r);
}

static const struct argp argp = { claims_options, parse, "EXPRESSION", doc, cli_common };

int cmd_claim(struct cli *cli, int argc, char **argv)
{
    struct claims_request r = { .cli = cli };

    cli_parse(&argp, argc, argv, &r);
    return claims_run(&r, false);
}
