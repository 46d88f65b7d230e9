/*
 * Portfolio similarity as measures: how alike two states' treaty obligations toward all
 * states are, and their votes.  Formulas and sources: entente/similarity.h.
 *
 * Conventions, those of the literature's majority: the targets are all members of the
 * system, the two states included, each with the highest level toward itself; an
 * obligation of either toward the other is a tie of both (the higher level counts);
 * (what published S from ATOP takes is only what each state itself owes: "own");
 * levels are 3 defence or offence, 2 neutrality or consultation, 1 non-aggression
 * only, 0 none (after Chiba, Johnson and Leeds 2015).  A binary tie is one of level 2
 * or more, as pledges not to attack bind adversaries too.  An absence from a vote is
 * missing, and roll calls on which all voted alike are left out.  Who is a target, and
 * what each counts by, can be set: then the panel fills `system` and `weight` of the inputs.
 *
 * Limits: kappa is 0 for a state without ties or with one kind of vote only, however
 * alike the other is; S is raised by all that neither has; the errors take treaties
 * with targets, and roll calls, for independent draws.
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "measure/family.h"
#include "measure/portfolio.h"
#include "measure/similarity.h"

enum {
    ERROR = ENT_KIND_ERROR, /* in a variant: the standard error of the kind and not the value */
};

/* How a source is laid out. */
enum {
    TIES_VALUED = 0, /* five obligations as levels */
    TIES_DIRECTED,   /* the same, only of what a state itself owes */
    TIES_BINARY,     /* level 2 or more */
    TIES_ONE,        /* one input: above 0 or not */
    TIES_WEIGHTED,   /* as levels, and capabilities as weights of the targets */
    TIES_LEVELS,     /* one input: levels already; the high bits say how many */
    VOTES_ALL,       /* not unanimous; the low bits of the layout may name an issue */
    VOTES_NEAR,      /* and none on which 95 % voted alike */
    VOTES_EVERY,     /* unanimous ones too */
    VOTES_ABSENT,    /* absences count as abstentions */
    LAYOUTS = 16,
};

#define OF_ISSUE(flag) (VOTES_ALL + LAYOUTS * (int)(flag))

enum {
    OBLIGATIONS = 5, /* defence, offence, neutrality, non-aggression, consultation */
    WEIGHT_INPUT = OBLIGATIONS,
    BINARY_FROM = 2,
};

static const double near_unanimous = 0.95;

static enum ent_status make(const struct ent_inputs *in, size_t items, int levels,
                            bool weighted, struct ent_arena *arena, struct ent_tie_planes **out,
                            struct ent_error *err)
{
    size_t words = items / 64 + 1;
    size_t sums = words * 8 * ENT_WEIGHTS_BYTE, systems = in->n * words;
    struct ent_tie_planes *p = ent__arena_alloc(arena, sizeof(*p));
    uint64_t *bits = ent__arena_array(arena, in->n * (size_t)levels * words + 1, sizeof(*bits));

    if (!p || !bits)
        return ent_fail(err, ENT_ENOMEM, "out of memory for portfolios");
    memset(p, 0, sizeof(*p));
    ent__planes_init(&p->planes, in->n, levels, words, bits);
    if (in->system) {
        p->planes.system = ent__arena_array(arena, systems + 1, sizeof(*bits));
        if (!p->planes.system)
            return ent_fail(err, ENT_ENOMEM, "out of memory for portfolios");
        memset(p->planes.system, 0, systems * sizeof(*bits));
    }
    if (weighted) {
        p->weights.sum = ent__arena_array(arena, sums, sizeof(double));
        p->weights.square = ent__arena_array(arena, sums, sizeof(double));
        if (!p->weights.sum || !p->weights.square)
            return ent_fail(err, ENT_ENOMEM, "out of memory for weights");
        memset(p->weights.sum, 0, sums * sizeof(double));
        memset(p->weights.square, 0, sums * sizeof(double));
    }
    *out = p;
    return ENT_OK;
}

