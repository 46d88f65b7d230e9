#include "entente/data.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "datasets/dataset.h"
#include "store/listing.h"
#include "store/run.h"

/* A list in the making.  Everything is in the arena; old arrays stay in it when they grow. */
struct listing {
    struct ent_arena arena;
    struct ent_data *data;
    size_t count, capacity;
    struct ent_store *store;
    struct ent_data *current;   /* whose parts or variables are being read */
    struct ent_data_part *part; /* whose problems are being read */
    size_t part_capacity, variable_capacity, note_capacity;
};

static enum ent_status no_memory(struct ent_error *err)
{
    return ent_fail(err, ENT_ENOMEM, "out of memory for the list of datasets");
}

/* Room for one more in an array of the arena; NULL when out of memory. */
static void *
grown(struct listing *l, const void *at, size_t count, size_t *capacity, size_t size)
{
    void *bigger;

    if (count < *capacity)
        return (void *)(uintptr_t)at;
    bigger = ent__arena_array(&l->arena, *capacity * 2 + 8, size);
    if (bigger && count)
        memcpy(bigger, at, count * size);
    if (bigger)
        *capacity = *capacity * 2 + 8;
    return bigger;
}

/* A copy of a text; NULL sets *failed. */
static const char *keep(struct listing *l, const char *text, bool *failed)
{
    const char *copy = ent__arena_copy(&l->arena, ent__str(text));

    *failed = *failed || !copy;
    return copy;
}

static struct ent_data *find(const struct listing *l, const char *id)
{
    for (size_t i = 0; i < l->count; i++) {
        if (strcmp(l->data[i].id, id) == 0)
            return &l->data[i];
    }
    return NULL;
}

/* The entry of a dataset, copied from its description; NULL when out of memory. */
static struct ent_data *
add(struct listing *l, const struct ent_dataset_info *info, const char *years)
{
    struct ent_data *all = grown(l, l->data, l->count, &l->capacity, sizeof(*all));
    bool failed = false;

    if (!all)
        return NULL;
    l->data = all;
    all[l->count] = (struct ent_data){
        .id = keep(l, info->id, &failed),
        .title = keep(l, info->title, &failed),
        .publisher = keep(l, info->publisher, &failed),
        .citation = keep(l, info->citation, &failed),
        .bibtex = keep(l, info->bibtex, &failed),
        .licence = keep(l, info->licence, &failed),
        .url = keep(l, info->url, &failed),
        .years = keep(l, years, &failed),
        .version = "",
        .stale = "",
    };
    return failed ? NULL : &all[l->count++];
}

static enum ent_status
add_loaded(void *context, const struct ent_dataset_info *info, struct ent_error *err)
{
    struct listing *l = context;

    return find(l, info->id) || add(l, info, "") ? ENT_OK : no_memory(err);
}

static enum ent_status add_variable(void *context, const char *table, const char *column,
                                    const char *role, const char *type, const char *unit,
                                    const char *what, struct ent_error *err)
{
    struct listing *l = context;
    struct ent_data *d = l->current;
    struct ent_data_variable *all =
        grown(l, d->variables, d->variable_count, &l->variable_capacity, sizeof(*all));
    bool failed = !all;

    (void)type;
    if (failed)
        return no_memory(err);
    d->variables = all;
    all[d->variable_count++] = (struct ent_data_variable){
        .table = keep(l, table, &failed),
        .name = keep(l, column, &failed),
        .role = keep(l, role, &failed),
        .unit = keep(l, unit, &failed),
        .what = keep(l, what, &failed),
    };
    return failed ? no_memory(err) : ENT_OK;
}

/* The variables that a dataset would have: out of its description. */
static enum ent_status
describe_variables(struct listing *l, const struct ent_dataset *dataset, struct ent_error *err)
{
    static const char *const roles[] = {
        "value", "year", "state", "from", "to", "key", "count"
    };

    for (const struct ent_table *const *t = dataset->tables; *t; t++) {
        for (size_t c = 0; c < (*t)->column_count; c++) {
            const struct ent_column *column = &(*t)->columns[c];

            ENT_TRY(add_variable(l, (*t)->name, column->name, roles[column->role], "",
                                 column->unit, column->what, err));
        }
    }
    return ENT_OK;
}

