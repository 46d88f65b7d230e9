/*
 * The work of a sweep, and its bound.
 *
 * With N votes in 1.1 N slots (a tenth is padding), a sampler's sweep does for sixteen
 * slots about 300 vector instructions of single precision: two tails 90, the sums of
 * logarithms 20, random bits 20, a truncated draw 80, sums and moves 30, and for an
 * abstention, which has two ends, 450 in all; three divisions and a square root among them.
 * It moves 24 bytes a slot: its rank in, beta z out and in, its slot and item in the list of
 * the country-session.  At two instructions a cycle that is 10 cycles a vote, against 1.5 for
 * the bytes at 16 a cycle from the second level of cache: the bound is arithmetic.  So
 * divisions are shared (ent__tails), logarithms are taken of four votes at a time, and
 * yes and no are one tail of which the sign is turned.
 */
#include "ideal/kernel.h"
#include "ideal/tail.h"

#ifndef ENT__LEVEL
    #define ENT__LEVEL plain
#endif
#define PASTE2(a, b) a##b
#define PASTE(a, b)  PASTE2(a, b)
#define TEXT2(a)     #a
#define TEXT(a)      TEXT2(a)

enum {
    LANES = ENT__IDEAL_LANES,
};

/* A vote less likely than this counts as this in the ratio of two likelihoods. */
#define LEAST_CHANCE 1e-9F

static inline float least(float a, float b)
{
    return a < b ? a : b;
}

static inline float most(float a, float b)
{
    return a > b ? a : b;
}

/* Sums in lanes, then the lanes in order: the same whatever the width of vectors. */
static double add_up(const float *x, size_t n)
{
    float lane[LANES] = { 0 };
    double sum = 0;

    for (size_t j = 0; j < n; j += LANES)
#pragma omp simd
        for (size_t l = 0; l < LANES; l++)
            lane[l] += x[j + l];
    for (size_t l = 0; l < LANES; l++)
        sum += (double)lane[l];
    return sum;
}

/* Sum of log y[j] / x[j], for both within 1e-9..1, four at a time. */
static double log_ratio(const float *x, const float *y, size_t n)
{
    float lane[LANES] = { 0 };
    double sum = 0;
    size_t j = 0;

    for (; j + 4 * LANES <= n; j += 4 * LANES)
#pragma omp simd
        for (size_t l = 0; l < LANES; l++) {
            float above =
                (y[j + l] * y[j + LANES + l]) * (y[j + 2 * LANES + l] * y[j + 3 * LANES + l]);
            float below =
                (x[j + l] * x[j + LANES + l]) * (x[j + 2 * LANES + l] * x[j + 3 * LANES + l]);

            lane[l] += ent__log(above) - ent__log(below);
        }
    for (; j < n; j += LANES)
#pragma omp simd
        for (size_t l = 0; l < LANES; l++)
            lane[l] += ent__log(y[j + l]) - ent__log(x[j + l]);
    for (size_t l = 0; l < LANES; l++)
        sum += (double)lane[l];
    return sum;
}

static void normals(uint64_t key, float *out, size_t n)
{
    size_t half = n / 2;

#pragma omp simd
    for (size_t j = 0; j < half; j++) {
        uint64_t bits = ent__rng_at(key, j + 1);

        out[j] = ent__normal_of((uint32_t)bits);
        out[half + j] = ent__normal_of((uint32_t)(bits >> 32));
    }
}

/* log P(lo < N(mean, sd) < hi). */
static inline float log_mass(float mean, float sd, float lo, float hi)
{
    return ent__log(most(ent__interval((lo - mean) / sd, (hi - mean) / sd).inside, 1e-30F));
}

static inline float drawn(float mean, float sd, float lo, float hi, float u)
{
    float x = mean + sd * ent__within(ent__interval((lo - mean) / sd, (hi - mean) / sd), u);

    return least(most(x, lo), hi);
}

/*
 * Cowles's (1996) proposal: gamma1' ~ N(gamma1, s) within -limit..gamma2, then gamma2' ~
 * N(gamma2, s) within gamma1'..limit.  The ratio of the proposals' densities is that of
 * their masses; the authors take only that of gamma2 above its lower end.
 */
