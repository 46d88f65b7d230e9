#include "datasets/mapped.h"

#include "base/alloc.h"

enum {
    MAX_MAPPED = 64,
};

struct mapper {
    const struct ent_table *table;
    const struct ent_mapping *map;
    size_t count;
    size_t column[MAX_MAPPED]; /* of the file, by mapping */
    size_t year;               /* the mapping of the year; SIZE_MAX when there is none */
};

static enum ent_status
find_columns(struct ent_import *im, struct mapper *m, struct ent_error *err)
{
    if (m->count > MAX_MAPPED)
        return ent_fail(err, ENT_EINVAL, "%zu mapped columns; at most %d", m->count,
                        MAX_MAPPED);
    for (size_t i = 0; i < m->count; i++) {
        m->column[i] = ent__import_column(im, m->map[i].column);
        if (m->column[i] == SIZE_MAX && !m->map[i].optional)
            ENT_TRY(ent__import_need(im, m->map[i].column, &m->column[i], err));
        if (m->table->columns[m->map[i].to].role == ENT_ROLE_YEAR)
            m->year = i;
    }
    return ENT_OK;
}

/* Fill one column of a row.  *keep turns false when the row cannot be kept. */
static enum ent_status fill(struct ent_import *im, const struct mapper *m, size_t i,
                            struct ent_stage *stage, int year, union ent_value *row, bool *keep,
                            struct ent_error *err)
{
    const struct ent_column *column = &m->table->columns[m->map[i].to];
    union ent_value *cell = &row[m->map[i].to];

    if (column->role == ENT_ROLE_STATE || column->role == ENT_ROLE_FROM ||
        column->role == ENT_ROLE_TO) {
        cell->i = ent__import_state(im, m->column[i], m->map[i].codes, year);
        *keep = *keep && cell->i >= 0;
        return ENT_OK;
    }
    switch (column->type) {
    case ENT_TYPE_INT:
        if (!ent__import_put_int(im, m->column[i], cell) && column->role == ENT_ROLE_KEY)
            *keep = false;
        return ENT_OK;
    case ENT_TYPE_REAL:
        ent__import_put_real(im, m->column[i], cell);
        return ENT_OK;
    case ENT_TYPE_TEXT:
        return ent__import_put_text(im, stage, m->column[i], cell, err);
    }
    return ENT_OK;
}

/* Whether the two states of a pair are one. */
static bool is_self(const struct ent_table *table, const union ent_value *row)
{
    int64_t first = -1;

    for (size_t c = 0; c < table->key_count; c++) {
        enum ent_column_role role = table->columns[c].role;

        if (role != ENT_ROLE_STATE && role != ENT_ROLE_FROM && role != ENT_ROLE_TO)
            continue;
        if (row[c].i == first)
            return true;
        first = row[c].i;
    }
    return false;
}

enum ent_status ent__import_mapped_rows(struct ent_import *im, const struct ent_table *table,
                                        const struct ent_mapping *map, size_t count,
                                        ent_finish_fn finish, struct ent_error *err)
{
    struct mapper m = { .table = table, .map = map, .count = count, .year = SIZE_MAX };
    struct ent_stage *stage;
    bool more;

    ENT_TRY(ent__import_stage(im, table, &stage, err));
    ENT_TRY(find_columns(im, &m, err));
    for (;;) {
        union ent_value *row;
        int64_t year = 0;
        bool keep = true;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        if (m.year != SIZE_MAX && !ent__import_year(im, m.column[m.year], &year))
            continue;
        ENT_TRY(ent__import_row(im, stage, &row, err));
        for (size_t i = 0; i < count; i++) {
            if (i == m.year)
                row[map[i].to].i = year;
            else
                ENT_TRY(fill(im, &m, i, stage, (int)year, row, &keep, err));
        }
        if (keep && !is_self(table, row) && (!finish || finish(im, row)))
            ent__import_end_row(im, stage);
    }
}

enum ent_status ent__import_mapped(struct ent_import *im, const struct ent_table *table,
                                   const struct ent_mapping *map, size_t count,
                                   struct ent_error *err)
{
    return ent__import_mapped_rows(im, table, map, count, NULL, err);
}
