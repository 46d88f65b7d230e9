/*
 * How many treaties bind two states, and how deeply.
 *
 *   number  alliances of ATOP's of which both are members on any day of the year
 *   depth   the deepest of them, after Leeds and Anac 2005: 2 an integrated command, or
 *           bases or troops on each other's soil; 1 contact of the forces in peace, a
 *           permanent organization, training, or forces under another's command; 0 none
 *
 * Read from ATOP's list of members, since the published index of institutions stands by
 * alliance and has no years.  Of the alliances without phases it says what that index
 * says in 19 of 20 of their years.
 *
 * Limits: a treaty of many members counts as one of two; the depth is ours, built on
 * ATOP's terms, and where a term is missing it does not count.
 */
#include <math.h>

#include "measure/family.h"

static const struct ent_input number_inputs[] = {
    { .table = "atop_treaty", .column = "treaties" },
};
static const struct ent_input bilateral_inputs[] = {
    { .table = "atop_treaty", .column = "treaties", .where = "bilateral", .equals = 1 },
};
static const struct ent_input depth_inputs[] = {
    { .table = "atop_treaty", .column = "depth", .fold = ENT_FOLD_MAX },
};
static const struct ent_measure_source number[] = {
    ENT_SOURCE("atop", "atop", number_inputs),
};
static const struct ent_measure_source bilateral[] = {
    ENT_SOURCE("atop", "atop", bilateral_inputs),
};
static const struct ent_measure_source depth[] = {
    ENT_SOURCE("atop", "atop", depth_inputs),
};

#define ENTRY(id_, title_, meaning_, unit_, formula_, citation_, sources_)                   \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = (unit_),                                                               \
            .dimension = ENT_DIM_COMMITMENT,                                               \
            .direction = ENT_UNDIRECTED,                                                   \
            .sense = ENT_SENSE_CLOSER,                                                     \
            .form = ENT_FORM_COUNT,                                                        \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = ent__cell, \
    }

static const char atop[] = "Leeds, Ritter, Mitchell and Long 2002";

static const struct ent_measure measures[] = {
    ENTRY("treaty.count", "treaties of alliance in force",
          "how many treaties of alliance have both X and Y as members in the year", "treaties",
          "number of alliances with both", atop, number),
    ENTRY("treaty.count_bilateral", "treaties of alliance of the two alone",
          "how many treaties of alliance X and Y have with each other and nobody else",
          "treaties", "number of bilateral alliances with both", atop, bilateral),
    ENTRY("treaty.depth", "depth of the alliance",
          "how far the military side of the deepest treaty of X and Y is organized: 2 a common "
          "command or bases, 1 contacts or an organization, 0 no more than words, or no treaty",
          "", "max over treaties of 2 command or bases, 1 contact or organization, 0 none",
          "after Leeds and Anac 2005", depth),
};

const struct ent_family ent__treaties_family = ENT_FAMILY(measures);
