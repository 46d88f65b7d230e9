#include <math.h>
#include <stdlib.h>

#include "measure/measure.h"

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* How many of sorted[0..count-1] are below value (or, with `equal`, not above it). */
static size_t below(const double *sorted, size_t count, double value, bool equal)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sorted[middle] < value || (equal && sorted[middle] == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void ent__places(const double *values, size_t count, double *work, uint32_t *place,
                 double *percentile, size_t *known)
{
    size_t n = 0;

    for (size_t k = 0; k < count; k++)
        if (!isnan(values[k]))
            work[n++] = values[k];
    *known = n;
    if (n)
        qsort(work, n, sizeof(*work), compare);
    for (size_t k = 0; k < count; k++) {
        size_t less, not_more;

        place[k] = 0;
        percentile[k] = NAN;
        if (isnan(values[k]))
            continue;
        less = below(work, n, values[k], false);
        not_more = below(work, n, values[k], true);
        place[k] = (uint32_t)(n - not_more + 1);
        percentile[k] = ((double)less + 0.5 * (double)(not_more - less)) / (double)n;
    }
}
