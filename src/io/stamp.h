/* Dates and times that files keep as numbers, as text. */
#ifndef ENTENTE_IO_STAMP_H
#define ENTENTE_IO_STAMP_H

#include <stddef.h>

/* Room for any of the texts, with a NUL. */
#define ENT_STAMP_BYTES 40

/* Days since 1970 as "1946-01-31"; returns its length, 0 when millions of days away. */
size_t ent__stamp_date(double days, char out[ENT_STAMP_BYTES]);

/* Seconds since 1970 as "1946-01-31 23:59:59", in UTC; returns its length, or 0 as above. */
size_t ent__stamp_time(double seconds, char out[ENT_STAMP_BYTES]);

#endif
