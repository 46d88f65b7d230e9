/* Verdicts through the years, and of two pairs side by side. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"

static void hundred_cell(struct ent_document *page, enum ent_tone tone, double p)
{
    char text[24] = "—", raw[ENT_NUMBER_TEXT] = "";

    if (!isnan(p)) {
        snprintf(text, sizeof(text), p < 0.005 ? "<1" : p > 0.995 ? ">99" : "%.0f", 100 * p);
        ent_number_exact(p, raw, sizeof(raw));
    }
    ent_document_cell(page, tone, text, raw);
}

/* A share as a chart shows it: whole of a hundred; NAN stays. */
static double whole(double value)
{
    return isnan(value) ? value : (double)(int)(value + 0.5);
}

static void put_chart(struct ent_document *page, const struct ent_verdict_history *h)
{
    double *values = cli_alloc(4 * h->count, sizeof(*values));
    struct ent_chart_series series = { .name = "in 100",
                                       .x = values,
                                       .y = values + h->count,
                                       .low = values + 2 * h->count,
                                       .high = values + 3 * h->count,
                                       .count = h->count };
    struct ent_chart chart = { .kind = ENT_CHART_LINES,
                               .title = "Of pairs that behaved like this, how many had a pact",
                               .x_title = "year",
                               .y_title = "in 100",
                               .from_zero = true,
                               .series = &series,
                               .count = 1 };

    for (size_t i = 0; i < h->count; i++) {
        values[i] = h->years[i].year;
        values[h->count + i] = whole(100 * h->years[i].p);
        values[2 * h->count + i] = whole(100 * h->years[i].low);
        values[3 * h->count + i] = whole(100 * h->years[i].high);
    }
    ent_document_chart(page, &chart);
    free(values);
}

static int history_page(const struct cli *cli, const struct ent_verdict_history *h)
{
    static const struct ent_document_column columns[] = {
        { "year", "year", ENT_ALIGN_LEFT, false, 0 },
        { "p", "in 100", ENT_ALIGN_RIGHT, false, 0 },
        { "interval", "interval", ENT_ALIGN_RIGHT, false, 0 },
        { "range", "range", ENT_ALIGN_RIGHT, false, 0 },
        { "pact", "pact", ENT_ALIGN_LEFT, false, 0 },
        { "variant", "model", ENT_ALIGN_LEFT, false, 0 },
    };
    struct ent_document *page = ent_document_new();
    int last = h->years[h->count - 1].year;
    char text[256];

    if (!page)
        return cli_complain("out of memory");
    snprintf(text, sizeof(text), "%s and %s, %d to %d: did they behave like allies?",
             ent_state_name(h->a, last), ent_state_name(h->b, last), h->years[0].year, last);
    ent_document_title(page, text);
    ent_document_gap(page);
    put_chart(page, h);
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < h->count; i++) {
        const struct ent_verdict_year *y = &h->years[i];
        const char *pact = !y->core_known ? "" : y->core ? "yes" : "no";

        ent_document_row(page);
        snprintf(text, sizeof(text), "%d", y->year);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        hundred_cell(page, ENT_TONE_STRONG, y->p);
        text[0] = '\0';
        if (!isnan(y->low))
            snprintf(text, sizeof(text), "%.0f–%.0f", 100 * y->low, 100 * y->high);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        text[0] = '\0';
        if (!isnan(y->range_low))
            snprintf(text, sizeof(text), "%.0f–%.0f", 100 * y->range_low, 100 * y->range_high);
        ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
        ent_document_cell(page, y->core ? ENT_TONE_GOOD : ENT_TONE_DIM, pact, NULL);
        ent_document_cell(page, ENT_TONE_DIM,
                          !y->exists   ? "one was no state"
                          : y->refused ? "too little evidence"
                                       : y->variant,
                          NULL);
    }
    ent_document_gap(page);
    ent_document_text(
        page, ENT_TONE_DIM,
        "In 100: of pairs that behaved like this, so many had a defence pact.  "
        "Interval: 90 %%; range: over specifications.  Pact: a core defence pact in "
        "that year, which is no evidence here.");
    return cli_write(cli, page);
}

static int history_tsv(const struct cli *cli, const struct ent_verdict_history *h)
{
    static const struct ent_document_column columns[] = {
        { "year", "", 0, false, 0 },      { "p", "", 0, false, 0 },
        { "low", "", 0, false, 0 },       { "high", "", 0, false, 0 },
        { "range_low", "", 0, false, 0 }, { "range_high", "", 0, false, 0 },
        { "pact", "", 0, false, 0 },      { "variant", "", 0, false, 0 },
    };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    ent_document_table(table, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < h->count; i++) {
        const struct ent_verdict_year *y = &h->years[i];
        const double numbers[] = { y->p, y->low, y->high, y->range_low, y->range_high };

        ent_document_row(table);
        ent_document_cell_int(table, y->year);
        for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++)
            hundred_cell(table, ENT_TONE_PLAIN, numbers[k]);
        ent_document_cell(table, ENT_TONE_PLAIN,
                          !y->core_known ? ""
                          : y->core      ? "yes"
                                         : "no",
                          NULL);
        ent_document_cell(table, ENT_TONE_PLAIN, y->variant, NULL);
    }
    return cli_write(cli, table);
}

