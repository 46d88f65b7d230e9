/*
 * Running a plan: each year is computed by one thread with a connection and a panel
 * of its own, and handed on in order of years.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/parallel.h"
#include "panel/panel.h"
#include "query/panel_plan.h"
#include "store/catalogue.h"

/* What one thread computes with. */
struct worker {
    const struct ent_panel_plan *plan;
    struct ent_store *store;
    struct ent_panel *panel;
    struct ent_pair *pairs; /* the rows of the year, the first state below the second */
    struct ent_pair *back;  /* the same pairs turned, in order of their first state */
    uint32_t *back_row;     /* the row of each of them */
    size_t rows, capacity;
    int16_t *state1, *state2;
    double *scratch;
    double *values; /* all columns, one after another */
    size_t value_capacity;
    uint8_t *reasons;
    size_t reason_capacity;
    const double **column;
    const uint8_t **column_reasons;
};

/* What all threads share. */
struct run {
    const struct ent_panel_plan *plan;
    const struct ent_panel_sink *sink;
    enum ent_status status; /* the first failure */
    struct ent_error err;
};

static void worker_close(struct worker *w)
{
    ent__panel_close(w->panel);
    ent_store_close(w->store);
    ent__free(w->pairs);
    ent__free(w->back);
    ent__free(w->back_row);
    ent__free(w->state1);
    ent__free(w->state2);
    ent__free(w->scratch);
    ent__free(w->values);
    ent__free(w->reasons);
    ent__free(w->column);
    ent__free(w->column_reasons);
}

static enum ent_status
worker_open(struct worker *w, const struct ent_panel_plan *plan, struct ent_error *err)
{
    size_t states = ent_state_count();
    size_t most = plan->layout.unit == ENT_PANEL_STATES ? states : states * states;

    memset(w, 0, sizeof(*w));
    w->plan = plan;
    w->capacity = most;
    w->pairs = ent__calloc(most, sizeof(*w->pairs));
    w->back = ent__calloc(most, sizeof(*w->back));
    w->back_row = ent__calloc(most, sizeof(*w->back_row));
    w->state1 = ent__calloc(most, sizeof(*w->state1));
    w->state2 = ent__calloc(most, sizeof(*w->state2));
    w->scratch = ent__calloc(most, sizeof(*w->scratch));
    w->column = ent__calloc(plan->layout.column_count, sizeof(*w->column));
    w->column_reasons = ent__calloc(plan->layout.column_count, sizeof(*w->column_reasons));
    if (!w->pairs || !w->back || !w->back_row || !w->state1 || !w->state2 || !w->scratch ||
        !w->column || !w->column_reasons)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a panel");
    ENT_TRY(ent_store_open(ent__store_path_of(plan->store), ENT_STORE_READ, &w->store, err));
    ENT_TRY(ent__panel_open(w->store, &w->panel, err));
    if (plan->conventions.given)
        ent__panel_conventions(w->panel, &plan->conventions);
    return ENT_OK;
}

static const struct ent_input contiguity_input[] = {
    { .table = "contiguity", .column = "conttype", .scope = ENT_SCOPE_PAIR },
};
static const struct ent_measure_source contiguity = { .name = "contiguity",
                                                      .inputs = contiguity_input,
                                                      .input_count = 1 };

/* Which pairs are contiguous: as last observed, in years after the data end. */
static enum ent_status
find_contiguous(struct worker *w, int year, bool *near, struct ent_error *err)
{
    size_t n = ent_state_count();
    struct ent_coverage c = ent__panel_coverage(w->panel, &contiguity);
    struct ent_inputs in;

    memset(near, 0, n * n * sizeof(*near));
    ENT_TRY(ent__panel_year(w->panel, year > c.last_year ? c.last_year : year, err));
    ENT_TRY(ent__panel_inputs(w->panel, &contiguity, ENT_EXTENT_ALL, &in, err));
    for (size_t i = 0; i < in.n; i++) {
        for (size_t j = 0; j < in.n; j++) {
            size_t a = (size_t)ent_state_get(in.states[i])->index;
            size_t b = (size_t)ent_state_get(in.states[j])->index;

            near[a * n + b] = in.at[0].v[i * in.n + j] > 0;
        }
    }
    return ENT_OK;
}

static bool wanted_state(const struct ent_panel_plan *plan, const struct ent_state *s)
{
    return !plan->wanted || plan->wanted[s->index];
}

