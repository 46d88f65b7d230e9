#include "store/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

enum {
    APPLICATION_ID = 1162761285, /* "ENTE" */
    BUSY_MS = 2000,
};

enum ent_status
ent__db_fail(struct ent_store *store, int code, const char *doing, struct ent_error *err)
{
    const char *said = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
    enum ent_status status = ENT_EDB;

    switch (code & 255) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        status = ent_fail(err, ENT_EBUSY,
                          "another process is writing to the store; try again when it is done");
        break;
    case SQLITE_NOMEM:
        status = ent_fail(err, ENT_ENOMEM, "out of memory while %s", doing);
        break;
    case SQLITE_FULL:
        errno = ENOSPC;
        status = ent_fail(err, ENT_EIO, "the disk is full (seen while %s); nothing was changed",
                          doing);
        break;
    case SQLITE_NOTADB:
        status =
            ent_fail(err, ENT_EDB, "this file is not an Entente store, nor any SQLite file");
        break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
        errno = store->db ? sqlite3_system_errno(store->db) : 0;
        status = ent_fail(err, ENT_EIO, "%s while %s", said, doing);
        break;
    default:
        status = ent_fail(err, ENT_EDB, "%s while %s", said, doing);
        break;
    }
    ent_error_at(err, store->path, 0, 0);
    return status;
}

enum ent_status ent__db_exec(struct ent_store *store, const char *sql, struct ent_error *err)
{
    char doing[80];
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    if (code == SQLITE_OK)
        return ENT_OK;
    snprintf(doing, sizeof(doing), "running \"%.60s\"", sql);
    return ent__db_fail(store, code, doing, err);
}

enum ent_status ent__db_prepare(struct ent_store *store, const char *sql, sqlite3_stmt **out,
                                struct ent_error *err)
{
    char doing[80];
    int code = sqlite3_prepare_v2(store->db, sql, -1, out, NULL);

    if (code == SQLITE_OK)
        return ENT_OK;
    snprintf(doing, sizeof(doing), "preparing \"%.60s\"", sql);
    return ent__db_fail(store, code, doing, err);
}

enum ent_status
ent__db_step(struct ent_store *store, sqlite3_stmt *statement, bool *row, struct ent_error *err)
{
    int code = sqlite3_step(statement);

    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return ENT_OK;
    return ent__db_fail(store, code, store->changing ? "writing" : "reading", err);
}

enum ent_status
ent__db_run(struct ent_store *store, sqlite3_stmt *statement, struct ent_error *err)
{
    bool row;
    enum ent_status status = ent__db_step(store, statement, &row, err);

    sqlite3_reset(statement);
    return status;
}

const char *ent__db_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);

    return text ? (const char *)text : "";
}

void ent__db_bind(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

enum ent_status
ent_store_path(const char *given, char *path, size_t size, struct ent_error *err)
{
    const char *chosen = given && *given ? given : getenv("ENTENTE_STORE");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    int len;

    if (chosen && *chosen)
        len = snprintf(path, size, "%s", chosen);
    else if (data && *data == '/')
        len = snprintf(path, size, "%s/entente/store.sqlite", data);
    else if (home && *home)
        len = snprintf(path, size, "%s/.local/share/entente/store.sqlite", home);
    else
        return ent_fail(err, ENT_EINVAL,
                        "no place for the store: give --store, or set ENTENTE_STORE or HOME");
    if (len < 0 || (size_t)len >= size)
        return ent_fail(err, ENT_EINVAL, "the path of the store is longer than %zu bytes",
                        size);
    return ENT_OK;
}

/* Make the folders above a path, as mkdir -p does; errors show when the file is opened. */
static void make_folders(const char *path)
{
    char folder[4096];

    snprintf(folder, sizeof(folder), "%s", path);
    for (char *at = folder + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(folder, 0777);
        *at = '/';
    }
}

static enum ent_status
pragma_int(struct ent_store *store, const char *sql, int *value, struct ent_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, sql, &statement, err));
    status = ent__db_step(store, statement, &row, err);
    if (status == ENT_OK)
        *value = row ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* Refuse what is no store of ours, and what a newer program made. */
static enum ent_status check_identity(struct ent_store *store, struct ent_error *err)
{
    int application = 0;
    int version = 0;
    int tables = 0;

