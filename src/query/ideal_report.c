/*
 * The page about a run: what was asked, what became of the votes, whether the chains have
 * met, how well the votes are predicted, and where the great powers stand.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/document.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "query/ideal_run.h"

enum {
    MOST_CHAINS = 6,   /* drawn of more */
    TRACE_STEPS = 150, /* of each chain, evenly spaced */
    RANK_BINS = 20,
    WORST = 8, /* points in the table */
    DRAWN = 3, /* points with a trace */
    HISTOGRAM = 24,
    STATES_SHOWN = 10,
    SESSIONS = 1001,
};

/* Five states whose paths people look for first. */
static const int known_states[] = { 2, 200, 220, 365, 710 };

#define KNOWN (sizeof(known_states) / sizeof(known_states[0]))

struct reporting {
    const struct ent_ideal *ideal;
    struct ent_document *page;
    struct ent_arena arena;
    bool failed;
};

static double *numbers(struct reporting *r, size_t count)
{
    double *at = ent__arena_array(&r->arena, count + 1, sizeof(*at));

    r->failed = r->failed || !at;
    return at;
}

static const char *count_text(size_t count, char *text, size_t size)
{
    return ent_integer_text((int64_t)count, text, size);
}

#define COUNT(n) count_text((n), (char[ENT_NUMBER_TEXT]){ 0 }, ENT_NUMBER_TEXT)

static void field(struct ent_document *page, const char *name, const char *value)
{
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_DIM, name, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, value, NULL);
}

static void begin_fields(struct ent_document *page)
{
    static const struct ent_document_column columns[] = {
        { "field", "", ENT_ALIGN_LEFT, false, 0 },
        { "value", "", ENT_ALIGN_LEFT, true, 0 },
    };

    ent_document_table(page, columns, 2);
}

static void put_options(struct reporting *r)
{
    const struct ent_ideal *ideal = r->ideal;
    char text[160];

    ent_document_heading(r->page, "The run");
    begin_fields(r->page);
    field(r->page, "method", ent_ideal_method_name(ideal->method));
    if (ideal->draws) {
        snprintf(text, sizeof(text),
                 "%zu chains; each %s sweeps of burn-in, then %s draws, one of %zu sweeps",
                 ideal->chains, COUNT(ideal->burn), COUNT(ideal->draws), ideal->thin);
        field(r->page, "draws", text);
    }
    snprintf(text, sizeof(text), "%llu", (unsigned long long)ideal->seed);
    field(r->page, "seed", text);
    snprintf(text, sizeof(text), "%s stands above %s", ent_state_code(ideal->high),
             ent_state_code(ideal->low));
    field(r->page, "sign", text);
    field(r->page, "scale", "mean 0 and standard deviation 1 over all states and sessions");
    field(r->page, "to make it again", ideal->command);
    field(r->page, "result", ideal->convergence);
}

static void put_votes(struct reporting *r)
{
    const struct ent_ideal_votes_info *v = &r->ideal->votes;
    char text[400];

    ent_document_heading(r->page, "The votes");
    begin_fields(r->page);
    snprintf(text, sizeof(text), "%s, sessions %d to %d", v->source, v->first_session,
             v->last_session);
    field(r->page, "from", text);
    snprintf(text, sizeof(text),
             "%s of %s, by %zu states on %s roll calls, which are %s resolutions",
             COUNT(v->used), COUNT(v->read), v->states, COUNT(v->roll_calls), COUNT(v->items));
    field(r->page, "votes used", text);
    field(r->page, "repeated resolutions", v->link);
    snprintf(text, sizeof(text),
             "resolutions on which all voted alike: %s; roll calls on amendments or paragraphs "
             "after 1989: %s; roll calls on other matters: %s",
             COUNT(v->left_out_unanimous), COUNT(v->left_out_parts), COUNT(v->left_out_other));
    field(r->page, "left out", text);
    if (v->unknown_matches) {
        snprintf(text, sizeof(text), "%zu, the first: %s", v->unknown_matches,
                 v->unknown_first);
        field(r->page, "matches of unknown votes", text);
    }
}

/* Convergence. */

