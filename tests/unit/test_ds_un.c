/* datasets: votes in the General Assembly, and what is drawn from them. */
#include "ds_import.h"

#define VOTE_OF(number, state) \
    "SELECT vote FROM unga_vote WHERE roll_call = " number " AND state = " state

static double number_of(struct ds *ds, const char *column, const char *id)
{
    char sql[160];

    snprintf(sql, sizeof(sql), "SELECT %s FROM unga_roll_call WHERE vote_id = '%s'", column,
             id);
    return ds_number(ds, sql);
}

START_TEST(votes_stand_under_the_session_and_the_state_that_cast_them)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("unga/votes.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_str_eq(ds.dataset, "unga");
    ck_assert_str_eq(ds.version, "to session 78");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_int_eq(ds.merged, 1); /* one vote stands twice */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga_vote"), 12);
    /* China's seat: 710 to December 1949, 713 to October 1971, then 710. */
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("230", "710")), 3);
    ck_assert(isnan(ds_number(&ds, VOTE_OF("230", "713"))));
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("240", "713")), 3);
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("1184", "713")), 3);
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("1194", "710")), 1);
    /* United Germany and Yemen. */
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("3501", "255")), 1);
    ck_assert_double_eq(ds_number(&ds, VOTE_OF("3501", "679")), 2);
    /* The session's year, not the date's. */
    ck_assert_double_eq(number_of(&ds, "year", "u5300"), 2013);
    ck_assert_double_eq(number_of(&ds, "calendar_year", "u5300"), 2014);
    /* Ids of another kind are numbered from 100001; the date is that of most rows. */
    ck_assert_double_eq(number_of(&ds, "roll_call", "f78022"), 100001);
    ck_assert_double_eq(number_of(&ds, "roll_call", "f78069"), 100002);
    ck_assert_str_eq(ds_text(&ds, "SELECT date FROM unga_roll_call WHERE roll_call = 100001",
                             text, sizeof(text)),
                     "2023-11-02");
    ck_assert(isnan(number_of(&ds, "amendment", "f78022")));
    ck_assert_double_eq(number_of(&ds, "amendment", "u240"), 1);
    ck_assert_double_eq(number_of(&ds, "paragraph", "u1194"), 1);
    ds_close(&ds);
}
END_TEST

#define VOTES "session,year,date,vote_id,unres,amend,para,ccode,vote,source\n"

START_TEST(bad_votes_are_reported)
{
    static const struct {
        const char *row;
        const char *says;
    } bad[] = {
        { "x,1950,1950-09-01,u240,R,0,0,2,1,s\n", "\"x\" is not a number" },
        { "5,1950,1950-19-01,u240,R,0,0,2,1,s\n", "\"1950-19-01\" is not a date" },
        { "5,1950,1950-09-01,u240,R,0,0,2,4,s\n", "vote 4 is not 1, 2 or 3" },
        { "5,1951,1950-09-01,u240,R,0,0,2,1,s\n", "year 1951 is not that of session 5" },
        { "5,1950,1950-09-01,,R,0,0,2,1,s\n", "a vote needs a session and a vote_id" },
        { "6,1951,1951-09-01,u239,R,0,0,2,1,s\n", "this roll call is of session 5 on line 2" },
        { "5,1950,1950-09-01,u239,R,0,0,2,3,s\n", "says other than line 2" },
    };
    struct ds ds = ds_open();
    char file[512];

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        snprintf(file, sizeof(file), VOTES "5,1950,1950-09-01,u239,R,0,0,2,1,s\n%s",
                 bad[i].row);
        ds_import_text(&ds, file);
        ck_assert_msg(ds.problems == 1 && strstr(ds.problem, bad[i].says), "%s: %s", bad[i].row,
                      ds.problem);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga_vote"), 1);
    }
    /* A code that is no state is listed; a header without votes is nobody's. */
    ds_import_text(&ds, VOTES "5,1950,1950-09-01,u239,R,0,0,2,1,s\n"
                              "5,1950,1950-09-01,u239,R,0,0,3,1,s\n");
    ck_assert_str_eq(ds.unmatched.text, "|3|");
    ds_import_text(&ds, "session,year,date,vote_id,ccode\n5,1950,1950-09-01,u239,2\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(absences_are_kept_and_seats_do_not_contradict)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("unga2015/votes.csv"));
    ck_assert_str_eq(ds.dataset, "unga2015");
    ck_assert_str_eq(ds.version, "to session 51");
    /* 710 and 679 "not a member" while their seat votes under the other number. */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga2015_vote"), 6);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT vote FROM unga2015_vote WHERE roll_call = 230 AND "
                                  "state = 710"),
                        1);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT vote FROM unga2015_vote WHERE roll_call = 230 AND "
                                  "state = 255"),
                        9);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT vote FROM unga2015_vote WHERE roll_call = 700 AND "
                                  "state = 710"),
                        9);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT vote FROM unga2015_vote WHERE roll_call = 700 AND "
                                  "state = 713"),
                        8);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT vote FROM unga2015_vote WHERE roll_call = 3501 AND "
                                  "state = 679"),
                        2);
    ck_assert_double_eq(ds_number(&ds, "SELECT issue_nu + issue_di + issue_ec + important FROM "
                                       "unga2015_roll_call WHERE roll_call = 700"),
                        4);
    /* The stray sign in `ec` is told, and the roll call stays; no date is no date. */
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "votes.csv:7:14: \"0\"\" is not a number"));
    ck_assert(isnan(ds_number(&ds, "SELECT calendar_year FROM unga2015_roll_call WHERE "
                                   "roll_call = 4000")));
    ck_assert_double_eq(ds_number(&ds, "SELECT year FROM unga2015_roll_call WHERE roll_call = "
                                       "4000"),
                        1996);
    ds_close(&ds);
}
END_TEST

