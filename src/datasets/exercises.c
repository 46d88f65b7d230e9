/*
 * Joint military exercises that Russia took part in, 2009 to 2018, collected by hand
 * from the Russian ministry of defence and the press.
 *
 * A row is an exercise with up to 28 participants besides Russia; most rows of the
 * file are blank.  Everybody in an exercise is paired with everybody else, and pairs
 * without Russia are marked.
 *
 * After 2015 the file has only what one page of the ministry lists, and stops for
 * China and others who went on: the coverage ends there, so that no later year reads
 * as "no exercise", and the later rows stay in the store.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    RUSSIA = 365,
    FIRST_YEAR = 2009,
    LAST_YEAR = 2015,
    MOST_PARTICIPANTS = 64
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "one participant" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "another" },
    { "exercise", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the exercise in the file" },
    { "exercises", ENT_ROLE_COUNT, ENT_TYPE_INT, "exercises", "always 1" },
    { "bilateral", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if only Russia and one other took part" },
    { "participants", ENT_ROLE_VALUE, ENT_TYPE_INT, "states",
      "how many took part, with Russia" },
    { "via_russia", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if neither is Russia: both took part in an exercise with it" },
    { "doubtful", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 if the file says that not all who are listed took part" },
    { "name", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "name of the exercise, in Russian" },
    { "reference", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "page on which it is reported" },
};

enum {
    YEAR,
    STATE_A,
    STATE_B,
    EXERCISE,
    EXERCISES,
    BILATERAL,
    PARTICIPANTS,
    VIA_RUSSIA,
    DOUBTFUL,
    NAME,
    REFERENCE,
    COLUMNS
};

static const int16_t watched[] = { RUSSIA, 0 };

static const struct ent_table table = {
    .name = "exercise_russia",
    .what = "an exercise with Russia that two states took part in",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

struct layout {
    size_t id, name, year, comments, source;
    size_t part[MOST_PARTICIPANTS];
    size_t parts;
};

static enum ent_status
find_columns(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "id", &l->id, err));
    ENT_TRY(ent__import_need(im, "name", &l->name, err));
    ENT_TRY(ent__import_need(im, "yr", &l->year, err));
    ENT_TRY(ent__import_need(im, "part1", &l->part[0], err));
    l->comments = ent__import_column(im, "comments");
    l->source = ent__import_column(im, "source");
    for (l->parts = 1; l->parts < MOST_PARTICIPANTS; l->parts++) {
        char name[] = { 'p', 'a', 'r', 't', '0', '0', '\0' };

        if (l->parts + 1 < 10) {
            name[4] = (char)('1' + l->parts);
            name[5] = '\0';
        } else {
            name[4] = (char)('0' + (l->parts + 1) / 10);
            name[5] = (char)('0' + (l->parts + 1) % 10);
        }
        l->part[l->parts] = ent__import_column(im, name);
        if (l->part[l->parts] == SIZE_MAX)
            break;
    }
    return ENT_OK;
}

/* Russia and the others of a row, each once; returns how many. */
static size_t read_states(struct ent_import *im, const struct layout *l, int year,
                          int states[MOST_PARTICIPANTS + 1])
{
    size_t count = 1;

    states[0] = RUSSIA;
    for (size_t p = 0; p < l->parts; p++) {
        int state = -1;
        bool seen = false;

        if (!ent__import_missing(im, l->part[p]))
            state = ent__import_state(im, l->part[p], ENT_CODE_NAME, year);
        for (size_t i = 0; i < count; i++)
            seen = seen || states[i] == state;
        if (state >= 0 && !seen)
            states[count++] = state;
    }
    return count;
}

static enum ent_status put_exercise(struct ent_import *im, const struct layout *l,
                                    struct ent_stage *stage, struct ent_error *err)
{
    struct ent_str comments = ent__import_text(im, l->comments);
    bool doubtful = ent__str_find(comments, "did not participate") != SIZE_MAX;
    int states[MOST_PARTICIPANTS + 1];
    int64_t year, id;
    size_t count;

    if (!ent__import_int(im, l->year, &year) || !ent__import_int(im, l->id, &id))
        return ENT_OK;
    count = read_states(im, l, (int)year, states);
    if (count < 2)
        ent__import_problem(im, l->part[0], "an exercise without a participant besides Russia");
    for (size_t a = 0; a < count; a++) {
        for (size_t b = a + 1; b < count; b++) {
            union ent_value *row;

            ENT_TRY(ent__import_row(im, stage, &row, err));
            row[YEAR].i = year;
            row[STATE_A].i = states[a];
            row[STATE_B].i = states[b];
            row[EXERCISE].i = id;
            row[EXERCISES].i = 1;
            row[BILATERAL].i = count == 2;
            row[PARTICIPANTS].i = (int64_t)count;
            row[VIA_RUSSIA].i = a > 0;
            row[DOUBTFUL].i = doubtful;
            ENT_TRY(ent__import_put_text(im, stage, l->name, &row[NAME], err));
            ENT_TRY(ent__import_put_text(im, stage, l->source, &row[REFERENCE], err));
            ent__import_end_row(im, stage);
        }
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *stage;
    struct layout l;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(find_columns(im, &l, err));
    ent__import_years(im, FIRST_YEAR, LAST_YEAR);
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_missing(im, l.name) || !ent__import_missing(im, l.year))
            ENT_TRY(put_exercise(im, &l, stage, err));
    }
}

static const char *const header[] = { "id", "name", "yr", "part1", "part2", "comments", NULL };

static const struct ent_form forms[] = {
    { .name = "participants across, CSV", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__exercises = {
    .info = {
        .id = "exercises",
        .title = "Joint military exercises involving Russia, 2009 to 2018",
        .publisher = "unknown; collected from the Russian Ministry of Defence and the press",
        .citation = "Joint military exercises involving Russia, 2009-2018. Collected by hand "
                    "from reports of the Ministry of Defence of the Russian Federation and of "
                    "the press; each row names its page.",
        .bibtex = "@misc{exercises_russia, title = {Joint military exercises involving Russia, "
                  "2009--2018}, note = {Collected from reports of the Ministry of Defence of "
                  "the Russian Federation and of the press}}",
        .licence = "unknown: see the publisher",
        .url = "https://structure.mil.ru/mission/practice/all.htm",
    },
    .years = "2009 to 2015, and what was found to 2018",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
