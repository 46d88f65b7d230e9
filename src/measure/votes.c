/*
 * Agreement in the UN General Assembly (Voeten; Bailey, Strezhnev and Voeten 2017).
 *
 * Over the roll calls of a session in which both cast a vote: mean of 1 - |d| / 2,
 * d the difference of 1 yes, 2 abstain, 3 no.  An absence is missing.  A roll call
 * whose valid votes are all equal says nothing of any pair and is left out.
 *
 * Limits: the year is the session's (session + 1945), so that a vote of March 2014
 * stands under 2013; votes of emergency special sessions are in none of the files;
 * a pair with few common votes agrees by chance: see votes.common.  Compare within
 * a year, as the agenda moves the number for all.
 */
#include <math.h>
#include <string.h>

#include "measure/votes.h"

enum {
    WORD = 64,    /* roll calls handled at a time: one bit each */
    BLOCK = 4096, /* pairs handled at a time */
};

/* The votes of a state on up to 64 roll calls: who voted, and how. */
struct planes {
    uint64_t yes, abstain, no;
};

/* Sums over the roll calls on which both voted. */
struct tally {
    uint32_t common; /* roll calls */
    uint32_t apart;  /* sum of |d| */
};

/* Which roll calls count, and how an absence does. */
struct rule {
    uint32_t issue; /* 0: any */
    double share; /* as much of the states voting alike leaves a roll call out; above 1: none */
    bool abstains; /* an absence is an abstention */
};

static struct rule rule_of(const struct ent_inputs *in, uint32_t issue)
{
    struct rule rule = { .issue = issue, .share = 1 };
    double drop = in->conventions ? in->conventions->options.drop_share : 0;

    if (ent__is_set(in, ENT_CONVENTION_UNANIMOUS))
        rule.share = drop > 0 ? drop : 2;
    rule.abstains = ent__is_set(in, ENT_CONVENTION_ABSENT) &&
                    in->conventions->options.absent == ENT_ABSENT_MIDDLE;
    return rule;
}

/* 1 to 3; 0: none. */
static int vote_of(const struct rule *rule, int8_t vote)
{
    if (vote == 8 && rule->abstains)
        return 2;
    return vote >= 1 && vote <= 3 ? vote : 0;
}

static bool
counts(const struct ent_votes *votes, size_t item, size_t n, const struct rule *rule)
{
    const int8_t *vote = votes->vote + item * n;
    size_t cast[4] = { 0 };
    size_t most, all;

    if (rule->issue && !(votes->flags && (votes->flags[item] & rule->issue)))
        return false;
    for (size_t s = 0; s < n; s++) {
        cast[vote_of(rule, vote[s])]++;
        if (rule->share == 1 && (cast[1] > 0) + (cast[2] > 0) + (cast[3] > 0) > 1)
            return true; /* as most are: two states differ, and that is enough */
    }
    all = cast[1] + cast[2] + cast[3];
    most = cast[1] > cast[2] ? cast[1] : cast[2];
    most = most > cast[3] ? most : cast[3];
    return all > 0 && (double)most < rule->share * (double)all;
}

static void cast(const struct rule *rule, int8_t vote, uint64_t bit, struct planes *planes)
{
    int as = vote_of(rule, vote);

    planes->yes |= as == 1 ? bit : 0;
    planes->abstain |= as == 2 ? bit : 0;
    planes->no |= as == 3 ? bit : 0;
}

/* Returns how many of the roll calls count. */
static size_t fill_planes(const struct ent_inputs *in, size_t first, const struct rule *rule,
                          struct planes *planes)
{
    const struct ent_votes *votes = in->at[0].votes;
    size_t n = in->n;
    size_t end = first + WORD < votes->items ? first + WORD : votes->items;
    size_t counted = 0;

    memset(planes, 0, n * sizeof(*planes));
    for (size_t item = first; item < end; item++) {
        uint64_t bit = UINT64_C(1) << (item - first);
        const int8_t *vote = votes->vote + item * n;

        if (!counts(votes, item, n, rule))
            continue;
        counted++;
        for (size_t s = 0; !in->focus && s < n; s++)
            cast(rule, vote[s], bit, &planes[s]);
        for (int k = 0; in->focus && k < 2; k++) {
            if (in->focus[k] >= 0)
                cast(rule, vote[in->focus[k]], bit, &planes[in->focus[k]]);
        }
    }
    return counted;
}

#define INLINE static inline __attribute__((always_inline))

/* How many bits are set: by the machine's instruction where it is known to have one. */
INLINE uint32_t bits(uint64_t x, bool counted_by_machine)
{
    if (counted_by_machine)
        return (uint32_t)__builtin_popcountll(x);
    x -= (x >> 1) & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((x * UINT64_C(0x0101010101010101)) >> 56);
}

