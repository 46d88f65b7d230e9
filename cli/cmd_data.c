/* entente data: every dataset, loaded or not, or all about one. */
#include <string.h>

#include "cli.h"
#include "entente/number.h"

enum {
    PARTS_SHOWN = 12,
    NOTES_SHOWN = 12,
};

struct request {
    struct cli *cli;
    const char *id;
};

static const char doc[] =
    "List every dataset that Entente knows: whether it is loaded, its version, years, rows and "
    "licence, and for the others where their publishers offer them.  With an ID, all about "
    "one: its files with their checksums, its variables and units, and the names and rows "
    "that could not be read."
    "\vExample: entente data cow_trade";

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    if (key != ARGP_KEY_ARG)
        return cli_parse_other(key, state, r->cli);
    if (r->id)
        argp_error(state, "one dataset at a time");
    r->id = arg;
    return 0;
}

static const struct argp argp = { NULL, parse, "[ID]", doc, cli_common };

static void years_text(const struct ent_data *d, char *text, size_t size)
{
    if (!d->loaded)
        snprintf(text, size, "%s", d->years);
    else if (d->first_year)
        snprintf(text, size, "%d–%d", d->first_year, d->last_year);
    else
        text[0] = '\0';
}

static void list_loaded(struct ent_document *page, const struct ent_data_list *list)
{
    static const struct ent_document_column columns[] = {
        { "id", "loaded", ENT_ALIGN_LEFT, false, 0 },
        { "title", "", ENT_ALIGN_LEFT, true, 0 },
        { "version", "version", ENT_ALIGN_LEFT, false, 0 },
        { "years", "years", ENT_ALIGN_LEFT, false, 0 },
        { "rows", "rows", ENT_ALIGN_RIGHT, false, 0 },
        { "licence", "licence", ENT_ALIGN_LEFT, true, 1 },
    };
    char text[64];

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < list->count; i++) {
        const struct ent_data *d = &list->at[i];

        if (!d->loaded)
            continue;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_GOOD, d->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->title, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->version, NULL);
        years_text(d, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_integer_text(d->rows, text, sizeof(text)),
                          NULL);
        ent_document_cell(page, ENT_TONE_DIM, d->licence, NULL);
    }
}

static void list_others(struct ent_document *page, const struct ent_data_list *list)
{
    static const struct ent_document_column columns[] = {
        { "id", "not loaded", ENT_ALIGN_LEFT, false, 0 },
        { "years", "years", ENT_ALIGN_LEFT, true, 0 },
        { "title", "what it is, and where to get it", ENT_ALIGN_LEFT, true, 0 },
    };
    char text[64];

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < list->count; i++) {
        const struct ent_data *d = &list->at[i];

        if (d->loaded)
            continue;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, d->id, NULL);
        years_text(d, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->title, NULL);
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
        ent_document_cell(page, ENT_TONE_DIM, d->url, NULL);
    }
}

static size_t count_loaded(const struct ent_data_list *list)
{
    size_t loaded = 0;

    for (size_t i = 0; i < list->count; i++)
        loaded += list->at[i].loaded;
    return loaded;
}

/* An estimate that was made here, from data that are others now. */
static void put_stale(struct ent_document *page, const struct ent_data *d)
{
    if (d->stale[0])
        ent_document_text(
            page, ENT_TONE_BAD,
            "%s is out of date: %s since it was made; entente ideal makes it anew.", d->id,
            d->stale);
}

static int list_text(const struct request *r, const struct ent_data_list *list)
{
    struct ent_document *page = ent_document_new();
    size_t loaded = count_loaded(list);

    if (!page)
        return cli_complain("out of memory");
    if (loaded)
        list_loaded(page, list);
    if (loaded && loaded < list->count)
        ent_document_gap(page);
    if (loaded < list->count)
        list_others(page, list);
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_DIM,
                      "%zu of %zu datasets loaded.  Download what you need, then: entente "
                      "import PATH.  All about one: entente data ID.",
                      loaded, list->count);
    for (size_t i = 0; i < list->count; i++)
        put_stale(page, &list->at[i]);
    return cli_write(r->cli, page);
}

static int list_tsv(const struct request *r, const struct ent_data_list *list)
{
    static const char *const keys[] = { "id",       "title",      "loaded",    "version",
                                        "years",    "first_year", "last_year", "rows",
                                        "problems", "unmatched",  "licence",   "url",
                                        "citation" };
    struct ent_document_column columns[sizeof(keys) / sizeof(keys[0])] = { 0 };
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        columns[i].key = keys[i];
    ent_document_table(page, columns, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < list->count; i++) {
        const struct ent_data *d = &list->at[i];

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, d->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->title, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->loaded ? "yes" : "no", NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->version, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->years, NULL);
        ent_document_cell_int(page, d->first_year);
        ent_document_cell_int(page, d->last_year);
        ent_document_cell_int(page, d->rows);
        ent_document_cell_int(page, d->problems);
        ent_document_cell_int(page, d->unmatched);
        ent_document_cell(page, ENT_TONE_PLAIN, d->licence, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->url, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, d->citation, NULL);
    }
    return cli_write(r->cli, page);
}

