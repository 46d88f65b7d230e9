/*
 * Recognising a table by its content: its first rows, and the form that fits them.
 * Used by the run over files, and by nobody else.
 */
#ifndef ENTENTE_DATASETS_RECOGNISE_H
#define ENTENTE_DATASETS_RECOGNISE_H

#include "datasets/import_state.h"

/*
 * Read the first rows of the table that st->record begins; they live as long as
 * st->arena.
 *
 *   ENT_EFORMAT, ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__preview_fill(struct ent_import_state *st, struct ent_preview *p, struct ent_error *err);

/* Whether all names that a form needs stand among the cells. */
bool ent__header_fits(const struct ent_form *form, const struct ent_cell *cells, size_t count);

/*
 * The first form that fits, of all datasets or of `only` if not NULL, and whose it
 * is; NULL when none does.  On success p->names and p->header are set.
 */
const struct ent_form *ent__recognise(const struct ent_dataset *only, struct ent_preview *p,
                                      const struct ent_dataset **dataset);

/*
 * The one column that a table lacks to be of a dataset, and which that is: for what
 * fits no form, but has all the other columns of one with at least four.  NULL when
 * there is no such form.
 */
const char *ent__lacking(const struct ent_preview *p, const struct ent_dataset **dataset);

/* What a table is that is no dataset and that another command reads; NULL when it is not. */
const char *ent__read_elsewhere(const struct ent_preview *p);

#endif
