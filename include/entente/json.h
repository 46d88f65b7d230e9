/*
 * JSON, written from the outside in: open an object or a list, add to it, close it.
 *
 * Keys keep the order in which they are added.  The building calls do not fail:
 * when memory runs out, or text is not UTF-8, the writer remembers and
 * ent_json_write says so.  `key` is NULL inside a list, and for the outermost
 * value.  One thread at a time.
 */
#ifndef ENTENTE_JSON_H
#define ENTENTE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_json;

/* NULL when out of memory. */
ENT_API struct ent_json *ent_json_new(void);
ENT_API void ent_json_free(struct ent_json *json);

ENT_API void ent_json_open_object(struct ent_json *json, const char *key);
ENT_API void ent_json_open_list(struct ent_json *json, const char *key);
ENT_API void ent_json_close(struct ent_json *json);

ENT_API void ent_json_text(struct ent_json *json, const char *key, const char *text);
ENT_API void ent_json_int(struct ent_json *json, const char *key, int64_t value);
ENT_API void ent_json_bool(struct ent_json *json, const char *key, bool value);
ENT_API void ent_json_null(struct ent_json *json, const char *key);

/* To fifteen significant digits; NAN and infinities become null. */
ENT_API void ent_json_number(struct ent_json *json, const char *key, double value);

/*
 * Write all of it, indented, ended by a newline.  *text is freed with
 * ent_text_free of entente/document.h.
 *
 *   ENT_ENOMEM  out of memory
 *   ENT_EINVAL  something was left open, or a text was not UTF-8
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_json_write(const struct ent_json *json, char **text, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
