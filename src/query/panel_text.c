#include "query/panel_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entente/state.h"
#include "report/real.h"

enum {
    CODE_ROOM = 64,
    FIXED_ROOM = 3 * CODE_ROOM + 96, /* states, year and punctuation of a line */
};

/* A growing text of malloc, which the caller takes away. */
struct lines {
    char *text;
    size_t len, capacity;
};

static bool make_room(struct lines *l, size_t more)
{
    size_t wanted = l->capacity + l->capacity / 2 + more;
    char *grown;

    if (l->capacity - l->len >= more)
        return true;
    grown = realloc(l->text, wanted);
    if (!grown)
        return false;
    l->text = grown;
    l->capacity = wanted;
    return true;
}

static void put(struct lines *l, const char *text, size_t len)
{
    memcpy(l->text + l->len, text, len);
    l->len += len;
}

static void put_text(struct lines *l, const char *text)
{
    put(l, text, strlen(text));
}

const char *
ent__panel_state_column(enum ent_code_system codes, enum ent_panel_unit unit, int which)
{
    static const char *const names[][3] = {
        [ENT_CODE_ANY] = { "ccode", "ccode1", "ccode2" },
        [ENT_CODE_ISO3] = { "iso3", "iso3_1", "iso3_2" },
        [ENT_CODE_ISO2] = { "iso2", "iso2_1", "iso2_2" },
        [ENT_CODE_M49] = { "m49", "m49_1", "m49_2" },
        [ENT_CODE_COW] = { "stateabb", "stateabb1", "stateabb2" },
        [ENT_CODE_COWN] = { "ccode", "ccode1", "ccode2" },
        [ENT_CODE_GW] = { "gwabb", "gwabb1", "gwabb2" },
        [ENT_CODE_GWN] = { "gwcode", "gwcode1", "gwcode2" },
        [ENT_CODE_NAME] = { "name", "name1", "name2" },
    };

    return names[codes <= ENT_CODE_NAME ? codes : ENT_CODE_ANY]
                [unit == ENT_PANEL_STATES ? 0 : which];
}

struct ent_str
ent__panel_state_code(enum ent_code_system codes, int state, int year, char *buf, size_t size)
{
    const struct ent_state *s = ent_state_get(state);
    int number = 0;

    switch (codes) {
    case ENT_CODE_ISO3:
        return ent__str(s->iso3);
    case ENT_CODE_ISO2:
        return ent__str(s->iso2);
    case ENT_CODE_COW:
        return ent__str(s->cow);
    case ENT_CODE_GW:
        return ent__str(s->gw);
    case ENT_CODE_NAME:
        return ent__str(ent_state_name(state, year));
    case ENT_CODE_M49:
        number = s->m49;
        break;
    case ENT_CODE_GWN:
        number = ent_state_gwn(state, year);
        break;
    case ENT_CODE_ANY:
    case ENT_CODE_COWN:
    case ENT_CODE_POLITYN:
        number = s->cown;
        break;
    }
    if (!number)
        return ent__str("");
    snprintf(buf, size, "%d", number);
    return ent__str(buf);
}

const char *ent__reason_code(enum ent_reason reason)
{
    switch (reason) {
    case ENT_KNOWN:
        return "";
    case ENT_NOT_LOADED:
        return "not_loaded";
    case ENT_BEFORE_DATA:
        return "before_data";
    case ENT_AFTER_DATA:
        return "after_data";
    case ENT_NOT_MEMBER:
        return "not_member";
    case ENT_NOT_WATCHED:
        return "not_watched";
    case ENT_NONE_ON_RECORD:
        return "none_on_record";
    case ENT_NO_VALUE:
        return "no_value";
    }
    return "no_value";
}

bool ent__panel_code_is_text(enum ent_code_system codes)
{
    return codes == ENT_CODE_ISO3 || codes == ENT_CODE_ISO2 || codes == ENT_CODE_COW ||
           codes == ENT_CODE_GW || codes == ENT_CODE_NAME;
}

void ent__panel_header(const struct ent_panel_layout *layout, const struct ent_panel_file *file,
                       struct ent_buf *out)
{
    enum ent_panel_unit unit = layout->unit;
    char mark = file->format == ENT_PANEL_TSV ? '\t' : ',';

    if (file->format == ENT_PANEL_NDJSON)
        return;
    ent__buf_puts(out, ent__panel_state_column(file->codes, unit, 1));
    if (unit != ENT_PANEL_STATES)
        ent__buf_printf(out, "%c%s", mark, ent__panel_state_column(file->codes, unit, 2));
    ent__buf_printf(out, "%cyear", mark);
    for (size_t c = 0; c < layout->column_count; c++) {
        const char *name = layout->columns[c].name;

        ent__buf_printf(out, "%c%s", mark, name);
        if (layout->reasons)
            ent__buf_printf(out, "%c%s_missing", mark, name);
    }
    ent__buf_putc(out, '\n');
}

