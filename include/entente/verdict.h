/*
 * The verdict: does this pair of states behave like an alliance?
 *
 * Four answers side by side, none of which settles it alone: what share of pairs that
 * behave like this one had a defence pact (entente/model.h); what treaties bind the two;
 * how far up a ladder of military alignment they are; and which of the conditions that
 * observers name are met.  The words are made from the numbers by the rules of
 * docs/VERDICT.md.
 */
#ifndef ENTENTE_VERDICT_H
#define ENTENTE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/dossier.h"
#include "entente/json.h"
#include "entente/model.h"
#include "entente/profile.h"
#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a state can owe another by treaty, one bit each. */
enum ent_obligation {
    ENT_OWES_DEFENSE = 1 << 0,
    ENT_OWES_OFFENSE = 1 << 1,
    ENT_OWES_NEUTRALITY = 1 << 2,
    ENT_OWES_NONAGGRESSION = 1 << 3,
    ENT_OWES_CONSULTATION = 1 << 4,
};

/* A treaty of alliance that has both as members. */
struct ent_treaty {
    int alliance;            /* its number in ATOP */
    int from[3], to[3];      /* year, month, day since which both are in it, and to which;
                                month and day 0: not known; to[0] 0: in force when last observed */
    uint32_t owes[ENT_WAYS]; /* enum ent_obligation, A to B and B to A */
    bool bilateral;          /* of the two alone */
    bool conditional;        /* some obligation holds under conditions only */
    bool charter;            /* a regional charter: not a core defence pact */
    bool command, bases;     /* provides for a joint command; for troops or bases abroad */
};

/* What treaties two states have. */
struct ent_treaties {
    bool known;
    int year;    /* that of the verdict, or the last that ATOP observes */
    bool listed; /* `at` has them; false from the starter panel, which has obligations only */
    uint32_t owes[ENT_WAYS]; /* enum ent_obligation, by all of them together */
    bool core; /* a defence pact that is no regional charter; only where `core_known` */
    bool core_known;
    size_t count;
    const struct ent_treaty *at; /* the oldest first */
};

/* One specification of the model beside the headline. */
struct ent_specification {
    const char *id, *title, *outcome;
    bool headline;
    bool refused;
    double p, low, high;
};

#define ENT_SPECIFICATIONS 16
/* As many years as have four more before them in the trends of a dossier. */
#define ENT_VERDICT_YEARS  (ENT_TREND_YEARS - ENT_CARRY_YEARS)
#define ENT_VERDICT_LINES  4
#define ENT_VERDICT_LINE   224

/* Some sentences of a kind. */
struct ent_lines {
    size_t count;
    char at[ENT_VERDICT_LINES][ENT_VERDICT_LINE];
};

/*
 * What speaks for or against a pact: features of one subject taken together, as those of
 * trade or of votes, since one of them often takes back what another gives.
 */
struct ent_point {
    const char *subject; /* "trade" */
    double log_odds;     /* of its features, added up */
    double odds;         /* by what it multiplies the odds: exp(log_odds) */
    bool known;          /* some number of it is */
    char text[ENT_VERDICT_LINE];
};
#define ENT_POINTS         3
#define ENT_POINT_SUBJECTS 12

struct ent_verdict {
    int a, b, year;
    bool latest;  /* no year was asked for */
    bool changed; /* values were set by the caller */
    struct ent_dossier dossier;
    struct ent_profile profile;
    struct ent_treaties treaties;
    struct ent_finding rungs[ENT_RUNGS];
    int rungs_met;      /* how many */
    int rungs_unbroken; /* the highest up to which all are met */
    struct ent_finding conditions[ENT_VERDICT_CONDITIONS];

