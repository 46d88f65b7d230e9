/*
 * The ladder of strategic alignment, after Korolev 2019.
 *
 * The rungs are his, the rules ours: each is read off what a published dataset says, and
 * where none says anything the rung is unknown.  docs/VERDICT.md has them as a table.
 * A treaty obligation is ATOP's; bases and commands that rest on agreements other than a
 * treaty of alliance are not in the data.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "assess/tests.h"

enum rung {
    CONFIDENCE = 0,
    CONSULTATIONS,
    ARMS,
    EXERCISES,
    COMMAND,
    BASES,
    POLICY,
};

static const struct ent_finding rungs_blank[ENT_RUNGS] = {
    [CONFIDENCE] = { .id = "confidence", .title = "confidence building", .group = "early" },
    [CONSULTATIONS] = { .id = "consultations",
                        .title = "regular consultations",
                        .group = "early" },
    [ARMS] = { .id = "arms", .title = "arms cooperation", .group = "moderate" },
    [EXERCISES] = { .id = "exercises", .title = "regular exercises", .group = "moderate" },
    [COMMAND] = { .id = "command", .title = "joint command", .group = "advanced" },
    [BASES] = { .id = "bases", .title = "troops or bases", .group = "advanced" },
    [POLICY] = { .id = "policy", .title = "common defence", .group = "advanced" },
};

/* Thresholds: a delivery worth the name, a meeting a year, an exercise in most years. */
#define ARMS_MET      10.0 /* million TIV over five years, both directions together */
#define MEETINGS_MET  5.0  /* in five years */
#define EXERCISES_MET 3.0  /* in five years */

struct ent_finding *
ent__test_say(struct ent_finding *test, enum ent_answer answer, const char *format, ...)
{
    va_list args;

    test->answer = answer;
    va_start(args, format);
    vsnprintf(test->why, sizeof(test->why), format, args);
    va_end(args);
    return test;
}

void ent__test_year(struct ent_finding *test, const struct ent_evidence *e)
{
    if (e && e->year > test->year)
        test->year = e->year;
}

char *ent__thousands(double value, char *text, size_t size)
{
    long long n = llround(value);

    if (n >= 1000000)
        snprintf(text, size, "%lld,%03lld,%03lld", n / 1000000, n / 1000 % 1000, n % 1000);
    else if (n >= 1000)
        snprintf(text, size, "%lld,%03lld", n / 1000, n % 1000);
    else
        snprintf(text, size, "%lld", n);
    return text;
}

/* What of two sides is known, added up; NAN of none. */
static double sum_of(const struct ent_evidence *e)
{
    double a = ent__evidence_value(e, ENT_A_TO_B), b = ent__evidence_value(e, ENT_B_TO_A);

    return isnan(a) ? b : isnan(b) ? a : a + b;
}

static void confidence(const struct ent_evidence_list *list, const struct ent_terms *terms,
                       struct ent_finding *rung)
{
    const struct ent_evidence *disputes = ent__evidence(list, "dispute.count10", NULL);
    const struct ent_evidence *rivals = ent__evidence(list, "rivalry.active", NULL);
    bool pledge = terms->nonagg == ENT_TERM_YES || terms->neutral == ENT_TERM_YES ||
                  terms->consul == ENT_TERM_YES || terms->defense == ENT_TERM_YES;
    bool hostile = ent__evidence_most(disputes) > 0 || ent__evidence_most(rivals) > 0;
    const char *how =
        ent__evidence_most(rivals) > 0 ? "rivals all the same" : "but disputes of late";

    ent__test_year(rung, rivals ? rivals : disputes);
    if (pledge)
        rung->year = terms->year > rung->year ? terms->year : rung->year;
    if (pledge && hostile)
        ent__test_say(rung, ENT_ANSWER_MIXED, "%s, %s",
                      terms->nonagg == ENT_TERM_YES ? "a pledge not to attack"
                                                    : "a treaty of alliance",
                      how);
    else if (pledge)
        ent__test_say(rung, ENT_ANSWER_MET, "%s",
                      terms->nonagg == ENT_TERM_YES ? "a pledge not to attack"
                                                    : "a treaty of alliance");
    else if (hostile)
        ent__test_say(rung, ENT_ANSWER_NOT_MET, "no pledge; %s",
                      ent__evidence_most(rivals) > 0 ? "rivals" : "disputes in ten years");
    else
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "no pledge; no dispute to build down");
}

