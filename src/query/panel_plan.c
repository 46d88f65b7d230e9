/* Making the plan of a panel: measures, columns, years and dyads, all checked. */
#include "query/panel_plan.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/str.h"
#include "panel/panel.h"
#include "query/conventions.h"
#include "query/user_measures.h"

enum {
    FIRST_YEAR = 1816,
    LAST_YEAR = 9998,
    NAME_MAX_LEN = 32, /* what Stata allows */
    MOST_REPLICATES = 10000,
};

static const double usual_coverage = 0.95;

struct planning {
    struct ent_panel_plan *plan;
    struct ent_panel *panel;
    const struct ent_panel_request *request;
    size_t job_capacity, column_capacity;
    bool error;                 /* the columns that are added are standard errors */
    enum ent_panel_bound bound; /* or ends of intervals */
};

static bool in_group(const struct ent_measure_info *info, const char *group)
{
    size_t len = strlen(group);

    if (strcmp(group, "all") == 0 || (strcmp(group, "default") == 0 && !info->detail))
        return true;
    if (strncmp(info->id, group, len) == 0 && info->id[len] == '.')
        return true;
    return strcmp(ent_dimension_name(info->dimension), group) == 0;
}

static const char *side_suffix(enum ent_panel_side side)
{
    static const char *const suffix[] = { "", "_12", "_21", "_1", "_2" };

    return suffix[side];
}

static const char *side_words(enum ent_panel_side side)
{
    static const char *const words[] = { "", ", 1 to 2", ", 2 to 1", ", state 1", ", state 2" };

    return words[side];
}

static const char *label_before(const struct ent_panel_column_info *c)
{
    if (c->error)
        return "standard error of ";
    return c->bound == ENT_BOUND_LOW    ? "low end of "
           : c->bound == ENT_BOUND_HIGH ? "high end of "
                                        : "";
}

/* "trade.share" by dots, forward: trade_share_dots_12, an error ending in _se; cut in the
 * middle to 32 characters. */
static void
make_name(const struct planning *p, struct ent_panel_column_info *c, bool with_source)
{
    const struct ent_measure_info *info = c->measure;
    const char *suffix = c->error                     ? "_se"
                         : c->bound == ENT_BOUND_LOW  ? "_lo"
                         : c->bound == ENT_BOUND_HIGH ? "_hi"
                                                      : side_suffix(c->side);
    size_t room = NAME_MAX_LEN - strlen(suffix);
    char stem[128];
    int copy = 2;

    snprintf(stem, sizeof(stem), "%s%s%s", info->id, with_source ? "_" : "",
             with_source ? c->source : "");
    for (char *at = stem; *at; at++)
        *at = *at == '.' || *at == '-' ? '_' : *at;
    snprintf(c->name, sizeof(c->name), "%.*s%s", (int)room, stem, suffix);
    for (size_t i = 0; i < p->plan->layout.column_count; i++) {
        if (strcmp(p->plan->columns[i].name, c->name) != 0)
            continue;
        snprintf(c->name, sizeof(c->name), "%.*s%d%s", (int)room - 2, stem, copy++, suffix);
        i = SIZE_MAX; /* begin again: the loop adds one */
    }
    snprintf(c->label, sizeof(c->label), "%s%.*s%s%s%s", label_before(c),
             60 - (int)strlen(label_before(c)), info->title, side_words(c->side),
             with_source ? ", " : "", with_source ? c->source : "");
}

static enum ent_status add_column(struct planning *p, const struct ent_measure_info *measure,
                                  struct ent_panel_job *job, int which,
                                  enum ent_panel_side side, bool with_source,
                                  struct ent_error *err)
{
    struct ent_panel_plan *plan = p->plan;
    void *grown = plan->columns;
    struct ent_panel_column_info *c;

    ENT_TRY(
        ent__grow(&grown, &p->column_capacity, plan->layout.column_count + 1, sizeof(*c), err));
    plan->columns = grown;
    c = &plan->columns[plan->layout.column_count];
    memset(c, 0, sizeof(*c));
    c->measure = measure;
    c->source = job->source->name;
    c->side = side;
    c->error = p->error;
    c->bound = p->bound;
    c->loaded = job->loaded;
    c->first_year = job->first_year;
    c->last_year = job->last_year;
    make_name(p, c, with_source);
    job->column[which] = plan->layout.column_count++;
    return ENT_OK;
}

