/*
 * Trade between two states, and what it is to each of them.
 *
 *   X_ij  exports of i to j            T_ij = X_ij + X_ji
 *   T_i   sum of T_ij over the partners j for whom both directions are known
 *
 * A flow is what the importer reports, who counts at the border for duty, freight
 * included (c.i.f.).  COW's file holds that; of Comtrade the exporter's report takes
 * the place of an importer's that is not at hand, as for China, whose flows are its
 * partners' reports.  IMF's Direction of Trade gives each state's own report of its
 * total trade, so that i's T_ij and j's T_ij differ: these are directed.
 *
 * Limits: a flow that is not known makes T_ij unknown, never smaller.  COW's state
 * totals hold partners (Hong Kong) that its dyads lack: trade.share divides by the
 * sum of dyads, trade.share_of_total by the total.  Entrepots trade for others.
 * Territories count in sums and are not ranked.  Of Comtrade and DOTS a few states,
 * or a few partners, may be all that is loaded: the sum over those means nothing,
 * and shares and ranks are unknown below ENT_TRADE_PARTNERS partners.
 */
#include <math.h>

#include "measure/trade.h"

#define MILLION 1e6

size_t ent__trade_width(const struct ent_inputs *in)
{
    return in->source->layout == ENT_TRADE_COMTRADE ? 2 : 1;
}

double ent__trade_flow(const struct ent_inputs *in, size_t base, size_t i, size_t j)
{
    double imports = ent__cell_of(in, base, j, i);

    if (in->source->layout == ENT_TRADE_COW)
        return imports;
    if (isnan(imports))
        imports = ent__cell_of(in, base + 1, i, j);
    return imports / MILLION;
}

double ent__trade_total(const struct ent_inputs *in, size_t base, size_t i, size_t j)
{
    if (in->source->layout == ENT_TRADE_DOTS)
        return ent__cell_of(in, base, i, j);
    return ent__trade_flow(in, base, i, j) + ent__trade_flow(in, base, j, i);
}

double ent__exports_to(const struct ent_inputs *in, size_t i, size_t j)
{
    return ent__trade_flow(in, 0, i, j);
}

double ent__imports_from(const struct ent_inputs *in, size_t i, size_t j)
{
    return ent__trade_flow(in, 0, j, i);
}

double ent__trade_with(const struct ent_inputs *in, size_t i, size_t j)
{
    return ent__trade_total(in, 0, i, j);
}

static const char usd[] = "million current US$";

/* "exports CHN -> RUS, reported by RUS" */
static void step_flow(const struct ent_inputs *in, size_t i, size_t j, const char *from,
                      const char *to, struct ent_steps *steps)
{
    bool mirrored =
        in->source->layout == ENT_TRADE_COMTRADE && isnan(ent__cell_of(in, 0, j, i));

    ent__step(steps, ent__trade_flow(in, 0, i, j), usd, "exports %s -> %s, reported by %s%s",
              from, to, mirrored ? from : to,
              mirrored ? ", as the importer's report is not at hand" : "");
}

/* The two flows and their sum, or the one report. */
static void
step_total(const struct ent_inputs *in, const struct ent_pair *pair, struct ent_steps *steps)
{
    if (!steps)
        return;
    if (in->source->layout == ENT_TRADE_DOTS) {
        ent__step(steps, ent__trade_total(in, 0, pair->from, pair->to), usd,
                  "trade of %s with %s, reported by %s", steps->from, steps->to, steps->from);
        return;
    }
    step_flow(in, pair->from, pair->to, steps->from, steps->to, steps);
    step_flow(in, pair->to, pair->from, steps->to, steps->from, steps);
    ent__step(steps, ent__trade_total(in, 0, pair->from, pair->to), usd,
              "T_ij, trade of %s and %s: the sum of the two", steps->from, steps->to);
}

/* What a share or a rank is about. */
enum side {
    EXPORTS,
    IMPORTS,
    TOTAL
};

