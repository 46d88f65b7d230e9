/* datasets: the run over files, and a user's own table. */
#include <sys/stat.h>

#include "ds_import.h"

#include "entente/user_data.h"

static const char year_1[] = "ccode1,ccode2,year,flow1,flow2\n2,200,1950,11.5,12.25\n";
static const char year_1_other[] = "ccode1,ccode2,year,flow1,flow2\n2,200,1950,11.5,99\n";
static const char year_1_reals[] =
    "\"ccode1\",\"ccode2\",\"year\",\"flow1\",\"flow2\"\n2,200,1950,11.50,12.250\n";
static const char year_2[] = "ccode1,ccode2,year,flow1,flow2\n2,200,1950,11.5,12.25\n"
                             "2,200,1951,13.5,14.25\n";
static const char faulty[] = "ccode1,ccode2,year,flow1,flow2\n2,200,1950,11.5,12.25\n"
                             "2,200,1951,many,14.25\n2,220,1951,-3,14.25\n";

/* Write a file in the test's folder; returns its path. */
static const char *put_file(const struct ds *ds, const char *name, const char *text)
{
    static char path[160];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", ds->folder, name);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

static void drop_file(const struct ds *ds, const char *name)
{
    char path[160];

    snprintf(path, sizeof(path), "%s/%s", ds->folder, name);
    unlink(path);
}

static enum ent_status run(struct ds *ds, const char *path, struct ent_import_options options,
                           struct ent_import_summary *summary, struct ent_error *err)
{
    options.report = ds_report;
    options.context = ds;
    ds->rows = ds->merged = ds->problems = 0;
    ds->unmatched_count = 0;
    memset(ds->tables, 0, sizeof(ds->tables));
    ent__buf_clear(&ds->unmatched);
    return ent_import(ds->store, &path, 1, &options, summary, err);
}

/* Every data row with its source, as one number that changes when any does. */
static double contents(struct ds *ds)
{
    return ds_number(ds, "SELECT total(imports * year + importer * 7 + source * 13 + row) + "
                         "1000000 * (SELECT count(*) FROM source) FROM cow_trade");
}

START_TEST(the_same_file_changes_nothing)
{
    struct ds ds = ds_open();
    double before;

    ds_import(&ds, put_file(&ds, "a.csv", year_1));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_int_eq(ds.rows, 2);
    before = contents(&ds);
    ds_import(&ds, put_file(&ds, "a.csv", year_1));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ck_assert_double_eq(contents(&ds), before);
    /* Nor does a copy of it under another name. */
    drop_file(&ds, "a.csv");
    ds_import(&ds, put_file(&ds, "b.csv", year_1));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    ck_assert_double_eq(contents(&ds), before);
    drop_file(&ds, "b.csv");
    ds_close(&ds);
}
END_TEST

static void note_other(void *context, const struct ent_import_report *r)
{
    snprintf(context, 256, "%d %s", (int)r->outcome, r->other);
}

START_TEST(the_same_data_from_another_file_say_so)
{
    struct ds ds = ds_open();
    char told[256] = "";
    char wanted[256];
    struct ent_import_options options = { .report = note_other, .context = told };
    const char *path = put_file(&ds, "a.csv", year_1);
    double before;

    snprintf(wanted, sizeof(wanted), "%d %s", (int)ENT_IMPORT_SAME, path);
    ds_import(&ds, path);
    before = contents(&ds);
    path = put_file(&ds, "b.csv", year_1_reals);
    ck_assert_int_eq(ent_import(ds.store, &path, 1, &options, NULL, NULL), ENT_OK);
    ck_assert_str_eq(told, wanted);
    ck_assert_double_eq(contents(&ds), before);
    drop_file(&ds, "a.csv");
    drop_file(&ds, "b.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(newer_data_replace_older_ones)
{
    struct ds ds = ds_open();

    ds_import(&ds, put_file(&ds, "a.csv", year_1));
    ds_import(&ds, put_file(&ds, "a.csv", year_2));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_REPLACED);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM cow_trade"), 4);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 1);
    /* The older file was seen before, but is no longer what the store has. */
    ds_import(&ds, put_file(&ds, "a.csv", year_1));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM cow_trade"), 4);
    ds_import(&ds, put_file(&ds, "a.csv", year_1_other));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_OLDER);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM cow_trade"), 4);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(other_data_of_the_same_version_stay_out_unless_forced)
{
    struct ds ds = ds_open();
    const char *path;

    ds_import(&ds, put_file(&ds, "a.csv", year_1));
    path = put_file(&ds, "a.csv", year_1_other);
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_DIFFERS);
    ck_assert_double_eq(ds_number(&ds, "SELECT max(imports) FROM cow_trade"), 12.25);
    ck_assert_int_eq(run(&ds, path, (struct ent_import_options){ .replace = 1 }, NULL, NULL),
                     ENT_OK);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_REPLACED);
    ck_assert_double_eq(ds_number(&ds, "SELECT max(imports) FROM cow_trade"), 99);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(problems_are_reported_and_strict_refuses_them)
{
    struct ds ds = ds_open();
    const char *path = put_file(&ds, "a.csv", faulty);

    ck_assert_int_eq(run(&ds, path, (struct ent_import_options){ .strict = 1 }, NULL, NULL),
                     ENT_OK);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_ptr_nonnull(strstr(ds.error, "\"many\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 0);
    /* What failed was not taken note of: it can be imported now. */
    ds_import(&ds, path);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_int_eq(ds.problems, 2);
    ck_assert_ptr_nonnull(strstr(ds.problem, "a.csv:3:4: \"many\" is not a number"));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM cow_trade"), 4);
    ck_assert_double_eq(ds_number(&ds, "SELECT problems FROM source"), 2);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(a_damaged_file_leaves_the_others)
{
    static const char *const names[] = { "in/a.csv", "in/b.csv.gz", "in/c.csv", "in/deep/d.csv",
                                         "in/.hidden.csv" };
    struct ent_import_summary summary;
    struct ds ds = ds_open();
    char folder[160];
    char deep[160];

    snprintf(folder, sizeof(folder), "%s/in", ds.folder);
    snprintf(deep, sizeof(deep), "%s/in/deep", ds.folder);
    ck_assert_int_eq(mkdir(folder, 0700) | mkdir(deep, 0700), 0);
    put_file(&ds, names[0], year_1);
    put_file(&ds, names[1], "\x1f\x8b\x08\x01 this is no gzip");
    put_file(&ds, names[2], "who,knows,this\n1,2,3\n");
    put_file(&ds, names[3], "ccode,year,imports,exports\n2,1950,1.5,2.5\n");
    put_file(&ds, names[4], year_2);
    ck_assert_int_eq(run(&ds, folder, (struct ent_import_options){ 0 }, &summary, NULL),
                     ENT_OK);
    ck_assert_int_eq(summary.files, 4);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_NEW], 2);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_FAILED], 1);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_UNKNOWN], 1);
    ck_assert_int_eq(summary.rows, 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 2);
    /* Again: what was read is known, what was unknown too, and the damaged one is tried. */
    ck_assert_int_eq(run(&ds, folder, (struct ent_import_options){ 0 }, &summary, NULL),
                     ENT_OK);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_UNCHANGED], 2);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_FAILED], 1);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_UNKNOWN], 1);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        drop_file(&ds, names[i]);
    rmdir(deep);
    rmdir(folder);
    ds_close(&ds);
}
END_TEST

