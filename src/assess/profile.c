/*
 * The score of a dimension.
 *
 *   p(v)   place of a value v among all pairs of its year: (below + equal / 2) / known,
 *          turned round (1 - p) where a larger value is farther from an alliance
 *   score  100 * mean over the measures that count of p; of a directed measure the mean of
 *          its two sides
 *
 * Every measure has the same weight: weights would be ours and nobody's.  Which count is a
 * choice too, made so that no fact counts twice (not trade and its rank), no number that
 * grows with the size of states alone (not dollars, but shares), and none that says
 * nothing of closeness by itself.
 */
#include "assess/profile.h"

#include <math.h>
#include <string.h>

static const struct ent_profile_rule rules[] = {
    { "treaty.level", NULL, ENT_SENSE_CLOSER, "a stronger pledge binds closer" },
    { "treaty.depth", NULL, ENT_SENSE_CLOSER, "commands, bases and contacts bind closer" },
    { "igo.joint", NULL, ENT_SENSE_CLOSER, "more organisations shared" },

    { "votes.agreement", NULL, ENT_SENSE_CLOSER, "vote alike" },
    { "votes.kappa", NULL, ENT_SENSE_CLOSER, "vote alike more than by chance" },
    { "ideal.distance", NULL, ENT_SENSE_FARTHER, "positions far apart" },
    { "portfolio.kappa", NULL, ENT_SENSE_CLOSER, "pledges to the same states" },

    { "trade.share", NULL, ENT_SENSE_CLOSER, "a larger part of the other's trade" },
    { "trade.dependence", NULL, ENT_SENSE_CLOSER, "trade weighs more in the economy" },
    { "investment.amount5", NULL, ENT_SENSE_CLOSER, "more invested" },
    { "investment.construction5", NULL, ENT_SENSE_CLOSER, "more built" },

    { "arms.delivered5", NULL, ENT_SENSE_CLOSER, "more arms delivered" },
    { "arms.recipient_share", NULL, ENT_SENSE_CLOSER, "a larger part of the other's arms" },
    { "exercises.joint5", NULL, ENT_SENSE_CLOSER, "more joint exercises" },

    { "dispute.count10", NULL, ENT_SENSE_FARTHER, "disputes in ten years" },
    { "trust.memory20", NULL, ENT_SENSE_FARTHER, "disputes remembered" },
    { "rivalry.active", NULL, ENT_SENSE_FARTHER, "rivals" },
    { "peace.level", NULL, ENT_SENSE_CLOSER, "a warmer peace" },

    { "regime.distance", NULL, ENT_SENSE_FARTHER, "regimes unlike (Polity)" },
    { "regime.vdem_distance", NULL, ENT_SENSE_FARTHER, "regimes unlike (V-Dem)" },

    { "third.common_enemies", "rivalry", ENT_SENSE_CLOSER, "adversaries in common" },
    { "third.balance", "rivalry", ENT_SENSE_CLOSER, "friends and foes the same" },
    { "third.arms_to_rivals", NULL, ENT_SENSE_FARTHER, "arms to the other's rivals" },
    { "third.trade_with_rivals", NULL, ENT_SENSE_FARTHER, "trade with the other's rivals" },

    { "investment.troubled_share", NULL, ENT_SENSE_FARTHER, "deals that failed or stalled" },
    { "pledges.kept_share", NULL, ENT_SENSE_CLOSER, "pledges kept" },
};

size_t ent_profile_rule_count(void)
{
    return sizeof(rules) / sizeof(rules[0]);
}

const struct ent_profile_rule *ent_profile_rule_at(size_t index)
{
    return index < ent_profile_rule_count() ? &rules[index] : NULL;
}

const char *ent_answer_name(enum ent_answer answer)
{
    static const char *const names[] = { "unknown", "met", "mixed", "not met" };

    return names[answer];
}

static const struct ent_profile_rule *rule_of(const char *measure)
{
    for (size_t i = 0; i < ent_profile_rule_count(); i++) {
        if (strcmp(rules[i].measure, measure) == 0)
            return &rules[i];
    }
    return NULL;
}

bool ent__profile_has_rule(const char *measure)
{
    return rule_of(measure) != NULL;
}

static double turned(double place, enum ent_sense sense)
{
    return sense == ENT_SENSE_FARTHER ? 1 - place : place;
}

