/* The history of two states: each measure by year. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "entente/user_data.h"

enum {
    SPARK_YEARS = 30, /* a longer history shares a block among several years */
    FIRST_YEAR = 1816,
};

/* One measure by one source, one direction, over all years. */
struct series {
    size_t measure; /* as a reading has it */
    const struct ent_measure_info *info;
    size_t order; /* in which it was met: that of the registry */
    char *source;
    double *values[2]; /* forward and backward */
};

struct history {
    const struct cli *cli;
    int a, b, from, to;
    size_t years;
    struct series *series;
    size_t count, capacity;
    struct ent_user_measures own; /* in the order in which readings number them */
};

static struct series *find_series(struct history *h, const struct ent_reading *r)
{
    struct series *s;

    for (size_t i = 0; i < h->count; i++) {
        if (h->series[i].measure == r->measure && strcmp(h->series[i].source, r->source) == 0)
            return &h->series[i];
    }
    h->series = cli_grow(h->series, &h->capacity, h->count + 1, sizeof(*h->series));
    s = &h->series[h->count++];
    *s = (struct series){ .measure = r->measure,
                          .info = r->own ? h->own.at[r->measure - ent_measure_count()]
                                         : ent_measure_at(r->measure),
                          .order = h->count,
                          .source = cli_copy(r->source) };
    for (int which = 0; which < 2; which++) {
        s->values[which] = cli_alloc(h->years, sizeof(double));
        for (size_t y = 0; y < h->years; y++)
            s->values[which][y] = NAN;
    }
    return s;
}

/* Each reading brings the eleven years that end in its own. */
static void take_readings(struct history *h, const struct ent_dossier *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];
        struct series *s;

        if (!r->first_year)
            continue;
        s = find_series(h, r);
        for (int t = 0; t < ENT_TREND_YEARS; t++) {
            int year = r->year - ENT_TREND_YEARS + 1 + t;

            if (year < h->from || year > h->to)
                continue;
            s->values[0][year - h->from] = r->forward.trend[t];
            s->values[1][year - h->from] = r->backward.trend[t];
        }
    }
}

static enum ent_status compute(struct history *h, const struct dyad_place *place,
                               const struct ent_dossier_options *options, struct ent_error *err)
{
    struct ent_dossier_options o = { .measures = options->measures,
                                     .measure_count = options->measure_count,
                                     .own = options->own };
    bool any = false;

    for (int year = h->to; year >= h->from;) {
        struct ent_dossier dossier;
        enum ent_status status;

        o.year = year;
        status = dyad_compute(place, h->a, h->b, &o, &dossier, err);
        if (status == ENT_ENOTFOUND && year > h->from) {
            year--; /* one of the two was no state then; it may have been before */
            continue;
        }
        if (status == ENT_ENOTFOUND && any)
            break;
        if (status != ENT_OK)
            return status;
        any = true;
        take_readings(h, &dossier);
        ent_dossier_release(&dossier);
        year -= ENT_TREND_YEARS;
    }
    return ENT_OK;
}

static bool has_value(const struct history *h, const struct series *s)
{
    for (size_t y = 0; y < h->years; y++) {
        if (!isnan(s->values[0][y]) || !isnan(s->values[1][y]))
            return true;
    }
    return false;
}

/* First and last year with a value; false when there is none. */
static bool span(const struct history *h, const double *values, size_t *first, size_t *last)
{
    *first = h->years;
    for (size_t y = 0; y < h->years; y++) {
        if (isnan(values[y]))
            continue;
        if (*first == h->years)
            *first = y;
        *last = y;
    }
    return *first < h->years;
}

/* The whole history as a line; where it is long, each block is the mean of some years. */
static void line_cell(struct ent_document *page, const struct history *h, const double *values)
{
    size_t step = (h->years + SPARK_YEARS - 1) / SPARK_YEARS;
    double blocks[SPARK_YEARS];
    size_t count = 0;
    char text[ENT_NUMBER_TEXT];

    for (size_t y = 0; y < h->years && count < SPARK_YEARS; y += step) {
        double sum = 0;
        size_t n = 0;

        for (size_t k = y; k < y + step && k < h->years; k++) {
            if (!isnan(values[k])) {
                sum += values[k];
                n++;
            }
        }
        blocks[count++] = n ? sum / (double)n : NAN;
    }
    ent_document_cell(page, ENT_TONE_PLAIN, ent_sparkline(blocks, count, text, sizeof(text)),
                      NULL);
}

