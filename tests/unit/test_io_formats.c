/* Workbooks, R, Stata and SPSS: files made here, by hand or by the libraries' writers. */
#include "check_main.h"

#include <math.h>
#include <stdint.h>

#include <archive.h>
#include <archive_entry.h>
#include <readstat.h>

#include "base/str.h"
#include "io/stamp.h"
#include "io/xlsx.h"
#include "io_files.h"

/* Workbooks. */

#define XML "<?xml version=\"1.0\"?>"
#define WORKBOOK                                                                             \
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Two\" sheetId=\"2\" r:id=\"rId2\"/>"      \
    "<sheet name=\"Chart\" sheetId=\"3\" r:id=\"rId3\"/>"                                    \
    "<sheet name=\"One &amp; only\" sheetId=\"1\" r:id=\"rId1\" state=\"hidden\"/></sheets>" \
    "</workbook>"
#define RELATIONS                                                                            \
    "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "                         \
    "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"x/worksheet\" "      \
    "Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"x/chartsheet\" " \
    "Target=\"c.xml\"/></Relationships>"
#define STYLES                                                                            \
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd\"/>"       \
    "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"               \
    "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"2\"/>" \
    "</cellXfs></styleSheet>"
#define STRINGS                                                                   \
    "<sst><si><t>Viet Nam</t></si><si><r><t>T\xc3\xbcr</t></r><r><t>kiye</t></r>" \
    "<rPh><t>x</t></rPh></si><si><t/></si><si><t>. .</t></si></sst>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

struct book_case {
    const char *what;
    const char *workbook, *relations, *strings, *sheet; /* sheet is "One & only" */
    enum ent_status status;
    const char *expected; /* of the sheet's rows; or a part of the message */
};

static const struct book_case book_cases[] = {
    { "numbers and shared text", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>2.385</v></c></row>"
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>1E-3</v></c></row>"),
      ENT_OK, "1: Viet Nam|#2.385\n2: T\xc3\xbcrkiye|#0.001\n" },
    { "sparse rows and cells", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row r=\"7\"><c r=\"C7\"><v>1</v></c><c r=\"AB7\"><v>2</v></c></row>"
            "<row r=\"9\"><c r=\"A9\"/><c r=\"B9\" s=\"1\"/></row>"
            "<row r=\"1048576\"><c r=\"A1048576\"><v>3</v></c></row>"),
      ENT_OK,
      "7: NA|NA|#1|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|NA|#2\n"
      "1048576: #3\n" },
    { "no references", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"),
      ENT_OK, "1: #1|#2\n3: #3\n" },
    { "kinds of cells", WORKBOOK, RELATIONS, STRINGS,
      SHEET(
          "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"e\"><v>#N/A</v></c>"
          "<c r=\"C1\" t=\"str\"><f>A1&amp;\"x\"</f><v>1x</v></c>"
          "<c r=\"D1\" t=\"inlineStr\"><is><t>in</t><rPh><t>y</t></rPh><r><t>line</t></r></is>"
          "</c><c r=\"E1\" t=\"s\"><v>2</v></c><c r=\"F1\" t=\"s\"><v>3</v></c></row>"),
      ENT_OK, "1: #1|NA|1x|inline|NA|. .\n" },
    { "dates", WORKBOOK, RELATIONS, STRINGS,
      SHEET(
          "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>42132</v></c><c r=\"B1\" s=\"2\"><v>42132.5</v>"
          "</c><c r=\"C1\" s=\"3\"><v>42132</v></c><c r=\"D1\" s=\"1\"><v>59</v></c>"
          "<c r=\"E1\" s=\"1\"><v>61</v></c></row>"),
      ENT_OK, "1: 2015-05-08|2015-05-08 12:00:00|#42132|1900-02-28|1900-03-01\n" },
    { "dates from 1904",
      "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet "
      "name=\"One\" r:id=\"rId1\"/></sheets></workbook>",
      RELATIONS, STRINGS, SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>40670</v></c></row>"),
      ENT_OK, "1: 2015-05-08\n" },
    { "no shared strings", WORKBOOK, RELATIONS, NULL, SHEET("<row><c><v>1</v></c></row>"),
      ENT_OK, "1: #1\n" },
    { "text that is not there", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row>"), ENT_EFORMAT, "not there" },
    { "a column too far", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row r=\"1\"><c r=\"XFE1\"><v>4</v></c></row>"), ENT_EFORMAT, "XFE1" },
    { "a row too far", WORKBOOK, RELATIONS, STRINGS,
      SHEET("<row r=\"1048577\"><c><v>4</v></c></row>"), ENT_EFORMAT, "1048577" },
    { "no number", WORKBOOK, RELATIONS, STRINGS, SHEET("<row><c><v>4,5</v></c></row>"),
      ENT_EFORMAT, "4,5" },
    { "XML that is cut off", WORKBOOK, RELATIONS, STRINGS, "<worksheet><sheetData><row>",
      ENT_EFORMAT, "XML" },
    { "entities that expand", WORKBOOK, RELATIONS,
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>",
      SHEET(""), ENT_EFORMAT, "document type" },
    { "a sheet that is missing", WORKBOOK, RELATIONS, STRINGS, NULL, ENT_EFORMAT, "missing" },
    { "no list of sheets", "<workbook/>", RELATIONS, STRINGS, SHEET(""), ENT_EFORMAT, "list" },
};

