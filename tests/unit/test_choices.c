/*
 * choices: every combination by hand on six roll calls, the same numbers and places as the
 * measures of the registry, and the published tables of 1980.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "check_main.h"

#include "entente/choices.h"
#include "entente/dossier.h"
#include "entente/import.h"

enum {
    USA = 2,
    UK = 200,
    RUSSIA = 365,
    CHINA = 710,
};

static char folder[] = "/tmp/entente-choices-XXXXXX";
static struct ent_store *store;

static void fill_store(const char *const *files, size_t count)
{
    struct ent_import_summary summary;
    struct ent_error err = { 0 };
    char path[64];

    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/s.sqlite", folder);
    ck_assert_msg(ent_store_open(path, ENT_STORE_WRITE, &store, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_msg(ent_import(store, files, count, NULL, &summary, &err) == ENT_OK, "%s",
                  err.message);
    ent_store_close(store);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_OK);
}

static void setup(void)
{
    char votes[4096], dyads[4096];
    const char *files[2] = { votes, dyads };

    snprintf(votes, sizeof(votes), "%s", fixture("choices/votes.csv"));
    snprintf(dyads, sizeof(dyads), "%s", fixture("atop/dyads.csv"));
    fill_store(files, 2);
}

static void teardown(void)
{
    char command[128];

    if (!store)
        return;
    ent_store_close(store);
    store = NULL;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct ent_choices choices(int a, int b, struct ent_choices_options options)
{
    struct ent_choices c;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_choices_compute(store, a, b, &options, &c, &err) == ENT_OK, "%s",
                  err.message);
    return c;
}

/* The combination of votes of a file with these choices. */
static const struct ent_combination *
vote(const struct ent_choices *c, int file, int period, int absent, int unanimous)
{
    for (size_t k = 0; k < c->count; k++) {
        const struct ent_combination *one = &c->combinations[k];

        if (one->of == ENT_CHOICES_VOTES && one->at[ENT_CHOICE_FILE] == file &&
            one->at[ENT_CHOICE_PERIOD] == period && one->at[ENT_CHOICE_ABSENT] == absent &&
            one->at[ENT_CHOICE_UNANIMOUS] == unanimous && one->at[ENT_CHOICE_RANGE] < 1 &&
            one->at[ENT_CHOICE_UNDEFINED] < 1)
            return one;
    }
    ck_abort_msg("no such combination");
    return NULL;
}

static const struct ent_choice_effect *effect(const struct ent_choices *c, enum ent_choice of)
{
    for (size_t k = 0; k < c->effect_count; k++) {
        if (c->effects[k].choice == of)
            return &c->effects[k];
    }
    return NULL;
}

START_TEST(agreement_by_hand)
{
    /*
     * China and Russia: alike on 2501, 2503 and 2505 (unanimous), opposed on 2502 and 2506
     * (of 1981, of this session), and China absent from 2504, where Russia says yes.
     * By [calendar][abstain][kept].
     */
    static const double hand[2][2][2] = {
        { { 2.0 / 4, 3.0 / 5 }, { 2.5 / 5, 3.5 / 6 } },
        { { 2.0 / 3, 3.0 / 4 }, { 2.5 / 4, 3.5 / 5 } },
    };
    struct ent_choices c =
        choices(CHINA, RUSSIA,
                (struct ent_choices_options){ .year = 1980, .kind = ENT_SIMILARITY_AGREEMENT });

    for (int period = 0; period < 2; period++) {
        for (int absent = 0; absent < 2; absent++) {
            for (int kept = 0; kept < 2; kept++)
                ck_assert_double_eq_tol(vote(&c, 2, period, absent, kept)->value,
                                        hand[period][absent][kept], 1e-15);
        }
    }
    ck_assert_uint_eq(vote(&c, 2, 0, 0, 0)->n, 4);
    ck_assert_uint_eq(vote(&c, 2, 1, 1, 1)->n, 5);
    /* Three dyads: USA and Russia agree on 2506 alone of five, USA and China on 2502 of four.
     */
    ck_assert_uint_eq(vote(&c, 2, 0, 0, 0)->place, 1);
    ck_assert_uint_eq(vote(&c, 2, 0, 0, 0)->of_all, 3);
    ent_choices_release(&c);
}
END_TEST

