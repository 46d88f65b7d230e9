/*
 * Roll calls on one resolution: by pairs that a file or the store gives, or by titles.
 *
 * A pair says that its second roll call repeats its first; chains of pairs are one
 * resolution, also through a roll call that these votes do not have, and its item is
 * called by the earliest roll call of it that is used.  Of titles, those that stand
 * once in a session are taken to be the same resolution in all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/intern.h"
#include "io/source.h"
#include "query/ideal_votes.h"
#include "store/rows.h"
#include "store/table.h"

enum {
    /* A matches file of which more than one pair in so many is unknown is of other votes. */
    UNKNOWN_MOST = 5,
};

struct pair {
    int64_t first, second;
    size_t line;
    size_t column[2];  /* of the two numbers; 0: not known */
    uint32_t from, to; /* nodes */
};

struct matching {
    const char *file; /* as given; NULL: the pairs of the store */
    struct pair *pairs;
    size_t count, capacity;
    int64_t *nodes; /* distinct numbers, ascending */
    size_t node_count;
    uint32_t *root; /* of each node */
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for the matches");
}

static enum ent_status add_pair(struct matching *m, struct pair pair, struct ent_error *err)
{
    void *grown = m->pairs;

    ENT_TRY(ent__grow(&grown, &m->capacity, m->count + 1, sizeof(*m->pairs), err));
    m->pairs = grown;
    m->pairs[m->count++] = pair;
    return ENT_OK;
}

/* Reading the file. */

static size_t find_name(const struct ent_record *header, const char *name)
{
    for (size_t c = 0; c < header->cell_count; c++) {
        if (header->cells[c].kind == ENT_CELL_TEXT &&
            ent__str_is_nocase(ent__str_trim(header->cells[c].text), name))
            return c;
    }
    return SIZE_MAX;
}

static enum ent_status read_number(const struct matching *m, const struct ent_record *row,
                                   size_t column, int64_t *out, struct ent_error *err)
{
    char text[64];
    struct ent_str seen = { "", 0 };

    if (column < row->cell_count) {
        if (ent__cell_i64(&row->cells[column], out))
            return ENT_OK;
        seen = ent__cell_text(&row->cells[column], text, sizeof(text));
    }
    (void)ent_fail(err, ENT_EFORMAT, "\"%.*s\" is no number of a roll call",
                   (int)(seen.len > 60 ? 60 : seen.len), seen.at);
    ent_error_at(err, m->file, row->line, column + 1);
    return ENT_EFORMAT;
}

static enum ent_status find_columns(const struct matching *m, const struct ent_record *header,
                                    size_t column[2], struct ent_error *err)
{
    column[0] = find_name(header, "rcid1");
    column[1] = find_name(header, "rcid2");
    if (column[0] != SIZE_MAX && column[1] != SIZE_MAX)
        return ENT_OK;
    (void)ent_fail(err, ENT_EFORMAT,
                   "a matches file has columns rcid1 and rcid2: two roll calls on one "
                   "resolution, the earlier first");
    ent_error_at(err, m->file, header->line ? header->line : 1, 0);
    return ENT_EFORMAT;
}

/* One record; `column` is filled from the header, which a typed table gives by itself. */
static enum ent_status take_record(struct matching *m, const struct ent_record *record,
                                   bool *headed, size_t column[2], struct ent_error *err)
{
    struct pair pair = { .line = record->line };

    if (!*headed && (record->kind == ENT_RECORD_ROW || record->typed)) {
        *headed = true;
        return find_columns(m, record, column, err);
    }
    if (record->kind != ENT_RECORD_ROW)
        return ENT_OK;
    pair.column[0] = column[0] + 1;
    pair.column[1] = column[1] + 1;
    ENT_TRY(read_number(m, record, column[0], &pair.first, err));
    ENT_TRY(read_number(m, record, column[1], &pair.second, err));
    return add_pair(m, pair, err);
}

