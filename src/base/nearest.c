#include <string.h>

#include "base/str.h"

#define LONGEST 64 /* of the words compared */

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Levenshtein's distance, without case; SIZE_MAX when a word is too long to compare. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST + 1];
    size_t n = strlen(b);

    if (n > LONGEST || strlen(a) > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t above = row[j + 1];

            row[j + 1] =
                least(above + 1, row[j] + 1, diagonal + (fold(a[i]) == fold(b[j]) ? 0 : 1));
            diagonal = above;
        }
    }
    return row[n];
}

size_t ent_nearest(const char *text, const char *const *words, size_t count)
{
    size_t len = strlen(text);
    size_t best = count;
    size_t near = len / 2 + 1; /* farther than this is another word */

    for (size_t i = 0; i < count; i++) {
        size_t d = distance(text, words[i]);

        if (len >= 3 && strncmp(text, words[i], len) == 0)
            d = 1;
        if (d < near) {
            near = d;
            best = i;
        }
    }
    return best;
}
