#include "datasets/dispute.h"

#define VALUE(name, unit, what)                        \
    {                                                  \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, unit, what \
    }

const struct ent_column ent__dispute_columns[DISPUTE_GML_COLUMNS] = {
    [DISPUTE_YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    [DISPUTE_FROM] = { "from_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "state in the dispute" },
    [DISPUTE_TO] = { "to_state", ENT_ROLE_TO, ENT_TYPE_INT, "", "the other state of the pair" },
    [DISPUTE_NUMBER] = { "dispute", ENT_ROLE_KEY, ENT_TYPE_INT, "",
                         "the dispute's number in the list" },
    [DISPUTE_ONGOING] =
        VALUE("ongoing", "0 or 1", "the dispute of the pair goes on in the year"),
    [DISPUTE_ONSET] = VALUE("onset", "0 or 1", "the dispute of the pair begins in the year"),
    [DISPUTE_SIDE_FROM] = VALUE("side_from", "0 or 1", "from_state is on side A"),
    [DISPUTE_SIDE_TO] = VALUE("side_to", "0 or 1", "to_state is on side A"),
    [DISPUTE_HOSTILITY_FROM] = VALUE("hostility_from", "level 1 to 5",
                                     "highest hostility of from_state: 1 none, 2 threat, 3 "
                                     "display, 4 use of force, 5 war"),
    [DISPUTE_HOSTILITY_TO] =
        VALUE("hostility_to", "level 1 to 5", "highest hostility of to_state"),
    [DISPUTE_HOSTILITY] = VALUE("hostility", "level 1 to 5",
                                "the higher hostility of the two states of the pair"),
    [DISPUTE_FATALITY] =
        VALUE("fatality", "level 0 to 6",
              "battle deaths of the whole dispute, not of this pair: 0 none, 1 to "
              "25, 100, 250, 500, 999, 6 more"),
    [DISPUTE_SAME_SIDE] =
        VALUE("same_side", "0 or 1", "both states are on one side: they act together"),
    [DISPUTE_COUNT] = { "disputes", ENT_ROLE_COUNT, ENT_TYPE_INT, "disputes", "1 a row" },
    [DISPUTE_HOSTILITY_WHOLE] = VALUE("hostility_dispute", "level 1 to 5",
                                      "highest hostility of any state in the dispute"),
    [DISPUTE_FATALITY_FROM] =
        VALUE("fatality_from", "level 0 to 6", "battle deaths of from_state, to all opponents"),
    [DISPUTE_FATALITY_TO] =
        VALUE("fatality_to", "level 0 to 6", "battle deaths of to_state, to all opponents"),
    [DISPUTE_DEATHS_FROM] = VALUE("deaths_from", "persons",
                                  "battle deaths of from_state where the number is known"),
    [DISPUTE_DEATHS_TO] =
        VALUE("deaths_to", "persons", "battle deaths of to_state where the number is known"),
    [DISPUTE_ACTION_FROM] = VALUE("action_from", "code 0 to 21",
                                  "highest action of from_state, as the codebook has it"),
    [DISPUTE_ACTION_TO] = VALUE("action_to", "code 0 to 21",
                                "highest action of to_state, as the codebook has it"),
    [DISPUTE_ORIGIN_FROM] =
        VALUE("originator_from", "0 or 1", "from_state was in the dispute from its first day"),
    [DISPUTE_ORIGIN_TO] =
        VALUE("originator_to", "0 or 1", "to_state was in the dispute from its first day"),
    [DISPUTE_RECIPROCATED] =
        VALUE("reciprocated", "0 or 1", "side B did something military too"),
    [DISPUTE_DAYS_LEAST] = VALUE("days_least", "days", "least duration that the dates allow"),
    [DISPUTE_DAYS_MOST] = VALUE("days_most", "days", "longest duration that the dates allow"),
    [DISPUTE_START_MONTH] = VALUE("start_month", "month", "month in which the dispute began"),
    [DISPUTE_END_MONTH] = VALUE("end_month", "month", "month in which the dispute ended"),
    [DISPUTE_REVISIONIST_FROM] =
        VALUE("revisionist_from", "0 or 1", "from_state wanted to change what was"),
    [DISPUTE_REVISIONIST_TO] =
        VALUE("revisionist_to", "0 or 1", "to_state wanted to change what was"),
    [DISPUTE_OUTCOME] = VALUE("outcome", "code 1 to 9", "outcome, as the codebook has it"),
    [DISPUTE_SETTLEMENT] =
        VALUE("settlement", "code 1 to 4", "settlement, as the codebook has it"),
    [DISPUTE_STATES_A] = VALUE("states_a", "states", "number of states on side A"),
    [DISPUTE_STATES_B] = VALUE("states_b", "states", "number of states on side B"),
};

bool ent__dispute_finish(struct ent_import *im, union ent_value *row)
{
    (void)im;
    int64_t from = row[DISPUTE_HOSTILITY_FROM].i;
    int64_t to = row[DISPUTE_HOSTILITY_TO].i;

    /* ENT_NONE_INT is below every level, so a missing one gives way. */
    row[DISPUTE_HOSTILITY].i = from > to ? from : to;
    row[DISPUTE_COUNT].i = 1;
    if (row[DISPUTE_SIDE_FROM].i != ENT_NONE_INT && row[DISPUTE_SIDE_TO].i != ENT_NONE_INT)
        row[DISPUTE_SAME_SIDE].i = row[DISPUTE_SIDE_FROM].i == row[DISPUTE_SIDE_TO].i;
    return true;
}
