/* Every source's series of one measure of two states. */
#include "entente/sources.h"

#include <math.h>
#include <string.h>

#include "assess/claim_value.h"
#include "base/alloc.h"
#include "entente/dossier_json.h"
#include "entente/state.h"
#include "query/claim_data.h"
#include "query/dossier.h"

enum {
    YEARS = 30, /* shown when no years are asked for */
    FIRST_YEAR = 1816,
    LAST_YEAR = 2100,
};

/* Series in the making. */
struct work {
    struct ent_sources *out;
    struct ent_arena *arena;
    struct ent_claim_source *source;
    struct ent_claim_data data;
    struct ent_claim_reference reference;
    struct ent_sources_series *series;
    double *spread, *relative;
};

static enum ent_status find_measure(struct work *w, const char *measure, struct ent_error *err)
{
    struct ent_claim_node node = { .kind = ENT_NODE_CALL };
    struct ent_claim_call call = { .function = ENT_CALL_VALUE };
    struct ent_claim_references refs;
    const struct ent_measure_info *info;

    if (strcmp(measure, "trade") == 0)
        call.about = ENT_ABOUT_TRADE;
    else
        ENT_TRY(ent_measure_find(measure, &call.measure, err));
    if (call.about == ENT_ABOUT_TRADE)
        ENT_TRY(ent_measure_find("trade.total", &call.measure, err));
    info = ent_measure_at(call.measure);
    node.call = &call;
    ENT_TRY(ent__claim_references(&node, &refs, err));
    w->reference = refs.at[0];
    w->out->measure = call.about == ENT_ABOUT_TRADE ? "trade" : info->id;
    w->out->title = call.about == ENT_ABOUT_TRADE ? "trade in both directions" : info->title;
    w->out->unit = info->unit;
    w->out->form = info->form;
    return ENT_OK;
}

static void read_cell(struct work *w, const struct ent_claim_choice *c, int year,
                      struct ent_claim_cell *cell)
{
    const struct ent_sources *s = w->out;
    bool monadic = ent_measure_at(c->measure)->direction == ENT_MONADIC;

    w->data.cell(w->data.context, c->measure, c->source, c->swapped ? s->b : s->a,
                 monadic      ? 0
                 : c->swapped ? s->a
                              : s->b,
                 year, cell);
}

static enum ent_status
open_source(struct work *w, struct ent_store *store, const char *starter, struct ent_error *err)
{
    if (store)
        ENT_TRY(ent__claim_source_open(store, &w->source, err));
    else if (starter)
        ENT_TRY(ent__claim_source_starter(starter, &w->source, err));
    else
        return ent_fail(err, ENT_EINVAL, "there is neither a store nor a starter panel");
    w->data = ent__claim_source_data(w->source);
    return ENT_OK;
}

/*
 * The last year that any source covers: a value of a year far off says which years its
 * source has.
 */
static enum ent_status
find_years(struct work *w, struct ent_store *store, const char *starter, struct ent_error *err)
{
    struct ent_sources *s = w->out;
    int last = 0;
    int first = 0;

    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < w->reference.count; i++) {
            struct ent_claim_cell cell;

            read_cell(w, &w->reference.choices[i], LAST_YEAR - 1, &cell);
            if (round && cell.last_year > last)
                last = cell.last_year;
            if (round && cell.first_year && (!first || cell.first_year < first))
                first = cell.first_year;
        }
        if (!round)
            ENT_TRY(ent__claim_source_read(w->source, 1, err));
    }
    ent__claim_source_close(w->source);
    w->source = NULL;
    if (!last)
        last = first = s->from ? s->from : 2000; /* without years, or nothing loaded */
    if (!s->to && s->from > last)
        return ent_fail(err, ENT_ENOTFOUND, "no source goes beyond %d", last);
    if (!s->to)
        s->to = last;
    if (!s->from)
        s->from = s->to - YEARS + 1 > first ? s->to - YEARS + 1 : first;
    if (s->from > s->to)
        s->from = s->to;
    return open_source(w, store, starter, err);
}

static enum ent_status read_series(struct work *w, struct ent_error *err)
{
    struct ent_sources *s = w->out;
    size_t years = (size_t)(s->to - s->from + 1);
    struct ent_claim_cell cell;

    for (size_t i = 0; i < w->reference.count; i++) {
        for (int year = s->from; year <= s->to; year++)
            read_cell(w, &w->reference.choices[i], year, &cell);
    }
    ENT_TRY(ent__claim_source_read(w->source, 0, err));
    for (size_t i = 0; i < w->reference.count; i++) {
        const struct ent_claim_choice *c = &w->reference.choices[i];
        struct ent_sources_series *series = &w->series[i];
        double *v = ent__arena_array(w->arena, years, sizeof(*v));
        const char *version = w->data.version(w->data.context, c->measure, c->source, c->name);

        series->source = c->name;
        series->measure = ent_measure_at(c->measure)->id;
        series->swapped = c->swapped;
        series->values = v;
        series->version = ent__arena_printf(w->arena, "%s", version);
        if (!v || !series->version)
            return ent_fail(err, ENT_ENOMEM, "out of memory for series");
        for (size_t k = 0; k < years; k++) {
            read_cell(w, c, s->from + (int)k, &cell);
            v[k] = cell.value;
            if (v[k] != v[k])
                continue;
            series->last_year = s->from + (int)k;
            if (!series->first_year)
                series->first_year = series->last_year;
        }
    }
    return ent__claim_source_status(w->source, err);
}

