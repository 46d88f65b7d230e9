/*
 * Casebooks: what is reported about a few states and no dataset covers.
 *
 * A casebook is a folder: facts.csv (a line a reported fact), pledges.csv (a ledger,
 * as docs/PLEDGES.md says), claims.csv (for entente check), README.md.  What stands in
 * it was read somewhere by somebody; it is shown with its source and never computed
 * with, so that a page cannot mix it with measures.
 *
 * facts.csv has the columns id, fact, states ("CHN, RUS"), year ("2014", "2013-2018" or
 * empty), value (a number, a word, or empty), unit, source, date (when the source said
 * it) and note; id, fact, states and source must be filled.
 */
#ifndef ENTENTE_CASEBOOK_H
#define ENTENTE_CASEBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_FACT_STATES 8

/* A text that is not there is "". */
struct ent_fact {
    const char *id;   /* "F-I02" */
    const char *text; /* in words */
    int states[ENT_FACT_STATES];
    size_t state_count;
    int from_year, to_year; /* equal for one year; 0: of no year */
    double value;           /* NAN when there is none, or it is a word */
    const char *value_text; /* as written */
    const char *unit;       /* "bn US$" */
    const char *source;     /* who reports it */
    const char *date;       /* when */
    const char *note;       /* the compiler's remark */
    size_t line;            /* in facts.csv */
};

/* A line of the ledger, as it is written; entente import checks it. */
struct ent_pledge {
    const char *id;
    int from, to; /* states; to is -1 for everybody */
    bool joint;
    const char *by, *what;
    const char *amount, *unit, *delivered; /* as written */
    const char *announced, *due, *settled, *status, *checked;
    const char *source, *note;
    size_t line; /* in pledges.csv */
};

struct ent_casebook {
    const char *name;             /* of its folder: "china-russia" */
    const char *title;            /* the first heading of its README.md, or else its name */
    const char *folder;           /* path */
    const struct ent_fact *facts; /* in the file's order */
    size_t fact_count;
    const struct ent_pledge *pledges;
    size_t pledge_count;
    void *owned;
};

/*
 * Read the casebook in a folder; a file that is not there is empty.  *out is released
 * with ent_casebook_release.
 *
 *   ENT_ENOTFOUND  the folder has neither facts.csv nor pledges.csv
 *   ENT_EFORMAT    a line cannot be read: a column, a state, a year; err says where
 *   ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_casebook_read(const char *folder, struct ent_casebook *out, struct ent_error *err);

ENT_API void ent_casebook_release(struct ent_casebook *casebook);

/* The fact with an id; NULL when there is none. */
ENT_API const struct ent_fact *
ent_casebook_fact(const struct ent_casebook *casebook, const char *id);

/* Whether a fact is about both of two states, and of a year no later than `year` (0: any). */
ENT_API bool ent_fact_concerns(const struct ent_fact *fact, int a, int b, int year);

/* Whether a pledge is of one of two states to the other, announced by then (0: any). */
ENT_API bool ent_pledge_concerns(const struct ent_pledge *pledge, int a, int b, int year);

/* Several casebooks: all in one folder, in order of their names. */
struct ent_casebooks {
    struct ent_casebook *at;
    size_t count;
};

/*
 * Read every casebook among a folder's folders, or the one that the folder itself is.  A
 * folder that is not there has none.
 *
 *   as ent_casebook_read
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_casebooks_read(const char *folder, struct ent_casebooks *out, struct ent_error *err);

ENT_API void ent_casebooks_release(struct ent_casebooks *casebooks);

#ifdef __cplusplus
}
#endif

#endif
