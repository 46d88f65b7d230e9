/* Answers as a page to read and as a table for programs. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "entente/check.h"
#include "entente/number.h"

enum {
    ROWS = 64, /* shown of one claim */
};

static enum ent_tone answer_tone(enum ent_claim_answer answer)
{
    switch (answer) {
    case ENT_CLAIM_SUPPORTED:
    case ENT_CLAIM_NEARLY:
        return ENT_TONE_GOOD;
    case ENT_CLAIM_CONTRADICTED:
    case ENT_CLAIM_WRONG:
        return ENT_TONE_BAD;
    case ENT_CLAIM_DEPENDS:
        return ENT_TONE_STRONG;
    case ENT_CLAIM_UNCHECKED:
    case ENT_CLAIM_REPORTED:
        break;
    }
    return ENT_TONE_DIM;
}

static enum ent_tone verdict_tone(enum ent_claim_verdict verdict)
{
    return verdict == ENT_VERDICT_NO        ? ENT_TONE_BAD
           : verdict == ENT_VERDICT_UNKNOWN ? ENT_TONE_DIM
                                            : ENT_TONE_GOOD;
}

/* "cow_trade", with the name of the store where it is not the first. */
static void name_source(const struct ent_claim_by *by, char *text, size_t size)
{
    size_t len = (size_t)snprintf(text, size, "%s", by->sources);

    if (by->store && len < size)
        snprintf(text + len, size - len, " in %s", by->store_name);
}

/* Whether a figure says more than the value of the comparison that it stands in. */
static bool figure_tells(const struct ent_claim_by *by, const struct ent_claim_figure *f)
{
    return by->figure_count > 1 || strcmp(f->value_text, by->value_text) != 0;
}

static void place_text(const struct ent_claim_figure *f, char *text, size_t size)
{
    const char *among = f->by_partners ? "partners" : "in all";
    char place[40], of[40];

    text[0] = '\0';
    if (!f->place)
        return;
    ent_ordinal_text(f->place, place, sizeof(place));
    ent_integer_text(f->of, of, sizeof(of));
    if (strcmp(place, f->value_text) == 0)
        snprintf(text, size, "of %s %s", of, among);
    else
        snprintf(text, size, "%s of %s %s", place, of, among);
}

/* A figure's place, and what is to be said of it. */
static void remark_text(const struct ent_claim_figure *f, char *text, size_t size)
{
    place_text(f, text, size);
    if (f->note[0])
        snprintf(text + strlen(text), size - strlen(text), "%s%s", text[0] ? "; " : "",
                 f->note);
}

static void figure_rows(struct ent_document *page, const struct ent_claim_by *by)
{
    for (size_t i = 0; i < by->figure_count; i++) {
        const struct ent_claim_figure *f = &by->figures[i];
        char text[200];

        if (!figure_tells(by, f))
            continue;
        ent_document_row(page);
        snprintf(text, sizeof(text), "  %s", f->text);
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        ent_document_cell(page, ENT_TONE_DIM, f->version, NULL);
        ent_document_cell(page, ENT_TONE_DIM, f->value_text, NULL);
        ent_document_cell(page, ENT_TONE_DIM, "", NULL);
        ent_document_cell(page, ENT_TONE_DIM, "", NULL);
        remark_text(f, text, sizeof(text));
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    }
}

/* The reasons of sources that do not know, each once, as one remark. */
static void unknown_text(struct ent_document *page, const struct ent_claim_part *part)
{
    struct ent_buf text;

    ent__buf_init(&text);
    for (size_t i = 0; i < part->by_count; i++) {
        bool seen = part->by[i].verdict != ENT_VERDICT_UNKNOWN;

        for (size_t k = 0; k < i; k++)
            seen = seen || strcmp(part->by[k].why, part->by[i].why) == 0;
        if (!seen)
            ent__buf_printf(&text, "%s%s", text.len ? "; " : "", part->by[i].why);
    }
    if (text.len)
        ent_document_text(page, ENT_TONE_DIM, "Not known: %s.", text.text);
    ent__buf_release(&text);
}

