/* Laying out the votes of an ideal-point run: see ideal_votes.h for the rules. */
#include "query/ideal_votes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ideal/ideal.h"
#include "store/table.h"

enum {
    ZANZIBAR = 511,
    SOUTH_AFRICA = 560,
    SOUTH_AFRICA_SESSION = 48, /* in which it voted once */
    SESSIONS = 1001,
    STATES = 4096,
    /* Fewer votes or items than this place nobody on a line. */
    LEAST_ITEMS = 2,
    LEAST_STATES = 2,
};

/* One vote before it is laid out. */
struct vote {
    uint32_t item; /* index of the first roll call on the resolution */
    int16_t state, session;
    int8_t choice;
    bool out;
};

struct laying {
    const struct ent_ideal_request *request;
    struct ent_ideal_data *data;
    struct vote *votes;
    size_t count, capacity;
    int64_t number; /* of the roll call of the row before, and its index */
    size_t call;
    uint32_t *seat_of;       /* votes by state and session; then index of the seat + 1 */
    uint32_t (*choices)[4];  /* by item: how many of each choice */
    bool seen_state[STATES]; /* with any vote in the sessions asked for */
    bool seen_session[SESSIONS];
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for the votes");
}

/* roll_call, state, vote */
static enum ent_status take_votes(void *context, size_t rows,
                                  const struct ent_ideal_column *columns, struct ent_error *err)
{
    struct laying *l = context;
    const struct ent_ideal_call *calls = l->data->calls.at;
    void *grown = l->votes;

    ENT_TRY(ent__grow(&grown, &l->capacity, l->count + rows, sizeof(*l->votes), err));
    l->votes = grown;
    for (size_t i = 0; i < rows; i++) {
        int64_t state = columns[1].v[i];
        int64_t choice = columns[2].v[i];
        const struct ent_ideal_call *call;

        if (columns[0].v[i] != l->number) {
            l->number = columns[0].v[i];
            l->call = ent__ideal_call_find(&l->data->calls, l->number);
        }
        if (l->call == SIZE_MAX || state < 1 || state >= STATES || choice < ENT_IDEAL_YES ||
            choice > ENT_IDEAL_NO)
            continue;
        call = &calls[l->call];
        if (call->drop == ENT_IDEAL_SESSION)
            continue;
        l->data->info.read++;
        if (call->drop != ENT_IDEAL_DEAD)
            l->seen_session[call->session] = true;
        l->seen_state[state] = true;
        if (call->drop != ENT_IDEAL_KEPT || state == ZANZIBAR ||
            (state == SOUTH_AFRICA && call->session == SOUTH_AFRICA_SESSION))
            continue;
        l->votes[l->count++] = (struct vote){ .item = call->first,
                                              .state = (int16_t)state,
                                              .session = (int16_t)call->session,
                                              .choice = (int8_t)choice };
    }
    return ENT_OK;
}

static uint32_t *seat_at(const struct laying *l, const struct vote *v)
{
    return &l->seat_of[(size_t)v->state * SESSIONS + (size_t)v->session];
}

/* Whether all votes on an item are alike. */
static bool unanimous(const uint32_t choices[4])
{
    return (choices[ENT_IDEAL_YES] > 0) + (choices[ENT_IDEAL_ABSTAIN] > 0) +
               (choices[ENT_IDEAL_NO] > 0) <
           2;
}

/*
 * Leave out unanimous items, then states with too few votes in a session, until
 * nothing changes: each can bring about the other.
 */
static void settle(struct laying *l)
{
    uint32_t least = l->request->min_votes > 1 ? (uint32_t)l->request->min_votes : 1;
    bool changed = true;

    while (changed) {
        changed = false;
        memset(l->choices, 0, l->data->calls.count * sizeof(*l->choices));
        memset(l->seat_of, 0, (size_t)STATES * SESSIONS * sizeof(*l->seat_of));
        for (size_t i = 0; i < l->count; i++) {
            if (!l->votes[i].out)
                l->choices[l->votes[i].item][l->votes[i].choice]++;
        }
        for (size_t i = 0; i < l->count; i++) {
            struct vote *v = &l->votes[i];

            if (!v->out && unanimous(l->choices[v->item]))
                v->out = changed = true;
            if (!v->out)
                ++*seat_at(l, v);
        }
        for (size_t i = 0; least > 1 && i < l->count; i++) {
            struct vote *v = &l->votes[i];

            if (!v->out && *seat_at(l, v) < least)
                v->out = changed = true;
        }
    }
}

/* How many items were unanimous, and seats too small, once all is settled. */
static void count_left_out(struct laying *l)
{
    struct ent_ideal_votes_info *info = &l->data->info;
    uint8_t *item = ent__calloc(l->data->calls.count + 1, 1); /* 1: seen, 2: used */
    uint8_t *seat = ent__calloc((size_t)STATES * SESSIONS, 1);

    for (size_t i = 0; item && seat && i < l->count; i++) {
        const struct vote *v = &l->votes[i];

        item[v->item] |= v->out ? 1 : 2;
        seat[(size_t)v->state * SESSIONS + (size_t)v->session] |= v->out ? 1 : 2;
    }
    for (size_t i = 0; item && i < l->data->calls.count; i++)
        info->left_out_unanimous += item[i] == 1;
    for (size_t i = 0; seat && i < (size_t)STATES * SESSIONS; i++)
        info->left_out_few += seat[i] == 1;
    ent__free(item);
    ent__free(seat);
}

