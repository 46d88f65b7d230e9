#include "io/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/xml.h"

enum {
    SHEETS_MOST = 1024,
    STYLES_MOST = 1 << 16,
    STRINGS_MOST = 1 << 24,
};

/* Reading one of the small parts. */
struct part {
    struct ent_xlsx *book;
    struct ent_buf text;   /* of the shared string being read */
    bool in_text;          /* within its t */
    bool in_cell_formats;  /* within cellXfs */
    size_t phonetic;       /* depth within rPh, whose text is no part of the string */
    struct ent_intern ids; /* of number formats that are dates */
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory to read a workbook");
}

static enum ent_status ignore_end(void *context, const char *name, struct ent_error *err)
{
    (void)context, (void)name, (void)err;
    return ENT_OK;
}

static enum ent_status ignore_text(void *context, struct ent_str text, struct ent_error *err)
{
    (void)context, (void)text, (void)err;
    return ENT_OK;
}

/* xl/workbook.xml: the sheets, and where dates begin. */
static enum ent_status workbook_start(void *context, const char *name,
                                      const char *const *attributes, struct ent_error *err)
{
    struct ent_xlsx *book = ((struct part *)context)->book;
    const char *title = ent__xml_attribute(attributes, "name");
    const char *relation = ent__xml_attribute(attributes, "id");
    const char *from_1904 = ent__xml_attribute(attributes, "date1904");
    void *grown = book->sheets;
    struct ent_xlsx_sheet sheet = { 0 };

    if (strcmp(name, "workbookPr") == 0 && from_1904)
        book->from_1904 = strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0;
    if (strcmp(name, "sheet") != 0 || !title || !relation)
        return ENT_OK;
    if (book->sheet_count == SHEETS_MOST)
        return ent_fail(err, ENT_EFORMAT, "over %d sheets", SHEETS_MOST);
    ENT_TRY(ent__grow(&grown, &book->sheet_capacity, book->sheet_count + 1,
                      sizeof(*book->sheets), err));
    book->sheets = grown;
    sheet.name = ent__arena_copy(&book->arena, ent__str(title));
    sheet.relation = ent__arena_copy(&book->arena, ent__str(relation));
    if (!sheet.name || !sheet.relation)
        return no_memory(err);
    book->sheets[book->sheet_count++] = sheet;
    return ENT_OK;
}

/* xl/_rels/workbook.xml.rels: which member is which sheet. */
static enum ent_status relations_start(void *context, const char *name,
                                       const char *const *attributes, struct ent_error *err)
{
    struct ent_xlsx *book = ((struct part *)context)->book;
    const char *id = ent__xml_attribute(attributes, "Id");
    const char *type = ent__xml_attribute(attributes, "Type");
    const char *target = ent__xml_attribute(attributes, "Target");

    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        !ent__str_ends(ent__str(type), "/worksheet"))
        return ENT_OK;
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (strcmp(book->sheets[i].relation, id) != 0)
            continue;
        book->sheets[i].path = target[0] == '/'
                                   ? ent__arena_copy(&book->arena, ent__str(target + 1))
                                   : ent__arena_printf(&book->arena, "xl/%s", target);
        if (!book->sheets[i].path)
            return no_memory(err);
    }
    return ENT_OK;
}

bool ent__xlsx_is_date_format(const char *format)
{
    for (const char *c = format; *c; c++) {
        const char *close;

        switch (*c) {
        case '"': /* text, up to the next quote */
            close = strchr(c + 1, '"');
            break;
        case '[': /* a colour, a condition, a language, or elapsed hours */
            close = strchr(c + 1, ']');
            break;
        case '\\': /* one character; after _ the width of one, after * a filler */
        case '_':
        case '*':
            close = c[1] ? c + 1 : NULL;
            break;
        case 'y':
        case 'Y':
        case 'd':
        case 'D':
            return true;
        default:
            continue;
        }
        if (!close)
            return false;
        c = close;
    }
    return false;
}

/* The formats that are known by number alone: ECMA-376, 18.8.30, and the East Asian ones. */
static bool is_builtin_date(long id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 58);
}

