#include "store/table_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/db.h"

struct ent_table_file {
    struct ent_store db; /* only its connection and path are used: errors name the file */
    sqlite3_stmt *insert;
    size_t column_count;
    char path[4096];
};

static enum ent_status open_file(struct ent_table_file *file, struct ent_error *err)
{
    int code;

    unlink(file->db.path);
    code = sqlite3_open_v2(file->db.path, &file->db.db,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code != SQLITE_OK)
        return ent__db_fail(&file->db, code, "making the file", err);
    /* The file is nobody's before it is renamed: no journal is needed. */
    return ent__db_exec(&file->db,
                        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                        "PRAGMA page_size = 16384; BEGIN",
                        err);
}

enum ent_status
ent__table_file_begin(const char *path, struct ent_table_file **out, struct ent_error *err)
{
    struct ent_table_file *file = ent__calloc(1, sizeof(*file));
    enum ent_status status;

    if (!file)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a file");
    file->db.changing = 1;
    if ((size_t)snprintf(file->path, sizeof(file->path), "%s", path) >= sizeof(file->path) - 8)
        status = ent_fail(err, ENT_EINVAL, "the path is too long");
    else {
        snprintf(file->db.path, sizeof(file->db.path), "%.4080s.new", path);
        status = open_file(file, err);
    }
    if (status != ENT_OK) {
        ent__table_file_abandon(file);
        return status;
    }
    *out = file;
    return ENT_OK;
}

enum ent_status ent__table_file_table(struct ent_table_file *file, const char *name,
                                      const char *const *columns, const bool *is_text,
                                      size_t column_count, struct ent_error *err)
{
    struct ent_buf sql;
    struct ent_buf insert;
    enum ent_status status;

    sqlite3_finalize(file->insert);
    file->insert = NULL;
    file->column_count = column_count;
    ent__buf_init(&sql);
    ent__buf_init(&insert);
    ent__buf_printf(&sql, "CREATE TABLE \"%s\" (", name);
    ent__buf_printf(&insert, "INSERT INTO \"%s\" VALUES (", name);
    for (size_t c = 0; c < column_count; c++) {
        ent__buf_printf(&sql, "%s\"%s\" %s", c ? ", " : "", columns[c],
                        is_text[c] ? "TEXT" : "");
        ent__buf_puts(&insert, c ? ",?" : "?");
    }
    ent__buf_putc(&sql, ')');
    ent__buf_putc(&insert, ')');
    status = ent__buf_check(&sql, err);
    if (status == ENT_OK)
        status = ent__buf_check(&insert, err);
    if (status == ENT_OK)
        status = ent__db_exec(&file->db, sql.text, err);
    if (status == ENT_OK)
        status = ent__db_prepare(&file->db, insert.text, &file->insert, err);
    ent__buf_release(&insert);
    ent__buf_release(&sql);
    return status;
}

enum ent_status ent__table_file_row(struct ent_table_file *file, const double *numbers,
                                    const char *const *texts, struct ent_error *err)
{
    for (size_t c = 0; c < file->column_count; c++) {
        int at = (int)c + 1;

        if (texts[c])
            sqlite3_bind_text(file->insert, at, texts[c], -1, SQLITE_STATIC);
        else if (isnan(numbers[c]))
            sqlite3_bind_null(file->insert, at);
        else if (numbers[c] == floor(numbers[c]) && fabs(numbers[c]) < 9e15)
            sqlite3_bind_int64(file->insert, at, (int64_t)numbers[c]);
        else
            sqlite3_bind_double(file->insert, at, numbers[c]);
    }
    return ent__db_run(&file->db, file->insert, err);
}

enum ent_status ent__table_file_finish(struct ent_table_file *file, struct ent_error *err)
{
    enum ent_status status;

    sqlite3_finalize(file->insert);
    file->insert = NULL;
    status = ent__db_exec(&file->db, "COMMIT", err);
    sqlite3_close(file->db.db);
    file->db.db = NULL;
    if (status == ENT_OK && rename(file->db.path, file->path) != 0) {
        status = ent_fail(err, ENT_EIO, "cannot write: %s", strerror(errno));
        ent_error_at(err, file->path, 0, 0);
    }
    ent__table_file_abandon(file);
    return status;
}

void ent__table_file_abandon(struct ent_table_file *file)
{
    if (!file)
        return;
    sqlite3_finalize(file->insert);
    sqlite3_close(file->db.db);
    if (file->db.path[0])
        unlink(file->db.path); /* after a rename there is none */
    ent__free(file);
}
