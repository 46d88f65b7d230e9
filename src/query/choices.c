/*
 * All combinations of the choices that apply are listed, each is computed for all dyads
 * of the year (threads share the combinations), and then they are compared.
 */
#include "entente/choices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "base/alloc.h"
#include "entente/state.h"
#include "query/choices_data.h"

enum {
    MOST = 2048, /* combinations */
    MOST_THREADS = 4,
};

static const double nearly_all = 0.95;

static const struct ent_choice_info choices[ENT_CHOICES] = {
    [ENT_CHOICE_TIE] = {
        "tie", "treaty ties", 8,
        { "valued", "binary", "any", "defense", "offense", "neutrality", "nonaggression",
          "consultation" },
        { "levels: 3 defence or offence, 2 neutrality or consultation, 1 non-aggression",
          "a pledge to defend, attack, stay neutral or consult, or none",
          "any pledge, mere non-aggression too, or none", "a pledge of defence, or none",
          "a pledge to join an attack, or none", "a pledge of neutrality, or none",
          "a pledge not to attack, or none", "a pledge to consult, or none" },
    },
    [ENT_CHOICE_OWED] = {
        "owed", "obligations", 2, { "either", "own" },
        { "what either owes the other, the higher", "only what a state itself owes" },
    },
    [ENT_CHOICE_SELF_TIES] = {
        "self_ties", "self-ties", 2, { "highest", "excluded" },
        { "a state has the highest tie with itself", "the two states are no targets" },
    },
    [ENT_CHOICE_SYSTEM] = {
        "system", "targets", 3, { "all", "region", "relevant" },
        { "all members of the state system", "states of the two's regions (COW)",
          "states contiguous to one of the two, or with a major power in the pair" },
    },
    [ENT_CHOICE_WEIGHTS] = {
        "weights", "weights", 3, { "none", "cinc", "gdp" },
        { "all targets count alike", "a target counts by its share of capabilities (CINC)",
          "a target counts by its gross domestic product (WDI)" },
    },
    [ENT_CHOICE_FILE] = {
        "file", "vote file", 3, { "unga", "unvotes", "unga2015" },
        { "sessions 1 to 78", "R package unvotes", "edition to 2015, with absences" },
    },
    [ENT_CHOICE_PERIOD] = {
        "period", "period", 2, { "session", "calendar" },
        { "the session that opens in the year", "votes dated in the year" },
    },
    [ENT_CHOICE_ABSENT] = {
        "absent", "absent votes", 2, { "missing", "abstain" },
        { "left out", "counted as abstentions" },
    },
    [ENT_CHOICE_UNANIMOUS] = {
        "unanimous", "unanimous votes", 3, { "dropped", "kept", "near-dropped" },
        { "left out", "counted", "left out, and so are those with 95 % voting alike" },
    },
    [ENT_CHOICE_RANGE] = {
        "range", "range of levels", 2, { "theoretical", "observed" },
        { "the highest difference that there can be", "what the two states' levels span" },
    },
    [ENT_CHOICE_UNDEFINED] = {
        "undefined", "undefined", 2, { "missing", "zero" },
        { "no value where chance explains all", "0 where chance explains all" },
    },
};

const struct ent_choice_info *ent_choice_info(enum ent_choice choice)
{
    return (unsigned)choice < ENT_CHOICES ? &choices[choice] : NULL;
}

/* How many values of each choice apply to one portfolio: 0 leaves the choice at -1. */
struct radix {
    enum ent_choices_of of;
    int file;
    int8_t count[ENT_CHOICES];
};

static bool has_range(enum ent_similarity_kind kind)
{
    return kind == ENT_SIMILARITY_S_ABSOLUTE || kind == ENT_SIMILARITY_S_SQUARED ||
           kind == ENT_SIMILARITY_AGREEMENT || kind == ENT_SIMILARITY_CHANCE_CORRECTED;
}

static bool has_weights(enum ent_similarity_kind kind)
{
    return kind == ENT_SIMILARITY_S_ABSOLUTE || kind == ENT_SIMILARITY_S_SQUARED;
}

