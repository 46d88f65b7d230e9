/* Inside the data of claims: shared by its files. */
#ifndef ENTENTE_QUERY_CLAIM_INSIDE_H
#define ENTENTE_QUERY_CLAIM_INSIDE_H

#include "base/arena.h"
#include "panel/panel.h"
#include "query/claim_data.h"

#define ENT_CLAIM_THREADS    4
#define ENT_CLAIM_VOTE_FILES 3

/* In place of a state: all dyads. */
#define ENT_CLAIM_FIELD (-1)

/* An array that some claim wants. */
struct ent_claim_want {
    uint64_t key;
    size_t measure, source;
    int state, year; /* state 0: of every state; ENT_CLAIM_FIELD: all dyads */
    double *v;       /* by ent_state index; of a field ascending; NULL: see lack */
    size_t count;    /* of a field */
    enum ent_claim_lack lack;
    int first_year, last_year;
};

/* A roll call as one vote file lists it. */
struct ent_claim_roll_call {
    int32_t number;
    int16_t year; /* under which its votes stand */
    bool part;    /* an amendment or a paragraph, not the resolution */
    char date[11];
    char resolution[24]; /* without "A/RES/" */
};

struct ent_claim_roll_calls {
    bool read, loaded;
    size_t count, capacity;
    struct ent_claim_roll_call *at;
};

struct ent_claim_source {
    struct ent_store *store;
    struct ent_panel *panel;
    struct ent_starter_files *starter; /* in place of a store */
    struct ent_claim_data data;
    enum ent_status (*reader)(struct ent_claim_source *s, int threads, struct ent_error *err);
    bool read;
    size_t want_count, want_capacity;
    struct ent_claim_want *wants;
    uint32_t *slots; /* open addressing: index + 1, 0 is free */
    size_t slot_count;
    struct ent_arena arrays[ENT_CLAIM_THREADS];
    struct ent_claim_roll_calls roll_calls[ENT_CLAIM_VOTE_FILES];
    enum ent_status status; /* of what the data's functions could not hand on */
    struct ent_error error;
};

/* See struct ent_claim_data. */
void ent__claim_disputes(void *context, const char *source, int a, int b, int from, int to,
                         struct ent_claim_cell *out);
void ent__claim_vote(void *context, const char *source, int state, const char *roll_call,
                     struct ent_claim_cell *out);

/* The roll call that a text means in a vote file; NULL: none, or several. */
const struct ent_claim_roll_call *
ent__claim_roll_call(struct ent_claim_source *s, const char *source, const char *text);

/* The years covered by a dataset that votes or disputes are read from by name. */
struct ent_coverage
ent__claim_dataset_coverage(const struct ent_claim_source *s, const char *dataset);

#endif
