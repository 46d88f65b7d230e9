/*
 * What would change the answer: the smallest changes of what a pair does that would take
 * the model's share across a half.
 *
 * A change is measured in standard deviations of the feature among all dyads, on the scale
 * on which the model has it (logarithms of shares, of arms).  Only what states do can
 * change: not distance, borders, language, a colonial past or power.  The model describes who
 * had pacts; it does not say that a pact would follow.
 */
#ifndef ENTENTE_FLIP_H
#define ENTENTE_FLIP_H

#include "entente/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One feature moved. */
struct ent_flip_move {
    size_t feature;    /* index for ent_feature_at */
    double from, to;   /* in the feature's unit; from NAN: missing */
    double deviations; /* by how many standard deviations: below 0 is less of it */
};

#define ENT_FLIP_FEATURES 3
#define ENT_FLIP_WAYS     6
#define ENT_FLIP_MOST     4.0 /* standard deviations: what no pair does is no way */

/* One way across: features moved together. */
struct ent_flip_way {
    size_t count;
    struct ent_flip_move moves[ENT_FLIP_FEATURES];
    double size; /* root of the sum of squared deviations */
};

struct ent_flips {
    bool above;   /* the share is above a half now, and the ways lead below it */
    size_t count; /* smallest first; 0: no change of at most three features does it */
    struct ent_flip_way ways[ENT_FLIP_WAYS];
};

/*
 * Find the smallest changes across a half: each feature alone, and where that is more than
 * a feature can move, the two or three with most weight together.  Allocates nothing.
 *
 *   ENT_EINVAL  there is no such variant, it bends, or it refuses to score the features
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_model_flip(const struct ent_model *model, size_t variant,
               const struct ent_features *features, struct ent_flips *out,
               struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