static void part_table(struct ent_document *page, const struct ent_claim_part *part)
{
    static const struct ent_document_column columns[] = {
        { "source", "by", ENT_ALIGN_LEFT, true, 0 },
        { "version", "version", ENT_ALIGN_LEFT, false, 2 },
        { "value", "it is", ENT_ALIGN_RIGHT, false, 0 },
        { "claimed", "claimed", ENT_ALIGN_RIGHT, false, 0 },
        { "verdict", "borne out", ENT_ALIGN_LEFT, false, 0 },
        { "remark", "", ENT_ALIGN_LEFT, true, 0 },
    };
    bool any = false;
    char name[300];

    for (size_t i = 0; i < part->by_count; i++)
        any = any || part->by[i].verdict != ENT_VERDICT_UNKNOWN ||
              part->by[i].value == part->by[i].value;
    if (any)
        ent_document_table(page, columns, 6);
    for (size_t i = 0; any && i < part->by_count; i++) {
        const struct ent_claim_by *by = &part->by[i];

        if (by->verdict == ENT_VERDICT_UNKNOWN && by->value != by->value)
            continue;
        ent_document_row(page);
        name_source(by, name, sizeof(name));
        ent_document_cell(page, ENT_TONE_PLAIN, name, NULL);
        ent_document_cell(page, ENT_TONE_DIM, by->versions, NULL);
        ent_document_cell(page, ENT_TONE_STRONG, by->value_text, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, by->claimed_text, NULL);
        ent_document_cell(page, verdict_tone(by->verdict), ent_claim_verdict_text(by->verdict),
                          NULL);
        name[0] = '\0';
        if (by->figure_count == 1 && !figure_tells(by, &by->figures[0]))
            remark_text(&by->figures[0], name, sizeof(name));
        ent_document_cell(page, ENT_TONE_DIM, name, NULL);
        figure_rows(page, by);
    }
    unknown_text(page, part);
}

/* Rows of figures, one after the other, each once. */
struct row_list {
    const struct ent_claim_row *at[ROWS];
    size_t count;
    uint64_t total;
};

