/* What casebooks report about two states, on their page: beside the measures, never among them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dyad.h"
#include "entente/casebook.h"
#include "entente/dossier_json.h"
#include "entente/number.h"

/* As of which year: of the latest figures, of any. */
static int as_of(const struct ent_dossier *d)
{
    return d->latest ? 0 : d->year;
}

static void year_text(const struct ent_fact *fact, char *text, size_t size)
{
    text[0] = '\0';
    if (fact->from_year && fact->from_year == fact->to_year)
        snprintf(text, size, "%d", fact->from_year);
    else if (fact->from_year)
        snprintf(text, size, "%d–%02d", fact->from_year, fact->to_year % 100);
}

/* "400 bn US$" */
static void amount_text(const char *value, const char *unit, char *text, size_t size)
{
    snprintf(text, size, "%s%s%s", value, value[0] && unit[0] ? " " : "", value[0] ? unit : "");
}

static int by_year(const void *a, const void *b)
{
    const struct ent_fact *x = *(const struct ent_fact *const *)a;
    const struct ent_fact *y = *(const struct ent_fact *const *)b;

    if (x->to_year != y->to_year)
        return x->to_year < y->to_year ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Who reports, each once: a page says "[2]" beside a fact and the rest below. */
struct reporters {
    char **names;
    size_t count, capacity;
};

/* The number of a reporter, from 1. */
static size_t reporter_of(struct reporters *r, const char *source, const char *date)
{
    char text[512];

    snprintf(text, sizeof(text), "%s%s%s", source, date[0] ? ", " : "", date);
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->names[i], text) == 0)
            return i + 1;
    }
    r->names = cli_grow(r->names, &r->capacity, r->count + 1, sizeof(*r->names));
    r->names[r->count++] = cli_copy(text);
    return r->count;
}

static void reporter_cell(struct ent_document *page, struct reporters *r, const char *source,
                          const char *date)
{
    char text[32];

    snprintf(text, sizeof(text), "[%zu]", reporter_of(r, source, date));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
}

/* Write the list of reporters, and free it. */
static void put_reporters(struct ent_document *page, struct reporters *r)
{
    static const struct ent_document_column columns[] = {
        { "number", "", ENT_ALIGN_LEFT, false, 0 },
        { "source", "", ENT_ALIGN_LEFT, true, 0 },
    };

    ent_document_gap(page);
    ent_document_table(page, columns, 2);
    for (size_t i = 0; i < r->count; i++) {
        char text[32];

        ent_document_row(page);
        snprintf(text, sizeof(text), "[%zu]", i + 1);
        ent_document_cell(page, ENT_TONE_DIM, text, NULL);
        ent_document_cell(page, ENT_TONE_DIM, r->names[i], NULL);
        free(r->names[i]);
    }
    free(r->names);
}

static void
fact_row(struct ent_document *page, const struct ent_fact *fact, struct reporters *reporters)
{
    char text[256], number[64];
    bool large = fact->value >= 1000 && fact->value < 1e15 &&
                 fact->value == (double)(long long)fact->value;

    ent_document_row(page);
    year_text(fact, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, fact->text, NULL);
    amount_text(large ? ent_integer_text((long long)fact->value, number, sizeof(number))
                      : fact->value_text,
                fact->unit, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_STRONG, text, NULL);
    reporter_cell(page, reporters, fact->source, fact->date);
}

/* The facts about the two, by year. */
static void put_facts(struct ent_document *page, const struct ent_dossier *d,
                      const struct ent_casebook *book, struct reporters *reporters)
{
    static const struct ent_document_column columns[] = {
        { "year", "year", ENT_ALIGN_LEFT, false, 0 },
        { "fact", "reported", ENT_ALIGN_LEFT, true, 0 },
        { "value", "value", ENT_ALIGN_LEFT, true, 0 },
        { "source", "by", ENT_ALIGN_LEFT, false, 0 },
    };
    const struct ent_fact **facts = cli_alloc(book->fact_count + 1, sizeof(*facts));
    size_t count = 0;

    for (size_t i = 0; i < book->fact_count; i++) {
        if (ent_fact_concerns(&book->facts[i], d->a, d->b, as_of(d)))
            facts[count++] = &book->facts[i];
    }
    qsort(facts, count, sizeof(*facts), by_year);
    if (count)
        ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < count; i++)
        fact_row(page, facts[i], reporters);
    free(facts);
}

/*
 * How a pledge stood at the end of the year, 0 for the last that is known: as checked, or
 * open where it was settled later.  An open one that nobody looked at since says when.
 */
