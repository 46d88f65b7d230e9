/* Files of claims and of facts, read into claims. */
#ifndef ENTENTE_QUERY_CHECK_FILE_H
#define ENTENTE_QUERY_CHECK_FILE_H

#include "assess/claim_tree.h"
#include "entente/claim.h"

/* Beside each claim, what it is judged by. */
struct ent_check_item {
    struct ent_claim *claim;
    struct ent_claim_node *tree; /* NULL: nothing to compute */
    size_t column;               /* where its expression begins, in its line */
};

/* Read one expression into a claim; one that is wrong says so itself.  ENT_ENOMEM */
ENT_MUST_CHECK enum ent_status
ent__check_expression(const char *expression, const struct ent_claim_facts *facts,
                      struct ent_arena *arena, struct ent_claim *claim,
                      struct ent_check_item *item, struct ent_error *err);

/*
 * Read a file of claims: claims->at and items, as many.
 *
 *   ENT_EIO, ENT_EFORMAT, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__check_file(const char *path, const struct ent_claim_facts *facts, struct ent_arena *arena,
                struct ent_claims *claims, struct ent_check_item **items,
                struct ent_error *err);

/*
 * Read the reported facts: from `given`, or facts.csv beside the claims where it is
 * there.  Either may be NULL.
 *
 *   ENT_EIO, ENT_EFORMAT, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__check_facts(const char *given, const char *claims_path, struct ent_arena *arena,
                 struct ent_claim_facts *facts, struct ent_error *err);

#endif
