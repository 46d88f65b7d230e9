/* Sources side by side, on a page, as a table and as JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/sources.h"
#include "entente/state.h"

enum {
    MOST = 16, /* columns of sources */
};

/* How many have a value: these come first. */
static size_t known_series(const struct ent_sources *s)
{
    size_t n = 0;

    while (n < s->count && n < MOST && s->series[n].first_year)
        n++;
    return n;
}

/* A value with as many decimals as all of its column, so that it can be read down. */
static char *
value_text(const struct ent_sources *s, double v, int decimals, char *text, size_t size)
{
    if ((s->form == ENT_FORM_AMOUNT || s->form == ENT_FORM_PLAIN) && v == v) {
        snprintf(text, size, "%.*f", decimals, v);
        return text;
    }
    return ent_value_text(v, s->form, s->unit, text, size);
}

/* How the numbers are written. */
struct look {
    size_t known;     /* series with values */
    const char *unit; /* without its power of ten, where that is `scale`'s */
    double scale;
    int decimals;
};

/* Millions of dollars are read as billions where they are many. */
static void choose_look(const struct ent_sources *s, struct look *look)
{
    double most = 0;

    *look = (struct look){ .known = known_series(s), .unit = s->unit, .scale = 1 };
    for (size_t i = 0; i < s->count; i++) {
        for (int k = 0; k <= s->to - s->from; k++) {
            if (fabs(s->series[i].values[k]) > most)
                most = fabs(s->series[i].values[k]);
        }
    }
    if (s->form == ENT_FORM_AMOUNT && strncmp(s->unit, "million ", 8) == 0 && most >= 1000) {
        look->unit = s->unit + strlen("million ");
        look->scale = 1e-3;
        most *= look->scale;
    }
    look->decimals = s->form == ENT_FORM_PLAIN && most < 10 ? 3
                     : most >= 1000                         ? 0
                     : most >= 10                           ? 1
                                                            : 2;
}

static void spread_cells(struct ent_document *page, const struct ent_sources *s, size_t k,
                         const struct look *look)
{
    char text[ENT_NUMBER_TEXT];

    if (s->form == ENT_FORM_SHARE && s->spread[k] == s->spread[k])
        snprintf(text, sizeof(text), "%.2f points", s->spread[k] * 100);
    else if (s->form == ENT_FORM_RANK && s->spread[k] == s->spread[k])
        snprintf(text, sizeof(text), "%.0f", s->spread[k]);
    else
        value_text(s, s->spread[k] * look->scale, look->decimals, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, s->spread[k] == s->spread[k] ? text : "", NULL);
    if (s->form != ENT_FORM_AMOUNT)
        return;
    text[0] = '\0';
    if (s->relative[k] == s->relative[k])
        snprintf(text, sizeof(text), "%.1f %%", s->relative[k] * 100);
    ent_document_cell(page, s->from + (int)k == s->widest ? ENT_TONE_STRONG : ENT_TONE_DIM,
                      text, NULL);
}

static void
year_rows(struct ent_document *page, const struct ent_sources *s, const struct look *look)
{
    char text[ENT_NUMBER_TEXT];

    for (int year = s->from; year <= s->to; year++) {
        size_t k = (size_t)(year - s->from);
        bool any = false;

        for (size_t i = 0; i < look->known; i++)
            any = any || s->series[i].values[k] == s->series[i].values[k];
        if (!any)
            continue;
        ent_document_row(page);
        snprintf(text, sizeof(text), "%d", year);
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        for (size_t i = 0; i < look->known; i++) {
            double v = s->series[i].values[k];

            value_text(s, v * look->scale, look->decimals, text, sizeof(text));
            ent_document_cell(page, ENT_TONE_PLAIN, v == v ? text : "", NULL);
        }
        if (look->known > 1)
            spread_cells(page, s, k, look);
    }
}

