/*
 * The values of pairs that a call is worked out from, and why one is not known.
 *
 * What is not known is never 0.  A sum over partners of which some are unknown is a
 * lower bound when no amount among them is negative.
 */
#include "assess/claim_pairs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "world/group.h"

enum {
    FEW = 20, /* with fewer partners known, a place among them says little */
};

size_t ent__asked_find(const int *ids, size_t count, int id)
{
    size_t k = 0;

    while (k < count && ids[k] != id)
        k++;
    return k;
}

static void put_id(int *ids, size_t *count, size_t max, int id, bool minus)
{
    size_t k = ent__asked_find(ids, *count, id);

    if (minus && k < *count)
        ids[k] = ids[--*count];
    else if (!minus && k == *count && *count < max)
        ids[(*count)++] = id;
}

size_t ent__claim_expand(const struct ent_claim_states *states, int year, int *ids, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < states->count; i++) {
        const struct ent_claim_term *t = &states->terms[i];
        int members[ENT_GROUP_MEMBERS];
        size_t n = 1;

        members[0] = t->id;
        if (t->group >= 0)
            n = ent__group_members((size_t)t->group, year, members);
        for (size_t k = 0; k < n; k++)
            put_id(ids, &count, max, members[k], t->minus);
    }
    return count;
}

const char *ent__asked_code(int id)
{
    const struct ent_state *s = ent_state_get(id);

    return !s ? "?" : s->iso3[0] ? s->iso3 : s->cow[0] ? s->cow : s->name;
}

const char *ent__claim_lack_text(struct ent_arena *arena, const struct ent_claim_cell *cell,
                                 const char *source, const struct ent_claim_call *call,
                                 int year)
{
    switch (cell->lack) {
    case ENT_LACK_NOTHING:
        return "";
    case ENT_LACK_LOADED:
        return ent__arena_printf(arena, "%s is not loaded", source);
    case ENT_LACK_BEFORE:
        return ent__arena_printf(arena, "%s begins in %d", source, cell->first_year);
    case ENT_LACK_AFTER:
        return ent__arena_printf(arena, "%s ends in %d", source, cell->last_year);
    case ENT_LACK_MEMBER:
        return ent__arena_printf(arena, "no member of the state system in %d", year);
    case ENT_LACK_WATCHED:
        return ent__arena_printf(arena, "%s does not watch these states", source);
    case ENT_LACK_VALUE:
        return ent__arena_printf(arena, "%s has no value of %d", source, year);
    case ENT_LACK_ROLL_CALL:
        return ent__arena_printf(arena, "%s has no roll call \"%s\"", source,
                                 call->text ? call->text : "");
    case ENT_LACK_SEVERAL:
        return ent__arena_printf(
            arena, "several roll calls of %s fit \"%s\": give the number of one of them",
            source, call->text ? call->text : "");
    case ENT_LACK_FULL:
        return ent__arena_printf(arena, "all partners are needed, and the starter panel has "
                                        "only some: import the data");
    }
    return "";
}

double ent__asked_lacks(struct ent_claim_asked *k, const struct ent_claim_cell *cell, int year)
{
    if (k->w->quiet)
        return NAN;
    k->why = ent__claim_lack_text(k->w->arena, cell, k->choice->name, k->c, year);
    k->failed = k->failed || !k->why;
    return NAN;
}

/* One value of a pair (b 0: of one state), in base units. */
double ent__asked_cell(struct ent_claim_asked *k, int a, int b, int year)
{
    const struct ent_claim_data *d = k->w->data;
    struct ent_claim_cell cell = { .value = NAN };

    if (k->choice->swapped && b)
        d->cell(d->context, k->choice->measure, k->choice->source, b, a, year, &cell);
    else
        d->cell(d->context, k->choice->measure, k->choice->source, a, b, year, &cell);
    if (cell.value != cell.value) {
        double other = ent__asked_lacks(k, &cell, year);

        if (!k->w->quiet && cell.lack == ENT_LACK_VALUE) {
            k->why = b && k->choice->reports
                         ? ent__arena_printf(k->w->arena, "%s has no report by %s on %s in %d",
                                             k->choice->name,
                                             ent__asked_code(k->choice->swapped ? b : a),
                                             ent__asked_code(k->choice->swapped ? a : b), year)
                     : b ? ent__arena_printf(k->w->arena, "%s has no value of %s and %s in %d",
                                             k->choice->name, ent__asked_code(a),
                                             ent__asked_code(b), year)
                         : ent__arena_printf(k->w->arena, "%s has no value of %s in %d",
                                             k->choice->name, ent__asked_code(a), year);
            k->failed = k->failed || !k->why;
        }
        return other;
    }
    return cell.value * k->scale;
}

