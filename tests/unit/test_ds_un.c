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

START_TEST(package_votes_know_their_seats_by_number)
{
    static const struct {
        int call, state, vote;
    } rows[] = {
        { 9013, 710, 3 }, { 238, 710, 1 },  { 239, 713, 2 },
        { 9014, 713, 1 }, { 1194, 710, 1 }, { 3500, 260, 3 },
        { 3501, 255, 3 }, { 3501, 565, 1 }, { 3501, 679, 2 },
    };
    struct ds ds = ds_open();
    char sql[160];

    ds_import(&ds, fixture("unvotes/votes.csv"));
    ck_assert_str_eq(ds.dataset, "unvotes");
    ck_assert_str_eq(ds.part, "votes");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(sql, sizeof(sql),
                 "SELECT vote FROM unvotes_vote WHERE roll_call = %d AND state = %d",
                 rows[i].call, rows[i].state);
        ck_assert_msg(ds_number(&ds, sql) == rows[i].vote, "%s: not %d", sql, rows[i].vote);
    }
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unvotes_vote"), 9);
    ck_assert_str_eq(ds.unmatched.text, "|Nowhere at all|");
    ck_assert_int_eq(ds.problems, 2);
    ck_assert_double_eq(ds_number(&ds, "SELECT min(year) * 10000 + max(year) FROM "
                                       "unvotes_vote"),
                        1948 * 10000 + 1990);
    ck_assert_ptr_nonnull(strstr(ds.problem, "votes.csv:13:4: \"maybe\" is not yes"));
    ds_close(&ds);
}
END_TEST

START_TEST(package_roll_calls_and_issues)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("unvotes/roll_calls.csv"));
    ck_assert_str_eq(ds.part, "roll_calls");
    ck_assert_int_eq(ds.problems, 1); /* session 0 */
    ck_assert_double_eq(ds_number(&ds, "SELECT year * 10000 + calendar_year FROM "
                                       "unvotes_roll_call WHERE roll_call = 9100"),
                        2019 * 10000 + 2020);
    ck_assert(isnan(ds_number(&ds, "SELECT important FROM unvotes_roll_call WHERE roll_call = "
                                   "3501")));
    ck_assert_str_eq(ds_text(&ds,
                             "SELECT short || '/' || title || '/' || date FROM "
                             "unvotes_roll_call WHERE roll_call = 238",
                             text, sizeof(text)),
                     "SHORT, ONE/TITLE ONE/1949-12-07");
    ds_import(&ds, fixture("unvotes/issues.csv"));
    ck_assert_str_eq(ds.part, "issues");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "\"zz\" is none of the six issues"));
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(issue) FROM unvotes_issue"), 1 + 5 + 6);
    ds_close(&ds);
}
END_TEST

START_TEST(vetoes_in_order_of_date_and_by_either_mark)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import(&ds, fixture("unsc/vetoes.csv"));
    ck_assert_str_eq(ds.dataset, "unsc");
    ck_assert_int_eq(ds.problems, 0);
    /* The file has the newest first: so too the two of one day. */
    ck_assert_str_eq(ds_text(&ds,
                             "SELECT group_concat(draft, ' ') FROM (SELECT draft FROM "
                             "unsc_veto ORDER BY veto)",
                             text, sizeof(text)),
                     "S/A/1a S/A/1b S/A/2 S/A/3 S/A/4");
    /* France is named in 1976, though its column says 0. */
    ck_assert_double_eq(
        ds_number(&ds, "SELECT france + uk + usa FROM unsc_veto WHERE veto = 3"), 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(russia) FROM unsc_veto"), 4);
    /* 1946: Russia with France once, alone once; China's seat is 710 then. */
    ck_assert_double_eq(ds_number(&ds, "SELECT joint * 10 + lone FROM unsc_veto_pair WHERE "
                                       "year = 1946 AND from_state = 365 AND to_state = 220"),
                        11);
    ck_assert_double_eq(ds_number(&ds, "SELECT joint * 10 + lone FROM unsc_veto_pair WHERE "
                                       "year = 1946 AND from_state = 365 AND to_state = 710"),
                        2);
    ck_assert_double_eq(ds_number(&ds, "SELECT joint FROM unsc_veto_pair WHERE year = 2017 AND "
                                       "from_state = 710 AND to_state = 365"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unsc_veto_pair WHERE from_state = "
                                       "to_state"),
                        0);
    ds_import_text(&ds, "date,draft,China,France,Russia,USSR,USA,UK,member_veto1\n"
                        "1/2/1999,S/1,0,0,0,0,0,0,\n"
                        "13/2/1999,S/2,0,0,1,0,0,0,\n"
                        "1/3/1999,S/3,0,0,x,0,1,0,Atlantis\n");
    ck_assert_int_eq(ds.problems, 3);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:2:0: no permanent member"));
    ck_assert_str_eq(ds.unmatched.text, "|Atlantis|");
    ds_close(&ds);
}
END_TEST

