/*
 * Roll calls of an ideal-point run: which edition of the votes, and which of its roll
 * calls are used.
 *
 * What a roll call is about is not in every edition.  Issues and importance are taken
 * from whatever edition says so, by number of the roll call, as elsewhere in Entente.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/dataset.h"
#include "query/ideal_votes.h"
#include "store/block.h"

enum {
    DEAD_SESSION = 19,    /* one vote was taken in it */
    PARTS_FROM = 45,      /* session of 1990: votes on parts are left out from here on */
    OWN_NUMBERS = 100000, /* numbers that Entente gave: the same in no other edition */
    FLAG_IMPORTANT = 1 << 7,
    ISSUES = 6,
    MOST_COLUMNS = 12,
};

static const char *const editions[] = { "unga", "unvotes", "unga2015" };

enum {
    EDITIONS = sizeof(editions) / sizeof(editions[0]),
};

static const char *const issues[ISSUES] = { "me", "nu", "di", "hr", "co", "ec" };

/* A block's columns as integers, for ent__ideal_rows. */
struct walk {
    const struct ent_table *table;
    struct ent_ideal_column *columns;
    size_t column_count;
    size_t capacity[MOST_COLUMNS];
    ent_ideal_rows_fn each;
    void *context;
};

static enum ent_status
take_block(void *context, const struct ent_block *block, struct ent_error *err)
{
    struct walk *w = context;

    if (block->column_count != w->table->column_count)
        return ent_fail(err, ENT_EDB,
                        "another version of Entente made %s: import its file again",
                        w->table->name);
    for (size_t c = 0; c < w->column_count; c++) {
        void *grown = w->columns[c].v;
        size_t at = 0;

        while (at < w->table->column_count &&
               strcmp(w->table->columns[at].name, w->columns[c].name) != 0)
            at++;
        if (at == w->table->column_count)
            return ent_fail(err, ENT_EDB, "%s has no column %s", w->table->name,
                            w->columns[c].name);
        ENT_TRY(ent__grow(&grown, &w->capacity[c], block->count + 1, sizeof(int64_t), err));
        w->columns[c].v = grown;
        ent__block_ints(block, at, w->columns[c].v);
    }
    return w->each(w->context, block->count, w->columns, err);
}

enum ent_status ent__ideal_rows(struct ent_store *store, const char *table,
                                struct ent_ideal_column *columns, size_t column_count,
                                ent_ideal_rows_fn each, void *context, struct ent_error *err)
{
    struct walk w = { .table = ent__dataset_table(table, NULL),
                      .columns = columns,
                      .column_count = column_count,
                      .each = each,
                      .context = context };
    enum ent_status status;

    if (!w.table || column_count > MOST_COLUMNS)
        return ent_fail(err, ENT_EINVAL, "no table is called %s", table);
    for (size_t c = 0; c < column_count; c++)
        columns[c].v = NULL;
    status = ent__store_blocks(store, table, 0, 9999, take_block, &w, err);
    for (size_t c = 0; c < column_count; c++) {
        ent__free(columns[c].v);
        columns[c].v = NULL;
    }
    return status;
}

/* The source of the store that is noted, or looked for. */
struct noting {
    struct ent_ideal_data *data;
    const char *part; /* only this one; "": all */
    size_t found;
};

static enum ent_status
note_source(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    struct noting *n = context;
    struct ent_ideal_data *data = n->data;
    struct ent_ideal_input *input = &data->inputs[data->input_count];

    if (n->part[0] && strcmp(n->part, info->part) != 0)
        return ENT_OK;
    n->found++;
    if (!data->arena)
        return ENT_OK;
    for (size_t i = 0; i < data->input_count; i++) {
        if (data->inputs[i].source == info->id)
            return ENT_OK;
    }
    if (data->input_count == ENT_IDEAL_INPUTS)
        return ENT_OK;
    *input = (struct ent_ideal_input){
        .source = info->id,
        .dataset = ent__arena_copy(data->arena, ent__str(info->dataset)),
        .part = ent__arena_copy(data->arena, ent__str(info->part)),
        .file = ent__arena_copy(data->arena, ent__str(info->file)),
        .sha256 = ent__arena_copy(data->arena, ent__str(info->sha256)),
    };
    if (!input->dataset || !input->part || !input->file || !input->sha256)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the votes");
    data->input_count++;
    return ENT_OK;
}

