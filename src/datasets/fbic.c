/*
 * Formal Bilateral Influence Capacity (FBIC), 1960 to 2020: how much a state could
 * sway another, from the extent of their ties (bandwidth) and how much the receiver
 * depends on them.
 *
 * The file has a row for each receiver and year, and six columns for each influencer,
 * whose ISO letters end the column's name (fbic_chn, fbic_rus).  Each influencer
 * becomes rows of its own.
 */
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    INFLUENCER,
    RECEIVER,
    INDEX,
    ECON_BANDWIDTH,
    ECON_DEPENDENCE,
    POL_BANDWIDTH,
    SEC_BANDWIDTH,
    SEC_DEPENDENCE,
    COLUMNS,
    VALUES = COLUMNS - INDEX,
    MOST_INFLUENCERS = 300,
};

#define SCORE(name, what)                                  \
    {                                                      \
        name, ENT_ROLE_VALUE, ENT_TYPE_REAL, "index", what \
    }

static const struct ent_column columns[] = {
    [YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    [INFLUENCER] = { "influencer", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that can sway" },
    [RECEIVER] = { "receiver", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that can be swayed" },
    [INDEX] = SCORE("fbic", "formal bilateral influence capacity"),
    [ECON_BANDWIDTH] = SCORE("econ_bandwidth", "extent of economic ties"),
    [ECON_DEPENDENCE] = SCORE("econ_dependence", "the receiver's economic dependence"),
    [POL_BANDWIDTH] = SCORE("pol_bandwidth", "extent of political ties"),
    [SEC_BANDWIDTH] = SCORE("sec_bandwidth", "extent of security ties"),
    [SEC_DEPENDENCE] = SCORE("sec_dependence", "the receiver's dependence in security"),
};

static const struct ent_table table = {
    .name = "fbic",
    .what = "capacity of one state to influence another in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

/* What the columns of one influencer are called, before its letters. */
static const char *const prefixes[VALUES] = { "fbic_", "econb_", "econd_",
                                              "polb_", "secb_",  "secd_" };

struct influencer {
    int id;
    size_t column[VALUES];
};

/* The influencers named by the header. */
struct influencers {
    struct influencer at[MOST_INFLUENCERS];
    size_t count;
};

static void find_influencers(struct ent_import *im, struct influencers *all)
{
    all->count = 0;
    for (size_t c = 0; c < im->preview->name_count && all->count < MOST_INFLUENCERS; c++) {
        struct ent_str name = ent__str_trim(im->preview->names[c].text);
        struct influencer *one = &all->at[all->count];
        char column[16];

        if (name.len != 8 || !ent__str_starts(name, prefixes[0]))
            continue;
        one->id = ent__import_state_text(im, ent__str_slice(name, 5, 8), ENT_CODE_ISO3, 0);
        if (one->id < 0)
            continue;
        for (size_t v = 0; v < VALUES; v++) {
            size_t len = strlen(prefixes[v]);

            memcpy(column, prefixes[v], len);
            memcpy(column + len, name.at + 5, 3);
            column[len + 3] = '\0';
            one->column[v] = ent__import_column(im, column);
        }
        all->count++;
    }
}

static enum ent_status put_influence(struct ent_import *im, struct ent_stage *stage,
                                     const struct influencer *one, int64_t year, int receiver,
                                     struct ent_error *err)
{
    union ent_value *row;
    bool any = false;

    if (one->id == receiver)
        return ENT_OK;
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[INFLUENCER].i = one->id;
    row[RECEIVER].i = receiver;
    for (size_t v = 0; v < VALUES; v++)
        any = ent__import_put_real(im, one->column[v], &row[INDEX + v]) || any;
    if (any)
        ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct influencers all;
    struct ent_stage *stage;
    size_t iso3, year;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_need(im, "iso3", &iso3, err));
    ENT_TRY(ent__import_need(im, "year", &year, err));
    find_influencers(im, &all);
    if (all.count == 0)
        return ent_fail(err, ENT_EFORMAT,
                        "no influencer: columns such as \"fbic_chn\" were expected");
    for (;;) {
        int64_t when;
        int receiver;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_year(im, year, &when))
            continue;
        receiver = ent__import_state(im, iso3, ENT_CODE_ISO3, (int)when);
        for (size_t i = 0; receiver >= 0 && i < all.count; i++)
            ENT_TRY(put_influence(im, stage, &all.at[i], when, receiver, err));
    }
}

static bool names_influencer(const struct ent_preview *p)
{
    for (size_t c = 0; c < p->name_count; c++) {
        struct ent_str name = ent__str_trim(p->names[c].text);

        if (name.len == 8 && ent__str_starts(name, prefixes[0]))
            return true;
    }
    return false;
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "iso3", "receiver", "year", NULL };

static const struct ent_form forms[] = {
    {
        .name = "receivers by year",
        .columns = header,
        .recognise = names_influencer,
        .import = import,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__fbic = {
    .info = {
        .id = "fbic",
        .title = "Formal Bilateral Influence Capacity",
        .publisher = "Frederick S. Pardee Center for International Futures, University of Denver",
        .citation = "Moyer, Jonathan D., Collin J. Meisel, Austin S. Matthews, David K. Bohl and "
                    "Mathew J. Burrows. 2021. China-US Competition: Measuring Global Influence. "
                    "Atlantic Council and Frederick S. Pardee Center for International Futures.",
        .bibtex = "@techreport{moyer2021china, author = {Moyer, Jonathan D. and Meisel, Collin J. "
                  "and Matthews, Austin S. and Bohl, David K. and Burrows, Mathew J.}, title = "
                  "{China--{US} Competition: Measuring Global Influence}, institution = {Atlantic "
                  "Council and Frederick S. Pardee Center for International Futures}, year = "
                  "{2021}}",
        .licence = "unknown: see the publisher",
        .url = "https://korbel.du.edu/pardee/content/formal-bilateral-influence-capacity-index",
    },
    .years = "1960 to 2020",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