/* The level of what one state owes another; ENT_LEVEL_NONE when it is not known. */
static uint8_t level_of(const struct ent_inputs *in, size_t cell)
{
    static const uint8_t worth[OBLIGATIONS] = { 3, 3, 2, 1, 2 };
    uint8_t highest = 0;

    if (in->source->layout == TIES_ONE) {
        double owed = in->at[0].v[cell];

        return isnan(owed) ? ENT_LEVEL_NONE : owed > 0;
    }
    if (in->source->layout % LAYOUTS == TIES_LEVELS) {
        double level = in->at[0].v[cell];

        return level >= 0 && level < ENT_SIMILARITY_LEVELS ? (uint8_t)level : ENT_LEVEL_NONE;
    }
    for (size_t o = 0; o < OBLIGATIONS; o++) {
        double owed = in->at[o].v[cell];

        if (isnan(owed))
            return ENT_LEVEL_NONE;
        if (owed > 0 && worth[o] > highest)
            highest = worth[o];
    }
    return in->source->layout == TIES_BINARY ? highest >= BINARY_FROM : highest;
}

/* The levels of all states toward one; its own is the highest, unless nobody's is known. */
static void
levels_toward(const struct ent_inputs *in, size_t target, int levels, uint8_t *level)
{
    int layout = in->source->layout % LAYOUTS;
    bool own = layout == TIES_DIRECTED || layout == TIES_LEVELS, any = false;

    memset(level, ENT_LEVEL_NONE, in->n);
    for (size_t s = 0; s < in->n; s++) {
        uint8_t there, back;

        if (s == target || !ent__is_asked(in, s))
            continue;
        there = level_of(in, s * in->n + target);
        back = own ? there : level_of(in, target * in->n + s);

        if (there == ENT_LEVEL_NONE || back == ENT_LEVEL_NONE)
            continue;
        level[s] = there > back ? there : back;
        any = true;
    }
    if (any && !(ent__is_set(in, ENT_CONVENTION_SELF_TIES) &&
                 in->conventions->options.self_ties == ENT_SELF_TIES_EXCLUDED))
        level[target] = (uint8_t)(levels - 1);
}

int ent__portfolio_layout(int levels)
{
    return TIES_LEVELS + LAYOUTS * levels;
}

enum ent_status ent__portfolio_prepare(const struct ent_inputs *in, struct ent_arena *arena,
                                       const void **out, struct ent_error *err)
{
    int layout = in->source->layout;
    const double *weights = layout == TIES_WEIGHTED ? in->at[WEIGHT_INPUT].v : in->weight;
    int levels = layout == TIES_BINARY || layout == TIES_ONE ? 2
                 : layout % LAYOUTS == TIES_LEVELS           ? layout / LAYOUTS
                                                             : 4;
    uint8_t level[ENT_MEASURE_STATES];
    struct ent_tie_planes *p;

    ENT_TRY(make(in, in->n, levels, weights != NULL, arena, &p, err));
    for (size_t target = 0; target < in->n; target++) {
        levels_toward(in, target, levels, level);
        if (weights)
            ent__weights_add(&p->weights, target, weights[target] > 0 ? weights[target] : 0);
        if (in->system)
            ent__planes_mark(&p->planes, in->system + target * in->n);
        ent__planes_add(&p->planes, level);
    }
    *out = p;
    return ENT_OK;
}

/* Roll calls on which this share of the states voted alike are left out; above 1: none. */
static double share_of(const struct ent_inputs *in, int layout)
{
    if (layout == VOTES_EVERY)
        return 2;
    if (layout == VOTES_NEAR)
        return near_unanimous;
    if (!ent__is_set(in, ENT_CONVENTION_UNANIMOUS))
        return 1;
    return in->conventions->options.drop_share > 0 ? in->conventions->options.drop_share : 2;
}

