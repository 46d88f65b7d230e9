/* Writing a Stata file, by ReadStat. */
#ifndef ENTENTE_IO_DTA_WRITE_H
#define ENTENTE_IO_DTA_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/status.h"

struct ent_dta_column {
    const char *name;  /* at most 32 letters, digits and _ */
    const char *label; /* at most 80 bytes */
    int text_width;    /* 0: a number; else bytes of text */
    bool whole;        /* numbers that are whole and small: held in four bytes */
    bool yes_no;       /* shown as no and yes by a value label */
};

struct ent_dta;

/*
 * Begin a Stata 13-18 file of `rows` rows beside `path`.  *out is ended with
 * ent__dta_finish or given up with ent__dta_abandon.
 *
 *   ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__dta_begin(const char *path, const char *label, const struct ent_dta_column *columns,
               size_t column_count, uint64_t rows, struct ent_dta **out, struct ent_error *err);

/* One row: numbers by column, NAN missing; texts by column, where text_width is set. */
ENT_MUST_CHECK enum ent_status ent__dta_row(struct ent_dta *dta, const double *numbers,
                                            const char *const *texts, struct ent_error *err);

/* End the file and put it at its path; dta is gone in any case. */
ENT_MUST_CHECK enum ent_status ent__dta_finish(struct ent_dta *dta, struct ent_error *err);

/* Leave nothing of it.  NULL is fine. */
void ent__dta_abandon(struct ent_dta *dta);

#endif
