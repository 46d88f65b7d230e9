/*
 * Runs of the ideal-point model on votes of a store: the data rules, the three
 * estimators against the published estimates, and what memory that runs out does.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check_main.h"

#include "base/alloc.h"
#include "entente/ideal.h"
#include "entente/import.h"
#include "io/source.h"
#include "query/ideal_pairs.h"

/* Under a sanitizer the samplers only show that they run: no number depends on it. */
#ifdef __SANITIZE_ADDRESS__
enum {
    SLOWED = 1
};
#else
enum {
    SLOWED = 0
};
#endif

static char folder[] = "/tmp/entente-ideal-XXXXXX";
static char path[64];

/* A store of some files, made for one test; NULL where one of them is not here. */
static struct ent_store *store_of(const char *const *files, size_t count, bool real)
{
    char paths[4][4096];
    const char *list[4];
    struct ent_store *store = NULL;
    struct ent_import_summary summary;
    struct ent_error err = { 0 };

    for (size_t i = 0; i < count; i++) {
        const char *found = real ? real_data(files[i]) : fixture(files[i]);

        if (!found)
            return NULL;
        snprintf(paths[i], sizeof(paths[i]), "%s", found);
        list[i] = paths[i];
    }
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/s.sqlite", folder);
    ck_assert_msg(ent_store_open(path, ENT_STORE_WRITE, &store, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_msg(ent_import(store, list, count, NULL, &summary, &err) == ENT_OK, "%s",
                  err.message);
    return store;
}

static void done(struct ent_store *store)
{
    ent_store_close(store);
    unlink(path);
    rmdir(folder);
}

static struct ent_store *small(void)
{
    static const char *const files[] = { "ideal/votes.csv" };

    return store_of(files, 1, false);
}

static struct ent_ideal run(struct ent_store *store, const struct ent_ideal_request *request)
{
    struct ent_ideal ideal;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_ideal_run(store, request, &ideal, &err) == ENT_OK, "%s", err.message);
    return ideal;
}

/* 36 roll calls of sessions 40 to 42 and 12 of 45; by hand: item 11 of each is all yes. */
START_TEST(rules_on_made_up_votes)
{
    struct ent_store *store = small();
    struct ent_ideal ideal =
        run(store, &(struct ent_ideal_request){ .method = ENT_METHOD_QUICK });
    const struct ent_ideal_votes_info *v = &ideal.votes;

    ck_assert_str_eq(v->source, "unga");
    ck_assert_uint_eq(v->left_out_parts, 1); /* a paragraph of session 45 */
    ck_assert_uint_eq(v->empty_count, 1);
    ck_assert_int_eq(v->empty[0], 46);
    ck_assert_uint_eq(v->silent_count, 1);
    ck_assert_int_eq(v->silent[0], 732);
    ck_assert_uint_eq(v->items, 43);
    ck_assert_uint_eq(v->roll_calls, 43);
    ck_assert_uint_eq(v->links, 0);
    ck_assert_int_eq(v->first_session, 40);
    ck_assert_int_eq(v->last_session, 45);
    ck_assert_uint_eq(ideal.session_count, 4);
    for (size_t p = 1; p < ideal.point_count; p++)
        ck_assert(ideal.points[p - 1].state < ideal.points[p].state ||
                  ideal.points[p - 1].session < ideal.points[p].session);
    ent_ideal_release(&ideal);
    done(store);
}
END_TEST

START_TEST(states_with_few_votes_are_left_out)
{
    struct ent_store *store = small();
    struct ent_ideal_request request = { .method = ENT_METHOD_QUICK, .min_votes = 11 };
    struct ent_ideal ideal = run(store, &request);

    ck_assert_uint_gt(ideal.votes.left_out_few, 0);
    for (size_t p = 0; p < ideal.point_count; p++)
        ck_assert_uint_ge(ideal.points[p].votes, 11);
    ent_ideal_release(&ideal);
    done(store);
}
END_TEST

/* A chain 101 - 113 - 125 is one item, called by the first; eight links in all. */
START_TEST(chains_are_called_by_their_first)
{
    struct ent_store *store = small();
    struct ent_ideal_request request = { .method = ENT_METHOD_QUICK,
                                         .matches = fixture("ideal/matches.csv") };
    struct ent_ideal ideal = run(store, &request);

    ck_assert_uint_eq(ideal.votes.links, 8);
    ck_assert_int_eq(ideal.items[0].roll_call, 101);
    ck_assert_uint_eq(ideal.items[0].roll_calls, 3);
    ck_assert_int_eq(ideal.items[0].first_session, 40);
    ck_assert_int_eq(ideal.items[0].last_session, 42);
    for (size_t i = 0; i < ideal.item_count; i++)
        ck_assert_int_ne(ideal.items[i].roll_call, 113);
    ent_ideal_release(&ideal);
    done(store);
}
END_TEST

struct pair_check {
    const struct ent_ideal *ideal;
    size_t count;
};

static enum ent_status
check_pair(void *context, const struct ent_ideal_pair *p, uint64_t line, struct ent_error *err)
{
    struct pair_check *c = context;
    const struct ent_ideal_estimate *a = NULL;
    const struct ent_ideal_estimate *b = NULL;
    double gap;

    (void)err;
    for (size_t k = 0; k < c->ideal->point_count; k++) {
        const struct ent_ideal_estimate *e = &c->ideal->points[k];

        if (e->session == p->session && e->state == p->a)
            a = e;
        if (e->session == p->session && e->state == p->b)
            b = e;
    }
    ck_assert(a && b);
    ck_assert_uint_eq(line, ++c->count);
    gap = fabs(a->mean - b->mean);
    ck_assert_double_le((double)p->low, gap);
    ck_assert_double_ge((double)p->high, gap);
    ck_assert_double_gt((double)p->sd, 0);
    ck_assert_double_ge((double)p->closer, 0);
    ck_assert_double_le((double)p->closer, 1);
    if ((double)p->high < ENT_IDEAL_CLOSER)
        ck_assert_double_ge((double)p->closer, 0.9);
    if ((double)p->low > ENT_IDEAL_CLOSER)
        ck_assert_double_le((double)p->closer, 0.1);
    return ENT_OK;
}

/* The interval of a distance holds it, and agrees with the probability that it is small. */
START_TEST(intervals_of_distances)
{
    struct ent_store *store = small();
    struct ent_ideal_request requests[] = {
        { .method = ENT_METHOD_QUICK },
        { .chains = 2, .burn = 200, .draws = 400, .thin = 2 },
    };

    for (size_t i = 0; i < 2; i++) {
        struct ent_ideal ideal = run(store, &requests[i]);
        struct pair_check c = { &ideal, 0 };

        ck_assert_int_eq(ent__ideal_pairs(&ideal, check_pair, &c, NULL), ENT_OK);
        ck_assert_uint_eq(c.count, 3 * 66 + 55);
        ent_ideal_release(&ideal);
    }
    done(store);
}
END_TEST

/* The k-th allocation fails, of a run with its saving and its page. */
START_TEST(memory_that_runs_out)
{
    struct ent_store *store = small();
    struct ent_ideal_request request = {
        .chains = 1,
        .burn = 1,
        .draws = 4,
        .thin = 1,
        .matches = fixture("ideal/matches.csv"),
    };
    enum ent_status status = ENT_ENOMEM;
    long k;

    for (k = 0; status != ENT_OK && k < 20000; k += 1 + k / 50) {
        struct ent_ideal ideal = { 0 };
        struct ent_error err = { 0 };
        char *text = NULL;

        ent__alloc_fail_after(k);
        status = ent_ideal_run(store, &request, &ideal, &err);
        if (status == ENT_OK)
            status = ent_ideal_save(store, &ideal, true, NULL, &err);
        if (status == ENT_OK)
            status = ent_ideal_write_report(&ideal, &text, &err);
        ent__alloc_fail_after(-1);
        /* In the child that reads the matches it shows as a file that takes too much. */
        ck_assert_msg(status == ENT_OK || strstr(err.message, "memory"), "%ld: %s", k,
                      err.message);
        if (text)
            free(text);
        ent_ideal_release(&ideal);
    }
    ck_assert_int_eq(status, ENT_OK);
    ck_assert_int_gt(k, 20);
    done(store);
}
END_TEST

/* The published estimates. */

struct published {
    double mean, sd;
};

enum {
    SESSIONS = 100,
    STATES = 1000,
};

static struct published (*published)[SESSIONS];

static size_t find(const struct ent_record *header, const char *name)
{
    for (size_t c = 0; c < header->cell_count; c++) {
        if (ent__str_is(header->cells[c].text, name))
            return c;
    }
    ck_abort_msg("no column %s", name);
    return 0;
}

static void read_published(const char *file)
{
    struct ent_source *source = NULL;
    struct ent_record r;
    size_t column[5] = { 0 };
    static const char *const names[] = { "ccode", "session", "IdealPoint", "Q5%", "Q95%" };

    published = calloc(STATES, sizeof(*published));
    ck_assert_ptr_nonnull(published);
    for (size_t s = 0; s < STATES; s++)
        for (size_t t = 0; t < SESSIONS; t++)
            published[s][t].mean = NAN;
    ck_assert_int_eq(ent__source_open(file, NULL, &source, NULL), ENT_OK);
    for (;;) {
        double v[5];

        ck_assert_int_eq(ent__source_next(source, &r, NULL), ENT_OK);
        if (r.kind == ENT_RECORD_END)
            break;
        if (r.kind != ENT_RECORD_ROW)
            continue;
        if (!column[2]) {
            for (size_t c = 0; c < 5; c++)
                column[c] = find(&r, names[c]);
            continue;
        }
        for (size_t c = 0; c < 5; c++)
            ck_assert(ent__cell_f64(&r.cells[column[c]], &v[c]));
        published[(size_t)v[0]][(size_t)v[1]] =
            (struct published){ v[2], (v[4] - v[3]) / (2 * 1.6448536269514722) };
    }
    ent__source_close(source);
}

struct moments {
    double n, x, y, xx, yy, xy;
};

static void add(struct moments *m, double x, double y)
{
    m->n++;
    m->x += x;
    m->y += y;
    m->xx += x * x;
    m->yy += y * y;
    m->xy += x * y;
}

static double correlation(const struct moments *m)
{
    return (m->n * m->xy - m->x * m->y) /
           sqrt((m->n * m->xx - m->x * m->x) * (m->n * m->yy - m->y * m->y));
}

/* What a run must come to; r_late is of sessions from the ninth on. */
struct bounds {
    double r, r_late, session_r, sd_r, sd_ratio;
};

static void compare(const struct ent_ideal *ideal, const struct bounds *b)
{
    struct moments all = { 0 };
    struct moments late = { 0 };
    struct moments sd = { 0 };
    struct moments by[SESSIONS] = { { 0 } };
    double worst = 1;

    for (size_t p = 0; p < ideal->point_count; p++) {
        const struct ent_ideal_estimate *e = &ideal->points[p];
        const struct published *q = &published[e->state][e->session];

        if (isnan(q->mean))
            continue;
        add(&all, e->mean, q->mean);
        add(&sd, e->sd, q->sd);
        add(&by[e->session], e->mean, q->mean);
        if (e->session >= 9)
            add(&late, e->mean, q->mean);
    }
    for (size_t s = 0; s < SESSIONS; s++) {
        if (by[s].n > 2)
            worst = fmin(worst, correlation(&by[s]));
    }
    printf(
        "%s: %.0f points, r %.4f (%.4f from session 9), worst session %.4f, s.d. r %.4f, mean "
        "s.d. %.4f (%.4f)\n",
        ideal->version, all.n, correlation(&all), correlation(&late), worst, correlation(&sd),
        sd.x / sd.n, sd.y / sd.n);
    ck_assert_double_ge(all.n, 10463);
    ck_assert_double_ge(correlation(&all), b->r);
    ck_assert_double_ge(correlation(&late), b->r_late);
    ck_assert_double_ge(worst, b->session_r);
    ck_assert_double_ge(correlation(&sd), b->sd_r);
    ck_assert_double_le(fabs(sd.x / sd.y - 1), b->sd_ratio);
}

/* With the edition that the published estimates' authors ship, their counts come out. */
START_TEST(real_counts_of_the_edition_of_2015)
{
    static const char *const files[] = { "unga/UNVotesPublished.RData",
                                         "ideal-points/Matches.csv" };
    struct ent_store *store = store_of(files, 2, true);
    struct ent_ideal ideal;

    if (!store)
        return;
    ideal = run(store,
                &(struct ent_ideal_request){ .chains = 1, .burn = 1, .draws = 4, .thin = 1 });
    ck_assert_str_eq(ideal.votes.source, "unga2015");
    ck_assert_uint_eq(ideal.votes.used, 729667);
    ck_assert_uint_eq(ideal.votes.items, 4534);
    ck_assert_uint_eq(ideal.point_count, 9697);
    ck_assert_uint_eq(ideal.votes.states, 199);
    ent_ideal_release(&ideal);
    done(store);
}
END_TEST

static struct ent_store *real_votes(void)
{
    static const char *const files[] = { "unga/unga_votes_sessions_01_78.csv.gz",
                                         "ideal-points/Matches.csv" };
    const char *estimates = real_data("ideal-points/IdealpointestimatesAll_Apr2020.csv");

