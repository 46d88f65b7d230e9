/*
 * The dossier from a store: which measure by which source in which year, then year
 * by year the arrays, the pair's own values for the trend, and in the year of the
 * reading every pair's value for its place among them.
 */
#include "query/dossier.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"

enum {
    FIRST_YEAR = 1816,
    LAST_YEAR = 9998,
    TREND_LAST = ENT_TREND_YEARS - 1,
};

/* One value to be computed: which reading, for which place of its trend. */
struct job {
    int year;
    uint32_t reading;
    int slot; /* TREND_LAST: the reading itself */
};

struct work {
    const struct ent_dossier_options *options;
    struct ent_panel *panel;
    struct ent_arena *arena;
    struct ent_dossier *dossier;
    struct job *jobs;
    size_t job_count;
    bool *nothing;          /* by reading: its source has nothing on the pair in its year */
    bool *again;            /* by reading: to be computed, in this round */
    struct ent_pair *pairs; /* every pair of the year, and scratch for their values */
    double *values;
    size_t pair_capacity;
    size_t value_capacity;
};

const char *ent_reason_text(enum ent_reason reason)
{
    switch (reason) {
    case ENT_KNOWN:
        return "known";
    case ENT_NOT_LOADED:
        return "not loaded";
    case ENT_BEFORE_DATA:
        return "before the data begin";
    case ENT_AFTER_DATA:
        return "after the data end";
    case ENT_NOT_MEMBER:
        return "one of the two was no state then";
    case ENT_NO_VALUE:
        return "no value in the data";
    case ENT_NONE_ON_RECORD:
        return "none on record in the years covered";
    case ENT_NOT_WATCHED:
        return "not watched by this source";
    }
    return "unknown reason";
}

bool ent__measure_wanted(const struct ent_dossier_options *options, size_t measure)
{
    if (!options->measures)
        return !ent_measure_at(measure)->detail;
    for (size_t i = 0; i < options->measure_count; i++) {
        if (options->measures[i] == measure)
            return true;
    }
    return false;
}

static const struct ent_measure_source *source_of(const struct ent_reading *r)
{
    const struct ent_measure *m = ent__measure_at(r->measure);

    for (size_t s = 0; s < m->from_count; s++) {
        if (strcmp(m->from[s].name, r->source) == 0)
            return &m->from[s];
    }
    return NULL; /* never: readings are made from the table of sources */
}

static void set_reason(struct ent_reading *r, enum ent_reason reason)
{
    r->forward.reason = r->backward.reason = reason;
}

bool ent__has_place(const struct ent_measure_info *info)
{
    return info->form != ENT_FORM_YES_NO && info->form != ENT_FORM_RANK;
}

void ent__value_begin(struct ent_value_read *v)
{
    memset(v, 0, sizeof(*v));
    v->value = v->percentile = NAN;
    for (int k = 0; k < ENT_TREND_YEARS; k++)
        v->trend[k] = NAN;
}

void ent__reading_year(struct ent_reading *r, const struct ent_dossier_options *options,
                       int wanted, struct ent_coverage coverage)
{
    r->year = wanted;
    r->version = coverage.version;
    r->first_year = coverage.first_year;
    r->last_year = coverage.last_year;
    if (!coverage.loaded) {
        set_reason(r, ENT_NOT_LOADED);
    } else if (coverage.first_year && wanted < coverage.first_year) {
        set_reason(r, ENT_BEFORE_DATA);
    } else if (coverage.last_year && wanted > coverage.last_year) {
        r->year = coverage.last_year;
        r->carried = true;
        if (options->no_carry || coverage.first_year > coverage.last_year ||
            (options->carry_years && wanted - r->year > options->carry_years))
            set_reason(r, ENT_AFTER_DATA);
    }
}

