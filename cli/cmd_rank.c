/* entente rank: all pairs of a year, by the verdict or by a measure. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/panel.h"
#include "entente/state.h"

enum {
    KEY_BY = 2200,
    KEY_TOP,
    KEY_MODEL,
    KEY_LEAST,
    TOP = 15,
};

struct request {
    struct cli *cli;
    const char *by, *model;
    int year;
    size_t top;
    bool least;
};

/* One pair with its number. */
struct ranked {
    int a, b;
    double value;
};

/* A list of them, best first. */
struct list {
    const char *key, *title;
    struct ranked *at;
    size_t count, capacity;
    size_t of; /* how many there are in all */
};

static const char doc[] =
    "List the pairs of states that behave most like treaty allies without a pact, and those with "
    "a pact that behave least so; or all pairs by a measure."
    "\vA pact is a core defence pact: a regional charter such as that of the OAS does not count.  "
    "Treaties are observed to 2018; after that, those of 2018 stand.  Ranking by the verdict "
    "needs a store with the data that the model rests on.\n\n"
    "Example: entente rank --by trade.share --year 2014 --top 10";

static const struct argp_option options[] = {
    { "by", KEY_BY, "WHAT", 0, "verdict (the default), or a measure such as trade.share", 0 },
    { "year", 'y', "YEAR", 0,
      "in this year (else the last that UN votes, or the measure, cover)", 0 },
    { "top", KEY_TOP, "N", 0, "so many pairs of each list (default 15)", 0 },
    { "least", KEY_LEAST, NULL, 0, "of a measure, the smallest instead of the largest", 0 },
    { "model", KEY_MODEL, "FILE", 0, "this model file instead of the one that ships", 0 },
    { 0 },
};

static size_t top_of(struct argp_state *state, const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end == text || *end || n < 1 || n > 100000)
        argp_error(state, "--top: \"%s\" is no number from 1 to 100000", text);
    return (size_t)n;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    switch (key) {
    case KEY_BY:
        r->by = arg;
        return 0;
    case KEY_TOP:
        r->top = top_of(state, arg);
        return 0;
    case KEY_LEAST:
        r->least = true;
        return 0;
    case KEY_MODEL:
        r->model = arg;
        return 0;
    case 'y':
        r->year = cli_year(state, arg);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no argument is expected; --by says by what");
        return 0;
    case ARGP_KEY_END:
        if (r->least && strcmp(r->by, "verdict") == 0)
            argp_error(state,
                       "--least goes with a measure; both ends are shown of the verdict");
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, "", doc, cli_common };

static void add(struct list *list, int a, int b, double value)
{
    list->at = cli_grow(list->at, &list->capacity, list->count + 1, sizeof(*list->at));
    list->at[list->count++] = (struct ranked){ a, b, value };
}

