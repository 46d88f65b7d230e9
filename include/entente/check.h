/*
 * Checking claims: one expression, or a file of them, against a store.
 *
 *   struct ent_claims claims;
 *   if (ent_claim_ask(store, "rank(trade.total, CHN, RUS, 2014) = 10", NULL, &claims, &err)
 *       == ENT_OK) ...
 *
 * The language and the file are described in docs/CLAIMS.md.  What a claim needs is
 * gathered first and read from the store year by year, each array once, so that a
 * thousand claims cost little more than one.
 */
#ifndef ENTENTE_CHECK_H
#define ENTENTE_CHECK_H

#include "entente/claim.h"
#include "entente/document.h"
#include "entente/json.h"
#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_check_options {
    /*
     * Stores that hold other releases: each answers for itself, and what it says is marked
     * with its number, from 1.  One that says the same from the same release is left out.
     */
    struct ent_store *const *beside;
    size_t beside_count;
    size_t rows;       /* list at most so many rows behind each figure; 0: none */
    const char *facts; /* a file of reported facts; NULL: facts.csv beside the file, if there */
    const char *starter; /* folder of the starter panel, where there is no store */
    int threads;         /* 0: as many as there are processors, at most 4 */
};

/*
 * Check one claim.  options may be NULL; store NULL means the starter panel of the
 * options, which has single values of some major states, and no partners.  A claim that
 * cannot be read is an answer (ENT_CLAIM_WRONG), not a failure.  *out is released with
 * ent_claims_release.
 *
 *   ENT_EINVAL  neither a store nor a starter panel
 *   ENT_EFORMAT the file of facts cannot be read, or the expression is not UTF-8
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_claim_ask(struct ent_store *store, const char *expression,
              const struct ent_check_options *options, struct ent_claims *out,
              struct ent_error *err);

/*
 * Check the claims of a CSV file.  A line that cannot be read is answered as wrong, and
 * the others are checked all the same.  As above, and:
 *
 *   ENT_EIO      the file cannot be read
 *   ENT_EFORMAT  it is too large, or its header names no columns of claims
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_claims_check(struct ent_store *store, const char *path,
                 const struct ent_check_options *options, struct ent_claims *out,
                 struct ent_error *err);

ENT_API void ent_claims_release(struct ent_claims *claims);

/* How much of the answers a page shows. */
enum ent_claims_detail {
    ENT_CLAIMS_BRIEF = 0, /* a table: each claim, its answer, and the value by each source */
    ENT_CLAIMS_EVIDENCE, /* and for each claim the figures, their places, and the rows behind */
};

/* Add the answers to a document to be read. */
ENT_API void ent_claims_page(const struct ent_claims *claims, enum ent_claims_detail detail,
                             struct ent_document *page);

/* Add them as one table for programs: a row a claim, part and source. */
ENT_API void ent_claims_table(const struct ent_claims *claims, struct ent_document *page);

/*
 * Add them to JSON, under a key where they are inside an object:
 *
 *   {"file", "starter", "count", "answers": {ANSWER: N...}, "claims": [CLAIM...]}
 *   CLAIM   {"id", "line", "claim", "source", "date", "note", "expression", "answer", "error":
 *            {"line", "column", "message"} or null, "fact", "fact_source", "parts": [PART...]}
 *   PART    {"expression", "answer", "sources": [SOURCE...]}
 *   SOURCE  {"source", "version", "store", "store_name", "verdict", "value", "value_text",
 *            "at_least", "claimed", "claimed_text", "why", "figures": [FIGURE...]}
 *   FIGURE  {"expression", "source", "version", "value", "value_text", "why", "note",
 *            "place", "of", "among", "row_total",
 *            "rows": [{"dataset", "version", "file", "line", "text"}...]}
 *
 * Values are in base units: US$, not million; a share of 1.
 */
ENT_API void
ent_claims_json(const struct ent_claims *claims, struct ent_json *json, const char *key);

#ifdef __cplusplus
}
#endif

#endif
