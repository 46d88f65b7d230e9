/*
 * Portfolio similarity: values worked by hand, the published table of Signorino and
 * Ritter, identities, and an oracle that computes everything the slow way from the
 * definitions, its standard errors by numerical derivatives.
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/rng.h"
#include "check_main.h"
#include "entente/similarity.h"
#include "measure/similarity.h"

enum {
    KINDS = ENT_SIMILARITY_KINDS,
    LEVELS = ENT_SIMILARITY_LEVELS,
    S_ABS = ENT_SIMILARITY_S_ABSOLUTE,
    S_SQ = ENT_SIMILARITY_S_SQUARED,
    S_ABS_W = ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED,
    S_SQ_W = ENT_SIMILARITY_S_SQUARED_WEIGHTED,
    KAPPA = ENT_SIMILARITY_KAPPA,
    KAPPA_LIN = ENT_SIMILARITY_KAPPA_LINEAR,
    KAPPA_NOM = ENT_SIMILARITY_KAPPA_NOMINAL,
    PI = ENT_SIMILARITY_PI,
    PI_LIN = ENT_SIMILARITY_PI_LINEAR,
    PI_NOM = ENT_SIMILARITY_PI_NOMINAL,
    TAU_B = ENT_SIMILARITY_TAU_B,
    AGREE = ENT_SIMILARITY_AGREEMENT,
    STRICT = ENT_SIMILARITY_STRICT,
    CHANCE = ENT_SIMILARITY_CHANCE_CORRECTED,
};

static struct ent_similarity pair_of(const struct ent_portfolios *p,
                                     const struct ent_similarity_options *options, size_t i,
                                     size_t j)
{
    struct ent_similarity s;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_similarity_pair(p, options, i, j, &s, &err) == ENT_OK, "%s", err.message);
    return s;
}

/*
 * The slow way.  A table of proportions, and each measure by its definition.
 */

static double disagreement(int power, int a, int b)
{
    double d = abs(a - b);

    return power == 0 ? d > 0 : power == 1 ? d : d * d;
}

/* Observed and expected disagreement; pooled: expected from both margins together. */
static void disagreements(double p[LEVELS][LEVELS], int levels, int power, bool pooled,
                          double *observed, double *expected)
{
    double r[LEVELS] = { 0 }, c[LEVELS] = { 0 };

    *observed = *expected = 0;
    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            r[a] += p[a][b];
            c[b] += p[a][b];
            *observed += p[a][b] * disagreement(power, a, b);
        }
    }
    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++)
            *expected += disagreement(power, a, b) *
                         (pooled ? (r[a] + c[a]) * (r[b] + c[b]) / 4 : r[a] * c[b]);
    }
}

static double slow_kind(double p[LEVELS][LEVELS], int levels, double range, int kind)
{
    static const int powers[] = { 2, 1, 0 };
    double o, e;

    if (kind >= KAPPA && kind <= PI_NOM) {
        disagreements(p, levels, powers[(kind - KAPPA) % 3], kind >= PI, &o, &e);
        return e > 1e-12 ? 1 - o / e : NAN;
    }
    disagreements(p, levels, kind == S_SQ ? 2 : kind == STRICT ? 0 : 1, false, &o, &e);
    if (kind == STRICT)
        return 1 - o;
    if (range == 0)
        return NAN;
    if (kind == S_SQ)
        return 1 - 2 * o / (range * range);
    return kind == S_ABS   ? 1 - 2 * o / range
           : kind == AGREE ? 1 - o / range
                           : 2 * (e - o) / range;
}

/* Pairs of items one by one. */
static double slow_tau(const int *x, const int *y, size_t n)
{
    double balance = 0, untied_x = 0, untied_y = 0;

    for (size_t k = 0; k < n; k++) {
        for (size_t l = 0; l < k; l++) {
            int dx = (x[k] > x[l]) - (x[k] < x[l]), dy = (y[k] > y[l]) - (y[k] < y[l]);

            balance += dx * dy;
            untied_x += dx != 0;
            untied_y += dy != 0;
        }
    }
    return untied_x > 0 && untied_y > 0 ? balance / sqrt(untied_x * untied_y) : NAN;
}

