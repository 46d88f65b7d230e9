/*
 * What two states sell each other, by kind of good.
 *
 *   X_ij^k  exports of i to j in section k of the SITC; raw are the sections 0 to 4,
 *           processed 5 to 8; section 9, the rest, is left out of both
 *   e_ik    part of section k in i's exports      m_ik   in its imports
 *
 *   raw share          p_ij = raw / (raw + processed), of X_ij
 *   composition        ((a + d) - (b + c)) / (a + b + c + d), a raw imports, b raw exports,
 *                      c processed imports, d processed exports of i in trade with j:
 *                      after Galtung 1971, the index of colonial trade
 *   export similarity  sum over k of min(e_ik, e_jk): Finger and Kreinin 1979
 *   complementarity    1 - 1/2 sum over k of |m_ik - e_jk|: Michaely 1996
 *   Drysdale           sum over k of e_ik m_jk (M_w - M_i) / (M_wk - M_ik): Drysdale 1967
 *   advantage          (RCA - 1) / (RCA + 1), RCA = (X_ik / X_i) / (X_wk / X_w): Balassa 1965
 *
 * These need the table `goods`, which a user brings: year, exporter, importer, section,
 * value; see src/datasets/goods.c.  The first two need the trade of the pair alone, the
 * others all trade of both, and Drysdale and the advantage that of the world.
 *
 * Limits: ten sections are coarse, and similarity falls with finer ones; non-ferrous
 * metals (68) stand among manufactures, which understates what is raw.  A section for
 * which a pair has no row counts as nothing when the pair has a row for another.
 */
#include <math.h>

#include "measure/family.h"

enum {
    SECTIONS = 10,
    RAW_LAST = 4,
    PROCESSED_LAST = 8,
    MACHINERY = 7,
    ALL_RAW = -1,
};

static double flow(const struct ent_inputs *in, size_t k, size_t i, size_t j)
{
    double value = ent__cell_of(in, k, i, j);

    return isnan(value) ? 0 : value;
}

/* Sum over sections; NAN when the pair has no row for any. */
static double
between(const struct ent_inputs *in, size_t first, size_t last, size_t i, size_t j)
{
    double sum = 0;
    bool any = false;

    for (size_t k = 0; k < SECTIONS; k++)
        any = any || !isnan(ent__cell_of(in, k, i, j));
    for (size_t k = first; k <= last; k++)
        sum += flow(in, k, i, j);
    return any ? sum : NAN;
}

static double raw(const struct ent_inputs *in, size_t i, size_t j)
{
    return between(in, 0, RAW_LAST, i, j);
}

static double processed(const struct ent_inputs *in, size_t i, size_t j)
{
    return between(in, RAW_LAST + 1, PROCESSED_LAST, i, j);
}

static double over(double above, double below)
{
    return below > 0 ? above / below : (double)NAN;
}

static double exports(const struct ent_inputs *in, size_t k, size_t i)
{
    return in->at[k].row_sum[i];
}

static double imports(const struct ent_inputs *in, size_t k, size_t i)
{
    return in->at[k].column_sum[i];
}

/* Over all sections; exports or imports. */
static double all_of(const struct ent_inputs *in,
                     double (*what)(const struct ent_inputs *, size_t, size_t), size_t i)
{
    double sum = 0;

    for (size_t k = 0; k < SECTIONS; k++)
        sum += what(in, k, i);
    return sum;
}

static double of_world(const struct ent_inputs *in, size_t k)
{
    double sum = 0;

    for (size_t i = 0; i < in->n; i++)
        sum += exports(in, k, i);
    return sum;
}

enum wanted {
    RAW_SHARE,
    EXCHANGE,
    COMPOSITION,
    SIMILARITY,
    COMPLEMENTARITY,
    DRYSDALE,
};

static double raw_share(const struct ent_inputs *in, size_t i, size_t j)
{
    return over(raw(in, i, j), raw(in, i, j) + processed(in, i, j));
}

static double composition(const struct ent_inputs *in, size_t i, size_t j)
{
    double a = raw(in, j, i), b = raw(in, i, j);
    double c = processed(in, j, i), d = processed(in, i, j);

    return over((a + d) - (b + c), a + b + c + d);
}

