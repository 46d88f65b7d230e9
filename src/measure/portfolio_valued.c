/*
 * Portfolio similarity of ties that have a size and no levels: numbers of shared
 * organisations, hours of talks.
 *
 * With x and y what two states have toward each target k, d = x - y, S.. the centred sums,
 * D the span of all ties of the year (0 within it) and n the targets that both have:
 *
 *   S          1 - 2 sum |d| / (D n),  squared 1 - 2 sum d^2 / (D^2 n)
 *   kappa      1 - sum d^2 / (S_xx + S_yy + n (x~ - y~)^2), the form of the others without
 *              their loss of digits (Lin's concordance, Haege 2011)
 *   pi         1 - sum d^2 / (S_xx + S_yy + n (x~ - y~)^2 / 2)
 *   agreement  mean of 1 - |d| / D
 *
 * A state's tie to itself is the largest of the year, unless self-ties are left out.
 *
 * Limits: S and agreement depend on the largest tie of the year, so that one large tie
 * makes all others alike: take logarithms before importing, or compare by kappa.  No
 * standard errors: targets are no sample, and these have no levels to be a table of.
 */
#include <math.h>

#include "base/alloc.h"
#include "measure/family.h"
#include "measure/portfolio.h"

struct valued {
    double *tie; /* tie[state * n + target]; the diagonal filled; NAN: not known */
    double span; /* D */
};

/* Whether anybody's tie to a target is known. */
static bool is_target(const struct ent_inputs *in, size_t target)
{
    for (size_t s = 0; s < in->n; s++) {
        if (!isnan(in->at[0].v[s * in->n + target]))
            return true;
    }
    return false;
}

enum ent_status ent__valued_prepare(const struct ent_inputs *in, struct ent_arena *arena,
                                    const void **out, struct ent_error *err)
{
    struct valued *v = ent__arena_alloc(arena, sizeof(*v));
    size_t cells = in->n * in->n;
    double low = 0, high = 0;
    bool self = !(ent__is_set(in, ENT_CONVENTION_SELF_TIES) &&
                  in->conventions->options.self_ties == ENT_SELF_TIES_EXCLUDED);

    if (v)
        v->tie = ent__arena_array(arena, cells + 1, sizeof(*v->tie));
    if (!v || !v->tie)
        return ent_fail(err, ENT_ENOMEM, "out of memory for portfolios");
    for (size_t c = 0; c < cells; c++) {
        v->tie[c] = in->at[0].v[c];
        low = v->tie[c] < low ? v->tie[c] : low;
        high = v->tie[c] > high ? v->tie[c] : high;
    }
    v->span = high - low;
    for (size_t s = 0; s < in->n; s++)
        v->tie[s * in->n + s] = self && is_target(in, s) ? high : (double)NAN;
    *out = v;
    return ENT_OK;
}

/* What the kinds of one pair are made of. */
struct sums {
    double n, weight;
    double x, y;               /* means */
    double xx, yy;             /* centred squares */
    double apart, squared;     /* sum |d|, sum d^2 */
    double apart_w, squared_w; /* with weights */
    double low, high;          /* of both */
};

static bool counts(const struct ent_inputs *in, const struct ent_pair *pair, size_t target)
{
    const uint8_t *system = in->system ? in->system + target * in->n : NULL;

    return !system || system[pair->from] || system[pair->to];
}

static void add_up(const struct ent_inputs *in, const struct valued *v,
                   const struct ent_pair *pair, struct sums *u)
{
    const double *x = v->tie + (size_t)pair->from * in->n;
    const double *y = v->tie + (size_t)pair->to * in->n;

    *u = (struct sums){ .low = INFINITY, .high = -INFINITY };
    for (size_t k = 0; k < in->n; k++) {
        if (isnan(x[k]) || isnan(y[k]) || !counts(in, pair, k))
            continue;
        u->n++;
        u->x += x[k];
        u->y += y[k];
    }
    u->x /= u->n;
    u->y /= u->n;
    for (size_t k = 0; k < in->n; k++) {
        double d = x[k] - y[k];
        double w = in->weight && in->weight[k] > 0 ? in->weight[k] : 0;

        if (isnan(d) || !counts(in, pair, k))
            continue;
        u->xx += (x[k] - u->x) * (x[k] - u->x);
        u->yy += (y[k] - u->y) * (y[k] - u->y);
        u->apart += fabs(d);
        u->squared += d * d;
        u->weight += w;
        u->apart_w += w * fabs(d);
        u->squared_w += w * d * d;
        u->low = fmin(u->low, fmin(x[k], y[k]));
        u->high = fmax(u->high, fmax(x[k], y[k]));
    }
}

/* 1 - part / whole; NAN where there is no whole. */
static double without(double part, double whole)
{
    return whole > 0 ? 1 - part / whole : NAN;
}

static double
value_of(const struct ent_inputs *in, const struct sums *u, double span, unsigned kind)
{
    bool w = in->weight != NULL;
    double off = u->n * (u->x - u->y) * (u->x - u->y), beyond;

    switch (kind) {
    case ENT_SIMILARITY_S_ABSOLUTE:
        return without(2 * (w ? u->apart_w : u->apart), span * (w ? u->weight : u->n));
    case ENT_SIMILARITY_S_SQUARED:
        return without(2 * (w ? u->squared_w : u->squared),
                       span * span * (w ? u->weight : u->n));
    case ENT_SIMILARITY_AGREEMENT:
        return without(u->apart, span * u->n);
    case ENT_SIMILARITY_KAPPA:
    case ENT_SIMILARITY_PI:
        beyond =
            without(u->squared, u->xx + u->yy + (kind == ENT_SIMILARITY_PI ? off / 2 : off));
        if (isnan(beyond) && u->n > 0 && ent__is_set(in, ENT_CONVENTION_UNDEFINED) &&
            in->conventions->options.undefined == ENT_UNDEFINED_ZERO)
            return 0;
        return beyond;
    default:
        return NAN;
    }
}

void ent__valued_compute(const struct ent_measure *measure, const struct ent_inputs *in,
                         const struct ent_pair *pairs, size_t count, double *out,
                         struct ent_steps *steps)
{
    const struct valued *v = in->prepared;
    bool observed = ent__is_set(in, ENT_CONVENTION_RANGE) &&
                    in->conventions->options.range == ENT_RANGE_OBSERVED;

    for (size_t k = 0; k < count; k++) {
        struct sums u;

        add_up(in, v, &pairs[k], &u);
        out[k] =
            value_of(in, &u, observed ? u.high - u.low : v->span, (unsigned)measure->variant);
        ent__step(steps, u.n, "", "targets that both have");
        ent__step(steps, u.x, "", "mean tie of %s", steps->from);
        ent__step(steps, u.y, "", "mean tie of %s", steps->to);
        ent__step(steps, u.apart, "", "sum |d|");
        ent__step(steps, u.squared, "", "sum d^2");
        ent__step(steps, observed ? u.high - u.low : v->span, "", "D, the span of ties");
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}
