/*
 * query: the dossier, its traces and the starter panel, on the published data.
 *
 * All tests share one store, made once from the real files; where these are
 * absent the tests say so and are skipped.
 */
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "check_main.h"

#include "entente/dossier.h"
#include "entente/import.h"
#include "entente/measure.h"
#include "entente/spread.h"
#include "entente/starter.h"
#include "entente/trace.h"

static char folder[] = "/tmp/entente-query-XXXXXX";
static char path[64];
static struct ent_store *store; /* NULL: no data here */

static void setup(void)
{
    static const char *const needed[] = {
        "atop",       "unga/unga_votes_sessions_01_78.csv.gz",
        "sipri",      "unga/un_roll_calls.rda",
        "trade",      "unga/un_roll_call_issues.rda",
        "nmc",        "economy",
        "contiguity", "mid",
        "rivalry",    "geography",
        "igo",        "regime",
        "unsc",       "ideal-points",
    };
    char paths[16][4096];
    const char *list[16];
    struct ent_import_summary summary;
    struct ent_error err = { 0 };

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        const char *real = real_data(needed[i]);

        if (!real)
            return;
        snprintf(paths[i], sizeof(paths[i]), "%s", real);
        list[i] = paths[i];
    }
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/s.sqlite", folder);
    ck_assert_msg(ent_store_open(path, ENT_STORE_WRITE, &store, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_msg(ent_import(store, list, sizeof(needed) / sizeof(needed[0]), NULL, &summary,
                             &err) == ENT_OK,
                  "%s", err.message);
    ck_assert_uint_eq(summary.tables[ENT_IMPORT_FAILED], 0);
    ent_store_close(store);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_OK);
}

