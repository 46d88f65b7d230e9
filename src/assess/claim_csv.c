#include "assess/claim_csv.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* How many bytes the character at `at` has; 0 when it is no UTF-8. */
static size_t character(struct ent_str t, size_t at)
{
    unsigned char c = (unsigned char)t.at[at];
    size_t n = c < 0x80 ? 1 : (c & 0xE0) == 0xC0 ? 2 : (c & 0xF0) == 0xE0 ? 3 : 4;
    uint32_t code = n == 1 ? c : c & (0xFFu >> (n + 1));

    if (c == 0 || (c >= 0x80 && c < 0xC2) || c > 0xF4 || at + n > t.len)
        return 0;
    for (size_t k = 1; k < n; k++) {
        if (((unsigned char)t.at[at + k] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | ((unsigned char)t.at[at + k] & 0x3F);
    }
    if ((n == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
        (n == 4 && (code < 0x10000 || code > 0x10FFFF)))
        return 0;
    return n;
}

/* The separator of which the first line has the most, outside quotes. */
static char find_separator(struct ent_str text)
{
    static const char separators[] = { ',', ';', '\t' };
    size_t found[3] = { 0 };
    bool quoted = false;
    size_t best = 0;

    for (size_t i = 0; i < text.len && (quoted || text.at[i] != '\n'); i++) {
        quoted = quoted != (text.at[i] == '"');
        for (size_t k = 0; k < 3 && !quoted; k++)
            found[k] += text.at[i] == separators[k];
    }
    for (size_t k = 1; k < 3; k++) {
        if (found[k] > found[best])
            best = k;
    }
    return separators[best];
}

void ent__csv_begin(struct ent_csv *csv, struct ent_str text)
{
    memset(csv, 0, sizeof(*csv));
    if (ent__str_starts(text, "\xef\xbb\xbf"))
        text = ent__str_slice(text, 3, text.len);
    csv->text = text;
    csv->line = csv->column = 1;
    csv->separator = find_separator(text);
}

static bool at_end(const struct ent_csv *csv)
{
    return csv->at >= csv->text.len;
}

static char now(const struct ent_csv *csv)
{
    return csv->text.at[csv->at];
}

static void malformed(struct ent_csv *csv, struct ent_csv_record *r, const char *what)
{
    if (r->wrong)
        return;
    r->wrong = what;
    r->wrong_line = csv->line;
    r->wrong_column = csv->column;
}

/* Go past one character, keeping count of lines and columns; what is no UTF-8 is noted. */
static void pass(struct ent_csv *csv, struct ent_csv_record *r)
{
    size_t n = character(csv->text, csv->at);

    if (n == 0)
        malformed(csv, r, "not UTF-8: save the table as \"CSV UTF-8\"");
    csv->column += ((unsigned char)now(csv) & 0xC0) != 0x80;
    if (now(csv) == '\n') {
        csv->line++;
        csv->column = 1;
    }
    csv->at += n ? n : 1;
}

static bool ends_cell(const struct ent_csv *csv)
{
    return at_end(csv) || now(csv) == csv->separator || now(csv) == '\n' ||
           (now(csv) == '\r' &&
            (csv->at + 1 == csv->text.len || csv->text.at[csv->at + 1] == '\n'));
}

static void pass_quoted(struct ent_csv *csv, struct ent_csv_record *r)
{
    size_t line = csv->line;
    size_t column = csv->column;

    pass(csv, r);
    for (;;) {
        if (at_end(csv)) {
            if (!r->wrong) {
                r->wrong = "a quoted cell that does not end";
                r->wrong_line = line;
                r->wrong_column = column;
            }
            return;
        }
        if (now(csv) == '"') {
            if (csv->at + 1 >= csv->text.len || csv->text.at[csv->at + 1] != '"')
                break;
            pass(csv, r);
        }
        pass(csv, r);
    }
    pass(csv, r);
    while (!ends_cell(csv)) {
        if (now(csv) != ' ' && now(csv) != '\t')
            malformed(csv, r, "text after the end of a quoted cell");
        pass(csv, r);
    }
}

/* What a cell says: unquoted, "" as ", without space at its ends. */
static enum ent_status cell_text(struct ent_str raw, struct ent_arena *arena,
                                 struct ent_str *out, struct ent_error *err)
{
    struct ent_str inside = ent__str_trim(raw);
    bool quoted = inside.len >= 2 && inside.at[0] == '"' && inside.at[inside.len - 1] == '"';
    char *copy = ent__arena_alloc(arena, inside.len + 1);
    size_t len = 0;

    if (!copy)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table");
    if (quoted)
        inside = ent__str_slice(inside, 1, inside.len - 1);
    for (size_t i = 0; i < inside.len; i++) {
        copy[len++] = inside.at[i];
        if (quoted && inside.at[i] == '"' && i + 1 < inside.len && inside.at[i + 1] == '"')
            i++;
    }
    *out = ent__str_trim((struct ent_str){ copy, len });
    return ENT_OK;
}

static enum ent_status read_cell(struct ent_csv *csv, struct ent_arena *arena,
                                 struct ent_csv_record *r, struct ent_error *err)
{
    struct ent_csv_cell cell = { .line = csv->line, .column = csv->column };
    size_t from = csv->at;

    while (!at_end(csv) && now(csv) == ' ')
        pass(csv, r);
    if (!at_end(csv) && now(csv) == '"')
        pass_quoted(csv, r);
    while (!ends_cell(csv))
        pass(csv, r);
    cell.raw = ent__str_slice(csv->text, from, csv->at);
    ENT_TRY(cell_text(cell.raw, arena, &cell.text, err));
    if (r->count == ENT_CSV_CELLS)
        malformed(csv, r, "more cells than a table of claims has columns");
    else
        r->cells[r->count++] = cell;
    return ENT_OK;
}

static enum ent_status read_record(struct ent_csv *csv, struct ent_arena *arena,
                                   struct ent_csv_record *r, struct ent_error *err)
{
    r->line = csv->line;
    r->count = 0;
    r->wrong = NULL;
    for (;;) {
        ENT_TRY(read_cell(csv, arena, r, err));
        if (at_end(csv))
            return ENT_OK;
        if (now(csv) != csv->separator)
            break;
        pass(csv, r);
    }
    if (now(csv) == '\r')
        pass(csv, r);
    if (!at_end(csv))
        pass(csv, r);
    return ENT_OK;
}

static bool is_empty(const struct ent_csv_record *r)
{
    if (r->wrong)
        return false;
    if (r->count && ent__str_starts(r->cells[0].text, "#"))
        return true;
    for (size_t i = 0; i < r->count; i++) {
        if (r->cells[i].text.len)
            return false;
    }
    return true;
}

enum ent_status ent__csv_next(struct ent_csv *csv, struct ent_arena *arena,
                              struct ent_csv_record *record, bool *more, struct ent_error *err)
{
    *more = false;
    while (!at_end(csv)) {
        ENT_TRY(read_record(csv, arena, record, err));
        if (is_empty(record))
            continue;
        *more = true;
        return ENT_OK;
    }
    return ENT_OK;
}

void ent__csv_place(const struct ent_csv_cell *cell, size_t offset, size_t *line,
                    size_t *column)
{
    struct ent_str raw = cell->raw;
    size_t i = 0;
    bool quoted;

    *line = cell->line;
    *column = cell->column;
    while (i < raw.len && (raw.at[i] == ' ' || raw.at[i] == '\t')) {
        i++;
        ++*column;
    }
    quoted = i < raw.len && raw.at[i] == '"';
    if (quoted) {
        i++;
        ++*column;
    }
    for (; i < raw.len && offset > 0; offset--) {
        if (quoted && raw.at[i] == '"' && i + 1 < raw.len && raw.at[i + 1] == '"') {
            i++;
            ++*column;
        }
        if (raw.at[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)raw.at[i] & 0xC0) != 0x80) {
            ++*column;
        }
        i++;
    }
}
