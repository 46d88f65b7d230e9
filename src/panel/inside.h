/* Inside the panel: shared by its files. */
#ifndef ENTENTE_PANEL_INSIDE_H
#define ENTENTE_PANEL_INSIDE_H

#include "panel/panel.h"
#include "store/block.h"

struct ent_panel_column {
    const char *name;
    enum ent_column_role role;
};

struct ent_panel_table {
    const char *name;
    const char *dataset;
    bool zero_when_absent;
    const int16_t *watched; /* 0-terminated ids; NULL: all */
    struct ent_panel_column *columns;
    size_t column_count;
    size_t year;    /* column numbers; SIZE_MAX: none */
    size_t side[2]; /* the two states, or the one */
    bool undirected;
    bool loaded;
    int first_year, last_year;
    const char *version;
};

/* Conditions on the rows that count, as columns of the table. */
struct ent_where {
    size_t column[2]; /* SIZE_MAX: none */
    int64_t equals[2];
};

/* All rows above 0 of a column, through all years: for views of the past. */
struct ent_history {
    const struct ent_panel_table *table;
    size_t column;
    struct ent_where where;
    bool whole; /* the rows of all pairs are read */
    struct ent_past {
        int16_t year, from, to; /* ids of states */
        double value;
    } * rows;
    size_t count, capacity;
    /* Of these, the rows of the two states that are in focus. */
    struct ent_past *focused;
    size_t focused_count, focused_capacity;
    int focused_on[2]; /* ids; 0: none yet */
    struct ent_history *next;
};

/* An array of the year, with what it was filled for. */
struct ent_filled {
    struct ent_input input;
    enum ent_extent extent;
    struct ent_array array;
    struct ent_matrix *matrix; /* NULL: of a vector, or of votes */
    uint64_t turn;             /* of the panel, when it was last asked for */
    struct ent_filled *next;
};

/* What was prepared for the year, and for which source. */
struct ent_prepared {
    const struct ent_measure_source *source;
    enum ent_extent extent;
    const void *made;
    struct ent_prepared *next;
};

/*
 * A matrix that is used again, year after year.  Those of ENT_EXTENT_FOCUS are all
 * NAN when they are not in use, so that only the rows and columns in focus need
 * be set and cleared.
 */
struct ent_matrix {
    double *v;
    size_t clean; /* cells that have been set to NAN at first, of ENT_EXTENT_FOCUS */
    enum ent_extent extent;
    bool used;
    size_t n;     /* of the year it was last used in */
    int focus[2]; /* indices then */
    struct ent_matrix *next;
};

/* Ids of states are below this. */
#define ENT_PANEL_IDS 4096

/* Columns of one block that can be held as integers at a time. */
#define ENT_PANEL_SCRATCH 4

struct ent_focused_table;

struct ent_panel {
    struct ent_store *store;
    struct ent_arena catalogue; /* lives as long as the panel */
    struct ent_panel_table *tables;
    size_t table_count;
    struct ent_history *histories;
    int year;
    struct ent_arena arena; /* of the year */
    size_t n;
    int16_t *states;                    /* ids */
    bool *member;                       /* of COW, by index */
    int16_t *entry;                     /* first year of the present membership; 0: none */
    int16_t index_of[ENT_PANEL_IDS];    /* by id: index in the year, or -1 */
    int focus[2];                       /* indices, or -1 */
    int focus_id[2];                    /* ids */
    struct ent_focused_table **focused; /* by table: see focus.c; NULL: nothing read yet */
    struct ent_arena focus_arena;       /* of these, as long as the two are in focus */
    int16_t poles[2];                   /* ids */
    const struct ent_conventions *conventions;
    const uint8_t *system; /* by convention, once a year; NULL: not made yet */
    const double *weight;
    struct ent_filled *filled;
    uint64_t turn; /* counts the sources that were filled */
    struct ent_prepared *prepared;
    struct ent_matrix *matrices;
    double *reals; /* scratch for one block */
    size_t reals_capacity;
    int64_t *ints[ENT_PANEL_SCRATCH];
    size_t ints_capacity[ENT_PANEL_SCRATCH];
};

/* The table with a name, or NULL when nothing of it was ever imported. */
const struct ent_panel_table *ent__panel_table(const struct ent_panel *panel, const char *name);

