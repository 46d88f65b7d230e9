/*
 * United Nations General Assembly votes to 2015 with absences: the R object
 * UNVotesPublished of Voeten, Strezhnev and Bailey.
 *
 * Unlike later editions it has a row for every state and roll call: 8 is absent
 * and 9 is not a member, and both are kept.  It lacks roll calls of 1997 to 2012
 * that later editions have.  The issue flag `ec` is text and in one roll call holds
 * stray signs, which are reported; some roll calls have no date.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/un_vote.h"

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
    { "issue_me", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about the Palestinian conflict" },
    { "issue_nu", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about nuclear weapons or material" },
    { "issue_di", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about arms control, disarmament" },
    { "issue_hr", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about human rights" },
    { "issue_co", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about colonialism" },
    { "issue_ec", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: about economic development" },
    { "calendar_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year of the date" },
    { "title", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "what the vote was on, where described" },
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
    CALL_ME,
    CALL_NU,
    CALL_DI,
    CALL_HR,
    CALL_CO,
    CALL_EC,
    CALL_CALENDAR_YEAR,
    CALL_TITLE,
    CALL_COLUMNS
};

static const struct ent_table call_table = {
    .name = "unga2015_roll_call",
    .what = "a roll call in the General Assembly",
    .columns = call_columns,
    .column_count = CALL_COLUMNS,
    .key_count = 2,
};

static const struct ent_column vote_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945: the year it opened in" },
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the roll call (rcid)" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "vote", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 yes, 2 abstain, 3 no, 8 absent, 9 not a member" },
};

enum {
    VOTE_YEAR,
    VOTE_CALL,
    VOTE_STATE,
    VOTE_VOTE,
    VOTE_COLUMNS
};

static const struct ent_table vote_table = {
    .name = "unga2015_vote",
    .what = "how a state voted, or that it did not, on a roll call in the General Assembly",
    .columns = vote_columns,
    .column_count = VOTE_COLUMNS,
    .key_count = 3,
};

/* Whole numbers of a roll call, by column of the file. */
static const struct {
    const char *name;
    size_t to;
} flags[] = {
    { "importantvote", CALL_IMPORTANT },
    { "amend", CALL_AMENDMENT },
    { "para", CALL_PARAGRAPH },
    { "me", CALL_ME },
    { "nu", CALL_NU },
    { "di", CALL_DI },
    { "hr", CALL_HR },
    { "co", CALL_CO },
    { "ec", CALL_EC },
};

enum {
    FLAGS = sizeof(flags) / sizeof(flags[0]),
};

struct reader {
    struct ent_import *im;
    struct ent_stage *calls, *votes;
    size_t rcid, session, vote, state, date, resolution, title;
    size_t flag[FLAGS];
    int64_t call; /* of the row before; 0 at the beginning */
    struct ent_date call_date;
    int64_t last_session;
};

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    ENT_TRY(ent__import_need(r->im, "rcid", &r->rcid, err));
    ENT_TRY(ent__import_need(r->im, "session", &r->session, err));
    ENT_TRY(ent__import_need(r->im, "vote", &r->vote, err));
    ENT_TRY(ent__import_need(r->im, "ccode", &r->state, err));
    r->date = ent__import_column(r->im, "date");
    r->resolution = ent__import_column(r->im, "unres");
    r->title = ent__import_column(r->im, "descr");
    for (size_t i = 0; i < FLAGS; i++)
        r->flag[i] = ent__import_column(r->im, flags[i].name);
    ENT_TRY(ent__import_stage(r->im, &call_table, &r->calls, err));
    return ent__import_stage(r->im, &vote_table, &r->votes, err);
}

