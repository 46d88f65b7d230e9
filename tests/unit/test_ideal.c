/*
 * The ideal-point model: votes in, positions out.  With ENTENTE_SLOW set the
 * calibration runs long enough to find small faults of a sampler.
 */
#include "check_main.h"

#include <math.h>
#include <string.h>

#include "ideal/ideal.h"
#include "ideal/inside.h"
#include "ideal/kernel.h"
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
make_run(const struct ent_ideal_votes *votes, const struct ent_ideal_options *options)
{
    struct ent_ideal_run *run = NULL;
    struct ent_error err = { 0 };

    ck_assert_msg(ent__ideal_new(votes, options, &run, &err) == ENT_OK, "%s", err.message);
    return run;
}

static void go_on(struct ent_ideal_run *run, size_t sweeps)
{
    struct ent_error err = { 0 };

    ck_assert_msg(ent__ideal_advance(run, sweeps, &err) == ENT_OK, "%s", err.message);
}

static struct ent_ideal_options short_run(enum ent_ideal_estimator estimator)
{
    return (struct ent_ideal_options){
        .estimator = estimator,
        .burn = 150,
        .draws = 100,
        .thin = 2,
        .chains = 2,
        .sweeps = 60,
        .seed = 12,
        .low = SIZE_MAX,
    };
}

/* Each estimator finds the positions that made the votes, and its s.d.s are of their errors'
 * size. */
START_TEST(finds_positions)
{
    struct made_votes m = make_votes(40, 5, 30, 2, 10, 385);
    struct ent_ideal_options options = short_run((enum ent_ideal_estimator)_i);
    struct ent_ideal_run *run = make_run(&m.votes, &options);
    struct ent_ideal_result r;
    double mean = 0, sd = 0, squares = 0, errors = 0, expected = 0, n = (double)m.votes.points;

    turn_truth(&m);
    go_on(run, SIZE_MAX);
    ck_assert(ent__ideal_progress(run).complete);
    ck_assert_int_eq(ent__ideal_result(run, &r, NULL), ENT_OK);
    ck_assert_double_ge(correlation(&r, m.theta), 0.94);

    /* On the scale of the result, mean 0 and s.d. 1. */
    for (size_t p = 0; p < m.votes.points; p++) {
        mean += m.theta[p] / n;
        squares += m.theta[p] * m.theta[p] / n;
    }
    sd = sqrt(squares - mean * mean);
    for (size_t p = 0; p < m.votes.points; p++) {
        double error = (m.theta[p] - mean) / sd - r.point[p].mean;

        errors += error * error / n;
        expected += r.point[p].sd * r.point[p].sd / n;
        ck_assert(r.point[p].low < r.point[p].mean && r.point[p].mean < r.point[p].high);
        ck_assert(r.point[p].predicted <= r.point[p].votes);
        ck_assert(r.point[p].probability > 0 && r.point[p].probability <= 1);
    }
    ck_assert_double_le(errors, 1.6 * expected);
    ck_assert_double_ge(errors, 0.6 * expected);
    ent__ideal_result_release(&r);
    ent__ideal_free(run);
    drop_votes(&m);
}
END_TEST

/* The bytes of a run after so many sweeps. */
static unsigned char *bytes_of(const struct ent_ideal_run *run, size_t *size)
{
    unsigned char *at;

    *size = ent__ideal_save_size(run);
    at = calloc(*size, 1);
    ent__ideal_save(run, at);
    return at;
}

/* 1, 2 and 4 threads give the same bytes, and so does every instruction set that is here. */
START_TEST(threads_and_processors_change_nothing)
{
    const char *kernels[] = { "plain", "v3", "v4", NULL };
    struct made_votes m = make_votes(33, 4, 20, 2, 5, 99);
    struct ent_ideal_options options = short_run((enum ent_ideal_estimator)_i);
    struct ent_ideal_run *run = make_run(&m.votes, &options);
    size_t size, other;
    unsigned char *expected;

    go_on(run, 200);
    expected = bytes_of(run, &size);
    ent__ideal_free(run);
    for (int k = 0; k < 5; k++) {
        const struct ent__ideal_kernel *kernel =
            k < 3 ? ent__ideal_kernel_named(kernels[k]) : ent__ideal_kernel();
        unsigned char *got;

        if (!kernel)
            continue;
        options.threads = k < 3 ? 1 : k == 3 ? 2 : 4;
        run = make_run(&m.votes, &options);
        run->kernel = kernel;
        go_on(run, 200);
        got = bytes_of(run, &other);
        ck_assert_uint_eq(size, other);
        ck_assert_msg(memcmp(expected, got, size) == 0, "%s with %d threads", kernel->name,
                      options.threads);
        free(got);
        ent__ideal_free(run);
    }
    free(expected);
    drop_votes(&m);
}
END_TEST

