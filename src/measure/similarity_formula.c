/*
 * All measures of portfolio similarity out of contingency tables, four pairs at a
 * time: every formula is written once, on a vector of four doubles, and serves all
 * pairs of a year, one pair, and the replicates of a bootstrap.
 *
 * T[a][b] counts the items on which x has level a and y level b; r and c are its
 * margins, m = r + c, n its sum; v the disagreement of two levels: (a-b)^2, |a-b| or
 * [a != b].  With O = sum v T, E = sum v r c and M = sum v m m, all integers,
 *
 *   kappa = 1 - (O/n) / (E/n^2)  = (E - n O) / E
 *   pi    = 1 - (O/n) / (M/4n^2) = (M - 4 n O) / M
 *
 * so that up to the one division nothing is rounded (all integers are under 2^53 for
 * up to a million items) and no difference of large numbers is lost.
 *
 * Standard errors: with p = T/n multinomial, f(p) has the variance (1/n) * (sum p g^2 -
 * (sum p g)^2), g the derivatives of f by the cells (Fleiss, Cohen and Everitt 1969 for
 * kappa).  They take the items for independent draws; roll calls of one debate are not.
 *
 * The vectors are compiled for every x86-64 and again for AVX2; as nothing is fused or
 * reordered (-ffp-contract=off), both give the same bytes.
 */
#include <math.h>
#include <string.h>

#include "measure/similarity_sums.h"

struct output {
    lanes value[ENT_SIMILARITY_KINDS], error[ENT_SIMILARITY_KINDS];
};

/* A margin of the table with its sums: of what, of a times it, of a^2 times it. */
struct margin {
    const lanes *at;
    lanes n, s, q;
};

/*
 * How far each level is from a margin: sum over b of v(a, b) * margin[b], times a factor,
 * plus a constant.  By the sums of the margin: n - m_a; s + steps of 2 * cumulated - n; and
 * a^2 n - 2 a s + q.  All are whole numbers, so that nothing is rounded.
 */
INLINE void slopes(const struct margin *m, int levels, enum disagreement how,
                   const lanes *factor, const lanes *constant, lanes *out)
{
    lanes below = SAME(0.0), far = m->s;

    for (int a = 0; a < levels; a++) {
        if (how == NOMINAL)
            far = m->n - m->at[a];
        else if (how == SQUARED)
            far = SAME((double)(a * a)) * m->n - SAME(2.0 * a) * m->s + m->q;
        out[a] = far * *factor + *constant;
        below += m->at[a];
        if (how == LINEAR)
            far += below + below - m->n;
    }
}

/* each * v for every difference of levels: what the cells of a diagonal share. */
INLINE void by_difference(const lanes *each, int levels, enum disagreement how, lanes *out)
{
    for (int d = 0; d < levels; d++)
        out[d] = *each * SAME(between(how, 0, d));
}

/* sum of T * g^2 with g = x[a] + y[b] + apart[|a - b|]. */
INLINE void spread(const struct sums *u, int levels, const lanes *x, const lanes *y,
                   const lanes *apart, lanes *out)
{
    lanes sum = SAME(0.0);

    for (int a = 0; a < levels; a++) {
        for (int b = 0; b < levels; b++) {
            lanes g = x[a] + y[b] + apart[a < b ? b - a : a - b];

            sum += u->t[a * levels + b] * g * g;
        }
    }
    *out = sum;
}

/* The same where x and y are one: the cells a, b and b, a have the same g. */
INLINE void
spread_same(const struct sums *u, int levels, const lanes *x, const lanes *apart, lanes *out)
{
    lanes sum = SAME(0.0);

    for (int a = 0; a < levels; a++) {
        for (int b = a; b < levels; b++) {
            lanes g = x[a] + x[b] + apart[b - a];

            sum += u->both[a * levels + b] * g * g;
        }
    }
    *out = sum;
}

/*
 * kappa: with h = v E - O (sum_b v c + sum_a v r), whose mean is -O E / n,
 * the error is n * sqrt(sum T (h - mean)^2) / E^2.
 */
INLINE void
kappa_error(const struct sums *u, int levels, enum disagreement how, const lanes *e, lanes *out)
{
    struct margin r = { u->r, u->n, u->s, u->q }, c = { u->c, u->n, u->s2, u->q2 };
    lanes x[ENT_SIMILARITY_LEVELS], y[ENT_SIMILARITY_LEVELS], apart[ENT_SIMILARITY_LEVELS];
    lanes factor = -u->apart[how], off = u->apart[how] * *e * u->per, nan = SAME(NAN);
    lanes square = *e * *e, zero = SAME(0.0);

    slopes(&c, levels, how, &factor, &off, x);
    slopes(&r, levels, how, &factor, &zero, y);
    by_difference(e, levels, how, apart);
    spread(u, levels, x, y, apart, out);
    root(out);
    *out *= u->n;
    divide(out, &square, &nan, out);
}

