/*
 * What two states have promised each other.
 *
 * ATOP (Leeds et al. 2002) says of each direction of a dyad-year what the first
 * state owes the second; a year counts when the obligation was in force on any day
 * of it.  The COW alliance file (Gibler 2009), read where a user has it, says it of
 * the pair: the two differ in what they count as an alliance, and both are shown.
 *
 * Limits: a treaty in force is not alignment (COW keeps the Sino-Soviet pact of
 * 1950 to 1980); a pledge to refrain from force, such as Helsinki's, binds
 * adversaries too.  ATOP ends in 2018, COW in 2012.
 */
#include <math.h>

#include "measure/family.h"

#define ATOP(column_)                             \
    {                                             \
        .table = "atop_dyad", .column = (column_) \
    }
#define COW(column_)                                 \
    {                                                \
        .table = "cow_alliance", .column = (column_) \
    }

static const struct ent_input atop_defense[] = { ATOP("defense") };
static const struct ent_input atop_offense[] = { ATOP("offense") };
static const struct ent_input atop_neutral[] = { ATOP("neutral") };
static const struct ent_input atop_nonagg[] = { ATOP("nonagg") };
static const struct ent_input atop_consul[] = { ATOP("consul") };
static const struct ent_input cow_defense[] = { COW("defense") };
static const struct ent_input cow_neutral[] = { COW("neutral") };
static const struct ent_input cow_nonagg[] = { COW("nonagg") };
static const struct ent_input cow_entente[] = { COW("entente") };

static const struct ent_measure_source defense[] = {
    ENT_SOURCE("atop", "atop", atop_defense),
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_defense),
};
static const struct ent_measure_source offense[] = {
    ENT_SOURCE("atop", "atop", atop_offense),
};
static const struct ent_measure_source neutrality[] = {
    ENT_SOURCE("atop", "atop", atop_neutral),
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_neutral),
};
static const struct ent_measure_source nonaggression[] = {
    ENT_SOURCE("atop", "atop", atop_nonagg),
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_nonagg),
};
static const struct ent_measure_source consultation[] = {
    ENT_SOURCE("atop", "atop", atop_consul),
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_entente),
};

enum {
    DEFENSE,
    OFFENSE,
    NEUTRALITY,
    NONAGGRESSION,
    CONSULTATION,
    OBLIGATIONS
};

static const char *const obligation_names[OBLIGATIONS] = {
    "defence", "offence", "neutrality", "non-aggression", "consultation",
};

static const struct ent_input atop_level[] = {
    ATOP("defense"), ATOP("offense"), ATOP("neutral"), ATOP("nonagg"), ATOP("consul"),
};
static const struct ent_measure_source level_sources[] = {
    ENT_SOURCE("atop", "atop", atop_level),
};

/* The level of what one state owes another; NAN when any obligation is not known. */
static double level_of(const struct ent_inputs *in, size_t from, size_t to)
{
    double owed[OBLIGATIONS];

    for (size_t o = 0; o < OBLIGATIONS; o++) {
        owed[o] = ent__cell_of(in, o, from, to);
        if (isnan(owed[o]))
            return NAN;
    }
    if (owed[DEFENSE] > 0 || owed[OFFENSE] > 0)
        return 3;
    if (owed[NEUTRALITY] > 0 || owed[CONSULTATION] > 0)
        return 2;
    return owed[NONAGGRESSION] > 0 ? 1 : 0;
}

/*
 * 3 defence or offence, 2 neutrality or consultation, 1 non-aggression only, 0
 * none; the higher of the two directions.  After Chiba, Johnson and Leeds 2015.
 */
static void level(const struct ent_measure *measure, const struct ent_inputs *in,
                  const struct ent_pair *pairs, size_t count, double *out,
                  struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double there = level_of(in, pairs[k].from, pairs[k].to);
        double back = level_of(in, pairs[k].to, pairs[k].from);

        out[k] = isnan(there) || isnan(back) ? NAN : fmax(there, back);
        if (!steps)
            continue;
        for (size_t o = 0; o < OBLIGATIONS; o++)
            ent__step(steps, ent__cell_of(in, o, pairs[k].from, pairs[k].to), "",
                      "%s owed, %s -> %s", obligation_names[o], steps->from, steps->to);
        ent__step(steps, there, "", "level of %s -> %s", steps->from, steps->to);
        ent__step(steps, back, "", "level of %s -> %s", steps->to, steps->from);
        ent__step(steps, out[k], "", "the higher of the two");
    }
}

static const struct ent_input cow_level_inputs[] = {
    COW("defense"),
    COW("neutral"),
    COW("nonagg"),
    COW("entente"),
};
static const struct ent_measure_source cow_level_sources[] = {
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_level_inputs),
};

/* 3 defence, 2 neutrality or non-aggression, 1 entente, 0 none (Gibler 2009). */
static void cow_level(const struct ent_measure *measure, const struct ent_inputs *in,
                      const struct ent_pair *pairs, size_t count, double *out,
                      struct ent_steps *steps)
{
    static const double worth[] = { 3, 2, 2, 1 };
    static const char *const kind[] = { "defence", "neutrality", "non-aggression", "entente" };

    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double highest = 0;

