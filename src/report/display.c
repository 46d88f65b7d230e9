/* Text on a terminal: how wide it is, where it breaks, and what stands for it in ASCII. */
#include <string.h>

#include <utf8proc.h>

#include "report/document.h"

/* The next character; a byte that is not UTF-8 counts as one. */
static size_t next_character(const char *text, size_t len, utf8proc_int32_t *code)
{
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, code);

    if (used > 0)
        return (size_t)used;
    *code = '?';
    return 1;
}

static size_t width_of(utf8proc_int32_t code)
{
    int width = utf8proc_charwidth(code);

    if (code < 0x20 || code == 0x7f)
        return 1; /* it is shown as a space */
    return width > 0 ? (size_t)width : 0;
}

size_t ent__display_width(const char *text, size_t len)
{
    size_t width = 0;
    utf8proc_int32_t code;

    for (size_t i = 0; i < len; i += next_character(text + i, len - i, &code)) {
        next_character(text + i, len - i, &code);
        width += width_of(code);
    }
    return width;
}

/*
 * ASCII of the same width, as columns are aligned before: blocks of a sparkline
 * become digits, letters lose their accents.
 */
static char ascii_of(utf8proc_int32_t code)
{
    static const struct {
        utf8proc_int32_t code;
        char ascii;
    } same[] = {
        { 0x2192, '>' }, { 0x2190, '<' }, { 0x2194, '=' },  { 0x2014, '-' },  { 0x2013, '-' },
        { 0x2212, '-' }, { 0x2500, '-' }, { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201C, '"' },
        { 0x201D, '"' }, { 0x00B7, '.' }, { 0x2026, '.' },  { 0x00D7, 'x' },
    };
    utf8proc_int32_t plain[8];
    int boundary = 0;

    if (code < 0x80)
        return (char)code;
    if (code >= 0x2581 && code <= 0x2588)
        return (char)('1' + code - 0x2581);
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        if (same[i].code == code)
            return same[i].ascii;
    }
    if (utf8proc_decompose_char(code, plain, 8, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE,
                                &boundary) > 0 &&
        plain[0] < 0x80)
        return (char)plain[0];
    return '?';
}

void ent__display_add(struct ent_buf *out, const char *text, size_t len, bool ascii)
{
    utf8proc_int32_t code;
    size_t used;

    for (size_t i = 0; i < len; i += used) {
        used = next_character(text + i, len - i, &code);
        if (code < 0x20 || code == 0x7f)
            ent__buf_putc(out, ' '); /* no escape sequence out of a file reaches a terminal */
        else if (!ascii)
            ent__buf_add(out, (struct ent_str){ text + i, used });
        else if (width_of(code) > 0)
            ent__buf_putc(out, ascii_of(code));
    }
}

size_t ent__display_break(const char *text, size_t width, size_t *next)
{
    size_t len = strlen(text);
    size_t taken = 0;
    size_t end = 0;
    size_t space = 0; /* index of the last space that fits; 0: none */
    utf8proc_int32_t code;

    while (end < len) {
        size_t used = next_character(text + end, len - end, &code);

        if (taken + width_of(code) > width && end > 0)
            break;
        if (code == ' ')
            space = end;
        taken += width_of(code);
        end += used;
    }
    if (end < len && text[end] != ' ' && space > 0)
        end = space;
    *next = end;
    while (text[*next] == ' ')
        ++*next;
    return end;
}
