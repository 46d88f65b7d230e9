/* What the files of the dossier share. */
#ifndef ENTENTE_QUERY_DOSSIER_H
#define ENTENTE_QUERY_DOSSIER_H

#include "base/arena.h"
#include "entente/dossier.h"
#include "measure/measure.h"
#include "panel/panel.h"

/* All pairs of n states in a direction, into pairs[0..n*n-1]; returns how many there are. */
size_t ent__all_pairs(enum ent_direction direction, size_t n, struct ent_pair *pairs);

/* Whether a measure belongs to a dossier: by the options, or because it is no detail. */
bool ent__measure_wanted(const struct ent_dossier_options *options, size_t measure);

/* Everything of a value unknown. */
void ent__value_begin(struct ent_value_read *v);

/*
 * Decide which year a reading is of when `wanted` is asked for, or why it is of
 * none, by the years that its source covers.  The version is borrowed.
 */
void ent__reading_year(struct ent_reading *r, const struct ent_dossier_options *options,
                       int wanted, struct ent_coverage coverage);

/*
 * Whether two ids are two states that existed in a year (0: any).
 *
 *   ENT_EINVAL     the same state twice, no state, or a year out of range
 *   ENT_ENOTFOUND  one of them did not exist then
 */
ENT_MUST_CHECK enum ent_status ent__dyad_check(int a, int b, int year, struct ent_error *err);

#endif
