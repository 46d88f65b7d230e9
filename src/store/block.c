/*
 * A block's bytes, little-endian as the machine writes them:
 *
 *   "EBK1"  rows (uint32)  columns (uint32)  check sum of all that follows (uint32)
 *   a code a column, padded to 8 bytes
 *   the columns, each padded to 8 bytes
 *
 * The smallest value of an integer width stands for missing, so that a column
 * whose values reach it takes the next wider form.
 */
#include "store/block.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"

enum code {
    CODE_NONE = 0, /* a text column: nothing is held */
    CODE_I8 = 1,
    CODE_I16 = 2,
    CODE_I32 = 4,
    CODE_I64 = 8,
    CODE_F64 = 16,
    CODE_F32 = 17, /* doubles that are floats exactly, whole numbers among them */
};

struct header {
    char magic[4];
    uint32_t rows;
    uint32_t columns;
    uint32_t sum; /* 0 in the blocks of older programs: not checked */
};

static uint64_t mix(uint64_t h, const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    h = (h ^ word) * 0xff51afd7ed558ccdu;
    return h ^ (h >> 29);
}

/* A sum that a changed byte changes, never 0: four lanes side by side, as a dossier reads much.
 */
static uint32_t check_sum(const void *bytes, size_t len)
{
    const char *at = bytes;
    uint64_t lane[4] = { len, 1, 2, 3 };
    char rest[8] = { 0 };
    size_t i = 0;

    for (; i + 32 <= len; i += 32) {
        for (size_t k = 0; k < 4; k++)
            lane[k] = mix(lane[k], at + i + 8 * k);
    }
    for (; i + 8 <= len; i += 8)
        lane[0] = mix(lane[0], at + i);
    if (i < len)
        memcpy(rest, at + i, len - i);
    lane[0] = mix(lane[0], rest);
    for (size_t k = 1; k < 4; k++)
        lane[0] = mix(lane[0], (const char *)&lane[k]);
    lane[0] ^= lane[0] >> 32;
    return (uint32_t)lane[0] ? (uint32_t)lane[0] : 1;
}

static size_t width_of(uint8_t code)
{
    switch (code) {
    case CODE_I8:
        return 1;
    case CODE_I16:
        return 2;
    case CODE_I32:
    case CODE_F32:
        return 4;
    case CODE_I64:
    case CODE_F64:
        return 8;
    default:
        return 0;
    }
}

/* The narrowest exact code of settled rows from..to-1 in column c. */
static uint8_t choose(const struct ent_stage *stage, size_t from, size_t to, size_t c)
{
    enum ent_column_type type = stage->table->columns[c].type;
    int64_t lowest = 0;
    int64_t highest = 0;

    if (type == ENT_TYPE_TEXT)
        return CODE_NONE;
    if (type == ENT_TYPE_REAL) {
        for (size_t i = from; i < to; i++) {
            double r = ent__stage_at(stage, i)[c].r;

            if (r == r && (double)(float)r != r)
                return CODE_F64;
        }
        return CODE_F32;
    }
    for (size_t i = from; i < to; i++) {
        int64_t v = ent__stage_at(stage, i)[c].i;

        if (v == ENT_NONE_INT)
            continue;
        lowest = v < lowest ? v : lowest;
        highest = v > highest ? v : highest;
    }
    if (lowest > INT8_MIN && highest <= INT8_MAX)
        return CODE_I8;
    if (lowest > INT16_MIN && highest <= INT16_MAX)
        return CODE_I16;
    if (lowest > INT32_MIN && highest <= INT32_MAX)
        return CODE_I32;
    return CODE_I64;
}

static void put(struct ent_buf *buf, union ent_value v, uint8_t code)
{
    bool none = v.i == ENT_NONE_INT;
    int8_t i8 = none ? INT8_MIN : (int8_t)v.i;
    int16_t i16 = none ? INT16_MIN : (int16_t)v.i;
    int32_t i32 = none ? INT32_MIN : (int32_t)v.i;
    float f32 = (float)v.r;
    const void *at = &v;

    switch (code) {
    case CODE_I8:
        at = &i8;
        break;
    case CODE_I16:
        at = &i16;
        break;
    case CODE_I32:
        at = &i32;
        break;
    case CODE_F32:
        at = &f32;
        break;
    default:
        break;
    }
    ent__buf_add(buf, (struct ent_str){ at, width_of(code) });
}

