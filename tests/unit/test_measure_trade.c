/* Trade, goods and deals on arrays small enough to work out by hand. */
#include "measure_values.h"

/* imports[importer][exporter]; B does not know what it buys from C. */
static const double imports[N * N] = {
    NAN, 10, 2.385, 30, /**/ 5, NAN, NAN, 1, /**/ 4, 7, NAN, 0, /**/ 20, 0, 0, NAN,
};

START_TEST(trade_flows)
{
    struct given given = { .v = { imports } };

    is("trade.total", "cow_trade", &given, A, B, 15);
    is("trade.total", "cow_trade", &given, B, A, 15);
    is("trade.total", "cow_trade", &given, B, C, NAN);
    is("trade.exports", "cow_trade", &given, A, B, 5);
    is("trade.exports", "cow_trade", &given, B, A, 10);
    is("trade.exports", "cow_trade", &given, C, B, NAN);
    is("trade.imports", "cow_trade", &given, A, B, 10);
    is("trade.imports", "cow_trade", &given, C, B, 7);
    is("trade.balance", "cow_trade", &given, A, B, -5);
    is("trade.balance", "cow_trade", &given, B, C, NAN);
}
END_TEST

/* T_A = 15 + 6.385 + 50; of B the partner C is not known in both directions. */
START_TEST(trade_shares_and_ranks)
{
    struct given given = { .v = { imports } };

    is("trade.share", "cow_trade", &given, A, B, 15 / 71.385);
    is("trade.share", "cow_trade", &given, A, H, 50 / 71.385);
    is("trade.share", "cow_trade", &given, B, A, 15.0 / 16);
    is("trade.share", "cow_trade", &given, B, C, NAN);
    is("trade.exports_share", "cow_trade", &given, A, B, 5.0 / 29);
    is("trade.imports_share", "cow_trade", &given, A, B, 10 / 42.385);
    is("trade.rank", "cow_trade", &given, A, B, 1);
    is("trade.rank", "cow_trade", &given, A, C, 2);
    is("trade.rank", "cow_trade", &given, A, H, NAN);
    is("trade.rank", "cow_trade", &given, B, C, NAN);
    is("trade.rank_exports", "cow_trade", &given, A, C, 2);
    is("trade.rank_imports", "cow_trade", &given, C, A, 2);
    is("trade.rank_imports", "cow_trade", &given, C, B, 1);
    is("trade.rank_imports", "cow_trade", &given, C, H, NAN);
}
END_TEST

START_TEST(trade_over_wholes)
{
    static const double gdp[N] = { 300e6, NAN, 0, 5e6 };
    static const double in_all[N] = { 50, NAN, 3, 4 }, out_all[N] = { 30, 2, 3, 4 };
    static const double before[N * N] = {
        NAN, 8, 0, 1, /**/ 4, NAN, 1, 1, /**/ 0, 1, NAN, 1, /**/ 1, 1, 1, NAN,
    };
    struct given dependence = { .v = { imports, gdp } };
    struct given total = { .v = { imports, in_all, out_all } };
    struct given growth = { .v = { imports, before } };

    is("trade.dependence", "cow_trade", &dependence, A, B, 0.05);
    is("trade.dependence", "cow_trade", &dependence, B, A, NAN);
    is("trade.dependence", "cow_trade", &dependence, C, A, NAN);
    is("trade.share_of_total", "cow_trade", &total, A, B, 15.0 / 80);
    is("trade.share_of_total", "cow_trade", &total, B, A, NAN);
    is("trade.growth", "cow_trade", &growth, A, B, 0.25);
    is("trade.growth", "cow_trade", &growth, A, C, NAN);
}
END_TEST

/* By report: A says 12.5 of B, B says 11 of A. */
START_TEST(trade_as_reported)
{
    static const double reports[N * N] = {
        NAN,      12.5, 37.5, NAN, /**/ 11, NAN, NAN, NAN,
        /**/ NAN, NAN,  NAN,  NAN, NAN,     NAN, NAN, NAN,
    };
    static const double last[N * N] = {
        NAN, 10, NAN, NAN, /**/ NAN, NAN, NAN, NAN, /**/ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
    };
    static const double gdp[N] = { 100e6, 22e6, 1, 1 };
    struct given given = { .v = { reports } };
    struct given growth = { .v = { reports, last } };
    struct given dependence = { .v = { reports, gdp } };

    is("trade.reported_total", "dots", &given, A, B, 12.5);
    is("trade.reported_total", "dots", &given, B, A, 11);
    is("trade.reported_total", "dots", &given, C, A, NAN);
    /* Two partners are not all the world. */
    is("trade.share", "dots", &given, A, B, NAN);
    is("trade.rank", "dots", &given, A, B, NAN);
    is("trade.dependence", "dots", &dependence, B, A, 0.5);
    is("trade.reported_growth", "dots", &growth, A, B, 0.25);
    is("trade.reported_growth", "dots", &growth, B, A, NAN);
}
END_TEST

