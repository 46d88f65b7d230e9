#include <math.h>
#include <stdio.h>

#include "query/starter.h"

/*
 * The permanent members of the Security Council, the G20's states, and those that
 * the literature on alliances and the articles argue about.
 */
static const int starter_states[] = {
    2,   /* United States */
    20,  /* Canada */
    70,  /* Mexico */
    140, /* Brazil */
    160, /* Argentina */
    200, /* United Kingdom */
    220, /* France */
    230, /* Spain */
    255, /* Germany */
    290, /* Poland */
    325, /* Italy */
    345, /* Yugoslavia, Serbia */
    365, /* Russia */
    369, /* Ukraine */
    370, /* Belarus */
    560, /* South Africa */
    630, /* Iran */
    640, /* Turkey */
    651, /* Egypt */
    666, /* Israel */
    670, /* Saudi Arabia */
    705, /* Kazakhstan */
    710, /* China */
    713, /* Taiwan */
    731, /* North Korea */
    732, /* South Korea */
    740, /* Japan */
    750, /* India */
    770, /* Pakistan */
    816, /* Vietnam */
    850, /* Indonesia */
    900, /* Australia */
};

size_t ent_starter_state_count(void)
{
    return sizeof(starter_states) / sizeof(starter_states[0]);
}

int ent_starter_state_at(size_t index)
{
    return index < ent_starter_state_count() ? starter_states[index] : -1;
}

static bool same(double a, double b)
{
    return a == b || (a != a && b != b);
}

void ent__series_write(struct ent_buf *buf, const double *v, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t run = 1;

        while (i + run < count && same(v[i], v[i + run]))
            run++;
        if (i > 0)
            ent__buf_putc(buf, ' ');
        if (v[i] != v[i])
            ent__buf_putc(buf, '-');
        else if (isinf(v[i]))
            ent__buf_putc(buf, '~');
        else
            ent__buf_printf(buf, "%.*g", v[i] == floor(v[i]) && fabs(v[i]) < 1e7 ? 9 : 5, v[i]);
        if (run > 1)
            ent__buf_printf(buf, "*%zu", run);
        i += run;
    }
}

enum ent_status ent__series_read(struct ent_str text, double *v, size_t max, size_t *count,
                                 struct ent_error *err)
{
    size_t at = 0;

    *count = 0;
    while (at < text.len) {
        struct ent_str word;
        size_t end = at;
        size_t star;
        int64_t run = 1;
        double value = NAN;

        while (end < text.len && text.at[end] != ' ')
            end++;
        word = ent__str_slice(text, at, end);
        star = ent__str_find(word, "*");
        if (star != SIZE_MAX &&
            (!ent__str_to_i64(ent__str_slice(word, star + 1, word.len), &run) || run < 1))
            return ent_fail(err, ENT_EFORMAT, "a run without its length in a series");
        word = ent__str_slice(word, 0, star);
        if (ent__str_is(word, "~"))
            value = INFINITY;
        else if (!ent__str_is(word, "-") && !ent__str_to_f64(word, &value))
            return ent_fail(err, ENT_EFORMAT, "\"%.*s\" is no value of a series", (int)word.len,
                            word.at);
        if ((uint64_t)run > max - *count)
            return ent_fail(err, ENT_EFORMAT, "a series of more than %zu values", max);
        for (int64_t k = 0; k < run; k++)
            v[(*count)++] = value;
        at = end + 1;
    }
    return ENT_OK;
}
