/*
 * Minimum distance between states by year (Schvitz and others, from CShapes 2.0),
 * as packaged with COW numbers: an R object cow_mindist of about a million rows.
 *
 * Distances are between the nearest points of the two territories, so neighbours
 * have 0.  A pair has one row a year.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

enum {
    YEAR,
    STATE_A,
    STATE_B,
    DISTANCE,
    COLUMNS
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one state" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    { "mindist_km", ENT_ROLE_VALUE, ENT_TYPE_REAL, "km",
      "distance between the nearest points of their territories" },
};

static const struct ent_table table = {
    .name = "mindist",
    .what = "minimum distance of two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

/* A pair without a distance has no row. */
static bool has_distance(struct ent_import *im, union ent_value *row)
{
    if (row[DISTANCE].r < 0)
        ent__import_problem(im, SIZE_MAX, "a distance of %g km", row[DISTANCE].r);
    return row[DISTANCE].r >= 0;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", YEAR },
        { "ccode1", STATE_A, ENT_CODE_COWN },
        { "ccode2", STATE_B, ENT_CODE_COWN },
        { "mindist", DISTANCE },
    };

    return ent__import_mapped_rows(im, &table, map, sizeof(map) / sizeof(map[0]), has_distance,
                                   err);
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "ccode1", "ccode2", "year", "mindist", NULL };

static const struct ent_form forms[] = {
    { .name = "dyad-years",
      .columns = header,
      .import = import,
      .missing_texts = missing_texts },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__mindist = {
    .info = {
        .id = "mindist",
        .title = "Minimum distance between states",
        .publisher = "Guy Schvitz and others (CShapes 2.0); packaged by Steven V. Miller",
        .citation = "Schvitz, Guy, Luc Girardin, Seraina Ruegger, Nils B. Weidmann, Lars-Erik "
                    "Cederman and Kristian Skrede Gleditsch. 2022. \"Mapping the International "
                    "System, 1886-2019: The CShapes 2.0 Dataset.\" Journal of Conflict Resolution "
                    "66 (1): 144-161. Packaged in: Miller, Steven V. 2022. \"peacesciencer: An R "
                    "Package for Quantitative Peace Science Research.\" Conflict Management and "
                    "Peace Science 39 (6): 755-779.",
        .bibtex = "@article{schvitz2022mapping, author = {Schvitz, Guy and Girardin, Luc and "
                  "R{\\\"u}egger, Seraina and Weidmann, Nils B. and Cederman, Lars-Erik and "
                  "Gleditsch, Kristian Skrede}, title = {Mapping the International System, "
                  "1886--2019: The {CShapes} 2.0 Dataset}, journal = {Journal of Conflict "
                  "Resolution}, volume = {66}, number = {1}, pages = {144--161}, year = {2022}}",
        .licence = "unknown: see the publisher",
        .url = "https://icr.ethz.ch/data/cshapes/",
    },
    .years = "1886 to 2019",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
