/* Workbooks: libarchive and expat. */
#include "fuzz_io.h"

#include "io/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ent_error err = { 0 };
    struct ent_input input;
    size_t records;
    struct ent_sink sink = fuzz_sink(&records);
    enum ent_status status;

    ent__input_memory(&input, bytes, size);
    status = ent__xlsx_read(&input, &sink, &err);
    check_outcome(status, &err);
    return 0;
}
