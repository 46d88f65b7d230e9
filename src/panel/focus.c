/*
 * Blocks of a table for two states in focus, kept in memory: of a table of pairs only the
 * rows in which one of the two stands, of a table of states all, some years at a time.  A
 * pair through all years asks a table for the same year again and again, for each column
 * and view, and of pairs it needs a hundredth: so each block is read once.
 */
#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "panel/inside.h"

enum {
    AHEAD = 7, /* years that are read together with those asked for */
};

/* The rows of one block that are kept. */
struct ent_focused {
    struct ent_block block;
    struct ent_focused *next;
};

/* All of a table's, by year from its first. */
struct ent_focused_table {
    int first, last; /* years; 0, 0 of a table without years */
    bool *read;      /* by year */
    struct ent_focused **blocks;
    struct ent_focused **ends;
};

struct picking {
    struct ent_panel *panel;
    const struct ent_panel_table *table;
    struct ent_focused_table *to;
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for the rows of two states");
}

static enum ent_status list_all(struct picking *p, const struct ent_block *block,
                                const int64_t **rows, size_t *count, struct ent_error *err)
{
    const int64_t *any;

    ENT_TRY(ent__panel_ints(p->panel, 0, block, p->table->side[0], &any, err));
    for (size_t i = 0; i < block->count; i++)
        p->panel->ints[0][i] = (int64_t)i;
    *rows = any;
    *count = block->count;
    return ENT_OK;
}

/* The places of the rows that are kept into the panel's scratch; returns how many. */
static enum ent_status list_rows(struct picking *p, const struct ent_block *block,
                                 const int64_t **rows, size_t *count, struct ent_error *err)
{
    int64_t one = p->panel->focus_id[0], other = p->panel->focus_id[1];
    const int64_t *a, *b;
    int64_t *kept;

    if (p->table->side[1] == SIZE_MAX)
        return list_all(p, block, rows, count, err);
    ENT_TRY(ent__panel_ints(p->panel, 0, block, p->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(p->panel, 1, block, p->table->side[1], &b, err));
    kept = p->panel->ints[0]; /* what is kept stands before what is read */
    *count = 0;
    for (size_t i = 0; i < block->count; i++) {
        if (a[i] == one || a[i] == other || b[i] == one || b[i] == other)
            kept[(*count)++] = (int64_t)i;
    }
    *rows = kept;
    return ENT_OK;
}

static enum ent_status pick(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct picking *p = context;
    struct ent_focused *f;
    const int64_t *rows;
    size_t count, slot;
    void *bytes;

    if (block->year < p->to->first || block->year > p->to->last)
        return ENT_OK;
    slot = (size_t)(block->year - p->to->first);
    ENT_TRY(list_rows(p, block, &rows, &count, err));
    if (count == 0)
        return ENT_OK;
    f = ent__arena_alloc(&p->panel->focus_arena, sizeof(*f));
    bytes = ent__arena_alloc(&p->panel->focus_arena, ent__block_pick_size(block, count));
    if (!f || !bytes)
        return no_memory(err);
    ent__block_pick(block, rows, count, bytes, &f->block);
    f->next = NULL;
    if (p->to->ends[slot])
        p->to->ends[slot]->next = f;
    else
        p->to->blocks[slot] = f;
    p->to->ends[slot] = f;
    return ENT_OK;
}

static enum ent_status find_table(struct ent_panel *panel, const struct ent_panel_table *table,
                                  struct ent_focused_table **out, struct ent_error *err)
{
    size_t at = (size_t)(table - panel->tables);
    struct ent_focused_table *f = panel->focused[at];
    bool years = table->year != SIZE_MAX;
    size_t slots = years ? (size_t)(table->last_year - table->first_year) + 1 : 1;

    *out = f;
    if (f)
        return ENT_OK;
    f = ent__arena_alloc(&panel->focus_arena, sizeof(*f));
    if (!f)
        return no_memory(err);
    f->first = years ? table->first_year : 0;
    f->last = years ? table->last_year : 0;
    f->read = ent__arena_array(&panel->focus_arena, slots, sizeof(*f->read));
    f->blocks = ent__arena_array(&panel->focus_arena, slots, sizeof(struct ent_focused *));
    f->ends = ent__arena_array(&panel->focus_arena, slots, sizeof(struct ent_focused *));
    if (!f->read || !f->blocks || !f->ends)
        return no_memory(err);
    memset(f->read, 0, slots * sizeof(*f->read));
    memset(f->blocks, 0, slots * sizeof(*f->blocks));
    memset(f->ends, 0, slots * sizeof(*f->ends));
    panel->focused[at] = *out = f;
    return ENT_OK;
}

/* The end of the run of years not read yet that begins at `year`, some beyond `to`. */
static int run_end(const struct picking *p, int year, int to)
{
    int last = year;
    int most = to + AHEAD < p->to->last ? to + AHEAD : p->to->last;

    while (last < most && !p->to->read[last + 1 - p->to->first])
        last++;
    return last;
}

/* Read the years from..to that are not there yet, each run of them at once. */
static enum ent_status read_years(struct picking *p, int from, int to, struct ent_error *err)
{
    for (int year = from; year <= to; year++) {
        int last;

        if (p->to->read[year - p->to->first])
            continue;
        last = run_end(p, year, to);
        ENT_TRY(ent__store_blocks(p->panel->store, p->table->name, year, last, pick, p, err));
        for (; year <= last; year++)
            p->to->read[year - p->to->first] = true;
    }
    return ENT_OK;
}

enum ent_status ent__panel_blocks(struct ent_panel *panel, const struct ent_panel_table *table,
                                  enum ent_extent extent, int from, int to, ent_block_fn each,
                                  void *context, struct ent_error *err)
{
    struct picking p = { .panel = panel, .table = table };

    bool pairs = table->side[1] != SIZE_MAX;

    if (panel->focus_id[0] == 0 || (pairs && extent == ENT_EXTENT_ALL))
        return ent__store_blocks(panel->store, table->name, from, to, each, context, err);
    ENT_TRY(find_table(panel, table, &p.to, err));
    from = from < p.to->first ? p.to->first : from;
    to = to > p.to->last ? p.to->last : to;
    ENT_TRY(read_years(&p, from, to, err));
    for (int year = from; year <= to; year++) {
        for (const struct ent_focused *f = p.to->blocks[year - p.to->first]; f; f = f->next)
            ENT_TRY(each(context, &f->block, err));
    }
    return ENT_OK;
}

void ent__panel_focus(struct ent_panel *panel, int a, int b)
{
    if (panel->focus_id[0] != a || panel->focus_id[1] != b) {
        memset(panel->focused, 0, panel->table_count * sizeof(*panel->focused));
        ent__arena_release(&panel->focus_arena);
    }
    panel->focus_id[0] = a;
    panel->focus_id[1] = b;
    panel->focus[0] = ent__panel_index64(panel, a);
    panel->focus[1] = ent__panel_index64(panel, b);
}
