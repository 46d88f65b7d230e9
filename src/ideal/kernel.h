/*
 * The loops over votes.  kernel.c is compiled once for each level of the x86-64 instruction set
 * (and once plainly elsewhere); ent__ideal_kernel chooses by the processor.  All levels give
 * the same bytes: one operation is one operation of IEEE 754, and sums have ENT__IDEAL_LANES
 * lanes whatever the vectors' width.
 */
#ifndef ENTENTE_IDEAL_KERNEL_H
#define ENTENTE_IDEAL_KERNEL_H

#include <stdint.h>

#include "ideal/inside.h"

/* Counters of an item's stream: 1..ENT__IDEAL_SPARE for the item, those after for its votes. */
enum {
    ENT__IDEAL_SPARE = 16,
};

/* New cut-points proposed for items, and what the log likelihood ratio must exceed. */
struct ent__ideal_proposal {
    uint64_t key[ENT__IDEAL_LANES];
    float gamma1[ENT__IDEAL_LANES], gamma2[ENT__IDEAL_LANES];
    float sd[ENT__IDEAL_LANES]; /* of the steps proposed */
    float next1[ENT__IDEAL_LANES], next2[ENT__IDEAL_LANES];
    float threshold[ENT__IDEAL_LANES];
    float normal[ENT__IDEAL_LANES]; /* for beta */
};

/* One item in a sweep of a sampler. */
struct ent__ideal_draw {
    const struct ent__ideal_span *span;
    const int32_t *rank; /* of its slots */
    const float *theta;  /* by rank */
    uint64_t key;
    float beta;
    float gamma1, gamma2, next1, next2, threshold, normal;
    float limit;       /* latent votes are within -limit..limit */
    float gamma_limit; /* and cut-points within this */
    bool together;     /* latent votes, cut-points and beta are also moved together */
    float *work;       /* ENT__IDEAL_WORK numbers a slot */
    float *out;        /* new beta times latent vote, of each slot */

    /* Found: */
    bool accepted;
    double new_beta;
    float new_gamma1, new_gamma2;
};

enum {
    ENT__IDEAL_WORK = 8,
};

/* One item at some cut-points: sums over its votes of the log likelihood and its derivatives.
 */
struct ent__ideal_look {
    const struct ent__ideal_span *span;
    const int32_t *rank;
    const float *theta, *variance; /* by rank */
    float beta, gamma1, gamma2;
    float *work;
    float *latent; /* E[z] of each slot */
    float
        *curvature; /* minus the second derivative of its log likelihood by eta, of each slot */

    /* Found: */
    double value, d1, d2, d11, d22, d12;
    double products, squares; /* sums of theta E[z], and of theta^2 + variance */
};

/* Newton's step of the two cut-points; where nobody chose a category, it is as if there was
 * none. */
void ent__ideal_newton(const struct ent__ideal_look *look, double step[2]);

/* The votes of one item: the probability of the vote cast, and 1 where it was the likeliest. */
struct ent__ideal_guess {
    const struct ent__ideal_span *span;
    const int32_t *rank;
    const float *theta;
    float beta, gamma1, gamma2;
    float *probability, *hit;
};

struct ent__ideal_kernel {
    const char *name;
    void (*normals)(uint64_t key, float *out, size_t n); /* n a multiple of ENT__IDEAL_LANES */
    void (*propose)(struct ent__ideal_proposal *p, float limit, bool published);
    void (*draw)(struct ent__ideal_draw *d);
    void (*look)(struct ent__ideal_look *l);
    void (*guess)(const struct ent__ideal_guess *g);

    /* Sums over entries first..end-1 of x[slot], and of y[item]. */
    void (*collect)(const struct ent__ideal_layout *l, uint32_t first, uint32_t end,
                    const float *x, const float *y, double *of_x, double *of_y);
};

/* The best for this processor; never NULL. */
const struct ent__ideal_kernel *ent__ideal_kernel(void);

/* The one of a level: "v4", "v3" or "plain"; NULL where the processor or the build lacks it. */
const struct ent__ideal_kernel *ent__ideal_kernel_named(const char *name);

#endif
