/*
 * Reading any published file as tables of rows.
 *
 * A source opens .csv .tsv .tab .txt .dta .sav .rda .RData .rds .xlsx, plain or
 * in .gz .bz2 .xz .zip, recognised by its content, and hands on one record after
 * another: the beginning of a table (a sheet, an R object, a member of an archive,
 * or the one table of a text file), then its rows.  Memory does not grow with a
 * text file.
 *
 * The libraries that parse these formats have crashed on crafted files before.
 * So the parsing runs in a child process that has only its input and a pipe, with
 * limits on memory, time and output; a crash there is an ENT_EFORMAT here, and
 * neither the program nor the store is touched.
 *
 * A source belongs to the thread that opened it: the child ends with that thread.
 */
#ifndef ENTENTE_IO_SOURCE_H
#define ENTENTE_IO_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "entente/status.h"

/* Why a value is missing, so far as the file says. */
enum ent_missing {
    ENT_PRESENT = 0,
    ENT_MISSING_EMPTY,  /* an empty cell, R's NA, Stata's ., SPSS's sysmis, Excel's #N/A */
    ENT_MISSING_TAGGED, /* the file says which kind of missing: Stata's .a to .z, with the
                           tag, or a value that SPSS declares missing, without */
};

enum ent_cell_kind {
    ENT_CELL_MISSING = 0,
    ENT_CELL_NUMBER, /* a number in a file that has numbers: all but text files */
    ENT_CELL_TEXT,   /* text: every filled cell of a text file, strings and factor labels
                        elsewhere */
};

struct ent_cell {
    enum ent_cell_kind kind;
    enum ent_missing missing; /* for ENT_CELL_MISSING */
    char tag;                 /* for ENT_MISSING_TAGGED: 'a'..'z', else 0 */
    bool quoted;              /* in a text file: the cell was in quotes */
    double number;            /* for ENT_CELL_NUMBER */
    struct ent_str text;      /* for ENT_CELL_TEXT, valid UTF-8; valid until the next record */
};

enum ent_record_kind {
    ENT_RECORD_TABLE, /* a table begins: name, and column names if the format has them */
    ENT_RECORD_ROW,
    ENT_RECORD_END, /* the file ended where it should */
};

struct ent_record {
    enum ent_record_kind kind;
    size_t line; /* of a row: first physical line in a text file, record number elsewhere;
                    1-based */
    struct ent_cell *cells;
    size_t cell_count;
    struct ent_str
        table;  /* of a table: sheet, object or archive member; "" for a plain text file */
    bool typed; /* of a table: cells are the column names, and rows have their types */
};

struct ent_io_limits {
    uint64_t expanded_bytes; /* at most this much out of an archive; 0: 4 GiB */
    uint64_t memory_bytes;   /* of the child; 0: 1 GiB */
    unsigned cpu_seconds;    /* of the child; 0: 300 */
    size_t cell_bytes;       /* longest cell; 0: 1 MiB */
    size_t row_cells;        /* widest row; 0: 20,000 */
};

struct ent_source;

/*
 * Open a file.  limits may be NULL.  The source is freed with ent__source_close.
 *
 *   ENT_EIO      the path does not exist, or cannot be read
 *   ENT_ENOMEM   out of memory or processes
 */
ENT_MUST_CHECK enum ent_status ent__source_open(const char *path,
                                                const struct ent_io_limits *limits,
                                                struct ent_source **out, struct ent_error *err);

/*
 * The next record.  Its spans live until the next call.  After ENT_RECORD_END
 * every call gives ENT_RECORD_END again.
 *
 *   ENT_EFORMAT  the file is damaged, truncated, of no known format, larger than
 *                a limit, or crashed its parser; the message says which and where
 *   ENT_EIO      reading failed
 */
ENT_MUST_CHECK enum ent_status
ent__source_next(struct ent_source *source, struct ent_record *record, struct ent_error *err);

/* The format found: "csv", "dta", "rda in gz" ...; "" before the first record. */
const char *ent__source_format(const struct ent_source *source);

/* Ends the child and frees.  NULL is fine. */
void ent__source_close(struct ent_source *source);

/* A cell as a number: false when it is missing, blank, or text that is none. */
bool ent__cell_f64(const struct ent_cell *cell, double *out);

/* A cell as a whole number: false as above, or when it has a fraction. */
bool ent__cell_i64(const struct ent_cell *cell, int64_t *out);

/* Whether a cell holds nothing: missing, or only white space. */
bool ent__cell_blank(const struct ent_cell *cell);

/*
 * A cell's text: that of a text cell, trimmed; a number written into buf[0..size-1]
 * in the shortest form that reads back the same; "" for a missing one.
 */
struct ent_str ent__cell_text(const struct ent_cell *cell, char *buf, size_t size);

#endif
