/* Units: words, kinds, and numbers written in them. */
#include "assess/claim_unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* The words of units; `base` -1: no dimension. */
static const struct word {
    const char *word;
    double scale;
    int base;
    enum ent_claim_nature nature;
    bool is_power;
} words[] = {
    { "thousand", 1e3, -1, ENT_NATURE_NUMBER, true },
    { "million", 1e6, -1, ENT_NATURE_NUMBER, true },
    { "mn", 1e6, -1, ENT_NATURE_NUMBER, true },
    { "m", 1e6, -1, ENT_NATURE_NUMBER, true },
    { "billion", 1e9, -1, ENT_NATURE_NUMBER, true },
    { "bn", 1e9, -1, ENT_NATURE_NUMBER, true },
    { "trillion", 1e12, -1, ENT_NATURE_NUMBER, true },
    { "tn", 1e12, -1, ENT_NATURE_NUMBER, true },
    { "%", 0.01, -1, ENT_NATURE_SHARE, false },
    { "percent", 0.01, -1, ENT_NATURE_SHARE, false },
    { "points", 0.01, -1, ENT_NATURE_SHARE, false },
    { "point", 0.01, -1, ENT_NATURE_SHARE, false },
    { "times", 1, -1, ENT_NATURE_RATIO, false },
    { "x", 1, -1, ENT_NATURE_RATIO, false },
    { "US$", 1, ENT_BASE_MONEY, ENT_NATURE_NUMBER, false },
    { "USD", 1, ENT_BASE_MONEY, ENT_NATURE_NUMBER, false },
    { "$", 1, ENT_BASE_MONEY, ENT_NATURE_NUMBER, false },
    { "dollars", 1, ENT_BASE_MONEY, ENT_NATURE_NUMBER, false },
    { "PPP", 1, ENT_BASE_PPP, ENT_NATURE_NUMBER, false },
    { "people", 1, ENT_BASE_PEOPLE, ENT_NATURE_NUMBER, false },
    { "years", 1, ENT_BASE_TIME, ENT_NATURE_NUMBER, false },
    { "year", 1, ENT_BASE_TIME, ENT_NATURE_NUMBER, false },
    { "km", 1, ENT_BASE_LENGTH, ENT_NATURE_NUMBER, false },
    { "bcm", 1e9, ENT_BASE_VOLUME, ENT_NATURE_NUMBER, false },
    { "EJ", 1, ENT_BASE_ENERGY, ENT_NATURE_NUMBER, false },
    { "Mt", 1e6, ENT_BASE_MASS, ENT_NATURE_NUMBER, false },
    { "tonnes", 1, ENT_BASE_MASS, ENT_NATURE_NUMBER, false },
    { "TIV", 1, ENT_BASE_ARMS, ENT_NATURE_NUMBER, false },
};

/* What can be counted, plural first. */
static const char *const items[][2] = {
    { "visits", "visit" },         { "meetings", "meeting" },
    { "calls", "call" },           { "drafts", "draft" },
    { "disputes", "dispute" },     { "exercises", "exercise" },
    { "treaties", "treaty" },      { "organisations", "organisation" },
    { "states", "state" },         { "partners", "partner" },
    { "projects", "project" },     { "pledges", "pledge" },
    { "deals", "deal" },           { "agreements", "agreement" },
    { "troops", "troop" },         { "soldiers", "soldier" },
    { "aircraft", "aircraft" },    { "vetoes", "veto" },
    { "roll_calls", "roll_call" },
};

#define WORDS (sizeof(words) / sizeof(words[0]))
#define ITEMS (sizeof(items) / sizeof(items[0]))

/* "vetoes" are cast on drafts, and a partner is a state. */
static const char *item_of(const char *plural)
{
    if (strcmp(plural, "vetoes") == 0)
        return "drafts";
    if (strcmp(plural, "partners") == 0)
        return "states";
    return plural;
}

bool ent__claim_unit_word(struct ent_str word, struct ent_claim_unit *unit, double *scale,
                          bool *is_power)
{
    memset(unit, 0, sizeof(*unit));
    *scale = 1;
    *is_power = false;
    for (size_t i = 0; i < WORDS; i++) {
        /* "Mt" and "m" differ from "mt" and "M" by more than style, but nobody means another.
         */
        if (!ent__str_is_nocase(word, words[i].word))
            continue;
        unit->nature = words[i].nature;
        if (words[i].base >= 0)
            unit->power[words[i].base] = 1;
        *scale = words[i].scale;
        *is_power = words[i].is_power;
        return true;
    }
    for (size_t i = 0; i < ITEMS; i++) {
        if (ent__str_is_nocase(word, items[i][0]) || ent__str_is_nocase(word, items[i][1])) {
            unit->power[ENT_BASE_ITEMS] = 1;
            unit->items = item_of(items[i][0]);
            return true;
        }
    }
    return false;
}

