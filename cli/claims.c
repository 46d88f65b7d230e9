/* Checking claims, for the commands claim and check. */
#include "claims.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dyad.h"

enum {
    KEY_BESIDE = 2100,
    KEY_ROWS,
    KEY_FACTS,
    KEY_EVIDENCE,
};

enum {
    EVIDENCE_ROWS = 3, /* behind each figure, where a page shows the evidence */
};

const struct argp_option claims_options[] = {
    { "output", 'o', "FILE", 0,
      "write into FILE; .html, .md, .json and .tsv choose the format by themselves", 0 },
    { "beside", KEY_BESIDE, "STORE", 0,
      "answer from this store too, which holds other releases (may be repeated)", 0 },
    { "rows", KEY_ROWS, "N", 0, "list at most N rows behind each figure", 0 },
    { "facts", KEY_FACTS, "FILE", 0, "reported facts (else facts.csv beside the claims)", 0 },
    { "evidence", KEY_EVIDENCE, NULL, 0, "show every figure, its place, and rows behind it",
      0 },
    { 0 },
};

static size_t row_limit(struct argp_state *state, const char *text)
{
    char *end;
    long rows = strtol(text, &end, 10);

    if (end == text || *end || rows < 0 || rows > 10000)
        argp_error(state, "--rows: \"%s\" is no number from 0 to 10000", text);
    return (size_t)rows;
}

