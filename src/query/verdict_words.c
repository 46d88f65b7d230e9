/*
 * A verdict in words.  Every sentence is chosen by a threshold on a number that stands in
 * the verdict; docs/VERDICT.md lists them.
 */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "entente/number.h"
#include "entente/state.h"
#include "query/verdict.h"

/* From where on p says so. */
#define P_LIKE   0.75
#define P_MORE   0.50
#define P_PART   0.20
#define P_SOME   0.05
#define P_RISING 0.10 /* more than six years before */

#define ONE_SIDED 3.0  /* times the other's */
#define PARTLY    0.10 /* of deals that failed: worth a word */
#define APART     0.30 /* between the places of talk and of deeds */

const char *ent__with_article(struct ent_arena *arena, const char *name)
{
    static const char *const begins[] = {
        "United ", "Soviet ", "Netherlands", "Philippines", "Bahamas", "Maldives",    "Gambia",
        "Comoros", "Vatican", "Papal ",      "Holy See",    "Congo",   "Two Sicilies"
    };
    static const char *const ends[] = { " Republic", " Islands",    " Union",
                                        " Kingdom",  " Federation", " Coast" };
    struct ent_str s = ent__str(name);
    bool the = false;

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
        the = the || ent__str_starts(s, begins[i]);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        the = the || (ent__str_ends(s, ends[i]) && !ent__str_starts(s, "Ivory"));
    return ent__arena_printf(arena, "%s%s", the ? "the " : "", name);
}

const char *ent__owner(struct ent_arena *arena, const char *name)
{
    if (!name)
        return NULL;
    return ent__arena_printf(arena, "%s%s", name,
                             ent__str_ends(ent__str(name), "s") ? "'" : "'s");
}

static void capital(char *text)
{
    text[0] = (char)toupper((unsigned char)text[0]);
}

void ent__add_line(struct ent_lines *lines, const char *format, ...)
{
    va_list args;
    char *at;

    if (lines->count == ENT_VERDICT_LINES)
        return;
    at = lines->at[lines->count++];
    va_start(args, format);
    vsnprintf(at, ENT_VERDICT_LINE, format, args);
    va_end(args);
    capital(at);
}

/* "12", "fewer than 1", "more than 99": of a hundred. */
static void in_hundred(double p, char *text, size_t size)
{
    if (p < 0.005)
        snprintf(text, size, "fewer than 1");
    else if (p > 0.995)
        snprintf(text, size, "more than 99");
    else
        snprintf(text, size, "about %.0f", 100 * p);
}

/* "12 to 30", "below 1": an interval, of a hundred. */
static void interval_text(double low, double high, char *text, size_t size)
{
    const double ends[] = { low, high };
    char word[2][24];

    for (int k = 0; k < 2; k++) {
        if (ends[k] < 0.005)
            snprintf(word[k], sizeof(word[k]), "below 1");
        else if (ends[k] > 0.995)
            snprintf(word[k], sizeof(word[k]), "above 99");
        else
            snprintf(word[k], sizeof(word[k]), "%.0f", 100 * ends[k]);
    }
    snprintf(text, size, "%s%s%s", word[0], strcmp(word[0], word[1]) == 0 ? "" : " to ",
             strcmp(word[0], word[1]) == 0 ? "" : word[1]);
}

/* Of a year before those that the model was fitted on. */
static void say_early(struct ent_verdict *v)
{
    size_t used = strlen(v->doubt);

    if (v->year < v->first_year)
        snprintf(v->doubt + used, sizeof(v->doubt) - used,
                 "  The model learnt from %d to %d, and %d lies before.", v->first_year,
                 v->last_year, v->year);
}

static void say_share(struct ent_verdict *v)
{
    char n[24], base[24], place[40], of[40], draws[56], range[56];

    if (v->score.refused) {
        snprintf(v->share, sizeof(v->share), "No probability: %.180s", v->score.why);
        return;
    }
    in_hundred(v->score.p, n, sizeof(n));
    in_hundred(v->base_rate, base, sizeof(base));
    snprintf(v->share, sizeof(v->share),
             "Of pairs that behave like this, %s in 100 had a defence pact; of all pairs, %s.",
             n, base);
    interval_text(v->score.low, v->score.high, draws, sizeof(draws));
    interval_text(v->range_low, v->range_high, range, sizeof(range));
    snprintf(v->doubt, sizeof(v->doubt), "90 %% interval %s; %s across specifications.", draws,
             range);
    if (v->rank.place) {
        size_t used = strlen(v->doubt);

        ent_ordinal_text(v->rank.place, place, sizeof(place));
        snprintf(v->doubt + used, sizeof(v->doubt) - used,
                 "  The %s%smost ally-like of the %s pairs without a pact%s.",
                 v->rank.place == 1 ? "" : place, v->rank.place == 1 ? "" : " ",
                 ent_integer_text(v->rank.of, of, sizeof(of)),
                 v->treaties.core ? ", had it none" : "");
    }
    say_early(v);
}

