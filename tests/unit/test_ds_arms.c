/* SIPRI's trade register and TIV tables: fixtures, the published files, and bad input. */
#include "ds_import.h"

#define REGISTER_NAMES                                                                   \
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category," \
    "Order date,Order date is estimate,Numbers delivered,Numbers delivered is estimate," \
    "Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,"       \
    "TIV delivery values,Local production;\n"

START_TEST(register_fixture)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("sipri_register/register.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_str_eq(ds.dataset, "sipri_register");
    ck_assert_str_eq(ds.version, "2006-03-03");
    /* The years chosen run to 2005, the last delivery is of 2004. */
    ck_assert_int_eq(ds.first_year, 2001);
    ck_assert_int_eq(ds.last_year, 2004);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from arms_transfer"), 3);
    ck_assert_double_eq(ds_number(&ds, "select sum(tiv_delivered) from arms_transfer where "
                                       "supplier = 365 and recipient = 816 and deal = 101"),
                        12);
    ck_assert_double_eq(ds_number(&ds, "select local_production + 10 * year_estimated + 100 * "
                                       "delivered_estimated from arms_transfer where year = "
                                       "2002 and deal = 101"),
                        111);
    ck_assert_double_eq(ds_number(&ds, "select status_code + 10 * category_code from "
                                       "arms_transfer where recipient = 640"),
                        31);
    ck_assert(
        isnan(ds_number(&ds, "select year_estimated from arms_transfer where deal = 102")));
    ck_assert_str_eq(ds_text(&ds, "select designation from arms_transfer where deal = 102",
                             text, sizeof(text)),
                     "Model B");
    /* What went to no state is in the supplier's total alone. */
    ck_assert_double_eq(ds_number(&ds, "select tiv_delivered from arms_supplied where "
                                       "state = 365 and year = 2002"),
                        4 + 3 + 1);
    ck_assert_double_eq(ds_number(&ds, "select tiv_delivered from arms_received where "
                                       "state = 816 and year = 2002"),
                        4 + 2);
    ck_assert_uint_eq(ds.unmatched_count, 4);
    ck_assert_ptr_nonnull(strstr(ds.unmatched.text, "|Hamas (Palestine)*|"));
    ck_assert_ptr_nonnull(strstr(ds.unmatched.text, "|Atlantis|"));
    ds_close(&ds);
}
END_TEST

START_TEST(register_bad_input)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        { "7,Russia,India,x,y,Ships,2000,No,many,No,2001,No,New,4,4,8,No;\n",
          "\"many\" is not a number" },
        { "7,Russia,India,x,y,Ships,2000,No,1,No,2001,No,New,4,4,eight,No;\n",
          "\"eight\" is not a number" },
        { "7,Russia,India,x,y,Submarines,2000,No,1,No,2001,No,New,4,4,8,No;\n",
          "\"Submarines\" is not a word expected here" },
        { "7,Russia,India,x,y,Ships,2000,No,1,No,20x1,No,New,4,4,8,No;\n",
          "\"20x1\" is not a number" },
        { "7,Russia,India,x,y,Ships,2000,No", "8 cells where the header has 17" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ds ds = ds_open();
        char text[1024];

        snprintf(text, sizeof(text), "%s%s", REGISTER_NAMES, rows[i].text);
        ds_import_text(&ds, text);
        ck_assert_uint_eq(ds.problems, 1);
        ck_assert_msg(strstr(ds.problem, rows[i].says), "%s", ds.problem);
        ds_close(&ds);
    }
}
END_TEST

START_TEST(register_refused)
{
    struct ds ds = ds_open();

    ds_import_text(
        &ds, "Transfers of major conventional arms from Russia to All countries .;\n" //
        REGISTER_NAMES "7,Russia,India,x,y,Ships,2000,No,1,No,2001,No,New,4,4,8,No;\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "some countries only"));
    ds_import_text(&ds, "SIPRI AT Database ID,Supplier,Recipient,TIV delivery values,x;\n"
                        "7,Russia,India,8,;\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "no column \"Delivery year\""));
    ds_close(&ds);
}
END_TEST

