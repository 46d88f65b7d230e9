/*
 * The profile of two states: every number they have, set beside those of all pairs
 * of states and of treaty allies, and summed up by dimension.
 *
 * A *place* is the share of pairs whose value is farther from an alliance, plus half of
 * those that are equal: 0..1, so that 0.5 is the middle.  Which way a measure points is
 * in ent_profile_rule_at; a measure without a rule is shown and takes no part in a score.
 * Treaty allies are the pairs with a core defence pact in the year: ATOP's obligations to
 * defend, regional charters left out (entente/model.h).
 */
#ifndef ENTENTE_PROFILE_H
#define ENTENTE_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sides of a pair: what A is to B is not what B is to A. */
enum ent_way {
    ENT_A_TO_B = 0,
    ENT_B_TO_A,
};
#define ENT_WAYS 2

/* How a measure enters the score of its dimension. */
struct ent_profile_rule {
    const char *measure;
    const char *source;   /* only by this source; NULL: the one that sees the most pairs */
    enum ent_sense sense; /* what a larger value says */
    const char *why;      /* the reading in a few words */
};

/* How many rules there are, and each of them, in order of dimension. */
ENT_API size_t ent_profile_rule_count(void);
ENT_API const struct ent_profile_rule *ent_profile_rule_at(size_t index);

/* One measure by one source, as the profile has it. */
struct ent_profile_item {
    size_t measure; /* index for ent_measure_at */
    const char *source;
    int year;                /* of the values */
    bool carried;            /* observed before the year that was asked for */
    bool counts;             /* in the score of its dimension */
    double value[ENT_WAYS];  /* NAN: not known */
    double before[ENT_WAYS]; /* ten years earlier */
    uint32_t of;             /* pairs of that year with a value */
    uint32_t allies;         /* treaty allies among them */
    /* Places after the measure's sense, NAN where there is none: larger is more allied. */
    double among_all[ENT_WAYS];
    double among_allies[ENT_WAYS];
    double before_among_all[ENT_WAYS]; /* the value of ten years earlier, among today's */
};

/* A dimension, as the means of the places of the measures that count. */
struct ent_profile_dimension {
    size_t rules;              /* measures that could count */
    size_t known;              /* of these, known; 0: no data, and the rest is NAN */
    double score;              /* 0..100 among all pairs; 50 is the middle */
    double among_allies;       /* 0..100 among treaty allies; NAN where too few have values */
    size_t directed;           /* of the known, those with a direction */
    double side[ENT_WAYS];     /* the score of the directed ones, A->B and B->A */
    double asymmetry;          /* side[0] - side[1] */
    size_t compared;           /* of the known, those known ten years earlier too */
    double before;             /* their score then, by today's yardstick */
    double change;             /* their score now less `before` */
    int first_year, last_year; /* of the values */
};

struct ent_profile {
    size_t count;
    struct ent_profile_item *items;
    struct ent_profile_dimension dimension[ENT_DIMENSIONS];
};

/* A place among allies needs so many of them. */
#define ENT_PROFILE_ALLIES 20

/* What a test came to. */
enum ent_answer {
    ENT_ANSWER_UNKNOWN = 0,
    ENT_ANSWER_MET,
    ENT_ANSWER_MIXED,
    ENT_ANSWER_NOT_MET,
};

/* "not met" */
ENT_API const char *ent_answer_name(enum ent_answer answer);

/*
 * A test of the profile: a rung of the ladder of alignment, or a condition that the
 * articles name.  docs/VERDICT.md states the rules.
 */
struct ent_finding {
    const char *id;    /* "exercises" */
    const char *title; /* "regular joint exercises" */
    const char *group; /* "early", "moderate", "advanced"; of a condition: "A" */
    enum ent_answer answer;
    char why[256]; /* the evidence, in words */
    int year;      /* of the newest number it rests on; 0: none */
    double place;  /* among treaty allies, 0..1; NAN: the test rests on no place */
};

#define ENT_RUNGS              7
#define ENT_VERDICT_CONDITIONS 7

#ifdef __cplusplus
}
#endif

#endif
