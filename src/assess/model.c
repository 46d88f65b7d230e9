/* Answers from a model: scores, their parts, and places. */
#include "assess/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/features.h"

size_t ent_model_variant_count(const struct ent_model *model)
{
    return model->variant_count;
}

const struct ent_model_variant *
ent_model_variant_at(const struct ent_model *model, size_t index)
{
    return index < model->variant_count ? &model->variants[index].info : NULL;
}

size_t ent_model_variant_find(const struct ent_model *model, const char *id)
{
    for (size_t v = 0; v < model->variant_count; v++)
        if (strcmp(model->variants[v].info.id, id) == 0)
            return v;
    return SIZE_MAX;
}

size_t ent_model_headline(const struct ent_model *model, const struct ent_features *features)
{
    size_t strict = ent_model_variant_find(model, "strict");
    size_t late = ent_model_variant_find(model, "late");

    return ent__features_trade(features) || late == SIZE_MAX ? strict : late;
}

/* Whether a variant has a feature of those that the id names. */
static bool uses(const struct ent_fitted *v, const char *id)
{
    size_t feature = ent__feature_find(id, strlen(id));

    for (size_t i = 0; i < v->info.feature_count; i++)
        if (v->features[i] == feature)
            return true;
    return false;
}

/* Say why there can be no answer; true when there can be none. */
static bool
refuse(const struct ent_fitted *v, const struct ent_features *f, struct ent_model_score *out)
{
    bool votes = ent__features_votes(f), trade = ent__features_trade(f);
    size_t organisations = ent__feature_find("organisations", strlen("organisations"));

    if (uses(v, "organisations") && isnan(f->at[organisations].value))
        snprintf(out->why, sizeof(out->why),
                 "shared organisations, on which this form of the model rests, are not known "
                 "in %d nor the %d years before",
                 f->year, ENT_CARRY_YEARS);
    else if (!votes && !trade)
        snprintf(out->why, sizeof(out->why),
                 "neither UN votes nor trade of the two are known in %d or the %d years before",
                 f->year, ENT_CARRY_YEARS);
    else if (!votes && !uses(v, "trade_larger"))
        snprintf(
            out->why, sizeof(out->why),
            "UN votes of the two are not known in %d or the %d years before, and this form "
            "of the model has no trade",
            f->year, ENT_CARRY_YEARS);
    out->refused = out->why[0] != '\0';
    return out->refused;
}

bool ent__model_refuses(const struct ent_model *model, size_t variant,
                        const struct ent_features *features)
{
    struct ent_model_score score = { .refused = false };

    return refuse(&model->variants[variant], features, &score);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The value below which a share of sorted[0..n-1] lies, between neighbours. */
static double quantile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1);
    size_t low = (size_t)at;

    if (low + 1 >= n)
        return sorted[n - 1];
    return sorted[low] + (at - (double)low) * (sorted[low + 1] - sorted[low]);
}

/* The middle 90 % of values, which are sorted; widened where it leaves out the answer. */
static void interval(double *values, size_t n, double answer, double *low, double *high)
{
    *low = *high = answer;
    if (n == 0)
        return;
    qsort(values, n, sizeof(*values), by_size);
    *low = fmin(answer, quantile(values, n, 0.05));
    *high = fmax(answer, quantile(values, n, 0.95));
}

static double draw_of(const struct ent_fitted *v, size_t draw, size_t coefficient)
{
    return v->beta[coefficient] +
           (double)v->draws[draw * (v->column_count + 1) + coefficient] / ENT_DRAW_UNIT;
}

/* One feature's part: all columns that it enters by. */
static void make_part(const struct ent_fitted *v, const double *z, size_t feature,
                      const struct ent_features *f, struct ent_model_part *part)
{
    double draws[ENT_DRAWS];

    *part = (struct ent_model_part){ .feature = feature, .value = f->at[feature] };
    part->missing = isnan(f->at[feature].value);
    memset(draws, 0, v->draw_count * sizeof(*draws));
    for (size_t c = 0; c < v->column_count; c++) {
        if (v->columns[c].feature != feature)
            continue;
        part->log_odds += v->beta[c + 1] * z[c];
        for (size_t d = 0; d < v->draw_count; d++)
            draws[d] += draw_of(v, d, c + 1) * z[c];
    }
    interval(draws, v->draw_count, part->log_odds, &part->low, &part->high);
}

