/* The dossier as a page to read, and as a table for programs. */
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/spread.h"
#include "entente/state.h"

enum {
    MOST_WHY = 24, /* distinct reasons that a dimension's remark can give */
};

static const struct ent_document_column page_columns[] = {
    { "measure", "", ENT_ALIGN_LEFT, true, 0 },
    { "direction", "", ENT_ALIGN_LEFT, false, 0 },
    { "value", "value", ENT_ALIGN_RIGHT, false, 0 },
    { "year", "year", ENT_ALIGN_LEFT, false, 0 },
    { "place", "place", ENT_ALIGN_RIGHT, false, 0 },
    { "of", "", ENT_ALIGN_LEFT, false, 3 },
    { "trend", "ten years", ENT_ALIGN_LEFT, false, 2 },
    { "source", "source", ENT_ALIGN_LEFT, false, 0 },
};

/* A place says nothing of a yes or no, of a rank, or of one of many that are zero. */
static bool place_tells(const struct ent_measure_info *m, const struct ent_value_read *v)
{
    if (!v->place || m->form == ENT_FORM_YES_NO || m->form == ENT_FORM_RANK ||
        m->form == ENT_FORM_YEAR)
        return false;
    return v->value != 0 || (m->form != ENT_FORM_COUNT && m->form != ENT_FORM_AMOUNT &&
                             m->form != ENT_FORM_SHARE);
}

static void place_cells(struct ent_document *page, const struct ent_measure_info *m,
                        const struct ent_value_read *v)
{
    char text[64], number[40];

    if (!place_tells(m, v)) {
        ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, "", NULL);
        return;
    }
    ent_document_cell(page, ENT_TONE_PLAIN, ent_ordinal_text(v->place, text, sizeof(text)),
                      NULL);
    snprintf(text, sizeof(text), "of %s", ent_integer_text(v->of, number, sizeof(number)));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
}

