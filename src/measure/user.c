#include "measure/user.h"

#include <string.h>

#include "base/alloc.h"
#include "measure/family.h"
#include "measure/members.h"
#include "measure/portfolio.h"

/* Kinds by the endings that portfolio.* has for them. */
static const struct kind {
    const char *name;
    enum ent_similarity_kind kind;
    const char *title, *formula, *citation;
} kinds[] = {
    { "s", ENT_SIMILARITY_S_ABSOLUTE, "S", F_S, C_S },
    { "s_squared", ENT_SIMILARITY_S_SQUARED, "squared S", F_S2, C_S },
    { "kappa", ENT_SIMILARITY_KAPPA, "kappa", F_KAPPA, C_KAPPA },
    { "kappa_linear", ENT_SIMILARITY_KAPPA_LINEAR, "linear kappa", F_KAPPA1, C_KAPPA },
    { "kappa_nominal", ENT_SIMILARITY_KAPPA_NOMINAL, "nominal kappa", F_KAPPA0, C_KAPPA },
    { "pi", ENT_SIMILARITY_PI, "pi", F_PI, C_PI },
    { "pi_linear", ENT_SIMILARITY_PI_LINEAR, "linear pi", F_PI1, C_PI },
    { "pi_nominal", ENT_SIMILARITY_PI_NOMINAL, "nominal pi", F_PI0, C_PI },
    { "tau_b", ENT_SIMILARITY_TAU_B, "tau-b", F_TAU, C_TAU },
    { "agreement", ENT_SIMILARITY_AGREEMENT, "agreement", F_AGREE, C_AGREE },
    { "strict", ENT_SIMILARITY_STRICT, "strict agreement", F_STRICT, C_AGREE },
    { "chance_corrected", ENT_SIMILARITY_CHANCE_CORRECTED, "chance-corrected S", F_A, C_A },
};

/* A measure with all that it points to. */
struct made {
    struct ent_measure measure;
    struct ent_measure_source source;
    struct ent_input input;
    const char *name;
};

int ent__user_levels(double low, double high, bool whole)
{
    if (!whole || !(low >= 0) || !(high < ENT_SIMILARITY_LEVELS))
        return 0;
    return high < 2 ? 2 : (int)high + 1;
}

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for a user's measure");
}

/* What both kinds of measure have. */
static struct made *begin(const struct ent_user_tie *tie, struct ent_arena *arena)
{
    bool dyadic = tie->direction != ENT_MONADIC;
    struct made *m = ent__arena_alloc(arena, sizeof(*m));

    if (!m)
        return NULL;
    memset(m, 0, sizeof(*m));
    m->name = tie->table;
    m->input = (struct ent_input){ .table = tie->table,
                                   .column = tie->column,
                                   .shape = tie->members ? ENT_SHAPE_MEMBERS
                                            : dyadic     ? ENT_SHAPE_DYAD
                                                         : ENT_SHAPE_STATE };
    m->source = (struct ent_measure_source){
        .name = tie->table, .datasets = tie->table, .inputs = &m->input, .input_count = 1
    };
    m->measure.info.dimension = ENT_DIM_OWN;
    m->measure.info.citation = "own";
    m->measure.info.source_count = 1;
    m->measure.info.sources = m->measure.info.datasets = &m->name;
    m->measure.from = &m->source;
    m->measure.from_count = 1;
    return m;
}

/* Of memberships, the value of two states is how many organisations they share. */
static void make_joint(struct made *m, struct ent_arena *arena)
{
    struct ent_measure_info *info = &m->measure.info;

    m->input.scope = ENT_SCOPE_BOTH;
    info->title = ent__arena_printf(arena, "shared organisations, by %s", info->title);
    info->meaning = "X and Y: in how many organisations of the user's own table both are";
    info->unit = "organisations";
    info->form = ENT_FORM_COUNT;
    info->sense = ENT_SENSE_CLOSER;
    info->formula = "number of organisations in which both have a value above 0";
    m->measure.compute = ent__members_joint;
}

