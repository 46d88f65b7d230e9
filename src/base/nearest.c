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

/*
 * Letters added, left out, changed or two exchanged (Damerau's distance, restricted
 * to neighbours), without case; SIZE_MAX when a word is too long to compare.
 */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1]; /* this row, the last and the one before, in turn */
    size_t n = strlen(b);
    size_t m = strlen(a);

    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];

        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            bool same = fold(a[i - 1]) == fold(b[j - 1]);

            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
                fold(a[i - 2]) == fold(b[j - 1]))
                row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1, SIZE_MAX);
        }
    }
    return rows[m % 3][n];
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
