/*
 * Peace Scale, version 3.1 (Goertz, Diehl and Balas), dyad-years 1900 to 2020.
 *
 * The scale has 0 serious rivalry, 0.25 lesser rivalry, 0.5 negative peace, 0.75
 * warm peace, 1 security community.  A year's level is the mean of its months, and
 * months of a transition between levels, coded 9, were averaged in: 6.875 is nine
 * months of 9 and three of 0.5.  That is undone here where it can be.  A mean v of
 * n months, k of them 9, leaves n v - 9 k for the others, which is a sum of n - k
 * quarters; a k that gives no such sum is ruled out.  What is left is nearly always
 * one level; where it is several, that of the year before or after decides, and
 * else the level stays missing.  A mean up to 1 can hold a 9 too (eleven months of
 * 0.25 and one of 9 have 0.979), but only beside a year that surely does.  A year
 * has 12 months, 13 or 11 where the publisher counted one twice or not at all, and
 * any number when the pair comes or goes in it.
 *
 * dyad is ccode1 * 1000 + ccode2.  Germany is 255 throughout, so 255 in 1946 to
 * 1989 is read as West Germany.  A pair without a row has no relationship in the
 * authors' sense; that is no level.
 */
#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/import.h"

enum {
    YEAR,
    STATE_A,
    STATE_B,
    LEVEL,
    STATUS,
    TRANSITION,
    RAW,
    COLUMNS
};

/* What was done to a level. */
enum {
    AS_PUBLISHED = 0,
    RECOVERED,
    ALL_TRANSITION,
    NOT_RECOVERED,
};

enum {
    TRANSITION_CODE = 9,
    MONTHS = 12,
    MOST_MONTHS = 13,
};

