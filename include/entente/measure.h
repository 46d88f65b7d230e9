/*
 * Measures: what can be computed of a dyad in a year.
 *
 * A measure turns variables into one number a pair of states.  It belongs to one
 * dimension of the question, has a unit and a direction, and often can be computed
 * from more than one dataset: each is a `source` of it, and none is silently
 * preferred.  This header lists them; entente/dossier.h computes them.
 */
#ifndef ENTENTE_MEASURE_H
#define ENTENTE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_dimension {
    ENT_DIM_COMMITMENT = 0,
    ENT_DIM_FOREIGN_POLICY,
    ENT_DIM_ECONOMY,
    ENT_DIM_MILITARY,
    ENT_DIM_TRUST,
    ENT_DIM_VALUES,
    ENT_DIM_THIRD_PARTIES,
    ENT_DIM_DELIVERY,
    ENT_DIM_OWN, /* a user's own table: not one of them */
};
#define ENT_DIMENSIONS 8

enum ent_direction {
    ENT_UNDIRECTED = 0, /* one number for the two */
    ENT_DIRECTED,       /* from -> to, and back */
    ENT_MONADIC,        /* of one state, shown for both */
};

/* What a larger value says of closeness; 0 where it says nothing by itself. */
enum ent_sense {
    ENT_SENSE_NONE = 0,
    ENT_SENSE_CLOSER = 1,
    ENT_SENSE_FARTHER = -1,
};

/* How a value is written. */
enum ent_number_form {
    ENT_FORM_PLAIN = 0, /* up to three decimals */
    ENT_FORM_COUNT,     /* a whole number */
    ENT_FORM_SHARE,     /* 0..1, shown in per cent */
    ENT_FORM_AMOUNT,    /* a large quantity, shown to three figures with its unit */
    ENT_FORM_YES_NO,    /* 0 or 1 */
    ENT_FORM_RANK,      /* 1 is first */
    ENT_FORM_YEAR,      /* a calendar year */
};

struct ent_measure_info {
    const char *id;    /* "trade.share" */
    const char *title; /* "share in total trade" */
    const char
        *meaning;     /* one sentence, with -> for the direction: "X's trade with Y as ..." */
    const char *unit; /* "million current US$"; "" for a plain number */
    enum ent_dimension dimension;
    enum ent_direction direction;
    enum ent_sense sense;
    enum ent_number_form form;
    bool detail; /* for panels and on request; the dossier and the starter panel leave it out */
    const char *formula;
    const char *citation; /* who defined it, or "own" */
    size_t source_count;
    const char *const *sources;  /* dataset ids, most trusted first */
    const char *const *datasets; /* for each source, all datasets it reads: "cow_trade wdi" */
};

/* How many measures there are, and each of them, grouped by dimension. */
ENT_API size_t ent_measure_count(void);
ENT_API const struct ent_measure_info *ent_measure_at(size_t index);

/*
 * The measure with an id.
 *
 *   ENT_ENOTFOUND  no such measure; the message names the nearest
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_measure_find(const char *id, size_t *index, struct ent_error *err);

/* "foreign policy" */
ENT_API const char *ent_dimension_name(enum ent_dimension dimension);

/* "undirected", "directed", "of one state" */
ENT_API const char *ent_direction_name(enum ent_direction direction);

#ifdef __cplusplus
}
#endif

#endif
