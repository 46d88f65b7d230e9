/* Where the sources of the verdict's weightiest flows disagree. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "entente/number.h"
#include "entente/spread.h"
#include "query/verdict.h"

/* "95.2 bn by dots as CHN reports" */
static void said(const struct ent_measure_info *m, double value, const char *source,
                 const char *report, char *text, size_t size)
{
    char number[ENT_NUMBER_TEXT];

    snprintf(text, size, "%.40s by %.40s%s%s%s",
             ent_value_text(value, m->form, m->unit, number, sizeof(number)), source,
             report[0] ? " as " : "", report, report[0] ? " reports" : "");
}

static bool is_told(const char *id)
{
    return strcmp(id, "trade.total") == 0 || strcmp(id, "arms.delivered5") == 0;
}

enum ent_status ent__verdict_sources(struct ent_verdict_work *w, struct ent_error *err)
{
    struct ent_verdict *v = w->v;
    struct ent_spreads spreads;

    ENT_TRY(ent_spreads_of_dossier(&v->dossier, &spreads, err));
    for (size_t i = 0; i < spreads.count; i++) {
        const struct ent_spread *s = &spreads.at[i];
        const struct ent_measure_info *m = ent_measure_at(s->measure);
        int side = s->backward ? ENT_B_TO_A : ENT_A_TO_B;
        char low[128], high[128];

        if (!is_told(m->id) || s->low <= 0)
            continue; /* that one source has nothing is told by "Not known" */
        said(m, s->low, s->low_by, s->low_report, low, sizeof(low));
        said(m, s->high, s->high_by, s->high_report, high, sizeof(high));
        if (m->direction == ENT_UNDIRECTED)
            ent__add_line(&v->sources, "%s %s, %s, %s (%d).", m->title, low, high,
                          ent_unit_rest(m->form, m->unit), s->year);
        else
            ent__add_line(&v->sources, "%s, from %s, %s, %s, %s (%d).", m->title,
                          w->evidence.name[side], low, high, ent_unit_rest(m->form, m->unit),
                          s->year);
    }
    ent_spreads_release(&spreads);
    return ENT_OK;
}
