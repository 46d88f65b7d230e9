/*
 * A trace: the measure is computed again for the one pair, noting its steps, and
 * the rows that its inputs rest on are looked up in the tidy tables.
 */
#include "entente/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/dataset.h"
#include "entente/state.h"
#include "measure/family.h"
#include "panel/panel.h"
#include "query/conventions.h"
#include "query/dossier.h"
#include "query/trace.h"
#include "query/user_measures.h"
#include "store/catalogue.h"
#include "store/rows.h"
#include "store/run.h"

enum {
    DEFAULT_ROWS = 40,
};

struct tracing {
    struct ent_store *store;
    struct ent_arena *arena;
    struct ent_trace *trace;
    const struct ent_measure *measure;
    struct ent_conventions conventions;
    size_t limit;
    struct ent_trace_row *rows;
    struct ent_trace_source *sources;
    size_t row_capacity, source_capacity;
    const char *table; /* whose rows are being read */
    int64_t wanted;    /* id of the source that is looked for */
    size_t key[3];     /* positions of year and states, in the table being read */
};

/* What the rows of one table are called, for conditions on them. */
struct columns {
    const char *table;
    bool found;
    const char *year, *side[2];
    bool undirected;
};

static enum ent_status
keep(struct tracing *t, const char *text, const char **out, struct ent_error *err)
{
    *out = ent__arena_printf(t->arena, "%s", text);
    return *out ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a trace");
}

static enum ent_status
take_source(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    struct tracing *t = context;
    const struct ent_dataset *dataset = ent__dataset_find(info->dataset);
    struct ent_trace_source *s;
    void *grown = t->sources;

    if (info->id != t->wanted)
        return ENT_OK;
    ENT_TRY(
        ent__grow(&grown, &t->source_capacity, t->trace->source_count + 1, sizeof(*s), err));
    t->sources = grown;
    s = &t->sources[t->trace->source_count++];
    memset(s, 0, sizeof(*s));
    s->id = info->id;
    s->citation = dataset ? dataset->info.citation : "The user's own data.";
    ENT_TRY(keep(t, info->dataset, &s->dataset, err));
    ENT_TRY(keep(t, info->part, &s->part, err));
    ENT_TRY(keep(t, info->version, &s->version, err));
    ENT_TRY(keep(t, info->file, &s->file, err));
    return keep(t, info->sha256, &s->sha256, err);
}

static enum ent_status
source_index(struct tracing *t, int64_t id, size_t *index, struct ent_error *err)
{
    for (*index = 0; *index < t->trace->source_count; (*index)++) {
        if (t->sources[*index].id == id)
            return ENT_OK;
    }
    t->wanted = id;
    return ent_store_sources(t->store, NULL, take_source, t, err);
}

static const char *code_of(int id)
{
    const struct ent_state *s = ent_state_get(id);

    return s->iso3[0] ? s->iso3 : s->cow[0] ? s->cow : s->name;
}

/* The code of a state's id in a text, or the text itself. */
static const char *state_code(const char *text)
{
    int id = atoi(text);

    return ent_state_get(id) ? code_of(id) : text;
}

static enum ent_status take_row(void *context, int64_t source, uint64_t line, size_t columns,
                                const char *const *names, const char *const *values,
                                struct ent_error *err)
{
    struct tracing *t = context;
    struct ent_trace_row *row;
    struct ent_buf text;
    void *grown = t->rows;
    enum ent_status status;

    ENT_TRY(ent__grow(&grown, &t->row_capacity, t->trace->row_count + 1, sizeof(*row), err));
    t->rows = grown;
    row = &t->rows[t->trace->row_count];
    row->table = t->table;
    row->line = line;
    ENT_TRY(source_index(t, source, &row->source, err));
    ent__buf_init(&text);
    for (size_t c = 0; c < columns; c++) {
        bool is_state = c == t->key[1] || c == t->key[2];

        if (values[c])
            ent__buf_printf(&text, "%s%s %s", text.len ? ", " : "", names[c],
                            is_state ? state_code(values[c]) : values[c]);
    }
    row->text = ent__arena_copy(t->arena, ent__buf_str(&text));
    status = ent__buf_check(&text, err);
    ent__buf_release(&text);
    if (status == ENT_OK && !row->text)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a trace");
    if (status == ENT_OK)
        t->trace->row_count++;
    return status;
}

