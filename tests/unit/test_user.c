/* Measures of a user's own columns. */
#include "check_main.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/rng.h"
#include "measure/user.h"

enum {
    STATES = 13,
    CELLS = STATES * STATES,
};

static struct ent_arena arena;

static void teardown(void)
{
    ent__arena_release(&arena);
}

static struct ent_user_tie tie(int levels)
{
    return (struct ent_user_tie){ .table = "user_t",
                                  .column = "c",
                                  .what = "C",
                                  .unit = "",
                                  .direction = ENT_DIRECTED,
                                  .levels = levels };
}

/* The value of a kind of one pair out of a matrix. */
static double likeness(const double *v, int levels, const char *kind,
                       const struct ent_conventions *conventions, const uint8_t *system,
                       const double *weight, uint16_t a, uint16_t b)
{
    struct ent_user_tie t = tie(levels);
    const struct ent_measure *m = NULL;
    struct ent_pair pair = { a, b };
    struct ent_error err = { 0 };
    struct ent_inputs in = {
        .n = STATES, .conventions = conventions, .system = system, .weight = weight
    };
    double value = NAN;

    ck_assert_msg(ent__user_likeness(&t, kind, &arena, &m, &err) == ENT_OK, "%s", err.message);
    in.source = m->from;
    in.at[0].v = v;
    ck_assert_int_eq(m->from->prepare(&in, &arena, &in.prepared, &err), ENT_OK);
    m->compute(m, &in, &pair, 1, &value, NULL);
    return value;
}

/* Levels 0 to 3, of which 3 occurs, as bits and as sizes: the same by every kind both have. */
START_TEST(levels_are_sizes_too)
{
    static const char *const kinds[] = { "s", "s_squared", "kappa", "pi", "agreement" };
    static double v[CELLS], weight[STATES];
    static uint8_t system[CELLS];
    struct ent_conventions set = { .given = ENT_CONVENTION_SELF_TIES | ENT_CONVENTION_RANGE,
                                   .options = { .self_ties = ENT_SELF_TIES_EXCLUDED,
                                                .range = ENT_RANGE_OBSERVED } };
    struct ent_rng rng = ent__rng(20, 0, 1);

    for (int c = 0; c < CELLS; c++) {
        v[c] = c % (STATES + 1) == 0 || ent__rng_below(&rng, 9) == 0
                   ? (double)NAN
                   : (double)ent__rng_below(&rng, 4);
        system[c] = ent__rng_below(&rng, 2) == 0;
    }
    for (int s = 0; s < STATES; s++)
        weight[s] = ent__rng_unit(&rng);
    v[1] = 3;
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        for (int how = 0; how < 4; how++) {
            const struct ent_conventions *c = how == 1 ? &set : NULL;
            const uint8_t *within = how == 2 ? system : NULL;
            const double *w = how == 3 ? weight : NULL;

            for (uint16_t a = 0; a < STATES; a++) {
                uint16_t b = (uint16_t)((a + 4) % STATES);

                ck_assert_double_eq_tol(likeness(v, 4, kinds[k], c, within, w, a, b),
                                        likeness(v, 0, kinds[k], c, within, w, a, b), 1e-12);
            }
        }
    }
}
END_TEST

/* Levels 0 to 3 of states in as many organisations, some not known, as a matrix and as a panel
 * has them. */
static void draw_memberships(double *v, int8_t *is)
{
    struct ent_rng rng = ent__rng(22, 0, 1);

    for (int s = 0; s < STATES; s++) {
        for (int k = 0; k < STATES; k++) {
            bool known = s != k && ent__rng_below(&rng, 9) != 0;

            v[s * STATES + k] = known ? (double)ent__rng_below(&rng, 4) : (double)NAN;
            is[k * STATES + s] = (int8_t)(known ? 1 + (int)v[s * STATES + k] : 0);
        }
    }
}

/* A kind (NULL: how many are shared) of the memberships of two states. */
static double of_members(const struct ent_votes *votes, const char *kind, struct ent_pair pair)
{
    struct ent_user_tie t = tie(4);
    const struct ent_measure *m = NULL;
    struct ent_inputs in = { .n = STATES, .at[0].votes = votes };
    double value = 0;

    t.members = true;
    t.direction = ENT_UNDIRECTED;
    if (kind)
        ck_assert_int_eq(ent__user_likeness(&t, kind, &arena, &m, NULL), ENT_OK);
    else
        ck_assert_int_eq(ent__user_value(&t, &arena, &m, NULL), ENT_OK);
    in.source = m->from;
    if (m->from->prepare)
        ck_assert_int_eq(m->from->prepare(&in, &arena, &in.prepared, NULL), ENT_OK);
    m->compute(m, &in, &pair, 1, &value, NULL);
    return value;
}

