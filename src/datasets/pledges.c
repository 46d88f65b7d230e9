/*
 * A ledger of pledges: who promised what to whom, and what came of it.  No publisher
 * ships one; docs/PLEDGES.md has the format, and data/cases has an example.
 *
 * A row of the file is a pledge and becomes a row here for every year from that in
 * which it was announced to the last in which anything of the ledger was checked, with
 * how it stood at the end of the year: open until it is settled, and then kept, kept in
 * part, or broken.  Of one that was open when it was last checked nothing is known after.
 * A ledger is no census, so a pair without a row is not known; a row with the status
 * "none" says that somebody looked and found nothing, which is 0.
 *
 * A settled pledge without a date of its settlement is open until the year in which it
 * was checked: a promise is not broken before somebody can say so.
 */
#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "datasets/pledges.h"

enum {
    YEAR,
    FROM,
    TO,
    PLEDGE,
    PLEDGES,
    OPEN,
    OVERDUE,
    KEPT,
    PARTLY,
    BROKEN,
    SETTLED_USD,
    KEPT_USD,
    FULFILLED,
    FULFILLED_KNOWN,
    DELAY,
    DELAY_KNOWN,
    AMOUNT,
    DELIVERED,
    UNIT,
    ANNOUNCED,
    DUE,
    SETTLED,
    CHECKED,
    STATUS,
    ID,
    BY,
    WHAT,
    SOURCE,
    NOTE,
    COLUMNS
};

#define USD "million current US$"

#define FLAG(name, what)                                   \
    {                                                      \
        name, ENT_ROLE_VALUE, ENT_TYPE_INT, "0 or 1", what \
    }
#define REAL(name, unit, what)                          \
    {                                                   \
        name, ENT_ROLE_VALUE, ENT_TYPE_REAL, unit, what \
    }
