/*
 * Measures of a user's own columns: the value as it stands, and how alike two states'
 * portfolios of it are.  They are made when they are asked for, out of what the store
 * says of the column, and live in the caller's arena.
 */
#ifndef ENTENTE_MEASURE_USER_H
#define ENTENTE_MEASURE_USER_H

#include "measure/measure.h"

/* A column of a user's table; its texts live as long as the measures. */
struct ent_user_tie {
    const char *table, *column; /* "user_aid", "spent" */
    const char *what;           /* what the file calls it */
    const char *unit;
    enum ent_direction direction; /* monadic: of a state-year */
    bool members;                 /* memberships in organisations; the direction is of pairs */
    int levels; /* its values are whole numbers 0 to levels - 1; 0: of any size, or not known */
};

/* The value as it stands: user_aid.spent.  ENT_ENOMEM */
ENT_MUST_CHECK enum ent_status
ent__user_value(const struct ent_user_tie *tie, struct ent_arena *arena,
                const struct ent_measure **out, struct ent_error *err);

/*
 * How alike two states' portfolios of it are: user_aid.spent.kappa.
 *
 *   ENT_ENOTFOUND  no kind is called so; the message lists them
 *   ENT_EINVAL     it is of one state; or the kind needs levels, and it has none
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__user_likeness(const struct ent_user_tie *tie, const char *kind, struct ent_arena *arena,
                   const struct ent_measure **out, struct ent_error *err);

/* How many levels values from low to high make: 0 unless they are whole and 0 to 7. */
int ent__user_levels(double low, double high, bool whole);

#endif