static void add_member(struct archive *archive, const char *path, const char *text)
{
    struct archive_entry *entry;

    if (!text)
        return;
    entry = archive_entry_new();
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)strlen(text));
    ck_assert_int_eq(archive_write_header(archive, entry), ARCHIVE_OK);
    archive_write_data(archive, text, strlen(text));
    archive_entry_free(entry);
}

static const char *write_book(const struct book_case *c)
{
    struct archive *archive = archive_write_new();
    const char *path = temp_path("book.xlsx");

    archive_write_set_format_zip(archive);
    ck_assert_int_eq(archive_write_open_filename(archive, path), ARCHIVE_OK);
    add_member(archive, "[Content_Types].xml", XML "<Types/>");
    add_member(archive, "xl/worksheets/sheet1.xml", c->sheet);
    add_member(archive, "xl/worksheets/sheet2.xml",
               XML SHEET("<row><c t=\"s\"><f>1</f></c></row>"));
    add_member(archive, "xl/workbook.xml", c->workbook);
    add_member(archive, "xl/_rels/workbook.xml.rels", c->relations);
    add_member(archive, "xl/styles.xml", STYLES);
    add_member(archive, "xl/sharedStrings.xml", c->strings);
    ck_assert_int_eq(archive_write_free(archive), ARCHIVE_OK);
    return path;
}

START_TEST(workbooks)
{
    const struct book_case *c = &book_cases[_i];
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char format[64];
    const char *rows;

    ent__buf_init(&out);
    read_all(write_book(c), NULL, &out, format, &status, &err);
    ck_assert_msg(status == c->status, "%s: %s", c->what, err.message);
    if (status == ENT_OK) {
        rows = strstr(out.text, "T One");
        ck_assert_ptr_nonnull(rows);
        ck_assert_msg(strcmp(strchr(rows, '\n') + 1, c->expected) == 0, "%s: read\n%s", c->what,
                      out.text);
        ck_assert_str_eq(format, "xlsx");
    } else {
        ck_assert_msg(strstr(err.message, c->expected) != NULL, "%s: %s", c->what, err.message);
    }
    ent__buf_release(&out);
}
END_TEST

/* In the workbook's order, a chart left out, names unescaped. */
START_TEST(sheets_are_in_order)
{
    check_reads(write_book(&book_cases[0]), "xlsx",
                "T Two:\nT One & only:\n1: Viet Nam|#2.385\n2: T\xc3\xbcrkiye|#0.001\n");
}
END_TEST

