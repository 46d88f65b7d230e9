/*
 * What trade makes of two states: how much they need each other, how one-sidedly, and
 * how much of either's trade hangs on few.
 *
 *   T_i     sum of T_ij over the partners known     share_i   T_ij / T_i
 *   dep_i   T_ij / GDP_i                            openness  T_i / GDP_i
 *
 *   weak link        min(dep_i, dep_j): Oneal and Russett 1997
 *   salience         sqrt(share_i share_j), symmetry 1 - |share_i - share_j|,
 *   interdependence  their product: Barbieri 1996
 *   concentration    100 sqrt(sum of share^2): Hirschman 1945; HHI without root and 100
 *   influence        share of i in j's trade - share of j in i's: after Hirschman 1945
 *   intensity        (X_ij / X_i) / (M_j / (M_w - M_i)): Brown 1949, Kojima 1964
 *
 * share_i = dep_i / openness_i (Gartzke and Li 2003), so that the two schools differ by
 * openness alone.  Flows, and when they are unknown, as in trade.c; the products are
 * current US$ (World Bank).
 *
 * Limits: the influence and the preference for small partners are our own forms of what
 * Hirschman describes.  Partners that are not known are in no total, which makes a
 * concentration of partly known trade too high.  Intensity has no upper bound, its
 * symmetric form (I - 1) / (I + 1) lies within -1 and 1.
 */
#include <math.h>

#include "measure/trade.h"

#define MILLION 1e6

/* A partner below this part of the world's trade is small. */
#define SMALL 0.01

/* What all pairs of a year share. */
struct totals {
    double *trade;   /* T_i; NAN where too few partners are known */
    double *squares; /* sum of T_ij^2 */
    double *exports, *imports;
    uint32_t *known; /* partners */
    double world_trade, world_exports, world_imports;
};

static void add_flows(const struct ent_inputs *in, struct totals *t, size_t i)
{
    for (size_t j = 0; j < in->n; j++) {
        double both = i == j ? (double)NAN : ent__trade_total(in, 0, i, j);
        double flow = i == j || in->source->layout == ENT_TRADE_DOTS
                          ? (double)NAN
                          : ent__trade_flow(in, 0, i, j);

        if (!isnan(both)) {
            t->trade[i] += both;
            t->squares[i] += both * both;
            t->known[i]++;
        }
        if (!isnan(flow)) {
            t->exports[i] += flow;
            t->imports[j] += flow;
        }
    }
}

static enum ent_status add_up(const struct ent_inputs *in, struct ent_arena *arena,
                              const void **out, struct ent_error *err)
{
    size_t n = in->n;
    struct totals *t = ent__arena_alloc(arena, sizeof(*t));
    double *sums = ent__arena_array(arena, 4 * n + 1, sizeof(*sums));
    uint32_t *known = ent__arena_array(arena, n + 1, sizeof(*known));

    if (!t || !sums || !known)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the trade of %zu states", n);
    *t = (struct totals){ sums, sums + n, sums + 2 * n, sums + 3 * n, known, 0, 0, 0 };
    for (size_t i = 0; i < n; i++)
        add_flows(in, t, i);
    for (size_t i = 0; i < n; i++) {
        t->world_trade += t->trade[i];
        t->world_exports += t->exports[i];
        t->world_imports += t->imports[i];
        if (in->source->layout != ENT_TRADE_COW && known[i] < ENT_TRADE_PARTNERS)
            t->trade[i] = NAN;
    }
    *out = t;
    return ENT_OK;
}

/* NAN unless the denominator is above 0. */
static double over(double above, double below)
{
    return below > 0 ? above / below : (double)NAN;
}

/* T_ij / T_i; T_ij and T_ji differ in a source that has each state's own report. */
static double share_of(const struct ent_inputs *in, size_t i, size_t j)
{
    const struct totals *t = in->prepared;

    return over(ent__trade_total(in, 0, i, j), t->trade[i]);
}

static double product_of(const struct ent_inputs *in, size_t i)
{
    return in->at[ent__trade_width(in)].v[i] / MILLION;
}

static double dependence_of(const struct ent_inputs *in, size_t i, size_t j)
{
    return over(ent__trade_total(in, 0, i, j), product_of(in, i));
}

/* Of two states, from what their trade is to each. */
enum of_two {
    WEAK_LINK,
    STRONG_LINK,
    ASYMMETRY,
    SALIENCE,
    SYMMETRY,
    INTERDEPENDENCE,
    INFLUENCE,
};

