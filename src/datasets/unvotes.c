/*
 * General Assembly votes as the R package unvotes ships them (Robinson), sessions
 * 1 to 74: votes, roll calls with their titles, and six issues, in three objects.
 *
 * The votes have neither year nor date, only a roll call's number, from which the
 * session is known (ent__un_session).  Names are those of today, but for states
 * that are gone: "Federal Republic of Germany" to session 45.
 */
#include "base/alloc.h"
#include "base/intern.h"
#include "datasets/un_vote.h"

/* Votes. */

static const struct ent_column vote_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945, by number of roll call" },
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the roll call (rcid)" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state that voted" },
    { "vote", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 yes, 2 abstain, 3 no" },
};

enum {
    VOTE_YEAR,
    VOTE_CALL,
    VOTE_STATE,
    VOTE_VOTE,
    VOTE_COLUMNS
};

static const struct ent_table vote_table = {
    .name = "unvotes_vote",
    .what = "how a state voted on a roll call in the General Assembly",
    .columns = vote_columns,
    .column_count = VOTE_COLUMNS,
    .key_count = 3,
};

/* Spans of years in which a name of this file stands for one state. */
enum {
    ERA_TO_1989,
    ERA_FROM_1990,
    ERAS
};

/* The year by which a name is looked up. */
static const int name_year[ERAS] = { 1985, 1991 };

struct reader {
    struct ent_import *im;
    struct ent_stage *stage;
    size_t rcid, country, vote;
    struct ent_intern names;
    int (*ids)[ERAS]; /* state by id of names and era; -1 for none */
    size_t capacity;
};

/* 1, 2, 3, or 0 with a problem reported; none for a missing vote. */
static int64_t vote_of(struct reader *r)
{
    static const char *const words[] = { "yes", "abstain", "no" };
    struct ent_str text = ent__import_text(r->im, r->vote);
    int64_t number = 0;

    if (ent__import_missing(r->im, r->vote))
        return 0;
    for (int i = 0; i < 3; i++) {
        if (ent__str_is_nocase(text, words[i]))
            return i + 1;
    }
    if (ent__str_to_i64(text, &number) && number >= ENT_UN_YES && number <= ENT_UN_NO)
        return number;
    ent__import_problem(r->im, r->vote, "\"%.*s\" is not yes, abstain or no",
                        (int)(text.len > 60 ? 60 : text.len), text.at);
    return 0;
}

/* A name's state in an era; the name is looked up once. */
static enum ent_status state_of(struct reader *r, int era, int *state, struct ent_error *err)
{
    struct ent_str name = ent__import_text(r->im, r->country);
    uint32_t before = r->names.count;
    struct ent_state_match match;
    void *grown = r->ids;
    uint32_t id;

    *state = -1;
    if (name.len == 0)
        return ENT_OK;
    ENT_TRY(ent__intern(&r->names, name, &id, err));
    if (id == before) {
        ENT_TRY(ent__grow(&grown, &r->capacity, (size_t)id + 1, sizeof(*r->ids), err));
        r->ids = grown;
        for (int e = 0; e < ERAS; e++)
            r->ids[id][e] =
                ent_state_find(name, ENT_CODE_NAME, name_year[e], &match, NULL) == ENT_OK
                    ? match.id
                    : -1;
    }
    if (r->ids[id][era] < 0)
        ent__import_unmatched(r->im, name);
    *state = r->ids[id][era];
    return ENT_OK;
}

static enum ent_status put_vote(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    int64_t rcid, vote;
    int state, session, year;

    if (!ent__import_int(r->im, r->rcid, &rcid))
        return ENT_OK;
    session = ent__un_session(rcid);
    if (session == 0) {
        ent__import_problem(r->im, r->rcid, "the session of roll call %lld is not known",
                            (long long)rcid);
        return ENT_OK;
    }
    year = ENT_UN_YEAR(session);
    vote = vote_of(r);
    ENT_TRY(state_of(r, year < 1990 ? ERA_TO_1989 : ERA_FROM_1990, &state, err));
    if (vote == 0 || state < 0)
        return ENT_OK;
    ENT_TRY(ent__import_row(r->im, r->stage, &row, err));
    row[VOTE_YEAR].i = year;
    row[VOTE_CALL].i = rcid;
    /* Seats change hands before December, or as the source has it (China's in 1971). */
    row[VOTE_STATE].i = ent__un_voter(state, (struct ent_date){ year, 12, 1 });
    row[VOTE_VOTE].i = vote;
    ent__import_end_row(r->im, r->stage);
    return ENT_OK;
}

