/*
 * China Global Investment Tracker (American Enterprise Institute and Heritage
 * Foundation): Chinese investments and construction contracts of 95 million US$ and
 * more since 2005, and those that failed or were stopped ("troubled").
 *
 * The workbook has a sheet for each, with the header on row 6, and a sheet with
 * investment and construction together, which is also published as a CSV.  That one
 * cannot tell the two apart, and the answer changes several-fold: it is a dataset of
 * its own here, cgit_combined, and never added to the others.  The CSV of troubled deals
 * goes with it, so that whoever has the two texts alone is not told that there was no
 * investment: the workbook's three sheets come together.
 *
 * A deal can be both done and troubled: the two parts are not to be netted out by
 * hand.  Regions are the publisher's (Sudan is in its Middle East); one is misspelt
 * and mended here.  Greenfield is "G" or empty, which is read as not greenfield;
 * BRI is empty before the initiative began, which is missing.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    CHINA = 710
};

enum kind {
    INVESTMENT,
    CONSTRUCTION,
    TROUBLED_DEAL,
    COMBINED,
    COMBINED_TROUBLED
};

#define DEAL_COLUMNS                                                                         \
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },                                     \
        { "investor_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "China" },                      \
        { "host", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state in which the deal is" },         \
        { "amount", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",                    \
          "size of the deal" },                                                              \
        { "construction", ENT_ROLE_VALUE, ENT_TYPE_INT, "",                                  \
          "0 investment, 1 construction contract; missing where the file does not tell" },   \
        { "troubled", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if it failed or was stopped" },   \
        { "month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month, 1 to 12" },                     \
        { "share", ENT_ROLE_VALUE, ENT_TYPE_REAL, "share of 1",                              \
          "share acquired, where one number says it" },                                      \
        { "greenfield", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if something new is built" },   \
        { "bri", ENT_ROLE_VALUE, ENT_TYPE_INT, "",                                           \
          "1 if the publisher counts it to the Belt and Road Initiative" },                  \
        { "investor", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "Chinese firm" },                   \
        { "party", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "other party to the deal" },           \
        { "sector", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "sector" },                           \
        { "subsector", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "subsector" },                     \
        { "share_text", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",                                   \
          "share acquired, where it is no single number" },                                  \
        { "region", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "region, as the publisher sees it" }, \
        { "deals", ENT_ROLE_COUNT, ENT_TYPE_INT, "deals", "always 1" },

static const struct ent_column columns[] = { DEAL_COLUMNS };

enum {
    YEAR,
    FROM,
    HOST,
    AMOUNT,
    CONSTRUCTION_FLAG,
    TROUBLED,
    MONTH,
    SHARE,
    GREENFIELD,
    BRI,
    INVESTOR,
    PARTY,
    SECTOR,
    SUBSECTOR,
    SHARE_TEXT,
    REGION,
    DEALS,
    COLUMNS
};

_Static_assert(sizeof(columns) / sizeof(columns[0]) == COLUMNS, "a name for every column");

static const int16_t watched[] = { CHINA, 0 };

static const struct ent_table deal_table = {
    .name = "cgit_deal",
    .what = "one Chinese investment, construction contract or troubled deal",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

static const struct ent_table combined_table = {
    .name = "cgit_combined_deal",
    .what = "one Chinese deal; whether investment or construction the file does not tell",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

struct layout {
    size_t year, month, investor, amount, party, sector, country; /* needed */
    size_t subsector, region, share, greenfield, bri;             /* or SIZE_MAX */
    enum kind kind;
};

static enum ent_status find_columns(struct ent_import *im, const char *investor,
                                    struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "Year", &l->year, err));
    ENT_TRY(ent__import_need(im, "Month", &l->month, err));
    ENT_TRY(ent__import_need(im, investor, &l->investor, err));
    ENT_TRY(ent__import_need(im, "Quantity in Millions", &l->amount, err));
    ENT_TRY(ent__import_need(im, "Transaction Party", &l->party, err));
    ENT_TRY(ent__import_need(im, "Sector", &l->sector, err));
    ENT_TRY(ent__import_need(im, "Country", &l->country, err));
    l->subsector = ent__import_column(im, "Subsector");
    l->region = ent__import_column(im, "Region");
    l->share = ent__import_column(im, "Share Size");
    l->greenfield = ent__import_column(im, "Greenfield");
    l->bri = ent__import_column(im, "BRI");
    return ENT_OK;
}

