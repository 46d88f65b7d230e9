/*
 * The balance of power: of two states, and of the whole system.
 *
 *   parity         min / max of the two capability indices, 0 to 1
 *   weaker's part  min / (i + j), 0 to 0.5
 *   log ratio      log(CINC_i / CINC_j)
 *   concentration  sqrt((sum s^2 - 1/N) / (1 - 1/N)), s the states' parts of the sum of
 *                  CINC: 0 all alike, 1 one has all (Ray and Singer 1973)
 *   net resources  GDP * GDP per head (Beckley 2018)
 *
 * CINC as in power.c.  Limits: CINC counts people and steel much; net resources are
 * Beckley's simple form, without a unit, and good for ratios alone.
 */
#include <math.h>

#include "measure/family.h"

/* Every state's CINC, and its concentration over those known. */
struct powers {
    double *cinc;
    double concentration;
    size_t known;
};

static double concentration_of(const double *cinc, size_t n, size_t *known)
{
    double sum = 0, squares = 0, states;

    *known = 0;
    for (size_t s = 0; s < n; s++) {
        if (isnan(cinc[s]))
            continue;
        sum += cinc[s];
        squares += cinc[s] * cinc[s];
        (*known)++;
    }
    states = (double)*known;
    if (*known < 2 || !(sum > 0))
        return NAN;
    /* Rounding can leave a little less than 0 when all are alike. */
    return sqrt(fmax(0, (squares / (sum * sum) - 1 / states) / (1 - 1 / states)));
}

static enum ent_status weigh(const struct ent_inputs *in, struct ent_arena *arena,
                             const void **out, struct ent_error *err)
{
    struct powers *powers = ent__arena_alloc(arena, sizeof(*powers));
    double *cinc = ent__arena_array(arena, in->n + 1, sizeof(*cinc));

    if (!powers || !cinc)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the power of %zu states", in->n);
    ent__cinc_of_all(in, cinc);
    powers->cinc = cinc;
    powers->concentration = concentration_of(cinc, in->n, &powers->known);
    *out = powers;
    return ENT_OK;
}

enum wanted {
    PARITY,
    WEAKER_PART,
    LOG_RATIO,
};

static double compare(enum wanted wanted, double a, double b)
{
    if (!(a >= 0 && b >= 0 && fmax(a, b) > 0))
        return NAN;
    switch (wanted) {
    case PARITY:
        return fmin(a, b) / fmax(a, b);
    case WEAKER_PART:
        return fmin(a, b) / (a + b);
    case LOG_RATIO:
        return a > 0 && b > 0 ? log(a / b) : (double)NAN;
    }
    return NAN;
}

static void of_two(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    const struct powers *powers = in->prepared;

    for (size_t k = 0; k < count; k++) {
        double a = powers->cinc[pairs[k].from], b = powers->cinc[pairs[k].to];

        out[k] = compare((enum wanted)measure->variant, a, b);
        if (!steps)
            continue;
        ent__step(steps, a, "", "capability index of %s", steps->from);
        ent__step(steps, b, "", "capability index of %s", steps->to);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

static void concentration(const struct ent_measure *measure, const struct ent_inputs *in,
                          const struct ent_pair *pairs, size_t count, double *out,
                          struct ent_steps *steps)
{
    const struct powers *powers = in->prepared;

    (void)pairs;
    for (size_t k = 0; k < count; k++) {
        out[k] = powers->concentration;
        ent__step(steps, (double)powers->known, "states", "states whose index is known");
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

/* Inputs: product, million US$ or US$, and people. */
static double resources_of(const struct ent_inputs *in, size_t state)
{
    double product = in->at[0].v[state], people = in->at[1].v[state];

    return people > 0 ? product * product / people : NAN;
}

static void resources(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double mine = resources_of(in, pairs[k].from);
        double yours = resources_of(in, pairs[k].to);

        out[k] = yours > 0 ? mine / yours : NAN;
        if (!steps)
            continue;
        ent__step(steps, mine, "", "product times product per head of %s", steps->from);
        ent__step(steps, yours, "", "product times product per head of %s", steps->to);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

#define NMC(column_)                                                                          \
    {                                                                                         \
        .table = "nmc", .column = (column_), .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_ALL \
    }
#define STATE(table_, column_)                                            \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_BOTH                                           \
    }

static const struct ent_input components[] = {
    NMC("milex"), NMC("milper"), NMC("irst"), NMC("pec"), NMC("tpop"), NMC("upop"),
};
static const struct ent_input wdi[] = {
    STATE("wdi_gdp", "gdp"),
    STATE("wdi_population", "population"),
};
static const struct ent_input pwt[] = { STATE("pwt", "cgdpo"), STATE("pwt", "pop") };

static const struct ent_measure_source cinc_sources[] = {
    {
        .name = "nmc",
        .datasets = "nmc",
        .inputs = components,
        .input_count = ENT_COUNT_OF(components),
        .prepare = weigh,
    },
};
static const struct ent_measure_source resources_sources[] = {
    ENT_SOURCE("wdi", "wdi", wdi),
    ENT_SOURCE("pwt", "pwt", pwt),
};

#define ENTRY(id_, title_, meaning_, direction_, formula_, citation_, sources_, compute_,    \
              variant_)                                                                      \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = "",                                                                    \
            .dimension = ENT_DIM_TRUST,                                                    \
            .direction = (direction_),                                                     \
            .sense = ENT_SENSE_NONE,                                                       \
            .form = ENT_FORM_PLAIN,                                                        \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = (compute_),                                                             \
        .variant = (variant_), \
    }

static const char singer[] = "Singer, Bremer and Stuckey 1972";

static const struct ent_measure measures[] = {
    ENTRY("power.parity", "parity of capabilities",
          "the capability index of the weaker of X and Y over that of the stronger: 1 alike",
          ENT_UNDIRECTED, "min(CINC_i, CINC_j) / max(CINC_i, CINC_j)", singer, cinc_sources,
          of_two, PARITY),
    ENTRY("power.weaker_part", "the weaker's part of capabilities",
          "the part of the capabilities of X and Y together that the weaker has: 0.5 alike",
          ENT_UNDIRECTED, "min(CINC_i, CINC_j) / (CINC_i + CINC_j)", singer, cinc_sources,
          of_two, WEAKER_PART),
    ENTRY("power.log_ratio", "ratio of capabilities, as a logarithm",
          "X -> Y: the logarithm of X's capability index over Y's: 0 alike", ENT_DIRECTED,
          "log(CINC_i / CINC_j)", singer, cinc_sources, of_two, LOG_RATIO),
    ENTRY(
        "power.concentration", "concentration of capabilities in the system",
        "how unevenly capabilities are spread over all states of the year, the same for every "
        "pair: 0 evenly, 1 one state has all",
        ENT_UNDIRECTED, "square root of (sum of s^2 - 1/N) / (1 - 1/N)", "Ray and Singer 1973",
        cinc_sources, concentration, 0),
    ENTRY("power.net_resources_ratio", "ratio of net resources",
          "X -> Y: X's gross domestic product times that per head over the same of Y",
          ENT_DIRECTED, "(GDP_i^2 / people_i) / (GDP_j^2 / people_j)", "Beckley 2018",
          resources_sources, resources, 0),
};

const struct ent_family ent__balance_family = ENT_FAMILY(measures);