static bool wanted_pair(const struct ent_panel_plan *plan, const struct ent_state *a,
                        const struct ent_state *b, int year, const bool *near)
{
    size_t at = (size_t)a->index * ent_state_count() + (size_t)b->index;

    switch (plan->dyads) {
    case ENT_DYADS_ALL:
        return true;
    case ENT_DYADS_CONTIGUOUS:
        return near[at];
    case ENT_DYADS_MAJORS:
        return ent_state_major(a->id, year) || ent_state_major(b->id, year);
    case ENT_DYADS_RELEVANT:
        return near[at] || ent_state_major(a->id, year) || ent_state_major(b->id, year);
    case ENT_DYADS_LISTED:
        return plan->listed[at];
    }
    return false;
}

static void
add_row(struct worker *w, int x, int y, const struct ent_state *a, const struct ent_state *b)
{
    w->pairs[w->rows] = (struct ent_pair){ (uint16_t)x, (uint16_t)y };
    w->state1[w->rows] = a->id;
    w->state2[w->rows++] = b->id;
}

/* A state that can be in a row of the year. */
struct candidate {
    const struct ent_state *state;
    int index; /* in the year's arrays */
};

static size_t list_candidates(const struct worker *w, struct candidate *out)
{
    size_t states = ent_state_count();
    size_t count = 0;

    for (size_t i = 0; i < states && count < ENT_MEASURE_STATES; i++) {
        const struct ent_state *s = ent_state_at(i);
        int at = ent__panel_index(w->panel, s->id);

        if (at >= 0 && ent__panel_member(w->panel, (size_t)at) && wanted_state(w->plan, s))
            out[count++] = (struct candidate){ s, at };
    }
    return count;
}

/* The rows of a year, in order of the states' ids. */
static void list_rows(struct worker *w, int year, const bool *near)
{
    enum ent_panel_unit unit = w->plan->layout.unit;
    struct candidate c[ENT_MEASURE_STATES];
    size_t count = list_candidates(w, c);
    bool all = w->plan->dyads == ENT_DYADS_ALL;

    w->rows = 0;
    for (size_t i = 0; i < count; i++) {
        if (unit == ENT_PANEL_STATES) {
            add_row(w, c[i].index, c[i].index, c[i].state, c[i].state);
            continue;
        }
        for (size_t j = unit == ENT_PANEL_DYADS ? i + 1 : 0; j < count; j++) {
            if (j != i && (all || wanted_pair(w->plan, c[i].state, c[j].state, year, near)))
                add_row(w, c[i].index, c[j].index, c[i].state, c[j].state);
        }
    }
}

/* The pairs turned, grouped by their first state: a counting sort. */
static void list_back(struct worker *w)
{
    uint32_t starts[ENT_MEASURE_STATES + 1] = { 0 };

    for (size_t r = 0; r < w->rows; r++)
        starts[w->pairs[r].to + 1]++;
    for (size_t i = 1; i <= ENT_MEASURE_STATES; i++)
        starts[i] += starts[i - 1];
    for (size_t r = 0; r < w->rows; r++) {
        uint32_t at = starts[w->pairs[r].to]++;

        w->back[at] = (struct ent_pair){ w->pairs[r].to, w->pairs[r].from };
        w->back_row[at] = (uint32_t)r;
    }
}

static double *values_of(const struct worker *w, size_t column)
{
    return w->values + column * w->rows;
}

/* The second side of a job: the other direction, or the other state. */
static void compute_back(struct worker *w, const struct ent_panel_job *job,
                         const struct ent_inputs *in, double *out)
{
    job->measure->compute(job->measure, in, w->back, w->rows, w->scratch, NULL);
    for (size_t k = 0; k < w->rows; k++)
        out[w->back_row[k]] = w->scratch[k];
}

/* A measure of one state: computed once a state, and laid out by row. */
static void
compute_states(struct worker *w, const struct ent_panel_job *job, const struct ent_inputs *in)
{
    struct ent_pair one[ENT_MEASURE_STATES];
    double value[ENT_MEASURE_STATES];

    size_t count = 0;

    for (size_t i = 0; i < in->n; i++) {
        if (!in->focus || (int)i == in->focus[0] || (int)i == in->focus[1])
            one[count++] = (struct ent_pair){ (uint16_t)i, (uint16_t)i };
    }
    job->measure->compute(job->measure, in, one, count, value, NULL);
    for (size_t k = count; k-- > 0;) /* to each state's own place, which is not before */
        value[one[k].from] = value[k];
    for (int side = 0; side < 2; side++) {
        double *out = job->column[side] == SIZE_MAX ? NULL : values_of(w, job->column[side]);

        for (size_t r = 0; out && r < w->rows; r++)
            out[r] = value[side ? w->pairs[r].to : w->pairs[r].from];
    }
}