/* How the two behave, by p. */
static const char *behaviour(double p)
{
    return p >= P_LIKE   ? "behaved like treaty allies"
           : p >= P_MORE ? "behaved more like treaty allies than not"
           : p >= P_PART ? "behaved in part like treaty allies"
           : p >= P_SOME ? "had some of the ways of treaty allies"
                         : "did not behave like treaty allies";
}

/* What treaties bind them, as the end of the sentence. */
static void bond(const struct ent_verdict *v, char *text, size_t size)
{
    const struct ent_treaties *t = &v->treaties;
    uint32_t any = t->owes[0] | t->owes[1];
    bool like = !v->score.refused && v->score.p >= P_MORE;
    char when[40] = "";

    if (t->known && t->year < v->year)
        snprintf(when, sizeof(when), " when last observed, in %d", t->year);
    if (!t->known)
        snprintf(text, size, "; treaties of that year are not known");
    else if (t->core)
        snprintf(text, size, "%s had a defence pact%s", like ? ", and" : ", yet", when);
    else if (any & ENT_OWES_DEFENSE)
        snprintf(text, size, ", bound to defend by %s%s",
                 t->core_known ? "a regional charter only" : "treaty", when);
    else if (any & ENT_OWES_CONSULTATION)
        snprintf(text, size, "%s had pledged to consult, not to defend each other%s",
                 like ? ", but" : ", and", when);
    else
        snprintf(text, size, ", %s had no defence pact%s", like ? "but" : "and", when);
}

/* Rivals come first, whatever the share: to call them like allies would mislead. */
static void say_rivals(struct ent_verdict_work *w)
{
    struct ent_verdict *v = w->v;
    const struct ent_treaties *t = &v->treaties;
    uint32_t any = t->owes[0] | t->owes[1];
    const char *bound = !t->known                   ? ""
                        : t->core                   ? " under a common defence pact"
                        : !(any & ENT_OWES_DEFENSE) ? " without a defence pact"
                        : t->core_known             ? " under a regional charter"
                                                    : " under a defence treaty";
    const char *ways = v->score.refused       ? "; too little else is known to tell"
                       : v->score.p >= P_MORE ? ", though their votes, trade and place are "
                                                "those of allies"
                       : v->score.p >= P_PART ? ", though their votes, trade and place are in "
                                                "part those of allies"
                                              : ", and did not behave like treaty allies";

    snprintf(v->answer, sizeof(v->answer), "In %d %s and %s were strategic rivals%s%s.",
             v->year, w->evidence.name[0], w->evidence.name[1], bound, ways);
}

static void say_answer(struct ent_verdict_work *w)
{
    struct ent_verdict *v = w->v;
    const struct ent_evidence *rivals = ent__evidence(&w->evidence, "rivalry.active", NULL);
    char end[128];

    if (ent__evidence_most(rivals) > 0) {
        say_rivals(w);
        return;
    }
    bond(v, end, sizeof(end));
    if (v->score.refused)
        snprintf(v->answer, sizeof(v->answer),
                 "Too little is known of how %s and %s behaved in %d to tell%s.",
                 w->evidence.name[0], w->evidence.name[1], v->year, end);
    else
        snprintf(v->answer, sizeof(v->answer), "In %d %s and %s %s%s.", v->year,
                 w->evidence.name[0], w->evidence.name[1], behaviour(v->score.p), end);
}

/* How p has moved in the years before that are known; NAN when none is. */
static double rise(const struct ent_verdict *v)
{
    for (int k = 0; k < ENT_VERDICT_YEARS - 1; k++) {
        if (!isnan(v->p_before[k]))
            return v->score.p - v->p_before[k];
    }
    return NAN;
}

/* What two lack whose condition is not met, in the order of the conditions. */
static const char *const lacking[ENT_VERDICT_CONDITIONS] = {
    "a common opponent", "trust",    "freedom from fear",        "shared values",
    "equal ties",        "delivery", "restraint towards rivals",
};

