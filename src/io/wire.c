#include "io/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

enum {
    OUT_BYTES = 256 * 1024,
    FLUSH_BYTES = 128 * 1024, /* write when this much is waiting */
    IN_BYTES = 256 * 1024,
};

/* A cell's head: two bits of kind, one for quotes, 13 of length or tag. */
enum {
    CELL_EMPTY = 0,
    CELL_NUMBER = 1,
    CELL_TEXT = 2,
    CELL_TAGGED = 3,
    CELL_QUOTED = 4,
    CELL_SHIFT = 3,
    CELL_LONG = 0x1fff,      /* the length follows in four bytes */
    CELL_MOST = 2 + 4,       /* bytes of the longest head */
    CELL_NUMBER_MOST = 2 + 8 /* bytes of a number */
};

struct head {
    uint32_t size; /* of the cells, in bytes */
    uint16_t kind;
    uint16_t extra; /* of a table: typed; of an error: its status */
    uint32_t cells;
    uint32_t column;
    uint64_t line;
};

enum ent_status ent__wire_out_init(struct ent_wire_out *out, int fd, struct ent_error *err)
{
    *out = (struct ent_wire_out){ .fd = fd, .capacity = OUT_BYTES };
    out->buf = ent__calloc(out->capacity, 1);
    return out->buf ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a buffer");
}

void ent__wire_out_release(struct ent_wire_out *out)
{
    ent__free(out->buf);
    *out = (struct ent_wire_out){ .fd = -1 };
}

static enum ent_status flush(struct ent_wire_out *out, struct ent_error *err)
{
    size_t done = 0;

    while (done < out->used) {
        ssize_t n = write(out->fd, out->buf + done, out->used - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ent_fail(err, ENT_EIO, "writing failed: %s", strerror(errno));
        done += (size_t)n;
    }
    out->used = 0;
    return ENT_OK;
}

static enum ent_status reserve(struct ent_wire_out *out, size_t more, struct ent_error *err)
{
    void *grown = out->buf;
    enum ent_status status = ent__grow(&grown, &out->capacity, out->used + more, 1, err);

    out->buf = grown;
    return status;
}

static char *put_bytes(char *at, const void *bytes, size_t len)
{
    if (len)
        memcpy(at, bytes, len);
    return at + len;
}

static char *put_text(char *at, struct ent_str text, unsigned flags)
{
    uint32_t len = (uint32_t)text.len;
    uint16_t cell_head =
        (uint16_t)((len < CELL_LONG ? len : CELL_LONG) << CELL_SHIFT | flags | CELL_TEXT);

    at = put_bytes(at, &cell_head, sizeof(cell_head));
    if (len >= CELL_LONG)
        at = put_bytes(at, &len, sizeof(len));
    return put_bytes(at, text.at, len);
}

static char *put_cell(char *at, const struct ent_cell *cell)
{
    uint16_t cell_head = cell->quoted ? CELL_QUOTED : 0;

    switch (cell->kind) {
    case ENT_CELL_TEXT:
        return put_text(at, cell->text, cell_head);
    case ENT_CELL_NUMBER:
        cell_head |= CELL_NUMBER;
        at = put_bytes(at, &cell_head, sizeof(cell_head));
        return put_bytes(at, &cell->number, sizeof(cell->number));
    case ENT_CELL_MISSING:
        break;
    }
    if (cell->missing == ENT_MISSING_TAGGED)
        cell_head |= (uint16_t)(CELL_TAGGED | (unsigned char)cell->tag << CELL_SHIFT);
    return put_bytes(at, &cell_head, sizeof(cell_head));
}

/* One frame: the text of `first`, unless it is NULL, and the cells. */
static enum ent_status put_frame(struct ent_wire_out *out, struct head head,
                                 const struct ent_str *first, const struct ent_cell *cells,
                                 size_t cell_count, struct ent_error *err)
{
    size_t most = sizeof(head) + (first ? first->len + CELL_MOST : 0);
    size_t start = out->used;
    char *at;

    for (size_t i = 0; i < cell_count; i++)
        most += cells[i].kind == ENT_CELL_TEXT ? cells[i].text.len + CELL_MOST
                                               : (size_t)CELL_NUMBER_MOST;
    ENT_TRY(reserve(out, most, err));
    at = out->buf + start + sizeof(head);
    if (first)
        at = put_text(at, *first, 0);
    for (size_t i = 0; i < cell_count; i++)
        at = put_cell(at, &cells[i]);
    out->used = (size_t)(at - out->buf);
    head.size = (uint32_t)(out->used - start - sizeof(head));
    head.cells = (uint32_t)(cell_count + (first ? 1 : 0));
    memcpy(out->buf + start, &head, sizeof(head));
    return out->used < FLUSH_BYTES ? ENT_OK : flush(out, err);
}

static enum ent_status
put_record(void *context, const struct ent_record *record, struct ent_error *err)
{
    bool is_table = record->kind == ENT_RECORD_TABLE;
    struct head head = { .kind = is_table ? ENT_FRAME_TABLE : ENT_FRAME_ROW,
                         .extra = is_table && record->typed,
                         .line = record->line };

    return put_frame(context, head, is_table ? &record->table : NULL, record->cells,
                     record->cell_count, err);
}

static enum ent_status put_format(void *context, const char *format, struct ent_error *err)
{
    struct head head = { .kind = ENT_FRAME_FORMAT };
    struct ent_str text = ent__str(format);

