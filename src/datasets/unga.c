/*
 * United Nations General Assembly roll-call votes, sessions 1 to 78, one row a
 * vote (Voeten, Strezhnev and Bailey; Harvard Dataverse LEJUQZ).
 *
 * year is the session's, session + 1945, not the date's: the vote on Crimea of
 * 27 March 2014 stands under 2013.  Absences are not in the file, and neither are
 * the emergency special sessions.  A resolution number can sit on an amendment or
 * a motion, so roll calls are told apart by vote_id alone.  In session 78 some
 * rows of a roll call have another's date: the date that most rows give is kept,
 * and three votes that stand twice are merged.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/un_vote.h"

static const struct ent_column call_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945: the year it opened in" },
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "",
      "number in vote_id after u; for other ids 100000 + order in the file" },
    { "session", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "session of the General Assembly" },
    { "date", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",
      "date as published; before about 1995 only its month can be relied on" },
    { "vote_id", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "identifier of the roll call in the file" },
    { "resolution", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "",
      "number of the resolution; an amendment or motion can bear it too" },
    { "amendment", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a vote on an amendment" },
    { "paragraph", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1: a vote on a paragraph" },
    { "calendar_year", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "year of the date" },
};

enum {
    CALL_YEAR,
    CALL_NUMBER,
    CALL_SESSION,
    CALL_DATE,
    CALL_ID,
    CALL_RESOLUTION,
    CALL_AMENDMENT,
    CALL_PARAGRAPH,
    CALL_CALENDAR_YEAR,
    CALL_COLUMNS
};

static const struct ent_table call_table = {
    .name = "unga_roll_call",
    .what = "a roll call in the General Assembly",
    .columns = call_columns,
    .column_count = CALL_COLUMNS,
    .key_count = 2,
};

static const struct ent_column vote_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945: the year it opened in" },
    { "roll_call", ENT_ROLE_KEY, ENT_TYPE_INT, "", "roll call, as in unga_roll_call" },
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
    .name = "unga_vote",
    .what = "how a state voted on a roll call in the General Assembly",
    .columns = vote_columns,
    .column_count = VOTE_COLUMNS,
    .key_count = 3,
};

enum {
    OTHER_IDS = 100000, /* roll calls whose id is not u and a number begin here */
};

/* A roll call as its rows tell it. */
struct call {
    int64_t session, number, amendment, paragraph;
    uint64_t resolution; /* a text of the stage */
    struct ent_date date;
    size_t weight; /* how far the rows with this date are ahead of the others */
    size_t line;   /* where it is first seen */
};

struct reader {
    struct ent_import *im;
    struct ent_stage *calls, *votes;
    size_t session, year, date, id, resolution, amendment, paragraph, state, vote;
    struct ent_intern ids;
    struct call *seen; /* by id of ids */
    size_t capacity;
    int64_t others; /* ids that are not u and a number */
    int64_t last_session;
};

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    ENT_TRY(ent__import_need(r->im, "session", &r->session, err));
    ENT_TRY(ent__import_need(r->im, "vote_id", &r->id, err));
    ENT_TRY(ent__import_need(r->im, "date", &r->date, err));
    ENT_TRY(ent__import_need(r->im, "ccode", &r->state, err));
    ENT_TRY(ent__import_need(r->im, "vote", &r->vote, err));
    r->year = ent__import_column(r->im, "year");
    r->resolution = ent__import_column(r->im, "unres");
    r->amendment = ent__import_column(r->im, "amend");
    r->paragraph = ent__import_column(r->im, "para");
    ENT_TRY(ent__import_stage(r->im, &call_table, &r->calls, err));
    return ent__import_stage(r->im, &vote_table, &r->votes, err);
}

static int64_t call_number(struct reader *r, struct ent_str id)
{
    int64_t number;

    if (ent__str_starts(id, "u") && ent__str_to_i64(ent__str_slice(id, 1, id.len), &number) &&
        number > 0 && number < OTHER_IDS)
        return number;
    return OTHER_IDS + ++r->others;
}

static enum ent_status add_call(struct reader *r, uint32_t id, int64_t session,
                                struct ent_date date, struct ent_error *err)
{
    void *grown = r->seen;
    struct call *call;
    union ent_value resolution;

    ENT_TRY(ent__grow(&grown, &r->capacity, (size_t)id + 1, sizeof(*r->seen), err));
    r->seen = grown;
    ENT_TRY(
        ent__stage_text(r->calls, &resolution, ent__import_text(r->im, r->resolution), err));
    call = &r->seen[id];
    *call = (struct call){
        .session = session,
        .number = call_number(r, r->ids.text[id]),
        .amendment = ENT_NONE_INT,
        .paragraph = ENT_NONE_INT,
        .resolution = resolution.s,
        .date = date,
        .line = r->im->line,
    };
    (void)ent__import_int(r->im, r->amendment, &call->amendment);
    (void)ent__import_int(r->im, r->paragraph, &call->paragraph);
    return ENT_OK;
}

/* The majority's date by Boyer and Moore: one candidate and its lead. */
static void weigh_date(struct call *call, struct ent_date date)
{
    if (call->date.year == date.year && call->date.month == date.month &&
        call->date.day == date.day) {
        call->weight++;
    } else if (call->weight == 0) {
        call->date = date;
        call->weight = 1;
    } else {
        call->weight--;
    }
}

