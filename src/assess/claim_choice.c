/* What the calls of a condition ask about, and from which sources it can be known. */
#include <string.h>

#include "assess/claim_value.h"
#include "base/alloc.h"

static void add_choice(struct ent_claim_reference *r, struct ent_claim_choice choice)
{
    if (r->source && strcmp(r->source, choice.name) != 0)
        return;
    if (r->count < ENT_CLAIM_CHOICES)
        r->choices[r->count++] = choice;
}

/* The sources of a measure by its id; of all of them, or with a name. */
static void add_measure(struct ent_claim_reference *r, const char *id, const char *only,
                        bool swapped, bool reports)
{
    size_t measure;

    if (ent_measure_find(id, &measure, NULL) != ENT_OK)
        return;
    for (size_t s = 0; s < ent_measure_at(measure)->source_count; s++) {
        const char *name = ent_measure_at(measure)->sources[s];

        if (!only || strcmp(only, name) == 0)
            add_choice(r, (struct ent_claim_choice){ .about = r->about,
                                                     .measure = measure,
                                                     .source = s,
                                                     .swapped = swapped,
                                                     .reports = reports,
                                                     .name = name });
    }
}

static void add_datasets(struct ent_claim_reference *r, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_choice(r, (struct ent_claim_choice){
                          .about = r->about, .measure = SIZE_MAX, .name = names[i] });
}

static void list_choices(struct ent_claim_reference *r)
{
    static const char *const disputes[] = { "gml", "cow_mid" };
    static const char *const votes[] = { "unga", "unvotes", "unga2015" };
    static const char *const report[] = { "report" };

    switch (r->about) {
    case ENT_ABOUT_MEASURE:
        add_measure(r, ent_measure_at(r->measure)->id, NULL, false,
                    strncmp(ent_measure_at(r->measure)->id, "trade.reported", 14) == 0);
        break;
    case ENT_ABOUT_TRADE:
        add_measure(r, "trade.total", "cow_trade", false, false);
        add_measure(r, "trade.reported_total", "dots", false, true);
        if (!r->partners) {
            add_measure(r, "trade.reported_total", "dots", true, true);
            add_measure(r, "trade.reported_total", "comtrade", false, true);
            add_measure(r, "trade.reported_total", "comtrade", true, true);
        }
        add_measure(r, "trade.total", "comtrade", false, false);
        break;
    case ENT_ABOUT_TREATY_ANY:
        add_measure(r, "treaty.level", NULL, false, false);
        add_measure(r, "treaty.level_cow", NULL, false, false);
        break;
    case ENT_ABOUT_DISPUTES:
        add_datasets(r, disputes, 2);
        break;
    case ENT_ABOUT_VETOES_ONE:
        add_measure(r, "vetoes.joint", NULL, false, false);
        break;
    case ENT_ABOUT_VOTE:
        add_datasets(r, votes, 3);
        break;
    case ENT_ABOUT_FACT:
        add_datasets(r, report, 1);
        break;
    }
}

static bool same(const struct ent_claim_reference *r, const struct ent_claim_call *c)
{
    bool sources =
        r->source && c->source ? strcmp(r->source, c->source) == 0 : r->source == c->source;

    return r->about == c->about && sources &&
           (c->about != ENT_ABOUT_MEASURE || r->measure == c->measure);
}

static enum ent_status add_reference(struct ent_claim_call *c,
                                     struct ent_claim_references *refs, struct ent_error *err)
{
    size_t r = 0;

    while (r < refs->count && !same(&refs->at[r], c))
        r++;
    if (r == ENT_CLAIM_REFERENCES)
        return ent_fail(err, ENT_EFORMAT, "more than %d different measures in one comparison",
                        ENT_CLAIM_REFERENCES);
    if (r == refs->count)
        refs->at[refs->count++] = (struct ent_claim_reference){ .about = c->about,
                                                                .measure = c->measure,
                                                                .source = c->source };
    if (c->function == ENT_CALL_RANK || c->function == ENT_CALL_SHARE ||
        c->function == ENT_CALL_PLACE || c->function == ENT_CALL_PERCENTILE)
        refs->at[r].partners = true;
    c->reference = r;
    return ENT_OK;
}

static enum ent_status
collect(struct ent_claim_node *node, struct ent_claim_references *refs, struct ent_error *err)
{
    if (node->kind == ENT_NODE_CALL)
        return add_reference(node->call, refs, err);
    for (int k = 0; k < 3 && node->child[k]; k++)
        ENT_TRY(collect(node->child[k], refs, err));
    return ENT_OK;
}

enum ent_status ent__claim_references(struct ent_claim_node *condition,
                                      struct ent_claim_references *out, struct ent_error *err)
{
    memset(out, 0, sizeof(*out));
    ENT_TRY(collect(condition, out, err));
    for (size_t r = 0; r < out->count; r++)
        list_choices(&out->at[r]);
    return ENT_OK;
}

static bool offers(const struct ent_claim_reference *r, const char *name)
{
    for (size_t c = 0; c < r->count; c++) {
        if (strcmp(r->choices[c].name, name) == 0)
            return true;
    }
    return false;
}

bool ent__claim_consistent(const struct ent_claim_references *refs, const size_t *pick)
{
    for (size_t a = 0; a < refs->count; a++) {
        for (size_t b = 0; b < a; b++) {
            const struct ent_claim_choice *x = &refs->at[a].choices[pick[a]];
            const struct ent_claim_choice *y = &refs->at[b].choices[pick[b]];

            if (refs->at[a].source || refs->at[b].source)
                continue; /* one is asked for by name */
            if (strcmp(x->name, y->name) != 0 && offers(&refs->at[a], y->name) &&
                offers(&refs->at[b], x->name))
                return false;
            if (strcmp(x->name, y->name) == 0 && x->swapped != y->swapped && x->reports &&
                y->reports)
                return false;
        }
    }
    return true;
}