START_TEST(ideal_points_stand_under_who_voted)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("ideal_points/latin1.csv"));
    ck_assert_str_eq(ds.dataset, "ideal_points");
    ck_assert_str_eq(ds.part, "estimates");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_double_eq(ds_number(&ds, "SELECT state FROM ideal_point WHERE year = 1949"), 710);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM ideal_point WHERE year = 1971 AND "
                                       "state IN (710, 713)"),
                        2);
    ck_assert_double_eq(ds_number(&ds, "SELECT q95 FROM ideal_point WHERE state = 255"), 1.4);
    ck_assert(isnan(ds_number(&ds, "SELECT ideal_point FROM ideal_point WHERE state = 437")));
    ds_import_text(&ds, "ccode,session,NVotes,IdealPoint,Q5%,Q10%,Q50%,Q90%,Q95%\n"
                        "2,x,60,1,0,0,1,1,1\n2,0,60,1,0,0,1,1,1\n2,75,60,one");
    ck_assert_int_eq(ds.problems, 3);
    ds_import_text(&ds, "v1,rcid1,rcid2\n1,299,331\n2,392,\n");
    ck_assert_str_eq(ds.part, "matches");
    ck_assert_double_eq(ds_number(&ds, "SELECT rcid2 FROM unga_match WHERE v1 = 1"), 331);
    ds_close(&ds);
}
END_TEST

