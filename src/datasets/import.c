#include "datasets/import.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/import_state.h"

enum {
    PROGRESS_ROWS = 65536,
};

static enum ent_status tell_progress(struct ent_import_state *st, struct ent_error *err)
{
    const struct ent_import_options *o = st->options;

    if (++st->rows_read % PROGRESS_ROWS != 0 || !o || !o->progress)
        return ENT_OK;
    if (o->progress(o->context, st->path, st->rows_read, 0) != 0)
        return ent_fail(err, ENT_ECANCEL, "stopped");
    return ENT_OK;
}

static enum ent_status strict_check(struct ent_import_state *st, struct ent_error *err)
{
    if (st->out_of_memory)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the report of an import");
    if (st->problem_total == 0 || !st->options || !st->options->strict)
        return ENT_OK;
    if (err)
        *err = st->problems[0];
    return ENT_EFORMAT;
}

enum ent_status ent__import_next(struct ent_import *im, bool *more, struct ent_error *err)
{
    struct ent_import_state *st = im->state;
    const struct ent_preview *p = im->preview;

    *more = false;
    ENT_TRY(strict_check(st, err));
    ENT_TRY(tell_progress(st, err));
    if (st->replay < p->row_count) {
        im->cells = p->rows[st->replay].cells;
        im->cell_count = p->rows[st->replay].cell_count;
        im->line = p->rows[st->replay].line;
        st->replay++;
        *more = true;
        return ENT_OK;
    }
    if (st->table_over)
        return ENT_OK;
    ENT_TRY(ent__source_next(st->source, &st->record, err));
    if (st->record.kind != ENT_RECORD_ROW) {
        st->table_over = true;
        return ENT_OK;
    }
    im->cells = st->record.cells;
    im->cell_count = st->record.cell_count;
    im->line = st->record.line;
    *more = true;
    return ENT_OK;
}

const struct ent_dataset *ent__import_dataset(const struct ent_import *im)
{
    return im->state->dataset;
}

size_t ent__import_column(const struct ent_import *im, const char *name)
{
    for (size_t c = 0; c < im->preview->name_count; c++) {
        if (ent__str_is_nocase(ent__str_trim(im->preview->names[c].text), name))
            return c;
    }
    return SIZE_MAX;
}

enum ent_status ent__import_need(const struct ent_import *im, const char *name, size_t *column,
                                 struct ent_error *err)
{
    char there[320] = "";
    size_t len = 0;

    *column = ent__import_column(im, name);
    if (*column != SIZE_MAX)
        return ENT_OK;
    for (size_t c = 0; c < im->preview->name_count && len + 80 < sizeof(there); c++) {
        struct ent_str n = ent__str_trim(im->preview->names[c].text);

        len += (size_t)snprintf(there + len, sizeof(there) - len, "%s%.*s", c ? ", " : "",
                                (int)(n.len > 60 ? 60 : n.len), n.at ? n.at : "");
    }
    return ent_fail(err, ENT_EFORMAT, "no column \"%s\"; there are %s", name, there);
}

static const struct ent_cell *cell_of(const struct ent_import *im, size_t column)
{
    return column < im->cell_count ? &im->cells[column] : NULL;
}

static bool is_missing_text(const struct ent_form *form, struct ent_str text)
{
    if (text.len == 0 || ent__str_is(text, "."))
        return true;
    for (const char *const *m = form->missing_texts; m && *m; m++) {
        if (ent__str_is(text, *m))
            return true;
    }
    return false;
}

static bool is_missing_number(const struct ent_form *form, double number)
{
    for (size_t i = 0; i < form->missing_number_count; i++) {
        if (form->missing_numbers[i] == number)
            return true;
    }
    return false;
}

bool ent__import_missing(const struct ent_import *im, size_t column)
{
    const struct ent_cell *cell = cell_of(im, column);
    const struct ent_form *form = im->state->form;
    double number;

    if (!cell || ent__cell_blank(cell))
        return true;
    if (cell->kind == ENT_CELL_TEXT && is_missing_text(form, ent__str_trim(cell->text)))
        return true;
    return form->missing_number_count && ent__cell_f64(cell, &number) &&
           is_missing_number(form, number);
}

bool ent__import_real(struct ent_import *im, size_t column, double *out)
{
    const struct ent_cell *cell = cell_of(im, column);
    const struct ent_form *form = im->state->form;
    double number;
    struct ent_str text;

    if (!cell || cell->kind == ENT_CELL_MISSING)
        return false;
    if (ent__cell_f64(cell, &number)) {
        if (is_missing_number(form, number))
            return false;
        *out = number;
        return true;
    }
    text = ent__str_trim(cell->text);
    if (!is_missing_text(form, text))
        ent__import_problem(im, column, "\"%.*s\" is not a number",
                            (int)(text.len > 60 ? 60 : text.len), text.at);
    return false;
}

