/*
 * Distance of published ideal points (Bailey, Strezhnev and Voeten 2017): one
 * position a state and session, estimated from its UN votes, with mean 0 and
 * standard deviation about 1 over all.
 *
 * Limits: one line for all of world politics, mostly nearness to the United States;
 * distances compare within one release only; each position has an error of about
 * 0.16, so that small distances are not told from none.
 */
#include "measure/family.h"

static const struct ent_input inputs[] = {
    { .table = "ideal_point",
      .column = "ideal_point",
      .shape = ENT_SHAPE_STATE,
      .scope = ENT_SCOPE_BOTH },
};
static const struct ent_measure_source sources[] = {
    ENT_SOURCE("ideal_points", "ideal_points", inputs),
};

static const struct ent_measure measures[] = {
    {
        .info = {
            .id = "ideal.distance",
            .title = "distance of UN ideal points",
            .meaning = "how far apart the positions of X and Y are that their UN votes reveal: "
                       "0 the same, 1 about a standard deviation of all states",
            .unit = "",
            .dimension = ENT_DIM_FOREIGN_POLICY,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_FARTHER,
            .form = ENT_FORM_PLAIN,
            .formula = "|ideal point of X - ideal point of Y|",
            .citation = "Bailey, Strezhnev and Voeten 2017",
        },
        ENT_FROM(sources),
        .compute = ent__gap,
    },
    {
        .info = {
            .id = "ideal.point",
            .title = "UN ideal point",
            .meaning = "the position that the state's UN votes reveal: larger is nearer to the "
                       "United States",
            .unit = "",
            .dimension = ENT_DIM_FOREIGN_POLICY,
            .direction = ENT_MONADIC,
            .sense = ENT_SENSE_NONE,
            .form = ENT_FORM_PLAIN,
            .formula = "the estimate as published",
            .citation = "Bailey, Strezhnev and Voeten 2017",
        },
        ENT_FROM(sources),
        .compute = ent__own,
    },
};

const struct ent_family ent__ideal_family = ENT_FAMILY(measures);
