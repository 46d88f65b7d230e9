/*
 * Correlates of War direct contiguity, version 3.2, 1816 to 2016: as spells from
 * month to month, and as directed dyad-years.
 *
 * Both say the same.  A pair that changed its kind of contiguity during a year
 * has two rows that year; the closer kind stays.  A spell of kind 0 says that the
 * pair was not contiguous, and makes no row.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    STATE_A,
    STATE_B,
    TYPE,
    COLUMNS
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one state" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    { "conttype", ENT_ROLE_VALUE, ENT_TYPE_INT, "type 1 to 5",
      "closest contiguity in the year: 1 by land or river, 2 to 5 by water of at most 12, 24, "
      "150, 400 miles" },
};

static const struct ent_table table = {
    .name = "contiguity",
    .what = "direct contiguity of two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_LEAST,
    .absence = ENT_ABSENCE_ZERO,
};

/* Read and check a kind of contiguity. */
static bool read_type(struct ent_import *im, size_t column, int64_t *type)
{
    if (!ent__import_int(im, column, type))
        return false;
    if (*type >= 0 && *type <= 5)
        return true;
    ent__import_problem(im, column, "contiguity of type %lld; the types are 0 to 5",
                        (long long)*type);
    return false;
}

static enum ent_status put_year(struct ent_import *im, struct ent_stage *stage, int64_t year,
                                int a, int b, int64_t type, struct ent_error *err)
{
    union ent_value *row;

    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[STATE_A].i = a;
    row[STATE_B].i = b;
    row[TYPE].i = type;
    ent__import_end_row(im, stage);
    return ENT_OK;
}

/* The two states of a row in a year; false when it cannot be kept. */
static bool read_pair(struct ent_import *im, const size_t column[2], int64_t year, int pair[2])
{
    pair[0] = ent__import_state(im, column[0], ENT_CODE_COWN, (int)year);
    pair[1] = ent__import_state(im, column[1], ENT_CODE_COWN, (int)year);
    return pair[0] >= 0 && pair[1] >= 0 && pair[0] != pair[1];
}

static enum ent_status import_years(struct ent_import *im, struct ent_error *err)
{
    size_t pair[2], year, type;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_need(im, "state1no", &pair[0], err));
    ENT_TRY(ent__import_need(im, "state2no", &pair[1], err));
    ENT_TRY(ent__import_need(im, "year", &year, err));
    ENT_TRY(ent__import_need(im, "conttype", &type, err));
    ent__import_version(im, ent__import_first_text(im, ent__import_column(im, "version")));
    for (;;) {
        int64_t when, kind;
        int states[2];

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (ent__import_year(im, year, &when) && read_type(im, type, &kind) && kind > 0 &&
            read_pair(im, pair, when, states))
            ENT_TRY(put_year(im, stage, when, states[0], states[1], kind, err));
    }
}

/* The year of a date of the form 1816-01-01. */
static bool read_year(struct ent_import *im, size_t column, int *year)
{
    struct ent_str text = ent__import_text(im, column);
    struct ent_date date;

    if (ent__date_parse(text, false, &date) && date.year >= 1800 && date.year <= 2200) {
        *year = date.year;
        return true;
    }
    ent__import_problem(im, column, "\"%.*s\" is no date such as 1816-01-01",
                        (int)(text.len > 40 ? 40 : text.len), text.at);
    return false;
}

static enum ent_status import_spells(struct ent_import *im, struct ent_error *err)
{
    size_t pair[2], type, begin, end;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_need(im, "ccode1", &pair[0], err));
    ENT_TRY(ent__import_need(im, "ccode2", &pair[1], err));
    ENT_TRY(ent__import_need(im, "conttype", &type, err));
    ENT_TRY(ent__import_need(im, "stdate", &begin, err));
    ENT_TRY(ent__import_need(im, "enddate", &end, err));
    for (;;) {
        int64_t kind;
        int first, last, states[2];

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!read_type(im, type, &kind) || kind == 0 || !read_year(im, begin, &first) ||
            !read_year(im, end, &last) || !read_pair(im, pair, first, states))
            continue;
        if (first > last)
            ent__import_problem(im, end, "the spell ends in %d, before it begins in %d", last,
                                first);
        for (int year = first; year <= last; year++)
            ENT_TRY(put_year(im, stage, year, states[0], states[1], kind, err));
    }
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const year_header[] = { "state1no", "state2no", "year", "conttype", NULL };
static const char *const spell_header[] = { "ccode1", "ccode2",  "conttype",
                                            "stdate", "enddate", NULL };

static const struct ent_form forms[] = {
    {
        .name = "dyad-years",
        .columns = year_header,
        .import = import_years,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
    {
        .name = "spells",
        .columns = spell_header,
        .import = import_spells,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__contiguity = {
    .info = {
        .id = "contiguity",
        .title = "Correlates of War, Direct Contiguity",
        .publisher = "Correlates of War Project",
        .citation = "Stinnett, Douglas M., Jaroslav Tir, Philip Schafer, Paul F. Diehl and "
                    "Charles Gochman. 2002. \"The Correlates of War Project Direct Contiguity "
                    "Data, Version 3.\" Conflict Management and Peace Science 19 (2): 58-66. "
                    "Data version 3.2.",
        .bibtex = "@article{stinnett2002contiguity, author = {Stinnett, Douglas M. and Tir, "
                  "Jaroslav and Schafer, Philip and Diehl, Paul F. and Gochman, Charles}, title "
                  "= {The {Correlates of War} Project Direct Contiguity Data, Version 3}, journal "
                  "= {Conflict Management and Peace Science}, volume = {19}, number = {2}, pages "
                  "= {58--66}, year = {2002}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/direct-contiguity/",
    },
    .years = "1816 to 2016",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