static enum ent_status list_readings(struct work *w, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;
    size_t count = 0;

    for (size_t m = 0; m < ent_measure_count(); m++)
        count += ent__measure_wanted(w->options, m) ? ent__measure_at(m)->from_count : 0;
    d->readings = ent__arena_array(w->arena, count + 1, sizeof(*d->readings));
    if (!d->readings)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", count);
    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure *measure = ent__measure_at(m);

        for (size_t s = 0; ent__measure_wanted(w->options, m) && s < measure->from_count; s++) {
            struct ent_reading *r = &d->readings[d->count++];
            struct ent_coverage coverage = ent__panel_coverage(w->panel, &measure->from[s]);
            char *version = ent__arena_printf(w->arena, "%s", coverage.version);

            if (!version)
                return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", count);
            r->measure = m;
            r->source = measure->from[s].name;
            ent__value_begin(&r->forward);
            ent__value_begin(&r->backward);
            coverage.version = version;
            ent__reading_year(r, w->options, d->year, coverage);
        }
    }
    return ENT_OK;
}

static int by_year(const void *a, const void *b)
{
    const struct job *x = a;
    const struct job *y = b;

    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->reading > y->reading) - (x->reading < y->reading);
}

/* A job for each value to compute in this round, in order of year. */
static void list_jobs(struct work *w)
{
    const struct ent_dossier *d = w->dossier;

    w->job_count = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];
        int first = r->first_year ? 0 : TREND_LAST; /* without years there is no trend */

        if (!w->again[i])
            continue;
        for (int slot = first; slot <= TREND_LAST; slot++) {
            int year = r->year - TREND_LAST + slot;

            if (!r->first_year || year >= r->first_year)
                w->jobs[w->job_count++] = (struct job){ year, (uint32_t)i, slot };
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
static enum ent_status list_pairs(struct work *w, enum ent_direction direction, size_t n,
                                  size_t *count, struct ent_error *err)
{
    void *pairs = w->pairs;
    void *values = w->values;

    ENT_TRY(ent__grow(&pairs, &w->pair_capacity, n * n, sizeof(*w->pairs), err));
    w->pairs = pairs;
    ENT_TRY(ent__grow(&values, &w->value_capacity, n * n, sizeof(*w->values), err));
    w->values = values;
    *count = ent__all_pairs(direction, n, w->pairs);
    return ENT_OK;
}

/* The place of one value among `count`, of which NAN do not count. */
static void find_place(struct ent_value_read *v, const double *values, size_t count)
{
    double value = v->value;
    int64_t above = 0; /* as wide as a double, so that the loop runs several at a time */
    int64_t equal = 0;
    int64_t known = 0;

    if (value != value)
        return;
    for (size_t i = 0; i < count; i++) {
        known += values[i] == values[i];
        above += values[i] > value;
        equal += values[i] == value;
    }
    v->place = (uint32_t)above + 1;
    v->of = (uint32_t)known;
    v->percentile = ((double)(known - above - equal) + 0.5 * (double)equal) / (double)known;
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
static enum ent_reason why_unknown(const struct work *w,
                                   const struct ent_measure_source *source, int from, int to,
                                   bool members)
{
    if (!members)
        return ENT_NOT_MEMBER;
    if (!ent__panel_watches(w->panel, source, from, to))
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
        }
    }
    return false;
}

