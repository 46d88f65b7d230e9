/*
 * The features of the reference-class model.
 *
 * Agreement and ideal points are means of five years: a session has some sixty roll calls
 * that divide the Assembly, and its agenda wavers.  The rest is of the year, or of the
 * last one within ENT_CARRY_YEARS that is known.  Of two directions a feature takes the
 * larger, the smaller or the sum, so that it does not matter who is named first.
 *
 * Left out on purpose: every treaty, shared allies, disputes on one side (the lists name
 * an alliance's members as participants), and the Peace Scale, whose top level knows of
 * security communities.  Common adversaries are strategic rivals of both, never opponents
 * in a dispute that a bloc fought.
 */
#include "assess/features.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "entente/state.h"

/* What a slot is read for; several slots, one a source, serve one reading. */
enum reading {
    ORGANISATIONS,
    AGREEMENT,
    POSITIONS,
    SHARE,
    ARMS,
    ARMS_SHARE,
    CAPITALS,
    NEAREST,
    CONTIGUITY,
    LANGUAGE,
    COLONISER,
    COLONY,
    POWER,
    DISPUTES,
    RIVALRY,
    RIVALS,
    DEMOCRACIES,
    POLYARCHY,
    AUTOCRACIES,
    REGIMES,
    BESIDE_RIVALS,
    WITH_RIVALS,
    ADVERSARIES,
    ORGANISATIONS_RAW,
    ADVERSARIES_ALL,
    READINGS, /* and what is made of none */
};

static const struct {
    struct ent_slot slot;
    enum reading reading;
} slots[] = {
    { { "igo.joint_centred", "igo" }, ORGANISATIONS },
    { { "votes.agreement_centred", "unga" }, AGREEMENT },
    { { "ideal.distance", "ideal_points" }, POSITIONS },
    { { "trade.share", "cow_trade" }, SHARE },
    { { "arms.delivered5", "sipri_tiv" }, ARMS },
    { { "arms.delivered5", "sipri_register" }, ARMS },
    { { "arms.recipient_share", "sipri_tiv" }, ARMS_SHARE },
    { { "arms.recipient_share", "sipri_register" }, ARMS_SHARE },
    { { "distance.capitals_km", "geodist", .timeless = true }, CAPITALS },
    { { "distance.min_km", "mindist" }, NEAREST },
    { { "contiguity.type", "contiguity" }, CONTIGUITY },
    { { "ties.language", "geodist", .timeless = true }, LANGUAGE },
    { { "ties.coloniser", "geodist", .timeless = true }, COLONISER },
    { { "ties.colony", "geodist", .timeless = true }, COLONY },
    { { "power.cinc", "nmc" }, POWER },
    { { "dispute.count10", "cow_mid" }, DISPUTES },
    { { "rivalry.active", "rivalry" }, RIVALRY },
    { { "rivalry.count", "rivalry" }, RIVALS },
    { { "regime.joint_democracy", "polity5" }, DEMOCRACIES },
    { { "regime.polyarchy", "vdem" }, POLYARCHY },
    { { "regime.joint_autocracy", "polity5" }, AUTOCRACIES },
    { { "regime.vdem_distance", "vdem" }, REGIMES },
    { { "votes.beside_rivals", "unga" }, BESIDE_RIVALS },
    { { "third.trade_with_rivals", "cow_trade" }, WITH_RIVALS },
    { { "third.common_enemies", "rivalry" }, ADVERSARIES },
    { { "igo.joint", "igo", .baseline = true }, ORGANISATIONS_RAW },
    { { "third.common_enemies", "cow_mid", .baseline = true }, ADVERSARIES_ALL },
};

#define SLOT_COUNT (sizeof(slots) / sizeof(slots[0]))

size_t ent__slot_count(bool baselines)
{
    size_t count = SLOT_COUNT;

    _Static_assert(SLOT_COUNT <= ENT_SLOTS, "more slots than there is room for");
    while (!baselines && slots[count - 1].slot.baseline)
        count--;
    return count;
}

const struct ent_slot *ent__slot_at(size_t index)
{
    assert(index < SLOT_COUNT);
    return &slots[index].slot;
}

void ent__windows_clear(ent_windows windows)
{
    for (size_t s = 0; s < ENT_SLOTS; s++)
        for (int side = 0; side < ENT_SIDES; side++)
            for (int k = 0; k < ENT_WINDOW; k++)
                windows[s][side][k] = NAN;
}

