/* Summing up a profile from evidence. */
#ifndef ENTENTE_ASSESS_PROFILE_H
#define ENTENTE_ASSESS_PROFILE_H

#include "assess/evidence.h"

/*
 * Fill items[0..list->count-1], one for each entry of the list, and the dimensions.
 * A dimension's score is the mean, over the measures that count, of the place of each;
 * that of a directed measure is the mean of its sides.
 */
void ent__profile_make(const struct ent_evidence_list *list, struct ent_profile_item *items,
                       struct ent_profile *out);

/* Whether a measure can count in a score. */
bool ent__profile_has_rule(const char *measure);

#endif