    if (!estimates)
        return NULL;
    read_published(estimates);
    return store_of(files, 2, true);
}

/*
 * The published sampler r >= .995, variational EM >= .985, every session >= .985, s.d. r
 * >= .88 and within 10 % in mean.  Joint paths have r >= .99 from session 9 on: before it
 * the level of all founders is hardly decided by the votes, and a sampler in which later
 * sessions inform earlier ones places it elsewhere (docs/IDEAL.md); .985 with them.
 */
START_TEST(real_estimates_against_the_published)
{
    struct ent_ideal_request requests[] = {
        { .method = ENT_METHOD_PUBLISHED, .chains = 1, .burn = 400, .draws = 600, .thin = 1 },
        { .method = ENT_METHOD_PATHS, .chains = 2, .burn = 300, .draws = 300, .thin = 1 },
        { .method = ENT_METHOD_QUICK },
    };
    static const struct bounds bounds[] = {
        { .995, .995, .985, .88, .10 },
        { .985, .990, .985, .88, .10 },
        { .985, .985, .985, .88, .10 },
    };
    struct ent_store *store = real_votes();
    struct ent_ideal ideal;
    size_t newer = 0;

    if (!store)
        return;
    requests[_i].seed = 1;
    if (SLOWED && requests[_i].chains)
        requests[_i].burn = requests[_i].draws = 4;
    ideal = run(store, &requests[_i]);
    if (!SLOWED)
        compare(&ideal, &bounds[_i]);
    for (size_t p = 0; p < ideal.point_count; p++)
        newer += ideal.points[p].session > 74 && isfinite(ideal.points[p].mean) &&
                 ideal.points[p].sd > 0;
    ck_assert_uint_gt(newer, 4 * 180); /* sessions 75 to 78, newer than the published file */
    ck_assert_int_eq(ideal.votes.last_session, 78);
    ck_assert_uint_eq(ideal.votes.unknown_matches, 8);
    ent_ideal_release(&ideal);
    free(published);
    done(store);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ideal runs");
    TCase *tc = tcase_create("made up");
    TCase *real = tcase_create("real");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, rules_on_made_up_votes);
    tcase_add_test(tc, states_with_few_votes_are_left_out);
    tcase_add_test(tc, chains_are_called_by_their_first);
    tcase_add_test(tc, intervals_of_distances);
    tcase_add_test(tc, memory_that_runs_out);
    suite_add_tcase(s, tc);
    tcase_set_timeout(real, 290);
    tcase_add_test(real, real_counts_of_the_edition_of_2015);
    tcase_add_loop_test(real, real_estimates_against_the_published, 0, 3);
    suite_add_tcase(s, real);
    return run_suite(s);
}
