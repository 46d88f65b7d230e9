/*
 * How alike the two states are governed.
 *
 * Polity2 (Marshall, Gurr and Jaggers 2020) runs from -10, hereditary monarchy, to 10,
 * consolidated democracy; -66, -77 and -88 are no scores.  V-Dem's five indices
 * (Coppedge et al. 2025), each 0 to 1: electoral, liberal, participatory,
 * deliberative and egalitarian democracy.
 *
 * Distance and the weak link are different hypotheses: two autocracies are near each
 * other, and have a low weak link.  Limits: Polity ends in 2018; V-Dem's indices are
 * estimates, whose intervals stand beside them in the table; -6 and 6 are a custom.
 */
#include <math.h>

#include "measure/family.h"

enum {
    POLITY_RANGE = 20,
    DEMOCRACY = 6,
    AUTOCRACY = -6,
    INDICES = 5,
};

#define STATE(table_, column_)                                            \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_BOTH                                           \
    }

static const struct ent_input polity2[] = { STATE("polity5", "polity2") };
static const struct ent_input polyarchy[] = { STATE("vdem", "polyarchy") };
static const struct ent_input interval[] = {
    STATE("vdem", "polyarchy_low"),
    STATE("vdem", "polyarchy_high"),
};
static const struct ent_input indices[] = {
    STATE("vdem", "polyarchy"), STATE("vdem", "libdem"),  STATE("vdem", "partipdem"),
    STATE("vdem", "delibdem"),  STATE("vdem", "egaldem"),
};

static const struct ent_measure_source polity_sources[] = {
    ENT_SOURCE("polity5", "polity5", polity2),
};
static const struct ent_measure_source polyarchy_sources[] = {
    ENT_SOURCE("vdem", "vdem", polyarchy),
};
static const struct ent_measure_source interval_sources[] = {
    ENT_SOURCE("vdem", "vdem", interval),
};
static const struct ent_measure_source vdem_sources[] = {
    ENT_SOURCE("vdem", "vdem", indices),
};

static void
step_scores(const struct ent_inputs *in, const struct ent_pair *pair, struct ent_steps *steps)
{
    if (!steps)
        return;
    ent__step(steps, in->at[0].v[pair->from], "", "polity2 of %s", steps->from);
    ent__step(steps, in->at[0].v[pair->to], "", "polity2 of %s", steps->to);
}

/* |p_i - p_j| / 20. */
static void distance(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    const double *p = in->at[0].v;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        out[k] = fabs(p[pairs[k].from] - p[pairs[k].to]) / POLITY_RANGE;
        step_scores(in, &pairs[k], steps);
        ent__step(steps, out[k], "", "the absolute difference / 20");
    }
}

/* min(p_i, p_j); unknown when either is. */
static void weak_link(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    const double *p = in->at[0].v;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double a = p[pairs[k].from], b = p[pairs[k].to];

        out[k] = isnan(a) || isnan(b) ? NAN : fmin(a, b);
        step_scores(in, &pairs[k], steps);
        ent__step(steps, out[k], "", "the lower of the two");
    }
}

/* Both at least 6, or both at most -6: the variant is the bound. */
static void both(const struct ent_measure *measure, const struct ent_inputs *in,
                 const struct ent_pair *pairs, size_t count, double *out,
                 struct ent_steps *steps)
{
    const double *p = in->at[0].v;
    int bound = measure->variant;

    for (size_t k = 0; k < count; k++) {
        double a = p[pairs[k].from], b = p[pairs[k].to];

        out[k] = bound > 0 ? a >= bound && b >= bound : a <= bound && b <= bound;
        if (isnan(a) || isnan(b))
            out[k] = NAN;
        step_scores(in, &pairs[k], steps);
        ent__step(steps, out[k], "", "1 when both are %s %d",
                  bound > 0 ? "at least" : "at most", bound);
    }
}

/* 1 when one has at least the variant's score and the other at most its negative. */
static void mixed(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    const double *p = in->at[0].v;

    for (size_t k = 0; k < count; k++) {
        double low = fmin(p[pairs[k].from], p[pairs[k].to]);
        double high = fmax(p[pairs[k].from], p[pairs[k].to]);

        out[k] = low <= -measure->variant && high >= measure->variant;
        if (isnan(p[pairs[k].from]) || isnan(p[pairs[k].to]))
            out[k] = NAN;
        step_scores(in, &pairs[k], steps);
        ent__step(steps, out[k], "", "1 when one is at least %d and the other at most -%d",
                  measure->variant, measure->variant);
    }
}

