/*
 * Reading a model.  The file may be anybody's: every number is checked before it is used,
 * and what is wrong is named with its line and column.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/features.h"
#include "assess/model.h"
#include "base/alloc.h"

enum {
    BYTES_MOST = 64 << 20,
    YEAR_FIRST = 1816,
    YEAR_LAST = 2200,
    PLACES_MOST = 512, /* years of a variant */
    POINTS_MOST = 256, /* of a year */
    DRAW_LARGEST = 1000 * ENT_DRAW_UNIT,
};

#define NUMBER_LARGEST 1e9
#define KNOTS_APART    1e-7 /* nearer ones would make a bend that is no number */

struct reader {
    struct ent_model *model;
    const char *name;
    const char *at, *end; /* what is left */
    size_t line;
    struct ent_str word; /* of the line: its first field */
    const char *cursor;  /* in the line, behind the fields that were read */
    const char *line_start, *line_end;
    struct ent_fitted *variant;
    int32_t *draws;
    struct ent_places *places;
    struct ent_error *err;
};

static enum ent_status
fail_at(struct reader *r, const char *where, const char *seen, struct ent_str text)
{
    enum ent_status status = ent_fail(r->err, ENT_EFORMAT, "%s: \"%.*s\"", seen,
                                      (int)(text.len < 40 ? text.len : 40), text.at);

    ent_error_at(r->err, r->name, r->line, (size_t)(where - r->line_start) + 1);
    return status;
}

/* Go to the next line and read its first word; false at the end of the text. */
static bool next_line(struct reader *r)
{
    const char *stop;

    if (r->at == r->end)
        return false;
    r->line++;
    r->line_start = r->cursor = r->at;
    stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    r->line_end = stop ? stop : r->end;
    r->at = stop ? stop + 1 : r->end;
    return true;
}

static bool more(const struct reader *r)
{
    return r->cursor && r->cursor <= r->line_end;
}

/* The next field of the line; the empty span when there is none. */
static struct ent_str field(struct reader *r)
{
    struct ent_str text = { r->line_end, 0 };
    const char *stop;

    if (!more(r))
        return text;
    stop = memchr(r->cursor, '\t', (size_t)(r->line_end - r->cursor));
    text.at = r->cursor;
    text.len = (size_t)((stop ? stop : r->line_end) - r->cursor);
    r->cursor = stop ? stop + 1 : NULL;
    return text;
}

static enum ent_status read_real(struct reader *r, double least, double most, double *out)
{
    struct ent_str text = field(r);
    double value;

    if (!ent__str_to_f64(text, &value) || !isfinite(value))
        return fail_at(r, text.at, "a number was expected, not", text);
    if (!(value >= least && value <= most))
        return fail_at(r, text.at, "out of range", text);
    *out = value;
    return ENT_OK;
}

static enum ent_status read_int(struct reader *r, int64_t least, int64_t most, int64_t *out)
{
    struct ent_str text = field(r);
    int64_t value;

    if (!ent__str_to_i64(text, &value))
        return fail_at(r, text.at, "a whole number was expected, not", text);
    if (value < least || value > most)
        return fail_at(r, text.at, "out of range", text);
    *out = value;
    return ENT_OK;
}

static enum ent_status line_done(struct reader *r)
{
    if (!more(r))
        return ENT_OK;
    return fail_at(r, r->cursor, "the line should end before", field(r));
}

static enum ent_status read_charters(struct reader *r)
{
    while (more(r)) {
        int64_t id;

        if (r->model->charter_count == ENT_CHARTERS)
            return fail_at(r, r->cursor, "more charters than there is room for", field(r));
        ENT_TRY(read_int(r, 1, 99999, &id));
        r->model->charters[r->model->charter_count++] = (int)id;
    }
    return ENT_OK;
}

static enum ent_status read_variant(struct reader *r)
{
    struct ent_model *model = r->model;
    struct ent_str id = field(r);
    const struct ent_variant_plan *plan = ent__variant_plan_find(id);
    struct ent_fitted *v;
    int64_t first, last, dyads;

