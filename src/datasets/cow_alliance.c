/*
 * Correlates of War, Formal Alliances 4.1 (Gibler), as dyad-years.
 *
 * A pair has a row in each year in which a treaty of any kind binds it; years
 * without a row had none.  Both directions of a pair are in the file and say the
 * same.  A treaty counts until it is ended: the Sino-Soviet pact of 1950 to 1980.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other state" },
    { "defense", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a pact to defend each other" },
    { "neutral", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a pact to stay neutral" },
    { "nonagg", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a pact not to attack each other" },
    { "entente", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: an agreement to consult in a crisis" },
    { "level", ENT_ROLE_VALUE, ENT_TYPE_INT, "level 0 to 3",
      "the highest kind: 3 to defend, 2 to stay neutral or not to attack, 1 to consult, 0 none; "
      "missing when one that would be higher is" },
};

enum {
    YEAR,
    STATE_A,
    STATE_B,
    DEFENSE,
    NEUTRAL,
    NONAGG,
    ENTENTE,
    LEVEL,
    COLUMNS
};

static const struct ent_table table = {
    .name = "cow_alliance",
    .what = "kinds of formal alliance between two states in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .absence = ENT_ABSENCE_ZERO,
};

/* The level of a row; derived, not in the file. */
static bool finish(struct ent_import *im, union ent_value *row)
{
    static const struct {
        size_t column;
        int64_t level;
    } kinds[] = { { DEFENSE, 3 }, { NEUTRAL, 2 }, { NONAGG, 2 }, { ENTENTE, 1 } };
    int64_t level = 0;

    (void)im;
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        int64_t has = row[kinds[k].column].i;

        if (has > 0 && level < kinds[k].level && level != ENT_NONE_INT)
            level = kinds[k].level;
        if (has == ENT_NONE_INT && level < kinds[k].level)
            level = ENT_NONE_INT;
    }
    row[LEVEL].i = level;
    return true;
}

static enum ent_status import_alliances(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", YEAR },
        { "ccode1", STATE_A, ENT_CODE_COWN },
        { "ccode2", STATE_B, ENT_CODE_COWN },
        { "cow_defense", DEFENSE },
        { "cow_neutral", NEUTRAL },
        { "cow_nonagg", NONAGG },
        { "cow_entente", ENTENTE },
    };

    return ent__import_mapped_rows(im, &table, map, sizeof(map) / sizeof(map[0]), finish, err);
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "ccode1",      "ccode2",     "year",        "cow_defense",
                                      "cow_neutral", "cow_nonagg", "cow_entente", NULL };

static const struct ent_form forms[] = {
    {
        .name = "dyad-years, as packaged for R",
        .columns = header,
        .import = import_alliances,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__cow_alliance = {
    .info = {
        .id = "cow_alliance",
        .title = "Correlates of War, Formal Alliances",
        .publisher = "Correlates of War Project",
        .citation = "Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. "
                    "Washington, DC: CQ Press. Data version 4.1.",
        .bibtex = "@book{gibler2009alliances, author = {Gibler, Douglas M.}, title = "
                  "{International Military Alliances, 1648--2008}, publisher = {CQ Press}, "
                  "address = {Washington, DC}, year = {2009}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/formal-alliances/",
    },
    .years = "1816 to 2012",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
