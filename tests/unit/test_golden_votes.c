/*
 * Similarity of votes in the UN General Assembly against published and independently computed
 * values, on the real files, through the store.  Every row of every file is compared; each test
 * prints what share of it matches.  What does not is named in the test, with the reason, and
 * nothing else may differ.
 */
#include "datasets/dataset.h"
#include "golden.h"
#include "store/block.h"

const char *const golden_files[] = {
    "unga/UNVotesPublished.RData",
    "unga/un_votes.rda",
    "unga/un_roll_calls.rda",
    NULL,
};

static const struct ent_similarity_options divided = { .drop_share = 1 };

/*
 * Votes as they stand in the store, of all who voted: India voted in 1946, before it
 * was a member of the system that the panel knows.
 */

static size_t column_of(const char *table_name, const char *name)
{
    const struct ent_dataset *owner;
    const struct ent_table *table = ent__dataset_table(table_name, &owner);

    ck_assert_ptr_nonnull(table);
    for (size_t c = 0; c < table->column_count; c++) {
        if (strcmp(table->columns[c].name, name) == 0)
            return c;
    }
    ck_abort_msg("%s has no column %s", table_name, name);
}

static int64_t *ints_of(const struct ent_block *block, const char *table, const char *name)
{
    int64_t *v = ent__calloc(block->count + 1, sizeof(*v));

    ck_assert_ptr_nonnull(v);
    ent__block_ints(block, column_of(table, name), v);
    return v;
}

enum {
    MOST_ROLL_CALLS = 20000,
};

static int calendar[MOST_ROLL_CALLS]; /* year of each roll call's date; 0: not read */

static enum ent_status
read_calendar(void *context, const struct ent_block *block, struct ent_error *err)
{
    const char *table = context;
    int64_t *roll_call = ints_of(block, table, "roll_call");
    int64_t *year = ints_of(block, table, "calendar_year");

    (void)err;
    for (size_t i = 0; i < block->count; i++) {
        ck_assert(roll_call[i] >= 0 && roll_call[i] < MOST_ROLL_CALLS);
        calendar[roll_call[i]] = (int)year[i];
    }
    ent__free(roll_call);
    ent__free(year);
    return ENT_OK;
}

/* Which votes are read: of a table, and only of a calendar year unless that is 0. */
struct wanted {
    const char *table;
    int calendar;
    int64_t item; /* the roll call of the last item */
};

static size_t place_or_new(int id)
{
    size_t at = place_of(id);

    if (at != SIZE_MAX)
        return at;
    ck_assert_uint_lt(y.n, MOST);
    y.id[y.n] = id;
    return y.n++;
}

/* Rows come by roll call.  An item has room for MOST states until all are known. */
static enum ent_status
read_votes(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct wanted *w = context;
    int64_t *roll_call = ints_of(block, w->table, "roll_call");
    int64_t *state = ints_of(block, w->table, "state");
    int64_t *vote = ints_of(block, w->table, "vote");

    (void)err;
    for (size_t i = 0; i < block->count; i++) {
        int8_t cast = (int8_t)vote[i];

        if (w->calendar && calendar[roll_call[i]] != w->calendar)
            continue;
        if (roll_call[i] != w->item) {
            w->item = roll_call[i];
            y.value = ent__reallocarray(y.value, ++y.items * MOST, 1);
            ck_assert_ptr_nonnull(y.value);
            memset(y.value + (y.items - 1) * MOST, ENT_VALUE_MISSING, MOST);
        }
        ent_similarity_code_votes(&cast, 1,
                                  &y.value[(y.items - 1) * MOST + place_or_new((int)state[i])]);
    }
    ent__free(roll_call);
    ent__free(state);
    ent__free(vote);
    return ENT_OK;
}

/* The votes of the sessions of some years, or of one calendar year (they overlap). */
static struct ent_portfolios votes_of(const char *table, int from, int to, int calendar_year)
{
    struct wanted w = { .table = table, .calendar = calendar_year, .item = -1 };
    struct ent_error err = { 0 };
    char roll_calls[64];

