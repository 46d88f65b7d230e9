/*
 * The dossier: how two states stand to each other in a year, number by number.
 *
 * Every reading is one measure by one source, with its year, its place among all
 * dyads of that year and its last ten years.  A reading outside the years of its
 * source, or of a year for which the source has nothing on this pair, is unknown;
 * with carrying forward (the default) the last observed value is given instead,
 * with its own year, and marked.
 */
#ifndef ENTENTE_DOSSIER_H
#define ENTENTE_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/casebook.h"
#include "entente/measure.h"
#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_TREND_YEARS 11 /* the year of the reading and the ten before it */

/* Why there is no value. */
enum ent_reason {
    ENT_KNOWN = 0,
    ENT_NOT_LOADED,  /* no dataset of the source is in the store */
    ENT_BEFORE_DATA, /* the year is before the first one covered */
    ENT_AFTER_DATA,  /* the year is after the last one covered, and carrying is refused or too
                        far */
    ENT_NOT_MEMBER,  /* one of the two was no state then */
    ENT_NO_VALUE,    /* the source has no value for this pair in this year */
    ENT_NOT_WATCHED, /* the source does not watch these states */
    ENT_NONE_ON_RECORD, /* what the measure counts from has not happened in the years covered:
                           no dispute, no treaty in force */
};

/* One direction of a reading (or the only one; or one of two states). */
struct ent_value_read {
    double value;     /* NAN when not known: see reason */
    double low, high; /* 90 % interval of an estimate; NAN where there is none */
    enum ent_reason reason;
    uint32_t place;                /* 1: the largest of all; 0 when not known */
    uint32_t of;                   /* how many there are */
    double percentile;             /* share of all below it, plus half of those equal: 0..1 */
    double trend[ENT_TREND_YEARS]; /* oldest first, NAN where not known; [10] is `value` */
    /* Only with options.allies; NAN and 0 else. */
    double percentile_before; /* that of trend[0], among all of the reading's year */
    double ally_percentile;   /* among the treaty allies of that year */
    uint32_t ally_of;         /* how many of them have a value */
};

struct ent_reading {
    /* Index for ent_measure_at; of a user's own table beyond those, one number each. */
    size_t measure;
    const struct ent_measure_info *own; /* of a user's own table: see ent_reading_measure */
    const char *source;                 /* dataset id: "cow_trade" */
    const char *version;
    int year; /* of the value: earlier than asked for when carried */
    bool carried;
    int first_year, last_year;      /* covered by the source; 0 when not loaded */
    struct ent_value_read forward;  /* a -> b; undirected: both; monadic: a's own */
    struct ent_value_read backward; /* b -> a; undirected: equal to forward; monadic: b's own */
};

struct ent_dossier {
    int a, b;    /* ids of states */
    int year;    /* asked for, or the last that any source covers */
    bool latest; /* no year was asked for: each reading is the last that its source has */
    const char *options; /* conventions that were asked for, "weights=cinc,system=region"; "" or
                            NULL: each measure's own */
    bool starter;        /* from the panel that ships with Entente, not from a store */
    size_t count;
    struct ent_reading *readings; /* by dimension, measure, source */
    /* Casebooks to show beside the readings, borrowed; NULL, as computed: none. */
    const struct ent_casebooks *cases;
    void *owned;
};

struct ent_dossier_options {
    int year;               /* 0: the last year that any source covers */
    bool no_carry;          /* refuse values of earlier years */
    int carry_years;        /* carry at most this far; 0: without limit */
    const size_t *measures; /* only these; NULL: all that are no detail */
    size_t measure_count;
    const char *const *options; /* conventions of measures, "KEY=VALUE": see entente/panel.h */
    size_t option_count;
    bool no_places; /* leave places and trends out: a single value fast */
    bool allies;    /* places among treaty allies too (entente/profile.h), and of yes or no */
    bool own;       /* the values of the user's own tables too, after all others */
    const int *charters; /* with allies: ATOP's numbers of the regional charters, left out */
    size_t charter_count;
};

/*
 * Compute the dossier of two states from a store.  options may be NULL.  *out is
 * released with ent_dossier_release.  Under 150 ms from a full store.
 *
 *   ENT_EINVAL     the same state twice, or a year out of range (1816 to 9998); an unknown
 *                  option, or one that none of the measures heeds
 *   ENT_ENOTFOUND  one of the two did not exist in the year; the message says when it did
 *   ENT_EDB, ENT_EIO, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_dossier_compute(struct ent_store *store, int a, int b,
                    const struct ent_dossier_options *options, struct ent_dossier *out,
                    struct ent_error *err);

/*
 * The same from the starter panel in the file at `path`, which holds some thirty
 * major states.
 *
 *   ENT_EINVAL     options are given: the values are computed already
 *   ENT_ENOTFOUND  the panel is not there, or has not these states; the message names those it
 * has
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_dossier_starter(const char *path, int a, int b, const struct ent_dossier_options *options,
                    struct ent_dossier *out, struct ent_error *err);

ENT_API void ent_dossier_release(struct ent_dossier *dossier);

/* What a reading is of; it lives as long as the dossier. */
ENT_API const struct ent_measure_info *ent_reading_measure(const struct ent_reading *reading);

/* "ATOP ends in 2018" and the like: a reason in words. */
ENT_API const char *ent_reason_text(enum ent_reason reason);

#ifdef __cplusplus
}
#endif

#endif
