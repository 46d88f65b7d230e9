/*
 * A user's own table: which of its columns are what.
 *
 * The table becomes the dataset "user_NAME" with one table of that name in the
 * store, each row with its line in the file.  Each of its columns is a measure:
 *
 *   user_NAME.COLUMN        the value as it stands: of a dyad, a direction or a state
 *   user_NAME.COLUMN.KIND   how alike two states' portfolios of it are, KIND being s,
 *                           s_squared, kappa, pi, agreement and, where all values are whole
 *                           numbers from 0 to 7, tau_b, strict, kappa_linear,
 *                           kappa_nominal, pi_linear, pi_nominal and chance_corrected too
 *
 * In portfolios a state's position toward another is its own value toward it; such whole
 * numbers are levels, the highest of any year being the highest there can be, and values
 * of any size are compared by the span of all ties of the year.
 *
 * A state-organisation-year says what a state is in an organisation: 0 no member, 1 a
 * member, or levels of one's own.  There user_NAME.COLUMN is how many organisations two
 * states share, which is those where both have a value above 0, and the portfolios are of
 * memberships: the organisations of the year, in which somebody has such a value, are the
 * targets.  Without a value column each row is a membership, in the column `member`, and
 * no row means none; with one, zero_when_absent says so.
 */
#ifndef ENTENTE_USER_DATA_H
#define ENTENTE_USER_DATA_H

#include <stddef.h>

#include "entente/measure.h"
#include "entente/state.h"
#include "entente/store.h"

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
    const char *from;     /* or the one state of a state-year, or of a membership */
    const char *to;       /* NULL for these */
    enum ent_code_system codes;
    const struct ent_user_column *values;
    size_t value_count;         /* may be 0 of a state-organisation-year: see above */
    const char *const *missing; /* what stands for missing, besides the empty cell */
    size_t missing_count;
    int zero_when_absent; /* nonzero: a pair without a row has none; else nothing is known */
    const char *organisation; /* of a state-organisation-year; else NULL */
};

/* Measures that the user's tables in a store give. */
struct ent_user_measures {
    size_t count;
    const struct ent_measure_info *const *at;
    void *owned;
};

/*
 * List the values of all of a user's tables, or with an id the one measure that it
 * names, a value or a likeness.  *out is released with ent_user_measures_release.
 *
 *   ENT_ENOTFOUND  no such table, column or kind; the message names those there are
 *   ENT_EINVAL     a kind that the column cannot have
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_user_measures_read(struct ent_store *store, const char *id, struct ent_user_measures *out,
                       struct ent_error *err);
ENT_API void ent_user_measures_release(struct ent_user_measures *measures);

#ifdef __cplusplus
}
#endif

#endif
