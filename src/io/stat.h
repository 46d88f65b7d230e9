/* Stata .dta, SPSS .sav and .por, SAS .sas7bdat and .xpt, through ReadStat. */
#ifndef ENTENTE_IO_STAT_H
#define ENTENTE_IO_STAT_H

#include "io/input.h"
#include "io/sink.h"

/* The format of a file that begins with these bytes: "dta", "sav" ...; NULL for none of them.
 */
const char *ent__stat_format(const unsigned char *head, size_t len);

/*
 * Read a file of a format that ent__stat_format gave, as one typed table.  Codes
 * stay numbers: labels of values are not put in their place.  Stata's .a to .z
 * and values that SPSS declares missing are ENT_MISSING_TAGGED.
 *
 *   ENT_EFORMAT  it is damaged, truncated or of an unknown version, or a limit is passed
 *   ENT_EIO      reading failed
 *   ENT_ENOMEM   out of memory
 *   and what the sink returns
 */
ENT_MUST_CHECK enum ent_status ent__stat_read(struct ent_input *input, const char *format,
                                              struct ent_str table, struct ent_sink *sink,
                                              struct ent_error *err);

#endif
