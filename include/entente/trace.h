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
    const struct ent_measure_info *measure; /* lives as long as the trace */
    const char *source;                     /* dataset id */
    int from, to, year;                     /* the year of the value */
    int asked_year; /* later than year when the value is carried forward */
    double value;   /* NAN when not known: see reason */
    enum ent_reason reason;
    const char *options; /* conventions that were asked for, "" for none */
    size_t step_count;
    const struct ent_trace_step *steps;
    size_t row_count; /* rows listed; the pair's own first */
    const struct ent_trace_row *rows;
    uint64_t row_total; /* all that enter the number */
    size_t source_count;
    const struct ent_trace_source *sources;
    void *owned;
};

struct ent_trace_request {
    const char *measure;        /* id: "trade.share", or of a user's table: "user_aid.spent" */
    const char *source;         /* dataset id; NULL: the measure's first one that has a value */
    int from, to;               /* ids of states */
    int year;                   /* 0: the last that any source covers */
    size_t row_limit;           /* list at most so many rows; 0: 40 */
    const char *const *options; /* conventions of the measure, "KEY=VALUE": entente/panel.h */
    size_t option_count;
};

/*
 * Trace a measure of from -> to in a year.  *out is released with ent_trace_release.
 *
 *   ENT_EINVAL     the same state twice, a year out of range, an unknown option, or one
 *                  that the measure does not heed
 *   ENT_ENOTFOUND  no such measure (the message names the nearest), or it has no such
 *                  source; of one that is not loaded the trace is given without a value,
 *                  with the reason
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status ent_trace(struct ent_store *store,
                                                 const struct ent_trace_request *request,
                                                 struct ent_trace *out, struct ent_error *err);

ENT_API void ent_trace_release(struct ent_trace *trace);

#ifdef __cplusplus
}
#endif

#endif
