/*
 * A user's own table: which of its columns are what.
 *
 * The table becomes the dataset "user_NAME" with one table of that name in the
 * store, each row with its line in the file, for people's own queries; no measure
 * reads it yet.
 */
#ifndef ENTENTE_USER_DATA_H
#define ENTENTE_USER_DATA_H

#include <stddef.h>

#include "entente/state.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_user_column {
    const char *column; /* in the file */
    const char *name;   /* of the variable, not "source" or "row"; NULL: from the column */
    const char *unit;   /* "" when it has none */
};

struct ent_user_data {
    const char *name;     /* lower-case letters, digits and _; not empty */
    const char *citation; /* may be NULL */
    const char *year;     /* column names in the file */
    const char *from;     /* or the one state of a state-year */
    const char *to;       /* NULL for a state-year */
    enum ent_code_system codes;
    const struct ent_user_column *values;
    size_t value_count;
    const char *const *missing; /* what stands for missing, besides the empty cell */
    size_t missing_count;
    int zero_when_absent; /* nonzero: a pair without a row has none; else nothing is known */
};

#ifdef __cplusplus
}
#endif

#endif
