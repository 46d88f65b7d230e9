/*
 * Ridge-penalised logit.
 *
 *   minimise  sum_r w_r log-loss(y_r, x_r b) + (penalty W / 2) sum_{j>0} b_j^2
 *
 * W being the sum of the weights, b_0 the intercept, which is not penalised.  Newton's
 * steps, halved while they do not help.  One thread, sums in order of rows: the same bytes
 * everywhere.  The linear algebra is one Cholesky of at most 100 unknowns, for which our own
 * forty lines give the same digits on every machine, as a tuned BLAS does not.
 */
#ifndef ENTENTE_ASSESS_LOGIT_H
#define ENTENTE_ASSESS_LOGIT_H

#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

struct ent_logit {
    size_t rows, columns;
    const double *x;     /* rows * columns */
    const uint8_t *y;    /* 0 or 1 */
    const float *weight; /* NULL: 1 each; rows of weight 0 are left out */
    double penalty;      /* per unit of weight */
    double tolerance;    /* stop when no coefficient moved further; 0: 1e-8 */
};

/*
 * Fit; beta[0..columns] is where to start, and the answer.
 *
 *   ENT_EINVAL    no weight, or only one of the outcomes
 *   ENT_EDIVERGE  no answer after 60 steps
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__logit_fit(const struct ent_logit *data, double *beta, struct ent_error *err);

/* b_0 + x b. */
double ent__logit_score(const double *x, const double *beta, size_t columns);

/*
 * Solve a x = b for a symmetric positive definite a of n * n, of which the upper triangle
 * is read, by Cholesky; a and b are overwritten, b with x.
 *
 *   ENT_EDIVERGE  a is not positive definite
 */
ENT_MUST_CHECK enum ent_status
ent__solve(double *a, double *b, size_t n, struct ent_error *err);

#endif
