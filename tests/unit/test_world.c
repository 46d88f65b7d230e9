/* world: looking states up, by every trap of names, codes and years. */
#include <string.h>
#include <time.h>

#include "check_main.h"

#include "base/str.h"

#include "entente/state.h"

static int find(const char *text, enum ent_code_system system, int year)
{
    struct ent_state_match match;
    enum ent_status status = ent_state_find(ent__str(text), system, year, &match, NULL);

    if (status == ENT_EAMBIGUOUS)
        return -2;
    ck_assert_int_eq(status == ENT_OK, match.id >= 0);
    return match.id;
}

/* Expected: an id, -1 for unknown, -2 for ambiguous. */
struct lookup {
    const char *text;
    enum ent_code_system system;
    int year;
    int id;
};

static void check_lookups(const struct lookup *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int id = find(rows[i].text, rows[i].system, rows[i].year);

        ck_assert_msg(id == rows[i].id, "\"%s\" in %d is %d, not %d", rows[i].text,
                      rows[i].year, id, rows[i].id);
    }
}

#define CHECK_LOOKUPS(rows) check_lookups(rows, sizeof(rows) / sizeof((rows)[0]))

START_TEST(spellings)
{
    static const struct lookup rows[] = {
        { "Russia", ENT_CODE_ANY, 0, 365 },
        { "  russian FEDERATION ", ENT_CODE_ANY, 0, 365 },
        { "U.S.S.R.", ENT_CODE_ANY, 0, 365 },
        { "Soviet Union", ENT_CODE_ANY, 2020, 365 },
        { "Korea, South", ENT_CODE_ANY, 0, 732 },
        { "Korea (Republic of)", ENT_CODE_ANY, 0, 732 },
        { "Korea, Dem. People's Rep. of", ENT_CODE_ANY, 0, 731 },
        { "Dem. People\xE2\x80\x99s Rep. of Korea", ENT_CODE_ANY, 0, 731 },
        { "Congo, Dem. Rep.", ENT_CODE_ANY, 0, 490 },
        { "Congo, Rep.", ENT_CODE_ANY, 0, 484 },
        { "Congo - Kinshasa", ENT_CODE_ANY, 0, 490 },
        { "Viet Nam", ENT_CODE_ANY, 0, 816 },
        { "Socialist Republic of Viet Nam", ENT_CODE_ANY, 0, 816 },
        { "T\xC3\xBCrkiye", ENT_CODE_ANY, 0, 640 },
        { "Tu\xCC\x88rkiye", ENT_CODE_ANY, 0, 640 }, /* a combining diaeresis */
        { "Turkiye", ENT_CODE_ANY, 0, 640 },
        { "C\xC3\xB4te d\xE2\x80\x99Ivoire", ENT_CODE_ANY, 0, 437 },
        { "Cote d'Ivoire", ENT_CODE_ANY, 0, 437 },
        { "S\xC3\xA3o Tom\xC3\xA9 & Pr\xC3\xADncipe", ENT_CODE_ANY, 0, 403 },
        { "Trinidad & Tobago", ENT_CODE_ANY, 0, 52 },
        { "St. Kitts and Nevis", ENT_CODE_ANY, 0, 60 },
        { "Bahamas, The", ENT_CODE_ANY, 0, 31 },
        { "Kingdom of Denmark", ENT_CODE_ANY, 0, 390 },
        { "Sudan (...2011)", ENT_CODE_ANY, 0, 625 },
        { "Moldova, Rep.of", ENT_CODE_ANY, 0, 359 },
        { "UK", ENT_CODE_ANY, 0, 200 },
        { "China, Hong Kong SAR", ENT_CODE_ANY, 0, 1028 },
        { "China Hong Kong SAR", ENT_CODE_ANY, 0, 1028 },
        { "Other Asia, nes", ENT_CODE_NAME, 0, 713 },
        { "West Bank and Gaza", ENT_CODE_ANY, 0, 1039 },
        { "Puerto Rico (US)", ENT_CODE_ANY, 0, 1041 },
        { "Vatican City", ENT_CODE_ANY, 0, 1027 },
        { "Papal States", ENT_CODE_ANY, 0, 327 },
        { "Gran Colombia", ENT_CODE_ANY, 0, 2099 },
        { "Guinea-Bissau", ENT_CODE_ANY, 0, 404 },
        { "Guinea", ENT_CODE_ANY, 0, 438 },
        { "Dominica", ENT_CODE_ANY, 0, 54 },
        { "Dominican Republic", ENT_CODE_ANY, 0, 42 },
        { "Niger", ENT_CODE_ANY, 0, 436 },
        { "Nigeria", ENT_CODE_ANY, 0, 475 },
    };

    CHECK_LOOKUPS(rows);
}
END_TEST

