/* assess: claims, from their text to their answers. */
#include <math.h>
#include <string.h>

#include "check_main.h"

#include "assess/claim_judge.h"
#include "assess/claim_row.h"
#include "base/alloc.h"
#include "base/rng.h"
#include "entente/check.h"
#include "entente/import.h"
#include "entente/state.h"
#include "world/group.h"

static struct ent_arena arena;

static void setup(void)
{
    arena = (struct ent_arena)ENT_ARENA_INIT;
}

static void teardown(void)
{
    ent__arena_release(&arena);
}

/* ---- reading ---- */

static struct ent_claim_node *parse(const char *text)
{
    struct ent_claim_node *tree = NULL;
    struct ent_error err = { 0 };
    size_t at = 0;

    ck_assert_msg(ent__claim_parse(ent__str(text), NULL, &arena, &tree, &at, &err) == ENT_OK,
                  "%s: at %zu: %s", text, at, err.message);
    return tree;
}

static const char *print(const struct ent_claim_node *tree)
{
    struct ent_buf text;
    const char *copy;

    ent__buf_init(&text);
    ent__claim_print(tree, &text);
    copy = ent__arena_copy(&arena, ent__buf_str(&text));
    ent__buf_release(&text);
    return copy;
}

/* What is written out, with nothing that reading does not need. */
START_TEST(written_out)
{
    static const char *const cases[][2] = {
        { "RANK( trade.total,CHN , RUS,2014 )==10", "rank(trade.total, CHN, RUS, 2014) = 10" },
        { "trade.total@cow_trade(chn, \"South Korea\", 2014) ≥ 1.50 bn US$",
          "trade.total@cow_trade(chn, \"South Korea\", 2014) >= 1.50 bn US$" },
        { "sum(trade,CHN,USA+EU-GBR,2013–2017)>5*trade(CHN,RUS,2014)",
          "sum(trade, CHN, USA + EU - GBR, 2013..2017) > 5 * trade(CHN, RUS, 2014)" },
        { "power.gdp(CHN,2018)/(power.gdp(RUS,2018)+power.gdp(IND,2018))>(1)*(2+3)",
          "power.gdp(CHN, 2018) / (power.gdp(RUS, 2018) + power.gdp(IND, 2018)) > 1 * (2 + 3)" },
        { "not (treaty(any,CHN,RUS,2014) and not treaty(defence,CHN,PRK,2014))",
          "not (treaty(any, CHN, RUS, 2014) and not treaty(defense, CHN, PRK, 2014))" },
        { "vote(CHN, '68/262') = Abstain or count(vetoes, RUS, 2011..2012) between 1 and 3",
          "vote(CHN, \"68/262\") = Abstain or count(vetoes, RUS, 2011..2012) between 1 and 3" },
        { "trade.share(CHN,RUS,2014)~2.2% within .3 points",
          "trade.share(CHN, RUS, 2014) ~ 2.2% within .3 points" },
        { "1 - (2 - 3) = 2", "1 - (2 - 3) = 2" },
        { "(1 - 2) - 3 = -4", "1 - 2 - 3 = -4" },
        { "rank(trade.exports, RUS, EU, 2014, EU, ASEAN) = 1",
          "rank(trade.exports, RUS, EU, 2014, EU, ASEAN) = 1" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ck_assert_str_eq(print(parse(cases[i][0])), cases[i][1]);
        ck_assert_str_eq(print(parse(cases[i][1])), cases[i][1]);
    }
}
END_TEST

/* What is refused, where (the byte is marked with ^), and with which word in the message. */
START_TEST(refused_at_its_place)
{
    static const struct {
        const char *text;
        enum ent_status status;
        const char *word;
    } cases[] = {
        { "^", ENT_EFORMAT, "empty" },
        { "^trade.total(CHN, RUS, 2014)", ENT_EFORMAT, "relation" },
        { "^trade.totl(CHN, RUS, 2014) = 1", ENT_ENOTFOUND, "trade.total" },
        { "rank(^trade.totl, CHN, RUS, 2014) = 1", ENT_ENOTFOUND, "trade.total" },
        { "^rnk(trade.total, CHN, RUS, 2014) = 1", ENT_ENOTFOUND, "rank" },
        { "trade.total@^dots(CHN, RUS, 2014) = 1 bn US$", ENT_ENOTFOUND, "comtrade" },
        { "trade.total(CHN, ^Rusia, 2014) = 1 bn US$", ENT_ENOTFOUND, "Russia" },
        { "trade.total(CHN, ^Korea, 2014) = 1 bn US$", ENT_EAMBIGUOUS, "Korea" },
        { "trade.total(CHN, ^China, 2014) = 1 bn US$", ENT_EFORMAT, "two states" },
        { "trade.total(CHN, RUS, ^14) = 1 bn US$", ENT_EFORMAT, "year" },
        { "sum(trade.total, CHN, RUS, ^2014..2010) = 1 bn US$", ENT_EFORMAT, "backwards" },
        { "^trade.total(CHN, RUS, 2010..2014) = 1 bn US$", ENT_EFORMAT, "span" },
        { "^trade.total(CHN, 2014) = 1 bn US$", ENT_EFORMAT, "two states" },
        { "^power.gdp(CHN, RUS, 2014) = 1 bn US$", ENT_EFORMAT, "one state" },
        { "trade.total(CHN, RUS, 2014) = ^100", ENT_EFORMAT, "100 bn US$" },
        { "trade.total(CHN, RUS, 2014) = ^10 %", ENT_EFORMAT, "cannot compare" },
        { "rank(trade.total, CHN, RUS, 2014) = ^10 bn US$", ENT_EFORMAT, "a place" },
        { "rank(trade.total, CHN, RUS, 2014) = ^10 %", ENT_EFORMAT, "a place" },
        { "count(disputes, CHN, RUS, 1969) = ^1 visit", ENT_EFORMAT, "disputes" },
        { "trade.share(CHN, RUS, 2014) = ^2", ENT_EFORMAT, "2 %" },
        { "trade.total(CHN, RUS, 2014) = 1 bn ^Dolars", ENT_ENOTFOUND, "dollars" },
        { "trade.total(CHN, RUS, 2014) ^+ power.population(CHN, 2014) = 1 bn US$", ENT_EFORMAT,
          "cannot add" },
        { "^votes.agreement(CHN, USA + GBR, 2014) > 0.5", ENT_EFORMAT, "added up" },
        { "^share(votes.agreement, CHN, GBR, 2014) > 0.5", ENT_EFORMAT, "added up" },
        { "^rank(trade.total, CHN + USA, RUS, 2014) = 1", ENT_EFORMAT, "single states" },
        { "treaty(^friendship, CHN, RUS, 2014)", ENT_ENOTFOUND, "consultation" },
        { "count(^wars, CHN, RUS, 1969) = 1", ENT_ENOTFOUND, "disputes" },
        { "vote(CHN, \"68/262\") < ^yes", ENT_EFORMAT, "votes" },
        { "vote(CHN, \"68/262\") = ^1", ENT_EFORMAT, "cannot compare" },
        { "treaty(any, CHN, RUS, 2014) = ^abstain", ENT_EFORMAT, "cannot compare" },
        { "trade.total(CHN, RUS, 2014) = 1 bn US$ ^= 2", ENT_EFORMAT, "second relation" },
        { "trade.total(CHN, RUS, 2014) = 1 bn US$ within ^2 km", ENT_EFORMAT, "tolerance" },
        { "trade.total(CHN, RUS, 2014) = 1 bn US$ ^)", ENT_EFORMAT, "\")\"" },
        { "trade.total(^ALL, RUS, 2014) = 1 bn US$", ENT_EFORMAT, "ALL" },
        { "1 = ^#", ENT_EFORMAT, "expected" },
        { "1 between 2 ^or 3 = 3", ENT_EFORMAT, "upper end" },
        { "vote(CHN, ^\"68", ENT_EFORMAT, "does not end" },
        { "1 = ^", ENT_EFORMAT, "the end" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *mark = strchr(cases[i].text, '^');
        struct ent_claim_node *tree;
        struct ent_error err = { 0 };
        char text[200];
        size_t at = 0, expected = (size_t)(mark - cases[i].text);

        snprintf(text, sizeof(text), "%.*s%s", (int)expected, cases[i].text, mark + 1);
        ck_assert_msg(ent__claim_parse(ent__str(text), NULL, &arena, &tree, &at, &err) ==
                          cases[i].status,
                      "%s: %d %s", text, (int)err.status, err.message);
        ck_assert_msg(at == expected, "%s: at %zu, not %zu: %s", text, at, expected,
                      err.message);
        ck_assert_msg(strstr(err.message, cases[i].word) != NULL, "%s: %s", text, err.message);
    }
}
END_TEST

START_TEST(too_deep_and_too_long)
{
    struct ent_claim_node *tree;
    struct ent_error err = { 0 };
    struct ent_buf text;
    size_t at;

    ent__buf_init(&text);
    for (int i = 0; i < 500; i++)
        ent__buf_putc(&text, '(');
    ck_assert_int_eq(ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, &err),
                     ENT_EFORMAT);
    ck_assert_ptr_nonnull(strstr(err.message, "64 deep"));
    ck_assert_uint_eq(at, 64);
    ent__buf_clear(&text);
    for (int i = 0; i < 300; i++)
        ent__buf_puts(&text, "not -");
    ck_assert_int_eq(ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, &err),
                     ENT_EFORMAT);
    ent__buf_clear(&text);
    ent__buf_puts(&text, "1");
    while (text.len < ENT_CLAIM_LENGTH - 8)
        ent__buf_puts(&text, "+1");
    ent__buf_puts(&text, " > 1");
    ck_assert_int_eq(ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, &err),
                     ENT_OK);
    ent__buf_puts(&text, " and 1 = 1 and 1 = 1");
    ck_assert_int_eq(ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, &err),
                     ENT_EFORMAT);
    ent__buf_release(&text);
}
END_TEST

