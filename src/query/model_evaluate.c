/*
 * Testing the model on what it was not fitted to.
 *
 * Scales, knots, penalty and calibration are chosen on the rows that a fit is given; the
 * features were not: see docs/EVALUATION.md.  In the tests by state the penalty is that which
 * the years up to 1990 chose, so as not to choose it once a fold.  Rows of which the shipped
 * model would refuse to speak are asked about too.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/accuracy.h"
#include "assess/features.h"
#include "assess/fit.h"
#include "base/alloc.h"
#include "entente/evaluation.h"
#include "query/model_work.h"

enum {
    TRAIN_LAST = 1990,
    TEST_FIRST = 1991,
    TEST_LAST = 2014,
    FINAL_FIRST = 2015,
    FINAL_LAST = 2018,
    STATES_EVERY = 4, /* the tests by state take every fourth year */
    PLANS_MOST = 16,
};

const char *ent_test_text(enum ent_test test)
{
    switch (test) {
    case ENT_TEST_TIME:
        return "Later years: fitted to 1950-1990, asked about 1991-2014";
    case ENT_TEST_ONE:
        return "Unseen states: at least one of the two was in no dyad fitted to";
    case ENT_TEST_BOTH:
        return "Unseen states: neither of the two was in any dyad fitted to";
    case ENT_TEST_FINAL:
        return "Last years: fitted to 1950-2014, asked about 2015-2018, looked at twice";
    case ENT_TEST_BILATERAL:
        return "Pacts of two states alone, beside dyads without any pact, 1991-2014";
    case ENT_TEST_NATO:
        return "NATO's dyads, beside dyads without any pact, by a model that was fitted without "
               "NATO";
    case ENT_TEST_ONSET:
        return "New pacts: dyads without a core pact the year before, 1991-2014";
    }
    return "";
}

struct judging {
    const struct ent_model_rows *rows;
    const struct ent_model_fit_options *options;
    struct ent_evaluation *out;
    struct ent_arena arena;
    double penalty[PLANS_MOST]; /* by plan, chosen on the years up to 1990 */
    struct ent_fitted *fitted;  /* the last fit */
    size_t steps, done;
};

/* Rows that are asked about, with what was said and what was so. */
struct asked {
    size_t count, capacity;
    uint32_t *row;
    double *p;
    uint8_t *y;
};

static void asked_release(struct asked *a)
{
    ent__free(a->row);
    ent__free(a->p);
    ent__free(a->y);
    memset(a, 0, sizeof(*a));
}

static enum ent_status ask(struct asked *a, size_t row, double p, bool y, struct ent_error *err)
{
    if (a->count == a->capacity) {
        size_t wanted = a->capacity * 2 + 65536;
        void *rows = ent__reallocarray(a->row, wanted, sizeof(*a->row));
        void *ps = rows ? ent__reallocarray(a->p, wanted, sizeof(*a->p)) : NULL;
        void *ys = ps ? ent__reallocarray(a->y, wanted, 1) : NULL;

        a->row = rows ? rows : a->row;
        a->p = ps ? ps : a->p;
        a->y = ys ? ys : a->y;
        if (!ys)
            return ent_fail(err, ENT_ENOMEM, "out of memory for predictions");
        a->capacity = wanted;
    }
    a->row[a->count] = (uint32_t)row;
    a->p[a->count] = p;
    a->y[a->count++] = y;
    return ENT_OK;
}

static enum ent_status judge(struct judging *j, enum ent_test test, const char *model,
                             const char *title, const char *outcome, const struct asked *a,
                             struct ent_error *err)
{
    struct ent_evaluated *e;
    struct ent_accuracy accuracy;
    void *grown = j->out->at;

    ENT_TRY(ent__accuracy(a->p, a->y, a->count, &accuracy, err));
    ENT_TRY(ent__grow(&grown, &j->out->capacity, j->out->count + 1, sizeof(*e), err));
    j->out->at = grown;
    e = &j->out->at[j->out->count++];
    *e = (struct ent_evaluated){
        .test = test,
        .model = model,
        .title = title,
        .outcome = outcome,
        .dyads = accuracy.count,
        .base = accuracy.base,
        .auc = accuracy.auc,
        .auprc = accuracy.auprc,
        .brier = accuracy.brier,
        .skill = accuracy.skill,
        .ratio = accuracy.mean / accuracy.base,
        .slope = accuracy.slope,
    };
    for (size_t b = 0; b < ENT_EVALUATED_BINS; b++)
        e->bins[b] =
            (struct ent_evaluated_bin){ accuracy.bins[b].from, accuracy.bins[b].to,
                                        accuracy.bins[b].count, accuracy.bins[b].predicted,
                                        accuracy.bins[b].observed };
    return ENT_OK;
}

