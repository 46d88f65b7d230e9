/*
 * Roll calls: the votes of one year as a matrix, and what each is about.
 *
 * A table of votes "X_vote" has its roll calls in "X_roll_call", where columns
 * issue_me .. issue_ec and important say what they are about.  Vote files that say
 * nothing of issues take them from the "unvotes" dataset, by number of roll call.
 *
 * Votes stand in the store under the year in which their session opened; those of a
 * calendar year are of two sessions, told by the dates of their roll calls.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "panel/inside.h"

/* Numbers from here on are ours, and mean nothing in another dataset. */
enum {
    OWN_NUMBERS = 100000,
    FLAGS = 7, /* attributes of roll calls that stand in one table */
};

struct voting {
    struct ent_panel *panel;
    int from;   /* votes stand under this year, or the panel's */
    bool dated; /* only those of roll calls dated in the panel's year */
    const struct ent_panel_table *table;
    size_t items, capacity;
    int32_t *roll_call;
    uint32_t *flags;
    int8_t *vote;
    size_t column[FLAGS]; /* of the attributes being read; SIZE_MAX: the table has it not */
    uint32_t bit[FLAGS];
    size_t columns;
    int64_t last; /* roll call of the row before, and its item */
    size_t last_item;
};

static size_t find_item(const struct voting *v, int64_t roll_call)
{
    size_t low = 0;
    size_t high = v->items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (v->roll_call[middle] < roll_call)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->items && v->roll_call[low] == roll_call ? low : SIZE_MAX;
}

static enum ent_status add_item(struct voting *v, int64_t roll_call, struct ent_error *err)
{
    void *grown = v->roll_call;

    ENT_TRY(ent__grow(&grown, &v->capacity, v->items + 1, sizeof(*v->roll_call), err));
    v->roll_call = grown;
    v->roll_call[v->items++] = (int32_t)roll_call;
    return ENT_OK;
}

/* Rows come in order of roll call, so that a new number is a new item. */
static enum ent_status
count_items(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct voting *v = context;
    const int64_t *roll_call;

    ENT_TRY(ent__panel_ints(v->panel, 0, block, ent__panel_column(v->table, "roll_call"),
                            &roll_call, err));
    for (size_t i = 0; i < block->count; i++) {
        if (v->items == 0 || v->roll_call[v->items - 1] != roll_call[i])
            ENT_TRY(add_item(v, roll_call[i], err));
    }
    return ENT_OK;
}

/* A row of the table of roll calls, of those dated in the year, is an item. */
static enum ent_status
count_dated(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct voting *v = context;
    const int64_t *roll_call, *year;

    ENT_TRY(ent__panel_ints(v->panel, 0, block, ent__panel_column(v->table, "roll_call"),
                            &roll_call, err));
    ENT_TRY(ent__panel_ints(v->panel, 1, block, ent__panel_column(v->table, "calendar_year"),
                            &year, err));
    for (size_t i = 0; i < block->count; i++) {
        if (year[i] == v->panel->year)
            ENT_TRY(add_item(v, roll_call[i], err));
    }
    return ENT_OK;
}

static enum ent_status
add_votes(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct voting *v = context;
    size_t n = v->panel->n;
    const int64_t *roll_call;
    const int64_t *state;
    const int64_t *vote;

    ENT_TRY(ent__panel_ints(v->panel, 0, block, ent__panel_column(v->table, "roll_call"),
                            &roll_call, err));
    ENT_TRY(ent__panel_ints(v->panel, 1, block, v->table->side[0], &state, err));
    ENT_TRY(
        ent__panel_ints(v->panel, 2, block, ent__panel_column(v->table, "vote"), &vote, err));
    for (size_t i = 0; i < block->count; i++) {
        int at = ent__panel_index64(v->panel, state[i]);

        if (roll_call[i] != v->last) {
            v->last = roll_call[i];
            v->last_item = find_item(v, roll_call[i]);
        }
        if (at >= 0 && v->last_item != SIZE_MAX && vote[i] > 0 && vote[i] < 9)
            v->vote[v->last_item * n + (size_t)at] = (int8_t)vote[i];
    }
    return ENT_OK;
}