START_TEST(real_votes)
{
    const char *path = real_data("unga/unga_votes_sessions_01_78.csv.gz");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_int_eq(ds.unmatched_count, 0);
    ck_assert_int_eq(ds.merged, 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga_vote"), 931269 - 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga_roll_call"), 6551);
    ck_assert_int_eq(ds.first_year, 1946);
    ck_assert_int_eq(ds.last_year, 2023);
    /* One state holds China's seat at a time. */
    ck_assert_double_eq(ds_number(&ds, "SELECT min(year) FROM unga_vote WHERE state = 713"),
                        1950);
    ck_assert_double_eq(ds_number(&ds, "SELECT max(year) FROM unga_vote WHERE state = 713"),
                        1971);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT count(*) FROM unga_vote WHERE state = 710 AND year "
                                  "BETWEEN 1950 AND 1970"),
                        0);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT count(*) FROM unga_vote a JOIN unga_vote b USING "
                                  "(year, roll_call) WHERE a.state = 710 AND b.state = 713"),
                        0);
    ck_assert_double_eq(ds_number(&ds, "SELECT max(year) FROM unga_vote WHERE state = 260"),
                        1989);
    ck_assert_double_eq(ds_number(&ds, "SELECT min(year) FROM unga_vote WHERE state = 679"),
                        1990);
    /* The resolution on Crimea: Russia against, China abstaining, under 2013. */
    ck_assert_double_eq(ds_number(&ds, "SELECT a.vote * 10 + b.vote FROM unga_roll_call r JOIN "
                                       "unga_vote a USING (year, roll_call) JOIN unga_vote b "
                                       "USING (year, roll_call) WHERE r.year = 2013 AND "
                                       "r.resolution = 'R/68/262' AND a.state = 365 AND "
                                       "b.state = 710"),
                        32);
    /* The published agreement of the USA and China in 2018: 0.215054 on 93 votes. */
    ck_assert_double_eq_tol(
        ds_number(&ds, "SELECT avg(1 - abs(a.vote - b.vote) / 2.0) FROM unga_vote a JOIN "
                       "unga_vote b USING (year, roll_call) WHERE year = 2018 AND a.state = 2 "
                       "AND b.state = 710 AND (SELECT count(DISTINCT vote) FROM unga_vote c "
                       "WHERE c.year = a.year AND c.roll_call = a.roll_call) > 1"),
        0.215054, 5e-7);
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ds_un");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, votes_stand_under_the_session_and_the_state_that_cast_them);
    tcase_add_test(tc, bad_votes_are_reported);
    tcase_add_test(tc, absences_are_kept_and_seats_do_not_contradict);
    tcase_add_test(tc, real_votes);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