/* ---- trees of chance: what is written out reads back as the same ---- */

static void random_number(struct ent_rng *rng, struct ent_buf *out)
{
    ent__buf_printf(out, "%u.%u", (unsigned)(ent__rng_bits(rng) % 90 + 1),
                    (unsigned)(ent__rng_bits(rng) % 100));
}

static void random_sum(struct ent_rng *rng, int depth, struct ent_buf *out)
{
    static const char *const signs[] = { " + ", " - ", " * ", " / " };
    static const char *const calls[] = {
        "votes.agreement(CHN, RUS, 2014)",
        "power.gdp(CHN, 2018) / power.gdp(RUS, 2018)",
        "share(trade.total, CHN, USA + EU, 2012..2014)",
        "percentile(trade.total@cow_trade, \"South Korea\", JPN, 1990)",
    };

    switch (depth <= 0 ? ent__rng_bits(rng) % 2 : ent__rng_bits(rng) % 5) {
    case 0:
        random_number(rng, out);
        break;
    case 1:
        ent__buf_printf(out, "(%s)", calls[ent__rng_bits(rng) % 4]);
        break;
    case 2:
        ent__buf_putc(out, '-');
        ent__buf_putc(out, '(');
        random_sum(rng, depth - 1, out);
        ent__buf_putc(out, ')');
        break;
    default:
        ent__buf_putc(out, '(');
        random_sum(rng, depth - 1, out);
        ent__buf_puts(out, signs[ent__rng_bits(rng) % 4]);
        random_sum(rng, depth - 1, out);
        ent__buf_putc(out, ')');
        break;
    }
}

static void random_claim(struct ent_rng *rng, int depth, struct ent_buf *out)
{
    static const char *const relations[] = {
        " = ", " != ", " < ", " <= ", " > ", " >= ", " ~ "
    };

    switch (depth <= 0 ? 0 : ent__rng_bits(rng) % 5) {
    case 0:
    case 1:
        random_sum(rng, 3, out);
        ent__buf_puts(out, relations[ent__rng_bits(rng) % 7]);
        random_sum(rng, 2, out);
        break;
    case 2:
        ent__buf_puts(out, "not (");
        random_claim(rng, depth - 1, out);
        ent__buf_putc(out, ')');
        break;
    default:
        ent__buf_putc(out, '(');
        random_claim(rng, depth - 1, out);
        ent__buf_puts(out, ent__rng_bits(rng) % 2 ? " and " : " or ");
        random_claim(rng, depth - 1, out);
        ent__buf_putc(out, ')');
        break;
    }
}

static bool same_tree(const struct ent_claim_node *a, const struct ent_claim_node *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->relation != b->relation || a->number != b->number ||
        a->last != b->last ||
        memcmp(a->unit.power, b->unit.power, sizeof(a->unit.power)) != 0 ||
        a->unit.nature != b->unit.nature)
        return false;
    for (int k = 0; k < 3; k++) {
        if (!same_tree(a->child[k], b->child[k]))
            return false;
    }
    return true;
}

START_TEST(print_and_parse_are_inverse)
{
    struct ent_rng rng;
    struct ent_buf text;
    size_t read = 0;

    rng = ent__rng(20150903, 0, 0);
    ent__buf_init(&text);
    for (int i = 0; i < 2000; i++) {
        struct ent_claim_node *tree = NULL;
        size_t at;

        ent__buf_clear(&text);
        random_claim(&rng, 3, &text);
        if (ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, NULL) != ENT_OK)
            continue; /* too long, or a share was set against more than 1 */
        read++;
        ck_assert_msg(same_tree(tree, parse(print(tree))), "%s", text.text);
        ck_assert_uint_le(strlen(print(tree)), text.len);
    }
    ck_assert_uint_gt(read, 1000);
    ent__buf_release(&text);
}
END_TEST

/* ---- units ---- */

