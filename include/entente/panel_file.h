/*
 * A panel as a file, with its codebook.
 *
 * Text files hold numbers to twelve significant digits; Stata and SQLite files hold
 * them whole.  A missing cell is empty (null in JSON, . in Stata).  The codebook
 * says of every column what it is, its formula and citation, and of every file
 * that the store was filled from its checksum, so that a replication archive is
 * complete.
 */
#ifndef ENTENTE_PANEL_FILE_H
#define ENTENTE_PANEL_FILE_H

#include "entente/panel.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_panel_format {
    ENT_PANEL_CSV = 0,
    ENT_PANEL_TSV,
    ENT_PANEL_NDJSON, /* one JSON object a line */
    ENT_PANEL_DTA,    /* Stata 13 to 18 */
    ENT_PANEL_SQLITE, /* a table `panel` and a table `codebook` */
};

struct ent_panel_file {
    enum ent_panel_format format;
    const char *path;           /* NULL: standard output, of text formats */
    const char *codebook;       /* path of the codebook; NULL: none */
    enum ent_code_system codes; /* of the states: ENT_CODE_ANY is COW numbers */
    ent_progress_fn progress;   /* may be NULL */
    void *context;
};

/*
 * Compute a plan and write it.  Files are written beside and renamed when they are
 * whole.  *rows, if not NULL, is how many there are.
 *
 *   ENT_EINVAL  a format that needs a path without one
 *   ENT_EIO     the file cannot be written; nothing is left of it
 *   and as ent_panel_run
 */
ENT_API ENT_MUST_CHECK enum ent_status ent_panel_write(const struct ent_panel_plan *plan,
                                                       const struct ent_panel_file *file,
                                                       uint64_t *rows, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
