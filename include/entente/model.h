/*
 * The reference-class model: of dyads that behave like this one, what share had a
 * defence pact?
 *
 * Evidence is behaviour only: votes, trade, arms, regimes, distance, power, rivals.  No
 * treaty is among it, nor last year's, nor allies that two states share, nor disputes
 * that a bloc fought together.  What is to be told is a *core* defence pact: an ATOP
 * defence obligation in a treaty that is no regional charter (data/model/charters.csv
 * lists those), with any defence obligation beside it.
 *
 * The model is additive in log-odds: a feature adds its part whatever the others are, so
 * that every answer can be taken apart.  It was fitted once on all dyads, ships as a
 * text file with the coefficients of 200 refits on resamples of states, and is remade by
 * ent_model_fit.  docs/EVALUATION.md says how far it can be trusted.
 *
 * A feature is in natural units (a share, kilometres); the logarithm that some enter by
 * is part of the model file.  Features are made from a dossier, so that a store and the
 * starter panel give the same.
 */
#ifndef ENTENTE_MODEL_H
#define ENTENTE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/measure.h"
#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_dossier;
struct ent_model;
struct ent_store;

#define ENT_FEATURES       64 /* at most so many */
#define ENT_FEATURE_INPUTS 4
#define ENT_CARRY_YEARS    4 /* a reading stands for at most so many years after its own */

struct ent_feature_info {
    const char *id;      /* "agreement" */
    const char *title;   /* "agreement in UN votes, beside what is usual for both" */
    const char *meaning; /* one sentence */
    const char *unit;    /* "" for a plain number */
    enum ent_dimension dimension;
    enum ent_number_form form;
    size_t measure_count;
    const char *measures[ENT_FEATURE_INPUTS]; /* ids of what it is made from */
};

/* How many features there are, and each of them, grouped by dimension. */
ENT_API size_t ent_feature_count(void);
ENT_API const struct ent_feature_info *ent_feature_at(size_t index);

struct ent_feature_value {
    double value;       /* in the feature's unit; NAN: missing */
    int year;           /* of the oldest reading behind it; 0: it has no year */
    bool carried;       /* that year is before the one asked for */
    const char *source; /* dataset of its first measure; "" when missing */
};

/* All features of two states in a year, by index of ent_feature_at. */
struct ent_features {
    int a, b, year;
    struct ent_feature_value at[ENT_FEATURES];
};

/*
 * The measures that features are made from, as indexes for
 * ent_dossier_options.measures; lives as long as the program.
 */
ENT_API const size_t *ent_feature_measures(size_t *count);

/*
 * Make the features of a dossier that holds at least the measures above, computed with
 * trends.  A reading that is missing in the dossier's year is taken from at most
 * ENT_CARRY_YEARS before, and marked.  A dossier whose readings somebody changed gives
 * the features of what they were changed to.
 */
ENT_API void
ent_features_of_dossier(const struct ent_dossier *dossier, struct ent_features *out);

/* One fitted form of the model. */
struct ent_model_variant {
    const char *id;            /* strict, organisations, late, splines, any, ... */
    const char *title;         /* "with shared organisations" */
    const char *meaning;       /* one sentence: what differs from strict */
    const char *outcome;       /* "core" or "any" */
    bool headline;             /* may be shown as the answer: strict and late */
    int first_year, last_year; /* of the dyads it was fitted on */
    uint64_t dyads;            /* dyad-years it was fitted on */
    double base_rate;          /* share of those with the outcome */
    size_t feature_count;
    const size_t *features; /* indexes of ent_feature_at */
};

/*
 * Read a model file.  *out is freed with ent_model_free.  Under 10 ms.
 *
 *   ENT_ENOTFOUND  there is no such file
 *   ENT_EFORMAT    it is no model, of another version, cut short, or damaged: the place
 *                  is in the error
 *   ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_model_open(const char *path, struct ent_model **out, struct ent_error *err);
ENT_API void ent_model_free(struct ent_model *model);

ENT_API size_t ent_model_variant_count(const struct ent_model *model);
ENT_API const struct ent_model_variant *
ent_model_variant_at(const struct ent_model *model, size_t index);
/* The index of a variant; SIZE_MAX when the model has none of that id. */
ENT_API size_t ent_model_variant_find(const struct ent_model *model, const char *id);

