/* Text, what it is wrapped in, and the process that reads it. */
#include "check_main.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/alloc.h"
#include "io/digest.h"
#include "io/read.h"
#include "io_files.h"

#define SPAN(literal) literal, sizeof(literal) - 1

struct text_case {
    const char *what;
    const char *text;
    size_t len;
    enum ent_status status;
    const char *expected; /* what is read, up to the failure if there is one */
    const char *message;  /* a part of the message; NULL without failure */
    size_t line;          /* of the failure */
};

static const struct text_case text_cases[] = {
    { "plain", SPAN("a,b\n1,2\n"), ENT_OK, "T :\n1: a|b\n2: 1|2\n", NULL, 0 },
    { "no end of line", SPAN("a,b\n1,2"), ENT_OK, "T :\n1: a|b\n2: 1|2\n", NULL, 0 },
    { "byte order mark",
      SPAN("\xef\xbb\xbf"
           "a,b\n"),
      ENT_OK, "T :\n1: a|b\n", NULL, 0 },
    { "CRLF", SPAN("a,b\r\n1,2\r\n"), ENT_OK, "T :\n1: a|b\n2: 1|2\n", NULL, 0 },
    { "CR", SPAN("a,b\r1,2\r3,\r"), ENT_OK, "T :\n1: a|b\n2: 1|2\n3: 3|NA\n", NULL, 0 },
    { "semicolons", SPAN("a;b\n1,5;2,5\n2,5;3\n"), ENT_OK,
      "T :\n1: a|b\n2: 1,5|2,5\n3: 2,5|3\n", NULL, 0 },
    { "tabs", SPAN("a\tb\tc\n\t x, y \t\n"), ENT_OK, "T :\n1: a|b|c\n2: NA|x, y|NA\n", NULL,
      0 },
    { "bars", SPAN("a|b\n1|2\n"), ENT_OK, "T :\n1: a|b\n2: 1|2\n", NULL, 0 },
    { "a trailing semicolon is no delimiter", SPAN("Source: SIPRI;\na,b;\n1,2;\n"), ENT_OK,
      "T :\n1: Source: SIPRI;\n2: a|b;\n3: 1|2;\n", NULL, 0 },
    { "one column", SPAN("2.385\nVanuatu\n"), ENT_OK, "T :\n1: 2.385\n2: Vanuatu\n", NULL, 0 },
    { "Latin-1", SPAN("name,n\nC\xf4te d'Ivoire,1\n"), ENT_OK,
      "T :\n1: name|n\n2: C\xc3\xb4te d'Ivoire|1\n", NULL, 0 },
    { "Windows-1252", SPAN("a,b\n\x93x\x94,\x80\x81\n"), ENT_OK,
      "T :\n1: a|b\n2: \xe2\x80\x9cx\xe2\x80\x9d|\xe2\x82\xac\xef\xbf\xbd\n", NULL, 0 },
    { "Latin-1 in quotes", SPAN("a,b\n\"C\xf4te\",1\n"), ENT_OK,
      "T :\n1: a|b\n2: 'C\xc3\xb4te'|1\n", NULL, 0 },
    { "half a letter in each of two cells", SPAN("a,b\n\"\xc3\",\xa9\n"), ENT_OK,
      "T :\n1: a|b\n2: '\xc3\x83'|\xc2\xa9\n", NULL, 0 },
    { "UTF-8", SPAN("a,b\nT\xc3\xbcrkiye,1\n"), ENT_OK, "T :\n1: a|b\n2: T\xc3\xbcrkiye|1\n",
      NULL, 0 },
    { "overlong UTF-8 is no UTF-8", SPAN("a,b\n\xc0\xaf,1\n"), ENT_OK,
      "T :\n1: a|b\n2: \xc3\x80\xc2\xaf|1\n", NULL, 0 },
    { "quotes", SPAN("a,b\n\"x, \"\"y\"\"\",\" 2 \"\n"), ENT_OK,
      "T :\n1: a|b\n2: 'x, \"y\"'|' 2 '\n", NULL, 0 },
    { "an empty quoted cell", SPAN("a,b,c\n\"\",1,\n"), ENT_OK, "T :\n1: a|b|c\n2: 'NA'|1|NA\n",
      NULL, 0 },
    { "quoted line ends", SPAN("a,b\n\"x\ny\r\nz\",1\n\n2,3\n"), ENT_OK,
      "T :\n1: a|b\n2: 'x\ny\r\nz'|1\n6: 2|3\n", NULL, 0 },
    { "a quote within a cell", SPAN("a,b\n5\" gun,2\n3,4\n"), ENT_OK,
      "T :\n1: a|b\n2: 5\" gun|2\n3: 3|4\n", NULL, 0 },
    { "a quoted last cell without end of line", SPAN("a,b\n1,\"2\""), ENT_OK,
      "T :\n1: a|b\n2: 1|'2'\n", NULL, 0 },
    { "quotes and a trailing delimiter", SPAN("a,b\n\"1\",\r\n"), ENT_OK,
      "T :\n1: a|b\n2: '1'|NA\n", NULL, 0 },
    { "ragged", SPAN("a,b,c\n1\n1,2,3,4\n"), ENT_OK, "T :\n1: a|b|c\n2: 1\n3: 1|2|3|4\n", NULL,
      0 },
    { "trailing delimiters", SPAN("a,b,,\n1,,,\n,,,\n"), ENT_OK,
      "T :\n1: a|b|NA|NA\n2: 1|NA|NA|NA\n3: NA|NA|NA|NA\n", NULL, 0 },
    { "blank lines", SPAN("\n\na,b\n \t \n1,2\n"), ENT_OK, "T :\n3: a|b\n5: 1|2\n", NULL, 0 },
    { "only blank lines", SPAN("\n\n\n"), ENT_OK, "T :\n", NULL, 0 },
    { "two kinds of missing", SPAN("a,b\n. .,xxx\n"), ENT_OK, "T :\n1: a|b\n2: . .|xxx\n", NULL,
      0 },
    { "empty", SPAN(""), ENT_EFORMAT, "", "empty", 0 },
    { "a quote never closed", SPAN("a,b\n1,2\n3,\"4\n5,6\n"), ENT_EFORMAT,
      "T :\n1: a|b\n2: 1|2\n", "never closed", 3 },
    { "a quote opened late in a row", SPAN("a,b\n\"x\ny\",\"z\n5\n"), ENT_EFORMAT,
      "T :\n1: a|b\n", "never closed", 3 },
    { "UTF-16",
      SPAN("\xff\xfe"
           "a\0,\0b\0\n\0"),
      ENT_EFORMAT, "", "UTF-16", 0 },
    { "binary", SPAN("a,b\n1,\0\n"), ENT_EFORMAT, "", "no format", 0 },
    { "a web page", SPAN("\n <!DOCTYPE html><html>404</html>"), ENT_EFORMAT, "", "web page",
      0 },
    { "PDF", SPAN("%PDF-1.4\n%x\n"), ENT_EFORMAT, "", "PDF", 0 },
};

