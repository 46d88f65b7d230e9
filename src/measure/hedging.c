/*
 * Hedging: how evenly, and how much, a state deals with both of two poles.
 *
 *   u_p     the part of i's ties that is with pole p: of its trade, or of the arms that
 *           it received over five years
 *   volume  u_p + u_q          spread  1 - |u_p - u_q| / (u_p + u_q)
 *   hedge   spread * volume = 2 min(u_p, u_q)
 *
 * A hedge of 1 is a state all of whose ties are with the two, half with each; 0 one that
 * deals with one of them alone, or with neither.  lean says which: (u_p - u_q) / volume.
 *
 * The poles are the panel's, and the United States and China unless others are asked
 * for: before the 1990s the United States and Russia are the pair to ask for.  Limits:
 * the form is our own; the poles themselves have no value, nor has a state without ties
 * to either a spread or a lean; trade follows size and distance as well as will.
 */
#include <math.h>

#include "measure/trade.h"

enum tie {
    TRADE, /* input 0: imports by importer */
    ARMS,  /* inputs: deliveries by supplier, and all that was received */
};

enum wanted {
    HEDGE,
    SPREAD,
    VOLUME,
    LEAN,
};

/* The index of a pole, or SIZE_MAX when it is no state in the year. */
static size_t find(const struct ent_inputs *in, int16_t id)
{
    for (size_t i = 0; i < in->n; i++) {
        if (in->states[i] == id)
            return i;
    }
    return SIZE_MAX;
}

static double cow_total(const struct ent_inputs *in, size_t i, size_t j)
{
    return ent__cell_of(in, 0, i, j) + ent__cell_of(in, 0, j, i);
}

/* u_p of i; NAN where the whole is 0 or not known. */
static double
part_with(const struct ent_inputs *in, struct ent_partners *partners, size_t i, size_t pole)
{
    double part, all;

    if (in->source->layout == ARMS) {
        part = ent__cell_of(in, 0, pole, i);
        all = in->at[1].v[i];
    } else {
        ent__partners_of(partners, in, cow_total, i);
        part = cow_total(in, i, pole);
        all = partners->sum;
    }
    return all > 0 ? part / all : NAN;
}

static double value_of(enum wanted wanted, double a, double b)
{
    double volume = a + b;

    switch (wanted) {
    case HEDGE:
        return isnan(volume) ? NAN : 2 * fmin(a, b);
    case SPREAD:
        return volume > 0 ? 1 - fabs(a - b) / volume : NAN;
    case VOLUME:
        return volume;
    case LEAN:
        return volume > 0 ? (a - b) / volume : NAN;
    }
    return NAN;
}

static void hedging(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    size_t p = find(in, in->poles[0]), q = find(in, in->poles[1]);
    struct ent_partners partners;

    partners.of = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        size_t i = pairs[k].from;
        bool known = p < in->n && q < in->n && i != p && i != q;
        double a = known ? part_with(in, &partners, i, p) : (double)NAN;
        double b = known ? part_with(in, &partners, i, q) : (double)NAN;

        out[k] = value_of((enum wanted)measure->variant, a, b);
        if (!steps)
            continue;
        ent__step(steps, a, "", "part of the ties of %s that is with the first pole (%d)",
                  steps->from, in->poles[0]);
        ent__step(steps, b, "", "part that is with the second pole (%d)", in->poles[1]);
        ent__step(steps, out[k], "", "%s", measure->info.formula);
    }
}

static const struct ent_input trade[] = {
    { .table = "cow_trade", .column = "imports", .scope = ENT_SCOPE_FROM },
};
static const struct ent_input arms[] = {
    { .table = "arms_transfer",
      .column = "tiv_delivered",
      .view = ENT_VIEW_SUM,
      .years = 5,
      .scope = ENT_SCOPE_FROM },
    { .table = "arms_received",
      .column = "tiv_delivered",
      .shape = ENT_SHAPE_STATE,
      .view = ENT_VIEW_SUM,
      .years = 5,
      .scope = ENT_SCOPE_FROM },
};

static const struct ent_measure_source trade_sources[] = {
    ENT_SOURCE_LAID("cow_trade", "cow_trade", trade, TRADE),
};
static const struct ent_measure_source arms_sources[] = {
    ENT_SOURCE_LAID("sipri_register", "sipri_register", arms, ARMS),
};

#define ENTRY(id_, title_, meaning_, formula_, sources_, variant_)                           \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = "",                                                                    \
            .dimension = ENT_DIM_THIRD_PARTIES,                                            \
            .direction = ENT_MONADIC,                                                      \
            .sense = ENT_SENSE_NONE,                                                       \
            .form = ENT_FORM_PLAIN,                                                        \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = "own",                                                             \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = hedging,                                                                \
        .conventions = ENT_CONVENTION_POLES, \
        .variant = (variant_), \
    }
#define FOUR(id_, what_, ties_, sources_)                                                    \
    ENTRY("hedging." id_, "hedging between two poles, by " what_,                            \
          "how evenly and how much the state's " ties_ " with both poles: 1 all, half with " \
          "each; 0 with one alone or neither",                                               \
          "2 min(u_p, u_q), u the part that is with each pole", sources_, HEDGE),            \
        ENTRY("hedging." id_ "_spread", "evenness between two poles, by " what_,             \
              "how evenly the state's " ties_ " with both poles, however much: 0 to 1",      \
              "1 - |u_p - u_q| / (u_p + u_q)", sources_, SPREAD),                            \
        ENTRY("hedging." id_ "_volume", "part of two poles, by " what_,                      \
              "the part of the state's " ties_ " with either pole", "u_p + u_q", sources_,   \
              VOLUME),                                                                       \
        ENTRY("hedging." id_ "_lean", "lean between two poles, by " what_,                   \
              "to which pole the state's " ties_ " lean: 1 the first alone, -1 the second",  \
              "(u_p - u_q) / (u_p + u_q)", sources_, LEAN)

static const struct ent_measure measures[] = {
    FOUR("trade", "trade", "trade is", trade_sources),
    FOUR("arms", "arms received", "arms received over five years are", arms_sources),
};

const struct ent_family ent__hedging_family = ENT_FAMILY(measures);
