/*
 * Chinese investment and construction abroad, and the deals that failed (American
 * Enterprise Institute and Heritage Foundation, China Global Investment Tracker).
 *
 * Limits: deals over 95 million US$ only, from 2005 to 2021, China's alone; building
 * contracts are not investment, and in the publisher's spreadsheet alone are the two
 * told apart; a deal can stand among the done and among the troubled.
 */
#include <math.h>

#include "measure/family.h"

#define DEALS(where_, equals_, view_, years_)                                         \
    {                                                                                 \
        .table = "cgit_deal", .column = "amount", .view = (view_), .years = (years_), \
        .where = (where_), .equals = (equals_)                                        \
    }

#define NUMBER(where_, equals_, view_, years_)                                       \
    {                                                                                \
        .table = "cgit_deal", .column = "deals", .view = (view_), .years = (years_), \
        .where = (where_), .equals = (equals_)                                       \
    }

static const struct ent_input invested[] = { DEALS("construction", 0, ENT_VIEW_AT, 0) };
static const struct ent_input invested5[] = { DEALS("construction", 0, ENT_VIEW_SUM, 5) };
static const struct ent_input built[] = { DEALS("construction", 1, ENT_VIEW_AT, 0) };
static const struct ent_input built5[] = { DEALS("construction", 1, ENT_VIEW_SUM, 5) };
static const struct ent_input troubled[] = { DEALS("troubled", 1, ENT_VIEW_AT, 0) };
static const struct ent_input troubled5[] = { DEALS("troubled", 1, ENT_VIEW_SUM, 5) };
static const struct ent_input outcome5[] = {
    DEALS("troubled", 1, ENT_VIEW_SUM, 5),
    DEALS("troubled", 0, ENT_VIEW_SUM, 5),
};

static const struct ent_input number5[] = {
    NUMBER("troubled", 1, ENT_VIEW_SUM, 5),
    NUMBER("troubled", 0, ENT_VIEW_SUM, 5),
};

#define CGIT(inputs_)                       \
    {                                       \
        ENT_SOURCE("cgit", "cgit", inputs_) \
    }

static const struct ent_measure_source invested_source[] = CGIT(invested);
static const struct ent_measure_source invested5_source[] = CGIT(invested5);
static const struct ent_measure_source built_source[] = CGIT(built);
static const struct ent_measure_source built5_source[] = CGIT(built5);
static const struct ent_measure_source troubled_source[] = CGIT(troubled);
static const struct ent_measure_source troubled5_source[] = CGIT(troubled5);
static const struct ent_measure_source outcome5_source[] = CGIT(outcome5);
static const struct ent_measure_source number5_source[] = CGIT(number5);

/* What a share is of. */
enum {
    BY_VALUE = 0,
    BY_NUMBER,
};

/* Troubled over troubled and done, five years; NAN when there was no deal. */
static void troubled_share(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    const char *unit = measure->variant == BY_NUMBER ? "deals" : "million current US$";

    for (size_t k = 0; k < count; k++) {
        double failed = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);
        double done = ent__cell_of(in, 1, pairs[k].from, pairs[k].to);

        out[k] = failed + done > 0 ? failed / (failed + done) : NAN;
        ent__step(steps, failed, unit, "troubled deals, five years");
        ent__step(steps, done, unit, "investments and contracts made");
        ent__step(steps, out[k], "", "troubled / (troubled + made)");
    }
}

#define ENTRY(id_, title_, meaning_, unit_, dimension_, sense_, form_, formula_, source_,   \
              compute_, variant_)                                                           \
    {                                                                                       \
        .info = {                                                                         \
            .id = (id_),                                                                  \
            .title = (title_),                                                            \
            .meaning = (meaning_),                                                        \
            .unit = (unit_),                                                              \
            .dimension = (dimension_),                                                    \
            .direction = ENT_DIRECTED,                                                    \
            .sense = (sense_),                                                            \
            .form = (form_),                                                              \
            .formula = (formula_),                                                        \
            .citation = "American Enterprise Institute, China Global Investment Tracker", \
        },                                                                                \
        ENT_FROM(source_),                                                                \
        .compute = (compute_), .variant = (variant_), \
    }
#define AMOUNT(id_, title_, meaning_, dimension_, sense_, source_)                           \
    ENTRY(id_, title_, meaning_, "million current US$", dimension_, sense_, ENT_FORM_AMOUNT, \
          "sum of the deals", source_, ent__cell, 0)

static const struct ent_measure measures[] = {
    AMOUNT("investment.amount", "investment", "X -> Y: what X's companies invested in Y",
           ENT_DIM_ECONOMY, ENT_SENSE_CLOSER, invested_source),
    AMOUNT("investment.amount5", "investment over five years",
           "X -> Y: what X's companies invested in Y in this year and the four before",
           ENT_DIM_ECONOMY, ENT_SENSE_CLOSER, invested5_source),
    AMOUNT("investment.construction", "construction contracts",
           "X -> Y: contracts of X's companies to build in Y", ENT_DIM_ECONOMY,
           ENT_SENSE_CLOSER, built_source),
    AMOUNT("investment.construction5", "construction contracts over five years",
           "X -> Y: contracts of X's companies to build in Y, this year and the four before",
           ENT_DIM_ECONOMY, ENT_SENSE_CLOSER, built5_source),
    AMOUNT("investment.troubled", "deals that failed or stalled",
           "X -> Y: deals of X's companies in Y that failed or stalled", ENT_DIM_DELIVERY,
           ENT_SENSE_FARTHER, troubled_source),
    AMOUNT("investment.troubled5", "deals that failed or stalled, five years",
           "X -> Y: deals of X's companies in Y that failed or stalled, this year and the four "
           "before",
           ENT_DIM_DELIVERY, ENT_SENSE_FARTHER, troubled5_source),
    ENTRY("investment.troubled_share", "part of deals that failed or stalled",
          "X -> Y: of what X's companies announced in Y over five years, the part that failed "
          "or stalled",
          "", ENT_DIM_DELIVERY, ENT_SENSE_FARTHER, ENT_FORM_SHARE,
          "troubled / (troubled + investment + construction), five years", outcome5_source,
          troubled_share, BY_VALUE),
    ENTRY("investment.troubled_number", "part of deals that failed or stalled, by number",
          "X -> Y: of the deals that X's companies announced in Y over five years, the part, "
          "by number, that failed or stalled",
          "", ENT_DIM_DELIVERY, ENT_SENSE_FARTHER, ENT_FORM_SHARE,
          "number troubled / number (troubled + investment + construction), five years",
          number5_source, troubled_share, BY_NUMBER),
};

const struct ent_family ent__investment_family = ENT_FAMILY(measures);
