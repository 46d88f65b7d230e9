/*
 * Alliance Treaty Obligations and Provisions, ATOP 5.1 (Leeds et al.), 1815 to
 * 2018, in its five tables and in the directed dyad-years made from them.
 *
 * An obligation runs from one state to another and need not be returned: 1,300 of
 * the 273,296 directed dyad-years differ from their reverse.  The Helsinki and OSCE
 * pledges make nearly all of Europe, the USA and Russia partners in
 * non-aggression: `nonagg` alone does not make an ally.  An end year of 0 means
 * that a treaty was in force when last observed, at the end of 2018.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/mapped.h"

/* Obligations and terms of a treaty: column here, column of ATOP, what it says. */
#define OBLIGATIONS(X)                                                                 \
    X(defense, "defense", "1: to aid a partner that is attacked")                      \
    X(offense, "offense", "1: to join a partner in a conflict that it did not suffer") \
    X(neutral, "neutral", "1: to stay out of a partner's conflicts")                   \
    X(nonagg, "nonagg", "1: not to attack a partner")                                  \
    X(consul, "consul", "1: to consult in a crisis, or seek a common policy")

#define TERMS(X)                                                                              \
    OBLIGATIONS(X)                                                                            \
    X(active, "active", "1: promises active support, defensive or offensive")                 \
    X(conditional, "conditio", "1: some obligation holds under conditions only")              \
    X(conditional_defense, "defcon", "1: the obligation to defend is conditional")            \
    X(conditional_offense, "offcon", "1: the obligation to attack is conditional")            \
    X(conditional_neutral, "neucon", "1: the obligation of neutrality is conditional")        \
    X(conditional_consul, "concon", "1: the obligation to consult is conditional")            \
    X(asymmetric, "asymm", "1: the members' obligations differ")                              \
    X(bilateral, "bilat", "1: between two states; 0: more")                                   \
    X(wartime, "wartime", "1: formed by states at war together")                              \
    X(secrecy, "pubsecr", "0 public, 1 wholly secret, 2 secret in part")                      \
    X(phases, "maxphase", "number of phases; 0: never changed")                               \
    X(length_months, "length", "months that it is to last; 0: not fixed")                     \
    X(ended, "term", "how it ended: 0 in force or its members gone, else ATOP's TERM")        \
    X(specific_threat, "specthrt", "0: names no threat; else ATOP's SPECTHRT")                \
    X(threat_1, "statthr1", "COW number of the state named as a threat; 0: none")             \
    X(threat_2, "statthr2", "COW number of a second such state; 0: none")                     \
    X(mediation, "medarb", "1: provides for mediation or arbitration among members")          \
    X(military_contact, "milcon", "0: no contact of the forces; else ATOP's MILCON")          \
    X(military_aid, "milaid", "0: no military aid; else ATOP's MILAID")                       \
    X(integrated_command, "intcom", "1: an integrated command")                               \
    X(subordination, "subord", "0: no forces under another's command; else ATOP's SUBORD")    \
    X(organization, "organ1", "0: no organization; else ATOP's ORGAN1, to 3 a permanent one") \
    X(bases, "base", "0: no bases or troops abroad; else ATOP's BASE")                        \
    X(contribution, "contrib", "1: says what each member is to contribute")                   \
    X(arms_reduction, "armred", "0: no reduction of arms; else ATOP's ARMRED")                \
    X(economic_aid, "ecaid", "0: no economic aid; else ATOP's ECAID")                         \
    X(nonmilitary, "nomicoop", "1: co-operation outside military matters too")                \
    X(noninterference, "interv", "0: no word on interference; else ATOP's INTERV")            \
    X(cow_alliance_id, "cow4id", "number of the alliance in COW's list, version 4")

#define TERM_COLUMN(name, file, what) { #name, ENT_ROLE_VALUE, ENT_TYPE_INT, "", what },
#define TERM_NAME(name, file, what)   TERM_##name,
#define TERM_FILE(name, file, what)   file,

enum {
    TERMS(TERM_NAME) TERM_COUNT
};

enum {
    OBLIGATION_COUNT = TERM_consul + 1,
    MAPPED = 16 + TERM_COUNT,
};

static const char *const term_files[] = { TERMS(TERM_FILE) };