START_TEST(units_by_hand)
{
    static const struct {
        const char *amount;
        double number, last;
        const char *text; /* written by us */
    } cases[] = {
        { "88.4 bn US$", 88.4e9, 0.1e9, "88.40 bn US$" },
        { "24,", 0, 0, NULL },
        { "2.17 %", 0.0217, 0.0001, "2.17 %" },
        { "29 points", 0.29, 0.01, "29.0 %" },
        { "8.4 times", 8.4, 0.1, "8.400 times" },
        { "38 bcm", 38e9, 1e9, "38.00 bn m³" },
        { "1 dispute", 1, 1, "1 dispute" },
        { "3 vetoes", 3, 1, "3 drafts" },
        { "1.4 bn people", 1.4e9, 0.1e9, "1.400 bn people" },
        { "25 million current US$", 25e6, 1e6, "25.00 mn US$" },
        { "2 tn PPP US$", 2e12, 1e12, "2.000 tn PPP US$" },
        { "93 roll calls", 93, 1, "93 roll calls" },
        { "12 mn bn US$", 0, 0, NULL },
        { "1 US$ km", 0, 0, NULL },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ent_claim_node *node = NULL;
        struct ent_error err = { 0 };
        char text[100];
        size_t at;
        enum ent_status status =
            ent__claim_parse_amount(ent__str(cases[i].amount), &arena, &node, &at, &err);

        if (!cases[i].text) {
            ck_assert_int_ne(status, ENT_OK);
            continue;
        }
        ck_assert_msg(status == ENT_OK, "%s: %s", cases[i].amount, err.message);
        ck_assert_double_eq_tol(node->number, cases[i].number, 1e-9 * cases[i].number);
        ck_assert_double_eq_tol(node->last, cases[i].last, 1e-9 * cases[i].last);
        ent__claim_value_text(node->number, &node->unit, text, sizeof(text));
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

START_TEST(ranks_in_words)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = { { 1, "1st" },   { 2, "2nd" },     { 3, "3rd" },    { 11, "11th" },
                  { 22, "22nd" }, { 113, "113th" }, { 121, "121st" } };
    struct ent_claim_unit unit = { .nature = ENT_NATURE_RANK };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[40];

        ck_assert_str_eq(ent__claim_value_text(cases[i].value, &unit, text, sizeof(text)),
                         cases[i].text);
    }
}
END_TEST

/* The members of a year: six founders, a state that left, and the Germany of the time. */
START_TEST(groups_of_the_year)
{
    int ids[ENT_GROUP_MEMBERS];
    size_t eu, nato;
    bool west = false;

    ck_assert(ent__group_find(ent__str("eu"), &eu));
    ck_assert(ent__group_find(ent__str("NATO"), &nato));
    ck_assert(!ent__group_find(ent__str("EFTA"), &(size_t){ 0 }));
    ck_assert_uint_eq(ent__group_members(eu, 1957, ids), 0);
    ck_assert_uint_eq(ent__group_members(eu, 1958, ids), 6);
    for (size_t i = 0; i < 6; i++)
        west = west || ids[i] == 260;
    ck_assert(west);
    ck_assert_uint_eq(ent__group_members(eu, 1995, ids), 15);
    ck_assert_uint_eq(ent__group_members(eu, 2018, ids), 28);
    ck_assert_uint_eq(ent__group_members(eu, 2020, ids), 27);
    ck_assert_uint_eq(ent__group_members(nato, 1949, ids), 12);
    ck_assert_uint_eq(ent__group_members(nato, 2024, ids), 32);
}
END_TEST

/* ---- answers ---- */

static enum ent_claim_verdict relation(enum ent_claim_relation r, double left, int bound,
                                       double right, double third, double last,
                                       double tolerance)
{
    struct ent_claim_tolerance t = { .given = tolerance > 0,
                                     .relative = true,
                                     .number = tolerance };

    return ent__claim_relation(r, (struct ent_claim_number){ .v = left, .bound = bound },
                               (struct ent_claim_number){ .v = right }, third, last, &t);
}

START_TEST(relations_by_hand)
{
    const int YES = ENT_VERDICT_YES, NO = ENT_VERDICT_NO, NEARLY = ENT_VERDICT_NEARLY,
              UNKNOWN = ENT_VERDICT_UNKNOWN;

    /* As exact as it is written: 2.17 is 2, not 2.0. */
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 2.17, 0, 2, 0, 1, 0), YES);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 2.17, 0, 2, 0, 0.1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 88.35, 0, 88.4, 0, 0.1, 0), YES);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 88.34, 0, 88.4, 0, 0.1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_UNEQUAL, 2.17, 0, 2, 0, 1, 0), NO);
    /* Nearly: within the tolerance, where the relation itself fails. */
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 31.8, 0, 35, 0, 1, 0.1), NEARLY);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 31.4, 0, 35, 0, 1, 0.1), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_AT_LEAST, 14.5, 0, 15, 0, 1, 0.05), NEARLY);
    ck_assert_int_eq(relation(ENT_CLAIM_BETWEEN, 12.1, 0, 10, 12, 1, 0.05), NEARLY);
    ck_assert_int_eq(relation(ENT_CLAIM_BETWEEN, 12.1, 0, 10, 12, 1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_BETWEEN, 12, 0, 10, 12, 1, 0), YES);
    /* About: 5 % when nothing else is said. */
    ck_assert_int_eq(relation(ENT_CLAIM_NEAR, 95.3, 0, 100, 0, 1, 0), YES);
    ck_assert_int_eq(relation(ENT_CLAIM_NEAR, 94.3, 0, 100, 0, 1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_NEAR, 94.3, 0, 100, 0, 1, 0.06), YES);
    /* A lower bound settles only what more would not unsettle. */
    ck_assert_int_eq(relation(ENT_CLAIM_AT_LEAST, 5.5, 1, 5, 0, 1, 0), YES);
    ck_assert_int_eq(relation(ENT_CLAIM_AT_LEAST, 4.5, 1, 5, 0, 1, 0), UNKNOWN);
    ck_assert_int_eq(relation(ENT_CLAIM_BELOW, 5.5, 1, 5, 0, 1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_BELOW, 4.5, 1, 5, 0, 1, 0), UNKNOWN);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 6.5, 1, 5, 0, 1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_EQUAL, 5, 1, 5, 0, 1, 0), UNKNOWN);
    ck_assert_int_eq(relation(ENT_CLAIM_BETWEEN, 13, 1, 10, 12, 1, 0), NO);
    ck_assert_int_eq(relation(ENT_CLAIM_BETWEEN, 9, 1, 10, 12, 1, 0), UNKNOWN);
    ck_assert_int_eq(relation(ENT_CLAIM_BELOW, 4.5, -1, 5, 0, 1, 0), YES);
    ck_assert_int_eq(relation(ENT_CLAIM_ABOVE, 4.5, -1, 5, 0, 1, 0), NO);
    /* What is not known has no verdict. */
    ck_assert_int_eq(relation(ENT_CLAIM_ABOVE, NAN, 0, 5, 0, 1, 0), UNKNOWN);
    ck_assert_int_eq(relation(ENT_CLAIM_UNEQUAL, 5, 0, NAN, 0, 1, 0), UNKNOWN);
}
END_TEST

