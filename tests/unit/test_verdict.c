/* The verdict: scores, tests, treaties, spreads, words, and the whole from what ships. */
#include <math.h>
#include <string.h>

#include "assess/evidence.h"
#include "assess/flip.h"
#include "assess/profile.h"
#include "assess/tests.h"
#include "base/alloc.h"
#include "check_main.h"
#include "entente/verdict.h"
#include "query/members.h"
#include "query/starter.h"
#include "query/verdict.h"

enum {
    CHN = 710,
    RUS = 365,
    USA = 2,
    GBR = 200,
    IND = 750,
    PAK = 770,
};

static size_t measure(const char *id)
{
    size_t index = SIZE_MAX;

    ck_assert_int_eq(ent_measure_find(id, &index, NULL), ENT_OK);
    return index;
}

/* One number for both sides, without places. */
static struct ent_evidence number(const char *id, const char *source, double value)
{
    return (struct ent_evidence){ .measure = measure(id),
                                  .source = source,
                                  .year = 2010,
                                  .value = { value, value },
                                  .before = { NAN, NAN },
                                  .among_all = { NAN, NAN },
                                  .among_allies = { NAN, NAN },
                                  .before_among_all = { NAN, NAN },
                                  .watched = true };
}

static struct ent_evidence sides(const char *id, const char *source, double there, double back)
{
    struct ent_evidence e = number(id, source, there);

    e.value[1] = back;
    return e;
}

static struct ent_evidence_list list_of(const struct ent_evidence *at, size_t count)
{
    return (struct ent_evidence_list){ .name = { "Ruritania", "the United Islands" },
                                       .own = { "Ruritania's", "the United Islands'" },
                                       .year = 2010,
                                       .at = at,
                                       .count = count };
}

/* Both directions before one; then who sees more pairs; then the first source. */
START_TEST(the_best_evidence)
{
    struct ent_evidence e[4] = { sides("trade.share", "one_sided", 0.2, NAN),
                                 sides("trade.share", "few", 0.3, 0.1),
                                 sides("trade.share", "many", 0.4, 0.1),
                                 sides("trade.share", "as_many", 0.5, 0.1) };
    struct ent_evidence_list list = list_of(e, 4);

    e[0].of = 30000;
    e[1].of = 400;
    e[2].of = 20000;
    e[3].of = 21000;
    ck_assert_str_eq(ent__evidence(&list, "trade.share", NULL)->source, "many");
    ck_assert_str_eq(ent__evidence(&list, "trade.share", "few")->source, "few");
    ck_assert_ptr_null(ent__evidence(&list, "trade.rank", NULL));
    list.count = 1;
    ck_assert_str_eq(ent__evidence(&list, "trade.share", NULL)->source, "one_sided");
    ck_assert_double_eq(ent__evidence_most(&e[0]), 0.2);
    e[0].value[0] = NAN;
    ck_assert_ptr_null(ent__evidence(&list, "trade.share", NULL));
}
END_TEST

/*
 * Economy: trade.share at .9 and .7, trade.dependence at .6 both ways: the mean of .8 and
 * .6 is 70; sides 75 and 65.  Trust: two disputes stand above .98 of pairs, and that is
 * turned to 2; a peace above .3 stays 30: together 16.
 */
