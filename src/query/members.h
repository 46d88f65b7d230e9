/*
 * Treaties of alliance in force between states, by ATOP's list of members.
 *
 * A *core* defence pact is an alliance, regional charters left out, under which at least
 * one of two members owes the other defence.
 */
#ifndef ENTENTE_QUERY_MEMBERS_H
#define ENTENTE_QUERY_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "entente/store.h"

/* What one member owes by one phase of an alliance, and when. */
struct ent_member {
    int alliance, phase, state;
    int from[3], to[3]; /* year, month, day; month and day 0: not known; to[0] 9999: goes on */
    bool defense, offense, neutral, nonagg, consul;
    bool conditional, bilateral, asymmetric;
    bool command; /* an integrated one, or a permanent organization with forces abroad */
    bool bases;
    bool charter; /* of a region, and not core */
};

struct ent_members {
    struct ent_member *at; /* by alliance, phase, state */
    size_t count, capacity;
    int last_year; /* to which the list observes; 0: not loaded */
};

/*
 * Read the members of all alliances.  charters[0..charter_count-1] are the numbers of the
 * regional charters.  A store without ATOP gives an empty list.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__members_read(struct ent_store *store, const int *charters, size_t charter_count,
                  struct ent_arena *arena, struct ent_members **out, struct ent_error *err);

/* Whether two memberships are of one treaty and both in force on some day of a year. */
bool ent__members_join(const struct ent_member *a, const struct ent_member *b, int year);

/* What the treaties of two states come to, one bit each. */
enum ent_bond {
    ENT_BOND_CORE = 1 << 0, /* a core defence pact */
    ENT_BOND_COMMAND = 1 << 1,
    ENT_BOND_BASES = 1 << 2,
};

/* The terms, enum ent_bond, of all treaties that two states share in a year. */
uint32_t ent__members_terms(const struct ent_members *members, int a, int b, int year);

struct ent_member_pair {
    int16_t a, b; /* ids, a < b */
};

/*
 * The pairs with a core defence pact in a year, in order of ids; those of the last year
 * observed after it.  pairs has room for ENT_MEMBER_PAIRS.  Returns how many there are.
 */
#define ENT_MEMBER_PAIRS 8192
size_t
ent__members_core(const struct ent_members *members, int year, struct ent_member_pair *pairs);

#endif
