#include "assess/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/features.h"
#include "assess/logit.h"
#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "entente/state.h"

enum {
    STATE_IDS = 4096,
    FOR_FOLDS = 1, /* purposes of random numbers */
    FOR_DRAWS = 2,
};

/* What the fitting of one form works with. */
struct fit {
    const struct ent_fit_rows *rows;
    const struct ent_fit_options *options;
    struct ent_fitted *v;
    double *x;  /* the design: count * columns */
    uint8_t *y; /* of the rows used */
};

int ent__fit_fold(int state)
{
    struct ent_rng rng = ent__rng(ENT_FIT_SEED, (uint64_t)state, FOR_FOLDS);

    return (int)ent__rng_below(&rng, ENT_FIT_FOLDS);
}

static double feature_of(const struct ent_fit_rows *rows, size_t i, size_t feature)
{
    return (double)rows->x[(size_t)rows->row[i] * rows->features + feature];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/*
 * Knots at the quantiles .05, .275, .5, .725 and .95 of the values known (Harrell 2001);
 * equal ones once.
 */
static enum ent_status
place_knots(const struct ent_fit_rows *rows, struct ent_column_spec *c, struct ent_error *err)
{
    static const double at[ENT_KNOTS] = { .05, .275, .5, .725, .95 };
    double *values = ent__calloc(rows->count + 1, sizeof(*values));
    size_t known = 0;

    if (!values)
        return ent_fail(err, ENT_ENOMEM, "out of memory for knots");
    for (size_t i = 0; i < rows->count; i++) {
        double u = ent__column_raw(c, feature_of(rows, i, c->feature));

        if (!isnan(u))
            values[known++] = u;
    }
    qsort(values, known, sizeof(*values), by_value);
    c->knots = 0;
    for (size_t k = 0; known && k < ENT_KNOTS; k++) {
        double value = values[(size_t)(at[k] * (double)(known - 1))];

        if (c->knots == 0 || value > c->knot[c->knots - 1] + 1e-6)
            c->knot[c->knots++] = value;
    }
    ent__free(values);
    return ENT_OK;
}

/* Mean and standard deviation of a column over the rows where it is known (Welford). */
static void scale(const struct ent_fit_rows *rows, struct ent_column_spec *c)
{
    double mean = 0, squares = 0, known = 0;

    for (size_t i = 0; i < rows->count; i++) {
        double u = ent__column_raw(c, feature_of(rows, i, c->feature)), off;

        if (isnan(u))
            continue;
        known++;
        off = u - mean;
        mean += off / known;
        squares += off * (u - mean);
    }
    c->mean = mean;
    c->sd = known > 0 && squares > 1e-12 ? sqrt(squares / known) : 1;
}

static enum ent_status
add_feature(struct fit *f, size_t feature, bool bends, struct ent_error *err)
{
    struct ent_fitted *v = f->v;
    struct ent_column_spec c = { .feature = feature };
    size_t bent = 0;

    ent__column_scale(feature, &c.logarithm, &c.offset);
    if (bends && ent__column_bends(feature)) {
        ENT_TRY(place_knots(f->rows, &c, err));
        bent = c.knots >= 3 ? c.knots - 2 : 0;
        c.knots = bent ? c.knots : 0;
    }
    for (size_t bend = 0; bend <= bent; bend++) {
        struct ent_column_spec *to = &v->columns[v->column_count++];

        *to = c;
        to->bend = (int)bend;
        to->knots = bend ? c.knots : 0;
        scale(f->rows, to);
    }
    v->features[v->info.feature_count++] = feature;
    return ENT_OK;
}

static void describe(const struct ent_variant_plan *plan, struct ent_fitted *v)
{
    memset(v, 0, sizeof(*v));
    v->info = (struct ent_model_variant){ .id = plan->id,
                                          .title = plan->title,
                                          .meaning = plan->meaning,
                                          .outcome = plan->outcome,
                                          .headline = plan->headline };
    v->calibration = (struct ent_calibration){ .slope = 1 };
}

static enum ent_status
make_design(struct fit *f, const struct ent_variant_plan *plan, struct ent_error *err)
{
    const struct ent_fit_rows *rows = f->rows;
    double ones = 0;

    for (size_t k = 0; plan->features[k]; k++)
        ENT_TRY(add_feature(f, ent__feature_find(plan->features[k], strlen(plan->features[k])),
                            plan->bends, err));
    f->x = ent__calloc(rows->count * f->v->column_count + 1, sizeof(*f->x));
    f->y = ent__calloc(rows->count + 1, 1);
    if (!f->x || !f->y)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu dyads", rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        double *z = f->x + i * f->v->column_count;

        f->y[i] = rows->y[rows->row[i]];
        ones += f->y[i];
        for (size_t c = 0; c < f->v->column_count; c++)
            z[c] = ent__column_value(&f->v->columns[c],
                                     feature_of(rows, i, f->v->columns[c].feature));
    }
    f->v->info.dyads = rows->count;
    f->v->info.base_rate = ones / (double)rows->count;
    return ENT_OK;
}

