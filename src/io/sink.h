/*
 * Where the readers of the formats put what they read.
 *
 * A reader fills a struct ent_record and puts it; nothing in the record needs
 * to live longer than the call.  In the child process the sink writes to the
 * pipe; a test or a fuzzer gives one of its own and needs no child.
 */
#ifndef ENTENTE_IO_SINK_H
#define ENTENTE_IO_SINK_H

#include "io/source.h"

/* A row's cells and text take at most this much; so a quote never closed ends somewhere. */
#define ENT_IO_ROW_BYTES ((size_t)64 * 1024 * 1024)

struct ent_sink {
    void *context;

    /* A table begins, or a row of it.  A failing status ends the reading. */
    enum ent_status (*put)(void *context, const struct ent_record *record,
                           struct ent_error *err);

    /* The format has been recognised: "csv in gz".  Called once, before the first put. */
    enum ent_status (*format)(void *context, const char *format, struct ent_error *err);

    struct ent_io_limits limits; /* none of them 0 */
    const char *container;       /* what the file is wrapped in, "gz"; NULL when in nothing */
    bool announced;              /* the format has been told */
};

/* The limits with what is 0 replaced; limits may be NULL. */
struct ent_io_limits ent__io_limits(const struct ent_io_limits *limits);

/*
 * Put a record after checking it against the limits.
 *
 *   ENT_EFORMAT  a cell is longer, or a row wider, than they allow
 *   and what the sink returns
 */
ENT_MUST_CHECK enum ent_status
ent__sink_put(struct ent_sink *sink, const struct ent_record *record, struct ent_error *err);

/*
 * Tell the sink the format that the reader has recognised ("csv"); only the
 * first of a file is told.
 */
ENT_MUST_CHECK enum ent_status
ent__sink_format(struct ent_sink *sink, const char *format, struct ent_error *err);

#endif