static const char *point_name(const struct ent_ideal *ideal, size_t p, char *text, size_t size)
{
    const struct ent_ideal_estimate *e = &ideal->points[p];

    snprintf(text, size, "%s, session %d", ent_state_name(e->state, e->session + 1945),
             e->session);
    return text;
}

/* The points with the largest R-hat, the largest first. */
static size_t find_worst(const struct ent_ideal *ideal, size_t *worst, size_t most)
{
    size_t count = 0;

    for (size_t p = 0; p < ideal->point_count; p++) {
        double rhat = ideal->points[p].rhat;
        size_t at = count < most ? count : most;

        if (isnan(rhat))
            continue;
        while (at > 0 && ideal->points[worst[at - 1]].rhat < rhat)
            at--;
        if (at == most)
            continue;
        if (count < most)
            count++;
        for (size_t k = count - 1; k > at; k--)
            worst[k] = worst[k - 1];
        worst[at] = p;
    }
    return count;
}

static void number_cell(struct ent_document *page, double value, int digits)
{
    char text[40];

    snprintf(text, sizeof(text), "%.*f", digits, value);
    ent_document_cell(page, ENT_TONE_PLAIN, isnan(value) ? "" : text, NULL);
}

static void put_worst(struct reporting *r, const size_t *worst, size_t count)
{
    static const struct ent_document_column columns[] = {
        { "point", "slowest to settle", ENT_ALIGN_LEFT, true, 0 },
        { "votes", "votes", ENT_ALIGN_RIGHT, false, 0 },
        { "mean", "ideal point", ENT_ALIGN_RIGHT, false, 0 },
        { "sd", "s.d.", ENT_ALIGN_RIGHT, false, 0 },
        { "rhat", "R-hat", ENT_ALIGN_RIGHT, false, 0 },
        { "ess", "effective draws", ENT_ALIGN_RIGHT, false, 0 },
    };

    ent_document_table(r->page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < count; k++) {
        const struct ent_ideal_estimate *e = &r->ideal->points[worst[k]];
        char text[160];

        ent_document_row(r->page);
        ent_document_cell(r->page, ENT_TONE_PLAIN,
                          point_name(r->ideal, worst[k], text, sizeof(text)), NULL);
        ent_document_cell_int(r->page, e->votes);
        number_cell(r->page, e->mean, 3);
        number_cell(r->page, e->sd, 3);
        number_cell(r->page, e->rhat, 3);
        number_cell(r->page, e->ess, 0);
    }
}

static const char *const chain_names[MOST_CHAINS] = { "chain 1", "chain 2", "chain 3",
                                                      "chain 4", "chain 5", "chain 6" };

static const char *const half_names[] = { "first half", "second half" };

static size_t chains_drawn(const struct ent_ideal *ideal)
{
    return ideal->chains < MOST_CHAINS ? ideal->chains : MOST_CHAINS;
}

/* What ranks are compared of: chains, or the two halves of the only one. */
static size_t groups(const struct ent_ideal *ideal)
{
    return ideal->chains == 1 ? 2 : ideal->chains;
}

/* The draws of a point in order, a line a chain. */
static void put_trace(struct reporting *r, size_t p)
{
    const struct ent_ideal *ideal = r->ideal;
    const float *draws = ent_ideal_draws(ideal, p);
    size_t stride = (ideal->draws + TRACE_STEPS - 1) / TRACE_STEPS;
    size_t steps = (ideal->draws + stride - 1) / stride;
    struct ent_chart_series series[MOST_CHAINS];
    double *x = numbers(r, steps);
    char title[200], name[160];

    for (size_t c = 0; !r->failed && c < chains_drawn(ideal); c++) {
        double *y = numbers(r, steps);

        for (size_t k = 0; !r->failed && k < steps; k++) {
            x[k] = (double)(k * stride + 1);
            y[k] = (double)draws[c * ideal->draws + k * stride];
        }
        series[c] =
            (struct ent_chart_series){ .name = chain_names[c], .x = x, .y = y, .count = steps };
    }
    if (r->failed)
        return;
    snprintf(title, sizeof(title), "Trace: %s", point_name(ideal, p, name, sizeof(name)));
    ent_document_chart(r->page, &(struct ent_chart){ .kind = ENT_CHART_LINES,
                                                     .title = title,
                                                     .x_title = "draw",
                                                     .y_title = "ideal point",
                                                     .series = series,
                                                     .count = chains_drawn(ideal) });
}

