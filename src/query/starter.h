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

/*
 * How the values of a measure are spread in a year: the smallest, every twentieth part,
 * and the largest.  Enough for a place to about two in a hundred.
 */
#define ENT_SPREAD 21

/* Take the spread of sorted[0..count-1], count > 0. */
void ent__spread_take(const double *sorted, size_t count, double *spread);

/* The share of values below one, plus half of those equal, by a spread; NAN of NAN. */
double ent__spread_place(const double *spread, double value);

/*
 * What the treaties of two states of the panel in a folder came to in a year, or the last
 * before it that is observed: enum ent_bond.  *observed 0: the panel does not say.
 */
ENT_MUST_CHECK enum ent_status ent__starter_terms(const char *path, int a, int b, int year,
                                                  uint32_t *terms, int *observed,
                                                  struct ent_error *err);

/* Whether the starter panel has a measure, and whether its spreads. */
bool ent__starter_has(size_t measure);
bool ent__starter_spreads(size_t measure);

#endif
