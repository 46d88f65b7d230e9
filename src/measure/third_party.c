/*
 * What third states make of two: common adversaries, common allies, and whether their
 * ties agree.
 *
 *   s_ik  -1 when i and k are rivals, or were on two sides of a militarised dispute with
 *            a display of force or worse in this year or the nine before;
 *          1 when not so, and either owes the other defence;  0 else
 *
 *   balance  sum over k of s_ik s_jk / sum over k of |s_ik s_jk|, k neither i nor j
 *
 * After Heider 1946 and Cartwright and Harary 1956: two states are at ease when the
 * friend of one is the friend of the other, and the enemy likewise.
 *
 * Limits: a rivalry is a historian's judgement (Thompson), a dispute is often with a
 * neighbour of small weight; a defence pact of many members, as the OAS, makes many
 * common friends.  A third state of which something is not known is left out.  Found
 * over all years, states have not moved towards balance (Doreian and Mrvar 2015).
 */
#include <math.h>

#include "measure/family.h"

/* Which inputs follow that of rivalry, in this order. */
enum has {
    DISPUTES = 1,
    PACTS = 2,
};

enum {
    WORD = 64,
    WORDS = ENT_MEASURE_STATES / WORD,
    DISPLAY_OF_FORCE = 3,
};

/* Friends and enemies of every state, a bit a state; and who is known at all. */
struct ties {
    uint64_t (*friend)[WORDS];
    uint64_t (*enemy)[WORDS];
    uint64_t (*known)[WORDS];
};

/* s_ij; NAN when one of its parts is not known. */
static double sign_of(const struct ent_inputs *in, size_t i, size_t j)
{
    int has = in->source->layout;
    double rivalry = ent__cell_of(in, 0, i, j);
    double hostility = 0, pact = 0;

    if (has & DISPUTES)
        hostility = ent__cell_of(in, 1, i, j) + 0 * ent__cell_of(in, 1, j, i);
    if (has & PACTS) {
        size_t at = has & DISPUTES ? 2 : 1;
        double there = ent__cell_of(in, at, i, j), back = ent__cell_of(in, at, j, i);

        pact = isnan(there) || isnan(back) ? NAN : fmax(there, back);
    }
    if (isnan(rivalry) || isnan(hostility) || isnan(pact))
        return NAN;
    if (rivalry > 0 || hostility >= DISPLAY_OF_FORCE)
        return -1;
    return pact > 0;
}

static enum ent_status tie(const struct ent_inputs *in, struct ent_arena *arena,
                           const void **out, struct ent_error *err)
{
    struct ties *ties = ent__arena_alloc(arena, sizeof(*ties));
    uint64_t(*rows)[WORDS] = ent__arena_array(arena, 3 * in->n + 1, sizeof(*rows));

    if (!ties || !rows)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the ties of %zu states", in->n);
    *ties = (struct ties){ rows, rows + in->n, rows + 2 * in->n };
    for (size_t i = 0; i < in->n; i++) {
        for (size_t j = 0; j < in->n && ent__is_asked(in, i); j++) {
            double sign = i == j ? (double)NAN : sign_of(in, i, j);
            uint64_t bit = (uint64_t)1 << (j % WORD);

            if (isnan(sign))
                continue;
            ties->known[i][j / WORD] |= bit;
            if (sign > 0)
                ties->friend[i][j / WORD] |= bit;
            if (sign < 0)
                ties->enemy[i][j / WORD] |= bit;
        }
    }
    *out = ties;
    return ENT_OK;
}

/* Third states by what they are to the two. */
struct thirds {
    int enemies; /* of both */
    int friends; /* of both */
    int split;   /* friend of one, enemy of the other */
};

static int bits_in_both(const uint64_t *a, const uint64_t *b, size_t words)
{
    int count = 0;

    for (size_t w = 0; w < words; w++)
        count += __builtin_popcountll(a[w] & b[w]);
    return count;
}

/* The diagonal is in no set, so that neither of the two is a third of theirs. */
static struct thirds thirds_of(const struct ties *t, size_t n, size_t i, size_t j)
{
    size_t words = (n + WORD - 1) / WORD;

    return (struct thirds){
        .enemies = bits_in_both(t->enemy[i], t->enemy[j], words),
        .friends = bits_in_both(t->friend[i], t -> friend[j], words),
        .split = bits_in_both(t->friend[i], t -> enemy[j], words) +
                 bits_in_both(t->enemy[i], t->friend[j], words),
    };
}

enum wanted {
    ENEMIES,
    FRIENDS,
    SPLIT,
    BALANCE,
};

static double value_of(enum wanted wanted, struct thirds t)
{
    int all = t.enemies + t.friends + t.split;

    switch (wanted) {
    case ENEMIES:
        return t.enemies;
    case FRIENDS:
        return t.friends;
    case SPLIT:
        return t.split;
    case BALANCE:
        return all ? (double)(t.enemies + t.friends - t.split) / all : NAN;
    }
    return NAN;
}

static void third(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    const struct ties *ties = in->prepared;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;
        struct thirds t = thirds_of(ties, in->n, i, j);

        out[k] = NAN;
        if (ties->known[i][j / WORD] >> (j % WORD) & 1)
            out[k] = value_of((enum wanted)measure->variant, t);
        if (!steps)
            continue;
        ent__step(steps, t.enemies, "states", "third states that are adversaries of both");
        if (in->source->layout & PACTS) {
            ent__step(steps, t.friends, "states", "allies of both");
            ent__step(steps, t.split, "states", "ally of one and adversary of the other");
        }
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}

#define RIVALS(view_, years_)                                                          \
    {                                                                                  \
        .table = "rivalry", .column = "rivalries", .view = (view_), .years = (years_), \
        .scope = ENT_SCOPE_BOTH                                                        \
    }
