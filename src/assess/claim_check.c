/* The units of a claim, from the leaves up, and whether they fit each other. */
#include <math.h>
#include <string.h>

#include "assess/claim_tree.h"
#include "base/alloc.h"

const struct ent_claim_fact *
ent__claim_fact_find(const struct ent_claim_facts *facts, const char *id)
{
    for (size_t i = 0; facts && i < facts->count; i++) {
        if (strcmp(facts->at[i].id, id) == 0)
            return &facts->at[i];
    }
    return NULL;
}

static enum ent_status misfit(const struct ent_claim_node *a, const struct ent_claim_node *b,
                              const char *what, struct ent_error *err)
{
    const struct ent_claim_node *bare = a->unit.bare ? a : b;
    const struct ent_claim_node *other = a->unit.bare ? b : a;
    char one[96], two[96];

    if (bare->unit.bare && bare->text && other->unit.scaled)
        return ent_fail(err, ENT_EFORMAT, "%s what? Write %s mn %s or %s bn %s", bare->text,
                        bare->text, ent__claim_unit_text(&other->unit, one, sizeof(one)),
                        bare->text, one);
    return ent_fail(err, ENT_EFORMAT, "cannot %s %s and %s", what,
                    ent__claim_unit_text(&a->unit, one, sizeof(one)),
                    ent__claim_unit_text(&b->unit, two, sizeof(two)));
}

static struct ent_claim_unit items_unit(const char *items)
{
    struct ent_claim_unit unit = { .items = items };

    unit.power[ENT_BASE_ITEMS] = 1;
    return unit;
}

static void call_unit(struct ent_claim_node *node)
{
    const struct ent_claim_call *c = node->call;
    double scale;

    memset(&node->unit, 0, sizeof(node->unit));
    switch (c->function) {
    case ENT_CALL_RANK:
    case ENT_CALL_PLACE:
        node->unit.nature = ENT_NATURE_RANK;
        return;
    case ENT_CALL_SHARE:
    case ENT_CALL_PERCENTILE:
    case ENT_CALL_CHANGE:
        node->unit.nature = ENT_NATURE_SHARE;
        return;
    case ENT_CALL_TREATY:
        node->unit.nature = ENT_NATURE_YES_NO;
        return;
    case ENT_CALL_VOTE:
        node->unit.nature = ENT_NATURE_VOTE;
        return;
    case ENT_CALL_COUNT:
        node->unit = items_unit(strcmp(c->kind, "vetoes") == 0 ? "drafts" : c->kind);
        return;
    case ENT_CALL_FACT:
        node->unit = c->fact_unit;
        return;
    case ENT_CALL_VALUE:
    case ENT_CALL_SUM:
    case ENT_CALL_MEAN:
    case ENT_CALL_MIN:
    case ENT_CALL_MAX:
        break;
    }
    if (c->about == ENT_ABOUT_TRADE) {
        node->unit.power[ENT_BASE_MONEY] = 1;
        node->unit.scaled = true;
        return;
    }
    node->unit = ent__claim_unit_of(ent_measure_at(c->measure), &scale);
    if (node->unit.nature == ENT_NATURE_YES_NO &&
        (c->function == ENT_CALL_SUM || c->function == ENT_CALL_MEAN))
        node->unit.nature = ENT_NATURE_NUMBER;
}

/* A yes is 1 of what is so or not, and a vote among votes. */
static enum ent_status suit_word(struct ent_claim_node *word,
                                 const struct ent_claim_node *other, struct ent_error *err)
{
    if (word->kind != ENT_NODE_WORD || other->kind == ENT_NODE_WORD)
        return ENT_OK;
    if (other->unit.nature == ENT_NATURE_VOTE) {
        word->unit.nature = ENT_NATURE_VOTE;
        return ENT_OK;
    }
    if (other->unit.nature != ENT_NATURE_YES_NO || word->unit.nature != ENT_NATURE_YES_NO)
        return misfit(other, word, "compare", err);
    word->number = word->number == 1 ? 1 : word->number == 3 ? 0 : word->number;
    return ENT_OK;
}

