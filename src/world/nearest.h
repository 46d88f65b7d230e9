/* The states whose names are most like a text that names none. */
#ifndef ENTENTE_WORLD_NEAREST_H
#define ENTENTE_WORLD_NEAREST_H

#include "world/name.h"

#include "entente/state.h"

/*
 * Put into match, nearest first, the states with a name within about a third of
 * the text's letters of being it, or beginning with it.  O(names), about 0.1 ms.
 */
void ent__nearest(const struct ent__words *words, struct ent_state_match *match);

#endif
