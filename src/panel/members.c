/*
 * Memberships: the organisations of one year, and what every state is in each.  A table of
 * memberships has a column `organisation` beside the year and the state.
 *
 * An organisation belongs to a year when somebody has a value above 0 in it.  Where no row
 * means "none", a member of the system without a row has level 0; else it is not known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "panel/inside.h"

/* Levels from here on are not told apart: they are none that portfolios could have. */
enum {
    HIGHEST = 100,
};

struct joining {
    struct ent_panel *panel;
    const struct ent_panel_table *table;
    size_t organisation, column;
    int32_t *number; /* of the organisations */
    size_t items, capacity;
    int8_t *level; /* level[item * n + state], and 1 more; 0: not known */
};

static enum ent_status
list_organisations(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct joining *j = context;
    const int64_t *number;
    const double *value;

    ENT_TRY(ent__panel_ints(j->panel, 0, block, j->organisation, &number, err));
    ENT_TRY(ent__panel_reals(j->panel, block, j->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        void *grown = j->number;

        if (!(value[i] > 0))
            continue;
        ENT_TRY(ent__grow(&grown, &j->capacity, j->items + 1, sizeof(*j->number), err));
        j->number = grown;
        j->number[j->items++] = (int32_t)number[i];
    }
    return ENT_OK;
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* Each organisation once, in order. */
static void settle(struct joining *j)
{
    size_t kept = 0;

    if (j->items)
        qsort(j->number, j->items, sizeof(*j->number), by_number);
    for (size_t i = 0; i < j->items; i++) {
        if (i == 0 || j->number[i] != j->number[i - 1])
            j->number[kept++] = j->number[i];
    }
    j->items = kept;
}

static enum ent_status
take_levels(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct joining *j = context;
    const int64_t *number, *state;
    const double *value;

    ENT_TRY(ent__panel_ints(j->panel, 0, block, j->organisation, &number, err));
    ENT_TRY(ent__panel_ints(j->panel, 1, block, j->table->side[0], &state, err));
    ENT_TRY(ent__panel_reals(j->panel, block, j->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        int at = ent__panel_index64(j->panel, state[i]);
        int32_t key = (int32_t)number[i];
        const int32_t *found =
            j->items ? bsearch(&key, j->number, j->items, sizeof(key), by_number) : NULL;
        int8_t *cell;

        if (at < 0 || !found)
            continue;
        cell = &j->level[(size_t)(found - j->number) * j->panel->n + (size_t)at];
        if (value[i] != value[i])
            *cell = 0; /* there is a row, which does not say */
        else if (value[i] > 0)
            *cell = (int8_t)(1 + (value[i] < 1         ? 1
                                  : value[i] > HIGHEST ? HIGHEST
                                                       : (int)value[i]));
        else
            *cell = 1;
    }
    return ENT_OK;
}

static void begin_levels(struct joining *j)
{
    const struct ent_panel *panel = j->panel;

    for (size_t item = 0; j->table->zero_when_absent && item < j->items; item++) {
        for (size_t s = 0; s < panel->n; s++)
            j->level[item * panel->n + s] = panel->member[s];
    }
}

static enum ent_status join(struct joining *j, struct ent_votes *votes, struct ent_error *err)
{
    struct ent_panel *panel = j->panel;
    int32_t *number;

    ENT_TRY(ent__panel_blocks(panel, j->table, ENT_EXTENT_ALL, panel->year, panel->year,
                              list_organisations, j, err));
    settle(j);
    j->level = ent__arena_array(&panel->arena, j->items + 1, panel->n);
    number = ent__arena_array(&panel->arena, j->items + 1, sizeof(*number));
    if (!j->level || !number)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu organisations", j->items);
    begin_levels(j);
    ENT_TRY(ent__panel_blocks(panel, j->table, ENT_EXTENT_ALL, panel->year, panel->year,
                              take_levels, j, err));
    if (j->items)
        memcpy(number, j->number, j->items * sizeof(*number));
    *votes = (struct ent_votes){ .items = j->items, .vote = j->level, .roll_call = number };
    return ENT_OK;
}

enum ent_status ent__panel_fill_members(struct ent_panel *panel,
                                        const struct ent_panel_table *table, const char *column,
                                        struct ent_array *out, struct ent_error *err)
{
    struct joining j = { .panel = panel,
                         .table = table,
                         .organisation = ent__panel_column(table, "organisation"),
                         .column = ent__panel_column(table, column) };
    struct ent_votes *votes = ent__arena_alloc(&panel->arena, sizeof(*votes));
    enum ent_status status = ENT_OK;

    if (!votes)
        return ent_fail(err, ENT_ENOMEM, "out of memory for memberships");
    if (j.organisation == SIZE_MAX || j.column == SIZE_MAX || table->side[0] == SIZE_MAX ||
        table->year == SIZE_MAX)
        return ent_fail(err, ENT_EINVAL,
                        "the store's table %s holds no memberships by year in %s", table->name,
                        column);
    if (ent__panel_covers(table, panel->year))
        status = join(&j, votes, err);
    ent__free(j.number);
    out->votes = votes;
    return status;
}
