#include "query/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "entente/state.h"
#include "store/catalogue.h"
#include "store/rows.h"

enum {
    GOES_ON = 9999,
    PERMANENT = 3, /* of ATOP's ORGAN1: an organization with a permanent staff */
};

struct reading {
    struct ent_members *members;
    struct ent_arena *arena;
    const int *charters;
    size_t charter_count;
};

/* A number by the name of its column; 0 when it is missing. */
static int
number(size_t columns, const char *const *names, const char *const *values, const char *name)
{
    int64_t value = 0;

    for (size_t c = 0; c < columns; c++) {
        if (strcmp(names[c], name) == 0 && values[c] &&
            ent__str_to_i64(ent__str(values[c]), &value))
            return (int)value;
    }
    return 0;
}

static void put_dates(struct ent_member *m, size_t columns, const char *const *names,
                      const char *const *values)
{
    static const char *const from[3] = { "entry_year", "entry_month", "entry_day" };
    static const char *const to[3] = { "exit_year", "exit_month", "exit_day" };

    for (int k = 0; k < 3; k++) {
        m->from[k] = number(columns, names, values, from[k]);
        m->to[k] = number(columns, names, values, to[k]);
    }
    if (m->to[0] == 0)
        m->to[0] = GOES_ON;
}

static enum ent_status add_member(void *context, int64_t source, uint64_t line, size_t columns,
                                  const char *const *names, const char *const *values,
                                  struct ent_error *err)
{
    struct reading *r = context;
    struct ent_members *p = r->members;
    struct ent_member *m;

    (void)source;
    (void)line;
    if (p->count == p->capacity) {
        size_t more = p->capacity ? 2 * p->capacity : 4096;
        struct ent_member *at = ent__arena_array(r->arena, more, sizeof(*at));

        if (!at)
            return ent_fail(err, ENT_ENOMEM, "out of memory for %zu members of alliances",
                            more);
        if (p->count)
            memcpy(at, p->at, p->count * sizeof(*at));
        p->at = at;
        p->capacity = more;
    }
    m = &p->at[p->count++];
    m->alliance = number(columns, names, values, "alliance");
    m->phase = number(columns, names, values, "phase");
    m->state = number(columns, names, values, "state");
    put_dates(m, columns, names, values);
    m->defense = number(columns, names, values, "defense") > 0;
    m->offense = number(columns, names, values, "offense") > 0;
    m->neutral = number(columns, names, values, "neutral") > 0;
    m->nonagg = number(columns, names, values, "nonagg") > 0;
    m->consul = number(columns, names, values, "consul") > 0;
    m->conditional = number(columns, names, values, "conditional") > 0;
    m->bilateral = number(columns, names, values, "bilateral") > 0;
    m->asymmetric = number(columns, names, values, "asymmetric") > 0;
    m->bases = number(columns, names, values, "bases") > 0;
    m->command = number(columns, names, values, "integrated_command") > 0 ||
                 (m->bases && number(columns, names, values, "organization") >= PERMANENT);
    for (size_t i = 0; i < r->charter_count; i++)
        m->charter = m->charter || r->charters[i] == m->alliance;
    if (m->from[0] > p->last_year)
        p->last_year = m->from[0];
    if (m->to[0] != GOES_ON && m->to[0] > p->last_year)
        p->last_year = m->to[0];
    return ENT_OK;
}

static enum ent_status
find_table(void *context, const struct ent_table_entry *entry, struct ent_error *err)
{
    bool *loaded = context;

    (void)err;
    if (strcmp(entry->name, "atop_member") == 0 && entry->loaded)
        *loaded = true;
    return ENT_OK;
}

static int by_alliance(const void *a, const void *b)
{
    const struct ent_member *x = a;
    const struct ent_member *y = b;

    if (x->alliance != y->alliance)
        return x->alliance < y->alliance ? -1 : 1;
    if (x->phase != y->phase)
        return x->phase < y->phase ? -1 : 1;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    return (x->from[0] > y->from[0]) - (x->from[0] < y->from[0]);
}