static void end_cell(struct ent_document *page, const struct history *h,
                     const struct ent_measure_info *m, const double *values, size_t at)
{
    char value[ENT_NUMBER_TEXT], text[ENT_NUMBER_TEXT + 16];

    dyad_value(m, values[at], value, sizeof(value));
    ent_document_cell(page, ENT_TONE_PLAIN, value, NULL);
    snprintf(text, sizeof(text), "%d", h->from + (int)at);
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
}

/* Whether both directions say the same in every year. */
static bool alike(const struct history *h, const struct series *s)
{
    for (size_t y = 0; y < h->years; y++) {
        double v = s->values[0][y];
        double w = s->values[1][y];

        if (v != w && !(isnan(v) && isnan(w)))
            return false;
    }
    return true;
}

static void text_row(struct ent_document *page, const struct history *h, const struct series *s,
                     int which, bool titled)
{
    const struct ent_measure_info *m = s->info;
    const struct ent_dossier pair = { .a = h->a, .b = h->b };
    const double *values = s->values[which == 1];
    size_t first = 0;
    size_t last = 0;
    char text[ENT_NUMBER_TEXT];

    if (!span(h, values, &first, &last))
        return;
    ent_document_row(page);
    dyad_title(m, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, titled ? text : NULL, NULL);
    dyad_direction(&pair, m, which, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    end_cell(page, h, m, values, first);
    line_cell(page, h, values);
    end_cell(page, h, m, values, last);
    ent_document_cell(page, ENT_TONE_DIM, which == 1 ? "" : s->source, NULL);
}

/* A share is drawn in per cent. */
static double drawn(const struct ent_measure_info *m, double value)
{
    return m->form == ENT_FORM_SHARE ? 100 * value : value;
}

#define NAME_TEXT 64

/* The chart of one measure while its series are put together. */
struct drawing {
    const double *years;
    struct ent_chart_series *series;
    char (*names)[NAME_TEXT];
    double *values; /* h->years a series */
    size_t count;
};

/* Add a series as the state `which` has it, unless it would be empty or doubled. */
static void
add_line(struct drawing *d, const struct history *h, const struct series *s, int which)
{
    const struct ent_measure_info *m = s->info;
    bool both = m->direction == ENT_UNDIRECTED || alike(h, s);
    double *values = d->values + d->count * h->years;
    char *name = d->names[d->count];
    bool known = false;

    for (size_t y = 0; y < h->years; y++) {
        values[y] = drawn(m, s->values[which][y]);
        known = known || !isnan(values[y]);
    }
    if (!known || (which == 1 && both))
        return;
    if (both)
        snprintf(name, NAME_TEXT, "%s", s->source);
    else
        snprintf(name, NAME_TEXT, "%s%s%s, %s", ent_state_code(which ? h->b : h->a),
                 m->direction == ENT_MONADIC ? "" : "→",
                 m->direction == ENT_MONADIC ? "" : ent_state_code(which ? h->a : h->b),
                 s->source);
    d->series[d->count++] = (struct ent_chart_series){
        .name = name, .x = d->years, .y = values, .count = h->years
    };
}

/* The chart of the measure whose series are first..end-1: a line a source and direction. */
static void put_chart(struct ent_document *page, const struct history *h, size_t first,
                      size_t end, const double *years)
{
    const struct ent_measure_info *m = h->series[first].info;
    bool share = m->form == ENT_FORM_SHARE;
    size_t most = 2 * (end - first);
    struct drawing d = { .years = years };
    struct ent_chart chart = { .kind = ENT_CHART_LINES, .title = m->title, .x_title = "year" };

    d.series = cli_alloc(most, sizeof(*d.series));
    d.names = cli_alloc(most, sizeof(*d.names));
    d.values = cli_alloc(most * h->years, sizeof(*d.values));
    for (size_t i = first; i < end; i++) {
        add_line(&d, h, &h->series[i], 0);
        add_line(&d, h, &h->series[i], 1);
    }
    chart.y_title = share ? "%" : m->unit;
    chart.from_zero = share || m->form == ENT_FORM_AMOUNT || m->form == ENT_FORM_COUNT;
    chart.series = d.series;
    chart.count = d.count;
    if (d.count > 0)
        ent_document_chart(page, &chart);
    free(d.series);
    free(d.names);
    free(d.values);
}

/* On a page that can be drawn on, a chart a measure. */
static void put_charts(struct ent_document *page, const struct history *h)
{
    double *years = cli_alloc(h->years, sizeof(*years));

    for (size_t y = 0; y < h->years; y++)
        years[y] = h->from + (int)y;
    for (size_t i = 0, end; i < h->count; i = end) {
        for (end = i + 1; end < h->count && h->series[end].measure == h->series[i].measure;)
            end++;
        put_chart(page, h, i, end, years);
    }
    free(years);
}

static int write_text(const struct history *h)
{
    static const struct ent_document_column columns[] = {
        { "measure", "", ENT_ALIGN_LEFT, true, 0 },
        { "direction", "", ENT_ALIGN_LEFT, false, 0 },
        { "first", "first", ENT_ALIGN_RIGHT, false, 0 },
        { "first_year", "", ENT_ALIGN_LEFT, false, 0 },
        { "line", "over the years", ENT_ALIGN_LEFT, false, 2 },
        { "last", "last", ENT_ALIGN_RIGHT, false, 0 },
        { "last_year", "", ENT_ALIGN_LEFT, false, 0 },
        { "source", "source", ENT_ALIGN_LEFT, false, 0 },
    };
    struct ent_document *page = ent_document_new();
    int dimension = -1;
    size_t titled = SIZE_MAX;
    char text[256];

    if (!page)
        return cli_complain("out of memory");
    snprintf(text, sizeof(text), "%s and %s, %d to %d", ent_state_name(h->a, h->to),
             ent_state_name(h->b, h->to), h->from, h->to);
    ent_document_title(page, text);
    ent_document_gap(page);
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < h->count; i++) {
        const struct series *s = &h->series[i];
        const struct ent_measure_info *m = s->info;

        if (!has_value(h, s))
            continue;
        if ((int)m->dimension != dimension)
            cli_section(page, m->dimension);
        dimension = (int)m->dimension;
        text_row(page, h, s, alike(h, s) ? DYAD_BOTH : 0, titled != s->measure);
        if (m->direction != ENT_UNDIRECTED && !alike(h, s))
            text_row(page, h, s, 1, false);
        titled = s->measure;
    }
    ent_document_gap(page);
    ent_document_text(
        page, ENT_TONE_DIM,
        "First and last: the first and the last year in which the value is known.  "
        "Each line runs from %d to %d and from its own lowest to its highest; a "
        "gap is not known.  In a pipe, every year has its own row.",
        h->from, h->to);
    if (h->cli->medium == CLI_HTML)
        put_charts(page, h);
    return cli_write(h->cli, page);
}