START_TEST(effects_and_spreads_by_hand)
{
    struct ent_choices c =
        choices(CHINA, RUSSIA,
                (struct ent_choices_options){ .year = 1980, .kind = ENT_SIMILARITY_AGREEMENT });
    const struct ent_choices_spread *votes = &c.spreads[1];
    const struct ent_choice_effect *period = effect(&c, ENT_CHOICE_PERIOD);
    /* Unanimous ones dropped, and nearly so, come to the same here: each counts. */
    double sum = 2 * (2.0 / 3 - 0.5) + (0.75 - 0.6) + 2 * (0.625 - 0.5) + (0.7 - 3.5 / 6);

    ck_assert_uint_eq(c.spread_count, 3);
    ck_assert_int_eq(votes->of, ENT_CHOICES_VOTES);
    ck_assert_uint_eq(votes->count, 24); /* 2 periods, 2 absences, 3 of unanimity, 2 ranges */
    ck_assert_double_eq(votes->low, 0.5);
    ck_assert_double_eq(votes->high, 0.75);
    ck_assert_double_eq(c.combinations[votes->by_default].value, 0.5);
    ck_assert_ptr_nonnull(period);
    ck_assert_uint_eq(period->switches, 12);
    ck_assert_double_eq_tol(period->mean, sum / 6, 1e-15);
    ck_assert_double_eq_tol(period->most, 2.0 / 3 - 0.5, 1e-15);
    for (size_t k = 1; k < c.effect_count; k++)
        ck_assert_double_ge(c.effects[k - 1].mean, c.effects[k].mean);
    for (size_t k = 1; k < c.count; k++)
        ck_assert(isnan(c.combinations[k].value) ||
                  c.combinations[k - 1].value <= c.combinations[k].value);
    ent_choices_release(&c);
}
END_TEST

START_TEST(threads_change_nothing_and_seeds_do)
{
    struct ent_choices_options o = { .year = 1980,
                                     .kind = ENT_SIMILARITY_AGREEMENT,
                                     .replicates = 200,
                                     .seed = 7,
                                     .threads = 1 };
    struct ent_choices one = choices(CHINA, RUSSIA, o);
    struct ent_choices other;
    size_t size = one.count * sizeof(*one.combinations);

    o.threads = 3;
    other = choices(CHINA, RUSSIA, o);
    ck_assert_uint_eq(one.count, other.count);
    ck_assert_mem_eq(one.combinations, other.combinations, size);
    ck_assert_double_lt(vote(&one, 2, 0, 0, 0)->low, 0.5);
    ck_assert_double_gt(vote(&one, 2, 0, 0, 0)->high, 0.5);
    ent_choices_release(&other);
    ent_choices_release(&one);
}
END_TEST

START_TEST(zero_is_a_choice_where_chance_explains_all)
{
    /* In 2018 of the fixture neither owes anybody anything: two equal constants. */
    struct ent_choices c = choices(
        CHINA, RUSSIA, (struct ent_choices_options){ .year = 2018, .kind = ENT_SIMILARITY_PI });
    size_t zeros = 0, missing = 0;

    for (size_t k = 0; k < c.count; k++) {
        const struct ent_combination *one = &c.combinations[k];

        missing += isnan(one->value);
        if (one->at[ENT_CHOICE_UNDEFINED] != 1)
            continue;
        zeros++;
        ck_assert_double_eq(one->value, 0);
        ck_assert_int_eq(one->at[ENT_CHOICE_SELF_TIES], 1);
    }
    ck_assert_uint_eq(zeros, 32); /* 8 kinds of tie, either or own obligations, all or region */
    ck_assert_uint_eq(missing, zeros);
    ck_assert_uint_eq(c.spread_count, 1); /* no votes of 2018 */
    ent_choices_release(&c);
}
END_TEST

