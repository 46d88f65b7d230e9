#include "query/user_measures.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "entente/store.h"
#include "entente/user_data.h"
#include "measure/user.h"
#include "store/catalogue.h"

static const char prefix[] = "user_";

bool ent__is_user_word(const char *word)
{
    return strncmp(word, prefix, strlen(prefix)) == 0;
}

/* What a walk over the catalogue is for: all values, or one column. */
struct search {
    const char *table, *column; /* NULL: all */
    struct ent_arena *arena;
    ent_user_measure_fn each;
    void *context;
    bool table_found;
    struct ent_user_tie tie; /* the column's, its table NULL until it is found */
    struct ent_buf names;    /* tables, or the columns of the one looked for */
};

static enum ent_direction direction_of(const struct ent_table_entry *entry)
{
    size_t sides = 0;

    for (size_t c = 0; c < entry->column_count; c++) {
        if (entry->columns[c].role == ENT_ROLE_FROM)
            return ENT_DIRECTED;
        sides += entry->columns[c].role == ENT_ROLE_STATE;
    }
    return sides == 2 ? ENT_UNDIRECTED : ENT_MONADIC;
}

static bool has_organisations(const struct ent_table_entry *entry)
{
    for (size_t c = 0; c < entry->column_count; c++) {
        if (entry->columns[c].role == ENT_ROLE_KEY)
            return true;
    }
    return false;
}

static enum ent_status take_column(struct search *s, const struct ent_table_entry *entry,
                                   const struct ent_column_entry *column, struct ent_error *err)
{
    struct ent_user_tie tie = {
        .table = ent__arena_printf(s->arena, "%s", entry->name),
        .column = ent__arena_printf(s->arena, "%s", column->name),
        .what = ent__arena_printf(s->arena, "%s", column->what),
        .unit = ent__arena_printf(s->arena, "%s", column->unit),
        .direction = direction_of(entry),
        .members = has_organisations(entry),
    };
    const struct ent_measure *made = NULL;

    if (tie.members)
        tie.direction = ENT_UNDIRECTED; /* of two states, though a row is of one */
    if (!tie.table || !tie.column || !tie.what || !tie.unit)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a user's measure");
    if (!s->each) {
        s->tie = tie;
        return ENT_OK;
    }
    ENT_TRY(ent__user_value(&tie, s->arena, &made, err));
    return s->each(s->context, made, err);
}

static enum ent_status
take_table(void *context, const struct ent_table_entry *entry, struct ent_error *err)
{
    struct search *s = context;

    if (!ent__is_user_word(entry->dataset) || !entry->loaded)
        return ENT_OK;
    if (s->table && strcmp(s->table, entry->name) != 0) {
        if (!s->table_found)
            ent__buf_printf(&s->names, "%s%s", s->names.len ? ", " : "", entry->name);
        return ENT_OK;
    }
    if (s->table) {
        s->table_found = true;
        ent__buf_clear(&s->names);
    }
    for (size_t c = 0; c < entry->column_count; c++) {
        const struct ent_column_entry *column = &entry->columns[c];

        if (column->role != ENT_ROLE_VALUE)
            continue;
        ent__buf_printf(&s->names, "%s%s", s->names.len ? ", " : "", column->name);
        if (!s->column || strcmp(s->column, column->name) == 0)
            ENT_TRY(take_column(s, entry, column, err));
    }
    return ENT_OK;
}

static enum ent_status no_table(const struct search *s, struct ent_error *err)
{
    if (s->names.len)
        return ent_fail(err, ENT_ENOTFOUND, "the store has no table %s of yours; it has %s",
                        s->table, s->names.text);
    return ent_fail(err, ENT_ENOTFOUND,
                    "the store has no table %s of yours: entente import --as ... --name %s "
                    "brings one",
                    s->table, s->table + strlen(prefix));
}

enum ent_status ent__user_values(struct ent_store *store, const char *table,
                                 struct ent_arena *arena, ent_user_measure_fn each,
                                 void *context, struct ent_error *err)
{
    struct search s = { .table = table, .arena = arena, .each = each, .context = context };
    enum ent_status status;

    ent__buf_init(&s.names);
    status = ent__store_tables(store, take_table, &s, err);
    if (status == ENT_OK && table && !s.table_found)
        status = no_table(&s, err);
    ent__buf_release(&s.names);
    return status;
}

