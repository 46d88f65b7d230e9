/* datasets: alliances. */
#include "ds_import.h"

START_TEST(members_have_phases_and_open_ends)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("atop/members.csv"));
    ck_assert_str_eq(ds.dataset, "atop");
    ck_assert_str_eq(ds.part, "members");
    ck_assert_str_eq(ds.version, "5.1");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "|8152|");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_member"), 4);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT exit_year FROM atop_member WHERE alliance = 9001 "
                                  "AND state = 2"),
                        0);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT exit_year FROM atop_member WHERE alliance = 9002 "
                                  "AND state = 710 AND phase = 1 AND defense = 1"),
                        1965);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT entry_year FROM atop_member WHERE alliance = 9002 "
                                  "AND state = 710 AND phase = 2 AND defense = 0"),
                        1965);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT military_aid FROM atop_member WHERE state = 200"), 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_member WHERE military_aid IS "
                                       "NULL"),
                        2);
    ds_close(&ds);
}
END_TEST

/* 9001 binds 2 and 200 from 1949 to the end; 9002 has one member in each phase. */
START_TEST(members_make_treaties)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("atop/members.csv"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_treaty"), 2018 - 1949 + 1);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_treaty WHERE alliance = 9001 "
                                       "AND state_a = 2 AND state_b = 200 AND treaties = 1 AND "
                                       "year BETWEEN 1949 AND 2018"),
                        70);
    /* Training alone makes it 1. */
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(depth <> 1 OR shallowness <> 1) FROM "
                                       "atop_treaty"),
                        0);
    ds_close(&ds);
}
END_TEST

/* Every pair with an obligation shares a treaty, and its depth is mostly the published one. */
START_TEST(real_treaties_agree_with_dyads_and_institutions)
{
    static const char *const files[] = { "atop/atop5_1m.csv", "atop/atop_alliance.csv.gz",
                                         "atop/atopinst5_1.csv" };
    struct ds ds;

    for (size_t i = 0; i < 3; i++) {
        if (!real_data(files[i]))
            return;
    }
    ds = ds_open();
    for (size_t i = 0; i < 3; i++)
        ds_import(&ds, real_data(files[i]));
    ck_assert_double_eq(
        ds_number(&ds, "SELECT count(*) FROM atop_dyad d WHERE NOT EXISTS (SELECT 1 FROM "
                       "atop_treaty t WHERE t.year = d.year AND t.state_a = min(d.from_state, "
                       "d.to_state) AND t.state_b = max(d.from_state, d.to_state))"),
        0);
    ck_assert_double_lt(
        ds_number(&ds, "SELECT count(*) FROM (SELECT DISTINCT year, state_a, state_b FROM "
                       "atop_treaty) t WHERE NOT EXISTS (SELECT 1 FROM atop_dyad d WHERE "
                       "d.year = t.year AND d.from_state = t.state_a AND d.to_state = "
                       "t.state_b)"),
        10);
    ck_assert_double_gt(
        ds_number(&ds, "SELECT avg(i.milinst = t.depth) FROM (SELECT DISTINCT alliance, year, "
                       "depth FROM atop_treaty) t JOIN atop_institution i ON i.alliance = "
                       "t.alliance AND i.phase = 0 WHERE i.milinst IS NOT NULL AND t.depth IS "
                       "NOT NULL"),
        0.95);
    ds_close(&ds);
}
END_TEST

START_TEST(obligations_have_a_direction)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("atop/dyads.csv"));
    ck_assert_str_eq(ds.part, "dyads");
    ck_assert_double_eq(ds_number(&ds, "SELECT defense FROM atop_dyad WHERE year = 1960 AND "
                                       "from_state = 2"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "SELECT defense FROM atop_dyad WHERE year = 1960 AND "
                                       "from_state = 740"),
                        0);
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(nonagg) FROM atop_dyad WHERE year = 2018"),
                        2);
    /* The level of each direction is the highest of its obligations. */
    ck_assert_double_eq(ds_number(&ds, "SELECT level FROM atop_dyad WHERE year = 1960 AND "
                                       "from_state = 2"),
                        3);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT count(*) FROM atop_dyad WHERE level <> CASE WHEN "
                                  "defense OR offense THEN 3 WHEN neutral OR consul THEN 2 "
                                  "ELSE nonagg END"),
                        0);
    ck_assert_int_eq(ds.first_year, 1960);
    ck_assert_int_eq(ds.last_year, 2018);
    ds_close(&ds);
}
END_TEST

