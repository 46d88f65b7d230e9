#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "panel/inside.h"
#include "store/catalogue.h"

enum {
    FIRST_POLE = 2,    /* the United States */
    SECOND_POLE = 710, /* China */
};

const struct ent_panel_table *ent__panel_table(const struct ent_panel *panel, const char *name)
{
    for (size_t i = 0; i < panel->table_count; i++) {
        if (strcmp(panel->tables[i].name, name) == 0)
            return &panel->tables[i];
    }
    return NULL;
}

size_t ent__panel_column(const struct ent_panel_table *table, const char *name)
{
    for (size_t c = 0; c < table->column_count; c++) {
        if (strcmp(table->columns[c].name, name) == 0)
            return c;
    }
    return SIZE_MAX;
}

bool ent__panel_where(const struct ent_panel_table *table, const struct ent_input *input,
                      struct ent_where *out)
{
    const char *names[2] = { input->where, input->also };

    out->equals[0] = input->equals;
    out->equals[1] = input->also_equals;
    for (int k = 0; k < 2; k++) {
        out->column[k] = names[k] ? ent__panel_column(table, names[k]) : SIZE_MAX;
        if (names[k] && out->column[k] == SIZE_MAX)
            return false;
    }
    return true;
}

enum ent_status ent__panel_meets(struct ent_panel *panel, const struct ent_block *block,
                                 const struct ent_where *where, const int64_t **out,
                                 struct ent_error *err)
{
    int64_t *meets;
    const int64_t *value;

    *out = NULL;
    if (where->column[0] == SIZE_MAX)
        return ENT_OK;
    ENT_TRY(ent__panel_ints(panel, 2, block, where->column[0], out, err));
    meets = panel->ints[2];
    for (size_t i = 0; i < block->count; i++)
        meets[i] = meets[i] == where->equals[0];
    if (where->column[1] == SIZE_MAX)
        return ENT_OK;
    ENT_TRY(ent__panel_ints(panel, 3, block, where->column[1], &value, err));
    for (size_t i = 0; i < block->count; i++)
        meets[i] = meets[i] && value[i] == where->equals[1];
    return ENT_OK;
}

bool ent__panel_covers(const struct ent_panel_table *table, int year)
{
    if (!table->loaded)
        return false;
    return table->year == SIZE_MAX || (year >= table->first_year && year <= table->last_year);
}

/* Tell the panel's columns from their roles: the year, and the one or two states. */
static void find_roles(struct ent_panel_table *table)
{
    size_t sides = 0;

    table->year = table->side[0] = table->side[1] = SIZE_MAX;
    for (size_t c = 0; c < table->column_count; c++) {
        enum ent_column_role role = table->columns[c].role;

        if (role == ENT_ROLE_YEAR)
            table->year = c;
        if ((role == ENT_ROLE_STATE || role == ENT_ROLE_FROM || role == ENT_ROLE_TO) &&
            sides < 2)
            table->side[sides++] = c;
    }
    table->undirected = sides == 2 && table->columns[table->side[0]].role == ENT_ROLE_STATE;
}

static enum ent_status
add_table(void *context, const struct ent_table_entry *entry, struct ent_error *err)
{
    struct ent_panel *panel = context;
    struct ent_panel_table *table = &panel->tables[panel->table_count];

    memset(table, 0, sizeof(*table));
    table->name = ent__arena_printf(&panel->catalogue, "%s", entry->name);
    table->dataset = ent__arena_printf(&panel->catalogue, "%s", entry->dataset);
    table->version = ent__arena_printf(&panel->catalogue, "%s", entry->version);
    table->columns =
        ent__arena_array(&panel->catalogue, entry->column_count, sizeof(*table->columns));
    if (!table->name || !table->dataset || !table->version || !table->columns)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
    table->column_count = entry->column_count;
    for (size_t c = 0; c < entry->column_count; c++) {
        table->columns[c].role = entry->columns[c].role;
        table->columns[c].name =
            ent__arena_printf(&panel->catalogue, "%s", entry->columns[c].name);
        if (!table->columns[c].name)
            return ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
    }
    find_roles(table);
    table->zero_when_absent = entry->zero_when_absent;
    table->loaded = entry->loaded;
    table->first_year = entry->first_year;
    table->last_year = entry->last_year;
    if (entry->watched_count > 0) {
        int16_t *watched =
            ent__arena_array(&panel->catalogue, entry->watched_count + 1, sizeof(*watched));

        if (!watched)
            return ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
        memcpy(watched, entry->watched, entry->watched_count * sizeof(*watched));
        table->watched = watched;
    }
    panel->table_count++;
    return ENT_OK;
}

