/* The published sampler as it stands in a textbook, with libm: what the kernels are measured
 * against. */
#ifndef ENTENTE_BENCH_IDEAL_PLAIN_H
#define ENTENTE_BENCH_IDEAL_PLAIN_H

#include "ideal/ideal.h"

struct plain;

struct plain *plain_new(const struct ent_ideal_votes *votes, int threads);
void plain_sweep(struct plain *plain);
void plain_free(struct plain *plain);

#endif