/*
 * Sources of journeys: those of one traveller tell of the same journeys, and those of
 * others add up.  Whoever came to a host is among the host's visitors.
 */
static const struct {
    const char *measure, *source;
    int traveller;
} journeys[] = {
    { "visits.leaders5", "visits_china_travel", 0 },
    { "visits.leaders5", "visits_china_engagements", 0 },
    { "visits.leaders5", "visits_us_president", 1 },
    { "visits.leaders5", "visits_us_secretary", 2 },
};

enum {
    TRAVELLERS = 3,
};

/* Leaders' meetings in five years, as far as anybody tracks them. */
struct meetings {
    double count; /* NAN: none is tracked */
    bool seen[ENT_WAYS];
    int year;
};

/* Journeys from one side to the other; NAN where nobody tracks them. */
static double count_journeys(const struct ent_evidence_list *list, enum ent_way side, int *year)
{
    const struct ent_evidence *hosts = ent__evidence(list, "visits.hosted5", NULL);
    double most[TRAVELLERS] = { NAN, NAN, NAN }, sum = NAN;

    for (size_t i = 0; i < sizeof(journeys) / sizeof(journeys[0]); i++) {
        const struct ent_evidence *e =
            ent__evidence(list, journeys[i].measure, journeys[i].source);
        double *known = &most[journeys[i].traveller];

        *known = fmax(*known, ent__evidence_value(e, side)); /* fmax leaves a NAN out */
        if (e && e->year > *year)
            *year = e->year;
    }
    for (int t = 0; t < TRAVELLERS; t++) {
        if (!isnan(most[t]))
            sum = isnan(sum) ? most[t] : sum + most[t];
    }
    if (hosts && hosts->year > *year)
        *year = hosts->year;
    return fmax(sum, ent__evidence_value(hosts, side == ENT_A_TO_B ? ENT_B_TO_A : ENT_A_TO_B));
}

static struct meetings count_meetings(const struct ent_evidence_list *list)
{
    struct meetings m = { .count = NAN };

    for (int s = 0; s < ENT_WAYS; s++) {
        double n = count_journeys(list, (enum ent_way)s, &m.year);

        m.seen[s] = !isnan(n);
        if (m.seen[s])
            m.count = isnan(m.count) ? n : m.count + n;
    }
    return m;
}

/* "16 meetings in five years"; a lower bound where one side's journeys are not tracked. */
static void meetings_text(const struct meetings *m, char *text, size_t size)
{
    bool all = m->seen[ENT_A_TO_B] && m->seen[ENT_B_TO_A];

    snprintf(text, size, "%s%.0f meeting%s in five years", all ? "" : "at least ", m->count,
             m->count == 1 ? "" : "s");
}

/* Of few meetings that are known there may be more: it is not met only where both travel. */
static void consultations(const struct ent_evidence_list *list, const struct ent_terms *terms,
                          struct ent_finding *rung)
{
    struct meetings m = count_meetings(list);
    const char *pledge = terms->consul == ENT_TERM_NO ? "no pledge; " : "";
    int unseen = m.seen[ENT_A_TO_B] ? 1 : 0;
    char text[64];

    meetings_text(&m, text, sizeof(text));
    rung->year = m.year;
    if (terms->consul == ENT_TERM_YES && terms->year > rung->year)
        rung->year = terms->year;
    if (terms->consul == ENT_TERM_YES && !isnan(m.count))
        ent__test_say(rung, ENT_ANSWER_MET, "pledged; %s", text);
    else if (terms->consul == ENT_TERM_YES)
        ent__test_say(rung, ENT_ANSWER_MET, "a pledge to consult");
    else if (isnan(m.count))
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "%smeetings are not tracked", pledge);
    else if (m.count >= MEETINGS_MET)
        ent__test_say(rung, ENT_ANSWER_MET, "no pledge, but %s", text);
    else if (m.seen[ENT_A_TO_B] && m.seen[ENT_B_TO_A])
        ent__test_say(rung, ENT_ANSWER_NOT_MET, "%s%s", pledge, text);
    else
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "%s%s; %s journeys are not tracked", pledge,
                      text, list->own[unseen]);
}

