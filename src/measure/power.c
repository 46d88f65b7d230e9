/*
 * How much the two states weigh: capabilities, national product, population.
 *
 * CINC, the Composite Index of National Capability (Singer, Bremer and Stuckey 1972):
 * of each of six components (military expenditure and personnel, iron and steel,
 * energy, total and urban population) the state's share in the world, and the mean
 * of the shares that are known.  A missing component is skipped, not counted as 0.
 *
 * Limits: CINC weighs people and steel as much as money, so it puts China above the
 * United States since the 1990s; over all states it adds up to a little more than 1.
 * Products at exchange rates move with the rates; at purchasing power they do not,
 * but say less of what a state can buy abroad.
 */
#include <math.h>

#include "measure/family.h"

enum {
    COMPONENTS = 6
};

static const char *const component_names[COMPONENTS] = {
    "military expenditure", "military personnel", "iron and steel",
    "energy consumption",   "total population",   "urban population",
};

/* The sum of each component over all states for which it is known. */
static void world_sums(const struct ent_inputs *in, double sums[COMPONENTS])
{
    for (size_t c = 0; c < COMPONENTS; c++) {
        sums[c] = 0;
        for (size_t s = 0; s < in->n; s++)
            if (!isnan(in->at[c].v[s]))
                sums[c] += in->at[c].v[s];
    }
}

/* Mean of the shares that are known; NAN when none is. */
static double cinc_of(const struct ent_inputs *in, const double sums[COMPONENTS], size_t state,
                      const char *code, struct ent_steps *steps)
{
    double total = 0;
    size_t known = 0;

    for (size_t c = 0; c < COMPONENTS; c++) {
        double share = in->at[c].v[state] / sums[c];

        if (!(sums[c] > 0) || isnan(share))
            continue;
        total += share;
        known++;
        ent__step(steps, share, "", "share of %s in the world's %s", code, component_names[c]);
    }
    return known ? total / (double)known : NAN;
}

static void cinc(const struct ent_measure *measure, const struct ent_inputs *in,
                 const struct ent_pair *pairs, size_t count, double *out,
                 struct ent_steps *steps)
{
    double sums[COMPONENTS];

    (void)measure;
    world_sums(in, sums);
    for (size_t k = 0; k < count; k++) {
        out[k] = cinc_of(in, sums, pairs[k].from, steps ? steps->from : "", steps);
        ent__step(steps, out[k], "", "the mean of the shares that are known");
    }
}

void ent__cinc_of_all(const struct ent_inputs *in, double *index)
{
    double sums[COMPONENTS];

    world_sums(in, sums);
    for (size_t s = 0; s < in->n; s++)
        index[s] = cinc_of(in, sums, s, "", NULL);
}

static void cinc_ratio(const struct ent_measure *measure, const struct ent_inputs *in,
                       const struct ent_pair *pairs, size_t count, double *out,
                       struct ent_steps *steps)
{
    double index[ENT_MEASURE_STATES];

    (void)measure;
    ent__cinc_of_all(in, index);
    for (size_t k = 0; k < count; k++) {
        double above = index[pairs[k].from], below = index[pairs[k].to];

        out[k] = below > 0 ? above / below : NAN;
        if (!steps)
            continue;
        ent__step(steps, above, "", "capability index of %s", steps->from);
        ent__step(steps, below, "", "capability index of %s", steps->to);
        ent__step(steps, out[k], "", "%s / %s", steps->from, steps->to);
    }
}

