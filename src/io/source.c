#include "io/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "io/child.h"
#include "io/read.h"
#include "io/wire.h"

struct ent_source {
    struct ent_child child;
    struct ent_wire_in wire;
    struct ent_io_limits limits;
    char *path;
    char format[64];
    bool ended;
    struct ent_error failure; /* kept, so that every later call gives it again */
};

struct job {
    const char *name;
    const struct ent_io_limits *limits;
    ent__reader_fn reader;
};

/* Runs in the child. */
static void read_file(int file, int pipe, void *context)
{
    const struct job *job = context;
    struct ent_error err = { 0 };
    struct ent_wire_out out;
    struct ent_input input;
    struct ent_sink sink;
    enum ent_status status;

    if (ent__wire_out_init(&out, pipe, NULL) != ENT_OK)
        return;
    sink = ent__wire_sink(&out, job->limits);
    status = ent__input_file(&input, file, &err);
    if (status == ENT_OK)
        status = job->reader(&input, job->name, &sink, &err);
    if (status == ENT_ENOMEM)
        status = ent_fail(&err, ENT_EFORMAT, "reading it takes more than %llu MiB of memory",
                          (unsigned long long)(job->limits->memory_bytes >> 20));
    /* When this fails the program has closed the pipe, and does not want to know. */
    (void)!ent__wire_finish(&out, status, &err);
}

static int open_file(const char *path, struct ent_error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0) {
        (void)ent_fail(err, ENT_EIO, "cannot be opened: %s", strerror(errno));
        return -1;
    }
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        (void)ent_fail(err, ENT_EIO, "is %s, not a file",
                       S_ISDIR(st.st_mode) ? "a directory" : "a device or pipe");
        close(fd);
        return -1;
    }
    return fd;
}

static struct ent_source *source_new(const char *path, const struct ent_io_limits *limits)
{
    struct ent_source *source = ent__calloc(1, sizeof(*source));
    size_t len = strlen(path) + 1;

    if (!source)
        return NULL;
    source->path = ent__calloc(len, 1);
    if (!source->path) {
        ent__free(source);
        return NULL;
    }
    memcpy(source->path, path, len);
    source->child.pipe = -1;
    source->limits = ent__io_limits(limits);
    return source;
}

enum ent_status ent__source_open_with(const char *path, const struct ent_io_limits *limits,
                                      ent__reader_fn reader, struct ent_source **out,
                                      struct ent_error *err)
{
    struct ent_source *source;
    struct job job;
    enum ent_status status;
    int fd = open_file(path, err);

    if (fd < 0) {
        ent_error_at(err, path, 0, 0);
        return ENT_EIO;
    }
    source = source_new(path, limits);
    if (!source) {
        close(fd);
        return ent_fail(err, ENT_ENOMEM, "out of memory to open a file");
    }
    job = (struct job){ .name = source->path, .limits = &source->limits, .reader = reader };
    status = ent__child_start(&source->child, fd, &source->limits, read_file, &job, err);
    close(fd);
    if (status != ENT_OK) {
        ent_error_at(err, path, 0, 0);
        ent__source_close(source);
        return status;
    }
    ent__wire_in_init(&source->wire, source->child.pipe, &source->limits);
    *out = source;
    return ENT_OK;
}

enum ent_status ent__source_open(const char *path, const struct ent_io_limits *limits,
                                 struct ent_source **out, struct ent_error *err)
{
    return ent__source_open_with(path, limits, ent__read_any, out, err);
}

/* Remember a failure, stop the child, and report. */
static enum ent_status
fail(struct ent_source *source, const struct ent_error *failure, struct ent_error *err)
{
    source->failure = *failure;
    ent_error_at(&source->failure, source->path, 0, 0);
    ent__child_stop(&source->child);
    if (err)
        *err = source->failure;
    return source->failure.status;
}

/* The pipe closed without the last frame: find out why. */
static enum ent_status died(struct ent_source *source, struct ent_error *err)
{
    const char *how = ent__child_wait(&source->child);
    struct ent_error failure = { 0 };

    (void)ent_fail(&failure, ENT_EFORMAT,
                   "the process that reads it (%s) %s: the file may be damaged or hostile",
                   source->format[0] ? source->format : "format not yet known",
                   how ? how : "ended too early");
    return fail(source, &failure, err);
}

static enum ent_status
reported(struct ent_source *source, const struct ent_frame *frame, struct ent_error *err)
{
    struct ent_error failure = { 0 };
    struct ent_str message = frame->cells[0].text;

    (void)ent_fail(&failure, frame->status, "%.*s",
                   (int)(message.len < 500 ? message.len : 500), message.at ? message.at : "");
    ent_error_at(&failure, NULL, frame->line, frame->column);
    return fail(source, &failure, err);
}

static void end(struct ent_source *source)
{
    source->ended = true;
    ent__child_wait(&source->child);
}

enum ent_status
ent__source_next(struct ent_source *source, struct ent_record *record, struct ent_error *err)
{
    struct ent_error failure = { 0 };
    struct ent_frame frame;
    bool closed;

    *record = (struct ent_record){ .kind = ENT_RECORD_END };
    if (source->failure.status != ENT_OK) {
        if (err)
            *err = source->failure;
        return source->failure.status;
    }
    while (!source->ended) {
        if (ent__wire_next(&source->wire, &frame, &closed, &failure) != ENT_OK)
            return fail(source, &failure, err);
        if (closed)
            return died(source, err);
        switch (frame.kind) {
        case ENT_FRAME_ROW:
            record->kind = ENT_RECORD_ROW;
            record->line = frame.line;
            record->cells = frame.cells;
            record->cell_count = frame.cell_count;
            return ENT_OK;
        case ENT_FRAME_TABLE:
            record->kind = ENT_RECORD_TABLE;
            record->table = frame.cells[0].text;
            record->cells = frame.cells + 1;
            record->cell_count = frame.cell_count - 1;
            record->typed = frame.typed;
            return ENT_OK;
        case ENT_FRAME_FORMAT:
            snprintf(source->format, sizeof(source->format), "%.*s",
                     (int)(frame.cells[0].text.len < 63 ? frame.cells[0].text.len : 63),
                     frame.cells[0].text.at ? frame.cells[0].text.at : "");
            break;
        case ENT_FRAME_ERROR:
            return reported(source, &frame, err);
        case ENT_FRAME_END:
            end(source);
            break;
        }
    }
    return ENT_OK;
}

const char *ent__source_format(const struct ent_source *source)
{
    return source->format;
}

void ent__source_close(struct ent_source *source)
{
    if (!source)
        return;
    ent__child_stop(&source->child);
    ent__wire_in_release(&source->wire);
    ent__free(source->path);
    ent__free(source);
}