static enum ent_status add_style(struct part *part, const char *id, struct ent_error *err)
{
    struct ent_xlsx *book = part->book;
    void *grown = book->is_date;
    uint32_t found;

    if (book->style_count == STYLES_MOST)
        return ent_fail(err, ENT_EFORMAT, "over %d styles", STYLES_MOST);
    ENT_TRY(ent__grow(&grown, &book->style_capacity, book->style_count + 1,
                      sizeof(*book->is_date), err));
    book->is_date = grown;
    book->is_date[book->style_count++] =
        id && (is_builtin_date(strtol(id, NULL, 10)) ||
               ent__intern_find(&part->ids, ent__str(id), &found));
    return ENT_OK;
}

/* xl/styles.xml: which styles of cells are dates. */
static enum ent_status styles_start(void *context, const char *name,
                                    const char *const *attributes, struct ent_error *err)
{
    struct part *part = context;
    const char *id = ent__xml_attribute(attributes, "numFmtId");
    const char *format = ent__xml_attribute(attributes, "formatCode");
    uint32_t added;

    if (strcmp(name, "cellXfs") == 0)
        part->in_cell_formats = true;
    else if (strcmp(name, "xf") == 0 && part->in_cell_formats)
        return add_style(part, id, err);
    else if (strcmp(name, "numFmt") == 0 && id && format && ent__xlsx_is_date_format(format))
        return ent__intern(&part->ids, ent__str(id), &added, err);
    return ENT_OK;
}

static enum ent_status styles_end(void *context, const char *name, struct ent_error *err)
{
    struct part *part = context;

    (void)err;
    if (strcmp(name, "cellXfs") == 0)
        part->in_cell_formats = false;
    return ENT_OK;
}

/* xl/sharedStrings.xml: the texts of cells, by number. */
static enum ent_status strings_start(void *context, const char *name,
                                     const char *const *attributes, struct ent_error *err)
{
    struct part *part = context;

    (void)attributes, (void)err;
    if (strcmp(name, "si") == 0)
        ent__buf_clear(&part->text);
    else if (strcmp(name, "rPh") == 0)
        part->phonetic++;
    part->in_text = strcmp(name, "t") == 0 && part->phonetic == 0;
    return ENT_OK;
}

static enum ent_status add_string(struct part *part, struct ent_error *err)
{
    struct ent_xlsx *book = part->book;
    struct ent_str text = ent__buf_str(&part->text);
    void *grown = book->strings;
    char *copy;

    ENT_TRY(ent__buf_check(&part->text, err));
    if (book->string_count == STRINGS_MOST)
        return ent_fail(err, ENT_EFORMAT, "over %d texts", STRINGS_MOST);
    ENT_TRY(ent__grow(&grown, &book->string_capacity, book->string_count + 1,
                      sizeof(*book->strings), err));
    book->strings = grown;
    copy = ent__arena_copy(&book->arena, text);
    if (!copy)
        return no_memory(err);
    book->strings[book->string_count++] = (struct ent_str){ copy, text.len };
    return ENT_OK;
}

static enum ent_status strings_end(void *context, const char *name, struct ent_error *err)
{
    struct part *part = context;

    part->in_text = false;
    if (strcmp(name, "rPh") == 0 && part->phonetic > 0)
        part->phonetic--;
    return strcmp(name, "si") == 0 ? add_string(part, err) : ENT_OK;
}

static enum ent_status strings_text(void *context, struct ent_str text, struct ent_error *err)
{
    struct part *part = context;

    if (!part->in_text)
        return ENT_OK;
    ent__buf_add(&part->text, text);
    if (part->text.len > part->book->sink->limits.cell_bytes)
        return ent_fail(err, ENT_EFORMAT, "a cell of over %zu bytes",
                        part->book->sink->limits.cell_bytes);
    return ENT_OK;
}

typedef enum ent_status (*member_fn)(void *context, struct ent_stream *stream,
                                     struct ent_error *err);

