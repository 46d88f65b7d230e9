/* The rows behind the figures of an answer. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "query/claim_inside.h"
#include "query/trace.h"

enum {
    MOST_STATES = 64, /* of each side, whose rows are looked for */
};

static enum ent_status measure_rows(struct ent_rows *rows, const struct ent_claim_call *call,
                                    const struct ent_claim_choice *choice,
                                    struct ent_error *err)
{
    int from[MOST_STATES], to[MOST_STATES];
    bool monadic = ent_measure_at(choice->measure)->direction == ENT_MONADIC;
    int first = call->function == ENT_CALL_CHANGE && call->from == call->to ? call->from - 1
                                                                            : call->from;

    for (int year = first; year <= call->to; year++) {
        size_t a = ent__claim_expand(&call->a, year, from, MOST_STATES);
        size_t b = ent__claim_expand(&call->b, year, to, MOST_STATES);

        for (size_t i = 0; i < a; i++) {
            if (monadic)
                ENT_TRY(ent__rows_pair(rows, choice->measure, choice->source, from[i], from[i],
                                       year, err));
            for (size_t k = 0; !monadic && k < b; k++) {
                if (to[k] > 0 && to[k] != from[i])
                    ENT_TRY(ent__rows_pair(rows, choice->measure, choice->source,
                                           choice->swapped ? to[k] : from[i],
                                           choice->swapped ? from[i] : to[k], year, err));
            }
        }
    }
    return ENT_OK;
}

static enum ent_status vote_rows(struct ent_claim_source *s, struct ent_rows *rows,
                                 const struct ent_claim_call *call, const char *source,
                                 struct ent_error *err)
{
    const struct ent_claim_roll_call *r = ent__claim_roll_call(s, source, call->text);
    char table[64];
    struct ent_row_query q = { .table = table, .condition_count = 3 };

    if (!r)
        return ENT_OK;
    snprintf(table, sizeof(table), "%s_vote", source);
    q.conditions[0] = (struct ent_condition){ "year", ENT_REL_EQUAL, r->year };
    q.conditions[1] = (struct ent_condition){ "roll_call", ENT_REL_EQUAL, r->number };
    q.conditions[2] = (struct ent_condition){ "state", ENT_REL_EQUAL, call->a.terms[0].id };
    return ent__rows_query(rows, &q, err);
}

static enum ent_status dispute_rows(struct ent_rows *rows, const struct ent_claim_call *call,
                                    const char *source, struct ent_error *err)
{
    char table[64];
    struct ent_row_query q = {
        .table = table,
        .conditions = { { "year", ENT_REL_AT_LEAST, call->from },
                        { "year", ENT_REL_AT_MOST, call->to },
                        { "from_state", ENT_REL_EQUAL, call->a.terms[0].id },
                        { "to_state", ENT_REL_EQUAL, call->b.terms[0].id },
                        { "same_side", ENT_REL_EQUAL, 0 } },
        .condition_count = 5,
    };

    snprintf(table, sizeof(table), "%s_dispute", source);
    return ent__rows_query(rows, &q, err);
}

/* Copy what was found into the arena of the answers. */
static enum ent_status keep(const struct ent_trace *found, struct ent_arena *arena,
                            struct ent_claim_figure *figure, struct ent_error *err)
{
    struct ent_claim_row *rows = ent__arena_array(arena, found->row_count + 1, sizeof(*rows));
    bool kept = rows != NULL;

    for (size_t i = 0; kept && i < found->row_count; i++) {
        const struct ent_trace_source *s = &found->sources[found->rows[i].source];

        rows[i].dataset = ent__arena_printf(arena, "%s", s->dataset);
        rows[i].version = ent__arena_printf(arena, "%s", s->version);
        rows[i].file = ent__arena_printf(arena, "%s", s->file);
        rows[i].text = ent__arena_printf(arena, "%s", found->rows[i].text);
        rows[i].line = found->rows[i].line;
        kept = rows[i].dataset && rows[i].version && rows[i].file && rows[i].text;
    }
    if (!kept)
        return ent_fail(err, ENT_ENOMEM, "out of memory for rows");
    figure->rows = rows;
    figure->row_count = found->row_count;
    figure->row_total = found->row_total;
    return ENT_OK;
}

enum ent_status ent__claim_source_rows(struct ent_claim_source *source,
                                       const struct ent_claim_call *call,
                                       const struct ent_claim_choice *choice, size_t limit,
                                       struct ent_arena *arena, struct ent_claim_figure *figure,
                                       struct ent_error *err)
{
    struct ent_rows *rows = NULL;
    enum ent_status status;

    if (!source->store || call->about == ENT_ABOUT_FACT)
        return ENT_OK;
    ENT_TRY(ent__rows_new(source->store, limit, &rows, err));
    if (call->about == ENT_ABOUT_VOTE)
        status = vote_rows(source, rows, call, choice->name, err);
    else if (call->about == ENT_ABOUT_DISPUTES)
        status = dispute_rows(rows, call, choice->name, err);
    else if (call->about == ENT_ABOUT_VETOES_ONE)
        status = ENT_OK; /* their rows are by pair of vetoing states */
    else
        status = measure_rows(rows, call, choice, err);
    if (status == ENT_OK)
        status = keep(ent__rows_found(rows), arena, figure, err);
    ent__rows_free(rows);
    return status;
}
