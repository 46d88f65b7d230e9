#include "query/conventions.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "entente/dossier_json.h"
#include "entente/state.h"
#include "entente/str.h"

enum {
    VALUES = 3, /* at most, of one convention */
};

/* A convention by its key; near-unanimous has a share for a value, poles two states. */
static const struct key {
    const char *name;
    enum ent_convention convention;
    const char *value[VALUES]; /* in the order of the option's enum */
    const char *scope;
} keys[] = {
    { "self-ties",
      ENT_CONVENTION_SELF_TIES,
      { "yes", "no" },
      "it is of treaty ties: portfolio.kappa and its kin" },
    { "absent",
      ENT_CONVENTION_ABSENT,
      { "missing", "abstain" },
      "it is of votes in the file that has absences: votes.kappa@unga2015 and its kin" },
    { "unanimous",
      ENT_CONVENTION_UNANIMOUS,
      { "drop", "keep" },
      "it is of votes whose measure does not settle it: votes.kappa and its kin" },
    { "range",
      ENT_CONVENTION_RANGE,
      { "theoretical", "observed" },
      "it is of S and agreement: portfolio.s, votes.s and their kin" },
    { "hage-zero",
      ENT_CONVENTION_UNDEFINED,
      { "no", "yes" },
      "it is of kappa and pi: portfolio.kappa, votes.pi and their kin" },
    { "period",
      ENT_CONVENTION_PERIOD,
      { "session", "calendar" },
      "it is of votes: votes.kappa, votes.agreement and their kin" },
    { "system",
      ENT_CONVENTION_SYSTEM,
      { "all", "region", "relevant" },
      "it is of ties, whose items are states: portfolio.kappa and its kin; the items of votes "
      "are roll calls" },
    { "weights",
      ENT_CONVENTION_WEIGHTS,
      { "none", "cinc", "gdp" },
      "it is of S of ties: portfolio.s, portfolio.own_s_squared and their kin; "
      "portfolio.s_weighted settles it itself" },
    { "poles",
      ENT_CONVENTION_POLES,
      { NULL },
      "it is of hedging between two poles: hedging.trade and its kin" },
    { "near-unanimous", ENT_CONVENTION_UNANIMOUS, { NULL, NULL }, NULL },
};

enum {
    KEYS = sizeof(keys) / sizeof(keys[0]),
};

/* The key that a word begins with, or NULL after filling err. */
static const struct key *find_key(const char *word, size_t len, struct ent_error *err)
{
    const char *names[KEYS];
    char name[64];
    size_t nearest;

    snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), word);
    for (size_t k = 0; k < KEYS; k++) {
        names[k] = keys[k].name;
        if (strcmp(keys[k].name, name) == 0)
            return &keys[k];
    }
    nearest = ent_nearest(name, names, KEYS);
    if (nearest < KEYS)
        (void)ent_fail(err, ENT_EINVAL, "no option is called \"%s\"; the nearest is \"%s\"",
                       name, names[nearest]);
    else
        (void)ent_fail(err, ENT_EINVAL,
                       "no option is called \"%s\"; there are self-ties, absent, unanimous, "
                       "near-unanimous, period, range, system, weights, hage-zero and poles",
                       name);
    return NULL;
}

static enum ent_status
parse_share(const char *text, struct ent_conventions *out, struct ent_error *err)
{
    double share;

    if (!ent__str_to_f64((struct ent_str){ text, strlen(text) }, &share) ||
        !(share > 0.5 && share <= 1))
        return ent_fail(err, ENT_EINVAL,
                        "near-unanimous: \"%.40s\" is no share above 0.5 and up to 1", text);
    out->options.drop_share = share;
    return ENT_OK;
}