    ENT_TRY(put_frame(context, head, &text, NULL, 0, err));
    /* At once, so that it is known if the reading crashes. */
    return flush(context, err);
}

struct ent_sink ent__wire_sink(struct ent_wire_out *out, const struct ent_io_limits *limits)
{
    return (struct ent_sink){ .context = out,
                              .put = put_record,
                              .format = put_format,
                              .limits = ent__io_limits(limits) };
}

enum ent_status ent__wire_finish(struct ent_wire_out *out, enum ent_status status,
                                 const struct ent_error *failure)
{
    struct head head = { .kind = ENT_FRAME_END };
    struct ent_str message = { NULL, 0 };

    if (status != ENT_OK) {
        head = (struct head){ .kind = ENT_FRAME_ERROR,
                              .extra = (uint16_t)status,
                              .line = failure->line,
                              .column = (uint32_t)failure->column };
        message = ent__str(failure->message);
    }
    ENT_TRY(flush(out, NULL));
    ENT_TRY(put_frame(out, head, status == ENT_OK ? NULL : &message, NULL, 0, NULL));
    return flush(out, NULL);
}

void ent__wire_in_init(struct ent_wire_in *in, int fd, const struct ent_io_limits *limits)
{
    *in = (struct ent_wire_in){ .fd = fd, .limits = ent__io_limits(limits) };
}

void ent__wire_in_release(struct ent_wire_in *in)
{
    ent__free(in->buf);
    ent__free(in->cells);
    *in = (struct ent_wire_in){ .fd = -1 };
}

/* Have at least `need` bytes at in->begin, or *ended. */
static enum ent_status
fill(struct ent_wire_in *in, size_t need, bool *ended, struct ent_error *err)
{
    void *grown = in->buf;

    if (in->end - in->begin >= need)
        return ENT_OK;
    if (in->begin > 0) {
        memmove(in->buf, in->buf + in->begin, in->end - in->begin);
        in->end -= in->begin;
        in->begin = 0;
    }
    ENT_TRY(ent__grow(&grown, &in->capacity, need < IN_BYTES ? IN_BYTES : need, 1, err));
    in->buf = grown;
    while (in->end < need) {
        ssize_t n = read(in->fd, in->buf + in->end, in->capacity - in->end);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ent_fail(err, ENT_EIO, "reading failed: %s", strerror(errno));
        if (n == 0) {
            *ended = true;
            return ENT_OK;
        }
        in->end += (size_t)n;
    }
    return ENT_OK;
}

static enum ent_status no_frame(struct ent_error *err)
{
    return ent_fail(err, ENT_EFORMAT, "the process that reads it wrote what makes no sense");
}

/* The text after a cell's head; NULL when it is longer than what is left. */
static const char *
get_text(const char *at, const char *end, uint32_t len, size_t most, struct ent_cell *cell)
{
    if (len == CELL_LONG) {
        if ((size_t)(end - at) < sizeof(len))
            return NULL;
        memcpy(&len, at, sizeof(len));
        at += sizeof(len);
    }
    if (len > (size_t)(end - at) || len > most)
        return NULL;
    cell->kind = ENT_CELL_TEXT;
    cell->text = (struct ent_str){ at, len };
    return at + len;
}

/* The cell at `at`; returns where the next one begins, or NULL. */
static const char *get_cell(const char *at, const char *end, size_t most, struct ent_cell *cell)
{
    uint16_t cell_head;

    if ((size_t)(end - at) < sizeof(cell_head))
        return NULL;
    memcpy(&cell_head, at, sizeof(cell_head));
    at += sizeof(cell_head);
    *cell = (struct ent_cell){ .quoted = cell_head & CELL_QUOTED };
    switch (cell_head & 3) {
    case CELL_TEXT:
        return get_text(at, end, cell_head >> CELL_SHIFT, most, cell);
    case CELL_NUMBER:
        if ((size_t)(end - at) < sizeof(cell->number))
            return NULL;
        cell->kind = ENT_CELL_NUMBER;
        memcpy(&cell->number, at, sizeof(cell->number));
        return at + sizeof(cell->number);
    case CELL_TAGGED:
        cell->missing = ENT_MISSING_TAGGED;
        cell->tag = (char)(cell_head >> CELL_SHIFT);
        return at;
    default:
        cell->missing = ENT_MISSING_EMPTY;
        return at;
    }
}

static enum ent_status
get_cells(struct ent_wire_in *in, const struct head *head, struct ent_error *err)
{
    const char *at = in->buf + in->begin;
    const char *end = at + head->size;
    size_t most = in->limits.cell_bytes;
    void *grown = in->cells;

    /* Messages and names of formats are not the file's own, and may be longer. */
    if (head->kind == ENT_FRAME_ERROR || head->kind == ENT_FRAME_FORMAT)
        most = ENT_IO_ROW_BYTES;
    ENT_TRY(ent__grow(&grown, &in->cell_capacity, head->cells, sizeof(*in->cells), err));
    in->cells = grown;
    for (uint32_t i = 0; i < head->cells; i++) {
        at = get_cell(at, end, most, &in->cells[i]);
        if (!at)
            return no_frame(err);
    }
    return at == end ? ENT_OK : no_frame(err);
}

static bool head_is_sane(const struct ent_wire_in *in, const struct head *head)
{
    /* Heads of cells come on top of the text that a row may have. */
    size_t most = ENT_IO_ROW_BYTES + (in->limits.row_cells + 1) * CELL_NUMBER_MOST;

    if (head->kind < ENT_FRAME_FORMAT || head->kind > ENT_FRAME_ERROR)
        return false;
    if (head->extra > (head->kind == ENT_FRAME_ERROR ? ENT_ECANCEL : 1))
        return false;
    if (head->kind != ENT_FRAME_ROW && head->kind != ENT_FRAME_END && head->cells == 0)
        return false;
    return head->size <= most && head->cells <= in->limits.row_cells + 1 &&
           head->cells <= head->size / 2;
}

enum ent_status ent__wire_next(struct ent_wire_in *in, struct ent_frame *frame, bool *ended,
                               struct ent_error *err)
{
    struct head head;

    *ended = false;
    ENT_TRY(fill(in, sizeof(head), ended, err));
    if (*ended)
        return ENT_OK;
    memcpy(&head, in->buf + in->begin, sizeof(head));
    if (!head_is_sane(in, &head))
        return no_frame(err);
    in->begin += sizeof(head);
    ENT_TRY(fill(in, head.size, ended, err));
    if (*ended)
        return ENT_OK;
    ENT_TRY(get_cells(in, &head, err));
    in->begin += head.size;
    *frame = (struct ent_frame){ .kind = (enum ent_frame_kind)head.kind,
                                 .typed = head.kind == ENT_FRAME_TABLE && head.extra,
                                 .line = (size_t)head.line,
                                 .column = head.column,
                                 .cells = in->cells,
                                 .cell_count = head.cells };
    if (head.kind == ENT_FRAME_ERROR) {
        frame->status = (enum ent_status)head.extra;
        if (frame->status == ENT_OK)
            return no_frame(err);
    }
    return ENT_OK;
}