static void propose(struct ent__ideal_proposal *p, float limit, bool published)
{
    const float top = published ? 100.0F : limit;

#pragma omp simd
    for (size_t l = 0; l < LANES; l++) {
        uint64_t bits = ent__rng_at(p->key[l], 1), more = ent__rng_at(p->key[l], 2);
        float g1 = p->gamma1[l], g2 = p->gamma2[l], sd = p->sd[l];
        float n1 = drawn(g1, sd, -limit, g2, ent__unit_of((uint32_t)bits));
        float n2 = drawn(g2, sd, n1, limit, ent__unit_of((uint32_t)(bits >> 32)));
        float ratio = log_mass(g2, sd, n1, top) - log_mass(n2, sd, g1, top);
        float first = log_mass(g1, sd, -limit, g2) - log_mass(n1, sd, -limit, n2);

        ratio = published ? ratio : ratio + first;
        p->next1[l] = n1;
        p->next2[l] = n2;
        p->threshold[l] = ent__log(ent__unit_of((uint32_t)more)) - ratio;
        p->normal[l] = ent__normal_of((uint32_t)(more >> 32));
    }
}

/* log of the likelihood ratio of the cut-points proposed; keeps theta, and the tails. */
static double compare(const struct ent__ideal_draw *d, float *theta, float *now, float *next,
                      float *p_now, float *p_next)
{
    const int32_t *rank = d->rank;
    const float *positions = d->theta;
    const float beta = d->beta, g1 = d->gamma1, g2 = d->gamma2, n1 = d->next1, n2 = d->next2;
    const int32_t yes = (int32_t)d->span->yes, cast = yes + (int32_t)d->span->no;
    const int32_t middle = (int32_t)d->span->middle, end = (int32_t)d->span->end;
    const int32_t filled = middle + (int32_t)d->span->abstain;

#pragma omp simd
    for (int32_t j = 0; j < middle; j++) {
        float th = positions[rank[j]], eta = beta * th;
        float x = j < yes ? g1 - eta : eta - g2;
        float y = j < yes ? n1 - eta : eta - n2;
        float q, r;

        x = j < cast ? x : 40.0F;
        y = j < cast ? y : 40.0F;
        ent__tails(least(fabsf(x), ENT__TAIL_END), least(fabsf(y), ENT__TAIL_END), &q, &r);
        theta[j] = th;
        now[j] = q;
        next[j] = r;
        p_now[j] = most(x < 0 ? q : 1.0F - q, LEAST_CHANCE);
        p_next[j] = most(y < 0 ? r : 1.0F - r, LEAST_CHANCE);
    }
#pragma omp simd
    for (int32_t j = middle; j < end; j++) {
        float th = positions[rank[j]], eta = beta * th;
        float wide = j < filled ? 0 : 80.0F;
        float p = ent__interval(g1 - eta - wide, g2 - eta + wide).inside;
        float q = ent__interval(n1 - eta - wide, n2 - eta + wide).inside;

        theta[j] = th;
        p_now[j] = most(p, LEAST_CHANCE);
        p_next[j] = most(q, LEAST_CHANCE);
    }
    return log_ratio(p_now, p_next, (size_t)end);
}

/* Latent votes given the cut-points; tail holds those of yes and no. */
static void draw_latent(const struct ent__ideal_draw *d, const float *theta, const float *tail,
                        uint32_t *bits, float *z)
{
    const float beta = d->beta, limit = d->limit;
    const float g1 = d->accepted ? d->next1 : d->gamma1,
                g2 = d->accepted ? d->next2 : d->gamma2;
    const int32_t yes = (int32_t)d->span->yes, middle = (int32_t)d->span->middle;
    const int32_t end = (int32_t)d->span->end, half = end / 2;
    const int32_t cast = yes + (int32_t)d->span->no;
    const int32_t filled = middle + (int32_t)d->span->abstain;
    const uint64_t key = d->key;

#pragma omp simd
    for (int32_t j = 0; j < half; j++) {
        uint64_t b = ent__rng_at(key, (uint64_t)j + ENT__IDEAL_SPARE + 1);

        bits[j] = (uint32_t)b;
        bits[half + j] = (uint32_t)(b >> 32);
    }
#pragma omp simd
    for (int32_t j = 0; j < middle; j++) {
        float eta = beta * theta[j];
        float x = j < yes ? g1 - eta : eta - g2;
        float t = ent__below(x, tail[j], ent__unit_of(bits[j]));

        t = j < yes ? eta + t : eta - t;
        t = least(most(t, -limit), limit);
        z[j] = j < cast ? t : 0;
    }
#pragma omp simd
    for (int32_t j = middle; j < end; j++) {
        float eta = beta * theta[j];
        float t = ent__within(ent__interval(g1 - eta, g2 - eta), ent__unit_of(bits[j]));

        t = least(most(eta + t, -limit), limit);
        z[j] = j < filled ? t : 0;
    }
}

