/*
 * What a file is wrapped in: nothing, one compression (gz, bz2, xz, zst), or a
 * zip archive of members.
 *
 * A stream is bytes one after another, with a view of the first ones before
 * they are read.  Neither is safe from two threads.
 */
#ifndef ENTENTE_IO_CONTAINER_H
#define ENTENTE_IO_CONTAINER_H

#include "io/input.h"
#include "io/sink.h"

#define ENT_STREAM_HEAD 4096

struct ent_stream {
    enum ent_status (*read)(void *context, void *buf, size_t size, size_t *got,
                            struct ent_error *err);
    void *context;
    uint64_t left; /* how many bytes more may come out of it */
    size_t head_len, head_at;
    unsigned char head[ENT_STREAM_HEAD]; /* the first bytes; given out from head_at */
};

/*
 * The bytes of an input from where it stands; the input must outlive the stream.
 *
 *   ENT_EIO  reading failed
 */
ENT_MUST_CHECK enum ent_status
ent__stream_plain(struct ent_stream *stream, struct ent_input *input, struct ent_error *err);

/*
 * The next bytes, at most size; *got is 0 at the end only.
 *
 *   ENT_EFORMAT  the data are damaged or truncated, or expand beyond the limit
 *   ENT_EIO      reading failed
 */
ENT_MUST_CHECK enum ent_status ent__stream_read(struct ent_stream *stream, void *buf,
                                                size_t size, size_t *got,
                                                struct ent_error *err);

/*
 * All that is left, in memory: *bytes is the caller's, to be given to ent__free.
 *
 *   as ent__stream_read, and ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__stream_slurp(struct ent_stream *stream,
                                                 unsigned char **bytes, size_t *len,
                                                 struct ent_error *err);

/* The compression that begins with these bytes, "gz", "bz2", "xz", "zst"; NULL for none. */
const char *ent__compression_of(const unsigned char *head, size_t len);

struct ent_unpack;

/*
 * Undo one compression of a stream, which must outlive this; at most limit bytes
 * come out.  Freed with ent__unpack_close.
 *
 *   ENT_EFORMAT  it is none of the known compressions
 *   ENT_ENOMEM   out of memory
 */
ENT_MUST_CHECK enum ent_status ent__unpack_filter(struct ent_stream *in, uint64_t limit,
                                                  struct ent_unpack **out,
                                                  struct ent_error *err);

/*
 * Open a zip archive, which must outlive this.
 *
 *   ENT_EFORMAT  its directory, at its end, is missing or damaged
 *   ENT_ENOMEM   out of memory
 */
ENT_MUST_CHECK enum ent_status ent__unpack_zip(struct ent_input *in, uint64_t limit,
                                               struct ent_unpack **out, struct ent_error *err);

/*
 * Go to the next member that is a file.  *name lives until the next call and is
 * NULL after the last member.  Without reading a stream from it the member is skipped.
 *
 *   ENT_EFORMAT  the archive is damaged
 */
ENT_MUST_CHECK enum ent_status
ent__unpack_next(struct ent_unpack *unpack, const char **name, struct ent_error *err);

/*
 * The bytes of the present member (after ent__unpack_next), or of what a
 * compression held.  The stream lives until the next member or the close.
 *
 *   as ent__stream_read
 */
ENT_MUST_CHECK enum ent_status ent__unpack_stream(struct ent_unpack *unpack,
                                                  struct ent_stream **stream,
                                                  struct ent_error *err);

void ent__unpack_close(struct ent_unpack *unpack);

#endif