static void json_part(struct ent_json *json, const struct ent_data_part *part)
{
    const struct ent_source_info *s = &part->source;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "part", s->part);
    ent_json_text(json, "file", s->file);
    ent_json_text(json, "sha256", s->sha256);
    ent_json_text(json, "version", s->version);
    ent_json_text(json, "format", s->format);
    ent_json_text(json, "imported_at", s->imported_at);
    ent_json_int(json, "bytes", s->bytes);
    ent_json_int(json, "rows", s->rows);
    ent_json_int(json, "first_year", s->first_year);
    ent_json_int(json, "last_year", s->last_year);
    ent_json_int(json, "problem_count", s->problems);
    ent_json_open_list(json, "problems");
    for (size_t i = 0; i < part->problem_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_int(json, "line", (int64_t)part->problems[i].line);
        ent_json_int(json, "column", (int64_t)part->problems[i].column);
        ent_json_text(json, "message", part->problems[i].message);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_int(json, "unmatched_count", s->unmatched);
    ent_json_open_list(json, "unmatched");
    for (size_t i = 0; i < part->unmatched_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "name", part->unmatched[i].name);
        ent_json_int(json, "rows", (int64_t)part->unmatched[i].rows);
        ent_json_int(json, "first_line", (int64_t)part->unmatched[i].first_line);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static void json_data(struct ent_json *json, const struct ent_data *d)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "id", d->id);
    ent_json_text(json, "title", d->title);
    ent_json_text(json, "publisher", d->publisher);
    ent_json_bool(json, "loaded", d->loaded);
    ent_json_text(json, "version", d->version);
    ent_json_text(json, "years", d->years);
    if (d->stale[0])
        ent_json_text(json, "out_of_date", d->stale);
    ent_json_int(json, "first_year", d->first_year);
    ent_json_int(json, "last_year", d->last_year);
    ent_json_int(json, "rows", d->rows);
    ent_json_text(json, "licence", d->licence);
    ent_json_text(json, "url", d->url);
    ent_json_text(json, "citation", d->citation);
    ent_json_text(json, "bibtex", d->bibtex);
    ent_json_open_list(json, "parts");
    for (size_t i = 0; i < d->part_count; i++)
        json_part(json, &d->parts[i]);
    ent_json_close(json);
    ent_json_open_list(json, "variables");
    for (size_t i = 0; i < d->variable_count; i++) {
        const struct ent_data_variable *v = &d->variables[i];

        ent_json_open_object(json, NULL);
        ent_json_text(json, "table", v->table);
        ent_json_text(json, "name", v->name);
        ent_json_text(json, "role", v->role);
        ent_json_text(json, "unit", v->unit);
        ent_json_text(json, "what", v->what);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static int list_json(const struct request *r, const struct ent_data_list *list)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    if (!r->id)
        ent_json_open_list(json, NULL);
    for (size_t i = 0; i < list->count; i++)
        json_data(json, &list->at[i]);
    if (!r->id)
        ent_json_close(json);
    return cli_write_json(json);
}

static void field(struct ent_document *page, const char *name, const char *text)
{
    if (!text[0])
        return;
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_DIM, name, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static void describe_head(struct ent_document *page, const struct ent_data *d)
{
    static const struct ent_document_column columns[] = {
        { "field", "", ENT_ALIGN_LEFT, false, 0 },
        { "value", "", ENT_ALIGN_LEFT, true, 0 },
    };
    char text[160], rows[40];

    ent_document_title(page, d->title);
    ent_document_table(page, columns, 2);
    field(page, "id", d->id);
    field(page, "publisher", d->publisher);
    field(page, "licence", d->licence);
    field(page, "published at", d->url);
    field(page, "newest release", d->years);
    field(page, "cite as", d->citation);
    if (!d->loaded) {
        field(page, "loaded", "no; download it, then: entente import PATH");
        return;
    }
    snprintf(text, sizeof(text), "yes: %s rows%s%s", ent_integer_text(d->rows, rows, 40),
             d->version[0] ? ", version " : "", d->version);
    field(page, "loaded", text);
    if (d->first_year) {
        years_text(d, text, sizeof(text));
        field(page, "years", text);
    }
}

static void
describe_parts(const struct request *r, struct ent_document *page, const struct ent_data *d)
{
    static const struct ent_document_column columns[] = {
        { "part", "part", ENT_ALIGN_LEFT, true, 0 },
        { "rows", "rows", ENT_ALIGN_RIGHT, false, 0 },
        { "years", "years", ENT_ALIGN_LEFT, false, 0 },
        { "format", "format", ENT_ALIGN_LEFT, false, 2 },
        { "sha256", "SHA-256", ENT_ALIGN_LEFT, false, 0 },
        { "file", "file", ENT_ALIGN_LEFT, true, 0 },
    };
    size_t most = r->cli->verbose ? SIZE_MAX : PARTS_SHOWN;
    char text[80];

    if (!d->part_count)
        return;
    ent_document_heading(page, "Files");
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < d->part_count && i < most; i++) {
        const struct ent_source_info *s = &d->parts[i].source;

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, s->part, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_integer_text(s->rows, text, sizeof(text)),
                          NULL);
        text[0] = '\0';
        if (s->first_year)
            snprintf(text, sizeof(text), "%d–%d", s->first_year, s->last_year);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, s->format, NULL);
        snprintf(text, sizeof(text), "%.*s%s", r->cli->verbose ? 64 : 12, s->sha256,
                 r->cli->verbose ? "" : "…");
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, s->file, NULL);
    }
    if (d->part_count > most)
        ent_document_text(page, ENT_TONE_DIM, "and %zu more (-v lists all)",
                          d->part_count - most);
}

