/* Reading calls: a measure or a function, its states and years. */
#include <string.h>

#include "assess/claim_parse.h"
#include "base/alloc.h"
#include "entente/state.h"
#include "world/group.h"

static const char *const functions[ENT_CALLS] = {
    "",     "rank", "share", "place", "percentile", "change", "sum",
    "mean", "min",  "max",   "count", "treaty",     "vote",   "fact",
};

const char *ent__claim_function_name(enum ent_claim_function function)
{
    return functions[function];
}

static void name_text(struct ent_str name, char *text, size_t size)
{
    snprintf(text, size, "%.*s", ent__claim_cut(name, 80), name.at);
}

static enum ent_status
keep(struct ent_claim_parser *p, struct ent_str text, const char **out, struct ent_error *err)
{
    *out = ent__arena_copy(p->arena, text);
    return *out ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

/* A name that is neither function nor measure. */
static enum ent_status
no_name(struct ent_claim_parser *p, const char *name, size_t at, struct ent_error *err)
{
    size_t nearest = ent_nearest(name, functions + 1, ENT_CALLS - 1);
    struct ent_error found = { 0 };
    size_t ignored;

    if (!strchr(name, '.') && nearest < ENT_CALLS - 1)
        return ent__claim_wrong(p, at, err, ENT_ENOTFOUND,
                                "no function \"%s\"; did you mean %s?", name,
                                functions[1 + nearest]);
    if (ent_measure_find(name, &ignored, &found) == ENT_OK)
        return ENT_OK;
    return ent__claim_wrong(p, at, err, ENT_ENOTFOUND, "%s", found.message);
}

static bool has_source(size_t measure, struct ent_str source)
{
    const struct ent_measure_info *info = ent_measure_at(measure);

    for (size_t s = 0; s < info->source_count; s++) {
        if (ent__str_is(source, info->sources[s]))
            return true;
    }
    return false;
}

/* The sources of what a call asks about, for a message. */
static void list_sources(const struct ent_claim_call *call, char *text, size_t size)
{
    const struct ent_measure_info *info;
    size_t len = 0;

    if (call->about == ENT_ABOUT_TRADE) {
        snprintf(text, size, "cow_trade, comtrade, dots");
        return;
    }
    info = ent_measure_at(call->measure);
    for (size_t s = 0; s < info->source_count && len + 40 < size; s++)
        len +=
            (size_t)snprintf(text + len, size - len, "%s%s", s ? ", " : "", info->sources[s]);
}

static enum ent_status
parse_source(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    struct ent_str source;
    char list[160], name[96];
    bool known;

    ent__claim_next(p);
    if (p->token.kind != ENT_TOKEN_NAME)
        return ent__claim_expected(p, "the id of a source", err);
    source = p->token.text;
    known = call->about == ENT_ABOUT_TRADE
                ? ent__str_is(source, "cow_trade") || ent__str_is(source, "comtrade") ||
                      ent__str_is(source, "dots")
                : has_source(call->measure, source);
    if (!known) {
        list_sources(call, list, sizeof(list));
        name_text(source, name, sizeof(name));
        return ent__claim_wrong(p, p->token.at, err, ENT_ENOTFOUND,
                                "no source \"%s\" here; it has %s", name, list);
    }
    ENT_TRY(keep(p, source, &call->source, err));
    ent__claim_next(p);
    return ENT_OK;
}

/* A measure by its id, or "trade", with its source where one is asked for. */
static enum ent_status
parse_measure(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    size_t at = p->token.at;
    char name[96];

    if (p->token.kind != ENT_TOKEN_NAME)
        return ent__claim_expected(p, "a measure", err);
    name_text(p->token.text, name, sizeof(name));
    if (ent__str_is_nocase(p->token.text, "trade")) {
        call->about = ENT_ABOUT_TRADE;
    } else {
        struct ent_error found = { 0 };

        if (ent_measure_find(name, &call->measure, &found) != ENT_OK)
            return ent__claim_wrong(p, at, err, ENT_ENOTFOUND, "%s", found.message);
    }
    ent__claim_next(p);
    return p->token.kind == ENT_TOKEN_AT ? parse_source(p, call, err) : ENT_OK;
}

static enum ent_status
parse_term(struct ent_claim_parser *p, struct ent_claim_term *term, struct ent_error *err)
{
    size_t group;

    if (p->token.kind != ENT_TOKEN_NAME && p->token.kind != ENT_TOKEN_STRING)
        return ent__claim_expected(p, "a state", err);
    term->at = p->token.at;
    term->group = -1;
    ENT_TRY(keep(p, p->token.text, &term->was, err));
    if (p->token.kind == ENT_TOKEN_NAME) {
        term->everybody = ent__str_is_nocase(p->token.text, "ALL");
        if (ent__group_find(p->token.text, &group))
            term->group = (int)group;
    }
    ent__claim_next(p);
    return ENT_OK;
}

enum {
    TERMS = 64,
};

static enum ent_status
parse_states(struct ent_claim_parser *p, struct ent_claim_states *out, struct ent_error *err)
{
    struct ent_claim_term terms[TERMS];
    bool minus = false;

    for (size_t count = 0;; count++) {
        if (count == TERMS)
            return ent__claim_wrong(p, p->token.at, err, ENT_EFORMAT,
                                    "more than %d states are added up", TERMS);
        memset(&terms[count], 0, sizeof(terms[count]));
        ENT_TRY(parse_term(p, &terms[count], err));
        terms[count].minus = minus;
        out->count = count + 1;
        if (p->token.kind != ENT_TOKEN_PLUS && p->token.kind != ENT_TOKEN_MINUS)
            break;
        minus = p->token.kind == ENT_TOKEN_MINUS;
        ent__claim_next(p);
    }
    out->terms = ent__arena_array(p->arena, out->count, sizeof(*out->terms));
    if (!out->terms)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    memcpy(out->terms, terms, out->count * sizeof(*out->terms));
    return ENT_OK;
}

static enum ent_status parse_year(struct ent_claim_parser *p, int *year, struct ent_error *err)
{
    if (p->token.kind != ENT_TOKEN_NUMBER)
        return ent__claim_expected(p, "a year", err);
    if (p->token.decimals || p->token.number < 1816 || p->token.number > 2100)
        return ent__claim_wrong(
            p, p->token.at, err, ENT_EFORMAT, "\"%.*s\" is no year from 1816 to 2100",
            (int)(p->token.text.len > 30 ? 30 : p->token.text.len), p->token.text.at);
    *year = (int)p->token.number;
    ent__claim_next(p);
    return ENT_OK;
}

static enum ent_status
parse_years(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    size_t at = p->token.at;

    ENT_TRY(parse_year(p, &call->from, err));
    call->to = call->from;
    if (p->token.kind != ENT_TOKEN_SPAN)
        return ENT_OK;
    ent__claim_next(p);
    ENT_TRY(parse_year(p, &call->to, err));
    if (call->to < call->from)
        return ent__claim_wrong(p, at, err, ENT_EFORMAT, "%d..%d goes backwards", call->from,
                                call->to);
    return ENT_OK;
}

/* Look the states up, now that the year is known. */
static enum ent_status find_states(struct ent_claim_parser *p, struct ent_claim_states *states,
                                   int year, struct ent_error *err)
{
    for (size_t i = 0; i < states->count; i++) {
        struct ent_claim_term *term = &states->terms[i];
        struct ent_state_match match;
        struct ent_error found = { 0 };
        enum ent_status status;

        if (term->everybody || term->group >= 0)
            continue;
        status = ent_state_find(ent__str(term->was), ENT_CODE_ANY, year, &match, &found);
        if (status != ENT_OK)
            return ent__claim_wrong(p, term->at, err, status, "%s", found.message);
        term->id = match.id;
    }
    return ENT_OK;
}

static enum ent_status
parse_blocs(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    size_t group;

    while (p->token.kind == ENT_TOKEN_COMMA) {
        ent__claim_next(p);
        if (p->token.kind != ENT_TOKEN_NAME || !ent__group_find(p->token.text, &group))
            return ent__claim_expected(p, "a group, such as EU,", err);
        if (call->bloc_count == sizeof(call->blocs) / sizeof(call->blocs[0]))
            return ent__claim_wrong(p, p->token.at, err, ENT_EFORMAT, "too many groups");
        call->blocs[call->bloc_count++] = (int)group;
        ent__claim_next(p);
    }
    return ENT_OK;
}

/* States, states if there are any, and years; at the end the parenthesis. */
static enum ent_status
parse_pair(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    ENT_TRY(parse_states(p, &call->a, err));
    ENT_TRY(ent__claim_take(p, ENT_TOKEN_COMMA, "\",\" and a year", err));
    if (p->token.kind != ENT_TOKEN_NUMBER) {
        ENT_TRY(parse_states(p, &call->b, err));
        ENT_TRY(ent__claim_take(p, ENT_TOKEN_COMMA, "\",\" and a year", err));
    }
    ENT_TRY(parse_years(p, call, err));
    if (call->function == ENT_CALL_RANK)
        ENT_TRY(parse_blocs(p, call, err));
    ENT_TRY(find_states(p, &call->a, call->from, err));
    ENT_TRY(find_states(p, &call->b, call->from, err));
    return ent__claim_take(p, ENT_TOKEN_CLOSE, "\")\"", err);
}

static enum ent_status
parse_vote(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    call->about = ENT_ABOUT_VOTE;
    ENT_TRY(parse_states(p, &call->a, err));
    ENT_TRY(ent__claim_take(p, ENT_TOKEN_COMMA, "\",\" and a roll call", err));
    if (p->token.kind != ENT_TOKEN_STRING && p->token.kind != ENT_TOKEN_NUMBER)
        return ent__claim_expected(
            p, "a resolution, a date or the number of a roll call, in quotes,", err);
    ENT_TRY(keep(p, p->token.text, &call->text, err));
    ent__claim_next(p);
    if (p->token.kind == ENT_TOKEN_AT) {
        ent__claim_next(p);
        if (p->token.kind != ENT_TOKEN_NAME)
            return ent__claim_expected(p, "the id of a vote file", err);
        ENT_TRY(keep(p, p->token.text, &call->source, err));
        ent__claim_next(p);
    }
    ENT_TRY(find_states(p, &call->a, 0, err));
    return ent__claim_take(p, ENT_TOKEN_CLOSE, "\")\"", err);
}

static enum ent_status
parse_fact(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    const struct ent_claim_fact *fact;

    call->about = ENT_ABOUT_FACT;
    if (p->token.kind != ENT_TOKEN_STRING)
        return ent__claim_expected(p, "the id of a fact, in quotes,", err);
    ENT_TRY(keep(p, p->token.text, &call->text, err));
    fact = ent__claim_fact_find(p->facts, call->text);
    call->fact_unit = fact ? fact->unit : (struct ent_claim_unit){ .bare = true };
    if (p->facts && !fact)
        return ent__claim_wrong(p, p->token.at, err, ENT_ENOTFOUND,
                                "no reported fact has the id \"%.60s\"", call->text);
    ent__claim_next(p);
    return ent__claim_take(p, ENT_TOKEN_CLOSE, "\")\"", err);
}

/* What treaty and count ask for, and the measure that tells it. */
static enum ent_status
parse_kind(struct ent_claim_parser *p, struct ent_claim_call *call, struct ent_error *err)
{
    static const char *const treaties[] = { "defense",       "offense",      "neutrality",
                                            "nonaggression", "consultation", "any" };
    static const char *const counts[] = { "vetoes", "visits", "exercises", "disputes" };
    static const char *const measures[] = { "vetoes.joint", "visits.leaders",
                                            "exercises.joint" };
    bool treaty = call->function == ENT_CALL_TREATY;
    const char *const *kinds = treaty ? treaties : counts;
    size_t count = treaty ? 6 : 4;
    char name[96], id[120];

    if (p->token.kind != ENT_TOKEN_NAME)
        return ent__claim_expected(p, treaty ? "a kind of treaty" : "what is counted", err);
    name_text(p->token.text, name, sizeof(name));
    if (strcmp(name, "defence") == 0)
        snprintf(name, sizeof(name), "defense");
    for (size_t k = 0; k < count; k++) {
        if (strcmp(name, kinds[k]) != 0)
            continue;
        call->kind = kinds[k];
        if (strcmp(name, "any") == 0 || strcmp(name, "disputes") == 0)
            call->about = treaty ? ENT_ABOUT_TREATY_ANY : ENT_ABOUT_DISPUTES;
        else
            snprintf(id, sizeof(id), "%s%s", treaty ? "treaty." : "",
                     treaty ? name : measures[k]);
        if (call->about == ENT_ABOUT_MEASURE)
            ENT_TRY(ent_measure_find(id, &call->measure, err));
        ent__claim_next(p);
        return ent__claim_take(p, ENT_TOKEN_COMMA, "\",\" and the states", err);
    }
    return ent__claim_wrong(p, p->token.at, err, ENT_ENOTFOUND, "no \"%s\" here; it is %s",
                            name,
                            treaty ? "defense, offense, neutrality, nonaggression, "
                                     "consultation or any"
                                   : "disputes, vetoes, visits or exercises");
}

static bool single(const struct ent_claim_states *s)
{
    return s->count == 1 && s->terms[0].id > 0;
}

/* Amounts and counts can be added up; an index cannot. */
static bool adds_up(const struct ent_claim_call *call)
{
    enum ent_number_form form;

    if (call->about != ENT_ABOUT_MEASURE)
        return call->about == ENT_ABOUT_TRADE;
    form = ent_measure_at(call->measure)->form;
    return form == ENT_FORM_AMOUNT || form == ENT_FORM_COUNT || form == ENT_FORM_YES_NO;
}

/* Whether a share of a whole is asked for, which adds up over partners. */
static bool adds_over_partners(const struct ent_claim_call *call)
{
    return adds_up(call) || (call->about == ENT_ABOUT_MEASURE &&
                             ent_measure_at(call->measure)->form == ENT_FORM_SHARE);
}

static const char *about_name(const struct ent_claim_call *call)
{
    return call->about == ENT_ABOUT_MEASURE ? ent_measure_at(call->measure)->id : "trade";
}

static bool is_monadic(const struct ent_claim_call *call)
{
    return (call->about == ENT_ABOUT_MEASURE &&
            ent_measure_at(call->measure)->direction == ENT_MONADIC) ||
           call->about == ENT_ABOUT_VOTE || call->about == ENT_ABOUT_VETOES_ONE;
}

/* Whether as many states are named as the measure is of. */
static enum ent_status check_sides(struct ent_claim_parser *p, const struct ent_claim_call *c,
                                   size_t at, struct ent_error *err)
{
    if (is_monadic(c) && c->b.count)
        return ent__claim_wrong(p, at, err, ENT_EFORMAT, "%s is of one state: %s(%s, YEAR)",
                                about_name(c), about_name(c), c->a.terms[0].was);
    if (!is_monadic(c) && !c->b.count)
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "%s is of two states: %s(%s, OTHER, YEAR)", about_name(c),
                                about_name(c), c->a.terms[0].was);
    if (single(&c->a) && single(&c->b) && c->a.terms[0].id == c->b.terms[0].id)
        return ent__claim_wrong(p, c->b.terms[0].at, err, ENT_EFORMAT,
                                "a dyad is two states; both are %s",
                                ent_state_get(c->a.terms[0].id)->name);
    for (size_t i = 0; i < c->a.count; i++) {
        if (c->a.terms[i].everybody)
            return ent__claim_wrong(p, c->a.terms[i].at, err, ENT_EFORMAT,
                                    "ALL is for partners, after the first state");
    }
    return ENT_OK;
}

