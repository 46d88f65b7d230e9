/* Documents, JSON, and numbers as people read them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "check_main.h"
#include "entente/data.h"
#include "entente/document.h"
#include "entente/json.h"
#include "entente/number.h"
#include "entente/str.h"

START_TEST(whole_numbers)
{
    static const struct {
        int64_t value;
        const char *text;
        const char *ordinal;
    } cases[] = {
        { 1, "1", "1st" },
        { 2, "2", "2nd" },
        { 3, "3", "3rd" },
        { 11, "11", "11th" },
        { 12, "12", "12th" },
        { 113, "113", "113th" },
        { 312, "312", "312th" },
        { 1000, "1,000", "1,000th" },
        { 1021, "1,021", "1,021st" },
        { 1234567, "1,234,567", "1,234,567th" },
    };
    char text[ENT_NUMBER_TEXT];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ck_assert_str_eq(ent_integer_text(cases[i].value, text, sizeof(text)), cases[i].text);
        ck_assert_str_eq(ent_ordinal_text((uint64_t)cases[i].value, text, sizeof(text)),
                         cases[i].ordinal);
    }
    ck_assert_str_eq(ent_integer_text(INT64_MIN, text, sizeof(text)),
                     "-9,223,372,036,854,775,808");
}
END_TEST

START_TEST(values_in_their_forms)
{
    static const struct {
        double value;
        enum ent_number_form form;
        const char *unit;
        const char *text;
        const char *rest;
    } cases[] = {
        { 93942, ENT_FORM_AMOUNT, "million current US$", "93.9 bn", "current US$" },
        { 999.96, ENT_FORM_AMOUNT, "million current US$", "1.00 bn", "current US$" },
        { 99.96, ENT_FORM_AMOUNT, "million current US$", "100 m", "current US$" },
        { 1370, ENT_FORM_AMOUNT, "million people", "1.37 bn", "people" },
        { 5795.4, ENT_FORM_AMOUNT, "km", "5,795", "km" },
        { 2.385, ENT_FORM_AMOUNT, "km", "2.38", "km" },
        { 0.04567, ENT_FORM_AMOUNT, "km", "0.0457", "km" },
        { 0, ENT_FORM_AMOUNT, "TIV", "0", "TIV" },
        { -8328, ENT_FORM_AMOUNT, "million US$", "-8.33 bn", "US$" },
        { 0.021708682, ENT_FORM_SHARE, "", "2.17 %", "" },
        { 0.1223, ENT_FORM_SHARE, "", "12.23 %", "" },
        { 0.0000123, ENT_FORM_SHARE, "", "0.001 %", "" },
        { 0, ENT_FORM_SHARE, "", "0.00 %", "" },
        { 0.86559139, ENT_FORM_PLAIN, "", "0.8656", "" },
        { 5.0871, ENT_FORM_PLAIN, "", "5.087", "" },
        { 0.5, ENT_FORM_PLAIN, "", "0.5", "" },
        { -7, ENT_FORM_PLAIN, "", "-7", "" },
        { 0.0000021, ENT_FORM_PLAIN, "", "2.1e-06", "" },
        { 19306, ENT_FORM_COUNT, "votes", "19,306", "votes" },
        { 2.5, ENT_FORM_COUNT, "votes", "2.5", "votes" },
        { 10, ENT_FORM_RANK, "", "10th", "" },
        { 1, ENT_FORM_YES_NO, "", "yes", "" },
        { 0, ENT_FORM_YES_NO, "", "no", "" },
        { 1991, ENT_FORM_YEAR, "", "1991", "" },
        { NAN, ENT_FORM_AMOUNT, "million US$", "—", "US$" },
    };
    char text[ENT_NUMBER_TEXT];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ck_assert_str_eq(
            ent_value_text(cases[i].value, cases[i].form, cases[i].unit, text, sizeof(text)),
            cases[i].text);
        ck_assert_str_eq(ent_unit_rest(cases[i].form, cases[i].unit), cases[i].rest);
    }
}
END_TEST

/* Whatever the value, it reads back; whatever the room, the text ends within it. */
START_TEST(exact_numbers_read_back)
{
    static const double values[] = { 0.1, 2.385, 1.0 / 3, 1e300, -5e-324, 93942, 0.2150537634 };
    char text[ENT_NUMBER_TEXT];

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        ck_assert(strtod(ent_number_exact(values[i], text, sizeof(text)), NULL) == values[i]);
    ck_assert_str_eq(ent_number_exact(0.1, text, sizeof(text)), "0.1");
    ck_assert_str_eq(ent_number_exact(NAN, text, sizeof(text)), "");
    ck_assert_str_eq(ent_value_text(1234567, ENT_FORM_COUNT, "", text, 4), "1,2");
}
END_TEST