START_TEST(scores_are_means_of_places)
{
    struct ent_evidence e[4] = { sides("trade.share", "cow_trade", 0.1, 0.02),
                                 sides("trade.dependence", "cow_trade", 0.01, 0.01),
                                 number("dispute.count10", "cow_mid", 2),
                                 number("peace.level", "peace", 0.5) };
    struct ent_evidence_list list = list_of(e, 4);
    struct ent_profile_item items[4];
    struct ent_profile p;
    const struct ent_profile_dimension *d;

    e[0].among_all[0] = 0.9;
    e[0].among_all[1] = 0.7;
    e[0].before_among_all[0] = 0.5;
    e[0].before_among_all[1] = 0.3;
    e[1].among_all[0] = e[1].among_all[1] = 0.6;
    e[2].among_all[0] = e[2].among_all[1] = 0.98;
    e[2].among_allies[0] = e[2].among_allies[1] = 0.75;
    e[2].allies = 19; /* one too few */
    e[3].among_all[0] = e[3].among_all[1] = 0.3;
    e[3].among_allies[0] = e[3].among_allies[1] = 0.125;
    e[3].allies = 20;
    e[3].year = 2008;
    for (int k = 0; k < 4; k++)
        e[k].of = 10000;
    ent__profile_make(&list, items, &p);
    d = &p.dimension[ENT_DIM_ECONOMY];
    ck_assert_uint_eq(d->known, 2);
    ck_assert_uint_eq(d->rules, 4);
    ck_assert_double_eq_tol(d->score, 70, 1e-12);
    ck_assert_double_eq_tol(d->side[0], 75, 1e-12);
    ck_assert_double_eq_tol(d->side[1], 65, 1e-12);
    ck_assert_double_eq_tol(d->asymmetry, 10, 1e-12);
    ck_assert_uint_eq(d->compared, 1);
    ck_assert_double_eq_tol(d->before, 40, 1e-12);
    ck_assert_double_eq_tol(d->change, 40, 1e-12); /* 80 less 40, of trade.share alone */
    ck_assert(isnan(d->among_allies));
    d = &p.dimension[ENT_DIM_TRUST];
    ck_assert_double_eq_tol(d->score, 16, 1e-12);
    ck_assert_double_eq_tol(d->among_allies, 12.5, 1e-12);
    ck_assert_uint_eq(d->directed, 0);
    ck_assert(isnan(d->change));
    ck_assert_int_eq(d->first_year, 2008);
    ck_assert_int_eq(d->last_year, 2010);
    d = &p.dimension[ENT_DIM_VALUES];
    ck_assert_uint_eq(d->known, 0);
    ck_assert(isnan(d->score) && isnan(d->change) && isnan(d->asymmetry));
}
END_TEST

/* Every rule is of a measure that exists, once, and has a direction of its own. */
START_TEST(rules_are_of_measures)
{
    for (size_t i = 0; i < ent_profile_rule_count(); i++) {
        const struct ent_profile_rule *rule = ent_profile_rule_at(i);

        (void)measure(rule->measure);
        ck_assert(rule->sense != ENT_SENSE_NONE);
        ck_assert(rule->why[0]);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(ent_profile_rule_at(k)->measure, rule->measure);
    }
    ck_assert_ptr_null(ent_profile_rule_at(ent_profile_rule_count()));
}
END_TEST

static const struct ent_finding *rung(const struct ent_finding *rungs, const char *id)
{
    for (int k = 0; k < ENT_RUNGS; k++) {
        if (strcmp(rungs[k].id, id) == 0)
            return &rungs[k];
    }
    ck_abort_msg("no rung %s", id);
}

START_TEST(the_ladder)
{
    const struct ent_terms none = { .year = 0 };
    const struct ent_terms pact = { .year = 2010,
                                    .defense = ENT_TERM_YES,
                                    .mutual_defense = ENT_TERM_YES,
                                    .core_defense = ENT_TERM_YES,
                                    .neutral = ENT_TERM_NO,
                                    .nonagg = ENT_TERM_YES,
                                    .consul = ENT_TERM_YES,
                                    .command = ENT_TERM_YES,
                                    .bases = ENT_TERM_NO };
    struct ent_evidence e[4] = { sides("arms.delivered5", "sipri_register", 2.5, 9.5),
                                 number("exercises.joint5", "exercises", 2),
                                 number("rivalry.active", "rivalry", 0),
                                 number("dispute.count10", "cow_mid", 0) };
    struct ent_evidence_list list = list_of(e, 4);
    struct ent_finding rungs[ENT_RUNGS];

    ent__ladder(&list, &pact, rungs);
    ck_assert_int_eq(rung(rungs, "confidence")->answer, ENT_ANSWER_MET);
    ck_assert_int_eq(rung(rungs, "consultations")->answer, ENT_ANSWER_MET);
    ck_assert_int_eq(rung(rungs, "arms")->answer, ENT_ANSWER_MET); /* 12 of at least 10 */
    ck_assert_int_eq(rung(rungs, "exercises")->answer, ENT_ANSWER_MIXED);
    ck_assert_int_eq(rung(rungs, "command")->answer, ENT_ANSWER_MET);
    ck_assert_int_eq(rung(rungs, "bases")->answer, ENT_ANSWER_NOT_MET);
    ck_assert_int_eq(rung(rungs, "policy")->answer, ENT_ANSWER_MET);
    ck_assert_ptr_nonnull(strstr(rung(rungs, "arms")->why, "12"));
    e[3].value[0] = e[3].value[1] = 1;
    e[0].value[0] = 0;
    ent__ladder(&list, &pact, rungs);
    ck_assert_int_eq(rung(rungs, "confidence")->answer, ENT_ANSWER_MIXED);
    ck_assert_int_eq(rung(rungs, "arms")->answer, ENT_ANSWER_MIXED); /* 9.5 */
    ck_assert_ptr_nonnull(strstr(rung(rungs, "arms")->why, "the United Islands"));
    list.count = 0;
    ent__ladder(&list, &none, rungs);
    for (int k = 0; k < ENT_RUNGS; k++)
        ck_assert_msg(rungs[k].answer == ENT_ANSWER_UNKNOWN, "%s: %s", rungs[k].id,
                      rungs[k].why);
}
END_TEST

