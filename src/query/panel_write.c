/* A panel as a file: text, Stata, SQLite; and its codebook beside it. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "entente/panel_file.h"
#include "io/dta_write.h"
#include "query/codebook.h"
#include "query/panel_plan.h"
#include "query/panel_text.h"
#include "store/table_file.h"

struct writing {
    const struct ent_panel_plan *plan;
    const struct ent_panel_layout *layout;
    const struct ent_panel_file *file;
    FILE *text;
    struct ent_dta *dta;
    struct ent_table_file *table;
    struct ent_arena arena;
    size_t cells; /* of a row: the states, the year, the columns */
    double *numbers;
    const char **texts;
    char codes[2][64];
    uint64_t rows;
};

static enum ent_status io_fail(const char *path, struct ent_error *err)
{
    enum ent_status status = ent_fail(err, ENT_EIO, "cannot write: %s", strerror(errno));

    ent_error_at(err, path, 0, 0);
    return status;
}

static int
format_year(void *context, const struct ent_panel_block *block, char **text, size_t *len)
{
    struct writing *w = context;

    return ent__panel_lines(w->layout, w->file, block, text, len) == ENT_OK ? 0 : -1;
}

static enum ent_status take_text(void *context, const struct ent_panel_block *block,
                                 const char *text, size_t len, struct ent_error *err)
{
    struct writing *w = context;

    w->rows += block->rows;
    if (len && fwrite(text, 1, len, w->text) != len)
        return io_fail(w->file->path ? w->file->path : "standard output", err);
    return ENT_OK;
}

static int show_progress(void *context, const char *phase, size_t done, size_t total)
{
    struct writing *w = context;

    return w->file->progress ? w->file->progress(w->file->context, phase, done, total) : 0;
}

static enum ent_status run(struct writing *w, ent_panel_format_fn format,
                           ent_panel_take_fn take, struct ent_error *err)
{
    struct ent_panel_sink sink = {
        .format = format, .take = take, .progress = show_progress, .context = w
    };

    return ent_panel_run(w->plan, &sink, err);
}

static enum ent_status write_text(struct writing *w, struct ent_error *err)
{
    const char *path = w->file->path;
    char beside[4096] = "";
    struct ent_buf header;
    enum ent_status status;

    if (path && (size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
        return ent_fail(err, ENT_EINVAL, "the path is too long");
    w->text = path ? fopen(beside, "w") : stdout;
    if (!w->text)
        return io_fail(path, err);
    ent__buf_init(&header);
    ent__panel_header(w->layout, w->file, &header);
    status = ent__buf_check(&header, err);
    if (status == ENT_OK && fwrite(header.text, 1, header.len, w->text) != header.len)
        status = io_fail(path ? path : "standard output", err);
    ent__buf_release(&header);
    if (status == ENT_OK)
        status = run(w, format_year, take_text, err);
    if ((path ? fclose(w->text) : fflush(w->text)) != 0 && status == ENT_OK)
        status = io_fail(path ? path : "standard output", err);
    if (status == ENT_OK && path && rename(beside, path) != 0)
        status = io_fail(path, err);
    if (status != ENT_OK && path)
        unlink(beside);
    return status;
}

/* How many columns of states a row has. */
static size_t sides(const struct writing *w)
{
    return w->layout->unit == ENT_PANEL_STATES ? 1 : 2;
}

/* One row of a block into w->numbers and w->texts. */
static void fill_row(struct writing *w, const struct ent_panel_block *b, size_t r)
{
    size_t at = 0;

    for (size_t k = 0; k < sides(w); k++, at++) {
        char digits[64];
        int state = k ? b->state2[r] : b->state1[r];
        struct ent_str code =
            ent__panel_state_code(w->file->codes, state, b->year, digits, sizeof(digits));
        double number = NAN;

        snprintf(w->codes[k], sizeof(w->codes[k]), "%.*s", (int)code.len, code.at);
        w->texts[at] = ent__panel_code_is_text(w->file->codes) ? w->codes[k] : NULL;
        if (!w->texts[at])
            ent__str_to_f64(code, &number);
        w->numbers[at] = number;
    }
    w->texts[at] = NULL;
    w->numbers[at++] = b->year;
    for (size_t c = 0; c < b->columns; c++) {
        w->texts[at] = NULL;
        w->numbers[at++] = b->value[c][r];
        if (b->reason)
            w->texts[at++] = ent__reason_code(b->reason[c][r]);
    }
}

static enum ent_status take_rows(void *context, const struct ent_panel_block *block,
                                 const char *text, size_t len, struct ent_error *err)
{
    struct writing *w = context;

    (void)text, (void)len;
    w->rows += block->rows;
    for (size_t r = 0; r < block->rows; r++) {
        fill_row(w, block, r);
        ENT_TRY(w->dta ? ent__dta_row(w->dta, w->numbers, w->texts, err)
                       : ent__table_file_row(w->table, w->numbers, w->texts, err));
    }
    return ENT_OK;
}

/*
 * "trade_share_12_m" for why trade_share_12 is missing, in Stata's 32 characters:
 * the stem is cut, not the side; a number where that leaves two alike.
 */
static const char *reason_name(struct writing *w, const struct ent_dta_column *columns,
                               size_t count, const struct ent_panel_column_info *info)
{
    size_t len = strlen(info->name);
    size_t side = len; /* where the side begins: "_12" */
    size_t stem;
    char name[40];

    while (info->side != ENT_SIDE_BOTH && side > 0 && info->name[side - 1] != '_')
        side--;
    if (side > 0 && side < len)
        side--; /* the underscore belongs to the side */
    stem = side < 30 - (len - side) ? side : 30 - (len - side);
    snprintf(name, sizeof(name), "%.*s%s_m", (int)stem, info->name, info->name + side);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(columns[i].name, name) == 0)
            snprintf(name, sizeof(name), "missing_%zu", count);
    }
    return ent__arena_printf(&w->arena, "%s", name);
}