struct ranked {
    float value;
    uint32_t chain;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->chain > y->chain) - (x->chain < y->chain);
}

/* Where the draws of each chain rank among all: level when the chains have met. */
static void put_ranks(struct reporting *r, size_t p)
{
    const struct ent_ideal *ideal = r->ideal;
    const float *draws = ent_ideal_draws(ideal, p);
    size_t all = ideal->chains * ideal->draws;
    size_t shown = groups(ideal) < MOST_CHAINS ? groups(ideal) : MOST_CHAINS;
    const char *const *names = ideal->chains == 1 ? half_names : chain_names;
    struct ranked *sorted = ent__arena_array(&r->arena, all + 1, sizeof(*sorted));
    struct ent_chart_series series[MOST_CHAINS];
    double *count[MOST_CHAINS];
    double *x = numbers(r, RANK_BINS);
    char title[200], name[160];

    r->failed = r->failed || !sorted;
    for (size_t c = 0; c < shown; c++)
        count[c] = numbers(r, RANK_BINS);
    if (r->failed)
        return;
    for (size_t d = 0; d < all; d++)
        sorted[d] = (struct ranked){ draws[d], (uint32_t)(d * groups(ideal) / all) };
    qsort(sorted, all, sizeof(*sorted), by_value);
    for (size_t d = 0; d < all; d++) {
        if (sorted[d].chain < shown)
            count[sorted[d].chain][d * RANK_BINS / all] += 1;
    }
    for (size_t b = 0; b < RANK_BINS; b++)
        x[b] = ((double)b + 0.5) * (double)all / RANK_BINS;
    for (size_t c = 0; c < shown; c++)
        series[c] = (struct ent_chart_series){
            .name = names[c], .x = x, .y = count[c], .count = RANK_BINS
        };
    snprintf(title, sizeof(title), "Ranks: %s", point_name(ideal, p, name, sizeof(name)));
    ent_document_chart(
        r->page, &(struct ent_chart){ .kind = ENT_CHART_LINES,
                                      .title = title,
                                      .x_title = "rank among the draws of all chains",
                                      .y_title = ideal->chains == 1 ? "draws of the half"
                                                                    : "draws of the chain",
                                      .from_zero = true,
                                      .series = series,
                                      .count = shown });
}

/* How many points have which R-hat, or how many effective draws. */
static void put_histogram(struct reporting *r, bool ess)
{
    const struct ent_ideal *ideal = r->ideal;
    double *x = numbers(r, HISTOGRAM);
    double *y = numbers(r, HISTOGRAM);
    double low = INFINITY;
    double high = -INFINITY;

    for (size_t p = 0; p < ideal->point_count; p++) {
        double v = ess ? ideal->points[p].ess : ideal->points[p].rhat;

        low = fmin(low, v);
        high = fmax(high, v);
    }
    if (r->failed || !(high > low))
        return;
    for (size_t p = 0; p < ideal->point_count; p++) {
        double v = ess ? ideal->points[p].ess : ideal->points[p].rhat;
        size_t bin = isnan(v) ? HISTOGRAM : (size_t)((v - low) / (high - low) * HISTOGRAM);

        if (!isnan(v))
            y[bin < HISTOGRAM ? bin : HISTOGRAM - 1] += 1;
    }
    for (size_t b = 0; b < HISTOGRAM; b++)
        x[b] = low + ((double)b + 0.5) * (high - low) / HISTOGRAM;
    ent_document_chart(
        r->page, &(struct ent_chart){
                     .kind = ENT_CHART_LINES,
                     .title = ess ? "Effective draws of all points" : "R-hat of all points",
                     .x_title = ess ? "effective draws" : "R-hat",
                     .y_title = "points",
                     .from_zero = true,
                     .series =
                         &(struct ent_chart_series){
                             .name = "points", .x = x, .y = y, .count = HISTOGRAM },
                     .count = 1 });
}

