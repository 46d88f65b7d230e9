/*
 * The text of a model: lines of fields with a tab between, in a fixed order.
 *
 *   entente model  VERSION
 *   charters       ATOP's number ...
 *   variant        id  first year  last year  dyad-years  base rate  penalty
 *   intercept      coefficient
 *   column         feature  linear|log  offset  bend  mean  sd  coefficient  knot ...
 *   calibration    start  slope  extra  knee
 *   draw           differences from intercept and coefficients, in steps of 0.0001
 *   places         year  dyads  rank:p ...
 *   end
 */
#include <math.h>

#include "assess/features.h"
#include "assess/model.h"

static void print_columns(const struct ent_fitted *v, struct ent_buf *out)
{
    ent__buf_printf(out, "intercept\t%.8g\n", v->beta[0]);
    for (size_t c = 0; c < v->column_count; c++) {
        const struct ent_column_spec *s = &v->columns[c];

        ent__buf_printf(out, "column\t%s\t%s\t%g\t%d\t%.8g\t%.8g\t%.8g",
                        ent__feature_info(s->feature)->id, s->logarithm ? "log" : "linear",
                        s->offset, s->bend, s->mean, s->sd, v->beta[c + 1]);
        for (size_t k = 0; k < s->knots; k++)
            ent__buf_printf(out, "\t%.8g", s->knot[k]);
        ent__buf_putc(out, '\n');
    }
    ent__buf_printf(out, "calibration\t%.8g\t%.8g\t%.8g\t%.8g\n", v->calibration.start,
                    v->calibration.slope, v->calibration.extra, v->calibration.knee);
}

static void print_variant(const struct ent_fitted *v, struct ent_buf *out)
{
    size_t n = v->column_count + 1;

    ent__buf_printf(out, "variant\t%s\t%d\t%d\t%llu\t%.8g\t%.8g\n", v->info.id,
                    v->info.first_year, v->info.last_year, (unsigned long long)v->info.dyads,
                    v->info.base_rate, v->penalty);
    print_columns(v, out);
    for (size_t d = 0; d < v->draw_count; d++) {
        ent__buf_puts(out, "draw");
        for (size_t i = 0; i < n; i++)
            ent__buf_printf(out, "\t%d", v->draws[d * n + i]);
        ent__buf_putc(out, '\n');
    }
    for (size_t y = 0; y < v->place_count; y++) {
        const struct ent_places *p = &v->places[y];

        ent__buf_printf(out, "places\t%d\t%zu", p->year, p->count);
        for (size_t k = 0; k < p->points; k++)
            ent__buf_printf(out, "\t%u:%.5g", p->rank[k], p->p[k]);
        ent__buf_putc(out, '\n');
    }
}

void ent__model_print(const struct ent_model *model, struct ent_buf *out)
{
    ent__buf_printf(out, "entente model\t%d\ncharters", ENT_MODEL_VERSION);
    for (size_t i = 0; i < model->charter_count; i++)
        ent__buf_printf(out, "\t%d", model->charters[i]);
    ent__buf_putc(out, '\n');
    for (size_t v = 0; v < model->variant_count; v++)
        print_variant(&model->variants[v], out);
    ent__buf_puts(out, "end\n");
}