/* The description of every cell of a row, for Stata and, by name and kind, for SQLite. */
static enum ent_status
describe(struct writing *w, struct ent_dta_column **out, struct ent_error *err)
{
    const struct ent_panel_layout *layout = w->layout;
    size_t per = layout->reasons ? 2 : 1;
    struct ent_dta_column *columns;
    size_t at = 0;

    w->cells = sides(w) + 1 + layout->column_count * per;
    columns = ent__arena_array(&w->arena, w->cells, sizeof(*columns));
    w->numbers = ent__arena_array(&w->arena, w->cells, sizeof(*w->numbers));
    w->texts = ent__arena_array(&w->arena, w->cells, sizeof(*w->texts));
    if (!columns || !w->numbers || !w->texts)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu columns", w->cells);
    for (size_t k = 0; k < sides(w); k++, at++) {
        columns[at].name = ent__panel_state_column(w->file->codes, layout->unit, (int)k + 1);
        columns[at].label = sides(w) == 1 ? "state" : k ? "state 2" : "state 1";
        columns[at].text_width = ent__panel_code_is_text(w->file->codes) ? 48 : 0;
        columns[at].whole = true;
    }
    columns[at++] = (struct ent_dta_column){ .name = "year", .label = "year", .whole = true };
    for (size_t c = 0; c < layout->column_count; c++) {
        const struct ent_panel_column_info *info = &layout->columns[c];
        enum ent_number_form form = info->measure->form;

        columns[at++] = (struct ent_dta_column){ .name = info->name,
                                                 .label = info->label,
                                                 .yes_no = form == ENT_FORM_YES_NO,
                                                 .whole = form == ENT_FORM_RANK };
        if (!layout->reasons)
            continue;
        columns[at].name = reason_name(w, columns, at, info);
        columns[at].label = "why the cell before it is missing";
        if (!columns[at].name)
            return ent_fail(err, ENT_ENOMEM, "out of memory for %zu columns", w->cells);
        columns[at++].text_width = 16;
    }
    *out = columns;
    return ENT_OK;
}

static enum ent_status write_dta(struct writing *w, struct ent_error *err)
{
    struct ent_dta_column *columns;
    enum ent_status status;
    uint64_t rows;

    ENT_TRY(describe(w, &columns, err));
    ENT_TRY(ent__panel_count(w->plan, &rows, err));
    ENT_TRY(
        ent__dta_begin(w->file->path, "Entente panel", columns, w->cells, rows, &w->dta, err));
    status = run(w, NULL, take_rows, err);
    if (status != ENT_OK) {
        ent__dta_abandon(w->dta);
        return status;
    }
    return ent__dta_finish(w->dta, err);
}

