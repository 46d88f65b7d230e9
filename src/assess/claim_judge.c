#include "assess/claim_judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum {
    PARTS = 64,   /* comparisons in one claim */
    ANSWERS = 64, /* choices of sources of one comparison that are told */
    PICKS = 4096, /* and that are tried */
};

const char *ent_claim_answer_text(enum ent_claim_answer answer)
{
    static const char *const texts[ENT_CLAIM_ANSWERS] = {
        "supported",     "contradicted", "nearly", "depends on the source",
        "not checkable", "reported",     "wrong",
    };

    return texts[answer];
}

const char *ent_claim_verdict_text(enum ent_claim_verdict verdict)
{
    static const char *const texts[] = { "yes", "nearly", "no", "not known" };

    return texts[verdict];
}

/* A slip of the last bits is no difference. */
static double slack(double a, double b)
{
    return 1e-9 * (fabs(a) + fabs(b));
}

static bool equal_as_written(double value, double claimed, double last)
{
    return fabs(value - claimed) <= last / 2 + slack(value, claimed);
}

static bool holds(enum ent_claim_relation relation, double left, double right, double third,
                  double last, double allowed)
{
    switch (relation) {
    case ENT_CLAIM_EQUAL:
        return equal_as_written(left, right, last);
    case ENT_CLAIM_UNEQUAL:
        return !equal_as_written(left, right, last);
    case ENT_CLAIM_BELOW:
        return left < right;
    case ENT_CLAIM_AT_MOST:
        return left <= right + slack(left, right);
    case ENT_CLAIM_ABOVE:
        return left > right;
    case ENT_CLAIM_AT_LEAST:
        return left >= right - slack(left, right);
    case ENT_CLAIM_NEAR:
        return fabs(left - right) <= allowed + slack(left, right);
    case ENT_CLAIM_BETWEEN:
        return left >= right - slack(left, right) && left <= third + slack(left, third);
    case ENT_CLAIM_HOLDS:
        return left != 0;
    }
    return false;
}

/* How far the value is from where the relation would hold. */
static double
distance(enum ent_claim_relation relation, double left, double right, double third)
{
    if (relation == ENT_CLAIM_BETWEEN && left > third)
        return left - third;
    if (relation == ENT_CLAIM_BETWEEN && left >= right)
        return 0;
    return fabs(left - right);
}

static double
allowance(const struct ent_claim_tolerance *t, double claimed, enum ent_claim_relation relation)
{
    if (!t->given)
        return relation == ENT_CLAIM_NEAR ? 0.05 * fabs(claimed) : 0;
    return t->relative ? t->number * fabs(claimed) : t->number;
}

/*
 * A bounded value settles a relation only where no value beyond the bound could
 * settle it otherwise.
 */
static enum ent_claim_verdict by_bound(enum ent_claim_relation relation, int bound, double left,
                                       double right, double third, bool held)
{
    bool up = relation == ENT_CLAIM_ABOVE || relation == ENT_CLAIM_AT_LEAST;
    bool down = relation == ENT_CLAIM_BELOW || relation == ENT_CLAIM_AT_MOST;
    bool beyond =
        bound > 0 ? left > (relation == ENT_CLAIM_BETWEEN ? third : right) : left < right;

    if ((up && bound > 0) || (down && bound < 0))
        return held ? ENT_VERDICT_YES : ENT_VERDICT_UNKNOWN;
    if (up || down)
        return held ? ENT_VERDICT_UNKNOWN : ENT_VERDICT_NO;
    if (relation == ENT_CLAIM_UNEQUAL)
        return held && beyond ? ENT_VERDICT_YES : ENT_VERDICT_UNKNOWN;
    return !held && beyond ? ENT_VERDICT_NO : ENT_VERDICT_UNKNOWN;
}

