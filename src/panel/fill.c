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
    enum ent_extent extent;
    size_t column;
    struct ent_where where;
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
    const int64_t *state;
    const int64_t *meets;

    ENT_TRY(ent__panel_ints(f->panel, 0, block, f->table->side[0], &state, err));
    ENT_TRY(ent__panel_meets(f->panel, block, &f->where, &meets, err));
    ENT_TRY(ent__panel_reals(f->panel, block, f->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        int at = ent__panel_index64(f->panel, state[i]);

        if (at >= 0 && (!meets || meets[i]))
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
    const int64_t *a;
    const int64_t *b;
    const int64_t *meets;
    const double *value;

    ENT_TRY(ent__panel_ints(f->panel, 0, block, f->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(f->panel, 1, block, f->table->side[1], &b, err));
    ENT_TRY(ent__panel_meets(f->panel, block, &f->where, &meets, err));
    ENT_TRY(ent__panel_reals(f->panel, block, f->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        int x = ent__panel_index64(f->panel, a[i]);
        int y = ent__panel_index64(f->panel, b[i]);

        if (x < 0 || y < 0 || x == y || !ent__panel_wants(f->panel, f->extent, x, y) ||
            (meets && !meets[i]))
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

/* Which states a table watches, by index in the year. */
static void
mark_watched(const struct ent_panel *panel, const struct ent_panel_table *table, bool *watched)
{
    for (size_t i = 0; i < panel->n; i++)
        watched[i] = !table->watched || watched_by(table, panel->states[i]);
}

/*
 * 0 for every pair of members that is watched, where no row means none; else NAN.
 * Of a matrix in focus only the rows and columns of the two states.
 */
static void begin_matrix(const struct filling *f, bool covered)
{
    const struct ent_panel *panel = f->panel;
    bool zero = covered && f->table->zero_when_absent;
    bool watched[ENT_MEASURE_STATES];
    size_t n = panel->n;

    /* In focus it is all NAN to begin with. */
    for (size_t i = 0; !zero && f->extent == ENT_EXTENT_ALL && i < n * n; i++)
        f->v[i] = NAN;
    if (!zero)
        return;
    mark_watched(panel, f->table, watched);
    for (size_t i = 0; i < n; i++) {
        bool in_focus = (int)i == panel->focus[0] || (int)i == panel->focus[1];
        size_t step = f->extent == ENT_EXTENT_ALL || in_focus ? 1 : SIZE_MAX;

        for (size_t j = 0; step == 1 && j < n; j++) {
            bool by = f->table->undirected   ? watched[i] || watched[j]
                      : f->input->transposed ? watched[j]
                                             : watched[i];

            f->v[i * n + j] =
                by && i != j && panel->member[i] && panel->member[j] ? 0.0 : (double)NAN;
        }
        for (int k = 0; step != 1 && k < 2; k++) {
            size_t j = (size_t)panel->focus[k];

            if (panel->focus[k] < 0 || !panel->member[i] || !panel->member[j])
                continue;
            if (f->table->undirected   ? watched[i] || watched[j]
                : f->input->transposed ? watched[j]
                                       : watched[i])
                f->v[i * n + j] = 0.0;
        }
    }
}

/* The sums and counts of one row (step 1) or column (step n) that begins at v. */
static void add_line(const double *v, size_t n, size_t step, double *sum, uint32_t *count)
{
    double total = 0;
    uint32_t known = 0;

    for (size_t k = 0; k < n; k++) {
        double value = v[k * step];

        if (value == value) {
            total += value;
            known++;
        }
    }
    *sum = total;
    *count = known;
}

enum ent_status ent__panel_sums(struct ent_panel *panel, enum ent_extent extent,
                                struct ent_array *out, struct ent_error *err)
{
    size_t n = panel->n;
    double *row = ent__arena_array(&panel->arena, 2 * n, sizeof(*row));
    uint32_t *row_count = ent__arena_array(&panel->arena, 2 * n, sizeof(*row_count));

    if (!row || !row_count)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu sums", n);
    for (size_t i = 0; i < n; i++) {
        if (extent == ENT_EXTENT_FOCUS && (int)i != panel->focus[0] &&
            (int)i != panel->focus[1])
            continue;
        add_line(out->v + i * n, n, 1, &row[i], &row_count[i]);
        add_line(out->v + i, n, n, &row[n + i], &row_count[n + i]);
    }
    out->row_sum = row;
    out->column_sum = row + n;
    out->row_count = row_count;
    out->column_count = row_count + n;
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

static enum ent_status fill_dyads(struct filling *f, struct ent_error *err)
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
        for (size_t i = 0; f->extent == ENT_EXTENT_ALL && i < panel->n * panel->n; i++)
            f->v[i] = NAN;
        if (!covered)
            return ENT_OK;
        return ent__panel_fill_past(panel, f->table, f->input, f->extent, f->v, err);
    }
    begin_matrix(f, covered);
    if (f->input->view == ENT_VIEW_STOCK)
        return covered ? ent__panel_fill_past(panel, f->table, f->input, f->extent, f->v, err)
                       : ENT_OK;
    return covered ? ent__panel_blocks(panel, f->table, f->extent, from, to, add_dyads, f, err)
                   : ENT_OK;
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
    return ent__panel_blocks(f->panel, f->table, f->extent, from, to, add_states, f, err);
}

/* Room for an array: a matrix, or a vector of the year. */
static enum ent_status make_room(struct ent_panel *panel, const struct ent_input *input,
                                 enum ent_extent extent, double **v, struct ent_error *err)
{
    if (input->shape == ENT_SHAPE_DYAD)
        return ent__panel_matrix(panel, extent, v, err);
    *v = ent__arena_array(&panel->arena, panel->n, sizeof(**v));
    return *v ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for %zu cells", panel->n);
}

/* An array of NAN: the table was never imported. */
static enum ent_status fill_nothing(struct ent_panel *panel, const struct ent_input *input,
                                    struct ent_array *out, struct ent_error *err)
{
    static const struct ent_votes no_votes;
    double *v;

    ENT_TRY(make_room(panel, input, ENT_EXTENT_FOCUS, &v, err));
    for (size_t i = 0; input->shape != ENT_SHAPE_DYAD && i < panel->n; i++)
        v[i] = NAN;
    out->v = v;
    out->votes = &no_votes;
    return ENT_OK;
}

enum ent_status ent__panel_fill(struct ent_panel *panel, const struct ent_panel_table *table,
                                const struct ent_input *input, enum ent_extent extent,
                                struct ent_array *out, struct ent_error *err)
{
    struct filling f = { .panel = panel, .table = table, .input = input, .extent = extent };
    bool named;

    if (!table || !table->loaded)
        return fill_nothing(panel, input, out, err);
    if (input->shape == ENT_SHAPE_VOTES)
        return ent__panel_fill_votes(panel, table, out, err);
    if (input->shape == ENT_SHAPE_MEMBERS)
        return ent__panel_fill_members(panel, table, input->column, out, err);
    f.column = ent__panel_column(table, input->column);
    named = ent__panel_where(table, input, &f.where);
    if (f.column == SIZE_MAX || !named ||
        table->side[input->shape == ENT_SHAPE_DYAD ? 1 : 0] == SIZE_MAX)
        return ent_fail(err, ENT_EINVAL,
                        "the store's table %s has no column %s, or not its states", table->name,
                        named ? input->column : input->where);
    ENT_TRY(make_room(panel, input, extent, &f.v, err));
    out->v = f.v;
    return input->shape == ENT_SHAPE_DYAD ? fill_dyads(&f, err) : fill_states(&f, err);
}