/* Of one state. */
enum of_one {
    OPENNESS,
    CONCENTRATION,
    HHI,
    HHI_NORMALISED,
    SMALL_PARTNERS,
};

/* Of what two shares, or two dependences, make together. */
static double together(enum of_two wanted, double a, double b)
{
    if (isnan(a) || isnan(b))
        return NAN;
    switch (wanted) {
    case WEAK_LINK:
        return fmin(a, b);
    case STRONG_LINK:
        return fmax(a, b);
    case ASYMMETRY:
        return over(a - b, a + b);
    case SALIENCE:
        return sqrt(a * b);
    case SYMMETRY:
        return 1 - fabs(a - b);
    case INTERDEPENDENCE:
        return sqrt(a * b) * (1 - fabs(a - b));
    case INFLUENCE:
        return b - a;
    }
    return NAN;
}

static void step_two(const struct ent_measure *measure, double a, double b, double value,
                     const char *what, struct ent_steps *steps)
{
    if (!steps)
        return;
    ent__step(steps, a, "", "trade of the two as a part of %s of %s", what, steps->from);
    ent__step(steps, b, "", "trade of the two as a part of %s of %s", what, steps->to);
    ent__step(steps, value, "", "%s", measure->info.formula);
}

static void of_products(const struct ent_measure *measure, const struct ent_inputs *in,
                        const struct ent_pair *pairs, size_t count, double *out,
                        struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double a = dependence_of(in, pairs[k].from, pairs[k].to);
        double b = dependence_of(in, pairs[k].to, pairs[k].from);

        out[k] = together((enum of_two)measure->variant, a, b);
        step_two(measure, a, b, out[k], "the product", steps);
    }
}

static void of_shares(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double a = share_of(in, pairs[k].from, pairs[k].to);
        double b = share_of(in, pairs[k].to, pairs[k].from);

        out[k] = together((enum of_two)measure->variant, a, b);
        step_two(measure, a, b, out[k], "all trade", steps);
    }
}

/* (share of i in j's trade - share of j in i's) T_j / GDP_j. */
static void influence_open(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    const struct totals *t = in->prepared;

    for (size_t k = 0; k < count; k++) {
        double a = share_of(in, pairs[k].from, pairs[k].to);
        double b = share_of(in, pairs[k].to, pairs[k].from);
        double openness = over(t->trade[pairs[k].to], product_of(in, pairs[k].to));

        out[k] = (b - a) * openness;
        if (steps)
            ent__step(steps, openness, "", "openness of %s: its trade over its product",
                      steps->to);
        step_two(measure, a, b, out[k], "all trade", steps);
    }
}