enum ent_status ent__ideal_input(struct ent_store *store, struct ent_ideal_data *data,
                                 const char *dataset, const char *part, struct ent_error *err)
{
    struct noting n = { data, part, 0 };

    return ent_store_sources(store, dataset, note_source, &n, err);
}

static enum ent_status is_loaded(struct ent_store *store, const char *dataset, const char *part,
                                 bool *loaded, struct ent_error *err)
{
    struct ent_ideal_data none = { 0 };
    struct noting n = { &none, part, 0 };

    ENT_TRY(ent_store_sources(store, dataset, note_source, &n, err));
    *loaded = n.found > 0;
    return ENT_OK;
}

/* The edition asked for, or the first that is loaded. */
static enum ent_status choose_edition(struct ent_store *store, const char *asked,
                                      const char **out, struct ent_error *err)
{
    for (size_t i = 0; i < EDITIONS; i++) {
        bool unvotes = strcmp(editions[i], "unvotes") == 0;
        bool votes = false, calls = true;

        if (asked && strcmp(asked, editions[i]) != 0)
            continue;
        ENT_TRY(is_loaded(store, editions[i], unvotes ? "votes" : "", &votes, err));
        if (unvotes)
            ENT_TRY(is_loaded(store, editions[i], "roll_calls", &calls, err));
        if (votes && calls) {
            *out = editions[i];
            return ENT_OK;
        }
        if (asked && votes)
            return ent_fail(err, ENT_ENOTFOUND,
                            "unvotes is loaded without its roll calls: import un_roll_calls");
        if (asked)
            return ent_fail(err, ENT_ENOTFOUND,
                            "%s is not loaded: \"entente data %s\" says where to get it", asked,
                            asked);
    }
    if (asked)
        return ent_fail(err, ENT_EINVAL,
                        "no votes are called \"%.40s\": there are unga, unvotes and unga2015",
                        asked);
    return ent_fail(err, ENT_ENOTFOUND,
                    "no votes of the General Assembly are in the store: \"entente data unga\" "
                    "says where to get them");
}

static int by_number(const void *a, const void *b)
{
    const struct ent_ideal_call *x = a;
    const struct ent_ideal_call *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->session > y->session) - (x->session < y->session);
}

