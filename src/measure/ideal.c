/*
 * Ideal points (Bailey, Strezhnev and Voeten 2017): one position a state and session,
 * estimated from its UN votes, with mean 0 and standard deviation about 1 over all; and
 * how far two of them are apart, with how sure that is.
 *
 * Of two sources: the published estimates, and those that "entente ideal" makes.  Of the
 * first, only quantiles of each point are known: two points are then taken for
 * independent and normal, with s.d. (q95 - q5) / (2 * 1.645).  The second has counted
 * over the joint draws.  An interval is of 90 %: where the difference's excludes 0 its
 * absolute value, else from 0 to the 90 % quantile of the distance.
 *
 * Limits: one line for all of world politics, mostly nearness to the United States;
 * distances compare within one release only; each position has an error of about
 * 0.16, so that small distances are not told from none, and the mean of |a - b| over
 * draws would be above the distance of the means.
 */
#include <math.h>

#include "measure/family.h"

/* The 95 % point of the normal. */
#define Z95 1.6448536269514722

/* Two states are near when they are closer than this: half the spread of all states. */
#define NEAR 0.5

enum layout {
    PUBLISHED = 0,
    OWN,
};

/* The inputs of a point, and of a distance after it. */
enum {
    POINT,
    Q5,
    Q95,
    POINT_INPUTS,
    PAIR_SD = 1, /* of OWN */
    PAIR_LOW,
    PAIR_HIGH,
    PAIR_CLOSER,
};

#define OF_STATE(table_, column_)                                         \
    {                                                                     \
        .table = (table_), .column = (column_), .shape = ENT_SHAPE_STATE, \
        .scope = ENT_SCOPE_BOTH                                           \
    }
#define OF_PAIR(column_)                                                            \
    {                                                                               \
        .table = "entente_ideal_pair", .column = (column_), .scope = ENT_SCOPE_PAIR \
    }

static const struct ent_input published[] = {
    OF_STATE("ideal_point", "ideal_point"),
    OF_STATE("ideal_point", "q5"),
    OF_STATE("ideal_point", "q95"),
};
static const struct ent_input own_points[] = {
    OF_STATE("entente_ideal_point", "ideal_point"),
    OF_STATE("entente_ideal_point", "q5"),
    OF_STATE("entente_ideal_point", "q95"),
    OF_STATE("entente_ideal_point", "sd"),
};
static const struct ent_input own_pairs[] = {
    OF_STATE("entente_ideal_point", "ideal_point"),
    OF_PAIR("sd"),
    OF_PAIR("low"),
    OF_PAIR("high"),
    OF_PAIR("closer"),
};

static const struct ent_measure_source point_sources[] = {
    ENT_SOURCE_LAID("ideal_points", "ideal_points", published, PUBLISHED),
    ENT_SOURCE_LAID("entente_ideal", "entente_ideal", own_points, OWN),
};
static const struct ent_measure_source pair_sources[] = {
    ENT_SOURCE_LAID("ideal_points", "ideal_points", published, PUBLISHED),
    ENT_SOURCE_LAID("entente_ideal", "entente_ideal", own_pairs, OWN),
};

enum variant {
    VALUE = 0,
    ERROR,
    LOW,
    HIGH,
    CLOSER,
};

/* Points. */

static double point_sd(const struct ent_inputs *in, size_t state)
{
    if (in->source->layout == OWN)
        return in->at[POINT_INPUTS].v[state];
    return (in->at[Q95].v[state] - in->at[Q5].v[state]) / (2 * Z95);
}

static void point(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    const char *table = in->source->inputs[POINT].table;

    for (size_t k = 0; k < count; k++) {
        size_t state = pairs[k].from;
        double value = in->at[POINT].v[state];

        switch ((enum variant)measure->variant) {
        case ERROR:
            out[k] = point_sd(in, state);
            break;
        case LOW:
            out[k] = in->at[Q5].v[state];
            break;
        case HIGH:
            out[k] = in->at[Q95].v[state];
            break;
        case VALUE:
        case CLOSER:
        default:
            out[k] = value;
            break;
        }
        if (!steps)
            continue;
        ent__step(steps, value, "", "%s.ideal_point of %s", table, steps->from);
        ent__step(steps, in->at[Q5].v[state], "", "its 5 %% quantile");
        ent__step(steps, in->at[Q95].v[state], "", "its 95 %% quantile");
        if (measure->variant == ERROR)
            ent__step(steps, out[k], "", "its standard deviation");
    }
}