static void intensity(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    const struct totals *t = in->prepared;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        double mine = over(ent__trade_flow(in, 0, i, j), t->exports[i]);
        double worlds = over(t->imports[j], t->world_imports - t->imports[i]);

        out[k] = over(mine, worlds);
        if (measure->variant) /* the symmetric form */
            out[k] = (out[k] - 1) / (out[k] + 1);
        if (!steps)
            continue;
        ent__step(steps, mine, "", "share of %s in the exports of %s", steps->to, steps->from);
        ent__step(steps, worlds, "", "share of %s in the imports of all but %s", steps->to,
                  steps->from);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

/* Exports to small partners beside what those export of the world's but i's. */
static double small_partners(const struct ent_inputs *in, const struct totals *t, size_t i)
{
    double mine = 0, worlds = 0;

    for (size_t j = 0; j < in->n; j++) {
        double flow = i == j ? (double)NAN : ent__trade_flow(in, 0, i, j);

        if (isnan(flow) || t->trade[j] >= SMALL * t->world_trade)
            continue;
        mine += flow;
        worlds += t->exports[j];
    }
    return over(over(mine, t->exports[i]), over(worlds, t->world_exports - t->exports[i]));
}

static double value_of_one(enum of_one wanted, const struct ent_inputs *in, size_t i)
{
    const struct totals *t = in->prepared;
    double hhi = over(t->squares[i], t->trade[i] * t->trade[i]);
    double n = t->known[i];

    switch (wanted) {
    case OPENNESS:
        return over(t->trade[i], product_of(in, i));
    case CONCENTRATION:
        return 100 * sqrt(hhi);
    case HHI:
        return hhi;
    case HHI_NORMALISED:
        return n > 1 ? (hhi - 1 / n) / (1 - 1 / n) : (double)NAN;
    case SMALL_PARTNERS:
        return small_partners(in, t, i);
    }
    return NAN;
}

static void monadic(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    const struct totals *t = in->prepared;

    for (size_t k = 0; k < count; k++) {
        out[k] = value_of_one((enum of_one)measure->variant, in, pairs[k].from);
        if (!steps)
            continue;
        ent__step(steps, t->known[pairs[k].from], "partners",
                  "partners of %s whose trade is known", steps->from);
        ent__step(steps, t->trade[pairs[k].from], "million current US$",
                  "trade of %s with them all", steps->from);
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}

#define FLOW(table_, column_, scope_)                             \
    {                                                             \
        .table = (table_), .column = (column_), .scope = (scope_) \
    }
#define GDP                                                                                    \
    {                                                                                          \
        .table = "wdi_gdp", .column = "gdp", .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_BOTH \
    }
#define COW_FLOW  FLOW("cow_trade", "imports", ENT_SCOPE_BOTH)
#define DOTS_FLOW FLOW("dots", "trade_total", ENT_SCOPE_BOTH)
#define COMTRADE_FLOWS \
    FLOW("comtrade", "imports", ENT_SCOPE_BOTH), FLOW("comtrade", "exports", ENT_SCOPE_BOTH)

static const struct ent_input cow[] = { COW_FLOW };
static const struct ent_input dots[] = { DOTS_FLOW };
static const struct ent_input comtrade[] = { COMTRADE_FLOWS };
static const struct ent_input cow_gdp[] = { COW_FLOW, GDP };
static const struct ent_input dots_gdp[] = { DOTS_FLOW, GDP };
static const struct ent_input comtrade_gdp[] = { COMTRADE_FLOWS, GDP };
static const struct ent_input cow_world[] = { FLOW("cow_trade", "imports", ENT_SCOPE_ALL) };

#define ADDED_UP(name_, datasets_, inputs_, layout_)                                 \
    {                                                                                \
        .name = (name_), .datasets = (datasets_), .inputs = (inputs_),               \
        .input_count = ENT_COUNT_OF(inputs_), .layout = (layout_), .prepare = add_up \
    }

static const struct ent_measure_source share_sources[] = {
    ADDED_UP("cow_trade", "cow_trade", cow, ENT_TRADE_COW),
    ADDED_UP("dots", "dots", dots, ENT_TRADE_DOTS),
    ADDED_UP("comtrade", "comtrade", comtrade, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source gdp_sources[] = {
    ADDED_UP("cow_trade", "cow_trade wdi", cow_gdp, ENT_TRADE_COW),
    ADDED_UP("dots", "dots wdi", dots_gdp, ENT_TRADE_DOTS),
    ADDED_UP("comtrade", "comtrade wdi", comtrade_gdp, ENT_TRADE_COMTRADE),
};
static const struct ent_measure_source world_sources[] = {
    ADDED_UP("cow_trade", "cow_trade", cow_world, ENT_TRADE_COW),
};

#define ENTRY(id_, title_, meaning_, direction_, sense_, form_, formula_, citation_, sources_, \
              compute_, variant_)                                                              \
    {                                                                                          \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = "",                                                                    \
            .dimension = ENT_DIM_ECONOMY,                                                  \
            .direction = (direction_),                                                     \
            .sense = (sense_),                                                             \
            .form = (form_),                                                               \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = (compute_),                                                             \
        .variant = (variant_),   \
    }
#define OF_TWO(id_, title_, meaning_, form_, formula_, citation_, sources_, compute_, what_)   \
    ENTRY(id_, title_, meaning_, ENT_UNDIRECTED, ENT_SENSE_CLOSER, form_, formula_, citation_, \
          sources_, compute_, what_)
#define ONE_WAY(id_, title_, meaning_, formula_, citation_, sources_, compute_, what_)   \
    ENTRY(id_, title_, meaning_, ENT_DIRECTED, ENT_SENSE_NONE, ENT_FORM_PLAIN, formula_, \
          citation_, sources_, compute_, what_)
#define OF_ONE(id_, title_, meaning_, form_, formula_, citation_, sources_, what_)        \
    ENTRY(id_, title_, meaning_, ENT_MONADIC, ENT_SENSE_NONE, form_, formula_, citation_, \
          sources_, monadic, what_)

static const char oneal[] = "Oneal and Russett 1997";
static const char barbieri[] = "Barbieri 1996";
static const char hirschman[] = "Hirschman 1945";
static const char after_hirschman[] = "after Hirschman 1945";
static const char kojima[] = "Kojima 1964";

static const struct ent_measure measures[] = {
    OF_TWO("trade.dependence_low", "trade over the product of the less dependent",
           "the trade of X and Y as a part of the product of the one for whom it is less: the "
           "weak link",
           ENT_FORM_SHARE, "min(T_ij / GDP_i, T_ij / GDP_j)", oneal, gdp_sources, of_products,
           WEAK_LINK),
    OF_TWO("trade.dependence_high", "trade over the product of the more dependent",
           "the trade of X and Y as a part of the product of the one for whom it is more",
           ENT_FORM_SHARE, "max(T_ij / GDP_i, T_ij / GDP_j)", oneal, gdp_sources, of_products,
           STRONG_LINK),
    ONE_WAY("trade.dependence_asymmetry", "asymmetry of dependence",
            "X -> Y: whether X depends on the trade of the two more than Y does: 1 X alone, 0 "
            "both alike, -1 Y alone",
            "(dep_i - dep_j) / (dep_i + dep_j)", "own", gdp_sources, of_products, ASYMMETRY),
    OF_TWO("trade.salience", "salience of trade",
           "how much the trade of X and Y is of the trade of both, 0 to 1", ENT_FORM_PLAIN,
           "square root of share_i share_j", barbieri, share_sources, of_shares, SALIENCE),
    OF_TWO(
        "trade.symmetry", "symmetry of trade",
        "how alike the parts are that the trade of X and Y is of the trade of either, 0 to 1",
        ENT_FORM_PLAIN, "1 - |share_i - share_j|", barbieri, share_sources, of_shares,
        SYMMETRY),
    OF_TWO("trade.interdependence", "interdependence by trade",
           "salience times symmetry of the trade of X and Y, 0 to 1", ENT_FORM_PLAIN,
           "square root of share_i share_j * (1 - |share_i - share_j|)", barbieri,
           share_sources, of_shares, INTERDEPENDENCE),
    ONE_WAY("trade.influence", "influence by trade",
            "X -> Y: X's part of Y's trade less Y's part of X's: above 0, Y has more to lose",
            "share of i in T_j - share of j in T_i", after_hirschman, share_sources, of_shares,
            INFLUENCE),
    ONE_WAY("trade.influence_open", "influence by trade, by the partner's openness",
            "X -> Y: the same times the part that trade is of Y's product",
            "(share of i in T_j - share of j in T_i) T_j / GDP_j", after_hirschman, gdp_sources,
            influence_open, 0),
    ONE_WAY("trade.intensity", "intensity of exports",
            "X -> Y: Y's part of X's exports beside Y's part of the imports of all but X: 1 as "
            "the world",
            "(X_ij / X_i) / (M_j / (M_w - M_i))", kojima, world_sources, intensity, 0),
    ONE_WAY("trade.intensity_symmetric", "intensity of exports, symmetric",
            "X -> Y: the intensity I of exports as (I - 1) / (I + 1): 0 as the world, -1 none",
            "(I - 1) / (I + 1), I = (X_ij / X_i) / (M_j / (M_w - M_i))", kojima, world_sources,
            intensity, 1),
    OF_ONE("trade.openness", "openness", "the state's trade as a part of its product",
           ENT_FORM_SHARE, "T_i / GDP_i", "Gartzke and Li 2003", gdp_sources, OPENNESS),
    OF_ONE("trade.concentration", "concentration of trade",
           "how much the state's trade is with few: 100 with one alone, 10 evenly with a "
           "hundred",
           ENT_FORM_PLAIN, "100 * square root of the sum of share^2", hirschman, share_sources,
           CONCENTRATION),
    OF_ONE("trade.hhi", "Herfindahl-Hirschman index of trade",
           "how much the state's trade is with few, 0 to 1", ENT_FORM_PLAIN,
           "sum of share^2 over the partners", hirschman, share_sources, HHI),
    OF_ONE("trade.hhi_normalised", "Herfindahl-Hirschman index of trade, normalised",
           "the same, from 0 when trade is even with all partners that are known",
           ENT_FORM_PLAIN, "(HHI - 1/n) / (1 - 1/n), n partners known", hirschman,
           share_sources, HHI_NORMALISED),
    OF_ONE("trade.small_partners", "preference for small partners",
           "the part of the state's exports that goes to states with less than a hundredth of "
           "the world's trade, beside their part of the exports of all others: above 1, a "
           "preference",
           ENT_FORM_PLAIN,
           "(sum over small j of X_ij / X_i) / (sum over small j of X_j / (X_w - X_i))",
           after_hirschman, world_sources, SMALL_PARTNERS),
};

const struct ent_family ent__trade_structure_family = ENT_FAMILY(measures);