static enum ent_status read_file(struct matching *m, struct ent_error *err)
{
    struct ent_source *source = NULL;
    struct ent_record record = { 0 };
    size_t column[2] = { 0 };
    bool headed = false;
    enum ent_status status = ent__source_open(m->file, NULL, &source, err);

    while (status == ENT_OK) {
        status = ent__source_next(source, &record, err);
        if (status != ENT_OK || record.kind == ENT_RECORD_END)
            break;
        status = take_record(m, &record, &headed, column, err);
    }
    ent__source_close(source);
    if (status == ENT_OK && !headed) {
        status = ent_fail(err, ENT_EFORMAT, "a matches file without a row");
        ent_error_at(err, m->file, 0, 0);
    }
    return status;
}

static enum ent_status take_stored(void *context, size_t rows,
                                   const struct ent_ideal_column *columns,
                                   struct ent_error *err)
{
    struct matching *m = context;

    for (size_t i = 0; i < rows; i++) {
        struct pair pair = { .first = columns[1].v[i],
                             .second = columns[2].v[i],
                             .line = (size_t)columns[0].v[i] };

        if (pair.first != ENT_NONE_INT && pair.second != ENT_NONE_INT)
            ENT_TRY(add_pair(m, pair, err));
    }
    return ENT_OK;
}

