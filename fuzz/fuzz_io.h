/*
 * What the fuzzers of src/io share: a sink that looks at all it is given, and
 * fails the run when a record is not what source.h promises.
 */
#ifndef ENTENTE_FUZZ_IO_H
#define ENTENTE_FUZZ_IO_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/encoding.h"
#include "io/input.h"
#include "io/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

static inline enum ent_status
take_record(void *context, const struct ent_record *record, struct ent_error *err)
{
    size_t *records = context;

    require(record->kind == ENT_RECORD_TABLE || record->kind == ENT_RECORD_ROW);
    require(record->kind == ENT_RECORD_TABLE || *records > 0);
    require(record->kind == ENT_RECORD_TABLE || record->line > 0);
    require(ent__is_utf8(record->table));
    for (size_t i = 0; i < record->cell_count; i++) {
        const struct ent_cell *cell = &record->cells[i];

        require(cell->kind == ENT_CELL_TEXT || cell->text.len == 0);
        require((cell->kind == ENT_CELL_MISSING) == (cell->missing != ENT_PRESENT));
        require(ent__is_utf8(cell->text));
    }
    /* An input that says "a million rows" in a few bytes would take all the time there is. */
    if (++*records > 100000)
        return ent_fail(err, ENT_ECANCEL, "enough");
    return ENT_OK;
}

static inline enum ent_status
take_format(void *context, const char *format, struct ent_error *err)
{
    (void)context, (void)err;
    require(format[0] != '\0');
    return ENT_OK;
}

/* The limits are small, so that they are reached. */
static inline struct ent_sink fuzz_sink(size_t *records)
{
    const struct ent_io_limits limits = { .expanded_bytes = 4 << 20,
                                          .cell_bytes = 4096,
                                          .row_cells = 1000 };

    *records = 0;
    return (struct ent_sink){ .context = records,
                              .put = take_record,
                              .format = take_format,
                              .limits = ent__io_limits(&limits) };
}

/* A reading succeeds, or fails with one of the statuses that are documented, and says why. */
static inline void check_outcome(enum ent_status status, const struct ent_error *err)
{
    require(status == ENT_OK || status == ENT_EFORMAT || status == ENT_ENOMEM ||
            status == ENT_ECANCEL);
    require(status == ENT_OK || (err->status == status && err->message[0] != '\0'));
}

#endif
