#include "query/ideal_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/parallel.h"
#include "ideal/normal.h"

/* The 95 % point of the normal. */
#define Z95 1.6448536269514722

enum {
    MOST_DRAWS = 500, /* of more, so many evenly spaced tell as much */
    MOST_TAIL = MOST_DRAWS / 10 + 1,
    HALVINGS = 40,
    SESSIONS = 1001,
};

/* Points of one session, by state. */
struct session {
    uint32_t *point;
    size_t count;
    size_t first; /* of its pairs among all */
};

struct pairing {
    const struct ent_ideal *ideal;
    uint32_t *order; /* points by session, then state */
    struct session *sessions;
    size_t session_count;
    float *draws; /* the draws used of each point, one point after another */
    size_t draw_count;
    struct ent_ideal_pair *pairs;
    size_t pair_count;
};

/* Points are by state, then session: counted into sessions they are by session, then state. */
static enum ent_status sort_points(struct pairing *w, struct ent_error *err)
{
    const struct ent_ideal *ideal = w->ideal;
    uint32_t start[SESSIONS + 2] = { 0 };

    w->order = ent__calloc(ideal->point_count + 1, sizeof(*w->order));
    w->sessions = ent__calloc(SESSIONS, sizeof(*w->sessions));
    if (!w->order || !w->sessions)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the distances");
    for (size_t p = 0; p < ideal->point_count; p++)
        start[ideal->points[p].session + 1]++;
    for (size_t s = 1; s <= SESSIONS; s++)
        start[s] += start[s - 1];
    for (size_t s = 0; s < SESSIONS; s++) {
        size_t count = start[s + 1] - start[s];

        if (!count)
            continue;
        w->sessions[w->session_count++] =
            (struct session){ w->order + start[s], count, w->pair_count };
        w->pair_count += count * (count - 1) / 2;
    }
    for (size_t p = 0; p < ideal->point_count; p++)
        w->order[start[ideal->points[p].session]++] = (uint32_t)p;
    return ENT_OK;
}

/* The draws used of every point, side by side. */
static enum ent_status pick_draws(struct pairing *w, struct ent_error *err)
{
    const struct ent_ideal *ideal = w->ideal;
    size_t all = ideal->chains * ideal->draws;
    size_t stride = (all + MOST_DRAWS - 1) / MOST_DRAWS;

    if (!ent_ideal_draws(ideal, 0) || all < 2)
        return ENT_OK;
    w->draw_count = (all + stride - 1) / stride;
    w->draws = ent__calloc(ideal->point_count * w->draw_count, sizeof(*w->draws));
    if (!w->draws)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the distances");
    for (size_t p = 0; p < ideal->point_count; p++) {
        const float *from = ent_ideal_draws(ideal, p);

        for (size_t d = 0; d < w->draw_count; d++)
            w->draws[p * w->draw_count + d] = from[d * stride];
    }
    return ENT_OK;
}

/* The value of rank `rank` from below, by keeping the lowest in order; sign -1: from above. */
static float rank_of(const float *v, size_t n, size_t rank, float sign)
{
    float lowest[MOST_TAIL] = { 0 };
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        float x = v[i] * sign;
        size_t at = kept;

        if (kept > rank && x >= lowest[rank])
            continue;
        if (kept <= rank)
            kept++;
        else
            at = rank;
        for (; at > 0 && lowest[at - 1] > x; at--)
            lowest[at] = lowest[at - 1];
        lowest[at] = x;
    }
    return lowest[rank] * sign;
}

/* From the draws of two points; work has room for draw_count floats. */
static void pair_of_draws(const struct pairing *w, size_t a, size_t b, float *work,
                          struct ent_ideal_pair *out)
{
    const float *x = w->draws + a * w->draw_count;
    const float *y = w->draws + b * w->draw_count;
    size_t n = w->draw_count;
    double mean = 0;
    double squares = 0;
    size_t closer = 0;
    float low, high;

