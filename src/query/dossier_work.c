/*
 * One job is one value of one reading: its own, or one of its trend.  Jobs are done
 * year by year, each year by one thread with a panel of its own; a reading's own
 * year wants every pair, for its place among them, the others only the two states.
 */
#include "query/dossier_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/profile.h"
#include "base/alloc.h"
#include "base/parallel.h"
#include "panel/panel.h"
#include "store/catalogue.h"

enum {
    MANY_JOBS = 200, /* from here on a second thread pays for its connection */
};

/* One value to be computed: which reading, for which place of its trend. */
struct ent_dossier_job {
    int year;
    uint32_t reading;
    int slot; /* TREND_LAST: the reading itself */
};

/* What one thread works with. */
struct desk {
    struct ent_dossier_work *w;
    struct ent_store *store; /* its own, or NULL: the work's */
    struct ent_panel *panel;
    struct ent_pair *pairs; /* every pair of the year, and their values */
    double *values;
    size_t pair_capacity, value_capacity;
    struct ent_member_pair *allied; /* those of the year */
    uint16_t *allies;               /* the same by index in the panel's year, two a pair */
    size_t ally_count;
};

static const struct ent_measure_source *
source_of(const struct ent_dossier_work *w, const struct ent_reading *r)
{
    const struct ent_measure *m = ent__reading_measure(w, r);

    for (size_t s = 0; s < m->from_count; s++) {
        if (strcmp(m->from[s].name, r->source) == 0)
            return &m->from[s];
    }
    return NULL; /* never: readings are made from the table of sources */
}

static int by_year(const void *a, const void *b)
{
    const struct ent_dossier_job *x = a;
    const struct ent_dossier_job *y = b;

    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->reading > y->reading) - (x->reading < y->reading);
}

/* A job for each value to compute in this round, in order of year. */
static void list_jobs(struct ent_dossier_work *w)
{
    const struct ent_dossier *d = w->dossier;

    w->job_count = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];
        int first = r->first_year ? 0 : ENT_TREND_LAST; /* without years there is no trend */

        if (!w->again[i])
            continue;
        for (int slot = first; slot <= ENT_TREND_LAST; slot++) {
            int year = r->year - ENT_TREND_LAST + slot;

            if (!r->first_year || year >= r->first_year)
                w->jobs[w->job_count++] = (struct ent_dossier_job){ year, (uint32_t)i, slot };
        }
    }
    qsort(w->jobs, w->job_count, sizeof(*w->jobs), by_year);
}

size_t ent__all_pairs(enum ent_direction direction, size_t n, struct ent_pair *pairs)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (direction == ENT_MONADIC) {
            pairs[count++] = (struct ent_pair){ (uint16_t)i, (uint16_t)i };
            continue;
        }
        for (size_t j = direction == ENT_UNDIRECTED ? i + 1 : 0; j < n; j++) {
            if (i != j)
                pairs[count++] = (struct ent_pair){ (uint16_t)i, (uint16_t)j };
        }
    }
    return count;
}

/* Room for all pairs of the year, and the list of them. */
static enum ent_status list_pairs(struct desk *desk, enum ent_direction direction, size_t n,
                                  size_t *count, struct ent_error *err)
{
    void *pairs = desk->pairs;
    void *values = desk->values;

    ENT_TRY(ent__grow(&pairs, &desk->pair_capacity, n * n, sizeof(*desk->pairs), err));
    desk->pairs = pairs;
    ENT_TRY(ent__grow(&values, &desk->value_capacity, n * n, sizeof(*desk->values), err));
    desk->values = values;
    *count = ent__all_pairs(direction, n, desk->pairs);
    return ENT_OK;
}

/* How many values are above one, and equal to it; as wide as a double, so that the loop runs
   several at a time. */
struct standing {
    int64_t above, equal;
};

static void set_place(struct ent_value_read *v, struct standing s, int64_t known)
{
    if (v->value != v->value)
        return;
    v->place = (uint32_t)s.above + 1;
    v->of = (uint32_t)known;
    v->percentile =
        ((double)(known - s.above - s.equal) + 0.5 * (double)s.equal) / (double)known;
}

/* The places of both sides of a reading among `count` values, of which NAN do not count. */
static void find_places(struct ent_reading *r, const double *values, size_t count)
{
    double x = r->forward.value;
    double y = r->backward.value;
    struct standing forward = { 0 };
    struct standing backward = { 0 };
    int64_t known = 0;

    for (size_t i = 0; i < count; i++) {
        double v = values[i];

        known += v == v;
        forward.above += v > x;
        forward.equal += v == x;
        backward.above += v > y;
        backward.equal += v == y;
    }
    set_place(&r->forward, forward, known);
    set_place(&r->backward, backward, known);
}

