/* Legacy encodings end here: whatever the file had, what is handed on is UTF-8. */
#ifndef ENTENTE_IO_ENCODING_H
#define ENTENTE_IO_ENCODING_H

#include "base/str.h"

/* Whether every byte is ASCII. */
bool ent__is_ascii(struct ent_str text);

/* Whether the text is valid UTF-8 (no surrogates, no overlong forms). */
bool ent__is_utf8(struct ent_str text);

/* The most bytes of UTF-8 that one byte of Windows-1252 becomes. */
#define ENT_CP1252_MOST 3

/*
 * Write text, read as Windows-1252 (which has Latin-1's letters), as UTF-8 at
 * out, where there must be room for ENT_CP1252_MOST * text.len bytes.  Returns
 * how many were written.  The five bytes it does not define become U+FFFD.
 */
size_t ent__cp1252_to_utf8(struct ent_str text, char *out);

#endif