/* The roll call that a row belongs to; NULL when the row is not to be kept. */
static enum ent_status
row_call(struct reader *r, struct call **out, struct ent_date *date, struct ent_error *err)
{
    struct ent_str text = ent__import_text(r->im, r->id);
    uint32_t before = r->ids.count;
    int64_t session, year;
    uint32_t id;

    *out = NULL;
    if (!ent__import_int(r->im, r->session, &session) || !ent__un_date(r->im, r->date, date))
        return ENT_OK;
    if (session < 1 || session > 1000 || text.len == 0) {
        ent__import_problem(r->im, SIZE_MAX, "a vote needs a session and a vote_id");
        return ENT_OK;
    }
    if (ent__import_int(r->im, r->year, &year) && year != ENT_UN_YEAR(session)) {
        ent__import_problem(r->im, r->year, "year %lld is not that of session %lld",
                            (long long)year, (long long)session);
        return ENT_OK;
    }
    ENT_TRY(ent__intern(&r->ids, text, &id, err));
    if (id == before)
        ENT_TRY(add_call(r, id, session, *date, err));
    if (r->seen[id].session != session) {
        ent__import_problem(r->im, r->session, "this roll call is of session %lld on line %zu",
                            (long long)r->seen[id].session, r->seen[id].line);
        return ENT_OK;
    }
    weigh_date(&r->seen[id], *date);
    if (session > r->last_session)
        r->last_session = session;
    *out = &r->seen[id];
    return ENT_OK;
}

static enum ent_status put_vote(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    struct ent_date date;
    struct call *call;
    int64_t vote;
    int state;

    ENT_TRY(row_call(r, &call, &date, err));
    if (!call || !ent__import_int(r->im, r->vote, &vote))
        return ENT_OK;
    if (vote < ENT_UN_YES || vote > ENT_UN_NO) {
        ent__import_problem(r->im, r->vote, "vote %lld is not 1, 2 or 3", (long long)vote);
        return ENT_OK;
    }
    state = ent__import_state(r->im, r->state, ENT_CODE_COWN, (int)ENT_UN_YEAR(call->session));
    if (state < 0)
        return ENT_OK;
    ENT_TRY(ent__import_row(r->im, r->votes, &row, err));
    row[VOTE_YEAR].i = ENT_UN_YEAR(call->session);
    row[VOTE_CALL].i = call->number;
    row[VOTE_STATE].i = ent__un_voter(state, date);
    row[VOTE_VOTE].i = vote;
    ent__import_end_row(r->im, r->votes);
    return ENT_OK;
}

static enum ent_status put_calls(struct reader *r, struct ent_error *err)
{
    for (uint32_t id = 0; id < r->ids.count; id++) {
        const struct call *call = &r->seen[id];
        union ent_value *row;

        ENT_TRY(ent__import_row(r->im, r->calls, &row, err));
        row[CALL_YEAR].i = ENT_UN_YEAR(call->session);
        row[CALL_NUMBER].i = call->number;
        row[CALL_SESSION].i = call->session;
        ENT_TRY(ent__un_put_date(r->calls, &row[CALL_DATE], call->date, err));
        ENT_TRY(ent__stage_text(r->calls, &row[CALL_ID], r->ids.text[id], err));
        row[CALL_RESOLUTION].s = call->resolution;
        row[CALL_AMENDMENT].i = call->amendment;
        row[CALL_PARAGRAPH].i = call->paragraph;
        row[CALL_CALENDAR_YEAR].i = call->date.year;
        ent__stage_commit(r->calls, call->line);
    }
    return ENT_OK;
}

static enum ent_status read_votes(struct reader *r, struct ent_error *err)
{
    char version[40];
    bool more;

    ENT_TRY(find_columns(r, err));
    for (;;) {
        ENT_TRY(ent__import_next(r->im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_vote(r, err));
    }
    if (r->last_session > 0) {
        snprintf(version, sizeof(version), "to session %lld", (long long)r->last_session);
        ent__import_version(r->im, ent__str(version));
    }
    return put_calls(r, err);
}

static enum ent_status import_votes(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    enum ent_status status;

    ent__intern_init(&r.ids);
    status = read_votes(&r, err);
    ent__intern_release(&r.ids);
    ent__free(r.seen);
    return status;
}

static const char *const header[] = { "session", "date", "vote_id", "ccode", "vote", NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "one row a vote",
        .columns = header,
        .import = import_votes,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &vote_table, &call_table, NULL };

const struct ent_dataset ent__unga = {
    .info = {
        .id = "unga",
        .title = "United Nations General Assembly Voting Data",
        .publisher = "Erik Voeten, Anton Strezhnev and Michael Bailey, Harvard Dataverse",
        .citation = "Voeten, Erik, Anton Strezhnev and Michael Bailey. 2009. \"United Nations "
                    "General Assembly Voting Data.\" Harvard Dataverse, "
                    "https://doi.org/10.7910/DVN/LEJUQZ.",
        .bibtex = "@data{voeten2009unga, author = {Voeten, Erik and Strezhnev, Anton and "
                  "Bailey, Michael}, title = {United Nations General Assembly Voting Data}, "
                  "publisher = {Harvard Dataverse}, year = {2009}, doi = "
                  "{10.7910/DVN/LEJUQZ}}",
        .licence = "CC0 1.0",
        .url = "https://doi.org/10.7910/DVN/LEJUQZ",
    },
    .years = "1946 to 2023 (sessions 1 to 78), without emergency special sessions",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
