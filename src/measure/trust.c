/*
 * What disputes have left behind: the time since, and a memory that fades.
 *
 *   memory  sum over past disputes m of w(h_m) 2^(-(t - t_m) / half-life)
 *
 * h_m being the higher hostility of the two in the dispute, w = 1, 2, 4, 8, 16 for 1 to
 * 5, and t_m the year in which it began.  The formula is our own, after the idea that
 * interaction decays (Crescenzi and Enterline 2001); ten years is our half-life, five
 * and twenty show what hangs on it.  The larger, the less reason to trust.
 *
 * Peace years (Beck, Katz and Tucker 1998) count from 0 in a year with a dispute; where
 * there never was one, from the year in which the younger of the two entered the system
 * for the last time.  Their powers let a model bend (Carter and Signorino 2010).
 *
 * Two states on one side of a dispute co-operate: such disputes count in neither.
 * Limits: the lists begin in 1816, and what was before is forgotten.
 */
#include <math.h>

#include "measure/family.h"

/* The higher of the two directions: a dispute is one thing for the two. */
static void memory(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        out[k] = fmax(ent__cell_of(in, 0, pairs[k].from, pairs[k].to),
                      ent__cell_of(in, 0, pairs[k].to, pairs[k].from));
        if (steps)
            ent__step(steps, out[k], "", "%s, %s and %s", measure->info.formula, steps->from,
                      steps->to);
    }
}

/* Inputs: disputes under way, and the last year with one.  The variant is the power. */
static void peace_years(const struct ent_measure *measure, const struct ent_inputs *in,
                        const struct ent_pair *pairs, size_t count, double *out,
                        struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        double last = fmax(ent__cell_of(in, 1, i, j), ent__cell_of(in, 1, j, i));
        bool ever = !isnan(last);

        if (!ever && in->entry[i] > 0 && in->entry[j] > 0)
            last = in->entry[i] > in->entry[j] ? in->entry[i] : in->entry[j];
        if (isnan(ent__cell_of(in, 0, i, j)))
            last = NAN; /* out of the years covered */
        out[k] = pow(in->year - last, measure->variant);
        if (!steps)
            continue;
        ent__step(steps, last, "year",
                  ever ? "last year of a dispute between %s and %s"
                       : "year in which the younger of %s and %s entered, as they had none",
                  steps->from, steps->to);
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}

#define OPPOSED .where = "same_side", .equals = 0
#define MEMORY(table_, half_life_)                                        \
    {                                                                     \
        .table = (table_), .column = "hostility", .view = ENT_VIEW_STOCK, \
        .years = (half_life_), OPPOSED, .also = "onset", .also_equals = 1 \
    }
#define PEACE(table_)                                                           \
    { .table = (table_), .column = "disputes", OPPOSED },                       \
    {                                                                           \
        .table = (table_), .column = "disputes", .view = ENT_VIEW_LAST, OPPOSED \
    }

static const struct ent_input gml5[] = { MEMORY("gml_dispute", 5) };
static const struct ent_input gml10[] = { MEMORY("gml_dispute", 10) };
static const struct ent_input gml20[] = { MEMORY("gml_dispute", 20) };
static const struct ent_input cow5[] = { MEMORY("cow_mid_dispute", 5) };
static const struct ent_input cow10[] = { MEMORY("cow_mid_dispute", 10) };
static const struct ent_input cow20[] = { MEMORY("cow_mid_dispute", 20) };
static const struct ent_input gml_peace[] = { PEACE("gml_dispute") };
static const struct ent_input cow_peace[] = { PEACE("cow_mid_dispute") };

#define BOTH(gml_, cow_)                                                       \
    {                                                                          \
        ENT_SOURCE("gml", "gml", gml_), ENT_SOURCE("cow_mid", "cow_mid", cow_) \
    }

static const struct ent_measure_source memory5[] = BOTH(gml5, cow5);
static const struct ent_measure_source memory10[] = BOTH(gml10, cow10);
static const struct ent_measure_source memory20[] = BOTH(gml20, cow20);
static const struct ent_measure_source peace[] = BOTH(gml_peace, cow_peace);

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, formula_, citation_, sources_,    \
              compute_, variant_)                                                            \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = (unit_),                                                               \
            .dimension = ENT_DIM_TRUST,                                                    \
            .direction = ENT_UNDIRECTED,                                                   \
            .sense = (sense_),                                                             \
            .form = (form_),                                                               \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = (compute_),                                                             \
        .variant = (variant_), \
    }
#define REMEMBERED(id_, years_, sources_)                                                  \
    ENTRY(id_, "memory of disputes, half-life " years_ " years",                           \
          "what is left of all disputes between X and Y, each weighing twice as much for " \
          "every level of hostility, and half as much for every " years_ " years gone by", \
          "", ENT_SENSE_FARTHER, ENT_FORM_PLAIN,                                           \
          "sum of 2^(h - 1) 2^(-(t - t_m) / " years_ ") over disputes m", "own", sources_, \
          memory, 0)
#define PEACEFUL(id_, title_, meaning_, unit_, formula_, power_)                    \
    ENTRY(id_, title_, meaning_, unit_, ENT_SENSE_CLOSER, ENT_FORM_COUNT, formula_, \
          "Beck, Katz and Tucker 1998; Carter and Signorino 2010", peace, peace_years, power_)

static const struct ent_measure measures[] = {
    REMEMBERED("trust.memory5", "five", memory5),
    REMEMBERED("trust.memory10", "ten", memory10),
    REMEMBERED("trust.memory20", "twenty", memory20),
    PEACEFUL("dispute.peace_years", "peace years",
             "years since X and Y last stood against each other in a dispute or, where they "
             "never did, since both have been in the system",
             "years", "year - the later of the last year with a dispute, or of entry", 1),
    PEACEFUL("dispute.peace_years2", "peace years, squared",
             "the square of the peace years of X and Y", "", "peace years^2", 2),
    PEACEFUL("dispute.peace_years3", "peace years, cubed",
             "the cube of the peace years of X and Y", "", "peace years^3", 3),
};

const struct ent_family ent__trust_family = ENT_FAMILY(measures);
