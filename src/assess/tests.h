/* The ladder of alignment and the articles' conditions, as tests of evidence. */
#ifndef ENTENTE_ASSESS_TESTS_H
#define ENTENTE_ASSESS_TESTS_H

#include "assess/evidence.h"

/* Whether something stands in a treaty. */
enum ent_term {
    ENT_TERM_UNKNOWN = 0,
    ENT_TERM_NO,
    ENT_TERM_YES,
};

/* What the treaties of alliance between two states provide, taken together. */
struct ent_terms {
    int year; /* in which they were observed; 0: not known at all */
    enum ent_term defense, mutual_defense, core_defense, neutral, nonagg, consul;
    enum ent_term command, bases;
};

/*
 * The rungs, after Korolev 2019 ("On the Verge of an Alliance", Asian Security 15): which
 * are met, by rules of our own on what is published.  Writes rungs[0..ENT_RUNGS-1].
 */
void ent__ladder(const struct ent_evidence_list *list, const struct ent_terms *terms,
                 struct ent_finding *rungs);

/*
 * What articles ask of an alliance.  `common` names the rivals that the two share, or
 * is "".  Writes conditions[0..ENT_VERDICT_CONDITIONS-1].
 */
void ent__conditions(const struct ent_evidence_list *list, const char *common,
                     struct ent_finding *conditions);

/* Set what a test came to, and why, in words; returns the test. */
struct ent_finding *
ent__test_say(struct ent_finding *test, enum ent_answer answer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A whole number from 0 up, its thousands apart: "4,894"; returns text. */
char *ent__thousands(double value, char *text, size_t size);

/* Note the year of evidence, of which a test keeps the newest. */
void ent__test_year(struct ent_finding *test, const struct ent_evidence *e);

#endif