static double drysdale(const struct ent_inputs *in, size_t i, size_t j)
{
    double x = all_of(in, exports, i), m = all_of(in, imports, j);
    double world = 0, sum = 0;

    for (size_t k = 0; k < SECTIONS; k++)
        world += of_world(in, k);
    if (!(x > 0) || !(m > 0))
        return NAN;
    for (size_t k = 0; k < SECTIONS; k++) {
        double rest = of_world(in, k) - imports(in, k, i);

        /* What nobody else buys has no weight: i sells none of it either. */
        if (rest > 0)
            sum += exports(in, k, i) / x * (imports(in, k, j) / m) *
                   (world - all_of(in, imports, i)) / rest;
    }
    return sum;
}

static double compare(enum wanted wanted, const struct ent_inputs *in, size_t i, size_t j)
{
    double x = all_of(in, exports, j), sum = 0;
    double mine = all_of(in, wanted == SIMILARITY ? exports : imports, i);

    if (!(x > 0) || !(mine > 0))
        return NAN;
    for (size_t k = 0; k < SECTIONS; k++) {
        double theirs = exports(in, k, j) / x;

        if (wanted == SIMILARITY)
            sum += fmin(exports(in, k, i) / mine, theirs);
        else
            sum += fabs(imports(in, k, i) / mine - theirs);
    }
    return wanted == SIMILARITY ? sum : 1 - sum / 2;
}

static double value_of(enum wanted wanted, const struct ent_inputs *in, size_t i, size_t j)
{
    switch (wanted) {
    case RAW_SHARE:
        return raw_share(in, i, j);
    case EXCHANGE:
        return raw_share(in, i, j) - raw_share(in, j, i);
    case COMPOSITION:
        return composition(in, i, j);
    case SIMILARITY:
    case COMPLEMENTARITY:
        return compare(wanted, in, i, j);
    case DRYSDALE:
        return drysdale(in, i, j);
    }
    return NAN;
}

static void goods(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    for (size_t q = 0; q < count; q++) {
        size_t i = pairs[q].from, j = pairs[q].to;

        out[q] = i == j ? (double)NAN : value_of((enum wanted)measure->variant, in, i, j);
        if (!steps)
            continue;
        ent__step(steps, raw(in, i, j), "US$", "raw goods %s -> %s", steps->from, steps->to);
        ent__step(steps, processed(in, i, j), "US$", "processed goods %s -> %s", steps->from,
                  steps->to);
        ent__step(steps, raw(in, j, i), "US$", "raw goods %s -> %s", steps->to, steps->from);
        ent__step(steps, processed(in, j, i), "US$", "processed goods %s -> %s", steps->to,
                  steps->from);
        ent__step(steps, out[q], "", "%s", measure->info.formula);
    }
}

/* The symmetric advantage in one section, or in all raw goods. */
static void advantage(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    size_t first = measure->variant == ALL_RAW ? 0 : (size_t)measure->variant;
    size_t last = measure->variant == ALL_RAW ? RAW_LAST : first;
    double world = 0, world_all = 0;

    for (size_t k = 0; k < SECTIONS; k++) {
        world_all += of_world(in, k);
        world += k >= first && k <= last ? of_world(in, k) : 0;
    }
    for (size_t q = 0; q < count; q++) {
        double mine = 0, rca;

        for (size_t k = first; k <= last; k++)
            mine += exports(in, k, pairs[q].from);
        rca = over(over(mine, all_of(in, exports, pairs[q].from)), over(world, world_all));
        out[q] = (rca - 1) / (rca + 1);
        ent__step(steps, rca, "", "the part of these goods in exports, beside the world's");
        ent__step(steps, out[q], "", "(that - 1) / (that + 1)");
    }
}

#define SECTION(k_, scope_)                                                      \
    {                                                                            \
        .table = "goods", .column = "value", .where = "section", .equals = (k_), \
        .scope = (scope_), .sums = true                                          \
    }
#define ALL_SECTIONS(scope_)                                                            \
    SECTION(0, scope_), SECTION(1, scope_), SECTION(2, scope_), SECTION(3, scope_),     \
        SECTION(4, scope_), SECTION(5, scope_), SECTION(6, scope_), SECTION(7, scope_), \
        SECTION(8, scope_), SECTION(9, scope_)