    if (!plan || !plan->shipped)
        return fail_at(r, id.at, "no form of the model is called", id);
    for (size_t i = 0; i < model->variant_count; i++)
        if (ent__str_is(id, model->variants[i].info.id))
            return fail_at(r, id.at, "a second form is called", id);
    if (model->variant_count == ENT_VARIANTS)
        return fail_at(r, id.at, "more forms than there is room for", id);
    v = &model->variants[model->variant_count];
    memset(v, 0, sizeof(*v));
    ENT_TRY(read_int(r, YEAR_FIRST, YEAR_LAST, &first));
    ENT_TRY(read_int(r, first, YEAR_LAST, &last));
    ENT_TRY(read_int(r, 1, INT64_C(1) << 40, &dyads));
    ENT_TRY(read_real(r, 0, 1, &v->info.base_rate));
    ENT_TRY(read_real(r, 0, NUMBER_LARGEST, &v->penalty));
    v->info.id = plan->id;
    v->info.title = plan->title;
    v->info.meaning = plan->meaning;
    v->info.outcome = plan->outcome;
    v->info.headline = plan->headline;
    v->info.first_year = (int)first;
    v->info.last_year = (int)last;
    v->info.dyads = (uint64_t)dyads;
    v->calibration = (struct ent_calibration){ .slope = 1 };
    r->variant = v;
    model->variant_count++;
    return line_done(r);
}

/* The feature of a column, added to the variant's when it is new. */
static enum ent_status read_feature(struct reader *r, struct ent_fitted *v, size_t *out)
{
    struct ent_str id = field(r);
    size_t feature = ent__feature_find(id.at, id.len);

    if (feature >= ent_feature_count())
        return fail_at(r, id.at, "no feature is called", id);
    *out = feature;
    for (size_t i = 0; i < v->info.feature_count; i++)
        if (v->features[i] == feature)
            return ENT_OK;
    v->features[v->info.feature_count++] = feature;
    return ENT_OK;
}

static enum ent_status read_knots(struct reader *r, struct ent_column_spec *c)
{
    while (more(r)) {
        if (c->knots == ENT_KNOTS)
            return fail_at(r, r->cursor, "more knots than there is room for", field(r));
        ENT_TRY(read_real(r, c->knots ? c->knot[c->knots - 1] : -NUMBER_LARGEST, NUMBER_LARGEST,
                          &c->knot[c->knots]));
        if (c->knots && c->knot[c->knots] - c->knot[c->knots - 1] < KNOTS_APART)
            return fail_at(r, r->line_start, "two knots are the same, or nearly",
                           (struct ent_str){ "", 0 });
        c->knots++;
    }
    if (c->bend && (c->knots < 3 || (size_t)c->bend > c->knots - 2))
        return fail_at(r, r->line_start, "a bend needs more knots", (struct ent_str){ "", 0 });
    return ENT_OK;
}

static enum ent_status read_column(struct reader *r)
{
    struct ent_fitted *v = r->variant;
    struct ent_column_spec *c;
    struct ent_str scale;
    int64_t bend;

    if (!v || v->draw_count || v->column_count == ENT_COLUMNS)
        return fail_at(r, r->word.at, "no column is expected here", r->word);
    c = &v->columns[v->column_count];
    ENT_TRY(read_feature(r, v, &c->feature));
    scale = field(r);
    c->logarithm = ent__str_is(scale, "log");
    if (!c->logarithm && !ent__str_is(scale, "linear"))
        return fail_at(r, scale.at, "\"log\" or \"linear\" was expected, not", scale);
    ENT_TRY(read_real(r, c->logarithm ? 1e-12 : 0, NUMBER_LARGEST, &c->offset));
    ENT_TRY(read_int(r, 0, ENT_KNOTS - 2, &bend));
    c->bend = (int)bend;
    ENT_TRY(read_real(r, -NUMBER_LARGEST, NUMBER_LARGEST, &c->mean));
    ENT_TRY(read_real(r, 1e-12, NUMBER_LARGEST, &c->sd));
    ENT_TRY(read_real(r, -1000, 1000, &v->beta[v->column_count + 1]));
    ENT_TRY(read_knots(r, c));
    v->column_count++;
    return ENT_OK;
}

static enum ent_status read_calibration(struct reader *r)
{
    struct ent_calibration c;

    ENT_TRY(read_real(r, -1000, 1000, &c.start));
    ENT_TRY(read_real(r, 0, 1000, &c.slope));
    ENT_TRY(read_real(r, -c.slope, 1000, &c.extra));
    ENT_TRY(read_real(r, -1000, 1000, &c.knee));
    r->variant->calibration = c;
    return line_done(r);
}

