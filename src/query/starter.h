/* What the writer and the reader of the starter panel share. */
#ifndef ENTENTE_QUERY_STARTER_H
#define ENTENTE_QUERY_STARTER_H

#include "base/str.h"
#include "entente/starter.h"

/*
 * A series: one value a year from `first` on.  NAN: the source has nothing on it.
 * INFINITY: it has, but the measure is not defined by that (a rank among none).
 */
struct ent_series {
    int first;
    size_t count;
    double *v;
};

/* Append a series' values as text: five significant digits, runs as "x*n". */
void ent__series_write(struct ent_buf *buf, const double *v, size_t count);

/*
 * Read what ent__series_write wrote into v[0..max-1]; *count is how many there were.
 *
 *   ENT_EFORMAT  the text is no series, or longer than max
 */
ENT_MUST_CHECK enum ent_status ent__series_read(struct ent_str text, double *v, size_t max,
                                                size_t *count, struct ent_error *err);

#endif
