/* Third parties: on four states by hand, and on many against plain loops. */
#include "measure_values.h"

static const double none[N * N] = {
    NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN,
};
/* A and B are rivals of C; H is B's rival too. */
static const double rivals[N * N] = {
    NAN, 0, 1, 0, 0, NAN, 2, 1, 1, 2, NAN, 0, 0, 1, 0, NAN,
};
/* A owes H defence; a display of force between A and C, a threat between A and B. */
static const double pacts[N * N] = {
    NAN, 0, 0, 1, 0, NAN, 0, 0, 0, 0, NAN, 0, 0, 0, 0, NAN,
};
static const double force[N * N] = {
    NAN, 2, 3, 0, 2, NAN, 0, 0, 3, 0, NAN, 0, 0, 0, 0, NAN,
};

START_TEST(by_hand)
{
    struct given enemies = { .v = { rivals } };
    struct given forced = { .v = { none, force } };
    struct given signs = { .v = { rivals, pacts } };
    struct given all = { .v = { none, force, pacts } };

    is("third.common_enemies", "rivalry", &enemies, A, B, 1);
    is("third.common_enemies", "rivalry", &enemies, C, H, 1);
    is("third.common_enemies", "rivalry", &enemies, A, C, 0);
    is("third.common_enemies", "rivalry", &enemies, A, A, NAN);
    is("third.common_enemies", "cow_mid", &forced, B, C, 0);
    is("third.common_enemies_gml", "gml", &forced, A, B, 0);
    /* Of A and B: C is an adversary of both, H a friend of A and an adversary of B. */
    is("third.balance", "rivalry", &signs, A, B, 0);
    is("third.split", "rivalry", &signs, B, A, 1);
    is("third.common_friends", "rivalry", &signs, A, B, 0);
    is("third.common_friends_before", "atop", &signs, A, B, 0);
    /* Of C and H: A is C's adversary and H's friend. */
    is("third.balance", "cow_mid", &all, C, H, -1);
    is("third.balance_gml", "gml", &all, H, C, -1);
    is("third.balance", "cow_mid", &all, A, B, NAN);
}
END_TEST

/* Friend and adversary at once is an adversary; what is unknown is in nothing. */
START_TEST(conflict_wins)
{
    static const double bound[N * N] = {
        NAN, 1, 1, 1, 1, NAN, 1, 1, 1, 1, NAN, 1, 1, 1, 1, NAN,
    };
    static const double gaps[N * N] = {
        NAN, 0, 0, NAN, 0, NAN, 0, 0, 0, 0, NAN, 0, NAN, 0, 0, NAN,
    };
    struct given quarrel = { .v = { rivals, bound } };
    struct given unknown = { .v = { gaps, bound } };

    is("third.common_enemies", "rivalry", &quarrel, A, B, 1);
    is("third.common_friends", "rivalry", &quarrel, A, B, 0);
    is("third.split", "rivalry", &quarrel, A, B, 1);
    is("third.common_friends", "rivalry", &unknown, A, B, 1);
    is("third.common_friends", "rivalry", &unknown, A, H, NAN);
    is("third.balance", "rivalry", &unknown, A, B, 1);
}
END_TEST

/* Random ties of 150 states against the definition, state by state. */
START_TEST(in_bulk)
{
    enum {
        MANY = 150
    };
    static double rivalry[MANY * MANY], pact[MANY * MANY], balance[MANY * MANY];
    static int16_t states[MANY];
    static struct ent_pair pairs[MANY * MANY];
    const struct ent_measure *measure = measure_of("third.balance");
    struct ent_inputs in = { .n = MANY, .states = states, .year = 2014 };
    struct ent_arena arena = ENT_ARENA_INIT;
    uint32_t seed = 2385;

    in.source = source_of(measure, "rivalry");
    in.at[0].v = rivalry;
    in.at[1].v = pact;
    for (size_t i = 0; i < MANY; i++) {
        states[i] = (int16_t)(2 + i);
        for (size_t j = 0; j <= i; j++) {
            seed = seed * 1664525 + 1013904223;
            rivalry[i * MANY + j] = rivalry[j * MANY + i] =
                i == j ? NAN : (seed >> 16) % 9 == 0;
            pact[i * MANY + j] = pact[j * MANY + i] = i == j ? NAN : (seed >> 24) % 5 == 0;
        }
    }
    for (size_t q = 0; q < MANY * MANY; q++)
        pairs[q] = (struct ent_pair){ (uint16_t)(q / MANY), (uint16_t)(q % MANY) };
    ck_assert_int_eq(in.source->prepare(&in, &arena, &in.prepared, NULL), ENT_OK);
    measure->compute(measure, &in, pairs, MANY * MANY, balance, NULL);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert(isnan(balance[i * MANY + i]));
        for (size_t j = 0; j < i; j++) {
            double sum = 0, size = 0;

            for (size_t k = 0; k < MANY; k++) {
                size_t ik = i * MANY + k, jk = j * MANY + k;
                double product =
                    (rivalry[ik] > 0 ? -1 : pact[ik]) * (rivalry[jk] > 0 ? -1 : pact[jk]);

                if (k == i || k == j)
                    continue;
                sum += product;
                size += fabs(product);
            }
            ck_assert_double_eq_tol(balance[i * MANY + j], sum / size, 1e-15);
            ck_assert_double_eq(balance[i * MANY + j], balance[j * MANY + i]);
            ck_assert(fabs(balance[i * MANY + j]) <= 1);
        }
    }
    ent__arena_release(&arena);
}
END_TEST

