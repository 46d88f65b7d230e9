/*
 * A dataset: what a publisher ships, how its files are recognised, and how their
 * rows become variables.  One file here and one line in registry.c make one.
 *
 * A form is one shape in which the dataset comes: a CSV, an R object, a sheet.
 * It is recognised by its content: by its header, which is looked for among the
 * first rows, and by a further test where the header alone does not tell.
 */
#ifndef ENTENTE_DATASETS_DATASET_H
#define ENTENTE_DATASETS_DATASET_H

#include "io/source.h"
#include "store/write.h"

/* How many rows of a table a recogniser sees. */
#define ENT_PREVIEW_ROWS 24

struct ent_preview {
    const char *file; /* name of the file without its folder: for messages, not to judge by */
    struct ent_str table; /* sheet, R object, archive member; "" in a plain text file */
    bool typed;           /* names[] are given by the format; rows begin with data */
    size_t row_count;     /* rows seen, at most ENT_PREVIEW_ROWS */
    struct {
        size_t line;
        size_t cell_count;
        const struct ent_cell *cells;
    } rows[ENT_PREVIEW_ROWS];
    const struct ent_cell *names; /* the header: the format's, or the row that fits the form */
    size_t name_count;
    size_t header; /* index in rows of the header row; SIZE_MAX when typed or headless */
};

struct ent_import;

struct ent_form {
    const char *name; /* "CSV, sessions 1 to 78" */
    /*
     * Names that must all stand in the header, NULL-terminated; compared trimmed
     * and without case.  NULL: the form has no header, and `recognise` decides.
     */
    const char *const *columns;
    /* A further test of the content; NULL when the header tells enough. */
    bool (*recognise)(const struct ent_preview *preview);
    /*
     * Read the rows (ent__import_next until there are no more) and stage them.  A
     * row that cannot be read is reported and left out; only what makes the whole
     * table unreadable is returned as a failure.
     */
    enum ent_status (*import)(struct ent_import *im, struct ent_error *err);
    /* Numbers and texts that stand for missing; ended by 0-count. */
    const double *missing_numbers;
    size_t missing_number_count;
    const char *const *missing_texts; /* NULL-terminated; NULL: "" and "." only */
};

struct ent_dataset {
    struct ent_dataset_info info;
    const char *years; /* what the newest known release covers, in words: "1870 to 2014" */
    const struct ent_table *const *tables; /* NULL-terminated */
    const struct ent_form *forms;
    size_t form_count;
};

/* All datasets, in the order in which they are tried and listed; NULL-terminated. */
extern const struct ent_dataset *const ent__datasets[];

/* The dataset with an id; NULL when there is none. */
const struct ent_dataset *ent__dataset_find(const char *id);

/* The table with a name, whose dataset is put in *owner if not NULL; NULL when there is none.
 */
const struct ent_table *ent__dataset_table(const char *name, const struct ent_dataset **owner);

#endif
