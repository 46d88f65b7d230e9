/*
 * panel: the rows and numbers of a panel, that threads change nothing, and every
 * format; on a small store of hand-written rows, and on the published data.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "check_main.h"

#include "base/alloc.h"
#include "base/str.h"
#include "entente/import.h"
#include "entente/panel_file.h"
#include "entente/trace.h"
#include "io/source.h"
#include "report/real.h"

static char folder[] = "/tmp/entente-panel-XXXXXX";
static char store_path[64];
static struct ent_store *store;

static void fill_store(const char *const *files, size_t count)
{
    struct ent_import_summary summary;
    struct ent_error err = { 0 };

    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(store_path, sizeof(store_path), "%s/s.sqlite", folder);
    ck_assert_msg(ent_store_open(store_path, ENT_STORE_WRITE, &store, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_msg(ent_import(store, files, count, NULL, &summary, &err) == ENT_OK, "%s",
                  err.message);
    ent_store_close(store);
    ck_assert_int_eq(ent_store_open(store_path, ENT_STORE_READ, &store, &err), ENT_OK);
}

static void setup(void)
{
    char flows[4096], dyads[4096];
    const char *files[2] = { flows, dyads };

    snprintf(flows, sizeof(flows), "%s", fixture("cow_trade/flows.csv"));
    snprintf(dyads, sizeof(dyads), "%s", fixture("atop/dyads.csv"));
    fill_store(files, 2);
}

static void teardown(void)
{
    char command[128];

    ent_store_close(store);
    store = NULL;
    if (!store_path[0])
        return;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text;
    long len;

    ck_assert_msg(f != NULL, "%s", path);
    fseek(f, 0, SEEK_END);
    len = ftell(f);
    rewind(f);
    text = calloc((size_t)len + 1, 1);
    ck_assert_uint_eq(fread(text, 1, (size_t)len, f), (size_t)len);
    fclose(f);
    return text;
}

/* A panel as text, which the caller frees. */
static char *panel_text(const struct ent_panel_request *request, struct ent_panel_file file)
{
    struct ent_panel_plan *plan = NULL;
    struct ent_error err = { 0 };
    char path[96];

    snprintf(path, sizeof(path), "%s/panel.txt", folder);
    file.path = path;
    ck_assert_msg(ent_panel_plan_new(store, request, &plan, &err) == ENT_OK, "%s", err.message);
    ck_assert_msg(ent_panel_write(plan, &file, NULL, &err) == ENT_OK, "%s", err.message);
    ent_panel_plan_free(plan);
    return slurp(path);
}

static const char *const trade[] = { "trade.total", "trade.share" };
static const int three[] = { 365, 710, 740 };

START_TEST(a_small_panel_to_the_letter)
{
    struct ent_panel_request r = { .from = 2013,
                                   .to = 2014,
                                   .measures = trade,
                                   .measure_count = 2,
                                   .states = three,
                                   .state_count = 3 };
    char *text = panel_text(&r, (struct ent_panel_file){ 0 });

    /* China's partners of 2014: Russia 94,000, the USA 590,000 million. */
    ck_assert_str_eq(text, "ccode1,ccode2,year,trade_total,trade_share_12,trade_share_21\n"
                           "365,710,2013,73000,1,1\n"
                           "365,740,2013,,,\n"
                           "710,740,2013,,,\n"
                           "365,710,2014,94000,1,0.137426900585\n"
                           "365,740,2014,,,\n"
                           "710,740,2014,,,\n");
    free(text);
}
END_TEST