/* Both at least the variant's hundredths of V-Dem's electoral democracy. */
static void both_electoral(const struct ent_measure *measure, const struct ent_inputs *in,
                           const struct ent_pair *pairs, size_t count, double *out,
                           struct ent_steps *steps)
{
    const double *p = in->at[0].v;

    for (size_t k = 0; k < count; k++) {
        double a = p[pairs[k].from], b = p[pairs[k].to];

        out[k] = isnan(a) || isnan(b) ? NAN : fmin(a, b);
        if (measure->variant)
            out[k] = isnan(out[k]) ? NAN : out[k] * 100 >= measure->variant;
        if (!steps)
            continue;
        ent__step(steps, a, "", "electoral democracy of %s", steps->from);
        ent__step(steps, b, "", "electoral democracy of %s", steps->to);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

/*
 * The least, or the most, that two states can be apart when each may be anywhere
 * within its interval: 0 at least when the intervals meet.
 */
static void apart(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    const double *low = in->at[0].v, *high = in->at[1].v;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        double one = low[i] - high[j], other = low[j] - high[i];

        if (isnan(one) || isnan(other))
            out[k] = NAN;
        else if (measure->variant)
            out[k] = fmax(-one, -other);
        else
            out[k] = fmax(0, fmax(one, other));
        if (!steps)
            continue;
        ent__step(steps, low[i], "", "lower bound of %s", steps->from);
        ent__step(steps, high[i], "", "upper bound of %s", steps->from);
        ent__step(steps, low[j], "", "lower bound of %s", steps->to);
        ent__step(steps, high[j], "", "upper bound of %s", steps->to);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

/* Euclidean distance over the five indices / sqrt(5): 0..1. */
static void vdem_distance(const struct ent_measure *measure, const struct ent_inputs *in,
                          const struct ent_pair *pairs, size_t count, double *out,
                          struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double squares = 0;

        for (size_t c = 0; c < INDICES; c++) {
            double d = in->at[c].v[pairs[k].from] - in->at[c].v[pairs[k].to];

            squares += d * d;
            if (steps)
                ent__step(steps, d, "", "%s of %s less that of %s",
                          in->source->inputs[c].column, steps->from, steps->to);
        }
        out[k] = sqrt(squares / INDICES);
        ent__step(steps, out[k], "", "square root of the mean of their squares");
    }
}

#define ENTRY(id_, title_, meaning_, direction_, sense_, form_, formula_, citation_, sources_,   \
              compute_, variant_)                                                                \
    {                                                                                            \
        .info = {                                                                              \
            .id = (id_),                                                                       \
            .title = (title_),                                                                 \
            .meaning = (meaning_),                                                             \
            .unit = "",                                                                        \
            .dimension = ENT_DIM_VALUES,                                                       \
            .direction = (direction_),                                                         \
            .sense = (sense_),                                                                 \
            .form = (form_),                                                                   \
            .formula = (formula_),                                                             \
            .citation = (citation_),                                                           \
        },                                                                                     \
        ENT_FROM(sources_),                                                                    \
        .compute = (compute_),                                                                 \
        .variant = (variant_), \
    }

#define DETAIL(id_, title_, meaning_, sense_, form_, formula_, citation_, sources_, compute_,  \
               variant_)                                                                       \
    {                                                                                          \
        .info = {                                                                            \
            .id = (id_),                                                                     \
            .title = (title_),                                                               \
            .meaning = (meaning_),                                                           \
            .unit = "",                                                                      \
            .dimension = ENT_DIM_VALUES,                                                     \
            .direction = ENT_UNDIRECTED,                                                     \
            .sense = (sense_),                                                               \
            .form = (form_),                                                                 \
            .detail = true,                                                                  \
            .formula = (formula_),                                                           \
            .citation = (citation_),                                                         \
        },                                                                                   \
        ENT_FROM(sources_),                                                                  \
        .compute = (compute_),                                                               \
        .variant = (variant_), \
    }

static const char polity[] = "Marshall, Gurr and Jaggers 2020";
static const char vdem[] = "Coppedge et al. 2025";