/* Saved and restored at awkward moments, a run ends as one that was never stopped. */
START_TEST(restored_is_uninterrupted)
{
    static const size_t stops[] = { 1, 47, 149, 201, 350, 353 };
    struct made_votes m = make_votes(21, 3, 15, 2, 5, 2385);
    struct ent_ideal_options options = short_run((enum ent_ideal_estimator)_i);
    struct ent_ideal_run *run = make_run(&m.votes, &options), *next;
    size_t size, other;
    unsigned char *expected, *got;

    go_on(run, SIZE_MAX);
    expected = bytes_of(run, &size);
    ent__ideal_free(run);
    run = make_run(&m.votes, &options);
    for (size_t k = 0, done = 0; k < sizeof(stops) / sizeof(*stops); k++) {
        go_on(run, stops[k] - done);
        done = stops[k];
        got = bytes_of(run, &other);
        options.threads = 1 + (int)k % 2;
        next = make_run(&m.votes, &options);
        ck_assert_int_eq(ent__ideal_restore(next, got, other, NULL), ENT_OK);
        ck_assert_uint_eq(ent__ideal_progress(next).done, ent__ideal_progress(run).done);
        free(got);
        ent__ideal_free(run);
        run = next;
    }
    go_on(run, SIZE_MAX);
    got = bytes_of(run, &other);
    ck_assert_uint_eq(size, other);
    ck_assert(memcmp(expected, got, size) == 0);
    free(got);
    free(expected);
    ent__ideal_free(run);
    drop_votes(&m);
}
END_TEST

/* What is not the saved state of this run is refused, and the run goes on as it was. */
START_TEST(other_states_are_refused)
{
    struct made_votes m = make_votes(12, 3, 10, 2, 5, 7), n = make_votes(12, 3, 10, 2, 5, 8);
    struct ent_ideal_options options = short_run(ENT_IDEAL_PATH), others[4];
    struct ent_ideal_run *run = make_run(&m.votes, &options), *other;
    struct ent_error err;
    size_t size, again;
    unsigned char *saved, *after;

    go_on(run, 30);
    saved = bytes_of(run, &size);
    for (int k = 0; k < 4; k++)
        others[k] = options;
    others[0].seed++;
    others[1].burn++;
    others[2].high = 3;
    others[3].estimator = ENT_IDEAL_PUBLISHED;
    for (int k = 0; k < 5; k++) {
        other = make_run(k < 4 ? &m.votes : &n.votes, k < 4 ? &others[k] : &options);
        ck_assert_int_eq(ent__ideal_restore(other, saved, size, &err), ENT_EFORMAT);
        ck_assert_ptr_nonnull(strstr(err.message, "other"));
        ent__ideal_free(other);
    }
    for (size_t k = 0; k < size; k += 1 + size / 97) {
        saved[k] ^= 4;
        ck_assert_msg(ent__ideal_restore(run, saved, size, &err) == ENT_EFORMAT ||
                          (k >= 24 && k < 64), /* the head's counts are bounded, not summed */
                      "byte %zu", k);
        saved[k] ^= 4;
    }
    for (size_t k = 0; k < size; k += 1 + size / 13)
        ck_assert_int_eq(ent__ideal_restore(run, saved, k, &err), ENT_EFORMAT);
    after = bytes_of(run, &again);
    ck_assert(again == size && memcmp(saved, after, size) == 0);
    free(saved);
    free(after);
    ent__ideal_free(run);
    drop_votes(&m);
    drop_votes(&n);
}
END_TEST