static const struct ent_input pair_inputs[] = { ALL_SECTIONS(ENT_SCOPE_BOTH) };
static const struct ent_input world_inputs[] = { ALL_SECTIONS(ENT_SCOPE_ALL) };
static const struct ent_measure_source pair_sources[] = {
    ENT_SOURCE("goods", "goods", pair_inputs),
};
static const struct ent_measure_source world_sources[] = {
    ENT_SOURCE("goods", "goods", world_inputs),
};

#define ENTRY(id_, title_, meaning_, direction_, form_, formula_, citation_, sources_,       \
              compute_, variant_)                                                            \
    {                                                                                        \
        .info = {                                                                          \
            .id = (id_),                                                                   \
            .title = (title_),                                                             \
            .meaning = (meaning_),                                                         \
            .unit = "",                                                                    \
            .dimension = ENT_DIM_ECONOMY,                                                  \
            .direction = (direction_),                                                     \
            .sense = ENT_SENSE_NONE,                                                       \
            .form = (form_),                                                               \
            .detail = true,                                                                \
            .formula = (formula_),                                                         \
            .citation = (citation_),                                                       \
        },                                                                                 \
        ENT_FROM(sources_),                                                                \
        .compute = (compute_),                                                             \
        .variant = (variant_), \
    }

static const struct ent_measure measures[] = {
    ENTRY("goods.raw_share", "raw goods in exports",
          "X -> Y: the part of what X sells to Y that is raw: food, materials and fuels",
          ENT_DIRECTED, ENT_FORM_SHARE, "p_ij = raw / (raw + processed), SITC 0-4 and 5-8",
          "own", pair_sources, goods, RAW_SHARE),
    ENTRY("goods.exchange", "asymmetry of raw goods",
          "X -> Y: the raw part of what X sells to Y less that of what Y sells to X: 1 X sends "
          "raw goods for processed ones",
          ENT_DIRECTED, ENT_FORM_PLAIN, "p_ij - p_ji", "own", pair_sources, goods, EXCHANGE),
    ENTRY(
        "goods.composition", "colonial trade",
        "X -> Y: the shape of X's trade with Y: 1 raw goods come and processed ones go, as to "
        "a colony; -1 the reverse",
        ENT_DIRECTED, ENT_FORM_PLAIN, "((a + d) - (b + c)) / (a + b + c + d)",
        "after Galtung 1971", pair_sources, goods, COMPOSITION),
    ENTRY("goods.export_similarity", "similarity of exports",
          "how alike the exports of X and Y are in kind, to all partners: 0 to 1",
          ENT_UNDIRECTED, ENT_FORM_PLAIN, "sum over k of min(e_ik, e_jk)",
          "Finger and Kreinin 1979", pair_sources, goods, SIMILARITY),
    ENTRY("goods.complementarity", "complementarity of trade",
          "X -> Y: how well what X imports from all matches what Y exports to all, in kind: 0 "
          "to 1",
          ENT_DIRECTED, ENT_FORM_PLAIN, "1 - 1/2 sum over k of |m_ik - e_jk|", "Michaely 1996",
          pair_sources, goods, COMPLEMENTARITY),
    ENTRY("goods.drysdale", "complementarity of trade, beside the world's",
          "X -> Y: how well what X exports matches what Y imports, in kind, beside the world's "
          "imports: 1 as the world",
          ENT_DIRECTED, ENT_FORM_PLAIN,
          "sum over k of (X_ik / X_i)(M_jk / M_j)(M_w - M_i) / (M_wk - M_ik)", "Drysdale 1967",
          world_sources, goods, DRYSDALE),
    ENTRY("goods.advantage_raw", "advantage in raw goods",
          "whether raw goods are more of the state's exports than of the world's: 1 it alone "
          "sells them, 0 as the world, -1 it sells none",
          ENT_MONADIC, ENT_FORM_PLAIN, "(RCA - 1) / (RCA + 1)", "Balassa 1965", world_sources,
          advantage, ALL_RAW),
    ENTRY("goods.advantage_machinery", "advantage in machinery",
          "whether machinery is more of the state's exports than of the world's: 1 it alone "
          "sells it, 0 as the world, -1 it sells none",
          ENT_MONADIC, ENT_FORM_PLAIN, "(RCA - 1) / (RCA + 1)", "Balassa 1965", world_sources,
          advantage, MACHINERY),
};

const struct ent_family ent__goods_family = ENT_FAMILY(measures);
