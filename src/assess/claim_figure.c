/*
 * One call: values of pairs and years put together as its function says.
 *
 * What is not known is never 0.  A sum over partners of which some are unknown is a
 * lower bound when no amount among them is negative; over years all must be known.
 */
#include "assess/claim_figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/claim_pairs.h"
#include "base/alloc.h"
#include "entente/state.h"
#include "world/group.h"

enum {
    FIRST_TERRITORY = 1001, /* Hong Kong and the like: partners, but no states */
    LAST_TERRITORY = 1999,
};

static struct ent_claim_number number_of(struct ent_claim_asked *k, double v)
{
    struct ent_claim_number n = { .v = v, .why = NULL };

    if (v != v)
        n.why = k->why ? k->why : "no value";
    else if (k->known < k->asked) {
        n.bound = k->negative ? 0 : 1;
        if (k->negative) {
            n.v = NAN;
            n.why = k->why;
        }
    }
    return n;
}

/* Over the years of a span, all of which must be known. */
static struct ent_claim_number over_years(struct ent_claim_asked *k)
{
    double sum = 0;
    double least = INFINITY;
    double most = -INFINITY;
    double result;

    for (int year = k->c->from; year <= k->c->to; year++) {
        double v = ent__asked_year(k, year);

        if (v != v && !k->w->quiet)
            return number_of(k, NAN);
        sum += v;
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    result = k->c->function == ENT_CALL_MIN    ? least
             : k->c->function == ENT_CALL_MAX  ? most
             : k->c->function == ENT_CALL_MEAN ? sum / (k->c->to - k->c->from + 1)
                                               : sum;
    return number_of(k, result);
}

static struct ent_claim_number change(struct ent_claim_asked *k)
{
    bool span = k->c->from != k->c->to;
    int before = span ? k->c->from : k->c->from - 1;
    double now = ent__asked_year(k, k->c->to);
    double then = ent__asked_year(k, before);
    struct ent_claim_number n = { .v = NAN, .why = k->why ? k->why : "no value" };

    if (now != now || then != then || k->known < k->asked)
        return n;
    if (then == 0) {
        n.why = ent__arena_printf(k->w->arena, "it was 0 in %d: there is no change on that",
                                  before);
        k->failed = k->failed || !n.why;
        return n;
    }
    return (struct ent_claim_number){ .v = now / then - 1 };
}

static bool is_territory(int id)
{
    return id >= FIRST_TERRITORY && id <= LAST_TERRITORY;
}

/* The years' lines added up into total[], by index; false after saying why not. */
static bool add_lines(struct ent_claim_asked *k, int a, double *total)
{
    size_t n = ent_state_count();

    for (size_t i = 0; i < n; i++)
        total[i] = NAN;
    for (int year = k->c->from; year <= k->c->to; year++) {
        const double *v = ent__asked_line(k, a, year);

        if (!v && !k->w->quiet)
            return false;
        for (size_t i = 0; v && i < n; i++) {
            if (v[i] == v[i])
                total[i] = total[i] == total[i] ? total[i] + v[i] : v[i];
        }
    }
    return true;
}

/* What a set of states has together, of a line; the members are struck out of it. */
static double take_out(double *total, const int *ids, size_t count)
{
    double sum = NAN;

    for (size_t i = 0; i < count; i++) {
        double *v = &total[ent_state_get(ids[i])->index];

        if (*v == *v)
            sum = sum == sum ? sum + *v : *v;
        *v = NAN;
    }
    return sum;
}

/* The place of `own` among what is left in a line. */
static void
find_place(struct ent_claim_asked *k, const double *total, double own, bool above_zero)
{
    uint32_t more = 0;
    uint32_t of = 1;

    for (size_t i = 0; i < ent_state_count(); i++) {
        if (total[i] != total[i] || is_territory(ent_state_at(i)->id) ||
            (above_zero && total[i] <= 0))
            continue;
        of++;
        more += total[i] > own;
    }
    k->place = more + 1;
    k->of = of;
}

static bool counts_above_zero(const struct ent_claim_asked *k)
{
    enum ent_number_form form = ent_measure_at(k->choice->measure)->form;

    return form == ENT_FORM_AMOUNT || form == ENT_FORM_COUNT || form == ENT_FORM_SHARE;
}

static struct ent_claim_number rank(struct ent_claim_asked *k)
{
    struct ent_claim_number n = { .v = NAN };
    bool monadic = !k->c->b.count;
    double *total = ent__arena_array(k->w->arena, ent_state_count() + 8, sizeof(*total));
    int ids[ENT_CLAIM_SET];
    size_t count =
        ent__claim_expand(monadic ? &k->c->a : &k->c->b, k->c->to, ids, ENT_CLAIM_SET);
    uint32_t blocs = 0;
    double own;

