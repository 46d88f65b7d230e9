/* Casebooks: facts and pledges as they are written. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "check_main.h"

#include "base/alloc.h"
#include "entente/casebook.h"

START_TEST(reads_a_casebook)
{
    struct ent_casebook book;
    const struct ent_fact *fact;

    ck_assert_int_eq(ent_casebook_read(fixture("cases/small/"), &book, NULL), ENT_OK);
    ck_assert_str_eq(book.name, "small");
    ck_assert_str_eq(book.title, "A small casebook");
    ck_assert_uint_eq(book.fact_count, 4);
    ck_assert_uint_eq(book.pledge_count, 5);
    fact = ent_casebook_fact(&book, "F-1");
    ck_assert_ptr_nonnull(fact);
    ck_assert_str_eq(fact->text, "soldiers in an exercise, \"at least\"");
    ck_assert_double_eq(fact->value, 75000);
    ck_assert_int_eq(fact->from_year, 2013);
    ck_assert_uint_eq(fact->line, 2);
    fact = ent_casebook_fact(&book, "F-2");
    ck_assert(isnan(fact->value));
    ck_assert_str_eq(fact->value_text, "abstain");
    ck_assert_uint_eq(fact->state_count, 3);
    ck_assert_int_eq(fact->states[0], 365);
    ck_assert_int_eq(fact->from_year, 2010);
    ck_assert_int_eq(fact->to_year, 2014);
    ck_assert_str_eq(fact->date, "");
    ck_assert_int_eq(ent_casebook_fact(&book, "F-3")->to_year, 0);
    ck_assert_ptr_null(ent_casebook_fact(&book, "F-9"));
    ck_assert(book.pledges[2].joint && !book.pledges[1].joint);
    ck_assert_int_eq(book.pledges[3].to, -1);
    ck_assert_str_eq(book.pledges[0].by, "a bank");
    ent_casebook_release(&book);
    ck_assert_uint_eq(book.fact_count, 0);
}
END_TEST

/* A fact is of a year when it is over by then; a pledge when it was announced. */
START_TEST(concerns)
{
    struct ent_casebook book;
    const struct ent_fact *vote, *border;

    ck_assert_int_eq(ent_casebook_read(fixture("cases/small"), &book, NULL), ENT_OK);
    vote = ent_casebook_fact(&book, "F-2");
    border = ent_casebook_fact(&book, "F-3");
    ck_assert(ent_fact_concerns(vote, 710, 365, 2014) && ent_fact_concerns(vote, 365, 710, 0));
    ck_assert(ent_fact_concerns(vote, 750, 365, 2014));
    ck_assert(!ent_fact_concerns(vote, 710, 365, 2013));
    ck_assert(!ent_fact_concerns(vote, 710, 2, 2014));
    ck_assert(ent_fact_concerns(border, 710, 365, 1900));
    ck_assert(ent_pledge_concerns(&book.pledges[0], 365, 710, 2010));
    ck_assert(!ent_pledge_concerns(&book.pledges[0], 365, 710, 2009));
    ck_assert(!ent_pledge_concerns(&book.pledges[0], 365, 750, 0));
    ck_assert(!ent_pledge_concerns(&book.pledges[3], 710, 365, 0));
    ent_casebook_release(&book);
}
END_TEST

START_TEST(reads_all_in_a_folder)
{
    struct ent_casebooks books;

    ck_assert_int_eq(ent_casebooks_read(fixture("cases"), &books, NULL), ENT_OK);
    ck_assert_uint_eq(books.count, 1);
    ck_assert_str_eq(books.at[0].name, "small");
    ent_casebooks_release(&books);
    ck_assert_int_eq(ent_casebooks_read(fixture("cases/small"), &books, NULL), ENT_OK);
    ck_assert_uint_eq(books.count, 1);
    ent_casebooks_release(&books);
    ck_assert_int_eq(ent_casebooks_read("/no/such/folder", &books, NULL), ENT_OK);
    ck_assert_uint_eq(books.count, 0);
    ent_casebooks_release(&books);
}
END_TEST

#define FACTS   "id,fact,states,year,value,unit,source,date,note\n"
#define PLEDGES "from,to,what,announced,status,checked,source\n"

