#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "world/name.h"
#include "world/nearest.h"
#include "world/table.h"

#include "entente/state.h"

/* Years between a year and the years of a row; 0 when it is one of them. */
static int years_off(const struct ent__code_row *row, int year)
{
    if (year < row->from)
        return row->from - year;
    return year > row->to ? year - row->to : 0;
}

static bool in_any_year(const struct ent__code_row *row)
{
    return row->from == ENT__ANY_FROM && row->to == ENT__ANY_TO;
}

/* Whether row a says better than row b what a code stands for in a year, 0 for any. */
static bool better(const struct ent__code_row *a, const struct ent__code_row *b, int year)
{
    if (year == 0)
        return in_any_year(b) ? false : in_any_year(a) || a->to > b->to;
    if (years_off(a, year) != years_off(b, year))
        return years_off(a, year) < years_off(b, year);
    return in_any_year(b) && !in_any_year(a);
}

/*
 * A code stands for one state at a time.  A row with years beats one without in
 * those years; with no year, the row without years or else the latest counts.
 */
static int code_rows_id(const struct ent__code_row *rows, size_t count, int year)
{
    const struct ent__code_row *best = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!best || better(&rows[i], best, year))
            best = &rows[i];
    }
    return best ? best->id : -1;
}

static int number_id(enum ent__numeric system, int number, int year)
{
    const struct ent__number *slot;

    if (number <= 0 || number >= ENT__NUMBER_LIMIT)
        return -1;
    slot = &ent__numbers[(int)system * ENT__NUMBER_LIMIT + number];
    return code_rows_id(ent__code_rows + slot->first, slot->count, year);
}

int ent_state_from_number(enum ent_code_system system, int number, int year)
{
    int id;

    switch (system) {
    case ENT_CODE_COWN:
        return number_id(ENT__COWN, number, year);
    case ENT_CODE_GWN:
        return number_id(ENT__GWN, number, year);
    case ENT_CODE_M49:
        return number_id(ENT__M49, number, year);
    case ENT_CODE_POLITYN:
        id = number_id(ENT__POLITY, number, 0);
        return id >= 0 ? id : number_id(ENT__COWN, number, year);
    case ENT_CODE_ANY:
    case ENT_CODE_ISO3:
    case ENT_CODE_ISO2:
    case ENT_CODE_COW:
    case ENT_CODE_GW:
    case ENT_CODE_NAME:
        break;
    }
    return -1;
}

/* The slot of a key, "SYSTEM:TEXT"; NULL when nothing has it.  FNV-1a, 32 bits. */
static const struct ent__slot *slot_of(char system, struct ent_str text)
{
    const char prefix[2] = { system, ':' };
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < sizeof(prefix); i++)
        hash = (hash ^ (unsigned char)prefix[i]) * 16777619u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 16777619u;
    for (uint32_t at = hash & ent__slot_mask;; at = (at + 1) & ent__slot_mask) {
        const struct ent__slot *slot = &ent__slots[at];
        const unsigned char *key = ent__key_text + slot->key;

        if (slot->count == 0)
            return NULL;
        if (slot->key_len == text.len + 2 && memcmp(key, prefix, 2) == 0 &&
            memcmp(key + 2, text.at, text.len) == 0)
            return slot;
    }
}

/* The state with a code of letters, in either case; -1 when there is none. */
static int letters_id(char system, struct ent_str text, int year)
{
    char lower[4];
    const struct ent__slot *slot;

    if (text.len < 2 || text.len > 3)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    slot = slot_of(system, (struct ent_str){ lower, text.len });
    return slot ? code_rows_id(ent__code_rows + slot->first, slot->count, year) : -1;
}

static int iso3_id(struct ent_str text, int year)
{
    int id = letters_id('3', text, year);

    return id >= 0 ? id : letters_id('l', text, year);
}

static int code_number_id(enum ent_code_system system, struct ent_str text, int year)
{
    int64_t number;

    if (!ent__str_to_i64(text, &number) || number <= 0 || number >= ENT__NUMBER_LIMIT)
        return -1;
    return ent_state_from_number(system, (int)number, year);
}

/* Whether a row of a name counts in a year; with no year, one that goes on does. */
static bool counts(const struct ent__code_row *row, int year)
{
    return year == 0 ? row->to == ENT__ANY_TO : years_off(row, year) == 0;
}