/* Which rows a fit is given. */
struct given {
    int last;  /* year, from ENT_FIT_FIRST */
    int every; /* years */
    int fold;  /* left out; -1: none */
    bool no_nato;
};

static bool unseen(int state, int fold)
{
    return fold >= 0 && ent__fit_fold(state) == fold;
}

/* Fit a plan to some rows, into j->fitted.  A plan's first fit chooses its penalty. */
static enum ent_status
fit_to(struct judging *j, size_t plan_index, struct given given, struct ent_error *err)
{
    const struct ent_variant_plan *plan = ent__variant_plan_at(plan_index);
    const struct ent_model_rows *rows = j->rows;
    struct ent_fit_options how = { .penalty = j->penalty[plan_index],
                                   .calibrate = plan->shipped || plan->bends,
                                   .threads = j->options->threads };
    struct ent_fit_rows fit = {
        .features = rows->features, .x = rows->x, .a = rows->a, .b = rows->b
    };
    size_t count, kept = 0;
    uint32_t *list = ent__rows_list(rows, ENT_FIT_FIRST, given.last, given.every, &count);
    uint8_t *y = ent__rows_outcome(rows, ent__plan_pact(plan));
    enum ent_status status;

    for (size_t i = 0; list && i < count; i++) {
        uint32_t r = list[i];

        if (!unseen(rows->a[r], given.fold) && !unseen(rows->b[r], given.fold) &&
            !(given.no_nato && (rows->pact[r] & ENT_PACT_NATO)))
            list[kept++] = r;
    }
    fit.row = list;
    fit.count = kept;
    fit.y = y;
    status = list && y ? ent__fit(plan, &fit, &how, &j->arena, j->fitted, err)
                       : ent_fail(err, ENT_ENOMEM, "out of memory for a fit");
    ent__free(list);
    ent__free(y);
    if (status == ENT_OK)
        j->penalty[plan_index] = j->fitted->penalty;
    return status;
}

static double say(const struct judging *j, size_t row)
{
    return ent__calibrated(
        &j->fitted->calibration,
        ent__fitted_log_odds(j->fitted, j->rows->x + row * j->rows->features));
}

static enum ent_status tell(struct judging *j, const char *phase, struct ent_error *err)
{
    if (j->options->progress &&
        j->options->progress(j->options->context, phase, j->done++, j->steps) != 0)
        return ent_fail(err, ENT_ECANCEL, "stopped");
    return ENT_OK;
}

/* Ask about the rows of some years that have (or lack) some pacts. */
struct question {
    int from, to;
    uint8_t pact;   /* the outcome */
    uint8_t only;   /* rows with the outcome must have one of these; 0: any */
    bool no_pact;   /* rows without it must have no pact of any kind */
    bool new_only;  /* no core pact the year before */
    uint8_t before; /* say what the year before was, instead of a model's p; 0: the model */
};

static enum ent_status
ask_years(struct judging *j, const struct question *q, struct asked *a, struct ent_error *err)
{
    const struct ent_model_rows *rows = j->rows;

    a->count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        bool y = rows->pact[i] & q->pact;

        if (rows->year[i] < q->from || rows->year[i] > q->to ||
            (q->only && y && !(rows->pact[i] & q->only)) ||
            (q->no_pact && !y && (rows->pact[i] & ENT_PACT_ANY)) ||
            (q->new_only && (rows->pact[i] & ENT_PACT_CORE_BEFORE)))
            continue;
        ENT_TRY(ask(a, i, q->before ? (rows->pact[i] & q->before) != 0 : say(j, i), y, err));
    }
    return ENT_OK;
}

static enum ent_status put(struct judging *j, enum ent_test test, const struct question *q,
                           const char *model, const char *title, const char *outcome,
                           struct ent_error *err)
{
    struct asked a = { 0 };
    enum ent_status status = ask_years(j, q, &a, err);

