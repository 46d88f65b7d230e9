/*
 * Groups of states: organisations with their members of a year, and parts of the
 * world as people speak of them (UN M49's sub-Saharan Africa and South America).
 *
 * A member of a year is one on its last day: the United Kingdom left the European
 * Union in January 2020, and is in it up to 2019.
 */
#ifndef ENTENTE_WORLD_GROUP_H
#define ENTENTE_WORLD_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/str.h"

/* More than any group has members. */
#define ENT_GROUP_MEMBERS 64

size_t ent__group_count(void);
const char *ent__group_name(size_t group);  /* "EU" */
const char *ent__group_title(size_t group); /* "European Union" */

/* The group with a name, letters' case aside; false when there is none. */
bool ent__group_find(struct ent_str name, size_t *group);

/* The ids of its members in a year, into ids[0..ENT_GROUP_MEMBERS-1]; returns how many. */
size_t ent__group_members(size_t group, int year, int *ids);

#endif