static ent_tie_fn tie_of(int side)
{
    switch (side) {
    case EXPORTS:
        return ent__exports_to;
    case IMPORTS:
        return ent__imports_from;
    default:
        return ent__trade_with;
    }
}

static void step_side(const struct ent_inputs *in, const struct ent_pair *pair, int side,
                      struct ent_steps *steps)
{
    if (!steps)
        return;
    if (side == EXPORTS)
        step_flow(in, pair->from, pair->to, steps->from, steps->to, steps);
    else if (side == IMPORTS)
        step_flow(in, pair->to, pair->from, steps->to, steps->from, steps);
    else
        step_total(in, pair, steps);
}

bool ent__trade_enough(const struct ent_inputs *in, const struct ent_partners *partners)
{
    return in->source->layout == ENT_TRADE_COW || partners->known >= ENT_TRADE_PARTNERS;
}

/* X_ij, X_ji or T_ij, by the side that the variant says. */
static void amount(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    ent_tie_fn tie = tie_of(measure->variant);

    for (size_t k = 0; k < count; k++) {
        out[k] = tie(in, pairs[k].from, pairs[k].to);
        step_side(in, &pairs[k], measure->variant, steps);
    }
}

/* X_ij / X_i, X_ji / M_i, T_ij / T_i (Barbieri 1996 for the last). */
static void share(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    ent_tie_fn tie = tie_of(measure->variant);
    struct ent_partners partners;

    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        double part = tie(in, pairs[k].from, pairs[k].to);

        out[k] = NAN;
        ent__partners_of(&partners, in, tie, pairs[k].from);
        if (partners.sum > 0 && ent__trade_enough(in, &partners))
            out[k] = part / partners.sum;
        step_side(in, &pairs[k], measure->variant, steps);
        if (!steps)
            continue;
        ent__step(steps, partners.sum, usd, "the same of %s with all %zu partners known",
                  steps->from, partners.known);
        if (!ent__trade_enough(in, &partners))
            ent__step(steps, (double)partners.known, "partners",
                      "too few partners known for a share: at least %d", ENT_TRADE_PARTNERS);
        ent__step(steps, out[k], "", "share of %s in that of %s", steps->to, steps->from);
    }
}

/* Competition rank of the partner among those of i with a value above 0. */
static void rank(const struct ent_measure *measure, const struct ent_inputs *in,
                 const struct ent_pair *pairs, size_t count, double *out,
                 struct ent_steps *steps)
{
    ent_tie_fn tie = tie_of(measure->variant);
    struct ent_partners partners;

    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        double part = tie(in, pairs[k].from, pairs[k].to);

        out[k] = NAN;
        ent__partners_of(&partners, in, tie, pairs[k].from);
        if (ent__trade_enough(in, &partners) && !ent__is_territory(in->states[pairs[k].to]))
            out[k] = ent__partners_rank(&partners, part);
        step_side(in, &pairs[k], measure->variant, steps);
        if (!steps)
            continue;
        ent__step(steps, (double)partners.positive, "partners", "partners of %s above 0",
                  steps->from);
        ent__step(steps, out[k], "", "place of %s among them, the largest first", steps->to);
    }
}

/* T_ij over what the state reports as its trade with the whole world. */
static void share_of_total(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double all = in->at[1].v[pairs[k].from] + in->at[2].v[pairs[k].from];

        out[k] = all > 0 ? ent__trade_total(in, 0, pairs[k].from, pairs[k].to) / all : NAN;
        step_total(in, &pairs[k], steps);
        if (!steps)
            continue;
        ent__step(steps, all, usd, "imports and exports of %s with all the world", steps->from);
        ent__step(steps, out[k], "", "share of %s in that", steps->to);
    }
}

/* T_ij / GDP_i, both in current US$ (Oneal and Russett 1997). */
static void dependence(const struct ent_measure *measure, const struct ent_inputs *in,
                       const struct ent_pair *pairs, size_t count, double *out,
                       struct ent_steps *steps)
{
    const double *gdp = in->at[ent__trade_width(in)].v;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double product = gdp[pairs[k].from] / MILLION;