static enum ent_status
add_problem(void *context, const struct ent_problem *problem, struct ent_error *err)
{
    struct listing *l = context;
    struct ent_data_part *part = l->part;
    struct ent_data_problem *all =
        grown(l, part->problems, part->problem_count, &l->note_capacity, sizeof(*all));
    bool failed = !all;

    if (failed)
        return no_memory(err);
    part->problems = all;
    all[part->problem_count++] =
        (struct ent_data_problem){ problem->line, problem->column,
                                   keep(l, problem->message, &failed) };
    return failed ? no_memory(err) : ENT_OK;
}

static enum ent_status
add_unmatched(void *context, const struct ent_unmatched *name, struct ent_error *err)
{
    struct listing *l = context;
    struct ent_data_part *part = l->part;
    struct ent_data_unmatched *all =
        grown(l, part->unmatched, part->unmatched_count, &l->note_capacity, sizeof(*all));
    bool failed = !all;

    if (failed)
        return no_memory(err);
    part->unmatched = all;
    all[part->unmatched_count++] = (struct ent_data_unmatched){ keep(l, name->name, &failed),
                                                                name->rows, name->first_line };
    return failed ? no_memory(err) : ENT_OK;
}

/* Add a part's figures to its dataset's. */
static void sum_up(struct ent_data *d, const struct ent_source_info *source)
{
    d->rows += source->rows;
    d->problems += source->problems;
    d->unmatched += source->unmatched;
    if (source->first_year && (!d->first_year || source->first_year < d->first_year))
        d->first_year = source->first_year;
    if (source->last_year > d->last_year)
        d->last_year = source->last_year;
    if (!d->loaded)
        d->version = source->version;
    else if (strcmp(d->version, source->version) != 0)
        d->version = "several";
    d->loaded = true;
}

static enum ent_status
add_part(void *context, const struct ent_source_info *info, struct ent_error *err)
{
    struct listing *l = context;
    struct ent_data *d = l->current && strcmp(l->current->id, info->dataset) == 0
                             ? l->current
                             : find(l, info->dataset);
    struct ent_data_part *parts;
    bool failed = false;

    if (!d)
        return ent_fail(err, ENT_EDB, "the store has a source of no dataset: %s",
                        info->dataset);
    if (d != l->current)
        l->part_capacity = 0;
    l->current = d;
    parts = grown(l, d->parts, d->part_count, &l->part_capacity, sizeof(*parts));
    if (!parts)
        return no_memory(err);
    d->parts = parts;
    parts[d->part_count] = (struct ent_data_part){ .source = *info };
    parts[d->part_count].source.dataset = d->id;
    parts[d->part_count].source.part = keep(l, info->part, &failed);
    parts[d->part_count].source.file = keep(l, info->file, &failed);
    parts[d->part_count].source.sha256 = keep(l, info->sha256, &failed);
    parts[d->part_count].source.version = keep(l, info->version, &failed);
    parts[d->part_count].source.format = keep(l, info->format, &failed);
    parts[d->part_count].source.imported_at = keep(l, info->imported_at, &failed);
    if (failed)
        return no_memory(err);
    sum_up(d, &parts[d->part_count++].source);
    return ENT_OK;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct ent_data *)a)->id, ((const struct ent_data *)b)->id);
}

/* All datasets, known and loaded, sorted, without parts and variables. */
static enum ent_status list_all(struct listing *l, struct ent_error *err)
{
    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        if (!add(l, &(*d)->info, (*d)->years))
            return no_memory(err);
    }
    if (l->store)
        ENT_TRY(ent__store_datasets(l->store, add_loaded, l, err));
    qsort(l->data, l->count, sizeof(*l->data), by_id);
    return ENT_OK;
}

static enum ent_status add_variables(struct listing *l, struct ent_error *err)
{
    const struct ent_dataset *known = ent__dataset_find(l->current->id);

    l->variable_capacity = 0;
    if (known)
        return describe_variables(l, known, err);
    return ent__store_variables(l->store, l->current->id, add_variable, l, err);
}