START_TEST(date_formats)
{
    static const char *const dates[] = { "d/m/yy", "[$-409]mmmm d;@", "\"on\" dddd", "YYYY" };
    static const char *const others[] = { "General",    "0.00", "h:mm", "[Red]0;[DarkRed]0",
                                          "\"days\" 0", "0\\d", "",     "_d0*y" };

    for (size_t i = 0; i < 4; i++)
        ck_assert_msg(ent__xlsx_is_date_format(dates[i]), "%s", dates[i]);
    for (size_t i = 0; i < 8; i++)
        ck_assert_msg(!ent__xlsx_is_date_format(others[i]), "%s", others[i]);
}
END_TEST

START_TEST(stamps)
{
    static const struct {
        double days;
        const char *text;
    } dates[] = { { 0, "1970-01-01" },      { -1, "1969-12-31" },     { 11016, "2000-02-29" },
                  { 16563, "2015-05-08" },  { -56249, "1815-12-31" }, { 19723.7, "2024-01-01" },
                  { -719528, "0000-01-01" } };
    char text[ENT_STAMP_BYTES];

    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        ck_assert_uint_eq(ent__stamp_date(dates[i].days, text), 10);
        ck_assert_str_eq(text, dates[i].text);
    }
    ck_assert_uint_eq(ent__stamp_date(1e300, text), 0);
    ck_assert_uint_eq(ent__stamp_date(NAN, text), 0);
    ck_assert_uint_eq(ent__stamp_time(-1, text), 19);
    ck_assert_str_eq(text, "1969-12-31 23:59:59");
}
END_TEST

/* R: the XDR serialization, written by hand. */

static struct ent_buf r_bytes;

static void be32(uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        ent__buf_putc(&r_bytes, (char)(value >> shift));
}

static void be_double(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    be32((uint32_t)(bits >> 32));
    be32((uint32_t)bits);
}

enum {
    R_LIST = 2,
    R_CHAR = 9,
    R_LOGICAL = 10,
    R_INT = 13,
    R_REAL = 14,
    R_STRING = 16,
    R_VECTOR = 19,
    R_NIL = 254,
    R_OBJECT = 1 << 8,
    R_ATTRIBUTES = 1 << 9,
    R_TAG = 1 << 10,
    R_UTF8 = 1 << 15,
};

static void r_char(const char *text)
{
    be32(text ? R_CHAR | R_UTF8 : R_CHAR);
    be32(text ? (uint32_t)strlen(text) : UINT32_MAX);
    ent__buf_puts(&r_bytes, text ? text : "");
}

/* A symbol that tags the next item of a pairlist. */
static void r_tag(const char *name)
{
    be32(R_LIST | R_TAG);
    be32(1);
    r_char(name);
}

static void r_strings(uint32_t type, const char *const *texts, uint32_t count)
{
    be32(type);
    be32(count);
    for (uint32_t i = 0; i < count; i++)
        r_char(texts[i]);
}

static void r_class(const char *name)
{
    r_tag("class");
    r_strings(R_STRING, &name, 1);
}

/* Three rows of a number, a whole number, a factor, a text, a truth value, and two dates. */
static void r_frame(bool named_rows)
{
    static const char *const levels[] = { "yes", "no" };
    static const char *const texts[] = { "C\xc3\xb4te", NULL, "" };
    static const char *const columns[] = {
        "real", "int", "vote", "text", "true", "day", "iday"
    };
    static const char *const rows[] = { "x", "y", "z" };
    static const double reals[] = { 2.385, 0, -1e300 };

    be32(R_VECTOR | R_OBJECT | R_ATTRIBUTES);
    be32(7);
    be32(R_REAL), be32(3);
    be_double(reals[0]);
    be32(0x7ff00000), be32(1954); /* NA */
    be_double(reals[2]);
    be32(R_INT), be32(3), be32(710), be32(0x80000000), be32((uint32_t)-9);
    be32(R_INT | R_OBJECT | R_ATTRIBUTES), be32(3), be32(2), be32(0x80000000), be32(1);
    r_tag("levels");
    r_strings(R_STRING, levels, 2);
    r_class("factor");
    be32(R_NIL);
    r_strings(R_STRING, texts, 3);
    be32(R_LOGICAL), be32(3), be32(1), be32(0), be32(0x80000000);
    be32(R_REAL | R_OBJECT | R_ATTRIBUTES), be32(3);
    be_double(0), be_double(16563), be_double(-8766);
    r_class("Date");
    be32(R_NIL);
    be32(R_INT | R_OBJECT | R_ATTRIBUTES), be32(3), be32(0), be32(16563), be32(0x80000000);
    r_class("Date");
    be32(R_NIL);
    r_tag("names");
    r_strings(R_STRING, columns, 7);
    r_class("data.frame");
    r_tag("row.names");
    if (named_rows)
        r_strings(R_STRING, rows, 3);
    else
        be32(R_INT), be32(2), be32(0x80000000), be32((uint32_t)-3);
    be32(R_NIL);
}

