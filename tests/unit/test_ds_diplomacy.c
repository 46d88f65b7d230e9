/* Visits, engagements and exercises. */
#include "ds_import.h"

#define TRAVEL_NAMES                                                         \
    "Year,Name,Level,Country,Continent,Developed country,Communist country," \
    "Developing country\n"
#define US_NAMES "destination country,destination city,description,time,year\n"

START_TEST(travel_text)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, TRAVEL_NAMES "1956,A B,Premier,Vietnam,Asia,0,1,0\n"
                                     "2013,C D,President,Russia,Europe,0,0,0\n"
                                     "2013,C D,President,Russia,Europe,0,0,0\n"
                                     "2014,C D,President,Ruritania,Europe,0,0,0\n"
                                     "20xx,C D,President,Peru,America,0,0,1\n");
    ck_assert_str_eq(ds.dataset, "visits_china_travel");
    /* Two equal rows are two visits; Vietnam of 1956 is the North. */
    ck_assert_double_eq(ds_number(&ds,
                                  "select sum(visits) from visit_china_travel where host = "
                                  "365 and traveller = 710"),
                        2);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from visit_china_travel where host = "
                                       "816 and year = 1956 and communist = 1"),
                        1);
    ck_assert_str_eq(ds.unmatched.text, "|Ruritania|");
    ck_assert_uint_eq(ds.problems, 1);
    ds_close(&ds);
}
END_TEST

START_TEST(us_text)
{
    struct ds ds = ds_open();

    ds_import_text(&ds,
                   US_NAMES "France,Paris,[Visit made as President-elect.],May 1 1921,1921\n"
                            "Vietnam,Cam Ranh Bay,Visited troops.,May 2 1966,1966\n"
                            "Republic of China,Taipei,State visit.,May 3 1960,1960\n"
                            "\"China, People’s Republic of\",Beijing,Met.,May 4 1972,1972\n"
                            "Antarctica 2,x,Met.,May 4 1972,1972\n");
    ck_assert_str_eq(ds.dataset, "visits_us_president");
    ck_assert_double_eq(ds_number(&ds, "select elect from visit_us_president where host = 220"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "select year from visit_us_president where host = 817"),
                        1966);
    ck_assert_double_eq(ds_number(&ds, "select year from visit_us_president where host = 713"),
                        1960);
    ck_assert_double_eq(ds_number(&ds, "select year from visit_us_president where host = 710"),
                        1972);
    ck_assert_str_eq(ds.unmatched.text, "|Antarctica 2|");
    /* The same header: a travel of 1866 is a secretary's; without a sign it is nobody's. */
    ds_import_text(&ds, US_NAMES "Haiti,Port-au-Prince,Met.,\"January 16, 1866\",1866\n");
    ck_assert_str_eq(ds.dataset, "visits_us_secretary");
    ds_import_text(&ds, US_NAMES "Haiti,Port-au-Prince,Met.,\"January 16, 1966\",1966\n");
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(engagements_fixture)
{
    static const struct {
        const char *day;
        int counterpart, kind;
    } rows[] = {
        { "2015-05-08", 365, 1 }, { "2015-07-09", 750, 5 }, { "2015-09-03", 365, 2 },
        { "2015-09-04", 200, 2 }, { "2015-09-05", 365, 3 }, { "2015-09-06", 712, 4 },
        { "2015-09-07", 135, 6 }, { "2004-04-21", 365, 1 },
    };
    struct ds ds = ds_open();

    ds_import(&ds, fixture("visits/engagements.csv"));
    ck_assert_str_eq(ds.dataset, "visits_china_engagements");
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_uint_eq(ds.rows, 8);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char sql[160];

        snprintf(sql, sizeof(sql),
                 "select kind from engagement_china where date = '%s' and counterpart = %d",
                 rows[i].day, rows[i].counterpart);
        ck_assert_msg(ds_number(&ds, sql) == rows[i].kind, "%s: kind %g", rows[i].day,
                      ds_number(&ds, sql));
    }
    ds_close(&ds);
}
END_TEST