START_TEST(texts)
{
    const struct text_case *c = &text_cases[_i];
    const char *path = write_file("text.txt", c->text, c->len);
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char format[64];

    ent__buf_init(&out);
    read_all(path, NULL, &out, format, &status, &err);
    ck_assert_msg(status == c->status, "%s: %s", c->what, err.message);
    ck_assert_msg(strcmp(out.text, c->expected) == 0, "%s: read\n%s", c->what, out.text);
    if (c->message) {
        ck_assert_msg(strstr(err.message, c->message) != NULL, "%s: %s", c->what, err.message);
        ck_assert_msg(err.line == c->line, "%s: line %zu", c->what, err.line);
        ck_assert_str_eq(err.source, path);
    }
    ent__buf_release(&out);
}
END_TEST

/* Far from the first bytes, where the format has been settled. */
START_TEST(nul_byte_late)
{
    enum ent_status status;
    struct ent_error err;
    struct ent_buf text;
    struct ent_buf out;
    char format[64];

    ent__buf_init(&text);
    ent__buf_init(&out);
    for (int i = 1; i < 2000; i++)
        ent__buf_printf(&text, "%d,b\n", i);
    ent__buf_putc(&text, '\0');
    ent__buf_puts(&text, "x,y\n");
    read_all(write_file("nul.csv", text.text, text.len), NULL, &out, format, &status, &err);
    ck_assert_int_eq(status, ENT_EFORMAT);
    ck_assert_uint_eq(err.line, 2000);
    ent__buf_release(&text);
    ent__buf_release(&out);
}
END_TEST