/* Whether chance can leave it undefined. */
static bool has_undefined(enum ent_similarity_kind kind)
{
    return kind >= ENT_SIMILARITY_KAPPA && kind <= ENT_SIMILARITY_PI_NOMINAL;
}

struct work {
    struct ent_choices_data data;
    const struct ent_choices_options *options;
    struct ent_choices *out;
    size_t pairs;
};

/* Add all combinations of a radix, the last choice turning fastest. */
static void add_combinations(struct work *w, const struct radix *radix)
{
    struct ent_combination c = { .of = radix->of };
    int digit;

    for (int k = 0; k < ENT_CHOICES; k++)
        c.at[k] = radix->count[k] ? 0 : -1;
    if (radix->of == ENT_CHOICES_VOTES)
        c.at[ENT_CHOICE_FILE] = (int8_t)radix->file;
    do {
        if (w->out->count < MOST)
            w->out->combinations[w->out->count++] = c;
        for (digit = ENT_CHOICES - 1; digit >= 0; digit--) {
            if (radix->count[digit] < 2)
                continue;
            if (++c.at[digit] < radix->count[digit])
                break;
            c.at[digit] = 0;
        }
    } while (digit >= 0);
}

static void list_combinations(struct work *w)
{
    const struct ent_choices_data *data = &w->data;
    enum ent_similarity_kind kind = w->options->kind;
    struct radix ties = { .of = ENT_CHOICES_TIES };

    ties.count[ENT_CHOICE_TIE] = ENT_TIE_KINDS;
    ties.count[ENT_CHOICE_OWED] = 2;
    ties.count[ENT_CHOICE_SELF_TIES] = 2;
    ties.count[ENT_CHOICE_SYSTEM] = (int8_t)(1 + data->systems);
    ties.count[ENT_CHOICE_WEIGHTS] = has_weights(kind) ? (int8_t)(1 + data->weights) : 0;
    ties.count[ENT_CHOICE_RANGE] = has_range(kind) ? 2 : 0;
    ties.count[ENT_CHOICE_UNDEFINED] = has_undefined(kind);
    if (data->ties)
        add_combinations(w, &ties);
    for (int f = 0; f < ENT_VOTE_FILES; f++) {
        struct radix votes = { .of = ENT_CHOICES_VOTES, .file = f };

        if (!data->ballots[f][0].items)
            continue;
        votes.count[ENT_CHOICE_PERIOD] = data->ballots[f][1].items ? 2 : 1;
        votes.count[ENT_CHOICE_ABSENT] = data->absences[f] ? 2 : 1;
        votes.count[ENT_CHOICE_UNANIMOUS] = 3;
        votes.count[ENT_CHOICE_RANGE] = has_range(kind) ? 2 : 0;
        votes.count[ENT_CHOICE_UNDEFINED] = has_undefined(kind);
        add_combinations(w, &votes);
    }
}

/* What one thread works with. */
struct bench {
    int8_t *ties;
    double *values;
};

/* The portfolios, options and kind that a combination stands for. */
static enum ent_similarity_kind set_up(const struct work *w, const struct ent_combination *c,
                                       struct bench *bench, struct ent_portfolios *p,
                                       struct ent_similarity_options *o)
{
    const struct ent_choices_data *data = &w->data;
    enum ent_similarity_kind kind = w->options->kind;
    int tie = c->at[ENT_CHOICE_TIE];