/* Read a table whose last columns are the first `terms` of the terms above. */
static enum ent_status import_terms(struct ent_import *im, const struct ent_table *table,
                                    const struct ent_mapping *own, size_t own_count,
                                    size_t terms, ent_finish_fn finish, struct ent_error *err)
{
    struct ent_mapping map[MAPPED];

    for (size_t i = 0; i < own_count; i++)
        map[i] = own[i];
    for (size_t i = 0; i < terms; i++)
        map[own_count + i] = (struct ent_mapping){ .column = term_files[i],
                                                   .to = table->column_count - terms + i,
                                                   .optional = i >= OBLIGATION_COUNT };
    return ent__import_mapped_rows(im, table, map, own_count + terms, finish, err);
}

/* "5.1" or 5.0999999, as the column `version` of the first row says. */
static void set_version(struct ent_import *im)
{
    size_t column = ent__import_column(im, "version");
    const struct ent_preview *p = im->preview;
    size_t first = p->header == SIZE_MAX ? 0 : p->header + 1;
    char text[40];
    double version;

    if (first >= p->row_count || column >= p->rows[first].cell_count ||
        !ent__cell_f64(&p->rows[first].cells[column], &version) || version < 1 || version > 99)
        return;
    snprintf(text, sizeof(text), "%.1f", version);
    ent__import_version(im, ent__str(text));
}

/* Directed dyad-years. */

static const struct ent_column dyad_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "from_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that has the obligation" },
    { "to_state", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it is owed to" },
    { "level", ENT_ROLE_VALUE, ENT_TYPE_INT, "level 0 to 3",
      "the highest obligation: 3 to defend or attack, 2 to stay neutral or consult, 1 not to "
      "attack, 0 none; missing when one that would be higher is" },
    OBLIGATIONS(TERM_COLUMN)
};

enum {
    DYAD_YEAR,
    DYAD_FROM,
    DYAD_TO,
    DYAD_LEVEL,
    DYAD_OBLIGATIONS,
    DYAD_COLUMNS = DYAD_OBLIGATIONS + OBLIGATION_COUNT
};

static const struct ent_table dyad_table = {
    .name = "atop_dyad",
    .what = "what one state owes another by any treaty in force in a year",
    .columns = dyad_columns,
    .column_count = DYAD_COLUMNS,
    .key_count = 3,
    .absence = ENT_ABSENCE_ZERO,
};

/* The level of a row, after Chiba, Johnson and Leeds 2015; derived, not in the file. */
static bool finish_dyad(struct ent_import *im, union ent_value *row)
{
    static const struct {
        int64_t level;
        size_t either, other;
    } steps[] = { { 3, TERM_defense, TERM_offense },
                  { 2, TERM_neutral, TERM_consul },
                  { 1, TERM_nonagg, TERM_nonagg } };
    const union ent_value *owed = row + DYAD_OBLIGATIONS;

    (void)im;
    row[DYAD_LEVEL].i = 0;
    for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
        int64_t a = owed[steps[s].either].i;
        int64_t b = owed[steps[s].other].i;

        /* ENT_NONE_INT is below 0: one obligation known to hold is enough. */
        if (a > 0 || b > 0) {
            row[DYAD_LEVEL].i = steps[s].level;
            return true;
        }
        if (a == ENT_NONE_INT || b == ENT_NONE_INT) {
            row[DYAD_LEVEL].i = ENT_NONE_INT;
            return true;
        }
    }
    return true;
}

static enum ent_status import_dyads(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", DYAD_YEAR },
        { "ccode1", DYAD_FROM, ENT_CODE_COWN },
        { "ccode2", DYAD_TO, ENT_CODE_COWN },
        { "atop_defense", DYAD_OBLIGATIONS + TERM_defense },
        { "atop_offense", DYAD_OBLIGATIONS + TERM_offense },
        { "atop_neutral", DYAD_OBLIGATIONS + TERM_neutral },
        { "atop_nonagg", DYAD_OBLIGATIONS + TERM_nonagg },
        { "atop_consul", DYAD_OBLIGATIONS + TERM_consul },
    };

    ent__import_part(im, ent__str("dyads"));
    return ent__import_mapped_rows(im, &dyad_table, map, sizeof(map) / sizeof(map[0]),
                                   finish_dyad, err);
}

