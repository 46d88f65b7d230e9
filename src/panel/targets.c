/*
 * Targets of ties by convention: which states are of two states' system, and what each
 * counts by.
 *
 * A state's region is told by its COW number (1-199 Americas, 200-399 Europe, 400-599
 * Africa, 600-699 Middle East and North Africa, 700-899 Asia, 900-999 Oceania); of states
 * of two regions both are the system.  Politically relevant is what COW's direct
 * contiguity joins (by land, or under 400 miles of water), and any pair with a major
 * power.  After the last year of contiguity it is as last observed.
 */
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "panel/inside.h"

static const struct ent_input contiguity_input = { .table = "contiguity",
                                                   .column = "conttype",
                                                   .scope = ENT_SCOPE_ALL };
static const struct ent_input cinc_input = {
    .table = "nmc", .column = "cinc", .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_ALL
};
static const struct ent_input gdp_input = {
    .table = "wdi_gdp", .column = "gdp", .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_ALL
};

static const struct ent_measure_source contiguity = { .name = "contiguity",
                                                      .datasets = "contiguity",
                                                      .inputs = &contiguity_input,
                                                      .input_count = 1 };
static const struct ent_measure_source cinc = {
    .name = "nmc", .datasets = "nmc", .inputs = &cinc_input, .input_count = 1
};
static const struct ent_measure_source gdp = {
    .name = "wdi", .datasets = "wdi", .inputs = &gdp_input, .input_count = 1
};

const struct ent_measure_source *
ent__convention_source(const struct ent_conventions *conventions,
                       enum ent_convention convention)
{
    if (!(conventions->given & (uint32_t)convention))
        return NULL;
    if (convention == ENT_CONVENTION_SYSTEM && conventions->system == ENT_SYSTEM_RELEVANT)
        return &contiguity;
    if (convention == ENT_CONVENTION_WEIGHTS && conventions->weights == ENT_TARGETS_BY_CINC)
        return &cinc;
    if (convention == ENT_CONVENTION_WEIGHTS && conventions->weights == ENT_TARGETS_BY_GDP)
        return &gdp;
    return NULL;
}

static void mark_regions(const struct ent_panel *panel, uint8_t *system)
{
    int16_t region[ENT_MEASURE_STATES];
    size_t n = panel->n;

    for (size_t i = 0; i < n; i++)
        region[i] = ent_state_get(panel->states[i])->region;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            system[i * n + j] = i == j || (region[i] && region[i] == region[j]);
    }
}

struct marking {
    struct ent_panel *panel;
    const struct ent_panel_table *table;
    size_t column;
    uint8_t *system;
};

static enum ent_status
mark_contiguous(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct marking *m = context;
    size_t n = m->panel->n;
    const int64_t *a;
    const int64_t *b;
    const double *type;

    ENT_TRY(ent__panel_ints(m->panel, 0, block, m->table->side[0], &a, err));
    ENT_TRY(ent__panel_ints(m->panel, 1, block, m->table->side[1], &b, err));
    ENT_TRY(ent__panel_reals(m->panel, block, m->column, &type, err));
    for (size_t i = 0; i < block->count; i++) {
        int x = ent__panel_index64(m->panel, a[i]);
        int y = ent__panel_index64(m->panel, b[i]);

        if (x >= 0 && y >= 0 && type[i] > 0)
            m->system[(size_t)x * n + (size_t)y] = m->system[(size_t)y * n + (size_t)x] = 1;
    }
    return ENT_OK;
}

static enum ent_status
mark_relevant(struct ent_panel *panel, uint8_t *system, struct ent_error *err)
{
    struct marking m = { .panel = panel,
                         .table = ent__panel_table(panel, contiguity_input.table),
                         .system = system };
    bool major[ENT_MEASURE_STATES];
    size_t n = panel->n;
    int year;

    for (size_t i = 0; i < n; i++)
        major[i] = ent_state_major(panel->states[i], panel->year);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            system[i * n + j] = i == j || major[i] || major[j];
    }
    if (!m.table || !m.table->loaded || m.table->side[1] == SIZE_MAX)
        return ENT_OK;
    m.column = ent__panel_column(m.table, contiguity_input.column);
    if (m.column == SIZE_MAX)
        return ENT_OK;
    year = panel->year > m.table->last_year ? m.table->last_year : panel->year;
    return ent__store_blocks(panel->store, m.table->name, year, year, mark_contiguous, &m, err);
}

enum ent_status ent__panel_system(struct ent_panel *panel, enum ent_target_system kind,
                                  const uint8_t **out, struct ent_error *err)
{
    uint8_t *system;

    *out = NULL;
    if (kind == ENT_SYSTEM_ALL)
        return ENT_OK;
    system = ent__arena_array(&panel->arena, panel->n, panel->n);
    if (!system)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the systems of %zu states",
                        panel->n);
    if (kind == ENT_SYSTEM_REGION)
        mark_regions(panel, system);
    else
        ENT_TRY(mark_relevant(panel, system, err));
    *out = system;
    return ENT_OK;
}

enum ent_status
ent__panel_targets(struct ent_panel *panel, struct ent_inputs *in, struct ent_error *err)
{
    const struct ent_conventions *c = panel->conventions;
    uint32_t asked = c ? c->given & in->source->conventions : 0;
    const struct ent_measure_source *weights;

    if ((asked & ENT_CONVENTION_SYSTEM) && !panel->system)
        ENT_TRY(ent__panel_system(panel, c->system, &panel->system, err));
    if ((asked & ENT_CONVENTION_WEIGHTS) && !panel->weight) {
        weights = ent__convention_source(c, ENT_CONVENTION_WEIGHTS);
        if (weights) {
            struct ent_inputs filled;

            ENT_TRY(ent__panel_inputs(panel, weights, ENT_EXTENT_ALL, &filled, err));
            panel->weight = filled.at[0].v;
        }
    }
    in->system = asked & ENT_CONVENTION_SYSTEM ? panel->system : NULL;
    in->weight = asked & ENT_CONVENTION_WEIGHTS ? panel->weight : NULL;
    return ENT_OK;
}