    *p = (struct ent_portfolios){ .states = data->n };
    *o = (struct ent_similarity_options){
        .range = c->at[ENT_CHOICE_RANGE] == 1 ? ENT_RANGE_OBSERVED : ENT_RANGE_THEORETICAL,
        .undefined = c->at[ENT_CHOICE_UNDEFINED] == 1 ? ENT_UNDEFINED_ZERO : ENT_UNDEFINED_NAN,
    };
    if (c->of == ENT_CHOICES_VOTES) {
        const struct ent_ballots *b =
            &data->ballots[c->at[ENT_CHOICE_FILE]][c->at[ENT_CHOICE_PERIOD]];

        p->items = b->items;
        p->value = b->value;
        p->levels = 3;
        o->absent = c->at[ENT_CHOICE_ABSENT] == 1 ? ENT_ABSENT_MIDDLE : ENT_ABSENT_MISSING;
        o->drop_share = c->at[ENT_CHOICE_UNANIMOUS] == 0   ? 1
                        : c->at[ENT_CHOICE_UNANIMOUS] == 2 ? nearly_all
                                                           : 0;
        return kind;
    }
    p->items = data->n;
    p->levels = ent__choices_ties(data, tie, c->at[ENT_CHOICE_OWED] == 1, bench->ties);
    p->value = bench->ties;
    p->item_state = data->target;
    o->binary_from = tie == 1 ? 2 : tie == 2 ? 1 : 0;
    o->self_ties =
        c->at[ENT_CHOICE_SELF_TIES] == 1 ? ENT_SELF_TIES_EXCLUDED : ENT_SELF_TIES_HIGHEST;
    if (c->at[ENT_CHOICE_SYSTEM] > 0)
        p->system = data->system[c->at[ENT_CHOICE_SYSTEM] - 1];
    if (c->at[ENT_CHOICE_WEIGHTS] < 1)
        return kind;
    p->weight = data->weight[c->at[ENT_CHOICE_WEIGHTS] - 1];
    return kind == ENT_SIMILARITY_S_ABSOLUTE ? ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED
                                             : ENT_SIMILARITY_S_SQUARED_WEIGHTED;
}

static void find_place(struct ent_combination *c, const double *values, size_t count)
{
    size_t above = 0, equal = 0, known = 0;

    if (isnan(c->value))
        return;
    for (size_t k = 0; k < count; k++) {
        known += !isnan(values[k]);
        above += values[k] > c->value;
        equal += values[k] == c->value;
    }
    c->place = (uint32_t)above + 1;
    c->of_all = (uint32_t)known;
    c->percentile = ((double)(known - above - equal) + 0.5 * (double)equal) / (double)known;
}

static enum ent_status compute(const struct work *w, struct ent_combination *c,
                               struct bench *bench, struct ent_error *err)
{
    size_t i = w->data.a < w->data.b ? w->data.a : w->data.b;
    size_t j = w->data.a < w->data.b ? w->data.b : w->data.a;
    struct ent_similarity_bootstrap how = { .seed = w->options->seed,
                                            .replicates = w->options->replicates };
    struct ent_similarity_columns columns = { 0 };
    struct ent_similarity_intervals interval;
    struct ent_similarity_options options;
    struct ent_portfolios portfolios;
    struct ent_similarity pair;
    enum ent_similarity_kind kind = set_up(w, c, bench, &portfolios, &options);

    columns.value[kind] = bench->values;
    ENT_TRY(ent_similarity_pairs(&portfolios, &options, &columns, err));
    ENT_TRY(ent_similarity_pair(&portfolios, &options, i, j, &pair, err));
    c->value = pair.value[kind];
    c->error = pair.error[kind];
    c->n = pair.n;
    c->low = c->high = NAN;
    find_place(c, bench->values, w->pairs);
    if (how.replicates == 0)
        return ENT_OK;
    ENT_TRY(ent_similarity_bootstrap(&portfolios, &options, i, j, &how, &interval, err));
    c->low = interval.low[kind];
    c->high = interval.high[kind];
    return ENT_OK;
}

