/* A verdict on one page, and its numbers as a table. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"

static void capital(char *text)
{
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
}

/* A score, rounded; a dash where there is none. */
static void score_cell(struct ent_document *page, enum ent_tone tone, double score)
{
    char text[24] = "—", raw[ENT_NUMBER_TEXT] = "";

    if (!isnan(score)) {
        snprintf(text, sizeof(text), "%.0f", score);
        ent_number_exact(score, raw, sizeof(raw));
    }
    ent_document_cell(page, tone, text, raw);
}

static void change_cell(struct ent_document *page, double change)
{
    char text[24] = "";

    if (!isnan(change))
        snprintf(text, sizeof(text), fabs(change) < 0.5 ? "0" : "%+.0f", change);
    ent_document_cell(page,
                      change >= 5    ? ENT_TONE_GOOD
                      : change <= -5 ? ENT_TONE_BAD
                                     : ENT_TONE_PLAIN,
                      text, NULL);
}

static void years_cell(struct ent_document *page, const struct ent_profile_dimension *d)
{
    char text[64];

    if (d->known == 0)
        snprintf(text, sizeof(text), "no data");
    else if (d->first_year == d->last_year)
        snprintf(text, sizeof(text), "%zu of %zu, %d", d->known, d->rules, d->last_year);
    else
        snprintf(text, sizeof(text), "%zu of %zu, %d–%d", d->known, d->rules, d->first_year,
                 d->last_year);
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
}

static void put_dimensions(struct ent_document *page, const struct ent_verdict *v)
{
    char there[40], back[40];
    struct ent_document_column columns[] = {
        { "dimension", "Place of 100", ENT_ALIGN_LEFT, false, 0 },
        { "score", "all", ENT_ALIGN_RIGHT, false, 0 },
        { "among_allies", "allies", ENT_ALIGN_RIGHT, false, 0 },
        { "a_to_b", there, ENT_ALIGN_RIGHT, false, 3 },
        { "b_to_a", back, ENT_ALIGN_RIGHT, false, 3 },
        { "change", "10 y", ENT_ALIGN_RIGHT, false, 2 },
        { "coverage", "measures", ENT_ALIGN_LEFT, false, 1 },
    };

    snprintf(there, sizeof(there), "%s→%s", ent_state_code(v->a), ent_state_code(v->b));
    snprintf(back, sizeof(back), "%s→%s", ent_state_code(v->b), ent_state_code(v->a));
    ent_document_gap(page);
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (int k = 0; k < ENT_DIMENSIONS; k++) {
        const struct ent_profile_dimension *d = &v->profile.dimension[k];
        char name[40];

        snprintf(name, sizeof(name), "%s", ent_dimension_name((enum ent_dimension)k));
        capital(name);
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, name, NULL);
        score_cell(page, ENT_TONE_STRONG, d->score);
        score_cell(page, ENT_TONE_PLAIN, d->among_allies);
        score_cell(page, ENT_TONE_PLAIN, d->directed ? d->side[0] : (double)NAN);
        score_cell(page, ENT_TONE_PLAIN, d->directed ? d->side[1] : (double)NAN);
        change_cell(page, d->change);
        years_cell(page, d);
    }
}

/* "×3.4", "÷2.1": what a feature does to the odds. */
static void odds_text(double odds, char *text, size_t size)
{
    double times = odds >= 1 ? odds : 1 / odds;

    const char *sign = odds >= 1 ? "×" : "÷";

    if (times > 99.5)
        snprintf(text, size, "%s100+", sign);
    else
        snprintf(text, size, times >= 9.95 ? "%s%.0f" : "%s%.1f", sign, times);
}

static const struct ent_document_column listing[] = {
    { "kind", "", ENT_ALIGN_LEFT, false, 0 },
    { "mark", "", ENT_ALIGN_LEFT, false, 0 },
    { "text", "", ENT_ALIGN_LEFT, true, 0 },
};