static const struct ent_column columns[] = {
    [YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    [STATE_A] = { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one state" },
    [STATE_B] = { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other" },
    [LEVEL] = { "peace_level", ENT_ROLE_VALUE, ENT_TYPE_REAL, "0 to 1",
                "mean of the year's months that have a level: 0 serious rivalry, 0.25 lesser "
                "rivalry, 0.5 negative peace, 0.75 warm peace, 1 security community" },
    [STATUS] = { "status", ENT_ROLE_VALUE, ENT_TYPE_INT, "code 0 to 3",
                 "0 as published, 1 recovered from a mean with 9s in it, 2 in transition all "
                 "year, 3 cannot be recovered" },
    [TRANSITION] = { "transition_share", ENT_ROLE_VALUE, ENT_TYPE_REAL, "share of months",
                     "months between two levels; missing where it cannot be told" },
    [RAW] = { "raw_level", ENT_ROLE_VALUE, ENT_TYPE_REAL, "0 to 9", "as published" },
};

static const struct ent_table table = {
    .name = "peace",
    .what = "level of peace between two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

/* A published mean of a pair, and those of the years beside it; NAN where there is none. */
struct year_mean {
    double before, mean, after;
};

/* The levels that a mean allows, and the share of 9s with each. */
struct candidates {
    double level[MOST_MONTHS * MOST_MONTHS];
    double share[MOST_MONTHS * MOST_MONTHS];
    size_t count;
};

/* Add what a mean over n months allows, with at least `least` of them 9. */
static void add_candidates(struct candidates *c, double mean, int n, int least)
{
    double quarters = 4 * n * mean;

    /* The means are published to ten decimals. */
    if (fabs(quarters - round(quarters)) > 1e-6)
        return;
    for (int k = least; k < n; k++) {
        double rest = round(quarters) / 4 - TRANSITION_CODE * k;
        double level = rest / (n - k);
        double share = (double)k / n;
        size_t at = 0;

        if (rest < 0 || level > 1)
            continue;
        while (at < c->count && fabs(c->level[at] - level) > 1e-9)
            at++;
        if (at == c->count) {
            c->share[at] = share;
            c->level[c->count++] = level;
        } else if (fabs(c->share[at] - share) > 1e-9) {
            c->share[at] = NAN;
        }
    }
}

static void find_candidates(struct candidates *c, const struct year_mean *y)
{
    int least = y->mean > 1 ? 1 : 0;
    bool whole = !isnan(y->before) && !isnan(y->after);

    c->count = 0;
    if (!whole) {
        for (int n = 1; n <= MOST_MONTHS; n++)
            add_candidates(c, y->mean, n, least);
        return;
    }
    add_candidates(c, y->mean, MONTHS, least);
    if (c->count == 0) {
        add_candidates(c, y->mean, MONTHS + 1, least);
        add_candidates(c, y->mean, MONTHS - 1, least);
    }
}

/* The one candidate, or the one that has the level of a year beside it; SIZE_MAX: none. */
static size_t choose(const struct candidates *c, const struct year_mean *y)
{
    size_t found = SIZE_MAX;

    if (c->count == 1)
        return 0;
    for (size_t i = 0; i < c->count; i++) {
        /* A NAN is near nothing. */
        if (!(fabs(y->before - c->level[i]) < 1e-9) && !(fabs(y->after - c->level[i]) < 1e-9))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

/* Whether 9s can be in a mean: it is above the scale, or it is beside one that is. */
static bool is_suspect(const struct year_mean *y)
{
    return y->mean > 1 ||
           (y->mean * MOST_MONTHS >= TRANSITION_CODE && (y->before > 1 || y->after > 1));
}

/* Undo a mean.  Sets level and share of 9s, and says what was done. */
static int undo(const struct year_mean *y, double *level, double *share)
{
    struct candidates c;
    size_t found;

    *level = y->mean;
    *share = 0;
    if (!is_suspect(y))
        return AS_PUBLISHED;
    *level = NAN;
    *share = 1;
    if (y->mean == TRANSITION_CODE)
        return ALL_TRANSITION;
    find_candidates(&c, y);
    found = choose(&c, y);
    *share = found == SIZE_MAX ? NAN : c.share[found];
    if (found == SIZE_MAX)
        return NOT_RECOVERED;
    *level = c.level[found];
    return *share == 0 ? AS_PUBLISHED : RECOVERED;
}

/* A row of the file. */
struct entry {
    int64_t dyad, year;
    double mean;
    size_t line;
    bool there;
};

/* The mean of an entry if it is of the same pair in a year; else NAN. */
static double beside(const struct entry *e, int64_t dyad, int64_t year)
{
    return e->there && e->dyad == dyad && e->year == year ? e->mean : NAN;
}

static int state_of(struct ent_import *im, int64_t code, int64_t year)
{
    char digits[24];
    int id = -1;

    if (code == 255 && year >= 1946 && year <= 1989)
        code = 260;
    if (code > 0 && code < 1000)
        id = ent_state_from_number(ENT_CODE_COWN, (int)code, (int)year);
    if (id < 0) {
        snprintf(digits, sizeof(digits), "%lld", (long long)code);
        ent__import_unmatched(im, ent__str(digits));
    }
    return id;
}

/* Stage the middle one of three entries that follow one another. */
static enum ent_status put_entry(struct ent_import *im, struct ent_stage *stage,
                                 const struct entry window[3], struct ent_error *err)
{
    const struct entry *e = &window[1];
    struct year_mean y;
    union ent_value *row;
    int a, b;

    if (!e->there)
        return ENT_OK;
    a = state_of(im, e->dyad / 1000, e->year);
    b = state_of(im, e->dyad % 1000, e->year);
    if (a < 0 || b < 0 || a == b)
        return ENT_OK;
    y = (struct year_mean){ beside(&window[0], e->dyad, e->year - 1), e->mean,
                            beside(&window[2], e->dyad, e->year + 1) };
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = e->year;
    row[STATE_A].i = a;
    row[STATE_B].i = b;
    row[RAW].r = e->mean;
    row[STATUS].i = undo(&y, &row[LEVEL].r, &row[TRANSITION].r);
    ent__stage_commit(stage, e->line);
    return ENT_OK;
}

/* Read an entry from the row; false when it cannot be. */
static bool read_entry(struct ent_import *im, const size_t column[3], struct entry *e)
{
    if (!ent__import_int(im, column[0], &e->dyad) ||
        !ent__import_year(im, column[1], &e->year) ||
        !ent__import_real(im, column[2], &e->mean))
        return false;
    e->line = im->line;
    e->there = true;
    if (e->mean >= 0 && e->mean <= TRANSITION_CODE)
        return true;
    ent__import_problem(im, column[2], "peace level %g; it is 0 to 1, or up to 9 with 9s in it",
                        e->mean);
    return false;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct entry window[3] = { 0 };
    struct ent_stage *stage;
    size_t column[3];
    bool more = true;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_need(im, "dyad", &column[0], err));
    ENT_TRY(ent__import_need(im, "yearmonth", &column[1], err));
    ENT_TRY(ent__import_need(im, "peacelevel", &column[2], err));
    while (more) {
        struct entry next = { 0 };

        ENT_TRY(ent__import_next(im, &more, err));
        if (more && !read_entry(im, column, &next))
            continue;
        window[0] = window[1];
        window[1] = window[2];
        window[2] = next;
        ENT_TRY(put_entry(im, stage, window, err));
    }
    return ENT_OK;
}

/* The dyad-month file has the same columns, with yyyymm in the second. */
static bool is_yearly(const struct ent_preview *p)
{
    for (size_t c = 0; c < p->name_count; c++) {
        int64_t year;

        if (!ent__str_is_nocase(ent__str_trim(p->names[c].text), "yearmonth"))
            continue;
        for (size_t r = p->header == SIZE_MAX ? 0 : p->header + 1; r < p->row_count; r++) {
            if (c < p->rows[r].cell_count && ent__cell_i64(&p->rows[r].cells[c], &year) &&
                year > 9999)
                return false;
        }
    }
    return true;
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "dyad", "yearmonth", "peacelevel", NULL };

static const struct ent_form forms[] = {
    {
        .name = "yearly means of dyads",
        .columns = header,
        .recognise = is_yearly,
        .import = import,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__peace = {
    .info = {
        .id = "peace",
        .title = "Peace Scale",
        .publisher = "Paul F. Diehl, Gary Goertz and Yahve Gallegos",
        .citation = "Diehl, Paul F., Gary Goertz and Yahve Gallegos. 2021. \"Peace data: "
                    "Concept, measurement, patterns, and research agenda.\" Conflict Management "
                    "and Peace Science 38 (5): 605-624. Goertz, Gary, Paul F. Diehl and Alexandru "
                    "Balas. 2016. The Puzzle of Peace: The Evolution of Peace in the International "
                    "System. Oxford University Press. Data version 3.1.",
        .bibtex = "@article{diehl2021peace, author = {Diehl, Paul F. and Goertz, Gary and "
                  "Gallegos, Yahve}, title = {Peace Data: Concept, Measurement, Patterns, and "
                  "Research Agenda}, journal = {Conflict Management and Peace Science}, volume = "
                  "{38}, number = {5}, pages = {605--624}, year = {2021}}",
        .licence = "free for non-commercial purposes; for commercial use contact the authors",
        .url = "https://www.garygoertz.com/",
    },
    .years = "1900 to 2020",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
