/*
 * The store: one SQLite file that holds every imported variable with its source.
 *
 * Its tables are tidy and plainly named: a person can open the file with any
 * SQLite tool.  `source` lists the imported files with their checksums, `dataset`
 * what they are, `variable` every column with its unit; each data table has a row
 * per observation, with the `source` and the `row` in it that it came from.  The
 * table `block` repeats the numbers, column by column and year by year, for fast
 * reading; it is written in the same transaction as the rows it repeats.
 *
 * One process writes at a time; any number read.  A store is not shared between
 * threads: each opens its own.
 */
#ifndef ENTENTE_STORE_H
#define ENTENTE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_store;

enum ent_store_mode {
    ENT_STORE_READ = 0, /* it must exist */
    ENT_STORE_WRITE,    /* made when absent, with its folder; an older one is migrated */
};

/*
 * The path of the store to use: `given` if not NULL and not empty, else
 * $ENTENTE_STORE, else entente/store.sqlite under $XDG_DATA_HOME, else under
 * ~/.local/share.
 *
 *   ENT_EINVAL  path[0..size-1] is too short, or there is no home directory
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_store_path(const char *given, char *path, size_t size, struct ent_error *err);

/*
 * Open the store at a path.  *out is closed with ent_store_close.
 *
 *   ENT_ENOTFOUND  no such file, in ENT_STORE_READ
 *   ENT_EIO        it cannot be read or made
 *   ENT_EDB        it is no store, is damaged, or a newer Entente made it
 *   ENT_EBUSY      another process is writing to it
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_store_open(const char *path, enum ent_store_mode mode, struct ent_store **out,
               struct ent_error *err);

/* Closes; an import that was not finished leaves no trace.  NULL is fine. */
ENT_API void ent_store_close(struct ent_store *store);

/* One imported file, or one part of it. */
struct ent_source_info {
    int64_t id;
    const char *dataset;     /* its id: "cow_trade" */
    const char *part;        /* which part of the dataset; "" when it comes in one */
    const char *file;        /* the path that was given to the import */
    const char *sha256;      /* of the file, 64 hexadecimal digits */
    const char *version;     /* as the file says or shows; "" when it does not */
    const char *format;      /* "csv in gz" */
    const char *imported_at; /* UTC, ISO 8601 */
    int64_t bytes;
    int64_t rows;              /* rows kept */
    int64_t problems;          /* rows or cells that could not be read */
    int64_t unmatched;         /* distinct names or codes that are no state */
    int first_year, last_year; /* covered; 0 when the data have no years */
};

/* Called for each source, in order of dataset and part; strings live during the call. */
typedef enum ent_status (*ent_source_fn)(void *context, const struct ent_source_info *info,
                                         struct ent_error *err);

/*
 * Walk the sources of one dataset, or of all (dataset NULL).  Stops at the first
 * status that is not ENT_OK and returns it.
 *
 *   ENT_EDB  the store is damaged
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_store_sources(struct ent_store *store, const char *dataset, ent_source_fn each,
                  void *context, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
