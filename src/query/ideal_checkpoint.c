/*
 * A checkpoint: the whole state of a run between two sweeps, with the options that it
 * was begun with, so that it can go on as if nothing had been between.
 *
 * The file is a line that says what it is, one line an option, the checksum of the votes,
 * the length and checksum of the state, an empty line, and the state.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "query/ideal_run.h"

#define FIRST_LINE "Entente ideal-point run, checkpoint 1"

enum {
    MOST_BYTES = 1 << 30,  /* a checkpoint is some hundred megabytes at most */
    HEAD_BYTES = 16 << 10, /* all lines together */
};

static enum ent_status
io_fail(const char *path, enum ent_status status, const char *doing, struct ent_error *err)
{
    (void)ent_fail(err, status, "cannot %s the checkpoint: %s", doing, strerror(errno));
    ent_error_at(err, path, 0, 0);
    return status;
}

static void write_head(struct ent_buf *head, const struct ent_ideal_request *r,
                       const char *data_sha256, const void *state, size_t size)
{
    char hex[ENT_SHA256_TEXT];

    ent__bytes_digest(state, size, hex);
    ent__buf_printf(head, FIRST_LINE "\nmethod %d\nsessions %d %d\nimportant %d\n",
                    (int)r->method, r->first_session, r->last_session, r->important);
    ent__buf_printf(head, "min_votes %d\nlink %d\n", r->min_votes, (int)r->link);
    ent__buf_printf(head, "length %zu %zu %zu %zu\nseed %" PRIu64 "\nanchors %d %d\n", r->burn,
                    r->draws, r->thin, r->chains, r->seed, r->high, r->low);
    if (r->source)
        ent__buf_printf(head, "source %s\n", r->source);
    if (r->issue)
        ent__buf_printf(head, "issue %s\n", r->issue);
    if (r->matches)
        ent__buf_printf(head, "matches %s\n", r->matches);
    ent__buf_printf(head, "votes %s\nstate %zu %s\n\n", data_sha256, size, hex);
}

static enum ent_status
write_file(const char *path, struct ent_str head, struct ent_str state, struct ent_error *err)
{
    char beside[4096];
    enum ent_status status = ENT_OK;
    FILE *f;

    if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
        return ent_fail(err, ENT_EINVAL, "the path of the checkpoint is too long");
    f = fopen(beside, "wb");
    if (!f)
        return io_fail(path, ENT_EIO, "write", err);
    if (fwrite(head.at, 1, head.len, f) != head.len ||
        fwrite(state.at, 1, state.len, f) != state.len)
        status = io_fail(path, ENT_EIO, "write", err);
    if (fclose(f) != 0 && status == ENT_OK)
        status = io_fail(path, ENT_EIO, "write", err);
    if (status == ENT_OK && rename(beside, path) != 0)
        status = io_fail(path, ENT_EIO, "write", err);
    if (status != ENT_OK)
        unlink(beside);
    return status;
}

enum ent_status
ent__ideal_checkpoint_write(const char *path, const struct ent_ideal_request *request,
                            const char *data_sha256, const struct ent_ideal_run *run,
                            struct ent_error *err)
{
    size_t size = ent__ideal_save_size(run);
    char *state = ent__calloc(size + 1, 1);
    struct ent_buf head;
    enum ent_status status;

    if (!state)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a checkpoint");
    ent__ideal_save(run, state);
    ent__buf_init(&head);
    write_head(&head, request, data_sha256, state, size);
    status = ent__buf_check(&head, err);
    if (status == ENT_OK && head.len > HEAD_BYTES)
        status = ent_fail(err, ENT_EINVAL, "the options are too long for a checkpoint");
    if (status == ENT_OK)
        status = write_file(path, ent__buf_str(&head), (struct ent_str){ state, size }, err);
    ent__buf_release(&head);
    ent__free(state);
    return status;
}

/* Reading. */

