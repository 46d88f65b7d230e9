/*
 * The data of claims: what they need is gathered first, then read year by year.
 */
#ifndef ENTENTE_QUERY_CLAIM_DATA_H
#define ENTENTE_QUERY_CLAIM_DATA_H

#include "assess/claim_value.h"
#include "entente/store.h"

struct ent_claim_source;

/*
 * Begin on a store, which must outlive it.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__claim_source_open(struct ent_store *store,
                                                      struct ent_claim_source **out,
                                                      struct ent_error *err);

/* The same on the starter panel in a folder. */
ENT_MUST_CHECK enum ent_status ent__claim_source_starter(const char *folder,
                                                         struct ent_claim_source **out,
                                                         struct ent_error *err);

/* NULL is fine. */
void ent__claim_source_close(struct ent_claim_source *source);

/* What is asked of it; before ent__claim_source_read it only notes what it is asked. */
struct ent_claim_data ent__claim_source_data(struct ent_claim_source *source);

/*
 * Read everything that was asked for.
 *
 *   ENT_EDB, ENT_ENOMEM, or the first failure while noting
 */
ENT_MUST_CHECK enum ent_status
ent__claim_source_read(struct ent_claim_source *source, int threads, struct ent_error *err);

/* A failure while answering, which the functions of the data cannot hand on. */
ENT_MUST_CHECK enum ent_status
ent__claim_source_status(const struct ent_claim_source *source, struct ent_error *err);

/*
 * The rows behind a call by one choice of its source, at most `limit`, as the arena's;
 * none from the starter panel.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__claim_source_rows(struct ent_claim_source *source, const struct ent_claim_call *call,
                       const struct ent_claim_choice *choice, size_t limit,
                       struct ent_arena *arena, struct ent_claim_figure *figure,
                       struct ent_error *err);

/* The store that it is of; NULL: the starter panel. */
struct ent_store *ent__claim_source_store(struct ent_claim_source *source);

#endif
