/*
 * Correlates of War, National Material Capabilities (Singer).
 *
 * Six indicators of a state's means in a year, and CINC, the mean of its six
 * shares of the system's sums.  A file does not say its release in a way that all
 * packagings share, but each release ends in another year, and that tells it.
 * Version 6 writes -9 for missing, version 7 leaves the cell empty.  CINC does not
 * sum to 1 over a year (1.07 in 1860): divide by its sum where a share is meant.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/mapped.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "milex", ENT_ROLE_VALUE, ENT_TYPE_REAL,
      "thousand current US$ (to 1913 thousand current British pounds)",
      "military expenditure" },
    { "milper", ENT_ROLE_VALUE, ENT_TYPE_REAL, "thousands", "military personnel" },
    { "irst", ENT_ROLE_VALUE, ENT_TYPE_REAL, "thousand tons", "iron and steel production" },
    { "pec", ENT_ROLE_VALUE, ENT_TYPE_REAL, "thousand coal-ton equivalents",
      "primary energy consumption" },
    { "tpop", ENT_ROLE_VALUE, ENT_TYPE_REAL, "thousands", "total population" },
    { "upop", ENT_ROLE_VALUE, ENT_TYPE_REAL, "thousands",
      "urban population, in cities of 100,000 or more" },
    { "cinc", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
      "Composite Index of National Capability: the mean share in the six indicators" },
};

enum {
    YEAR,
    STATE,
    MILEX,
    MILPER,
    IRST,
    PEC,
    TPOP,
    UPOP,
    CINC,
    COLUMNS
};

static const struct ent_table table = {
    .name = "nmc",
    .what = "material capabilities of a state in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

/* The last year of each release. */
static const struct {
    int64_t last_year;
    const char *version;
} releases[] = {
    { 2001, "3.02" }, { 2007, "4.0" }, { 2012, "5.0" }, { 2016, "6.0" }, { 2022, "7.0" },
};

static void set_version(struct ent_import *im, const struct ent_stage *stage)
{
    int64_t last = 0;

    for (size_t i = 0; i < stage->count; i++) {
        int64_t year = stage->cells[i * stage->stride + YEAR].i;

        last = year > last ? year : last;
    }
    for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++) {
        if (last <= releases[i].last_year) {
            ent__import_version(im, ent__str(releases[i].version));
            return;
        }
    }
    char text[40];

    snprintf(text, sizeof(text), "7.0 or later, to %lld", (long long)last);
    ent__import_version(im, ent__str(text));
}

static enum ent_status import_capabilities(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", YEAR },   { "ccode", STATE, ENT_CODE_COWN },
        { "milex", MILEX }, { "milper", MILPER },
        { "irst", IRST },   { "pec", PEC },
        { "tpop", TPOP },   { "upop", UPOP },
        { "cinc", CINC },
    };
    struct ent_stage *stage;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_mapped(im, &table, map, sizeof(map) / sizeof(map[0]), err));
    set_version(im, stage);
    return ENT_OK;
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "ccode", "year", "milex", "milper", "irst",
                                      "pec",   "tpop", "upop",  "cinc",   NULL };

static const struct ent_form forms[] = {
    {
        .name = "one row a state and year",
        .columns = header,
        .import = import_capabilities,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__nmc = {
    .info = {
        .id = "nmc",
        .title = "Correlates of War, National Material Capabilities",
        .publisher = "Correlates of War Project",
        .citation = "Singer, J. David, Stuart Bremer and John Stuckey. 1972. \"Capability "
                    "Distribution, Uncertainty, and Major Power War, 1820-1965.\" In Bruce "
                    "Russett (ed.), Peace, War, and Numbers. Beverly Hills: Sage, 19-48; and "
                    "Singer, J. David. 1987. \"Reconstructing the Correlates of War Dataset on "
                    "Material Capabilities of States, 1816-1985.\" International Interactions "
                    "14 (2): 115-132.",
        .bibtex = "@article{singer1987reconstructing, author = {Singer, J. David}, title = "
                  "{Reconstructing the Correlates of War Dataset on Material Capabilities of "
                  "States, 1816--1985}, journal = {International Interactions}, volume = {14}, "
                  "number = {2}, pages = {115--132}, year = {1987}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/national-material-capabilities/",
    },
    .years = "1816 to 2022 (version 7); 1816 to 2016 (version 6)",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