/* The columns that a job has in this kind of panel. */
static enum ent_status add_columns(struct planning *p, const struct ent_measure_info *measure,
                                   struct ent_panel_job *job, bool with_source,
                                   struct ent_error *err)
{
    enum ent_panel_unit unit = p->plan->layout.unit;

    switch (job->measure->info.direction) {
    case ENT_UNDIRECTED:
        return add_column(p, measure, job, 0, ENT_SIDE_BOTH, with_source, err);
    case ENT_DIRECTED:
        ENT_TRY(add_column(p, measure, job, 0,
                           unit == ENT_PANEL_DIRECTED ? ENT_SIDE_BOTH : ENT_SIDE_FORWARD,
                           with_source, err));
        if (unit == ENT_PANEL_DIRECTED)
            return ENT_OK;
        return add_column(p, measure, job, 1, ENT_SIDE_BACKWARD, with_source, err);
    case ENT_MONADIC:
        if (unit == ENT_PANEL_STATES)
            return add_column(p, measure, job, 0, ENT_SIDE_BOTH, with_source, err);
        ENT_TRY(add_column(p, measure, job, 0, ENT_SIDE_FIRST, with_source, err));
        return add_column(p, measure, job, 1, ENT_SIDE_SECOND, with_source, err);
    }
    return ENT_OK;
}

/* The years of a measure's source, and of what the conventions that it heeds weigh by. */
static struct ent_coverage coverage_of(const struct planning *p, const struct ent_measure *m,
                                       const struct ent_measure_source *source)
{
    struct ent_coverage c = ent__panel_coverage(p->panel, source), w;
    const struct ent_measure_source *weights = NULL;

    if (ent__conventions_heeded(m, source) & ENT_CONVENTION_WEIGHTS)
        weights = ent__convention_source(&p->plan->conventions, ENT_CONVENTION_WEIGHTS);
    if (!weights)
        return c;
    w = ent__panel_coverage(p->panel, weights);
    c.first_year = w.first_year > c.first_year ? w.first_year : c.first_year;
    c.last_year = w.last_year < c.last_year ? w.last_year : c.last_year;
    return c;
}

/* Add what `m` computes from a source, in columns that stand for a measure. */
static enum ent_status add_computation(struct planning *p,
                                       const struct ent_measure_info *measure,
                                       const struct ent_measure *m, size_t source,
                                       bool with_source, struct ent_error *err)
{
    struct ent_coverage coverage = coverage_of(p, m, &m->from[source]);
    struct ent_panel_plan *plan = p->plan;
    void *grown = plan->jobs;
    struct ent_panel_job *job;

    for (size_t i = 0; i < plan->job_count; i++) {
        if (plan->jobs[i].measure == m && plan->jobs[i].source == &m->from[source] &&
            plan->jobs[i].interval == (p->bound != ENT_BOUND_NONE))
            return ENT_OK;
    }
    ENT_TRY(ent__grow(&grown, &p->job_capacity, plan->job_count + 1, sizeof(*job), err));
    plan->jobs = grown;
    job = &plan->jobs[plan->job_count++];
    *job = (struct ent_panel_job){ .measure = m,
                                   .source = &m->from[source],
                                   .column = { SIZE_MAX, SIZE_MAX },
                                   .loaded = coverage.loaded,
                                   .first_year = coverage.first_year,
                                   .last_year = coverage.last_year };
    if (p->bound == ENT_BOUND_NONE)
        return add_columns(p, measure, job, with_source, err);
    job->interval = true;
    ENT_TRY(add_column(p, measure, job, 0, ENT_SIDE_BOTH, with_source, err));
    p->bound = ENT_BOUND_HIGH;
    return add_column(p, measure, job, 1, ENT_SIDE_BOTH, with_source, err);
}

/* A measure of the registry that is the standard error of another, as votes.agreement has. */
static const struct ent_measure *
find_error(const struct ent_measure *m, const char *source, size_t *from)
{
    char id[96];
    size_t measure;

    snprintf(id, sizeof(id), "%s_error", m->info.id);
    if (ent_measure_find(id, &measure, NULL) != ENT_OK)
        return NULL;
    m = ent__measure_at(measure);
    for (*from = 0; *from < m->from_count; ++*from) {
        if (strcmp(m->from[*from].name, source) == 0)
            return m;
    }
    return NULL;
}

