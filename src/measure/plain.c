/* Measures that take a value as it stands, or set two values side by side. */
#include <math.h>

#include "measure/family.h"

static const char *arrow(const struct ent_measure *measure)
{
    return measure->info.direction == ENT_UNDIRECTED ? "and" : "->";
}

/* "deals, CHN -> RUS" */
static void step_cell(const struct ent_measure *measure, const struct ent_inputs *in,
                      struct ent_steps *steps, double value, const char *unit)
{
    (void)in;
    if (steps)
        ent__step(steps, value, unit, "%s, %s %s %s", measure->info.title, steps->from,
                  arrow(measure), steps->to);
}

static void step_states(const struct ent_inputs *in, const struct ent_pair *pair,
                        struct ent_steps *steps, const char *unit)
{
    const char *name = in->source->inputs[0].column;
    const double *v = in->at[0].v;
    char column[64] = "";

    if (!steps)
        return;
    for (size_t i = 0; name[i] && i + 1 < sizeof(column); i++)
        column[i] = (char)(name[i] == '_' ? ' ' : name[i]);
    ent__step(steps, v[pair->from], unit, "%s of %s", column, steps->from);
    ent__step(steps, v[pair->to], unit, "%s of %s", column, steps->to);
}

void ent__cell(const struct ent_measure *measure, const struct ent_inputs *in,
               const struct ent_pair *pairs, size_t count, double *out, struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        out[k] = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);
        step_cell(measure, in, steps, out[k], measure->info.unit);
    }
}

void ent__own(const struct ent_measure *measure, const struct ent_inputs *in,
              const struct ent_pair *pairs, size_t count, double *out, struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        out[k] = in->at[0].v[pairs[k].from];
        if (steps)
            ent__step(steps, out[k], measure->info.unit, "%s of %s", measure->info.title,
                      steps->from);
    }
}

void ent__ratio(const struct ent_measure *measure, const struct ent_inputs *in,
                const struct ent_pair *pairs, size_t count, double *out,
                struct ent_steps *steps)
{
    const double *v = in->at[0].v;

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double below = v[pairs[k].to];

        out[k] = below > 0 ? v[pairs[k].from] / below : NAN;
        step_states(in, &pairs[k], steps, "");
        if (steps)
            ent__step(steps, out[k], "", "%s / %s", steps->from, steps->to);
    }
}

void ent__gap(const struct ent_measure *measure, const struct ent_inputs *in,
              const struct ent_pair *pairs, size_t count, double *out, struct ent_steps *steps)
{
    const double *v = in->at[0].v;

    for (size_t k = 0; k < count; k++) {
        out[k] = fabs(v[pairs[k].from] - v[pairs[k].to]);
        step_states(in, &pairs[k], steps, measure->info.unit);
        if (steps)
            ent__step(steps, out[k], measure->info.unit, "|%s - %s|", steps->from, steps->to);
    }
}

void ent__years(const struct ent_measure *measure, const struct ent_inputs *in,
                const struct ent_pair *pairs, size_t count, double *out,
                struct ent_steps *steps)
{
    for (size_t k = 0; k < count; k++) {
        double year = ent__cell_of(in, 0, pairs[k].from, pairs[k].to);

        out[k] = in->year - year;
        step_cell(measure, in, steps, year, "year");
        if (steps)
            ent__step(steps, out[k], "years", "%d less that year", in->year);
    }
}
