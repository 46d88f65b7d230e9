/*
 * Talk set against flows: do two states meet as much as they trade?
 *
 *   v_ij  leaders' visits of i to j over the year and the four before
 *   f_ij  a flow between the two: trade in the year; arms delivered, both ways, and
 *         investment of i in j over the year and the four before
 *   p(x)  percentile place of j among all partners of i: the part of them that have less,
 *         plus half of those that have the same
 *
 *   talk  = p(v_ij)        flows = mean of p(f_ij) over the flows known, trade among them
 *   gap   = talk - flows   from -1 (much flows and nobody meets) to 1 (all talk)
 *   label gap = p(l_ij) - mean of p(f_ij), l the level of the partnership that the two have
 *           declared (1 to 5), all places among i's declared partners alone
 *   visits for trade = (v_ij / sum over k of v_ik) / (T_ij / sum over k of T_ik)
 *
 * The place is used because a visit and a dollar have no common unit; the quotient of
 * shares says how many times as much of i's journeys as of its trade goes to j.
 *
 * Limits: who visits is published of China and of the United States alone, so i is one of
 * them; the published list of engagements is one of meetings, calls and messages, and all
 * of them are its talk.  Investment is China's (deals over 95 million US$).  Most pairs
 * exchange no arms and share one place in the middle.  Near the top a percentile hardly
 * moves: of 190 partners, the first and the tenth are 0.05 apart.  Trade is Comtrade's, and
 * COW's in the source of that name, which is China's travel to 2014; where too few partners
 * are known there is no value.  A declared label is what a list of the user's has, for any
 * two states; most partners share one level, and so one place.
 */
#include <math.h>

#include "measure/trade.h"

/*
 * Inputs of a source: trade first, in the layout that the source says, then arms, visits,
 * and, for China, investment.
 */
#define TRADE_COW                                                          \
    {                                                                      \
        .table = "cow_trade", .column = "imports", .scope = ENT_SCOPE_FROM \
    }
#define TRADE_COMTRADE(column_)                                            \
    {                                                                      \
        .table = "comtrade", .column = (column_), .scope = ENT_SCOPE_FROM, \
    }
#define OVER_FIVE(table_, column_)                                                \
    {                                                                             \
        .table = (table_), .column = (column_), .view = ENT_VIEW_SUM, .years = 5, \
        .scope = ENT_SCOPE_FROM                                                   \
    }
#define ARMS OVER_FIVE("arms_transfer", "tiv_delivered")
#define INVESTED                                                                    \
    {                                                                               \
        .table = "cgit_deal", .column = "amount", .view = ENT_VIEW_SUM, .years = 5, \
        .where = "construction", .equals = 0, .scope = ENT_SCOPE_FROM               \
    }

#define LEVEL                                                            \
    {                                                                    \
        .table = "partnership", .column = "level", .fold = ENT_FOLD_MAX, \
        .scope = ENT_SCOPE_FROM                                          \
    }

static const struct ent_input china_travel[] = {
    TRADE_COMTRADE("imports"),
    TRADE_COMTRADE("exports"),
    ARMS,
    OVER_FIVE("visit_china_travel", "visits"),
    INVESTED,
};
static const struct ent_input china_travel_cow[] = {
    TRADE_COW,
    ARMS,
    OVER_FIVE("visit_china_travel", "visits"),
    INVESTED,
};
static const struct ent_input china_engagements[] = {
    TRADE_COMTRADE("imports"),
    TRADE_COMTRADE("exports"),
    ARMS,
    OVER_FIVE("engagement_china", "engagements"),
    INVESTED,
};
static const struct ent_input us_president[] = {
    TRADE_COMTRADE("imports"),
    TRADE_COMTRADE("exports"),
    ARMS,
    OVER_FIVE("visit_us_president", "visits"),
};
static const struct ent_input us_secretary[] = {
    TRADE_COMTRADE("imports"),
    TRADE_COMTRADE("exports"),
    ARMS,
    OVER_FIVE("visit_us_secretary", "visits"),
};

static const struct ent_measure_source sources[] = {
    ENT_SOURCE_LAID("visits_china_travel", "visits_china_travel comtrade sipri_register cgit",
                    china_travel, ENT_TRADE_COMTRADE),
    ENT_SOURCE_LAID("visits_china_engagements",
                    "visits_china_engagements comtrade sipri_register cgit", china_engagements,
                    ENT_TRADE_COMTRADE),
    ENT_SOURCE_LAID("cow_trade", "cow_trade visits_china_travel sipri_register cgit",
                    china_travel_cow, ENT_TRADE_COW),
    ENT_SOURCE_LAID("visits_us_president", "visits_us_president comtrade sipri_register",
                    us_president, ENT_TRADE_COMTRADE),
    ENT_SOURCE_LAID("visits_us_secretary", "visits_us_secretary comtrade sipri_register",
                    us_secretary, ENT_TRADE_COMTRADE),
};