static enum ent_status prepare_votes(const struct ent_inputs *in, struct ent_arena *arena,
                                     const void **out, struct ent_error *err)
{
    int layout = in->source->layout % LAYOUTS;
    uint32_t issue = (uint32_t)(in->source->layout / LAYOUTS);
    double share = share_of(in, layout);
    bool abstains =
        layout == VOTES_ABSENT || (ent__is_set(in, ENT_CONVENTION_ABSENT) &&
                                   in->conventions->options.absent == ENT_ABSENT_MIDDLE);
    const struct ent_votes *votes = in->at[0].votes;
    uint8_t level[ENT_MEASURE_STATES];
    struct ent_tie_planes *p;

    ENT_TRY(make(in, votes->items, 3, false, arena, &p, err));
    for (size_t item = 0; item < votes->items; item++) {
        const int8_t *vote = votes->vote + item * in->n;

        if (issue && !(votes->flags && (votes->flags[item] & issue)))
            continue;
        for (size_t s = 0; s < in->n; s++) {
            level[s] = vote[s] >= 1 && vote[s] <= 3 ? (uint8_t)(vote[s] - 1) : ENT_LEVEL_NONE;
            if (abstains && vote[s] == 8)
                level[s] = 1;
        }
        if (!ent__level_shared(level, in->n, share))
            ent__planes_add(&p->planes, level);
    }
    *out = p;
    return ENT_OK;
}

/* The table of the one pair that is traced, row by row. */
static void step_table(const struct ent_tie_planes *p, bool weighted,
                       const struct ent_counts *counts, struct ent_steps *steps)
{
    int levels = p->planes.levels;
    double n = 0;

    if (!steps)
        return;
    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            double count = counts->cell[(a * levels + b) * ENT_SIMILARITY_BLOCK];

            n += count;
            if (count > 0)
                ent__step(steps, count, "",
                          "targets or roll calls with level %d of %s and %d "
                          "of %s",
                          a, steps->from, b, steps->to);
        }
    }
    ent__step(steps, n, "", "of these in all");
    for (int d = 0; weighted && d < levels; d++)
        ent__step(steps, counts->weight[d * ENT_SIMILARITY_BLOCK], "",
                  "sum of the weights of targets with levels %d apart", d);
}

void ent__portfolio_compute(const struct ent_measure *measure, const struct ent_inputs *in,
                            const struct ent_pair *pairs, size_t count, double *out,
                            struct ent_steps *steps)
{
    const struct ent_tie_planes *p = in->prepared;
    struct ent_similarity_plan plan;
    unsigned kind = ent__portfolio_plan(measure, in, &plan);
    struct ent_similarity_columns columns = { 0 };
    struct ent_counts counts;
    size_t cells = (size_t)plan.levels * (size_t)plan.levels;

    if (measure->variant >= ERROR) {
        columns.error[kind] = out;
        plan.errors = 1u << kind;
    } else {
        columns.value[kind] = out;
        plan.values = 1u << kind;
    }
    for (size_t first = 0; first < count; first += ENT_SIMILARITY_BLOCK) {
        size_t left = count - first;
        size_t size = left < ENT_SIMILARITY_BLOCK ? left : ENT_SIMILARITY_BLOCK;

        memset(counts.cell, 0, cells * ENT_SIMILARITY_BLOCK * sizeof(counts.cell[0]));
        ent__similarity_count(&p->planes, pairs + first, size, &plan, &counts);
        if (plan.weighted)
            ent__similarity_weigh(&p->planes, &p->weights, pairs + first, size, &plan, &counts);
        ent__similarity_compute(&counts, size, &plan, &columns, first);
        step_table(p, plan.weighted, &counts, steps);
    }
    ent__step(steps, count ? out[0] : NAN, "", "%s", measure->info.formula);
}

#define INPUT(table_, column_)                                          \
    {                                                                   \
        .table = (table_), .column = (column_), .scope = ENT_SCOPE_BOTH \
    }
