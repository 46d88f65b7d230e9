#include "base/intern.h"

#include <string.h>

#include "base/alloc.h"

void ent__intern_init(struct ent_intern *in)
{
    memset(in, 0, sizeof(*in));
}

void ent__intern_release(struct ent_intern *in)
{
    ent__arena_release(&in->arena);
    ent__free(in->text);
    ent__free(in->slots);
    ent__intern_init(in);
}

/* FNV-1a, 64 bits. */
static uint64_t hash(struct ent_str text)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.at[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

/* The slot that holds text, or the free one where it would go. */
static size_t slot_of(const struct ent_intern *in, struct ent_str text)
{
    size_t at = (size_t)hash(text) & (in->slot_count - 1);

    while (in->slots[at] && !ent__str_eq(in->text[in->slots[at] - 1], text))
        at = (at + 1) & (in->slot_count - 1);
    return at;
}

static enum ent_status rehash(struct ent_intern *in, struct ent_error *err)
{
    size_t old_count = in->slot_count;
    uint32_t *old = in->slots;

    in->slot_count = old_count ? old_count * 2 : 64;
    in->slots = ent__calloc(in->slot_count, sizeof(*in->slots));
    if (!in->slots) {
        in->slots = old;
        in->slot_count = old_count;
        return ent_fail(err, ENT_ENOMEM, "out of memory for %u names", in->count);
    }
    for (uint32_t id = 0; id < in->count; id++)
        in->slots[slot_of(in, in->text[id])] = id + 1;
    ent__free(old);
    return ENT_OK;
}

enum ent_status
ent__intern(struct ent_intern *in, struct ent_str text, uint32_t *id, struct ent_error *err)
{
    void *grown = in->text;
    char *copy;
    size_t at;

    if ((size_t)in->count * 2 >= in->slot_count)
        ENT_TRY(rehash(in, err));
    at = slot_of(in, text);
    if (in->slots[at]) {
        *id = in->slots[at] - 1;
        return ENT_OK;
    }
    if (in->count == UINT32_MAX - 1)
        return ent_fail(err, ENT_ENOMEM, "more than %u distinct names", in->count);
    ENT_TRY(ent__grow(&grown, &in->capacity, (size_t)in->count + 1, sizeof(*in->text), err));
    in->text = grown;
    copy = ent__arena_copy(&in->arena, text);
    if (!copy)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a name of %zu bytes", text.len);
    in->text[in->count] = (struct ent_str){ copy, text.len };
    in->slots[at] = ++in->count;
    *id = in->count - 1;
    return ENT_OK;
}

bool ent__intern_find(const struct ent_intern *in, struct ent_str text, uint32_t *id)
{
    size_t at;

    if (in->slot_count == 0)
        return false;
    at = slot_of(in, text);
    if (!in->slots[at])
        return false;
    *id = in->slots[at] - 1;
    return true;
}