/* Lines of many lengths, so that the ends of buffers fall everywhere. */
START_TEST(long_text_is_read_whole)
{
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    struct ent_source *source;
    struct ent_record record;
    struct ent_buf text;
    struct ent_error err;
    size_t row = 0;

    ent__buf_init(&text);
    for (int i = 0; i < 60000; i++) {
        ent__buf_printf(&text, "%d,%*d%s", i, i % 37 + 1, i * 7, ends[_i]);
        if (i % 1000 == 0)
            ent__buf_printf(&text, "\"q%s\",%d%s", ends[_i], i, ends[_i]);
    }
    ck_assert_int_eq(
        ent__source_open(write_file("long.csv", text.text, text.len), NULL, &source, &err),
        ENT_OK);
    ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_OK);
    for (int i = 0; i < 60000; i++) {
        int64_t value = -1;

        ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_OK);
        ck_assert_uint_eq(record.cell_count, 2);
        ck_assert_uint_eq(record.line, ++row);
        ck_assert(ent__cell_i64(&record.cells[0], &value) && value == i);
        ck_assert(ent__cell_i64(&record.cells[1], &value) && value == i * 7);
        if (i % 1000 == 0) {
            ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_OK);
            ck_assert_uint_eq(record.line, row + 1);
            ck_assert(record.cells[0].quoted);
            row += 2;
        }
    }
    ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_OK);
    ck_assert_int_eq(record.kind, ENT_RECORD_END);
    ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_OK);
    ck_assert_int_eq(record.kind, ENT_RECORD_END);
    ent__source_close(source);
    ent__buf_release(&text);
}
END_TEST

struct limit_case {
    const char *what;
    size_t cell; /* bytes of the one long cell */
    bool quoted;
    size_t cells; /* in the row */
    struct ent_io_limits limits;
    enum ent_status status;
};

static const struct limit_case limit_cases[] = {
    { "a cell of 1 MiB", 1 << 20, false, 1, { 0 }, ENT_OK },
    { "a byte more", (1 << 20) + 1, false, 1, { 0 }, ENT_EFORMAT },
    { "quoted", 1 << 20, true, 1, { 0 }, ENT_OK },
    { "quoted, a byte more", (1 << 20) + 1, true, 1, { 0 }, ENT_EFORMAT },
    { "a longer cell, allowed", 3 << 20, false, 1, { .cell_bytes = 4 << 20 }, ENT_OK },
    { "a wide row", 8, false, 20000, { 0 }, ENT_OK },
    { "a cell too many", 8, false, 20001, { 0 }, ENT_EFORMAT },
    { "a wide row, quoted", 8, true, 20001, { 0 }, ENT_EFORMAT },
    { "a narrow limit", 8, false, 5, { .row_cells = 4 }, ENT_EFORMAT },
};

START_TEST(limits_hold)
{
    const struct limit_case *c = &limit_cases[_i];
    enum ent_status status;
    struct ent_error err;
    struct ent_buf text;
    struct ent_buf out;
    char format[64];

    ent__buf_init(&text);
    ent__buf_init(&out);
    ent__buf_puts(&text, c->quoted ? "\"" : "");
    for (size_t i = 0; i < c->cell; i++)
        ent__buf_putc(&text, (char)('a' + i % 26));
    ent__buf_puts(&text, c->quoted ? "\"" : "");
    for (size_t i = 1; i < c->cells; i++)
        ent__buf_puts(&text, ",1");
    ent__buf_puts(&text, "\nx,y\n");
    read_all(write_file("limit.csv", text.text, text.len), &c->limits, &out, format, &status,
             &err);
    ck_assert_msg(status == c->status, "%s: %s", c->what, err.message);
    ck_assert_msg(status != ENT_OK || out.len > c->cell + 2 * c->cells, "%s", c->what);
    ck_assert_msg(status == ENT_OK || err.line == 1, "%s", c->what);
    ent__buf_release(&text);
    ent__buf_release(&out);
}
END_TEST

