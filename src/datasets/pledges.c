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
#include "datasets/import.h"

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

enum status {
    STATUS_OPEN,
    STATUS_KEPT,
    STATUS_PARTLY,
    STATUS_BROKEN,
    STATUS_NONE,
    STATUSES
};

static const char *const statuses[STATUSES] = { "open", "kept", "partly", "broken", "none" };

/* The columns of the file. */
struct layout {
    size_t id, from, to, by, what, amount, unit, announced, due, delivered, settled, status,
        checked, source, note, joint, ledger;
};

/* A date of which the day, or month and day, may be open: 0. */
struct day {
    int year, month, day;
};

struct pledge {
    int64_t number;
    int from, to; /* to: 0 is everybody */
    bool joint;
    enum status status;
    struct day announced, due, settled, checked; /* year 0: none */
    double amount, delivered;                    /* NAN: none */
    double usd;                                  /* million US$ in one unit; 0: no money */
};

static enum ent_status
find_columns(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_need(im, "from", &l->from, err));
    ENT_TRY(ent__import_need(im, "to", &l->to, err));
    ENT_TRY(ent__import_need(im, "what", &l->what, err));
    ENT_TRY(ent__import_need(im, "announced", &l->announced, err));
    ENT_TRY(ent__import_need(im, "status", &l->status, err));
    ENT_TRY(ent__import_need(im, "checked", &l->checked, err));
    ENT_TRY(ent__import_need(im, "source", &l->source, err));
    l->id = ent__import_column(im, "id");
    l->by = ent__import_column(im, "by");
    l->amount = ent__import_column(im, "amount");
    l->unit = ent__import_column(im, "unit");
    l->due = ent__import_column(im, "due");
    l->delivered = ent__import_column(im, "delivered");
    l->settled = ent__import_column(im, "settled");
    l->note = ent__import_column(im, "note");
    l->joint = ent__import_column(im, "joint");
    l->ledger = ent__import_column(im, "ledger");
    return ENT_OK;
}

/* A text of a cell in a message: not too long. */
#define SHOWN(text) (int)((text).len > 40 ? 40 : (text).len), (text).at

/* Read "2014", "2014-05" or "2014-05-21"; an empty cell gives year 0.  false: reported. */
static bool read_day(struct ent_import *im, size_t column, struct day *out)
{
    struct ent_str text = ent__import_text(im, column);
    int *parts[] = { &out->year, &out->month, &out->day };
    static const size_t widths[] = { 4, 2, 2 };
    size_t at = 0;
    bool good = true;

    *out = (struct day){ 0 };
    for (int p = 0; p < 3 && at < text.len; p++) {
        good = good && (p == 0 || text.at[at++] == '-') && at + widths[p] <= text.len;
        for (size_t d = 0; good && d < widths[p]; d++, at++) {
            good = text.at[at] >= '0' && text.at[at] <= '9';
            *parts[p] = *parts[p] * 10 + (text.at[at] - '0');
        }
        good = good && *parts[p] > 0;
    }
    if (good && at == text.len && out->month <= 12 && out->day <= 31 && out->year <= 2200)
        return true;
    ent__import_problem(im, column,
                        "\"%.*s\" is no date; it is written 2014, 2014-05 or 2014-05-21",
                        SHOWN(text));
    return false;
}

/* Whether a is certainly before b, as far as both are known. */
static bool before(struct day a, struct day b)
{
    if (a.year != b.year || !a.month || !b.month)
        return a.year < b.year;
    if (a.month != b.month || !a.day || !b.day)
        return a.month < b.month;
    return a.day < b.day;
}

/* Years from a to b, to the month where both have one. */
static double years_between(struct day a, struct day b)
{
    return b.year - a.year + (a.month && b.month ? (b.month - a.month) / 12.0 : 0);
}

static bool read_status(struct ent_import *im, size_t column, enum status *out)
{
    struct ent_str text = ent__import_text(im, column);

    for (int s = 0; s < STATUSES; s++) {
        if (ent__str_is_nocase(text, statuses[s])) {
            *out = (enum status)s;
            return true;
        }
    }
    ent__import_problem(im, column, "status \"%.*s\"; it is open, kept, partly, broken or none",
                        SHOWN(text));
    return false;
}

/* How many million US$ one unit is; 0 where it is no money.  false: reported. */
static bool read_unit(struct ent_import *im, size_t column, double *usd)
{
    static const struct {
        const char *unit;
        double usd;
    } money[] = {
        { "US$", 1e-6 },        { "thousand US$", 1e-3 }, { "million US$", 1 },
        { "billion US$", 1e3 }, { "bn US$", 1e3 },        { USD, 1 },
    };
    struct ent_str text = ent__import_text(im, column);

    *usd = 0;
    for (size_t i = 0; i < sizeof(money) / sizeof(money[0]); i++) {
        if (ent__str_is_nocase(text, money[i].unit))
            *usd = money[i].usd;
    }
    if (*usd > 0 ||
        (ent__str_find(text, "$") == SIZE_MAX && ent__str_find(text, "USD") == SIZE_MAX))
        return true;
    ent__import_problem(im, column,
                        "unit \"%.*s\"; money is in US$, thousand US$, million US$ or bn US$",
                        SHOWN(text));
    return false;
}