static enum ent_status do_job(struct work *w, const struct job *job, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;
    struct ent_reading *r = &d->readings[job->reading];
    const struct ent_measure *measure = ent__measure_at(r->measure);
    const struct ent_measure_source *source = source_of(r);
    bool monadic = measure->info.direction == ENT_MONADIC;
    int a = ent__panel_index(w->panel, d->a);
    int b = ent__panel_index(w->panel, d->b);
    struct ent_pair pair[2] = { { (uint16_t)a, (uint16_t)(monadic ? a : b) },
                                { (uint16_t)b, (uint16_t)(monadic ? b : a) } };
    double value[2] = { NAN, NAN };
    bool placed =
        job->slot == TREND_LAST && !w->options->no_places && ent__has_place(&measure->info);
    enum ent_extent extent = placed ? ENT_EXTENT_ALL : ENT_EXTENT_FOCUS;
    bool nothing = false;
    struct ent_inputs in;
    size_t count;

    if (a >= 0 && b >= 0) {
        ENT_TRY(ent__panel_inputs(w->panel, source, extent, &in, err));
        measure->compute(measure, &in, pair, 2, value, NULL);
        nothing = isnan(value[0]) && isnan(value[1]) &&
                  ent__has_nothing(source, &in, (size_t)a, (size_t)b);
    }
    r->forward.trend[job->slot] = value[0];
    r->backward.trend[job->slot] = value[1];
    if (job->slot != TREND_LAST)
        return ENT_OK;
    w->nothing[job->reading] = nothing;
    r->forward.value = value[0];
    r->backward.value = value[1];
    if (value[0] != value[0])
        r->forward.reason = why_unknown(w, source, d->a, d->b, a >= 0 && b >= 0);
    if (value[1] != value[1])
        r->backward.reason = why_unknown(w, source, d->b, d->a, a >= 0 && b >= 0);
    if (!placed || (value[0] != value[0] && value[1] != value[1]))
        return ENT_OK;
    ENT_TRY(list_pairs(w, measure->info.direction, in.n, &count, err));
    measure->compute(measure, &in, w->pairs, count, w->values, NULL);
    find_place(&r->forward, w->values, count);
    if (measure->info.direction == ENT_UNDIRECTED)
        r->backward = r->forward;
    else
        find_place(&r->backward, w->values, count);
    return ENT_OK;
}

static enum ent_status go_to_year(struct work *w, int year, struct ent_error *err)
{
    ENT_TRY(ent__panel_year(w->panel, year, err));
    ent__panel_focus(w->panel, w->dossier->a, w->dossier->b);
    return ENT_OK;
}

static enum ent_status do_jobs(struct work *w, struct ent_error *err)
{
    for (size_t i = 0; i < w->job_count; i++) {
        if (i == 0 || w->jobs[i].year != w->jobs[i - 1].year)
            ENT_TRY(go_to_year(w, w->jobs[i].year, err));
        ENT_TRY(do_job(w, &w->jobs[i], err));
    }
    return ENT_OK;
}

/* "1816-1910, 1945-" */
static void write_spells(const struct ent_state *s, char *text, size_t size)
{
    const struct ent_spell *spells = s->cow_spell_count ? s->cow_spells : s->gw_spells;
    size_t count = s->cow_spell_count ? s->cow_spell_count : s->gw_spell_count;
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count && len + 16 < size; i++) {
        const char *comma = i ? ", " : "";

        if (spells[i].to_year >= 9999)
            len += (size_t)snprintf(text + len, size - len, "%s%d to today", comma,
                                    spells[i].from_year);
        else
            len += (size_t)snprintf(text + len, size - len, "%s%d to %d", comma,
                                    spells[i].from_year, spells[i].to_year);
    }
}

static bool exists(const struct ent_state *s, int year)
{
    bool place = s->cow_spell_count == 0 && s->gw_spell_count == 0;

    return place || ent_state_member(s->id, ENT_MEMBER_COW, year) ||
           ent_state_member(s->id, ENT_MEMBER_GW, year);
}

enum ent_status ent__dyad_check(int a, int b, int year, struct ent_error *err)
{
    int ids[2] = { a, b };

    if (a == b)
        return ent_fail(err, ENT_EINVAL, "a dyad is two states; both are %s",
                        ent_state_get(a) ? ent_state_get(a)->name : "unknown");
    for (int k = 0; k < 2; k++) {
        if (!ent_state_get(ids[k]))
            return ent_fail(err, ENT_EINVAL, "no state has the id %d", ids[k]);
    }
    if (year == 0)
        return ENT_OK;
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return ent_fail(err, ENT_EINVAL,
                        "year %d is out of range; the state system begins in %d", year,
                        FIRST_YEAR);
    for (int k = 0; k < 2; k++) {
        const struct ent_state *s = ent_state_get(ids[k]);
        char spells[128];

        if (exists(s, year))
            continue;
        write_spells(s, spells, sizeof(spells));
        return ent_fail(err, ENT_ENOTFOUND,
                        "%s was no member of the state system in %d; it was %s", s->name, year,
                        spells);
    }
    return ENT_OK;
}

