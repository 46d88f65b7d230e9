/*
 * The dossier from a store: which measure by which source in which year, then year
 * by year the arrays, the pair's own values for the trend, and in the year of the
 * reading every pair's value for its place among them.
 */
#include "query/dossier_work.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "query/conventions.h"
#include "query/user_measures.h"

enum {
    FIRST_YEAR = 1816,
    LAST_YEAR = 9998,
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

static void set_reason(struct ent_reading *r, enum ent_reason reason)
{
    r->forward.reason = r->backward.reason = reason;
}

bool ent__has_place(const struct ent_measure_info *info)
{
    return info->form != ENT_FORM_YES_NO && info->form != ENT_FORM_RANK;
}

bool ent__place_wanted(const struct ent_dossier_options *options,
                       const struct ent_measure_info *info)
{
    if (options->no_places)
        return false;
    return ent__has_place(info) || (options->allies && info->form == ENT_FORM_YES_NO);
}

void ent__value_begin(struct ent_value_read *v)
{
    memset(v, 0, sizeof(*v));
    v->value = v->low = v->high = v->percentile = NAN;
    v->percentile_before = v->ally_percentile = NAN;
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

const struct ent_measure_info *ent_reading_measure(const struct ent_reading *reading)
{
    return reading->own ? reading->own : ent_measure_at(reading->measure);
}

static enum ent_status
keep_own(void *context, const struct ent_measure *measure, struct ent_error *err)
{
    struct ent_dossier_work *w = context;
    void *grown = w->own;

    ENT_TRY(ent__grow(&grown, &w->own_capacity, w->own_count + 1, sizeof(*w->own), err));
    w->own = grown;
    w->own[w->own_count++] = measure;
    return ENT_OK;
}

/* A reading of each source of a measure. */
static enum ent_status add_readings(struct ent_dossier_work *w, size_t index,
                                    const struct ent_measure *measure, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;

    for (size_t s = 0; s < measure->from_count; s++) {
        struct ent_reading *r = &d->readings[d->count++];
        struct ent_coverage coverage = ent__panel_coverage(w->panel, &measure->from[s]);
        char *version = ent__arena_printf(w->arena, "%s", coverage.version);

        if (!version)
            return ent_fail(err, ENT_ENOMEM, "out of memory for readings");
        r->measure = index;
        r->own = index < ent_measure_count() ? NULL : &measure->info;
        r->source = measure->from[s].name;
        ent__value_begin(&r->forward);
        ent__value_begin(&r->backward);
        coverage.version = version;
        ent__reading_year(r, w->options, d->year, coverage);
    }
    return ENT_OK;
}

static enum ent_status list_readings(struct ent_dossier_work *w, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;
    size_t count = w->own_count;

    for (size_t m = 0; m < ent_measure_count(); m++)
        count += ent__measure_wanted(w->options, m) ? ent__measure_at(m)->from_count : 0;
    d->readings = ent__arena_array(w->arena, count + 1, sizeof(*d->readings));
    if (!d->readings)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", count);
    for (size_t m = 0; m < ent_measure_count(); m++) {
        if (ent__measure_wanted(w->options, m))
            ENT_TRY(add_readings(w, m, ent__measure_at(m), err));
    }
    for (size_t k = 0; k < w->own_count; k++)
        ENT_TRY(add_readings(w, ent_measure_count() + k, w->own[k], err));
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

/* The last year that any source of a measure covers, if it is later. */
static void
take_newest(const struct ent_panel *panel, const struct ent_measure *measure, int *newest)
{
    for (size_t s = 0; s < measure->from_count; s++) {
        struct ent_coverage c = ent__panel_coverage(panel, &measure->from[s]);

        if (c.loaded && c.last_year > *newest)
            *newest = c.last_year;
    }
}

/* The same of all; of the user's own tables only where there is nothing else. */
static int newest_year(const struct ent_dossier_work *w)
{
    int newest = 0;

    for (size_t m = 0; m < ent_measure_count(); m++)
        take_newest(w->panel, ent__measure_at(m), &newest);
    for (size_t k = 0; newest == 0 && k < w->own_count; k++)
        take_newest(w->panel, w->own[k], &newest);
    return newest;
}

bool ent__reading_back(struct ent_reading *r, const struct ent_dossier_options *options,
                       int wanted)
{
    int slot = ENT_TREND_LAST;

    if (options->no_carry || !r->first_year)
        return false;
    while (slot >= 0 && isnan(r->forward.trend[slot]) && isnan(r->backward.trend[slot]))
        slot--;
    if (slot < 0 || (options->carry_years &&
                     wanted - (r->year - ENT_TREND_LAST + slot) > options->carry_years))
        return false;
    r->year -= ENT_TREND_LAST - slot;
    r->carried = true;
    ent__value_begin(&r->forward);
    ent__value_begin(&r->backward);
    return true;
}

/*
 * Readings whose source covers the year but has nothing on this pair in it go back
 * to the last year in which it had.  Returns whether there are any.
 */
static bool carry_back(struct ent_dossier_work *w)
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

/* Set the conventions that are asked for, which some measure must heed. */
static enum ent_status set_conventions(struct ent_dossier_work *w, struct ent_error *err)
{
    uint32_t heeded = 0;

    ENT_TRY(ent__conventions_parse(w->options->options, w->options->option_count,
                                   &w->conventions, err));
    if (!w->conventions.given)
        return ENT_OK;
    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure *measure = ent__measure_at(m);

        for (size_t s = 0; ent__measure_wanted(w->options, m) && s < measure->from_count; s++)
            heeded |= ent__conventions_heeded(measure, &measure->from[s]);
    }
    ENT_TRY(ent__conventions_check(&w->conventions, heeded, w->panel, err));
    ent__panel_conventions(w->panel, &w->conventions);
    w->dossier->options = ent__conventions_list(&w->conventions, w->arena);
    return w->dossier->options ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory");
}

static enum ent_status compute(struct ent_dossier_work *w, struct ent_error *err)
{
    struct ent_dossier *d = w->dossier;

    ENT_TRY(set_conventions(w, err));
    if (w->options->own)
        ENT_TRY(ent__user_values(w->store, NULL, w->arena, keep_own, w, err));
    d->latest = d->year == 0;
    if (d->latest)
        d->year = newest_year(w);
    if (d->year == 0)
        return ent_fail(err, ENT_ENOTFOUND,
                        "the store holds no data yet: \"entente import\" "
                        "reads the files that publishers ship");
    ENT_TRY(ent__dyad_check(d->a, d->b, d->year, err));
    ENT_TRY(list_readings(w, err));
    if (w->options->allies)
        ENT_TRY(ent__members_read(w->store, w->options->charters, w->options->charter_count,
                                  w->arena, &w->members, err));
    ENT_TRY(ent__dossier_work_begin(w, err));
    ENT_TRY(ent__dossier_work_round(w, err));
    if (carry_back(w))
        ENT_TRY(ent__dossier_work_round(w, err));
    ent__dossier_work_before(w);
    return ENT_OK;
}

enum ent_status ent_dossier_compute(struct ent_store *store, int a, int b,
                                    const struct ent_dossier_options *options,
                                    struct ent_dossier *out, struct ent_error *err)
{
    static const struct ent_dossier_options defaults;
    struct ent_dossier dossier = { .a = a, .b = b, .year = options ? options->year : 0 };
    struct ent_arena *arena;
    struct ent_dossier_work w = { .options = options ? options : &defaults,
                                  .dossier = &dossier,
                                  .store = store };
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
    ent__dossier_work_end(&w);
    ent__free(w.own);
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
