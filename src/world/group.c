/* Groups of states and who was in them when. */
#include "world/group.h"

#include <string.h>

#include "base/str.h"
#include "entente/state.h"

/* Members that joined in one year; `left` is the first year without them, 0: still in. */
struct intake {
    const char *group;
    int joined, left;
    const char *members; /* ISO letters, a space between */
};

static const struct group {
    const char *name, *title;
} groups[] = {
    { "EU", "European Union (and what it grew from)" },
    { "NATO", "North Atlantic Treaty Organization" },
    { "ASEAN", "Association of Southeast Asian Nations" },
    { "BRICS", "BRICS" },
    { "SCO", "Shanghai Cooperation Organisation" },
    { "CSTO", "Collective Security Treaty Organization" },
    { "EAEU", "Eurasian Economic Union" },
    { "G7", "Group of Seven" },
    { "SOUTH_AMERICA", "South America" },
    { "SUB_SAHARAN_AFRICA", "sub-Saharan Africa" },
};

static const struct intake intakes[] = {
    { "EU", 1958, 0, "BEL DEU FRA ITA LUX NLD" },
    { "EU", 1973, 0, "DNK IRL" },
    { "EU", 1973, 2020, "GBR" },
    { "EU", 1981, 0, "GRC" },
    { "EU", 1986, 0, "ESP PRT" },
    { "EU", 1995, 0, "AUT FIN SWE" },
    { "EU", 2004, 0, "CYP CZE EST HUN LTU LVA MLT POL SVK SVN" },
    { "EU", 2007, 0, "BGR ROU" },
    { "EU", 2013, 0, "HRV" },
    { "NATO", 1949, 0, "BEL CAN DNK FRA GBR ISL ITA LUX NLD NOR PRT USA" },
    { "NATO", 1952, 0, "GRC TUR" },
    { "NATO", 1955, 0, "DEU" },
    { "NATO", 1982, 0, "ESP" },
    { "NATO", 1999, 0, "CZE HUN POL" },
    { "NATO", 2004, 0, "BGR EST LTU LVA ROU SVK SVN" },
    { "NATO", 2009, 0, "ALB HRV" },
    { "NATO", 2017, 0, "MNE" },
    { "NATO", 2020, 0, "MKD" },
    { "NATO", 2023, 0, "FIN" },
    { "NATO", 2024, 0, "SWE" },
    { "ASEAN", 1967, 0, "IDN MYS PHL SGP THA" },
    { "ASEAN", 1984, 0, "BRN" },
    { "ASEAN", 1995, 0, "VNM" },
    { "ASEAN", 1997, 0, "LAO MMR" },
    { "ASEAN", 1999, 0, "KHM" },
    { "BRICS", 2009, 0, "BRA CHN IND RUS" },
    { "BRICS", 2011, 0, "ZAF" },
    { "BRICS", 2024, 0, "ARE EGY ETH IRN" },
    { "BRICS", 2025, 0, "IDN" },
    { "SCO", 2001, 0, "CHN KAZ KGZ RUS TJK UZB" },
    { "SCO", 2017, 0, "IND PAK" },
    { "SCO", 2023, 0, "IRN" },
    { "SCO", 2024, 0, "BLR" },
    { "CSTO", 2002, 0, "ARM BLR KAZ KGZ RUS TJK" },
    { "CSTO", 2006, 2012, "UZB" },
    { "EAEU", 2015, 0, "ARM BLR KAZ KGZ RUS" },
    { "G7", 1975, 0, "DEU FRA GBR ITA JPN USA" },
    { "G7", 1976, 0, "CAN" },
    { "SOUTH_AMERICA", 1816, 0, "ARG BOL BRA CHL COL ECU GUY PER PRY SUR URY VEN" },
    { "SUB_SAHARAN_AFRICA", 1816, 0,
      "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI ERI ETH GAB GHA GIN GMB GNB GNQ KEN "
      "LBR LSO MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO "
      "TZA UGA ZAF ZMB ZWE" },
};

size_t ent__group_count(void)
{
    return sizeof(groups) / sizeof(groups[0]);
}

const char *ent__group_name(size_t group)
{
    return groups[group].name;
}

const char *ent__group_title(size_t group)
{
    return groups[group].title;
}

bool ent__group_find(struct ent_str name, size_t *group)
{
    for (size_t g = 0; g < ent__group_count(); g++) {
        if (ent__str_is_nocase(name, groups[g].name)) {
            *group = g;
            return true;
        }
    }
    return false;
}

/* The Germany of a year: two shared the letters. */
static int member_id(const char *code, int year)
{
    struct ent_str text = { code, 3 };
    struct ent_state_match match;
    bool germany = strncmp(code, "DEU", 3) == 0;

    if (ent_state_find(germany ? ent__str("Germany") : text,
                       germany ? ENT_CODE_NAME : ENT_CODE_ISO3, year, &match, NULL) != ENT_OK)
        return -1;
    return match.id;
}

size_t ent__group_members(size_t group, int year, int *ids)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof(intakes) / sizeof(intakes[0]); i++) {
        const struct intake *in = &intakes[i];

        if (strcmp(in->group, groups[group].name) != 0 || year < in->joined ||
            (in->left && year >= in->left))
            continue;
        for (const char *code = in->members; *code; code += code[3] ? 4 : 3) {
            int id = member_id(code, year);

            if (id > 0 && count < ENT_GROUP_MEMBERS &&
                (ent_state_member(id, ENT_MEMBER_COW, year) ||
                 ent_state_member(id, ENT_MEMBER_GW, year)))
                ids[count++] = id;
        }
    }
    return count;
}
