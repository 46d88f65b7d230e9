/* A year of a panel as lines of text. */
#ifndef ENTENTE_QUERY_PANEL_TEXT_H
#define ENTENTE_QUERY_PANEL_TEXT_H

#include "base/str.h"
#include "entente/panel_file.h"

/* What the columns of states are called, by code system: "ccode1", "iso3_1". */
const char *
ent__panel_state_column(enum ent_code_system codes, enum ent_panel_unit unit, int which);

/* The code of a state in a year; "" when it has none. */
struct ent_str
ent__panel_state_code(enum ent_code_system codes, int state, int year, char *buf, size_t size);

/* Whether the codes of a system are text, as against numbers. */
bool ent__panel_code_is_text(enum ent_code_system codes);

/* Why a value is missing, as files and JSON say it: "before_data"; "" when it is known. */
const char *ent__reason_code(enum ent_reason reason);

/* The line of column names; empty for NDJSON. */
void ent__panel_header(const struct ent_panel_layout *layout, const struct ent_panel_file *file,
                       struct ent_buf *out);

/*
 * The lines of a year, in memory of malloc: *text is freed with free().  O(cells).
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__panel_lines(const struct ent_panel_layout *layout, const struct ent_panel_file *file,
                 const struct ent_panel_block *block, char **text, size_t *len);

#endif
