/*
 * CEPII GeoDist (Mayer and Zignago): distances of pairs, and where states lie.
 *
 * Codes are those of about 2005: ROM, ZAR, YUG, TMP, PAL.  distw is text in which
 * "." is missing.  The pair file has both directions; they agree but for smctry, so
 * both are kept.  `dist` is between the largest cities, `distcap` between capitals.
 * The country file has a row for the capital and another for the largest city where
 * they are two; both give the same state, and the capital's row counts.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

enum {
    FROM,
    TO,
    DISTANCE,
    DISTANCE_CAPITALS,
    DISTANCE_WEIGHTED,
    DISTANCE_CES,
    CONTIGUOUS,
    LANGUAGE_OFFICIAL,
    LANGUAGE_ETHNIC,
    COLONY,
    COMMON_COLONISER,
    COLONY_NOW,
    COLONY_1945,
    SAME_COUNTRY,
    PAIR_COLUMNS
};

#define KM(name, what)                                  \
    {                                                   \
        name, ENT_ROLE_VALUE, ENT_TYPE_REAL, "km", what \
    }
#define FLAG(name, what)                                   \
    {                                                      \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, "0 or 1", what \
    }

static const struct ent_column pair_columns[] = {
    [FROM] = { "from_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "one state" },
    [TO] = { "to_state", ENT_ROLE_TO, ENT_TYPE_INT, "", "the other" },
    [DISTANCE] = KM("distance_km", "great circle between the most populous cities"),
    [DISTANCE_CAPITALS] = KM("distance_capitals_km", "great circle between the capitals"),
    [DISTANCE_WEIGHTED] =
        KM("distance_weighted_km", "arithmetic mean over cities, weighted with population"),
    [DISTANCE_CES] =
        KM("distance_ces_km", "harmonic mean over cities, weighted with population"),
    [CONTIGUOUS] = FLAG("contiguous", "they share a border"),
    [LANGUAGE_OFFICIAL] = FLAG("common_language_official", "they share an official language"),
    [LANGUAGE_ETHNIC] =
        FLAG("common_language_ethnic", "at least 9 percent speak one language in both"),
    [COLONY] = FLAG("colony", "one was ever a colony of the other"),
    [COMMON_COLONISER] = FLAG("common_coloniser", "one coloniser for both after 1945"),
    [COLONY_NOW] = FLAG("colony_now", "one is a colony of the other"),
    [COLONY_1945] = FLAG("colony_1945", "one was a colony of the other after 1945"),
    [SAME_COUNTRY] = FLAG("same_country", "they were or are one country"),
};

static const struct ent_table pair_table = {
    .name = "geodist",
    .what = "distance and ties of two states, without years",
    .columns = pair_columns,
    .column_count = PAIR_COLUMNS,
    .key_count = 2,
};

enum {
    STATE,
    LATITUDE,
    LONGITUDE,
    AREA,
    INTERNAL,
    LANDLOCKED,
    CONTINENT,
    CITY,
    CAPITAL,
    STATE_COLUMNS
};

static const struct ent_column state_columns[] = {
    [STATE] = { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    [LATITUDE] = { "latitude", ENT_ROLE_VALUE, ENT_TYPE_REAL, "degrees north",
                   "of the capital" },
    [LONGITUDE] = { "longitude", ENT_ROLE_VALUE, ENT_TYPE_REAL, "degrees east",
                    "of the capital" },
    [AREA] = { "area_km2", ENT_ROLE_VALUE, ENT_TYPE_REAL, "km2", "area" },
    [INTERNAL] = KM("internal_distance_km", "0.67 times the root of area over pi"),
    [LANDLOCKED] = FLAG("landlocked", "it has no coast"),
    [CONTINENT] = { "continent", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "continent" },
    [CITY] = { "city", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "the capital's name in English" },
    [CAPITAL] = { "capital_code", ENT_ROLE_VALUE, ENT_TYPE_INT, "code 1",
                  "1: the row of the file is about the capital" },
};

static const struct ent_table state_table = {
    .name = "geo_state",
    .what = "where a state lies",
    .columns = state_columns,
    .column_count = STATE_COLUMNS,
    .key_count = 1,
};

static enum ent_status import_pairs(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "iso_o", FROM, ENT_CODE_ISO3 },
        { "iso_d", TO, ENT_CODE_ISO3 },
        { "dist", DISTANCE },
        { "distcap", DISTANCE_CAPITALS },
        { "distw", DISTANCE_WEIGHTED },
        { "distwces", DISTANCE_CES, .optional = true },
        { "contig", CONTIGUOUS },
        { "comlang_off", LANGUAGE_OFFICIAL },
        { "comlang_ethno", LANGUAGE_ETHNIC, .optional = true },
        { "colony", COLONY, .optional = true },
        { "comcol", COMMON_COLONISER, .optional = true },
        { "curcol", COLONY_NOW, .optional = true },
        { "col45", COLONY_1945, .optional = true },
        { "smctry", SAME_COUNTRY, .optional = true },
    };

    ent__import_part(im, ent__str("pairs"));
    return ent__import_mapped(im, &pair_table, map, sizeof(map) / sizeof(map[0]), err);
}

static bool is_capital(struct ent_import *im, union ent_value *row)
{
    (void)im;
    return row[CAPITAL].i == 1;
}

static enum ent_status import_states(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "iso3", STATE, ENT_CODE_ISO3 },
        { "lat", LATITUDE },
        { "lon", LONGITUDE },
        { "area", AREA },
        { "dis_int", INTERNAL },
        { "landlocked", LANDLOCKED },
        { "continent", CONTINENT },
        { "city_en", CITY },
        { "cap", CAPITAL },
    };

    ent__import_part(im, ent__str("states"));
    return ent__import_mapped_rows(im, &state_table, map, sizeof(map) / sizeof(map[0]),
                                   is_capital, err);
}

static const char *const missing_texts[] = { ".", "NA", NULL };
static const char *const pair_header[] = { "iso_o", "iso_d", "dist", "distcap", "distw", NULL };
static const char *const state_header[] = { "iso3", "dis_int", "landlocked", "city_en",
                                            "lat",  "lon",     "cap",        NULL };

static const struct ent_form forms[] = {
    {
        .name = "pairs (dist_cepii)",
        .columns = pair_header,
        .import = import_pairs,
        .missing_texts = missing_texts,
    },
    {
        .name = "countries (geo_cepii)",
        .columns = state_header,
        .import = import_states,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &pair_table, &state_table, NULL };

const struct ent_dataset ent__geodist = {
    .info = {
        .id = "geodist",
        .title = "CEPII GeoDist",
        .publisher = "CEPII",
        .citation = "Mayer, Thierry and Soledad Zignago. 2011. \"Notes on CEPII's distances "
                    "measures: The GeoDist database.\" CEPII Working Paper 2011-25.",
        .bibtex = "@techreport{mayer2011notes, author = {Mayer, Thierry and Zignago, Soledad}, "
                  "title = {Notes on {CEPII}'s Distances Measures: The {GeoDist} Database}, "
                  "institution = {CEPII}, type = {Working Paper}, number = {2011-25}, year = "
                  "{2011}}",
        .licence = "unknown: see the publisher",
        .url = "http://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=6",
    },
    .years = "without years",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
