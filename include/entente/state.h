/*
 * States: members of the international system, their codes, names and spells.
 *
 * A state is known inside by one number.  A member of the Correlates of War
 * (COW) state system has its COW number (USA 2, Russia and the USSR 365, China
 * 710, West Germany 260).  A member of Gleditsch and Ward's (GW) list alone has
 * its GW number plus 2000; a territory or place that is neither, but trades or
 * receives visits under its own name (Hong Kong, Palestine), has a number from
 * 1001.  These numbers never change, so a store made today is read tomorrow.
 *
 * The table is compiled in: nothing here fails for want of a file, nothing
 * allocates, and everything is safe from any thread.
 */
#ifndef ENTENTE_STATE_H
#define ENTENTE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"
#include "entente/str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a code is to be read. */
enum ent_code_system {
    ENT_CODE_ANY = 0, /* as a person writes: a name, an ISO or COW code, "cow:AUS", "gw:260" */
    ENT_CODE_ISO3,    /* ISO 3166 three letters, past ones included (YUG, SUN, DDR), and
                         those that datasets use where ISO has none (PAL, CHI) */
    ENT_CODE_ISO2,    /* ISO 3166 two letters */
    ENT_CODE_M49,     /* UN M49 and ISO numeric, past ones included (810, 278), and
                         Comtrade's own (842 for the USA, 490 for Taiwan) */
    ENT_CODE_COW,     /* COW letters */
    ENT_CODE_COWN,    /* COW numbers */
    ENT_CODE_GW,      /* Gleditsch-Ward letters */
    ENT_CODE_GWN,     /* Gleditsch-Ward numbers */
    ENT_CODE_NAME,    /* a name as a published source writes it: see ent_state_find */
    ENT_CODE_POLITYN, /* Polity's numbers: COW's but for some (USSR 364, Kosovo 341) */
};

/* Which list of members. */
enum ent_membership {
    ENT_MEMBER_COW = 0,
    ENT_MEMBER_GW,
};

/* First and last day of a spell; a spell that goes on ends in year 9999. */
struct ent_spell {
    int16_t from_year, from_month, from_day;
    int16_t to_year, to_month, to_day;
};

struct ent_state {
    int16_t id;
    int16_t index;    /* 0..ent_state_count()-1, in order of id: for dense arrays */
    const char *name; /* its present or last name, short form: "Russia" */
    const char *iso3; /* "" when it never had one; so for the next three */
    const char *iso2;
    const char *cow;
    const char *gw;
    int16_t m49; /* 0 when it has none; so for the next two */
    int16_t cown;
    int16_t gwn;                /* the last one, where they changed: see ent_state_gwn */
    int16_t region;             /* enum ent_region */
    double latitude, longitude; /* of the capital, in degrees */
    const struct ent_spell *cow_spells;
    size_t cow_spell_count;
    const struct ent_spell *gw_spells;
    size_t gw_spell_count;
};

/* COW's regions, by the numbers of its states. */
enum ent_region {
    ENT_REGION_NONE = 0,
    ENT_REGION_AMERICAS,
    ENT_REGION_EUROPE,
    ENT_REGION_AFRICA,
    ENT_REGION_MIDDLE_EAST,
    ENT_REGION_ASIA,
    ENT_REGION_OCEANIA,
};

/* How many states and places are known. */
ENT_API size_t ent_state_count(void);

/* The state at an index 0..ent_state_count()-1; NULL beyond. */
ENT_API const struct ent_state *ent_state_at(size_t index);

/* The state with an id; NULL when there is none.  O(1). */
ENT_API const struct ent_state *ent_state_get(int id);

/*
 * The state that a number stands for in a numeric system (ENT_CODE_COWN,
 * ENT_CODE_GWN, ENT_CODE_M49, ENT_CODE_POLITYN) in a year, 0 for any.  The year
 * decides where a number changed hands or a source keeps an old one: COW's 260 is
 * West Germany to 1990, and Germany (255) in a source that still uses it after.  Returns an id,
 * or -1 for a number that stands for nothing.  O(1), for inner loops.
 */
ENT_API int ent_state_from_number(enum ent_code_system system, int number, int year);

/* How many candidates a failed look-up names. */
#define ENT_STATE_CANDIDATES 5

struct ent_state_match {
    int id; /* -1 when not found */
    size_t candidate_count;
    int candidates[ENT_STATE_CANDIDATES]; /* ids, nearest first */
};

/*
 * The state that a text stands for in a year, 0 for any: with no year, "Germany"
 * is today's (255), "Yemen" 679, and "East Germany" still 265.
 *
 * ENT_CODE_ANY accepts a name, present or past, in any case and with or without
 * accents ("Russian Federation", "Soviet Union", "Korea, South", "Viet Nam",
 * "Türkiye"), ISO letters, COW letters, a COW number, and any of these after a
 * prefix that says which it is (iso: iso2: m49: cow: gw:).  Where three letters
 * mean one state in ISO and another in COW, ISO wins ("AUS" is Australia, and
 * "cow:AUS" is Austria).  match may be NULL.
 *
 * The year decides between states of one name: "Germany" is West Germany (260)
 * from 1949 to 1989, "Korea" the old kingdom (730) to 1910.  Where it does not,
 * a person's text is ambiguous; ENT_CODE_NAME, which importers use, takes what
 * published data mean: "Congo" is Brazzaville's, "Korea" the South.  "Vietnam"
 * from 1954 to 1975 is ambiguous there too, since sources differ.
 *
 *   ENT_ENOTFOUND   nothing is called so; match and the message name the nearest
 *   ENT_EAMBIGUOUS  several are called so ("Korea", "Congo"); they are named
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_state_find(struct ent_str text, enum ent_code_system system, int year,
               struct ent_state_match *match, struct ent_error *err);

/*
 * The state's name in a year, 0 for today: "Soviet Union" in 1980, "Russia" now.
 * A year in which the name changed has the name of its last day.  "" for an id
 * that is none.
 */
ENT_API const char *ent_state_name(int id, int year);

/*
 * The GW number of a state in a year (on its last day, where it changed: Germany
 * has 255 to 1945 and 260 from 1990), 0 for its last.  0 when it has none, or is
 * not in GW's list that year.
 */
ENT_API int ent_state_gwn(int id, int year);

/* Whether a state is a member on any day of a year. */
ENT_API bool ent_state_member(int id, enum ent_membership list, int year);

/* Whether COW counts a state among the major powers on any day of a year. */
ENT_API bool ent_state_major(int id, int year);

/*
 * The state that holds China's seat in the General Assembly on a day: Taiwan's
 * (713) from 8 December 1949 to 24 October 1971, else China's (710).
 */
ENT_API int ent_state_china_seat(int year, int month, int day);

#ifdef __cplusplus
}
#endif

#endif
