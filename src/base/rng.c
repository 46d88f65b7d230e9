#include "base/rng.h"

/* The golden ratio in 64 bits: the step of SplitMix64. */
static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct ent_rng ent__rng(uint64_t seed, uint64_t chain, uint64_t purpose)
{
    uint64_t key = mix(seed + golden);

    key = mix(key + chain + golden);
    return (struct ent_rng){ .key = mix(key + purpose + golden) };
}

uint64_t ent__rng_bits(struct ent_rng *rng)
{
    return mix(rng->key + golden * ++rng->counter);
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