enum ent_status ent__members_read(struct ent_store *store, const int *charters,
                                  size_t charter_count, struct ent_arena *arena,
                                  struct ent_members **out, struct ent_error *err)
{
    struct ent_row_query query = { .table = "atop_member", .limit = SIZE_MAX };
    struct reading r = { .arena = arena, .charters = charters, .charter_count = charter_count };
    bool loaded = false;
    uint64_t total;

    r.members = ent__arena_alloc(arena, sizeof(*r.members));
    if (!r.members)
        return ent_fail(err, ENT_ENOMEM, "out of memory for alliances");
    ENT_TRY(ent__store_tables(store, find_table, &loaded, err));
    if (loaded)
        ENT_TRY(ent__store_rows(store, &query, add_member, &r, &total, err));
    if (r.members->count)
        qsort(r.members->at, r.members->count, sizeof(*r.members->at), by_alliance);
    *out = r.members;
    return ENT_OK;
}

static bool in_force(const struct ent_member *m, int year)
{
    return m->from[0] <= year && m->to[0] >= year;
}

/* Whether a date is not after another; a month or day that is not known is any. */
static bool not_after(const int *a, const int *b)
{
    for (int k = 0; k < 3; k++) {
        if (a[k] == 0 || b[k] == 0)
            return true;
        if (a[k] != b[k])
            return a[k] < b[k];
    }
    return true;
}

bool ent__members_join(const struct ent_member *a, const struct ent_member *b, int year)
{
    return a->alliance == b->alliance && a->phase == b->phase && a->state != b->state &&
           in_force(a, year) && in_force(b, year) && not_after(a->from, b->to) &&
           not_after(b->from, a->to);
}

static uint32_t terms_of(const struct ent_member *a, const struct ent_member *b)
{
    bool core = !a->charter && (a->defense || b->defense);

    return (core ? ENT_BOND_CORE : 0u) | (a->command || b->command ? ENT_BOND_COMMAND : 0u) |
           (a->bases || b->bases ? ENT_BOND_BASES : 0u);
}

uint32_t ent__members_terms(const struct ent_members *members, int a, int b, int year)
{
    uint32_t terms = 0;

    for (size_t i = 0; i < members->count; i++) {
        const struct ent_member *x = &members->at[i];

        for (size_t j = i;
             x->state == a && j-- > 0 && members->at[j].alliance == x->alliance;) {
            if (members->at[j].state == b && ent__members_join(x, &members->at[j], year))
                terms |= terms_of(x, &members->at[j]);
        }
        for (size_t j = i + 1;
             x->state == a && j < members->count && members->at[j].alliance == x->alliance;
             j++) {
            if (members->at[j].state == b && ent__members_join(x, &members->at[j], year))
                terms |= terms_of(x, &members->at[j]);
        }
    }
    return terms;
}

static int by_ids(const void *a, const void *b)
{
    const struct ent_member_pair *x = a;
    const struct ent_member_pair *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

size_t
ent__members_core(const struct ent_members *members, int year, struct ent_member_pair *pairs)
{
    size_t count = 0, kept = 0;

    if (year > members->last_year)
        year = members->last_year;
    for (size_t i = 0; i < members->count; i++) {
        const struct ent_member *a = &members->at[i];

        if (a->charter || !in_force(a, year))
            continue;
        for (size_t j = i + 1; j < members->count && members->at[j].alliance == a->alliance;
             j++) {
            const struct ent_member *b = &members->at[j];
            int low = a->state < b->state ? a->state : b->state;
            int high = a->state < b->state ? b->state : a->state;

            if (count < ENT_MEMBER_PAIRS && (a->defense || b->defense) &&
                ent__members_join(a, b, year))
                pairs[count++] = (struct ent_member_pair){ (int16_t)low, (int16_t)high };
        }
    }
    qsort(pairs, count, sizeof(*pairs), by_ids);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_ids(&pairs[kept - 1], &pairs[i]) != 0)
            pairs[kept++] = pairs[i];
    }
    return kept;
}