START_TEST(what_cannot_be_asked)
{
    struct ent_choices c;
    struct ent_error err = { 0 };
    struct ent_choices_options o = { .kind = ENT_SIMILARITY_S_SQUARED_WEIGHTED };

    ck_assert_int_eq(ent_choices_compute(store, CHINA, RUSSIA, &o, &c, &err), ENT_EINVAL);
    o.kind = ENT_SIMILARITY_KAPPA;
    ck_assert_int_eq(ent_choices_compute(store, CHINA, CHINA, &o, &c, &err), ENT_EINVAL);
    o.year = 1700;
    ck_assert_int_eq(ent_choices_compute(store, CHINA, RUSSIA, &o, &c, &err), ENT_EINVAL);
    o.year = 2019;
    ck_assert_int_eq(ent_choices_compute(store, CHINA, RUSSIA, &o, &c, &err), ENT_ENOTFOUND);
    o.year = 2018;
    ck_assert_int_eq(ent_choices_compute(store, CHINA, 300, &o, &c, &err), ENT_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "2018"));
}
END_TEST

/* The value and place of a measure in the dossier of the year. */
static struct ent_value_read
read_value(int a, int b, int year, const char *id, const char *source)
{
    struct ent_dossier_options o = { .year = year, .no_carry = true, .measure_count = 1 };
    struct ent_value_read found = { .value = NAN };
    struct ent_error err = { 0 };
    struct ent_dossier d;
    size_t measure;

    ck_assert_int_eq(ent_measure_find(id, &measure, &err), ENT_OK);
    o.measures = &measure;
    ck_assert_int_eq(ent_dossier_compute(store, a, b, &o, &d, &err), ENT_OK);
    for (size_t k = 0; k < d.count; k++) {
        if (strcmp(d.readings[k].source, source) == 0)
            found = d.readings[k].forward;
    }
    ent_dossier_release(&d);
    return found;
}

static const struct ent_combination *
tie(const struct ent_choices *c, int kind, int owed, int weights)
{
    for (size_t k = 0; k < c->count; k++) {
        const struct ent_combination *one = &c->combinations[k];

        if (one->of == ENT_CHOICES_TIES && one->at[ENT_CHOICE_TIE] == kind &&
            one->at[ENT_CHOICE_OWED] == owed && one->at[ENT_CHOICE_SELF_TIES] == 0 &&
            one->at[ENT_CHOICE_SYSTEM] == 0 && one->at[ENT_CHOICE_WEIGHTS] == weights &&
            one->at[ENT_CHOICE_RANGE] < 1)
            return one;
    }
    ck_abort_msg("no such combination");
    return NULL;
}

static void same_as(const struct ent_combination *one, struct ent_value_read v)
{
    ck_assert_double_eq_tol(one->value, v.value, 1e-14);
    ck_assert_uint_eq(one->place, v.place);
    ck_assert_uint_eq(one->of_all, v.of);
    ck_assert_double_eq_tol(one->percentile, v.percentile, 1e-14);
}

