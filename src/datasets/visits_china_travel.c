/*
 * WHO | WHERE | WHEN: travels abroad of China's leaders, 1949 to 2020 (Central
 * European Institute of Asian Studies).
 *
 * A row is one leader in one country in one year; two equal rows are two visits
 * (Xi Jinping was twice in Russia in 2013), so all stay.  "Vietnam" before 1976 is
 * the North.
 */
#include "base/alloc.h"
#include "datasets/alias.h"

enum {
    CHINA = 710
};

static const struct ent_alias aliases[] = {
    { "Vietnam", 1954, 1975, 816 },
    { NULL, 0, 0, 0 },
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "traveller", ENT_ROLE_FROM, ENT_TYPE_INT, "", "China" },
    { "host", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state visited" },
    { "visits", ENT_ROLE_COUNT, ENT_TYPE_INT, "visits", "always 1" },
    { "developed", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if a developed country" },
    { "communist", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if a communist country then" },
    { "developing", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if a developing country" },
    { "leader", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "who travelled" },
    { "level", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "his office" },
    { "continent", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "continent, as the source sees it" },
};

enum {
    YEAR,
    FROM,
    HOST,
    VISITS,
    DEVELOPED,
    COMMUNIST,
    DEVELOPING,
    LEADER,
    LEVEL,
    CONTINENT,
    COLUMNS
};

static const int16_t watched[] = { CHINA, 0 };

static const struct ent_table table = {
    .name = "visit_china_travel",
    .what = "a visit abroad of a leader of China",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

struct layout {
    size_t year, name, level, country;
    size_t continent, developed, communist, developing; /* or SIZE_MAX */
};

static enum ent_status
find_columns(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "Year", &l->year, err));
    ENT_TRY(ent__import_need(im, "Name", &l->name, err));
    ENT_TRY(ent__import_need(im, "Level", &l->level, err));
    ENT_TRY(ent__import_need(im, "Country", &l->country, err));
    l->continent = ent__import_column(im, "Continent");
    l->developed = ent__import_column(im, "Developed country");
    l->communist = ent__import_column(im, "Communist country");
    l->developing = ent__import_column(im, "Developing country");
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *stage;
    struct layout l;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(find_columns(im, &l, err));
    for (;;) {
        union ent_value *row;
        int64_t year;
        bool more;
        int host;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_int(im, l.year, &year))
            continue;
        host = ent__import_alias(im, aliases, ent__import_text(im, l.country), (int)year);
        if (host < 0 || host == CHINA)
            continue;
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[YEAR].i = year;
        row[FROM].i = CHINA;
        row[HOST].i = host;
        row[VISITS].i = 1;
        ent__import_put_int(im, l.developed, &row[DEVELOPED]);
        ent__import_put_int(im, l.communist, &row[COMMUNIST]);
        ent__import_put_int(im, l.developing, &row[DEVELOPING]);
        ENT_TRY(ent__import_put_text(im, stage, l.name, &row[LEADER], err));
        ENT_TRY(ent__import_put_text(im, stage, l.level, &row[LEVEL], err));
        ENT_TRY(ent__import_put_text(im, stage, l.continent, &row[CONTINENT], err));
        ent__import_end_row(im, stage);
    }
}

static const char *const header[] = { "Year",    "Name",      "Level",
                                      "Country", "Continent", "Communist country",
                                      NULL };

static const struct ent_form forms[] = {
    { .name = "travels, CSV or sheet", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__visits_china_travel = {
    .info = {
        .id = "visits_china_travel",
        .title = "WHO | WHERE | WHEN: international travel of the Chinese leaders, 1949-2020",
        .publisher = "Central European Institute of Asian Studies (CEIAS)",
        .citation = "Turcsányi, R., M. Eckert, M. Šimalčík and N. Majsniarová. 2021. \"WHO | "
                    "WHERE | WHEN - International travel of the Chinese leaders (1949-2020).\" "
                    "Dataset. Central European Institute of Asian Studies (CEIAS).",
        .bibtex = "@misc{turcsanyi2021who, author = {Turcs{\\'a}nyi, R. and Eckert, M. and "
                  "{\\v S}imal{\\v c}{\\'i}k, M. and Majsniarov{\\'a}, N.}, title = {{WHO} | "
                  "{WHERE} | {WHEN} - International travel of the {Chinese} leaders "
                  "(1949--2020)}, publisher = {Central European Institute of Asian Studies "
                  "({CEIAS})}, year = {2021}}",
        .licence = "unknown: see the publisher",
        .url = "https://ceias.eu/",
    },
    .years = "1949 to 2020",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
