#include <math.h>

#include "measure/family.h"

bool ent__is_territory(int id)
{
    return id >= 1001 && id <= 1999;
}

void ent__partners_of(struct ent_partners *partners, const struct ent_inputs *in,
                      ent_tie_fn tie, size_t state)
{
    if (partners->of == state)
        return;
    partners->of = state;
    partners->sum = 0;
    partners->known = 0;
    partners->positive = 0;
    for (size_t k = 0; k < in->n; k++) {
        double value = k == state ? NAN : tie(in, state, k);

        if (isnan(value))
            continue;
        partners->sum += value;
        partners->known++;
        if (value > 0 && !ent__is_territory(in->states[k]))
            partners->value[partners->positive++] = value;
    }
}

double ent__partners_rank(const struct ent_partners *partners, double value)
{
    size_t larger = 0;

    if (!(value > 0))
        return NAN;
    for (size_t k = 0; k < partners->positive; k++)
        larger += partners->value[k] > value;
    return (double)(larger + 1);
}
