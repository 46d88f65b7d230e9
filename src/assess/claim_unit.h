/*
 * Units of claims: what a number is an amount of, and with which power of ten.
 *
 * Amounts of the same thing can be compared, added and divided; a unit that a
 * measure cannot have is refused.  Values are computed in the base unit of their
 * kind: current US$, people, cubic metres, a share of 1.
 */
#ifndef ENTENTE_ASSESS_CLAIM_UNIT_H
#define ENTENTE_ASSESS_CLAIM_UNIT_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/measure.h"
#include "entente/str.h"

/* What can be measured; each is a factor of a unit, with its power. */
enum ent_claim_base {
    ENT_BASE_MONEY = 0, /* current US$ */
    ENT_BASE_PPP,       /* PPP US$ */
    ENT_BASE_PEOPLE,
    ENT_BASE_TIME,   /* years */
    ENT_BASE_LENGTH, /* km */
    ENT_BASE_VOLUME, /* cubic metres of gas */
    ENT_BASE_ENERGY, /* exajoules */
    ENT_BASE_MASS,   /* tonnes */
    ENT_BASE_ARMS,   /* TIV */
    ENT_BASE_ITEMS,  /* things counted: see `items` */
};
#define ENT_CLAIM_BASES 10

/* How a number without a dimension is meant. */
enum ent_claim_nature {
    ENT_NATURE_NUMBER = 0, /* an index, a ratio, a plain number */
    ENT_NATURE_SHARE,      /* a part of a whole, or a change: in per cent */
    ENT_NATURE_RATIO,      /* so many times */
    ENT_NATURE_RANK,
    ENT_NATURE_YEAR,
    ENT_NATURE_YES_NO,
    ENT_NATURE_VOTE,
};

struct ent_claim_unit {
    int8_t power[ENT_CLAIM_BASES];
    enum ent_claim_nature nature;
    bool bare;         /* a number written without a unit: it takes that of the other side */
    bool scaled;       /* of a measure whose unit has a power of ten: it must be said */
    const char *items; /* what is counted, plural: "visits"; NULL when not said */
};

/* The unit of a measure's values, and what they are multiplied by to be in the base unit. */
struct ent_claim_unit ent__claim_unit_of(const struct ent_measure_info *info, double *scale);

/*
 * Read the word of a unit ("bn", "US$", "people", "%"); false when it is none.  *scale is what
 * it multiplies by; *is_power: it is only that ("bn"), and a unit may follow.
 */
bool ent__claim_unit_word(struct ent_str word, struct ent_claim_unit *unit, double *scale,
                          bool *is_power);

/* Every word of a unit, for naming the nearest; ended by NULL. */
const char *const *ent__claim_unit_words(void);

/* Whether it has no dimension. */
bool ent__claim_unit_pure(const struct ent_claim_unit *unit);

/* Whether amounts of the two can be compared; a bare number with what has no power of ten. */
bool ent__claim_units_agree(const struct ent_claim_unit *a, const struct ent_claim_unit *b);

/* The unit of a product (sign 1) or a quotient (sign -1). */
struct ent_claim_unit
ent__claim_unit_times(const struct ent_claim_unit *a, const struct ent_claim_unit *b, int sign);

/* In words: "current US$", "a share", "visits"; returns text. */
char *ent__claim_unit_text(const struct ent_claim_unit *unit, char *text, size_t size);

/* A value in base units as people read it, with its unit: "93.9 bn US$"; returns text. */
char *
ent__claim_value_text(double value, const struct ent_claim_unit *unit, char *text, size_t size);

#endif