static bool has_everybody(const struct ent_claim_states *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->terms[i].everybody)
            return true;
    }
    return false;
}

/*
 * Whether a line has so few states that it cannot be all: a source that knows a state
 * only from the reports of five others gives it no place and no total.
 */
bool ent__asked_too_few(struct ent_claim_asked *k, const double *v, int a, int year)
{
    size_t known = 0;
    size_t members = 0;

    for (size_t i = 0; i < ent_state_count(); i++)
        known += v[i] == v[i];
    if (known >= FEW || known == 0)
        return false;
    for (size_t i = 0; i < ent_state_count(); i++)
        members += ent_state_member(ent_state_at(i)->id, ENT_MEMBER_COW, year);
    if (2 * known >= members)
        return false;
    if (!k->w->quiet)
        k->why = a ? ent__arena_printf(k->w->arena,
                                       "%s knows only %zu partners of %s in %d, not all",
                                       k->choice->name, known, ent__asked_code(a), year)
                   : ent__arena_printf(k->w->arena, "%s knows only %zu states in %d, not all",
                                       k->choice->name, known, year);
    k->failed = k->failed || (!k->w->quiet && !k->why);
    return true;
}

/* A value to every other state in a year; NULL after saying why. */
const double *ent__asked_line(struct ent_claim_asked *k, int a, int year)
{
    const struct ent_claim_data *d = k->w->data;
    struct ent_claim_line line = { NULL, { .value = NAN } };

    d->line(d->context, k->choice->measure, k->choice->source, a, year, &line);
    if (!line.v)
        ent__asked_lacks(k, &line.lack, year);
    else if (ent__asked_too_few(k, line.v, a, year))
        return NULL;
    return line.v;
}

/* All that a state has with all its partners; NAN when it has none that is known. */
double ent__asked_everybody(struct ent_claim_asked *k, int a, int year)
{
    const double *v = ent__asked_line(k, a, year);
    double sum = 0;
    size_t known = 0;

    for (size_t i = 0; v && i < ent_state_count(); i++) {
        if (v[i] == v[i]) {
            sum += v[i];
            known++;
        }
    }
    if (v && !known)
        return ent__asked_lacks(k, &(struct ent_claim_cell){ .lack = ENT_LACK_VALUE }, year);
    return known ? sum * k->scale : (double)NAN;
}

/* From all states of a to all of b in a year, added up. */
double ent__asked_year(struct ent_claim_asked *k, int year)
{
    int from[ENT_CLAIM_SET], to[ENT_CLAIM_SET];
    size_t from_count = ent__claim_expand(&k->c->a, year, from, ENT_CLAIM_SET);
    size_t to_count = ent__claim_expand(&k->c->b, year, to, ENT_CLAIM_SET);
    bool everyone = has_everybody(&k->c->b);
    bool any = false;
    double sum = 0;

    for (size_t i = 0; i < from_count; i++) {
        for (size_t j = 0; j < (to_count && !everyone ? to_count : 1); j++) {
            int b = k->c->b.count && !everyone ? to[j] : 0;
            double v;

            if (b == from[i] || (k->c->b.count && !everyone && !to_count))
                continue;
            v = everyone ? ent__asked_everybody(k, from[i], year)
                         : ent__asked_cell(k, from[i], b, year);
            k->asked++;
            if (v != v)
                continue;
            k->known++;
            k->negative = k->negative || v < 0;
            any = true;
            sum += v;
        }
    }
    return any ? sum : (double)NAN;
}
