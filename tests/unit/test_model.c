/* The reference-class model: its features, its logit, its numbers, its file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/accuracy.h"
#include "assess/features.h"
#include "assess/fit.h"
#include "assess/logit.h"
#include "assess/model.h"
#include "check_main.h"
#include "entente/state.h"

#define CLOSE 1e-9

/* Four rows of one yes or no: 1 of 2 with it, 1 of 4 ... the odds are in the counts. */
START_TEST(logit_of_counts)
{
    /* x = 0: 3 of 4 are 0; x = 1: 3 of 5 are 1.  Saturated: b0 = log(1/3), b0 + b1 = log(3/2).
     */
    static const double x[] = { 0, 0, 0, 0, 1, 1, 1, 1, 1 };
    static const uint8_t y[] = { 1, 0, 0, 0, 1, 1, 1, 0, 0 };
    struct ent_logit d = { .rows = 9, .columns = 1, .x = x, .y = y };
    double beta[2] = { 0, 0 };

    ck_assert_int_eq(ent__logit_fit(&d, beta, NULL), ENT_OK);
    ck_assert_double_eq_tol(beta[0], log(1 / 3.0), CLOSE);
    ck_assert_double_eq_tol(beta[0] + beta[1], log(1.5), CLOSE);
}
END_TEST

/* At the answer the slope of loss and ridge is 0: sum (q - y) x + penalty W b = 0. */
START_TEST(ridge_condition)
{
    static const double x[] = { 0.31, -1.2, 2.385, 0.4, -0.7, 1.9, 1.1, -2.2, -0.15, 0.6 };
    static const uint8_t y[] = { 1, 0, 1, 0, 1 };
    struct ent_logit d = { .rows = 5, .columns = 2, .x = x, .y = y, .penalty = 0.13 };
    double beta[3] = { 0, 0, 0 }, slope[3] = { 0, 0, 0 };

    ck_assert_int_eq(ent__logit_fit(&d, beta, NULL), ENT_OK);
    for (int r = 0; r < 5; r++) {
        double off = ent__logistic(ent__logit_score(x + 2 * r, beta, 2)) - y[r];

        slope[0] += off;
        slope[1] += off * x[2 * r];
        slope[2] += off * x[2 * r + 1];
    }
    ck_assert_double_eq_tol(slope[0], 0, CLOSE);
    ck_assert_double_eq_tol(slope[1] + 0.13 * 5 * beta[1], 0, CLOSE);
    ck_assert_double_eq_tol(slope[2] + 0.13 * 5 * beta[2], 0, CLOSE);
    ck_assert_double_gt(fabs(beta[1]), 0.01);
}
END_TEST

enum {
    MANY = 700,
    WIDE = 3,
};

static void make_rows(double *x, uint8_t *y)
{
    unsigned state = 7;

    for (int i = 0; i < MANY * WIDE; i++) {
        state = state * 1103515245u + 12345u;
        x[i] = (double)(state >> 16 & 1023) / 512 - 1;
    }
    for (int i = 0; i < MANY; i++) {
        state = state * 1103515245u + 12345u;
        y[i] = x[i * WIDE] + (double)(state >> 16 & 1023) / 1024 > 0.9;
    }
}