/* Journeys of different travellers add up, and few that are seen of one side are a bound. */
START_TEST(meetings_add_up)
{
    const struct ent_terms none = { .year = 2010, .consul = ENT_TERM_NO };
    struct ent_evidence e[5] = { sides("visits.leaders5", "visits_us_president", 1, NAN),
                                 sides("visits.leaders5", "visits_us_secretary", 3, NAN),
                                 sides("visits.leaders5", "visits_china_travel", NAN, 2),
                                 sides("visits.leaders5", "visits_china_engagements", NAN, 1),
                                 sides("visits.hosted5", "visits_china_engagements", NAN, 9) };
    struct ent_evidence_list list = list_of(e, 2);
    struct ent_finding rungs[ENT_RUNGS];
    const struct ent_finding *met =
        rung((ent__ladder(&list, &none, rungs), rungs), "consultations");

    ck_assert_int_eq(met->answer, ENT_ANSWER_UNKNOWN);
    ck_assert_str_eq(met->why, "no pledge; at least 4 meetings in five years; the United "
                               "Islands' journeys are not tracked");
    e[1].value[0] = 15;
    ent__ladder(&list, &none, rungs);
    ck_assert_int_eq(met->answer, ENT_ANSWER_MET);
    ck_assert_str_eq(met->why, "no pledge, but at least 16 meetings in five years");
    /* Two sources of one traveller tell of the same journeys. */
    e[1].value[0] = 1;
    list.count = 4;
    ent__ladder(&list, &none, rungs);
    ck_assert_int_eq(met->answer, ENT_ANSWER_NOT_MET);
    ck_assert_str_eq(met->why, "no pledge; 4 meetings in five years");
    /* Those two who came are among the nine that the host received. */
    list.count = 5;
    ent__ladder(&list, &none, rungs);
    ck_assert_int_eq(met->answer, ENT_ANSWER_MET);
    ck_assert_str_eq(met->why, "no pledge, but 11 meetings in five years");
}
END_TEST

/* What one condition comes to, on some evidence. */
static enum ent_answer
condition(const char *id, const struct ent_evidence *e, size_t count, const char *common)
{
    struct ent_evidence_list list = list_of(e, count);
    struct ent_finding all[ENT_VERDICT_CONDITIONS];

    ent__conditions(&list, common, all);
    for (int k = 0; k < ENT_VERDICT_CONDITIONS; k++) {
        ck_assert_str_ne(all[k].why, "");
        if (strcmp(all[k].id, id) == 0)
            return all[k].answer;
    }
    ck_abort_msg("no condition %s", id);
}

