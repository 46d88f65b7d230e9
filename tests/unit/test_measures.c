/* The registry of measures, and its agreement with the datasets' tables. */
#include <string.h>

#include "check_main.h"
#include "datasets/dataset.h"
#include "measure/family.h"
#include "store/table.h"

START_TEST(entries_are_whole)
{
    size_t count = ent_measure_count();

    ck_assert_uint_ge(count, 90);
    for (size_t m = 0; m < count; m++) {
        const struct ent_measure_info *info = ent_measure_at(m);
        const char *point = strchr(info->id, '.');

        ck_assert_msg(point && point > info->id && point[1] && !strchr(point + 1, '.'), "%s",
                      info->id);
        ck_assert_uint_eq(strspn(info->id, "abcdefghijklmnopqrstuvwxyz0123456789_."),
                          strlen(info->id));
        ck_assert_msg(info->title[0] && info->meaning[0] && info->formula[0] &&
                          info->citation[0] && info->unit,
                      "%s", info->id);
        ck_assert_msg((info->direction == ENT_DIRECTED) ==
                          (strstr(info->meaning, "->") != NULL),
                      "%s: an arrow in the meaning says that it is directed", info->id);
        ck_assert(info->source_count > 0);
        ck_assert(ent__measure_at(m)->compute != NULL);
        if (m > 0)
            ck_assert(ent_measure_at(m - 1)->dimension <= info->dimension);
        for (size_t other = 0; other < m; other++) {
            ck_assert_str_ne(ent_measure_at(other)->id, info->id);
            ck_assert_msg(strcmp(ent_measure_at(other)->title, info->title) != 0, "%s and %s",
                          ent_measure_at(other)->id, info->id);
        }
    }
    ck_assert_ptr_null(ent_measure_at(count));
}
END_TEST

/* Whether a list "a b c" has a word. */
static bool lists(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; (at = strstr(at, word)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

static size_t sides(const struct ent_table *table)
{
    size_t count = 0;

    for (size_t c = 0; c < table->column_count; c++) {
        enum ent_column_role role = table->columns[c].role;

        count += role == ENT_ROLE_STATE || role == ENT_ROLE_FROM || role == ENT_ROLE_TO;
    }
    return count;
}

static const struct ent_column *column_of(const struct ent_table *table, const char *name)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return &table->columns[c];
    return NULL;
}

/* Datasets without an importer as yet: what is read of them cannot be checked. */
static const char awaited[] = "cow_alliance igo unvotes unsc ideal_points polity5 vdem";

static void check_input(const char *id, const struct ent_measure_source *source,
                        const struct ent_input *input)
{
    const struct ent_dataset *owner = NULL;
    const struct ent_table *table = ent__dataset_table(input->table, &owner);
    const struct ent_column *column;

    if (!table && lists(awaited, source->name) && !ent__dataset_find(source->name))
        return;
    ck_assert_msg(table != NULL, "%s: no table %s", id, input->table);
    ck_assert_msg(lists(source->datasets, owner->info.id), "%s reads %s of %s, and says %s", id,
                  input->table, owner->info.id, source->datasets);
    column = column_of(table, input->column);
    ck_assert_msg(column && column->type != ENT_TYPE_TEXT, "%s: no number %s.%s", id,
                  input->table, input->column);
    if (input->where) {
        const struct ent_column *where = column_of(table, input->where);

        ck_assert_msg(where && where->type == ENT_TYPE_INT, "%s: no integer %s.%s", id,
                      input->table, input->where);
    }
    ck_assert_msg(!input->also || (input->where && column_of(table, input->also) &&
                                   column_of(table, input->also)->type == ENT_TYPE_INT),
                  "%s: no integer %s.%s", id, input->table, input->also);
    if (input->shape == ENT_SHAPE_DYAD)
        ck_assert_msg(sides(table) == 2, "%s: %s is not of pairs", id, input->table);
    else
        ck_assert_msg(sides(table) == 1, "%s: %s is not of states", id, input->table);
    ck_assert_msg((input->view == ENT_VIEW_STATIC) == (table->columns[0].role != ENT_ROLE_YEAR),
                  "%s: %s has a year, or has none", id, input->table);
    ck_assert_msg((input->years > 0) ==
                      (input->view == ENT_VIEW_SUM || input->view == ENT_VIEW_LAGGED ||
                       input->view == ENT_VIEW_STOCK),
                  "%s: years and view", id);
}

START_TEST(inputs_exist)
{
    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure *measure = ent__measure_at(m);

        for (size_t s = 0; s < measure->from_count; s++) {
            const struct ent_measure_source *source = &measure->from[s];

            ck_assert_str_eq(measure->info.sources[s], source->name);
            ck_assert_str_eq(measure->info.datasets[s], source->datasets);
            ck_assert_msg(lists(source->datasets, source->name), "%s", measure->info.id);
            ck_assert(source->input_count > 0 && source->input_count <= ENT_INPUTS);
            for (size_t i = 0; i < source->input_count; i++)
                check_input(measure->info.id, source, &source->inputs[i]);
        }
    }
}
END_TEST

