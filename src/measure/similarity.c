/* Portfolios as their conventions say, and all pairs or one pair of them. */
#include "entente/similarity.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "measure/similarity.h"

enum {
    MOST_STATES = UINT16_MAX,
    CHUNK = 8 * ENT_SIMILARITY_BLOCK, /* pairs a thread takes at a time */
};

static const char *const names[ENT_SIMILARITY_KINDS] = {
    "s_absolute",
    "s_squared",
    "s_absolute_weighted",
    "s_squared_weighted",
    "kappa",
    "kappa_linear",
    "kappa_nominal",
    "pi",
    "pi_linear",
    "pi_nominal",
    "tau_b",
    "agreement",
    "strict",
    "chance_corrected",
};

const char *ent_similarity_name(enum ent_similarity_kind kind)
{
    return (unsigned)kind < ENT_SIMILARITY_KINDS ? names[kind] : "unknown";
}

size_t ent_similarity_pair_count(size_t states)
{
    return states ? states * (states - 1) / 2 : 0;
}

size_t ent_similarity_pair_index(size_t states, size_t i, size_t j)
{
    return i * (2 * states - i - 1) / 2 + (j - i - 1);
}

void ent_similarity_code_votes(const int8_t *vote, size_t count, int8_t *value)
{
    for (size_t k = 0; k < count; k++) {
        if (vote[k] >= 1 && vote[k] <= 3)
            value[k] = (int8_t)(vote[k] - 1);
        else
            value[k] = vote[k] == 8 ? ENT_VALUE_ABSENT : ENT_VALUE_MISSING;
    }
}

/* The level that each value becomes, by the value as an unsigned byte. */
struct codebook {
    uint8_t level[256];
    bool known[256]; /* whether the value may stand there at all */
};

static enum ent_status make_codebook(const struct ent_portfolios *p,
                                     const struct ent_similarity_options *o,
                                     struct codebook *book, struct ent_error *err)
{
    if (p->levels < 2 || p->levels > ENT_SIMILARITY_LEVELS)
        return ent_fail(err, ENT_EINVAL, "%d levels; a portfolio has 2 to %d", p->levels,
                        ENT_SIMILARITY_LEVELS);
    if (o->binary_from < 0 || o->binary_from >= p->levels)
        return ent_fail(err, ENT_EINVAL, "binary from level %d; the levels are 0 to %d",
                        o->binary_from, p->levels - 1);
    if (o->absent == ENT_ABSENT_MIDDLE && p->levels % 2 == 0)
        return ent_fail(err, ENT_EINVAL, "an absence cannot be the middle of %d levels",
                        p->levels);
    if (!(o->drop_share >= 0 && o->drop_share <= 1))
        return ent_fail(err, ENT_EINVAL, "a share of %g of the states; it is 0 to 1",
                        o->drop_share);
    memset(book->level, ENT_LEVEL_NONE, sizeof(book->level));
    memset(book->known, 0, sizeof(book->known));
    for (int level = 0; level < p->levels; level++) {
        book->level[level] = (uint8_t)level;
        book->known[level] = true;
    }
    book->known[(uint8_t)ENT_VALUE_MISSING] = book->known[(uint8_t)ENT_VALUE_ABSENT] = true;
    if (o->absent == ENT_ABSENT_MIDDLE)
        book->level[(uint8_t)ENT_VALUE_ABSENT] = (uint8_t)(p->levels / 2);
    return ENT_OK;
}

/* Code one item; the state that the item is has the highest level, or none. */
static enum ent_status
code_item(const struct ent_portfolios *p, size_t item, const struct ent_similarity_options *o,
          const struct codebook *book, uint8_t *level, bool *keep, struct ent_error *err)
{
    const int8_t *value = p->value + item * p->states;
    int32_t self = p->item_state ? p->item_state[item] : -1;

    for (size_t s = 0; s < p->states; s++) {
        if (!book->known[(uint8_t)value[s]] && (int64_t)s != self)
            return ent_fail(err, ENT_EINVAL,
                            "item %zu, state %zu: value %d; the levels are 0 to %d", item, s,
                            value[s], p->levels - 1);
        level[s] = book->level[(uint8_t)value[s]];
    }
    if (self >= 0 && (size_t)self < p->states)
        level[self] = ENT_LEVEL_NONE;
    *keep = !(o->drop_share > 0 && ent__level_shared(level, p->states, o->drop_share));
    if (self >= 0 && (size_t)self < p->states && o->self_ties == ENT_SELF_TIES_HIGHEST)
        level[self] = (uint8_t)(p->levels - 1);
    for (size_t s = 0; o->binary_from && s < p->states; s++) {
        if (level[s] != ENT_LEVEL_NONE)
            level[s] = level[s] >= o->binary_from;
    }
    return ENT_OK;
}