START_TEST(the_conditions)
{
    struct ent_evidence e[5];

    e[0] = number("third.common_enemies", "rivalry", 1);
    ck_assert_int_eq(condition("opponent", e, 1, "the Moon"), ENT_ANSWER_MET);
    e[0].value[0] = e[0].value[1] = 0;
    ck_assert_int_eq(condition("opponent", e, 1, ""), ENT_ANSWER_NOT_MET);
    ck_assert_int_eq(condition("opponent", e, 0, ""), ENT_ANSWER_UNKNOWN);

    e[0] = number("rivalry.active", "rivalry", 0);
    e[1] = number("dispute.count10", "cow_mid", 0);
    e[2] = number("peace.level", "peace", 0.75);
    ck_assert_int_eq(condition("trust", e, 3, ""), ENT_ANSWER_MET);
    e[2].value[0] = e[2].value[1] = 0.5;
    ck_assert_int_eq(condition("trust", e, 3, ""), ENT_ANSWER_MIXED);
    e[1].value[0] = e[1].value[1] = 2;
    ck_assert_int_eq(condition("trust", e, 3, ""), ENT_ANSWER_NOT_MET);
    e[0].value[0] = e[0].value[1] = 1;
    e[2].value[0] = e[2].value[1] = 1;
    ck_assert_int_eq(condition("trust", e, 3, ""), ENT_ANSWER_NOT_MET);
    ck_assert_int_eq(condition("trust", e + 1, 1, ""), ENT_ANSWER_NOT_MET);
    e[1].value[0] = e[1].value[1] = 0;
    ck_assert_int_eq(condition("trust", e + 1, 1, ""), ENT_ANSWER_UNKNOWN);

    e[0] = sides("power.cinc_ratio", "nmc", 6.3, 1 / 6.3);
    e[1] = number("contiguity.type", "contiguity", 1);
    e[2] = number("peace.level", "peace", 0.5);
    ck_assert_int_eq(condition("fear", e, 3, ""), ENT_ANSWER_NOT_MET);
    e[1].value[0] = e[1].value[1] = 0; /* not contiguous */
    ck_assert_int_eq(condition("fear", e, 3, ""), ENT_ANSWER_MET);
    e[1].value[0] = e[1].value[1] = 5; /* 400 miles of water */
    ck_assert_int_eq(condition("fear", e, 3, ""), ENT_ANSWER_MET);
    e[1].value[0] = e[1].value[1] = 1;
    e[2].value[0] = e[2].value[1] = 1;
    ck_assert_int_eq(condition("fear", e, 3, ""), ENT_ANSWER_MET);
    ck_assert_int_eq(condition("fear", e, 1, ""), ENT_ANSWER_UNKNOWN);

    e[0] = number("regime.vdem_distance", "vdem", 0.1);
    e[1] = sides("regime.polyarchy", "vdem", 0.8, 0.6);
    ck_assert_int_eq(condition("values", e, 2, ""), ENT_ANSWER_MET);
    e[1].value[1] = 0.4;
    ck_assert_int_eq(condition("values", e, 2, ""), ENT_ANSWER_NOT_MET);
    e[1].value[0] = 0.1;
    ck_assert_int_eq(condition("values", e, 2, ""), ENT_ANSWER_MIXED);

    e[0] = sides("trade.share", "cow_trade", 0.0217, 0.1223);
    ck_assert_int_eq(condition("symmetry", e, 1, ""), ENT_ANSWER_NOT_MET);
    e[0] = sides("trade.share", "cow_trade", 0.10, 0.12);
    e[1] = number("trade.interdependence", "cow_trade", 0.1);
    e[1].among_allies[0] = e[1].among_allies[1] = 0.6;
    e[1].allies = 300;
    ck_assert_int_eq(condition("symmetry", e, 2, ""), ENT_ANSWER_MET);
    e[1].among_allies[0] = e[1].among_allies[1] = 0.3;
    ck_assert_int_eq(condition("symmetry", e, 2, ""), ENT_ANSWER_MIXED);
    e[1].among_allies[0] = e[1].among_allies[1] = 0.2;
    ck_assert_int_eq(condition("symmetry", e, 2, ""), ENT_ANSWER_NOT_MET);
    e[0].value[1] = NAN;
    ck_assert_int_eq(condition("symmetry", e, 2, ""), ENT_ANSWER_UNKNOWN);

    e[0] = sides("investment.troubled_share", "cgit", 0.32, NAN);
    ck_assert_int_eq(condition("delivery", e, 1, ""), ENT_ANSWER_NOT_MET);
    e[0].value[0] = 0.2;
    ck_assert_int_eq(condition("delivery", e, 1, ""), ENT_ANSWER_MIXED);
    e[0].value[0] = 0.1;
    ck_assert_int_eq(condition("delivery", e, 1, ""), ENT_ANSWER_MET);

    e[0] = sides("third.arms_to_rivals", "sipri_register", 0, 0.24);
    e[1] = sides("third.trade_with_rivals", "cow_trade", 0.05, 0.15);
    e[2] = sides("trade.share", "cow_trade", 0.02, 0.12);
    ck_assert_int_eq(condition("rivals", e, 3, ""), ENT_ANSWER_NOT_MET);
    e[0].value[1] = 0.02;
    ck_assert_int_eq(condition("rivals", e, 3, ""), ENT_ANSWER_MIXED);
    e[0].value[1] = 0;
    ck_assert_int_eq(condition("rivals", e, 3, ""), ENT_ANSWER_MIXED); /* 15 % above 12 % */
    e[2].value[1] = 0.2;
    ck_assert_int_eq(condition("rivals", e, 3, ""), ENT_ANSWER_MET);
    ck_assert_int_eq(condition("rivals", e, 0, ""), ENT_ANSWER_UNKNOWN);
}
END_TEST