static enum ent_status
compute_job(struct worker *w, const struct ent_panel_job *job, int year, struct ent_error *err)
{
    bool covered = job->loaded &&
                   (!job->first_year || (year >= job->first_year && year <= job->last_year));
    struct ent_inputs in;

    if (!covered) {
        for (int side = 0; side < 2; side++) {
            double *out =
                job->column[side] == SIZE_MAX ? NULL : values_of(w, job->column[side]);

            for (size_t r = 0; out && r < w->rows; r++)
                out[r] = NAN;
        }
        return ENT_OK;
    }
    ENT_TRY(ent__panel_inputs(w->panel, job->source,
                              w->plan->focus[0] ? ENT_EXTENT_FOCUS : ENT_EXTENT_ALL, &in, err));
    if (job->interval)
        return job->measure->interval(job->measure, &in, w->pairs, w->rows,
                                      &w->plan->resampling, values_of(w, job->column[0]),
                                      values_of(w, job->column[1]), err);
    if (job->measure->info.direction == ENT_MONADIC) {
        compute_states(w, job, &in);
        return ENT_OK;
    }
    job->measure->compute(job->measure, &in, w->pairs, w->rows, values_of(w, job->column[0]),
                          NULL);
    if (job->column[1] != SIZE_MAX)
        compute_back(w, job, &in, values_of(w, job->column[1]));
    return ENT_OK;
}

/* Why a cell of a job is missing in a year. */
static enum ent_reason
why(const struct worker *w, const struct ent_panel_job *job, int year, int from, int to)
{
    if (!job->loaded)
        return ENT_NOT_LOADED;
    if (job->first_year && year < job->first_year)
        return ENT_BEFORE_DATA;
    if (job->first_year && year > job->last_year)
        return ENT_AFTER_DATA;
    return ent__panel_watches(w->panel, job->source, from, to) ? ENT_NO_VALUE : ENT_NOT_WATCHED;
}

static void fill_reasons(struct worker *w, const struct ent_panel_job *job, int year)
{
    for (int side = 0; side < 2; side++) {
        size_t c = job->column[side];
        const double *value = c == SIZE_MAX ? NULL : values_of(w, c);
        uint8_t *reason = c == SIZE_MAX ? NULL : w->reasons + c * w->rows;

        for (size_t r = 0; value && r < w->rows; r++) {
            int from = side ? w->state2[r] : w->state1[r];
            int to = side ? w->state1[r] : w->state2[r];

            reason[r] =
                (uint8_t)(value[r] == value[r] ? ENT_KNOWN : why(w, job, year, from, to));
        }
    }
}

static enum ent_status make_room(struct worker *w, struct ent_error *err)
{
    size_t cells = w->plan->layout.column_count * w->rows;
    void *values = w->values;
    void *reasons = w->reasons;

    ENT_TRY(ent__grow(&values, &w->value_capacity, cells, sizeof(double), err));
    w->values = values;
    if (w->plan->layout.reasons) {
        ENT_TRY(ent__grow(&reasons, &w->reason_capacity, cells, 1, err));
        w->reasons = reasons;
    }
    return ENT_OK;
}

/* Go to a year, and list its rows. */
static enum ent_status begin_year(struct worker *w, int year, struct ent_error *err)
{
    const struct ent_panel_plan *plan = w->plan;
    bool *near = NULL;
    enum ent_status status = ENT_OK;

    if (plan->dyads == ENT_DYADS_CONTIGUOUS || plan->dyads == ENT_DYADS_RELEVANT) {
        near = ent__calloc(ent_state_count() * ent_state_count(), sizeof(*near));
        status = near ? find_contiguous(w, year, near, err)
                      : ent_fail(err, ENT_ENOMEM, "out of memory for a panel");
    }
    if (status == ENT_OK)
        status = ent__panel_year(w->panel, year, err);
    if (status == ENT_OK && plan->focus[0])
        ent__panel_focus(w->panel, plan->focus[0], plan->focus[1]);
    if (status == ENT_OK)
        list_rows(w, year, near);
    ent__free(near);
    return status;
}