static bool read_amount(struct ent_import *im, size_t column, double *out)
{
    *out = NAN;
    if (ent__import_missing(im, column))
        return true;
    if (!ent__import_real(im, column, out))
        return false;
    if (*out >= 0 && *out < 1e15)
        return true;
    ent__import_problem(im, column, "an amount of %.15g; it is 0 or more", *out);
    return false;
}

static bool read_joint(struct ent_import *im, size_t column, bool *out)
{
    struct ent_str text = ent__import_text(im, column);

    *out = ent__str_is_nocase(text, "yes");
    if (*out || !text.len || ent__str_is_nocase(text, "no"))
        return true;
    ent__import_problem(im, column, "joint \"%.*s\"; it is yes or no", SHOWN(text));
    return false;
}

static bool read_states(struct ent_import *im, const struct layout *l, struct pledge *p)
{
    int year = p->announced.year;

    p->from = ent__import_state(im, l->from, ENT_CODE_ANY, year);
    if (p->from < 0) {
        ent__import_problem(im, l->from, "\"%.*s\" was no state in %d",
                            SHOWN(ent__import_text(im, l->from)), year);
        return false;
    }
    if (p->status == STATUS_NONE && ent__str_is_nocase(ent__import_text(im, l->to), "all"))
        return true;
    p->to = ent__import_state(im, l->to, ENT_CODE_ANY, year);
    if (p->to < 0)
        ent__import_problem(im, l->to, "\"%.*s\" was no state in %d",
                            SHOWN(ent__import_text(im, l->to)), year);
    else if (p->to == p->from)
        ent__import_problem(im, l->to, "a pledge of a state to itself");
    return p->to > 0 && p->to != p->from;
}

/* What cannot be, given the dates. */
static bool dates_agree(struct ent_import *im, const struct layout *l, const struct pledge *p)
{
    if (!p->announced.year || !p->checked.year) {
        ent__import_problem(im, p->announced.year ? l->checked : l->announced,
                            "a pledge needs the date on which it was %s",
                            p->announced.year ? "last checked" : "announced");
        return false;
    }
    if (before(p->checked, p->announced)) {
        ent__import_problem(im, l->checked, "checked before it was announced");
        return false;
    }
    if (p->due.year && before(p->due, p->announced)) {
        ent__import_problem(im, l->due, "due before it was announced");
        return false;
    }
    if (p->settled.year &&
        (before(p->settled, p->announced) || before(p->checked, p->settled))) {
        ent__import_problem(im, l->settled,
                            "settled before it was announced, or after it was checked");
        return false;
    }
    return true;
}

/* What cannot be, given the status. */
static bool status_agrees(struct ent_import *im, const struct layout *l, const struct pledge *p)
{
    bool open = p->status == STATUS_OPEN || p->status == STATUS_NONE;

    if (open && p->settled.year) {
        ent__import_problem(im, l->settled, "%s, and yet settled", statuses[p->status]);
        return false;
    }
    if (p->status == STATUS_KEPT && p->delivered < p->amount) {
        ent__import_problem(im, l->delivered,
                            "kept, and yet %g came of %g: that is partly, or open",
                            p->delivered, p->amount);
        return false;
    }
    if (p->status == STATUS_BROKEN && p->delivered > 0) {
        ent__import_problem(im, l->delivered, "broken, and yet %g came: that is partly",
                            p->delivered);
        return false;
    }
    if ((p->amount == p->amount || p->delivered == p->delivered) &&
        !ent__import_text(im, l->unit).len) {
        ent__import_problem(im, l->unit, "an amount without a unit");
        return false;
    }
    return true;
}

/* One row of the file; false when it was reported and is left out. */
static bool read_pledge(struct ent_import *im, const struct layout *l, struct pledge *p)
{
    bool good = read_day(im, l->announced, &p->announced);

    good = read_day(im, l->due, &p->due) && good;
    good = read_day(im, l->settled, &p->settled) && good;
    good = read_day(im, l->checked, &p->checked) && good;
    good = read_status(im, l->status, &p->status) && good;
    good = read_amount(im, l->amount, &p->amount) && good;
    good = read_amount(im, l->delivered, &p->delivered) && good;
    good = read_unit(im, l->unit, &p->usd) && good;
    good = read_joint(im, l->joint, &p->joint) && good;
    if (!good || !dates_agree(im, l, p) || !status_agrees(im, l, p) || !read_states(im, l, p))
        return false;
    if (ent__import_text(im, l->source).len)
        return true;
    ent__import_problem(im, l->source, "a pledge without a source");
    return false;
}

/* What came of what was promised, in the pledge's own unit; NAN where it is not known. */
static double came(const struct pledge *p)
{
    if (p->status == STATUS_BROKEN)
        return 0;
    if (p->status == STATUS_KEPT)
        return p->amount;
    return p->delivered < p->amount ? p->delivered : p->amount;
}