/* A draw: small whole numbers, of which there are very many. */
static enum ent_status read_draw(struct reader *r)
{
    struct ent_fitted *v = r->variant;
    size_t n = v->column_count + 1;

    if (v->column_count == 0 || v->draw_count == ENT_DRAWS)
        return fail_at(r, r->word.at, "no draw is expected here", r->word);
    if (!r->draws) {
        r->draws = ent__arena_array(&r->model->arena, ENT_DRAWS * n, sizeof(*r->draws));
        if (!r->draws)
            return ent_fail(r->err, ENT_ENOMEM, "out of memory for a model");
        v->draws = r->draws;
    }
    for (size_t i = 0; i < n; i++) {
        int32_t value = 0;
        const char *c = r->cursor;
        bool negative = c && c < r->line_end && *c == '-';
        const char *first = negative ? c + 1 : c;

        for (c = first; c && c < r->line_end && *c >= '0' && *c <= '9'; c++) {
            value = value * 10 + (*c - '0');
            if (value > DRAW_LARGEST)
                break;
        }
        if (!c || c == first || (c < r->line_end && *c != '\t')) {
            struct ent_str text = field(r);

            return fail_at(r, text.at, "a whole number in range was expected, not", text);
        }
        r->draws[v->draw_count * n + i] = negative ? -value : value;
        r->cursor = c < r->line_end ? c + 1 : NULL;
    }
    v->draw_count++;
    return line_done(r);
}

static enum ent_status
read_point(struct reader *r, const struct ent_places *p, uint32_t *rank, double *out)
{
    struct ent_str text = field(r);
    size_t colon = ent__str_find(text, ":");
    int64_t at;
    double value;

    if (colon == SIZE_MAX || !ent__str_to_i64(ent__str_slice(text, 0, colon), &at) ||
        !ent__str_to_f64(ent__str_slice(text, colon + 1, text.len), &value))
        return fail_at(r, text.at, "a rank, a colon and a probability were expected, not",
                       text);
    if (at < 1 || (uint64_t)at > p->count || !(value >= 0 && value <= 1) ||
        (p->points && ((uint32_t)at <= rank[-1] || value > out[-1])))
        return fail_at(r, text.at, "ranks must rise and probabilities fall", text);
    *rank = (uint32_t)at;
    *out = value;
    return ENT_OK;
}

static enum ent_status read_places(struct reader *r)
{
    struct ent_fitted *v = r->variant;
    struct ent_places *p;
    int64_t year, count;
    uint32_t *rank = ent__arena_array(&r->model->arena, POINTS_MOST, sizeof(*rank));
    double *at = ent__arena_array(&r->model->arena, POINTS_MOST, sizeof(*at));

    if (!r->places) {
        r->places = ent__arena_array(&r->model->arena, PLACES_MOST, sizeof(*r->places));
        v->places = r->places;
    }
    if (!rank || !at || !r->places)
        return ent_fail(r->err, ENT_ENOMEM, "out of memory for a model");
    if (v->place_count == PLACES_MOST)
        return fail_at(r, r->word.at, "more years than there is room for", r->word);
    p = &r->places[v->place_count];
    memset(p, 0, sizeof(*p));
    ENT_TRY(read_int(r, v->place_count ? p[-1].year + 1 : YEAR_FIRST, YEAR_LAST, &year));
    ENT_TRY(read_int(r, 1, 1000000, &count));
    p->year = (int)year;
    p->count = (size_t)count;
    p->rank = rank;
    p->p = at;
    while (more(r)) {
        if (p->points == POINTS_MOST)
            return fail_at(r, r->cursor, "more points than there is room for", field(r));
        ENT_TRY(read_point(r, p, rank + p->points, at + p->points));
        p->points++;
    }
    v->place_count++;
    return ENT_OK;
}

static enum ent_status finish_variant(struct reader *r)
{
    struct ent_fitted *v = r->variant;

    r->variant = NULL;
    r->draws = NULL;
    r->places = NULL;
    if (v && v->column_count == 0)
        return fail_at(r, r->line_start, "a form without columns ends at",
                       (struct ent_str){ v->info.id, strlen(v->info.id) });
    return ENT_OK;
}

