/* How good predictions are: numbers that the field quotes, each beside its base. */
#ifndef ENTENTE_ASSESS_ACCURACY_H
#define ENTENTE_ASSESS_ACCURACY_H

#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

#define ENT_BINS 11

/* Predictions in a fixed range: below .05, .05 to .1, then tenths. */
struct ent_bin {
    double from, to;
    size_t count;
    double predicted, observed; /* means; NAN when there is none */
};

struct ent_accuracy {
    size_t count;
    double base;  /* share with the outcome */
    double mean;  /* of p */
    double auc;   /* that a dyad with the outcome has the larger p, ties half; NAN: one class */
    double auprc; /* average precision */
    double brier; /* mean of (p - y)^2 */
    double skill; /* 1 - brier / (base (1 - base)) */
    double slope; /* of a logit of y on logit(p): 1 is right, below 1 too bold */
    struct ent_bin bins[ENT_BINS];
};

/*
 * Compare p[0..n-1] with outcomes y.  O(n log n).
 *
 *   ENT_EINVAL  n is 0, or a p is not in 0..1
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__accuracy(const double *p, const uint8_t *y, size_t n,
                                             struct ent_accuracy *out, struct ent_error *err);

#endif
