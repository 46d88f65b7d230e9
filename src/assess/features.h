/*
 * Features from readings: which measures, by which sources, and what is made of them.
 *
 * A slot is one measure by one source.  Of every slot the caller hands on the values of
 * the year asked for and of the ENT_CARRY_YEARS before it; whether they come from a
 * dossier or from a panel is the same to what is here.
 */
#ifndef ENTENTE_ASSESS_FEATURES_H
#define ENTENTE_ASSESS_FEATURES_H

#include "entente/model.h"

#define ENT_SLOTS  40
#define ENT_WINDOW (ENT_CARRY_YEARS + 1)

enum ent_side {
    ENT_FORWARD,
    ENT_BACKWARD,
    ENT_SIDES,
};

struct ent_slot {
    const char *measure, *source;
    bool timeless; /* a variable without a year */
    bool baseline; /* only for the models that ours is compared with */
};

/* How many slots there are, and each of them; those of baselines come last. */
size_t ent__slot_count(bool baselines);
const struct ent_slot *ent__slot_at(size_t index);

/* The values of all slots: [slot][side][years before the one asked for]; NAN: not known. */
typedef double ent_windows[ENT_SLOTS][ENT_SIDES][ENT_WINDOW];

/* All that is not known. */
void ent__windows_clear(ent_windows windows);

/*
 * Features of the dyad out->a, out->b in out->year.  Baselines have the indexes from
 * ent_feature_count() on.
 */
void ent__features_make(const ent_windows windows, bool baselines, struct ent_features *out);

/* Features and those of baselines. */
size_t ent__feature_count_all(void);
const struct ent_feature_info *ent__feature_info(size_t index);

/* The index of a feature (or one of a baseline); SIZE_MAX when there is none of that id. */
size_t ent__feature_find(const char *id, size_t length);

/* Below which votes and trade are missing, so that nothing can be said. */
bool ent__features_votes(const struct ent_features *features);
bool ent__features_trade(const struct ent_features *features);

#endif