START_TEST(not_states)
{
    static const struct lookup rows[] = {
        { "", ENT_CODE_ANY, 0, -1 },
        { "   ", ENT_CODE_ANY, 0, -1 },
        { "the", ENT_CODE_ANY, 0, -1 },
        { "Republic of", ENT_CODE_ANY, 0, -1 },
        { "World", ENT_CODE_NAME, 0, -1 },
        { "Other CIS", ENT_CODE_NAME, 0, -1 },
        { "of which: Russia", ENT_CODE_NAME, 0, -1 },
        { "European Union", ENT_CODE_NAME, 0, -1 },
        { "NATO**", ENT_CODE_NAME, 0, -1 },
        { "unknown recipient(s)", ENT_CODE_NAME, 0, -1 },
        { "PRC (Israel/Palestine)*", ENT_CODE_NAME, 0, -1 },
        { "Hezbollah (Lebanon)*", ENT_CODE_NAME, 0, -1 },
        { "HoR (Libya)*", ENT_CODE_NAME, 0, -1 },
        { "Belgium and Luxembourg", ENT_CODE_NAME, 0, -1 },
        { "WLD", ENT_CODE_ISO3, 0, -1 },
        { "EUU", ENT_CODE_ISO3, 0, -1 },
        { "ARB", ENT_CODE_ISO3, 0, -1 },
        { "Russia", ENT_CODE_ISO3, 0, -1 },
        { "RUS", ENT_CODE_NAME, 0, -1 },
        { "999", ENT_CODE_COWN, 0, -1 },
        { "-2", ENT_CODE_COWN, 0, -1 },
        { "99999999999999999999", ENT_CODE_ANY, 0, -1 },
        { "\xFF\xFE\x80", ENT_CODE_ANY, 0, -1 },
        { "cow:", ENT_CODE_ANY, 0, -1 },
        { "cow:Russia", ENT_CODE_ANY, 0, -1 },
    };
    char longest[5000];

    CHECK_LOOKUPS(rows);
    memset(longest, 'a', sizeof(longest));
    ck_assert_int_eq(ent_state_find((struct ent_str){ longest, sizeof(longest) }, ENT_CODE_ANY,
                                    0, NULL, NULL),
                     ENT_ENOTFOUND);
    for (size_t i = 0; i < sizeof(longest); i += 2)
        longest[i] = ' ';
    ck_assert_int_eq(ent_state_find((struct ent_str){ longest, sizeof(longest) }, ENT_CODE_ANY,
                                    0, NULL, NULL),
                     ENT_ENOTFOUND);
    ck_assert_int_eq(ent_state_find((struct ent_str){ NULL, 0 }, ENT_CODE_ANY, 0, NULL, NULL),
                     ENT_ENOTFOUND);
}
END_TEST

