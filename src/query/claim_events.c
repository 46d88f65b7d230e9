/* Votes by roll call, and disputes each counted once: read row by row from the store. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "query/claim_inside.h"
#include "store/rows.h"

struct ent_coverage
ent__claim_dataset_coverage(const struct ent_claim_source *s, const char *dataset)
{
    /* Measures that read the same tables know the years. */
    static const char *const measures[] = { "votes.common", "dispute.hostility" };
    struct ent_coverage none = { .version = "" };

    for (size_t m = 0; m < sizeof(measures) / sizeof(measures[0]); m++) {
        const struct ent_measure *measure;
        size_t index;

        if (ent_measure_find(measures[m], &index, NULL) != ENT_OK)
            continue;
        measure = ent__measure_at(index);
        for (size_t k = 0; k < measure->from_count; k++) {
            if (strcmp(measure->from[k].name, dataset) == 0)
                return ent__panel_coverage(s->panel, &measure->from[k]);
        }
    }
    return none;
}

static bool
lacks_years(const struct ent_coverage *c, int from, int to, struct ent_claim_cell *out)
{
    *out = (struct ent_claim_cell){ .value = NAN,
                                    .first_year = c->first_year,
                                    .last_year = c->last_year };
    out->lack = !c->loaded                              ? ENT_LACK_LOADED
                : c->first_year && from < c->first_year ? ENT_LACK_BEFORE
                : c->last_year && to > c->last_year     ? ENT_LACK_AFTER
                                                        : ENT_LACK_NOTHING;
    return out->lack != ENT_LACK_NOTHING;
}

/* A failure that the caller cannot be told of now. */
static void
remember(struct ent_claim_source *s, enum ent_status status, const struct ent_error *err)
{
    if (status == ENT_OK || s->status != ENT_OK)
        return;
    s->status = status;
    s->error = *err;
}

static const char *find_column(const char *name, size_t columns, const char *const *names,
                               const char *const *values)
{
    for (size_t c = 0; c < columns; c++) {
        if (strcmp(names[c], name) == 0)
            return values[c];
    }
    return NULL;
}

/* A cell of a number; 0 when it is none. */
static int64_t integer(const char *text)
{
    int64_t number = 0;

    return text && ent__str_to_i64(ent__str(text), &number) ? number : 0;
}

enum {
    DISPUTES = 256, /* of one pair in a span, at most */
};

struct disputes {
    int64_t seen[DISPUTES];
    size_t count;
};

static enum ent_status take_dispute(void *context, int64_t source, uint64_t line,
                                    size_t columns, const char *const *names,
                                    const char *const *values, struct ent_error *err)
{
    struct disputes *d = context;
    int64_t number = integer(find_column("dispute", columns, names, values));

    (void)source, (void)line, (void)err;
    for (size_t i = 0; i < d->count; i++) {
        if (d->seen[i] == number)
            return ENT_OK;
    }
    if (d->count < DISPUTES)
        d->seen[d->count++] = number;
    return ENT_OK;
}

void ent__claim_disputes(void *context, const char *source, int a, int b, int from, int to,
                         struct ent_claim_cell *out)
{
    struct ent_claim_source *s = context;
    struct ent_coverage coverage = ent__claim_dataset_coverage(s, source);
    struct ent_error err = { 0 };
    struct disputes found = { .count = 0 };
    uint64_t total;
    char table[64];
    struct ent_row_query q = { .table = table,
                               .conditions = { { "year", ENT_REL_AT_LEAST, from },
                                               { "year", ENT_REL_AT_MOST, to },
                                               { "from_state", ENT_REL_EQUAL, a },
                                               { "to_state", ENT_REL_EQUAL, b },
                                               { "same_side", ENT_REL_EQUAL, 0 } },
                               .condition_count = 5,
                               .limit = 100000 };

    snprintf(table, sizeof(table), "%s_dispute", source);
    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_VALUE };
    if (!s->read || lacks_years(&coverage, from, to, out))
        return;
    remember(s, ent__store_rows(s->store, &q, take_dispute, &found, &total, &err), &err);
    out->value = (double)found.count;
}

/* "A/RES/68/262", "R/68/262" and "68/262" are the same. */
static void plain_resolution(const char *text, char *out, size_t size)
{
    static const char *const prefixes[] = { "A/", "RES/", "R/" };

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (ent__str_starts(ent__str(text), prefixes[i]))
            text += strlen(prefixes[i]);
    }
    snprintf(out, size, "%s", text);
}

static bool is_set(const char *text)
{
    return text && text[0] && strcmp(text, "0") != 0;
}