enum ent_claim_verdict
ent__claim_relation(enum ent_claim_relation relation, struct ent_claim_number left,
                    struct ent_claim_number right, double third, double last,
                    const struct ent_claim_tolerance *tolerance)
{
    double allowed = allowance(tolerance, right.v, relation);
    /* A claimed value that is itself a bound: as if the value were bounded the other way. */
    int bound = left.bound ? left.bound : -right.bound;
    bool held;

    if (left.v != left.v || right.v != right.v || third != third)
        return ENT_VERDICT_UNKNOWN;
    if (left.bound && right.bound && left.bound != -right.bound)
        return ENT_VERDICT_UNKNOWN;
    held = holds(relation, left.v, right.v, third, last, allowed);
    if (bound)
        return by_bound(relation, bound, left.v, right.v, third, held);
    if (held)
        return ENT_VERDICT_YES;
    if (tolerance->given && relation != ENT_CLAIM_NEAR && relation != ENT_CLAIM_HOLDS &&
        relation != ENT_CLAIM_UNEQUAL &&
        distance(relation, left.v, right.v, third) <= allowed + slack(left.v, right.v))
        return ENT_VERDICT_NEARLY;
    return ENT_VERDICT_NO;
}

enum ent_claim_answer ent__claim_sum_up(const struct ent_claim_by *by, size_t count)
{
    size_t of[4] = { 0 };

    for (size_t i = 0; i < count; i++)
        of[by[i].verdict]++;
    if (of[ENT_VERDICT_NO] && (of[ENT_VERDICT_YES] || of[ENT_VERDICT_NEARLY]))
        return ENT_CLAIM_DEPENDS;
    if (of[ENT_VERDICT_NO])
        return ENT_CLAIM_CONTRADICTED;
    if (of[ENT_VERDICT_NEARLY])
        return ENT_CLAIM_NEARLY;
    return of[ENT_VERDICT_YES] ? ENT_CLAIM_SUPPORTED : ENT_CLAIM_UNCHECKED;
}

/* The first of `order` that either is. */
static enum ent_claim_answer
first_of(const enum ent_claim_answer *order, enum ent_claim_answer a, enum ent_claim_answer b)
{
    for (size_t i = 0; i < 4; i++) {
        if (a == order[i] || b == order[i])
            return order[i];
    }
    return order[4];
}

enum ent_claim_answer ent__claim_and(enum ent_claim_answer a, enum ent_claim_answer b)
{
    static const enum ent_claim_answer order[] = { ENT_CLAIM_CONTRADICTED, ENT_CLAIM_UNCHECKED,
                                                   ENT_CLAIM_DEPENDS, ENT_CLAIM_NEARLY,
                                                   ENT_CLAIM_SUPPORTED };

    return first_of(order, a, b);
}

enum ent_claim_answer ent__claim_or(enum ent_claim_answer a, enum ent_claim_answer b)
{
    static const enum ent_claim_answer order[] = { ENT_CLAIM_SUPPORTED, ENT_CLAIM_NEARLY,
                                                   ENT_CLAIM_DEPENDS, ENT_CLAIM_UNCHECKED,
                                                   ENT_CLAIM_CONTRADICTED };

    return first_of(order, a, b);
}

/* A claim in the making. */
struct judging {
    const struct ent_claim_court *court;
    struct ent_claim_part *parts;
    size_t part_count;
};

static const char *print_node(struct judging *j, const struct ent_claim_node *node, bool denied)
{
    struct ent_buf text;
    const char *copy;

    ent__buf_init(&text);
    ent__buf_puts(&text, denied ? "not " : "");
    ent__claim_print(node, &text);
    copy = text.failed ? NULL : ent__arena_copy(j->court->arena, ent__buf_str(&text));
    ent__buf_release(&text);
    return copy;
}

/* "comtrade + wdi", or their versions; each once. */
static const char *join_names(struct judging *j, const struct ent_claim_figure *figures,
                              size_t count, bool versions)
{
    struct ent_buf text;
    const char *copy;

    ent__buf_init(&text);
    for (size_t i = 0; i < count; i++) {
        bool seen = false;

        for (size_t k = 0; k < i; k++)
            seen = seen || strcmp(figures[k].source, figures[i].source) == 0;
        if (!seen && (!versions || figures[i].version[0]))
            ent__buf_printf(&text, "%s%s", text.len ? " + " : "",
                            versions ? figures[i].version : figures[i].source);
    }
    copy = text.failed ? NULL : ent__arena_copy(j->court->arena, ent__buf_str(&text));
    ent__buf_release(&text);
    return copy;
}