static enum ent_status
check_compare(struct ent_claim_node *node, size_t *at, struct ent_error *err)
{
    struct ent_claim_node *left = node->child[0];

    for (int k = 1; k < 3 && node->child[k]; k++) {
        struct ent_claim_node *right = node->child[k];

        *at = right->at;
        ENT_TRY(suit_word(right, left, err));
        ENT_TRY(suit_word(left, right, err));
        if (!ent__claim_units_agree(&left->unit, &right->unit))
            return misfit(left, right, "compare", err);
        if (left->unit.nature == ENT_NATURE_VOTE && node->relation > ENT_CLAIM_UNEQUAL)
            return ent_fail(err, ENT_EFORMAT, "votes are = or !=, and nothing else");
        if (left->unit.nature == ENT_NATURE_SHARE && right->unit.bare && right->text &&
            right->number > 1)
            return ent_fail(err, ENT_EFORMAT,
                            "a share is written in per cent: %s %%, or as a part of 1",
                            right->text);
    }
    if (node->tolerance.given && !node->tolerance.relative) {
        *at = node->tolerance.at;
        if (!ent__claim_units_agree(&left->unit, &node->tolerance.unit) &&
            !ent__claim_units_agree(&node->child[1]->unit, &node->tolerance.unit))
            return ent_fail(err, ENT_EFORMAT,
                            "the tolerance is in another unit than what is claimed");
    }
    *at = node->at;
    node->unit.nature = ENT_NATURE_YES_NO;
    return ENT_OK;
}

static enum ent_status
check_arithmetic(struct ent_claim_node *node, size_t *at, struct ent_error *err)
{
    struct ent_claim_node *a = node->child[0];
    struct ent_claim_node *b = node->child[1];
    bool adds = node->kind == ENT_NODE_ADD || node->kind == ENT_NODE_SUBTRACT;

    *at = node->at;
    for (int k = 0; k < 2 && node->child[k]; k++) {
        enum ent_claim_nature nature = node->child[k]->unit.nature;

        if (nature == ENT_NATURE_VOTE || nature == ENT_NATURE_YES_NO)
            return ent_fail(err, ENT_EFORMAT, "there is no reckoning with a yes or no");
    }
    if (!b) {
        node->unit = a->unit;
        return ENT_OK;
    }
    if (adds && !ent__claim_units_agree(&a->unit, &b->unit))
        return misfit(a, b, node->kind == ENT_NODE_ADD ? "add" : "subtract", err);
    if (adds)
        node->unit = a->unit.bare ? b->unit : a->unit;
    else
        node->unit =
            ent__claim_unit_times(&a->unit, &b->unit, node->kind == ENT_NODE_MULTIPLY ? 1 : -1);
    for (int k = 0; k < ENT_CLAIM_BASES; k++) {
        if (node->unit.power[k] > 8 || node->unit.power[k] < -8)
            return ent_fail(err, ENT_EFORMAT, "a unit to the power of more than 8");
    }
    return ENT_OK;
}

static enum ent_status check(struct ent_claim_node *node, size_t *at, struct ent_error *err)
{
    for (int k = 0; k < 3 && node->child[k]; k++)
        ENT_TRY(check(node->child[k], at, err));
    switch (node->kind) {
    case ENT_NODE_NUMBER:
    case ENT_NODE_WORD:
        return ENT_OK;
    case ENT_NODE_CALL:
        call_unit(node);
        return ENT_OK;
    case ENT_NODE_NEGATE:
    case ENT_NODE_ADD:
    case ENT_NODE_SUBTRACT:
    case ENT_NODE_MULTIPLY:
    case ENT_NODE_DIVIDE:
        return check_arithmetic(node, at, err);
    case ENT_NODE_COMPARE:
        return check_compare(node, at, err);
    case ENT_NODE_NOT:
    case ENT_NODE_AND:
    case ENT_NODE_OR:
        for (int k = 0; k < 2 && node->child[k]; k++) {
            *at = node->child[k]->at;
            if (node->child[k]->unit.nature != ENT_NATURE_YES_NO)
                return ent_fail(err, ENT_EFORMAT, "a relation is missing: is it =, <, >= ...?");
        }
        node->unit.nature = ENT_NATURE_YES_NO;
        return ENT_OK;
    }
    return ENT_OK;
}

enum ent_status ent__claim_units(struct ent_claim_node *node, size_t *at, struct ent_error *err)
{
    ENT_TRY(check(node, at, err));
    *at = node->at;
    if (node->unit.nature != ENT_NATURE_YES_NO || node->kind == ENT_NODE_WORD)
        return ent_fail(err, ENT_EFORMAT,
                        "nothing is claimed: a relation such as = or >= is missing");
    return ENT_OK;
}
