/*
 * Random numbers as a value.
 *
 * A generator is a key and a counter: its k-th number is a hash of both, so that
 * any stream can be made anywhere, in any order, on any thread.  Streams of
 * different (seed, chain, purpose) are independent for all that statistics can
 * tell.  The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
 */
#ifndef ENTENTE_BASE_RNG_H
#define ENTENTE_BASE_RNG_H

#include <stdint.h>

struct ent_rng {
    uint64_t key;
    uint64_t counter; /* numbers drawn so far */
};

/* The stream of a seed, a chain (or replicate) and a purpose, at its beginning. */
struct ent_rng ent__rng(uint64_t seed, uint64_t chain, uint64_t purpose);

/*
 * The k-th number of the stream with that key, k from 1: what the k-th call of
 * ent__rng_bits gives.  For loops that draw many at once.
 */
static inline uint64_t ent__rng_at(uint64_t key, uint64_t k)
{
    uint64_t z = key + UINT64_C(0x9e3779b97f4a7c15) * k;

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* 64 random bits. */
uint64_t ent__rng_bits(struct ent_rng *rng);

/* 0..limit-1, each as likely (Lemire 2019); limit is at least 1. */
uint32_t ent__rng_below(struct ent_rng *rng, uint32_t limit);

/* From 0 to just under 1, in steps of 2^-53. */
double ent__rng_unit(struct ent_rng *rng);

#endif