static void arms(const struct ent_evidence_list *list, struct ent_finding *rung)
{
    const struct ent_evidence *e = ent__evidence(list, "arms.delivered5", NULL);
    double there = ent__evidence_value(e, ENT_A_TO_B),
           back = ent__evidence_value(e, ENT_B_TO_A);
    double sum = sum_of(e);
    int giver = !(there >= back);
    const char *name = list->name[giver];
    char number[32];

    ent__test_year(rung, e);
    if (!e)
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "no data on arms");
    else if (!(sum > 0))
        ent__test_say(rung, ENT_ANSWER_NOT_MET, "no arms delivered in five years");
    else if (fmin(there, back) > 0.25 * fmax(there, back))
        ent__test_say(rung, sum >= ARMS_MET ? ENT_ANSWER_MET : ENT_ANSWER_MIXED,
                      "arms both ways, %s m TIV in five years",
                      ent__thousands(sum, number, sizeof(number)));
    else
        ent__test_say(rung, sum >= ARMS_MET ? ENT_ANSWER_MET : ENT_ANSWER_MIXED,
                      "%s gave %s m TIV in five years", name,
                      ent__thousands(fmax(there, back), number, sizeof(number)));
}

static void exercises(const struct ent_evidence_list *list, struct ent_finding *rung)
{
    const struct ent_evidence *e = ent__evidence(list, "exercises.joint5", NULL);
    double n = ent__evidence_most(e);

    ent__test_year(rung, e);
    if (!e)
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "the data follow Russia only, 2009 to 2015");
    else
        ent__test_say(rung,
                      n >= EXERCISES_MET ? ENT_ANSWER_MET
                      : n > 0            ? ENT_ANSWER_MIXED
                                         : ENT_ANSWER_NOT_MET,
                      "%.0f in five years", n);
}

static void
by_treaty(enum ent_term term, const struct ent_terms *terms, struct ent_finding *rung)
{
    static const enum ent_answer answers[] = { ENT_ANSWER_UNKNOWN, ENT_ANSWER_NOT_MET,
                                               ENT_ANSWER_MET };

    rung->year = terms->year;
    ent__test_say(rung, answers[term], "%s",
                  term == ENT_TERM_YES  ? "by treaty"
                  : term == ENT_TERM_NO ? "in no treaty"
                                        : "not known");
}

static void policy(const struct ent_terms *terms, struct ent_finding *rung)
{
    rung->year = terms->year;
    if (terms->year == 0)
        ent__test_say(rung, ENT_ANSWER_UNKNOWN, "treaties are not known");
    else if (terms->core_defense != ENT_TERM_YES)
        ent__test_say(rung, ENT_ANSWER_NOT_MET, "%s",
                      terms->defense == ENT_TERM_YES ? "a regional charter only"
                                                     : "no pledge to defend");
    else if (terms->mutual_defense == ENT_TERM_YES && terms->command == ENT_TERM_YES)
        ent__test_say(rung, ENT_ANSWER_MET, "mutual defence and a joint command");
    else
        ent__test_say(rung, ENT_ANSWER_MIXED, "%s, no joint command",
                      terms->mutual_defense == ENT_TERM_YES ? "mutual defence"
                                                            : "defence one way");
}

void ent__ladder(const struct ent_evidence_list *list, const struct ent_terms *terms,
                 struct ent_finding *rungs)
{
    for (int k = 0; k < ENT_RUNGS; k++) {
        rungs[k] = rungs_blank[k];
        rungs[k].place = NAN;
    }
    confidence(list, terms, &rungs[CONFIDENCE]);
    consultations(list, terms, &rungs[CONSULTATIONS]);
    arms(list, &rungs[ARMS]);
    exercises(list, &rungs[EXERCISES]);
    by_treaty(terms->command, terms, &rungs[COMMAND]);
    by_treaty(terms->bases, terms, &rungs[BASES]);
    policy(terms, &rungs[POLICY]);
}
