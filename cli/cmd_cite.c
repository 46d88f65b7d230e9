/* entente cite: the bibliography of what is loaded, or of one dossier. */
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/measure.h"

struct request {
    struct cli *cli;
    const char *states[2];
    size_t state_count;
    int year;
    bool bibtex;
};

static const char doc[] =
    "Print how to cite the datasets that are loaded or, with two states, those that their "
    "dossier rests on and the papers that defined its measures."
    "\vExample: entente cite China Russia --bibtex";

static const struct argp_option options[] = {
    { "year", 'y', "YEAR", 0, "of the dossier of this year", 0 },
    { "bibtex", 'b', NULL, 0, "as BibTeX", 0 },
    { 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 'y':
        r->year = cli_year(state, arg);
        return 0;
    case 'b':
        r->bibtex = true;
        return 0;
    case ARGP_KEY_ARG:
        if (r->state_count == 2)
            argp_error(state, "two states or none");
        r->states[r->state_count++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (r->state_count == 1)
            argp_error(state, "two states or none");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "[A B]", doc, cli_common };

/* What is cited: indexes into data, and the measures' own papers. */
struct cited {
    const struct ent_data_list *data;
    bool *dataset;
    const char **papers;
    size_t paper_count, paper_capacity;
};

static void cite_paper(struct cited *c, const char *paper)
{
    if (!paper[0] || strcmp(paper, "own") == 0)
        return;
    for (size_t i = 0; i < c->paper_count; i++) {
        if (strcmp(c->papers[i], paper) == 0)
            return;
    }
    c->papers = cli_grow(c->papers, &c->paper_capacity, c->paper_count + 1, sizeof(*c->papers));
    c->papers[c->paper_count++] = paper;
}

/* Whether a word stands in a list of words with one space between. */
static bool has_word(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
            return true;
    }
    return false;
}

/* The datasets that a reading's source reads. */
static const char *datasets_of(const struct ent_reading *r)
{
    const struct ent_measure_info *m = ent_reading_measure(r);

    for (size_t i = 0; i < m->source_count; i++) {
        if (strcmp(m->sources[i], r->source) == 0)
            return m->datasets[i];
    }
    return r->source;
}

static void cite_dossier(struct cited *c, const struct ent_dossier *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];

        if (!dyad_known(r))
            continue;
        for (size_t k = 0; k < c->data->count; k++)
            c->dataset[k] = c->dataset[k] || has_word(datasets_of(r), c->data->at[k].id);
        cite_paper(c, ent_reading_measure(r)->citation);
    }
}

static int write_json(const struct cited *c)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_open_list(json, "datasets");
    for (size_t i = 0; i < c->data->count; i++) {
        const struct ent_data *d = &c->data->at[i];

        if (!c->dataset[i])
            continue;
        ent_json_open_object(json, NULL);
        ent_json_text(json, "id", d->id);
        ent_json_text(json, "title", d->title);
        ent_json_text(json, "version", d->version);
        ent_json_text(json, "citation", d->citation);
        ent_json_text(json, "bibtex", d->bibtex);
        ent_json_text(json, "licence", d->licence);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_open_list(json, "measures");
    for (size_t i = 0; i < c->paper_count; i++)
        ent_json_text(json, NULL, c->papers[i]);
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

static int write_bibtex(const struct cited *c)
{
    for (size_t i = 0; i < c->data->count; i++) {
        const struct ent_data *d = &c->data->at[i];

        if (!c->dataset[i])
            continue;
        if (d->bibtex[0])
            printf("%s\n\n", d->bibtex);
        else
            printf("@misc{%s, title = {%s}, note = {%s}}\n\n", d->id, d->title, d->citation);
    }
    for (size_t i = 0; i < c->paper_count; i++)
        printf("@misc{measure%zu, note = {%s}}\n\n", i + 1, c->papers[i]);
    return CLI_OK;
}

static int write_text(const struct request *r, const struct cited *c)
{
    static const struct ent_document_column columns[] = {
        { "id", "", ENT_ALIGN_LEFT, false, 0 },
        { "citation", "", ENT_ALIGN_LEFT, true, 0 },
    };
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    ent_document_table(page, columns, 2);
    for (size_t i = 0; i < c->data->count; i++) {
        if (!c->dataset[i])
            continue;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_DIM, c->data->at[i].id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, c->data->at[i].citation, NULL);
    }
    for (size_t i = 0; i < c->paper_count; i++) {
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_DIM, i ? "" : "measures", "measure");
        ent_document_cell(page, ENT_TONE_PLAIN, c->papers[i], NULL);
    }
    return cli_write(r->cli, page);
}

static int write_cited(const struct request *r, const struct cited *c)
{
    if (cli_output(r->cli) == CLI_JSON)
        return write_json(c);
    return r->bibtex ? write_bibtex(c) : write_text(r, c);
}

static int cite_states(const struct request *r, const struct dyad_place *place, struct cited *c)
{
    struct ent_dossier_options o = { .year = r->year, .no_places = true, .own = true };
    struct ent_dossier dossier;
    struct ent_error err = { 0 };
    int a = dyad_state(r->states[0], r->year);
    int b = dyad_state(r->states[1], r->year);
    int exit_status;

    if (a < 0 || b < 0)
        return CLI_FAILED;
    if (dyad_compute(place, a, b, &o, &dossier, &err) != ENT_OK)
        return cli_fail(&err);
    cite_dossier(c, &dossier);
    exit_status = write_cited(r, c);
    ent_dossier_release(&dossier);
    return exit_status;
}

static int cite_loaded(const struct request *r, struct cited *c)
{
    bool any = false;

    for (size_t i = 0; i < c->data->count; i++) {
        c->dataset[i] = c->data->at[i].loaded;
        any = any || c->dataset[i];
    }
    if (!any)
        return cli_complain("nothing is loaded yet; entente data says what there is");
    return write_cited(r, c);
}

int cmd_cite(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct dyad_place place = { .store = NULL };
    struct ent_data_list data = { 0 };
    struct cited c = { .data = &data };
    struct ent_error err = { 0 };
    enum ent_status status;
    int exit_status;

    cli_parse(&argp, argc, argv, &r);
    status = r.state_count ? dyad_open(cli, &place, &err)
                           : cli_open_store(cli, CLI_MAY_LACK_STORE, &place.store, &err);
    if (status == ENT_OK)
        status = ent_data_list(place.store, &data, &err);
    if (status == ENT_OK) {
        c.dataset = cli_alloc(data.count, sizeof(*c.dataset));
        exit_status = r.state_count ? cite_states(&r, &place, &c) : cite_loaded(&r, &c);
    } else {
        exit_status = cli_fail(&err);
    }
    free(c.dataset);
    free(c.papers);
    ent_data_list_release(&data);
    dyad_close(&place);
    return exit_status;
}
