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

/*
 * Spans of Voeten's numbers of roll calls, and their sessions.  Numbers run with
 * time to 5638; what was found later was numbered on, whatever its session.
 */
static const struct {
    int16_t first, last, session;
} spans[] = {
    { 3, 45, 1 },       { 46, 77, 2 },      { 78, 174, 3 },     { 175, 238, 4 },
    { 239, 291, 5 },    { 292, 316, 6 },    { 317, 365, 7 },    { 366, 391, 8 },
    { 392, 422, 9 },    { 423, 459, 10 },   { 460, 505, 11 },   { 506, 539, 12 },
    { 540, 572, 13 },   { 573, 626, 14 },   { 627, 728, 15 },   { 729, 803, 16 },
    { 804, 849, 17 },   { 850, 878, 18 },   { 879, 879, 19 },   { 880, 920, 20 },
    { 921, 960, 21 },   { 961, 961, 22 },   { 962, 974, 21 },   { 975, 1015, 22 },
    { 1016, 1065, 23 }, { 1066, 1109, 24 }, { 1110, 1176, 25 }, { 1177, 1302, 26 },
    { 1303, 1411, 27 }, { 1412, 1505, 28 }, { 1506, 1581, 29 }, { 1582, 1651, 30 },
    { 1652, 1740, 31 }, { 1741, 1838, 32 }, { 1839, 1970, 33 }, { 1971, 2093, 34 },
    { 2094, 2196, 35 }, { 2197, 2330, 36 }, { 2331, 2490, 37 }, { 2491, 2639, 38 },
    { 2640, 2790, 39 }, { 2791, 2945, 40 }, { 2947, 3101, 41 }, { 3102, 3247, 42 },
    { 3248, 3384, 43 }, { 3385, 3500, 44 }, { 3501, 3586, 45 }, { 3587, 3662, 46 },
    { 3663, 3737, 47 }, { 3739, 3803, 48 }, { 3804, 3873, 49 }, { 3875, 3962, 50 },
    { 3963, 4038, 51 }, { 4039, 4107, 52 }, { 4108, 4168, 53 }, { 4169, 4237, 54 },
    { 4238, 4304, 55 }, { 4305, 4371, 56 }, { 4372, 4444, 57 }, { 4445, 4520, 58 },
    { 4521, 4591, 59 }, { 4592, 4666, 60 }, { 4667, 4753, 61 }, { 4754, 4830, 62 },
    { 4831, 4904, 63 }, { 4979, 5047, 64 }, { 5049, 5115, 65 }, { 5116, 5180, 66 },
    { 5181, 5248, 67 }, { 5249, 5312, 68 }, { 5313, 5393, 69 }, { 5394, 5466, 70 },
    { 5467, 5548, 71 }, { 5549, 5638, 72 }, { 5639, 5639, 71 }, { 5640, 5664, 54 },
    { 5665, 5674, 55 }, { 5675, 5691, 56 }, { 5692, 5722, 57 }, { 5723, 5739, 58 },
    { 5740, 5756, 59 }, { 5757, 5782, 60 }, { 5783, 5807, 61 }, { 5808, 5823, 62 },
    { 5824, 5847, 63 }, { 5848, 5866, 64 }, { 5867, 5887, 65 }, { 5888, 5920, 66 },
    { 5921, 5940, 67 }, { 5941, 5979, 71 }, { 5980, 6010, 72 }, { 6011, 6029, 52 },
    { 6030, 6051, 53 }, { 6052, 6052, 54 }, { 6053, 6054, 57 }, { 6055, 6055, 71 },
    { 6056, 6058, 72 }, { 6059, 6158, 73 }, { 9001, 9006, 2 },  { 9007, 9013, 3 },
    { 9014, 9014, 16 }, { 9015, 9017, 18 }, { 9018, 9018, 23 }, { 9019, 9039, 11 },
    { 9040, 9041, 15 }, { 9042, 9056, 22 }, { 9057, 9147, 74 },
};

int ent__un_session(int64_t rcid)
{
    size_t low = 0;
    size_t high = sizeof(spans) / sizeof(spans[0]);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (rcid > spans[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof(spans) / sizeof(spans[0]) || rcid < spans[low].first)
        return 0;
    return spans[low].session;
}

enum ent_status ent__un_put_date(struct ent_stage *stage, union ent_value *cell,
                                 struct ent_date date, struct ent_error *err)
{
    char text[40];
    int len = snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year, date.month, date.day);

    return ent__stage_text(stage, cell, (struct ent_str){ text, (size_t)len }, err);
}