/* A state's code as a cell: quoted where a name needs it. */
static void put_code(struct lines *l, const struct ent_panel_file *file, int state, int year)
{
    char digits[16];
    struct ent_str code =
        ent__panel_state_code(file->codes, state, year, digits, sizeof(digits));
    bool quoted = file->format == ENT_PANEL_CSV && memchr(code.at, ',', code.len) != NULL;

    if (quoted)
        put(l, "\"", 1);
    put(l, code.at, code.len < CODE_ROOM ? code.len : CODE_ROOM);
    if (quoted)
        put(l, "\"", 1);
}

static void put_year(struct lines *l, int year)
{
    l->len += ent__real_text(year, l->text + l->len);
}

static void put_row(struct lines *l, const struct ent_panel_file *file,
                    const struct ent_panel_block *b, size_t r)
{
    char mark = file->format == ENT_PANEL_TSV ? '\t' : ',';

    put_code(l, file, b->state1[r], b->year);
    put(l, &mark, 1);
    if (b->state2) {
        put_code(l, file, b->state2[r], b->year);
        put(l, &mark, 1);
    }
    put_year(l, b->year);
    for (size_t c = 0; c < b->columns; c++) {
        put(l, &mark, 1);
        l->len += ent__real_text(b->value[c][r], l->text + l->len);
        if (b->reason) {
            put(l, &mark, 1);
            put_text(l, ent__reason_code(b->reason[c][r]));
        }
    }
    put(l, "\n", 1);
}

/* "ccode1":2 or "iso3_1":"USA" */
static void put_json_state(struct lines *l, const struct ent_panel_layout *layout,
                           const struct ent_panel_file *file, int which, int state, int year)
{
    char digits[16];
    struct ent_str code =
        ent__panel_state_code(file->codes, state, year, digits, sizeof(digits));
    bool text = ent__panel_code_is_text(file->codes);

    put(l, "\"", 1);
    put_text(l, ent__panel_state_column(file->codes, layout->unit, which));
    put(l, "\":", 2);
    if (code.len == 0) {
        put(l, "null", 4);
    } else {
        if (text)
            put(l, "\"", 1);
        put(l, code.at, code.len < CODE_ROOM ? code.len : CODE_ROOM); /* names hold no quotes */
        if (text)
            put(l, "\"", 1);
    }
    put(l, ",", 1);
}

static void put_json(struct lines *l, const struct ent_panel_layout *layout,
                     const struct ent_panel_file *file, const struct ent_panel_block *b,
                     size_t r)
{
    put(l, "{", 1);
    put_json_state(l, layout, file, 1, b->state1[r], b->year);
    if (b->state2)
        put_json_state(l, layout, file, 2, b->state2[r], b->year);
    put(l, "\"year\":", 7);
    put_year(l, b->year);
    for (size_t c = 0; c < b->columns; c++) {
        const char *name = layout->columns[c].name;

        put(l, ",\"", 2);
        put_text(l, name);
        put(l, "\":", 2);
        if (b->value[c][r] == b->value[c][r])
            l->len += ent__real_text(b->value[c][r], l->text + l->len);
        else
            put(l, "null", 4);
        if (b->reason && b->reason[c][r] != ENT_KNOWN) {
            put(l, ",\"", 2);
            put_text(l, name);
            put_text(l, "_missing\":\"");
            put_text(l, ent__reason_code(b->reason[c][r]));
            put(l, "\"", 1);
        }
    }
    put(l, "}\n", 2);
}

enum ent_status ent__panel_lines(const struct ent_panel_layout *layout,
                                 const struct ent_panel_file *file,
                                 const struct ent_panel_block *block, char **text, size_t *len)
{
    bool json = file->format == ENT_PANEL_NDJSON;
    size_t cell = ENT_REAL_TEXT + (block->reason ? 16 : 1);
    size_t row = FIXED_ROOM;
    struct lines l = { 0 };

    for (size_t c = 0; c < block->columns; c++)
        row += cell + (json ? 2 * strlen(layout->columns[c].name) + 24 : 0);
    for (size_t r = 0; r < block->rows; r++) {
        if (!make_room(&l, row)) {
            free(l.text);
            return ENT_ENOMEM;
        }
        if (json)
            put_json(&l, layout, file, block, r);
        else
            put_row(&l, file, block, r);
    }
    *text = l.text;
    *len = l.len;
    return ENT_OK;
}