/* Compute combinations from `first` on, each into its own place. */
static enum ent_status compute_all(const struct work *w, size_t first, struct ent_error *err)
{
    int asked = w->options->threads > 0 ? w->options->threads : omp_get_num_procs();
    int threads = asked < MOST_THREADS ? asked : MOST_THREADS;
    enum ent_status status = ENT_OK;

#pragma omp parallel num_threads(threads)
    {
        struct ent_error mine = { 0 };
        struct bench bench = { .ties = ent__calloc(w->data.n * w->data.n + 1, 1),
                               .values = ent__calloc(w->pairs + 1, sizeof(double)) };
        enum ent_status done = bench.ties && bench.values
                                   ? ENT_OK
                                   : ent_fail(&mine, ENT_ENOMEM, "out of memory for choices");

#pragma omp for schedule(dynamic, 1)
        for (size_t k = first; k < w->out->count; k++) {
            if (done == ENT_OK)
                done = compute(w, &w->out->combinations[k], &bench, &mine);
        }
#pragma omp critical(choices_failure)
        if (done != ENT_OK && status == ENT_OK) {
            status = done;
            if (err)
                *err = mine;
        }
        ent__free(bench.ties);
        ent__free(bench.values);
    }
    return status;
}

/* Where chance alone leaves the dyad without a value, 0 is a choice. */
static void add_zeros(struct work *w)
{
    size_t count = w->out->count;

    for (size_t k = 0; k < count && w->out->count < MOST; k++) {
        struct ent_combination c = w->out->combinations[k];

        if (c.at[ENT_CHOICE_UNDEFINED] != 0 || c.n == 0 || !isnan(c.value))
            continue;
        c.at[ENT_CHOICE_UNDEFINED] = 1;
        w->out->combinations[w->out->count++] = c;
    }
}

/* The first vote file that has the year stands for the default one. */
static void mark_defaults(struct ent_choices *out)
{
    int file = -1;

    for (size_t k = 0; k < out->count; k++) {
        struct ent_combination *c = &out->combinations[k];

        if (file < 0)
            file = c->at[ENT_CHOICE_FILE];
        c->by_default = true;
        for (int choice = 0; choice < ENT_CHOICES; choice++) {
            int first = choice == ENT_CHOICE_FILE ? file : 0;

            c->by_default &= c->at[choice] < 0 || c->at[choice] == first;
        }
    }
}

static int by_value(const void *a, const void *b)
{
    const struct ent_combination *x = a;
    const struct ent_combination *y = b;

    if (isnan(x->value) != isnan(y->value))
        return isnan(x->value) ? 1 : -1;
    if (!isnan(x->value) && x->value != y->value)
        return x->value < y->value ? -1 : 1;
    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    return memcmp(x->at, y->at, sizeof(x->at));
}

/* Whether two combinations differ in one choice and nothing else. */
static bool
differ_only_in(const struct ent_combination *x, const struct ent_combination *y, int choice)
{
    for (int k = 0; k < ENT_CHOICES; k++) {
        if ((x->at[k] != y->at[k]) != (k == choice))
            return false;
    }
    return x->of == y->of;
}

static struct ent_choice_effect effect_of(const struct ent_choices *out, int choice)
{
    struct ent_choice_effect e = { .choice = (enum ent_choice)choice };
    double sum = 0;

    for (size_t i = 0; i < out->count; i++) {
        for (size_t j = i + 1; j < out->count; j++) {
            const struct ent_combination *x = &out->combinations[i];
            const struct ent_combination *y = &out->combinations[j];
            double change = fabs(x->value - y->value);

            if (isnan(change) || !differ_only_in(x, y, choice))
                continue;
            e.switches++;
            sum += change;
            e.most = change > e.most ? change : e.most;
        }
    }
    e.mean = e.switches ? sum / (double)e.switches : NAN;
    return e;
}

static int by_effect(const void *a, const void *b)
{
    const struct ent_choice_effect *x = a;
    const struct ent_choice_effect *y = b;

    if (x->mean != y->mean)
        return x->mean > y->mean ? -1 : 1;
    return (x->choice > y->choice) - (x->choice < y->choice);
}

static void find_effects(struct ent_choices *out)
{
    for (int k = 0; k < ENT_CHOICES; k++) {
        struct ent_choice_effect e = effect_of(out, k);

        if (e.switches)
            out->effects[out->effect_count++] = e;
    }
    qsort(out->effects, out->effect_count, sizeof(out->effects[0]), by_effect);
}

