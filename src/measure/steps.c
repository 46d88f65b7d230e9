#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

/* Room for one more; a step that finds none is left out, as tracing may not fail a value. */
static struct ent_step *next(struct ent_steps *steps)
{
    if (steps->count == steps->capacity) {
        size_t capacity = steps->capacity ? 2 * steps->capacity : 16;
        struct ent_step *at = ent__arena_array(steps->arena, capacity, sizeof(*at));

        if (!at)
            return NULL;
        if (steps->count)
            memcpy(at, steps->at, steps->count * sizeof(*at));
        steps->at = at;
        steps->capacity = capacity;
    }
    return &steps->at[steps->count];
}

void ent__step_add(struct ent_steps *steps, double value, const char *unit, const char *format,
                   ...)
{
    char text[256];
    struct ent_step *step;
    va_list args;

    if (!steps)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    step = next(steps);
    if (!step)
        return;
    step->text = ent__arena_copy(steps->arena, ent__str(text));
    if (!step->text)
        return;
    step->value = value;
    step->unit = unit;
    steps->count++;
}