/* The delta method with derivatives by central differences. */
static double slow_error(double p[LEVELS][LEVELS], int levels, double range, int kind, size_t n)
{
    double mean = 0, square = 0;

    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            const double h = 1e-5;
            double was = p[a][b], up, down, g;

            p[a][b] = was + h;
            up = slow_kind(p, levels, range, kind);
            p[a][b] = was - h;
            down = slow_kind(p, levels, range, kind);
            p[a][b] = was;
            g = (up - down) / (2 * h);
            mean += was * g;
            square += was * g * g;
        }
    }
    return sqrt(fmax(0, square - mean * mean) / (double)n);
}

struct slow {
    size_t n;
    double value[KINDS], error[KINDS];
};

static int coded(const struct ent_portfolios *p, const struct ent_similarity_options *o,
                 size_t item, size_t state)
{
    int v = p->value[item * p->states + state];

    if (p->item_state && p->item_state[item] == (int32_t)state)
        v = o->self_ties == ENT_SELF_TIES_HIGHEST ? p->levels - 1 : -1;
    else if (v == ENT_VALUE_ABSENT && o->absent == ENT_ABSENT_MIDDLE)
        v = p->levels / 2;
    if (v >= 0 && o->binary_from)
        v = v >= o->binary_from;
    return v < 0 ? -1 : v;
}

static bool
dropped(const struct ent_portfolios *p, const struct ent_similarity_options *o, size_t item)
{
    struct ent_similarity_options raw = *o;
    int with[LEVELS] = { 0 }, most = 0, all = 0;

    raw.binary_from = 0;
    raw.self_ties = ENT_SELF_TIES_EXCLUDED;
    for (size_t s = 0; s < p->states; s++) {
        int v = coded(p, &raw, item, s);

        if (v < 0)
            continue;
        with[v]++;
        all++;
        most = with[v] > most ? with[v] : most;
    }
    return o->drop_share > 0 && most >= o->drop_share * all;
}

static struct slow slow_pair(const struct ent_portfolios *p,
                             const struct ent_similarity_options *o, size_t i, size_t j)
{
    struct slow s = { 0 };
    double t[LEVELS][LEVELS] = { { 0 } }, range, w = 0, w1 = 0, w2 = 0;
    int levels = o->binary_from ? 2 : p->levels, low = LEVELS, high = -1;
    int *x = ent__calloc(p->items + 1, sizeof(*x)), *y = ent__calloc(p->items + 1, sizeof(*y));

    for (size_t k = 0; k < p->items; k++) {
        int a = coded(p, o, k, i), b = coded(p, o, k, j), d = abs(a - b);

        if (a < 0 || b < 0 || dropped(p, o, k) ||
            (p->system && !p->system[k * p->states + i] && !p->system[k * p->states + j]))
            continue;
        x[s.n] = a;
        y[s.n++] = b;
        t[a][b] += 1;
        low = a < low ? a : low;
        low = b < low ? b : low;
        high = a > high ? a : high;
        high = b > high ? b : high;
        if (p->weight && !isnan(p->weight[k])) {
            w += p->weight[k];
            w1 += p->weight[k] * d;
            w2 += p->weight[k] * d * d;
        }
    }
    for (int a = 0; a < LEVELS; a++)
        for (int b = 0; b < LEVELS; b++)
            t[a][b] /= (double)s.n;
    range = o->range == ENT_RANGE_OBSERVED ? high - low : levels - 1;
    for (int kind = 0; kind < KINDS; kind++) {
        s.value[kind] = s.n ? slow_kind(t, levels, range, kind) : NAN;
        s.error[kind] =
            s.n > 1 && !isnan(s.value[kind]) ? slow_error(t, levels, range, kind, s.n) : NAN;
        if (kind >= KAPPA && kind <= PI_NOM && s.n && isnan(s.value[kind]) &&
            o->undefined == ENT_UNDEFINED_ZERO)
            s.value[kind] = 0;
    }
    s.value[TAU_B] = slow_tau(x, y, s.n);
    s.value[S_ABS_W] = w > 0 && range > 0 ? 1 - 2 * w1 / (range * w) : NAN;
    s.value[S_SQ_W] = w > 0 && range > 0 ? 1 - 2 * w2 / (range * range * w) : NAN;
    s.error[TAU_B] = NAN;
    ent__free(x);
    ent__free(y);
    return s;
}

static void same_value(double fast, double slow, double within, const char *what, int kind)
{
    ck_assert_msg(isnan(fast) == isnan(slow) && !(fabs(fast - slow) > within),
                  "%s %s: %.12g, the slow way %.12g", what,
                  ent_similarity_name((enum ent_similarity_kind)kind), fast, slow);
}

enum {
    STATES = 11,
    ITEMS = 150,
};

