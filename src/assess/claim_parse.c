/*
 * Reading claims: a descent through the grammar of docs/CLAIMS.md, one function a rule.
 * What a call holds is read in claim_call.c.
 */
#include "assess/claim_parse.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

static enum ent_status
parse_claim(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err);

enum ent_status ent__claim_wrong(struct ent_claim_parser *p, size_t at, struct ent_error *err,
                                 enum ent_status status, const char *format, ...)
{
    char text[300];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    p->wrong_at = at;
    return ent_fail(err, status, "%s", text);
}

void ent__claim_next(struct ent_claim_parser *p)
{
    p->token = ent__claim_token(p->text, p->next, &p->next);
}

/* The token after the present one. */
static struct ent_claim_token peek(const struct ent_claim_parser *p)
{
    size_t ignored;

    return ent__claim_token(p->text, p->next, &ignored);
}

int ent__claim_cut(struct ent_str text, size_t most)
{
    size_t len = text.len > most ? most : text.len;

    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len--;
    return (int)len;
}

enum ent_status
ent__claim_expected(struct ent_claim_parser *p, const char *what, struct ent_error *err)
{
    const struct ent_claim_token *t = &p->token;
    int len = ent__claim_cut(t->text, 40);

    if (t->kind == ENT_TOKEN_END)
        return ent__claim_wrong(p, t->at, err, ENT_EFORMAT, "%s was expected, not the end",
                                what);
    if (t->kind == ENT_TOKEN_WRONG && (p->text.at[t->at] == '"' || p->text.at[t->at] == '\''))
        return ent__claim_wrong(p, t->at, err, ENT_EFORMAT, "a text that does not end");
    return ent__claim_wrong(p, t->at, err, ENT_EFORMAT, "%s was expected, not \"%.*s\"", what,
                            len, t->text.at);
}

enum ent_status ent__claim_take(struct ent_claim_parser *p, enum ent_claim_token_kind kind,
                                const char *what, struct ent_error *err)
{
    if (p->token.kind != kind)
        return ent__claim_expected(p, what, err);
    ent__claim_next(p);
    return ENT_OK;
}

static bool is_word(const struct ent_claim_parser *p, const char *word)
{
    return p->token.kind == ENT_TOKEN_NAME && ent__str_is_nocase(p->token.text, word);
}

static enum ent_status new_node(struct ent_claim_parser *p, enum ent_claim_node_kind kind,
                                size_t at, struct ent_claim_node **out, struct ent_error *err)
{
    *out = ent__arena_alloc(p->arena, sizeof(**out));
    if (!*out)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    (*out)->kind = kind;
    (*out)->at = at;
    return ENT_OK;
}

static enum ent_status new_binary(struct ent_claim_parser *p, enum ent_claim_node_kind kind,
                                  size_t at, struct ent_claim_node *left,
                                  struct ent_claim_node *right, struct ent_claim_node **out,
                                  struct ent_error *err)
{
    ENT_TRY(new_node(p, kind, at, out, err));
    (*out)->child[0] = left;
    (*out)->child[1] = right;
    return ENT_OK;
}

static bool is_keyword(struct ent_str word)
{
    static const char *const keywords[] = { "and", "or", "not", "between", "within" };

    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (ent__str_is_nocase(word, keywords[i]))
            return true;
    }
    return false;
}

static enum ent_status no_unit(struct ent_claim_parser *p, struct ent_error *err)
{
    const char *const *words = ent__claim_unit_words();
    char word[64];
    size_t count = 0;
    size_t nearest;

    while (words[count])
        count++;
    snprintf(word, sizeof(word), "%.*s", (int)(p->token.text.len > 60 ? 60 : p->token.text.len),
             p->token.text.at);
    nearest = ent_nearest(word, words, count);
    if (nearest < count)
        return ent__claim_wrong(p, p->token.at, err, ENT_ENOTFOUND,
                                "no unit \"%s\"; did you mean %s?", word, words[nearest]);
    return ent__claim_wrong(p, p->token.at, err, ENT_ENOTFOUND, "no unit \"%s\"", word);
}

