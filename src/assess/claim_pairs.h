/* What one call is worked out from: values of pairs, lines of partners, sums of years. */
#ifndef ENTENTE_ASSESS_CLAIM_PAIRS_H
#define ENTENTE_ASSESS_CLAIM_PAIRS_H

#include "assess/claim_value.h"

#define ENT_CLAIM_SET 256 /* states of one side, at most */

/* What one call is worked out from. */
struct ent_claim_asked {
    struct ent_claim_working *w;
    const struct ent_claim_node *node;
    const struct ent_claim_call *c;
    const struct ent_claim_choice *choice;
    double scale;
    const char *why;     /* the last thing that was not known */
    size_t known, asked; /* partners */
    bool negative;       /* an amount below 0 was among them */
    bool failed;         /* out of memory */
    uint32_t place, of;
    uint32_t ahead; /* groups with more */
};

/* Where an id stands in a list; count when it does not. */
size_t ent__asked_find(const int *ids, size_t count, int id);

/* A state's code, for messages. */
const char *ent__asked_code(int id);

/* Note why a value is not known; returns NAN. */
double ent__asked_lacks(struct ent_claim_asked *k, const struct ent_claim_cell *cell, int year);

/* One value of a pair (b 0: of one state), in base units; NAN after noting why. */
double ent__asked_cell(struct ent_claim_asked *k, int a, int b, int year);

/*
 * Whether a line has so few states that it cannot be all: a source that knows a state
 * only from the reports of five others gives it no place and no total.
 */
bool ent__asked_too_few(struct ent_claim_asked *k, const double *v, int a, int year);

/* A value to every other state in a year; NULL after noting why. */
const double *ent__asked_line(struct ent_claim_asked *k, int a, int year);

/* All that a state has with all its partners; NAN when it has none that is known. */
double ent__asked_everybody(struct ent_claim_asked *k, int a, int year);

/* From all states of a to all of b in a year, added up; NAN when none is known. */
double ent__asked_year(struct ent_claim_asked *k, int year);

#endif