enum ent_status
ent__panel_open(struct ent_store *store, struct ent_panel **out, struct ent_error *err)
{
    struct ent_panel *panel = ent__calloc(1, sizeof(*panel));
    enum ent_status status;
    size_t count;

    if (!panel)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a panel");
    panel->store = store;
    ent__panel_poles(panel, FIRST_POLE, SECOND_POLE);
    status = ent__store_table_count(store, &count, err);
    if (status == ENT_OK) {
        panel->tables = ent__arena_array(&panel->catalogue, count + 1, sizeof(*panel->tables));
        panel->focused =
            ent__arena_array(&panel->catalogue, count + 1, sizeof(*panel->focused));
        panel->states =
            ent__arena_array(&panel->catalogue, ent_state_count(), sizeof(*panel->states));
        panel->member =
            ent__arena_array(&panel->catalogue, ent_state_count(), sizeof(*panel->member));
        panel->entry =
            ent__arena_array(&panel->catalogue, ent_state_count(), sizeof(*panel->entry));
        if (!panel->tables || !panel->focused || !panel->states || !panel->member ||
            !panel->entry)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
    }
    if (status == ENT_OK) {
        memset(panel->focused, 0, (count + 1) * sizeof(*panel->focused));
        status = ent__store_tables(store, add_table, panel, err);
    }
    if (status != ENT_OK) {
        ent__panel_close(panel);
        return status;
    }
    *out = panel;
    return ENT_OK;
}

void ent__panel_close(struct ent_panel *panel)
{
    if (!panel)
        return;
    for (struct ent_history *h = panel->histories; h; h = h->next) {
        ent__free(h->rows);
        ent__free(h->focused);
    }
    for (struct ent_matrix *m = panel->matrices; m; m = m->next)
        ent__free(m->v);
    for (int k = 0; k < ENT_PANEL_SCRATCH; k++)
        ent__free(panel->ints[k]);
    ent__free(panel->reals);
    ent__arena_release(&panel->arena);
    ent__arena_release(&panel->focus_arena);
    ent__arena_release(&panel->catalogue);
    ent__free(panel);
}

/* A table that an older program made may lack a column: it counts as not loaded. */
static bool has_columns(const struct ent_panel_table *table, const struct ent_input *input)
{
    return (!input->column || ent__panel_column(table, input->column) != SIZE_MAX) &&
           (!input->where || ent__panel_column(table, input->where) != SIZE_MAX);
}

struct ent_coverage
ent__panel_coverage(const struct ent_panel *panel, const struct ent_measure_source *source)
{
    struct ent_coverage coverage = { .loaded = true, .version = "" };

    for (size_t i = 0; i < source->input_count; i++) {
        const struct ent_input *input = &source->inputs[i];
        const struct ent_panel_table *table = ent__panel_table(panel, input->table);
        int first;

        if (!table || !table->loaded || !has_columns(table, input))
            return (struct ent_coverage){ .version = "" };
        if (!coverage.version[0])
            coverage.version = table->version;
        if (table->year == SIZE_MAX)
            continue;
        first = table->first_year;
        if (input->view == ENT_VIEW_SUM)
            first += input->years - 1;
        if (input->view == ENT_VIEW_LAGGED)
            first += input->years;
        if (first > coverage.first_year)
            coverage.first_year = first;
        if (!coverage.last_year || table->last_year < coverage.last_year)
            coverage.last_year = table->last_year;
    }
    return coverage;
}