static enum ent_status read_votes(struct reader *r, struct ent_error *err)
{
    bool more;

    ENT_TRY(ent__import_need(r->im, "rcid", &r->rcid, err));
    ENT_TRY(ent__import_need(r->im, "country", &r->country, err));
    ENT_TRY(ent__import_need(r->im, "vote", &r->vote, err));
    ENT_TRY(ent__import_stage(r->im, &vote_table, &r->stage, err));
    for (;;) {
        ENT_TRY(ent__import_next(r->im, &more, err));
        if (!more)
            return ENT_OK;
        ENT_TRY(put_vote(r, err));
    }
}

static enum ent_status import_votes(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    enum ent_status status;

    ent__import_part(im, ent__str("votes"));
    ent__intern_init(&r.names);
    status = read_votes(&r, err);
    ent__intern_release(&r.names);
    ent__free(r.ids);
    return status;
}

/* Roll calls. */

static const struct ent_column call_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945: the year it opened in" },
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the roll call (rcid)" },
    { "session", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "session of the General Assembly" },
    { "date", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",
      "date as published; before about 1995 only its month can be relied on" },
    { "resolution", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",
      "number of the resolution; an amendment or motion can bear it too" },
    { "important", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1: important to the United States, by the report of its Department of State" },
    { "amendment", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a vote on an amendment" },
    { "paragraph", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a vote on a paragraph" },
    { "calendar_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year of the date" },
    { "short", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "subject in a few words" },
    { "title", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what the vote was on" },
};

enum {
    CALL_YEAR,
    CALL_NUMBER,
    CALL_SESSION,
    CALL_DATE,
    CALL_RESOLUTION,
    CALL_IMPORTANT,
    CALL_AMENDMENT,
    CALL_PARAGRAPH,
    CALL_CALENDAR_YEAR,
    CALL_SHORT,
    CALL_TITLE,
    CALL_COLUMNS
};

static const struct ent_table call_table = {
    .name = "unvotes_roll_call",
    .what = "a roll call in the General Assembly",
    .columns = call_columns,
    .column_count = CALL_COLUMNS,
    .key_count = 2,
};

/* Columns of the file beside rcid, session and date. */
enum {
    FLAGS = 3,
    TEXTS = 3,
};

static const struct {
    const char *name;
    size_t to;
} flags[FLAGS] = {
    { "importantvote", CALL_IMPORTANT },
    { "amend", CALL_AMENDMENT },
    { "para", CALL_PARAGRAPH },
}, texts[TEXTS] = {
    { "unres", CALL_RESOLUTION },
    { "short", CALL_SHORT },
    { "descr", CALL_TITLE },
};

static enum ent_status put_call(struct ent_import *im, struct ent_stage *stage, int64_t rcid,
                                int64_t session, struct ent_error *err)
{
    union ent_value *row;
    struct ent_date date;

    ENT_TRY(ent__import_row(im, stage, &row, err));
    row[CALL_YEAR].i = ENT_UN_YEAR(session);
    row[CALL_NUMBER].i = rcid;
    row[CALL_SESSION].i = session;
    if (ent__un_date(im, ent__import_column(im, "date"), &date)) {
        ENT_TRY(ent__un_put_date(stage, &row[CALL_DATE], date, err));
        row[CALL_CALENDAR_YEAR].i = date.year;
    }
    for (size_t i = 0; i < FLAGS; i++)
        (void)ent__import_put_int(im, ent__import_column(im, flags[i].name), &row[flags[i].to]);
    for (size_t i = 0; i < TEXTS; i++)
        ENT_TRY(ent__import_put_text(im, stage, ent__import_column(im, texts[i].name),
                                     &row[texts[i].to], err));
    ent__import_end_row(im, stage);
    return ENT_OK;
}

static enum ent_status import_calls(struct ent_import *im, struct ent_error *err)
{
    size_t rcid, session;
    struct ent_stage *stage;
    bool more;

    ent__import_part(im, ent__str("roll_calls"));
    ENT_TRY(ent__import_stage(im, &call_table, &stage, err));
    ENT_TRY(ent__import_need(im, "rcid", &rcid, err));
    ENT_TRY(ent__import_need(im, "session", &session, err));
    for (;;) {
        int64_t number, in;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_int(im, rcid, &number) || !ent__import_int(im, session, &in))
            continue;
        if (in < 1 || in > 1000) {
            ent__import_problem(im, session, "session %lld is none", (long long)in);
            continue;
        }
        ENT_TRY(put_call(im, stage, number, in, err));
    }
}

/* Issues. */

static const struct ent_column issue_columns[] = {
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the roll call (rcid)" },
    { "issue", ENT_ROLE_KEY, ENT_TYPE_INT, "",
      "1 Palestinian conflict, 2 nuclear weapons and material, 3 arms control and "
      "disarmament, 4 human rights, 5 colonialism, 6 economic development" },
    { "issue_name", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "the same in words" },
};

enum {
    ISSUE_CALL,
    ISSUE_CODE,
    ISSUE_NAME,
    ISSUE_COLUMNS
};

static const struct ent_table issue_table = {
    .name = "unvotes_issue",
    .what = "an issue that a roll call is about; one can be about several, or none of six",
    .columns = issue_columns,
    .column_count = ISSUE_COLUMNS,
    .key_count = 2,
};

/* 1 to 6; 0 when the text is none of the short names. */
static int64_t issue_code(struct ent_str text)
{
    static const char *const short_names[] = { "me", "nu", "di", "hr", "co", "ec" };

    for (int i = 0; i < 6; i++) {
        if (ent__str_is_nocase(text, short_names[i]))
            return i + 1;
    }
    return 0;
}

static enum ent_status import_issues(struct ent_import *im, struct ent_error *err)
{
    size_t rcid, short_name, issue;
    struct ent_stage *stage;
    bool more;

    ent__import_part(im, ent__str("issues"));
    ENT_TRY(ent__import_stage(im, &issue_table, &stage, err));
    ENT_TRY(ent__import_need(im, "rcid", &rcid, err));
    ENT_TRY(ent__import_need(im, "short_name", &short_name, err));
    ENT_TRY(ent__import_need(im, "issue", &issue, err));
    for (;;) {
        union ent_value *row;
        struct ent_str text;
        int64_t number, code;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_int(im, rcid, &number))
            continue;
        text = ent__import_text(im, short_name);
        code = issue_code(text);
        if (code == 0) {
            ent__import_problem(im, short_name, "\"%.*s\" is none of the six issues",
                                (int)(text.len > 60 ? 60 : text.len), text.at);
            continue;
        }
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[ISSUE_CALL].i = number;
        row[ISSUE_CODE].i = code;
        ENT_TRY(ent__import_put_text(im, stage, issue, &row[ISSUE_NAME], err));
        ent__import_end_row(im, stage);
    }
}

static const char *const vote_header[] = { "rcid", "country", "country_code", "vote", NULL };
static const char *const call_header[] = { "rcid",  "session", "importantvote", "date", "unres",
                                           "descr", NULL };
static const char *const issue_header[] = { "rcid", "short_name", "issue", NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "votes",
        .columns = vote_header,
        .import = import_votes,
        .missing_texts = missing_texts,
    },
    {
        .name = "roll calls",
        .columns = call_header,
        .import = import_calls,
        .missing_texts = missing_texts,
    },
    {
        .name = "issues of roll calls",
        .columns = issue_header,
        .import = import_issues,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &vote_table, &call_table, &issue_table,
                                                  NULL };

const struct ent_dataset ent__unvotes = {
    .info = {
        .id = "unvotes",
        .title = "United Nations General Assembly votes, R package unvotes",
        .publisher = "David Robinson, from the data of Erik Voeten",
        .citation = "Robinson, David. 2021. unvotes: United Nations General Assembly Voting "
                    "Data. R package version 0.3.0. From: Voeten, Erik, Anton Strezhnev and "
                    "Michael Bailey. 2009. \"United Nations General Assembly Voting Data.\" "
                    "Harvard Dataverse, https://doi.org/10.7910/DVN/LEJUQZ.",
        .bibtex = "@manual{robinson2021unvotes, author = {Robinson, David}, title = {unvotes: "
                  "United Nations General Assembly Voting Data}, year = {2021}, note = {R "
                  "package version 0.3.0}}",
        .licence = "the votes CC0 1.0; the package MIT",
        .url = "https://github.com/dgrtwo/unvotes",
    },
    .years = "1946 to 2019 (sessions 1 to 74)",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