/*
 * The variant to answer with: strict, or late where trade is not known (as it is after
 * the trade data end).
 */
ENT_API size_t ent_model_headline(const struct ent_model *model,
                                  const struct ent_features *features);

/* What one feature adds to the log-odds. */
struct ent_model_part {
    size_t feature;   /* index for ent_feature_at */
    double log_odds;  /* beside a dyad with average evidence; above 0 speaks for a pact */
    double low, high; /* 90 % interval over the refits */
    bool missing;     /* the value was missing: what is added is that dyads of which it is not
                         known have more or fewer pacts */
    struct ent_feature_value value;
};

struct ent_model_score {
    bool refused;       /* no probability: `why` says what is missing */
    char why[256];      /* "" unless refused */
    double p;           /* share of dyads behaving like this one that had the outcome */
    double low, high;   /* 90 % interval from 200 refits on resamples of states */
    double log_odds;    /* of the model: base and parts added up, before calibration */
    double base;        /* log-odds of a dyad with average evidence */
    double calibration; /* what calibration on states left out adds: logit(p) - log_odds */
    size_t missing;     /* features of the variant that are missing */
    size_t carried;     /* and those carried forward */
    size_t part_count;
    struct ent_model_part parts[ENT_FEATURES]; /* largest effect first */
};

/*
 * Score features by a variant.  Refuses when UN votes and trade are both missing (late:
 * when votes are).  Allocates nothing; under 0.1 ms; safe from any thread.
 *
 *   ENT_EINVAL  there is no such variant
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_model_score(const struct ent_model *model, size_t variant,
                const struct ent_features *features, struct ent_model_score *out,
                struct ent_error *err);

/* A dyad's place among all dyads of its year that had no core pact. */
struct ent_model_rank {
    uint32_t place; /* 1: the most ally-like; 0: not known */
    uint32_t of;    /* how many dyads without a pact were scored */
    bool exact;     /* false: from the table of that year that ships with the model */
    int year;       /* of the table; the last one where the year asked for is later */
};

/* The place of a probability by the shipped table; place 0 when that has no such variant. */
ENT_API struct ent_model_rank
ent_model_place(const struct ent_model *model, size_t variant, int year, double p);

/* One dyad of a year with its score and what treaties it had. */
struct ent_model_dyad {
    int a, b;       /* a < b */
    double p;       /* NAN: refused */
    bool core, any; /* defence pacts in the year, or in treaty_year */
    bool nato_only; /* its only core pact is NATO */
    bool bilateral; /* it has a bilateral core pact */
};

struct ent_model_year {
    int year, treaty_year; /* treaties are of treaty_year: ATOP's last when that is before */
    size_t count;
    struct ent_model_dyad *dyads; /* in order of a, then b */
};

/*
 * Score all dyads of a year from a store; released with ent_model_year_release.  Some 0.2 s.
 *
 *   ENT_ENOTFOUND  the store lacks what the model needs
 *   ENT_EINVAL, ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_model_score_year(const struct ent_model *model, size_t variant, struct ent_store *store,
                     int year, struct ent_model_year *out, struct ent_error *err);
ENT_API void ent_model_year_release(struct ent_model_year *year);

/* The exact place of a dyad in such a year. */
ENT_API struct ent_model_rank
ent_model_place_exact(const struct ent_model_year *year, int a, int b);

/*
 * Fit all variants from a store and write the model file: the same store and charters
 * give the same bytes, whatever the number of threads.  Some minutes.
 *
 *   ENT_ENOTFOUND  the store lacks a dataset that the model needs
 *   ENT_EFORMAT    the list of charters cannot be read
 *   ENT_EDIVERGE   a fit did not converge
 *   ENT_ECANCEL, ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
struct ent_model_fit_options {
    const char *charters;     /* path of the list of regional charters */
    int threads;              /* 0: as many as there are processors */
    ent_progress_fn progress; /* may be NULL */
    void *context;
};
ENT_API ENT_MUST_CHECK enum ent_status
ent_model_fit(struct ent_store *store, const struct ent_model_fit_options *options,
              const char *path, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
