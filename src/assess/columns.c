/*
 * From features to columns of the design.
 *
 * Amounts that differ by orders of magnitude enter by their logarithm, with an offset of
 * about the smallest amount that matters: so that 0 and next to nothing are alike.
 */
#include <math.h>
#include <string.h>

#include "assess/features.h"
#include "assess/model.h"

static const struct {
    const char *feature;
    double offset;
} logarithms[] = {
    { "trade_larger", 1e-4 },
    { "trade_smaller", 1e-4 },
    { "arms", 1 },
    { "distance", 50 },
    { "nearest", 50 },
    { "power_larger", 1e-5 },
    { "power_smaller", 1e-5 },
    { "disputes", 1 },
    { "rivals", 1 },
    { "trade_with_rivals", 1e-3 },
    { "adversaries", 1 },
};

void ent__column_scale(size_t feature, bool *logarithm, double *offset)
{
    const char *id = ent__feature_info(feature)->id;

    *logarithm = false;
    *offset = 0;
    for (size_t i = 0; i < sizeof(logarithms) / sizeof(logarithms[0]); i++) {
        if (strcmp(logarithms[i].feature, id) == 0) {
            *logarithm = true;
            *offset = logarithms[i].offset;
        }
    }
}

bool ent__column_bends(size_t feature)
{
    const struct ent_feature_info *info = ent__feature_info(feature);

    return info->form != ENT_FORM_YES_NO && info->form != ENT_FORM_COUNT;
}

static double cube_above(double t, double knot)
{
    double above = t > knot ? t - knot : 0;

    return above * above * above;
}

/*
 * The k-th bent term of a restricted cubic spline with knots t_1 .. t_K (Harrell 2001,
 * section 2.4.5), over the squared span: linear below the first knot and above the last.
 */
static double bent(const struct ent_column_spec *c, double t)
{
    const double *knot = c->knot;
    size_t last = c->knots - 1, k = (size_t)c->bend - 1;
    double span = knot[last] - knot[0], gap = knot[last] - knot[last - 1];
    double value = cube_above(t, knot[k]) -
                   cube_above(t, knot[last - 1]) * (knot[last] - knot[k]) / gap +
                   cube_above(t, knot[last]) * (knot[last - 1] - knot[k]) / gap;

    return value / (span * span);
}

double ent__column_raw(const struct ent_column_spec *column, double x)
{
    double t = x;

    if (column->logarithm)
        t = log(fmax(x, 0) + column->offset);
    if (isnan(x))
        return NAN;
    return column->bend ? bent(column, t) : t;
}

double ent__column_value(const struct ent_column_spec *column, double x)
{
    double u = ent__column_raw(column, x);

    return isnan(u) ? 0 : (u - column->mean) / column->sd;
}

double ent__logistic(double x)
{
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

double ent__logit(double p)
{
    return log(p) - log1p(-p);
}

double ent__calibrated(const struct ent_calibration *c, double log_odds)
{
    double above = log_odds > c->knee ? log_odds - c->knee : 0;

    return ent__logistic(c->start + c->slope * log_odds + c->extra * above);
}
