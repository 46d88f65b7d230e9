/*
 * Names that a source uses in a sense of its own: "Viet Nam" of 1965 is Hanoi's
 * to one and Saigon's to another, and no list of names can tell which.
 */
#ifndef ENTENTE_DATASETS_ALIAS_H
#define ENTENTE_DATASETS_ALIAS_H

#include "datasets/import.h"

struct ent_alias {
    const char *name; /* as the source writes it, without case; NULL ends a list */
    int from, to;     /* the years in which it is so, both included */
    int state;        /* its id */
};

/*
 * The state that a name stands for in a year to a source with these aliases, or
 * -1: then it is listed among the unmatched names, as ent__import_state does.
 */
int ent__import_alias(struct ent_import *im, const struct ent_alias *aliases,
                      struct ent_str name, int year);

#endif
