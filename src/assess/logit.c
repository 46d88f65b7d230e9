#include "assess/logit.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

enum {
    STEPS_MOST = 60,
    HALVINGS_MOST = 30,
    BLOCK = 512, /* rows whose sums are made apart, so that small terms are not lost */
};

/* The loss, its slope and its curvature at some coefficients. */
struct bowl {
    size_t n; /* unknowns: columns + 1 */
    double loss;
    double *slope;     /* n */
    double *curvature; /* n * n, upper triangle */
    double *part;      /* n + n * n: of one block */
};

double ent__logit_score(const double *x, const double *beta, size_t columns)
{
    double even = beta[0], odd = 0;
    size_t k = 0;

    for (; k + 1 < columns; k += 2) {
        even += x[k] * beta[k + 1];
        odd += x[k + 1] * beta[k + 2];
    }
    if (k < columns)
        even += x[k] * beta[k + 1];
    return even + odd;
}

/* Add f x and g x x' of two rows; x without its leading 1. */
static void add_rows(double *slope, double *curvature, size_t columns, const double *x1,
                     const double *x2, const double f[2], const double g[2])
{
    size_t n = columns + 1;

    slope[0] += f[0] + f[1];
    curvature[0] += g[0] + g[1];
    for (size_t k = 0; k < columns; k++) {
        slope[k + 1] += f[0] * x1[k] + f[1] * x2[k];
        curvature[k + 1] += g[0] * x1[k] + g[1] * x2[k];
    }
    for (size_t j = 0; j < columns; j++) {
        double *row = curvature + (j + 1) * n + 1;
        double a = g[0] * x1[j], b = g[1] * x2[j];

        for (size_t k = j; k < columns; k++)
            row[k] += a * x1[k] + b * x2[k];
    }
}

static void fold_block(struct bowl *bowl)
{
    size_t n = bowl->n;

    for (size_t i = 0; i < n; i++)
        bowl->slope[i] += bowl->part[i];
    for (size_t i = 0; i < n * n; i++)
        bowl->curvature[i] += bowl->part[n + i];
    memset(bowl->part, 0, (n + n * n) * sizeof(double));
}

/* One row's loss, and its factors of slope and curvature. */
static double
weigh_row(const struct ent_logit *d, const double *beta, size_t row, double *f, double *g)
{
    double w = d->weight ? (double)d->weight[row] : 1;
    double eta = ent__logit_score(d->x + row * d->columns, beta, d->columns);
    double small = exp(-fabs(eta)), q = (eta < 0 ? small : 1) / (1 + small);

    *f = w * (q - d->y[row]);
    *g = w * q * (1 - q);
    return w * (log1p(small) + (eta > 0 ? eta : 0) - (d->y[row] ? eta : 0));
}

static void add_block(const struct ent_logit *d, const double *beta, size_t from, size_t to,
                      struct bowl *bowl)
{
    size_t c = d->columns, held = SIZE_MAX;
    double f[2] = { 0, 0 }, g[2] = { 0, 0 }, loss = 0;

    for (size_t r = from; r < to; r++) {
        size_t slot = held == SIZE_MAX ? 0 : 1;

        if (d->weight && d->weight[r] == 0)
            continue;
        loss += weigh_row(d, beta, r, &f[slot], &g[slot]);
        if (slot == 0) {
            held = r;
            continue;
        }
        add_rows(bowl->part, bowl->part + bowl->n, c, d->x + held * c, d->x + r * c, f, g);
        held = SIZE_MAX;
    }
    if (held != SIZE_MAX) {
        f[1] = g[1] = 0;
        add_rows(bowl->part, bowl->part + bowl->n, c, d->x + held * c, d->x + held * c, f, g);
    }
    bowl->loss += loss;
    fold_block(bowl);
}

