/*
 * Vetoes in the UN Security Council: drafts that two permanent members stopped
 * together, and drafts that one stopped without the other.
 *
 * Limits: five states only, and unknown for all others; China is who held its seat,
 * Taiwan's government until October 1971 and Beijing's since, and a value over several
 * years counts what the present holder of the seat did.  A draft that was never put to the vote
 * for fear of a veto is not seen; many years have no veto at all, so five and ten years are
 * added up too.
 */
#include <math.h>

#include "measure/family.h"

enum {
    USA = 2,
    UK = 200,
    FRANCE = 220,
    RUSSIA = 365,
    CHINA = 710,
    TAIWAN = 713,
    TAIWAN_FIRST = 1949, /* China's government moved there in December */
    SEAT_PASSED = 1971,
};

/* Whether a state was a permanent member on any day of a year. */
static bool is_permanent(int state, int year)
{
    switch (state) {
    case USA:
    case UK:
    case FRANCE:
    case RUSSIA:
        return true;
    case CHINA:
        return year <= TAIWAN_FIRST || year >= SEAT_PASSED;
    case TAIWAN:
        return year >= TAIWAN_FIRST && year <= SEAT_PASSED;
    default:
        return false;
    }
}

/* The pair's cell; NAN unless both could have vetoed. */
static void vetoes(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    ent__cell(measure, in, pairs, count, out, steps);
    for (size_t k = 0; k < count; k++) {
        int from = in->states[pairs[k].from];
        int to = in->states[pairs[k].to];

        if (from != to && is_permanent(from, in->year) && is_permanent(to, in->year) &&
            from + to != CHINA + TAIWAN)
            continue;
        out[k] = NAN;
        ent__step(steps, NAN, "drafts", "one of the two was no permanent member in %d",
                  in->year);
    }
}

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
        .compute = vetoes, \
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