START_TEST(sparklines)
{
    static const double rising[] = { 1, 2, NAN, 4.5, 8 };
    static const double flat[] = { 3, 3 };
    static const double none[] = { 0, 0 };
    static const double missing[] = { NAN, NAN };
    char text[ENT_NUMBER_TEXT];

    ck_assert_str_eq(ent_sparkline(rising, 5, text, sizeof(text)), "▁▂ ▅█");
    ck_assert_str_eq(ent_sparkline(flat, 2, text, sizeof(text)), "▄▄");
    ck_assert_str_eq(ent_sparkline(none, 2, text, sizeof(text)), "▁▁");
    ck_assert_str_eq(ent_sparkline(missing, 2, text, sizeof(text)), "  ");
    ck_assert_str_eq(ent_sparkline(flat, 2, text, 5), "▄"); /* never half a character */
}
END_TEST

static const struct ent_document_column two_columns[] = {
    { "name", "state", ENT_ALIGN_LEFT, true, 0 },
    { "value", "value", ENT_ALIGN_RIGHT, false, 0 },
};

static struct ent_document *two_rows(void)
{
    struct ent_document *doc = ent_document_new();

    ent_document_table(doc, two_columns, 2);
    ent_document_section(doc, "Trade");
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "Türkiye", NULL);
    ent_document_cell(doc, ENT_TONE_STRONG, "2.17 %", "0.0217");
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "a\tb\033[31m", NULL);
    ent_document_cell_int(doc, 12);
    return doc;
}

START_TEST(tables_are_aligned)
{
    struct ent_document *doc = two_rows();
    struct ent_page page = { .width = 80 };
    char *text = NULL;

    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "  state      value\n"
                           "\n"
                           "Trade\n"
                           "  Türkiye   2.17 %\n"
                           "  a b [31m      12\n");
    ent_text_free(text);
    page.ascii = true;
    page.colours = true;
    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_ptr_nonnull(strstr(text, "  Turkiye   \033[1m2.17 %\033[0m\n"));
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

START_TEST(tsv_holds_what_programs_read)
{
    struct ent_document *doc = two_rows();
    char *text = NULL;

    ck_assert_int_eq(ent_document_write_tsv(doc, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "name\tvalue\nTürkiye\t0.0217\na b\033[31m\t12\n");
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

START_TEST(long_cells_wrap_or_go_on_below)
{
    struct ent_document *doc = ent_document_new();
    struct ent_page page = { .width = 26 };
    char *text = NULL;

    ent_document_table(doc, two_columns, 2);
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "share in the total trade of both", NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, "1", NULL);
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, NULL, NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, "2", NULL);
    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "state                value\n"
                           "share in the total       1\n"
                           "trade of both            2\n");
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

START_TEST(narrow_pages_leave_columns_out)
{
    static const struct ent_document_column columns[] = {
        { "a", "first", ENT_ALIGN_LEFT, false, 0 },
        { "b", "second", ENT_ALIGN_LEFT, false, 1 },
        { "c", "third", ENT_ALIGN_LEFT, false, 2 },
    };
    struct ent_document *doc = ent_document_new();
    struct ent_page page = { .width = 14 };
    char *text = NULL;

    ent_document_table(doc, columns, 3);
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "1", NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, "2", NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, "3", NULL);
    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "first  second\n1      2\n");
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