/* A column of the standard error of a measure that has one. */
static enum ent_status add_error(struct planning *p, const struct ent_measure *m, size_t source,
                                 bool with_source, struct ent_error *err)
{
    size_t from = 0;
    const struct ent_measure *of = find_error(m, m->from[source].name, &from);
    struct ent_measure *own;
    enum ent_status status;

    if (!of && m->error_variant) {
        own = ent__arena_alloc(&p->plan->arena, sizeof(*own));
        if (!own)
            return ent_fail(err, ENT_ENOMEM, "out of memory for a plan");
        *own = *m;
        own->variant = m->error_variant;
        of = own;
        from = source;
    }
    if (!of)
        return ENT_OK;
    p->error = true;
    status = add_computation(p, &m->info, of, from, with_source, err);
    p->error = false;
    return status;
}

/* Two columns of the bootstrap interval of a measure that has one, votes.agreement by its
 * error. */
static enum ent_status add_interval(struct planning *p, const struct ent_measure *m,
                                    size_t source, bool with_source, struct ent_error *err)
{
    size_t from = source;
    const struct ent_measure *of = m->interval ? m : find_error(m, m->from[source].name, &from);
    enum ent_status status;

    if (!of || !of->interval || m->info.sense == ENT_SENSE_NONE)
        return ENT_OK;
    p->bound = ENT_BOUND_LOW;
    status = add_computation(p, &m->info, of, from, with_source, err);
    p->bound = ENT_BOUND_NONE;
    return status;
}

static enum ent_status add_job(struct planning *p, const struct ent_measure *m, size_t source,
                               bool with_source, struct ent_error *err)
{
    size_t before = p->plan->job_count;

    ENT_TRY(add_computation(p, &m->info, m, source, with_source, err));
    if (p->plan->job_count == before)
        return ENT_OK;
    if (p->request->errors)
        ENT_TRY(add_error(p, m, source, with_source, err));
    return p->request->bootstrap ? add_interval(p, m, source, with_source, err) : ENT_OK;
}

/* A measure by its first loaded source, or all that are asked for. */
static enum ent_status add_measure(struct planning *p, const struct ent_measure *m,
                                   const char *source, bool must, struct ent_error *err)
{
    bool found = false;

    if (p->plan->layout.unit == ENT_PANEL_STATES && m->info.direction != ENT_MONADIC) {
        if (!must)
            return ENT_OK;
        return ent_fail(err, ENT_EINVAL,
                        "%s is of a dyad; a panel of states has measures of one", m->info.id);
    }
    for (size_t s = 0; s < m->from_count; s++) {
        bool loaded = ent__panel_coverage(p->panel, &m->from[s]).loaded;

        if (source ? strcmp(m->from[s].name, source) != 0 : !loaded)
            continue;
        ENT_TRY(add_job(p, m, s, source || p->request->all_sources, err));
        found = true;
        if (!source && !p->request->all_sources)
            return ENT_OK;
    }
    if (!found && source)
        return ent_fail(err, ENT_ENOTFOUND,
                        "%s has no source \"%s\"; entente measures %s lists them", m->info.id,
                        source, m->info.id);
    if (!found && must) /* its column is there, and empty: not loaded */
        return add_job(p, m, 0, false, err);
    return ENT_OK;
}

/* Whether a measure, each of which is made anew when it is asked for, is there already. */
static bool has_measure(const struct planning *p, const char *id)
{
    for (size_t c = 0; c < p->plan->layout.column_count; c++) {
        if (strcmp(p->plan->columns[c].measure->id, id) == 0)
            return true;
    }
    return false;
}

static enum ent_status
take_value(void *context, const struct ent_measure *measure, struct ent_error *err)
{
    return has_measure(context, measure->info.id)
               ? ENT_OK
               : add_measure(context, measure, NULL, false, err);
}

/* All values of a user's table, or one measure of it. */
static enum ent_status
add_user_word(struct planning *p, const char *word, struct ent_error *err)
{
    const struct ent_panel_plan *plan = p->plan;
    const struct ent_measure *m = NULL;

    if (!strchr(word, '.'))
        return ent__user_values(plan->store, word, &p->plan->arena, take_value, p, err);
    if (has_measure(p, word))
        return ENT_OK;
    ENT_TRY(ent__user_measure(plan->store, p->panel, word, &p->plan->arena, &m, err));
    return add_measure(p, m, NULL, true, err);
}