static void put_listing(struct ent_document *page)
{
    ent_document_gap(page);
    ent_document_table(page, listing, sizeof(listing) / sizeof(listing[0]));
}

static void put_row(struct ent_document *page, const char *kind, enum ent_tone tone,
                    const char *mark, const char *text)
{
    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_STRONG, kind, NULL);
    ent_document_cell(page, tone, mark, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static void put_points(struct ent_document *page, const char *kind, enum ent_tone tone,
                       const struct ent_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char odds[32];

        odds_text(points[i].odds, odds, sizeof(odds));
        put_row(page, i ? "" : kind, tone, odds, points[i].text);
    }
}

static enum ent_tone tone_of(enum ent_answer answer)
{
    return answer == ENT_ANSWER_MET       ? ENT_TONE_GOOD
           : answer == ENT_ANSWER_NOT_MET ? ENT_TONE_BAD
                                          : ENT_TONE_DIM;
}

static void put_tests(struct ent_document *page, const char *kind,
                      const struct ent_finding *tests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[400];

        snprintf(text, sizeof(text), "%s: %s", tests[i].title, tests[i].why);
        capital(text);
        put_row(page, i ? "" : kind, tone_of(tests[i].answer), ent_answer_name(tests[i].answer),
                text);
    }
}

/* "defence, non-aggression, consultation (ATOP 4810, 2001–; 1 more)". */
static void put_treaties(struct ent_document *page, const struct ent_verdict *v)
{
    const struct ent_treaties *t = &v->treaties;
    char text[700], owes[200], back[200], number[64];
    size_t used, named = 0;

    if (!t->known) {
        put_row(page, "Treaties", ENT_TONE_DIM, "unknown", "no data on treaties in that year");
        return;
    }
    snprintf(number, sizeof(number), "%d", t->year);
    ent_obligations_text(t->owes[0], owes, sizeof(owes));
    ent_obligations_text(t->owes[1], back, sizeof(back));
    if (t->owes[0] == t->owes[1])
        used = (size_t)snprintf(text, sizeof(text), "%s", owes[0] ? owes : "none");
    else
        used = (size_t)snprintf(text, sizeof(text), "%s owes %s; %s owes %s",
                                ent_state_code(v->a), owes[0] ? owes : "nothing",
                                ent_state_code(v->b), back[0] ? back : "nothing");
    for (size_t i = 0; i < t->count; i++) {
        const struct ent_treaty *one = &t->at[i];
        bool defends = (one->owes[0] | one->owes[1]) & ENT_OWES_DEFENSE;

        /* Those that weigh: of the two alone, or to defend. */
        if ((!one->bilateral && !defends) || used > sizeof(text) - 60)
            continue;
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%sATOP %d %s%d–",
                                 named++ ? ", " : " (", one->alliance,
                                 one->charter ? "charter " : "", one->from[0]);
        if (one->to[0])
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%d", one->to[0]);
    }
    if (t->count > named)
        snprintf(text + used, sizeof(text) - used, "%s%zu %s)", named ? ", " : " (",
                 t->count - named,
                 named           ? "more"
                 : t->count == 1 ? "treaty"
                                 : "treaties");
    else if (named)
        snprintf(text + used, sizeof(text) - used, ")");
    capital(text);
    put_row(page, "Treaties", ENT_TONE_DIM, number, text);
}

/* The ladder: which rungs are met or mixed, and why; which are not met, or not known. */
static void put_ladder(struct ent_document *page, const struct ent_verdict *v)
{
    enum {
        REASONED = 2, /* of the answers below, those that say why */
    };
    static const enum ent_answer order[] = { ENT_ANSWER_MET, ENT_ANSWER_MIXED,
                                             ENT_ANSWER_NOT_MET, ENT_ANSWER_UNKNOWN };
    char text[3000] = "";
    size_t used = 0;

    for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
        bool first = true;

        for (int i = 0; i < ENT_RUNGS; i++) {
            const struct ent_finding *rung = &v->rungs[i];

            if (rung->answer != order[k] || used > sizeof(text) - 400)
                continue;
            if (first)
                used += (size_t)snprintf(text + used, sizeof(text) - used,
                                         "%s%s: ", used ? "; " : "", ent_answer_name(order[k]));
            used += (size_t)snprintf(text + used, sizeof(text) - used,
                                     k < REASONED ? "%s%s (%s)" : "%s%s", first ? "" : ", ",
                                     rung->title, rung->why);
            first = false;
        }
    }
    ent_document_text(page, ENT_TONE_PLAIN, "Ladder of alignment, %d of %d rungs.  %c%s.",
                      v->rungs_met, ENT_RUNGS, text[0] - 'a' + 'A', text + 1);
}