/* Organisations in place of states as targets: the same portfolios by every kind. */
START_TEST(memberships_are_portfolios_too)
{
    static const char *const kinds[] = { "s",      "s_squared",       "kappa", "kappa_linear",
                                         "pi",     "pi_nominal",      "tau_b", "agreement",
                                         "strict", "chance_corrected" };
    static double v[CELLS];
    static int8_t is[CELLS];
    struct ent_conventions set = { .given = ENT_CONVENTION_SELF_TIES,
                                   .options.self_ties = ENT_SELF_TIES_EXCLUDED };
    struct ent_votes votes = { .items = STATES, .vote = is };

    draw_memberships(v, is);
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
        ck_assert_double_eq_tol(of_members(&votes, kinds[k], (struct ent_pair){ 2, 7 }),
                                likeness(v, 4, kinds[k], &set, NULL, NULL, 2, 7), 1e-14);
}
END_TEST

START_TEST(shared_organisations)
{
    static double v[CELLS];
    static int8_t is[CELLS];
    struct ent_votes votes = { .items = STATES, .vote = is };
    struct ent_user_tie t = tie(0);
    const struct ent_measure *m = NULL;
    int shared = 0;

    draw_memberships(v, is);
    for (int k = 0; k < STATES; k++)
        shared += v[2 * STATES + k] > 0 && v[7 * STATES + k] > 0;
    ck_assert_int_gt(shared, 0);
    ck_assert_double_eq(of_members(&votes, NULL, (struct ent_pair){ 2, 7 }), shared);
    ck_assert_double_eq(of_members(&votes, NULL, (struct ent_pair){ 7, 2 }), shared);
    votes.items = 0; /* nothing is known of the year */
    ck_assert(isnan(of_members(&votes, NULL, (struct ent_pair){ 2, 7 })));
    t.members = true;
    ck_assert_int_eq(ent__user_likeness(&t, "s", &arena, &m, NULL), ENT_EINVAL);
}
END_TEST

/* Shifting and stretching all ties leaves kappa of two others as it was, and S of a shift 0. */
START_TEST(kappa_of_sizes_is_free_of_their_unit)
{
    static double v[CELLS], w[CELLS];
    struct ent_conventions none = { .given = ENT_CONVENTION_SELF_TIES,
                                    .options.self_ties = ENT_SELF_TIES_EXCLUDED };
    struct ent_rng rng = ent__rng(21, 0, 1);

    for (int c = 0; c < CELLS; c++) {
        v[c] = c % (STATES + 1) == 0 ? (double)NAN : 100 * ent__rng_unit(&rng);
        w[c] = 2.385 * v[c] + 17;
    }
    ck_assert_double_eq_tol(likeness(v, 0, "kappa", &none, NULL, NULL, 0, 1),
                            likeness(w, 0, "kappa", &none, NULL, NULL, 0, 1), 1e-12);
    ck_assert_double_eq_tol(likeness(v, 0, "pi", &none, NULL, NULL, 2, 5),
                            likeness(w, 0, "pi", &none, NULL, NULL, 2, 5), 1e-12);
    ck_assert_double_eq(likeness(v, 0, "agreement", &none, NULL, NULL, 3, 3), 1);
}
END_TEST

START_TEST(which_values_are_levels)
{
    ck_assert_int_eq(ent__user_levels(0, 3, true), 4);
    ck_assert_int_eq(ent__user_levels(1, 7, true), 8);
    ck_assert_int_eq(ent__user_levels(0, 0, true), 2);
    ck_assert_int_eq(ent__user_levels(0, 8, true), 0);
    ck_assert_int_eq(ent__user_levels(0, 3, false), 0);
    ck_assert_int_eq(ent__user_levels(-1, 3, true), 0);
    ck_assert_int_eq(ent__user_levels(NAN, NAN, true), 0);
}
END_TEST

START_TEST(what_a_column_cannot_have)
{
    struct ent_user_tie t = tie(0);
    const struct ent_measure *m = NULL;
    struct ent_error err = { 0 };

    ck_assert_int_eq(ent__user_likeness(&t, "tau_b", &arena, &m, &err), ENT_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "needs levels"));
    ck_assert_int_eq(ent__user_likeness(&t, "kapa", &arena, &m, NULL), ENT_ENOTFOUND);
    t.direction = ENT_MONADIC;
    ck_assert_int_eq(ent__user_likeness(&t, "kappa", &arena, &m, NULL), ENT_EINVAL);
    ck_assert_int_eq(ent__user_value(&t, &arena, &m, NULL), ENT_OK);
    ck_assert_str_eq(m->info.id, "user_t.c");
    ck_assert_int_eq(m->info.direction, ENT_MONADIC);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("user");
    TCase *tests = tcase_create("user");

    suite_add_tcase(s, tests);

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, levels_are_sizes_too);
    tcase_add_test(tests, memberships_are_portfolios_too);
    tcase_add_test(tests, shared_organisations);
    tcase_add_test(tests, kappa_of_sizes_is_free_of_their_unit);
    tcase_add_test(tests, which_values_are_levels);
    tcase_add_test(tests, what_a_column_cannot_have);
    return run_suite(s);
}
