/*
 * A line of a ledger of pledges, read and checked: shared by pledges.c, which makes its
 * rows, and pledges_line.c.
 */
#ifndef ENTENTE_DATASETS_PLEDGES_H
#define ENTENTE_DATASETS_PLEDGES_H

#include "datasets/import.h"

enum ent_pledge_status {
    ENT_PLEDGE_OPEN = 0,
    ENT_PLEDGE_KEPT,
    ENT_PLEDGE_PARTLY,
    ENT_PLEDGE_BROKEN,
    ENT_PLEDGE_NONE, /* somebody looked, and found no pledge */
};
#define ENT_PLEDGE_STATUSES 5

/* The columns of the file; SIZE_MAX: it has it not. */
struct ent_pledge_columns {
    size_t id, from, to, by, what, amount, unit, announced, due, delivered, settled, status,
        checked, source, note, joint, ledger;
};

/* A date of which the day, or month and day, may be open: 0. */
struct ent_day {
    int year, month, day;
};

struct ent_pledge_line {
    int64_t number;
    int from, to; /* to: 0 is everybody */
    bool joint;
    enum ent_pledge_status status;
    struct ent_day announced, due, settled, checked; /* year 0: none */
    double amount, delivered;                        /* NAN: none */
    double usd;                                      /* million US$ in one unit; 0: no money */
};

/*
 * Find the columns.
 *
 *   ENT_EFORMAT  one that a ledger needs is not there
 */
ENT_MUST_CHECK enum ent_status
ent__pledge_columns(struct ent_import *im, struct ent_pledge_columns *l, struct ent_error *err);

/* Read the row at hand; false when it was reported as a problem and is left out. */
bool ent__pledge_read(struct ent_import *im, const struct ent_pledge_columns *l,
                      struct ent_pledge_line *p);

/* Whether a is certainly before b, as far as both are known. */
bool ent__day_before(struct ent_day a, struct ent_day b);

#endif
