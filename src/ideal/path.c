/*
 * The positions given the latent votes: each state's path at once (filter forwards,
 * draw backwards), or session by session as the authors' program does.
 */
#include <math.h>

#include "ideal/inside.h"
#include "ideal/normal.h"

/*
 * Draw the path of points first..end-1 from its full conditional (Carter and Kohn
 * 1994).  Prior: N(0, 1) at first, then a random walk with variances step.
 *
 *   O_t = C_t-1 + step_t,  C_t = 1 / (precision_t + 1 / O_t)
 *   m_t = C_t (information_t + m_t-1 / O_t)
 *   theta_T ~ N(m_T, C_T),  J = C_t / O_t+1
 *   theta_t ~ N(m_t + J (theta_t+1 - m_t), C_t - J^2 O_t+1)
 */
void ent__ideal_draw_path(const struct ent__ideal_path *path, size_t n, const double *normal,
                          double *theta)
{
    double *m = path->mean, *c = path->variance;
    double o = 1, before = 0;

    for (size_t t = 0; t < n; t++) {
        if (t > 0)
            o = c[t - 1] + path->step[t];
        c[t] = 1 / (path->precision[t] + 1 / o);
        m[t] = c[t] * (path->information[t] + before / o);
        before = m[t];
    }
    theta[n - 1] = m[n - 1] + sqrt(c[n - 1]) * normal[n - 1];
    for (size_t t = n - 1; t-- > 0;) {
        double next = c[t] + path->step[t + 1];
        double j = c[t] / next;

        theta[t] = m[t] + j * (theta[t + 1] - m[t]) +
                   sqrt(c[t] * path->step[t + 1] / next) * normal[t];
    }
}

/*
 * The authors' step: theta_t ~ N(m, V), 1/V = precision + 1/step, m = V (information +
 * prior / step), where prior is the conditional mean of the session before in the sweep
 * before (for the first session, that of the second).  centre holds the m's.
 */
void ent__ideal_draw_one_sided(const struct ent__ideal_path *path, size_t n,
                               const double *normal, double *centre, double *theta)
{
    double before = n > 1 ? centre[1] : 0;

    for (size_t t = 0; t < n; t++) {
        double v = 1 / (path->precision[t] + 1 / path->step[t]);
        double mean = v * (path->information[t] + before / path->step[t]);

        before = centre[t];
        centre[t] = mean;
        theta[t] = mean + sqrt(v) * normal[t];
        theta[t] = fmin(5, fmax(-5, theta[t]));
    }
}