/*
 * pi: with h = v M - 2 O (U_a + U_b), U_a = sum_b v m_b, whose mean is -O M / n,
 * the error is 4 n * sqrt(sum T (h - mean)^2) / M^2.  Half of the mean is in each U.
 */
INLINE void
pi_error(const struct sums *u, int levels, enum disagreement how, const lanes *m, lanes *out)
{
    struct margin both = { u->m, u->n + u->n, u->s + u->s2, u->q + u->q2 };
    lanes x[ENT_SIMILARITY_LEVELS], apart[ENT_SIMILARITY_LEVELS];
    lanes factor = SAME(-2.0) * u->apart[how], nan = SAME(NAN);
    lanes off = SAME(0.5) * u->apart[how] * *m * u->per, square = *m * *m;

    slopes(&both, levels, how, &factor, &off, x);
    by_difference(m, levels, how, apart);
    spread_same(u, levels, x, apart, out);
    root(out);
    *out *= SAME(4.0) * u->n;
    divide(out, &square, &nan, out);
}

INLINE void kappa_and_pi(const struct sums *u, int levels,
                         const struct ent_similarity_plan *plan, enum disagreement how,
                         struct output *out)
{
    unsigned kappa = ENT_SIMILARITY_KAPPA + (unsigned)how;
    unsigned pi = ENT_SIMILARITY_PI + (unsigned)how;
    lanes zero = SAME(0.0), nan = SAME(NAN), n_apart = u->n * u->apart[how];
    lanes undefined = nan, e, m, over;

    if (plan->undefined == ENT_UNDEFINED_ZERO)
        undefined = EITHER(u->n > zero, zero, nan);
    if (WANTED(plan->values | plan->errors, kappa)) {
        expected(u, levels, how, false, &e);
        over = e - n_apart;
        divide(&over, &e, &undefined, &out->value[kappa]);
        if (WANTED(plan->errors, kappa))
            kappa_error(u, levels, how, &e, &out->error[kappa]);
    }
    if (WANTED(plan->values | plan->errors, pi)) {
        expected(u, levels, how, true, &m);
        over = m - SAME(4.0) * n_apart;
        divide(&over, &m, &undefined, &out->value[pi]);
        if (WANTED(plan->errors, pi))
            pi_error(u, levels, how, &m, &out->error[pi]);
    }
}

/*
 * tau_b = (C - D) / sqrt((n0 - n1) (n0 - n2)), from sums over the rows below:
 * pairs of items ordered alike less those ordered the other way.
 */
INLINE void tau_b(const struct sums *u, int levels, lanes *out)
{
    lanes below[ENT_SIMILARITY_LEVELS], balance = SAME(0.0), nan = SAME(NAN);
    lanes x = u->n * u->n, y = x;

    for (int b = 0; b < levels; b++) {
        below[b] = SAME(0.0);
        x -= u->r[b] * u->r[b];
        y -= u->c[b] * u->c[b];
    }
    for (int a = levels - 1; a >= 0; a--) {
        const lanes *row = u->t + a * levels;

        for (int b = 0; b < levels; b++) {
            for (int other = 0; other < levels; other++) {
                if (other > b)
                    balance += row[b] * below[other];
                else if (other < b)
                    balance -= row[b] * below[other];
            }
        }
        for (int b = 0; b < levels; b++)
            below[b] += row[b];
    }
    balance += balance;
    x *= y;
    root(&x);
    divide(&balance, &x, &nan, out);
}

/* The error of the mean of |d|^power: sqrt(sum T (|d|^power - mean)^2) / n, by |d|. */
INLINE void mean_error(const struct sums *u, int levels, enum disagreement how, lanes *out)
{
    lanes mean = u->apart[how] * u->per, sum = SAME(0.0);

    for (int d = 0; d < levels; d++) {
        lanes off = SAME(between(how, 0, d)) - mean;

        sum += u->by_apart[d] * off * off;
    }
    root(&sum);
    *out = sum * u->per;
}