static int8_t values[STATES * ITEMS];
static double weights[ITEMS];
static int32_t is_state[ITEMS];
static uint8_t systems[STATES * ITEMS];

/* Portfolios with missing and absent values, like and unlike states, and empty ones. */
static struct ent_portfolios random_portfolios(uint64_t seed, int levels, size_t items)
{
    struct ent_rng rng = ent__rng(seed, 0, 1);

    for (size_t k = 0; k < items; k++) {
        int usual = (int)ent__rng_below(&rng, (uint32_t)levels);

        weights[k] = ent__rng_below(&rng, 9) ? ent__rng_unit(&rng) : NAN;
        is_state[k] = k < STATES ? (int32_t)k : -1;
        for (size_t s = 0; s < STATES; s++) {
            uint32_t die = ent__rng_below(&rng, 10);
            int value = die < 5 ? usual : (int)ent__rng_below(&rng, (uint32_t)levels);

            if (s == 1)
                value = levels - 1; /* one level only */
            if (die == 9 || s == 2)
                value = s % 2 ? ENT_VALUE_MISSING : ENT_VALUE_ABSENT; /* s 2: never there */
            values[k * STATES + s] = (int8_t)value;
            systems[k * STATES + s] = s > 0 && ent__rng_below(&rng, 3) == 0;
        }
    }
    return (struct ent_portfolios){
        .states = STATES, .items = items, .levels = levels, .value = values, .weight = weights
    };
}

static void
check_against_slow(const struct ent_portfolios *p, const struct ent_similarity_options *o)
{
    enum {
        PAIRS = STATES * (STATES - 1) / 2
    };
    static double value[KINDS][PAIRS], error[KINDS][PAIRS];
    static uint32_t n[PAIRS];
    struct ent_similarity_columns columns = { .n = n };
    struct ent_error err = { 0 };

    for (size_t k = 0; k < KINDS; k++) {
        columns.value[k] = value[k];
        columns.error[k] = error[k];
    }
    ck_assert_uint_eq(ent_similarity_pair_count(STATES), PAIRS);
    ck_assert_msg(ent_similarity_pairs(p, o, &columns, &err) == ENT_OK, "%s", err.message);
    for (size_t i = 0; i < STATES; i++) {
        for (size_t j = i + 1; j < STATES; j++) {
            size_t at = ent_similarity_pair_index(STATES, i, j);
            struct slow s = slow_pair(p, o, i, j);

            ck_assert_uint_eq(n[at], s.n);
            for (int k = 0; k < KINDS; k++) {
                same_value(value[k][at], s.value[k], 1e-11, "value", k);
                if (k != S_ABS_W && k != S_SQ_W)
                    same_value(error[k][at], s.error[k], 1e-6, "error", k);
            }
        }
    }
}

START_TEST(fast_agrees_with_slow)
{
    static const size_t lengths[] = { 0, 1, 2, 5, 63, 64, 65, 130, 150 };

    for (int levels = 2; levels <= 5; levels++) {
        for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
            struct ent_portfolios p =
                random_portfolios((uint64_t)levels * 100 + l, levels, lengths[l]);
            struct ent_similarity_options o = { 0 };

            check_against_slow(&p, &o);
            o.undefined = ENT_UNDEFINED_ZERO;
            o.range = ENT_RANGE_OBSERVED;
            o.absent = levels % 2 ? ENT_ABSENT_MIDDLE : ENT_ABSENT_MISSING;
            check_against_slow(&p, &o);
            p.item_state = is_state;
            o.drop_share = 0.6;
            check_against_slow(&p, &o);
            o.self_ties = ENT_SELF_TIES_EXCLUDED;
            o.binary_from = levels - 1;
            check_against_slow(&p, &o);
            p.system = systems;
            check_against_slow(&p, &o);
        }
    }
}
END_TEST