/* The share of values[0..count-1] below one, plus half of those equal; NAN of none. */
static double place_among(double value, const double *values, size_t count, uint32_t *known)
{
    size_t below = 0, equal = 0, n = 0;

    for (size_t i = 0; i < count; i++) {
        n += values[i] == values[i];
        below += values[i] < value;
        equal += values[i] == value;
    }
    *known = (uint32_t)n;
    return value == value && n ? ((double)below + 0.5 * (double)equal) / (double)n
                               : (double)NAN;
}

/*
 * Keep the values of all pairs: the value of ten years before, which another thread may
 * still be at, is set among them at the end.  Only of measures that a score rests on.
 */
static enum ent_status keep_values(struct desk *desk, const struct ent_dossier_job *job,
                                   size_t count, struct ent_error *err)
{
    struct ent_kept *kept = &desk->w->kept[job->reading];
    const struct ent_reading *r = &desk->w->dossier->readings[job->reading];

    if (!r->first_year || !ent__profile_has_rule(ent_reading_measure(r)->id))
        return ENT_OK;
    ent__free(kept->values);
    kept->values = ent__calloc(count, sizeof(*kept->values));
    if (!kept->values)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu values", count);
    memcpy(kept->values, desk->values, count * sizeof(*kept->values));
    kept->count = count;
    return ENT_OK;
}

/* Places among the allies of the year. */
static void compare_allies(struct desk *desk, const struct ent_measure *measure,
                           const struct ent_inputs *in, struct ent_reading *r)
{
    bool directed = measure->info.direction == ENT_DIRECTED;
    struct ent_value_read *sides[2] = { &r->forward, &r->backward };
    size_t n = 0;

    if (measure->info.direction == ENT_MONADIC)
        return;
    for (size_t i = 0; i < desk->ally_count; i++) {
        uint16_t a = desk->allies[2 * i], b = desk->allies[2 * i + 1];

        desk->pairs[n++] = (struct ent_pair){ a, b };
        if (directed)
            desk->pairs[n++] = (struct ent_pair){ b, a };
    }
    measure->compute(measure, in, desk->pairs, n, desk->values, NULL);
    for (int k = 0; k < 2; k++)
        sides[k]->ally_percentile =
            place_among(sides[k]->value, desk->values, n, &sides[k]->ally_of);
}

/* Whether all that a source reads is when something last happened, or since when. */
static bool looks_back(const struct ent_measure_source *source)
{
    for (size_t i = 0; i < source->input_count; i++) {
        if (source->inputs[i].view != ENT_VIEW_LAST && source->inputs[i].view != ENT_VIEW_SINCE)
            return false;
    }
    return true;
}

/* Why a reading has no value, now that its year was looked at. */
static enum ent_reason why_unknown(const struct desk *desk,
                                   const struct ent_measure_source *source, int from, int to,
                                   bool members)
{
    if (!members)
        return ENT_NOT_MEMBER;
    if (!ent__panel_watches(desk->panel, source, from, to))
        return ENT_NOT_WATCHED;
    return looks_back(source) ? ENT_NONE_ON_RECORD : ENT_NO_VALUE;
}

bool ent__has_nothing(const struct ent_measure_source *source, const struct ent_inputs *in,
                      size_t a, size_t b)
{
    for (size_t i = 0; i < source->input_count; i++) {
        const struct ent_input *input = &source->inputs[i];

        if (input->view == ENT_VIEW_LAST || input->view == ENT_VIEW_SINCE)
            continue;
        switch (input->shape) {
        case ENT_SHAPE_DYAD:
            if (isnan(in->at[i].v[a * in->n + b]) && isnan(in->at[i].v[b * in->n + a]))
                return true;
            break;
        case ENT_SHAPE_STATE:
            if (isnan(in->at[i].v[a]) || isnan(in->at[i].v[b]))
                return true;
            break;
        case ENT_SHAPE_VOTES:
            return true; /* no roll call that both took part in, or none on the issue */
        case ENT_SHAPE_MEMBERS:
            return true; /* no organisation of which it is known what both are in it */
        }
    }
    return false;
}

/*
 * The measure that gives an end of the interval of another, as ideal.distance_low does
 * of ideal.distance, from the same inputs: it is one of those after it in its family.
 */
static const struct ent_measure *interval_end(size_t measure, const char *suffix)
{
    const struct ent_measure *of = ent__measure_at(measure);
    size_t len = strlen(of->info.id);
    size_t family = strcspn(of->info.id, ".");

    for (size_t k = measure + 1; k < ent_measure_count(); k++) {
        const struct ent_measure *m = ent__measure_at(k);

        if (strncmp(m->info.id, of->info.id, family + 1) != 0)
            break;
        if (strncmp(m->info.id, of->info.id, len) == 0 && strcmp(m->info.id + len, suffix) == 0)
            return m->from == of->from ? m : NULL;
    }
    return NULL;
}

