/*
 * What the articles ask of an alliance, as tests.
 *
 * Article A (2014): allies share an opponent, trust each other, do not fear each other
 * and hold the same values.  Article E (2019): their interdependence is symmetric, and
 * what is announced is delivered.  Article B (2012): they do not court each other's
 * rivals.  Where a test turns on a number without a natural threshold, the threshold is
 * its place among treaty allies: met from their middle up, not met in their lowest
 * quarter, mixed between.  docs/VERDICT.md has the rules as a table.
 */
#include <math.h>
#include <stdio.h>

#include "assess/tests.h"

enum condition {
    OPPONENT = 0,
    TRUST,
    FEAR,
    VALUES,
    SYMMETRY,
    DELIVERY,
    RIVALS,
};

static const struct ent_finding blank[ENT_VERDICT_CONDITIONS] = {
    [OPPONENT] = { .id = "opponent", .title = "common opponent", .group = "A" },
    [TRUST] = { .id = "trust", .title = "trust", .group = "A" },
    [FEAR] = { .id = "fear", .title = "no fear", .group = "A" },
    [VALUES] = { .id = "values", .title = "shared values", .group = "A" },
    [SYMMETRY] = { .id = "symmetry", .title = "equal ties", .group = "E" },
    [DELIVERY] = { .id = "delivery", .title = "delivery", .group = "E" },
    [RIVALS] = { .id = "rivals", .title = "no courting", .group = "B" },
};

#define MIDDLE  0.5
#define QUARTER 0.25

#define WARM_PEACE        0.75 /* of the Peace Scale: 0.5 is a cold peace, 1 a security community */
#define SECURITY          1.0
#define MUCH_STRONGER     3.0 /* times the capabilities */
#define NEAR_TYPE         4.0 /* COW contiguity: land border to 150 miles of water */
#define TROUBLED_FEW      0.10
#define TROUBLED_MANY     0.25
#define ARMS_TO_RIVALS    0.10 /* of all arms that a state delivered over five years */
#define SOME_ARMS         0.01
#define TRADE_WITH_RIVALS 0.10

static enum ent_answer by_place(double place)
{
    return isnan(place)       ? ENT_ANSWER_UNKNOWN
           : place >= MIDDLE  ? ENT_ANSWER_MET
           : place >= QUARTER ? ENT_ANSWER_MIXED
                              : ENT_ANSWER_NOT_MET;
}

/* The place among allies, or among all where allies are too few. */
static double place_of(const struct ent_evidence *e, enum ent_way side)
{
    if (!e)
        return NAN;
    return e->allies >= ENT_PROFILE_ALLIES ? e->among_allies[side] : e->among_all[side];
}

static void
opponent(const struct ent_evidence_list *list, const char *common, struct ent_finding *c)
{
    const struct ent_evidence *e = ent__evidence(list, "third.common_enemies", "rivalry");
    double n = ent__evidence_most(e);

    ent__test_year(c, e);
    c->place = place_of(e, ENT_A_TO_B);
    if (!e)
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "rivalries of that year are not known");
    else if (n > 0)
        ent__test_say(c, ENT_ANSWER_MET, "%s%s", common[0] ? "both are rivals of " : "",
                      common[0] ? common : "rivals in common");
    else
        ent__test_say(c, ENT_ANSWER_NOT_MET, "no rival in common");
}

/* "a dispute in 2012": the last of those of ten years. */
static void late_dispute(const struct ent_evidence_list *list,
                         const struct ent_evidence *disputes, char *text, size_t size)
{
    const struct ent_evidence *since =
        disputes ? ent__evidence(list, "dispute.years_since", disputes->source) : NULL;

    if (since)
        snprintf(text, size, "a dispute in %.0f", since->year - ent__evidence_most(since));
    else
        snprintf(text, size, "a dispute in ten years");
}