/* S, agreement and strict agreement, all of the form (whole - part) / whole. */
INLINE void plain_kinds(const struct sums *u, int levels,
                        const struct ent_similarity_plan *plan, struct output *out)
{
    lanes nan = SAME(NAN), two = SAME(2.0), range = u->range, error;
    lanes whole = range * u->n, over = whole - two * u->apart[LINEAR];
    lanes scale = EITHER(range > SAME(0.0), SAME(1.0) / range, nan);

    divide(&over, &whole, &nan, &out->value[ENT_SIMILARITY_S_ABSOLUTE]);
    over = whole - u->apart[LINEAR];
    divide(&over, &whole, &nan, &out->value[ENT_SIMILARITY_AGREEMENT]);
    whole *= range;
    over = whole - two * u->apart[SQUARED];
    divide(&over, &whole, &nan, &out->value[ENT_SIMILARITY_S_SQUARED]);
    over = u->n - u->apart[NOMINAL];
    divide(&over, &u->n, &nan, &out->value[ENT_SIMILARITY_STRICT]);
    if (WANTED(plan->errors, ENT_SIMILARITY_S_ABSOLUTE) ||
        WANTED(plan->errors, ENT_SIMILARITY_AGREEMENT)) {
        mean_error(u, levels, LINEAR, &error);
        out->error[ENT_SIMILARITY_AGREEMENT] = error * scale;
        out->error[ENT_SIMILARITY_S_ABSOLUTE] = two * error * scale;
    }
    if (WANTED(plan->errors, ENT_SIMILARITY_S_SQUARED)) {
        mean_error(u, levels, SQUARED, &error);
        out->error[ENT_SIMILARITY_S_SQUARED] = two * error * scale * scale;
    }
    if (WANTED(plan->errors, ENT_SIMILARITY_STRICT))
        mean_error(u, levels, NOMINAL, &out->error[ENT_SIMILARITY_STRICT]);
}

/* A = 2 (E - n O) / (D n^2); its derivatives are 2 / D times (slopes / n - |d|). */
INLINE void chance_corrected(const struct sums *u, int levels,
                             const struct ent_similarity_plan *plan, struct output *out)
{
    struct margin r = { u->r, u->n, u->s, u->q }, c = { u->c, u->n, u->s2, u->q2 };
    lanes x[ENT_SIMILARITY_LEVELS], y[ENT_SIMILARITY_LEVELS], apart[ENT_SIMILARITY_LEVELS];
    lanes e, over, under = u->range * u->n * u->n, nan = SAME(NAN), zero = SAME(0.0);
    lanes factor = u->per, minus = SAME(-1.0), off, sum;

    expected(u, levels, LINEAR, false, &e);
    over = SAME(2.0) * (e - u->n * u->apart[LINEAR]);
    divide(&over, &under, &nan, &out->value[ENT_SIMILARITY_CHANCE_CORRECTED]);
    if (!WANTED(plan->errors, ENT_SIMILARITY_CHANCE_CORRECTED))
        return;
    off = -(SAME(2.0) * e * factor - u->apart[LINEAR]) * factor;
    slopes(&c, levels, LINEAR, &factor, &off, x);
    slopes(&r, levels, LINEAR, &factor, &zero, y);
    by_difference(&minus, levels, LINEAR, apart);
    spread(u, levels, x, y, apart, &sum);
    root(&sum);
    sum *= SAME(2.0);
    under = u->range * u->n;
    divide(&sum, &under, &nan, &out->error[ENT_SIMILARITY_CHANCE_CORRECTED]);
}

/*
 * S = 1 - (2 / D^p) * mean, mean = sum w |d|^p / sum w; its error is that of a ratio:
 * (2 / D^p) * sqrt(sum w^2 (|d|^p - mean)^2) / sum w.  Weights that are shares are not
 * divided, and then the error is that of a sum: sqrt(sum z^2 - (sum z)^2 / n), z = w |d|^p.
 */
INLINE void weighted(const struct sums *u, int levels, enum disagreement how,
                     const struct ent_similarity_plan *plan, struct output *out)
{
    unsigned kind =
        how == SQUARED ? ENT_SIMILARITY_S_SQUARED_WEIGHTED : ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED;
    bool shares = plan->weight_sum == ENT_WEIGHTS_SHARES;
    lanes scale = how == SQUARED ? u->range * u->range : u->range, nan = SAME(NAN);
    lanes known = EITHER(u->weight > SAME(0.0), SAME(1.0), SAME(0.0));
    lanes whole = scale * (shares ? known : u->weight), sum = SAME(0.0);
    lanes over = whole - SAME(2.0) * u->apart_w[how], mean = u->apart_w[how] / u->weight;

    divide(&over, &whole, &nan, &out->value[kind]);
    if (!WANTED(plan->errors, kind))
        return;
    for (int d = 0; d < levels; d++) {
        lanes square, off = SAME(between(how, 0, d));

        load(u->squares + d * ENT_SIMILARITY_BLOCK, &square);
        if (!shares)
            off -= mean;
        sum += square * off * off;
    }
    if (shares)
        sum -= u->apart_w[how] * u->apart_w[how] / u->n;
    root(&sum);
    sum *= SAME(2.0);
    divide(&sum, &whole, &nan, &out->error[kind]);
}

