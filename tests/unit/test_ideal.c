/* The ideal-point model: votes in, positions out. */
#include "check_main.h"

#include <math.h>
#include <string.h>

#include "ideal/ideal.h"
#include "ideal_votes.h"

static double correlation(const struct ent_ideal_result *r, const double *truth)
{
    double n = (double)r->points, a = 0, b = 0, aa = 0, bb = 0, ab = 0;

    for (size_t p = 0; p < r->points; p++) {
        a += r->point[p].mean / n;
        b += truth[p] / n;
    }
    for (size_t p = 0; p < r->points; p++) {
        aa += (r->point[p].mean - a) * (r->point[p].mean - a);
        bb += (truth[p] - b) * (truth[p] - b);
        ab += (r->point[p].mean - a) * (truth[p] - b);
    }
    return ab / sqrt(aa * bb);
}

static struct ent_ideal_run *
complete(const struct ent_ideal_votes *votes, const struct ent_ideal_options *options)
{
    struct ent_ideal_run *run = NULL;
    struct ent_error err = { 0 };

    ck_assert_msg(ent__ideal_new(votes, options, &run, &err) == ENT_OK, "%s", err.message);
    ck_assert_msg(ent__ideal_advance(run, SIZE_MAX, &err) == ENT_OK, "%s", err.message);
    ck_assert(ent__ideal_progress(run).complete);
    return run;
}

/* Each estimator finds the positions that made the votes. */
START_TEST(finds_positions)
{
    struct made_votes m = make_votes(40, 5, 30, 2, 385);
    struct ent_ideal_options options = {
        .estimator = (enum ent_ideal_estimator)_i,
        .burn = 200,
        .draws = 100,
        .thin = 2,
        .chains = 2,
        .seed = 12,
        .low = SIZE_MAX,
    };
    struct ent_ideal_run *run;
    struct ent_ideal_result r;
    double sign = 0;

    for (size_t t = 0; t < 5; t++)
        sign += m.theta[t];
    for (size_t p = 0; p < m.votes.points && sign < 0; p++)
        m.theta[p] = -m.theta[p];
    run = complete(&m.votes, &options);
    ck_assert_int_eq(ent__ideal_result(run, &r, NULL), ENT_OK);
    ck_assert_double_ge(correlation(&r, m.theta), 0.94);
    ent__ideal_result_release(&r);
    ent__ideal_free(run);
    drop_votes(&m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ideal");
    TCase *tests = tcase_create("ideal");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, finds_positions, 0, 3);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
