/*
 * Claims' data from a store.
 *
 * A wanted array is all that one state has with all others, by one measure, source and
 * year: a single value, a rank, a share and a sum over partners all come out of it.
 * Claims are gone through once to note what they want; then every year is opened once.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/parallel.h"
#include "entente/state.h"
#include "panel/panel.h"
#include "query/claim_inside.h"
#include "query/dossier.h"
#include "query/starter.h"
#include "store/catalogue.h"

enum {
    MANY_YEARS = 4, /* from so many years on, threads share them */
    MOST_THREADS = 4,
};

static uint64_t key_of(size_t measure, size_t source, int state, int year)
{
    return ((uint64_t)measure << 40) | ((uint64_t)source << 34) |
           ((uint64_t)(uint32_t)(state + 1) << 16) | (uint64_t)(uint32_t)year;
}

static size_t slot_of(const struct ent_claim_source *s, uint64_t key)
{
    size_t mask = s->slot_count - 1;
    size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;

    while (s->slots[slot] && s->wants[s->slots[slot] - 1].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

static enum ent_status grow_slots(struct ent_claim_source *s, struct ent_error *err)
{
    size_t count = s->slot_count ? 2 * s->slot_count : 256;
    uint32_t *slots = ent__calloc(count, sizeof(*slots));

    if (!slots)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    ent__free(s->slots);
    s->slots = slots;
    s->slot_count = count;
    for (size_t i = 0; i < s->want_count; i++)
        s->slots[slot_of(s, s->wants[i].key)] = (uint32_t)i + 1;
    return ENT_OK;
}

static enum ent_status note_want(struct ent_claim_source *s, size_t measure, size_t source,
                                 int state, int year, struct ent_error *err)
{
    uint64_t key = key_of(measure, source, state, year);
    void *grown = s->wants;
    size_t slot;

    if (s->want_count + s->want_count / 2 >= s->slot_count)
        ENT_TRY(grow_slots(s, err));
    slot = slot_of(s, key);
    if (s->slots[slot])
        return ENT_OK;
    ENT_TRY(ent__grow(&grown, &s->want_capacity, s->want_count + 1, sizeof(*s->wants), err));
    s->wants = grown;
    s->wants[s->want_count] = (struct ent_claim_want){
        .key = key, .measure = measure, .source = source, .state = state, .year = year
    };
    s->slots[slot] = (uint32_t)++s->want_count;
    return ENT_OK;
}

static const struct ent_claim_want *
find_want(const struct ent_claim_source *s, size_t measure, size_t source, int state, int year)
{
    uint32_t at;

    if (!s->slot_count)
        return NULL;
    at = s->slots[slot_of(s, key_of(measure, source, state, year))];
    return at ? &s->wants[at - 1] : NULL;
}

/* Note it in the first round; find it in the second. */
static const struct ent_claim_want *
want(struct ent_claim_source *s, size_t measure, size_t source, int state, int year)
{
    if (!s->read) {
        if (s->status == ENT_OK)
            s->status = note_want(s, measure, source, state, year, &s->error);
        return NULL;
    }
    return find_want(s, measure, source, state, year);
}

static bool is_monadic(size_t measure)
{
    return ent_measure_at(measure)->direction == ENT_MONADIC;
}

static bool existed(int id, int year)
{
    const struct ent_state *s = ent_state_get(id);
    bool place = s->cow_spell_count == 0 && s->gw_spell_count == 0;

    return place || ent_state_member(id, ENT_MEMBER_COW, year) ||
           ent_state_member(id, ENT_MEMBER_GW, year);
}

static void store_cell(void *context, size_t measure, size_t source, int a, int b, int year,
                       struct ent_claim_cell *out)
{
    struct ent_claim_source *s = context;
    bool monadic = is_monadic(measure);
    const struct ent_claim_want *w = want(s, measure, source, monadic ? 0 : a, year);
    int other = monadic ? a : b;

    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_VALUE };
    if (!w)
        return;
    out->first_year = w->first_year;
    out->last_year = w->last_year;
    if (!w->v) {
        out->lack = w->lack;
        return;
    }
    out->value = w->v[ent_state_get(other)->index];
    if (out->value == out->value)
        out->lack = ENT_LACK_NOTHING;
    else if (!existed(a, year) || !existed(other, year))
        out->lack = ENT_LACK_MEMBER;
    else if (!ent__panel_watches(s->panel, &ent__measure_at(measure)->from[source], a, other))
        out->lack = ENT_LACK_WATCHED;
}

static void store_line(void *context, size_t measure, size_t source, int a, int year,
                       struct ent_claim_line *out)
{
    struct ent_claim_source *s = context;
    const struct ent_claim_want *w =
        want(s, measure, source, is_monadic(measure) ? 0 : a, year);

    out->v = w ? w->v : NULL;
    out->lack = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_VALUE };
    if (!w)
        return;
    out->lack.lack = w->lack;
    out->lack.first_year = w->first_year;
    out->lack.last_year = w->last_year;
}