/* Chains, and their cycles. */

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static uint32_t node_of(const struct matching *m, int64_t number)
{
    size_t low = 0;
    size_t high = m->node_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (m->nodes[middle] <= number)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static enum ent_status make_nodes(struct matching *m, struct ent_error *err)
{
    size_t kept = 0;

    m->nodes = ent__calloc(2 * m->count + 1, sizeof(*m->nodes));
    m->root = ent__calloc(2 * m->count + 1, sizeof(*m->root));
    if (!m->nodes || !m->root)
        return no_memory(err);
    for (size_t i = 0; i < m->count; i++) {
        m->nodes[2 * i] = m->pairs[i].first;
        m->nodes[2 * i + 1] = m->pairs[i].second;
    }
    qsort(m->nodes, 2 * m->count, sizeof(*m->nodes), by_value);
    for (size_t i = 0; i < 2 * m->count; i++) {
        if (kept == 0 || m->nodes[kept - 1] != m->nodes[i])
            m->nodes[kept++] = m->nodes[i];
    }
    m->node_count = kept;
    for (size_t i = 0; i < m->count; i++) {
        m->pairs[i].from = node_of(m, m->pairs[i].first);
        m->pairs[i].to = node_of(m, m->pairs[i].second);
    }
    return ENT_OK;
}

/* The pairs in order of the node they come from: start[node] to start[node + 1] - 1. */
static enum ent_status sort_by_from(const struct matching *m, uint32_t **start,
                                    uint32_t **order, struct ent_error *err)
{
    *start = ent__calloc(m->node_count + 2, sizeof(**start));
    *order = ent__calloc(m->count + 1, sizeof(**order));
    if (!*start || !*order)
        return no_memory(err);
    for (size_t i = 0; i < m->count; i++)
        (*start)[m->pairs[i].from + 2]++;
    for (size_t n = 2; n < m->node_count + 2; n++)
        (*start)[n] += (*start)[n - 1];
    for (size_t i = 0; i < m->count; i++)
        (*order)[(*start)[m->pairs[i].from + 1]++] = (uint32_t)i;
    return ENT_OK;
}

/*
 * Take away nodes that no pair leads to, until there are none (Kahn 1962): what is left
 * holds a cycle.  left[node] is how many pairs lead to it then.  O(nodes + pairs).
 */
static enum ent_status
peel(const struct matching *m, uint32_t *left, size_t *rest, struct ent_error *err)
{
    uint32_t *start = NULL;
    uint32_t *order = NULL;
    uint32_t *free_nodes = ent__calloc(m->node_count + 1, sizeof(*free_nodes));
    size_t head = 0;
    size_t tail = 0;
    enum ent_status status = free_nodes ? sort_by_from(m, &start, &order, err) : no_memory(err);

    for (size_t i = 0; status == ENT_OK && i < m->count; i++)
        left[m->pairs[i].to]++;
    for (uint32_t n = 0; status == ENT_OK && n < m->node_count; n++) {
        if (!left[n])
            free_nodes[tail++] = n;
    }
    for (; head < tail; head++) {
        uint32_t node = free_nodes[head];

        for (uint32_t k = start[node]; k < start[node + 1]; k++) {
            if (--left[m->pairs[order[k]].to] == 0)
                free_nodes[tail++] = m->pairs[order[k]].to;
        }
    }
    *rest = m->node_count - tail;
    ent__free(start);
    ent__free(order);
    ent__free(free_nodes);
    return status;
}

/*
 * Say where a cycle closes: at the last pair, in order of the file, of those that make
 * it.  Going back along pairs between the nodes left, one comes into a cycle.
 */
static enum ent_status tell_cycle(const struct matching *m, const uint32_t *left,
                                  uint32_t *into, struct ent_error *err)
{
    const struct pair *last = NULL;
    uint32_t node = 0;
    uint32_t start;
    size_t pairs = 0;

    for (size_t i = 0; i < m->count; i++) {
        if (left[m->pairs[i].from])
            into[m->pairs[i].to] = (uint32_t)i;
    }
    while (!left[node])
        node++;
    for (size_t step = 0; step < m->node_count; step++)
        node = m->pairs[into[node]].from;
    start = node;
    do {
        const struct pair *p = &m->pairs[into[node]];

        last = p > last || !last ? p : last;
        node = p->from;
        pairs++;
    } while (node != start);
    if (last->first == last->second)
        (void)ent_fail(err, ENT_EFORMAT, "roll call %lld is matched with itself",
                       (long long)last->first);
    else
        (void)ent_fail(err, ENT_EFORMAT,
                       "that roll call %lld repeats %lld closes a cycle of %zu matches: none "
                       "of them is the earliest",
                       (long long)last->second, (long long)last->first, pairs);
    ent_error_at(err, m->file ? m->file : "the matches in the store", last->line,
                 last->column[1]);
    return ENT_EFORMAT;
}

static enum ent_status check_cycles(const struct matching *m, struct ent_error *err)
{
    uint32_t *left = ent__calloc(m->node_count + 1, sizeof(*left));
    uint32_t *into = ent__calloc(m->node_count + 1, sizeof(*into));
    size_t rest = 0;
    enum ent_status status = left && into ? peel(m, left, &rest, err) : no_memory(err);

    if (status == ENT_OK && rest > 0)
        status = tell_cycle(m, left, into, err);
    ent__free(left);
    ent__free(into);
    return status;
}

static uint32_t root_of(uint32_t *root, uint32_t node)
{
    while (root[node] != node) {
        root[node] = root[root[node]];
        node = root[node];
    }
    return node;
}

static void join_pairs(struct matching *m)
{
    for (uint32_t n = 0; n < m->node_count; n++)
        m->root[n] = n;
    for (size_t i = 0; i < m->count; i++) {
        uint32_t a = root_of(m->root, m->pairs[i].from);
        uint32_t b = root_of(m->root, m->pairs[i].to);

        m->root[a > b ? a : b] = a > b ? b : a;
    }
}

/* Count the pairs that name roll calls which the votes do not have, and note the first. */
static enum ent_status
check_known(const struct matching *m, struct ent_ideal_data *data, struct ent_error *err)
{
    struct ent_ideal_votes_info *info = &data->info;

    for (size_t i = 0; i < m->count; i++) {
        const struct pair *p = &m->pairs[i];
        bool first = ent__ideal_call_find(&data->calls, p->first) != SIZE_MAX;
        bool second = ent__ideal_call_find(&data->calls, p->second) != SIZE_MAX;
        struct ent_error place = { 0 };

        if (first && second)
            continue;
        if (info->unknown_matches++ > 0)
            continue;
        (void)ent_fail(&place, ENT_EFORMAT, "no roll call has the number %lld",
                       (long long)(first ? p->second : p->first));
        ent_error_at(&place, m->file ? m->file : "the matches in the store", p->line,
                     p->column[first ? 1 : 0]);
        ent_error_text(&place, info->unknown_first, sizeof(info->unknown_first));
        if (err)
            *err = place;
    }
    if (info->unknown_matches * UNKNOWN_MOST <= m->count)
        return ENT_OK;
    if (err) {
        char why[sizeof(err->message)];

        snprintf(why, sizeof(why),
                 "%.300s, and %zu of %zu matches name one that %s does not have: they are of "
                 "other votes",
                 err->message, info->unknown_matches, m->count, info->source);
        memcpy(err->message, why, sizeof(why));
    }
    return ENT_EFORMAT;
}

/* The earliest used roll call of each chain is that of all. */
static enum ent_status
link_pairs(const struct matching *m, struct ent_ideal_data *data, struct ent_error *err)
{
    uint32_t *earliest = ent__calloc(m->node_count + 1, sizeof(*earliest)); /* index + 1 */

    if (!earliest)
        return no_memory(err);
    for (size_t i = 0; i < data->calls.count; i++) {
        struct ent_ideal_call *call = &data->calls.at[i];
        uint32_t node = m->node_count ? node_of(m, call->number) : 0;
        uint32_t root;

        if (call->drop != ENT_IDEAL_KEPT || !m->node_count || m->nodes[node] != call->number)
            continue;
        root = root_of(m->root, node);
        if (!earliest[root])
            earliest[root] = (uint32_t)i + 1;
        call->first = earliest[root] - 1;
    }
    ent__free(earliest);
    return ENT_OK;
}

static enum ent_status link_matches(struct ent_store *store, const char *file,
                                    struct ent_ideal_data *data, struct ent_error *err)
{
    struct ent_ideal_column columns[] = { { "v1", NULL },
                                          { "rcid1", NULL },
                                          { "rcid2", NULL } };
    struct matching m = { .file = file };
    enum ent_status status =
        file ? read_file(&m, err)
             : ent__ideal_rows(store, "unga_match", columns, 3, take_stored, &m, err);

    if (status == ENT_OK)
        status = make_nodes(&m, err);
    if (status == ENT_OK)
        status = check_cycles(&m, err);
    if (status == ENT_OK)
        status = check_known(&m, data, err);
    if (status == ENT_OK) {
        join_pairs(&m);
        status = link_pairs(&m, data, err);
    }
    ent__free(m.pairs);
    ent__free(m.nodes);
    ent__free(m.root);
    return status;
}

/* Titles. */

/* A roll call's title. */
struct title {
    uint32_t id;
    int session;
    uint32_t call; /* index of the roll call */
};

struct titling {
    struct ent_ideal_calls *calls;
    struct ent_intern titles;
    struct title *at;
    size_t count, capacity;
};

static enum ent_status take_title(void *context, int64_t source, uint64_t line, size_t columns,
                                  const char *const *names, const char *const *values,
                                  struct ent_error *err)
{
    struct titling *t = context;
    const char *number = NULL;
    const char *title = NULL;
    void *grown = t->at;
    size_t call;

    (void)source, (void)line;
    for (size_t c = 0; c < columns; c++) {
        if (strcmp(names[c], "roll_call") == 0)
            number = values[c];
        if (strcmp(names[c], "title") == 0)
            title = values[c];
    }
    if (!number || !title || ent__str_trim(ent__str(title)).len == 0)
        return ENT_OK;
    call = ent__ideal_call_find(t->calls, strtoll(number, NULL, 10));
    if (call == SIZE_MAX || t->calls->at[call].drop != ENT_IDEAL_KEPT)
        return ENT_OK;
    ENT_TRY(ent__grow(&grown, &t->capacity, t->count + 1, sizeof(*t->at), err));
    t->at = grown;
    t->at[t->count].call = (uint32_t)call;
    t->at[t->count].session = t->calls->at[call].session;
    return ent__intern(&t->titles, ent__str_trim(ent__str(title)), &t->at[t->count++].id, err);
}

static int by_title(const void *a, const void *b)
{
    const struct title *x = a;
    const struct title *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    return (x->call > y->call) - (x->call < y->call);
}

static bool same_session(const struct title *a, const struct title *b)
{
    return a->id == b->id && a->session == b->session;
}

/* Titles that stand once in a session are of one resolution. */
static void join_titles(struct titling *t)
{
    const struct title *at = t->at;
    const struct title *earliest = NULL;

    qsort(t->at, t->count, sizeof(*t->at), by_title);
    for (size_t i = 0; i < t->count; i++) {
        if ((i > 0 && same_session(&at[i - 1], &at[i])) ||
            (i + 1 < t->count && same_session(&at[i], &at[i + 1])))
            continue;
        if (!earliest || earliest->id != at[i].id)
            earliest = &at[i];
        t->calls->at[at[i].call].first = earliest->call;
    }
}

/* The edition with titles is unvotes; the others know its roll calls by their numbers. */
static enum ent_status
link_titles(struct ent_store *store, struct ent_ideal_data *data, struct ent_error *err)
{
    struct titling t = { .calls = &data->calls };
    struct ent_row_query query = { .table = "unvotes_roll_call", .limit = SIZE_MAX };
    uint64_t total;
    enum ent_status status;

    ent__intern_init(&t.titles);
    status = ent__store_rows(store, &query, take_title, &t, &total, err);
    if (status == ENT_OK && t.count)
        join_titles(&t);
    ent__intern_release(&t.titles);
    ent__free(t.at);
    return status;
}

static enum ent_status
count_stored(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    bool *found = context; /* matches of ideal_points, roll_calls of unvotes */

    (void)err;
    found[0] = found[0] || strcmp(info->part, "matches") == 0;
    found[1] = found[1] || strcmp(info->part, "roll_calls") == 0;
    return ENT_OK;
}

static enum ent_status
note_file(struct ent_ideal_data *data, const char *file, struct ent_error *err)
{
    struct ent_ideal_input *input = &data->inputs[data->input_count];
    char hex[ENT_SHA256_TEXT];
    uint64_t bytes;

    ENT_TRY(ent__file_digest(file, hex, &bytes, err));
    *input = (struct ent_ideal_input){
        .dataset = "",
        .part = "matches",
        .file = ent__arena_copy(data->arena, ent__str(file)),
        .sha256 = ent__arena_copy(data->arena, ent__str(hex)),
    };
    if (!input->file || !input->sha256)
        return no_memory(err);
    data->input_count++;
    return ENT_OK;
}

enum ent_status ent__ideal_link(struct ent_store *store,
                                const struct ent_ideal_request *request,
                                struct ent_ideal_data *data, struct ent_error *err)
{
    bool best = request->link == ENT_IDEAL_LINK_BEST;
    bool found[2] = { false };

    for (size_t i = 0; i < data->calls.count; i++)
        data->calls.at[i].first = (uint32_t)i;
    if (request->link == ENT_IDEAL_LINK_NONE) {
        data->info.link = "not linked, as asked";
        return ENT_OK;
    }
    if (best && request->matches) {
        data->info.link = "linked by the matches file";
        ENT_TRY(note_file(data, request->matches, err));
        return link_matches(store, request->matches, data, err);
    }
    ENT_TRY(ent_store_sources(store, "ideal_points", count_stored, &found[0], err));
    if (best && found[0]) {
        data->info.link = "linked by the published matches in the store";
        ENT_TRY(ent__ideal_input(store, data, "ideal_points", "matches", err));
        return link_matches(store, NULL, data, err);
    }
    ENT_TRY(ent_store_sources(store, "unvotes", count_stored, &found[0], err));
    if (!found[1]) {
        data->info.link = "not linked: there are neither matches nor titles in the store";
        return ENT_OK;
    }
    data->info.link = best ? "linked by identical titles, as no matches are in the store"
                           : "linked by identical titles";
    ENT_TRY(ent__ideal_input(store, data, "unvotes", "roll_calls", err));
    return link_titles(store, data, err);
}
