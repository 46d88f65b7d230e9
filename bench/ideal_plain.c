/*
 * The model's sweep in double precision with erfc and log of libm, vote by vote: joint
 * paths, Cowles's cut-points, latent votes by inversion, beta.  Threads over states, then
 * items.
 */
#include "ideal_plain.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "ideal/normal.h"

struct plain {
    const struct ent_ideal_votes *v;
    int threads;
    uint64_t sweep;
    double *theta, *beta, *gamma1, *gamma2, *z;
    size_t *state_start, *point_start, *point_vote;
    uint32_t *item_of;
};

static double normal(struct ent_rng *rng)
{
    return ent__normal_quantile(ent__rng_unit(rng) + 0x1p-54);
}

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

struct plain *plain_new(const struct ent_ideal_votes *v, int threads)
{
    struct plain *p = room(1, sizeof(*p));

    *p = (struct plain){
        .v = v,
        .threads = threads,
        .theta = room(v->points, sizeof(double)),
        .beta = room(v->items, sizeof(double)),
        .gamma1 = room(v->items, sizeof(double)),
        .gamma2 = room(v->items, sizeof(double)),
        .z = room(v->votes, sizeof(double)),
        .state_start = room(v->states + 1, sizeof(size_t)),
        .point_start = room(v->points + 1, sizeof(size_t)),
        .point_vote = room(v->votes, sizeof(size_t)),
        .item_of = room(v->votes, sizeof(uint32_t)),
    };
    for (size_t k = 0; k < v->points; k++)
        p->state_start[v->point_state[k] + 1] = k + 1;
    for (size_t k = 0; k < v->votes; k++)
        p->point_start[v->vote_point[k] + 1]++;
    for (size_t k = 0; k < v->points; k++)
        p->point_start[k + 1] += p->point_start[k];
    for (size_t i = 0; i < v->items; i++) {
        for (size_t k = v->item_start[i]; k < v->item_start[i + 1]; k++) {
            p->item_of[k] = (uint32_t)i;
            p->point_vote[p->point_start[v->vote_point[k]]++] = k;
        }
        p->beta[i] = i % 2 ? 1 : -1;
        p->gamma1[i] = -0.5;
        p->gamma2[i] = 0.5;
    }
    for (size_t k = v->points; k-- > 0;)
        p->point_start[k + 1] = p->point_start[k];
    p->point_start[0] = 0;
    return p;
}

static void draw_state(struct plain *p, size_t i)
{
    size_t first = p->state_start[i], n = p->state_start[i + 1] - first;
    struct ent_rng rng = ent__rng(1, p->sweep, 2 * i);
    double m[128], c[128], o = 1, before = 0;

    for (size_t t = 0; t < n && t < 128; t++) {
        double products = 0, squares = 0;

        for (size_t k = p->point_start[first + t]; k < p->point_start[first + t + 1]; k++) {
            double beta = p->beta[p->item_of[p->point_vote[k]]];

            products += beta * p->z[p->point_vote[k]];
            squares += beta * beta;
        }
        if (t > 0)
            o = c[t - 1] + 0.25;
        c[t] = 1 / (squares + 1 / o);
        m[t] = before = c[t] * (products + before / o);
    }
    for (size_t t = n; t-- > 0;) {
        if (t + 1 == n) {
            p->theta[first + t] = m[t] + sqrt(c[t]) * normal(&rng);
        } else {
            double j = c[t] / (c[t] + 0.25);

            p->theta[first + t] =
                m[t] + j * (p->theta[first + t + 1] - m[t]) + sqrt(j * 0.25) * normal(&rng);
        }
    }
}

static void ends(const struct plain *p, size_t k, double g1, double g2, double *a, double *b)
{
    int choice = p->v->vote_choice[k];
    double eta = p->beta[p->item_of[k]] * p->theta[p->v->vote_point[k]];

    *a = (choice == 1 ? -INFINITY : choice == 2 ? g1 : g2) - eta;
    *b = (choice == 1 ? g1 : choice == 2 ? g2 : INFINITY) - eta;
}

static double likelihood(const struct plain *p, size_t i, double g1, double g2)
{
    double sum = 0, a, b;

    for (size_t k = p->v->item_start[i]; k < p->v->item_start[i + 1]; k++) {
        ends(p, k, g1, g2, &a, &b);
        sum += log(fmax(1e-12, a > 0 ? ent__normal_cdf(-a) - ent__normal_cdf(-b)
                                     : ent__normal_cdf(b) - ent__normal_cdf(a)));
    }
    return sum;
}

static void draw_item(struct plain *p, size_t i)
{
    struct ent_rng rng = ent__rng(1, p->sweep, 2 * i + 1);
    double g1 = p->gamma1[i] + 0.2 / 3 * normal(&rng),
           g2 = p->gamma2[i] + 0.2 / 3 * normal(&rng);
    double squares = 1, products = 0;

    if (g1 < g2 &&
        log(ent__rng_unit(&rng)) <
            likelihood(p, i, g1, g2) - likelihood(p, i, p->gamma1[i], p->gamma2[i])) {
        p->gamma1[i] = g1;
        p->gamma2[i] = g2;
    }
    for (size_t k = p->v->item_start[i]; k < p->v->item_start[i + 1]; k++) {
        double theta = p->theta[p->v->vote_point[k]], u = ent__rng_unit(&rng) + 0x1p-54;
        double a, b, pa, pb;

        ends(p, k, p->gamma1[i], p->gamma2[i], &a, &b);
        pa = ent__normal_cdf(a > 0 ? -a : a);
        pb = ent__normal_cdf(a > 0 ? -b : b);
        p->z[k] = ent__normal_quantile(pa + u * (pb - pa));
        p->z[k] = p->beta[i] * theta + (a > 0 ? -p->z[k] : p->z[k]);
        squares += theta * theta;
        products += theta * p->z[k];
    }
    p->beta[i] = products / squares + normal(&rng) / sqrt(squares);
}

void plain_sweep(struct plain *p)
{
    double sum = 0, squares = 0, n = (double)p->v->points, sd;

    p->sweep++;
#pragma omp parallel for schedule(dynamic) num_threads(p->threads)
    for (size_t i = 0; i < p->v->states; i++)
        draw_state(p, i);
    for (size_t k = 0; k < p->v->points; k++) {
        sum += p->theta[k];
        squares += p->theta[k] * p->theta[k];
    }
    sd = sqrt(squares / n - sum / n * sum / n);
    for (size_t k = 0; k < p->v->points; k++)
        p->theta[k] = (p->theta[k] - sum / n) / sd;
#pragma omp parallel for schedule(dynamic, 16) num_threads(p->threads)
    for (size_t i = 0; i < p->v->items; i++)
        draw_item(p, i);
}

void plain_free(struct plain *p)
{
    free(p->theta);
    free(p->beta);
    free(p->gamma1);
    free(p->gamma2);
    free(p->z);
    free(p->state_start);
    free(p->point_start);
    free(p->point_vote);
    free(p->item_of);
    free(p);
}
