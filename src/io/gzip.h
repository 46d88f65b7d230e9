/* Writing a gzip file, for what ships compressed. */
#ifndef ENTENTE_IO_GZIP_H
#define ENTENTE_IO_GZIP_H

#include "base/str.h"

/*
 * Write text as a gzip file: beside the path first, then renamed.  No time or name
 * goes into it, so that the same text gives the same bytes.
 *
 *   ENT_EIO  the file cannot be written; what was there before stays
 */
ENT_MUST_CHECK enum ent_status
ent__gzip_write(const char *path, struct ent_str text, struct ent_error *err);

#endif
