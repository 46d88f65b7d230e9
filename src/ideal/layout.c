/*
 * The votes as a run needs them: by item in slots that fill vectors, by point as a list
 * of slots.
 */
#include <string.h>

#include "base/alloc.h"
#include "ideal/inside.h"

/* Words are mixed as ent_rng mixes its counter. */
static uint64_t fold(uint64_t digest, uint64_t word)
{
    struct ent_rng rng = ent__rng(digest, word, 0);

    return rng.key;
}

static enum ent_status check_points(const struct ent_ideal_votes *votes, struct ent_error *err)
{
    for (size_t p = 0; p < votes->points; p++) {
        if (votes->point_state[p] >= votes->states)
            return ent_fail(err, ENT_EINVAL, "point %zu: state %u of %zu", p,
                            (unsigned)votes->point_state[p], votes->states);
        if (p == 0 || votes->point_state[p - 1] < votes->point_state[p])
            continue;
        if (votes->point_state[p - 1] > votes->point_state[p] ||
            votes->point_session[p - 1] >= votes->point_session[p])
            return ent_fail(err, ENT_EINVAL, "point %zu is not after the one before it", p);
    }
    return ENT_OK;
}

static enum ent_status check_votes(const struct ent_ideal_votes *votes, struct ent_error *err)
{
    if (votes->points < 2 || votes->items < 1 || votes->votes < 3)
        return ent_fail(err, ENT_EINVAL,
                        "too few votes for positions: %zu votes on %zu items by %zu states in "
                        "their sessions",
                        votes->votes, votes->items, votes->points);
    if (votes->points >= UINT32_MAX / 2 || votes->votes >= UINT32_MAX / 64 ||
        votes->items >= UINT32_MAX / 64)
        return ent_fail(err, ENT_EINVAL, "too many votes: %zu", votes->votes);
    if (votes->item_start[0] != 0 || votes->item_start[votes->items] != votes->votes)
        return ent_fail(err, ENT_EINVAL, "the items do not cover the votes");
    for (size_t v = 0; v < votes->items; v++)
        if (votes->item_start[v] >= votes->item_start[v + 1])
            return ent_fail(err, ENT_EINVAL, "item %zu has no votes", v);
    for (size_t k = 0; k < votes->votes; k++) {
        if (votes->vote_point[k] >= votes->points)
            return ent_fail(err, ENT_EINVAL, "vote %zu: point %u of %zu", k,
                            (unsigned)votes->vote_point[k], votes->points);
        if (votes->vote_choice[k] < ENT_IDEAL_YES || votes->vote_choice[k] > ENT_IDEAL_NO)
            return ent_fail(err, ENT_EINVAL, "vote %zu: choice %d, expected 1, 2 or 3", k,
                            votes->vote_choice[k]);
    }
    return check_points(votes, err);
}

static uint32_t whole(uint32_t count)
{
    return (count + ENT__IDEAL_LANES - 1) / ENT__IDEAL_LANES * ENT__IDEAL_LANES;
}

/* Count the choices of each item and lay its slots. */
static void make_spans(const struct ent_ideal_votes *votes, struct ent__ideal_layout *out)
{
    uint32_t slot = 0;

    for (size_t v = 0; v < votes->items; v++) {
        struct ent__ideal_span *s = &out->span[v];
        uint32_t count[4] = { 0 };

        for (size_t k = votes->item_start[v]; k < votes->item_start[v + 1]; k++)
            count[votes->vote_choice[k]]++;
        s->yes = count[ENT_IDEAL_YES];
        s->abstain = count[ENT_IDEAL_ABSTAIN];
        s->no = count[ENT_IDEAL_NO];
        s->start = slot;
        s->middle = whole(s->yes + s->no);
        s->end = s->middle + whole(s->abstain);
        slot += s->end;
    }
    out->slots = slot;
}

/* Rank points by session, then state: a counting sort would need the sessions' range. */
static void
rank_points(const struct ent_ideal_votes *votes, struct ent__ideal_layout *out, uint32_t *next)
{
    size_t ranked = 0;

    /* Each state's points are in order: take, session by session, those that are next. */
    for (size_t i = 0; i <= out->states; i++)
        out->state_start[i] = 0;
    for (size_t p = 0; p < votes->points; p++)
        out->state_start[votes->point_state[p] + 1]++;
    for (size_t i = 0; i < out->states; i++)
        out->state_start[i + 1] += out->state_start[i];
    for (size_t i = 0; i < out->states; i++)
        next[i] = (uint32_t)out->state_start[i];
    while (ranked < votes->points) {
        int32_t session = INT32_MAX;

        for (size_t i = 0; i < out->states; i++)
            if (next[i] < out->state_start[i + 1] && votes->point_session[next[i]] < session)
                session = votes->point_session[next[i]];
        for (size_t i = 0; i < out->states; i++)
            if (next[i] < out->state_start[i + 1] && votes->point_session[next[i]] == session)
                out->rank[next[i]++] = (uint32_t)ranked++;
    }
}

static void fill_slots(const struct ent_ideal_votes *votes, struct ent__ideal_layout *out)
{
    for (size_t j = 0; j < out->slots; j++)
        out->rank_of_slot[j] = (int32_t)out->points;
    for (size_t v = 0; v < out->items; v++) {
        const struct ent__ideal_span *s = &out->span[v];
        uint32_t modal = s->yes >= s->no ? ENT_IDEAL_YES : ENT_IDEAL_NO;
        uint32_t at[4] = { 0, s->start, s->start + s->middle, s->start + s->yes };

        if (s->abstain > s->yes && s->abstain > s->no)
            modal = ENT_IDEAL_ABSTAIN;
        for (size_t k = votes->item_start[v]; k < votes->item_start[v + 1]; k++) {
            uint32_t point = votes->vote_point[k];

            out->rank_of_slot[at[votes->vote_choice[k]]++] = (int32_t)out->rank[point];
            out->modal[point] += (uint32_t)votes->vote_choice[k] == modal;
        }
    }
}

