/*
 * Joint military exercises in which Russia took part, 2009 to 2018, a list made by
 * hand.
 *
 * Limits: Russia's exercises only, two other states being seen together where both
 * joined Russia; for some participants the list ends in 2015; a parade of staffs and
 * Vostok-2018 count one each.  What each side brought (the lesser number of troops over
 * the larger) needs troop numbers by state, which the list does not have.
 */
#include "measure/family.h"

static const struct ent_input year_inputs[] = {
    { .table = "exercise_russia", .column = "exercises" },
};
static const struct ent_input five_inputs[] = {
    { .table = "exercise_russia", .column = "exercises", .view = ENT_VIEW_SUM, .years = 5 },
};
static const struct ent_measure_source year_sources[] = {
    ENT_SOURCE("exercises", "exercises", year_inputs),
};
static const struct ent_measure_source five_sources[] = {
    ENT_SOURCE("exercises", "exercises", five_inputs),
};

#define ENTRY(id_, title_, meaning_, formula_, sources_)   \
    {                                                      \
        .info = {                                        \
            .id = (id_),                                 \
            .title = (title_),                           \
            .meaning = (meaning_),                       \
            .unit = "exercises",                         \
            .dimension = ENT_DIM_MILITARY,               \
            .direction = ENT_UNDIRECTED,                 \
            .sense = ENT_SENSE_CLOSER,                   \
            .form = ENT_FORM_COUNT,                      \
            .formula = (formula_),                       \
            .citation = "own count of a hand-made list", \
        },                                               \
        ENT_FROM(sources_),                              \
        .compute = ent__cell, \
    }

static const struct ent_measure measures[] = {
    ENTRY("exercises.joint", "joint military exercises",
          "in how many exercises of the year X and Y took part together",
          "number of exercises with both", year_sources),
    ENTRY("exercises.joint5", "joint military exercises over five years",
          "in how many exercises of this year and the four before X and Y took part together",
          "number of exercises with both, years t - 4 to t", five_sources),
};

const struct ent_family ent__exercises_family = ENT_FAMILY(measures);
