/*
 * Trade in gas, coal and oil: the trade sheets of bp's Statistical Review of World
 * Energy 2022 and the Energy Institute's of 2024, each sheet as a CSV.
 *
 * A sheet says what it is in its first cell.  There are three shapes: a matrix of
 * importers and exporters in one year; states by year under "Imports", "Exports"
 * or the title; and the gas of each state by year with "of which" partners.
 *
 * Regions and remainders ("Other CIS", "Rest of World") stand among the states:
 * they go to the unmatched names, and a state's partners do not add up to its
 * total.  "Russia" in one edition is "Russian Federation" in another.  The columns
 * after the last year are growth and shares, and repeat a year as their heading.
 * "-" and "n/a" are missing.  Editions revise older years: a series of a newer one
 * takes the place of the older; matrices are told apart by year.
 */
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"

/* Fuels, as numbered in the tables. */
enum {
    GAS_PIPELINE = 1,
    GAS_LNG,
    COAL,
    OIL_CRUDE,
    OIL_PRODUCT,
    OIL,
};

enum {
    IMPORTS = 1,
    EXPORTS,
};

#define FUELS                                                                               \
    "1 gas by pipeline, 2 liquefied gas, 3 coal, 4 crude oil, 5 oil products, 6 crude and " \
    "products"

enum {
    TRADE_YEAR,
    TRADE_IMPORTER,
    TRADE_EXPORTER,
    TRADE_FUEL,
    TRADE_VOLUME,
    TRADE_UNIT,
    TRADE_COLUMNS
};

static const struct ent_column trade_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "importer", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that imports" },
    { "exporter", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it imports from" },
    { "fuel", ENT_ROLE_KEY, ENT_TYPE_INT, "", FUELS },
    { "volume", ENT_ROLE_VALUE, ENT_TYPE_REAL, "see unit", "volume traded" },
    { "unit", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "unit of the volume" },
};

static const struct ent_table trade_table = {
    .name = "energy_trade",
    .what = "fuel that one state imports from another in a year",
    .columns = trade_columns,
    .column_count = TRADE_COLUMNS,
    .key_count = 4,
};

static const struct ent_table series_table = {
    .name = "energy_gas_series",
    .what = "gas that one state imports from another by pipeline, as a series of years",
    .columns = trade_columns,
    .column_count = TRADE_COLUMNS,
    .key_count = 4,
};

enum {
    TOTAL_YEAR,
    TOTAL_STATE,
    TOTAL_FUEL,
    TOTAL_FLOW,
    TOTAL_VOLUME,
    TOTAL_UNIT,
    TOTAL_COLUMNS
};

static const struct ent_column total_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "fuel", ENT_ROLE_KEY, ENT_TYPE_INT, "", FUELS },
    { "flow", ENT_ROLE_KEY, ENT_TYPE_INT, "", "1 imports, 2 exports" },
    { "volume", ENT_ROLE_VALUE, ENT_TYPE_REAL, "see unit", "volume traded with all partners" },
    { "unit", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "unit of the volume" },
};

static const struct ent_table total_table = {
    .name = "energy_total",
    .what = "fuel that a state imports or exports in a year",
    .columns = total_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 4,
};

enum {
    MOST_COLUMNS = 64,
};

static const char BCM[] = "billion cubic metres";
static const char EXAJOULES[] = "exajoules";
static const char TONNES[] = "million tonnes";
static const char BARRELS[] = "thousand barrels daily";

static struct ent_str first_text(const struct ent_cell *cells, size_t count)
{
    return count > 0 && cells[0].kind == ENT_CELL_TEXT ? ent__str_trim(cells[0].text)
                                                       : ent__str("");
}

/* The sheet's title: its very first cell. */
static struct ent_str title_of(const struct ent_preview *p)
{
    return p->row_count > 0 && !p->typed ? first_text(p->rows[0].cells, p->rows[0].cell_count)
                                         : ent__str("");
}