bool ent__import_int(struct ent_import *im, size_t column, int64_t *out)
{
    double number;

    if (!ent__import_real(im, column, &number))
        return false;
    if (number != floor(number) || fabs(number) > 9e15) {
        ent__import_problem(im, column, "%.15g is not a whole number", number);
        return false;
    }
    *out = (int64_t)number;
    return true;
}

bool ent__import_year(struct ent_import *im, size_t column, int64_t *out)
{
    int64_t year;

    if (!ent__import_int(im, column, &year))
        return false;
    if (year < 1 || year > 2200) {
        ent__import_problem(im, column, "%lld is no year", (long long)year);
        return false;
    }
    *out = year;
    return true;
}

bool ent__import_put_int(struct ent_import *im, size_t column, union ent_value *cell)
{
    return ent__import_int(im, column, &cell->i);
}

bool ent__import_put_real(struct ent_import *im, size_t column, union ent_value *cell)
{
    return ent__import_real(im, column, &cell->r);
}

struct ent_str ent__import_text(struct ent_import *im, size_t column)
{
    static const struct ent_str none = { "", 0 };
    const struct ent_cell *cell = cell_of(im, column);
    struct ent_str text;

    if (!cell || cell->kind == ENT_CELL_MISSING)
        return none;
    if (cell->kind == ENT_CELL_NUMBER) {
        /* A number where text was expected, as in an xlsx sheet: written out once. */
        char digits[40];
        char *copy;

        text = ent__cell_text(cell, digits, sizeof(digits));
        copy = ent__arena_copy(&im->state->arena, text);
        return copy ? (struct ent_str){ copy, text.len } : none;
    }
    text = ent__str_trim(cell->text);
    return is_missing_text(im->state->form, text) ? none : text;
}

void ent__import_unmatched(struct ent_import *im, struct ent_str text)
{
    struct ent_import_state *st = im->state;
    uint32_t before = st->unmatched.count;
    size_t capacity = st->unmatched_capacity;
    void *rows = st->unmatched_rows;
    void *first = st->unmatched_first;
    uint32_t id;

    if (ent__grow(&rows, &capacity, (size_t)before + 1, sizeof(uint64_t), NULL) != ENT_OK) {
        st->out_of_memory = true;
        return;
    }
    st->unmatched_rows = rows;
    capacity = st->unmatched_capacity;
    if (ent__grow(&first, &capacity, (size_t)before + 1, sizeof(uint64_t), NULL) != ENT_OK) {
        st->out_of_memory = true;
        return;
    }
    st->unmatched_first = first;
    st->unmatched_capacity = capacity;
    if (ent__intern(&st->unmatched, text, &id, NULL) != ENT_OK) {
        st->out_of_memory = true;
        return;
    }
    if (id == before) {
        st->unmatched_rows[id] = 0;
        st->unmatched_first[id] = im->line;
    }
    st->unmatched_rows[id]++;
}

int ent__import_state_text(struct ent_import *im, struct ent_str text,
                           enum ent_code_system system, int year)
{
    struct ent_state_match match;

    if (ent_state_find(text, system, year, &match, NULL) == ENT_OK)
        return match.id;
    ent__import_unmatched(im, text);
    return -1;
}

int ent__import_state(struct ent_import *im, size_t column, enum ent_code_system system,
                      int year)
{
    const struct ent_cell *cell = cell_of(im, column);
    struct ent_str text;
    int64_t number;
    char digits[40];

    if (!cell || ent__cell_blank(cell))
        return -1;
    if (system == ENT_CODE_COWN || system == ENT_CODE_GWN || system == ENT_CODE_M49 ||
        system == ENT_CODE_POLITYN) {
        int id = -1;

        if (ent__cell_i64(cell, &number) && number > 0 && number < 100000)
            id = ent_state_from_number(system, (int)number, year);
        if (id >= 0)
            return id;
        ent__import_unmatched(im, ent__cell_text(cell, digits, sizeof(digits)));
        return -1;
    }
    /* "NA" is Namibia here, so the form's missing texts have no say. */
    text = ent__cell_text(cell, digits, sizeof(digits));
    return ent__import_state_text(im, text, system, year);
}

