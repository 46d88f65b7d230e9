/*
 * Writing: an import is one transaction, and each source in it is written whole
 * or not at all.
 */
#ifndef ENTENTE_STORE_WRITE_H
#define ENTENTE_STORE_WRITE_H

#include "entente/store.h"
#include "store/stage.h"

/* What a dataset says of itself, for the catalogue and for citations. */
struct ent_dataset_info {
    const char *id; /* "cow_trade" */
    const char *title;
    const char *publisher;
    const char *citation; /* one paragraph */
    const char *bibtex;
    const char *licence; /* as its publisher states it */
    const char *url;     /* where the publisher offers it */
};

struct ent_problem {
    uint64_t line;
    size_t column; /* 1-based; 0: the whole row */
    const char *message;
};

struct ent_unmatched {
    const char *name;
    uint64_t rows;
    uint64_t first_line;
};

/* One part of a dataset, read from one file and ready to be written. */
struct ent_put {
    const struct ent_dataset_info *dataset;
    const char *part; /* "" when the dataset comes in one */
    const char *file;
    const char *sha256;
    uint64_t bytes;
    const char *version; /* "" when unknown; compared with numbers as numbers */
    const char *format;
    bool years_given; /* first_year and last_year are set; else they are taken from the rows */
    int first_year, last_year;
    struct ent_stage *const *stages; /* settled */
    size_t stage_count;
    const struct ent_problem *problems; /* the first of them */
    size_t problem_count;
    uint64_t problem_total;
    const struct ent_unmatched *unmatched;
    size_t unmatched_count;
};

enum ent_put_outcome {
    ENT_PUT_NEW = 0,
    ENT_PUT_REPLACED, /* a newer version took the place of an older one */
    ENT_PUT_SAME,     /* the same data are there already, from another file */
    ENT_PUT_OLDER,    /* a newer version is there; it stays */
    ENT_PUT_DIFFERS,  /* other data of the same version are there; they stay */
};

struct ent_put_result {
    enum ent_put_outcome outcome;
    char other_version[64]; /* of what was there before, or is there instead */
    char other_file[256];
    int first_year, last_year;
    uint64_t rows;
};

/* Begin, commit, undo an import.  Only one can be open on a store. */
ENT_MUST_CHECK enum ent_status ent__store_begin(struct ent_store *store, struct ent_error *err);
ENT_MUST_CHECK enum ent_status
ent__store_commit(struct ent_store *store, struct ent_error *err);
void ent__store_rollback(struct ent_store *store);

/*
 * Write one source within an import.  With `replace` what is there gives way
 * whatever its version.  On failure the import goes on as if it had not been tried.
 *
 *   ENT_EIO, ENT_ENOMEM, ENT_EDB, ENT_EBUSY
 */
ENT_MUST_CHECK enum ent_status
ent__store_put(struct ent_store *store, const struct ent_put *put, bool replace,
               struct ent_put_result *result, struct ent_error *err);

/*
 * Whether a file with this checksum has been read before, and what came of it
 * ("imported: cow_trade"); text is "" when not.
 */
ENT_MUST_CHECK enum ent_status
ent__store_file_known(struct ent_store *store, const char *sha256, const char *recogniser,
                      char *text, size_t size, struct ent_error *err);

/* Remember what came of a file. */
ENT_MUST_CHECK enum ent_status
ent__store_file_note(struct ent_store *store, const char *sha256, const char *path,
                     const char *outcome, const char *recogniser, struct ent_error *err);

/* Compare two version labels, numbers in them as numbers: "5.1" < "5.10" < "6". */
int ent__version_compare(const char *a, const char *b);

#endif
