/*
 * The pieces of the ideal-point model: the normal distribution in single precision
 * against libm's long double, filters and steps worked by hand, diagnostics, distances.
 */
#include "check_main.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "ideal/inside.h"
#include "ideal/kernel.h"
#include "ideal/normal.h"
#include "ideal/tail.h"

static long double upper(long double t)
{
    return 0.5L * erfcl(t * 0.707106781186547524400844362104849039L);
}

/* Each float of a range, 4096 apart, so that no two neighbours are looked at for one reason. */
static float after(float x)
{
    return ent__float_of(ent__bits_of(x) + 4096);
}

START_TEST(tail_errors)
{
    double near = 0, far = 0, scaled = 0, both = 0;

    for (float t = 1e-6F; t <= ENT__TAIL_END; t = after(t)) {
        long double truth = upper((long double)t);
        double e = fabs((double)((long double)ent__tail(t) / truth - 1)), *worst = &far;
        float a, b;

        if (t <= 6)
            worst = &near;
        *worst = fmax(*worst, e);
        e = fabs((double)((long double)ent__tail_scaled(t) /
                              (truth * expl((long double)t * (long double)t / 2)) -
                          1));
        scaled = fmax(scaled, e);
        ent__tails(t, ENT__TAIL_END - t, &a, &b);
        both = fmax(both, fabs((double)a / (double)ent__tail(t) - 1));
    }
    ck_assert_double_le(near, 2e-6);
    ck_assert_double_le(far, 8e-6);
    ck_assert_double_le(scaled, 5e-7);
    ck_assert_double_le(both, 5e-7);
    ck_assert_double_eq_tol((double)ent__tail(0), 0.5, 1e-7);
}
END_TEST

START_TEST(log_and_exp_errors)
{
    double relative = 0, absolute = 0, power = 0;

    for (float x = 1.2e-38F; x < 3e38F; x = after(x)) {
        double e = fabs((double)ent__log(x) - log((double)x));

        if (fabs(log((double)x)) > 0.5)
            relative = fmax(relative, e / fabs(log((double)x)));
        else
            absolute = fmax(absolute, e);
    }
    ck_assert_double_le(relative, 2.5e-7);
    ck_assert_double_le(absolute, 1e-7);
    ck_assert_double_eq((double)ent__log(1), 0);
    for (float x = -126; x <= 126; x += 0.00391F)
        power = fmax(power, fabs((double)ent__exp2(x) / exp2((double)x) - 1));
    ck_assert_double_le(power, 2.5e-7);
}
END_TEST

/* The point of a tail, put back into the tail. */
START_TEST(tail_point_errors)
{
    double worst = 0;

    for (float l = 0.693148F; l < 88; l = after(l)) {
        long double t = (long double)ent__tail_point(l);
        long double density = expl(-t * t / 2) * 0.398942280401432677939946059934L;

        worst = fmax(worst, fabs((double)((upper(t) - expl(-(long double)l)) / density)));
    }
    ck_assert_double_le(worst, 4e-6);
}
END_TEST

/* Truncated draws as a function of u: increasing, within bounds, and of the right distribution.
 */
START_TEST(truncated_draws)
{
    static const float ends[][2] = {
        { -0.35F, 0.8F }, { -3.1F, -2.9F }, { 2.385F, 7 },     { -12, -11 },    { 5, 5.001F },
        { -30, -29 },     { 28, 31 },       { -9.5F, 11.25F }, { 0.1F, 0.11F },
    };

    for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++) {
        float a = ends[k][0], b = ends[k][1], before = a;
        long double mass = a > 0 ? upper((long double)a) - upper((long double)b)
                                 : upper(-(long double)b) - upper(-(long double)a);

        for (float u = 0x1p-24F; u < 1; u += 0.0137F) {
            float v = a + b > 0 ? 1 - u : u; /* an interval that was turned runs backwards */
            float x = ent__within(ent__interval(a, b), v);
            long double got = a > 0 ? (upper((long double)a) - upper((long double)x)) / mass
                                    : (upper(-(long double)x) - upper(-(long double)a)) / mass;

            ck_assert(x >= a && x <= b);
            ck_assert(x >= before);
            before = x;
            /* Beyond the end of the table the nearer end is given. */
            if (fabsf(a) < 12 && fabsf(b) < 12 && b - a > 0.005F)
                ck_assert_double_eq_tol((double)got, (double)u, b - a > 0.05F ? 3e-4 : 3e-3);
        }
    }
    for (float x = -14; x < 14; x += 0.77F) {
        float q = ent__tail(fminf(fabsf(x), ENT__TAIL_END)), before = -100;

        for (float u = 0x1p-24F; u < 1; u += 0.0137F) {
            float z = ent__below(x, q, u);
            long double got = upper(-(long double)z) / upper(-(long double)x);

            ck_assert(z <= x && z >= before);
            before = z;
            ck_assert_double_eq_tol((double)got, (double)u, x < -12 ? 0.06 : 1e-4);
        }
    }
}
END_TEST

