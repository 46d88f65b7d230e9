#include "assess/evidence.h"

#include <math.h>
#include <string.h>

bool ent__evidence_known(const struct ent_evidence *e)
{
    return e && (!isnan(e->value[0]) || !isnan(e->value[1]));
}

double ent__evidence_value(const struct ent_evidence *e, enum ent_way side)
{
    return e ? e->value[side] : (double)NAN;
}

double ent__evidence_most(const struct ent_evidence *e)
{
    return e ? fmax(e->value[0], e->value[1]) : (double)NAN; /* fmax leaves a NAN out */
}

double ent__evidence_least(const struct ent_evidence *e)
{
    return e ? fmin(e->value[0], e->value[1]) : (double)NAN;
}

/* Whether x is better evidence than y, both of one measure and x later in the list. */
static bool better(const struct ent_evidence *x, const struct ent_evidence *y)
{
    int both_x = !isnan(x->value[0]) && !isnan(x->value[1]);
    int both_y = !isnan(y->value[0]) && !isnan(y->value[1]);

    if (both_x != both_y)
        return both_x > both_y;
    if (y->of == 0)
        return x->of > 0;
    return x->of > y->of + y->of / 9; /* y sees a tenth less, or fewer */
}

const struct ent_evidence *
ent__evidence(const struct ent_evidence_list *list, const char *measure, const char *source)
{
    const struct ent_evidence *best = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct ent_evidence *e = &list->at[i];

        if (strcmp(ent_measure_at(e->measure)->id, measure) != 0 ||
            (source && strcmp(e->source, source) != 0) || !ent__evidence_known(e))
            continue;
        if (!best || better(e, best))
            best = e;
    }
    return best;
}
