/*
 * Views of the past: when a pair last had something, and since when it has had it
 * without a break.  Rows above 0 of all years are read once and kept.
 */
#include <limits.h>
#include <math.h>

#include "base/alloc.h"
#include "panel/inside.h"

struct reading {
    struct ent_panel *panel;
    struct ent_history *history;
};

static enum ent_status
keep_rows(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct reading *r = context;
    struct ent_history *h = r->history;
    const double *value;
    int64_t *a;
    int64_t *b;
    int64_t *where = NULL;

    ENT_TRY(ent__panel_ints(r->panel, block, h->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(r->panel, block, h->table->side[1], &b, err));
    if (h->where != SIZE_MAX)
        ENT_TRY(ent__panel_ints(r->panel, block, h->where, &where, err));
    ENT_TRY(ent__panel_reals(r->panel, block, h->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        void *grown = h->rows;

        if (!(value[i] > 0) || (where && where[i] != h->equals))
            continue;
        ENT_TRY(ent__grow(&grown, &h->capacity, h->count + 1, sizeof(*h->rows), err));
        h->rows = grown;
        h->rows[h->count++] =
            (struct ent_past){ (int16_t)block->year, (int16_t)a[i], (int16_t)b[i] };
    }
    return ENT_OK;
}

static enum ent_status find_history(struct ent_panel *panel,
                                    const struct ent_panel_table *table,
                                    const struct ent_input *input,
                                    const struct ent_history **out, struct ent_error *err)
{
    size_t column = ent__panel_column(table, input->column);
    size_t where = input->where ? ent__panel_column(table, input->where) : SIZE_MAX;
    struct ent_history *h = panel->histories;
    struct reading reading = { .panel = panel };

    while (h && !(h->table == table && h->column == column && h->where == where &&
                  h->equals == input->equals))
        h = h->next;
    if (h) {
        *out = h;
        return ENT_OK;
    }
    h = ent__arena_alloc(&panel->catalogue, sizeof(*h));
    if (!h)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the past of %s", table->name);
    h->table = table;
    h->column = column;
    h->where = where;
    h->equals = input->equals;
    h->next = panel->histories;
    panel->histories = h;
    reading.history = h;
    ENT_TRY(ent__store_blocks(panel->store, table->name, INT_MIN, INT_MAX, keep_rows, &reading,
                              err));
    *out = h;
    return ENT_OK;
}

/* One row of the past into the cell of its pair: rows come in order of year. */
static void take(double *last, double *since, double year)
{
    if (!(*last == *last) || year > *last + 1)
        *since = year;
    *last = year;
}

enum ent_status
ent__panel_fill_past(struct ent_panel *panel, const struct ent_panel_table *table,
                     const struct ent_input *input, double *matrix, struct ent_error *err)
{
    size_t n = panel->n;
    const struct ent_history *h = NULL;
    double *last = ent__arena_array(&panel->arena, n * n, sizeof(*last));
    double *since = ent__arena_array(&panel->arena, n * n, sizeof(*since));

    if (!last || !since)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the past of %s", table->name);
    ENT_TRY(find_history(panel, table, input, &h, err));
    for (size_t i = 0; i < n * n; i++)
        last[i] = since[i] = NAN;
    for (size_t i = 0; i < h->count && h->rows[i].year <= panel->year; i++) {
        int a = ent__panel_index(panel, h->rows[i].from);
        int b = ent__panel_index(panel, h->rows[i].to);
        size_t ab;
        size_t ba;

        if (a < 0 || b < 0)
            continue;
        ab = (size_t)a * n + (size_t)b;
        ba = (size_t)b * n + (size_t)a;
        if (input->transposed) {
            size_t swap = ab;

            ab = ba;
            ba = swap;
        }
        take(&last[ab], &since[ab], h->rows[i].year);
        if (table->undirected)
            take(&last[ba], &since[ba], h->rows[i].year);
    }
    for (size_t i = 0; i < n * n; i++) {
        if (input->view == ENT_VIEW_LAST)
            matrix[i] = last[i];
        else
            matrix[i] = last[i] == panel->year ? since[i] : (double)NAN;
    }
    return ENT_OK;
}
