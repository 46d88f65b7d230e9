/* entente measures: what can be computed, and from what. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entente/measure.h"
#include "entente/user_data.h"

struct request {
    struct cli *cli;
    const char *id;
    int dimension;                      /* -1: all */
    const struct ent_measure_info **at; /* all measures, then those of the user's own tables */
    size_t count;
};

static const char doc[] =
    "List the measures: what each says, its unit and direction, and the datasets it can be "
    "computed from; and those of your own tables, when a store has any.  With an ID, all about "
    "one: its formula and who defined it."
    "\vExample: entente measures trade.share";

static const struct argp_option options[] = {
    { "dimension", 'd', "DIMENSION", 0, "only of this dimension, such as economy", 0 },
    { 0 },
};

/* A dimension by the beginning of its name, in which a hyphen is as good as a space. */
static int find_dimension(struct argp_state *state, const char *text)
{
    for (int d = 0; d <= ENT_DIM_OWN; d++) {
        const char *name = ent_dimension_name((enum ent_dimension)d);
        size_t i = 0;

        while (text[i] && (text[i] == name[i] || (text[i] == '-' && name[i] == ' ')))
            i++;
        if (i > 0 && !text[i])
            return d;
    }
    argp_error(state,
               "no dimension \"%s\": it is commitment, foreign-policy, economy, military, "
               "trust, values, third-parties, delivery or your-own-tables",
               text);
    return -1;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 'd':
        r->dimension = find_dimension(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->id)
            argp_error(state, "one measure at a time");
        r->id = arg;
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "[ID]", doc, cli_common };

static bool listed(const struct request *r, const struct ent_measure_info *m)
{
    return r->dimension < 0 || (int)m->dimension == r->dimension;
}

static void join_sources(const struct ent_measure_info *m, char *text, size_t size)
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < m->source_count && used < size; i++)
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", m->sources[i]);
}

static int list_text(const struct request *r)
{
    static const struct ent_document_column columns[] = {
        { "id", "measure", ENT_ALIGN_LEFT, false, 0 },
        { "title", "", ENT_ALIGN_LEFT, true, 0 },
        { "unit", "unit", ENT_ALIGN_LEFT, true, 2 },
        { "direction", "direction", ENT_ALIGN_LEFT, false, 3 },
        { "sources", "sources", ENT_ALIGN_LEFT, true, 1 },
    };
    struct ent_document *page = ent_document_new();
    int dimension = -1;
    char sources[256];

    if (!page)
        return cli_complain("out of memory");
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < r->count; i++) {
        const struct ent_measure_info *m = r->at[i];

        if (!listed(r, m))
            continue;
        if ((int)m->dimension != dimension)
            cli_section(page, m->dimension);
        dimension = (int)m->dimension;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, m->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->title, NULL);
        ent_document_cell(page, ENT_TONE_DIM, m->unit, NULL);
        ent_document_cell(page, ENT_TONE_DIM, ent_direction_name(m->direction), NULL);
        join_sources(m, sources, sizeof(sources));
        ent_document_cell(page, ENT_TONE_DIM, sources, NULL);
    }
    return cli_write(r->cli, page);
}

static int list_tsv(const struct request *r)
{
    static const char *const keys[] = { "id",        "dimension", "title",    "meaning", "unit",
                                        "direction", "formula",   "citation", "sources" };
    struct ent_document_column columns[sizeof(keys) / sizeof(keys[0])] = { 0 };
    struct ent_document *page = ent_document_new();
    char sources[256];

    if (!page)
        return cli_complain("out of memory");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        columns[i].key = keys[i];
    ent_document_table(page, columns, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < r->count; i++) {
        const struct ent_measure_info *m = r->at[i];

        if (r->id ? strcmp(r->id, m->id) != 0 : !listed(r, m))
            continue;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, m->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_dimension_name(m->dimension), NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->title, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->meaning, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->unit, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_direction_name(m->direction), NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->formula, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, m->citation, NULL);
        join_sources(m, sources, sizeof(sources));
        ent_document_cell(page, ENT_TONE_PLAIN, sources, NULL);
    }
    return cli_write(r->cli, page);
}

