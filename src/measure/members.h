/* Memberships in organisations, as a source prepares and a measure computes them. */
#ifndef ENTENTE_MEASURE_MEMBERS_H
#define ENTENTE_MEASURE_MEMBERS_H

#include "measure/measure.h"

/*
 * The portfolios of one input of ENT_SHAPE_MEMBERS, for ent__portfolio_compute; the layout
 * of the source is the number of levels.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__members_prepare(const struct ent_inputs *in,
                                                    struct ent_arena *arena, const void **out,
                                                    struct ent_error *err);

/* How many organisations two states are both in: ent_measure_fn. */
void ent__members_joint(const struct ent_measure *measure, const struct ent_inputs *in,
                        const struct ent_pair *pairs, size_t count, double *out,
                        struct ent_steps *steps);

#endif
