/*
 * Polity5, regime authority characteristics (Marshall and Gurr), 1776 to 2018.
 *
 * -66 (foreign interruption), -77 (anarchy) and -88 (transition) are no scores:
 * they are missing here, and `special` keeps the code.  polity2 is Polity's own
 * series with these years filled in or left out.  Polity's numbers of states are
 * not all COW's (USSR 364, Serbia 342).  In a year in which one polity gave way to
 * another in the same state (USSR 1922, Yugoslavia 1991) both have a row: the row
 * of the polity that ended is left out and reported.
 */
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"

#define SCORE(name, text)                            \
    {                                                \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, "", text \
    }

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    SCORE("democ", "institutionalized democracy, 0 to 10"),
    SCORE("autoc", "institutionalized autocracy, 0 to 10"),
    SCORE("polity", "democ - autoc, -10 to 10"),
    SCORE("polity2", "polity, with transitions and anarchy filled in by Polity, -10 to 10"),
    { "durable", ENT_ROLE_VALUE, ENT_TYPE_INT, "years", "since the last change of regime" },
    SCORE("special", "-66 foreign interruption, -77 anarchy, -88 transition; else missing"),
    SCORE("xrreg", "regulation of executive recruitment, 1 to 3"),
    SCORE("xrcomp", "competitiveness of executive recruitment, 0 to 3"),
    SCORE("xropen", "openness of executive recruitment, 0 to 4"),
    SCORE("xconst", "constraints on the executive, 1 to 7"),
    SCORE("parreg", "regulation of participation, 1 to 5"),
    SCORE("parcomp", "competitiveness of participation, 0 to 5"),
    SCORE("polity_code", "number of the polity in Polity's own list"),
};

enum {
    YEAR,
    STATE,
    DEMOC,
    AUTOC,
    POLITY,
    POLITY2,
    DURABLE,
    SPECIAL,
    XRREG,
    XRCOMP,
    XROPEN,
    XCONST,
    PARREG,
    PARCOMP,
    POLITY_CODE,
    COLUMNS
};

static const struct ent_table table = {
    .name = "polity5",
    .what = "regime of a state in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 2,
};

/* Columns that are read as they are, but for the special codes. */
static const struct {
    const char *name;
    size_t to;
} scores[] = {
    { "democ", DEMOC },   { "autoc", AUTOC },     { "polity", POLITY }, { "polity2", POLITY2 },
    { "xrreg", XRREG },   { "xrcomp", XRCOMP },   { "xropen", XROPEN }, { "xconst", XCONST },
    { "parreg", PARREG }, { "parcomp", PARCOMP },
};

enum {
    SCORES = sizeof(scores) / sizeof(scores[0]),
};

/* A row of a polity that ended in its year, kept until all others are staged. */
struct ended {
    union ent_value cells[COLUMNS];
    size_t line;
};

struct reader {
    struct ent_import *im;
    struct ent_stage *stage;
    size_t year, state, durable, begun, over;
    size_t score[SCORES];
    struct ended *ended;
    size_t count, capacity;
};

static bool is_special(int64_t code)
{
    return code == -66 || code == -77 || code == -88;
}

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    ENT_TRY(ent__import_need(r->im, "year", &r->year, err));
    ENT_TRY(ent__import_need(r->im, "ccode", &r->state, err));
    for (size_t i = 0; i < SCORES; i++)
        ENT_TRY(ent__import_need(r->im, scores[i].name, &r->score[i], err));
    r->durable = ent__import_column(r->im, "durable");
    r->begun = ent__import_column(r->im, "byear");
    r->over = ent__import_column(r->im, "eyear");
    return ent__import_stage(r->im, &table, &r->stage, err);
}

static void fill(struct reader *r, union ent_value *row, int64_t year, int state)
{
    row[YEAR].i = year;
    row[STATE].i = state;
    for (size_t i = 0; i < SCORES; i++) {
        union ent_value *cell = &row[scores[i].to];

        if (!ent__import_put_int(r->im, r->score[i], cell) || !is_special(cell->i))
            continue;
        if (scores[i].to == POLITY)
            row[SPECIAL].i = cell->i;
        cell->i = ENT_NONE_INT;
    }
    (void)ent__import_put_int(r->im, r->durable, &row[DURABLE]);
    (void)ent__import_put_int(r->im, r->state, &row[POLITY_CODE]);
}

/* Keep a row for later: the next row of the stage overwrites it there. */
static enum ent_status
set_aside(struct reader *r, const union ent_value *row, struct ent_error *err)
{
    void *grown = r->ended;

    ENT_TRY(ent__grow(&grown, &r->capacity, r->count + 1, sizeof(*r->ended), err));
    r->ended = grown;
    memcpy(r->ended[r->count].cells, row, sizeof(r->ended[r->count].cells));
    r->ended[r->count].line = r->im->line;
    r->count++;
    return ENT_OK;
}

static enum ent_status put_row(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    int64_t year, over;
    int state;

    if (!ent__import_int(r->im, r->year, &year))
        return ENT_OK;
    state = ent__import_state(r->im, r->state, ENT_CODE_POLITYN, (int)year);
    if (state < 0)
        return ENT_OK;
    ENT_TRY(ent__import_row(r->im, r->stage, &row, err));
    fill(r, row, year, state);
    if (ent__import_missing(r->im, r->begun) && ent__import_int(r->im, r->over, &over) &&
        over == year)
        return set_aside(r, row, err);
    ent__import_end_row(r->im, r->stage);
    return ENT_OK;
}

static enum ent_status read_rows(struct reader *r, struct ent_error *err)
{
    bool more;

    ENT_TRY(find_columns(r, err));
    ent__import_version(r->im,
                        ent__str(ent__import_column(r->im, "p5") != SIZE_MAX ? "5" : "4"));
    for (;;) {
        ENT_TRY(ent__import_next(r->im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_row(r, err));
    }
    for (size_t i = 0; i < r->count; i++) {
        union ent_value *row;

        ENT_TRY(ent__import_row(r->im, r->stage, &row, err));
        memcpy(row, r->ended[i].cells, sizeof(r->ended[i].cells));
        ent__stage_commit(r->stage, r->ended[i].line);
    }
    return ENT_OK;
}

static enum ent_status import_regimes(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    enum ent_status status = read_rows(&r, err);

    ent__free(r.ended);
    return status;
}

static const char *const header[] = { "ccode",  "scode",   "year",    "democ", "autoc",
                                      "polity", "polity2", "durable", NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "one row a polity and year",
        .columns = header,
        .import = import_regimes,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__polity5 = {
    .info = {
        .id = "polity5",
        .title = "Polity5: Political Regime Characteristics and Transitions",
        .publisher = "Center for Systemic Peace",
        .citation = "Marshall, Monty G. and Ted Robert Gurr. 2020. Polity5: Political Regime "
                    "Characteristics and Transitions, 1800-2018. Center for Systemic Peace.",
        .bibtex = "@misc{marshall2020polity5, author = {Marshall, Monty G. and Gurr, Ted "
                  "Robert}, title = {Polity5: Political Regime Characteristics and "
                  "Transitions, 1800--2018}, publisher = {Center for Systemic Peace}, year = "
                  "{2020}}",
        .licence = "unknown: see the publisher",
        .url = "https://www.systemicpeace.org/inscrdata.html",
    },
    .years = "1776 to 2018; the United States to 2020",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
