/*
 * A claim as a tree: what was written, read, with its names looked up and its units
 * checked.  It lives in an arena.
 */
#ifndef ENTENTE_ASSESS_CLAIM_TREE_H
#define ENTENTE_ASSESS_CLAIM_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assess/claim_unit.h"
#include "base/arena.h"
#include "base/str.h"

/* Expressions nest at most so deep, and are at most so long, in bytes. */
#define ENT_CLAIM_DEPTH  64
#define ENT_CLAIM_LENGTH 4096

/* A reported fact, by its id, for fact("ID"). */
struct ent_claim_fact {
    const char *id;
    double value; /* in base units; NAN: it has none */
    struct ent_claim_unit unit;
    const char *words, *source, *date;
    const char *value_text; /* as it stands there, with its unit; "" for none */
};

struct ent_claim_facts {
    size_t count;
    const struct ent_claim_fact *at;
};

/* The fact with an id; NULL when there is none.  facts may be NULL. */
const struct ent_claim_fact *
ent__claim_fact_find(const struct ent_claim_facts *facts, const char *id);

enum ent_claim_node_kind {
    ENT_NODE_NUMBER = 0,
    ENT_NODE_WORD, /* yes, no, abstain, absent: `number` is its code */
    ENT_NODE_CALL,
    ENT_NODE_NEGATE,
    ENT_NODE_ADD,
    ENT_NODE_SUBTRACT,
    ENT_NODE_MULTIPLY,
    ENT_NODE_DIVIDE,
    ENT_NODE_COMPARE, /* child[0] relation child[1]; between: and child[2] */
    ENT_NODE_NOT,
    ENT_NODE_AND,
    ENT_NODE_OR,
};

enum ent_claim_relation {
    ENT_CLAIM_EQUAL = 0,
    ENT_CLAIM_UNEQUAL,
    ENT_CLAIM_BELOW,
    ENT_CLAIM_AT_MOST,
    ENT_CLAIM_ABOVE,
    ENT_CLAIM_AT_LEAST,
    ENT_CLAIM_NEAR,
    ENT_CLAIM_BETWEEN,
    ENT_CLAIM_HOLDS, /* a yes or no by itself */
};

enum ent_claim_function {
    ENT_CALL_VALUE = 0, /* the measure itself */
    ENT_CALL_RANK,
    ENT_CALL_SHARE,
    ENT_CALL_PLACE,
    ENT_CALL_PERCENTILE,
    ENT_CALL_CHANGE,
    ENT_CALL_SUM,
    ENT_CALL_MEAN,
    ENT_CALL_MIN,
    ENT_CALL_MAX,
    ENT_CALL_COUNT,
    ENT_CALL_TREATY,
    ENT_CALL_VOTE,
    ENT_CALL_FACT,
};
#define ENT_CALLS 14

/* "rank"; "" of a measure itself. */
const char *ent__claim_function_name(enum ent_claim_function function);

/* The first sign or word of a relation: "<=", "between". */
const char *ent__claim_relation_text(enum ent_claim_relation relation);

/* What a call asks about: a measure, or several that tell the same of two states. */
enum ent_claim_subject {
    ENT_ABOUT_MEASURE = 0,
    ENT_ABOUT_TRADE, /* two-way trade by every source, each side's own reports among them */
    ENT_ABOUT_TREATY_ANY,
    ENT_ABOUT_DISPUTES,
    ENT_ABOUT_VETOES_ONE, /* the vetoes of one state */
    ENT_ABOUT_VOTE,
    ENT_ABOUT_FACT,
};

/* One term of "USA + EU - GBR". */
struct ent_claim_term {
    bool minus;
    size_t at;       /* byte in the text, for messages */
    int id;          /* of a state; 0: a group, or everybody */
    int group;       /* -1: none */
    bool everybody;  /* ALL */
    const char *was; /* as written, or the code */
};

struct ent_claim_states {
    size_t count; /* 0: not given */
    struct ent_claim_term *terms;
};

struct ent_claim_call {
    enum ent_claim_function function;
    enum ent_claim_subject about;
    size_t measure;     /* of ENT_ABOUT_MEASURE */
    const char *source; /* the one that is asked for; NULL: every one */
    const char *kind;   /* of count and treaty: as written */
    struct ent_claim_states a, b;
    size_t bloc_count; /* groups that count as one partner */
    int blocs[8];
    int from, to;     /* years; equal for one; 0: none */
    size_t reference; /* which of a condition: see claim_value.h */
    const char *text; /* of vote: the roll call; of fact: its id */
    struct ent_claim_unit fact_unit;
};

/* How far off is still nearly. */
struct ent_claim_tolerance {
    bool given;
    bool relative; /* a part of what is claimed */
    double number; /* in base units, or as a part of 1 */
    struct ent_claim_unit unit;
    size_t at;
    const char *text;
};

struct ent_claim_node {
    enum ent_claim_node_kind kind;
    size_t at; /* byte in the text, for messages */
    struct ent_claim_unit unit;
    double number;    /* in base units */
    double last;      /* what one in the last digit is worth, as it is written */
    const char *text; /* a number or word as it was written, with its unit */
    enum ent_claim_relation relation;
    struct ent_claim_tolerance tolerance;
    struct ent_claim_call *call;
    struct ent_claim_node *child[3];
};

/*
 * Read a claim.  The tree is the arena's, and borrows nothing from text; facts may be
 * NULL: none has a value then.
 *
 *   ENT_EFORMAT    it does not follow the grammar, or its units do not fit
 *   ENT_ENOTFOUND  no such measure, function, source, state or unit; the nearest is named
 *   ENT_ENOMEM
 *
 * On failure *at is the byte in text at which it was seen.
 */
ENT_MUST_CHECK enum ent_status
ent__claim_parse(struct ent_str text, const struct ent_claim_facts *facts,
                 struct ent_arena *arena, struct ent_claim_node **out, size_t *at,
                 struct ent_error *err);

/*
 * Read an expression that needs not be a claim: its units are not worked out yet.  As above.
 */
ENT_MUST_CHECK enum ent_status
ent__claim_parse_part(struct ent_str text, const struct ent_claim_facts *facts,
                      struct ent_arena *arena, struct ent_claim_node **out, size_t *at,
                      struct ent_error *err);

/* Read an amount alone: a number with its unit, or a word; as above. */
ENT_MUST_CHECK enum ent_status
ent__claim_parse_amount(struct ent_str text, struct ent_arena *arena,
                        struct ent_claim_node **out, size_t *at, struct ent_error *err);

/* Give a comparison that was put together its tolerance, from an amount. */
ENT_MUST_CHECK enum ent_status ent__claim_tolerance_set(struct ent_claim_node *compare,
                                                        const struct ent_claim_node *amount,
                                                        struct ent_error *err);

/*
 * Work out the units of a tree that was put together, and whether they fit; its
 * outermost node must be a claim: a comparison, or a yes or no.
 *
 *   ENT_EFORMAT  they do not; *at is set
 */
ENT_MUST_CHECK enum ent_status
ent__claim_units(struct ent_claim_node *node, size_t *at, struct ent_error *err);

/* Write a tree so that reading it gives the same tree. */
void ent__claim_print(const struct ent_claim_node *node, struct ent_buf *out);

/* One call, or one set of states, the same way. */
void ent__claim_print_call(const struct ent_claim_call *call, struct ent_buf *out);
void ent__claim_print_states(const struct ent_claim_states *states, struct ent_buf *out);

#endif
