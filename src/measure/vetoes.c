/*
 * Vetoes in the UN Security Council: drafts that two permanent members stopped
 * together, and drafts that one stopped without the other.
 *
 * Limits: five states only; a draft that was never put to the vote for fear of a
 * veto is not seen; many years have no veto at all, so five and ten years are
 * added up too.
 */
#include "measure/family.h"

#define VETO(column_)                                  \
    {                                                  \
        .table = "unsc_veto_pair", .column = (column_) \
    }
#define VETOES(column_, years_)                                               \
    {                                                                         \
        .table = "unsc_veto_pair", .column = (column_), .view = ENT_VIEW_SUM, \
        .years = (years_)                                                     \
    }

static const struct ent_input joint[] = { VETO("joint") };
static const struct ent_input joint5[] = { VETOES("joint", 5) };
static const struct ent_input joint10[] = { VETOES("joint", 10) };
static const struct ent_input lone[] = { VETO("lone") };
static const struct ent_input lone5[] = { VETOES("lone", 5) };
static const struct ent_input lone10[] = { VETOES("lone", 10) };

static const struct ent_measure_source joint_source[] = { ENT_SOURCE("unsc", "unsc", joint) };
static const struct ent_measure_source joint5_source[] = { ENT_SOURCE("unsc", "unsc", joint5) };
static const struct ent_measure_source joint10_source[] = {
    ENT_SOURCE("unsc", "unsc", joint10),
};
static const struct ent_measure_source lone_source[] = { ENT_SOURCE("unsc", "unsc", lone) };
static const struct ent_measure_source lone5_source[] = { ENT_SOURCE("unsc", "unsc", lone5) };
static const struct ent_measure_source lone10_source[] = { ENT_SOURCE("unsc", "unsc", lone10) };

#define ENTRY(id_, title_, meaning_, direction_, sense_, formula_, source_)   \
    {                                                                         \
        .info = {                                                           \
            .id = (id_),                                                    \
            .title = (title_),                                              \
            .meaning = (meaning_),                                          \
            .unit = "drafts",                                               \
            .dimension = ENT_DIM_FOREIGN_POLICY,                            \
            .direction = (direction_),                                      \
            .sense = (sense_),                                              \
            .form = ENT_FORM_COUNT,                                         \
            .formula = (formula_),                                          \
            .citation = "own count of the Security Council's vetoes",       \
        },                                                                  \
        ENT_FROM(source_),                                                  \
        .compute = ent__cell, \
    }
#define JOINT(id_, title_, when_, source_)                                                    \
    ENTRY(id_, title_, "Security Council drafts that X and Y both vetoed " when_,             \
          ENT_UNDIRECTED, ENT_SENSE_CLOSER, "number of drafts " when_ " with a veto of both", \
          source_)
#define LONE(id_, title_, when_, source_)                                                     \
    ENTRY(id_, title_, "X -> Y: Security Council drafts that X vetoed and Y did not, " when_, \
          ENT_DIRECTED, ENT_SENSE_FARTHER,                                                    \
          "number of drafts " when_ " with a veto of X and none of Y", source_)

static const struct ent_measure measures[] = {
    JOINT("vetoes.joint", "joint vetoes", "in the year", joint_source),
    JOINT("vetoes.joint5", "joint vetoes in five years", "in the last five years",
          joint5_source),
    JOINT("vetoes.joint10", "joint vetoes in ten years", "in the last ten years",
          joint10_source),
    LONE("vetoes.lone", "vetoes without the other", "in the year", lone_source),
    LONE("vetoes.lone5", "vetoes without the other in five years", "in the last five years",
         lone5_source),
    LONE("vetoes.lone10", "vetoes without the other in ten years", "in the last ten years",
         lone10_source),
};

const struct ent_family ent__vetoes_family = ENT_FAMILY(measures);
