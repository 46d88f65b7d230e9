/*
 * Published ideal points of states in the General Assembly (Bailey, Strezhnev and
 * Voeten), and the pairs of repeated resolutions that make them comparable over
 * time.
 *
 * An estimate belongs to a session and stands under its year, session + 1945; the
 * file of April 2020 covers sessions 1 to 74 without 19, in Latin-1.  Its heading
 * writes the lowest quantile "QO%", with a letter.  China's estimates of sessions 1
 * to 4 are under 713 in the file, Germany's and Yemen's of session 45 under 260 and
 * 678; here they are under the state that voted.  Session 26 has one of each China.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/mapped.h"
#include "datasets/un_vote.h"

static const struct ent_column point_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "session + 1945: the year it opened in" },
    { "state", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "session", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "session of the General Assembly" },
    { "votes", ENT_ROLE_VALUE, ENT_TYPE_INT, "votes", "votes that the estimate rests on" },
    { "ideal_point", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations",
      "mean of the posterior; higher is nearer to the United States" },
    { "q5", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations", "5 % quantile" },
    { "q10", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations", "10 % quantile" },
    { "q50", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations", "median" },
    { "q90", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations", "90 % quantile" },
    { "q95", ENT_ROLE_VALUE, ENT_TYPE_REAL, "standard deviations", "95 % quantile" },
};

enum {
    POINT_YEAR,
    POINT_STATE,
    POINT_SESSION,
    POINT_VOTES,
    POINT_IDEAL,
    POINT_Q5,
    POINT_Q10,
    POINT_Q50,
    POINT_Q90,
    POINT_Q95,
    POINT_COLUMNS
};

static const struct ent_table point_table = {
    .name = "ideal_point",
    .what = "published ideal point of a state in a session of the General Assembly",
    .columns = point_columns,
    .column_count = POINT_COLUMNS,
    .key_count = 2,
};

static const struct {
    const char *name;
    size_t to;
} estimates[] = {
    { "IdealPoint", POINT_IDEAL }, { "Q5%", POINT_Q5 },   { "Q10%", POINT_Q10 },
    { "Q50%", POINT_Q50 },         { "Q90%", POINT_Q90 }, { "Q95%", POINT_Q95 },
};

enum {
    ESTIMATES = sizeof(estimates) / sizeof(estimates[0]),
};

struct reader {
    struct ent_import *im;
    struct ent_stage *stage;
    size_t state, session, votes;
    size_t estimate[ESTIMATES];
    int64_t last_session;
};

static enum ent_status find_columns(struct reader *r, struct ent_error *err)
{
    ENT_TRY(ent__import_need(r->im, "ccode", &r->state, err));
    ENT_TRY(ent__import_need(r->im, "session", &r->session, err));
    ENT_TRY(ent__import_need(r->im, "NVotes", &r->votes, err));
    for (size_t i = 0; i < ESTIMATES; i++)
        ENT_TRY(ent__import_need(r->im, estimates[i].name, &r->estimate[i], err));
    return ent__import_stage(r->im, &point_table, &r->stage, err);
}

static enum ent_status put_point(struct reader *r, struct ent_error *err)
{
    union ent_value *row;
    int64_t session;
    int state;

    if (!ent__import_int(r->im, r->session, &session))
        return ENT_OK;
    if (session < 1 || session > 1000) {
        ent__import_problem(r->im, r->session, "session %lld is none", (long long)session);
        return ENT_OK;
    }
    state = ent__import_state(r->im, r->state, ENT_CODE_COWN, (int)ENT_UN_YEAR(session));
    if (state < 0)
        return ENT_OK;
    /* 1 December is in all sessions, and all that votes changed hands by is before it. */
    state = ent__un_voter(state, (struct ent_date){ (int)ENT_UN_YEAR(session), 12, 1 });
    ENT_TRY(ent__import_row(r->im, r->stage, &row, err));
    row[POINT_YEAR].i = ENT_UN_YEAR(session);
    row[POINT_STATE].i = state;
    row[POINT_SESSION].i = session;
    (void)ent__import_put_int(r->im, r->votes, &row[POINT_VOTES]);
    for (size_t i = 0; i < ESTIMATES; i++)
        (void)ent__import_put_real(r->im, r->estimate[i], &row[estimates[i].to]);
    ent__import_end_row(r->im, r->stage);
    r->last_session = session > r->last_session ? session : r->last_session;
    return ENT_OK;
}

static enum ent_status import_points(struct ent_import *im, struct ent_error *err)
{
    struct reader r = { .im = im };
    char version[40];
    bool more;

    ENT_TRY(find_columns(&r, err));
    ent__import_part(im, ent__str("estimates"));
    for (;;) {
        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            break;
        ENT_TRY(put_point(&r, err));
    }
    if (r.last_session > 0) {
        snprintf(version, sizeof(version), "to session %lld", (long long)r.last_session);
        ent__import_version(im, ent__str(version));
    }
    return ENT_OK;
}

/* Repeated resolutions. */

static const struct ent_column match_columns[] = {
    { "v1", ENT_ROLE_KEY, ENT_TYPE_INT, "", "number of the pair in the file" },
    { "rcid1", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "roll call" },
    { "rcid2", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "a later roll call on the same resolution" },
};

enum {
    MATCH_NUMBER,
    MATCH_FIRST,
    MATCH_SECOND,
    MATCH_COLUMNS
};

static const struct ent_table match_table = {
    .name = "unga_match",
    .what = "two roll calls on the same resolution, which anchor ideal points over time",
    .columns = match_columns,
    .column_count = MATCH_COLUMNS,
    .key_count = 1,
};

static enum ent_status import_matches(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "v1", MATCH_NUMBER },
        { "rcid1", MATCH_FIRST },
        { "rcid2", MATCH_SECOND },
    };

    ent__import_part(im, ent__str("matches"));
    return ent__import_mapped(im, &match_table, map, sizeof(map) / sizeof(map[0]), err);
}

static const char *const point_header[] = { "ccode",      "session", "NVotes",
                                            "IdealPoint", "Q50%",    NULL };
static const char *const match_header[] = { "v1", "rcid1", "rcid2", NULL };
static const char *const missing_texts[] = { "NA", NULL };

static const struct ent_form forms[] = {
    {
        .name = "estimates",
        .columns = point_header,
        .import = import_points,
        .missing_texts = missing_texts,
    },
    {
        .name = "repeated resolutions",
        .columns = match_header,
        .import = import_matches,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &point_table, &match_table, NULL };

const struct ent_dataset ent__ideal_points = {
    .info = {
        .id = "ideal_points",
        .title = "Ideal points of states in the General Assembly",
        .publisher = "Michael Bailey, Anton Strezhnev and Erik Voeten, Harvard Dataverse",
        .citation = "Bailey, Michael A., Anton Strezhnev and Erik Voeten. 2017. \"Estimating "
                    "Dynamic State Preferences from United Nations Voting Data.\" Journal of "
                    "Conflict Resolution 61 (2): 430-456.",
        .bibtex = "@article{bailey2017estimating, author = {Bailey, Michael A. and Strezhnev, "
                  "Anton and Voeten, Erik}, title = {Estimating Dynamic State Preferences from "
                  "United Nations Voting Data}, journal = {Journal of Conflict Resolution}, "
                  "volume = {61}, number = {2}, pages = {430--456}, year = {2017}}",
        .licence = "CC0 1.0",
        .url = "https://doi.org/10.7910/DVN/LEJUQZ",
    },
    .years = "1946 to 2019 (sessions 1 to 74)",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