/* The codebook's lines as a table, for a file that has no room beside it. */
static enum ent_status put_codebook(struct writing *w, struct ent_error *err)
{
    static const char *const names[] = { "name", "label",   "measure", "source",
                                         "unit", "formula", "citation" };
    static const bool text[] = { true, true, true, true, true, true, true };
    static const double numbers[] = { 0, 0, 0, 0, 0, 0, 0 };

    ENT_TRY(ent__table_file_table(w->table, "codebook", names, text, 7, err));
    for (size_t c = 0; c < w->layout->column_count; c++) {
        const struct ent_panel_column_info *info = &w->layout->columns[c];
        const struct ent_measure_info *m = info->measure;
        const char *cells[] = { info->name, info->label, m->id,      info->source,
                                m->unit,    m->formula,  m->citation };

        ENT_TRY(ent__table_file_row(w->table, numbers, cells, err));
    }
    return ENT_OK;
}

static enum ent_status
fill_sqlite(struct writing *w, const struct ent_dta_column *columns, struct ent_error *err)
{
    const char **names = ent__arena_array(&w->arena, w->cells, sizeof(*names));
    bool *is_text = ent__arena_array(&w->arena, w->cells, sizeof(*is_text));

    if (!names || !is_text)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu columns", w->cells);
    for (size_t c = 0; c < w->cells; c++) {
        names[c] = columns[c].name;
        is_text[c] = columns[c].text_width > 0;
    }
    ENT_TRY(put_codebook(w, err));
    ENT_TRY(ent__table_file_table(w->table, "panel", names, is_text, w->cells, err));
    return run(w, NULL, take_rows, err);
}

static enum ent_status write_sqlite(struct writing *w, struct ent_error *err)
{
    struct ent_dta_column *columns;
    enum ent_status status;

    ENT_TRY(describe(w, &columns, err));
    ENT_TRY(ent__table_file_begin(w->file->path, &w->table, err));
    status = fill_sqlite(w, columns, err);
    if (status != ENT_OK) {
        ent__table_file_abandon(w->table);
        return status;
    }
    return ent__table_file_finish(w->table, err);
}

static enum ent_status write_codebook(const struct writing *w, struct ent_error *err)
{
    const char *path = w->file->codebook;
    char beside[4096];
    struct ent_buf text;
    enum ent_status status;
    FILE *f;

    if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
        return ent_fail(err, ENT_EINVAL, "the path is too long");
    ent__buf_init(&text);
    status = ent__codebook_write(w->plan, w->file->codes, w->rows, &text, err);
    f = status == ENT_OK ? fopen(beside, "w") : NULL;
    if (status == ENT_OK && !f)
        status = io_fail(path, err);
    if (f && fwrite(text.text, 1, text.len, f) != text.len)
        status = io_fail(path, err);
    if (f && fclose(f) != 0 && status == ENT_OK)
        status = io_fail(path, err);
    if (status == ENT_OK && rename(beside, path) != 0)
        status = io_fail(path, err);
    if (status != ENT_OK && f)
        unlink(beside);
    ent__buf_release(&text);
    return status;
}

enum ent_status ent_panel_write(const struct ent_panel_plan *plan,
                                const struct ent_panel_file *file, uint64_t *rows,
                                struct ent_error *err)
{
    struct writing w = { .plan = plan, .layout = &plan->layout, .file = file };
    enum ent_status status;

    if (!file->path && (file->format == ENT_PANEL_DTA || file->format == ENT_PANEL_SQLITE))
        return ent_fail(err, ENT_EINVAL, "a Stata or SQLite file needs a path");
    switch (file->format) {
    case ENT_PANEL_DTA:
        status = write_dta(&w, err);
        break;
    case ENT_PANEL_SQLITE:
        status = write_sqlite(&w, err);
        break;
    case ENT_PANEL_CSV:
    case ENT_PANEL_TSV:
    case ENT_PANEL_NDJSON:
    default:
        status = write_text(&w, err);
        break;
    }
    if (status == ENT_OK && file->codebook)
        status = write_codebook(&w, err);
    ent__arena_release(&w.arena);
    if (status == ENT_OK && rows)
        *rows = w.rows;
    return status;
}
