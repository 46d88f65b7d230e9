#include "io/container.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/alloc.h"
#include "io/encoding.h"

enum {
    IN_BYTES = 64 * 1024,
};

struct ent_unpack {
    struct archive *archive;
    struct ent_input *input;   /* of a zip */
    struct ent_stream *packed; /* of a compression */
    struct ent_stream stream;  /* what comes out */
    struct ent_error failure;  /* of the input, when libarchive saw one */
    uint64_t limit;            /* on all that comes out */
    char name[1024];
    unsigned char buf[IN_BYTES];
};

static enum ent_status read_head(struct ent_stream *stream, struct ent_error *err)
{
    size_t got;

    do {
        ENT_TRY(stream->read(stream->context, stream->head + stream->head_len,
                             sizeof(stream->head) - stream->head_len, &got, err));
        stream->head_len += got;
    } while (got > 0 && stream->head_len < sizeof(stream->head));
    return ENT_OK;
}

static enum ent_status
read_input(void *context, void *buf, size_t size, size_t *got, struct ent_error *err)
{
    return ent__input_read(context, buf, size, got, err);
}

enum ent_status
ent__stream_plain(struct ent_stream *stream, struct ent_input *input, struct ent_error *err)
{
    memset(stream, 0, sizeof(*stream));
    stream->read = read_input;
    stream->context = input;
    stream->left = UINT64_MAX;
    return read_head(stream, err);
}

enum ent_status ent__stream_read(struct ent_stream *stream, void *buf, size_t size, size_t *got,
                                 struct ent_error *err)
{
    if (stream->head_at < stream->head_len) {
        size_t have = stream->head_len - stream->head_at;

        *got = have < size ? have : size;
        memcpy(buf, stream->head + stream->head_at, *got);
        stream->head_at += *got;
    } else {
        ENT_TRY(stream->read(stream->context, buf, size, got, err));
    }
    if (*got > stream->left)
        return ent_fail(err, ENT_EFORMAT,
                        "expands to more than the limit for what comes out of an archive");
    stream->left -= *got;
    return ENT_OK;
}

enum ent_status ent__stream_slurp(struct ent_stream *stream, unsigned char **bytes, size_t *len,
                                  struct ent_error *err)
{
    enum ent_status status;
    void *at = NULL;
    size_t capacity = 0;
    size_t used = 0;
    size_t got;

    do {
        status = ent__grow(&at, &capacity, used + IN_BYTES, 1, err);
        if (status == ENT_OK)
            status = ent__stream_read(stream, (char *)at + used, capacity - used, &got, err);
        if (status != ENT_OK) {
            ent__free(at);
            return status;
        }
        used += got;
    } while (got > 0);
    *bytes = at;
    *len = used;
    return ENT_OK;
}

const char *ent__compression_of(const unsigned char *head, size_t len)
{
    static const struct {
        const char *name;
        const char *magic;
        size_t len;
    } kinds[] = {
        { "gz", "\x1f\x8b\x08", 3 },
        { "bz2", "BZh", 3 },
        { "xz",
          "\xfd"
          "7zXZ\0",
          6 },
        { "zst", "\x28\xb5\x2f\xfd", 4 },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (len >= kinds[i].len && memcmp(head, kinds[i].magic, kinds[i].len) == 0)
            return kinds[i].name;
    }
    return NULL;
}

/* libarchive's view of what it reads from. */

static la_ssize_t give(struct archive *archive, void *context, const void **bytes)
{
    struct ent_unpack *unpack = context;
    enum ent_status status;
    size_t got;

    if (unpack->packed)
        status = ent__stream_read(unpack->packed, unpack->buf, sizeof(unpack->buf), &got,
                                  &unpack->failure);
    else
        status = ent__input_read(unpack->input, unpack->buf, sizeof(unpack->buf), &got,
                                 &unpack->failure);
    if (status != ENT_OK) {
        archive_set_error(archive, EIO, "%s", unpack->failure.message);
        return -1;
    }
    *bytes = unpack->buf;
    return (la_ssize_t)got;
}

static la_int64_t skip(struct archive *archive, void *context, la_int64_t count)
{
    struct ent_unpack *unpack = context;
    uint64_t left = unpack->input->size - unpack->input->at;

    (void)archive;
    if (count < 0)
        return 0;
    if ((uint64_t)count > left)
        count = (la_int64_t)left;
    unpack->input->at += (uint64_t)count;
    return count;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct ent_unpack *unpack = context;
    la_int64_t base = 0;
    la_int64_t to;

    (void)archive;
    if (whence == SEEK_CUR)
        base = (la_int64_t)unpack->input->at;
    else if (whence == SEEK_END)
        base = (la_int64_t)unpack->input->size;
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return ARCHIVE_FATAL;
    if ((uint64_t)to > unpack->input->size)
        to = (la_int64_t)unpack->input->size;
    unpack->input->at = (uint64_t)to;
    return to;
}

/* What libarchive says went wrong, or the input's own error where there was one. */
static enum ent_status damaged(struct ent_unpack *unpack, struct ent_error *err)
{
    const char *why = archive_error_string(unpack->archive);

    if (unpack->failure.status != ENT_OK) {
        if (err)
            *err = unpack->failure;
        return unpack->failure.status;
    }
    if (archive_errno(unpack->archive) == ENOMEM)
        return ent_fail(err, ENT_ENOMEM, "out of memory to unpack it");
    return ent_fail(err, ENT_EFORMAT, "the %s is damaged or truncated: %s",
                    unpack->packed ? "compressed file" : "zip archive",
                    why ? why : "no reason was given");
}

