/*
 * Formal Bilateral Influence Capacity (Moyer et al. 2021): how much one state could
 * influence another, from the breadth of what they share and how far the second
 * depends on the first.  As published: nothing is recomputed here.
 *
 * Limits: an index with weights of its authors; here for the influencers that the
 * loaded file has; it says what could be done, not what was.
 */
#include "measure/family.h"

#define FBIC(column_)                        \
    {                                        \
        .table = "fbic", .column = (column_) \
    }

static const struct ent_input index_inputs[] = { FBIC("fbic") };
static const struct ent_input economic_inputs[] = { FBIC("econ_dependence") };
static const struct ent_input security_inputs[] = { FBIC("sec_dependence") };

static const struct ent_measure_source index_sources[] = {
    ENT_SOURCE("fbic", "fbic", index_inputs),
};
static const struct ent_measure_source economic_sources[] = {
    ENT_SOURCE("fbic", "fbic", economic_inputs),
};
static const struct ent_measure_source security_sources[] = {
    ENT_SOURCE("fbic", "fbic", security_inputs),
};

#define ENTRY(id_, title_, meaning_, sources_)        \
    {                                                 \
        .info = {                                   \
            .id = (id_),                            \
            .title = (title_),                      \
            .meaning = (meaning_),                  \
            .unit = "",                             \
            .dimension = ENT_DIM_ECONOMY,           \
            .direction = ENT_DIRECTED,              \
            .sense = ENT_SENSE_CLOSER,              \
            .form = ENT_FORM_PLAIN,                 \
            .formula = "as published",              \
            .citation = "Moyer, Meisel, Matthews, Bohl and Burrows 2021", \
        },                                          \
        ENT_FROM(sources_),                         \
        .compute = ent__cell, \
    }

static const struct ent_measure measures[] = {
    ENTRY("influence.fbic", "capacity to influence",
          "X -> Y: how much X could influence Y by their formal ties, 0 to 1", index_sources),
    ENTRY("influence.economic_dependence", "economic dependence, in FBIC",
          "X -> Y: how far Y depends on X for trade and aid, 0 to 1", economic_sources),
    ENTRY("influence.security_dependence", "security dependence, in FBIC",
          "X -> Y: how far Y depends on X for arms and protection, 0 to 1", security_sources),
};

const struct ent_family ent__influence_family = ENT_FAMILY(measures);