/* US$ to million US$. */
static void millions(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        out[k] = in->at[0].v[pairs[k].from] / 1e6;
        if (steps)
            ent__step(steps, out[k], measure->info.unit, "%s of %s", measure->info.title,
                      steps->from);
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
static const struct ent_input published[] = { STATE("nmc", "cinc") };
static const struct ent_input wdi_gdp[] = { STATE("wdi_gdp", "gdp") };
static const struct ent_input wdi_population[] = { STATE("wdi_population", "population") };
static const struct ent_input pwt_gdp[] = { STATE("pwt", "cgdpo") };

static const struct ent_measure_source cinc_sources[] = {
    ENT_SOURCE("nmc", "nmc", components),
};
static const struct ent_measure_source published_sources[] = {
    ENT_SOURCE("nmc", "nmc", published),
};
static const struct ent_measure_source gdp_sources[] = { ENT_SOURCE("wdi", "wdi", wdi_gdp) };
static const struct ent_measure_source gdp_ppp_sources[] = {
    ENT_SOURCE("pwt", "pwt", pwt_gdp),
};
static const struct ent_measure_source population_sources[] = {
    ENT_SOURCE("wdi", "wdi", wdi_population),
};

/* What a state weighs by itself says nothing of closeness; the ratio is of trust. */
#define ENTRY(id_, title_, meaning_, unit_, dimension_, direction_, form_, formula_,   \
              citation_, sources_, compute_)                                           \
    {                                                                                  \
        .info = {                                                                    \
            .id = (id_),                                                             \
            .title = (title_),                                                       \
            .meaning = (meaning_),                                                   \
            .unit = (unit_),                                                         \
            .dimension = (dimension_),                                               \
            .direction = (direction_),                                               \
            .sense = ENT_SENSE_NONE,                                                 \
            .form = (form_),                                                         \
            .formula = (formula_),                                                   \
            .citation = (citation_),                                                 \
        },                                                                           \
        ENT_FROM(sources_),                                                          \
        .compute = (compute_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("power.gdp", "gross domestic product",
          "what the state produces in the year, at exchange rates", "million current US$",
          ENT_DIM_ECONOMY, ENT_MONADIC, ENT_FORM_AMOUNT, "as published", "World Bank",
          gdp_sources, millions),
    ENTRY("power.gdp_ratio", "ratio of national products",
          "X -> Y: X's gross domestic product over Y's, at exchange rates", "", ENT_DIM_ECONOMY,
          ENT_DIRECTED, ENT_FORM_PLAIN, "GDP_i / GDP_j", "World Bank", gdp_sources, ent__ratio),
    ENTRY("power.gdp_ppp", "gross domestic product at purchasing power",
          "what the state produces in the year, at prices that are the same for all states",
          "million PPP US$", ENT_DIM_ECONOMY, ENT_MONADIC, ENT_FORM_AMOUNT,
          "output-side real GDP at current purchasing-power parities (cgdpo)",
          "Feenstra, Inklaar and Timmer 2015", gdp_ppp_sources, ent__own),
    ENTRY("power.gdp_ppp_ratio", "ratio of national products at purchasing power",
          "X -> Y: X's gross domestic product over Y's, at the same prices for both", "",
          ENT_DIM_ECONOMY, ENT_DIRECTED, ENT_FORM_PLAIN, "GDP_i / GDP_j",
          "Feenstra, Inklaar and Timmer 2015", gdp_ppp_sources, ent__ratio),
    ENTRY("power.population", "population", "how many people live in the state", "people",
          ENT_DIM_ECONOMY, ENT_MONADIC, ENT_FORM_AMOUNT, "as published", "World Bank",
          population_sources, ent__own),
    ENTRY("power.cinc", "capability index (CINC)",
          "the state's part of the world's military, industrial and demographic capabilities",
          "", ENT_DIM_TRUST, ENT_MONADIC, ENT_FORM_PLAIN,
          "mean of the known shares in six world totals, computed from the components",
          "Singer, Bremer and Stuckey 1972", cinc_sources, cinc),
    ENTRY("power.cinc_published", "capability index (CINC), as published",
          "the same index as the dataset's authors give it", "", ENT_DIM_TRUST, ENT_MONADIC,
          ENT_FORM_PLAIN, "as published", "Singer, Bremer and Stuckey 1972", published_sources,
          ent__own),
    ENTRY("power.cinc_ratio", "ratio of capabilities",
          "X -> Y: X's capability index over Y's: far above 1, Y has more to fear from X", "",
          ENT_DIM_TRUST, ENT_DIRECTED, ENT_FORM_PLAIN, "CINC_i / CINC_j",
          "Singer, Bremer and Stuckey 1972", cinc_sources, cinc_ratio),
};

const struct ent_family ent__power_family = ENT_FAMILY(measures);
