/* DOTS and Comtrade: fixtures, the published files, and bad input. */
#include "ds_import.h"

#define MIRROR_NAMES "refYear,flowCode,partnerDesc,reporterDesc,partner_sum\n"

/* Two rows of one section are added up; what is no section, or below 0, is reported. */
START_TEST(goods_by_section)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, "year,exporter,importer,section,value\n"
                        "2014,RUS,China,3,2.5e9\n"
                        "2014,RUS,CHN,3,5e8\n"
                        "2014,CHN,RUS,12,1\n"
                        "2014,CHN,RUS,7,-1\n"
                        "2014,CHN,Atlantis,7,1\n");
    ck_assert_str_eq(ds.dataset, "goods");
    ck_assert_int_eq(ds.problems, 2);
    ck_assert_str_eq(ds.unmatched.text, "|Atlantis|");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM goods"), 1);
    ck_assert_double_eq(ds_number(&ds, "SELECT value FROM goods WHERE exporter = 365 AND "
                                       "importer = 710 AND section = 3"),
                        3e9);
    ds_close(&ds);
}
END_TEST

START_TEST(comtrade_fixture)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("comtrade/mirror_imports.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_str_eq(ds.dataset, "comtrade");
    ck_assert_str_eq(ds.part, "CHN, mirror imports");
    ck_assert_uint_eq(ds.problems, 0);
    /* The importer reports; China is no partner of itself; a chapter is no total. */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from comtrade"), 4);
    ck_assert_double_eq(ds_number(&ds, "select imports from comtrade where reporter = 2 and "
                                       "partner = 710 and year = 2019"),
                        4000.5);
    ck_assert_double_eq(ds_number(&ds, "select imports from comtrade where reporter = 713"),
                        700);
    ck_assert_double_eq(ds_number(&ds, "select imports from comtrade where reporter = 640"),
                        70);
    ck_assert_double_eq(ds_number(&ds, "select imports from comtrade where reporter = (select "
                                       "id from state where name = 'Hong Kong')"),
                        3000);
    ck_assert(isnan(ds_number(&ds, "select sum(exports) from comtrade")));
    ck_assert_str_eq(ds.unmatched.text, "|Areas, nes|");
    ds_close(&ds);
}
END_TEST

START_TEST(comtrade_bad_input)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, MIRROR_NAMES "2019,X,USA,Canada,12,5\n2019,X,USA,Mexico,many\n"
                                     "2019,R,USA,Peru,5\n2019,X,USA,Chile,-5\n2019,X,USA,Cuba");
    ck_assert_str_eq(ds.part, "USA, mirror exports");
    ck_assert_uint_eq(ds.problems, 3);
    ck_assert_ptr_nonnull(strstr(ds.problem, ":3:5: \"many\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "select exports from comtrade"), 12);
    /* Both flows in one file would hide which part it is. */
    ds_import_text(&ds, MIRROR_NAMES "2019,X,USA,Canada,12\n2019,M,USA,Mexico,13\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "mixed"));
    /* Another table without the value. */
    ds_import_text(&ds, "refYear,flowCode,partnerDesc,reporterDesc\n2019,X,USA,Canada\n");
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(comtrade_published)
{
    static const struct {
        const char *file, *twin, *part;
        uint64_t rows;
    } files[] = {
        { "trade/China_2.1.1_top_export_partners_reverse.csv",
          "trade/China_2.1.1_top_export_partners_reverse.xlsx", "CHN, mirror imports",
          1862 - 11 },
        { "trade/China_3.1.1_top_import_partners.csv",
          "trade/China_3.1.1_top_import_partners.xlsx", "CHN, mirror exports", 1794 },
        { "trade/USA_2.1.1_top_export_partners_reverse.xlsx", NULL, "USA, mirror imports",
          3911 },
        { "trade/USA_3.1.1_top_import_partners.xlsx", NULL, "USA, mirror exports", 3835 },
    };
    struct ds ds = ds_open();

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *path = real_data(files[i].file);

        if (!path)
            continue;
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
        ck_assert_str_eq(ds.part, files[i].part);
        ck_assert_uint_eq(ds.rows, files[i].rows);
        ck_assert_uint_eq(ds.problems, 0);
        ck_assert_str_eq(ds.unmatched.text, "");
        path = files[i].twin ? real_data(files[i].twin) : NULL;
        if (!path)
            continue;
        /* The workbook says the same as the text. */
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_SAME);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(dots_published)
{
    const char *path = real_data("trade/imf_dots_TradeData.xlsx");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_NEW], 5);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "");
    /* China's word and Russia's, in billions: both stay. */
    ck_assert_double_eq_tol(ds_number(&ds,
                                      "select trade_total / 1e3 from dots where reporter = "
                                      "710 and partner = 365 and year = 2014"),
                            95.2, 0.05);
    ck_assert_double_eq_tol(ds_number(&ds,
                                      "select trade_total / 1e3 from dots where reporter = "
                                      "365 and partner = 710 and year = 2014"),
                            88.4, 0.05);
    ck_assert_double_eq_tol(ds_number(&ds,
                                      "select trade_total / 1e3 from dots where reporter = "
                                      "710 and partner = 365 and year = 2018"),
                            106.7, 0.05);
    ck_assert_double_eq_tol(ds_number(&ds,
                                      "select trade_total / 1e3 from dots where reporter = "
                                      "365 and partner = 710 and year = 2018"),
                            108.2, 0.05);
    /* Nobody trades with himself, and an empty cell is not 0. */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from dots where reporter = partner or "
                                       "trade_total = 0"),
                        0);
    ck_assert(isnan(ds_number(&ds, "select trade_total from dots where reporter = 710 and "
                                   "partner = 140 and year = 1949")));
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNCHANGED], 1);
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trade");
    TCase *tc = tcase_create("trade");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, goods_by_section);
    tcase_add_test(tc, comtrade_fixture);
    tcase_add_test(tc, comtrade_bad_input);
    tcase_add_test(tc, comtrade_published);
    tcase_add_test(tc, dots_published);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