/* The last year that any source of any measure covers. */
static int newest_year(const struct ent_panel *panel)
{
    int newest = 0;

    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure *measure = ent__measure_at(m);

        for (size_t s = 0; s < measure->from_count; s++) {
            struct ent_coverage c = ent__panel_coverage(panel, &measure->from[s]);

            if (c.loaded && c.last_year > newest)
                newest = c.last_year;
        }
    }
    return newest;
}

bool ent__reading_back(struct ent_reading *r, const struct ent_dossier_options *options,
                       int wanted)
{
    int slot = TREND_LAST;

    if (options->no_carry || !r->first_year)
        return false;
    while (slot >= 0 && isnan(r->forward.trend[slot]) && isnan(r->backward.trend[slot]))
        slot--;
    if (slot < 0 ||
        (options->carry_years && wanted - (r->year - TREND_LAST + slot) > options->carry_years))
        return false;
    r->year -= TREND_LAST - slot;
    r->carried = true;
    ent__value_begin(&r->forward);
    ent__value_begin(&r->backward);
    return true;
}

/*
 * Readings whose source covers the year but has nothing on this pair in it go back
 * to the last year in which it had.  Returns whether there are any.
 */
static bool carry_back(struct work *w)
{
    struct ent_dossier *d = w->dossier;
    bool any = false;

    for (size_t i = 0; i < d->count; i++) {
        w->again[i] = w->nothing[i] && ent__reading_back(&d->readings[i], w->options, d->year);
        w->nothing[i] = false;
        any = any || w->again[i];
    }
    return any;
}

static enum ent_status compute(struct work *w, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;

    d->latest = d->year == 0;
    if (d->latest)
        d->year = newest_year(w->panel);
    if (d->year == 0)
        return ent_fail(err, ENT_ENOTFOUND,
                        "the store holds no data yet: \"entente import\" "
                        "reads the files that publishers ship");
    ENT_TRY(ent__dyad_check(d->a, d->b, d->year, err));
    ENT_TRY(list_readings(w, err));
    w->jobs = ent__arena_array(w->arena, d->count * ENT_TREND_YEARS + 1, sizeof(*w->jobs));
    w->nothing = ent__arena_array(w->arena, d->count + 1, sizeof(*w->nothing));
    w->again = ent__arena_array(w->arena, d->count + 1, sizeof(*w->again));
    if (!w->jobs || !w->nothing || !w->again)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", d->count);
    for (size_t i = 0; i < d->count; i++)
        w->again[i] = d->readings[i].forward.reason == ENT_KNOWN;
    list_jobs(w);
    ENT_TRY(do_jobs(w, err));
    if (!carry_back(w))
        return ENT_OK;
    list_jobs(w);
    return do_jobs(w, err);
}

enum ent_status ent_dossier_compute(struct ent_store *store, int a, int b,
                                    const struct ent_dossier_options *options,
                                    struct ent_dossier *out, struct ent_error *err)
{
    static const struct ent_dossier_options defaults;
    struct ent_dossier dossier = { .a = a, .b = b, .year = options ? options->year : 0 };
    struct ent_arena *arena;
    struct work w = { .options = options ? options : &defaults, .dossier = &dossier };
    enum ent_status status;

    ENT_TRY(ent__dyad_check(a, b, dossier.year, err));
    arena = ent__calloc(1, sizeof(*arena));
    if (!arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a dossier");
    dossier.owned = w.arena = arena;
    status = ent__panel_open(store, &w.panel, err);
    if (status == ENT_OK)
        status = compute(&w, err);
    ent__panel_close(w.panel);
    ent__free(w.pairs);
    ent__free(w.values);
    if (status != ENT_OK) {
        ent_dossier_release(&dossier);
        return status;
    }
    *out = dossier;
    return ENT_OK;
}

void ent_dossier_release(struct ent_dossier *dossier)
{
    struct ent_arena *arena = dossier->owned;

    if (arena)
        ent__arena_release(arena);
    ent__free(arena);
    memset(dossier, 0, sizeof(*dossier));
}
