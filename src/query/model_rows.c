/*
 * A panel of the slots' measures, year after year, of which the last ENT_WINDOW years are
 * kept: a feature may rest on a reading of some years ago.
 */
#include "query/model_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/features.h"
#include "base/alloc.h"
#include "entente/panel.h"
#include "entente/state.h"

enum {
    COLUMNS_MOST = 2 * ENT_SLOTS,
    NAME_LONGEST = 96,
};

#define NO_ROW UINT32_MAX

/* One year of the panel, kept. */
struct kept {
    int year; /* 0: none yet */
    size_t rows;
    float *values; /* [column][row] */
    size_t capacity;
    uint32_t *row_of; /* by pair of states' indexes */
};

struct gathering {
    const struct ent_rows_request *request;
    struct ent_model_rows *out;
    size_t slots, states;
    size_t column[ENT_SLOTS][ENT_SIDES]; /* of the panel; SIZE_MAX: none */
    size_t columns;
    struct kept kept[ENT_WINDOW]; /* the latest first */
    size_t capacity;
};

static enum ent_status
keep_block(struct gathering *g, const struct ent_panel_block *block, struct ent_error *err)
{
    struct kept oldest = g->kept[ENT_WINDOW - 1];
    size_t pairs = g->states * g->states;
    void *grown = oldest.values;

    memmove(g->kept + 1, g->kept, (ENT_WINDOW - 1) * sizeof(g->kept[0]));
    g->kept[0] = oldest;
    ENT_TRY(ent__grow(&grown, &g->kept[0].capacity, block->rows * block->columns + 1,
                      sizeof(float), err));
    g->kept[0].values = grown;
    g->kept[0].year = block->year;
    g->kept[0].rows = block->rows;
    if (!g->kept[0].row_of)
        g->kept[0].row_of = ent__calloc(pairs, sizeof(uint32_t));
    if (!g->kept[0].row_of)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the dyads of %d", block->year);
    for (size_t i = 0; i < pairs; i++)
        g->kept[0].row_of[i] = NO_ROW;
    for (size_t r = 0; r < block->rows; r++) {
        size_t i = (size_t)ent_state_get(block->state1[r])->index;
        size_t j = (size_t)ent_state_get(block->state2[r])->index;

        g->kept[0].row_of[i * g->states + j] = (uint32_t)r;
    }
    for (size_t c = 0; c < block->columns; c++)
        for (size_t r = 0; r < block->rows; r++)
            g->kept[0].values[c * block->rows + r] = (float)block->value[c][r];
    return ENT_OK;
}

/* The windows of a pair, by the states' indexes. */
static void look(const struct gathering *g, size_t pair, ent_windows windows)
{
    for (int k = 0; k < ENT_WINDOW; k++) {
        const struct kept *kept = &g->kept[k];
        uint32_t row = kept->year == g->kept[0].year - k ? kept->row_of[pair] : NO_ROW;

        for (size_t s = 0; s < g->slots; s++)
            for (int side = 0; side < ENT_SIDES; side++) {
                size_t c = g->column[s][side];

                windows[s][side][k] = row == NO_ROW || c == SIZE_MAX
                                          ? (double)NAN
                                          : (double)kept->values[c * kept->rows + row];
            }
    }
}

static enum ent_status
make_room(struct gathering *g, size_t rows, size_t features, struct ent_error *err)
{
    struct ent_model_rows *out = g->out;
    size_t need = out->count + rows, capacity = g->capacity, wanted;
    void *a = out->a, *b = out->b, *year = out->year, *pact = out->pact, *x = out->x;
    enum ent_status status = ENT_OK;

    if (need <= capacity)
        return ENT_OK;
    wanted = need + need / 2;
    a = ent__reallocarray(a, wanted, sizeof(*out->a));
    out->a = a ? a : out->a;
    b = ent__reallocarray(b, wanted, sizeof(*out->b));
    out->b = b ? b : out->b;
    year = ent__reallocarray(year, wanted, sizeof(*out->year));
    out->year = year ? year : out->year;
    pact = ent__reallocarray(pact, wanted, sizeof(*out->pact));
    out->pact = pact ? pact : out->pact;
    x = ent__reallocarray(x, wanted * features, sizeof(*out->x));
    out->x = x ? x : out->x;
    if (!a || !b || !year || !pact || !x)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for %zu dyads", need);
    else
        g->capacity = wanted;
    return status;
}

static void add_row(struct gathering *g, int year, int16_t a, int16_t b)
{
    struct ent_model_rows *out = g->out;
    struct ent_features features = { .a = a, .b = b, .year = year };
    size_t row = out->count++;
    size_t pair = (size_t)ent_state_get(a)->index * g->states + (size_t)ent_state_get(b)->index;
    ent_windows windows;

    look(g, pair, windows);
    ent__features_make((const double(*)[ENT_SIDES][ENT_WINDOW])windows, g->request->baselines,
                       &features);
    out->a[row] = a;
    out->b[row] = b;
    out->year[row] = (int16_t)year;
    out->pact[row] = g->request->pacts ? ent__pacts_of(g->request->pacts, year, a, b) : 0;
    for (size_t f = 0; f < out->features; f++)
        out->x[row * out->features + f] = (float)features.at[f].value;
}

