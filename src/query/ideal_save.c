/*
 * Putting a run into the store, as the dataset entente_ideal: the points, how sure each
 * pair's distance is, and the items; with how it was made and from what.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/entente_ideal.h"
#include "query/ideal_pairs.h"
#include "query/ideal_run.h"
#include "store/run.h"

#define DATASET "entente_ideal"

struct saving {
    struct ent_store *store;
    const struct ent_ideal *ideal;
    struct ent_stage points, pairs, items;
};

static enum ent_status point_row(struct saving *s, const struct ent_ideal_estimate *e,
                                 uint64_t line, struct ent_error *err)
{
    union ent_value *row;

    ENT_TRY(ent__stage_row(&s->points, &row, err));
    row[ENT_OWN_POINT_YEAR].i = e->session + 1945;
    row[ENT_OWN_POINT_STATE].i = e->state;
    row[ENT_OWN_POINT_SESSION].i = e->session;
    row[ENT_OWN_POINT_VOTES].i = e->votes;
    row[ENT_OWN_POINT_MEAN].r = ent__ideal_round(e->mean, 1e6);
    row[ENT_OWN_POINT_SD].r = ent__ideal_round(e->sd, 1e6);
    row[ENT_OWN_POINT_Q5].r = ent__ideal_round(e->q5, 1e6);
    row[ENT_OWN_POINT_Q95].r = ent__ideal_round(e->q95, 1e6);
    row[ENT_OWN_POINT_RHAT].r = ent__ideal_round(e->rhat, 1e4);
    row[ENT_OWN_POINT_ESS].r = ent__ideal_round(e->ess, 10);
    row[ENT_OWN_POINT_PREDICTED].r =
        ent__ideal_round((double)e->predicted / (double)e->votes, 1e4);
    row[ENT_OWN_POINT_PROBABILITY].r = ent__ideal_round(e->probability, 1e4);
    ent__stage_commit(&s->points, line);
    return ENT_OK;
}

static enum ent_status item_row(struct saving *s, const struct ent_ideal_item_estimate *e,
                                uint64_t line, struct ent_error *err)
{
    union ent_value *row;

    ENT_TRY(ent__stage_row(&s->items, &row, err));
    row[ENT_OWN_ITEM_CALL].i = e->roll_call;
    row[ENT_OWN_ITEM_FIRST].i = e->first_session;
    row[ENT_OWN_ITEM_LAST].i = e->last_session;
    row[ENT_OWN_ITEM_CALLS].i = e->roll_calls;
    row[ENT_OWN_ITEM_VOTES].i = e->votes;
    row[ENT_OWN_ITEM_BETA].r = ent__ideal_round(e->discrimination, 1e6);
    row[ENT_OWN_ITEM_BETA_SD].r = ent__ideal_round(e->discrimination_sd, 1e6);
    row[ENT_OWN_ITEM_CUT1].r = ent__ideal_round(e->cut1, 1e6);
    row[ENT_OWN_ITEM_CUT1_SD].r = ent__ideal_round(e->cut1_sd, 1e6);
    row[ENT_OWN_ITEM_CUT2].r = ent__ideal_round(e->cut2, 1e6);
    row[ENT_OWN_ITEM_CUT2_SD].r = ent__ideal_round(e->cut2_sd, 1e6);
    ent__stage_commit(&s->items, line);
    return ENT_OK;
}

static enum ent_status
take_pair(void *context, const struct ent_ideal_pair *p, uint64_t line, struct ent_error *err)
{
    struct saving *s = context;
    union ent_value *row;

    ENT_TRY(ent__stage_row(&s->pairs, &row, err));
    row[ENT_OWN_PAIR_YEAR].i = p->session + 1945;
    row[ENT_OWN_PAIR_A].i = p->a;
    row[ENT_OWN_PAIR_B].i = p->b;
    row[ENT_OWN_PAIR_SD].r = ent__ideal_round(p->sd, 1e4);
    row[ENT_OWN_PAIR_LOW].r = ent__ideal_round(p->low, 1e4);
    row[ENT_OWN_PAIR_HIGH].r = ent__ideal_round(p->high, 1e4);
    row[ENT_OWN_PAIR_CLOSER].r = ent__ideal_round(p->closer, 1e4);
    ent__stage_commit(&s->pairs, line);
    return ENT_OK;
}

static enum ent_status fill_stages(struct saving *s, struct ent_error *err)
{
    for (size_t p = 0; p < s->ideal->point_count; p++)
        ENT_TRY(point_row(s, &s->ideal->points[p], p + 1, err));
    for (size_t i = 0; i < s->ideal->item_count; i++)
        ENT_TRY(item_row(s, &s->ideal->items[i], i + 1, err));
    ENT_TRY(ent__ideal_pairs(s->ideal, take_pair, s, err));
    ENT_TRY(ent__stage_settle(&s->points, NULL, NULL, err));
    ENT_TRY(ent__stage_settle(&s->pairs, NULL, NULL, err));
    return ent__stage_settle(&s->items, NULL, NULL, err);
}

/* The checksum that stands for a file's: of the votes as laid out, and how it was made. */
static void run_digest(const struct ent_ideal *ideal, char hex[ENT_SHA256_TEXT])
{
    char text[sizeof(ideal->command) + ENT_SHA256_TEXT + 2];

    snprintf(text, sizeof(text), "%s %s", ent__ideal_owned(ideal)->data.sha256, ideal->command);
    ent__bytes_digest(text, strlen(text), hex);
}