/* Twice a row is a row of weight 2, none one of weight 0; the order does not matter. */
START_TEST(weights_and_order)
{
    static double x[MANY * WIDE], again[MANY * WIDE * 2], turned[MANY * WIDE];
    static uint8_t y[MANY], y_again[MANY * 2], y_turned[MANY];
    static float weight[MANY];
    double by_weight[WIDE + 1] = { 0 }, by_rows[WIDE + 1] = { 0 }, plain[WIDE + 1] = { 0 },
                            backward[WIDE + 1] = { 0 };
    size_t n = 0;

    make_rows(x, y);
    for (size_t i = 0; i < MANY; i++) {
        weight[i] = (float)(i % 3);
        for (size_t k = 0; k < i % 3; k++) {
            memcpy(again + n * WIDE, x + i * WIDE, WIDE * sizeof(*x));
            y_again[n++] = y[i];
        }
        memcpy(turned + (MANY - 1 - i) * WIDE, x + i * WIDE, WIDE * sizeof(*x));
        y_turned[MANY - 1 - i] = y[i];
    }
    struct ent_logit d = { .rows = MANY, .columns = WIDE, .x = x, .y = y, .penalty = .004 };
    ck_assert_int_eq(ent__logit_fit(&d, plain, NULL), ENT_OK);
    d.weight = weight;
    ck_assert_int_eq(ent__logit_fit(&d, by_weight, NULL), ENT_OK);
    d = (struct ent_logit){
        .rows = n, .columns = WIDE, .x = again, .y = y_again, .penalty = .004
    };
    ck_assert_int_eq(ent__logit_fit(&d, by_rows, NULL), ENT_OK);
    d = (struct ent_logit){
        .rows = MANY, .columns = WIDE, .x = turned, .y = y_turned, .penalty = .004
    };
    ck_assert_int_eq(ent__logit_fit(&d, backward, NULL), ENT_OK);
    for (int k = 0; k <= WIDE; k++) {
        ck_assert_double_eq_tol(by_weight[k], by_rows[k], CLOSE);
        ck_assert_double_eq_tol(plain[k], backward[k], CLOSE);
    }
    ck_assert_double_gt(fabs(plain[1] - by_weight[1]), 1e-6);
}
END_TEST

START_TEST(logit_refuses)
{
    static const double x[] = { 1, 2, 3 };
    static const uint8_t zeros[3] = { 0 };
    double beta[2] = { 0, 0 }, a[4] = { 1, 2, 2, 1 }, b[2] = { 1, 1 };
    struct ent_logit d = { .rows = 3, .columns = 1, .x = x, .y = zeros };

    ck_assert_int_eq(ent__logit_fit(&d, beta, NULL), ENT_EINVAL);
    ck_assert_int_eq(ent__solve(a, b, 2, NULL), ENT_EDIVERGE);
}
END_TEST

/* [4 2; 2 3] x = (2, 5): x = (-0.5, 2). */
START_TEST(solve_by_hand)
{
    double a[4] = { 4, 2, 0, 3 }, b[2] = { 2, 5 };

    ck_assert_int_eq(ent__solve(a, b, 2, NULL), ENT_OK);
    ck_assert_double_eq_tol(b[0], -0.5, CLOSE);
    ck_assert_double_eq_tol(b[1], 2, CLOSE);
}
END_TEST

/*
 * p .9 .8 .8 .3 .1 with y 1 0 1 0 1.  Of 3 * 2 pairs: .9 beats both (2), the .8 ties one
 * (.5) and beats one (1), .1 beats none: 3.5 / 6.  Precision at .9 is 1, at .8 2/3, at .1
 * 3/5: (1 + 2/3 + 3/5) / 3.  Brier (.01 + .64 + .04 + .09 + .81) / 5.
 */
START_TEST(accuracy_by_hand)
{
    static const double p[] = { .3, .8, .9, .1, .8 };
    static const uint8_t y[] = { 0, 0, 1, 1, 1 };
    struct ent_accuracy a;

    ck_assert_int_eq(ent__accuracy(p, y, 5, &a, NULL), ENT_OK);
    ck_assert_double_eq_tol(a.auc, 3.5 / 6, CLOSE);
    ck_assert_double_eq_tol(a.auprc, (1 + 2 / 3.0 + 0.6) / 3, CLOSE);
    ck_assert_double_eq_tol(a.brier, 1.59 / 5, CLOSE);
    ck_assert_double_eq_tol(a.skill, 1 - 0.318 / 0.24, CLOSE);
    ck_assert_double_eq_tol(a.base, 0.6, CLOSE);
    ck_assert_double_eq_tol(a.mean, 0.58, CLOSE);
    ck_assert_uint_eq(a.bins[9].count, 2);
    ck_assert_double_eq_tol(a.bins[9].observed, 0.5, CLOSE);
    ck_assert_double_eq_tol(a.bins[9].from, 0.8, CLOSE);
    ck_assert_uint_eq(a.bins[10].count, 1);
    ck_assert_uint_eq(a.bins[2].count, 1);
    ck_assert_double_eq_tol(a.bins[2].to, 0.2, CLOSE);
    ck_assert(isnan(a.bins[0].observed));
}
END_TEST

