/* Numbers as text for files: fast, and the same on every machine. */
#ifndef ENTENTE_REPORT_REAL_H
#define ENTENTE_REPORT_REAL_H

#include <stddef.h>

/* Room for any number. */
#define ENT_REAL_TEXT 32

/*
 * Write a number into out[0..ENT_REAL_TEXT-1], without a NUL, and return its length:
 * a whole one below 1e15 in full, any other to twelve significant digits without
 * trailing zeros, in C notation whatever the locale; nothing for NAN.  O(1).
 */
size_t ent__real_text(double value, char *out);

#endif
