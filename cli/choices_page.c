/*
 * The page of choices.  The specification curve has one column a combination, in
 * ascending order of values (several share a column where the page is too narrow): dots
 * for the values, and beneath them which choices each was made with.
 */
#include "choices.h"

#include <math.h>
#include <string.h>

#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/number.h"
#include "entente/state.h"

enum {
    WIDEST = 100, /* columns of the page */
    LABEL = 30,
    ROWS = 9, /* of the plot */
};

static const char *of_words(enum ent_choices_of of)
{
    static const char *const words[] = { "treaty ties", "UN votes", "together" };

    return words[of];
}

/* Three decimals, as values of similarity have; "—" for none. */
static void put_value(struct ent_document *page, enum ent_tone tone, double value)
{
    char text[ENT_NUMBER_TEXT], raw[ENT_NUMBER_TEXT];

    if (isnan(value))
        snprintf(text, sizeof(text), "—");
    else
        snprintf(text, sizeof(text), "%s%.3f", value < 0 ? "−" : "", fabs(value));
    ent_document_cell(page, tone, text, ent_number_exact(value, raw, sizeof(raw)));
}

/* "312th of 18,528", or "312th" */
static void
put_place(struct ent_document *page, const struct ent_choices *c, size_t index, bool with_all)
{
    char place[ENT_NUMBER_TEXT], all[ENT_NUMBER_TEXT], text[2 * ENT_NUMBER_TEXT + 8];

    if (index == SIZE_MAX) {
        ent_document_cell(page, ENT_TONE_DIM, "—", NULL);
        return;
    }
    ent_ordinal_text(c->combinations[index].place, place, sizeof(place));
    ent_integer_text(c->combinations[index].of_all, all, sizeof(all));
    snprintf(text, sizeof(text), "%s%s%s", place, with_all ? " of " : "", with_all ? all : "");
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
}

static void put_spreads(struct ent_document *page, const struct ent_choices *c)
{
    static const struct ent_document_column columns[] = {
        { "of", "", ENT_ALIGN_LEFT, false, 0 },
        { "combinations", "ways", ENT_ALIGN_RIGHT, false, 0 },
        { "low", "lowest", ENT_ALIGN_RIGHT, false, 0 },
        { "median", "median", ENT_ALIGN_RIGHT, false, 0 },
        { "high", "highest", ENT_ALIGN_RIGHT, false, 0 },
        { "default", "default", ENT_ALIGN_RIGHT, false, 0 },
        { "place", "its place", ENT_ALIGN_RIGHT, false, 0 },
        { "closest", "best", ENT_ALIGN_RIGHT, false, 1 },
        { "farthest", "worst", ENT_ALIGN_RIGHT, false, 2 },
    };

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < c->spread_count; k++) {
        const struct ent_choices_spread *s = &c->spreads[k];

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, of_words(s->of), NULL);
        ent_document_cell_int(page, (long long)s->count);
        put_value(page, ENT_TONE_PLAIN, s->low);
        put_value(page, ENT_TONE_PLAIN, s->median);
        put_value(page, ENT_TONE_PLAIN, s->high);
        put_value(page, ENT_TONE_STRONG,
                  s->by_default == SIZE_MAX ? (double)NAN
                                            : c->combinations[s->by_default].value);
        put_place(page, c, s->by_default, true);
        put_place(page, c, s->closest, false);
        put_place(page, c, s->farthest, false);
    }
}

/* "−0.012 ± 0.101 (95 %: −0.2 to 0.19)" of each default. */
static void put_errors(struct ent_document *page, const struct ent_choices *c)
{
    for (size_t k = 0; k < c->count; k++) {
        const struct ent_combination *one = &c->combinations[k];
        const char *items = one->of == ENT_CHOICES_TIES ? "targets" : "roll calls";
        char interval[120] = "";

        if (!one->by_default || isnan(one->value))
            continue;
        if (!isnan(one->low))
            snprintf(interval, sizeof(interval),
                     "; of %zu resamples, 95 %% lie between %.3f and %.3f", c->replicates,
                     one->low, one->high);
        if (isnan(one->error))
            ent_document_text(page, ENT_TONE_DIM, "%s by default: %u %s in common%s.",
                              of_words(one->of), one->n, items, interval);
        else
            ent_document_text(page, ENT_TONE_DIM,
                              "%s by default: %u %s in common, standard error %.3f%s.",
                              of_words(one->of), one->n, items, one->error, interval);
    }
}

static void put_effects(struct ent_document *page, const struct ent_choices *c)
{
    static const struct ent_document_column columns[] = {
        { "choice", "switching this alone", ENT_ALIGN_LEFT, false, 0 },
        { "mean_change", "mean change", ENT_ALIGN_RIGHT, false, 0 },
        { "largest_change", "largest", ENT_ALIGN_RIGHT, false, 0 },
        { "switches", "pairs compared", ENT_ALIGN_RIGHT, false, 0 },
    };

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < c->effect_count; k++) {
        const struct ent_choice_effect *e = &c->effects[k];

        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_choice_info(e->choice)->title, NULL);
        put_value(page, k ? ENT_TONE_PLAIN : ENT_TONE_STRONG, e->mean);
        put_value(page, ENT_TONE_PLAIN, e->most);
        ent_document_cell_int(page, (long long)e->switches);
    }
}

/* The curve while it is drawn. */
struct curve {
    struct ent_document *page;
    const struct ent_choices *c;
    size_t count;   /* combinations with a value */
    size_t columns; /* of the plot */
    const char *dot, *own, *part, *line;
};

