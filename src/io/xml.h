/*
 * XML that may be hostile: no document types, so no entities of its own, and
 * no deep nesting.
 */
#ifndef ENTENTE_IO_XML_H
#define ENTENTE_IO_XML_H

#include "io/container.h"

/* What is called as a document is read; names are without their prefix. */
struct ent_xml_handler {
    void *context;
    enum ent_status (*start)(void *context, const char *name, const char *const *attributes,
                             struct ent_error *err);
    enum ent_status (*end)(void *context, const char *name, struct ent_error *err);
    enum ent_status (*text)(void *context, struct ent_str text, struct ent_error *err);
};

/*
 * Read a document to its end.
 *
 *   ENT_EFORMAT  it is not well formed, or has a document type
 *   ENT_ENOMEM   out of memory
 *   and what the stream and the handler return
 */
ENT_MUST_CHECK enum ent_status ent__xml_read(struct ent_stream *stream,
                                             const struct ent_xml_handler *handler,
                                             struct ent_error *err);

/* The value of an attribute, by its name with any prefix; NULL when it is not there. */
const char *ent__xml_attribute(const char *const *attributes, const char *name);

#endif
