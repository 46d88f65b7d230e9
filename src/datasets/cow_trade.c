/*
 * Correlates of War, International Trade, version 4.0 (Barbieri and Keshk).
 *
 * flow1 is what ccode1 imports from ccode2, flow2 the reverse, in million current
 * US$; -9 is missing, not 0.  A row of the file becomes two here, one a direction,
 * so that what A is to B and what B is to A are asked in the same way.  The state
 * totals include partners that the dyads lack: the two tables are kept apart.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

static const struct ent_column flow_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "importer", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that imports" },
    { "exporter", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it imports from" },
    { "imports", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",
      "imports of the importer from the exporter" },
};

enum {
    FLOW_YEAR,
    FLOW_IMPORTER,
    FLOW_EXPORTER,
    FLOW_IMPORTS,
    FLOW_COLUMNS
};

static const struct ent_table flow_table = {
    .name = "cow_trade",
    .what = "imports of one state from another in a year",
    .columns = flow_columns,
    .column_count = FLOW_COLUMNS,
    .key_count = 3,
};

static const struct ent_column total_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "imports", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",
      "imports from all partners, those without a row of their own included" },
    { "exports", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",
      "exports to all partners, those without a row of their own included" },
};

enum {
    TOTAL_YEAR,
    TOTAL_STATE,
    TOTAL_IMPORTS,
    TOTAL_EXPORTS,
    TOTAL_COLUMNS
};

static const struct ent_table total_table = {
    .name = "cow_trade_total",
    .what = "imports and exports of a state in a year",
    .columns = total_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 2,
};

/* One direction of a dyad-year; a missing flow has no row. */
static enum ent_status put_flow(struct ent_import *im, struct ent_stage *stage, int64_t year,
                                int importer, int exporter, size_t column,
                                struct ent_error *err)
{
    union ent_value *row;
    double imports;

    if (!ent__import_real(im, column, &imports))
        return ENT_OK;
    if (imports < 0) {
        ent__import_problem(im, column, "imports of %g; a flow cannot be negative", imports);
        return ENT_OK;
    }
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[FLOW_YEAR].i = year;
    row[FLOW_IMPORTER].i = importer;
    row[FLOW_EXPORTER].i = exporter;
    row[FLOW_IMPORTS].r = imports;
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import_flows(struct ent_import *im, struct ent_error *err)
{
    size_t ccode1, ccode2, year, flow1, flow2;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, &flow_table, &stage, err));
    ENT_TRY(ent__import_need(im, "ccode1", &ccode1, err));
    ENT_TRY(ent__import_need(im, "ccode2", &ccode2, err));
    ENT_TRY(ent__import_need(im, "year", &year, err));
    ENT_TRY(ent__import_need(im, "flow1", &flow1, err));
    ENT_TRY(ent__import_need(im, "flow2", &flow2, err));
    ent__import_part(im, ent__str("dyads"));
    ent__import_version(im, ent__str("4.0"));
    for (;;) {
        int64_t when;
        int a, b;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_int(im, year, &when))
            continue;
        a = ent__import_state(im, ccode1, ENT_CODE_COWN, (int)when);
        b = ent__import_state(im, ccode2, ENT_CODE_COWN, (int)when);
        if (a < 0 || b < 0)
            continue;
        ENT_TRY(put_flow(im, stage, when, a, b, flow1, err));
        ENT_TRY(put_flow(im, stage, when, b, a, flow2, err));
    }
}

static enum ent_status import_totals(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", TOTAL_YEAR },
        { "ccode", TOTAL_STATE, ENT_CODE_COWN },
        { "imports", TOTAL_IMPORTS },
        { "exports", TOTAL_EXPORTS },
    };

    ent__import_part(im, ent__str("totals"));
    ent__import_version(im, ent__str("4.0"));
    return ent__import_mapped(im, &total_table, map, sizeof(map) / sizeof(map[0]), err);
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const flow_header[] = { "ccode1", "ccode2", "year", "flow1", "flow2", NULL };
static const char *const total_header[] = { "ccode", "year", "imports", "exports", NULL };

static const struct ent_form forms[] = {
    {
        .name = "flows of dyads",
        .columns = flow_header,
        .import = import_flows,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
    {
        .name = "totals of states",
        .columns = total_header,
        .import = import_totals,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &flow_table, &total_table, NULL };

const struct ent_dataset ent__cow_trade = {
    .info = {
        .id = "cow_trade",
        .title = "Correlates of War, International Trade 4.0",
        .publisher = "Correlates of War Project",
        .citation = "Barbieri, Katherine, Omar M. G. Keshk and Brian M. Pollins. 2009. \"Trading "
                    "Data: Evaluating our Assumptions and Coding Rules.\" Conflict Management and "
                    "Peace Science 26 (5): 471-491. Data version 4.0.",
        .bibtex = "@article{barbieri2009trading, author = {Barbieri, Katherine and Keshk, Omar "
                  "M. G. and Pollins, Brian M.}, title = {Trading Data: Evaluating our "
                  "Assumptions and Coding Rules}, journal = {Conflict Management and Peace "
                  "Science}, volume = {26}, number = {5}, pages = {471--491}, year = {2009}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/bilateral-trade/",
    },
    .years = "1870 to 2014",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