#define STATES(table_, column_)                                           \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_ALL                                            \
    }
#define VOTES(table_)                                                                          \
    {                                                                                          \
        .table = (table_), .column = "vote", .shape = ENT_SHAPE_VOTES, .scope = ENT_SCOPE_BOTH \
    }
#define PREPARED(id_, all_, list_, layout_, prepare_, heeds_)                           \
    {                                                                                   \
        .name = (id_), .datasets = (all_), .inputs = (list_),                           \
        .input_count = ENT_COUNT_OF(list_), .layout = (layout_), .prepare = (prepare_), \
        .conventions = (heeds_)                                                         \
    }

#define LEVEL_INPUTS                                                 \
    INPUT("atop_dyad", "defense"), INPUT("atop_dyad", "offense"),    \
        INPUT("atop_dyad", "neutral"), INPUT("atop_dyad", "nonagg"), \
        INPUT("atop_dyad", "consul")

static const struct ent_input levels[] = { LEVEL_INPUTS };
static const struct ent_input weighed[] = { LEVEL_INPUTS, STATES("nmc", "cinc") };
static const struct ent_input weighed_by_gdp[] = { LEVEL_INPUTS, STATES("wdi_gdp", "gdp") };
static const struct ent_input defense[] = { INPUT("atop_dyad", "defense") };
static const struct ent_input offense[] = { INPUT("atop_dyad", "offense") };
static const struct ent_input neutral[] = { INPUT("atop_dyad", "neutral") };
static const struct ent_input nonagg[] = { INPUT("atop_dyad", "nonagg") };
static const struct ent_input consul[] = { INPUT("atop_dyad", "consul") };

/* Weights are settled: the option does not apply. */
#define OF_TARGETS (ENT_CONVENTION_SELF_TIES | ENT_CONVENTION_SYSTEM)

#define TIES(name_, all_, list_, layout_)                                                    \
    static const struct ent_measure_source name_##_source[] = {                              \
        PREPARED("atop", all_, list_, layout_, ent__portfolio_prepare, ENT_TIE_CONVENTIONS), \
    };

TIES(valued, "atop", levels, TIES_VALUED)
TIES(directed, "atop", levels, TIES_DIRECTED)
TIES(binary, "atop", levels, TIES_BINARY)
/* By the target's share of capabilities, or by its GDP. */
static const struct ent_measure_source weighted_source[] = {
    PREPARED("atop", "atop nmc", weighed, TIES_WEIGHTED, ent__portfolio_prepare, OF_TARGETS),
    PREPARED("wdi", "atop wdi", weighed_by_gdp, TIES_WEIGHTED, ent__portfolio_prepare,
             OF_TARGETS),
};

TIES(defense, "atop", defense, TIES_ONE)
TIES(offense, "atop", offense, TIES_ONE)
TIES(neutral, "atop", neutral, TIES_ONE)
TIES(nonagg, "atop", nonagg, TIES_ONE)
TIES(consul, "atop", consul, TIES_ONE)

static const struct ent_input unga[] = { VOTES("unga_vote") };
static const struct ent_input unvotes[] = { VOTES("unvotes_vote") };
static const struct ent_input unga2015[] = { VOTES("unga2015_vote") };

/* Only the Harvard file of 2015 has absences; some layouts settle unanimity themselves. */
#define HEEDS(layout_) \
    ((layout_) == VOTES_NEAR || (layout_) == VOTES_EVERY ? 0 : ENT_CONVENTION_UNANIMOUS)

/* `all` is what the file of sessions 1 to 78 needs: it names no issues, unvotes does. */
#define ROLL_CALLS(name_, all_, layout_)                                                 \
    static const struct ent_measure_source name_##_source[] = {                          \
        PREPARED("unga", all_, unga, layout_, prepare_votes, HEEDS(layout_)),            \
        PREPARED("unvotes", "unvotes", unvotes, layout_, prepare_votes, HEEDS(layout_)), \
        PREPARED("unga2015", "unga2015", unga2015, layout_, prepare_votes,               \
                 HEEDS(layout_) | ENT_CONVENTION_ABSENT),                                \
    };