/* The words behind a number: a power of ten, "current", and a unit of one or two words. */
static enum ent_status
parse_unit(struct ent_claim_parser *p, struct ent_claim_node *node, struct ent_error *err)
{
    bool any = false;
    bool named = false;

    while (p->token.kind == ENT_TOKEN_NAME && !is_keyword(p->token.text)) {
        struct ent_claim_unit unit;
        struct ent_str word = p->token.text;
        struct ent_claim_token after = peek(p);
        double scale;
        bool is_power;

        if (ent__str_is_nocase(word, "roll") && after.kind == ENT_TOKEN_NAME &&
            (ent__str_is_nocase(after.text, "calls") ||
             ent__str_is_nocase(after.text, "call"))) {
            word = ent__str("roll_calls");
            ent__claim_next(p);
        }
        if (ent__str_is_nocase(word, "current") && !named) {
            ent__claim_next(p);
            continue;
        }
        if (!ent__claim_unit_word(word, &unit, &scale, &is_power))
            return no_unit(p, err);
        if (named && !(node->unit.power[ENT_BASE_PPP] && unit.power[ENT_BASE_MONEY]))
            return ent__claim_expected(p, "a relation, or the end", err);
        if (is_power && any)
            return ent__claim_expected(p, "a unit", err);
        node->number *= scale;
        node->last *= scale;
        if (!is_power && !named)
            node->unit = unit;
        named = named || !is_power;
        any = true;
        ent__claim_next(p);
    }
    node->unit.bare = !named && !any;
    return ENT_OK;
}

/* What stands from a byte to where the present token begins, without the space between. */
static enum ent_status
keep_text(struct ent_claim_parser *p, size_t from, const char **out, struct ent_error *err)
{
    *out = ent__arena_copy(p->arena, ent__str_trim(ent__str_slice(p->text, from, p->token.at)));
    return *out ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

static enum ent_status
parse_amount(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    size_t from = p->token.at;

    ENT_TRY(new_node(p, ENT_NODE_NUMBER, from, out, err));
    (*out)->number = p->token.number;
    (*out)->last = pow(10, -p->token.decimals);
    ent__claim_next(p);
    ENT_TRY(parse_unit(p, *out, err));
    return keep_text(p, from, &(*out)->text, err);
}

static bool word_code(struct ent_str text, double *code)
{
    static const struct {
        const char *word;
        double code;
    } words[] = {
        { "yes", 1 }, { "abstain", 2 }, { "abstained", 2 }, { "no", 3 }, { "absent", 8 }
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (ent__str_is_nocase(text, words[i].word)) {
            *code = words[i].code;
            return true;
        }
    }
    return false;
}

static enum ent_status
parse_name(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    size_t from = p->token.at;
    double code;

    if (word_code(p->token.text, &code)) {
        ENT_TRY(new_node(p, ENT_NODE_WORD, from, out, err));
        (*out)->number = code;
        (*out)->unit.nature = code == 2 || code == 8 ? ENT_NATURE_VOTE : ENT_NATURE_YES_NO;
        ent__claim_next(p);
        return keep_text(p, from, &(*out)->text, err);
    }
    if (is_keyword(p->token.text))
        return ent__claim_expected(p, "a number or a measure", err);
    ENT_TRY(new_node(p, ENT_NODE_CALL, from, out, err));
    return ent__claim_parse_call(p, *out, err);
}

static enum ent_status
parse_factor(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    size_t at = p->token.at;
    enum ent_status status;

    if (p->depth >= ENT_CLAIM_DEPTH)
        return ent__claim_wrong(p, at, err, ENT_EFORMAT, "nested more than %d deep",
                                ENT_CLAIM_DEPTH);
    switch ((int)p->token.kind) {
    case ENT_TOKEN_NUMBER:
        return parse_amount(p, out, err);
    case ENT_TOKEN_NAME:
        return parse_name(p, out, err);
    case ENT_TOKEN_MINUS:
        ENT_TRY(new_node(p, ENT_NODE_NEGATE, at, out, err));
        ent__claim_next(p);
        p->depth++;
        status = parse_factor(p, &(*out)->child[0], err);
        p->depth--;
        return status;
    case ENT_TOKEN_OPEN:
        ent__claim_next(p);
        p->depth++;
        status = parse_claim(p, out, err);
        p->depth--;
        if (status != ENT_OK)
            return status;
        return ent__claim_take(p, ENT_TOKEN_CLOSE, "\")\"", err);
    default:
        return ent__claim_expected(p, "a number or a measure", err);
    }
}

static enum ent_status
parse_product(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    ENT_TRY(parse_factor(p, out, err));
    while (p->token.kind == ENT_TOKEN_TIMES || p->token.kind == ENT_TOKEN_OVER) {
        enum ent_claim_node_kind kind =
            p->token.kind == ENT_TOKEN_TIMES ? ENT_NODE_MULTIPLY : ENT_NODE_DIVIDE;
        size_t at = p->token.at;
        struct ent_claim_node *right = NULL;

        ent__claim_next(p);
        ENT_TRY(parse_factor(p, &right, err));
        ENT_TRY(new_binary(p, kind, at, *out, right, out, err));
    }
    return ENT_OK;
}

static enum ent_status
parse_sum(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    ENT_TRY(parse_product(p, out, err));
    while (p->token.kind == ENT_TOKEN_PLUS || p->token.kind == ENT_TOKEN_MINUS) {
        enum ent_claim_node_kind kind =
            p->token.kind == ENT_TOKEN_PLUS ? ENT_NODE_ADD : ENT_NODE_SUBTRACT;
        size_t at = p->token.at;
        struct ent_claim_node *right = NULL;

        ent__claim_next(p);
        ENT_TRY(parse_product(p, &right, err));
        ENT_TRY(new_binary(p, kind, at, *out, right, out, err));
    }
    return ENT_OK;
}

static bool relation_of(const struct ent_claim_parser *p, enum ent_claim_relation *relation)
{
    static const struct {
        enum ent_claim_token_kind kind;
        enum ent_claim_relation relation;
    } relations[] = {
        { ENT_TOKEN_EQ, ENT_CLAIM_EQUAL },  { ENT_TOKEN_NE, ENT_CLAIM_UNEQUAL },
        { ENT_TOKEN_LT, ENT_CLAIM_BELOW },  { ENT_TOKEN_LE, ENT_CLAIM_AT_MOST },
        { ENT_TOKEN_GT, ENT_CLAIM_ABOVE },  { ENT_TOKEN_GE, ENT_CLAIM_AT_LEAST },
        { ENT_TOKEN_NEAR, ENT_CLAIM_NEAR },
    };

    if (is_word(p, "between")) {
        *relation = ENT_CLAIM_BETWEEN;
        return true;
    }
    for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
        if (relations[i].kind == p->token.kind) {
            *relation = relations[i].relation;
            return true;
        }
    }
    return false;
}