static void add_figure_rows(struct row_list *list, const struct ent_claim_figure *figure)
{
    list->total += figure->row_total - figure->row_count;
    for (size_t r = 0; r < figure->row_count; r++) {
        const struct ent_claim_row *row = &figure->rows[r];
        bool seen = false;

        for (size_t i = 0; i < list->count; i++)
            seen = seen || (list->at[i]->line == row->line &&
                            strcmp(list->at[i]->file, row->file) == 0 &&
                            strcmp(list->at[i]->text, row->text) == 0);
        list->total += !seen;
        if (!seen && list->count < ROWS)
            list->at[list->count++] = row;
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void rows_table(struct ent_document *page, const struct ent_claim *claim)
{
    static const struct ent_document_column columns[] = {
        { "file", "row of", ENT_ALIGN_LEFT, true, 0 },
        { "line", "line", ENT_ALIGN_RIGHT, false, 0 },
        { "row", "", ENT_ALIGN_LEFT, true, 0 },
    };
    struct row_list list = { .count = 0 };

    for (size_t p = 0; p < claim->part_count; p++) {
        for (size_t b = 0; b < claim->parts[p].by_count; b++) {
            const struct ent_claim_by *by = &claim->parts[p].by[b];

            for (size_t f = 0; f < by->figure_count; f++)
                add_figure_rows(&list, &by->figures[f]);
        }
    }
    if (!list.count)
        return;
    ent_document_table(page, columns, 3);
    for (size_t i = 0; i < list.count; i++) {
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_DIM, base_name(list.at[i]->file), NULL);
        ent_document_cell_int(page, (long long)list.at[i]->line);
        ent_document_cell(page, ENT_TONE_PLAIN, list.at[i]->text, NULL);
    }
    if (list.total > list.count)
        ent_document_remark(page,
                            "More rows stand behind these figures: see --rows, and entente "
                            "trace.");
}

/* Who said it and when. */
static void said_text(const struct ent_claim *claim, char *text, size_t size)
{
    snprintf(text, size, "%s%s%s", claim->source,
             claim->source[0] && claim->date[0] ? ", " : "", claim->date);
}

static void wrong_text(const struct ent_claim *claim, char *text, size_t size)
{
    const struct ent_error *e = &claim->error;

    if (e->line)
        snprintf(text, size, "line %zu, column %zu: %s", e->line, e->column, e->message);
    else
        snprintf(text, size, "column %zu: %s", e->column, e->message);
}

static void claim_section(struct ent_document *page, const struct ent_claim *claim)
{
    char text[700];

    if (claim->id[0]) {
        snprintf(text, sizeof(text), "%s%s%.500s", claim->id, claim->words[0] ? ": " : "",
                 claim->words);
        ent_document_heading(page, text);
    }
    said_text(claim, text, sizeof(text));
    if (text[0])
        ent_document_text(page, ENT_TONE_DIM, "Said by %s.", text);
    if (claim->id[0] && claim->expression[0] && claim->part_count != 1)
        ent_document_text(page, ENT_TONE_PLAIN, "%s", claim->expression);
    ent_document_text(page, answer_tone(claim->answer), "%s",
                      ent_claim_answer_text(claim->answer));
    if (claim->answer == ENT_CLAIM_WRONG) {
        wrong_text(claim, text, sizeof(text));
        ent_document_text(page, ENT_TONE_BAD, "%s", text);
    }
    for (size_t p = 0; p < claim->part_count; p++) {
        const struct ent_claim_part *part = &claim->parts[p];

        if (claim->part_count > 1)
            ent_document_text(page, answer_tone(part->answer), "%s: %s", part->text,
                              ent_claim_answer_text(part->answer));
        else if (claim->id[0])
            ent_document_text(page, ENT_TONE_PLAIN, "%s", part->text);
        part_table(page, part);
    }
    if (claim->fact[0])
        ent_document_text(page, ENT_TONE_PLAIN, "Reported fact: %s%s%s%s", claim->fact,
                          claim->fact_source[0] ? " (" : "", claim->fact_source,
                          claim->fact_source[0] ? ")" : "");
    if (claim->note[0])
        ent_document_text(page, ENT_TONE_DIM, "%s", claim->note);
    rows_table(page, claim);
}

/* "10th (cow_trade), 9th (dots)": what the sources say, the same value once. */
static void add_values(struct ent_buf *text, const struct ent_claim_part *part)
{
    for (size_t i = 0; i < part->by_count; i++) {
        const struct ent_claim_by *by = &part->by[i];
        bool seen = by->value != by->value;
        size_t more = 0;

        for (size_t k = 0; k < i; k++)
            seen = seen || (part->by[k].value == part->by[k].value &&
                            strcmp(part->by[k].value_text, by->value_text) == 0);
        if (seen)
            continue;
        ent__buf_printf(text, "%s%s (", text->len ? ", " : "", by->value_text);
        for (size_t k = i; k < part->by_count; k++) {
            char name[300];

            if (part->by[k].value != part->by[k].value ||
                strcmp(part->by[k].value_text, by->value_text) != 0)
                continue;
            name_source(&part->by[k], name, sizeof(name));
            ent__buf_printf(text, "%s%s", more++ ? ", " : "", name);
        }
        ent__buf_putc(text, ')');
        if (by->claimed_text[0] && !strstr(part->text, by->claimed_text))
            ent__buf_printf(text, " against %s", by->claimed_text);
        /* A value whose place is telling: the first source's. */
        if (by->figure_count == 1 && by->figures[0].place &&
            strcmp(by->figures[0].value_text, by->value_text) == 0 &&
            by->figures[0].by_partners) {
            char place[100];

            place_text(&by->figures[0], place, sizeof(place));
            if (strncmp(place, "of ", 3) != 0)
                ent__buf_printf(text, ": %s", place);
        }
    }
}

static void brief_text(const struct ent_claim *claim, struct ent_buf *text)
{
    char wrong[700];

    if (claim->answer == ENT_CLAIM_WRONG) {
        wrong_text(claim, wrong, sizeof(wrong));
        ent__buf_puts(text, wrong);
        return;
    }
    for (size_t p = 0; p < claim->part_count; p++)
        add_values(text, &claim->parts[p]);
    if (!text->len && claim->part_count && claim->parts[0].by_count)
        ent__buf_puts(text, claim->parts[0].by[0].why);
    if (claim->fact[0] && (!text->len || claim->answer == ENT_CLAIM_REPORTED)) {
        ent__buf_clear(text);
        ent__buf_printf(text, "reported: %s", claim->fact);
    }
}

static void brief_table(struct ent_document *page, const struct ent_claims *claims)
{
    static const struct ent_document_column columns[] = {
        { "id", "id", ENT_ALIGN_LEFT, false, 0 },
        { "claim", "claim", ENT_ALIGN_LEFT, true, 0 },
        { "answer", "answer", ENT_ALIGN_LEFT, false, 0 },
        { "values", "by the data", ENT_ALIGN_LEFT, true, 0 },
    };

    ent_document_table(page, columns, 4);
    for (size_t i = 0; i < claims->count; i++) {
        const struct ent_claim *claim = &claims->at[i];
        struct ent_buf text;

        ent__buf_init(&text);
        brief_text(claim, &text);
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_STRONG, claim->id, NULL);
        ent_document_cell(page, ENT_TONE_PLAIN,
                          claim->words[0] ? claim->words : claim->expression, NULL);
        ent_document_cell(page, answer_tone(claim->answer),
                          ent_claim_answer_text(claim->answer), NULL);
        ent_document_cell(page, ENT_TONE_PLAIN, text.text, NULL);
        ent__buf_release(&text);
    }
}