START_TEST(paragraphs_hang)
{
    struct ent_document *doc = ent_document_new();
    struct ent_page page = { .width = 30 };
    char *text = NULL;

    ent_document_text(doc, ENT_TONE_PLAIN, "  %s", "one two three four five six seven");
    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "  one two three four five six\n    seven\n");
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

/* A cell that goes on below spans the rows; what came out of a file has no meaning in the page.
 */
START_TEST(pages_of_html_stand_alone)
{
    struct ent_document *doc = ent_document_new();
    char *text = NULL;

    ent_document_title(doc, "A & B <script>");
    ent_document_text(doc, ENT_TONE_BAD, "  %s", "it's \"hung\"");
    ent_document_line(doc, "a  b");
    ent_document_line(doc, "c\033");
    ent_document_table(doc, two_columns, 2);
    ent_document_section(doc, "Trade");
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "x", NULL);
    ent_document_cell(doc, ENT_TONE_STRONG, "1", NULL);
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, NULL, NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, "2", NULL);
    ent_document_row(doc);
    ent_document_cell(doc, ENT_TONE_PLAIN, "y", NULL);
    ent_document_remark(doc, "so");
    ck_assert_int_eq(ent_document_write_html(doc, &text, NULL), ENT_OK);
    ck_assert_ptr_nonnull(strstr(text, "<title>A &amp; B &lt;script&gt;</title>"));
    ck_assert_ptr_null(strstr(text, "<script"));
    ck_assert_ptr_null(strstr(text, "http://"));
    ck_assert_ptr_nonnull(strstr(text, "<p class=\"hang bad\">it&#39;s &quot;hung&quot;</p>\n"
                                       "<pre>a  b\nc \n</pre>\n"));
    ck_assert_ptr_nonnull(strstr(
        text, "<tr><th colspan=\"2\" class=\"w section\">Trade</th></tr>\n"
              "<tr><td rowspan=\"2\" class=\"w\">x</td><td class=\"r strong\">1</td></tr>\n"
              "<tr><td class=\"r\">2</td></tr>\n"
              "<tr><td class=\"w\">y</td><td class=\"r\"></td></tr>\n"
              "<tr><td colspan=\"2\" class=\"w dim\">so</td></tr>\n"));
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