static void
tsv_rows(struct ent_document *table, const struct history *h, const struct series *s, int which)
{
    const struct ent_measure_info *m = s->info;
    char text[ENT_NUMBER_TEXT];

    for (size_t y = 0; y < h->years; y++) {
        if (isnan(s->values[which][y]))
            continue;
        ent_document_row(table);
        ent_document_cell_int(table, h->from + (int)y);
        ent_document_cell(table, ENT_TONE_PLAIN, m->id, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, ent_state_code(which ? h->b : h->a), NULL);
        ent_document_cell(
            table, ENT_TONE_PLAIN,
            m->direction == ENT_MONADIC ? "" : ent_state_code(which ? h->a : h->b), NULL);
        ent_document_cell(table, ENT_TONE_PLAIN,
                          ent_number_exact(s->values[which][y], text, sizeof(text)), NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, m->unit, NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, s->source, NULL);
    }
}

static int write_tsv(const struct history *h)
{
    static const struct ent_document_column columns[] = {
        { "year" }, { "measure" }, { "from" }, { "to" }, { "value" }, { "unit" }, { "source" },
    };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    ent_document_table(table, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < h->count; i++) {
        tsv_rows(table, h, &h->series[i], 0);
        if (h->series[i].info->direction != ENT_UNDIRECTED)
            tsv_rows(table, h, &h->series[i], 1);
    }
    return cli_write(h->cli, table);
}