const char *const *ent__claim_unit_words(void)
{
    static const char *list[WORDS + ITEMS + 1];

    for (size_t i = 0; i < WORDS; i++)
        list[i] = words[i].word;
    for (size_t i = 0; i < ITEMS; i++)
        list[WORDS + i] = items[i][0];
    return list;
}

/* A power of ten that a unit begins with; moves *unit behind it. */
static double leading_power(const char **unit)
{
    static const struct {
        const char *word;
        double scale;
    } powers[] = { { "thousand ", 1e3 }, { "million ", 1e6 }, { "billion ", 1e9 } };

    for (size_t i = 0; i < sizeof(powers) / sizeof(powers[0]); i++) {
        size_t len = strlen(powers[i].word);

        if (strncmp(*unit, powers[i].word, len) == 0) {
            *unit += len;
            return powers[i].scale;
        }
    }
    return 1;
}

static enum ent_claim_nature nature_of(enum ent_number_form form)
{
    switch (form) {
    case ENT_FORM_SHARE:
        return ENT_NATURE_SHARE;
    case ENT_FORM_YES_NO:
        return ENT_NATURE_YES_NO;
    case ENT_FORM_RANK:
        return ENT_NATURE_RANK;
    case ENT_FORM_YEAR:
        return ENT_NATURE_YEAR;
    case ENT_FORM_PLAIN:
    case ENT_FORM_COUNT:
    case ENT_FORM_AMOUNT:
        break;
    }
    return ENT_NATURE_NUMBER;
}

struct ent_claim_unit ent__claim_unit_of(const struct ent_measure_info *info, double *scale)
{
    static const struct {
        const char *text;
        int base;
    } bases[] = {
        { "current US$", ENT_BASE_MONEY },   { "US$", ENT_BASE_MONEY },
        { "PPP US$", ENT_BASE_PPP },         { "people", ENT_BASE_PEOPLE },
        { "years", ENT_BASE_TIME },          { "km", ENT_BASE_LENGTH },
        { "cubic metres", ENT_BASE_VOLUME }, { "exajoules", ENT_BASE_ENERGY },
        { "tonnes", ENT_BASE_MASS },         { "TIV", ENT_BASE_ARMS },
    };
    struct ent_claim_unit unit = { .nature = nature_of(info->form) };
    const char *rest = info->unit;

    *scale = leading_power(&rest);
    unit.scaled = *scale > 1;
    for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
        if (strcmp(rest, bases[i].text) == 0) {
            unit.power[bases[i].base] = 1;
            return unit;
        }
    }
    if (rest[0]) {
        unit.power[ENT_BASE_ITEMS] = 1;
        unit.items = strcmp(rest, "roll calls") == 0 ? "roll_calls" : rest;
    }
    return unit;
}

bool ent__claim_unit_pure(const struct ent_claim_unit *unit)
{
    for (int b = 0; b < ENT_CLAIM_BASES; b++) {
        if (unit->power[b])
            return false;
    }
    return true;
}

static bool bare_fits(const struct ent_claim_unit *other)
{
    return !other->scaled && other->nature != ENT_NATURE_VOTE;
}

bool ent__claim_units_agree(const struct ent_claim_unit *a, const struct ent_claim_unit *b)
{
    if (a->bare || b->bare)
        return bare_fits(a->bare ? b : a);
    if (memcmp(a->power, b->power, sizeof(a->power)) != 0)
        return false;
    if (a->items && b->items && strcmp(a->items, b->items) != 0)
        return false;
    if (!ent__claim_unit_pure(a))
        return true;
    if (a->nature == b->nature)
        return true;
    /* An index, a share and a ratio are numbers; a rank, a year, a yes and a vote are not. */
    return a->nature <= ENT_NATURE_RATIO && b->nature <= ENT_NATURE_RATIO;
}

struct ent_claim_unit
ent__claim_unit_times(const struct ent_claim_unit *a, const struct ent_claim_unit *b, int sign)
{
    struct ent_claim_unit unit = { 0 };

    for (int k = 0; k < ENT_CLAIM_BASES; k++)
        unit.power[k] = (int8_t)(a->power[k] + sign * b->power[k]);
    unit.scaled = a->scaled || b->scaled;
    unit.items = a->power[ENT_BASE_ITEMS] ? a->items : sign > 0 ? b->items : NULL;
    if (!ent__claim_unit_pure(&unit))
        return unit;
    unit.scaled = false;
    unit.items = NULL;
    unit.bare = a->bare && b->bare;
    if (sign < 0 && !unit.bare)
        unit.nature = ENT_NATURE_RATIO;
    else if (a->nature == ENT_NATURE_SHARE || b->nature == ENT_NATURE_SHARE)
        unit.nature = ENT_NATURE_SHARE;
    return unit;
}