static double written_last(const struct ent_claim_node *node)
{
    if (node->kind == ENT_NODE_NEGATE)
        return written_last(node->child[0]);
    return node->kind == ENT_NODE_NUMBER ? node->last : 0;
}

/* A number as the claim has it; what is worked out, in the unit of the other side. */
static void claimed_text(const struct ent_claim_node *compare,
                         const struct ent_claim_node *node, double value, char *text,
                         size_t size)
{
    const struct ent_claim_unit *unit = &compare->child[0]->unit;

    if (node->text)
        snprintf(text, size, "%s", node->text);
    else
        ent__claim_value_text(value, unit->bare ? &node->unit : unit, text, size);
}

/* The values of both sides, and the verdict. */
static enum ent_status weigh(struct judging *j, struct ent_claim_working *w,
                             const struct ent_claim_node *node, struct ent_claim_by *by,
                             struct ent_error *err)
{
    static const struct ent_claim_tolerance none;
    bool compare = node->kind == ENT_NODE_COMPARE;
    const struct ent_claim_node *side = compare ? node->child[0] : node;
    struct ent_claim_number left, right = { 0 }, third = { 0 };
    char text[256], upper[128];

    ENT_TRY(ent__claim_value(w, side, &left, err));
    if (compare)
        ENT_TRY(ent__claim_value(w, node->child[1], &right, err));
    if (compare && node->child[2])
        ENT_TRY(ent__claim_value(w, node->child[2], &third, err));
    if (j->court->quiet)
        return ENT_OK;
    by->verdict = compare ? ent__claim_relation(node->relation, left, right, third.v,
                                                written_last(node->child[1]), &node->tolerance)
                          : ent__claim_relation(ENT_CLAIM_HOLDS, left, right, 0, 0, &none);
    by->value = left.v;
    by->at_least = left.bound > 0;
    by->claimed = compare ? right.v : 1;
    ent__claim_value_text(left.v, &side->unit, text, sizeof(text));
    by->value_text = ent__arena_printf(j->court->arena, "%s%s",
                                       left.v != left.v ? ""
                                       : left.bound > 0 ? "at least "
                                       : left.bound < 0 ? "at most "
                                                        : "",
                                       text);
    text[0] = '\0';
    if (compare)
        claimed_text(node, node->child[1], right.v, text, sizeof(text) / 2);
    if (compare && node->child[2]) {
        claimed_text(node, node->child[2], third.v, upper, sizeof(upper));
        snprintf(text + strlen(text), sizeof(text) - strlen(text), " to %s", upper);
    }
    by->claimed_text = ent__arena_copy(j->court->arena, ent__str(text));
    by->why = left.v != left.v     ? left.why
              : right.v != right.v ? right.why
              : third.v != third.v ? third.why
              : by->verdict == ENT_VERDICT_UNKNOWN
                  ? "some partners have no value: the sum is no more than a lower bound"
                  : "";
    if (!by->why)
        by->why = "no value";
    return by->value_text && by->claimed_text
               ? ENT_OK
               : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

static size_t count_calls(const struct ent_claim_node *node)
{
    size_t count = node->kind == ENT_NODE_CALL;

    for (int k = 0; k < 3 && node->child[k]; k++)
        count += count_calls(node->child[k]);
    return count;
}

/* One choice of sources in one store. */
static enum ent_status ask(struct judging *j, struct ent_claim_node *node,
                           const struct ent_claim_references *refs, const size_t *pick,
                           size_t store, struct ent_claim_by *by, struct ent_error *err)
{
    const struct ent_claim_court *court = j->court;
    size_t calls = count_calls(node);
    struct ent_claim_working w = { .data = &court->data[store],
                                   .facts = court->facts,
                                   .arena = court->arena,
                                   .refs = refs,
                                   .pick = pick,
                                   .quiet = court->quiet,
                                   .figure_capacity = calls };

    memset(by, 0, sizeof(*by));
    by->store = store;
    by->store_name = store && court->store_names
                         ? ent__arena_printf(court->arena, "%s", court->store_names[store])
                         : "";
    if (!by->store_name)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    if (!court->quiet) {
        w.figures = ent__arena_array(court->arena, calls + 1, sizeof(*w.figures));
        w.figure_nodes = ent__arena_array(court->arena, calls + 1, sizeof(*w.figure_nodes));
        if (!w.figures || !w.figure_nodes)
            return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    }
    ENT_TRY(weigh(j, &w, node, by, err));
    if (court->quiet)
        return ENT_OK;
    if (court->rows)
        ENT_TRY(court->rows(court->context, store, refs, pick, w.figure_nodes, w.figures,
                            w.figure_count, err));
    by->figures = w.figures;
    by->figure_count = w.figure_count;
    by->sources = join_names(j, w.figures, w.figure_count, false);
    by->versions = join_names(j, w.figures, w.figure_count, true);
    return by->sources && by->versions ? ENT_OK
                                       : ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
}

/* How many choices of sources there are; of very many, PICKS + 1 or more. */
static size_t count_picks(const struct ent_claim_references *refs)
{
    size_t count = 1;

    for (size_t r = 0; r < refs->count && count <= PICKS; r++)
        count *= refs->at[r].count;
    return count;
}

/* Whether every measure has a source, and all have no more than can be tried. */
static enum ent_status
check_references(const struct ent_claim_references *refs, struct ent_error *err)
{
    for (size_t r = 0; r < refs->count; r++) {
        if (refs->at[r].count == 0)
            return ent_fail(err, ENT_ENOTFOUND, "no source \"%s\" gives what is claimed",
                            refs->at[r].source ? refs->at[r].source : "");
    }
    if (count_picks(refs) > PICKS)
        return ent_fail(err, ENT_EFORMAT,
                        "the sources can be put together in more than %d ways: name some, as "
                        "in trade.total@cow_trade",
                        PICKS);
    return ENT_OK;
}

/* The next choice of sources; false after the last. */
static bool next_pick(const struct ent_claim_references *refs, size_t *pick)
{
    for (size_t r = refs->count; r-- > 0;) {
        if (++pick[r] < refs->at[r].count)
            return true;
        pick[r] = 0;
    }
    return false;
}

/* Whether another store said the same from the same release. */
static bool
said_before(const struct ent_claim_by *all, size_t count, const struct ent_claim_by *by)
{
    for (size_t i = 0; i < count; i++) {
        bool same = all[i].value == by->value ||
                    (all[i].value != all[i].value && by->value != by->value);

        if (all[i].store != by->store && strcmp(all[i].sources, by->sources) == 0 &&
            (by->verdict == ENT_VERDICT_UNKNOWN ||
             (same && strcmp(all[i].versions, by->versions) == 0)))
            return true;
    }
    return false;
}

/* "comtrade, as RUS reports" and "comtrade, as CHN reports" are of one dataset. */
static bool same_dataset(const char *a, const char *b)
{
    size_t n = strcspn(a, ",");

    return n == strcspn(b, ",") && strncmp(a, b, n) == 0;
}

/* Whether another choice of the same dataset gives the very same number. */
static bool given_before(const struct ent_claim_references *refs,
                         const struct ent_claim_by *all, size_t count,
                         const struct ent_claim_by *by)
{
    for (size_t i = 0; refs->count == 1 && i < count; i++) {
        if (refs->at[0].about == ENT_ABOUT_TRADE && all[i].store == by->store &&
            equal_as_written(all[i].value, by->value, 0) &&
            same_dataset(all[i].sources, by->sources))
            return true;
    }
    return false;
}

static enum ent_status ask_all(struct judging *j, struct ent_claim_node *node,
                               struct ent_claim_part *part, struct ent_claim_by **out,
                               struct ent_error *err)
{
    struct ent_claim_references refs;
    struct ent_claim_by *all;
    size_t count = 0;
    size_t most;