    if (!total) {
        k->failed = true;
        return n;
    }
    if (!add_lines(k, monadic ? 0 : k->c->a.terms[0].id, total))
        return number_of(k, NAN);
    own = take_out(total, ids, count);
    for (size_t i = 0; i < k->c->bloc_count; i++) {
        int members[ENT_GROUP_MEMBERS];
        size_t m = ent__group_members((size_t)k->c->blocs[i], k->c->to, members);
        double sum;

        if (m && ent__asked_find(members, m, ids[0]) < m && count == m)
            continue; /* it is the bloc whose place is asked for */
        sum = take_out(total, members, m);
        blocs += sum == sum;
        if (sum == sum && own == own && sum > own)
            k->ahead++;
    }
    if (own != own) {
        n.why = ent__arena_printf(k->w->arena, "%s has no value of %s in %d", k->choice->name,
                                  ent__asked_code(count ? ids[0] : 0), k->c->to);
        k->failed = k->failed || !n.why;
        return n;
    }
    if (own == 0 && counts_above_zero(k)) {
        n.why = "there is nothing between the two: no place";
        return n;
    }
    find_place(k, total, own, counts_above_zero(k));
    k->place += k->ahead;
    k->of += blocs;
    n.v = k->place;
    return n;
}

static struct ent_claim_number share(struct ent_claim_asked *k)
{
    struct ent_claim_number n = { .v = NAN };
    double all = 0;
    double part = 0;

    for (int year = k->c->from; year <= k->c->to; year++) {
        all += ent__asked_everybody(k, k->c->a.terms[0].id, year);
        part += ent__asked_year(k, year);
    }
    if (all != all || part != part || k->known < k->asked) {
        n.why = k->why ? k->why : "no value";
        return n;
    }
    if (all == 0) {
        n.why = "there is nothing of which it could be a share";
        return n;
    }
    return (struct ent_claim_number){ .v = part / all };
}

/* Among all dyads, or all states. */
static struct ent_claim_number place(struct ent_claim_asked *k)
{
    const struct ent_claim_data *d = k->w->data;
    double own = ent__asked_year(k, k->c->from);
    size_t count = 0;
    const double *all =
        d->field(d->context, k->choice->measure, k->choice->source, k->c->from, &count);
    size_t below = 0;
    size_t equal = 0;

    if (own != own)
        return number_of(k, NAN);
    if (!all || !count) {
        ent__asked_lacks(k, &(struct ent_claim_cell){ .lack = ENT_LACK_FULL }, k->c->from);
        return number_of(k, NAN);
    }
    own /= k->scale;
    for (size_t i = 0; i < count; i++) {
        below += all[i] < own;
        equal += all[i] == own;
    }
    k->place = (uint32_t)(count - below - equal + 1);
    k->of = (uint32_t)count;
    if (k->c->function == ENT_CALL_PERCENTILE)
        return (struct ent_claim_number){ .v = ((double)below + 0.5 * (double)equal) /
                                               (double)count };
    return (struct ent_claim_number){ .v = k->place };
}

/* A treaty in force, whoever owes it. */
static struct ent_claim_number treaty(struct ent_claim_asked *k)
{
    int a = k->c->a.terms[0].id;
    int b = k->c->b.terms[0].id;
    double x = ent__asked_cell(k, a, b, k->c->from);
    double y = ent__asked_cell(k, b, a, k->c->from);