/* The seats, by state and session: seat_of holds index + 1 from here on. */
static enum ent_status make_seats(struct laying *l, struct ent_error *err)
{
    struct ent_ideal_data *data = l->data;
    size_t count = 0;

    for (size_t i = 0; i < (size_t)STATES * SESSIONS; i++)
        count += l->seat_of[i] > 0;
    data->seats = ent__arena_array(data->arena, count + 1, sizeof(*data->seats));
    if (!data->seats)
        return no_memory(err);
    for (size_t i = 0; i < (size_t)STATES * SESSIONS; i++) {
        struct ent_ideal_seat *seat = &data->seats[data->seat_count];

        if (!l->seat_of[i])
            continue;
        *seat = (struct ent_ideal_seat){ (int16_t)(i / SESSIONS), (int16_t)(i % SESSIONS),
                                         l->seat_of[i] };
        data->info.states += data->seat_count == 0 || seat[-1].state != seat->state;
        l->seat_of[i] = (uint32_t)++data->seat_count;
    }
    return ENT_OK;
}

/* The items, by number of their earliest roll call; item_of[call] is index + 1. */
static enum ent_status make_items(struct laying *l, uint32_t *item_of, struct ent_error *err)
{
    struct ent_ideal_data *data = l->data;
    const struct ent_ideal_call *calls = data->calls.at;
    size_t count = 0;

    for (size_t i = 0; i < data->calls.count; i++)
        count += !unanimous(l->choices[i]);
    data->items = ent__arena_array(data->arena, count + 1, sizeof(*data->items));
    data->item_start = ent__arena_array(data->arena, count + 1, sizeof(*data->item_start));
    if (!data->items || !data->item_start)
        return no_memory(err);
    for (size_t i = 0; i < data->calls.count; i++) {
        uint32_t votes = l->choices[i][ENT_IDEAL_YES] + l->choices[i][ENT_IDEAL_ABSTAIN] +
                         l->choices[i][ENT_IDEAL_NO];

        if (unanimous(l->choices[i]))
            continue;
        data->items[data->item_count] = (struct ent_ideal_item_estimate){
            .roll_call = calls[i].number,
            .first_session = (int16_t)calls[i].session,
            .last_session = (int16_t)calls[i].session,
            .votes = votes,
        };
        data->item_start[data->item_count + 1] = data->item_start[data->item_count] + votes;
        item_of[i] = (uint32_t)++data->item_count;
    }
    for (size_t i = 0; i < data->calls.count; i++) {
        struct ent_ideal_item_estimate *item;

        if (calls[i].drop != ENT_IDEAL_KEPT || !item_of[calls[i].first])
            continue;
        item = &data->items[item_of[calls[i].first] - 1];
        item->roll_calls++;
        data->info.roll_calls++;
        if (calls[i].session > item->last_session)
            item->last_session = (int16_t)calls[i].session;
    }
    data->info.items = data->item_count;
    data->info.links = data->info.roll_calls - data->item_count;
    data->vote_count = data->item_start[data->item_count];
    data->info.used = data->vote_count;
    return ENT_OK;
}

/* The votes, by item; those of one item as the table has them: by roll call, then state. */
static enum ent_status
place_votes(struct laying *l, const uint32_t *item_of, struct ent_error *err)
{
    struct ent_ideal_data *data = l->data;
    size_t *next = ent__calloc(data->item_count + 1, sizeof(*next));

    data->seat = ent__arena_array(data->arena, data->vote_count + 1, sizeof(*data->seat));
    data->choice = ent__arena_array(data->arena, data->vote_count + 1, 1);
    if (!next || !data->seat || !data->choice) {
        ent__free(next);
        return no_memory(err);
    }
    memcpy(next, data->item_start, data->item_count * sizeof(*next));
    for (size_t i = 0; i < l->count; i++) {
        const struct vote *v = &l->votes[i];
        size_t at;

        if (v->out)
            continue;
        at = next[item_of[v->item] - 1]++;
        data->seat[at] = *seat_at(l, v) - 1;
        data->choice[at] = v->choice;
    }
    ent__free(next);
    return ENT_OK;
}

/* Sessions and states of which nothing is left. */
static enum ent_status note_lost(struct laying *l, struct ent_error *err)
{
    struct ent_ideal_data *data = l->data;
    struct ent_ideal_votes_info *info = &data->info;
    int *empty = ent__arena_array(data->arena, SESSIONS, sizeof(*empty));
    int16_t *silent = ent__arena_array(data->arena, STATES, sizeof(*silent));