static const struct ent_input partner_cow[] = {
    TRADE_COW,
    ARMS,
    LEVEL,
};
static const struct ent_input partner_comtrade[] = {
    TRADE_COMTRADE("imports"),
    TRADE_COMTRADE("exports"),
    ARMS,
    LEVEL,
};
static const struct ent_input level[] = { LEVEL };

static const struct ent_measure_source level_sources[] = {
    ENT_SOURCE("partnerships", "partnerships", level),
};
static const struct ent_measure_source label_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "partnerships cow_trade sipri_register", partner_cow,
                    ENT_TRADE_COW),
    ENT_SOURCE_LAID("comtrade", "partnerships comtrade sipri_register", partner_comtrade,
                    ENT_TRADE_COMTRADE),
};

static double arms(const struct ent_inputs *in, size_t i, size_t j)
{
    size_t at = ent__trade_width(in);

    return ent__cell_of(in, at, i, j) + ent__cell_of(in, at, j, i);
}

/* Visits, or the level of the partnership: what is said. */
static double visits(const struct ent_inputs *in, size_t i, size_t j)
{
    return ent__cell_of(in, ent__trade_width(in) + 1, i, j);
}

/* NAN where the source has no investment. */
static double investment(const struct ent_inputs *in, size_t i, size_t j)
{
    size_t at = ent__trade_width(in) + 2;

    return at < in->source->input_count ? ent__cell_of(in, at, i, j) : NAN;
}

enum {
    LEAST_DECLARED = 10, /* fewer partners make no places */
};

/* What is set side by side. */
enum {
    VISITS,
    TRADE,
    ARMS_BOTH_WAYS,
    INVESTMENT,
    KINDS
};

static const ent_tie_fn ties[KINDS] = { visits, ent__trade_with, arms, investment };

/* The places of all partners of one state, in each. */
struct places {
    size_t of;
    bool declared; /* among the declared partners alone */
    double at[KINDS][ENT_MEASURE_STATES];
    size_t known[KINDS];
};

/* Places of the partners of a state; done once for a run of pairs with one `from`. */
static void places_of(struct places *p, const struct ent_inputs *in, size_t state)
{
    double value[ENT_MEASURE_STATES], work[ENT_MEASURE_STATES];
    uint32_t place[ENT_MEASURE_STATES];

    if (p->of == state)
        return;
    p->of = state;
    for (int kind = 0; kind < KINDS; kind++) {
        for (size_t k = 0; k < in->n; k++) {
            bool partner = k != state && !ent__is_territory(in->states[k]) &&
                           (!p->declared || visits(in, state, k) > 0);

            value[k] = partner ? ties[kind](in, state, k) : NAN;
        }
        ent__places(value, in->n, work, place, p->at[kind], &p->known[kind]);
    }
}

/* Mean place of the flows known; NAN without trade, or where visits are not watched. */
static double flows_of(const struct places *p, size_t to)
{
    double sum = 0;
    size_t known = 0;
    size_t least = p->declared ? LEAST_DECLARED : ENT_TRADE_PARTNERS;

    if (p->known[TRADE] < least || isnan(p->at[TRADE][to]) || isnan(p->at[VISITS][to]))
        return NAN;
    for (int kind = TRADE; kind < KINDS; kind++) {
        if (isnan(p->at[kind][to]))
            continue;
        sum += p->at[kind][to];
        known++;
    }
    return sum / (double)known;
}

static void step_places(const struct ent_inputs *in, const struct ent_pair *pair,
                        const struct places *p, double flows, struct ent_steps *steps)
{
    const char *const names[KINDS] = { p->declared ? "level of the declared partnership"
                                                   : "visits, five years",
                                       "trade", "arms delivered both ways, five years",
                                       "investment, five years" };
    static const char *const units[KINDS] = { "", "million current US$", "million TIV",
                                              "million current US$" };

    for (int kind = 0; kind < KINDS; kind++) {
        if (!p->known[kind])
            continue;
        ent__step(steps, ties[kind](in, pair->from, pair->to), units[kind], "%s, %s and %s",
                  names[kind], steps->from, steps->to);
        ent__step(steps, p->at[kind][pair->to], "", "place of %s in that among %zu partners",
                  steps->to, p->known[kind]);
    }
    ent__step(steps, flows, "", "flows: the mean place of those after the first");
}

/* What a measure gives. */
enum {
    TALK,
    FLOWS,
    GAP,
    LABEL_GAP,
};

