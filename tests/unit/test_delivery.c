/* Pledges: the ledger, what is made of it, and talk set against flows. */
#include "ds_import.h"
#include "measure_values.h"

#include "entente/dossier.h"

#define HEAD                                                                                \
    "ledger,id,from,to,by,what,amount,unit,announced,due,delivered,settled,status,checked," \
    "source,joint\n"

/* Five pledges and a pair that was watched in vain. */
#define LEDGER                                                                                 \
    HEAD                                                                                       \
        "test,a,China,Russia,Firm A,shares,9.1,bn US$,2017-09,2018,,2018-05,broken,"           \
        "2020-06,Paper,\n"                                                                     \
        ",b,CHN,RUS,,loan,2500,million US$,2010-04,2012-01,2500,2013-07,kept,2020-06,Paper,\n" \
        ",c,CHN,RUS,,projects,91,projects,2009,2018,11,2015,partly,2015,Paper,no\n"            \
        ",d,CHN,RUS,,trade,100,bn US$,2011-06,2015,68,2015,partly,2020,Paper,yes\n"            \
        ",e,CHN,RUS,,gas,400,bn US$,2014-05,2048,,,open,2020-06,Paper,\n"                      \
        ",f,CHN,RUS,,a port,,,2012,2014,,,open,2016,Paper,\n"                                  \
        ",g,CHN,RUS,,a bridge,,,2013,,,,broken,2016,Paper,\n"                                  \
        ",,CHN,IND,,nothing found,,,2014,,,,none,2016,Paper,\n"

static double sum(struct ds *ds, const char *what, const char *where)
{
    char sql[256];

    snprintf(sql, sizeof(sql), "select sum(%s) from pledges where %s", what, where);
    return ds_number(ds, sql);
}

START_TEST(ledger_years)
{
    struct ds ds = ds_open();
    char text[64];

    ds_import_text(&ds, LEDGER);
    ck_assert_str_eq(ds.dataset, "pledges");
    ck_assert_str_eq(ds.part, "test");
    ck_assert_str_eq(ds.version, "2020-06");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_int_eq(ds.first_year, 2009);
    ck_assert_int_eq(ds.last_year, 2020);
#define CHN_RUS "from_state = 710 and to_state = 365 and "
    ck_assert_double_eq(sum(&ds, "pledges", CHN_RUS "year = 2009"), 1);
    ck_assert_double_eq(sum(&ds, "pledges", CHN_RUS "year = 2015"), 6);
    /* The loan is open until July 2013, overdue from 2012 on. */
    ck_assert_double_eq(sum(&ds, "open", CHN_RUS "id = 'b' and year = 2012"), 1);
    ck_assert_double_eq(sum(&ds, "overdue", CHN_RUS "id = 'b'"), 1);
    ck_assert_double_eq(sum(&ds, "kept", CHN_RUS "id = 'b' and year = 2013"), 1);
    /* 18 months from January 2012 to July 2013. */
    ck_assert_double_eq_tol(sum(&ds, "delay", CHN_RUS "id = 'b' and year = 2013"), 1.5, 1e-12);
    ck_assert_double_eq(sum(&ds, "settled_usd", CHN_RUS "id = 'a' and year = 2018"), 9100);
    ck_assert_double_eq(sum(&ds, "kept_usd", CHN_RUS "id = 'a' and year = 2018"), 0);
    ck_assert(isnan(sum(&ds, "settled_usd", CHN_RUS "id = 'a' and year = 2017")));
    /* Projects are no money. */
    ck_assert(isnan(sum(&ds, "settled_usd", CHN_RUS "id = 'c'")));
    ck_assert_double_eq_tol(sum(&ds, "fulfilled", CHN_RUS "id = 'c' and year = 2015"),
                            11 / 91.0, 1e-12);
    /* What is settled stays so, whoever looks; what was open when last checked is not known. */
    ck_assert_double_eq(sum(&ds, "partly", CHN_RUS "id = 'c' and year = 2020"), 1);
    ck_assert_double_eq(sum(&ds, "pledges", CHN_RUS "id = 'f' and year = 2017"), 1);
    ck_assert_double_eq(sum(&ds, "overdue", CHN_RUS "id = 'f' and year = 2016"), 1);
    ck_assert(isnan(sum(&ds, "open", CHN_RUS "id = 'f' and year = 2017")));
    ck_assert(isnan(sum(&ds, "kept", CHN_RUS "id = 'f' and year = 2017")));
    /* Without a date of settlement it is broken from when it was checked. */
    ck_assert_double_eq(sum(&ds, "broken", CHN_RUS "id = 'g' and year = 2015"), 0);
    ck_assert_double_eq(sum(&ds, "broken", CHN_RUS "id = 'g' and year = 2016"), 1);
    /* A joint one stands in both directions. */
    ck_assert_double_eq(sum(&ds, "kept_usd", "from_state = 365 and year = 2016"), 68000);
    /* Watched in vain is 0, and no pledge. */
    ck_assert_double_eq(sum(&ds, "pledges", "to_state = 750 and year = 2015"), 0);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from pledges where to_state = 750"), 3);
    ck_assert_str_eq(ds_text(&ds, "select \"by\" from pledges where id = 'a'", text, 64),
                     "Firm A");
    ds_close(&ds);
}
END_TEST

