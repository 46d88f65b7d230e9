/*
 * Penn World Table: real GDP, population, work, capital and prices by state and
 * year, from 1950.
 *
 * "NA" is missing.  Money is in 2011 US$ at purchasing power parities up to version
 * 9.1, in 2017 US$ from 10.0 on; the file does not say its version, and what is
 * said of units here holds for 9.1.  Shares of imports have a minus sign.  Columns
 * that a release lacks are missing.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

#define REAL(name, unit, what)                          \
    {                                                   \
        name, ENT_ROLE_VALUE, ENT_TYPE_REAL, unit, what \
    }
#define WORD(name, what)                              \
    {                                                 \
        name, ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", what \
    }

/* The names are those of the file. */
static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    WORD("currency", "name of the national currency"),
    REAL("rgdpe", "million 2011 US$ at chained PPPs",
         "real GDP by expenditure: living standards across states and years"),
    REAL("rgdpo", "million 2011 US$ at chained PPPs",
         "real GDP by output: productive capacity across states and years"),
    REAL("pop", "million persons", "population"),
    REAL("emp", "million persons", "persons engaged in work"),
    REAL("avh", "hours", "mean hours worked in the year by a person engaged"),
    REAL("hc", "index", "human capital, from years of schooling and returns to education"),
    REAL("ccon", "million 2011 US$ at current PPPs",
         "real consumption of households and government"),
    REAL("cda", "million 2011 US$ at current PPPs",
         "real domestic absorption: consumption and investment"),
    REAL("cgdpe", "million 2011 US$ at current PPPs",
         "real GDP by expenditure, comparable across states in one year"),
    REAL("cgdpo", "million 2011 US$ at current PPPs",
         "real GDP by output, comparable across states in one year"),
    REAL("cn", "million 2011 US$ at current PPPs", "capital stock"),
    REAL("ck", "index, USA = 1", "capital services at current PPPs"),
    REAL("ctfp", "index, USA = 1", "total factor productivity at current PPPs"),
    REAL("cwtfp", "index, USA = 1",
         "welfare-relevant total factor productivity at current PPPs"),
    REAL("rgdpna", "million 2011 US$ at constant national prices",
         "real GDP: growth within a state"),
    REAL("rconna", "million 2011 US$ at constant national prices", "real consumption"),
    REAL("rdana", "million 2011 US$ at constant national prices", "real domestic absorption"),
    REAL("rnna", "million 2011 US$ at constant national prices", "capital stock"),
    REAL("rkna", "index, 2011 = 1", "capital services at constant national prices"),
    REAL("rtfpna", "index, 2011 = 1", "total factor productivity at constant national prices"),
    REAL("rwtfpna", "index, 2011 = 1",
         "welfare-relevant total factor productivity at constant national prices"),
    REAL("labsh", "share of GDP", "labour compensation"),
    REAL("irr", "rate a year", "real internal rate of return"),
    REAL("delta", "rate a year", "mean depreciation of the capital stock"),
    REAL("xr", "national currency for a US$", "exchange rate"),
    REAL("pl_con", "price level, USA GDPo in 2011 = 1", "of real consumption"),
    REAL("pl_da", "price level, USA GDPo in 2011 = 1", "of domestic absorption"),
    REAL("pl_gdpo", "price level, USA GDPo in 2011 = 1",
         "of GDP by output: PPP over the exchange rate"),
    REAL("cor_exp", "correlation",
         "between the expenditure shares of the state and of the USA"),
    REAL("statcap", "score", "statistical capacity, by the World Bank"),
    REAL("csh_c", "share of cgdpo", "consumption of households"),
    REAL("csh_i", "share of cgdpo", "investment"),
    REAL("csh_g", "share of cgdpo", "consumption of government"),
    REAL("csh_x", "share of cgdpo", "exports of goods"),
    REAL("csh_m", "share of cgdpo", "imports of goods, with a minus sign"),
    REAL("csh_r", "share of cgdpo", "residual trade and statistical discrepancy"),
    REAL("pl_c", "price level, USA GDPo in 2011 = 1", "of household consumption"),
    REAL("pl_i", "price level, USA GDPo in 2011 = 1", "of investment"),
    REAL("pl_g", "price level, USA GDPo in 2011 = 1", "of government consumption"),
    REAL("pl_x", "price level, USA GDPo in 2011 = 1", "of exports"),
    REAL("pl_m", "price level, USA GDPo in 2011 = 1", "of imports"),
    REAL("pl_n", "price level, USA in 2011 = 1", "of the capital stock"),
    REAL("pl_k", "price level, USA = 1", "of capital services"),
    WORD("i_cig", "whether relative prices are benchmark, interpolated, extrapolated"),
    WORD("i_xm", "the same for exports and imports"),
    WORD("i_xr", "whether the exchange rate is market-based or estimated"),
    WORD("i_outlier", "whether the price level is an outlier"),
    WORD("i_irr", "whether the rate of return is an outlier or at its lower bound"),
};

enum {
    YEAR,
    STATE,
    COLUMNS = sizeof(columns) / sizeof(columns[0]),
};

static const struct ent_table table = {
    .name = "pwt",
    .what = "output, population, capital and prices of a state in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_mapping map[COLUMNS] = {
        { "year", YEAR },
        { ent__import_column(im, "isocode") != SIZE_MAX ? "isocode" : "countrycode", STATE,
          ENT_CODE_ISO3 },
    };

    for (size_t c = STATE + 1; c < COLUMNS; c++)
        map[c] = (struct ent_mapping){ columns[c].name, c, .optional = true };
    return ent__import_mapped(im, &table, map, COLUMNS, err);
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = {
    "year", "rgdpe", "rgdpo", "cgdpe", "cgdpo", "rgdpna", NULL
};

static const struct ent_form forms[] = {
    { .name = "state-years",
      .columns = header,
      .import = import,
      .missing_texts = missing_texts },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__pwt = {
    .info = {
        .id = "pwt",
        .title = "Penn World Table",
        .publisher = "Groningen Growth and Development Centre, University of Groningen",
        .citation = "Feenstra, Robert C., Robert Inklaar and Marcel P. Timmer. 2015. \"The Next "
                    "Generation of the Penn World Table.\" American Economic Review 105 (10): "
                    "3150-3182.",
        .bibtex = "@article{feenstra2015next, author = {Feenstra, Robert C. and Inklaar, Robert "
                  "and Timmer, Marcel P.}, title = {The Next Generation of the {Penn World "
                  "Table}}, journal = {American Economic Review}, volume = {105}, number = {10}, "
                  "pages = {3150--3182}, year = {2015}}",
        .licence = "Creative Commons Attribution 4.0 International",
        .url = "https://www.rug.nl/ggdc/productivity/pwt/",
    },
    .years = "1950 to 2017",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