START_TEST(directed_rows_codes_and_reasons)
{
    static const char *const one[] = { "trade.exports", "treaty.defense" };
    static const struct ent_listed_dyad listed[] = { { 710, 365 } };
    struct ent_panel_request r = { .unit = ENT_PANEL_DIRECTED,
                                   .from = 2014,
                                   .to = 2019,
                                   .measures = one,
                                   .measure_count = 2,
                                   .dyads = ENT_DYADS_LISTED,
                                   .listed = listed,
                                   .listed_count = 1,
                                   .reasons = true };
    char *text = panel_text(
        &r, (struct ent_panel_file){ .format = ENT_PANEL_TSV, .codes = ENT_CODE_ISO3 });

    ck_assert_ptr_nonnull(strstr(text,
                                 "iso3_1\tiso3_2\tyear\ttrade_exports\ttrade_exports_missing"
                                 "\ttreaty_defense\ttreaty_defense_missing\n"));
    ck_assert_ptr_nonnull(strstr(text, "RUS\tCHN\t2014\t40000\t\t"));
    ck_assert_ptr_nonnull(strstr(text, "CHN\tRUS\t2014\t54000\t\t"));
    ck_assert_ptr_nonnull(strstr(text, "CHN\tRUS\t2019\t\tafter_data\t\tafter_data\n"));
    free(text);
}
END_TEST

START_TEST(json_lines_have_null_for_missing)
{
    struct ent_panel_request r = { .from = 2013,
                                   .to = 2013,
                                   .measures = trade,
                                   .measure_count = 1,
                                   .states = three,
                                   .state_count = 2 };
    char *text = panel_text(&r, (struct ent_panel_file){ .format = ENT_PANEL_NDJSON });

    ck_assert_str_eq(text,
                     "{\"ccode1\":365,\"ccode2\":710,\"year\":2013,\"trade_total\":73000}\n");
    free(text);
    r.to = r.from = 2012;
    r.to = 2013;
    text = panel_text(&r, (struct ent_panel_file){ .format = ENT_PANEL_NDJSON });
    ck_assert_ptr_nonnull(strstr(text, "\"year\":2012,\"trade_total\":null}"));
    free(text);
}
END_TEST