static const double *
store_field(void *context, size_t measure, size_t source, int year, size_t *count)
{
    struct ent_claim_source *s = context;
    const struct ent_claim_want *w = want(s, measure, source, ENT_CLAIM_FIELD, year);

    *count = w ? w->count : 0;
    return w ? w->v : NULL;
}

static const char *
store_version(void *context, size_t measure, size_t source, const char *dataset)
{
    struct ent_claim_source *s = context;

    if (measure != SIZE_MAX)
        return ent__panel_coverage(s->panel, &ent__measure_at(measure)->from[source]).version;
    return ent__claim_dataset_coverage(s, dataset).version;
}

/* One thread's means of reading. */
struct desk {
    struct ent_claim_source *s;
    struct ent_store *store; /* its own; NULL: the first thread uses the source's */
    struct ent_panel *panel;
    struct ent_pair *pairs;
    double *values;
    size_t room;
    struct ent_arena arena; /* what it reads; handed to the source at the end */
};

static int by_year(const void *a, const void *b)
{
    const struct ent_claim_want *x = *(const struct ent_claim_want *const *)a;
    const struct ent_claim_want *y = *(const struct ent_claim_want *const *)b;

    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static enum ent_status make_room(struct desk *d, size_t count, struct ent_error *err)
{
    size_t values = d->room;
    void *pairs = d->pairs;
    void *numbers = d->values;

    if (count <= d->room)
        return ENT_OK;
    ENT_TRY(ent__grow(&pairs, &d->room, count, sizeof(*d->pairs), err));
    d->pairs = pairs;
    ENT_TRY(ent__grow(&numbers, &values, count, sizeof(*d->values), err));
    d->values = numbers;
    d->room = values < d->room ? values : d->room;
    return ENT_OK;
}

/* All dyads' values, ascending. */
static enum ent_status read_field(struct desk *d, struct ent_claim_want *w,
                                  const struct ent_measure *m, const struct ent_inputs *in,
                                  struct ent_error *err)
{
    size_t count, known = 0;

    ENT_TRY(make_room(d, in->n * in->n, err));
    count = ent__all_pairs(m->info.direction, in->n, d->pairs);
    m->compute(m, in, d->pairs, count, d->values, NULL);
    for (size_t k = 0; k < count; k++) {
        if (d->values[k] == d->values[k])
            d->values[known++] = d->values[k];
    }
    if (known)
        qsort(d->values, known, sizeof(*d->values), ascending);
    w->v = ent__arena_array(&d->arena, known + 1, sizeof(*w->v));
    if (!w->v)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    memcpy(w->v, d->values, known * sizeof(*w->v));
    w->count = known;
    return ENT_OK;
}

/* What one state has with all others, or every state has by itself. */
static enum ent_status read_line(struct desk *d, struct ent_claim_want *w,
                                 const struct ent_measure *m, const struct ent_inputs *in,
                                 struct ent_error *err)
{
    bool monadic = m->info.direction == ENT_MONADIC;
    int own = monadic ? 0 : ent__panel_index(d->panel, w->state);
    size_t count = 0;

    w->v = ent__arena_array(&d->arena, ent_state_count(), sizeof(*w->v));
    if (!w->v)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    for (size_t i = 0; i < ent_state_count(); i++)
        w->v[i] = NAN;
    if (own < 0)
        return ENT_OK;
    ENT_TRY(make_room(d, in->n, err));
    for (size_t k = 0; k < in->n; k++) {
        if (monadic || k != (size_t)own)
            d->pairs[count++] =
                (struct ent_pair){ (uint16_t)(monadic ? k : (size_t)own), (uint16_t)k };
    }
    m->compute(m, in, d->pairs, count, d->values, NULL);
    for (size_t k = 0; k < count; k++)
        w->v[ent_state_get(in->states[d->pairs[k].to])->index] = d->values[k];
    return ENT_OK;
}

static enum ent_status
read_want(struct desk *d, struct ent_claim_want *w, struct ent_error *err)
{
    const struct ent_measure *m = ent__measure_at(w->measure);
    const struct ent_measure_source *source = &m->from[w->source];
    struct ent_coverage coverage = ent__panel_coverage(d->panel, source);
    struct ent_inputs in;

    w->first_year = coverage.first_year;
    w->last_year = coverage.last_year;
    w->lack = !coverage.loaded                                       ? ENT_LACK_LOADED
              : coverage.first_year > coverage.last_year             ? ENT_LACK_VALUE
              : coverage.first_year && w->year < coverage.first_year ? ENT_LACK_BEFORE
              : coverage.last_year && w->year > coverage.last_year   ? ENT_LACK_AFTER
                                                                     : ENT_LACK_NOTHING;
    if (w->lack != ENT_LACK_NOTHING)
        return ENT_OK;
    ENT_TRY(ent__panel_inputs(d->panel, source, ENT_EXTENT_ALL, &in, err));
    return w->state == ENT_CLAIM_FIELD ? read_field(d, w, m, &in, err)
                                       : read_line(d, w, m, &in, err);
}

static enum ent_status
desk_open(struct desk *d, struct ent_claim_source *s, bool first, struct ent_error *err)
{
    memset(d, 0, sizeof(*d));
    d->s = s;
    if (first) {
        d->panel = s->panel;
        return ENT_OK;
    }
    ENT_TRY(ent_store_open(ent__store_path_of(s->store), ENT_STORE_READ, &d->store, err));
    return ent__panel_open(d->store, &d->panel, err);
}

static void desk_close(struct desk *d)
{
    if (d->store)
        ent__panel_close(d->panel);
    ent_store_close(d->store);
    ent__free(d->pairs);
    ent__free(d->values);
}

/* The arrays of one year: order[from..to-1]. */
static enum ent_status read_year(struct desk *d, struct ent_claim_want **order, size_t from,
                                 size_t to, struct ent_error *err)
{
    ENT_TRY(ent__panel_year(d->panel, order[from]->year, err));
    for (size_t i = from; i < to; i++)
        ENT_TRY(read_want(d, order[i], err));
    return ENT_OK;
}

static enum ent_status read_years(struct ent_claim_source *s, struct ent_claim_want **order,
                                  const size_t *starts, size_t years, int threads,
                                  struct ent_error *err)
{
    enum ent_status status = ENT_OK;

#pragma omp parallel num_threads(threads)
    {
        struct ent_error mine = { 0 };
        struct desk desk;
        int number = ent__thread_number();
        enum ent_status done = desk_open(&desk, s, number == 0, &mine);

#pragma omp for schedule(dynamic, 1)
        for (size_t k = 0; k < years; k++) {
            if (done == ENT_OK)
                done = read_year(&desk, order, starts[k], starts[k + 1], &mine);
        }
#pragma omp critical
        {
            if (done != ENT_OK && status == ENT_OK) {
                status = done;
                if (err)
                    *err = mine;
            }
            s->arrays[number] = desk.arena;
        }
        desk_close(&desk);
    }
    return status;
}

static enum ent_status
store_read(struct ent_claim_source *s, int threads, struct ent_error *err)
{
    struct ent_claim_want **order = ent__calloc(s->want_count + 1, sizeof(*order));
    size_t *starts = ent__calloc(s->want_count + 2, sizeof(*starts));
    enum ent_status status = ENT_OK;
    size_t years = 0;

    if (!order || !starts) {
        status = ent_fail(err, ENT_ENOMEM, "out of memory for claims");
        goto out;
    }
    for (size_t i = 0; i < s->want_count; i++)
        order[i] = &s->wants[i];
    if (s->want_count)
        qsort(order, s->want_count, sizeof(*order), by_year);
    for (size_t i = 0; i < s->want_count; i++) {
        if (i == 0 || order[i]->year != order[i - 1]->year)
            starts[years++] = i;
    }
    starts[years] = s->want_count;
    if (threads <= 0)
        threads = ent__processors();
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    if (years < MANY_YEARS)
        threads = 1;
    if (years)
        status = read_years(s, order, starts, years, threads, err);
out:
    ent__free(order);
    ent__free(starts);
    return status;
}

enum ent_status ent__claim_source_open(struct ent_store *store, struct ent_claim_source **out,
                                       struct ent_error *err)
{
    struct ent_claim_source *s = ent__calloc(1, sizeof(*s));
    enum ent_status status;

    if (!s)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    s->store = store;
    s->reader = store_read;
    s->data = (struct ent_claim_data){ .context = s,
                                       .cell = store_cell,
                                       .line = store_line,
                                       .field = store_field,
                                       .disputes = ent__claim_disputes,
                                       .vote = ent__claim_vote,
                                       .version = store_version };
    status = ent__panel_open(store, &s->panel, err);
    if (status != ENT_OK) {
        ent__claim_source_close(s);
        return status;
    }
    *out = s;
    return ENT_OK;
}

void ent__claim_source_close(struct ent_claim_source *s)
{
    if (!s)
        return;
    ent__starter_free(s->starter);
    ent__panel_close(s->panel);
    for (int i = 0; i < ENT_CLAIM_THREADS; i++)
        ent__arena_release(&s->arrays[i]);
    ent__free(s->wants);
    ent__free(s->slots);
    for (int i = 0; i < ENT_CLAIM_VOTE_FILES; i++)
        ent__free(s->roll_calls[i].at);
    ent__free(s);
}

struct ent_claim_data ent__claim_source_data(struct ent_claim_source *source)
{
    return source->data;
}

enum ent_status
ent__claim_source_read(struct ent_claim_source *source, int threads, struct ent_error *err)
{
    ENT_TRY(ent__claim_source_status(source, err));
    source->read = true;
    return source->reader(source, threads, err);
}

enum ent_status
ent__claim_source_status(const struct ent_claim_source *source, struct ent_error *err)
{
    if (source->status != ENT_OK && err)
        *err = source->error;
    return source->status;
}

struct ent_store *ent__claim_source_store(struct ent_claim_source *source)
{
    return source->store;
}