static void put_month(struct ent_import *im, size_t column, union ent_value *cell)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    struct ent_str text = ent__import_text(im, column);

    for (int m = 0; m < 12; m++) {
        if (ent__str_is_nocase(text, months[m]))
            cell->i = m + 1;
    }
    if (text.len && cell->i == ENT_NONE_INT)
        ent__import_problem(im, column, "\"%.*s\" is no month",
                            (int)(text.len > 40 ? 40 : text.len), text.at);
}

/* TRUE and FALSE in one file, 1 and 0 in another. */
static void put_flag(struct ent_import *im, size_t column, union ent_value *cell)
{
    struct ent_str text = ent__import_text(im, column);

    if (ent__str_is_nocase(text, "TRUE") || ent__str_is(text, "1"))
        cell->i = 1;
    else if (ent__str_is_nocase(text, "FALSE") || ent__str_is(text, "0"))
        cell->i = 0;
    else if (text.len)
        ent__import_problem(im, column, "\"%.*s\"; TRUE, FALSE, 1 or 0 was expected",
                            (int)(text.len > 40 ? 40 : text.len), text.at);
}

static enum ent_status put_texts(struct ent_import *im, const struct layout *l,
                                 struct ent_stage *stage, union ent_value *row,
                                 struct ent_error *err)
{
    struct ent_str region = ent__import_text(im, l->region);
    struct ent_str share = ent__import_text(im, l->share);

    if (ent__str_is(region, "Sub-Sahran Africa"))
        region = ent__str("Sub-Saharan Africa");
    ENT_TRY(ent__stage_text(stage, &row[REGION], region, err));
    if (!ent__str_to_f64(share, &row[SHARE].r))
        ENT_TRY(ent__stage_text(stage, &row[SHARE_TEXT], share, err));
    ENT_TRY(ent__import_put_text(im, stage, l->investor, &row[INVESTOR], err));
    ENT_TRY(ent__import_put_text(im, stage, l->party, &row[PARTY], err));
    ENT_TRY(ent__import_put_text(im, stage, l->sector, &row[SECTOR], err));
    return ent__import_put_text(im, stage, l->subsector, &row[SUBSECTOR], err);
}

static enum ent_status put_deal(struct ent_import *im, const struct layout *l,
                                struct ent_stage *stage, struct ent_error *err)
{
    union ent_value *row;
    int64_t year;
    double amount;
    int host;

    if (!ent__import_int(im, l->year, &year) || !ent__import_real(im, l->amount, &amount))
        return ENT_OK;
    host = ent__import_state(im, l->country, ENT_CODE_NAME, (int)year);
    if (host < 0 || host == CHINA)
        return ENT_OK;
    if (amount < 0) {
        ent__import_problem(im, l->amount, "a deal of %g; it cannot be negative", amount);
        return ENT_OK;
    }
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[FROM].i = CHINA;
    row[HOST].i = host;
    row[AMOUNT].r = amount;
    row[DEALS].i = 1;
    if (l->kind == INVESTMENT || l->kind == CONSTRUCTION)
        row[CONSTRUCTION_FLAG].i = l->kind == CONSTRUCTION;
    row[TROUBLED].i = l->kind == TROUBLED_DEAL || l->kind == COMBINED_TROUBLED;
    put_month(im, l->month, &row[MONTH]);
    if (l->greenfield != SIZE_MAX)
        row[GREENFIELD].i = ent__str_is(ent__import_text(im, l->greenfield), "G");
    put_flag(im, l->bri, &row[BRI]);
    ENT_TRY(put_texts(im, l, stage, row, err));
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import_deals(struct ent_import *im, enum kind kind, const char *investor,
                                    const char *part, struct ent_error *err)
{
    struct layout l = { .kind = kind };
    struct ent_stage *stage;
    bool more;

    ENT_TRY(
        ent__import_stage(im, kind >= COMBINED ? &combined_table : &deal_table, &stage, err));
    ENT_TRY(find_columns(im, investor, &l, err));
    ent__import_part(im, ent__str(part));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_deal(im, &l, stage, err));
    }
}

static enum ent_status import_investment(struct ent_import *im, struct ent_error *err)
{
    return import_deals(im, INVESTMENT, "Investor", "investment", err);
}

