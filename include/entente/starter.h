/*
 * The starter panel: measures of all dyads among some major states, computed once
 * from the full data and shipped with Entente, so that it answers without a store.
 * It holds our own results (values and places), no row of any publisher's file.
 *
 * It is a folder: `panel.csv.gz` says of every measure and source which years it
 * covers and how many dyads were compared; `A-B.csv.gz` holds the series of a dyad
 * and `A.csv.gz` those of a state, A and B being ISO codes in alphabetical order;
 * `reference.csv.gz` says how the values of all dyads and of treaty allies are spread,
 * `treaties.csv.gz` what treaties provide.  A line is one series, a field its values
 * by year with one space between: "-" is unknown, "~" cannot be computed from what is known,
 * and "0*5" is 0 five times.
 */
#ifndef ENTENTE_STARTER_H
#define ENTENTE_STARTER_H

#include "entente/dossier.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many states the panel that ships has, and each of them, as ids. */
ENT_API size_t ent_starter_state_count(void);
ENT_API int ent_starter_state_at(size_t index);

/*
 * Compute the starter panel from a store into a folder, which is made; files of the
 * same names are replaced.  charters is the path of the list of regional charters, which
 * are left out of who is allied; NULL: the panel says nothing of allies.  The same store gives
 * the same bytes.  About a minute from the full data.
 *
 *   ENT_EINVAL  from > to, or a year out of range
 *   ENT_EIO     the folder cannot be written
 *   ENT_ECANCEL the progress callback asked to stop
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_starter_write(struct ent_store *store, const char *folder, const char *charters, int from,
                  int to, ent_progress_fn progress, void *context, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
