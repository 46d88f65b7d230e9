/*
 * Membership in the same intergovernmental organisations (COW IGO v3, Pevehouse et
 * al. 2020), full members of both counted.
 *
 * Limits: before 1965 observed every five years; ends in 2014; a universal
 * organisation counts as much as an exclusive one, so a high number is mostly
 * a sign of two states that join much.  A share of all organisations of the two
 * (Jaccard), or one that weighs small organisations more, needs the list of members of
 * each, which this table of pairs does not have.
 *
 * igo.ties_*: how alike the numbers of organisations are that two states share with each
 * state, as portfolios of ties of any size: see portfolio_valued.c.  A state's tie with
 * itself is the largest of the year, as how many it is in alone is not in the table.
 *   centred  g_ij - g_i. - g_.j + g_..
 *
 * g_ij being the number, g_i. the mean of i with all, g_.. the mean of the year: what the
 * two share beyond what both share with everybody.  Numbers grow through the years for
 * all; this one does not.
 */
#include <math.h>

#include "measure/family.h"
#include "measure/portfolio.h"

static const struct ent_input joint_inputs[] = {
    { .table = "igo_joint", .column = "joint_igos" },
};
static const struct ent_measure_source joint_sources[] = {
    ENT_SOURCE("igo", "igo", joint_inputs),
};

static const struct ent_input tie_inputs[] = {
    { .table = "igo_joint", .column = "joint_igos", .scope = ENT_SCOPE_ALL },
};
static const struct ent_measure_source tie_sources[] = {
    {
        .name = "igo",
        .datasets = "igo",
        .inputs = tie_inputs,
        .input_count = 1,
        .prepare = ent__valued_prepare,
        .conventions = ENT_TIE_CONVENTIONS,
    },
};

#define TIES(id_, title_, formula_, citation_, kind_)                                         \
    {                                                                                         \
        .info = { .id = (id_),                                                                \
                  .title = (title_),                                                          \
                  .meaning = "how alike the numbers of organisations are that X and Y share " \
                             "with each state; D is the span of all of the year",             \
                  .unit = "",                                                                 \
                  .dimension = ENT_DIM_COMMITMENT,                                            \
                  .direction = ENT_UNDIRECTED,                                                \
                  .sense = ENT_SENSE_CLOSER,                                                  \
                  .form = ENT_FORM_PLAIN,                                                     \
                  .detail = true,                                                             \
                  .formula = (formula_),                                                      \
                  .citation = (citation_) },                                                  \
        ENT_FROM(tie_sources), .compute = ent__valued_compute, .variant = (kind_),            \
        .conventions = ENT_KIND_CONVENTIONS(kind_),                                           \
    }

static const struct ent_input centred_inputs[] = {
    { .table = "igo_joint", .column = "joint_igos", .scope = ENT_SCOPE_ALL, .sums = true },
};

/* Every state's mean over those known, and that of all pairs. */
struct means {
    double *of;
    double all;
};

static enum ent_status average(const struct ent_inputs *in, struct ent_arena *arena,
                               const void **out, struct ent_error *err)
{
    const struct ent_array *joint = &in->at[0];
    struct means *m = ent__arena_alloc(arena, sizeof(*m));
    double sum = 0, known = 0;

    if (!m || !(m->of = ent__arena_array(arena, in->n + 1, sizeof(*m->of))))
        return ent_fail(err, ENT_ENOMEM, "out of memory for the means of %zu states", in->n);
    for (size_t i = 0; i < in->n; i++) {
        m->of[i] = joint->row_count[i] ? joint->row_sum[i] / joint->row_count[i] : NAN;
        sum += joint->row_sum[i];
        known += joint->row_count[i];
    }
    m->all = sum / known;
    *out = m;
    return ENT_OK;
}

static void centred(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    const struct means *m = in->prepared;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        double joint = ent__cell_of(in, 0, i, j);

        out[k] = joint - m->of[i] - m->of[j] + m->all;
        if (!steps)
            continue;
        ent__step(steps, joint, "organisations", "g_ij, shared by %s and %s", steps->from,
                  steps->to);
        ent__step(steps, m->of[i], "organisations", "g_i., mean of %s with all", steps->from);
        ent__step(steps, m->of[j], "organisations", "g_.j, mean of %s with all", steps->to);
        ent__step(steps, m->all, "organisations", "g_.., mean of the year over all pairs");
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}

static const struct ent_measure_source centred_sources[] = {
    {
        .name = "igo",
        .datasets = "igo",
        .inputs = centred_inputs,
        .input_count = ENT_COUNT_OF(centred_inputs),
        .prepare = average,
    },
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
    TIES("igo.ties_kappa", "kappa of shared organisations", F_KAPPA, C_KAPPA,
         ENT_SIMILARITY_KAPPA),
    TIES("igo.ties_pi", "pi of shared organisations", F_PI, C_PI, ENT_SIMILARITY_PI),
    TIES("igo.ties_s", "S of shared organisations", F_S, C_S, ENT_SIMILARITY_S_ABSOLUTE),
    TIES("igo.ties_s_squared", "S of shared organisations, squared", F_S2, C_S,
         ENT_SIMILARITY_S_SQUARED),
    TIES("igo.ties_agreement", "agreement of shared organisations", F_AGREE, C_AGREE,
         ENT_SIMILARITY_AGREEMENT),
    {
        .info = {
            .id = "igo.joint_centred",
            .title = "shared international organisations beside what is usual",
            .meaning = "how many more intergovernmental organisations X and Y share than each "
                       "does with all the world: 0 as usual, above 0 more, below 0 fewer",
            .unit = "organisations",
            .dimension = ENT_DIM_COMMITMENT,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_PLAIN,
            .formula = "g_ij - g_i. - g_.j + g_.., g being shared organisations",
            .citation = "own, after Pevehouse, Nordstrom, McManus and Jamison 2020",
        },
        ENT_FROM(centred_sources),
        .compute = centred,
    },
};

const struct ent_family ent__organisations_family = ENT_FAMILY(measures);