    if (status == ENT_OK)
        status = judge(j, test, model, title, outcome, &a, err);
    asked_release(&a);
    return status;
}

/* What is asked of the strict form and of the bent one beyond the test by time. */
static enum ent_status
put_apart(struct judging *j, const struct ent_variant_plan *plan, struct ent_error *err)
{
    struct question bilateral = { .from = TEST_FIRST,
                                  .to = TEST_LAST,
                                  .pact = ENT_PACT_CORE,
                                  .only = ENT_PACT_BILATERAL,
                                  .no_pact = true };
    struct question onset = {
        .from = TEST_FIRST, .to = TEST_LAST, .pact = ENT_PACT_CORE, .new_only = true
    };

    ENT_TRY(put(j, ENT_TEST_BILATERAL, &bilateral, plan->id, plan->title, plan->outcome, err));
    ENT_TRY(put(j, ENT_TEST_ONSET, &onset, plan->id, plan->title, plan->outcome, err));
    j->out->onsets = (uint64_t)lround(j->out->at[j->out->count - 1].base *
                                      (double)j->out->at[j->out->count - 1].dyads);
    return ENT_OK;
}

static enum ent_status by_time(struct judging *j, struct ent_error *err)
{
    for (size_t k = 0; k < ent__variant_plan_count(); k++) {
        const struct ent_variant_plan *plan = ent__variant_plan_at(k);
        struct question q = { .from = TEST_FIRST,
                              .to = TEST_LAST,
                              .pact = ent__plan_pact(plan) };

        ENT_TRY(tell(j, "later years", err));
        ENT_TRY(fit_to(j, k, (struct given){ TRAIN_LAST, ENT_FIT_EVERY, -1, false }, err));
        ENT_TRY(put(j, ENT_TEST_TIME, &q, plan->id, plan->title, plan->outcome, err));
        if (strcmp(plan->id, "strict") == 0 || strcmp(plan->id, "splines") == 0 ||
            strcmp(plan->id, "geography") == 0)
            ENT_TRY(put_apart(j, plan, err));
    }
    for (int any = 0; any < 2; any++) {
        struct question q = { .from = TEST_FIRST,
                              .to = TEST_LAST,
                              .pact = any ? ENT_PACT_ANY : ENT_PACT_CORE,
                              .before = any ? ENT_PACT_ANY_BEFORE : ENT_PACT_CORE_BEFORE };

        ENT_TRY(put(j, ENT_TEST_TIME, &q, "before", "last year's treaty (no evidence of ours)",
                    any ? "any" : "core", err));
    }
    return ENT_OK;
}

static enum ent_status without_nato(struct judging *j, struct ent_error *err)
{
    struct question q = { .from = TEST_FIRST,
                          .to = TEST_LAST,
                          .pact = ENT_PACT_CORE,
                          .only = ENT_PACT_NATO,
                          .no_pact = true };

    ENT_TRY(tell(j, "without NATO", err));
    ENT_TRY(fit_to(j, 0, (struct given){ TRAIN_LAST, ENT_FIT_EVERY, -1, true }, err));
    return put(j, ENT_TEST_NATO, &q, ent__variant_plan_at(0)->id,
               ent__variant_plan_at(0)->title, "core", err);
}

static enum ent_status finally(struct judging *j, struct ent_error *err)
{
    static const char *const ids[] = { "strict", "late", "splines", "any", "geography" };

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        const struct ent_variant_plan *plan = ent__variant_plan_find(ent__str(ids[i]));
        struct question q = { .from = FINAL_FIRST,
                              .to = FINAL_LAST,
                              .pact = ent__plan_pact(plan) };

        ENT_TRY(tell(j, "final test", err));
        ENT_TRY(fit_to(j, (size_t)(plan - ent__variant_plan_at(0)),
                       (struct given){ ENT_FIT_LAST, ENT_FIT_EVERY, -1, false }, err));
        ENT_TRY(put(j, ENT_TEST_FINAL, &q, plan->id, plan->title, plan->outcome, err));
    }
    return put(j, ENT_TEST_FINAL,
               &(struct question){ .from = FINAL_FIRST,
                                   .to = FINAL_LAST,
                                   .pact = ENT_PACT_CORE,
                                   .before = ENT_PACT_CORE_BEFORE },
               "before", "last year's treaty (no evidence of ours)", "core", err);
}

