/*
 * How long portfolio similarity takes: every measure of every pair of every UN session,
 * and of every year of ATOP, from arrays in memory to arrays in memory.
 *
 *   bench_similarity STORE [THREADS]     the votes (unvotes) and ATOP of a store
 *   bench_similarity - [THREADS]         random data of the same size
 *
 * Prints the work there is (pairs, items, words of bits), then the best of ten runs for
 * the values, for values and standard errors, and where the time of one run goes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/rng.h"
#include "entente/similarity.h"
#include "measure/similarity.h"
#include "panel/panel.h"

enum {
    PERIODS = 256,
    RUNS = 10,
    PAIRS = 256 * 255 / 2,
    KINDS = ENT_SIMILARITY_KINDS,
};

struct set {
    const char *name;
    struct ent_similarity_options options;
    struct ent_portfolios period[PERIODS];
    size_t count;
};

static double value[2 * KINDS][PAIRS];
static uint32_t common[PAIRS];

static void fail(const char *what)
{
    fprintf(stderr, "bench_similarity: %s\n", what);
    exit(EXIT_FAILURE);
}

static void *room(size_t count, size_t size)
{
    void *at = ent__calloc(count + 1, size);

    if (!at)
        fail("out of memory");
    return at;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
add(struct set *set, size_t states, size_t items, int levels, int8_t *values, double *weight)
{
    int32_t *self = room(items, sizeof(*self));

    for (size_t k = 0; k < items; k++)
        self[k] = (int32_t)k;
    set->period[set->count++] =
        (struct ent_portfolios){ .states = states,
                                 .items = items,
                                 .levels = levels,
                                 .value = values,
                                 .item_state = levels == 3 ? NULL : self,
                                 .weight = weight };
}

/* 54 states and 40 roll calls in 1946, 193 and 100 in 2019; ties from 1816 on. */
static void make_random(struct set *votes, struct set *ties)
{
    struct ent_rng rng = ent__rng(1, 0, 0);

    for (size_t s = 0; s < 74; s++) {
        size_t states = 54 + s * 139 / 73, items = 40 + s * 60 / 73;
        int8_t *v = room(states * items, 1);

        for (size_t k = 0; k < states * items; k++)
            v[k] = (int8_t)((int)ent__rng_below(&rng, 4) - 1);
        add(votes, states, items, 3, v, NULL);
    }
    for (size_t year = 0; year < 203; year++) {
        size_t states = year < 130 ? 25 + year * 40 / 130 : 66 + (year - 130) * 129 / 72;
        int8_t *v = room(states * states, 1);
        double *weight = room(states, sizeof(*weight));

        for (size_t k = 0; k < states * states; k++)
            v[k] = (int8_t)(ent__rng_below(&rng, 5) ? 0 : ent__rng_below(&rng, 4));
        for (size_t k = 0; k < states; k++)
            weight[k] = ent__rng_unit(&rng);
        add(ties, states, states, 4, v, weight);
    }
}

#define ATOP(column_)                             \
    {                                             \
        .table = "atop_dyad", .column = (column_) \
    }

static const struct ent_input vote_inputs[] = {
    { .table = "unvotes_vote", .column = "vote", .shape = ENT_SHAPE_VOTES },
};
static const struct ent_input tie_inputs[] = {
    ATOP("defense"), ATOP("offense"),
    ATOP("neutral"), ATOP("nonagg"),
    ATOP("consul"),  { .table = "nmc", .column = "cinc", .shape = ENT_SHAPE_STATE },
};
static const struct ent_measure_source vote_source = {
    .name = "unvotes", .datasets = "unvotes", .inputs = vote_inputs, .input_count = 1
};
static const struct ent_measure_source tie_source = {
    .name = "atop", .datasets = "atop nmc", .inputs = tie_inputs, .input_count = 6
};

/* The states that cast any vote. */
static void take_votes(const struct ent_inputs *in, struct set *set)
{
    const struct ent_votes *votes = in->at[0].votes;
    size_t at[ENT_MEASURE_STATES], states = 0;
    int8_t *v;

    for (size_t s = 0; s < in->n; s++) {
        bool any = false;

        for (size_t k = 0; k < votes->items; k++)
            any = any || votes->vote[k * in->n + s] > 0;
        if (any)
            at[states++] = s;
    }
    v = room(states * votes->items, 1);
    for (size_t k = 0; k < votes->items; k++) {
        for (size_t s = 0; s < states; s++)
            ent_similarity_code_votes(&votes->vote[k * in->n + at[s]], 1, &v[k * states + s]);
    }
    add(set, states, votes->items, 3, v, NULL);
}

static void
take_ties(const struct ent_panel *panel, const struct ent_inputs *in, struct set *set)
{
    static const int8_t worth[] = { 3, 3, 2, 1, 2 };
    size_t at[ENT_MEASURE_STATES], states = 0;
    double *weight;
    int8_t *v;

    for (size_t s = 0; s < in->n; s++) {
        if (ent__panel_member(panel, s))
            at[states++] = s;
    }
    v = room(states * states, 1);
    weight = room(states, sizeof(*weight));
    for (size_t k = 0; k < states; k++) {
        weight[k] = in->at[5].v[at[k]];
        for (size_t s = 0; s < states; s++) {
            for (size_t o = 0; o < 5; o++) {
                if ((in->at[o].v[at[s] * in->n + at[k]] > 0 ||
                     in->at[o].v[at[k] * in->n + at[s]] > 0) &&
                    worth[o] > v[k * states + s])
                    v[k * states + s] = worth[o];
            }
        }
    }
    add(set, states, states, 4, v, weight);
}