static int by_ids(const struct ranked *x, const struct ranked *y)
{
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static int largest_first(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return by_ids(x, y);
}

static int smallest_first(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return by_ids(x, y);
}

static void finish(struct list *list, int (*order)(const void *, const void *), size_t top)
{
    if (list->count)
        qsort(list->at, list->count, sizeof(*list->at), order);
    list->of = list->count;
    if (list->count > top)
        list->count = top;
}

/* What the numbers of the lists are. */
struct what {
    const char *title, *note;
    int year;
    enum ent_number_form form;
    const char *unit;
    bool directed;
    const char *measure; /* NULL: the verdict */
};

static void value_text(const struct what *what, double value, char *text, size_t size)
{
    if (!what->measure)
        snprintf(text, size,
                 value < 0.005   ? "<1"
                 : value > 0.995 ? ">99"
                                 : "%.0f",
                 100 * value);
    else
        ent_value_text(value, what->form, what->unit, text, size);
}

static void
put_list(struct ent_document *page, const struct what *what, const struct list *list)
{
    static const struct ent_document_column columns[] = {
        { "place", "", ENT_ALIGN_RIGHT, false, 0 },
        { "list", "", ENT_ALIGN_LEFT, false, 9 },
        { "pair", "", ENT_ALIGN_LEFT, true, 0 },
        { "a", "", ENT_ALIGN_LEFT, false, 0 },
        { "b", "", ENT_ALIGN_LEFT, false, 0 },
        { "year", "", ENT_ALIGN_LEFT, false, 9 },
        { "value", "of 100", ENT_ALIGN_RIGHT, false, 0 },
    };
    struct ent_document_column own[sizeof(columns) / sizeof(columns[0])];

    memcpy(own, columns, sizeof(columns));
    own[6].title = what->measure ? "value" : "in 100";
    ent_document_table(page, own, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < list->count; i++) {
        const struct ranked *r = &list->at[i];
        char text[ENT_NUMBER_TEXT], raw[ENT_NUMBER_TEXT];

        ent_document_row(page);
        ent_document_cell_int(page, (long long)i + 1);
        ent_document_cell(page, ENT_TONE_PLAIN, "", list->key);
        snprintf(text, sizeof(text), "%s %s %s", ent_state_name(r->a, what->year),
                 what->directed ? "→" : "–", ent_state_name(r->b, what->year));
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        ent_document_cell(page, ENT_TONE_DIM, ent_state_code(r->a), NULL);
        ent_document_cell(page, ENT_TONE_DIM, ent_state_code(r->b), NULL);
        snprintf(raw, sizeof(raw), "%d", what->year);
        ent_document_cell(page, ENT_TONE_PLAIN, "", raw);
        value_text(what, r->value, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_STRONG, text,
                          ent_number_exact(r->value, raw, sizeof(raw)));
    }
}

/* For programs: the lists as one table. */
static int write_tsv(const struct cli *cli, const struct what *what, const struct list *lists,
                     size_t count)
{
    static const struct ent_document_column columns[] = {
        { "list", "", 0, false, 0 },   { "place", "", 0, false, 0 },
        { "a", "", 0, false, 0 },      { "b", "", 0, false, 0 },
        { "name_a", "", 0, false, 0 }, { "name_b", "", 0, false, 0 },
        { "year", "", 0, false, 0 },   { "value", "", 0, false, 0 },
    };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    ent_document_table(table, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < lists[k].count; i++) {
            const struct ranked *r = &lists[k].at[i];
            char raw[ENT_NUMBER_TEXT];

            ent_document_row(table);
            ent_document_cell(table, ENT_TONE_PLAIN, lists[k].key, NULL);
            ent_document_cell_int(table, (long long)i + 1);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_state_code(r->a), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_state_code(r->b), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_state_name(r->a, what->year), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_state_name(r->b, what->year), NULL);
            ent_document_cell_int(table, what->year);
            ent_document_cell(table, ENT_TONE_PLAIN,
                              ent_number_exact(r->value, raw, sizeof(raw)), NULL);
        }
    }
    return cli_write(cli, table);
}

static int write_json(const struct what *what, const struct list *lists, size_t count)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "by", what->measure ? what->measure : "verdict");
    ent_json_int(json, "year", what->year);
    for (size_t k = 0; k < count; k++) {
        ent_json_open_object(json, lists[k].key);
        ent_json_int(json, "of", (int64_t)lists[k].of);
        ent_json_open_list(json, "pairs");
        for (size_t i = 0; i < lists[k].count; i++) {
            ent_json_open_object(json, NULL);
            ent_json_text(json, "a", ent_state_code(lists[k].at[i].a));
            ent_json_text(json, "b", ent_state_code(lists[k].at[i].b));
            ent_json_number(json, "value", lists[k].at[i].value);
            ent_json_close(json);
        }
        ent_json_close(json);
        ent_json_close(json);
    }
    ent_json_close(json);
    return cli_write_json(json);
}