START_TEST(paths)
{
    struct ent_source *source = NULL;
    struct ent_error err = { 0 };

    ck_assert_int_eq(ent__source_open(temp_path("absent.csv"), NULL, &source, &err), ENT_EIO);
    ck_assert_int_eq(err.os_errno, ENOENT);
    ck_assert_int_eq(ent__source_open(temp_path(""), NULL, &source, &err), ENT_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "directory"));
    ck_assert_int_eq(mkfifo(temp_path("fifo"), 0600), 0);
    ck_assert_int_eq(ent__source_open(temp_path("fifo"), NULL, &source, &err), ENT_EIO);
    ck_assert_ptr_null(source);
    ent__source_close(NULL);
}
END_TEST

/* Writes one member with libarchive, under a compression or as zip. */
static const char *
pack(const char *name, int filter, const char *member, const char *text, size_t len)
{
    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    const char *path = temp_path(name);

    if (filter == ARCHIVE_FILTER_NONE)
        ck_assert_int_eq(archive_write_set_format_zip(archive), ARCHIVE_OK);
    else
        ck_assert_int_eq(archive_write_set_format_raw(archive), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_add_filter(archive, filter), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_open_filename(archive, path), ARCHIVE_OK);
    archive_entry_set_pathname(entry, member);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)len);
    ck_assert_int_eq(archive_write_header(archive, entry), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_data(archive, text, len), (la_ssize_t)len);
    archive_entry_free(entry);
    ck_assert_int_eq(archive_write_free(archive), ARCHIVE_OK);
    return path;
}

struct pack_case {
    const char *name;
    int filter;
    const char *format;
    const char *expected;
};

static const struct pack_case pack_cases[] = {
    { "a.csv.gz", ARCHIVE_FILTER_GZIP, "csv in gz", "T :\n1: a|b\n2: 1|2\n" },
    { "a.csv.bz2", ARCHIVE_FILTER_BZIP2, "csv in bz2", "T :\n1: a|b\n2: 1|2\n" },
    { "a.csv.xz", ARCHIVE_FILTER_XZ, "csv in xz", "T :\n1: a|b\n2: 1|2\n" },
    { "a.csv.zst", ARCHIVE_FILTER_ZSTD, "csv in zst", "T :\n1: a|b\n2: 1|2\n" },
    { "a.zip", ARCHIVE_FILTER_NONE, "csv in zip", "T in/votes.csv:\n1: a|b\n2: 1|2\n" },
    { "misnamed.dta", ARCHIVE_FILTER_GZIP, "csv in gz", "T :\n1: a|b\n2: 1|2\n" },
};

START_TEST(packed)
{
    const struct pack_case *c = &pack_cases[_i];

    check_reads(pack(c->name, c->filter, "in/votes.csv", "a,b\n1,2\n", 8), c->format,
                c->expected);
}
END_TEST

/* However much of a compressed file is missing, it is never taken for a whole one. */
START_TEST(truncated)
{
    const struct pack_case *c = &pack_cases[_i];
    enum ent_status status;
    struct ent_error err;
    struct ent_buf text;
    struct ent_buf out;
    struct stat st;
    char format[64];
    off_t whole;

    ent__buf_init(&text);
    ent__buf_init(&out);
    for (int i = 0; i < 3000; i++)
        ent__buf_printf(&text, "%d,%d\n", i, i * i % 1009);
    ck_assert_int_eq(stat(pack(c->name, c->filter, "votes.csv", text.text, text.len), &st), 0);
    whole = st.st_size;
    for (off_t len = whole - 1; len > 8; len -= len / 3 + 1) {
        ck_assert_int_eq(truncate(temp_path(c->name), len), 0);
        read_all(temp_path(c->name), NULL, &out, format, &status, &err);
        ck_assert_msg(status == ENT_EFORMAT, "%s cut to %ld of %ld bytes", c->name, (long)len,
                      (long)whole);
        ent__buf_clear(&out);
    }
    ent__buf_release(&text);
    ent__buf_release(&out);
}
END_TEST

