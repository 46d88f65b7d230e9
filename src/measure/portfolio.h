/*
 * Inside portfolios: what their files share.  portfolio.c has ties and votes in levels, as
 * bits; portfolio_valued.c ties of any size; user.c makes either of a user's column.
 */
#ifndef ENTENTE_MEASURE_PORTFOLIO_H
#define ENTENTE_MEASURE_PORTFOLIO_H

#include <string.h>

#include "measure/similarity.h"

/* Formulas and where they come from, in the words of measures. */
#define F_S      "1 - 2 * sum |d| / (D n)"
#define F_S2     "1 - 2 * sum d^2 / (D^2 n)"
#define F_SW     "1 - 2 * sum w |d| / (D sum w)"
#define F_S2W    "1 - 2 * sum w d^2 / (D^2 sum w)"
#define F_KAPPA  "1 - sum d^2 / (q + q' - 2 s s' / n)"
#define F_PI     "1 - sum d^2 / (q + q' - (s + s')^2 / (2 n))"
#define F_KAPPA1 "1 - O / E, disagreement |d|, E from each state's levels"
#define F_PI1    "1 - O / E, disagreement |d|, E from both states' levels together"
#define F_KAPPA0 "1 - O / E, disagreement 1 unless equal, E from each state's levels"
#define F_PI0    "1 - O / E, disagreement 1 unless equal, E from both states' levels together"
#define F_TAU    "(C - D) / sqrt((n0 - n1) (n0 - n2))"
#define F_AGREE  "mean of 1 - |d| / D"
#define F_STRICT "share of d = 0"
#define F_A      "S less S on the product of the margins"
#define C_S      "Signorino and Ritter 1999"
#define C_KAPPA  "Cohen 1968; Haege 2011"
#define C_PI     "Scott 1955; Haege 2011"
#define C_TAU    "Kendall 1938; Bueno de Mesquita 1975"
#define C_AGREE  "Voeten 2013"
#define C_A      "Benati and Capurri 2026"

/* Which conventions a kind heeds, and the variant that is its standard error. */
#define ENT_KIND_ERROR 256
#define ENT_KIND_OF_RANGE(kind_)                               \
    (((kind_) % ENT_KIND_ERROR) < ENT_SIMILARITY_KAPPA ||      \
     ((kind_) % ENT_KIND_ERROR) == ENT_SIMILARITY_AGREEMENT || \
     ((kind_) % ENT_KIND_ERROR) == ENT_SIMILARITY_CHANCE_CORRECTED)
#define ENT_KIND_OF_CHANCE(kind_)                          \
    (((kind_) % ENT_KIND_ERROR) >= ENT_SIMILARITY_KAPPA && \
     ((kind_) % ENT_KIND_ERROR) <= ENT_SIMILARITY_PI_NOMINAL)
#define ENT_KIND_OF_WEIGHTS(kind_)                              \
    (((kind_) % ENT_KIND_ERROR) == ENT_SIMILARITY_S_ABSOLUTE || \
     ((kind_) % ENT_KIND_ERROR) == ENT_SIMILARITY_S_SQUARED)
#define ENT_KIND_CONVENTIONS(kind_)                               \
    ((ENT_KIND_OF_RANGE(kind_) ? ENT_CONVENTION_RANGE : 0) |      \
     (ENT_KIND_OF_CHANCE(kind_) ? ENT_CONVENTION_UNDEFINED : 0) | \
     (ENT_KIND_OF_WEIGHTS(kind_) ? ENT_CONVENTION_WEIGHTS : 0))
#define ENT_KIND_ERROR_OF(kind_) \
    ((kind_) < ENT_KIND_ERROR && (kind_) != ENT_SIMILARITY_TAU_B ? ENT_KIND_ERROR + (kind_) : 0)

/* What every source of ties heeds. */
#define ENT_TIE_CONVENTIONS \
    (ENT_CONVENTION_SELF_TIES | ENT_CONVENTION_SYSTEM | ENT_CONVENTION_WEIGHTS)

/* The portfolios of a year, as a source prepares them. */
struct ent_tie_planes {
    struct ent_planes planes;
    struct ent_weights weights; /* sum NULL: none */
};

/* The kind that a measure is under the conventions, and how it is computed. */
unsigned ent__portfolio_plan(const struct ent_measure *measure, const struct ent_inputs *in,
                             struct ent_similarity_plan *plan);

/* Bootstrap intervals of all kinds: ent_interval_fn. */
enum ent_status ent__portfolio_interval(const struct ent_measure *measure,
                                        const struct ent_inputs *in,
                                        const struct ent_pair *pairs, size_t count,
                                        const struct ent_resampling *how, double *low,
                                        double *high, struct ent_error *err);

/*
 * A tie that is a level already: one input of whole numbers 0 to levels - 1, of which
 * what a state itself has toward another is its position.  The layout of its source,
 * whose prepare and compute these are; the variant of its measures is the kind.
 */
int ent__portfolio_layout(int levels);
enum ent_status ent__portfolio_prepare(const struct ent_inputs *in, struct ent_arena *arena,
                                       const void **out, struct ent_error *err);
void ent__portfolio_compute(const struct ent_measure *measure, const struct ent_inputs *in,
                            const struct ent_pair *pairs, size_t count, double *out,
                            struct ent_steps *steps);

/*
 * A tie of any size, in one input that is filled whole: only S, kappa and pi of squares,
 * and agreement, of which the variant says which.
 */
enum ent_status ent__valued_prepare(const struct ent_inputs *in, struct ent_arena *arena,
                                    const void **out, struct ent_error *err);
void ent__valued_compute(const struct ent_measure *measure, const struct ent_inputs *in,
                         const struct ent_pair *pairs, size_t count, double *out,
                         struct ent_steps *steps);

/* Whether a tie of any size has a kind. */
static inline bool ent__valued_has(enum ent_similarity_kind kind)
{
    return kind == ENT_SIMILARITY_S_ABSOLUTE || kind == ENT_SIMILARITY_S_SQUARED ||
           kind == ENT_SIMILARITY_KAPPA || kind == ENT_SIMILARITY_PI ||
           kind == ENT_SIMILARITY_AGREEMENT;
}

#endif