START_TEST(find)
{
    struct ent_error err;
    size_t index = 12345;

    ck_assert_int_eq(ent_measure_find("trade.share", &index, &err), ENT_OK);
    ck_assert_str_eq(ent_measure_at(index)->id, "trade.share");
    ck_assert_int_eq(ent_measure_find("trade.shares", &index, &err), ENT_ENOTFOUND);
    ck_assert_str_eq(ent_measure_at(index)->id, "trade.share");
    ck_assert_str_eq(err.message,
                     "no measure is called \"trade.shares\"; the nearest is \"trade.share\"");
    ck_assert_int_eq(ent_measure_find("polyarchy", &index, &err), ENT_ENOTFOUND);
    ck_assert(strstr(err.message, "\"regime.polyarchy\""));
    ck_assert_int_eq(ent_measure_find("votes.agremeent", &index, &err), ENT_ENOTFOUND);
    ck_assert(strstr(err.message, "\"votes.agreement\""));
    ck_assert_int_eq(ent_measure_find("friendship", &index, &err), ENT_ENOTFOUND);
    ck_assert_str_eq(err.message, "no measure is called \"friendship\"");
    ck_assert_int_eq(ent_measure_find("", &index, NULL), ENT_ENOTFOUND);
    ck_assert_int_eq(ent_measure_find(NULL, &index, NULL), ENT_EINVAL);
}
END_TEST

/* A name without end is cut, not copied. */
START_TEST(find_long)
{
    static char name[100000];
    struct ent_error err;
    size_t index;

    memset(name, 'x', sizeof(name) - 1);
    ck_assert_int_eq(ent_measure_find(name, &index, &err), ENT_ENOTFOUND);
    ck_assert_uint_lt(strlen(err.message), 200);
}
END_TEST

START_TEST(words)
{
    for (int d = 0; d < ENT_DIMENSIONS; d++)
        ck_assert_str_ne(ent_dimension_name((enum ent_dimension)d), "unknown");
    ck_assert_str_eq(ent_dimension_name(ENT_DIM_FOREIGN_POLICY), "foreign policy");
    ck_assert_str_eq(ent_direction_name(ENT_DIRECTED), "directed");
    ck_assert_str_eq(ent_direction_name(ENT_MONADIC), "of one state");
    ck_assert_str_eq(ent_direction_name(ENT_UNDIRECTED), "undirected");
}
END_TEST

static Suite *suite(void)
{
    Suite *all = suite_create("measures");
    TCase *tests = tcase_create("registry");

    tcase_add_test(tests, entries_are_whole);
    tcase_add_test(tests, inputs_exist);
    tcase_add_test(tests, find);
    tcase_add_test(tests, find_long);
    tcase_add_test(tests, words);
    suite_add_tcase(all, tests);
    return all;
}

int main(void)
{
    return run_suite(suite());
}