static void r_begin(const char *magic)
{
    ent__buf_init(&r_bytes);
    ent__buf_puts(&r_bytes, magic);
    ent__buf_puts(&r_bytes, "X\n");
    be32(2), be32(0x00030600), be32(0x00020300);
}

START_TEST(r_workspace)
{
    r_begin("RDX2\n");
    r_tag("votes");
    r_frame(false);
    be32(R_NIL);
    check_reads(write_file("a.rda", r_bytes.text, r_bytes.len), "rda",
                "T votes: real|int|vote|text|true|day|iday\n"
                "1: #2.385|#710|no|C\xc3\xb4te|#1|1970-01-01|1970-01-01\n"
                "2: NA|NA|NA|NA|#0|2015-05-08|2015-05-08\n"
                "3: #-1e+300|#-9|yes|NA|NA|1946-01-01|NA\n");
    ent__buf_release(&r_bytes);
}
END_TEST

START_TEST(r_object_with_row_names)
{
    r_begin("");
    r_frame(true);
    check_reads(write_file("a.rds", r_bytes.text, r_bytes.len), "rds",
                "T : real|int|vote|text|true|day|iday|row.names\n"
                "1: #2.385|#710|no|C\xc3\xb4te|#1|1970-01-01|1970-01-01|x\n"
                "2: NA|NA|NA|NA|#0|2015-05-08|2015-05-08|y\n"
                "3: #-1e+300|#-9|yes|NA|NA|1946-01-01|NA|z\n");
    ent__buf_release(&r_bytes);
}
END_TEST

/* Cut anywhere, it is an error and no shorter table. */
START_TEST(r_truncated)
{
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char format[64];

    r_begin("RDX2\n");
    r_tag("votes");
    r_frame(false);
    ent__buf_init(&out);
    for (size_t len = r_bytes.len - 1; len > 20; len -= 11 < len ? 11 : len) {
        ent__buf_clear(&out);
        read_all(write_file("cut.rda", r_bytes.text, len), NULL, &out, format, &status, &err);
        ck_assert_msg(status == ENT_EFORMAT, "cut to %zu: %s", len, out.text);
    }
    ent__buf_release(&r_bytes);
    ent__buf_release(&out);
}
END_TEST

/* Stata and SPSS, written by ReadStat. */

static ssize_t append(const void *bytes, size_t len, void *context)
{
    ent__buf_add(context, (struct ent_str){ bytes, len });
    return (ssize_t)len;
}

typedef readstat_error_t (*begin_fn)(readstat_writer_t *writer, void *context, long rows);

