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

struct ent_starter_files;

/*
 * Open the starter panel in a folder for many single values: each of its files is read
 * once, when it is first needed.  *out is freed with ent__starter_free.
 *
 *   ENT_ENOTFOUND  it is not there
 *   ENT_EFORMAT, ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__starter_open(const char *folder, struct ent_starter_files **out, struct ent_error *err);

/* NULL is fine. */
void ent__starter_free(struct ent_starter_files *files);

/* The version of a source there; "" when unknown. */
const char *
ent__starter_version(const struct ent_starter_files *files, size_t measure, size_t source);

/* One value: of a measure by one of its sources (indices) in a year, not carried. */
struct ent_starter_value {
    double value; /* NAN: see reason */
    enum ent_reason reason;
    bool has_states;           /* the panel has these states */
    int first_year, last_year; /* that the source covers there; 0: it has no years */
};

/*
 * From a to b; b is 0 for a measure of one state.
 *
 *   ENT_EFORMAT, ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__starter_value(struct ent_starter_files *files, size_t measure, size_t source, int a, int b,
                   int year, struct ent_starter_value *out, struct ent_error *err);

#endif
