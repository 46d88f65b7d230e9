/*
 * Delimited text: comma, semicolon, tab or bar, found by looking at the first lines.
 *
 * Lines end in LF, CRLF or CR.  Cells may be in double quotes, with the quote
 * doubled inside and line ends kept.  Unquoted cells lose the white space around
 * them.  A row has as many cells as its line: ragged rows and the empty cell
 * after a trailing delimiter are passed on.  Blank lines are skipped and counted.
 * A row that is not UTF-8 is read as Windows-1252.
 */
#ifndef ENTENTE_IO_TEXT_H
#define ENTENTE_IO_TEXT_H

#include "io/container.h"

/*
 * Read text as one table of the given name; file_name, which may be NULL, only
 * decides between comma and tab where the text has neither.
 *
 *   ENT_EFORMAT  it holds NUL bytes or UTF-16, a quote is never closed, or a limit is passed
 *   and what the stream and the sink return
 */
ENT_MUST_CHECK enum ent_status ent__text_read(struct ent_stream *stream, struct ent_str table,
                                              const char *file_name, struct ent_sink *sink,
                                              struct ent_error *err);

/*
 * The delimiter of text: that of , ; tab | which the most lines have equally
 * often, outside quotes and not as their last byte; `otherwise` when none does.
 */
char ent__text_delimiter(struct ent_str head, char otherwise);

#endif