START_TEST(sources_that_differ)
{
    static const struct {
        const char *verdicts; /* y, n, ~ (nearly), ? */
        enum ent_claim_answer answer;
    } cases[] = {
        { "", ENT_CLAIM_UNCHECKED },      { "??", ENT_CLAIM_UNCHECKED },
        { "y?", ENT_CLAIM_SUPPORTED },    { "nn", ENT_CLAIM_CONTRADICTED },
        { "n?", ENT_CLAIM_CONTRADICTED }, { "yn", ENT_CLAIM_DEPENDS },
        { "~n", ENT_CLAIM_DEPENDS },      { "y~?", ENT_CLAIM_NEARLY },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ent_claim_by by[8] = { 0 };
        size_t count = strlen(cases[i].verdicts);

        for (size_t k = 0; k < count; k++) {
            char c = cases[i].verdicts[k];

            by[k].verdict = c == 'y'   ? ENT_VERDICT_YES
                            : c == 'n' ? ENT_VERDICT_NO
                            : c == '~' ? ENT_VERDICT_NEARLY
                                       : ENT_VERDICT_UNKNOWN;
        }
        ck_assert_int_eq(ent__claim_sum_up(by, count), cases[i].answer);
    }
    ck_assert_int_eq(ent__claim_and(ENT_CLAIM_SUPPORTED, ENT_CLAIM_CONTRADICTED),
                     ENT_CLAIM_CONTRADICTED);
    ck_assert_int_eq(ent__claim_and(ENT_CLAIM_SUPPORTED, ENT_CLAIM_UNCHECKED),
                     ENT_CLAIM_UNCHECKED);
    ck_assert_int_eq(ent__claim_or(ENT_CLAIM_SUPPORTED, ENT_CLAIM_UNCHECKED),
                     ENT_CLAIM_SUPPORTED);
    ck_assert_int_eq(ent__claim_or(ENT_CLAIM_CONTRADICTED, ENT_CLAIM_DEPENDS),
                     ENT_CLAIM_DEPENDS);
}
END_TEST

/* ---- a world of made-up figures ---- */

enum {
    USA = 2,
    CAN = 20,
    RUS = 365,
    CHN = 710,
    KAZ = 705,
};

static double line_values[1024];
static int asked_year;

/* China's trade of 2014 in million US$; a tenth less the year before; 2012 is not covered. */
static double made_up(int other, int year)
{
    double v = NAN;

    switch (other) {
    case USA:
        v = 500;
        break;
    case RUS:
        v = 95;
        break;
    case CAN:
        v = 95;
        break;
    case KAZ:
        v = year == 2014 ? 0 : 5;
        break;
    default:
        /* Others, so that the partners can be all: 3 to 60 million. */
        if (other >= 200 && other <= 399 && ent_state_get(other)->index % 3 == 0)
            v = 3 * (1 + ent_state_get(other)->index % 20);
        break;
    }
    return year == 2013 ? v * 0.9 : v;
}

static void fake_cell(void *context, size_t measure, size_t source, int a, int b, int year,
                      struct ent_claim_cell *out)
{
    (void)context, (void)measure, (void)source;
    *out = (struct ent_claim_cell){ .value = NAN, .first_year = 2013, .last_year = 2014 };
    asked_year = year;
    out->lack = year < 2013 ? ENT_LACK_BEFORE : year > 2014 ? ENT_LACK_AFTER : ENT_LACK_VALUE;
    if (out->lack == ENT_LACK_VALUE && (a == CHN || b == CHN))
        out->value = made_up(a == CHN ? b : a, year);
}

static void fake_line(void *context, size_t measure, size_t source, int a, int year,
                      struct ent_claim_line *out)
{
    struct ent_claim_cell cell;

    *out = (struct ent_claim_line){ NULL, { .value = NAN, .lack = ENT_LACK_BEFORE } };
    out->lack.first_year = 2013;
    if (year < 2013)
        return;
    for (size_t i = 0; i < ent_state_count(); i++) {
        fake_cell(context, measure, source, a, ent_state_at(i)->id, year, &cell);
        line_values[i] = cell.value;
    }
    out->v = line_values;
}

static const double *
fake_field(void *context, size_t measure, size_t source, int year, size_t *count)
{
    static const double all[] = { 1, 95, 95, 95, 500, 600 };

    (void)context, (void)measure, (void)source, (void)year;
    *count = 6;
    return all;
}

static void fake_disputes(void *context, const char *source, int a, int b, int from, int to,
                          struct ent_claim_cell *out)
{
    (void)context, (void)a, (void)b;
    *out = (struct ent_claim_cell){ .value = strcmp(source, "gml") == 0 ? to - from + 1 : 2 };
}

static void fake_vote(void *context, const char *source, int state, const char *roll_call,
                      struct ent_claim_cell *out)
{
    (void)context, (void)source, (void)roll_call;
    *out = (struct ent_claim_cell){ .value = state == CHN ? 2 : 3 };
}

static const char *
fake_version(void *context, size_t measure, size_t source, const char *dataset)
{
    (void)context, (void)measure, (void)source, (void)dataset;
    return "1.0";
}

static const struct ent_claim_data fake = {
    .cell = fake_cell,
    .line = fake_line,
    .field = fake_field,
    .disputes = fake_disputes,
    .vote = fake_vote,
    .version = fake_version,
};

static struct ent_claim judged(const char *text)
{
    struct ent_claim claim = { 0 };
    struct ent_error err = { 0 };
    struct ent_claim_court court = { .data = &fake, .store_count = 1, .arena = &arena };

    ck_assert_msg(ent__claim_judge(&court, parse(text), &claim, &err) == ENT_OK, "%s: %s", text,
                  err.message);
    return claim;
}

/* The value of the first part by the first source, in base units. */
static double value_of(const char *text)
{
    struct ent_claim claim = judged(text);

    ck_assert_uint_gt(claim.parts[0].by_count, 0);
    return claim.parts[0].by[0].value;
}

static const char *why_not(const char *text)
{
    struct ent_claim claim = judged(text);

    ck_assert_int_eq(claim.parts[0].by[0].verdict, ENT_VERDICT_UNKNOWN);
    return claim.parts[0].by[0].why;
}

START_TEST(figures_by_hand)
{
    double all = 0;

    for (size_t i = 0; i < ent_state_count(); i++) {
        double v = made_up(ent_state_at(i)->id, 2014);

        all += v == v ? v : 0;
    }
    ck_assert_double_eq_tol(value_of("trade.total(CHN, RUS, 2014) > 1 US$"), 95e6, 1e-6);
    ck_assert_double_eq_tol(value_of("trade.total(CHN, RUS + USA, 2014) > 1 US$"), 595e6, 1e-6);
    ck_assert_double_eq_tol(value_of("trade.total(CHN, RUS + RUS, 2014) > 1 US$"), 95e6, 1e-6);
    ck_assert_double_eq_tol(value_of("trade.total(CHN, RUS + USA - RUS, 2014) > 1 US$"), 500e6,
                            1e-6);
    ck_assert_double_eq_tol(value_of("sum(trade.total, CHN, RUS, 2013..2014) > 1 US$"), 180.5e6,
                            1e-6);
    ck_assert_double_eq_tol(value_of("mean(trade.total, CHN, RUS, 2013..2014) > 1 US$"),
                            90.25e6, 1e-6);
    ck_assert_double_eq_tol(value_of("min(trade.total, CHN, RUS, 2013..2014) > 1 US$"), 85.5e6,
                            1e-6);
    ck_assert_double_eq_tol(value_of("max(trade.total, CHN, RUS, 2013..2014) > 1 US$"), 95e6,
                            1e-6);
    ck_assert_double_eq_tol(value_of("change(trade.total, CHN, RUS, 2014) > 1 %"), 1 / 0.9 - 1,
                            1e-12);
    ck_assert_double_eq_tol(value_of("trade.total(CHN, ALL, 2014) > 1 US$"), all * 1e6, 1e-3);
    ck_assert_double_eq_tol(value_of("share(trade.total, CHN, RUS, 2014) > 1 %"), 95 / all,
                            1e-12);
    ck_assert_double_eq_tol(
        value_of("trade.total(CHN, USA, 2014) / trade.total(CHN, RUS, 2014) > 1 times"),
        500.0 / 95, 1e-12);
    /* Ties share the better place; a partner with nothing is not ranked. */
    ck_assert_double_eq(value_of("rank(trade.total, CHN, USA, 2014) = 1"), 1);
    ck_assert_double_eq(value_of("rank(trade.total, CHN, RUS, 2014) = 2"), 2);
    ck_assert_double_eq(value_of("rank(trade.total, CHN, CAN, 2014) = 2"), 2);
    /* Of all dyads: 600 and 500 are above, and three have 95. */
    ck_assert_double_eq(value_of("place(trade.total, CHN, RUS, 2014) = 3"), 3);
    ck_assert_double_eq_tol(value_of("percentile(trade.total, CHN, RUS, 2014) > 1 %"),
                            (1 + 0.5 * 3) / 6, 1e-12);
    ck_assert_double_eq(value_of("count(disputes, CHN, RUS, 1960..1969) = 10"), 10);
    ck_assert_double_eq(value_of("vote(CHN, \"68/262\") = abstain"), 2);
}
END_TEST

