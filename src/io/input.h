/*
 * The bytes of a file, at any place: an open descriptor, or memory.
 *
 * Not safe from two threads.  Owns nothing: the descriptor and the memory are
 * the caller's and must outlive it.
 */
#ifndef ENTENTE_IO_INPUT_H
#define ENTENTE_IO_INPUT_H

#include <stdint.h>

#include "entente/status.h"

struct ent_input {
    const unsigned char *memory; /* NULL when the bytes are in a file */
    int fd;                      /* of a regular file; not used with memory */
    uint64_t size;
    uint64_t at; /* where the next read begins */
};

/* The bytes bytes[0..size-1]. */
void ent__input_memory(struct ent_input *input, const void *bytes, size_t size);

/*
 * The bytes of an open regular file, from its beginning.
 *
 *   ENT_EIO  its size cannot be told
 */
ENT_MUST_CHECK enum ent_status
ent__input_file(struct ent_input *input, int fd, struct ent_error *err);

/*
 * Read at most size bytes at input->at, which moves on; *got is 0 at the end only.
 *
 *   ENT_EIO  the file cannot be read
 */
ENT_MUST_CHECK enum ent_status ent__input_read(struct ent_input *input, void *buf, size_t size,
                                               size_t *got, struct ent_error *err);

#endif