/* "One-sided: ...": some sentences as a paragraph. */
static void
put_lines(struct ent_document *page, const char *kind, const struct ent_lines *lines)
{
    char text[ENT_VERDICT_LINES * ENT_VERDICT_LINE];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < lines->count; i++)
        used += (size_t)snprintf(text + used, sizeof(text) - used, " %s", lines->at[i]);
    if (used)
        ent_document_text(page, ENT_TONE_PLAIN, "%s:%s", kind, text);
}

/* The datasets that the share rests on, once each, and where the rest is. */
static void put_sources(struct ent_document *page, const struct ent_verdict *v)
{
    const char *ids[64];
    size_t count = 0, used = 0;
    char text[700] = "";

    for (size_t i = 0; i < v->score.part_count; i++) {
        const char *id = v->score.parts[i].value.source;
        size_t k = 0;

        while (k < count && strcmp(ids[k], id) != 0)
            k++;
        if (id[0] && strcmp(id, "states") != 0 && k == count &&
            count < sizeof(ids) / sizeof(ids[0]))
            ids[count++] = id;
    }
    for (size_t k = 0; k < count && used < sizeof(text) - 40; k++)
        used +=
            (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", k ? ", " : "", ids[k]);
    ent_document_text(page, ENT_TONE_DIM,
                      "%s%s%sEvery number with its source: entente dyad %s %s --year %d.",
                      used ? "The share rests on " : "", text, used ? ".  " : "",
                      ent_state_code(v->a), ent_state_code(v->b), v->year);
}

static const char *hundred(double p, char *text, size_t size)
{
    snprintf(text, size, p < 0.005 ? "<1" : p > 0.995 ? ">99" : "%.0f", 100 * p);
    return text;
}

/* "44 in 2008 ▁▂▃▅▇ 61 in 2018.  ": the shares of the years before, where there are any. */
static const char *trend_text(const struct ent_verdict *v, char *text, size_t size)
{
    char line[ENT_NUMBER_TEXT], one[8], other[8];
    int first = 0;

    while (first < ENT_VERDICT_YEARS - 1 && isnan(v->p_before[first]))
        first++;
    text[0] = '\0';
    if (first < ENT_VERDICT_YEARS - 1)
        snprintf(text, size, "%s in %d %s %s in %d.  ",
                 hundred(v->p_before[first], one, sizeof(one)),
                 v->year - (ENT_VERDICT_YEARS - 1) + first,
                 ent_sparkline(v->p_before + first, (size_t)(ENT_VERDICT_YEARS - first), line,
                               sizeof(line)),
                 hundred(v->score.p, other, sizeof(other)), v->year);
    return text;
}

static void put_head(struct ent_document *page, const struct ent_verdict *v)
{
    char text[256];

    snprintf(text, sizeof(text), "%s and %s, %d: an alliance?", ent_state_name(v->a, v->year),
             ent_state_name(v->b, v->year), v->year);
    ent_document_title(page, text);
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_STRONG, "%s", v->answer);
    ent_document_text(page, ENT_TONE_PLAIN, "%s  %s", v->share, v->doubt);
    if (!v->score.refused) {
        char trend[ENT_NUMBER_TEXT];

        ent_document_text(page, ENT_TONE_DIM,
                          "%sA pact is not friendship, nor friendship a pact.",
                          trend_text(v, trend, sizeof(trend)));
    }
    if (v->changed)
        ent_document_text(
            page, ENT_TONE_BAD,
            "With values that were set: the share, and what speaks for and against, "
            "are as if they had been observed; the rest is as observed.");
    for (size_t i = 0; i < v->warnings.count; i++)
        ent_document_text(page, ENT_TONE_BAD, "Warning: %s", v->warnings.at[i]);
    if (v->tension[0])
        ent_document_text(page, ENT_TONE_STRONG, "%s", v->tension);
}