/* A name without the marks of its footnotes: "Other Europe1", "LNG exports*". */
static struct ent_str without_marks(struct ent_str name)
{
    name = ent__str_trim(name);
    while (name.len > 1 && (name.at[name.len - 1] == '*' ||
                            (name.at[name.len - 1] >= '0' && name.at[name.len - 1] <= '9')))
        name.len--;
    return ent__str_trim(name);
}

/*
 * The state that a row or column is about; -1 for a region, which is listed, and
 * for a total, which is not worth listing.
 */
static int state_named(struct ent_import *im, struct ent_str name, int year)
{
    name = without_marks(name);
    if (name.len == 0 || ent__str_starts(name, "Total"))
        return -1;
    return ent__import_state_text(im, name, ENT_CODE_NAME, year);
}

/* The first year in a text; 0 when there is none. */
static int year_in(struct ent_str text)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        int64_t year;

        if (text.at[i] >= '1' && text.at[i] <= '2' &&
            ent__str_to_i64(ent__str_slice(text, i, i + 4), &year) && year >= 1900 &&
            year <= 2200)
            return (int)year;
    }
    return 0;
}

/* Go on to the row whose first cell begins with a text; EFORMAT when there is none. */
static enum ent_status
seek_row(struct ent_import *im, const char *begins, struct ent_error *err)
{
    bool more;

    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ent_fail(err, ENT_EFORMAT, "no row that begins with \"%s\"", begins);
        if (ent__str_starts(first_text(im->cells, im->cell_count), begins))
            return ENT_OK;
    }
}

/* The columns of a table, each with a state or a year; -1 and 0 where there is none. */
struct heads {
    int of[MOST_COLUMNS];
    size_t count;
};

static enum ent_status put_volume(struct ent_import *im, const struct ent_table *table,
                                  const int64_t key[4], double volume, const char *unit,
                                  struct ent_error *err)
{
    struct ent_stage *stage;
    union ent_value *row;

    ENT_TRY(ent__import_stage(im, table, &stage, err));
    ENT_TRY(ent__import_row(im, stage, &row, err));
    for (size_t k = 0; k < 4; k++)
        row[k].i = key[k];
    row[TRADE_VOLUME].r = volume;
    ENT_TRY(ent__stage_text(stage, &row[TRADE_UNIT], ent__str(unit), err));
    ent__import_end_row(im, stage);
    return ENT_OK;
}

/* How a matrix lies and what is in it. */
struct matrix {
    int year, fuel;
    const char *unit;
    bool exporters_in_rows; /* "From" rows and "To" columns */
};

/* The row of a matrix that the import stands on. */
static enum ent_status put_matrix_row(struct ent_import *im, const struct matrix *m,
                                      const struct heads *heads, struct ent_error *err)
{
    int side = state_named(im, first_text(im->cells, im->cell_count), m->year);

    for (size_t c = 1; side >= 0 && c < heads->count; c++) {
        int importer = m->exporters_in_rows ? heads->of[c] : side;
        int exporter = m->exporters_in_rows ? side : heads->of[c];
        int64_t key[] = { m->year, importer, exporter, m->fuel };
        double volume;

        if (heads->of[c] >= 0 && importer != exporter && ent__import_real(im, c, &volume))
            ENT_TRY(put_volume(im, &trade_table, key, volume, m->unit, err));
    }
    return ENT_OK;
}

/* Rows to the first one that is blank or a total. */
static enum ent_status put_matrix(struct ent_import *im, const struct matrix *m,
                                  const struct heads *heads, struct ent_error *err)
{
    bool more;

    for (;;) {
        struct ent_str name;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ent_fail(err, ENT_EFORMAT, "the table ends before its row of totals");
        name = first_text(im->cells, im->cell_count);
        if (ent__str_is(name, "From"))
            continue;
        if (name.len == 0 || ent__str_starts(name, "Total"))
            return ENT_OK;
        ENT_TRY(put_matrix_row(im, m, heads, err));
    }
}

/* The states of the row's cells. */
static void read_states(struct ent_import *im, struct heads *heads, int year)
{
    heads->count = im->cell_count < MOST_COLUMNS ? im->cell_count : MOST_COLUMNS;
    for (size_t c = 0; c < heads->count; c++)
        heads->of[c] = c == 0 ? -1 : state_named(im, ent__import_text(im, c), year);
}