/* Kept in part, and nobody says how much: that is not known, and not all of it. */
START_TEST(part_unknown)
{
    struct ds ds = ds_open();

    ds_import_text(&ds,
                   HEAD ",a,CHN,RUS,,loan,100,million US$,2010,2012,,2013,partly,2015,Paper,\n"
                        ",b,CHN,RUS,,loan,,million US$,2010,2012,40,2013,partly,2015,Paper,\n");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_double_eq(sum(&ds, "partly", "year = 2015"), 2);
    ck_assert(isnan(sum(&ds, "kept_usd", "year = 2015")));
    ck_assert(isnan(sum(&ds, "settled_usd", "year = 2015")));
    ck_assert(isnan(sum(&ds, "fulfilled", "year = 2015")));
    ck_assert_double_eq(sum(&ds, "fulfilled_known", "year = 2015"), 0);
    ds_close(&ds);
}
END_TEST

/* A measure of China towards Russia in a year, out of the store; NAN when not known. */
static double measured(struct ds *ds, const char *id, int year)
{
    struct ent_dossier_options options = { .year = year, .no_carry = true, .no_places = true };
    struct ent_dossier dossier;
    struct ent_error err = { 0 };
    size_t index;
    double value = NAN;

    ck_assert_int_eq(ent_measure_find(id, &index, NULL), ENT_OK);
    options.measures = &index;
    options.measure_count = 1;
    ck_assert_msg(ent_dossier_compute(ds->store, 710, 365, &options, &dossier, &err) == ENT_OK,
                  "%s", err.message);
    for (size_t i = 0; i < dossier.count && isnan(value); i++)
        value = dossier.readings[i].forward.value;
    ent_dossier_release(&dossier);
    return value;
}

/* The worked example of docs/PLEDGES.md. */
START_TEST(worked_example)
{
    struct ds ds = ds_open();

    ds_import_text(
        &ds,
        HEAD ",a,CHN,RUS,Firm A,shares,9.1,bn US$,2017-09,2018,,2018-05,broken,2019,Paper,\n"
             ",b,CHN,RUS,,loan,2500,million US$,2010-04,2012-01,2500,2013-07,kept,2019,P,\n"
             ",c,CHN,RUS,,projects,91,projects,2009,,11,2018,partly,2019,Paper,\n"
             ",d,CHN,RUS,,trade,100,bn US$,2011-06,2015,68,2015,partly,2019,Paper,\n"
             ",e,CHN,RUS,,gas,400,bn US$,2014-05,2017,,,open,2019,Paper,\n");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_double_eq(measured(&ds, "pledges.made", 2018), 5);
    ck_assert_double_eq(measured(&ds, "pledges.open", 2018), 1);
    ck_assert_double_eq(measured(&ds, "pledges.overdue", 2018), 1);
    ck_assert_double_eq(measured(&ds, "pledges.overdue", 2016), 0);
    ck_assert_double_eq(measured(&ds, "pledges.kept_share", 2018), 0.25);
    ck_assert_double_eq_tol(measured(&ds, "pledges.kept_value", 2018), 70.5 / 111.6, 1e-12);
    ck_assert_double_eq_tol(measured(&ds, "pledges.fulfilled", 2018),
                            (1 + 11 / 91.0 + 0.68) / 4, 1e-12);
    ck_assert_double_eq_tol(measured(&ds, "pledges.delay", 2018), 1.5, 1e-12);
    /* In 2013 the loan alone was settled; before it nothing was. */
    ck_assert_double_eq(measured(&ds, "pledges.kept_share", 2013), 1);
    ck_assert(isnan(measured(&ds, "pledges.kept_share", 2012)));
    ck_assert_double_eq(measured(&ds, "pledges.made", 2009), 1);
    ck_assert(isnan(measured(&ds, "pledges.made", 2020)));
    ds_close(&ds);
}
END_TEST

