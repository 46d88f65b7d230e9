/*
 * A chart as SVG: axes with round numbers, series told apart by colour, dash and name,
 * so that a page printed in black still tells.
 */
#include <math.h>
#include <string.h>

#include "entente/number.h"
#include "report/document.h"
#include "report/real.h"

enum {
    WIDTH = 760,
    HEIGHT = 300,
    LEFT = 64,
    RIGHT = 190, /* the names of the series */
    TOP = 12,
    BOTTOM = 44,
    TICKS = 5, /* about so many on an axis */
};

/* Okabe and Ito's colours, which the colour-blind tell apart. */
static const char *const colours[] = { "#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                       "#8c6d1f", "#56b4e9", "#000000" };
static const char *const dashes[] = { "", "6 3", "2 3", "8 3 2 3", "", "6 3", "2 3" };

#define STYLES (sizeof(colours) / sizeof(colours[0]))

/* An axis: what it spans, and where its ticks are. */
struct axis {
    double from, to;
    double step;
};

struct drawing {
    struct ent_buf *out;
    const struct ent_chart *chart;
    struct axis x, y;
};

/* A length in the drawing, in tenths, with a point whatever the locale. */
static const char *tenths(double value, char *text)
{
    text[ent__real_text(round(value * 10) / 10, text)] = '\0';
    return text;
}

#define TENTHS(value) tenths((value), (char[ENT_REAL_TEXT + 1]){ 0 })

static void include(struct axis *axis, double value)
{
    if (!isfinite(value))
        return;
    axis->from = fmin(axis->from, value);
    axis->to = fmax(axis->to, value);
}

/* 1, 2 or 5 times a power of ten, at least what is given. */
static double round_step(double step)
{
    double power = pow(10, floor(log10(step)));
    double lead = step / power;

    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/* Make an axis of what was included: never empty; with `round`, from tick to tick. */
static void settle(struct axis *axis, bool round)
{
    if (axis->from > axis->to)
        *axis = (struct axis){ 0, 1, 0 };
    if (axis->to - axis->from < 1e-12 * fmax(1, fabs(axis->to))) {
        axis->from -= 0.5;
        axis->to += 0.5;
    }
    axis->step = round_step((axis->to - axis->from) / TICKS);
    if (round) {
        axis->from = floor(axis->from / axis->step) * axis->step;
        axis->to = ceil(axis->to / axis->step) * axis->step;
    }
}

static void find_axes(struct drawing *d)
{
    const struct ent_chart *chart = d->chart;

    d->x = d->y = (struct axis){ INFINITY, -INFINITY, 0 };
    for (size_t k = 0; k < chart->count; k++) {
        const struct ent_chart_series *s = &chart->series[k];

        for (size_t i = 0; i < s->count; i++) {
            include(&d->x, s->x[i]);
            include(&d->y, s->y[i]);
            if (s->low && s->high) {
                include(&d->y, s->low[i]);
                include(&d->y, s->high[i]);
            }
        }
    }
    if (chart->kind == ENT_CHART_BARS && d->x.from <= d->x.to) {
        d->x.from -= 0.5;
        d->x.to += 0.5;
    }
    if (chart->from_zero || chart->kind == ENT_CHART_BARS)
        include(&d->y, 0);
    settle(&d->x, false);
    settle(&d->y, true);
}

static double at_x(const struct drawing *d, double x)
{
    return LEFT + (x - d->x.from) / (d->x.to - d->x.from) * (WIDTH - LEFT - RIGHT);
}

static double at_y(const struct drawing *d, double y)
{
    return HEIGHT - BOTTOM - (y - d->y.from) / (d->y.to - d->y.from) * (HEIGHT - TOP - BOTTOM);
}

/*
 * The number at a tick: a multiple of the step, so that it is round; from `apart` on,
 * thousands stand apart, which years do not want.
 */
static void put_label(struct drawing *d, double value, double step, double apart)
{
    char text[ENT_NUMBER_TEXT + ENT_REAL_TEXT];

    value = round(value / step) * step;
    if (fabs(value) >= apart && fabs(value) < 1e15) {
        ent__buf_puts(d->out, ent_integer_text((int64_t)round(value), text, sizeof(text)));
        return;
    }
    text[ent__real_text(value == 0 ? 0 : value, text)] = '\0';
    ent__buf_puts(d->out, text);
}

static void draw_axes(struct drawing *d)
{
    struct ent_buf *out = d->out;

    for (double y = d->y.from; y <= d->y.to + d->y.step / 2; y += d->y.step) {
        ent__buf_printf(out, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>",
                        LEFT, WIDTH - RIGHT, TENTHS(at_y(d, y)), TENTHS(at_y(d, y)));
        ent__buf_printf(out, "<text x=\"%d\" y=\"%s\" text-anchor=\"end\">", LEFT - 6,
                        TENTHS(at_y(d, y) + 4));
        put_label(d, y, d->y.step, 1000);
        ent__buf_puts(out, "</text>\n");
    }
    for (double x = ceil(d->x.from / d->x.step) * d->x.step; x <= d->x.to + d->x.step / 1e6;
         x += d->x.step) {
        ent__buf_printf(out, "<line class=\"tick\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>",
                        TENTHS(at_x(d, x)), TENTHS(at_x(d, x)), HEIGHT - BOTTOM,
                        HEIGHT - BOTTOM + 5);
        ent__buf_printf(out, "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">",
                        TENTHS(at_x(d, x)), HEIGHT - BOTTOM + 18);
        put_label(d, x, d->x.step, 10000);
        ent__buf_puts(out, "</text>\n");
    }
    ent__buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                    (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8);
    ent__html_add(out, d->chart->x_title);
    ent__buf_printf(out,
                    "</text>\n<text transform=\"translate(14 %d) rotate(-90)\" "
                    "text-anchor=\"middle\">",
                    (TOP + HEIGHT - BOTTOM) / 2);
    ent__html_add(out, d->chart->y_title);
    ent__buf_puts(out, "</text>\n");
}

static bool has_range(const struct ent_chart_series *s, size_t i)
{
    return s->low && s->high && isfinite(s->low[i]) && isfinite(s->high[i]);
}

/* The run of values from `from` on that are there; `from` where there is none. */
static size_t run_end(const struct ent_chart_series *s, size_t from, bool range)
{
    while (from < s->count && isfinite(s->y[from]) && (!range || has_range(s, from)))
        from++;
    return from;
}

static void draw_band(struct drawing *d, const struct ent_chart_series *s, const char *colour)
{
    for (size_t from = 0, to; s->low && s->high && from < s->count; from = to + 1) {
        to = run_end(s, from, true);
        if (to - from < 2)
            continue;
        ent__buf_printf(d->out, "<polygon fill=\"%s\" fill-opacity=\"0.15\" points=\"", colour);
        for (size_t i = from; i < to; i++)
            ent__buf_printf(d->out, "%s,%s ", TENTHS(at_x(d, s->x[i])),
                            TENTHS(at_y(d, s->high[i])));
        for (size_t i = to; i-- > from;)
            ent__buf_printf(d->out, "%s,%s ", TENTHS(at_x(d, s->x[i])),
                            TENTHS(at_y(d, s->low[i])));
        ent__buf_puts(d->out, "\"/>\n");
    }
}

static void draw_line(struct drawing *d, const struct ent_chart_series *s, size_t style)
{
    const char *colour = colours[style % STYLES];

    draw_band(d, s, colour);
    for (size_t from = 0, to; from < s->count; from = to + 1) {
        to = run_end(s, from, false);
        if (to == from)
            continue;
        if (to == from + 1)
            ent__buf_printf(d->out, "<circle cx=\"%s\" cy=\"%s\" r=\"2.5\" fill=\"%s\"/>\n",
                            TENTHS(at_x(d, s->x[from])), TENTHS(at_y(d, s->y[from])), colour);
        ent__buf_printf(d->out,
                        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" "
                        "stroke-dasharray=\"%s\" points=\"",
                        colour, dashes[style % STYLES]);
        for (size_t i = from; i < to; i++)
            ent__buf_printf(d->out, "%s,%s ", TENTHS(at_x(d, s->x[i])),
                            TENTHS(at_y(d, s->y[i])));
        ent__buf_puts(d->out, "\"/>\n");
    }
}

static void
draw_whisker(struct drawing *d, const struct ent_chart_series *s, size_t i, double x)
{
    if (has_range(s, i))
        ent__buf_printf(d->out,
                        "<line class=\"whisker\" x1=\"%s\" x2=\"%s\" y1=\"%s\" "
                        "y2=\"%s\"/>\n",
                        TENTHS(x), TENTHS(x), TENTHS(at_y(d, s->low[i])),
                        TENTHS(at_y(d, s->high[i])));
}

static void draw_points(struct drawing *d, const struct ent_chart_series *s, size_t style)
{
    for (size_t i = 0; i < s->count; i++) {
        double x = at_x(d, s->x[i]);

        if (!isfinite(s->y[i]))
            continue;
        draw_whisker(d, s, i, x);
        ent__buf_printf(d->out, "<circle cx=\"%s\" cy=\"%s\" r=\"2.5\" fill=\"%s\"/>\n",
                        TENTHS(x), TENTHS(at_y(d, s->y[i])), colours[style % STYLES]);
    }
}

/* The k-th of the bars that stand side by side at each x. */
static void draw_bars(struct drawing *d, const struct ent_chart_series *s, size_t k)
{
    double group = 0.8 * (at_x(d, d->x.from + 1) - at_x(d, d->x.from));
    double width = group / (double)d->chart->count;

    for (size_t i = 0; i < s->count; i++) {
        double left = at_x(d, s->x[i]) - group / 2 + (double)k * width;
        double a = at_y(d, s->y[i]), b = at_y(d, 0);

        if (!isfinite(s->y[i]))
            continue;
        ent__buf_printf(d->out,
                        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" "
                        "fill=\"%s\"/>\n",
                        TENTHS(left), TENTHS(fmin(a, b)), TENTHS(fmax(width - 1, 0.5)),
                        TENTHS(fabs(a - b)), colours[k % STYLES]);
        draw_whisker(d, s, i, left + width / 2);
    }
}

/* The names of the series, beside the drawing. */
static void draw_names(struct drawing *d)
{
    for (size_t k = 0; k < d->chart->count; k++) {
        int y = TOP + 10 + 16 * (int)k;

        if (y > HEIGHT - 10)
            return;
        ent__buf_printf(d->out,
                        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" "
                        "stroke-width=\"2.5\" stroke-dasharray=\"%s\"/>"
                        "<text x=\"%d\" y=\"%d\">",
                        WIDTH - RIGHT + 10, WIDTH - RIGHT + 32, y, y, colours[k % STYLES],
                        d->chart->kind == ENT_CHART_LINES ? dashes[k % STYLES] : "",
                        WIDTH - RIGHT + 37, y + 4);
        ent__html_add(d->out, d->chart->series[k].name);
        ent__buf_puts(d->out, "</text>\n");
    }
}

void ent__chart_svg(struct ent_buf *out, const struct ent_chart *chart, size_t serial)
{
    struct drawing d = { .out = out, .chart = chart };

    find_axes(&d);
    ent__buf_printf(out,
                    "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"chart%zu\">"
                    "<title id=\"chart%zu\">",
                    WIDTH, HEIGHT, serial, serial);
    ent__html_add(out, chart->title);
    ent__buf_puts(out, "</title>\n");
    draw_axes(&d);
    for (size_t k = 0; k < chart->count; k++) {
        if (chart->kind == ENT_CHART_BARS)
            draw_bars(&d, &chart->series[k], k);
        else if (chart->kind == ENT_CHART_POINTS)
            draw_points(&d, &chart->series[k], k);
        else
            draw_line(&d, &chart->series[k], k);
    }
    draw_names(&d);
    ent__buf_puts(out, "</svg>\n");
}

/* "name  ▁▂▅█  1990: 0.12 to 2018: 0.86" */
void ent__chart_line(struct ent_buf *out, const struct ent_chart_series *s)
{
    char text[4 * 60 + 1];
    char value[ENT_NUMBER_TEXT];
    size_t first = 0, last = s->count;
    size_t shown = s->count < 60 ? s->count : 60;

    while (first < s->count && !isfinite(s->y[first]))
        first++;
    while (last > 0 && !isfinite(s->y[last - 1]))
        last--;
    ent__buf_puts(out, s->name);
    if (first >= last) {
        ent__buf_puts(out, "  no values");
        return;
    }
    ent_sparkline(s->y + s->count - shown, shown, text, sizeof(text));
    ent__buf_printf(out, "  %s  %s: %s", text, TENTHS(s->x[first]),
                    ent_value_text(s->y[first], ENT_FORM_PLAIN, "", value, sizeof(value)));
    if (last - 1 > first)
        ent__buf_printf(
            out, ", %s: %s", TENTHS(s->x[last - 1]),
            ent_value_text(s->y[last - 1], ENT_FORM_PLAIN, "", value, sizeof(value)));
}
