/*
 * Trade beside what gravity leads one to expect (entente/gravity.h).
 *
 *   expected   mu_ij, million US$
 *   gap        log(X_ij / mu_ij): above 0, more is sold than expected
 *
 * Fitted once a year on all flows X_ij of the year that are known, with the log of the
 * distance between the largest cities, a common border, a common official language
 * and a colonial past of the two (CEPII, Mayer and Zignago 2011).  No alliance, regime
 * or other political variable is among them: that is what the gap is to be set against.
 *
 * Limits: gaps of one state offset each other, X_ij - mu_ij adding up to 0 over its
 * partners.  A flow of 0 has no gap.  Distances are those of the states of today, so
 * that pairs of states that are no more (East Germany) are left out.  A year that
 * does not converge has no values.
 */
#include <math.h>

#include "entente/gravity.h"
#include "measure/trade.h"

enum {
    DISTANCE,
    CONTIGUOUS,
    LANGUAGE,
    COLONY,
    COVARIATES
};

static const char *const covariate_names[COVARIATES] = {
    "log of the distance in km",
    "common border",
    "common official language",
    "colonial past of the two",
};

/* A year's fit. */
struct solved {
    enum ent_status status;
    struct ent_gravity fit;
    const double *expected; /* n * n */
};

static enum ent_status solve(const struct ent_inputs *in, struct ent_arena *arena,
                             const void **out, struct ent_error *err)
{
    size_t n = in->n, base = ent__trade_width(in);
    struct solved *solved = ent__arena_alloc(arena, sizeof(*solved));
    double *cells = ent__arena_array(arena, 3 * n * n, sizeof(*cells));
    double *flows = cells, *distance = cells + n * n, *expected = cells + 2 * n * n;
    const double *z[COVARIATES];

    if (!solved || !cells)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a gravity model");
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            flows[i * n + j] = i == j ? (double)NAN : ent__trade_flow(in, 0, i, j);
            distance[i * n + j] = log(ent__cell_of(in, base + DISTANCE, i, j));
            expected[i * n + j] = NAN;
        }
    }
    z[DISTANCE] = distance;
    for (size_t c = CONTIGUOUS; c < COVARIATES; c++)
        z[c] = in->at[base + c].v;
    solved->expected = expected;
    solved->status =
        ent_gravity_fit(n, flows, COVARIATES, z, NULL, expected, &solved->fit, NULL);
    if (solved->status == ENT_ENOMEM)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a gravity model");
    *out = solved;
    return ENT_OK;
}

static const char usd[] = "million current US$";

static void
step_fit(const struct ent_inputs *in, const struct solved *s, struct ent_steps *steps)
{
    if (s->status != ENT_OK) {
        ent__step(steps, NAN, "", "the model of %d has no answer: %s", in->year,
                  s->status == ENT_EDIVERGE ? "it does not converge"
                                            : "no flow is known, with its distance");
        return;
    }
    ent__step(steps, (double)s->fit.cells, "flows", "flows of %d that are fitted", in->year);
    for (size_t c = 0; c < COVARIATES; c++)
        ent__step(steps, s->fit.beta[c], "", "coefficient of the %s", covariate_names[c]);
}

enum wanted {
    EXPECTED,
    GAP,
    DIFFERENCE
};

static void gravity(const struct ent_measure *measure, const struct ent_inputs *in,
                    const struct ent_pair *pairs, size_t count, double *out,
                    struct ent_steps *steps)
{
    const struct solved *s = in->prepared;

    for (size_t k = 0; k < count; k++) {
        double actual = ent__trade_flow(in, 0, pairs[k].from, pairs[k].to);
        double mu = s->status == ENT_OK ? s->expected[pairs[k].from * in->n + pairs[k].to]
                                        : (double)NAN;

        switch ((enum wanted)measure->variant) {
        case EXPECTED:
            out[k] = mu;
            break;
        case GAP:
            out[k] = actual > 0 ? log(actual / mu) : NAN;
            break;
        case DIFFERENCE:
            out[k] = actual - mu;
            break;
        }
        if (!steps)
            continue;
        step_fit(in, s, steps);
        ent__step(steps, actual, usd, "exports %s -> %s", steps->from, steps->to);
        ent__step(steps, mu, usd, "expected of them");
        ent__step(steps, out[k], measure->info.unit, "%s", measure->info.formula);
    }
}

#define FLOWS(table_, column_)                                         \
    {                                                                  \
        .table = (table_), .column = (column_), .scope = ENT_SCOPE_ALL \
    }
#define BETWEEN(column_)                                                  \
    {                                                                     \
        .table = "geodist", .column = (column_), .view = ENT_VIEW_STATIC, \
        .scope = ENT_SCOPE_ALL                                            \
    }
#define ALL_BETWEEN                                                                     \
    BETWEEN("distance_km"), BETWEEN("contiguous"), BETWEEN("common_language_official"), \
        BETWEEN("colony")

static const struct ent_input cow_inputs[] = { FLOWS("cow_trade", "imports"), ALL_BETWEEN };
static const struct ent_input comtrade_inputs[] = {
    FLOWS("comtrade", "imports"),
    FLOWS("comtrade", "exports"),
    ALL_BETWEEN,
};

static const struct ent_measure_source sources[] = {
    {
        .name = "cow_trade",
        .datasets = "cow_trade geodist",
        .inputs = cow_inputs,
        .input_count = ENT_COUNT_OF(cow_inputs),
        .layout = ENT_TRADE_COW,
        .prepare = solve,
    },
    {
        .name = "comtrade",
        .datasets = "comtrade geodist",
        .inputs = comtrade_inputs,
        .input_count = ENT_COUNT_OF(comtrade_inputs),
        .layout = ENT_TRADE_COMTRADE,
        .prepare = solve,
    },
};

#define ENTRY(id_, title_, meaning_, unit_, sense_, form_, formula_, variant_)            \
    {                                                                                     \
        .info = {                                                                       \
            .id = (id_),                                                                \
            .title = (title_),                                                          \
            .meaning = (meaning_),                                                      \
            .unit = (unit_),                                                            \
            .dimension = ENT_DIM_ECONOMY,                                               \
            .direction = ENT_DIRECTED,                                                  \
            .sense = (sense_),                                                          \
            .form = (form_),                                                            \
            .detail = true,                                                             \
            .formula = (formula_),                                                      \
            .citation = "Santos Silva and Tenreyro 2006; Fally 2015",                   \
        },                                                                              \
        ENT_FROM(sources),                                                              \
        .compute = gravity,                                                             \
        .variant = (variant_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("gravity.expected", "exports to be expected",
          "X -> Y: what X would sell to Y, going by all that each trades, their distance, "
          "border, language and colonial past",
          usd, ENT_SENSE_NONE, ENT_FORM_AMOUNT,
          "mu_ij = exp(a_i + b_j + z_ij' beta), Poisson pseudo-maximum likelihood", EXPECTED),
    ENTRY("gravity.gap", "exports beside those to be expected",
          "X -> Y: by how much X sells more to Y than is to be expected, as a logarithm: 0 as "
          "expected, 0.7 twice as much, -0.7 half",
          "", ENT_SENSE_CLOSER, ENT_FORM_PLAIN, "log(X_ij / mu_ij)", GAP),
    ENTRY("gravity.difference", "exports less those to be expected",
          "X -> Y: what X sells to Y less what is to be expected", usd, ENT_SENSE_CLOSER,
          ENT_FORM_AMOUNT, "X_ij - mu_ij", DIFFERENCE),
};

const struct ent_family ent__gravity_family = ENT_FAMILY(measures);
