/* Files for the tests of io: written under a directory of their own, and read back as text. */
#ifndef ENTENTE_TESTS_IO_FILES_H
#define ENTENTE_TESTS_IO_FILES_H

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/source.h"

static char io_dir[] = "/tmp/entente-io-XXXXXX";

/* Before and after all the tests of a case, in the process that forks them. */
static inline void make_dir(void)
{
    ck_assert_ptr_nonnull(mkdtemp(io_dir));
}

static inline void remove_dir(void)
{
    struct dirent *entry;
    DIR *dir = opendir(io_dir);

    while (dir && (entry = readdir(dir))) {
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
    rmdir(io_dir);
}

/* The path of a file in the tests' directory. */
static inline const char *temp_path(const char *name)
{
    static char path[4096];

    snprintf(path, sizeof(path), "%s/%s", io_dir, name);
    return path;
}

static inline const char *write_file(const char *name, const void *bytes, size_t len)
{
    const char *path = temp_path(name);
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

/* A record as text: "T name: a|b" or "ROW 3: a|'quoted'|#2.5|NA|NA.a|NA.-". */
static inline void print_record(const struct ent_record *record, struct ent_buf *out)
{
    char number[64];

    if (record->kind == ENT_RECORD_TABLE)
        ent__buf_printf(out, "T %.*s:", (int)record->table.len,
                        record->table.at ? record->table.at : "");
    else
        ent__buf_printf(out, "%zu:", record->line);
    for (size_t i = 0; i < record->cell_count; i++) {
        const struct ent_cell *cell = &record->cells[i];

        ent__buf_puts(out, i ? "|" : " ");
        if (cell->quoted)
            ent__buf_putc(out, '\'');
        if (cell->kind == ENT_CELL_TEXT) {
            ent__buf_add(out, cell->text);
        } else if (cell->kind == ENT_CELL_NUMBER) {
            ent__buf_putc(out, '#');
            ent__buf_add(out, ent__cell_text(cell, number, sizeof(number)));
        } else {
            ent__buf_puts(out, "NA");
            if (cell->missing == ENT_MISSING_TAGGED)
                ent__buf_printf(out, ".%c", cell->tag ? cell->tag : '-');
        }
        if (cell->quoted)
            ent__buf_putc(out, '\'');
    }
    ent__buf_putc(out, '\n');
}

/* Everything a source gives, as text; what failed stands in *status and *err. */
static inline void read_all(const char *path, const struct ent_io_limits *limits,
                            struct ent_buf *out, char format[64], enum ent_status *status,
                            struct ent_error *err)
{
    struct ent_source *source = NULL;
    struct ent_record record;

    memset(err, 0, sizeof(*err));
    format[0] = '\0';
    *status = ent__source_open(path, limits, &source, err);
    if (*status != ENT_OK)
        return;
    while ((*status = ent__source_next(source, &record, err)) == ENT_OK &&
           record.kind != ENT_RECORD_END)
        print_record(&record, out);
    snprintf(format, 64, "%s", ent__source_format(source));
    ent__source_close(source);
}

/* As above for a file that must be readable. */
static inline void check_reads(const char *path, const char *format, const char *expected)
{
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char found[64];

    ent__buf_init(&out);
    read_all(path, NULL, &out, found, &status, &err);
    ck_assert_msg(status == ENT_OK, "%s: %s", path, err.message);
    ck_assert_str_eq(out.text, expected);
    ck_assert_str_eq(found, format);
    ent__buf_release(&out);
}

#endif