/* A delivered 6 to B, 2 to C, 1 to H, and 3 to others: 12 in all.  Rivals as above. */
START_TEST(courting_rivals)
{
    static const double arms[N * N] = {
        NAN, 6, 2, 1, 0, NAN, 0, 0, 4, 5, NAN, NAN, 0, 0, 0, NAN,
    };
    static const double all[N] = { 12, 0, 10, NAN };
    static const double imports[N * N] = {
        NAN, 10, 2.385, 30, 5, NAN, 8, 1, 4, 7, NAN, NAN, 20, 0, 0, NAN,
    };
    struct given given = { .v = { rivals, arms, all } };
    struct given trade = { .v = { rivals, imports } };
    struct given visits = { .v = { rivals, arms } };

    /* B's rivals but A: C and H.  C's: A and B.  A's: C. */
    is("third.arms_to_rivals", "sipri_register", &given, A, B, 3.0 / 12);
    is("third.arms_to_rivals", "sipri_register", &given, A, C, 6.0 / 12);
    is("third.arms_to_rivals", "sipri_register", &given, A, H, 6.0 / 12);
    is("third.arms_to_rivals", "sipri_register", &given, B, A, NAN); /* delivered nothing */
    is("third.arms_to_rivals", "sipri_register", &given, C, B, NAN); /* to H: not known */
    is("third.arms_to_rivals", "sipri_register", &given, C, A, 0);
    is("third.arms_courtship", "sipri_register", &given, A, B, 3.0 / 9);
    is("third.arms_courtship", "sipri_register", &given, A, C, 6.0 / 8);
    is("third.arms_courtship", "sipri_register", &given, B, C, NAN);
    is("third.visits_courtship", "visits_us_president", &visits, A, B, 3.0 / 9);
    /* T_AB = 15, T_AC = 6.385, T_AH = 50. */
    is("third.trade_with_rivals", "cow_trade", &trade, A, B, 56.385 / 71.385);
    is("third.trade_with_rivals", "cow_trade", &trade, A, H, 15 / 71.385);
    is("third.trade_courtship", "cow_trade", &trade, A, B, 56.385 / 71.385);
    is("third.trade_courtship", "cow_trade", &trade, A, H, 15.0 / 65);
    is("third.trade_courtship", "cow_trade", &trade, C, B, NAN);
}
END_TEST

/* The poles are A and C.  B trades 15 with A, 15 with C, 1 with H; H 50, 0 and 1. */
START_TEST(between_poles)
{
    static const double imports[N * N] = {
        NAN, 10, 2.385, 30, 5, NAN, 8, 1, 4, 7, NAN, 0, 20, 0, 0, NAN,
    };
    static const double arms[N * N] = {
        NAN, 6, 2, 1, 0, NAN, 0, 0, 4, 3, NAN, 0, 0, 0, 0, NAN,
    };
    static const double all[N] = { 5, 12, 9, 0 };
    struct given trade = { .v = { imports } }, received = { .v = { arms, all } };

    is("hedging.trade", "cow_trade", &trade, B, B, 30.0 / 31);
    is("hedging.trade_spread", "cow_trade", &trade, B, B, 1);
    is("hedging.trade_volume", "cow_trade", &trade, B, B, 30.0 / 31);
    is("hedging.trade_lean", "cow_trade", &trade, H, H, 1);
    is("hedging.trade", "cow_trade", &trade, H, H, 0);
    is("hedging.trade", "cow_trade", &trade, A, A, NAN);
    is("hedging.arms", "sipri_register", &received, B, B, 2 * 3.0 / 12);
    is("hedging.arms_spread", "sipri_register", &received, B, B, 1 - 3.0 / 9);
    is("hedging.arms_lean", "sipri_register", &received, B, B, 3.0 / 9);
    is("hedging.arms", "sipri_register", &received, H, H, NAN);
    is("hedging.arms", "sipri_register", &received, C, C, NAN);
}
END_TEST

int main(void)
{
    Suite *all = suite_create("measure_third");
    TCase *tests = tcase_create("values");

    tcase_add_test(tests, by_hand);
    tcase_add_test(tests, conflict_wins);
    tcase_add_test(tests, in_bulk);
    tcase_add_test(tests, courting_rivals);
    tcase_add_test(tests, between_poles);
    suite_add_tcase(all, tests);
    return run_suite(all);
}
