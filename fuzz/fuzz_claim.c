/*
 * Claims: an expression, or a table of them.  Beyond not crashing: what is read and
 * written out reads back as the same, and every place of a mistake is in the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "assess/claim_row.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool so)
{
    if (!so)
        abort();
}

static void print(const struct ent_claim_node *tree, struct ent_buf *out)
{
    ent__buf_clear(out);
    ent__claim_print(tree, out);
}

static void expression(struct ent_str text)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_claim_node *tree = NULL;
    struct ent_claim_node *again = NULL;
    struct ent_error err = { 0 };
    struct ent_buf first, second;
    size_t at = 0;
    enum ent_status status = ent__claim_parse(text, NULL, &arena, &tree, &at, &err);

    ent__buf_init(&first);
    ent__buf_init(&second);
    require(at <= text.len);
    if (status == ENT_OK) {
        print(tree, &first);
        /* Spaces and parentheses may make it longer than what may be read. */
        if (first.len <= ENT_CLAIM_LENGTH) {
            status = ent__claim_parse(ent__buf_str(&first), NULL, &arena, &again, &at, &err);
            require(status == ENT_OK || strstr(err.message, "deep"));
        }
        if (again && status == ENT_OK) {
            print(again, &second);
            require(ent__str_eq(ent__buf_str(&first), ent__buf_str(&second)));
        }
    } else {
        require(err.message[0] != '\0');
    }
    ent__buf_release(&first);
    ent__buf_release(&second);
    ent__arena_release(&arena);
}

static void rows(struct ent_str text)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_csv_record *record = ent__arena_alloc(&arena, sizeof(*record));
    struct ent_claim_header header;
    struct ent_claim_facts facts = { 0 };
    struct ent_csv csv;
    bool more = true;
    bool headed = false;

    require(record != NULL);
    ent__csv_begin(&csv, text);
    for (size_t line = 0; more;) {
        struct ent_error err = { 0 };
        struct ent_claim_node *tree = NULL;

        if (ent__csv_next(&csv, &arena, record, &more, &err) != ENT_OK || !more)
            break;
        require(record->line > line && record->count <= ENT_CSV_CELLS);
        line = record->line;
        require(!record->wrong || (record->wrong_line >= line && record->wrong_column >= 1));
        if (record->wrong)
            continue;
        if (!headed) {
            headed = ent__claim_header(&csv, record, &header, &err) == ENT_OK;
            more = headed;
            continue;
        }
        if (ent__claim_row(&header, record, &facts, &arena, &tree, &err) != ENT_OK)
            require(err.line >= line && err.column >= 1 && err.message[0]);
    }
    if (ent__claim_facts_read(text, &arena, &facts, NULL) == ENT_OK)
        require(facts.count == 0 || facts.at[0].id[0] != '\0');
    ent__arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *copy;
    struct ent_str text;

    if (size == 0)
        return 0;
    copy = malloc(size);
    require(copy != NULL);
    memcpy(copy, bytes + 1, size - 1);
    text = (struct ent_str){ copy, size - 1 };
    if (bytes[0] & 1)
        rows(text);
    else
        expression(text);
    free(copy);
    return 0;
}