/* Weights 1 for rows without a state of the fold. */
static void leave_out(const struct fit *f, int fold, float *weight)
{
    int fold_of[STATE_IDS];

    for (int id = 0; id < STATE_IDS; id++)
        fold_of[id] = ent__fit_fold(id);
    for (size_t i = 0; i < f->rows->count; i++) {
        size_t row = f->rows->row[i];

        weight[i] = fold_of[f->rows->a[row]] != fold && fold_of[f->rows->b[row]] != fold;
    }
}

static enum ent_status run_logit(const struct fit *f, const float *weight, double penalty,
                                 double tolerance, double *beta, struct ent_error *err)
{
    struct ent_logit logit = { .rows = f->rows->count,
                               .columns = f->v->column_count,
                               .x = f->x,
                               .y = f->y,
                               .weight = weight,
                               .penalty = penalty,
                               .tolerance = tolerance };

    return ent__logit_fit(&logit, beta, err);
}

/* The log-odds of the rows left out of a fold, from a fit to the others; NAN: not left out. */
struct fold {
    float *weight;
    double *log_odds;
    double beta[ENT_COLUMNS + 1]; /* where the next run starts: the answer of the last */
    double loss;
    size_t count;
};

static enum ent_status run_fold(const struct fit *f, int which, double penalty,
                                struct fold *fold, struct ent_error *err)
{
    double *beta = fold->beta;
    size_t columns = f->v->column_count;

    leave_out(f, which, fold->weight);
    ENT_TRY(run_logit(f, fold->weight, penalty, 1e-4, beta, err));
    fold->loss = 0;
    fold->count = 0;
    for (size_t i = 0; i < f->rows->count; i++) {
        double eta = ent__logit_score(f->x + i * columns, beta, columns);

        fold->log_odds[i] = NAN;
        if (fold->weight[i] > 0)
            continue;
        fold->log_odds[i] = eta;
        fold->loss += log1p(exp(-fabs(eta))) + (eta > 0 ? eta : 0) - (f->y[i] ? eta : 0);
        fold->count++;
    }
    return ENT_OK;
}

/* A run over all folds, each by one thread, each into its own place. */
static enum ent_status
run_folds(const struct fit *f, double penalty, struct fold *folds, struct ent_error *err)
{
    int threads = f->options->threads > 0 ? f->options->threads : ent__processors();
    enum ent_status status[ENT_FIT_FOLDS];
    struct ent_error errors[ENT_FIT_FOLDS];

    memset(errors, 0, sizeof(errors));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int k = 0; k < ENT_FIT_FOLDS; k++)
        status[k] = run_fold(f, k, penalty, &folds[k], &errors[k]);
    (void)threads;
    for (int k = 0; k < ENT_FIT_FOLDS; k++) {
        if (status[k] == ENT_OK)
            continue;
        if (err)
            *err = errors[k];
        return status[k];
    }
    return ENT_OK;
}

