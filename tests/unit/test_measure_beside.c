/* Measures that set a pair beside what is usual, on four states by hand. */
#include "measure_values.h"

/*
 * Two roll calls: A yes, B yes, C no; then A yes, B abstains, C no, H yes.  Agreement is
 * AB 3/4, AC 0, AH 1, BC 1/4, BH 1/2, CH 0; the means are A 7/12, B 1/2, C 1/12, H 1/2,
 * and 5/12 of all.
 */
static const int8_t vote[2 * N] = { 1, 1, 3, 0, 1, 2, 3, 1 };
static const int32_t roll_call[2] = { 1, 2 };
static const uint32_t flags[2] = { 0, 0 };
static const struct ent_votes votes = {
    .items = 2, .vote = vote, .roll_call = roll_call, .flags = flags
};

/* A and C, B and C, B and H are rivals. */
static const double rivals[N * N] = {
    NAN, 0, 1, 0, 0, NAN, 2, 1, 1, 2, NAN, 0, 0, 1, 0, NAN,
};

START_TEST(agreement)
{
    struct given given = { .votes = &votes };

    is("votes.agreement", "unga", &given, A, B, 0.75);
    is("votes.agreement_centred", "unga", &given, A, B, 1 / 12.0);
    is("votes.agreement_centred", "unga", &given, B, A, 1 / 12.0);
    is("votes.agreement_centred", "unvotes", &given, A, C, -7 / 12.0 - 1 / 12.0 + 5 / 12.0);
    is("votes.agreement_centred", "unga2015", &given, C, H, -1 / 12.0 - 0.5 + 5 / 12.0);
    is("votes.agreement_centred", "unga", &given, A, A, NAN);
}
END_TEST

START_TEST(beside_rivals)
{
    struct given given = { .v = { NULL, rivals }, .votes = &votes };

    /* B's rivals are C and H, with whom A agrees 0 and 1. */
    is("votes.beside_rivals", "unga", &given, A, B, 0.75 - 0.5);
    is("votes.beside_rivals", "unvotes", &given, B, A, 0.75 - 0.25);
    /* Of C's rivals A is the one asking: B is left. */
    is("votes.beside_rivals", "unga2015", &given, A, C, 0 - 0.75);
    /* A's one rival is C itself. */
    is("votes.beside_rivals", "unga", &given, C, A, NAN);
}
END_TEST

/* Means A 7, B 6.5, C 8/3, H 4, and 5 of all. */
START_TEST(organisations)
{
    static const double joint[N * N] = {
        NAN, 10, 4, 7, 10, NAN, 3, NAN, 4, 3, NAN, 1, 7, NAN, 1, NAN,
    };
    struct given given = { .v = { joint } };

    is("igo.joint_centred", "igo", &given, A, B, 10 - 7 - 6.5 + 5);
    is("igo.joint_centred", "igo", &given, H, C, 1 - 4 - 8 / 3.0 + 5);
    is("igo.joint_centred", "igo", &given, B, H, NAN);
}
END_TEST

START_TEST(ties)
{
    static const double said[N * N] = {
        NAN, 1, 0, NAN, 0, NAN, 0, NAN, 0, 0, NAN, 1, NAN, NAN, 1, NAN,
    };
    struct given given = { .v = { said } };

    is("ties.language", "geodist", &given, A, B, 1);
    is("ties.language", "geodist", &given, B, A, 1);
    is("ties.coloniser", "geodist", &given, A, C, 0);
    is("ties.colony", "geodist", &given, A, H, NAN);
}
END_TEST

START_TEST(rival_count)
{
    struct given given = { .v = { rivals } };

    is("rivalry.count", "rivalry", &given, A, A, 1);
    is("rivalry.count", "rivalry", &given, B, B, 2);
    is("rivalry.count", "rivalry", &given, H, H, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure_beside");
    TCase *tests = tcase_create("measure_beside");

    tcase_add_test(tests, agreement);
    tcase_add_test(tests, beside_rivals);
    tcase_add_test(tests, organisations);
    tcase_add_test(tests, ties);
    tcase_add_test(tests, rival_count);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
