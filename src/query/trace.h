/* Rows behind numbers, without computing them again: for reports of many numbers. */
#ifndef ENTENTE_QUERY_TRACE_H
#define ENTENTE_QUERY_TRACE_H

#include "entente/trace.h"
#include "store/rows.h"

struct ent_rows;

/*
 * Begin to gather rows of a store, at most `limit`; what is beyond is counted.  *out is
 * freed with ent__rows_free.  ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__rows_new(struct ent_store *store, size_t limit,
                                             struct ent_rows **out, struct ent_error *err);

/*
 * Add the two states' own rows that a measure by one of its sources (an index) rests on
 * in a year; of a measure of one state `to` is `from`.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__rows_pair(struct ent_rows *rows, size_t measure,
                                              size_t source, int from, int to, int year,
                                              struct ent_error *err);

/* Add the rows of a table that a query asks for; its limit is set.  As above. */
ENT_MUST_CHECK enum ent_status
ent__rows_query(struct ent_rows *rows, struct ent_row_query *query, struct ent_error *err);

/* What was gathered: rows and their sources; borrowed. */
const struct ent_trace *ent__rows_found(struct ent_rows *rows);

/* NULL is fine. */
void ent__rows_free(struct ent_rows *rows);

#endif