/* Written by ReadStat, and read back by our own reader. */
START_TEST(stata_files_read_back)
{
    struct ent_panel_request r = { .from = 2014,
                                   .to = 2014,
                                   .measures = trade,
                                   .measure_count = 2,
                                   .states = three,
                                   .state_count = 3 };
    struct ent_panel_file file = { .format = ENT_PANEL_DTA, .codes = ENT_CODE_ISO3 };
    struct ent_panel_plan *plan = NULL;
    struct ent_source *source = NULL;
    struct ent_record record;
    char path[96], book[96];
    char *codebook;
    uint64_t rows;

    snprintf(path, sizeof(path), "%s/p.dta", folder);
    snprintf(book, sizeof(book), "%s/p.codebook.md", folder);
    file.path = path;
    file.codebook = book;
    ck_assert_int_eq(ent_panel_plan_new(store, &r, &plan, NULL), ENT_OK);
    ck_assert_int_eq(ent_panel_write(plan, &file, &rows, NULL), ENT_OK);
    ent_panel_plan_free(plan);
    ck_assert_uint_eq(rows, 3);
    ck_assert_int_eq(ent__source_open(path, NULL, &source, NULL), ENT_OK);
    ck_assert_int_eq(ent__source_next(source, &record, NULL), ENT_OK);
    ck_assert_uint_eq(record.cell_count, 6);
    ck_assert(ent__str_is(record.cells[5].text, "trade_share_21"));
    ck_assert_int_eq(ent__source_next(source, &record, NULL), ENT_OK);
    ck_assert(ent__str_is(ent__str_trim(record.cells[0].text), "RUS"));
    ck_assert_double_eq(record.cells[3].number, 94000);
    ck_assert_double_eq(record.cells[5].number, 94000.0 / (94000 + 590000));
    ck_assert_int_eq(ent__source_next(source, &record, NULL), ENT_OK);
    ck_assert_int_eq(record.cells[3].kind, ENT_CELL_MISSING);
    ent__source_close(source);
    codebook = slurp(book);
    ck_assert_ptr_nonnull(strstr(codebook, "### trade_share_21"));
    ck_assert_ptr_nonnull(strstr(codebook, "SHA-256"));
    ck_assert_ptr_nonnull(strstr(codebook, "Barbieri"));
    free(codebook);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused_before_any_work)
{
    static const char *const words[] = { "trade.shar", "trade.share@nowhere", "trade.share" };
    static const struct {
        struct ent_panel_request request;
        enum ent_status status;
        const char *said;
    } cases[] = {
        { { .measures = words, .measure_count = 1 }, ENT_ENOTFOUND, "trade.share" },
        { { .measures = words + 1, .measure_count = 1 }, ENT_ENOTFOUND, "nowhere" },
        { { .measures = words + 2, .measure_count = 1, .unit = ENT_PANEL_STATES },
          ENT_EINVAL,
          "of a dyad" },
        { { .from = 2014, .to = 2013 }, ENT_EINVAL, "2014 to 2013" },
        { { .from = 1700, .to = 1816 }, ENT_EINVAL, "1816" },
        { { .dyads = ENT_DYADS_RELEVANT }, ENT_ENOTFOUND, "contiguity" },
        { { .dyads = ENT_DYADS_LISTED }, ENT_EINVAL, "empty" },
        { { .measures = words, .measure_count = 0 }, ENT_EINVAL, "no measures" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ent_panel_plan *plan = NULL;
        struct ent_error err = { 0 };

        ck_assert_int_eq(ent_panel_plan_new(store, &cases[i].request, &plan, &err),
                         cases[i].status);
        ck_assert_msg(strstr(err.message, cases[i].said) != NULL, "%s", err.message);
        ck_assert_ptr_null(plan);
    }
}
END_TEST

START_TEST(a_file_that_cannot_be_written_leaves_nothing)
{
    struct ent_panel_request r = { .from = 2014, .to = 2014 };
    static const enum ent_panel_format formats[] = { ENT_PANEL_CSV, ENT_PANEL_DTA,
                                                     ENT_PANEL_SQLITE };

    for (size_t i = 0; i < 3; i++) {
        struct ent_panel_plan *plan = NULL;
        struct ent_panel_file file = { .format = formats[i], .path = "/nowhere/at/all.csv" };
        struct ent_error err = { 0 };

        ck_assert_int_eq(ent_panel_plan_new(store, &r, &plan, NULL), ENT_OK);
        ck_assert_int_eq(ent_panel_write(plan, &file, NULL, &err), ENT_EIO);
        ck_assert_ptr_nonnull(strstr(err.source, "all.csv"));
        ent_panel_plan_free(plan);
    }
}
END_TEST

/* The k-th allocation of a dossier and of a trace fails, for every k until none does. */
START_TEST(out_of_memory_at_any_point_is_said)
{
    static const struct ent_trace_request request = {
        .measure = "trade.share", .from = 710, .to = 365, .year = 2014
    };
    size_t measure = 0;
    struct ent_dossier_options options = { .year = 2014,
                                           .measures = &measure,
                                           .measure_count = 1 };
    enum ent_status status = ENT_ENOMEM;
    int failures = 0;

    ck_assert_int_eq(ent_measure_find("trade.share", &measure, NULL), ENT_OK);
    for (long k = 0; status != ENT_OK && k < 5000; k++) {
        struct ent_dossier d;

        ent__alloc_fail_after(k);
        status = ent_dossier_compute(store, 710, 365, &options, &d, NULL);
        ent__alloc_fail_after(-1);
        failures += status != ENT_OK;
        if (status == ENT_OK) {
            ck_assert_double_eq_tol(d.readings[0].forward.value, 94000.0 / 684000, 1e-12);
            ent_dossier_release(&d);
        } else {
            ck_assert_int_eq(status, ENT_ENOMEM);
        }
    }
    ck_assert_int_eq(status, ENT_OK);
    ck_assert_int_gt(failures, 10);
    status = ENT_ENOMEM;
    for (long k = 0; status != ENT_OK && k < 5000; k++) {
        struct ent_trace t;

        ent__alloc_fail_after(k);
        status = ent_trace(store, &request, &t, NULL);
        ent__alloc_fail_after(-1);
        if (status == ENT_OK) {
            ck_assert_uint_ge(t.step_count, 3);
            ent_trace_release(&t);
        } else {
            ck_assert_int_eq(status, ENT_ENOMEM);
        }
    }
    ck_assert_int_eq(status, ENT_OK);
}
END_TEST

/* Every text is within half a unit of the twelfth digit, and as short as can be. */
START_TEST(reals_as_text)
{
    static const struct {
        double value;
        const char *text;
    } known[] = {
        { 0, "0" },
        { -17, "-17" },
        { 2.385, "2.385" },
        { -0.5, "-0.5" },
        { 0.137426900584795, "0.137426900585" },
        { 1e14 + 1, "100000000000001" },
        { 1e-7 / 3, "3.33333333333e-8" },
        { 0.999999999999999, "1" },
        { 99999999999.97, "100000000000" },
        { 1.5e300, "1.5e+300" },
    };
    uint64_t seed = 88172645463325252u;
    char text[ENT_REAL_TEXT];

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        size_t len = ent__real_text(known[i].value, text);

        ck_assert_msg(len == strlen(known[i].text) && memcmp(text, known[i].text, len) == 0,
                      "%.*s for %s", (int)len, text, known[i].text);
    }
    ck_assert_uint_eq(ent__real_text((double)NAN, text), 0);
    for (int i = 0; i < 200000; i++) {
        double value, back;
        size_t len;

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        value = ((double)(seed >> 11) / 9007199254740992.0 - 0.5) *
                pow(10, (double)(int)(seed % 40) - 18);
        len = ent__real_text(value, text);
        ck_assert_uint_le(len, ENT_REAL_TEXT);
        ck_assert(ent__str_to_f64((struct ent_str){ text, len }, &back));
        ck_assert_msg(fabs(back - value) <= 5.1e-12 * fabs(value), "%.17g: %.*s", value,
                      (int)len, text);
    }
}
END_TEST