static void trend_cell(struct ent_document *page, const double *trend)
{
    char text[ENT_NUMBER_TEXT] = "";
    size_t known = 0;

    for (size_t i = 0; i < ENT_TREND_YEARS; i++)
        known += trend[i] == trend[i];
    if (known > 1)
        ent_sparkline(trend, ENT_TREND_YEARS, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static bool has_interval(const struct ent_value_read *v)
{
    return v->low == v->low && v->high == v->high;
}

/* Below a value: the interval that it is likely to be in. */
static void interval_row(struct ent_document *page, const struct ent_value_read *v)
{
    char text[80];

    snprintf(text, sizeof(text), "%.2f…%.2f", v->low, v->high);
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_PLAIN, NULL, NULL);
    ent_document_cell(page, ENT_TONE_DIM, "", NULL);
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    for (size_t c = 3; c < sizeof(page_columns) / sizeof(page_columns[0]); c++)
        ent_document_cell(page, ENT_TONE_DIM, "", NULL);
}

static void value_row(struct ent_document *page, const struct ent_dossier *d,
                      const struct ent_reading *r, int which, bool titled)
{
    const struct ent_measure_info *m = ent_reading_measure(r);
    const struct ent_value_read *v = which == 1 ? &r->backward : &r->forward;
    bool marked = r->carried && !d->latest;
    char text[ENT_NUMBER_TEXT];

    dyad_title(m, text, sizeof(text));
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_PLAIN, titled ? text : NULL, NULL);
    dyad_direction(d, m, which, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    dyad_value(m, v->value, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_STRONG, text, NULL);
    text[0] = '\0';
    if (r->first_year)
        snprintf(text, sizeof(text), "%d%s", r->year, marked ? "*" : "");
    ent_document_cell(page, marked ? ENT_TONE_DIM : ENT_TONE_PLAIN, text, NULL);
    place_cells(page, m, v);
    trend_cell(page, v->trend);
    ent_document_cell(page, ENT_TONE_DIM, which == 1 && !titled ? "" : r->source, NULL);
    if (has_interval(v))
        interval_row(page, v);
}

static bool same_trend(const double *a, const double *b)
{
    for (size_t i = 0; i < ENT_TREND_YEARS; i++) {
        if (a[i] != b[i] && (a[i] == a[i] || b[i] == b[i]))
            return false;
    }
    return true;
}

/* The rows of a reading: one a direction, or one for both where they are alike. */
static void reading_rows(struct ent_document *page, const struct ent_dossier *d,
                         const struct ent_reading *r, bool titled)
{
    bool alike = r->forward.value == r->backward.value &&
                 same_trend(r->forward.trend, r->backward.trend);

    bool forward = r->forward.reason != ENT_NOT_WATCHED;

    if (forward)
        value_row(page, d, r, alike ? DYAD_BOTH : 0, titled);
    if (!alike && ent_reading_measure(r)->direction != ENT_UNDIRECTED &&
        r->backward.reason != ENT_NOT_WATCHED)
        value_row(page, d, r, 1, titled && !forward);
}

/* One remark on a dimension's measures that no source knows, those for one reason together. */
static void unknown_remark(struct ent_document *page, const struct ent_dossier *d,
                           const bool *unknown, enum ent_dimension dimension)
{
    char whys[MOST_WHY][128];
    size_t why_count = 0;
    char text[3000];
    size_t used;

    for (size_t i = 0; i < d->count; i++) {
        char why[128];
        size_t known = 0;

        if (!unknown[i] || ent_reading_measure(&d->readings[i])->dimension != dimension)
            continue;
        dyad_why(&d->readings[i], why, sizeof(why));
        while (known < why_count && strcmp(whys[known], why) != 0)
            known++;
        if (known == why_count && why_count < MOST_WHY)
            strcpy(whys[why_count++], why);
    }
    for (size_t w = 0; w < why_count; w++) {
        const char *comma = "";

        used = (size_t)snprintf(text, sizeof(text), "not known, as %s: ", whys[w]);
        for (size_t i = 0; i < d->count && used < sizeof(text) - 200; i++) {
            const struct ent_measure_info *m = ent_reading_measure(&d->readings[i]);
            char why[128];

            if (!unknown[i] || m->dimension != dimension)
                continue;
            dyad_why(&d->readings[i], why, sizeof(why));
            if (strcmp(why, whys[w]) != 0)
                continue;
            used +=
                (size_t)snprintf(text + used, sizeof(text) - used, "%s%.120s", comma, m->title);
            comma = ", ";
        }
        ent_document_remark(page, text);
    }
}

/* The first reading of each measure that has no known one. */
static void find_unknown(const struct ent_dossier *d, bool *unknown)
{
    for (size_t i = 0; i < d->count; i++) {
        bool any = false;

        if (i > 0 && d->readings[i - 1].measure == d->readings[i].measure)
            continue;
        for (size_t k = i; k < d->count && d->readings[k].measure == d->readings[i].measure;
             k++)
            any = any || dyad_known(&d->readings[k]);
        unknown[i] = !any;
    }
}

static void put_readings(struct ent_document *page, const struct ent_dossier *d)
{
    bool *unknown = cli_alloc(d->count, sizeof(*unknown));
    size_t titled = SIZE_MAX; /* the measure whose title stands already */

    find_unknown(d, unknown);
    ent_document_table(page, page_columns, sizeof(page_columns) / sizeof(page_columns[0]));
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];
        const struct ent_measure_info *m = ent_reading_measure(r);
        bool first = i == 0 || ent_reading_measure(&r[-1])->dimension != m->dimension;
        bool last = i + 1 == d->count || ent_reading_measure(&r[1])->dimension != m->dimension;

        if (first)
            cli_section(page, m->dimension);
        if (dyad_known(r)) {
            reading_rows(page, d, r, titled != r->measure);
            titled = r->measure;
        }
        if (last)
            unknown_remark(page, d, unknown, m->dimension);
    }
    free(unknown);
}

/* "88.4 bn, dots as RUS reports" */
static void said_cells(struct ent_document *page, const struct ent_measure_info *m,
                       double value, const char *source, const char *report)
{
    char text[ENT_NUMBER_TEXT];

    ent_document_cell(page, ENT_TONE_PLAIN,
                      ent_value_text(value, m->form, m->unit, text, sizeof(text)), NULL);
    snprintf(text, sizeof(text), "%s%s%s%s", source, report[0] ? " as " : "", report,
             report[0] ? " reports" : "");
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
}

