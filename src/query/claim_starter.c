/*
 * Claims' data from the starter panel: single values of some major states, and no
 * partners, no roll calls and no lists of disputes.
 */
#include <math.h>

#include "base/alloc.h"
#include "query/claim_inside.h"
#include "query/starter.h"

static enum ent_claim_lack lack_of(enum ent_reason reason)
{
    switch (reason) {
    case ENT_NOT_LOADED:
        return ENT_LACK_LOADED;
    case ENT_BEFORE_DATA:
        return ENT_LACK_BEFORE;
    case ENT_AFTER_DATA:
        return ENT_LACK_AFTER;
    case ENT_NOT_MEMBER:
        return ENT_LACK_MEMBER;
    case ENT_NOT_WATCHED:
        return ENT_LACK_WATCHED;
    case ENT_KNOWN:
    case ENT_NO_VALUE:
    case ENT_NONE_ON_RECORD:
        break;
    }
    return ENT_LACK_VALUE;
}

static void starter_cell(void *context, size_t measure, size_t source, int a, int b, int year,
                         struct ent_claim_cell *out)
{
    struct ent_claim_source *s = context;
    struct ent_starter_value v;
    struct ent_error err = { 0 };
    enum ent_status status;

    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_LOADED };
    if (!s->read)
        return;
    status = ent__starter_value(s->starter, measure, source, a, b, year, &v, &err);
    if (status != ENT_OK) {
        if (s->status == ENT_OK) {
            s->status = status;
            s->error = err;
        }
        return;
    }
    out->value = v.value;
    out->first_year = v.first_year;
    out->last_year = v.last_year;
    out->lack = v.value == v.value ? ENT_LACK_NOTHING
                : !v.has_states    ? ENT_LACK_FULL
                                   : lack_of(v.reason);
}

static void starter_line(void *context, size_t measure, size_t source, int a, int year,
                         struct ent_claim_line *out)
{
    (void)context, (void)measure, (void)source, (void)a, (void)year;
    *out = (struct ent_claim_line){ NULL, { .value = NAN, .lack = ENT_LACK_FULL } };
}

static const double *
starter_field(void *context, size_t measure, size_t source, int year, size_t *count)
{
    (void)context, (void)measure, (void)source, (void)year;
    *count = 0;
    return NULL;
}

static void starter_disputes(void *context, const char *source, int a, int b, int from, int to,
                             struct ent_claim_cell *out)
{
    (void)context, (void)source, (void)a, (void)b, (void)from, (void)to;
    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_LOADED };
}

static void starter_vote(void *context, const char *source, int state, const char *roll_call,
                         struct ent_claim_cell *out)
{
    (void)context, (void)source, (void)state, (void)roll_call;
    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_LOADED };
}

static const char *
starter_version(void *context, size_t measure, size_t source, const char *dataset)
{
    struct ent_claim_source *s = context;

    (void)dataset;
    return measure == SIZE_MAX ? "" : ent__starter_version(s->starter, measure, source);
}

static enum ent_status
read_nothing(struct ent_claim_source *s, int threads, struct ent_error *err)
{
    (void)s, (void)threads, (void)err;
    return ENT_OK;
}

enum ent_status ent__claim_source_starter(const char *folder, struct ent_claim_source **out,
                                          struct ent_error *err)
{
    struct ent_claim_source *s = ent__calloc(1, sizeof(*s));
    enum ent_status status;

    if (!s)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    s->reader = read_nothing;
    s->data = (struct ent_claim_data){ .context = s,
                                       .cell = starter_cell,
                                       .line = starter_line,
                                       .field = starter_field,
                                       .disputes = starter_disputes,
                                       .vote = starter_vote,
                                       .version = starter_version };
    status = ent__starter_open(folder, &s->starter, err);
    if (status != ENT_OK) {
        ent__claim_source_close(s);
        return status;
    }
    *out = s;
    return ENT_OK;
}
