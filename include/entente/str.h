/*
 * A span of text: where it begins and how long it is.  It is borrowed, UTF-8,
 * and not NUL-terminated; {NULL, 0} is the empty span.
 */
#ifndef ENTENTE_STR_H
#define ENTENTE_STR_H

#include <stddef.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_str {
    const char *at;
    size_t len;
};

/*
 * Which of words[0..count-1] is most like a text that is none of them, as for a
 * mistyped name: the one it begins, or the one the fewest single letters away.
 * `count` when none is near.
 */
ENT_API size_t ent_nearest(const char *text, const char *const *words, size_t count);

#ifdef __cplusplus
}
#endif

#endif
