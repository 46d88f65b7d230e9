/*
 * What speaks for and against, subject by subject.
 *
 * Features of one subject go together: of the four that say where two states lie, one
 * takes back what another gives, and a reader wants to know what nearness does.  A
 * subject's weight is the sum of its features' parts in the log-odds.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entente/number.h"
#include "query/verdict.h"

#define UNLIKE  0.3    /* distance of regimes, of 1 */
#define CLEARLY 0.2231 /* log-odds below which a subject says little: odds by 1.25 */

enum {
    MOST_FEATURES = 4,
};

/* A subject: which features it has, and in which words its numbers stand. */
struct subject {
    const char *name;
    const char *features[MOST_FEATURES];
    /* Put its numbers into words; false when none is known. */
    bool (*say)(const struct ent_verdict *v, char *text, size_t size);
};

static const struct ent_feature_value *value_of(const struct ent_verdict *v, const char *id)
{
    for (size_t f = 0; f < ent_feature_count(); f++) {
        if (strcmp(ent_feature_at(f)->id, id) == 0)
            return &v->features.at[f];
    }
    return NULL;
}

static double number_of(const struct ent_verdict *v, const char *id)
{
    const struct ent_feature_value *value = value_of(v, id);

    return value ? value->value : (double)NAN;
}

static int year_of(const struct ent_verdict *v, const char *id)
{
    const struct ent_feature_value *value = value_of(v, id);

    return value ? value->year : 0;
}

static bool say_votes(const struct ent_verdict *v, char *text, size_t size)
{
    double agreement = number_of(v, "agreement");

    if (isnan(agreement))
        return false;
    snprintf(text, size, "UN votes: agreement %.2f %s what is usual (%d)", fabs(agreement),
             agreement >= 0 ? "above" : "below", year_of(v, "agreement"));
    return true;
}

static bool say_trade(const struct ent_verdict *v, char *text, size_t size)
{
    double larger = number_of(v, "trade_larger"), smaller = number_of(v, "trade_smaller");

    if (isnan(larger))
        return false;
    snprintf(text, size, "trade: %.*f %% of one's total, %.*f %% of the other's (%d)",
             larger < 0.01 ? 2 : 1, 100 * larger, smaller < 0.01 ? 2 : 1, 100 * smaller,
             year_of(v, "trade_larger"));
    return true;
}

static bool say_arms(const struct ent_verdict *v, char *text, size_t size)
{
    double arms = number_of(v, "arms"), share = number_of(v, "arms_share");
    char number[32];

    if (isnan(arms))
        return false;
    if (arms < 0.5)
        snprintf(text, size, "arms: none delivered in five years (%d)", year_of(v, "arms"));
    else if (isnan(share))
        snprintf(text, size, "arms: %s m TIV in five years (%d)",
                 ent__thousands(arms, number, sizeof(number)), year_of(v, "arms"));
    else
        snprintf(text, size, "arms: %s m TIV in five years, %.0f %% of imports (%d)",
                 ent__thousands(arms, number, sizeof(number)), 100 * share, year_of(v, "arms"));
    return true;
}

static bool say_place(const struct ent_verdict *v, char *text, size_t size)
{
    double km = number_of(v, "distance");
    char number[32];

    if (isnan(km))
        return false;
    snprintf(text, size, "geography: capitals %s km apart%s",
             ent__thousands(km, number, sizeof(number)),
             number_of(v, "land") > 0    ? ", a common border"
             : number_of(v, "water") > 0 ? ", neighbours over water"
                                         : "");
    return true;
}

/* "12.3 %", "under 0.1 %" */
static const char *percent(double share, char *text, size_t size)
{
    if (share < 0.001)
        snprintf(text, size, "under 0.1 %%");
    else
        snprintf(text, size, "%.1f %%", 100 * share);
    return text;
}