    ENT_TRY(pragma_int(store, "SELECT count(*) FROM sqlite_master", &tables, err));
    ENT_TRY(pragma_int(store, "PRAGMA application_id", &application, err));
    ENT_TRY(pragma_int(store, "PRAGMA user_version", &version, err));
    if (application != APPLICATION_ID && (tables > 0 || store->mode == ENT_STORE_READ)) {
        ent_fail(err, ENT_EDB,
                 "this SQLite file is not an Entente store (application id %d, expected %d)",
                 application, APPLICATION_ID);
    } else if (version > ENT_STORE_SCHEMA) {
        ent_fail(err, ENT_EDB,
                 "a newer Entente made this store (schema %d; this program knows up to %d)",
                 version, ENT_STORE_SCHEMA);
    } else if (version < ENT_STORE_SCHEMA && store->mode == ENT_STORE_READ) {
        ent_fail(err, ENT_EDB,
                 "this store has schema %d, this program reads %d: any \"entente import\" "
                 "brings it up to date",
                 version, ENT_STORE_SCHEMA);
    } else {
        return ENT_OK;
    }
    ent_error_at(err, store->path, 0, 0);
    return ENT_EDB;
}

static enum ent_status open_database(struct ent_store *store, struct ent_error *err)
{
    int flags = store->mode == ENT_STORE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                               : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_CANTOPEN && sqlite3_system_errno(store->db) != 0) {
        int why = sqlite3_system_errno(store->db);
        enum ent_status status =
            ent_fail(err, ENT_EIO, "cannot open or make the store: %s", strerror(why));

        ent_error_at(err, store->path, 0, 0);
        return status;
    }
    if (code != SQLITE_OK)
        return ent__db_fail(store, code, "opening the store", err);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    ENT_TRY(ent__db_exec(store, "PRAGMA trusted_schema = OFF", err));
    ENT_TRY(ent__db_exec(store, "PRAGMA page_size = 16384", err));
    ENT_TRY(ent__db_exec(store, "PRAGMA mmap_size = 4294967296", err));
    ENT_TRY(ent__db_exec(store, "PRAGMA cache_size = -65536", err));
    ENT_TRY(check_identity(store, err));
    if (store->mode == ENT_STORE_WRITE)
        return ent__schema_migrate(store, ENT_STORE_SCHEMA, err);
    return ENT_OK;
}

enum ent_status ent_store_open(const char *path, enum ent_store_mode mode,
                               struct ent_store **out, struct ent_error *err)
{
    struct ent_store *store;
    struct stat info;
    enum ent_status status;

    if (strlen(path) >= sizeof(store->path))
        return ent_fail(err, ENT_EINVAL, "the path of the store is too long");
    if (mode == ENT_STORE_READ && stat(path, &info) != 0) {
        status = errno == ENOENT || errno == ENOTDIR
                     ? ent_fail(err, ENT_ENOTFOUND, "there is no store here")
                     : ent_fail(err, ENT_EIO, "cannot read the store: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        status = ent_fail(err, ENT_EDB, "this is a folder; a store is a file");
        ent_error_at(err, path, 0, 0);
        return status;
    }
    store = ent__calloc(1, sizeof(*store));
    if (!store)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a store");
    store->mode = mode;
    snprintf(store->path, sizeof(store->path), "%s", path);
    if (mode == ENT_STORE_WRITE)
        make_folders(path);
    status = open_database(store, err);
    if (status != ENT_OK) {
        ent_store_close(store);
        return status;
    }
    *out = store;
    return ENT_OK;
}

void ent_store_close(struct ent_store *store)
{
    if (!store)
        return;
    if (store->db && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_finalize(store->blocks);
    sqlite3_close(store->db);
    ent__free(store);
}

enum ent_status ent_store_sources(struct ent_store *store, const char *dataset,
                                  ent_source_fn each, void *context, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT id, dataset, part, file, sha256, version, format, "
                            "imported_at, bytes, rows, problems, unmatched, first_year, "
                            "last_year FROM source WHERE ?1 IS NULL OR dataset = ?1 "
                            "ORDER BY dataset, part",
                            &s, err));
    ent__db_bind(s, 1, dataset);
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        struct ent_source_info info = {
            .id = sqlite3_column_int64(s, 0),
            .dataset = ent__db_text(s, 1),
            .part = ent__db_text(s, 2),
            .file = ent__db_text(s, 3),
            .sha256 = ent__db_text(s, 4),
            .version = ent__db_text(s, 5),
            .format = ent__db_text(s, 6),
            .imported_at = ent__db_text(s, 7),
            .bytes = sqlite3_column_int64(s, 8),
            .rows = sqlite3_column_int64(s, 9),
            .problems = sqlite3_column_int64(s, 10),
            .unmatched = sqlite3_column_int64(s, 11),
            .first_year = sqlite3_column_int(s, 12),
            .last_year = sqlite3_column_int(s, 13),
        };

        status = each(context, &info, err);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}
