/*
 * Correlates of War militarised interstate disputes: directed dyad-years of
 * version 5.0, 1816 to 2014, and the lists of disputes (MIDA) and of participants
 * (MIDB) of version 4.3 and later, which come as Stata files or CSV.
 *
 * -9 is missing.  The fatality of a dispute is not that of a pair; two states on
 * the same side of a dispute act together.  The dyadic file has opponents only.
 * A state that left a dispute and came back has several rows in MIDB.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/dispute.h"

static const struct ent_table dyad_table = {
    .name = "cow_mid_dispute",
    .what = "a militarised dispute of two states in a year, from the side of one of them",
    .columns = ent__dispute_columns,
    .column_count = DISPUTE_COW_COLUMNS,
    .key_count = DISPUTE_KEYS,
    .absence = ENT_ABSENCE_ZERO,
};

enum {
    A_YEAR,
    A_NUMBER,
    A_START_MONTH,
    A_START_DAY,
    A_END_YEAR,
    A_END_MONTH,
    A_END_DAY,
    A_OUTCOME,
    A_SETTLEMENT,
    A_FATALITY,
    A_DEATHS,
    A_DAYS_LEAST,
    A_DAYS_MOST,
    A_ACTION,
    A_HOSTILITY,
    A_RECIPROCATED,
    A_STATES_A,
    A_STATES_B,
    A_COUNT,
    A_COLUMNS
};

#define VALUE(name, unit, what)                        \
    {                                                  \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, unit, what \
    }

static const struct ent_column a_columns[] = {
    [A_YEAR] = { "start_year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year in which it began" },
    [A_NUMBER] = { "dispute", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the dispute" },
    [A_START_MONTH] = VALUE("start_month", "month", "month in which it began"),
    [A_START_DAY] = VALUE("start_day", "day", "day on which it began"),
    [A_END_YEAR] = VALUE("end_year", "year", "year in which it ended"),
    [A_END_MONTH] = VALUE("end_month", "month", "month in which it ended"),
    [A_END_DAY] = VALUE("end_day", "day", "day on which it ended"),
    [A_OUTCOME] = VALUE("outcome", "code 1 to 9", "outcome, as the codebook has it"),
    [A_SETTLEMENT] = VALUE("settlement", "code 1 to 4", "settlement, as the codebook has it"),
    [A_FATALITY] = VALUE("fatality", "level 0 to 6", "battle deaths of all states in it"),
    [A_DEATHS] = VALUE("deaths", "persons", "battle deaths where the number is known"),
    [A_DAYS_LEAST] = VALUE("days_least", "days", "least duration that the dates allow"),
    [A_DAYS_MOST] = VALUE("days_most", "days", "longest duration that the dates allow"),
    [A_ACTION] = VALUE("action", "code 0 to 21", "highest action, as the codebook has it"),
    [A_HOSTILITY] = VALUE("hostility", "level 1 to 5", "highest hostility of any state in it"),
    [A_RECIPROCATED] = VALUE("reciprocated", "0 or 1", "side B did something military too"),
    [A_STATES_A] = VALUE("states_a", "states", "number of states on side A"),
    [A_STATES_B] = VALUE("states_b", "states", "number of states on side B"),
    [A_COUNT] = { "disputes", ENT_ROLE_COUNT, ENT_TYPE_INT, "disputes", "1 a row" },
};

static const struct ent_table a_table = {
    .name = "cow_mid_a",
    .what = "a militarised dispute",
    .columns = a_columns,
    .column_count = A_COLUMNS,
    .key_count = 2,
};

enum {
    B_YEAR,
    B_NUMBER,
    B_STATE,
    B_START_MONTH,
    B_START_DAY,
    B_END_YEAR,
    B_END_MONTH,
    B_END_DAY,
    B_SIDE_A,
    B_REVISIONIST,
    B_FATALITY,
    B_DEATHS,
    B_ACTION,
    B_HOSTILITY,
    B_ORIGINATOR,
    B_COUNT,
    B_COLUMNS
};

static const struct ent_column b_columns[] = {
    [B_YEAR] = { "start_year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year in which it took part" },
    [B_NUMBER] = { "dispute", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the dispute" },
    [B_STATE] = { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state in the dispute" },
    [B_START_MONTH] = VALUE("start_month", "month", "month in which it came in"),
    [B_START_DAY] = VALUE("start_day", "day", "day on which it came in"),
    [B_END_YEAR] = VALUE("end_year", "year", "year in which it left"),
    [B_END_MONTH] = VALUE("end_month", "month", "month in which it left"),
    [B_END_DAY] = VALUE("end_day", "day", "day on which it left"),
    [B_SIDE_A] = VALUE("side_a", "0 or 1", "on side A"),
    [B_REVISIONIST] = VALUE("revisionist", "0 or 1", "wanted to change what was"),
    [B_FATALITY] = VALUE("fatality", "level 0 to 6", "its own battle deaths"),
    [B_DEATHS] = VALUE("deaths", "persons", "its own battle deaths where the number is known"),
    [B_ACTION] = VALUE("action", "code 0 to 21", "its highest action, as the codebook has it"),
    [B_HOSTILITY] = VALUE("hostility", "level 1 to 5", "its highest hostility"),
    [B_ORIGINATOR] = VALUE("originator", "0 or 1", "in the dispute from its first day"),
    [B_COUNT] = { "participations", ENT_ROLE_COUNT, ENT_TYPE_INT, "", "1 a row" },
};

static const struct ent_table b_table = {
    .name = "cow_mid_b",
    .what = "a state's part in a militarised dispute",
    .columns = b_columns,
    .column_count = B_COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
};

static enum ent_status import_dyads(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        ENT_DISPUTE_MAPPINGS("cowmidongoing", "cowmidonset"),
    };

    ent__import_part(im, ent__str("dyads"));
    ent__import_version(im, ent__import_first_text(im, ent__import_column(im, "version")));
    return ent__import_mapped_rows(im, &dyad_table, map, sizeof(map) / sizeof(map[0]),
                                   ent__dispute_finish, err);
}

static bool count_dispute(struct ent_import *im, union ent_value *row)
{
    (void)im;
    row[A_COUNT].i = 1;
    return true;
}

static bool count_participation(struct ent_import *im, union ent_value *row)
{
    (void)im;
    row[B_COUNT].i = 1;
    return true;
}

/* "4.3", whether the file has it as a text or as a number of four bytes, 4.30000019. */
static void note_version(struct ent_import *im)
{
    struct ent_str text = ent__import_first_text(im, ent__import_column(im, "version"));
    char digits[32];
    double number;

    if (ent__str_to_f64(text, &number)) {
        snprintf(digits, sizeof(digits), "%.4g", number);
        text = ent__str(digits);
    }
    ent__import_version(im, text);
}

