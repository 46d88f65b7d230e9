/* entente choices: one number of a dyad under every sensible combination of conventions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "entente/str.h"

enum {
    KEY_FAMILY = 256,
    KEY_BOOTSTRAP,
    KEY_SEED,
    KEY_THREADS,
};

struct request {
    struct cli *cli;
    const char *state[2];
    const char *family, *measure;
    struct ent_choices_options options;
};

static const char doc[] =
    "Compute one measure of two states under every sensible combination of conventions, and say "
    "how far it is spread, which choice moves it most, and how their place among all dyads "
    "moves."
    "\vThe measures of the family \"similarity\" are kappa, kappa_linear, kappa_nominal, pi, "
    "pi_linear, pi_nominal, s_absolute, s_squared, tau_b, agreement, strict and "
    "chance_corrected.  What is not loaded, or does not cover the year, is no choice.\n\n"
    "Example: entente choices China Russia --family similarity --year 2018";

static const struct argp_option options[] = {
    { "family", KEY_FAMILY, "FAMILY", 0, "of these measures: similarity, the only one", 0 },
    { "measure", 'm', "MEASURE", 0, "this measure of the family (default kappa)", 0 },
    { "year", 'y', "YEAR", 0, "in this year (else the last with treaties and votes)", 0 },
    { "bootstrap", KEY_BOOTSTRAP, "N", 0, "95 % intervals from N resamples", 0 },
    { "seed", KEY_SEED, "S", 0, "of the resamples (default 0)", 0 },
    { "threads", KEY_THREADS, "N", 0, "threads (else one a processor, at most 4)", 0 },
    { 0 },
};

/* A whole number from 0 or 1 up to `most`. */
static size_t number(struct argp_state *state, const char *option, const char *text,
                     size_t least, size_t most)
{
    char *end;
    unsigned long long value = strtoull(text, &end, 10);

    if (end == text || *end || text[0] == '-' || value < least || value > most)
        argp_error(state, "--%s: \"%s\" is no whole number from %zu to %zu", option, text,
                   least, most);
    return (size_t)value;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_FAMILY:
        r->family = arg;
        return 0;
    case 'm':
        r->measure = arg;
        return 0;
    case 'y':
        r->options.year = cli_year(state, arg);
        return 0;
    case KEY_BOOTSTRAP:
        r->options.replicates = number(state, "bootstrap", arg, 2, 100000);
        return 0;
    case KEY_SEED:
        r->options.seed = number(state, "seed", arg, 0, INT64_MAX);
        return 0;
    case KEY_THREADS:
        r->options.threads = (int)number(state, "threads", arg, 1, 256);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num >= 2)
            argp_error(state, "two states");
        r->state[state->arg_num] = arg;
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 2)
            argp_error(state, "two states are needed");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "STATE STATE", doc, cli_common };

/* The kind that a measure's name stands for; false after a message. */
static bool find_kind(const char *name, enum ent_similarity_kind *kind)
{
    const char *names[ENT_SIMILARITY_KINDS];
    size_t count = 0, nearest;

    if (strcmp(name, "s") == 0)
        name = "s_absolute";
    for (int k = 0; k < ENT_SIMILARITY_KINDS; k++) {
        const char *known = ent_similarity_name((enum ent_similarity_kind)k);

        if (strstr(known, "weighted"))
            continue;
        if (strcmp(name, known) == 0) {
            *kind = (enum ent_similarity_kind)k;
            return true;
        }
        names[count++] = known;
    }
    nearest = ent_nearest(name, names, count);
    if (nearest < count)
        cli_complain("--measure: similarity has no \"%s\"; did you mean %s?", name,
                     names[nearest]);
    else
        cli_complain("--measure: similarity has no \"%s\"; see entente help choices", name);
    return false;
}

static void put_choices(struct ent_document *page, const struct ent_combination *c)
{
    for (int k = 0; k < ENT_CHOICES; k++)
        ent_document_cell(
            page, ENT_TONE_PLAIN,
            c->at[k] < 0 ? "" : ent_choice_info((enum ent_choice)k)->value[c->at[k]], NULL);
}

static void put_number(struct ent_document *page, double value)
{
    char text[ENT_NUMBER_TEXT];

    ent_document_cell(page, ENT_TONE_PLAIN, ent_number_exact(value, text, sizeof(text)), NULL);
}

/* For programs: one row a combination. */
static int write_tsv(const struct cli *cli, const struct ent_choices *c)
{
    static const char *const heads[] = { "value", "error", "low",    "high",
                                         "n",     "place", "of_all", "percentile" };
    struct ent_document_column columns[2 + ENT_CHOICES + 8] = { { "of", "", 0, false, 0 } };
    struct ent_document *page = ent_document_new();
    size_t count = 1;

    if (!page)
        return cli_complain("out of memory");
    for (int k = 0; k < ENT_CHOICES; k++)
        columns[count++].key = ent_choice_info((enum ent_choice)k)->key;
    columns[count++].key = "default";
    for (size_t k = 0; k < sizeof(heads) / sizeof(heads[0]); k++)
        columns[count++].key = heads[k];
    for (size_t k = 0; k < count; k++)
        columns[k].title = "";
    ent_document_table(page, columns, count);
    for (size_t k = 0; k < c->count; k++) {
        const struct ent_combination *one = &c->combinations[k];

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN,
                          one->of == ENT_CHOICES_TIES ? "treaty ties" : "votes", NULL);
        put_choices(page, one);
        ent_document_cell(page, ENT_TONE_PLAIN, one->by_default ? "yes" : "no", NULL);
        put_number(page, one->value);
        put_number(page, one->error);
        put_number(page, one->low);
        put_number(page, one->high);
        ent_document_cell_int(page, one->n);
        if (one->place)
            ent_document_cell_int(page, one->place);
        else
            ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
        ent_document_cell_int(page, one->of_all);
        put_number(page, one->place ? one->percentile : (double)NAN);
    }
    return cli_write(cli, page);
}

static int write_json(const struct ent_choices *c)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_choices_json(c, json, NULL);
    return cli_write_json(json);
}

static int answer(const struct request *r, struct ent_store *store, int a, int b)
{
    struct ent_choices c;
    struct ent_error err = { 0 };
    int status;

    if (ent_choices_compute(store, a, b, &r->options, &c, &err) != ENT_OK)
        return cli_fail(&err);
    if (cli_output(r->cli) == CLI_JSON)
        status = write_json(&c);
    else if (cli_output(r->cli) == CLI_TSV)
        status = write_tsv(r->cli, &c);
    else
        status = choices_write_page(r->cli, &c);
    ent_choices_release(&c);
    return status;
}

int cmd_choices(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .family = "similarity", .measure = "kappa" };
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    int id[2];
    int status;

    cli_parse(&argp, argc, argv, &r);
    if (strcmp(r.family, "similarity") != 0)
        return cli_complain("--family: there are choices of \"similarity\", and not of \"%s\"",
                            r.family);
    if (!find_kind(r.measure, &r.options.kind))
        return CLI_FAILED;
    for (int k = 0; k < 2; k++) {
        id[k] = dyad_state(r.state[k], r.options.year);
        if (id[k] < 0)
            return CLI_FAILED;
    }
    if (cli_open_store(cli, CLI_NEED_STORE, &store, &err) != ENT_OK)
        return cli_fail(&err);
    status = answer(&r, store, id[0], id[1]);
    ent_store_close(store);
    return status;
}
