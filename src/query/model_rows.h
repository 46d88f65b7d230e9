/* Features and pacts of all dyads, year by year, out of a store. */
#ifndef ENTENTE_QUERY_MODEL_ROWS_H
#define ENTENTE_QUERY_MODEL_ROWS_H

#include "entente/model.h"
#include "query/pacts.h"

struct ent_model_rows {
    size_t count, features;
    int16_t *a, *b, *year; /* a < b; by year, then a, then b */
    uint8_t *pact;         /* enum ent_pact */
    float *x;              /* count * features; NAN: missing */
};

struct ent_rows_request {
    int from, to;
    bool baselines; /* their features too */
    int threads;
    const struct ent_pacts *pacts;
    ent_progress_fn progress;
    void *context;
};

/*
 * Compute the features of all dyads of COW members.  Released with
 * ent__model_rows_release.
 *
 *   ENT_ECANCEL, ENT_EDB, ENT_ENOMEM, ENT_EIO
 */
ENT_MUST_CHECK enum ent_status
ent__model_rows_read(struct ent_store *store, const struct ent_rows_request *request,
                     struct ent_model_rows *out, struct ent_error *err);
void ent__model_rows_release(struct ent_model_rows *rows);

/* The features of a row as the model takes them; their years and sources are left out. */
void ent__model_rows_features(const struct ent_model_rows *rows, size_t row,
                              struct ent_features *out);

#endif