struct finding {
    struct tracing *t;
    struct columns *columns;
};

static enum ent_status
find_columns(void *context, const struct ent_table_entry *entry, struct ent_error *err)
{
    struct finding *f = context;
    struct columns *c = f->columns;
    size_t sides = 0;

    if (strcmp(entry->name, c->table) != 0)
        return ENT_OK;
    c->found = entry->loaded;
    for (size_t k = 0; k < entry->column_count; k++) {
        enum ent_column_role role = entry->columns[k].role;

        if (role == ENT_ROLE_YEAR) {
            f->t->key[0] = k;
            ENT_TRY(keep(f->t, entry->columns[k].name, &c->year, err));
        }
        if ((role == ENT_ROLE_STATE || role == ENT_ROLE_FROM || role == ENT_ROLE_TO) &&
            sides < 2) {
            c->undirected = role == ENT_ROLE_STATE;
            f->t->key[1 + sides] = k;
            ENT_TRY(keep(f->t, entry->columns[k].name, &c->side[sides++], err));
        }
    }
    return ENT_OK;
}

static void add_condition(struct ent_row_query *q, const char *column,
                          enum ent_relation relation, int64_t value)
{
    if (column && q->condition_count < ENT_CONDITIONS)
        q->conditions[q->condition_count++] = (struct ent_condition){ column, relation, value };
}

/* The years of an input's rows, for a value of year t. */
static void add_years(struct ent_row_query *q, const struct ent_input *input,
                      const struct columns *c, int t)
{
    switch (input->view) {
    case ENT_VIEW_AT:
        add_condition(q, c->year, ENT_REL_EQUAL, t);
        break;
    case ENT_VIEW_SUM:
        add_condition(q, c->year, ENT_REL_AT_LEAST, t - input->years + 1);
        add_condition(q, c->year, ENT_REL_AT_MOST, t);
        break;
    case ENT_VIEW_LAGGED:
        add_condition(q, c->year, ENT_REL_EQUAL, t - input->years);
        break;
    case ENT_VIEW_LAST:
    case ENT_VIEW_SINCE:
    case ENT_VIEW_STOCK:
        add_condition(q, c->year, ENT_REL_AT_MOST, t);
        add_condition(q, input->column, ENT_REL_ABOVE, 0);
        break;
    case ENT_VIEW_STATIC:
        break;
    }
    if (input->where)
        add_condition(q, input->where, ENT_REL_EQUAL, input->equals);
    if (input->also)
        add_condition(q, input->also, ENT_REL_EQUAL, input->also_equals);
}

static enum ent_status
run_query(struct tracing *t, struct ent_row_query *q, struct ent_error *err)
{
    uint64_t total;

    q->limit = t->limit > t->trace->row_count ? t->limit - t->trace->row_count : 0;
    t->table = q->table;
    ENT_TRY(ent__store_rows(t->store, q, take_row, t, &total, err));
    t->trace->row_total += total;
    return ENT_OK;
}

/* The rows of one state, or of the pair in one order, in an input's table. */
static enum ent_status rows_of(struct tracing *t, const struct ent_input *input,
                               const struct columns *c, const int64_t *first,
                               const int64_t *second, struct ent_error *err)
{
    struct ent_row_query q = { .table = input->table };

    add_years(&q, input, c, t->trace->year);
    if (first)
        add_condition(&q, c->side[0], ENT_REL_EQUAL, *first);
    if (second)
        add_condition(&q, c->side[1], ENT_REL_EQUAL, *second);
    return run_query(t, &q, err);
}