/* A bloc is one partner: its members' sum, of which Russia is not a part. */
START_TEST(blocs_rank_as_one)
{
    size_t members = 0;
    size_t eu;
    int ids[ENT_GROUP_MEMBERS];
    double sum = 0;
    struct ent_claim claim;

    ck_assert(ent__group_find(ent__str("EU"), &eu));
    members = ent__group_members(eu, 2014, ids);
    for (size_t i = 0; i < members; i++) {
        double v = made_up(ids[i], 2014);

        sum += v == v ? v : 0;
    }
    ck_assert_double_gt(sum, 95); /* else the test would tell nothing */
    ck_assert_double_lt(sum, 500);
    ck_assert_double_eq(value_of("rank(trade.total, CHN, RUS, 2014) = 2"), 2);
    ck_assert_double_eq(value_of("rank(trade.total, CHN, RUS, 2014, EU) = 3"), 3);
    ck_assert_double_eq(value_of("rank(trade.total, CHN, EU, 2014, EU) = 2"), 2);
    claim = judged("trade.total(CHN, EU, 2014) > 10000 US$");
    /* Not all members are known: the sum is a lower bound, and so it says. */
    ck_assert(claim.parts[0].by[0].at_least);
    ck_assert_double_eq_tol(claim.parts[0].by[0].value, sum * 1e6, 1e-3);
    ck_assert_int_eq(claim.answer, ENT_CLAIM_SUPPORTED);
    ck_assert_int_eq(judged("trade.total(CHN, EU, 2014) < 1 tn US$").answer,
                     ENT_CLAIM_UNCHECKED);
    ck_assert_int_eq(judged("trade.total(CHN, EU, 2014) < 1 mn US$").answer,
                     ENT_CLAIM_CONTRADICTED);
    ck_assert_int_eq(
        judged("trade.total(CHN, EU, 2014) / trade.total(CHN, RUS, 2014) > 1 times").answer,
        ENT_CLAIM_SUPPORTED);
    /* Divided by a lower bound, a value is an upper one. */
    ck_assert_int_eq(
        judged("trade.total(CHN, RUS, 2014) / trade.total(CHN, EU, 2014) < 1 times").answer,
        ENT_CLAIM_SUPPORTED);
}
END_TEST

START_TEST(what_is_not_known)
{
    ck_assert_str_eq(why_not("trade.total(CHN, RUS, 2012) > 1 US$"),
                     "cow_trade begins in 2013");
    ck_assert_str_eq(why_not("trade.total(CHN, RUS, 2018) > 1 US$"), "cow_trade ends in 2014");
    ck_assert_str_eq(why_not("trade.total(CHN, BRA, 2014) > 1 US$"),
                     "cow_trade has no value of CHN and BRA in 2014");
    ck_assert_ptr_nonnull(strstr(why_not("1 bn US$ / trade.total(CHN, BRA, 2014) > 1 times"),
                                 "divided by a missing value"));
    ck_assert_ptr_nonnull(
        strstr(why_not("1 bn US$ / trade.total(CHN, KAZ, 2014) > 1 times"), "divided by 0"));
    ck_assert_ptr_nonnull(
        strstr(why_not("rank(trade.total, CHN, KAZ, 2014) = 1"), "nothing between"));
    ck_assert_str_eq(why_not("sum(trade.total, CHN, RUS, 2012..2014) > 1 US$"),
                     "cow_trade begins in 2013");
    /* Russia has one partner here: that is not all of them. */
    ck_assert_ptr_nonnull(
        strstr(why_not("rank(trade.total, RUS, CHN, 2014) = 1"), "knows only 1 partners"));
}
END_TEST

START_TEST(parts_and_denials)
{
    struct ent_claim claim = judged("trade.total(CHN, RUS, 2014) > 90 mn US$ and "
                                    "rank(trade.total, CHN, RUS, 2014) = 1");

    ck_assert_int_eq(claim.answer, ENT_CLAIM_CONTRADICTED);
    ck_assert_uint_eq(claim.part_count, 2);
    ck_assert_int_eq(claim.parts[0].answer, ENT_CLAIM_SUPPORTED);
    ck_assert_int_eq(claim.parts[1].answer, ENT_CLAIM_CONTRADICTED);
    ck_assert_str_eq(claim.parts[1].text, "rank(trade.total, CHN, RUS, 2014) = 1");
    /* "not (a and b)" is "not a or not b". */
    claim = judged("not (trade.total(CHN, RUS, 2014) > 90 mn US$ and "
                   "rank(trade.total, CHN, RUS, 2014) = 1)");
    ck_assert_int_eq(claim.answer, ENT_CLAIM_SUPPORTED);
    ck_assert_int_eq(claim.parts[0].answer, ENT_CLAIM_CONTRADICTED);
    ck_assert_str_eq(claim.parts[0].text, "not trade.total(CHN, RUS, 2014) > 90 mn US$");
    ck_assert_int_eq(judged("not not 2 > 1").answer, ENT_CLAIM_SUPPORTED);
    ck_assert_int_eq(judged("vote(CHN, \"1/1\") != vote(RUS, \"1/1\")").answer,
                     ENT_CLAIM_SUPPORTED);
    /* Two sources of disputes differ: 3 years, or always 2. */
    ck_assert_int_eq(judged("count(disputes, CHN, RUS, 1967..1969) = 3").answer,
                     ENT_CLAIM_DEPENDS);
    /* A place comes with a value. */
    claim = judged("trade.total(CHN, RUS, 2014) > 90 mn US$");
    ck_assert_uint_eq(claim.parts[0].by[0].figures[0].place, 2);
    ck_assert(claim.parts[0].by[0].figures[0].by_partners);
}
END_TEST

/* ---- tables ---- */

static struct ent_csv_record next_record(struct ent_csv *csv, bool *more)
{
    struct ent_csv_record record;