error_t claims_parse(int key, char *arg, struct argp_state *state, struct claims_request *r)
{
    switch (key) {
    case 'o':
        r->output = arg;
        return 0;
    case KEY_BESIDE:
        if (r->options.beside_count == CLAIMS_BESIDE)
            argp_error(state, "--beside: at most %d stores", CLAIMS_BESIDE);
        r->beside[r->options.beside_count++] = arg;
        return 0;
    case KEY_ROWS:
        r->options.rows = row_limit(state, arg);
        r->evidence = true;
        return 0;
    case KEY_FACTS:
        r->options.facts = arg;
        return 0;
    case KEY_EVIDENCE:
        r->evidence = true;
        if (!r->options.rows)
            r->options.rows = EVIDENCE_ROWS;
        return 0;
    case ARGP_KEY_ARG:
        if (r->argument)
            argp_error(state, "one at a time: put an expression in quotes");
        r->argument = arg;
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static int write_claims(const struct claims_request *r, const struct ent_claims *claims)
{
    struct ent_document *page;

    if (cli_output(r->cli) == CLI_JSON) {
        struct ent_json *json = ent_json_new();

        if (!json)
            return cli_complain("out of memory");
        ent_claims_json(claims, json, NULL);
        return cli_write_json(json);
    }
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    if (cli_output(r->cli) == CLI_TSV)
        ent_claims_table(claims, page);
    else
        ent_claims_page(claims, r->evidence ? ENT_CLAIMS_EVIDENCE : ENT_CLAIMS_BRIEF, page);
    return cli_write(r->cli, page);
}

/* An expression with a mark under the place where it went wrong. */
static void show_place(const char *expression, size_t column)
{
    if (strpbrk(expression, "\n\r\t") || strlen(expression) > 300)
        return;
    fprintf(stderr, "  %s\n  %*s\n", expression, (int)column, "^");
}

/* What cannot be read is said where it stands, whatever is written on the page. */
static void complain_of_wrong(const struct ent_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        const struct ent_claim *claim = &claims->at[i];

        if (claim->answer == ENT_CLAIM_WRONG)
            cli_fail(&claim->error);
        if (claim->answer == ENT_CLAIM_WRONG && !claims->name[0])
            show_place(claim->expression, claim->error.column);
    }
}

/* The format that a file's name asks for, unless an option does. */
static void choose_format(struct claims_request *r)
{
    static const struct {
        const char *ending;
        enum cli_format format;
        enum cli_medium medium;
    } endings[] = {
        { ".html", CLI_TEXT, CLI_HTML },     { ".md", CLI_TEXT, CLI_MARKDOWN },
        { ".json", CLI_JSON, CLI_TERMINAL }, { ".tsv", CLI_TSV, CLI_TERMINAL },
        { ".txt", CLI_TEXT, CLI_TERMINAL },
    };
    size_t len = r->output ? strlen(r->output) : 0;

    for (size_t i = 0; r->cli->format == CLI_AUTO && i < 5; i++) {
        size_t n = strlen(endings[i].ending);

        if (len > n && strcmp(r->output + len - n, endings[i].ending) == 0) {
            r->cli->format = endings[i].format;
            r->cli->medium = endings[i].medium;
            return;
        }
    }
}

/* From here on standard output is a file beside the one that is asked for. */
static int begin_output(const struct claims_request *r, char *beside, size_t size)
{
    if (!r->output)
        return CLI_OK;
    snprintf(beside, size, "%s.part", r->output);
    if (!freopen(beside, "w", stdout))
        return cli_complain("%s: cannot be written: %s", r->output, strerror(errno));
    return CLI_OK;
}

/* It takes the place of the file, or leaves no trace. */
static int end_output(const struct claims_request *r, const char *beside, int exit_status)
{
    if (!r->output)
        return exit_status;
    if (fflush(stdout) == 0 && !ferror(stdout) &&
        (exit_status == CLI_OK || exit_status == CLI_NO || exit_status == CLI_FAILED) &&
        rename(beside, r->output) == 0)
        return exit_status;
    cli_complain("%s: cannot be written: %s", r->output, strerror(errno));
    unlink(beside);
    return CLI_FAILED;
}

static int answer(struct claims_request *r, const struct dyad_place *place, bool file)
{
    struct ent_claims claims;
    struct ent_error err = { 0 };
    char beside[4200] = "";
    enum ent_status status;
    int exit_status;

    r->options.starter = place->store ? NULL : place->panel;
    status = file ? ent_claims_check(place->store, r->argument, &r->options, &claims, &err)
                  : ent_claim_ask(place->store, r->argument, &r->options, &claims, &err);
    if (status != ENT_OK)
        return cli_fail(&err);
    complain_of_wrong(&claims);
    if (!file && claims.answers[ENT_CLAIM_WRONG])
        exit_status = CLI_FAILED;
    else
        exit_status = begin_output(r, beside, sizeof(beside));
    if (exit_status == CLI_OK)
        exit_status = end_output(r, beside, write_claims(r, &claims));
    if (exit_status == CLI_OK && claims.answers[ENT_CLAIM_WRONG])
        exit_status = CLI_FAILED;
    if (exit_status == CLI_OK && claims.answers[ENT_CLAIM_CONTRADICTED])
        exit_status = CLI_NO;
    ent_claims_release(&claims);
    return exit_status;
}

int claims_run(struct claims_request *r, bool file)
{
    struct ent_store *beside[CLAIMS_BESIDE] = { NULL };
    struct dyad_place place = { .store = NULL };
    struct ent_error err = { 0 };
    enum ent_status status = dyad_open(r->cli, &place, &err);
    int exit_status;

    for (size_t i = 0; status == ENT_OK && i < r->options.beside_count; i++)
        status = ent_store_open(r->beside[i], ENT_STORE_READ, &beside[i], &err);
    r->options.beside = beside;
    choose_format(r);
    /* A page that is kept shows its evidence. */
    if (cli_output(r->cli) == CLI_TEXT && r->cli->medium != CLI_TERMINAL && file) {
        r->evidence = true;
        if (!r->options.rows)
            r->options.rows = EVIDENCE_ROWS;
    }
    exit_status = status == ENT_OK ? answer(r, &place, file) : cli_fail(&err);
    for (size_t i = 0; i < CLAIMS_BESIDE; i++)
        ent_store_close(beside[i]);
    dyad_close(&place);
    return exit_status;
}