static bool say_power(const struct ent_verdict *v, char *text, size_t size)
{
    double larger = number_of(v, "power_larger"), smaller = number_of(v, "power_smaller");
    char one[24], other[24];

    if (isnan(larger) || isnan(smaller))
        return false;
    snprintf(text, size, "power: %s and %s of the world's capabilities (%d)",
             percent(larger, one, sizeof(one)), percent(smaller, other, sizeof(other)),
             year_of(v, "power_larger"));
    return true;
}

static bool say_regimes(const struct ent_verdict *v, char *text, size_t size)
{
    double distance = number_of(v, "regimes");
    bool kinds = !isnan(number_of(v, "democracies"));
    const char *kind =
        number_of(v, "democracies") > 0   ? "both democracies"
        : number_of(v, "autocracies") > 0 ? "both autocracies"
        : kinds ? distance > UNLIKE ? "unlike" : "neither both democracies nor both autocracies"
                : "of unknown kind";

    if (isnan(distance) && !kinds)
        return false;
    if (isnan(distance))
        snprintf(text, size, "regimes: %s", kind);
    else
        snprintf(text, size, "regimes: %s, distance %.2f of 1 (%d)", kind, distance,
                 year_of(v, "regimes"));
    return true;
}

static bool say_history(const struct ent_verdict *v, char *text, size_t size)
{
    bool language = number_of(v, "language") > 0, coloniser = number_of(v, "coloniser") > 0;
    bool colony = number_of(v, "colony") > 0;

    if (isnan(number_of(v, "language")))
        return false;
    if (!language && !coloniser && !colony)
        snprintf(text, size, "history: no common language, no colonial tie");
    else
        snprintf(text, size, "history: %s%s%s", language ? "a common language" : "",
                 language && (coloniser || colony) ? ", " : "",
                 colony      ? "one was the other's colony"
                 : coloniser ? "the same coloniser"
                             : "");
    return true;
}

static bool say_enemies(const struct ent_verdict *v, char *text, size_t size)
{
    double disputes = number_of(v, "disputes"), rivals = number_of(v, "rivals");
    double common = number_of(v, "adversaries");

    if (isnan(rivals))
        return false;
    if (number_of(v, "rivalry") > 0)
        snprintf(text, size, "rivals: they are each other's (%d)", year_of(v, "rivalry"));
    else if (rivals == 0)
        snprintf(text, size, "rivals: neither has any (%d)", year_of(v, "rivals"));
    else
        snprintf(text, size, "rivals: %.0f between them, %.0f in common%s (%d)", rivals,
                 isnan(common) ? 0 : common, disputes > 0 ? "; recent disputes" : "",
                 year_of(v, "rivals"));
    return true;
}

static bool say_with_rivals(const struct ent_verdict *v, char *text, size_t size)
{
    double share = number_of(v, "trade_with_rivals");

    if (isnan(share))
        return false;
    snprintf(text, size, "trade with the partner's rivals: up to %.1f %% (%d)", 100 * share,
             year_of(v, "trade_with_rivals"));
    return true;
}

static const struct subject subjects[] = {
    { "UN votes", { "agreement", "positions", "beside_rivals" }, say_votes },
    { "trade", { "trade_larger", "trade_smaller" }, say_trade },
    { "arms", { "arms", "arms_share" }, say_arms },
    { "geography", { "distance", "nearest", "land", "water" }, say_place },
    { "power", { "power_larger", "power_smaller", "majors" }, say_power },
    { "regimes", { "democracies", "autocracies", "regimes" }, say_regimes },
    { "history", { "language", "coloniser", "colony" }, say_history },
    { "rivals", { "rivalry", "rivals", "adversaries", "disputes" }, say_enemies },
    { "trade with rivals", { "trade_with_rivals" }, say_with_rivals },
};

#define SUBJECTS (sizeof(subjects) / sizeof(subjects[0]))

/* The subject of a feature; SUBJECTS when it has none. */
static size_t subject_of(const char *feature)
{
    for (size_t s = 0; s < SUBJECTS; s++) {
        for (size_t k = 0; k < MOST_FEATURES && subjects[s].features[k]; k++) {
            if (strcmp(subjects[s].features[k], feature) == 0)
                return s;
        }
    }
    return SUBJECTS;
}

