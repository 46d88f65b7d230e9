/* Fitting all forms of the model from a store, and writing them. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assess/fit.h"
#include "base/alloc.h"
#include "query/model_rows.h"
#include "query/model_work.h"

enum {
    RESAMPLES = 200,
    LAST_PLACE = 2024, /* the last year of the tables of places */
};

uint32_t *
ent__rows_list(const struct ent_model_rows *rows, int from, int to, int every, size_t *count)
{
    uint32_t *list = ent__calloc(rows->count + 1, sizeof(*list));

    *count = 0;
    for (size_t i = 0; list && i < rows->count; i++)
        if (rows->year[i] >= from && rows->year[i] <= to && rows->year[i] % every == 0)
            list[(*count)++] = (uint32_t)i;
    return list;
}

uint8_t *ent__rows_outcome(const struct ent_model_rows *rows, uint8_t pact)
{
    uint8_t *y = ent__calloc(rows->count + 1, 1);

    for (size_t i = 0; y && i < rows->count; i++)
        y[i] = (rows->pact[i] & pact) != 0;
    return y;
}

uint8_t ent__plan_pact(const struct ent_variant_plan *plan)
{
    return strcmp(plan->outcome, "any") == 0 ? ENT_PACT_ANY : ENT_PACT_CORE;
}

static enum ent_status fit_one(const struct ent_model_rows *rows,
                               const struct ent_variant_plan *plan,
                               const struct ent_model_fit_options *options,
                               struct ent_model *model, struct ent_error *err)
{
    struct ent_fit_options how = { .calibrate = true,
                                   .draws = RESAMPLES,
                                   .threads = options->threads };
    struct ent_fitted *v = &model->variants[model->variant_count];
    struct ent_fit_rows fit = {
        .features = rows->features, .x = rows->x, .a = rows->a, .b = rows->b
    };
    uint32_t *list =
        ent__rows_list(rows, ENT_FIT_FIRST, ENT_FIT_LAST, ENT_FIT_EVERY, &fit.count);
    uint8_t *y = ent__rows_outcome(rows, ent__plan_pact(plan));
    enum ent_status status;

    fit.row = list;
    fit.y = y;
    status = list && y ? ent__fit(plan, &fit, &how, &model->arena, v, err)
                       : ent_fail(err, ENT_ENOMEM, "out of memory for a model");
    ent__free(list);
    ent__free(y);
    v->info.first_year = ENT_FIT_FIRST;
    v->info.last_year = ENT_FIT_LAST;
    model->variant_count++;
    return status;
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x < y) - (x > y);
}

/* Ranks 1 to 20, then each a sixth further, and the last. */
static size_t choose_ranks(size_t count, uint32_t *rank)
{
    size_t points = 0;

    for (size_t r = 1; r < count; r += r < 20 ? 1 : r / 6)
        rank[points++] = (uint32_t)r;
    rank[points++] = (uint32_t)count;
    return points;
}

/* The places of one year from the p of its dyads without a core pact. */
static enum ent_status table_year(struct ent_model *model, int year, double *p, size_t count,
                                  struct ent_places *out, struct ent_error *err)
{
    uint32_t rank[256];
    size_t points;
    uint32_t *ranks;
    double *values;

    qsort(p, count, sizeof(*p), falling);
    points = choose_ranks(count, rank);
    ranks = ent__arena_array(&model->arena, points, sizeof(*ranks));
    values = ent__arena_array(&model->arena, points, sizeof(*values));
    if (!ranks || !values)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the places of %d", year);
    for (size_t k = 0; k < points; k++) {
        ranks[k] = rank[k];
        values[k] = p[rank[k] - 1];
    }
    *out = (struct ent_places){ year, count, points, ranks, values };
    return ENT_OK;
}

static enum ent_status table_places(struct ent_model *model, struct ent_fitted *v,
                                    const struct ent_model_rows *rows, double *p,
                                    struct ent_error *err)
{
    size_t variant = (size_t)(v - model->variants);
    struct ent_places *places =
        ent__arena_array(&model->arena, LAST_PLACE - ENT_FIT_FIRST + 1, sizeof(*places));

    if (!places)
        return ent_fail(err, ENT_ENOMEM, "out of memory for places");
    for (size_t i = 0; i < rows->count;) {
        int year = rows->year[i];
        size_t count = 0;

        for (; i < rows->count && rows->year[i] == year; i++) {
            double value = ent__model_row_p(model, variant, rows, i);

            if (!(rows->pact[i] & ENT_PACT_CORE) && !isnan(value))
                p[count++] = value;
        }
        if (count)
            ENT_TRY(table_year(model, year, p, count, &places[v->place_count++], err));
    }
    v->places = places;
    return ENT_OK;
}

