/*
 * How records travel from the child that parses to the program.
 *
 * A frame is a head of fixed size and then cells, of which each is a head of
 * two bytes (kind, quoted, length) and its text or number.  Both ends are the
 * same program on the same machine, so numbers are in its own byte order.  The
 * reading end trusts nothing: every length is checked against the frame and the
 * limits, and a frame has its end before any of it is looked at.
 */
#ifndef ENTENTE_IO_WIRE_H
#define ENTENTE_IO_WIRE_H

#include "io/sink.h"

enum ent_frame_kind {
    ENT_FRAME_FORMAT = 1, /* one cell: the format */
    ENT_FRAME_TABLE,      /* the table's name, then the columns' */
    ENT_FRAME_ROW,
    ENT_FRAME_END,
    ENT_FRAME_ERROR, /* the message */
};

/* The writing end. */
struct ent_wire_out {
    int fd;
    char *buf;
    size_t used, capacity;
};

/*
 * Write to fd, which stays the caller's.
 *
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status
ent__wire_out_init(struct ent_wire_out *out, int fd, struct ent_error *err);
void ent__wire_out_release(struct ent_wire_out *out);

/* A sink that writes frames to `out`; the sink keeps the pointer. */
struct ent_sink ent__wire_sink(struct ent_wire_out *out, const struct ent_io_limits *limits);

/*
 * Write the last frame, an end or, when status is not ENT_OK, the error, and
 * flush.  Needs no memory.
 *
 *   ENT_EIO  the pipe is closed
 */
ENT_MUST_CHECK enum ent_status ent__wire_finish(struct ent_wire_out *out,
                                                enum ent_status status,
                                                const struct ent_error *failure);

/* The reading end. */
struct ent_wire_in {
    int fd;
    char *buf;
    size_t begin, end, capacity; /* bytes read and not yet used are begin..end-1 */
    struct ent_cell *cells;
    size_t cell_capacity;
    struct ent_io_limits limits;
};

struct ent_frame {
    enum ent_frame_kind kind;
    bool typed;             /* of a table */
    enum ent_status status; /* of an error */
    size_t line, column;
    struct ent_cell *cells; /* until the next call */
    size_t cell_count;
};

void ent__wire_in_init(struct ent_wire_in *in, int fd, const struct ent_io_limits *limits);
void ent__wire_in_release(struct ent_wire_in *in);

/*
 * The next frame; *ended is set instead when the pipe has closed between frames
 * or within one.
 *
 *   ENT_EFORMAT  the bytes are no frame, or beyond a limit
 *   ENT_EIO      the pipe cannot be read
 *   ENT_ENOMEM   out of memory
 */
ENT_MUST_CHECK enum ent_status ent__wire_next(struct ent_wire_in *in, struct ent_frame *frame,
                                              bool *ended, struct ent_error *err);

#endif