/* 0, 1, ... 100: every twentieth part is a multiple of 5. */
START_TEST(a_spread_gives_places)
{
    double values[101], spread[ENT_SPREAD];

    for (int i = 0; i <= 100; i++)
        values[i] = i;
    ent__spread_take(values, 101, spread);
    for (int k = 0; k < ENT_SPREAD; k++)
        ck_assert_double_eq(spread[k], 5 * k);
    ck_assert_double_eq(ent__spread_place(spread, 35), 0.35);
    ck_assert_double_eq_tol(ent__spread_place(spread, 37), 0.37, 1e-12);
    ck_assert_double_eq(ent__spread_place(spread, -1), 0);
    ck_assert_double_eq(ent__spread_place(spread, 101), 1);
    ck_assert(isnan(ent__spread_place(spread, NAN)));
    /* 81 zeros of 101: marks 0 to 16 are 0, and 0 stands in their middle. */
    for (int i = 0; i <= 80; i++)
        values[i] = 0;
    ent__spread_take(values, 101, spread);
    ck_assert_double_eq(ent__spread_place(spread, 0), 0.4);
    ck_assert_double_eq(ent__spread_place(spread, 90), 0.9);
    ent__spread_take(values + 90, 1, spread);
    ck_assert_double_eq(ent__spread_place(spread, 90), 0.5);
}
END_TEST

/* Three treaties of four states, and who is allied by them. */
START_TEST(members_join)
{
    struct ent_member at[] = {
        { .alliance = 1, .state = 2, .from = { 1950, 6, 1 }, .to = { 9999 }, .defense = true },
        { .alliance = 1, .state = 20, .from = { 1950, 6, 1 }, .to = { 1960, 1, 1 } },
        { .alliance = 1, .state = 200, .from = { 1960, 2, 1 }, .to = { 9999 } },
        { .alliance = 2,
          .state = 2,
          .from = { 1950 },
          .to = { 9999 },
          .defense = true,
          .charter = true,
          .bases = true },
        { .alliance = 2, .state = 70, .from = { 1950 }, .to = { 9999 }, .charter = true },
        { .alliance = 3,
          .phase = 1,
          .state = 2,
          .from = { 1970 },
          .to = { 1980 },
          .defense = true },
        { .alliance = 3,
          .phase = 2,
          .state = 20,
          .from = { 1970 },
          .to = { 1980 },
          .defense = true },
    };
    struct ent_members members = { .at = at, .count = 7, .last_year = 2018 };
    struct ent_member_pair pairs[ENT_MEMBER_PAIRS];

    ck_assert(ent__members_join(&at[0], &at[1], 1950));
    ck_assert(!ent__members_join(&at[0], &at[1], 1949));
    ck_assert(ent__members_join(&at[0], &at[1], 1960));
    ck_assert(!ent__members_join(&at[1], &at[2], 1960)); /* one left before the other came */
    ck_assert(!ent__members_join(&at[0], &at[3], 1955)); /* another treaty */
    ck_assert(!ent__members_join(&at[5], &at[6], 1975)); /* another phase */
    ck_assert_uint_eq(ent__members_core(&members, 1955, pairs), 1);
    ck_assert_int_eq(pairs[0].a, 2);
    ck_assert_int_eq(pairs[0].b, 20);
    ck_assert_uint_eq(ent__members_core(&members, 2024, pairs), 1); /* those of 2018 */
    ck_assert_int_eq(pairs[0].b, 200);
    ck_assert_uint_eq(ent__members_core(&members, 1940, pairs), 0);
    ck_assert_uint_eq(ent__members_terms(&members, 2, 20, 1955), ENT_BOND_CORE);
    ck_assert_uint_eq(ent__members_terms(&members, 20, 2, 1955), ENT_BOND_CORE);
    ck_assert_uint_eq(ent__members_terms(&members, 2, 70, 1955), ENT_BOND_BASES);
    ck_assert_uint_eq(ent__members_terms(&members, 20, 70, 1955), 0);
}
END_TEST

