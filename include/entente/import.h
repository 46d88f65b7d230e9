/*
 * Importing published files into a store.
 *
 * Files and folders are walked in order of name; each file is recognised by its
 * content.  The whole import is one transaction: when it is killed at any moment,
 * or a callback cancels it, the store is as before.  A file that cannot be read is
 * reported and left out, and the others are imported.
 */
#ifndef ENTENTE_IMPORT_H
#define ENTENTE_IMPORT_H

#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_import_outcome {
    ENT_IMPORT_NEW = 0,
    ENT_IMPORT_REPLACED,  /* took the place of an older version */
    ENT_IMPORT_UNCHANGED, /* this very file was imported before */
    ENT_IMPORT_SAME,      /* another file brought the same data */
    ENT_IMPORT_OLDER,     /* a newer version is in the store, and stays */
    ENT_IMPORT_DIFFERS,   /* other data of the same version are in the store, and stay */
    ENT_IMPORT_UNKNOWN,   /* no dataset that Entente knows */
    ENT_IMPORT_FAILED,    /* see error */
};

/* What came of one table of one file; strings live during the call. */
struct ent_import_report {
    enum ent_import_outcome outcome;
    const char *path;
    const char *table;   /* sheet, R object or archive member; "" for a plain text file */
    const char *dataset; /* its id; "" when unknown */
    const char *title;   /* of the dataset */
    const char *form;
    const char *part;
    const char *version;
    const char *other; /* version or file that was replaced, or stays */
    const char *seen;  /* of an unknown table: the beginning of its first row */
    int first_year, last_year;
    uint64_t rows;     /* rows kept */
    uint64_t merged;   /* rows that said the same as another */
    uint64_t problems; /* rows or cells left out */
    size_t unmatched_count;
    const char *const *unmatched; /* names or codes that are no state, most frequent first */
    size_t shown_count;
    const struct ent_error *shown; /* the first problems, each with its place */
    const struct ent_error *error; /* of ENT_IMPORT_FAILED */
};

typedef void (*ent_import_fn)(void *context, const struct ent_import_report *report);

struct ent_import_options {
    int strict;  /* nonzero: the first problem of any row makes its table fail */
    int replace; /* nonzero: what is in the store gives way, whatever its version */
    const char
        *as; /* "dyad-year", "directed-dyad-year", "state-year": see entente/user_data.h */
    const struct ent_user_data *user; /* with `as` */
    ent_import_fn report;             /* may be NULL */
    ent_progress_fn progress;         /* may be NULL */
    void *context;                    /* for both */
};

struct ent_import_summary {
    size_t files;
    size_t tables[ENT_IMPORT_FAILED + 1]; /* how many came to each outcome */
    uint64_t rows;
};

/*
 * Import files and folders.  options may be NULL.
 *
 *   ENT_EINVAL   no path, or options that contradict each other
 *   ENT_EIO      a path does not exist (nothing is imported), or the store cannot be written
 *   ENT_EBUSY    another process is writing to the store
 *   ENT_ECANCEL  the progress callback asked to stop; the store is as before
 *   ENT_EDB      the store is damaged
 *
 * Files that cannot be read do not make it fail: see summary->tables[ENT_IMPORT_FAILED].
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_import(struct ent_store *store, const char *const *paths, size_t path_count,
           const struct ent_import_options *options, struct ent_import_summary *summary,
           struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
