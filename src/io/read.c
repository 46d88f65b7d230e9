/* What a file is, by its first bytes, and the reader for it. */
#include "io/read.h"

#include <string.h>

#include "base/alloc.h"
#include "io/container.h"
#include "io/rdata.h"
#include "io/stat.h"
#include "io/text.h"
#include "io/xlsx.h"

enum family {
    FAMILY_TEXT,
    FAMILY_STAT,   /* Stata, SPSS, SAS */
    FAMILY_RDATA,  /* R */
    FAMILY_BINARY, /* of no known format */
    FAMILY_ZIP,
    FAMILY_PACKED,
    FAMILY_REFUSED, /* known, and not read */
};

struct found {
    enum family family;
    const char *name; /* as a user calls it */
};

struct magic {
    enum family family;
    const char *name;
    size_t at; /* where in the file the bytes stand */
    size_t len;
    const char *bytes;
};

static const struct magic magics[] = {
    { FAMILY_ZIP, "zip", 0, 4, "PK\3\4" },
    { FAMILY_ZIP, "zip", 0, 4, "PK\5\6" },
    { FAMILY_REFUSED, "an Excel file of before 2007: save it as .xlsx", 0, 4,
      "\xd0\xcf\x11\xe0" },
    { FAMILY_REFUSED, "a PDF document", 0, 5, "%PDF-" },
    { FAMILY_REFUSED, "a 7z archive", 0, 4, "7z\xbc\xaf" },
    { FAMILY_REFUSED, "a rar archive", 0, 4, "Rar!" },
    { FAMILY_REFUSED, "a tar archive: unpack it", 257, 5, "ustar" },
    { FAMILY_REFUSED, "an SQLite database", 0, 15, "SQLite format 3" },
    { FAMILY_REFUSED, "a Parquet file", 0, 4, "PAR1" },
    { FAMILY_REFUSED, "an XML document", 0, 5, "<?xml" },
};

static bool matches(const struct magic *magic, const unsigned char *head, size_t len)
{
    return len >= magic->at + magic->len &&
           memcmp(head + magic->at, magic->bytes, magic->len) == 0;
}

/* A page that says why there is no file is often saved in place of the file. */
static bool is_web_page(struct ent_str text)
{
    static const char *const begins[] = { "<!doctype html", "<html" };

    text = ent__str_trim(text);
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (ent__str_is_nocase(ent__str_slice(text, 0, strlen(begins[i])), begins[i]))
            return true;
    }
    return false;
}

static struct found recognise(const unsigned char *head, size_t len)
{
    struct ent_str text = { (const char *)head, len };

    if (ent__compression_of(head, len))
        return (struct found){ FAMILY_PACKED, ent__compression_of(head, len) };
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        if (matches(&magics[i], head, len))
            return (struct found){ magics[i].family, magics[i].name };
    }
    if (ent__stat_format(head, len))
        return (struct found){ FAMILY_STAT, ent__stat_format(head, len) };
    if (ent__rdata_format(head, len))
        return (struct found){ FAMILY_RDATA, ent__rdata_format(head, len) };
    if (is_web_page(text))
        return (struct found){ FAMILY_REFUSED, "a web page: did the download fail?" };
    if (len >= 2 && (memcmp(head, "\xff\xfe", 2) == 0 || memcmp(head, "\xfe\xff", 2) == 0))
        return (struct found){ FAMILY_TEXT, "text" };
    if (memchr(head, '\0', len))
        return (struct found){ FAMILY_BINARY, "no format that is read here" };
    return (struct found){ FAMILY_TEXT, "text" };
}

/* Formats that are read here and there, and not from front to back, need all of it. */
static enum ent_status read_stat(struct ent_stream *stream, struct found found,
                                 struct ent_str table, struct ent_sink *sink,
                                 struct ent_error *err)
{
    struct ent_input input;
    unsigned char *bytes;
    enum ent_status status;
    size_t len;

    ENT_TRY(ent__stream_slurp(stream, &bytes, &len, err));
    ent__input_memory(&input, bytes, len);
    status = ent__stat_read(&input, found.name, table, sink, err);
    ent__free(bytes);
    return status;
}

/* One file that is not wrapped any more. */
static enum ent_status read_stream(struct ent_stream *stream, struct found found,
                                   struct ent_str table, const char *file_name,
                                   struct ent_sink *sink, struct ent_error *err)
{
    if (stream->head_len == 0)
        return ent_fail(err, ENT_EFORMAT, "the file is empty");
    switch (found.family) {
    case FAMILY_TEXT:
        return ent__text_read(stream, table, file_name, sink, err);
    case FAMILY_STAT:
        return read_stat(stream, found, table, sink, err);
    case FAMILY_RDATA:
        return ent__rdata_read(stream, found.name, sink, err);
    case FAMILY_ZIP:
    case FAMILY_PACKED:
        return ent_fail(err, ENT_EFORMAT, "%s within %s: unpack it", found.name,
                        sink->container);
    case FAMILY_REFUSED:
    case FAMILY_BINARY:
        break;
    }
    return ent_fail(err, ENT_EFORMAT, "this is %s", found.name);
}

