/*
 * A dossier as JSON, the same for a command and for a web page.  The keys are part
 * of the interface: they are added to, and never change their meaning.
 *
 *   {"year", "latest", "starter", "a": STATE, "b": STATE, "readings": [READING...],
 *    "disagreements": [SPREAD...], "reported": [CASEBOOK...]}
 *   STATE    {"id", "code", "name"}: its name in that year
 *   READING  {"measure", "title", "dimension", "unit", "direction", "source", "version",
 *             "year", "carried", "first_year", "last_year", "values": [VALUE...]}
 *   VALUE    {"from", "to", "value", "reason", "place", "of", "percentile", "trend"}
 *
 *   SPREAD   {"measure", "from", "to", "year", "sources", "low", "low_by", "low_report",
 *             "high", "high_by", "high_report", "relative"}: see entente/spread.h
 *
 *   CASEBOOK {"name", "title", "facts": [FACT...], "pledges": [PLEDGE...]}
 *   FACT     {"id", "fact", "states", "from_year", "to_year", "value", "text", "unit",
 *             "source", "date", "note"}
 *   PLEDGE   {"id", "from", "to", "joint", "by", "what", "amount", "unit", "announced",
 *             "due", "delivered", "settled", "status", "checked", "source", "note"}
 *
 * A directed measure has two values, one a direction; an undirected one has one;
 * that of one state has two, each with only "from".  "reason" is null when the
 * value is known; "trend" is of the ten years before and the reading's own.  "reported"
 * is what casebooks say about the two up to the year; it is empty without casebooks.  A
 * fact's "value" is null when it is a word or there is none, and "text" as it is written;
 * a pledge is as it is written.
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
