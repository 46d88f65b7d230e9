/*
 * Memberships of states in organisations as portfolios: the organisations are the targets,
 * and what a state is in each (0 no member, 1 member, or more levels as the data have them)
 * is its position.
 *
 *   joint          number of organisations in which both have a level above 0
 *   S, kappa, ...  as of treaties and votes, over the organisations of the year for which
 *                  the level of both is known: formulas in entente/similarity.h
 *
 * An organisation belongs to a year when somebody has a level above 0 in it.  Many are of
 * few states, so that most pairs are alike in most of them by belonging to neither: S and
 * agreement are near 1 for all, and kappa and pi say more.
 *
 * Limits: a universal organisation counts as much as an exclusive one.
 */
#include "measure/members.h"

#include <math.h>

#include "measure/family.h"
#include "measure/portfolio.h"

enum ent_status ent__members_prepare(const struct ent_inputs *in, struct ent_arena *arena,
                                     const void **out, struct ent_error *err)
{
    const struct ent_votes *all = in->at[0].votes;
    int levels = in->source->layout;
    size_t words = all->items / 64 + 1;
    struct ent_tie_planes *p = ent__arena_alloc(arena, sizeof(*p));
    uint64_t *bits = ent__arena_array(arena, in->n * (size_t)levels * words + 1, sizeof(*bits));
    uint8_t level[ENT_MEASURE_STATES];

    if (!p || !bits)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu organisations", all->items);
    ent__planes_init(&p->planes, in->n, levels, words, bits);
    for (size_t item = 0; item < all->items; item++) {
        const int8_t *is = all->vote + item * in->n;

        for (size_t s = 0; s < in->n; s++)
            level[s] = is[s] > 0 && is[s] <= levels ? (uint8_t)(is[s] - 1) : ENT_LEVEL_NONE;
        ent__planes_add(&p->planes, level);
    }
    *out = p;
    return ENT_OK;
}

void ent__members_joint(const struct ent_measure *measure, const struct ent_inputs *in,
                        const struct ent_pair *pairs, size_t count, double *out,
                        struct ent_steps *steps)
{
    const struct ent_votes *all = in->at[0].votes;

    for (size_t k = 0; k < count; k++) {
        size_t known = 0, one = 0, other = 0, both = 0;

        for (size_t item = 0; item < all->items; item++) {
            const int8_t *is = all->vote + item * in->n;
            int a = is[pairs[k].from], b = is[pairs[k].to];

            if (a == 0 || b == 0)
                continue;
            known++;
            one += a > 1;
            other += b > 1;
            both += a > 1 && b > 1;
        }
        out[k] = known ? (double)both : NAN;
        if (!steps)
            continue;
        ent__step(steps, (double)known, "organisations",
                  "organisations of the year in which it is known what both are");
        ent__step(steps, (double)one, "organisations", "of which %s is in", steps->from);
        ent__step(steps, (double)other, "organisations", "of which %s is in", steps->to);
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}