static int by_effect(const void *a, const void *b)
{
    const struct ent_model_part *x = a, *y = b;
    double one = fabs(x->log_odds), two = fabs(y->log_odds);

    if (one != two)
        return one > two ? -1 : 1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

static void
score(const struct ent_fitted *v, const struct ent_features *f, struct ent_model_score *out)
{
    double z[ENT_COLUMNS], draws[ENT_DRAWS];

    out->base = out->log_odds = v->beta[0];
    for (size_t c = 0; c < v->column_count; c++) {
        z[c] = ent__column_value(&v->columns[c], f->at[v->columns[c].feature].value);
        out->log_odds += v->beta[c + 1] * z[c];
    }
    for (size_t d = 0; d < v->draw_count; d++) {
        double eta = draw_of(v, d, 0);

        for (size_t c = 0; c < v->column_count; c++)
            eta += draw_of(v, d, c + 1) * z[c];
        draws[d] = ent__calibrated(&v->calibration, eta);
    }
    out->p = ent__calibrated(&v->calibration, out->log_odds);
    out->calibration = ent__logit(out->p) - out->log_odds;
    interval(draws, v->draw_count, out->p, &out->low, &out->high);
    for (size_t i = 0; i < v->info.feature_count; i++) {
        struct ent_model_part *part = &out->parts[out->part_count++];

        make_part(v, z, v->features[i], f, part);
        out->missing += part->missing;
        out->carried += part->value.carried;
    }
    qsort(out->parts, out->part_count, sizeof(out->parts[0]), by_effect);
}

enum ent_status ent_model_score(const struct ent_model *model, size_t variant,
                                const struct ent_features *features,
                                struct ent_model_score *out, struct ent_error *err)
{
    if (variant >= model->variant_count)
        return ent_fail(err, ENT_EINVAL, "the model has %zu forms, and none is number %zu",
                        model->variant_count, variant);
    memset(out, 0, sizeof(*out));
    out->p = out->low = out->high = out->log_odds = out->base = out->calibration = NAN;
    if (!refuse(&model->variants[variant], features, out))
        score(&model->variants[variant], features, out);
    return ENT_OK;
}

/* The table of a year, or of the last year before it; NULL when there is none. */
static const struct ent_places *places_of(const struct ent_fitted *v, int year)
{
    const struct ent_places *found = NULL;

    for (size_t i = 0; i < v->place_count && v->places[i].year <= year; i++)
        found = &v->places[i];
    return found;
}

struct ent_model_rank
ent_model_place(const struct ent_model *model, size_t variant, int year, double p)
{
    struct ent_model_rank rank = { 0 };
    const struct ent_places *t;
    size_t k = 0;

    if (variant >= model->variant_count || isnan(p))
        return rank;
    t = places_of(&model->variants[variant], year);
    if (!t || t->points == 0)
        return rank;
    rank.of = (uint32_t)t->count;
    rank.year = t->year;
    while (k < t->points && t->p[k] > p)
        k++;
    if (k == 0) {
        rank.place = 1;
    } else if (k == t->points) {
        rank.place = rank.of;
    } else {
        double span = t->p[k - 1] - t->p[k];
        double part = span > 0 ? (t->p[k - 1] - p) / span : 1;

        rank.place =
            t->rank[k - 1] + (uint32_t)lround(part * (double)(t->rank[k] - t->rank[k - 1]));
    }
    return rank;
}

struct ent_model_rank ent_model_place_exact(const struct ent_model_year *year, int a, int b)
{
    struct ent_model_rank rank = { .exact = true, .year = year->year };
    double own = NAN;

    for (size_t i = 0; i < year->count; i++)
        if ((year->dyads[i].a == a && year->dyads[i].b == b) ||
            (year->dyads[i].a == b && year->dyads[i].b == a))
            own = year->dyads[i].p;
    for (size_t i = 0; i < year->count; i++) {
        const struct ent_model_dyad *d = &year->dyads[i];

        if (d->core || isnan(d->p))
            continue;
        rank.of++;
        rank.place += d->p > own;
    }
    rank.place = isnan(own) ? 0 : rank.place + 1;
    return rank;
}