static enum ent_status
put_result(struct saving *s, struct ent_ideal_saved *saved, struct ent_error *err)
{
    struct ent_stage *const stages[] = { &s->points, &s->pairs, &s->items };
    struct ent_put_result result;
    char hex[ENT_SHA256_TEXT];
    struct ent_put put = {
        .dataset = &ent__entente_ideal.info,
        .part = "",
        .file = s->ideal->command,
        .sha256 = hex,
        .version = s->ideal->version,
        .format = "estimated here",
        .stages = stages,
        .stage_count = sizeof(stages) / sizeof(stages[0]),
    };

    run_digest(s->ideal, hex);
    ENT_TRY(ent__store_put(s->store, &put, true, &result, err));
    snprintf(saved->replaced, sizeof(saved->replaced), "%s", result.other_version);
    saved->pairs = s->pairs.kept;
    return ENT_OK;
}

static enum ent_status put_run(struct saving *s, bool keep_draws, struct ent_error *err)
{
    const struct ent_ideal *ideal = s->ideal;
    const struct ent_ideal_data *data = &ent__ideal_owned(ideal)->data;
    struct ent_run_input inputs[ENT_IDEAL_INPUTS];
    struct ent_run_info info = {
        .dataset = DATASET,
        .part = "",
        .command = ideal->command,
        .seed = ideal->seed,
        .converged = ideal->converged,
        .convergence = ideal->convergence,
        .inputs = inputs,
        .input_count = data->input_count,
    };
    int64_t source;

    for (size_t i = 0; i < data->input_count; i++)
        inputs[i] = (struct ent_run_input){ .source = data->inputs[i].source,
                                            .part = data->inputs[i].part,
                                            .file = data->inputs[i].file,
                                            .sha256 = data->inputs[i].sha256 };
    ENT_TRY(ent__run_put(s->store, &info, &source, err));
    for (size_t p = 0; keep_draws && p < ideal->point_count; p++) {
        const float *draws = ent_ideal_draws(ideal, p);

        if (draws)
            ENT_TRY(ent__run_put_draws(s->store, source, ideal->points[p].state,
                                       ideal->points[p].session + 1945, draws,
                                       ideal->chains * ideal->draws, err));
    }
    return ENT_OK;
}

static enum ent_status write_all(struct saving *s, bool keep_draws,
                                 struct ent_ideal_saved *saved, struct ent_error *err)
{
    enum ent_status status;

    ENT_TRY(fill_stages(s, err));
    ENT_TRY(ent__store_begin(s->store, err));
    status = put_result(s, saved, err);
    if (status == ENT_OK)
        status = put_run(s, keep_draws, err);
    if (status == ENT_OK)
        return ent__store_commit(s->store, err);
    ent__store_rollback(s->store);
    return status;
}

enum ent_status ent_ideal_save(struct ent_store *store, const struct ent_ideal *ideal,
                               bool keep_draws, struct ent_ideal_saved *saved,
                               struct ent_error *err)
{
    struct saving s = { .store = store, .ideal = ideal };
    struct ent_ideal_saved unseen;
    enum ent_status status;

    saved = saved ? saved : &unseen;
    memset(saved, 0, sizeof(*saved));
    ent__stage_init(&s.points, &ent__own_point_table);
    ent__stage_init(&s.pairs, &ent__own_pair_table);
    ent__stage_init(&s.items, &ent__own_item_table);
    status = write_all(&s, keep_draws, saved, err);
    ent__stage_release(&s.points);
    ent__stage_release(&s.pairs);
    ent__stage_release(&s.items);
    return status;
}

enum ent_status
ent_ideal_stale(struct ent_store *store, char *text, size_t size, struct ent_error *err)
{
    return ent__run_stale(store, DATASET, text, size, err);
}
