/* What fitting, evaluating and ranking share. */
#ifndef ENTENTE_QUERY_MODEL_WORK_H
#define ENTENTE_QUERY_MODEL_WORK_H

#include "assess/model.h"
#include "query/model_rows.h"

/*
 * The years that the shipped model is fitted on: every second one, as dyads a year apart
 * are all but the same.  Trade ends with the last; the years after stay for a final test.
 */
enum {
    ENT_FIT_FIRST = 1950,
    ENT_FIT_LAST = 2014,
    ENT_FIT_EVERY = 2,
};

/* The rows of from..to whose year is a multiple of `every`; free it.  NULL: no memory. */
uint32_t *
ent__rows_list(const struct ent_model_rows *rows, int from, int to, int every, size_t *count);

/* Whether each row has one of the pacts; free it.  NULL: no memory. */
uint8_t *ent__rows_outcome(const struct ent_model_rows *rows, uint8_t pact);

/* What a plan is to tell. */
uint8_t ent__plan_pact(const struct ent_variant_plan *plan);

/* The p of a row; NAN where the model refuses. */
double ent__model_row_p(const struct ent_model *model, size_t variant,
                        const struct ent_model_rows *rows, size_t row);

#endif