/* Sums over the votes on an item. */
struct sums {
    double theta, z, theta_theta, theta_z, z_z;
};

static struct sums sum_up(const float *theta, const float *z, size_t n)
{
    float lane[5][LANES] = { 0 };
    struct sums s = { 0 };

    for (size_t j = 0; j < n; j += LANES)
#pragma omp simd
        for (size_t l = 0; l < LANES; l++) {
            lane[0][l] += theta[j + l];
            lane[1][l] += z[j + l];
            lane[2][l] += theta[j + l] * theta[j + l];
            lane[3][l] += theta[j + l] * z[j + l];
            lane[4][l] += z[j + l] * z[j + l];
        }
    for (size_t l = 0; l < LANES; l++) {
        s.theta += (double)lane[0][l];
        s.z += (double)lane[1][l];
        s.theta_theta += (double)lane[2][l];
        s.theta_z += (double)lane[3][l];
        s.z_z += (double)lane[4][l];
    }
    return s;
}

/*
 * A gamma variable with shape a >= 1 and scale 1 (Marsaglia and Tsang 2000), or 0 where
 * eight tries fail, which happens to one in 10^10.
 */
static double gamma_of(uint64_t key, double a)
{
    double d = a - 1.0 / 3, c = 1 / (3 * sqrt(d));

    for (uint64_t k = 3; k < 11; k++) {
        uint64_t bits = ent__rng_at(key, k);
        double x = (double)ent__normal_of((uint32_t)bits), v = 1 + c * x;

        if (v <= 0)
            continue;
        v = v * v * v;
        if ((double)ent__log(ent__unit_of((uint32_t)(bits >> 32))) <
            x * x / 2 + d * (1 - v + (double)ent__log((float)v)))
            return d * v;
    }
    return 0;
}

/*
 * Cut-points, latent votes and beta cling to one another: given one the others hardly move.  So
 * they are moved together, along two directions in which no vote's choice changes (Liu and
 * Sabatti 2000):
 *
 *   z + d, gamma + d, with beta: (beta, d) is bivariate normal given z
 *   c z, c gamma, c beta: c^2 ~ Gamma((n + 3) / 2, rate (sum (z - beta theta)^2 + beta^2) / 2)
 *
 * A move that takes a cut-point over the limit of its prior is not made.
 */
static void
move_together(struct ent__ideal_draw *d, const struct sums *s, double *shift, double *scale)
{
    const double n = (double)(d->span->yes + d->span->no + d->span->abstain);
    const double squares = 1 + s->theta_theta, limit = (double)d->gamma_limit;
    const uint64_t bits = ent__rng_at(d->key, 11);
    double g1 = (double)(d->accepted ? d->next1 : d->gamma1);
    double g2 = (double)(d->accepted ? d->next2 : d->gamma2);
    double variance = 1 / (n - s->theta * s->theta / squares);
    double beta, rest, c;

    *shift = variance * (s->theta * s->theta_z / squares - s->z) +
             sqrt(variance) * (double)ent__normal_of((uint32_t)bits);
    if (!(g1 + *shift > -limit && g2 + *shift < limit))
        *shift = 0;
    g1 += *shift;
    g2 += *shift;
    beta = (s->theta_z + *shift * s->theta) / squares + (double)d->normal / sqrt(squares);
    rest = s->z_z + n * *shift * *shift + beta * beta * squares + 2 * *shift * s->z -
           2 * beta * s->theta_z - 2 * *shift * beta * s->theta;
    c = sqrt(2 * gamma_of(d->key, (n + 3) / 2) / rest);
    *scale = c > 0 && g1 * c > -limit && g2 * c < limit ? c : 1;
    d->new_beta = beta * *scale;
    d->new_gamma1 = (float)(g1 * *scale);
    d->new_gamma2 = (float)(g2 * *scale);
}