START_TEST(accuracy_edges)
{
    static const double half[] = { .5, .5, .5 }, bad[] = { .5, NAN };
    static const uint8_t y[] = { 1, 0, 0 }, ones[] = { 1, 1, 1 };
    struct ent_accuracy a;

    ck_assert_int_eq(ent__accuracy(half, y, 3, &a, NULL), ENT_OK);
    ck_assert_double_eq_tol(a.auc, 0.5, CLOSE);
    ck_assert_double_eq_tol(a.auprc, 1 / 3.0, CLOSE);
    ck_assert_int_eq(ent__accuracy(half, ones, 3, &a, NULL), ENT_OK);
    ck_assert(isnan(a.auc));
    ck_assert_int_eq(ent__accuracy(bad, y, 2, &a, NULL), ENT_EINVAL);
    ck_assert_int_eq(ent__accuracy(bad, y, 0, &a, NULL), ENT_EINVAL);
}
END_TEST

static size_t feature(const char *id)
{
    size_t found = ent__feature_find(id, strlen(id));

    ck_assert_msg(found != SIZE_MAX, "%s", id);
    return found;
}

static size_t slot(const char *measure, const char *source)
{
    for (size_t s = 0; s < ent__slot_count(true); s++)
        if (strcmp(ent__slot_at(s)->measure, measure) == 0 &&
            strcmp(ent__slot_at(s)->source, source) == 0)
            return s;
    ck_abort_msg("no slot %s@%s", measure, source);
}

static struct ent_feature_value make(ent_windows w, const char *id)
{
    struct ent_features f = { .a = 2, .b = 710, .year = 2014 };

    ent__features_make((const double(*)[ENT_SIDES][ENT_WINDOW])w, true, &f);
    return f.at[feature(id)];
}

/* Of two directions the larger, the smaller or the sum; of five years the mean. */
START_TEST(features_by_hand)
{
    ent_windows w;
    size_t share = slot("trade.share", "cow_trade");
    size_t agreement = slot("votes.agreement_centred", "unga");

    ent__windows_clear(w);
    ck_assert(isnan(make(w, "trade_larger").value));
    w[share][ENT_FORWARD][0] = 0.132;
    w[share][ENT_BACKWARD][0] = 0.021;
    ck_assert_double_eq_tol(make(w, "trade_larger").value, 0.132, CLOSE);
    ck_assert_double_eq_tol(make(w, "trade_smaller").value, 0.021, CLOSE);
    ck_assert(!make(w, "trade_larger").carried);
    ck_assert_int_eq(make(w, "trade_larger").year, 2014);
    w[share][ENT_BACKWARD][0] = NAN;
    ck_assert_double_eq_tol(make(w, "trade_larger").value, 0.132, CLOSE);
    ck_assert(isnan(make(w, "trade_smaller").value));
    for (int k = 1; k < 4; k++)
        w[agreement][ENT_FORWARD][k] = w[agreement][ENT_BACKWARD][k] = 0.1 * k;
    ck_assert_double_eq_tol(make(w, "agreement").value, 0.2, CLOSE);
    ck_assert(make(w, "agreement").carried);
    ck_assert_int_eq(make(w, "agreement").year, 2013);
    ck_assert_str_eq(make(w, "agreement").source, "unga");
}
END_TEST

/* Of two sources the one that is known latest; of equals the first. */
START_TEST(features_sources)
{
    ent_windows w;
    size_t old = slot("arms.delivered5", "sipri_tiv");
    size_t new = slot("arms.delivered5", "sipri_register");

    ent__windows_clear(w);
    w[old][ENT_FORWARD][2] = 100;
    w[new][ENT_FORWARD][0] = 41;
    w[new][ENT_BACKWARD][0] = 1.5;
    ck_assert_double_eq_tol(make(w, "arms").value, 42.5, CLOSE);
    ck_assert_str_eq(make(w, "arms").source, "sipri_register");
    w[old][ENT_FORWARD][0] = 77;
    ck_assert_double_eq_tol(make(w, "arms").value, 77, CLOSE);
}
END_TEST