/* The penalty with the least log-loss on states left out. */
static enum ent_status
choose_penalty(const struct fit *f, struct fold *folds, double *out, struct ent_error *err)
{
    static const double grid[] = { .001, .002, .004, .008, .016 };
    double least = INFINITY;

    for (size_t g = 0; g < sizeof(grid) / sizeof(grid[0]); g++) {
        double loss = 0;

        ENT_TRY(run_folds(f, grid[g], folds, err));
        for (int k = 0; k < ENT_FIT_FOLDS; k++)
            loss += folds[k].loss;
        if (loss < least) {
            least = loss;
            *out = grid[g];
        }
    }
    return ENT_OK;
}

/*
 * Logit of the outcome on the log-odds of rows when their states were left out, straight
 * up to p = .3 and straight with another slope above: a model is too sure of the likeliest
 * dyads, of which it has seen few.
 */
static enum ent_status calibrate(const struct fit *f, const struct fold *folds,
                                 struct ent_calibration *out, struct ent_error *err)
{
    const double knee = -0.84729786038720367; /* log(.3 / .7) */
    size_t n = 0, total = 0;
    double beta[3] = { 0, 1, 0 };
    double *x;
    uint8_t *y;
    enum ent_status status;

    for (int k = 0; k < ENT_FIT_FOLDS; k++)
        total += folds[k].count;
    x = ent__calloc(2 * total + 1, sizeof(*x));
    y = ent__calloc(total + 1, 1);
    for (int k = 0; x && y && k < ENT_FIT_FOLDS; k++) {
        for (size_t i = 0; i < f->rows->count; i++) {
            double eta = folds[k].log_odds[i];

            if (isnan(eta))
                continue;
            x[2 * n] = eta;
            x[2 * n + 1] = eta > knee ? eta - knee : 0;
            y[n++] = f->y[i];
        }
    }
    status =
        x && y ? ent__logit_fit(&(struct ent_logit){ .rows = n, .columns = 2, .x = x, .y = y },
                                beta, err)
               : ent_fail(err, ENT_ENOMEM, "out of memory for calibration");
    ent__free(x);
    ent__free(y);
    if (status == ENT_OK && beta[1] > 0 && beta[1] + beta[2] > 0)
        *out = (struct ent_calibration){ beta[0], beta[1], beta[2], knee };
    return status;
}

/* What is chosen on states left out: the penalty, and the calibration. */
static enum ent_status look_outside(struct fit *f, struct ent_error *err)
{
    struct fold folds[ENT_FIT_FOLDS];
    enum ent_status status = ENT_OK;

    f->v->penalty = f->options->penalty;
    if (f->v->penalty > 0 && !f->options->calibrate)
        return ENT_OK;
    memset(folds, 0, sizeof(folds));
    for (int k = 0; k < ENT_FIT_FOLDS; k++) {
        folds[k].beta[0] = -4;
        folds[k].weight = ent__calloc(f->rows->count + 1, sizeof(float));
        folds[k].log_odds = ent__calloc(f->rows->count + 1, sizeof(double));
        if (!folds[k].weight || !folds[k].log_odds)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for folds");
    }
    if (status == ENT_OK && !(f->v->penalty > 0))
        status = choose_penalty(f, folds, &f->v->penalty, err);
    if (status == ENT_OK && f->options->calibrate)
        status = run_folds(f, f->v->penalty, folds, err);
    if (status == ENT_OK && f->options->calibrate)
        status = calibrate(f, folds, &f->v->calibration, err);
    for (int k = 0; k < ENT_FIT_FOLDS; k++) {
        ent__free(folds[k].weight);
        ent__free(folds[k].log_odds);
    }
    return status;
}

void ent__resample(size_t draw, const int16_t *states, size_t count, uint16_t *times)
{
    struct ent_rng rng = ent__rng(ENT_FIT_SEED, draw, FOR_DRAWS);

    for (size_t i = 0; i < count; i++)
        times[states[ent__rng_below(&rng, (uint32_t)count)]]++;
}

/* The states of the rows used, ascending; returns how many. */
static size_t list_states(const struct ent_fit_rows *rows, int16_t *states)
{
    bool seen[STATE_IDS] = { false };
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        seen[rows->a[rows->row[i]]] = seen[rows->b[rows->row[i]]] = true;
    for (int id = 0; id < STATE_IDS; id++)
        if (seen[id])
            states[count++] = (int16_t)id;
    return count;
}

