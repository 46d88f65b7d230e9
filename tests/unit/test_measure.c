/* All measures but trade on arrays small enough to work out by hand. */
#include "measure_values.h"

/*
 * Roll calls of A, B, C, H: the fourth is unanimous among those who voted, in the
 * fifth B was absent.  A and B differ by 0, 1, 2 on the first three.
 */
static const int8_t votes[] = {
    1, 1, 3, 0, 1, 2, 3, 2, 1, 3, 1, 1, 1, 1, 1, 8, 2, 8, 1, 3,
};
static const int32_t roll_calls[] = { 11, 12, 13, 14, 15 };
static const uint32_t vote_flags[] = {
    ENT_VOTE_ISSUE_HR | ENT_VOTE_ISSUES_KNOWN,
    ENT_VOTE_ISSUE_HR | ENT_VOTE_ISSUES_KNOWN,
    ENT_VOTE_ISSUES_KNOWN | ENT_VOTE_ISSUE_ME,
    ENT_VOTE_ISSUE_NU | ENT_VOTE_ISSUES_KNOWN,
    0,
};

START_TEST(vote_agreement)
{
    struct ent_votes ballot = { 5, votes, roll_calls, vote_flags };
    struct given given = { .votes = &ballot };

    is("votes.agreement", "unga", &given, A, B, 0.5);
    is("votes.agreement", "unvotes", &given, B, A, 0.5);
    is("votes.agreement", "unga2015", &given, A, C, 1 - 5.0 / 8);
    is("votes.agreement", "unga", &given, A, H, 1 - 2.0 / 6);
    is("votes.agreement", "unga", &given, A, A, 1);
    is("votes.common", "unga", &given, A, B, 3);
    is("votes.common", "unga", &given, A, C, 4);
    is("votes.agreement_hr", "unga", &given, A, B, 0.75);
    is("votes.agreement_me", "unga", &given, A, B, 0);
    is("votes.agreement_nu", "unga", &given, A, B, NAN);
    is("votes.agreement_di", "unga", &given, A, B, NAN);
    is("votes.agreement_co", "unga", &given, A, B, NAN);
    is("votes.agreement_ec", "unga", &given, A, B, NAN);
    ballot.items = 0;
    is("votes.agreement", "unga", &given, A, B, NAN);
    is("votes.common", "unga", &given, A, B, NAN);
}
END_TEST

/* 200 roll calls and 4900 pairs, beyond a word and a block, against a plain loop. */
START_TEST(votes_in_bulk)
{
    enum {
        ITEMS = 200,
        STATES = 70
    };
    static int8_t vote[ITEMS * STATES];
    static struct ent_pair pairs[STATES * STATES];
    static double out[STATES * STATES];
    static int16_t states[STATES];
    struct ent_votes ballot = { .items = ITEMS, .vote = vote };
    uint32_t seed = 2385;
    const struct ent_measure *measure = measure_of("votes.agreement");
    struct ent_inputs in = { .n = STATES, .states = states, .source = measure->from };

    for (int i = 0; i < ITEMS * STATES; i++) {
        seed = seed * 1664525 + 1013904223;
        vote[i] = (int8_t)((seed >> 16) % 5);
    }
    for (uint16_t k = 0; k < STATES * STATES; k++)
        pairs[k] = (struct ent_pair){ k / STATES, k % STATES };
    in.at[0].votes = &ballot;
    measure->compute(measure, &in, pairs, STATES * STATES, out, NULL);
    for (int k = 0; k < STATES * STATES; k++) {
        int common = 0, apart = 0;

        for (int item = 0; item < ITEMS; item++) {
            int a = vote[item * STATES + pairs[k].from], b = vote[item * STATES + pairs[k].to];

            if (a < 1 || a > 3 || b < 1 || b > 3)
                continue;
            common++;
            apart += abs(a - b);
        }
        ck_assert_double_eq_tol(out[k], 1 - apart / (2.0 * common), 1e-14);
        ck_assert_double_eq(out[k], out[pairs[k].to * STATES + pairs[k].from]);
        if (pairs[k].from == pairs[k].to)
            ck_assert_double_eq(out[k], 1);
    }
}
END_TEST

static const double none[N * N] = { NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN };

