/* datasets: what states have and how they are ruled. */
#include "ds_import.h"

START_TEST(capabilities_of_two_releases)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("nmc/v6.csv"));
    ck_assert_str_eq(ds.dataset, "nmc");
    ck_assert_str_eq(ds.version, "6.0");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "|1|");
    ck_assert(isnan(ds_number(&ds, "SELECT milex FROM nmc WHERE state = 2 AND year = 2016")));
    ck_assert(isnan(ds_number(&ds, "SELECT milper FROM nmc WHERE state = 710")));
    ds_import(&ds, fixture("nmc/v7.csv"));
    ck_assert_str_eq(ds.version, "7.0");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_REPLACED);
    ck_assert_double_eq(ds_number(&ds, "SELECT milper FROM nmc WHERE state = 710"), 2100);
    ck_assert(isnan(ds_number(&ds, "SELECT pec FROM nmc WHERE year = 2022")));
    ds_import_text(&ds, "ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
                        "2,2016,-9,1381,78475,3320843,322180,197817,0.1333,2021\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_OLDER);
    ck_assert_double_eq(ds_number(&ds, "SELECT max(year) FROM nmc"), 2022);
    ds_close(&ds);
}
END_TEST

START_TEST(bad_capabilities_are_reported)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"
                        "2,1816,abc,17,80,254,8659,101,0.0397\n"
                        "2,,3823,17,80,254,8659,101,0.0397\n"
                        "2,1817,2466,15");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:2:3: \"abc\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM nmc"), 2);
    ck_assert(isnan(ds_number(&ds, "SELECT cinc FROM nmc WHERE year = 1817")));
    ds_import_text(&ds, "ccode,year,milex,milper,irst,pec,tpop,cinc\n2,1816,1,2,3,4,5,0.1\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(real_capabilities)
{
    static const struct {
        const char *file;
        const char *version;
        int rows;
    } files[] = {
        { "nmc/NMC-60-abridged.csv", "6.0", 15951 },
        { "nmc/cow_nmc.csv", "7.0", 17121 },
    };
    struct ds ds = ds_open();

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *path = real_data(files[i].file);

        if (!path)
            continue;
        ds_import(&ds, path);
        ck_assert_str_eq(ds.version, files[i].version);
        ck_assert_int_eq(ds.problems, 0);
        ck_assert_int_eq(ds.unmatched_count, 0);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM nmc"), files[i].rows);
        ck_assert_double_eq(ds_number(&ds,
                                      "SELECT count(*) FROM nmc WHERE -9 IN (milex, milper, "
                                      "irst, pec, tpop, upop)"),
                            0);
        ck_assert_double_eq_tol(ds_number(&ds, "SELECT sum(cinc) FROM nmc WHERE year = 1816"),
                                1.0535, 5e-5);
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(capabilities_in_two_formats)
{
    const char *path = real_data("nmc/cow_nmc.csv");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    path = real_data("nmc/cow_nmc.rda");
    if (path) {
        ds_import(&ds, path);
        ck_assert_msg(ds.outcome == ENT_IMPORT_SAME, "%s", ds.error);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(regimes_without_codes_for_scores)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("polity5/regimes.csv"));
    ck_assert_str_eq(ds.dataset, "polity5");
    ck_assert_str_eq(ds.version, "5");
    ck_assert_int_eq(ds.unmatched_count, 0);
    /* Anarchy is no score, and polity2 is as Polity fills it in. */
    ck_assert(isnan(ds_number(&ds, "SELECT polity FROM polity5 WHERE year = 1921")));
    ck_assert(isnan(ds_number(&ds, "SELECT xconst FROM polity5 WHERE year = 1921")));
    ck_assert_double_eq(ds_number(&ds, "SELECT special FROM polity5 WHERE year = 1921"), -77);
    ck_assert_double_eq(ds_number(&ds, "SELECT polity2 FROM polity5 WHERE year = 1921"), -2);
    /* Polity's 364 is the USSR, 342 Serbia, 341 Kosovo; the polity that ends gives way. */
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT polity2 FROM polity5 WHERE year = 1922 AND state "
                                  "= 365"),
                        -7);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT polity2 FROM polity5 WHERE year = 2006 AND state "
                                  "= 345"),
                        8);
    ck_assert_double_eq(ds_number(&ds, "SELECT state FROM polity5 WHERE year = 2008"), 347);
    ck_assert_int_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, "says other than line"));
    ds_import_text(&ds, "ccode,scode,year,democ,autoc,polity,polity2,durable\n"
                        "2,USA,1999,10,0,10,10,190\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "no column \"xrreg\""));
    ds_close(&ds);
}
END_TEST

START_TEST(indices_by_number_or_name)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("vdem/simple.csv"));
    ck_assert_str_eq(ds.dataset, "vdem");
    ck_assert_str_eq(ds.version, "15");
    ck_assert_str_eq(ds.unmatched.text, "|Nowhere at all|");
    ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy_high - polyarchy_low FROM vdem WHERE "
                                       "state = 2 AND in_system = 1"),
                        0.88 - 0.81);
    ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy FROM vdem WHERE state = 730"), 0.02);
    ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy FROM vdem WHERE state = 817"), 0.02);
    ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy FROM vdem WHERE state = 275"), 0.1);
    ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy FROM vdem WHERE year = 2020"), 0.3);
    ck_assert(isnan(ds_number(&ds, "SELECT libdem FROM vdem WHERE state = 730")));
    ds_import(&ds, fixture("vdem/full.csv"));
    ck_assert_str_eq(ds.version, "14");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_OLDER);
    ds_import_text(&ds, "vdem_country_name,year,cown,v2x_polyarchy\nA,2024,2,high\nB,2024,3\n");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_str_eq(ds.unmatched.text, "|3|");
    ds_close(&ds);
}
END_TEST

START_TEST(real_regimes)
{
    const char *path = real_data("regime/polity5_p5v2018.csv");
    struct ds ds = ds_open();

    if (path) {
        ds_import(&ds, path);
        ck_assert_int_eq(ds.unmatched_count, 0);
        ck_assert_int_eq(ds.problems, 7); /* years of two polities in one state */
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM polity5"), 17574 - 7);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM polity5 WHERE polity < -10 OR "
                                           "democ < 0 OR polity2 < -10 OR xconst < 0"),
                            0);
        ck_assert_double_eq(ds_number(&ds, "SELECT polity2 FROM polity5 WHERE state = 365 AND "
                                           "year = 1980"),
                            -7);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM polity5 WHERE state = 364"),
                            0);
    }
    path = real_data("regime/vdem_simple.csv.gz");
    if (path) {
        ds_import(&ds, path);
        ck_assert_str_eq(ds.version, "15");
        ck_assert_int_eq(ds.unmatched_count, 0);
        ck_assert_int_eq(ds.problems, 1); /* Italy and Piedmont-Sardinia in 1861 */
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM vdem"), 27913 - 1);
        ck_assert_double_eq(ds_number(&ds, "SELECT polyarchy FROM vdem WHERE state = 710 AND "
                                           "year = 2024"),
                            0.073);
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    }
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ds_state");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, capabilities_of_two_releases);
    tcase_add_test(tc, bad_capabilities_are_reported);
    tcase_add_test(tc, real_capabilities);
    tcase_add_test(tc, capabilities_in_two_formats);
    tcase_add_test(tc, regimes_without_codes_for_scores);
    tcase_add_test(tc, indices_by_number_or_name);
    tcase_add_test(tc, real_regimes);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
