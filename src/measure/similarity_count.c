/*
 * From levels to bits, and from bits to tables: T[a][b] is how many bits stand in
 * both the plane a of one state and the plane b of the other.
 *
 * The counting is compiled twice, with the machine's instruction for counting bits
 * and without, and chosen when it runs: the same library serves every x86-64.
 */
#include <assert.h>
#include <string.h>

#include "measure/similarity.h"

void ent__planes_init(struct ent_planes *planes, size_t states, int levels, size_t words,
                      uint64_t *bits)
{
    *planes =
        (struct ent_planes){ .states = states, .levels = levels, .words = words, .bits = bits };
    memset(bits, 0, states * (size_t)levels * words * sizeof(*bits));
}

void ent__planes_mark(struct ent_planes *planes, const uint8_t *in_system)
{
    size_t word = planes->items / 64;
    uint64_t bit = UINT64_C(1) << planes->items % 64;

    assert(word < planes->words);
    for (size_t s = 0; s < planes->states; s++)
        planes->system[s * planes->words + word] |= in_system[s] ? bit : 0;
}

void ent__planes_add(struct ent_planes *planes, const uint8_t *level)
{
    size_t word = planes->items / 64;
    size_t stride = (size_t)planes->levels * planes->words;
    uint64_t bit = UINT64_C(1) << planes->items % 64;

    assert(word < planes->words);
    for (size_t s = 0; s < planes->states; s++) {
        if (level[s] != ENT_LEVEL_NONE)
            planes->bits[s * stride + level[s] * planes->words + word] |= bit;
    }
    planes->items++;
}

bool ent__level_shared(const uint8_t *level, size_t states, double share)
{
    size_t with[256] = { 0 };
    size_t most = 0;

    for (size_t s = 0; s < states; s++)
        with[level[s]]++;
    for (size_t l = 0; l < ENT_SIMILARITY_LEVELS; l++)
        most = with[l] > most ? with[l] : most;
    return (double)most >= share * (double)(states - with[ENT_LEVEL_NONE]);
}

void ent__weights_add(struct ent_weights *weights, size_t item, double weight)
{
    size_t base = item / 8 * ENT_WEIGHTS_BYTE;
    size_t bit = (size_t)1 << item % 8;

    for (size_t subset = 0; subset < bit; subset++) {
        weights->sum[base + bit + subset] = weights->sum[base + subset] + weight;
        weights->square[base + bit + subset] = weights->square[base + subset] + weight * weight;
    }
}

#define INLINE static inline __attribute__((always_inline))

/* How many bits are set, by sums of pairs, nibbles and bytes. */
INLINE int32_t bits_plain(uint64_t x)
{
    x -= (x >> 1) & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int32_t)((x * UINT64_C(0x0101010101010101)) >> 56);
}

INLINE int32_t bits_of(uint64_t x, bool counted_by_machine)
{
    return counted_by_machine ? __builtin_popcountll(x) : bits_plain(x);
}

/* The table of one pair; `words` first, so that all of a state's planes are near. */
INLINE void count_pair(const uint64_t *x, const uint64_t *y, size_t words, int levels,
                       bool machine, int32_t *cell)
{
    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            const uint64_t *p = x + (size_t)a * words, *q = y + (size_t)b * words;
            int32_t sum = 0;

            for (size_t w = 0; w < words; w++)
                sum += bits_of(p[w] & q[w], machine);
            cell[(a * levels + b) * ENT_SIMILARITY_BLOCK] += sum;
        }
    }
}

/* The same of the items in the system of either state only. */
INLINE void count_pair_within(const struct ent_planes *planes, const struct ent_pair *pair,
                              int levels, bool machine, int32_t *cell)
{
    size_t words = planes->words, stride = (size_t)levels * words;
    const uint64_t *x = planes->bits + pair->from * stride;
    const uint64_t *y = planes->bits + pair->to * stride;
    const uint64_t *in_x = planes->system + pair->from * words;
    const uint64_t *in_y = planes->system + pair->to * words;

    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            const uint64_t *p = x + (size_t)a * words, *q = y + (size_t)b * words;
            int32_t sum = 0;

            for (size_t w = 0; w < words; w++)
                sum += bits_of(p[w] & q[w] & (in_x[w] | in_y[w]), machine);
            cell[(a * levels + b) * ENT_SIMILARITY_BLOCK] += sum;
        }
    }
}

