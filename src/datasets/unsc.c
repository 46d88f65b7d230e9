/*
 * Vetoes in the Security Council, one row a vetoed draft, 1946 to September 2022.
 *
 * Each permanent member has a column of 0 and 1, and is also named in
 * member_veto1 .. member_veto3.  In 26 rows, mostly of 1966 to 1985, the column
 * says 0 of a member that is named: a member vetoed when either says so.  The USSR
 * and Russia are one state.  The veto of December 1955 that Taiwan's government cast
 * in China's seat is not in the file; in a pair China is who held the seat.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "datasets/un_vote.h"

enum {
    CHINA,
    FRANCE,
    RUSSIA,
    UK,
    USA,
    MEMBERS
};

static const struct ent_column veto_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "veto", ENT_ROLE_KEY, ENT_TYPE_INT, "", "its number in order of date, from 1" },
    { "date", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "day of the vote" },
    { "draft", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "document of the draft, or of the meeting" },
    { "agenda", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "item of the agenda" },
    { "topic", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "the crisis, in the source's words" },
    { "region", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "region, in the source's words" },
    { "china", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: vetoed by China" },
    { "france", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: vetoed by France" },
    { "russia", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: vetoed by the USSR or Russia" },
    { "uk", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: vetoed by the United Kingdom" },
    { "usa", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: vetoed by the United States" },
};

enum {
    VETO_YEAR,
    VETO_NUMBER,
    VETO_DATE,
    VETO_DRAFT,
    VETO_AGENDA,
    VETO_TOPIC,
    VETO_REGION,
    VETO_MEMBERS,
    VETO_COLUMNS = VETO_MEMBERS + MEMBERS
};

static const struct ent_table veto_table = {
    .name = "unsc_veto",
    .what = "a draft resolution that was vetoed in the Security Council",
    .columns = veto_columns,
    .column_count = VETO_COLUMNS,
    .key_count = 2,
};

static const struct ent_column pair_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "from_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "permanent member" },
    { "to_state", ENT_ROLE_TO, ENT_TYPE_INT, "", "another permanent member" },
    { "joint", ENT_ROLE_COUNT, ENT_TYPE_INT, "drafts", "drafts that both vetoed" },
    { "lone", ENT_ROLE_COUNT, ENT_TYPE_INT, "drafts",
      "drafts that from_state vetoed and to_state did not" },
};

enum {
    PAIR_YEAR,
    PAIR_FROM,
    PAIR_TO,
    PAIR_JOINT,
    PAIR_LONE,
    PAIR_COLUMNS
};

static const int16_t permanent[] = { 2, 200, 220, 365, 710, 713, 0 };

static const struct ent_table pair_table = {
    .name = "unsc_veto_pair",
    .what = "vetoes of a permanent member in a year, with another and without it",
    .columns = pair_columns,
    .column_count = PAIR_COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_SUM,
    .absence = ENT_ABSENCE_ZERO,
    .covers = permanent,
};

/* Columns of 0 and 1, and the member that each speaks of. */
static const struct {
    const char *name;
    size_t member;
} named[] = {
    { "China", CHINA }, { "France", FRANCE }, { "Russia", RUSSIA },
    { "USSR", RUSSIA }, { "UK", UK },         { "USA", USA },
};

enum {
    NAMED = sizeof(named) / sizeof(named[0]),
    LISTS = 3,
};

/* When a row of the stage was vetoed: for the numbering. */
struct moment {
    int date;
    size_t row;
    size_t place; /* in order of time among those of one day */
};

struct reader {
    struct ent_import *im;
    struct ent_stage *vetoes, *pairs;
    size_t date, draft, agenda, topic, region;
    size_t flag[NAMED];
    size_t list[LISTS];
    struct moment *moments;
    size_t capacity;
};

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    static const char *const lists[] = { "member_veto1", "member_veto2", "member_veto3" };

    ENT_TRY(ent__import_need(r->im, "date", &r->date, err));
    ENT_TRY(ent__import_need(r->im, "draft", &r->draft, err));
    for (size_t i = 0; i < NAMED; i++)
        ENT_TRY(ent__import_need(r->im, named[i].name, &r->flag[i], err));
    for (size_t i = 0; i < LISTS; i++)
        r->list[i] = ent__import_column(r->im, lists[i]);
    r->agenda = ent__import_column(r->im, "agenda_item");
    r->topic = ent__import_column(r->im, "crisis_topic");
    r->region = ent__import_column(r->im, "region");
    ENT_TRY(ent__import_stage(r->im, &veto_table, &r->vetoes, err));
    return ent__import_stage(r->im, &pair_table, &r->pairs, err);
}

/* Who vetoed, by either way of saying so. */
static void read_members(struct reader *r, bool vetoed[MEMBERS])
{
    for (size_t i = 0; i < NAMED; i++) {
        int64_t flag;

        if (ent__import_int(r->im, r->flag[i], &flag) && flag != 0)
            vetoed[named[i].member] = true;
    }
    for (size_t l = 0; l < LISTS; l++) {
        struct ent_str name = ent__import_text(r->im, r->list[l]);
        bool known = name.len == 0;

        for (size_t i = 0; i < NAMED; i++) {
            if (!ent__str_is_nocase(name, named[i].name))
                continue;
            vetoed[named[i].member] = true;
            known = true;
        }
        if (!known)
            ent__import_unmatched(r->im, name);
    }
}

