/*
 * Spreads: what the starter panel keeps of all dyads and of treaty allies, so that values
 * have places among them without the values of all.
 */
#include <math.h>
#include <string.h>

#include "assess/profile.h"
#include "query/starter.h"
#include "query/verdict.h"

void ent__spread_take(const double *sorted, size_t count, double *spread)
{
    for (size_t k = 0; k < ENT_SPREAD; k++)
        spread[k] = sorted[(k * (count - 1) + (ENT_SPREAD - 1) / 2) / (ENT_SPREAD - 1)];
}

/*
 * Between two marks the values count as spread evenly; a value on several marks, as most
 * zeros are, stands in their middle.
 */
double ent__spread_place(const double *spread, double value)
{
    size_t first = 0, last;

    if (isnan(value) || isnan(spread[0]))
        return NAN;
    while (first < ENT_SPREAD && spread[first] < value)
        first++;
    if (first == ENT_SPREAD)
        return 1;
    if (spread[first] > value) {
        double below = first ? spread[first - 1] : value;
        double part = (value - below) / (spread[first] - below);

        return first ? ((double)(first - 1) + part) / (ENT_SPREAD - 1) : 0;
    }
    last = first;
    while (last + 1 < ENT_SPREAD && spread[last + 1] == value)
        last++;
    return (double)(first + last) / 2 / (ENT_SPREAD - 1);
}

bool ent__starter_has(size_t measure)
{
    return !ent_measure_at(measure)->detail || ent__verdict_wants(measure);
}

bool ent__starter_spreads(size_t measure)
{
    const char *id = ent_measure_at(measure)->id;

    return ent__profile_has_rule(id) || strcmp(id, "trade.interdependence") == 0;
}