/* The same, where a name can begin in the row above: "Trinidad &" over "Tobago". */
static enum ent_status
read_split_states(struct ent_import *im, struct heads *heads, int year, struct ent_error *err)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    char *above[MOST_COLUMNS] = { 0 };
    enum ent_status status = ENT_OK;
    size_t upper = im->cell_count < MOST_COLUMNS ? im->cell_count : MOST_COLUMNS;
    bool more;

    for (size_t c = 1; c < upper; c++)
        above[c] = ent__arena_copy(&arena, ent__import_text(im, c));
    status = ent__import_next(im, &more, err);
    if (status == ENT_OK &&
        (!more || !ent__str_is(first_text(im->cells, im->cell_count), "To")))
        status = ent_fail(err, ENT_EFORMAT, "no row that begins with \"To\" under the unit");
    heads->count = im->cell_count < MOST_COLUMNS ? im->cell_count : MOST_COLUMNS;
    for (size_t c = 0; status == ENT_OK && c < heads->count; c++) {
        struct ent_str below = ent__import_text(im, c);
        char *name = ent__arena_printf(&arena, "%s %.*s", c < upper && above[c] ? above[c] : "",
                                       (int)below.len, below.at);

        if (!name)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for a heading");
        else
            heads->of[c] = c == 0 ? -1 : state_named(im, ent__str(name), year);
    }
    ent__arena_release(&arena);
    return status;
}

static enum ent_status
label_matrix(struct ent_import *im, const char *what, int *year, struct ent_error *err)
{
    struct ent_buf part;
    enum ent_status status;

    *year = year_in(title_of(im->preview));
    if (!*year)
        return ent_fail(err, ENT_EFORMAT, "the title names no year");
    ent__buf_init(&part);
    ent__buf_printf(&part, "%s %d", what, *year);
    status = ent__buf_check(&part, err);
    if (status == ENT_OK)
        ent__import_part(im, ent__buf_str(&part));
    ent__buf_release(&part);
    return status;
}

static enum ent_status import_pipeline(struct ent_import *im, struct ent_error *err)
{
    struct matrix m = { .fuel = GAS_PIPELINE, .unit = BCM };
    struct heads heads;

    ENT_TRY(label_matrix(im, "gas by pipeline", &m.year, err));
    ENT_TRY(seek_row(im, "Billion cubic metres", err));
    ENT_TRY(seek_row(im, "To", err));
    read_states(im, &heads, m.year);
    return put_matrix(im, &m, &heads, err);
}

static enum ent_status import_lng(struct ent_import *im, struct ent_error *err)
{
    struct matrix m = { .fuel = GAS_LNG, .unit = BCM };
    struct heads heads;

    ENT_TRY(label_matrix(im, "liquefied gas", &m.year, err));
    ENT_TRY(seek_row(im, "Billion cubic metres", err));
    ENT_TRY(read_split_states(im, &heads, m.year, err));
    return put_matrix(im, &m, &heads, err);
}

static enum ent_status import_coal(struct ent_import *im, struct ent_error *err)
{
    struct matrix m = { .fuel = COAL, .unit = EXAJOULES, .exporters_in_rows = true };
    struct heads heads;

    ENT_TRY(label_matrix(im, "coal", &m.year, err));
    ENT_TRY(seek_row(im, "Exajoules", err));
    read_states(im, &heads, m.year);
    return put_matrix(im, &m, &heads, err);
}

static enum ent_status import_oil(struct ent_import *im, struct ent_error *err)
{
    struct matrix m = { .fuel = OIL_CRUDE, .unit = TONNES, .exporters_in_rows = true };
    struct heads heads;

    ENT_TRY(label_matrix(im, "oil", &m.year, err));
    ENT_TRY(seek_row(im, "Crude (million tonnes)", err));
    read_states(im, &heads, m.year);
    ENT_TRY(put_matrix(im, &m, &heads, err));
    m.fuel = OIL_PRODUCT;
    ENT_TRY(seek_row(im, "Product (million tonnes)", err));
    return put_matrix(im, &m, &heads, err);
}

