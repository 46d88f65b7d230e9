/*
 * All measures.  A family is a file; its line is here.  Entries are put in order
 * of their dimensions once, on first use, and each gets the list of its sources.
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "measure/family.h"

static const struct ent_family *const families[] = {
    &ent__commitment_family,      &ent__organisations_family, &ent__votes_family,
    &ent__vetoes_family,          &ent__ideal_family,         &ent__trade_family,
    &ent__commodities_family,     &ent__energy_family,        &ent__power_family,
    &ent__investment_family,      &ent__influence_family,     &ent__arms_family,
    &ent__exercises_family,       &ent__spending_family,      &ent__conflict_family,
    &ent__geography_family,       &ent__regime_family,        &ent__visits_family,
    &ent__gravity_family,         &ent__third_party_family,   &ent__courtship_family,
    &ent__trade_structure_family, &ent__balance_family,       &ent__trust_family,
    &ent__portfolio_family,       &ent__hedging_family,       &ent__treaties_family,
    &ent__goods_family,           &ent__delivery_family,      &ent__talk_family,
    &ent__votes_beside_family,
};

enum {
    MEASURES_MOST = 512,
    SOURCES_MOST = 2048,
    ID_LONGEST = 64,
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct ent_measure measures[MEASURES_MOST];
static size_t measure_count;
static const char *names[SOURCES_MOST], *datasets[SOURCES_MOST];
static size_t source_count;

static void add(const struct ent_measure *measure)
{
    struct ent_measure *to = &measures[measure_count];

    assert(measure_count < MEASURES_MOST);
    assert(source_count + measure->from_count <= SOURCES_MOST);
    *to = *measure;
    to->info.source_count = measure->from_count;
    to->info.sources = &names[source_count];
    to->info.datasets = &datasets[source_count];
    for (size_t s = 0; s < measure->from_count; s++) {
        names[source_count] = measure->from[s].name;
        datasets[source_count++] = measure->from[s].datasets;
    }
    measure_count++;
}

static void gather(void)
{
    for (int dimension = 0; dimension < ENT_DIMENSIONS; dimension++)
        for (size_t f = 0; f < ENT_COUNT_OF(families); f++)
            for (size_t m = 0; m < families[f]->count; m++)
                if ((int)families[f]->measures[m].info.dimension == dimension)
                    add(&families[f]->measures[m]);
}

size_t ent_measure_count(void)
{
    pthread_once(&once, gather);
    return measure_count;
}

const struct ent_measure *ent__measure_at(size_t index)
{
    assert(index < ent_measure_count());
    return &measures[index];
}

const struct ent_measure_info *ent_measure_at(size_t index)
{
    return index < ent_measure_count() ? &measures[index].info : NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, drop or change to make one text the other (Levenshtein); cut at ID_LONGEST.
 */
static size_t edits(const char *a, const char *b)
{
    size_t row[ID_LONGEST + 1];
    size_t a_length = strnlen(a, ID_LONGEST), b_length = strnlen(b, ID_LONGEST);

    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);

            corner = row[j];
            row[j] = least(change, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_length];
}

/* How far an id is from what was asked; a text that stands within the id is near it. */
static size_t distance(const char *asked, const char *id)
{
    size_t whole = 2 * edits(asked, id);

    return asked[0] && strstr(id, asked) ? least(whole, 1) : whole;
}

enum ent_status ent_measure_find(const char *id, size_t *index, struct ent_error *err)
{
    size_t count = ent_measure_count(), nearest = 0;

    if (!id)
        return ent_fail(err, ENT_EINVAL, "no measure was named");
    for (size_t m = 0; m < count; m++) {
        if (strcmp(id, measures[m].info.id) == 0) {
            *index = m;
            return ENT_OK;
        }
    }
    for (size_t m = 0; m < count; m++) {
        if (distance(id, measures[m].info.id) < distance(id, measures[nearest].info.id))
            nearest = m;
    }
    if (distance(id, measures[nearest].info.id) >
        strnlen(id, ID_LONGEST)) /* half its letters */
        return ent_fail(err, ENT_ENOTFOUND, "no measure is called \"%.80s\"", id);
    return ent_fail(err, ENT_ENOTFOUND, "no measure is called \"%.80s\"; the nearest is \"%s\"",
                    id, measures[nearest].info.id);
}

const char *ent_dimension_name(enum ent_dimension dimension)
{
    switch (dimension) {
    case ENT_DIM_COMMITMENT:
        return "commitment";
    case ENT_DIM_FOREIGN_POLICY:
        return "foreign policy";
    case ENT_DIM_ECONOMY:
        return "economy";
    case ENT_DIM_MILITARY:
        return "military";
    case ENT_DIM_TRUST:
        return "trust";
    case ENT_DIM_VALUES:
        return "values";
    case ENT_DIM_THIRD_PARTIES:
        return "third parties";
    case ENT_DIM_DELIVERY:
        return "delivery";
    case ENT_DIM_OWN:
        return "your own tables";
    }
    return "unknown";
}

const char *ent_direction_name(enum ent_direction direction)
{
    switch (direction) {
    case ENT_UNDIRECTED:
        return "undirected";
    case ENT_DIRECTED:
        return "directed";
    case ENT_MONADIC:
        return "of one state";
    }
    return "unknown";
}
