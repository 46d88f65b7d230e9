/* The value of an expression: arithmetic over figures, with bounds and reasons. */
#include "assess/claim_value.h"

#include <math.h>
#include <string.h>

#include "assess/claim_figure.h"
#include "base/alloc.h"

static struct ent_claim_number unknown(const char *why)
{
    return (struct ent_claim_number){ .v = NAN, .why = why };
}

static int sign_of(double v)
{
    return (v > 0) - (v < 0);
}

static struct ent_claim_number
add(struct ent_claim_number a, struct ent_claim_number b, int sign)
{
    int other = sign * b.bound;

    if (a.bound && other && a.bound != other)
        return unknown("both sides are no more than bounds");
    return (struct ent_claim_number){ .v = a.v + sign * b.v,
                                      .bound = a.bound ? a.bound : other };
}

static struct ent_claim_number multiply(struct ent_claim_number a, struct ent_claim_number b)
{
    if (a.bound && b.bound) {
        if (a.bound != b.bound || a.v < 0 || b.v < 0)
            return unknown("both factors are no more than bounds");
        return (struct ent_claim_number){ .v = a.v * b.v, .bound = a.bound };
    }
    return (struct ent_claim_number){ .v = a.v * b.v,
                                      .bound = a.bound ? a.bound * sign_of(b.v)
                                                       : b.bound * sign_of(a.v) };
}

static struct ent_claim_number divide(struct ent_claim_number a, struct ent_claim_number b)
{
    if (b.v == 0)
        return unknown("it would be divided by 0");
    if (b.bound && (a.bound || b.v < 0 || a.v < 0))
        return unknown("it would be divided by a bound");
    return (struct ent_claim_number){ .v = a.v / b.v,
                                      .bound = b.bound ? -b.bound : a.bound * sign_of(b.v) };
}

static enum ent_status two_sides(struct ent_claim_working *w, const struct ent_claim_node *node,
                                 struct ent_claim_number *out, struct ent_error *err)
{
    struct ent_claim_number a, b;

    ENT_TRY(ent__claim_value(w, node->child[0], &a, err));
    ENT_TRY(ent__claim_value(w, node->child[1], &b, err));
    if (a.v != a.v) {
        *out = a;
        return ENT_OK;
    }
    if (b.v != b.v) {
        *out = b;
        if (node->kind == ENT_NODE_DIVIDE && b.why) {
            out->why = ent__arena_printf(w->arena, "it would be divided by a missing value: %s",
                                         b.why);
            if (!out->why)
                return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
        }
        return ENT_OK;
    }
    switch ((int)node->kind) {
    case ENT_NODE_ADD:
        *out = add(a, b, 1);
        break;
    case ENT_NODE_SUBTRACT:
        *out = add(a, b, -1);
        break;
    case ENT_NODE_MULTIPLY:
        *out = multiply(a, b);
        break;
    default:
        *out = divide(a, b);
        break;
    }
    return ENT_OK;
}

enum ent_status ent__claim_value(struct ent_claim_working *w, const struct ent_claim_node *node,
                                 struct ent_claim_number *out, struct ent_error *err)
{
    switch (node->kind) {
    case ENT_NODE_NUMBER:
    case ENT_NODE_WORD:
        *out = (struct ent_claim_number){ .v = node->number };
        return ENT_OK;
    case ENT_NODE_CALL:
        return ent__claim_figure(w, node, out, err);
    case ENT_NODE_NEGATE:
        ENT_TRY(ent__claim_value(w, node->child[0], out, err));
        out->v = -out->v;
        out->bound = -out->bound;
        return ENT_OK;
    case ENT_NODE_ADD:
    case ENT_NODE_SUBTRACT:
    case ENT_NODE_MULTIPLY:
    case ENT_NODE_DIVIDE:
        return two_sides(w, node, out, err);
    case ENT_NODE_COMPARE:
    case ENT_NODE_NOT:
    case ENT_NODE_AND:
    case ENT_NODE_OR:
        break;
    }
    *out = unknown("a claim within a comparison has no value");
    return ENT_OK;
}