static void
find_interval(struct ent_reading *r, const struct ent_inputs *in, const struct ent_pair pair[2])
{
    const struct ent_measure *low = r->own ? NULL : interval_end(r->measure, "_low");
    const struct ent_measure *high = low ? interval_end(r->measure, "_high") : NULL;
    double ends[2][2];

    if (!high)
        return;
    low->compute(low, in, pair, 2, ends[0], NULL);
    high->compute(high, in, pair, 2, ends[1], NULL);
    r->forward.low = ends[0][0];
    r->forward.high = ends[1][0];
    r->backward.low = ends[0][1];
    r->backward.high = ends[1][1];
}

static enum ent_status
do_job(struct desk *desk, const struct ent_dossier_job *job, struct ent_error *err)
{
    struct ent_dossier_work *w = desk->w;
    struct ent_dossier *d = w->dossier;
    struct ent_reading *r = &d->readings[job->reading];
    const struct ent_measure *measure = ent__reading_measure(w, r);
    const struct ent_measure_source *source = source_of(w, r);
    bool monadic = measure->info.direction == ENT_MONADIC;
    int a = ent__panel_index(desk->panel, d->a);
    int b = ent__panel_index(desk->panel, d->b);
    struct ent_pair pair[2] = { { (uint16_t)a, (uint16_t)(monadic ? a : b) },
                                { (uint16_t)b, (uint16_t)(monadic ? b : a) } };
    double value[2] = { NAN, NAN };
    bool placed = job->slot == ENT_TREND_LAST && ent__place_wanted(w->options, &measure->info);
    enum ent_extent extent = placed ? ENT_EXTENT_ALL : ENT_EXTENT_FOCUS;
    bool nothing = false;
    struct ent_inputs in;
    size_t count;

    if (a >= 0 && b >= 0) {
        ENT_TRY(ent__panel_inputs(desk->panel, source, extent, &in, err));
        measure->compute(measure, &in, pair, 2, value, NULL);
        nothing = isnan(value[0]) && isnan(value[1]) &&
                  ent__has_nothing(source, &in, (size_t)a, (size_t)b);
        if (job->slot == ENT_TREND_LAST)
            find_interval(r, &in, pair);
    }
    r->forward.trend[job->slot] = value[0];
    r->backward.trend[job->slot] = value[1];
    if (job->slot != ENT_TREND_LAST)
        return ENT_OK;
    w->nothing[job->reading] = nothing;
    r->forward.value = value[0];
    r->backward.value = value[1];
    if (value[0] != value[0])
        r->forward.reason = why_unknown(desk, source, d->a, d->b, a >= 0 && b >= 0);
    if (value[1] != value[1])
        r->backward.reason = why_unknown(desk, source, d->b, d->a, a >= 0 && b >= 0);
    if (!placed || (value[0] != value[0] && value[1] != value[1]))
        return ENT_OK;
    ENT_TRY(list_pairs(desk, measure->info.direction, in.n, &count, err));
    measure->compute(measure, &in, desk->pairs, count, desk->values, NULL);
    find_places(r, desk->values, count);
    if (!w->members)
        return ENT_OK;
    ENT_TRY(keep_values(desk, job, count, err));
    compare_allies(desk, measure, &in, r);
    return ENT_OK;
}

/* The allies of the year as indexes of its arrays. */
static enum ent_status list_allies(struct desk *desk, int year, struct ent_error *err)
{
    size_t count;

    if (!desk->allies) {
        desk->allies = ent__calloc(2 * ENT_MEMBER_PAIRS, sizeof(*desk->allies));
        desk->allied = ent__calloc(ENT_MEMBER_PAIRS, sizeof(*desk->allied));
    }
    if (!desk->allies || !desk->allied)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the pairs of allies");
    count = ent__members_core(desk->w->members, year, desk->allied);
    desk->ally_count = 0;
    for (size_t i = 0; i < count; i++) {
        int a = ent__panel_index(desk->panel, desk->allied[i].a);
        int b = ent__panel_index(desk->panel, desk->allied[i].b);

        if (a < 0 || b < 0)
            continue;
        desk->allies[2 * desk->ally_count] = (uint16_t)a;
        desk->allies[2 * desk->ally_count + 1] = (uint16_t)b;
        desk->ally_count++;
    }
    return ENT_OK;
}

static enum ent_status go_to_year(struct desk *desk, int year, struct ent_error *err)
{
    ENT_TRY(ent__panel_year(desk->panel, year, err));
    ent__panel_focus(desk->panel, desk->w->dossier->a, desk->w->dossier->b);
    return desk->w->members ? list_allies(desk, year, err) : ENT_OK;
}