static void
spread_row(struct ent_document *page, const struct ent_dossier *d, const struct ent_spread *s)
{
    const struct ent_measure_info *m = ent_measure_at(s->measure);
    char text[ENT_NUMBER_TEXT];

    ent_document_row(page);
    dyad_title(m, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
    dyad_direction(d, m, s->backward, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    ent_document_cell_int(page, s->year);
    said_cells(page, m, s->low, s->low_by, s->low_report);
    said_cells(page, m, s->high, s->high_by, s->high_report);
    snprintf(text, sizeof(text), "%.0f %%", 100 * s->relative);
    ent_document_cell(page, ENT_TONE_STRONG, text, NULL);
}

/* Where the sources of a measure are apart. */
static void
put_spreads(struct ent_document *page, const struct ent_dossier *d, struct ent_spreads *s)
{
    static const struct ent_document_column columns[] = {
        { "measure", "", ENT_ALIGN_LEFT, true, 0 },
        { "direction", "", ENT_ALIGN_LEFT, false, 0 },
        { "year", "year", ENT_ALIGN_LEFT, false, 0 },
        { "low", "lowest", ENT_ALIGN_RIGHT, false, 0 },
        { "low_by", "by", ENT_ALIGN_LEFT, true, 0 },
        { "high", "highest", ENT_ALIGN_RIGHT, false, 0 },
        { "high_by", "by", ENT_ALIGN_LEFT, true, 0 },
        { "relative", "apart", ENT_ALIGN_RIGHT, false, 0 },
    };

    if (s->count == 0)
        return;
    ent_document_heading(page, "Where sources disagree");
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < s->count; i++)
        spread_row(page, d, &s->at[i]);
    ent_document_remark(page, "Apart: of the mean of all sources, in the last year that two of "
                              "them know; less than 5 % is not shown.");
}

static void put_sources(struct ent_document *page, const struct ent_dossier *d,
                        const struct ent_data_list *data)
{
    static const struct ent_document_column columns[] = {
        { "id", "", ENT_ALIGN_LEFT, false, 0 },
        { "title", "", ENT_ALIGN_LEFT, true, 0 },
    };
    bool headed = false;

    for (size_t k = 0; k < data->count; k++) {
        const struct ent_data *s = &data->at[k];
        const struct ent_reading *used = NULL;
        char text[400];

        for (size_t i = 0; i < d->count && !used; i++) {
            if (dyad_known(&d->readings[i]) && strcmp(d->readings[i].source, s->id) == 0)
                used = &d->readings[i];
        }
        if (!used)
            continue;
        if (!headed) {
            ent_document_heading(page, "Sources");
            ent_document_table(page, columns, 2);
        }
        headed = true;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_DIM, s->id, NULL);
        snprintf(text, sizeof(text), "%.200s%s%s%s%.120s", s->title,
                 used->version[0] ? ", version " : "", used->version,
                 s->stale[0] ? "; out of date: " : "", s->stale);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
    }
}

static void put_legend(struct ent_document *page, const struct ent_dossier *d)
{
    const char *a = ent_state_code(d->a);
    const char *b = ent_state_code(d->b);
    bool carried = false;
    bool interval = false;

    for (size_t i = 0; i < d->count; i++) {
        carried = carried || (dyad_known(&d->readings[i]) && d->readings[i].carried);
        interval = interval || has_interval(&d->readings[i].forward) ||
                   has_interval(&d->readings[i].backward);
    }
    ent_document_gap(page);
    if (d->latest)
        ent_document_text(page, ENT_TONE_DIM,
                          "Each figure is of the year beside it, the last for which its source "
                          "has these two; --year YEAR asks for one year.");
    else if (carried)
        ent_document_text(page, ENT_TONE_DIM,
                          "* last observed in that year and carried forward to %d; --no-carry "
                          "refuses this",
                          d->year);
    if (interval)
        ent_document_text(page, ENT_TONE_DIM,
                          "Below an estimate, from…to: its 90 %% interval.");
    ent_document_text(page, ENT_TONE_DIM,
                      "%s→%s: of %s towards %s.  Place: among all dyads (or states) of that "
                      "year, 1st is the largest.  Ten years: each line from its own lowest to "
                      "its highest; a gap is a year not known.",
                      a, b, ent_state_name(d->a, d->year), ent_state_name(d->b, d->year));
    if (d->starter)
        ent_document_text(page, ENT_TONE_PLAIN,
                          "From the starter panel that ships with Entente: some thirty major "
                          "states.  For all states and your own choice of data: entente data "
                          "says where to download, entente import reads it.");
    else
        ent_document_text(
            page, ENT_TONE_DIM,
            "Behind a number: entente trace %s %s MEASURE YEAR.  To cite: entente "
            "cite %s %s.",
            a, b, a, b);
}

