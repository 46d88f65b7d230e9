/* The SHA-256 of a file, which names in the store what was read. */
#ifndef ENTENTE_IO_DIGEST_H
#define ENTENTE_IO_DIGEST_H

#include <stdint.h>

#include "entente/status.h"

#define ENT_SHA256_TEXT 65

/*
 * The SHA-256 of a file's bytes as 64 hexadecimal digits and a NUL, and its size.
 *
 *   ENT_EIO  the file cannot be read
 */
ENT_MUST_CHECK enum ent_status ent__file_digest(const char *path, char hex[ENT_SHA256_TEXT],
                                                uint64_t *bytes, struct ent_error *err);

/* The same of bytes in memory. */
void ent__bytes_digest(const void *bytes, size_t len, char hex[ENT_SHA256_TEXT]);

#endif