static void note_seen(void *context, const struct ent_import_report *r)
{
    snprintf(context, 256, "%d %s", (int)r->outcome, r->seen);
}

START_TEST(unknown_files_are_listed_with_their_first_row)
{
    struct ds ds = ds_open();
    char told[256] = "";
    struct ent_import_options options = { .report = note_seen, .context = told };
    /* A quote that is never closed, far below what was needed to see that it is unknown. */
    const char *path = put_file(&ds, "a.txt",
                                "who,knows\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n"
                                "1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n"
                                "1,2\n1,2\n1,2\n1,2\n\"1,2\n");
    struct ent_import_summary summary;

    ck_assert_int_eq(ent_import(ds.store, &path, 1, &options, &summary, NULL), ENT_OK);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_UNKNOWN], 1);
    ck_assert_int_eq(summary.tables[ENT_IMPORT_FAILED], 0);
    snprintf(ds.problem, sizeof(ds.problem), "%d who,knows", (int)ENT_IMPORT_UNKNOWN);
    ck_assert_str_eq(told, ds.problem);
    drop_file(&ds, "a.txt");
    ds_close(&ds);
}
END_TEST

START_TEST(a_path_that_does_not_exist_imports_nothing)
{
    struct ds ds = ds_open();
    const char *paths[2];
    struct ent_error err = { 0 };

    paths[0] = put_file(&ds, "a.csv", year_1);
    paths[1] = "/nonexistent/b.csv";
    ck_assert_int_eq(ent_import(ds.store, paths, 2, NULL, NULL, &err), ENT_EIO);
    ck_assert_str_eq(err.source, "/nonexistent/b.csv");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 0);
    ck_assert_int_eq(ent_import(ds.store, paths, 0, NULL, NULL, &err), ENT_EINVAL);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

static int stop(void *context, const char *phase, size_t done, size_t total)
{
    (void)context;
    (void)phase;
    (void)total;
    return done > 0;
}