int dyad_write_page(const struct cli *cli, const struct ent_dossier *d,
                    const struct ent_data_list *data)
{
    struct ent_document *page = ent_document_new();
    struct ent_spreads spreads;
    char text[256];

    if (!page || ent_spreads_of_dossier(d, &spreads, NULL) != ENT_OK)
        return cli_complain("out of memory");
    if (d->latest)
        snprintf(text, sizeof(text), "%s and %s, latest figures", ent_state_name(d->a, d->year),
                 ent_state_name(d->b, d->year));
    else
        snprintf(text, sizeof(text), "%s and %s, %d", ent_state_name(d->a, d->year),
                 ent_state_name(d->b, d->year), d->year);
    ent_document_title(page, text);
    if (d->options && d->options[0])
        ent_document_text(page, ENT_TONE_DIM, "Options: %s", d->options);
    ent_document_gap(page);
    put_readings(page, d);
    put_spreads(page, d, &spreads);
    ent_spreads_release(&spreads);
    dyad_put_cases(page, d);
    put_sources(page, d, data);
    put_legend(page, d);
    return cli_write(cli, page);
}

static void number_cell(struct ent_document *table, double value)
{
    char text[ENT_NUMBER_TEXT];

    ent_document_cell(table, ENT_TONE_PLAIN, ent_number_exact(value, text, sizeof(text)), NULL);
}

static void trend_values(struct ent_document *table, const double *trend)
{
    char text[512] = "";
    size_t used = 0;

    for (size_t i = 0; i < ENT_TREND_YEARS; i++) {
        char number[40];

        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", i ? "," : "",
                                 ent_number_exact(trend[i], number, sizeof(number)));
    }
    ent_document_cell(table, ENT_TONE_PLAIN, text, NULL);
}

static void tsv_row(struct ent_document *table, const struct ent_dossier *d,
                    const struct ent_reading *r, int which)
{
    const struct ent_measure_info *m = ent_reading_measure(r);
    const struct ent_value_read *v = which ? &r->backward : &r->forward;
    const char *to = m->direction == ENT_MONADIC ? "" : ent_state_code(which ? d->a : d->b);

    ent_document_row(table);
    ent_document_cell(table, ENT_TONE_PLAIN, ent_dimension_name(m->dimension), NULL);
    ent_document_cell(table, ENT_TONE_PLAIN, m->id, NULL);
    ent_document_cell(table, ENT_TONE_PLAIN, m->title, NULL);
    ent_document_cell(table, ENT_TONE_PLAIN, ent_state_code(which ? d->b : d->a), NULL);
    ent_document_cell(table, ENT_TONE_PLAIN, to, NULL);
    number_cell(table, v->value);
    ent_document_cell(table, ENT_TONE_PLAIN, m->unit, NULL);
    ent_document_cell_int(table, d->year);
    ent_document_cell_int(table, r->year);
    ent_document_cell(table, ENT_TONE_PLAIN, r->carried ? "yes" : "no", NULL);
    ent_document_cell(table, ENT_TONE_PLAIN,
                      v->reason == ENT_KNOWN ? "" : ent_reason_text(v->reason), NULL);
    ent_document_cell_int(table, v->place);
    ent_document_cell_int(table, v->of);
    number_cell(table, v->place ? v->percentile : strtod("nan", NULL));
    trend_values(table, v->trend);
    ent_document_cell(table, ENT_TONE_PLAIN, r->source, NULL);
    ent_document_cell(table, ENT_TONE_PLAIN, r->version, NULL);
    ent_document_cell_int(table, r->first_year);
    ent_document_cell_int(table, r->last_year);
    number_cell(table, v->low);
    number_cell(table, v->high);
}

int dyad_write_tsv(const struct cli *cli, const struct ent_dossier *d)
{
    static const char *const keys[] = {
        "dimension", "measure", "title",   "from",       "to",        "value", "unit",
        "asked",     "year",    "carried", "reason",     "place",     "of",    "percentile",
        "trend",     "source",  "version", "first_year", "last_year", "low",   "high",
    };
    struct ent_document_column columns[sizeof(keys) / sizeof(keys[0])] = { 0 };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        columns[i].key = keys[i];
    ent_document_table(table, columns, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < d->count; i++) {
        const struct ent_measure_info *m = ent_reading_measure(&d->readings[i]);

        tsv_row(table, d, &d->readings[i], 0);
        if (m->direction != ENT_UNDIRECTED)
            tsv_row(table, d, &d->readings[i], 1);
    }
    return cli_write(cli, table);
}