/* Bits to normal variables: symmetric, and the quantiles where they should be. */
START_TEST(normal_of_bits)
{
    for (uint32_t bits = 1; bits < 0x7fffffffU - 77777777U; bits += 77777777U) {
        double p = ((double)bits + 0.5) / 4294967296.0;

        ck_assert_double_eq_tol((double)ent__normal_of(bits), -ent__normal_quantile(p), 2e-6);
        ck_assert_double_eq((double)ent__normal_of(bits),
                            -(double)ent__normal_of(bits | 1U << 31));
    }
    ck_assert_double_eq_tol(ent__normal_quantile(0.975), 1.959963984540054, 1e-13);
    ck_assert_double_eq_tol(ent__normal_quantile(1e-20), -9.262340089798408, 1e-12);
    ck_assert_double_eq((double)ent__unit_of(0), 0x1p-24);
    ck_assert_double_eq((double)ent__unit_of(UINT32_MAX), 1 - 0x1p-24);
}
END_TEST

/*
 * Three sessions by hand, exactly in fractions.  Precision 1, 2, 3 and information 1, 0, -3,
 * steps 1/2: O = 1, C = 1/2, m = 1/2; O = 1, C = 1/3, m = 1/6; O = 5/6, C = 5/21,
 * m = -14/21 = -2/3 (5/21 (-3 + 1/6 6/5)).  J = 2/5 and 1/2.
 */