static void take_store(const char *path, struct set *votes, struct set *ties)
{
    struct ent_store *store;
    struct ent_panel *panel;
    struct ent_error err = { 0 };
    struct ent_inputs in;

    if (ent_store_open(path, ENT_STORE_READ, &store, &err) != ENT_OK ||
        ent__panel_open(store, &panel, &err) != ENT_OK)
        fail(err.message);
    for (int year = 1816; year <= 2019; year++) {
        if (ent__panel_year(panel, year, &err) != ENT_OK)
            fail(err.message);
        if (year >= 1946) {
            if (ent__panel_inputs(panel, &vote_source, ENT_EXTENT_ALL, &in, &err) != ENT_OK)
                fail(err.message);
            take_votes(&in, votes);
        }
        if (year <= 2018) {
            if (ent__panel_inputs(panel, &tie_source, ENT_EXTENT_ALL, &in, &err) != ENT_OK)
                fail(err.message);
            take_ties(panel, &in, ties);
        }
    }
    ent__panel_close(panel);
    ent_store_close(store);
}

static double run(const struct set *set, const struct ent_similarity_columns *columns)
{
    double best = INFINITY;

    for (int r = 0; r < RUNS; r++) {
        double began = now(), took;

        for (size_t p = 0; p < set->count; p++) {
            if (ent_similarity_pairs(&set->period[p], &set->options, columns, NULL) != ENT_OK)
                fail("a period was refused");
        }
        took = now() - began;
        best = took < best ? took : best;
    }
    return best;
}

/* Coding alone, and with counting: what is left of a run are the formulas. */
static void split(const struct set *set, double *coding, double *counting)
{
    static struct ent_counts counts;
    struct ent_pair pairs[ENT_SIMILARITY_BLOCK];
    struct ent_coded coded;
    double began = now();

    for (size_t p = 0; p < set->count; p++) {
        if (ent__similarity_code(&set->period[p], &set->options, &coded, NULL) != ENT_OK)
            fail("a period was refused");
        ent__coded_release(&coded);
    }
    *coding = now() - began;
    *counting = 0;
    for (size_t p = 0; p < set->count; p++) {
        size_t left = ent_similarity_pair_count(set->period[p].states), block = 0;

        if (ent__similarity_code(&set->period[p], &set->options, &coded, NULL) != ENT_OK)
            fail("a period was refused");
        began = now();
        for (; left > 0; block++) {
            size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

            for (size_t k = 0; k < size; k++)
                pairs[k] = (struct ent_pair){
                    (uint16_t)(block % set->period[p].states),
                    (uint16_t)(k % set->period[p].states),
                };
            ent__similarity_count(&coded.planes, pairs, size, &coded.plan, &counts);
            if (coded.plan.weighted)
                ent__similarity_weigh(&coded.planes, &coded.weights, pairs, size, &coded.plan,
                                      &counts);
            left -= size;
        }
        *counting += now() - began;
        ent__coded_release(&coded);
    }
}

static void measure(const struct set *set)
{
    struct ent_similarity_columns columns = { .n = common };
    size_t pairs = 0, items = 0, words = 0;
    double values, both, coding, counting;

    for (size_t p = 0; p < set->count; p++) {
        size_t here = ent_similarity_pair_count(set->period[p].states);

        pairs += here;
        items += set->period[p].items;
        words += here * (set->period[p].items / 64 + 1);
    }
    for (size_t k = 0; k < KINDS; k++)
        columns.value[k] = value[k];
    values = run(set, &columns);
    for (size_t k = 0; k < KINDS; k++)
        columns.error[k] = value[KINDS + k];
    both = run(set, &columns);
    split(set, &coding, &counting);
    printf("%s: %zu periods, %zu pairs, %zu items, %zu pairs of words\n", set->name, set->count,
           pairs, items, words);
    printf("  values             %.3f s  %4.0f ns a pair\n", values,
           values / (double)pairs * 1e9);
    if (set->options.threads <= 1)
        printf("    coding %.3f, counting %.3f, formulas %.3f\n", coding, counting,
               values - coding - counting);
    printf("  values and errors  %.3f s  %4.0f ns a pair\n", both, both / (double)pairs * 1e9);
}

int main(int argc, char **argv)
{
    static struct set votes = { .name = "UN votes" };
    static struct set ties = { .name = "ATOP, valued and weighted" };

    if (argc < 2) {
        fprintf(stderr, "usage: bench_similarity STORE|- [THREADS]\n");
        return 2;
    }
    if (strcmp(argv[1], "-") == 0)
        make_random(&votes, &ties);
    else
        take_store(argv[1], &votes, &ties);
    votes.options.threads = ties.options.threads = argc > 2 ? atoi(argv[2]) : 1;
    votes.options.drop_share = 1;
    measure(&votes);
    measure(&ties);
    ties.name = "ATOP, binary";
    ties.options.binary_from = 2;
    measure(&ties);
    return 0;
}
