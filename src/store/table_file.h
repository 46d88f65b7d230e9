/* Writing a plain SQLite file of one's own choosing of columns: a panel. */
#ifndef ENTENTE_STORE_TABLE_FILE_H
#define ENTENTE_STORE_TABLE_FILE_H

#include <stdbool.h>

#include "entente/status.h"

struct ent_table_file;

/*
 * Begin an SQLite file beside `path`; it is ended with ent__table_file_finish or
 * given up with ent__table_file_abandon.
 *
 *   ENT_EIO, ENT_ENOMEM, ENT_EDB
 */
ENT_MUST_CHECK enum ent_status
ent__table_file_begin(const char *path, struct ent_table_file **out, struct ent_error *err);

/* Make a table; rows go into it until the next is made.  is_text[c]: column c holds text. */
ENT_MUST_CHECK enum ent_status
ent__table_file_table(struct ent_table_file *file, const char *name, const char *const *columns,
                      const bool *is_text, size_t column_count, struct ent_error *err);

/* One row: a text where it is not NULL, else a number, NAN being NULL. */
ENT_MUST_CHECK enum ent_status
ent__table_file_row(struct ent_table_file *file, const double *numbers,
                    const char *const *texts, struct ent_error *err);

/* End the file and put it at its path; file is gone in any case. */
ENT_MUST_CHECK enum ent_status
ent__table_file_finish(struct ent_table_file *file, struct ent_error *err);

/* Leave nothing of it.  NULL is fine. */
void ent__table_file_abandon(struct ent_table_file *file);

#endif