START_TEST(markdown_means_what_it_says)
{
    struct ent_document *doc = two_rows();
    char *text = NULL;

    ent_document_heading(doc, "2 * 3 | <b>");
    ent_document_line(doc, "``` fence");
    ent_document_text(doc, ENT_TONE_DIM, "%s", "small ");
    ck_assert_int_eq(ent_document_write_markdown(doc, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "| state | value |\n|---|--:|\n"
                           "| **Trade** |  |\n"
                           "| Türkiye | **2.17 %** |\n"
                           "| a b \\[31m | 12 |\n"
                           "\n## 2 \\* 3 \\| &lt;b\\>\n"
                           "\n````\n``` fence\n````\n"
                           "\n*small*\n");
    ent_text_free(text);
    ent_document_free(doc);
}
END_TEST

static struct ent_document *one_chart(enum ent_chart_kind kind)
{
    static const double x[] = { 2000, 2001, 2002, 2003, 2004 };
    static const double y[] = { 0.1, 0.2, NAN, 0.45, 0.8 };
    static const double low[] = { 0.05, 0.15, NAN, 0.4, 0.7 };
    static const double high[] = { 0.15, 0.25, NAN, 0.5, 0.9 };
    const struct ent_chart_series series[] = { { "a<b", x, y, low, high, 5 },
                                               { "none", x, y, NULL, NULL, 0 } };
    const struct ent_chart chart = { kind, "P & Q", "year", "share", true, series, 2 };
    struct ent_document *doc = ent_document_new();

    ent_document_chart(doc, &chart);
    return doc;
}

START_TEST(charts_are_drawn_or_told)
{
    struct ent_page page = { .width = 80 };
    struct ent_document *doc = one_chart(ENT_CHART_LINES);
    char *text = NULL;

    ck_assert_int_eq(ent_document_write_text(doc, &page, &text, NULL), ENT_OK);
    ck_assert_str_eq(text, "P & Q\n  a<b  ▁▂ ▄█  2000: 0.1, 2004: 0.8\n  none  no values\n");
    ent_text_free(text);
    ck_assert_int_eq(ent_document_write_html(doc, &text, NULL), ENT_OK);
    ck_assert_ptr_nonnull(strstr(text, "<figcaption>P &amp; Q</figcaption>"));
    ck_assert_ptr_nonnull(strstr(text, ">a&lt;b</text>"));
    /* The gap makes two pieces of the line: y spans 0 to 1, x the five years. */
    ck_assert_ptr_nonnull(strstr(text, "points=\"64,231.6 190.5,207.2 \""));
    ck_assert_ptr_nonnull(strstr(text, "points=\"443.5,146.2 570,60.8 \""));
    ck_assert_ptr_null(strstr(text, "nan"));
    ent_text_free(text);
    ent_document_free(doc);
    for (int kind = ENT_CHART_BARS; kind <= ENT_CHART_POINTS; kind++) {
        doc = one_chart((enum ent_chart_kind)kind);
        ck_assert_int_eq(ent_document_write_html(doc, &text, NULL), ENT_OK);
        ck_assert_ptr_null(strstr(text, "nan"));
        ck_assert_ptr_nonnull(strstr(text, kind == ENT_CHART_BARS ? "<rect" : "<circle"));
        ent_text_free(text);
        ent_document_free(doc);
    }
}
END_TEST

START_TEST(json_keeps_its_shape)
{
    struct ent_json *json = ent_json_new();
    char *text = NULL;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "name", "Türkiye \"x\"");
    ent_json_text(json, "none", NULL);
    ent_json_number(json, "missing", NAN);
    ent_json_open_list(json, "values");
    ent_json_int(json, NULL, 3);
    ent_json_number(json, NULL, 0.25);
    ent_json_bool(json, NULL, true);
    ent_json_close(json);
    ent_json_close(json);
    ck_assert_int_eq(ent_json_write(json, &text, NULL), ENT_OK);
    ck_assert_str_eq(text,
                     "{\n \"name\": \"Türkiye \\\"x\\\"\",\n \"none\": null,\n"
                     " \"missing\": null,\n \"values\": [\n  3,\n  0.25,\n  true\n ]\n}\n");
    ent_text_free(text);
    ent_json_free(json);
}
END_TEST

START_TEST(json_refuses_what_is_not_whole)
{
    struct ent_json *open = ent_json_new();
    struct ent_json *twice = ent_json_new();
    struct ent_json *bytes = ent_json_new();
    char *text = NULL;

    ent_json_open_object(open, NULL);
    ck_assert_int_eq(ent_json_write(open, &text, NULL), ENT_EINVAL);
    ent_json_int(twice, NULL, 1);
    ent_json_int(twice, NULL, 2);
    ck_assert_int_eq(ent_json_write(twice, &text, NULL), ENT_EINVAL);
    ent_json_open_list(bytes, NULL);
    ent_json_text(bytes, NULL, "\xff\xfe");
    ent_json_close(bytes);
    ck_assert_int_ne(ent_json_write(bytes, &text, NULL), ENT_OK);
    ck_assert_ptr_null(text);
    ent_json_free(open);
    ent_json_free(twice);
    ent_json_free(bytes);
}
END_TEST

