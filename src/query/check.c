/*
 * Checking claims: read them all, note what they want, read that, answer.
 */
#include "entente/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/claim_judge.h"
#include "base/alloc.h"
#include "query/check_file.h"
#include "query/claim_data.h"
#include "store/catalogue.h"

enum {
    STORES = 9, /* the main one and those beside it */
};

/* Everything of one check. */
struct checking {
    const struct ent_check_options *options;
    struct ent_arena *arena;
    struct ent_claims *claims;
    struct ent_claim_facts facts;
    struct ent_check_item *items;
    size_t store_count;
    struct ent_claim_source *sources[STORES];
    struct ent_claim_data data[STORES];
    const char *names[STORES];
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static enum ent_status
open_sources(struct checking *c, struct ent_store *store, struct ent_error *err)
{
    if (c->options->beside_count >= STORES)
        return ent_fail(err, ENT_EINVAL, "at most %d stores can stand beside the first",
                        STORES - 1);
    if (store)
        ENT_TRY(ent__claim_source_open(store, &c->sources[0], err));
    else if (c->options->starter)
        ENT_TRY(ent__claim_source_starter(c->options->starter, &c->sources[0], err));
    else
        return ent_fail(err, ENT_EINVAL, "there is neither a store nor a starter panel");
    c->store_count = 1;
    for (size_t i = 0; i < c->options->beside_count; i++) {
        ENT_TRY(
            ent__claim_source_open(c->options->beside[i], &c->sources[c->store_count], err));
        c->names[c->store_count] = base_name(ent__store_path_of(c->options->beside[i]));
        c->store_count++;
    }
    for (size_t i = 0; i < c->store_count; i++)
        c->data[i] = ent__claim_source_data(c->sources[i]);
    return ENT_OK;
}

static void close_sources(struct checking *c)
{
    for (size_t i = 0; i < STORES; i++)
        ent__claim_source_close(c->sources[i]);
}

/* The rows behind a source's figures. */
static enum ent_status
add_rows(void *context, size_t store, const struct ent_claim_references *refs,
         const size_t *pick, const struct ent_claim_node *const *nodes,
         struct ent_claim_figure *figures, size_t count, struct ent_error *err)
{
    struct checking *c = context;

    for (size_t i = 0; i < count; i++) {
        size_t r = nodes[i]->call->reference;

        if (figures[i].value == figures[i].value)
            ENT_TRY(ent__claim_source_rows(c->sources[store], nodes[i]->call,
                                           &refs->at[r].choices[pick[r]], c->options->rows,
                                           c->arena, &figures[i], err));
    }
    return ENT_OK;
}

/* A claim that cannot be judged is wrong; running out of memory is a failure. */
static enum ent_status
judge(struct checking *c, struct ent_check_item *item, bool quiet, struct ent_error *err)
{
    struct ent_claim *claim = item->claim;
    struct ent_claim_court court = { .data = c->data,
                                     .store_count = c->store_count,
                                     .store_names = c->names,
                                     .facts = &c->facts,
                                     .arena = c->arena,
                                     .rows = c->options->rows ? add_rows : NULL,
                                     .context = c,
                                     .quiet = quiet };
    struct ent_error mine = { 0 };
    enum ent_status status;

    if (!item->tree || claim->answer == ENT_CLAIM_WRONG)
        return ENT_OK;
    status = ent__claim_judge(&court, item->tree, claim, &mine);
    if (status == ENT_EFORMAT || status == ENT_ENOTFOUND) {
        claim->answer = ENT_CLAIM_WRONG;
        claim->error = mine;
        ent_error_at(&claim->error, NULL, claim->line, item->column);
        return ENT_OK;
    }
    if (status != ENT_OK && err)
        *err = mine;
    return status;
}

static enum ent_status judge_all(struct checking *c, struct ent_error *err)
{
    for (size_t i = 0; i < c->claims->count; i++)
        ENT_TRY(judge(c, &c->items[i], true, err));
    for (size_t i = 0; i < c->store_count; i++)
        ENT_TRY(ent__claim_source_read(c->sources[i], c->options->threads, err));
    for (size_t i = 0; i < c->claims->count; i++)
        ENT_TRY(judge(c, &c->items[i], false, err));
    for (size_t i = 0; i < c->store_count; i++)
        ENT_TRY(ent__claim_source_status(c->sources[i], err));
    for (size_t i = 0; i < c->claims->count; i++)
        c->claims->answers[c->claims->at[i].answer]++;
    return ENT_OK;
}

/* One expression as the only claim. */
static enum ent_status
read_expression(struct checking *c, const char *expression, struct ent_error *err)
{
    struct ent_claim *claim = ent__arena_alloc(c->arena, sizeof(*claim));

    c->items = ent__arena_alloc(c->arena, sizeof(*c->items));
    if (!claim || !c->items)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    c->claims->at = claim;
    c->claims->count = 1;
    c->claims->name = "";
    return ent__check_expression(expression, &c->facts, c->arena, claim, c->items, err);
}

static enum ent_status run(struct ent_store *store, const struct ent_check_options *options,
                           const char *expression, const char *path, struct ent_claims *out,
                           struct ent_error *err)
{
    static const struct ent_check_options defaults;
    struct ent_claims claims = { .starter = !store };
    struct checking c = { .options = options ? options : &defaults, .claims = &claims };
    enum ent_status status;

    c.arena = ent__calloc(1, sizeof(*c.arena));
    if (!c.arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    claims.owned = c.arena;
    status = open_sources(&c, store, err);
    if (status == ENT_OK)
        status = ent__check_facts(c.options->facts, path, c.arena, &c.facts, err);
    if (status == ENT_OK)
        status = expression ? read_expression(&c, expression, err)
                            : ent__check_file(path, &c.facts, c.arena, &claims, &c.items, err);
    if (status == ENT_OK)
        status = judge_all(&c, err);
    close_sources(&c);
    if (status != ENT_OK) {
        ent_claims_release(&claims);
        return status;
    }
    *out = claims;
    return ENT_OK;
}

enum ent_status ent_claim_ask(struct ent_store *store, const char *expression,
                              const struct ent_check_options *options, struct ent_claims *out,
                              struct ent_error *err)
{
    return run(store, options, expression, NULL, out, err);
}

enum ent_status ent_claims_check(struct ent_store *store, const char *path,
                                 const struct ent_check_options *options,
                                 struct ent_claims *out, struct ent_error *err)
{
    return run(store, options, NULL, path, out, err);
}

void ent_claims_release(struct ent_claims *claims)
{
    struct ent_arena *arena = claims->owned;

    if (arena)
        ent__arena_release(arena);
    ent__free(arena);
    memset(claims, 0, sizeof(*claims));
}
