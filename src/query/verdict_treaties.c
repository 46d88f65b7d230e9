/* What treaties bind two states, and which rivals they share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "query/starter.h"
#include "query/verdict.h"
#include "store/catalogue.h"
#include "store/rows.h"

enum {
    GOES_ON = 9999,
    MOST_RIVALS = 64,
};

static uint32_t owes_of(const struct ent_member *m)
{
    return (m->defense ? ENT_OWES_DEFENSE : 0u) | (m->offense ? ENT_OWES_OFFENSE : 0u) |
           (m->neutral ? ENT_OWES_NEUTRALITY : 0u) | (m->nonagg ? ENT_OWES_NONAGGRESSION : 0u) |
           (m->consul ? ENT_OWES_CONSULTATION : 0u);
}

/* Since when both are in it: the later entry; until when: the earlier exit. */
static const int *later(const int *x, const int *y)
{
    for (int k = 0; k < 3; k++) {
        if (x[k] != y[k])
            return x[k] > y[k] ? x : y;
    }
    return x;
}

static void
put_treaty(struct ent_treaty *t, const struct ent_member *a, const struct ent_member *b)
{
    const int *from = later(a->from, b->from);
    const int *to = later(a->to, b->to) == a->to ? b->to : a->to;

    *t = (struct ent_treaty){ .alliance = a->alliance,
                              .owes = { owes_of(a), owes_of(b) },
                              .bilateral = a->bilateral && b->bilateral,
                              .conditional = a->conditional || b->conditional,
                              .charter = a->charter,
                              .command = a->command || b->command,
                              .bases = a->bases || b->bases };
    memcpy(t->from, from, sizeof(t->from));
    memcpy(t->to, to, sizeof(t->to));
    if (t->to[0] == GOES_ON)
        memset(t->to, 0, sizeof(t->to));
}

static int by_start(const void *x, const void *y)
{
    const struct ent_treaty *a = x;
    const struct ent_treaty *b = y;

    for (int k = 0; k < 3; k++) {
        if (a->from[k] != b->from[k])
            return a->from[k] < b->from[k] ? -1 : 1;
    }
    return (a->alliance > b->alliance) - (a->alliance < b->alliance);
}

/* Of phases that met in one year, the later. */
static void add_treaty(struct ent_treaty *list, size_t *count, const struct ent_treaty *t)
{
    for (size_t i = 0; i < *count; i++) {
        if (list[i].alliance != t->alliance)
            continue;
        if (later(list[i].from, t->from) != list[i].from)
            list[i] = *t;
        return;
    }
    list[(*count)++] = *t;
}

static enum ent_status list_treaties(struct ent_verdict_work *w,
                                     const struct ent_members *members, struct ent_error *err)
{
    struct ent_treaties *out = &w->v->treaties;
    struct ent_treaty *list;
    size_t count = 0, most = 0;

    for (size_t i = 0; i < members->count; i++)
        most += members->at[i].state == w->v->a;
    list = ent__arena_array(w->arena, most + 1, sizeof(*list));
    if (!list)
        return ent_fail(err, ENT_ENOMEM, "out of memory for treaties");
    out->year = w->v->year < members->last_year ? w->v->year : members->last_year;
    for (size_t i = 0; i < members->count; i++) {
        const struct ent_member *a = &members->at[i];

        if (a->state != w->v->a)
            continue;
        for (size_t j = 0; j < members->count; j++) {
            const struct ent_member *b = &members->at[j];
            struct ent_treaty t;

            if (b->state != w->v->b || !ent__members_join(a, b, out->year))
                continue;
            put_treaty(&t, a, b);
            add_treaty(list, &count, &t);
        }
    }
    qsort(list, count, sizeof(*list), by_start);
    w->pact_terms = ent__members_terms(members, w->v->a, w->v->b, out->year);
    out->known = out->listed = out->core_known = true;
    out->core = w->pact_terms & ENT_BOND_CORE;
    out->count = count;
    out->at = list;
    for (size_t i = 0; i < count; i++) {
        out->owes[0] |= list[i].owes[0];
        out->owes[1] |= list[i].owes[1];
    }
    return ENT_OK;
}

/*
 * The obligations by their measures, of the last year observed: from the starter panel, and
 * from a store that has ATOP's dyads and not its members.
 */
static enum ent_status read_obligations(struct ent_verdict_work *w, struct ent_error *err)
{
    static const char *const ids[] = { "treaty.defense", "treaty.offense", "treaty.neutrality",
                                       "treaty.nonaggression", "treaty.consultation" };
    struct ent_treaties *out = &w->v->treaties;
    size_t measures[5] = { 0 };
    struct ent_dossier_options options = {
        .year = w->v->year, .no_places = true, .measures = measures, .measure_count = 5
    };
    struct ent_dossier d;

    for (int k = 0; k < 5; k++)
        ENT_TRY(ent_measure_find(ids[k], &measures[k], err));
    ENT_TRY(w->place->store
                ? ent_dossier_compute(w->place->store, w->v->a, w->v->b, &options, &d, err)
                : ent_dossier_starter(w->place->starter, w->v->a, w->v->b, &options, &d, err));
    for (size_t i = 0; i < d.count; i++) {
        const struct ent_reading *r = &d.readings[i];

        if (r->forward.reason != ENT_KNOWN || strcmp(r->source, "atop") != 0)
            continue;
        for (int k = 0; k < 5; k++) {
            if (r->measure != measures[k])
                continue;
            out->owes[0] |= r->forward.value > 0 ? 1u << k : 0;
            out->owes[1] |= r->backward.value > 0 ? 1u << k : 0;
        }
        out->known = true;
        out->year = r->year;
    }
    ent_dossier_release(&d);
    return ENT_OK;
}