/* Whether of a pair's rows only the one of the direction asked for enters the value. */
static bool
is_one_way(const struct tracing *t, const struct ent_input *input, const struct columns *c)
{
    bool as_it_stands = t->measure->compute == ent__cell || t->measure->compute == ent__years;

    return !c->undirected &&
           (input->one_way || (as_it_stands && t->measure->info.direction == ENT_DIRECTED));
}

static enum ent_status pair_rows(struct tracing *t, const struct ent_input *input,
                                 const struct columns *c, struct ent_error *err)
{
    int64_t a = t->trace->from;
    int64_t b = t->trace->to;

    if (input->scope == ENT_SCOPE_ALL)
        return rows_of(t, input, c, NULL, NULL, err);
    if (!c->side[1]) { /* of one state: both states' rows, unless the measure is of one */
        ENT_TRY(rows_of(t, input, c, &a, NULL, err));
        if (t->measure->info.direction == ENT_MONADIC)
            return ENT_OK;
        return rows_of(t, input, c, &b, NULL, err);
    }
    if (!is_one_way(t, input, c) || !input->transposed)
        ENT_TRY(rows_of(t, input, c, &a, &b, err));
    if (is_one_way(t, input, c) && !input->transposed)
        return ENT_OK;
    return rows_of(t, input, c, &b, &a, err);
}

