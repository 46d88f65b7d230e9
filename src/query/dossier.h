/* What the files of the dossier share. */
#ifndef ENTENTE_QUERY_DOSSIER_H
#define ENTENTE_QUERY_DOSSIER_H

#include "base/arena.h"
#include "entente/dossier.h"
#include "measure/measure.h"

/*
 * Whether two ids are two states that existed in a year (0: any).
 *
 *   ENT_EINVAL     the same state twice, no state, or a year out of range
 *   ENT_ENOTFOUND  one of them did not exist then
 */
ENT_MUST_CHECK enum ent_status ent__dyad_check(int a, int b, int year, struct ent_error *err);

#endif
