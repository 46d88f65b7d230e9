/*
 * Ideal points that "entente ideal" estimates from the votes in the store: the tables of
 * the result.  No file brings them: query/ideal_save.c writes them.
 */
#include "datasets/entente_ideal.h"

static const struct ent_column point_columns[] = {
    [ENT_OWN_POINT_YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "",
                             "session + 1945: the year it opened in" },
    [ENT_OWN_POINT_STATE] = { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    [ENT_OWN_POINT_SESSION] = { "session", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
                                "session of the General Assembly" },
    [ENT_OWN_POINT_VOTES] = { "votes", ENT_ROLE_VALUE, ENT_TYPE_INT, "votes",
                              "votes that the estimate rests on" },
    [ENT_OWN_POINT_MEAN] = { "ideal_point", ENT_ROLE_VALUE, ENT_TYPE_REAL,
                             "standard deviations",
                             "mean of the posterior; higher is nearer to the United States" },
    [ENT_OWN_POINT_SD] = { "sd", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                           "standard deviation of the posterior" },
    [ENT_OWN_POINT_Q5] = { "q5", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                           "5 % quantile" },
    [ENT_OWN_POINT_Q95] = { "q95", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                            "95 % quantile" },
    [ENT_OWN_POINT_RHAT] = { "rhat", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                             "split R-hat, rank-normalised; missing without draws" },
    [ENT_OWN_POINT_ESS] = { "ess", ENT_ROLE_VALUE, ENT_TYPE_REAL, "draws",
                            "effective draws, the lesser of bulk and tail; missing without "
                            "draws" },
    [ENT_OWN_POINT_PREDICTED] = { "predicted", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                                  "share of the votes for which the vote cast was the "
                                  "likeliest" },
    [ENT_OWN_POINT_PROBABILITY] = { "probability", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                                    "mean probability that the model gives the vote cast" },
};

const struct ent_table ent__own_point_table = {
    .name = "entente_ideal_point",
    .what = "ideal point of a state in a session of the General Assembly, estimated here",
    .columns = point_columns,
    .column_count = ENT_OWN_POINT_COLUMNS,
    .key_count = 2,
};

static const struct ent_column pair_columns[] = {
    [ENT_OWN_PAIR_YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "",
                            "session + 1945: the year it opened in" },
    [ENT_OWN_PAIR_A] = { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one state" },
    [ENT_OWN_PAIR_B] = { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    [ENT_OWN_PAIR_SD] = { "sd", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                          "standard deviation of the difference, over the draws" },
    [ENT_OWN_PAIR_LOW] = { "low", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                           "lower end of the 90 % interval of the distance" },
    [ENT_OWN_PAIR_HIGH] = { "high", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
                            "upper end of the 90 % interval of the distance" },
    [ENT_OWN_PAIR_CLOSER] = { "closer", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                              "probability that the distance is under 0.5" },
};

const struct ent_table ent__own_pair_table = {
    .name = "entente_ideal_pair",
    .what = "how sure the distance of two states' ideal points is",
    .columns = pair_columns,
    .column_count = ENT_OWN_PAIR_COLUMNS,
    .key_count = 3,
};

static const struct ent_column item_columns[] = {
    [ENT_OWN_ITEM_CALL] = { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "",
                            "number of the earliest roll call on the resolution" },
    [ENT_OWN_ITEM_FIRST] = { "first_session", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
                             "session of the earliest" },
    [ENT_OWN_ITEM_LAST] = { "last_session", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
                            "session of the latest" },
    [ENT_OWN_ITEM_CALLS] = { "roll_calls", ENT_ROLE_VALUE, ENT_TYPE_INT, "roll calls",
                             "how many there were on it" },
    [ENT_OWN_ITEM_VOTES] = { "votes", ENT_ROLE_VALUE, ENT_TYPE_INT, "votes", "votes cast" },
    [ENT_OWN_ITEM_BETA] = { "discrimination", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                            "beta: how far it tells states apart; above 0, those on the right "
                            "vote no" },
    [ENT_OWN_ITEM_BETA_SD] = { "discrimination_sd", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                               "its standard deviation" },
    [ENT_OWN_ITEM_CUT1] = { "cut1", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                            "cut-point between yes and abstention, of beta times the ideal "
                            "point" },
    [ENT_OWN_ITEM_CUT1_SD] = { "cut1_sd", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                               "its standard deviation; missing without draws" },
    [ENT_OWN_ITEM_CUT2] = { "cut2", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                            "cut-point between abstention and no" },
    [ENT_OWN_ITEM_CUT2_SD] = { "cut2_sd", ENT_ROLE_VALUE, ENT_TYPE_REAL, "",
                               "its standard deviation; missing without draws" },
};

const struct ent_table ent__own_item_table = {
    .name = "entente_ideal_item",
    .what = "a resolution of the General Assembly as the ideal points' model sees it",
    .columns = item_columns,
    .column_count = ENT_OWN_ITEM_COLUMNS,
    .key_count = 1,
};

static const struct ent_table *const tables[] = { &ent__own_point_table, &ent__own_pair_table,
                                                  &ent__own_item_table, NULL };

const struct ent_dataset ent__entente_ideal = {
    .info = {
        .id = "entente_ideal",
        .title = "Ideal points estimated by Entente from the votes in the store",
        .publisher = "you, with Entente",
        .citation = "Estimated with Entente from the United Nations General Assembly Voting "
                    "Data of Voeten, Strezhnev and Bailey "
                    "(https://doi.org/10.7910/DVN/LEJUQZ), by the model of: Bailey, Michael "
                    "A., Anton Strezhnev and Erik Voeten. 2017. \"Estimating Dynamic State "
                    "Preferences from United Nations Voting Data.\" Journal of Conflict "
                    "Resolution 61 (2): 430-456.",
        .bibtex = "@misc{entente_ideal, title = {Ideal points in the General Assembly, estimated "
                  "with Entente by the model of Bailey, Strezhnev and Voeten (2017) from the "
                  "votes of Voeten, Strezhnev and Bailey (doi:10.7910/DVN/LEJUQZ)}, author = "
                  "{Entente}}",
        .licence = "yours; the votes are CC0 1.0",
        .url = "estimate them from the votes: entente ideal",
    },
    .years = "the years of the votes in the store",
    .tables = tables,
};
