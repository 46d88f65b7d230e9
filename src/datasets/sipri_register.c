/*
 * SIPRI Arms Transfers Database, trade register: one line a weapon system, deal and
 * year of delivery, from 1950.
 *
 * The file begins with lines about itself, of which the years chosen and the day on
 * which it was made are read, and each of its lines ends in ';'.  The years chosen
 * may run ahead of the data: the coverage ends with the last year in which anything
 * was delivered to anybody.
 *
 * Rebels, organisations and unknown ones are no states: what went to them or came
 * from them is only in the totals of the state on the other side.
 *
 * TIV, the trend-indicator value, measures military capability, not money: never to
 * be added to trade or divided by GDP.  A later edition revises earlier years.
 */
#include <math.h>

#include "base/alloc.h"
#include "datasets/import.h"
#include "datasets/sipri.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year of delivery" },
    { "supplier", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that delivers" },
    { "recipient", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that receives" },
    { "deal", ENT_ROLE_KEY, ENT_TYPE_INT, "", "SIPRI's number of the deal" },
    { "tiv_delivered", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume delivered in the year" },
    { "tiv_unit", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume of one piece in this deal, lower for second-hand arms" },
    { "tiv_unit_new", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume of one piece if new" },
    { "delivered", ENT_ROLE_VALUE, ENT_TYPE_REAL, "pieces", "number delivered in the year" },
    { "delivered_estimated", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if that number is SIPRI's estimate" },
    { "year_estimated", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if the year of delivery is SIPRI's estimate" },
    { "order_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year of the order" },
    { "order_year_estimated", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if the year of the order is SIPRI's estimate" },
    { "category_code", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 aircraft, 2 air-defence systems, 3 armoured vehicles, 4 artillery, 5 engines, "
      "6 missiles, 7 naval weapons, 8 satellites, 9 sensors, 10 ships, 11 other" },
    { "status_code", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "0 new, 1 second hand, 2 second hand but modernized" },
    { "local_production", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if made or assembled by the recipient under licence" },
    { "designation", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "name of the weapon" },
    { "description", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what it is" },
    { "category", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "armament category" },
    { "status", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "new or second hand" },
};

enum {
    YEAR,
    SUPPLIER,
    RECIPIENT,
    DEAL,
    TIV_DELIVERED,
    TIV_UNIT,
    TIV_UNIT_NEW,
    DELIVERED,
    DELIVERED_ESTIMATED,
    YEAR_ESTIMATED,
    ORDER_YEAR,
    ORDER_YEAR_ESTIMATED,
    CATEGORY_CODE,
    STATUS_CODE,
    LOCAL_PRODUCTION,
    DESIGNATION,
    DESCRIPTION,
    CATEGORY,
    STATUS,
    COLUMNS
};

static const struct ent_table table = {
    .name = "arms_transfer",
    .what = "major arms of one deal delivered by one state to another in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
};

static const struct ent_column supplied_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year of delivery" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the state that delivers" },
    { "tiv_delivered", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume delivered to all, rebels, organisations and unknown recipients included" },
};

static const struct ent_column received_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year of delivery" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the state that receives" },
    { "tiv_delivered", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million TIV",
      "volume received from all, organisations and unknown suppliers included" },
};

enum {
    TOTAL_YEAR,
    TOTAL_STATE,
    TOTAL_TIV,
    TOTAL_COLUMNS
};

static const struct ent_table supplied_table = {
    .name = "arms_supplied",
    .what = "major arms delivered by a state to all recipients in a year",
    .columns = supplied_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 2,
    .duplicates = ENT_DUPLICATES_SUM,
    .absence = ENT_ABSENCE_ZERO,
};

static const struct ent_table received_table = {
    .name = "arms_received",
    .what = "major arms received by a state from all suppliers in a year",
    .columns = received_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 2,
    .duplicates = ENT_DUPLICATES_SUM,
    .absence = ENT_ABSENCE_ZERO,
};

/* Where a column of the table stands in the file, and how it is written there. */
enum kind {
    NUMBER,
    YES_NO,
    TEXT,
    CODE
};

static const char *const categories[] = { "Aircraft",
                                          "Air-defence systems",
                                          "Armoured vehicles",
                                          "Artillery",
                                          "Engines",
                                          "Missiles",
                                          "Naval weapons",
                                          "Satellites",
                                          "Sensors",
                                          "Ships",
                                          "Other",
                                          NULL };
static const char *const statuses[] = { "New", "Second hand", "Second hand but modernized",
                                        NULL };

static const struct field {
    const char *name;
    size_t to;
    enum kind kind;
    const char *const *words; /* of a CODE */
    int first;                /* code of the first word */
} fields[] = {
    { "SIPRI AT Database ID", DEAL, NUMBER, NULL, 0 },
    { "TIV delivery values", TIV_DELIVERED, NUMBER, NULL, 0 },
    { "TIV deal unit", TIV_UNIT, NUMBER, NULL, 0 },
    { "SIPRI estimate", TIV_UNIT_NEW, NUMBER, NULL, 0 },
    { "Numbers delivered", DELIVERED, NUMBER, NULL, 0 },
    { "Numbers delivered is estimate", DELIVERED_ESTIMATED, YES_NO, NULL, 0 },
    { "Delivery year is estimate", YEAR_ESTIMATED, YES_NO, NULL, 0 },
    { "Order date", ORDER_YEAR, NUMBER, NULL, 0 },
    { "Order date is estimate", ORDER_YEAR_ESTIMATED, YES_NO, NULL, 0 },
    { "Local production", LOCAL_PRODUCTION, YES_NO, NULL, 0 },
    { "Armament category", CATEGORY_CODE, CODE, categories, 1 },
    { "Status", STATUS_CODE, CODE, statuses, 0 },
    { "Designation", DESIGNATION, TEXT, NULL, 0 },
    { "Description", DESCRIPTION, TEXT, NULL, 0 },
    { "Armament category", CATEGORY, TEXT, NULL, 0 },
    { "Status", STATUS, TEXT, NULL, 0 },
};

enum {
    FIELDS = sizeof(fields) / sizeof(fields[0])
};

/* A column whose name may have the line's ';' behind it. */
static enum ent_status
find_column(struct ent_import *im, const char *name, size_t *column, struct ent_error *err)
{
    for (size_t c = 0; c < im->preview->name_count; c++) {
        struct ent_str n = ent__str_trim(im->preview->names[c].text);

        if (ent__str_ends(n, ";"))
            n = ent__str_trim(ent__str_slice(n, 0, n.len - 1));
        if (ent__str_is_nocase(n, name)) {
            *column = c;
            return ENT_OK;
        }
    }
    return ent__import_need(im, name, column, err);
}

/* The text of a cell, without the line's ';'. */
static struct ent_str text_of(struct ent_import *im, size_t column)
{
    struct ent_str text = ent__import_text(im, column);

    if (column + 1 == im->cell_count && ent__str_ends(text, ";"))
        text = ent__str_trim(ent__str_slice(text, 0, text.len - 1));
    return text;
}

static void put_word(struct ent_import *im, size_t column, const char *const *words, int first,
                     union ent_value *cell)
{
    struct ent_str text = text_of(im, column);

    for (int i = 0; text.len && words[i]; i++) {
        if (ent__str_is_nocase(text, words[i])) {
            cell->i = first + i;
            return;
        }
    }
    if (text.len)
        ent__import_problem(im, column, "\"%.*s\" is not a word expected here", (int)text.len,
                            text.at);
}

static enum ent_status put_field(struct ent_import *im, const struct field *f, size_t column,
                                 struct ent_stage *stage, union ent_value *row,
                                 struct ent_error *err)
{
    static const char *const no_yes[] = { "No", "Yes", NULL };

    switch (f->kind) {
    case NUMBER:
        if (columns[f->to].type == ENT_TYPE_INT)
            ent__import_put_int(im, column, &row[f->to]);
        else
            ent__import_put_real(im, column, &row[f->to]);
        return ENT_OK;
    case YES_NO:
        put_word(im, column, no_yes, 0, &row[f->to]);
        return ENT_OK;
    case CODE:
        put_word(im, column, f->words, f->first, &row[f->to]);
        return ENT_OK;
    case TEXT:
        return ent__stage_text(stage, &row[f->to], text_of(im, column), err);
    }
    return ENT_OK;
}

/* The two years in quotes: "for the year range '1995' to '2025'". */
static bool year_range(struct ent_str text, int *first, int *last)
{
    size_t at = ent__str_find(text, "year range '");
    int64_t a, b;

    if (at == SIZE_MAX || at + 26 > text.len)
        return false;
    text = ent__str_slice(text, at, text.len);
    if (!ent__str_to_i64(ent__str_slice(text, 12, 16), &a) ||
        !ent__str_to_i64(ent__str_slice(text, 22, 26), &b) || a < 1900 || b < a || b > 2200)
        return false;
    *first = (int)a;
    *last = (int)b;
    return true;
}

/*
 * Refuse an export of a few suppliers or recipients: what is not in it would be
 * taken for "no deliveries".
 */
static enum ent_status check_countries(struct ent_import *im, struct ent_error *err)
{
    const struct ent_preview *p = im->preview;
    struct ent_str text;

    if (p->header == 0 || p->header > p->row_count || p->rows[0].cell_count == 0 ||
        p->rows[0].cells[0].kind != ENT_CELL_TEXT)
        return ENT_OK;
    text = p->rows[0].cells[0].text;
    if (!ent__str_starts(text, "Transfers of major conventional arms from ") ||
        (ent__str_find(text, "from All countries") != SIZE_MAX &&
         ent__str_find(text, "to All countries") != SIZE_MAX))
        return ENT_OK;
    return ent_fail(err, ENT_EFORMAT,
                    "this register was made for some countries only, so that it cannot show "
                    "where there were no deliveries; make one from all to all countries");
}

/* What the lines above the header say. */
static void read_preamble(struct ent_import *im, int *first, int *last)
{
    const struct ent_preview *p = im->preview;
    char day[ENT_SIPRI_DAY];

    for (size_t i = 0; i < p->header && i < p->row_count; i++) {
        for (size_t c = 0; c < p->rows[i].cell_count; c++) {
            struct ent_str text = p->rows[i].cells[c].text;

            if (p->rows[i].cells[c].kind != ENT_CELL_TEXT)
                continue;
            year_range(text, first, last);
            if (ent__str_starts(text, "Data generated:") && ent__sipri_day(text, day))
                ent__import_version(im, ent__str(day));
        }
    }
}

/* Where the columns of the file are, and the stages. */
struct layout {
    size_t supplier, recipient, year, tiv, column[FIELDS];
    struct ent_stage *deals, *supplied, *received;
};

static enum ent_status prepare(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_stage(im, &table, &l->deals, err));
    ENT_TRY(ent__import_stage(im, &supplied_table, &l->supplied, err));
    ENT_TRY(ent__import_stage(im, &received_table, &l->received, err));
    ENT_TRY(find_column(im, "Supplier", &l->supplier, err));
    ENT_TRY(find_column(im, "Recipient", &l->recipient, err));
    ENT_TRY(find_column(im, "Delivery year", &l->year, err));
    ENT_TRY(find_column(im, "TIV delivery values", &l->tiv, err));
    for (size_t f = 0; f < FIELDS; f++)
        ENT_TRY(find_column(im, fields[f].name, &l->column[f], err));
    return ENT_OK;
}

static enum ent_status put_total(struct ent_import *im, struct ent_stage *stage, int64_t year,
                                 int state, double tiv, struct ent_error *err)
{
    union ent_value *row;

    if (state < 0)
        return ENT_OK;
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[TOTAL_YEAR].i = year;
    row[TOTAL_STATE].i = state;
    row[TOTAL_TIV].r = tiv;
    ent__import_end_row(im, stage);
    return ENT_OK;
}

/* One line: a row of the deals if both sides are states, and a part of their totals. */
static enum ent_status
put_line(struct ent_import *im, const struct layout *l, int64_t year, struct ent_error *err)
{
    int from = ent__sipri_state(im, text_of(im, l->supplier), (int)year);
    int to = ent__sipri_state(im, text_of(im, l->recipient), (int)year);
    union ent_value *row;
    double tiv = NAN;

    if (from == to)
        return ENT_OK;
    if (from >= 0 && to >= 0) {
        ENT_TRY(ent__import_row(im, l->deals, &row, err));
        row[YEAR].i = year;
        row[SUPPLIER].i = from;
        row[RECIPIENT].i = to;
        for (size_t f = 0; f < FIELDS; f++)
            ENT_TRY(put_field(im, &fields[f], l->column[f], l->deals, row, err));
        if (row[DEAL].i == ENT_NONE_INT)
            return ENT_OK;
        tiv = row[TIV_DELIVERED].r;
        ent__import_end_row(im, l->deals);
    } else {
        ent__import_real(im, l->tiv, &tiv);
    }
    if (isnan(tiv))
        return ENT_OK;
    ENT_TRY(put_total(im, l->supplied, year, from, tiv, err));
    return put_total(im, l->received, year, to, tiv, err);
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    int first = 0, last = 0, latest = 0;
    struct layout l;
    bool more;

    ENT_TRY(prepare(im, &l, err));
    ENT_TRY(check_countries(im, err));
    read_preamble(im, &first, &last);
    for (;;) {
        int64_t year;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        if (im->cell_count < im->preview->name_count) {
            ent__import_problem(im, SIZE_MAX, "%zu cells where the header has %zu",
                                im->cell_count, im->preview->name_count);
            continue;
        }
        if (!ent__import_int(im, l.year, &year))
            continue;
        if (year > latest && year < 3000)
            latest = (int)year;
        ENT_TRY(put_line(im, &l, year, err));
    }
    if (first && latest >= first)
        ent__import_years(im, first, latest < last ? latest : last);
    return ENT_OK;
}

static const char *const header[] = { "SIPRI AT Database ID", "Supplier", "Recipient",
                                      "TIV delivery values", NULL };

static const struct ent_form forms[] = {
    { .name = "trade register, CSV", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, &supplied_table, &received_table,
                                                  NULL };

const struct ent_dataset ent__sipri_register = {
    .info = {
        .id = "sipri_register",
        .title = "SIPRI Arms Transfers Database, trade register",
        .publisher = "Stockholm International Peace Research Institute",
        .citation = "Stockholm International Peace Research Institute. SIPRI Arms Transfers "
                    "Database, trade register. https://doi.org/10.55163/SAFC1241.",
        .bibtex = "@misc{sipri_arms_transfers, author = {{Stockholm International Peace "
                  "Research Institute}}, title = {{SIPRI} Arms Transfers Database}, doi = "
                  "{10.55163/SAFC1241}, url = {https://www.sipri.org/databases/armstransfers}}",
        .licence = "free for non-commercial use, with the source named; see SIPRI's terms",
        .url = "https://www.sipri.org/databases/armstransfers",
    },
    .years = "1950 to the year before the edition",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
