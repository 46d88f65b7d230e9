/*
 * How long a sweep of the ideal-point model takes, by estimator, instruction set and threads,
 * beside a plain version with libm.
 *
 *   bench_ideal [THREADS]           votes made here, of the size of the published data
 *   bench_ideal THREADS seconds     one line: seconds for 1,000 sweeps of B.4, B.3, for 100 of
 *                                   the plain version times ten, and for 200 of variational EM
 *
 * Prints the least and the median of a sweep's time: on a busy machine the least is what the
 * code can do.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/rng.h"
#include "ideal/ideal.h"
#include "ideal/inside.h"
#include "ideal/kernel.h"
#include "ideal/normal.h"
#include "ideal_plain.h"

enum {
    SESSIONS = 70,
    EACH = 65,
    MAX_STATES = 199,
    MAX_SWEEPS = 1000,
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double normal(struct ent_rng *rng)
{
    return ent__normal_quantile(ent__rng_unit(rng) + 0x1p-54);
}

static void *room(size_t count, size_t size)
{
    void *at = calloc(count, size);

    if (!at)
        exit(EXIT_FAILURE);
    return at;
}

/* 54 states in the first session and 199 in the last; of the votes 80 % yes, 8 % no. */
static struct ent_ideal_votes make_votes(void)
{
    struct ent_rng rng = ent__rng(1, 0, 0);
    struct ent_ideal_votes v = { .states = MAX_STATES, .items = SESSIONS * EACH };
    uint32_t *state = room(MAX_STATES * SESSIONS, sizeof(*state)), *point = NULL;
    int32_t *session = room(MAX_STATES * SESSIONS, sizeof(*session));
    double *theta = room(MAX_STATES * SESSIONS, sizeof(*theta));
    size_t *start = room(v.items + 1, sizeof(*start)), first[MAX_STATES], n = 0;
    int8_t *choice = room(v.items * MAX_STATES, 1);

    point = room(v.items * MAX_STATES, sizeof(*point));
    for (uint32_t i = 0; i < MAX_STATES; i++) {
        double at = normal(&rng);

        first[i] = i < 54 ? 0 : (i - 54) * SESSIONS / (MAX_STATES - 54) * 2 / 3;
        for (size_t t = first[i]; t < SESSIONS; t++, v.points++) {
            state[v.points] = i;
            session[v.points] = (int32_t)t;
            theta[v.points] = at;
            at += 0.1 * normal(&rng);
        }
    }
    for (size_t k = 0; k < v.items; k++) {
        double beta = normal(&rng), g1 = 1 + fabs(normal(&rng)), g2 = g1 + 0.5;
        size_t t = k / EACH;

        for (size_t p = 0; p < v.points; p++) {
            double z = beta * theta[p] + normal(&rng);

            if ((size_t)session[p] != t || ent__rng_below(&rng, 100) < 4)
                continue;
            point[n] = (uint32_t)p;
            choice[n++] = (int8_t)(z < g1 ? 1 : z < g2 ? 2 : 3);
        }
        start[k + 1] = n;
    }
    free(theta);
    v.votes = n;
    v.point_state = state;
    v.point_session = session;
    v.item_start = start;
    v.vote_point = point;
    v.vote_choice = choice;
    return v;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

struct times {
    double least, median, total;
};

static struct times summarise(double *seconds, size_t n)
{
    struct times t = { 0 };

    for (size_t k = 0; k < n; k++)
        t.total += seconds[k];
    qsort(seconds, n, sizeof(*seconds), by_size);
    t.least = seconds[0];
    t.median = seconds[n / 2];
    return t;
}

static struct times measure(const struct ent_ideal_votes *votes,
                            enum ent_ideal_estimator estimator, const char *kernel, int threads,
                            size_t sweeps)
{
    static double seconds[MAX_SWEEPS];
    struct ent_ideal_options options = {
        .estimator = estimator,
        .chains = 1,
        .burn = sweeps + 1,
        .draws = 1,
        .thin = 1,
        .sweeps = sweeps,
        .tolerance = 1e-12,
        .threads = threads,
        .seed = 1,
        .low = SIZE_MAX,
    };
    struct ent_ideal_run *run;
    struct ent_error err;

    if (ent__ideal_new(votes, &options, &run, &err) != ENT_OK)
        exit(EXIT_FAILURE);
    if (kernel)
        run->kernel = ent__ideal_kernel_named(kernel);
    for (size_t k = 0; k < sweeps; k++) {
        double began = now();

        if (ent__ideal_advance(run, 1, &err) != ENT_OK)
            exit(EXIT_FAILURE);
        seconds[k] = now() - began;
    }
    ent__ideal_free(run);
    return summarise(seconds, sweeps);
}

static struct times
measure_plain(const struct ent_ideal_votes *votes, int threads, size_t sweeps)
{
    double seconds[MAX_SWEEPS];
    struct plain *plain = plain_new(votes, threads);

    for (size_t k = 0; k < sweeps; k++) {
        double began = now();

        plain_sweep(plain);
        seconds[k] = now() - began;
    }
    plain_free(plain);
    return summarise(seconds, sweeps);
}

static void
show(const char *what, const char *kernel, int threads, size_t votes, struct times t)
{
    struct rusage use;

    getrusage(RUSAGE_SELF, &use);
    printf("%-22s %-6s %7d %9.2f %9.2f %9.2f %8ld\n", what, kernel, threads, t.least * 1e3,
           t.median * 1e3, t.least * 1e9 / (double)votes, use.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "joint path (B.4)", "published (B.3)", "quick (B.5)" };
    static const char *const kernels[] = { "v4", "v3", "plain" };
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct ent_ideal_votes votes = make_votes();

    if (argc > 2) {
        struct times path = measure(&votes, ENT_IDEAL_PATH, NULL, threads, 1000);
        struct times published = measure(&votes, ENT_IDEAL_PUBLISHED, NULL, threads, 1000);
        struct times plain = measure_plain(&votes, threads, 10);
        struct times quick = measure(&votes, ENT_IDEAL_QUICK, NULL, threads, 200);
        struct rusage use;

        getrusage(RUSAGE_SELF, &use);
        printf("%.3f %.3f %.3f %.3f %ld\n", path.total, published.total, plain.total * 100,
               quick.total, use.ru_maxrss / 1024);
        return EXIT_SUCCESS;
    }
    printf("%zu votes on %zu items by %zu states, %zu points\n\n", votes.votes, votes.items,
           votes.states, votes.points);
    printf("%-22s %-6s %7s %9s %9s %9s %8s\n", "a sweep", "set", "threads", "least ms",
           "median", "ns a vote", "peak MB");
    for (int e = 0; e < 3; e++)
        for (int k = 0; k < 3; k++)
            for (int t = 1; t <= threads; t += threads > 1 ? threads - 1 : 1)
                if (ent__ideal_kernel_named(kernels[k]))
                    show(names[e], kernels[k], t, votes.votes,
                         measure(&votes, (enum ent_ideal_estimator)e, kernels[k], t, 60));
    for (int t = 1; t <= threads; t += threads > 1 ? threads - 1 : 1)
        show("the same with libm", "", t, votes.votes, measure_plain(&votes, t, 10));
    return EXIT_SUCCESS;
}