/* The ledger and the list that ship are read without a fault. */
START_TEST(casebook_that_ships)
{
    struct ds ds = ds_open();

    ds_import(&ds, "data/cases/china-russia/pledges.csv");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_str_eq(ds.part, "china-russia");
    ck_assert_double_ge(measured(&ds, "pledges.made", 2015), 5);
    ds_import(&ds, "data/cases/china-russia/partnerships.csv");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_uint_eq(ds.unmatched_count, 0);
    ck_assert_double_eq(measured(&ds, "partnership.level", 2000), 3);
    ck_assert_double_eq(measured(&ds, "partnership.level", 2018), 5);
    ck_assert_double_eq(
        ds_number(&ds, "select count(distinct state_a * 10000 + state_b) from partnership"),
        54);
    ds_close(&ds);
}
END_TEST

/* What a state imports, from rows of several fuels and both ways. */
START_TEST(gas_imported)
{
    const char *path = real_data("economy");
    struct ds ds;

    if (!path)
        return;
    ds = ds_open();
    ds_import(&ds, path);
    ck_assert_double_eq_tol(measured(&ds, "energy.gas_imports", 2017),
                            39.895959170484 + 52.9333478806584, 1e-9);
    ds_close(&ds);
}
END_TEST

/* A small file cannot make a large table. */
START_TEST(ledger_is_bounded)
{
    struct ds ds = ds_open();
    struct ent_buf text;

    ent__buf_init(&text);
    ent__buf_puts(&text, HEAD);
    for (int i = 0; i < 100; i++)
        ent__buf_puts(&text, ",,CHN,all,,nothing,,,1900,,,,none,2200,Paper,\n");
    ds_import_text(&ds, text.text);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "more than 1000000 years of pledges"));
    ent__buf_release(&text);
    ds_close(&ds);
}
END_TEST

/* "all" is everybody that was a state, and only for somebody who found nothing. */
START_TEST(ledger_watches_all)
{
    struct ds ds = ds_open();

    ds_import_text(&ds, HEAD ",,CHN,all,,nothing found,,,2014,,,,none,2014,Paper,\n"
                             ",,CHN,all,,a port,,,2014,,,,open,2014,Paper,\n");
    ck_assert_double_eq(ds_number(&ds, "select count(*) from pledges where to_state = 365"), 1);
    ck_assert_double_eq(ds_number(&ds, "select count(*) from pledges where to_state = 710"), 0);
    ck_assert_double_ge(ds_number(&ds, "select count(*) from pledges"), 190);
    ck_assert_uint_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, ":3:4: \"all\" was no state in 2014"));
    ds_close(&ds);
}
END_TEST

