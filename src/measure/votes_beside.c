/*
 * Agreement in UN votes beside what is usual, and beside agreement with the partner's
 * rivals.
 *
 *   centred  a_ij - a_i. - a_.j + a_..
 *
 * a_ij being agreement (votes.c), a_i. its mean over all whom i has votes in common with,
 * and a_.. the mean of the year over all pairs.  Most resolutions pass with most of the
 * world in favour: so that two states which both vote with the crowd agree much, and the
 * United States with nobody.  Taking both means out leaves what is between the two;
 * the agenda of the year, which moves the number for all, goes with it.
 *
 *   beside rivals, i -> j   a_ij - mean of a_ir over the strategic rivals r of j but i
 *
 * Above 0, i votes with j rather than with those whom j has to fear.
 *
 * Limits: as of agreement.  A rival that did not vote is left out; no value where no
 * rival of j has votes in common with i, or j has none.  Who is a rival is a historian's
 * judgement (Thompson, Sakuwa and Suhas 2022).
 */
#include <math.h>

#include "base/alloc.h"
#include "measure/votes.h"

/* A year's agreement, and every state's mean of it. */
struct assembly {
    const double *agreement; /* n * n */
    double *mean;            /* NAN for a state that did not vote */
    double all;
    /* The rivals of every state, where they are asked for. */
    uint16_t *rivals; /* those of state j from rivals[j * n] on */
    uint16_t *rival_count;
};

static enum ent_status convene(const struct ent_inputs *in, struct ent_arena *arena,
                               const void **out, struct ent_error *err)
{
    size_t n = in->n, pairs = 0;
    struct assembly *a = ent__arena_alloc(arena, sizeof(*a));
    double sum = 0;

    if (!a || !(a->mean = ent__arena_array(arena, n + 1, sizeof(*a->mean))))
        return ent_fail(err, ENT_ENOMEM, "out of memory for the votes of %zu states", n);
    ENT_TRY(ent__agreement_of_all(in, ENT_AGREEMENT_ALL, arena, &a->agreement, err));
    for (size_t i = 0; i < n; i++) {
        double own = 0;
        size_t known = 0;

        for (size_t j = 0; j < n; j++) {
            double value = a->agreement[i * n + j];

            own += isnan(value) ? 0 : value;
            known += !isnan(value);
        }
        a->mean[i] = known ? own / (double)known : NAN;
        sum += own;
        pairs += known;
    }
    a->all = pairs ? sum / (double)pairs : NAN;
    *out = a;
    return ENT_OK;
}

/* The rivals of every state that is asked for: most have few. */
static void list_rivals(const struct ent_inputs *in, struct assembly *a)
{
    for (size_t j = 0; j < in->n; j++) {
        a->rival_count[j] = 0;
        for (size_t r = 0; r < in->n && ent__is_asked(in, j); r++)
            if (r != j && ent__cell_of(in, 1, j, r) > 0)
                a->rivals[j * in->n + a->rival_count[j]++] = (uint16_t)r;
    }
}

/* Rivals, and agreement without means: of the states in focus, where there are. */
static enum ent_status convene_some(const struct ent_inputs *in, struct ent_arena *arena,
                                    const void **out, struct ent_error *err)
{
    struct assembly *a = ent__arena_alloc(arena, sizeof(*a));

    if (!a || !(a->rivals = ent__arena_array(arena, in->n * in->n + 1, sizeof(*a->rivals))) ||
        !(a->rival_count = ent__arena_array(arena, in->n + 1, sizeof(*a->rival_count))))
        return ent_fail(err, ENT_ENOMEM, "out of memory for the votes of %zu states", in->n);
    list_rivals(in, a);
    *out = a;
    return ent__agreement_of_all(in, ENT_AGREEMENT_FOCUS, arena, &a->agreement, err);
}

