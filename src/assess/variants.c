/* The forms of the model that are fitted: which features each has, and for which outcome. */
#include "assess/model.h"

#define GEOGRAPHY "distance", "nearest", "land", "water"
#define HISTORY   "language", "coloniser", "colony"
#define POWER     "power_larger", "power_smaller", "majors"
#define REGIMES   "democracies", "autocracies", "regimes"
#define VOTES     "agreement", "positions", "beside_rivals"
#define TRADE     "trade_larger", "trade_smaller", "trade_with_rivals"
#define ARMS      "arms", "arms_share"
#define ENEMIES   "rivalry", "rivals", "adversaries"
#define LASTING   VOTES, ARMS, GEOGRAPHY, HISTORY, POWER, REGIMES, ENEMIES

static const char *const strict[] = { LASTING, TRADE, "disputes", NULL };
static const char *const organised[] = { LASTING, TRADE, "disputes", "organisations", NULL };
static const char *const lasting[] = { LASTING, NULL };
static const char *const map[] = { GEOGRAPHY, "region", NULL };
static const char *const plain[] = { "land",      "disputes",          "power_larger",
                                     "positions", "organisations_raw", "adversaries_all",
                                     NULL };

static const struct ent_variant_plan plans[] = {
    { "strict", "votes, trade, arms, regimes, distance, power, rivals",
      "the model as it is meant: behaviour alone, no organisation and no treaty", "core",
      .headline = true, .shipped = true, .features = strict },
    { "organisations", "with shared organisations",
      "adds the organisations that two states share, beside what is usual; some of them are "
      "the pacts themselves",
      "core", .shipped = true, .features = organised },
    { "late", "without trade, disputes and organisations",
      "leaves out what is not published beyond 2014, for the years after", "core",
      .headline = true, .shipped = true, .features = lasting },
    { "splines", "smooth instead of straight",
      "each amount may bend: a second look at whether straight lines mislead", "core",
      .bends = true, .shipped = true, .features = strict },
    { "any", "any defence obligation",
      "another outcome: regional charters such as that of the OAS and the Arab League count "
      "too, so that it says much of where two states lie",
      "any", .shipped = true, .features = strict },
    { "geography", "geography alone", "distance, borders and region: what a map says", "core",
      .features = map },
    { "plain", "the plain logit of six variables",
      "a border, disputes in ten years, capabilities, ideal points, numbers of shared "
      "organisations and of common adversaries, as models in the literature have them",
      "core", .features = plain },
    { "geography_any", "geography alone", "distance, borders and region", "any",
      .features = map },
    { "plain_any", "the plain logit of six variables", "as above", "any", .features = plain },
    { "organisations_any", "with shared organisations", "as above", "any",
      .features = organised },
};

size_t ent__variant_plan_count(void)
{
    return sizeof(plans) / sizeof(plans[0]);
}

const struct ent_variant_plan *ent__variant_plan_at(size_t index)
{
    return &plans[index];
}

const struct ent_variant_plan *ent__variant_plan_find(struct ent_str id)
{
    for (size_t i = 0; i < ent__variant_plan_count(); i++)
        if (ent__str_is(id, plans[i].id))
            return &plans[i];
    return NULL;
}