/* Threads change no byte, and the numbers are those of the dossier and of print. */
START_TEST(real_panel_is_the_same_for_one_thread_and_three)
{
    static const char *const names[] = { "atop/atop_alliance.csv.gz",
                                         "contiguity/contdird.csv.gz", "nmc/cow_nmc.csv" };
    char paths[3][4096];
    const char *files[3];
    struct ent_panel_request r = { .from = 1850, .to = 1920, .dyads = ENT_DYADS_RELEVANT };
    char *one, *three_threads;

    for (size_t i = 0; i < 3; i++) {
        const char *real = real_data(names[i]);

        if (!real)
            return;
        snprintf(paths[i], sizeof(paths[i]), "%s", real);
        files[i] = paths[i];
    }
    teardown();
    fill_store(files, 3);
    r.threads = 1;
    one = panel_text(&r, (struct ent_panel_file){ 0 });
    r.threads = 3;
    three_threads = panel_text(&r, (struct ent_panel_file){ 0 });
    ck_assert_uint_gt(strlen(one), 100000);
    ck_assert(strcmp(one, three_threads) == 0);
    /* Austria-Hungary and Germany, 1914: bound since 1879. */
    ck_assert_ptr_nonnull(strstr(one, "\n255,300,1914,1,1,"));
    free(one);
    free(three_threads);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("panel");
    TCase *tests = tcase_create("panel");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_small_panel_to_the_letter);
    tcase_add_test(tests, directed_rows_codes_and_reasons);
    tcase_add_test(tests, json_lines_have_null_for_missing);
    tcase_add_test(tests, stata_files_read_back);
    tcase_add_test(tests, what_makes_no_sense_is_refused_before_any_work);
    tcase_add_test(tests, a_file_that_cannot_be_written_leaves_nothing);
    tcase_add_test(tests, out_of_memory_at_any_point_is_said);
    tcase_add_test(tests, reals_as_text);
    tcase_add_test(tests, real_panel_is_the_same_for_one_thread_and_three);
    return run_suite(suite);
}