/* Cut-points, latent votes and beta of one item, in turn. */
static void draw(struct ent__ideal_draw *d)
{
    const size_t end = d->span->end;
    float *theta = d->work, *now = theta + end, *next = now + end, *z = next + end;
    float *p_now = z + end, *p_next = p_now + end, *out = d->out;
    uint32_t *bits = (uint32_t *)(void *)(p_next + end);
    double shift = 0, scale = 1;
    struct sums s;
    float beta, add;

    d->accepted = compare(d, theta, now, next, p_now, p_next) > (double)d->threshold;
    draw_latent(d, theta, d->accepted ? next : now, bits, z);
    s = sum_up(theta, z, end);
    if (d->together) {
        move_together(d, &s, &shift, &scale);
    } else {
        double squares = 1 + s.theta_theta;

        d->new_beta = s.theta_z / squares + (double)d->normal / sqrt(squares);
        d->new_gamma1 = d->accepted ? d->next1 : d->gamma1;
        d->new_gamma2 = d->accepted ? d->next2 : d->gamma2;
    }
    beta = (float)(d->new_beta * scale);
    add = (float)shift;
#pragma omp simd
    for (size_t j = 0; j < end; j++)
        out[j] = beta * (z[j] + add);
}

/* Where the terms of a vote's sums go. */
struct terms {
    float *log, *d1, *d2, *d11, *d22, *d12, *product, *square;
};

static struct terms terms_in(float *work, size_t n)
{
    return (struct terms){ work,         work + n,     work + 2 * n, work + 3 * n,
                           work + 4 * n, work + 5 * n, work + 6 * n, work + 7 * n };
}

/*
 * Votes for yes and no.  With lambda = density(x) / P(Z < x), yes adds lambda to d1 and
 * -lambda (x + lambda) to d11; no the same to -d2 and d22.  E[z] is eta - lambda, or plus.
 */
static void look_outside(const struct ent__ideal_look *k, struct terms t)
{
    const int32_t *rank = k->rank;
    const float *positions = k->theta, *variance = k->variance;
    const float beta = k->beta, g1 = k->gamma1, g2 = k->gamma2;
    const int32_t yes = (int32_t)k->span->yes, cast = yes + (int32_t)k->span->no;
    const int32_t middle = (int32_t)k->span->middle;
    float *latent = k->latent, *curvature = k->curvature;

#pragma omp simd
    for (int32_t j = 0; j < middle; j++) {
        float th = positions[rank[j]], eta = beta * th;
        float x = j < yes ? g1 - eta : eta - g2;
        float u, e, m, p, lambda, bend;

        x = j < cast ? x : 40.0F;
        u = least(fabsf(x), ENT__TAIL_END);
        e = ent__bell(u);
        m = ent__tail_scaled(u);
        p = x < 0 ? e * m : 1.0F - e * m;
        lambda = 0.398942280F * ((x < 0 ? 1.0F : e) / (x < 0 ? m : p));
        lambda = most(lambda, -x);
        bend = lambda * (x + lambda);
        t.log[j] = ent__log(p);
        t.d1[j] = j < yes ? lambda : 0;
        t.d2[j] = j < yes ? 0 : -lambda;
        t.d11[j] = j < yes ? -bend : 0;
        t.d22[j] = j < yes ? 0 : -bend;
        latent[j] = j < yes ? eta - lambda : eta + lambda;
        curvature[j] = bend;
        t.product[j] = th * latent[j];
        t.square[j] = th * th + variance[rank[j]];
    }
}

/*
 * Abstentions, between a and b.  With u = density / P at each, they add -u_a to d1, u_b to d2,
 * a u_a - u_a^2 to d11, -b u_b - u_b^2 to d22, u_a u_b to d12.  E[z] is eta + u_a - u_b, or the
 * nearer end where P is nothing.
 */