/* A partner without rivals leaves nobody to vote with instead. */
START_TEST(features_rivals)
{
    ent_windows w;
    size_t beside = slot("votes.beside_rivals", "unga"),
           rivals = slot("rivalry.count", "rivalry");

    ent__windows_clear(w);
    w[beside][ENT_FORWARD][0] = 0.25;
    w[rivals][ENT_FORWARD][0] = 2;
    w[rivals][ENT_BACKWARD][0] = 1;
    ck_assert(isnan(make(w, "beside_rivals").value));
    w[beside][ENT_BACKWARD][0] = -0.125;
    ck_assert_double_eq_tol(make(w, "beside_rivals").value, -0.125, CLOSE);
    w[rivals][ENT_FORWARD][0] = 0; /* then it does not matter how the other votes with them */
    ck_assert_double_eq_tol(make(w, "beside_rivals").value, 0, CLOSE);
    ck_assert_double_eq_tol(make(w, "rivals").value, 1, CLOSE);
}
END_TEST

/* Who is named first does not matter; what is published of distance goes before the sphere. */
START_TEST(features_symmetric)
{
    ent_windows w, turned;
    struct ent_features f = { .a = 365, .b = 710, .year = 2010 },
                        g = { .a = 710, .b = 365, .year = 2010 };

    ent__windows_clear(w);
    ent__windows_clear(turned);
    for (size_t s = 0; s < ent__slot_count(true); s++)
        for (int k = 0; k < ENT_WINDOW; k++) {
            w[s][ENT_FORWARD][k] = turned[s][ENT_BACKWARD][k] = 0.1 * (double)s + 0.01 * k;
            w[s][ENT_BACKWARD][k] = turned[s][ENT_FORWARD][k] =
                strcmp(ent__slot_at(s)->measure, "distance.capitals_km") == 0 ||
                        strcmp(ent__slot_at(s)->measure, "contiguity.type") == 0
                    ? w[s][ENT_FORWARD][k]
                    : 1.7 - 0.05 * (double)s;
        }
    ent__features_make((const double(*)[ENT_SIDES][ENT_WINDOW])w, true, &f);
    ent__features_make((const double(*)[ENT_SIDES][ENT_WINDOW])turned, true, &g);
    for (size_t i = 0; i < ent__feature_count_all(); i++)
        ck_assert_msg(f.at[i].value == g.at[i].value, "%s", ent__feature_info(i)->id);
    ck_assert_double_eq_tol(f.at[feature("majors")].value, 2, CLOSE);
    ent__windows_clear(w);
    /* Washington to Beijing is some 11,150 km. */
    ck_assert_double_eq_tol(make(w, "distance").value, 11150, 60);
    w[slot("distance.capitals_km", "geodist")][ENT_FORWARD][0] = 12;
    ck_assert_double_eq_tol(make(w, "distance").value, 12, CLOSE);
}
END_TEST

START_TEST(feature_table)
{
    size_t count;
    const size_t *measures = ent_feature_measures(&count);

    ck_assert_uint_gt(count, 15);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(!ent_measure_at(measures[i])->detail, "%s is not in the starter panel",
                      ent_measure_at(measures[i])->id);
    for (size_t f = 0; f < ent_feature_count(); f++) {
        const struct ent_feature_info *info = ent_feature_at(f);

        ck_assert(info->title[0] && info->meaning[0]);
        for (size_t m = 0; m < info->measure_count; m++) {
            size_t index;

            ck_assert_int_eq(ent_measure_find(info->measures[m], &index, NULL), ENT_OK);
            ck_assert_msg(strncmp(info->measures[m], "treaty.", 7) != 0 &&
                              strncmp(info->measures[m], "portfolio.", 10) != 0,
                          "%s rests on treaties", info->id);
        }
    }
    ck_assert_ptr_null(ent_feature_at(ent_feature_count()));
}
END_TEST