#define FORCE(table_)                                                                    \
    {                                                                                    \
        .table = (table_), .column = "hostility", .view = ENT_VIEW_SUM, .years = 10,     \
        .where = "same_side", .equals = 0, .fold = ENT_FOLD_MAX, .scope = ENT_SCOPE_BOTH \
    }
#define PACT                                                               \
    {                                                                      \
        .table = "atop_dyad", .column = "defense", .scope = ENT_SCOPE_BOTH \
    }
#define NOW RIVALS(ENT_VIEW_AT, 0)

static const struct ent_input rivals[] = { NOW };
static const struct ent_input cow_enemies[] = { NOW, FORCE("cow_mid_dispute") };
static const struct ent_input gml_enemies[] = { NOW, FORCE("gml_dispute") };
static const struct ent_input cow_signs[] = { NOW, FORCE("cow_mid_dispute"), PACT };
static const struct ent_input gml_signs[] = { NOW, FORCE("gml_dispute"), PACT };
static const struct ent_input rival_signs[] = { NOW, PACT };
static const struct ent_input friends_before[] = {
    RIVALS(ENT_VIEW_LAGGED, 1),
    { .table = "atop_dyad",
      .column = "defense",
      .view = ENT_VIEW_LAGGED,
      .years = 1,
      .scope = ENT_SCOPE_BOTH },
};

#define TIES(name_, datasets_, inputs_, has_)                                  \
    {                                                                          \
        .name = (name_), .datasets = (datasets_), .inputs = (inputs_),         \
        .input_count = ENT_COUNT_OF(inputs_), .layout = (has_), .prepare = tie \
    }

static const struct ent_measure_source enemy_sources[] = {
    TIES("cow_mid", "cow_mid rivalry", cow_enemies, DISPUTES),
    TIES("rivalry", "rivalry", rivals, 0),
};
static const struct ent_measure_source enemy_gml_sources[] = {
    TIES("gml", "gml rivalry", gml_enemies, DISPUTES),
};
static const struct ent_measure_source sign_sources[] = {
    TIES("cow_mid", "cow_mid rivalry atop", cow_signs, DISPUTES | PACTS),
    TIES("rivalry", "rivalry atop", rival_signs, PACTS),
};
static const struct ent_measure_source sign_gml_sources[] = {
    TIES("gml", "gml rivalry atop", gml_signs, DISPUTES | PACTS),
};
static const struct ent_measure_source before_sources[] = {
    TIES("atop", "atop rivalry", friends_before, PACTS),
};

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, detail_, formula_, citation_,     \
              sources_, variant_)                                                            \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = (unit_),                                                               \
            .dimension = ENT_DIM_THIRD_PARTIES,                                            \
            .direction = ENT_UNDIRECTED,                                                   \
            .sense = (sense_),                                                             \
            .form = (form_),                                                               \
            .detail = (detail_),                                                           \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = third,                                                                  \
        .variant = (variant_), \
    }
#define COUNT(id_, title_, meaning_, sense_, detail_, formula_, sources_, variant_)          \
    ENTRY(id_, title_, meaning_, "states", sense_, ENT_FORM_COUNT, detail_, formula_, "own", \
          sources_, variant_)

static const char heider[] = "Cartwright and Harary 1956";

static const struct ent_measure measures[] = {
    COUNT("third.common_enemies", "common adversaries",
          "how many third states are adversaries of both X and Y: strategic rivals or, where "
          "the source has disputes, opponents in one with a display of force or worse over ten "
          "years",
          ENT_SENSE_CLOSER, false, "number of k with s_ik = s_jk = -1", enemy_sources, ENEMIES),
    ENTRY("third.balance", "agreement of friends and adversaries",
          "whether the friends of X are friends of Y, and its adversaries Y's: 1 always, -1 "
          "never; no value when they share none",
          "", ENT_SENSE_CLOSER, ENT_FORM_PLAIN, false,
          "sum of s_ik s_jk / sum of |s_ik s_jk| over third states k", heider, sign_sources,
          BALANCE),
    COUNT("third.common_enemies_gml", "common adversaries, disputes by GML",
          "how many third states are strategic rivals of both X and Y, or were opponents of "
          "theirs in a dispute with a display of force or worse over ten years",
          ENT_SENSE_CLOSER, true, "number of k with s_ik = s_jk = -1", enemy_gml_sources,
          ENEMIES),
    ENTRY("third.balance_gml", "agreement of friends and adversaries, disputes by GML",
          "whether the friends of X are friends of Y, and its adversaries Y's: 1 always, -1 "
          "never; no value when they share none",
          "", ENT_SENSE_CLOSER, ENT_FORM_PLAIN, true,
          "sum of s_ik s_jk / sum of |s_ik s_jk| over third states k", heider, sign_gml_sources,
          BALANCE),
    COUNT("third.common_friends", "common allies",
          "how many third states have a defence pact with both X and Y, and are adversaries of "
          "neither",
          ENT_SENSE_CLOSER, true, "number of k with s_ik = s_jk = 1", sign_sources, FRIENDS),
    COUNT(
        "third.common_friends_before", "common allies a year before",
        "how many third states had a defence pact with both X and Y the year before, and were "
        "rivals of neither",
        ENT_SENSE_CLOSER, true, "number of k with s_ik = s_jk = 1 in year t - 1",
        before_sources, FRIENDS),
    COUNT(
        "third.split", "allies of one and adversaries of the other",
        "how many third states are bound to one of X and Y by a defence pact, and adversaries "
        "of the other",
        ENT_SENSE_FARTHER, true, "number of k with s_ik s_jk = -1", sign_sources, SPLIT),
};

const struct ent_family ent__third_party_family = ENT_FAMILY(measures);
