/* The tables of ideal points that are estimated here, and their columns by number. */
#ifndef ENTENTE_DATASETS_ENTENTE_IDEAL_H
#define ENTENTE_DATASETS_ENTENTE_IDEAL_H

#include "datasets/dataset.h"

enum {
    ENT_OWN_POINT_YEAR,
    ENT_OWN_POINT_STATE,
    ENT_OWN_POINT_SESSION,
    ENT_OWN_POINT_VOTES,
    ENT_OWN_POINT_MEAN,
    ENT_OWN_POINT_SD,
    ENT_OWN_POINT_Q5,
    ENT_OWN_POINT_Q95,
    ENT_OWN_POINT_RHAT,
    ENT_OWN_POINT_ESS,
    ENT_OWN_POINT_PREDICTED,
    ENT_OWN_POINT_PROBABILITY,
    ENT_OWN_POINT_COLUMNS
};

enum {
    ENT_OWN_PAIR_YEAR,
    ENT_OWN_PAIR_A,
    ENT_OWN_PAIR_B,
    ENT_OWN_PAIR_SD,
    ENT_OWN_PAIR_LOW,
    ENT_OWN_PAIR_HIGH,
    ENT_OWN_PAIR_CLOSER,
    ENT_OWN_PAIR_COLUMNS
};

enum {
    ENT_OWN_ITEM_CALL,
    ENT_OWN_ITEM_FIRST,
    ENT_OWN_ITEM_LAST,
    ENT_OWN_ITEM_CALLS,
    ENT_OWN_ITEM_VOTES,
    ENT_OWN_ITEM_BETA,
    ENT_OWN_ITEM_BETA_SD,
    ENT_OWN_ITEM_CUT1,
    ENT_OWN_ITEM_CUT1_SD,
    ENT_OWN_ITEM_CUT2,
    ENT_OWN_ITEM_CUT2_SD,
    ENT_OWN_ITEM_COLUMNS
};

extern const struct ent_table ent__own_point_table, ent__own_pair_table, ent__own_item_table;
extern const struct ent_dataset ent__entente_ideal;

#endif
