/* Lines of claims: cells put together to the expression that they stand for. */
#include "assess/claim_row.h"

#include <stdio.h>
#include <string.h>

#include "assess/claim_token.h"
#include "base/alloc.h"
#include "base/str.h"

static const char *const names[ENT_CLAIM_COLUMNS] = {
    "id",       "claim", "source", "date",      "states",     "year", "measure",
    "relation", "value", "unit",   "tolerance", "expression", "fact", "note",
};

static enum ent_status fail_at(const struct ent_csv_cell *cell, size_t offset,
                               struct ent_error *err, enum ent_status status)
{
    size_t line, column;

    if (err && cell) {
        ent__csv_place(cell, offset, &line, &column);
        ent_error_at(err, NULL, line, column);
    }
    return status;
}

static enum ent_status unknown_column(const struct ent_claim_header *header,
                                      const struct ent_csv_cell *cell, struct ent_error *err)
{
    char name[64];
    size_t nearest;

    snprintf(name, sizeof(name), "%.*s", (int)(cell->text.len > 60 ? 60 : cell->text.len),
             cell->text.at);
    nearest = ent_nearest(name, names, ENT_CLAIM_COLUMNS);
    if (nearest < ENT_CLAIM_COLUMNS && header->at[nearest] == SIZE_MAX)
        return fail_at(cell, 0, err,
                       ent_fail(err, ENT_EFORMAT, "column \"%s\": did you mean \"%s\"?", name,
                                names[nearest]));
    return ENT_OK;
}

static size_t column_of(struct ent_str text)
{
    for (size_t c = 0; c < ENT_CLAIM_COLUMNS; c++) {
        if (ent__str_is_nocase(text, names[c]))
            return c;
    }
    return ENT_CLAIM_COLUMNS;
}

enum ent_status ent__claim_header(const struct ent_csv *csv,
                                  const struct ent_csv_record *record,
                                  struct ent_claim_header *out, struct ent_error *err)
{
    struct ent_claim_header h = { .decimal_comma = csv->separator != ',' };

    for (size_t c = 0; c < ENT_CLAIM_COLUMNS; c++)
        h.at[c] = SIZE_MAX;
    for (size_t i = 0; i < record->count; i++) {
        const struct ent_csv_cell *cell = &record->cells[i];
        size_t c = column_of(cell->text);

        if (c == ENT_CLAIM_COLUMNS)
            continue;
        if (h.at[c] != SIZE_MAX)
            return fail_at(cell, 0, err,
                           ent_fail(err, ENT_EFORMAT, "column \"%s\" stands twice", names[c]));
        h.at[c] = i;
    }
    for (size_t i = 0; i < record->count; i++) {
        if (column_of(record->cells[i].text) == ENT_CLAIM_COLUMNS)
            ENT_TRY(unknown_column(&h, &record->cells[i], err));
    }
    if (h.at[ENT_COLUMN_ID] == SIZE_MAX) {
        enum ent_status status = ent_fail(
            err, ENT_EFORMAT,
            "no column \"id\": the first line names the columns (id, claim, measure, ...)");

        ent_error_at(err, NULL, record->line, 1);
        return status;
    }
    *out = h;
    return ENT_OK;
}

const struct ent_csv_cell *ent__claim_cell(const struct ent_claim_header *header,
                                           const struct ent_csv_record *record,
                                           enum ent_claim_column column)
{
    size_t at = header->at[column];

    return at < record->count && record->cells[at].text.len ? &record->cells[at] : NULL;
}

const char *ent__claim_cell_text(const struct ent_claim_header *header,
                                 const struct ent_csv_record *record,
                                 enum ent_claim_column column, struct ent_arena *arena)
{
    const struct ent_csv_cell *cell = ent__claim_cell(header, record, column);

    return cell ? ent__arena_copy(arena, cell->text) : "";
}

enum {
    PIECES = 160,
};

/* A text put together out of cells, which knows where each byte came from. */
struct joined {
    struct ent_buf text;
    struct piece {
        size_t from; /* byte in the text */
        const struct ent_csv_cell *cell;
        size_t offset; /* byte in the cell's text */
    } pieces[PIECES];
    size_t count;
};

static void
join(struct joined *j, struct ent_str text, const struct ent_csv_cell *cell, size_t offset)
{
    if (j->count < PIECES)
        j->pieces[j->count++] = (struct piece){ j->text.len, cell, offset };
    ent__buf_add(&j->text, text);
}

