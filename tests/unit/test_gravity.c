/* Gravity: exact recovery, the conditions of the estimate, and what cannot be fitted. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "check_main.h"
#include "entente/gravity.h"

enum {
    N = 12,
    K = 3
};

static double flows[N * N], fitted[N * N], z0[N * N], z1[N * N], z2[N * N];
static const double *const z[K] = { z0, z1, z2 };

static double noise(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return (double)(*seed >> 8) / (1 << 24);
}

/* Exact flows exp(a_i + b_j - 0.9 log distance + 0.385 border), and a third that is noise. */
static void make_exact(void)
{
    uint32_t seed = 2385;

    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++) {
            double apart = 1 + 11.5 * noise(&seed);

            z0[i * N + j] = log(apart);
            z1[i * N + j] = apart < 4;
            z2[i * N + j] = noise(&seed);
            flows[i * N + j] = i == j ? (double)NAN
                                      : exp(0.3 * (double)i - 0.2 * (double)j + 2.385 -
                                            0.9 * z0[i * N + j] + 0.385 * z1[i * N + j]);
        }
    }
}

static struct ent_gravity fit_ok(size_t covariates)
{
    struct ent_error err = { 0 };
    struct ent_gravity g;

    ck_assert_msg(ent_gravity_fit(N, flows, covariates, z, NULL, fitted, &g, &err) == ENT_OK,
                  "%s", err.message);
    ck_assert(g.converged && g.last_step < 1e-10 && g.iterations > 0);
    return g;
}

START_TEST(recovers_what_it_was_made_from)
{
    struct ent_gravity g;

    make_exact();
    g = fit_ok(K);
    ck_assert_double_eq_tol(g.beta[0], -0.9, 1e-8);
    ck_assert_double_eq_tol(g.beta[1], 0.385, 1e-8);
    ck_assert_double_eq_tol(g.beta[2], 0, 1e-8);
    ck_assert_double_lt(fabs(g.deviance), 1e-8);
    ck_assert_uint_eq(g.cells, N * (N - 1));
    ck_assert_uint_eq(g.dropped + g.zeros, 0);
    for (size_t q = 0; q < N * N; q++) {
        if (isnan(flows[q]))
            ck_assert(isnan(fitted[q]));
        else
            ck_assert_double_eq_tol(fitted[q], flows[q], 1e-7 * flows[q]);
    }
}
END_TEST

/*
 * Two exporters and two importers beside them: without covariates mu_ij = X_i. X_.j / X.
 * = 30 * 40 / 100 = 12, 18, 28, 42.
 */
START_TEST(without_covariates_it_is_independence)
{
    double x[16], mu[16];
    static const double want[] = { 12, 18, 28, 42 };
    struct ent_gravity g;

    for (size_t q = 0; q < 16; q++)
        x[q] = NAN;
    x[0 * 4 + 2] = 10;
    x[0 * 4 + 3] = 20;
    x[1 * 4 + 2] = 30;
    x[1 * 4 + 3] = 40;
    ck_assert_int_eq(ent_gravity_fit(4, x, 0, NULL, NULL, mu, &g, NULL), ENT_OK);
    ck_assert_double_eq_tol(mu[2], want[0], 1e-9);
    ck_assert_double_eq_tol(mu[3], want[1], 1e-9);
    ck_assert_double_eq_tol(mu[6], want[2], 1e-9);
    ck_assert_double_eq_tol(mu[7], want[3], 1e-9);
    ck_assert_uint_eq(g.exporters, 2);
    ck_assert_uint_eq(g.importers, 2);
    /* 2 (10 log(10/12) + 20 log(20/18) + 30 log(30/28) + 40 log(40/42)) */
    ck_assert_double_eq_tol(g.deviance, 0.8043486460964835, 1e-9);
}
END_TEST

static void make_noisy(uint32_t seed)
{
    make_exact();
    for (size_t q = 0; q < N * N; q++) {
        double u = noise(&seed);

        flows[q] *= u < 0.15 ? 0 : -2 * log(u);
        if (u > 0.95)
            flows[q] = NAN;
    }
}