        out[k] =
            product > 0 ? ent__trade_total(in, 0, pairs[k].from, pairs[k].to) / product : NAN;
        step_total(in, &pairs[k], steps);
        if (!steps)
            continue;
        ent__step(steps, product, usd, "gross domestic product of %s", steps->from);
        ent__step(steps, out[k], "", "trade / product");
    }
}

/* X_ij - X_ji. */
static void balance(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        out[k] = ent__trade_flow(in, 0, pairs[k].from, pairs[k].to) -
                 ent__trade_flow(in, 0, pairs[k].to, pairs[k].from);
        if (!steps)
            continue;
        step_flow(in, pairs[k].from, pairs[k].to, steps->from, steps->to, steps);
        step_flow(in, pairs[k].to, pairs[k].from, steps->to, steps->from, steps);
        ent__step(steps, out[k], usd, "the first less the second");
    }
}

/* T_ij(t) / T_ij(t - 1) - 1, in current US$: prices and exchange rates move it too. */
static void growth(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double before = ent__trade_total(in, ent__trade_width(in), pairs[k].from, pairs[k].to);

        out[k] =
            before > 0 ? ent__trade_total(in, 0, pairs[k].from, pairs[k].to) / before - 1 : NAN;
        step_total(in, &pairs[k], steps);
        ent__step(steps, before, usd, "the same a year before, %d", in->year - 1);
        ent__step(steps, out[k], "", "the first / the second - 1");
    }
}

/* T_ij as i reports it. */
static void reported(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;

        if (in->source->layout == ENT_TRADE_DOTS)
            out[k] = ent__cell_of(in, 0, i, j);
        else
            out[k] = (ent__cell_of(in, 0, i, j) + ent__cell_of(in, 1, i, j)) / MILLION;
        if (steps)
            ent__step(steps, out[k], usd, "trade of %s with %s, reported by %s", steps->from,
                      steps->to, steps->from);
    }
}

#define FLOW(table_, column_, scope_)                             \
    {                                                             \
        .table = (table_), .column = (column_), .scope = (scope_) \
    }
#define BEFORE(table_, column_)                                                     \
    {                                                                               \
        .table = (table_), .column = (column_), .view = ENT_VIEW_LAGGED, .years = 1 \
    }
#define OF_STATE(table_, column_)                                         \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_FROM                                           \
    }

static const struct ent_input cow_pair[] = { FLOW("cow_trade", "imports", ENT_SCOPE_PAIR) };
static const struct ent_input cow_all[] = { FLOW("cow_trade", "imports", ENT_SCOPE_FROM) };
static const struct ent_input cow_state_total[] = {
    FLOW("cow_trade", "imports", ENT_SCOPE_PAIR),
    OF_STATE("cow_trade_total", "imports"),
    OF_STATE("cow_trade_total", "exports"),
};
static const struct ent_input cow_gdp[] = {
    FLOW("cow_trade", "imports", ENT_SCOPE_PAIR),
    OF_STATE("wdi_gdp", "gdp"),
};
static const struct ent_input cow_growth[] = {
    FLOW("cow_trade", "imports", ENT_SCOPE_PAIR),
    BEFORE("cow_trade", "imports"),
};
static const struct ent_input comtrade_pair[] = {
    FLOW("comtrade", "imports", ENT_SCOPE_PAIR),
    FLOW("comtrade", "exports", ENT_SCOPE_PAIR),
};
static const struct ent_input comtrade_all[] = {
    FLOW("comtrade", "imports", ENT_SCOPE_FROM),
    FLOW("comtrade", "exports", ENT_SCOPE_FROM),
};
static const struct ent_input comtrade_gdp[] = {
    FLOW("comtrade", "imports", ENT_SCOPE_PAIR),
    FLOW("comtrade", "exports", ENT_SCOPE_PAIR),
    OF_STATE("wdi_gdp", "gdp"),
};
static const struct ent_input comtrade_growth[] = {
    FLOW("comtrade", "imports", ENT_SCOPE_PAIR),
    FLOW("comtrade", "exports", ENT_SCOPE_PAIR),
    BEFORE("comtrade", "imports"),
    BEFORE("comtrade", "exports"),
};
static const struct ent_input dots_pair[] = { FLOW("dots", "trade_total", ENT_SCOPE_PAIR) };
static const struct ent_input dots_all[] = { FLOW("dots", "trade_total", ENT_SCOPE_FROM) };
static const struct ent_input dots_gdp[] = {
    FLOW("dots", "trade_total", ENT_SCOPE_PAIR),
    OF_STATE("wdi_gdp", "gdp"),
};
static const struct ent_input dots_growth[] = {
    FLOW("dots", "trade_total", ENT_SCOPE_PAIR),
    BEFORE("dots", "trade_total"),
};