INLINE void weighted_kinds(struct sums *u, int levels, const struct ent_similarity_plan *plan,
                           struct output *out)
{
    if (!plan->weighted) {
        for (unsigned k = ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED;
             k <= ENT_SIMILARITY_S_SQUARED_WEIGHTED; k++)
            out->value[k] = out->error[k] = SAME(NAN);
        return;
    }
    add_weights(u, levels);
    weighted(u, levels, LINEAR, plan, out);
    weighted(u, levels, SQUARED, plan, out);
}

INLINE void store(const lanes *from, size_t count, double *to)
{
    if (count >= LANES) {
        memcpy(to, from, sizeof(*from));
        return;
    }
    for (size_t l = 0; l < count; l++)
        to[l] = (*from)[l];
}

INLINE void store_all(const struct sums *u, struct output *out, size_t count,
                      const struct ent_similarity_columns *columns, size_t first)
{
    if (columns->n) {
        for (size_t l = 0; l < LANES && l < count; l++)
            columns->n[first + l] = (uint32_t)u->n[l];
    }
    for (size_t k = 0; k < ENT_SIMILARITY_KINDS; k++) {
        if (columns->value[k])
            store(&out->value[k], count, columns->value[k] + first);
        if (columns->error[k]) {
            lanes error = EITHER(u->n > SAME(1.0), out->error[k], SAME(NAN));

            store(&error, count, columns->error[k] + first);
        }
    }
}

INLINE void compute(const struct ent_counts *counts, size_t count, int levels,
                    const struct ent_similarity_plan *plan,
                    const struct ent_similarity_columns *columns, size_t first)
{
    struct sums u;
    struct output out;

    out.error[ENT_SIMILARITY_TAU_B] = SAME(NAN);
    for (size_t k = 0; k < count; k += LANES) {
        add_up(&u, counts->cell + k, levels);
        u.weights = counts->weight + k;
        u.squares = counts->square + k;
        u.per = SAME(0.0);
        if (plan->errors)
            pool(&u, levels);
        find_range(&u, levels, plan->range);
        plain_kinds(&u, levels, plan, &out);
        weighted_kinds(&u, levels, plan, &out);
        kappa_and_pi(&u, levels, plan, SQUARED, &out);
        kappa_and_pi(&u, levels, plan, LINEAR, &out);
        kappa_and_pi(&u, levels, plan, NOMINAL, &out);
        if (WANTED(plan->values, ENT_SIMILARITY_TAU_B))
            tau_b(&u, levels, &out.value[ENT_SIMILARITY_TAU_B]);
        if (WANTED(plan->values | plan->errors, ENT_SIMILARITY_CHANCE_CORRECTED))
            chance_corrected(&u, levels, plan, &out);
        store_all(&u, &out, count - k, columns, first + k);
    }
}

/* Known numbers of levels let the compiler unroll; 2, 3 and 4 are nearly all there is. */
#define COMPUTE(name_, levels_)                                                   \
    static void name_(const struct ent_counts *counts, size_t count,              \
                      const struct ent_similarity_plan *plan,                     \
                      const struct ent_similarity_columns *columns, size_t first) \
    {                                                                             \
        compute(counts, count, (levels_), plan, columns, first);                  \
    }

typedef void (*compute_fn)(const struct ent_counts *, size_t,
                           const struct ent_similarity_plan *,
                           const struct ent_similarity_columns *, size_t);

COMPUTE(compute_2, 2)
COMPUTE(compute_3, 3)
COMPUTE(compute_4, 4)
COMPUTE(compute_any, plan->levels)

static const compute_fn plain[] = { compute_any, compute_2, compute_3, compute_4 };

#ifdef __x86_64__
    #define AVX2 __attribute__((target("avx2")))
AVX2 COMPUTE(compute_2_avx2, 2) AVX2 COMPUTE(compute_3_avx2, 3) AVX2
    COMPUTE(compute_4_avx2, 4) AVX2 COMPUTE(compute_any_avx2, plan->levels)

        static const compute_fn avx2[] = { compute_any_avx2, compute_2_avx2, compute_3_avx2,
                                           compute_4_avx2 };
#endif

void ent__similarity_compute(const struct ent_counts *counts, size_t count,
                             const struct ent_similarity_plan *plan,
                             const struct ent_similarity_columns *columns, size_t first)
{
    size_t which = plan->levels <= 4 ? (size_t)plan->levels - 1 : 0;

#ifdef __x86_64__
    if (!plan->plain && __builtin_cpu_supports("avx2")) {
        avx2[which](counts, count, plan, columns, first);
        return;
    }
#endif
    plain[which](counts, count, plan, columns, first);
}