static void add_flag(struct voting *v, size_t item, uint32_t bit, int64_t flag)
{
    if (bit)
        v->flags[item] |= flag > 0 ? bit : 0;
    else if (flag >= 1 && flag <= 6) /* a row an issue, by its code */
        v->flags[item] |= 1u << flag;
    v->flags[item] |= bit == ENT_VOTE_IMPORTANT ? 0 : ENT_VOTE_ISSUES_KNOWN;
}

static enum ent_status
add_flags(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct voting *v = context;
    const int64_t *any, *flag;
    int64_t *item;

    ENT_TRY(ent__panel_ints(v->panel, 0, block, ent__panel_column(v->table, "roll_call"), &any,
                            err));
    item = v->panel->ints[0]; /* each number gives way to the place of its item, or -1 */
    for (size_t i = 0; i < block->count; i++) {
        size_t at = find_item(v, any[i]);

        item[i] = at == SIZE_MAX ? -1 : (int64_t)at;
    }
    for (size_t c = 0; c < v->columns; c++) {
        if (v->column[c] == SIZE_MAX)
            continue;
        ENT_TRY(ent__panel_ints(v->panel, 1, block, v->column[c], &flag, err));
        for (size_t i = 0; i < block->count; i++) {
            if (item[i] >= 0 && flag[i] != ENT_NONE_INT)
                add_flag(v, (size_t)item[i], v->bit[c], flag[i]);
        }
    }
    return ENT_OK;
}

/* A column of a table of roll calls, and the bit that it sets in their flags. */
struct flag_column {
    const char *name;
    uint32_t bit;
};

/* Read columns of a table of roll calls into their flags. */
static enum ent_status read_table(struct voting *v, const char *table,
                                  const struct flag_column *columns, size_t count,
                                  struct ent_error *err)
{
    const struct ent_panel_table *own = v->table;
    const struct ent_panel_table *calls = ent__panel_table(v->panel, table);
    bool years = calls && calls->year != SIZE_MAX;
    bool any = false;
    enum ent_status status;

    for (size_t c = 0; calls && c < count; c++) {
        v->column[c] = ent__panel_column(calls, columns[c].name);
        v->bit[c] = columns[c].bit;
        any = any || v->column[c] != SIZE_MAX;
    }
    if (!any)
        return ENT_OK;
    v->columns = count;
    v->table = calls;
    status = ent__store_blocks(v->panel->store, calls->name, years ? v->from : 0,
                               years ? v->panel->year : 0, add_flags, v, err);
    v->table = own;
    return status;
}

/* The name of the table of the votes' roll calls. */
static void name_calls(const struct voting *v, char *name, size_t size)
{
    size_t len = strlen(v->table->name);
    size_t stem = len > strlen("_vote") ? len - strlen("_vote") : 0;

    snprintf(name, size, "%.*s_roll_call", (int)stem, v->table->name);
}

static enum ent_status read_flags(struct voting *v, struct ent_error *err)
{
    static const struct flag_column own[FLAGS] = {
        { "issue_me", ENT_VOTE_ISSUE_ME },   { "issue_nu", ENT_VOTE_ISSUE_NU },
        { "issue_di", ENT_VOTE_ISSUE_DI },   { "issue_hr", ENT_VOTE_ISSUE_HR },
        { "issue_co", ENT_VOTE_ISSUE_CO },   { "issue_ec", ENT_VOTE_ISSUE_EC },
        { "important", ENT_VOTE_IMPORTANT },
    };
    /* A roll call in the unvotes list without a row of its own is about no listed issue. */
    static const struct flag_column listed[] = { { "important", ENT_VOTE_IMPORTANT },
                                                 { "session", ENT_VOTE_ISSUES_KNOWN } };
    static const struct flag_column issue[] = { { "issue", 0 } };
    char table[96];