    if (!(x > 0 || y > 0) && (x != x || y != y))
        return number_of(k, NAN); /* what one side owes is not known */
    return (struct ent_claim_number){ .v = x > 0 || y > 0 };
}

static struct ent_claim_number
from_cell(struct ent_claim_asked *k, const struct ent_claim_cell *cell, int year)
{
    if (cell->value != cell->value) {
        ent__asked_lacks(k, cell, year);
        return number_of(k, NAN);
    }
    return (struct ent_claim_number){ .v = cell->value };
}

/*
 * The vetoes of one state: those cast with another permanent member and those without,
 * whichever member is taken.
 */
static struct ent_claim_number vetoes_of_one(struct ent_claim_asked *k)
{
    enum {
        USA = 2,
        UK = 200,
    };
    int a = k->c->a.terms[0].id;
    int other = a == USA ? UK : USA;
    struct ent_claim_choice lone = *k->choice;
    struct ent_claim_choice joint = *k->choice;
    double sum = 0;

    if (ent_measure_find("vetoes.lone", &lone.measure, NULL) != ENT_OK)
        return number_of(k, NAN);
    for (int year = k->c->from; year <= k->c->to; year++) {
        k->choice = &lone;
        sum += ent__asked_cell(k, a, other, year);
        k->choice = &joint;
        sum += ent__asked_cell(k, a, other, year);
    }
    k->choice = NULL;
    return number_of(k, sum);
}

static struct ent_claim_number count_disputes(struct ent_claim_asked *k)
{
    const struct ent_claim_data *d = k->w->data;
    struct ent_claim_cell cell = { .value = NAN };

    d->disputes(d->context, k->choice->name, k->c->a.terms[0].id, k->c->b.terms[0].id,
                k->c->from, k->c->to, &cell);
    return from_cell(k, &cell, k->c->to);
}

static struct ent_claim_number vote(struct ent_claim_asked *k)
{
    const struct ent_claim_data *d = k->w->data;
    struct ent_claim_cell cell = { .value = NAN };

    d->vote(d->context, k->choice->name, k->c->a.terms[0].id, k->c->text, &cell);
    if (cell.value != cell.value && cell.lack == ENT_LACK_VALUE && !k->w->quiet) {
        k->why = ent__arena_printf(k->w->arena, "%s has no vote of %s in it", k->choice->name,
                                   ent__asked_code(k->c->a.terms[0].id));
        k->failed = k->failed || !k->why;
        return number_of(k, NAN);
    }
    return from_cell(k, &cell, 0);
}

static struct ent_claim_number fact(struct ent_claim_asked *k)
{
    const struct ent_claim_fact *f = ent__claim_fact_find(k->w->facts, k->c->text);

