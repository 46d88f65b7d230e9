/*
 * Views of the past: when a pair last had something, since when it has had it without
 * a break, and what is left of it when it fades with time.  Rows above 0 of all years are read
 * once and kept.
 */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "panel/inside.h"

/* Rows above 0 in the making: of all pairs, or of those in focus. */
struct reading {
    struct ent_panel *panel;
    const struct ent_history *history;
    struct ent_past *rows;
    size_t count, capacity;
};

static enum ent_status
keep_rows(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct reading *r = context;
    const struct ent_history *h = r->history;
    const double *value;
    const int64_t *a;
    const int64_t *b;
    const int64_t *meets;

    ENT_TRY(ent__panel_ints(r->panel, 0, block, h->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(r->panel, 1, block, h->table->side[1], &b, err));
    ENT_TRY(ent__panel_meets(r->panel, block, &h->where, &meets, err));
    ENT_TRY(ent__panel_reals(r->panel, block, h->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        void *grown = r->rows;

        if (!(value[i] > 0) || (meets && !meets[i]))
            continue;
        ENT_TRY(ent__grow(&grown, &r->capacity, r->count + 1, sizeof(*r->rows), err));
        r->rows = grown;
        r->rows[r->count++] =
            (struct ent_past){ (int16_t)block->year, (int16_t)a[i], (int16_t)b[i], value[i] };
    }
    return ENT_OK;
}

/* The rows of all pairs, read once. */
static enum ent_status
read_whole(struct ent_panel *panel, struct ent_history *h, struct ent_error *err)
{
    struct reading r = { .panel = panel, .history = h };
    enum ent_status status;

    if (h->whole)
        return ENT_OK;
    status = ent__panel_blocks(panel, h->table, ENT_EXTENT_ALL, INT_MIN, INT_MAX, keep_rows, &r,
                               err);
    h->rows = r.rows;
    h->count = r.count;
    h->capacity = r.capacity;
    h->whole = status == ENT_OK;
    return status;
}

/* The rows of the two states in focus, read once. */
static enum ent_status
read_focus(struct ent_panel *panel, struct ent_history *h, struct ent_error *err)
{
    struct reading r = {
        .panel = panel, .history = h, .rows = h->focused, .capacity = h->focused_capacity
    };
    enum ent_status status;

    if (h->focused_on[0] == panel->focus_id[0] && h->focused_on[1] == panel->focus_id[1])
        return ENT_OK;
    status = ent__panel_blocks(panel, h->table, ENT_EXTENT_FOCUS, INT_MIN, INT_MAX, keep_rows,
                               &r, err);
    h->focused = r.rows;
    h->focused_count = r.count;
    h->focused_capacity = r.capacity;
    for (int k = 0; k < 2 && status == ENT_OK; k++)
        h->focused_on[k] = panel->focus_id[k];
    return status;
}

static bool same_where(const struct ent_where *a, const struct ent_where *b)
{
    return a->column[0] == b->column[0] && a->column[1] == b->column[1] &&
           a->equals[0] == b->equals[0] && a->equals[1] == b->equals[1];
}

static enum ent_status
find_history(struct ent_panel *panel, const struct ent_panel_table *table,
             const struct ent_input *input, struct ent_history **out, struct ent_error *err)
{
    size_t column = ent__panel_column(table, input->column);
    struct ent_history *h = panel->histories;
    struct ent_where where;

    (void)ent__panel_where(table, input, &where); /* it was found before */
    while (h && !(h->table == table && h->column == column && same_where(&h->where, &where)))
        h = h->next;
    if (h) {
        *out = h;
        return ENT_OK;
    }
    h = ent__arena_alloc(&panel->catalogue, sizeof(*h));
    if (!h)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the past of %s", table->name);
    memset(h, 0, sizeof(*h));
    h->table = table;
    h->column = column;
    h->where = where;
    h->next = panel->histories;
    panel->histories = h;
    *out = h;
    return ENT_OK;
}

/*
 * Add what is left of each row to the cell of its pair, which begins as 0 where the
 * pair is known.  Rows come in order of year, so that the sums do so too.
 */
static void add_stock(const struct ent_panel *panel, const struct ent_panel_table *table,
                      const struct ent_input *input, const struct ent_past *rows, size_t count,
                      double *matrix)
{
    size_t n = panel->n;

    for (size_t i = 0; i < count && rows[i].year <= panel->year; i++) {
        int a = ent__panel_index64(panel, input->transposed ? rows[i].to : rows[i].from);
        int b = ent__panel_index64(panel, input->transposed ? rows[i].from : rows[i].to);
        double left =
            exp2(rows[i].value - 1 - (double)(panel->year - rows[i].year) / input->years);

        if (a < 0 || b < 0)
            continue;
        /* NAN, of a pair that is not known, stays NAN. */
        matrix[(size_t)a * n + (size_t)b] += left;
        if (table->undirected)
            matrix[(size_t)b * n + (size_t)a] += left;
    }
}

/* One row of the past into the cell of its pair: rows come in order of year. */
static void take(double *last, double *since, double year)
{
    if (!(*last == *last) || year > *last + 1)
        *since = year;
    *last = year;
}

/* Of a run that has ended, nothing is left; of one that goes on, its first year. */
static void show_since(const struct ent_panel *panel, double *cell, double since)
{
    *cell = *cell == panel->year ? since : (double)NAN;
}

/* The same for every cell that the extent has; of two rows and columns, each once. */
static void show_all_since(const struct ent_panel *panel, enum ent_extent extent,
                           double *matrix, const double *since)
{
    size_t n = panel->n;

    for (size_t i = 0; i < n; i++) {
        bool whole = ent__panel_wants(panel, extent, (int)i, (int)i);

        for (size_t j = 0; whole && j < n; j++)
            show_since(panel, &matrix[i * n + j], since[i * n + j]);
        for (int k = 0; !whole && k < 2; k++) {
            size_t j = (size_t)panel->focus[k];

            if (panel->focus[k] >= 0)
                show_since(panel, &matrix[i * n + j], since[i * n + j]);
        }
    }
}

enum ent_status ent__panel_fill_past(struct ent_panel *panel,
                                     const struct ent_panel_table *table,
                                     const struct ent_input *input, enum ent_extent extent,
                                     double *matrix, struct ent_error *err)
{
    size_t n = panel->n;
    struct ent_history *h = NULL;
    const struct ent_past *rows;
    size_t count;
    double *since;

    ENT_TRY(find_history(panel, table, input, &h, err));
    ENT_TRY(extent == ENT_EXTENT_FOCUS ? read_focus(panel, h, err) : read_whole(panel, h, err));
    rows = extent == ENT_EXTENT_FOCUS ? h->focused : h->rows;
    count = extent == ENT_EXTENT_FOCUS ? h->focused_count : h->count;
    if (input->view == ENT_VIEW_STOCK) {
        add_stock(panel, table, input, rows, count, matrix);
        return ENT_OK;
    }
    ENT_TRY(ent__panel_matrix(panel, extent, &since, err));
    for (size_t i = 0; extent == ENT_EXTENT_ALL && i < n * n; i++)
        since[i] = NAN;
    for (size_t i = 0; i < count && rows[i].year <= panel->year; i++) {
        int a = ent__panel_index64(panel, rows[i].from);
        int b = ent__panel_index64(panel, rows[i].to);
        size_t ab;
        size_t ba;

        if (a < 0 || b < 0 || !ent__panel_wants(panel, extent, a, b))
            continue;
        ab = (size_t)(input->transposed ? b : a) * n + (size_t)(input->transposed ? a : b);
        ba = (size_t)(input->transposed ? a : b) * n + (size_t)(input->transposed ? b : a);
        take(&matrix[ab], &since[ab], rows[i].year);
        if (table->undirected)
            take(&matrix[ba], &since[ba], rows[i].year);
    }
    if (input->view == ENT_VIEW_SINCE)
        show_all_since(panel, extent, matrix, since);
    ent__panel_matrix_done(panel, since);
    return ENT_OK;
}
