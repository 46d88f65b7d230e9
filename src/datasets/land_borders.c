/*
 * Which states share a land border: pairs of ISO letters, some one way round and
 * some both, without years.  A pair that is not in the list has no border.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

enum {
    STATE_A,
    STATE_B,
    BORDERS,
    COLUMNS
};

static const struct ent_column columns[] = {
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one state" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    { "borders", ENT_ROLE_COUNT, ENT_TYPE_INT, "borders", "1 a pair" },
};

static const struct ent_table table = {
    .name = "land_border",
    .what = "two states that share a land border today",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
    .absence = ENT_ABSENCE_ZERO,
};

static bool count_border(struct ent_import *im, union ent_value *row)
{
    (void)im;
    row[BORDERS].i = 1;
    return true;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "iso3_a", STATE_A, ENT_CODE_ISO3 },
        { "iso3_b", STATE_B, ENT_CODE_ISO3 },
    };

    return ent__import_mapped_rows(im, &table, map, sizeof(map) / sizeof(map[0]), count_border,
                                   err);
}

static const char *const header[] = { "iso3_a", "iso3_b", NULL };

static const struct ent_form forms[] = {
    { .name = "pairs", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__land_borders = {
    .info = {
        .id = "land_borders",
        .title = "Land borders",
        .publisher = "Natural Earth",
        .citation = "Natural Earth. Admin 0 countries: pairs of countries that share a land "
                    "border.",
        .bibtex = "@misc{naturalearth, author = {{Natural Earth}}, title = {Admin 0 Countries}, "
                  "howpublished = {\\url{https://www.naturalearthdata.com}}}",
        .licence = "unknown: see the publisher",
        .url = "https://www.naturalearthdata.com/downloads/",
    },
    .years = "today",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