static void trust(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *rivals = ent__evidence(list, "rivalry.active", NULL);
    const struct ent_evidence *disputes = ent__evidence(list, "dispute.count10", NULL);
    const struct ent_evidence *peace = ent__evidence(list, "peace.level", NULL);
    double n = ent__evidence_most(disputes), level = ent__evidence_most(peace);
    char dispute[64];

    late_dispute(list, disputes, dispute, sizeof(dispute));
    ent__test_year(c, rivals);
    ent__test_year(c, disputes);
    ent__test_year(c, peace);
    c->place = place_of(peace, ENT_A_TO_B);
    if (!rivals && !disputes && !peace)
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "neither rivalry nor disputes are known");
    else if (ent__evidence_most(rivals) > 0)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "they are strategic rivals");
    else if (n > 0 && level >= WARM_PEACE)
        ent__test_say(c, ENT_ANSWER_MIXED, "a warm peace, but %s", dispute);
    else if (n > 0)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "%s%s", dispute, peace ? ", a cold peace" : "");
    else if (peace && level < WARM_PEACE)
        ent__test_say(c, ENT_ANSWER_MIXED, "%s",
                      disputes ? "no dispute in ten years, but a cold peace"
                               : "a cold peace; disputes of late are not known");
    else if (!disputes && rivals && peace)
        ent__test_say(c, ENT_ANSWER_MET, "a warm peace, no rivalry");
    else if (!disputes || !rivals)
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "%s are not known",
                      disputes ? "rivalries" : "recent disputes");
    else
        ent__test_say(c, ENT_ANSWER_MET, "no dispute in ten years, no rivalry");
}

/* Whether the two are near each other; NAN when it is not known. */
static double neighbours(const struct ent_evidence_list *list)
{
    const struct ent_evidence *type = ent__evidence(list, "contiguity.type", NULL);
    const struct ent_evidence *border = ent__evidence(list, "contiguity.land_border", NULL);
    double t = ent__evidence_most(type);

    if (type)
        return t > 0 && t <= NEAR_TYPE;
    return border ? ent__evidence_most(border) > 0 : (double)NAN;
}

static void fear(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *power = ent__evidence(list, "power.cinc_ratio", NULL);
    const struct ent_evidence *peace = ent__evidence(list, "peace.level", NULL);
    const struct ent_evidence *rivals = ent__evidence(list, "rivalry.active", NULL);
    double ratio = ent__evidence_most(power), near = neighbours(list);
    bool a_stronger =
        ent__evidence_value(power, ENT_A_TO_B) >= ent__evidence_value(power, ENT_B_TO_A);
    const char *strong = list->name[a_stronger ? 0 : 1];

    ent__test_year(c, power);
    ent__test_year(c, peace);
    if (isnan(ratio) || isnan(near)) {
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "power or nearness is not known");
        return;
    }
    if (ent__evidence_most(peace) >= SECURITY)
        ent__test_say(c, ENT_ANSWER_MET, "a security community, in which none expects war");
    else if (ent__evidence_most(rivals) > 0)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "they are strategic rivals");
    else if (near > 0 && ratio >= MUCH_STRONGER)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "neighbours, and %s %.1f times as strong", strong,
                      ratio);
    else if (near > 0)
        ent__test_say(c, ENT_ANSWER_MIXED, "neighbours, of like strength");
    else
        ent__test_say(c, ENT_ANSWER_MET, "no neighbours");
}

static void values(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *distance = ent__evidence(list, "regime.vdem_distance", NULL);
    const struct ent_evidence *level = ent__evidence(list, "regime.polyarchy", NULL);
    const struct ent_evidence *joint = ent__evidence(list, "regime.joint_democracy", NULL);
    double low = ent__evidence_least(level), high = ent__evidence_most(level);
    double place = place_of(distance, ENT_A_TO_B);

    ent__test_year(c, distance);
    c->place = isnan(place) ? (double)NAN : 1 - place;
    if (!distance || isnan(low) || isnan(high))
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "no data on one of the regimes");
    else if (low <= 0.5 && ent__evidence_most(joint) > 0)
        ent__test_say(c, ENT_ANSWER_MIXED, "democracies by Polity, not both by V-Dem");
    else if (low > 0.5)
        ent__test_say(c, ENT_ANSWER_MET, "both are electoral democracies");
    else if (high > 0.5)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "one is an electoral democracy, the other is not");
    else
        ent__test_say(c, ENT_ANSWER_MIXED, "alike, but neither is a democracy");
}

