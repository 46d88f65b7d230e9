#include "io/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "io/input.h"

static void finish(struct sha256_ctx *ctx, char hex[ENT_SHA256_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];

    sha256_digest(ctx, sizeof(sum), sum);
    for (size_t i = 0; i < sizeof(sum); i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[2 * sizeof(sum)] = '\0';
}

static enum ent_status
digest_fd(int fd, struct sha256_ctx *ctx, uint64_t *bytes, struct ent_error *err)
{
    unsigned char buf[64 * 1024];
    ssize_t n;

    *bytes = 0;
    for (;;) {
        n = read(fd, buf, sizeof(buf));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ent_fail(err, ENT_EIO, "reading failed: %s", strerror(errno));
        if (n == 0)
            return ENT_OK;
        sha256_update(ctx, (size_t)n, buf);
        *bytes += (uint64_t)n;
    }
}

enum ent_status ent__file_digest(const char *path, char hex[ENT_SHA256_TEXT], uint64_t *bytes,
                                 struct ent_error *err)
{
    struct sha256_ctx ctx;
    enum ent_status status;
    uint64_t count;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        status = ent_fail(err, ENT_EIO, "cannot be opened: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    sha256_init(&ctx);
    status = digest_fd(fd, &ctx, &count, err);
    close(fd);
    if (status != ENT_OK) {
        ent_error_at(err, path, 0, 0);
        return status;
    }
    finish(&ctx, hex);
    *bytes = count;
    return ENT_OK;
}

void ent__bytes_digest(const void *bytes, size_t len, char hex[ENT_SHA256_TEXT])
{
    struct sha256_ctx ctx;

    sha256_init(&ctx);
    sha256_update(&ctx, len, bytes);
    finish(&ctx, hex);
}
