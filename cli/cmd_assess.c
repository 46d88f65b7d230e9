/* entente assess: does this pair of states behave like an alliance? */
#include <stdlib.h>
#include <string.h>

#include "assess.h"

enum {
    MOST_SETS = 32,
    FIRST_VOTES = 1946, /* of the UN: what a history spans when one end is not given */
    LAST_VOTES = 2023,
};

struct request {
    struct cli *cli;
    const char *states[2];
    size_t state_count;
    const char *others[2]; /* of --compare */
    const char *model;
    int from, to; /* of a history; 0: none */
    bool flip, compare;
    const char *sets[MOST_SETS];
    struct ent_verdict_set set[MOST_SETS];
    struct ent_verdict_options options;
};

enum {
    KEY_MODEL = 2100,
    KEY_SET,
    KEY_FLIP,
    KEY_COMPARE,
    KEY_FROM,
    KEY_TO,
};

static const char doc[] =
    "Say whether two states behave like an alliance, from all the data, how sure that is, and "
    "what speaks for and against."
    "\vA and B are names or codes, as in entente states.  The share is that of pairs which "
    "behaved like these two and had a defence pact: treaties themselves are no evidence.\n\n"
    "--set puts a value in the place of what was observed, and computes the share again: of a "
    "measure (trade.share=5%, or of one side trade.share:CHN=5%) or of a feature of the model "
    "(agreement=0.3).  --flip finds the smallest changes that would take the share across a "
    "half.\n\n"
    "Example: entente assess China Russia --year 2018";

static const struct argp_option options[] = {
    { "year", 'y', "YEAR", 0, "as of this year (else the last that UN votes cover)", 0 },
    { "from", KEY_FROM, "YEAR", 0, "the share in every year from this one on", 0 },
    { "to", KEY_TO, "YEAR", 0, "to this year", 0 },
    { "compare", KEY_COMPARE, NULL, 0, "two pairs side by side: A B C D", 0 },
    { "set", KEY_SET, "WHAT=VALUE", 0, "as if this had been observed; can be given again", 0 },
    { "flip", KEY_FLIP, NULL, 0, "what would have to change to cross a half", 0 },
    { "model", KEY_MODEL, "FILE", 0, "this model file instead of the one that ships", 0 },
    { 0 },
};

static void add_argument(struct request *r, struct argp_state *state, const char *arg)
{
    if (r->state_count < 2)
        r->states[r->state_count++] = arg;
    else if (r->state_count < 4)
        r->others[r->state_count++ - 2] = arg;
    else
        argp_error(state, "too many states; put a name of several words in quotes");
}

static void check_end(const struct request *r, struct argp_state *state)
{
    size_t need = r->compare ? 4 : 2;

    if (r->state_count != need)
        argp_error(state,
                   "%s states are needed, and %zu given; put a name of several words in "
                   "quotes",
                   r->compare ? "four" : "two", r->state_count);
    if ((r->from || r->to) &&
        (r->options.year || r->flip || r->compare || r->options.set_count))
        argp_error(state,
                   "--from and --to go with none of --year, --set, --flip and --compare");
    if (r->from && r->to && r->from > r->to)
        argp_error(state, "--from %d is after --to %d", r->from, r->to);
    if (r->flip && r->compare)
        argp_error(state, "--flip is of one pair");
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
    case KEY_COMPARE:
        r->compare = true;
        return 0;
    case KEY_FLIP:
        r->flip = true;
        return 0;
    case KEY_SET:
        if (r->options.set_count == MOST_SETS)
            argp_error(state, "--set can be given %d times", MOST_SETS);
        r->sets[r->options.set_count++] = arg;
        return 0;
    case KEY_MODEL:
        r->model = arg;
        return 0;
    case ARGP_KEY_ARG:
        add_argument(r, state, arg);
        return 0;
    case ARGP_KEY_END:
        check_end(r, state);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "A B [C D]", doc, cli_common };

static int write_json(const struct ent_verdict *v)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_verdict_json(v, json, NULL);
    return cli_write_json(json);
}

static int write_verdict(const struct request *r, const struct assess_place *place,
                         const struct ent_verdict *v)
{
    if (v->dossier.starter && cli_output(r->cli) != CLI_TEXT)
        cli_warn(r->cli, "no store yet: this is the starter panel that ships with Entente");
    if (r->flip)
        return assess_flip(r->cli, place, v);
    if (cli_output(r->cli) == CLI_JSON)
        return write_json(v);
    if (cli_output(r->cli) == CLI_TSV)
        return assess_write_tsv(r->cli, v);
    return assess_write_page(r->cli, v);
}

static int answer(struct request *r, const struct assess_place *place, int a, int b)
{
    struct ent_verdict v;
    struct ent_error err = { 0 };
    int exit_status;

    r->options.sets = r->set;
    if (ent_verdict_make(&place->verdicts, a, b, &r->options, &v, &err) != ENT_OK)
        return cli_fail(&err);
    exit_status = write_verdict(r, place, &v);
    ent_verdict_release(&v);
    return exit_status;
}

static int compare(struct request *r, const struct assess_place *place, int a, int b)
{
    struct ent_verdict one, two;
    struct ent_error err = { 0 };
    int c = dyad_state(r->others[0], r->options.year);
    int d = dyad_state(r->others[1], r->options.year);
    int exit_status;

    if (c < 0 || d < 0)
        return CLI_FAILED;
    r->options.sets = r->set;
    if (ent_verdict_make(&place->verdicts, a, b, &r->options, &one, &err) != ENT_OK)
        return cli_fail(&err);
    if (ent_verdict_make(&place->verdicts, c, d, &r->options, &two, &err) != ENT_OK) {
        ent_verdict_release(&one);
        return cli_fail(&err);
    }
    exit_status = assess_compare(r->cli, &one, &two);
    ent_verdict_release(&one);
    ent_verdict_release(&two);
    return exit_status;
}

int cmd_assess(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct assess_place place;
    struct ent_error err = { 0 };
    int exit_status, a, b, year;

    cli_parse(&argp, argc, argv, &r);
    year = r.from || r.to ? r.to : r.options.year;
    a = dyad_state(r.states[0], year);
    b = dyad_state(r.states[1], year);
    if (a < 0 || b < 0)
        return CLI_FAILED;
    for (size_t i = 0; i < r.options.set_count; i++) {
        if (!assess_read_set(r.sets[i], year, &r.set[i]))
            return CLI_FAILED;
    }
    if (assess_open(cli, r.model, &place, &err) != ENT_OK)
        return cli_fail(&err);
    if (r.from || r.to)
        exit_status = assess_history(cli, &place, a, b, r.from ? r.from : FIRST_VOTES,
                                     r.to ? r.to : LAST_VOTES);
    else if (r.compare)
        exit_status = compare(&r, &place, a, b);
    else
        exit_status = answer(&r, &place, a, b);
    assess_close(&place);
    return exit_status;
}
