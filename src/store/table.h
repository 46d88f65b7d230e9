/*
 * What a table of the store is: the description that a dataset gives of the rows
 * it imports, from which the store makes its SQL table, its catalogue and its
 * blocks.
 *
 * The first key_count columns are the key, most significant first.  Every table
 * also has two columns that no description names: `source`, the imported file
 * (table source of the catalogue), and `row`, the line or record in it.
 */
#ifndef ENTENTE_STORE_TABLE_H
#define ENTENTE_STORE_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum ent_column_role {
    ENT_ROLE_VALUE = 0, /* what was measured */
    ENT_ROLE_YEAR,      /* the year that the row is about: at most one, and the first column */
    ENT_ROLE_STATE,     /* the state of a state-year, or one side of an undirected pair */
    ENT_ROLE_FROM,      /* who does it, of a directed pair */
    ENT_ROLE_TO,        /* to whom */
    ENT_ROLE_KEY,       /* anything else that tells rows apart: a roll call, a commodity */
    ENT_ROLE_COUNT,     /* as VALUE: what a row counts for when rows are counted, mostly 1 */
};

enum ent_column_type {
    ENT_TYPE_INT = 0,
    ENT_TYPE_REAL,
    ENT_TYPE_TEXT,
};

struct ent_column {
    const char *name; /* lower_case, an SQL name: "exports" */
    enum ent_column_role role;
    enum ent_column_type type;
    const char *unit; /* "million current US$"; "" for a plain number or text */
    const char *what; /* one line: what it says, and in whose words */
};

/* What several rows with one key mean. */
enum ent_duplicates {
    ENT_DUPLICATES_FIRST = 0, /* a fault: equal ones are merged, of others the first stays and
                                 the rest are reported */
    ENT_DUPLICATES_LEAST, /* several answers to one question: the row whose first column after
                             the key is least stays, and nothing is reported */
    ENT_DUPLICATES_SUM,   /* parts of one thing: VALUE and COUNT columns are added up */
    ENT_DUPLICATES_KEEP,  /* events: every row stays */
};

/* What it means that there is no row, within the years and states covered. */
enum ent_absence {
    ENT_ABSENCE_UNKNOWN = 0, /* nothing is known */
    ENT_ABSENCE_ZERO,        /* there was none: no treaty, no delivery, no dispute */
};

struct ent_table {
    const char *name; /* lower_case, an SQL name, unique among all datasets */
    const char *what; /* one line: what a row is */
    const struct ent_column *columns;
    size_t column_count;
    size_t key_count;
    enum ent_duplicates duplicates;
    enum ent_absence absence;
    /*
     * The states that the dataset watches, 0-terminated ids; NULL: all.  With
     * ENT_ABSENCE_ZERO a pair without a row counts 0 only if one of its states
     * (the FROM state of a directed pair) is among them.
     */
    const int16_t *covers;
};

/* A cell of a staged row.  Missing: ENT_NONE_INT, NAN, ENT_NONE_TEXT. */
union ent_value {
    int64_t i;
    double r;
    uint64_t s; /* id of an interned text of the stage */
};

#define ENT_NONE_INT  INT64_MIN
#define ENT_NONE_TEXT UINT64_MAX

#endif