START_TEST(treaties)
{
    /* A owes B defence, B owes A non-aggression; A and C consult; A, H: not known. */
    static const double defense[N * N] = {
        NAN, 1, 0, NAN, 0, NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN,
    };
    static const double nonagg[N * N] = {
        NAN, 0, 0, 0, 1, NAN, 1, 0, 0, 1, NAN, 0, 0, 0, 0, NAN,
    };
    static const double consul[N * N] = {
        NAN, 0, 1, 0, 0, NAN, 0, 0, 1, 0, NAN, 0, 0, 0, 0, NAN,
    };
    struct given one = { .v = { defense } };
    struct given all = { .v = { defense, none, none, nonagg, consul } };
    struct given cow = { .v = { defense, none, nonagg, consul } };

    is("treaty.defense", "atop", &one, A, B, 1);
    is("treaty.defense", "atop", &one, B, A, 0);
    is("treaty.defense", "cow_alliance", &one, A, H, NAN);
    is("treaty.offense", "atop", &one, A, B, 1);
    is("treaty.neutrality", "cow_alliance", &one, A, C, 0);
    is("treaty.nonaggression", "cow_alliance", &one, A, B, 1);
    is("treaty.consultation", "atop", &one, A, B, 1);
    is("treaty.level", "atop", &all, A, B, 3);
    is("treaty.level", "atop", &all, B, A, 3);
    is("treaty.level", "atop", &all, A, C, 2);
    is("treaty.level", "atop", &all, B, C, 1);
    is("treaty.level", "atop", &all, C, H, 0);
    is("treaty.level", "atop", &all, A, H, NAN);
    is("treaty.level_cow", "cow_alliance", &cow, A, B, 3);
    is("treaty.level_cow", "cow_alliance", &cow, B, C, 2);
    is("treaty.level_cow", "cow_alliance", &cow, A, C, 1);
    is("treaty.level_cow", "cow_alliance", &cow, C, H, 0);
    is("treaty.level_cow", "cow_alliance", &cow, A, H, NAN);
}
END_TEST

