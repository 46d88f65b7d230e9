/* The structure of trade, the balance of power and the memory of disputes, by hand. */
#include "measure_values.h"

/* imports[importer][exporter]; B does not know what it buys from C. */
static const double imports[N * N] = {
    NAN, 10, 2.385, 30, /**/ 5, NAN, NAN, 1, /**/ 4, 7, NAN, 0, /**/ 20, 0, 0, NAN,
};
static const double gdp[N] = { 300e6, 40e6, 0, NAN };

/* T_AB = 15, T_A = 71.385, T_B = 16 (of C one direction is not known). */
START_TEST(two_states)
{
    struct given given = { .v = { imports, gdp } };
    double a = 15 / 71.385, b = 15.0 / 16;

    is("trade.dependence_low", "cow_trade", &given, A, B, 0.05);
    is("trade.dependence_high", "cow_trade", &given, B, A, 0.375);
    is("trade.dependence_asymmetry", "cow_trade", &given, A, B, (0.05 - 0.375) / 0.425);
    is("trade.dependence_asymmetry", "cow_trade", &given, B, A, (0.375 - 0.05) / 0.425);
    is("trade.dependence_low", "cow_trade", &given, A, C, NAN);
    is("trade.salience", "cow_trade", &given, A, B, sqrt(a * b));
    is("trade.symmetry", "cow_trade", &given, B, A, 1 - (b - a));
    is("trade.interdependence", "cow_trade", &given, A, B, sqrt(a * b) * (1 - (b - a)));
    is("trade.interdependence", "cow_trade", &given, B, C, NAN);
    is("trade.influence", "cow_trade", &given, A, B, b - a);
    is("trade.influence", "cow_trade", &given, B, A, a - b);
    is("trade.influence_open", "cow_trade", &given, A, B, (b - a) * 16 / 40);
    is("trade.influence_open", "cow_trade", &given, A, C, NAN);
    /* X_A = 29, M_B = 6, M_w = 42.385 + 6 + 11 + 20, M_A = 42.385. */
    is("trade.intensity", "cow_trade", &given, A, B, (5.0 / 29) / (6.0 / 37));
    is("trade.intensity_symmetric", "cow_trade", &given, A, B,
       ((5.0 / 29) / (6.0 / 37) - 1) / ((5.0 / 29) / (6.0 / 37) + 1));
    is("trade.intensity", "cow_trade", &given, C, B, NAN);
}
END_TEST

START_TEST(one_state)
{
    struct given given = { .v = { imports, gdp } };
    double hhi = (15.0 * 15 + 6.385 * 6.385 + 50 * 50) / (71.385 * 71.385);

    is("trade.openness", "cow_trade", &given, A, A, 71.385 / 300);
    is("trade.openness", "cow_trade", &given, C, C, NAN);
    is("trade.concentration", "cow_trade", &given, A, A, 100 * sqrt(hhi));
    is("trade.hhi", "cow_trade", &given, A, A, hhi);
    is("trade.hhi_normalised", "cow_trade", &given, A, A, (hhi - 1.0 / 3) / (1 - 1.0 / 3));
    /* No partner is below a hundredth of the world's trade. */
    is("trade.small_partners", "cow_trade", &given, A, A, NAN);
    /* Four partners of DOTS are not all the world. */
    is("trade.openness", "dots", &given, A, A, NAN);
    is("trade.hhi", "dots", &given, A, A, NAN);
}
END_TEST

