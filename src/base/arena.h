/*
 * An arena: memory that dies together.  One import batch, one request, one
 * report has one; nothing in it is freed alone.  Not safe from two threads.
 */
#ifndef ENTENTE_BASE_ARENA_H
#define ENTENTE_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct ent_arena_block;

struct ent_arena {
    struct ent_arena_block *blocks; /* newest first */
    struct ent_arena_block *spare;  /* of the time before it was cleared */
    size_t used;                    /* bytes given out, for accounting */
};

#define ENT_ARENA_INIT \
    {                  \
        NULL, NULL, 0  \
    }

/* size bytes, zeroed, aligned for any object; NULL when out of memory. */
void *ent__arena_alloc(struct ent_arena *arena, size_t size);

/* count * size bytes, zeroed; NULL when out of memory or the product overflows. */
void *ent__arena_array(struct ent_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of a span; NULL when out of memory. */
char *ent__arena_copy(struct ent_arena *arena, struct ent_str text);

/* A formatted, NUL-terminated string; NULL when out of memory. */
char *ent__arena_printf(struct ent_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Empties the arena, which keeps the memory for what comes next: for work that is done
 * again and again and needs about as much every time.
 */
void ent__arena_clear(struct ent_arena *arena);

/* Gives everything back; the arena can be used again. */
void ent__arena_release(struct ent_arena *arena);

#endif