/* Combinations stand in order of their values, so that the median is in the middle. */
static struct ent_choices_spread
spread_of(const struct ent_choices *out, enum ent_choices_of of)
{
    struct ent_choices_spread s = { .of = of,
                                    .low = NAN,
                                    .median = NAN,
                                    .high = NAN,
                                    .by_default = SIZE_MAX,
                                    .closest = SIZE_MAX,
                                    .farthest = SIZE_MAX };
    const struct ent_combination *all = out->combinations;
    double value[MOST];

    for (size_t k = 0; k < out->count; k++) {
        if (of != ENT_CHOICES_TOGETHER && all[k].of != of)
            continue;
        s.count++;
        if (isnan(all[k].value))
            continue;
        value[s.defined++] = all[k].value;
        if (all[k].by_default && of != ENT_CHOICES_TOGETHER)
            s.by_default = k;
        if (s.closest == SIZE_MAX || all[k].percentile > all[s.closest].percentile)
            s.closest = k;
        if (s.farthest == SIZE_MAX || all[k].percentile < all[s.farthest].percentile)
            s.farthest = k;
    }
    if (s.defined) {
        s.low = value[0];
        s.high = value[s.defined - 1];
        s.median = (value[(s.defined - 1) / 2] + value[s.defined / 2]) / 2;
    }
    return s;
}

static void summarise(struct ent_choices *out)
{
    mark_defaults(out);
    qsort(out->combinations, out->count, sizeof(*out->combinations), by_value);
    find_effects(out);
    for (int of = ENT_CHOICES_TIES; of <= ENT_CHOICES_TOGETHER; of++) {
        struct ent_choices_spread s = spread_of(out, (enum ent_choices_of)of);

        if (s.count && !(of == ENT_CHOICES_TOGETHER && out->spread_count < 2))
            out->spreads[out->spread_count++] = s;
    }
}

static enum ent_status run(struct work *w, struct ent_store *store, struct ent_error *err)
{
    struct ent_choices *out = w->out;
    size_t first;

    ENT_TRY(ent__choices_data_read(&w->data, store, out->a, out->b, w->options->year, err));
    out->year = w->data.year;
    w->pairs = ent_similarity_pair_count(w->data.n);
    list_combinations(w);
    if (out->count == 0)
        return ent_fail(err, ENT_ENOTFOUND, "no treaties or roll calls of %d are loaded",
                        out->year);
    ENT_TRY(compute_all(w, 0, err));
    first = out->count;
    add_zeros(w);
    ENT_TRY(compute_all(w, first, err));
    summarise(out);
    return ENT_OK;
}

enum ent_status ent_choices_compute(struct ent_store *store, int a, int b,
                                    const struct ent_choices_options *options,
                                    struct ent_choices *out, struct ent_error *err)
{
    static const struct ent_choices_options defaults = { .kind = ENT_SIMILARITY_KAPPA };
    struct ent_choices made = { .a = a, .b = b };
    struct work w = { .options = options ? options : &defaults, .out = &made };
    enum ent_status status;

    made.kind = w.options->kind;
    made.replicates = w.options->replicates;
    made.seed = w.options->seed;
    if (a == b)
        return ent_fail(err, ENT_EINVAL, "the same state twice");
    if ((unsigned)made.kind >= ENT_SIMILARITY_KINDS ||
        made.kind == ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED ||
        made.kind == ENT_SIMILARITY_S_SQUARED_WEIGHTED)
        return ent_fail(err, ENT_EINVAL,
                        "weights are one of the choices: ask for \"s_absolute\" "
                        "or \"s_squared\"");
    made.combinations = ent__calloc(MOST, sizeof(*made.combinations));
    if (!made.combinations)
        return ent_fail(err, ENT_ENOMEM, "out of memory for choices");
    made.owned = made.combinations;
    status = run(&w, store, err);
    ent__choices_data_release(&w.data);
    if (status != ENT_OK) {
        ent_choices_release(&made);
        return status;
    }
    *out = made;
    return ENT_OK;
}

void ent_choices_release(struct ent_choices *out)
{
    ent__free(out->owned);
    memset(out, 0, sizeof(*out));
}