INLINE void
add_word(struct tally *tally, const struct planes *a, const struct planes *b, bool machine)
{
    uint64_t both = (a->yes | a->abstain | a->no) & (b->yes | b->abstain | b->no);
    uint64_t same = (a->yes & b->yes) | (a->abstain & b->abstain) | (a->no & b->no);
    uint64_t opposed = (a->yes & b->no) | (a->no & b->yes);

    tally->common += bits(both, machine);
    tally->apart += bits(both & ~same, machine) + bits(opposed, machine);
}

INLINE void add_pairs(struct tally *tally, const struct ent_pair *pairs, size_t count,
                      const struct planes *planes, bool machine)
{
    for (size_t k = 0; k < count; k++)
        add_word(&tally[k], &planes[pairs[k].from], &planes[pairs[k].to], machine);
}

static void add_plain(struct tally *tally, const struct ent_pair *pairs, size_t count,
                      const struct planes *planes)
{
    add_pairs(tally, pairs, count, planes, false);
}

#ifdef __x86_64__
__attribute__((target("popcnt"))) static void
add_popcnt(struct tally *tally, const struct ent_pair *pairs, size_t count,
           const struct planes *planes)
{
    add_pairs(tally, pairs, count, planes, true);
}
#endif

/* Add a word of roll calls to the tallies of pairs. */
static void add_words(struct tally *tally, const struct ent_pair *pairs, size_t count,
                      const struct planes *planes)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("popcnt")) {
        add_popcnt(tally, pairs, count, planes);
        return;
    }
#endif
    add_plain(tally, pairs, count, planes);
}

/* Tally pairs over all roll calls. */
static void tally_pairs(const struct ent_inputs *in, uint32_t issue,
                        const struct ent_pair *pairs, size_t count, struct tally *tally)
{
    struct planes planes[ENT_MEASURE_STATES];
    const struct ent_votes *votes = in->at[0].votes;
    struct rule rule = rule_of(in, issue);

    memset(tally, 0, count * sizeof(*tally));
    for (size_t first = 0; first < votes->items; first += WORD) {
        if (fill_planes(in, first, &rule, planes) == 0)
            continue;
        add_words(tally, pairs, count, planes);
    }
}

static double agreement_of(const struct tally *tally)
{
    uint64_t most = 2 * (uint64_t)tally->common;

    return most ? (double)(most - tally->apart) / (double)most : NAN;
}

enum ent_status ent__agreement_of_all(const struct ent_inputs *in,
                                      enum ent_agreement_extent extent, struct ent_arena *arena,
                                      const double **out, struct ent_error *err)
{
    size_t n = in->n, count = 0, most = n ? n * (n - 1) / 2 : 0;
    double *matrix = ent__arena_array(arena, n * n + 1, sizeof(*matrix));
    struct ent_pair *pairs = ent__arena_array(arena, most + 1, sizeof(*pairs));
    struct tally *tally = ent__arena_array(arena, most + 1, sizeof(*tally));
    struct ent_inputs all = *in;

    all.focus = NULL; /* votes of every state, as either of a pair is asked for */
    if (!matrix || !pairs || !tally)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the votes of %zu states", n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (extent == ENT_AGREEMENT_ALL || ent__is_asked(in, i) || ent__is_asked(in, j))
                pairs[count++] = (struct ent_pair){ (uint16_t)i, (uint16_t)j };
        }
    }
    for (size_t c = 0; c < n * n; c++)
        matrix[c] = NAN;
    tally_pairs(&all, 0, pairs, count, tally);
    for (size_t k = 0; k < count; k++) {
        size_t x = pairs[k].from, y = pairs[k].to;

        matrix[x * n + y] = matrix[y * n + x] = agreement_of(&tally[k]);
    }
    *out = matrix;
    return ENT_OK;
}

static void step_tally(struct ent_steps *steps, const struct tally *tally)
{
    if (!steps)
        return;
    ent__step(steps, tally->common, "roll calls",
              "roll calls that count, on which %s and %s both voted", steps->from, steps->to);
    ent__step(steps, tally->apart, "", "sum of |%s - %s| with yes 1, abstain 2, no 3",
              steps->from, steps->to);
}

/* The issue of a measure is its variant: 0, or an enum ent_vote_flag. */
static void agreement(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    struct tally tally[BLOCK];

    for (size_t first = 0; first < count; first += BLOCK) {
        size_t size = count - first < BLOCK ? count - first : BLOCK;

        tally_pairs(in, (uint32_t)measure->variant, pairs + first, size, tally);
        for (size_t k = 0; k < size; k++) {
            out[first + k] = agreement_of(&tally[k]);
            step_tally(steps, &tally[k]);
            ent__step(steps, out[first + k], "", "1 - that sum / (2 * roll calls)");
        }
    }
}