static void look(const struct ent_logit *d, const double *beta, double ridge, struct bowl *bowl)
{
    size_t n = bowl->n;

    bowl->loss = 0;
    memset(bowl->slope, 0, (2 * (n + n * n)) * sizeof(double));
    for (size_t r = 0; r < d->rows; r += BLOCK)
        add_block(d, beta, r, r + BLOCK < d->rows ? r + BLOCK : d->rows, bowl);
    for (size_t i = 1; i < n; i++) {
        bowl->loss += ridge * beta[i] * beta[i] / 2;
        bowl->slope[i] += ridge * beta[i];
        bowl->curvature[i * n + i] += ridge;
    }
}

enum ent_status ent__solve(double *a, double *b, size_t n, struct ent_error *err)
{
    /* a = U'U, row by row of U. */
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            double u = a[k * n + i];

            for (size_t j = i; j < n; j++)
                a[i * n + j] -= u * a[k * n + j];
        }
        if (!(a[i * n + i] > 0))
            return ent_fail(err, ENT_EDIVERGE,
                            "unknown %zu of %zu is not determined by the data", i, n);
        a[i * n + i] = sqrt(a[i * n + i]);
        for (size_t j = i + 1; j < n; j++)
            a[i * n + j] /= a[i * n + i];
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    return ENT_OK;
}

static double total_weight(const struct ent_logit *d, double *ones)
{
    double sum = 0;

    *ones = 0;
    for (size_t r = 0; r < d->rows; r++) {
        double w = d->weight ? (double)d->weight[r] : 1;

        sum += w;
        *ones += d->y[r] ? w : 0;
    }
    return sum;
}

/* Go from beta along -step, halving it until the loss is no larger than before. */
static void descend(const struct ent_logit *d, double ridge, double *beta, double *trial,
                    const double *step, struct bowl *bowl, double *moved)
{
    size_t n = bowl->n;
    double before = bowl->loss, scale = 1, most = 0;

    for (int halvings = 0;; halvings++, scale /= 2) {
        for (size_t i = 0; i < n; i++)
            trial[i] = beta[i] - scale * step[i];
        look(d, trial, ridge, bowl);
        if (bowl->loss <= before * (1 + 1e-14) || halvings == HALVINGS_MOST)
            break;
    }
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(scale * step[i]));
    memcpy(beta, trial, n * sizeof(double));
    *moved = most;
}

static enum ent_status
newton(const struct ent_logit *d, double *beta, double *room, struct ent_error *err)
{
    size_t n = d->columns + 1;
    struct bowl bowl = {
        .n = n, .slope = room, .curvature = room + n, .part = room + n + n * n
    };
    double *step = room + 2 * (n + n * n), *trial = step + n, *matrix = trial + n;
    double ones, weight = total_weight(d, &ones), moved = 0;
    double tolerance = d->tolerance > 0 ? d->tolerance : 1e-8;

    if (!(ones > 0) || !(weight > ones))
        return ent_fail(err, ENT_EINVAL, "a logit needs rows of both outcomes");
    look(d, beta, d->penalty * weight, &bowl);
    for (int steps = 0; steps < STEPS_MOST; steps++) {
        memcpy(step, bowl.slope, n * sizeof(double));
        memcpy(matrix, bowl.curvature, n * n * sizeof(double));
        ENT_TRY(ent__solve(matrix, step, n, err));
        descend(d, d->penalty * weight, beta, trial, step, &bowl, &moved);
        if (moved <= tolerance)
            return ENT_OK;
    }
    return ent_fail(err, ENT_EDIVERGE, "no answer after %d steps; the last moved by %.3g",
                    STEPS_MOST, moved);
}

enum ent_status
ent__logit_fit(const struct ent_logit *data, double *beta, struct ent_error *err)
{
    size_t n = data->columns + 1;
    double *room = ent__calloc(3 * n * n + 4 * n, sizeof(double));
    enum ent_status status;

    if (!room)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a logit of %zu columns", n);
    status = newton(data, beta, room, err);
    ent__free(room);
    return status;
}
