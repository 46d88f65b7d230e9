#include "io/xml.h"

#include <string.h>

#include <expat.h>

#include "base/alloc.h"

enum {
    CHUNK_BYTES = 64 * 1024,
    DEPTH_MOST = 64, /* spreadsheets need about ten */
};

struct xml_reader {
    XML_Parser parser;
    const struct ent_xml_handler *handler;
    size_t depth;
    enum ent_status failed;
    struct ent_error *err;
};

static void check(struct xml_reader *r, enum ent_status status)
{
    if (status == ENT_OK || r->failed != ENT_OK)
        return;
    r->failed = status;
    XML_StopParser(r->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_reader *r = context;

    if (r->failed != ENT_OK)
        return;
    if (++r->depth > DEPTH_MOST)
        check(r, ent_fail(r->err, ENT_EFORMAT, "XML nested over %d deep", DEPTH_MOST));
    else
        check(r, r->handler->start(r->handler->context, local_name(name),
                                   (const char *const *)attributes, r->err));
}

static void XMLCALL on_end(void *context, const XML_Char *name)
{
    struct xml_reader *r = context;

    if (r->failed != ENT_OK)
        return;
    r->depth--;
    check(r, r->handler->end(r->handler->context, local_name(name), r->err));
}

static void XMLCALL on_text(void *context, const XML_Char *text, int len)
{
    struct xml_reader *r = context;

    if (r->failed == ENT_OK)
        check(r, r->handler->text(r->handler->context, (struct ent_str){ text, (size_t)len },
                                  r->err));
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    struct xml_reader *r = context;

    (void)name, (void)system, (void)public, (void)internal;
    check(r,
          ent_fail(r->err, ENT_EFORMAT, "XML with a document type, which no spreadsheet has"));
}

static enum ent_status feed(struct xml_reader *r, struct ent_stream *stream)
{
    size_t got;

    do {
        void *buf = XML_GetBuffer(r->parser, CHUNK_BYTES);

        if (!buf)
            return ent_fail(r->err, ENT_ENOMEM, "out of memory to read XML");
        ENT_TRY(ent__stream_read(stream, buf, CHUNK_BYTES, &got, r->err));
        if (XML_ParseBuffer(r->parser, (int)got, got == 0) == XML_STATUS_ERROR) {
            if (r->failed != ENT_OK)
                return r->failed;
            if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
                return ent_fail(r->err, ENT_ENOMEM, "out of memory to read XML");
            return ent_fail(r->err, ENT_EFORMAT, "damaged XML, line %lu: %s",
                            XML_GetCurrentLineNumber(r->parser),
                            XML_ErrorString(XML_GetErrorCode(r->parser)));
        }
    } while (got > 0);
    return r->failed;
}

enum ent_status ent__xml_read(struct ent_stream *stream, const struct ent_xml_handler *handler,
                              struct ent_error *err)
{
    struct xml_reader r = { .handler = handler, .err = err };
    enum ent_status status;

    r.parser = XML_ParserCreate(NULL);
    if (!r.parser)
        return ent_fail(err, ENT_ENOMEM, "out of memory to read XML");
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    status = feed(&r, stream);
    XML_ParserFree(r.parser);
    return status;
}

const char *ent__xml_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(local_name(attributes[i]), name) == 0)
            return attributes[i + 1];
    }
    return NULL;
}