START_TEST(path_by_hand)
{
    const double step[] = { 9, 0.5, 0.5 }, precision[] = { 1, 2, 3 },
                 information[] = { 1, 0, -3 };
    const float none[] = { 0, 0, 0 }, one[] = { 1, 1, 1 };
    double mean[3], variance[3], theta[3], v[3], centre[3] = { 2, -1, 0.5 };
    struct ent__ideal_path path = { step, information, precision, mean, variance, 1 };

    ent__ideal_smooth(&path, 3, theta, v);
    ck_assert_double_eq_tol(variance[0], 1.0 / 2, 1e-15);
    ck_assert_double_eq_tol(variance[1], 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(variance[2], 5.0 / 21, 1e-15);
    ck_assert_double_eq_tol(mean[1], 1.0 / 6, 1e-15);
    ck_assert_double_eq_tol(theta[2], -2.0 / 3, 1e-15);
    ck_assert_double_eq_tol(theta[1], 1.0 / 6 + 0.4 * (-2.0 / 3 - 1.0 / 6), 1e-15);
    ck_assert_double_eq_tol(theta[0], 0.5 + 0.5 * (-1.0 / 6 - 0.5), 1e-15);
    ck_assert_double_eq_tol(v[1], 1.0 / 3 + 0.16 * (5.0 / 21 - 5.0 / 6), 1e-15);

    /* A draw with normals of 0 is the smoothed mean; with 1, by hand at the end. */
    ent__ideal_draw_path(&path, 3, none, theta);
    ck_assert_double_eq_tol(theta[0], 1.0 / 6, 1e-15);
    ent__ideal_draw_path(&path, 3, one, theta);
    ck_assert_double_eq_tol(theta[2], -2.0 / 3 + sqrt(5.0 / 21), 1e-15);
    ck_assert_double_eq_tol(
        theta[1], 1.0 / 6 + 0.4 * (theta[2] - 1.0 / 6) + sqrt(1.0 / 3 * 0.5 * 1.2), 1e-15);

    /* The authors': the first looks at the second's mean, the others at the one before. */
    ent__ideal_draw_one_sided(&path, 3, none, centre, theta);
    ck_assert_double_eq_tol(theta[0], (1 + -1 / 9.0) / (1 + 1 / 9.0), 1e-15);
    ck_assert_double_eq_tol(theta[1], (0 + 2 / 0.5) / (2 + 2), 1e-15);
    ck_assert_double_eq_tol(theta[2], (-3 + -1 / 0.5) / (3 + 2), 1e-15);
    ck_assert_double_eq(centre[2], theta[2]);
}
END_TEST

/* The log likelihood of three votes, yes, no and abstain, in double precision. */
static double value_at(double eta[3], double g1, double g2)
{
    return log(ent__normal_cdf(g1 - eta[0])) + log(ent__normal_cdf(eta[1] - g2)) +
           log(ent__normal_cdf(g2 - eta[2]) - ent__normal_cdf(g1 - eta[2]));
}

/* Sums of an item against differences of its log likelihood; and Newton's step from them. */
START_TEST(newton_by_differences)
{
    int32_t rank[32];
    float theta[5] = { 0.3F, -1.2F, 0.9F, 2, 0 }, spread[5] = { 0.1F, 0.2F, 0.3F, 0.4F, 0 };
    float work[32 * ENT__IDEAL_WORK], latent[32], curvature[32];
    struct ent__ideal_span span = { .yes = 1, .no = 1, .abstain = 1, .middle = 16, .end = 32 };
    const double g1 = -0.37, g2 = 0.55, beta = 0.8, h = 1e-4;
    double eta[3] = { beta * 0.3, beta * -1.2, beta * 0.9 }, step[2], d1, d2, d11, d22, d12;
    struct ent__ideal_look k = { .span = &span,
                                 .rank = rank,
                                 .theta = theta,
                                 .variance = spread,
                                 .beta = (float)beta,
                                 .gamma1 = (float)g1,
                                 .gamma2 = (float)g2,
                                 .work = work,
                                 .latent = latent,
                                 .curvature = curvature };

    for (int j = 0; j < 32; j++)
        rank[j] = 4;
    rank[0] = 0;
    rank[1] = 1;
    rank[16] = 2;
    ent__ideal_kernel()->look(&k);
    d1 = (value_at(eta, g1 + h, g2) - value_at(eta, g1 - h, g2)) / (2 * h);
    d2 = (value_at(eta, g1, g2 + h) - value_at(eta, g1, g2 - h)) / (2 * h);
    d11 = (value_at(eta, g1 + h, g2) + value_at(eta, g1 - h, g2) - 2 * value_at(eta, g1, g2)) /
          (h * h);
    d22 = (value_at(eta, g1, g2 + h) + value_at(eta, g1, g2 - h) - 2 * value_at(eta, g1, g2)) /
          (h * h);
    d12 = (value_at(eta, g1 + h, g2 + h) - value_at(eta, g1 + h, g2 - h) -
           value_at(eta, g1 - h, g2 + h) + value_at(eta, g1 - h, g2 - h)) /
          (4 * h * h);
    ck_assert_double_eq_tol(k.value, value_at(eta, g1, g2), 1e-5);
    ck_assert_double_eq_tol(k.d1, d1, 1e-5);
    ck_assert_double_eq_tol(k.d2, d2, 1e-5);
    ck_assert_double_eq_tol(k.d11, d11, 1e-4);
    ck_assert_double_eq_tol(k.d22, d22, 1e-4);
    ck_assert_double_eq_tol(k.d12, d12, 1e-4);
    ck_assert_double_eq_tol(k.squares, 0.09 + 1.44 + 0.81 + 0.6, 1e-5);

    /* E[z] of yes is eta - density / P. */
    ck_assert_double_eq_tol(
        (double)latent[0],
        eta[0] - ent__normal_density(g1 - eta[0]) / ent__normal_cdf(g1 - eta[0]), 1e-5);
    ent__ideal_newton(&k, step);
    ck_assert_double_eq_tol(d11 * step[0] + d12 * step[1], -d1, 1e-3);
    ck_assert_double_eq_tol(d12 * step[0] + d22 * step[1], -d2, 1e-3);
}
END_TEST

/* Positions known by hand: -1, 0 and 1 stay, 3, 5, 7 become them. */
START_TEST(standardised)
{
    double x[] = { 3, 5, 7 }, mean, sd;

    ent__ideal_standardise(x, 3, &mean, &sd);
    ck_assert_double_eq(mean, 5);
    ck_assert_double_eq(sd, 2);
    ck_assert_double_eq(x[0], -1);
    ck_assert_double_eq(x[2], 1);
}
END_TEST

enum {
    CHAINS = 4,
    DRAWS = 1000,
};

/* An autoregression with rho has S (1 - rho) / (1 + rho) effective draws. */
static void walk(float *draw, double rho, double apart, uint64_t seed)
{
    for (uint64_t c = 0; c < CHAINS; c++) {
        struct ent_rng rng = ent__rng(seed, c, 0);
        double x = ent__normal_quantile(ent__rng_unit(&rng) + 0x1p-54);

        for (size_t d = 0; d < DRAWS; d++) {
            double e = ent__normal_quantile(ent__rng_unit(&rng) + 0x1p-54);

            draw[c * DRAWS + d] = (float)(x + (c == 0 ? apart : 0));
            x = rho * x + sqrt(1 - rho * rho) * e;
        }
    }
}

START_TEST(mixing)
{
    static float draw[CHAINS * DRAWS], power[CHAINS * DRAWS];
    struct ent_ideal_mixing m, n;

    walk(draw, 0, 0, 5);
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, DRAWS, &m, NULL), ENT_OK);
    ck_assert_double_eq_tol(m.rhat, 1, 0.005);
    ck_assert_double_eq_tol(m.ess_bulk, 4000, 500);
    ck_assert_double_eq_tol(m.ess_tail, 4000, 700);
    walk(draw, 0.8, 0, 6);
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, DRAWS, &m, NULL), ENT_OK);
    ck_assert_double_eq_tol(m.ess_bulk, 444, 130);
    walk(draw, 0, 0.7, 7);
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, DRAWS, &m, NULL), ENT_OK);
    ck_assert_double_ge(m.rhat, 1.03);
    ck_assert_double_le(m.ess_bulk, 200);

    /* Ranks do not change with a monotone function. */
    for (size_t k = 0; k < CHAINS * DRAWS; k++)
        power[k] = expf(draw[k]);
    ck_assert_int_eq(ent__ideal_mixing(power, CHAINS, DRAWS, &n, NULL), ENT_OK);
    ck_assert_double_eq(n.ess_bulk, m.ess_bulk);

    /* Chains of one place and different spread: only the folded R-hat sees it. */
    walk(draw, 0, 0, 8);
    for (size_t d = 0; d < DRAWS; d++)
        draw[d] *= 3;
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, DRAWS, &m, NULL), ENT_OK);
    ck_assert_double_ge(m.rhat, 1.05);
    for (size_t k = 0; k < CHAINS * DRAWS; k++)
        draw[k] = 2.385F;
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, DRAWS, &m, NULL), ENT_OK);
    ck_assert(isnan(m.rhat) && isnan(m.ess_bulk));
    ck_assert_int_eq(ent__ideal_mixing(draw, CHAINS, 3, &m, NULL), ENT_OK);
    ck_assert(isnan(m.rhat));
}
END_TEST

