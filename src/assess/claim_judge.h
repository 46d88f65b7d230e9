/* From values to answers: relations, tolerances, and sources that differ. */
#ifndef ENTENTE_ASSESS_CLAIM_JUDGE_H
#define ENTENTE_ASSESS_CLAIM_JUDGE_H

#include "assess/claim_value.h"

/*
 * The verdict of a relation between two values.  `last` is what one in the last digit
 * of the claimed number is worth as it is written, 0 when it is worked out; a bounded
 * left side may leave it unknown.  third is the upper end of "between".
 */
enum ent_claim_verdict
ent__claim_relation(enum ent_claim_relation relation, struct ent_claim_number left,
                    struct ent_claim_number right, double third, double last,
                    const struct ent_claim_tolerance *tolerance);

/* What one source after the other amounts to. */
enum ent_claim_answer ent__claim_sum_up(const struct ent_claim_by *by, size_t count);

enum ent_claim_answer ent__claim_and(enum ent_claim_answer a, enum ent_claim_answer b);
enum ent_claim_answer ent__claim_or(enum ent_claim_answer a, enum ent_claim_answer b);

/* What a claim is answered from, and what is kept of it. */
struct ent_claim_court {
    const struct ent_claim_data *data; /* of each store, the main one first */
    const char *const *store_names;    /* as many; NULL: they have none */
    size_t store_count;
    const struct ent_claim_facts *facts;
    struct ent_arena *arena;
    bool quiet; /* only learn what will be needed */
    /*
     * Called after a source's figures are known, to add the rows behind them; NULL: none.
     * nodes[i] is the call of figure i.
     */
    enum ent_status (*rows)(void *context, size_t store,
                            const struct ent_claim_references *refs, const size_t *pick,
                            const struct ent_claim_node *const *nodes,
                            struct ent_claim_figure *figures, size_t count,
                            struct ent_error *err);
    void *context;
};

/*
 * Answer a claim: its parts, by every choice of sources in every store.  Sets parts,
 * part_count and answer of *claim.
 *
 *   ENT_EFORMAT  too many different measures in one comparison
 *   ENT_ENOMEM, or what the rows function returned
 */
ENT_MUST_CHECK enum ent_status ent__claim_judge(const struct ent_claim_court *court,
                                                struct ent_claim_node *tree,
                                                struct ent_claim *claim, struct ent_error *err);

#endif