/* Whether the function can be asked of these states and years. */
static enum ent_status check_function(struct ent_claim_parser *p,
                                      const struct ent_claim_call *c, size_t at,
                                      struct ent_error *err)
{
    bool set_a = c->a.count && !single(&c->a);
    bool set_b = c->b.count && !single(&c->b);
    bool span = c->from != c->to;
    bool one_each = c->function == ENT_CALL_PLACE || c->function == ENT_CALL_PERCENTILE ||
                    c->function == ENT_CALL_TREATY || c->function == ENT_CALL_COUNT ||
                    c->function == ENT_CALL_VOTE;
    const char *name = functions[c->function];

    if ((one_each && (set_a || set_b)) ||
        (set_a && (c->function == ENT_CALL_RANK || c->function == ENT_CALL_SHARE)))
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "%s is of single states, not of several added up", name);
    if ((set_a && !adds_up(c)) || (set_b && !adds_over_partners(c)))
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "%s of several states cannot be added up", about_name(c));
    if (span && (c->function == ENT_CALL_VALUE || c->function == ENT_CALL_PLACE ||
                 c->function == ENT_CALL_PERCENTILE || c->function == ENT_CALL_TREATY))
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "of a span of years say which: sum, mean, min or max");
    if (c->function == ENT_CALL_SHARE && is_monadic(c))
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "%s is of one state, and has no partners", about_name(c));
    if (!adds_up(c) && (c->function == ENT_CALL_SHARE || c->function == ENT_CALL_SUM ||
                        (span && c->function == ENT_CALL_RANK)))
        return ent__claim_wrong(p, at, err, ENT_EFORMAT,
                                "%s cannot be added up: it is no amount and no count",
                                about_name(c));
    return ENT_OK;
}