static void look_between(const struct ent__ideal_look *k, struct terms t)
{
    const int32_t *rank = k->rank;
    const float *positions = k->theta, *variance = k->variance;
    const float beta = k->beta, g1 = k->gamma1, g2 = k->gamma2;
    const int32_t middle = (int32_t)k->span->middle, end = (int32_t)k->span->end;
    const int32_t filled = middle + (int32_t)k->span->abstain;
    float *latent = k->latent, *curvature = k->curvature;

#pragma omp simd
    for (int32_t j = middle; j < end; j++) {
        float th = positions[rank[j]], eta = beta * th;
        float wide = j < filled ? 0 : 80.0F;
        float a = g1 - eta - wide, b = g2 - eta + wide;
        struct ent__interval i = ent__interval(a, b);
        float p = most(i.inside, 1e-30F);
        float ua = 0.398942280F * ent__bell(least(fabsf(a), ENT__TAIL_END)) / p;
        float ub = 0.398942280F * ent__bell(least(fabsf(b), ENT__TAIL_END)) / p;
        float u = i.inside < 1e-30F ? i.turned * i.b : ua - ub;

        t.log[j] = ent__log(p);
        t.d1[j] = -ua;
        t.d2[j] = ub;
        t.d11[j] = a * ua - ua * ua;
        t.d22[j] = -b * ub - ub * ub;
        t.d12[j] = ua * ub;
        latent[j] = eta + u;
        curvature[j] = most(u * u - (a * ua - b * ub), 0);
        t.product[j] = th * latent[j];
        t.square[j] = th * th + variance[rank[j]];
    }
}

static void look(struct ent__ideal_look *k)
{
    const size_t middle = k->span->middle, end = k->span->end;
    struct terms t = terms_in(k->work, end);

    look_outside(k, t);
    look_between(k, t);
    k->value = add_up(t.log, end);
    k->d1 = add_up(t.d1, end);
    k->d2 = add_up(t.d2, end);
    k->d11 = add_up(t.d11, end);
    k->d22 = add_up(t.d22, end);
    k->d12 = add_up(t.d12 + middle, end - middle);
    k->products = add_up(t.product, end);
    k->squares = add_up(t.square, end);
}

static void guess(const struct ent__ideal_guess *g)
{
    const int32_t *rank = g->rank;
    const float *positions = g->theta;
    const float beta = g->beta, g1 = g->gamma1, g2 = g->gamma2;
    const int32_t yes = (int32_t)g->span->yes, middle = (int32_t)g->span->middle;
    const int32_t end = (int32_t)g->span->end;
    float *probability = g->probability, *hit = g->hit;

#pragma omp simd
    for (int32_t j = 0; j < end; j++) {
        float eta = beta * positions[rank[j]], x = g1 - eta, y = eta - g2;
        float q = ent__tail(least(fabsf(x), ENT__TAIL_END));
        float r = ent__tail(least(fabsf(y), ENT__TAIL_END));
        float a = x < 0 ? q : 1.0F - q, c = y < 0 ? r : 1.0F - r;
        float b = 1.0F - a - c;
        float cast = j < yes ? a : j < middle ? c : b;

        probability[j] = cast;
        hit[j] = cast >= most(a, most(b, c)) ? 1.0F : 0.0F;
    }
}

static void collect(const struct ent__ideal_layout *l, uint32_t first, uint32_t end,
                    const float *x, const float *y, double *of_x, double *of_y)
{
    const int32_t *slot = l->entry_slot, *item = l->entry_item;
    float lane_x[LANES] = { 0 }, lane_y[LANES] = { 0 };
    double sum_x = 0, sum_y = 0;
    uint32_t k = first;

    for (; k + LANES <= end; k += LANES)
#pragma omp simd
        for (uint32_t j = 0; j < LANES; j++) {
            lane_x[j] += x[slot[k + j]];
            lane_y[j] += y[item[k + j]];
        }
    for (uint32_t j = 0; k + j < end; j++) {
        lane_x[j] += x[slot[k + j]];
        lane_y[j] += y[item[k + j]];
    }
    for (size_t j = 0; j < LANES; j++) {
        sum_x += (double)lane_x[j];
        sum_y += (double)lane_y[j];
    }
    *of_x = sum_x;
    *of_y = sum_y;
}

extern const struct ent__ideal_kernel PASTE(ent__ideal_kernel_, ENT__LEVEL);
const struct ent__ideal_kernel PASTE(ent__ideal_kernel_, ENT__LEVEL) = {
    .name = TEXT(ENT__LEVEL),
    .normals = normals,
    .propose = propose,
    .draw = draw,
    .look = look,
    .guess = guess,
    .collect = collect,
};
