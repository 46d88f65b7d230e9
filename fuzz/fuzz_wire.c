/* What a child that a file has taken over could write to its program. */
#ifndef _GNU_SOURCE
    #define _GNU_SOURCE /* memfd_create */
#endif

#include <sys/mman.h>
#include <unistd.h>

#include "fuzz_io.h"

#include "io/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct ent_io_limits limits = { .cell_bytes = 4096, .row_cells = 1000 };
    int fd = memfd_create("frames", MFD_CLOEXEC);
    enum ent_status status = ENT_OK;
    struct ent_wire_in in;
    bool ended = false;

    require(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    require(lseek(fd, 0, SEEK_SET) == 0);
    ent__wire_in_init(&in, fd, &limits);
    while (status == ENT_OK && !ended) {
        struct ent_frame frame = { 0 };
        volatile char last;

        status = ent__wire_next(&in, &frame, &ended, NULL);
        for (size_t i = 0; status == ENT_OK && i < frame.cell_count; i++) {
            if (frame.cells[i].text.len)
                last = frame.cells[i].text.at[frame.cells[i].text.len - 1];
        }
        (void)last;
    }
    require(status == ENT_OK || status == ENT_EFORMAT || status == ENT_ENOMEM);
    ent__wire_in_release(&in);
    close(fd);
    return 0;
}
