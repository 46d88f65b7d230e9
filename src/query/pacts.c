/*
 * A pair has a core pact in a year when ATOP's directed dyads say that one owes the other
 * defence, and both are then members of one phase of a treaty that is no regional charter
 * and obliges either of them to defend.  The members alone do not say who owes whom, and
 * the dyads do not say by which treaty: so both are asked.
 */
#include "query/pacts.h"

#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "io/source.h"
#include "store/block.h"
#include "store/catalogue.h"

enum {
    NATO = 3180,
    MEMBER_COLUMNS = 7,
    DYAD_COLUMNS = 3,
};

static enum ent_status charter_row(const struct ent_record *r, int *ids, size_t max,
                                   size_t *count, struct ent_error *err)
{
    int64_t id;

    if (r->cell_count < 3 || !ent__cell_i64(&r->cells[0], &id) || id < 1 || id > 99999)
        return ent_fail(err, ENT_EFORMAT,
                        "ATOP's number of a treaty, its name and a reason were expected");
    if (*count == max)
        return ent_fail(err, ENT_EFORMAT, "more than %zu charters", max);
    ids[(*count)++] = (int)id;
    return ENT_OK;
}

enum ent_status
ent__charters_read(const char *path, int *ids, size_t max, size_t *count, struct ent_error *err)
{
    struct ent_source *source = NULL;
    struct ent_record r = { .kind = ENT_RECORD_TABLE };
    enum ent_status status;
    bool header = true;

    *count = 0;
    ENT_TRY(ent__source_open(path, NULL, &source, err));
    for (;;) {
        status = ent__source_next(source, &r, err);
        if (status != ENT_OK || r.kind == ENT_RECORD_END)
            break;
        if (r.kind != ENT_RECORD_ROW)
            continue;
        if (!header)
            status = charter_row(&r, ids, max, count, err);
        header = false;
        if (status != ENT_OK) {
            ent_error_at(err, path, r.line, 0);
            break;
        }
    }
    ent__source_close(source);
    return status;
}

/* Where the columns of a table are, by name. */
struct columns {
    const char *table;
    const char *const *names;
    size_t count;
    size_t at[MEMBER_COLUMNS];
    bool found;
};

static enum ent_status
see_table(void *context, const struct ent_table_entry *entry, struct ent_error *err)
{
    struct columns *columns = context;
    size_t found = 0;

    (void)err;
    if (strcmp(entry->name, columns->table) != 0)
        return ENT_OK;
    for (size_t k = 0; k < columns->count; k++)
        for (size_t c = 0; c < entry->column_count; c++)
            if (strcmp(entry->columns[c].name, columns->names[k]) == 0) {
                columns->at[k] = c;
                found++;
            }
    columns->found = entry->loaded && found == columns->count;
    return ENT_OK;
}

/* A membership of a phase of a treaty that is no charter. */
struct member {
    int64_t entry, alliance, state, phase, exit, defense, bilateral;
};

struct reading {
    struct ent_pacts *pacts;
    const int *charters;
    size_t charter_count;
    struct columns columns;
    int64_t *scratch;
    size_t scratch_capacity;
    struct member *members;
    size_t count, capacity;
    int last; /* year of the dyads */
};

static uint8_t *flag(const struct ent_pacts *p, int64_t year, int64_t a, int64_t b)
{
    const struct ent_state *x = ent_state_get((int)a), *y = ent_state_get((int)b);
    size_t i, j;

    if (!x || !y || a == b || year < p->first_year || year > p->last_year)
        return NULL;
    i = (size_t)(a < b ? x : y)->index;
    j = (size_t)(a < b ? y : x)->index;
    return &p->flags[((size_t)(year - p->first_year) * p->states + i) * p->states + j];
}

/* The wanted columns of a block, one after another. */
static enum ent_status
read_columns(struct reading *r, const struct ent_block *block, struct ent_error *err)
{
    void *grown = r->scratch;

    ENT_TRY(ent__grow(&grown, &r->scratch_capacity, block->count * r->columns.count + 1,
                      sizeof(int64_t), err));
    r->scratch = grown;
    for (size_t k = 0; k < r->columns.count; k++)
        ent__block_ints(block, r->columns.at[k], r->scratch + k * block->count);
    return ENT_OK;
}

static bool is_charter(const struct reading *r, int64_t alliance)
{
    for (size_t i = 0; i < r->charter_count; i++)
        if (r->charters[i] == alliance)
            return true;
    return false;
}

static enum ent_status
take_members(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct reading *r = context;
    size_t n = block->count;
    void *grown = r->members;

    ENT_TRY(read_columns(r, block, err));
    ENT_TRY(ent__grow(&grown, &r->capacity, r->count + n, sizeof(*r->members), err));
    r->members = grown;
    for (size_t i = 0; i < n; i++) {
        const int64_t *v = r->scratch + i;
        struct member m = { v[0], v[n], v[2 * n], v[3 * n], v[4 * n], v[5 * n], v[6 * n] };

        if (!is_charter(r, m.alliance))
            r->members[r->count++] = m;
    }
    return ENT_OK;
}

