/*
 * Membership in the same intergovernmental organisations (COW IGO v3, Pevehouse et
 * al. 2020), full members of both counted.
 *
 * Limits: before 1965 observed every five years; ends in 2014; a universal
 * organisation counts as much as an exclusive one, so a high number is mostly
 * a sign of two states that join much.  A share of all organisations of the two
 * (Jaccard), or one that weighs small organisations more, needs the list of members of
 * each, which this table of pairs does not have.
 */
#include "measure/family.h"

static const struct ent_input joint_inputs[] = {
    { .table = "igo_joint", .column = "joint_igos" },
};
static const struct ent_measure_source joint_sources[] = {
    ENT_SOURCE("igo", "igo", joint_inputs),
};

static const struct ent_measure measures[] = {
    {
        .info = {
            .id = "igo.joint",
            .title = "shared international organisations",
            .meaning = "how many intergovernmental organisations both X and Y are full members "
                       "of (before 1965 observed every five years only)",
            .unit = "organisations",
            .dimension = ENT_DIM_COMMITMENT,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_COUNT,
            .formula = "number of organisations with both as full members",
            .citation = "Pevehouse, Nordstrom, McManus and Jamison 2020",
        },
        ENT_FROM(joint_sources),
        .compute = ent__cell,
    },
};

const struct ent_family ent__organisations_family = ENT_FAMILY(measures);
