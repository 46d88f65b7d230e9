#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum {
    BLOCK_BYTES = 64 * 1024,
};

struct ent_arena_block {
    struct ent_arena_block *next;
    size_t size; /* bytes at data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

/* A spare block of that size, all zero, or NULL. */
static struct ent_arena_block *take_spare(struct ent_arena *arena, size_t room)
{
    struct ent_arena_block **at = &arena->spare;
    struct ent_arena_block *block;

    while (*at && (*at)->size != room)
        at = &(*at)->next;
    block = *at;
    if (!block)
        return NULL;
    *at = block->next;
    memset(block->data, 0, block->used);
    block->used = 0;
    return block;
}

static struct ent_arena_block *new_block(size_t room)
{
    struct ent_arena_block *block;
    size_t bytes;

    if (__builtin_add_overflow(room, sizeof(*block), &bytes))
        return NULL;
    block = ent__calloc(1, bytes);
    if (block)
        block->size = room;
    return block;
}

void *ent__arena_alloc(struct ent_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct ent_arena_block *block = arena->blocks;
    size_t rounded;
    void *at;

    if (__builtin_add_overflow(size, align - 1, &rounded))
        return NULL;
    rounded &= ~(align - 1);
    if (!block || block->size - block->used < rounded) {
        size_t room = BLOCK_BYTES;

        /* Doubled, so that a spare block serves who needs somewhat more than the last. */
        while (room < rounded && room <= SIZE_MAX / 4)
            room *= 2;
        room = room < rounded ? rounded : room;
        block = take_spare(arena, room);
        if (!block)
            block = new_block(room);
        if (!block)
            return NULL;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    at = block->data + block->used;
    block->used += rounded;
    arena->used += rounded;
    return at;
}

void *ent__arena_array(struct ent_arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return ent__arena_alloc(arena, bytes);
}

char *ent__arena_copy(struct ent_arena *arena, struct ent_str text)
{
    char *copy = ent__arena_alloc(arena, text.len + 1);

    if (copy && text.len)
        memcpy(copy, text.at, text.len);
    return copy;
}

char *ent__arena_printf(struct ent_arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    char *text = NULL;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len >= 0)
        text = ent__arena_alloc(arena, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void ent__arena_clear(struct ent_arena *arena)
{
    while (arena->blocks) {
        struct ent_arena_block *next = arena->blocks->next;

        arena->blocks->next = arena->spare;
        arena->spare = arena->blocks;
        arena->blocks = next;
    }
    arena->used = 0;
}

static void free_blocks(struct ent_arena_block *blocks)
{
    while (blocks) {
        struct ent_arena_block *next = blocks->next;

        ent__free(blocks);
        blocks = next;
    }
}

void ent__arena_release(struct ent_arena *arena)
{
    free_blocks(arena->blocks);
    free_blocks(arena->spare);
    *arena = (struct ent_arena)ENT_ARENA_INIT;
}
