/* What the tests of measures share: arrays of four states, and one value out of them. */
#ifndef ENTENTE_TESTS_MEASURE_VALUES_H
#define ENTENTE_TESTS_MEASURE_VALUES_H

#include <math.h>
#include <string.h>

#include "check_main.h"
#include "measure/family.h"

enum {
    A,
    B,
    C,
    H, /* a territory */
    N
};

static const int16_t ids[N] = { 2, 200, 710, 1028 };
static const int16_t entries[N] = { 1816, 1950, 1860, 0 };

/* Arrays given to a measure, in the order of its inputs. */
struct given {
    const double *v[ENT_INPUTS];
    const struct ent_votes *votes;
    int year;
};

struct sums {
    double row[ENT_INPUTS][N], column[ENT_INPUTS][N];
    uint32_t row_count[ENT_INPUTS][N], column_count[ENT_INPUTS][N];
};

static inline const struct ent_measure *measure_of(const char *id)
{
    struct ent_error err;
    size_t index;

    ck_assert_msg(ent_measure_find(id, &index, &err) == ENT_OK, "%s", id);
    return ent__measure_at(index);
}

static inline const struct ent_measure_source *
source_of(const struct ent_measure *measure, const char *name)
{
    for (size_t s = 0; s < measure->from_count; s++)
        if (strcmp(measure->from[s].name, name) == 0)
            return &measure->from[s];
    ck_abort_msg("%s has no source %s", measure->info.id, name);
}

static inline void fill_sums(struct ent_array *array, struct sums *sums, size_t input)
{
    memset(sums->row[input], 0, sizeof(sums->row[input]));
    memset(sums->column[input], 0, sizeof(sums->column[input]));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double value = array->v[i * N + j];

            if (i == j || isnan(value))
                continue;
            sums->row[input][i] += value;
            sums->column[input][j] += value;
            sums->row_count[input][i]++;
            sums->column_count[input][j]++;
        }
    array->row_sum = sums->row[input];
    array->column_sum = sums->column[input];
    array->row_count = sums->row_count[input];
    array->column_count = sums->column_count[input];
}

/* The value of one pair; computed once alone and once with its working, which must agree. */
static inline double value_of(const char *id, const char *source, const struct given *given,
                              uint16_t from, uint16_t to)
{
    const struct ent_measure *measure = measure_of(id);
    struct ent_inputs in = { .source = source_of(measure, source),
                             .year = given->year ? given->year : 2014,
                             .n = N,
                             .states = ids,
                             .entry = entries,
                             .poles = { 2, 710 } };
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_steps steps = { .arena = &arena, .from = "FRM", .to = "TOO" };
    struct ent_pair pair = { from, to };
    struct sums sums;
    double alone, traced;

    memset(&sums, 0, sizeof(sums));
    for (size_t i = 0; i < in.source->input_count; i++) {
        in.at[i].v = given->v[i];
        in.at[i].votes = given->votes;
        if (in.source->inputs[i].shape == ENT_SHAPE_DYAD)
            fill_sums(&in.at[i], &sums, i);
    }
    if (in.source->prepare)
        ck_assert_int_eq(in.source->prepare(&in, &arena, &in.prepared, NULL), ENT_OK);
    measure->compute(measure, &in, &pair, 1, &alone, NULL);
    measure->compute(measure, &in, &pair, 1, &traced, &steps);
    ck_assert_msg(steps.count > 0, "%s shows no working", id);
    ck_assert(memcmp(&alone, &traced, sizeof(alone)) == 0 || (isnan(alone) && isnan(traced)));
    for (size_t s = 0; s < steps.count; s++)
        ck_assert(steps.at[s].text[0] && steps.at[s].unit);
    ent__arena_release(&arena);
    return alone;
}

static inline void is(const char *id, const char *source, const struct given *given,
                      uint16_t from, uint16_t to, double want)
{
    double got = value_of(id, source, given, from, to);

    if (isnan(want))
        ck_assert_msg(isnan(got), "%s (%s) %d -> %d is %g, not unknown", id, source, from, to,
                      got);
    else
        ck_assert_msg(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)),
                      "%s (%s) %d -> %d is %.15g, not %.15g", id, source, from, to, got, want);
}

#endif
