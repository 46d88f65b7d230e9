/* base: numbers out of text, buffers, arenas, interned names, errors. */
#include <math.h>
#include <string.h>

#include "check_main.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/intern.h"
#include "base/str.h"

START_TEST(doubles)
{
    static const struct {
        const char *text;
        bool ok;
        double value;
    } rows[] = {
        { "2.385", true, 2.385 },
        { " -17 ", true, -17 },
        { ".065200001", true, .065200001 },
        { "+3.", true, 3 },
        { "1e-3", true, 1e-3 },
        { "2530598369.0412345678", true, 2530598369.0412345678 },
        { "0.1234567890123456789", true, 0.1234567890123456789 },
        { "179769313486231570000", true, 179769313486231570000.0 },
        { "1e999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { ".", false, 0 },
        { "1,5", false, 0 },
        { "19x4", false, 0 },
        { "NaN", false, 0 },
        { "inf", false, 0 },
        { "0x10", false, 0 },
        { "1 2", false, 0 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double value = 42;

        ck_assert_msg(ent__str_to_f64(ent__str(rows[i].text), &value) == rows[i].ok, "%s",
                      rows[i].text);
        ck_assert_double_eq(value, rows[i].ok ? rows[i].value : 42);
    }
}
END_TEST

START_TEST(integers)
{
    int64_t value = 42;

    ck_assert(ent__str_to_i64(ent__str("-9223372036854775808"), &value));
    ck_assert_int_eq(value, INT64_MIN);
    ck_assert(ent__str_to_i64(ent__str(" 1946 "), &value));
    ck_assert_int_eq(value, 1946);
    ck_assert(!ent__str_to_i64(ent__str("9223372036854775808"), &value));
    ck_assert(!ent__str_to_i64(ent__str("1946.5"), &value));
    ck_assert(!ent__str_to_i64(ent__str("+"), &value));
    ck_assert_int_eq(value, 1946);
}
END_TEST

START_TEST(spans)
{
    struct ent_str text = ent__str("  Viet Nam\r\n");

    ck_assert(ent__str_is(ent__str_trim(text), "Viet Nam"));
    ck_assert(ent__str_is_nocase(ent__str_trim(text), "VIET nam"));
    ck_assert(!ent__str_is_nocase(ent__str("Viet"), "Viet Nam"));
    ck_assert_uint_eq(ent__str_find(text, "Nam"), 7);
    ck_assert_uint_eq(ent__str_find(text, "Laos"), SIZE_MAX);
    ck_assert(ent__str_is(ent__str_slice(text, 2, 6), "Viet"));
    ck_assert_uint_eq(ent__str_slice(text, 90, 99).len, 0);
}
END_TEST

START_TEST(buffers_grow_and_report_failure)
{
    struct ent_buf buf;

    ent__buf_init(&buf);
    ck_assert_str_eq(buf.text, "");
    for (int i = 0; i < 1000; i++)
        ent__buf_printf(&buf, "%d,", i);
    ck_assert_uint_eq(buf.len, 10 * 2 + 90 * 3 + 900 * 4);
    ck_assert_int_eq(ent__buf_check(&buf, NULL), ENT_OK);
    ent__alloc_fail_after(0);
    for (int i = 0; i < 10000; i++)
        ent__buf_puts(&buf, "more than there is room for");
    ent__alloc_fail_after(-1);
    ck_assert_int_eq(ent__buf_check(&buf, NULL), ENT_ENOMEM);
    ent__buf_release(&buf);
}
END_TEST

START_TEST(interned_names_keep_their_ids)
{
    struct ent_intern in;
    char name[16];
    uint32_t id;

    ent__intern_init(&in);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 5000; i++) {
            snprintf(name, sizeof(name), "n%u", i);
            ck_assert_int_eq(ent__intern(&in, ent__str(name), &id, NULL), ENT_OK);
            ck_assert_uint_eq(id, i);
        }
    }
    ck_assert_uint_eq(in.count, 5000);
    ck_assert(ent__intern_find(&in, ent__str("n77"), &id) && id == 77);
    ck_assert(!ent__intern_find(&in, ent__str("absent"), &id));
    ent__intern_release(&in);
}
END_TEST

/* What was written before is gone, in small blocks and in large ones. */
START_TEST(arena_is_cleared)
{
    static const size_t sizes[] = { 40, 3000, 200000, 70000, 40 };
    struct ent_arena arena = ENT_ARENA_INIT;

    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            unsigned char *at = ent__arena_alloc(&arena, sizes[i]);

            ck_assert_ptr_nonnull(at);
            for (size_t b = 0; b < sizes[i]; b++)
                ck_assert_uint_eq(at[b], 0);
            memset(at, 0xa5, sizes[i]);
        }
        ck_assert_uint_ge(arena.used, 273080);
        ent__arena_clear(&arena);
        ck_assert_uint_eq(arena.used, 0);
    }
    ent__arena_release(&arena);
    ck_assert_ptr_null(arena.spare);
}
END_TEST

START_TEST(arena_aligns_and_refuses_overflow)
{
    struct ent_arena arena = ENT_ARENA_INIT;

    for (size_t i = 1; i < 300; i++)
        ck_assert_uint_eq((uintptr_t)ent__arena_alloc(&arena, i) % _Alignof(max_align_t), 0);
    ck_assert_ptr_null(ent__arena_array(&arena, SIZE_MAX / 2, 4));
    ck_assert_str_eq(ent__arena_printf(&arena, "%s-%d", "CHN", 2014), "CHN-2014");
    ent__arena_release(&arena);
}
END_TEST

START_TEST(errors_say_where)
{
    struct ent_error err = { 0 };
    char text[256];

    ck_assert_int_eq(ent_fail(&err, ENT_EFORMAT, "year \"%s\" is not a number", "19x4"),
                     ENT_EFORMAT);
    ent_error_at(&err, "votes.csv", 1041, 7);
    ent_error_at(&err, "outer.csv", 1, 1);
    ck_assert_str_eq(ent_error_text(&err, text, sizeof(text)),
                     "votes.csv:1041:7: year \"19x4\" is not a number");
    ck_assert_int_eq(ent_fail(NULL, ENT_EIO, "nobody listens"), ENT_EIO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    TCase *tests = tcase_create("base");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, doubles);
    tcase_add_test(tests, integers);
    tcase_add_test(tests, spans);
    tcase_add_test(tests, buffers_grow_and_report_failure);
    tcase_add_test(tests, interned_names_keep_their_ids);
    tcase_add_test(tests, arena_aligns_and_refuses_overflow);
    tcase_add_test(tests, arena_is_cleared);
    tcase_add_test(tests, errors_say_where);
    return run_suite(suite);
}
