/*
 * International Monetary Fund, Direction of Trade Statistics: total trade of one
 * reporter with its partners, as a workbook with a sheet a reporter.
 *
 * A sheet is named after its reporter; its rows are partners, the reporter among
 * them with zeros, and its columns years.  What A reports of its trade with B and
 * what B reports of its trade with A differ, and both are kept.  An empty cell is
 * unknown.  The figures are US$, kept here in millions.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    MOST_YEARS = 400
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "reporter", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that reports" },
    { "partner", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it trades with" },
    { "trade_total", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",
      "exports and imports together, as the reporter says" },
};

enum {
    YEAR,
    REPORTER,
    PARTNER,
    TRADE_TOTAL,
    COLUMNS
};

static const struct ent_table table = {
    .name = "dots",
    .what = "trade of one state with another in a year, by its own report",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

/* The years of the first row by column; how many columns, the first included, or 0. */
static size_t read_years(const struct ent_preview *p, int year[MOST_YEARS])
{
    size_t count = p->row_count ? p->rows[0].cell_count : 0;
    size_t found = 0;

    if (count < 2 || count > MOST_YEARS || !ent__cell_blank(&p->rows[0].cells[0]))
        return 0;
    for (size_t c = 1; c < count; c++) {
        int64_t number;

        year[c] = 0;
        if (ent__cell_blank(&p->rows[0].cells[c]))
            continue;
        if (!ent__cell_i64(&p->rows[0].cells[c], &number) || number < 1900 || number > 2200)
            return 0;
        year[c] = (int)number;
        found++;
    }
    return found ? count : 0;
}

static int reporter_of(struct ent_str sheet)
{
    struct ent_state_match match;

    if (sheet.len == 0 || ent_state_find(sheet, ENT_CODE_NAME, 0, &match, NULL) != ENT_OK)
        return -1;
    return match.id;
}

/* Years above, and the state that the sheet is named after among the rows. */
static bool recognise(const struct ent_preview *p)
{
    int year[MOST_YEARS];

    if (read_years(p, year) == 0 || reporter_of(p->table) < 0)
        return false;
    for (size_t i = 1; i < p->row_count; i++) {
        const struct ent_cell *name = p->rows[i].cells;

        if (p->rows[i].cell_count && name->kind == ENT_CELL_TEXT &&
            ent__str_eq(ent__str_trim(name->text), ent__str_trim(p->table)))
            return true;
    }
    return false;
}

static enum ent_status put_partner(struct ent_import *im, struct ent_stage *stage, int reporter,
                                   const int *year, size_t count, struct ent_error *err)
{
    for (size_t c = 1; c < count; c++) {
        union ent_value *row;
        double dollars;
        int partner;

        if (!year[c] || !ent__import_real(im, c, &dollars))
            continue;
        partner = ent__import_state(im, 0, ENT_CODE_NAME, year[c]);
        if (partner < 0 || partner == reporter)
            continue;
        if (dollars < 0) {
            ent__import_problem(im, c, "trade of %g; it cannot be negative", dollars);
            continue;
        }
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[YEAR].i = year[c];
        row[REPORTER].i = reporter;
        row[PARTNER].i = partner;
        row[TRADE_TOTAL].r = dollars / 1e6;
        ent__import_end_row(im, stage);
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    int year[MOST_YEARS];
    size_t count = read_years(im->preview, year);
    int reporter = reporter_of(im->preview->table);
    const struct ent_state *state = ent_state_get(reporter);
    struct ent_stage *stage;
    bool more;

    if (!state || !count)
        return ent_fail(err, ENT_EFORMAT, "no sheet of one reporter with years above");
    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ent__import_part(im, state->iso3[0] ? ent__str(state->iso3) : im->preview->table);
    ENT_TRY(ent__import_next(im, &more, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_partner(im, stage, reporter, year, count, err));
    }
}

static const struct ent_form forms[] = {
    { .name = "sheet of one reporter, years across", .recognise = recognise, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__dots = {
    .info = {
        .id = "dots",
        .title = "IMF Direction of Trade Statistics, total trade by reporter",
        .publisher = "International Monetary Fund",
        .citation = "International Monetary Fund. Direction of Trade Statistics (DOTS). "
                    "Washington, D.C.",
        .bibtex = "@misc{imf_dots, author = {{International Monetary Fund}}, title = "
                  "{Direction of Trade Statistics ({DOTS})}, address = {Washington, D.C.}, url "
                  "= {https://data.imf.org/dot}}",
        .licence = "free to use with the source named, under the IMF's terms for its data",
        .url = "https://data.imf.org/dot",
    },
    .years = "1948 to 2019",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
