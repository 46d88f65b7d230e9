/*
 * A trace: the files, rows and steps behind one number.
 */
#ifndef ENTENTE_TRACE_H
#define ENTENTE_TRACE_H

#include <stdint.h>

#include "entente/dossier.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An imported file that the number rests on. */
struct ent_trace_source {
    int64_t id;
    const char *dataset;
    const char *part;
    const char *version;
    const char *file;
    const char *sha256;
    const char *citation;
};

/* A row of a file that enters the number. */
struct ent_trace_row {
    size_t source;     /* index in sources */
    uint64_t line;     /* in that file: line of a text, record elsewhere */
    const char *table; /* of the store */
    const char *text;  /* "year 2014, importer CHN, exporter RUS, imports 41000" */
};

struct ent_trace_step {
    const char *text; /* "share = T_ij / T_i" */
    double value;
    const char *unit;
};

struct ent_trace {
    size_t measure;     /* index for ent_measure_at */
    const char *source; /* dataset id */
    int from, to, year; /* the year of the value */
    int asked_year;     /* later than year when the value is carried forward */
    double value;       /* NAN when not known: see reason */
    enum ent_reason reason;
    size_t step_count;
    const struct ent_trace_step *steps;
    size_t row_count; /* rows listed; the pair's own first */
    const struct ent_trace_row *rows;
    uint64_t row_total; /* all that enter the number */
    size_t source_count;
    const struct ent_trace_source *sources;
    void *owned;
};

/*
 * Trace a measure of from -> to in a year.  source is a dataset id, or NULL for the
 * measure's first one that has a value.  At most `row_limit` rows are listed (0:
 * 40).  *out is released with ent_trace_release.
 *
 *   ENT_EINVAL     the same state twice, or a year out of range
 *   ENT_ENOTFOUND  the measure has no such source; of one that is not loaded the
 *                  trace is given without a value, with the reason
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_trace(struct ent_store *store, size_t measure, const char *source, int from, int to,
          int year, size_t row_limit, struct ent_trace *out, struct ent_error *err);

ENT_API void ent_trace_release(struct ent_trace *trace);

#ifdef __cplusplus
}
#endif

#endif
