#include "entente/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *ent_integer_text(int64_t value, char *text, size_t size)
{
    char digits[24];
    char grouped[32];
    size_t out = 0;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t len = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, magnitude);

    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            grouped[out++] = ',';
        grouped[out++] = digits[i];
    }
    grouped[out] = '\0';
    snprintf(text, size, "%s%s", value < 0 ? "-" : "", grouped);
    return text;
}

char *ent_ordinal_text(uint64_t value, char *text, size_t size)
{
    static const char *const endings[] = { "th", "st", "nd", "rd" };
    char number[32];
    uint64_t tens = value % 100;
    uint64_t units = value % 10;
    bool teen = tens >= 11 && tens <= 13;

    ent_integer_text((int64_t)value, number, sizeof(number));
    snprintf(text, size, "%s%s", number, endings[!teen && units <= 3 ? units : 0]);
    return text;
}

/* The power of ten that a unit begins with; *rest is what follows it. */
static double unit_scale(const char *unit, const char **rest)
{
    static const struct {
        const char *word;
        double scale;
    } words[] = { { "thousand ", 1e3 }, { "million ", 1e6 }, { "billion ", 1e9 } };

    *rest = unit ? unit : "";
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i].word);

        if (strncmp(*rest, words[i].word, len) == 0) {
            *rest += len;
            return words[i].scale;
        }
    }
    return 1;
}

/* To three significant figures, never in powers: 93.9, 1.02, 850. */
static void three_figures(double value, char *text, size_t size)
{
    double magnitude = fabs(value);
    int decimals = 0;

    /* 99.95 rounds to 100, which has its three figures already. */
    if (magnitude > 0 && magnitude < 99.95)
        decimals = magnitude < 0.9995  ? 2 - (int)floor(log10(magnitude))
                   : magnitude < 9.995 ? 2
                                       : 1;
    snprintf(text, size, "%.*f", decimals > 9 ? 9 : decimals, value);
}

static void amount_text(double value, const char *unit, char *text, size_t size)
{
    static const struct {
        double scale;
        const char *name;
    } powers[] = { { 1e12, " tn" }, { 1e9, " bn" }, { 1e6, " m" } };
    char figures[40];
    const char *rest;
    double full = value * unit_scale(unit, &rest);

    for (size_t i = 0; i < sizeof(powers) / sizeof(powers[0]); i++) {
        if (fabs(full) >= powers[i].scale * 0.9995) {
            three_figures(full / powers[i].scale, figures, sizeof(figures));
            snprintf(text, size, "%s%s", figures, powers[i].name);
            return;
        }
    }
    if (fabs(full) >= 999.5)
        ent_integer_text(llround(full), text, size);
    else
        three_figures(full, text, size);
}

/* Four decimals below 1, three below 10 and so on, without trailing zeros. */
static void plain_text(double value, char *text, size_t size)
{
    double magnitude = fabs(value);
    int decimals = magnitude < 1 ? 4 : magnitude < 10 ? 3 : magnitude < 100 ? 2 : 1;
    char number[64];
    char *end;

    if (value != 0 && magnitude < 0.00005) {
        snprintf(text, size, "%.2g", value);
        return;
    }
    if (magnitude >= 1000) {
        ent_integer_text(llround(fmin(fmax(value, -9e18), 9e18)), text, size);
        return;
    }
    snprintf(number, sizeof(number), "%.*f", decimals, value);
    end = number + strlen(number);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        *--end = '\0';
    snprintf(text, size, "%s", strcmp(number, "-0") == 0 ? "0" : number);
}

static void share_text(double value, char *text, size_t size)
{
    double percent = value * 100;

    if (percent != 0 && fabs(percent) < 0.005)
        snprintf(text, size, "%.1g %%", percent);
    else
        snprintf(text, size, "%.2f %%", percent);
}

char *ent_value_text(double value, enum ent_number_form form, const char *unit, char *text,
                     size_t size)
{
    if (isnan(value)) {
        snprintf(text, size, "—");
        return text;
    }
    switch (form) {
    case ENT_FORM_SHARE:
        share_text(value, text, size);
        return text;
    case ENT_FORM_AMOUNT:
        amount_text(value, unit, text, size);
        return text;
    case ENT_FORM_YES_NO:
        snprintf(text, size, "%s", value != 0 ? "yes" : "no");
        return text;
    case ENT_FORM_YEAR:
        snprintf(text, size, "%.0f", value);
        return text;
    case ENT_FORM_RANK:
        if (value >= 1 && value < 1e15)
            return ent_ordinal_text((uint64_t)value, text, size);
        break;
    case ENT_FORM_COUNT:
        if (fabs(value) < 9e15 && value == floor(value))
            return ent_integer_text((int64_t)value, text, size);
        break;
    case ENT_FORM_PLAIN:
        break;
    }
    plain_text(value, text, size);
    return text;
}

const char *ent_unit_rest(enum ent_number_form form, const char *unit)
{
    const char *rest = unit ? unit : "";

    if (form == ENT_FORM_AMOUNT)
        unit_scale(unit, &rest);
    return rest;
}

char *ent_number_exact(double value, char *text, size_t size)
{
    if (isnan(value)) {
        snprintf(text, size, "%s", "");
        return text;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return text;
}

char *ent_sparkline(const double *values, size_t count, char *text, size_t size)
{
    static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    double low = INFINITY;
    double high = -INFINITY;
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *block = " ";

        if (!isnan(values[i]) && high > low)
            block = blocks[(int)fmin(7, (values[i] - low) / (high - low) * 8)];
        else if (!isnan(values[i])) /* all the same: on the ground if 0, else half way */
            block = blocks[low == 0 ? 0 : 3];
        if (used + strlen(block) >= size)
            break;
        used += (size_t)snprintf(text + used, size - used, "%s", block);
    }
    return text;
}
