/*
 * Numbers as people read them: "93.9 bn US$", "2.17 %", "312th", "▂▃▅▇".
 *
 * Each function writes into text[0..size-1], NUL-terminated and cut if it must
 * be, and returns text.  Nothing allocates; the locale does not matter.
 */
#ifndef ENTENTE_NUMBER_H
#define ENTENTE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "entente/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Long enough for anything below but a sparkline of more than 60 values. */
#define ENT_NUMBER_TEXT 192

/* A whole number with its thousands apart: "19,306". */
ENT_API char *ent_integer_text(int64_t value, char *text, size_t size);

/* "1st", "312th", "19,306th". */
ENT_API char *ent_ordinal_text(uint64_t value, char *text, size_t size);

/*
 * A value in its form, without its unit: a share in per cent ("2.17 %"), an amount
 * to three figures with its power of ten ("93.9 bn": the unit may begin with
 * "thousand", "million" or "billion"), "yes" or "no", "10th".  NAN is "—".
 */
ENT_API char *ent_value_text(double value, enum ent_number_form form, const char *unit,
                             char *text, size_t size);

/*
 * What is left of a unit beside ent_value_text: "current US$" of "million current
 * US$" in an amount.  Borrowed from unit.
 */
ENT_API const char *ent_unit_rest(enum ent_number_form form, const char *unit);

/* A number that reads back the same, in the fewest digits: for programs; NAN is "". */
ENT_API char *ent_number_exact(double value, char *text, size_t size);

/*
 * A small line of one block a value, scaled from the lowest to the highest of
 * them; NAN leaves a gap.
 */
ENT_API char *ent_sparkline(const double *values, size_t count, char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