ROLL_CALLS(divided, "unga", VOTES_ALL)
ROLL_CALLS(near, "unga", VOTES_NEAR)
ROLL_CALLS(every, "unga", VOTES_EVERY)
ROLL_CALLS(me, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_ME))
ROLL_CALLS(nu, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_NU))
ROLL_CALLS(di, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_DI))
ROLL_CALLS(hr, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_HR))
ROLL_CALLS(co, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_CO))
ROLL_CALLS(ec, "unga unvotes", OF_ISSUE(ENT_VOTE_ISSUE_EC))
ROLL_CALLS(important, "unga unvotes", OF_ISSUE(ENT_VOTE_IMPORTANT))

static const struct ent_measure_source absent_source[] = {
    PREPARED("unga2015", "unga2015", unga2015, VOTES_ABSENT, prepare_votes,
             ENT_CONVENTION_UNANIMOUS),
};

#define MEASURE(id_, title_, meaning_, formula_, citation_, source_, sense_, variant_,         \
                detail_)                                                                       \
    {                                                                                          \
        .info = {                                                                            \
            .id = (id_),                                                                     \
            .title = (title_),                                                               \
            .meaning = (meaning_),                                                           \
            .unit = "",                                                                      \
            .dimension = ENT_DIM_FOREIGN_POLICY,                                             \
            .direction = ENT_UNDIRECTED,                                                     \
            .sense = (sense_),                                                               \
            .form = ENT_FORM_PLAIN,                                                          \
            .detail = (detail_),                                                             \
            .formula = (formula_),                                                           \
            .citation = (citation_),                                                         \
        },                                                                                   \
        ENT_FROM(source_),                                                                   \
        .compute = ent__portfolio_compute,                                                               \
        .interval = ent__portfolio_interval, \
        .variant = (int)(variant_), \
        .error_variant = ENT_KIND_ERROR_OF((int)(variant_)), \
        .conventions = ENT_KIND_CONVENTIONS((int)(variant_)), \
    }

#define VALUE(id_, title_, meaning_, formula_, citation_, source_, kind_) \
    MEASURE(id_, title_, meaning_, formula_, citation_, source_, ENT_SENSE_CLOSER, kind_, true)

/* The two that a dossier shows, with what they say. */
#define SHOWN(id_, title_, meaning_, source_)                                   \
    MEASURE(id_, title_, meaning_, F_KAPPA, C_KAPPA, source_, ENT_SENSE_CLOSER, \
            ENT_SIMILARITY_KAPPA, false)

/* The standard error of a measure. */
#define SAMPLED(id_, of_, title_, source_, kind_)                                           \
    MEASURE(id_, "standard error of " title_,                                               \
            "how far " of_ " of X and Y may be off, were the targets or roll calls others", \
            "delta method on the multinomial table of levels",                              \
            "Fleiss, Cohen and Everitt 1969", source_, ENT_SENSE_NONE, ERROR + (kind_), true)

