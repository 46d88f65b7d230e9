/* datasets: disputes, contiguity, rivalry and peace. */
#include "ds_import.h"

START_TEST(disputes_of_a_pair)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("gml/disputes.csv"));
    ck_assert_str_eq(ds.dataset, "gml");
    ck_assert_str_eq(ds.version, "2.1.1");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "|1|");
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT sum(disputes) FROM gml_dispute WHERE from_state = "
                                  "2 AND to_state = 365 AND year = 1962"),
                        2);
    /* The dispute was a war with deaths; this pair used force and had none. */
    ck_assert_double_eq(
        ds_number(&ds,
                  "SELECT hostility FROM gml_dispute WHERE from_state = 2 AND dispute = 11 "
                  "AND to_state = 365"),
        4);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT hostility_dispute * 10 + fatality FROM gml_dispute WHERE "
                       "from_state = 2 AND dispute = 11 AND to_state = 365"),
        56);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT fatality_from FROM gml_dispute WHERE from_state = "
                                  "2 AND dispute = 11 AND to_state = 365"),
                        0);
    /* Two states on side A act together. */
    ck_assert_double_eq(ds_number(&ds, "SELECT to_state FROM gml_dispute WHERE same_side = 1"),
                        40);
    ck_assert(isnan(ds_number(&ds, "SELECT fatality FROM gml_dispute WHERE dispute = 12")));
    ds_close(&ds);
}
END_TEST

START_TEST(disputes_of_the_correlates)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("cow_mid/dyads.csv"));
    ck_assert_str_eq(ds.dataset, "cow_mid");
    ck_assert_str_eq(ds.part, "dyads");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM cow_mid_dispute"), 2);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT fatality_from FROM cow_mid_dispute WHERE from_state = 365"), 2);
    ck_assert(isnan(ds_number(&ds, "SELECT fatality FROM cow_mid_dispute")));
    ds_close(&ds);
}
END_TEST

START_TEST(bad_disputes_are_reported)
{
    static const char header[] =
        "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,hostlev1,hostlev2\n";
    struct ds ds = ds_open();
    char text[512];

    snprintf(text, sizeof(text), "%s%s", header,
             "3,2,20,1900,1,1,1,0,x,4\n4,2,20,19o1,1,1,1,0,4,4\n,2,20,1902,1,1,1,0,4,4\n"
             "5,2,20,99999,1,1,1,0,4,4\n6,2,20,1903,1");
    ds_import_text(&ds, text);
    ck_assert_int_eq(ds.problems, 3);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:2:9: \"x\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM gml_dispute"), 2);
    ck_assert_double_eq(ds_number(&ds, "SELECT hostility FROM gml_dispute WHERE year = 1900"),
                        4);
    /* A header that lacks a column is of no known dataset. */
    ds_import_text(&ds,
                   "dispnum,ccode1,ccode2,year,midonset,sidea1,sidea2\n1,2,20,1900,1,1,0\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(spells_and_years_of_contiguity_agree)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("contiguity/spells.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_int_eq(ds.first_year, 1950);
    ck_assert_int_eq(ds.last_year, 1961);
    /* Land to June 1951, water after: the closer counts in 1951. */
    ck_assert_double_eq(
        ds_number(&ds,
                  "SELECT group_concat(conttype, '') FROM (SELECT conttype FROM contiguity "
                  "WHERE state_a = 210 AND state_b = 220 ORDER BY year)"),
        115);
    /* A spell of 0 is no contiguity. */
    ck_assert_double_eq(
        ds_number(&ds, "SELECT min(year) FROM contiguity WHERE state_a = 2 AND state_b = 365"),
        1959);
    ds_import(&ds, fixture("contiguity/years.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_SAME);
    ds_close(&ds);
}
END_TEST

START_TEST(bad_contiguity_is_reported)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, "ccode1,ccode2,conttype,stdate,enddate\n"
                        "2,20,1,1920-01-01,1921-12-01\n"
                        "2,20,7,1922-01-01,1923-12-01\n"
                        "2,20,1,1924-13-01,1925-12-01\n"
                        "2,20,1,1930-01-01,1927-12-01\n"
                        "2,20,1,1930-01-01");
    ck_assert_int_eq(ds.problems, 4);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:3:3: contiguity of type 7"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM contiguity"), 2);
    ds_close(&ds);
}
END_TEST

START_TEST(rivalries_become_years)
{
    struct ds ds = ds_open();
    char name[64];

    ds_import(&ds, fixture("rivalry/rivalries.csv"));
    ck_assert_str_eq(ds.unmatched.text, "|324|");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM rivalry"), 5);
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(rivalries) FROM rivalry WHERE year = 1960"),
                        2);
    ck_assert_double_eq(ds_number(&ds, "SELECT spatial * 10 + ideological FROM rivalry WHERE "
                                       "rivalry_id = 7"),
                        10);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT start_year * 10000 + end_year FROM rivalry WHERE "
                                  "rivalry_id = 8"),
                        19601961);
    ck_assert_str_eq(ds_text(&ds,
                             "SELECT name FROM rivalry WHERE state_a = 365 AND year = 1958",
                             name, sizeof(name)),
                     "One-Two 1");
    ds_import_text(&ds,
                   "tssr_id,ccode1,ccode2,start,end\n1,2,365,1990,1980\n2,2,x,1990,1991\n");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_str_eq(ds.unmatched.text, "|x|");
    ds_close(&ds);
}
END_TEST

