/*
 * Strategic rivalries, 1494 to 2020 (Thompson, Sakuwa and Suhas).
 *
 * A row of the file is a rivalry with its first and last year, and becomes a row a
 * year here.  A kind that is not marked is not said of the rivalry: 0.  Two states
 * can have had several rivalries, told apart by number.  2020 as the last year is
 * where the observation ends.  Venice (324) is in no list of states.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    STATE_A,
    STATE_B,
    RIVALRY,
    POSITIONAL,
    SPATIAL,
    IDEOLOGICAL,
    INTERVENTIONARY,
    PRINCIPAL,
    ASYMMETRIC_PRINCIPAL,
    COUNT,
    START_YEAR,
    END_YEAR,
    NAME,
    COLUMNS
};

#define KIND(name, what)                                   \
    {                                                      \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, "0 or 1", what \
    }

static const struct ent_column columns[] = {
    [YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    [STATE_A] = { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one rival" },
    [STATE_B] = { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    [RIVALRY] = { "rivalry_id", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the rivalry" },
    [POSITIONAL] = KIND("positional", "about influence and prestige"),
    [SPATIAL] = KIND("spatial", "about territory"),
    [IDEOLOGICAL] = KIND("ideological", "about political, economic or religious belief"),
    [INTERVENTIONARY] = KIND("interventionary", "about meddling in one another's affairs"),
    [PRINCIPAL] = KIND("principal", "a principal rivalry"),
    [ASYMMETRIC_PRINCIPAL] = KIND("asymmetric_principal", "principal for one of the two"),
    [COUNT] = { "rivalries", ENT_ROLE_COUNT, ENT_TYPE_INT, "rivalries", "1 a row" },
    [START_YEAR] = { "start_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "year", "its first year" },
    [END_YEAR] = { "end_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "year",
                   "its last year, or the last one observed" },
    [NAME] = { "name", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",
               "the rivalry, as the source calls it" },
};

static const struct ent_table table = {
    .name = "rivalry",
    .what = "a strategic rivalry of two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .absence = ENT_ABSENCE_ZERO,
};

static const char *const kinds[] = {
    "positional", "spatial", "ideological", "interventionary", "principal", "aprin",
};

enum {
    KINDS = sizeof(kinds) / sizeof(kinds[0]),
};

/* The columns of the file. */
struct file {
    size_t id, a, b, start, end, name, kind[KINDS];
};

static enum ent_status
find_columns(struct ent_import *im, struct file *f, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "tssr_id", &f->id, err));
    ENT_TRY(ent__import_need(im, "ccode1", &f->a, err));
    ENT_TRY(ent__import_need(im, "ccode2", &f->b, err));
    ENT_TRY(ent__import_need(im, "start", &f->start, err));
    ENT_TRY(ent__import_need(im, "end", &f->end, err));
    f->name = ent__import_column(im, "rivalry");
    for (size_t k = 0; k < KINDS; k++)
        f->kind[k] = ent__import_column(im, kinds[k]);
    return ENT_OK;
}

/* What holds of a rivalry in all its years; false when the row cannot be kept. */
static bool read_rivalry(struct ent_import *im, const struct file *f, union ent_value *row)
{
    int64_t id, start, end;

    if (!ent__import_int(im, f->id, &id) || !ent__import_year(im, f->start, &start) ||
        !ent__import_year(im, f->end, &end))
        return false;
    if (end < start) {
        ent__import_problem(im, f->end, "a rivalry from %lld to %lld", (long long)start,
                            (long long)end);
        return false;
    }
    row[STATE_A].i = ent__import_state(im, f->a, ENT_CODE_COWN, (int)start);
    row[STATE_B].i = ent__import_state(im, f->b, ENT_CODE_COWN, (int)start);
    if (row[STATE_A].i < 0 || row[STATE_B].i < 0)
        return false;
    row[RIVALRY].i = id;
    row[START_YEAR].i = start;
    row[END_YEAR].i = end;
    row[COUNT].i = 1;
    for (size_t k = 0; k < KINDS; k++) {
        if (f->kind[k] != SIZE_MAX &&
            !ent__import_put_int(im, f->kind[k], &row[POSITIONAL + k]))
            row[POSITIONAL + k].i = 0;
    }
    return true;
}

static enum ent_status put_years(struct ent_import *im, struct ent_stage *stage,
                                 const struct file *f, union ent_value *first,
                                 struct ent_error *err)
{
    ENT_TRY(ent__import_put_text(im, stage, f->name, &first[NAME], err));
    for (int64_t year = first[START_YEAR].i; year <= first[END_YEAR].i; year++) {
        union ent_value *row;

        ENT_TRY(ent__import_row(im, stage, &row, err));
        for (size_t c = 0; c < COLUMNS; c++)
            row[c] = first[c];
        row[YEAR].i = year;
        ent__import_end_row(im, stage);
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *stage;
    struct file f;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(find_columns(im, &f, err));
    for (;;) {
        union ent_value row[COLUMNS];

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        for (size_t c = 0; c < COLUMNS; c++)
            row[c].i = ENT_NONE_INT;
        if (read_rivalry(im, &f, row))
            ENT_TRY(put_years(im, stage, &f, row, err));
    }
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "tssr_id", "ccode1", "ccode2", "start", "end", NULL };

static const struct ent_form forms[] = {
    { .name = "rivalries",
      .columns = header,
      .import = import,
      .missing_texts = missing_texts },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__rivalry = {
    .info = {
        .id = "rivalry",
        .title = "Strategic rivalries",
        .publisher = "William R. Thompson, Kentaro Sakuwa and Prashant Hosur Suhas",
        .citation = "Thompson, William R., Kentaro Sakuwa and Prashant Hosur Suhas. 2022. "
                    "Analyzing Strategic Rivalries in World Politics: Types of Rivalry, Regional "
                    "Variation, and Escalation/De-escalation. Singapore: Springer.",
        .bibtex = "@book{thompson2022analyzing, author = {Thompson, William R. and Sakuwa, "
                  "Kentaro and Suhas, Prashant Hosur}, title = {Analyzing Strategic Rivalries in "
                  "World Politics: Types of Rivalry, Regional Variation, and "
                  "Escalation/De-escalation}, publisher = {Springer}, address = {Singapore}, year "
                  "= {2022}}",
        .licence = "unknown: see the publisher",
        .url = "https://doi.org/10.1007/978-981-16-6671-1",
    },
    .years = "1494 to 2020",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