/* All kinds of one portfolio but kappa: prefix of ids, words for titles, and the sources. */
#define ALL_KINDS(p_, on_, of_, source_)                                                       \
    VALUE(p_ "s", "S of " on_,                                                                 \
          "S, how alike X's and Y's " of_ " are: -1 opposite, 1 the same", F_S, C_S, source_,  \
          ENT_SIMILARITY_S_ABSOLUTE),                                                          \
        VALUE(p_ "s_squared", "S of " on_ ", squared",                                         \
              "S with squared differences, how alike X's and Y's " of_ " are", F_S2, C_S,      \
              source_, ENT_SIMILARITY_S_SQUARED),                                              \
        VALUE(p_ "pi", "pi of " on_,                                                           \
              "how alike X's and Y's " of_                                                     \
              " are, beyond what both together would give by chance",                          \
              F_PI, C_PI, source_, ENT_SIMILARITY_PI),                                         \
        VALUE(p_ "kappa_linear", "linear kappa of " on_,                                       \
              "how alike X's and Y's " of_ " are beyond chance, by differences as they are",   \
              F_KAPPA1, C_KAPPA, source_, ENT_SIMILARITY_KAPPA_LINEAR),                        \
        VALUE(p_ "kappa_nominal", "nominal kappa of " on_,                                     \
              "how often X's and Y's " of_ " are the same, beyond chance", F_KAPPA0, C_KAPPA,  \
              source_, ENT_SIMILARITY_KAPPA_NOMINAL),                                          \
        VALUE(p_ "pi_linear", "linear pi of " on_,                                             \
              "as pi, how alike X's and Y's " of_ " are, by differences as they are", F_PI1,   \
              C_PI, source_, ENT_SIMILARITY_PI_LINEAR),                                        \
        VALUE(p_ "pi_nominal", "nominal pi of " on_,                                           \
              "as pi, how often X's and Y's " of_ " are the same", F_PI0, C_PI, source_,       \
              ENT_SIMILARITY_PI_NOMINAL),                                                      \
        VALUE(p_ "tau_b", "tau-b of " on_,                                                     \
              "rank correlation of X's and Y's " of_ ": -1 opposite, 1 the same", F_TAU,       \
              C_TAU, source_, ENT_SIMILARITY_TAU_B),                                           \
        VALUE(p_ "strict", "strict agreement of " on_,                                         \
              "in what share X's and Y's " of_ " are the same", F_STRICT, "Voeten 2013",       \
              source_, ENT_SIMILARITY_STRICT),                                                 \
        VALUE(p_ "chance_corrected", "chance-corrected S of " on_,                             \
              "S of X's and Y's " of_ " less the S that chance would give", F_A, C_A, source_, \
              ENT_SIMILARITY_CHANCE_CORRECTED),                                                \
        SAMPLED(p_ "kappa_error", "kappa of the " of_, "kappa of " on_, source_,               \
                ENT_SIMILARITY_KAPPA),                                                         \
        SAMPLED(p_ "pi_error", "pi of the " of_, "pi of " on_, source_, ENT_SIMILARITY_PI),    \
        SAMPLED(p_ "s_error", "S of the " of_, "S of " on_, source_,                           \
                ENT_SIMILARITY_S_ABSOLUTE),                                                    \
        SAMPLED(p_ "s_squared_error", "squared S of the " of_, "S of " on_ ", squared",        \
                source_, ENT_SIMILARITY_S_SQUARED)

#define KAPPA_PI_S(p_, on_, of_, source_)                                                  \
    VALUE(p_ "kappa", "kappa of " on_, "how alike X's and Y's " of_ " are, beyond chance", \
          F_KAPPA, C_KAPPA, source_, ENT_SIMILARITY_KAPPA),                                \
        VALUE(p_ "pi", "pi of " on_,                                                       \
              "how alike X's and Y's " of_                                                 \
              " are, beyond what both together would give by chance",                      \
              F_PI, C_PI, source_, ENT_SIMILARITY_PI),                                     \
        VALUE(p_ "s", "S of " on_,                                                         \
              "S, how alike X's and Y's " of_ " are: -1 opposite, 1 the same", F_S, C_S,   \
              source_, ENT_SIMILARITY_S_ABSOLUTE)

