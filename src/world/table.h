/*
 * The tables that tools/gen-states makes of data/states.
 *
 * A row says which state a code or a name stands for in which years.  The rows
 * of a text code or a name are found by its key in a hash table with open
 * addressing ("3:rus", "n:russia"), those of a number by the number itself.
 */
#ifndef ENTENTE_WORLD_TABLE_H
#define ENTENTE_WORLD_TABLE_H

#include "entente/state.h"

/* Years of a row that holds in any year. */
#define ENT__ANY_FROM 0
#define ENT__ANY_TO   9999

/* How a state comes by a name or code. */
enum ent__kind {
    ENT__KIND_OWN = 0, /* a code */
    ENT__KIND_NAME,    /* a name */
    ENT__KIND_SOURCE,  /* a name that several share, and that published data mean so */
};

struct ent__code_row {
    int16_t id, from, to; /* the first and the last year */
    int16_t kind;         /* enum ent__kind */
};

/* A hash slot: a key of ent__key_text and its rows; no rows when it is free. */
struct ent__slot {
    uint32_t key;
    uint16_t key_len;
    uint16_t first, count;
};

/* The rows of a number; systems in the order of enum ent__numeric. */
enum ent__numeric {
    ENT__COWN = 0,
    ENT__GWN,
    ENT__M49,
    ENT__POLITY,
};

#define ENT__NUMBER_LIMIT 1000

struct ent__number {
    uint16_t first, count;
};

/* A name as it is compared with one misspelt, in ent__key_text. */
struct ent__plain {
    int16_t id;
    uint16_t len;
    uint32_t at;
};

/* What a state was called in some years. */
struct ent__period {
    int16_t id, from, to;
    const char *name;
};

struct ent__major {
    int16_t id;
    struct ent_spell spell;
};

/* The GW number of a state in some years, where it changed; by id and year. */
struct ent__changed_gwn {
    int16_t id, from, to, gwn;
};

#define ENT__ID_LIMIT 3000

extern const struct ent_state ent__states[];
extern const size_t ent__state_count;
extern const struct ent_spell ent__spells[];
extern const int16_t ent__index_of_id[]; /* ENT__ID_LIMIT of them, -1 for none */
extern const struct ent__code_row ent__code_rows[];
extern const struct ent__slot ent__slots[];
extern const uint32_t ent__slot_mask;
extern const struct ent__number ent__numbers[];
extern const struct ent__plain ent__plain_names[];
extern const size_t ent__plain_count;
extern const struct ent__period ent__periods[];
extern const size_t ent__period_count;
extern const struct ent__major ent__majors[];
extern const size_t ent__major_count;
extern const struct ent__changed_gwn ent__changed_gwns[];
extern const size_t ent__changed_gwn_count;
extern const unsigned char ent__key_text[];

#endif