/* Words that stand in no cell count as the place of the one before them. */
static enum ent_status
fail_joined(const struct joined *j, size_t at, struct ent_error *err, enum ent_status status)
{
    const struct piece *p = NULL;

    for (size_t i = 0; i < j->count; i++) {
        if (j->pieces[i].cell && (!p || j->pieces[i].from <= at))
            p = &j->pieces[i];
    }
    return p ? fail_at(p->cell, p->offset + (at > p->from ? at - p->from : 0), err, status)
             : status;
}

/* A row in the making. */
struct row {
    const struct ent_claim_header *header;
    const struct ent_csv_record *record;
    const struct ent_claim_facts *facts;
    struct ent_arena *arena;
};

static const struct ent_csv_cell *cell_of(const struct row *r, enum ent_claim_column column)
{
    return ent__claim_cell(r->header, r->record, column);
}

/* "South Korea" needs no quotes of its own in a cell that only names states. */
static void join_states(struct joined *j, const struct ent_csv_cell *cell)
{
    struct ent_str text = cell->text;

    for (size_t from = 0; from <= text.len;) {
        size_t to = from;
        struct ent_str piece;
        bool plain = true;

        while (to < text.len && text.at[to] != ',')
            to++;
        piece = ent__str_trim(ent__str_slice(text, from, to));
        for (size_t i = 0; i < piece.len; i++) {
            if (piece.at[i] == '+' || piece.at[i] == '"' || piece.at[i] == '\'') {
                plain = true;
                break;
            }
            plain = plain && piece.at[i] != ' ' && !((unsigned char)piece.at[i] & 0x80);
        }
        if (from)
            ent__buf_puts(&j->text, ", ");
        join(j, ent__str(plain ? "" : "\""), cell,
             piece.len ? (size_t)(piece.at - text.at) : from);
        join(j, piece, cell, piece.len ? (size_t)(piece.at - text.at) : from);
        ent__buf_puts(&j->text, plain ? "" : "\"");
        from = to + 1;
    }
}

/* 2013-2017, 2013–2017 and 2013..2017 are the same span. */
static void join_years(struct joined *j, const struct ent_csv_cell *cell)
{
    size_t next;
    struct ent_claim_token first = ent__claim_token(cell->text, 0, &next);
    struct ent_claim_token sign = ent__claim_token(cell->text, next, &next);

    if (first.kind == ENT_TOKEN_NUMBER && sign.kind == ENT_TOKEN_MINUS) {
        join(j, first.text, cell, first.at);
        join(j, ent__str(".."), cell, sign.at);
        join(j, ent__str_slice(cell->text, next, cell->text.len), cell, next);
    } else {
        join(j, cell->text, cell, 0);
    }
}

/* "rank(trade.total)" with its states and years: "rank(trade.total, CHN, RUS, 2014)". */
static enum ent_status
join_measure(const struct row *r, struct joined *j, struct ent_error *err)
{
    const struct ent_csv_cell *measure = cell_of(r, ENT_COLUMN_MEASURE);
    const struct ent_csv_cell *states = cell_of(r, ENT_COLUMN_STATES);
    const struct ent_csv_cell *years = cell_of(r, ENT_COLUMN_YEAR);
    struct ent_str text = measure->text;
    bool function = ent__str_ends(text, ")");

    if (!states || !years)
        return fail_at(measure, 0, err,
                       ent_fail(err, ENT_EFORMAT, "a measure needs its states and year"));
    if (function)
        text.len--;
    join(j, text, measure, 0);
    ent__buf_puts(&j->text, function ? ", " : "(");
    join_states(j, states);
    ent__buf_puts(&j->text, ", ");
    join_years(j, years);
    ent__buf_puts(&j->text, ")");
    return ENT_OK;
}

static enum ent_status parse_joined(const struct row *r, struct joined *j,
                                    struct ent_claim_node **out, struct ent_error *err)
{
    size_t at = 0;
    enum ent_status status;

    ENT_TRY(ent__buf_check(&j->text, err));
    status = ent__claim_parse_part(ent__buf_str(&j->text), r->facts, r->arena, out, &at, err);
    return status == ENT_OK ? status : fail_joined(j, at, err, status);
}

static enum ent_status
read_left(const struct row *r, struct ent_claim_node **out, struct ent_error *err)
{
    const struct ent_csv_cell *expression = cell_of(r, ENT_COLUMN_EXPRESSION);
    struct joined j = { .count = 0 };
    enum ent_status status = ENT_OK;

    ent__buf_init(&j.text);
    if (expression)
        join(&j, expression->text, expression, 0);
    else
        status = join_measure(r, &j, err);
    if (status == ENT_OK)
        status = parse_joined(r, &j, out, err);
    ent__buf_release(&j.text);
    return status;
}