START_TEST(the_publishers_dyads_say_the_same)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("atop/publisher_dyads.csv"));
    ck_assert_str_eq(ds.part, "dyads");
    ck_assert_str_eq(ds.version, "5.1");
    ds_import(&ds, fixture("atop/dyads.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_SAME);
    ds_close(&ds);
}
END_TEST

START_TEST(treaties_phases_and_institutions)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("atop/alliances.csv"));
    ck_assert_str_eq(ds.part, "alliances");
    ck_assert_double_eq(ds_number(&ds, "SELECT integrated_command FROM atop_alliance WHERE "
                                       "alliance = 9001"),
                        1);
    ck_assert(isnan(ds_number(&ds, "SELECT integrated_command FROM atop_alliance WHERE "
                                   "alliance = 9002")));
    ds_import(&ds, fixture("atop/phases.csv"));
    ck_assert_str_eq(ds.part, "phases");
    ck_assert_double_eq(ds_number(&ds, "SELECT end_year FROM atop_phase WHERE phase = 1"),
                        1965);
    ds_import(&ds, fixture("atop/institutions.csv"));
    ck_assert_str_eq(ds.part, "institutions");
    ck_assert_str_eq(ds.version, "5.1"); /* written 5.0999999 */
    ck_assert_double_eq(ds_number(&ds, "SELECT milinst FROM atop_institution WHERE alliance = "
                                       "9002 AND phase = 1"),
                        1);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT phase FROM atop_institution WHERE alliance = 9001"), 0);
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "9005 is no phase of alliance 9002"));
    ds_close(&ds);
}
END_TEST

START_TEST(bad_rows_are_reported)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,"
                        "atop_nonagg,atop_consul\n"
                        "2,200,19x4,1,0,0,0,0\n"
                        "2,200,1994,1,0,0,0,0\n"
                        "2,220,1994,yes,0,0,0,0\n"
                        "2,999,1994,1,0,0,0,0\n"
                        "2,2,1994,1,0,0,0,0\n"
                        "2,325,1994,1,0");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_int_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:2:3: \"19x4\" is not a number"));
    ck_assert_str_eq(ds.unmatched.text, "|999|");
    /* The cut row keeps what it says; what it does not say is missing. */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_dyad WHERE nonagg IS NULL"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_dyad"), 3);
    /* Without a word on non-aggression 2 -> 325 is at level 3; of 2 -> 220 it is not known. */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_dyad WHERE level IS NULL"),
                        1);
    ds_import_text(&ds, "ccode1,ccode2,year,atop_defense,atop_offense,atop_consul\n"
                        "2,200,1994,1,0,0\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "no column \"atop_neutral\""));
    ds_close(&ds);
}
END_TEST

START_TEST(real_dyads)
{
    const char *path = real_data("atop/atop_alliance.csv.gz");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_int_eq(ds.unmatched_count, 0);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM atop_dyad"), 273296);
    ck_assert_int_eq(ds.first_year, 1815);
    ck_assert_int_eq(ds.last_year, 2018);
    /* What differs from its reverse: obligations that are not returned. */
    ck_assert_double_eq(
        ds_number(&ds, "SELECT count(*) FROM atop_dyad a JOIN atop_dyad b ON a.year = b.year "
                       "AND a.from_state = b.to_state AND a.to_state = b.from_state WHERE "
                       "(a.defense, a.offense, a.neutral, a.nonagg, a.consul) <> "
                       "(b.defense, b.offense, b.neutral, b.nonagg, b.consul)"),
        1300);
    /* China defends North Korea, and has promised Russia no more than to consult. */
    ck_assert_double_eq(ds_number(&ds, "SELECT defense FROM atop_dyad WHERE year = 2018 AND "
                                       "from_state = 710 AND to_state = 731"),
                        1);
    ck_assert_double_eq(ds_number(&ds, "SELECT defense * 100 + nonagg * 10 + consul FROM "
                                       "atop_dyad WHERE year = 2018 AND from_state = 710 AND "
                                       "to_state = 365"),
                        11);
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ds_close(&ds);
}
END_TEST