static void pad(struct ent_buf *buf)
{
    while (buf->len % 8 && !buf->failed)
        ent__buf_putc(buf, '\0');
}

enum ent_status ent__block_encode(const struct ent_stage *stage, size_t from, size_t to,
                                  struct ent_buf *buf, struct ent_error *err)
{
    size_t columns = stage->table->column_count;
    struct header header = {
        { 'E', 'B', 'K', '1' }, (uint32_t)(to - from), (uint32_t)columns, 0
    };
    uint8_t code[ENT_BLOCK_COLUMNS];

    if (columns > ENT_BLOCK_COLUMNS)
        return ent_fail(err, ENT_EINVAL, "table %s has %zu columns; at most %d are allowed",
                        stage->table->name, columns, ENT_BLOCK_COLUMNS);
    ent__buf_clear(buf);
    ent__buf_add(buf, (struct ent_str){ (const char *)&header, sizeof(header) });
    for (size_t c = 0; c < columns; c++) {
        code[c] = choose(stage, from, to, c);
        ent__buf_putc(buf, (char)code[c]);
    }
    for (size_t c = 0; c < columns; c++) {
        pad(buf);
        for (size_t i = from; code[c] != CODE_NONE && i < to; i++)
            put(buf, ent__stage_at(stage, i)[c], code[c]);
    }
    ENT_TRY(ent__buf_check(buf, err));
    header.sum = check_sum(buf->text + sizeof(header), buf->len - sizeof(header));
    memcpy(buf->text, &header, sizeof(header));
    return ENT_OK;
}

