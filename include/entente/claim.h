/*
 * Claims and their answers: what was said of states, and whether the data bear it out.
 *
 * A claim is an expression of a small language (docs/CLAIMS.md) that holds or does not:
 * "rank(trade.total, CHN, RUS, 2014) = 10".  Every source that has the figures answers
 * for itself; where they differ, the claim depends on the source.  entente/check.h checks
 * them; this header is what comes out.
 */
#ifndef ENTENTE_CLAIM_H
#define ENTENTE_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_claim_answer {
    ENT_CLAIM_SUPPORTED = 0,
    ENT_CLAIM_CONTRADICTED,
    ENT_CLAIM_NEARLY,    /* off, but within the tolerance that it states */
    ENT_CLAIM_DEPENDS,   /* by some sources so, by others not */
    ENT_CLAIM_UNCHECKED, /* no source that is loaded has the figures */
    ENT_CLAIM_REPORTED,  /* no dataset covers it: a reported fact stands in */
    ENT_CLAIM_WRONG,     /* it cannot be read: see its error */
};
#define ENT_CLAIM_ANSWERS 7

/* What one source says. */
enum ent_claim_verdict {
    ENT_VERDICT_YES = 0,
    ENT_VERDICT_NEARLY,
    ENT_VERDICT_NO,
    ENT_VERDICT_UNKNOWN,
};

/* A row of a file that a figure rests on. */
struct ent_claim_row {
    const char *dataset, *version, *file;
    uint64_t line;
    const char *text; /* "year 2014, importer CHN, exporter RUS, imports 41000" */
};

/* One figure in an answer. */
struct ent_claim_figure {
    const char *text;       /* as in the claim: "trade.total(CHN, RUS, 2014)" */
    const char *source;     /* "cow_trade"; with whose report it is, where that differs */
    const char *version;    /* "" when unknown */
    double value;           /* in base units (US$, not million); NAN when not known */
    const char *value_text; /* "93.9 bn US$" */
    const char *why;        /* why it is not known; "" when it is */
    const char *note;       /* "26 of 27 partners have a value"; "" for none */
    bool by_partners;       /* `place` is among the first state's partners; else among all */
    uint32_t place, of;     /* 1: the largest; 0: it has none */
    size_t row_count;       /* of those listed */
    const struct ent_claim_row *rows;
    uint64_t row_total;
};

/* What one source, or several that are needed together, say of a part. */
struct ent_claim_by {
    const char *sources;    /* "cow_trade", "comtrade + wdi" */
    const char *versions;   /* in the same order; "" when none is known */
    size_t store;           /* 0: the store itself; else the n-th beside it */
    const char *store_name; /* of the file of one beside it; "" of the first */
    enum ent_claim_verdict verdict;
    double value, claimed; /* both sides of the relation; NAN when not known */
    bool at_least;         /* value is no more than a lower bound */
    const char *value_text, *claimed_text;
    const char *why; /* why there is no verdict; "" when there is */
    size_t figure_count;
    const struct ent_claim_figure *figures;
};

/* One comparison: what stands between "and" and "or". */
struct ent_claim_part {
    const char *text;
    enum ent_claim_answer answer;
    size_t by_count;
    const struct ent_claim_by *by;
};

struct ent_claim {
    size_t line; /* in the file; 1 for one that was asked by itself */
    const char *id, *words, *source, *date, *note; /* "" where the file has none */
    const char *expression;                        /* written out; "" when it is wrong */
    enum ent_claim_answer answer;
    struct ent_error error;         /* of a wrong one: with line and column */
    const char *fact, *fact_source; /* of a reported one, or beside an answer; "" for none */
    size_t part_count;
    const struct ent_claim_part *parts;
};

struct ent_claims {
    const char *name; /* of the file; "" for one claim */
    size_t count;
    const struct ent_claim *at;
    size_t answers[ENT_CLAIM_ANSWERS]; /* how many of each */
    bool starter; /* answered from the panel that ships with Entente, not from a store */
    void *owned;
};

/* "depends on the source" */
ENT_API const char *ent_claim_answer_text(enum ent_claim_answer answer);

/* "yes", "nearly", "no", "not known" */
ENT_API const char *ent_claim_verdict_text(enum ent_claim_verdict verdict);

#ifdef __cplusplus
}
#endif

#endif
