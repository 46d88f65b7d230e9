#include "query/codebook.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/dataset.h"
#include "panel/panel.h"
#include "query/conventions.h"
#include "query/panel_text.h"
#include "store/listing.h"

static const char *unit_words(enum ent_panel_unit unit)
{
    static const char *const words[] = {
        "a dyad in a year, the state with the lower COW number first",
        "a directed dyad in a year: state 1 toward state 2",
        "a state in a year",
    };

    return words[unit];
}

static const char *dyads_words(enum ent_panel_dyads dyads)
{
    static const char *const words[] = {
        "all dyads of members of the COW state system",
        "contiguous dyads: by land, or across at most 400 miles of water; as last observed",
        "dyads with at least one major power",
        "politically relevant dyads: contiguous, or with at least one major power",
        "the dyads of a list",
    };

    return words[dyads];
}

static const char *side_words(enum ent_panel_side side)
{
    static const char *const words[] = {
        "",           "X is state 1 and Y state 2", "X is state 2 and Y state 1", "of state 1",
        "of state 2",
    };

    return words[side];
}

/* The conventions that were set, of those that the column heeds. */
static void write_options(struct ent_buf *out, const struct ent_panel_plan *plan, size_t column)
{
    const char *before = "- Options: ";
    uint32_t heeded = 0;
    char text[64];

    for (size_t i = 0; i < plan->job_count; i++) {
        const struct ent_panel_job *job = &plan->jobs[i];

        if (job->column[0] == column || job->column[1] == column)
            heeded = ent__conventions_heeded(job->measure, job->source);
    }
    for (int k = 0; k < ENT_CONVENTIONS; k++) {
        enum ent_convention one = (enum ent_convention)(1 << k);

        if (!(plan->conventions.given & heeded & (uint32_t)one))
            continue;
        ent__convention_text(&plan->conventions, one, text, sizeof(text));
        ent__buf_printf(out, "%s%s", before, text);
        before = ", ";
    }
    if (before[0] == ',')
        ent__buf_puts(out, "\n");
}

/* What of the measure the column is, unless it is the value itself. */
static void write_statistic(struct ent_buf *out, const struct ent_panel_plan *plan,
                            const struct ent_panel_column_info *c)
{
    if (c->error)
        ent__buf_puts(out, "Standard error, by the delta method, of: ");
    if (c->bound != ENT_BOUND_NONE)
        ent__buf_printf(
            out,
            "%s end of the bootstrap interval (%g %%, percentiles of %zu replicates "
            "of the items, seed %llu) of: ",
            c->bound == ENT_BOUND_LOW ? "Low" : "High", 100 * plan->resampling.coverage,
            plan->resampling.replicates, (unsigned long long)plan->resampling.seed);
}

static void write_column(struct ent_buf *out, const struct ent_panel_plan *plan, size_t column)
{
    const struct ent_panel_column_info *c = &plan->layout.columns[column];
    enum ent_panel_unit unit = plan->layout.unit;
    const struct ent_measure_info *m = c->measure;
    const char *side = side_words(c->side);

    if (unit == ENT_PANEL_DIRECTED && m->direction == ENT_DIRECTED)
        side = "X is state 1 and Y state 2";
    ent__buf_printf(out, "### %s\n\n", c->name);
    write_statistic(out, plan, c);
    ent__buf_printf(out, "%s%s%s. Measure `%s`.\n\n", m->title, side[0] ? "; " : "", side,
                    m->id);
    ent__buf_printf(out, "- Meaning: %s\n", m->meaning);
    if (m->unit[0])
        ent__buf_printf(out, "- Unit: %s\n", m->unit);
    ent__buf_printf(out, "- Formula: %s\n", m->formula);
    if (m->citation[0] && strcmp(m->citation, "own") != 0)
        ent__buf_printf(out, "- Citation: %s\n", m->citation);
    write_options(out, plan, column);
    ent__buf_printf(out, "- Source: %s", c->source);
    if (!c->loaded)
        ent__buf_puts(out, ", not loaded: the column is empty");
    else if (c->first_year)
        ent__buf_printf(out, ", %d to %d; missing outside these years", c->first_year,
                        c->last_year);
    ent__buf_puts(out, "\n\n");
}