/* Of items 0 to 3 the first state's system has 0 and 1, the second's 1 and 2: 0, 1, 2 count. */
START_TEST(items_of_either_system)
{
    static const int8_t value[] = { 0, 0, 2, 1, 1, 2, 2, 0 };
    static const uint8_t system[] = { 1, 0, 7, 1, 0, 1, 0, 0 };
    static const double weight[] = { 0.5, 0.25, 0.125, 8 };
    struct ent_portfolios p = {
        .states = 2, .items = 4, .levels = 3, .value = value, .system = system, .weight = weight
    };
    struct ent_similarity_bootstrap how = { .seed = 5, .replicates = 50 };
    struct ent_similarity_intervals in;
    struct ent_similarity s = pair_of(&p, NULL, 0, 1);

    ck_assert_uint_eq(s.n, 3);
    ck_assert_double_eq_tol(s.value[S_ABS], 1 - 2.0 * 2 / (2 * 3), 1e-15);
    ck_assert_double_eq_tol(s.value[S_ABS_W], 1 - 2 * 0.375 / (2 * 0.875), 1e-15);
    ck_assert_int_eq(ent_similarity_bootstrap(&p, NULL, 0, 1, &how, &in, NULL), ENT_OK);
    /* Without item 3, no two are more than a level apart. */
    ck_assert_double_ge(in.low[S_ABS], 0);
    p.system = NULL;
    ck_assert_uint_eq(pair_of(&p, NULL, 0, 1).n, 4);
}
END_TEST