static enum ent_status take_roll_call(void *context, int64_t source, uint64_t line,
                                      size_t columns, const char *const *names,
                                      const char *const *values, struct ent_error *err)
{
    struct ent_claim_roll_calls *list = context;
    const char *number = find_column("roll_call", columns, names, values);
    const char *year = find_column("year", columns, names, values);
    const char *date = find_column("date", columns, names, values);
    const char *resolution = find_column("resolution", columns, names, values);
    struct ent_claim_roll_call *r;
    void *grown = list->at;

    (void)source, (void)line;
    if (!number || !year)
        return ENT_OK;
    ENT_TRY(ent__grow(&grown, &list->capacity, list->count + 1, sizeof(*list->at), err));
    list->at = grown;
    r = &list->at[list->count++];
    memset(r, 0, sizeof(*r));
    r->number = (int32_t)integer(number);
    r->year = (int16_t)integer(year);
    r->part = is_set(find_column("amendment", columns, names, values)) ||
              is_set(find_column("paragraph", columns, names, values));
    snprintf(r->date, sizeof(r->date), "%.10s", date ? date : "");
    plain_resolution(resolution ? resolution : "", r->resolution, sizeof(r->resolution));
    return ENT_OK;
}

static struct ent_claim_roll_calls *
roll_calls_of(struct ent_claim_source *s, const char *source)
{
    static const char *const files[ENT_CLAIM_VOTE_FILES] = { "unga", "unvotes", "unga2015" };
    struct ent_claim_roll_calls *list = NULL;
    struct ent_error err = { 0 };
    char table[64];
    struct ent_row_query q = { .table = table, .limit = 1000000 };
    uint64_t total;

    for (int i = 0; i < ENT_CLAIM_VOTE_FILES; i++) {
        if (strcmp(files[i], source) == 0)
            list = &s->roll_calls[i];
    }
    if (!list || list->read)
        return list;
    list->read = true;
    list->loaded = ent__claim_dataset_coverage(s, source).loaded;
    snprintf(table, sizeof(table), "%s_roll_call", source);
    if (list->loaded)
        remember(s, ent__store_rows(s->store, &q, take_roll_call, list, &total, &err), &err);
    return list;
}

static bool all_digits(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* The roll call that a text means: a number, a date, or a resolution. */
static const struct ent_claim_roll_call *find_roll_call(const struct ent_claim_roll_calls *list,
                                                        const char *text,
                                                        enum ent_claim_lack *lack)
{
    const struct ent_claim_roll_call *found = NULL;
    char wanted[64];
    bool number = all_digits(text);
    bool date = strlen(text) == 10 && text[4] == '-' && text[7] == '-';
    size_t whole = 0;
    size_t all = 0;

    plain_resolution(text, wanted, sizeof(wanted));
    for (size_t i = 0; i < list->count; i++) {
        const struct ent_claim_roll_call *r = &list->at[i];
        bool fits = number ? r->number == integer(text)
                    : date ? strcmp(r->date, text) == 0
                           : r->resolution[0] && strcmp(r->resolution, wanted) == 0;

        if (!fits)
            continue;
        all++;
        whole += !r->part;
        if (!found || (found->part && !r->part))
            found = r;
    }
    *lack = !all                               ? ENT_LACK_ROLL_CALL
            : whole > 1 || (!whole && all > 1) ? ENT_LACK_SEVERAL
                                               : ENT_LACK_NOTHING;
    return *lack == ENT_LACK_NOTHING ? found : NULL;
}

const struct ent_claim_roll_call *
ent__claim_roll_call(struct ent_claim_source *s, const char *source, const char *text)
{
    struct ent_claim_roll_calls *list = roll_calls_of(s, source);
    enum ent_claim_lack lack;

    return list && list->loaded ? find_roll_call(list, text, &lack) : NULL;
}

static enum ent_status take_vote(void *context, int64_t source, uint64_t line, size_t columns,
                                 const char *const *names, const char *const *values,
                                 struct ent_error *err)
{
    double *vote = context;
    const char *text = find_column("vote", columns, names, values);

    (void)source, (void)line, (void)err;
    if (text && *vote != *vote)
        *vote = (double)integer(text);
    return ENT_OK;
}

void ent__claim_vote(void *context, const char *source, int state, const char *roll_call,
                     struct ent_claim_cell *out)
{
    struct ent_claim_source *s = context;
    struct ent_claim_roll_calls *list;
    const struct ent_claim_roll_call *r;
    struct ent_error err = { 0 };
    double vote = NAN;
    uint64_t total;
    char table[64];

    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_VALUE };
    if (!s->read)
        return;
    list = roll_calls_of(s, source);
    if (!list || !list->loaded) {
        out->lack = ENT_LACK_LOADED;
        return;
    }
    r = find_roll_call(list, roll_call, &out->lack);
    if (!r)
        return;
    snprintf(table, sizeof(table), "%s_vote", source);
    {
        struct ent_row_query q = { .table = table,
                                   .conditions = { { "year", ENT_REL_EQUAL, r->year },
                                                   { "roll_call", ENT_REL_EQUAL, r->number },
                                                   { "state", ENT_REL_EQUAL, state } },
                                   .condition_count = 3,
                                   .limit = 2 };

        remember(s, ent__store_rows(s->store, &q, take_vote, &vote, &total, &err), &err);
    }
    out->lack = vote == 9 ? ENT_LACK_MEMBER : vote != vote ? ENT_LACK_VALUE : ENT_LACK_NOTHING;
    out->value = out->lack == ENT_LACK_NOTHING ? vote : (double)NAN;
}
