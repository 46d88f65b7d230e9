/*
 * What a state spends on its forces (SIPRI).
 *
 * Limits: what cannot be known of a state (`. .`) and a state that did not exist
 * (`xxx`) are both no value; figures of China and Russia are SIPRI's estimates.
 */
#include "measure/family.h"

#define MILEX(column_)                                                   \
    {                                                                    \
        .table = "milex", .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_BOTH                                          \
    }

static const struct ent_input current[] = { MILEX("milex_current_usd_m") };
static const struct ent_input of_product[] = { MILEX("share_gdp") };
static const struct ent_measure_source current_sources[] = {
    ENT_SOURCE("sipri_milex", "sipri_milex", current),
};
static const struct ent_measure_source of_product_sources[] = {
    ENT_SOURCE("sipri_milex", "sipri_milex", of_product),
};

#define ENTRY(id_, title_, meaning_, unit_, direction_, form_, formula_, sources_, compute_)   \
    {                                                                                          \
        .info = {                                                                            \
            .id = (id_),                                                                     \
            .title = (title_),                                                               \
            .meaning = (meaning_),                                                           \
            .unit = (unit_),                                                                 \
            .dimension = ENT_DIM_MILITARY,                                                   \
            .direction = (direction_),                                                       \
            .sense = ENT_SENSE_NONE,                                                         \
            .form = (form_),                                                                 \
            .formula = (formula_),                                                           \
            .citation = "SIPRI Military Expenditure Database",                               \
        },                                                                                   \
        ENT_FROM(sources_),                                                                  \
        .compute = (compute_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("milex.spending", "military expenditure", "what the state spent on its forces",
          "million current US$", ENT_MONADIC, ENT_FORM_AMOUNT, "as published", current_sources,
          ent__own),
    ENTRY("milex.gdp_share", "military expenditure over national product",
          "the part of the state's gross domestic product that went to its forces", "",
          ENT_MONADIC, ENT_FORM_SHARE, "as published", of_product_sources, ent__own),
    ENTRY("milex.ratio", "ratio of military expenditures",
          "X -> Y: what X spends on its forces over what Y does", "", ENT_DIRECTED,
          ENT_FORM_PLAIN, "expenditure of X / expenditure of Y", current_sources, ent__ratio),
};

const struct ent_family ent__spending_family = ENT_FAMILY(measures);