/* What came, and how late, of a pledge that is settled. */
static void measure(const struct pledge *p, union ent_value *row)
{
    if (p->usd > 0 && came(p) == came(p) && p->amount > 0) {
        row[SETTLED_USD].r = p->amount * p->usd;
        row[KEPT_USD].r = came(p) * p->usd;
    }
    if (p->status != STATUS_PARTLY || (p->amount > 0 && came(p) == came(p))) {
        row[FULFILLED].r =
            p->status == STATUS_PARTLY ? came(p) / p->amount : p->status == STATUS_KEPT;
        row[FULFILLED_KNOWN].i = 1;
    }
    if (p->due.year && p->settled.year && p->status == STATUS_KEPT) {
        row[DELAY].r = years_between(p->due, p->settled);
        row[DELAY_KNOWN].i = 1;
    }
}

/*
 * How a pledge stood at the end of a year.  Of one that was open when it was last checked,
 * nothing is known after: it was made, and that is all.
 */
static void stand(const struct pledge *p, int year, union ent_value *row)
{
    int when = p->settled.year ? p->settled.year : p->checked.year;
    bool is = p->status != STATUS_NONE;
    bool settled = is && p->status != STATUS_OPEN && year >= when;

    row[YEAR].i = year;
    row[PLEDGES].i = is;
    row[SETTLED_USD].r = row[KEPT_USD].r = row[FULFILLED].r = row[DELAY].r = NAN;
    if (!settled && year > p->checked.year)
        return;
    row[OPEN].i = is && !settled;
    row[OVERDUE].i = row[OPEN].i && p->due.year && year >= p->due.year;
    row[KEPT].i = settled && p->status == STATUS_KEPT;
    row[PARTLY].i = settled && p->status == STATUS_PARTLY;
    row[BROKEN].i = settled && p->status == STATUS_BROKEN;
    row[FULFILLED_KNOWN].i = row[DELAY_KNOWN].i = 0;
    if (settled)
        measure(p, row);
}

static enum ent_status put_texts(struct ent_import *im, struct ent_stage *stage,
                                 const struct layout *l, union ent_value *row,
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

/* A ledger as it is read: how far a row goes is known when all are. */
struct ledger {
    struct line {
        struct pledge pledge;
        size_t line;
        union ent_value row[COLUMNS]; /* what is alike in all years */
    } * lines;
    size_t count, capacity;
    struct day newest; /* check */
};

static enum ent_status add_line(struct ent_import *im, struct ent_stage *stage,
                                const struct layout *l, const struct pledge *p,
                                struct ledger *ledger, struct ent_error *err)
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
    if (before(ledger->newest, p->checked))
        ledger->newest = p->checked;
    return ENT_OK;
}

static enum ent_status read_ledger(struct ent_import *im, struct ent_stage *stage,
                                   struct ledger *ledger, struct ent_error *err)
{
    struct layout l;
    int64_t number = 0;
    bool more;

    ENT_TRY(find_columns(im, &l, err));
    ent__import_part(im, ent__import_first_text(im, l.ledger));
    for (;;) {
        struct pledge p = { 0 };

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        number++;
        if (!read_pledge(im, &l, &p))
            continue;
        p.number = p.status == STATUS_NONE ? 0 : number;
        ENT_TRY(add_line(im, stage, &l, &p, ledger, err));
    }
}

/*
 * The rows of one pledge in one direction, to the last year in which anything of the
 * ledger was checked; of what was looked for in vain, to its own.
 */
static enum ent_status put_years(struct ent_stage *stage, const struct ledger *ledger,
                                 const struct line *line, int from, int to,
                                 struct ent_error *err)
{
    const struct pledge *p = &line->pledge;
    int last = p->status == STATUS_NONE ? p->checked.year : ledger->newest.year;

    for (int year = p->announced.year; year <= last; year++) {
        static const size_t alike[] = { PLEDGE, AMOUNT,  DELIVERED, UNIT,   ANNOUNCED,
                                        DUE,    SETTLED, CHECKED,   STATUS, ID,
                                        BY,     WHAT,    SOURCE,    NOTE };
        union ent_value *row;

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
static enum ent_status put_all(struct ent_stage *stage, const struct ledger *ledger,
                               const struct line *line, struct ent_error *err)
{
    const struct pledge *p = &line->pledge;

    for (size_t i = 0; i < ent_state_count(); i++) {
        int to = ent_state_at(i)->id;

        if (to != p->from && ent_state_member(to, ENT_MEMBER_COW, p->announced.year))
            ENT_TRY(put_years(stage, ledger, line, p->from, to, err));
    }
    return ENT_OK;
}

static enum ent_status
put_ledger(struct ent_stage *stage, const struct ledger *ledger, struct ent_error *err)
{
    for (size_t i = 0; i < ledger->count; i++) {
        const struct line *line = &ledger->lines[i];
        const struct pledge *p = &line->pledge;

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
