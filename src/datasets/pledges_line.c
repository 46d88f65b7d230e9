/* Reading one line of a ledger of pledges, and saying what in it cannot be. */
#include "datasets/pledges.h"

#include <math.h>

#include "base/alloc.h"

static const char *const statuses[ENT_PLEDGE_STATUSES] = { "open", "kept", "partly", "broken",
                                                           "none" };

enum ent_status
ent__pledge_columns(struct ent_import *im, struct ent_pledge_columns *l, struct ent_error *err)
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
static bool read_day(struct ent_import *im, size_t column, struct ent_day *out)
{
    struct ent_str text = ent__import_text(im, column);
    int *parts[] = { &out->year, &out->month, &out->day };
    static const size_t widths[] = { 4, 2, 2 };
    size_t at = 0;
    bool good = true;

    *out = (struct ent_day){ 0 };
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

bool ent__day_before(struct ent_day a, struct ent_day b)
{
    if (a.year != b.year || !a.month || !b.month)
        return a.year < b.year;
    if (a.month != b.month || !a.day || !b.day)
        return a.month < b.month;
    return a.day < b.day;
}

static bool read_status(struct ent_import *im, size_t column, enum ent_pledge_status *out)
{
    struct ent_str text = ent__import_text(im, column);

    for (int s = 0; s < ENT_PLEDGE_STATUSES; s++) {
        if (ent__str_is_nocase(text, statuses[s])) {
            *out = (enum ent_pledge_status)s;
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
        { "billion US$", 1e3 }, { "bn US$", 1e3 },        { "million current US$", 1 },
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

static bool read_states(struct ent_import *im, const struct ent_pledge_columns *l,
                        struct ent_pledge_line *p)
{
    int year = p->announced.year;

    p->from = ent__import_state(im, l->from, ENT_CODE_ANY, year);
    if (p->from < 0) {
        ent__import_problem(im, l->from, "\"%.*s\" was no state in %d",
                            SHOWN(ent__import_text(im, l->from)), year);
        return false;
    }
    if (p->status == ENT_PLEDGE_NONE && ent__str_is_nocase(ent__import_text(im, l->to), "all"))
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
static bool dates_agree(struct ent_import *im, const struct ent_pledge_columns *l,
                        const struct ent_pledge_line *p)
{
    if (!p->announced.year || !p->checked.year) {
        ent__import_problem(im, p->announced.year ? l->checked : l->announced,
                            "a pledge needs the date on which it was %s",
                            p->announced.year ? "last checked" : "announced");
        return false;
    }
    if (ent__day_before(p->checked, p->announced)) {
        ent__import_problem(im, l->checked, "checked before it was announced");
        return false;
    }
    if (p->due.year && ent__day_before(p->due, p->announced)) {
        ent__import_problem(im, l->due, "due before it was announced");
        return false;
    }
    if (p->settled.year && (ent__day_before(p->settled, p->announced) ||
                            ent__day_before(p->checked, p->settled))) {
        ent__import_problem(im, l->settled,
                            "settled before it was announced, or after it was checked");
        return false;
    }
    return true;
}

/* What cannot be, given the status. */
static bool status_agrees(struct ent_import *im, const struct ent_pledge_columns *l,
                          const struct ent_pledge_line *p)
{
    bool open = p->status == ENT_PLEDGE_OPEN || p->status == ENT_PLEDGE_NONE;

    if (open && p->settled.year) {
        ent__import_problem(im, l->settled, "%s, and yet settled", statuses[p->status]);
        return false;
    }
    if (p->status == ENT_PLEDGE_KEPT && p->delivered < p->amount) {
        ent__import_problem(im, l->delivered,
                            "kept, and yet %g came of %g: that is partly, or open",
                            p->delivered, p->amount);
        return false;
    }
    if (p->status == ENT_PLEDGE_BROKEN && p->delivered > 0) {
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

bool ent__pledge_read(struct ent_import *im, const struct ent_pledge_columns *l,
                      struct ent_pledge_line *p)
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