static enum ent_status parse_tolerance(struct ent_claim_parser *p,
                                       struct ent_claim_node *compare, struct ent_error *err)
{
    struct ent_claim_node *amount = NULL;

    ent__claim_next(p);
    if (p->token.kind != ENT_TOKEN_NUMBER)
        return ent__claim_expected(p, "an amount, such as 5 %,", err);
    ENT_TRY(parse_amount(p, &amount, err));
    return ent__claim_tolerate(p, compare, amount, err);
}

enum ent_status ent__claim_tolerate(struct ent_claim_parser *p, struct ent_claim_node *compare,
                                    const struct ent_claim_node *amount, struct ent_error *err)
{
    struct ent_str text = ent__str(amount->text);
    struct ent_claim_tolerance *t = &compare->tolerance;

    if (amount->kind != ENT_NODE_NUMBER)
        return ent__claim_wrong(p, amount->at, err, ENT_EFORMAT,
                                "a tolerance is an amount, such as 5 %%");
    t->given = true;
    t->relative = ent__str_ends(text, "%") || ent__str_ends(text, "percent");
    t->number = amount->number;
    t->text = amount->text;
    t->unit = amount->unit;
    t->at = amount->at;
    return ENT_OK;
}

static enum ent_status
parse_condition(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    struct ent_claim_node *left = NULL;
    struct ent_claim_node *compare;
    enum ent_claim_relation relation;
    size_t at = p->token.at;

    if (is_word(p, "not")) {
        enum ent_status status;

        if (p->depth >= ENT_CLAIM_DEPTH)
            return ent__claim_wrong(p, at, err, ENT_EFORMAT, "nested more than %d deep",
                                    ENT_CLAIM_DEPTH);
        ENT_TRY(new_node(p, ENT_NODE_NOT, at, out, err));
        ent__claim_next(p);
        p->depth++;
        status = parse_condition(p, &(*out)->child[0], err);
        p->depth--;
        return status;
    }
    ENT_TRY(parse_sum(p, &left, err));
    if (!relation_of(p, &relation)) {
        *out = left;
        return ENT_OK;
    }
    ENT_TRY(new_node(p, ENT_NODE_COMPARE, p->token.at, &compare, err));
    ent__claim_next(p);
    compare->relation = relation;
    compare->child[0] = left;
    ENT_TRY(parse_sum(p, &compare->child[1], err));
    if (relation == ENT_CLAIM_BETWEEN) {
        if (!is_word(p, "and"))
            return ent__claim_expected(p, "\"and\" and the upper end", err);
        ent__claim_next(p);
        ENT_TRY(parse_sum(p, &compare->child[2], err));
    }
    if (is_word(p, "within"))
        ENT_TRY(parse_tolerance(p, compare, err));
    if (relation_of(p, &relation))
        return ent__claim_wrong(p, p->token.at, err, ENT_EFORMAT,
                                "a second relation; join two claims with \"and\"");
    *out = compare;
    return ENT_OK;
}