struct listing {
    const struct ent_panel_plan *plan;
    struct ent_buf *out;
    const char *dataset; /* the one that is written now */
    char last[64];
};

/* Whether some column of the plan reads a dataset. */
static bool is_used(const struct ent_panel_plan *plan, const char *dataset)
{
    size_t len = strlen(dataset);

    for (int k = 0; k < ENT_CONVENTIONS; k++) {
        const struct ent_measure_source *needed =
            ent__convention_source(&plan->conventions, (enum ent_convention)(1 << k));

        if (needed && strcmp(needed->datasets, dataset) == 0)
            return true;
    }
    for (size_t i = 0; i < plan->job_count; i++) {
        const char *list = plan->jobs[i].source->datasets;

        for (const char *at = strstr(list, dataset); at; at = strstr(at + 1, dataset)) {
            if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
                return true;
        }
    }
    return false;
}

/* The title and citation of a user's own dataset, which stand in the store alone. */
static enum ent_status
write_own(void *context, const struct ent_dataset_info *info, struct ent_error *err)
{
    struct listing *l = context;

    (void)err;
    if (strcmp(info->id, l->dataset) == 0)
        ent__buf_printf(l->out, "%s (%s)\n\n%s\n\n", info->title, info->id, info->citation);
    return ENT_OK;
}

static enum ent_status
write_source(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    struct listing *l = context;
    const struct ent_dataset *dataset = ent__dataset_find(info->dataset);
    const char *slash = strrchr(info->file, '/');

    if (!is_used(l->plan, info->dataset))
        return ENT_OK;
    if (strcmp(l->last, info->dataset) != 0) {
        ent__buf_printf(l->out, "%s### ", l->last[0] ? "\n" : "");
        l->dataset = info->dataset;
        if (dataset)
            ent__buf_printf(l->out, "%s\n\n%s\n\n", dataset->info.title,
                            dataset->info.citation);
        else
            ENT_TRY(ent__store_datasets(l->plan->store, write_own, l, err));
        snprintf(l->last, sizeof(l->last), "%s", info->dataset);
    }
    ent__buf_printf(l->out, "- `%s`%s%s%s%s, %lld rows, SHA-256 `%s`\n",
                    slash ? slash + 1 : info->file, info->part[0] ? ", " : "", info->part,
                    info->version[0] ? ", version " : "", info->version, (long long)info->rows,
                    info->sha256);
    return ENT_OK;
}

enum ent_status ent__codebook_write(const struct ent_panel_plan *plan,
                                    enum ent_code_system codes, uint64_t rows,
                                    struct ent_buf *out, struct ent_error *err)
{
    const struct ent_panel_layout *layout = &plan->layout;
    struct listing listing = { .plan = plan, .out = out };

    ent__buf_puts(out, "# Codebook\n\n");
    ent__buf_printf(out, "A row is %s. %llu rows, %d to %d", unit_words(layout->unit),
                    (unsigned long long)rows, layout->from, layout->to);
    if (layout->unit != ENT_PANEL_STATES)
        ent__buf_printf(out, "; %s", dyads_words(plan->dyads));
    ent__buf_puts(out, ". Made by Entente from the files listed at the end.\n\n");
    ent__buf_puts(out, "A missing cell is empty. Missing is never zero: outside the years of a "
                       "source nothing is known.\n\n## Columns\n\n");
    ent__buf_printf(out, "### %s\n\nThe state%s of the row; year: the calendar year.\n\n",
                    ent__panel_state_column(codes, layout->unit, 1),
                    layout->unit == ENT_PANEL_STATES ? "" : "s");
    for (size_t c = 0; c < layout->column_count; c++)
        write_column(out, plan, c);
    ent__buf_puts(out, "## Files\n\n");
    ENT_TRY(ent_store_sources(plan->store, NULL, write_source, &listing, err));
    return ent__buf_check(out, err);
}