START_TEST(codes)
{
    static const struct lookup rows[] = {
        { "AUS", ENT_CODE_ANY, 0, 900 },     { "aus", ENT_CODE_ANY, 0, 900 },
        { "cow:AUS", ENT_CODE_ANY, 0, 305 }, { "AUS", ENT_CODE_COW, 0, 305 },
        { "AUS", ENT_CODE_ISO3, 0, 900 },    { "AUL", ENT_CODE_ANY, 0, 900 },
        { "SWZ", ENT_CODE_ANY, 0, 572 },     { "COW:swz", ENT_CODE_ANY, 0, 225 },
        { "NA", ENT_CODE_ANY, 0, 565 },      { "NA", ENT_CODE_ISO2, 0, 565 },
        { "iso2:na", ENT_CODE_ANY, 0, 565 }, { "iso:NAM", ENT_CODE_ANY, 0, 565 },
        { "365", ENT_CODE_ANY, 0, 365 },     { "cow:365", ENT_CODE_ANY, 0, 365 },
        { "m49:810", ENT_CODE_ANY, 0, 365 }, { "m49:036", ENT_CODE_ANY, 0, 900 },
        { "gw: 340", ENT_CODE_ANY, 0, 345 }, { "gw:TBT", ENT_CODE_ANY, 0, 2711 },
        { "SUN", ENT_CODE_ISO3, 0, 365 },    { "YUG", ENT_CODE_ISO3, 0, 345 },
        { "SCG", ENT_CODE_ISO3, 0, 345 },    { "DDR", ENT_CODE_ISO3, 0, 265 },
        { "ROM", ENT_CODE_ISO3, 2010, 360 }, { "ZAR", ENT_CODE_ISO3, 0, 490 },
        { "TMP", ENT_CODE_ISO3, 0, 860 },    { "ANT", ENT_CODE_ISO3, 0, 1101 },
        { "CHI", ENT_CODE_ISO3, 0, 1102 }, /* the World Bank's Channel Islands */
        { "PAL", ENT_CODE_ISO3, 0, 1039 }, /* GeoDist's Palestine */
        { "PAL", ENT_CODE_ANY, 0, 986 },   /* COW's Palau */
        { "XKX", ENT_CODE_ISO3, 0, 347 },    { "CZE", ENT_CODE_ISO3, 1980, 315 },
        { "CZE", ENT_CODE_ISO3, 1993, 316 }, { "CS", ENT_CODE_ISO2, 1980, 315 },
        { "CS", ENT_CODE_ISO2, 2004, 345 },  { "TWN", ENT_CODE_ISO3, 0, 713 },
    };

    CHECK_LOOKUPS(rows);
}
END_TEST