START_TEST(distances)
{
    const float a[] = { 0, 1, 2, 3, 4 }, b[] = { 1, 1, 1, 1, 1 };
    float work[5];
    struct ent_ideal_distance d;

    ent__ideal_distance(a, b, 5, 1.5, work, &d); /* 1 0 1 2 3 */
    ck_assert_double_eq(d.mean, 1.4);
    ck_assert_double_eq(d.median, 1);
    ck_assert_double_eq_tol(d.low, 0.2, 1e-12);
    ck_assert_double_eq_tol(d.high, 2.8, 1e-12);
    ck_assert_double_eq(d.within, 0.6);
    ck_assert_double_eq(ent__ideal_within(a, b, 5, 1.5), 0.6);

    /* |N(0, 1)|: mean sqrt(2 / pi), median 0.6745. */
    ent__ideal_distance_normal(2.385, 0.6, 2.385, 0.8, 1, &d);
    ck_assert_double_eq_tol(d.mean, 0.7978845608028654, 1e-12);
    ck_assert_double_eq_tol(d.median, 0.6744897501960817, 1e-9);
    ck_assert_double_eq_tol(d.within, 0.6826894921370859, 1e-12);
    ck_assert_double_eq_tol(d.sd, sqrt(1 - 2 / 3.14159265358979323846), 1e-12);

    /* Far apart, folding does nothing. */
    ent__ideal_distance_normal(-1, 0.03, 2, 0.04, 2.95, &d);
    ck_assert_double_eq_tol(d.mean, 3, 1e-12);
    ck_assert_double_eq_tol(d.high, 3 + 0.05 * 1.6448536269514722, 1e-9);
    ck_assert_double_eq_tol(d.within, ent__normal_cdf(-1), 1e-12);
    ent__ideal_distance_normal(1, 0, 3, 0, 2.5, &d);
    ck_assert_double_eq(d.mean, 2);
    ck_assert_double_eq(d.within, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ideal_tail");
    TCase *tests = tcase_create("ideal_tail");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, tail_errors);
    tcase_add_test(tests, log_and_exp_errors);
    tcase_add_test(tests, tail_point_errors);
    tcase_add_test(tests, truncated_draws);
    tcase_add_test(tests, normal_of_bits);
    tcase_add_test(tests, path_by_hand);
    tcase_add_test(tests, newton_by_differences);
    tcase_add_test(tests, standardised);
    tcase_add_test(tests, mixing);
    tcase_add_test(tests, distances);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
