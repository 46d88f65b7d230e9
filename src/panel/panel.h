/*
 * The panel: variables of the store as dense arrays, one year at a time.
 *
 * ent__panel_year chooses the year and with it the states; ent__panel_inputs then
 * fills the arrays that a measure asks for.  Arrays live until the next
 * ent__panel_year; an array that two measures share is filled once.
 *
 * The states of a year are COW's members, GW's where COW has none, and places that
 * appear in data under their own name (Hong Kong).  Where no row means "none", a
 * pair of members within the years covered gets 0; everything else is NAN.
 */
#ifndef ENTENTE_PANEL_PANEL_H
#define ENTENTE_PANEL_PANEL_H

#include "entente/store.h"
#include "measure/measure.h"

struct ent_panel;

/* What the store knows of a table, or of all the tables of a source together. */
struct ent_coverage {
    bool loaded;
    int first_year, last_year; /* 0, 0: it has no years (distances) */
    const char *version;       /* borrowed from the panel; "" when unknown */
};

/*
 * Read the store's catalogue.  The store must outlive the panel.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__panel_open(struct ent_store *store, struct ent_panel **out, struct ent_error *err);

/* NULL is fine. */
void ent__panel_close(struct ent_panel *panel);

/* The years for which every input of a source is covered. */
struct ent_coverage
ent__panel_coverage(const struct ent_panel *panel, const struct ent_measure_source *source);

/* Whether a source watches a pair at all (CGIT watches what China does, and nobody else). */
bool ent__panel_watches(const struct ent_panel *panel, const struct ent_measure_source *source,
                        int from, int to);

/*
 * Go to a year: arrays filled before are gone.
 *
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__panel_year(struct ent_panel *panel, int year, struct ent_error *err);

/* The index of a state in the year's arrays, or -1. */
int ent__panel_index(const struct ent_panel *panel, int state);

/* Whether the state at an index is a member of the COW system in the year. */
bool ent__panel_member(const struct ent_panel *panel, size_t index);

/* How much of the matrices is wanted. */
enum ent_extent {
    ENT_EXTENT_ALL = 0, /* every pair */
    ENT_EXTENT_FOCUS,   /* what the two states in focus have with anybody; the rest is NAN */
};

/* Put two states, by id, in focus for the year; after ent__panel_year. */
void ent__panel_focus(struct ent_panel *panel, int a, int b);

/*
 * The two poles, by id, between which measures of hedging see all other states; until
 * this is called, the United States and China.
 */
void ent__panel_poles(struct ent_panel *panel, int a, int b);

/*
 * Set the conventions that measures heed from here on; NULL, as at first, leaves each its
 * own.  They are the caller's, and must outlive the panel.
 */
void ent__panel_conventions(struct ent_panel *panel, const struct ent_conventions *conventions);

/*
 * What a convention of `conventions` needs beyond the measure's own inputs, as a source:
 * contiguity for system=relevant, capabilities or GDP for weights.  NULL: nothing.
 */
const struct ent_measure_source *
ent__convention_source(const struct ent_conventions *conventions,
                       enum ent_convention convention);

/*
 * Who is in whose system in the year, as struct ent_inputs has it: system[n * n], until
 * the next year; NULL for all.
 *
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__panel_system(struct ent_panel *panel,
                                                 enum ent_target_system kind,
                                                 const uint8_t **out, struct ent_error *err);

/* The values of a column over all years: NAN where it has none. */
struct ent_span {
    double low, high;
    bool whole; /* all are whole numbers */
};

/*
 *   ENT_ENOTFOUND  the store has no such column
 *   ENT_EDB, ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status ent__panel_span(struct ent_panel *panel, const char *table,
                                               const char *column, struct ent_span *out,
                                               struct ent_error *err);

/*
 * Fill the inputs of a source for the year.  A table that is not loaded, or a year
 * that it does not cover, gives arrays of NAN.  One pair through many years needs
 * no more than ENT_EXTENT_FOCUS, which costs a fraction.
 *
 *   ENT_EDB, ENT_ENOMEM
 *   ENT_EINVAL  the measure asks for a column that the store's table does not have
 */
ENT_MUST_CHECK enum ent_status
ent__panel_inputs(struct ent_panel *panel, const struct ent_measure_source *source,
                  enum ent_extent extent, struct ent_inputs *out, struct ent_error *err);

#endif
