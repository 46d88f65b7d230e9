/* The value of one call, and the figure that shows it. */
#ifndef ENTENTE_ASSESS_CLAIM_FIGURE_H
#define ENTENTE_ASSESS_CLAIM_FIGURE_H

#include "assess/claim_value.h"

/* ENT_ENOMEM */
ENT_MUST_CHECK enum ent_status
ent__claim_figure(struct ent_claim_working *w, const struct ent_claim_node *node,
                  struct ent_claim_number *out, struct ent_error *err);

#endif
