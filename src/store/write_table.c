/*
 * One table of the store: made from its description, filled from a stage as rows
 * for people and blocks for measures, and emptied of a source.
 */
#include "store/write_table.h"

#include <string.h>

#include "base/alloc.h"
#include "store/block.h"
#include "store/db.h"

static const char *type_name(enum ent_column_type type)
{
    return type == ENT_TYPE_INT ? "INTEGER" : type == ENT_TYPE_REAL ? "REAL" : "TEXT";
}

static const char *role_name(enum ent_column_role role)
{
    static const char *const names[] = {
        "value", "year", "state", "from", "to", "key", "count"
    };

    return names[role];
}

static void create_sql(const struct ent_table *table, struct ent_buf *sql)
{
    ent__buf_printf(sql, "CREATE TABLE \"%s\" (", table->name);
    for (size_t c = 0; c < table->column_count; c++)
        ent__buf_printf(sql, "\"%s\" %s, ", table->columns[c].name,
                        type_name(table->columns[c].type));
    ent__buf_puts(sql, "source INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (");
    for (size_t c = 0; c < table->key_count; c++)
        ent__buf_printf(sql, "\"%s\", ", table->columns[c].name);
    ent__buf_puts(sql, "source, row)) WITHOUT ROWID");
}

/* Drop a table whose layout an older program made; its files must be imported again. */
static enum ent_status
drop_table(struct ent_store *store, const char *name, struct ent_error *err)
{
    char *sql = sqlite3_mprintf("DELETE FROM source WHERE id IN (SELECT DISTINCT source FROM "
                                "\"%w\"); DELETE FROM file WHERE outcome NOT LIKE 'unknown%%';"
                                "DELETE FROM block WHERE table_name = %Q; DROP TABLE \"%w\";",
                                name, name, name);
    enum ent_status status;

    if (!sql)
        return ent_fail(err, ENT_ENOMEM, "out of memory for SQL");
    status = ent__db_exec(store, sql, err);
    sqlite3_free(sql);
    return status;
}

/* What the store has as the table's CREATE statement; "" when it has no such table. */
static enum ent_status stored_layout(struct ent_store *store, const char *name,
                                     struct ent_buf *layout, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row = false;

    ENT_TRY(ent__db_prepare(
        store, "SELECT sql FROM sqlite_master WHERE type='table' AND name=?", &s, err));
    ent__db_bind(s, 1, name);
    status = ent__db_step(store, s, &row, err);
    if (status == ENT_OK && row)
        ent__buf_puts(layout, ent__db_text(s, 0));
    sqlite3_finalize(s);
    return status;
}