/* The rows of a state with all others than the other one: what its totals rest on. */
static enum ent_status total_rows(struct tracing *t, const struct ent_input *input,
                                  const struct columns *c, struct ent_error *err)
{
    int64_t ids[2] = { t->trace->from, t->trace->to };

    if (input->scope == ENT_SCOPE_ALL || !c->side[1])
        return ENT_OK;
    for (int k = 0; k < 2; k++) {
        for (int side = 0; input->scope & (k == 0 ? ENT_SCOPE_FROM : ENT_SCOPE_TO) && side < 2;
             side++) {
            struct ent_row_query q = { .table = input->table };

            add_years(&q, input, c, t->trace->year);
            add_condition(&q, c->side[side], ENT_REL_EQUAL, ids[k]);
            add_condition(&q, c->side[1 - side], ENT_REL_OTHER_THAN, ids[1 - k]);
            ENT_TRY(run_query(t, &q, err));
        }
    }
    return ENT_OK;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether an input reads other columns of rows that an earlier one has read. */
static bool rows_are_read(const struct ent_measure_source *source, size_t input)
{
    const struct ent_input *b = &source->inputs[input];

    for (size_t i = 0; i < input; i++) {
        const struct ent_input *a = &source->inputs[i];

        if (strcmp(a->table, b->table) == 0 && a->view == b->view && a->years == b->years &&
            a->scope == b->scope && same_text(a->where, b->where) && a->equals == b->equals &&
            same_text(a->also, b->also) && a->also_equals == b->also_equals)
            return true;
    }
    return false;
}

static enum ent_status
collect_rows(struct tracing *t, const struct ent_measure_source *source, struct ent_error *err)
{
    for (int totals = 0; totals < 2; totals++) {
        for (size_t i = 0; i < source->input_count; i++) {
            const struct ent_input *input = &source->inputs[i];
            struct columns c = { .table = input->table };
            struct finding f = { t, &c };

            if (rows_are_read(source, i))
                continue;
            t->key[0] = t->key[1] = t->key[2] = SIZE_MAX;
            ENT_TRY(ent__store_tables(t->store, find_columns, &f, err));
            if (!c.found)
                continue;
            ENT_TRY(totals ? total_rows(t, input, &c, err) : pair_rows(t, input, &c, err));
        }
    }
    return ENT_OK;
}

/* What an estimate made here rests on, as it then was, stands after it among the sources. */
static enum ent_status take_input(void *context, const char *dataset, const char *part,
                                  const char *file, const char *sha256, bool changed,
                                  struct ent_error *err)
{
    struct tracing *t = context;
    const struct ent_dataset *known = ent__dataset_find(dataset);
    struct ent_trace_source *s;
    void *grown = t->sources;

    ENT_TRY(
        ent__grow(&grown, &t->source_capacity, t->trace->source_count + 1, sizeof(*s), err));
    t->sources = grown;
    s = &t->sources[t->trace->source_count++];
    memset(s, 0, sizeof(*s));
    s->citation = known ? known->info.citation : "";
    s->version = changed ? "imported anew since" : "";
    /* A file that is in no dataset is called by its part: "matches". */
    ENT_TRY(keep(t, dataset[0] ? dataset : part, &s->dataset, err));
    ENT_TRY(keep(t, dataset[0] ? part : "", &s->part, err));
    ENT_TRY(keep(t, file, &s->file, err));
    return keep(t, sha256, &s->sha256, err);
}

static enum ent_status add_inputs(struct tracing *t, struct ent_error *err)
{
    size_t count = t->trace->source_count;

    for (size_t i = 0; i < count; i++)
        ENT_TRY(ent__run_inputs(t->store, t->sources[i].id, take_input, t, err));
    return ENT_OK;
}

/* Compute the value once more, with its steps. */
static enum ent_status
compute_steps(struct tracing *t, const struct ent_measure_source *source, struct ent_error *err)
{
    struct ent_trace *trace = t->trace;
    const struct ent_measure *measure = t->measure;
    struct ent_steps steps = { .arena = t->arena,
                               .from = code_of(trace->from),
                               .to = code_of(trace->to) };
    struct ent_trace_step *out;
    struct ent_panel *panel = NULL;
    struct ent_inputs in;
    struct ent_pair pair;
    enum ent_status status;

    ENT_TRY(ent__panel_open(t->store, &panel, err));
    if (t->conventions.given)
        ent__panel_conventions(panel, &t->conventions);
    status = ent__panel_year(panel, trace->year, err);
    if (status == ENT_OK)
        status = ent__panel_inputs(panel, source, ENT_EXTENT_ALL, &in, err);
    if (status == ENT_OK) {
        int from = ent__panel_index(panel, trace->from);
        int to = ent__panel_index(panel, trace->to);

        if (measure->info.direction == ENT_MONADIC)
            to = from;
        pair = (struct ent_pair){ (uint16_t)from, (uint16_t)to };
        if (from >= 0 && to >= 0)
            measure->compute(measure, &in, &pair, 1, &trace->value, &steps);
    }
    ent__panel_close(panel);
    if (status != ENT_OK)
        return status;
    out = ent__arena_array(t->arena, steps.count + 1, sizeof(*out));
    if (!out)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a trace");
    for (size_t i = 0; i < steps.count; i++)
        out[i] =
            (struct ent_trace_step){ steps.at[i].text, steps.at[i].value, steps.at[i].unit };
    trace->steps = out;
    trace->step_count = steps.count;
    return ENT_OK;
}

/* The source to trace: the one asked for, or the first with a value. */
static const struct ent_reading *choose(const struct ent_dossier *d, const char *source)
{
    const struct ent_reading *loaded = NULL;

    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];

        if (source && strcmp(r->source, source) != 0)
            continue;
        if (source || r->forward.reason == ENT_KNOWN)
            return r;
        if (!loaded && r->forward.reason != ENT_NOT_LOADED)
            loaded = r;
    }
    return loaded ? loaded : d->count && !source ? &d->readings[0] : NULL;
}

static enum ent_status
no_source(const struct ent_measure_info *info, const char *source, struct ent_error *err)
{
    char list[200] = "";
    size_t len = 0;

    for (size_t s = 0; s < info->source_count && len + 40 < sizeof(list); s++) {
        strncat(list, s ? ", " : "", sizeof(list) - strlen(list) - 1);
        strncat(list, info->sources[s], sizeof(list) - strlen(list) - 1);
        len = strlen(list);
    }
    return ent_fail(err, ENT_ENOTFOUND, "%s has no source \"%s\"; it has %s", info->id, source,
                    list);
}

