/* Everything, from the recognition of a format on. */
#include "fuzz_io.h"

#include "io/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ent_error err = { 0 };
    struct ent_input input;
    size_t records;
    struct ent_sink sink = fuzz_sink(&records);
    enum ent_status status;

    ent__input_memory(&input, bytes, size);
    status = ent__read_any(&input, "fuzz", &sink, &err);
    check_outcome(status, &err);
    return 0;
}
