/*
 * How far the reference-class model can be trusted: predictions of what it was not fitted
 * to, always beside what a map, a plain logit and last year's treaty would have said.
 */
#ifndef ENTENTE_EVALUATION_H
#define ENTENTE_EVALUATION_H

#include "entente/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a model was kept from, or asked. */
enum ent_test {
    ENT_TEST_TIME = 0,  /* fitted to years up to 1990, asked about 1991 to 2014 */
    ENT_TEST_ONE,       /* at least one of the two states was in no dyad it was fitted to */
    ENT_TEST_BOTH,      /* neither was */
    ENT_TEST_FINAL,     /* fitted to years up to 2014, asked about 2015 to 2018 */
    ENT_TEST_BILATERAL, /* as TIME: pacts of two states alone, beside dyads without any pact */
    ENT_TEST_NATO,      /* as TIME, fitted without NATO: its dyads, beside those without any */
    ENT_TEST_ONSET,     /* as TIME: dyads without a core pact the year before */
};
#define ENT_TESTS 7

/* What a test is, in a sentence. */
ENT_API const char *ent_test_text(enum ent_test test);

struct ent_evaluated_bin {
    double from, to; /* range of p */
    uint64_t dyads;
    double predicted, observed; /* means; NAN when there are no dyads */
};
#define ENT_EVALUATED_BINS 11

/* How one model did in one test. */
struct ent_evaluated {
    enum ent_test test;
    const char *model; /* id of the form, or "before": last year's treaty */
    const char *title;
    const char *outcome; /* "core", "any" */
    uint64_t dyads;      /* dyad-years asked about */
    double base;         /* share of those with the outcome */
    double auc, auprc;
    double brier, skill; /* skill: 1 - brier / that of saying the base rate */
    double ratio;        /* mean p / base */
    double slope;        /* of calibration; 1 is right */
    struct ent_evaluated_bin bins[ENT_EVALUATED_BINS];
};

/* Level of the strict form in a decade, on states left out. */
struct ent_evaluated_decade {
    int first_year;
    uint64_t dyads;
    double base, mean; /* observed share, mean p */
};

/* A coefficient of the strict form as it ships: per standard deviation. */
struct ent_evaluated_coefficient {
    size_t feature;
    double value, z; /* z: over its standard deviation among resamples of states */
    char comment[160];
};

struct ent_evaluation {
    size_t count;
    struct ent_evaluated *at; /* by test, then model */
    size_t decade_count;
    struct ent_evaluated_decade decades[8];
    size_t coefficient_count;
    struct ent_evaluated_coefficient coefficients[ENT_FEATURES];
    uint64_t onsets; /* new core pacts from 1991 to 2014 */
    size_t capacity;
};

/*
 * Fit and test; the shipped model's coefficients are read from `model`.  Some minutes.
 * Released with ent_evaluation_release.
 *
 *   as ent_model_fit
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_evaluate(struct ent_store *store, const struct ent_model_fit_options *options,
             const struct ent_model *model, struct ent_evaluation *out, struct ent_error *err);
/* Only the coefficients: needs no store and takes no time. */
ENT_API void
ent_evaluate_coefficients(const struct ent_model *model, struct ent_evaluation *out);
ENT_API void ent_evaluation_release(struct ent_evaluation *evaluation);

#ifdef __cplusplus
}
#endif

#endif