static enum ent_status
trace_reading(struct tracing *t, const struct ent_reading *r, struct ent_error *err)
{
    const struct ent_measure *measure = t->measure;

    t->trace->year = r->year;
    t->trace->reason = r->forward.reason;
    for (size_t s = 0; s < measure->from_count; s++) {
        if (strcmp(measure->from[s].name, r->source) != 0)
            continue;
        t->trace->source = measure->from[s].name;
        if (r->forward.reason == ENT_NOT_LOADED || r->forward.reason == ENT_BEFORE_DATA ||
            r->forward.reason == ENT_AFTER_DATA)
            return ENT_OK;
        ENT_TRY(compute_steps(t, &measure->from[s], err));
        ENT_TRY(collect_rows(t, &measure->from[s], err));
        return add_inputs(t, err);
    }
    return ENT_OK;
}

/* A measure of the registry: by a dossier's rules, so that it is the same value. */
static enum ent_status
trace_listed(struct tracing *t, const struct ent_trace_request *r, struct ent_error *err)
{
    size_t measure;
    struct ent_dossier_options options = { .year = r->year,
                                           .measures = &measure,
                                           .measure_count = 1,
                                           .options = r->options,
                                           .option_count = r->option_count,
                                           .no_places = true };
    const struct ent_reading *reading;
    struct ent_dossier dossier;
    enum ent_status status;

    ENT_TRY(ent_measure_find(r->measure, &measure, err));
    t->measure = ent__measure_at(measure);
    ENT_TRY(ent_dossier_compute(t->store, r->from, r->to, &options, &dossier, err));
    t->trace->asked_year = dossier.year;
    reading = choose(&dossier, r->source);
    status =
        reading ? trace_reading(t, reading, err) : no_source(&t->measure->info, r->source, err);
    ent_dossier_release(&dossier);
    return status;
}

/* A measure of a user's table, which has one source. */
static enum ent_status
trace_own(struct tracing *t, const struct ent_trace_request *r, struct ent_error *err)
{
    static const struct ent_dossier_options plain;
    struct ent_reading reading = { .forward = { .value = NAN } };
    struct ent_panel *panel = NULL;
    struct ent_coverage coverage;
    enum ent_status status;

    ENT_TRY(ent__dyad_check(r->from, r->to, r->year, err));
    ENT_TRY(ent__panel_open(t->store, &panel, err));
    status = ent__user_measure(t->store, panel, r->measure, t->arena, &t->measure, err);
    if (status == ENT_OK)
        status = ent__conventions_check(
            &t->conventions, ent__conventions_heeded(t->measure, t->measure->from), panel, err);
    if (status == ENT_OK) {
        coverage = ent__panel_coverage(panel, t->measure->from);
        t->trace->asked_year = r->year ? r->year : coverage.last_year;
        ent__reading_year(&reading, &plain, t->trace->asked_year, coverage);
    }
    ent__panel_close(panel);
    if (status != ENT_OK)
        return status;
    reading.source = t->measure->from->name;
    if (r->source && strcmp(r->source, reading.source) != 0)
        return no_source(&t->measure->info, r->source, err);
    ENT_TRY(trace_reading(t, &reading, err));
    if (t->trace->reason == ENT_KNOWN && isnan(t->trace->value))
        t->trace->reason = ENT_NO_VALUE;
    return ENT_OK;
}

enum ent_status ent_trace(struct ent_store *store, const struct ent_trace_request *request,
                          struct ent_trace *out, struct ent_error *err)
{
    struct ent_trace trace = {
        .from = request->from, .to = request->to, .value = NAN, .asked_year = request->year
    };
    struct tracing t = { .store = store,
                         .trace = &trace,
                         .limit = request->row_limit ? request->row_limit : DEFAULT_ROWS };
    enum ent_status status;

