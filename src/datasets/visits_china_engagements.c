/*
 * Engagements of China's leaders with foreigners, 2003 to 2018, day by day, from
 * China Vitae: one row a leader, day and country of those met, with a sentence.
 *
 * One event has a row for each country met or visited, and phone calls, messages and
 * mere statements stand among the meetings: `kind` is read from the sentence, which
 * is kept.  "X travelled to PLACE" and "X was in PLACE" begin nine sentences in ten;
 * the others end in the place, in brackets.  A place that is no state is in China.
 * Dates are month/day/two-digit year; some summits are misdated or absent.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"

enum {
    CHINA = 710
};

enum kind {
    TRAVELLED = 1,
    HOSTED,
    PHONED,
    WROTE,
    MET_ELSEWHERE,
    OTHER
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "leader_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "China" },
    { "counterpart", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state of those met, or visited" },
    { "engagements", ENT_ROLE_COUNT, ENT_TYPE_INT, "engagements", "always 1" },
    { "kind", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 travelled there, 2 met in China, 3 phone call, 4 letter or message, 5 met in a third "
      "state, 6 other (a statement, an ambassador's credentials)" },
    { "date", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "day, year-month-day" },
    { "leader", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "Chinese leader" },
    { "text", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what happened, in the source's words" },
};

enum {
    YEAR,
    FROM,
    COUNTERPART,
    ENGAGEMENTS,
    KIND,
    DATE,
    LEADER,
    TEXT,
    COLUMNS
};

static const int16_t watched[] = { CHINA, 0 };

static const struct ent_table table = {
    .name = "engagement_china",
    .what = "a meeting, call or message of a leader of China with foreigners",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
    .duplicates = ENT_DUPLICATES_KEEP,
    .absence = ENT_ABSENCE_ZERO,
    .covers = watched,
};

static bool has_any(struct ent_str text, const char *const *words)
{
    for (; *words; words++) {
        if (ent__str_find(text, *words) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The span up to the first of a NULL-terminated list of ends. */
static struct ent_str up_to(struct ent_str text, const char *const *ends)
{
    size_t stop = text.len;

    for (; *ends; ends++) {
        size_t at = ent__str_find(text, *ends);

        if (at < stop)
            stop = at;
    }
    return ent__str_trim(ent__str_slice(text, 0, stop));
}

/* Where it was: "Russia" of "X travelled to Russia, Moscow and met with"; "" if not said. */
static struct ent_str place_of(struct ent_str text)
{
    static const char *const verbs[] = { " travelled to ", " was in ", NULL };
    static const char *const ends[] = { ",", " and met with", " Others Attending", NULL };

    for (const char *const *v = verbs; *v; v++) {
        size_t at = ent__str_find(text, *v);

        if (at < 60)
            return up_to(ent__str_slice(text, at + strlen(*v) - 1, text.len), ends);
    }
    return (struct ent_str){ "", 0 };
}

/* The place in the brackets that end a text: "USA" of "... (USA, New York)". */
static struct ent_str last_brackets(struct ent_str text)
{
    static const char *const ends[] = { ",", NULL };
    size_t open;

    text = ent__str_trim(text);
    if (!ent__str_ends(text, ")"))
        return (struct ent_str){ "", 0 };
    for (open = text.len - 1; open > 0 && text.at[open] != '('; open--)
        ;
    return up_to(ent__str_slice(text, open + 1, text.len - 1), ends);
}

static enum kind kind_at(struct ent_str place, int counterpart, int year)
{
    struct ent_state_match match;

    if (ent_state_find(place, ENT_CODE_NAME, year, &match, NULL) != ENT_OK || match.id == CHINA)
        return HOSTED;
    return match.id == counterpart ? TRAVELLED : MET_ELSEWHERE;
}

static enum kind kind_of(struct ent_str text, int counterpart, int year)
{
    static const char *const phone[] = { "phone", "telephone", NULL };
    static const char *const letters[] = { "message", "letter", "congratulat", "condolence",
                                           NULL };
    static const char *const credentials[] = { "credentials", NULL };
    static const char *const meetings[] = { " met with ", " meets ",     " meet ", "held talks",
                                            "hold talks", "holds talks", NULL };
    struct ent_str place = place_of(text);

