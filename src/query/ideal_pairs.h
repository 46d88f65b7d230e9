/*
 * How sure the distances of a run are: for each pair of states of a session, the s.d. of
 * the difference of their points, a 90 % interval of its absolute value, and the
 * probability that this is under ENT_IDEAL_CLOSER.
 *
 * The interval is that of the difference without its sign where it excludes 0; else it
 * goes from 0 to the 90 % quantile of the distance, as |a - b| is biased upwards where
 * two states stand alike.  With draws all is counted over them, since the points of a
 * session move together; without, two points are independent and normal.
 */
#ifndef ENTENTE_QUERY_IDEAL_PAIRS_H
#define ENTENTE_QUERY_IDEAL_PAIRS_H

#include <math.h>

#include "entente/ideal.h"

#define ENT_IDEAL_CLOSER 0.5

struct ent_ideal_pair {
    int16_t session, a, b; /* ids of states, a < b */
    float sd, low, high, closer;
};

/* Called for each pair, by session, then a, then b; line is their number from 1. */
typedef enum ent_status (*ent_ideal_pair_fn)(void *context, const struct ent_ideal_pair *pair,
                                             uint64_t line, struct ent_error *err);

/* O(pairs * draws); the numbers do not depend on how many threads there are. */
ENT_MUST_CHECK enum ent_status ent__ideal_pairs(const struct ent_ideal *ideal,
                                                ent_ideal_pair_fn each, void *context,
                                                struct ent_error *err);

/* A number to the nearest 1/scale, so that it is short as text; NAN stays. */
static inline double ent__ideal_round(double value, double scale)
{
    return round(value * scale) / scale;
}

#endif
