/* Looking into a cell. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/source.h"

bool ent__cell_f64(const struct ent_cell *cell, double *out)
{
    if (cell->kind == ENT_CELL_TEXT)
        return ent__str_to_f64(cell->text, out);
    if (cell->kind != ENT_CELL_NUMBER || !isfinite(cell->number))
        return false;
    *out = cell->number;
    return true;
}

bool ent__cell_i64(const struct ent_cell *cell, int64_t *out)
{
    double number;

    if (cell->kind == ENT_CELL_TEXT && ent__str_to_i64(cell->text, out))
        return true;
    if (!ent__cell_f64(cell, &number) || number != trunc(number))
        return false;
    /* 2^63 is a double, 2^63 - 1 is not: so the upper bound is left out. */
    if (number < -9223372036854775808.0 || number >= 9223372036854775808.0)
        return false;
    *out = (int64_t)number;
    return true;
}

bool ent__cell_blank(const struct ent_cell *cell)
{
    switch (cell->kind) {
    case ENT_CELL_MISSING:
        return true;
    case ENT_CELL_NUMBER:
        return false;
    case ENT_CELL_TEXT:
        break;
    }
    return ent__str_trim(cell->text).len == 0;
}

/* snprintf writes the decimal mark of the process's locale; text has a point. */
static size_t write_number(double number, char *buf, size_t size)
{
    int len = 0;

    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(buf, size, "%.*g", digits, number);
        if (len < 0 || (size_t)len >= size)
            return 0;
        if (strtod(buf, NULL) == number)
            break;
    }
    for (int i = 0; i < len; i++) {
        if (!strchr("0123456789+-einfa.", buf[i]))
            buf[i] = '.';
    }
    return (size_t)len;
}

struct ent_str ent__cell_text(const struct ent_cell *cell, char *buf, size_t size)
{
    switch (cell->kind) {
    case ENT_CELL_MISSING:
        break;
    case ENT_CELL_NUMBER:
        return (struct ent_str){ buf, size ? write_number(cell->number, buf, size) : 0 };
    case ENT_CELL_TEXT:
        return ent__str_trim(cell->text);
    }
    return (struct ent_str){ "", 0 };
}
