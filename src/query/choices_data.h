/* What choices are made of: one year's treaties, capabilities and votes, by file and period. */
#ifndef ENTENTE_QUERY_CHOICES_DATA_H
#define ENTENTE_QUERY_CHOICES_DATA_H

#include "base/arena.h"
#include "entente/choices.h"
#include "panel/panel.h"

enum {
    ENT_OBLIGATIONS = 5, /* defence, offence, neutrality, non-aggression, consultation */
    ENT_VOTE_FILES = 3,
    ENT_VOTE_PERIODS = 2, /* session, calendar year */
    ENT_TIE_KINDS = 8,
    ENT_TIE_WEIGHTS = 2,
    ENT_TIE_SYSTEMS = 2,
};

/* Roll calls as a portfolio: value[item * states + state]. */
struct ent_ballots {
    size_t items; /* 0: none of this year */
    int8_t *value;
};

struct ent_choices_data {
    struct ent_panel *panel;
    struct ent_arena arena;
    int year;
    size_t n;    /* states of the year */
    size_t a, b; /* indices of the two */
    bool ties;
    const double *owed[ENT_OBLIGATIONS];    /* matrices; they live as long as the panel */
    const double *weight[ENT_TIE_WEIGHTS];  /* of the targets: CINC, GDP */
    int weights;                            /* how many of these there are */
    const uint8_t *system[ENT_TIE_SYSTEMS]; /* who is a target: region, relevant */
    int systems;                            /* how many of these there are */
    int32_t *target;                        /* 0..n-1: the state that a tie is toward */
    struct ent_ballots ballots[ENT_VOTE_FILES][ENT_VOTE_PERIODS];
    bool absences[ENT_VOTE_FILES];
};

/*
 * Read the year's data (0: the last covered).  Release in any case.
 *
 *   ENT_ENOTFOUND  no data of the year, or no state of these in it
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__choices_data_read(struct ent_choices_data *data,
                                                      struct ent_store *store, int a, int b,
                                                      int year, struct ent_error *err);
void ent__choices_data_release(struct ent_choices_data *data);

/*
 * Ties as levels 0 to 3 (a kind of 0..2: valued and what is made binary from it), or of
 * one obligation as 0 and 1, into value[n * n]; returns the number of levels.  `own`:
 * only what a state itself owes; else the higher of the two directions.
 */
int ent__choices_ties(const struct ent_choices_data *data, int kind, bool own, int8_t *value);

#endif