static enum ent_status
finish(struct ent_claim_parser *p, struct ent_claim_node *node, struct ent_error *err)
{
    struct ent_claim_call *c = node->call;

    if (c->function == ENT_CALL_FACT)
        return ENT_OK;
    if (c->function == ENT_CALL_VOTE)
        return check_function(p, c, node->at, err);
    if (c->function == ENT_CALL_COUNT && !c->b.count && strcmp(c->kind, "vetoes") == 0)
        c->about = ENT_ABOUT_VETOES_ONE;
    if (c->function == ENT_CALL_COUNT || c->function == ENT_CALL_TREATY) {
        if (!c->b.count && c->about != ENT_ABOUT_VETOES_ONE)
            return ent__claim_wrong(p, node->at, err, ENT_EFORMAT,
                                    "two states are needed: %s(%s, %s, OTHER, YEAR)",
                                    functions[c->function], c->kind, c->a.terms[0].was);
        if (single(&c->a) && single(&c->b) && c->a.terms[0].id == c->b.terms[0].id)
            return ent__claim_wrong(p, c->b.terms[0].at, err, ENT_EFORMAT,
                                    "a dyad is two states; both are %s",
                                    ent_state_get(c->a.terms[0].id)->name);
    } else {
        ENT_TRY(check_sides(p, c, node->at, err));
    }
    if (c->function == ENT_CALL_COUNT || c->function == ENT_CALL_TREATY) {
        bool sets = !single(&c->a) || (c->b.count && !single(&c->b));

        return sets || (c->function == ENT_CALL_TREATY && c->from != c->to)
                   ? ent__claim_wrong(p, node->at, err, ENT_EFORMAT,
                                      "%s is of two single states%s", functions[c->function],
                                      sets ? "" : " in one year")
                   : ENT_OK;
    }
    return check_function(p, c, node->at, err);
}

