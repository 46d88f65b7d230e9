#include "store/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "store/block.h"
#include "store/db.h"

enum {
    WATCHED = 16,
};

static enum ent_column_role role_of(const char *name)
{
    static const struct {
        const char *name;
        enum ent_column_role role;
    } roles[] = {
        { "year", ENT_ROLE_YEAR }, { "state", ENT_ROLE_STATE }, { "from", ENT_ROLE_FROM },
        { "to", ENT_ROLE_TO },     { "key", ENT_ROLE_KEY },     { "count", ENT_ROLE_COUNT },
    };

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        if (strcmp(roles[i].name, name) == 0)
            return roles[i].role;
    }
    return ENT_ROLE_VALUE;
}

static enum ent_column_type type_of(const char *name)
{
    return strcmp(name, "INTEGER") == 0 ? ENT_TYPE_INT
           : strcmp(name, "REAL") == 0  ? ENT_TYPE_REAL
                                        : ENT_TYPE_TEXT;
}

const char *ent__store_path_of(const struct ent_store *store)
{
    return store->path;
}

enum ent_status
ent__store_table_count(struct ent_store *store, size_t *count, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row = false;

    ENT_TRY(ent__db_prepare(store, "SELECT count(*) FROM table_info", &s, err));
    status = ent__db_step(store, s, &row, err);
    *count = row ? (size_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return status;
}

/* "710,365" as ids; returns how many. */
static size_t read_watched(const char *text, int16_t *out)
{
    size_t count = 0;

    while (*text && count < WATCHED) {
        char *end;
        long id = strtol(text, &end, 10);

        if (end == text)
            break;
        out[count++] = (int16_t)id;
        text = *end == ',' ? end + 1 : end;
    }
    return count;
}

static enum ent_status read_columns(struct ent_store *store, struct ent_arena *arena,
                                    const char *table, struct ent_table_entry *entry,
                                    struct ent_error *err)
{
    struct ent_column_entry *columns =
        ent__arena_array(arena, ENT_BLOCK_COLUMNS, sizeof(*columns));
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row;

    if (!columns)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
    ENT_TRY(ent__db_prepare(store,
                            "SELECT column_name, role, type, unit, what FROM variable "
                            "WHERE table_name = ? ORDER BY position",
                            &s, err));
    ent__db_bind(s, 1, table);
    entry->columns = columns;
    entry->column_count = 0;
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row && entry->column_count < ENT_BLOCK_COLUMNS) {
        struct ent_column_entry *c = &columns[entry->column_count++];

        c->name = ent__arena_printf(arena, "%s", ent__db_text(s, 0));
        c->role = role_of(ent__db_text(s, 1));
        c->type = type_of(ent__db_text(s, 2));
        c->unit = ent__arena_printf(arena, "%s", ent__db_text(s, 3));
        c->what = ent__arena_printf(arena, "%s", ent__db_text(s, 4));
        if (!c->name || !c->unit || !c->what)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for the catalogue");
        else
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__store_tables(struct ent_store *store, ent_table_fn each, void *context,
                                  struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row;

    ENT_TRY(ent__db_prepare(
        store,
        "SELECT t.name, t.dataset, t.what, t.no_row_means, t.states_watched, count(o.id),"
        " ifnull(min(o.first_year), 0), ifnull(max(o.last_year), 0), ifnull(max(o.version), '')"
        " FROM table_info t LEFT JOIN source_table st ON st.table_name = t.name"
        " LEFT JOIN source o ON o.id = st.source GROUP BY t.name ORDER BY t.name",
        &s, err));
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        struct ent_arena arena = ENT_ARENA_INIT;
        int16_t watched[WATCHED];
        struct ent_table_entry entry = {
            .name = ent__db_text(s, 0),
            .dataset = ent__db_text(s, 1),
            .what = ent__db_text(s, 2),
            .zero_when_absent = strcmp(ent__db_text(s, 3), "none") == 0,
            .watched = watched,
            .watched_count = read_watched(ent__db_text(s, 4), watched),
            .loaded = sqlite3_column_int(s, 5) > 0,
            .first_year = sqlite3_column_int(s, 6),
            .last_year = sqlite3_column_int(s, 7),
            .version = ent__db_text(s, 8),
        };

        status = read_columns(store, &arena, entry.name, &entry, err);
        if (status == ENT_OK)
            status = each(context, &entry, err);
        ent__arena_release(&arena);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}
