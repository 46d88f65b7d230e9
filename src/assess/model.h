/* Inside the model: its variants, their columns and coefficients. */
#ifndef ENTENTE_ASSESS_MODEL_H
#define ENTENTE_ASSESS_MODEL_H

#include "base/arena.h"
#include "base/str.h"
#include "entente/model.h"

/* The version of the file that this program writes and reads. */
#define ENT_MODEL_VERSION 1

#define ENT_COLUMNS  96 /* of a variant, at most */
#define ENT_KNOTS    5
#define ENT_VARIANTS 16
#define ENT_DRAWS    1000
#define ENT_CHARTERS 128

/* Draws are kept as differences from the coefficients, in steps of 1 / ENT_DRAW_UNIT. */
#define ENT_DRAW_UNIT 10000

/*
 * One column of the design: a feature, perhaps its logarithm, perhaps bent, standardised.
 *
 *   t = x, or log(x + offset)
 *   u = t, or for bend k the k-th term of a restricted cubic spline of t (Harrell 2001)
 *   z = (u - mean) / sd;  0 where x is missing
 */
struct ent_column_spec {
    size_t feature;
    bool logarithm;
    double offset;
    int bend; /* 0: none; else 1..ENT_KNOTS - 2 */
    size_t knots;
    double knot[ENT_KNOTS]; /* ascending, on the scale of t */
    double mean, sd;
};

/*
 * Calibration: logit(p) = start + slope * eta + extra * max(0, eta - knee), increasing.
 */
struct ent_calibration {
    double start, slope, extra, knee;
};

/* Scores of the dyads without a pact in a year, as ranks and the p that stands there. */
struct ent_places {
    int year;
    size_t count; /* of dyads */
    size_t points;
    const uint32_t *rank; /* ascending from 1 to count */
    const double *p;      /* descending */
};

struct ent_fitted {
    struct ent_model_variant info;
    size_t features[ENT_FEATURES];
    size_t column_count;
    struct ent_column_spec columns[ENT_COLUMNS];
    double penalty;               /* per dyad-year */
    double beta[ENT_COLUMNS + 1]; /* intercept first */
    struct ent_calibration calibration;
    size_t draw_count;
    const int32_t *draws; /* draw_count * (column_count + 1) */
    size_t place_count;
    const struct ent_places *places; /* by year, ascending */
};

struct ent_model {
    struct ent_arena arena;
    size_t charter_count;
    int charters[ENT_CHARTERS]; /* ATOP's numbers, ascending */
    size_t variant_count;
    struct ent_fitted variants[ENT_VARIANTS];
};

/* What a variant is, before it is fitted. */
struct ent_variant_plan {
    const char *id, *title, *meaning, *outcome;
    bool headline, bends, shipped;
    const char *const *features; /* ids, NULL-terminated */
};

/* All plans: those that ship, then those that are only compared with. */
size_t ent__variant_plan_count(void);
const struct ent_variant_plan *ent__variant_plan_at(size_t index);
const struct ent_variant_plan *ent__variant_plan_find(struct ent_str id);

/* How a feature enters a variant: its logarithm and offset. */
void ent__column_scale(size_t feature, bool *logarithm, double *offset);

/* Whether a feature may bend: numbers may, yes or no may not. */
bool ent__column_bends(size_t feature);

/* u of a column, before it is standardised; NAN where x is. */
double ent__column_raw(const struct ent_column_spec *column, double x);

/* z of a column. */
double ent__column_value(const struct ent_column_spec *column, double x);

/* p of a log-odds. */
double ent__calibrated(const struct ent_calibration *c, double log_odds);

/* Whether a variant gives no answer for lack of evidence. */
bool ent__model_refuses(const struct ent_model *model, size_t variant,
                        const struct ent_features *features);

/* 1 / (1 + exp(-x)), and its inverse for 0 < p < 1. */
double ent__logistic(double x);
double ent__logit(double p);

/* The text of a model. */
void ent__model_print(const struct ent_model *model, struct ent_buf *out);

/*
 * Read the text of a model; `name` is for messages.  *out is freed with ent_model_free.
 *
 *   ENT_EFORMAT, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__model_parse(struct ent_str text, const char *name,
                                                struct ent_model **out, struct ent_error *err);

#endif