/* A spline is straight beyond its last knots, and bends between. */
START_TEST(columns)
{
    struct ent_column_spec c = { .bend = 1, .knots = 3, .knot = { 1, 2, 4 }, .sd = 1 };
    struct ent_column_spec log_column = { .logarithm = true, .offset = 1, .mean = 2, .sd = .5 };

    ck_assert_double_eq_tol(ent__column_raw(&c, 0.5), 0, CLOSE);
    /* (1.5 - 1)^3 / (4 - 1)^2 */
    ck_assert_double_eq_tol(ent__column_raw(&c, 1.5), 0.125 / 9, CLOSE);
    ck_assert_double_eq_tol(ent__column_raw(&c, 7) - ent__column_raw(&c, 6),
                            ent__column_raw(&c, 6) - ent__column_raw(&c, 5), CLOSE);
    ck_assert_double_eq_tol(ent__column_value(&log_column, exp(3) - 1), 2, CLOSE);
    ck_assert_double_eq_tol(ent__column_value(&log_column, NAN), 0, CLOSE);
}
END_TEST

static const char small[] = "entente model\t1\n"
                            "charters\t3150\n"
                            "variant\tstrict\t1950\t2014\t1000\t0.02\t0.004\n"
                            "intercept\t-3\n"
                            "column\tagreement\tlinear\t0\t0\t0.1\t0.2\t0.8\n"
                            "column\ttrade_larger\tlog\t0.0001\t0\t-6\t2\t0.5\n"
                            "calibration\t0.1\t1\t-0.5\t-0.8\n"
                            "draw\t0\t0\t0\n"
                            "draw\t5000\t-1000\t2000\n"
                            "draw\t-5000\t1000\t-2000\n"
                            "places\t2014\t100\t1:0.9\t2:0.5\t100:0.001\n"
                            "end\n";

static struct ent_model *parse(const char *text)
{
    struct ent_model *model = NULL;
    struct ent_error err = { 0 };

    ck_assert_msg(ent__model_parse(ent__str(text), "small", &model, &err) == ENT_OK, "%s",
                  err.message);
    return model;
}

static struct ent_features nothing(void)
{
    struct ent_features f = { .a = 2, .b = 200, .year = 2014 };

    for (size_t i = 0; i < ENT_FEATURES; i++)
        f.at[i] = (struct ent_feature_value){ .value = NAN, .source = "" };
    return f;
}

/*
 * Agreement .5 is 2 s.d., 1.6 in log-odds; trade is missing: -3 + 1.6 = -1.4, calibrated
 * -1.3 as it is below the knee.
 */
START_TEST(score_by_hand)
{
    struct ent_model *model = parse(small);
    struct ent_features f = nothing();
    struct ent_model_score s;

    f.at[feature("agreement")].value = 0.5;
    ck_assert_int_eq(ent_model_score(model, 0, &f, &s, NULL), ENT_OK);
    ck_assert(!s.refused);
    ck_assert_double_eq_tol(s.log_odds, -1.4, CLOSE);
    ck_assert_double_eq_tol(s.p, ent__logistic(-1.3), CLOSE);
    ck_assert_double_eq_tol(s.calibration, 0.1, CLOSE);
    ck_assert_uint_eq(s.part_count, 2);
    ck_assert_uint_eq(s.parts[0].feature, feature("agreement"));
    ck_assert_double_eq_tol(s.parts[0].log_odds, 1.6, CLOSE);
    ck_assert(s.parts[1].missing && s.parts[1].log_odds == 0);
    ck_assert_uint_eq(s.missing, 1);
    ck_assert_double_lt(s.low, s.p);
    ck_assert_double_gt(s.high, s.p);
    /* The draws: -1.4, and with +-.5 on the intercept and -+.1 on agreement -1.1 and -1.7. */
    ck_assert_double_gt(s.low, ent__logistic(-1.6) - CLOSE);
    ck_assert_double_lt(s.high, ent__logistic(-1.0) + CLOSE);
    f = nothing();
    ck_assert_int_eq(ent_model_score(model, 0, &f, &s, NULL), ENT_OK);
    ck_assert(s.refused && isnan(s.p) && strstr(s.why, "votes") && strstr(s.why, "trade"));
    ck_assert_int_eq(ent_model_score(model, 1, &f, &s, NULL), ENT_EINVAL);
    ent_model_free(model);
}
END_TEST

