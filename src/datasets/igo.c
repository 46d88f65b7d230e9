/*
 * Joint memberships in intergovernmental organizations, Correlates of War IGO
 * version 3 (Pevehouse et al.), as undirected dyad-years to 2014.
 *
 * COW observed memberships every five years before 1965; the packaged file has a
 * row for every year, so those between are not observations.  A pair without a row
 * is unknown, and a row of 0 is a count of none.
 */
#include "base/alloc.h"
#include "datasets/mapped.h"

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "state_a", ENT_ROLE_STATE, ENT_TYPE_INT, "", "state" },
    { "state_b", ENT_ROLE_STATE, ENT_TYPE_INT, "", "the other state" },
    { "joint_igos", ENT_ROLE_VALUE, ENT_TYPE_INT, "organizations",
      "organizations of which both are full members; to 1964 observed every five years" },
};

enum {
    YEAR,
    STATE_A,
    STATE_B,
    JOINT,
    COLUMNS
};

static const struct ent_table table = {
    .name = "igo_joint",
    .what = "intergovernmental organizations that two states share in a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 3,
};

static enum ent_status import_joint(struct ent_import *im, struct ent_error *err)
{
    static const struct ent_mapping map[] = {
        { "year", YEAR },
        { "ccode1", STATE_A, ENT_CODE_COWN },
        { "ccode2", STATE_B, ENT_CODE_COWN },
        { "dyadigos", JOINT },
    };

    return ent__import_mapped(im, &table, map, sizeof(map) / sizeof(map[0]), err);
}

static const double missing[] = { -9 };
static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "ccode1", "ccode2", "year", "dyadigos", NULL };

static const struct ent_form forms[] = {
    {
        .name = "dyad-years",
        .columns = header,
        .import = import_joint,
        .missing_numbers = missing,
        .missing_number_count = 1,
        .missing_texts = missing_texts,
    },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__igo = {
    .info = {
        .id = "igo",
        .title = "Correlates of War, Intergovernmental Organizations 3.0, joint memberships",
        .publisher = "Correlates of War Project",
        .citation = "Pevehouse, Jon C. W., Timothy Nordstrom, Roseanne W. McManus and Anne "
                    "Spencer Jamison. 2020. \"Tracking Organizations in the World: The "
                    "Correlates of War IGO Version 3.0 Datasets.\" Journal of Peace Research "
                    "57 (3): 492-503.",
        .bibtex = "@article{pevehouse2020tracking, author = {Pevehouse, Jon C. W. and "
                  "Nordstrom, Timothy and McManus, Roseanne W. and Jamison, Anne Spencer}, "
                  "title = {Tracking Organizations in the World: The Correlates of War IGO "
                  "Version 3.0 Datasets}, journal = {Journal of Peace Research}, volume = "
                  "{57}, number = {3}, pages = {492--503}, year = {2020}}",
        .licence = "free for research, with citation",
        .url = "https://correlatesofwar.org/data-sets/igos/",
    },
    .years = "1816 to 2014",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
