/*
 * The value of a claim's two sides by one choice of sources, from data that somebody
 * else hands over.
 */
#ifndef ENTENTE_ASSESS_CLAIM_VALUE_H
#define ENTENTE_ASSESS_CLAIM_VALUE_H

#include "assess/claim_tree.h"
#include "entente/claim.h"

/* Why a value is not known: what a source lacks. */
enum ent_claim_lack {
    ENT_LACK_NOTHING = 0,
    ENT_LACK_LOADED, /* the source is not loaded */
    ENT_LACK_BEFORE, /* the year is before the first it covers */
    ENT_LACK_AFTER,
    ENT_LACK_MEMBER,  /* one of the two was no state then */
    ENT_LACK_WATCHED, /* it does not watch them */
    ENT_LACK_VALUE,   /* it has none for them */
    ENT_LACK_ROLL_CALL,
    ENT_LACK_SEVERAL, /* several roll calls fit */
    ENT_LACK_FULL,    /* the whole data are needed, and this is the starter panel */
};

struct ent_claim_cell {
    double value; /* as the measure gives it; NAN: see lack */
    enum ent_claim_lack lack;
    int first_year, last_year; /* that its source covers; 0: no years */
};

/* A value of every state, by ent_state index. */
struct ent_claim_line {
    const double *v; /* NAN: not known */
    struct ent_claim_cell lack;
};

/*
 * Where values come from.  The functions may be called twice for one value: once to
 * learn what will be needed, when they may know nothing yet, and once to answer.
 */
struct ent_claim_data {
    void *context;
    /* A measure from a to b (b 0: of one state) in a year. */
    void (*cell)(void *context, size_t measure, size_t source, int a, int b, int year,
                 struct ent_claim_cell *out);
    /* The same to every other state (a 0: of every state); NULL v: not to be had. */
    void (*line)(void *context, size_t measure, size_t source, int a, int year,
                 struct ent_claim_line *out);
    /* All dyads' values, ascending, and how many; NULL: not to be had. */
    const double *(*field)(void *context, size_t measure, size_t source, int year,
                           size_t *count);
    /* How many disputes of the years a and b had, each once. */
    void (*disputes)(void *context, const char *source, int a, int b, int from, int to,
                     struct ent_claim_cell *out);
    /* A state's vote (1 yes, 2 abstain, 3 no, 8 absent) in the roll call that a text means. */
    void (*vote)(void *context, const char *source, int state, const char *roll_call,
                 struct ent_claim_cell *out);
    /* The version of a source of a measure, or of a dataset (measure SIZE_MAX); "". */
    const char *(*version)(void *context, size_t measure, size_t source, const char *dataset);
};

/* One way to know what calls of one kind ask about. */
struct ent_claim_choice {
    enum ent_claim_subject about;
    size_t measure, source; /* index of the measure, and of its source */
    bool swapped;           /* from the second state's side: its own report */
    bool reports;           /* by the first state's report, or with `swapped` the second's */
    const char *name;       /* of the dataset */
};

#define ENT_CLAIM_CHOICES 8

/* What several calls of a condition ask about: they take the same choice. */
struct ent_claim_reference {
    enum ent_claim_subject about;
    size_t measure;
    const char *source;
    bool partners; /* some call needs all partners of the first state */
    size_t count;
    struct ent_claim_choice choices[ENT_CLAIM_CHOICES];
};

#define ENT_CLAIM_REFERENCES 12

struct ent_claim_references {
    size_t count;
    struct ent_claim_reference at[ENT_CLAIM_REFERENCES];
};

/*
 * List what the calls of a condition ask about, and number them.
 *
 *   ENT_EFORMAT  more different measures than ENT_CLAIM_REFERENCES
 */
ENT_MUST_CHECK enum ent_status ent__claim_references(struct ent_claim_node *condition,
                                                     struct ent_claim_references *out,
                                                     struct ent_error *err);

/*
 * Whether choices fit together: measures that share a source take it from one.
 * pick[r] is an index into the choices of reference r.
 */
bool ent__claim_consistent(const struct ent_claim_references *refs, const size_t *pick);

/* A value that may be no more than a bound. */
struct ent_claim_number {
    double v;        /* NAN: not known */
    int bound;       /* 0 exact, 1: at least v, -1: at most v */
    const char *why; /* why it is not known; NULL when it is */
};

/* A part of an answer in the making. */
struct ent_claim_working {
    const struct ent_claim_data *data;
    const struct ent_claim_facts *facts;
    struct ent_arena *arena; /* of the texts */
    const struct ent_claim_references *refs;
    const size_t *pick;
    bool quiet; /* nothing is kept: it is to learn what will be needed */
    size_t figure_count, figure_capacity;
    struct ent_claim_figure *figures; /* the arena's */
    const struct ent_claim_node **figure_nodes;
};

/*
 * The value of an expression by the choices picked; its figures are noted.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__claim_value(struct ent_claim_working *w, const struct ent_claim_node *node,
                 struct ent_claim_number *out, struct ent_error *err);

/* The states of a set in a year, as ids, each once; returns how many. */
size_t ent__claim_expand(const struct ent_claim_states *states, int year, int *ids, size_t max);

/* A lack in words: "cow_trade ends in 2014". */
const char *ent__claim_lack_text(struct ent_arena *arena, const struct ent_claim_cell *cell,
                                 const char *source, const struct ent_claim_call *call,
                                 int year);

#endif
