/*
 * UN Comtrade, mirror reports: what all others report of their trade with one
 * state, a row a reporter and year.
 *
 * flowCode M is what the reporter imports from the partner, X what it exports to
 * it; the two come in two files a partner.  The reporter's word stands: that is why
 * China's exports are found under the importers.  China is among its own partners
 * (re-imports); no pair has one state on both sides, so that is left out and
 * counted.  Hong Kong is a reporter of its own, and "Other Asia, nes" is Taiwan.
 * The last year has few reporters yet.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/import.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "reporter", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that reports" },
    { "partner", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it trades with" },
    { "imports", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$",
      "imports of the reporter from the partner" },
    { "exports", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$",
      "exports of the reporter to the partner" },
};

enum {
    YEAR,
    REPORTER,
    PARTNER,
    IMPORTS,
    EXPORTS,
    COLUMNS
};

static const struct ent_table table = {
    .name = "comtrade",
    .what = "trade of one state with another in a year, by its own report",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

struct layout {
    size_t year, flow, reporter, partner, value;
    size_t commodity; /* SIZE_MAX when there is none */
};

static enum ent_status
find_columns(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "refYear", &l->year, err));
    ENT_TRY(ent__import_need(im, "flowCode", &l->flow, err));
    ENT_TRY(ent__import_need(im, "reporterDesc", &l->reporter, err));
    ENT_TRY(ent__import_need(im, "partnerDesc", &l->partner, err));
    ENT_TRY(ent__import_need(im, "partner_sum", &l->value, err));
    l->commodity = ent__import_column(im, "cmdCode");
    return ENT_OK;
}

/* One row; *flow and *about become what the row is: all rows of a file share both. */
static enum ent_status put_row(struct ent_import *im, const struct layout *l,
                               struct ent_stage *stage, char *flow, int *about,
                               struct ent_error *err)
{
    struct ent_str code = ent__import_text(im, l->flow);
    union ent_value *row;
    int reporter, partner;
    int64_t year;
    double value;

    if (l->commodity != SIZE_MAX && !ent__str_is(ent__import_text(im, l->commodity), "TOTAL"))
        return ENT_OK;
    if (!ent__str_is(code, "M") && !ent__str_is(code, "X")) {
        ent__import_problem(im, l->flow, "flow \"%.*s\"; M or X was expected",
                            (int)(code.len > 40 ? 40 : code.len), code.at);
        return ENT_OK;
    }
    if (!ent__import_int(im, l->year, &year) || !ent__import_real(im, l->value, &value))
        return ENT_OK;
    if (value < 0) {
        ent__import_problem(im, l->value, "trade of %g; it cannot be negative", value);
        return ENT_OK;
    }
    reporter = ent__import_state(im, l->reporter, ENT_CODE_NAME, (int)year);
    partner = ent__import_state(im, l->partner, ENT_CODE_NAME, (int)year);
    if (reporter < 0 || partner < 0 || reporter == partner)
        return ENT_OK;
    if (*flow == '\0') {
        *flow = code.at[0];
        *about = partner;
    } else if (*flow != code.at[0] || *about != partner) {
        return ent_fail(err, ENT_EFORMAT,
                        "flows or partners are mixed; one of each was expected in a file");
    }
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[REPORTER].i = reporter;
    row[PARTNER].i = partner;
    row[*flow == 'M' ? IMPORTS : EXPORTS].r = value;
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    const struct ent_state *state;
    struct ent_stage *stage;
    struct layout l;
    char flow = '\0';
    char part[64];
    int about = -1;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(find_columns(im, &l, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_row(im, &l, stage, &flow, &about, err));
    }
    state = ent_state_get(about);
    if (state) {
        snprintf(part, sizeof(part), "%s, mirror %s",
                 state->iso3[0] ? state->iso3 : state->name,
                 flow == 'M' ? "imports" : "exports");
        ent__import_part(im, ent__str(part));
    }
    return ENT_OK;
}

static const char *const header[] = { "refYear",      "flowCode",    "partnerDesc",
                                      "reporterDesc", "partner_sum", NULL };

static const struct ent_form forms[] = {
    { .name = "reports of all on one partner", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__comtrade = {
    .info = {
        .id = "comtrade",
        .title = "UN Comtrade, reports of all states on their trade with one",
        .publisher = "United Nations Statistics Division",
        .citation = "United Nations Statistics Division. UN Comtrade Database. New York.",
        .bibtex = "@misc{un_comtrade, author = {{United Nations Statistics Division}}, title = "
                  "{{UN} Comtrade Database}, address = {New York}, url = "
                  "{https://comtradeplus.un.org/}}",
        .licence = "free for internal use; re-dissemination under the UN's policy",
        .url = "https://comtradeplus.un.org/",
    },
    .years = "1962 to the year before last",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
