/*
 * Disputes, rivalry and the level of peace.
 *
 * A militarised dispute is a threat, display or use of force between states (Gibler,
 * Miller and Little 2016; Palmer et al. 2022).  Two states on the same side of one
 * co-operate: such rows are left out.
 *
 * Limits: the two sources differ on the year of onset and on which incidents count;
 * GML ends in 2010, COW in 2014.  No value for years_since: no dispute is on record
 * since 1816, or since the two exist.  Yearly levels of the Peace Scale in which the
 * missing code was averaged are missing.
 */
#include <math.h>

#include "measure/family.h"

#define DISPUTES(table_, column_, view_, years_, fold_)                             \
    {                                                                               \
        .table = (table_), .column = (column_), .view = (view_), .years = (years_), \
        .where = "same_side", .equals = 0, .fold = (fold_)                          \
    }
#define LAST(table_)  DISPUTES(table_, "disputes", ENT_VIEW_LAST, 0, ENT_FOLD_SUM)
#define TEN(table_)   DISPUTES(table_, "disputes", ENT_VIEW_SUM, 10, ENT_FOLD_SUM)
#define LEVEL(table_) DISPUTES(table_, "hostility", ENT_VIEW_AT, 0, ENT_FOLD_MAX)

static const struct ent_input gml_last[] = { LAST("gml_dispute") };
static const struct ent_input cow_last[] = { LAST("cow_mid_dispute") };
static const struct ent_input gml_ten[] = { TEN("gml_dispute") };
static const struct ent_input cow_ten[] = { TEN("cow_mid_dispute") };
static const struct ent_input gml_level[] = { LEVEL("gml_dispute") };
static const struct ent_input cow_level[] = { LEVEL("cow_mid_dispute") };

#define BOTH(gml_, cow_)                                                       \
    {                                                                          \
        ENT_SOURCE("gml", "gml", gml_), ENT_SOURCE("cow_mid", "cow_mid", cow_) \
    }

static const struct ent_measure_source last_sources[] = BOTH(gml_last, cow_last);
static const struct ent_measure_source ten_sources[] = BOTH(gml_ten, cow_ten);
static const struct ent_measure_source level_sources[] = BOTH(gml_level, cow_level);

static const struct ent_input active_inputs[] = {
    { .table = "rivalry", .column = "rivalries" },
};
static const struct ent_input since_inputs[] = {
    { .table = "rivalry", .column = "rivalries", .view = ENT_VIEW_SINCE },
};
static const struct ent_input rival_inputs[] = {
    { .table = "rivalry", .column = "rivalries", .scope = ENT_SCOPE_FROM },
};
static const struct ent_input peace_inputs[] = {
    { .table = "peace", .column = "peace_level" },
};
static const struct ent_measure_source active_sources[] = {
    ENT_SOURCE("rivalry", "rivalry", active_inputs),
};
static const struct ent_measure_source since_sources[] = {
    ENT_SOURCE("rivalry", "rivalry", since_inputs),
};
static const struct ent_measure_source rival_sources[] = {
    ENT_SOURCE("rivalry", "rivalry", rival_inputs),
};
static const struct ent_measure_source peace_sources[] = {
    ENT_SOURCE("peace", "peace", peace_inputs),
};

/* The higher of what the two directions say: a dispute is one thing for the two. */
static void larger(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double there = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);
        double back = ent__cell_of(in, 0, pairs[k].to, pairs[k].from);

        out[k] = fmax(there, back);
        if (steps)
            ent__step(steps, out[k], measure->info.unit, "%s, %s and %s", measure->info.title,
                      steps->from, steps->to);
    }
}

/* The year less that of the last dispute in either direction. */
static void years_since(const struct ent_measure *measure, const struct ent_inputs *in,
                        const struct ent_pair *pairs, size_t count, double *out,
                        struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double last = fmax(ent__cell_of(in, 0, pairs[k].from, pairs[k].to),
                           ent__cell_of(in, 0, pairs[k].to, pairs[k].from));

        out[k] = in->year - last;
        if (!steps)
            continue;
        ent__step(steps, last, "year", "last year of a dispute between %s and %s", steps->from,
                  steps->to);
        ent__step(steps, out[k], "years", "%d less that year", in->year);
    }
}

