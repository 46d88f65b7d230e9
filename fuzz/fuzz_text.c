/* Delimited text. */
#include "fuzz_io.h"

#include "io/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ent_stream stream;
    struct ent_error err = { 0 };
    struct ent_input input;
    size_t records;
    struct ent_sink sink = fuzz_sink(&records);
    enum ent_status status;

    ent__input_memory(&input, bytes, size);
    status = ent__stream_plain(&stream, &input, &err);
    if (status == ENT_OK)
        status = ent__text_read(&stream, ent__str(""), NULL, &sink, &err);
    check_outcome(status, &err);
    return 0;
}
