/*
 * Statuses and errors.
 *
 * Every call that can fail returns an enum ent_status, 0 for success, and
 * describes the failure in a struct ent_error that belongs to the caller.  The
 * library never prints, exits or aborts, and keeps no error of its own: two
 * threads with an error each do not disturb one another.
 */
#ifndef ENTENTE_STATUS_H
#define ENTENTE_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A function of the installed library. */
#define ENT_API __attribute__((visibility("default")))

/* A result that must not be dropped. */
#define ENT_MUST_CHECK __attribute__((warn_unused_result))

enum ent_status {
    ENT_OK = 0,
    ENT_EINVAL,     /* an argument makes no sense: the caller's mistake */
    ENT_ENOMEM,     /* memory, or a limit set on it, ran out */
    ENT_EIO,        /* the operating system refused: see os_errno */
    ENT_EFORMAT,    /* input is not what it should be: see source, line, column */
    ENT_ENOTFOUND,  /* what was asked for does not exist */
    ENT_EAMBIGUOUS, /* a name fits more than one thing: the message lists them */
    ENT_EDB,        /* the store is damaged, or is no store */
    ENT_EBUSY,      /* another process writes to the store: try again later */
    ENT_EDIVERGE,   /* an iteration did not converge */
    ENT_ECANCEL,    /* a progress callback asked to stop */
};

struct ent_error {
    enum ent_status status;
    int os_errno;      /* 0 unless the operating system was the cause */
    char source[128];  /* file or other input at fault; "" when none */
    size_t line;       /* 1-based line or record; 0 when none */
    size_t column;     /* 1-based column; 0 when none */
    char message[512]; /* what was seen and what was expected, one line */
};

/*
 * Record a failure in *err and return status, so that a function can end with
 * "return ent_fail(err, ENT_EINVAL, ...)".  err may be NULL.  The first failing
 * function calls this; those above it pass the status on.  For ENT_EIO errno is
 * kept as os_errno.
 */
ENT_API enum ent_status ent_fail(struct ent_error *err, enum ent_status status,
                                 const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * Say where a recorded failure happened.  Keeps a place that is already there;
 * source may be NULL, and line or column 0, when not known.
 */
ENT_API void
ent_error_at(struct ent_error *err, const char *source, size_t line, size_t column);

/*
 * Write "SOURCE:LINE:COLUMN: MESSAGE" (what is known of it) into text[0..size-1],
 * NUL-terminated and cut if it must be.  Returns text.
 */
ENT_API char *ent_error_text(const struct ent_error *err, char *text, size_t size);

/* The name of a status, such as "ENT_EIO"; never NULL. */
ENT_API const char *ent_status_name(enum ent_status status);

/*
 * Called now and then during long work with what is being done, how far it is
 * and how far it goes (total 0: not known).  A non-zero return cancels.
 */
typedef int (*ent_progress_fn)(void *context, const char *phase, size_t done, size_t total);

#ifdef __cplusplus
}
#endif

#endif