static enum ent_status take_year(void *context, const struct ent_panel_block *block,
                                 const char *text, size_t len, struct ent_error *err)
{
    struct gathering *g = context;

    (void)text;
    (void)len;
    ENT_TRY(keep_block(g, block, err));
    if (block->year < g->request->from)
        return ENT_OK;
    ENT_TRY(make_room(g, block->rows, g->out->features, err));
    for (size_t r = 0; r < block->rows; r++)
        add_row(g, block->year, block->state1[r], block->state2[r]);
    return ENT_OK;
}

static int show(void *context, const char *phase, size_t done, size_t total)
{
    const struct gathering *g = context;

    (void)phase;
    return g->request->progress
               ? g->request->progress(g->request->context, "reading the evidence", done, total)
               : 0;
}

/* Which column of the panel each side of each slot stands in. */
static void find_columns(struct gathering *g, const struct ent_panel_layout *layout)
{
    for (size_t s = 0; s < g->slots; s++) {
        const struct ent_slot *slot = ent__slot_at(s);

        g->column[s][ENT_FORWARD] = g->column[s][ENT_BACKWARD] = SIZE_MAX;
        for (size_t c = 0; c < layout->column_count; c++) {
            const struct ent_panel_column_info *info = &layout->columns[c];
            enum ent_panel_side side = info->side;

            if (strcmp(info->measure->id, slot->measure) != 0 ||
                strcmp(info->source, slot->source) != 0)
                continue;
            if (side != ENT_SIDE_BACKWARD && side != ENT_SIDE_SECOND)
                g->column[s][ENT_FORWARD] = c;
            if (side != ENT_SIDE_FORWARD && side != ENT_SIDE_FIRST)
                g->column[s][ENT_BACKWARD] = c;
        }
    }
}

static enum ent_status
gather(struct gathering *g, struct ent_store *store, struct ent_error *err)
{
    char text[ENT_SLOTS][NAME_LONGEST];
    const char *names[ENT_SLOTS];
    struct ent_panel_request request = { .unit = ENT_PANEL_DYADS,
                                         .from = g->request->from - ENT_CARRY_YEARS,
                                         .to = g->request->to,
                                         .threads = g->request->threads,
                                         .measures = names,
                                         .measure_count = g->slots };
    struct ent_panel_sink sink = { .take = take_year, .progress = show, .context = g };
    struct ent_panel_plan *plan = NULL;
    enum ent_status status;

    for (size_t s = 0; s < g->slots; s++) {
        snprintf(text[s], sizeof(text[s]), "%s@%s", ent__slot_at(s)->measure,
                 ent__slot_at(s)->source);
        names[s] = text[s];
    }
    ENT_TRY(ent_panel_plan_new(store, &request, &plan, err));
    find_columns(g, ent_panel_layout(plan));
    status = ent_panel_run(plan, &sink, err);
    ent_panel_plan_free(plan);
    return status;
}

enum ent_status ent__model_rows_read(struct ent_store *store,
                                     const struct ent_rows_request *request,
                                     struct ent_model_rows *out, struct ent_error *err)
{
    struct ent_model_rows rows = { 0 };
    struct gathering *g = ent__calloc(1, sizeof(*g));
    enum ent_status status;

    if (!g)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the dyads of a year");
    rows.features = request->baselines ? ent__feature_count_all() : ent_feature_count();
    g->request = request;
    g->out = &rows;
    g->slots = ent__slot_count(request->baselines);
    g->states = ent_state_count();
    status = gather(g, store, err);
    for (size_t k = 0; k < ENT_WINDOW; k++) {
        ent__free(g->kept[k].values);
        ent__free(g->kept[k].row_of);
    }
    ent__free(g);
    if (status != ENT_OK) {
        ent__model_rows_release(&rows);
        return status;
    }
    *out = rows;
    return ENT_OK;
}

void ent__model_rows_release(struct ent_model_rows *rows)
{
    ent__free(rows->a);
    ent__free(rows->b);
    ent__free(rows->year);
    ent__free(rows->pact);
    ent__free(rows->x);
    memset(rows, 0, sizeof(*rows));
}

void ent__model_rows_features(const struct ent_model_rows *rows, size_t row,
                              struct ent_features *out)
{
    memset(out, 0, sizeof(*out));
    out->a = rows->a[row];
    out->b = rows->b[row];
    out->year = rows->year[row];
    for (size_t f = 0; f < ENT_FEATURES; f++) {
        out->at[f].value = f < rows->features ? (double)rows->x[row * rows->features + f] : NAN;
        out->at[f].source = "";
    }
}