size_t ent__ideal_call_find(const struct ent_ideal_calls *calls, int64_t number)
{
    size_t low = 0;
    size_t high = calls->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (calls->at[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calls->count && calls->at[low].number == number ? low : SIZE_MAX;
}

/* Columns of the table of roll calls, in the order in which they are asked for. */
enum {
    CALL_NUMBER,
    CALL_SESSION,
    CALL_AMENDMENT,
    CALL_PARAGRAPH,
    CALL_COLUMNS
};

static enum ent_status take_calls(void *context, size_t rows,
                                  const struct ent_ideal_column *columns, struct ent_error *err)
{
    struct ent_ideal_calls *calls = context;
    void *grown = calls->at;

    ENT_TRY(ent__grow(&grown, &calls->capacity, calls->count + rows, sizeof(*calls->at), err));
    calls->at = grown;
    for (size_t i = 0; i < rows; i++) {
        int64_t session = columns[CALL_SESSION].v[i];
        struct ent_ideal_call *call = &calls->at[calls->count];

        if (session < 1 || session > 1000)
            continue;
        *call = (struct ent_ideal_call){ .number = columns[CALL_NUMBER].v[i],
                                         .session = (int)session };
        if (session >= PARTS_FROM &&
            (columns[CALL_AMENDMENT].v[i] == 1 || columns[CALL_PARAGRAPH].v[i] == 1))
            call->drop = ENT_IDEAL_PART;
        calls->count++;
    }
    return ENT_OK;
}

static struct ent_ideal_call *shared_call(struct ent_ideal_calls *calls, int64_t number)
{
    size_t at = number < OWN_NUMBERS ? ent__ideal_call_find(calls, number) : SIZE_MAX;

    return at == SIZE_MAX ? NULL : &calls->at[at];
}

/* roll_call, issue */
static enum ent_status take_issue_rows(void *context, size_t rows,
                                       const struct ent_ideal_column *columns,
                                       struct ent_error *err)
{
    struct ent_ideal_calls *calls = context;

    (void)err;
    for (size_t i = 0; i < rows; i++) {
        struct ent_ideal_call *call = shared_call(calls, columns[0].v[i]);

        if (call && columns[1].v[i] >= 1 && columns[1].v[i] <= ISSUES)
            call->flags |= 1u << columns[1].v[i];
    }
    return ENT_OK;
}

/* roll_call, important: of an edition whose issues stand in a table of their own. */
static enum ent_status take_important(void *context, size_t rows,
                                      const struct ent_ideal_column *columns,
                                      struct ent_error *err)
{
    struct ent_ideal_calls *calls = context;

    (void)err;
    for (size_t i = 0; i < rows; i++) {
        struct ent_ideal_call *call = shared_call(calls, columns[0].v[i]);

        if (call && columns[1].v[i] == 1)
            call->flags |= FLAG_IMPORTANT;
    }
    return ENT_OK;
}

/* roll_call, important, issue_me ... issue_ec */
static enum ent_status take_flags(void *context, size_t rows,
                                  const struct ent_ideal_column *columns, struct ent_error *err)
{
    struct ent_ideal_calls *calls = context;

    ENT_TRY(take_important(context, rows, columns, err));
    for (size_t i = 0; i < rows; i++) {
        struct ent_ideal_call *call = shared_call(calls, columns[0].v[i]);

        for (int k = 0; call && k < ISSUES; k++) {
            if (columns[2 + k].v[i] == 1)
                call->flags |= 1u << (k + 1);
        }
    }
    return ENT_OK;
}

/* What the roll calls are about, from whatever edition says. */
static enum ent_status
read_flags(struct ent_store *store, struct ent_ideal_data *data, struct ent_error *err)
{
    struct ent_ideal_column flags[] = {
        { "roll_call", NULL }, { "important", NULL }, { "issue_me", NULL },
        { "issue_nu", NULL },  { "issue_di", NULL },  { "issue_hr", NULL },
        { "issue_co", NULL },  { "issue_ec", NULL },
    };
    struct ent_ideal_column important[] = { { "roll_call", NULL }, { "important", NULL } };
    struct ent_ideal_column issue[] = { { "roll_call", NULL }, { "issue", NULL } };
    bool calls, by_issue, flagged;

    ENT_TRY(is_loaded(store, "unvotes", "roll_calls", &calls, err));
    ENT_TRY(is_loaded(store, "unvotes", "issues", &by_issue, err));
    ENT_TRY(is_loaded(store, "unga2015", "", &flagged, err));
    if (calls && by_issue) {
        ENT_TRY(ent__ideal_rows(store, "unvotes_roll_call", important, 2, take_important,
                                &data->calls, err));
        ENT_TRY(ent__ideal_rows(store, "unvotes_issue", issue, 2, take_issue_rows, &data->calls,
                                err));
        ENT_TRY(ent__ideal_input(store, data, "unvotes", "roll_calls", err));
        return ent__ideal_input(store, data, "unvotes", "issues", err);
    }
    if (!flagged)
        return ent_fail(err, ENT_ENOTFOUND,
                        "nothing in the store says what the roll calls are about: import "
                        "un_roll_calls and un_roll_call_issues of the R package unvotes");
    ENT_TRY(
        ent__ideal_rows(store, "unga2015_roll_call", flags, 8, take_flags, &data->calls, err));
    return ent__ideal_input(store, data, "unga2015", "", err);
}

static enum ent_status issue_bit(const char *issue, uint32_t *bit, struct ent_error *err)
{
    for (int k = 0; k < ISSUES; k++) {
        if (strcmp(issues[k], issue) == 0) {
            *bit = 1u << (k + 1);
            return ENT_OK;
        }
    }
    return ent_fail(err, ENT_EINVAL,
                    "no issue is called \"%.40s\": there are me (Palestinian conflict), nu "
                    "(nuclear weapons), di (disarmament), hr (human rights), co (colonialism) "
                    "and ec (economic development)",
                    issue);
}

static enum ent_status mark_topics(struct ent_store *store,
                                   const struct ent_ideal_request *request,
                                   struct ent_ideal_data *data, struct ent_error *err)
{
    uint32_t wanted = 0;

    if (request->issue)
        ENT_TRY(issue_bit(request->issue, &wanted, err));
    if (request->important)
        wanted |= FLAG_IMPORTANT;
    if (!wanted)
        return ENT_OK;
    ENT_TRY(read_flags(store, data, err));
    for (size_t i = 0; i < data->calls.count; i++) {
        struct ent_ideal_call *call = &data->calls.at[i];

        if (call->drop == ENT_IDEAL_KEPT && (call->flags & wanted) != wanted)
            call->drop = ENT_IDEAL_OTHER;
    }
    return ENT_OK;
}

static void
mark_sessions(const struct ent_ideal_request *request, struct ent_ideal_calls *calls)
{
    for (size_t i = 0; i < calls->count; i++) {
        struct ent_ideal_call *call = &calls->at[i];

        if ((request->first_session && call->session < request->first_session) ||
            (request->last_session && call->session > request->last_session))
            call->drop = ENT_IDEAL_SESSION;
        else if (call->session == DEAD_SESSION)
            call->drop = ENT_IDEAL_DEAD;
    }
}

enum ent_status ent__ideal_calls(struct ent_store *store,
                                 const struct ent_ideal_request *request,
                                 struct ent_ideal_data *data, struct ent_error *err)
{
    struct ent_ideal_column columns[CALL_COLUMNS] = {
        [CALL_NUMBER] = { "roll_call", NULL },
        [CALL_SESSION] = { "session", NULL },
        [CALL_AMENDMENT] = { "amendment", NULL },
        [CALL_PARAGRAPH] = { "paragraph", NULL },
    };
    bool unvotes;
    char table[40];

    ENT_TRY(choose_edition(store, request->source, &data->info.source, err));
    snprintf(table, sizeof(table), "%s_roll_call", data->info.source);
    ENT_TRY(
        ent__ideal_rows(store, table, columns, CALL_COLUMNS, take_calls, &data->calls, err));
    if (data->calls.count)
        qsort(data->calls.at, data->calls.count, sizeof(*data->calls.at), by_number);
    unvotes = strcmp(data->info.source, "unvotes") == 0;
    ENT_TRY(ent__ideal_input(store, data, data->info.source, unvotes ? "votes" : "", err));
    if (unvotes)
        ENT_TRY(ent__ideal_input(store, data, "unvotes", "roll_calls", err));
    mark_sessions(request, &data->calls);
    ENT_TRY(mark_topics(store, request, data, err));
    for (size_t i = 0; i < data->calls.count; i++) {
        data->info.left_out_parts += data->calls.at[i].drop == ENT_IDEAL_PART;
        data->info.left_out_other += data->calls.at[i].drop == ENT_IDEAL_OTHER;
    }
    return ENT_OK;
}
