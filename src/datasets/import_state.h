/*
 * What stands behind struct ent_import: shared by the reading of rows (import.c)
 * and the run over files (run.c), and by nobody else.
 */
#ifndef ENTENTE_DATASETS_IMPORT_STATE_H
#define ENTENTE_DATASETS_IMPORT_STATE_H

#include "datasets/import.h"
#include "entente/import.h"

enum {
    ENT_IMPORT_STAGES = 8,
    ENT_IMPORT_SHOWN = 100,
};

struct ent_import_state {
    const struct ent_dataset *dataset;
    const struct ent_form *form;
    const char *path;
    struct ent_source *source;
    struct ent_record record; /* the last one read from the source */
    bool table_over;          /* `record` is not a row of this table */
    size_t replay;            /* next row of the preview to hand on */
    size_t rows_read;
    struct ent_stage stages[ENT_IMPORT_STAGES];
    size_t stage_count;
    struct ent_arena arena; /* messages */
    struct ent_error *problems;
    size_t problem_capacity;
    size_t problem_count; /* kept, at most ENT_IMPORT_SHOWN */
    uint64_t problem_total;
    struct ent_intern unmatched; /* names, with counts beside */
    uint64_t *unmatched_rows;
    uint64_t *unmatched_first;
    size_t unmatched_capacity;
    bool out_of_memory; /* in a call that has no status of its own */
    char part[64];
    char version[64];
    bool years_given;
    int first_year, last_year;
    const struct ent_import_options *options;
};

#endif