/* Every fault is named at its line and column, and the other rows are read. */
START_TEST(ledger_faults)
{
    static const struct {
        const char *row, *message;
    } faults[] = {
        { ",,CHN,RUS,,x,,,soon,,,,open,2016,P,", ":2:9: \"soon\" is no date" },
        { ",,CHN,RUS,,x,,,2014-13,,,,open,2016,P,", ":2:9: \"2014-13\" is no date" },
        { ",,CHN,RUS,,x,,,2014-5,,,,open,2016,P,", ":2:9: \"2014-5\" is no date" },
        { ",,CHN,RUS,,x,,,2014-05-21-1,,,,open,2016,P,", "is no date" },
        { ",,CHN,RUS,,x,,,2014,,,,pending,2016,P,", ":2:13: status \"pending\"" },
        { ",,CHN,RUS,,x,,,2014,,,,,2016,P,", ":2:13: status \"\"" },
        { ",,CHN,RUS,,x,,,,,,,open,2016,P,", ":2:9: a pledge needs the date" },
        { ",,CHN,RUS,,x,,,2014,,,,open,,P,", ":2:14: a pledge needs the date" },
        { ",,CHN,RUS,,x,,,2014,,,,open,2013,P,", ":2:14: checked before" },
        { ",,CHN,RUS,,x,,,2014-06,2014-05,,,open,2016,P,", ":2:10: due before" },
        { ",,CHN,RUS,,x,,,2014,,,2013,kept,2016,P,", ":2:12: settled before" },
        { ",,CHN,RUS,,x,,,2014,,,2017,kept,2016,P,", ":2:12: settled before" },
        { ",,CHN,RUS,,x,,,2014,,,2015,open,2016,P,", ":2:12: open, and yet settled" },
        { ",,CHN,RUS,,x,5,ships,2014,,3,2015,kept,2016,P,",
          ":2:11: kept, and yet 3 came of 5" },
        { ",,CHN,RUS,,x,5,ships,2014,,3,2015,broken,2016,P,", ":2:11: broken, and yet 3" },
        { ",,CHN,RUS,,x,5,,2014,,,,open,2016,P,", ":2:8: an amount without a unit" },
        { ",,CHN,RUS,,x,5,bn $,2014,,,,open,2016,P,", ":2:8: unit \"bn $\"" },
        { ",,CHN,RUS,,x,much,US$,2014,,,,open,2016,P,", ":2:7: \"much\" is not a number" },
        { ",,CHN,RUS,,x,-5,US$,2014,,,,open,2016,P,", ":2:7: an amount of -5" },
        { ",,CHN,CHN,,x,,,2014,,,,open,2016,P,", ":2:4: a pledge of a state to itself" },
        { ",,Narnia,RUS,,x,,,2014,,,,open,2016,P,", ":2:3: \"Narnia\" was no state in 2014" },
        { ",,CHN,RUS,,x,,,2014,,,,open,2016,,", ":2:15: a pledge without a source" },
        { ",,CHN,RUS,,x,,,2014,,,,open,2016,P,maybe", ":2:16: joint \"maybe\"" },
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct ds ds = ds_open();
        char text[1024];

        snprintf(text, sizeof(text), HEAD "%s\n,,CHN,IND,,x,,,2014,,,,open,2014,P,\n",
                 faults[i].row);
        ds_import_text(&ds, text);
        ck_assert_msg(ds.problems == 1 && strstr(ds.problem, faults[i].message), "%s gives %s",
                      faults[i].row, ds.problem);
        ck_assert_double_eq(ds_number(&ds, "select count(*) from pledges"), 1);
        ds_close(&ds);
    }
}
END_TEST

#define NO NAN

/* kept 1, in part 2, broken 1: a quarter; of 109.1 bn promised 70.5 came. */
START_TEST(pledges_kept)
{
    static const double kept[N * N] = { NO, 1, 0, 0 }, partly[N * N] = { NO, 2, 0, 0 };
    static const double broken[N * N] = { NO, 1, 0, 0 };
    static const double came[N * N] = { NO, 70500, NO, 0 };
    static const double promised[N * N] = { NO, 109100, NO, 0 };
    static const double delay[N * N] = { NO, -0.5, NO, 0 }, known[N * N] = { NO, 4, 0, 0 };
    const struct given outcomes = { .v = { kept, partly, broken } };
    const struct given value = { .v = { came, promised } };
    const struct given late = { .v = { delay, known } };

    is("pledges.kept_share", "pledges", &outcomes, A, B, 0.25);
    is("pledges.kept_share", "pledges", &outcomes, A, C, NO); /* none settled */
    is("pledges.kept_value", "pledges", &value, A, B, 70500 / 109100.0);
    is("pledges.kept_value", "pledges", &value, A, C, NO);
    is("pledges.kept_value", "pledges", &value, A, H, NO);
    is("pledges.delay", "pledges", &late, A, B, -0.125);
    is("pledges.fulfilled", "pledges", &late, A, C, NO);
    is("pledges.made", "pledges", &outcomes, A, B, 1);
}
END_TEST

/* Three of eleven deals, worth 5 of 20 bn. */
START_TEST(troubled_deals)
{
    static const double failed[N * N] = { NO, 3, 0, 0 }, done[N * N] = { NO, 8, 0, 0 };
    const struct given number = { .v = { failed, done } };

    is("investment.troubled_number", "cgit", &number, A, B, 3 / 11.0);
    is("investment.troubled_number", "cgit", &number, A, C, NO);
}
END_TEST