enum ent_status ent__claim_parse_call(struct ent_claim_parser *p, struct ent_claim_node *node,
                                      struct ent_error *err)
{
    struct ent_claim_call *call = ent__arena_alloc(p->arena, sizeof(*call));
    char name[96];

    if (!call)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    node->call = call;
    name_text(p->token.text, name, sizeof(name));
    for (int f = 1; f < ENT_CALLS; f++) {
        if (ent__str_is_nocase(p->token.text, functions[f]))
            call->function = (enum ent_claim_function)f;
    }
    if (call->function == ENT_CALL_VALUE) {
        if (!ent__str_is_nocase(p->token.text, "trade"))
            ENT_TRY(no_name(p, name, p->token.at, err));
        ENT_TRY(parse_measure(p, call, err));
        ENT_TRY(ent__claim_take(p, ENT_TOKEN_OPEN, "\"(\" and the states", err));
        ENT_TRY(parse_pair(p, call, err));
        return finish(p, node, err);
    }
    ent__claim_next(p);
    ENT_TRY(ent__claim_take(p, ENT_TOKEN_OPEN, "\"(\"", err));
    if (call->function == ENT_CALL_VOTE) {
        ENT_TRY(parse_vote(p, call, err));
    } else if (call->function == ENT_CALL_FACT) {
        ENT_TRY(parse_fact(p, call, err));
    } else if (call->function == ENT_CALL_COUNT || call->function == ENT_CALL_TREATY) {
        ENT_TRY(parse_kind(p, call, err));
        ENT_TRY(parse_pair(p, call, err));
    } else {
        ENT_TRY(parse_measure(p, call, err));
        ENT_TRY(ent__claim_take(p, ENT_TOKEN_COMMA, "\",\" and the states", err));
        ENT_TRY(parse_pair(p, call, err));
    }
    return finish(p, node, err);
}
