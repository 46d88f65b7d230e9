#include "datasets/un_vote.h"

#include <stdio.h>

enum {
    WEST_GERMANY = 260,
    GERMANY = 255,
    NORTH_YEMEN = 678,
    YEMEN = 679,
    CHINA = 710,
    TAIWAN = 713,
};

static bool is_from(struct ent_date date, int year, int month, int day)
{
    return (date.year * 100 + date.month) * 100 + date.day >= (year * 100 + month) * 100 + day;
}

int ent__un_voter(int id, struct ent_date date)
{
    switch (id) {
    case CHINA:
    case TAIWAN:
        return date.year == 1971 ? id : ent_state_china_seat(date.year, date.month, date.day);
    case WEST_GERMANY:
        return is_from(date, 1990, 10, 3) ? GERMANY : id;
    case NORTH_YEMEN:
        return is_from(date, 1990, 5, 22) ? YEMEN : id;
    default:
        return id;
    }
}

bool ent__un_votes_elsewhere(int id, struct ent_date date)
{
    switch (id) {
    case CHINA:
        return date.year < 1971 && ent__un_voter(TAIWAN, date) == CHINA;
    case GERMANY:
        return ent__un_voter(WEST_GERMANY, date) == GERMANY;
    case YEMEN:
        return ent__un_voter(NORTH_YEMEN, date) == YEMEN;
    default:
        return false;
    }
}

/* Days since 1 January 1970 in the Gregorian calendar, for years 1..9999. */
static struct ent_date date_of_days(int64_t days)
{
    int64_t z = days + 719468; /* since 1 March of year 0 */
    int64_t era = z / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* 0 is March */
    struct ent_date date = { .day = (int)(of_year - (153 * month + 2) / 5 + 1),
                             .month = (int)(month < 10 ? month + 3 : month - 9) };

    date.year = (int)(year + era * 400 + (date.month <= 2));
    return date;
}

bool ent__un_date(struct ent_import *im, size_t column, struct ent_date *out)
{
    int64_t days;
    struct ent_str text;

    if (ent__import_missing(im, column))
        return false;
    if (im->cells[column].kind == ENT_CELL_NUMBER) {
        if (!ent__import_int(im, column, &days))
            return false;
        if (days < -100000 || days > 100000) {
            ent__import_problem(im, column, "%lld days from 1970 is not a date of a vote",
                                (long long)days);
            return false;
        }
        *out = date_of_days(days);
        return true;
    }
    text = ent__import_text(im, column);
    if (ent__date_parse(text, false, out))
        return true;
    ent__import_problem(im, column, "\"%.*s\" is not a date",
                        (int)(text.len > 60 ? 60 : text.len), text.at);
    return false;
}

enum ent_status ent__un_put_date(struct ent_stage *stage, union ent_value *cell,
                                 struct ent_date date, struct ent_error *err)
{
    char text[40];
    int len = snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year, date.month, date.day);

    return ent__stage_text(stage, cell, (struct ent_str){ text, (size_t)len }, err);
}