START_TEST(names_in_sentences)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    static const char *const cases[][3] = {
        { "China", "China", "China's" },
        { "United States", "the United States", "the United States'" },
        { "Soviet Union", "the Soviet Union", "the Soviet Union's" },
        { "Czech Republic", "the Czech Republic", "the Czech Republic's" },
        { "Netherlands", "the Netherlands", "the Netherlands'" },
        { "Ivory Coast", "Ivory Coast", "Ivory Coast's" },
        { "Honduras", "Honduras", "Honduras'" },
    };
    char text[64];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *name = ent__with_article(&arena, cases[i][0]);

        ck_assert_str_eq(name, cases[i][1]);
        ck_assert_str_eq(ent__owner(&arena, name), cases[i][2]);
    }
    ent__arena_release(&arena);
    ck_assert_str_eq(ent__thousands(999, text, sizeof(text)), "999");
    ck_assert_str_eq(ent__thousands(4893.6, text, sizeof(text)), "4,894");
    ck_assert_str_eq(ent__thousands(1002003, text, sizeof(text)), "1,002,003");
    ck_assert_str_eq(
        ent_obligations_text(ENT_OWES_DEFENSE | ENT_OWES_CONSULTATION, text, sizeof(text)),
        "defence, consultation");
    ck_assert_str_eq(ent_obligations_text(0, text, sizeof(text)), "");
}
END_TEST

/* What ships: the model, the charters, and the starter panel. */
static struct ent_model *model;
static char charters[512], starter[512];

static void open_shipped(void)
{
    const char *root = getenv("ENTENTE_TEST_SOURCE");
    struct ent_error err = { 0 };
    char path[512];

    root = root && *root ? root : ".";
    snprintf(path, sizeof(path), "%s/data/model/model.txt", root);
    snprintf(charters, sizeof(charters), "%s/data/model/charters.csv", root);
    snprintf(starter, sizeof(starter), "%s/data/starter", root);
    ck_assert_msg(ent_model_open(path, &model, &err) == ENT_OK, "%s", err.message);
}

static void close_shipped(void)
{
    ent_model_free(model);
}

static struct ent_verdict_place shipped(void)
{
    return (
        struct ent_verdict_place){ .starter = starter, .model = model, .charters = charters };
}

static struct ent_verdict verdict(int a, int b, int year)
{
    struct ent_verdict_place place = shipped();
    struct ent_verdict_options options = { .year = year };
    struct ent_error err = { 0 };
    struct ent_verdict v;

    ck_assert_msg(ent_verdict_make(&place, a, b, &options, &v, &err) == ENT_OK, "%s",
                  err.message);
    return v;
}

/* A verdict's numbers agree with each other, and who is named first does not matter. */
START_TEST(a_verdict_holds_together)
{
    struct ent_verdict v = verdict(CHN, RUS, 2018), w = verdict(RUS, CHN, 2018);
    double sum = v.score.base, points = 0;

    ck_assert(!v.score.refused);
    for (size_t i = 0; i < v.score.part_count; i++)
        sum += v.score.parts[i].log_odds;
    ck_assert_double_eq_tol(sum, v.score.log_odds, 1e-9);
    for (size_t i = 0; i < v.point_count; i++) {
        points += v.points[i].log_odds;
        ck_assert_double_eq_tol(v.points[i].odds, exp(v.points[i].log_odds), 1e-12);
        ck_assert(i == 0 ||
                  fabs(v.points[i].log_odds) <= fabs(v.points[i - 1].log_odds) + 1e-12);
    }
    ck_assert_double_eq_tol(points + v.score.base, v.score.log_odds, 1e-9);
    ck_assert_double_eq(v.score.p, w.score.p);
    ck_assert_double_le(v.range_low, v.score.p);
    ck_assert_double_ge(v.range_high, v.score.p);
    ck_assert_double_eq(v.p_before[ENT_VERDICT_YEARS - 1], v.score.p);
    for (int d = 0; d < ENT_DIMENSIONS; d++) {
        const struct ent_profile_dimension *x = &v.profile.dimension[d];
        const struct ent_profile_dimension *y = &w.profile.dimension[d];

        ck_assert(isnan(x->score) ? isnan(y->score) : fabs(x->score - y->score) < 1e-9);
        if (x->directed)
            ck_assert_double_eq_tol(x->asymmetry, -y->asymmetry, 1e-9);
    }
    ck_assert(v.treaties.known && v.treaties.core_known && !v.treaties.core);
    ck_assert(v.treaties.owes[0] & ENT_OWES_CONSULTATION);
    ck_assert_ptr_nonnull(strstr(v.answer, "China and Russia"));
    ck_assert_ptr_nonnull(strstr(v.answer, "2018"));
    ent_verdict_release(&v);
    ent_verdict_release(&w);
}
END_TEST