static int by_weight(const void *a, const void *b)
{
    double x = fabs(((const struct ent_point *)a)->log_odds);
    double y = fabs(((const struct ent_point *)b)->log_odds);

    return (x < y) - (x > y);
}

static void list_points(struct ent_verdict *v)
{
    _Static_assert(SUBJECTS <= ENT_POINT_SUBJECTS, "more subjects than there is room for");
    double weight[SUBJECTS] = { 0 };
    bool there[SUBJECTS] = { false };

    for (size_t i = 0; i < v->score.part_count; i++) {
        size_t s = subject_of(ent_feature_at(v->score.parts[i].feature)->id);

        if (s == SUBJECTS)
            continue;
        there[s] = true;
        weight[s] += v->score.parts[i].log_odds;
    }
    for (size_t s = 0; s < SUBJECTS; s++) {
        struct ent_point *p = &v->points[v->point_count];

        if (!there[s])
            continue;
        *p = (struct ent_point){ .subject = subjects[s].name,
                                 .log_odds = weight[s],
                                 .odds = exp(weight[s]) };
        p->known = subjects[s].say(v, p->text, sizeof(p->text));
        if (!p->known)
            snprintf(p->text, sizeof(p->text), "%s: not known", subjects[s].name);
        if (p->text[0] >= 'a' && p->text[0] <= 'z')
            p->text[0] = (char)(p->text[0] - 'a' + 'A');
        v->point_count++;
    }
    qsort(v->points, v->point_count, sizeof(v->points[0]), by_weight);
}

/* That two are each other's rivals is a warning, and never speaks for them. */
static bool may_speak_for(const struct ent_verdict *v, const struct ent_point *p)
{
    return strcmp(p->subject, "rivals") != 0 || !(number_of(v, "rivalry") > 0);
}

static void choose_points(struct ent_verdict *v)
{
    for (size_t i = 0; i < v->point_count; i++) {
        const struct ent_point *p = &v->points[i];

        if (!p->known)
            continue;
        if (p->log_odds >= CLEARLY && v->for_count < ENT_POINTS && may_speak_for(v, p))
            v->speaks_for[v->for_count++] = *p;
        else if (p->log_odds <= -CLEARLY && v->against_count < ENT_POINTS)
            v->speaks_against[v->against_count++] = *p;
    }
}

/* Subjects of which some feature is missing; of which some is of an earlier year, and which. */
static void say_gaps(struct ent_verdict *v)
{
    char missing[160] = "", earlier[160] = "";
    size_t m = 0, e = 0;

    for (size_t s = 0; s < SUBJECTS; s++) {
        int oldest = 0;
        bool lacks = false;

        for (size_t i = 0; i < v->score.part_count; i++) {
            const struct ent_model_part *part = &v->score.parts[i];

            if (subject_of(ent_feature_at(part->feature)->id) != s)
                continue;
            lacks = lacks || part->missing;
            if (!part->missing && part->value.carried &&
                (oldest == 0 || part->value.year < oldest))
                oldest = part->value.year;
        }
        if (lacks && m < sizeof(missing))
            m += (size_t)snprintf(missing + m, sizeof(missing) - m, "%s%s", m ? ", " : "",
                                  subjects[s].name);
        if (oldest && e < sizeof(earlier))
            e += (size_t)snprintf(earlier + e, sizeof(earlier) - e, "%s%s %d", e ? ", " : "",
                                  subjects[s].name, oldest);
    }
    if (m)
        ent__add_line(&v->unknown, "not, or not all, known to the model: %s.", missing);
    if (e)
        ent__add_line(&v->unknown, "carried forward to %d: %s.", v->year, earlier);
}

void ent__verdict_points(struct ent_verdict_work *w)
{
    struct ent_verdict *v = w->v;

    if (v->score.refused)
        return;
    list_points(v);
    choose_points(v);
    say_gaps(v);
}