INLINE void count_pairs(const struct ent_planes *planes, const struct ent_pair *pairs,
                        size_t count, int levels, bool machine, int32_t *cell)
{
    size_t words = planes->words, stride = (size_t)levels * words;

    for (size_t k = 0; k < count; k++) {
        const uint64_t *x = planes->bits + pairs[k].from * stride;
        const uint64_t *y = planes->bits + pairs[k].to * stride;

        if (planes->system) {
            count_pair_within(planes, &pairs[k], levels, machine, cell + k);
            continue;
        }
        /* One and two words are most sessions: known counts let the loops unroll. */
        if (words == 1)
            count_pair(x, y, 1, levels, machine, cell + k);
        else if (words == 2)
            count_pair(x, y, 2, levels, machine, cell + k);
        else
            count_pair(x, y, words, levels, machine, cell + k);
    }
}

INLINE void count_levels(const struct ent_planes *planes, const struct ent_pair *pairs,
                         size_t count, bool machine, int32_t *cell)
{
    switch (planes->levels) {
    case 2:
        count_pairs(planes, pairs, count, 2, machine, cell);
        return;
    case 3:
        count_pairs(planes, pairs, count, 3, machine, cell);
        return;
    case 4:
        count_pairs(planes, pairs, count, 4, machine, cell);
        return;
    default:
        count_pairs(planes, pairs, count, planes->levels, machine, cell);
    }
}

static void count_plain(const struct ent_planes *planes, const struct ent_pair *pairs,
                        size_t count, int32_t *cell)
{
    count_levels(planes, pairs, count, false, cell);
}

#ifdef __x86_64__
__attribute__((target("popcnt"))) static void count_popcnt(const struct ent_planes *planes,
                                                           const struct ent_pair *pairs,
                                                           size_t count, int32_t *cell)
{
    count_levels(planes, pairs, count, true, cell);
}
#endif

void ent__similarity_count(const struct ent_planes *planes, const struct ent_pair *pairs,
                           size_t count, const struct ent_similarity_plan *plan,
                           struct ent_counts *counts)
{
    assert(count <= ENT_SIMILARITY_BLOCK && planes->levels == plan->levels);
#ifdef __x86_64__
    if (!plan->plain && __builtin_cpu_supports("popcnt")) {
        count_popcnt(planes, pairs, count, counts->cell);
        return;
    }
#endif
    count_plain(planes, pairs, count, counts->cell);
}

/* The items on which two states' levels are `apart` levels apart, of one word. */
static uint64_t
items_apart(const uint64_t *x, const uint64_t *y, size_t words, int levels, int apart)
{
    uint64_t found = 0;

    for (int a = 0; a + apart < levels; a++) {
        size_t low = (size_t)a * words, high = (size_t)(a + apart) * words;

        found |= (x[low] & y[high]) | (x[high] & y[low]);
    }
    return found;
}

/* The sum over the items of a word; bytes in ascending order. */
static double sum_of(const double *table, uint64_t items)
{
    double sum = 0;

    for (; items; items >>= 8, table += ENT_WEIGHTS_BYTE)
        sum += table[items & 0xff];
    return sum;
}

void ent__similarity_weigh(const struct ent_planes *planes, const struct ent_weights *weights,
                           const struct ent_pair *pairs, size_t count,
                           const struct ent_similarity_plan *plan, struct ent_counts *counts)
{
    size_t words = planes->words, stride = (size_t)planes->levels * words;

    for (size_t k = 0; k < count; k++) {
        const uint64_t *x = planes->bits + pairs[k].from * stride;
        const uint64_t *y = planes->bits + pairs[k].to * stride;

        for (int apart = 0; apart < planes->levels; apart++) {
            double sum = 0, square = 0;

            for (size_t w = 0; w < words; w++) {
                uint64_t items = items_apart(x + w, y + w, words, planes->levels, apart);

                if (planes->system)
                    items &= planes->system[pairs[k].from * words + w] |
                             planes->system[pairs[k].to * words + w];
                sum += sum_of(weights->sum + w * 8 * ENT_WEIGHTS_BYTE, items);
                if (plan->errors)
                    square += sum_of(weights->square + w * 8 * ENT_WEIGHTS_BYTE, items);
            }
            counts->weight[apart * ENT_SIMILARITY_BLOCK + k] = sum;
            counts->square[apart * ENT_SIMILARITY_BLOCK + k] = square;
        }
    }
}