/* The rows of a roll call stand together; its own cells are read from the first. */
static enum ent_status
put_call(struct reader *r, int64_t number, int64_t session, struct ent_error *err)
{
    union ent_value *row;

    r->call = number;
    ENT_TRY(ent__import_row(r->im, r->calls, &row, err));
    row[CALL_YEAR].i = ENT_UN_YEAR(session);
    row[CALL_NUMBER].i = number;
    row[CALL_SESSION].i = session;
    if (ent__un_date(r->im, r->date, &r->call_date)) {
        ENT_TRY(ent__un_put_date(r->calls, &row[CALL_DATE], r->call_date, err));
        row[CALL_CALENDAR_YEAR].i = r->call_date.year;
    } else {
        /* Most of a session's votes are cast in December. */
        r->call_date = (struct ent_date){ (int)ENT_UN_YEAR(session), 12, 1 };
    }
    for (size_t i = 0; i < FLAGS; i++)
        (void)ent__import_put_int(r->im, r->flag[i], &row[flags[i].to]);
    ENT_TRY(ent__import_put_text(r->im, r->calls, r->resolution, &row[CALL_RESOLUTION], err));
    ENT_TRY(ent__import_put_text(r->im, r->calls, r->title, &row[CALL_TITLE], err));
    ent__import_end_row(r->im, r->calls);
    return ENT_OK;
}

static enum ent_status put_vote(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    int64_t number, session, vote;
    int state;

    if (!ent__import_int(r->im, r->rcid, &number) ||
        !ent__import_int(r->im, r->session, &session))
        return ENT_OK;
    if (number < 1 || session < 1 || session > 1000) {
        ent__import_problem(r->im, SIZE_MAX, "a vote needs a session and a roll call");
        return ENT_OK;
    }
    if (number != r->call)
        ENT_TRY(put_call(r, number, session, err));
    if (!ent__import_int(r->im, r->vote, &vote))
        return ENT_OK;
    if ((vote < ENT_UN_YES || vote > ENT_UN_NO) && vote != ENT_UN_ABSENT &&
        vote != ENT_UN_NO_MEMBER) {
        ent__import_problem(r->im, r->vote, "vote %lld is not 1, 2, 3, 8 or 9",
                            (long long)vote);
        return ENT_OK;
    }
    state = ent__import_state(r->im, r->state, ENT_CODE_COWN, (int)ENT_UN_YEAR(session));
    if (state < 0)
        return ENT_OK;
    if (vote == ENT_UN_NO_MEMBER) {
        if (ent__un_votes_elsewhere(state, r->call_date))
            return ENT_OK;
    } else {
        state = ent__un_voter(state, r->call_date);
    }
    ENT_TRY(ent__import_row(r->im, r->votes, &row, err));
    row[VOTE_YEAR].i = ENT_UN_YEAR(session);
    row[VOTE_CALL].i = number;
    row[VOTE_STATE].i = state;
    row[VOTE_VOTE].i = vote;
    ent__import_end_row(r->im, r->votes);
    if (session > r->last_session)
        r->last_session = session;
    return ENT_OK;
}

static enum ent_status import_votes(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    char version[40];
    bool more;

    ENT_TRY(find_columns(&r, err));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_vote(&r, err));
    }
    if (r.last_session > 0) {
        snprintf(version, sizeof(version), "to session %lld", (long long)r.last_session);
        ent__import_version(im, ent__str(version));
    }
    return ENT_OK;
}

static const char *const header[] = { "rcid",   "session", "vote", "ccode",
                                      "member", "unres",   "me",   NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "one row a state and roll call, absences among them",
        .columns = header,
        .import = import_votes,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &vote_table, &call_table, NULL };

const struct ent_dataset ent__unga2015 = {
    .info = {
        .id = "unga2015",
        .title = "United Nations General Assembly Voting Data, edition to 2015 with absences",
        .publisher = "Erik Voeten, Anton Strezhnev and Michael Bailey, Harvard Dataverse",
        .citation = "Voeten, Erik, Anton Strezhnev and Michael Bailey. 2009. \"United Nations "
                    "General Assembly Voting Data.\" Harvard Dataverse, "
                    "https://doi.org/10.7910/DVN/LEJUQZ. File UNVotesPublished, to session "
                    "70.",
        .bibtex = "@data{voeten2009unga, author = {Voeten, Erik and Strezhnev, Anton and "
                  "Bailey, Michael}, title = {United Nations General Assembly Voting Data}, "
                  "publisher = {Harvard Dataverse}, year = {2009}, doi = "
                  "{10.7910/DVN/LEJUQZ}}",
        .licence = "CC0 1.0",
        .url = "https://doi.org/10.7910/DVN/LEJUQZ",
    },
    .years = "1946 to 2015 (sessions 1 to 70)",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
