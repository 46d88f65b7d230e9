#include "io/input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ent__input_memory(struct ent_input *input, const void *bytes, size_t size)
{
    *input = (struct ent_input){ .memory = bytes ? bytes : (const void *)"",
                                 .fd = -1,
                                 .size = size };
}

enum ent_status ent__input_file(struct ent_input *input, int fd, struct ent_error *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return ent_fail(err, ENT_EIO, "its size cannot be told: %s", strerror(errno));
    *input = (struct ent_input){ .fd = fd, .size = (uint64_t)st.st_size };
    return ENT_OK;
}

static ssize_t read_file(struct ent_input *input, void *buf, size_t size)
{
    ssize_t n;

    do {
        n = pread(input->fd, buf, size, (off_t)input->at);
    } while (n < 0 && errno == EINTR);
    return n;
}

enum ent_status ent__input_read(struct ent_input *input, void *buf, size_t size, size_t *got,
                                struct ent_error *err)
{
    *got = 0;
    if (input->at >= input->size)
        return ENT_OK;
    if (size > input->size - input->at)
        size = (size_t)(input->size - input->at);
    if (input->memory) {
        memcpy(buf, input->memory + input->at, size);
        *got = size;
    } else {
        ssize_t n = read_file(input, buf, size);

        if (n < 0)
            return ent_fail(err, ENT_EIO, "reading failed: %s", strerror(errno));
        *got = (size_t)n;
    }
    input->at += *got;
    return ENT_OK;
}