/* The votes of each point, from the slots. */
static void make_entries(struct ent__ideal_layout *out)
{
    memset(out->entry_start, 0, (out->points + 2) * sizeof(*out->entry_start));
    /* Slots without a vote are counted too, as a point after the last. */
    for (size_t j = 0; j < out->slots; j++)
        out->entry_start[out->rank_of_slot[j] + 1]++;
    for (size_t r = 0; r < out->points; r++)
        out->entry_start[r + 1] += out->entry_start[r];
    for (size_t v = 0; v < out->items; v++) {
        const struct ent__ideal_span *s = &out->span[v];

        for (uint32_t j = s->start; j < s->start + s->end; j++) {
            size_t r = (size_t)out->rank_of_slot[j];

            if (r == out->points)
                continue;
            out->entry_item[out->entry_start[r]] = (int32_t)v;
            out->entry_slot[out->entry_start[r]++] = (int32_t)j;
        }
    }
    for (size_t r = out->points; r-- > 0;)
        out->entry_start[r + 1] = out->entry_start[r];
    out->entry_start[0] = 0;
}

static uint32_t votes_of(const struct ent__ideal_layout *layout, size_t point)
{
    uint32_t r = layout->rank[point];

    return layout->entry_start[r + 1] - layout->entry_start[r];
}

/*
 * The variance of a step is 0.5 n_t / (n_t + n_t-1), n the votes of the point and of the
 * one before it, across gaps; the first point is compared with the second.  A state with one
 * point has 1.
 */
static enum ent_status make_steps(struct ent__ideal_layout *out, struct ent_error *err)
{
    for (size_t i = 0; i < out->states; i++) {
        size_t first = out->state_start[i], end = out->state_start[i + 1];

        for (size_t p = first; p < end; p++) {
            double n = votes_of(out, p);

            if (n == 0)
                return ent_fail(err, ENT_EINVAL, "point %zu has no votes", p);
            out->step[p] = 1;
            if (end - first > 1)
                out->step[p] = 0.5 * n / (n + votes_of(out, p > first ? p - 1 : p + 1));
        }
    }
    return ENT_OK;
}

static uint64_t digest_of(const struct ent_ideal_votes *votes)
{
    uint64_t digest = fold(votes->states, votes->points);

    for (size_t p = 0; p < votes->points; p++)
        digest = fold(digest, (uint64_t)votes->point_state[p] << 32 |
                                  (uint32_t)votes->point_session[p]);
    for (size_t v = 0; v < votes->items; v++)
        digest = fold(digest, votes->item_start[v + 1]);
    for (size_t k = 0; k < votes->votes; k++)
        digest =
            fold(digest, (uint64_t)votes->vote_point[k] << 8 | (uint8_t)votes->vote_choice[k]);
    return digest;
}

enum ent_status ent__ideal_layout_make(const struct ent_ideal_votes *votes,
                                       struct ent__ideal_layout *out, struct ent_error *err)
{
    enum ent_status status = check_votes(votes, err);
    uint32_t *next = NULL;

    if (status != ENT_OK)
        return status;
    *out = (struct ent__ideal_layout){ .states = votes->states,
                                       .points = votes->points,
                                       .items = votes->items,
                                       .votes = votes->votes };
    out->span = ent__calloc(out->items, sizeof(*out->span));
    out->state_start = ent__calloc(out->states + 1, sizeof(*out->state_start));
    out->rank = ent__calloc(out->points, sizeof(*out->rank));
    out->point = ent__calloc(out->points, sizeof(*out->point));
    out->entry_start = ent__calloc(out->points + 2, sizeof(*out->entry_start));
    out->entry_slot = ent__calloc(out->votes, sizeof(*out->entry_slot));
    out->entry_item = ent__calloc(out->votes, sizeof(*out->entry_item));
    out->step = ent__calloc(out->points, sizeof(*out->step));
    out->modal = ent__calloc(out->points, sizeof(*out->modal));
    next = ent__calloc(out->states, sizeof(*next));
    status = ENT_ENOMEM;
    if (!out->span || !out->state_start || !out->rank || !out->point || !out->entry_start ||
        !out->entry_slot || !out->entry_item || !out->step || !out->modal || !next)
        goto out;
    make_spans(votes, out);
    out->rank_of_slot = ent__calloc(out->slots, sizeof(*out->rank_of_slot));
    if (!out->rank_of_slot)
        goto out;
    rank_points(votes, out, next);
    for (size_t p = 0; p < out->points; p++)
        out->point[out->rank[p]] = (uint32_t)p;
    fill_slots(votes, out);
    make_entries(out);
    out->digest = digest_of(votes);
    status = make_steps(out, err);
out:
    ent__free(next);
    if (status == ENT_ENOMEM)
        ent_fail(err, ENT_ENOMEM, "out of memory for %zu votes", votes->votes);
    if (status != ENT_OK)
        ent__ideal_layout_release(out);
    return status;
}

void ent__ideal_layout_release(struct ent__ideal_layout *layout)
{
    ent__free(layout->span);
    ent__free(layout->rank_of_slot);
    ent__free(layout->state_start);
    ent__free(layout->rank);
    ent__free(layout->point);
    ent__free(layout->entry_start);
    ent__free(layout->entry_slot);
    ent__free(layout->entry_item);
    ent__free(layout->step);
    ent__free(layout->modal);
    *layout = (struct ent__ideal_layout){ 0 };
}