/* Identities over random trade of 120 states. */
START_TEST(identities)
{
    enum {
        MANY = 120,
        PAIRS = MANY * (MANY - 1)
    };
    static double matrix[MANY * MANY], product[MANY], out[6][PAIRS], one[3][MANY];
    static int16_t states[MANY];
    static struct ent_pair pairs[PAIRS], own[MANY];
    static const char *const ids_of_two[] = { "trade.share",     "trade.dependence",
                                              "trade.salience",  "trade.symmetry",
                                              "trade.influence", "trade.interdependence" };
    static const char *const ids_of_one[] = { "trade.openness", "trade.hhi",
                                              "trade.hhi_normalised" };
    struct ent_inputs in = { .n = MANY, .states = states, .year = 2014 };
    uint32_t seed = 2385;
    size_t count = 0;

    in.at[0].v = matrix;
    in.at[1].v = product;
    for (size_t i = 0; i < MANY; i++) {
        states[i] = (int16_t)(2 + i);
        product[i] = 1e9 * (double)(1 + i % 7);
        own[i] = (struct ent_pair){ (uint16_t)i, (uint16_t)i };
        for (size_t j = 0; j < MANY; j++) {
            seed = seed * 1664525 + 1013904223;
            matrix[i * MANY + j] = i == j ? NAN : 2.385 * (double)((seed >> 12) % 9973);
            if (i != j)
                pairs[count++] = (struct ent_pair){ (uint16_t)i, (uint16_t)j };
        }
    }
    for (size_t m = 0; m < 9; m++) {
        const struct ent_measure *measure =
            measure_of(m < 6 ? ids_of_two[m] : ids_of_one[m - 6]);
        struct ent_arena arena = ENT_ARENA_INIT;

        in.source = source_of(measure, "cow_trade");
        if (in.source->prepare)
            ck_assert_int_eq(in.source->prepare(&in, &arena, &in.prepared, NULL), ENT_OK);
        measure->compute(measure, &in, m < 6 ? pairs : own, m < 6 ? PAIRS : MANY,
                         m < 6 ? out[m] : one[m - 6], NULL);
        ent__arena_release(&arena);
    }
    for (size_t k = 0; k < PAIRS; k++) {
        size_t i = pairs[k].from;

        /* Gartzke and Li: share = dependence / openness. */
        ck_assert_double_eq_tol(out[0][k], out[1][k] / one[0][i], 1e-12);
        ck_assert(out[2][k] >= 0 && out[2][k] <= 1 && out[3][k] >= 0 && out[3][k] <= 1);
        ck_assert_double_eq_tol(out[5][k], out[2][k] * out[3][k], 1e-15);
        ck_assert_double_eq_tol(fabs(out[4][k]), 1 - out[3][k], 1e-12);
    }
    for (size_t i = 0; i < MANY; i++) {
        double squares = 0;

        for (size_t k = i * (MANY - 1); k < (i + 1) * (MANY - 1); k++)
            squares += out[0][k] * out[0][k];
        ck_assert_double_eq_tol(one[1][i], squares, 1e-14);
        ck_assert(one[1][i] >= 1.0 / (MANY - 1) && one[2][i] >= 0 && one[2][i] <= one[1][i]);
    }
}
END_TEST

/* CINC of A, B and C: 0.6, 0.4 and none known; their parts are the same. */
START_TEST(power_of_two)
{
    static const double six[N] = { 6, 4, NAN, NAN }, nothing[N] = { NAN, NAN, NAN, NAN };
    static const double people[N] = { 50e6, 10e6, 1, 0 };
    struct given given = { .v = { six, nothing, nothing, nothing, nothing, six } };
    struct given wealth = { .v = { gdp, people } };

    is("power.parity", "nmc", &given, A, B, 0.4 / 0.6);
    is("power.weaker_part", "nmc", &given, B, A, 0.4);
    is("power.log_ratio", "nmc", &given, A, B, log(0.6 / 0.4));
    is("power.log_ratio", "nmc", &given, B, A, log(0.4 / 0.6));
    is("power.parity", "nmc", &given, A, C, NAN);
    /* (0.36 + 0.16 - 0.5) / 0.5 = 0.04 */
    is("power.concentration", "nmc", &given, A, B, 0.2);
    is("power.net_resources_ratio", "wdi", &wealth, A, B, (300e6 * 6) / (40e6 * 4));
    is("power.net_resources_ratio", "pwt", &wealth, A, H, NAN);
    is("power.net_resources_ratio", "wdi", &wealth, A, C, NAN);
}
END_TEST