START_TEST(years_decide)
{
    static const struct lookup rows[] = {
        { "Germany", ENT_CODE_ANY, 0, 255 },
        { "Germany", ENT_CODE_ANY, 1850, 255 },
        { "Germany", ENT_CODE_ANY, 1938, 255 },
        { "Germany", ENT_CODE_ANY, 1970, 260 },
        { "Germany", ENT_CODE_ANY, 1990, 255 },
        { "DEU", ENT_CODE_ISO3, 1970, 260 },
        { "DE", ENT_CODE_ISO2, 1990, 255 },
        { "West Germany", ENT_CODE_ANY, 0, 260 },
        { "FRG", ENT_CODE_ANY, 0, 260 },
        { "East Germany", ENT_CODE_ANY, 0, 265 },
        { "Germany, Federal Republic of", ENT_CODE_ANY, 1975, 260 },
        { "Germany, Federal Republic of", ENT_CODE_ANY, 1995, 255 },
        { "Yemen", ENT_CODE_ANY, 0, 679 },
        { "Yemen", ENT_CODE_ANY, 1950, 678 },
        { "Yemen", ENT_CODE_ANY, 1980, -2 },
        { "Yemen", ENT_CODE_NAME, 1980, 678 },
        { "YEM", ENT_CODE_ISO3, 1980, 678 },
        { "Yemen, Rep.", ENT_CODE_ANY, 0, 679 },
        { "South Yemen", ENT_CODE_ANY, 0, 680 },
        { "Vietnam", ENT_CODE_ANY, 0, 816 },
        { "Vietnam", ENT_CODE_ANY, 1965, -2 },
        { "Vietnam", ENT_CODE_NAME, 1965, -2 },
        { "Vietnam", ENT_CODE_ANY, 1976, 816 },
        { "Vietnam", ENT_CODE_ANY, 1850, 2815 },
        { "Republic of Vietnam", ENT_CODE_ANY, 0, 817 },
        { "Korea", ENT_CODE_ANY, 0, -2 },
        { "Korea", ENT_CODE_ANY, 1990, -2 },
        { "Korea", ENT_CODE_ANY, 1900, 730 },
        { "Korea", ENT_CODE_NAME, 1990, 732 },
        { "Congo", ENT_CODE_ANY, 0, -2 },
        { "Congo", ENT_CODE_ANY, 1980, 484 }, /* the other was Zaire */
        { "Congo", ENT_CODE_NAME, 2010, 484 },
        { "Virgin Islands", ENT_CODE_ANY, 0, -2 },
        { "Virgin Islands, British", ENT_CODE_ANY, 0, 1009 },
        { "Virgin Islands (U.S.)", ENT_CODE_ANY, 0, 1053 },
        { "Republic of China", ENT_CODE_ANY, 0, 713 },
        { "Republic of China", ENT_CODE_ANY, 1930, 710 },
        { "China", ENT_CODE_ANY, 1960, 710 },
        { "Austria", ENT_CODE_ANY, 1850, 300 },
        { "Austria", ENT_CODE_ANY, 1930, 305 },
        { "Yugoslavia", ENT_CODE_ANY, 0, 345 },
        { "Serbia and Montenegro", ENT_CODE_ANY, 2004, 345 },
        { "Montenegro", ENT_CODE_ANY, 0, 341 },
    };

    CHECK_LOOKUPS(rows);
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        enum ent_code_system system;
        int number, year, id;
    } rows[] = {
        { ENT_CODE_COWN, 2, 0, 2 },           { ENT_CODE_COWN, 255, 1938, 255 },
        { ENT_CODE_COWN, 260, 0, 260 },       { ENT_CODE_COWN, 260, 1990, 260 },
        { ENT_CODE_COWN, 260, 1991, 255 },    { ENT_CODE_COWN, 678, 1990, 678 },
        { ENT_CODE_COWN, 678, 1991, 679 },    { ENT_CODE_COWN, 364, 1950, 365 },
        { ENT_CODE_COWN, 970, 0, 970 },       { ENT_CODE_GWN, 970, 0, 946 },
        { ENT_CODE_GWN, 971, 0, 970 },        { ENT_CODE_GWN, 260, 1989, 260 },
        { ENT_CODE_GWN, 260, 1990, 255 },     { ENT_CODE_GWN, 260, 0, 255 },
        { ENT_CODE_GWN, 255, 1900, 255 },     { ENT_CODE_GWN, 678, 1989, 678 },
        { ENT_CODE_GWN, 678, 1990, 679 },     { ENT_CODE_GWN, 340, 1900, 345 },
        { ENT_CODE_GWN, 345, 1950, 345 },     { ENT_CODE_GWN, 563, 1890, 2563 },
        { ENT_CODE_GWN, 815, 1850, 2815 },    { ENT_CODE_M49, 156, 0, 710 },
        { ENT_CODE_M49, 158, 0, 713 },        { ENT_CODE_M49, 490, 0, 713 },
        { ENT_CODE_M49, 276, 1970, 260 },     { ENT_CODE_M49, 280, 1970, 260 },
        { ENT_CODE_M49, 278, 1970, 265 },     { ENT_CODE_M49, 720, 1980, 680 },
        { ENT_CODE_M49, 886, 1980, 678 },     { ENT_CODE_M49, 891, 2004, 345 },
        { ENT_CODE_M49, 842, 2014, 2 },       { ENT_CODE_POLITYN, 364, 1950, 365 },
        { ENT_CODE_POLITYN, 341, 2010, 347 }, { ENT_CODE_POLITYN, 347, 2004, 345 },
        { ENT_CODE_POLITYN, 626, 2015, 625 }, { ENT_CODE_POLITYN, 525, 2015, 626 },
        { ENT_CODE_POLITYN, 2, 2015, 2 },     { ENT_CODE_COWN, 0, 0, -1 },
        { ENT_CODE_COWN, 1000, 0, -1 },       { ENT_CODE_COWN, -5, 0, -1 },
        { ENT_CODE_M49, 899, 0, -1 },         { ENT_CODE_ISO3, 2, 0, -1 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int id = ent_state_from_number(rows[i].system, rows[i].number, rows[i].year);

        ck_assert_msg(id == rows[i].id, "number %d of system %d in %d is %d, not %d",
                      rows[i].number, (int)rows[i].system, rows[i].year, id, rows[i].id);
    }
}
END_TEST