static enum ent_status
unpacked(void *context, void *buf, size_t size, size_t *got, struct ent_error *err)
{
    struct ent_unpack *unpack = context;
    la_ssize_t n;

    do {
        n = archive_read_data(unpack->archive, buf, size);
    } while (n == ARCHIVE_RETRY);
    if (n < 0)
        return damaged(unpack, err);
    *got = (size_t)n;
    return ENT_OK;
}

static struct ent_unpack *
unpack_new(struct ent_input *input, struct ent_stream *packed, uint64_t limit)
{
    struct ent_unpack *unpack = ent__calloc(1, sizeof(*unpack));

    if (!unpack)
        return NULL;
    unpack->archive = archive_read_new();
    if (!unpack->archive) {
        ent__free(unpack);
        return NULL;
    }
    unpack->input = input;
    unpack->packed = packed;
    unpack->limit = limit;
    archive_read_set_read_callback(unpack->archive, give);
    archive_read_set_callback_data(unpack->archive, unpack);
    return unpack;
}

static enum ent_status
open_or_close(struct ent_unpack *unpack, struct ent_unpack **out, struct ent_error *err)
{
    if (archive_read_open1(unpack->archive) != ARCHIVE_OK) {
        enum ent_status status = damaged(unpack, err);

        ent__unpack_close(unpack);
        return status;
    }
    *out = unpack;
    return ENT_OK;
}

enum ent_status ent__unpack_filter(struct ent_stream *in, uint64_t limit,
                                   struct ent_unpack **out, struct ent_error *err)
{
    struct ent_unpack *unpack = unpack_new(NULL, in, limit);
    struct archive_entry *entry;
    const char *name;

    if (!unpack)
        return ent_fail(err, ENT_ENOMEM, "out of memory to unpack it");
    archive_read_support_filter_gzip(unpack->archive);
    archive_read_support_filter_bzip2(unpack->archive);
    archive_read_support_filter_xz(unpack->archive);
    archive_read_support_filter_zstd(unpack->archive);
    archive_read_support_format_raw(unpack->archive);
    archive_read_support_format_empty(unpack->archive);
    ENT_TRY(open_or_close(unpack, out, err));
    switch (archive_read_next_header(unpack->archive, &entry)) {
    case ARCHIVE_OK:
    case ARCHIVE_WARN:
    case ARCHIVE_EOF: /* nothing was compressed: an empty stream */
        name = NULL;
        break;
    default:
        name = "damaged";
        break;
    }
    /* libarchive would undo gz in gz as well: one is the limit here. */
    if (!name && archive_filter_count(unpack->archive) > 2) {
        ent__unpack_close(unpack);
        return ent_fail(err, ENT_EFORMAT, "it is compressed twice; unpack it once");
    }
    if (name) {
        enum ent_status status = damaged(unpack, err);

        ent__unpack_close(unpack);
        return status;
    }
    return ENT_OK;
}

enum ent_status ent__unpack_zip(struct ent_input *in, uint64_t limit, struct ent_unpack **out,
                                struct ent_error *err)
{
    struct ent_unpack *unpack = unpack_new(in, NULL, limit);

    if (!unpack)
        return ent_fail(err, ENT_ENOMEM, "out of memory to unpack it");
    in->at = 0;
    archive_read_set_skip_callback(unpack->archive, skip);
    archive_read_set_seek_callback(unpack->archive, seek);
    /* Reading by the directory at the end: one that is cut off is an error, not fewer members.
     */
    archive_read_support_format_zip_seekable(unpack->archive);
    return open_or_close(unpack, out, err);
}

/* A member's name in UTF-8, which old archives do not have it in; cut if it must be. */
static void copy_name(const char *path, char *out, size_t size)
{
    struct ent_str name = ent__str(path);

    if (name.len < size && ent__is_utf8(name)) {
        memcpy(out, path, name.len + 1);
        return;
    }
    if (name.len > (size - 1) / ENT_CP1252_MOST)
        name.len = (size - 1) / ENT_CP1252_MOST;
    out[ent__cp1252_to_utf8(name, out)] = '\0';
}

enum ent_status
ent__unpack_next(struct ent_unpack *unpack, const char **name, struct ent_error *err)
{
    struct archive_entry *entry;
    const char *path;
    int found;

    *name = NULL;
    do {
        found = archive_read_next_header(unpack->archive, &entry);
        if (found == ARCHIVE_EOF)
            return ENT_OK;
        if (found != ARCHIVE_OK && found != ARCHIVE_WARN)
            return damaged(unpack, err);
    } while (archive_entry_filetype(entry) != AE_IFREG);
    path = archive_entry_pathname_utf8(entry);
    if (!path)
        path = archive_entry_pathname(entry);
    copy_name(path ? path : "", unpack->name, sizeof(unpack->name));
    *name = unpack->name;
    return ENT_OK;
}

enum ent_status
ent__unpack_stream(struct ent_unpack *unpack, struct ent_stream **stream, struct ent_error *err)
{
    uint64_t left = unpack->stream.read ? unpack->stream.left : unpack->limit;

    memset(&unpack->stream, 0, sizeof(unpack->stream));
    unpack->stream.read = unpacked;
    unpack->stream.context = unpack;
    unpack->stream.left = left;
    *stream = &unpack->stream;
    return read_head(&unpack->stream, err);
}

void ent__unpack_close(struct ent_unpack *unpack)
{
    if (!unpack)
        return;
    archive_read_free(unpack->archive);
    ent__free(unpack);
}
