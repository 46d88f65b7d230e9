/*
 * Reading a file of any format in this process: what the child runs, and what
 * tests and fuzzers call without one.
 */
#ifndef ENTENTE_IO_READ_H
#define ENTENTE_IO_READ_H

#include "io/input.h"
#include "io/sink.h"

/* Puts all the tables and rows of an input into a sink. */
typedef enum ent_status (*ent__reader_fn)(struct ent_input *input, const char *file_name,
                                          struct ent_sink *sink, struct ent_error *err);

/*
 * Recognise an input by its content and read it.  file_name, which may be NULL,
 * only decides where the content does not: text without any delimiter.
 *
 *   ENT_EFORMAT  it is of no known format, damaged, or beyond a limit
 *   ENT_EIO      reading failed
 *   ENT_ENOMEM   out of memory
 *   and what the sink returns
 */
ENT_MUST_CHECK enum ent_status ent__read_any(struct ent_input *input, const char *file_name,
                                             struct ent_sink *sink, struct ent_error *err);

/* ent__source_open with another reader in the child: for tests of what a reader may do. */
ENT_MUST_CHECK enum ent_status
ent__source_open_with(const char *path, const struct ent_io_limits *limits,
                      ent__reader_fn reader, struct ent_source **out, struct ent_error *err);

#endif
