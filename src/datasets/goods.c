/*
 * Trade by section of the Standard International Trade Classification (SITC), as a
 * user brings it: no publisher ships the table in this form.
 *
 * A row is what one state sold to another in a year in one of the ten sections, the
 * first digit of the code: year, exporter, importer, section, value in US$.  States are
 * written as a person writes them.  Comtrade's downloads at the level AG1 give it when
 * these five columns are kept and named so.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "exporter", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that sells" },
    { "importer", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that buys" },
    { "section", ENT_ROLE_KEY, ENT_TYPE_INT, "SITC section 0 to 9",
      "0 food, 1 drink and tobacco, 2 raw materials, 3 fuels, 4 oils and fats, 5 chemicals, 6 "
      "manufactures by material, 7 machinery, 8 other manufactures, 9 the rest" },
    { "value", ENT_ROLE_VALUE, ENT_TYPE_REAL, "US$", "value of the goods" },
};

enum {
    YEAR,
    EXPORTER,
    IMPORTER,
    SECTION,
    VALUE,
    COLUMNS
};

enum {
    LAST_SECTION = 9
};

static const struct ent_table table = {
    .name = "goods",
    .what = "what one state sold another in a year, by section of the SITC",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .duplicates = ENT_DUPLICATES_SUM,
};

static bool finish(struct ent_import *im, union ent_value *row)
{
    if (row[SECTION].i >= 0 && row[SECTION].i <= LAST_SECTION && !(row[VALUE].r < 0))
        return true;
    ent__import_problem(im, SIZE_MAX, "a section is 0 to 9, and a value is not below 0");
    return false;
}

static enum ent_status import_goods(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", YEAR },       { "exporter", EXPORTER, ENT_CODE_ANY },
        { "section", SECTION }, { "importer", IMPORTER, ENT_CODE_ANY },
        { "value", VALUE },
    };

    return ent__import_mapped_rows(im, &table, map, sizeof(map) / sizeof(map[0]), finish, err);
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = {
    "year", "exporter", "importer", "section", "value", NULL
};

static const struct ent_form forms[] = {
    {
        .name = "trade by section",
        .columns = header,
        .import = import_goods,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__goods = {
    .info = {
        .id = "goods",
        .title = "Trade by section of the SITC, the user's own",
        .publisher = "the user",
        .citation = "The user's own data.",
        .bibtex = "",
        .licence = "the user's",
        .url = "https://comtradeplus.un.org",
    },
    .years = "as given",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
