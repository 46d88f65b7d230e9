/*
 * The numbers of a pair, as tests look for them.
 *
 * Assess sees neither the store nor a dossier: somebody else (src/query) fills the list,
 * one entry a measure and source, and the tests ask for measures by their id.
 */
#ifndef ENTENTE_ASSESS_EVIDENCE_H
#define ENTENTE_ASSESS_EVIDENCE_H

#include "entente/profile.h"

/* One reading with its places, in which a larger value is nearer 1 whatever it says. */
struct ent_evidence {
    size_t measure;
    const char *source;
    int year;
    bool carried;
    double value[ENT_WAYS], before[ENT_WAYS];
    double among_all[ENT_WAYS], among_allies[ENT_WAYS], before_among_all[ENT_WAYS];
    uint32_t of, allies;
    bool watched; /* the source looks at these states */
};

struct ent_evidence_list {
    const char *name[ENT_WAYS]; /* of A and B in the year: "China", "the United States" */
    const char *own[ENT_WAYS];  /* "China's", "the United States'" */
    int year;                   /* asked for */
    const struct ent_evidence *at;
    size_t count;
};

/*
 * The best entry of a measure: one that is known, in both directions rather than in one,
 * by the source that sees the most pairs (one that sees a tenth less counts as equal),
 * by the first of its sources.  source NULL: any.  NULL when none is known.
 */
const struct ent_evidence *
ent__evidence(const struct ent_evidence_list *list, const char *measure, const char *source);

/* Its value on a side; NAN when there is none. */
double ent__evidence_value(const struct ent_evidence *e, enum ent_way side);

/* The larger and the smaller of its two sides; NAN only when both are. */
double ent__evidence_most(const struct ent_evidence *e);
double ent__evidence_least(const struct ent_evidence *e);

/* Whether the measure is known on any side. */
bool ent__evidence_known(const struct ent_evidence *e);

#endif
