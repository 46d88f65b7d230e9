/*
 * Declared partnerships: the label that two states give their relation, in a list that
 * somebody keeps.  No publisher ships one; docs/PLEDGES.md has the format, and data/cases
 * an example.
 *
 * A row of the file is a declaration and becomes a row here for every year from that of
 * the declaration to its end, or to the year in which it was last checked.  Of several in
 * force the highest counts.  The list is no census: a pair without a row is not known.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    STATE_A,
    STATE_B,
    DECLARATION,
    DECLARATIONS,
    LEVEL,
    LABEL,
    REPORTED_BY,
    NOTE,
    COLUMNS
};

static const struct ent_column columns[] = {
    [YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year, on some day of which it held" },
    [STATE_A] = { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one of the two" },
    [STATE_B] = { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    [DECLARATION] = { "declaration", ENT_ROLE_KEY, ENT_TYPE_INT, "",
                      "number of the declaration in its list" },
    [DECLARATIONS] = { "declarations", ENT_ROLE_COUNT, ENT_TYPE_INT, "declarations",
                       "always 1" },
    [LEVEL] = { "level", ENT_ROLE_VALUE, ENT_TYPE_INT, "1 to 5",
                "1 partnership, 2 comprehensive, 3 strategic, 4 comprehensive strategic, 5 above" },
    [LABEL] = { "label", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what the two call it" },
    [REPORTED_BY] = { "reported_by", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "who reports it" },
    [NOTE] = { "note", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "the compiler's remark" },
};

static const struct ent_table table = {
    .name = "partnership",
    .what = "a declared partnership of two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .duplicates = ENT_DUPLICATES_KEEP,
};

enum {
    LEVELS = 5,
    MOST_ROWS = 1000000, /* more years of partnerships are no list that somebody keeps */
};

struct layout {
    size_t a, b, declared, ended, level, label, checked, source, note, list;
};

static enum ent_status
find_columns(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "state_a", &l->a, err));
    ENT_TRY(ent__import_need(im, "state_b", &l->b, err));
    ENT_TRY(ent__import_need(im, "declared", &l->declared, err));
    ENT_TRY(ent__import_need(im, "level", &l->level, err));
    ENT_TRY(ent__import_need(im, "label", &l->label, err));
    ENT_TRY(ent__import_need(im, "checked", &l->checked, err));
    ENT_TRY(ent__import_need(im, "source", &l->source, err));
    l->ended = ent__import_column(im, "ended");
    l->note = ent__import_column(im, "note");
    l->list = ent__import_column(im, "list");
    return ENT_OK;
}

struct declaration {
    int a, b;
    int64_t declared, last, level;
};

/* A state, or -1 after a problem of this row. */
static int read_state(struct ent_import *im, size_t column, int year)
{
    int id = ent__import_state(im, column, ENT_CODE_ANY, year);
    struct ent_str text = ent__import_text(im, column);

    if (id < 0)
        ent__import_problem(im, column, "\"%.*s\" was no state in %d",
                            (int)(text.len > 40 ? 40 : text.len), text.at, year);
    return id;
}

/* The year of a cell that must have one. */
static bool need_year(struct ent_import *im, size_t column, int64_t *out)
{
    if (ent__import_missing(im, column)) {
        ent__import_problem(im, column, "a declaration needs this year");
        return false;
    }
    return ent__import_year(im, column, out);
}

/* One row of the file; false when it was reported and is left out. */
static bool
read_declaration(struct ent_import *im, const struct layout *l, struct declaration *d)
{
    int64_t checked, ended;

    if (!need_year(im, l->declared, &d->declared) || !need_year(im, l->checked, &checked))
        return false;
    d->last = checked;
    if (!ent__import_missing(im, l->ended)) {
        if (!ent__import_year(im, l->ended, &ended))
            return false;
        d->last = ended < checked ? ended : checked;
    }
    if (d->last < d->declared) {
        ent__import_problem(im,
                            l->ended != SIZE_MAX && d->last < checked ? l->ended : l->checked,
                            "it ended, or was checked, before it was declared");
        return false;
    }
    if (!ent__import_int(im, l->level, &d->level) || d->level < 1 || d->level > LEVELS) {
        ent__import_problem(im, l->level, "a level is 1 to %d", LEVELS);
        return false;
    }
    if (!ent__import_text(im, l->source).len) {
        ent__import_problem(im, l->source, "a declaration without a source");
        return false;
    }
    d->a = read_state(im, l->a, (int)d->declared);
    d->b = d->a < 0 ? -1 : read_state(im, l->b, (int)d->declared);
    if (d->a >= 0 && d->a == d->b)
        ent__import_problem(im, l->b, "a partnership of a state with itself");
    return d->a >= 0 && d->b >= 0 && d->a != d->b;
}

static enum ent_status put_years(struct ent_import *im, struct ent_stage *stage,
                                 const struct layout *l, const struct declaration *d,
                                 int64_t number, size_t *rows, struct ent_error *err)
{
    for (int64_t year = d->declared; year <= d->last; year++) {
        union ent_value *row;

        if ((*rows)++ == MOST_ROWS)
            return ent_fail(err, ENT_EFORMAT, "more than %d years of partnerships", MOST_ROWS);
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[YEAR].i = year;
        row[STATE_A].i = d->a;
        row[STATE_B].i = d->b;
        row[DECLARATION].i = number;
        row[DECLARATIONS].i = 1;
        row[LEVEL].i = d->level;
        ENT_TRY(ent__import_put_text(im, stage, l->label, &row[LABEL], err));
        ENT_TRY(ent__import_put_text(im, stage, l->source, &row[REPORTED_BY], err));
        ENT_TRY(ent__import_put_text(im, stage, l->note, &row[NOTE], err));
        ent__import_end_row(im, stage);
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *stage;
    struct layout l;
    int64_t number = 0;
    size_t rows = 0;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(find_columns(im, &l, err));
    ent__import_part(im, ent__import_first_text(im, l.list));
    for (;;) {
        struct declaration d = { 0 };

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        number++;
        if (read_declaration(im, &l, &d))
            ENT_TRY(put_years(im, stage, &l, &d, number, &rows, err));
    }
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "state_a", "state_b", "declared", "level",
                                      "label",   "checked", "source",   NULL };

static const struct ent_form forms[] = {
    { .name = "list of declared partnerships",
      .columns = header,
      .import = import,
      .missing_texts = missing_texts },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__partnerships = {
    .info = {
        .id = "partnerships",
        .title = "Declared partnerships, the user's own or a casebook's",
        .publisher = "whoever keeps the list",
        .citation = "List of declared partnerships; each row names its source.",
        .bibtex = "",
        .licence = "the keeper's; the lists that ship with Entente are under its licence",
        .url = "docs/PLEDGES.md",
    },
    .years = "as given",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