static bool is_watched(const int16_t *watched, int state)
{
    for (; *watched; watched++) {
        if (*watched == state)
            return true;
    }
    return false;
}

/* Whether an absent row of from -> to says "none". */
static bool watches(const struct ent_panel_table *table, int from, int to)
{
    if (!table->watched)
        return true;
    return is_watched(table->watched, from) ||
           (table->undirected && is_watched(table->watched, to));
}

bool ent__panel_watches(const struct ent_panel *panel, const struct ent_measure_source *source,
                        int from, int to)
{
    for (size_t i = 0; i < source->input_count; i++) {
        const struct ent_input *input = &source->inputs[i];
        const struct ent_panel_table *table = ent__panel_table(panel, input->table);

        if (table && table->side[1] != SIZE_MAX &&
            !(input->transposed ? watches(table, to, from) : watches(table, from, to)))
            return false;
    }
    return true;
}

/* Give a matrix back, clean where it must be. */
static void give_back(struct ent_matrix *m)
{
    for (int k = 0; m->used && m->extent == ENT_EXTENT_FOCUS && k < 2; k++) {
        size_t f = (size_t)m->focus[k];

        for (size_t i = 0; m->focus[k] >= 0 && i < m->n; i++)
            m->v[f * m->n + i] = m->v[i * m->n + f] = NAN;
    }
    m->used = false;
}

static struct ent_matrix *matrix_of(struct ent_panel *panel, const double *v)
{
    struct ent_matrix *m = panel->matrices;

    while (m && m->v != v)
        m = m->next;
    return m;
}

void ent__panel_matrix_done(struct ent_panel *panel, const double *v)
{
    struct ent_matrix *m = matrix_of(panel, v);

    if (m)
        give_back(m);
}

enum ent_status ent__panel_matrix(struct ent_panel *panel, enum ent_extent extent, double **out,
                                  struct ent_error *err)
{
    struct ent_matrix *m = panel->matrices;
    size_t cells = ent_state_count() * ent_state_count();

    while (m && (m->used || m->extent != extent))
        m = m->next;
    if (!m) {
        m = ent__arena_alloc(&panel->catalogue, sizeof(*m));
        if (m)
            m->v = ent__reallocarray(NULL, cells, sizeof(double));
        if (!m || !m->v)
            return ent_fail(err, ENT_ENOMEM, "out of memory for %zu cells", cells);
        m->extent = extent;
        m->clean = 0;
        m->next = panel->matrices;
        panel->matrices = m;
    }
    /* No more than the year needs: the memory of the rest is never touched. */
    for (; extent == ENT_EXTENT_FOCUS && m->clean < panel->n * panel->n; m->clean++)
        m->v[m->clean] = NAN;
    m->used = true;
    m->n = panel->n;
    m->focus[0] = panel->focus[0];
    m->focus[1] = panel->focus[1];
    *out = m->v;
    return ENT_OK;
}

/* The first year of the spell of membership that the year falls in, COW's before GW's. */
static int16_t entry_of(const struct ent_state *state, int year)
{
    for (size_t i = state->cow_spell_count; i-- > 0;) {
        if (state->cow_spells[i].from_year <= year && state->cow_spells[i].to_year >= year)
            return (int16_t)state->cow_spells[i].from_year;
    }
    for (size_t i = state->gw_spell_count; i-- > 0;) {
        if (state->gw_spells[i].from_year <= year && state->gw_spells[i].to_year >= year)
            return (int16_t)state->gw_spells[i].from_year;
    }
    return 0;
}