    memset(&record, 0, sizeof(record));
    ck_assert_int_eq(ent__csv_next(csv, &arena, &record, more, NULL), ENT_OK);
    return record;
}

START_TEST(tables_as_spreadsheets_write_them)
{
    struct ent_csv csv;
    struct ent_csv_record r;
    size_t line, column;
    bool more;

    ent__csv_begin(&csv, ent__str("\xef\xbb\xbfid;a\r\n"
                                  "# a remark;\r\n"
                                  ";;\r\n"
                                  "1; \"x \"\"y\"\"\nz\" \r\n"
                                  "2;\"un\"ended;3\n"
                                  "\xff;4\n"
                                  "5;é|"));
    r = next_record(&csv, &more);
    ck_assert(more && r.count == 2 && ent__str_is(r.cells[0].text, "id"));
    ck_assert_int_eq(csv.separator, ';');
    r = next_record(&csv, &more);
    ck_assert_uint_eq(r.line, 4);
    ck_assert(ent__str_is(r.cells[1].text, "x \"y\"\nz"));
    ent__csv_place(&r.cells[1], 3, &line, &column); /* the y: after 1; space " x space "" */
    ck_assert_uint_eq(line, 4);
    ck_assert_uint_eq(column, 9);
    ent__csv_place(&r.cells[1], 6, &line, &column); /* the z, on the next line */
    ck_assert_uint_eq(line, 5);
    ck_assert_uint_eq(column, 1);
    r = next_record(&csv, &more);
    ck_assert_str_eq(r.wrong, "text after the end of a quoted cell");
    ck_assert_uint_eq(r.wrong_line, 6);
    ck_assert_uint_eq(r.wrong_column, 7);
    r = next_record(&csv, &more);
    ck_assert_ptr_nonnull(strstr(r.wrong, "UTF-8"));
    r = next_record(&csv, &more);
    ck_assert(!r.wrong && ent__str_is(r.cells[1].text, "é|"));
    next_record(&csv, &more);
    ck_assert(!more);
    ent__csv_begin(&csv, ent__str("id,a\n1,\"open\n2,3\n"));
    next_record(&csv, &more);
    r = next_record(&csv, &more);
    ck_assert_str_eq(r.wrong, "a quoted cell that does not end");
    ck_assert_uint_eq(r.wrong_line, 2);
    ck_assert_uint_eq(r.wrong_column, 3);
}
END_TEST

/* The expression that a row stands for. */
static const char *row_expression(const char *table)
{
    struct ent_claim_header header;
    struct ent_claim_node *tree = NULL;
    struct ent_csv_record r;
    struct ent_error err = { 0 };
    struct ent_csv csv;
    bool more;

    ent__csv_begin(&csv, ent__str(table));
    r = next_record(&csv, &more);
    ck_assert_int_eq(ent__claim_header(&csv, &r, &header, &err), ENT_OK);
    r = next_record(&csv, &more);
    if (ent__claim_row(&header, &r, NULL, &arena, &tree, &err) != ENT_OK)
        return ent__arena_printf(&arena, "%zu:%zu: %s", err.line, err.column, err.message);
    return print(tree);
}

START_TEST(rows_are_expressions)
{
    ck_assert_str_eq(row_expression("id,states,year,measure,relation,value,unit,tolerance\n"
                                    "1,\"CHN, South Korea\",2014,rank(trade.total),=,10,,1\n"),
                     "rank(trade.total, CHN, \"South Korea\", 2014) = 10 within 1");
    ck_assert_str_eq(row_expression("id;states;year;measure;relation;value;unit\n"
                                    "1;CHN, USA + EU;2013-2014;sum(trade);between;1,5 and 2;tn "
                                    "US$\n"),
                     "sum(trade, CHN, USA + EU, 2013..2014) between 1.5 tn US$ and 2 tn US$");
    ck_assert_str_eq(row_expression("id,states,year,measure,value,unit,tolerance\n"
                                    "1,\"CHN, RUS\",2014,trade.share,2,%,0.5\n"),
                     "trade.share(CHN, RUS, 2014) = 2 % within 0.5 %");
    ck_assert_str_eq(
        row_expression("id,expression,relation,value,unit\n"
                       "1,\"power.gdp(CHN, 2018) / power.gdp(RUS, 2018)\",>,7,x\n"),
        "power.gdp(CHN, 2018) / power.gdp(RUS, 2018) > 7 x");
    ck_assert_str_eq(row_expression("id,states,year,measure\n"
                                    "1,\"CHN, PRK\",2014,treaty(defense)\n"),
                     "treaty(defense, CHN, PRK, 2014)");
    /* Mistakes, at their cells. */
    ck_assert_str_eq(row_expression("id,states,year,measure,value\n1,CHN,2014,power.gdp,7\n"),
                     "2:22: 7 what? Write 7 mn US$ or 7 bn US$");
    ck_assert_str_eq(row_expression("id,measure,value\n1,trade.total,7\n"),
                     "2:3: a measure needs its states and year");
    ck_assert_str_eq(row_expression("id,states,year,measure,relation,value\n"
                                    "1,\"CHN, RUS\",2014,rank(trade.total),about,7\n"),
                     "2:37: \"about\" is no relation: it is = != < <= > >= ~ or between");
    ck_assert_str_eq(row_expression("id,expression,value\n1,2 > 1,7\n"),
                     "2:9: the expression has a relation of its own: leave relation and value "
                     "empty");
}
END_TEST

START_TEST(facts_in_expressions)
{
    struct ent_claim_facts facts = { 0 };
    struct ent_claim_node *tree = NULL;
    struct ent_claim claim = { 0 };
    struct ent_claim_court court = {
        .data = &fake, .store_count = 1, .arena = &arena, .facts = &facts
    };
    struct ent_error err = { 0 };
    size_t at;

    ck_assert_int_eq(ent__claim_facts_read(ent__str("id,fact,value,unit,source\n"
                                                    "F1,eleven,11,projects,E\n"
                                                    "F2,ninety-one,91,projects,E\n"
                                                    "F3,a word,much,,E\n"
                                                    "F4,less,-29,%,E\n"),
                                           &arena, &facts, &err),
                     ENT_OK);
    ck_assert_uint_eq(facts.count, 4);
    ck_assert_double_eq(facts.at[0].value, 11);
    ck_assert(isnan(facts.at[2].value));
    ck_assert_double_eq_tol(facts.at[3].value, -0.29, 1e-12);
    ck_assert_int_eq(ent__claim_parse(ent__str("fact(\"F1\") / fact(\"F2\") < 13 %"), &facts,
                                      &arena, &tree, &at, &err),
                     ENT_OK);
    ck_assert_int_eq(ent__claim_judge(&court, tree, &claim, &err), ENT_OK);
    ck_assert_int_eq(claim.answer, ENT_CLAIM_SUPPORTED);
    ck_assert_str_eq(claim.parts[0].by[0].sources, "report");
    ck_assert_int_eq(
        ent__claim_parse(ent__str("fact(\"F9\") = 1"), &facts, &arena, &tree, &at, &err),
        ENT_ENOTFOUND);
    ck_assert_int_eq(
        ent__claim_facts_read(ent__str("id,fact\nF1,a\nF1,b\n"), &arena, &facts, &err),
        ENT_EFORMAT);
}
END_TEST