static enum ent_status
desk_open(struct desk *desk, struct ent_dossier_work *w, bool first, struct ent_error *err)
{
    memset(desk, 0, sizeof(*desk));
    desk->w = w;
    if (first) {
        desk->panel = w->panel;
        return ENT_OK;
    }
    ENT_TRY(ent_store_open(ent__store_path_of(w->store), ENT_STORE_READ, &desk->store, err));
    ENT_TRY(ent__panel_open(desk->store, &desk->panel, err));
    if (w->conventions.given)
        ent__panel_conventions(desk->panel, &w->conventions);
    return ENT_OK;
}

static void desk_close(struct desk *desk)
{
    if (desk->store)
        ent__panel_close(desk->panel);
    ent_store_close(desk->store);
    ent__free(desk->pairs);
    ent__free(desk->values);
    ent__free(desk->allies);
    ent__free(desk->allied);
}

/* All jobs of the year that begins at `from`; they end at *to. */
static enum ent_status do_year(struct desk *desk, size_t from, struct ent_error *err)
{
    const struct ent_dossier_work *w = desk->w;

    ENT_TRY(go_to_year(desk, w->jobs[from].year, err));
    for (size_t i = from; i < w->job_count && w->jobs[i].year == w->jobs[from].year; i++)
        ENT_TRY(do_job(desk, &w->jobs[i], err));
    return ENT_OK;
}

/* The first job of each year; returns how many years there are. */
static size_t list_years(const struct ent_dossier_work *w, size_t *starts)
{
    size_t count = 0;

    for (size_t i = 0; i < w->job_count; i++) {
        if (i == 0 || w->jobs[i].year != w->jobs[i - 1].year)
            starts[count++] = i;
    }
    return count;
}

/* The newest years first: they have the most to do. */
static enum ent_status
do_years(struct ent_dossier_work *w, const size_t *starts, size_t count, struct ent_error *err)
{
    int threads = w->job_count >= MANY_JOBS && ent__processors() > 1 ? 2 : 1;
    enum ent_status status = ENT_OK;

#pragma omp parallel num_threads(threads)
    {
        struct ent_error mine = { 0 };
        struct desk desk;
        enum ent_status done = desk_open(&desk, w, ent__thread_number() == 0, &mine);

#pragma omp for schedule(dynamic, 1)
        for (size_t k = 0; k < count; k++) {
            if (done == ENT_OK)
                done = do_year(&desk, starts[count - 1 - k], &mine);
        }
#pragma omp critical
        if (done != ENT_OK && status == ENT_OK) {
            status = done;
            if (err)
                *err = mine;
        }
        desk_close(&desk);
    }
    return status;
}

enum ent_status ent__dossier_work_round(struct ent_dossier_work *w, struct ent_error *err)
{
    size_t *starts;

    list_jobs(w);
    starts = ent__arena_array(w->arena, w->job_count + 1, sizeof(*starts));
    if (!starts)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu values", w->job_count);
    return do_years(w, starts, list_years(w, starts), err);
}

enum ent_status ent__dossier_work_begin(struct ent_dossier_work *w, struct ent_error *err)
{
    const struct ent_dossier *d = w->dossier;

    w->jobs = ent__arena_array(w->arena, d->count * ENT_TREND_YEARS + 1, sizeof(*w->jobs));
    w->nothing = ent__arena_array(w->arena, d->count + 1, sizeof(*w->nothing));
    w->again = ent__arena_array(w->arena, d->count + 1, sizeof(*w->again));
    w->kept = ent__arena_array(w->arena, d->count + 1, sizeof(*w->kept));
    if (!w->jobs || !w->nothing || !w->again || !w->kept)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", d->count);
    for (size_t i = 0; i < d->count; i++)
        w->again[i] = d->readings[i].forward.reason == ENT_KNOWN;
    return ENT_OK;
}

void ent__dossier_work_before(struct ent_dossier_work *w)
{
    for (size_t i = 0; w->members && i < w->dossier->count; i++) {
        struct ent_reading *r = &w->dossier->readings[i];
        const struct ent_kept *kept = &w->kept[i];
        uint32_t known;

        if (!kept->values)
            continue;
        r->forward.percentile_before =
            place_among(r->forward.trend[0], kept->values, kept->count, &known);
        r->backward.percentile_before =
            place_among(r->backward.trend[0], kept->values, kept->count, &known);
    }
}

void ent__dossier_work_end(struct ent_dossier_work *w)
{
    for (size_t i = 0; w->kept && i < w->dossier->count; i++)
        ent__free(w->kept[i].values);
}
