/*
 * A process that parses a file and can do nothing else: it has the file, one end
 * of a pipe, and limits.
 */
#ifndef ENTENTE_IO_CHILD_H
#define ENTENTE_IO_CHILD_H

#include <sys/types.h>

#include "io/source.h"

struct ent_child {
    pid_t pid; /* 0 when there is none */
    int pipe;  /* to read from; -1 when closed */
};

/* Runs in the child, with the file and the writing end of the pipe; then the child ends. */
typedef void (*ent__child_fn)(int file, int pipe, void *context);

/*
 * Fork a child that runs `run`.  The child has copies of file and of the memory,
 * no other descriptor, default signal handling, and ends when the calling thread
 * does.  Safe from any thread.
 *
 *   ENT_ENOMEM  no process, or no pipe, can be had
 */
ENT_MUST_CHECK enum ent_status
ent__child_start(struct ent_child *child, int file, const struct ent_io_limits *limits,
                 ent__child_fn run, void *context, struct ent_error *err);

/*
 * Close the pipe, kill the child if it still runs, and wait for it.  Safe to call
 * again.  Returns how it ended, as a phrase that ends "the process that reads it
 * ..." ("crashed (segmentation fault)"), or NULL when it ended as it should.
 */
const char *ent__child_stop(struct ent_child *child);

/* As above, but let it end by itself first: for when its pipe has closed. */
const char *ent__child_wait(struct ent_child *child);

#endif
