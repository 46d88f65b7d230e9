#include "store/stage.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

void ent__stage_init(struct ent_stage *stage, const struct ent_table *table)
{
    memset(stage, 0, sizeof(*stage));
    stage->table = table;
    stage->stride = table->column_count + 1;
    ent__intern_init(&stage->texts);
}

void ent__stage_release(struct ent_stage *stage)
{
    ent__free(stage->cells);
    ent__free(stage->order);
    ent__intern_release(&stage->texts);
    memset(stage, 0, sizeof(*stage));
}

enum ent_status
ent__stage_row(struct ent_stage *stage, union ent_value **row, struct ent_error *err)
{
    const struct ent_table *table = stage->table;
    void *grown = stage->cells;
    union ent_value *cells;

    if (stage->count >= UINT32_MAX - 1)
        return ent_fail(err, ENT_ENOMEM, "more than %zu rows for %s", stage->count,
                        table->name);
    ENT_TRY(ent__grow(&grown, &stage->capacity, stage->count + 1,
                      stage->stride * sizeof(*stage->cells), err));
    stage->cells = grown;
    cells = stage->cells + stage->count * stage->stride;
    for (size_t c = 0; c < table->column_count; c++) {
        switch (table->columns[c].type) {
        case ENT_TYPE_INT:
            cells[c].i = ENT_NONE_INT;
            break;
        case ENT_TYPE_REAL:
            cells[c].r = NAN;
            break;
        case ENT_TYPE_TEXT:
            cells[c].s = ENT_NONE_TEXT;
            break;
        }
    }
    *row = cells;
    return ENT_OK;
}

void ent__stage_commit(struct ent_stage *stage, uint64_t line)
{
    const struct ent_table *table = stage->table;
    union ent_value *cells = stage->cells + stage->count * stage->stride;
    size_t side[2];
    size_t sides = 0;

    for (size_t c = 0; c < table->key_count && sides < 2; c++) {
        if (table->columns[c].role == ENT_ROLE_STATE)
            side[sides++] = c;
    }
    if (sides == 2 && cells[side[0]].i > cells[side[1]].i) {
        union ent_value swap = cells[side[0]];

        cells[side[0]] = cells[side[1]];
        cells[side[1]] = swap;
    }
    cells[table->column_count].i = (int64_t)line;
    stage->count++;
}

enum ent_status ent__stage_text(struct ent_stage *stage, union ent_value *cell,
                                struct ent_str text, struct ent_error *err)
{
    uint32_t id;

    if (text.len == 0) {
        cell->s = ENT_NONE_TEXT;
        return ENT_OK;
    }
    ENT_TRY(ent__intern(&stage->texts, text, &id, err));
    cell->s = id;
    return ENT_OK;
}

static const union ent_value *row_of(const struct ent_stage *stage, uint32_t row)
{
    return stage->cells + (size_t)row * stage->stride;
}

/* Compare two rows on columns 0..count-1 as the sort orders them. */
static int compare_rows(const struct ent_stage *stage, uint32_t a, uint32_t b, size_t count)
{
    const union ent_value *x = row_of(stage, a);
    const union ent_value *y = row_of(stage, b);

    for (size_t c = 0; c < count; c++) {
        if (x[c].i != y[c].i)
            return x[c].i < y[c].i ? -1 : 1;
    }
    return 0;
}

static bool is_sorted(const struct ent_stage *stage)
{
    for (uint32_t i = 1; i < stage->count; i++) {
        if (compare_rows(stage, i - 1, i, stage->table->key_count) > 0)
            return false;
    }
    return true;
}

/* One stable counting pass on byte `shift` of key column c, from -> to. */
static void radix_pass(const struct ent_stage *stage, size_t c, int64_t lowest, unsigned shift,
                       const uint32_t *from, uint32_t *to)
{
    size_t starts[257] = { 0 };

    for (size_t i = 0; i < stage->count; i++) {
        uint64_t key = (uint64_t)row_of(stage, from[i])[c].i - (uint64_t)lowest;

        starts[((key >> shift) & 255) + 1]++;
    }
    for (size_t b = 1; b <= 256; b++)
        starts[b] += starts[b - 1];
    for (size_t i = 0; i < stage->count; i++) {
        uint64_t key = (uint64_t)row_of(stage, from[i])[c].i - (uint64_t)lowest;

        to[starts[(key >> shift) & 255]++] = from[i];
    }
}

/* Least significant digit first, over the key columns from last to first. */
static enum ent_status sort_rows(struct ent_stage *stage, struct ent_error *err)
{
    uint32_t *other = ent__reallocarray(NULL, stage->count, sizeof(*other));

    if (!other)
        return ent_fail(err, ENT_ENOMEM, "out of memory to sort %zu rows", stage->count);
    for (size_t c = stage->table->key_count; c-- > 0;) {
        int64_t lowest = INT64_MAX;
        int64_t highest = INT64_MIN;
        uint64_t span;

        for (uint32_t i = 0; i < stage->count; i++) {
            int64_t key = row_of(stage, i)[c].i;

            lowest = key < lowest ? key : lowest;
            highest = key > highest ? key : highest;
        }
        span = (uint64_t)highest - (uint64_t)lowest;
        for (unsigned shift = 0; shift < 64 && (span >> shift) > 0; shift += 8) {
            uint32_t *swap = stage->order;

            radix_pass(stage, c, lowest, shift, stage->order, other);
            stage->order = other;
            other = swap;
        }
    }
    ent__free(other);
    return ENT_OK;
}

