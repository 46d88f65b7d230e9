/* Tokens: names, numbers, strings and signs, ASCII and the few others people type. */
#include "assess/claim_token.h"

#include <string.h>

#include "base/str.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A sign of the language, the longest first. */
static const struct sign {
    const char *text;
    enum ent_claim_token_kind kind;
} signs[] = {
    { "..", ENT_TOKEN_SPAN }, { "–", ENT_TOKEN_SPAN },  { "…", ENT_TOKEN_SPAN },
    { "==", ENT_TOKEN_EQ },   { "!=", ENT_TOKEN_NE },   { "<>", ENT_TOKEN_NE },
    { "≠", ENT_TOKEN_NE },    { "<=", ENT_TOKEN_LE },   { "≤", ENT_TOKEN_LE },
    { ">=", ENT_TOKEN_GE },   { "≥", ENT_TOKEN_GE },    { "≈", ENT_TOKEN_NEAR },
    { "×", ENT_TOKEN_TIMES }, { "−", ENT_TOKEN_MINUS }, { "=", ENT_TOKEN_EQ },
    { "<", ENT_TOKEN_LT },    { ">", ENT_TOKEN_GT },    { "~", ENT_TOKEN_NEAR },
    { "(", ENT_TOKEN_OPEN },  { ")", ENT_TOKEN_CLOSE }, { ",", ENT_TOKEN_COMMA },
    { "@", ENT_TOKEN_AT },    { "+", ENT_TOKEN_PLUS },  { "-", ENT_TOKEN_MINUS },
    { "*", ENT_TOKEN_TIMES }, { "/", ENT_TOKEN_OVER },  { "%", ENT_TOKEN_NAME },
};

/* "2014..2018" is a number, a span and a number. */
static size_t number_end(struct ent_str text, size_t at, int *decimals)
{
    *decimals = 0;
    while (at < text.len && is_digit(text.at[at]))
        at++;
    if (at + 1 < text.len && text.at[at] == '.' && is_digit(text.at[at + 1])) {
        size_t point = at++;

        while (at < text.len && is_digit(text.at[at]))
            at++;
        *decimals = (int)(at - point - 1);
    }
    return at;
}

static void take_number(struct ent_str text, struct ent_claim_token *t, size_t *next)
{
    *next = number_end(text, t->at, &t->decimals);
    t->text = ent__str_slice(text, t->at, *next);
    t->kind = t->text.len < 40 && ent__str_to_f64(t->text, &t->number) ? ENT_TOKEN_NUMBER
                                                                       : ENT_TOKEN_WRONG;
}

/* Dots and colons are inside a name: trade.total, cow:AUS. */
static void take_name(struct ent_str text, struct ent_claim_token *t, size_t *next)
{
    size_t end = t->at;

    while (end < text.len) {
        char c = text.at[end];
        bool joins = (c == '.' || c == ':') && end + 1 < text.len &&
                     (begins_name(text.at[end + 1]) || is_digit(text.at[end + 1]));

        if (!begins_name(c) && !is_digit(c) && !joins)
            break;
        end++;
    }
    t->kind = ENT_TOKEN_NAME;
    t->text = ent__str_slice(text, t->at, end);
    *next = end;
}

static void take_string(struct ent_str text, struct ent_claim_token *t, size_t *next)
{
    char quote = text.at[t->at];
    size_t end = t->at + 1;

    while (end < text.len && text.at[end] != quote)
        end++;
    t->kind = end < text.len ? ENT_TOKEN_STRING : ENT_TOKEN_WRONG;
    t->text = ent__str_slice(text, t->at + 1, end);
    *next = end < text.len ? end + 1 : end;
}

struct ent_claim_token ent__claim_token(struct ent_str text, size_t from, size_t *next)
{
    struct ent_claim_token t = { .kind = ENT_TOKEN_END };

    while (from < text.len && is_space(text.at[from]))
        from++;
    while (from + 1 < text.len && memcmp(text.at + from, "\xc2\xa0", 2) == 0)
        from += 2; /* a space that does not break, as spreadsheets have it in numbers */
    t.at = *next = from;
    if (from >= text.len)
        return t;
    if (is_digit(text.at[from]) ||
        (text.at[from] == '.' && from + 1 < text.len && is_digit(text.at[from + 1]))) {
        take_number(text, &t, next);
        return t;
    }
    if (begins_name(text.at[from])) {
        take_name(text, &t, next);
        return t;
    }
    if (text.at[from] == '"' || text.at[from] == '\'') {
        take_string(text, &t, next);
        return t;
    }
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (ent__str_starts(ent__str_slice(text, from, text.len), signs[i].text)) {
            t.kind = signs[i].kind;
            *next = from + strlen(signs[i].text);
            t.text = ent__str_slice(text, from, *next);
            return t;
        }
    }
    t.kind = ENT_TOKEN_WRONG;
    *next = from + 1;
    while (*next < text.len && ((unsigned char)text.at[*next] & 0xC0) == 0x80)
        (*next)++;
    t.text = ent__str_slice(text, from, *next);
    return t;
}