/* What a feature takes of its readings. */
enum made {
    LARGER, /* of the two directions, or of the two states */
    SMALLER,
    SUM,
    IS_LAND,  /* contiguity: 1 */
    IS_WATER, /* contiguity: 2 to 5 */
    DISTANCE, /* of the capitals; where not published, on the sphere */
    MAJORS,
    RULED_BY_VOTE, /* Polity's answer, or V-Dem's where Polity has none */
    BESIDE,        /* the smaller of two, each 0 where the partner has no rivals */
    REGION,
};

struct feature {
    struct ent_feature_info info;
    enum reading reading;
    enum made made;
    int years; /* the mean of so many; 1: the last known */
};

#define FEATURE(id_, title_, meaning_, unit_, dimension_, form_, count_, ...)                \
    {                                                                                        \
        .id = (id_), .title = (title_), .meaning = (meaning_), .unit = (unit_),              \
        .dimension = (dimension_), .form = (form_), .measure_count = (count_), .measures = { \
            __VA_ARGS__                                                                      \
        }                                                                                    \
    }

static const struct feature features[] = {
    { FEATURE("organisations", "shared organisations beside what is usual",
              "how many more intergovernmental organisations the two share than each does with "
              "all the world",
              "organisations", ENT_DIM_COMMITMENT, ENT_FORM_PLAIN, 1, "igo.joint_centred"),
      ORGANISATIONS, LARGER, 1 },
    { FEATURE("agreement", "agreement in UN votes beside what is usual",
              "how much more alike the two voted in the UN General Assembly than each did with "
              "all the world, mean of five years",
              "", ENT_DIM_FOREIGN_POLICY, ENT_FORM_PLAIN, 1, "votes.agreement_centred"),
      AGREEMENT, LARGER, 5 },
    { FEATURE("positions", "distance of UN ideal points",
              "how far apart the positions are that their UN votes reveal, mean of five years",
              "", ENT_DIM_FOREIGN_POLICY, ENT_FORM_PLAIN, 1, "ideal.distance"),
      POSITIONS, LARGER, 5 },
    { FEATURE("trade_larger", "share in trade, of the one that it matters more to",
              "the other's share in all its trade, of the state whose share is larger", "",
              ENT_DIM_ECONOMY, ENT_FORM_SHARE, 1, "trade.share"),
      SHARE, LARGER, 1 },
    { FEATURE("trade_smaller", "share in trade, of the one that it matters less to",
              "the other's share in all its trade, of the state whose share is smaller", "",
              ENT_DIM_ECONOMY, ENT_FORM_SHARE, 1, "trade.share"),
      SHARE, SMALLER, 1 },
    { FEATURE("arms", "arms delivered over five years",
              "major arms that either delivered to the other in the year and the four before",
              "million TIV", ENT_DIM_MILITARY, ENT_FORM_AMOUNT, 1, "arms.delivered5"),
      ARMS, SUM, 1 },
    { FEATURE(
          "arms_share", "share in arms imports",
          "the other's share in the arms that a state received over five years, of the state "
          "whose share is larger",
          "", ENT_DIM_MILITARY, ENT_FORM_SHARE, 1, "arms.recipient_share"),
      ARMS_SHARE, LARGER, 1 },
    { FEATURE("distance", "distance of the capitals", "kilometres from capital to capital",
              "km", ENT_DIM_TRUST, ENT_FORM_AMOUNT, 1, "distance.capitals_km"),
      CAPITALS, DISTANCE, 1 },
    { FEATURE("nearest", "shortest distance", "kilometres between their nearest points", "km",
              ENT_DIM_TRUST, ENT_FORM_AMOUNT, 1, "distance.min_km"),
      NEAREST, LARGER, 1 },
    { FEATURE("land", "border on land", "the two touch by land or river", "", ENT_DIM_TRUST,
              ENT_FORM_YES_NO, 1, "contiguity.type"),
      CONTIGUITY, IS_LAND, 1 },
    { FEATURE("water", "border over water",
              "at most 400 miles of water lie between the two, and no land border", "",
              ENT_DIM_TRUST, ENT_FORM_YES_NO, 1, "contiguity.type"),
      CONTIGUITY, IS_WATER, 1 },
    { FEATURE("power_larger", "capabilities of the stronger",
              "the part of the world's capabilities (CINC) that the stronger has", "",
              ENT_DIM_TRUST, ENT_FORM_SHARE, 1, "power.cinc"),
      POWER, LARGER, 1 },
    { FEATURE("power_smaller", "capabilities of the weaker",
              "the part of the world's capabilities (CINC) that the weaker has", "",
              ENT_DIM_TRUST, ENT_FORM_SHARE, 1, "power.cinc"),
      POWER, SMALLER, 1 },
    { FEATURE("majors", "major powers among the two",
              "how many of the two COW counts among the major powers", "states", ENT_DIM_TRUST,
              ENT_FORM_COUNT, 0, NULL),
      READINGS, MAJORS, 1 },
    { FEATURE("disputes", "disputes in ten years",
              "militarised disputes between the two in the year and the nine before, each "
              "counted in every year it lasted",
              "disputes", ENT_DIM_TRUST, ENT_FORM_COUNT, 1, "dispute.count10"),
      DISPUTES, LARGER, 1 },
    { FEATURE("rivalry", "strategic rivalry", "the two are strategic rivals", "", ENT_DIM_TRUST,
              ENT_FORM_YES_NO, 1, "rivalry.active"),
      RIVALRY, LARGER, 1 },
    { FEATURE("rivals", "strategic rivals of the two", "how many rivals the two have, added up",
              "states", ENT_DIM_TRUST, ENT_FORM_COUNT, 1, "rivalry.count"),
      RIVALS, SUM, 1 },
    { FEATURE("language", "common official language",
              "the two have an official language in common", "", ENT_DIM_VALUES,
              ENT_FORM_YES_NO, 1, "ties.language"),
      LANGUAGE, LARGER, 1 },
    { FEATURE("coloniser", "common coloniser", "the two had the same coloniser after 1945", "",
              ENT_DIM_VALUES, ENT_FORM_YES_NO, 1, "ties.coloniser"),
      COLONISER, LARGER, 1 },
    { FEATURE("colony", "colonial past of the two", "one has been a colony of the other", "",
              ENT_DIM_VALUES, ENT_FORM_YES_NO, 1, "ties.colony"),
      COLONY, LARGER, 1 },
    { FEATURE("democracies", "both democracies",
              "both have a Polity score of 6 or more; where Polity has none, both an electoral "
              "democracy of 0.5 or more by V-Dem",
              "", ENT_DIM_VALUES, ENT_FORM_YES_NO, 2, "regime.joint_democracy",
              "regime.polyarchy"),
      DEMOCRACIES, RULED_BY_VOTE, 1 },
    { FEATURE("autocracies", "both autocracies", "both have a Polity score of -6 or less", "",
              ENT_DIM_VALUES, ENT_FORM_YES_NO, 1, "regime.joint_autocracy"),
      AUTOCRACIES, LARGER, 1 },
    { FEATURE("regimes", "distance of regimes",
              "how far apart the two are over five kinds of democracy (V-Dem), 0 to 1", "",
              ENT_DIM_VALUES, ENT_FORM_PLAIN, 1, "regime.vdem_distance"),
      REGIMES, LARGER, 1 },
    { FEATURE("beside_rivals", "votes with the partner rather than with its rivals",
              "how much more alike each voted with the other than with the other's rivals, of "
              "the one that did so less; 0 where the other has no rivals",
              "", ENT_DIM_THIRD_PARTIES, ENT_FORM_PLAIN, 2, "votes.beside_rivals",
              "rivalry.count"),
      BESIDE_RIVALS, BESIDE, 1 },
    { FEATURE("trade_with_rivals", "trade with the partner's rivals",
              "the part of a state's trade that is with rivals of the other, of the one whose "
              "part is larger",
              "", ENT_DIM_THIRD_PARTIES, ENT_FORM_SHARE, 1, "third.trade_with_rivals"),
      WITH_RIVALS, LARGER, 1 },
    { FEATURE("adversaries", "common adversaries",
              "how many states are strategic rivals of both", "states", ENT_DIM_THIRD_PARTIES,
              ENT_FORM_COUNT, 1, "third.common_enemies"),
      ADVERSARIES, LARGER, 1 },
    /* Those of the models that ours is compared with. */
    { FEATURE("organisations_raw", "shared organisations", "their number", "organisations",
              ENT_DIM_COMMITMENT, ENT_FORM_COUNT, 1, "igo.joint"),
      ORGANISATIONS_RAW, LARGER, 1 },
    { FEATURE("adversaries_all", "common adversaries, disputes of blocs included",
              "how many states are rivals or opponents of both", "states",
              ENT_DIM_THIRD_PARTIES, ENT_FORM_COUNT, 1, "third.common_enemies"),
      ADVERSARIES_ALL, LARGER, 1 },
    { FEATURE("region", "same region", "both are in the same region of COW's", "",
              ENT_DIM_TRUST, ENT_FORM_YES_NO, 0, NULL),
      READINGS, REGION, 1 },
};