START_TEST(messages)
{
    static const struct {
        const char *text;
        enum ent_code_system system;
        enum ent_status status;
        const char *message;
    } rows[] = {
        { "Rusia", ENT_CODE_ANY, ENT_ENOTFOUND,
          "no state is called \"Rusia\"; did you mean Russia (RUS)?" },
        { "Chian", ENT_CODE_ANY, ENT_ENOTFOUND,
          "no state is called \"Chian\"; did you mean China (CHN)?" },
        { "zzzzzzzz", ENT_CODE_NAME, ENT_ENOTFOUND, "no state is called \"zzzzzzzz\"" },
        { "QQQ", ENT_CODE_ISO3, ENT_ENOTFOUND, "no state has the ISO code \"QQQ\"" },
        { "cow:17", ENT_CODE_ANY, ENT_ENOTFOUND, "no state has the COW code \"17\"" },
        { "Korea", ENT_CODE_ANY, ENT_EAMBIGUOUS,
          "\"Korea\" may be North Korea (PRK) or South Korea (KOR)" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ent_state_match match;
        struct ent_error err;

        ck_assert_int_eq(
            ent_state_find(ent__str(rows[i].text), rows[i].system, 0, &match, &err),
            rows[i].status);
        ck_assert_int_eq(match.id, -1);
        ck_assert_str_eq(err.message, rows[i].message);
    }
}
END_TEST

START_TEST(candidates)
{
    struct ent_state_match match;

    ck_assert_int_eq(ent_state_find(ent__str("Guin"), ENT_CODE_ANY, 0, &match, NULL),
                     ENT_ENOTFOUND);
    ck_assert_uint_ge(match.candidate_count, 2);
    ck_assert_int_eq(match.candidates[0], 404);
    ck_assert_int_eq(match.candidates[1], 438);
    ck_assert_int_eq(ent_state_find(ent__str("Congo"), ENT_CODE_ANY, 1965, &match, NULL),
                     ENT_EAMBIGUOUS);
    ck_assert_uint_eq(match.candidate_count, 2);
    ck_assert_int_eq(ent_state_find(ent__str("Mali"), ENT_CODE_ANY, 0, &match, NULL), ENT_OK);
    ck_assert_uint_eq(match.candidate_count, 0);
}
END_TEST

START_TEST(names_of_years)
{
    static const struct {
        int id, year;
        const char *name;
    } rows[] = {
        { 365, 1980, "Soviet Union" },
        { 365, 1992, "Russia" },
        { 365, 0, "Russia" },
        { 365, 1900, "Russia" },
        { 255, 1850, "Prussia" },
        { 255, 1900, "Germany" },
        { 260, 1970, "West Germany" },
        { 345, 1914, "Serbia" },
        { 345, 1960, "Yugoslavia" },
        { 345, 2004, "Serbia and Montenegro" },
        { 345, 2006, "Serbia" },
        { 490, 1985, "Zaire" },
        { 490, 2000, "DR Congo" },
        { 816, 1970, "North Vietnam" },
        { 816, 1976, "Vietnam" },
        { 640, 1900, "Ottoman Empire" },
        { 678, 1950, "Yemen" },
        { 678, 1980, "North Yemen" },
        { 679, 1995, "Yemen" },
        { 730, 1890, "Korea" },
        { 17, 2000, "" },
        { -1, 0, "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        ck_assert_str_eq(ent_state_name(rows[i].id, rows[i].year), rows[i].name);
}
END_TEST

START_TEST(membership)
{
    ck_assert(ent_state_member(2, ENT_MEMBER_COW, 1816));
    ck_assert(ent_state_member(2, ENT_MEMBER_COW, 2025));
    ck_assert(!ent_state_member(2, ENT_MEMBER_COW, 1815));
    ck_assert(ent_state_member(255, ENT_MEMBER_COW, 1945));
    ck_assert(!ent_state_member(255, ENT_MEMBER_COW, 1946));
    ck_assert(ent_state_member(255, ENT_MEMBER_COW, 1990));
    ck_assert(ent_state_member(260, ENT_MEMBER_COW, 1990));
    ck_assert(!ent_state_member(260, ENT_MEMBER_COW, 1954));
    ck_assert(ent_state_member(260, ENT_MEMBER_GW, 1949));
    ck_assert(!ent_state_member(260, ENT_MEMBER_GW, 1991));
    ck_assert(!ent_state_member(1028, ENT_MEMBER_COW, 2000));
    ck_assert(!ent_state_member(2397, ENT_MEMBER_COW, 2010));
    ck_assert(ent_state_member(2397, ENT_MEMBER_GW, 2010));
    ck_assert(!ent_state_member(-3, ENT_MEMBER_COW, 2000));

    ck_assert(ent_state_major(2, 1898));
    ck_assert(!ent_state_major(2, 1897));
    ck_assert(ent_state_major(220, 1940));
    ck_assert(!ent_state_major(220, 1942));
    ck_assert(!ent_state_major(365, 1920));
    ck_assert(ent_state_major(710, 2025));
    ck_assert(!ent_state_major(750, 2025));

    ck_assert_int_eq(ent_state_gwn(255, 1900), 255);
    ck_assert_int_eq(ent_state_gwn(255, 1990), 260);
    ck_assert_int_eq(ent_state_gwn(255, 1970), 0);
    ck_assert_int_eq(ent_state_gwn(345, 1900), 340);
    ck_assert_int_eq(ent_state_gwn(345, 1916), 0);
    ck_assert_int_eq(ent_state_gwn(345, 1960), 345);
    ck_assert_int_eq(ent_state_gwn(345, 2010), 340);
    ck_assert_int_eq(ent_state_gwn(345, 0), 340);
    ck_assert_int_eq(ent_state_gwn(946, 2010), 970);
    ck_assert_int_eq(ent_state_gwn(1028, 2010), 0);

    ck_assert_int_eq(ent_state_china_seat(1949, 12, 7), 710);
    ck_assert_int_eq(ent_state_china_seat(1949, 12, 8), 713);
    ck_assert_int_eq(ent_state_china_seat(1971, 10, 24), 713);
    ck_assert_int_eq(ent_state_china_seat(1971, 10, 25), 710);
}
END_TEST

static int day_number(int16_t year, int16_t month, int16_t day)
{
    return (year * 100 + month) * 100 + day;
}

static void check_spells(const struct ent_spell *spells, size_t count)
{
    int last = 0;

    for (size_t i = 0; i < count; i++) {
        const struct ent_spell *s = &spells[i];
        int from = day_number(s->from_year, s->from_month, s->from_day);
        int to = day_number(s->to_year, s->to_month, s->to_day);

        ck_assert_int_ge(s->from_year, 1816);
        ck_assert(s->from_month >= 1 && s->from_month <= 12 && s->to_month >= 1 &&
                  s->to_month <= 12);
        ck_assert(s->from_day >= 1 && s->from_day <= 31 && s->to_day >= 1 && s->to_day <= 31);
        ck_assert_int_gt(from, last);
        ck_assert_int_ge(to, from);
        last = to;
    }
}

START_TEST(every_state)
{
    ck_assert_uint_gt(ent_state_count(), 280);
    ck_assert_ptr_null(ent_state_at(ent_state_count()));
    ck_assert_ptr_null(ent_state_get(0));
    ck_assert_ptr_null(ent_state_get(-1));
    ck_assert_ptr_null(ent_state_get(1000000));
    for (size_t i = 0; i < ent_state_count(); i++) {
        const struct ent_state *s = ent_state_at(i);

        ck_assert_ptr_eq(ent_state_get(s->id), s);
        ck_assert_uint_eq(s->index, i);
        ck_assert(i == 0 || ent_state_at(i - 1)->id < s->id);
        check_spells(s->cow_spells, s->cow_spell_count);
        check_spells(s->gw_spells, s->gw_spell_count);
        ck_assert_int_eq(s->cow_spell_count > 0, s->cown != 0);
        ck_assert_int_eq(s->gw_spell_count > 0, s->gwn != 0);
        ck_assert(s->cown == 0 || s->cown == s->id);
        ck_assert(!(s->latitude < -90 || s->latitude > 90 || s->longitude < -180 ||
                    s->longitude > 180));
        if (s->cown || s->gwn) {
            ck_assert(s->latitude > -90 && s->longitude > -180); /* not NAN */
            ck_assert_int_ne(s->region, ENT_REGION_NONE);
        }
    }
}
END_TEST

/* A year in which a state's codes are its own: the last of its spells, or today. */
static int own_year(const struct ent_spell *spells, size_t count)
{
    return count && spells[count - 1].to_year < 2024 ? spells[count - 1].to_year : 2024;
}

START_TEST(every_code)
{
    for (size_t i = 0; i < ent_state_count(); i++) {
        const struct ent_state *s = ent_state_at(i);
        int cow_year = own_year(s->cow_spells, s->cow_spell_count);
        /* GW numbers go to the successor in the year of the change: so the first. */
        int gw_year = s->gw_spell_count ? s->gw_spells[s->gw_spell_count - 1].from_year : 0;

        ck_assert_msg(find(s->name, ENT_CODE_ANY, cow_year) == s->id, "%s", s->name);
        ck_assert_msg(find(s->name, ENT_CODE_ANY, 0) == s->id, "%s", s->name);
        if (*s->iso3)
            ck_assert_msg(find(s->iso3, ENT_CODE_ISO3, 2024) == s->id, "%s", s->iso3);
        if (*s->iso2)
            ck_assert_msg(find(s->iso2, ENT_CODE_ISO2, 2024) == s->id, "%s", s->iso2);
        if (s->m49)
            ck_assert_int_eq(ent_state_from_number(ENT_CODE_M49, s->m49, 2024), s->id);
        if (*s->cow)
            ck_assert_int_eq(find(s->cow, ENT_CODE_COW, cow_year), s->id);
        if (s->cown)
            ck_assert_int_eq(ent_state_from_number(ENT_CODE_COWN, s->cown, cow_year), s->id);
        if (*s->gw)
            ck_assert_msg(find(s->gw, ENT_CODE_GW, gw_year) == s->id, "%s", s->gw);
        if (s->gwn)
            ck_assert_int_eq(ent_state_from_number(ENT_CODE_GWN, s->gwn, gw_year), s->id);
    }
}
END_TEST

/* Names with bytes changed at random: nothing breaks, and the answer is a state or none. */
START_TEST(any_bytes)
{
    uint32_t random = 12345;
    char text[96];

    for (int i = 0; i < 20000; i++) {
        const char *name = ent_state_at((size_t)i % ent_state_count())->name;
        struct ent_state_match match;
        struct ent_error err;
        enum ent_status status;
        size_t len = strlen(name);

        memcpy(text, name, len);
        for (int changes = i % 5; changes > 0; changes--) {
            random = random * 1664525u + 1013904223u;
            text[(random >> 16) % len] = (char)(random >> 8);
        }
        status = ent_state_find((struct ent_str){ text, len }, i % 10, i % 2200, &match, &err);
        ck_assert(status == ENT_OK || status == ENT_ENOTFOUND || status == ENT_EAMBIGUOUS);
        ck_assert_int_eq(status == ENT_OK, match.id >= 0);
        ck_assert(status != ENT_OK || ent_state_get(match.id));
        ck_assert_uint_le(match.candidate_count, ENT_STATE_CANDIDATES);
        for (size_t j = 0; j < match.candidate_count; j++)
            ck_assert_ptr_nonnull(ent_state_get(match.candidates[j]));
    }
}
END_TEST

/* Importers look names up for every row of a file. */
START_TEST(fast_enough)
{
    static const char *const names[] = { "Bosnia and Herzegovina", "RUS", "Korea, Rep. of",
                                         "C\xC3\xB4te d'Ivoire" };
    struct timespec from, to;
    enum {
        ROUNDS = 20000
    };
    double seconds;
    long sum = 0;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < ROUNDS; i++)
        sum += find(names[i & 3], ENT_CODE_ANY, 2014);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    seconds = (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    ck_assert_int_eq(sum, (346 + 365 + 732 + 437) * (long)ROUNDS / 4);
    printf("ent_state_find: %.0f ns\n", seconds / ROUNDS * 1e9);
    ck_assert_double_lt(seconds / ROUNDS, 50e-6); /* loose: it runs under sanitizers too */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("world");
    TCase *tcase = tcase_create("lookup");

    tcase_add_test(tcase, spellings);
    tcase_add_test(tcase, not_states);
    tcase_add_test(tcase, codes);
    tcase_add_test(tcase, years_decide);
    tcase_add_test(tcase, numbers);
    tcase_add_test(tcase, messages);
    tcase_add_test(tcase, candidates);
    tcase_add_test(tcase, names_of_years);
    tcase_add_test(tcase, membership);
    tcase_add_test(tcase, every_state);
    tcase_add_test(tcase, every_code);
    tcase_add_test(tcase, any_bytes);
    tcase_add_test(tcase, fast_enough);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