static void teardown(void)
{
    char command[128];

    ent_store_close(store);
    if (!path[0])
        return;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static size_t measure(const char *id)
{
    struct ent_error err = { 0 };
    size_t index = 0;

    ck_assert_msg(ent_measure_find(id, &index, &err) == ENT_OK, "%s: %s", id, err.message);
    return index;
}

/* One reading of a measure by a source, in a year. */
static struct ent_reading
reading(const char *id, const char *source, int a, int b, int year, bool no_carry)
{
    size_t m = measure(id);
    struct ent_dossier_options options = {
        .year = year, .measures = &m, .measure_count = 1, .no_carry = no_carry
    };
    struct ent_reading found = { 0 };
    struct ent_error err = { 0 };
    struct ent_dossier d;

    ck_assert_msg(ent_dossier_compute(store, a, b, &options, &d, &err) == ENT_OK, "%s",
                  err.message);
    for (size_t i = 0; i < d.count; i++) {
        if (strcmp(d.readings[i].source, source) == 0)
            found = d.readings[i];
    }
    ck_assert_msg(found.source != NULL, "%s has no source %s", id, source);
    found.version = "";
    ent_dossier_release(&d);
    return found;
}

enum {
    USA = 2,
    UKG = 200,
    RUS = 365,
    CHN = 710,
    IND = 750,
};

/* Russia is China's 10th partner in 2014 with 2.17 %, China Russia's 1st with 12.23 % (COW). */
START_TEST(trade_of_2014)
{
    struct ent_reading share, rank, by_china;

    if (!store)
        return;
    share = reading("trade.share", "cow_trade", CHN, RUS, 2014, true);
    ck_assert_double_eq_tol(share.forward.value, 0.0217, 5e-5);
    ck_assert_double_eq_tol(share.backward.value, 0.1223, 5e-5);
    ck_assert_uint_gt(share.forward.of, 15000);
    ck_assert(share.forward.percentile > 0.5 && share.forward.percentile < 1);
    ck_assert_double_eq(share.forward.trend[ENT_TREND_YEARS - 1], share.forward.value);
    rank = reading("trade.rank", "cow_trade", CHN, RUS, 2014, true);
    ck_assert_double_eq(rank.forward.value, 10);
    ck_assert_double_eq(rank.backward.value, 1);
    by_china = reading("trade.reported_total", "dots", CHN, RUS, 2014, true);
    ck_assert_double_eq_tol(by_china.forward.value, 95200, 60);
    ck_assert_double_eq_tol(by_china.backward.value, 88400, 60);
}
END_TEST

/* Agreement 2018: China and Russia 0.8656, the USA and China 0.215054, each over 93 votes. */
START_TEST(votes_of_2018)
{
    if (!store)
        return;
    ck_assert_double_eq_tol(
        reading("votes.agreement", "unga", CHN, RUS, 2018, true).forward.value, 0.8656, 5e-5);
    ck_assert_double_eq_tol(
        reading("votes.agreement", "unga", USA, CHN, 2018, true).forward.value, 0.215054, 5e-7);
    ck_assert_double_eq(reading("votes.common", "unga", CHN, RUS, 2018, true).forward.value,
                        93);
}
END_TEST

/* From 2013 to 2017 India took 31.8 % of Russia's deliveries and China 12.1 %. */
START_TEST(arms_of_2017)
{
    if (!store)
        return;
    ck_assert_double_eq_tol(
        reading("arms.supplier_share", "sipri_register", RUS, IND, 2017, true).forward.value,
        0.318, 5e-4);
    ck_assert_double_eq_tol(
        reading("arms.supplier_share", "sipri_register", RUS, CHN, 2017, true).forward.value,
        0.121, 5e-4);
    ck_assert_double_eq_tol(
        reading("arms.supplier_share", "sipri_tiv", RUS, IND, 2017, true).forward.value, 0.341,
        5e-4);
}
END_TEST

/* ATOP ends in 2018: what binds in 2023 is carried and marked, or refused; never "none". */
START_TEST(outside_coverage_is_unknown)
{
    struct ent_reading carried, refused, before;

    if (!store)
        return;
    carried = reading("treaty.consultation", "atop", CHN, RUS, 2023, false);
    ck_assert(carried.carried);
    ck_assert_int_eq(carried.year, 2018);
    ck_assert_double_eq(carried.forward.value, 1);
    refused = reading("treaty.consultation", "atop", CHN, RUS, 2023, true);
    ck_assert_int_eq(refused.forward.reason, ENT_AFTER_DATA);
    ck_assert(isnan(refused.forward.value));
    before = reading("trade.share", "cow_trade", UKG, RUS, 1850, false);
    ck_assert_int_eq(before.forward.reason, ENT_BEFORE_DATA);
    ck_assert(isnan(before.forward.value));
}
END_TEST

/* Russia has not reported since 2022: Comtrade covers 2023 but has nothing on the pair. */
START_TEST(a_hole_within_coverage_is_carried_over_and_marked)
{
    struct ent_reading r;

    if (!store)
        return;
    r = reading("trade.exports", "comtrade", CHN, RUS, 2023, false);
    ck_assert(r.carried);
    ck_assert_int_lt(r.year, 2023);
    ck_assert(r.forward.value > 0);
    r = reading("trade.exports", "comtrade", CHN, RUS, 2023, true);
    ck_assert_int_eq(r.forward.reason, ENT_NO_VALUE);
    /* A rank among no deliveries is not carried: nothing is missing there. */
    r = reading("arms.supplier_rank", "sipri_tiv", CHN, RUS, 2021, false);
    ck_assert_int_eq(r.year, 2021);
    ck_assert(isnan(r.forward.value));
}
END_TEST

START_TEST(dossier_refuses_what_makes_no_sense)
{
    struct ent_dossier_options options = { .year = 1700 };
    struct ent_error err = { 0 };
    struct ent_dossier d;

    if (!store)
        return;
    ck_assert_int_eq(ent_dossier_compute(store, CHN, CHN, NULL, &d, &err), ENT_EINVAL);
    ck_assert_int_eq(ent_dossier_compute(store, CHN, RUS, &options, &d, &err), ENT_EINVAL);
    options.year = 1850; /* China joins in 1860 */
    ck_assert_int_eq(ent_dossier_compute(store, CHN, RUS, &options, &d, &err), ENT_OK);
    ent_dossier_release(&d);
    options.year = 1900; /* India in 1947 */
    ck_assert_int_eq(ent_dossier_compute(store, CHN, IND, &options, &d, &err), ENT_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "1947"));
}
END_TEST

/* A reading of one source with the values of two years, the rest unknown. */
static struct ent_reading told(const char *measure, const char *source, int year,
                               double forward, double before, double backward)
{
    struct ent_reading r = {
        .source = source, .version = "", .year = year, .first_year = 1950
    };

    ck_assert_int_eq(ent_measure_find(measure, &r.measure, NULL), ENT_OK);
    for (int i = 0; i < ENT_TREND_YEARS; i++)
        r.forward.trend[i] = r.backward.trend[i] = NAN;
    r.forward.value = r.forward.trend[ENT_TREND_YEARS - 1] = forward;
    r.forward.trend[ENT_TREND_YEARS - 2] = before;
    r.backward.value = r.backward.trend[ENT_TREND_YEARS - 1] = backward;
    return r;
}