static void symmetry(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *share = ent__evidence(list, "trade.share", NULL);
    const struct ent_evidence *interdependence =
        ent__evidence(list, "trade.interdependence", NULL);
    double a = ent__evidence_value(share, ENT_A_TO_B),
           b = ent__evidence_value(share, ENT_B_TO_A);
    double ratio = fmax(a, b) / fmin(a, b);
    enum ent_answer tie = by_place(place_of(interdependence, ENT_A_TO_B));

    ent__test_year(c, share);
    c->place = place_of(interdependence, ENT_A_TO_B);
    if (isnan(a) || isnan(b))
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "trade is not known both ways");
    else if (fmin(a, b) <= 0)
        ent__test_say(c, ENT_ANSWER_NOT_MET, "no trade to speak of");
    else
        ent__test_say(c,
                      ratio >= MUCH_STRONGER               ? ENT_ANSWER_NOT_MET
                      : tie == ENT_ANSWER_NOT_MET          ? ENT_ANSWER_NOT_MET
                      : ratio < 2 && tie <= ENT_ANSWER_MET ? ENT_ANSWER_MET
                                                           : ENT_ANSWER_MIXED,
                      "%.1f %% of %s trade, %.1f %% of %s", 100 * a, list->own[0], 100 * b,
                      list->own[1]);
}

static void delivery(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *troubled =
        ent__evidence(list, "investment.troubled_share", NULL);
    double share = ent__evidence_most(troubled);
    enum ent_way from =
        isnan(ent__evidence_value(troubled, ENT_A_TO_B)) ? ENT_B_TO_A : ENT_A_TO_B;

    ent__test_year(c, troubled);
    if (!troubled) {
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "pledges are tracked for China's deals only");
        return;
    }
    c->place = 1 - place_of(troubled, from);
    ent__test_say(c,
                  share >= TROUBLED_MANY ? ENT_ANSWER_NOT_MET
                  : share > TROUBLED_FEW ? ENT_ANSWER_MIXED
                                         : ENT_ANSWER_MET,
                  "%.0f %% of %s deals in %s failed or stalled", 100 * share, list->own[from],
                  list->name[1 - from]);
}

/*
 * Arms to a rival are a choice; trade with one, when it is China or the United States,
 * hardly is, and counts only where it outweighs that with the partner.
 */
static void rivals(const struct ent_evidence_list *list, struct ent_finding *c)
{
    const struct ent_evidence *arms = ent__evidence(list, "third.arms_to_rivals", NULL);
    const struct ent_evidence *trade = ent__evidence(list, "third.trade_with_rivals", NULL);
    const struct ent_evidence *share = ent__evidence(list, "trade.share", NULL);
    double given = ent__evidence_most(arms), dealt = ent__evidence_most(trade);
    enum ent_way by_arms =
        ent__evidence_value(arms, ENT_B_TO_A) == given ? ENT_B_TO_A : ENT_A_TO_B;
    enum ent_way by_trade =
        ent__evidence_value(trade, ENT_B_TO_A) == dealt ? ENT_B_TO_A : ENT_A_TO_B;
    bool outweighs =
        dealt >= TRADE_WITH_RIVALS && !(dealt <= ent__evidence_value(share, by_trade));

    ent__test_year(c, arms);
    ent__test_year(c, trade);
    if (!arms && !trade) {
        ent__test_say(c, ENT_ANSWER_UNKNOWN, "neither arms nor trade with rivals are known");
        return;
    }
    if (arms)
        c->place = 1 - place_of(arms, by_arms);
    if (given >= SOME_ARMS)
        ent__test_say(c, given >= ARMS_TO_RIVALS ? ENT_ANSWER_NOT_MET : ENT_ANSWER_MIXED,
                      "%.0f %% of %s arms go to %s rivals", 100 * given, list->own[by_arms],
                      list->own[1 - by_arms]);
    else if (outweighs)
        ent__test_say(c, ENT_ANSWER_MIXED, "%.0f %% of %s trade is with %s rivals", 100 * dealt,
                      list->own[by_trade], list->own[1 - by_trade]);
    else
        ent__test_say(c, ENT_ANSWER_MET, "%s",
                      given > 0 || dealt > 0 ? "little goes to the other's rivals"
                                             : "nothing goes to the other's rivals");
}

void ent__conditions(const struct ent_evidence_list *list, const char *common,
                     struct ent_finding *conditions)
{
    for (int k = 0; k < ENT_VERDICT_CONDITIONS; k++) {
        conditions[k] = blank[k];
        conditions[k].place = NAN;
    }
    opponent(list, common, &conditions[OPPONENT]);
    trust(list, &conditions[TRUST]);
    fear(list, &conditions[FEAR]);
    values(list, &conditions[VALUES]);
    symmetry(list, &conditions[SYMMETRY]);
    delivery(list, &conditions[DELIVERY]);
    rivals(list, &conditions[RIVALS]);
}
