/*
 * What the tests of datasets share: a store that lives as long as a test, imports
 * into it with what was reported, and single figures read back by SQL.
 */
#ifndef ENTENTE_TESTS_DS_IMPORT_H
#define ENTENTE_TESTS_DS_IMPORT_H

#include <math.h>
#include <string.h>

#include <sqlite3.h>

#include "check_main.h"

#include "base/str.h"
#include "entente/import.h"

struct ds {
    char folder[64];
    char path[96];
    struct ent_store *store;
    sqlite3 *db;
    /* Of the last import: the last table of a known dataset, and how many of each outcome. */
    enum ent_import_outcome outcome;
    char dataset[64], part[64], version[64], error[512], problem[1024];
    uint64_t rows, merged, problems;
    int first_year, last_year;
    struct ent_buf unmatched; /* names, each in bars: "|NATO**|" */
    size_t unmatched_count;
    size_t tables[ENT_IMPORT_FAILED + 1];
};

static inline void ds_report(void *context, const struct ent_import_report *r)
{
    struct ds *ds = context;

    ds->tables[r->outcome]++;
    if (r->outcome == ENT_IMPORT_UNKNOWN)
        return;
    ds->outcome = r->outcome;
    snprintf(ds->dataset, sizeof(ds->dataset), "%s", r->dataset);
    snprintf(ds->part, sizeof(ds->part), "%s", r->part);
    snprintf(ds->version, sizeof(ds->version), "%s", r->version);
    snprintf(ds->error, sizeof(ds->error), "%s", r->error ? r->error->message : "");
    if (r->shown_count)
        snprintf(ds->problem, sizeof(ds->problem), "%s:%zu:%zu: %s", r->shown[0].source,
                 r->shown[0].line, r->shown[0].column, r->shown[0].message);
    ds->rows += r->rows;
    ds->merged += r->merged;
    ds->problems += r->problems;
    ds->first_year = r->first_year;
    ds->last_year = r->last_year;
    ds->unmatched_count += r->unmatched_count;
    for (size_t i = 0; i < r->unmatched_count; i++)
        ent__buf_printf(&ds->unmatched, "|%s|", r->unmatched[i]);
}

static inline struct ds ds_open(void)
{
    struct ds ds = { 0 };

    snprintf(ds.folder, sizeof(ds.folder), "/tmp/entente-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(ds.folder));
    snprintf(ds.path, sizeof(ds.path), "%s/store.sqlite", ds.folder);
    ck_assert_int_eq(ent_store_open(ds.path, ENT_STORE_WRITE, &ds.store, NULL), ENT_OK);
    ck_assert_int_eq(sqlite3_open_v2(ds.path, &ds.db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    ent__buf_init(&ds.unmatched);
    return ds;
}

static inline void ds_close(struct ds *ds)
{
    sqlite3_close(ds->db);
    ent_store_close(ds->store);
    ent__buf_release(&ds->unmatched);
    unlink(ds->path);
    rmdir(ds->folder);
}

/* Import a file or folder; what was reported is in *ds. */
static inline void ds_import(struct ds *ds, const char *path)
{
    struct ent_import_options options = { .report = ds_report, .context = ds };
    struct ent_error err = { 0 };

    ds->rows = ds->merged = ds->problems = 0;
    ds->unmatched_count = 0;
    ds->problem[0] = ds->error[0] = '\0';
    memset(ds->tables, 0, sizeof(ds->tables));
    ent__buf_clear(&ds->unmatched);
    ck_assert_msg(ent_import(ds->store, &path, 1, &options, NULL, &err) == ENT_OK, "%s",
                  err.message);
}

/* Import a text as a file of its own. */
static inline void ds_import_text(struct ds *ds, const char *text)
{
    char path[96];
    FILE *f;

    snprintf(path, sizeof(path), "%s/text.csv", ds->folder);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    ds_import(ds, path);
    unlink(path);
}

/* The one number that a query gives; NAN when it is NULL or there is no row. */
static inline double ds_number(struct ds *ds, const char *sql)
{
    sqlite3_stmt *s = NULL;
    double number = NAN;

    ck_assert_msg(sqlite3_prepare_v2(ds->db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(ds->db));
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
        number = sqlite3_column_double(s, 0);
    sqlite3_finalize(s);
    return number;
}

/* The one text that a query gives, into out; "" when it is NULL or there is no row. */
static inline const char *ds_text(struct ds *ds, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *s = NULL;

    out[0] = '\0';
    ck_assert_msg(sqlite3_prepare_v2(ds->db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(ds->db));
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
        snprintf(out, size, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return out;
}

#endif