/* 1 when any rivalry is active: a pair can have two at once. */
static void active(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double rivalries = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);

        out[k] = isnan(rivalries) ? NAN : rivalries > 0;
        if (steps)
            ent__step(steps, rivalries, "rivalries", "active rivalries of %s and %s",
                      steps->from, steps->to);
    }
}

/* How many states have a rivalry with this one; NAN when of none is known whether. */
static void rivals(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        size_t known = 0, found = 0;

        for (size_t r = 0; r < in->n; r++) {
            double rivalries = ent__cell_of(in, 0, pairs[k].from, r);

            known += !isnan(rivalries);
            found += rivalries > 0;
        }
        out[k] = known ? (double)found : NAN;
        if (steps)
            ent__step(steps, out[k], measure->info.unit, "active rivals of %s", steps->from);
    }
}

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, formula_, citation_, sources_,   \
              compute_)                                                                     \
    {                                                                                       \
        .info = {                                                                         \
            .id = (id_),                                                                  \
            .title = (title_),                                                            \
            .meaning = (meaning_),                                                        \
            .unit = (unit_),                                                              \
            .dimension = ENT_DIM_TRUST,                                                   \
            .direction = ENT_UNDIRECTED,                                                  \
            .sense = (sense_),                                                            \
            .form = (form_),                                                              \
            .formula = (formula_),                                                        \
            .citation = (citation_),                                                      \
        },                                                                                \
        ENT_FROM(sources_),                                                               \
        .compute = (compute_), \
    }

static const char mid[] = "Gibler, Miller and Little 2016; Palmer et al. 2022";
static const char thompson[] = "Thompson, Sakuwa and Suhas 2022";

static const struct ent_measure measures[] = {
    ENTRY("dispute.years_since", "years since the last dispute",
          "years since X and Y last stood against each other in a militarised dispute; no "
          "value when none is on record since 1816",
          "years", ENT_SENSE_CLOSER, ENT_FORM_COUNT, "year - last year with a dispute", mid,
          last_sources, years_since),
    ENTRY("dispute.count10", "disputes in ten years",
          "militarised disputes between X and Y in this year and the nine before, each "
          "counted in every year it lasted",
          "disputes", ENT_SENSE_FARTHER, ENT_FORM_COUNT,
          "sum of disputes under way, years t - 9 to t", mid, ten_sources, larger),
    ENTRY("dispute.hostility", "highest hostility in the year",
          "the worst that X and Y did to each other in the year's disputes: 0 no dispute, 1 "
          "nothing, 2 threat, 3 display of force, 4 use of force, 5 war",
          "", ENT_SENSE_FARTHER, ENT_FORM_COUNT, "max hostility over the year's disputes", mid,
          level_sources, larger),
    ENTRY("rivalry.active", "strategic rivalry",
          "X and Y see each other as threatening competitors and enemies", "",
          ENT_SENSE_FARTHER, ENT_FORM_YES_NO, "1 when a rivalry is active in the year",
          thompson, active_sources, active),
    ENTRY("rivalry.age", "age of the rivalry",
          "years since X and Y became rivals without a break; no value when they are not",
          "years", ENT_SENSE_FARTHER, ENT_FORM_COUNT,
          "year - first year of the unbroken rivalry", thompson, since_sources, ent__years),
    {
        .info = {
            .id = "rivalry.count",
            .title = "strategic rivals",
            .meaning = "how many states are strategic rivals of the state",
            .unit = "states",
            .dimension = ENT_DIM_TRUST,
            .direction = ENT_MONADIC,
            .sense = ENT_SENSE_NONE,
            .form = ENT_FORM_COUNT,
            .formula = "number of states with an active rivalry with it in the year",
            .citation = thompson,
        },
        ENT_FROM(rival_sources),
        .compute = rivals,
    },
    ENTRY("peace.level", "level of peace",
          "how X and Y stand: 0 severe rivalry, 0.25 lesser rivalry, 0.5 negative peace, 0.75 "
          "warm peace, 1 security community; the mean of the year's months",
          "", ENT_SENSE_CLOSER, ENT_FORM_PLAIN, "as published (Peace Scale)",
          "Diehl, Goertz and Gallegos 2021", peace_sources, ent__cell),
};

const struct ent_family ent__conflict_family = ENT_FAMILY(measures);
