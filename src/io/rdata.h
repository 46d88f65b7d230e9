/* R's .rda, .RData and .rds, through librdata. */
#ifndef ENTENTE_IO_RDATA_H
#define ENTENTE_IO_RDATA_H

#include "io/container.h"

/* The format of unpacked bytes: "rda", "rds", or NULL for neither. */
const char *ent__rdata_format(const unsigned char *head, size_t len);

/*
 * Read R data, already unpacked: each data frame becomes a typed table with the
 * name of its object, "" in an rds file.  Factors become the text of their
 * levels; dates become text, "1946-01-31", and times too, in UTC; true is 1.
 * Row names are kept, as a last column "row.names", unless they are numbers.
 *
 * R keeps a table by columns, so a whole table is in memory: repeated text once,
 * whole numbers in four bytes.
 *
 *   ENT_EFORMAT  it is damaged or truncated; a limit is passed
 *   ENT_ENOMEM   out of memory
 *   and what the stream and the sink return
 */
ENT_MUST_CHECK enum ent_status ent__rdata_read(struct ent_stream *stream, const char *format,
                                               struct ent_sink *sink, struct ent_error *err);

#endif