static const struct ent_measure measures[] = {
    ENTRY("regime.polity2", "regime score (Polity)",
          "how the state is governed: -10 full autocracy, 10 full democracy", ENT_MONADIC,
          ENT_SENSE_NONE, ENT_FORM_PLAIN, "as published", polity, polity_sources, ent__own, 0),
    ENTRY("regime.distance", "distance of regimes (Polity)",
          "how differently X and Y are governed: 0 alike, 1 as far apart as can be",
          ENT_UNDIRECTED, ENT_SENSE_FARTHER, ENT_FORM_PLAIN, "|polity2_i - polity2_j| / 20",
          polity, polity_sources, distance, 0),
    ENTRY("regime.weak_link", "regime of the less democratic (Polity)",
          "the regime score of the less democratic of the two, -10 to 10", ENT_UNDIRECTED,
          ENT_SENSE_NONE, ENT_FORM_PLAIN, "min(polity2_i, polity2_j)", polity, polity_sources,
          weak_link, 0),
    ENTRY("regime.joint_democracy", "both democracies (Polity)",
          "both X and Y have a regime score of 6 or more", ENT_UNDIRECTED, ENT_SENSE_CLOSER,
          ENT_FORM_YES_NO, "1 when both polity2 >= 6", polity, polity_sources, both, DEMOCRACY),
    ENTRY("regime.joint_autocracy", "both autocracies (Polity)",
          "both X and Y have a regime score of -6 or less", ENT_UNDIRECTED, ENT_SENSE_NONE,
          ENT_FORM_YES_NO, "1 when both polity2 <= -6", polity, polity_sources, both,
          AUTOCRACY),
    ENTRY("regime.polyarchy", "electoral democracy (V-Dem)",
          "how far the state's rulers answer to voters in free elections, 0 to 1", ENT_MONADIC,
          ENT_SENSE_NONE, ENT_FORM_PLAIN, "as published", vdem, polyarchy_sources, ent__own, 0),
    ENTRY("regime.polyarchy_distance", "distance in electoral democracy (V-Dem)",
          "how far apart X and Y are in electoral democracy, 0 to 1", ENT_UNDIRECTED,
          ENT_SENSE_FARTHER, ENT_FORM_PLAIN, "|polyarchy_i - polyarchy_j|", vdem,
          polyarchy_sources, ent__gap, 0),
    ENTRY("regime.vdem_distance", "distance of regimes (V-Dem)",
          "how far apart X and Y are over five kinds of democracy, 0 to 1", ENT_UNDIRECTED,
          ENT_SENSE_FARTHER, ENT_FORM_PLAIN,
          "Euclidean distance over five indices / square root of 5", vdem, vdem_sources,
          vdem_distance, 0),
    DETAIL("regime.joint_democracy7", "both democracies (Polity, 7 or more)",
           "both X and Y have a regime score of 7 or more", ENT_SENSE_CLOSER, ENT_FORM_YES_NO,
           "1 when both polity2 >= 7", polity, polity_sources, both, DEMOCRACY + 1),
    DETAIL("regime.joint_autocracy7", "both autocracies (Polity, -7 or less)",
           "both X and Y have a regime score of -7 or less", ENT_SENSE_NONE, ENT_FORM_YES_NO,
           "1 when both polity2 <= -7", polity, polity_sources, both, AUTOCRACY - 1),
    DETAIL("regime.mixed", "a democracy and an autocracy (Polity)",
           "one of X and Y has a regime score of 6 or more, the other of -6 or less",
           ENT_SENSE_FARTHER, ENT_FORM_YES_NO, "1 when one polity2 >= 6 and the other <= -6",
           polity, polity_sources, mixed, DEMOCRACY),
    DETAIL("regime.polyarchy_weak_link", "electoral democracy of the less democratic (V-Dem)",
           "the electoral democracy of the less democratic of the two, 0 to 1", ENT_SENSE_NONE,
           ENT_FORM_PLAIN, "min(polyarchy_i, polyarchy_j)", vdem, polyarchy_sources,
           both_electoral, 0),
    DETAIL("regime.joint_polyarchy", "both electoral democracies (V-Dem)",
           "both X and Y have an electoral democracy of 0.5 or more", ENT_SENSE_CLOSER,
           ENT_FORM_YES_NO, "1 when both polyarchy >= 0.5", vdem, polyarchy_sources,
           both_electoral, 50),
    DETAIL("regime.polyarchy_distance_least",
           "distance in electoral democracy, at least (V-Dem)",
           "how far apart X and Y are in electoral democracy when each is as near the other as "
           "its interval lets it be",
           ENT_SENSE_FARTHER, ENT_FORM_PLAIN, "max(0, low_i - high_j, low_j - high_i)", vdem,
           interval_sources, apart, 0),
    DETAIL(
        "regime.polyarchy_distance_most", "distance in electoral democracy, at most (V-Dem)",
        "how far apart X and Y are in electoral democracy when each is as far from the other "
        "as its interval lets it be",
        ENT_SENSE_FARTHER, ENT_FORM_PLAIN, "max(high_i - low_j, high_j - low_i)", vdem,
        interval_sources, apart, 1),
};

const struct ent_family ent__regime_family = ENT_FAMILY(measures);