    struct ent_features features;
    const char *variant, *variant_title; /* the headline */
    double base_rate;                    /* of the outcome, among the dyads it was fitted on */
    int first_year, last_year;           /* of those dyads */
    struct ent_model_score score;
    size_t specification_count; /* all variants */
    struct ent_specification specifications[ENT_SPECIFICATIONS];
    double range_low, range_high; /* over those with the outcome of the headline */
    struct ent_model_rank rank;
    double p_before[ENT_VERDICT_YEARS]; /* by the same variant: the six years before and this
                                           one, oldest first; NAN: refused */

    char answer[ENT_VERDICT_LINE];  /* in one sentence */
    char share[ENT_VERDICT_LINE];   /* "Of pairs that behave like this, about ..." */
    char doubt[ENT_VERDICT_LINE];   /* its interval and range */
    char tension[ENT_VERDICT_LINE]; /* where model and conditions disagree; "" where not */
    struct ent_lines warnings, one_sided, talk, sources, unknown;
    size_t point_count; /* all subjects, the weightiest first */
    struct ent_point points[ENT_POINT_SUBJECTS];
    size_t for_count, against_count; /* the strongest of those known: odds by 1.25 or more */
    struct ent_point speaks_for[ENT_POINTS], speaks_against[ENT_POINTS];
    void *owned;
};

/* What a verdict is made from. */
struct ent_verdict_place {
    struct ent_store *store;       /* NULL: the starter panel */
    const char *starter;           /* its folder */
    const struct ent_model *model; /* outlives the verdict */
    const char *charters;          /* path of the list of regional charters */
};

/* A value to be put in the place of what was observed. */
struct ent_verdict_set {
    size_t measure; /* index for ent_measure_at; SIZE_MAX: a feature */
    size_t feature; /* index for ent_feature_at */
    int from;       /* id of the state whose side of a directed measure it is; 0: both */
    double value;
};

struct ent_verdict_options {
    int year; /* 0: the last that UN votes cover */
    const struct ent_verdict_set *sets;
    size_t set_count;
};

/*
 * Come to a verdict on two states.  options may be NULL.  *out is released with
 * ent_verdict_release.  Where evidence is too little, score.refused is set, score.why
 * says what is missing, and the rest stands.  Under 200 ms from a full store.
 *
 *   ENT_EINVAL     the same state twice, a year out of range
 *   ENT_ENOTFOUND  one of the two did not exist in the year, no store or panel, or no charters
 *   ENT_EFORMAT    the list of charters cannot be read
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_verdict_make(const struct ent_verdict_place *place, int a, int b,
                 const struct ent_verdict_options *options, struct ent_verdict *out,
                 struct ent_error *err);
ENT_API void ent_verdict_release(struct ent_verdict *verdict);

/* The model's answer in one year. */
struct ent_verdict_year {
    int year;
    bool exists;         /* both were states then */
    bool refused;        /* no share: too little evidence, or no state */
    const char *variant; /* that answered: "strict"; "" where none did */
    double p, low, high;
    double range_low, range_high;
    bool core_known, core; /* whether they had a core defence pact */
};

struct ent_verdict_history {
    int a, b;
    bool starter;
    size_t count;
    struct ent_verdict_year *years; /* ascending */
    void *owned;
};

/*
 * The model's answer year by year; released with ent_verdict_history_release.  Some 10 ms
 * a year from a full store.
 *
 *   ENT_EINVAL  the same state twice, from > to, or a year out of range
 *   and what ent_verdict_make can return
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_verdict_history_make(const struct ent_verdict_place *place, int a, int b, int from, int to,
                         struct ent_verdict_history *out, struct ent_error *err);
ENT_API void ent_verdict_history_release(struct ent_verdict_history *history);

/* "defence, consultation": the obligations of a mask, in words; "" of none. */
ENT_API char *ent_obligations_text(uint32_t owes, char *text, size_t size);

/* Add a verdict to JSON, under a key where it is inside an object: docs/VERDICT.md. */
ENT_API void
ent_verdict_json(const struct ent_verdict *verdict, struct ent_json *json, const char *key);

#ifdef __cplusplus
}
#endif

#endif
