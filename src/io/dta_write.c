#include "io/dta_write.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <readstat.h>

#include "base/alloc.h"

struct ent_dta {
    readstat_writer_t *writer;
    readstat_variable_t **variables;
    const struct ent_dta_column *columns;
    size_t column_count;
    FILE *file;
    char path[4096];
    char beside[4096];
};

static ssize_t write_bytes(const void *data, size_t len, void *context)
{
    struct ent_dta *dta = context;

    return fwrite(data, 1, len, dta->file) == len ? (ssize_t)len : -1;
}

static enum ent_status
fail(const struct ent_dta *dta, readstat_error_t code, struct ent_error *err)
{
    enum ent_status status;

    if (code == READSTAT_ERROR_MALLOC)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a Stata file");
    else
        status = ent_fail(err, ENT_EIO, "cannot write this Stata file: %s",
                          code == READSTAT_ERROR_WRITE && errno ? strerror(errno)
                                                                : readstat_error_message(code));
    ent_error_at(err, dta->path, 0, 0);
    return status;
}

static enum ent_status add_columns(struct ent_dta *dta, struct ent_error *err)
{
    readstat_label_set_t *yes_no =
        readstat_add_label_set(dta->writer, READSTAT_TYPE_INT32, "yes_no");

    if (!yes_no)
        return fail(dta, READSTAT_ERROR_MALLOC, err);
    readstat_label_int32_value(yes_no, 0, "no");
    readstat_label_int32_value(yes_no, 1, "yes");
    for (size_t c = 0; c < dta->column_count; c++) {
        const struct ent_dta_column *column = &dta->columns[c];
        readstat_type_t type = column->text_width                ? READSTAT_TYPE_STRING
                               : column->whole || column->yes_no ? READSTAT_TYPE_INT32
                                                                 : READSTAT_TYPE_DOUBLE;
        readstat_variable_t *v =
            readstat_add_variable(dta->writer, column->name, type, (size_t)column->text_width);

        if (!v)
            return fail(dta, READSTAT_ERROR_MALLOC, err);
        readstat_variable_set_label(v, column->label);
        if (column->yes_no)
            readstat_variable_set_label_set(v, yes_no);
        dta->variables[c] = v;
    }
    return ENT_OK;
}

static enum ent_status
begin(struct ent_dta *dta, const char *label, uint64_t rows, struct ent_error *err)
{
    readstat_error_t code;

    dta->file = fopen(dta->beside, "wb");
    if (!dta->file) {
        ent_fail(err, ENT_EIO, "cannot write: %s", strerror(errno));
        ent_error_at(err, dta->path, 0, 0);
        return ENT_EIO;
    }
    setvbuf(dta->file, NULL, _IOFBF, 1 << 20);
    dta->writer = readstat_writer_init();
    if (!dta->writer)
        return fail(dta, READSTAT_ERROR_MALLOC, err);
    readstat_set_data_writer(dta->writer, write_bytes);
    readstat_writer_set_file_label(dta->writer, label);
    readstat_writer_set_file_timestamp(dta->writer, 0); /* the same bytes every time */
    readstat_writer_set_file_format_version(dta->writer, 118);
    ENT_TRY(add_columns(dta, err));
    code = readstat_begin_writing_dta(dta->writer, dta, (long)rows);
    return code == READSTAT_OK ? ENT_OK : fail(dta, code, err);
}

enum ent_status ent__dta_begin(const char *path, const char *label,
                               const struct ent_dta_column *columns, size_t column_count,
                               uint64_t rows, struct ent_dta **out, struct ent_error *err)
{
    struct ent_dta *dta = ent__calloc(1, sizeof(*dta));
    enum ent_status status;

    if (!dta)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a Stata file");
    dta->columns = columns;
    dta->column_count = column_count;
    dta->variables = ent__calloc(column_count, sizeof(*dta->variables));
    if ((size_t)snprintf(dta->path, sizeof(dta->path), "%s", path) >= sizeof(dta->path) ||
        (size_t)snprintf(dta->beside, sizeof(dta->beside), "%.4080s.new", path) < strlen(path))
        status = ent_fail(err, ENT_EINVAL, "the path is too long");
    else if (!dta->variables)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a Stata file");
    else
        status = begin(dta, label, rows, err);
    if (status != ENT_OK) {
        ent__dta_abandon(dta);
        return status;
    }
    *out = dta;
    return ENT_OK;
}

static readstat_error_t put_cell(struct ent_dta *dta, size_t c, double number, const char *text)
{
    const struct ent_dta_column *column = &dta->columns[c];
    readstat_variable_t *v = dta->variables[c];

    if (column->text_width)
        return readstat_insert_string_value(dta->writer, v, text);
    if (isnan(number))
        return readstat_insert_missing_value(dta->writer, v);
    if (column->whole || column->yes_no)
        return readstat_insert_int32_value(dta->writer, v, (int32_t)number);
    return readstat_insert_double_value(dta->writer, v, number);
}

enum ent_status ent__dta_row(struct ent_dta *dta, const double *numbers,
                             const char *const *texts, struct ent_error *err)
{
    readstat_error_t code = readstat_begin_row(dta->writer);

    for (size_t c = 0; code == READSTAT_OK && c < dta->column_count; c++)
        code = put_cell(dta, c, numbers[c], texts[c]);
    if (code == READSTAT_OK)
        code = readstat_end_row(dta->writer);
    return code == READSTAT_OK ? ENT_OK : fail(dta, code, err);
}

enum ent_status ent__dta_finish(struct ent_dta *dta, struct ent_error *err)
{
    readstat_error_t code = readstat_end_writing(dta->writer);
    enum ent_status status = code == READSTAT_OK ? ENT_OK : fail(dta, code, err);
    FILE *file = dta->file;

    dta->file = NULL;
    if (fclose(file) != 0 && status == ENT_OK)
        status = fail(dta, READSTAT_ERROR_WRITE, err);
    if (status == ENT_OK && rename(dta->beside, dta->path) != 0)
        status = fail(dta, READSTAT_ERROR_WRITE, err);
    ent__dta_abandon(dta);
    return status;
}

void ent__dta_abandon(struct ent_dta *dta)
{
    if (!dta)
        return;
    if (dta->writer)
        readstat_writer_free(dta->writer);
    if (dta->file)
        fclose(dta->file);
    unlink(dta->beside); /* after a rename there is none */
    ent__free(dta->variables);
    ent__free(dta);
}
