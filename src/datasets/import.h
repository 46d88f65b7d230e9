/*
 * What an importer is given: the rows of one table of one file, the means to read
 * cells with their missing codes and their states, and stages to put rows in.
 *
 * Every reading function takes a column number from ent__import_column or
 * ent__import_need.  SIZE_MAX, or a column beyond a short row, reads as missing.
 */
#ifndef ENTENTE_DATASETS_IMPORT_H
#define ENTENTE_DATASETS_IMPORT_H

#include "datasets/dataset.h"
#include "entente/state.h"

struct ent_import {
    const struct ent_preview *preview;
    const struct ent_cell *cells; /* the row, after ent__import_next */
    size_t cell_count;
    size_t line;
    /* The rest belongs to import.c. */
    struct ent_import_state *state;
};

/*
 * The next row after the header.  false at the end of the table.
 *
 *   ENT_EFORMAT, ENT_EIO  the file is damaged here
 *   ENT_ECANCEL           the user asked to stop
 */
ENT_MUST_CHECK enum ent_status
ent__import_next(struct ent_import *im, bool *more, struct ent_error *err);

/* The dataset whose form is being read. */
const struct ent_dataset *ent__import_dataset(const struct ent_import *im);

/* The column with a name (trimmed, without case); SIZE_MAX when there is none. */
size_t ent__import_column(const struct ent_import *im, const char *name);

/*
 * As above, for a column that the form cannot do without.
 *
 *   ENT_EFORMAT  no such column; the message lists those that are there
 */
ENT_MUST_CHECK enum ent_status ent__import_need(const struct ent_import *im, const char *name,
                                                size_t *column, struct ent_error *err);

/* Whether a cell holds nothing, or one of the form's missing codes. */
bool ent__import_missing(const struct ent_import *im, size_t column);

/*
 * A cell as a number.  false when it is missing, or is no number: the latter is
 * reported as a problem of this row.
 */
bool ent__import_int(struct ent_import *im, size_t column, int64_t *out);
bool ent__import_real(struct ent_import *im, size_t column, double *out);

/* A cell as a year, 1 to 2200; a number that is none is a problem too. */
bool ent__import_year(struct ent_import *im, size_t column, int64_t *out);

/* As above, into a cell of a staged row, which stays missing when false. */
bool ent__import_put_int(struct ent_import *im, size_t column, union ent_value *cell);
bool ent__import_put_real(struct ent_import *im, size_t column, union ent_value *cell);

/* A cell's text, trimmed; "" when missing.  Lives until the next row. */
struct ent_str ent__import_text(struct ent_import *im, size_t column);

/*
 * The state that a cell names in a year (0: any), or -1.  A filled cell that names
 * none is listed among the unmatched names of this import, once a name.
 */
int ent__import_state(struct ent_import *im, size_t column, enum ent_code_system system,
                      int year);

/* The same for a text that is not a cell. */
int ent__import_state_text(struct ent_import *im, struct ent_str text,
                           enum ent_code_system system, int year);

/* List a name as unmatched without looking it up: an aggregate, say. */
void ent__import_unmatched(struct ent_import *im, struct ent_str text);

/*
 * Report what is wrong with this row; column may be SIZE_MAX.  The first hundred
 * are kept with their place, the rest are counted.
 */
void ent__import_problem(struct ent_import *im, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * The stage of one of the dataset's tables, made when first asked for.
 *
 *   ENT_ENOMEM  out of memory
 */
ENT_MUST_CHECK enum ent_status ent__import_stage(struct ent_import *im,
                                                 const struct ent_table *table,
                                                 struct ent_stage **out, struct ent_error *err);

/* Shorthand: begin a row of a stage, and end it with the file's line. */
ENT_MUST_CHECK enum ent_status ent__import_row(struct ent_import *im, struct ent_stage *stage,
                                               union ent_value **row, struct ent_error *err);
void ent__import_end_row(struct ent_import *im, struct ent_stage *stage);

/* A text cell of a staged row. */
ENT_MUST_CHECK enum ent_status
ent__import_put_text(struct ent_import *im, struct ent_stage *stage, size_t column,
                     union ent_value *cell, struct ent_error *err);

/* Which part of the dataset this is, when it comes in several files or sheets. */
void ent__import_part(struct ent_import *im, struct ent_str part);

/* Which release this is, as the file says or shows. */
void ent__import_version(struct ent_import *im, struct ent_str version);

/* The years covered, where the rows alone do not show them (no row can mean "none"). */
void ent__import_years(struct ent_import *im, int first, int last);

/*
 * The text of a column in the table's first row, trimmed; "" when there is none.
 * For what is the same in all rows: a version, a unit.
 */
struct ent_str ent__import_first_text(struct ent_import *im, size_t column);

/* Calendar date "2014-03-27", "3/27/2014" or "27.03.2014" (d/m/y with `day_first`). */
struct ent_date {
    int year, month, day; /* month, day 0 when not given */
};
bool ent__date_parse(struct ent_str text, bool day_first, struct ent_date *out);

#endif
