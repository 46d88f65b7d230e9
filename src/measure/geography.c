/*
 * How near two states are: borders, distances, and what history left them in common.
 *
 * Contiguity (COW, Stinnett et al. 2002): 1 a land or river border, 2 to 5 water of
 * at most 12, 24, 150 and 400 miles between them; 0 none of these.  Minimum distance
 * (Schvitz et al. 2022) is between the nearest points of the two territories.
 * Distances of cities (Mayer and Zignago 2011) have no year.
 *
 * Limits: what lies between counts for nothing: a border in a high range is one on a
 * plain.  Land borders and cities are of today's map.
 *
 * Language, coloniser and colony are as published by Mayer and Zignago 2011, for today's
 * states; what is so from either side is so.
 */
#include <math.h>

#include "measure/family.h"

static const struct ent_input contiguity_inputs[] = {
    { .table = "contiguity", .column = "conttype" },
};
static const struct ent_input mindist_inputs[] = {
    { .table = "mindist", .column = "mindist_km" },
};
static const struct ent_input capitals_inputs[] = {
    { .table = "geodist", .column = "distance_capitals_km", .view = ENT_VIEW_STATIC },
};
static const struct ent_input cities_inputs[] = {
    { .table = "geodist", .column = "distance_km", .view = ENT_VIEW_STATIC },
};
static const struct ent_input border_inputs[] = {
    { .table = "land_border", .column = "borders", .view = ENT_VIEW_STATIC },
};

#define PAST(column_)                                                    \
    {                                                                    \
        .table = "geodist", .column = (column_), .view = ENT_VIEW_STATIC \
    }

static const struct ent_input language_inputs[] = { PAST("common_language_official") };
static const struct ent_input coloniser_inputs[] = { PAST("common_coloniser") };
static const struct ent_input colony_inputs[] = { PAST("colony") };

static const struct ent_measure_source contiguity_sources[] = {
    ENT_SOURCE("contiguity", "contiguity", contiguity_inputs),
};
static const struct ent_measure_source mindist_sources[] = {
    ENT_SOURCE("mindist", "mindist", mindist_inputs),
};
static const struct ent_measure_source capitals_sources[] = {
    ENT_SOURCE("geodist", "geodist", capitals_inputs),
};
static const struct ent_measure_source cities_sources[] = {
    ENT_SOURCE("geodist", "geodist", cities_inputs),
};
static const struct ent_measure_source border_sources[] = {
    ENT_SOURCE("land_borders", "land_borders", border_inputs),
};

static const struct ent_measure_source language_sources[] = {
    ENT_SOURCE("geodist", "geodist", language_inputs),
};
static const struct ent_measure_source coloniser_sources[] = {
    ENT_SOURCE("geodist", "geodist", coloniser_inputs),
};
static const struct ent_measure_source colony_sources[] = {
    ENT_SOURCE("geodist", "geodist", colony_inputs),
};

/* Whether either direction says so. */
static void either(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double said = fmax(ent__cell_of(in, 0, pairs[k].from, pairs[k].to),
                           ent__cell_of(in, 0, pairs[k].to, pairs[k].from));

        out[k] = isnan(said) ? NAN : said > 0;
        if (steps)
            ent__step(steps, out[k], "", "%s, %s and %s", measure->info.title, steps->from,
                      steps->to);
    }
}

/* 1 for any border, however often the list has it. */
static void border(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double borders = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);

        out[k] = isnan(borders) ? NAN : borders > 0;
        if (steps)
            ent__step(steps, out[k], "", "land border of %s and %s", steps->from, steps->to);
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

static const struct ent_measure measures[] = {
    ENTRY(
        "contiguity.type", "contiguity",
        "how X and Y touch: 1 by land or river, 2 to 5 over at most 12, 24, 150 and 400 miles "
        "of water, 0 not at all",
        "", ENT_SENSE_NONE, ENT_FORM_COUNT, "as published; 0 when not listed",
        "Stinnett, Tir, Schafer, Diehl and Gochman 2002", contiguity_sources, ent__cell),
    ENTRY("contiguity.land_border", "land border", "X and Y have a land border today", "",
          ENT_SENSE_NONE, ENT_FORM_YES_NO, "1 when the list has the border", "own",
          border_sources, border),
    ENTRY("distance.min_km", "shortest distance",
          "kilometres between the nearest points of X and Y", "km", ENT_SENSE_NONE,
          ENT_FORM_AMOUNT, "as published", "Schvitz et al. 2022", mindist_sources, ent__cell),
    ENTRY("distance.capitals_km", "distance of the capitals",
          "kilometres from the capital of X to that of Y", "km", ENT_SENSE_NONE,
          ENT_FORM_AMOUNT, "great circle, as published", "Mayer and Zignago 2011",
          capitals_sources, ent__cell),
    ENTRY("distance.cities_km", "distance of the largest cities",
          "kilometres from the most populous city of X to that of Y", "km", ENT_SENSE_NONE,
          ENT_FORM_AMOUNT, "great circle, as published", "Mayer and Zignago 2011",
          cities_sources, ent__cell),
    ENTRY("ties.language", "common official language",
          "X and Y have an official language in common", "", ENT_SENSE_CLOSER, ENT_FORM_YES_NO,
          "1 when published so for either direction", "Mayer and Zignago 2011",
          language_sources, either),
    ENTRY("ties.coloniser", "common coloniser", "X and Y had the same coloniser after 1945", "",
          ENT_SENSE_CLOSER, ENT_FORM_YES_NO, "1 when published so for either direction",
          "Mayer and Zignago 2011", coloniser_sources, either),
    ENTRY("ties.colony", "colonial past of the two",
          "one of X and Y has been a colony of the other", "", ENT_SENSE_NONE, ENT_FORM_YES_NO,
          "1 when published so for either direction", "Mayer and Zignago 2011", colony_sources,
          either),
};

const struct ent_family ent__geography_family = ENT_FAMILY(measures);