static void
year_table(struct ent_document *page, const struct ent_sources *s, const struct look *look)
{
    struct ent_document_column columns[MOST + 3] = {
        { "year", "year", ENT_ALIGN_LEFT, false, 0 },
    };
    size_t count = 1;

    for (size_t i = 0; i < look->known; i++)
        columns[count++] = (struct ent_document_column){ s->series[i].title, s->series[i].title,
                                                         ENT_ALIGN_RIGHT, false, 0 };
    if (look->known > 1) {
        columns[count++] =
            (struct ent_document_column){ "spread", "apart by", ENT_ALIGN_RIGHT, false, 0 };
        if (s->form == ENT_FORM_AMOUNT)
            columns[count++] =
                (struct ent_document_column){ "relative", "", ENT_ALIGN_RIGHT, false, 1 };
    }
    ent_document_table(page, columns, count);
    year_rows(page, s, look);
}

static void put_chart(struct ent_document *page, const struct ent_sources *s,
                      const struct look *look, const char *unit)
{
    struct ent_chart_series series[MOST];
    double x[320], y[MOST][320];
    size_t years = (size_t)(s->to - s->from + 1);
    struct ent_chart chart = { .kind = ENT_CHART_LINES,
                               .title = "The same, by each source",
                               .x_title = "year",
                               .y_title = unit,
                               .series = series,
                               .count = look->known };

    if (look->known < 2 || years < 3 || years > 320)
        return;
    for (size_t k = 0; k < years; k++)
        x[k] = s->from + (double)k;
    for (size_t i = 0; i < look->known; i++) {
        for (size_t k = 0; k < years; k++)
            y[i][k] = s->series[i].values[k] * look->scale;
        series[i] = (struct ent_chart_series){
            .name = s->series[i].title, .x = x, .y = y[i], .count = years
        };
    }
    ent_document_chart(page, &chart);
}

/* Where they are farthest apart, in words. */
static void widest_text(struct ent_document *page, const struct ent_sources *s,
                        const struct look *look, const char *unit)
{
    size_t k = (size_t)(s->widest - s->from);
    const struct ent_sources_series *low = NULL, *high = NULL;
    char one[ENT_NUMBER_TEXT], two[ENT_NUMBER_TEXT];

    if (!s->widest)
        return;
    for (size_t i = 0; i < look->known; i++) {
        double v = s->series[i].values[k];

        if (v == v && (!low || v < low->values[k]))
            low = &s->series[i];
        if (v == v && (!high || v > high->values[k]))
            high = &s->series[i];
    }
    ent_document_text(
        page, ENT_TONE_STRONG, "They are farthest apart in %d: %s by %s, %s by %s%s%s.",
        s->widest,
        value_text(s, low->values[k] * look->scale, look->decimals, one, sizeof(one)),
        low->title,
        value_text(s, high->values[k] * look->scale, look->decimals, two, sizeof(two)),
        high->title, unit[0] ? ", in " : "", unit);
}

static void absent_text(struct ent_document *page, const struct ent_sources *s, size_t known)
{
    struct ent_buf text;

    if (known == s->count)
        return;
    ent__buf_init(&text);
    for (size_t i = known; i < s->count; i++)
        ent__buf_printf(&text, "%s%s", i > known ? "; " : "", s->series[i].title);
    ent_document_text(page, ENT_TONE_DIM, "Without a value in %d to %d: %s.", s->from, s->to,
                      text.text);
    ent__buf_release(&text);
}

static void version_text(struct ent_document *page, const struct ent_sources *s, size_t known)
{
    struct ent_buf text;

    ent__buf_init(&text);
    for (size_t i = 0; i < known; i++)
        ent__buf_printf(&text, "%s%s%s%s, %d to %d", i ? "; " : "", s->series[i].title,
                        s->series[i].version[0] ? " " : "", s->series[i].version,
                        s->series[i].first_year, s->series[i].last_year);
    if (text.len)
        ent_document_text(page, ENT_TONE_DIM, "Sources: %s.", text.text);
    ent__buf_release(&text);
}