static enum ent_status import_disputes(struct ent_import *im, struct ent_error *err)
{
    const char *number =
        ent__import_column(im, "dispnum3") != SIZE_MAX ? "dispnum3" : "dispnum";
    const struct ent_mapping map[] = {
        { "styear", A_YEAR },
        { number, A_NUMBER },
        { "stmon", A_START_MONTH },
        { "stday", A_START_DAY },
        { "endyear", A_END_YEAR },
        { "endmon", A_END_MONTH },
        { "endday", A_END_DAY },
        { "outcome", A_OUTCOME },
        { "settle", A_SETTLEMENT },
        { "fatality", A_FATALITY },
        { "fatalpre", A_DEATHS, .optional = true },
        { "mindur", A_DAYS_LEAST, .optional = true },
        { "maxdur", A_DAYS_MOST, .optional = true },
        { "hiact", A_ACTION, .optional = true },
        { "hostlev", A_HOSTILITY },
        { "recip", A_RECIPROCATED, .optional = true },
        { "numa", A_STATES_A },
        { "numb", A_STATES_B },
    };

    ent__import_part(im, ent__str("disputes"));
    note_version(im);
    return ent__import_mapped_rows(im, &a_table, map, sizeof(map) / sizeof(map[0]),
                                   count_dispute, err);
}

static enum ent_status import_participants(struct ent_import *im, struct ent_error *err)
{
    const char *number =
        ent__import_column(im, "dispnum3") != SIZE_MAX ? "dispnum3" : "dispnum";
    const struct ent_mapping map[] = {
        { "styear", B_YEAR },
        { number, B_NUMBER },
        { "ccode", B_STATE, ENT_CODE_COWN },
        { "stmon", B_START_MONTH },
        { "stday", B_START_DAY },
        { "endyear", B_END_YEAR },
        { "endmon", B_END_MONTH },
        { "endday", B_END_DAY },
        { "sidea", B_SIDE_A },
        { "revstate", B_REVISIONIST, .optional = true },
        { "fatality", B_FATALITY },
        { "fatalpre", B_DEATHS, .optional = true },
        { "hiact", B_ACTION, .optional = true },
        { "hostlev", B_HOSTILITY },
        { "orig", B_ORIGINATOR },
    };

    ent__import_part(im, ent__str("participants"));
    note_version(im);
    return ent__import_mapped_rows(im, &b_table, map, sizeof(map) / sizeof(map[0]),
                                   count_participation, err);
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const dyad_header[] = { "dispnum", "ccode1",   "ccode2",        "year",
                                           "sidea1",  "hostlev1", "cowmidongoing", NULL };
static const char *const a_header[] = { "styear",  "endyear", "outcome", "settle",
                                        "hostlev", "numa",    "numb",    NULL };
static const char *const b_header[] = { "ccode",   "styear", "endyear", "sidea",
                                        "hostlev", "orig",   NULL };

#define FORM(title, header, function)                                                     \
    {                                                                                     \
        .name = title, .columns = header, .import = function, .missing_numbers = missing, \
        .missing_number_count = 1, .missing_texts = missing_texts,                        \
    }

static const struct ent_form forms[] = {
    FORM("directed dyad-years", dyad_header, import_dyads),
    FORM("disputes (MIDA)", a_header, import_disputes),
    FORM("participants (MIDB)", b_header, import_participants),
};

static const struct ent_table *const tables[] = { &dyad_table, &a_table, &b_table, NULL };

const struct ent_dataset ent__cow_mid = {
    .info = {
        .id = "cow_mid",
        .title = "Correlates of War, militarised interstate disputes",
        .publisher = "Correlates of War Project",
        .citation = "Palmer, Glenn, Roseanne W. McManus, Vito D'Orazio, Michael R. Kenwick, "
                    "Mikaela Karstens, Chase Bloch, Nick Dietrich, Kayla Kahn, Kellan Ritter and "
                    "Michael J. Soules. 2022. \"The MID5 Dataset, 2011-2014: Procedures, coding "
                    "rules, and description.\" Conflict Management and Peace Science 39 (4): "
                    "470-482.",
        .bibtex = "@article{palmer2022mid5, author = {Palmer, Glenn and McManus, Roseanne W. and "
                  "D'Orazio, Vito and Kenwick, Michael R. and Karstens, Mikaela and Bloch, Chase "
                  "and Dietrich, Nick and Kahn, Kayla and Ritter, Kellan and Soules, Michael J.}, "
                  "title = {The {MID5} Dataset, 2011--2014: Procedures, Coding Rules, and "
                  "Description}, journal = {Conflict Management and Peace Science}, volume = "
                  "{39}, number = {4}, pages = {470--482}, year = {2022}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/mids/",
    },
    .years = "1816 to 2014",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