START_TEST(real_treaties)
{
    static const struct {
        const char *file;
        const char *sql;
        int rows;
        const char *unmatched;
    } files[] = {
        { "atop/atop5_1a.csv", "SELECT count(*) FROM atop_alliance", 789, "" },
        { "atop/atop5_1aph.csv", "SELECT count(*) FROM atop_phase", 849, "" },
        /* One member of 1874 bears a number of ATOP's own: Annam. */
        { "atop/atop5_1m.csv", "SELECT count(*) FROM atop_member", 2509, "|8152|" },
        { "atop/atopinst5_1.csv", "SELECT count(*) FROM atop_institution", 849, "" },
    };
    struct ds ds = ds_open();

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *path = real_data(files[i].file);

        if (!path)
            continue;
        ds_import(&ds, path);
        ck_assert_int_eq(ds.problems, 0);
        ck_assert_str_eq(ds.version, "5.1");
        ck_assert_str_eq(ds.unmatched.text, files[i].unmatched);
        ck_assert_double_eq(ds_number(&ds, files[i].sql), files[i].rows);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(alliances_and_organizations_that_two_states_share)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("cow_alliance/dyads.csv"));
    ck_assert_str_eq(ds.dataset, "cow_alliance");
    ck_assert_int_eq(ds.merged, 2); /* both directions say the same */
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_double_eq(ds_number(&ds, "SELECT defense * 10 + entente FROM cow_alliance WHERE "
                                       "state_a = 365 AND state_b = 710"),
                        11);
    ds_import_text(&ds, "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n"
                        "2,200,2012,1,0,0,0\n200,2,2012,0,0,0,0\n2,3,2012,1,0,0,0\n");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:3:0: says other than line 2"));
    ck_assert_str_eq(ds.unmatched.text, "|3|");
    ds_import(&ds, fixture("igo/dyads.csv"));
    ck_assert_str_eq(ds.dataset, "igo");
    ck_assert_double_eq(ds_number(&ds, "SELECT joint_igos FROM igo_joint WHERE state_a = 2 AND "
                                       "state_b = 200"),
                        40);
    ck_assert_double_eq(ds_number(&ds, "SELECT joint_igos FROM igo_joint WHERE state_b = 710"),
                        0);
    ck_assert(isnan(ds_number(&ds, "SELECT joint_igos FROM igo_joint WHERE state_b = 731")));
    ds_import_text(&ds, "ccode1,ccode2,year,dyadigos\n2,20,1920,many\n2,20,1921\n");
    ck_assert_int_eq(ds.problems, 1);
    ds_import_text(&ds, "ccode1,year,dyadigos\n2,1920,7\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(real_organizations)
{
    const char *path = real_data("igo/cow_igo_ndy.csv.gz");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_int_eq(ds.problems + ds.unmatched_count, 0);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM igo_joint"), 917695);
    ck_assert_double_eq(ds_number(&ds, "SELECT joint_igos FROM igo_joint WHERE year = 1920 AND "
                                       "state_a = 2 AND state_b = 20"),
                        7);
    ck_assert_int_eq(ds.last_year, 2014);
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ds_close(&ds);
}
END_TEST

START_TEST(real_dyads_in_two_formats)
{
    const char *path = real_data("atop/atop_alliance.csv.gz");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    path = real_data("atop/atop_alliance.rda");
    if (path) {
        ds_import(&ds, path);
        ck_assert_msg(ds.outcome == ENT_IMPORT_SAME, "%s", ds.error);
    }
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ds_atop");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, members_have_phases_and_open_ends);
    tcase_add_test(tc, members_make_treaties);
    tcase_add_test(tc, real_treaties_agree_with_dyads_and_institutions);
    tcase_add_test(tc, obligations_have_a_direction);
    tcase_add_test(tc, the_publishers_dyads_say_the_same);
    tcase_add_test(tc, treaties_phases_and_institutions);
    tcase_add_test(tc, bad_rows_are_reported);
    tcase_add_test(tc, real_dyads);
    tcase_add_test(tc, real_treaties);
    tcase_add_test(tc, real_dyads_in_two_formats);
    tcase_add_test(tc, alliances_and_organizations_that_two_states_share);
    tcase_add_test(tc, real_organizations);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