/* The years of a row of headings: as long as they follow one another. */
static enum ent_status
read_years(struct ent_import *im, struct heads *heads, struct ent_error *err)
{
    int last = 0;

    heads->count = 1;
    heads->of[0] = 0;
    for (size_t c = 1; c < im->cell_count && c < MOST_COLUMNS; c++) {
        int64_t year;

        if (!ent__cell_i64(&im->cells[c], &year) || year < 1900 || year > 2200 ||
            (last && year != last + 1))
            break;
        heads->of[heads->count++] = last = (int)year;
    }
    if (heads->count == 1)
        return ent_fail(err, ENT_EFORMAT, "no years beside the unit");
    return ENT_OK;
}

/* The edition is that of the year after the last one. */
static enum ent_status
label_series(struct ent_import *im, const char *part, int last_year, struct ent_error *err)
{
    struct ent_buf version;
    enum ent_status status;

    ent__import_part(im, ent__str(part));
    ent__buf_init(&version);
    ent__buf_printf(&version, "%d", last_year + 1);
    status = ent__buf_check(&version, err);
    if (status == ENT_OK)
        ent__import_version(im, ent__buf_str(&version));
    ent__buf_release(&version);
    return status;
}

/* What a series of totals is. */
struct series {
    const char *part, *unit_row, *unit;
    int fuel, flow; /* flow 0: headings "Imports" and "Exports" in the table say it */
};

static enum ent_status put_series(struct ent_import *im, const struct series *s, int flow,
                                  const struct heads *years, struct ent_error *err)
{
    int state = state_named(im, first_text(im->cells, im->cell_count), 0);

    for (size_t c = 1; state >= 0 && c < years->count; c++) {
        int64_t key[] = { years->of[c], state, s->fuel, flow };
        double volume;

        if (ent__import_real(im, c, &volume))
            ENT_TRY(put_volume(im, &total_table, key, volume, s->unit, err));
    }
    return ENT_OK;
}

static enum ent_status
import_series(struct ent_import *im, const struct series *s, struct ent_error *err)
{
    int flow = s->flow;
    struct heads years;
    bool more;

    ENT_TRY(seek_row(im, s->unit_row, err));
    ENT_TRY(read_years(im, &years, err));
    ENT_TRY(label_series(im, s->part, years.of[years.count - 1], err));
    for (;;) {
        struct ent_str name;

        ENT_TRY(ent__import_next(im, &more, err));
        name = first_text(im->cells, more ? im->cell_count : 0);
        if (name.len == 0)
            return ENT_OK;
        if (ent__str_is(name, "Imports"))
            flow = IMPORTS;
        else if (ent__str_is(name, "Exports"))
            flow = EXPORTS;
        else if (flow)
            ENT_TRY(put_series(im, s, flow, &years, err));
    }
}

static enum ent_status import_coal_series(struct ent_import *im, struct ent_error *err)
{
    return import_series(im, &(struct series){ "coal series", "Exajoules", EXAJOULES, COAL, 0 },
                         err);
}

static enum ent_status import_oil_series(struct ent_import *im, struct ent_error *err)
{
    return import_series(
        im, &(struct series){ "oil series", "Thousand barrels daily", BARRELS, OIL, 0 }, err);
}

static enum ent_status import_lng_imports(struct ent_import *im, struct ent_error *err)
{
    return import_series(im,
                         &(struct series){ "liquefied gas imports series",
                                           "Billion cubic metres", BCM, GAS_LNG, IMPORTS },
                         err);
}

static enum ent_status import_lng_exports(struct ent_import *im, struct ent_error *err)
{
    return import_series(im,
                         &(struct series){ "liquefied gas exports series",
                                           "Billion cubic metres", BCM, GAS_LNG, EXPORTS },
                         err);
}