static void json_measure(struct ent_json *json, const struct ent_measure_info *m)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "id", m->id);
    ent_json_text(json, "title", m->title);
    ent_json_text(json, "meaning", m->meaning);
    ent_json_text(json, "dimension", ent_dimension_name(m->dimension));
    ent_json_text(json, "unit", m->unit);
    ent_json_text(json, "direction", ent_direction_name(m->direction));
    ent_json_int(json, "sense", m->sense);
    ent_json_text(json, "formula", m->formula);
    ent_json_text(json, "citation", m->citation);
    ent_json_open_list(json, "sources");
    for (size_t i = 0; i < m->source_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "source", m->sources[i]);
        ent_json_text(json, "datasets", m->datasets[i]);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static int write_json(const struct request *r, const struct ent_measure_info *only)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    if (r->id) {
        json_measure(json, only);
        return cli_write_json(json);
    }
    ent_json_open_list(json, NULL);
    for (size_t i = 0; i < r->count; i++) {
        if (listed(r, r->at[i]))
            json_measure(json, r->at[i]);
    }
    ent_json_close(json);
    return cli_write_json(json);
}

static void field(struct ent_document *page, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_DIM, name, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static int describe(const struct request *r, const struct ent_measure_info *m)
{
    static const struct ent_document_column columns[] = {
        { "field", "", ENT_ALIGN_LEFT, false, 0 },
        { "value", "", ENT_ALIGN_LEFT, true, 0 },
    };
    static const char *const senses[] = { "farther", "says nothing by itself", "closer" };
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    ent_document_title(page, m->title);
    ent_document_table(page, columns, 2);
    field(page, "id", m->id);
    field(page, "dimension", ent_dimension_name(m->dimension));
    field(page, "meaning", m->meaning);
    field(page, "unit", m->unit);
    field(page, "direction", ent_direction_name(m->direction));
    field(page, "more means", senses[m->sense + 1]);
    field(page, "formula", m->formula);
    field(page, "defined by", m->citation);
    for (size_t i = 0; i < m->source_count; i++)
        field(page, i ? "" : "from datasets", m->datasets[i]);
    return cli_write(r->cli, page);
}

/* The measures of the user's own tables, or the one of them that is asked for. */
static enum ent_status
read_own(const struct request *r, struct ent_user_measures *own, struct ent_error *err)
{
    bool asked = r->id && strncmp(r->id, "user_", 5) == 0;
    struct ent_store *store = NULL;
    enum ent_status status =
        cli_open_store(r->cli, asked ? CLI_NEED_STORE : CLI_MAY_LACK_STORE, &store, err);

    if (status == ENT_OK && store)
        status = ent_user_measures_read(store, asked ? r->id : NULL, own, err);
    ent_store_close(store);
    return status;
}

static void gather(struct request *r, const struct ent_user_measures *own)
{
    r->at = cli_alloc(ent_measure_count() + own->count + 1, sizeof(*r->at));
    for (size_t i = 0; i < ent_measure_count(); i++)
        r->at[r->count++] = ent_measure_at(i);
    for (size_t i = 0; i < own->count; i++)
        r->at[r->count++] = own->at[i];
}

/* The measure with the id that is asked for; NULL after a message when there is none. */
static const struct ent_measure_info *find(const struct request *r)
{
    struct ent_error err = { 0 };
    size_t only;

    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->at[i]->id, r->id) == 0)
            return r->at[i];
    }
    if (ent_measure_find(r->id, &only, &err) != ENT_OK)
        cli_fail(&err);
    return NULL;
}

static int answer(const struct request *r)
{
    const struct ent_measure_info *only = r->id ? find(r) : NULL;

    if (r->id && !only)
        return CLI_FAILED;
    if (cli_output(r->cli) == CLI_JSON)
        return write_json(r, only);
    if (cli_output(r->cli) == CLI_TSV)
        return list_tsv(r);
    return only ? describe(r, only) : list_text(r);
}

int cmd_measures(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .dimension = -1 };
    struct ent_user_measures own = { 0 };
    struct ent_error err = { 0 };
    int exit_status;

    cli_parse(&argp, argc, argv, &r);
    if (read_own(&r, &own, &err) != ENT_OK)
        return cli_fail(&err);
    gather(&r, &own);
    exit_status = answer(&r);
    ent_user_measures_release(&own);
    free(r.at);
    return exit_status;
}