static enum ent_status write_variables(struct ent_store *store, const char *dataset,
                                       const struct ent_table *table, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status = ENT_OK;

    ENT_TRY(ent__db_prepare(store, "INSERT OR REPLACE INTO variable VALUES (?,?,?,?,?,?,?,?)",
                            &s, err));
    for (size_t c = 0; status == ENT_OK && c < table->column_count; c++) {
        const struct ent_column *column = &table->columns[c];

        ent__db_bind(s, 1, dataset);
        ent__db_bind(s, 2, table->name);
        sqlite3_bind_int(s, 3, (int)c);
        ent__db_bind(s, 4, column->name);
        ent__db_bind(s, 5, role_name(column->role));
        ent__db_bind(s, 6, type_name(column->type));
        ent__db_bind(s, 7, column->unit ? column->unit : "");
        ent__db_bind(s, 8, column->what);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

/* What the table is, and what it means that a row is not there. */
static enum ent_status write_table_info(struct ent_store *store, const char *dataset,
                                        const struct ent_table *table, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    struct ent_buf watched;
    enum ent_status status;

    ent__buf_init(&watched);
    for (const int16_t *id = table->covers; id && *id; id++)
        ent__buf_printf(&watched, "%s%d", watched.len ? "," : "", *id);
    status = ent__buf_check(&watched, err);
    if (status == ENT_OK)
        status = ent__db_prepare(store, "INSERT OR REPLACE INTO table_info VALUES (?,?,?,?,?)",
                                 &s, err);
    if (status == ENT_OK) {
        ent__db_bind(s, 1, table->name);
        ent__db_bind(s, 2, dataset);
        ent__db_bind(s, 3, table->what);
        ent__db_bind(s, 4, table->absence == ENT_ABSENCE_ZERO ? "none" : "unknown");
        ent__db_bind(s, 5, watched.text);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    ent__buf_release(&watched);
    return status;
}

enum ent_status ent__table_make(struct ent_store *store, const char *dataset,
                                const struct ent_table *table, struct ent_error *err)
{
    struct ent_buf sql;
    struct ent_buf layout;
    enum ent_status status;

    ent__buf_init(&sql);
    ent__buf_init(&layout);
    create_sql(table, &sql);
    status = ent__buf_check(&sql, err);
    if (status == ENT_OK)
        status = stored_layout(store, table->name, &layout, err);
    if (status == ENT_OK && layout.len > 0 && strcmp(layout.text, sql.text) != 0) {
        status = drop_table(store, table->name, err);
        ent__buf_clear(&layout);
    }
    if (status == ENT_OK && layout.len == 0)
        status = ent__db_exec(store, sql.text, err);
    if (status == ENT_OK)
        status = write_variables(store, dataset, table, err);
    if (status == ENT_OK)
        status = write_table_info(store, dataset, table, err);
    ent__buf_release(&layout);
    ent__buf_release(&sql);
    return status;
}

static void bind_value(sqlite3_stmt *s, int at, union ent_value v,
                       const struct ent_stage *stage, enum ent_column_type type)
{
    if (ent__value_missing(v, type)) {
        sqlite3_bind_null(s, at);
        return;
    }
    switch (type) {
    case ENT_TYPE_INT:
        sqlite3_bind_int64(s, at, v.i);
        break;
    case ENT_TYPE_REAL:
        sqlite3_bind_double(s, at, v.r);
        break;
    case ENT_TYPE_TEXT:
        sqlite3_bind_text(s, at, stage->texts.text[v.s].at, (int)stage->texts.text[v.s].len,
                          SQLITE_STATIC);
        break;
    }
}

static enum ent_status write_rows(struct ent_store *store, const struct ent_stage *stage,
                                  int64_t source, struct ent_error *err)
{
    const struct ent_table *table = stage->table;
    int columns = (int)table->column_count;
    sqlite3_stmt *s = NULL;
    struct ent_buf sql;
    enum ent_status status;

    ent__buf_init(&sql);
    ent__buf_printf(&sql, "INSERT INTO \"%s\" VALUES (", table->name);
    for (int c = 0; c < columns + 1; c++)
        ent__buf_puts(&sql, "?,");
    ent__buf_puts(&sql, "?)");
    status = ent__buf_check(&sql, err);
    if (status == ENT_OK)
        status = ent__db_prepare(store, sql.text, &s, err);
    if (status == ENT_OK)
        sqlite3_bind_int64(s, columns + 1, source);
    for (size_t i = 0; status == ENT_OK && i < stage->kept; i++) {
        const union ent_value *row = ent__stage_at(stage, i);

        for (int c = 0; c < columns; c++)
            bind_value(s, c + 1, row[c], stage, table->columns[c].type);
        sqlite3_bind_int64(s, columns + 2, row[columns].i);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    ent__buf_release(&sql);
    return status;
}

static enum ent_status write_blocks(struct ent_store *store, const struct ent_stage *stage,
                                    int64_t source, struct ent_error *err)
{
    bool yearly = stage->table->columns[0].role == ENT_ROLE_YEAR;
    sqlite3_stmt *s = NULL;
    struct ent_buf buf;
    enum ent_status status;
    size_t to;

    ent__buf_init(&buf);
    status = ent__db_prepare(store,
                             "INSERT INTO block (table_name, year, source, rows, data) "
                             "VALUES (?,?,?,?,?)",
                             &s, err);
    for (size_t from = 0; status == ENT_OK && from < stage->kept; from = to) {
        int64_t year = yearly ? ent__stage_at(stage, from)[0].i : 0;

        for (to = from + 1; to < stage->kept; to++) {
            if (yearly && ent__stage_at(stage, to)[0].i != year)
                break;
        }
        status = ent__block_encode(stage, from, to, &buf, err);
        if (status != ENT_OK)
            break;
        ent__db_bind(s, 1, stage->table->name);
        sqlite3_bind_int64(s, 2, year);
        sqlite3_bind_int64(s, 3, source);
        sqlite3_bind_int64(s, 4, (int64_t)(to - from));
        sqlite3_bind_blob(s, 5, buf.text, (int)buf.len, SQLITE_STATIC);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    ent__buf_release(&buf);
    return status;
}

static enum ent_status write_source_table(struct ent_store *store,
                                          const struct ent_stage *stage, int64_t source,
                                          struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "INSERT INTO source_table VALUES (?,?,?)", &s, err));
    sqlite3_bind_int64(s, 1, source);
    ent__db_bind(s, 2, stage->table->name);
    sqlite3_bind_int64(s, 3, (int64_t)stage->kept);
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__table_changed(struct ent_store *store, const struct ent_table *table,
                                   bool *changed, struct ent_error *err)
{
    struct ent_buf sql;
    struct ent_buf layout;
    enum ent_status status;

    ent__buf_init(&sql);
    ent__buf_init(&layout);
    create_sql(table, &sql);
    status = stored_layout(store, table->name, &layout, err);
    if (status == ENT_OK)
        status = ent__buf_check(&sql, err);
    *changed = status == ENT_OK && layout.len > 0 && strcmp(layout.text, sql.text) != 0;
    ent__buf_release(&layout);
    ent__buf_release(&sql);
    return status;
}

enum ent_status ent__table_remove(struct ent_store *store, const char *table, int64_t source,
                                  struct ent_error *err)
{
    struct ent_buf layout;
    enum ent_status status;
    char *sql;
    bool there;

    ent__buf_init(&layout);
    status = stored_layout(store, table, &layout, err);
    there = layout.len > 0;
    ent__buf_release(&layout);
    if (status != ENT_OK || !there)
        return status;
    sql = sqlite3_mprintf("DELETE FROM \"%w\" WHERE source = %lld", table, (long long)source);
    status = sql ? ent__db_exec(store, sql, err)
                 : ent_fail(err, ENT_ENOMEM, "out of memory for SQL");
    sqlite3_free(sql);
    return status;
}

enum ent_status ent__table_fill(struct ent_store *store, const struct ent_stage *stage,
                                int64_t source, struct ent_error *err)
{
    ENT_TRY(write_rows(store, stage, source, err));
    ENT_TRY(write_blocks(store, stage, source, err));
    return write_source_table(store, stage, source, err);
}