static int count_of(const struct ent_verdict *v, enum ent_answer answer)
{
    int count = 0;

    for (int k = 0; k < ENT_VERDICT_CONDITIONS; k++)
        count += v->conditions[k].answer == answer;
    return count;
}

/* "trust, equal ties and delivery" */
static void list_lacking(const struct ent_verdict *v, char *text, size_t size)
{
    int left = count_of(v, ENT_ANSWER_NOT_MET);
    size_t used = 0;

    text[0] = '\0';
    for (int k = 0; k < ENT_VERDICT_CONDITIONS; k++) {
        if (v->conditions[k].answer != ENT_ANSWER_NOT_MET || used >= size)
            continue;
        left--;
        used += (size_t)snprintf(text + used, size - used, "%s%s", lacking[k],
                                 left > 1 ? ", "
                                 : left   ? " and "
                                          : "");
    }
}

static void say_tension(struct ent_verdict *v)
{
    int yes = count_of(v, ENT_ANSWER_MET), no = count_of(v, ENT_ANSWER_NOT_MET);
    char not_met[140];
    double up = rise(v);

    list_lacking(v, not_met, sizeof(not_met));

    if (v->score.refused)
        return;
    if ((v->score.p >= P_PART || up >= P_RISING) && no >= (v->treaties.core ? 3 : 2))
        snprintf(v->tension, sizeof(v->tension),
                 "Model and conditions disagree: they behave%s like allies, but lack %s.",
                 up >= P_RISING         ? " ever more"
                 : v->score.p >= P_MORE ? ""
                                        : " in part",
                 not_met);
    else if (v->score.p < P_PART && yes >= 4 && no <= 1)
        snprintf(
            v->tension, sizeof(v->tension),
            "Model and conditions disagree: %d of %d conditions are met, yet the two do not "
            "behave like allies.",
            yes, ENT_VERDICT_CONDITIONS);
}

/* A share without the votes, the weightiest evidence of all, is less than it looks. */
static void warn_of_votes(struct ent_verdict *v)
{
    for (size_t i = 0; i < v->point_count; i++) {
        if (strcmp(v->points[i].subject, "UN votes") == 0 && !v->points[i].known)
            ent__add_line(&v->warnings,
                          "no UN votes of these two are known: the share rests on the rest.");
    }
}

static void say_warnings(struct ent_verdict_work *w)
{
    struct ent_lines *lines = &w->v->warnings;
    const struct ent_evidence *rivals = ent__evidence(&w->evidence, "rivalry.active", NULL);
    const struct ent_evidence *count = ent__evidence(&w->evidence, "dispute.count10", NULL);
    const struct ent_evidence *since =
        count ? ent__evidence(&w->evidence, "dispute.years_since", count->source) : NULL;
    double n = ent__evidence_most(count);

    if (ent__evidence_most(rivals) > 0)
        ent__add_line(
            lines,
            "strategic rivals in %d: the share takes no account of it, as history gives "
            "rivalry no weight in who signs pacts.",
            rivals->year);
    if (n > 0 && since)
        ent__add_line(lines, "militarised disputes in the ten years to %d, the last in %.0f.",
                      count->year, since->year - ent__evidence_most(since));
    else if (n > 0)
        ent__add_line(lines, "militarised disputes in the ten years to %d.", count->year);
}

static bool much_larger(double x, double y)
{
    return x > 0 && (y <= 0 || x / y >= ONE_SIDED);
}

/* Which side is the larger, when it is much so; -1: neither. */
static int larger_side(const struct ent_evidence *e)
{
    double a = ent__evidence_value(e, ENT_A_TO_B), b = ent__evidence_value(e, ENT_B_TO_A);

    if (isnan(a) || isnan(b))
        return -1;
    return much_larger(a, b) ? 0 : much_larger(b, a) ? 1 : -1;
}

static void say_one_sided(struct ent_verdict_work *w)
{
    const struct ent_evidence_list *list = &w->evidence;
    struct ent_lines *lines = &w->v->one_sided;
    const struct ent_evidence *share = ent__evidence(list, "trade.share", NULL);
    const struct ent_evidence *arms = ent__evidence(list, "arms.delivered5", NULL);
    const struct ent_evidence *gdp = ent__evidence(list, "power.gdp_ratio", NULL);
    char there[32], back[32];
    int s = larger_side(share);

    if (s >= 0)
        ent__add_line(lines, "%s is %.1f %% of %s trade, %s %.1f %% of %s (%d).",
                      list->name[1 - s], 100 * share->value[s], list->own[s], list->name[s],
                      100 * share->value[1 - s], list->own[1 - s], share->year);
    s = larger_side(arms);
    if (s >= 0 && arms->value[s] >= 1)
        ent__add_line(lines, "%s delivered arms of %s m TIV in five years, and got %s (%d).",
                      list->name[s], ent__thousands(arms->value[s], there, sizeof(there)),
                      ent__thousands(arms->value[1 - s], back, sizeof(back)), arms->year);
    s = larger_side(gdp);
    if (s >= 0)
        ent__add_line(lines, "%s economy is %s times %s (%d).", list->own[s],
                      ent__thousands(gdp->value[s], there, sizeof(there)), list->own[1 - s],
                      gdp->year);
}