START_TEST(engagements_misdated)
{
    struct ds ds = ds_open();
    char text[2048] = "date,year,country,leader,text\n";

    for (int i = 1; i <= 6; i++)
        strcat(text, "05/08/15,2015,Russia,Xi Jinping,met\n");
    strcat(text, "05/08/14,2015,Peru,Xi Jinping,met\nsoon,2015,Chile,Xi Jinping,met\n");
    ds_import_text(&ds, text);
    ck_assert_uint_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, "no day of 2015"));
    ck_assert_double_eq(ds_number(&ds, "select count(*) from engagement_china where date is "
                                       "null"),
                        2);
    /* The same header about somebody else. */
    ds_import_text(&ds, "date,year,country,leader,text\n05/08/15,2015,Russia,John Doe,met\n");
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(visits_published)
{
    const char *path = real_data("visits");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    /* The workbook and the text of the travels say the same; a cover page says nothing. */
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_NEW], 4);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_SAME], 1);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "");
    ck_assert_double_eq(ds_number(&ds, "select count(*) from visit_us_president"), 775);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from visit_us_secretary"), 3157);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from visit_china_travel"), 595);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from engagement_china"), 5705);
    ck_assert_double_eq(ds_number(&ds,
                                  "select sum(visits) from visit_china_travel where host = "
                                  "365 and year = 2013 and leader = 'Xi Jinping'"),
                        2);
    /* Xi was in Moscow on 22 and 23 March 2013. */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from engagement_china where "
                                       "counterpart = 365 and leader = 'Xi Jinping' and kind = "
                                       "1 and date in ('2013-03-22', '2013-03-23')"),
                        2);
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.tables[ENT_IMPORT_UNCHANGED] + ds.tables[ENT_IMPORT_UNKNOWN], 5);
    ds_close(&ds);
}
END_TEST

START_TEST(exercises_fixture)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("exercises/exercises.csv"));
    ck_assert_str_eq(ds.dataset, "exercises");
    ck_assert_int_eq(ds.first_year, 2009);
    ck_assert_int_eq(ds.last_year, 2015);
    ck_assert_uint_eq(ds.problems, 0);
    /* Russia, China and Mongolia make three pairs; one participant is Russia itself. */
    ck_assert_double_eq(ds_number(&ds, "select count(*) from exercise_russia where exercise = "
                                       "1 and participants = 3 and bilateral = 0"),
                        3);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from exercise_russia where exercise = "
                                       "3 and doubtful = 1"),
                        3);
    ck_assert_double_eq(ds_number(&ds, "select via_russia from exercise_russia where state_a = "
                                       "710 and state_b = 712"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "select bilateral from exercise_russia where state_a = "
                                       "365 and state_b = 750 and year = 2016"),
                        1);
    ck_assert_str_eq(
        ds_text(&ds, "select name from exercise_russia where exercise = 2", text, sizeof(text)),
        "Индра-2016");
    ds_import_text(&ds, "id,name,yr,part1,part2,comments\n1,x,20y1,China,,\n2,y,2011,,,\n"
                        "3,z,2011,Atlantis,Peru,\n");
    ck_assert_uint_eq(ds.problems, 2);
    ck_assert_str_eq(ds.unmatched.text, "|Atlantis|");
    ds_close(&ds);
}
END_TEST

START_TEST(exercises_published)
{
    const char *path = real_data("exercises/joint_military_exercises_involving_russia.csv");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_uint_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "");
    ck_assert_double_eq(ds_number(&ds, "select count(distinct exercise) from exercise_russia"),
                        99);
    ck_assert_double_eq(ds_number(&ds, "select sum(exercises) from exercise_russia where "
                                       "state_a = 365 and state_b = 710"),
                        12);
    ck_assert_double_eq(ds_number(&ds, "select max(year) from exercise_russia where state_a = "
                                       "365 and state_b = 710"),
                        2015);
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diplomacy");
    TCase *tc = tcase_create("diplomacy");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, travel_text);
    tcase_add_test(tc, us_text);
    tcase_add_test(tc, engagements_fixture);
    tcase_add_test(tc, engagements_misdated);
    tcase_add_test(tc, visits_published);
    tcase_add_test(tc, exercises_fixture);
    tcase_add_test(tc, exercises_published);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