/* Ask about the rows that a fold left out. */
static enum ent_status ask_fold(struct judging *j, int fold, uint8_t pact, struct asked *one,
                                struct asked *both, struct ent_error *err)
{
    const struct ent_model_rows *rows = j->rows;

    for (size_t i = 0; i < rows->count; i++) {
        int out = unseen(rows->a[i], fold) + unseen(rows->b[i], fold);
        bool y = rows->pact[i] & pact;
        double p;

        if (!out || rows->year[i] > ENT_FIT_LAST || rows->year[i] % STATES_EVERY != 0)
            continue;
        p = say(j, i);
        ENT_TRY(ask(one, i, p, y, err));
        if (out == 2)
            ENT_TRY(ask(both, i, p, y, err));
    }
    return ENT_OK;
}

static void level(struct judging *j, const struct asked *a)
{
    struct ent_evaluation *out = j->out;

    for (int first = 1950; first <= 2010; first += 10) {
        struct ent_evaluated_decade *d = &out->decades[out->decade_count++];
        double ones = 0, sum = 0;

        *d = (struct ent_evaluated_decade){ .first_year = first };
        for (size_t i = 0; i < a->count; i++) {
            int year = j->rows->year[a->row[i]];

            if (year < first || year >= first + 10)
                continue;
            d->dyads++;
            ones += a->y[i];
            sum += a->p[i];
        }
        d->base = ones / (double)d->dyads;
        d->mean = sum / (double)d->dyads;
    }
}

static enum ent_status plan_by_state(struct judging *j, size_t k, struct asked *one,
                                     struct asked *both, struct ent_error *err)
{
    const struct ent_variant_plan *plan = ent__variant_plan_at(k);

    for (int fold = 0; fold < ENT_FIT_FOLDS; fold++) {
        ENT_TRY(tell(j, "unseen states", err));
        ENT_TRY(fit_to(j, k, (struct given){ ENT_FIT_LAST, STATES_EVERY, fold, false }, err));
        ENT_TRY(ask_fold(j, fold, ent__plan_pact(plan), one, both, err));
    }
    ENT_TRY(judge(j, ENT_TEST_ONE, plan->id, plan->title, plan->outcome, one, err));
    ENT_TRY(judge(j, ENT_TEST_BOTH, plan->id, plan->title, plan->outcome, both, err));
    if (strcmp(plan->id, "strict") == 0)
        level(j, one);
    return ENT_OK;
}

static const char *const by_state_ids[] = { "strict", "organisations", "splines",
                                            "any",    "geography",     "plain" };

#define BY_STATE (sizeof(by_state_ids) / sizeof(by_state_ids[0]))

static enum ent_status by_state(struct judging *j, struct ent_error *err)
{
    for (size_t i = 0; i < BY_STATE; i++) {
        const struct ent_variant_plan *plan = ent__variant_plan_find(ent__str(by_state_ids[i]));
        struct asked one = { 0 }, both = { 0 };
        enum ent_status status =
            plan_by_state(j, (size_t)(plan - ent__variant_plan_at(0)), &one, &both, err);

        asked_release(&one);
        asked_release(&both);
        if (status != ENT_OK)
            return status;
    }
    return ENT_OK;
}

/* What theory expects of a feature: 1 more pacts, -1 fewer; 0 nothing. */
static int expected(const char *id)
{
    static const char *const more[] = { "agreement",     "beside_rivals", "trade_larger",
                                        "trade_smaller", "arms",          "arms_share",
                                        "land",          "water",         "language",
                                        "democracies",   "autocracies",   "adversaries",
                                        "organisations" };
    static const char *const fewer[] = { "positions", "distance", "nearest",          "regimes",
                                         "disputes",  "rivalry",  "trade_with_rivals" };

    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
        if (strcmp(more[i], id) == 0)
            return 1;
    for (size_t i = 0; i < sizeof(fewer) / sizeof(fewer[0]); i++)
        if (strcmp(fewer[i], id) == 0)
            return -1;
    return 0;
}

