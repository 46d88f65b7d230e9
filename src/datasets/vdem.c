/*
 * Varieties of Democracy (Coppedge et al.), the high-level indices by country and
 * year: in the simplified file with COW and Gleditsch-Ward numbers, or in V-Dem's
 * own country-year file.
 *
 * codelow and codehigh bound the interval that one standard deviation of the
 * measurement model covers.  V-Dem also codes what is no state (colonies before
 * independence, Gaza, the West Bank): `in_system` says what the file says of it,
 * and what has no number and no known name is listed as unmatched.  Version n
 * covers the years to 2009 + n, and that tells which it is.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/import.h"

/* An index here, and its column in the file; each has two bounds and a deviation. */
#define INDICES(X)                          \
    X(polyarchy, "electoral democracy")     \
    X(libdem, "liberal democracy")          \
    X(partipdem, "participatory democracy") \
    X(delibdem, "deliberative democracy")   \
    X(egaldem, "egalitarian democracy")     \
    X(api, "additive polyarchy")            \
    X(mpi, "multiplicative polyarchy")

#define VALUE(name, text)                                   \
    {                                                       \
        name, ENT_ROLE_VALUE, ENT_TYPE_REAL, "0 to 1", text \
    }
#define INDEX_COLUMNS(name, what)                                                 \
    VALUE(#name, "index of " what), VALUE(#name "_low", "lower bound of " #name), \
        VALUE(#name "_high", "upper bound of " #name),                            \
        VALUE(#name "_sd", "standard deviation of " #name),
#define INDEX_FILES(name, what) \
    "v2x_" #name, "v2x_" #name "_codelow", "v2x_" #name "_codehigh", "v2x_" #name "_sd",

static const char *const files[] = { INDICES(INDEX_FILES) };

enum {
    VALUES = sizeof(files) / sizeof(files[0]),
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    INDICES(INDEX_COLUMNS){
        "in_system", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
        "1: the file counts it in Gleditsch and Ward's system in this year" },
};

enum {
    YEAR,
    STATE,
    FIRST_VALUE,
    IN_SYSTEM = FIRST_VALUE + VALUES,
    COLUMNS
};

static const struct ent_table table = {
    .name = "vdem",
    .what = "indices of democracy of a state in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

struct reader {
    struct ent_import *im;
    struct ent_stage *stage;
    size_t year, cown, own_cown, gwn, name, in_system;
    size_t value[VALUES];
    int64_t last_year;
};

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    ENT_TRY(ent__import_need(r->im, "year", &r->year, err));
    ENT_TRY(ent__import_need(r->im, "v2x_polyarchy", &r->value[0], err));
    for (size_t i = 0; i < VALUES; i++)
        r->value[i] = ent__import_column(r->im, files[i]);
    r->cown = ent__import_column(r->im, "cown");
    r->own_cown = ent__import_column(r->im, "vdem_cowcode");
    r->gwn = ent__import_column(r->im, "GWn");
    r->name = ent__import_column(r->im, "vdem_country_name");
    r->in_system = ent__import_column(r->im, "in_GW_system");
    if (r->cown == SIZE_MAX)
        r->cown = ent__import_column(r->im, "COWcode");
    if (r->name == SIZE_MAX)
        ENT_TRY(ent__import_need(r->im, "country_name", &r->name, err));
    return ent__import_stage(r->im, &table, &r->stage, err);
}

/* By the first number that is given, else by name. */
static int state_of(struct reader *r, int year)
{
    if (!ent__import_missing(r->im, r->cown))
        return ent__import_state(r->im, r->cown, ENT_CODE_COWN, year);
    if (!ent__import_missing(r->im, r->own_cown))
        return ent__import_state(r->im, r->own_cown, ENT_CODE_COWN, year);
    if (!ent__import_missing(r->im, r->gwn))
        return ent__import_state(r->im, r->gwn, ENT_CODE_GWN, year);
    return ent__import_state(r->im, r->name, ENT_CODE_NAME, year);
}

static enum ent_status put_row(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    struct ent_str in_system;
    int64_t year;
    int state;

    if (!ent__import_int(r->im, r->year, &year))
        return ENT_OK;
    state = state_of(r, (int)year);
    if (state < 0)
        return ENT_OK;
    r->last_year = year > r->last_year ? year : r->last_year;
    ENT_TRY(ent__import_row(r->im, r->stage, &row, err));
    row[YEAR].i = year;
    row[STATE].i = state;
    for (size_t i = 0; i < VALUES; i++)
        (void)ent__import_put_real(r->im, r->value[i], &row[FIRST_VALUE + i]);
    in_system = ent__import_text(r->im, r->in_system);
    if (in_system.len)
        row[IN_SYSTEM].i = ent__str_is_nocase(in_system, "TRUE") || ent__str_is(in_system, "1");
    ent__import_end_row(r->im, r->stage);
    return ENT_OK;
}

static enum ent_status import_indices(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    char version[24];
    bool more;

    ENT_TRY(find_columns(&r, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_row(&r, err));
    }
    if (r.last_year > 2009) {
        snprintf(version, sizeof(version), "%lld", (long long)(r.last_year - 2009));
        ent__import_version(im, ent__str(version));
    }
    return ENT_OK;
}

static const char *const simple_header[] = { "vdem_country_name", "year", "v2x_polyarchy",
                                             "cown", NULL };
static const char *const full_header[] = { "country_name", "year", "v2x_polyarchy", "COWcode",
                                           NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "indices by country and year, simplified",
        .columns = simple_header,
        .import = import_indices,
        .missing_texts = missing_texts,
    },
    {
        .name = "V-Dem's country-year file",
        .columns = full_header,
        .import = import_indices,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__vdem = {
    .info = {
        .id = "vdem",
        .title = "Varieties of Democracy, high-level indices",
        .publisher = "V-Dem Institute, University of Gothenburg",
        .citation = "Coppedge, Michael, John Gerring, Carl Henrik Knutsen, Staffan I. "
                    "Lindberg, Jan Teorell et al. 2025. \"V-Dem Country-Year Dataset v15.\" "
                    "Varieties of Democracy (V-Dem) Project, "
                    "https://doi.org/10.23696/vdemds25.",
        .bibtex = "@data{coppedge2025vdem, author = {Coppedge, Michael and Gerring, John and "
                  "Knutsen, Carl Henrik and Lindberg, Staffan I. and Teorell, Jan and others}, "
                  "title = {V-Dem Country-Year Dataset v15}, publisher = {Varieties of "
                  "Democracy (V-Dem) Project}, year = {2025}, doi = {10.23696/vdemds25}}",
        .licence = "CC BY-SA 4.0",
        .url = "https://www.v-dem.net/data/the-v-dem-dataset/",
    },
    .years = "1789 to 2024 (version 15)",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
