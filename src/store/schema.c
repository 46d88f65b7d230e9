/*
 * The catalogue of the store, one step a version.  A step is never changed once
 * it has been released: a new one is added below it.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "store/db.h"

static const char *const steps[] = {
    /* 0 -> 1: what was imported, and what its columns are. */
    "CREATE TABLE dataset ("
    "  id TEXT PRIMARY KEY,"
    "  title TEXT NOT NULL, publisher TEXT NOT NULL, citation TEXT NOT NULL,"
    "  licence TEXT NOT NULL, url TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE source ("
    "  id INTEGER PRIMARY KEY,"
    "  dataset TEXT NOT NULL REFERENCES dataset(id), part TEXT NOT NULL,"
    "  file TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,"
    "  version TEXT NOT NULL, format TEXT NOT NULL,"
    "  first_year INTEGER, last_year INTEGER,"
    "  rows INTEGER NOT NULL, digest INTEGER NOT NULL, imported_at TEXT NOT NULL,"
    "  UNIQUE (dataset, part)"
    ");"
    "CREATE INDEX source_sha256 ON source(sha256);"
    "CREATE TABLE variable ("
    "  dataset TEXT NOT NULL REFERENCES dataset(id), table_name TEXT NOT NULL,"
    "  position INTEGER NOT NULL, column_name TEXT NOT NULL,"
    "  role TEXT NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL, what TEXT NOT NULL,"
    "  PRIMARY KEY (table_name, position)"
    ") WITHOUT ROWID;"
    "CREATE TABLE block ("
    "  id INTEGER PRIMARY KEY,"
    "  table_name TEXT NOT NULL, year INTEGER NOT NULL, source INTEGER NOT NULL,"
    "  rows INTEGER NOT NULL, data BLOB NOT NULL,"
    "  UNIQUE (table_name, year, source)"
    ");",
    /* 1 -> 2: what an import could not read or match is kept, not dropped. */
    "CREATE TABLE problem ("
    "  source INTEGER NOT NULL REFERENCES source(id),"
    "  line INTEGER NOT NULL, column INTEGER NOT NULL, message TEXT NOT NULL"
    ");"
    "CREATE TABLE unmatched ("
    "  source INTEGER NOT NULL REFERENCES source(id),"
    "  name TEXT NOT NULL, rows INTEGER NOT NULL, first_line INTEGER NOT NULL,"
    "  PRIMARY KEY (source, name)"
    ") WITHOUT ROWID;"
    "ALTER TABLE source ADD COLUMN problems INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE source ADD COLUMN unmatched INTEGER NOT NULL DEFAULT 0;",
    /* 2 -> 3: one file can hold several sources; names of states for people's own queries. */
    "CREATE TABLE file ("
    "  sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, outcome TEXT NOT NULL,"
    "  recogniser TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "INSERT INTO file SELECT sha256, file, 'imported', '' FROM source WHERE true"
    "  ON CONFLICT DO NOTHING;"
    "CREATE TABLE state ("
    "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, iso3 TEXT, cow TEXT, cown INTEGER,"
    "  gwn INTEGER"
    ");"
    "ALTER TABLE dataset ADD COLUMN bibtex TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE table_info ("
    "  name TEXT PRIMARY KEY, dataset TEXT NOT NULL REFERENCES dataset(id),"
    "  what TEXT NOT NULL, no_row_means TEXT NOT NULL, states_watched TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE source_table ("
    "  source INTEGER NOT NULL REFERENCES source(id), table_name TEXT NOT NULL,"
    "  rows INTEGER NOT NULL, PRIMARY KEY (source, table_name)"
    ") WITHOUT ROWID;",
    /* 3 -> 4: a source can be an estimate of our own: how it was made, and from what. */
    "CREATE TABLE run ("
    "  source INTEGER PRIMARY KEY REFERENCES source(id),"
    "  command TEXT NOT NULL, seed INTEGER NOT NULL, converged INTEGER NOT NULL,"
    "  convergence TEXT NOT NULL"
    ");"
    "CREATE TABLE run_input ("
    "  source INTEGER NOT NULL REFERENCES run(source),"
    "  dataset TEXT NOT NULL, part TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,"
    "  digest INTEGER, PRIMARY KEY (source, dataset, part)"
    ") WITHOUT ROWID;"
    "CREATE TABLE run_draw ("
    "  source INTEGER NOT NULL REFERENCES run(source),"
    "  state INTEGER NOT NULL, year INTEGER NOT NULL, draws BLOB NOT NULL,"
    "  PRIMARY KEY (source, state, year)"
    ");",
};

enum {
    STEP_COUNT = sizeof(steps) / sizeof(steps[0]),
};

_Static_assert(STEP_COUNT == ENT_STORE_SCHEMA, "a step for every version");

static enum ent_status
read_version(struct ent_store *store, int *version, struct ent_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "PRAGMA user_version", &statement, err));
    status = ent__db_step(store, statement, &row, err);
    *version = status == ENT_OK && row ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

static enum ent_status
run_steps(struct ent_store *store, int from, int to, struct ent_error *err)
{
    char sql[64];

    for (int v = from; v < to; v++)
        ENT_TRY(ent__db_exec(store, steps[v], err));
    snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", to);
    ENT_TRY(ent__db_exec(store, sql, err));
    return ent__db_exec(store, "PRAGMA application_id = 1162761285", err); /* "ENTE" */
}

enum ent_status ent__schema_migrate(struct ent_store *store, int to, struct ent_error *err)
{
    int version;
    enum ent_status status;

    ENT_TRY(read_version(store, &version, err));
    if (version >= to)
        return ENT_OK;
    ENT_TRY(ent__db_exec(store, "BEGIN IMMEDIATE", err));
    status = read_version(store, &version, err); /* another process may have been first */
    if (status == ENT_OK)
        status = run_steps(store, version, to, err);
    if (status == ENT_OK)
        status = ent__db_exec(store, "COMMIT", err);
    if (status != ENT_OK && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