/* Whether the loaded dataset that is current is an estimate of ours that is out of date. */
static enum ent_status add_stale(struct listing *l, struct ent_error *err)
{
    char text[400];
    bool failed = false;

    if (!l->store || !l->current->loaded)
        return ENT_OK;
    ENT_TRY(ent__run_stale(l->store, l->current->id, text, sizeof(text), err));
    if (text[0])
        l->current->stale = keep(l, text, &failed);
    return failed ? no_memory(err) : ENT_OK;
}

/* The problems and unmatched names of every part of the current dataset. */
static enum ent_status add_details(struct listing *l, struct ent_error *err)
{
    for (size_t i = 0; i < l->current->part_count; i++) {
        int64_t source = l->current->parts[i].source.id;

        l->part = (struct ent_data_part *)(uintptr_t)&l->current->parts[i];
        l->note_capacity = 0;
        ENT_TRY(ent__store_problems(l->store, source, add_problem, l, err));
        l->note_capacity = 0;
        ENT_TRY(ent__store_unmatched(l->store, source, add_unmatched, l, err));
    }
    return ENT_OK;
}

static enum ent_status fill_all(struct listing *l, struct ent_error *err)
{
    ENT_TRY(list_all(l, err));
    if (l->store)
        ENT_TRY(ent_store_sources(l->store, NULL, add_part, l, err));
    for (size_t i = 0; i < l->count; i++) {
        l->current = &l->data[i];
        ENT_TRY(add_variables(l, err));
        ENT_TRY(add_stale(l, err));
    }
    return ENT_OK;
}

static enum ent_status unknown_dataset(struct listing *l, const char *id, struct ent_error *err)
{
    const char **ids = ent__arena_array(&l->arena, l->count + 1, sizeof(*ids));
    size_t nearest;

    if (!ids)
        return no_memory(err);
    for (size_t i = 0; i < l->count; i++)
        ids[i] = l->data[i].id;
    nearest = ent_nearest(id, ids, l->count);
    if (nearest < l->count)
        return ent_fail(err, ENT_ENOTFOUND, "no dataset is called \"%.60s\"; the nearest is %s",
                        id, ids[nearest]);
    return ent_fail(err, ENT_ENOTFOUND, "no dataset is called \"%.60s\"", id);
}

static enum ent_status fill_one(struct listing *l, const char *id, struct ent_error *err)
{
    struct ent_data *only;

    ENT_TRY(list_all(l, err));
    only = find(l, id);
    if (!only)
        return unknown_dataset(l, id, err);
    l->data = only;
    l->count = 1;
    l->current = only;
    if (l->store)
        ENT_TRY(ent_store_sources(l->store, id, add_part, l, err));
    ENT_TRY(add_variables(l, err));
    ENT_TRY(add_stale(l, err));
    return l->store ? add_details(l, err) : ENT_OK;
}

/* Run one of the above with a listing of its own, and hand over what it made. */
static enum ent_status make_list(struct ent_store *store, const char *id,
                                 struct ent_data_list *out, struct ent_error *err)
{
    struct listing l = { .store = store };
    struct ent_arena *owned = ent__calloc(1, sizeof(*owned));
    enum ent_status status;

    if (!owned)
        return no_memory(err);
    status = id ? fill_one(&l, id, err) : fill_all(&l, err);
    *owned = l.arena;
    if (status != ENT_OK) {
        ent__arena_release(owned);
        ent__free(owned);
        return status;
    }
    *out = (struct ent_data_list){ .count = l.count, .at = l.data, .owned = owned };
    return ENT_OK;
}

enum ent_status
ent_data_list(struct ent_store *store, struct ent_data_list *out, struct ent_error *err)
{
    return make_list(store, NULL, out, err);
}

enum ent_status ent_data_find(struct ent_store *store, const char *id,
                              struct ent_data_list *out, struct ent_error *err)
{
    return make_list(store, id, out, err);
}

void ent_data_list_release(struct ent_data_list *list)
{
    if (!list || !list->owned)
        return;
    ent__arena_release(list->owned);
    ent__free(list->owned);
    *list = (struct ent_data_list){ 0 };
}