static enum ent_status import_publisher_dyads(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping own[] = {
        { "year", DYAD_YEAR },
        { "stateA", DYAD_FROM, ENT_CODE_COWN },
        { "stateB", DYAD_TO, ENT_CODE_COWN },
    };

    ent__import_part(im, ent__str("dyads"));
    set_version(im);
    return import_terms(im, &dyad_table, own, sizeof(own) / sizeof(own[0]), OBLIGATION_COUNT,
                        finish_dyad, err);
}

/* Alliances, and their phases. */

static const struct ent_column alliance_columns[] = {
    { "start_year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year in which it took effect" },
    { "alliance", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the alliance in ATOP" },
    { "start_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: not known" },
    { "start_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: not known" },
    { "end_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year; 0: in force when last observed" },
    { "end_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: in force, or not known" },
    { "end_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: in force, or not known" },
    TERMS(TERM_COLUMN)
};

enum {
    ALLIANCE_START_YEAR,
    ALLIANCE_NUMBER,
    ALLIANCE_START_MONTH,
    ALLIANCE_START_DAY,
    ALLIANCE_END_YEAR,
    ALLIANCE_END_MONTH,
    ALLIANCE_END_DAY,
    ALLIANCE_COLUMNS = ALLIANCE_END_DAY + 1 + TERM_COUNT
};

static const struct ent_table alliance_table = {
    .name = "atop_alliance",
    .what = "an alliance, with its obligations and terms",
    .columns = alliance_columns,
    .column_count = ALLIANCE_COLUMNS,
    .key_count = 2,
};

static enum ent_status import_alliances(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping own[] = {
        { "begyr", ALLIANCE_START_YEAR },  { "atopid", ALLIANCE_NUMBER },
        { "begmo", ALLIANCE_START_MONTH }, { "begday", ALLIANCE_START_DAY },
        { "endyr", ALLIANCE_END_YEAR },    { "endmo", ALLIANCE_END_MONTH },
        { "endday", ALLIANCE_END_DAY },
    };

    ent__import_part(im, ent__str("alliances"));
    set_version(im);
    return import_terms(im, &alliance_table, own, sizeof(own) / sizeof(own[0]), TERM_COUNT,
                        NULL, err);
}

static const struct ent_column phase_columns[] = {
    { "start_year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year in which the phase began" },
    { "alliance", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the alliance in ATOP" },
    { "phase", ENT_ROLE_KEY, ENT_TYPE_INT, "", "phase; 0: the only one" },
    { "start_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: not known" },
    { "start_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: not known" },
    { "end_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year; 0: in force when last observed" },
    { "end_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: in force, or not known" },
    { "end_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: in force, or not known" },
    TERMS(TERM_COLUMN)
};

enum {
    PHASE_START_YEAR,
    PHASE_ALLIANCE,
    PHASE_NUMBER,
    PHASE_START_MONTH,
    PHASE_START_DAY,
    PHASE_END_YEAR,
    PHASE_END_MONTH,
    PHASE_END_DAY,
    PHASE_COLUMNS = PHASE_END_DAY + 1 + TERM_COUNT
};

static const struct ent_table phase_table = {
    .name = "atop_phase",
    .what = "a phase of an alliance whose terms were changed in force",
    .columns = phase_columns,
    .column_count = PHASE_COLUMNS,
    .key_count = 3,
};

static enum ent_status import_phases(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping own[] = {
        { "begyr", PHASE_START_YEAR }, { "atopid", PHASE_ALLIANCE },
        { "phase", PHASE_NUMBER },     { "begmo", PHASE_START_MONTH },
        { "begday", PHASE_START_DAY }, { "endyr", PHASE_END_YEAR },
        { "endmo", PHASE_END_MONTH },  { "endday", PHASE_END_DAY },
    };

    ent__import_part(im, ent__str("phases"));
    set_version(im);
    return import_terms(im, &phase_table, own, sizeof(own) / sizeof(own[0]), TERM_COUNT, NULL,
                        err);
}

/* Members of alliances. */

static const struct ent_column member_columns[] = {
    { "entry_year", ENT_ROLE_YEAR, ENT_TYPE_INT, "",
      "year in which the state entered the alliance, or this phase of it" },
    { "alliance", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the alliance in ATOP" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "member" },
    { "phase", ENT_ROLE_KEY, ENT_TYPE_INT, "", "phase; 0: the only one" },
    { "entry_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: not known" },
    { "entry_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: not known" },
    { "exit_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year; 0: a member when last observed" },
    { "exit_month", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "month; 0: a member, or not known" },
    { "exit_day", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "day; 0: a member, or not known" },
    { "vary", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1: what the member owes differs from partner to partner" },
    { "exit_mode", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "0: a member; else ATOP's TERMMODE" },
    { "exit_cause", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "0: a member; else ATOP's TERMCAUS" },
    TERMS(TERM_COLUMN)
};

enum {
    MEMBER_ENTRY_YEAR,
    MEMBER_ALLIANCE,
    MEMBER_STATE,
    MEMBER_PHASE,
    MEMBER_ENTRY_MONTH,
    MEMBER_ENTRY_DAY,
    MEMBER_EXIT_YEAR,
    MEMBER_EXIT_MONTH,
    MEMBER_EXIT_DAY,
    MEMBER_VARY,
    MEMBER_EXIT_MODE,
    MEMBER_EXIT_CAUSE,
    MEMBER_COLUMNS = MEMBER_EXIT_CAUSE + 1 + TERM_COUNT
};

static const struct ent_table member_table = {
    .name = "atop_member",
    .what = "a state's membership of an alliance, with its own obligations",
    .columns = member_columns,
    .column_count = MEMBER_COLUMNS,
    .key_count = 4,
};

/* Treaties that bind a pair in a year: made from the members, a row for each alliance. */

static const struct ent_column treaty_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "member" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "another member" },
    { "alliance", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the alliance in ATOP" },
    { "shallowness", ENT_ROLE_VALUE, ENT_TYPE_INT, "level 0 to 2",
      "2 less the depth: of two phases in one year the deeper stays" },
    { "depth", ENT_ROLE_VALUE, ENT_TYPE_INT, "level 0 to 2",
      "how far the military side is organized, our own reading of ATOP's terms: 2 an integrated "
      "command or bases, 1 contact of the forces, a permanent organization, training or forces "
      "under another's command, 0 none; missing when nothing is said" },
    { "bilateral", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: between two states; 0: more" },
    { "treaties", ENT_ROLE_COUNT, ENT_TYPE_INT, "treaties", "1 a row" },
};

enum {
    TREATY_YEAR,
    TREATY_STATE_A,
    TREATY_STATE_B,
    TREATY_ALLIANCE,
    TREATY_SHALLOWNESS,
    TREATY_DEPTH,
    TREATY_BILATERAL,
    TREATY_COUNT,
    TREATY_COLUMNS
};

enum {
    LAST_OBSERVED = 2018,
    PERMANENT_ORGANIZATION = 3,
    AID_TRAINING = 3, /* training or technology; 4: money too */
    DEEPEST = 2,
};

static const struct ent_table treaty_table = {
    .name = "atop_treaty",
    .what = "an alliance that binds two states in a year",
    .columns = treaty_columns,
    .column_count = TREATY_COLUMNS,
    .key_count = 4,
    .duplicates = ENT_DUPLICATES_LEAST,
    .absence = ENT_ABSENCE_ZERO,
};

/* The depth that one member's terms say; ENT_NONE_INT when they say nothing. */
static int64_t depth_of(const union ent_value *member)
{
    const union ent_value *terms = member + MEMBER_COLUMNS - TERM_COUNT;

    if (terms[TERM_integrated_command].i > 0 || terms[TERM_bases].i > 0)
        return DEEPEST;
    if (terms[TERM_military_contact].i > 0 || terms[TERM_subordination].i > 0 ||
        terms[TERM_organization].i >= PERMANENT_ORGANIZATION ||
        terms[TERM_military_aid].i >= AID_TRAINING)
        return 1;
    return terms[TERM_military_contact].i == ENT_NONE_INT ? ENT_NONE_INT : 0;
}

static int64_t exit_of(const union ent_value *member)
{
    int64_t exit = member[MEMBER_EXIT_YEAR].i;

    return exit == 0 || exit == ENT_NONE_INT ? LAST_OBSERVED : exit;
}

/* A row for each year in which both are members of one phase. */
static enum ent_status put_treaty(struct ent_stage *stage, const union ent_value *a,
                                  const union ent_value *b, uint64_t line,
                                  struct ent_error *err)
{
    int64_t depths[2] = { depth_of(a), depth_of(b) };
    int64_t depth = depths[0] > depths[1] ? depths[0] : depths[1];
    int64_t from = a[MEMBER_ENTRY_YEAR].i > b[MEMBER_ENTRY_YEAR].i ? a[MEMBER_ENTRY_YEAR].i
                                                                   : b[MEMBER_ENTRY_YEAR].i;
    int64_t to = exit_of(a) < exit_of(b) ? exit_of(a) : exit_of(b);

    if (to > LAST_OBSERVED)
        to = LAST_OBSERVED;
    for (int64_t year = from; year <= to; year++) {
        union ent_value *row;

        ENT_TRY(ent__stage_row(stage, &row, err));
        row[TREATY_YEAR].i = year;
        row[TREATY_STATE_A].i = a[MEMBER_STATE].i;
        row[TREATY_STATE_B].i = b[MEMBER_STATE].i;
        row[TREATY_ALLIANCE].i = a[MEMBER_ALLIANCE].i;
        row[TREATY_SHALLOWNESS].i = depth == ENT_NONE_INT ? DEEPEST : DEEPEST - depth;
        row[TREATY_DEPTH].i = depth;
        row[TREATY_BILATERAL].i = a[MEMBER_COLUMNS - TERM_COUNT + TERM_bilateral].i;
        row[TREATY_COUNT].i = 1;
        ent__stage_commit(stage, line);
    }
    return ENT_OK;
}

static enum ent_status make_treaties(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *members;
    struct ent_stage *treaties;

    ENT_TRY(ent__import_stage(im, &member_table, &members, err));
    ENT_TRY(ent__import_stage(im, &treaty_table, &treaties, err));
    for (size_t i = 0; i < members->count; i++) {
        const union ent_value *a = members->cells + i * members->stride;

        for (size_t j = 0; j < i; j++) {
            const union ent_value *b = members->cells + j * members->stride;

            if (a[MEMBER_ALLIANCE].i == b[MEMBER_ALLIANCE].i &&
                a[MEMBER_PHASE].i == b[MEMBER_PHASE].i &&
                a[MEMBER_STATE].i != b[MEMBER_STATE].i &&
                a[MEMBER_ENTRY_YEAR].i != ENT_NONE_INT &&
                b[MEMBER_ENTRY_YEAR].i != ENT_NONE_INT)
                ENT_TRY(put_treaty(treaties, a, b, (uint64_t)a[MEMBER_COLUMNS].i, err));
        }
    }
    return ENT_OK;
}

static enum ent_status import_members(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping own[] = {
        { "yrent", MEMBER_ENTRY_YEAR },
        { "atopid", MEMBER_ALLIANCE },
        { "member", MEMBER_STATE, ENT_CODE_COWN },
        { "phase", MEMBER_PHASE },
        { "moent", MEMBER_ENTRY_MONTH },
        { "dayent", MEMBER_ENTRY_DAY },
        { "yrexit", MEMBER_EXIT_YEAR },
        { "moexit", MEMBER_EXIT_MONTH },
        { "dayexit", MEMBER_EXIT_DAY },
        { .column = "obvary", .to = MEMBER_VARY, .optional = true },
        { .column = "termmode", .to = MEMBER_EXIT_MODE, .optional = true },
        { .column = "termcaus", .to = MEMBER_EXIT_CAUSE, .optional = true },
    };

    ent__import_part(im, ent__str("members"));
    set_version(im);
    ENT_TRY(import_terms(im, &member_table, own, sizeof(own) / sizeof(own[0]), TERM_COUNT, NULL,
                         err));
    return make_treaties(im, err);
}

/* Military institutions. */

static const struct ent_column institution_columns[] = {
    { "alliance", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the alliance in ATOP" },
    { "phase", ENT_ROLE_KEY, ENT_TYPE_INT, "", "phase; 0: the only one" },
    { "milinst", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "military institutionalization: 0 none or little, 1 moderate, 2 high" },
    { "formal", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "formality of the treaty, 0 to 2" },
};

enum {
    INSTITUTION_ALLIANCE,
    INSTITUTION_PHASE,
    INSTITUTION_MILINST,
    INSTITUTION_FORMAL,
    INSTITUTION_COLUMNS
};

static const struct ent_table institution_table = {
    .name = "atop_institution",
    .what = "how far the military side of an alliance is organized",
    .columns = institution_columns,
    .column_count = INSTITUTION_COLUMNS,
    .key_count = 2,
};

static enum ent_status import_institutions(struct ent_import *im, struct ent_error *err)
{
    size_t id, phased, milinst, formal;
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_need(im, "atopid", &id, err));
    ENT_TRY(ent__import_need(im, "atopidphase", &phased, err));
    ENT_TRY(ent__import_need(im, "milinst", &milinst, err));
    ENT_TRY(ent__import_need(im, "formal", &formal, err));
    ENT_TRY(ent__import_stage(im, &institution_table, &stage, err));
    ent__import_part(im, ent__str("institutions"));
    set_version(im);
    for (;;) {
        union ent_value *row;
        int64_t alliance;
        double with_phase;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_int(im, id, &alliance) || !ent__import_real(im, phased, &with_phase))
            continue;
        if (with_phase < (double)alliance || with_phase >= (double)alliance + 0.95) {
            ent__import_problem(im, phased, "%.10g is no phase of alliance %lld", with_phase,
                                (long long)alliance);
            continue;
        }
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[INSTITUTION_ALLIANCE].i = alliance;
        /* 1020.2 is phase 2 of alliance 1020; stored as a float it can be 1020.19995. */
        row[INSTITUTION_PHASE].i = (int64_t)((with_phase - (double)alliance) * 10 + 0.5);
        (void)ent__import_put_int(im, milinst, &row[INSTITUTION_MILINST]);
        (void)ent__import_put_int(im, formal, &row[INSTITUTION_FORMAL]);
        ent__import_end_row(im, stage);
    }
}

static const char *const dyad_header[] = {
    "ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_consul", NULL
};
static const char *const publisher_header[] = { "stateA",  "stateB", "year", "defense",
                                                "offense", "consul", NULL };
static const char *const member_header[] = { "atopid", "member",  "yrent",
                                             "yrexit", "defense", NULL };
static const char *const phase_header[] = { "atopid", "atopidphase", "begyr",
                                            "endyr",  "phase",       NULL };
static const char *const alliance_header[] = { "atopid", "begyr", "endyr", "maxphase", NULL };
static const char *const institution_header[] = { "atopid", "atopidphase", "milinst", "formal",
                                                  NULL };
static const char *const missing_texts[] = { "NA", NULL };

#define FORM(text, head, function)                               \
    {                                                            \
        .name = (text), .columns = (head), .import = (function), \
        .missing_texts = missing_texts,                          \
    }

static const struct ent_form forms[] = {
    FORM("directed dyad-years, as packaged for R", dyad_header, import_dyads),
    FORM("directed dyad-years", publisher_header, import_publisher_dyads),
    FORM("members", member_header, import_members),
    FORM("phases", phase_header, import_phases),
    FORM("alliances", alliance_header, import_alliances),
    FORM("military institutions", institution_header, import_institutions),
};

static const struct ent_table *const tables[] = {
    &dyad_table,  &member_table,      &treaty_table, &alliance_table,
    &phase_table, &institution_table, NULL,
};

const struct ent_dataset ent__atop = {
    .info = {
        .id = "atop",
        .title = "Alliance Treaty Obligations and Provisions (ATOP)",
        .publisher = "ATOP Project, Rice University",
        .citation = "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and "
                    "Andrew G. Long. 2002. \"Alliance Treaty Obligations and Provisions, "
                    "1815-1944.\" International Interactions 28 (3): 237-260.",
        .bibtex = "@article{leeds2002atop, author = {Leeds, Brett Ashley and Ritter, Jeffrey "
                  "M. and Mitchell, Sara McLaughlin and Long, Andrew G.}, title = {Alliance "
                  "Treaty Obligations and Provisions, 1815--1944}, journal = {International "
                  "Interactions}, volume = {28}, number = {3}, pages = {237--260}, year = "
                  "{2002}}",
        .licence = "unknown: see the publisher",
        .url = "http://www.atopdata.org",
    },
    .years = "1815 to 2018",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