    ENT_TRY(ent__claim_references(node, &refs, err));
    ENT_TRY(check_references(&refs, err));
    most = j->court->quiet ? 1 : count_picks(&refs) * j->court->store_count;
    most = most < ANSWERS ? most : ANSWERS;
    all = ent__arena_array(j->court->arena, most + 1, sizeof(*all));
    if (!all)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    for (size_t store = 0; store < j->court->store_count; store++) {
        size_t pick[ENT_CLAIM_REFERENCES] = { 0 };

        do {
            struct ent_claim_by by;

            if (!ent__claim_consistent(&refs, pick) || count == ANSWERS)
                continue;
            ENT_TRY(ask(j, node, &refs, pick, store, &by, err));
            if (!j->court->quiet && !said_before(all, count, &by) &&
                !given_before(&refs, all, count, &by))
                all[count++] = by;
        } while (next_pick(&refs, pick));
    }
    part->by = *out = all;
    part->by_count = count;
    return ENT_OK;
}

/* What is denied is borne out where it does not hold. */
static void deny(struct ent_claim_part *part, struct ent_claim_by *by)
{
    for (size_t i = 0; i < part->by_count; i++) {
        if (by[i].verdict == ENT_VERDICT_YES)
            by[i].verdict = ENT_VERDICT_NO;
        else if (by[i].verdict == ENT_VERDICT_NO)
            by[i].verdict = ENT_VERDICT_YES;
    }
}

static enum ent_status judge_part(struct judging *j, struct ent_claim_node *node, bool denied,
                                  enum ent_claim_answer *answer, struct ent_error *err)
{
    struct ent_claim_by *by = NULL;
    struct ent_claim_part part = { 0 };

