/* store: stages, blocks, versions, migration, and that nothing is lost when killed. */
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "check_main.h"

#include "base/alloc.h"
#include "entente/import.h"
#include "store/block.h"
#include "store/db.h"
#include "store/write.h"

static char folder[] = "/tmp/entente-store-XXXXXX";
static char path[64];

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/s.sqlite", folder);
}

static void teardown(void)
{
    char journal[80];

    unlink(path);
    snprintf(journal, sizeof(journal), "%s-journal", path);
    unlink(journal);
    rmdir(folder);
}

/* One integer out of the store by SQL; -1 when there is no row. */
static int64_t ask(const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    int64_t answer = -1;

    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW)
        answer = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return answer;
}

static struct ent_store *open_store(enum ent_store_mode mode)
{
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_store_open(path, mode, &store, &err) == ENT_OK, "%s", err.message);
    return store;
}

static struct ent_import_summary
import(const char *file, const struct ent_import_options *options)
{
    struct ent_store *store = open_store(ENT_STORE_WRITE);
    struct ent_import_summary summary;
    struct ent_error err = { 0 };

    ck_assert_msg(ent_import(store, &file, 1, options, &summary, &err) == ENT_OK, "%s",
                  err.message);
    ent_store_close(store);
    return summary;
}

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "" },
    { "amount", ENT_ROLE_VALUE, ENT_TYPE_REAL, "", "" },
    { "note", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "" },
};

static struct ent_table table = { "t", "", columns, 5, 3, ENT_DUPLICATES_FIRST, 0, NULL };

static void put_row(struct ent_stage *stage, int64_t year, int64_t a, int64_t b, double amount,
                    uint64_t line)
{
    union ent_value *row;

    ck_assert_int_eq(ent__stage_row(stage, &row, NULL), ENT_OK);
    row[0].i = year;
    row[1].i = a;
    row[2].i = b;
    row[3].r = amount;
    ent__stage_commit(stage, line);
}

static void count_repeats(void *context, uint64_t line, uint64_t first)
{
    ck_assert_uint_eq(line, 5);
    ck_assert_uint_eq(first, 3);
    ++*(int *)context;
}

START_TEST(stage_sorts_and_settles)
{
    struct ent_stage stage;
    int repeats = 0;
    int first, last;

    ent__stage_init(&stage, &table);
    put_row(&stage, 2014, 710, 365, 2.385, 1);
    put_row(&stage, 1816, 2, 200, 7, 2);
    put_row(&stage, 2013, 2, 20, 1, 3);
    put_row(&stage, 2014, 365, 710, 2.385, 4); /* the same pair the other way round */
    put_row(&stage, 2013, 20, 2, 9, 5);        /* contradicts line 3 */
    ck_assert_int_eq(ent__stage_settle(&stage, count_repeats, &repeats, NULL), ENT_OK);
    ck_assert_uint_eq(stage.kept, 3);
    ck_assert_uint_eq(stage.merged, 1);
    ck_assert_int_eq(repeats, 1);
    ck_assert(ent__stage_years(&stage, &first, &last));
    ck_assert_int_eq(first, 1816);
    ck_assert_int_eq(last, 2014);
    ck_assert_int_eq(ent__stage_at(&stage, 2)[1].i, 365);
    ck_assert_int_eq(ent__stage_at(&stage, 2)[2].i, 710);
    ck_assert_double_eq(ent__stage_at(&stage, 1)[3].r, 1);
    ent__stage_release(&stage);
}
END_TEST

START_TEST(stage_sums_parts)
{
    struct ent_stage stage;

    table.duplicates = ENT_DUPLICATES_SUM;
    ent__stage_init(&stage, &table);
    put_row(&stage, 2014, 2, 20, 1.5, 1);
    put_row(&stage, 2014, 2, 20, NAN, 2);
    put_row(&stage, 2014, 2, 20, 2.25, 3);
    ck_assert_int_eq(ent__stage_settle(&stage, NULL, NULL, NULL), ENT_OK);
    ck_assert_uint_eq(stage.kept, 1);
    ck_assert_double_eq(ent__stage_at(&stage, 0)[3].r, 3.75);
    ent__stage_release(&stage);
    table.duplicates = ENT_DUPLICATES_FIRST;
}
END_TEST

