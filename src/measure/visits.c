/*
 * Leaders' visits: who goes to whom.
 *
 * Sources differ in whom they count: Chinese leaders' travel (1949-2020), engagements
 * of Chinese leaders (2003-2018) of which travel abroad is one kind, presidents of the
 * United States, and its secretaries of state.  Each is a source of its own.
 *
 * Limits: China's and the United States' journeys only, so that a visit of the other
 * side is seen where it was hosted (visits.hosted) or not at all; a stop and a state
 * visit count one each; a summit at a meeting of many is a visit to the host alone.
 */
#include "measure/family.h"

#define TRIPS(table_, column_, view_, years_)                                      \
    {                                                                              \
        .table = (table_), .column = (column_), .view = (view_), .years = (years_) \
    }
#define ENGAGED(kind_, view_, years_)                                          \
    {                                                                          \
        .table = "engagement_china", .column = "engagements", .view = (view_), \
        .years = (years_), .where = "kind", .equals = (kind_)                  \
    }

/* Kinds of engagement, as the importer numbers them. */
enum {
    TRAVELLED = 1,
    HOSTED = 2,
    CALLED = 3,
};

static const struct ent_input travel[] = {
    TRIPS("visit_china_travel", "visits", ENT_VIEW_AT, 0),
};
static const struct ent_input abroad[] = { ENGAGED(TRAVELLED, ENT_VIEW_AT, 0) };
static const struct ent_input president[] = {
    TRIPS("visit_us_president", "visits", ENT_VIEW_AT, 0),
};
static const struct ent_input secretary[] = {
    TRIPS("visit_us_secretary", "visits", ENT_VIEW_AT, 0),
};
static const struct ent_input travel5[] = {
    TRIPS("visit_china_travel", "visits", ENT_VIEW_SUM, 5),
};
static const struct ent_input abroad5[] = { ENGAGED(TRAVELLED, ENT_VIEW_SUM, 5) };
static const struct ent_input president5[] = {
    TRIPS("visit_us_president", "visits", ENT_VIEW_SUM, 5),
};
static const struct ent_input secretary5[] = {
    TRIPS("visit_us_secretary", "visits", ENT_VIEW_SUM, 5),
};
static const struct ent_input hosted[] = { ENGAGED(HOSTED, ENT_VIEW_AT, 0) };
static const struct ent_input hosted5[] = { ENGAGED(HOSTED, ENT_VIEW_SUM, 5) };
static const struct ent_input called[] = { ENGAGED(CALLED, ENT_VIEW_AT, 0) };

#define ENGAGEMENTS(list) \
    ENT_SOURCE("visits_china_engagements", "visits_china_engagements", list)

static const struct ent_measure_source year_sources[] = {
    ENT_SOURCE("visits_china_travel", "visits_china_travel", travel),
    ENGAGEMENTS(abroad),
    ENT_SOURCE("visits_us_president", "visits_us_president", president),
    ENT_SOURCE("visits_us_secretary", "visits_us_secretary", secretary),
};
static const struct ent_measure_source five_sources[] = {
    ENT_SOURCE("visits_china_travel", "visits_china_travel", travel5),
    ENGAGEMENTS(abroad5),
    ENT_SOURCE("visits_us_president", "visits_us_president", president5),
    ENT_SOURCE("visits_us_secretary", "visits_us_secretary", secretary5),
};
static const struct ent_measure_source hosted_sources[] = { ENGAGEMENTS(hosted) };
static const struct ent_measure_source hosted5_sources[] = { ENGAGEMENTS(hosted5) };
static const struct ent_measure_source called_sources[] = { ENGAGEMENTS(called) };

#define ENTRY(id_, title_, meaning_, unit_, formula_, sources_)   \
    {                                                             \
        .info = {                                               \
            .id = (id_),                                        \
            .title = (title_),                                  \
            .meaning = (meaning_),                              \
            .unit = (unit_),                                    \
            .dimension = ENT_DIM_DELIVERY,                      \
            .direction = ENT_DIRECTED,                          \
            .sense = ENT_SENSE_CLOSER,                          \
            .form = ENT_FORM_COUNT,                             \
            .formula = (formula_),                              \
            .citation = "own count of published lists",         \
        },                                                      \
        ENT_FROM(sources_),                                     \
        .compute = ent__cell, \
    }

static const struct ent_measure measures[] = {
    ENTRY("visits.leaders", "leaders' visits",
          "X -> Y: how often X's leaders travelled to Y in the year", "visits",
          "number of visits", year_sources),
    ENTRY("visits.leaders5", "leaders' visits over five years",
          "X -> Y: how often X's leaders travelled to Y in this year and the four before",
          "visits", "number of visits, years t - 4 to t", five_sources),
    ENTRY("visits.hosted", "visitors received",
          "X -> Y: how often X's leaders received somebody from Y at home in the year",
          "meetings", "number of engagements at home", hosted_sources),
    ENTRY("visits.hosted5", "visitors received over five years",
          "X -> Y: how often X's leaders received somebody from Y at home in this year and the "
          "four before",
          "meetings", "number of engagements at home, years t - 4 to t", hosted5_sources),
    ENTRY("visits.calls", "leaders' telephone calls",
          "X -> Y: how often X's leaders telephoned with Y's in the year", "calls",
          "number of calls", called_sources),
};

const struct ent_family ent__visits_family = ENT_FAMILY(measures);