    if (place.len)
        return kind_at(place, counterpart, year);
    if (ent__str_find(text, " travelled to ") < 60)
        return OTHER; /* and the place is left out */
    if (has_any(text, phone))
        return PHONED;
    if (has_any(text, credentials))
        return OTHER;
    place = last_brackets(text);
    if (has_any(text, meetings) && place.len)
        return kind_at(place, counterpart, year);
    return has_any(text, letters) ? WROTE : OTHER;
}

struct layout {
    size_t date, year, country, leader, text;
};

static enum ent_status put_row(struct ent_import *im, const struct layout *l,
                               struct ent_stage *stage, struct ent_error *err)
{
    struct ent_str text = ent__import_text(im, l->text);
    union ent_value *row;
    struct ent_date date;
    char day[32];
    int64_t year;
    int counterpart;

    if (!ent__import_int(im, l->year, &year))
        return ENT_OK;
    counterpart = ent__import_state(im, l->country, ENT_CODE_NAME, (int)year);
    if (counterpart < 0 || counterpart == CHINA)
        return ENT_OK;
    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[YEAR].i = year;
    row[FROM].i = CHINA;
    row[COUNTERPART].i = counterpart;
    row[ENGAGEMENTS].i = 1;
    row[KIND].i = kind_of(text, counterpart, (int)year);
    if (ent__date_parse(ent__import_text(im, l->date), false, &date) && date.year == year) {
        snprintf(day, sizeof(day), "%04d-%02d-%02d", date.year, date.month, date.day);
        ENT_TRY(ent__stage_text(stage, &row[DATE], ent__str(day), err));
    } else {
        ent__import_problem(im, l->date, "no day of %lld; month/day/year was expected",
                            (long long)year);
    }
    ENT_TRY(ent__import_put_text(im, stage, l->leader, &row[LEADER], err));
    ENT_TRY(ent__stage_text(stage, &row[TEXT], text, err));
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ent_stage *stage;
    struct layout l;
    bool more;

    ENT_TRY(ent__import_stage(im, &table, &stage, err));
    ENT_TRY(ent__import_need(im, "date", &l.date, err));
    ENT_TRY(ent__import_need(im, "year", &l.year, err));
    ENT_TRY(ent__import_need(im, "country", &l.country, err));
    ENT_TRY(ent__import_need(im, "leader", &l.leader, err));
    ENT_TRY(ent__import_need(im, "text", &l.text, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_row(im, &l, stage, err));
    }
}

/* Other tables have such a header: the leaders named must be China's. */
static bool recognise(const struct ent_preview *p)
{
    static const char *const leaders[] = { "Xi Jinping",  "Hu Jintao", "Wen Jiabao",
                                           "Li Keqiang",  "Wang Yi",   "Yang Jiechi",
                                           "Li Zhaoxing", NULL };
    size_t found = 0;

    for (size_t i = p->header + 1; i < p->row_count && p->row_count > 5; i++) {
        for (size_t c = 0; c < p->rows[i].cell_count && c < 5; c++) {
            if (p->rows[i].cells[c].kind == ENT_CELL_TEXT && p->rows[i].cells[c].text.len < 40)
                found += has_any(p->rows[i].cells[c].text, leaders);
        }
    }
    return found > 0;
}

static const char *const header[] = { "date", "year", "country", "leader", "text", NULL };

static const struct ent_form forms[] = {
    { .name = "engagements, CSV", .columns = header, .recognise = recognise, .import = import },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__visits_china_engagements = {
    .info = {
        .id = "visits_china_engagements",
        .title = "Engagements of China's leaders with foreigners, 2003-2018",
        .publisher = "China Vitae",
        .citation = "China Vitae. Appearances and travels of China's leaders, 2003-2018. "
                    "http://www.chinavitae.com.",
        .bibtex = "@misc{chinavitae, author = {{China Vitae}}, title = {Appearances and travels "
                  "of {China's} leaders, 2003--2018}, url = {http://www.chinavitae.com}}",
        .licence = "unknown: see the publisher",
        .url = "http://www.chinavitae.com",
    },
    .years = "2003 to 2018",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
