#include "world/nearest.h"

#include <string.h>

#include "world/table.h"

/* Longer names are compared by their beginnings. */
#define LONGEST 40

/* A name that begins with what was written is as near as this many letters. */
#define PREFIX_DISTANCE 2

static int least(int a, int b)
{
    return a < b ? a : b;
}

/*
 * Letters to add, drop, change or swap with the next (restricted
 * Damerau-Levenshtein), or more than `limit` when it is more.
 */
static int distance(struct ent_str a, struct ent_str b, int limit)
{
    int rows[3][LONGEST + 1];
    int *before = rows[0];
    int *last = rows[1];
    int *now = rows[2];

    a.len = a.len < LONGEST ? a.len : LONGEST;
    b.len = b.len < LONGEST ? b.len : LONGEST;
    if ((int)a.len - (int)b.len > limit || (int)b.len - (int)a.len > limit)
        return limit + 1;
    for (size_t j = 0; j <= b.len; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        int *oldest = before;
        int best = (int)i;

        now[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int cost = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);

            cost = least(cost, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                cost = least(cost, before[j - 2] + 1);
            now[j] = cost;
            best = least(best, cost);
        }
        if (best > limit)
            return limit + 1;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b.len];
}

struct candidate {
    int id;
    int score;
};

/* Keep the best of each state, in order of score; states of today first, then by id. */
static void offer(struct candidate *list, size_t *count, struct candidate new)
{
    size_t at;

    for (at = 0; at < *count && list[at].id != new.id; at++)
        continue;
    if (at < *count && list[at].score <= new.score)
        return;
    if (at == *count && *count == ENT_STATE_CANDIDATES) {
        at--;
        if (list[at].score <= new.score)
            return;
    } else if (at == *count) {
        (*count)++;
    }
    for (; at > 0 && list[at - 1].score > new.score; at--)
        list[at] = list[at - 1];
    list[at] = new;
}

void ent__nearest(const struct ent__words *words, struct ent_state_match *match)
{
    struct candidate list[ENT_STATE_CANDIDATES];
    char bytes[ENT__NAME_BYTES];
    struct ent_str text = { bytes, ent__words_join(words, bytes) };
    int limit = text.len < 6 ? 1 : (int)(text.len / 3);
    size_t count = 0;

    if (text.len < 3)
        return;
    for (size_t i = 0; i < ent__plain_count; i++) {
        const struct ent__plain *plain = &ent__plain_names[i];
        struct ent_str name = { (const char *)ent__key_text + plain->at, plain->len };
        int far = distance(text, name, limit);

        if (name.len > text.len && memcmp(name.at, text.at, text.len) == 0)
            far = least(far, PREFIX_DISTANCE);
        else if (far > limit)
            continue;
        /* Ties go to the states of today, which have an M49 number. */
        far = 2 * far + (ent_state_get(plain->id)->m49 == 0);
        offer(list, &count, (struct candidate){ plain->id, far });
    }
    match->candidate_count = count;
    for (size_t i = 0; i < count; i++)
        match->candidates[i] = list[i].id;
}