/* Before version 118 Stata wrote Windows-1252. */
static void write_stat(struct ent_buf *bytes, begin_fn begin, uint8_t version, bool tags)
{
    readstat_writer_t *writer = readstat_writer_init();
    readstat_label_set_t *labels;
    readstat_variable_t *code, *flow, *name;

    ent__buf_init(bytes);
    readstat_set_data_writer(writer, append);
    if (version)
        readstat_writer_set_file_format_version(writer, version);
    labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "states");
    readstat_label_double_value(labels, 710, "China");
    code = readstat_add_variable(writer, "ccode", READSTAT_TYPE_DOUBLE, 0);
    readstat_variable_set_label_set(code, labels);
    flow = readstat_add_variable(writer, "flow", READSTAT_TYPE_DOUBLE, 0);
    name = readstat_add_variable(writer, "name", READSTAT_TYPE_STRING, 12);
    if (!tags)
        readstat_variable_add_missing_double_value(flow, -9);
    ck_assert_int_eq(begin(writer, bytes, 3), READSTAT_OK);
    for (int row = 0; row < 3; row++) {
        ck_assert_int_eq(readstat_begin_row(writer), READSTAT_OK);
        readstat_insert_double_value(writer, code, 710 + row);
        if (row == 0)
            readstat_insert_double_value(writer, flow, 2.385);
        else if (row == 1)
            readstat_insert_missing_value(writer, flow);
        else if (tags)
            readstat_insert_tagged_missing_value(writer, flow, 'z');
        else
            readstat_insert_double_value(writer, flow, -9);
        readstat_insert_string_value(writer, name,
                                     row == 1         ? ""
                                     : version == 114 ? "T\xfcrkiye"
                                                      : "T\xc3\xbcrkiye");
        ck_assert_int_eq(readstat_end_row(writer), READSTAT_OK);
    }
    ck_assert_int_eq(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
}

struct stat_case {
    const char *file;
    const char *format;
    begin_fn begin;
    uint8_t version;
    const char *last; /* the cell of the third row that is missing */
};

static const struct stat_case stat_cases[] = {
    { "a.dta", "dta", readstat_begin_writing_dta, 118, "NA.z" },
    { "b.dta", "dta", readstat_begin_writing_dta, 114, "NA.z" },
    { "a.sav", "sav", readstat_begin_writing_sav, 2, "NA.-" },
};

START_TEST(statistical_files)
{
    const struct stat_case *c = &stat_cases[_i];
    bool tags = strcmp(c->format, "dta") == 0;
    char expected[256];
    struct ent_buf bytes;

    write_stat(&bytes, c->begin, c->version, tags);
    snprintf(expected, sizeof(expected),
             "T : ccode|flow|name\n1: #710|#2.385|T\xc3\xbcrkiye\n2: #711|NA|NA\n"
             "3: #712|%s|T\xc3\xbcrkiye\n",
             c->last);
    check_reads(write_file(c->file, bytes.text, bytes.len), c->format, expected);
    ent__buf_release(&bytes);
}
END_TEST

START_TEST(statistical_files_truncated)
{
    const struct stat_case *c = &stat_cases[_i];
    enum ent_status status;
    struct ent_error err;
    struct ent_buf bytes;
    struct ent_buf out;
    char format[64];

    write_stat(&bytes, c->begin, c->version, strcmp(c->format, "dta") == 0);
    ent__buf_init(&out);
    for (size_t len = bytes.len * 9 / 10; len > 100; len -= 89) {
        ent__buf_clear(&out);
        read_all(write_file(c->file, bytes.text, len), NULL, &out, format, &status, &err);
        ck_assert_msg(status == ENT_EFORMAT || strstr(out.text, "3: #712") != NULL,
                      "%s cut to %zu of %zu: %s", c->file, len, bytes.len, out.text);
    }
    ent__buf_release(&bytes);
    ent__buf_release(&out);
}
END_TEST

#define COUNT(cases) (int)(sizeof(cases) / sizeof((cases)[0]))

int main(void)
{
    Suite *suite = suite_create("io formats");
    TCase *tests = tcase_create("io formats");

    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    tcase_add_unchecked_fixture(tests, make_dir, remove_dir);
    tcase_add_loop_test(tests, workbooks, 0, COUNT(book_cases));
    tcase_add_test(tests, sheets_are_in_order);
    tcase_add_test(tests, date_formats);
    tcase_add_test(tests, stamps);
    tcase_add_test(tests, r_workspace);
    tcase_add_test(tests, r_object_with_row_names);
    tcase_add_test(tests, r_truncated);
    tcase_add_loop_test(tests, statistical_files, 0, COUNT(stat_cases));
    tcase_add_loop_test(tests, statistical_files_truncated, 0, COUNT(stat_cases));
    return run_suite(suite);
}