static int history_json(const struct ent_verdict_history *h)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "a", ent_state_code(h->a));
    ent_json_text(json, "b", ent_state_code(h->b));
    ent_json_bool(json, "starter", h->starter);
    ent_json_open_list(json, "years");
    for (size_t i = 0; i < h->count; i++) {
        const struct ent_verdict_year *y = &h->years[i];

        ent_json_open_object(json, NULL);
        ent_json_int(json, "year", y->year);
        ent_json_bool(json, "exists", y->exists);
        ent_json_number(json, "p", y->p);
        ent_json_number(json, "low", y->low);
        ent_json_number(json, "high", y->high);
        ent_json_number(json, "range_low", y->range_low);
        ent_json_number(json, "range_high", y->range_high);
        if (y->core_known)
            ent_json_bool(json, "core_defence_pact", y->core);
        else
            ent_json_null(json, "core_defence_pact");
        ent_json_text(json, "variant", y->variant[0] ? y->variant : NULL);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

int assess_history(const struct cli *cli, const struct assess_place *place, int a, int b,
                   int from, int to)
{
    struct ent_verdict_history h;
    struct ent_error err = { 0 };
    int exit_status;

    if (ent_verdict_history_make(&place->verdicts, a, b, from, to, &h, &err) != ENT_OK)
        return cli_fail(&err);
    if (cli_output(cli) == CLI_JSON)
        exit_status = history_json(&h);
    else if (cli_output(cli) == CLI_TSV)
        exit_status = history_tsv(cli, &h);
    else
        exit_status = history_page(cli, &h);
    ent_verdict_history_release(&h);
    return exit_status;
}

static void
compare_row(struct ent_document *page, const char *title, const char *one, const char *two)
{
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_PLAIN, title, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, one, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, two, NULL);
}

static void share_text(const struct ent_verdict *v, char *text, size_t size)
{
    if (v->score.refused)
        snprintf(text, size, "too little evidence");
    else
        snprintf(text, size, "%.0f (interval %.0f–%.0f, range %.0f–%.0f)", 100 * v->score.p,
                 100 * v->score.low, 100 * v->score.high, 100 * v->range_low,
                 100 * v->range_high);
}

static void score_text(const struct ent_profile_dimension *d, char *text, size_t size)
{
    if (d->known == 0)
        snprintf(text, size, "no data");
    else if (isnan(d->among_allies))
        snprintf(text, size, "%.0f", d->score);
    else
        snprintf(text, size, "%.0f (of allies %.0f)", d->score, d->among_allies);
}

static void treaty_text(const struct ent_verdict *v, char *text, size_t size)
{
    if (!v->treaties.known)
        snprintf(text, size, "unknown");
    else
        ent_obligations_text(v->treaties.owes[0] | v->treaties.owes[1], text, size);
    if (!text[0])
        snprintf(text, size, "none");
}

static void test_text(const struct ent_finding *test, char *text, size_t size)
{
    snprintf(text, size, "%s: %s", ent_answer_name(test->answer), test->why);
}

static void compare_tests(struct ent_document *page, const struct ent_finding *one,
                          const struct ent_finding *two, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char a[320], b[320], title[64];

        snprintf(title, sizeof(title), "%s", one[i].title);
        title[0] = (char)(title[0] >= 'a' && title[0] <= 'z' ? title[0] - 'a' + 'A' : title[0]);
        test_text(&one[i], a, sizeof(a));
        test_text(&two[i], b, sizeof(b));
        compare_row(page, title, a, b);
    }
}

int assess_compare(const struct cli *cli, const struct ent_verdict *one,
                   const struct ent_verdict *two)
{
    char heads[2][128], a[256], b[256];
    struct ent_document_column columns[] = {
        { "what", "", ENT_ALIGN_LEFT, false, 0 },
        { "first", heads[0], ENT_ALIGN_LEFT, true, 0 },
        { "second", heads[1], ENT_ALIGN_LEFT, true, 0 },
    };
    struct ent_document *page;

    if (cli_output(cli) == CLI_JSON) {
        struct ent_json *json = ent_json_new();

        if (!json)
            return cli_complain("out of memory");
        ent_json_open_object(json, NULL);
        ent_verdict_json(one, json, "first");
        ent_verdict_json(two, json, "second");
        ent_json_close(json);
        return cli_write_json(json);
    }
    page = ent_document_new();
    if (!page)
        return cli_complain("out of memory");
    snprintf(heads[0], sizeof(heads[0]), "%s and %s, %d", ent_state_name(one->a, one->year),
             ent_state_name(one->b, one->year), one->year);
    snprintf(heads[1], sizeof(heads[1]), "%s and %s, %d", ent_state_name(two->a, two->year),
             ent_state_name(two->b, two->year), two->year);
    ent_document_table(page, columns, 3);
    share_text(one, a, sizeof(a));
    share_text(two, b, sizeof(b));
    compare_row(page, "In 100", a, b);
    treaty_text(one, a, sizeof(a));
    treaty_text(two, b, sizeof(b));
    compare_row(page, "Treaties", a, b);
    for (int k = 0; k < ENT_DIMENSIONS; k++) {
        char name[40];

        snprintf(name, sizeof(name), "%s", ent_dimension_name((enum ent_dimension)k));
        name[0] = (char)(name[0] - 'a' + 'A');
        score_text(&one->profile.dimension[k], a, sizeof(a));
        score_text(&two->profile.dimension[k], b, sizeof(b));
        compare_row(page, name, a, b);
    }
    compare_tests(page, one->rungs, two->rungs, ENT_RUNGS);
    compare_tests(page, one->conditions, two->conditions, ENT_VERDICT_CONDITIONS);
    if (cli_output(cli) != CLI_TSV) {
        ent_document_gap(page);
        ent_document_text(
            page, ENT_TONE_DIM,
            "In 100: of pairs that behave like this, so many had a defence pact.  "
            "Dimensions: place of 100 among all pairs, and among treaty allies.");
    }
    return cli_write(cli, page);
}