    name_calls(v, table, sizeof(table));
    ENT_TRY(read_table(v, table, own, FLAGS, err));
    for (size_t i = 0; i < v->items; i++) {
        if (v->flags[i] & ENT_VOTE_ISSUES_KNOWN)
            return ENT_OK;
    }
    ENT_TRY(read_table(v, "unvotes_roll_call", listed, 2, err));
    ENT_TRY(read_table(v, "unvotes_issue", issue, 1, err));
    for (size_t i = 0; i < v->items; i++) {
        if (v->roll_call[i] >= OWN_NUMBERS)
            v->flags[i] = 0;
    }
    return ENT_OK;
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The roll calls of the session that opens in the year, or those dated in it. */
static enum ent_status list_items(struct voting *v, struct ent_error *err)
{
    const struct ent_panel_table *own = v->table;
    struct ent_panel *panel = v->panel;
    enum ent_status status = ENT_OK;
    char calls[96];

    if (!v->dated)
        return ent__store_blocks(panel->store, own->name, v->from, panel->year, count_items, v,
                                 err);
    name_calls(v, calls, sizeof(calls));
    v->table = ent__panel_table(panel, calls);
    if (v->table && ent__panel_column(v->table, "roll_call") != SIZE_MAX &&
        ent__panel_column(v->table, "calendar_year") != SIZE_MAX)
        status =
            ent__store_blocks(panel->store, calls, v->from, panel->year, count_dated, v, err);
    v->table = own;
    return status;
}

static enum ent_status fill(struct voting *v, struct ent_votes *votes, struct ent_error *err)
{
    struct ent_panel *panel = v->panel;
    int32_t *roll_call;

    ENT_TRY(list_items(v, err));
    if (v->items)
        qsort(v->roll_call, v->items, sizeof(*v->roll_call), by_number);
    v->flags = ent__arena_array(&panel->arena, v->items + 1, sizeof(*v->flags));
    v->vote = ent__arena_array(&panel->arena, v->items + 1, panel->n);
    roll_call = ent__arena_array(&panel->arena, v->items + 1, sizeof(*roll_call));
    if (!v->flags || !v->vote || !roll_call)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu roll calls", v->items);
    if (v->items)
        memcpy(roll_call, v->roll_call, v->items * sizeof(*roll_call));
    v->last = -1;
    ENT_TRY(ent__store_blocks(panel->store, v->table->name, v->from, panel->year, add_votes, v,
                              err));
    if (strlen(v->table->name) > strlen("_vote"))
        ENT_TRY(read_flags(v, err));
    votes->items = v->items;
    votes->vote = v->vote;
    votes->roll_call = roll_call;
    votes->flags = v->flags;
    return ENT_OK;
}

enum ent_status ent__panel_fill_votes(struct ent_panel *panel,
                                      const struct ent_panel_table *table,
                                      struct ent_array *out, struct ent_error *err)
{
    struct voting v = { .panel = panel, .table = table, .from = panel->year };
    struct ent_votes *votes = ent__arena_alloc(&panel->arena, sizeof(*votes));
    enum ent_status status;

    if (!votes)
        return ent_fail(err, ENT_ENOMEM, "out of memory for votes");
    if (ent__panel_column(table, "roll_call") == SIZE_MAX ||
        ent__panel_column(table, "vote") == SIZE_MAX || table->side[0] == SIZE_MAX ||
        table->year == SIZE_MAX)
        return ent_fail(err, ENT_EINVAL, "the store's table %s holds no votes by year",
                        table->name);
    if (panel->conventions && panel->conventions->period == ENT_PERIOD_CALENDAR) {
        v.dated = true;
        v.from = panel->year - 1; /* its session goes on into the year */
    }
    status = fill(&v, votes, err);
    ent__free(v.roll_call);
    out->votes = votes;
    return status;
}
