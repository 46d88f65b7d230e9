#include "datasets/user.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "datasets/import.h"

enum {
    MOST_VALUES = 40,
};

struct ent_user_dataset {
    struct ent_dataset dataset; /* first: ent__import_dataset gives it back */
    struct ent_arena arena;
    struct ent_table table;
    const struct ent_table *tables[2];
    struct ent_form form;
    const struct ent_user_data *user; /* the caller's; outlives the import */
    bool dyadic;
    bool members; /* a row is of a state and an organisation */
};

static bool is_name(const char *name)
{
    size_t len = name ? strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;

    return len > 0 && len <= 40 && name[len] == '\0' && !(name[0] >= '0' && name[0] <= '9');
}

/* A column name out of a file's: lower-case, everything else than letters and digits a _. */
static char *name_from(struct ent_arena *arena, const char *column)
{
    char *name =
        ent__arena_printf(arena, "%s%s", *column >= '0' && *column <= '9' ? "v" : "", column);

    for (char *at = name; at && *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        else if (!(*at >= 'a' && *at <= 'z') && !(*at >= '0' && *at <= '9'))
            *at = '_';
    }
    return name;
}

/* The organisation's name, and its number: the first that the file names is 1. */
static enum ent_status put_organisation(struct ent_import *im, const struct ent_user_dataset *u,
                                        struct ent_stage *stage, size_t column,
                                        union ent_value *row, struct ent_error *err)
{
    union ent_value *name = &row[u->table.column_count - 1];

    ENT_TRY(ent__stage_text(stage, name, ent__import_text(im, column), err));
    row[2].i = (int64_t)name->s + 1;
    if (u->user->value_count == 0)
        row[3].r = 1;
    return ENT_OK;
}

static enum ent_status import_user(struct ent_import *im, struct ent_error *err)
{
    const struct ent_user_dataset *u =
        (const struct ent_user_dataset *)(const void *)ent__import_dataset(im);
    size_t keys = u->table.key_count;
    struct ent_stage *stage;
    size_t year, from;
    size_t to = SIZE_MAX, organisation = SIZE_MAX;
    size_t value[MOST_VALUES];
    bool more;

    ENT_TRY(ent__import_stage(im, &u->table, &stage, err));
    ENT_TRY(ent__import_need(im, u->user->year, &year, err));
    ENT_TRY(ent__import_need(im, u->user->from, &from, err));
    if (u->dyadic)
        ENT_TRY(ent__import_need(im, u->user->to, &to, err));
    if (u->members)
        ENT_TRY(ent__import_need(im, u->user->organisation, &organisation, err));
    for (size_t v = 0; v < u->user->value_count; v++)
        ENT_TRY(ent__import_need(im, u->user->values[v].column, &value[v], err));
    for (;;) {
        union ent_value *row;
        int64_t when;
        int a;
        int b = 0;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (!ent__import_year(im, year, &when)) {
            if (ent__import_missing(im, year))
                ent__import_problem(im, year, "no year");
            continue;
        }
        a = ent__import_state(im, from, u->user->codes, (int)when);
        if (u->dyadic)
            b = ent__import_state(im, to, u->user->codes, (int)when);
        if (a < 0 || b < 0)
            continue;
        if (u->dyadic && a == b) {
            ent__import_problem(im, to, "a state with itself");
            continue;
        }
        if (u->members && ent__import_missing(im, organisation)) {
            ent__import_problem(im, organisation, "no organisation");
            continue;
        }
        ENT_TRY(ent__import_row(im, stage, &row, err));
        row[0].i = when;
        row[1].i = a;
        if (u->dyadic)
            row[2].i = b;
        for (size_t v = 0; v < u->user->value_count; v++)
            ent__import_put_real(im, value[v], &row[keys + v]);
        if (u->members)
            ENT_TRY(put_organisation(im, u, stage, organisation, row, err));
        ent__import_end_row(im, stage);
    }
}

/* The columns of the table: the key, then the values. */
static enum ent_status
make_columns(struct ent_user_dataset *u, bool directed, struct ent_error *err)
{
    const struct ent_user_data *user = u->user;
    size_t keys = u->dyadic || u->members ? 3 : 2;
    size_t count = keys + user->value_count;
    struct ent_column *c = ent__arena_array(&u->arena, count + 2, sizeof(*c));

    if (!c)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu columns", user->value_count);
    c[0] = (struct ent_column){ "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" };
    c[1] = (struct ent_column){ directed    ? "from_state"
                                : u->dyadic ? "state_a"
                                            : "state",
                                directed ? ENT_ROLE_FROM : ENT_ROLE_STATE, ENT_TYPE_INT, "",
                                "state" };
    if (u->dyadic)
        c[2] = (struct ent_column){ directed ? "to_state" : "state_b",
                                    directed ? ENT_ROLE_TO : ENT_ROLE_STATE, ENT_TYPE_INT, "",
                                    "state" };
    if (u->members)
        c[2] = (struct ent_column){ "organisation", ENT_ROLE_KEY, ENT_TYPE_INT, "",
                                    "number of the organisation, in the file's order" };
    for (size_t v = 0; v < user->value_count; v++) {
        const struct ent_user_column *in = &user->values[v];
        const char *name;

        if (!in->column || !*in->column)
            return ent_fail(err, ENT_EINVAL, "value %zu has no column in the file", v + 1);
        name = in->name ? in->name : name_from(&u->arena, in->column);
        if (!is_name(name))
            return ent_fail(err, ENT_EINVAL,
                            "\"%s\" is no name for a variable: use a-z, 0-9 and _, at most 40",
                            name ? name : "");
        /* The store adds these two to every table. */
        if (strcmp(name, "source") == 0 || strcmp(name, "row") == 0 ||
            (u->members && strcmp(name, "organisation_name") == 0))
            return ent_fail(err, ENT_EINVAL,
                            "a variable cannot be called \"%s\": the store has such a column",
                            name);
        for (size_t k = 0; k < keys + v; k++) {
            if (strcmp(c[k].name, name) == 0)
                return ent_fail(err, ENT_EINVAL, "two columns are called \"%s\"", name);
        }
        c[keys + v] = (struct ent_column){ name, ENT_ROLE_VALUE, ENT_TYPE_REAL,
                                           in->unit ? in->unit : "", in->column };
    }
    if (u->members && user->value_count == 0)
        c[count++] =
            (struct ent_column){ "member", ENT_ROLE_VALUE, ENT_TYPE_REAL, "", "membership" };
    if (u->members)
        c[count++] = (struct ent_column){ "organisation_name", ENT_ROLE_KEY, ENT_TYPE_TEXT, "",
                                          "name of the organisation" };
    u->table.columns = c;
    u->table.key_count = keys;
    u->table.column_count = count;
    return ENT_OK;
}

