#include "base/rng.h"

/* The hash of a word: that of the stream at its first number, whose step is the golden ratio.
 */
static uint64_t mix(uint64_t word)
{
    return ent__rng_at(word, 1);
}

struct ent_rng ent__rng(uint64_t seed, uint64_t chain, uint64_t purpose)
{
    uint64_t key = mix(seed);

    key = mix(key + chain);
    return (struct ent_rng){ .key = mix(key + purpose) };
}

uint64_t ent__rng_bits(struct ent_rng *rng)
{
    return ent__rng_at(rng->key, ++rng->counter);
}

uint32_t ent__rng_below(struct ent_rng *rng, uint32_t limit)
{
    for (;;) {
        uint64_t product = (ent__rng_bits(rng) >> 32) * limit;
        uint32_t low = (uint32_t)product;

        /* The first 2^32 mod limit remainders would favour some numbers. */
        if (low >= limit || low >= (uint32_t)-limit % limit)
            return (uint32_t)(product >> 32);
    }
}

double ent__rng_unit(struct ent_rng *rng)
{
    return (double)(ent__rng_bits(rng) >> 11) * 0x1p-53;
}