/* One word of the list of measures: an id, an id@source, a group, a dimension. */
static enum ent_status add_word(struct planning *p, const char *word, struct ent_error *err)
{
    const char *at = strchr(word, '@');
    char id[96];
    size_t measure;
    bool any = false;

    if (ent__is_user_word(word))
        return add_user_word(p, word, err);
    for (size_t m = 0; !at && m < ent_measure_count(); m++) {
        if (!in_group(ent_measure_at(m), word))
            continue;
        ENT_TRY(add_measure(p, ent__measure_at(m), NULL, false, err));
        any = true;
    }
    if (any && strcmp(word, "all") == 0)
        return ent__user_values(p->plan->store, NULL, &p->plan->arena, take_value, p, err);
    if (any)
        return ENT_OK;
    snprintf(id, sizeof(id), "%.*s", (int)(at ? at - word : (long)strlen(word)), word);
    ENT_TRY(ent_measure_find(id, &measure, err));
    return add_measure(p, ent__measure_at(measure), at ? at + 1 : NULL, true, err);
}

static enum ent_status choose_years(struct planning *p, struct ent_error *err)
{
    struct ent_panel_plan *plan = p->plan;
    int newest = 0;

    plan->layout.from = p->request->from ? p->request->from : FIRST_YEAR;
    plan->layout.to = p->request->to;
    for (size_t i = 0; i < plan->job_count; i++)
        newest = plan->jobs[i].loaded && plan->jobs[i].last_year > newest
                     ? plan->jobs[i].last_year
                     : newest;
    if (!newest)
        return ent_fail(err, ENT_ENOTFOUND,
                        "none of these measures has data in the store: see entente data");
    if (!plan->layout.to)
        plan->layout.to = newest;
    if (plan->layout.from < FIRST_YEAR || plan->layout.to > LAST_YEAR)
        return ent_fail(err, ENT_EINVAL, "years %d to %d; the state system begins in %d",
                        plan->layout.from, plan->layout.to, FIRST_YEAR);
    if (plan->layout.from > plan->layout.to)
        return ent_fail(err, ENT_EINVAL, "the years end before they begin: %d to %d",
                        plan->layout.from, plan->layout.to);
    return ENT_OK;
}

static enum ent_status mark_states(struct planning *p, struct ent_error *err)
{
    struct ent_panel_plan *plan = p->plan;
    const struct ent_panel_request *r = p->request;

    if (!r->states)
        return ENT_OK;
    plan->wanted = ent__arena_array(&plan->arena, ent_state_count(), sizeof(bool));
    if (!plan->wanted)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a plan");
    for (size_t i = 0; i < r->state_count; i++) {
        const struct ent_state *s = ent_state_get(r->states[i]);

        if (!s)
            return ent_fail(err, ENT_EINVAL, "no state has the id %d", r->states[i]);
        plan->wanted[s->index] = true;
    }
    if (r->state_count == 2 && plan->layout.unit != ENT_PANEL_STATES) {
        plan->focus[0] = r->states[0];
        plan->focus[1] = r->states[1];
    }
    return ENT_OK;
}

static enum ent_status mark_dyads(struct planning *p, struct ent_error *err)
{
    static const struct ent_input contiguity = { .table = "contiguity", .column = "conttype" };
    static const struct ent_measure_source needed = { .name = "contiguity",
                                                      .inputs = &contiguity,
                                                      .input_count = 1 };
    struct ent_panel_plan *plan = p->plan;
    const struct ent_panel_request *r = p->request;
    size_t n = ent_state_count();