static enum ent_status import_construction(struct ent_import *im, struct ent_error *err)
{
    return import_deals(im, CONSTRUCTION, "Contractor", "construction", err);
}

static enum ent_status import_troubled(struct ent_import *im, struct ent_error *err)
{
    return import_deals(im, TROUBLED_DEAL, "Chinese Entity", "troubled", err);
}

static enum ent_status import_combined(struct ent_import *im, struct ent_error *err)
{
    return import_deals(im, COMBINED, "Investor", "investment and construction", err);
}

static enum ent_status import_combined_troubled(struct ent_import *im, struct ent_error *err)
{
    return import_deals(im, COMBINED_TROUBLED, "Chinese Entity", "troubled", err);
}

/* Whether a line above the header ends in a word. */
static bool preamble_ends(const struct ent_preview *p, const char *word)
{
    for (size_t i = 0; i < p->header && i < p->row_count; i++) {
        const struct ent_cell *cell = p->rows[i].cells;

        if (p->rows[i].cell_count && cell->kind == ENT_CELL_TEXT &&
            ent__str_ends(ent__str_trim(cell->text), word))
            return true;
    }
    return false;
}

/* The sheet of investments alone has the same header as that of both. */
static bool only_investment(const struct ent_preview *p)
{
    return preamble_ends(p, "Investments");
}

static bool both(const struct ent_preview *p)
{
    return !preamble_ends(p, "Investments");
}

static bool sheet_of_troubled(const struct ent_preview *p)
{
    return preamble_ends(p, "Troubled Transactions");
}

static const char *const investor_header[] = {
    "Year", "Month", "Investor", "Quantity in Millions", "Country", "BRI", NULL
};
static const char *const contractor_header[] = { "Year",       "Month",
                                                 "Contractor", "Quantity in Millions",
                                                 "Country",    NULL };
static const char *const troubled_header[] = { "Year",           "Month",
                                               "Chinese Entity", "Quantity in Millions",
                                               "Country",        NULL };

static const struct ent_form forms[] = {
    { .name = "sheet of investments",
      .columns = investor_header,
      .recognise = only_investment,
      .import = import_investment },
    { .name = "sheet of construction contracts",
      .columns = contractor_header,
      .import = import_construction },
    { .name = "sheet of troubled deals",
      .columns = troubled_header,
      .recognise = sheet_of_troubled,
      .import = import_troubled },
};

static const struct ent_form combined_forms[] = {
    { .name = "investment and construction together",
      .columns = investor_header,
      .recognise = both,
      .import = import_combined },
    { .name = "troubled deals, CSV",
      .columns = troubled_header,
      .import = import_combined_troubled },
};

static const struct ent_table *const tables[] = { &deal_table, NULL };
static const struct ent_table *const combined_tables[] = { &combined_table, NULL };

#define CITATION                                                                               \
    "American Enterprise Institute and Heritage Foundation. China Global Investment Tracker, " \
    "fall 2021. Compiled by Derek Scissors. Washington, D.C."
#define BIBTEX                                                                                 \
    "@misc{cgit2021, author = {Scissors, Derek}, title = {China Global Investment Tracker}, "  \
    "publisher = {American Enterprise Institute and Heritage Foundation}, year = {2021}, url " \
    "= {https://www.aei.org/china-global-investment-tracker/}}"

const struct ent_dataset ent__cgit = {
    .info = {
        .id = "cgit",
        .title = "China Global Investment Tracker: investment, construction, troubled deals",
        .publisher = "American Enterprise Institute and Heritage Foundation",
        .citation = CITATION,
        .bibtex = BIBTEX,
        .licence = "all rights reserved by the publishers; see their terms",
        .url = "https://www.aei.org/china-global-investment-tracker/",
    },
    .years = "2005 to 2021",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};

const struct ent_dataset ent__cgit_combined = {
    .info = {
        .id = "cgit_combined",
        .title = "China Global Investment Tracker: investment and construction, not told apart",
        .publisher = "American Enterprise Institute and Heritage Foundation",
        .citation = CITATION,
        .bibtex = BIBTEX,
        .licence = "all rights reserved by the publishers; see their terms",
        .url = "https://www.aei.org/china-global-investment-tracker/",
    },
    .years = "2005 to 2021",
    .tables = combined_tables,
    .forms = combined_forms,
    .form_count = sizeof(combined_forms) / sizeof(combined_forms[0]),
};