static enum ent_status read_line(struct reader *r)
{
    if (ent__str_is(r->word, "variant")) {
        ENT_TRY(finish_variant(r));
        return read_variant(r);
    }
    if (ent__str_is(r->word, "charters") && !r->variant)
        return read_charters(r);
    if (r->variant && ent__str_is(r->word, "intercept"))
        return read_real(r, -1000, 1000, &r->variant->beta[0]);
    if (r->variant && ent__str_is(r->word, "column"))
        return read_column(r);
    if (r->variant && ent__str_is(r->word, "calibration"))
        return read_calibration(r);
    if (r->variant && ent__str_is(r->word, "draw"))
        return read_draw(r);
    if (r->variant && ent__str_is(r->word, "places"))
        return read_places(r);
    return fail_at(r, r->word.at, "no line begins so", r->word);
}

static enum ent_status read_first(struct reader *r)
{
    int64_t version;

    if (!next_line(r) || !ent__str_is(field(r), "entente model")) {
        enum ent_status status = ent_fail(r->err, ENT_EFORMAT,
                                          "this is no model: \"entente model\" does not stand "
                                          "at its beginning");

        ent_error_at(r->err, r->name, 1, 1);
        return status;
    }
    ENT_TRY(read_int(r, 0, INT32_MAX, &version));
    if (version != ENT_MODEL_VERSION) {
        enum ent_status status = ent_fail(
            r->err, ENT_EFORMAT,
            "this model is of version %d, and this Entente reads version %d: \"entente fit\" "
            "makes one, and a newer Entente may read it",
            (int)version, ENT_MODEL_VERSION);

        ent_error_at(r->err, r->name, r->line, 0);
        return status;
    }
    return line_done(r);
}

static enum ent_status read_all(struct reader *r)
{
    ENT_TRY(read_first(r));
    while (next_line(r)) {
        r->word = field(r);
        if (ent__str_is(r->word, "end")) {
            ENT_TRY(finish_variant(r));
            if (r->at != r->end || r->model->variant_count == 0)
                return fail_at(r, r->line_start, "the model should not end here", r->word);
            if (ent_model_variant_find(r->model, "strict") == SIZE_MAX)
                return fail_at(r, r->line_start, "the form \"strict\" is missing before",
                               r->word);
            return ENT_OK;
        }
        ENT_TRY(read_line(r));
    }
    r->line++;
    r->line_start = r->at;
    return fail_at(r, r->at, "the model is cut short: no last line",
                   (struct ent_str){ "end", 3 });
}

enum ent_status ent__model_parse(struct ent_str text, const char *name, struct ent_model **out,
                                 struct ent_error *err)
{
    struct ent_model *model = ent__calloc(1, sizeof(*model));
    struct reader r = {
        .model = model, .name = name, .at = text.at, .end = text.at + text.len, .err = err
    };
    enum ent_status status;

    if (!model)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a model");
    model->arena = (struct ent_arena)ENT_ARENA_INIT;
    status = read_all(&r);
    if (status != ENT_OK) {
        ent_model_free(model);
        return status;
    }
    for (size_t v = 0; v < model->variant_count; v++)
        model->variants[v].info.features = model->variants[v].features;
    *out = model;
    return ENT_OK;
}

static enum ent_status
read_text(FILE *file, const char *path, char **text, size_t *len, struct ent_error *err)
{
    size_t capacity = 0;

    *text = NULL;
    *len = 0;
    do {
        void *grown = *text;

        if (*len > BYTES_MOST)
            return ent_fail(err, ENT_EFORMAT, "this is larger than any model");
        ENT_TRY(ent__grow(&grown, &capacity, *len + (1 << 20), 1, err));
        *text = grown;
        *len += fread(*text + *len, 1, capacity - *len, file);
    } while (!feof(file) && !ferror(file));
    if (ferror(file))
        return ent_fail(err, ENT_EIO, "cannot read: %s", strerror(errno));
    (void)path;
    return ENT_OK;
}

enum ent_status ent_model_open(const char *path, struct ent_model **out, struct ent_error *err)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t len = 0;
    enum ent_status status;

    if (!file) {
        status = ent_fail(err, errno == ENOENT ? ENT_ENOTFOUND : ENT_EIO,
                          "the model cannot be opened: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    status = read_text(file, path, &text, &len, err);
    fclose(file);
    if (status == ENT_OK)
        status = ent__model_parse((struct ent_str){ text, len }, path, out, err);
    if (status != ENT_OK)
        ent_error_at(err, path, 0, 0);
    ent__free(text);
    return status;
}

void ent_model_free(struct ent_model *model)
{
    if (!model)
        return;
    ent__arena_release(&model->arena);
    ent__free(model);
}