static const struct ent_measure measures[] = {
    SHOWN("portfolio.kappa", "likeness of treaty ties",
          "how alike X's and Y's treaty obligations toward all states are: 1 the same, 0 as "
          "alike as chance would have it, below 0 less",
          valued_source),
    ALL_KINDS("portfolio.", "treaty ties", "treaty obligations toward all states",
              valued_source),
    VALUE("portfolio.agreement", "agreement of treaty ties",
          "how near X's and Y's treaty obligations toward all states are: 1 the same", F_AGREE,
          "Signorino and Ritter 1999", valued_source, ENT_SIMILARITY_AGREEMENT),
    VALUE(
        "portfolio.s_weighted", "weighted S of treaty ties",
        "S of X's and Y's treaty obligations, each target by its capabilities (source wdi: by its GDP)",
        F_SW, C_S, weighted_source, ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED),
    VALUE(
        "portfolio.s_squared_weighted", "weighted S of treaty ties, squared",
        "squared S of X's and Y's treaty obligations, each target by its capabilities (source wdi: by its GDP)",
        F_S2W, C_S, weighted_source, ENT_SIMILARITY_S_SQUARED_WEIGHTED),
    KAPPA_PI_S("portfolio.own_", "own obligations",
               "own treaty obligations, what they are owed left out,", directed_source),
    VALUE("portfolio.own_s_squared", "S of own obligations, squared",
          "squared S of what X and Y themselves owe all states by treaty", F_S2, C_S,
          directed_source, ENT_SIMILARITY_S_SQUARED),
    KAPPA_PI_S("portfolio.binary_", "binary treaty ties",
               "treaty ties (to defend, attack, stay neutral or consult; or none)",
               binary_source),
    VALUE("portfolio.binary_tau_b", "tau-b of binary treaty ties",
          "correlation of X's and Y's treaty ties (any but mere non-aggression; or none)",
          F_TAU, C_TAU, binary_source, ENT_SIMILARITY_TAU_B),
    KAPPA_PI_S("portfolio.defense_", "defence pledges", "pledges of defence", defense_source),
    KAPPA_PI_S("portfolio.offense_", "offence pledges", "pledges to join an attack",
               offense_source),
    KAPPA_PI_S("portfolio.neutrality_", "neutrality pledges", "pledges of neutrality",
               neutral_source),
    KAPPA_PI_S("portfolio.nonaggression_", "non-aggression pledges", "pledges not to attack",
               nonagg_source),
    KAPPA_PI_S("portfolio.consultation_", "consultation pledges", "pledges to consult",
               consul_source),
    SHOWN(
        "votes.kappa", "likeness of UN votes beyond chance",
        "how alike X and Y voted in the UN General Assembly: 1 the same, 0 as alike as chance "
        "would have it, below 0 less",
        divided_source),
    ALL_KINDS("votes.", "UN votes", "votes in the UN General Assembly", divided_source),
    SAMPLED("votes.agreement_error", "agreement in votes", "agreement in UN votes",
            divided_source, ENT_SIMILARITY_AGREEMENT),
    KAPPA_PI_S("votes.near_", "UN votes that divide",
               "UN votes, those with 95 % voting alike left out,", near_source),
    KAPPA_PI_S("votes.every_", "all UN votes", "UN votes, unanimous ones too,", every_source),
    KAPPA_PI_S("votes.absent_", "UN votes with absences as abstentions",
               "UN votes, an absence counted as an abstention,", absent_source),
    KAPPA_PI_S("votes.important_", "important UN votes",
               "votes that the US State Department calls important", important_source),
    KAPPA_PI_S("votes.me_", "votes on the Palestinian conflict",
               "UN votes on the Palestinian conflict", me_source),
    KAPPA_PI_S("votes.nu_", "votes on nuclear weapons", "UN votes on nuclear weapons",
               nu_source),
    KAPPA_PI_S("votes.di_", "votes on disarmament", "UN votes on arms control and disarmament",
               di_source),
    KAPPA_PI_S("votes.hr_", "votes on human rights", "UN votes on human rights", hr_source),
    KAPPA_PI_S("votes.co_", "votes on colonialism", "UN votes on colonialism", co_source),
    KAPPA_PI_S("votes.ec_", "votes on development", "UN votes on economic development",
               ec_source),
};

const struct ent_family ent__portfolio_family = ENT_FAMILY(measures);