/*
 * One refit: a row weighs as often as both its states were drawn.  Written as steps
 * from the coefficients.
 */
static enum ent_status draw_one(const struct fit *f, size_t draw, const int16_t *states,
                                size_t count, float *weight, int32_t *out,
                                struct ent_error *err)
{
    uint16_t times[STATE_IDS] = { 0 };
    double beta[ENT_COLUMNS + 1];
    size_t n = f->v->column_count + 1;

    ent__resample(draw, states, count, times);
    for (size_t i = 0; i < f->rows->count; i++) {
        size_t row = f->rows->row[i];

        weight[i] = (float)times[f->rows->a[row]] * (float)times[f->rows->b[row]];
    }
    memcpy(beta, f->v->beta, n * sizeof(*beta));
    ENT_TRY(run_logit(f, weight, f->v->penalty, 1e-2, beta, err));
    for (size_t i = 0; i < n; i++)
        out[i] = (int32_t)lround((beta[i] - f->v->beta[i]) * ENT_DRAW_UNIT);
    return ENT_OK;
}

static enum ent_status draw_all(struct fit *f, int32_t *draws, struct ent_error *err)
{
    int threads = f->options->threads > 0 ? f->options->threads : ent__processors();
    int16_t states[STATE_IDS];
    size_t count = list_states(f->rows, states), n = f->v->column_count + 1;
    enum ent_status status = ENT_OK;

#pragma omp parallel num_threads(threads)
    {
        float *weight = ent__calloc(f->rows->count + 1, sizeof(*weight));
        struct ent_error mine = { 0 };
        enum ent_status done =
            weight ? ENT_OK : ent_fail(&mine, ENT_ENOMEM, "out of memory for a resample");

#pragma omp for schedule(dynamic, 1)
        for (size_t d = 0; d < f->options->draws; d++) {
            if (done == ENT_OK)
                done = draw_one(f, d, states, count, weight, draws + d * n, &mine);
        }
#pragma omp critical
        if (done != ENT_OK && status == ENT_OK) {
            status = done;
            if (err)
                *err = mine;
        }
        ent__free(weight);
    }
    (void)threads;
    return status;
}

static enum ent_status fit_all(struct fit *f, const struct ent_variant_plan *plan,
                               struct ent_arena *arena, struct ent_error *err)
{
    size_t draws = f->options->draws;
    int32_t *drawn;

    ENT_TRY(make_design(f, plan, err));
    ENT_TRY(look_outside(f, err));
    f->v->beta[0] = -4;
    ENT_TRY(run_logit(f, NULL, f->v->penalty, 0, f->v->beta, err));
    if (draws == 0)
        return ENT_OK;
    drawn = ent__arena_array(arena, draws * (f->v->column_count + 1), sizeof(*drawn));
    if (!drawn)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu resamples", draws);
    ENT_TRY(draw_all(f, drawn, err));
    f->v->draws = drawn;
    f->v->draw_count = draws;
    return ENT_OK;
}

enum ent_status ent__fit(const struct ent_variant_plan *plan, const struct ent_fit_rows *rows,
                         const struct ent_fit_options *options, struct ent_arena *arena,
                         struct ent_fitted *out, struct ent_error *err)
{
    struct fit f = { .rows = rows, .options = options, .v = out };
    enum ent_status status;

    describe(plan, out);
    if (rows->count == 0)
        return ent_fail(err, ENT_EINVAL, "there are no dyads to fit a model to");
    status = fit_all(&f, plan, arena, err);
    ent__free(f.x);
    ent__free(f.y);
    return status;
}

double ent__fitted_log_odds(const struct ent_fitted *fitted, const float *x)
{
    double z[ENT_COLUMNS];

    for (size_t c = 0; c < fitted->column_count; c++)
        z[c] = ent__column_value(&fitted->columns[c], (double)x[fitted->columns[c].feature]);
    return ent__logit_score(z, fitted->beta, fitted->column_count);
}
