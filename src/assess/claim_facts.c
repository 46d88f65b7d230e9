/* Reported facts: what no dataset covers, with who reports it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/claim_row.h"
#include "base/alloc.h"
#include "base/str.h"

/* Columns of a table of facts that are read; others are for people. */
enum column {
    FACT_ID = 0,
    FACT_WORDS,
    FACT_VALUE,
    FACT_UNIT,
    FACT_SOURCE,
    FACT_DATE,
    FACT_COLUMNS,
};

static const char *const names[FACT_COLUMNS] = {
    "id", "fact", "value", "unit", "source", "date"
};

enum {
    MOST_FACTS = 10000, /* more is no list that somebody keeps */
};

struct reading {
    struct ent_arena *arena;
    size_t at[FACT_COLUMNS];
    struct ent_claim_fact *facts;
    size_t count, capacity;
};

static enum ent_status
read_header(struct reading *r, const struct ent_csv_record *record, struct ent_error *err)
{
    for (size_t c = 0; c < FACT_COLUMNS; c++) {
        r->at[c] = SIZE_MAX;
        for (size_t i = 0; i < record->count; i++) {
            if (ent__str_is_nocase(record->cells[i].text, names[c]))
                r->at[c] = i;
        }
    }
    for (size_t c = FACT_ID; c <= FACT_WORDS; c++) {
        if (r->at[c] != SIZE_MAX)
            continue;
        ent_fail(err, ENT_EFORMAT, "a table of facts has a column \"%s\"", names[c]);
        ent_error_at(err, NULL, record->line, 1);
        return ENT_EFORMAT;
    }
    return ENT_OK;
}

static struct ent_str
cell(const struct reading *r, const struct ent_csv_record *record, enum column c)
{
    return r->at[c] < record->count ? record->cells[r->at[c]].text
                                    : (struct ent_str){ NULL, 0 };
}

/* A value that is a word, or in a unit that claims do not know, is only shown. */
static enum ent_status read_value(struct reading *r, const struct ent_csv_record *record,
                                  struct ent_claim_fact *fact, struct ent_error *err)
{
    struct ent_claim_node *amount = NULL;
    struct ent_str value = cell(r, record, FACT_VALUE);
    struct ent_str unit = cell(r, record, FACT_UNIT);
    struct ent_buf text;
    enum ent_status status;
    bool below = ent__str_starts(value, "-");
    size_t at = 0;

    fact->value = NAN;
    fact->value_text = value.len
                           ? ent__arena_printf(r->arena, "%.*s%s%.*s", (int)value.len, value.at,
                                               unit.len ? " " : "", (int)unit.len, unit.at)
                           : "";
    if (!fact->value_text)
        return ent_fail(err, ENT_ENOMEM, "out of memory for facts");
    ent__buf_init(&text);
    ent__buf_add(&text, ent__str_slice(value, below, value.len));
    ent__buf_putc(&text, ' ');
    ent__buf_add(&text, unit);
    status = ent__buf_check(&text, err);
    if (status == ENT_OK)
        status = ent__claim_parse_amount(ent__buf_str(&text), r->arena, &amount, &at, NULL);
    if (status == ENT_OK && amount->kind == ENT_NODE_NUMBER) {
        fact->value = below ? -amount->number : amount->number;
        fact->unit = amount->unit;
    }
    ent__buf_release(&text);
    return status == ENT_ENOMEM ? ent_fail(err, ENT_ENOMEM, "out of memory for facts") : ENT_OK;
}

static enum ent_status
read_fact(struct reading *r, const struct ent_csv_record *record, struct ent_error *err)
{
    struct ent_claim_fact fact;
    const struct ent_claim_facts so_far = { r->count, r->facts };
    void *grown = r->facts;
    enum ent_status status = ENT_OK;

    memset(&fact, 0, sizeof(fact));
    fact.id = ent__arena_copy(r->arena, cell(r, record, FACT_ID));
    fact.words = ent__arena_copy(r->arena, cell(r, record, FACT_WORDS));
    fact.source = ent__arena_copy(r->arena, cell(r, record, FACT_SOURCE));
    fact.date = ent__arena_copy(r->arena, cell(r, record, FACT_DATE));
    if (!fact.id || !fact.words || !fact.source || !fact.date)
        return ent_fail(err, ENT_ENOMEM, "out of memory for facts");
    if (!fact.id[0])
        status = ent_fail(err, ENT_EFORMAT, "a fact without an id");
    else if (r->count == MOST_FACTS)
        status = ent_fail(err, ENT_EFORMAT, "more than %d facts", MOST_FACTS);
    else if (ent__claim_fact_find(&so_far, fact.id))
        status = ent_fail(err, ENT_EFORMAT, "the fact \"%.60s\" stands twice", fact.id);
    if (status == ENT_OK)
        status = read_value(r, record, &fact, err);
    if (status != ENT_OK) {
        ent_error_at(err, NULL, record->line, 1);
        return status;
    }
    ENT_TRY(ent__grow(&grown, &r->capacity, r->count + 1, sizeof(*r->facts), err));
    r->facts = grown;
    r->facts[r->count++] = fact;
    return ENT_OK;
}

static enum ent_status read_all(struct reading *r, struct ent_str text, struct ent_error *err)
{
    struct ent_csv_record *record = ent__arena_alloc(r->arena, sizeof(*record));
    struct ent_csv csv;
    bool header = true;
    bool more;

    if (!record)
        return ent_fail(err, ENT_ENOMEM, "out of memory for facts");
    ent__csv_begin(&csv, text);
    for (;;) {
        ENT_TRY(ent__csv_next(&csv, r->arena, record, &more, err));
        if (!more)
            return ENT_OK;
        if (record->wrong) {
            ent_fail(err, ENT_EFORMAT, "%s", record->wrong);
            ent_error_at(err, NULL, record->wrong_line, record->wrong_column);
            return ENT_EFORMAT;
        }
        ENT_TRY(header ? read_header(r, record, err) : read_fact(r, record, err));
        header = false;
    }
}

enum ent_status ent__claim_facts_read(struct ent_str text, struct ent_arena *arena,
                                      struct ent_claim_facts *facts, struct ent_error *err)
{
    struct reading r = { .arena = arena };
    enum ent_status status = read_all(&r, text, err);
    struct ent_claim_fact *copy = NULL;

    if (status == ENT_OK) {
        copy = ent__arena_array(arena, r.count + 1, sizeof(*copy));
        if (!copy)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for facts");
        else if (r.count)
            memcpy(copy, r.facts, r.count * sizeof(*copy));
    }
    ent__free(r.facts);
    if (status == ENT_OK)
        *facts = (struct ent_claim_facts){ r.count, copy };
    return status;
}
