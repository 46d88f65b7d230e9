/* What would have to change for a pair to cross a half: from the fitted model. */
#ifndef ENTENTE_ASSESS_FLIP_H
#define ENTENTE_ASSESS_FLIP_H

#include "entente/flip.h"

/* Whether a feature can change while the map and history stay as they are. */
bool ent__flip_changeable(const char *feature);

#endif