static void put_convergence(struct reporting *r)
{
    const struct ent_ideal *ideal = r->ideal;
    size_t worst[WORST];
    size_t count = find_worst(ideal, worst, WORST);

    if (!ideal->draws || !count)
        return;
    ent_document_heading(r->page, "Convergence");
    ent_document_text(
        r->page, ENT_TONE_PLAIN,
        "R-hat compares the halves of all chains, after ranks (Vehtari et al. "
        "2021): 1 where they agree; a run is taken to have converged when none is "
        "above %.2f.  The points below are the slowest.",
        ENT_IDEAL_RHAT);
    put_worst(r, worst, count);
    put_histogram(r, false);
    put_histogram(r, true);
    ent_document_text(r->page, ENT_TONE_PLAIN,
                      "Traces should look like one band, and the ranks of every %s should be "
                      "level: %s draws fall into %d bins of %.1f.",
                      ideal->chains == 1 ? "half" : "chain",
                      COUNT(ideal->chains * ideal->draws / groups(ideal)), RANK_BINS,
                      (double)(ideal->chains * ideal->draws / groups(ideal)) / RANK_BINS);
    for (size_t k = 0; k < count && k < DRAWN; k++) {
        put_trace(r, worst[k]);
        put_ranks(r, worst[k]);
    }
}

/* Prediction. */

static void put_by_session(struct reporting *r)
{
    const struct ent_ideal *ideal = r->ideal;
    double *x = numbers(r, ideal->session_count);
    double *y = numbers(r, ideal->session_count);
    double *modal = numbers(r, ideal->session_count);
    double *probability = numbers(r, ideal->session_count);

    for (size_t s = 0; !r->failed && s < ideal->session_count; s++) {
        x[s] = ideal->sessions[s].session;
        y[s] = 100.0 * ideal->sessions[s].predicted / ideal->sessions[s].votes;
        modal[s] = 100.0 * ideal->sessions[s].modal / ideal->sessions[s].votes;
        probability[s] = 100.0 * ideal->sessions[s].probability;
    }
    if (r->failed)
        return;
    const struct ent_chart_series series[] = {
        { .name = "the vote was likeliest", .x = x, .y = y, .count = ideal->session_count },
        { .name = "as most states voted", .x = x, .y = modal, .count = ideal->session_count },
        { .name = "probability given to it",
          .x = x,
          .y = probability,
          .count = ideal->session_count },
    };
    ent_document_chart(r->page, &(struct ent_chart){ .kind = ENT_CHART_LINES,
                                                     .title = "Votes predicted, by session",
                                                     .x_title = "session",
                                                     .y_title = "% of votes",
                                                     .series = series,
                                                     .count = 3 });
}

/* All votes of one state. */
struct state_fit {
    int state;
    uint64_t votes, predicted, modal;
    double probability;
};