/* Every fault is named with its file, line and column. */
START_TEST(faults_are_placed)
{
    static const struct {
        const char *file, *text;
        size_t line, column;
        const char *message;
    } faults[] = {
        { "facts.csv", FACTS "F,x,\"CHN, RUS\",2014-13-1,,,S,,\n", 2, 4, "is no year" },
        { "facts.csv", FACTS "F,x,\"CHN, RUS\",2014-2013,,,S,,\n", 2, 4, "is no year" },
        { "facts.csv", FACTS "F,x,\"CHN, RUS\",14,,,S,,\n", 2, 4, "is no year" },
        { "facts.csv", FACTS "\nF,x,\"CHN, Atlantis\",2014,,,S,,\n", 3, 3, "Atlantis" },
        { "facts.csv", FACTS "F,x,,2014,,,S,,\n", 2, 3, "without a state" },
        { "facts.csv", FACTS "F,x,\"CHN,\",2014,,,S,,\n,x,CHN,,,,S,,\n", 3, 1, "needs an id" },
        { "facts.csv", FACTS "F,,CHN,2014,,,S,,\n", 2, 2, "needs an id" },
        { "facts.csv", FACTS "F,x,CHN,2014,,,,,\n", 2, 7, "needs an id" },
        { "facts.csv", FACTS "F,x,CHN,,,,S,,\nF,y,CHN,,,,S,,\n", 3, 1, "of line 2 already" },
        { "facts.csv", FACTS "F,x,\"USA,GBR,FRA,RUS,CHN,IND,JPN,DEU,ITA\",,,,S,,\n", 2, 3,
          "more than 8 states" },
        { "facts.csv", "id,fact,states,year\n", 1, 0, "no column \"source\"" },
        { "pledges.csv", PLEDGES "Narnia,RUS,x,2014,open,2015,S\n", 2, 1, "Narnia" },
        { "pledges.csv", PLEDGES "CHN,Narnia,x,2014,open,2015,S\n", 2, 2, "Narnia" },
        { "pledges.csv", "from,to,what\n", 1, 0, "no column \"announced\"" },
    };
    char folder[] = "/tmp/entente-test-XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct ent_casebook book;
        struct ent_error err = { 0 };
        char path[128];
        FILE *f;

        snprintf(path, sizeof(path), "%s/%s", folder, faults[i].file);
        f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(faults[i].text, f);
        fclose(f);
        ck_assert_int_eq(ent_casebook_read(folder, &book, &err), ENT_EFORMAT);
        ck_assert_msg(strstr(err.message, faults[i].message) && err.line == faults[i].line &&
                          err.column == faults[i].column && strcmp(err.source, path) == 0,
                      "%s gives %s:%zu:%zu: %s", faults[i].text, err.source, err.line,
                      err.column, err.message);
        unlink(path);
    }
    ck_assert_int_eq(ent_casebook_read(folder, &(struct ent_casebook){ 0 }, NULL),
                     ENT_ENOTFOUND);
    rmdir(folder);
}
END_TEST

START_TEST(out_of_memory_at_any_point_is_said)
{
    enum ent_status status = ENT_ENOMEM;
    struct ent_casebooks books;
    struct ent_error err = { 0 };
    int failures = 0;

    for (long k = 0; status != ENT_OK && k < 5000; k++) {
        ent__alloc_fail_after(k);
        status = ent_casebooks_read(fixture("cases"), &books, &err);
        ent__alloc_fail_after(-1);
        failures += status != ENT_OK;
        /* The process that parses inherits the failure, and has it said as its limit. */
        ck_assert_msg(status == ENT_OK || status == ENT_ENOMEM ||
                          strstr(err.message, "MiB of memory"),
                      "%ld: %s", k, err.message);
    }
    ck_assert_int_eq(status, ENT_OK);
    ck_assert_int_gt(failures, 10);
    ck_assert_uint_eq(books.at[0].fact_count, 4);
    ent_casebooks_release(&books);
}
END_TEST

/* The casebook that ships is read, and every fact of it has a source and a date. */
START_TEST(china_russia)
{
    struct ent_casebook book;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_casebook_read("data/cases/china-russia", &book, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_uint_ge(book.fact_count, 40);
    ck_assert_uint_ge(book.pledge_count, 8);
    for (size_t i = 0; i < book.fact_count; i++)
        ck_assert_msg(book.facts[i].source[0] && book.facts[i].date[0], "%s", book.facts[i].id);
    ck_assert_double_eq(ent_casebook_fact(&book, "F-I02")->value, 11);
    ent_casebook_release(&book);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("casebook");
    TCase *tc = tcase_create("casebook");

    tcase_add_test(tc, reads_a_casebook);
    tcase_add_test(tc, concerns);
    tcase_add_test(tc, reads_all_in_a_folder);
    tcase_add_test(tc, faults_are_placed);
    tcase_add_test(tc, out_of_memory_at_any_point_is_said);
    tcase_add_test(tc, china_russia);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
