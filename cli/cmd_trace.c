/* entente trace: the files, rows and steps behind one number. */
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "entente/trace.h"

struct request {
    struct cli *cli;
    const char *arguments[4]; /* A B MEASURE YEAR */
    size_t count;
    const char *source;
    char *options; /* a list, cut up where it stands */
    size_t rows;
    int year;
};

enum {
    KEY_ROWS = 2000,
    KEY_OPTIONS,
};

static const char doc[] =
    "Show what one number rests on: the working step by step, the rows that enter it, and the "
    "files that they stand in, with their checksums."
    "\vExample: entente trace China Russia trade.share 2014";

static const struct argp_option options[] = {
    { "source", 's', "ID", 0, "by this source (else the first that has a value)", 0 },
    { "rows", KEY_ROWS, "N", 0, "list at most N rows (else 40)", 0 },
    { "options", KEY_OPTIONS, "LIST", 0, "conventions of the measure, as of entente panel", 0 },
    { 0 },
};

static size_t row_limit(struct argp_state *state, const char *text)
{
    char *end;
    long rows = strtol(text, &end, 10);

    if (end == text || *end || rows < 1 || rows > 1000000)
        argp_error(state, "--rows: \"%s\" is no number from 1 to 1000000", text);
    return (size_t)rows;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case 's':
        r->source = arg;
        return 0;
    case KEY_OPTIONS:
        r->options = arg;
        return 0;
    case KEY_ROWS:
        r->rows = row_limit(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->count == 4)
            argp_error(state, "too many arguments: it is A B MEASURE YEAR");
        r->arguments[r->count++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (r->count < 4)
            argp_error(state, "needed are A B MEASURE YEAR");
        r->year = cli_year(state, r->arguments[3]);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "A B MEASURE YEAR", doc, cli_common };

static void put_steps(struct ent_document *page, const struct ent_trace *t)
{
    static const struct ent_document_column columns[] = {
        { "step", "", ENT_ALIGN_LEFT, true, 0 },
        { "value", "", ENT_ALIGN_RIGHT, false, 0 },
        { "unit", "", ENT_ALIGN_LEFT, false, 0 },
    };
    char text[ENT_NUMBER_TEXT];

    if (!t->step_count)
        return;
    ent_document_heading(page, "Steps");
    ent_document_table(page, columns, 3);
    for (size_t i = 0; i < t->step_count; i++) {
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, t->steps[i].text, NULL);
        snprintf(text, sizeof(text), "%.10g", t->steps[i].value);
        ent_document_cell(page, ENT_TONE_STRONG,
                          t->steps[i].value == t->steps[i].value ? text : "—", NULL);
        ent_document_cell(page, ENT_TONE_DIM, t->steps[i].unit, NULL);
    }
}

static void put_rows(struct ent_document *page, const struct ent_trace *t)
{
    static const struct ent_document_column columns[] = {
        { "file", "file", ENT_ALIGN_RIGHT, false, 0 },
        { "line", "line", ENT_ALIGN_RIGHT, false, 0 },
        { "row", "row", ENT_ALIGN_LEFT, true, 0 },
    };
    char text[64];

    if (!t->row_count)
        return;
    ent_document_heading(page, "Rows");
    ent_document_table(page, columns, 3);
    for (size_t i = 0; i < t->row_count; i++) {
        ent_document_row(page);
        snprintf(text, sizeof(text), "[%zu]", t->rows[i].source + 1);
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        ent_document_cell(page, ENT_TONE_DIM,
                          ent_integer_text((int64_t)t->rows[i].line, text, sizeof(text)), NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, t->rows[i].text, NULL);
    }
    if (t->row_total > t->row_count)
        ent_document_text(page, ENT_TONE_DIM, "and %llu more rows (--rows N lists more)",
                          (unsigned long long)(t->row_total - t->row_count));
}

static void put_files(struct ent_document *page, const struct ent_trace *t)
{
    static const struct ent_document_column columns[] = {
        { "file", "", ENT_ALIGN_LEFT, false, 0 },
        { "what", "", ENT_ALIGN_LEFT, true, 0 },
    };

    if (!t->source_count)
        return;
    ent_document_heading(page, "Files");
    ent_document_table(page, columns, 2);
    for (size_t i = 0; i < t->source_count; i++) {
        const struct ent_trace_source *s = &t->sources[i];
        const char *lines[] = { s->file, s->sha256, s->citation };
        char text[400];

        ent_document_row(page);
        snprintf(text, sizeof(text), "[%zu]", i + 1);
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        snprintf(text, sizeof(text), "%s%s%s%s%s", s->dataset, s->part[0] ? ", " : "", s->part,
                 s->version[0] ? ", version " : "", s->version);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        for (size_t k = 0; k < 3; k++) {
            if (!lines[k][0])
                continue;
            snprintf(text, sizeof(text), "%s%.380s", k == 1 ? "SHA-256 " : "", lines[k]);
            ent_document_row(page);
            ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
            ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        }
    }
}

