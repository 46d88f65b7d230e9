/* The inside of a plan, shared by its making and its running. */
#ifndef ENTENTE_QUERY_PANEL_PLAN_H
#define ENTENTE_QUERY_PANEL_PLAN_H

#include "base/arena.h"
#include "entente/panel.h"
#include "measure/measure.h"

/* A measure by a source, and the columns that show it. */
struct ent_panel_job {
    const struct ent_measure *measure;
    const struct ent_measure_source *source;
    size_t column[2]; /* of the first and second side; SIZE_MAX: none */
    bool interval;    /* the columns are its low and its high end */
    bool loaded;
    int first_year, last_year;
};

struct ent_panel_plan {
    struct ent_store *store;
    struct ent_arena arena;
    struct ent_panel_layout layout;
    enum ent_panel_dyads dyads;
    bool *listed; /* by the two states' ent_state indexes; of ENT_DYADS_LISTED */
    bool *wanted; /* by ent_state index; NULL: all states */
    int focus[2]; /* the only two states there are, by id; 0: more */
    struct ent_panel_job *jobs;
    size_t job_count;
    struct ent_panel_column_info *columns; /* those of the layout, while they are made */
    struct ent_conventions conventions;
    struct ent_resampling resampling; /* replicates 0: none */
    int threads;
};

/* How many rows a plan has, without computing them. */
ENT_MUST_CHECK enum ent_status
ent__panel_count(const struct ent_panel_plan *plan, uint64_t *rows, struct ent_error *err);

#endif
