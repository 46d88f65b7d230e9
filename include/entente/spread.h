/*
 * Where sources disagree: how far apart the sources of one measure are about two states,
 * in the last year that two of them know.
 *
 * The trade of two states has more witnesses than one measure: trade.total by each of its
 * sources, and trade.reported_total as each of the two reports it.  They are set beside
 * one another, as "trade in both directions".
 */
#ifndef ENTENTE_SPREAD_H
#define ENTENTE_SPREAD_H

#include <stddef.h>

#include "entente/dossier.h"
#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sources less than this part of their mean apart are taken to agree. */
#define ENT_SPREAD_LEAST 0.05

struct ent_spread {
    size_t measure;     /* index for ent_measure_at */
    bool backward;      /* from the second state to the first, or the second state's own */
    int year;           /* the last that two sources or more know */
    size_t sources;     /* how many know it */
    double low, high;   /* the smallest and the largest, in the measure's unit */
    double relative;    /* high less low, over the mean of the sizes of all */
    const char *low_by; /* dataset ids, borrowed from the dossier */
    const char *high_by;
    const char *low_report; /* code of the state whose own report it is; "" of none */
    const char *high_report;
};

struct ent_spreads {
    size_t count;
    struct ent_spread *at; /* in the order of the dossier */
};

/*
 * Find where the sources of a dossier's measures are ENT_SPREAD_LEAST or more apart.  It
 * must have been computed with trends, in which the years before are looked up.  Released
 * with ent_spreads_release.  O(readings * years).
 *
 *   ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status ent_spreads_of_dossier(const struct ent_dossier *dossier,
                                                              struct ent_spreads *out,
                                                              struct ent_error *err);
ENT_API void ent_spreads_release(struct ent_spreads *spreads);

#ifdef __cplusplus
}
#endif

#endif