/* Every allocation fails once: no crash, no leak, and the status says so. */
START_TEST(documents_survive_want_of_memory)
{
    struct ent_page page = { .width = 80 };

    for (long k = 0; k < 400; k++) {
        char *text = NULL;
        enum ent_status status = ENT_ENOMEM;
        struct ent_document *doc;

        ent__alloc_fail_after(k);
        doc = ent_document_new();
        if (doc) {
            ent_document_free(doc);
            ent__alloc_fail_after(k);
            doc = _i == 3 ? one_chart(ENT_CHART_LINES) : two_rows();
        }
        if (doc)
            status = _i == 1   ? ent_document_write_markdown(doc, &text, NULL)
                     : _i == 2 ? ent_document_write_text(doc, &page, &text, NULL)
                               : ent_document_write_html(doc, &text, NULL);
        ent__alloc_fail_after(-1);
        ent_text_free(text);
        ent_document_free(doc);
        if (status == ENT_OK && k > 20)
            return;
        ck_assert(status == ENT_OK || status == ENT_ENOMEM);
    }
    ck_abort_msg("it never succeeds");
}
END_TEST

START_TEST(nearest_words)
{
    static const char *const words[] = { "import", "data", "dyad", "measures" };

    ck_assert_uint_eq(ent_nearest("imprt", words, 4), 0);
    ck_assert_uint_eq(ent_nearest("DAYD", words, 4), 2);
    ck_assert_uint_eq(ent_nearest("mea", words, 4), 3);
    ck_assert_uint_eq(ent_nearest("xyzzyxyzzy", words, 4), 4);
    ck_assert_uint_eq(ent_nearest("", words, 4), 4);
}
END_TEST

START_TEST(data_without_a_store)
{
    struct ent_data_list list = { 0 };
    struct ent_error err = { 0 };

    ck_assert_int_eq(ent_data_list(NULL, &list, NULL), ENT_OK);
    ck_assert_uint_gt(list.count, 1);
    for (size_t i = 0; i < list.count; i++) {
        ck_assert(!list.at[i].loaded);
        ck_assert_str_ne(list.at[i].url, "");
        ck_assert_str_ne(list.at[i].citation, "");
        ck_assert_uint_gt(list.at[i].variable_count, 0);
        ck_assert(i == 0 || strcmp(list.at[i - 1].id, list.at[i].id) < 0);
    }
    ent_data_list_release(&list);
    ck_assert_int_eq(ent_data_find(NULL, "cow_trad", &list, &err), ENT_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "cow_trade"));
    ck_assert_int_eq(ent_data_find(NULL, "cow_trade", &list, &err), ENT_OK);
    ck_assert_uint_eq(list.count, 1);
    ent_data_list_release(&list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *numbers = tcase_create("numbers");
    TCase *documents = tcase_create("documents");

    tcase_add_test(numbers, whole_numbers);
    tcase_add_test(numbers, values_in_their_forms);
    tcase_add_test(numbers, exact_numbers_read_back);
    tcase_add_test(numbers, sparklines);
    tcase_add_test(numbers, nearest_words);
    suite_add_tcase(suite, numbers);
    tcase_add_test(documents, tables_are_aligned);
    tcase_add_test(documents, tsv_holds_what_programs_read);
    tcase_add_test(documents, long_cells_wrap_or_go_on_below);
    tcase_add_test(documents, narrow_pages_leave_columns_out);
    tcase_add_test(documents, paragraphs_hang);
    tcase_add_test(documents, pages_of_html_stand_alone);
    tcase_add_test(documents, markdown_means_what_it_says);
    tcase_add_test(documents, charts_are_drawn_or_told);
    tcase_add_test(documents, json_keeps_its_shape);
    tcase_add_test(documents, json_refuses_what_is_not_whole);
    tcase_add_loop_test(documents, documents_survive_want_of_memory, 0, 4);
    tcase_add_test(documents, data_without_a_store);
    suite_add_tcase(suite, documents);
    return run_suite(suite);
}
