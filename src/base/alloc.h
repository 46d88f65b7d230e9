/*
 * Memory that can run out in a test.
 *
 * The library allocates through these, so that a test can make the k-th
 * allocation fail and see every path of clean-up.  All return NULL on failure
 * and are safe from any thread.
 */
#ifndef ENTENTE_BASE_ALLOC_H
#define ENTENTE_BASE_ALLOC_H

#include <stddef.h>

#include "entente/status.h"

/* count * size bytes, zeroed; NULL when out of memory or the product overflows. */
void *ent__calloc(size_t count, size_t size);

/* As realloc, for count * size bytes; the old block stays valid on failure. */
void *ent__reallocarray(void *old, size_t count, size_t size);

/* Frees what the calls above gave; NULL is fine. */
void ent__free(void *at);

/*
 * Make room for at least `need` elements of `size` bytes in the array *at that
 * has *capacity of them, growing by half.  On failure nothing has changed:
 *
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status
ent__grow(void **at, size_t *capacity, size_t need, size_t size, struct ent_error *err);

/* For tests: the allocation after `count` more fails, once; -1 switches this off. */
void ent__alloc_fail_after(long count);

/* Return a failing status of `call`; only in functions that own nothing. */
#define ENT_TRY(call)                            \
    do {                                         \
        enum ent_status ent_try_status = (call); \
        if (ent_try_status != ENT_OK)            \
            return ent_try_status;               \
    } while (0)

#endif