/* A level of partnership for every year in which it held; the highest counts. */
START_TEST(declared_partnerships)
{
    static const struct {
        const char *row, *message;
    } faults[] = {
        { "CHN,RUS,2011,2010,4,x,2019,P", ":2:4: it ended" },
        { "CHN,RUS,2011,,4,x,2010,P", ":2:7: it ended" },
        { "CHN,RUS,2011,,6,x,2019,P", ":2:5: a level is 1 to 5" },
        { "CHN,RUS,2011,,,x,2019,P", ":2:5: a level is 1 to 5" },
        { "CHN,RUS,,,4,x,2019,P", ":2:3: a declaration needs this year" },
        { "CHN,RUS,2011,,4,x,,P", ":2:7: a declaration needs this year" },
        { "CHN,RUS,2011,,4,x,2019,", ":2:8: a declaration without a source" },
        { "CHN,China,2011,,4,x,2019,P", ":2:2: a partnership of a state with itself" },
        { "CHN,Narnia,2011,,4,x,2019,P", ":2:2: \"Narnia\" was no state" },
        { "Narnia,CHN,2011,,4,x,2019,P", ":2:1: \"Narnia\" was no state" },
    };
    struct ds ds = ds_open();

#define PARTNERS "state_a,state_b,declared,ended,level,label,checked,source\n"
    ds_import_text(&ds, PARTNERS "Russia,China,1996,,3,strategic,2014,P\n"
                                 "CHN,RUS,2011,2012,4,more,2014,P\n");
    ck_assert_str_eq(ds.dataset, "partnerships");
    ck_assert_msg(ds.problems == 0, "%s", ds.problem);
    ck_assert_int_eq(ds.last_year, 2014);
    ck_assert_double_eq(measured(&ds, "partnership.level", 2010), 3);
    ck_assert_double_eq(measured(&ds, "partnership.level", 2012), 4);
    ck_assert_double_eq(measured(&ds, "partnership.level", 2013), 3);
    ck_assert(isnan(measured(&ds, "partnership.level", 1995)));
    ck_assert(isnan(measured(&ds, "partnership.level", 2015)));
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        char text[512];

        snprintf(text, sizeof(text), PARTNERS "%s\nCHN,IND,2005,,3,x,2019,P\n", faults[i].row);
        ds_import_text(&ds, text);
        ck_assert_msg(ds.problems == 1 && strstr(ds.problem, faults[i].message), "%s gives %s",
                      faults[i].row, ds.problem);
    }
    ds_close(&ds);
}
END_TEST

enum {
    MANY = 104, /* states: enough partners for a place */
};

/* Values of state 0 with its partners 1..103, each way where both count. */
struct many {
    double trade[MANY * MANY], arms[MANY * MANY], visits[MANY * MANY], money[MANY * MANY];
    double sum[4][MANY];
    uint32_t known[4][MANY];
    int16_t ids[MANY];
};

static double talk(const struct many *m, const char *id, uint16_t to)
{
    const struct ent_measure *measure = measure_of(id);
    struct ent_inputs in = {
        .source = source_of(measure, "cow_trade"), .year = 2014, .n = MANY, .states = m->ids
    };
    const double *all[] = { m->trade, m->arms, m->visits, m->money };
    struct ent_pair pairs[] = { { 0, 1 }, { 0, to } };
    double out[2];

    for (int k = 0; k < 4; k++)
        in.at[k].v = all[k];
    measure->compute(measure, &in, pairs, 2, out, NULL);
    return out[1];
}

/*
 * Partner k of state 0 has trade k (both ways k / 2), no arms but for 103, visits of 1
 * for 1 to 100, 7 for 101, 3 for 102 and 103, and no investment but 5 in 103 and 102.
 */
