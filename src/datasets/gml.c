/*
 * Gibler-Miller-Little (GML) militarised interstate disputes by directed dyad and
 * year, version 2.1.1, 1816 to 2010.
 *
 * Every pair stands twice, once from each side, and once a year for each dispute;
 * so several rows of one pair and year are several disputes.  -9 is missing.  The
 * fatality and highest hostility of a dispute are not those of a pair: what a
 * state suffered and did is told by its own columns.
 */
#include "base/alloc.h"
#include "datasets/dispute.h"

static const struct ent_table gml_table = {
    .name = "gml_dispute",
    .what = "a militarised dispute of two states in a year, from the side of one of them",
    .columns = ent__dispute_columns,
    .column_count = DISPUTE_GML_COLUMNS,
    .key_count = DISPUTE_KEYS,
    .absence = ENT_ABSENCE_ZERO,
};

static enum ent_status import_gml(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        ENT_DISPUTE_MAPPINGS("midongoing", "midonset"),
        { "endmon", DISPUTE_END_MONTH, .optional = true },
        { "revstate1", DISPUTE_REVISIONIST_FROM, .optional = true },
        { "revstate2", DISPUTE_REVISIONIST_TO, .optional = true },
        { "outcome", DISPUTE_OUTCOME, .optional = true },
        { "settle", DISPUTE_SETTLEMENT, .optional = true },
        { "numa", DISPUTE_STATES_A, .optional = true },
        { "numb", DISPUTE_STATES_B, .optional = true },
    };
    struct ent_str version = ent__import_first_text(im, ent__import_column(im, "version"));

    if (ent__str_starts(version, "gml-"))
        version = ent__str_slice(version, 4, version.len);
    ent__import_version(im, version);
    return ent__import_mapped_rows(im, &gml_table, map, sizeof(map) / sizeof(map[0]),
                                   ent__dispute_finish, err);
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "dispnum", "ccode1",   "ccode2",     "year",
                                      "sidea1",  "hostlev1", "midongoing", NULL };

static const struct ent_form forms[] = {
    {
        .name = "directed dyad-disputes",
        .columns = header,
        .import = import_gml,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &gml_table, NULL };

const struct ent_dataset ent__gml = {
    .info = {
        .id = "gml",
        .title = "Gibler, Miller and Little, militarised interstate disputes",
        .publisher = "Douglas M. Gibler, Steven V. Miller and Erin K. Little",
        .citation = "Gibler, Douglas M., Steven V. Miller and Erin K. Little. 2016. \"An "
                    "Analysis of the Militarized Interstate Dispute (MID) Dataset, 1816-2001.\" "
                    "International Studies Quarterly 60 (4): 719-730.",
        .bibtex = "@article{gibler2016analysis, author = {Gibler, Douglas M. and Miller, Steven "
                  "V. and Little, Erin K.}, title = {An Analysis of the Militarized Interstate "
                  "Dispute ({MID}) Dataset, 1816--2001}, journal = {International Studies "
                  "Quarterly}, volume = {60}, number = {4}, pages = {719--730}, year = {2016}}",
        .licence = "unknown: see the publisher",
        .url = "https://dmgibler.people.ua.edu/mid-data.html",
    },
    .years = "1816 to 2010",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