/* The mean of the places among all of some measures; NAN of none. */
static double mean_place(const struct ent_evidence_list *list, const char *const *ids,
                         size_t count, double *year)
{
    double sum = 0;
    int n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct ent_evidence *e = ent__evidence(list, ids[i], NULL);

        for (int s = 0; e && s < ENT_WAYS; s++) {
            if (isnan(e->among_all[s]))
                continue;
            sum += e->among_all[s];
            n++;
        }
        if (e && e->year > *year)
            *year = e->year;
    }
    return n ? sum / n : (double)NAN;
}

static void say_talk(struct ent_verdict_work *w)
{
    static const char *const talk[] = { "visits.leaders5", "visits.hosted5" };
    static const char *const votes[] = { "votes.kappa" };
    static const char *const deeds[] = { "trade.share", "trade.dependence", "arms.delivered5",
                                         "investment.amount5" };
    const struct ent_evidence_list *list = &w->evidence;
    struct ent_lines *lines = &w->v->talk;
    const struct ent_evidence *troubled =
        ent__evidence(list, "investment.troubled_share", NULL);
    const struct ent_treaties *t = &w->v->treaties;
    uint32_t any = t->owes[0] | t->owes[1];
    double year = 0;
    double said = mean_place(list, talk, 2, &year), voted = mean_place(list, votes, 1, &year);
    double done = mean_place(list, deeds, 4, &year);
    int s = isnan(ent__evidence_value(troubled, ENT_A_TO_B)) ? 1 : 0;

    if (t->known && (any & ENT_OWES_CONSULTATION) && !(any & ENT_OWES_DEFENSE))
        ent__add_line(lines, "pledged to consult, not to defend (%d).", t->year);
    if (troubled && troubled->value[s] >= PARTLY)
        ent__add_line(
            lines, "%.0f %% of %s deals in %s over five years failed or stalled (%d).",
            100 * troubled->value[s], list->own[s], list->name[1 - s], troubled->year);
    if (said - done >= APART)
        ent__add_line(
            lines,
            "their leaders meet more than those of %.0f %% of pairs, but their trade and arms "
            "stand above %.0f %%.",
            100 * said, 100 * done);
    if (voted - done >= APART)
        ent__add_line(
            lines,
            "they vote alike more than %.0f %% of pairs, but their trade and arms stand above "
            "%.0f %%.",
            100 * voted, 100 * done);
}

static void say_missing(struct ent_verdict *v)
{
    char text[ENT_VERDICT_LINE];
    size_t used = 0;

    text[0] = '\0';
    for (int d = 0; d < ENT_DIMENSIONS; d++) {
        if (v->profile.dimension[d].known == 0 && used < sizeof(text))
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used ? ", " : "",
                                     ent_dimension_name((enum ent_dimension)d));
    }
    if (used)
        ent__add_line(&v->unknown, "no data on %s.", text);
}

static void say_treaties_end(struct ent_verdict *v)
{
    if (v->treaties.known && v->treaties.year < v->year)
        ent__add_line(&v->unknown, "treaties after %d.", v->treaties.year);
}

void ent__verdict_words(struct ent_verdict_work *w)
{
    say_share(w->v);
    say_answer(w);
    say_tension(w->v);
    say_warnings(w);
    say_one_sided(w);
    say_talk(w);
    say_missing(w->v);
    ent__verdict_points(w);
    warn_of_votes(w->v);
    say_treaties_end(w->v);
}

char *ent_obligations_text(uint32_t owes, char *text, size_t size)
{
    static const char *const names[] = { "defence", "joining in attack", "neutrality",
                                         "non-aggression", "consultation" };
    size_t used = 0;

    text[0] = '\0';
    for (int k = 0; k < 5; k++) {
        if ((owes & (1u << k)) && used < size)
            used +=
                (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "", names[k]);
    }
    return text;
}
