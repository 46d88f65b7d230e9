/* entente fit: fit the reference-class model from the store. */
#include <stdlib.h>

#include "cli.h"
#include "entente/model.h"

struct request {
    struct cli *cli;
    struct ent_model_fit_options options;
    const char *path;
    bool list;
    char charters[4096];
};

static const char doc[] =
    "Fit the reference-class model, with which Entente says what share of dyads that behave like "
    "one had a defence pact, from the store into FILE. Treaties that count as regional charters "
    "are read from a list that may be edited. The same store and list give the same bytes. It "
    "takes some minutes. With --list, say what the model that ships was fitted to."
    "\vExample: entente fit --list";

enum {
    CHARTERS = 1000,
    THREADS,
};

static const struct argp_option options[] = {
    { "charters", CHARTERS, "FILE", 0,
      "the list of regional charters (default: the one that ships with Entente)", 0 },
    { "list", 'l', NULL, 0, "list the forms of a model (FILE, else the one that ships)", 0 },
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
    case 'l':
        r->list = true;
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
        if (!r->path && !r->list)
            argp_error(state, "no file to write to");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "FILE", doc, cli_common };

static void text_forms(const struct ent_model *model, struct ent_document *page)
{
    static const struct ent_document_column columns[] = {
        { "form", "form", ENT_ALIGN_LEFT, false, 0 },
        { "title", "", ENT_ALIGN_LEFT, true, 0 },
        { "outcome", "pacts", ENT_ALIGN_LEFT, false, 0 },
        { "features", "features", ENT_ALIGN_RIGHT, false, 2 },
        { "first_year", "from", ENT_ALIGN_RIGHT, false, 1 },
        { "last_year", "to", ENT_ALIGN_RIGHT, false, 1 },
        { "dyads", "dyad-years", ENT_ALIGN_RIGHT, false, 0 },
        { "base_rate", "with a pact", ENT_ALIGN_RIGHT, false, 0 },
    };
    char text[32], raw[32];

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < ent_model_variant_count(model); i++) {
        const struct ent_model_variant *v = ent_model_variant_at(model, i);

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_STRONG, v->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, v->title, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, v->outcome, NULL);
        ent_document_cell_int(page, (long long)v->feature_count);
        ent_document_cell_int(page, v->first_year);
        ent_document_cell_int(page, v->last_year);
        ent_document_cell_int(page, (long long)v->dyads);
        snprintf(text, sizeof(text), "%.1f %%", 100 * v->base_rate);
        snprintf(raw, sizeof(raw), "%.6g", v->base_rate);
        ent_document_cell(page, ENT_TONE_PLAIN, text, raw);
    }
}

static int json_forms(const struct ent_model *model)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_list(json, NULL);
    for (size_t i = 0; i < ent_model_variant_count(model); i++) {
        const struct ent_model_variant *v = ent_model_variant_at(model, i);

        ent_json_open_object(json, NULL);
        ent_json_text(json, "form", v->id);
        ent_json_text(json, "title", v->title);
        ent_json_text(json, "meaning", v->meaning);
        ent_json_text(json, "outcome", v->outcome);
        ent_json_int(json, "first_year", v->first_year);
        ent_json_int(json, "last_year", v->last_year);
        ent_json_int(json, "dyads", (int64_t)v->dyads);
        ent_json_number(json, "base_rate", v->base_rate);
        ent_json_open_list(json, "features");
        for (size_t f = 0; f < v->feature_count; f++)
            ent_json_text(json, NULL, ent_feature_at(v->features[f])->id);
        ent_json_close(json);
        ent_json_close(json);
    }
    ent_json_close(json);
    return cli_write_json(json);
}

/* The forms of a model, one a row. */
static int list_forms(const struct request *r)
{
    char path[4096];
    struct ent_model *model = NULL;
    struct ent_document *page = NULL;
    struct ent_error err = { 0 };
    int result;

    if (!r->path && !cli_data_path("model/model.txt", path, sizeof(path)))
        return cli_complain("the model that ships with Entente is not here");
    if (ent_model_open(r->path ? r->path : path, &model, &err) != ENT_OK)
        return cli_fail(&err);
    if (cli_output(r->cli) == CLI_JSON) {
        result = json_forms(model);
    } else if (!(page = ent_document_new())) {
        result = cli_complain("out of memory");
    } else {
        text_forms(model, page);
        result = cli_write(r->cli, page);
    }
    ent_model_free(model);
    return result;
}

int cmd_fit(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct cli_progress progress;
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    enum ent_status status;

    cli_parse(&argp, argc, argv, &r);
    if (r.list)
        return list_forms(&r);
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