    if (j->part_count == PARTS)
        return ent_fail(err, ENT_EFORMAT, "more than %d comparisons in one claim", PARTS);
    ENT_TRY(ask_all(j, node, &part, &by, err));
    if (denied)
        deny(&part, by);
    if (j->court->quiet) {
        *answer = ENT_CLAIM_UNCHECKED;
        return ENT_OK;
    }
    part.answer = ent__claim_sum_up(part.by, part.by_count);
    part.text = print_node(j, node, denied);
    if (!part.text)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    *answer = part.answer;
    j->parts[j->part_count++] = part;
    return ENT_OK;
}

/* "not (a and b)" is "not a or not b": what is denied is denied of every part. */
static enum ent_status judge(struct judging *j, struct ent_claim_node *node, bool denied,
                             enum ent_claim_answer *answer, struct ent_error *err)
{
    enum ent_claim_answer a, b;

    if (node->kind == ENT_NODE_NOT)
        return judge(j, node->child[0], !denied, answer, err);
    if (node->kind != ENT_NODE_AND && node->kind != ENT_NODE_OR)
        return judge_part(j, node, denied, answer, err);
    ENT_TRY(judge(j, node->child[0], denied, &a, err));
    ENT_TRY(judge(j, node->child[1], denied, &b, err));
    *answer =
        (node->kind == ENT_NODE_AND) != denied ? ent__claim_and(a, b) : ent__claim_or(a, b);
    return ENT_OK;
}

static size_t count_parts(const struct ent_claim_node *node)
{
    if (node->kind != ENT_NODE_AND && node->kind != ENT_NODE_OR && node->kind != ENT_NODE_NOT)
        return 1;
    return count_parts(node->child[0]) + (node->child[1] ? count_parts(node->child[1]) : 0);
}

enum ent_status ent__claim_judge(const struct ent_claim_court *court,
                                 struct ent_claim_node *tree, struct ent_claim *claim,
                                 struct ent_error *err)
{
    struct judging j = { .court = court };

    j.parts = ent__arena_array(court->arena, count_parts(tree) + 1, sizeof(*j.parts));
    if (!j.parts)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a claim");
    ENT_TRY(judge(&j, tree, false, &claim->answer, err));
    claim->parts = j.parts;
    claim->part_count = j.part_count;
    return ENT_OK;
}