    if ((r->dyads == ENT_DYADS_CONTIGUOUS || r->dyads == ENT_DYADS_RELEVANT) &&
        !ent__panel_coverage(p->panel, &needed).loaded)
        return ent_fail(
            err, ENT_ENOTFOUND,
            "contiguous and relevant dyads need COW's direct contiguity, which is not "
            "loaded: see entente data contiguity");
    if (r->dyads != ENT_DYADS_LISTED)
        return ENT_OK;
    if (r->listed_count == 0)
        return ent_fail(err, ENT_EINVAL, "the list of dyads is empty");
    if (r->listed_count == 1) {
        plan->focus[0] = r->listed[0].a;
        plan->focus[1] = r->listed[0].b;
    }
    plan->listed = ent__arena_array(&plan->arena, n * n, sizeof(bool));
    if (!plan->listed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a plan");
    for (size_t i = 0; i < r->listed_count; i++) {
        const struct ent_state *a = ent_state_get(r->listed[i].a);
        const struct ent_state *b = ent_state_get(r->listed[i].b);

        if (!a || !b || a == b)
            return ent_fail(err, ENT_EINVAL, "dyad %zu of the list is no two states", i + 1);
        plan->listed[(size_t)a->index * n + (size_t)b->index] = true;
        plan->listed[(size_t)b->index * n + (size_t)a->index] = true;
    }
    return ENT_OK;
}

/* What is asked for must have a meaning for some column. */
static enum ent_status check_options(const struct planning *p, struct ent_error *err)
{
    const struct ent_panel_plan *plan = p->plan;
    uint32_t heeded = 0;
    size_t errors = 0, bounds = 0;

    for (size_t i = 0; i < plan->job_count; i++)
        heeded |= ent__conventions_heeded(plan->jobs[i].measure, plan->jobs[i].source);
    for (size_t c = 0; c < plan->layout.column_count; c++) {
        errors += plan->columns[c].error;
        bounds += plan->columns[c].bound != ENT_BOUND_NONE;
    }
    ENT_TRY(ent__conventions_check(&plan->conventions, heeded, p->panel, err));
    if (p->request->errors && errors == 0)
        return ent_fail(err, ENT_EINVAL,
                        "no measure of this panel has a standard error; those of portfolio and "
                        "votes have");
    if (p->request->bootstrap && bounds == 0)
        return ent_fail(err, ENT_EINVAL,
                        "no measure of this panel has a bootstrap interval; those of portfolio "
                        "and votes have");
    return ENT_OK;
}

static enum ent_status make(struct planning *p, struct ent_error *err)
{
    static const char *const defaults[] = { "default" };
    const struct ent_panel_request *r = p->request;
    const char *const *words = r->measures ? r->measures : defaults;
    size_t count = r->measures ? r->measure_count : 1;

    if (count == 0)
        return ent_fail(err, ENT_EINVAL, "no measures are asked for");
    if (r->bootstrap == 1 || r->bootstrap > MOST_REPLICATES)
        return ent_fail(err, ENT_EINVAL, "%zu replicates of a bootstrap; 2 to %d", r->bootstrap,
                        MOST_REPLICATES);
    p->plan->resampling = (struct ent_resampling){ .replicates = r->bootstrap,
                                                   .seed = r->seed,
                                                   .coverage = usual_coverage };
    ENT_TRY(ent__conventions_parse(r->options, r->option_count, &p->plan->conventions, err));
    for (size_t i = 0; i < count; i++)
        ENT_TRY(add_word(p, words[i], err));
    if (p->plan->layout.column_count == 0)
        return ent_fail(err, ENT_ENOTFOUND,
                        "none of these measures has data in the store: see entente data");
    ENT_TRY(check_options(p, err));
    ENT_TRY(choose_years(p, err));
    ENT_TRY(mark_states(p, err));
    ENT_TRY(mark_dyads(p, err));
    p->plan->layout.columns = p->plan->columns;
    return ENT_OK;
}

enum ent_status ent_panel_plan_new(struct ent_store *store,
                                   const struct ent_panel_request *request,
                                   struct ent_panel_plan **out, struct ent_error *err)
{
    struct ent_panel_plan *plan = ent__calloc(1, sizeof(*plan));
    struct planning p = { .plan = plan, .request = request };
    enum ent_status status;

    if (!plan)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a plan");
    plan->store = store;
    plan->layout.unit = request->unit;
    plan->dyads = request->dyads;
    plan->layout.reasons = request->reasons;
    plan->threads = request->threads;
    status = ent__panel_open(store, &p.panel, err);
    if (status == ENT_OK)
        status = make(&p, err);
    ent__panel_close(p.panel);
    if (status != ENT_OK) {
        ent_panel_plan_free(plan);
        return status;
    }
    *out = plan;
    return ENT_OK;
}

void ent_panel_plan_free(struct ent_panel_plan *plan)
{
    if (!plan)
        return;
    ent__free(plan->jobs);
    ent__free(plan->columns);
    ent__arena_release(&plan->arena);
    ent__free(plan);
}

const struct ent_panel_layout *ent_panel_layout(const struct ent_panel_plan *plan)
{
    return &plan->layout;
}
