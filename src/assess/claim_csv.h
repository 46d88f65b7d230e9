/*
 * Tables as spreadsheets write them: records of cells, each with its place.
 *
 * Cells are separated by comma, semicolon or tab, as the first line has it, and
 * quoted with ".  A record that is malformed says so, and the next one is read all
 * the same.
 */
#ifndef ENTENTE_ASSESS_CLAIM_CSV_H
#define ENTENTE_ASSESS_CLAIM_CSV_H

#include <stdbool.h>

#include "base/arena.h"
#include "entente/str.h"

#define ENT_CSV_CELLS 64

struct ent_csv_cell {
    struct ent_str text; /* what it says, without space at its ends; the arena's */
    struct ent_str raw;  /* in the file, with quotes and space */
    size_t line, column; /* of its first character, 1-based, in characters */
};

struct ent_csv_record {
    size_t line; /* on which it begins */
    size_t count;
    struct ent_csv_cell cells[ENT_CSV_CELLS];
    const char *wrong; /* what is malformed; NULL: nothing */
    size_t wrong_line, wrong_column;
};

struct ent_csv {
    struct ent_str text;
    size_t at;
    size_t line, column; /* of the character at `at`, 1-based */
    char separator;
};

/* Begin on a text, which is borrowed; a byte order mark is skipped. */
void ent__csv_begin(struct ent_csv *csv, struct ent_str text);

/*
 * The next record; *more is false at the end.  Empty lines, and those whose first cell
 * begins with #, are passed over.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__csv_next(struct ent_csv *csv, struct ent_arena *arena,
                                             struct ent_csv_record *record, bool *more,
                                             struct ent_error *err);

/* Where byte `offset` of a cell's text stands in the file. */
void ent__csv_place(const struct ent_csv_cell *cell, size_t offset, size_t *line,
                    size_t *column);

#endif
