#include "store/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "store/db.h"
#include "store/write_table.h"

/* The states' names, so that people can join them in their own queries. */
static enum ent_status write_states(struct ent_store *store, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status = ENT_OK;

    ENT_TRY(
        ent__db_prepare(store, "INSERT OR REPLACE INTO state VALUES (?,?,?,?,?,?)", &s, err));
    for (size_t i = 0; status == ENT_OK && i < ent_state_count(); i++) {
        const struct ent_state *state = ent_state_at(i);

        sqlite3_bind_int(s, 1, state->id);
        ent__db_bind(s, 2, state->name);
        ent__db_bind(s, 3, state->iso3[0] ? state->iso3 : NULL);
        ent__db_bind(s, 4, state->cow[0] ? state->cow : NULL);
        if (state->cown)
            sqlite3_bind_int(s, 5, state->cown);
        else
            sqlite3_bind_null(s, 5);
        if (state->gwn)
            sqlite3_bind_int(s, 6, state->gwn);
        else
            sqlite3_bind_null(s, 6);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__store_begin(struct ent_store *store, struct ent_error *err)
{
    enum ent_status status;

    ENT_TRY(ent__db_exec(store, "BEGIN IMMEDIATE", err));
    store->changing = 1;
    status = write_states(store, err);
    if (status != ENT_OK)
        ent__store_rollback(store);
    return status;
}

enum ent_status ent__store_commit(struct ent_store *store, struct ent_error *err)
{
    enum ent_status status = ent__db_exec(store, "COMMIT", err);

    store->changing = 0;
    if (status != ENT_OK)
        ent__store_rollback(store);
    return status;
}

void ent__store_rollback(struct ent_store *store)
{
    store->changing = 0;
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

int ent__version_compare(const char *a, const char *b)
{
    while (*a && *b) {
        if (*a >= '0' && *a <= '9' && *b >= '0' && *b <= '9') {
            char *a_end;
            char *b_end;
            unsigned long x = strtoul(a, &a_end, 10);
            unsigned long y = strtoul(b, &b_end, 10);

            if (x != y)
                return x < y ? -1 : 1;
            a = a_end;
            b = b_end;
            continue;
        }
        if (*a != *b)
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        a++;
        b++;
    }
    return *a ? 1 : *b ? -1 : 0;
}

static enum ent_status
write_dataset(struct ent_store *store, const struct ent_dataset_info *d, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store,
                            "INSERT INTO dataset (id, title, publisher, citation, bibtex, "
                            "licence, url) VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE "
                            "SET title=excluded.title, publisher=excluded.publisher, "
                            "citation=excluded.citation, bibtex=excluded.bibtex, "
                            "licence=excluded.licence, url=excluded.url",
                            &s, err));
    ent__db_bind(s, 1, d->id);
    ent__db_bind(s, 2, d->title);
    ent__db_bind(s, 3, d->publisher);
    ent__db_bind(s, 4, d->citation);
    ent__db_bind(s, 5, d->bibtex ? d->bibtex : "");
    ent__db_bind(s, 6, d->licence);
    ent__db_bind(s, 7, d->url);
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}

static enum ent_status write_reports(struct ent_store *store, const struct ent_put *put,
                                     int64_t source, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    status = ent__db_prepare(store, "INSERT INTO problem VALUES (?,?,?,?)", &s, err);
    for (size_t i = 0; status == ENT_OK && i < put->problem_count; i++) {
        sqlite3_bind_int64(s, 1, source);
        sqlite3_bind_int64(s, 2, (int64_t)put->problems[i].line);
        sqlite3_bind_int64(s, 3, (int64_t)put->problems[i].column);
        ent__db_bind(s, 4, put->problems[i].message);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    if (status != ENT_OK)
        return status;
    status = ent__db_prepare(store, "INSERT INTO unmatched VALUES (?,?,?,?)", &s, err);
    for (size_t i = 0; status == ENT_OK && i < put->unmatched_count; i++) {
        sqlite3_bind_int64(s, 1, source);
        ent__db_bind(s, 2, put->unmatched[i].name);
        sqlite3_bind_int64(s, 3, (int64_t)put->unmatched[i].rows);
        sqlite3_bind_int64(s, 4, (int64_t)put->unmatched[i].first_line);
        status = ent__db_run(store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

/* What a source was, or is about to be. */
struct source_key {
    int64_t id;
    bool found;
    char version[64];
    char file[256];
    int64_t digest;
    int64_t rows;
    int last_year;
};

static enum ent_status find_source(struct ent_store *store, const struct ent_put *put,
                                   struct source_key *key, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    memset(key, 0, sizeof(*key));
    ENT_TRY(ent__db_prepare(store,
                            "SELECT id, version, file, digest, rows, ifnull(last_year, 0) "
                            "FROM source WHERE dataset = ? AND part = ?",
                            &s, err));
    ent__db_bind(s, 1, put->dataset->id);
    ent__db_bind(s, 2, put->part);
    status = ent__db_step(store, s, &key->found, err);
    if (status == ENT_OK && key->found) {
        key->id = sqlite3_column_int64(s, 0);
        snprintf(key->version, sizeof(key->version), "%s", ent__db_text(s, 1));
        snprintf(key->file, sizeof(key->file), "%s", ent__db_text(s, 2));
        key->digest = sqlite3_column_int64(s, 3);
        key->rows = sqlite3_column_int64(s, 4);
        key->last_year = sqlite3_column_int(s, 5);
    }
    sqlite3_finalize(s);
    return status;
}

static enum ent_status remove_source(struct ent_store *store, const struct ent_put *put,
                                     int64_t id, struct ent_error *err)
{
    enum ent_status status = ENT_OK;

    for (size_t i = 0; status == ENT_OK && i < put->stage_count; i++)
        status = ent__table_remove(store, put->stages[i]->table->name, id, err);
    if (status == ENT_OK) {
        char *sql = sqlite3_mprintf("DELETE FROM block WHERE source = %lld;"
                                    "DELETE FROM source_table WHERE source = %lld;"
                                    "DELETE FROM problem WHERE source = %lld;"
                                    "DELETE FROM unmatched WHERE source = %lld;"
                                    "DELETE FROM run_draw WHERE source = %lld;"
                                    "DELETE FROM run_input WHERE source = %lld;"
                                    "DELETE FROM run WHERE source = %lld;"
                                    "DELETE FROM source WHERE id = %lld;",
                                    (long long)id, (long long)id, (long long)id, (long long)id,
                                    (long long)id, (long long)id, (long long)id, (long long)id);

        status = sql ? ent__db_exec(store, sql, err)
                     : ent_fail(err, ENT_ENOMEM, "out of memory for SQL");
        sqlite3_free(sql);
    }
    return status;
}

static enum ent_status insert_source(struct ent_store *store, const struct ent_put *put,
                                     const struct ent_put_result *result, uint64_t digest,
                                     int64_t *id, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    char now[32];
    time_t clock = time(NULL);
    struct tm utc;

    gmtime_r(&clock, &utc);
    strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &utc);
    ENT_TRY(
        ent__db_prepare(store,
                        "INSERT INTO source (dataset, part, file, sha256, bytes, version, "
                        "format, first_year, last_year, rows, digest, imported_at, problems,"
                        " unmatched) VALUES (?,?,?,?,?,?,?,nullif(?,0),nullif(?,0),?,?,?,?,?)",
                        &s, err));
    ent__db_bind(s, 1, put->dataset->id);
    ent__db_bind(s, 2, put->part);
    ent__db_bind(s, 3, put->file);
    ent__db_bind(s, 4, put->sha256);
    sqlite3_bind_int64(s, 5, (int64_t)put->bytes);
    ent__db_bind(s, 6, put->version);
    ent__db_bind(s, 7, put->format);
    sqlite3_bind_int(s, 8, result->first_year);
    sqlite3_bind_int(s, 9, result->last_year);
    sqlite3_bind_int64(s, 10, (int64_t)result->rows);
    sqlite3_bind_int64(s, 11, (int64_t)digest);
    ent__db_bind(s, 12, now);
    sqlite3_bind_int64(s, 13, (int64_t)put->problem_total);
    sqlite3_bind_int64(s, 14, (int64_t)put->unmatched_count);
    status = ent__db_run(store, s, err);
    *id = sqlite3_last_insert_rowid(store->db);
    sqlite3_finalize(s);
    return status;
}

/* What to do with a part that the store already has. */
static enum ent_put_outcome judge(const struct source_key *old, const struct ent_put *put,
                                  const struct ent_put_result *result, uint64_t digest,
                                  bool replace)
{
    int order;

    if (!old->found)
        return ENT_PUT_NEW;
    if (old->digest == (int64_t)digest)
        return ENT_PUT_SAME;
    if (replace)
        return ENT_PUT_REPLACED;
    order = put->version[0] && old->version[0]
                ? ent__version_compare(put->version, old->version)
                : 0;
    if (order == 0)
        order = (result->last_year > old->last_year) - (result->last_year < old->last_year);
    if (order == 0) /* an excerpt gives way to the whole */
        order = ((int64_t)result->rows > old->rows) - ((int64_t)result->rows < old->rows);
    return order > 0 ? ENT_PUT_REPLACED : order < 0 ? ENT_PUT_OLDER : ENT_PUT_DIFFERS;
}

static enum ent_status write_source(struct ent_store *store, const struct ent_put *put,
                                    const struct ent_put_result *result, uint64_t digest,
                                    struct ent_error *err)
{
    int64_t id;

    ENT_TRY(write_dataset(store, put->dataset, err));
    for (size_t i = 0; i < put->stage_count; i++)
        ENT_TRY(ent__table_make(store, put->dataset->id, put->stages[i]->table, err));
    ENT_TRY(insert_source(store, put, result, digest, &id, err));
    for (size_t i = 0; i < put->stage_count; i++) {
        ENT_TRY(ent__table_fill(store, put->stages[i], id, err));
    }
    return write_reports(store, put, id, err);
}

static void
summarise(const struct ent_put *put, struct ent_put_result *result, uint64_t *digest)
{
    *digest = 0;
    result->first_year = put->years_given ? put->first_year : 0;
    result->last_year = put->years_given ? put->last_year : 0;
    for (size_t i = 0; i < put->stage_count; i++) {
        int first;
        int last;

        *digest = *digest * 31 + ent__stage_digest(put->stages[i]);
        result->rows += put->stages[i]->kept;
        if (put->years_given || !ent__stage_years(put->stages[i], &first, &last))
            continue;
        if (!result->first_year || first < result->first_year)
            result->first_year = first;
        if (!result->last_year || last > result->last_year)
            result->last_year = last;
    }
}

enum ent_status ent__store_put(struct ent_store *store, const struct ent_put *put, bool replace,
                               struct ent_put_result *result, struct ent_error *err)
{
    bool changed = false;
    struct source_key old;
    uint64_t digest;
    enum ent_status status;

    memset(result, 0, sizeof(*result));
    summarise(put, result, &digest);
    ENT_TRY(find_source(store, put, &old, err));
    snprintf(result->other_version, sizeof(result->other_version), "%s", old.version);
    snprintf(result->other_file, sizeof(result->other_file), "%s", old.file);
    for (size_t i = 0; !changed && i < put->stage_count; i++)
        ENT_TRY(ent__table_changed(store, put->stages[i]->table, &changed, err));
    result->outcome =
        changed && old.found ? ENT_PUT_REPLACED : judge(&old, put, result, digest, replace);
    if (result->outcome != ENT_PUT_NEW && result->outcome != ENT_PUT_REPLACED)
        return ENT_OK;
    ENT_TRY(ent__db_exec(store, "SAVEPOINT put", err));
    status = old.found ? remove_source(store, put, old.id, err) : ENT_OK;
    if (status == ENT_OK)
        status = write_source(store, put, result, digest, err);
    if (status == ENT_OK)
        return ent__db_exec(store, "RELEASE put", err);
    sqlite3_exec(store->db, "ROLLBACK TO put; RELEASE put", NULL, NULL, NULL);
    return status;
}

enum ent_status ent__store_file_known(struct ent_store *store, const char *sha256,
                                      const char *recogniser, char *text, size_t size,
                                      struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row = false;

    text[0] = '\0';
    ENT_TRY(ent__db_prepare(
        store, "SELECT outcome FROM file WHERE sha256 = ? AND recogniser = ?", &s, err));
    ent__db_bind(s, 1, sha256);
    ent__db_bind(s, 2, recogniser);
    status = ent__db_step(store, s, &row, err);
    if (status == ENT_OK && row)
        snprintf(text, size, "%s", ent__db_text(s, 0));
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__store_file_note(struct ent_store *store, const char *sha256,
                                     const char *path, const char *outcome,
                                     const char *recogniser, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "INSERT OR REPLACE INTO file VALUES (?,?,?,?)", &s, err));
    ent__db_bind(s, 1, sha256);
    ent__db_bind(s, 2, path);
    ent__db_bind(s, 3, outcome);
    ent__db_bind(s, 4, recogniser);
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}