    snprintf(roll_calls, sizeof(roll_calls), "%.*s_roll_call", (int)(strlen(table) - 5), table);
    if (calendar_year)
        ck_assert_int_eq(
            ent__store_blocks(store, roll_calls, from, to, read_calendar, roll_calls, &err),
            ENT_OK);
    ent__free(y.value);
    y.value = NULL;
    y.n = y.items = 0;
    ck_assert_int_eq(ent__store_blocks(store, table, from, to, read_votes, &w, &err), ENT_OK);
    return (struct ent_portfolios){
        .states = MOST, .items = y.items, .levels = 3, .value = y.value
    };
}

static struct ent_portfolios calendar_votes(const char *table, int year)
{
    return votes_of(table, year - 1, year, year);
}

static void check_agreement(const char *table)
{
    int a, b, year, now = 0;
    size_t matching = 0, of = 0;
    struct ent_portfolios p = { 0 };
    char what[80];
    double v;
    FILE *file = golden("golden/unga_agreement_1946_1995.csv");

    while (fscanf(file, "%d,%d,%d,%lf", &a, &b, &year, &v) == 4) {
        if (year != now)
            p = votes_of(table, year, year, 0);
        now = year;
        of++;
        matching += near(of_pair(&p, &divided, a, b).value[AGREE], v, 1e-12);
    }
    pclose(file);
    snprintf(what, sizeof(what), "published agreement 1946 to 1995, from %s", table);
    told(what, matching, of);
    ck_assert_uint_eq(of, 2735);
    ck_assert_uint_eq(matching, of);
}

START_TEST(agreement_1946_1995)
{
    if (!store)
        return;
    check_agreement("unvotes_vote");
    check_agreement("unga2015_vote");
}
END_TEST

/*
 * Whole tables, cell by cell, and what follows from them.  The file calls its years
 * calendar years, but goes by the vote file's own year, which is the session's: by
 * the dates of the roll calls 1992 and 2012 have others in and out, by the session
 * every cell agrees.
 */
START_TEST(tables_of_whole_sessions)
{
    enum {
        CELLS = 9
    };
    static const int kinds[] = { S_ABS, S_SQ, KAPPA, PI, TAU_B, STRICT };
    int year, a, b, n, now = 0;
    int t[CELLS];
    double v[6];
    size_t matching = 0, of = 0;
    struct ent_portfolios p = { 0 };
    FILE *file;

    if (!store)
        return;
    file = golden("golden/unga_tables_own.txt");
    while (fscanf(file,
                  "%d %d-%d M n=%d tab(YY,YA,YN,AY,AA,AN,NY,NA,NN)=%d,%d,%d,%d,%d,%d,%d,%d,%d "
                  "S_abs=%lf S_sq=%lf kappa=%lf pi=%lf taub=%lf agree_strict=%lf",
                  &year, &a, &b, &n, t, t + 1, t + 2, t + 3, t + 4, t + 5, t + 6, t + 7, t + 8,
                  v, v + 1, v + 2, v + 3, v + 4, v + 5) == 19) {
        struct ent_similarity s;

        if (year != now)
            p = votes_of("unga2015_vote", year, year, 0);
        now = year;
        s = of_pair(&p, NULL, a, b);
        of += 7 + CELLS;
        matching += s.n == (uint32_t)n;
        for (size_t k = 0; k < 6; k++)
            matching += near(s.value[kinds[k]], v[k], 6e-7);
        for (size_t item = 0; item < y.items; item++) {
            int x = y.value[item * MOST + place_of(a)], z = y.value[item * MOST + place_of(b)];

            if (x >= 0 && z >= 0)
                t[x * 3 + z]--;
        }
        for (size_t c = 0; c < CELLS; c++)
            matching += t[c] == 0;
    }
    pclose(file);
    told("UN votes, whole tables and measures", matching, of);
    ck_assert_uint_eq(of, 20 * (7 + CELLS));
    ck_assert_uint_eq(matching, of);
}
END_TEST

struct session {
    int a, b, session;
    uint32_t n;
    double agree, kappa, pi;
};