START_TEST(bomb_is_cut_off)
{
    const size_t len = 64 << 20;
    const struct ent_io_limits limits = { .expanded_bytes = 16 << 20 };
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char format[64];
    char *text = malloc(len);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < len; i++)
        text[i] = i % 4 == 3 ? '\n' : ',';
    ent__buf_init(&out);
    read_all(pack(pack_cases[_i].name, pack_cases[_i].filter, "bomb.csv", text, len), &limits,
             &out, format, &status, &err);
    ck_assert_int_eq(status, ENT_EFORMAT);
    ck_assert_ptr_nonnull(strstr(err.message, "limit"));
    ent__buf_release(&out);
    free(text);
}
END_TEST

START_TEST(archives_within_archives_are_refused)
{
    enum ent_status status;
    struct ent_error err;
    struct ent_buf out;
    char inner[4096];
    char format[64];
    FILE *file;
    size_t len;

    pack("inner.gz", ARCHIVE_FILTER_GZIP, "a.csv", "a,b\n1,2\n", 8);
    file = fopen(temp_path("inner.gz"), "rb");
    ck_assert_ptr_nonnull(file);
    len = fread(inner, 1, sizeof(inner), file);
    fclose(file);
    ent__buf_init(&out);
    read_all(pack("outer.gz", ARCHIVE_FILTER_GZIP, "inner.gz", inner, len), NULL, &out, format,
             &status, &err);
    ck_assert_int_eq(status, ENT_EFORMAT);
    read_all(pack("outer.zip", ARCHIVE_FILTER_NONE, "inner.gz", inner, len), NULL, &out, format,
             &status, &err);
    ck_assert_int_eq(status, ENT_EFORMAT);
    ck_assert_ptr_nonnull(strstr(err.message, "unpack"));
    ck_assert_str_eq(out.text, "");
    ent__buf_release(&out);
}
END_TEST

/* Readers that misbehave, in place of the real ones. */

static enum ent_status put_header(struct ent_sink *sink)
{
    struct ent_record record = { .kind = ENT_RECORD_TABLE };

    return ent__sink_format(sink, "csv", NULL) == ENT_OK ? ent__sink_put(sink, &record, NULL)
                                                         : ENT_EIO;
}

static enum ent_status reader_aborts(struct ent_input *input, const char *name,
                                     struct ent_sink *sink, struct ent_error *err)
{
    (void)input, (void)name, (void)err;
    (void)!put_header(sink);
    abort();
}

static enum ent_status reader_crashes(struct ent_input *input, const char *name,
                                      struct ent_sink *sink, struct ent_error *err)
{
    (void)input, (void)name, (void)sink, (void)err;
    raise(SIGSEGV);
    return ENT_OK;
}

static enum ent_status reader_loops(struct ent_input *input, const char *name,
                                    struct ent_sink *sink, struct ent_error *err)
{
    volatile unsigned n = 0;

    (void)input, (void)name, (void)sink, (void)err;
    while (n < UINT_MAX)
        n = n ? 1 : 2;
    return ENT_OK;
}

static enum ent_status reader_takes_memory(struct ent_input *input, const char *name,
                                           struct ent_sink *sink, struct ent_error *err)
{
    (void)input, (void)name, (void)sink;
    for (int i = 0; i < 4096; i++) {
        char *at = ent__calloc(1 << 20, 1);

        if (!at)
            return ent_fail(err, ENT_ENOMEM, "out of memory");
        at[77] = 1;
    }
    return ENT_OK;
}

static enum ent_status reader_exits(struct ent_input *input, const char *name,
                                    struct ent_sink *sink, struct ent_error *err)
{
    (void)input, (void)name, (void)err;
    (void)!put_header(sink);
    _exit(0);
}

