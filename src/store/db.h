/*
 * Inside the store: the open database, and the small helpers that its files share.
 */
#ifndef ENTENTE_STORE_DB_H
#define ENTENTE_STORE_DB_H

#include <stdbool.h>

#include <sqlite3.h>

#include "base/str.h"
#include "entente/store.h"

struct ent_store {
    sqlite3 *db;
    enum ent_store_mode mode;
    sqlite3_stmt *blocks; /* of ent__store_blocks, kept for the next; NULL: none, or in use */
    int changing;         /* inside ent__store_begin .. ent__store_commit */
    char path[4096];
};

/* The version of the schema that this program writes; earlier ones are migrated. */
#define ENT_STORE_SCHEMA 4

/* Bring an open database from its schema version to `to`, in one transaction. */
ENT_MUST_CHECK enum ent_status
ent__schema_migrate(struct ent_store *store, int to, struct ent_error *err);

/* The status of an SQLite result code, with a message that says what was being done. */
enum ent_status
ent__db_fail(struct ent_store *store, int code, const char *doing, struct ent_error *err);

/* Run statements that return nothing. */
ENT_MUST_CHECK enum ent_status
ent__db_exec(struct ent_store *store, const char *sql, struct ent_error *err);

/* Prepare a statement; free it with sqlite3_finalize. */
ENT_MUST_CHECK enum ent_status ent__db_prepare(struct ent_store *store, const char *sql,
                                               sqlite3_stmt **out, struct ent_error *err);

/* Step a statement that returns no rows, and reset it. */
ENT_MUST_CHECK enum ent_status
ent__db_run(struct ent_store *store, sqlite3_stmt *statement, struct ent_error *err);

/* Step a statement: *row says whether there is one. */
ENT_MUST_CHECK enum ent_status ent__db_step(struct ent_store *store, sqlite3_stmt *statement,
                                            bool *row, struct ent_error *err);

/* A text column, "" when NULL; lives until the next step. */
const char *ent__db_text(sqlite3_stmt *statement, int column);

/* Bind a NUL-terminated text that outlives the step; NULL binds NULL. */
void ent__db_bind(sqlite3_stmt *statement, int index, const char *text);

#endif