static void place(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    struct places p;

    p.of = SIZE_MAX;
    p.declared = measure->variant == LABEL_GAP;
    for (size_t k = 0; k < count; k++) {
        double talk, flows;

        places_of(&p, in, pairs[k].from);
        talk = p.at[VISITS][pairs[k].to];
        flows = flows_of(&p, pairs[k].to);
        out[k] = measure->variant == TALK    ? talk
                 : measure->variant == FLOWS ? flows
                                             : talk - flows;
        if (!steps)
            continue;
        step_places(in, &pairs[k], &p, flows, steps);
        if (measure->variant == GAP || measure->variant == LABEL_GAP)
            ent__step(steps, out[k], "", "%s less flows", p.declared ? "label" : "talk");
    }
}

/* Share in visits over share in trade; NAN without either, or when trade is 0. */
static void quotient(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    struct ent_partners visited, traded;

    (void)measure;
    visited.of = traded.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        double talk, trade;

        ent__partners_of(&visited, in, visits, i);
        ent__partners_of(&traded, in, ent__trade_with, i);
        talk = visited.sum > 0 ? visits(in, i, j) / visited.sum : NAN;
        trade =
            traded.known >= ENT_TRADE_PARTNERS ? ent__trade_with(in, i, j) / traded.sum : NAN;
        out[k] = trade > 0 ? talk / trade : NAN;
        ent__step(steps, visits(in, i, j), "", "visits, %s -> %s, five years", steps->from,
                  steps->to);
        ent__step(steps, talk, "", "share of all %g visits of %s", visited.sum, steps->from);
        ent__step(steps, trade, "", "share of %s in the trade of %s", steps->to, steps->from);
        ent__step(steps, out[k], "", "share in visits / share in trade");
    }
}

#define ENTRY(id_, title_, meaning_, sense_, form_, detail_, formula_, sources_, compute_, \
              variant_)                                                                    \
    {                                                                                      \
        .info = {                                                                        \
            .id = (id_),                                                                 \
            .title = (title_),                                                           \
            .meaning = (meaning_),                                                       \
            .unit = "",                                                                  \
            .dimension = ENT_DIM_DELIVERY,                                               \
            .direction = ENT_DIRECTED,                                                   \
            .sense = (sense_),                                                           \
            .form = (form_),                                                             \
            .detail = (detail_),                                                         \
            .formula = (formula_),                                                       \
            .citation = "own",                                                           \
        },                                                                                 \
        ENT_FROM(sources_),                                                                 \
        .compute = (compute_),                                                             \
        .variant = (variant_), \
    }

enum {
    SHOWN = 0,
    DETAIL = 1,
};

static const struct ent_measure measures[] = {
    ENTRY("delivery.talk", "place in visits",
          "X -> Y: the place of Y among all states by visits of X's leaders over five years: "
          "1 first, 0 last",
          ENT_SENSE_CLOSER, ENT_FORM_PLAIN, DETAIL, "percentile place of v_ij", sources, place, TALK),
    ENTRY("delivery.flows", "place in trade, arms and investment",
          "X -> Y: the mean place of Y among all states by trade with X, arms delivered "
          "between them and investment of X: 1 first, 0 last",
          ENT_SENSE_CLOSER, ENT_FORM_PLAIN, DETAIL, "mean percentile place of the flows", sources, place,
          FLOWS),
    ENTRY("delivery.gap", "talk less flows",
          "X -> Y: the place of Y in X's visits less its mean place in X's trade, arms and "
          "investment: above 0 more talk than flows, below 0 less",
          ENT_SENSE_FARTHER, ENT_FORM_PLAIN, SHOWN, "p(v_ij) - mean of p(f_ij)", sources, place, GAP),
    ENTRY("delivery.visits_for_trade", "visits for their trade",
          "X -> Y: how many times as large the share of Y in visits of X's leaders is as its "
          "share in X's trade: 1 alike",
          ENT_SENSE_NONE, ENT_FORM_PLAIN, SHOWN,
          "(v_ij / sum over k of v_ik) / (T_ij / sum over k of T_ik)", sources, quotient, 0),
    ENTRY("delivery.label_gap", "label less flows",
          "X -> Y: the place of Y among X's declared partners by the level that is declared, "
          "less its mean place among them in trade and arms",
          ENT_SENSE_FARTHER, ENT_FORM_PLAIN, SHOWN, "p(l_ij) - mean of p(f_ij)",
          label_sources, place, LABEL_GAP),
    {
        .info = {
            .id = "partnership.level",
            .title = "declared partnership",
            .meaning = "what X and Y call their relation: 1 partnership, 2 comprehensive, 3 "
                       "strategic, 4 comprehensive strategic, 5 above",
            .unit = "",
            .dimension = ENT_DIM_DELIVERY,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_PLAIN,
            .formula = "the highest level declared and in force in the year",
            .citation = "own",
        },
        ENT_FROM(level_sources),
        .compute = ent__cell,
    },
};

const struct ent_family ent__talk_family = ENT_FAMILY(measures);