    ENT_TRY(
        ent__conventions_parse(request->options, request->option_count, &t.conventions, err));
    t.arena = ent__calloc(1, sizeof(*t.arena));
    if (!t.arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a trace");
    status = ent__is_user_word(request->measure) ? trace_own(&t, request, err)
                                                 : trace_listed(&t, request, err);
    trace.measure = t.measure ? &t.measure->info : NULL;
    trace.options = ent__conventions_list(&t.conventions, t.arena);
    if (status == ENT_OK && !trace.options)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a trace");
    trace.rows = t.rows;
    trace.sources = t.sources;
    trace.owned = t.arena;
    if (status != ENT_OK) {
        ent_trace_release(&trace);
        return status;
    }
    *out = trace;
    return ENT_OK;
}

void ent_trace_release(struct ent_trace *trace)
{
    union {
        const void *given;
        void *freed;
    } rows = { trace->rows }, sources = { trace->sources };

    ent__free(rows.freed);
    ent__free(sources.freed);
    if (trace->owned)
        ent__arena_release(trace->owned);
    ent__free(trace->owned);
    memset(trace, 0, sizeof(*trace));
}

struct ent_rows {
    struct tracing tracing;
    struct ent_trace found;
};

enum ent_status ent__rows_new(struct ent_store *store, size_t limit, struct ent_rows **out,
                              struct ent_error *err)
{
    struct ent_rows *rows = ent__calloc(1, sizeof(*rows));
    struct ent_arena *arena = ent__calloc(1, sizeof(*arena));

    if (!rows || !arena) {
        ent__free(rows);
        ent__free(arena);
        return ent_fail(err, ENT_ENOMEM, "out of memory for rows");
    }
    rows->found.owned = arena;
    rows->tracing = (struct tracing){
        .store = store, .arena = arena, .trace = &rows->found, .limit = limit
    };
    *out = rows;
    return ENT_OK;
}

enum ent_status ent__rows_pair(struct ent_rows *rows, size_t measure, size_t source, int from,
                               int to, int year, struct ent_error *err)
{
    const struct ent_measure_source *of = &ent__measure_at(measure)->from[source];
    struct tracing *t = &rows->tracing;

    t->measure = ent__measure_at(measure);
    rows->found.measure = &t->measure->info;
    rows->found.from = from;
    rows->found.to = to;
    rows->found.year = year;
    for (size_t i = 0; i < of->input_count; i++) {
        struct columns c = { .table = of->inputs[i].table };
        struct finding f = { t, &c };

        if (rows_are_read(of, i))
            continue;
        t->key[0] = t->key[1] = t->key[2] = SIZE_MAX;
        ENT_TRY(ent__store_tables(t->store, find_columns, &f, err));
        if (c.found && of->inputs[i].scope != ENT_SCOPE_ALL)
            ENT_TRY(pair_rows(t, &of->inputs[i], &c, err));
    }
    return ENT_OK;
}

enum ent_status
ent__rows_query(struct ent_rows *rows, struct ent_row_query *query, struct ent_error *err)
{
    struct columns c = { .table = query->table };
    struct finding f = { &rows->tracing, &c };

    rows->tracing.key[0] = rows->tracing.key[1] = rows->tracing.key[2] = SIZE_MAX;
    ENT_TRY(ent__store_tables(rows->tracing.store, find_columns, &f, err));
    return c.found ? run_query(&rows->tracing, query, err) : ENT_OK;
}

const struct ent_trace *ent__rows_found(struct ent_rows *rows)
{
    rows->found.rows = rows->tracing.rows;
    rows->found.sources = rows->tracing.sources;
    return &rows->found;
}

void ent__rows_free(struct ent_rows *rows)
{
    if (!rows)
        return;
    rows->found.rows = rows->tracing.rows;
    rows->found.sources = rows->tracing.sources;
    ent_trace_release(&rows->found);
    ent__free(rows);
}