static bool is_claim(const struct ent_claim_node *node)
{
    return node->kind >= ENT_NODE_COMPARE;
}

static enum ent_status read_relation(const struct ent_csv_cell *cell,
                                     enum ent_claim_relation *out, struct ent_error *err)
{
    static const struct {
        enum ent_claim_token_kind kind;
        enum ent_claim_relation relation;
    } kinds[] = {
        { ENT_TOKEN_EQ, ENT_CLAIM_EQUAL },  { ENT_TOKEN_NE, ENT_CLAIM_UNEQUAL },
        { ENT_TOKEN_LT, ENT_CLAIM_BELOW },  { ENT_TOKEN_LE, ENT_CLAIM_AT_MOST },
        { ENT_TOKEN_GT, ENT_CLAIM_ABOVE },  { ENT_TOKEN_GE, ENT_CLAIM_AT_LEAST },
        { ENT_TOKEN_NEAR, ENT_CLAIM_NEAR },
    };
    struct ent_claim_token t;
    size_t next;

    *out = ENT_CLAIM_EQUAL;
    if (!cell)
        return ENT_OK;
    if (ent__str_is_nocase(cell->text, "between")) {
        *out = ENT_CLAIM_BETWEEN;
        return ENT_OK;
    }
    t = ent__claim_token(cell->text, 0, &next);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].kind == t.kind && next == cell->text.len) {
            *out = kinds[i].relation;
            return ENT_OK;
        }
    }
    return fail_at(cell, 0, err,
                   ent_fail(err, ENT_EFORMAT,
                            "\"%.*s\" is no relation: it is = != < <= > >= ~ or between",
                            (int)(cell->text.len > 40 ? 40 : cell->text.len), cell->text.at));
}

/* A number with its unit behind it; 88,4 is 88.4 where the table is separated otherwise. */
static enum ent_status read_amount(const struct row *r, const struct ent_csv_cell *cell,
                                   size_t from, size_t to, const struct ent_csv_cell *unit,
                                   struct ent_claim_node **out, struct ent_error *err)
{
    struct joined j = { .count = 0 };
    struct ent_str text = ent__str_slice(cell->text, from, to);
    size_t comma = ent__str_find(text, ",");
    enum ent_status status;
    size_t at = 0;

    ent__buf_init(&j.text);
    if (comma != SIZE_MAX && r->header->decimal_comma) {
        join(&j, ent__str_slice(text, 0, comma), cell, from);
        ent__buf_putc(&j.text, '.');
        join(&j, ent__str_slice(text, comma + 1, text.len), cell, from + comma + 1);
    } else {
        join(&j, text, cell, from);
    }
    if (unit) {
        ent__buf_putc(&j.text, ' ');
        join(&j, unit->text, unit, 0);
    }
    status = ent__buf_check(&j.text, err);
    if (status == ENT_OK) {
        status = ent__claim_parse_amount(ent__buf_str(&j.text), r->arena, out, &at, err);
        if (status != ENT_OK)
            fail_joined(&j, at, err, status);
    }
    ent__buf_release(&j.text);
    return status;
}

static enum ent_status
read_value(const struct row *r, struct ent_claim_node *compare, struct ent_error *err)
{
    const struct ent_csv_cell *value = cell_of(r, ENT_COLUMN_VALUE);
    const struct ent_csv_cell *unit = cell_of(r, ENT_COLUMN_UNIT);
    size_t word = ent__str_find(value->text, " and ");

    if (compare->relation != ENT_CLAIM_BETWEEN)
        return read_amount(r, value, 0, value->text.len, unit, &compare->child[1], err);
    if (word == SIZE_MAX)
        return fail_at(value, 0, err,
                       ent_fail(err, ENT_EFORMAT, "between needs two values: 10 and 12"));
    ENT_TRY(read_amount(r, value, 0, word, unit, &compare->child[1], err));
    return read_amount(r, value, word + 5, value->text.len, unit, &compare->child[2], err);
}