enum ent_status ent__user_value(const struct ent_user_tie *tie, struct ent_arena *arena,
                                const struct ent_measure **out, struct ent_error *err)
{
    struct made *m = begin(tie, arena);
    struct ent_measure_info *info;

    if (!m)
        return no_memory(err);
    info = &m->measure.info;
    info->id = ent__arena_printf(arena, "%s.%s", tie->table, tie->column);
    info->title = tie->what;
    info->meaning =
        tie->direction == ENT_UNDIRECTED ? "X and Y: the value in the user's own table"
        : tie->direction == ENT_DIRECTED ? "X -> Y: the value in the user's own table"
                                         : "of X: the value in the user's own table";
    info->unit = tie->unit;
    info->direction = tie->direction;
    info->formula = "the value as it stands";
    m->measure.compute = tie->direction == ENT_MONADIC ? ent__own : ent__cell;
    if (tie->members)
        make_joint(m, arena);
    if (!info->id || !info->title)
        return no_memory(err);
    *out = &m->measure;
    return ENT_OK;
}

static enum ent_status find_kind(const struct ent_user_tie *tie, const char *name,
                                 const struct kind **out, struct ent_error *err)
{
    if (tie->direction == ENT_MONADIC)
        return ent_fail(err, ENT_EINVAL,
                        "%s.%s is of one state, and portfolios are of ties: import it as a "
                        "dyad-year",
                        tie->table, tie->column);
    for (size_t k = 0; k < ENT_COUNT_OF(kinds); k++) {
        if (strcmp(kinds[k].name, name) != 0)
            continue;
        *out = &kinds[k];
        if (tie->levels || (!tie->members && ent__valued_has(kinds[k].kind)))
            return ENT_OK;
        if (tie->members)
            return ent_fail(err, ENT_EINVAL,
                            "%s.%s.%s needs levels, whole numbers from 0 to %d, and this "
                            "column has others; only which organisations are shared is known",
                            tie->table, tie->column, name, ENT_SIMILARITY_LEVELS - 1);
        return ent_fail(
            err, ENT_EINVAL,
            "%s.%s.%s needs levels, whole numbers from 0 to %d, and this column has "
            "others; of such a tie there are s, s_squared, kappa, pi and agreement",
            tie->table, tie->column, name, ENT_SIMILARITY_LEVELS - 1);
    }
    return ent_fail(err, ENT_ENOTFOUND,
                    "%s.%s has no \"%.40s\"; of a tie there are s, s_squared, kappa, "
                    "kappa_linear, kappa_nominal, pi, pi_linear, pi_nominal, tau_b, agreement, "
                    "strict and chance_corrected",
                    tie->table, tie->column, name);
}

/* How levels, and how values of any size, are prepared and computed. */
static void lay_out(struct made *m, const struct ent_user_tie *tie)
{
    m->source.conventions = tie->members ? 0 : ENT_TIE_CONVENTIONS;
    if (tie->levels) {
        m->input.scope = ENT_SCOPE_BOTH;
        m->source.layout = tie->members ? tie->levels : ent__portfolio_layout(tie->levels);
        m->source.prepare = tie->members ? ent__members_prepare : ent__portfolio_prepare;
        m->measure.compute = ent__portfolio_compute;
        m->measure.interval = ent__portfolio_interval;
        m->measure.error_variant = ENT_KIND_ERROR_OF(m->measure.variant);
        return;
    }
    m->input.scope = ENT_SCOPE_ALL; /* the largest of the year is its range */
    m->source.prepare = ent__valued_prepare;
    m->measure.compute = ent__valued_compute;
}

enum ent_status ent__user_likeness(const struct ent_user_tie *tie, const char *kind,
                                   struct ent_arena *arena, const struct ent_measure **out,
                                   struct ent_error *err)
{
    const struct kind *k = NULL;
    struct ent_measure_info *info;
    struct made *m;

    ENT_TRY(find_kind(tie, kind, &k, err));
    m = begin(tie, arena);
    if (!m)
        return no_memory(err);
    info = &m->measure.info;
    info->id = ent__arena_printf(arena, "%s.%s.%s", tie->table, tie->column, kind);
    info->title = ent__arena_printf(arena, "%s of %s", k->title, tie->what);
    info->meaning =
        ent__arena_printf(arena, "how alike X's and Y's portfolios of %s %s are%s", tie->what,
                          tie->members ? "in all organisations" : "with all states",
                          tie->levels ? "" : "; D is the span of all ties of the year");
    info->unit = "";
    info->direction = ENT_UNDIRECTED;
    info->sense = ENT_SENSE_CLOSER;
    info->detail = true;
    info->formula = k->formula;
    info->citation = k->citation;
    m->measure.variant = (int)k->kind;
    m->measure.conventions = ENT_KIND_CONVENTIONS((int)k->kind);
    lay_out(m, tie);
    if (!info->id || !info->title || !info->meaning)
        return no_memory(err);
    *out = &m->measure;
    return ENT_OK;
}
