/*
 * Claims' data from the starter panel: single values of some major states, and no
 * partners, no roll calls and no lists of disputes.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/starter.h"
#include "entente/state.h"
#include "query/claim_inside.h"

/* A dossier of two states in a year, kept once it was read. */
struct ent_claim_dossiers {
    struct ent_claim_dossiers *next;
    int a, b, year;
    bool there;
    struct ent_dossier dossier;
};

static struct ent_claim_dossiers *
find_dossier(struct ent_claim_source *s, int a, int b, int year)
{
    struct ent_dossier_options options = { .year = year, .no_carry = true, .no_places = true };
    struct ent_claim_dossiers *d;

    for (d = s->dossiers; d; d = d->next) {
        if (d->a == a && d->b == b && d->year == year)
            return d;
    }
    d = ent__arena_alloc(&s->arena, sizeof(*d));
    if (!d)
        return NULL;
    *d = (struct ent_claim_dossiers){ .next = s->dossiers, .a = a, .b = b, .year = year };
    d->there = ent_dossier_starter(s->folder, a, b, &options, &d->dossier, NULL) == ENT_OK;
    s->dossiers = d;
    return d;
}

/* Another state of the panel: what is of one state stands in any of its dyads. */
static int any_other(int a, int year)
{
    for (size_t i = 0; i < ent_starter_state_count(); i++) {
        int id = ent_starter_state_at(i);

        if (id != a && ent_state_member(id, ENT_MEMBER_COW, year))
            return id;
    }
    return 0;
}

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
    const char *name = ent_measure_at(measure)->sources[source];
    struct ent_claim_dossiers *d;

    *out = (struct ent_claim_cell){ .value = NAN, .lack = ENT_LACK_LOADED };
    if (!s->read)
        return;
    if (!b)
        b = any_other(a, year);
    d = b ? find_dossier(s, a, b, year) : NULL;
    if (!d || !d->there) {
        out->lack = ENT_LACK_FULL;
        return;
    }
    for (size_t i = 0; i < d->dossier.count; i++) {
        const struct ent_reading *r = &d->dossier.readings[i];

        if (r->measure != measure || strcmp(r->source, name) != 0)
            continue;
        out->value = r->forward.value;
        out->first_year = r->first_year;
        out->last_year = r->last_year;
        out->lack = out->value == out->value ? ENT_LACK_NOTHING : lack_of(r->forward.reason);
        return;
    }
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
    (void)context, (void)measure, (void)source, (void)dataset;
    return "";
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
    struct ent_dossier probe;
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
    s->folder = ent__arena_printf(&s->arena, "%s", folder);
    status = s->folder ? ent_dossier_starter(folder, ent_starter_state_at(0),
                                             ent_starter_state_at(1), NULL, &probe, err)
                       : ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    if (status != ENT_OK) {
        ent__claim_source_close(s);
        return status;
    }
    ent_dossier_release(&probe);
    *out = s;
    return ENT_OK;
}

void ent__claim_dossiers_release(struct ent_claim_source *s)
{
    for (struct ent_claim_dossiers *d = s->dossiers; d; d = d->next) {
        if (d->there)
            ent_dossier_release(&d->dossier);
    }
}
