/* China's imports by chapter and the investment tracker. */
#include "ds_import.h"

START_TEST(chapters_fixture)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("china_hs/top.csv"));
    ck_assert_str_eq(ds.dataset, "china_hs");
    /* The second ranks 1 and 2 of one state are another's. */
    ck_assert_uint_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, ":8:7: rank 1 stands twice"));
    ck_assert_double_eq(ds_number(&ds, "select count(*) from china_hs_imports"), 6);
    ck_assert_double_eq(ds_number(&ds,
                                  "select value from china_hs_imports where exporter = 200 "
                                  "and chapter = 27"),
                        100);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from china_hs_total"), 2);
    ck_assert_double_eq(ds_number(&ds,
                                  "select imports_total from china_hs_total where importer "
                                  "= 710 and exporter = 712"),
                        500);
    /* Wood is raw, whatever the file's roll-up says; the unspecified is neither. */
    ck_assert_double_eq(ds_number(&ds, "select raw from china_hs_imports where chapter = 44"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "select raw from china_hs_imports where chapter = 85"),
                        0);
    ck_assert(isnan(ds_number(&ds, "select raw from china_hs_imports where chapter = 99")));
    ck_assert_str_eq(ds.unmatched.text, "|XXA|");
    ds_import_text(&ds, "iso3,china_imports_total_usd,hs2,rank,value_usd\nMNG,5,27,1,3\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "no column \"commodity\""));
    ds_close(&ds);
}
END_TEST

START_TEST(chapters_published)
{
    const char *path = real_data("trade/china_imports_by_partner_hs2_top5_2014.csv");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.problems, 5);
    ck_assert_str_eq(ds.unmatched.text, "");
    ck_assert_double_eq(ds_number(&ds, "select count(*) from china_hs_imports"), 362 - 5);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from china_hs_total"), 72);
    /* The five chapters of a partner never come to more than its total. */
    ck_assert_double_eq(
        ds_number(&ds, "select count(*) from china_hs_total t where imports_total < (select "
                       "sum(value) from china_hs_imports i where i.exporter = t.exporter)"),
        0);
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNCHANGED], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(deals_fixture)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("cgit/troubled.csv"));
    ck_assert_str_eq(ds.dataset, "cgit_combined");
    ck_assert_str_eq(ds.part, "troubled");
    ck_assert_double_eq(
        ds_number(&ds, "select count(*) from cgit_combined_deal where troubled = 1"), 3);
    ck_assert_double_eq(ds_number(&ds, "select amount + month / 100.0 + 0.001 * bri from "
                                       "cgit_combined_deal where host = 365"),
                        510 + 0.05 + 0.001);
    ck_assert_str_eq(ds_text(&ds, "select region from cgit_combined_deal where host = 438",
                             text, sizeof(text)),
                     "Sub-Saharan Africa");
    ck_assert_double_eq(
        ds_number(&ds, "select greenfield from cgit_combined_deal where host = 438"), 1);
    ck_assert(
        isnan(ds_number(&ds, "select construction from cgit_combined_deal where host = 438")));
    ck_assert(isnan(ds_number(&ds, "select bri from cgit_combined_deal where host = 438")));
    ck_assert_str_eq(ds.unmatched.text, "|Narnia|");
    ck_assert_uint_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, "\"Brumaire\" is no month"));
    /* Without a line above that says so, investments cannot be told from construction. */
    ds_import_text(&ds, "Year,Month,Investor,Quantity in Millions,Share Size,Transaction "
                        "Party,Sector,Country,BRI\n"
                        "2015,May,Firm A,100,\"45%, 35%\",Co,Metals,Peru,TRUE\n"
                        "2015,May,Firm A,many,0.5,Co,Metals,Peru,TRUE\n");
    ck_assert_str_eq(ds.dataset, "cgit_combined");
    ck_assert_uint_eq(ds.problems, 1);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from cgit_combined_deal where share is "
                                       "null and share_text = '45%, 35%'"),
                        1);
    ds_import_text(&ds,
                   "Report\nDataset 1 Investments\nYear,Month,Investor,Quantity in Millions,"
                   "Transaction Party,Sector,Country,BRI,Greenfield\n"
                   "2015,May,Firm A,100,Co,Metals,Peru,,\n");
    ck_assert_str_eq(ds.part, "investment");
    ck_assert_double_eq(ds_number(&ds, "select construction + greenfield + troubled from "
                                       "cgit_deal where host = 135 and year = 2015"),
                        0);
    /* Of all these only the last, with its line above, is in the dataset that tells them apart.
     */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from source where dataset = 'cgit'"),
                        1);
    ds_close(&ds);
}
END_TEST

START_TEST(deals_published)
{
    const char *path = real_data("investment");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    /* Two texts and the sheets 1, 2 and 3; sheet 1+2 says what the first text says. */
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_NEW], 5);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_SAME], 1);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "");
    ck_assert_double_eq(ds_number(&ds, "select count(*) from cgit_deal where construction = 0"),
                        1860);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from cgit_deal where construction = 1"),
                        1891);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from cgit_deal where troubled = 1"),
                        330);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from cgit_combined_deal"), 3752 + 330);
    ck_assert_double_eq(ds_number(&ds, "select sum(amount) from cgit_deal where construction = "
                                       "0 and host = 2"),
                        188940);
    /* CEFC's share in EN+ was both done and troubled: it is in both, and netted out in none. */
    ck_assert_double_eq(ds_number(&ds, "select 10 * sum(troubled = 0) + sum(troubled) from "
                                       "cgit_deal where host = 365 and party = 'EN+'"),
                        11);
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("china");
    TCase *tc = tcase_create("china");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, chapters_fixture);
    tcase_add_test(tc, chapters_published);
    tcase_add_test(tc, deals_fixture);
    tcase_add_test(tc, deals_published);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
