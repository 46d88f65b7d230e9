/*
 * The whole state of a run as bytes: a head, the numbers, the draws.  Of this machine's byte
 * order; the head says so.
 */
#include <string.h>

#include "ideal/inside.h"

struct head {
    uint64_t magic;  /* of this form and byte order */
    uint64_t digest; /* of the votes, the options and the seed */
    uint64_t sum;    /* of what follows the head */
    uint64_t done, numbers, draws;
    uint64_t complete;
    double change;
};

static const uint64_t magic = UINT64_C(0x656e746964656131); /* "entidea1" */

static uint64_t fold(uint64_t digest, uint64_t word)
{
    return ent__rng(digest, word, 0).key;
}

static uint64_t bits_of(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof(bits));
    return bits;
}

/* Everything that decides the numbers; threads do not. */
static uint64_t identity(const struct ent_ideal_run *run)
{
    const struct ent_ideal_options *o = &run->options;
    const uint64_t words[] = {
        o->estimator,
        o->scale,
        o->chains,
        o->burn,
        o->draws,
        o->thin,
        o->sweeps,
        bits_of(o->tolerance),
        bits_of(o->gamma_limit),
        bits_of(o->first_variance),
        o->seed,
        o->high,
        o->low,
    };
    uint64_t digest = run->layout.digest;

    for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
        digest = fold(digest, words[k]);
    for (size_t i = 0; i < run->layout.states; i++)
        digest = fold(digest, bits_of(run->start[i]));
    return digest;
}

static uint64_t sum_of(const unsigned char *at, size_t size)
{
    uint64_t sum = size;

    for (size_t k = 0; k < size; k += sizeof(sum)) {
        uint64_t word = 0;

        memcpy(&word, at + k, size - k < sizeof(word) ? size - k : sizeof(word));
        sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 29;
    }
    return sum;
}

static size_t draw_count(const struct ent_ideal_run *run)
{
    return run->layout.points * run->options.chains * run->options.draws;
}

size_t ent__ideal_save_size(const struct ent_ideal_run *run)
{
    return sizeof(struct head) + run->number_count * sizeof(*run->numbers) +
           draw_count(run) * sizeof(*run->draw);
}

void ent__ideal_save(const struct ent_ideal_run *run, void *at)
{
    unsigned char *body = (unsigned char *)at + sizeof(struct head);
    size_t numbers = run->number_count * sizeof(*run->numbers);
    size_t draws = draw_count(run) * sizeof(*run->draw);
    struct head head = {
        .magic = magic,
        .digest = identity(run),
        .done = run->done,
        .numbers = run->number_count,
        .draws = draw_count(run),
        .complete = run->complete,
        .change = run->change,
    };

    memcpy(body, run->numbers, numbers);
    memcpy(body + numbers, run->draw, draws);
    head.sum = sum_of(body, numbers + draws);
    memcpy(at, &head, sizeof(head));
}

enum ent_status ent__ideal_restore(struct ent_ideal_run *run, const void *at, size_t size,
                                   struct ent_error *err)
{
    const unsigned char *body = (const unsigned char *)at + sizeof(struct head);
    size_t numbers = run->number_count * sizeof(*run->numbers);
    size_t draws = draw_count(run) * sizeof(*run->draw);
    struct head head;

    if (size < sizeof(head))
        return ent_fail(err, ENT_EFORMAT, "%zu bytes are too few for a saved run", size);
    memcpy(&head, at, sizeof(head));
    if (head.magic != magic)
        return ent_fail(err, ENT_EFORMAT, "not a run saved by this version on this machine");
    if (head.digest != identity(run))
        return ent_fail(err, ENT_EFORMAT,
                        "the saved run is of other votes, other options or another seed");
    if (size != ent__ideal_save_size(run) || head.numbers != run->number_count ||
        head.draws != draw_count(run) || head.done > run->total || head.complete > 1)
        return ent_fail(err, ENT_EFORMAT, "the saved run is damaged: its size is wrong");
    if (head.sum != sum_of(body, numbers + draws))
        return ent_fail(err, ENT_EFORMAT, "the saved run is damaged: its check sum is wrong");
    memcpy(run->numbers, body, numbers);
    memcpy(run->draw, body + numbers, draws);
    run->done = head.done;
    run->complete = head.complete;
    run->change = head.change;
    return ENT_OK;
}
