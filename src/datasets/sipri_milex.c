/*
 * SIPRI Military Expenditure Database: a workbook with a sheet for each way of
 * putting it, states down and years across.
 *
 * "..." (". ." in its own legend) is unknown, and "xxx" a year in which the state did
 * not exist or was not independent.  Neither has a row: which of the two it is follows
 * from the state's membership, while the rows of a state under two names (Serbia,
 * Yugoslavia) would contradict each other.  Regions stand among the states.  Sheets in local
 * currency and of regional totals are passed over.  "Share of ..." is a fraction in the file
 * and here.
 *
 * In current US$ a 0 is mostly a figure that could not be converted (East Germany in 30
 * years, the Soviet Union's in Russia's row): it is read as unknown.  States without an
 * army keep their 0 in constant US$.
 */
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"
#include "datasets/sipri.h"

enum {
    MOST_COLUMNS = 400
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "milex_current_usd_m", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million current US$",
      "military expenditure at the year's prices and exchange rate" },
    { "milex_constant_usd_m", ENT_ROLE_VALUE, ENT_TYPE_REAL, "million constant US$",
      "military expenditure at the prices and exchange rate of the year named as base" },
    { "share_gdp", ENT_ROLE_VALUE, ENT_TYPE_REAL, "share of 1",
      "military expenditure as a share of gross domestic product" },
    { "per_capita", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$",
      "military expenditure a head" },
    { "share_government", ENT_ROLE_VALUE, ENT_TYPE_REAL, "share of 1",
      "military expenditure as a share of what the government spends" },
};

enum {
    YEAR,
    STATE,
    CURRENT,
    CONSTANT,
    SHARE_GDP,
    PER_CAPITA,
    SHARE_GOVERNMENT,
    COLUMNS
};

static const struct ent_table table = {
    .name = "milex",
    .what = "military expenditure of a state in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

/* What a sheet's title says that it holds, and the column that it fills. */
static const struct sheet {
    const char *words; /* in the title, behind "Military expenditure" */
    const char *part;
    size_t to;
} sheets[] = {
    { "US$ at current prices", "current US$", CURRENT },
    { "in constant (", "constant US$", CONSTANT },
    { "percentage of gross domestic product", "share of GDP", SHARE_GDP },
    { "per capita", "per capita", PER_CAPITA },
    { "percentage of government spending", "share of government spending", SHARE_GOVERNMENT },
};

/* The kind of the sheet, or NULL. */
static const struct sheet *sheet_of(const struct ent_preview *p)
{
    struct ent_str title;

    if (p->row_count == 0 || p->rows[0].cell_count == 0 ||
        p->rows[0].cells[0].kind != ENT_CELL_TEXT)
        return NULL;
    title = p->rows[0].cells[0].text;
    if (!ent__str_starts(title, "Military expenditure") ||
        ent__str_find(title, "country") == SIZE_MAX)
        return NULL;
    for (size_t s = 0; s < sizeof(sheets) / sizeof(sheets[0]); s++) {
        if (ent__str_find(title, sheets[s].words) != SIZE_MAX)
            return &sheets[s];
    }
    return NULL;
}

static bool recognise(const struct ent_preview *p)
{
    return sheet_of(p) != NULL;
}

/* The last four digits of the title's "1949-2024" are the edition's last year. */
static void read_version(struct ent_import *im, struct ent_str title)
{
    for (size_t i = 0; i + 9 <= title.len; i++) {
        int64_t first, last;

        if (title.at[i + 4] == '-' &&
            ent__str_to_i64(ent__str_slice(title, i, i + 4), &first) &&
            ent__str_to_i64(ent__str_slice(title, i + 5, i + 9), &last) && first > 1900 &&
            last > first) {
            ent__import_version(im, ent__str_slice(title, i + 5, i + 9));
            return;
        }
    }
}

struct layout {
    const struct sheet *sheet;
    struct ent_stage *stage;
    size_t columns;
    int year[MOST_COLUMNS]; /* by column; 0 is none */
};

static enum ent_status
read_years(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    const struct ent_preview *p = im->preview;
    size_t found = 0;

    memset(l->year, 0, sizeof(l->year));
    l->columns = p->name_count < MOST_COLUMNS ? p->name_count : MOST_COLUMNS;
    for (size_t c = 1; c < l->columns; c++) {
        int64_t year;

        if (ent__cell_i64(&p->names[c], &year) && year >= 1900 && year <= 2200) {
            l->year[c] = (int)year;
            found++;
        }
    }
    if (!found)
        return ent_fail(err, ENT_EFORMAT, "no years behind \"Country\"");
    return ENT_OK;
}

static enum ent_status
put_state(struct ent_import *im, const struct layout *l, struct ent_error *err)
{
    struct ent_str name = ent__import_text(im, 0);

    for (size_t c = 1; c < l->columns && c < im->cell_count; c++) {
        union ent_value *row;
        double value;
        int state;

        if (!l->year[c] || !ent__import_real(im, c, &value) ||
            (l->sheet->to == CURRENT && value == 0))
            continue;
        state = ent__sipri_state(im, name, l->year[c]);
        if (state < 0)
            return ENT_OK;
        ENT_TRY(ent__import_row(im, l->stage, &row, err));
        row[YEAR].i = l->year[c];
        row[STATE].i = state;
        row[l->sheet->to].r = value;
        ent__import_end_row(im, l->stage);
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct layout l = { .sheet = sheet_of(im->preview) };
    bool more;

    if (!l.sheet)
        return ent_fail(err, ENT_EFORMAT, "no title of a sheet of military expenditure");
    ENT_TRY(ent__import_stage(im, &table, &l.stage, err));
    ENT_TRY(read_years(im, &l, err));
    ent__import_part(im, ent__str(l.sheet->part));
    read_version(im, im->preview->rows[0].cells[0].text);
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_state(im, &l, err));
    }
}

static const char *const header[] = { "Country", NULL };

static const char *const missing[] = { "...", ". .", "xxx", NULL };

static const struct ent_form forms[] = {
    { .name = "sheet of states and years",
      .columns = header,
      .recognise = recognise,
      .import = import,
      .missing_texts = missing },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__sipri_milex = {
    .info = {
        .id = "sipri_milex",
        .title = "SIPRI Military Expenditure Database",
        .publisher = "Stockholm International Peace Research Institute",
        .citation = "Stockholm International Peace Research Institute. SIPRI Military "
                    "Expenditure Database. https://doi.org/10.55163/CQGC9685.",
        .bibtex = "@misc{sipri_milex, author = {{Stockholm International Peace Research "
                  "Institute}}, title = {{SIPRI} Military Expenditure Database}, doi = "
                  "{10.55163/CQGC9685}, url = {https://www.sipri.org/databases/milex}}",
        .licence = "free for non-commercial use, with the source named; see SIPRI's terms",
        .url = "https://www.sipri.org/databases/milex",
    },
    .years = "1949 to 2024",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