/* Sessions, roll calls that were not unanimous, absences missing. */
START_TEST(votes_of_sessions)
{
    static const struct session known[] = {
        { 710, 365, 29, 55, .800000, .485638, .485294 },
        { 710, 365, 40, 146, .804795, -.012467, -.042063 },
        { 710, 365, 46, 67, .761194, -.073516, -.242094 },
        { 710, 365, 56, 80, .862500, .390029, .380952 },
        { 710, 365, 61, 109, .899083, .641447, .636946 },
        { 710, 365, 69, 76, .815789, .418913, .389171 },
        { 710, 365, 72, 121, .871901, .759210, .755501 },
        { 710, 365, 74, 87, .873563, .709613, .701578 },
        { 2, 200, 2, 38, .815789, .624691, .619683 },
        { 2, 200, 40, 151, .764901, .505900, .468811 },
        { 2, 200, 61, 112, .544643, .247742, .058733 },
        { 2, 200, 74, 91, .653846, .394908, .307935 },
        { 2, 365, 40, 151, .258278, -.149457, -.608162 },
        { 2, 365, 74, 87, .287356, -.191781, -.501992 },
        { 2, 710, 74, 89, .202247, -.179842, -.673210 },
    };
    size_t count = sizeof(known) / sizeof(known[0]), matching = 0;

    if (!store)
        return;
    for (size_t k = 0; k < count; k++) {
        int year = known[k].session + 1945;
        struct ent_portfolios p = votes_of("unvotes_vote", year, year, 0);
        struct ent_similarity s = of_pair(&p, &divided, known[k].a, known[k].b);

        matching += s.n == known[k].n;
        matching += near(s.value[AGREE], known[k].agree, 6e-7);
        matching += near(s.value[KAPPA], known[k].kappa, 6e-7);
        matching += near(s.value[PI], known[k].pi, 6e-7);
    }
    told("UN votes of sessions: n, agreement, kappa, pi", matching, 4 * count);
    ck_assert_uint_eq(matching, 4 * count);
}
END_TEST

/* South Korea and five others: published agreement by session, and kappa by calendar year. */
START_TEST(votes_of_korea)
{
    static const int with[] = { 2, 200, 365, 710, 740 };
    static const int years[] = { 1991, 1996, 2000, 2010, 2015, 2019 };
    static const double agreement[5][6] = {
        { .3680556, .5202703, .5410959, .5654762, .6095890, .5384615 },
        { .6712329, .7972973, .8356164, .8000000, .8561644, .8516484 },
        { .8028169, .8082192, .8082192, .8154762, .7054795, .7068966 },
        { .8623188, .7635135, .7569444, .7619048, .6736111, .6516854 },
        { .8219178, .8851351, .9178082, .9294118, .9246575, .8956044 },
    };
    static const double kappa_2000[] = { .121600821, .545239223, .242304657, -.004359198 };
    size_t matching = 0;
    struct ent_portfolios p;

    if (!store)
        return;
    for (size_t c = 0; c < 6; c++) {
        p = votes_of("unvotes_vote", years[c], years[c], 0);
        for (size_t r = 0; r < 5; r++)
            matching +=
                near(of_pair(&p, &divided, 732, with[r]).value[AGREE], agreement[r][c], 6e-8);
    }
    p = calendar_votes("unga2015_vote", 2000);
    for (size_t r = 0; r < 4; r++)
        matching += near(of_pair(&p, NULL, 732, with[r]).value[KAPPA], kappa_2000[r], 6e-10);
    p = calendar_votes("unga2015_vote", 1992);
    matching += near(of_pair(&p, NULL, 732, 2).value[KAPPA], .087063800, 6e-10);
    told("South Korea's votes, published agreement and kappa", matching, 35);
    ck_assert_uint_eq(matching, 35);
}
END_TEST

/* What the registry gives is what the library gives under the same conventions. */
START_TEST(registry_gives_the_same)
{
    static const struct {
        const char *id;
        int kind;
        bool error;
    } cases[] = {
        { "votes.kappa", KAPPA, false },
        { "votes.strict", STRICT, false },
        { "votes.agreement_error", AGREE, true },
    };

    if (!store)
        return;
    for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
        struct ent_portfolios p = votes_of("unvotes_vote", 2018, 2018, 0);
        struct ent_similarity s = of_pair(&p, &divided, 710, 365);

        check_registry(cases[c].id, 1,
                       cases[c].error ? s.error[cases[c].kind] : s.value[cases[c].kind]);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, agreement_1946_1995);
    tcase_add_test(tests, tables_of_whole_sessions);
    tcase_add_test(tests, votes_of_sessions);
    tcase_add_test(tests, votes_of_korea);
    tcase_add_test(tests, registry_gives_the_same);
}

int main(void)
{
    return run_golden(add);
}