/* More facts than anybody keeps are refused at their line, and not compared for ever. */
START_TEST(too_many_facts)
{
    struct ent_claim_facts facts = { 0 };
    struct ent_error err = { 0 };
    struct ent_buf text;

    ent__buf_init(&text);
    ent__buf_puts(&text, "id,fact\n");
    for (int i = 0; i <= 10000; i++)
        ent__buf_printf(&text, "F%d,a\n", i);
    ck_assert_int_eq(ent__claim_facts_read(ent__buf_str(&text), &arena, &facts, &err),
                     ENT_EFORMAT);
    ck_assert_uint_eq(err.line, 10002);
    ent__buf_release(&text);
}
END_TEST

/* A line of two million commas is read in one pass, and its last column is known. */
START_TEST(a_very_long_line)
{
    enum {
        CELLS = 2000000,
    };
    struct ent_csv_record *record = malloc(sizeof(*record));
    struct ent_error err = { 0 };
    struct ent_csv csv;
    struct ent_buf text;
    bool more = false;

    ck_assert_ptr_nonnull(record);
    ent__buf_init(&text);
    for (int i = 0; i < CELLS; i++)
        ent__buf_putc(&text, ',');
    ent__buf_puts(&text, "\"ü\" x\n");
    ent__csv_begin(&csv, ent__buf_str(&text));
    ck_assert_int_eq(ent__csv_next(&csv, &arena, record, &more, &err), ENT_OK);
    ck_assert(more);
    ck_assert_ptr_nonnull(record->wrong);
    ck_assert_uint_eq(record->count, ENT_CSV_CELLS);
    ck_assert_uint_eq(csv.line, 2);
    ck_assert_uint_eq(csv.column, 1);
    ent__buf_release(&text);
    free(record);
}
END_TEST

/* Sources that can be put together in millions of ways are asked for by name. */
START_TEST(too_many_choices)
{
    static const char *const measures[] = {
        "visits.leaders",  "visits.leaders5", "trade.total", "trade.reported_total",
        "trade.imports",   "trade.exports",   "trade.share", "power.gdp",
        "power.gdp_ratio", "votes.agreement", "votes.kappa"
    };
    struct ent_claim_court court = { .data = &fake, .store_count = 1, .arena = &arena };
    struct ent_claim claim = { 0 };
    struct ent_claim_node *tree = NULL;
    struct ent_error err = { 0 };
    struct ent_buf text;
    size_t ways = 1, at = 0;

    ent__buf_init(&text);
    for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        size_t measure;

        if (ent_measure_find(measures[i], &measure, NULL) != ENT_OK ||
            ent_measure_at(measure)->source_count < 2)
            continue;
        ways *= ent_measure_at(measure)->source_count;
        ent__buf_printf(&text, "%srank(%s, USA, %s2010)", text.len ? " + " : "", measures[i],
                        ent_measure_at(measure)->direction == ENT_MONADIC ? "" : "CAN, ");
    }
    ent__buf_puts(&text, " > 1");
    ck_assert_uint_gt(ways, 4096);
    ck_assert_msg(ent__claim_parse(ent__buf_str(&text), NULL, &arena, &tree, &at, &err) ==
                      ENT_OK,
                  "%s: %s", text.text, err.message);
    ck_assert_int_eq(ent__claim_judge(&court, tree, &claim, &err), ENT_EFORMAT);
    ck_assert_ptr_nonnull(strstr(err.message, "4096 ways"));
    ent__buf_release(&text);
}
END_TEST

/* Wherever memory runs out, reading and judging say so and leave nothing behind. */
START_TEST(memory_runs_out)
{
    static const char text[] =
        "rank(trade.total, CHN, \"South Korea\", 2014, EU) = 10 within 2 "
        "and not trade(CHN, RUS, 2014) > 95 bn US$";

    for (long k = 0; k < 10000; k++) {
        struct ent_arena own = ENT_ARENA_INIT;
        struct ent_claim_court court = { .data = &fake, .store_count = 1, .arena = &own };
        struct ent_claim claim = { 0 };
        struct ent_claim_node *tree = NULL;
        struct ent_error err = { 0 };
        enum ent_status status;
        size_t at;

        ent__alloc_fail_after(k);
        status = ent__claim_parse(ent__str(text), NULL, &own, &tree, &at, &err);
        if (status == ENT_OK)
            status = ent__claim_judge(&court, tree, &claim, &err);
        ent__alloc_fail_after(-1);
        ent__arena_release(&own);
        if (status == ENT_OK)
            return;
        ck_assert_int_eq(status, ENT_ENOMEM);
    }
    ck_abort_msg("it never succeeded");
}
END_TEST

/* The same of a table and its facts. */
START_TEST(memory_runs_out_in_a_table)
{
    static const char table[] = "id;states;year;measure;relation;value;unit;tolerance;fact\n"
                                "1;CHN, South Korea;2013-2014;share(trade);between;1,5 and 2;%;"
                                "0,1;F1\n";

    for (long k = 0; k < 10000; k++) {
        struct ent_arena own = ENT_ARENA_INIT;
        struct ent_csv_record record = { 0 };
        struct ent_claim_facts facts = { 0 };
        struct ent_claim_header header;
        struct ent_claim_node *tree = NULL;
        struct ent_error err = { 0 };
        enum ent_status status;
        struct ent_csv csv;
        bool more;

        ent__alloc_fail_after(k);
        status = ent__claim_facts_read(ent__str("id,fact,value,unit\nF1,a,-1,%\n"), &own,
                                       &facts, &err);
        ent__csv_begin(&csv, ent__str(table));
        if (status == ENT_OK)
            status = ent__csv_next(&csv, &own, &record, &more, &err);
        if (status == ENT_OK)
            status = ent__claim_header(&csv, &record, &header, &err);
        if (status == ENT_OK)
            status = ent__csv_next(&csv, &own, &record, &more, &err);
        if (status == ENT_OK)
            status = ent__claim_row(&header, &record, &facts, &own, &tree, &err);
        ent__alloc_fail_after(-1);
        if (status == ENT_OK)
            ck_assert_str_eq(print(tree), "share(trade, CHN, \"South Korea\", 2013..2014) "
                                          "between 1.5 % and 2 % within 0.1 %");
        ent__arena_release(&own);
        if (status == ENT_OK)
            return;
        ck_assert_msg(status == ENT_ENOMEM, "%ld: %s", k, err.message);
    }
    ck_abort_msg("it never succeeded");
}
END_TEST

/* ---- the published data ---- */

static char path[] = "/tmp/entente-claims-XXXXXX";
static char store_path[64];
static struct ent_store *store;

