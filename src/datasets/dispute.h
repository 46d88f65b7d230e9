/*
 * What the two lists of militarised disputes by directed dyad and year share: the
 * columns of their tables, and how a row is finished.
 */
#ifndef ENTENTE_DATASETS_DISPUTE_H
#define ENTENTE_DATASETS_DISPUTE_H

#include "datasets/mapped.h"

enum {
    DISPUTE_YEAR,
    DISPUTE_FROM,
    DISPUTE_TO,
    DISPUTE_NUMBER,
    DISPUTE_KEYS,
    DISPUTE_ONGOING = DISPUTE_KEYS,
    DISPUTE_ONSET,
    DISPUTE_SIDE_FROM,
    DISPUTE_SIDE_TO,
    DISPUTE_HOSTILITY_FROM,
    DISPUTE_HOSTILITY_TO,
    DISPUTE_HOSTILITY,
    DISPUTE_FATALITY,
    DISPUTE_SAME_SIDE,
    DISPUTE_COUNT,
    DISPUTE_HOSTILITY_WHOLE,
    DISPUTE_FATALITY_FROM,
    DISPUTE_FATALITY_TO,
    DISPUTE_DEATHS_FROM,
    DISPUTE_DEATHS_TO,
    DISPUTE_ACTION_FROM,
    DISPUTE_ACTION_TO,
    DISPUTE_ORIGIN_FROM,
    DISPUTE_ORIGIN_TO,
    DISPUTE_RECIPROCATED,
    DISPUTE_DAYS_LEAST,
    DISPUTE_DAYS_MOST,
    DISPUTE_START_MONTH,
    DISPUTE_COW_COLUMNS, /* those that both lists have end here */
    DISPUTE_END_MONTH = DISPUTE_COW_COLUMNS,
    DISPUTE_REVISIONIST_FROM,
    DISPUTE_REVISIONIST_TO,
    DISPUTE_OUTCOME,
    DISPUTE_SETTLEMENT,
    DISPUTE_STATES_A,
    DISPUTE_STATES_B,
    DISPUTE_GML_COLUMNS,
};

extern const struct ent_column ent__dispute_columns[DISPUTE_GML_COLUMNS];

/* The columns of the file that both lists have, by their names there; two names differ. */
#define ENT_DISPUTE_MAPPINGS(ongoing, onset)                                          \
    { "year", DISPUTE_YEAR }, { "ccode1", DISPUTE_FROM, ENT_CODE_COWN },              \
        { "ccode2", DISPUTE_TO, ENT_CODE_COWN }, { "dispnum", DISPUTE_NUMBER },       \
        { (ongoing), DISPUTE_ONGOING }, { (onset), DISPUTE_ONSET },                   \
        { "sidea1", DISPUTE_SIDE_FROM }, { "sidea2", DISPUTE_SIDE_TO },               \
        { "hostlev1", DISPUTE_HOSTILITY_FROM }, { "hostlev2", DISPUTE_HOSTILITY_TO }, \
        { "hostlev", DISPUTE_HOSTILITY_WHOLE, .optional = true },                     \
        { "fatality", DISPUTE_FATALITY, .optional = true },                           \
        { "fatality1", DISPUTE_FATALITY_FROM, .optional = true },                     \
        { "fatality2", DISPUTE_FATALITY_TO, .optional = true },                       \
        { "fatalpre1", DISPUTE_DEATHS_FROM, .optional = true },                       \
        { "fatalpre2", DISPUTE_DEATHS_TO, .optional = true },                         \
        { "hiact1", DISPUTE_ACTION_FROM, .optional = true },                          \
        { "hiact2", DISPUTE_ACTION_TO, .optional = true },                            \
        { "orig1", DISPUTE_ORIGIN_FROM, .optional = true },                           \
        { "orig2", DISPUTE_ORIGIN_TO, .optional = true },                             \
        { "recip", DISPUTE_RECIPROCATED, .optional = true },                          \
        { "mindur", DISPUTE_DAYS_LEAST, .optional = true },                           \
        { "maxdur", DISPUTE_DAYS_MOST, .optional = true },                            \
    {                                                                                 \
        "stmon", DISPUTE_START_MONTH, .optional = true                                \
    }

/* An ent_finish_fn: what follows from the other cells of a row. */
bool ent__dispute_finish(struct ent_import *im, union ent_value *row);

#endif