/* Germany and Russia in 1914, 20 European states: Signorino and Ritter 1999, table 6. */
static const int8_t table6[] = { 3, 0, 0, 3, 0, 1, 0, 3, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0,
                                 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
static const double capability[] = { 0.25, 0.21, 0.2,  0.08, 0.08, 0.05, 0.03, 0.03, 0.02, 0.01,
                                     0.01, 0.01, 0.01, 0,    0,    0,    0,    0,    0,    0 };
static const struct ent_portfolios germany_russia = {
    .states = 2, .items = 20, .levels = 4, .value = table6, .weight = capability
};

START_TEST(signorino_and_ritter_table_6)
{
    static const struct {
        int kind;
        double value;
    } published[] = {
        { S_ABS, 0.4 },
        { S_ABS_W, -0.46 },
        { TAU_B, 0.03031695 },
        { KAPPA, -0.07758621 },
        { PI_NOM, -0.04477612 },
        { CHANCE, -0.04 },
        { S_SQ, 0.44444444 },
        { S_SQ_W, -0.34888889 },
        { KAPPA_LIN, -0.07142857 },
        { KAPPA_NOM, -0.02941176 },
        { PI, -0.08695652 },
    };
    struct ent_similarity_options binary = { .binary_from = 1 };
    struct ent_similarity_options shares = { .weight_sum = ENT_WEIGHTS_SHARES };
    struct ent_similarity s = pair_of(&germany_russia, &shares, 0, 1);

    ck_assert_uint_eq(s.n, 20);
    for (size_t k = 0; k < sizeof(published) / sizeof(published[0]); k++)
        same_value(s.value[published[k].kind], published[k].value, 5e-9, "table 6",
                   published[k].kind);
    /* The printed capabilities add up to 0.99: divided by that, the weighted S is lower. */
    s = pair_of(&germany_russia, NULL, 0, 1);
    ck_assert_double_eq_tol(s.value[S_ABS_W], 1 - 2 * 2.19 / (3 * 0.99), 1e-14);
    s = pair_of(&germany_russia, &binary, 0, 1);
    ck_assert_double_eq_tol(s.value[S_ABS], 0.4, 5e-9);
    ck_assert_double_eq_tol(s.value[KAPPA], 0.0625, 5e-9);
    ck_assert_double_eq_tol(s.value[PI], 0.0625, 5e-9);
}
END_TEST

/*
 * Five votes of x 1 1 2 3 3 and y 1 2 2 3 1: sum |d| 3, sum d^2 5, s 5 and s' 4 from 0,
 * q 9, q' 6.  S 1 - 6/10, kappa 1 - 5/(15 - 8), pi 1 - 5/(15 - 8.1), strict 3/5.
 * |d| is 0 1 0 0 2 with mean 0.6 and variance 0.64: error of agreement 0.4/sqrt(5).
 */
START_TEST(worked_by_hand)
{
    static const int8_t votes[] = { 1, 1, 1, 2, 2, 2, 3, 3, 3, 1, 1, 8 };
    int8_t value[12];
    struct ent_portfolios p = { .states = 2, .items = 6, .levels = 3, .value = value };
    struct ent_similarity s;

    ent_similarity_code_votes(votes, 12, value);
    ck_assert_int_eq(value[1], 0);
    ck_assert_int_eq(value[11], ENT_VALUE_ABSENT);
    s = pair_of(&p, NULL, 0, 1);
    ck_assert_uint_eq(s.n, 5);
    ck_assert_double_eq_tol(s.value[S_ABS], 0.4, 1e-15);
    ck_assert_double_eq_tol(s.value[S_SQ], 0.5, 1e-15);
    ck_assert_double_eq_tol(s.value[KAPPA], 2.0 / 7, 1e-15);
    ck_assert_double_eq_tol(s.value[PI], 1.9 / 6.9, 1e-15);
    ck_assert_double_eq_tol(s.value[AGREE], 0.7, 1e-15);
    ck_assert_double_eq_tol(s.value[STRICT], 0.6, 1e-15);
    ck_assert_double_eq_tol(s.error[AGREE], 0.4 / sqrt(5), 1e-15);
    ck_assert_double_eq_tol(s.error[S_ABS], 0.8 / sqrt(5), 1e-15);
    ck_assert_double_eq_tol(s.error[STRICT], sqrt(0.6 * 0.4 / 5), 1e-15);
    ck_assert(isnan(s.value[S_ABS_W]) && isnan(s.error[TAU_B]));
    s = pair_of(&p, &(struct ent_similarity_options){ .absent = ENT_ABSENT_MIDDLE }, 0, 1);
    ck_assert_uint_eq(s.n, 6);
    ck_assert_double_eq_tol(s.value[AGREE], 4.0 / 6, 1e-15);
}
END_TEST

/* Weights 2, 1, 1 and |d| 0, 1, 2: mean 3/4, error sqrt(4*9/16 + 1/16 + 25/16) / 4. */
START_TEST(weighted_by_hand)
{
    static const int8_t value[] = { 0, 0, 0, 1, 2, 0 };
    static const double w[] = { 2, 1, 1 };
    struct ent_portfolios p = {
        .states = 2, .items = 3, .levels = 3, .value = value, .weight = w
    };
    struct ent_similarity s = pair_of(&p, NULL, 0, 1);

    ck_assert_double_eq_tol(s.value[S_ABS_W], 0.25, 1e-15);
    ck_assert_double_eq_tol(s.value[S_SQ_W], 1 - 5.0 / 8, 1e-15);
    ck_assert_double_eq_tol(s.error[S_ABS_W], sqrt(62.0 / 16) / 4, 1e-15);
    /* As shares: sum of w |d| 3, of its squares 5, error sqrt(5 - 9 / 3). */
    s = pair_of(&p, &(struct ent_similarity_options){ .weight_sum = ENT_WEIGHTS_SHARES }, 0, 1);
    ck_assert_double_eq_tol(s.value[S_ABS_W], -2, 1e-15);
    ck_assert_double_eq_tol(s.error[S_ABS_W], sqrt(2), 1e-15);
}
END_TEST

START_TEST(edge_cases)
{
    static const int8_t value[] = { 2, 2, 0, -1, 2, 2, 1, -1 };
    struct ent_portfolios p = { .states = 4, .items = 2, .levels = 3, .value = value };
    struct ent_similarity_options haege = { .undefined = ENT_UNDEFINED_ZERO };
    struct ent_similarity s = pair_of(&p, NULL, 0, 3);

    ck_assert_uint_eq(s.n, 0);
    for (int k = 0; k < KINDS; k++)
        ck_assert(isnan(s.value[k]) && isnan(s.error[k]));
    ck_assert(isnan(pair_of(&p, &haege, 0, 3).value[KAPPA]));
    /* Both constant and equal: agreement is whole, kappa has no meaning. */
    s = pair_of(&p, NULL, 0, 1);
    ck_assert_double_eq(s.value[S_ABS], 1);
    ck_assert(isnan(s.value[KAPPA]) && isnan(s.value[PI_LIN]) && isnan(s.value[TAU_B]));
    s = pair_of(&p, &haege, 0, 1);
    ck_assert_double_eq(s.value[KAPPA], 0);
    ck_assert_double_eq(s.value[PI_NOM], 0);
    ck_assert(isnan(s.value[TAU_B]));
    /* One constant: kappa is exactly 0, tau_b has no meaning. */
    s = pair_of(&p, NULL, 0, 2);
    ck_assert_double_eq(s.value[KAPPA], 0);
    ck_assert(isnan(s.value[TAU_B]));
    ck_assert_double_eq(s.value[CHANCE], 0);
    /* Observed range of one level: no S. */
    s = pair_of(&p, &(struct ent_similarity_options){ .range = ENT_RANGE_OBSERVED }, 0, 1);
    ck_assert(isnan(s.value[S_ABS]) && isnan(s.value[AGREE]));
    ck_assert_double_eq(s.value[STRICT], 1);
}
END_TEST

static double correlation(const struct ent_portfolios *p, size_t i, size_t j)
{
    double n = 0, s = 0, s2 = 0, q = 0, q2 = 0, both = 0;

    for (size_t k = 0; k < p->items; k++) {
        double x = p->value[k * p->states + i], y = p->value[k * p->states + j];

        if (x < 0 || y < 0)
            continue;
        n++;
        s += x;
        s2 += y;
        q += x * x;
        q2 += y * y;
        both += x * y;
    }
    return (n * both - s * s2) / sqrt((n * q - s * s) * (n * q2 - s2 * s2));
}

static void check_identities(const struct ent_portfolios *p, size_t i, size_t j)
{
    struct ent_similarity_options binary = { .binary_from = 1 };
    struct ent_similarity s = pair_of(p, NULL, i, j), t = pair_of(p, NULL, j, i);
    double r = correlation(p, i, j);

    for (int k = 0; k < KINDS; k++) {
        if (isnan(s.value[k])) {
            ck_assert(isnan(t.value[k]));
            continue;
        }
        ck_assert_double_eq_tol(s.value[k], t.value[k], 1e-14);
        ck_assert(s.value[k] <= 1 || k == CHANCE);
        ck_assert(s.value[k] >= (k == AGREE || k == STRICT ? 0 : k == CHANCE ? -2 : -1));
    }
    if (s.n == 0)
        return;
    ck_assert_double_eq_tol(s.value[S_ABS], 2 * s.value[AGREE] - 1, 1e-14);
    if (!isnan(s.value[KAPPA])) {
        ck_assert(s.value[KAPPA] >= s.value[PI]);
        ck_assert(isnan(r) || fabs(s.value[KAPPA]) <= fabs(r) + 1e-12);
        ck_assert(isnan(r) || s.value[KAPPA] * r >= 0);
    }
    s = pair_of(p, &binary, i, j);
    ck_assert_double_eq_tol(s.value[S_ABS], s.value[S_SQ], 1e-14);
    same_value(s.value[KAPPA], s.value[KAPPA_NOM], 1e-14, "binary", KAPPA);
    same_value(s.value[PI], s.value[PI_NOM], 1e-14, "binary", PI);
}

START_TEST(identities)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct ent_portfolios p = random_portfolios(seed, 2 + (int)(seed % 4), 8 + seed * 3);

        for (size_t i = 0; i < STATES; i++) {
            for (size_t j = 0; j < STATES; j++) {
                if (i != j)
                    check_identities(&p, i, j);
            }
        }
    }
}
END_TEST

