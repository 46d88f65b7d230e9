/* All of it is the panel's: arrays of one year, votes by session and by date. */
#include "query/choices_data.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/state.h"

enum {
    FIRST_YEAR = 1816,
    LAST_YEAR = 9998,
};

#define TIE(column_)                                                      \
    {                                                                     \
        .table = "atop_dyad", .column = (column_), .scope = ENT_SCOPE_ALL \
    }

static const struct ent_input tie_inputs[] = {
    TIE("defense"), TIE("offense"), TIE("neutral"), TIE("nonagg"), TIE("consul"),
};
static const struct ent_input cinc_inputs[] = {
    { .table = "nmc", .column = "cinc", .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_ALL },
};

static const struct ent_input gdp_inputs[] = {
    { .table = "wdi_gdp", .column = "gdp", .shape = ENT_SHAPE_STATE, .scope = ENT_SCOPE_ALL },
};

static const struct ent_measure_source ties = { .name = "atop",
                                                .inputs = tie_inputs,
                                                .input_count = ENT_OBLIGATIONS };
static const struct ent_measure_source cinc = { .name = "nmc",
                                                .inputs = cinc_inputs,
                                                .input_count = 1 };

static const struct ent_measure_source gdp = { .name = "wdi",
                                               .inputs = gdp_inputs,
                                               .input_count = 1 };

#define VOTES(table_)                                                                         \
    {                                                                                         \
        .table = (table_), .column = "vote", .shape = ENT_SHAPE_VOTES, .scope = ENT_SCOPE_ALL \
    }

static const struct ent_input vote_inputs[ENT_VOTE_FILES] = {
    VOTES("unga_vote"),
    VOTES("unvotes_vote"),
    VOTES("unga2015_vote"),
};
static const struct ent_measure_source votes[ENT_VOTE_FILES] = {
    { .name = "unga", .inputs = &vote_inputs[0], .input_count = 1 },
    { .name = "unvotes", .inputs = &vote_inputs[1], .input_count = 1 },
    { .name = "unga2015", .inputs = &vote_inputs[2], .input_count = 1 },
};

static bool
covers(const struct ent_choices_data *data, const struct ent_measure_source *source, int year)
{
    struct ent_coverage c = ent__panel_coverage(data->panel, source);

    return c.loaded && year >= c.first_year && year <= c.last_year;
}

/* The last year that treaties and votes both cover, or the one of them that is loaded. */
static int last_year(const struct ent_choices_data *data)
{
    struct ent_coverage treaties = ent__panel_coverage(data->panel, &ties);
    int last = 0;

    for (int f = 0; f < ENT_VOTE_FILES; f++) {
        struct ent_coverage c = ent__panel_coverage(data->panel, &votes[f]);

        last = c.loaded && c.last_year > last ? c.last_year : last;
    }
    if (treaties.loaded && (!last || treaties.last_year < last))
        last = treaties.last_year;
    return last;
}

/* One file's roll calls of the year, as values. */
static enum ent_status
read_ballots(struct ent_choices_data *data, int file, int period, struct ent_error *err)
{
    struct ent_ballots *to = &data->ballots[file][period];
    const struct ent_votes *v;
    struct ent_inputs in;
    size_t cells;

    if (!covers(data, &votes[file], data->year))
        return ENT_OK;
    ENT_TRY(ent__panel_inputs(data->panel, &votes[file], ENT_EXTENT_ALL, &in, err));
    v = in.at[0].votes;
    cells = v->items * data->n;
    to->value = ent__arena_array(&data->arena, cells + 1, 1);
    if (!to->value)
        return ent_fail(err, ENT_ENOMEM, "out of memory for votes");
    to->items = v->items;
    if (cells)
        ent_similarity_code_votes(v->vote, cells, to->value);
    for (size_t k = 0; k < cells && !data->absences[file]; k++)
        data->absences[file] = to->value[k] == ENT_VALUE_ABSENT;
    return ENT_OK;
}

static enum ent_status read_votes(struct ent_choices_data *data, struct ent_error *err)
{
    static const struct ent_conventions periods[ENT_VOTE_PERIODS] = {
        { .period = ENT_PERIOD_SESSION },
        { .period = ENT_PERIOD_CALENDAR },
    };

    for (int period = ENT_VOTE_PERIODS; period-- > 0;) {
        ent__panel_conventions(data->panel, &periods[period]);
        for (int f = 0; f < ENT_VOTE_FILES; f++)
            ENT_TRY(read_ballots(data, f, period, err));
    }
    return ENT_OK;
}

/* Regions are always known; who is relevant, only with contiguity loaded. */
static enum ent_status read_systems(struct ent_choices_data *data, struct ent_error *err)
{
    static const struct ent_conventions relevant = { .given = ENT_CONVENTION_SYSTEM,
                                                     .system = ENT_SYSTEM_RELEVANT };
    const struct ent_measure_source *needed =
        ent__convention_source(&relevant, ENT_CONVENTION_SYSTEM);

    ENT_TRY(ent__panel_system(data->panel, ENT_SYSTEM_REGION, &data->system[0], err));
    data->systems = 1;
    if (!ent__panel_coverage(data->panel, needed).loaded)
        return ENT_OK;
    ENT_TRY(ent__panel_system(data->panel, ENT_SYSTEM_RELEVANT, &data->system[1], err));
    data->systems = ENT_TIE_SYSTEMS;
    return ENT_OK;
}