/* The combinations that a column stands for: from..to-1. */
static size_t column_from(const struct curve *v, size_t column)
{
    return column * v->count / v->columns;
}

static int row_of(const struct curve *v, double value)
{
    double low = v->c->combinations[0].value;
    double high = v->c->combinations[v->count - 1].value;

    return high > low ? (int)((high - value) / (high - low) * (ROWS - 1) + 0.5) : ROWS / 2;
}

static void append(char *line, size_t size, const char *text)
{
    size_t len = strlen(line);

    snprintf(line + len, size - len, "%s", text);
}

/* One row of the plot: what each column has there. */
static void put_plot_row(const struct curve *v, int row, int zero)
{
    double low = v->c->combinations[0].value;
    double high = v->c->combinations[v->count - 1].value;
    double at = high - (high - low) * row / (ROWS - 1);
    char line[LABEL + 4 * WIDEST + 8] = "";

    if (row == zero)
        at = 0;
    if (row == 0 || row == ROWS - 1 || row == zero)
        snprintf(line, sizeof(line), "%*.3f ", LABEL - 1, at);
    else
        snprintf(line, sizeof(line), "%*s", LABEL, "");
    for (size_t k = 0; k < v->columns; k++) {
        const char *mark = row == zero ? v->line : " ";

        for (size_t i = column_from(v, k); i < column_from(v, k + 1); i++) {
            if (row_of(v, v->c->combinations[i].value) != row || mark == v->own)
                continue;
            mark = v->c->combinations[i].by_default ? v->own : v->dot;
        }
        append(line, sizeof(line), mark);
    }
    ent_document_line(v->page, line);
}

/* One row beneath: the combinations made with a value of a choice. */
static void put_choice_row(const struct curve *v, enum ent_choice choice, size_t value)
{
    const struct ent_choice_info *info = ent_choice_info(choice);
    char line[LABEL + 4 * WIDEST + 8];

    snprintf(line, sizeof(line), "%-16s %-*s", value ? "" : info->title, LABEL - 17,
             info->value[value]);
    for (size_t k = 0; k < v->columns; k++) {
        size_t from = column_from(v, k);
        size_t to = column_from(v, k + 1);
        size_t with = 0;

        for (size_t i = from; i < to; i++)
            with += v->c->combinations[i].at[choice] == (int)value;
        append(line, sizeof(line), with == 0 ? " " : with == to - from ? v->dot : v->part);
    }
    ent_document_line(v->page, line);
}

/* Whether a value of a choice occurs, and not in all of its combinations. */
static bool is_open(const struct curve *v, enum ent_choice choice, size_t value)
{
    size_t with = 0, without = 0;

    for (size_t i = 0; i < v->count; i++) {
        int at = v->c->combinations[i].at[choice];

        with += at == (int)value;
        without += at >= 0 && at != (int)value;
    }
    return with && without;
}

static void put_curve(struct ent_document *page, const struct ent_choices *c)
{
    bool unicode = cli_unicode();
    int width = cli_width() < WIDEST ? cli_width() : WIDEST;
    size_t room = (size_t)(width > LABEL + 10 ? width - LABEL : 10);
    struct curve v = { .page = page,
                       .c = c,
                       .dot = unicode ? "•" : "o",
                       .own = unicode ? "◆" : "#",
                       .part = unicode ? "·" : ".",
                       .line = unicode ? "─" : "-" };
    int zero = -1;

    while (v.count < c->count && !isnan(c->combinations[v.count].value))
        v.count++;
    if (v.count == 0)
        return;
    v.columns = v.count < room ? v.count : room;
    if (c->combinations[0].value < 0 && c->combinations[v.count - 1].value > 0)
        zero = row_of(&v, 0);
    for (int row = 0; row < ROWS; row++)
        put_plot_row(&v, row, zero);
    ent_document_gap(page);
    for (int k = 0; k < ENT_CHOICES; k++) {
        for (size_t value = 0; value < ent_choice_info((enum ent_choice)k)->count; value++) {
            if (is_open(&v, (enum ent_choice)k, value))
                put_choice_row(&v, (enum ent_choice)k, value);
        }
    }
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_DIM, "%s marks the default conventions.%s", v.own,
                      v.columns < v.count
                          ? unicode ? "  Several combinations share a column: • all of them "
                                      "have the choice, · some."
                                    : "  Several combinations share a column: o all of them "
                                      "have the choice, . some."
                          : "");
}

int choices_write_page(const struct cli *cli, const struct ent_choices *c)
{
    struct ent_document *page = ent_document_new();
    size_t undefined = 0;
    char title[300];

    if (!page)
        return cli_complain("out of memory");
    for (size_t k = 0; k < c->count; k++)
        undefined += isnan(c->combinations[k].value);
    snprintf(title, sizeof(title), "%s and %s, %d: %s in %zu ways",
             ent_state_name(c->a, c->year), ent_state_name(c->b, c->year), c->year,
             ent_similarity_name(c->kind), c->count);
    ent_document_title(page, title);
    ent_document_gap(page);
    put_spreads(page, c);
    ent_document_gap(page);
    put_errors(page, c);
    if (undefined)
        ent_document_text(
            page, ENT_TONE_DIM,
            "%zu of the %zu ways have no value: nothing in common, or one level only on "
            "both sides.",
            undefined, c->count);
    if (c->effect_count) {
        ent_document_gap(page);
        put_effects(page, c);
    }
    ent_document_gap(page);
    put_curve(page, c);
    return cli_write(cli, page);
}