static int by_fit(const void *a, const void *b)
{
    const struct state_fit *x = a;
    const struct state_fit *y = b;
    double p = (double)x->predicted / (double)x->votes;
    double q = (double)y->predicted / (double)y->votes;

    if (p != q)
        return p < q ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

static void put_state_rows(struct reporting *r, const char *title, const struct state_fit *at,
                           size_t count, int step)
{
    const struct ent_document_column columns[] = {
        { "state", title, ENT_ALIGN_LEFT, true, 0 },
        { "votes", "votes", ENT_ALIGN_RIGHT, false, 0 },
        { "predicted", "predicted", ENT_ALIGN_RIGHT, false, 0 },
        { "modal", "as most voted", ENT_ALIGN_RIGHT, false, 0 },
        { "probability", "probability given", ENT_ALIGN_RIGHT, false, 0 },
    };

    ent_document_table(r->page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < count; k++, at += step) {
        const double shares[] = { (double)at->predicted / (double)at->votes,
                                  (double)at->modal / (double)at->votes,
                                  at->probability / (double)at->votes };

        ent_document_row(r->page);
        ent_document_cell(r->page, ENT_TONE_PLAIN,
                          ent_state_name(at->state, 1945 + r->ideal->votes.last_session), NULL);
        ent_document_cell(r->page, ENT_TONE_PLAIN, COUNT(at->votes), NULL);
        for (size_t i = 0; i < 3; i++) {
            char text[40];

            snprintf(text, sizeof(text), "%.1f %%", 100 * shares[i]);
            ent_document_cell(r->page, ENT_TONE_PLAIN, text, NULL);
        }
    }
}

static void put_by_state(struct reporting *r)
{
    const struct ent_ideal *ideal = r->ideal;
    struct state_fit *fits =
        ent__arena_array(&r->arena, ideal->votes.states + 1, sizeof(*fits));
    size_t count = 0;
    size_t shown;

    r->failed = r->failed || !fits;
    for (size_t p = 0; !r->failed && p < ideal->point_count; p++) {
        const struct ent_ideal_estimate *e = &ideal->points[p];

        if (count == 0 || fits[count - 1].state != e->state)
            fits[count++].state = e->state;
        fits[count - 1].votes += e->votes;
        fits[count - 1].predicted += e->predicted;
        fits[count - 1].modal += e->modal;
        fits[count - 1].probability += e->probability * e->votes;
    }
    if (r->failed)
        return;
    qsort(fits, count, sizeof(*fits), by_fit);
    shown = count < STATES_SHOWN ? count : STATES_SHOWN;
    put_state_rows(r, "least predicted", fits, shown, 1);
    if (count > shown)
        put_state_rows(r, "best predicted", fits + count - 1, shown, -1);
}

static void put_prediction(struct reporting *r)
{
    uint64_t votes = 0, predicted = 0, modal = 0;

    for (size_t s = 0; s < r->ideal->session_count; s++) {
        votes += r->ideal->sessions[s].votes;
        predicted += r->ideal->sessions[s].predicted;
        modal += r->ideal->sessions[s].modal;
    }
    ent_document_heading(r->page, "How well the votes are predicted");
    ent_document_text(r->page, ENT_TONE_PLAIN,
                      "For %.1f %% of the votes the vote cast is the one that the model finds "
                      "likeliest, %s; %.1f %% were cast as most states cast theirs.",
                      100.0 * (double)predicted / (double)votes,
                      r->ideal->draws ? "on average over the draws" : "at the estimates",
                      100.0 * (double)modal / (double)votes);
    put_by_session(r);
    put_by_state(r);
}

/* Paths. */

static void put_paths(struct reporting *r)
{
    const struct ent_ideal *ideal = r->ideal;
    struct ent_chart_series series[KNOWN] = { { 0 } };
    size_t count = 0;

    for (size_t k = 0; k < KNOWN; k++) {
        double *x = numbers(r, SESSIONS), *y = numbers(r, SESSIONS);
        double *low = numbers(r, SESSIONS), *high = numbers(r, SESSIONS);
        size_t n = 0;

        for (size_t p = 0; !r->failed && p < ideal->point_count; p++) {
            const struct ent_ideal_estimate *e = &ideal->points[p];

            if (e->state != known_states[k])
                continue;
            x[n] = e->session;
            y[n] = e->mean;
            low[n] = e->q5;
            high[n++] = e->q95;
        }
        if (n)
            series[count++] =
                (struct ent_chart_series){ .name = ent_state_code(known_states[k]),
                                           .x = x,
                                           .y = y,
                                           .low = low,
                                           .high = high,
                                           .count = n };
    }
    if (r->failed || !count)
        return;
    ent_document_heading(r->page, "Paths");
    ent_document_chart(r->page, &(struct ent_chart){
                                    .kind = ENT_CHART_LINES,
                                    .title = "Permanent members of the Security Council, with "
                                             "90 % intervals",
                                    .x_title = "session",
                                    .y_title = "ideal point",
                                    .series = series,
                                    .count = count });
}

enum ent_status
ent_ideal_write_report(const struct ent_ideal *ideal, char **text, struct ent_error *err)
{
    struct reporting r = { .ideal = ideal, .page = ent_document_new() };
    enum ent_status status;
    char title[160];

    if (!r.page)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a page");
    snprintf(title, sizeof(title), "Ideal points in the General Assembly: %s", ideal->version);
    ent_document_title(r.page, title);
    put_options(&r);
    put_paths(&r);
    put_votes(&r);
    put_convergence(&r);
    put_prediction(&r);
    status = r.failed ? ent_fail(err, ENT_ENOMEM, "out of memory for a page")
                      : ent_document_write_html(r.page, text, err);
    ent_document_free(r.page);
    ent__arena_release(&r.arena);
    return status;
}