enum ent_status ent__panel_year(struct ent_panel *panel, int year, struct ent_error *err)
{
    (void)err;
    for (struct ent_matrix *m = panel->matrices; m; m = m->next)
        give_back(m);
    ent__arena_clear(&panel->arena);
    panel->filled = NULL;
    panel->prepared = NULL;
    panel->system = NULL;
    panel->weight = NULL;
    panel->year = year;
    panel->n = 0;
    panel->focus[0] = panel->focus[1] = -1;
    memset(panel->index_of, -1, sizeof(panel->index_of));
    for (size_t i = 0; i < ent_state_count(); i++) {
        const struct ent_state *state = ent_state_at(i);
        bool cow = ent_state_member(state->id, ENT_MEMBER_COW, year);
        bool place = state->id > 1000 && state->id < 2000;
        bool gw_only = state->id >= 2000 && ent_state_member(state->id, ENT_MEMBER_GW, year);

        if ((!cow && !place && !gw_only) || state->id >= ENT_PANEL_IDS)
            continue;
        panel->index_of[state->id] = (int16_t)panel->n;
        panel->states[panel->n] = state->id;
        panel->entry[panel->n] = entry_of(state, year);
        panel->member[panel->n++] = cow;
    }
    return ENT_OK;
}

void ent__panel_poles(struct ent_panel *panel, int a, int b)
{
    panel->poles[0] = (int16_t)a;
    panel->poles[1] = (int16_t)b;
    panel->prepared = NULL; /* made for other poles; its memory is the year's */
}

void ent__panel_conventions(struct ent_panel *panel, const struct ent_conventions *conventions)
{
    panel->conventions = conventions;
    panel->filled = NULL; /* filled and made under others; their memory is the year's */
    panel->prepared = NULL;
    panel->system = NULL;
    panel->weight = NULL;
    if (conventions && (conventions->given & ENT_CONVENTION_POLES))
        ent__panel_poles(panel, conventions->poles[0], conventions->poles[1]);
}

int ent__panel_index(const struct ent_panel *panel, int state)
{
    return ent__panel_index64(panel, state);
}

bool ent__panel_member(const struct ent_panel *panel, size_t index)
{
    return panel->member[index];
}

enum ent_status ent__panel_reals(struct ent_panel *panel, const struct ent_block *block,
                                 size_t c, const double **out, struct ent_error *err)
{
    void *grown = panel->reals;

    ENT_TRY(ent__grow(&grown, &panel->reals_capacity, block->count, sizeof(double), err));
    panel->reals = grown;
    ent__block_reals(block, c, panel->reals);
    *out = panel->reals;
    return ENT_OK;
}

enum ent_status ent__panel_ints(struct ent_panel *panel, int slot,
                                const struct ent_block *block, size_t c, const int64_t **out,
                                struct ent_error *err)
{
    void *grown = panel->ints[slot];

    ENT_TRY(ent__grow(&grown, &panel->ints_capacity[slot], block->count, sizeof(int64_t), err));
    panel->ints[slot] = grown;
    ent__block_ints(block, c, panel->ints[slot]);
    *out = panel->ints[slot];
    return ENT_OK;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_input(const struct ent_input *a, const struct ent_input *b)
{
    return a->view == b->view && a->shape == b->shape && a->years == b->years &&
           a->equals == b->equals && a->also_equals == b->also_equals && a->fold == b->fold &&
           a->transposed == b->transposed && same_text(a->table, b->table) &&
           same_text(a->column, b->column) && same_text(a->where, b->where) &&
           same_text(a->also, b->also);
}

/* What the source prepares, made now unless it is there already. */
static enum ent_status prepare(struct ent_panel *panel, enum ent_extent extent,
                               struct ent_inputs *in, struct ent_error *err)
{
    struct ent_prepared *p = panel->prepared;

