/*
 * Text: borrowed spans, numbers out of them, and a growing buffer.
 *
 * Inside the library text is UTF-8 in a struct ent_str, a span that somebody
 * else owns, passed by value and not NUL-terminated.
 */
#ifndef ENTENTE_BASE_STR_H
#define ENTENTE_BASE_STR_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/status.h"
#include "entente/str.h"

/* The span of a NUL-terminated string; NULL gives the empty span. */
struct ent_str ent__str(const char *text);

/* Whether two spans hold the same bytes. */
bool ent__str_eq(struct ent_str a, struct ent_str b);

/* Whether a span holds the same bytes as a NUL-terminated string. */
bool ent__str_is(struct ent_str a, const char *b);

/* As above, ASCII letters compared without case. */
bool ent__str_is_nocase(struct ent_str a, const char *b);

/* Whether the span begins (ends) with the NUL-terminated string. */
bool ent__str_starts(struct ent_str text, const char *with);
bool ent__str_ends(struct ent_str text, const char *with);

/* Where `part` first stands in text, as an index, or SIZE_MAX. */
size_t ent__str_find(struct ent_str text, const char *part);

/* The span without ASCII white space at its ends. */
struct ent_str ent__str_trim(struct ent_str text);

/* Bytes from..to-1 of the span; both are cut to its length. */
struct ent_str ent__str_slice(struct ent_str text, size_t from, size_t to);

/*
 * The whole span as a number in C notation, surrounding white space allowed.
 * Whatever the process's locale, the decimal mark is a point.  false, and *out
 * unchanged, when the span is empty, holds anything else, or does not fit.
 * "NaN" and "Inf" are refused: a file that says so has a missing value.
 */
bool ent__str_to_i64(struct ent_str text, int64_t *out);
bool ent__str_to_f64(struct ent_str text, double *out);

/* A growing, always NUL-terminated string.  text is never NULL. */
struct ent_buf {
    char *text;
    size_t len;
    size_t capacity; /* 0 while text is the shared empty string */
    bool failed;     /* an append ran out of memory: the text is incomplete */
};

void ent__buf_init(struct ent_buf *buf);
void ent__buf_release(struct ent_buf *buf);
void ent__buf_clear(struct ent_buf *buf);

/*
 * Append.  When memory runs out `failed` is set and all later appends do
 * nothing: a writer checks once, at its end, with ent__buf_check.
 */
void ent__buf_add(struct ent_buf *buf, struct ent_str text);
void ent__buf_puts(struct ent_buf *buf, const char *text);
void ent__buf_putc(struct ent_buf *buf, char c);
void ent__buf_printf(struct ent_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

ENT_MUST_CHECK enum ent_status ent__buf_check(const struct ent_buf *buf, struct ent_error *err);

/* The buffer's text as a span, valid until the next append. */
struct ent_str ent__buf_str(const struct ent_buf *buf);

#endif
