/*
 * What the datasets of General Assembly votes share: who cast a vote, and when.
 *
 * Their dates are a trap: in the older sessions of all editions the month is right
 * but the day is not (resolution 2758 of 25 October 1971 is dated 7 October).  The
 * rules below ask no more of a date than it holds.
 */
#ifndef ENTENTE_DATASETS_UN_VOTE_H
#define ENTENTE_DATASETS_UN_VOTE_H

#include "datasets/import.h"

/* Votes as the publishers code them. */
enum {
    ENT_UN_YES = 1,
    ENT_UN_ABSTAIN = 2,
    ENT_UN_NO = 3,
    ENT_UN_ABSENT = 8,
    ENT_UN_NO_MEMBER = 9,
};

/* Session s meets from the autumn of this year: the year that all editions give it. */
#define ENT_UN_YEAR(session) ((session) + 1945)

/*
 * The state whose vote a row holds.  A source keeps one number for a seat while
 * the state that holds it changes: China's votes to 7 December 1949 stand under
 * Taiwan's 713, united Germany's of 1990 under 260, united Yemen's of 1990 under
 * 678.  The seat of 1971 is left as the source has it, for want of days.
 */
int ent__un_voter(int id, struct ent_date date);

/*
 * Whether a state's row "not a member" contradicts a vote that ent__un_voter gives
 * it on that day.
 */
bool ent__un_votes_elsewhere(int id, struct ent_date date);

/*
 * The session of a roll call by Voeten's number of it (rcid), sessions 1 to 74; 0
 * for a number that he had not given by then.
 */
int ent__un_session(int64_t rcid);

/*
 * A cell as a date: text, or R's days since 1 January 1970.  false when it is
 * missing, or is no date: the latter is reported.
 */
bool ent__un_date(struct ent_import *im, size_t column, struct ent_date *out);

/* A date as text "1974-12-31" in a cell of a staged row. */
ENT_MUST_CHECK enum ent_status ent__un_put_date(struct ent_stage *stage, union ent_value *cell,
                                                struct ent_date date, struct ent_error *err);

#endif