static enum ent_status starter_treaties(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_treaties *out = &w->v->treaties;
    int observed;

    ENT_TRY(read_obligations(w, err));
    ENT_TRY(ent__starter_terms(w->place->starter, w->v->a, w->v->b, w->v->year, &w->pact_terms,
                               &observed, err));
    out->core_known = out->known && observed == out->year;
    out->core = out->core_known && (w->pact_terms & ENT_BOND_CORE);
    return ENT_OK;
}

static enum ent_term term(bool known, bool yes)
{
    return !known ? ENT_TERM_UNKNOWN : yes ? ENT_TERM_YES : ENT_TERM_NO;
}

static void set_terms(struct ent_verdict_work *w)
{
    const struct ent_treaties *t = &w->v->treaties;
    uint32_t any = t->owes[0] | t->owes[1];
    uint32_t both = t->owes[0] & t->owes[1];
    w->terms =
        (struct ent_terms){ .year = t->known ? t->year : 0,
                            .defense = term(t->known, any & ENT_OWES_DEFENSE),
                            .mutual_defense = term(t->known, both & ENT_OWES_DEFENSE),
                            .core_defense = term(t->core_known, t->core),
                            .neutral = term(t->known, any & ENT_OWES_NEUTRALITY),
                            .nonagg = term(t->known, any & ENT_OWES_NONAGGRESSION),
                            .consul = term(t->known, any & ENT_OWES_CONSULTATION),
                            .command = term(t->core_known, w->pact_terms & ENT_BOND_COMMAND),
                            .bases = term(t->core_known, w->pact_terms & ENT_BOND_BASES) };
}

enum ent_status ent__verdict_treaties(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_members *members;

    if (w->place->store) {
        ENT_TRY(ent__members_read(w->place->store, w->charters, w->charter_count, w->arena,
                                  &members, err));
        if (members->count)
            ENT_TRY(list_treaties(w, members, err));
        else
            ENT_TRY(read_obligations(w, err));
    } else {
        ENT_TRY(starter_treaties(w, err));
    }
    set_terms(w);
    return ENT_OK;
}

/* Whose rivals are found, and who they are. */
struct rivals {
    int whose;
    int ids[MOST_RIVALS];
    size_t count;
};

static enum ent_status add_rival(void *context, int64_t source, uint64_t line, size_t columns,
                                 const char *const *names, const char *const *values,
                                 struct ent_error *err)
{
    struct rivals *r = context;
    int64_t side[2] = { 0, 0 };

    (void)source;
    (void)line;
    (void)err;
    for (size_t c = 0; c < columns; c++) {
        if (values[c] && strcmp(names[c], "state_a") == 0)
            (void)ent__str_to_i64(ent__str(values[c]), &side[0]);
        if (values[c] && strcmp(names[c], "state_b") == 0)
            (void)ent__str_to_i64(ent__str(values[c]), &side[1]);
    }
    for (int k = 0; k < 2; k++) {
        if (side[k] == r->whose && r->count < MOST_RIVALS)
            r->ids[r->count++] = (int)side[1 - k];
    }
    return ENT_OK;
}

static enum ent_status
find_rivals(struct ent_store *store, int year, struct rivals *r, struct ent_error *err)
{
    static const char *const sides[2] = { "state_a", "state_b" };
    uint64_t total;

    for (int k = 0; k < 2; k++) {
        struct ent_row_query query = { .table = "rivalry",
                                       .conditions = { { "year", ENT_REL_EQUAL, year },
                                                       { sides[k], ENT_REL_EQUAL, r->whose } },
                                       .condition_count = 2,
                                       .limit = MOST_RIVALS };

        ENT_TRY(ent__store_rows(store, &query, add_rival, r, &total, err));
    }
    return ENT_OK;
}

enum ent_status
ent__common_rivals(struct ent_verdict_work *w, char *text, size_t size, struct ent_error *err)
{
    const struct ent_evidence *e =
        ent__evidence(&w->evidence, "third.common_enemies", "rivalry");
    struct rivals a = { .whose = w->v->a }, b = { .whose = w->v->b };
    size_t used = 0, named = 0;
    const char *name;

    text[0] = '\0';
    if (!w->place->store || !(ent__evidence_most(e) > 0))
        return ENT_OK;
    ENT_TRY(find_rivals(w->place->store, e->year, &a, err));
    ENT_TRY(find_rivals(w->place->store, e->year, &b, err));
    for (size_t i = 0; i < a.count; i++) {
        for (size_t j = 0; j < b.count; j++) {
            if (a.ids[i] != b.ids[j] || used + 40 > size)
                continue;
            name = ent__with_article(w->arena, ent_state_name(a.ids[i], e->year));
            if (!name)
                return ent_fail(err, ENT_ENOMEM, "out of memory for names");
            used +=
                (size_t)snprintf(text + used, size - used, "%s%s", named++ ? ", " : "", name);
            break;
        }
    }
    return ENT_OK;
}