START_TEST(real_ties_and_votes_are_those_of_the_registry)
{
    char ties[4096], capabilities[4096], votes[4096], products[4096];
    const char *files[] = { ties, capabilities, votes, products };
    const char *at;
    struct ent_choices c;

    if (!(at = real_data("atop/atop5_1a.csv")))
        return;
    snprintf(ties, sizeof(ties), "%s", at);
    *strrchr(ties, '/') = '\0'; /* all of ATOP */
    snprintf(capabilities, sizeof(capabilities), "%s", real_data("nmc/cow_nmc.csv"));
    snprintf(votes, sizeof(votes), "%s", real_data("unga/UNVotesPublished.RData"));
    snprintf(products, sizeof(products), "%s", real_data("economy/gdp.csv"));
    fill_store(files, 4);
    c = choices(CHINA, RUSSIA,
                (struct ent_choices_options){ .year = 1980, .kind = ENT_SIMILARITY_KAPPA });
    /* MEASURES.md, A.2, and the tables of whole calendar years */
    ck_assert_double_eq_tol(vote(&c, 2, 1, 0, 1)->value, 0.049918, 5e-7);
    ck_assert_double_eq_tol(vote(&c, 2, 1, 1, 1)->value, 0.173, 5e-4);
    ck_assert_uint_eq(vote(&c, 2, 1, 0, 1)->n, 86);
    same_as(vote(&c, 2, 0, 0, 0), read_value(CHINA, RUSSIA, 1980, "votes.kappa", "unga2015"));
    same_as(vote(&c, 2, 0, 0, 1),
            read_value(CHINA, RUSSIA, 1980, "votes.every_kappa", "unga2015"));
    same_as(vote(&c, 2, 0, 0, 2),
            read_value(CHINA, RUSSIA, 1980, "votes.near_kappa", "unga2015"));
    same_as(vote(&c, 2, 0, 1, 0),
            read_value(CHINA, RUSSIA, 1980, "votes.absent_kappa", "unga2015"));
    ent_choices_release(&c);
    c = choices(USA, CHINA,
                (struct ent_choices_options){ .year = 1980, .kind = ENT_SIMILARITY_KAPPA });
    ck_assert_double_eq_tol(vote(&c, 2, 1, 0, 1)->value, 0.000263, 5e-7);
    ck_assert_double_eq_tol(vote(&c, 2, 1, 1, 1)->value, -0.092, 5e-4);
    ent_choices_release(&c);
    c = choices(
        USA, UK,
        (struct ent_choices_options){ .year = 2015, .kind = ENT_SIMILARITY_S_ABSOLUTE });
    same_as(tie(&c, 0, 0, 0), read_value(USA, UK, 2015, "portfolio.s", "atop"));
    same_as(tie(&c, 0, 0, 1), read_value(USA, UK, 2015, "portfolio.s_weighted", "atop"));
    same_as(tie(&c, 0, 0, 2), read_value(USA, UK, 2015, "portfolio.s_weighted", "wdi"));
    same_as(tie(&c, 1, 0, 0), read_value(USA, UK, 2015, "portfolio.binary_s", "atop"));
    same_as(tie(&c, 3, 0, 0), read_value(USA, UK, 2015, "portfolio.defense_s", "atop"));
    same_as(tie(&c, 7, 0, 0), read_value(USA, UK, 2015, "portfolio.consultation_s", "atop"));
    ent_choices_release(&c);
    c = choices(USA, UK,
                (struct ent_choices_options){ .year = 2015, .kind = ENT_SIMILARITY_S_SQUARED });
    same_as(tie(&c, 0, 1, 0), read_value(USA, UK, 2015, "portfolio.own_s_squared", "atop"));
    ent_choices_release(&c);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("choices");
    TCase *small = tcase_create("small");
    TCase *real = tcase_create("real");

    tcase_add_checked_fixture(small, setup, teardown);
    tcase_add_test(small, agreement_by_hand);
    tcase_add_test(small, effects_and_spreads_by_hand);
    tcase_add_test(small, threads_change_nothing_and_seeds_do);
    tcase_add_test(small, zero_is_a_choice_where_chance_explains_all);
    tcase_add_test(small, what_cannot_be_asked);
    suite_add_tcase(s, small);
    tcase_add_checked_fixture(real, NULL, teardown);
    tcase_set_timeout(real, 120);
    tcase_add_test(real, real_ties_and_votes_are_those_of_the_registry);
    suite_add_tcase(s, real);
    return run_suite(s);
}