/* Votes and options that make no sense are refused in words. */
START_TEST(nonsense_is_refused)
{
    struct made_votes m = make_votes(6, 2, 4, 2, 0, 5);
    struct ent_ideal_options options = short_run(ENT_IDEAL_PATH), bad;
    struct ent_ideal_votes votes = m.votes;
    struct ent_ideal_run *run = NULL;
    struct ent_error err;
    size_t start[9];

    m.choice[3] = 4;
    ck_assert_int_eq(ent__ideal_new(&votes, &options, &run, &err), ENT_EINVAL);
    ck_assert_str_eq(err.message, "vote 3: choice 4, expected 1, 2 or 3");
    m.choice[3] = 1;
    m.vote_point[5] = 12;
    ck_assert_int_eq(ent__ideal_new(&votes, &options, &run, &err), ENT_EINVAL);
    ck_assert_str_eq(err.message, "vote 5: point 12 of 12");
    m.vote_point[5] = 0; /* and now point 10 has one vote less, but some */
    m.session[1] = m.session[0];
    ck_assert_int_eq(ent__ideal_new(&votes, &options, &run, &err), ENT_EINVAL);
    m.session[1]++;
    memcpy(start, m.item_start, sizeof(start));
    start[4] = start[3];
    votes.item_start = start;
    ck_assert_int_eq(ent__ideal_new(&votes, &options, &run, &err), ENT_EINVAL);
    ck_assert_str_eq(err.message, "item 3 has no votes");
    votes.item_start = m.item_start;
    for (size_t k = 0; k < votes.votes; k++)
        if (m.vote_point[k] == 7)
            m.vote_point[k] = 5;
    ck_assert_int_eq(ent__ideal_new(&votes, &options, &run, &err), ENT_EINVAL);
    ck_assert_str_eq(err.message, "point 7 has no votes");
    bad = options;
    bad.high = 6;
    ck_assert_int_eq(ent__ideal_new(&m.votes, &bad, &run, &err), ENT_EINVAL);
    bad = options;
    bad.scale = ENT_IDEAL_PRIOR;
    bad.estimator = ENT_IDEAL_PUBLISHED;
    ck_assert_int_eq(ent__ideal_new(&m.votes, &bad, &run, &err), ENT_EINVAL);
    ck_assert_ptr_null(run);
    drop_votes(&m);
}
END_TEST

/*
 * Simulation-based calibration (Talts et al. 2018): of parameters drawn from the prior, the
 * rank among the draws from the posterior is uniform.  Ranks of six positions and three items
 * in ten bins; the chi-square of each is compared with its 0.999 quantile over all.
 */
enum {
    BINS = 10,
    WATCHED = 9,
};

static size_t rank_of(const float *draw, size_t n, double truth)
{
    size_t below = 0;

    for (size_t d = 0; d < n; d++)
        below += (double)draw[d] < truth;
    return below;
}

/* Run one replicate and count its ranks; beta of an item is watched through its sum. */
static void replicate(uint64_t seed, unsigned count[WATCHED][BINS])
{
    struct made_votes m = make_votes(9, 3, 7, 2, 0, seed);
    struct ent_ideal_options options = {
        .estimator = ENT_IDEAL_PATH,
        .scale = ENT_IDEAL_PRIOR,
        .gamma_limit = 2,
        .first_variance = 1,
        .chains = 1,
        .burn = 300,
        .draws = 99,
        .thin = 12,
        .seed = seed,
        .low = SIZE_MAX,
    };
    struct ent_ideal_run *run = make_run(&m.votes, &options);
    float item[3][99];

    turn_truth(&m);
    for (size_t d = 0; d < 99; d++) {
        go_on(run, d == 0 ? options.burn + options.thin : options.thin);
        item[0][d] = (float)run->state.beta[4];
        item[1][d] = (float)run->state.gamma1[8];
        item[2][d] = (float)run->state.gamma2[16];
    }
    for (size_t k = 0; k < WATCHED; k++) {
        size_t p = k * 4 + k % 3;
        size_t rank = k < 6 ? rank_of(run->draw + p * 99, 99, m.theta[p])
                            : rank_of(item[k - 6], 99,
                                      k == 6   ? m.beta[4]
                                      : k == 7 ? m.gamma1[8]
                                               : m.gamma2[16]);

        count[k][rank * BINS / 100]++;
    }
    ent__ideal_free(run);
    drop_votes(&m);
}

START_TEST(calibrated)
{
    const unsigned replicates = getenv("ENTENTE_SLOW") ? 1500 : 60;
    unsigned count[WATCHED][BINS] = { 0 };
    double worst = 0;

    for (unsigned k = 0; k < replicates; k++)
        replicate(1000 + k, count);
    for (size_t k = 0; k < WATCHED; k++) {
        double expected = (double)replicates / BINS, chi = 0;

        for (size_t b = 0; b < BINS; b++)
            chi += (count[k][b] - expected) * (count[k][b] - expected) / expected;
        worst = fmax(worst, chi);
    }
    /* The 0.9999 quantile of chi-square with 9 degrees of freedom. */
    printf("calibration: %u replicates, worst chi-square %.1f\n", replicates, worst);
    ck_assert_double_le(worst, 33.72);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ideal");
    TCase *tests = tcase_create("ideal");

    tcase_set_timeout(tests, 900);
    tcase_add_loop_test(tests, finds_positions, 0, 3);
    tcase_add_loop_test(tests, threads_and_processors_change_nothing, 0, 3);
    tcase_add_loop_test(tests, restored_is_uninterrupted, 0, 3);
    tcase_add_test(tests, other_states_are_refused);
    tcase_add_test(tests, nonsense_is_refused);
    tcase_add_test(tests, calibrated);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