/* Whether two cells say the same; a missing one says nothing against it. */
static bool same_value(union ent_value a, union ent_value b, enum ent_column_type type)
{
    if (type == ENT_TYPE_REAL)
        return a.r == b.r || (a.r != a.r && b.r != b.r);
    return a.i == b.i;
}

static bool
same_row(const struct ent_stage *stage, const union ent_value *a, const union ent_value *b)
{
    for (size_t c = 0; c < stage->table->column_count; c++) {
        if (!same_value(a[c], b[c], stage->table->columns[c].type))
            return false;
    }
    return true;
}

static void
add_row(const struct ent_stage *stage, union ent_value *sum, const union ent_value *more)
{
    for (size_t c = stage->table->key_count; c < stage->table->column_count; c++) {
        enum ent_column_type type = stage->table->columns[c].type;

        if (ent__value_missing(more[c], type) || type == ENT_TYPE_TEXT)
            continue;
        if (ent__value_missing(sum[c], type))
            sum[c] = more[c];
        else if (type == ENT_TYPE_REAL)
            sum[c].r += more[c].r;
        else
            sum[c].i += more[c].i;
    }
}

enum ent_status ent__stage_settle(struct ent_stage *stage, ent_duplicate_fn repeated,
                                  void *context, struct ent_error *err)
{
    const struct ent_table *table = stage->table;

    stage->order = ent__reallocarray(stage->order, stage->count, sizeof(*stage->order));
    if (!stage->order)
        return ent_fail(err, ENT_ENOMEM, "out of memory to sort %zu rows", stage->count);
    for (uint32_t i = 0; i < stage->count; i++)
        stage->order[i] = i;
    if (!is_sorted(stage))
        ENT_TRY(sort_rows(stage, err));
    stage->kept = 0;
    for (size_t i = 0; i < stage->count; i++) {
        uint32_t row = stage->order[i];
        union ent_value *last;
        const union ent_value *now = row_of(stage, row);

        if (table->duplicates == ENT_DUPLICATES_KEEP || stage->kept == 0 ||
            compare_rows(stage, stage->order[stage->kept - 1], row, table->key_count) != 0) {
            stage->order[stage->kept++] = row;
            continue;
        }
        last = stage->cells + (size_t)stage->order[stage->kept - 1] * stage->stride;
        if (table->duplicates == ENT_DUPLICATES_SUM) {
            add_row(stage, last, now);
            stage->merged++;
        } else if (table->duplicates == ENT_DUPLICATES_LEAST) {
            if (now[table->key_count].i < last[table->key_count].i)
                stage->order[stage->kept - 1] = row;
            stage->merged++;
        } else if (same_row(stage, last, now)) {
            stage->merged++;
        } else {
            stage->repeated++;
            if (repeated)
                repeated(context, (uint64_t)now[table->column_count].i,
                         (uint64_t)last[table->column_count].i);
        }
    }
    return ENT_OK;
}

const union ent_value *ent__stage_at(const struct ent_stage *stage, size_t i)
{
    return row_of(stage, stage->order[i]);
}

bool ent__stage_years(const struct ent_stage *stage, int *first, int *last)
{
    if (stage->kept == 0 || stage->table->columns[0].role != ENT_ROLE_YEAR)
        return false;
    *first = (int)ent__stage_at(stage, 0)[0].i;
    *last = (int)ent__stage_at(stage, stage->kept - 1)[0].i;
    return true;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ (h >> 31);
}

uint64_t ent__stage_digest(const struct ent_stage *stage)
{
    uint64_t h = mix(stage->kept, stage->table->column_count);
    char digits[40];

    for (size_t i = 0; i < stage->kept; i++) {
        const union ent_value *row = ent__stage_at(stage, i);

        for (size_t c = 0; c < stage->table->column_count; c++) {
            struct ent_str text = { digits, 0 };

            if (ent__value_missing(row[c], stage->table->columns[c].type)) {
                h = mix(h, 0x6d697373);
                continue;
            }
            switch (stage->table->columns[c].type) {
            case ENT_TYPE_INT:
                h = mix(h, (uint64_t)row[c].i);
                continue;
            case ENT_TYPE_REAL:
                if (row[c].r == floor(row[c].r) && fabs(row[c].r) < 1e12) {
                    h = mix(h, (uint64_t)(int64_t)row[c].r);
                    continue;
                }
                text.len = (size_t)snprintf(digits, sizeof(digits), "%.12g", row[c].r);
                break;
            case ENT_TYPE_TEXT:
                text = stage->texts.text[row[c].s];
                break;
            }
            for (size_t k = 0; k < text.len; k++)
                h = mix(h, (unsigned char)text.at[k]);
        }
    }
    return h;
}
