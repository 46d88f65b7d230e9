#include "io/stamp.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years that begin
 * in March, in eras of 400 years, counted from 0000-03-01.
 */
size_t ent__stamp_date(double days, char out[ENT_STAMP_BYTES])
{
    int64_t shifted, era, day_of_era, year_of_era, day_of_year, month_from_march, year;
    int day, month;

    if (!(fabs(days) < 3e6))
        return 0;
    shifted = (int64_t)floor(days) + 719468;
    era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    day_of_era = shifted - era * 146097;
    year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    month_from_march = (5 * day_of_year + 2) / 153;
    day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    year = year_of_era + era * 400 + (month <= 2);
    return (size_t)snprintf(out, ENT_STAMP_BYTES, "%04lld-%02d-%02d", (long long)year, month,
                            day);
}

size_t ent__stamp_time(double seconds, char out[ENT_STAMP_BYTES])
{
    double days = floor(seconds / 86400);
    size_t len = ent__stamp_date(days, out);
    int rest;

    if (len == 0)
        return 0;
    rest = (int)(seconds - days * 86400);
    return len + (size_t)snprintf(out + len, ENT_STAMP_BYTES - len, " %02d:%02d:%02d",
                                  rest / 3600, rest / 60 % 60, rest % 60);
}
