/*
 * Interned text: every distinct string once, known by a small number, so that
 * repeated names are compared as numbers and stored once.
 */
#ifndef ENTENTE_BASE_INTERN_H
#define ENTENTE_BASE_INTERN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct ent_intern {
    struct ent_arena arena;
    struct ent_str *text; /* by id; each is NUL-terminated */
    uint32_t count;
    size_t capacity;
    uint32_t *slots; /* open addressing: id + 1, 0 is free */
    size_t slot_count;
};

void ent__intern_init(struct ent_intern *in);
void ent__intern_release(struct ent_intern *in);

/*
 * The id of a string, 0..count-1, given when it is first seen.  Amortised O(len).
 *
 *   ENT_ENOMEM  out of memory, or 2^32 - 1 strings
 */
ENT_MUST_CHECK enum ent_status
ent__intern(struct ent_intern *in, struct ent_str text, uint32_t *id, struct ent_error *err);

/* The id of a string that may not be there: false when it is not. */
bool ent__intern_find(const struct ent_intern *in, struct ent_str text, uint32_t *id);

#endif
