#include "entente/json.h"

#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/alloc.h"

#define DEPTH 16

struct ent_json {
    json_t *root;
    json_t *open[DEPTH]; /* borrowed from root */
    size_t depth;
    bool failed; /* out of memory, or text that is not UTF-8 */
    bool misused;
};

struct ent_json *ent_json_new(void)
{
    return ent__calloc(1, sizeof(struct ent_json));
}

void ent_json_free(struct ent_json *json)
{
    if (!json)
        return;
    json_decref(json->root);
    ent__free(json);
}

/* Takes over `value`; NULL is a failure to make it.  Returns it, borrowed, or NULL. */
static json_t *add(struct ent_json *json, const char *key, json_t *value)
{
    json_t *inside = json->depth ? json->open[json->depth - 1] : NULL;
    int failed = 0;

    if (!value) {
        json->failed = true;
        return NULL;
    }
    if (!inside && json->root) {
        json->misused = true;
        json_decref(value);
        return NULL;
    }
    if (!inside)
        json->root = value;
    else if (json_is_object(inside))
        failed = json_object_set_new(inside, key ? key : "", value);
    else
        failed = json_array_append_new(inside, value);
    if (failed)
        json->failed = true;
    return failed ? NULL : value;
}

static void open_value(struct ent_json *json, const char *key, json_t *value)
{
    value = add(json, key, value);
    if (!value || json->depth == DEPTH) {
        json->misused = true;
        return;
    }
    json->open[json->depth++] = value;
}

void ent_json_open_object(struct ent_json *json, const char *key)
{
    open_value(json, key, json_object());
}

void ent_json_open_list(struct ent_json *json, const char *key)
{
    open_value(json, key, json_array());
}

void ent_json_close(struct ent_json *json)
{
    if (json->depth)
        json->depth--;
    else
        json->misused = true;
}

void ent_json_text(struct ent_json *json, const char *key, const char *text)
{
    add(json, key, text ? json_string(text) : json_null());
}

void ent_json_int(struct ent_json *json, const char *key, int64_t value)
{
    add(json, key, json_integer(value));
}

void ent_json_bool(struct ent_json *json, const char *key, bool value)
{
    add(json, key, json_boolean(value));
}

void ent_json_null(struct ent_json *json, const char *key)
{
    add(json, key, json_null());
}

void ent_json_number(struct ent_json *json, const char *key, double value)
{
    add(json, key, isfinite(value) ? json_real(value) : json_null());
}

enum ent_status ent_json_write(const struct ent_json *json, char **text, struct ent_error *err)
{
    const size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY;
    size_t len;
    char *out;

    if (json->misused || json->depth || !json->root)
        return ent_fail(err, ENT_EINVAL, "the JSON value is not whole");
    if (json->failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for JSON, or text that is not UTF-8");
    len = json_dumpb(json->root, NULL, 0, flags);
    out = len ? ent__calloc(len + 2, 1) : NULL;
    if (!out)
        return ent_fail(err, ENT_ENOMEM, "out of memory for JSON");
    json_dumpb(json->root, out, len, flags);
    out[len] = '\n';
    *text = out;
    return ENT_OK;
}
