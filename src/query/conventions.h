/* Conventions as words: "absent=abstain". */
#ifndef ENTENTE_QUERY_CONVENTIONS_H
#define ENTENTE_QUERY_CONVENTIONS_H

#include "measure/measure.h"
#include "panel/panel.h"

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

/*
 * What is set must be heeded by some measure (`heeded`, of them together), and what it
 * needs be loaded.
 *
 *   ENT_EINVAL     one that no measure heeds; the message says whose it is
 *   ENT_ENOTFOUND  contiguity or weights that are not loaded
 */
ENT_MUST_CHECK enum ent_status
ent__conventions_check(const struct ent_conventions *conventions, uint32_t heeded,
                       const struct ent_panel *panel, struct ent_error *err);

/* The key of one convention, and which measures heed it, for a message. */
const char *ent__convention_key(enum ent_convention convention);
const char *ent__convention_scope(enum ent_convention convention);

/* One of the conventions that are given, as a word: "near-unanimous=0.95". */
void ent__convention_text(const struct ent_conventions *conventions,
                          enum ent_convention convention, char *text, size_t size);

/* All that are given, with commas between, in the arena; "" for none, NULL without memory. */
const char *
ent__conventions_list(const struct ent_conventions *conventions, struct ent_arena *arena);

#define ENT_CONVENTIONS 9 /* bits */

#endif