/* US$; what A imports from B is known from B's exports alone. */
START_TEST(trade_mirrored)
{
    static const double in_usd[N * N] = {
        NAN,      NAN, 1e6, NAN, /**/ 5e6, NAN, NAN, NAN,
        /**/ NAN, NAN, NAN, NAN, NAN,      NAN, NAN, NAN,
    };
    static const double out_usd[N * N] = {
        NAN,      6e6, NAN, NAN, /**/ 9e6, NAN, NAN, NAN,
        /**/ NAN, NAN, NAN, NAN, NAN,      NAN, NAN, NAN,
    };
    struct given given = { .v = { in_usd, out_usd } };

    is("trade.exports", "comtrade", &given, A, B, 5);
    is("trade.exports", "comtrade", &given, B, A, 9);
    is("trade.total", "comtrade", &given, A, B, 14);
    is("trade.total", "comtrade", &given, A, C, NAN);
    is("trade.balance", "comtrade", &given, A, B, -4);
    is("trade.reported_total", "comtrade", &given, B, A, 14);
    is("trade.reported_total", "comtrade", &given, A, B, NAN);
    /* Three partners are not all the world. */
    is("trade.share", "comtrade", &given, A, B, NAN);
    is("trade.rank_exports", "comtrade", &given, A, B, NAN);
}
END_TEST

/* With 150 partners of Comtrade, and numbers that are not round: the whole is 1. */
START_TEST(trade_shares_add_up)
{
    enum {
        MANY = 150
    };
    static double matrix[MANY * MANY], out[MANY], rank[MANY], by_cow[MANY], by_dots[MANY];
    static int16_t states[MANY];
    static struct ent_pair pairs[MANY];
    const struct ent_measure *share = measure_of("trade.share");
    const struct ent_measure *place = measure_of("trade.rank");
    struct ent_inputs in = { .n = MANY, .states = states, .year = 2014 };
    double total = 0, reported = 0;

    for (int i = 0; i < MANY * MANY; i++)
        matrix[i] = i % (MANY + 1) == 0 ? (double)NAN : 2.385e6 * ((i * 7919) % 1013);
    for (int i = 0; i < MANY; i++) {
        states[i] = (int16_t)(2 + i);
        pairs[i] = (struct ent_pair){ 0, (uint16_t)i };
    }
    in.at[0].v = matrix;
    in.at[1].v = matrix;
    in.source = source_of(share, "comtrade");
    share->compute(share, &in, pairs + 1, MANY - 1, out + 1, NULL);
    place->compute(place, &in, pairs + 1, MANY - 1, rank + 1, NULL);
    in.source = source_of(share, "dots");
    share->compute(share, &in, pairs + 1, MANY - 1, by_dots + 1, NULL);
    in.source = source_of(share, "cow_trade");
    share->compute(share, &in, pairs + 1, MANY - 1, by_cow + 1, NULL);
    for (int j = 1; j < MANY; j++) {
        int larger = 0;

        total += out[j];
        reported += by_dots[j];
        ck_assert(out[j] >= 0 && out[j] <= 1);
        ck_assert_double_eq_tol(out[j], by_cow[j], 1e-14);
        for (int k = 1; k < MANY; k++)
            larger += out[k] > out[j];
        if (out[j] > 0)
            ck_assert_double_eq(rank[j], larger + 1);
        else
            ck_assert(isnan(rank[j]));
    }
    ck_assert_double_eq_tol(total, 1, 1e-12);
    ck_assert_double_eq_tol(reported, 1, 1e-12);
}
END_TEST

/* A's imports from B: 70 of 100 listed, of which raw 45; from C nothing raw is listed. */
START_TEST(goods_and_deals)
{
    static const double listed[N * N] = { NAN, 70, 40 };
    static const double raw[N * N] = { NAN, 45, NAN };
    static const double electric[N * N] = { NAN, 5, 20 };
    static const double whole[N * N] = { NAN, 100, 80 };
    static const double failed[N * N] = { NAN, 2, 0, NAN };
    static const double made[N * N] = { NAN, 6, 0, 5 };
    struct given share = { .v = { listed, raw, whole } };
    struct given machinery = { .v = { listed, raw, electric, whole } };
    struct given deals = { .v = { failed, made } };

    is("commodity.raw_share", "china_hs", &share, A, B, 0.45);
    is("commodity.raw_share", "china_hs", &share, A, C, 0);
    is("commodity.raw_share", "china_hs", &share, A, A, NAN);
    is("commodity.raw_share", "china_hs", &share, B, A, NAN);
    is("commodity.fuel_share", "china_hs", &share, A, B, 0.45);
    is("commodity.listed_share", "china_hs", &share, A, B, 0.45);
    is("commodity.machinery_share", "china_hs", &machinery, A, B, 0.5);
    is("commodity.machinery_share", "china_hs", &machinery, A, C, 0.25);
    is("investment.troubled_share", "cgit", &deals, A, B, 0.25);
    is("investment.troubled_share", "cgit", &deals, A, C, NAN);
    is("investment.troubled_share", "cgit", &deals, A, H, NAN);
}
END_TEST

int main(void)
{
    Suite *all = suite_create("measure_trade");
    TCase *tests = tcase_create("values");

    tcase_add_test(tests, trade_flows);
    tcase_add_test(tests, trade_shares_and_ranks);
    tcase_add_test(tests, trade_over_wholes);
    tcase_add_test(tests, trade_as_reported);
    tcase_add_test(tests, trade_mirrored);
    tcase_add_test(tests, trade_shares_add_up);
    tcase_add_test(tests, goods_and_deals);
    suite_add_tcase(all, tests);
    return run_suite(all);
}