/* Gather the states of the rows that count (all of them, with `any`) into match. */
static void
gather(const struct ent__slot *slot, int year, bool any, struct ent_state_match *match)
{
    match->candidate_count = 0;
    for (size_t i = 0; i < slot->count; i++) {
        const struct ent__code_row *row = &ent__code_rows[slot->first + i];
        size_t at = 0;

        if (!any && !counts(row, year))
            continue;
        while (at < match->candidate_count && match->candidates[at] != row->id)
            at++;
        if (at == match->candidate_count && at < ENT_STATE_CANDIDATES)
            match->candidates[match->candidate_count++] = row->id;
    }
}

/* The one among several that published data mean by a name; -1 when there is none. */
static int source_id(const struct ent__slot *slot, int year)
{
    for (size_t i = 0; i < slot->count; i++) {
        const struct ent__code_row *row = &ent__code_rows[slot->first + i];

        if (row->kind == ENT__KIND_SOURCE && counts(row, year))
            return row->id;
    }
    return -1;
}

/*
 * Fill match from the rows of a name: its id when one state only was ever called
 * so, or when one only was in that year; else the candidates.
 */
static enum ent_status resolve_name(const struct ent__slot *slot, enum ent_code_system system,
                                    int year, struct ent_state_match *match)
{
    gather(slot, year, true, match);
    if (match->candidate_count > 1)
        gather(slot, year, false, match);
    if (match->candidate_count == 0)
        gather(slot, year, true, match);
    if (match->candidate_count == 1)
        match->id = match->candidates[0];
    else if (system == ENT_CODE_NAME)
        match->id = source_id(slot, year);
    if (match->id < 0)
        return ENT_EAMBIGUOUS;
    match->candidate_count = 0;
    return ENT_OK;
}

static const struct ent__slot *name_slot(struct ent__words words)
{
    char bytes[ENT__NAME_BYTES];
    struct ent_str key = { bytes, 0 };

    ent__words_sort(&words);
    key.len = ent__words_join(&words, bytes);
    return key.len > 0 ? slot_of('n', key) : NULL;
}

/*
 * "Sudan (...2011)" without what is in brackets.  Not so where a star marks no
 * state ("PRC (Israel/Palestine)*"), nor where little but an abbreviation is left.
 */
static bool without_brackets(struct ent_str text, struct ent_str *out)
{
    size_t at = ent__str_find(text, "(");
    bool lower = false;

    if (at == SIZE_MAX || ent__str_find(text, "*") != SIZE_MAX)
        return false;
    *out = ent__str_trim(ent__str_slice(text, 0, at));
    for (size_t i = 0; i < out->len; i++)
        lower = lower || (out->at[i] >= 'a' && out->at[i] <= 'z');
    return lower && out->len >= 4;
}

/* ENT_ENOTFOUND leaves in *words what was looked for, to find what is like it. */
static enum ent_status find_name(struct ent_str text, enum ent_code_system system, int year,
                                 struct ent__words *words, struct ent_state_match *match)
{
    const struct ent__slot *slot;
    struct ent_str bare;
    struct ent__words shorter;

    if (!ent__words_split(text, words)) {
        words->count = 0;
        return ENT_ENOTFOUND;
    }
    slot = name_slot(*words);
    if (!slot && without_brackets(text, &bare) && ent__words_split(bare, &shorter))
        slot = name_slot(shorter);
    if (!slot) {
        shorter = *words; /* whose words point into *words still */
        if (ent__words_drop_polity(&shorter))
            slot = name_slot(shorter);
    }
    return slot ? resolve_name(slot, system, year, match) : ENT_ENOTFOUND;
}

static int any_code_id(struct ent_str text, int year)
{
    int id;

    if (text.len == 2)
        return letters_id('2', text, year);
    if (text.len == 3) {
        id = letters_id('3', text, year);
        if (id < 0)
            id = letters_id('c', text, year);
        if (id < 0)
            id = letters_id('g', text, year);
        if (id < 0)
            id = letters_id('l', text, year);
        if (id >= 0)
            return id;
    }
    return code_number_id(ENT_CODE_COWN, text, year);
}

/* "cow:AUS" and the like: the system that the prefix says, and text without it. */
static enum ent_code_system prefixed(struct ent_str *text)
{
    static const struct {
        const char *prefix;
        enum ent_code_system system;
    } prefixes[] = {
        { "iso:", ENT_CODE_ISO3 }, { "iso2:", ENT_CODE_ISO2 }, { "m49:", ENT_CODE_M49 },
        { "cow:", ENT_CODE_COW },  { "gw:", ENT_CODE_GW },
    };

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t len = strlen(prefixes[i].prefix);

