#include "store/listing.h"

#include "base/alloc.h"
#include "store/db.h"

typedef enum ent_status (*row_fn)(void *walk, sqlite3_stmt *row, struct ent_error *err);

/* Run a query and hand each row on. */
static enum ent_status walk_rows(struct ent_store *store, sqlite3_stmt *s, row_fn each,
                                 void *walk, struct ent_error *err)
{
    bool row;
    enum ent_status status = ent__db_step(store, s, &row, err);

    while (status == ENT_OK && row) {
        status = each(walk, s, err);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    sqlite3_finalize(s);
    return status;
}

struct dataset_walk {
    ent_dataset_fn each;
    void *context;
};

static enum ent_status dataset_row(void *context, sqlite3_stmt *s, struct ent_error *err)
{
    const struct dataset_walk *walk = context;
    struct ent_dataset_info info = {
        .id = ent__db_text(s, 0),
        .title = ent__db_text(s, 1),
        .publisher = ent__db_text(s, 2),
        .citation = ent__db_text(s, 3),
        .bibtex = ent__db_text(s, 4),
        .licence = ent__db_text(s, 5),
        .url = ent__db_text(s, 6),
    };

    return walk->each(walk->context, &info, err);
}

enum ent_status ent__store_datasets(struct ent_store *store, ent_dataset_fn each, void *context,
                                    struct ent_error *err)
{
    struct dataset_walk walk = { each, context };
    sqlite3_stmt *s;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT id, title, publisher, citation, bibtex, licence, url "
                            "FROM dataset ORDER BY id",
                            &s, err));
    return walk_rows(store, s, dataset_row, &walk, err);
}

struct variable_walk {
    ent_variable_fn each;
    void *context;
};

static enum ent_status variable_row(void *context, sqlite3_stmt *s, struct ent_error *err)
{
    const struct variable_walk *walk = context;

    return walk->each(walk->context, ent__db_text(s, 0), ent__db_text(s, 1), ent__db_text(s, 2),
                      ent__db_text(s, 3), ent__db_text(s, 4), ent__db_text(s, 5), err);
}

enum ent_status ent__store_variables(struct ent_store *store, const char *dataset,
                                     ent_variable_fn each, void *context, struct ent_error *err)
{
    struct variable_walk walk = { each, context };
    sqlite3_stmt *s;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT table_name, column_name, role, type, unit, what "
                            "FROM variable WHERE dataset = ?1 ORDER BY table_name, position",
                            &s, err));
    ent__db_bind(s, 1, dataset);
    return walk_rows(store, s, variable_row, &walk, err);
}

struct problem_walk {
    ent_problem_fn each;
    void *context;
};

static enum ent_status problem_row(void *context, sqlite3_stmt *s, struct ent_error *err)
{
    const struct problem_walk *walk = context;
    struct ent_problem problem = {
        .line = (uint64_t)sqlite3_column_int64(s, 0),
        .column = (size_t)sqlite3_column_int64(s, 1),
        .message = ent__db_text(s, 2),
    };

    return walk->each(walk->context, &problem, err);
}

enum ent_status ent__store_problems(struct ent_store *store, int64_t source,
                                    ent_problem_fn each, void *context, struct ent_error *err)
{
    struct problem_walk walk = { each, context };
    sqlite3_stmt *s;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT line, column, message FROM problem WHERE source = ?1 "
                            "ORDER BY line, column",
                            &s, err));
    sqlite3_bind_int64(s, 1, source);
    return walk_rows(store, s, problem_row, &walk, err);
}

struct unmatched_walk {
    ent_unmatched_fn each;
    void *context;
};

static enum ent_status unmatched_row(void *context, sqlite3_stmt *s, struct ent_error *err)
{
    const struct unmatched_walk *walk = context;
    struct ent_unmatched name = {
        .name = ent__db_text(s, 0),
        .rows = (uint64_t)sqlite3_column_int64(s, 1),
        .first_line = (uint64_t)sqlite3_column_int64(s, 2),
    };

    return walk->each(walk->context, &name, err);
}

enum ent_status ent__store_unmatched(struct ent_store *store, int64_t source,
                                     ent_unmatched_fn each, void *context,
                                     struct ent_error *err)
{
    struct unmatched_walk walk = { each, context };
    sqlite3_stmt *s;

    ENT_TRY(ent__db_prepare(store,
                            "SELECT name, rows, first_line FROM unmatched WHERE source = ?1 "
                            "ORDER BY rows DESC, name",
                            &s, err));
    sqlite3_bind_int64(s, 1, source);
    return walk_rows(store, s, unmatched_row, &walk, err);
}
