/* Stata files: ReadStat behind our input. */
#include "fuzz_io.h"

#include "io/stat.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ent_error err = { 0 };
    struct ent_input input;
    size_t records;
    struct ent_sink sink = fuzz_sink(&records);
    enum ent_status status;

    ent__input_memory(&input, bytes, size);
    status = ent__stat_read(&input, "dta", ent__str(""), &sink, &err);
    check_outcome(status, &err);
    return 0;
}