static void status_text(const struct ent_pledge *pledge, int year, char *text, size_t size)
{
    int checked = atoi(pledge->checked);
    int settled = pledge->settled[0] ? atoi(pledge->settled) : checked;
    bool open = strcmp(pledge->status, "open") == 0 || (year && settled > year);

    if (!open && strcmp(pledge->status, "partly") == 0 && pledge->delivered[0])
        amount_text(pledge->delivered, pledge->unit, text, size);
    else if (open && (!year || checked < year))
        snprintf(text, size, "open in %d", checked);
    else
        snprintf(text, size, "%s", open ? "open" : pledge->status);
}

static void pledge_row(struct ent_document *page, const struct ent_pledge *p, int year,
                       struct reporters *reporters)
{
    char text[512];

    ent_document_row(page);
    ent_document_cell(page, ENT_TONE_PLAIN, p->announced, NULL);
    snprintf(text, sizeof(text), "%s%s%s", ent_state_code(p->from), p->joint ? "↔" : "→",
             ent_state_code(p->to));
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    snprintf(text, sizeof(text), "%s%s%s%s", p->what, p->by[0] ? " (" : "", p->by,
             p->by[0] ? ")" : "");
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
    amount_text(p->amount, p->unit, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_PLAIN, text, NULL);
    ent_document_cell(page, ENT_TONE_PLAIN, p->due, NULL);
    status_text(p, year, text, sizeof(text));
    ent_document_cell(page, ENT_TONE_STRONG, text, NULL);
    reporter_cell(page, reporters, p->source, "");
}

static bool shown(const struct ent_dossier *d, const struct ent_pledge *pledge)
{
    return ent_pledge_concerns(pledge, d->a, d->b, as_of(d)) &&
           strcmp(pledge->status, "none") != 0;
}

static void put_pledges(struct ent_document *page, const struct ent_dossier *d,
                        const struct ent_casebook *book, struct reporters *reporters)
{
    static const struct ent_document_column columns[] = {
        { "announced", "announced", ENT_ALIGN_LEFT, false, 0 },
        { "direction", "", ENT_ALIGN_LEFT, false, 0 },
        { "what", "pledge", ENT_ALIGN_LEFT, true, 0 },
        { "promised", "promised", ENT_ALIGN_LEFT, true, 0 },
        { "due", "due", ENT_ALIGN_LEFT, false, 2 },
        { "came", "came", ENT_ALIGN_LEFT, true, 0 },
        { "source", "by", ENT_ALIGN_LEFT, false, 1 },
    };
    bool any = false;

    for (size_t i = 0; i < book->pledge_count; i++) {
        if (!shown(d, &book->pledges[i]))
            continue;
        if (!any) {
            ent_document_gap(page);
            ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
        }
        any = true;
        pledge_row(page, &book->pledges[i], as_of(d), reporters);
    }
}

static bool has_any(const struct ent_dossier *d, const struct ent_casebook *book)
{
    bool any = false;

    for (size_t i = 0; i < book->fact_count; i++)
        any = any || ent_fact_concerns(&book->facts[i], d->a, d->b, as_of(d));
    for (size_t i = 0; i < book->pledge_count; i++)
        any = any || shown(d, &book->pledges[i]);
    return any;
}

void dyad_put_cases(struct ent_document *page, const struct ent_dossier *d)
{
    for (size_t k = 0; d->cases && k < d->cases->count; k++) {
        const struct ent_casebook *book = &d->cases->at[k];
        struct reporters reporters = { .names = NULL };
        char text[256];

        if (!has_any(d, book))
            continue;
        snprintf(text, sizeof(text), "Reported, not computed: casebook %s", book->name);
        ent_document_heading(page, text);
        put_facts(page, d, book, &reporters);
        put_pledges(page, d, book, &reporters);
        put_reporters(page, &reporters);
    }
}

enum ent_status dyad_cases(const struct cli *cli, const char *folder, struct ent_casebooks *out,
                           struct ent_error *err)
{
    char path[4096];
    enum ent_status status;

    *out = (struct ent_casebooks){ .at = NULL };
    if (folder && strcmp(folder, "none") == 0)
        return ENT_OK;
    if (folder) {
        status = ent_casebooks_read(folder, out, err);
        if (status == ENT_OK && !out->count)
            status = ent_fail(err, ENT_ENOTFOUND, "%s holds no casebook", folder);
        return status;
    }
    if (!cli_data_path("cases", path, sizeof(path)))
        return ENT_OK;
    status = ent_casebooks_read(path, out, err);
    if (status == ENT_OK || status == ENT_ENOMEM)
        return status;
    /* What ships beside the program is no reason not to answer. */
    cli_warn(cli, "casebooks left out: %s", err->message);
    return ENT_OK;
}