/* Where a reader of the gas balance is: whose gas, and which way. */
struct balance {
    struct heads years;
    int state; /* -1 for a region */
    int flow;  /* of the pipeline rows above, of which partners are told; 0: none */
};

/* Volumes of one row of the balance, of a partner or (partner -1) in all. */
static enum ent_status
put_balance(struct ent_import *im, const struct balance *b, int partner, struct ent_error *err)
{
    bool imports = b->flow == IMPORTS;

    for (size_t c = 1; c < b->years.count; c++) {
        int64_t total[] = { b->years.of[c], b->state, GAS_PIPELINE, b->flow };
        int64_t pair[] = { b->years.of[c], imports ? b->state : partner,
                           imports ? partner : b->state, GAS_PIPELINE };
        double volume;

        if (!ent__import_real(im, c, &volume))
            continue;
        ENT_TRY(put_volume(im, partner < 0 ? &total_table : &series_table,
                           partner < 0 ? total : pair, volume, BCM, err));
    }
    return ENT_OK;
}

/* One row of the balance. */
static enum ent_status
read_balance(struct ent_import *im, struct balance *b, struct ent_error *err)
{
    static const char of_which[] = "of which: ";
    struct ent_str name = without_marks(first_text(im->cells, im->cell_count));
    int partner;

    if (ent__str_is(name, "Pipeline imports") || ent__str_is(name, "Pipeline exports")) {
        b->flow = ent__str_ends(name, "imports") ? IMPORTS : EXPORTS;
        return b->state < 0 ? ENT_OK : put_balance(im, b, -1, err);
    }
    /* Liquefied gas has sheets of its own, which have more states. */
    if (ent__str_starts(name, "Total") || ent__str_starts(name, "LNG")) {
        b->flow = 0;
        return ENT_OK;
    }
    if (im->cell_count < 2 || ent__cell_blank(&im->cells[1])) {
        b->flow = 0;
        b->state = state_named(im, name, 0);
        return ENT_OK;
    }
    if (ent__str_starts(name, of_which))
        name = ent__str_slice(name, sizeof(of_which) - 1, name.len);
    if (b->flow == 0 || b->state < 0)
        return ENT_OK;
    partner = state_named(im, name, 0);
    return partner < 0 ? ENT_OK : put_balance(im, b, partner, err);
}

static enum ent_status import_balance(struct ent_import *im, struct ent_error *err)
{
    struct balance b = { .state = -1 };
    struct ent_stage *stage;
    bool more;

    /* Both tables, so that an edition without rows of one takes those of an older. */
    ENT_TRY(ent__import_stage(im, &series_table, &stage, err));
    ENT_TRY(ent__import_stage(im, &total_table, &stage, err));
    ENT_TRY(seek_row(im, "Billion cubic metres", err));
    ENT_TRY(read_years(im, &b.years, err));
    ENT_TRY(label_series(im, "gas balance series", b.years.of[b.years.count - 1], err));
    for (;;) {
        struct ent_str name;

        ENT_TRY(ent__import_next(im, &more, err));
        name = first_text(im->cells, more ? im->cell_count : 0);
        if (name.len == 0 || ent__str_is(name, "World"))
            return ENT_OK;
        ENT_TRY(read_balance(im, &b, err));
    }
}

/*
 * Crude and products of two years: the years stand over the first column of each
 * four, and "Crude Product Crude Product" over "Imports Imports Exports Exports".
 */
static enum ent_status import_two_years(struct ent_import *im, struct ent_error *err)
{
    int years[2] = { 0, 0 };
    struct ent_str title = title_of(im->preview);
    size_t at = ent__str_find(title, " and ");
    bool more;