static enum ent_status name_series(struct work *w, struct ent_error *err)
{
    for (size_t i = 0; i < w->reference.count; i++) {
        const struct ent_claim_choice *c = &w->reference.choices[i];
        int who = c->swapped ? w->out->b : w->out->a;

        if (c->reports)
            w->series[i].title =
                ent__arena_printf(w->arena, "%s, as %s reports", c->name, ent_state_code(who));
        else if (c->about == ENT_ABOUT_TRADE && strcmp(c->name, "comtrade") == 0)
            w->series[i].title = "comtrade, as importers report";
        else
            w->series[i].title = c->name;
        if (!w->series[i].title)
            return ent_fail(err, ENT_ENOMEM, "out of memory for series");
    }
    return ENT_OK;
}

static bool same_series(const struct ent_sources_series *a, const struct ent_sources_series *b,
                        size_t years)
{
    if (strcmp(a->source, b->source) != 0 || !a->first_year)
        return false;
    for (size_t k = 0; k < years; k++) {
        double x = a->values[k], y = b->values[k];

        if ((x == x) != (y == y) || fabs(x - y) > 1e-9 * (fabs(x) + fabs(y)))
            return false;
    }
    return true;
}

/* Those with values first; one that repeats another of its dataset is left out. */
static void sort_series(struct work *w)
{
    struct ent_sources_series sorted[ENT_CLAIM_CHOICES];
    size_t years = (size_t)(w->out->to - w->out->from + 1);
    size_t count = 0;

    for (int empty = 0; empty < 2; empty++) {
        for (size_t i = 0; i < w->reference.count; i++) {
            bool repeats = false;

            for (size_t k = 0; k < i; k++)
                repeats = repeats || same_series(&w->series[k], &w->series[i], years);
            if (!repeats && (w->series[i].first_year == 0) == (empty == 1))
                sorted[count++] = w->series[i];
        }
    }
    memcpy(w->series, sorted, count * sizeof(*sorted));
    w->out->series = w->series;
    w->out->count = count;
}

/* Leave years out, before the first and after the last value, that nobody asked for. */
static void trim_years(struct work *w, bool from_given, bool to_given)
{
    struct ent_sources *s = w->out;
    int first = 0, last = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct ent_sources_series *one = &s->series[i];

        if (one->first_year && (!first || one->first_year < first))
            first = one->first_year;
        last = one->last_year > last ? one->last_year : last;
    }
    if (!first)
        return;
    if (!to_given)
        s->to = last;
    if (from_given)
        return;
    for (size_t i = 0; i < s->count; i++)
        w->series[i].values += first - s->from;
    s->from = first;
}

/* How far the sources are apart, year by year. */
static void find_spread(struct work *w)
{
    struct ent_sources *s = w->out;
    double widest = -1;

    for (int year = s->from; year <= s->to; year++) {
        size_t k = (size_t)(year - s->from);
        double low = INFINITY, high = -INFINITY, sum = 0, of;
        size_t n = 0;

        for (size_t i = 0; i < s->count; i++) {
            double v = s->series[i].values[k];

            if (v != v)
                continue;
            low = v < low ? v : low;
            high = v > high ? v : high;
            sum += v;
            n++;
        }
        w->spread[k] = n > 1 ? high - low : (double)NAN;
        w->relative[k] = n > 1 && sum != 0 ? (high - low) / fabs(sum / (double)n) : (double)NAN;
        of = s->form == ENT_FORM_AMOUNT ? w->relative[k] : w->spread[k];
        if (of > widest && of > 0) {
            widest = of;
            s->widest = year;
        }
    }
    s->spread = w->spread;
    s->relative = w->relative;
}

static enum ent_status work(struct work *w, struct ent_store *store, const char *starter,
                            const char *measure, struct ent_error *err)
{
    bool from_given = w->out->from != 0;
    bool to_given = w->out->to != 0;
    size_t years;

    ENT_TRY(find_measure(w, measure, err));
    ENT_TRY(open_source(w, store, starter, err));
    ENT_TRY(find_years(w, store, starter, err));
    years = (size_t)(w->out->to - w->out->from + 1);
    w->series = ent__arena_array(w->arena, ENT_CLAIM_CHOICES, sizeof(*w->series));
    w->spread = ent__arena_array(w->arena, years, sizeof(*w->spread));
    w->relative = ent__arena_array(w->arena, years, sizeof(*w->relative));
    if (!w->series || !w->spread || !w->relative)
        return ent_fail(err, ENT_ENOMEM, "out of memory for series");
    ENT_TRY(read_series(w, err));
    ENT_TRY(name_series(w, err));
    sort_series(w);
    trim_years(w, from_given, to_given);
    find_spread(w);
    return ENT_OK;
}

enum ent_status ent_sources_read(struct ent_store *store, const char *starter, int a, int b,
                                 const char *measure, int from, int to, struct ent_sources *out,
                                 struct ent_error *err)
{
    struct ent_sources sources = { .a = a, .b = b, .from = from, .to = to };
    struct work w = { .out = &sources };
    enum ent_status status;

    ENT_TRY(ent__dyad_check(a, b, 0, err));
    if ((from && (from < FIRST_YEAR || from > LAST_YEAR)) || (to && to < FIRST_YEAR) ||
        to > LAST_YEAR || (from && to && from > to))
        return ent_fail(err, ENT_EINVAL, "%d to %d are no years in order", from, to);
    w.arena = ent__calloc(1, sizeof(*w.arena));
    if (!w.arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for series");
    sources.owned = w.arena;
    status = work(&w, store, starter, measure, err);
    ent__claim_source_close(w.source);
    if (status != ENT_OK) {
        ent_sources_release(&sources);
        return status;
    }
    *out = sources;
    return ENT_OK;
}

void ent_sources_release(struct ent_sources *sources)
{
    struct ent_arena *arena = sources->owned;

    if (arena)
        ent__arena_release(arena);
    ent__free(arena);
    memset(sources, 0, sizeof(*sources));
}