START_TEST(a_stopped_import_leaves_no_trace)
{
    struct ent_import_options options = { .progress = stop };
    struct ds ds = ds_open();
    char paths[2][160];
    const char *both[] = { paths[0], paths[1] };

    snprintf(paths[0], sizeof(paths[0]), "%s", put_file(&ds, "a.csv", year_1));
    snprintf(paths[1], sizeof(paths[1]), "%s",
             put_file(&ds, "b.csv", "ccode,year,imports,exports\n2,1950,1.5,2.5\n"));
    ck_assert_int_eq(ent_import(ds.store, both, 2, &options, NULL, NULL), ENT_ECANCEL);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 0);
    ck_assert_int_eq(ent_import(ds.store, both, 2, NULL, NULL, NULL), ENT_OK);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM source"), 2);
    drop_file(&ds, "a.csv");
    drop_file(&ds, "b.csv");
    ds_close(&ds);
}
END_TEST

static const struct ent_user_column aid_columns[] = { { "Aid (m $)", "aid", "million US$" },
                                                      { "Projects", NULL, "" } };
static const char *const aid_missing[] = { "-99", "n.a." };
static const struct ent_user_data aid = {
    .name = "aid",
    .citation = "Own count, 2024.",
    .year = "Year",
    .from = "Donor",
    .to = "Recipient",
    .codes = ENT_CODE_ANY,
    .values = aid_columns,
    .value_count = 2,
    .missing = aid_missing,
    .missing_count = 2,
    .zero_when_absent = 1,
};
static const char aid_file[] = "Donor,Recipient,Year,Aid (m $),Projects,Note\n"
                               "China,Pakistan,2014,12.5,3,x\n"
                               "USA,PAK,2014,-99,n.a.,x\n"
                               "Atlantis,PAK,2014,1,1,x\n"
                               "China,China,2014,1,1,x\n"
                               "China,Laos,,1,1,x\n"
                               "China,Laos,20140,1,1,x\n"
                               "China,Laos,2014,much,1,x\n"
                               "Laos,China,2014,2.5,4\n";

