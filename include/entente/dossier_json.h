/*
 * A dossier as JSON, the same for a command and for a web page.  The keys are part
 * of the interface: they are added to, and never change their meaning.
 *
 *   {"year", "latest", "starter", "a": STATE, "b": STATE, "readings": [READING...]}
 *   STATE    {"id", "code", "name"}: its name in that year
 *   READING  {"measure", "title", "dimension", "unit", "direction", "source", "version",
 *             "year", "carried", "first_year", "last_year", "values": [VALUE...]}
 *   VALUE    {"from", "to", "value", "reason", "place", "of", "percentile", "trend"}
 *
 * A directed measure has two values, one a direction; an undirected one has one;
 * that of one state has two, each with only "from".  "reason" is null when the
 * value is known; "trend" is of the ten years before and the reading's own.
 */
#ifndef ENTENTE_DOSSIER_JSON_H
#define ENTENTE_DOSSIER_JSON_H

#include "entente/dossier.h"
#include "entente/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Add a dossier to JSON, under a key where it is inside an object. */
ENT_API void
ent_dossier_json(const struct ent_dossier *dossier, struct ent_json *json, const char *key);

/* A state's shortest unambiguous code: ISO letters, else COW letters, else its number. */
ENT_API const char *ent_state_code(int id);

#ifdef __cplusplus
}
#endif

#endif