/* A bare number is in the unit of the claim. */
static enum ent_status
read_tolerance(const struct row *r, struct ent_claim_node *compare, struct ent_error *err)
{
    const struct ent_csv_cell *cell = cell_of(r, ENT_COLUMN_TOLERANCE);
    struct ent_claim_node *amount = NULL;
    bool bare = true;
    enum ent_status status;

    if (!cell)
        return ENT_OK;
    for (size_t i = 0; i < cell->text.len; i++)
        bare = bare && strchr("0123456789., ", cell->text.at[i]);
    ENT_TRY(read_amount(r, cell, 0, cell->text.len, bare ? cell_of(r, ENT_COLUMN_UNIT) : NULL,
                        &amount, err));
    status = ent__claim_tolerance_set(compare, amount, err);
    if (status == ENT_OK && bare)
        compare->tolerance.relative = false; /* of a claim in per cent: so many points */
    return status == ENT_OK ? status : fail_at(cell, 0, err, status);
}

static enum ent_status
compare_with(const struct row *r, struct ent_claim_node **tree, struct ent_error *err)
{
    const struct ent_csv_cell *relation = cell_of(r, ENT_COLUMN_RELATION);
    const struct ent_csv_cell *value = cell_of(r, ENT_COLUMN_VALUE);
    struct ent_claim_node *compare;

    if (!value && relation)
        return fail_at(relation, 0, err,
                       ent_fail(err, ENT_EFORMAT, "a relation without a value"));
    if (!value)
        return ENT_OK;
    if (is_claim(*tree))
        return fail_at(value, 0, err,
                       ent_fail(err, ENT_EFORMAT,
                                "the expression has a relation of its own: leave relation and "
                                "value empty"));
    compare = ent__arena_alloc(r->arena, sizeof(*compare));
    if (!compare)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    compare->kind = ENT_NODE_COMPARE;
    compare->child[0] = *tree;
    ENT_TRY(read_relation(relation, &compare->relation, err));
    ENT_TRY(read_value(r, compare, err));
    ENT_TRY(read_tolerance(r, compare, err));
    *tree = compare;
    return ENT_OK;
}

/* The cell at which a misfit of units is shown: the unit's, the value's, the expression's. */
static const struct ent_csv_cell *unit_cell(const struct row *r)
{
    static const enum ent_claim_column order[] = { ENT_COLUMN_UNIT, ENT_COLUMN_VALUE,
                                                   ENT_COLUMN_EXPRESSION, ENT_COLUMN_MEASURE };

    for (size_t i = 0; i < 4; i++) {
        if (cell_of(r, order[i]))
            return cell_of(r, order[i]);
    }
    return NULL;
}

static enum ent_status check_fact(const struct row *r, struct ent_error *err)
{
    const struct ent_csv_cell *cell = cell_of(r, ENT_COLUMN_FACT);
    const char *id;

    if (!cell)
        return ENT_OK;
    id = ent__arena_copy(r->arena, cell->text);
    if (!id)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    if (!ent__claim_fact_find(r->facts, id))
        return fail_at(
            cell, 0, err,
            ent_fail(err, ENT_ENOTFOUND, "no reported fact has the id \"%.60s\"", id));
    return ENT_OK;
}

enum ent_status ent__claim_row(const struct ent_claim_header *header,
                               const struct ent_csv_record *record,
                               const struct ent_claim_facts *facts, struct ent_arena *arena,
                               struct ent_claim_node **out, struct ent_error *err)
{
    struct row r = { header, record, facts, arena };
    const struct ent_csv_cell *expression = cell_of(&r, ENT_COLUMN_EXPRESSION);
    const struct ent_csv_cell *measure = cell_of(&r, ENT_COLUMN_MEASURE);
    bool alone;
    enum ent_status status;
    size_t at = 0;

    *out = NULL;
    ENT_TRY(check_fact(&r, err));
    if (expression && measure)
        return fail_at(measure, 0, err,
                       ent_fail(err, ENT_EFORMAT, "either a measure or an expression"));
    if (!expression && !measure) {
        if (cell_of(&r, ENT_COLUMN_FACT))
            return ENT_OK;
        status = ent_fail(err, ENT_EFORMAT,
                          "nothing to check: neither a measure, nor an expression, nor a fact");
        ent_error_at(err, NULL, record->line, 1);
        return status;
    }
    ENT_TRY(read_left(&r, out, err));
    alone = is_claim(*out);
    ENT_TRY(compare_with(&r, out, err));
    status = ent__claim_units(*out, &at, err);
    if (status == ENT_OK)
        return status;
    return alone && expression ? fail_at(expression, at, err, status)
                               : fail_at(unit_cell(&r), 0, err, status);
}
