/* Tokens of the language of claims. */
#ifndef ENTENTE_ASSESS_CLAIM_TOKEN_H
#define ENTENTE_ASSESS_CLAIM_TOKEN_H

#include "entente/str.h"

enum ent_claim_token_kind {
    ENT_TOKEN_END = 0,
    ENT_TOKEN_NUMBER,
    ENT_TOKEN_NAME,   /* trade.total, CHN, US$, % */
    ENT_TOKEN_STRING, /* text without its quotes */
    ENT_TOKEN_OPEN,
    ENT_TOKEN_CLOSE,
    ENT_TOKEN_COMMA,
    ENT_TOKEN_SPAN, /* .. */
    ENT_TOKEN_AT,
    ENT_TOKEN_PLUS,
    ENT_TOKEN_MINUS,
    ENT_TOKEN_TIMES,
    ENT_TOKEN_OVER,
    ENT_TOKEN_EQ,
    ENT_TOKEN_NE,
    ENT_TOKEN_LT,
    ENT_TOKEN_LE,
    ENT_TOKEN_GT,
    ENT_TOKEN_GE,
    ENT_TOKEN_NEAR,
    ENT_TOKEN_WRONG, /* a character or a number that is none */
};

struct ent_claim_token {
    enum ent_claim_token_kind kind;
    size_t at;           /* byte in the text */
    struct ent_str text; /* its bytes; of a string, what is inside */
    double number;
    int decimals; /* digits behind the point, as written */
};

/* The token at or after byte `from`; *next is where the one after it is looked for. */
struct ent_claim_token ent__claim_token(struct ent_str text, size_t from, size_t *next);

#endif
