/*
 * The votes of an ideal-point run: roll calls out of the store by the data rules of
 * Bailey, Strezhnev and Voeten, laid out for the estimator.
 *
 * The rules, in their order: yes, abstain and no only; without session 19 (one vote),
 * Zanzibar, and South Africa in session 48 (one vote); without votes on amendments and
 * paragraphs after 1989, so far as the data say which those are; roll calls on one
 * resolution are one item; without items on which all vote alike.
 */
#ifndef ENTENTE_QUERY_IDEAL_VOTES_H
#define ENTENTE_QUERY_IDEAL_VOTES_H

#include "base/arena.h"
#include "entente/ideal.h"
#include "io/digest.h"

/* Why a roll call is not used. */
enum ent_ideal_drop {
    ENT_IDEAL_KEPT = 0,
    ENT_IDEAL_SESSION, /* not among the sessions asked for */
    ENT_IDEAL_DEAD,    /* of session 19 */
    ENT_IDEAL_PART,    /* on an amendment or a paragraph, after 1989 */
    ENT_IDEAL_OTHER,   /* not on the issue, or not important */
};

struct ent_ideal_call {
    int64_t number;
    int session;
    uint32_t flags; /* bit of each issue it has: 1 << code; see ideal_calls.c */
    uint8_t drop;   /* enum ent_ideal_drop */
    uint32_t first; /* index of the earliest used roll call on the same resolution */
};

struct ent_ideal_calls {
    struct ent_ideal_call *at; /* by number */
    size_t count, capacity;
};

/* A source of the store that the run reads, with its checksum as it was then. */
struct ent_ideal_input {
    int64_t source; /* 0: a file that is not in the store */
    const char *dataset, *part, *file, *sha256;
};

#define ENT_IDEAL_INPUTS 8

/* One state in one session: where an ideal point is estimated. */
struct ent_ideal_seat {
    int16_t state, session;
    uint32_t votes;
};

struct ent_ideal_data {
    struct ent_arena *arena;
    struct ent_ideal_votes_info info;
    struct ent_ideal_calls calls;
    size_t seat_count;
    struct ent_ideal_seat *seats; /* by state, then session */
    size_t item_count;
    struct ent_ideal_item_estimate *items; /* by roll call; their estimates not filled */
    size_t *item_start;                    /* item_count + 1 */
    size_t vote_count;
    uint32_t *seat; /* of each vote, by item */
    int8_t *choice; /* 1 yes, 2 abstain, 3 no */
    size_t input_count;
    struct ent_ideal_input inputs[ENT_IDEAL_INPUTS];
    char sha256[ENT_SHA256_TEXT]; /* of the votes as laid out */
};

/*
 * Read and lay out the votes that a request asks for; strings and arrays are the
 * arena's.
 *
 *   ENT_EINVAL     nothing, or too little, is left; an issue that does not exist
 *   ENT_ENOTFOUND  no votes are in the store; nothing says which roll calls are on the issue
 *   ENT_EFORMAT, ENT_EIO, ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_data(struct ent_store *store, const struct ent_ideal_request *request,
                struct ent_arena *arena, struct ent_ideal_data *out, struct ent_error *err);

/*
 * Read the roll calls of the votes that a request asks for, and mark those that are not
 * used; data->info.source is set.  The statuses are as above.
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_calls(struct ent_store *store, const struct ent_ideal_request *request,
                 struct ent_ideal_data *data, struct ent_error *err);

/* The index of a roll call by its number, or SIZE_MAX. */
size_t ent__ideal_call_find(const struct ent_ideal_calls *calls, int64_t number);

/*
 * Link the roll calls that are on one resolution: fills `first` of each, and counts
 * into data->info.  In ideal_links.c.
 *
 *   ENT_EFORMAT  the matches contradict themselves, or are of other votes
 */
ENT_MUST_CHECK enum ent_status
ent__ideal_link(struct ent_store *store, const struct ent_ideal_request *request,
                struct ent_ideal_data *data, struct ent_error *err);

/* Note that the run reads a part of a dataset ("": all parts). */
ENT_MUST_CHECK enum ent_status
ent__ideal_input(struct ent_store *store, struct ent_ideal_data *data, const char *dataset,
                 const char *part, struct ent_error *err);

/* A column that ent__ideal_rows is asked for, and its values in a block. */
struct ent_ideal_column {
    const char *name;
    int64_t *v;
};

/* Called with the asked columns of one block as integers, ENT_NONE_INT where missing. */
typedef enum ent_status (*ent_ideal_rows_fn)(void *context, size_t rows,
                                             const struct ent_ideal_column *columns,
                                             struct ent_error *err);

/*
 * Walk whole-number columns of a table, block by block.
 *
 *   ENT_EDB  the store's table has other columns than this program knows
 */
ENT_MUST_CHECK enum ent_status ent__ideal_rows(struct ent_store *store, const char *table,
                                               struct ent_ideal_column *columns,
                                               size_t column_count, ent_ideal_rows_fn each,
                                               void *context, struct ent_error *err);

#endif