    years[0] = year_in(title);
    years[1] = at == SIZE_MAX ? 0 : year_in(ent__str_slice(title, at, title.len));
    if (!years[0] || years[1] != years[0] + 1)
        return ent_fail(err, ENT_EFORMAT, "the title does not name two years");
    ENT_TRY(label_series(im, "oil totals", years[1], err));
    ENT_TRY(label_matrix(im, "oil totals", &years[0], err));
    ENT_TRY(seek_row(im, "Million tonnes", err));
    for (;;) {
        struct ent_str name;
        int state;

        ENT_TRY(ent__import_next(im, &more, err));
        name = first_text(im->cells, more ? im->cell_count : 0);
        /* Below stand the same figures in thousand barrels daily. */
        if (name.len == 0 || ent__str_starts(name, "Thousand"))
            return ENT_OK;
        state = state_named(im, name, 0);
        for (size_t c = 1; state >= 0 && c <= 8; c++) {
            int64_t key[] = { years[(c - 1) / 4], state, c % 2 ? OIL_CRUDE : OIL_PRODUCT,
                              (c - 1) % 4 < 2 ? IMPORTS : EXPORTS };
            double volume;

            if (ent__import_real(im, c, &volume))
                ENT_TRY(put_volume(im, &total_table, key, volume, TONNES, err));
        }
    }
}

/* What a title begins with and has in it, lower case and upper as published. */
static bool title_is(const struct ent_preview *p, const char *begins, const char *has)
{
    struct ent_str title = title_of(p);

    return ent__str_starts(title, begins) && ent__str_find(title, has) != SIZE_MAX;
}

#define RECOGNISE(name, begins, has)              \
    static bool name(const struct ent_preview *p) \
    {                                             \
        return title_is(p, begins, has);          \
    }

RECOGNISE(is_pipeline, "Natural Gas: Trade movements", "by pipeline")
RECOGNISE(is_lng, "Natural Gas: Trade movements", "as liquefied natural gas")
RECOGNISE(is_coal, "Coal: Inter-area movements", "")
RECOGNISE(is_oil, "Oil: Inter-area movements", "")
RECOGNISE(is_coal_series, "Coal: Trade movements", "")
RECOGNISE(is_oil_series, "Oil: Trade movements", "")
RECOGNISE(is_lng_imports, "Natural gas: LNG imports", "")
RECOGNISE(is_lng_exports, "Natural gas: LNG exports", "")
RECOGNISE(is_balance, "Natural gas: Inter-regional trade", "")
RECOGNISE(is_two_years, "Oil trade in ", " and ")

static const char *const missing_texts[] = { "-", "n/a", "^", "\u2020", "\u2021", NULL };

#define FORM(title, test, function)                                                           \
    {                                                                                         \
        .name = title, .recognise = test, .import = function, .missing_texts = missing_texts, \
    }

static const struct ent_form forms[] = {
    FORM("gas by pipeline, importers and exporters", is_pipeline, import_pipeline),
    FORM("liquefied gas, importers and exporters", is_lng, import_lng),
    FORM("coal, exporters and importers", is_coal, import_coal),
    FORM("oil, exporters and importers", is_oil, import_oil),
    FORM("coal by year", is_coal_series, import_coal_series),
    FORM("oil by year", is_oil_series, import_oil_series),
    FORM("imports of liquefied gas by year", is_lng_imports, import_lng_imports),
    FORM("exports of liquefied gas by year", is_lng_exports, import_lng_exports),
    FORM("gas by year, with partners", is_balance, import_balance),
    FORM("oil of two years", is_two_years, import_two_years),
};

static const struct ent_table *const tables[] = { &trade_table, &series_table, &total_table,
                                                  NULL };

const struct ent_dataset ent__energy = {
    .info = {
        .id = "energy",
        .title = "Statistical Review of World Energy, trade",
        .publisher = "Energy Institute; to 2022 bp",
        .citation = "Energy Institute. 2024. Statistical Review of World Energy, 73rd edition. "
                    "London: Energy Institute. bp. 2022. Statistical Review of World Energy, 71st "
                    "edition. London: bp.",
        .bibtex = "@techreport{energyinstitute2024, author = {{Energy Institute}}, title = "
                  "{Statistical Review of World Energy}, edition = {73}, institution = {Energy "
                  "Institute}, address = {London}, year = {2024}}",
        .licence = "unknown: see the publisher",
        .url = "https://www.energyinst.org/statistical-review",
    },
    .years = "1980 to 2023",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
