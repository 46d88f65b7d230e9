/* Features out of the readings of a dossier. */
#include <math.h>
#include <string.h>

#include "assess/features.h"
#include "entente/dossier.h"

/* One side of a reading into a window: its trend ends in the year of the reading. */
static void look(const struct ent_reading *r, const struct ent_value_read *v, int year,
                 bool timeless, double window[ENT_WINDOW])
{
    for (int k = 0; k < ENT_WINDOW; k++) {
        int slot = ENT_TREND_YEARS - 1 - (r->year - (year - k));

        if (slot > ENT_TREND_YEARS - 1 || slot < 0 || (timeless && k > 0))
            continue;
        /* What somebody set stands in the value. */
        window[k] = slot == ENT_TREND_YEARS - 1 ? v->value : v->trend[slot];
    }
}

static void read_slot(const struct ent_dossier *d, size_t s, ent_windows windows)
{
    const struct ent_slot *slot = ent__slot_at(s);

    for (size_t i = 0; i < d->count; i++) {
        const struct ent_reading *r = &d->readings[i];
        struct ent_reading now = *r;

        if (strcmp(r->source, slot->source) != 0 ||
            strcmp(ent_measure_at(r->measure)->id, slot->measure) != 0)
            continue;
        now.year = slot->timeless ? d->year : r->year;
        look(&now, &r->forward, d->year, slot->timeless, windows[s][ENT_FORWARD]);
        look(&now, &r->backward, d->year, slot->timeless, windows[s][ENT_BACKWARD]);
    }
}

void ent_features_of_dossier(const struct ent_dossier *dossier, struct ent_features *out)
{
    ent_windows windows;

    memset(out, 0, sizeof(*out));
    out->a = dossier->a;
    out->b = dossier->b;
    out->year = dossier->year;
    ent__windows_clear(windows);
    for (size_t s = 0; s < ent__slot_count(false); s++)
        read_slot(dossier, s, windows);
    ent__features_make((const double(*)[ENT_SIDES][ENT_WINDOW])windows, false, out);
}