static void comment(struct ent_evaluated_coefficient *c)
{
    const char *id = ent_feature_at(c->feature)->id;
    bool odd = c->value * expected(id) < 0;

    if (strcmp(id, "rivalry") == 0 && odd)
        snprintf(
            c->comment, sizeof(c->comment),
            "odd: rivals do not sign fewer pacts, as some are neighbours in one bloc; so a "
            "rivalry stands beside a verdict as a warning");
    else if (odd)
        snprintf(c->comment, sizeof(c->comment), "odd: %s is expected%s",
                 expected(id) > 0 ? "above 0" : "below 0",
                 fabs(c->z) < 2 ? "; not to be told from 0" : ", given the rest it is not");
    else if (fabs(c->z) < 2)
        snprintf(c->comment, sizeof(c->comment), "not to be told from 0");
}

/* The coefficients of a model's strict form, with z from its draws. */
void ent_evaluate_coefficients(const struct ent_model *model, struct ent_evaluation *out)
{
    size_t variant = ent_model_variant_find(model, "strict");
    const struct ent_fitted *v = variant == SIZE_MAX ? NULL : &model->variants[variant];

    for (size_t c = 0; v && c < v->column_count; c++) {
        struct ent_evaluated_coefficient *to = &out->coefficients[out->coefficient_count++];
        double mean = 0, squares = 0;

        *to = (struct ent_evaluated_coefficient){ .feature = v->columns[c].feature,
                                                  .value = v->beta[c + 1] };
        for (size_t d = 0; d < v->draw_count; d++) {
            double x = (double)v->draws[d * (v->column_count + 1) + c + 1] / ENT_DRAW_UNIT;
            double off = x - mean;

            mean += off / (double)(d + 1);
            squares += off * (x - mean);
        }
        to->z = to->value / sqrt(squares / (double)(v->draw_count - 1));
        comment(to);
    }
}

static enum ent_status read_evidence(struct ent_store *store,
                                     const struct ent_model_fit_options *options,
                                     struct ent_model_rows *rows, struct ent_error *err)
{
    int charters[ENT_CHARTERS];
    size_t count;
    struct ent_pacts pacts;
    struct ent_rows_request request = { .from = ENT_FIT_FIRST,
                                        .to = FINAL_LAST,
                                        .baselines = true,
                                        .threads = options->threads,
                                        .pacts = &pacts,
                                        .progress = options->progress,
                                        .context = options->context };
    enum ent_status status;

    ENT_TRY(ent__charters_read(options->charters, charters, ENT_CHARTERS, &count, err));
    ENT_TRY(
        ent__pacts_read(store, charters, count, ENT_FIT_FIRST - 1, FINAL_LAST, &pacts, err));
    status = ent__model_rows_read(store, &request, rows, err);
    ent__pacts_release(&pacts);
    return status;
}

static enum ent_status run_tests(struct judging *j, struct ent_error *err)
{
    j->steps = ent__variant_plan_count() + 1 + 5 + BY_STATE * ENT_FIT_FOLDS;
    ENT_TRY(by_time(j, err));
    ENT_TRY(by_state(j, err));
    ENT_TRY(without_nato(j, err));
    return finally(j, err);
}

enum ent_status
ent_evaluate(struct ent_store *store, const struct ent_model_fit_options *options,
             const struct ent_model *model, struct ent_evaluation *out, struct ent_error *err)
{
    struct ent_model_rows rows = { 0 };
    struct ent_evaluation evaluation = { 0 };
    struct judging j = { .rows = &rows,
                         .options = options,
                         .out = &evaluation,
                         .arena = ENT_ARENA_INIT,
                         .fitted = ent__calloc(1, sizeof(*j.fitted)) };
    enum ent_status status = j.fitted ? read_evidence(store, options, &rows, err)
                                      : ent_fail(err, ENT_ENOMEM, "out of memory for a fit");

    if (status == ENT_OK)
        status = run_tests(&j, err);
    if (status == ENT_OK)
        ent_evaluate_coefficients(model, &evaluation);
    ent__model_rows_release(&rows);
    ent__arena_release(&j.arena);
    ent__free(j.fitted);
    if (status != ENT_OK) {
        ent_evaluation_release(&evaluation);
        return status;
    }
    *out = evaluation;
    return ENT_OK;
}

void ent_evaluation_release(struct ent_evaluation *evaluation)
{
    ent__free(evaluation->at);
    memset(evaluation, 0, sizeof(*evaluation));
}