/* Distances. */

static double normal(double x)
{
    return 0.5 * erfc(-x / sqrt(2));
}

/* P(|N(gap, sd)| < x) */
static double folded(double gap, double sd, double x)
{
    return normal((x - gap) / sd) - normal((-x - gap) / sd);
}

/* The x below which |N(gap, sd)| is with probability p, by halving. */
static double folded_quantile(double gap, double sd, double p)
{
    double low = 0;
    double high = gap + 10 * sd;

    for (int k = 0; k < 50; k++) {
        double middle = 0.5 * (low + high);

        if (folded(gap, sd, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* What the quantiles of two published points say of their distance. */
static double published_pair(enum variant variant, double gap, double sd)
{
    bool apart = gap - Z95 * sd > 0;

    if (isnan(gap) || !(sd > 0))
        return NAN;
    switch (variant) {
    case ERROR:
        return sd;
    case LOW:
        return apart ? gap - Z95 * sd : 0;
    case HIGH:
        return apart ? gap + Z95 * sd : folded_quantile(gap, sd, 0.9);
    case CLOSER: /* to a millionth: less is no knowledge of the normal's tail */
        return round(folded(gap, sd, NEAR) * 1e6) / 1e6;
    case VALUE:
    default:
        return gap;
    }
}

static double
own_pair(enum variant variant, const struct ent_inputs *in, size_t from, size_t to)
{
    static const int input[] = {
        [ERROR] = PAIR_SD,
        [LOW] = PAIR_LOW,
        [HIGH] = PAIR_HIGH,
        [CLOSER] = PAIR_CLOSER,
    };

    return ent__cell_of(in, (size_t)input[variant], from, to);
}

static void pair_steps(const struct ent_measure *measure, const struct ent_inputs *in,
                       size_t from, size_t to, double value, struct ent_steps *steps)
{
    const char *table = in->source->inputs[POINT].table;
    const double *v = in->at[POINT].v;
    double gap = fabs(v[from] - v[to]);
    bool own = in->source->layout == OWN;
    double sd =
        own ? own_pair(ERROR, in, from, to) : hypot(point_sd(in, from), point_sd(in, to));

    if (!steps)
        return;
    ent__step(steps, v[from], "", "%s.ideal_point of %s", table, steps->from);
    ent__step(steps, v[to], "", "%s.ideal_point of %s", table, steps->to);
    ent__step(steps, gap, "", "|%s - %s|", steps->from, steps->to);
    ent__step(steps, sd, "", "standard deviation of the difference");
    if (measure->variant == VALUE) {
        ent__step(steps, own ? own_pair(LOW, in, from, to) : published_pair(LOW, gap, sd), "",
                  "lower end of the 90 %% interval");
        ent__step(steps, own ? own_pair(HIGH, in, from, to) : published_pair(HIGH, gap, sd), "",
                  "upper end of the 90 %% interval");
    } else {
        ent__step(steps, value, measure->info.unit, "%s", measure->info.title);
    }
}

static void distance(const struct ent_measure *measure, const struct ent_inputs *in,
                     const struct ent_pair *pairs, size_t count, double *out,
                     struct ent_steps *steps)
{
    const double *v = in->at[POINT].v;

    for (size_t k = 0; k < count; k++) {
        size_t from = pairs[k].from;
        size_t to = pairs[k].to;
        double gap = fabs(v[from] - v[to]);

        if (measure->variant == VALUE)
            out[k] = gap;
        else if (in->source->layout == OWN)
            out[k] = own_pair((enum variant)measure->variant, in, from, to);
        else
            out[k] = published_pair((enum variant)measure->variant, gap,
                                    hypot(point_sd(in, from), point_sd(in, to)));
        pair_steps(measure, in, from, to, out[k], steps);
    }
}

/* One entry; what the entries share. */
#define IDEAL(id_, variant_, compute_, sources_, ...)                    \
    {                                                                    \
        .info = { .id = (id_),                                           \
                  .unit = "",                                            \
                  .dimension = ENT_DIM_FOREIGN_POLICY,                   \
                  .citation = "Bailey, Strezhnev and Voeten 2017",       \
                  __VA_ARGS__ },                                         \
        ENT_FROM(sources_), .compute = (compute_), .variant = (variant_) \
    }
#define OF_DISTANCE(id_, variant_, ...) \
    IDEAL(id_, variant_, distance, pair_sources, .direction = ENT_UNDIRECTED, __VA_ARGS__)
#define OF_POINT(id_, variant_, ...) \
    IDEAL(id_, variant_, point, point_sources, .direction = ENT_MONADIC, __VA_ARGS__)

static const struct ent_measure measures[] = {
    OF_DISTANCE("ideal.distance", VALUE, .title = "distance of UN ideal points",
                .meaning = "how far apart the positions of X and Y are that their UN votes "
                           "reveal: 0 the same, 1 about a standard deviation of all states",
                .sense = ENT_SENSE_FARTHER, .formula = "|ideal point of X - ideal point of Y|"),
    OF_DISTANCE("ideal.closer", CLOSER, .title = "probability that UN ideal points are near",
                .meaning = "the probability that the positions of X and Y are less than 0.5 "
                           "apart, half a standard deviation of all states",
                .sense = ENT_SENSE_CLOSER, .form = ENT_FORM_SHARE,
                .formula = "P(|ideal point of X - ideal point of Y| < 0.5): over the draws, or "
                           "of independent normal points"),
    OF_POINT("ideal.point", VALUE, .title = "UN ideal point",
             .meaning =
                 "the position that the state's UN votes reveal: larger is nearer to the "
                 "United States",
             .formula = "the mean of the estimate"),
    OF_DISTANCE("ideal.distance_error", ERROR,
                .title = "standard deviation of the difference of UN ideal points",
                .meaning = "how unsure the difference of the positions of X and Y is",
                .detail = true,
                .formula = "s.d. over the draws, or sqrt(s_X^2 + s_Y^2) with s = (q95 - q5) / "
                           "3.29"),
    OF_DISTANCE("ideal.distance_low", LOW,
                .title = "distance of UN ideal points, lower end of the 90 % interval",
                .meaning = "the distance of the positions of X and Y is above this in 95 % of "
                           "what is likely, or 0 where they may stand alike",
                .detail = true,
                .formula = "5 % quantile of |X - Y| where the 90 % interval of X - Y excludes "
                           "0, else 0"),
    OF_DISTANCE("ideal.distance_high", HIGH,
                .title = "distance of UN ideal points, upper end of the 90 % interval",
                .meaning = "the distance of the positions of X and Y is below this in 95 % of "
                           "what is likely, or 90 % where they may stand alike",
                .detail = true,
                .formula = "95 % quantile of |X - Y| where the 90 % interval of X - Y excludes "
                           "0, else the 90 % quantile"),
    OF_POINT("ideal.point_error", ERROR, .title = "standard deviation of the UN ideal point",
             .meaning = "how unsure the state's position is", .detail = true,
             .formula = "s.d. of the estimate; of the published, (q95 - q5) / 3.29"),
    OF_POINT("ideal.point_low", LOW, .title = "UN ideal point, lower end of the 90 % interval",
             .meaning = "the state's position is above this with 95 %", .detail = true,
             .formula = "5 % quantile of the estimate"),
    OF_POINT("ideal.point_high", HIGH,
             .title = "UN ideal point, upper end of the 90 % interval",
             .meaning = "the state's position is below this with 95 %", .detail = true,
             .formula = "95 % quantile of the estimate"),
};

const struct ent_family ent__ideal_family = ENT_FAMILY(measures);