/* NAN instead of 0, as a state that is not in the Assembly has no common votes either. */
static void common(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    struct tally tally[BLOCK];

    for (size_t first = 0; first < count; first += BLOCK) {
        size_t size = count - first < BLOCK ? count - first : BLOCK;

        tally_pairs(in, (uint32_t)measure->variant, pairs + first, size, tally);
        for (size_t k = 0; k < size; k++) {
            out[first + k] = tally[k].common ? (double)tally[k].common : NAN;
            step_tally(steps, &tally[k]);
        }
    }
}

#define VOTES(table_)                                                                          \
    {                                                                                          \
        .table = (table_), .column = "vote", .shape = ENT_SHAPE_VOTES, .scope = ENT_SCOPE_BOTH \
    }

static const struct ent_input unga[] = { VOTES("unga_vote") };
static const struct ent_input unvotes[] = { VOTES("unvotes_vote") };
static const struct ent_input unga2015[] = { VOTES("unga2015_vote") };

#define HEEDING(id_, all_, list_, heeds_)                           \
    {                                                               \
        .name = (id_), .datasets = (all_), .inputs = (list_),       \
        .input_count = ENT_COUNT_OF(list_), .conventions = (heeds_) \
    }

static const struct ent_measure_source sources[] = {
    HEEDING("unga", "unga", unga, ENT_CONVENTION_UNANIMOUS),
    HEEDING("unvotes", "unvotes", unvotes, ENT_CONVENTION_UNANIMOUS),
    HEEDING("unga2015", "unga2015", unga2015, ENT_CONVENTION_UNANIMOUS | ENT_CONVENTION_ABSENT),
};

/* The file of sessions 1 to 78 names no issues: its roll calls get those of unvotes. */
static const struct ent_measure_source issue_sources[] = {
    HEEDING("unga", "unga unvotes", unga, ENT_CONVENTION_UNANIMOUS),
    HEEDING("unvotes", "unvotes", unvotes, ENT_CONVENTION_UNANIMOUS),
    HEEDING("unga2015", "unga2015", unga2015, ENT_CONVENTION_UNANIMOUS | ENT_CONVENTION_ABSENT),
};

#define AGREEMENT(id_, title_, on_, sources_, issue_)                                            \
    {                                                                                            \
        .info = {                                                                              \
            .id = (id_),                                                                       \
            .title = (title_),                                                                 \
            .meaning = "how alike X and Y voted in the UN General Assembly" on_                \
                       ": 1 always the same, 0 always yes against no",                         \
            .unit = "",                                                                        \
            .dimension = ENT_DIM_FOREIGN_POLICY,                                               \
            .direction = ENT_UNDIRECTED,                                                       \
            .sense = ENT_SENSE_CLOSER,                                                         \
            .form = ENT_FORM_PLAIN,                                                            \
            .formula = "mean of 1 - |d| / 2 over common roll calls of the session" on_         \
                       ", unanimous ones and absences left out",                               \
            .citation = "Bailey, Strezhnev and Voeten 2017",                                   \
        },                                                                                     \
        ENT_FROM(sources_),                                                                    \
        .compute = agreement,                                                                  \
        .variant = (issue_), \
    }

static const struct ent_measure measures[] = {
    AGREEMENT("votes.agreement", "agreement in UN votes", "", sources, 0),
    {
        .info = {
            .id = "votes.common",
            .title = "UN votes that agreement rests on",
            .meaning = "in how many roll calls that were not unanimous X and Y both voted",
            .unit = "roll calls",
            .dimension = ENT_DIM_FOREIGN_POLICY,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_NONE,
            .form = ENT_FORM_COUNT,
            .formula = "number of roll calls of the session with a vote of both",
            .citation = "Bailey, Strezhnev and Voeten 2017",
        },
        ENT_FROM(sources),
        .compute = common,
    },
    AGREEMENT("votes.agreement_me", "agreement on the Palestinian conflict",
              " on the Palestinian conflict", issue_sources, ENT_VOTE_ISSUE_ME),
    AGREEMENT("votes.agreement_nu", "agreement on nuclear weapons",
              " on nuclear weapons and material", issue_sources, ENT_VOTE_ISSUE_NU),
    AGREEMENT("votes.agreement_di", "agreement on disarmament",
              " on arms control and disarmament", issue_sources, ENT_VOTE_ISSUE_DI),
    AGREEMENT("votes.agreement_hr", "agreement on human rights", " on human rights",
              issue_sources, ENT_VOTE_ISSUE_HR),
    AGREEMENT("votes.agreement_co", "agreement on colonialism", " on colonialism",
              issue_sources, ENT_VOTE_ISSUE_CO),
    AGREEMENT("votes.agreement_ec", "agreement on economic development",
              " on economic development", issue_sources, ENT_VOTE_ISSUE_EC),
};

const struct ent_family ent__votes_family = ENT_FAMILY(measures);