START_TEST(ages)
{
    static const double since[N * N] = {
        NAN, 1961, NAN, NAN, 1950, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double bound[N * N] = {
        NAN, 1961, 2001, NAN, 1950, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    struct given treaty = { .v = { bound }, .year = 2018 };
    struct given one = { .v = { since }, .year = 2010 };

    is("treaty.age", "atop", &treaty, A, B, 68);
    is("treaty.age", "atop", &treaty, C, A, 17);
    is("treaty.age", "atop", &treaty, B, C, NAN);
    is("treaty.age", "cow_alliance", &treaty, B, A, 68);
    is("dispute.years_since", "gml", &one, A, B, 49);
    is("dispute.years_since", "cow_mid", &one, B, A, 49);
    is("dispute.years_since", "gml", &one, B, C, NAN);
    is("rivalry.age", "rivalry", &one, A, B, 49);
    is("rivalry.age", "rivalry", &one, A, C, NAN);
}
END_TEST

/* Measures that hand on a cell. */
START_TEST(cells)
{
    static const double cell[N * N] = {
        NAN, 2.385, NAN, 0, 3, NAN, NAN, 0, NAN, NAN, NAN, 1, 0, 0, 1, NAN,
    };
    static const struct {
        const char *id, *source;
    } cases[] = {
        { "igo.joint", "igo" },
        { "treaty.count", "atop" },
        { "treaty.count_bilateral", "atop" },
        { "treaty.depth", "atop" },
        { "energy.pipeline_gas", "energy" },
        { "energy.lng", "energy" },
        { "energy.coal", "energy" },
        { "energy.crude_oil", "energy" },
        { "energy.oil_products", "energy" },
        { "influence.fbic", "fbic" },
        { "influence.economic_dependence", "fbic" },
        { "influence.security_dependence", "fbic" },
        { "investment.amount", "cgit" },
        { "investment.amount5", "cgit" },
        { "investment.construction", "cgit" },
        { "investment.construction5", "cgit" },
        { "investment.troubled", "cgit" },
        { "investment.troubled5", "cgit" },
        { "arms.delivered5", "sipri_register" },
        { "arms.delivered5", "sipri_tiv" },
        { "exercises.joint", "exercises" },
        { "exercises.joint5", "exercises" },
        { "peace.level", "peace" },
        { "contiguity.type", "contiguity" },
        { "distance.min_km", "mindist" },
        { "distance.capitals_km", "geodist" },
        { "distance.cities_km", "geodist" },
        { "visits.leaders", "visits_china_travel" },
        { "visits.leaders", "visits_china_engagements" },
        { "visits.leaders", "visits_us_president" },
        { "visits.leaders5", "visits_us_secretary" },
        { "visits.hosted", "visits_china_engagements" },
        { "visits.hosted5", "visits_china_engagements" },
        { "visits.calls", "visits_china_engagements" },
    };
    struct given given = { .v = { cell } };

    for (size_t i = 0; i < ENT_COUNT_OF(cases); i++) {
        is(cases[i].id, cases[i].source, &given, A, B, 2.385);
        is(cases[i].id, cases[i].source, &given, B, A, 3);
        is(cases[i].id, cases[i].source, &given, A, C, NAN);
        is(cases[i].id, cases[i].source, &given, A, H, 0);
    }
}
END_TEST

/* H is no permanent member; of Beijing and Taipei one alone is. */
START_TEST(vetoes_of_permanent_members)
{
    static const char *const cases[] = { "vetoes.joint", "vetoes.joint5", "vetoes.joint10",
                                         "vetoes.lone",  "vetoes.lone5",  "vetoes.lone10" };
    static const double cell[N * N] = {
        NAN, 2.385, 4, 0, 3, NAN, 0, 0, 5, 6, NAN, 1, 0, 0, 1, NAN,
    };
    struct given given = { .v = { cell } };
    struct given then = { .v = { cell }, .year = 1960 };

    for (size_t i = 0; i < ENT_COUNT_OF(cases); i++) {
        is(cases[i], "unsc", &given, A, B, 2.385);
        is(cases[i], "unsc", &given, B, A, 3);
        is(cases[i], "unsc", &given, A, C, 4);
        is(cases[i], "unsc", &given, A, H, NAN);
        is(cases[i], "unsc", &given, H, C, NAN);
        is(cases[i], "unsc", &then, A, B, 2.385);
        is(cases[i], "unsc", &then, A, C, NAN);
        is(cases[i], "unsc", &then, C, A, NAN);
    }
}
END_TEST

START_TEST(conflict)
{
    static const double cell[N * N] = {
        NAN, 2, NAN, 0, 3, NAN, NAN, 0, NAN, NAN, NAN, 1, 0, 0, 2, NAN,
    };
    struct given given = { .v = { cell } };

    is("dispute.count10", "gml", &given, A, B, 3);
    is("dispute.count10", "cow_mid", &given, B, A, 3);
    is("dispute.count10", "gml", &given, A, H, 0);
    is("dispute.count10", "gml", &given, A, C, NAN);
    is("dispute.hostility", "gml", &given, A, B, 3);
    is("dispute.hostility", "cow_mid", &given, A, C, NAN);
    is("rivalry.active", "rivalry", &given, A, B, 1);
    is("rivalry.active", "rivalry", &given, A, H, 0);
    is("rivalry.active", "rivalry", &given, A, C, NAN);
    is("contiguity.land_border", "land_borders", &given, A, B, 1);
    is("contiguity.land_border", "land_borders", &given, A, H, 0);
    is("contiguity.land_border", "land_borders", &given, A, C, NAN);
}
END_TEST

/* A delivers 6 to B and 2 to C; B 3 to C; H 2.5 to C. */
START_TEST(arms)
{
    static const double tiv[N * N] = {
        NAN, 6, 2, 0, 0, NAN, 3, 0, 0, 0, NAN, 0, 0, 0, 2.5, NAN,
    };
    static const double out[N] = { 12, 3, 0, 2.5 }, into[N] = { NAN, 6, 10, 0 };
    struct given given = { .v = { tiv } };
    struct given supplied = { .v = { tiv, out } }, received = { .v = { tiv, into } };

    /* Of A's 12, 4 went to no state; of C's 10, 2.5 came from none. */
    is("arms.supplier_share", "sipri_register", &supplied, A, B, 0.5);
    is("arms.supplier_share", "sipri_tiv", &given, A, B, 0.75);
    is("arms.supplier_share", "sipri_tiv", &given, A, H, 0);
    is("arms.supplier_share", "sipri_register", &supplied, C, A, NAN);
    is("arms.recipient_share", "sipri_register", &received, A, C, 0.2);
    is("arms.recipient_share", "sipri_tiv", &given, A, C, 2 / 7.5);
    is("arms.recipient_share", "sipri_tiv", &given, B, A, NAN);
    is("arms.supplier_rank", "sipri_register", &given, A, C, 2);
    is("arms.supplier_rank", "sipri_register", &given, A, H, NAN);
    is("arms.recipient_rank", "sipri_register", &given, A, C, 2);
    is("arms.recipient_rank", "sipri_tiv", &given, B, C, 1);
    is("arms.recipient_rank", "sipri_register", &given, H, C, NAN);
}
END_TEST

START_TEST(capabilities)
{
    /* Sums 8, 100, none known, 0, 10, 4; of C one component alone is known. */
    static const double milex[N] = { 6, 2, NAN, NAN }, milper[N] = { 75, 25, NAN, NAN };
    static const double irst[N] = { NAN, NAN, NAN, NAN }, pec[N] = { 0, 0, NAN, NAN };
    static const double tpop[N] = { 3, 2, 5, NAN }, upop[N] = { 1, 3, NAN, NAN };
    struct given given = { .v = { milex, milper, irst, pec, tpop, upop } };
    struct given own = { .v = { milex } };

    is("power.cinc", "nmc", &given, A, B, (0.75 + 0.75 + 0.3 + 0.25) / 4);
    is("power.cinc", "nmc", &given, B, A, (0.25 + 0.25 + 0.2 + 0.75) / 4);
    is("power.cinc", "nmc", &given, C, A, 0.5);
    is("power.cinc", "nmc", &given, H, A, NAN);
    is("power.cinc_ratio", "nmc", &given, A, B, 2.05 / 1.45);
    is("power.cinc_ratio", "nmc", &given, B, A, 1.45 / 2.05);
    is("power.cinc_ratio", "nmc", &given, A, H, NAN);
    is("power.cinc_published", "nmc", &own, A, B, 6);
    is("power.gdp", "wdi", &own, A, B, 6e-6);
    is("power.gdp", "wdi", &own, C, B, NAN);
    is("power.gdp_ratio", "wdi", &own, A, B, 3);
    is("power.gdp_ppp", "pwt", &own, B, A, 2);
    is("power.gdp_ppp_ratio", "pwt", &own, B, A, 1.0 / 3);
    is("power.population", "wdi", &own, A, B, 6);
    is("milex.spending", "sipri_milex", &own, A, B, 6);
    is("milex.gdp_share", "sipri_milex", &own, B, A, 2);
    is("milex.ratio", "sipri_milex", &own, A, B, 3);
    is("milex.ratio", "sipri_milex", &own, A, C, NAN);
}
END_TEST

START_TEST(regimes)
{
    static const double polity2[N] = { 8, -7, -6, NAN };
    static const double first[N] = { 0.9, 0.1, 0.3, NAN }, rest[N] = { 0.5, 0.5, 0.5, 0.5 };
    struct given polity = { .v = { polity2 } };
    static const double low[N] = { 0.8, 0.05, 0.1, NAN }, high[N] = { 0.95, 0.2, 0.55, NAN };
    struct given vdem = { .v = { first, rest, rest, rest, rest } };
    struct given bounds = { .v = { low, high } };

    is("regime.polity2", "polity5", &polity, B, A, -7);
    is("regime.distance", "polity5", &polity, A, B, 0.75);
    is("regime.distance", "polity5", &polity, A, H, NAN);
    is("regime.weak_link", "polity5", &polity, A, B, -7);
    is("regime.weak_link", "polity5", &polity, A, H, NAN);
    is("regime.joint_democracy", "polity5", &polity, A, B, 0);
    is("regime.joint_democracy", "polity5", &polity, A, H, NAN);
    is("regime.joint_autocracy", "polity5", &polity, B, C, 1);
    is("regime.joint_autocracy", "polity5", &polity, A, C, 0);
    is("regime.joint_autocracy7", "polity5", &polity, B, C, 0);
    is("regime.joint_democracy7", "polity5", &polity, A, B, 0);
    is("regime.joint_democracy7", "polity5", &polity, A, H, NAN);
    is("regime.mixed", "polity5", &polity, B, A, 1);
    is("regime.mixed", "polity5", &polity, B, C, 0);
    is("regime.mixed", "polity5", &polity, H, A, NAN);
    is("regime.polyarchy", "vdem", &vdem, A, B, 0.9);
    is("regime.polyarchy_weak_link", "vdem", &vdem, A, C, 0.3);
    is("regime.polyarchy_weak_link", "vdem", &vdem, A, H, NAN);
    is("regime.joint_polyarchy", "vdem", &vdem, A, C, 0);
    is("regime.joint_polyarchy", "vdem", &vdem, A, H, NAN);
    is("regime.polyarchy_distance_least", "vdem", &bounds, A, B, 0.6);
    is("regime.polyarchy_distance_most", "vdem", &bounds, B, A, 0.9);
    is("regime.polyarchy_distance_least", "vdem", &bounds, B, C, 0);
    is("regime.polyarchy_distance_most", "vdem", &bounds, B, C, 0.5);
    is("regime.polyarchy_distance_most", "vdem", &bounds, A, H, NAN);
    is("regime.polyarchy_distance", "vdem", &vdem, A, B, 0.8);
    is("regime.vdem_distance", "vdem", &vdem, A, B, 0.8 / sqrt(5));
    is("regime.vdem_distance", "vdem", &vdem, A, H, NAN);
    is("ideal.distance", "ideal_points", &vdem, B, C, 0.2);
    is("ideal.distance", "ideal_points", &vdem, B, H, NAN);
    is("ideal.point", "ideal_points", &vdem, C, B, 0.3);
}
END_TEST

/* 7, 5, 5, not known, 1: the two 5 share the second place. */
START_TEST(places)
{
    static const double values[] = { 5, 1, NAN, 7, 5 };
    double work[5], percentile[5];
    uint32_t place[5];
    size_t known;

    ent__places(values, 5, work, place, percentile, &known);
    ck_assert_uint_eq(known, 4);
    ck_assert_uint_eq(place[0], 2);
    ck_assert_uint_eq(place[1], 4);
    ck_assert_uint_eq(place[2], 0);
    ck_assert_uint_eq(place[3], 1);
    ck_assert_uint_eq(place[4], 2);
    ck_assert_double_eq(percentile[0], 0.5);
    ck_assert_double_eq(percentile[1], 0.125);
    ck_assert(isnan(percentile[2]));
    ck_assert_double_eq(percentile[3], 0.875);
    ent__places(values + 2, 1, work, place, percentile, &known);
    ck_assert_uint_eq(known, 0);
    ent__places(values, 0, work, place, percentile, &known);
    ck_assert_uint_eq(known, 0);
}
END_TEST

START_TEST(steps)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_steps all = { .arena = &arena };

    ent__step(NULL, 1, "", "nobody asked");
    for (int i = 0; i < 40; i++)
        ent__step(&all, i, "km", "step %d", i);
    ck_assert_uint_eq(all.count, 40);
    ck_assert_str_eq(all.at[0].text, "step 0");
    ck_assert_str_eq(all.at[39].text, "step 39");
    ck_assert_double_eq(all.at[39].value, 39);
    ck_assert_str_eq(all.at[17].unit, "km");
    ent__arena_release(&arena);
}
END_TEST

int main(void)
{
    Suite *all = suite_create("measure");
    TCase *tests = tcase_create("values");

    tcase_add_test(tests, vote_agreement);
    tcase_add_test(tests, votes_in_bulk);
    tcase_add_test(tests, treaties);
    tcase_add_test(tests, ages);
    tcase_add_test(tests, cells);
    tcase_add_test(tests, vetoes_of_permanent_members);
    tcase_add_test(tests, conflict);
    tcase_add_test(tests, arms);
    tcase_add_test(tests, capabilities);
    tcase_add_test(tests, regimes);
    tcase_add_test(tests, places);
    tcase_add_test(tests, steps);
    suite_add_tcase(all, tests);
    return run_suite(all);
}