/* "41 claims: 20 supported, 5 contradicted" */
static void summary_text(struct ent_document *page, const struct ent_claims *claims)
{
    struct ent_buf text;
    bool first = true;

    ent__buf_init(&text);
    ent__buf_printf(&text, "%zu claim%s:", claims->count, claims->count == 1 ? "" : "s");
    for (int a = 0; a < ENT_CLAIM_ANSWERS; a++) {
        if (!claims->answers[a])
            continue;
        ent__buf_printf(&text, "%s %zu %s", first ? "" : ",", claims->answers[a],
                        a == ENT_CLAIM_DEPENDS && claims->answers[a] > 1
                            ? "depend on the source"
                            : ent_claim_answer_text((enum ent_claim_answer)a));
        first = false;
    }
    ent_document_text(page, ENT_TONE_STRONG, "%s.", text.text);
    ent__buf_release(&text);
}

void ent_claims_page(const struct ent_claims *claims, enum ent_claims_detail detail,
                     struct ent_document *page)
{
    bool one = claims->count == 1 && !claims->name[0];

    if (one) {
        ent_document_title(page, claims->at[0].expression);
        claim_section(page, &claims->at[0]);
    } else {
        const char *slash = strrchr(claims->name, '/');

        ent_document_title(page, slash ? slash + 1 : claims->name);
        summary_text(page, claims);
        ent_document_gap(page);
        brief_table(page, claims);
        for (size_t i = 0; detail == ENT_CLAIMS_EVIDENCE && i < claims->count; i++)
            claim_section(page, &claims->at[i]);
    }
    if (claims->starter)
        ent_document_text(page, ENT_TONE_DIM,
                          "From the starter panel that ships with Entente, which has single "
                          "values of some major states; import the data for all of it.");
}

void ent_claims_table(const struct ent_claims *claims, struct ent_document *page)
{
    static const struct ent_document_column columns[] = {
        { "id" },          { "line" },    { "answer" },  { "part" },
        { "part_answer" }, { "source" },  { "version" }, { "store" },
        { "value" },       { "claimed" }, { "verdict" }, { "why" },
    };
    char number[64];

    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < claims->count; i++) {
        const struct ent_claim *claim = &claims->at[i];
        size_t rows = 0;

        for (size_t p = 0; p < claim->part_count; p++) {
            for (size_t b = 0; b < claim->parts[p].by_count; b++, rows++) {
                const struct ent_claim_part *part = &claim->parts[p];
                const struct ent_claim_by *by = &part->by[b];

                ent_document_row(page);
                ent_document_cell(page, ENT_TONE_PLAIN, claim->id, NULL);
                ent_document_cell_int(page, (long long)claim->line);
                ent_document_cell(page, ENT_TONE_PLAIN, ent_claim_answer_text(claim->answer),
                                  NULL);
                ent_document_cell(page, ENT_TONE_PLAIN, part->text, NULL);
                ent_document_cell(page, ENT_TONE_PLAIN, ent_claim_answer_text(part->answer),
                                  NULL);
                ent_document_cell(page, ENT_TONE_PLAIN, by->sources, NULL);
                ent_document_cell(page, ENT_TONE_PLAIN, by->versions, NULL);
                ent_document_cell_int(page, (long long)by->store + 1);
                ent_document_cell(page, ENT_TONE_PLAIN, by->value_text,
                                  ent_number_exact(by->value, number, sizeof(number)));
                ent_document_cell(page, ENT_TONE_PLAIN, by->claimed_text,
                                  ent_number_exact(by->claimed, number, sizeof(number)));
                ent_document_cell(page, ENT_TONE_PLAIN, ent_claim_verdict_text(by->verdict),
                                  NULL);
                ent_document_cell(page, ENT_TONE_PLAIN, by->why, NULL);
            }
        }
        if (rows)
            continue;
        ent_document_row(page);
        ent_document_cell(page, ENT_TONE_PLAIN, claim->id, NULL);
        ent_document_cell_int(page, (long long)claim->line);
        ent_document_cell(page, ENT_TONE_PLAIN, ent_claim_answer_text(claim->answer), NULL);
        for (size_t c = 3; c < 11; c++)
            ent_document_cell(page, ENT_TONE_PLAIN, c == 3 ? claim->expression : "", NULL);
        ent_document_cell(page, ENT_TONE_PLAIN,
                          claim->answer == ENT_CLAIM_WRONG ? claim->error.message : claim->fact,
                          NULL);
    }
}
