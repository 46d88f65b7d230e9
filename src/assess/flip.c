/*
 * The smallest changes that cross a half.
 *
 *   eta = b_0 + sum_j b_j z_j, and p = 1/2 where eta = eta*
 *   one feature   dz_j = (eta* - eta) / b_j
 *   k features    dz_j = (eta* - eta) b_j / sum_i b_i^2, the shortest way there
 *
 * A feature that would leave the range that its form has (a share below 0 or above 1, a
 * count below 0) cannot go so far; a yes or no goes to the other, or not at all.  A
 * missing feature stands at its mean, where z is 0.
 */
#include "assess/flip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/model.h"
#include "base/alloc.h"

static const char *const fixed[] = {
    "distance",  "nearest", "land",   "water",        "language",
    "coloniser", "colony",  "majors", "power_larger", "power_smaller",
};

/* What plain numbers can be; the others are bounded by their form. */
static const struct {
    const char *feature;
    double least, most;
} bounds[] = {
    { "agreement", -1, 1 },
    { "positions", 0, INFINITY },
    { "beside_rivals", -1, 1 },
    { "regimes", 0, 1 },
};

/* Whether a feature can have a value. */
static bool can_be(const struct ent_feature_info *info, double value)
{
    if (info->form != ENT_FORM_PLAIN && value < 0)
        return false;
    if (info->form == ENT_FORM_SHARE && value > 1)
        return false;
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        if (strcmp(bounds[i].feature, info->id) == 0)
            return value >= bounds[i].least && value <= bounds[i].most;
    }
    return true;
}

bool ent__flip_changeable(const char *feature)
{
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        if (strcmp(fixed[i], feature) == 0)
            return false;
    }
    return true;
}

/* One column that can move. */
struct lever {
    const struct ent_column_spec *column;
    double beta, z, now;
};

/* The log-odds at which the calibrated share is a half, by bisection: it increases. */
static double at_half(const struct ent_calibration *c)
{
    double low = -60, high = 60;

    for (int k = 0; k < 200; k++) {
        double middle = (low + high) / 2;

        if (ent__calibrated(c, middle) < 0.5)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* The feature's value at z, on its own scale. */
static double value_at(const struct ent_column_spec *column, double z)
{
    double t = column->mean + z * column->sd;

    return column->logarithm ? exp(t) - column->offset : t;
}

/*
 * Move a lever by dz; false when the feature cannot be there.  A yes or no takes the full
 * step to the other value when that is at least as far as dz, a count goes to the next
 * whole number beyond.
 */
static bool move(const struct lever *l, double dz, struct ent_flip_move *out)
{
    const struct ent_feature_info *info = ent_feature_at(l->column->feature);
    double to = value_at(l->column, l->z + dz);

    if (info->form == ENT_FORM_YES_NO) {
        double other = l->now > 0 ? 0 : 1;
        double step = (other - l->now) / l->column->sd;

        if (isnan(l->now) || step * dz <= 0 || fabs(step) < fabs(dz))
            return false;
        to = other;
        dz = step;
    }
    if (info->form == ENT_FORM_COUNT) {
        to = dz > 0 ? ceil(to) : floor(to); /* nobody has half a rival */
        dz = ent__column_value(l->column, to) - l->z;
    }
    if (fabs(dz) > ENT_FLIP_MOST && info->form != ENT_FORM_YES_NO)
        return false;
    if (!can_be(info, to))
        return false;
    *out = (struct ent_flip_move){
        .feature = l->column->feature, .from = l->now, .to = to, .deviations = dz
    };
    return true;
}

static int by_weight(const void *a, const void *b)
{
    double x = fabs(((const struct lever *)a)->beta);
    double y = fabs(((const struct lever *)b)->beta);

    return (x < y) - (x > y);
}

static int by_size(const void *a, const void *b)
{
    double x = ((const struct ent_flip_way *)a)->size;
    double y = ((const struct ent_flip_way *)b)->size;

    return (x > y) - (x < y);
}

static size_t list_levers(const struct ent_fitted *f, const struct ent_features *features,
                          struct lever *levers)
{
    size_t count = 0;

    for (size_t c = 0; c < f->column_count; c++) {
        const struct ent_column_spec *column = &f->columns[c];
        const struct ent_feature_info *info = ent_feature_at(column->feature);

        if (!info || !ent__flip_changeable(info->id) || f->beta[c + 1] == 0)
            continue;
        levers[count++] =
            (struct lever){ .column = column,
                            .beta = f->beta[c + 1],
                            .z = ent__column_value(column, features->at[column->feature].value),
                            .now = features->at[column->feature].value };
    }
    qsort(levers, count, sizeof(*levers), by_weight);
    return count;
}

/* Each feature alone: all that can go so far, the smallest kept. */
static void alone(const struct lever *levers, size_t count, double gap, struct ent_flips *out)
{
    struct ent_flip_way ways[ENT_COLUMNS];
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        struct ent_flip_way *way = &ways[found];

        memset(way, 0, sizeof(*way));
        if (!move(&levers[i], gap / levers[i].beta, &way->moves[0]))
            continue;
        way->count = 1;
        way->size = fabs(way->moves[0].deviations);
        found++;
    }
    qsort(ways, found, sizeof(*ways), by_size);
    for (size_t i = 0; i < found && out->count < ENT_FLIP_WAYS; i++)
        out->ways[out->count++] = ways[i];
}

/* The weightiest amounts together, each by its part of the shortest way. */
static void
together(const struct lever *levers, size_t count, double gap, struct ent_flips *out)
{
    for (size_t k = 2; k <= ENT_FLIP_FEATURES && out->count < ENT_FLIP_WAYS; k++) {
        struct ent_flip_way way = { 0 };
        const struct lever *chosen[ENT_FLIP_FEATURES];
        double weight = 0;
        bool all = true;

        for (size_t i = 0; i < count && way.count < k; i++) {
            if (ent_feature_at(levers[i].column->feature)->form == ENT_FORM_YES_NO)
                continue;
            chosen[way.count++] = &levers[i];
            weight += levers[i].beta * levers[i].beta;
        }
        if (way.count < k)
            return;
        for (size_t i = 0; i < k; i++) {
            double dz = gap * chosen[i]->beta / weight;

            all = all && move(chosen[i], dz, &way.moves[i]);
            way.size += dz * dz;
        }
        way.size = sqrt(way.size);
        if (all)
            out->ways[out->count++] = way;
    }
}

enum ent_status ent_model_flip(const struct ent_model *model, size_t variant,
                               const struct ent_features *features, struct ent_flips *out,
                               struct ent_error *err)
{
    struct lever levers[ENT_COLUMNS];
    struct ent_model_score score;
    struct ent_flips flips = { 0 };
    const struct ent_fitted *f;
    size_t count;
    double gap;

    ENT_TRY(ent_model_score(model, variant, features, &score, err));
    if (score.refused)
        return ent_fail(err, ENT_EINVAL, "no share to change: %s", score.why);
    f = &model->variants[variant];
    for (size_t c = 0; c < f->column_count; c++) {
        if (f->columns[c].bend)
            return ent_fail(err, ENT_EINVAL, "the variant \"%s\" bends", f->info.id);
    }
    flips.above = score.p >= 0.5;
    gap = at_half(&f->calibration) - score.log_odds;
    count = list_levers(f, features, levers);
    alone(levers, count, gap, &flips);
    together(levers, count, gap, &flips);
    *out = flips;
    return ENT_OK;
}
