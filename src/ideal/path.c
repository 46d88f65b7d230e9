/*
 * The positions given what the votes say: each state's path at once (filter forwards, draw
 * or smooth backwards), or session by session as the authors' program does.
 */
#include <math.h>

#include "ideal/inside.h"

struct ent__ideal_path ent__ideal_path_of(const struct ent_ideal_run *run, size_t state)
{
    size_t first = run->layout.state_start[state];

    return (struct ent__ideal_path){
        .step = run->layout.step + first,
        .information = run->state.information + first,
        .precision = run->state.precision + first,
        .mean = run->mean + first,
        .variance = run->variance + first,
        .first = run->options.first_variance,
    };
}

/*
 * Prior: N(0, first) at first, then a random walk with variances step.
 *
 *   O_1 = first,  O_t = C_t-1 + step_t
 *   C_t = 1 / (precision_t + 1 / O_t),  m_t = C_t (information_t + m_t-1 / O_t)
 */
void ent__ideal_filter(const struct ent__ideal_path *path, size_t n)
{
    double o = path->first, before = 0;

    for (size_t t = 0; t < n; t++) {
        double c;

        if (t > 0)
            o = path->variance[t - 1] + path->step[t];
        c = 1 / (path->precision[t] + 1 / o);
        before = c * (path->information[t] + before / o);
        path->variance[t] = c;
        path->mean[t] = before;
    }
}

/*
 * A draw of the whole path from its full conditional (Carter and Kohn 1994):
 *
 *   theta_T ~ N(m_T, C_T)
 *   theta_t ~ N(m_t + J (theta_t+1 - m_t), C_t - J^2 O_t+1),  J = C_t / O_t+1
 */
void ent__ideal_draw_path(const struct ent__ideal_path *path, size_t n, const float *normal,
                          double *theta)
{
    const double *m = path->mean, *c = path->variance;

    ent__ideal_filter(path, n);
    theta[n - 1] = m[n - 1] + sqrt(c[n - 1]) * (double)normal[n - 1];
    for (size_t t = n - 1; t-- > 0;) {
        double o = c[t] + path->step[t + 1];

        theta[t] = m[t] + c[t] / o * (theta[t + 1] - m[t]) +
                   sqrt(c[t] * path->step[t + 1] / o) * (double)normal[t];
    }
}

/*
 * The mean and variance of each position given all sessions (Rauch, Tung and Striebel
 * 1965), with the same J: v_t = C_t + J^2 (v_t+1 - O_t+1).
 */
void ent__ideal_smooth(const struct ent__ideal_path *path, size_t n, double *theta, double *v)
{
    const double *m = path->mean, *c = path->variance;

    ent__ideal_filter(path, n);
    theta[n - 1] = m[n - 1];
    v[n - 1] = c[n - 1];
    for (size_t t = n - 1; t-- > 0;) {
        double o = c[t] + path->step[t + 1], j = c[t] / o;

        theta[t] = m[t] + j * (theta[t + 1] - m[t]);
        v[t] = c[t] + j * j * (v[t + 1] - o);
    }
}

/*
 * The authors' step: theta_t ~ N(m, V), 1 / V = precision + 1 / step, m = V (information +
 * prior / step), where prior is the conditional mean of the session before, in the sweep
 * before; for the first session, that of the second.  centre holds the m's.
 */
void ent__ideal_draw_one_sided(const struct ent__ideal_path *path, size_t n,
                               const float *normal, double *centre, double *theta)
{
    double before = n > 1 ? centre[1] : 0;

    for (size_t t = 0; t < n; t++) {
        double v = 1 / (path->precision[t] + 1 / path->step[t]);
        double mean = v * (path->information[t] + before / path->step[t]);

        before = centre[t];
        centre[t] = mean;
        theta[t] = fmin(5, fmax(-5, mean + sqrt(v) * (double)normal[t]));
    }
}

void ent__ideal_standardise(double *theta, size_t n, double *mean, double *sd)
{
    double sum = 0, squares = 0;

    for (size_t p = 0; p < n; p++)
        sum += theta[p];
    *mean = sum / (double)n;
    for (size_t p = 0; p < n; p++)
        squares += (theta[p] - *mean) * (theta[p] - *mean);
    *sd = sqrt(squares / (double)(n - 1));
    for (size_t p = 0; p < n; p++)
        theta[p] = (theta[p] - *mean) / *sd;
}
