/*
 * What a state gives the adversaries of its partner.
 *
 *   R_j        strategic rivals of j (Thompson), i not counted
 *   to rivals  sum over r in R_j of v_ir / sum over all k of v_ik
 *   courtship  sum over r in R_j of v_ir / (v_ij + sum over r in R_j of v_ir)
 *
 * v_ir being arms delivered over five years, trade in the year, or visits over five
 * years.  Courtship is 0 when i deals with j alone, 0.5 when with j as much as with all
 * of j's rivals, and near 1 when with the rivals: an alignment is credible when it is
 * low both ways.
 *
 * Limits: who is a rival is a historian's judgement; a rival with a large economy takes
 * much of anybody's trade.  Where what one rival got is not known, the sum is unknown
 * and not smaller.  0 to rivals where j has none; courtship has no value where nothing
 * went to either.
 */
#include <math.h>

#include "measure/trade.h"

/* How a source is laid out after the input of rivalry. */
enum layout {
    COW_TRADE = ENT_TRADE_COW,
    COMTRADE = ENT_TRADE_COMTRADE,
    FLOW = ENT_TRADE_DOTS + 1, /* v_ir in a matrix: arms, visits */
    FLOW_TOTAL,                /* and all that i gave, to whomever, in a vector */
};

#define MILLION 1e6

/* v_ik.  Trade is T_ik, million US$. */
static double given(const struct ent_inputs *in, size_t i, size_t k)
{
    double there = ent__cell_of(in, 1, i, k), back = ent__cell_of(in, 1, k, i);

    switch ((enum layout)in->source->layout) {
    case COW_TRADE:
        return there + back;
    case COMTRADE:
        /* Imports as reported, or else what the other says that it exported. */
        there = isnan(there) ? ent__cell_of(in, 2, k, i) : there;
        back = isnan(back) ? ent__cell_of(in, 2, i, k) : back;
        return (there + back) / MILLION;
    case FLOW:
    case FLOW_TOTAL:
        return there;
    }
    return NAN;
}

/* The rivals of every state: most have few. */
struct rivals {
    const uint16_t *list;  /* those of state j from list[j * n] on */
    const uint16_t *count; /* by state */
};

static enum ent_status list_rivals(const struct ent_inputs *in, struct ent_arena *arena,
                                   const void **out, struct ent_error *err)
{
    size_t n = in->n;
    struct rivals *rivals = ent__arena_alloc(arena, sizeof(*rivals));
    uint16_t *list = ent__arena_array(arena, n * n + n + 1, sizeof(*list));
    uint16_t *number = list + n * n;

    if (!rivals || !list)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the rivals of %zu states", n);
    for (size_t j = 0; j < n; j++) {
        for (size_t r = 0; r < n && ent__is_asked(in, j); r++) {
            if (r != j && ent__cell_of(in, 0, j, r) > 0)
                list[j * n + number[j]++] = (uint16_t)r;
        }
    }
    rivals->list = list;
    rivals->count = number;
    *out = rivals;
    return ENT_OK;
}

/* Sum of v_ir over the rivals of j; NAN when rivalry, or one of them, is not known. */
static double
to_rivals(const struct ent_inputs *in, size_t i, size_t j, size_t *rivals, size_t *unknown)
{
    const struct rivals *all = in->prepared;
    double sum = 0;

    *rivals = *unknown = 0;
    if (isnan(ent__cell_of(in, 0, j, i)))
        return NAN;
    for (size_t k = 0; k < all->count[j]; k++) {
        size_t r = all->list[j * in->n + k];
        double value;

        if (r == i)
            continue;
        value = given(in, i, r);
        (*rivals)++;
        *unknown += isnan(value);
        sum += value;
    }
    return sum;
}

static void step_rivals(const struct ent_measure *measure, double sum, size_t rivals,
                        size_t unknown, struct ent_steps *steps)
{
    (void)measure;
    if (!steps)
        return;
    ent__step(steps, (double)rivals, "states", "rivals of %s, without %s", steps->to,
              steps->from);
    if (unknown)
        ent__step(steps, (double)unknown, "states",
                  "of them, those for whom the amount is not known");
    ent__step(steps, sum, "", "from %s to them all", steps->from);
}

/* The whole that a share is taken of; NAN where too little of it is known. */
static double whole(const struct ent_inputs *in, struct ent_partners *partners, size_t i)
{
    if (in->source->layout == FLOW_TOTAL)
        return in->at[2].v[i];
    ent__partners_of(partners, in, given, i);
    if (in->source->layout < FLOW && !ent__trade_enough(in, partners))
        return NAN;
    return partners->sum;
}

static void share(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    struct ent_partners partners;

    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        size_t rivals, unknown;
        double sum = to_rivals(in, pairs[k].from, pairs[k].to, &rivals, &unknown);
        double all = whole(in, &partners, pairs[k].from);

        out[k] = all > 0 ? sum / all : NAN;
        step_rivals(measure, sum, rivals, unknown, steps);
        if (!steps)
            continue;
        ent__step(steps, all, "", "from %s to all the world", steps->from);
        ent__step(steps, out[k], "", "the first / the second");
    }
}

