/* Defence pacts of every pair and year, with regional charters told apart. */
#ifndef ENTENTE_QUERY_PACTS_H
#define ENTENTE_QUERY_PACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/status.h"
#include "entente/store.h"

enum ent_pact {
    ENT_PACT_ANY = 1 << 0,         /* a defence obligation of either toward the other */
    ENT_PACT_CORE = 1 << 1,        /* one in a treaty that is no regional charter */
    ENT_PACT_NATO = 1 << 2,        /* of those: NATO */
    ENT_PACT_OTHER = 1 << 3,       /* of those: another than NATO */
    ENT_PACT_BILATERAL = 1 << 4,   /* of those: a treaty of the two alone */
    ENT_PACT_CORE_BEFORE = 1 << 5, /* core in the year before */
    ENT_PACT_ANY_BEFORE = 1 << 6,
};

struct ent_pacts {
    int first_year, last_year; /* covered by ATOP, as far as asked for */
    size_t states;             /* ent_state_count() */
    uint8_t *flags;            /* by year, index of one state, index of the other */
};

/*
 * Read the numbers of regional charters from a file like data/model/charters.csv:
 * ATOP's number first, a header above.
 *
 *   ENT_EFORMAT  a number is none, or there are more than max
 *   ENT_ENOTFOUND, ENT_EIO, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__charters_read(const char *path, int *ids, size_t max,
                                                  size_t *count, struct ent_error *err);

/*
 * Read the pacts of from..to.  Released with ent__pacts_release.
 *
 *   ENT_ENOTFOUND  ATOP's members and dyads are not in the store
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__pacts_read(struct ent_store *store, const int *charters,
                                               size_t charter_count, int from, int to,
                                               struct ent_pacts *out, struct ent_error *err);
void ent__pacts_release(struct ent_pacts *pacts);

/* enum ent_pact of two states, by id; of the last year covered where the year is later. */
uint8_t ent__pacts_of(const struct ent_pacts *pacts, int year, int a, int b);

#endif
