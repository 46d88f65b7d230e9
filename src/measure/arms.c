/*
 * Deliveries of major conventional arms (SIPRI), in trend-indicator values (TIV): a
 * measure of military capability, not of money.
 *
 *   a_ij  deliveries of i to j over the year and the four before
 *
 * Five years, as SIPRI itself uses, since deliveries come in lumps.  The whole of a
 * share holds what went to, or came from, rebels, organisations and unknown hands too,
 * where the source has it (the register).  The register
 * lists every deal, the tables sums by supplier; they are of different editions, and
 * an edition changes years long past: Russia to India 2013-2017 is 34.1 % in the tables
 * of 2022 and 31.8 % in the register of 2026.
 *
 * Limits: no small arms; a delivery under half a million TIV stands as 0 in the
 * tables; a share is unknown when the whole is 0.  Never divide TIV by a product.
 */
#include <math.h>

#include "measure/family.h"

static double delivered(const struct ent_inputs *in, size_t supplier, size_t recipient)
{
    return ent__cell_of(in, 0, supplier, recipient);
}

static double received(const struct ent_inputs *in, size_t recipient, size_t supplier)
{
    return ent__cell_of(in, 0, supplier, recipient);
}

static const char tiv[] = "million TIV";

static void step_delivered(const struct ent_inputs *in, const struct ent_pair *pair,
                           struct ent_steps *steps)
{
    if (steps)
        ent__step(steps, delivered(in, pair->from, pair->to), tiv,
                  "arms delivered, %s -> %s, %d to %d", steps->from, steps->to, in->year - 4,
                  in->year);
}

/* All that a state delivered, or received: the source's own total, or the sum over states. */
static double whole(const struct ent_inputs *in, const double *sums, size_t state)
{
    return in->source->input_count > 1 ? in->at[1].v[state] : sums[state];
}

/* a_ij / sum over k of a_ik. */
static void supplier_share(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    const double *sums = in->at[0].row_sum;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double all = whole(in, sums, pairs[k].from);

        out[k] = all > 0 ? delivered(in, pairs[k].from, pairs[k].to) / all : NAN;
        step_delivered(in, &pairs[k], steps);
        if (!steps)
            continue;
        ent__step(steps, all, tiv, "all that %s delivered", steps->from);
        ent__step(steps, out[k], "", "share of %s in that", steps->to);
    }
}

/* a_ij / sum over k of a_kj. */
static void recipient_share(const struct ent_measure *measure, const struct ent_inputs *in,
                            const struct ent_pair *pairs, size_t count, double *out,
                            struct ent_steps *steps)
{
    const double *sums = in->at[0].column_sum;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double all = whole(in, sums, pairs[k].to);

        out[k] = all > 0 ? delivered(in, pairs[k].from, pairs[k].to) / all : NAN;
        step_delivered(in, &pairs[k], steps);
        if (!steps)
            continue;
        ent__step(steps, all, tiv, "all that %s received", steps->to);
        ent__step(steps, out[k], "", "share of %s in that", steps->from);
    }
}

/* Place of j among i's customers. */
static void supplier_rank(const struct ent_measure *measure, const struct ent_inputs *in,
                          const struct ent_pair *pairs, size_t count, double *out,
                          struct ent_steps *steps)
{
    struct ent_partners partners;

    (void)measure;
    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        double value = delivered(in, pairs[k].from, pairs[k].to);

        out[k] = NAN;
        step_delivered(in, &pairs[k], steps);
        if (!(value > 0) || ent__is_territory(in->states[pairs[k].to]))
            continue;
        ent__partners_of(&partners, in, delivered, pairs[k].from);
        out[k] = ent__partners_rank(&partners, value);
        if (steps)
            ent__step(steps, out[k], "", "place of %s among the %zu customers of %s", steps->to,
                      partners.positive, steps->from);
    }
}

/* Place of i among j's suppliers. */
static void recipient_rank(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    struct ent_partners partners;

    (void)measure;
    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        double value = delivered(in, pairs[k].from, pairs[k].to);

        out[k] = NAN;
        step_delivered(in, &pairs[k], steps);
        if (!(value > 0) || ent__is_territory(in->states[pairs[k].from]))
            continue;
        ent__partners_of(&partners, in, received, pairs[k].to);
        out[k] = ent__partners_rank(&partners, value);
        if (steps)
            ent__step(steps, out[k], "", "place of %s among the %zu suppliers of %s",
                      steps->from, partners.positive, steps->to);
    }
}

#define FIVE(table_, column_, scope_)                                             \
    {                                                                             \
        .table = (table_), .column = (column_), .view = ENT_VIEW_SUM, .years = 5, \
        .one_way = true, .scope = (scope_), .sums = true                          \
    }

