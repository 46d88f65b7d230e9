/*
 * Energy sold by one state to another, by fuel (BP, later Energy Institute,
 * Statistical Review of World Energy).
 *
 * Limits: single years from 2020 on; many buyers and sellers stand as regions in
 * the tables and so in no pair; older years are revised by later editions.  The
 * table is by importer: the matrix is handed on transposed, by seller.  What a state
 * imports in all is known for the states that the review lists one by one, from 2000 on.
 */
#include "measure/family.h"

#define FUEL(code_)                                                                      \
    {                                                                                    \
        .table = "energy_trade", .column = "volume", .where = "fuel", .equals = (code_), \
        .transposed = true                                                               \
    }

static const struct ent_input pipeline[] = { FUEL(1) };
static const struct ent_input lng[] = { FUEL(2) };
static const struct ent_input coal[] = { FUEL(3) };
static const struct ent_input crude[] = { FUEL(4) };
static const struct ent_input products[] = { FUEL(5) };

static const struct ent_measure_source pipeline_source[] = {
    ENT_SOURCE("energy", "energy", pipeline),
};
static const struct ent_measure_source lng_source[] = { ENT_SOURCE("energy", "energy", lng) };
static const struct ent_measure_source coal_source[] = { ENT_SOURCE("energy", "energy", coal) };
static const struct ent_measure_source crude_source[] = { ENT_SOURCE("energy", "energy",
                                                                     crude) };
static const struct ent_measure_source products_source[] = {
    ENT_SOURCE("energy", "energy", products),
};

#define IMPORTED(fuel_)                                                                     \
    {                                                                                       \
        .table = "energy_total", .column = "volume", .shape = ENT_SHAPE_STATE,              \
        .where = "fuel", .equals = (fuel_), .also = "flow", .also_equals = 1 /* imports */, \
    }

static const struct ent_input gas_imports[] = { IMPORTED(1), IMPORTED(2) };
static const struct ent_measure_source gas_imports_source[] = {
    ENT_SOURCE("energy", "energy", gas_imports),
};

/* Gas by pipeline and liquefied; NAN unless both are known. */
static void imported_gas(const struct ent_measure *measure, const struct ent_inputs *in,
                         const struct ent_pair *pairs, size_t count, double *out,
                         struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double piped = in->at[0].v[pairs[k].from];
        double liquefied = in->at[1].v[pairs[k].from];

        out[k] = piped + liquefied;
        if (!steps)
            continue;
        ent__step(steps, piped, measure->info.unit, "gas by pipeline, imported by %s",
                  steps->from);
        ent__step(steps, liquefied, measure->info.unit, "liquefied gas, imported by %s",
                  steps->from);
        ent__step(steps, out[k], measure->info.unit, "both");
    }
}

#define ENTRY(id_, title_, what_, unit_, source_)                               \
    {                                                                           \
        .info = {                                                             \
            .id = (id_),                                                      \
            .title = (title_),                                                \
            .meaning = "X -> Y: " what_ " that X delivers to Y in the year",  \
            .unit = (unit_),                                                  \
            .dimension = ENT_DIM_ECONOMY,                                     \
            .direction = ENT_DIRECTED,                                        \
            .sense = ENT_SENSE_CLOSER,                                        \
            .form = ENT_FORM_AMOUNT,                                          \
            .formula = "volume delivered",                                    \
            .citation = "Energy Institute, Statistical Review of World Energy", \
        },                                                                    \
        ENT_FROM(source_),                                                    \
        .compute = ent__cell, \
    }

static const struct ent_measure measures[] = {
    ENTRY("energy.pipeline_gas", "gas by pipeline", "natural gas by pipeline",
          "billion cubic metres", pipeline_source),
    ENTRY("energy.lng", "liquefied gas", "liquefied natural gas", "billion cubic metres",
          lng_source),
    ENTRY("energy.coal", "coal", "coal", "exajoules", coal_source),
    ENTRY("energy.crude_oil", "crude oil", "crude oil", "million tonnes", crude_source),
    ENTRY("energy.oil_products", "oil products", "refined oil products", "million tonnes",
          products_source),
    {
        .info = {
            .id = "energy.gas_imports",
            .title = "natural gas imported",
            .meaning = "how much natural gas the state imports in the year, by pipeline and liquefied",
            .unit = "billion cubic metres",
            .dimension = ENT_DIM_ECONOMY,
            .direction = ENT_MONADIC,
            .form = ENT_FORM_AMOUNT,
            .detail = true,
            .formula = "by pipeline + liquefied",
            .citation = "Energy Institute, Statistical Review of World Energy",
        },
        ENT_FROM(gas_imports_source),
        .compute = imported_gas,
    },
};

const struct ent_family ent__energy_family = ENT_FAMILY(measures);