/* Writes to the pipe by itself, as a parser taken over by a file might. */
static enum ent_status reader_babbles(struct ent_input *input, const char *name,
                                      struct ent_sink *sink, struct ent_error *err)
{
    char noise[4096];

    (void)input, (void)name, (void)sink, (void)err;
    memset(noise, 0xa5, sizeof(noise));
    (void)!write(4, noise, sizeof(noise));
    return ENT_OK;
}

static enum ent_status reader_opens_and_writes(struct ent_input *input, const char *name,
                                               struct ent_sink *sink, struct ent_error *err)
{
    bool alone = true;

    (void)input, (void)name, (void)sink;
    for (int fd = 5; fd < 200; fd++)
        alone = alone && lseek(fd, 0, SEEK_CUR) < 0 && errno == EBADF;
    return ent_fail(err, ENT_EFORMAT, alone ? "alone" : "has descriptors of its parent");
}

struct hostile_case {
    ent__reader_fn reader;
    const char *message;
    bool memory; /* not under the sanitizers, which set no limit on memory */
};

static const struct hostile_case hostile_cases[] = {
    { reader_aborts, "(csv) crashed (aborted)", false },
    { reader_crashes, "crashed", false },
    { reader_loops, "processor time", false },
    { reader_takes_memory, "MiB of memory", true },
    { reader_exits, "ended too early", false },
    { reader_babbles, "makes no sense", false },
    { reader_opens_and_writes, "alone", false },
};

#if defined(__SANITIZE_ADDRESS__)
    #define SANITIZED true
#else
    #define SANITIZED false
#endif