static enum ent_status
read_all(const char *path, struct ent_arena *arena, struct ent_str *out, struct ent_error *err)
{
    struct stat info;
    FILE *f = fopen(path, "rb");
    char *bytes;
    size_t got;

    if (!f)
        return io_fail(path, errno == ENOENT ? ENT_ENOTFOUND : ENT_EIO, "read", err);
    if (fstat(fileno(f), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > MOST_BYTES) {
        fclose(f);
        (void)ent_fail(err, ENT_EFORMAT, "this is no checkpoint of a run");
        ent_error_at(err, path, 0, 0);
        return ENT_EFORMAT;
    }
    bytes = ent__arena_alloc(arena, (size_t)info.st_size + 1);
    got = bytes ? fread(bytes, 1, (size_t)info.st_size, f) : 0;
    fclose(f);
    if (!bytes)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a checkpoint");
    if (got != (size_t)info.st_size)
        return io_fail(path, ENT_EIO, "read", err);
    *out = (struct ent_str){ bytes, got };
    return ENT_OK;
}

/* The next line of a head; false at its end, or where there is none. */
static bool next_line(struct ent_str *rest, struct ent_str *line)
{
    const char *end =
        rest->len ? memchr(rest->at, '\n', rest->len < HEAD_BYTES ? rest->len : HEAD_BYTES)
                  : NULL;

    if (!end)
        return false;
    *line = (struct ent_str){ rest->at, (size_t)(end - rest->at) };
    rest->len -= line->len + 1;
    rest->at = end + 1;
    return true;
}

/* "KEY A B ..." as whole numbers, exactly so many. */
static bool take_numbers(struct ent_str line, const char *key, int64_t *out, size_t count)
{
    size_t at = strlen(key);

    if (!ent__str_starts(line, key) || line.len <= at || line.at[at] != ' ')
        return false;
    line = ent__str_slice(line, at + 1, line.len);
    for (size_t i = 0; i < count; i++) {
        size_t end = ent__str_find(line, " ");

        end = end == SIZE_MAX ? line.len : end;
        if ((i + 1 == count) != (end == line.len) ||
            !ent__str_to_i64(ent__str_slice(line, 0, end), &out[i]) || out[i] < 0)
            return false;
        line = ent__str_slice(line, end + 1, line.len);
    }
    return true;
}

/* "KEY TEXT" as a text of the arena. */
static bool
take_text(struct ent_str line, const char *key, struct ent_arena *arena, const char **out)
{
    size_t at = strlen(key);

    if (!ent__str_starts(line, key) || line.len <= at + 1 || line.at[at] != ' ')
        return false;
    *out = ent__arena_copy(arena, ent__str_slice(line, at + 1, line.len));
    return *out != NULL;
}

static bool take_length(struct ent_str line, struct ent_ideal_request *r)
{
    int64_t n[4];

    if (!take_numbers(line, "length", n, 4))
        return false;
    for (int i = 0; i < 4; i++) {
        if (n[i] > INT32_MAX)
            return false;
    }
    r->burn = (size_t)n[0];
    r->draws = (size_t)n[1];
    r->thin = (size_t)n[2];
    r->chains = (size_t)n[3];
    return true;
}

static bool take_seed(struct ent_str line, uint64_t *seed)
{
    char text[32];
    char *end;

    if (!ent__str_starts(line, "seed ") || line.len < 6 || line.len - 5 >= sizeof(text) ||
        line.at[5] < '0' || line.at[5] > '9')
        return false;
    memcpy(text, line.at + 5, line.len - 5);
    text[line.len - 5] = '\0';
    errno = 0;
    *seed = strtoull(text, &end, 10);
    return *end == '\0' && errno == 0;
}

/* One line of the head; false when it is none. */
static bool take_line(struct ent_str line, struct ent_arena *arena,
                      struct ent_ideal_checkpoint *c, const char **state)
{
    struct ent_ideal_request *r = &c->request;
    int64_t n[2];

    if (take_numbers(line, "method", n, 1) && n[0] <= ENT_METHOD_QUICK)
        r->method = (enum ent_ideal_method)n[0];
    else if (take_numbers(line, "sessions", n, 2) && n[0] <= 1000 && n[1] <= 1000)
        r->first_session = (int)n[0], r->last_session = (int)n[1];
    else if (take_numbers(line, "important", n, 1) && n[0] <= 1)
        r->important = n[0] == 1;
    else if (take_numbers(line, "min_votes", n, 1) && n[0] <= INT32_MAX)
        r->min_votes = (int)n[0];
    else if (take_numbers(line, "link", n, 1) && n[0] <= ENT_IDEAL_LINK_NONE)
        r->link = (enum ent_ideal_link)n[0];
    else if (take_numbers(line, "anchors", n, 2) && n[0] <= INT16_MAX && n[1] <= INT16_MAX)
        r->high = (int)n[0], r->low = (int)n[1];
    else
        return take_length(line, r) || take_seed(line, &r->seed) ||
               take_text(line, "source", arena, &r->source) ||
               take_text(line, "issue", arena, &r->issue) ||
               take_text(line, "matches", arena, &r->matches) ||
               take_text(line, "votes", arena, &c->data_sha256) ||
               take_text(line, "state", arena, state);
    return true;
}

/* Whether the state is as long as the head says, and has its checksum. */
static bool state_fits(const char *said, struct ent_str rest)
{
    char hex[ENT_SHA256_TEXT];
    char expected[ENT_SHA256_TEXT + 32];

    ent__bytes_digest(rest.at, rest.len, hex);
    snprintf(expected, sizeof(expected), "%zu %s", rest.len, hex);
    return strcmp(expected, said) == 0;
}

enum ent_status ent__ideal_checkpoint_read(const char *path, struct ent_arena *arena,
                                           struct ent_ideal_checkpoint *out,
                                           struct ent_error *err)
{
    struct ent_ideal_checkpoint c = { 0 };
    const char *state = NULL;
    struct ent_str rest = { NULL, 0 };
    struct ent_str line;
    const char *what = "this is no checkpoint of a run";
    bool good;

    ENT_TRY(read_all(path, arena, &rest, err));
    good = next_line(&rest, &line) && ent__str_is(line, FIRST_LINE);
    if (good)
        what = "this checkpoint is damaged; the run must begin anew";
    while (good && next_line(&rest, &line) && line.len > 0)
        good = take_line(line, arena, &c, &state);
    if (good && state && c.data_sha256 && state_fits(state, rest)) {
        c.state = rest.at;
        c.state_size = rest.len;
        *out = c;
        return ENT_OK;
    }
    (void)ent_fail(err, ENT_EFORMAT, "%s", what);
    ent_error_at(err, path, 0, 0);
    return ENT_EFORMAT;
}