static enum ent_status code_items(const struct ent_portfolios *p,
                                  const struct ent_similarity_options *o,
                                  const struct codebook *book, uint8_t *level,
                                  struct ent_coded *coded, struct ent_error *err)
{
    for (size_t item = 0; item < p->items; item++) {
        double weight = p->weight ? p->weight[item] : 0;
        bool keep = true;

        if (weight < 0 || isinf(weight))
            return ent_fail(err, ENT_EINVAL, "item %zu: weight %g; it is 0 or more", item,
                            weight);
        ENT_TRY(code_item(p, item, o, book, level, &keep, err));
        if (!keep)
            continue;
        if (p->weight)
            ent__weights_add(&coded->weights, coded->planes.items, isnan(weight) ? 0 : weight);
        if (p->system)
            ent__planes_mark(&coded->planes, p->system + item * p->states);
        ent__planes_add(&coded->planes, level);
    }
    return ENT_OK;
}

void ent__coded_release(struct ent_coded *coded)
{
    ent__free(coded->planes.bits);
    ent__free(coded->planes.system);
    ent__free(coded->weights.sum);
    ent__free(coded->weights.square);
    memset(coded, 0, sizeof(*coded));
}

/* Memory for the planes and weights of all items. */
static enum ent_status make_room(const struct ent_portfolios *p, int levels,
                                 struct ent_coded *coded, struct ent_error *err)
{
    size_t words = p->items / 64 + 1;
    size_t planes = p->states * (size_t)levels + 1;
    uint64_t *bits = ent__calloc(planes, words * sizeof(*bits));

    if (!bits)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu states and %zu items",
                        p->states, p->items);
    ent__planes_init(&coded->planes, p->states, levels, words, bits);
    if (p->system) {
        coded->planes.system = ent__calloc(p->states + 1, words * sizeof(*bits));
        if (!coded->planes.system)
            return ent_fail(err, ENT_ENOMEM, "out of memory for the systems of %zu states",
                            p->states);
    }
    if (!p->weight)
        return ENT_OK;
    coded->weights.sum = ent__calloc(words * 8 * ENT_WEIGHTS_BYTE, sizeof(double));
    coded->weights.square = ent__calloc(words * 8 * ENT_WEIGHTS_BYTE, sizeof(double));
    if (!coded->weights.sum || !coded->weights.square)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the weights of %zu items",
                        p->items);
    return ENT_OK;
}

enum ent_status ent__similarity_code(const struct ent_portfolios *portfolios,
                                     const struct ent_similarity_options *options,
                                     struct ent_coded *out, struct ent_error *err)
{
    static const struct ent_similarity_options defaults;
    const struct ent_similarity_options *o = options ? options : &defaults;
    struct ent_coded coded = { 0 };
    struct codebook book;
    enum ent_status status;
    uint8_t *level;

    if (portfolios->states > MOST_STATES || portfolios->items > ENT_SIMILARITY_ITEMS)
        return ent_fail(err, ENT_EINVAL, "%zu states and %zu items; at most %d and %d",
                        portfolios->states, portfolios->items, MOST_STATES,
                        ENT_SIMILARITY_ITEMS);
    ENT_TRY(make_codebook(portfolios, o, &book, err));
    coded.plan =
        (struct ent_similarity_plan){ .levels = o->binary_from ? 2 : portfolios->levels,
                                      .weighted = portfolios->weight != NULL,
                                      .range = o->range,
                                      .undefined = o->undefined,
                                      .weight_sum = o->weight_sum };
    level = ent__calloc(portfolios->states + 1, sizeof(*level));
    status =
        level ? make_room(portfolios, coded.plan.levels, &coded, err)
              : ent_fail(err, ENT_ENOMEM, "out of memory for %zu states", portfolios->states);
    if (status == ENT_OK)
        status = code_items(portfolios, o, &book, level, &coded, err);
    ent__free(level);
    if (status != ENT_OK) {
        ent__coded_release(&coded);
        return status;
    }
    *out = coded;
    return ENT_OK;
}