/* kappa = pi when, and only when, the two have the same margins. */
START_TEST(equal_margins)
{
    static const int8_t value[] = {
        0, 1, 1, 1, 2, 0, 0, 2, 2, 0, 1, 1
    }; /* x 012021, y 110201 */
    static const int8_t apart[] = { 0, 1, 1, 1, 2, 0, 0, 2, 2, 0, 1, 2 };
    struct ent_portfolios p = { .states = 2, .items = 6, .levels = 3, .value = value };
    struct ent_similarity s = pair_of(&p, NULL, 0, 1);

    p.value = apart;
    ck_assert_msg(s.value[KAPPA] > s.value[PI], "%g %g", s.value[KAPPA], s.value[PI]);
    s = pair_of(&p, NULL, 0, 1);
    ck_assert_double_eq_tol(s.value[KAPPA], s.value[PI], 1e-15);
    ck_assert_double_eq_tol(s.value[KAPPA_NOM], s.value[PI_NOM], 1e-15);
}
END_TEST

/* The same bytes for any number of threads, and without the machine's best instructions. */
START_TEST(bytes_do_not_depend_on_threads)
{
    enum {
        MANY = 130,
        PAIRS = MANY * (MANY - 1) / 2
    };
    static int8_t value[MANY * 100];
    static double one[2 * KINDS][PAIRS], four[2 * KINDS][PAIRS];
    struct ent_portfolios p = { .states = MANY, .items = 100, .levels = 4, .value = value };
    struct ent_similarity_options o = { .threads = 4 };
    struct ent_similarity_columns a = { 0 }, b = { 0 };
    struct ent_rng rng = ent__rng(7, 0, 2);

    for (size_t k = 0; k < sizeof(value); k++)
        value[k] = (int8_t)ent__rng_below(&rng, 5) == 4 ? -1 : (int8_t)ent__rng_below(&rng, 4);
    for (size_t k = 0; k < KINDS; k++) {
        a.value[k] = one[k];
        b.value[k] = four[k];
        a.error[k] = one[KINDS + k];
        b.error[k] = four[KINDS + k];
    }
    ck_assert_int_eq(ent_similarity_pairs(&p, NULL, &a, NULL), ENT_OK);
    ck_assert_int_eq(ent_similarity_pairs(&p, &o, &b, NULL), ENT_OK);
    ck_assert(memcmp(one, four, sizeof(one)) == 0);
}
END_TEST

