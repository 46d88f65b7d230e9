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

/* Whether a value has a place among all: a yes or no has none, and a rank is one. */
bool ent__has_place(const struct ent_measure_info *info);

/* Whether a place is to be computed for a measure: with allies, for a yes or no too. */
bool ent__place_wanted(const struct ent_dossier_options *options,
                       const struct ent_measure_info *info);

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

/*
 * Go back to the last year of the trend that has a value; false when there is none,
 * or the options refuse it.  The values are then to be read again.
 */
bool ent__reading_back(struct ent_reading *r, const struct ent_dossier_options *options,
                       int wanted);

/*
 * Whether the source has nothing on a pair in the year, as against a value that
 * cannot be computed from what it has: a rank among no deliveries is not carried.
 */
bool ent__has_nothing(const struct ent_measure_source *source, const struct ent_inputs *in,
                      size_t a, size_t b);

#endif
