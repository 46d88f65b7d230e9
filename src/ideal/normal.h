/* The normal distribution, exact to rounding in both tails. */
#ifndef ENTENTE_IDEAL_NORMAL_H
#define ENTENTE_IDEAL_NORMAL_H

#include <math.h>

/* P(Z < x). */
static inline double ent__normal_cdf(double x)
{
    return 0.5 * erfc(-x * 0.70710678118654752440);
}

static inline double ent__normal_density(double x)
{
    return 0.39894228040143267794 * exp(-0.5 * x * x);
}

/* The x of which P(Z < x) = p, for p within 0..1; finite also at 0 and 1. */
double ent__normal_quantile(double p);

#endif
