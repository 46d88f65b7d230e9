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

int main(void)
{
    Suite *suite = suite_create("ds_state");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, capabilities_of_two_releases);
    tcase_add_test(tc, bad_capabilities_are_reported);
    tcase_add_test(tc, real_capabilities);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