/* Call fn with the bytes of a member; *found tells whether there is one. */
static enum ent_status with_member(struct ent_xlsx *book, const char *path, member_fn fn,
                                   void *context, bool *found, struct ent_error *err)
{
    struct ent_unpack *unpack;
    struct ent_stream *stream;
    enum ent_status status;
    const char *name;

    *found = false;
    ENT_TRY(ent__unpack_zip(book->input, book->left, &unpack, err));
    do {
        status = ent__unpack_next(unpack, &name, err);
    } while (status == ENT_OK && name && strcmp(name, path) != 0);
    if (status == ENT_OK && name) {
        *found = true;
        status = ent__unpack_stream(unpack, &stream, err);
        if (status == ENT_OK)
            status = fn(context, stream, err);
        book->left = stream->left;
    }
    ent__unpack_close(unpack);
    return status;
}

static enum ent_status read_xml(void *context, struct ent_stream *stream, struct ent_error *err)
{
    return ent__xml_read(stream, context, err);
}

static enum ent_status read_part(struct ent_xlsx *book, const char *path,
                                 struct ent_xml_handler handler, bool *found,
                                 struct ent_error *err)
{
    struct part part = { .book = book };
    enum ent_status status;

    ent__buf_init(&part.text);
    ent__intern_init(&part.ids);
    handler.context = &part;
    status = with_member(book, path, read_xml, &handler, found, err);
    ent__buf_release(&part.text);
    ent__intern_release(&part.ids);
    return status;
}

/* Everything but the sheets. */
static enum ent_status read_parts(struct ent_xlsx *book, struct ent_error *err)
{
    const struct ent_xml_handler workbook = { NULL, workbook_start, ignore_end, ignore_text };
    const struct ent_xml_handler relations = { NULL, relations_start, ignore_end, ignore_text };
    const struct ent_xml_handler styles = { NULL, styles_start, styles_end, ignore_text };
    const struct ent_xml_handler strings = { NULL, strings_start, strings_end, strings_text };
    bool found;

    ENT_TRY(read_part(book, ENT_XLSX_WORKBOOK, workbook, &found, err));
    if (found)
        ENT_TRY(read_part(book, "xl/_rels/workbook.xml.rels", relations, &found, err));
    if (!found || book->sheet_count == 0)
        return ent_fail(err, ENT_EFORMAT, "the workbook has no list of its sheets");
    ENT_TRY(read_part(book, "xl/styles.xml", styles, &found, err));
    return read_part(book, "xl/sharedStrings.xml", strings, &found, err);
}

static enum ent_status
read_rows(void *context, struct ent_stream *stream, struct ent_error *err)
{
    return ent__xlsx_read_sheet(context, stream, err);
}

static enum ent_status read_sheets(struct ent_xlsx *book, struct ent_error *err)
{
    bool found;

    for (size_t i = 0; i < book->sheet_count; i++) {
        struct ent_record table = { .kind = ENT_RECORD_TABLE,
                                    .table = ent__str(book->sheets[i].name) };
        enum ent_status status;

        if (!book->sheets[i].path)
            continue;
        ENT_TRY(ent__sink_put(book->sink, &table, err));
        status = with_member(book, book->sheets[i].path, read_rows, book, &found, err);
        if (status == ENT_OK && !found)
            status = ent_fail(err, ENT_EFORMAT, "the sheet \"%.99s\" is missing",
                              book->sheets[i].name);
        if (status != ENT_OK)
            return status;
    }
    return ENT_OK;
}

enum ent_status
ent__xlsx_read(struct ent_input *input, struct ent_sink *sink, struct ent_error *err)
{
    struct ent_xlsx book = { .input = input,
                             .sink = sink,
                             .left = sink->limits.expanded_bytes };
    enum ent_status status = read_parts(&book, err);

    if (status == ENT_OK)
        status = ent__sink_format(sink, "xlsx", err);
    if (status == ENT_OK)
        status = read_sheets(&book, err);
    ent__arena_release(&book.arena);
    ent__free(book.sheets);
    ent__free(book.strings);
    ent__free(book.is_date);
    return status;
}