static void
describe_unmatched(const struct request *r, struct ent_document *page, const struct ent_data *d)
{
    size_t most = r->cli->verbose ? SIZE_MAX : NOTES_SHOWN;
    size_t seen = 0;
    char rows[32];

    if (!d->unmatched)
        return;
    ent_document_heading(page, "Names and codes that are no state (their rows are left out)");
    for (size_t i = 0; i < d->part_count; i++) {
        for (size_t n = 0; n < d->parts[i].unmatched_count; n++, seen++) {
            const struct ent_data_unmatched *u = &d->parts[i].unmatched[n];

            if (seen < most)
                ent_document_text(
                    page, ENT_TONE_PLAIN, "  %s: %s %s, first in line %llu", u->name,
                    ent_integer_text((int64_t)u->rows, rows, sizeof(rows)),
                    u->rows == 1 ? "row" : "rows", (unsigned long long)u->first_line);
        }
    }
    if (seen > most)
        ent_document_text(page, ENT_TONE_DIM, "  and %zu more (-v lists all)", seen - most);
}

static void
describe_problems(const struct request *r, struct ent_document *page, const struct ent_data *d)
{
    size_t most = r->cli->verbose ? SIZE_MAX : NOTES_SHOWN;
    size_t seen = 0;

    if (!d->problems)
        return;
    ent_document_heading(page, "Rows and cells left out");
    for (size_t i = 0; i < d->part_count; i++) {
        for (size_t n = 0; n < d->parts[i].problem_count && seen < most; n++, seen++) {
            const struct ent_data_problem *p = &d->parts[i].problems[n];

            if (p->column)
                ent_document_text(page, ENT_TONE_PLAIN, "  %s:%llu:%zu: %s",
                                  d->parts[i].source.file, (unsigned long long)p->line,
                                  p->column, p->message);
            else
                ent_document_text(page, ENT_TONE_PLAIN, "  %s:%llu: %s",
                                  d->parts[i].source.file, (unsigned long long)p->line,
                                  p->message);
        }
    }
    if ((int64_t)seen < d->problems)
        ent_document_text(page, ENT_TONE_DIM, "  %lld in all%s", (long long)d->problems,
                          r->cli->verbose ? "" : " (-v lists those kept)");
}

static void describe_variables(struct ent_document *page, const struct ent_data *d)
{
    static const struct ent_document_column columns[] = {
        { "table", "table", ENT_ALIGN_LEFT, false, 0 },
        { "variable", "variable", ENT_ALIGN_LEFT, false, 0 },
        { "unit", "unit", ENT_ALIGN_LEFT, true, 0 },
        { "what", "what it is", ENT_ALIGN_LEFT, true, 0 },
    };
    const char *table = "";

    ent_document_heading(page, "Variables");
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < d->variable_count; i++) {
        const struct ent_data_variable *v = &d->variables[i];

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_DIM, strcmp(table, v->table) == 0 ? "" : v->table,
                          v->table);
        ent_document_cell(page, ENT_TONE_PLAIN, v->name, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, v->unit, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, v->what, NULL);
        table = v->table;
    }
}

static int describe(const struct request *r, const struct ent_data *d)
{
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    describe_head(page, d);
    put_stale(page, d);
    describe_parts(r, page, d);
    describe_variables(page, d);
    describe_unmatched(r, page, d);
    describe_problems(r, page, d);
    return cli_write(r->cli, page);
}

int cmd_data(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct ent_store *store = NULL;
    struct ent_data_list list = { 0 };
    struct ent_error err = { 0 };
    enum ent_status status;
    int exit_status;

    cli_parse(&argp, argc, argv, &r);
    status = cli_open_store(cli, CLI_MAY_LACK_STORE, &store, &err);
    if (status == ENT_OK)
        status =
            r.id ? ent_data_find(store, r.id, &list, &err) : ent_data_list(store, &list, &err);
    if (status != ENT_OK)
        exit_status = cli_fail(&err);
    else if (cli_output(cli) == CLI_JSON)
        exit_status = list_json(&r, &list);
    else if (r.id && cli_output(cli) == CLI_TEXT)
        exit_status = describe(&r, &list.at[0]);
    else
        exit_status = cli_output(cli) == CLI_TSV ? list_tsv(&r, &list) : list_text(&r, &list);
    ent_data_list_release(&list);
    ent_store_close(store);
    return exit_status;
}
