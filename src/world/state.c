#include "entente/state.h"

#include "world/table.h"

size_t ent_state_count(void)
{
    return ent__state_count;
}

const struct ent_state *ent_state_at(size_t index)
{
    return index < ent__state_count ? &ent__states[index] : NULL;
}

const struct ent_state *ent_state_get(int id)
{
    if (id < 0 || id >= ENT__ID_LIMIT || ent__index_of_id[id] < 0)
        return NULL;
    return &ent__states[ent__index_of_id[id]];
}

static bool touches_year(const struct ent_spell *spell, int year)
{
    return year >= spell->from_year && year <= spell->to_year;
}

bool ent_state_member(int id, enum ent_membership list, int year)
{
    const struct ent_state *state = ent_state_get(id);
    const struct ent_spell *spells;
    size_t count;

    if (!state)
        return false;
    spells = list == ENT_MEMBER_GW ? state->gw_spells : state->cow_spells;
    count = list == ENT_MEMBER_GW ? state->gw_spell_count : state->cow_spell_count;
    for (size_t i = 0; i < count; i++) {
        if (touches_year(&spells[i], year))
            return true;
    }
    return false;
}

bool ent_state_major(int id, int year)
{
    for (size_t i = 0; i < ent__major_count; i++) {
        if (ent__majors[i].id == id && touches_year(&ent__majors[i].spell, year))
            return true;
    }
    return false;
}

int ent_state_gwn(int id, int year)
{
    const struct ent_state *state = ent_state_get(id);

    if (!state)
        return 0;
    if (year == 0)
        return state->gwn;
    if (!ent_state_member(id, ENT_MEMBER_GW, year))
        return 0;
    for (size_t i = 0; i < ent__changed_gwn_count; i++) {
        const struct ent__changed_gwn *row = &ent__changed_gwns[i];

        if (row->id == id && year >= row->from && year <= row->to)
            return row->gwn;
    }
    return state->gwn;
}

const char *ent_state_name(int id, int year)
{
    const struct ent_state *state = ent_state_get(id);

    if (!state)
        return "";
    for (size_t i = 0; year != 0 && i < ent__period_count; i++) {
        const struct ent__period *period = &ent__periods[i];

        if (period->id == id && year >= period->from && year <= period->to)
            return period->name;
    }
    return state->name;
}

int ent_state_china_seat(int year, int month, int day)
{
    enum {
        CHINA = 710,
        TAIWAN = 713
    };
    int date = (year * 100 + month) * 100 + day;

    return date >= 19491208 && date <= 19711024 ? TAIWAN : CHINA;
}