START_TEST(register_published)
{
    const char *path = real_data("sipri/trade_register.csv");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_str_eq(ds.version, "2026-02-12");
    ck_assert_int_eq(ds.first_year, 1995);
    ck_assert_int_eq(ds.last_year, 2024);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from arms_transfer"), 24578);
    /* Russia's deliveries of 2013 to 2017: 31.8 % to India, 12.1 % to China. */
    ck_assert_double_eq_tol(
        ds_number(&ds, "select 100 * sum(tiv_delivered) / (select sum(tiv_delivered) from "
                       "arms_supplied where state = 365 and year between 2013 and 2017) from "
                       "arms_transfer where supplier = 365 and recipient = 750 and year "
                       "between 2013 and 2017"),
        31.8, 0.05);
    ck_assert_double_eq_tol(
        ds_number(&ds, "select 100 * sum(tiv_delivered) / (select sum(tiv_delivered) from "
                       "arms_supplied where state = 365 and year between 2013 and 2017) from "
                       "arms_transfer where supplier = 365 and recipient = 710 and year "
                       "between 2013 and 2017"),
        12.1, 0.05);
    /* No state is lost: all names left are starred, or unknown. */
    ck_assert_uint_eq(ds.unmatched_count, 30);
    ck_assert_double_eq(ds_number(&ds,
                                  "select count(*) from unmatched where name not like '%*' "
                                  "and name not like 'unknown%'"),
                        0);
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ds_close(&ds);
}
END_TEST

START_TEST(tiv_fixture)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("sipri_tiv/supplier.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_str_eq(ds.dataset, "sipri_tiv");
    ck_assert_str_eq(ds.part, "Korea, South");
    ck_assert_str_eq(ds.version, "2003-07-09");
    ck_assert_int_eq(ds.first_year, 1988);
    ck_assert_int_eq(ds.last_year, 1993);
    ck_assert_uint_eq(ds.problems, 0);
    /* Soviet Union and Russia are one; a 0 is a delivery; an empty cell is none. */
    ck_assert_double_eq(ds_number(&ds, "select tiv from sipri_tiv where supplier = 732 and "
                                       "recipient = 365 and year = 1991"),
                        10);
    ck_assert_double_eq(ds_number(&ds, "select tiv + 100 * below_half from sipri_tiv where "
                                       "recipient = 365 and year = 1989"),
                        100);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from sipri_tiv"), 6 + 1);
    ck_assert_double_eq(ds_number(&ds, "select sum(tiv) from sipri_tiv_total"), 32);
    ck_assert_uint_eq(ds.unmatched_count, 2);
    ds_close(&ds);
}
END_TEST

