#include "entente/dossier_json.h"

#include "entente/spread.h"
#include "entente/state.h"
#include "query/panel_text.h"

const char *ent_state_code(int id)
{
    const struct ent_state *s = ent_state_get(id);

    if (!s)
        return "";
    return s->iso3[0] ? s->iso3 : s->cow[0] ? s->cow : s->gw;
}

static void add_state(struct ent_json *json, const char *key, int id, int year)
{
    ent_json_open_object(json, key);
    ent_json_int(json, "id", id);
    ent_json_text(json, "code", ent_state_code(id));
    ent_json_text(json, "name", ent_state_name(id, year));
    ent_json_close(json);
}

static void add_value(struct ent_json *json, const struct ent_value_read *v, int from, int to)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "from", ent_state_code(from));
    if (to >= 0)
        ent_json_text(json, "to", ent_state_code(to));
    ent_json_number(json, "value", v->value);
    if (v->low == v->low && v->high == v->high) {
        ent_json_number(json, "low", v->low);
        ent_json_number(json, "high", v->high);
    }
    ent_json_text(json, "reason", v->reason == ENT_KNOWN ? NULL : ent__reason_code(v->reason));
    if (v->place) {
        ent_json_int(json, "place", v->place);
        ent_json_int(json, "of", v->of);
        ent_json_number(json, "percentile", v->percentile);
    }
    ent_json_open_list(json, "trend");
    for (size_t i = 0; i < ENT_TREND_YEARS; i++)
        ent_json_number(json, NULL, v->trend[i]);
    ent_json_close(json);
    ent_json_close(json);
}

static void
add_reading(struct ent_json *json, const struct ent_dossier *d, const struct ent_reading *r)
{
    const struct ent_measure_info *info = ent_reading_measure(r);
    bool monadic = info->direction == ENT_MONADIC;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "measure", info->id);
    ent_json_text(json, "title", info->title);
    ent_json_text(json, "dimension", ent_dimension_name(info->dimension));
    ent_json_text(json, "unit", info->unit);
    ent_json_text(json, "direction", ent_direction_name(info->direction));
    ent_json_text(json, "source", r->source);
    ent_json_text(json, "version", r->version);
    ent_json_int(json, "year", r->year);
    ent_json_bool(json, "carried", r->carried);
    ent_json_int(json, "first_year", r->first_year);
    ent_json_int(json, "last_year", r->last_year);
    ent_json_open_list(json, "values");
    add_value(json, &r->forward, d->a, monadic ? -1 : d->b);
    if (info->direction != ENT_UNDIRECTED)
        add_value(json, &r->backward, d->b, monadic ? -1 : d->a);
    ent_json_close(json);
    ent_json_close(json);
}

static void add_fact(struct ent_json *json, const struct ent_fact *f)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "id", f->id);
    ent_json_text(json, "fact", f->text);
    ent_json_open_list(json, "states");
    for (size_t i = 0; i < f->state_count; i++)
        ent_json_text(json, NULL, ent_state_code(f->states[i]));
    ent_json_close(json);
    if (f->from_year) {
        ent_json_int(json, "from_year", f->from_year);
        ent_json_int(json, "to_year", f->to_year);
    }
    ent_json_number(json, "value", f->value);
    ent_json_text(json, "text", f->value_text);
    ent_json_text(json, "unit", f->unit);
    ent_json_text(json, "source", f->source);
    ent_json_text(json, "date", f->date);
    ent_json_text(json, "note", f->note);
    ent_json_close(json);
}

static void add_pledge(struct ent_json *json, const struct ent_pledge *p)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "id", p->id);
    ent_json_text(json, "from", ent_state_code(p->from));
    ent_json_text(json, "to", ent_state_code(p->to));
    ent_json_bool(json, "joint", p->joint);
    ent_json_text(json, "by", p->by);
    ent_json_text(json, "what", p->what);
    ent_json_text(json, "amount", p->amount);
    ent_json_text(json, "unit", p->unit);
    ent_json_text(json, "announced", p->announced);
    ent_json_text(json, "due", p->due);
    ent_json_text(json, "delivered", p->delivered);
    ent_json_text(json, "settled", p->settled);
    ent_json_text(json, "status", p->status);
    ent_json_text(json, "checked", p->checked);
    ent_json_text(json, "source", p->source);
    ent_json_text(json, "note", p->note);
    ent_json_close(json);
}

static void add_casebook(struct ent_json *json, const struct ent_dossier *d,
                         const struct ent_casebook *book)
{
    int year = d->latest ? 0 : d->year;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "name", book->name);
    ent_json_text(json, "title", book->title);
    ent_json_open_list(json, "facts");
    for (size_t i = 0; i < book->fact_count; i++) {
        if (ent_fact_concerns(&book->facts[i], d->a, d->b, year))
            add_fact(json, &book->facts[i]);
    }
    ent_json_close(json);
    ent_json_open_list(json, "pledges");
    for (size_t i = 0; i < book->pledge_count; i++) {
        if (ent_pledge_concerns(&book->pledges[i], d->a, d->b, year))
            add_pledge(json, &book->pledges[i]);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static void
add_spread(struct ent_json *json, const struct ent_dossier *d, const struct ent_spread *s)
{
    const struct ent_measure_info *m = ent_measure_at(s->measure);
    int from = s->backward ? d->b : d->a;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "measure", m->id);
    ent_json_text(json, "from", ent_state_code(from));
    if (m->direction != ENT_MONADIC)
        ent_json_text(json, "to", ent_state_code(from == d->a ? d->b : d->a));
    ent_json_int(json, "year", s->year);
    ent_json_int(json, "sources", (int64_t)s->sources);
    ent_json_number(json, "low", s->low);
    ent_json_text(json, "low_by", s->low_by);
    ent_json_text(json, "low_report", s->low_report[0] ? s->low_report : NULL);
    ent_json_number(json, "high", s->high);
    ent_json_text(json, "high_by", s->high_by);
    ent_json_text(json, "high_report", s->high_report[0] ? s->high_report : NULL);
    ent_json_number(json, "relative", s->relative);
    ent_json_close(json);
}

/* Out of memory, the document is broken off: writing it then says so. */
static void add_spreads(struct ent_json *json, const struct ent_dossier *d)
{
    struct ent_spreads spreads;

    if (ent_spreads_of_dossier(d, &spreads, NULL) != ENT_OK) {
        ent_json_close(json);
        return;
    }
    ent_json_open_list(json, "disagreements");
    for (size_t i = 0; i < spreads.count; i++)
        add_spread(json, d, &spreads.at[i]);
    ent_json_close(json);
    ent_spreads_release(&spreads);
}

void ent_dossier_json(const struct ent_dossier *d, struct ent_json *json, const char *key)
{
    ent_json_open_object(json, key);
    ent_json_int(json, "year", d->year);
    if (d->options && d->options[0])
        ent_json_text(json, "options", d->options);
    ent_json_bool(json, "latest", d->latest);
    ent_json_bool(json, "starter", d->starter);
    add_state(json, "a", d->a, d->year);
    add_state(json, "b", d->b, d->year);
    ent_json_open_list(json, "readings");
    for (size_t i = 0; i < d->count; i++)
        add_reading(json, d, &d->readings[i]);
    ent_json_close(json);
    add_spreads(json, d);
    ent_json_open_list(json, "reported");
    for (size_t i = 0; d->cases && i < d->cases->count; i++)
        add_casebook(json, d, &d->cases->at[i]);
    ent_json_close(json);
    ent_json_close(json);
}
