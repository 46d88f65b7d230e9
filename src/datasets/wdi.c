/*
 * World Bank, World Development Indicators: GDP in current US$ and population.
 *
 * Two shapes: the Bank's own download, where each row has an indicator's code and
 * a column a year; and the long tables "Country Name, Country Code, Year, Value",
 * which do not say what they hold.  Those are told apart by their values: numbers
 * of persons are whole, and GDP in US$ is not.  Aggregates (WLD, EUU, incomes) are
 * among the countries; they are no states and end in the list of unmatched codes.
 */
#include <math.h>

#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    STATE,
    VALUE,
    COLUMNS
};

static const struct ent_column gdp_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "gdp", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$", "gross domestic product" },
};

static const struct ent_table gdp_table = {
    .name = "wdi_gdp",
    .what = "gross domestic product of a state in a year",
    .columns = gdp_columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

static const struct ent_column population_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "population", ENT_ROLE_VALUE, ENT_TYPE_REAL, "persons", "population at mid-year" },
};

static const struct ent_table population_table = {
    .name = "wdi_population",
    .what = "population of a state in a year",
    .columns = population_columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

static enum ent_status put_value(struct ent_import *im, struct ent_stage *stage, int64_t year,
                                 int state, size_t column, struct ent_error *err)
{
    union ent_value *row;
    double value;

    if (!ent__import_real(im, column, &value))
        return ENT_OK;
    if (value < 0) {
        ent__import_problem(im, column, "%g; it cannot be negative", value);
        return ENT_OK;
    }
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[STATE].i = state;
    row[VALUE].r = value;
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status
import_long(struct ent_import *im, const struct ent_table *table, struct ent_error *err)
{
    size_t code, year, value;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, table, &stage, err));
    ENT_TRY(ent__import_need(im, "Country Code", &code, err));
    ENT_TRY(ent__import_need(im, "Year", &year, err));
    ENT_TRY(ent__import_need(im, "Value", &value, err));
    for (;;) {
        int64_t when;
        int state;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_year(im, year, &when))
            continue;
        state = ent__import_state(im, code, ENT_CODE_ISO3, (int)when);
        if (state >= 0)
            ENT_TRY(put_value(im, stage, when, state, value, err));
    }
}

static enum ent_status import_long_gdp(struct ent_import *im, struct ent_error *err)
{
    ent__import_part(im, ent__str("gdp"));
    return import_long(im, &gdp_table, err);
}

static enum ent_status import_long_population(struct ent_import *im, struct ent_error *err)
{
    ent__import_part(im, ent__str("population"));
    return import_long(im, &population_table, err);
}

/* One row of the Bank's own download: a country's series. */
static enum ent_status
put_series(struct ent_import *im, struct ent_stage *stage, size_t code, struct ent_error *err)
{
    int state = ent__import_state(im, code, ENT_CODE_ISO3, 0);

    for (size_t c = code + 1; state >= 0 && c < im->preview->name_count; c++) {
        int64_t year;

        if (ent__cell_i64(&im->preview->names[c], &year) && year >= 1900 && year <= 2200)
            ENT_TRY(put_value(im, stage, year, state, c, err));
    }
    return ENT_OK;
}

static enum ent_status import_wide(struct ent_import *im, const struct ent_table *table,
                                   const char *wanted, struct ent_error *err)
{
    size_t code, indicator;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, table, &stage, err));
    ENT_TRY(ent__import_need(im, "Country Code", &code, err));
    ENT_TRY(ent__import_need(im, "Indicator Code", &indicator, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (ent__str_is(ent__import_text(im, indicator), wanted))
            ENT_TRY(put_series(im, stage, code, err));
    }
}

#define GDP_CODE        "NY.GDP.MKTP.CD"
#define POPULATION_CODE "SP.POP.TOTL"

static enum ent_status import_wide_gdp(struct ent_import *im, struct ent_error *err)
{
    ent__import_part(im, ent__str("gdp"));
    return import_wide(im, &gdp_table, GDP_CODE, err);
}

static enum ent_status import_wide_population(struct ent_import *im, struct ent_error *err)
{
    ent__import_part(im, ent__str("population"));
    return import_wide(im, &population_table, POPULATION_CODE, err);
}