void ent_sources_page(const struct ent_sources *s, struct ent_document *page)
{
    struct look look;
    char title[256], in[128];

    choose_look(s, &look);
    snprintf(in, sizeof(in), "%s%s", look.scale != 1 ? "bn " : "", look.unit);
    snprintf(title, sizeof(title), "%s and %s: %s, %d to %d", ent_state_name(s->a, s->to),
             ent_state_name(s->b, s->to), s->title, s->from, s->to);
    ent_document_title(page, title);
    if (look.known == 0) {
        ent_document_text(page, ENT_TONE_PLAIN, "No source that is loaded has a value.");
    } else {
        if (in[0])
            ent_document_text(page, ENT_TONE_DIM, "In %s.", in);
        year_table(page, s, &look);
        put_chart(page, s, &look, in);
        widest_text(page, s, &look, in);
    }
    version_text(page, s, look.known);
    absent_text(page, s, look.known);
}

void ent_sources_table(const struct ent_sources *s, struct ent_document *page)
{
    static const struct ent_document_column columns[] = {
        { "year" },  { "source" }, { "title" },    { "version" },
        { "value" }, { "spread" }, { "relative" }, { "unit" },
    };
    char number[64];

    ent_document_table(page, columns, 8);
    for (int year = s->from; year <= s->to; year++) {
        size_t k = (size_t)(year - s->from);

        for (size_t i = 0; i < s->count; i++) {
            double v = s->series[i].values[k];

            if (v != v)
                continue;
            ent_document_row(page);
            ent_document_cell_int(page, year);
            ent_document_cell(page, ENT_TONE_PLAIN, s->series[i].source, NULL);
            ent_document_cell(page, ENT_TONE_PLAIN, s->series[i].title, NULL);
            ent_document_cell(page, ENT_TONE_PLAIN, s->series[i].version, NULL);
            ent_document_cell(page, ENT_TONE_PLAIN, "",
                              ent_number_exact(v, number, sizeof(number)));
            ent_document_cell(page, ENT_TONE_PLAIN, "",
                              ent_number_exact(s->spread[k], number, sizeof(number)));
            ent_document_cell(page, ENT_TONE_PLAIN, "",
                              ent_number_exact(s->relative[k], number, sizeof(number)));
            ent_document_cell(page, ENT_TONE_PLAIN, s->unit, NULL);
        }
    }
}

void ent_sources_json(const struct ent_sources *s, struct ent_json *json, const char *key)
{
    ent_json_open_object(json, key);
    ent_json_text(json, "a", ent_state_code(s->a));
    ent_json_text(json, "b", ent_state_code(s->b));
    ent_json_text(json, "measure", s->measure);
    ent_json_text(json, "title", s->title);
    ent_json_text(json, "unit", s->unit);
    ent_json_int(json, "from", s->from);
    ent_json_int(json, "to", s->to);
    if (s->widest)
        ent_json_int(json, "widest", s->widest);
    else
        ent_json_null(json, "widest");
    ent_json_open_list(json, "sources");
    for (size_t i = 0; i < s->count; i++) {
        const struct ent_sources_series *one = &s->series[i];

        ent_json_open_object(json, NULL);
        ent_json_text(json, "source", one->source);
        ent_json_text(json, "title", one->title);
        ent_json_text(json, "version", one->version);
        ent_json_text(json, "measure", one->measure);
        ent_json_text(json, "from", ent_state_code(one->swapped ? s->b : s->a));
        ent_json_text(json, "to", ent_state_code(one->swapped ? s->a : s->b));
        ent_json_int(json, "first_year", one->first_year);
        ent_json_int(json, "last_year", one->last_year);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_open_list(json, "years");
    for (int year = s->from; year <= s->to; year++) {
        ent_json_open_object(json, NULL);
        ent_json_int(json, "year", year);
        ent_json_open_list(json, "values");
        for (size_t i = 0; i < s->count; i++)
            ent_json_number(json, NULL, s->series[i].values[year - s->from]);
        ent_json_close(json);
        ent_json_number(json, "spread", s->spread[year - s->from]);
        ent_json_number(json, "relative", s->relative[year - s->from]);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}
