/*
 * What the files of measures share: how a family is written down, the functions
 * that serve many plain measures, and the partners of a state.
 */
#ifndef ENTENTE_MEASURE_FAMILY_H
#define ENTENTE_MEASURE_FAMILY_H

#include "measure/measure.h"

struct ent_family {
    const struct ent_measure *measures;
    size_t count;
};

#define ENT_COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

/* A family's measures, as an initialiser. */
#define ENT_FAMILY(list)                                \
    {                                                   \
        .measures = (list), .count = ENT_COUNT_OF(list) \
    }

/* A measure's sources, in its entry. */
#define ENT_FROM(list) .from = (list), .from_count = ENT_COUNT_OF(list)

/* One source, in an array of them: its name, all datasets it reads, its inputs. */
#define ENT_SOURCE(id, all, list)                                                            \
    {                                                                                        \
        .name = (id), .datasets = (all), .inputs = (list), .input_count = ENT_COUNT_OF(list) \
    }

/* The same of a function that serves several sources. */
#define ENT_SOURCE_LAID(id, all, list, how)                                                   \
    {                                                                                         \
        .name = (id), .datasets = (all), .inputs = (list), .input_count = ENT_COUNT_OF(list), \
        .layout = (how)                                                                       \
    }

extern const struct ent_family ent__commitment_family, ent__organisations_family,
    ent__votes_family, ent__vetoes_family, ent__ideal_family, ent__trade_family,
    ent__commodities_family, ent__energy_family, ent__power_family, ent__investment_family,
    ent__influence_family, ent__arms_family, ent__exercises_family, ent__spending_family,
    ent__conflict_family, ent__geography_family, ent__regime_family, ent__visits_family,
    ent__gravity_family, ent__third_party_family, ent__courtship_family,
    ent__trade_structure_family, ent__balance_family, ent__trust_family, ent__portfolio_family,
    ent__hedging_family, ent__treaties_family, ent__goods_family, ent__delivery_family,
    ent__talk_family, ent__votes_beside_family;

/* Whether a state is in some pair that will be asked for. */
static inline bool ent__is_asked(const struct ent_inputs *in, size_t state)
{
    return !in->focus || (int)state == in->focus[0] || (int)state == in->focus[1];
}

/* Whether a convention is set for these inputs. */
static inline bool ent__is_set(const struct ent_inputs *in, enum ent_convention convention)
{
    return in->conventions && (in->conventions->given & convention);
}

/* The cell of a pair in the first (second, ...) input. */
static inline double
ent__cell_of(const struct ent_inputs *in, size_t input, size_t from, size_t to)
{
    return in->at[input].v[from * in->n + to];
}

/*
 * Functions for measures that take a value as it stands.  All read the first
 * input; the steps name the measure by its title.
 *
 *   ent__cell     the pair's cell
 *   ent__own      the value of the first state (monadic)
 *   ent__ratio    the first state's value over the second's; NAN when that is not above 0
 *   ent__gap      the absolute difference of the two states' values
 *   ent__years    the year less the year in the cell: of ENT_VIEW_LAST and ENT_VIEW_SINCE
 */
void ent__cell(const struct ent_measure *measure, const struct ent_inputs *in,
               const struct ent_pair *pairs, size_t count, double *out,
               struct ent_steps *steps);
void ent__own(const struct ent_measure *measure, const struct ent_inputs *in,
              const struct ent_pair *pairs, size_t count, double *out, struct ent_steps *steps);
void ent__ratio(const struct ent_measure *measure, const struct ent_inputs *in,
                const struct ent_pair *pairs, size_t count, double *out,
                struct ent_steps *steps);
void ent__gap(const struct ent_measure *measure, const struct ent_inputs *in,
              const struct ent_pair *pairs, size_t count, double *out, struct ent_steps *steps);
void ent__years(const struct ent_measure *measure, const struct ent_inputs *in,
                const struct ent_pair *pairs, size_t count, double *out,
                struct ent_steps *steps);

/* What a state has with another, in one direction or both: trade, arms.  NAN: not known. */
typedef double (*ent_tie_fn)(const struct ent_inputs *in, size_t state, size_t partner);

/* All that one state has with its partners. */
struct ent_partners {
    size_t of;                        /* whose; SIZE_MAX at first */
    double sum;                       /* over the partners known, territories included */
    size_t known;                     /* how many those are */
    size_t positive;                  /* states with something above 0 */
    double value[ENT_MEASURE_STATES]; /* of those, in order of their ids */
};

/*
 * Add up the partners of a state; does nothing when they are its already, so that
 * a run of pairs with one `from` costs it once.
 */
void ent__partners_of(struct ent_partners *partners, const struct ent_inputs *in,
                      ent_tie_fn tie, size_t state);

/*
 * The place of a value among the partners: competition rank, 1 the largest, ties
 * sharing the better place.  NAN unless the value is above 0.
 */
double ent__partners_rank(const struct ent_partners *partners, double value);

/*
 * CINC of every state into index[0..n-1], from the six components as the first inputs;
 * NAN where none is known.
 */
void ent__cinc_of_all(const struct ent_inputs *in, double *index);

/* Whether an id is a territory's (Hong Kong): in totals, but not ranked among states. */
bool ent__is_territory(int id);

#endif