/*
 * Trade of 90 by one source and 100 and 110 as the two sides report: 20 of a mean of 100.
 * Shares that only meet a year before, and there agree within 5 %; ranks 9 and 10 one way.
 */
START_TEST(sources_that_disagree)
{
    struct ent_reading readings[] = {
        told("trade.total", "cow_trade", 2014, 90, NAN, 90),
        told("trade.reported_total", "dots", 2014, 100, 50, 110),
        told("trade.share", "cow_trade", 2014, 0.20, 0.2, NAN),
        told("trade.share", "comtrade", 2015, 0.50, 0.204, NAN),
        told("trade.rank", "cow_trade", 2014, 10, NAN, 1),
        told("trade.rank", "comtrade", 2014, 9, NAN, 1),
    };
    struct ent_dossier d = {
        .a = CHN, .b = RUS, .year = 2015, .count = 6, .readings = readings
    };
    struct ent_spreads s;

    ck_assert_int_eq(ent_spreads_of_dossier(&d, &s, NULL), ENT_OK);
    ck_assert_uint_eq(s.count, 2);
    ck_assert_uint_eq(s.at[0].sources, 3);
    ck_assert_int_eq(s.at[0].year, 2014);
    ck_assert(s.at[0].low == 90 && s.at[0].high == 110);
    ck_assert_str_eq(s.at[0].low_by, "cow_trade");
    ck_assert_str_eq(s.at[0].low_report, "");
    ck_assert_str_eq(s.at[0].high_by, "dots");
    ck_assert_str_eq(s.at[0].high_report, "RUS");
    ck_assert_double_eq_tol(s.at[0].relative, 0.2, 1e-12);
    ck_assert(s.at[1].low == 9 && s.at[1].high == 10 && !s.at[1].backward);
    ck_assert_double_eq_tol(s.at[1].relative, 1 / 9.5, 1e-12);
    ent_spreads_release(&s);
    ck_assert_ptr_null(s.at);
}
END_TEST

/* The pact of 1950 binds in 1955; some tie has stood unbroken since the pledge of 1937. */
START_TEST(sino_soviet_treaty)
{
    struct ent_reading r;

    if (!store)
        return;
    r = reading("treaty.defense", "atop", CHN, RUS, 1955, true);
    ck_assert_double_eq(r.forward.value, 1);
    ck_assert_double_eq(r.backward.value, 1);
    r = reading("treaty.age", "atop", CHN, RUS, 1955, true);
    ck_assert_double_eq(r.forward.value, 1955 - 1937);
    r = reading("treaty.defense", "atop", CHN, RUS, 2018, true);
    ck_assert_double_eq(r.forward.value, 0);
}
END_TEST

/*
 * The memory of 43 disputes of China and Russia in 2010, added up apart from this
 * program; and what Russia delivered to India in 2013-2017, published as 31.8 %.
 */
START_TEST(memory_and_totals)
{
    struct ent_reading r;

    if (!store)
        return;
    r = reading("trust.memory5", "gml", CHN, RUS, 2010, true);
    ck_assert_double_eq_tol(r.forward.value, 9.71097278825822, 1e-12);
    r = reading("trust.memory10", "gml", RUS, CHN, 2010, true);
    ck_assert_double_eq_tol(r.forward.value, 23.304311067368083, 1e-12);
    r = reading("trust.memory20", "gml", CHN, RUS, 2010, true);
    ck_assert_double_eq_tol(r.forward.value, 58.73436907189303, 1e-12);
    r = reading("arms.supplier_share", "sipri_register", RUS, IND, 2017, true);
    ck_assert_double_eq_tol(r.forward.value, 0.318, 0.0005);
    r = reading("third.arms_to_rivals", "sipri_register", RUS, CHN, 2017, true);
    ck_assert_double_eq_tol(r.forward.value, 0.3177, 0.0001);
}
END_TEST

