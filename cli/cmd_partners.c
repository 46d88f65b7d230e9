/* entente partners: one state against all others, by a measure in a year. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/panel.h"
#include "entente/state.h"

struct request {
    struct cli *cli;
    const char *state, *measure;
    int year; /* 0: the last that the source covers */
    long top; /* 0: all */
};

/* One partner: what the state has with it, and it with the state. */
struct partner {
    int id;
    double to, from;
    double low, high; /* interval of `to`, of an estimate; else NAN */
};

struct partners {
    int state;
    struct partner *at;
    size_t count, known;
};

enum {
    MEASURES_MOST = 3, /* a measure, and the ends of its interval */
    WORD = 160,
};

static const char doc[] =
    "Set one state against all others: a measure of it with each of them in a year, the largest "
    "first."
    "\vMEASURE is an id, or an id@SOURCE to choose between its sources (see entente measures).\n\n"
    "Example: entente partners China --measure trade.share --year 2014 --top 10";

static const struct argp_option options[] = {
    { "measure", 'm', "MEASURE", 0, "by this measure (default trade.share)", 0 },
    { "year", 'y', "YEAR", 0, "in this year (else the last that its source covers)", 0 },
    { "top", 't', "N", 0, "only the first N", 0 },
    { 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;
    char *end;

    switch (key) {
    case 'm':
        r->measure = arg;
        return 0;
    case 'y':
        r->year = cli_year(state, arg);
        return 0;
    case 't':
        r->top = strtol(arg, &end, 10);
        if (end == arg || *end || r->top < 1)
            argp_error(state, "--top: \"%s\" is no number of partners", arg);
        return 0;
    case ARGP_KEY_ARG:
        if (r->state)
            argp_error(state, "one state");
        r->state = arg;
        return 0;
    case ARGP_KEY_END:
        if (!r->state)
            argp_error(state, "no state named");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "STATE", doc, cli_common };

/* A directed panel of one year: rows from the state, and rows to it. */
static enum ent_status take(void *context, const struct ent_panel_block *b, const char *text,
                            size_t len, struct ent_error *err)
{
    struct partners *p = context;

    (void)text, (void)len, (void)err;
    for (size_t r = 0; r < b->rows; r++) {
        int other = b->state1[r] == p->state ? b->state2[r] : b->state1[r];
        size_t k = 0;

        while (k < p->count && p->at[k].id != other)
            k++;
        if (k == p->count)
            p->at[p->count++] = (struct partner){ other, NAN, NAN, NAN, NAN };
        if (b->state1[r] != p->state) {
            p->at[k].from = b->value[0][r];
            continue;
        }
        p->at[k].to = b->value[0][r];
        if (b->columns == MEASURES_MOST) {
            p->at[k].low = b->value[1][r];
            p->at[k].high = b->value[2][r];
        }
    }
    return ENT_OK;
}

static bool smallest_first;

static int by_value(const void *a, const void *b)
{
    const struct partner *x = a;
    const struct partner *y = b;

    if (isnan(x->to) != isnan(y->to))
        return isnan(x->to) ? 1 : -1;
    if (!isnan(x->to) && x->to != y->to)
        return (x->to > y->to) == smallest_first ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The dyads of a state with every other. */
static struct ent_listed_dyad *list_dyads(int state, size_t *count)
{
    struct ent_listed_dyad *dyads = cli_alloc(ent_state_count(), sizeof(*dyads));

    *count = 0;
    for (size_t i = 0; i < ent_state_count(); i++) {
        if (ent_state_at(i)->id != state)
            dyads[(*count)++] = (struct ent_listed_dyad){ state, ent_state_at(i)->id };
    }
    return dyads;
}

/*
 * The measure asked for and, of an estimate, the two that give its interval: "NAME_low" and
 * "NAME_high", by the same source.  Returns how many there are.
 */
static size_t list_measures(const char *asked, char text[MEASURES_MOST][WORD], const char **out)
{
    static const char *const suffixes[MEASURES_MOST] = { "", "_low", "_high" };
    size_t len = strcspn(asked, "@");
    size_t measure;

    out[0] = asked;
    for (size_t k = 1; k < MEASURES_MOST; k++) {
        char id[WORD - 80];

        snprintf(id, sizeof(id), "%.*s%s", (int)(len < 60 ? len : 60), asked, suffixes[k]);
        if (ent_measure_find(id, &measure, NULL) != ENT_OK)
            return 1;
        snprintf(text[k], WORD, "%s%.60s", id, asked + len);
        out[k] = text[k];
    }
    return MEASURES_MOST;
}

/* The plan is the caller's to free, also on failure: the column's texts live as long. */
static enum ent_status compute(const struct request *r, struct ent_store *store,
                               struct partners *p, struct ent_panel_plan **out,
                               struct ent_panel_column_info *column, int *year,
                               struct ent_error *err)
{
    struct ent_panel_sink sink = { .take = take, .context = p };
    char text[MEASURES_MOST][WORD];
    const char *measures[MEASURES_MOST];
    struct ent_panel_request panel = { .unit = ENT_PANEL_DIRECTED,
                                       .dyads = ENT_DYADS_LISTED,
                                       .measures = measures,
                                       .measure_count =
                                           list_measures(r->measure, text, measures),
                                       .from = r->year,
                                       .to = r->year,
                                       .threads = 1 };
    struct ent_listed_dyad *dyads = list_dyads(p->state, &panel.listed_count);
    struct ent_panel_plan *plan = NULL;
    enum ent_status status;

    panel.listed = dyads;
    status = ent_panel_plan_new(store, &panel, &plan, err);
    if (status == ENT_OK && !r->year) { /* plan again, now that the last year is known */
        panel.from = panel.to = ent_panel_layout(plan)->to;
        ent_panel_plan_free(plan);
        plan = NULL;
        status = ent_panel_plan_new(store, &panel, &plan, err);
    }
    if (status == ENT_OK) {
        *column = ent_panel_layout(plan)->columns[0];
        *year = ent_panel_layout(plan)->from;
        status = ent_panel_run(plan, &sink, err);
    }
    *out = plan;
    free(dyads);
    return status;
}

static void put_rows(struct ent_document *page, const struct partners *p, size_t shown,
                     const struct ent_measure_info *m, int year)
{
    bool directed = m->direction == ENT_DIRECTED;

    for (size_t i = 0; i < shown; i++) {
        char text[ENT_NUMBER_TEXT], raw[ENT_NUMBER_TEXT];

        ent_document_row(page);
        ent_document_cell_int(page, (int64_t)i + 1);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_state_name(p->at[i].id, year), NULL);
        ent_document_cell(page, ENT_TONE_DIM, ent_state_code(p->at[i].id), NULL);
        dyad_value(m, p->at[i].to, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_STRONG, text,
                          ent_number_exact(p->at[i].to, raw, sizeof(raw)));
        if (!isnan(p->at[i].low)) {
            snprintf(text, sizeof(text), "%.2f to %.2f", p->at[i].low, p->at[i].high);
            snprintf(raw, sizeof(raw), "%.4f,%.4f", p->at[i].low, p->at[i].high);
            ent_document_cell(page, ENT_TONE_DIM, text, raw);
        }
        if (!directed)
            continue;
        dyad_value(m, p->at[i].from, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_PLAIN, text,
                          ent_number_exact(p->at[i].from, raw, sizeof(raw)));
    }
}

static int write_page(const struct request *r, const struct partners *p, size_t shown,
                      const struct ent_panel_column_info *column, int year)
{
    const struct ent_measure_info *m = column->measure;
    const char *code = ent_state_code(p->state);
    struct ent_document *page = ent_document_new();
    char title[200], to[40], from[40];

    if (!page)
        return cli_complain("out of memory");
    snprintf(title, sizeof(title), "%s: %s, %d", ent_state_name(p->state, year), m->title,
             year);
    snprintf(to, sizeof(to), "%s→", code);
    snprintf(from, sizeof(from), "→%s", code);
    struct ent_document_column columns[] = {
        { "place", "", ENT_ALIGN_RIGHT, false, 0 },
        { "partner", "partner", ENT_ALIGN_LEFT, true, 0 },
        { "code", "", ENT_ALIGN_LEFT, false, 0 },
        { "value", m->direction == ENT_DIRECTED ? to : "value", ENT_ALIGN_RIGHT, false, 0 },
        { "value_back", from, ENT_ALIGN_RIGHT, false, 0 },
    };
    if (p->known && !isnan(p->at[0].low))
        columns[4] = (struct ent_document_column){ "interval", "90 % interval", ENT_ALIGN_LEFT,
                                                   false, 0 };
    ent_document_title(page, title);
    ent_document_gap(page);
    ent_document_table(page, columns,
                       m->direction == ENT_DIRECTED || (p->known && !isnan(p->at[0].low)) ? 5
                                                                                          : 4);
    put_rows(page, p, shown, m, year);
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_DIM,
                      "%s%s%s  Source: %s, %d to %d.  %zu of %zu states have a "
                      "value.",
                      m->meaning, m->unit[0] ? "  Unit: " : "", m->unit, column->source,
                      column->first_year, column->last_year, p->known, p->count);
    return cli_write(r->cli, page);
}

static int write_json(const struct partners *p, size_t shown,
                      const struct ent_panel_column_info *column, int year)
{
    const struct ent_measure_info *m = column->measure;
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "state", ent_state_code(p->state));
    ent_json_int(json, "year", year);
    ent_json_text(json, "measure", m->id);
    ent_json_text(json, "unit", m->unit);
    ent_json_text(json, "source", column->source);
    ent_json_open_list(json, "partners");
    for (size_t i = 0; i < shown; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "code", ent_state_code(p->at[i].id));
        ent_json_text(json, "name", ent_state_name(p->at[i].id, year));
        ent_json_number(json, "value", p->at[i].to);
        if (!isnan(p->at[i].low)) {
            ent_json_number(json, "low", p->at[i].low);
            ent_json_number(json, "high", p->at[i].high);
        }
        if (m->direction == ENT_DIRECTED)
            ent_json_number(json, "value_back", p->at[i].from);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

static int write_partners(const struct request *r, struct partners *p,
                          struct ent_panel_column_info column, int year)
{
    size_t shown;

    if (column.measure->direction == ENT_MONADIC)
        return cli_complain(
            "%s is of one state, and has no partners; see entente panel --unit state",
            column.measure->id);
    smallest_first = column.measure->form == ENT_FORM_RANK;
    qsort(p->at, p->count, sizeof(*p->at), by_value);
    while (p->known < p->count && !isnan(p->at[p->known].to))
        p->known++;
    if (p->known == 0)
        return cli_complain("%s by %s has no value for %s in %d; the source covers %d to %d",
                            column.measure->id, column.source, ent_state_name(p->state, year),
                            year, column.first_year, column.last_year);
    shown = r->top && (size_t)r->top < p->known ? (size_t)r->top : p->known;
    if (cli_output(r->cli) == CLI_JSON)
        return write_json(p, shown, &column, year);
    return write_page(r, p, shown, &column, year);
}

static int answer(const struct request *r, struct ent_store *store, struct partners *p)
{
    struct ent_panel_plan *plan = NULL;
    struct ent_panel_column_info column;
    struct ent_error err = { 0 };
    int year = 0;
    int exit_status = compute(r, store, p, &plan, &column, &year, &err) == ENT_OK
                          ? write_partners(r, p, column, year)
                          : cli_fail(&err);

    ent_panel_plan_free(plan);
    return exit_status;
}

int cmd_partners(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .measure = "trade.share" };
    struct partners p = { 0 };
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    int exit_status;

    cli_parse(&argp, argc, argv, &r);
    p.state = dyad_state(r.state, r.year);
    if (p.state < 0)
        return CLI_FAILED;
    if (cli_open_store(cli, CLI_NEED_STORE, &store, &err) != ENT_OK)
        return cli_fail(&err);
    p.at = cli_alloc(ent_state_count(), sizeof(*p.at));
    exit_status = answer(&r, store, &p);
    free(p.at);
    ent_store_close(store);
    return exit_status;
}