START_TEST(bytes_do_not_depend_on_instructions)
{
    static struct ent_counts fast, plain;
    static double value[2][2 * KINDS][STATES];
    struct ent_portfolios p = random_portfolios(3, 4, ITEMS);
    struct ent_pair pairs[STATES];
    struct ent_coded c;
    struct ent_similarity_columns columns[2] = { { 0 } };

    ck_assert_int_eq(ent__similarity_code(&p, NULL, &c, NULL), ENT_OK);
    for (uint16_t s = 0; s < STATES; s++)
        pairs[s] = (struct ent_pair){ .from = 3, .to = s };
    for (size_t k = 0; k < 2 * KINDS; k++) {
        for (int side = 0; side < 2; side++) {
            if (k < KINDS)
                columns[side].value[k] = value[side][k];
            else
                columns[side].error[k - KINDS] = value[side][k];
        }
    }
    c.plan.values = c.plan.errors = (1u << KINDS) - 1;
    for (int side = 0; side < 2; side++) {
        struct ent_counts *counts = side ? &plain : &fast;

        c.plan.plain = side;
        ent__similarity_count(&c.planes, pairs, STATES, &c.plan, counts);
        ent__similarity_weigh(&c.planes, &c.weights, pairs, STATES, &c.plan, counts);
        ent__similarity_compute(counts, STATES, &c.plan, &columns[side], 0);
    }
    ck_assert(memcmp(&fast, &plain, sizeof(fast)) == 0);
    ck_assert(memcmp(value[0], value[1], sizeof(value[0])) == 0);
    ent__coded_release(&c);
}
END_TEST

/* Interval and error tell the same: about 2 * 1.96 errors wide, around the value. */
START_TEST(bootstrap_agrees_with_errors)
{
    struct ent_portfolios p = random_portfolios(11, 3, ITEMS);
    struct ent_similarity_bootstrap how = { .seed = 5, .replicates = 4000 };
    struct ent_similarity_intervals b, again;
    struct ent_similarity s = pair_of(&p, NULL, 0, 3);

    ck_assert_int_eq(ent_similarity_bootstrap(&p, NULL, 0, 3, &how, &b, NULL), ENT_OK);
    ck_assert_uint_eq(b.replicates, 4000);
    for (int k = 0; k < KINDS; k++) {
        ck_assert_uint_eq(b.defined[k], 4000);
        ck_assert(b.low[k] < s.value[k] && s.value[k] < b.high[k]);
        if (k != TAU_B)
            ck_assert_msg(fabs((b.high[k] - b.low[k]) / (2 * 1.96 * s.error[k]) - 1) < 0.08,
                          "%s: %g to %g, error %g",
                          ent_similarity_name((enum ent_similarity_kind)k), b.low[k], b.high[k],
                          s.error[k]);
    }
    ck_assert_int_eq(ent_similarity_bootstrap(&p, NULL, 0, 3, &how, &again, NULL), ENT_OK);
    ck_assert(memcmp(&b, &again, sizeof(b)) == 0);
    how.seed = 6;
    ck_assert_int_eq(ent_similarity_bootstrap(&p, NULL, 0, 3, &how, &again, NULL), ENT_OK);
    ck_assert(b.low[KAPPA] != again.low[KAPPA]);
    /* A state that is never there: nothing to draw. */
    ck_assert_int_eq(ent_similarity_bootstrap(&p, NULL, 0, 2, &how, &again, NULL), ENT_OK);
    ck_assert(again.defined[S_ABS] == 0 && isnan(again.low[S_ABS]));
}
END_TEST