static enum ent_status read_packed(struct ent_stream *packed, const char *compression,
                                   const char *file_name, struct ent_sink *sink,
                                   struct ent_error *err)
{
    struct ent_unpack *unpack;
    struct ent_stream *stream;
    enum ent_status status;

    sink->container = compression;
    ENT_TRY(ent__unpack_filter(packed, sink->limits.expanded_bytes, &unpack, err));
    status = ent__unpack_stream(unpack, &stream, err);
    if (status == ENT_OK)
        status = read_stream(stream, recognise(stream->head, stream->head_len), ent__str(""),
                             file_name, sink, err);
    ent__unpack_close(unpack);
    return status;
}

/* Folders of macOS and hidden files are no data. */
static bool is_hidden(const char *name)
{
    const char *base = strrchr(name, '/');

    return strncmp(name, "__MACOSX/", 9) == 0 || (base ? base + 1 : name)[0] == '.';
}

static enum ent_status read_packed_member(struct ent_stream *packed, struct found found,
                                          struct ent_sink *sink, struct ent_error *err)
{
    struct ent_unpack *unpack;
    struct ent_stream *stream;
    enum ent_status status;
    const char *format;

    ENT_TRY(ent__unpack_filter(packed, sink->limits.expanded_bytes, &unpack, err));
    status = ent__unpack_stream(unpack, &stream, err);
    format = status == ENT_OK ? ent__rdata_format(stream->head, stream->head_len) : NULL;
    if (format)
        status = ent__rdata_read(stream, format, sink, err);
    else if (status == ENT_OK)
        status =
            ent_fail(err, ENT_EFORMAT, "%s within %s: unpack it", found.name, sink->container);
    ent__unpack_close(unpack);
    return status;
}

/* A member of an archive; *used tells whether it was data. */
static enum ent_status read_member(struct ent_unpack *unpack, const char *name,
                                   struct ent_sink *sink, bool *used, struct ent_error *err)
{
    struct ent_stream *stream;
    struct found found;

    ENT_TRY(ent__unpack_stream(unpack, &stream, err));
    found = recognise(stream->head, stream->head_len);
    if (found.family == FAMILY_REFUSED || found.family == FAMILY_BINARY ||
        stream->head_len == 0)
        return ENT_OK;
    *used = true;
    /* R packs its files itself: that is no archive within an archive. */
    if (found.family == FAMILY_PACKED)
        return read_packed_member(stream, found, sink, err);
    return read_stream(stream, found, ent__str(name), name, sink, err);
}

static enum ent_status is_xlsx(struct ent_input *input, bool *yes, struct ent_error *err)
{
    struct ent_unpack *unpack;
    enum ent_status status;
    const char *name;

    ENT_TRY(ent__unpack_zip(input, 0, &unpack, err));
    do {
        status = ent__unpack_next(unpack, &name, err);
        *yes = status == ENT_OK && name && strcmp(name, ENT_XLSX_WORKBOOK) == 0;
    } while (status == ENT_OK && name && !*yes);
    ent__unpack_close(unpack);
    return status;
}

static enum ent_status
read_zip(struct ent_input *input, struct ent_sink *sink, struct ent_error *err)
{
    struct ent_unpack *unpack;
    enum ent_status status;
    const char *name;
    bool used = false;

    ENT_TRY(is_xlsx(input, &used, err));
    if (used)
        return ent__xlsx_read(input, sink, err);
    sink->container = "zip";
    ENT_TRY(ent__unpack_zip(input, sink->limits.expanded_bytes, &unpack, err));
    do {
        status = ent__unpack_next(unpack, &name, err);
        if (status == ENT_OK && name && !is_hidden(name))
            status = read_member(unpack, name, sink, &used, err);
    } while (status == ENT_OK && name);
    ent__unpack_close(unpack);
    if (status == ENT_OK && !used)
        return ent_fail(err, ENT_EFORMAT, "the zip archive has no member that is read here");
    return status;
}

enum ent_status ent__read_any(struct ent_input *input, const char *file_name,
                              struct ent_sink *sink, struct ent_error *err)
{
    struct ent_stream stream;
    struct found found;

    ENT_TRY(ent__stream_plain(&stream, input, err));
    found = recognise(stream.head, stream.head_len);
    switch (found.family) {
    case FAMILY_PACKED:
        return read_packed(&stream, found.name, file_name, sink, err);
    case FAMILY_ZIP:
        return read_zip(input, sink, err);
    case FAMILY_STAT:
        return ent__stat_read(input, found.name, ent__str(""), sink, err);
    case FAMILY_TEXT:
    case FAMILY_RDATA:
    case FAMILY_BINARY:
    case FAMILY_REFUSED:
        break;
    }
    return read_stream(&stream, found, ent__str(""), file_name, sink, err);
}