/* The years before are what the verdict of those years says, as far as both see the same. */
START_TEST(years_before_are_those_years)
{
    struct ent_verdict v = verdict(USA, GBR, 2012);

    for (int back = 1; back < ENT_VERDICT_YEARS; back++) {
        struct ent_verdict w = verdict(USA, GBR, 2012 - back);

        ck_assert_double_eq_tol(v.p_before[ENT_VERDICT_YEARS - 1 - back], w.score.p, 1e-9);
        ent_verdict_release(&w);
    }
    ent_verdict_release(&v);
}
END_TEST

START_TEST(a_history_is_its_verdicts)
{
    struct ent_verdict_place place = shipped();
    struct ent_verdict_history h;
    struct ent_error err = { 0 };

    ck_assert_int_eq(ent_verdict_history_make(&place, CHN, RUS, 2000, 2018, &h, &err), ENT_OK);
    ck_assert_uint_eq(h.count, 19);
    for (size_t i = 0; i < h.count; i += 6) {
        struct ent_verdict v = verdict(CHN, RUS, 2000 + (int)i);

        ck_assert_int_eq(h.years[i].year, 2000 + (int)i);
        ck_assert_double_eq_tol(h.years[i].p, v.score.p, 1e-9);
        ck_assert_double_eq_tol(h.years[i].range_high, v.range_high, 1e-9);
        ck_assert(h.years[i].core_known && !h.years[i].core);
        ent_verdict_release(&v);
    }
    ent_verdict_history_release(&h);
    ck_assert_int_eq(ent_verdict_history_make(&place, CHN, RUS, 1955, 1955, &h, &err), ENT_OK);
    ck_assert(h.years[0].core_known && h.years[0].core); /* the pact of 1950 */
    ent_verdict_history_release(&h);
    ck_assert_int_eq(ent_verdict_history_make(&place, CHN, RUS, 2018, 2017, &h, &err),
                     ENT_EINVAL);
    ck_assert_int_eq(ent_verdict_history_make(&place, CHN, CHN, 2017, 2018, &h, &err),
                     ENT_EINVAL);
}
END_TEST

/* A rivalry is a warning, and takes no part in the share. */
START_TEST(rivals_are_warned_of)
{
    struct ent_verdict v = verdict(IND, PAK, 2014);

    ck_assert_uint_ge(v.warnings.count, 2);
    ck_assert_ptr_nonnull(strstr(v.warnings.at[0], "Strategic rivals"));
    ck_assert_ptr_nonnull(strstr(v.warnings.at[1], "ilitarised disputes"));
    ck_assert_int_eq(v.conditions[1].answer, ENT_ANSWER_NOT_MET);
    ent_verdict_release(&v);
}
END_TEST

/* With nothing on votes and trade there is no share, and the rest stands. */
START_TEST(too_little_evidence)
{
    struct ent_verdict_place place = shipped();
    struct ent_verdict_options options = { .year = 1946 };
    struct ent_error err = { 0 };
    struct ent_verdict v;

    ck_assert_int_eq(ent_verdict_make(&place, 369, RUS, &options, &v, &err), ENT_ENOTFOUND);
    v = verdict(CHN, RUS, 1969); /* no seat in the UN, no trade on record */
    ck_assert(v.score.refused);
    ck_assert_ptr_nonnull(strstr(v.answer, "oo little "));
    ck_assert_ptr_nonnull(strstr(v.share, "No probability"));
    ck_assert_uint_eq(v.for_count + v.against_count, 0);
    ck_assert_uint_eq(v.rank.place, 0);
    ent_verdict_release(&v);
    options.year = 2018;
    ck_assert_int_eq(ent_verdict_make(&place, CHN, CHN, &options, &v, &err), ENT_EINVAL);
    place.charters = "/nowhere/charters.csv";
    ck_assert_int_ne(ent_verdict_make(&place, CHN, RUS, &options, &v, &err), ENT_OK);
    ck_assert_ptr_nonnull(strstr(err.source, "charters.csv"));
}
END_TEST

/* More trade raises the share; what is not the model's does not move it. */
START_TEST(values_can_be_set)
{
    struct ent_verdict_place place = shipped();
    struct ent_verdict_set set = { .measure = measure("trade.share"), .value = 0.2 };
    struct ent_verdict_options options = { .year = 2014, .sets = &set, .set_count = 1 };
    struct ent_error err = { 0 };
    struct ent_verdict v = verdict(CHN, RUS, 2014), w;

    ck_assert_int_eq(ent_verdict_make(&place, CHN, RUS, &options, &w, &err), ENT_OK);
    ck_assert(w.changed && !v.changed);
    ck_assert_double_gt(w.score.p, v.score.p);
    ck_assert_double_eq(w.profile.dimension[ENT_DIM_ECONOMY].score,
                        v.profile.dimension[ENT_DIM_ECONOMY].score);
    ent_verdict_release(&w);
    set = (struct ent_verdict_set){ .measure = SIZE_MAX, .feature = 0, .value = 0 };
    for (size_t f = 0; f < ent_feature_count(); f++) {
        if (strcmp(ent_feature_at(f)->id, "arms") == 0)
            set.feature = f;
    }
    ck_assert_int_eq(ent_verdict_make(&place, CHN, RUS, &options, &w, &err), ENT_OK);
    ck_assert_double_lt(w.score.p, v.score.p);
    ent_verdict_release(&w);
    ent_verdict_release(&v);
}
END_TEST