/* Totals are met by exporter and importer, and sum (X - mu) z is 0: this is the maximum. */
START_TEST(first_order_conditions)
{
    for (uint32_t seed = 1; seed <= 20; seed++) {
        double gradient[K] = { 0 }, scale = 0;
        struct ent_gravity g;

        make_noisy(seed);
        g = fit_ok(K);
        ck_assert_uint_gt(g.zeros, 0);
        for (size_t i = 0; i < N; i++) {
            double row = 0, row_fit = 0, column = 0, column_fit = 0;

            for (size_t j = 0; j < N; j++) {
                size_t there = i * N + j, back = j * N + i;

                if (!isnan(fitted[there])) {
                    row += flows[there];
                    row_fit += fitted[there];
                    ck_assert(fitted[there] > 0);
                    for (size_t c = 0; c < K; c++)
                        gradient[c] += (flows[there] - fitted[there]) * z[c][there];
                    scale += flows[there];
                }
                if (!isnan(fitted[back])) {
                    column += flows[back];
                    column_fit += fitted[back];
                }
            }
            ck_assert_double_eq_tol(row_fit, row, 1e-8 * (1 + row));
            ck_assert_double_eq_tol(column_fit, column, 1e-8 * (1 + column));
        }
        for (size_t c = 0; c < K; c++) {
            ck_assert_double_lt(fabs(gradient[c]), 1e-7 * scale);
            ck_assert(g.error[c] > 0 && isfinite(g.error[c]));
        }
    }
}
END_TEST

/* Money has no unit: a hundred times the flows is the same beta and a hundred times mu. */
START_TEST(scale_does_not_matter)
{
    static double first[N * N];
    struct ent_gravity a, b;

    make_noisy(7);
    a = fit_ok(K);
    memcpy(first, fitted, sizeof(first));
    for (size_t q = 0; q < N * N; q++)
        flows[q] *= 238.5;
    b = fit_ok(K);
    for (size_t c = 0; c < K; c++) {
        ck_assert_double_eq_tol(a.beta[c], b.beta[c], 1e-8);
        ck_assert_double_eq_tol(a.error[c], b.error[c], 1e-6);
    }
    for (size_t q = 0; q < N * N; q++)
        ck_assert(isnan(first[q]) || fabs(fitted[q] / (238.5 * first[q]) - 1) < 1e-7);
}
END_TEST

START_TEST(separation_and_collinearity)
{
    struct ent_gravity g;

    make_noisy(3);
    for (size_t j = 0; j < N; j++) {
        flows[4 * N + j] = j == 4 ? (double)NAN : 0; /* 4 exports nothing */
        z2[j] = 0;
    }
    for (size_t q = 0; q < N * N; q++)
        z2[q] = flows[q] == 0 && q % 3 == 0; /* 1 only where nothing flows */
    g = fit_ok(K);
    ck_assert_uint_eq(g.exporters, N - 1);
    ck_assert_uint_eq(g.importers, N);
    ck_assert_uint_eq(g.dropped, 1);
    ck_assert(isnan(g.beta[2]) && isfinite(g.beta[0]));
    ck_assert(isnan(fitted[4 * N + 1]) && fitted[1 * N + 4] > 0);
    for (size_t q = 0; q < N * N; q++)
        z2[q] = 2.385 * z0[q] - 1 + (double)(q / N); /* distance and an exporter's effect */
    g = fit_ok(K);
    ck_assert_uint_eq(g.dropped, 1);
    ck_assert(isnan(g.beta[2]) && isfinite(g.beta[1]));
}
END_TEST

START_TEST(refusals)
{
    struct ent_gravity_options hasty = { .iterations = 1 };
    struct ent_gravity g = { .cells = 77 };
    struct ent_error err;

    make_noisy(5);
    ck_assert_int_eq(
        ent_gravity_fit(N, flows, ENT_GRAVITY_COVARIATES + 1, z, NULL, fitted, &g, &err),
        ENT_EINVAL);
    ck_assert_uint_eq(g.cells, 77);
    ck_assert_int_eq(ent_gravity_fit(N, flows, K, z, &hasty, fitted, &g, &err), ENT_EDIVERGE);
    ck_assert(!g.converged && g.last_step > 1e-10 && g.iterations == 1);
    ck_assert_ptr_nonnull(strstr(err.message, "last step"));
    ck_assert(fitted[1] > 0 || isnan(flows[1]));
    flows[1] = -1;
    ck_assert_int_eq(ent_gravity_fit(N, flows, K, z, NULL, fitted, &g, &err), ENT_EINVAL);
    flows[1] = INFINITY;
    ck_assert_int_eq(ent_gravity_fit(N, flows, K, z, NULL, fitted, &g, &err), ENT_EINVAL);
    for (size_t q = 0; q < N * N; q++)
        flows[q] = 0;
    ck_assert_int_eq(ent_gravity_fit(N, flows, K, z, NULL, fitted, &g, &err), ENT_ENOTFOUND);
}
END_TEST

int main(void)
{
    Suite *all = suite_create("gravity");
    TCase *tests = tcase_create("fit");

    tcase_add_test(tests, recovers_what_it_was_made_from);
    tcase_add_test(tests, without_covariates_it_is_independence);
    tcase_add_test(tests, first_order_conditions);
    tcase_add_test(tests, scale_does_not_matter);
    tcase_add_test(tests, separation_and_collinearity);
    tcase_add_test(tests, refusals);
    suite_add_tcase(all, tests);
    return run_suite(all);
}
