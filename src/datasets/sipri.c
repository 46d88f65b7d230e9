#include "datasets/sipri.h"

#include <stdio.h>
#include <string.h>

#include "datasets/alias.h"

static const struct ent_alias aliases[] = {
    { "Viet Nam", 1945, 1975, 816 },
    { NULL, 0, 0, 0 },
};

/* The next run of letters or digits at *at or later, of one kind. */
static struct ent_str next_word(struct ent_str text, size_t *at)
{
    size_t from;
    bool digits;

    while (*at < text.len && !((text.at[*at] >= '0' && text.at[*at] <= '9') ||
                               ((text.at[*at] | 32) >= 'a' && (text.at[*at] | 32) <= 'z')))
        ++*at;
    from = *at;
    digits = from < text.len && text.at[from] <= '9';
    while (*at < text.len &&
           (digits ? text.at[*at] >= '0' && text.at[*at] <= '9'
                   : (text.at[*at] | 32) >= 'a' && (text.at[*at] | 32) <= 'z'))
        ++*at;
    return ent__str_slice(text, from, *at);
}

/* 1..12 for "July" or "Jul"; 0 for what is no month. */
static int month_of(struct ent_str word)
{
    static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec" };

    for (int m = 0; word.len >= 3 && m < 12; m++) {
        if (ent__str_is_nocase(ent__str_slice(word, 0, 3), months[m]))
            return m + 1;
    }
    return 0;
}

bool ent__sipri_day(struct ent_str text, char out[ENT_SIPRI_DAY])
{
    struct ent_str before = { "", 0 }, month = { "", 0 };
    size_t at = 0;

    out[0] = '\0';
    for (;;) {
        struct ent_str word = next_word(text, &at);
        int64_t day, year;

        if (word.len == 0)
            return false;
        if (month_of(month) && ent__str_to_i64(before, &day) && ent__str_to_i64(word, &year) &&
            day >= 1 && day <= 31 && year >= 1900 && year <= 9999) {
            snprintf(out, ENT_SIPRI_DAY, "%04d-%02d-%02d", (int)year, month_of(month),
                     (int)day);
            return true;
        }
        before = month;
        month = word;
    }
}

int ent__sipri_state(struct ent_import *im, struct ent_str name, int year)
{
    if (ent__str_ends(name, "*")) {
        ent__import_unmatched(im, name);
        return -1;
    }
    return ent__import_alias(im, aliases, name, year);
}
