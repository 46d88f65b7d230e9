/* The codebook of a panel. */
#ifndef ENTENTE_QUERY_CODEBOOK_H
#define ENTENTE_QUERY_CODEBOOK_H

#include "base/str.h"
#include "query/panel_plan.h"

/*
 * Write, as Markdown, what every column of a plan is: meaning, unit, formula,
 * citation, source and years; and of every imported file behind them its version
 * and checksum.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__codebook_write(const struct ent_panel_plan *plan,
                                                   enum ent_code_system codes, uint64_t rows,
                                                   struct ent_buf *out, struct ent_error *err);

#endif