static const char *base_name(int base)
{
    static const char *const names[ENT_CLAIM_BASES] = {
        "US$", "PPP US$", "people", "years", "km", "m³", "EJ", "tonnes", "TIV", "",
    };

    return names[base];
}

/* What stands after the number: "US$", "US$ / people"; "" for none. */
static void unit_symbol(const struct ent_claim_unit *unit, char *text, size_t size)
{
    size_t len = 0;

    text[0] = '\0';
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (int b = 0; b < ENT_CLAIM_BASES; b++) {
            const char *name = b != ENT_BASE_ITEMS ? base_name(b)
                               : unit->items       ? unit->items
                                                   : "items";

            for (int k = 0; k < unit->power[b] * sign && len + 24 < size; k++)
                len += (size_t)snprintf(text + len, size - len, "%s%s",
                                        sign < 0 ? " / "
                                        : len    ? " "
                                                 : "",
                                        strcmp(name, "roll_calls") == 0 ? "roll calls" : name);
        }
    }
}

char *ent__claim_unit_text(const struct ent_claim_unit *unit, char *text, size_t size)
{
    static const char *const natures[] = {
        "a plain number", "a share",     "so many times", "a place",
        "a year",         "a yes or no", "a vote",
    };

    if (ent__claim_unit_pure(unit))
        snprintf(text, size, "%s", natures[unit->nature]);
    else
        unit_symbol(unit, text, size);
    return text;
}

/* A number to four figures with its power of ten. */
static void scaled_text(double value, char *text, size_t size)
{
    static const struct {
        double from;
        const char *word;
    } powers[] = { { 1e12, " tn" }, { 1e9, " bn" }, { 1e6, " mn" }, { 1, "" } };
    size_t p = 0;
    double size_of = fabs(value);
    int digits;

    while (p < 3 && size_of < powers[p].from * 0.99995)
        p++;
    size_of /= powers[p].from;
    digits = size_of >= 99.995 ? 1 : size_of >= 9.9995 ? 2 : 3;
    if (p == 3 && value == floor(value))
        digits = 0;
    snprintf(text, size, "%.*f%s", digits, value / powers[p].from, powers[p].word);
}

/* So many figures that a difference shows, and none that say nothing. */
static void plain_text(double value, char *text, size_t size)
{
    double of = fabs(value);

    if (value == floor(value) && of < 1e15)
        snprintf(text, size, "%.0f", value);
    else
        snprintf(text, size, "%.*f", of >= 100 ? 1 : of >= 10 ? 2 : 3, value);
}

/* "1st", "22nd", "113th". */
static void rank_text(double value, char *text, size_t size)
{
    static const char *const endings[] = { "th", "st", "nd", "rd" };
    int last, two;

    if (value != floor(value) || value < 0 || value > 1e9) {
        snprintf(text, size, "%.1f", value);
        return;
    }
    last = (int)fmod(value, 10);
    two = (int)fmod(value, 100);
    snprintf(text, size, "%.0f%s", value,
             last <= 3 && (two < 11 || two > 13) ? endings[last] : "th");
}

/* "1 dispute" */
static const char *make_singular(const char *symbol)
{
    for (size_t i = 0; i < ITEMS; i++) {
        if (strcmp(symbol, items[i][0]) == 0)
            return items[i][1];
    }
    return strcmp(symbol, "years") == 0 ? "year" : symbol;
}

char *
ent__claim_value_text(double value, const struct ent_claim_unit *unit, char *text, size_t size)
{
    static const char *const votes[] = { "—", "yes", "abstain", "no" };
    char symbol[96];

    if (isnan(value)) {
        snprintf(text, size, "—");
        return text;
    }
    if (!ent__claim_unit_pure(unit)) {
        unit_symbol(unit, symbol, sizeof(symbol));
        scaled_text(value, text, size);
        snprintf(text + strlen(text), size - strlen(text), " %s",
                 value == 1 ? make_singular(symbol) : symbol);
        return text;
    }
    switch (unit->nature) {
    case ENT_NATURE_SHARE:
        snprintf(text, size, "%.*f %%", fabs(value) >= 0.0995 ? 1 : 2, value * 100);
        break;
    case ENT_NATURE_RATIO:
        plain_text(value, text, size);
        snprintf(text + strlen(text), size - strlen(text), " times");
        break;
    case ENT_NATURE_RANK:
        rank_text(value, text, size);
        break;
    case ENT_NATURE_YES_NO:
        snprintf(text, size, "%s", value != 0 ? "yes" : "no");
        break;
    case ENT_NATURE_VOTE:
        snprintf(text, size, "%s", value >= 1 && value <= 3 ? votes[(int)value] : "absent");
        break;
    case ENT_NATURE_YEAR:
        snprintf(text, size, "%.0f", value);
        break;
    case ENT_NATURE_NUMBER:
        plain_text(value, text, size);
        break;
    }
    return text;
}
