#include "store/rows.h"

#include <string.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/table.h"

enum {
    MAX_COLUMNS = 66, /* a block's columns, source and row */
};

static const char *relation_sql(enum ent_relation relation)
{
    switch (relation) {
    case ENT_REL_EQUAL:
        return "=";
    case ENT_REL_AT_LEAST:
        return ">=";
    case ENT_REL_AT_MOST:
        return "<=";
    case ENT_REL_ABOVE:
        return ">";
    case ENT_REL_OTHER_THAN:
        return "<>";
    }
    return "=";
}

static char *query_sql(const struct ent_row_query *query)
{
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" WHERE 1", query->table);

    for (size_t i = 0; sql && i < query->condition_count; i++) {
        const struct ent_condition *c = &query->conditions[i];

        sql = sqlite3_mprintf("%z AND \"%w\" %s %lld", sql, c->column,
                              relation_sql(c->relation), (long long)c->value);
    }
    return sql;
}

static enum ent_status
hand_on(sqlite3_stmt *s, ent_row_fn each, void *context, struct ent_error *err)
{
    const char *names[MAX_COLUMNS];
    const char *values[MAX_COLUMNS];
    size_t columns = 0;
    int64_t source = 0;
    int64_t line = 0;

    for (int c = 0; c < sqlite3_column_count(s) && columns < MAX_COLUMNS; c++) {
        const char *name = sqlite3_column_name(s, c);

        if (strcmp(name, "source") == 0)
            source = sqlite3_column_int64(s, c);
        else if (strcmp(name, "row") == 0)
            line = sqlite3_column_int64(s, c);
        else {
            names[columns] = name;
            values[columns++] = (const char *)sqlite3_column_text(s, c);
        }
    }
    return each(context, source, (uint64_t)line, columns, names, values, err);
}

enum ent_status ent__store_rows(struct ent_store *store, const struct ent_row_query *query,
                                ent_row_fn each, void *context, uint64_t *total,
                                struct ent_error *err)
{
    char *sql = query_sql(query);
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row = false;

    *total = 0;
    if (!sql)
        return ent_fail(err, ENT_ENOMEM, "out of memory for SQL");
    status = ent__db_prepare(store, sql, &s, err);
    sqlite3_free(sql);
    if (status == ENT_OK)
        status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        if ((*total)++ < query->limit)
            status = hand_on(s, each, context, err);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}
