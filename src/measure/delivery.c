/*
 * Pledges and what came of them, from a ledger: docs/PLEDGES.md.
 *
 * At the end of year t, of the pledges of i to j in the ledger:
 *
 *   made     announced by then
 *   settled  kept, kept in part or broken by then; the others are open
 *   kept     settled pledges of which all came / settled pledges
 *   by value sum of min(came, promised) / sum promised, of those settled that are in money
 *   came     mean over settled pledges of min(came, promised) / promised, each in its
 *            own unit: 11 of 91 projects count 0.12
 *   delay    mean years from when it was due to when it came, of those of which all came and
 *            that have both dates; early is below 0
 *
 * Limits: a ledger holds what its keeper found, mostly what was in the news, so that the
 * number made says more of the press than of the states; a share of few pledges moves
 * with each of them, which is why their number stands beside it.  Promises to do a thing
 * later are open, not broken, until they are due and somebody has looked.
 */
#include <math.h>

#include "measure/family.h"

#define LEDGER(column_)                          \
    {                                            \
        .table = "pledges", .column = (column_), \
    }

static const struct ent_input made[] = { LEDGER("pledges") };
static const struct ent_input open[] = { LEDGER("open") };
static const struct ent_input overdue[] = { LEDGER("overdue") };
static const struct ent_input outcomes[] = { LEDGER("kept"), LEDGER("partly"),
                                             LEDGER("broken") };
static const struct ent_input value[] = { LEDGER("kept_usd"), LEDGER("settled_usd") };
static const struct ent_input fulfilled[] = { LEDGER("fulfilled"), LEDGER("fulfilled_known") };
static const struct ent_input delay[] = { LEDGER("delay"), LEDGER("delay_known") };

#define PLEDGES(inputs_)                          \
    {                                             \
        ENT_SOURCE("pledges", "pledges", inputs_) \
    }

static const struct ent_measure_source made_source[] = PLEDGES(made);
static const struct ent_measure_source open_source[] = PLEDGES(open);
static const struct ent_measure_source overdue_source[] = PLEDGES(overdue);
static const struct ent_measure_source outcomes_source[] = PLEDGES(outcomes);
static const struct ent_measure_source value_source[] = PLEDGES(value);
static const struct ent_measure_source fulfilled_source[] = PLEDGES(fulfilled);
static const struct ent_measure_source delay_source[] = PLEDGES(delay);

/* Kept over settled, by number; NAN when none is settled. */
static void kept_share(const struct ent_measure *measure, const struct ent_inputs *in,
                       const struct ent_pair *pairs, size_t count, double *out,
                       struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double kept = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);
        double partly = ent__cell_of(in, 1, pairs[k].from, pairs[k].to);
        double broken = ent__cell_of(in, 2, pairs[k].from, pairs[k].to);
        double settled = kept + partly + broken;

        out[k] = settled > 0 ? kept / settled : NAN;
        ent__step(steps, kept, "pledges", "kept");
        ent__step(steps, partly, "pledges", "kept in part");
        ent__step(steps, broken, "pledges", "broken");
        ent__step(steps, out[k], "", "kept / (kept + in part + broken)");
    }
}

/* What the two inputs of a measure are, for its steps. */
enum {
    BY_VALUE = 0,
    FULFILMENT,
    DELAY,
};

static const struct {
    const char *above, *above_unit, *below, *below_unit, *result;
} words[] = {
    [BY_VALUE] = { "what came of settled pledges in money", "million current US$",
                   "what they promised", "million current US$", "came / promised" },
    [FULFILMENT] = { "the parts that came of settled pledges, added up", "",
                     "settled pledges of which it is known", "pledges", "their mean" },
    [DELAY] = { "years of delay, added up", "years", "pledges kept, with both dates", "pledges",
                "their mean" },
};

/* The first input over the second; NAN when that is not above 0. */
static void quotient(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    int what = measure->variant;

    for (size_t k = 0; k < count; k++) {
        double above = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);
        double below = ent__cell_of(in, 1, pairs[k].from, pairs[k].to);

        out[k] = below > 0 ? above / below : NAN;
        ent__step(steps, above, words[what].above_unit, "%s", words[what].above);
        ent__step(steps, below, words[what].below_unit, "%s", words[what].below);
        ent__step(steps, out[k], measure->info.unit, "%s", words[what].result);
    }
}

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, detail_, formula_, source_,    \
              compute_, variant_)                                                         \
    {                                                                                     \
        .info = {                                                                       \
            .id = (id_),                                                                \
            .title = (title_),                                                          \
            .meaning = (meaning_),                                                      \
            .unit = (unit_),                                                            \
            .dimension = ENT_DIM_DELIVERY,                                              \
            .direction = ENT_DIRECTED,                                                  \
            .sense = (sense_),                                                          \
            .form = (form_),                                                            \
            .detail = (detail_),                                                        \
            .formula = (formula_),                                                      \
            .citation = "own",                                                          \
        },                                                                                \
        ENT_FROM(source_),                                                                \
        .compute = (compute_),                                                            \
        .variant = (variant_), \
    }

enum {
    SHOWN = 0,
    DETAIL = 1,
};

static const struct ent_measure measures[] = {
    ENTRY("pledges.made", "pledges made",
          "X -> Y: how many pledges of X to Y the ledger has by the end of the year", "pledges",
          ENT_SENSE_NONE, ENT_FORM_COUNT, SHOWN, "number announced by then", made_source,
          ent__cell, 0),
    ENTRY(
        "pledges.kept_share", "part of pledges kept",
        "X -> Y: of X's pledges to Y that are settled, the part, by number, of which all came",
        "", ENT_SENSE_CLOSER, ENT_FORM_SHARE, SHOWN, "kept / (kept + in part + broken)",
        outcomes_source, kept_share, 0),
    ENTRY("pledges.kept_value", "part of pledges kept, by value",
          "X -> Y: of the money in X's settled pledges to Y, the part that came", "",
          ENT_SENSE_CLOSER, ENT_FORM_SHARE, SHOWN,
          "sum of min(came, promised) / sum promised, over settled pledges in money",
          value_source, quotient, BY_VALUE),
    ENTRY("pledges.fulfilled", "part that came of a pledge",
          "X -> Y: the mean part that came of X's settled pledges to Y, each in its own unit",
          "", ENT_SENSE_CLOSER, ENT_FORM_SHARE, DETAIL,
          "mean of min(came, promised) / promised over settled pledges", fulfilled_source,
          quotient, FULFILMENT),
    ENTRY("pledges.delay", "delay of pledges",
          "X -> Y: how many years after they were due X's pledges to Y came, of those kept",
          "years", ENT_SENSE_FARTHER, ENT_FORM_PLAIN, SHOWN,
          "mean of (came - due) over pledges that were kept and have both dates", delay_source,
          quotient, DELAY),
    ENTRY("pledges.open", "pledges open",
          "X -> Y: how many pledges of X to Y are not settled at the end of the year",
          "pledges", ENT_SENSE_NONE, ENT_FORM_COUNT, SHOWN, "announced and not yet settled",
          open_source, ent__cell, 0),
    ENTRY("pledges.overdue", "pledges overdue",
          "X -> Y: how many pledges of X to Y were due by the end of the year and are open",
          "pledges", ENT_SENSE_FARTHER, ENT_FORM_COUNT, DETAIL, "open and due", overdue_source,
          ent__cell, 0),
};

const struct ent_family ent__delivery_family = ENT_FAMILY(measures);