static enum ent_status
parse_conjunct(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    ENT_TRY(parse_condition(p, out, err));
    while (is_word(p, "and")) {
        struct ent_claim_node *right = NULL;
        size_t at = p->token.at;

        ent__claim_next(p);
        ENT_TRY(parse_condition(p, &right, err));
        ENT_TRY(new_binary(p, ENT_NODE_AND, at, *out, right, out, err));
    }
    return ENT_OK;
}

static enum ent_status
parse_claim(struct ent_claim_parser *p, struct ent_claim_node **out, struct ent_error *err)
{
    ENT_TRY(parse_conjunct(p, out, err));
    while (is_word(p, "or")) {
        struct ent_claim_node *right = NULL;
        size_t at = p->token.at;

        ent__claim_next(p);
        ENT_TRY(parse_conjunct(p, &right, err));
        ENT_TRY(new_binary(p, ENT_NODE_OR, at, *out, right, out, err));
    }
    return ENT_OK;
}

static enum ent_status begin(struct ent_claim_parser *p, struct ent_str text,
                             const struct ent_claim_facts *facts, struct ent_arena *arena,
                             struct ent_error *err)
{
    memset(p, 0, sizeof(*p));
    p->text = text;
    p->arena = arena;
    p->facts = facts;
    if (text.len > ENT_CLAIM_LENGTH)
        return ent_fail(err, ENT_EFORMAT, "an expression is at most %d bytes long, this %zu",
                        ENT_CLAIM_LENGTH, text.len);
    ent__claim_next(p);
    if (p->token.kind == ENT_TOKEN_END)
        return ent_fail(err, ENT_EFORMAT, "nothing is claimed: the expression is empty");
    return ENT_OK;
}

enum ent_status ent__claim_parse_part(struct ent_str text, const struct ent_claim_facts *facts,
                                      struct ent_arena *arena, struct ent_claim_node **out,
                                      size_t *at, struct ent_error *err)
{
    struct ent_claim_parser p;
    enum ent_status status = begin(&p, text, facts, arena, err);

    if (status == ENT_OK)
        status = parse_claim(&p, out, err);
    if (status == ENT_OK && p.token.kind != ENT_TOKEN_END)
        status = ent__claim_expected(&p, "a relation, \"and\", or the end", err);
    *at = p.wrong_at;
    return status;
}

enum ent_status ent__claim_parse(struct ent_str text, const struct ent_claim_facts *facts,
                                 struct ent_arena *arena, struct ent_claim_node **out,
                                 size_t *at, struct ent_error *err)
{
    ENT_TRY(ent__claim_parse_part(text, facts, arena, out, at, err));
    return ent__claim_units(*out, at, err);
}

enum ent_status ent__claim_parse_amount(struct ent_str text, struct ent_arena *arena,
                                        struct ent_claim_node **out, size_t *at,
                                        struct ent_error *err)
{
    struct ent_claim_parser p;
    enum ent_status status = begin(&p, text, NULL, arena, err);

    if (status == ENT_OK)
        status = parse_sum(&p, out, err);
    if (status == ENT_OK && p.token.kind != ENT_TOKEN_END)
        status = ent__claim_expected(&p, "the end of the amount", err);
    *at = p.wrong_at;
    return status;
}

enum ent_status ent__claim_tolerance_set(struct ent_claim_node *compare,
                                         const struct ent_claim_node *amount,
                                         struct ent_error *err)
{
    struct ent_claim_parser p = { 0 };

    return ent__claim_tolerate(&p, compare, amount, err);
}