START_TEST(a_users_directed_table)
{
    struct ds ds = ds_open();
    struct ent_import_options options = { .as = "directed-dyad-year", .user = &aid };
    const char *path = put_file(&ds, "a.csv", aid_file);
    char text[64];

    ck_assert_int_eq(run(&ds, path, options, NULL, NULL), ENT_OK);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
    ck_assert_str_eq(ds.dataset, "user_aid");
    ck_assert_str_eq(ds.unmatched.text, "|Atlantis|");
    ck_assert_int_eq(ds.problems, 4); /* itself, no year, the year 20140, "much" */
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM user_aid"), 4);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT aid + projects FROM user_aid WHERE from_state = 710 "
                                  "AND to_state = 770 AND year = 2014"),
                        15.5);
    ck_assert(isnan(ds_number(&ds, "SELECT aid FROM user_aid WHERE from_state = 2")));
    ck_assert(isnan(ds_number(&ds, "SELECT projects FROM user_aid WHERE from_state = 2")));
    ck_assert_double_eq(ds_number(&ds, "SELECT aid FROM user_aid WHERE to_state = 710"), 2.5);
    ck_assert_str_eq(ds_text(&ds,
                             "SELECT unit FROM variable WHERE table_name = 'user_aid' AND "
                             "column_name = 'aid'",
                             text, sizeof(text)),
                     "million US$");
    ck_assert_str_eq(
        ds_text(&ds, "SELECT citation FROM dataset WHERE id = 'user_aid'", text, sizeof(text)),
        "Own count, 2024.");
    ck_assert_int_eq(run(&ds, path, options, NULL, NULL), ENT_OK);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_SAME);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(a_users_undirected_and_state_tables)
{
    static const struct ent_user_column ties[] = { { "2nd Score", NULL, NULL } };
    struct ent_user_data user = { .name = "ties",
                                  .year = "y",
                                  .from = "a",
                                  .to = "b",
                                  .codes = ENT_CODE_COWN,
                                  .values = ties,
                                  .value_count = 1 };
    struct ent_import_options options = { .as = "dyad-year", .user = &user };
    struct ds ds = ds_open();

    ck_assert_int_eq(run(&ds,
                         put_file(&ds, "a.csv",
                                  "a,b,y,2nd Score\n710,2,2000,1.5\n2,710,2000,"
                                  "1.5\n2,710,2000,9\n"),
                         options, NULL, NULL),
                     ENT_OK);
    ck_assert_int_eq(ds.merged, 1);
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_double_eq(ds_number(&ds, "SELECT v2nd_score FROM user_ties WHERE state_a = 2 AND "
                                       "state_b = 710"),
                        1.5);
    user.name = "score";
    user.to = NULL;
    options.as = "state-year";
    ck_assert_int_eq(
        run(&ds, put_file(&ds, "a.csv", "a,y,2nd Score\n710,2000,2.5\n"), options, NULL, NULL),
        ENT_OK);
    ck_assert_double_eq(ds_number(&ds, "SELECT v2nd_score FROM user_score WHERE state = 710"),
                        2.5);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

START_TEST(a_users_mistakes_are_named)
{
    static const struct ent_user_column reserved[] = { { "v", "source", NULL } };
    static const struct ent_user_column twice[] = { { "v", "x", NULL }, { "w", "x", NULL } };
    static const struct ent_user_column spaced[] = { { "v", "X y", NULL } };
    static const struct ent_user_column empty[] = { { NULL, "x", NULL } };
    static const struct ent_user_column good[] = { { "v", "x", NULL } };
    const struct {
        const char *as;
        struct ent_user_data user;
        const char *message;
    } rows[] = {
        { "dyads", { "n", NULL, "y", "a", "b", 0, good, 1, NULL, 0, 0 }, "\"dyads\"" },
        { "dyad-year", { "N n", NULL, "y", "a", "b", 0, good, 1, NULL, 0, 0 }, "\"N n\"" },
        { "dyad-year", { NULL, NULL, "y", "a", "b", 0, good, 1, NULL, 0, 0 }, "no name" },
        { "dyad-year", { "n", NULL, "y", "a", NULL, 0, good, 1, NULL, 0, 0 }, "two states" },
        { "state-year", { "n", NULL, "y", "a", "b", 0, good, 1, NULL, 0, 0 }, "one column" },
        { "dyad-year", { "n", NULL, NULL, "a", "b", 0, good, 1, NULL, 0, 0 }, "year" },
        { "dyad-year", { "n", NULL, "y", "a", "b", 0, good, 0, NULL, 0, 0 }, "0 value" },
        { "dyad-year", { "n", NULL, "y", "a", "b", 0, reserved, 1, NULL, 0, 0 }, "\"source\"" },
        { "dyad-year", { "n", NULL, "y", "a", "b", 0, twice, 2, NULL, 0, 0 }, "two columns" },
        { "dyad-year", { "n", NULL, "y", "a", "b", 0, spaced, 1, NULL, 0, 0 }, "\"X y\"" },
        { "dyad-year", { "n", NULL, "y", "a", "b", 0, empty, 1, NULL, 0, 0 }, "no column" },
        { NULL, { "n", NULL, "y", "a", "b", 0, good, 1, NULL, 0, 0 }, "what kind" },
    };
    struct ds ds = ds_open();
    const char *path = put_file(&ds, "a.csv", "a,b,y,w\n2,20,2000,1\n");

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ent_import_options options = { .as = rows[i].as, .user = &rows[i].user };
        struct ent_error err = { 0 };

        ck_assert_int_eq(run(&ds, path, options, NULL, &err), ENT_EINVAL);
        ck_assert_msg(strstr(err.message, rows[i].message), "%zu: %s", i, err.message);
    }
    ck_assert_int_eq(
        run(&ds, path, (struct ent_import_options){ .as = "dyad-year" }, NULL, NULL),
        ENT_EINVAL);
    /* A file that lacks a column fails, and says which. */
    struct ent_user_data user = rows[0].user;
    struct ent_import_options options = { .as = "dyad-year", .user = &user };

    ck_assert_int_eq(run(&ds, path, options, NULL, NULL), ENT_OK);
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ck_assert_msg(strstr(ds.error, "no column \"v\""), "%s", ds.error);
    drop_file(&ds, "a.csv");
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("datasets");
    TCase *files = tcase_create("run over files");
    TCase *user = tcase_create("user's table");

    tcase_add_test(files, the_same_file_changes_nothing);
    tcase_add_test(files, the_same_data_from_another_file_say_so);
    tcase_add_test(files, newer_data_replace_older_ones);
    tcase_add_test(files, other_data_of_the_same_version_stay_out_unless_forced);
    tcase_add_test(files, problems_are_reported_and_strict_refuses_them);
    tcase_add_test(files, a_damaged_file_leaves_the_others);
    tcase_add_test(files, unknown_files_are_listed_with_their_first_row);
    tcase_add_test(files, a_path_that_does_not_exist_imports_nothing);
    tcase_add_test(files, a_stopped_import_leaves_no_trace);
    tcase_add_test(user, a_users_directed_table);
    tcase_add_test(user, a_users_undirected_and_state_tables);
    tcase_add_test(user, a_users_mistakes_are_named);
    suite_add_tcase(suite, files);
    suite_add_tcase(suite, user);
    return run_suite(suite);
}