static enum ent_status put_pairs(struct reader *r, struct ent_date date,
                                 const bool vetoed[MEMBERS], struct ent_error *err)
{
    const int states[MEMBERS] = { ent_state_china_seat(date.year, date.month, date.day), 220,
                                  365, 200, 2 };

    for (size_t from = 0; from < MEMBERS; from++) {
        for (size_t to = 0; vetoed[from] && to < MEMBERS; to++) {
            union ent_value *row;

            if (to == from)
                continue;
            ENT_TRY(ent__import_row(r->im, r->pairs, &row, err));
            row[PAIR_YEAR].i = date.year;
            row[PAIR_FROM].i = states[from];
            row[PAIR_TO].i = states[to];
            row[PAIR_JOINT].i = vetoed[to];
            row[PAIR_LONE].i = !vetoed[to];
            ent__import_end_row(r->im, r->pairs);
        }
    }
    return ENT_OK;
}

static enum ent_status
note_moment(struct reader *r, struct ent_date date, struct ent_error *err)
{
    size_t row = r->vetoes->count;
    void *grown = r->moments;
    int day = (date.year * 100 + date.month) * 100 + date.day;

    ENT_TRY(ent__grow(&grown, &r->capacity, row + 1, sizeof(*r->moments), err));
    r->moments = grown;
    r->moments[row] = (struct moment){ day, row, row };
    return ENT_OK;
}

static enum ent_status put_veto(struct reader *r, struct ent_error *err)
{
    bool vetoed[MEMBERS] = { false };
    union ent_value *row;
    struct ent_date date;
    bool any = false;

    if (!ent__un_date(r->im, r->date, &date))
        return ENT_OK;
    read_members(r, vetoed);
    for (size_t m = 0; m < MEMBERS; m++)
        any = any || vetoed[m];
    if (!any) {
        ent__import_problem(r->im, SIZE_MAX, "no permanent member vetoed this draft");
        return ENT_OK;
    }
    ENT_TRY(put_pairs(r, date, vetoed, err));
    ENT_TRY(note_moment(r, date, err));
    ENT_TRY(ent__import_row(r->im, r->vetoes, &row, err));
    row[VETO_YEAR].i = date.year;
    ENT_TRY(ent__un_put_date(r->vetoes, &row[VETO_DATE], date, err));
    ENT_TRY(ent__import_put_text(r->im, r->vetoes, r->draft, &row[VETO_DRAFT], err));
    ENT_TRY(ent__import_put_text(r->im, r->vetoes, r->agenda, &row[VETO_AGENDA], err));
    ENT_TRY(ent__import_put_text(r->im, r->vetoes, r->topic, &row[VETO_TOPIC], err));
    ENT_TRY(ent__import_put_text(r->im, r->vetoes, r->region, &row[VETO_REGION], err));
    for (size_t m = 0; m < MEMBERS; m++)
        row[VETO_MEMBERS + m].i = vetoed[m];
    ent__import_end_row(r->im, r->vetoes);
    return ENT_OK;
}

static int by_date(const void *a, const void *b)
{
    const struct moment *x = a;
    const struct moment *y = b;

    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Number the vetoes from the oldest on, whichever way round the file has them. */
static void number_vetoes(struct reader *r)
{
    size_t count = r->vetoes->count;

    if (count == 0)
        return;
    if (r->moments[0].date > r->moments[count - 1].date) {
        for (size_t i = 0; i < count; i++)
            r->moments[i].place = count - i;
    }
    qsort(r->moments, count, sizeof(*r->moments), by_date);
    for (size_t i = 0; i < count; i++) {
        size_t cell = r->moments[i].row * r->vetoes->stride + VETO_NUMBER;

        r->vetoes->cells[cell].i = (int64_t)i + 1;
    }
}

static enum ent_status read_vetoes(struct reader *r, struct ent_error *err)
{
    bool more;

    ENT_TRY(find_columns(r, err));
    for (;;) {
        ENT_TRY(ent__import_next(r->im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_veto(r, err));
    }
    number_vetoes(r);
    return ENT_OK;
}

static enum ent_status import_vetoes(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    enum ent_status status = read_vetoes(&r, err);

    ent__free(r.moments);
    return status;
}

static const char *const header[] = { "date", "draft", "China", "France", "Russia",
                                      "USSR", "USA",   "UK",    NULL };

static const struct ent_form forms[] = {
    { .name = "one row a vetoed draft", .columns = header, .import = import_vetoes },
};

static const struct ent_table *const tables[] = { &veto_table, &pair_table, NULL };

const struct ent_dataset ent__unsc = {
    .info = {
        .id = "unsc",
        .title = "Vetoes in the United Nations Security Council",
        .publisher = "unknown; after the list of vetoes of the Dag Hammarskjöld Library",
        .citation = "Dag Hammarskjöld Library. \"Security Council: Veto List.\" United "
                    "Nations, https://research.un.org/en/docs/sc/quick/veto. Coded by draft "
                    "and permanent member to September 2022.",
        .bibtex = "@misc{unvetolist, author = {{Dag Hammarskj{\\\"o}ld Library}}, title = "
                  "{Security Council: Veto List}, howpublished = {United Nations}, url = "
                  "{https://research.un.org/en/docs/sc/quick/veto}}",
        .licence = "unknown: see the publisher",
        .url = "https://research.un.org/en/docs/sc/quick/veto",
    },
    .years = "1946 to September 2022",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