    if (!f || f->value != f->value)
        return (struct ent_claim_number){ .v = NAN, .why = "the reported fact has no number" };
    return (struct ent_claim_number){ .v = f->value };
}

static struct ent_claim_number compute(struct ent_claim_asked *k)
{
    switch (k->c->about) {
    case ENT_ABOUT_DISPUTES:
        return count_disputes(k);
    case ENT_ABOUT_VETOES_ONE:
        return vetoes_of_one(k);
    case ENT_ABOUT_VOTE:
        return vote(k);
    case ENT_ABOUT_FACT:
        return fact(k);
    case ENT_ABOUT_TREATY_ANY:
        return treaty(k);
    case ENT_ABOUT_MEASURE:
    case ENT_ABOUT_TRADE:
        break;
    }
    switch (k->c->function) {
    case ENT_CALL_RANK:
        return rank(k);
    case ENT_CALL_SHARE:
        return share(k);
    case ENT_CALL_PLACE:
    case ENT_CALL_PERCENTILE:
        return place(k);
    case ENT_CALL_CHANGE:
        return change(k);
    case ENT_CALL_TREATY:
        return treaty(k);
    case ENT_CALL_VALUE:
    case ENT_CALL_SUM:
    case ENT_CALL_MEAN:
    case ENT_CALL_MIN:
    case ENT_CALL_MAX:
    case ENT_CALL_COUNT:
    case ENT_CALL_VOTE:
    case ENT_CALL_FACT:
        break;
    }
    return over_years(k);
}

/* A pair's value gets its place among the first state's partners. */
static void place_of_value(struct ent_claim_asked *k)
{
    const struct ent_measure_info *info;
    struct ent_claim_working *w = k->w;
    struct ent_claim_line line = { NULL, { .value = NAN } };
    double *total;
    int ids[1];

    if (k->c->function != ENT_CALL_VALUE || !k->c->b.count || k->choice->swapped ||
        k->c->a.count != 1 || k->c->b.count != 1 || !k->c->a.terms[0].id ||
        !k->c->b.terms[0].id)
        return;
    info = ent_measure_at(k->choice->measure);
    if (info->form == ENT_FORM_YES_NO || info->form == ENT_FORM_RANK ||
        info->form == ENT_FORM_YEAR)
        return;
    w->data->line(w->data->context, k->choice->measure, k->choice->source, k->c->a.terms[0].id,
                  k->c->from, &line);
    total = line.v ? ent__arena_array(w->arena, ent_state_count() + 1, sizeof(*total)) : NULL;
    if (!total)
        return;
    if (ent__asked_too_few(k, line.v, k->c->a.terms[0].id, k->c->from))
        return;
    memcpy(total, line.v, ent_state_count() * sizeof(*total));
    ids[0] = k->c->b.terms[0].id;
    if (!is_territory(ids[0])) {
        double own = take_out(total, ids, 1);

        if (own == own && (own != 0 || !counts_above_zero(k)))
            find_place(k, total, own, counts_above_zero(k));
    }
}

static const char *label(struct ent_claim_asked *k, const struct ent_claim_choice *choice)
{
    const struct ent_claim_states *who = choice->swapped ? &k->c->b : &k->c->a;

    if (choice->about == ENT_ABOUT_TRADE && !choice->reports &&
        strcmp(choice->name, "comtrade") == 0)
        return "comtrade, as importers report";
    if (!choice->reports || who->count != 1 || !who->terms[0].id)
        return choice->name;
    return ent__arena_printf(k->w->arena, "%s, as %s reports", choice->name,
                             ent__asked_code(who->terms[0].id));
}

static const char *print_call(struct ent_claim_asked *k)
{
    struct ent_buf text;
    const char *copy;

    ent__buf_init(&text);
    ent__claim_print_call(k->c, &text);
    copy = text.failed ? NULL : ent__arena_copy(k->w->arena, ent__buf_str(&text));
    ent__buf_release(&text);
    return copy;
}

static enum ent_status note_figure(struct ent_claim_asked *k,
                                   const struct ent_claim_choice *choice,
                                   const struct ent_claim_number *n, struct ent_error *err)
{
    struct ent_claim_working *w = k->w;
    struct ent_claim_figure *f = &w->figures[w->figure_count];
    char text[128];

    if (w->figure_count == w->figure_capacity)
        return ENT_OK;
    w->figure_nodes[w->figure_count++] = k->node;
    memset(f, 0, sizeof(*f));
    ent__claim_value_text(n->v, &k->node->unit, text, sizeof(text));
    f->text = print_call(k);
    f->source = label(k, choice);
    /* Copied: what answers is closed before the answers are. */
    f->version = ent__arena_printf(
        w->arena, "%s",
        w->data->version(w->data->context, choice->measure, choice->source, choice->name));
    f->value = n->v;
    f->value_text = ent__arena_printf(w->arena, "%s%s", n->bound > 0 ? "at least " : "", text);
    f->why = n->v != n->v && n->why ? n->why : "";
    f->note = "";
    if (n->v == n->v && k->asked > 1 && k->known < k->asked)
        f->note =
            ent__arena_printf(w->arena, "%zu of %zu values are known", k->known, k->asked);
    f->place = k->place;
    f->of = k->of;
    f->by_partners =
        k->c->function == ENT_CALL_VALUE || (k->c->function == ENT_CALL_RANK && k->c->b.count);
    return f->text && f->source && f->version && f->value_text && f->note
               ? ENT_OK
               : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

enum ent_status ent__claim_figure(struct ent_claim_working *w,
                                  const struct ent_claim_node *node,
                                  struct ent_claim_number *out, struct ent_error *err)
{
    const struct ent_claim_choice *choice =
        &w->refs->at[node->call->reference].choices[w->pick[node->call->reference]];
    struct ent_claim_asked k = {
        .w = w, .node = node, .c = node->call, .choice = choice, .scale = 1
    };
    double scale = 1;

    if (choice->measure != SIZE_MAX)
        ent__claim_unit_of(ent_measure_at(choice->measure), &scale);
    k.scale = scale;
    *out = compute(&k);
    if (out->v == out->v && choice->measure != SIZE_MAX && k.choice)
        place_of_value(&k);
    if (k.failed)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    return w->quiet ? ENT_OK : note_figure(&k, choice, out, err);
}
