/*
 * Sums over the contingency tables of four pairs at a time, as vectors of four doubles:
 * what the formulas of similarity_formula.c are made of.  Only that file includes this.
 */
#ifndef ENTENTE_MEASURE_SIMILARITY_SUMS_H
#define ENTENTE_MEASURE_SIMILARITY_SUMS_H

#include <math.h>
#include <string.h>

#include "measure/similarity.h"

#define INLINE static inline __attribute__((always_inline))

enum {
    LANES = 4
};

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t mask __attribute__((vector_size(LANES * sizeof(int64_t))));
typedef int32_t integers __attribute__((vector_size(LANES * sizeof(int32_t))));

/* Disagreement of two levels. */
enum disagreement {
    SQUARED,
    LINEAR,
    NOMINAL,
};

/* What the measures of four pairs are made of. */
struct sums {
    lanes t[ENT_SIMILARITY_CELLS];
    lanes r[ENT_SIMILARITY_LEVELS], c[ENT_SIMILARITY_LEVELS];
    lanes m[ENT_SIMILARITY_LEVELS];        /* r + c; this and the next two for errors only */
    lanes both[ENT_SIMILARITY_CELLS];      /* a <= b: T[a][b] + T[b][a], or T[a][a] */
    lanes by_apart[ENT_SIMILARITY_LEVELS]; /* by |a - b|: sum of T */
    lanes per;                             /* 1 / n: a division is the dearest step */
    lanes n, range;
    lanes apart[3];                  /* O by disagreement */
    lanes s, s2, q, q2;              /* sums of x and y, and of their squares */
    lanes weight, apart_w[2];        /* sum of w, of w |d| and w d^2 */
    const double *weights, *squares; /* of these pairs, by |d| */
};

/* Vectors go by pointer between functions: by value they would depend on the target's ABI. */
#define SAME(x)             ((lanes){ (x), (x), (x), (x) })
#define EITHER(if_, x, y)   ((lanes)(((if_) & (mask)(x)) | (~(if_) & (mask)(y))))
#define WANTED(kinds, kind) ((kinds) & (1u << (kind)))

INLINE double between(enum disagreement how, int a, int b)
{
    int d = a < b ? b - a : a - b;

    return how == SQUARED ? d * d : how == LINEAR ? d : d > 0;
}

/* *x / *by, or *otherwise where that is not above 0. */
INLINE void divide(const lanes *x, const lanes *by, const lanes *otherwise, lanes *out)
{
    lanes quotient = *x / *by;

    *out = EITHER(*by > SAME(0.0), quotient, *otherwise);
}

INLINE void root(lanes *x)
{
    for (int l = 0; l < LANES; l++)
        (*x)[l] = sqrt((*x)[l]);
}

INLINE void load(const double *from, lanes *out)
{
    memcpy(out, from, sizeof(*out));
}

INLINE void add_up(struct sums *u, const int32_t *cell, int levels)
{
    u->n = u->s = u->s2 = u->q = u->q2 = SAME(0.0);
    u->apart[SQUARED] = u->apart[LINEAR] = u->apart[NOMINAL] = SAME(0.0);
    for (int a = 0; a < levels; a++)
        u->r[a] = u->c[a] = SAME(0.0);
    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            integers count;
            lanes t;

            memcpy(&count, cell + (a * levels + b) * ENT_SIMILARITY_BLOCK, sizeof(count));
            t = __builtin_convertvector(count, lanes);
            u->t[a * levels + b] = t;
            u->r[a] += t;
            u->c[b] += t;
            u->apart[SQUARED] += t * SAME(between(SQUARED, a, b));
            u->apart[LINEAR] += t * SAME(between(LINEAR, a, b));
            u->apart[NOMINAL] += t * SAME(between(NOMINAL, a, b));
        }
    }
    for (int a = 0; a < levels; a++) {
        u->n += u->r[a];
        u->s += u->r[a] * SAME((double)a);
        u->s2 += u->c[a] * SAME((double)a);
        u->q += u->r[a] * SAME((double)(a * a));
        u->q2 += u->c[a] * SAME((double)(a * a));
    }
}

/* What the errors share: margins and cells taken together. */
INLINE void pool(struct sums *u, int levels)
{
    u->per = SAME(1.0) / u->n;
    for (int d = 0; d < levels; d++) {
        u->m[d] = u->r[d] + u->c[d];
        u->by_apart[d] = SAME(0.0);
    }
    for (int a = 0; a < levels; a++) {
        for (int b = a; b < levels; b++) {
            u->both[a * levels + b] = u->t[a * levels + b];
            if (a != b)
                u->both[a * levels + b] += u->t[b * levels + a];
            u->by_apart[b - a] += u->both[a * levels + b];
        }
    }
}

/* D: the highest level, or what the levels of the two span. */
INLINE void find_range(struct sums *u, int levels, enum ent_level_range range)
{
    lanes low = SAME((double)(levels - 1)), high = SAME(0.0);

    u->range = SAME((double)(levels - 1));
    if (range == ENT_RANGE_THEORETICAL)
        return;
    for (int a = 0; a < levels; a++) {
        int b = levels - 1 - a;

        high = EITHER(u->r[a] + u->c[a] > SAME(0.0), SAME((double)a), high);
        low = EITHER(u->r[b] + u->c[b] > SAME(0.0), SAME((double)b), low);
    }
    u->range = EITHER(high > low, high - low, SAME(0.0));
}

INLINE void add_weights(struct sums *u, int levels)
{
    u->weight = u->apart_w[SQUARED] = u->apart_w[LINEAR] = SAME(0.0);
    for (int d = 0; d < levels; d++) {
        lanes w;

        load(u->weights + d * ENT_SIMILARITY_BLOCK, &w);
        u->weight += w;
        u->apart_w[LINEAR] += w * SAME((double)d);
        u->apart_w[SQUARED] += w * SAME((double)(d * d));
    }
}

/*
 * E (double_margins false) or M (true).  sum (a-b)^2 r c = n (q + q') - 2 s s';
 * sum |a-b| r c = sum over cuts t of R_t (n - C_t) + (n - R_t) C_t, R_t = #(x >= t).
 */
INLINE void expected(const struct sums *u, int levels, enum disagreement how,
                     bool double_margins, lanes *out)
{
    lanes n = double_margins ? u->n + u->n : u->n;
    lanes above_x = SAME(0.0), above_y = SAME(0.0), sum = SAME(0.0);

    if (how == SQUARED) {
        lanes s = u->s + u->s2;

        *out = double_margins ? SAME(2.0) * (n * (u->q + u->q2) - s * s)
                              : n * (u->q + u->q2) - SAME(2.0) * u->s * u->s2;
        return;
    }
    for (int a = levels - 1; a >= 0; a--) {
        lanes x = double_margins ? u->r[a] + u->c[a] : u->r[a];
        lanes y = double_margins ? x : u->c[a];

        above_x += x;
        above_y += y;
        if (how == NOMINAL)
            sum += x * y;
        else
            sum += above_x * (n - above_y) + (n - above_x) * above_y;
    }
    *out = how == NOMINAL ? n * n - sum : sum;
}

#endif
