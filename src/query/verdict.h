/* What the files of the verdict share. */
#ifndef ENTENTE_QUERY_VERDICT_H
#define ENTENTE_QUERY_VERDICT_H

#include "assess/evidence.h"
#include "assess/tests.h"
#include "base/arena.h"
#include "entente/verdict.h"
#include "query/members.h"
#include "query/pacts.h"

#define ENT_CHARTER_LIST 256 /* at most so many */

/* A verdict in the making. */
struct ent_verdict_work {
    const struct ent_verdict_place *place;
    const struct ent_verdict_options *options;
    struct ent_arena *arena;
    struct ent_verdict *v;
    int charters[ENT_CHARTER_LIST];
    size_t charter_count;
    struct ent_evidence_list evidence;
    uint32_t pact_terms; /* enum ent_bond */
    struct ent_terms terms;
};

/* Whether a verdict computes a measure: of a dossier, of the model, or of scores and tests. */
bool ent__verdict_wants(size_t measure);

/* Find what treaties the two have: v->treaties and terms. */
ENT_MUST_CHECK enum ent_status
ent__verdict_treaties(struct ent_verdict_work *w, struct ent_error *err);

/*
 * The names of the rivals that both have, "the United States and Japan"; "" when there
 * are none or the store does not say.
 */
ENT_MUST_CHECK enum ent_status
ent__common_rivals(struct ent_verdict_work *w, char *text, size_t size, struct ent_error *err);

/* Score the features, by every variant, and ten years back. */
ENT_MUST_CHECK enum ent_status
ent__verdict_score(struct ent_verdict_work *w, struct ent_error *err);

/* "the United States", "China": as it stands inside a sentence; NULL when out of memory. */
const char *ent__with_article(struct ent_arena *arena, const char *name);

/* "the United States'", "China's"; NULL when out of memory. */
const char *ent__owner(struct ent_arena *arena, const char *name);

/*
 * Make readings[0..d->count-1] what they were `back` years before: the value of that year,
 * or the last before it within the years of the trend and of carrying.
 */
void ent__dossier_shift(const struct ent_dossier *d, int back, struct ent_reading *readings);

/* Add a sentence, its first letter made a capital; what is too many is left out. */
void ent__add_line(struct ent_lines *lines, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The strongest points for and against, and what the model had not or had of earlier years. */
void ent__verdict_points(struct ent_verdict_work *w);

/* Say where the sources of trade and arms disagree: entente/spread.h. */
ENT_MUST_CHECK enum ent_status
ent__verdict_sources(struct ent_verdict_work *w, struct ent_error *err);

/* Put the numbers into words. */
void ent__verdict_words(struct ent_verdict_work *w);

#endif