static enum ent_status make_form(struct ent_user_dataset *u, struct ent_error *err)
{
    const struct ent_user_data *user = u->user;
    const char **columns =
        ent__arena_array(&u->arena, u->table.column_count + 1, sizeof(*columns));
    const char **texts = ent__arena_array(&u->arena, user->missing_count + 1, sizeof(*texts));
    double *numbers = ent__arena_array(&u->arena, user->missing_count + 1, sizeof(*numbers));
    size_t at = 0;

    if (!columns || !texts || !numbers)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table's description");
    columns[at++] = user->year;
    columns[at++] = user->from;
    if (u->dyadic)
        columns[at++] = user->to;
    if (u->members)
        columns[at++] = user->organisation;
    for (size_t v = 0; v < user->value_count; v++)
        columns[at++] = user->values[v].column;
    for (size_t m = 0; m < user->missing_count; m++) {
        texts[m] = user->missing[m];
        if (ent__str_to_f64(ent__str(texts[m]), &numbers[u->form.missing_number_count]))
            u->form.missing_number_count++;
    }
    u->form.name = "a user's table";
    u->form.columns = columns;
    u->form.import = import_user;
    u->form.missing_texts = texts;
    u->form.missing_numbers = numbers;
    return ENT_OK;
}

static enum ent_status fill(struct ent_user_dataset *u, const char *as, struct ent_error *err)
{
    const struct ent_user_data *user = u->user;
    bool directed = strcmp(as, "directed-dyad-year") == 0;

    u->dyadic = directed || strcmp(as, "dyad-year") == 0;
    u->members = strcmp(as, "state-organisation-year") == 0;
    if (!u->dyadic && !u->members && strcmp(as, "state-year") != 0)
        return ent_fail(err, ENT_EINVAL,
                        "no kind of table is called \"%s\"; there are dyad-year, "
                        "directed-dyad-year, state-year and state-organisation-year",
                        as);
    if (!is_name(user->name))
        return ent_fail(err, ENT_EINVAL,
                        "\"%s\" is no name for a dataset: use a-z, 0-9 and _, at most 40",
                        user->name ? user->name : "");
    if (!user->year || !user->from || (u->dyadic && !user->to))
        return ent_fail(err, ENT_EINVAL, "a %s table needs the columns of its year and its %s",
                        as, u->dyadic ? "two states" : "state");
    if (!u->dyadic && user->to)
        return ent_fail(err, ENT_EINVAL, "a %s table has one column of states", as);
    if (u->members != (user->organisation != NULL))
        return ent_fail(err, ENT_EINVAL, "a %s table %s a column of organisations", as,
                        u->members ? "needs" : "has not");
    if ((user->value_count == 0 && !u->members) || user->value_count > MOST_VALUES)
        return ent_fail(err, ENT_EINVAL, "%zu value columns; 1 to %d can be imported",
                        user->value_count, MOST_VALUES);
    u->table.name = ent__arena_printf(&u->arena, "user_%s", user->name);
    if (!u->table.name)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table's description");
    u->table.what = "a user's own table";
    u->table.absence = user->zero_when_absent || user->value_count == 0 ? ENT_ABSENCE_ZERO
                                                                        : ENT_ABSENCE_UNKNOWN;
    ENT_TRY(make_columns(u, directed, err));
    ENT_TRY(make_form(u, err));
    u->tables[0] = &u->table;
    u->dataset.info = (struct ent_dataset_info){
        .id = u->table.name,
        .title = user->name,
        .publisher = "the user",
        .citation = user->citation && *user->citation ? user->citation : "The user's own data.",
        .bibtex = "",
        .licence = "the user's own",
        .url = "",
    };
    u->dataset.years = "";
    u->dataset.tables = u->tables;
    u->dataset.forms = &u->form;
    u->dataset.form_count = 1;
    return ENT_OK;
}

enum ent_status ent__user_dataset_new(const char *as, const struct ent_user_data *user,
                                      struct ent_user_dataset **out, struct ent_error *err)
{
    struct ent_user_dataset *u;
    enum ent_status status;

    if (!user)
        return ent_fail(err, ENT_EINVAL, "a user's table needs its columns named");
    u = ent__calloc(1, sizeof(*u));
    if (!u)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table's description");
    u->user = user;
    status = fill(u, as, err);
    if (status != ENT_OK) {
        ent__user_dataset_free(u);
        return status;
    }
    *out = u;
    return ENT_OK;
}

const struct ent_dataset *ent__user_dataset(const struct ent_user_dataset *user)
{
    return &user->dataset;
}

void ent__user_dataset_free(struct ent_user_dataset *user)
{
    if (!user)
        return;
    ent__arena_release(&user->arena);
    ent__free(user);
}