/* Weights stand in the order of the choice, so that GDP is one only beside CINC. */
static enum ent_status read_ties(struct ent_choices_data *data, struct ent_error *err)
{
    static const struct ent_measure_source *const weights[ENT_TIE_WEIGHTS] = { &cinc, &gdp };
    struct ent_inputs in;

    if (!covers(data, &ties, data->year))
        return ENT_OK;
    ENT_TRY(ent__panel_inputs(data->panel, &ties, ENT_EXTENT_ALL, &in, err));
    for (int o = 0; o < ENT_OBLIGATIONS; o++)
        data->owed[o] = in.at[o].v;
    data->ties = true;
    data->target = ent__arena_array(&data->arena, data->n + 1, sizeof(*data->target));
    if (!data->target)
        return ent_fail(err, ENT_ENOMEM, "out of memory for treaty ties");
    for (size_t s = 0; s < data->n; s++)
        data->target[s] = (int32_t)s;
    ENT_TRY(read_systems(data, err));
    for (int k = 0; k < ENT_TIE_WEIGHTS; k++) {
        if (!covers(data, weights[k], data->year))
            return ENT_OK;
        ENT_TRY(ent__panel_inputs(data->panel, weights[k], ENT_EXTENT_ALL, &in, err));
        data->weight[data->weights++] = in.at[0].v;
    }
    return ENT_OK;
}

/* Go to the data's year, and find the two states in it. */
static enum ent_status
find_states(struct ent_choices_data *data, int a, int b, struct ent_error *err)
{
    const int ids[2] = { a, b };
    size_t *const at[2] = { &data->a, &data->b };

    ENT_TRY(ent__panel_year(data->panel, data->year, err));
    for (size_t i = 0; i < ent_state_count(); i++)
        data->n += ent__panel_index(data->panel, ent_state_at(i)->id) >= 0;
    for (int k = 0; k < 2; k++) {
        int found = ent__panel_index(data->panel, ids[k]);

        if (found < 0)
            return ent_fail(err, ENT_ENOTFOUND, "%s was no member of the state system in %d",
                            ent_state_name(ids[k], data->year), data->year);
        *at[k] = (size_t)found;
    }
    return ENT_OK;
}

static enum ent_status
choose_year(struct ent_choices_data *data, int year, struct ent_error *err)
{
    int last = last_year(data);
    bool any = false;

    if (!last)
        return ent_fail(err, ENT_ENOTFOUND,
                        "neither treaties (atop) nor votes (unga, unvotes, unga2015) are "
                        "loaded: see entente data");
    data->year = year ? year : last;
    if (data->year < FIRST_YEAR || data->year > LAST_YEAR)
        return ent_fail(err, ENT_EINVAL, "the year %d; the state system begins in %d",
                        data->year, FIRST_YEAR);
    any = covers(data, &ties, data->year);
    for (int f = 0; f < ENT_VOTE_FILES; f++)
        any |= covers(data, &votes[f], data->year);
    if (!any)
        return ent_fail(err, ENT_ENOTFOUND,
                        "no treaties or votes of %d are loaded; both are there in %d",
                        data->year, last);
    return ENT_OK;
}

enum ent_status ent__choices_data_read(struct ent_choices_data *data, struct ent_store *store,
                                       int a, int b, int year, struct ent_error *err)
{
    memset(data, 0, sizeof(*data));
    ENT_TRY(ent__panel_open(store, &data->panel, err));
    ENT_TRY(choose_year(data, year, err));
    ENT_TRY(find_states(data, a, b, err));
    ENT_TRY(read_votes(data, err));
    return read_ties(data, err);
}

void ent__choices_data_release(struct ent_choices_data *data)
{
    ent__panel_close(data->panel);
    ent__arena_release(&data->arena);
    memset(data, 0, sizeof(*data));
}

/* The level of what one state owes another, or ENT_VALUE_MISSING. */
static int8_t level_of(const struct ent_choices_data *data, int kind, size_t cell)
{
    static const int8_t worth[ENT_OBLIGATIONS] = { 3, 3, 2, 1, 2 };
    int8_t highest = 0;

    if (kind >= ENT_TIE_KINDS - ENT_OBLIGATIONS) {
        double owed = data->owed[kind - (ENT_TIE_KINDS - ENT_OBLIGATIONS)][cell];

        return isnan(owed) ? ENT_VALUE_MISSING : owed > 0;
    }
    for (int o = 0; o < ENT_OBLIGATIONS; o++) {
        if (isnan(data->owed[o][cell]))
            return ENT_VALUE_MISSING;
        if (data->owed[o][cell] > 0 && worth[o] > highest)
            highest = worth[o];
    }
    return highest;
}

int ent__choices_ties(const struct ent_choices_data *data, int kind, bool own, int8_t *value)
{
    size_t n = data->n;

    for (size_t target = 0; target < n; target++) {
        for (size_t s = 0; s < n; s++) {
            int8_t there = level_of(data, kind, s * n + target);
            int8_t back = level_of(data, kind, target * n + s);
            bool known = s != target && there >= 0 && back >= 0;

            value[target * n + s] = !known                ? ENT_VALUE_MISSING
                                    : own || there > back ? there
                                                          : back;
        }
    }
    return kind >= ENT_TIE_KINDS - ENT_OBLIGATIONS ? 2 : 4;
}