/* The column with a name; SIZE_MAX when there is none. */
size_t ent__panel_column(const struct ent_panel_table *table, const char *name);

/* The columns that an input's conditions name; false when the table lacks one. */
bool ent__panel_where(const struct ent_panel_table *table, const struct ent_input *input,
                      struct ent_where *out);

/*
 * Which rows of a block meet them: *out[i] is 1 or 0, or *out is NULL when all do.
 * Uses the scratch slots 2 and 3.
 */
ENT_MUST_CHECK enum ent_status
ent__panel_meets(struct ent_panel *panel, const struct ent_block *block,
                 const struct ent_where *where, const int64_t **out, struct ent_error *err);

/* Whether a table covers a year. */
bool ent__panel_covers(const struct ent_panel_table *table, int year);

/* Column c of a block as doubles or integers, in the panel's scratch; until the next call. */
ENT_MUST_CHECK enum ent_status ent__panel_reals(struct ent_panel *panel,
                                                const struct ent_block *block, size_t c,
                                                const double **out, struct ent_error *err);

/* As integers, in one of the scratch arrays; until the next call with that slot. */
ENT_MUST_CHECK enum ent_status ent__panel_ints(struct ent_panel *panel, int slot,
                                               const struct ent_block *block, size_t c,
                                               const int64_t **out, struct ent_error *err);

/* A matrix for this year, n * n, all NAN (FOCUS) or of any content (ALL). */
ENT_MUST_CHECK enum ent_status ent__panel_matrix(struct ent_panel *panel,
                                                 enum ent_extent extent, double **out,
                                                 struct ent_error *err);

/* It is not needed any more this year. */
void ent__panel_matrix_done(struct ent_panel *panel, const double *v);

/* The index in the year of a state's id out of a block, or -1. */
static inline int ent__panel_index64(const struct ent_panel *panel, int64_t id)
{
    return id > 0 && id < ENT_PANEL_IDS ? panel->index_of[id] : -1;
}

/* Whether a pair of indices is wanted. */
static inline bool
ent__panel_wants(const struct ent_panel *panel, enum ent_extent extent, int x, int y)
{
    return extent == ENT_EXTENT_ALL || x == panel->focus[0] || x == panel->focus[1] ||
           y == panel->focus[0] || y == panel->focus[1];
}

/*
 * Walk the blocks of a table as ent__store_blocks does.  For ENT_EXTENT_FOCUS of a table of
 * pairs only the rows in which a state in focus stands are in them.  Those, and with two
 * states in focus those of tables of states, are read once.
 */
ENT_MUST_CHECK enum ent_status
ent__panel_blocks(struct ent_panel *panel, const struct ent_panel_table *table,
                  enum ent_extent extent, int from, int to, ent_block_fn each, void *context,
                  struct ent_error *err);

/* Add the sums of its rows and columns to a matrix that is filled. */
ENT_MUST_CHECK enum ent_status ent__panel_sums(struct ent_panel *panel, enum ent_extent extent,
                                               struct ent_array *out, struct ent_error *err);

/* Fill one array; in files of their own. */
ENT_MUST_CHECK enum ent_status
ent__panel_fill(struct ent_panel *panel, const struct ent_panel_table *table,
                const struct ent_input *input, enum ent_extent extent, struct ent_array *out,
                struct ent_error *err);
ENT_MUST_CHECK enum ent_status
ent__panel_fill_past(struct ent_panel *panel, const struct ent_panel_table *table,
                     const struct ent_input *input, enum ent_extent extent, double *matrix,
                     struct ent_error *err);
ENT_MUST_CHECK enum ent_status
ent__panel_fill_votes(struct ent_panel *panel, const struct ent_panel_table *table,
                      struct ent_array *out, struct ent_error *err);
ENT_MUST_CHECK enum ent_status
ent__panel_fill_members(struct ent_panel *panel, const struct ent_panel_table *table,
                        const char *column, struct ent_array *out, struct ent_error *err);

/*
 * Set the system and the weights of the inputs that the conventions ask for, where the
 * source heeds them; in a file of its own.
 */
ENT_MUST_CHECK enum ent_status
ent__panel_targets(struct ent_panel *panel, struct ent_inputs *in, struct ent_error *err);

#endif
