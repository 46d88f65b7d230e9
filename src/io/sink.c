#include "io/sink.h"

#include <stdio.h>

struct ent_io_limits ent__io_limits(const struct ent_io_limits *limits)
{
    struct ent_io_limits l = { 0 };

    if (limits)
        l = *limits;
    if (!l.expanded_bytes)
        l.expanded_bytes = (uint64_t)4 << 30;
    if (!l.memory_bytes)
        l.memory_bytes = (uint64_t)1 << 30;
    if (!l.cpu_seconds)
        l.cpu_seconds = 300;
    if (!l.cell_bytes)
        l.cell_bytes = (size_t)1 << 20;
    if (!l.row_cells)
        l.row_cells = 20000;
    return l;
}

enum ent_status
ent__sink_put(struct ent_sink *sink, const struct ent_record *record, struct ent_error *err)
{
    size_t bytes = record->table.len;
    enum ent_status status = ENT_OK;

    if (record->cell_count > sink->limits.row_cells)
        status = ent_fail(err, ENT_EFORMAT, "a row of %zu cells; at most %zu are read",
                          record->cell_count, sink->limits.row_cells);
    for (size_t i = 0; status == ENT_OK && i < record->cell_count; i++) {
        const struct ent_cell *cell = &record->cells[i];

        if (cell->kind != ENT_CELL_TEXT)
            continue;
        bytes += cell->text.len;
        if (cell->text.len > sink->limits.cell_bytes)
            status = ent_fail(err, ENT_EFORMAT, "a cell of %zu bytes; at most %zu are read",
                              cell->text.len, sink->limits.cell_bytes);
        else if (bytes > ENT_IO_ROW_BYTES)
            status =
                ent_fail(err, ENT_EFORMAT, "a row of over %zu MiB", ENT_IO_ROW_BYTES >> 20);
    }
    if (status == ENT_OK)
        return sink->put(sink->context, record, err);
    ent_error_at(err, NULL, record->line, 0);
    return status;
}

enum ent_status
ent__sink_format(struct ent_sink *sink, const char *format, struct ent_error *err)
{
    char text[64];

    if (sink->announced)
        return ENT_OK;
    sink->announced = true;
    if (!sink->container)
        return sink->format(sink->context, format, err);
    snprintf(text, sizeof(text), "%s in %s", format, sink->container);
    return sink->format(sink->context, text, err);
}
