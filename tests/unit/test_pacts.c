/* Defence pacts out of ATOP: charters told apart, and who owes whom. */
#include "ds_import.h"
#include "query/pacts.h"

static const char members[] =
    "atopid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,phase,maxphase,defense,"
    "offense,neutral,nonagg,consul,bilat,version\n"
    /* NATO; a charter of two; a bilateral pact of 1990-1995; consultation only. */
    "3180,,2,1,1949,4,4,0,0,0,0,0,1,0,0,1,1,0,5.1\n"
    "3180,,20,1,1949,4,4,0,0,0,0,0,1,0,0,1,1,0,5.1\n"
    "3150,,2,1,1948,4,4,0,0,0,0,0,1,0,0,1,1,0,5.1\n"
    "3150,,70,1,1948,4,4,0,0,0,0,0,1,0,0,1,1,0,5.1\n"
    "3150,,20,1,1990,4,4,0,0,0,0,0,1,0,0,1,1,0,5.1\n"
    "9001,,365,1,1990,4,4,1995,1,1,0,0,1,0,0,1,1,1,5.1\n"
    "9001,,710,1,1990,4,4,1995,1,1,0,0,0,0,0,1,1,1,5.1\n"
    "9002,,365,1,1990,4,4,0,0,0,0,0,0,0,0,1,1,1,5.1\n"
    "9002,,750,1,1990,4,4,0,0,0,0,0,0,0,0,1,1,1,5.1\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* The dyads of 1990 to 1996, as they follow from the members. */
static void write_dyads(const char *path)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs("\"ccode1\",\"ccode2\",\"year\",\"atop_defense\",\"atop_offense\",\"atop_neutral\","
          "\"atop_nonagg\",\"atop_consul\"\n",
          file);
    for (int year = 1990; year <= 1996; year++) {
        fprintf(file, "2,20,%d,1,0,0,1,1\n20,2,%d,1,0,0,1,1\n", year, year);
        fprintf(file, "2,70,%d,1,0,0,1,1\n70,2,%d,1,0,0,1,1\n", year, year);
        if (year <= 1995)
            fprintf(file, "365,710,%d,1,0,0,1,1\n710,365,%d,0,0,0,1,1\n", year, year);
        fprintf(file, "365,750,%d,0,0,0,1,1\n750,365,%d,0,0,0,1,1\n", year, year);
    }
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(by_hand)
{
    static const int charters[] = { 3150 };
    struct ds ds = ds_open();
    struct ent_pacts pacts;
    struct ent_error err = { 0 };
    char path[128];

    ck_assert_int_eq(ent__pacts_read(ds.store, charters, 1, 1990, 2000, &pacts, &err),
                     ENT_ENOTFOUND);
    snprintf(path, sizeof(path), "%s/members.csv", ds.folder);
    write_file(path, members);
    ds_import(&ds, path);
    unlink(path);
    snprintf(path, sizeof(path), "%s/dyads.csv", ds.folder);
    write_dyads(path);
    ds_import(&ds, path);
    unlink(path);
    ck_assert_msg(ent__pacts_read(ds.store, charters, 1, 1990, 2000, &pacts, &err) == ENT_OK,
                  "%s", err.message);
    ck_assert_int_eq(pacts.last_year, 1996);
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1990, 20, 2),
                      ENT_PACT_ANY | ENT_PACT_CORE | ENT_PACT_NATO);
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1991, 2, 70), ENT_PACT_ANY | ENT_PACT_ANY_BEFORE);
    /* One owes it to the other: enough. */
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1990, 710, 365),
                      ENT_PACT_ANY | ENT_PACT_CORE | ENT_PACT_OTHER | ENT_PACT_BILATERAL);
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1996, 710, 365),
                      ENT_PACT_CORE_BEFORE | ENT_PACT_ANY_BEFORE);
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1993, 365, 750), 0);
    ck_assert_uint_eq(ent__pacts_of(&pacts, 1989, 2, 20), 0);
    /* After the last year, that year's. */
    ck_assert_uint_ne(ent__pacts_of(&pacts, 2024, 2, 20) & ENT_PACT_CORE, 0);
    ent__pacts_release(&pacts);
    ds_close(&ds);
}
END_TEST

START_TEST(charters)
{
    int ids[64];
    size_t count;
    struct ent_error err = { 0 };
    const char *root = getenv("ENTENTE_TEST_SOURCE");
    char path[4096];

    snprintf(path, sizeof(path), "%s/data/model/charters.csv", root && *root ? root : ".");
    ck_assert_int_eq(ent__charters_read(path, ids, 64, &count, &err), ENT_OK);
    ck_assert_uint_gt(count, 10);
    ck_assert_int_eq(ent__charters_read(path, ids, 3, &count, &err), ENT_EFORMAT);
    ck_assert_int_ne(ent__charters_read("/nowhere/x.csv", ids, 64, &count, &err), ENT_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pacts");
    TCase *tests = tcase_create("pacts");

    tcase_add_test(tests, by_hand);
    tcase_add_test(tests, charters);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