/* Make the measure of a column that was found, by the rest of its id. */
static enum ent_status make(struct search *s, struct ent_panel *panel, const char *kind,
                            const struct ent_measure **out, struct ent_error *err)
{
    struct ent_span span;

    if (!kind)
        return ent__user_value(&s->tie, s->arena, out, err);
    if (s->tie.direction != ENT_MONADIC) {
        ENT_TRY(ent__panel_span(panel, s->tie.table, s->tie.column, &span, err));
        s->tie.levels = ent__user_levels(span.low, span.high, span.whole);
    }
    return ent__user_likeness(&s->tie, kind, s->arena, out, err);
}

enum ent_status ent__user_measure(struct ent_store *store, struct ent_panel *panel,
                                  const char *id, struct ent_arena *arena,
                                  const struct ent_measure **out, struct ent_error *err)
{
    char *table = ent__arena_printf(arena, "%s", id);
    struct search s = { .table = table, .arena = arena };
    char *column = table ? strchr(table, '.') : NULL;
    char *kind = column ? strchr(column + 1, '.') : NULL;
    enum ent_status status;

    if (!table)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a user's measure");
    if (column)
        *column++ = '\0';
    if (kind)
        *kind++ = '\0';
    s.column = column ? column : "";
    ent__buf_init(&s.names);
    status = ent__store_tables(store, take_table, &s, err);
    if (status == ENT_OK && !s.table_found)
        status = no_table(&s, err);
    else if (status == ENT_OK && !s.tie.table)
        status = ent_fail(err, ENT_ENOTFOUND, "%s has no column \"%.60s\"; it has %s", table,
                          s.column, s.names.text);
    if (status == ENT_OK)
        status = make(&s, panel, kind, out, err);
    ent__buf_release(&s.names);
    return status;
}

/* The public list. */

struct owned {
    struct ent_arena arena;
    const struct ent_measure_info **at;
    size_t count, capacity;
};

static enum ent_status
list_one(void *context, const struct ent_measure *measure, struct ent_error *err)
{
    struct owned *o = context;
    void *grown = o->at;

    ENT_TRY(ent__grow(&grown, &o->capacity, o->count + 1, sizeof(*o->at), err));
    o->at = grown;
    o->at[o->count++] = &measure->info;
    return ENT_OK;
}

static void free_owned(struct owned *o)
{
    if (!o)
        return;
    ent__arena_release(&o->arena);
    ent__free(o->at);
    ent__free(o);
}

static enum ent_status
find_one(struct owned *o, struct ent_store *store, const char *id, struct ent_error *err)
{
    const struct ent_measure *measure = NULL;
    struct ent_panel *panel = NULL;
    enum ent_status status = ent__panel_open(store, &panel, err);

    if (status == ENT_OK)
        status = ent__user_measure(store, panel, id, &o->arena, &measure, err);
    if (status == ENT_OK)
        status = list_one(o, measure, err);
    ent__panel_close(panel);
    return status;
}

enum ent_status ent_user_measures_read(struct ent_store *store, const char *id,
                                       struct ent_user_measures *out, struct ent_error *err)
{
    struct owned *o = ent__calloc(1, sizeof(*o));
    enum ent_status status;

    if (!o)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a list of measures");
    if (id && !ent__is_user_word(id))
        status = ent_fail(err, ENT_ENOTFOUND, "\"%.80s\" is no measure of a user's table", id);
    else
        status = id ? find_one(o, store, id, err)
                    : ent__user_values(store, NULL, &o->arena, list_one, o, err);
    if (status != ENT_OK) {
        free_owned(o);
        return status;
    }
    *out = (struct ent_user_measures){ .count = o->count, .at = o->at, .owned = o };
    return ENT_OK;
}

void ent_user_measures_release(struct ent_user_measures *measures)
{
    free_owned(measures->owned);
    memset(measures, 0, sizeof(*measures));
}