static double level(struct ds *ds, int a, int b, int year)
{
    char sql[160];

    snprintf(sql, sizeof(sql),
             "SELECT peace_level FROM peace WHERE state_a = %d AND state_b = %d AND year = %d",
             a, b, year);
    return ds_number(ds, sql);
}

START_TEST(nines_are_taken_out_of_peace)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("peace/years.csv"));
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "|936||937|");
    /* (4 * 9 + 8 * 0) / 12; three months of 9 and nine of 1 give 3 as well. */
    ck_assert_double_eq(level(&ds, 2, 93, 1926), 0);
    ck_assert(isnan(level(&ds, 2, 93, 1927)));
    /* (9 * 9 + 3 * 0.5) / 12 */
    ck_assert_double_eq(level(&ds, 2, 93, 1928), 0.5);
    ck_assert_double_eq(ds_number(&ds, "SELECT transition_share FROM peace WHERE year = 1928"),
                        0.75);
    ck_assert_double_eq(ds_number(&ds, "SELECT raw_level FROM peace WHERE year = 1928"), 6.875);
    /* (9 + 11 * 0.25) / 12 is below 1, and beside a 9. */
    ck_assert_double_eq(level(&ds, 2, 260, 1941), 0.25);
    /* 0.75 beside a 9 is what it says when the year after says so too. */
    ck_assert_double_eq(level(&ds, 2, 260, 1943), 0.75);
    ck_assert_double_eq(ds_number(&ds, "SELECT status FROM peace WHERE year = 1943"), 0);
    /* Thirteen months; and Germany is the western one of its time. */
    ck_assert_double_eq(level(&ds, 200, 260, 1961), 1);
    /* Where it begins, months are unknown: 2 can be four of 9s' mixtures. */
    ck_assert(isnan(level(&ds, 438, 452, 1966)));
    ck_assert_double_eq(ds_number(&ds, "SELECT status FROM peace WHERE year = 1966"), 3);
    ds_import_text(&ds,
                   "dyad,yearmonth,peacelevel\n2020,1950,0.75\n2020,1951,9.5\n2020,1952,b\n");
    ck_assert_int_eq(ds.problems, 2);
    ds_import_text(&ds, "dyad,yearmonth,peacelevel\n2020,195001,0.75\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

/* The published files: rows kept, and the names or codes that are no state. */
static const struct {
    const char *file, *dataset, *table, *unmatched;
    int rows, first_year, last_year;
} published[] = {
    { "mid/gml-ddy-disputes-2.1.1.csv", "gml", "gml_dispute", "", 10330, 1816, 2010 },
    { "mid/cow_mid_ddydisps.csv", "cow_mid", "cow_mid_dispute", "", 10234, 1816, 2014 },
    { "mid/MIDA_4.3.dta", "cow_mid", "cow_mid_a", "", 2315, 1816, 2010 },
    { "mid/MIDB_4.3.dta", "cow_mid", "cow_mid_b", "", 5558, 1816, 2010 },
    { "contiguity/contdird.csv.gz", "contiguity", "contiguity", "", 41220, 1816, 2016 },
    { "contiguity/cow_mindist.rda", "mindist", "mindist", "", 952244, 1886, 2019 },
    { "rivalry/tss_rivalries.csv", "rivalry", "rivalry", "|324|", 10850, 1494, 2020 },
    { "rivalry/peacedatav31dyyearmean.csv", "peace", "peace", "|936||937|", 99343, 1900, 2020 },
};

START_TEST(published_files)
{
    struct ds ds = ds_open();
    const char *path = real_data(published[_i].file);
    char sql[96];

    if (path) {
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
        ck_assert_str_eq(ds.dataset, published[_i].dataset);
        ck_assert_int_eq(ds.problems, 0);
        ck_assert_str_eq(ds.unmatched.text, published[_i].unmatched);
        ck_assert_int_eq(ds.first_year, published[_i].first_year);
        ck_assert_int_eq(ds.last_year, published[_i].last_year);
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", published[_i].table);
        ck_assert_double_eq(ds_number(&ds, sql), published[_i].rows);
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
        ck_assert_double_eq(ds_number(&ds, sql), published[_i].rows);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(published_figures)
{
    struct ds ds = ds_open();
    const char *path = real_data("contiguity/cow_contdir.csv");

    if (path) {
        ds_import(&ds, path);
        path = real_data("contiguity/contdird.csv.gz");
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_SAME);
        ds_import(&ds, real_data("mid/MIDA_4.3.dta"));
        ck_assert_str_eq(ds.version, "4.3");
        ck_assert_int_eq(ds.problems, 0);
        ds_import(&ds, real_data("rivalry/tss_rivalries.csv"));
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM rivalry WHERE state_a = 2 AND "
                                           "state_b = 710 AND year = 2020"),
                            1);
        ds_import(&ds, real_data("rivalry/peacedatav31dyyearmean.csv"));
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM peace WHERE peace_level > 1"),
                            0);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM peace WHERE status = 2"), 326);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM peace WHERE status = 3"), 1);
    }
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ds_conflict");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, disputes_of_a_pair);
    tcase_add_test(tc, disputes_of_the_correlates);
    tcase_add_test(tc, bad_disputes_are_reported);
    tcase_add_test(tc, spells_and_years_of_contiguity_agree);
    tcase_add_test(tc, bad_contiguity_is_reported);
    tcase_add_test(tc, rivalries_become_years);
    tcase_add_test(tc, nines_are_taken_out_of_peace);
    tcase_add_loop_test(tc, published_files, 0, sizeof(published) / sizeof(published[0]));
    tcase_add_test(tc, published_figures);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
