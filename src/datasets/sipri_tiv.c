/*
 * SIPRI Arms Transfers Database, TIV tables: what one supplier delivered to each
 * recipient, a year a column; one file a supplier.
 *
 * An empty cell is no delivery.  0 is a delivery below 0.5, which is kept apart.
 * Sums of rows and the file's own total differ by rounding, and the total includes
 * recipients that are no state: it has a table of its own.  "Soviet Union" and
 * "Russia", "North Yemen" and "Yemen Arab Republic" are one state each, and are
 * added up.  A later edition revises earlier years, so shares of the two editions
 * are not to be mixed.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"
#include "datasets/sipri.h"

enum {
    MOST_YEARS = 400
};

static const struct ent_column flow_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year of delivery" },
    { "supplier", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that delivers" },
    { "recipient", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that receives" },
    { "tiv", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume of major arms delivered; 0 is under 0.5, not none" },
    { "below_half", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "how many of the figures added up here are a 0, a delivery under 0.5" },
};

enum {
    FLOW_YEAR,
    FLOW_SUPPLIER,
    FLOW_RECIPIENT,
    FLOW_TIV,
    FLOW_BELOW_HALF,
    FLOW_COLUMNS
};

static const struct ent_table flow_table = {
    .name = "sipri_tiv",
    .what = "volume of major arms delivered by one state to another in a year",
    .columns = flow_columns,
    .column_count = FLOW_COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_SUM,
    .absence = ENT_ABSENCE_ZERO,
};

static const struct ent_column total_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year of delivery" },
    { "supplier", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the state that delivers" },
    { "tiv", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume delivered to all recipients, rebels, organisations and unknown ones included" },
};

enum {
    TOTAL_YEAR,
    TOTAL_SUPPLIER,
    TOTAL_TIV,
    TOTAL_COLUMNS
};

static const struct ent_table total_table = {
    .name = "sipri_tiv_total",
    .what = "volume of major arms delivered by a state to all recipients in a year",
    .columns = total_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 2,
    .duplicates = ENT_DUPLICATES_SUM,
};

static const char title[] = "TIV of arms exports from ";

/* What the lines above the years say. */
struct heading {
    struct ent_str supplier;
    int first, last;
    size_t columns;       /* columns that are years */
    int year[MOST_YEARS]; /* by column; 0 is none */
    size_t row;           /* of the preview, with the years */
};

/* "TIV of arms exports from Korea, South, 1950-2021" */
static bool read_title(struct ent_str text, struct heading *h)
{
    size_t comma = text.len;
    int64_t first, last;

    if (!ent__str_starts(text, title))
        return false;
    while (comma > 0 && text.at[comma - 1] != ',')
        comma--;
    if (comma <= sizeof(title) || text.len - comma < 10)
        return false;
    if (!ent__str_to_i64(ent__str_slice(text, comma, comma + 5), &first) ||
        text.at[comma + 5] != '-' ||
        !ent__str_to_i64(ent__str_slice(text, comma + 6, text.len), &last) || first < 1900 ||
        last < first || last > 2200)
        return false;
    h->supplier = ent__str_trim(ent__str_slice(text, sizeof(title) - 1, comma - 1));
    h->first = (int)first;
    h->last = (int)last;
    return true;
}

/* Whether a row holds the years: a blank cell, then numbers that go up by one. */
static bool read_years(const struct ent_cell *cells, size_t count, struct heading *h)
{
    h->columns = 0;
    if (count < 2 || !ent__cell_blank(&cells[0]))
        return false;
    for (size_t c = 1; c < count && c < MOST_YEARS; c++) {
        int64_t year;

        if (!ent__cell_i64(&cells[c], &year) || year < 1900 || year > 2200 ||
            (c > 1 && year != h->year[c - 1] + 1))
            break;
        h->year[c] = (int)year;
        h->columns = c;
    }
    return h->columns > 0;
}

static bool read_heading(const struct ent_preview *p, struct heading *h)
{
    memset(h, 0, sizeof(*h));
    if (p->row_count == 0 || p->rows[0].cell_count == 0 ||
        p->rows[0].cells[0].kind != ENT_CELL_TEXT || !read_title(p->rows[0].cells[0].text, h))
        return false;
    for (h->row = 1; h->row < p->row_count; h->row++) {
        if (read_years(p->rows[h->row].cells, p->rows[h->row].cell_count, h))
            return true;
    }
    return false;
}