/* Parts, base and calibration add up to the answer. */
START_TEST(score_adds_up)
{
    struct ent_model *model = parse(small);
    struct ent_features f = nothing();
    struct ent_model_score s;
    double sum;

    f.at[feature("agreement")].value = 0.43;
    f.at[feature("trade_larger")].value = 0.21;
    ck_assert_int_eq(ent_model_score(model, 0, &f, &s, NULL), ENT_OK);
    sum = s.base + s.calibration;
    for (size_t i = 0; i < s.part_count; i++)
        sum += s.parts[i].log_odds;
    ck_assert_double_eq_tol(ent__logistic(sum), s.p, CLOSE);
    ent_model_free(model);
}
END_TEST

START_TEST(places)
{
    struct ent_model *model = parse(small);

    ck_assert_uint_eq(ent_model_place(model, 0, 2014, 0.95).place, 1);
    ck_assert_uint_eq(ent_model_place(model, 0, 2014, 0.9).place, 1);
    ck_assert_uint_eq(ent_model_place(model, 0, 2014, 0.5).place, 2);
    ck_assert_uint_eq(ent_model_place(model, 0, 2014, 0).place, 100);
    ck_assert_uint_eq(ent_model_place(model, 0, 2014, 0.2505).place, 51);
    ck_assert_int_eq(ent_model_place(model, 0, 2020, 0.5).year, 2014);
    ck_assert_uint_eq(ent_model_place(model, 0, 2013, 0.5).place, 0);
    ck_assert_uint_eq(ent_model_place(model, 0, 2014, NAN).place, 0);
    ent_model_free(model);
}
END_TEST

START_TEST(round_trip)
{
    struct ent_model *model = parse(small);
    struct ent_buf out;

    ent__buf_init(&out);
    ent__model_print(model, &out);
    ck_assert_str_eq(out.text, small);
    ent__buf_release(&out);
    ent_model_free(model);
}
END_TEST

/* Whatever is cut off the end, the rest is refused. */
START_TEST(cut_short)
{
    struct ent_error err;

    for (size_t len = 0; len + 1 < sizeof(small) - 1; len++) {
        struct ent_model *model = NULL;
        struct ent_str text = { small, len };

        memset(&err, 0, sizeof(err));
        ck_assert_int_eq(ent__model_parse(text, "cut", &model, &err), ENT_EFORMAT);
        ck_assert_ptr_null(model);
        ck_assert_uint_gt(err.line, 0);
    }
}
END_TEST

/* What stands in a line, what it is replaced with, and where the fault is found. */
static const struct {
    const char *was, *is;
    size_t line, column;
} faults[] = {
    { "model\t1", "model\t2", 1, 0 },
    { "entente model", "entente panel", 1, 1 },
    { "\t3150", "\t-4", 2, 10 },
    { "strict", "stricter", 3, 9 },
    { "1950", "19x0", 3, 16 },
    { "2014\t1000", "1949\t1000", 3, 21 },
    { "0.02", "1.02", 3, 31 },
    { "-3", "nan", 4, 11 },
    { "-3", "1e300", 4, 11 },
    { "agreement", "agreemant", 5, 8 },
    { "agreement", "organisations_raw", 5, 8 },
    { "linear", "linar", 5, 18 },
    { "0.2\t0.8", "0\t0.8", 5, 33 },
    { "0.0001", "0", 6, 25 },
    { "-0.5", "-1.5", 7, 19 },
    { "\t0\t0\t0\n", "\t0\t0\n", 8, 9 },
    { "5000", "99999999999", 9, 6 },
    { "2:0.5", "2:0.95", 11, 23 },
    { "2:0.5", "101:0.5", 11, 23 },
    { "2:0.5", "2", 11, 23 },
    { "end", "enough", 12, 1 },
    { "end\n", "end\nend\n", 12, 1 },
    { "intercept", "intersect", 4, 1 },
    { "strict", "any", 12, 1 }, /* no form to answer with */
};

