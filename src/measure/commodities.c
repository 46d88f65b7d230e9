/*
 * What one state buys from another, by kind of good, from China's imports of 2014
 * by partner and chapter of the Harmonised System (HS).
 *
 * Limits: the file has the five largest chapters of each partner only, so that every
 * share here is a lower bound: commodity.listed_share says how much of the imports
 * the five make up.  One importer, one year.  What counts as raw (HS 01-15, 23-27,
 * 44 and the like) is our own grouping: see the column `raw` of the table.
 */
#include <math.h>

#include "measure/family.h"

/* Inputs: all listed chapters, the chapters meant (one or two), and the total. */
enum {
    LISTED,
    MEANT
};

/* Sum of the chapters meant over all imports from the partner. */
static void share(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    size_t last = in->source->input_count - 1;

    for (size_t k = 0; k < count; k++) {
        double total = ent__cell_of(in, last, pairs[k].from, pairs[k].to), meant = 0;

        for (size_t c = MEANT; c < last; c++) {
            double value = ent__cell_of(in, c, pairs[k].from, pairs[k].to);

            meant += isnan(value) ? 0 : value;
        }
        /* None of the chapters listed is one of those meant: at least 0, and known. */
        if (isnan(ent__cell_of(in, LISTED, pairs[k].from, pairs[k].to)))
            meant = NAN;
        out[k] = total > 0 ? meant / total : NAN;
        if (!steps)
            continue;
        ent__step(steps, meant, "US$", "%s, imports of %s from %s", measure->info.title,
                  steps->from, steps->to);
        ent__step(steps, total, "US$", "all imports of %s from %s", steps->from, steps->to);
        ent__step(steps, out[k], "", "the first / the second, a lower bound");
    }
}

#define VALUE                                          \
    {                                                  \
        .table = "china_hs_imports", .column = "value" \
    }
#define VALUE_OF(where_, equals_)                                                              \
    {                                                                                          \
        .table = "china_hs_imports", .column = "value", .where = (where_), .equals = (equals_) \
    }
#define ALL                                                  \
    {                                                        \
        .table = "china_hs_total", .column = "imports_total" \
    }

static const struct ent_input listed[] = { VALUE, VALUE, ALL };
static const struct ent_input raw[] = { VALUE, VALUE_OF("raw", 1), ALL };
static const struct ent_input fuels[] = { VALUE, VALUE_OF("chapter", 27), ALL };
static const struct ent_input machinery[] = {
    VALUE,
    VALUE_OF("chapter", 84),
    VALUE_OF("chapter", 85),
    ALL,
};

static const struct ent_measure_source listed_source[] = {
    ENT_SOURCE("china_hs", "china_hs", listed),
};
static const struct ent_measure_source raw_source[] = {
    ENT_SOURCE("china_hs", "china_hs", raw),
};
static const struct ent_measure_source fuels_source[] = {
    ENT_SOURCE("china_hs", "china_hs", fuels),
};
static const struct ent_measure_source machinery_source[] = {
    ENT_SOURCE("china_hs", "china_hs", machinery),
};

#define ENTRY(id_, title_, what_, source_)                                                  \
    {                                                                                       \
        .info = {                                                                         \
            .id = (id_),                                                                  \
            .title = (title_),                                                            \
            .meaning = "X -> Y: the part of X's imports from Y that is " what_            \
                       ", at least: the five largest chapters alone are known",           \
            .unit = "",                                                                   \
            .dimension = ENT_DIM_ECONOMY,                                                 \
            .direction = ENT_DIRECTED,                                                    \
            .sense = ENT_SENSE_NONE,                                                      \
            .form = ENT_FORM_SHARE,                                                       \
            .formula = "imports of " what_ " among the five largest HS chapters / all "   \
                       "imports from Y",                                                  \
            .citation = "own grouping of HS chapters",                                    \
        },                                                                                \
        ENT_FROM(source_),                                                                \
        .compute = share, \
    }

static const struct ent_measure measures[] = {
    ENTRY("commodity.raw_share", "raw materials in imports",
          "raw materials, fuels and wood included", raw_source),
    ENTRY("commodity.fuel_share", "fuels in imports", "mineral fuels and oils (chapter 27)",
          fuels_source),
    ENTRY("commodity.machinery_share", "machinery in imports",
          "machinery and electrical equipment (chapters 84 and 85)", machinery_source),
    ENTRY("commodity.listed_share", "imports whose kind is known",
          "in the chapters that the file lists", listed_source),
};

const struct ent_family ent__commodities_family = ENT_FAMILY(measures);