static bool recognise(const struct ent_preview *p)
{
    struct heading h;

    return read_heading(p, &h);
}

static enum ent_status put_total(struct ent_import *im, const struct heading *h,
                                 struct ent_stage *stage, struct ent_error *err)
{
    for (size_t c = 1; c <= h->columns; c++) {
        union ent_value *row;
        double tiv;
        int supplier;

        if (!ent__import_real(im, c, &tiv))
            continue;
        supplier = ent__sipri_state(im, h->supplier, h->year[c]);
        if (supplier < 0)
            return ENT_OK;
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[TOTAL_YEAR].i = h->year[c];
        row[TOTAL_SUPPLIER].i = supplier;
        row[TOTAL_TIV].r = tiv;
        ent__import_end_row(im, stage);
    }
    return ENT_OK;
}

static enum ent_status put_recipient(struct ent_import *im, const struct heading *h,
                                     struct ent_stage *stage, struct ent_error *err)
{
    for (size_t c = 1; c <= h->columns; c++) {
        union ent_value *row;
        double tiv;
        int supplier, recipient;

        if (!ent__import_real(im, c, &tiv))
            continue;
        if (tiv < 0) {
            ent__import_problem(im, c, "a volume of %g; it cannot be negative", tiv);
            continue;
        }
        supplier = ent__sipri_state(im, h->supplier, h->year[c]);
        recipient = ent__sipri_state(im, ent__import_text(im, 0), h->year[c]);
        if (supplier < 0 || recipient < 0 || supplier == recipient)
            continue;
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[FLOW_YEAR].i = h->year[c];
        row[FLOW_SUPPLIER].i = supplier;
        row[FLOW_RECIPIENT].i = recipient;
        row[FLOW_TIV].r = tiv;
        row[FLOW_BELOW_HALF].i = tiv < 0.5;
        ent__import_end_row(im, stage);
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    const struct ent_preview *p = im->preview;
    struct ent_stage *flows, *totals;
    struct heading h;
    char day[ENT_SIPRI_DAY];
    bool more, total = false;

    if (!read_heading(p, &h))
        return ent_fail(err, ENT_EFORMAT, "no title and years of a TIV table");
    ENT_TRY(ent__import_stage(im, &flow_table, &flows, err));
    ENT_TRY(ent__import_stage(im, &total_table, &totals, err));
    for (size_t i = 1; i < h.row; i++) {
        if (p->rows[i].cell_count && p->rows[i].cells[0].kind == ENT_CELL_TEXT &&
            ent__str_starts(p->rows[i].cells[0].text, "Generated:") &&
            ent__sipri_day(p->rows[i].cells[0].text, day))
            ent__import_version(im, ent__str(day));
    }
    ent__import_part(im, h.supplier);
    ent__import_years(im, h.first, h.last);
    for (size_t i = 0; i <= h.row; i++)
        ENT_TRY(ent__import_next(im, &more, err));
    for (;;) {
        struct ent_str name;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        name = ent__import_text(im, 0);
        if (name.len == 0)
            continue;
        total = ent__str_is(name, "Total");
        if (total)
            ENT_TRY(put_total(im, &h, totals, err));
        else
            ENT_TRY(put_recipient(im, &h, flows, err));
    }
    if (!total)
        ent__import_problem(im, SIZE_MAX, "the file ends before its total: it may be cut off");
    return ENT_OK;
}

static const struct ent_form forms[] = {
    { .name = "exports of one supplier, CSV", .recognise = recognise, .import = import },
};

static const struct ent_table *const tables[] = { &flow_table, &total_table, NULL };

const struct ent_dataset ent__sipri_tiv = {
    .info = {
        .id = "sipri_tiv",
        .title = "SIPRI Arms Transfers Database, TIV by supplier and recipient",
        .publisher = "Stockholm International Peace Research Institute",
        .citation = "Stockholm International Peace Research Institute. SIPRI Arms Transfers "
                    "Database, importer/exporter TIV tables. "
                    "https://doi.org/10.55163/SAFC1241.",
        .bibtex = "@misc{sipri_tiv_tables, author = {{Stockholm International Peace Research "
                  "Institute}}, title = {{SIPRI} Arms Transfers Database, {TIV} tables}, doi = "
                  "{10.55163/SAFC1241}, url = {https://www.sipri.org/databases/armstransfers}}",
        .licence = "free for non-commercial use, with the source named; see SIPRI's terms",
        .url = "https://www.sipri.org/databases/armstransfers",
    },
    .years = "1950 to the year before the edition",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