static int write_lists(const struct cli *cli, const struct what *what, const struct list *lists,
                       size_t count)
{
    struct ent_document *page;

    if (cli_output(cli) == CLI_JSON)
        return write_json(what, lists, count);
    if (cli_output(cli) == CLI_TSV)
        return write_tsv(cli, what, lists, count);
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    ent_document_title(page, what->title);
    for (size_t k = 0; k < count; k++) {
        char of[40], text[200];

        snprintf(text, sizeof(text), "%s (of %s)", lists[k].title,
                 ent_integer_text((int64_t)lists[k].of, of, sizeof(of)));
        ent_document_heading(page, text);
        put_list(page, what, &lists[k]);
    }
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_DIM, "%s", what->note);
    return cli_write(cli, page);
}

/* The last year of a dataset in the store; 0 when it is not loaded. */
static enum ent_status
last_year(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    int *year = context;

    (void)err;
    if (info->last_year > *year)
        *year = info->last_year;
    return ENT_OK;
}

/* Trade decides, as it does for one pair: where it is not known, the variant without it. */
static enum ent_status choose_variant(const struct assess_place *place, int year,
                                      size_t *variant, struct ent_error *err)
{
    enum ent_status status;
    int trade = 0;

    status = ent_store_sources(place->dyads.store, "cow_trade", last_year, &trade, err);
    *variant = ent_model_variant_find(place->model,
                                      trade + ENT_CARRY_YEARS >= year ? "strict" : "late");
    if (status == ENT_OK && *variant == SIZE_MAX)
        status = ent_fail(err, ENT_ENOTFOUND, "the model has no variant for %d", year);
    return status;
}

/* What the numbers are, under the lists. */
static void note_text(const struct ent_model_variant *variant,
                      const struct ent_model_year *year, char *text, size_t size)
{
    char early[80] = "";

    if (year->year < variant->first_year)
        snprintf(early, sizeof(early), "  The model learnt from %d to %d, and %d lies before.",
                 variant->first_year, variant->last_year, year->year);
    snprintf(
        text, size,
        "In 100: of pairs that behave like this, so many had a defence pact, by the variant "
        "\"%s\".%s  Treaties are those of %d; regional charters do not count.  Why: "
        "entente assess A B --year %d.",
        variant->id, early, year->treaty_year, year->year);
}

static int by_verdict(const struct request *r)
{
    struct list lists[2] = {
        { .key = "most_like_without_pact", .title = "Most ally-like without a defence pact" },
        { .key = "least_like_with_pact", .title = "Least ally-like with a defence pact" },
    };
    struct what what = { .year = r->year, .unit = "" };
    struct assess_place place;
    struct ent_model_year year;
    struct ent_error err = { 0 };
    char title[160], note[400];
    size_t variant;
    int exit_status;

    if (assess_open(r->cli, r->model, &place, &err) != ENT_OK)
        return cli_fail(&err);
    if (!place.dyads.store) {
        assess_close(&place);
        return cli_complain(
            "all pairs of a year need a store: \"entente import\" reads the files "
            "that publishers ship");
    }
    if ((what.year == 0 &&
         ent_store_sources(place.dyads.store, "unga", last_year, &what.year, &err) != ENT_OK) ||
        choose_variant(&place, what.year, &variant, &err) != ENT_OK ||
        ent_model_score_year(place.model, variant, place.dyads.store, what.year, &year, &err) !=
            ENT_OK) {
        assess_close(&place);
        return cli_fail(&err);
    }
    for (size_t i = 0; i < year.count; i++) {
        const struct ent_model_dyad *d = &year.dyads[i];

        if (!isnan(d->p))
            add(&lists[d->core ? 1 : 0], d->a, d->b, d->p);
    }
    finish(&lists[0], largest_first, r->top);
    finish(&lists[1], smallest_first, r->top);
    snprintf(title, sizeof(title), "All pairs by the verdict, %d", what.year);
    note_text(ent_model_variant_at(place.model, variant), &year, note, sizeof(note));
    what.title = title;
    what.note = note;
    exit_status = write_lists(r->cli, &what, lists, 2);
    ent_model_year_release(&year);
    assess_close(&place);
    free(lists[0].at);
    free(lists[1].at);
    return exit_status;
}

