/* Files of claims: the bytes, and what the table in them says. */
#include "query/check_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "assess/claim_row.h"
#include "base/alloc.h"
#include "base/intern.h"
#include "io/encoding.h"

enum {
    LARGEST_FILE = 64 << 20,
};

static enum ent_status print_tree(const struct ent_claim_node *tree, struct ent_arena *arena,
                                  const char **out, struct ent_error *err)
{
    struct ent_buf text;

    ent__buf_init(&text);
    ent__claim_print(tree, &text);
    *out = text.failed ? NULL : ent__arena_copy(arena, ent__buf_str(&text));
    ent__buf_release(&text);
    return *out ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

enum ent_status ent__check_expression(const char *expression,
                                      const struct ent_claim_facts *facts,
                                      struct ent_arena *arena, struct ent_claim *claim,
                                      struct ent_check_item *item, struct ent_error *err)
{
    struct ent_error mine = { 0 };
    size_t at = 0;
    size_t column = 1;
    enum ent_status status;

    if (!ent__is_utf8(ent__str(expression)))
        return ent_fail(err, ENT_EFORMAT, "the expression is not UTF-8");
    status = ent__claim_parse(ent__str(expression), facts, arena, &item->tree, &at, &mine);

    memset(claim, 0, sizeof(*claim));
    item->claim = claim;
    claim->line = 1;
    item->column = 1;
    claim->id = claim->words = claim->source = claim->date = claim->note = "";
    claim->expression = claim->fact = claim->fact_source = "";
    if (status == ENT_OK)
        return print_tree(item->tree, arena, &claim->expression, err);
    if (status == ENT_ENOMEM) {
        if (err)
            *err = mine;
        return status;
    }
    for (size_t i = 0; i < at && expression[i]; i++)
        column += ((unsigned char)expression[i] & 0xC0) != 0x80;
    claim->answer = ENT_CLAIM_WRONG;
    claim->error = mine;
    claim->error.line = 0;
    claim->error.column = column;
    claim->expression = ent__arena_printf(arena, "%s", expression);
    return claim->expression ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

/* All bytes of a file, which are the arena's. */
static enum ent_status
read_file(const char *path, struct ent_arena *arena, struct ent_str *out, struct ent_error *err)
{
    FILE *file = fopen(path, "rb");
    struct ent_buf bytes;
    char chunk[16384];
    enum ent_status status = ENT_OK;
    size_t n;

    if (!file) {
        status = ent_fail(err, ENT_EIO, "cannot be read: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    ent__buf_init(&bytes);
    while (status == ENT_OK && (n = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        ent__buf_add(&bytes, (struct ent_str){ chunk, n });
        if (bytes.len > LARGEST_FILE)
            status = ent_fail(err, ENT_EFORMAT, "more than %d MB: that is no list of claims",
                              LARGEST_FILE >> 20);
    }
    if (status == ENT_OK && ferror(file))
        status = ent_fail(err, ENT_EIO, "cannot be read: %s", strerror(errno));
    fclose(file);
    if (status == ENT_OK)
        status = ent__buf_check(&bytes, err);
    if (status == ENT_OK) {
        out->at = ent__arena_copy(arena, ent__buf_str(&bytes));
        out->len = bytes.len;
        if (!out->at)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for %s", path);
    }
    ent__buf_release(&bytes);
    if (status != ENT_OK)
        ent_error_at(err, path, 0, 0);
    return status;
}

/* Claims as they are read. */
struct reading {
    const char *path;
    const struct ent_claim_facts *facts;
    struct ent_arena *arena;
    struct ent_claim_header header;
    struct ent_claim *claims;
    struct ent_check_item *items;
    size_t count, capacity, item_capacity;
    struct ent_intern ids;
};

static enum ent_status keep_words(struct reading *r, const struct ent_csv_record *record,
                                  struct ent_claim *claim, struct ent_error *err)
{
    const char **texts[] = { &claim->id, &claim->words, &claim->source, &claim->date,
                             &claim->note };
    static const enum ent_claim_column columns[] = { ENT_COLUMN_ID, ENT_COLUMN_CLAIM,
                                                     ENT_COLUMN_SOURCE, ENT_COLUMN_DATE,
                                                     ENT_COLUMN_NOTE };

    claim->line = record->line;
    claim->expression = claim->fact = claim->fact_source = "";
    for (size_t i = 0; i < 5; i++) {
        *texts[i] =
            record->wrong ? "" : ent__claim_cell_text(&r->header, record, columns[i], r->arena);
        if (!*texts[i])
            return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    }
    return ENT_OK;
}

static enum ent_status keep_fact(struct reading *r, const struct ent_csv_record *record,
                                 struct ent_claim *claim, struct ent_error *err)
{
    const char *id = ent__claim_cell_text(&r->header, record, ENT_COLUMN_FACT, r->arena);
    const struct ent_claim_fact *fact;

    if (!id)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    fact = id[0] ? ent__claim_fact_find(r->facts, id) : NULL;
    if (!fact)
        return ENT_OK;
    claim->fact = ent__arena_printf(r->arena, "%s%s%s", fact->words,
                                    fact->value_text[0] ? ": " : "", fact->value_text);
    claim->fact_source =
        ent__arena_printf(r->arena, "%s%s%s", fact->source,
                          fact->source[0] && fact->date[0] ? ", " : "", fact->date);
    return claim->fact && claim->fact_source
               ? ENT_OK
               : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

/* Whether an id stood on a line before; it is noted. */
static enum ent_status
note_id(struct reading *r, const char *id, bool *twice, struct ent_error *err)
{
    uint32_t ignored;

    *twice = ent__intern_find(&r->ids, ent__str(id), &ignored);
    return ent__intern(&r->ids, ent__str(id), &ignored, err);
}

/* One line: a claim, or what is wrong with it. */
static enum ent_status
take_record(struct reading *r, const struct ent_csv_record *record, struct ent_error *err)
{
    struct ent_error mine = { 0 };
    struct ent_check_item item = { .column = 1 };
    struct ent_claim claim = { .line = record->line };
    void *claims = r->claims;
    void *items = r->items;
    enum ent_status status = ENT_OK;
    bool twice = false;

    ENT_TRY(keep_words(r, record, &claim, err));
    if (claim.id[0])
        ENT_TRY(note_id(r, claim.id, &twice, err));
    if (record->wrong) {
        status = ent_fail(&mine, ENT_EFORMAT, "%s", record->wrong);
        ent_error_at(&mine, NULL, record->wrong_line, record->wrong_column);
    } else if (!claim.id[0] || twice) {
        status =
            ent_fail(&mine, ENT_EFORMAT,
                     claim.id[0] ? "the id \"%.60s\" stands twice" : "a claim without an id%s",
                     claim.id);
        ent_error_at(&mine, NULL, record->line, 1);
    } else {
        status = ent__claim_row(&r->header, record, r->facts, r->arena, &item.tree, &mine);
    }
    if (status == ENT_ENOMEM) {
        if (err)
            *err = mine;
        return status;
    }
    if (status != ENT_OK) {
        claim.answer = ENT_CLAIM_WRONG;
        claim.error = mine;
        ent_error_at(&claim.error, r->path, record->line, 1);
        snprintf(claim.error.source, sizeof(claim.error.source), "%.127s", r->path);
        item.tree = NULL;
    } else {
        claim.answer = ENT_CLAIM_REPORTED;
        ENT_TRY(keep_fact(r, record, &claim, err));
        if (item.tree)
            ENT_TRY(print_tree(item.tree, r->arena, &claim.expression, err));
    }
    ENT_TRY(ent__grow(&claims, &r->capacity, r->count + 1, sizeof(claim), err));
    r->claims = claims;
    ENT_TRY(ent__grow(&items, &r->item_capacity, r->count + 1, sizeof(item), err));
    r->items = items;
    r->claims[r->count] = claim;
    r->items[r->count++] = item;
    return ENT_OK;
}

static enum ent_status
read_records(struct reading *r, struct ent_str text, struct ent_error *err)
{
    struct ent_csv_record *record = ent__arena_alloc(r->arena, sizeof(*record));
    struct ent_csv csv;
    bool header = true;
    bool more;

    if (!record)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    ent__csv_begin(&csv, text);
    for (;;) {
        ENT_TRY(ent__csv_next(&csv, r->arena, record, &more, err));
        if (!more)
            break;
        if (header && record->wrong) {
            ent_fail(err, ENT_EFORMAT, "%s", record->wrong);
            ent_error_at(err, NULL, record->wrong_line, record->wrong_column);
            return ENT_EFORMAT;
        }
        ENT_TRY(header ? ent__claim_header(&csv, record, &r->header, err)
                       : take_record(r, record, err));
        header = false;
    }
    return header ? ent_fail(err, ENT_EFORMAT, "the file is empty: no header, no claims")
                  : ENT_OK;
}

/* Hand what was read to the arena. */
static enum ent_status hand_over(struct reading *r, struct ent_claims *claims,
                                 struct ent_check_item **items, struct ent_error *err)
{
    struct ent_claim *all = ent__arena_array(r->arena, r->count + 1, sizeof(*all));

    *items = ent__arena_array(r->arena, r->count + 1, sizeof(**items));
    claims->name = ent__arena_printf(r->arena, "%s", r->path);
    if (!all || !*items || !claims->name)
        return ent_fail(err, ENT_ENOMEM, "out of memory for claims");
    for (size_t i = 0; i < r->count; i++) {
        all[i] = r->claims[i];
        (*items)[i] = r->items[i];
        (*items)[i].claim = &all[i];
    }
    claims->at = all;
    claims->count = r->count;
    return ENT_OK;
}

enum ent_status ent__check_file(const char *path, const struct ent_claim_facts *facts,
                                struct ent_arena *arena, struct ent_claims *claims,
                                struct ent_check_item **items, struct ent_error *err)
{
    struct reading r = { .path = path, .facts = facts, .arena = arena };
    struct ent_str text = { NULL, 0 };
    enum ent_status status;

    ENT_TRY(read_file(path, arena, &text, err));
    ent__intern_init(&r.ids);
    status = read_records(&r, text, err);
    if (status == ENT_OK)
        status = hand_over(&r, claims, items, err);
    else
        ent_error_at(err, path, 0, 0);
    ent__free(r.claims);
    ent__free(r.items);
    ent__intern_release(&r.ids);
    return status;
}

enum ent_status ent__check_facts(const char *given, const char *claims_path,
                                 struct ent_arena *arena, struct ent_claim_facts *facts,
                                 struct ent_error *err)
{
    const char *slash = claims_path ? strrchr(claims_path, '/') : NULL;
    const char *path = given;
    struct ent_str text = { NULL, 0 };
    enum ent_status status;

    if (!given && !claims_path)
        return ENT_OK;
    if (!given) {
        FILE *file;

        path =
            ent__arena_printf(arena, "%.*s%sfacts.csv", slash ? (int)(slash - claims_path) : 0,
                              claims_path, slash ? "/" : "");
        if (!path)
            return ent_fail(err, ENT_ENOMEM, "out of memory for facts");
        file = fopen(path, "rb");
        if (!file)
            return ENT_OK;
        fclose(file);
    }
    ENT_TRY(read_file(path, arena, &text, err));
    status = ent__claim_facts_read(text, arena, facts, err);
    if (status != ENT_OK)
        ent_error_at(err, path, 0, 0);
    return status;
}