START_TEST(talk_and_flows)
{
    struct many *m = calloc(1, sizeof(*m));
    double visits, trade = 0;

    for (size_t k = 0; k < MANY; k++) {
        m->ids[k] = (int16_t)(2 + k);
        m->trade[k] = m->trade[k * MANY] = (double)k / 2;
        m->visits[k] = k <= 100 ? 1 : k == 101 ? 7 : 3;
        m->money[k] = k >= 102 ? 5 : 0;
        trade += (double)k;
    }
    m->arms[103 * MANY] = 40; /* received */
    /* 103 partners: 101 is first in visits: 102.5 / 103; 102 and 103 share two places. */
    ck_assert_double_eq_tol(talk(m, "delivery.talk", 101), 102.5 / 103, 1e-12);
    ck_assert_double_eq_tol(talk(m, "delivery.talk", 103), 101.0 / 103, 1e-12);
    ck_assert_double_eq_tol(talk(m, "delivery.talk", 40), 50.0 / 103, 1e-12);
    /* Trade: k is in place k - 0.5; arms: 103 alone, the rest share 51; money likewise. */
    ck_assert_double_eq_tol(talk(m, "delivery.flows", 103), (102.5 + 102.5 + 102.0) / 3 / 103,
                            1e-12);
    ck_assert_double_eq_tol(talk(m, "delivery.flows", 101), (100.5 + 51.0 + 50.5) / 3 / 103,
                            1e-12);
    ck_assert_double_eq_tol(talk(m, "delivery.gap", 101),
                            (102.5 - (100.5 + 51.0 + 50.5) / 3) / 103, 1e-12);
    visits = 100 + 7 + 3 + 3;
    ck_assert_double_eq_tol(talk(m, "delivery.visits_for_trade", 101),
                            (7 / visits) / (101 / trade), 1e-12);
    /* A flow that is not known is left out of the mean; trade must be known. */
    for (size_t k = 0; k < MANY; k++)
        m->money[k] = NAN;
    ck_assert_double_eq_tol(talk(m, "delivery.flows", 103), 102.5 / 103, 1e-12);
    m->trade[103] = NAN;
    ck_assert(isnan(talk(m, "delivery.gap", 103)));
    ck_assert(isnan(talk(m, "delivery.visits_for_trade", 103)));
    /* Fewer than a hundred partners known are not all the world. */
    for (size_t k = 60; k < MANY; k++)
        m->trade[k] = NAN;
    ck_assert(isnan(talk(m, "delivery.flows", 20)));
    ck_assert(isnan(talk(m, "delivery.visits_for_trade", 20)));
    ck_assert_double_eq_tol(talk(m, "delivery.talk", 20), 50.0 / 103, 1e-12);
    free(m);
}
END_TEST

/*
 * Of the eleven partners with a label, 1 to 11, state 11 alone has the higher one; trade is k
 * and arms are none: label 10.5 / 11, trade of 3 in place 2.5, arms all 5.5.
 */
START_TEST(label_and_flows)
{
    struct many *m = calloc(1, sizeof(*m));

    for (size_t k = 0; k < MANY; k++) {
        m->ids[k] = (int16_t)(2 + k);
        m->trade[k] = m->trade[k * MANY] = (double)k / 2;
        m->visits[k] = k < 1 || k > 11 ? NAN : k == 11 ? 4 : 3;
    }
    ck_assert_double_eq_tol(talk(m, "delivery.label_gap", 11), (10.5 - (10.5 + 5.5) / 2) / 11,
                            1e-12);
    ck_assert_double_eq_tol(talk(m, "delivery.label_gap", 3), (5.0 - (2.5 + 5.5) / 2) / 11,
                            1e-12);
    ck_assert(isnan(talk(m, "delivery.label_gap", 50)));
    /* Nine partners make no places. */
    m->visits[1] = m->visits[2] = NAN;
    ck_assert(isnan(talk(m, "delivery.label_gap", 11)));
    free(m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("delivery");
    TCase *tc = tcase_create("delivery");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, ledger_years);
    tcase_add_test(tc, part_unknown);
    tcase_add_test(tc, worked_example);
    tcase_add_test(tc, casebook_that_ships);
    tcase_add_test(tc, gas_imported);
    tcase_add_test(tc, ledger_watches_all);
    tcase_add_test(tc, ledger_faults);
    tcase_add_test(tc, ledger_is_bounded);
    tcase_add_test(tc, pledges_kept);
    tcase_add_test(tc, troubled_deals);
    tcase_add_test(tc, talk_and_flows);
    tcase_add_test(tc, label_and_flows);
    tcase_add_test(tc, declared_partnerships);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