static void courtship(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        size_t rivals, unknown;
        double sum = to_rivals(in, pairs[k].from, pairs[k].to, &rivals, &unknown);
        double with = given(in, pairs[k].from, pairs[k].to);

        out[k] = with + sum > 0 ? sum / (with + sum) : NAN;
        step_rivals(measure, sum, rivals, unknown, steps);
        if (!steps)
            continue;
        ent__step(steps, with, "", "from %s to %s", steps->from, steps->to);
        ent__step(steps, out[k], "", "the first / (the first + the second)");
    }
}

#define RIVALS                                                           \
    {                                                                    \
        .table = "rivalry", .column = "rivalries", .scope = ENT_SCOPE_TO \
    }
#define GIVEN(table_, column_, view_, years_)                                       \
    {                                                                               \
        .table = (table_), .column = (column_), .view = (view_), .years = (years_), \
        .scope = ENT_SCOPE_FROM                                                     \
    }
#define IN_YEAR(table_, column_) GIVEN(table_, column_, ENT_VIEW_AT, 0)
#define IN_FIVE(table_, column_) GIVEN(table_, column_, ENT_VIEW_SUM, 5)
#define ALL_FIVE(table_, column_)                                         \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .view = ENT_VIEW_SUM, .years = 5, .scope = ENT_SCOPE_FROM         \
    }

static const struct ent_input cow[] = { RIVALS, IN_YEAR("cow_trade", "imports") };
static const struct ent_input comtrade[] = {
    RIVALS,
    IN_YEAR("comtrade", "imports"),
    IN_YEAR("comtrade", "exports"),
};
static const struct ent_input arms[] = {
    RIVALS,
    IN_FIVE("arms_transfer", "tiv_delivered"),
    ALL_FIVE("arms_supplied", "tiv_delivered"),
};
static const struct ent_input travel[] = { RIVALS, IN_FIVE("visit_china_travel", "visits") };
static const struct ent_input president[] = { RIVALS, IN_FIVE("visit_us_president", "visits") };

#define SOURCE(name_, datasets_, inputs_, layout_)                                        \
    {                                                                                     \
        .name = (name_), .datasets = (datasets_), .inputs = (inputs_),                    \
        .input_count = ENT_COUNT_OF(inputs_), .layout = (layout_), .prepare = list_rivals \
    }

static const struct ent_measure_source trade_sources[] = {
    SOURCE("cow_trade", "cow_trade rivalry", cow, COW_TRADE),
    SOURCE("comtrade", "comtrade rivalry", comtrade, COMTRADE),
};
static const struct ent_measure_source arms_sources[] = {
    SOURCE("sipri_register", "sipri_register rivalry", arms, FLOW_TOTAL),
};
static const struct ent_measure_source visit_sources[] = {
    SOURCE("visits_china_travel", "visits_china_travel rivalry", travel, FLOW),
    SOURCE("visits_us_president", "visits_us_president rivalry", president, FLOW),
};

#define ENTRY(id_, title_, meaning_, detail_, formula_, sources_, compute_)          \
    {                                                                                \
        .info = {                                                                  \
            .id = (id_),                                                           \
            .title = (title_),                                                     \
            .meaning = (meaning_),                                                 \
            .unit = "",                                                            \
            .dimension = ENT_DIM_THIRD_PARTIES,                                    \
            .direction = ENT_DIRECTED,                                             \
            .sense = ENT_SENSE_FARTHER,                                            \
            .form = ENT_FORM_SHARE,                                                \
            .detail = (detail_),                                                   \
            .formula = (formula_),                                                 \
            .citation = "own",                                                     \
        },                                                                         \
        ENT_FROM(sources_),                                                        \
        .compute = (compute_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("third.arms_to_rivals", "arms to the partner's rivals",
          "X -> Y: the part of all arms that X delivered over five years that went to "
          "strategic rivals of Y",
          false, "sum of a_ir over rivals r of Y / all that X delivered", arms_sources, share),
    ENTRY("third.trade_with_rivals", "trade with the partner's rivals",
          "X -> Y: the part of X's trade that is with strategic rivals of Y", false,
          "sum of T_ir over rivals r of Y / sum over k of T_ik", trade_sources, share),
    ENTRY("third.arms_courtship", "arms to the partner's rivals beside those to the partner",
          "X -> Y: of the arms that X delivered over five years to Y and to Y's strategic "
          "rivals, the part that went to the rivals",
          true, "sum of a_ir over rivals r of Y / (a_ij + the same sum)", arms_sources,
          courtship),
    ENTRY(
        "third.trade_courtship", "trade with the partner's rivals beside that with the partner",
        "X -> Y: of X's trade with Y and with Y's strategic rivals, the part that is with the "
        "rivals",
        true, "sum of T_ir over rivals r of Y / (T_ij + the same sum)", trade_sources,
        courtship),
    ENTRY("third.visits_courtship",
          "visits to the partner's rivals beside those to the partner",
          "X -> Y: of the journeys of X's leaders over five years to Y and to Y's strategic "
          "rivals, the part that went to the rivals",
          true, "sum of visits to rivals r of Y / (visits to Y + the same sum)", visit_sources,
          courtship),
};

const struct ent_family ent__courtship_family = ENT_FAMILY(measures);