static enum ent_status fit_all(struct ent_model *model, const struct ent_model_rows *rows,
                               const struct ent_model_fit_options *options,
                               struct ent_error *err)
{
    size_t plans = ent__variant_plan_count(), ships = 0, done = 0;

    for (size_t k = 0; k < plans; k++)
        ships += ent__variant_plan_at(k)->shipped;
    for (size_t k = 0; k < plans; k++) {
        const struct ent_variant_plan *plan = ent__variant_plan_at(k);

        if (!plan->shipped)
            continue;
        if (options->progress &&
            options->progress(options->context, "fitting the model", done, ships) != 0)
            return ent_fail(err, ENT_ECANCEL, "stopped");
        ENT_TRY(fit_one(rows, plan, options, model, err));
        done++;
    }
    return ENT_OK;
}

/* Fit to rows that were read, make the places of the forms that may answer, and write. */
static enum ent_status make_model(struct ent_model *model, const struct ent_model_rows *rows,
                                  const struct ent_model_fit_options *options,
                                  struct ent_buf *text, struct ent_error *err)
{
    double *p = ent__calloc(rows->count + 1, sizeof(*p));
    enum ent_status status = p ? fit_all(model, rows, options, err)
                               : ent_fail(err, ENT_ENOMEM, "out of memory for a model");

    for (size_t v = 0; v < model->variant_count; v++) {
        model->variants[v].info.features = model->variants[v].features;
        if (status == ENT_OK && model->variants[v].info.headline)
            status = table_places(model, &model->variants[v], rows, p, err);
    }
    ent__free(p);
    if (status != ENT_OK)
        return status;
    ent__model_print(model, text);
    return ent__buf_check(text, err);
}

/* Beside the path first, then renamed. */
static enum ent_status write_text(const char *path, struct ent_str text, struct ent_error *err)
{
    char beside[4096];
    FILE *file;
    bool written;

    if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
        return ent_fail(err, ENT_EINVAL, "the path is too long");
    file = fopen(beside, "w");
    written = file && fwrite(text.at, 1, text.len, file) == text.len;
    if (file && fclose(file) != 0)
        written = false;
    if (!written || rename(beside, path) != 0) {
        enum ent_status status =
            ent_fail(err, ENT_EIO, "the model cannot be written: %s", strerror(errno));

        ent_error_at(err, path, 0, 0);
        if (file)
            unlink(beside);
        return status;
    }
    return ENT_OK;
}

static enum ent_status read_evidence(struct ent_store *store, struct ent_model *model,
                                     const struct ent_model_fit_options *options,
                                     struct ent_model_rows *rows, struct ent_error *err)
{
    struct ent_pacts pacts;
    struct ent_rows_request request = { .from = ENT_FIT_FIRST,
                                        .to = LAST_PLACE,
                                        .threads = options->threads,
                                        .pacts = &pacts,
                                        .progress = options->progress,
                                        .context = options->context };
    enum ent_status status;

    ENT_TRY(ent__charters_read(options->charters, model->charters, ENT_CHARTERS,
                               &model->charter_count, err));
    ENT_TRY(ent__pacts_read(store, model->charters, model->charter_count, ENT_FIT_FIRST - 1,
                            LAST_PLACE, &pacts, err));
    status = ent__model_rows_read(store, &request, rows, err);
    ent__pacts_release(&pacts);
    return status;
}

enum ent_status ent_model_fit(struct ent_store *store,
                              const struct ent_model_fit_options *options, const char *path,
                              struct ent_error *err)
{
    struct ent_model *model = ent__calloc(1, sizeof(*model));
    struct ent_model_rows rows = { 0 };
    struct ent_buf text;
    enum ent_status status;

    if (!model)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a model");
    model->arena = (struct ent_arena)ENT_ARENA_INIT;
    ent__buf_init(&text);
    status = read_evidence(store, model, options, &rows, err);
    if (status == ENT_OK)
        status = make_model(model, &rows, options, &text, err);
    if (status == ENT_OK)
        status = write_text(path, ent__buf_str(&text), err);
    ent__buf_release(&text);
    ent__model_rows_release(&rows);
    ent_model_free(model);
    return status;
}
