/* All dyads of a year, scored. */
#include <math.h>
#include <string.h>

#include "assess/features.h"
#include "assess/fit.h"
#include "base/alloc.h"
#include "query/model_work.h"

enum {
    YEAR_FIRST = ENT_FIT_FIRST - ENT_CARRY_YEARS,
    YEAR_LAST = 2200,
};

double ent__model_row_p(const struct ent_model *model, size_t variant,
                        const struct ent_model_rows *rows, size_t row)
{
    const struct ent_fitted *v = &model->variants[variant];
    struct ent_features features;

    ent__model_rows_features(rows, row, &features);
    if (ent__model_refuses(model, variant, &features))
        return NAN;
    return ent__calibrated(&v->calibration,
                           ent__fitted_log_odds(v, rows->x + row * rows->features));
}

static enum ent_status score_rows(const struct ent_model *model, size_t variant,
                                  const struct ent_model_rows *rows, struct ent_model_year *out,
                                  struct ent_error *err)
{
    out->dyads = ent__calloc(rows->count + 1, sizeof(*out->dyads));
    if (!out->dyads)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the dyads of %d", out->year);
    for (size_t i = 0; i < rows->count; i++) {
        uint8_t pact = rows->pact[i];

        out->dyads[out->count++] = (struct ent_model_dyad){
            .a = rows->a[i],
            .b = rows->b[i],
            .p = ent__model_row_p(model, variant, rows, i),
            .core = pact & ENT_PACT_CORE,
            .any = pact & ENT_PACT_ANY,
            .nato_only = (pact & ENT_PACT_NATO) && !(pact & ENT_PACT_OTHER),
            .bilateral = pact & ENT_PACT_BILATERAL,
        };
    }
    return ENT_OK;
}

enum ent_status ent_model_score_year(const struct ent_model *model, size_t variant,
                                     struct ent_store *store, int year,
                                     struct ent_model_year *out, struct ent_error *err)
{
    struct ent_model_year result = { .year = year };
    struct ent_pacts pacts;
    struct ent_model_rows rows;
    struct ent_rows_request request = { .from = year, .to = year, .pacts = &pacts };
    enum ent_status status;

    if (variant >= model->variant_count)
        return ent_fail(err, ENT_EINVAL, "the model has no form number %zu", variant);
    if (year < YEAR_FIRST || year > YEAR_LAST)
        return ent_fail(err, ENT_EINVAL, "the model is for the years from %d on, not %d",
                        YEAR_FIRST, year);
    ENT_TRY(ent__pacts_read(store, model->charters, model->charter_count,
                            year < ENT_FIT_FIRST ? year - 1 : ENT_FIT_FIRST - 1,
                            year < ENT_FIT_FIRST ? ENT_FIT_FIRST : year, &pacts, err));
    result.treaty_year = year < pacts.last_year ? year : pacts.last_year;
    status = ent__model_rows_read(store, &request, &rows, err);
    ent__pacts_release(&pacts);
    if (status != ENT_OK)
        return status;
    status = score_rows(model, variant, &rows, &result, err);
    ent__model_rows_release(&rows);
    if (status == ENT_OK)
        *out = result;
    return status;
}

void ent_model_year_release(struct ent_model_year *year)
{
    ent__free(year->dyads);
    memset(year, 0, sizeof(*year));
}
