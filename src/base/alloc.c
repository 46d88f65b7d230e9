#include "base/alloc.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static atomic_long fail_after = -1;

static int must_fail(void)
{
    long left = atomic_load_explicit(&fail_after, memory_order_relaxed);

    if (left < 0)
        return 0;
    return atomic_fetch_sub(&fail_after, 1) == 0;
}

void ent__alloc_fail_after(long count)
{
    atomic_store(&fail_after, count);
}

void *ent__calloc(size_t count, size_t size)
{
    if (must_fail())
        return NULL;
    return calloc(count ? count : 1, size ? size : 1);
}

void *ent__reallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX || must_fail())
        return NULL;
    return realloc(old, bytes ? bytes : 1);
}

void ent__free(void *at)
{
    free(at);
}

enum ent_status
ent__grow(void **at, size_t *capacity, size_t need, size_t size, struct ent_error *err)
{
    size_t wanted = *capacity;
    void *grown;

    if (need <= *capacity)
        return ENT_OK;
    if (__builtin_add_overflow(wanted, wanted / 2 + 16, &wanted) || wanted < need)
        wanted = need;
    grown = ent__reallocarray(*at, wanted, size);
    if (!grown)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu elements of %zu bytes", wanted,
                        size);
    *at = grown;
    *capacity = wanted;
    return ENT_OK;
}
