/* A line of a file of claims, made into a claim. */
#ifndef ENTENTE_ASSESS_CLAIM_ROW_H
#define ENTENTE_ASSESS_CLAIM_ROW_H

#include "assess/claim_csv.h"
#include "assess/claim_tree.h"

/* The columns that mean something. */
enum ent_claim_column {
    ENT_COLUMN_ID = 0,
    ENT_COLUMN_CLAIM,
    ENT_COLUMN_SOURCE,
    ENT_COLUMN_DATE,
    ENT_COLUMN_STATES,
    ENT_COLUMN_YEAR,
    ENT_COLUMN_MEASURE,
    ENT_COLUMN_RELATION,
    ENT_COLUMN_VALUE,
    ENT_COLUMN_UNIT,
    ENT_COLUMN_TOLERANCE,
    ENT_COLUMN_EXPRESSION,
    ENT_COLUMN_FACT,
    ENT_COLUMN_NOTE,
};
#define ENT_CLAIM_COLUMNS 14

/* Where each column stands in the records; SIZE_MAX: it is not there. */
struct ent_claim_header {
    size_t at[ENT_CLAIM_COLUMNS];
    bool decimal_comma; /* 88,4 may stand for 88.4 */
};

/*
 * Read the first record as names of columns.
 *
 *   ENT_EFORMAT  no "id", a name twice, or one that looks like a misspelt one
 */
ENT_MUST_CHECK enum ent_status
ent__claim_header(const struct ent_csv *csv, const struct ent_csv_record *record,
                  struct ent_claim_header *out, struct ent_error *err);

/* The cell of a column; NULL where the record has none, or it is empty. */
const struct ent_csv_cell *ent__claim_cell(const struct ent_claim_header *header,
                                           const struct ent_csv_record *record,
                                           enum ent_claim_column column);

/* A copy of its text; "" for none; NULL when out of memory. */
const char *ent__claim_cell_text(const struct ent_claim_header *header,
                                 const struct ent_csv_record *record,
                                 enum ent_claim_column column, struct ent_arena *arena);

/*
 * Make the tree of a record; NULL in *out where it has only a fact.  On failure err has
 * the line and column.
 *
 *   ENT_EFORMAT, ENT_ENOTFOUND  as ent__claim_parse
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__claim_row(const struct ent_claim_header *header, const struct ent_csv_record *record,
               const struct ent_claim_facts *facts, struct ent_arena *arena,
               struct ent_claim_node **out, struct ent_error *err);

/*
 * Read a table of facts into facts.
 *
 *   ENT_EFORMAT  with line and column
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__claim_facts_read(struct ent_str text, struct ent_arena *arena,
                      struct ent_claim_facts *facts, struct ent_error *err);

#endif