static enum ent_status
compute_year(struct worker *w, int year, struct ent_panel_block *block, struct ent_error *err)
{
    const struct ent_panel_plan *plan = w->plan;

    ENT_TRY(begin_year(w, year, err));
    list_back(w);
    ENT_TRY(make_room(w, err));
    for (size_t i = 0; i < plan->job_count; i++) {
        ENT_TRY(compute_job(w, &plan->jobs[i], year, err));
        if (plan->layout.reasons)
            fill_reasons(w, &plan->jobs[i], year);
    }
    for (size_t c = 0; c < plan->layout.column_count; c++) {
        w->column[c] = values_of(w, c);
        w->column_reasons[c] = plan->layout.reasons ? w->reasons + c * w->rows : NULL;
    }
    *block =
        (struct ent_panel_block){ .year = year,
                                  .rows = w->rows,
                                  .state1 = w->state1,
                                  .state2 =
                                      plan->layout.unit == ENT_PANEL_STATES ? NULL : w->state2,
                                  .columns = plan->layout.column_count,
                                  .value = w->column,
                                  .reason = plan->layout.reasons ? w->column_reasons : NULL };
    return ENT_OK;
}

/* Keep the first failure; the years after it are not computed. */
static void note_failure(struct run *run, enum ent_status status, const struct ent_error *err)
{
#pragma omp critical
    if (run->status == ENT_OK) {
        run->status = status;
        run->err = *err;
    }
}

static bool has_failed(struct run *run)
{
    bool failed;

#pragma omp critical
    failed = run->status != ENT_OK;
    return failed;
}

/* Hand a year on: called in order of years. */
static void
take_year(struct run *run, const struct ent_panel_block *block, const char *text, size_t len)
{
    const struct ent_panel_sink *sink = run->sink;
    const struct ent_panel_plan *plan = run->plan;
    struct ent_error err = { 0 };
    enum ent_status status = ENT_OK;

    if (sink->progress &&
        sink->progress(sink->context, "computing the panel",
                       (size_t)(block->year - plan->layout.from),
                       (size_t)(plan->layout.to - plan->layout.from) + 1) != 0)
        status = ent_fail(&err, ENT_ECANCEL, "stopped");
    if (status == ENT_OK)
        status = sink->take(sink->context, block, text, len, &err);
    if (status != ENT_OK)
        note_failure(run, status, &err);
}

static void do_year(struct run *run, struct worker *w, int year, struct ent_panel_block *block,
                    char **text, size_t *len)
{
    struct ent_error err = { 0 };
    enum ent_status status = compute_year(w, year, block, &err);

    if (status == ENT_OK && run->sink->format &&
        run->sink->format(run->sink->context, block, text, len) != 0)
        status = ent_fail(&err, ENT_ENOMEM, "out of memory for the text of %d", year);
    if (status != ENT_OK)
        note_failure(run, status, &err);
}

enum ent_status ent_panel_run(const struct ent_panel_plan *plan,
                              const struct ent_panel_sink *sink, struct ent_error *err)
{
    struct run run = { .plan = plan, .sink = sink };
    int threads = plan->threads > 0 ? plan->threads : ent__processors();
    int first = plan->layout.from;
    int last = plan->layout.to;

    if (threads > last - first + 1)
        threads = last - first + 1;
    if (plan->focus[0] && plan->threads <= 0)
        threads = 1; /* a year of two states is done before another thread has woken */
#pragma omp parallel num_threads(threads)
    {
        struct worker w;
        struct ent_error mine = { 0 };
        enum ent_status status = worker_open(&w, plan, &mine);

        if (status != ENT_OK)
            note_failure(&run, status, &mine);
#pragma omp for schedule(dynamic, 1) ordered
        for (int year = first; year <= last; year++) {
            struct ent_panel_block block = { 0 };
            char *text = NULL;
            size_t len = 0;

            if (!has_failed(&run))
                do_year(&run, &w, year, &block, &text, &len);
#pragma omp ordered
            {
                if (!has_failed(&run))
                    take_year(&run, &block, text, len);
            }
            free(text);
        }
        worker_close(&w);
    }
    if (run.status != ENT_OK && err)
        *err = run.err;
    return run.status;
}

enum ent_status
ent__panel_count(const struct ent_panel_plan *plan, uint64_t *rows, struct ent_error *err)
{
    struct worker w;
    enum ent_status status = worker_open(&w, plan, err);

    *rows = 0;
    for (int year = plan->layout.from; status == ENT_OK && year <= plan->layout.to; year++) {
        status = begin_year(&w, year, err);
        *rows += w.rows;
    }
    worker_close(&w);
    return status;
}