static void centred(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    const struct assembly *a = in->prepared;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to;

        out[k] = a->agreement[i * in->n + j] - a->mean[i] - a->mean[j] + a->all;
        if (!steps)
            continue;
        ent__step(steps, a->agreement[i * in->n + j], "", "a_ij, agreement of %s and %s",
                  steps->from, steps->to);
        ent__step(steps, a->mean[i], "", "a_i., mean agreement of %s with all", steps->from);
        ent__step(steps, a->mean[j], "", "a_.j, mean agreement of %s with all", steps->to);
        ent__step(steps, a->all, "", "a_.., mean of the year over all pairs");
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

/* The mean agreement of i with the rivals of j; NAN when none has votes in common with it. */
static double with_rivals(const struct ent_inputs *in, size_t i, size_t j, size_t *rivals)
{
    const struct assembly *a = in->prepared;
    double sum = 0;

    *rivals = 0;
    for (size_t k = 0; k < a->rival_count[j]; k++) {
        size_t r = a->rivals[j * in->n + k];
        double value = a->agreement[i * in->n + r];

        if (r == i || isnan(value))
            continue;
        sum += value;
        (*rivals)++;
    }
    return *rivals ? sum / (double)*rivals : NAN;
}

static void beside(const struct ent_measure *measure, const struct ent_inputs *in,
                   const struct ent_pair *pairs, size_t count, double *out,
                   struct ent_steps *steps)
{
    const struct assembly *a = in->prepared;

    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from, j = pairs[k].to, rivals;
        double other = with_rivals(in, i, j, &rivals);

        out[k] = a->agreement[i * in->n + j] - other;
        if (!steps)
            continue;
        ent__step(steps, a->agreement[i * in->n + j], "", "agreement of %s and %s", steps->from,
                  steps->to);
        ent__step(steps, (double)rivals, "states", "rivals of %s that voted with %s present",
                  steps->to, steps->from);
        ent__step(steps, other, "", "mean agreement of %s with them", steps->from);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

#define VOTES(table_)                                                                         \
    {                                                                                         \
        .table = (table_), .column = "vote", .shape = ENT_SHAPE_VOTES, .scope = ENT_SCOPE_ALL \
    }
#define RIVALS                                                            \
    {                                                                     \
        .table = "rivalry", .column = "rivalries", .scope = ENT_SCOPE_ALL \
    }

static const struct ent_input unga[] = { VOTES("unga_vote") };
static const struct ent_input unvotes[] = { VOTES("unvotes_vote") };
static const struct ent_input unga2015[] = { VOTES("unga2015_vote") };
static const struct ent_input unga_rivals[] = { VOTES("unga_vote"), RIVALS };
static const struct ent_input unvotes_rivals[] = { VOTES("unvotes_vote"), RIVALS };
static const struct ent_input unga2015_rivals[] = { VOTES("unga2015_vote"), RIVALS };

#define HEEDING(id_, all_, list_, heeds_, prepare_)                                        \
    {                                                                                      \
        .name = (id_), .datasets = (all_), .inputs = (list_),                              \
        .input_count = ENT_COUNT_OF(list_), .conventions = (heeds_), .prepare = (prepare_) \
    }
#define TWO (ENT_CONVENTION_UNANIMOUS | ENT_CONVENTION_ABSENT)

static const struct ent_measure_source sources[] = {
    HEEDING("unga", "unga", unga, ENT_CONVENTION_UNANIMOUS, convene),
    HEEDING("unvotes", "unvotes", unvotes, ENT_CONVENTION_UNANIMOUS, convene),
    HEEDING("unga2015", "unga2015", unga2015, TWO, convene),
};
static const struct ent_measure_source rival_sources[] = {
    HEEDING("unga", "unga rivalry", unga_rivals, ENT_CONVENTION_UNANIMOUS, convene_some),
    HEEDING("unvotes", "unvotes rivalry", unvotes_rivals, ENT_CONVENTION_UNANIMOUS,
            convene_some),
    HEEDING("unga2015", "unga2015 rivalry", unga2015_rivals, TWO, convene_some),
};

static const struct ent_measure measures[] = {
    {
        .info = {
            .id = "votes.agreement_centred",
            .title = "agreement in UN votes beside what is usual",
            .meaning = "how much more alike X and Y voted in the UN General Assembly than each "
                       "did with all the world: 0 as usual, above 0 more, below 0 less",
            .unit = "",
            .dimension = ENT_DIM_FOREIGN_POLICY,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_PLAIN,
            .formula = "a_ij - a_i. - a_.j + a_.., a being agreement in UN votes",
            .citation = "own, after Bailey, Strezhnev and Voeten 2017",
        },
        ENT_FROM(sources),
        .compute = centred,
    },
    {
        .info = {
            .id = "votes.beside_rivals",
            .title = "agreement in UN votes beside that with the partner's rivals",
            .meaning = "X -> Y: how much more alike X voted with Y than with the strategic rivals "
                       "of Y; no value when Y has none that voted",
            .unit = "",
            .dimension = ENT_DIM_THIRD_PARTIES,
            .direction = ENT_DIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_PLAIN,
            .formula = "a_ij - mean of a_ir over rivals r of Y, a being agreement in UN votes",
            .citation = "own",
        },
        ENT_FROM(rival_sources),
        .compute = beside,
    },
};

const struct ent_family ent__votes_beside_family = ENT_FAMILY(measures);
