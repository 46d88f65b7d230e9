#include "ideal/normal.h"

#include <float.h>

/* Start from Abramowitz and Stegun 26.2.23, then Halley's steps on the distribution. */
double ent__normal_quantile(double p)
{
    double tail = fmax(p < 0.5 ? p : 1 - p, DBL_MIN);
    double s = sqrt(-2 * log(tail));
    double x = -(s - ((0.010328 * s + 0.802853) * s + 2.515517) /
                         (((0.001308 * s + 0.189269) * s + 1.432788) * s + 1));

    for (int k = 0; k < 2; k++) {
        double e = (ent__normal_cdf(x) - tail) / ent__normal_density(x);

        x -= e / (1 + x * e / 2);
    }
    return p < 0.5 ? x : -x;
}
