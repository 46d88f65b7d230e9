#include "world/name.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"

struct written {
    const char *as;
    const char *out;
};

static const struct written abbreviations[] = {
    { "dem", "democratic" }, { "fed", "federal" },    { "fmr", "former" },
    { "is", "islands" },     { "isds", "islands" },   { "isl", "islands" },
    { "isls", "islands" },   { "island", "islands" }, { "rep", "republic" },
    { "st", "saint" },       { "sts", "states" },     { "terr", "territory" },
};

static const char *const dropped[] = { "the", "of", "and" };

static const char *const polities[] = {
    "bolivarian", "commonwealth", "federal",       "federative",   "hashemite",
    "islamic",    "kingdom",      "plurinational", "principality", "republic",
    "socialist",  "state",        "sultanate",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BB || c == 0x02BC;
}

/* Whether a folded character belongs to a word: a letter or a number. */
static bool in_word(int32_t c)
{
    int category;

    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    category = (int)utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Append a folded character to the word being read, or end that word. */
static bool put(struct ent__words *words, size_t *start, int32_t c)
{
    if (in_word(c)) {
        if (words->used + 4 > sizeof(words->bytes))
            return false;
        words->used +=
            (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)words->bytes + words->used);
        return true;
    }
    if (words->used == *start)
        return true;
    if (words->count == ENT__NAME_WORDS)
        return false;
    words->word[words->count++] =
        (struct ent_str){ words->bytes + *start, words->used - *start };
    *start = words->used;
    return true;
}

/* As above for a character outside ASCII: what it folds to may be several, or none. */
static bool put_folded(struct ent__words *words, size_t *start, int32_t c)
{
    int32_t folded[16];
    int last = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, folded, COUNT(folded),
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);

    if (count < 0 || (size_t)count > COUNT(folded))
        return put(words, start, ' ');
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (!put(words, start, folded[i]))
            return false;
    }
    return true;
}

static bool read_words(struct ent_str text, struct ent__words *words)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    size_t start = 0;

    for (size_t i = 0; i < text.len;) {
        int32_t c = at[i];
        utf8proc_ssize_t len = 1;
        bool ok;

        if (c >= 0x80) {
            len = utf8proc_iterate(at + i, (utf8proc_ssize_t)(text.len - i), &c);
            if (len < 1) {
                c = ' ';
                len = 1;
            }
        }
        i += (size_t)len;
        if (is_apostrophe(c))
            continue;
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        ok = c < 0x80 ? put(words, &start, c) : put_folded(words, &start, c);
        if (!ok)
            return false;
    }
    return put(words, &start, ' ');
}

/*
 * One-letter words in a row become one: "u s s r" is "ussr".  The words stand one
 * after another in bytes, so that joining is a matter of length.
 */
static void join_initials(struct ent__words *words)
{
    size_t kept = 0;
    bool initials = false;

    for (size_t i = 0; i < words->count; i++) {
        bool single = words->word[i].len == 1;

        if (single && initials)
            words->word[kept - 1].len++;
        else
            words->word[kept++] = words->word[i];
        initials = single;
    }
    words->count = kept;
}

static bool is_among(struct ent_str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ent__str_is(word, list[i]))
            return true;
    }
    return false;
}

static void drop(struct ent__words *words, const char *const *list, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < words->count; i++) {
        if (!is_among(words->word[i], list, count))
            words->word[kept++] = words->word[i];
    }
    words->count = kept;
}

static void write_out(struct ent_str *word)
{
    if (word->len < 2 || word->len > 6)
        return;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        if (ent__str_is(*word, abbreviations[i].as)) {
            *word = ent__str(abbreviations[i].out);
            return;
        }
    }
}

bool ent__words_split(struct ent_str text, struct ent__words *words)
{
    words->used = 0;
    words->count = 0;
    if (!read_words(text, words))
        return false;
    join_initials(words);
    drop(words, dropped, COUNT(dropped));
    for (size_t i = 0; i < words->count; i++)
        write_out(&words->word[i]);
    return true;
}

size_t ent__words_join(const struct ent__words *words, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < words->count; i++) {
        struct ent_str word = words->word[i];

        if (len + word.len + 1 > ENT__NAME_BYTES)
            return 0;
        if (i > 0)
            out[len++] = ' ';
        memcpy(out + len, word.at, word.len);
        len += word.len;
    }
    return len;
}

static bool before(struct ent_str a, struct ent_str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

    return order != 0 ? order < 0 : a.len < b.len;
}

void ent__words_sort(struct ent__words *words)
{
    for (size_t i = 1; i < words->count; i++) {
        struct ent_str word = words->word[i];
        size_t at = i;

        for (; at > 0 && before(word, words->word[at - 1]); at--)
            words->word[at] = words->word[at - 1];
        words->word[at] = word;
    }
}

bool ent__words_drop_polity(struct ent__words *words)
{
    size_t count = words->count;

    drop(words, polities, COUNT(polities));
    return words->count > 0 && words->count < count;
}
