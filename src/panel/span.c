/* What the values of a column come to over all years. */
#include <limits.h>
#include <math.h>

#include "base/alloc.h"
#include "panel/inside.h"

struct spanning {
    struct ent_panel *panel;
    size_t column;
    struct ent_span span;
};

static enum ent_status
take_values(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct spanning *s = context;
    const double *value;

    ENT_TRY(ent__panel_reals(s->panel, block, s->column, &value, err));
    for (size_t i = 0; i < block->count; i++) {
        if (isnan(value[i]))
            continue;
        s->span.low = fmin(s->span.low, value[i]);
        s->span.high = fmax(s->span.high, value[i]);
        s->span.whole = s->span.whole && value[i] == floor(value[i]);
    }
    return ENT_OK;
}

enum ent_status ent__panel_span(struct ent_panel *panel, const char *table, const char *column,
                                struct ent_span *out, struct ent_error *err)
{
    const struct ent_panel_table *t = ent__panel_table(panel, table);
    struct spanning s = { .panel = panel, .span = { NAN, NAN, true } };

    s.column = t ? ent__panel_column(t, column) : SIZE_MAX;
    if (s.column == SIZE_MAX)
        return ent_fail(err, ENT_ENOTFOUND, "the store has no column %s.%s", table, column);
    ENT_TRY(ent__store_blocks(panel->store, table, INT_MIN, INT_MAX, take_values, &s, err));
    *out = s.span;
    return ENT_OK;
}