START_TEST(peace_and_memory)
{
    static const double under_way[N * N] = {
        NAN, 0, 1, NAN, 0, NAN, 0, NAN, 1, 0, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double last[N * N] = {
        NAN, NAN, 2014, NAN, NAN, NAN, NAN, NAN, 2014, 1969, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double stock[N * N] = {
        NAN, 2.385, 0, NAN, 2.385, NAN, 0, 0, 0, 0, NAN, 0, NAN, 0, 0, NAN,
    };
    struct given peace = { .v = { under_way, last } };
    struct given memory = { .v = { stock } };

    is("dispute.peace_years", "gml", &peace, A, C, 0);
    is("dispute.peace_years", "cow_mid", &peace, B, C, 45);
    /* None ever: B entered in 1950. */
    is("dispute.peace_years", "gml", &peace, A, B, 64);
    is("dispute.peace_years2", "gml", &peace, A, B, 64 * 64);
    is("dispute.peace_years3", "gml", &peace, B, C, 45 * 45 * 45);
    is("dispute.peace_years", "gml", &peace, A, H, NAN);
    is("trust.memory5", "gml", &memory, A, B, 2.385);
    is("trust.memory10", "cow_mid", &memory, A, C, 0);
    is("trust.memory20", "gml", &memory, A, H, NAN);
}
END_TEST

/*
 * Fuels (3) and machinery (7) among A, B and C.  A sells B 6 of fuel and 2 of machinery,
 * B sells A 1 and 3, and C sells A 4 of machinery.
 */
START_TEST(kinds_of_goods)
{
    static const double none[N * N] = {
        NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double fuel[N * N] = {
        NAN, 6, NAN, NAN, 1, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double machines[N * N] = {
        NAN, 2, NAN, NAN, 3, NAN, NAN, NAN, 4, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    struct given given = { .v = { none, none, none, fuel, none, none, none, machines, none,
                                  none } };

    is("goods.raw_share", "goods", &given, A, B, 0.75);
    is("goods.raw_share", "goods", &given, B, A, 0.25);
    is("goods.raw_share", "goods", &given, C, A, 0);
    is("goods.raw_share", "goods", &given, A, C, NAN);
    is("goods.exchange", "goods", &given, A, B, 0.5);
    is("goods.exchange", "goods", &given, B, A, -0.5);
    /* ((1 + 2) - (6 + 3)) / 12 */
    is("goods.composition", "goods", &given, A, B, -0.5);
    is("goods.composition", "goods", &given, B, A, 0.5);
    is("goods.composition", "goods", &given, A, C, NAN);
    /* e_A = 0.75, 0.25; e_B = 0.25, 0.75; e_C = 0, 1. */
    is("goods.export_similarity", "goods", &given, A, B, 0.5);
    is("goods.export_similarity", "goods", &given, B, C, 0.75);
    is("goods.export_similarity", "goods", &given, A, H, NAN);
    /* m_A = 1/8, 7/8; m_B = 0.75, 0.25. */
    is("goods.complementarity", "goods", &given, A, B, 1 - 0.125);
    is("goods.complementarity", "goods", &given, B, A, 1);
    is("goods.complementarity", "goods", &given, C, A, NAN);
    /* 0.75 * 0.75 * (16 - 8) / (7 - 1) + 0.25 * 0.25 * 8 / (9 - 7) */
    is("goods.drysdale", "goods", &given, A, B, 0.75 + 0.25);
    /* RCA of fuel: 0.75 / (7 / 16). */
    is("goods.advantage_raw", "goods", &given, A, A, (12.0 / 7 - 1) / (12.0 / 7 + 1));
    is("goods.advantage_raw", "goods", &given, C, C, -1);
    is("goods.advantage_machinery", "goods", &given, C, C, (16.0 / 9 - 1) / (16.0 / 9 + 1));
    is("goods.advantage_machinery", "goods", &given, H, H, NAN);
}
END_TEST

int main(void)
{
    Suite *all = suite_create("measure_structure");
    TCase *tests = tcase_create("values");

    tcase_add_test(tests, two_states);
    tcase_add_test(tests, one_state);
    tcase_add_test(tests, identities);
    tcase_add_test(tests, power_of_two);
    tcase_add_test(tests, peace_and_memory);
    tcase_add_test(tests, kinds_of_goods);
    suite_add_tcase(all, tests);
    return run_suite(all);
}
