/* The measures that a user's tables in a store give, made when they are asked for. */
#ifndef ENTENTE_QUERY_USER_MEASURES_H
#define ENTENTE_QUERY_USER_MEASURES_H

#include "base/arena.h"
#include "measure/measure.h"
#include "panel/panel.h"

/* Whether a word is of a user's table: it begins with user_. */
bool ent__is_user_word(const char *word);

typedef enum ent_status (*ent_user_measure_fn)(void *context, const struct ent_measure *measure,
                                               struct ent_error *err);

/*
 * Walk the values of a user's table (NULL: of all), each as a measure in the arena.
 * None is no failure.
 *
 *   ENT_EDB, ENT_ENOMEM, and what `each` returns
 */
ENT_MUST_CHECK enum ent_status
ent__user_values(struct ent_store *store, const char *table, struct ent_arena *arena,
                 ent_user_measure_fn each, void *context, struct ent_error *err);

/*
 * Make the measure with an id: user_NAME.COLUMN, or user_NAME.COLUMN.KIND of likeness.
 *
 *   ENT_ENOTFOUND  no such table, column or kind; the message names those there are
 *   ENT_EINVAL     a kind that the column cannot have
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__user_measure(struct ent_store *store, struct ent_panel *panel, const char *id,
                  struct ent_arena *arena, const struct ent_measure **out,
                  struct ent_error *err);

#endif