    if (!empty || !silent)
        return no_memory(err);
    for (size_t s = 0; s < data->seat_count; s++) {
        int session = data->seats[s].session;

        l->seen_session[session] = false;
        l->seen_state[data->seats[s].state] = false;
        if (!info->first_session || session < info->first_session)
            info->first_session = session;
        if (session > info->last_session)
            info->last_session = session;
    }
    for (int s = 0; s < SESSIONS; s++) {
        if (l->seen_session[s])
            empty[info->empty_count++] = s;
    }
    for (int s = 0; s < STATES; s++) {
        if (l->seen_state[s] && s != ZANZIBAR)
            silent[info->silent_count++] = (int16_t)s;
    }
    info->empty = empty;
    info->silent = silent;
    return ENT_OK;
}

static enum ent_status check_enough(const struct ent_ideal_data *data, struct ent_error *err)
{
    const struct ent_ideal_votes_info *info = &data->info;

    if (info->read == 0)
        return ent_fail(err, ENT_EINVAL, "%s has no votes in the sessions asked for",
                        info->source);
    if (info->used == 0)
        return ent_fail(
            err, ENT_EINVAL,
            "no vote is left of %zu: %zu items are unanimous, %zu roll calls are on "
            "parts of resolutions, %zu are on other matters",
            info->read, info->left_out_unanimous, info->left_out_parts, info->left_out_other);
    if (info->items < LEAST_ITEMS || info->states < LEAST_STATES)
        return ent_fail(err, ENT_EINVAL,
                        "too few votes: %zu of %zu states on %zu contested items; positions "
                        "need at least %d states and %d items",
                        info->used, info->states, info->items, LEAST_STATES, LEAST_ITEMS);
    return ENT_OK;
}

/* The checksum of the votes as laid out, which tells a checkpoint of other data. */
static enum ent_status digest(struct ent_ideal_data *data, struct ent_error *err)
{
    struct ent_buf all;
    enum ent_status status;

    ent__buf_init(&all);
    ent__buf_add(&all, (struct ent_str){ (const char *)data->seats,
                                         data->seat_count * sizeof(*data->seats) });
    ent__buf_add(&all, (struct ent_str){ (const char *)data->item_start,
                                         (data->item_count + 1) * sizeof(*data->item_start) });
    for (size_t i = 0; i < data->item_count; i++)
        ent__buf_add(&all, (struct ent_str){ (const char *)&data->items[i].roll_call,
                                             sizeof(data->items[i].roll_call) });
    ent__buf_add(&all, (struct ent_str){ (const char *)data->seat,
                                         data->vote_count * sizeof(*data->seat) });
    ent__buf_add(&all, (struct ent_str){ (const char *)data->choice, data->vote_count });
    status = ent__buf_check(&all, err);
    if (status == ENT_OK)
        ent__bytes_digest(all.text, all.len, data->sha256);
    ent__buf_release(&all);
    return status;
}

static enum ent_status lay_out(struct laying *l, struct ent_error *err)
{
    uint32_t *item_of;
    enum ent_status status;

    settle(l);
    count_left_out(l);
    item_of = ent__calloc(l->data->calls.count + 1, sizeof(*item_of));
    status = item_of ? make_seats(l, err) : no_memory(err);
    if (status == ENT_OK)
        status = make_items(l, item_of, err);
    if (status == ENT_OK)
        status = place_votes(l, item_of, err);
    if (status == ENT_OK)
        status = note_lost(l, err);
    ent__free(item_of);
    ENT_TRY(status);
    ENT_TRY(check_enough(l->data, err));
    return digest(l->data, err);
}

static enum ent_status
read_votes(struct ent_store *store, struct laying *l, struct ent_error *err)
{
    struct ent_ideal_column columns[] = { { "roll_call", NULL },
                                          { "state", NULL },
                                          { "vote", NULL } };
    char table[40];

    snprintf(table, sizeof(table), "%s_vote", l->data->info.source);
    l->number = INT64_MIN;
    l->call = SIZE_MAX;
    l->seat_of = ent__calloc((size_t)STATES * SESSIONS, sizeof(*l->seat_of));
    l->choices = ent__calloc(l->data->calls.count + 1, sizeof(*l->choices));
    if (!l->seat_of || !l->choices)
        return no_memory(err);
    return ent__ideal_rows(store, table, columns, 3, take_votes, l, err);
}

enum ent_status
ent__ideal_data(struct ent_store *store, const struct ent_ideal_request *request,
                struct ent_arena *arena, struct ent_ideal_data *out, struct ent_error *err)
{
    struct ent_ideal_data data = { .arena = arena };
    struct laying *l = ent__calloc(1, sizeof(*l));
    enum ent_status status;

    if (!l)
        return no_memory(err);
    l->request = request;
    l->data = &data;
    status = ent__ideal_calls(store, request, &data, err);
    if (status == ENT_OK)
        status = ent__ideal_link(store, request, &data, err);
    if (status == ENT_OK)
        status = read_votes(store, l, err);
    if (status == ENT_OK)
        status = lay_out(l, err);
    ent__free(data.calls.at);
    data.calls = (struct ent_ideal_calls){ 0 };
    ent__free(l->votes);
    ent__free(l->seat_of);
    ent__free(l->choices);
    ent__free(l);
    if (status == ENT_OK)
        *out = data;
    return status;
}
