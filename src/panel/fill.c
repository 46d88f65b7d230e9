/* Filling matrices and vectors from blocks. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "panel/inside.h"

/* What a walk over blocks fills. */
struct filling {
    struct ent_panel *panel;
    const struct ent_panel_table *table;
    const struct ent_input *input;
    size_t column, where; /* where: SIZE_MAX when all rows count */
    double *v;
};

static void fold(double *cell, double value, enum ent_fold how)
{
    if (value != value)
        return;
    if (*cell != *cell)
        *cell = value;
    else if (how == ENT_FOLD_SUM)
        *cell += value;
    else if (value > *cell)
        *cell = value;
}

static enum ent_status
add_states(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct filling *f = context;
    const double *value;
    int64_t *state;

    ENT_TRY(ent__panel_ints(f->panel, block, f->table->side[0], &state, err));
    ENT_TRY(ent__panel_reals(f->panel, block, f->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        int at = ent__panel_index64(f->panel, state[i]);

        if (at >= 0)
            fold(&f->v[at], value[i], f->input->fold);
    }
    return ENT_OK;
}

static enum ent_status
add_dyads(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct filling *f = context;
    size_t n = f->panel->n;
    bool turn = f->input->transposed;
    int64_t *a;
    int64_t *b;
    int64_t *where = NULL;
    const double *value;

    ENT_TRY(ent__panel_ints(f->panel, block, f->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(f->panel, block, f->table->side[1], &b, err));
    if (f->where != SIZE_MAX)
        ENT_TRY(ent__panel_ints(f->panel, block, f->where, &where, err));
    ENT_TRY(ent__panel_reals(f->panel, block, f->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        int x = ent__panel_index64(f->panel, a[i]);
        int y = ent__panel_index64(f->panel, b[i]);

        if (x < 0 || y < 0 || x == y || (where && where[i] != f->input->equals))
            continue;
        fold(&f->v[turn ? (size_t)y * n + (size_t)x : (size_t)x * n + (size_t)y], value[i],
             f->input->fold);
        if (f->table->undirected)
            fold(&f->v[turn ? (size_t)x * n + (size_t)y : (size_t)y * n + (size_t)x], value[i],
                 f->input->fold);
    }
    return ENT_OK;
}

static bool watched_by(const struct ent_panel_table *table, int16_t state)
{
    for (const int16_t *w = table->watched; *w; w++) {
        if (*w == state)
            return true;
    }
    return false;
}

/* 0 for every pair of members that is watched, where no row means none; else NAN. */
static void begin_matrix(const struct ent_panel *panel, const struct ent_panel_table *table,
                         const struct ent_input *input, bool covered, double *v)
{
    size_t n = panel->n;
    bool zero = covered && table->zero_when_absent;

    for (size_t i = 0; i < n; i++) {
        bool from = !zero || !table->watched || watched_by(table, panel->states[i]);

        for (size_t j = 0; j < n; j++) {
            bool to = from;

            if (zero && table->watched && (input->transposed || table->undirected)) {
                to = watched_by(table, panel->states[j]);
                if (table->undirected)
                    to = to || from;
            }
            v[i * n + j] = zero && i != j && to && panel->member[i] && panel->member[j]
                               ? 0.0
                               : (double)NAN;
        }
    }
}

static enum ent_status
add_sums(struct ent_panel *panel, struct ent_array *out, struct ent_error *err)
{
    size_t n = panel->n;
    double *row = ent__arena_array(&panel->arena, n, sizeof(*row));
    double *column = ent__arena_array(&panel->arena, n, sizeof(*column));
    uint32_t *row_count = ent__arena_array(&panel->arena, n, sizeof(*row_count));
    uint32_t *column_count = ent__arena_array(&panel->arena, n, sizeof(*column_count));

    if (!row || !column || !row_count || !column_count)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu sums", n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double value = out->v[i * n + j];

            if (value != value || i == j)
                continue;
            row[i] += value;
            row_count[i]++;
            column[j] += value;
            column_count[j]++;
        }
    }
    out->row_sum = row;
    out->column_sum = column;
    out->row_count = row_count;
    out->column_count = column_count;
    return ENT_OK;
}

/* The years whose rows enter a view of the present. */
static void year_range(const struct ent_panel *panel, const struct ent_panel_table *table,
                       const struct ent_input *input, int *from, int *to)
{
    *from = *to = panel->year;
    if (table->year == SIZE_MAX) {
        *from = *to = 0;
    } else if (input->view == ENT_VIEW_SUM) {
        *from = panel->year - input->years + 1;
    } else if (input->view == ENT_VIEW_LAGGED) {
        *from = *to = panel->year - input->years;
    }
}

static enum ent_status
fill_dyads(struct filling *f, struct ent_array *out, struct ent_error *err)
{
    struct ent_panel *panel = f->panel;
    bool past = f->input->view == ENT_VIEW_LAST || f->input->view == ENT_VIEW_SINCE;
    int from;
    int to;
    bool covered;

    year_range(panel, f->table, f->input, &from, &to);
    covered = ent__panel_covers(f->table, from ? from : panel->year) &&
              ent__panel_covers(f->table, to ? to : panel->year);
    if (past) {
        for (size_t i = 0; i < panel->n * panel->n; i++)
            f->v[i] = NAN;
        if (covered)
            ENT_TRY(ent__panel_fill_past(panel, f->table, f->input, f->v, err));
        return ENT_OK;
    }
    begin_matrix(panel, f->table, f->input, covered, f->v);
    if (covered)
        ENT_TRY(ent__store_blocks(panel->store, f->table->name, from, to, add_dyads, f, err));
    return add_sums(panel, out, err);
}

static enum ent_status fill_states(struct filling *f, struct ent_error *err)
{
    int from;
    int to;

    for (size_t i = 0; i < f->panel->n; i++)
        f->v[i] = NAN;
    year_range(f->panel, f->table, f->input, &from, &to);
    if (!ent__panel_covers(f->table, from ? from : f->panel->year) ||
        !ent__panel_covers(f->table, to ? to : f->panel->year))
        return ENT_OK;
    return ent__store_blocks(f->panel->store, f->table->name, from, to, add_states, f, err);
}

/* An array of NAN: the table was never imported. */
static enum ent_status fill_nothing(struct ent_panel *panel, const struct ent_input *input,
                                    struct ent_array *out, struct ent_error *err)
{
    static const struct ent_votes no_votes;
    size_t cells = input->shape == ENT_SHAPE_DYAD ? panel->n * panel->n : panel->n;
    double *v = ent__arena_array(&panel->arena, cells, sizeof(*v));

    if (!v)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu cells", cells);
    for (size_t i = 0; i < cells; i++)
        v[i] = NAN;
    out->v = v;
    out->votes = &no_votes;
    return input->shape == ENT_SHAPE_DYAD ? add_sums(panel, out, err) : ENT_OK;
}

enum ent_status ent__panel_fill(struct ent_panel *panel, const struct ent_panel_table *table,
                                const struct ent_input *input, struct ent_array *out,
                                struct ent_error *err)
{
    struct filling f = { .panel = panel, .table = table, .input = input, .where = SIZE_MAX };
    size_t cells = input->shape == ENT_SHAPE_DYAD ? panel->n * panel->n : panel->n;

    if (!table || !table->loaded)
        return fill_nothing(panel, input, out, err);
    if (input->shape == ENT_SHAPE_VOTES)
        return ent__panel_fill_votes(panel, table, out, err);
    f.column = ent__panel_column(table, input->column);
    if (input->where)
        f.where = ent__panel_column(table, input->where);
    if (f.column == SIZE_MAX || (input->where && f.where == SIZE_MAX) ||
        table->side[input->shape == ENT_SHAPE_DYAD ? 1 : 0] == SIZE_MAX)
        return ent_fail(err, ENT_EINVAL,
                        "the store's table %s has no column %s, or not its states", table->name,
                        f.column == SIZE_MAX ? input->column : input->where);
    f.v = ent__arena_array(&panel->arena, cells, sizeof(*f.v));
    if (!f.v)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu cells", cells);
    out->v = f.v;
    return input->shape == ENT_SHAPE_DYAD ? fill_dyads(&f, out, err) : fill_states(&f, err);
}
