/*
 * A span of text: where it begins and how long it is.  It is borrowed, UTF-8,
 * and not NUL-terminated; {NULL, 0} is the empty span.
 */
#ifndef ENTENTE_STR_H
#define ENTENTE_STR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ent_str {
    const char *at;
    size_t len;
};

#ifdef __cplusplus
}
#endif

#endif