static const struct ent_input register_pair[] = {
    FIVE("arms_transfer", "tiv_delivered", ENT_SCOPE_PAIR),
};
static const struct ent_input register_from[] = {
    FIVE("arms_transfer", "tiv_delivered", ENT_SCOPE_FROM),
};
static const struct ent_input register_to[] = {
    FIVE("arms_transfer", "tiv_delivered", ENT_SCOPE_TO),
};
#define ALL_FIVE(table_, scope_)                                                \
    {                                                                           \
        .table = (table_), .column = "tiv_delivered", .shape = ENT_SHAPE_STATE, \
        .view = ENT_VIEW_SUM, .years = 5, .scope = (scope_)                     \
    }
static const struct ent_input register_supplied[] = {
    FIVE("arms_transfer", "tiv_delivered", ENT_SCOPE_FROM),
    ALL_FIVE("arms_supplied", ENT_SCOPE_FROM),
};
static const struct ent_input register_received[] = {
    FIVE("arms_transfer", "tiv_delivered", ENT_SCOPE_TO),
    ALL_FIVE("arms_received", ENT_SCOPE_TO),
};
static const struct ent_input table_pair[] = { FIVE("sipri_tiv", "tiv", ENT_SCOPE_PAIR) };
static const struct ent_input table_from[] = { FIVE("sipri_tiv", "tiv", ENT_SCOPE_FROM) };
static const struct ent_input table_to[] = { FIVE("sipri_tiv", "tiv", ENT_SCOPE_TO) };

static const struct ent_measure_source pair_sources[] = {
    ENT_SOURCE("sipri_register", "sipri_register", register_pair),
    ENT_SOURCE("sipri_tiv", "sipri_tiv", table_pair),
};
static const struct ent_measure_source from_sources[] = {
    ENT_SOURCE("sipri_register", "sipri_register", register_from),
    ENT_SOURCE("sipri_tiv", "sipri_tiv", table_from),
};
static const struct ent_measure_source supplied_sources[] = {
    ENT_SOURCE("sipri_register", "sipri_register", register_supplied),
    ENT_SOURCE("sipri_tiv", "sipri_tiv", table_from),
};
static const struct ent_measure_source received_sources[] = {
    ENT_SOURCE("sipri_register", "sipri_register", register_received),
    ENT_SOURCE("sipri_tiv", "sipri_tiv", table_to),
};
static const struct ent_measure_source to_sources[] = {
    ENT_SOURCE("sipri_register", "sipri_register", register_to),
    ENT_SOURCE("sipri_tiv", "sipri_tiv", table_to),
};

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, formula_, sources_, compute_)   \
    {                                                                                      \
        .info = {                                                                        \
            .id = (id_),                                                                 \
            .title = (title_),                                                           \
            .meaning = (meaning_),                                                       \
            .unit = (unit_),                                                             \
            .dimension = ENT_DIM_MILITARY,                                               \
            .direction = ENT_DIRECTED,                                                   \
            .sense = (sense_),                                                           \
            .form = (form_),                                                             \
            .formula = (formula_),                                                       \
            .citation = "SIPRI Arms Transfers Database",                                 \
        },                                                                               \
        ENT_FROM(sources_),                                                              \
        .compute = (compute_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("arms.delivered5", "arms delivered over five years",
          "X -> Y: major arms that X delivered to Y in this year and the four before", tiv,
          ENT_SENSE_CLOSER, ENT_FORM_AMOUNT, "a_ij, sum of TIV over years t - 4 to t",
          pair_sources, ent__cell),
    ENTRY("arms.supplier_share", "share in the supplier's arms deliveries",
          "X -> Y: the part of all arms that X delivered over five years that went to Y", "",
          ENT_SENSE_CLOSER, ENT_FORM_SHARE, "a_ij / all that i delivered", supplied_sources,
          supplier_share),
    ENTRY("arms.recipient_share", "share in the recipient's arms imports",
          "X -> Y: the part of all arms that Y received over five years that came from X", "",
          ENT_SENSE_CLOSER, ENT_FORM_SHARE, "a_ij / all that j received", received_sources,
          recipient_share),
    ENTRY("arms.supplier_rank", "rank among the supplier's customers",
          "X -> Y: the place of Y among those whom X delivered arms to over five years, 1 the "
          "largest",
          "", ENT_SENSE_FARTHER, ENT_FORM_RANK, "1 + number of states k with a_ik > a_ij",
          from_sources, supplier_rank),
    ENTRY("arms.recipient_rank", "rank among the recipient's suppliers",
          "X -> Y: the place of X among those who delivered arms to Y over five years, 1 the "
          "largest",
          "", ENT_SENSE_FARTHER, ENT_FORM_RANK, "1 + number of states k with a_kj > a_ij",
          to_sources, recipient_rank),
};

const struct ent_family ent__arms_family = ENT_FAMILY(measures);