START_TEST(real_votes_by_package_and_with_absences)
{
    static const struct {
        const char *file, *dataset, *part, *sql;
        int64_t rows;
        int problems;
    } files[] = {
        { "unga/un_votes.rda", "unvotes", "votes", "SELECT count(*) FROM unvotes_vote", 870109,
          0 },
        { "unga/un_roll_calls.rda", "unvotes", "roll_calls",
          "SELECT count(*) FROM unvotes_roll_call", 6203, 0 },
        { "unga/un_roll_call_issues.rda", "unvotes", "issues",
          "SELECT count(*) FROM unvotes_issue", 5745, 0 },
        { "unga/UNVotesPublished.RData", "unga2015", "",
          "SELECT count(*) FROM unga2015_roll_call", 5429, 1 },
    };
    struct ds ds = ds_open();
    char text[64];

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *path = real_data(files[i].file);

        if (!path)
            goto out;
        ds_import(&ds, path);
        ck_assert_msg(ds.outcome == ENT_IMPORT_NEW, "%s: %s", files[i].file, ds.error);
        ck_assert_str_eq(ds.dataset, files[i].dataset);
        ck_assert_str_eq(ds.part, files[i].part);
        ck_assert_int_eq(ds.problems, files[i].problems);
        ck_assert_str_eq(ds.unmatched.text, "");
        ck_assert_double_eq(ds_number(&ds, files[i].sql), (double)files[i].rows);
    }
    ck_assert_str_eq(ds_text(&ds,
                             "SELECT date || ' ' || resolution FROM unvotes_roll_call "
                             "WHERE roll_call = 3",
                             text, sizeof(text)),
                     "1946-01-01 R/1/66");
    /* China in 1985 by the published tables of both absence rules: 155 roll calls. */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga2015_vote WHERE year = 1985 "
                                       "AND state = 710"),
                        155);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga2015_vote WHERE state = 713 "
                                       "AND year < 1950"),
                        0);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga2015_vote WHERE state = 710 "
                                       "AND year BETWEEN 1950 AND 1970 AND vote <> 9"),
                        0);
    ck_assert_double_eq(ds_number(&ds, "SELECT min(roll_call) FROM unvotes_vote WHERE state = "
                                       "713"),
                        239);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT count(*) FROM unvotes_vote WHERE state = 710 AND "
                                  "roll_call BETWEEN 239 AND 1189"),
                        0);
    ck_assert_double_eq(
        ds_number(&ds,
                  "SELECT count(*) FROM unvotes_vote WHERE state = 713 AND "
                  "roll_call NOT BETWEEN 239 AND 1189 AND roll_call NOT BETWEEN 9014 AND 9056"),
        0);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unvotes_vote WHERE state IN (260, "
                                       "678) AND roll_call BETWEEN 3501 AND 9000"),
                        0);
    /* The year that the votes get by number is the one that their roll calls say. */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unvotes_vote v JOIN "
                                       "unvotes_roll_call r ON v.year = r.year AND v.roll_call "
                                       "= r.roll_call"),
                        870109);
    /* China and Russia in session 69: agreement 0.815789 on 76 contested votes. */
    ck_assert_double_eq_tol(
        ds_number(&ds,
                  "SELECT avg(1 - abs(a.vote - b.vote) / 2.0) + count(*) FROM unvotes_vote "
                  "a JOIN unvotes_vote b USING (year, roll_call) WHERE year = 2014 AND "
                  "a.state = 710 AND b.state = 365 AND (SELECT count(DISTINCT vote) FROM "
                  "unvotes_vote c WHERE c.year = a.year AND c.roll_call = a.roll_call) > 1"),
        76.815789, 5e-7);
    /* The package and the long file are one source: they say the same of 2018. */
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT count(*) FROM unvotes_vote JOIN unvotes_roll_call "
                                  "USING (year, roll_call) WHERE year = 2018 AND state = 2"),
                        95);
out:
    ds_close(&ds);
}
END_TEST

START_TEST(real_vetoes_and_ideal_points)
{
    const char *path = real_data("unsc/unsc_vetoes_1946_sept2022.csv");
    struct ds ds = ds_open();

    if (path) {
        ds_import(&ds, path);
        ck_assert_int_eq(ds.problems + ds.unmatched_count, 0);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unsc_veto"), 214);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unsc_veto WHERE date = "
                                           "'1976-10-19' AND france = 1"),
                            1);
        ck_assert_double_eq(ds_number(&ds, "SELECT sum(joint) FROM unsc_veto_pair WHERE "
                                           "from_state = 710 AND to_state = 365"),
                            14);
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    }
    path = real_data("ideal-points/IdealpointestimatesAll_Apr2020.csv");
    if (path) {
        ds_import(&ds, path);
        ck_assert_str_eq(ds.version, "to session 74");
        ck_assert_int_eq(ds.problems + ds.unmatched_count, 0);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM ideal_point"), 10469);
        ck_assert_double_eq(ds_number(&ds, "SELECT ideal_point FROM ideal_point WHERE year = "
                                           "1946 AND state = 2"),
                            1.675486);
    }
    path = real_data("ideal-points/Matches.csv");
    if (path) {
        ds_import(&ds, path);
        ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM unga_match"), 955);
    }
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
    tcase_add_test(tc, package_votes_know_their_seats_by_number);
    tcase_add_test(tc, package_roll_calls_and_issues);
    tcase_add_test(tc, vetoes_in_order_of_date_and_by_either_mark);
    tcase_add_test(tc, ideal_points_stand_under_who_voted);
    tcase_add_test(tc, real_votes_by_package_and_with_absences);
    tcase_add_test(tc, real_vetoes_and_ideal_points);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