START_TEST(refusals)
{
    static const struct {
        const char *what;
        int levels;
        int8_t value;
        double weight;
        struct ent_similarity_options options;
    } cases[] = {
        { "1 levels", 1, 0, 1, { 0 } },
        { "9 levels", 9, 0, 1, { 0 } },
        { "value 4", 4, 4, 1, { 0 } },
        { "value -3", 4, -3, 1, { 0 } },
        { "weight -1", 4, 0, -1, { 0 } },
        { "weight inf", 4, 0, INFINITY, { 0 } },
        { "binary from level 4", 4, 0, 1, { .binary_from = 4 } },
        { "middle of 4 levels", 4, 0, 1, { .absent = ENT_ABSENT_MIDDLE } },
        { "share of 1.5", 4, 0, 1, { .drop_share = 1.5 } },
        { "share of nan", 4, 0, 1, { .drop_share = NAN } },
    };

    for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++) {
        int8_t value[2] = { cases[k].value, 0 };
        struct ent_portfolios p = { .states = 2,
                                    .items = 1,
                                    .levels = cases[k].levels,
                                    .value = value,
                                    .weight = &cases[k].weight };
        struct ent_similarity s = { .n = 77 };
        struct ent_error err = { 0 };

        ck_assert_int_eq(ent_similarity_pair(&p, &cases[k].options, 0, 1, &s, &err),
                         ENT_EINVAL);
        ck_assert_msg(strstr(err.message, cases[k].what) != NULL, "%s: %s", cases[k].what,
                      err.message);
        ck_assert_uint_eq(s.n, 77);
    }
}
END_TEST

START_TEST(refusals_of_pair_and_bootstrap)
{
    struct ent_similarity s;
    struct ent_similarity_intervals b;
    struct ent_similarity_bootstrap how = { .replicates = 100001 };

    ck_assert_int_eq(ent_similarity_pair(&germany_russia, NULL, 0, 2, &s, NULL), ENT_EINVAL);
    ck_assert_int_eq(ent_similarity_bootstrap(&germany_russia, NULL, 0, 1, &how, &b, NULL),
                     ENT_EINVAL);
    how = (struct ent_similarity_bootstrap){ .coverage = 1 };
    ck_assert_int_eq(ent_similarity_bootstrap(&germany_russia, NULL, 0, 1, &how, &b, NULL),
                     ENT_EINVAL);
    how.coverage = 0.9;
    ck_assert_int_eq(ent_similarity_bootstrap(&germany_russia, NULL, 2, 1, &how, &b, NULL),
                     ENT_EINVAL);
}
END_TEST

/* The k-th allocation fails, for every k until none does. */
START_TEST(out_of_memory)
{
    struct ent_similarity_bootstrap how = { .seed = 1, .replicates = 10 };
    struct ent_similarity_intervals b;
    enum ent_status status = ENT_ENOMEM;
    long k = 0;

    for (; status != ENT_OK; k++) {
        ck_assert_int_eq(status, ENT_ENOMEM);
        ent__alloc_fail_after(k);
        status = ent_similarity_bootstrap(&germany_russia, NULL, 0, 1, &how, &b, NULL);
    }
    ent__alloc_fail_after(-1);
    ck_assert_int_ge(k, 7);
}
END_TEST

START_TEST(random_streams)
{
    struct ent_rng a = ent__rng(1, 2, 3), b = ent__rng(1, 3, 2);
    size_t count[7] = { 0 };
    double sum = 0;

    ck_assert(ent__rng_bits(&a) != ent__rng_bits(&b));
    for (int k = 0; k < 70000; k++) {
        double u = ent__rng_unit(&a);

        ck_assert(u >= 0 && u < 1);
        sum += u;
        count[ent__rng_below(&a, 7)]++;
    }
    ck_assert_double_eq_tol(sum / 70000, 0.5, 5e-3);
    for (int k = 0; k < 7; k++)
        ck_assert(count[k] > 9600 && count[k] < 10400);
    ck_assert_uint_eq(ent__rng_below(&a, 1), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("similarity");
    TCase *tests = tcase_create("similarity");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, fast_agrees_with_slow);
    tcase_add_test(tests, items_of_either_system);
    tcase_add_test(tests, signorino_and_ritter_table_6);
    tcase_add_test(tests, worked_by_hand);
    tcase_add_test(tests, weighted_by_hand);
    tcase_add_test(tests, edge_cases);
    tcase_add_test(tests, identities);
    tcase_add_test(tests, equal_margins);
    tcase_add_test(tests, bytes_do_not_depend_on_threads);
    tcase_add_test(tests, bytes_do_not_depend_on_instructions);
    tcase_add_test(tests, bootstrap_agrees_with_errors);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, refusals_of_pair_and_bootstrap);
    tcase_add_test(tests, out_of_memory);
    tcase_add_test(tests, random_streams);
    return run_suite(suite);
}
