/* What the files that read claims share. */
#ifndef ENTENTE_ASSESS_CLAIM_PARSE_H
#define ENTENTE_ASSESS_CLAIM_PARSE_H

#include <stdarg.h>
#include <stdio.h>

#include "assess/claim_token.h"
#include "assess/claim_tree.h"

struct ent_claim_parser {
    struct ent_str text;
    struct ent_arena *arena;
    const struct ent_claim_facts *facts;
    struct ent_claim_token token; /* the present one */
    size_t next;                  /* where the one after it begins */
    size_t wrong_at;
    int depth;
};

/* Go to the next token. */
void ent__claim_next(struct ent_claim_parser *p);

/* Fail at a byte. */
enum ent_status ent__claim_wrong(struct ent_claim_parser *p, size_t at, struct ent_error *err,
                                 enum ent_status status, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* How much of a text fits in a message, in bytes, without cutting a character. */
int ent__claim_cut(struct ent_str text, size_t most);

/* Fail at the present token: something else was expected. */
enum ent_status
ent__claim_expected(struct ent_claim_parser *p, const char *what, struct ent_error *err);

/* Go past a token of a kind, or fail. */
ENT_MUST_CHECK enum ent_status ent__claim_take(struct ent_claim_parser *p,
                                               enum ent_claim_token_kind kind, const char *what,
                                               struct ent_error *err);

/* Read a call from its name to its last parenthesis into a node. */
ENT_MUST_CHECK enum ent_status ent__claim_parse_call(struct ent_claim_parser *p,
                                                     struct ent_claim_node *node,
                                                     struct ent_error *err);

/* Give a comparison its tolerance. */
ENT_MUST_CHECK enum ent_status
ent__claim_tolerate(struct ent_claim_parser *p, struct ent_claim_node *compare,
                    const struct ent_claim_node *amount, struct ent_error *err);

#endif