START_TEST(hostile_readers)
{
    const struct hostile_case *c = &hostile_cases[_i];
    const struct ent_io_limits limits = { .memory_bytes = 256 << 20, .cpu_seconds = 1 };
    struct ent_source *source;
    struct ent_record record;
    struct ent_error err;
    enum ent_status status;

    if (SANITIZED && (c->memory || c->reader == reader_crashes))
        return;
    ck_assert_int_eq(ent__source_open_with(write_file("x.csv", "a,b\n", 4), &limits, c->reader,
                                           &source, &err),
                     ENT_OK);
    do {
        status = ent__source_next(source, &record, &err);
    } while (status == ENT_OK && record.kind != ENT_RECORD_END);
    ck_assert_int_eq(status, ENT_EFORMAT);
    ck_assert_msg(strstr(err.message, c->message) != NULL, "%s", err.message);
    /* It stays that way. */
    ck_assert_int_eq(ent__source_next(source, &record, &err), ENT_EFORMAT);
    ck_assert_msg(strstr(err.message, c->message) != NULL, "%s", err.message);
    ent__source_close(source);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static int open_descriptors(void)
{
    int n = 0;

    for (int fd = 0; fd < 256; fd++)
        n += dup2(fd, fd) >= 0;
    return n;
}

START_TEST(nothing_is_left_behind)
{
    const char *path;
    struct ent_buf text;
    int before;

    ent__buf_init(&text);
    for (int i = 0; i < 500000; i++)
        ent__buf_printf(&text, "%d,2,3,4,5,6\n", i);
    path = write_file("big.csv", text.text, text.len);
    before = open_descriptors();
    for (int rows = 0; rows < 40; rows++) {
        struct ent_source *source;
        struct ent_record record;

        ck_assert_int_eq(ent__source_open(path, NULL, &source, NULL), ENT_OK);
        for (int i = 0; i < rows; i++)
            ck_assert_int_eq(ent__source_next(source, &record, NULL), ENT_OK);
        ent__source_close(source);
    }
    ck_assert_int_eq(open_descriptors(), before);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ent__buf_release(&text);
}
END_TEST

START_TEST(out_of_memory_at_every_step)
{
    const char *path = write_file("x.csv", "a,b\n\"1\",2\n", 10);
    enum ent_status status = ENT_ENOMEM;
    int before = open_descriptors();
    int k;

    for (k = 0; k < 100 && status != ENT_OK; k++) {
        struct ent_source *source = NULL;
        struct ent_record record = { 0 };

        ent__alloc_fail_after(k);
        status = ent__source_open(path, NULL, &source, NULL);
        while (status == ENT_OK && record.kind != ENT_RECORD_END)
            status = ent__source_next(source, &record, NULL);
        ent__alloc_fail_after(-1);
        ck_assert(status == ENT_OK || status == ENT_ENOMEM || status == ENT_EFORMAT);
        ent__source_close(source);
        ck_assert_int_eq(open_descriptors(), before);
    }
    ck_assert_int_gt(k, 4);
    ck_assert_int_eq(status, ENT_OK);
}
END_TEST

START_TEST(cells)
{
    const struct ent_cell text = { .kind = ENT_CELL_TEXT, .text = ent__str(" 2.385 ") };
    const struct ent_cell whole = { .kind = ENT_CELL_NUMBER, .number = 1946 };
    const struct ent_cell tenth = { .kind = ENT_CELL_NUMBER, .number = 0.1 };
    const struct ent_cell huge = { .kind = ENT_CELL_NUMBER, .number = 9223372036854775808.0 };
    const struct ent_cell blank = { .kind = ENT_CELL_TEXT, .text = ent__str(" \t") };
    const struct ent_cell none = { .kind = ENT_CELL_MISSING };
    char buf[32];
    double number = 42;
    int64_t n = 42;

    ck_assert(ent__cell_f64(&text, &number) && number == 2.385);
    ck_assert(!ent__cell_i64(&text, &n));
    ck_assert(!ent__cell_i64(&huge, &n) && !ent__cell_i64(&tenth, &n));
    ck_assert(!ent__cell_f64(&none, &number) && !ent__cell_f64(&blank, &number));
    ck_assert(n == 42 && number == 2.385);
    ck_assert(ent__cell_i64(&whole, &n) && n == 1946);
    ck_assert(ent__cell_blank(&blank) && ent__cell_blank(&none) && !ent__cell_blank(&whole));
    ck_assert(ent__str_is(ent__cell_text(&text, buf, sizeof(buf)), "2.385"));
    ck_assert(ent__str_is(ent__cell_text(&tenth, buf, sizeof(buf)), "0.1"));
    ck_assert(ent__str_is(ent__cell_text(&whole, buf, sizeof(buf)), "1946"));
    ck_assert(ent__str_is(ent__cell_text(&none, buf, sizeof(buf)), ""));
}
END_TEST

/* FIPS 180-2, appendix B. */
START_TEST(digest)
{
    char hex[ENT_SHA256_TEXT];
    uint64_t bytes = 42;

    ent__bytes_digest("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_int_eq(ent__file_digest(write_file("abc", "abc", 3), hex, &bytes, NULL), ENT_OK);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_uint_eq(bytes, 3);
    ck_assert_int_eq(ent__file_digest(temp_path("absent"), hex, &bytes, NULL), ENT_EIO);
}
END_TEST

struct real_case {
    const char *name;
    const char *format;
    size_t rows; /* in a text file with the header */
    size_t narrowest, widest;
};

static const struct real_case real_cases[] = {
    { "unga/unga_votes_sessions_01_78.csv.gz", "csv in gz", 931270, 10, 10 },
    { "atop/atop_alliance.csv.gz", "csv in gz", 273297, 8, 8 },
    { "trade/cow_trade_ndy.csv.gz", "csv in gz", 673655, 7, 7 },
    { "igo/cow_igo_ndy.csv.gz", "csv in gz", 917696, 4, 4 },
    { "events/gdelt1_georgia_2011-2013.export.tsv.gz", "tsv in gz", 105438, 58, 58 },
    { "events/20180101000000.export.CSV", "tsv", 2414, 61, 61 },
    { "events/events.2018.sample.tab", "tsv", 3706, 20, 20 },
    { "exercises/joint_military_exercises_involving_russia.csv", "csv", 993, 34, 34 },
    { "sipri/trade_register.csv", "csv", 25036, 1, 17 },
    { "ideal-points/IdealpointestimatesAll_Apr2020.csv", "csv", 10470, 14, 14 },
    { "visits/all_engagements_2003-2018.csv", "csv", 5706, 5, 5 },
    { "economy/EI2024_Gas_Trade_movements.csv", "csv", 112, 28, 28 },
    { "unga/UNVotesPublished.RData", "rda in gz", 1066613, 15, 15 },
    { "unga/un_votes.rda", "rda in bz2", 870109, 4, 4 },
    { "unga/un_roll_calls.rda", "rda in bz2", 6203, 9, 9 },
    { "unga/un_roll_call_issues.rda", "rda in bz2", 5745, 3, 3 },
    { "states/codelist_panel.rda", "rda in xz", 29574, 59, 59 },
    { "trade/cow_trade_ndy.rda", "rda in xz", 673654, 7, 7 },
    { "contiguity/cow_mindist.rda", "rda in xz", 952244, 4, 4 },
    { "atop/atop_alliance.rda", "rda in bz2", 273296, 8, 8 },
    { "nmc/cow_nmc.rda", "rda in gz", 17121, 9, 9 },
    { "sipri/SIPRI-Milex-data-1949-2024_2.xlsx", "xlsx", 1720, 1, 80 },
    { "visits/WHO-WHERE-WHEN-dataset-v.1.1.xlsx", "xlsx", 606, 1, 8 },
    { "trade/imf_dots_TradeData.xlsx", "xlsx", 30, 73, 73 },
    { "trade/USA_2.1.1_top_export_partners_reverse.xlsx", "xlsx", 3912, 10, 10 },
    { "mid/MIDA_4.3.dta", "dta", 2315, 24, 24 },
    { "mid/MIDB_4.3.dta", "dta", 5558, 20, 20 },
};

START_TEST(real_files)
{
    const struct real_case *c = &real_cases[_i];
    const char *path = real_data(c->name);
    struct ent_source *source;
    struct ent_record record;
    struct ent_error err;
    size_t rows = 0;

    if (!path)
        return;
    ck_assert_int_eq(ent__source_open(path, NULL, &source, &err), ENT_OK);
    for (;;) {
        ck_assert_msg(ent__source_next(source, &record, &err) == ENT_OK, "%s", err.message);
        if (record.kind == ENT_RECORD_END)
            break;
        if (record.kind != ENT_RECORD_ROW)
            continue;
        rows++;
        ck_assert_msg(record.cell_count >= c->narrowest && record.cell_count <= c->widest,
                      "%s:%zu: %zu cells", c->name, record.line, record.cell_count);
    }
    ck_assert_uint_eq(rows, c->rows);
    ck_assert_str_eq(ent__source_format(source), c->format);
    ent__source_close(source);
}
END_TEST

#define COUNT(cases) (int)(sizeof(cases) / sizeof((cases)[0]))

int main(void)
{
    Suite *suite = suite_create("io");
    TCase *tests = tcase_create("io");

    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    tcase_add_unchecked_fixture(tests, make_dir, remove_dir);
    tcase_add_loop_test(tests, texts, 0, COUNT(text_cases));
    tcase_add_test(tests, nul_byte_late);
    tcase_add_loop_test(tests, long_text_is_read_whole, 0, 3);
    tcase_add_loop_test(tests, limits_hold, 0, COUNT(limit_cases));
    tcase_add_test(tests, paths);
    tcase_add_loop_test(tests, packed, 0, COUNT(pack_cases));
    tcase_add_loop_test(tests, truncated, 0, COUNT(pack_cases));
    tcase_add_loop_test(tests, bomb_is_cut_off, 0, COUNT(pack_cases));
    tcase_add_test(tests, archives_within_archives_are_refused);
    tcase_add_loop_test(tests, hostile_readers, 0, COUNT(hostile_cases));
    tcase_add_test(tests, nothing_is_left_behind);
    tcase_add_test(tests, out_of_memory_at_every_step);
    tcase_add_test(tests, cells);
    tcase_add_test(tests, digest);
    tcase_add_loop_test(tests, real_files, 0, COUNT(real_cases));
    return run_suite(suite);
}
