#include "entente/spread.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/dossier_json.h"

/* What one source says of one direction. */
struct witness {
    const struct ent_reading *reading;
    bool backward;
    const char *report; /* code of the state that reports; "" of none */
};

enum {
    WITNESSES = 16
}; /* of one measure; more than any has */

struct group {
    struct witness at[WITNESSES];
    size_t count;
};

static void
join(struct group *g, const struct ent_reading *reading, bool backward, const char *report)
{
    if (g->count < WITNESSES)
        g->at[g->count++] = (struct witness){ reading, backward, report };
}

/* What a witness says of a year; NAN when nothing. */
static double said(const struct witness *w, int year)
{
    const struct ent_value_read *v = w->backward ? &w->reading->backward : &w->reading->forward;
    int back = w->reading->year - year;

    if (back < 0 || back >= ENT_TREND_YEARS || !w->reading->first_year)
        return NAN;
    return back == 0 ? v->value : v->trend[ENT_TREND_YEARS - 1 - back];
}

/* Set the witnesses' words of one year beside one another; false when fewer than two know it.
 */
static bool compare(const struct group *g, int year, struct ent_spread *out)
{
    double sizes = 0;

    *out = (struct ent_spread){ .year = year };
    for (size_t i = 0; i < g->count; i++) {
        const struct witness *w = &g->at[i];
        double value = said(w, year);

        if (isnan(value))
            continue;
        if (!out->sources || value < out->low) {
            out->low = value;
            out->low_by = w->reading->source;
            out->low_report = w->report;
        }
        if (!out->sources || value > out->high) {
            out->high = value;
            out->high_by = w->reading->source;
            out->high_report = w->report;
        }
        sizes += fabs(value);
        out->sources++;
    }
    if (sizes > 0)
        out->relative = (out->high - out->low) / (sizes / (double)out->sources);
    return out->sources >= 2;
}

/* The last year that two witnesses know; false when they agree there, or there is none. */
static bool disagree(const struct group *g, struct ent_spread *out)
{
    int last = 0;

    for (size_t i = 0; i < g->count; i++) {
        if (g->at[i].reading->year > last)
            last = g->at[i].reading->year;
    }
    for (int back = 0; last > 0 && back < ENT_TREND_YEARS; back++) {
        if (compare(g, last - back, out))
            return out->relative >= ENT_SPREAD_LEAST;
    }
    return false;
}

static enum ent_status judge(struct ent_spreads *out, size_t *capacity, const struct group *g,
                             size_t measure, bool backward, struct ent_error *err)
{
    struct ent_spread spread;
    void *grown = out->at;

    if (g->count < 2 || !disagree(g, &spread))
        return ENT_OK;
    ENT_TRY(ent__grow(&grown, capacity, out->count + 1, sizeof(spread), err));
    out->at = grown;
    spread.measure = measure;
    spread.backward = backward;
    out->at[out->count++] = spread;
    return ENT_OK;
}

static bool is_measure(const struct ent_reading *r, const char *id)
{
    return strcmp(ent_reading_measure(r)->id, id) == 0;
}

/* Each side's own report of the trade, beside the sources of readings first..end-1. */
static void join_reports(struct group *g, const struct ent_dossier *d)
{
    for (size_t i = 0; i < d->count; i++) {
        if (!is_measure(&d->readings[i], "trade.reported_total") ||
            strcmp(d->readings[i].source, "comtrade") == 0)
            continue; /* Comtrade's is trade.total too */
        join(g, &d->readings[i], false, ent_state_code(d->a));
        join(g, &d->readings[i], true, ent_state_code(d->b));
    }
}

/* The readings first..end-1 of one measure, in one direction. */
static enum ent_status judge_side(struct ent_spreads *out, size_t *capacity,
                                  const struct ent_dossier *d, size_t first, size_t end,
                                  bool backward, struct ent_error *err)
{
    struct group g = { .count = 0 };

    for (size_t i = first; i < end; i++)
        join(&g, &d->readings[i], backward, "");
    if (is_measure(&d->readings[first], "trade.total"))
        join_reports(&g, d);
    return judge(out, capacity, &g, d->readings[first].measure, backward, err);
}

enum ent_status ent_spreads_of_dossier(const struct ent_dossier *dossier,
                                       struct ent_spreads *out, struct ent_error *err)
{
    enum ent_status status = ENT_OK;
    size_t capacity = 0;

    *out = (struct ent_spreads){ 0 };
    for (size_t i = 0, end; status == ENT_OK && i < dossier->count; i = end) {
        size_t measure = dossier->readings[i].measure;
        bool both = ent_reading_measure(&dossier->readings[i])->direction != ENT_UNDIRECTED;

        for (end = i + 1; end < dossier->count && dossier->readings[end].measure == measure;)
            end++;
        if (dossier->readings[i].own)
            continue; /* a user's own column has one source */
        status = judge_side(out, &capacity, dossier, i, end, false, err);
        if (status == ENT_OK && both)
            status = judge_side(out, &capacity, dossier, i, end, true, err);
    }
    if (status != ENT_OK)
        ent_spreads_release(out);
    return status;
}

void ent_spreads_release(struct ent_spreads *spreads)
{
    ent__free(spreads->at);
    *spreads = (struct ent_spreads){ 0 };
}