START_TEST(hostile)
{
    const char *was = faults[_i].was;
    const char *at = strstr(small, was);
    struct ent_model *model = NULL;
    struct ent_error err = { 0 };
    struct ent_buf text;

    ck_assert_ptr_nonnull(at);
    ent__buf_init(&text);
    ent__buf_add(&text, (struct ent_str){ small, (size_t)(at - small) });
    ent__buf_puts(&text, faults[_i].is);
    ent__buf_puts(&text, at + strlen(was));
    ck_assert_int_eq(ent__model_parse(ent__buf_str(&text), "hostile", &model, &err),
                     ENT_EFORMAT);
    ck_assert_ptr_null(model);
    ck_assert_msg(err.line == faults[_i].line && err.column == faults[_i].column,
                  "\"%s\": %zu:%zu: %s", faults[_i].is, err.line, err.column, err.message);
    ent__buf_release(&text);
}
END_TEST

enum {
    STATES = 24,
    YEARS = 9,
    ROWS = STATES * (STATES - 1) / 2 * YEARS,
};

/* Dyads of the first states of the list: near ones have pacts more often. */
static size_t make_dyads(float *x, int16_t *a, int16_t *b, uint8_t *y, uint32_t *row)
{
    size_t n = 0, features = ent_feature_count();
    unsigned state = 11;

    for (int year = 0; year < YEARS; year++)
        for (size_t i = 0; i < STATES; i++)
            for (size_t j = 0; j < i; j++) {
                double eta;

                a[n] = ent_state_at(j)->id;
                b[n] = ent_state_at(i)->id;
                for (size_t f = 0; f < features; f++) {
                    state = state * 1103515245u + 12345u;
                    x[n * features + f] = (float)(state >> 16 & 1023) / 1024;
                    if ((state >> 8 & 31) == 0)
                        x[n * features + f] = NAN;
                }
                x[n * features + feature("agreement")] = (float)((i * 7 + j * 5) % 11) / 11;
                eta = 6 * (double)x[n * features + feature("agreement")] - 4;
                state = state * 1103515245u + 12345u;
                y[n] = (double)(state >> 16 & 1023) / 1024 < ent__logistic(eta);
                row[n] = (uint32_t)n;
                n++;
            }
    return n;
}

/* The same bytes for one thread and four; and what made the pacts is found. */
START_TEST(fit_threads)
{
    size_t features = ent_feature_count();
    float *x = calloc(ROWS * features, sizeof(*x));
    static int16_t a[ROWS], b[ROWS];
    static uint8_t y[ROWS];
    static uint32_t row[ROWS];
    static struct ent_fitted one, four;
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_fit_rows rows = {
        .features = features, .x = x, .a = a, .b = b, .y = y, .row = row
    };
    struct ent_fit_options how = { .calibrate = true, .draws = 8, .threads = 1 };

    for (int bends = 0; bends < 2; bends++) {
        const struct ent_variant_plan *plan =
            ent__variant_plan_find(ent__str(bends ? "splines" : "strict"));
        size_t n;

        rows.count = make_dyads(x, a, b, y, row);
        how.threads = 1;
        ck_assert_int_eq(ent__fit(plan, &rows, &how, &arena, &one, NULL), ENT_OK);
        how.threads = 4;
        ck_assert_int_eq(ent__fit(plan, &rows, &how, &arena, &four, NULL), ENT_OK);
        n = one.column_count + 1;
        ck_assert_uint_eq(one.column_count, four.column_count);
        ck_assert_int_eq(memcmp(one.beta, four.beta, n * sizeof(double)), 0);
        ck_assert_int_eq(memcmp(one.draws, four.draws, 8 * n * sizeof(int32_t)), 0);
        ck_assert_int_eq(memcmp(&one.calibration, &four.calibration, sizeof(one.calibration)),
                         0);
        ck_assert(one.penalty == four.penalty && one.penalty > 0);
        ck_assert_double_gt(one.beta[1], 1);
        ck_assert(bends == (one.column_count > one.info.feature_count));
    }
    ent__arena_release(&arena);
    free(x);
}
END_TEST

/* A resample draws as many states as there are, some more than once, the same each time. */
START_TEST(resamples)
{
    static const int16_t states[] = { 2, 20, 200, 220, 255, 365, 710, 740 };
    uint16_t times[1000] = { 0 }, again[1000] = { 0 }, other[1000] = { 0 };
    int sum = 0;

    ent__resample(3, states, 8, times);
    ent__resample(3, states, 8, again);
    ent__resample(4, states, 8, other);
    for (int id = 0; id < 1000; id++)
        sum += times[id];
    ck_assert_int_eq(sum, 8);
    ck_assert_int_eq(memcmp(times, again, sizeof(times)), 0);
    ck_assert_int_ne(memcmp(times, other, sizeof(times)), 0);
}
END_TEST