        for (size_t o = 0; o < ENT_COUNT_OF(worth); o++) {
            double has = ent__cell_of(in, o, pairs[k].from, pairs[k].to);

            if (isnan(has))
                highest = NAN;
            else if (has > 0 && worth[o] > highest)
                highest = worth[o];
            if (steps)
                ent__step(steps, has, "", "%s, %s and %s", kind[o], steps->from, steps->to);
        }
        out[k] = highest;
        ent__step(steps, out[k], "", "the highest level that one of them has");
    }
}

#define SINCE(table_, column_)                                         \
    {                                                                  \
        .table = (table_), .column = (column_), .view = ENT_VIEW_SINCE \
    }

static const struct ent_input atop_since[] = { SINCE("atop_dyad", "level") };
static const struct ent_input cow_since[] = { SINCE("cow_alliance", "level") };
static const struct ent_measure_source age_sources[] = {
    ENT_SOURCE("atop", "atop", atop_since),
    ENT_SOURCE("cow_alliance", "cow_alliance", cow_since),
};

/*
 * The year less the first year of the unbroken run of years with an obligation of any
 * kind, in the direction in which it is the older.  NAN: none in force.
 */
static void age(const struct ent_measure *measure, const struct ent_inputs *in,
                const struct ent_pair *pairs, size_t count, double *out,
                struct ent_steps *steps)
{
    (void)measure;
    for (size_t k = 0; k < count; k++) {
        double since = fmin(ent__cell_of(in, 0, pairs[k].from, pairs[k].to),
                            ent__cell_of(in, 0, pairs[k].to, pairs[k].from));

        out[k] = in->year - since;
        ent__step(steps, since, "year", "first year of the unbroken tie by treaty");
        ent__step(steps, out[k], "years", "%d less that year", in->year);
    }
}

#define OWED(id_, title_, meaning_, sources_)                          \
    {                                                                  \
        .info = {                                                    \
            .id = (id_),                                             \
            .title = (title_),                                       \
            .meaning = (meaning_),                                   \
            .unit = "",                                              \
            .dimension = ENT_DIM_COMMITMENT,                         \
            .direction = ENT_DIRECTED,                               \
            .sense = ENT_SENSE_CLOSER,                               \
            .form = ENT_FORM_YES_NO,                                 \
            .formula = "1 when in force on any day of the year, else 0", \
            .citation = "Leeds, Ritter, Mitchell and Long 2002; Gibler 2009", \
        },                                                           \
        ENT_FROM(sources_),                                          \
        .compute = ent__cell, \
    }

static const struct ent_measure measures[] = {
    OWED("treaty.defense", "pledge to defend",
         "X -> Y: a treaty obliges X to come to Y's aid when Y is attacked", defense),
    OWED("treaty.offense", "pledge to join in attack",
         "X -> Y: a treaty obliges X to fight beside Y even when Y was not attacked", offense),
    OWED("treaty.neutrality", "pledge of neutrality",
         "X -> Y: a treaty obliges X to stay out of a war that Y is in", neutrality),
    OWED("treaty.nonaggression", "pledge not to attack",
         "X -> Y: a treaty obliges X to use no force against Y", nonaggression),
    OWED("treaty.consultation", "pledge to consult",
         "X -> Y: a treaty obliges X to consult Y in a crisis (in COW's words, an entente)",
         consultation),
    {
        .info = {
            .id = "treaty.level",
            .title = "strongest treaty obligation",
            .meaning = "the strongest obligation that X or Y has toward the other: 3 to fight "
                       "beside it, 2 to stay neutral or consult, 1 not to attack, 0 none",
            .unit = "",
            .dimension = ENT_DIM_COMMITMENT,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_COUNT,
            .formula = "max over both directions of 3 defence or offence, 2 neutrality or "
                       "consultation, 1 non-aggression, 0 none",
            .citation = "Leeds, Ritter, Mitchell and Long 2002; Chiba, Johnson and Leeds 2015",
        },
        ENT_FROM(level_sources),
        .compute = level,
    },
    {
        .info = {
            .id = "treaty.level_cow",
            .title = "strongest treaty obligation, COW's scale",
            .meaning = "the strongest alliance that X and Y have: 3 defence pact, 2 neutrality "
                       "or non-aggression pact, 1 entente, 0 none",
            .unit = "",
            .dimension = ENT_DIM_COMMITMENT,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_COUNT,
            .formula = "max of 3 defence, 2 neutrality or non-aggression, 1 entente, 0 none",
            .citation = "Gibler 2009",
        },
        ENT_FROM(cow_level_sources),
        .compute = cow_level,
    },
    {
        .info = {
            .id = "treaty.age",
            .title = "age of the treaty tie",
            .meaning = "years since X and Y have been bound by a treaty of some kind without a "
                       "break; no value when none is in force",
            .unit = "years",
            .dimension = ENT_DIM_COMMITMENT,
            .direction = ENT_UNDIRECTED,
            .sense = ENT_SENSE_CLOSER,
            .form = ENT_FORM_COUNT,
            .formula = "year - first year of the unbroken run of years with any obligation",
            .citation = "Leeds, Ritter, Mitchell and Long 2002; Gibler 2009",
        },
        ENT_FROM(age_sources),
        .compute = age,
    },
};

const struct ent_family ent__commitment_family = ENT_FAMILY(measures);
