#ifndef _GNU_SOURCE
    #define _GNU_SOURCE /* strtod_l */
#endif

#include "base/str.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct ent_str ent__str(const char *text)
{
    return (struct ent_str){ text, text ? strlen(text) : 0 };
}

bool ent__str_eq(struct ent_str a, struct ent_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool ent__str_is(struct ent_str a, const char *b)
{
    return ent__str_eq(a, ent__str(b));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool ent__str_is_nocase(struct ent_str a, const char *b)
{
    size_t i;

    for (i = 0; i < a.len; i++) {
        if (b[i] == '\0' || lower(a.at[i]) != lower(b[i]))
            return false;
    }
    return b[i] == '\0';
}

bool ent__str_starts(struct ent_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && (len == 0 || memcmp(text.at, with, len) == 0);
}

bool ent__str_ends(struct ent_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && (len == 0 || memcmp(text.at + text.len - len, with, len) == 0);
}

size_t ent__str_find(struct ent_str text, const char *part)
{
    size_t len = strlen(part);

    for (size_t i = 0; i + len <= text.len; i++) {
        if (len == 0 || memcmp(text.at + i, part, len) == 0)
            return i;
    }
    return SIZE_MAX;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct ent_str ent__str_trim(struct ent_str text)
{
    while (text.len > 0 && is_space(text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && is_space(text.at[text.len - 1]))
        text.len--;
    return text;
}

struct ent_str ent__str_slice(struct ent_str text, size_t from, size_t to)
{
    if (to > text.len)
        to = text.len;
    if (from > to)
        from = to;
    return (struct ent_str){ text.at ? text.at + from : NULL, to - from };
}

bool ent__str_to_i64(struct ent_str text, int64_t *out)
{
    struct ent_str t = ent__str_trim(text);
    bool negative = false;
    int64_t value = 0;
    size_t i = 0;

    if (t.len > 0 && (t.at[0] == '-' || t.at[0] == '+')) {
        negative = t.at[0] == '-';
        i = 1;
    }
    if (i == t.len)
        return false;
    for (; i < t.len; i++) {
        int digit = t.at[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        if (__builtin_mul_overflow(value, 10, &value))
            return false;
        if (negative ? __builtin_sub_overflow(value, digit, &value)
                     : __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *out = value;
    return true;
}

static locale_t c_locale;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* strtod in the C locale on a NUL-terminated copy: exact, for what the short way leaves. */
static bool slow_f64(struct ent_str t, double *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char copy[320];
    char *end;
    double value;

    if (t.len >= sizeof(copy) || pthread_once(&once, make_c_locale) != 0 || !c_locale)
        return false;
    for (size_t i = 0; i < t.len; i++) {
        if (!strchr("0123456789+-.eE", t.at[i]) || t.at[i] == '\0')
            return false;
        copy[i] = t.at[i];
    }
    copy[t.len] = '\0';
    value = strtod_l(copy, &end, c_locale);
    if (end != copy + t.len || end == copy || !isfinite(value))
        return false;
    *out = value;
    return true;
}

/*
 * Up to 15 significant digits and a power of ten of at most 22 are exact in a
 * double, so that one multiplication or division rounds correctly (Clinger
 * 1990).  That is nearly every number in nearly every file.
 */
bool ent__str_to_f64(struct ent_str text, double *out)
{
    static const double power[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    struct ent_str t = ent__str_trim(text);
    bool negative = false;
    uint64_t digits = 0;
    size_t count = 0;
    size_t fraction = 0;
    bool point = false;
    size_t i = 0;

    if (t.len > 0 && (t.at[0] == '-' || t.at[0] == '+')) {
        negative = t.at[0] == '-';
        i = 1;
    }
    for (; i < t.len; i++) {
        char c = t.at[i];

        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return slow_f64(t, out);
        digits = digits * 10 + (uint64_t)(c - '0');
        count++;
        fraction += point;
        if (count > 15)
            return slow_f64(t, out);
    }
    if (count == 0)
        return false;
    *out = (negative ? -1.0 : 1.0) * ((double)digits / power[fraction]);
    return true;
}

static char empty[1] = "";

void ent__buf_init(struct ent_buf *buf)
{
    *buf = (struct ent_buf){ .text = empty };
}

void ent__buf_release(struct ent_buf *buf)
{
    if (buf->capacity)
        ent__free(buf->text);
    ent__buf_init(buf);
}

void ent__buf_clear(struct ent_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->capacity)
        buf->text[0] = '\0';
}

/* Room for `more` bytes and the NUL. */
static bool reserve(struct ent_buf *buf, size_t more)
{
    size_t need;
    void *text = buf->capacity ? buf->text : NULL;

    if (buf->failed)
        return false;
    if (__builtin_add_overflow(buf->len, more, &need) ||
        __builtin_add_overflow(need, 1, &need) ||
        ent__grow(&text, &buf->capacity, need, 1, NULL) != ENT_OK) {
        buf->failed = true;
        return false;
    }
    buf->text = text;
    return true;
}

void ent__buf_add(struct ent_buf *buf, struct ent_str text)
{
    if (text.len == 0 || !reserve(buf, text.len))
        return;
    memcpy(buf->text + buf->len, text.at, text.len);
    buf->len += text.len;
    buf->text[buf->len] = '\0';
}

void ent__buf_puts(struct ent_buf *buf, const char *text)
{
    ent__buf_add(buf, ent__str(text));
}

void ent__buf_putc(struct ent_buf *buf, char c)
{
    ent__buf_add(buf, (struct ent_str){ &c, 1 });
}

void ent__buf_printf(struct ent_buf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && reserve(buf, (size_t)len)) {
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

enum ent_status ent__buf_check(const struct ent_buf *buf, struct ent_error *err)
{
    return buf->failed ? ent_fail(err, ENT_ENOMEM, "out of memory for text") : ENT_OK;
}

struct ent_str ent__buf_str(const struct ent_buf *buf)
{
    return (struct ent_str){ buf->text, buf->len };
}