static enum ent_status
take_dyads(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct reading *r = context;
    size_t n = block->count;

    ENT_TRY(read_columns(r, block, err));
    for (size_t i = 0; i < n; i++) {
        uint8_t *at = flag(r->pacts, block->year, r->scratch[i], r->scratch[n + i]);

        if (at && r->scratch[2 * n + i] > 0)
            *at |= ENT_PACT_ANY;
    }
    r->last = block->year > r->last ? block->year : r->last;
    return ENT_OK;
}

/* Two are in one phase of a treaty together: mark the years in which one owes defence. */
static void join(const struct reading *r, const struct member *x, const struct member *y)
{
    int64_t ends[2] = { x->exit > 0 ? x->exit : r->last, y->exit > 0 ? y->exit : r->last };
    int64_t from = x->entry > y->entry ? x->entry : y->entry;
    int64_t to = ends[0] < ends[1] ? ends[0] : ends[1];
    uint8_t kind = ENT_PACT_CORE;

    if (from < r->pacts->first_year)
        from = r->pacts->first_year;
    if (from > to)
        return;
    kind |= x->alliance == NATO ? ENT_PACT_NATO : ENT_PACT_OTHER;
    kind |= x->bilateral > 0 ? ENT_PACT_BILATERAL : 0;
    for (int64_t year = from; year <= to; year++) {
        uint8_t *at = flag(r->pacts, year, x->state, y->state);

        if (at && (*at & ENT_PACT_ANY))
            *at |= kind;
    }
}

static void join_all(const struct reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct member *x = &r->members[i];

        for (size_t j = 0; j < i; j++) {
            const struct member *y = &r->members[j];

            if (x->alliance == y->alliance && x->phase == y->phase && x->state != y->state &&
                (x->defense > 0 || y->defense > 0))
                join(r, x, y);
        }
    }
}

/* The year before, in every year but the first. */
static void look_back(struct ent_pacts *p)
{
    size_t pairs = p->states * p->states;

    for (int year = p->first_year + 1; year <= p->last_year; year++) {
        uint8_t *now = p->flags + (size_t)(year - p->first_year) * pairs;

        for (size_t i = 0; i < pairs; i++) {
            uint8_t before = (now - pairs)[i];

            now[i] |= before & ENT_PACT_CORE ? ENT_PACT_CORE_BEFORE : 0;
            now[i] |= before & ENT_PACT_ANY ? ENT_PACT_ANY_BEFORE : 0;
        }
    }
}

static enum ent_status read_table(struct reading *r, struct ent_store *store,
                                  struct columns columns, int from, int to, ent_block_fn each,
                                  struct ent_error *err)
{
    r->columns = columns;
    ENT_TRY(ent__store_tables(store, see_table, &r->columns, err));
    if (!r->columns.found)
        return ent_fail(err, ENT_ENOTFOUND,
                        "treaties are needed, and the table %s of ATOP (its members and its "
                        "directed dyads) is not in the store",
                        columns.table);
    return ent__store_blocks(store, columns.table, from, to, each, r, err);
}

static enum ent_status
read_both(struct reading *r, struct ent_store *store, struct ent_error *err)
{
    static const char *const member[] = { "entry_year", "alliance", "state",    "phase",
                                          "exit_year",  "defense",  "bilateral" };
    static const char *const dyad[] = { "from_state", "to_state", "defense" };

    ENT_TRY(read_table(r, store, (struct columns){ "atop_dyad", dyad, DYAD_COLUMNS },
                       r->pacts->first_year, r->pacts->last_year, take_dyads, err));
    ENT_TRY(read_table(r, store, (struct columns){ "atop_member", member, MEMBER_COLUMNS }, 1,
                       r->pacts->last_year, take_members, err));
    if (r->last == 0)
        return ent_fail(err, ENT_ENOTFOUND, "ATOP has no treaties in %d to %d",
                        r->pacts->first_year, r->pacts->last_year);
    r->pacts->last_year = r->last;
    join_all(r);
    look_back(r->pacts);
    return ENT_OK;
}

enum ent_status ent__pacts_read(struct ent_store *store, const int *charters,
                                size_t charter_count, int from, int to, struct ent_pacts *out,
                                struct ent_error *err)
{
    struct ent_pacts pacts = { .first_year = from,
                               .last_year = to,
                               .states = ent_state_count() };
    struct reading r = { .pacts = &pacts,
                         .charters = charters,
                         .charter_count = charter_count };
    enum ent_status status;

    pacts.flags = ent__calloc((size_t)(to - from + 1) * pacts.states, pacts.states);
    if (!pacts.flags)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the pacts of %d years",
                        to - from + 1);
    status = read_both(&r, store, err);
    ent__free(r.scratch);
    ent__free(r.members);
    if (status != ENT_OK) {
        ent__pacts_release(&pacts);
        return status;
    }
    *out = pacts;
    return ENT_OK;
}

void ent__pacts_release(struct ent_pacts *pacts)
{
    ent__free(pacts->flags);
    pacts->flags = NULL;
}

uint8_t ent__pacts_of(const struct ent_pacts *pacts, int year, int a, int b)
{
    uint8_t *at = flag(pacts, year > pacts->last_year ? pacts->last_year : year, a, b);

    return at ? *at : 0;
}
