/*
 * Names made comparable: "Korea, Rep. of", "KOREA (Republic of)" and "Republic of
 * Korea" are the same words.
 *
 * Letters are folded and lose their accents, apostrophes vanish, initials are
 * joined ("U.S.S.R." is "ussr"), everything else that is no letter or digit parts
 * words; "the", "of" and "and" are left out and abbreviations written out ("St.",
 * "Rep.", "Isds").  tools/gen-states does the same to the names of the tables.
 */
#ifndef ENTENTE_WORLD_NAME_H
#define ENTENTE_WORLD_NAME_H

#include <stdbool.h>

#include "entente/str.h"

/* No name of a state is longer than this, in bytes or in words. */
#define ENT__NAME_BYTES 128
#define ENT__NAME_WORDS 20

struct ent__words {
    char bytes[ENT__NAME_BYTES];
    size_t used;
    size_t count;
    struct ent_str word[ENT__NAME_WORDS]; /* into bytes, or into constant text */
};

/* The words of a text; false when it is too long to be a state's name. */
bool ent__words_split(struct ent_str text, struct ent__words *words);

/*
 * Write the words with one space between into out[0..ENT__NAME_BYTES-1], not
 * NUL-terminated, and return the length; 0 too when it does not fit.
 */
size_t ent__words_join(const struct ent__words *words, char *out);

/* Sort the words, so that their order makes no difference. */
void ent__words_sort(struct ent__words *words);

/*
 * Leave out the words that only say what kind of state it is ("kingdom",
 * "republic").  false when there are none, or nothing else.
 */
bool ent__words_drop_polity(struct ent__words *words);

#endif
