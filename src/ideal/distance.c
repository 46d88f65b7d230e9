/* How far apart two points are, from draws or from means and standard deviations. */
#include <math.h>
#include <stdlib.h>

#include "ideal/ideal.h"
#include "ideal/normal.h"

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double quantile(const float *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t i = (size_t)at;
    double below = (double)sorted[i];

    return i + 1 < n ? below + (at - (double)i) * ((double)sorted[i + 1] - below) : below;
}

void ent__ideal_distance(const float *a, const float *b, size_t n, double c, float *work,
                         struct ent_ideal_distance *out)
{
    double sum = 0, squares = 0;
    size_t within = 0;

    for (size_t d = 0; d < n; d++) {
        work[d] = fabsf(a[d] - b[d]);
        sum += (double)work[d];
        within += (double)work[d] < c;
    }
    out->mean = sum / (double)n;
    for (size_t d = 0; d < n; d++)
        squares += ((double)work[d] - out->mean) * ((double)work[d] - out->mean);
    out->sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
    qsort(work, n, sizeof(*work), by_size);
    out->low = quantile(work, n, 0.05);
    out->median = quantile(work, n, 0.5);
    out->high = quantile(work, n, 0.95);
    out->within = (double)within / (double)n;
}

double ent__ideal_within(const float *a, const float *b, size_t n, double c)
{
    size_t within = 0;

    for (size_t d = 0; d < n; d++)
        within += (double)fabsf(a[d] - b[d]) < c;
    return (double)within / (double)n;
}

/* P(|N(mean, sd)| < x); mean is not negative. */
static double folded(double mean, double sd, double x)
{
    return ent__normal_cdf((x - mean) / sd) - ent__normal_cdf((-x - mean) / sd);
}

/* The x of which folded is p, by halving. */
static double folded_quantile(double mean, double sd, double p)
{
    double low = 0, high = mean + 10 * sd;

    for (int k = 0; k < 60; k++) {
        double x = 0.5 * (low + high);

        if (folded(mean, sd, x) < p)
            low = x;
        else
            high = x;
    }
    return 0.5 * (low + high);
}

void ent__ideal_distance_normal(double mean_a, double sd_a, double mean_b, double sd_b,
                                double c, struct ent_ideal_distance *out)
{
    double m = fabs(mean_a - mean_b), s = hypot(sd_a, sd_b);

    if (!(s > 0)) {
        *out = (struct ent_ideal_distance){ m, s, m, m, m, m < c };
        return;
    }
    /* E|X| = s sqrt(2 / pi) exp(-m^2 / 2 s^2) + m (1 - 2 P(Z < -m / s)) */
    out->mean = 2 * s * ent__normal_density(m / s) + m * (1 - 2 * ent__normal_cdf(-m / s));
    out->sd = sqrt(fmax(0, m * m + s * s - out->mean * out->mean));
    out->low = folded_quantile(m, s, 0.05);
    out->median = folded_quantile(m, s, 0.5);
    out->high = folded_quantile(m, s, 0.95);
    out->within = c > 0 ? folded(m, s, c) : 0;
}