START_TEST(digest_ignores_order_and_lines)
{
    struct ent_stage a, b;

    ent__stage_init(&a, &table);
    ent__stage_init(&b, &table);
    put_row(&a, 2014, 2, 20, 0.1 + 0.2, 1);
    put_row(&a, 2013, 2, 20, 5, 2);
    put_row(&b, 2013, 20, 2, 5, 77);
    put_row(&b, 2014, 2, 20, 0.3, 78);
    ck_assert_int_eq(ent__stage_settle(&a, NULL, NULL, NULL), ENT_OK);
    ck_assert_int_eq(ent__stage_settle(&b, NULL, NULL, NULL), ENT_OK);
    ck_assert(ent__stage_digest(&a) == ent__stage_digest(&b));
    ent__stage_release(&b);
    ent__stage_init(&b, &table);
    put_row(&b, 2013, 20, 2, 5, 77);
    put_row(&b, 2014, 2, 20, 0.31, 78);
    ck_assert_int_eq(ent__stage_settle(&b, NULL, NULL, NULL), ENT_OK);
    ck_assert(ent__stage_digest(&a) != ent__stage_digest(&b));
    ent__stage_release(&a);
    ent__stage_release(&b);
}
END_TEST

/* Every width, with missing values, and values that reach the mark of missing. */
START_TEST(blocks_round_trip)
{
    static const int64_t ints[][3] = { { 1, -127, 127 },     { 1, -128, 5 },
                                       { -32768, 32767, 0 }, { 70000, -2147483647, 3 },
                                       { INT32_MIN, 1, 2 },  { INT64_MAX, ENT_NONE_INT, 1 } };
    static const double reals[][3] = { { 1, 2.5, NAN },
                                       { 0.1, 1e300, NAN },
                                       { 16777217, 1, 0 } };
    static const struct ent_column two[] = {
        { "i", ENT_ROLE_KEY, ENT_TYPE_INT, "", "" },
        { "r", ENT_ROLE_VALUE, ENT_TYPE_REAL, "", "" },
    };
    static const struct ent_table narrow = { "n", "", two, 2, 0, ENT_DUPLICATES_KEEP, 0, NULL };

    for (size_t k = 0; k < 6 * 3; k++) {
        struct ent_stage stage;
        struct ent_block block;
        struct ent_buf buf;
        int64_t i_out[3];
        double r_out[3];

        ent__stage_init(&stage, &narrow);
        for (int i = 0; i < 3; i++) {
            union ent_value *row;

            ck_assert_int_eq(ent__stage_row(&stage, &row, NULL), ENT_OK);
            row[0].i = ints[k / 3][i];
            row[1].r = reals[k % 3][i];
            ent__stage_commit(&stage, 1);
        }
        ck_assert_int_eq(ent__stage_settle(&stage, NULL, NULL, NULL), ENT_OK);
        ent__buf_init(&buf);
        ck_assert_int_eq(ent__block_encode(&stage, 0, 3, &buf, NULL), ENT_OK);
        ck_assert_int_eq(ent__block_decode(buf.text, buf.len, &block, NULL), ENT_OK);
        ck_assert_uint_eq(block.count, 3);
        ent__block_ints(&block, 0, i_out);
        ent__block_reals(&block, 1, r_out);
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(i_out[i], ints[k / 3][i]);
            ck_assert(r_out[i] == reals[k % 3][i] ||
                      (isnan(r_out[i]) && isnan(reals[k % 3][i])));
        }
        for (size_t at = 16; at < buf.len;
             at += 3) { /* a changed byte is seen wherever it is */
            buf.text[at] ^= 0x20;
            ck_assert_int_eq(ent__block_decode(buf.text, buf.len, &block, NULL), ENT_EDB);
            buf.text[at] ^= 0x20;
        }
        for (size_t cut = 0; cut < buf.len - 8; cut += 5)
            ck_assert_int_eq(ent__block_decode(buf.text, cut, &block, NULL), ENT_EDB);
        ent__buf_release(&buf);
        ent__stage_release(&stage);
    }
}
END_TEST

START_TEST(versions_compare_as_people_do)
{
    ck_assert_int_lt(ent__version_compare("5.1", "5.10"), 0);
    ck_assert_int_gt(ent__version_compare("6", "5.10"), 0);
    ck_assert_int_eq(ent__version_compare("2026-02", "2026-02"), 0);
    ck_assert_int_lt(ent__version_compare("2022-07", "2026-02"), 0);
    ck_assert_int_lt(ent__version_compare("4", "4.1"), 0);
}
END_TEST