        if (ent__str_is_nocase(ent__str_slice(*text, 0, len), prefixes[i].prefix)) {
            *text = ent__str_trim(ent__str_slice(*text, len, text->len));
            return prefixes[i].system;
        }
    }
    return ENT_CODE_ANY;
}

/* A code in one system; "gw:" and "cow:" take letters or a number. */
static int code_id(enum ent_code_system system, struct ent_str text, int year)
{
    int id;

    switch (system) {
    case ENT_CODE_ISO3:
        return iso3_id(text, year);
    case ENT_CODE_ISO2:
        return text.len == 2 ? letters_id('2', text, year) : -1;
    case ENT_CODE_COW:
        id = letters_id('c', text, year);
        return id >= 0 ? id : code_number_id(ENT_CODE_COWN, text, year);
    case ENT_CODE_GW:
        id = letters_id('g', text, year);
        return id >= 0 ? id : code_number_id(ENT_CODE_GWN, text, year);
    case ENT_CODE_M49:
    case ENT_CODE_COWN:
    case ENT_CODE_GWN:
    case ENT_CODE_POLITYN:
        return code_number_id(system, text, year);
    case ENT_CODE_ANY:
        return any_code_id(text, year);
    case ENT_CODE_NAME:
        break;
    }
    return -1;
}

/* "North Korea (PRK), South Korea (ROK) or ..." of the candidates. */
static void list_candidates(const struct ent_state_match *match, struct ent_buf *buf)
{
    for (size_t i = 0; i < match->candidate_count; i++) {
        const struct ent_state *state = ent_state_get(match->candidates[i]);
        const char *code = *state->iso3 ? state->iso3 : *state->cow ? state->cow : state->gw;

        if (i > 0)
            ent__buf_puts(buf, i + 1 == match->candidate_count ? " or " : ", ");
        ent__buf_puts(buf, state->name);
        if (*code)
            ent__buf_printf(buf, " (%s)", code);
    }
}

static enum ent_status report(enum ent_status status, struct ent_str text,
                              enum ent_code_system system, const struct ent_state_match *match,
                              struct ent_error *err)
{
    static const char *const nouns[] = {
        [ENT_CODE_ANY] = "no state is called",
        [ENT_CODE_ISO3] = "no state has the ISO code",
        [ENT_CODE_ISO2] = "no state has the ISO code",
        [ENT_CODE_M49] = "no state has the M49 number",
        [ENT_CODE_COW] = "no state has the COW code",
        [ENT_CODE_COWN] = "no state has the COW number",
        [ENT_CODE_GW] = "no state has the Gleditsch-Ward code",
        [ENT_CODE_GWN] = "no state has the Gleditsch-Ward number",
        [ENT_CODE_NAME] = "no state is called",
        [ENT_CODE_POLITYN] = "no state has the Polity number",
    };
    int shown = text.len > 60 ? 60 : (int)text.len;
    const char *cut = text.len > 60 ? "..." : "";
    const char *at = text.at ? text.at : "";
    struct ent_buf buf;

    if (!err)
        return status;
    ent__buf_init(&buf);
    list_candidates(match, &buf);
    if (status == ENT_EAMBIGUOUS)
        status = ent_fail(err, status, "\"%.*s%s\" may be %s", shown, at, cut, buf.text);
    else if (match->candidate_count > 0)
        status = ent_fail(err, status, "%s \"%.*s%s\"; did you mean %s?", nouns[system], shown,
                          at, cut, buf.text);
    else if (system == ENT_CODE_ANY)
        status = ent_fail(err, status, "%s \"%.*s%s\"; entente states lists them all",
                          nouns[system], shown, at, cut);
    else
        status = ent_fail(err, status, "%s \"%.*s%s\"", nouns[system], shown, at, cut);
    ent__buf_release(&buf);
    return status;
}

enum ent_status ent_state_find(struct ent_str text, enum ent_code_system system, int year,
                               struct ent_state_match *match, struct ent_error *err)
{
    struct ent_state_match found = { .id = -1 };
    enum ent_status status = ENT_ENOTFOUND;
    struct ent__words words = { .count = 0 };
    struct ent_str code = ent__str_trim(text);

    if (system == ENT_CODE_ANY)
        system = prefixed(&code);
    found.id = code_id(system, code, year);
    if (found.id >= 0)
        status = ENT_OK;
    else if (system == ENT_CODE_ANY || system == ENT_CODE_NAME)
        status = find_name(code, system, year, &words, &found);
    if (status == ENT_ENOTFOUND && (match || err))
        ent__nearest(&words, &found);
    if (match)
        *match = found;
    return status == ENT_OK ? ENT_OK : report(status, code, system, &found, err);
}