static void make_item(const struct ent_evidence *e, struct ent_profile_item *item)
{
    const struct ent_measure_info *info = ent_measure_at(e->measure);
    const struct ent_profile_rule *rule = rule_of(info->id);
    enum ent_sense sense = rule ? rule->sense : info->sense;

    *item = (struct ent_profile_item){ .measure = e->measure,
                                       .source = e->source,
                                       .year = e->year,
                                       .carried = e->carried,
                                       .of = e->of,
                                       .allies = e->allies };
    for (int s = 0; s < ENT_WAYS; s++) {
        bool placed = sense != ENT_SENSE_NONE;
        bool among = placed && e->allies >= ENT_PROFILE_ALLIES;

        item->value[s] = e->value[s];
        item->before[s] = e->before[s];
        item->among_all[s] = placed ? turned(e->among_all[s], sense) : (double)NAN;
        item->among_allies[s] = among ? turned(e->among_allies[s], sense) : (double)NAN;
        item->before_among_all[s] =
            placed ? turned(e->before_among_all[s], sense) : (double)NAN;
    }
}

/* The mean of what is known of two numbers; NAN of none. */
static double mean2(const double *v)
{
    if (isnan(v[0]) || isnan(v[1]))
        return isnan(v[0]) ? v[1] : v[0];
    return (v[0] + v[1]) / 2;
}

/* A mean in the making. */
struct mean {
    double sum;
    size_t n;
};

static void add(struct mean *m, double value)
{
    if (isnan(value))
        return;
    m->sum += value;
    m->n++;
}

static double percent(const struct mean *m)
{
    return m->n ? 100 * m->sum / (double)m->n : (double)NAN;
}

static void
sum_up(const struct ent_profile *p, int dimension, struct ent_profile_dimension *out)
{
    struct mean score = { 0 }, allies = { 0 }, now = { 0 }, before = { 0 };
    struct mean side[ENT_WAYS] = { { 0 } };

    for (size_t i = 0; i < p->count; i++) {
        const struct ent_profile_item *item = &p->items[i];
        const struct ent_measure_info *info = ent_measure_at(item->measure);

        if (!item->counts || (int)info->dimension != dimension)
            continue;
        out->known++;
        add(&score, mean2(item->among_all));
        add(&allies, mean2(item->among_allies));
        if (!isnan(mean2(item->before_among_all))) {
            add(&before, mean2(item->before_among_all));
            add(&now, mean2(item->among_all));
        }
        if (info->direction == ENT_DIRECTED && !isnan(item->among_all[0]) &&
            !isnan(item->among_all[1])) {
            out->directed++;
            add(&side[0], item->among_all[0]);
            add(&side[1], item->among_all[1]);
        }
        if (item->year && (!out->first_year || item->year < out->first_year))
            out->first_year = item->year;
        if (item->year > out->last_year)
            out->last_year = item->year;
    }
    out->score = percent(&score);
    out->among_allies = percent(&allies);
    out->side[0] = percent(&side[0]);
    out->side[1] = percent(&side[1]);
    out->asymmetry = out->side[0] - out->side[1];
    out->compared = before.n;
    out->before = percent(&before);
    out->change = percent(&now) - out->before;
}

/* Which entry of the list stands for a measure that has a rule. */
static void choose(const struct ent_evidence_list *list, struct ent_profile *p)
{
    for (size_t r = 0; r < ent_profile_rule_count(); r++) {
        const struct ent_evidence *e = ent__evidence(list, rules[r].measure, rules[r].source);
        size_t index;

        if (ent_measure_find(rules[r].measure, &index, NULL) == ENT_OK)
            p->dimension[ent_measure_at(index)->dimension].rules++;
        if (e && !isnan(mean2(p->items[e - list->at].among_all)))
            p->items[e - list->at].counts = true;
    }
}

void ent__profile_make(const struct ent_evidence_list *list, struct ent_profile_item *items,
                       struct ent_profile *out)
{
    struct ent_profile p = { .count = list->count, .items = items };

    for (size_t i = 0; i < list->count; i++)
        make_item(&list->at[i], &items[i]);
    choose(list, &p);
    for (int d = 0; d < ENT_DIMENSIONS; d++)
        sum_up(&p, d, &p.dimension[d]);
    *out = p;
}