    while (p && !(p->source == in->source && p->extent == extent))
        p = p->next;
    if (!p) {
        p = ent__arena_alloc(&panel->arena, sizeof(*p));
        if (!p)
            return ent_fail(err, ENT_ENOMEM, "out of memory for a panel");
        ENT_TRY(in->source->prepare(in, &panel->arena, &p->made, err));
        p->source = in->source;
        p->extent = extent;
        p->next = panel->prepared;
        panel->prepared = p;
    }
    in->prepared = p->made;
    return ENT_OK;
}

/*
 * Matrices in focus that are kept filled: two rows and columns of each are at work, which
 * the processor's own memory has no room for when they are of a hundred matrices.  Measures
 * of a family stand together and share inputs; what is wanted again later is filled again
 * from rows that are in memory.
 */
enum {
    KEPT = 8,
};

/* Let go of the matrix in focus that was not asked for the longest, when there are many. */
static void let_go(struct ent_panel *panel)
{
    struct ent_filled **oldest = NULL;
    size_t count = 0;

    for (struct ent_filled **f = &panel->filled; *f; f = &(*f)->next) {
        if (!(*f)->matrix || (*f)->matrix->extent != ENT_EXTENT_FOCUS)
            continue;
        count++;
        if ((*f)->turn < panel->turn && (!oldest || (*f)->turn <= (*oldest)->turn))
            oldest = f;
    }
    if (count < KEPT || !oldest)
        return;
    give_back((*oldest)->matrix);
    *oldest = (*oldest)->next;
}

/* One input, filled now unless it is there already. */
static enum ent_status fill_input(struct ent_panel *panel, const struct ent_input *input,
                                  enum ent_extent extent, struct ent_array *out,
                                  struct ent_error *err)
{
    enum ent_extent needed = input->scope == ENT_SCOPE_ALL ? ENT_EXTENT_ALL : extent;
    struct ent_filled *f = panel->filled;

    while (f && !((f->extent == needed || f->extent == ENT_EXTENT_ALL) &&
                  same_input(&f->input, input)))
        f = f->next;
    if (!f) {
        let_go(panel);
        f = ent__arena_alloc(&panel->arena, sizeof(*f));
        if (!f)
            return ent_fail(err, ENT_ENOMEM, "out of memory for a panel");
        f->input = *input;
        f->extent = needed;
        ENT_TRY(ent__panel_fill(panel, ent__panel_table(panel, input->table), input, needed,
                                &f->array, err));
        f->matrix = input->shape == ENT_SHAPE_DYAD ? matrix_of(panel, f->array.v) : NULL;
        f->next = panel->filled;
        panel->filled = f;
    }
    if (input->sums && !f->array.row_sum)
        ENT_TRY(ent__panel_sums(panel, f->extent, &f->array, err));
    f->turn = panel->turn;
    *out = f->array;
    return ENT_OK;
}

enum ent_status
ent__panel_inputs(struct ent_panel *panel, const struct ent_measure_source *source,
                  enum ent_extent extent, struct ent_inputs *out, struct ent_error *err)
{
    struct ent_inputs inputs = {
        .source = source,
        .year = panel->year,
        .n = panel->n,
        .states = panel->states,
        .entry = panel->entry,
        .focus = extent == ENT_EXTENT_FOCUS ? panel->focus : NULL,
        .poles = { panel->poles[0], panel->poles[1] },
        .conventions = panel->conventions,
    };

    if (source->input_count > ENT_INPUTS)
        return ent_fail(err, ENT_EINVAL, "source %s has %zu inputs; at most %d", source->name,
                        source->input_count, ENT_INPUTS);
    ENT_TRY(ent__panel_targets(panel, &inputs, err));
    panel->turn++;
    for (size_t i = 0; i < source->input_count; i++)
        ENT_TRY(fill_input(panel, &source->inputs[i], extent, &inputs.at[i], err));
    if (source->prepare)
        ENT_TRY(prepare(panel, extent, &inputs, err));
    *out = inputs;
    return ENT_OK;
}