    for (size_t d = 0; d < n; d++) {
        work[d] = x[d] - y[d];
        mean += (double)work[d];
        closer += fabsf(work[d]) < (float)ENT_IDEAL_CLOSER;
    }
    mean /= (double)n;
    for (size_t d = 0; d < n; d++)
        squares += ((double)work[d] - mean) * ((double)work[d] - mean);
    out->sd = (float)sqrt(squares / (double)(n - 1));
    out->closer = (float)closer / (float)n;
    low = rank_of(work, n, n / 20, 1);
    high = rank_of(work, n, n / 20, -1);
    if (low > 0 || high < 0) {
        out->low = fminf(fabsf(low), fabsf(high));
        out->high = fmaxf(fabsf(low), fabsf(high));
        return;
    }
    for (size_t d = 0; d < n; d++)
        work[d] = fabsf(work[d]);
    out->low = 0;
    out->high = rank_of(work, n, n / 10, -1);
}

/* P(|N(mean, sd)| < x) */
static double folded(double mean, double sd, double x)
{
    return ent__normal_cdf((x - mean) / sd) - ent__normal_cdf((-x - mean) / sd);
}

static void pair_of_normals(const struct ent_ideal_estimate *a,
                            const struct ent_ideal_estimate *b, struct ent_ideal_pair *out)
{
    double mean = fabs(a->mean - b->mean);
    double sd = hypot(a->sd, b->sd);
    double low = 0;
    double high = mean + 10 * sd;

    out->sd = (float)sd;
    out->low = (float)(mean - Z95 * sd);
    out->high = (float)(mean + Z95 * sd);
    out->closer =
        (float)(sd > 0 ? folded(mean, sd, ENT_IDEAL_CLOSER) : mean < ENT_IDEAL_CLOSER);
    if (out->low > 0 || !(sd > 0))
        return;
    for (int k = 0; k < HALVINGS; k++) {
        double middle = 0.5 * (low + high);

        if (folded(mean, sd, middle) < 0.9)
            low = middle;
        else
            high = middle;
    }
    out->low = 0;
    out->high = (float)high;
}

static void do_session(const struct pairing *w, const struct session *s, float *work)
{
    const struct ent_ideal_estimate *points = w->ideal->points;
    struct ent_ideal_pair *out = w->pairs + s->first;

    for (size_t i = 0; i < s->count; i++) {
        for (size_t j = i + 1; j < s->count; j++, out++) {
            const struct ent_ideal_estimate *a = &points[s->point[i]];
            const struct ent_ideal_estimate *b = &points[s->point[j]];

            out->session = a->session;
            out->a = a->state;
            out->b = b->state;
            if (w->draws)
                pair_of_draws(w, s->point[i], s->point[j], work, out);
            else
                pair_of_normals(a, b, out);
        }
    }
}

static enum ent_status compute(struct pairing *w, struct ent_error *err)
{
    int threads = ent__processors();

    ENT_TRY(sort_points(w, err));
    ENT_TRY(pick_draws(w, err));
    w->pairs = ent__calloc(w->pair_count + 1, sizeof(*w->pairs));
    if (!w->pairs)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu distances", w->pair_count);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t s = 0; s < w->session_count; s++) {
        float work[MOST_DRAWS];

        do_session(w, &w->sessions[s], work);
    }
    return ENT_OK;
}

enum ent_status ent__ideal_pairs(const struct ent_ideal *ideal, ent_ideal_pair_fn each,
                                 void *context, struct ent_error *err)
{
    struct pairing w = { .ideal = ideal };
    enum ent_status status = compute(&w, err);

    for (size_t p = 0; status == ENT_OK && p < w.pair_count; p++)
        status = each(context, &w.pairs[p], p + 1, err);
    ent__free(w.order);
    ent__free(w.sessions);
    ent__free(w.draws);
    ent__free(w.pairs);
    return status;
}