START_TEST(import_keeps_every_row_with_its_line)
{
    struct ent_import_summary s = import(fixture("cow_trade/flows.csv"), NULL);

    ck_assert_uint_eq(s.tables[ENT_IMPORT_NEW], 1);
    ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade"), 8);
    ck_assert_int_eq(ask("SELECT imports FROM cow_trade WHERE year=2014 AND importer=365 "
                         "AND exporter=710"),
                     54000);
    ck_assert_int_eq(ask("SELECT row FROM cow_trade WHERE year=2014 AND importer=710 "
                         "AND exporter=365"),
                     3);
    /* -9 is missing: no row, not 0. */
    ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade WHERE importer=2 AND exporter=365"),
                     0);
    /* A state that is none is listed, and so are cells that are no numbers. */
    ck_assert_int_eq(ask("SELECT rows FROM unmatched WHERE name='999'"), 1);
    ck_assert_int_eq(ask("SELECT count(*) FROM problem"), 2);
    ck_assert_int_eq(ask("SELECT column FROM problem WHERE line=7"), 3);
    ck_assert_int_eq(ask("SELECT column FROM problem WHERE line=8"), 5);
    ck_assert_int_eq(ask("SELECT sum(rows) FROM block WHERE table_name='cow_trade'"), 8);
}
END_TEST

START_TEST(same_file_twice_changes_nothing)
{
    struct ent_import_summary s;
    int64_t before;

    import(fixture("cow_trade/flows.csv"), NULL);
    before = ask("SELECT max(id) FROM source");
    s = import(fixture("cow_trade/flows.csv"), NULL);
    ck_assert_uint_eq(s.tables[ENT_IMPORT_UNCHANGED], 1);
    ck_assert_int_eq(ask("SELECT max(id) FROM source"), before);
}
END_TEST

START_TEST(an_excerpt_gives_way_to_the_whole)
{
    struct ent_import_summary s;

    import(fixture("cow_trade/excerpt.csv"), NULL);
    ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade"), 6);
    s = import(fixture("cow_trade/flows.csv"), NULL);
    ck_assert_uint_eq(s.tables[ENT_IMPORT_REPLACED], 1);
    ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade"), 8);
    ck_assert_int_eq(ask("SELECT count(DISTINCT source) FROM block"), 1);
}
END_TEST

/* A table that an older program made, with other columns, is made anew. */
START_TEST(an_older_layout_gives_way)
{
    struct ent_import_summary s;

    import(fixture("cow_trade/flows.csv"), NULL);
    ask("ALTER TABLE cow_trade RENAME COLUMN imports TO flow");
    ask("DELETE FROM file"); /* as if an older program had read it */
    s = import(fixture("cow_trade/flows.csv"), NULL);
    ck_assert_uint_eq(s.tables[ENT_IMPORT_REPLACED], 1);
    ck_assert_int_eq(ask("SELECT count(imports) FROM cow_trade"), 8);
    ck_assert_int_eq(ask("SELECT count(*) FROM source"), 1);
    ck_assert_int_eq(ask("SELECT sum(rows) FROM block WHERE table_name='cow_trade'"), 8);
}
END_TEST

START_TEST(strict_refuses_the_table)
{
    struct ent_import_options strict = { .strict = 1 };
    struct ent_import_summary s = import(fixture("cow_trade/flows.csv"), &strict);

    ck_assert_uint_eq(s.tables[ENT_IMPORT_FAILED], 1);
    ck_assert_int_eq(ask("SELECT count(*) FROM source"), 0);
}
END_TEST

