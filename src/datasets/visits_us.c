/*
 * Travels abroad of the presidents (from 1909 in the file) and secretaries of state
 * (from 1866) of the United States, from the lists of the Office of the Historian.
 *
 * A row is a stay in one place; two rows of one year and country can be two visits,
 * so all stay.  The two lists have the same header.  A secretary's is told by a
 * travel before 1906, when a president in office went abroad first, or by words that
 * only it uses; a president's by his visits as President-elect.
 *
 * "Republic of China" is Taiwan, and "Vietnam" of 1954 to 1975 is Saigon's.
 */
#include "base/alloc.h"
#include "datasets/alias.h"

enum {
    UNITED_STATES = 2
};

static const struct ent_alias aliases[] = {
    { "Vietnam", 1954, 1975, 817 },
    { "Republic of China", 1912, 1948, 710 },
    { NULL, 0, 0, 0 },
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "traveller", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the United States" },
    { "host", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state visited" },
    { "visits", ENT_ROLE_COUNT, ENT_TYPE_INT, "visits", "always 1" },
    { "elect", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 if made as President-elect" },
    { "date_text", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "days, in the source's words" },
    { "place", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "cities" },
    { "description", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what the visit was for" },
};

enum {
    YEAR,
    FROM,
    HOST,
    VISITS,
    ELECT,
    DATE_TEXT,
    PLACE,
    DESCRIPTION,
    COLUMNS
};

static const int16_t watched[] = { UNITED_STATES, 0 };

static const struct ent_table president_table = {
    .name = "visit_us_president",
    .what = "a stay abroad of the president of the United States",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

static const struct ent_table secretary_table = {
    .name = "visit_us_secretary",
    .what = "a stay abroad of the secretary of state of the United States",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

struct layout {
    size_t country, city, description, time, year;
};

static enum ent_status put_visit(struct ent_import *im, const struct layout *l,
                                 struct ent_stage *stage, struct ent_error *err)
{
    struct ent_str description = ent__import_text(im, l->description);
    union ent_value *row;
    int64_t year;
    int host;

    if (!ent__import_int(im, l->year, &year))
        return ENT_OK;
    host = ent__import_alias(im, aliases, ent__import_text(im, l->country), (int)year);
    if (host < 0 || host == UNITED_STATES)
        return ENT_OK;
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[FROM].i = UNITED_STATES;
    row[HOST].i = host;
    row[VISITS].i = 1;
    row[ELECT].i = ent__str_find(description, "as President-elect") != SIZE_MAX;
    ENT_TRY(ent__import_put_text(im, stage, l->time, &row[DATE_TEXT], err));
    ENT_TRY(ent__import_put_text(im, stage, l->city, &row[PLACE], err));
    ENT_TRY(ent__stage_text(stage, &row[DESCRIPTION], description, err));
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status
import_visits(struct ent_import *im, const struct ent_table *table, struct ent_error *err)
{
    struct ent_stage *stage;
    struct layout l;
    bool more;

    ENT_TRY(ent__import_stage(im, table, &stage, err));
    ENT_TRY(ent__import_need(im, "destination country", &l.country, err));
    ENT_TRY(ent__import_need(im, "destination city", &l.city, err));
    ENT_TRY(ent__import_need(im, "description", &l.description, err));
    ENT_TRY(ent__import_need(im, "time", &l.time, err));
    ENT_TRY(ent__import_need(im, "year", &l.year, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_visit(im, &l, stage, err));
    }
}

static enum ent_status import_president(struct ent_import *im, struct ent_error *err)
{
    return import_visits(im, &president_table, err);
}

static enum ent_status import_secretary(struct ent_import *im, struct ent_error *err)
{
    return import_visits(im, &secretary_table, err);
}

static size_t column_of(const struct ent_preview *p, const char *name)
{
    for (size_t c = 0; c < p->name_count; c++) {
        if (ent__str_is_nocase(ent__str_trim(p->names[c].text), name))
            return c;
    }
    return SIZE_MAX;
}

/* Whether a row of the preview has one of the words in its description. */
static bool describes(const struct ent_preview *p, const char *const *words)
{
    size_t description = column_of(p, "description");

    for (size_t i = p->header + 1; i < p->row_count; i++) {
        if (description >= p->rows[i].cell_count ||
            p->rows[i].cells[description].kind != ENT_CELL_TEXT)
            continue;
        for (const char *const *w = words; *w; w++) {
            if (ent__str_find(p->rows[i].cells[description].text, *w) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

static bool is_secretary(const struct ent_preview *p)
{
    static const char *const words[] = { "Accompanied President", "Accompanied the President",
                                         NULL };
    size_t year = column_of(p, "year");
    int64_t when;

    for (size_t i = p->header + 1; i < p->row_count; i++) {
        if (year < p->rows[i].cell_count && ent__cell_i64(&p->rows[i].cells[year], &when) &&
            when < 1906)
            return true;
    }
    return describes(p, words);
}

static bool is_president(const struct ent_preview *p)
{
    static const char *const words[] = { "Visit made as President-elect", NULL };

    return !is_secretary(p) && describes(p, words);
}

static const char *const header[] = {
    "destination country", "destination city", "description", "time", "year", NULL
};

static const struct ent_form president_forms[] = {
    { .name = "presidents, CSV",
      .columns = header,
      .recognise = is_president,
      .import = import_president },
};

static const struct ent_form secretary_forms[] = {
    { .name = "secretaries of state, CSV",
      .columns = header,
      .recognise = is_secretary,
      .import = import_secretary },
};

static const struct ent_table *const president_tables[] = { &president_table, NULL };
static const struct ent_table *const secretary_tables[] = { &secretary_table, NULL };

const struct ent_dataset ent__visits_us_president = {
    .info = {
        .id = "visits_us_president",
        .title = "Travels abroad of the presidents of the United States",
        .publisher = "Office of the Historian, United States Department of State",
        .citation = "Office of the Historian, United States Department of State. Travels Abroad "
                    "of the President.",
        .bibtex = "@misc{travels_president, author = {{Office of the Historian}}, title = "
                  "{Travels Abroad of the President}, publisher = {United States Department of "
                  "State}, url = {https://history.state.gov/departmenthistory/travels/president}}",
        .licence = "public domain (work of the United States government)",
        .url = "https://history.state.gov/departmenthistory/travels/president",
    },
    .years = "1909 to January 2020",
    .tables = president_tables,
    .forms = president_forms,
    .form_count = sizeof(president_forms) / sizeof(president_forms[0]),
};

const struct ent_dataset ent__visits_us_secretary = {
    .info = {
        .id = "visits_us_secretary",
        .title = "Travels abroad of the secretaries of state of the United States",
        .publisher = "Office of the Historian, United States Department of State",
        .citation = "Office of the Historian, United States Department of State. Travels Abroad "
                    "of the Secretary of State.",
        .bibtex = "@misc{travels_secretary, author = {{Office of the Historian}}, title = "
                  "{Travels Abroad of the Secretary of State}, publisher = {United States "
                  "Department of State}, url = "
                  "{https://history.state.gov/departmenthistory/travels/secretary}}",
        .licence = "public domain (work of the United States government)",
        .url = "https://history.state.gov/departmenthistory/travels/secretary",
    },
    .years = "1866 to November 2020",
    .tables = secretary_tables,
    .forms = secretary_forms,
    .form_count = sizeof(secretary_forms) / sizeof(secretary_forms[0]),
};