static void put_head(struct ent_document *page, const struct ent_trace *t)
{
    const struct ent_measure_info *m = t->measure;
    char value[ENT_NUMBER_TEXT], exact[64], text[512];

    if (m->direction == ENT_MONADIC)
        snprintf(text, sizeof(text), "%s, %s, %d", m->title, ent_state_code(t->from), t->year);
    else
        snprintf(text, sizeof(text), "%s, %s%s%s, %d", m->title, ent_state_code(t->from),
                 m->direction == ENT_DIRECTED ? "→" : " and ", ent_state_code(t->to), t->year);
    ent_document_title(page, text);
    ent_document_text(page, ENT_TONE_PLAIN, "%s", m->meaning);
    dyad_value(m, t->value, value, sizeof(value));
    if (t->value == t->value)
        ent_document_text(page, ENT_TONE_STRONG, "%s  (%s%s%s), by %s", value,
                          ent_number_exact(t->value, exact, sizeof(exact)),
                          m->unit[0] ? " " : "", m->unit, t->source);
    else
        ent_document_text(page, ENT_TONE_STRONG, "not known, by %s: %s", t->source,
                          ent_reason_text(t->reason));
    if (t->asked_year != t->year)
        ent_document_text(page, ENT_TONE_PLAIN,
                          "Last observed in %d and carried forward to %d.", t->year,
                          t->asked_year);
    ent_document_text(page, ENT_TONE_DIM, "Formula: %s", m->formula);
    if (t->options[0])
        ent_document_text(page, ENT_TONE_DIM, "Options: %s", t->options);
}

static int write_text(const struct request *r, const struct ent_trace *t)
{
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    put_head(page, t);
    put_steps(page, t);
    put_rows(page, t);
    put_files(page, t);
    return cli_write(r->cli, page);
}

static int write_tsv(const struct request *r, const struct ent_trace *t)
{
    static const struct ent_document_column columns[] = {
        { "dataset" }, { "version" }, { "file" }, { "sha256" },
        { "line" },    { "table" },   { "row" },
    };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    ent_document_table(table, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < t->row_count; i++) {
        const struct ent_trace_source *s = &t->sources[t->rows[i].source];

        ent_document_row(table);
        ent_document_cell(table, ENT_TONE_PLAIN, s->dataset, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, s->version, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, s->file, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, s->sha256, NULL);
        ent_document_cell_int(table, (long long)t->rows[i].line);
        ent_document_cell(table, ENT_TONE_PLAIN, t->rows[i].table, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, t->rows[i].text, NULL);
    }
    return cli_write(r->cli, table);
}

static void json_lists(struct ent_json *json, const struct ent_trace *t)
{
    ent_json_open_list(json, "steps");
    for (size_t i = 0; i < t->step_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "text", t->steps[i].text);
        ent_json_number(json, "value", t->steps[i].value);
        ent_json_text(json, "unit", t->steps[i].unit);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_int(json, "row_total", (int64_t)t->row_total);
    ent_json_open_list(json, "rows");
    for (size_t i = 0; i < t->row_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_int(json, "file", (int64_t)t->rows[i].source);
        ent_json_int(json, "line", (int64_t)t->rows[i].line);
        ent_json_text(json, "table", t->rows[i].table);
        ent_json_text(json, "text", t->rows[i].text);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_open_list(json, "files");
    for (size_t i = 0; i < t->source_count; i++) {
        const struct ent_trace_source *s = &t->sources[i];

        ent_json_open_object(json, NULL);
        ent_json_text(json, "dataset", s->dataset);
        ent_json_text(json, "part", s->part);
        ent_json_text(json, "version", s->version);
        ent_json_text(json, "file", s->file);
        ent_json_text(json, "sha256", s->sha256);
        ent_json_text(json, "citation", s->citation);
        ent_json_close(json);
    }
    ent_json_close(json);
}

static int write_json(const struct ent_trace *t)
{
    const struct ent_measure_info *m = t->measure;
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "measure", m->id);
    ent_json_text(json, "title", m->title);
    ent_json_text(json, "meaning", m->meaning);
    ent_json_text(json, "formula", m->formula);
    if (t->options[0])
        ent_json_text(json, "options", t->options);
    ent_json_text(json, "unit", m->unit);
    ent_json_text(json, "source", t->source);
    ent_json_text(json, "from", ent_state_code(t->from));
    ent_json_text(json, "to", ent_state_code(t->to));
    ent_json_int(json, "year", t->year);
    ent_json_int(json, "asked_year", t->asked_year);
    ent_json_number(json, "value", t->value);
    ent_json_text(json, "reason", t->reason == ENT_KNOWN ? NULL : ent_reason_text(t->reason));
    json_lists(json, t);
    ent_json_close(json);
    return cli_write_json(json);
}

static int write_trace(const struct request *r, const struct ent_trace *t)
{
    switch (cli_output(r->cli)) {
    case CLI_JSON:
        return write_json(t);
    case CLI_TSV:
        return write_tsv(r, t);
    case CLI_TEXT:
    case CLI_AUTO:
    default:
        return write_text(r, t);
    }
}

int cmd_trace(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli };
    struct ent_store *store = NULL;
    struct ent_trace_request request;
    const char **words;
    struct ent_trace trace;
    struct ent_error err = { 0 };
    enum ent_status status;
    int exit_status, a, b;

    cli_parse(&argp, argc, argv, &r);
    a = dyad_state(r.arguments[0], r.year);
    b = dyad_state(r.arguments[1], r.year);
    if (a < 0 || b < 0)
        return CLI_FAILED;
    request = (struct ent_trace_request){ .measure = r.arguments[2],
                                          .source = r.source,
                                          .from = a,
                                          .to = b,
                                          .year = r.year,
                                          .row_limit = r.rows };
    request.options = words = cli_split(r.options, &request.option_count);
    status = cli_open_store(cli, CLI_NEED_STORE, &store, &err);
    if (status == ENT_OK)
        status = ent_trace(store, &request, &trace, &err);
    if (status == ENT_OK) {
        exit_status = write_trace(&r, &trace);
        ent_trace_release(&trace);
    } else {
        exit_status = cli_fail(&err);
    }
    ent_store_close(store);
    free(words);
    return exit_status;
}
