#include "store/run.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"

static enum ent_status find_source(struct ent_store *store, const struct ent_run_info *info,
                                   int64_t *id, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "SELECT id FROM source WHERE dataset = ? AND part = ?", &s,
                            err));
    ent__db_bind(s, 1, info->dataset);
    ent__db_bind(s, 2, info->part);
    status = ent__db_step(store, s, &row, err);
    *id = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    if (status == ENT_OK && !row)
        return ent_fail(err, ENT_EINVAL, "the store has no source %s", info->dataset);
    return status;
}

static enum ent_status clear(struct ent_store *store, int64_t source, struct ent_error *err)
{
    char sql[200];

    snprintf(sql, sizeof(sql),
             "DELETE FROM run_draw WHERE source = %lld; DELETE FROM run_input WHERE source = "
             "%lld; DELETE FROM run WHERE source = %lld",
             (long long)source, (long long)source, (long long)source);
    return ent__db_exec(store, sql, err);
}

static enum ent_status write_run(struct ent_store *store, const struct ent_run_info *info,
                                 int64_t source, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "INSERT INTO run VALUES (?,?,?,?,?)", &s, err));
    sqlite3_bind_int64(s, 1, source);
    ent__db_bind(s, 2, info->command);
    sqlite3_bind_int64(s, 3, (int64_t)info->seed);
    sqlite3_bind_int(s, 4, info->converged);
    ent__db_bind(s, 5, info->convergence);
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}

/* A source of the store is copied from the catalogue, with its digest, by which a change shows.
 */
static enum ent_status write_input(struct ent_store *store, const struct ent_run_input *input,
                                   int64_t source, struct ent_error *err)
{
    const char *sql =
        input->source ? "INSERT OR REPLACE INTO run_input SELECT ?1, dataset, part, file, "
                        "sha256, digest FROM source WHERE id = ?2"
                      : "INSERT OR REPLACE INTO run_input VALUES (?1, '', ?3, ?4, ?5, NULL)";
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, sql, &s, err));
    sqlite3_bind_int64(s, 1, source);
    if (input->source) {
        sqlite3_bind_int64(s, 2, input->source);
    } else {
        ent__db_bind(s, 3, input->part);
        ent__db_bind(s, 4, input->file);
        ent__db_bind(s, 5, input->sha256);
    }
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__run_put(struct ent_store *store, const struct ent_run_info *info,
                             int64_t *source, struct ent_error *err)
{
    ENT_TRY(find_source(store, info, source, err));
    ENT_TRY(clear(store, *source, err));
    ENT_TRY(write_run(store, info, *source, err));
    for (size_t i = 0; i < info->input_count; i++)
        ENT_TRY(write_input(store, &info->inputs[i], *source, err));
    return ENT_OK;
}

enum ent_status ent__run_put_draws(struct ent_store *store, int64_t source, int state, int year,
                                   const float *draws, size_t count, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;

    ENT_TRY(ent__db_prepare(store, "INSERT INTO run_draw VALUES (?,?,?,?)", &s, err));
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int(s, 2, state);
    sqlite3_bind_int(s, 3, year);
    sqlite3_bind_blob64(s, 4, draws, count * sizeof(*draws), SQLITE_STATIC);
    status = ent__db_run(store, s, err);
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__run_inputs(struct ent_store *store, int64_t source, ent_run_input_fn each,
                                void *context, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT i.dataset, i.part, i.file, i.sha256, i.digest IS NOT NULL "
                            "AND i.digest IS NOT s.digest FROM run_input i LEFT JOIN source s "
                            "ON s.dataset = i.dataset AND s.part = i.part WHERE i.source = ? "
                            "ORDER BY i.dataset, i.part",
                            &s, err));
    sqlite3_bind_int64(s, 1, source);
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        status = each(context, ent__db_text(s, 0), ent__db_text(s, 1), ent__db_text(s, 2),
                      ent__db_text(s, 3), sqlite3_column_int(s, 4) != 0, err);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__run_text(struct ent_store *store, int64_t source, char *command,
                              size_t command_size, char *convergence, size_t convergence_size,
                              struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row = false;

    ENT_TRY(ent__db_prepare(store, "SELECT command, convergence FROM run WHERE source = ?", &s,
                            err));
    sqlite3_bind_int64(s, 1, source);
    status = ent__db_step(store, s, &row, err);
    snprintf(command, command_size, "%s", row ? ent__db_text(s, 0) : "");
    snprintf(convergence, convergence_size, "%s", row ? ent__db_text(s, 1) : "");
    sqlite3_finalize(s);
    return status;
}

enum ent_status ent__run_stale(struct ent_store *store, const char *dataset, char *text,
                               size_t size, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    size_t len = 0;
    bool row;

    text[0] = '\0';
    ENT_TRY(ent__db_prepare(
        store,
        "SELECT i.dataset, i.part, s.file FROM run_input i JOIN source r ON r.id = i.source "
        "LEFT JOIN source s ON s.dataset = i.dataset AND s.part = i.part WHERE r.dataset = ? "
        "AND i.digest IS NOT NULL AND i.digest IS NOT s.digest ORDER BY i.dataset, i.part",
        &s, err));
    ent__db_bind(s, 1, dataset);
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        const char *part = ent__db_text(s, 1);
        bool there = sqlite3_column_type(s, 2) != SQLITE_NULL;

        if (len < size)
            len += (size_t)snprintf(text + len, size - len, "%s%s%s%s %s", len ? ", " : "",
                                    ent__db_text(s, 0), part[0] ? " " : "", part,
                                    there ? "was imported anew" : "is no longer in the store");
        status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}
