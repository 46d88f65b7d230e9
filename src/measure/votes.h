/* Agreement in UN votes of every pair at once, for measures that set one beside the rest. */
#ifndef ENTENTE_MEASURE_VOTES_H
#define ENTENTE_MEASURE_VOTES_H

#include "measure/family.h"

/* Of which pairs. */
enum ent_agreement_extent {
    ENT_AGREEMENT_ALL = 0,
    ENT_AGREEMENT_FOCUS, /* those with a state in focus, where two are */
};

/*
 * Agreement (votes.agreement) of pairs by the votes of the first input, n * n, NAN where
 * two have no roll call in common, where it was not asked for, and on the diagonal.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__agreement_of_all(const struct ent_inputs *in, enum ent_agreement_extent extent,
                      struct ent_arena *arena, const double **out, struct ent_error *err);

#endif
