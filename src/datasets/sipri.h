/*
 * What the files of the Stockholm International Peace Research Institute have in
 * common: names instead of codes, stars behind those that are no state, and the
 * day on which the database made the file.
 */
#ifndef ENTENTE_DATASETS_SIPRI_H
#define ENTENTE_DATASETS_SIPRI_H

#include "datasets/import.h"

/* Room for "2022-07-28". */
#define ENT_SIPRI_DAY 16

/*
 * The first "28 July 2022" or "28 Jul 2022" of a text as "2022-07-28"; false, and
 * out is "", when there is none.
 */
bool ent__sipri_day(struct ent_str text, char out[ENT_SIPRI_DAY]);

/*
 * The state that a name stands for, or -1.  "Hamas (Palestine)*" and "NATO**" are
 * a group and an organisation: they are listed as unmatched whatever they contain.
 * "Viet Nam" before 1976 is the North, as "South Vietnam" stands beside it.
 */
int ent__sipri_state(struct ent_import *im, struct ent_str name, int year);

#endif