START_TEST(older_schemas_are_migrated)
{
    for (int from = 1; from < ENT_STORE_SCHEMA; from++) {
        struct ent_store old = { .mode = ENT_STORE_WRITE };

        ck_assert_int_eq(sqlite3_open(path, &old.db), SQLITE_OK);
        ck_assert_int_eq(ent__schema_migrate(&old, from, NULL), ENT_OK);
        ck_assert_int_eq(
            sqlite3_exec(old.db,
                         "INSERT INTO dataset (id,title,publisher,citation,licence,"
                         "url) VALUES ('d','','','','','');"
                         "INSERT INTO source (id,dataset,part,file,sha256,bytes,"
                         "version,format,rows,digest,imported_at) VALUES "
                         "(1,'d','','f','abc',1,'1','csv',1,1,'')",
                         NULL, NULL, NULL),
            SQLITE_OK);
        sqlite3_close(old.db);
        ent_store_close(open_store(ENT_STORE_WRITE));
        ck_assert_int_eq(ask("PRAGMA user_version"), ENT_STORE_SCHEMA);
        ck_assert_int_eq(ask("SELECT count(*) FROM source WHERE sha256='abc'"), 1);
        ck_assert_int_eq(ask("SELECT problems FROM source"), 0);
        unlink(path);
    }
}
END_TEST

static void write_file(const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_int_eq((int)write(fd, bytes, len), (int)len);
    close(fd);
}

START_TEST(what_is_no_store_is_refused)
{
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    sqlite3 *db;

    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_ENOTFOUND);
    for (int mode = ENT_STORE_READ; mode <= ENT_STORE_WRITE; mode++) {
        err = (struct ent_error){ 0 };
        ck_assert_int_eq(ent_store_open("/", (enum ent_store_mode)mode, &store, &err), ENT_EDB);
        ck_assert_ptr_nonnull(strstr(err.message, "this is a folder"));
    }
    err = (struct ent_error){ 0 };
    ck_assert_int_eq(ent_store_open("/dev/null/store", ENT_STORE_WRITE, &store, &err), ENT_EIO);
    ck_assert_ptr_nonnull(
        strstr(err.message, "cannot open or make the store: Not a directory"));
    write_file("this is a text, and a long enough one to be looked at by SQLite as a header of "
               "a database, which it is not; it goes on for more than a hundred bytes.",
               140);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_EDB);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_WRITE, &store, &err), ENT_EDB);
    unlink(path);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE mine (x); PRAGMA user_version = 7", NULL, NULL, NULL);
    sqlite3_close(db);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_WRITE, &store, &err), ENT_EDB);
    ck_assert_ptr_nonnull(strstr(err.message, "not an Entente store"));
    ck_assert_int_eq(ask("SELECT count(*) FROM sqlite_master"), 1);
    unlink(path);
    ent_store_close(open_store(ENT_STORE_WRITE));
    ask("PRAGMA user_version = 99");
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_EDB);
    ck_assert_ptr_nonnull(strstr(err.message, "newer"));
}
END_TEST

START_TEST(a_locked_store_is_busy)
{
    struct ent_store *one;
    struct ent_store *two;
    struct ent_import_summary summary;
    struct ent_error err = { 0 };
    const char *file = fixture("cow_trade/flows.csv");

    ent_store_close(open_store(ENT_STORE_WRITE));
    one = open_store(ENT_STORE_WRITE);
    two = open_store(ENT_STORE_WRITE);
    sqlite3_busy_timeout(two->db, 10);
    ck_assert_int_eq(ent__store_begin(one, NULL), ENT_OK);
    ck_assert_int_eq(ent_import(two, &file, 1, NULL, &summary, &err), ENT_EBUSY);
    ent__store_rollback(one);
    ck_assert_int_eq(ent_import(two, &file, 1, NULL, &summary, &err), ENT_OK);
    ent_store_close(one);
    ent_store_close(two);
}
END_TEST

START_TEST(a_full_disk_changes_nothing)
{
    struct ent_store *store;
    struct ent_import_summary summary;
    struct ent_error err = { 0 };
    const char *file = fixture("cow_trade/flows.csv");

    ent_store_close(open_store(ENT_STORE_WRITE));
    store = open_store(ENT_STORE_WRITE);
    ck_assert_int_eq(ent__db_exec(store, "PRAGMA max_page_count = 1", NULL), ENT_OK);
    ck_assert_int_eq(ent_import(store, &file, 1, NULL, &summary, &err), ENT_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "full"));
    ent_store_close(store);
    ck_assert_int_eq(ask("SELECT count(*) FROM source"), 0);
}
END_TEST

/*
 * The k-th allocation fails, for every k until none does: the import says so, and
 * the store is as it was.
 */
