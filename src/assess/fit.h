/*
 * Fitting one form of the model to rows of features.
 *
 * Everything that is chosen is chosen from the rows given: the knots and scales of the
 * columns, the penalty (by log-loss on states left out), the calibration (on states left
 * out), and the draws (refits on resamples of states).
 */
#ifndef ENTENTE_ASSESS_FIT_H
#define ENTENTE_ASSESS_FIT_H

#include "assess/model.h"

/* Every random choice follows from this number. */
#define ENT_FIT_SEED  1949
#define ENT_FIT_FOLDS 5

/* Rows of features; those that are used are listed. */
struct ent_fit_rows {
    size_t features; /* of a row of x */
    const float *x;  /* NAN: missing */
    const int16_t *a, *b;
    const uint8_t *y; /* 0 or 1 */
    const uint32_t *row;
    size_t count;
};

struct ent_fit_options {
    double penalty; /* per dyad-year; 0: chosen */
    bool calibrate;
    size_t draws;
    int threads; /* 0: as many as there are processors */
};

/* The fold 0..ENT_FIT_FOLDS-1 of a state. */
int ent__fit_fold(int state);

/*
 * Fit.  The draws are the arena's.
 *
 *   ENT_EINVAL, ENT_EDIVERGE, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__fit(const struct ent_variant_plan *plan, const struct ent_fit_rows *rows,
         const struct ent_fit_options *options, struct ent_arena *arena, struct ent_fitted *out,
         struct ent_error *err);

/* The log-odds of a row of features. */
double ent__fitted_log_odds(const struct ent_fitted *fitted, const float *x);

/* How often each state stands in a resample: counts[state id], ids below `ids`. */
void ent__resample(size_t draw, const int16_t *states, size_t count, uint16_t *times);

#endif