/* "USA/RUS": two states, as a person writes them. */
static enum ent_status
parse_poles(const char *text, struct ent_conventions *out, struct ent_error *err)
{
    const char *slash = strchr(text, '/');
    struct ent_str names[2] = { { text, slash ? (size_t)(slash - text) : 0 },
                                { slash ? slash + 1 : text, slash ? strlen(slash + 1) : 0 } };

    if (!slash)
        return ent_fail(err, ENT_EINVAL,
                        "poles are two states with a slash between, as USA/RUS, "
                        "and not \"%.40s\"",
                        text);
    for (int k = 0; k < 2; k++) {
        struct ent_state_match match;

        ENT_TRY(ent_state_find(names[k], ENT_CODE_ANY, 0, &match, err));
        out->poles[k] = (int16_t)match.id;
    }
    if (out->poles[0] == out->poles[1])
        return ent_fail(err, ENT_EINVAL, "both poles are %s", ent_state_code(out->poles[0]));
    return ENT_OK;
}

/* The words of a key: "self-ties is yes or no, and not ..." */
static enum ent_status no_value(const struct key *key, const char *text, struct ent_error *err)
{
    if (key->value[2])
        return ent_fail(err, ENT_EINVAL, "%s is %s, %s or %s, and not \"%.40s\"", key->name,
                        key->value[0], key->value[1], key->value[2], text);
    return ent_fail(err, ENT_EINVAL, "%s is %s or %s, and not \"%.40s\"", key->name,
                    key->value[0], key->value[1], text);
}

static enum ent_status parse_value(const struct key *key, const char *text,
                                   struct ent_conventions *out, struct ent_error *err)
{
    int which = 0;

    if (key->convention == ENT_CONVENTION_POLES)
        return parse_poles(text, out, err);
    if (!key->value[0])
        return parse_share(text, out, err);
    while (which < VALUES && key->value[which] && strcmp(text, key->value[which]) != 0)
        which++;
    if (which == VALUES || !key->value[which])
        return no_value(key, text, err);
    switch (key->convention) {
    case ENT_CONVENTION_SELF_TIES:
        out->options.self_ties = (enum ent_self_ties)which;
        break;
    case ENT_CONVENTION_ABSENT:
        out->options.absent = (enum ent_absent_as)which;
        break;
    case ENT_CONVENTION_UNANIMOUS:
        out->options.drop_share = which ? 0 : 1;
        break;
    case ENT_CONVENTION_RANGE:
        out->options.range = (enum ent_level_range)which;
        break;
    case ENT_CONVENTION_UNDEFINED:
        out->options.undefined = (enum ent_undefined)which;
        break;
    case ENT_CONVENTION_PERIOD:
        out->period = (enum ent_vote_period)which;
        break;
    case ENT_CONVENTION_SYSTEM:
        out->system = (enum ent_target_system)which;
        break;
    case ENT_CONVENTION_WEIGHTS:
        out->weights = (enum ent_target_weights)which;
        break;
    case ENT_CONVENTION_POLES: /* read above */
        break;
    }
    return ENT_OK;
}

enum ent_status ent__conventions_parse(const char *const *words, size_t count,
                                       struct ent_conventions *out, struct ent_error *err)
{
    struct ent_conventions c = { 0 };

    for (size_t k = 0; k < count; k++) {
        const char *equals = strchr(words[k], '=');
        const struct key *key;

        if (!equals)
            return ent_fail(err, ENT_EINVAL, "\"%.60s\": an option is KEY=VALUE", words[k]);
        key = find_key(words[k], (size_t)(equals - words[k]), err);
        if (!key)
            return ENT_EINVAL;
        if (c.given & key->convention)
            return ent_fail(err, ENT_EINVAL, "%s is settled twice",
                            ent__convention_key(key->convention));
        ENT_TRY(parse_value(key, equals + 1, &c, err));
        c.given |= key->convention;
    }
    *out = c;
    return ENT_OK;
}

