/* Writing claims back: with as few parentheses as reading needs. */
#include <string.h>

#include "assess/claim_tree.h"
#include "world/group.h"

const char *ent__claim_relation_text(enum ent_claim_relation relation)
{
    static const char *const texts[] = { "=", "!=", "<", "<=", ">", ">=", "~", "between", "" };

    return texts[relation];
}

/* How tightly a node binds: a claim within a tighter one is put in parentheses. */
static int tightness(const struct ent_claim_node *node)
{
    switch (node->kind) {
    case ENT_NODE_OR:
        return 0;
    case ENT_NODE_AND:
        return 1;
    case ENT_NODE_NOT:
    case ENT_NODE_COMPARE:
        return 2;
    case ENT_NODE_ADD:
    case ENT_NODE_SUBTRACT:
        return 3;
    case ENT_NODE_MULTIPLY:
    case ENT_NODE_DIVIDE:
        return 4;
    case ENT_NODE_NUMBER:
    case ENT_NODE_WORD:
    case ENT_NODE_CALL:
    case ENT_NODE_NEGATE:
        break;
    }
    return 5;
}

static bool is_name(const char *text)
{
    struct ent_str all = { text, strlen(text) };

    for (size_t i = 0; i < all.len; i++) {
        char c = text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

        if (!letter &&
            !((c == ':' || (c >= '0' && c <= '9')) && i > 0 && i + 1 < all.len + (c != ':')))
            return false;
    }
    return all.len > 0;
}

static void quoted(const char *text, struct ent_buf *out)
{
    char quote = strchr(text, '"') ? '\'' : '"';

    ent__buf_printf(out, "%c%s%c", quote, text, quote);
}

void ent__claim_print_states(const struct ent_claim_states *states, struct ent_buf *out)
{
    for (size_t i = 0; i < states->count; i++) {
        const struct ent_claim_term *t = &states->terms[i];

        if (i)
            ent__buf_puts(out, t->minus ? " - " : " + ");
        if (t->everybody)
            ent__buf_puts(out, "ALL");
        else if (t->group >= 0)
            ent__buf_puts(out, ent__group_name((size_t)t->group));
        else if (is_name(t->was))
            ent__buf_puts(out, t->was);
        else
            quoted(t->was, out);
    }
}

static void print_years(const struct ent_claim_call *c, struct ent_buf *out)
{
    ent__buf_printf(out, c->from == c->to ? "%d" : "%d..%d", c->from, c->to);
}

static void print_measure(const struct ent_claim_call *c, struct ent_buf *out)
{
    ent__buf_puts(out, c->about == ENT_ABOUT_TRADE ? "trade" : ent_measure_at(c->measure)->id);
    if (c->source)
        ent__buf_printf(out, "@%s", c->source);
}

void ent__claim_print_call(const struct ent_claim_call *c, struct ent_buf *out)
{
    ent__buf_puts(out, ent__claim_function_name(c->function));
    if (c->function == ENT_CALL_VALUE) {
        print_measure(c, out);
        ent__buf_putc(out, '(');
    } else {
        ent__buf_putc(out, '(');
        if (c->kind)
            ent__buf_printf(out, "%s, ", c->kind);
        else if (c->function != ENT_CALL_VOTE && c->function != ENT_CALL_FACT) {
            print_measure(c, out);
            ent__buf_puts(out, ", ");
        }
    }
    ent__claim_print_states(&c->a, out);
    if (c->b.count) {
        ent__buf_puts(out, ", ");
        ent__claim_print_states(&c->b, out);
    }
    if (c->text) {
        ent__buf_puts(out, c->a.count ? ", " : "");
        quoted(c->text, out);
        if (c->source)
            ent__buf_printf(out, " @ %s", c->source);
    } else {
        ent__buf_puts(out, ", ");
        print_years(c, out);
    }
    for (size_t i = 0; i < c->bloc_count; i++)
        ent__buf_printf(out, ", %s", ent__group_name((size_t)c->blocs[i]));
    ent__buf_putc(out, ')');
}

/* A child, in parentheses when it binds less tightly than `least`. */
static void print_child(const struct ent_claim_node *node, int least, struct ent_buf *out)
{
    bool wrap = tightness(node) < least;

    ent__buf_puts(out, wrap ? "(" : "");
    ent__claim_print(node, out);
    ent__buf_puts(out, wrap ? ")" : "");
}

static void
print_binary(const struct ent_claim_node *node, const char *sign, struct ent_buf *out)
{
    int own = tightness(node);

    print_child(node->child[0], own, out);
    ent__buf_printf(out, " %s ", sign);
    print_child(node->child[1], own + 1, out);
}

static void print_compare(const struct ent_claim_node *node, struct ent_buf *out)
{
    print_child(node->child[0], 3, out);
    ent__buf_printf(out, " %s ", ent__claim_relation_text(node->relation));
    print_child(node->child[1], 3, out);
    if (node->child[2]) {
        ent__buf_puts(out, " and ");
        print_child(node->child[2], 3, out);
    }
    if (node->tolerance.given)
        ent__buf_printf(out, " within %s", node->tolerance.text);
}

void ent__claim_print(const struct ent_claim_node *node, struct ent_buf *out)
{
    switch (node->kind) {
    case ENT_NODE_NUMBER:
    case ENT_NODE_WORD:
        ent__buf_puts(out, node->text);
        break;
    case ENT_NODE_CALL:
        ent__claim_print_call(node->call, out);
        break;
    case ENT_NODE_NEGATE:
        ent__buf_putc(out, '-');
        print_child(node->child[0], 5, out);
        break;
    case ENT_NODE_ADD:
        print_binary(node, "+", out);
        break;
    case ENT_NODE_SUBTRACT:
        print_binary(node, "-", out);
        break;
    case ENT_NODE_MULTIPLY:
        print_binary(node, "*", out);
        break;
    case ENT_NODE_DIVIDE:
        print_binary(node, "/", out);
        break;
    case ENT_NODE_COMPARE:
        print_compare(node, out);
        break;
    case ENT_NODE_NOT:
        ent__buf_puts(out, "not ");
        print_child(node->child[0], 2, out);
        break;
    case ENT_NODE_AND:
        print_binary(node, "and", out);
        break;
    case ENT_NODE_OR:
        print_binary(node, "or", out);
        break;
    }
}