static size_t round8(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

enum ent_status
ent__block_decode(const void *bytes, size_t len, struct ent_block *block, struct ent_error *err)
{
    const unsigned char *at = bytes;
    struct header header;
    size_t offset;

    if (len < sizeof(header))
        return ent_fail(err, ENT_EDB, "is cut short");
    memcpy(&header, at, sizeof(header));
    if (memcmp(header.magic, "EBK1", 4) != 0 || header.columns > ENT_BLOCK_COLUMNS ||
        len < sizeof(header) + header.columns)
        return ent_fail(err, ENT_EDB, "is damaged");
    if (header.sum && header.sum != check_sum(at + sizeof(header), len - sizeof(header)))
        return ent_fail(err, ENT_EDB, "has changed since it was written");
    block->count = header.rows;
    block->column_count = header.columns;
    memcpy(block->code, at + sizeof(header), header.columns);
    offset = round8(sizeof(header) + header.columns);
    for (size_t c = 0; c < header.columns; c++) {
        size_t size = width_of(block->code[c]) * header.rows;

        offset = round8(offset);
        if (offset > len || size > len - offset)
            return ent_fail(err, ENT_EDB, "is cut short");
        block->column[c] = at + offset;
        offset += size;
    }
    return ENT_OK;
}

size_t ent__block_pick_size(const struct ent_block *block, size_t count)
{
    size_t size = 0;

    for (size_t c = 0; c < block->column_count; c++)
        size += round8(width_of(block->code[c]) * count);
    return size + 8;
}

void ent__block_pick(const struct ent_block *block, const int64_t *rows, size_t count,
                     void *bytes, struct ent_block *out)
{
    char *at = bytes;

    *out = *block;
    out->count = count;
    for (size_t c = 0; c < block->column_count; c++) {
        size_t width = width_of(block->code[c]);
        const char *from = block->column[c];

        for (size_t i = 0; i < count; i++)
            memcpy(at + i * width, from + (size_t)rows[i] * width, width);
        out->column[c] = at;
        at += round8(width * count);
    }
}

/*
 * One loop a width.  Elements are copied out with memcpy: SQLite promises no
 * alignment for a blob.
 */
#define READ_ALL(type, is_missing, missing, convert)   \
    for (size_t i = 0; i < block->count; i++) {        \
        type v;                                        \
                                                       \
        memcpy(&v, at + i * sizeof(v), sizeof(v));     \
        out[i] = (is_missing) ? (missing) : (convert); \
    }                                                  \
    break

void ent__block_reals(const struct ent_block *block, size_t c, double *out)
{
    const char *at = block->column[c];

    switch (block->code[c]) {
    case CODE_I8:
        READ_ALL(int8_t, v == INT8_MIN, (double)NAN, (double)v);
    case CODE_I16:
        READ_ALL(int16_t, v == INT16_MIN, (double)NAN, (double)v);
    case CODE_I32:
        READ_ALL(int32_t, v == INT32_MIN, (double)NAN, (double)v);
    case CODE_I64:
        READ_ALL(int64_t, v == ENT_NONE_INT, (double)NAN, (double)v);
    case CODE_F32:
        READ_ALL(float, false, (double)NAN, (double)v);
    case CODE_F64:
        memcpy(out, at, block->count * sizeof(double));
        break;
    default:
        for (size_t i = 0; i < block->count; i++)
            out[i] = NAN;
        break;
    }
}

void ent__block_ints(const struct ent_block *block, size_t c, int64_t *out)
{
    const char *at = block->column[c];

    switch (block->code[c]) {
    case CODE_I8:
        READ_ALL(int8_t, v == INT8_MIN, ENT_NONE_INT, (int64_t)v);
    case CODE_I16:
        READ_ALL(int16_t, v == INT16_MIN, ENT_NONE_INT, (int64_t)v);
    case CODE_I32:
        READ_ALL(int32_t, v == INT32_MIN, ENT_NONE_INT, (int64_t)v);
    case CODE_I64:
        memcpy(out, at, block->count * sizeof(int64_t));
        break;
    case CODE_F32:
        READ_ALL(float, v != v, ENT_NONE_INT, llroundf(v));
    case CODE_F64:
        READ_ALL(double, v != v, ENT_NONE_INT, llround(v));
    default:
        for (size_t i = 0; i < block->count; i++)
            out[i] = ENT_NONE_INT;
        break;
    }
}

/* Which block is damaged, in which store, and what helps. */
static enum ent_status tell_damage(const struct ent_store *store, const char *table, int year,
                                   const struct ent_error *how, struct ent_error *err)
{
    enum ent_status status =
        ent_fail(err, ENT_EDB,
                 "the store is damaged: the block of %.60s, %d, %s; its files must be "
                 "imported again, into a new store",
                 table, year, how->message);

    ent_error_at(err, store->path, 0, 0);
    return status;
}

/* The statement of the last walk, or a new one when that is still in use. */
static enum ent_status
take_statement(struct ent_store *store, sqlite3_stmt **out, struct ent_error *err)
{
    *out = store->blocks;
    store->blocks = NULL;
    if (*out)
        return ENT_OK;
    return ent__db_prepare(store,
                           "SELECT year, source, data FROM block WHERE table_name = ?1 "
                           "AND year BETWEEN ?2 AND ?3 ORDER BY year, source",
                           out, err);
}

static void give_statement(struct ent_store *store, sqlite3_stmt *s)
{
    sqlite3_reset(s);
    sqlite3_clear_bindings(s); /* the name of the table is the caller's */
    if (store->blocks)
        sqlite3_finalize(s);
    else
        store->blocks = s;
}

enum ent_status ent__store_blocks(struct ent_store *store, const char *table, int from, int to,
                                  ent_block_fn each, void *context, struct ent_error *err)
{
    sqlite3_stmt *s = NULL;
    enum ent_status status;
    bool row;

    ENT_TRY(take_statement(store, &s, err));
    ent__db_bind(s, 1, table);
    sqlite3_bind_int(s, 2, from);
    sqlite3_bind_int(s, 3, to);
    status = ent__db_step(store, s, &row, err);
    while (status == ENT_OK && row) {
        struct ent_block block = { .year = sqlite3_column_int(s, 0),
                                   .source = sqlite3_column_int64(s, 1) };
        struct ent_error how = { 0 };

        status = ent__block_decode(sqlite3_column_blob(s, 2),
                                   (size_t)sqlite3_column_bytes(s, 2), &block, &how);
        if (status == ENT_OK)
            status = each(context, &block, err);
        else
            status = tell_damage(store, table, block.year, &how, err);
        if (status == ENT_OK)
            status = ent__db_step(store, s, &row, err);
    }
    give_statement(store, s);
    return status;
}