uint32_t ent__conventions_heeded(const struct ent_measure *measure,
                                 const struct ent_measure_source *source)
{
    uint32_t both = measure->conventions & source->conventions;
    uint32_t heeded = measure->conventions | source->conventions;

    if (!(both & ENT_CONVENTION_WEIGHTS))
        heeded &= ~(uint32_t)ENT_CONVENTION_WEIGHTS;
    for (size_t i = 0; i < source->input_count; i++)
        heeded |= source->inputs[i].shape == ENT_SHAPE_VOTES ? ENT_CONVENTION_PERIOD : 0;
    return heeded;
}

static const struct key *key_of(enum ent_convention convention)
{
    const struct key *key = keys;

    while (key->convention != convention)
        key++;
    return key;
}

const char *ent__convention_key(enum ent_convention convention)
{
    return key_of(convention)->name;
}

const char *ent__convention_scope(enum ent_convention convention)
{
    return key_of(convention)->scope;
}

void ent__convention_text(const struct ent_conventions *conventions,
                          enum ent_convention convention, char *text, size_t size)
{
    const struct ent_similarity_options *o = &conventions->options;
    const struct key *key = key_of(convention);
    int which = 0;

    switch (convention) {
    case ENT_CONVENTION_SELF_TIES:
        which = (int)o->self_ties;
        break;
    case ENT_CONVENTION_ABSENT:
        which = (int)o->absent;
        break;
    case ENT_CONVENTION_UNANIMOUS:
        if (o->drop_share > 0 && o->drop_share < 1) {
            snprintf(text, size, "near-unanimous=%.12g", o->drop_share);
            return;
        }
        which = o->drop_share == 0;
        break;
    case ENT_CONVENTION_RANGE:
        which = (int)o->range;
        break;
    case ENT_CONVENTION_UNDEFINED:
        which = (int)o->undefined;
        break;
    case ENT_CONVENTION_PERIOD:
        which = (int)conventions->period;
        break;
    case ENT_CONVENTION_SYSTEM:
        which = (int)conventions->system;
        break;
    case ENT_CONVENTION_WEIGHTS:
        which = (int)conventions->weights;
        break;
    case ENT_CONVENTION_POLES:
        snprintf(text, size, "poles=%s/%s", ent_state_code(conventions->poles[0]),
                 ent_state_code(conventions->poles[1]));
        return;
    }
    snprintf(text, size, "%s=%s", key->name, key->value[which]);
}

/* What a convention rests on must be loaded. */
static enum ent_status check_needed(const struct ent_conventions *conventions,
                                    enum ent_convention one, const struct ent_panel *panel,
                                    struct ent_error *err)
{
    const struct ent_measure_source *needed = ent__convention_source(conventions, one);
    char text[64];

    if (!needed || ent__panel_coverage(panel, needed).loaded)
        return ENT_OK;
    ent__convention_text(conventions, one, text, sizeof(text));
    return ent_fail(err, ENT_ENOTFOUND,
                    "%s needs \"%s\", which is not loaded: see entente data %s", text,
                    needed->name, needed->name);
}

enum ent_status ent__conventions_check(const struct ent_conventions *conventions,
                                       uint32_t heeded, const struct ent_panel *panel,
                                       struct ent_error *err)
{
    for (int k = 0; k < ENT_CONVENTIONS; k++) {
        enum ent_convention one = (enum ent_convention)(1 << k);

        if (conventions->given & ~heeded & (uint32_t)one)
            return ent_fail(err, ENT_EINVAL,
                            "no measure that is asked for has the option %s; %s",
                            ent__convention_key(one), ent__convention_scope(one));
        ENT_TRY(check_needed(conventions, one, panel, err));
    }
    return ENT_OK;
}

const char *
ent__conventions_list(const struct ent_conventions *conventions, struct ent_arena *arena)
{
    const char *list = "";

    for (int k = 0; k < ENT_CONVENTIONS && list; k++) {
        enum ent_convention one = (enum ent_convention)(1 << k);
        char text[64];

        if (!(conventions->given & (uint32_t)one))
            continue;
        ent__convention_text(conventions, one, text, sizeof(text));
        list = ent__arena_printf(arena, "%s%s%s", list, *list ? "," : "", text);
    }
    return list;
}