START_TEST(tiv_bad_input)
{
    struct ds ds = ds_open();

    /* Cut off before its total; a figure that is none; one below 0. */
    ds_import_text(&ds, "\"TIV of arms exports from France, 2001-2003\",,,\nGenerated: 1 May "
                        "2004,,,\n,2001,2002,2003\nIndia,1,2,three\nPeru,,-4,\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_uint_eq(ds.problems, 3);
    ck_assert_ptr_nonnull(strstr(ds.problem, ":4:4: \"three\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "select count(*) from sipri_tiv"), 2);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from problem where message like "
                                       "'%before its total%'"),
                        1);
    /* No years: no TIV table. */
    ds_import_text(&ds, "\"TIV of arms exports from France, 2001-2003\",,,\nIndia,1,2,3\n");
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    /* A supplier that is no state leaves nothing but its name. */
    ds_import_text(&ds, "\"TIV of arms exports from NATO**, 2001-2002\",,\n,2001,2002\n"
                        "India,1,2\nTotal,1,2\n");
    ck_assert_uint_eq(ds.rows, 0);
    ck_assert_str_eq(ds.unmatched.text, "|NATO**|");
    ds_close(&ds);
}
END_TEST

START_TEST(tiv_north_and_south)
{
    struct ds ds = ds_open();

    /* "Viet Nam" is Hanoi's before 1976; "Yemen Arab Republic" and "North Yemen" are one. */
    ds_import_text(&ds, "\"TIV of arms exports from Soviet Union, 1965-1966\",,\n,1965,1966\n"
                        "Viet Nam,5,6\nSouth Vietnam,,1\nNorth Yemen,2,\n"
                        "Yemen Arab Republic,3,\nTotal,10,7\n");
    ck_assert_double_eq(ds_number(&ds,
                                  "select sum(tiv) from sipri_tiv where supplier = 365 and "
                                  "recipient = 816"),
                        11);
    ck_assert_double_eq(ds_number(&ds, "select tiv from sipri_tiv where recipient = 817"), 1);
    ck_assert_double_eq(ds_number(&ds, "select tiv from sipri_tiv where recipient = 678"), 5);
    ds_close(&ds);
}
END_TEST

START_TEST(tiv_published)
{
    const char *path = real_data("sipri/tiv-export");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_NEW], 134);
    ck_assert_str_eq(ds.version, "2022-07-28");
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from sipri_tiv"), 21646);
    ck_assert_double_eq_tol(
        ds_number(&ds, "select 100 * sum(tiv) / (select sum(tiv) from sipri_tiv_total where "
                       "supplier = 365 and year between 2013 and 2017) from sipri_tiv where "
                       "supplier = 365 and recipient = 750 and year between 2013 and 2017"),
        34.1, 0.05);
    /* The Soviet Union's file and Russia's are of one state, and share no year. */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from (select 1 from sipri_tiv where "
                                       "supplier = 365 group by year, recipient having "
                                       "count(*) > 1)"),
                        0);
    ck_assert_double_eq(ds_number(&ds,
                                  "select count(*) from unmatched where name not like '%*' "
                                  "and name not like 'Unknown%' and name not in "
                                  "('Katanga', 'Biafra')"),
                        0);
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNCHANGED], 134);
    ds_close(&ds);
}
END_TEST

#define MILEX \
    "\"Military expenditure by country, in millions of US$ at current prices, 1949-2003\"\n"

START_TEST(milex_sheet)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, MILEX "\n\nCountry,Notes,2001,2002,2003\nAfrica\nNorth Africa\n"
                              "Algeria,x,10.5,...,12\n\"Yemen, North\",,xxx,xxx,xxx\n"
                              "European Union,,1,2,3\nChad,,0,few,4\n");
    ck_assert_str_eq(ds.dataset, "sipri_milex");
    ck_assert_str_eq(ds.part, "current US$");
    ck_assert_str_eq(ds.version, "2003");
    ck_assert_double_eq(ds_number(&ds, "select count(*) from milex"), 3);
    ck_assert_double_eq(ds_number(&ds,
                                  "select milex_current_usd_m from milex where state = 615 "
                                  "and year = 2001"),
                        10.5);
    ck_assert_uint_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "\"few\" is not a number"));
    ck_assert_str_eq(ds.unmatched.text, "|European Union|");
    ds_import_text(&ds, MILEX "Country,Notes\nAlgeria,x\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "no years"));
    ds_close(&ds);
}
END_TEST

START_TEST(milex_published)
{
    const char *path = real_data("sipri/SIPRI-Milex-data-1949-2024_2.xlsx");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_NEW], 5);
    ck_assert_str_eq(ds.version, "2024");
    ck_assert_double_eq(ds_number(&ds, "select count(milex_current_usd_m) from milex"), 8435);
    ck_assert_uint_eq(ds.problems, 0);
    /* The Soviet Union's own figure stands for it, not that of its largest part. */
    ck_assert_double_eq(ds_number(&ds,
                                  "select count(*) from milex where state = 365 and year = "
                                  "1990 and milex_current_usd_m is not null"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "select count(distinct name) from unmatched"), 1);
    ck_assert_str_eq(ds.unmatched.text, "|European Union||European Union||European Union|"
                                        "|European Union||European Union|");
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arms");
    TCase *tc = tcase_create("sipri");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, register_fixture);
    tcase_add_test(tc, register_bad_input);
    tcase_add_test(tc, register_refused);
    tcase_add_test(tc, register_published);
    tcase_add_test(tc, tiv_fixture);
    tcase_add_test(tc, tiv_bad_input);
    tcase_add_test(tc, tiv_north_and_south);
    tcase_add_test(tc, tiv_published);
    tcase_add_test(tc, milex_sheet);
    tcase_add_test(tc, milex_published);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