static void
json_series(struct ent_json *json, const struct history *h, const struct series *s, int which)
{
    const struct ent_measure_info *m = s->info;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "measure", m->id);
    ent_json_text(json, "unit", m->unit);
    ent_json_text(json, "source", s->source);
    ent_json_text(json, "from", ent_state_code(which ? h->b : h->a));
    if (m->direction != ENT_MONADIC)
        ent_json_text(json, "to", ent_state_code(which ? h->a : h->b));
    ent_json_open_list(json, "values");
    for (size_t y = 0; y < h->years; y++)
        ent_json_number(json, NULL, s->values[which][y]);
    ent_json_close(json);
    ent_json_close(json);
}

static int write_json(const struct history *h)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "a", ent_state_code(h->a));
    ent_json_text(json, "b", ent_state_code(h->b));
    ent_json_int(json, "from", h->from);
    ent_json_int(json, "to", h->to);
    ent_json_open_list(json, "series");
    for (size_t i = 0; i < h->count; i++) {
        if (!has_value(h, &h->series[i]))
            continue;
        json_series(json, h, &h->series[i], 0);
        if (h->series[i].info->direction != ENT_UNDIRECTED)
            json_series(json, h, &h->series[i], 1);
    }
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

/* In the order of measures, whatever the year that brought them. */
static int by_measure(const void *x, const void *y)
{
    const struct series *s = x;
    const struct series *t = y;

    if (s->measure != t->measure)
        return s->measure < t->measure ? -1 : 1;
    return (s->order > t->order) - (s->order < t->order);
}

static void release(struct history *h)
{
    for (size_t i = 0; i < h->count; i++) {
        free(h->series[i].source);
        free(h->series[i].values[0]);
        free(h->series[i].values[1]);
    }
    free(h->series);
    ent_user_measures_release(&h->own);
}

/* The year in which a history without --to ends: the last that any source covers. */
static enum ent_status
last_year(const struct dyad_place *place, int a, int b, int *year, struct ent_error *err)
{
    struct ent_dossier_options o = { .no_places = true };
    struct ent_dossier dossier;
    enum ent_status status = dyad_compute(place, a, b, &o, &dossier, err);

    if (status != ENT_OK)
        return status;
    *year = dossier.year;
    ent_dossier_release(&dossier);
    return ENT_OK;
}

int dyad_history(const struct cli *cli, const struct dyad_place *place, int a, int b, int from,
                 int to, const struct ent_dossier_options *options)
{
    struct history h = {
        .cli = cli, .a = a, .b = b, .from = from ? from : FIRST_YEAR, .to = to
    };
    struct ent_error err = { 0 };
    enum ent_status status = to ? ENT_OK : last_year(place, a, b, &h.to, &err);
    int exit_status;

    if (status == ENT_OK && h.from > h.to)
        return cli_complain("the data end in %d; --from %d is later", h.to, h.from);
    h.years = status == ENT_OK ? (size_t)(h.to - h.from + 1) : 0;
    if (status == ENT_OK && options->own && place->store)
        status = ent_user_measures_read(place->store, NULL, &h.own, &err);
    if (status == ENT_OK)
        status = compute(&h, place, options, &err);
    if (status == ENT_OK && h.count)
        qsort(h.series, h.count, sizeof(*h.series), by_measure);
    if (status != ENT_OK)
        exit_status = cli_fail(&err);
    else if (cli_output(cli) == CLI_JSON)
        exit_status = write_json(&h);
    else
        exit_status = cli_output(cli) == CLI_TSV ? write_tsv(&h) : write_text(&h);
    release(&h);
    return exit_status;
}