/* Rows of a year of a panel become pairs. */
struct taking {
    struct list *list;
    int year;
};

static enum ent_status take(void *context, const struct ent_panel_block *block,
                            const char *text, size_t len, struct ent_error *err)
{
    struct taking *t = context;

    (void)text;
    (void)len;
    (void)err;
    t->year = block->year;
    for (size_t i = 0; i < block->rows; i++) {
        if (!isnan(block->value[0][i]))
            add(t->list, block->state1[i], block->state2[i], block->value[0][i]);
    }
    return ENT_OK;
}

static enum ent_status run_measure(const struct request *r, struct ent_store *store,
                                   const struct ent_measure_info *m, struct taking *taking,
                                   struct ent_error *err)
{
    const char *measures[1] = { m->id };
    struct ent_panel_request request = { .unit = m->direction == ENT_DIRECTED
                                                     ? ENT_PANEL_DIRECTED
                                                     : ENT_PANEL_DYADS,
                                         .from = r->year,
                                         .to = r->year,
                                         .measures = measures,
                                         .measure_count = 1 };
    struct ent_panel_sink sink = { .take = take, .context = taking };
    struct ent_panel_plan *plan = NULL;
    enum ent_status status;

    if (r->year == 0) {
        /* The plan of all years says which is the last. */
        status = ent_panel_plan_new(store, &request, &plan, err);
        if (status != ENT_OK)
            return status;
        request.from = request.to = ent_panel_layout(plan)->to;
        ent_panel_plan_free(plan);
        plan = NULL;
    }
    status = ent_panel_plan_new(store, &request, &plan, err);
    if (status == ENT_OK)
        status = ent_panel_run(plan, &sink, err);
    ent_panel_plan_free(plan);
    return status;
}

static int by_measure(const struct request *r)
{
    struct list list = { .key = "pairs", .title = r->least ? "Smallest" : "Largest" };
    struct taking taking = { .list = &list, .year = r->year };
    struct what what = { .unit = "" };
    const struct ent_measure_info *m;
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    char title[200];
    size_t index;
    int exit_status;

    if (ent_measure_find(r->by, &index, &err) != ENT_OK)
        return cli_fail(&err);
    m = ent_measure_at(index);
    if (m->direction == ENT_MONADIC)
        return cli_complain("%s is of one state, and pairs are ranked", m->id);
    if (cli_open_store(r->cli, CLI_NEED_STORE, &store, &err) != ENT_OK)
        return cli_fail(&err);
    if (run_measure(r, store, m, &taking, &err) != ENT_OK) {
        ent_store_close(store);
        free(list.at);
        return cli_fail(&err);
    }
    ent_store_close(store);
    finish(&list, r->least ? smallest_first : largest_first, r->top);
    what = (struct what){ .title = title,
                          .note = m->meaning,
                          .year = taking.year,
                          .form = m->form,
                          .unit = m->unit,
                          .directed = m->direction == ENT_DIRECTED,
                          .measure = m->id };
    snprintf(title, sizeof(title), "All pairs by %s%s%s, %d", m->title, m->unit[0] ? ", " : "",
             m->unit, what.year);
    if (list.of == 0)
        exit_status = cli_complain("%s has no value in %d", m->id, what.year);
    else
        exit_status = write_lists(r->cli, &what, &list, 1);
    free(list.at);
    return exit_status;
}

int cmd_rank(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .by = "verdict", .top = TOP };

    cli_parse(&argp, argc, argv, &r);
    return strcmp(r.by, "verdict") == 0 ? by_verdict(&r) : by_measure(&r);
}