/* A way across a half leads to a half. */
START_TEST(flips_lead_to_a_half)
{
    struct ent_verdict v = verdict(CHN, RUS, 2014);
    size_t variant = ent_model_variant_find(model, v.variant);
    struct ent_flips flips;
    struct ent_error err = { 0 };
    bool tried = false;

    ck_assert_msg(ent_model_flip(model, variant, &v.features, &flips, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_uint_gt(flips.count, 0);
    ck_assert_int_eq(flips.above, v.score.p >= 0.5);
    for (size_t i = 0; i < flips.count; i++) {
        struct ent_features moved = v.features;
        struct ent_model_score score;
        bool jump = false;

        for (size_t k = 0; k < flips.ways[i].count; k++) {
            const struct ent_flip_move *move = &flips.ways[i].moves[k];
            const struct ent_feature_info *f = ent_feature_at(move->feature);

            ck_assert(ent__flip_changeable(f->id));
            jump = jump || f->form == ENT_FORM_YES_NO || f->form == ENT_FORM_COUNT;
            moved.at[move->feature].value = move->to;
        }
        ck_assert_int_eq(ent_model_score(model, variant, &moved, &score, &err), ENT_OK);
        if (jump) {
            ck_assert((score.p < 0.5) == flips.above || fabs(score.p - 0.5) < 1e-6);
            continue;
        }
        ck_assert_double_eq_tol(score.p, 0.5, 1e-6);
        tried = true;
    }
    ck_assert(tried);
    ck_assert(!ent__flip_changeable("distance"));
    ck_assert_int_eq(ent_model_flip(model, 999, &v.features, &flips, &err), ENT_EINVAL);
    ent_verdict_release(&v);
}
END_TEST

/* No allocation that fails leaks or crashes. */
START_TEST(out_of_memory)
{
    struct ent_verdict_place place = shipped();
    struct ent_verdict_options options = { .year = 2014 };
    struct ent_error err = { 0 };
    struct ent_verdict v;
    bool done = false;

    for (long k = 0; k < 400 && !done; k += 7) {
        enum ent_status status;

        ent__alloc_fail_after(k);
        status = ent_verdict_make(&place, CHN, RUS, &options, &v, &err);
        ent__alloc_fail_after(-1);
        done = status == ENT_OK;
        if (done)
            ent_verdict_release(&v);
        else
            /* A reader in a child process that runs out of memory is a file that cannot be
             * read. */
            ck_assert(status == ENT_ENOMEM || status == ENT_EFORMAT || status == ENT_EIO);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *rules = tcase_create("rules");
    TCase *whole = tcase_create("whole");

    tcase_add_test(rules, the_best_evidence);
    tcase_add_test(rules, scores_are_means_of_places);
    tcase_add_test(rules, rules_are_of_measures);
    tcase_add_test(rules, the_ladder);
    tcase_add_test(rules, meetings_add_up);
    tcase_add_test(rules, the_conditions);
    tcase_add_test(rules, a_spread_gives_places);
    tcase_add_test(rules, members_join);
    tcase_add_test(rules, names_in_sentences);
    suite_add_tcase(suite, rules);
    tcase_add_checked_fixture(whole, open_shipped, close_shipped);
    tcase_set_timeout(whole, 120);
    tcase_add_test(whole, a_verdict_holds_together);
    tcase_add_test(whole, years_before_are_those_years);
    tcase_add_test(whole, a_history_is_its_verdicts);
    tcase_add_test(whole, rivals_are_warned_of);
    tcase_add_test(whole, too_little_evidence);
    tcase_add_test(whole, values_can_be_set);
    tcase_add_test(whole, flips_lead_to_a_half);
    tcase_add_test(whole, out_of_memory);
    suite_add_tcase(suite, whole);
    return run_suite(suite);
}