enum {
    FEATURE_COUNT = sizeof(features) / sizeof(features[0]),
    BASELINES = 3,
};

size_t ent_feature_count(void)
{
    _Static_assert(FEATURE_COUNT <= ENT_FEATURES, "more features than there is room for");
    return FEATURE_COUNT - BASELINES;
}

size_t ent__feature_count_all(void)
{
    return FEATURE_COUNT;
}

const struct ent_feature_info *ent__feature_info(size_t index)
{
    assert(index < FEATURE_COUNT);
    return &features[index].info;
}

const struct ent_feature_info *ent_feature_at(size_t index)
{
    return index < ent_feature_count() ? &features[index].info : NULL;
}

size_t ent__feature_find(const char *id, size_t length)
{
    for (size_t f = 0; f < FEATURE_COUNT; f++)
        if (strlen(features[f].info.id) == length &&
            memcmp(features[f].info.id, id, length) == 0)
            return f;
    return SIZE_MAX;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static size_t measures[SLOT_COUNT];
static size_t measure_count;

static void list_measures(void)
{
    for (size_t s = 0; s < SLOT_COUNT; s++) {
        size_t index, k = 0;

        if (slots[s].slot.baseline ||
            ent_measure_find(slots[s].slot.measure, &index, NULL) != ENT_OK)
            continue;
        while (k < measure_count && measures[k] != index)
            k++;
        if (k == measure_count)
            measures[measure_count++] = index;
    }
}

const size_t *ent_feature_measures(size_t *count)
{
    pthread_once(&once, list_measures);
    *count = measure_count;
    return measures;
}

/* What the window of a slot comes to. */
struct read {
    double side[ENT_SIDES]; /* NAN: not known */
    int ago;                /* of the latest year that entered */
    const char *source;
};

static bool known_at(const double (*window)[ENT_WINDOW], int ago)
{
    return !isnan(window[ENT_FORWARD][ago]) || !isnan(window[ENT_BACKWARD][ago]);
}

/* The mean over the first `years` of a window; NAN where none is known. */
static double mean_of(const double *values, int years)
{
    double sum = 0;
    int known = 0;

    for (int k = 0; k < years; k++) {
        sum += isnan(values[k]) ? 0 : values[k];
        known += !isnan(values[k]);
    }
    return known ? sum / known : (double)NAN;
}

static struct read read_slot(const ent_windows windows, size_t slot, int years)
{
    const double(*window)[ENT_WINDOW] = windows[slot];
    struct read r = { { NAN, NAN }, 0, "" };

    while (r.ago < ENT_WINDOW && !known_at(window, r.ago))
        r.ago++;
    if (r.ago == ENT_WINDOW)
        return r;
    for (int side = 0; side < ENT_SIDES; side++)
        r.side[side] = years > 1 ? mean_of(window[side], years) : window[side][r.ago];
    r.source = slots[slot].slot.source;
    return r;
}

/* Of the sources of a reading the one that is known latest; of equals the first. */
static struct read read_best(const ent_windows windows, enum reading reading, int years)
{
    struct read best = { { NAN, NAN }, ENT_WINDOW, "" };

    for (size_t s = 0; s < SLOT_COUNT; s++) {
        struct read r;

        if (slots[s].reading != reading)
            continue;
        r = read_slot(windows, s, years);
        if (r.source[0] && r.ago < best.ago)
            best = r;
    }
    return best;
}

/* Great circle between the capitals, on a sphere of 6371 km. */
static double capitals_km(int a, int b)
{
    const double radian = 0.017453292519943295;
    const struct ent_state *x = ent_state_get(a), *y = ent_state_get(b);
    double up, along, h;

    if (!x || !y)
        return NAN;
    up = sin((x->latitude - y->latitude) * radian / 2);
    along = sin((x->longitude - y->longitude) * radian / 2);
    h = up * up + cos(x->latitude * radian) * cos(y->latitude * radian) * along * along;
    return 2 * 6371 * asin(sqrt(h));
}

static bool same_region(int a, int b)
{
    const struct ent_state *x = ent_state_get(a), *y = ent_state_get(b);

    return x && y && x->region && x->region == y->region;
}

/*
 * The smaller of how much each votes with the other rather than with its rivals; 0 for
 * one whose partner has none.
 */
static double beside(const struct read *votes, const struct read *rivals)
{
    double there = rivals->side[ENT_BACKWARD] == 0 ? 0 : votes->side[ENT_FORWARD];
    double back = rivals->side[ENT_FORWARD] == 0 ? 0 : votes->side[ENT_BACKWARD];

    return isnan(there) || isnan(back) ? (double)NAN : fmin(there, back);
}

/* The smaller where both are known. */
static double smaller(double x, double y)
{
    return isnan(x) || isnan(y) ? (double)NAN : fmin(x, y);
}

static double sum_of(double x, double y)
{
    return isnan(x) ? y : isnan(y) ? x : x + y;
}

/* 1 when both sides are at least so large, NAN when one is not known. */
static double both_at_least(double least, const struct read *r)
{
    double value = smaller(r->side[ENT_FORWARD], r->side[ENT_BACKWARD]);

    return isnan(value) ? (double)NAN : value >= least;
}

/* The value of a feature; *r becomes the reading that it rests on. */
static double make(const ent_windows windows, const struct feature *f, struct read *r,
                   const struct ent_features *of)
{
    struct read rivals;

    switch (f->made) {
    case LARGER:
        return fmax(r->side[ENT_FORWARD], r->side[ENT_BACKWARD]);
    case SMALLER:
        return smaller(r->side[ENT_FORWARD], r->side[ENT_BACKWARD]);
    case SUM:
        return sum_of(r->side[ENT_FORWARD], r->side[ENT_BACKWARD]);
    case IS_LAND:
        return r->source[0] ? r->side[ENT_FORWARD] == 1 : (double)NAN;
    case IS_WATER:
        return r->source[0] ? r->side[ENT_FORWARD] > 1 : (double)NAN;
    case DISTANCE:
        return r->source[0] ? r->side[ENT_FORWARD] : capitals_km(of->a, of->b);
    case MAJORS:
        return ent_state_major(of->a, of->year) + ent_state_major(of->b, of->year);
    case BESIDE:
        rivals = read_best(windows, RIVALS, 1);
        return beside(r, &rivals);
    case RULED_BY_VOTE:
        if (r->source[0])
            return fmax(r->side[ENT_FORWARD], r->side[ENT_BACKWARD]);
        *r = read_best(windows, POLYARCHY, 1);
        return both_at_least(0.5, r);
    case REGION:
        return same_region(of->a, of->b);
    }
    return NAN;
}

/* Whether the reading behind a feature has a year at all. */
static bool timeless(const struct feature *f)
{
    for (size_t s = 0; s < SLOT_COUNT; s++)
        if (slots[s].reading == f->reading)
            return slots[s].slot.timeless;
    return true;
}

void ent__features_make(const ent_windows windows, bool baselines, struct ent_features *out)
{
    size_t count = baselines ? ent__feature_count_all() : ent_feature_count();

    for (size_t i = 0; i < count; i++) {
        const struct feature *f = &features[i];
        struct read r = read_best(windows, f->reading, f->years);
        struct ent_feature_value *v = &out->at[i];

        *v = (struct ent_feature_value){ .value = make(windows, f, &r, out), .source = "" };
        if (isnan(v->value))
            continue;
        v->source = r.source[0] ? r.source : "states";
        if (timeless(f) || !r.source[0])
            continue;
        v->year = out->year - r.ago;
        v->carried = r.ago > 0;
    }
}

static bool has(const struct ent_features *features_, enum reading reading)
{
    for (size_t i = 0; i < ent_feature_count(); i++)
        if (features[i].reading == reading && !isnan(features_->at[i].value))
            return true;
    return false;
}

bool ent__features_votes(const struct ent_features *of)
{
    return has(of, AGREEMENT) || has(of, POSITIONS);
}

bool ent__features_trade(const struct ent_features *of)
{
    return has(of, SHARE);
}
