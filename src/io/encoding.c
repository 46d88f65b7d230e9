#include "io/encoding.h"

#include <string.h>

#include <utf8proc.h>

bool ent__is_ascii(struct ent_str text)
{
    const uint64_t high = 0x8080808080808080u;
    uint64_t any = 0;
    uint64_t word;
    size_t i = 0;

    for (; i + sizeof(word) <= text.len; i += sizeof(word)) {
        memcpy(&word, text.at + i, sizeof(word));
        any |= word;
    }
    for (; i < text.len; i++)
        any |= (unsigned char)text.at[i];
    return (any & high) == 0;
}

bool ent__is_utf8(struct ent_str text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    utf8proc_ssize_t left = (utf8proc_ssize_t)text.len;

    while (left > 0) {
        utf8proc_int32_t point;
        utf8proc_ssize_t n = utf8proc_iterate(at, left, &point);

        if (n <= 0)
            return false;
        at += n;
        left -= n;
    }
    return true;
}

size_t ent__cp1252_to_utf8(struct ent_str text, char *out)
{
    /* 0x80 to 0x9f; the rest of the upper half is Unicode's own. */
    static const uint16_t upper[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
    };
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c < 0x80)
            out[len++] = (char)c;
        else
            len += (size_t)utf8proc_encode_char(c < 0xa0 ? upper[c - 0x80] : c,
                                                (utf8proc_uint8_t *)out + len);
    }
    return len;
}
