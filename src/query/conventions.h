/* Conventions as words: "absent=abstain". */
#ifndef ENTENTE_QUERY_CONVENTIONS_H
#define ENTENTE_QUERY_CONVENTIONS_H

#include "measure/measure.h"

/*
 * Read conventions from words KEY=VALUE.
 *
 *   ENT_EINVAL  an unknown key or value (the message names the nearest, or all there
 *               are), a key that is given twice, or two that contradict each other
 */
ENT_MUST_CHECK enum ent_status ent__conventions_parse(const char *const *words, size_t count,
                                                      struct ent_conventions *out,
                                                      struct ent_error *err);

/* What a measure by a source heeds. */
uint32_t ent__conventions_heeded(const struct ent_measure *measure,
                                 const struct ent_measure_source *source);

/* The key of one convention, and which measures heed it, for a message. */
const char *ent__convention_key(enum ent_convention convention);
const char *ent__convention_scope(enum ent_convention convention);

/* One of the conventions that are given, as a word: "near-unanimous=0.95". */
void ent__convention_text(const struct ent_conventions *conventions,
                          enum ent_convention convention, char *text, size_t size);

#define ENT_CONVENTIONS 9 /* bits */

#endif
