/*
 * Sources side by side: one measure of two states by every source, year by year, and
 * how far they are apart.
 *
 * "trade" is two-way trade by every source, each side's own reports among them: China's
 * and Russia's own figures for the same trade differ by 7 bn US$ in 2014.
 */
#ifndef ENTENTE_SOURCES_H
#define ENTENTE_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/document.h"
#include "entente/json.h"
#include "entente/measure.h"
#include "entente/status.h"
#include "entente/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One source's series. */
struct ent_sources_series {
    const char *source; /* dataset id: "dots" */
    const char *title;  /* with whose report it is: "dots, as CHN reports" */
    const char *version;
    const char *measure;       /* id of the measure it is computed by */
    bool swapped;              /* of the second state with the first: the second's own report */
    int first_year, last_year; /* in which it has a value; 0: none at all */
    const double *values;      /* a year each, in the measure's unit; NAN: not known */
};

struct ent_sources {
    int a, b;
    const char *measure, *title, *unit; /* as asked for */
    enum ent_number_form form;
    int from, to;
    size_t count; /* those that have no value are listed too, last */
    const struct ent_sources_series *series;
    /* Of the years with two values or more: the largest less the smallest. */
    const double *spread;   /* a year each; NAN where fewer than two know it */
    const double *relative; /* that over the mean of all; NAN also where the mean is 0 */
    int widest;             /* the year of the largest relative spread (or spread); 0: none */
    void *owned;
};

/*
 * Read every source's series of a measure from a to b.  `measure` is an id, or "trade";
 * from and to are 0 for the last thirty years that any source covers.  store NULL: from
 * the starter panel in the folder `starter`.  *out is released with ent_sources_release.
 *
 *   ENT_EINVAL     the same state twice, from after to, or neither store nor panel
 *   ENT_ENOTFOUND  no such measure; the nearest is named
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_sources_read(struct ent_store *store, const char *starter, int a, int b,
                 const char *measure, int from, int to, struct ent_sources *out,
                 struct ent_error *err);

ENT_API void ent_sources_release(struct ent_sources *sources);

/* Add them to a document: a table, a row a year, and a chart. */
ENT_API void ent_sources_page(const struct ent_sources *sources, struct ent_document *page);

/* As one table for programs: a row a year and source. */
ENT_API void ent_sources_table(const struct ent_sources *sources, struct ent_document *page);

/*
 * Add them to JSON, under a key where they are inside an object:
 *
 *   {"a", "b", "measure", "title", "unit", "from", "to", "widest", "sources": [SOURCE...],
 *    "years": [{"year", "values": [one a source], "spread", "relative"}...]}
 *   SOURCE  {"source", "title", "version", "measure", "from", "to", "first_year", "last_year"}
 */
ENT_API void
ent_sources_json(const struct ent_sources *sources, struct ent_json *json, const char *key);

#ifdef __cplusplus
}
#endif

#endif
