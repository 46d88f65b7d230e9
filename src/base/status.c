#include "entente/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum ent_status ent_fail(struct ent_error *err, enum ent_status status, const char *format, ...)
{
    int os_errno = status == ENT_EIO ? errno : 0;
    va_list args;

    if (!err)
        return status;
    memset(err, 0, sizeof(*err));
    err->status = status;
    err->os_errno = os_errno;
    va_start(args, format);
    vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    return status;
}

void ent_error_at(struct ent_error *err, const char *source, size_t line, size_t column)
{
    if (!err)
        return;
    if (source && !err->source[0])
        snprintf(err->source, sizeof(err->source), "%s", source);
    if (line && !err->line)
        err->line = line;
    if (column && !err->column)
        err->column = column;
}

char *ent_error_text(const struct ent_error *err, char *text, size_t size)
{
    char place[48] = "";

    if (size == 0)
        return text;
    if (err->line && err->column)
        snprintf(place, sizeof(place), ":%zu:%zu", err->line, err->column);
    else if (err->line)
        snprintf(place, sizeof(place), ":%zu", err->line);
    if (err->source[0])
        snprintf(text, size, "%s%s: %s", err->source, place, err->message);
    else
        snprintf(text, size, "%s", err->message);
    return text;
}

const char *ent_status_name(enum ent_status status)
{
    switch (status) {
    case ENT_OK:
        return "ENT_OK";
    case ENT_EINVAL:
        return "ENT_EINVAL";
    case ENT_ENOMEM:
        return "ENT_ENOMEM";
    case ENT_EIO:
        return "ENT_EIO";
    case ENT_EFORMAT:
        return "ENT_EFORMAT";
    case ENT_ENOTFOUND:
        return "ENT_ENOTFOUND";
    case ENT_EAMBIGUOUS:
        return "ENT_EAMBIGUOUS";
    case ENT_EDB:
        return "ENT_EDB";
    case ENT_EBUSY:
        return "ENT_EBUSY";
    case ENT_EDIVERGE:
        return "ENT_EDIVERGE";
    case ENT_ECANCEL:
        return "ENT_ECANCEL";
    }
    return "unknown status";
}