static size_t column_of(const struct ent_preview *p, const char *name)
{
    for (size_t c = 0; c < p->name_count; c++) {
        if (ent__str_is_nocase(ent__str_trim(p->names[c].text), name))
            return c;
    }
    return SIZE_MAX;
}

/* Whether every row seen has a text in a column. */
static bool all_say(const struct ent_preview *p, const char *name, const char *text)
{
    size_t c = column_of(p, name);
    size_t first = p->header == SIZE_MAX ? 0 : p->header + 1;

    for (size_t r = first; r < p->row_count; r++) {
        if (c >= p->rows[r].cell_count ||
            !ent__str_is(ent__str_trim(p->rows[r].cells[c].text), text))
            return false;
    }
    return first < p->row_count;
}

static bool is_wide_gdp(const struct ent_preview *p)
{
    return all_say(p, "Indicator Code", GDP_CODE);
}

static bool is_wide_population(const struct ent_preview *p)
{
    return all_say(p, "Indicator Code", POPULATION_CODE);
}

/* Count the values seen, and those that have a fraction. */
static void count_values(const struct ent_preview *p, size_t *values, size_t *fractions)
{
    size_t c = column_of(p, "Value");

    *values = *fractions = 0;
    for (size_t r = p->header == SIZE_MAX ? 0 : p->header + 1; r < p->row_count; r++) {
        double value;

        if (c >= p->rows[r].cell_count || !ent__cell_f64(&p->rows[r].cells[c], &value))
            continue;
        (*values)++;
        *fractions += value != floor(value);
    }
}

/* Indicators in percent have fractions too, but are no millions. */
static bool is_long_gdp(const struct ent_preview *p)
{
    size_t c = column_of(p, "Value");
    size_t first = p->header == SIZE_MAX ? 0 : p->header + 1;
    size_t values, fractions;
    double value;

    count_values(p, &values, &fractions);
    if (fractions == 0)
        return false;
    for (size_t r = first; r < p->row_count; r++) {
        if (c < p->rows[r].cell_count && ent__cell_f64(&p->rows[r].cells[c], &value) &&
            value < 1e6)
            return false;
    }
    return true;
}

static bool is_long_population(const struct ent_preview *p)
{
    size_t values, fractions;

    count_values(p, &values, &fractions);
    return values > 0 && fractions == 0;
}

static const char *const missing_texts[] = { "..", "NA", NULL };
static const char *const long_header[] = { "Country Name", "Country Code", "Year", "Value",
                                           NULL };
static const char *const wide_header[] = { "Country Name", "Country Code", "Indicator Name",
                                           "Indicator Code", NULL };

#define FORM(title, header, test, function)                                      \
    {                                                                            \
        .name = title, .columns = header, .recognise = test, .import = function, \
        .missing_texts = missing_texts,                                          \
    }

static const struct ent_form forms[] = {
    FORM("GDP, a row a country and year", long_header, is_long_gdp, import_long_gdp),
    FORM("population, a row a country and year", long_header, is_long_population,
         import_long_population),
    FORM("GDP, a column a year", wide_header, is_wide_gdp, import_wide_gdp),
    FORM("population, a column a year", wide_header, is_wide_population,
         import_wide_population),
};

static const struct ent_table *const tables[] = { &gdp_table, &population_table, NULL };

const struct ent_dataset ent__wdi = {
    .info = {
        .id = "wdi",
        .title = "World Development Indicators, GDP and population",
        .publisher = "World Bank",
        .citation = "World Bank. World Development Indicators: GDP (current US$), NY.GDP.MKTP.CD; "
                    "Population, total, SP.POP.TOTL. Washington, DC: World Bank.",
        .bibtex = "@misc{worldbank_wdi, author = {{World Bank}}, title = {World Development "
                  "Indicators}, howpublished = {\\url{https://data.worldbank.org}}}",
        .licence = "Creative Commons Attribution 4.0 International",
        .url = "https://data.worldbank.org/indicator/NY.GDP.MKTP.CD",
    },
    .years = "1960 to 2024",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