#define TEXT(name, what)                              \
    {                                                 \
        name, ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", what \
    }

static const struct ent_column columns[] = {
    [YEAR] = { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year, at whose end it stood so" },
    [FROM] = { "from_state", ENT_ROLE_FROM, ENT_TYPE_INT, "", "who promised" },
    [TO] = { "to_state", ENT_ROLE_TO, ENT_TYPE_INT, "", "to whom" },
    [PLEDGE] = { "pledge", ENT_ROLE_KEY, ENT_TYPE_INT, "",
                 "number of the pledge in its ledger; 0: none was found" },
    [PLEDGES] = { "pledges", ENT_ROLE_COUNT, ENT_TYPE_INT, "pledges", "1, or 0 for none" },
    [OPEN] = FLAG("open", "not settled by the end of the year"),
    [OVERDUE] = FLAG("overdue", "open, and it was due"),
    [KEPT] = FLAG("kept", "all of it came"),
    [PARTLY] = FLAG("partly", "some of it came, and no more will"),
    [BROKEN] = FLAG("broken", "it came to nothing"),
    [SETTLED_USD] = REAL("settled_usd", USD, "what was promised, when settled and in money"),
    [KEPT_USD] = REAL("kept_usd", USD, "of that, what came, at most what was promised"),
    [FULFILLED] = REAL("fulfilled", "share of 1",
                       "what came of a settled pledge, in its own unit, at most 1"),
    [FULFILLED_KNOWN] = FLAG("fulfilled_known", "whether that is known"),
    [DELAY] =
        REAL("delay", "years", "from when it was due to when all of it came; early is below 0"),
    [DELAY_KNOWN] = FLAG("delay_known", "whether that is known"),
    [AMOUNT] = REAL("amount", "the pledge's own", "how much was promised"),
    [DELIVERED] = REAL("delivered", "the pledge's own", "how much came"),
    [UNIT] = TEXT("unit", "unit of the amounts"),
    [ANNOUNCED] = TEXT("announced", "when it was promised"),
    [DUE] = TEXT("due", "when it was to come"),
    [SETTLED] = TEXT("settled", "when it came, or came to nothing"),
    [CHECKED] = TEXT("checked", "when somebody last looked"),
    [STATUS] = TEXT("status", "how it stood then: open, kept, partly, broken, none"),
    [ID] = TEXT("id", "its name in the ledger"),
    [BY] = TEXT("by", "the firm or office that promised, where it was not the state"),
    [WHAT] = TEXT("what", "what was promised"),
    [SOURCE] = TEXT("reported_by", "who reports it"),
    [NOTE] = TEXT("note", "the compiler's remark"),
};

static const struct ent_table table = {
    .name = "pledges",
    .what = "a pledge of one state to another, as it stood at the end of a year",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
    .duplicates = ENT_DUPLICATES_KEEP,
};

/* Years from a to b, to the month where both have one. */
static double years_between(struct ent_day a, struct ent_day b)
{
    return b.year - a.year + (a.month && b.month ? (b.month - a.month) / 12.0 : 0);
}

/* What came of what was promised, in the pledge's own unit; NAN where it is not known. */
static double came(const struct ent_pledge_line *p)
{
    if (p->status == ENT_PLEDGE_BROKEN)
        return 0;
    if (p->status == ENT_PLEDGE_KEPT)
        return p->amount;
    if (isnan(p->delivered) || isnan(p->amount))
        return NAN;
    return p->delivered < p->amount ? p->delivered : p->amount;
}

/* What came, and how late, of a pledge that is settled. */
static void measure(const struct ent_pledge_line *p, union ent_value *row)
{
    if (p->usd > 0 && came(p) == came(p) && p->amount > 0) {
        row[SETTLED_USD].r = p->amount * p->usd;
        row[KEPT_USD].r = came(p) * p->usd;
    }
    if (p->status != ENT_PLEDGE_PARTLY || (p->amount > 0 && came(p) == came(p))) {
        row[FULFILLED].r =
            p->status == ENT_PLEDGE_PARTLY ? came(p) / p->amount : p->status == ENT_PLEDGE_KEPT;
        row[FULFILLED_KNOWN].i = 1;
    }
    if (p->due.year && p->settled.year && p->status == ENT_PLEDGE_KEPT) {
        row[DELAY].r = years_between(p->due, p->settled);
        row[DELAY_KNOWN].i = 1;
    }
}

/*
 * How a pledge stood at the end of a year.  Of one that was open when it was last checked,
 * nothing is known after: it was made, and that is all.
 */
static void stand(const struct ent_pledge_line *p, int year, union ent_value *row)
{
    int when = p->settled.year ? p->settled.year : p->checked.year;
    bool is = p->status != ENT_PLEDGE_NONE;
    bool settled = is && p->status != ENT_PLEDGE_OPEN && year >= when;

    row[YEAR].i = year;
    row[PLEDGES].i = is;
    row[SETTLED_USD].r = row[KEPT_USD].r = row[FULFILLED].r = row[DELAY].r = NAN;
    if (!settled && year > p->checked.year)
        return;
    row[OPEN].i = is && !settled;
    row[OVERDUE].i = row[OPEN].i && p->due.year && year >= p->due.year;
    row[KEPT].i = settled && p->status == ENT_PLEDGE_KEPT;
    row[PARTLY].i = settled && p->status == ENT_PLEDGE_PARTLY;
    row[BROKEN].i = settled && p->status == ENT_PLEDGE_BROKEN;
    row[FULFILLED_KNOWN].i = row[DELAY_KNOWN].i = 0;
    if (settled)
        measure(p, row);
}

static enum ent_status put_texts(struct ent_import *im, struct ent_stage *stage,
                                 const struct ent_pledge_columns *l, union ent_value *row,
                                 struct ent_error *err)
{
    const struct {
        size_t from, to;
    } texts[] = {
        { l->unit, UNIT },       { l->announced, ANNOUNCED },
        { l->due, DUE },         { l->settled, SETTLED },
        { l->checked, CHECKED }, { l->status, STATUS },
        { l->id, ID },           { l->by, BY },
        { l->what, WHAT },       { l->source, SOURCE },
        { l->note, NOTE },
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        row[texts[i].to].s = ENT_NONE_TEXT;
        ENT_TRY(ent__import_put_text(im, stage, texts[i].from, &row[texts[i].to], err));
    }
    return ENT_OK;
}

enum {
    MOST_ROWS = 1000000, /* more years of pledges are no ledger that somebody keeps */
};

/* A ledger as it is read: how far a row goes is known when all are. */
struct ledger {
    struct line {
        struct ent_pledge_line pledge;
        size_t line;
        union ent_value row[COLUMNS]; /* what is alike in all years */
    } * lines;
    size_t count, capacity;
    struct ent_day newest; /* check */
    size_t rows;           /* staged so far */
};

static enum ent_status
add_line(struct ent_import *im, struct ent_stage *stage, const struct ent_pledge_columns *l,
         const struct ent_pledge_line *p, struct ledger *ledger, struct ent_error *err)
{
    void *grown = ledger->lines;
    struct line *line;

    ENT_TRY(ent__grow(&grown, &ledger->capacity, ledger->count + 1, sizeof(*line), err));
    ledger->lines = grown;
    line = &ledger->lines[ledger->count];
    line->pledge = *p;
    line->line = im->line;
    line->row[PLEDGE].i = p->number;
    line->row[AMOUNT].r = p->amount;
    line->row[DELIVERED].r = p->delivered;
    ENT_TRY(put_texts(im, stage, l, line->row, err));
    ledger->count++;
    if (ent__day_before(ledger->newest, p->checked))
        ledger->newest = p->checked;
    return ENT_OK;
}

static enum ent_status read_ledger(struct ent_import *im, struct ent_stage *stage,
                                   struct ledger *ledger, struct ent_error *err)
{
    struct ent_pledge_columns l;
    int64_t number = 0;
    bool more;

    ENT_TRY(ent__pledge_columns(im, &l, err));
    ent__import_part(im, ent__import_first_text(im, l.ledger));
    for (;;) {
        struct ent_pledge_line p = { 0 };

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        number++;
        if (!ent__pledge_read(im, &l, &p))
            continue;
        p.number = p.status == ENT_PLEDGE_NONE ? 0 : number;
        ENT_TRY(add_line(im, stage, &l, &p, ledger, err));
    }
}

/*
 * The rows of one pledge in one direction, to the last year in which anything of the
 * ledger was checked; of what was looked for in vain, to its own.
 */
static enum ent_status put_years(struct ent_stage *stage, struct ledger *ledger,
                                 const struct line *line, int from, int to,
                                 struct ent_error *err)
{
    const struct ent_pledge_line *p = &line->pledge;
    int last = p->status == ENT_PLEDGE_NONE ? p->checked.year : ledger->newest.year;

    for (int year = p->announced.year; year <= last; year++) {
        static const size_t alike[] = { PLEDGE, AMOUNT,  DELIVERED, UNIT,   ANNOUNCED,
                                        DUE,    SETTLED, CHECKED,   STATUS, ID,
                                        BY,     WHAT,    SOURCE,    NOTE };
        union ent_value *row;

        if (ledger->rows++ == MOST_ROWS)
            return ent_fail(err, ENT_EFORMAT, "more than %d years of pledges", MOST_ROWS);
        ENT_TRY(ent__stage_row(stage, &row, err));
        for (size_t c = 0; c < sizeof(alike) / sizeof(alike[0]); c++)
            row[alike[c]] = line->row[alike[c]];
        row[FROM].i = from;
        row[TO].i = to;
        stand(p, year, row);
        ent__stage_commit(stage, line->line);
    }
    return ENT_OK;
}

/* "all" is every member but the one that promises, so that each has its 0. */
static enum ent_status put_all(struct ent_stage *stage, struct ledger *ledger,
                               const struct line *line, struct ent_error *err)
{
    const struct ent_pledge_line *p = &line->pledge;

    for (size_t i = 0; i < ent_state_count(); i++) {
        int to = ent_state_at(i)->id;

        if (to != p->from && ent_state_member(to, ENT_MEMBER_COW, p->announced.year))
            ENT_TRY(put_years(stage, ledger, line, p->from, to, err));
    }
    return ENT_OK;
}

static enum ent_status
put_ledger(struct ent_stage *stage, struct ledger *ledger, struct ent_error *err)
{
    for (size_t i = 0; i < ledger->count; i++) {
        const struct line *line = &ledger->lines[i];
        const struct ent_pledge_line *p = &line->pledge;

        if (!p->to) {
            ENT_TRY(put_all(stage, ledger, line, err));
            continue;
        }
        ENT_TRY(put_years(stage, ledger, line, p->from, p->to, err));
        if (p->joint)
            ENT_TRY(put_years(stage, ledger, line, p->to, p->from, err));
    }
    return ENT_OK;
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct ledger ledger = { .lines = NULL };
    struct ent_stage *stage;
    enum ent_status status = ent__import_stage(im, &table, &stage, err);
    char version[32];

    if (status == ENT_OK)
        status = read_ledger(im, stage, &ledger, err);
    if (status == ENT_OK)
        status = put_ledger(stage, &ledger, err);
    snprintf(version, sizeof(version), ledger.newest.month ? "%d-%02d" : "%d",
             ledger.newest.year, ledger.newest.month);
    ent__import_version(im, ent__str(ledger.newest.year ? version : ""));
    ent__free(ledger.lines);
    return status;
}

static const char *const missing_texts[] = { "NA", NULL };
static const char *const header[] = { "from",   "to",      "what",   "announced",
                                      "status", "checked", "source", NULL };

static const struct ent_form forms[] = {
    { .name = "ledger of pledges",
      .columns = header,
      .import = import,
      .missing_texts = missing_texts },
};

static const struct ent_table *const tables[] = { &table, NULL };

const struct ent_dataset ent__pledges = {
    .info = {
        .id = "pledges",
        .title = "Ledger of pledges, the user's own or a casebook's",
        .publisher = "whoever keeps the ledger",
        .citation = "Ledger of pledges; each row names its source.",
        .bibtex = "",
        .licence = "the keeper's; the ledgers that ship with Entente are under its licence",
        .url = "docs/PLEDGES.md",
    },
    .years = "as given",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};