static void want(const struct ent_similarity_columns *columns, struct ent_similarity_plan *plan)
{
    for (unsigned k = 0; k < ENT_SIMILARITY_KINDS; k++) {
        plan->values |= columns->value[k] ? 1u << k : 0;
        plan->errors |= columns->error[k] ? 1u << k : 0;
    }
}

/* Compute a block of pairs into columns + first. */
static void do_block(const struct ent_coded *coded, const struct ent_pair *pairs, size_t count,
                     struct ent_counts *counts, const struct ent_similarity_columns *columns,
                     size_t first)
{
    size_t cells = (size_t)coded->plan.levels * (size_t)coded->plan.levels;

    memset(counts->cell, 0, cells * ENT_SIMILARITY_BLOCK * sizeof(counts->cell[0]));
    ent__similarity_count(&coded->planes, pairs, count, &coded->plan, counts);
    if (coded->plan.weighted)
        ent__similarity_weigh(&coded->planes, &coded->weights, pairs, count, &coded->plan,
                              counts);
    ent__similarity_compute(counts, count, &coded->plan, columns, first);
}

/* The pair at an index, the way back of ent_similarity_pair_index. */
static struct ent_pair pair_at(size_t states, size_t index)
{
    size_t i = 0;

    while (index >= states - 1 - i) {
        index -= states - 1 - i;
        i++;
    }
    return (struct ent_pair){ (uint16_t)i, (uint16_t)(i + 1 + index) };
}

static void do_chunk(const struct ent_coded *coded, size_t first, size_t count,
                     const struct ent_similarity_columns *columns)
{
    struct ent_pair pairs[ENT_SIMILARITY_BLOCK];
    struct ent_counts counts;
    size_t states = coded->planes.states;
    struct ent_pair next = pair_at(states, first);

    memset(&counts.weight, 0, sizeof(counts.weight));
    memset(&counts.square, 0, sizeof(counts.square));
    for (size_t done = 0; done < count; done += ENT_SIMILARITY_BLOCK) {
        size_t left = count - done;
        size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

        for (size_t k = 0; k < size; k++) {
            pairs[k] = next;
            if (++next.to == states) {
                next.from++;
                next.to = (uint16_t)(next.from + 1);
            }
        }
        do_block(coded, pairs, size, &counts, columns, first + done);
    }
}

enum ent_status ent_similarity_pairs(const struct ent_portfolios *portfolios,
                                     const struct ent_similarity_options *options,
                                     const struct ent_similarity_columns *out,
                                     struct ent_error *err)
{
    size_t count = ent_similarity_pair_count(portfolios->states);
    size_t chunks = (count + CHUNK - 1) / CHUNK;
    int threads = options && options->threads > 1 ? options->threads : 1;
    struct ent_coded coded;

    ENT_TRY(ent__similarity_code(portfolios, options, &coded, err));
    want(out, &coded.plan);
    (void)threads;
#ifdef _OPENMP
    #pragma omp parallel for schedule(dynamic) num_threads(threads) if (threads > 1)
#endif
    for (size_t c = 0; c < chunks; c++) {
        size_t left = count - c * CHUNK;

        do_chunk(&coded, c * CHUNK, left < CHUNK ? left : CHUNK, out);
    }
    ent__coded_release(&coded);
    return ENT_OK;
}

enum ent_status ent_similarity_pair(const struct ent_portfolios *portfolios,
                                    const struct ent_similarity_options *options, size_t i,
                                    size_t j, struct ent_similarity *out, struct ent_error *err)
{
    struct ent_pair pair = { (uint16_t)i, (uint16_t)j };
    struct ent_similarity_columns columns;
    struct ent_similarity result;
    struct ent_counts counts = { 0 };
    struct ent_coded coded;

    if (i >= portfolios->states || j >= portfolios->states)
        return ent_fail(err, ENT_EINVAL, "states %zu and %zu; there are %zu", i, j,
                        portfolios->states);
    ENT_TRY(ent__similarity_code(portfolios, options, &coded, err));
    columns.n = &result.n;
    for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++) {
        columns.value[k] = &result.value[k];
        columns.error[k] = &result.error[k];
    }
    want(&columns, &coded.plan);
    do_block(&coded, &pair, 1, &counts, &columns, 0);
    ent__coded_release(&coded);
    *out = result;
    return ENT_OK;
}