int assess_write_page(const struct cli *cli, const struct ent_verdict *v)
{
    struct ent_document *page = ent_document_new();

    if (!page)
        return cli_complain("out of memory");
    put_head(page, v);
    put_dimensions(page, v);
    put_listing(page);
    put_points(page, "For", ENT_TONE_GOOD, v->speaks_for, v->for_count);
    put_points(page, "Against", ENT_TONE_BAD, v->speaks_against, v->against_count);
    if (!v->score.refused && v->for_count == 0)
        put_row(page, "For", ENT_TONE_DIM, "", "nothing that the model weighs, to speak of");
    if (!v->score.refused && v->against_count == 0)
        put_row(page, "Against", ENT_TONE_DIM, "",
                "nothing that the model weighs; but see the conditions");
    put_treaties(page, v);
    put_tests(page, "Conditions", v->conditions, ENT_VERDICT_CONDITIONS);
    put_ladder(page, v);
    put_lines(page, "One-sided", &v->one_sided);
    put_lines(page, "Only talk", &v->talk);
    put_lines(page, "Sources differ", &v->sources);
    put_lines(page, "Not known", &v->unknown);
    put_sources(page, v);
    return cli_write(cli, page);
}

/* For programs: one row a measure, with its places. */
int assess_write_tsv(const struct cli *cli, const struct ent_verdict *v)
{
    static const char *const keys[] = { "dimension", "measure",      "from",
                                        "to",        "value",        "unit",
                                        "year",      "carried",      "counts",
                                        "among_all", "among_allies", "ten_years_before",
                                        "of",        "allies",       "source" };
    struct ent_document_column columns[sizeof(keys) / sizeof(keys[0])] = { 0 };
    struct ent_document *table = ent_document_new();

    if (!table)
        return cli_complain("out of memory");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        columns[i].key = keys[i];
    ent_document_table(table, columns, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < v->profile.count; i++) {
        const struct ent_profile_item *item = &v->profile.items[i];
        const struct ent_measure_info *m = ent_measure_at(item->measure);
        int sides = m->direction == ENT_UNDIRECTED ? 1 : 2;

        for (int s = 0; s < sides; s++) {
            const double numbers[3] = { item->among_all[s], item->among_allies[s],
                                        item->before[s] };
            char text[ENT_NUMBER_TEXT];

            if (isnan(item->value[s]))
                continue;
            ent_document_row(table);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_dimension_name(m->dimension), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, m->id, NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, ent_state_code(s ? v->b : v->a), NULL);
            ent_document_cell(
                table, ENT_TONE_PLAIN,
                m->direction == ENT_MONADIC ? "" : ent_state_code(s ? v->a : v->b), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN,
                              ent_number_exact(item->value[s], text, sizeof(text)), NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, m->unit, NULL);
            ent_document_cell_int(table, item->year);
            ent_document_cell(table, ENT_TONE_PLAIN, item->carried ? "yes" : "no", NULL);
            ent_document_cell(table, ENT_TONE_PLAIN, item->counts ? "yes" : "no", NULL);
            for (int k = 0; k < 3; k++)
                ent_document_cell(table, ENT_TONE_PLAIN,
                                  ent_number_exact(numbers[k], text, sizeof(text)), NULL);
            ent_document_cell_int(table, item->of);
            ent_document_cell_int(table, item->allies);
            ent_document_cell(table, ENT_TONE_PLAIN, item->source, NULL);
        }
    }
    return cli_write(cli, table);
}