static void open_store(void)
{
    static const char *const needed[] = { "trade", "economy", "sipri", "atop",
                                          "unga/unga_votes_sessions_01_78.csv.gz" };
    char paths[8][4096];
    const char *list[8];
    struct ent_import_summary summary;
    struct ent_error err = { 0 };

    for (size_t i = 0; i < 5; i++) {
        const char *real = real_data(needed[i]);

        if (!real)
            return;
        snprintf(paths[i], sizeof(paths[i]), "%s", real);
        list[i] = paths[i];
    }
    ck_assert_ptr_nonnull(mkdtemp(path));
    snprintf(store_path, sizeof(store_path), "%s/store.sqlite", path);
    ck_assert_int_eq(ent_store_open(store_path, ENT_STORE_WRITE, &store, &err), ENT_OK);
    ck_assert_msg(ent_import(store, list, 5, NULL, &summary, &err) == ENT_OK, "%s",
                  err.message);
    ent_store_close(store);
    ck_assert_int_eq(ent_store_open(store_path, ENT_STORE_READ, &store, &err), ENT_OK);
}

static void close_store(void)
{
    ent_store_close(store);
    if (store_path[0]) {
        unlink(store_path);
        rmdir(path);
    }
}

static void answer_is(const char *text, enum ent_claim_answer answer, double value)
{
    struct ent_claims claims;
    struct ent_error err = { 0 };
    const struct ent_claim *claim;

    ck_assert_msg(ent_claim_ask(store, text, NULL, &claims, &err) == ENT_OK, "%s", err.message);
    claim = &claims.at[0];
    ck_assert_msg(claim->answer == answer, "%s: %s %s", text,
                  ent_claim_answer_text(claim->answer), claim->error.message);
    if (value == value)
        ck_assert_double_eq_tol(claim->parts[0].by[0].value, value, fabs(value) * 5e-4);
    ent_claims_release(&claims);
}

START_TEST(known_answers)
{
    struct ent_claims claims;
    const struct ent_claim_figure *figure;

    if (!store)
        return;
    answer_is("rank(trade.total@cow_trade, CHN, RUS, 2014) = 10", ENT_CLAIM_SUPPORTED, 10);
    answer_is("trade.share@cow_trade(CHN, RUS, 2014) = 2.17 %", ENT_CLAIM_SUPPORTED, 0.021709);
    answer_is("trade.share(CHN, RUS, 2014) = 2 %", ENT_CLAIM_SUPPORTED, NAN);
    answer_is("power.gdp(CHN, 2018) / power.gdp(RUS, 2018) = 8.4 times", ENT_CLAIM_SUPPORTED,
              8.384);
    answer_is("arms.supplier_share@sipri_register(RUS, IND, 2017) = 31.8 %",
              ENT_CLAIM_SUPPORTED, NAN);
    answer_is("arms.supplier_share@sipri_register(RUS, CHN, 2017) = 12.1 %",
              ENT_CLAIM_SUPPORTED, NAN);
    answer_is("arms.supplier_share(RUS, IND, 2017) = 34.1 %", ENT_CLAIM_DEPENDS, NAN);
    /* Each side's own report, 7 bn apart. */
    answer_is("trade(CHN, RUS, 2014) = 88.4 bn US$", ENT_CLAIM_DEPENDS, 93.942e9);
    answer_is("trade.reported_total@dots(CHN, RUS, 2014) - "
              "trade.reported_total@dots(RUS, CHN, 2014) = 6.9 bn US$",
              ENT_CLAIM_SUPPORTED, NAN);
    answer_is("rank(trade.total@cow_trade, RUS, CHN, 2014) = 1", ENT_CLAIM_SUPPORTED, 1);
    answer_is("vote(CHN, \"A/RES/68/262\") = abstain and vote(RUS, \"68/262\") = no",
              ENT_CLAIM_SUPPORTED, 2);
    answer_is("not treaty(defense, CHN, RUS, 2015)", ENT_CLAIM_SUPPORTED, NAN);
    answer_is("treaty(consultation, CHN, RUS, 2015)", ENT_CLAIM_SUPPORTED, NAN);
    answer_is("trade.total(CHN, USA, 1850) > 1 US$", ENT_CLAIM_UNCHECKED, NAN);
    /* Almost in unison: the agreement is high, and 48 states agreed more. */
    ck_assert_int_eq(
        ent_claim_ask(store, "votes.agreement(CHN, RUS, 2018) >= 0.8", NULL, &claims, NULL),
        ENT_OK);
    ck_assert_int_eq(claims.at[0].answer, ENT_CLAIM_SUPPORTED);
    figure = &claims.at[0].parts[0].by[0].figures[0];
    ck_assert_double_eq_tol(figure->value, 0.866, 0.0005);
    ck_assert_uint_eq(figure->place, 49);
    ck_assert_uint_gt(figure->of, 180);
    ent_claims_release(&claims);
}
END_TEST

/* A rank and a share in an expression are what the measures of that name say. */
START_TEST(functions_agree_with_measures)
{
    static const char *const pairs[][2] = {
        { "CHN", "RUS" }, { "DEU", "POL" }, { "USA", "CAN" }, { "IND", "ARE" }, { "KAZ", "CHN" }
    };

    for (size_t i = 0; store && i < 5; i++) {
        for (int year = 1995; year <= 2014; year += 6) {
            char text[300];

            snprintf(text, sizeof(text),
                     "rank(trade.total@cow_trade, %s, %s, %d) = "
                     "trade.rank@cow_trade(%s, %s, %d) and "
                     "share(trade.total@cow_trade, %s, %s, %d) = "
                     "trade.share@cow_trade(%s, %s, %d)",
                     pairs[i][0], pairs[i][1], year, pairs[i][0], pairs[i][1], year,
                     pairs[i][0], pairs[i][1], year, pairs[i][0], pairs[i][1], year);
            answer_is(text, ENT_CLAIM_SUPPORTED, NAN);
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("claims");
    TCase *language = tcase_create("language");
    TCase *answers = tcase_create("answers");
    TCase *real = tcase_create("real");

    tcase_add_checked_fixture(language, setup, teardown);
    tcase_set_timeout(language, 60);
    tcase_add_test(language, written_out);
    tcase_add_test(language, refused_at_its_place);
    tcase_add_test(language, too_deep_and_too_long);
    tcase_add_test(language, print_and_parse_are_inverse);
    tcase_add_test(language, units_by_hand);
    tcase_add_test(language, ranks_in_words);
    tcase_add_test(language, groups_of_the_year);
    tcase_add_test(language, tables_as_spreadsheets_write_them);
    tcase_add_test(language, rows_are_expressions);
    suite_add_tcase(s, language);
    tcase_add_checked_fixture(answers, setup, teardown);
    tcase_set_timeout(answers, 60);
    tcase_add_test(answers, relations_by_hand);
    tcase_add_test(answers, sources_that_differ);
    tcase_add_test(answers, figures_by_hand);
    tcase_add_test(answers, blocs_rank_as_one);
    tcase_add_test(answers, what_is_not_known);
    tcase_add_test(answers, parts_and_denials);
    tcase_add_test(answers, facts_in_expressions);
    tcase_add_test(answers, too_many_facts);
    tcase_add_test(answers, a_very_long_line);
    tcase_add_test(answers, too_many_choices);
    tcase_add_test(answers, memory_runs_out);
    tcase_add_test(answers, memory_runs_out_in_a_table);
    suite_add_tcase(s, answers);
    tcase_add_unchecked_fixture(real, open_store, close_store);
    tcase_set_timeout(real, 240);
    tcase_add_test(real, known_answers);
    tcase_add_test(real, functions_agree_with_measures);
    suite_add_tcase(s, real);
    return run_suite(s);
}