START_TEST(trace_shows_files_rows_and_steps)
{
    struct ent_trace_request request = {
        .measure = "trade.share", .source = "cow_trade", .from = CHN, .to = RUS, .year = 2014
    };
    struct ent_error err = { 0 };
    struct ent_trace t;
    bool pair_row = false;

    if (!store)
        return;
    ck_assert_msg(ent_trace(store, &request, &t, &err) == ENT_OK, "%s", err.message);
    ck_assert_double_eq_tol(t.value, 0.0217, 5e-5);
    ck_assert_uint_ge(t.step_count, 3);
    ck_assert_uint_ge(t.source_count, 1);
    ck_assert_uint_eq(strlen(t.sources[0].sha256), 64);
    ck_assert_ptr_nonnull(strstr(t.sources[0].file, "cow_trade_ndy"));
    ck_assert_uint_gt(t.row_total, 300);
    for (size_t i = 0; i < t.row_count && i < 2; i++)
        pair_row = pair_row || strstr(t.rows[i].text, "RUS") != NULL;
    ck_assert(pair_row);
    ent_trace_release(&t);
    request.source = "nowhere";
    ck_assert_int_eq(ent_trace(store, &request, &t, &err), ENT_ENOTFOUND);
}
END_TEST

/* Every value of the starter panel is the store's own, to five digits, at the same place. */
START_TEST(starter_panel_gives_what_the_store_gives)
{
    struct ent_dossier_options options = { .year = 2016 };
    struct ent_error err = { 0 };
    struct ent_dossier full, starter;
    char panel[96];
    size_t known = 0;

    if (!store)
        return;
    snprintf(panel, sizeof(panel), "%s/panel", folder);
    ck_assert_msg(ent_starter_write(store, panel, NULL, 2006, 2018, NULL, NULL, &err) == ENT_OK,
                  "%s", err.message);
    ck_assert_msg(ent_dossier_starter(panel, RUS, CHN, &options, &starter, &err) == ENT_OK,
                  "%s", err.message);
    ck_assert_int_eq(ent_dossier_compute(store, RUS, CHN, &options, &full, &err), ENT_OK);
    ck_assert_uint_eq(full.count, starter.count);
    for (size_t i = 0; i < full.count; i++) {
        const struct ent_reading *x = &full.readings[i];
        const struct ent_reading *y = &starter.readings[i];
        const struct ent_value_read *side[2][2] = { { &x->forward, &y->forward },
                                                    { &x->backward, &y->backward } };

        ck_assert_uint_eq(x->measure, y->measure);
        ck_assert_str_eq(x->source, y->source);
        if (y->forward.reason == ENT_NOT_LOADED) { /* another edition of the votes */
            ck_assert(strncmp(ent_measure_at(x->measure)->id, "votes.", 6) == 0 ||
                      x->forward.reason == ENT_NOT_LOADED);
            continue;
        }
        ck_assert_int_eq(x->year, y->year);
        for (int k = 0; k < 2; k++) {
            const struct ent_value_read *f = side[k][0];
            const struct ent_value_read *s = side[k][1];

            ck_assert_msg(isnan(f->value) == isnan(s->value), "%s %s",
                          ent_measure_at(x->measure)->id, x->source);
            if (isnan(f->value))
                continue;
            known++;
            ck_assert_msg(fabs(f->value - s->value) <= 6e-5 * fabs(f->value), "%s %s: %g, %g",
                          ent_measure_at(x->measure)->id, x->source, f->value, s->value);
            ck_assert_uint_eq(f->place, s->place);
            ck_assert_uint_eq(f->of, s->of);
            if (f->place)
                ck_assert_double_eq_tol(f->percentile, s->percentile, 1e-9);
        }
    }
    ck_assert_uint_gt(known, 80);
    ent_dossier_release(&full);
    ent_dossier_release(&starter);
    ck_assert_int_eq(ent_dossier_starter(panel, CHN, 41, &options, &starter, &err),
                     ENT_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "CHN"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query");
    TCase *tests = tcase_create("query");

    suite_add_tcase(suite, tests);
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 280);
    tcase_add_test(tests, trade_of_2014);
    tcase_add_test(tests, votes_of_2018);
    tcase_add_test(tests, arms_of_2017);
    tcase_add_test(tests, outside_coverage_is_unknown);
    tcase_add_test(tests, sources_that_disagree);
    tcase_add_test(tests, a_hole_within_coverage_is_carried_over_and_marked);
    tcase_add_test(tests, dossier_refuses_what_makes_no_sense);
    tcase_add_test(tests, sino_soviet_treaty);
    tcase_add_test(tests, memory_and_totals);
    tcase_add_test(tests, trace_shows_files_rows_and_steps);
    tcase_add_test(tests, starter_panel_gives_what_the_store_gives);
    return run_suite(suite);
}