void ent__import_problem(struct ent_import *im, size_t column, const char *format, ...)
{
    struct ent_import_state *st = im->state;
    struct ent_error *problem;
    void *grown = st->problems;
    const char *name = strrchr(st->path, '/');
    va_list args;

    st->problem_total++;
    if (st->problem_count >= ENT_IMPORT_SHOWN)
        return;
    if (ent__grow(&grown, &st->problem_capacity, st->problem_count + 1, sizeof(*st->problems),
                  NULL) != ENT_OK) {
        st->out_of_memory = true;
        return;
    }
    st->problems = grown;
    problem = &st->problems[st->problem_count++];
    memset(problem, 0, sizeof(*problem));
    problem->status = ENT_EFORMAT;
    snprintf(problem->source, sizeof(problem->source), "%s", name ? name + 1 : st->path);
    problem->line = im->line;
    problem->column = column == SIZE_MAX ? 0 : column + 1;
    va_start(args, format);
    vsnprintf(problem->message, sizeof(problem->message), format, args);
    va_end(args);
}

enum ent_status ent__import_stage(struct ent_import *im, const struct ent_table *table,
                                  struct ent_stage **out, struct ent_error *err)
{
    struct ent_import_state *st = im->state;

    for (size_t i = 0; i < st->stage_count; i++) {
        if (st->stages[i].table == table) {
            *out = &st->stages[i];
            return ENT_OK;
        }
    }
    if (st->stage_count == ENT_IMPORT_STAGES)
        return ent_fail(err, ENT_EINVAL, "more than %d tables of one dataset",
                        ENT_IMPORT_STAGES);
    *out = &st->stages[st->stage_count++];
    ent__stage_init(*out, table);
    return ENT_OK;
}

enum ent_status ent__import_row(struct ent_import *im, struct ent_stage *stage,
                                union ent_value **row, struct ent_error *err)
{
    (void)im;
    return ent__stage_row(stage, row, err);
}

void ent__import_end_row(struct ent_import *im, struct ent_stage *stage)
{
    ent__stage_commit(stage, im->line);
}

enum ent_status ent__import_put_text(struct ent_import *im, struct ent_stage *stage,
                                     size_t column, union ent_value *cell,
                                     struct ent_error *err)
{
    return ent__stage_text(stage, cell, ent__import_text(im, column), err);
}

static void set_label(char *label, size_t size, struct ent_str text)
{
    snprintf(label, size, "%.*s", (int)(text.len < size ? text.len : size - 1),
             text.at ? text.at : "");
}

void ent__import_part(struct ent_import *im, struct ent_str part)
{
    set_label(im->state->part, sizeof(im->state->part), part);
}

void ent__import_version(struct ent_import *im, struct ent_str version)
{
    set_label(im->state->version, sizeof(im->state->version), version);
}

void ent__import_years(struct ent_import *im, int first, int last)
{
    im->state->years_given = true;
    im->state->first_year = first;
    im->state->last_year = last;
}

struct ent_str ent__import_first_text(struct ent_import *im, size_t column)
{
    const struct ent_preview *p = im->preview;
    size_t first = p->header == SIZE_MAX ? 0 : p->header + 1;
    struct ent_import at = *im;

    if (first >= p->row_count)
        return ent__str("");
    at.cells = p->rows[first].cells;
    at.cell_count = p->rows[first].cell_count;
    return ent__import_text(&at, column);
}

/* Three whole numbers with one separator between them. */
static bool three_numbers(struct ent_str text, int out[3], char *separator)
{
    size_t at = 0;

    for (int k = 0; k < 3; k++) {
        size_t digits = 0;

        out[k] = 0;
        while (at < text.len && text.at[at] >= '0' && text.at[at] <= '9' && digits < 4) {
            out[k] = out[k] * 10 + (text.at[at] - '0');
            at++;
            digits++;
        }
        if (digits == 0)
            return false;
        if (k == 2)
            break;
        if (at >= text.len || !strchr("-/.", text.at[at]) || text.at[at] == '\0')
            return false;
        if (k == 1 && text.at[at] != *separator)
            return false;
        *separator = text.at[at++];
    }
    return at == text.len || text.at[at] == ' ' || text.at[at] == 'T';
}

bool ent__date_parse(struct ent_str text, bool day_first, struct ent_date *out)
{
    struct ent_str t = ent__str_trim(text);
    struct ent_date date;
    char separator = '\0';
    int part[3];

    if (!three_numbers(t, part, &separator))
        return false;
    if (part[0] > 31)
        date = (struct ent_date){ part[0], part[1], part[2] };
    else if (day_first || separator == '.')
        date = (struct ent_date){ part[2], part[1], part[0] };
    else
        date = (struct ent_date){ part[2], part[0], part[1] };
    if (date.year <
        100) /* two digits: the sources that write so begin in 1930 at the earliest */
        date.year += date.year < 30 ? 2000 : 1900;
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    *out = date;
    return true;
}