START_TEST(out_of_memory_at_any_point_changes_nothing)
{
    const char *file = fixture("cow_trade/flows.csv");
    enum ent_status status = ENT_ENOMEM;
    int failures = 0;

    for (long k = 0; status != ENT_OK; k++) {
        struct ent_store *store = open_store(ENT_STORE_WRITE);
        struct ent_import_summary summary;
        struct ent_error err = { 0 };

        ent__alloc_fail_after(k);
        status = ent_import(store, &file, 1, NULL, &summary, &err);
        ent__alloc_fail_after(-1);
        ent_store_close(store);
        if (status == ENT_OK && summary.tables[ENT_IMPORT_FAILED] == 0)
            break;
        failures++;
        if (status != ENT_OK)
            ck_assert_msg(status == ENT_ENOMEM, "%ld: %s: %s", k, ent_status_name(status),
                          err.message);
        status = ENT_ENOMEM; /* a table that failed was reported: go on */
        ck_assert_int_eq(ask("SELECT count(*) FROM source"), 0);
        ck_assert_int_lt(k, 5000);
    }
    ck_assert_int_gt(failures, 10);
    ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade"), 8);
}
END_TEST

static int stop_at_once(void *context, const char *phase, size_t done, size_t total)
{
    (void)context, (void)phase, (void)done, (void)total;
    return 1;
}

START_TEST(cancelling_changes_nothing)
{
    struct ent_import_options options = { .progress = stop_at_once };
    struct ent_store *store = open_store(ENT_STORE_WRITE);
    struct ent_import_summary summary;
    struct ent_error err = { 0 };
    const char *file = fixture("cow_trade/flows.csv");

    ck_assert_int_eq(ent_import(store, &file, 1, &options, &summary, &err), ENT_ECANCEL);
    ent_store_close(store);
    ck_assert_int_eq(ask("SELECT count(*) FROM source"), 0);
}
END_TEST

/*
 * Kill an import of real data at sixteen moments spread over its length; each time
 * the store must be whole and hold just what it held.
 */
START_TEST(killed_at_any_moment_the_store_is_as_before)
{
    const char *real = real_data("trade/cow_trade_ndy.csv.gz");
    char big[4096];
    int killed = 0;

    if (!real)
        return;
    snprintf(big, sizeof(big), "%s", real);
    import(fixture("cow_trade/flows.csv"), NULL);
    for (int k = 0; k < 16; k++) {
        struct timespec wait = { 0, 1000000L * (2 + k * 60) };
        pid_t child;
        int status;

        while (wait.tv_nsec >= 1000000000L) {
            wait.tv_sec++;
            wait.tv_nsec -= 1000000000L;
        }
        child = fork();
        if (child == 0) {
            struct ent_import_options replace = { .replace = 1 };
            struct ent_store *store = open_store(ENT_STORE_WRITE);
            struct ent_import_summary summary;
            const char *file = big;

            _exit(ent_import(store, &file, 1, &replace, &summary, NULL) == ENT_OK ? 0 : 1);
        }
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        if (!WIFSIGNALED(status))
            break; /* it had time to finish */
        killed++;
        ck_assert_int_eq(ask("SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
        ck_assert_int_eq(ask("SELECT count(*) FROM cow_trade"), 8);
        ck_assert_int_eq(ask("SELECT count(*) FROM source"), 1);
    }
    ck_assert_int_gt(killed, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *tests = tcase_create("store");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, stage_sorts_and_settles);
    tcase_add_test(tests, stage_sums_parts);
    tcase_add_test(tests, digest_ignores_order_and_lines);
    tcase_add_test(tests, blocks_round_trip);
    tcase_add_test(tests, versions_compare_as_people_do);
    tcase_add_test(tests, import_keeps_every_row_with_its_line);
    tcase_add_test(tests, same_file_twice_changes_nothing);
    tcase_add_test(tests, an_excerpt_gives_way_to_the_whole);
    tcase_add_test(tests, an_older_layout_gives_way);
    tcase_add_test(tests, strict_refuses_the_table);
    tcase_add_test(tests, older_schemas_are_migrated);
    tcase_add_test(tests, what_is_no_store_is_refused);
    tcase_add_test(tests, a_locked_store_is_busy);
    tcase_add_test(tests, a_full_disk_changes_nothing);
    tcase_add_test(tests, out_of_memory_at_any_point_changes_nothing);
    tcase_add_test(tests, cancelling_changes_nothing);
    tcase_add_test(tests, killed_at_any_moment_the_store_is_as_before);
    return run_suite(suite);
}