static const struct ent_measure_source pair_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", cow_pair, ENT_TRADE_COW),
    ENT_SOURCE_LAID("comtrade", "comtrade", comtrade_pair, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source side_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", cow_all, ENT_TRADE_COW),
    ENT_SOURCE_LAID("comtrade", "comtrade", comtrade_all, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source all_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", cow_all, ENT_TRADE_COW),
    ENT_SOURCE_LAID("dots", "dots", dots_all, ENT_TRADE_DOTS),
    ENT_SOURCE_LAID("comtrade", "comtrade", comtrade_all, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source total_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", cow_state_total, ENT_TRADE_COW),
};
static const struct ent_measure_source gdp_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade wdi", cow_gdp, ENT_TRADE_COW),
    ENT_SOURCE_LAID("dots", "dots wdi", dots_gdp, ENT_TRADE_DOTS),
    ENT_SOURCE_LAID("comtrade", "comtrade wdi", comtrade_gdp, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source growth_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", cow_growth, ENT_TRADE_COW),
    ENT_SOURCE_LAID("comtrade", "comtrade", comtrade_growth, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source reported_sources[] = {
    ENT_SOURCE_LAID("dots", "dots", dots_pair, ENT_TRADE_DOTS),
    ENT_SOURCE_LAID("comtrade", "comtrade", comtrade_pair, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source reported_growth_sources[] = {
    ENT_SOURCE_LAID("dots", "dots", dots_growth, ENT_TRADE_DOTS),
};

#define ENTRY(id_, title_, meaning_, unit_, direction_, sense_, form_, formula_, citation_,   \
              sources_, compute_, variant_)                                                   \
    {                                                                                         \
        .info = {                                                                           \
            .id = (id_),                                                                    \
            .title = (title_),                                                              \
            .meaning = (meaning_),                                                          \
            .unit = (unit_),                                                                \
            .dimension = ENT_DIM_ECONOMY,                                                   \
            .direction = (direction_),                                                      \
            .sense = (sense_),                                                              \
            .form = (form_),                                                                \
            .formula = (formula_),                                                          \
            .citation = (citation_),                                                        \
        },                                                                                  \
        ENT_FROM(sources_),                                                                 \
        .compute = (compute_),                                                              \
        .variant = (variant_), \
    }
#define AMOUNT(id_, title_, meaning_, direction_, sense_, formula_, sources_, compute_, side_) \
    ENTRY(id_, title_, meaning_, usd, direction_, sense_, ENT_FORM_AMOUNT, formula_,           \
          "Barbieri, Keshk and Pollins 2009", sources_, compute_, side_)
#define SHARE(id_, title_, meaning_, formula_, sources_, compute_, side_)                      \
    ENTRY(id_, title_, meaning_, "", ENT_DIRECTED, ENT_SENSE_CLOSER, ENT_FORM_SHARE, formula_, \
          "Barbieri 1996", sources_, compute_, side_)
#define RANK(id_, title_, meaning_, formula_, sources_, side_)                                 \
    ENTRY(id_, title_, meaning_, "", ENT_DIRECTED, ENT_SENSE_FARTHER, ENT_FORM_RANK, formula_, \
          "own", sources_, rank, side_)

static const struct ent_measure measures[] = {
    AMOUNT("trade.total", "trade in both directions",
           "what X and Y sell each other in the year, both directions together", ENT_UNDIRECTED,
           ENT_SENSE_CLOSER, "T_ij = X_ij + X_ji", pair_sources, amount, TOTAL),
    AMOUNT("trade.exports", "exports", "X -> Y: what X sells to Y, as Y reports it",
           ENT_DIRECTED, ENT_SENSE_CLOSER, "X_ij, the importer's report", pair_sources, amount,
           EXPORTS),
    AMOUNT("trade.imports", "imports", "X -> Y: what X buys from Y, as X reports it",
           ENT_DIRECTED, ENT_SENSE_CLOSER, "X_ji, the importer's report", pair_sources, amount,
           IMPORTS),
    AMOUNT("trade.reported_total", "trade, by its own report",
           "X -> Y: X's trade with Y in both directions, as X itself reports it", ENT_DIRECTED,
           ENT_SENSE_CLOSER, "imports + exports as reported by X", reported_sources, reported,
           TOTAL),
    AMOUNT("trade.balance", "trade balance",
           "X -> Y: what X sells to Y less what it buys from Y", ENT_DIRECTED, ENT_SENSE_NONE,
           "X_ij - X_ji", pair_sources, balance, TOTAL),
    SHARE("trade.share", "share in total trade",
          "X -> Y: Y's part of X's trade with all its partners", "T_ij / sum over k of T_ik",
          all_sources, share, TOTAL),
    SHARE("trade.share_of_total", "share in total trade, by the state's total",
          "X -> Y: Y's part of X's trade with all the world, partners without a row of their "
          "own included",
          "T_ij / (imports_i + exports_i)", total_sources, share_of_total, TOTAL),
    SHARE("trade.exports_share", "share in exports",
          "X -> Y: the part of X's exports that Y buys", "X_ij / sum over k of X_ik",
          side_sources, share, EXPORTS),
    SHARE("trade.imports_share", "share in imports",
          "X -> Y: the part of X's imports that Y sells to it", "X_ji / sum over k of X_ki",
          side_sources, share, IMPORTS),
    RANK("trade.rank", "rank among trade partners",
         "X -> Y: the place of Y among X's partners by trade in both directions, 1 the largest",
         "1 + number of states k with T_ik > T_ij", all_sources, TOTAL),
    RANK("trade.rank_exports", "rank among export markets",
         "X -> Y: the place of Y among those that X sells to, 1 the largest",
         "1 + number of states k with X_ik > X_ij", side_sources, EXPORTS),
    RANK("trade.rank_imports", "rank among suppliers",
         "X -> Y: the place of Y among those that X buys from, 1 the largest",
         "1 + number of states k with X_ki > X_ji", side_sources, IMPORTS),
    ENTRY("trade.dependence", "trade over national product",
          "X -> Y: X's trade with Y as a part of X's gross domestic product", "", ENT_DIRECTED,
          ENT_SENSE_CLOSER, ENT_FORM_SHARE, "T_ij / GDP_i, both in current US$",
          "Oneal and Russett 1997", gdp_sources, dependence, TOTAL),
    ENTRY("trade.growth", "growth of trade on the year before",
          "change of the trade of X and Y on the year before, in current US$", "",
          ENT_UNDIRECTED, ENT_SENSE_NONE, ENT_FORM_SHARE, "T_ij(t) / T_ij(t - 1) - 1", "own",
          growth_sources, growth, TOTAL),
    ENTRY("trade.reported_growth", "growth of trade, by its own report",
          "X -> Y: change of X's trade with Y on the year before, as X reports it, in current "
          "US$",
          "", ENT_DIRECTED, ENT_SENSE_NONE, ENT_FORM_SHARE, "T_ij(t) / T_ij(t - 1) - 1", "own",
          reported_growth_sources, growth, TOTAL),
};

const struct ent_family ent__trade_family = ENT_FAMILY(measures);