/* Whatever bytes are changed, the file is read or refused, and a score is a share. */
START_TEST(mutations)
{
    static const char bytes[] = "0123456789.-e\t\n:xn";
    unsigned state = 5;

    for (int run = 0; run < 30000; run++) {
        char text[sizeof(small)];
        struct ent_model *model = NULL;
        struct ent_features f = nothing();
        struct ent_model_score s;
        enum ent_status status;

        memcpy(text, small, sizeof(small));
        for (int k = 0; k <= run % 3; k++) {
            state = state * 1103515245u + 12345u;
            text[(state >> 8) % (sizeof(small) - 1)] =
                bytes[(state >> 4) % (sizeof(bytes) - 1)];
        }
        status = ent__model_parse((struct ent_str){ text, sizeof(small) - 1 }, "mutation",
                                  &model, NULL);
        ck_assert(status == ENT_OK || status == ENT_EFORMAT);
        if (status != ENT_OK)
            continue;
        f.at[feature("agreement")].value = 0.5;
        f.at[feature("trade_larger")].value = 0.02;
        ck_assert_int_eq(ent_model_score(model, 0, &f, &s, NULL), ENT_OK);
        ck_assert(s.refused || (s.p >= 0 && s.p <= 1 && s.low <= s.p && s.p <= s.high));
        (void)ent_model_place(model, 0, 2014, s.p);
        ent_model_free(model);
    }
}
END_TEST

START_TEST(shipped)
{
    struct ent_model *model = NULL;
    struct ent_error err = { 0 };
    const char *root = getenv("ENTENTE_TEST_SOURCE");
    char path[4096];
    size_t strict;

    snprintf(path, sizeof(path), "%s/data/model/model.txt", root && *root ? root : ".");
    ck_assert_msg(ent_model_open(path, &model, &err) == ENT_OK, "%s", err.message);
    strict = ent_model_variant_find(model, "strict");
    ck_assert_uint_ne(strict, SIZE_MAX);
    ck_assert_uint_ne(ent_model_variant_find(model, "late"), SIZE_MAX);
    ck_assert_uint_eq(ent_model_variant_find(model, "none"), SIZE_MAX);
    for (size_t v = 0; v < ent_model_variant_count(model); v++) {
        ck_assert_uint_eq(model->variants[v].draw_count, 200);
        ck_assert(model->variants[v].info.dyads > 100000);
    }
    ck_assert_uint_gt(ent_model_place(model, strict, 2014, 0.5).of, 15000);
    ent_model_free(model);
    ck_assert_int_eq(ent_model_open("/nowhere/model.txt", &model, &err), ENT_ENOTFOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *tests = tcase_create("model");

    tcase_add_test(tests, logit_of_counts);
    tcase_add_test(tests, ridge_condition);
    tcase_add_test(tests, weights_and_order);
    tcase_add_test(tests, logit_refuses);
    tcase_add_test(tests, solve_by_hand);
    tcase_add_test(tests, accuracy_by_hand);
    tcase_add_test(tests, accuracy_edges);
    tcase_add_test(tests, features_by_hand);
    tcase_add_test(tests, features_sources);
    tcase_add_test(tests, features_rivals);
    tcase_add_test(tests, features_symmetric);
    tcase_add_test(tests, feature_table);
    tcase_add_test(tests, columns);
    tcase_add_test(tests, score_by_hand);
    tcase_add_test(tests, score_adds_up);
    tcase_add_test(tests, places);
    tcase_add_test(tests, round_trip);
    tcase_add_test(tests, cut_short);
    tcase_add_loop_test(tests, hostile, 0, sizeof(faults) / sizeof(faults[0]));
    tcase_add_test(tests, mutations);
    tcase_add_test(tests, fit_threads);
    tcase_add_test(tests, resamples);
    tcase_add_test(tests, shipped);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
