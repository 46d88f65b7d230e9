/*
 * Choices: one number of a dyad under every sensible combination of conventions.
 *
 * How alike two states are depends on what is compared and how: treaty ties as levels
 * or as yes and no, weighted or not, votes of a session or a calendar year, an absence
 * as missing or as an abstention.  The literature differs in each.  This computes one
 * measure of portfolio similarity (entente/similarity.h) of two states under all
 * combinations for which the store has data, with the dyad's place among all dyads
 * in each, and says how far every single choice moves it.
 */
#ifndef ENTENTE_CHOICES_H
#define ENTENTE_CHOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/json.h"
#include "entente/similarity.h"
#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What can be chosen.  The first value of each is the default. */
enum ent_choice {
    ENT_CHOICE_TIE = 0,   /* of ties: valued, binary, any, or one obligation alone */
    ENT_CHOICE_OWED,      /* of ties: what either owes the other, or only its own */
    ENT_CHOICE_SELF_TIES, /* of ties: a state has the highest tie with itself, or is left out */
    ENT_CHOICE_SYSTEM,  /* of ties: all states, the two's regions, or those relevant to them */
    ENT_CHOICE_WEIGHTS, /* of ties, of S: none, or the target's CINC or GDP */
    ENT_CHOICE_FILE,    /* of votes: which vote file */
    ENT_CHOICE_PERIOD,  /* of votes: session or calendar year */
    ENT_CHOICE_ABSENT,  /* of votes: missing or abstaining, in a file that has absences */
    ENT_CHOICE_UNANIMOUS, /* of votes: dropped, kept, or 95 % alike dropped too */
    ENT_CHOICE_RANGE,     /* of S and agreement: theoretical or observed */
    /*
     * Of kappa and pi: missing or 0 where chance alone explains everything.  Tried only
     * where it makes a difference to the dyad.
     */
    ENT_CHOICE_UNDEFINED,
};
#define ENT_CHOICES       11
#define ENT_CHOICE_VALUES 8

/* What is compared. */
enum ent_choices_of {
    ENT_CHOICES_TIES = 0,
    ENT_CHOICES_VOTES,
    ENT_CHOICES_TOGETHER, /* of a summary: both */
};

struct ent_choice_info {
    const char *key;   /* "self_ties" */
    const char *title; /* "self-ties" */
    size_t count;
    const char *value[ENT_CHOICE_VALUES]; /* "highest", "excluded" */
    const char *words[ENT_CHOICE_VALUES]; /* "a state has the highest tie with itself" */
};

/* What a choice is. */
ENT_API const struct ent_choice_info *ent_choice_info(enum ent_choice choice);

struct ent_combination {
    enum ent_choices_of of;
    int8_t at[ENT_CHOICES]; /* the value of each choice; -1: does not apply */
    bool by_default;        /* all at their first value */
    double value;           /* NAN: undefined, or nothing in common */
    double error;           /* standard error; NAN: none */
    double low, high;       /* bootstrap interval; NAN when not asked for */
    uint32_t n;             /* ties or roll calls in common */
    uint32_t place, of_all; /* 1: the most alike of all dyads with a value; 0: no value */
    double percentile;      /* share of all below it, plus half of those equal: 0..1 */
};

/* What switching one choice alone does, all others kept, over all pairs of combinations. */
struct ent_choice_effect {
    enum ent_choice choice;
    size_t switches; /* pairs of combinations that differ in nothing else, both with a value */
    double mean;     /* absolute change */
    double most;     /* the largest */
};

/* The spread over the combinations of one kind of portfolio, or all. */
struct ent_choices_spread {
    enum ent_choices_of of;
    size_t count, defined; /* combinations, and those with a value */
    double low, median, high;
    size_t by_default;        /* indices of combinations; SIZE_MAX: none has a value */
    size_t closest, farthest; /* by percentile among all dyads */
};

struct ent_choices {
    int a, b, year;
    enum ent_similarity_kind kind;
    size_t replicates; /* of the bootstrap; 0: not asked for */
    uint64_t seed;
    size_t count;
    struct ent_combination *combinations; /* ascending by value; those without one last */
    size_t effect_count;
    struct ent_choice_effect effects[ENT_CHOICES]; /* the largest mean first */
    size_t spread_count;                           /* 1, or 3 with both kinds of portfolio */
    struct ent_choices_spread spreads[3];
    void *owned;
};

struct ent_choices_options {
    int year;                      /* 0: the last that the treaties and votes loaded cover */
    enum ent_similarity_kind kind; /* of those without weights, which are a choice */
    size_t replicates;             /* bootstrap intervals from so many; 0: none */
    uint64_t seed;
    int threads; /* 0: as many as there are processors, at most 4 */
};

/*
 * Compute the choices of two states from a store: treaty ties from ATOP, weights from
 * the National Material Capabilities and the World Development Indicators, votes from each of
 * the vote files, as far as they are loaded.  *out is released with ent_choices_release.  Some
 * 0.3 s from a full store; the bytes do not depend on the threads.
 *
 *   ENT_EINVAL     the same state twice, a year out of range, a weighted kind, or too
 *                  many replicates
 *   ENT_ENOTFOUND  neither treaties nor votes of the year are loaded, or one of the two
 *                  was no member of the state system then
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_choices_compute(struct ent_store *store, int a, int b,
                    const struct ent_choices_options *options, struct ent_choices *out,
                    struct ent_error *err);

ENT_API void ent_choices_release(struct ent_choices *choices);

/*
 * Add choices to JSON, under a key where they are inside an object:
 *
 *   {"a", "b", "year", "family", "measure", "bootstrap", "spreads": [SPREAD...],
 *    "effects": [EFFECT...], "combinations": [COMBINATION...]}
 *   COMBINATION  {"of", "choices": {KEY: VALUE...}, "default", "value", "n", "error",
 *                 "low", "high", "place", "of_all", "percentile"}
 *
 * "default", "closest" and "farthest" of a spread are indices of combinations.
 */
ENT_API void
ent_choices_json(const struct ent_choices *choices, struct ent_json *json, const char *key);

#ifdef __cplusplus
}
#endif

#endif
