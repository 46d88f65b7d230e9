/* Reading casebooks. */
#include "entente/casebook.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "entente/state.h"
#include "io/source.h"

enum {
    MOST_COLUMNS = 64,
    MOST_CASEBOOKS = 256,
    MOST_ROWS = 10000, /* of a file; more is no casebook that somebody keeps */
    PATH_LONGEST = 4096,
    YEAR_FIRST = 1000,
    YEAR_LAST = 2200,
};

/* What is read of a file: its columns by name, and where to put a row. */
struct reading {
    struct ent_casebook *book;
    struct ent_arena *arena;
    const char *path;
    size_t column[MOST_COLUMNS]; /* by wanted column; SIZE_MAX: the file has it not */
    void *rows;
    size_t count, capacity;
};

typedef enum ent_status (*row_fn)(struct reading *r, const struct ent_record *record,
                                  struct ent_error *err);

/* One of the casebook's files. */
struct file {
    const char *name;
    const char *const *columns; /* NULL-terminated */
    size_t needed;              /* the first so many must be there */
    row_fn row;
};

/* A cell's text, copied; "" where there is none. */
static enum ent_status text_of(struct reading *r, const struct ent_record *record,
                               size_t column, const char **out, struct ent_error *err)
{
    size_t at = r->column[column];
    char digits[40];
    struct ent_str text = { "", 0 };

    if (at < record->cell_count)
        text = ent__cell_text(&record->cells[at], digits, sizeof(digits));
    *out = ent__arena_copy(r->arena, text);
    return *out ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
}

/* Say where in a row something is wrong. */
static enum ent_status wrong(struct reading *r, const struct ent_record *record, size_t column,
                             enum ent_status status, struct ent_error *err)
{
    ent_error_at(err, r->path, record->line, r->column[column] + 1);
    return status;
}

/* The state that a text names in a year, or a message. */
static enum ent_status state_of(struct ent_str text, int year, int *out, struct ent_error *err)
{
    struct ent_state_match match;
    struct ent_error why = { 0 };

    if (ent_state_find(text, ENT_CODE_ANY, year, &match, &why) != ENT_OK)
        return ent_fail(err, ENT_EFORMAT, "%s", why.message);
    *out = match.id;
    return ENT_OK;
}

/* "2014", "2013-2018" or "" into the two years. */
static bool years_of(const char *text, int *from, int *to)
{
    struct ent_str whole = ent__str(text);
    size_t dash = ent__str_find(whole, "-");
    int64_t first, last;

    *from = *to = 0;
    if (!whole.len)
        return true;
    if (!ent__str_to_i64(ent__str_slice(whole, 0, dash), &first))
        return false;
    last = first;
    if (dash != SIZE_MAX && !ent__str_to_i64(ent__str_slice(whole, dash + 1, whole.len), &last))
        return false;
    if (first < YEAR_FIRST || last < first || last > YEAR_LAST)
        return false;
    *from = (int)first;
    *to = (int)last;
    return true;
}

enum fact_column {
    FACT_ID,
    FACT_TEXT,
    FACT_STATES,
    FACT_SOURCE,
    FACT_YEAR,
    FACT_VALUE,
    FACT_UNIT,
    FACT_DATE,
    FACT_NOTE,
};

static const char *const fact_columns[] = { "id",    "fact", "states", "source", "year",
                                            "value", "unit", "date",   "note",   NULL };

static enum ent_status read_states(struct reading *r, const struct ent_record *record,
                                   struct ent_fact *fact, struct ent_error *err)
{
    const char *text;
    struct ent_str rest;

    ENT_TRY(text_of(r, record, FACT_STATES, &text, err));
    rest = ent__str(text);
    while (rest.len) {
        size_t comma = ent__str_find(rest, ",");
        struct ent_str one = ent__str_trim(ent__str_slice(rest, 0, comma));
        enum ent_status status;

        if (fact->state_count == ENT_FACT_STATES)
            status = ent_fail(err, ENT_EFORMAT, "more than %d states", ENT_FACT_STATES);
        else
            status = state_of(one, fact->to_year, &fact->states[fact->state_count++], err);
        if (status != ENT_OK)
            return wrong(r, record, FACT_STATES, status, err);
        rest = comma == SIZE_MAX ? ent__str("") : ent__str_slice(rest, comma + 1, rest.len);
    }
    if (!fact->state_count)
        return wrong(r, record, FACT_STATES,
                     ent_fail(err, ENT_EFORMAT, "a fact without a state"), err);
    return ENT_OK;
}

/* What must be filled, and told apart. */
static enum ent_status check_fact(struct reading *r, const struct ent_record *record,
                                  const struct ent_fact *fact, struct ent_error *err)
{
    const struct ent_fact *before = r->rows;

    if (!fact->id[0] || !fact->text[0] || !fact->source[0])
        return wrong(r, record,
                     !fact->id[0]     ? FACT_ID
                     : !fact->text[0] ? FACT_TEXT
                                      : FACT_SOURCE,
                     ent_fail(err, ENT_EFORMAT, "a fact needs an id, words and a source"), err);
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(before[i].id, fact->id) == 0)
            return wrong(r, record, FACT_ID,
                         ent_fail(err, ENT_EFORMAT, "\"%.40s\" is the id of line %zu already",
                                  fact->id, before[i].line),
                         err);
    }
    return ENT_OK;
}

static enum ent_status
read_fact(struct reading *r, const struct ent_record *record, struct ent_error *err)
{
    struct ent_fact fact = { .line = record->line, .value = NAN };
    const char *years;
    void *grown = r->rows;

    ENT_TRY(text_of(r, record, FACT_ID, &fact.id, err));
    ENT_TRY(text_of(r, record, FACT_TEXT, &fact.text, err));
    ENT_TRY(text_of(r, record, FACT_SOURCE, &fact.source, err));
    ENT_TRY(text_of(r, record, FACT_YEAR, &years, err));
    ENT_TRY(text_of(r, record, FACT_VALUE, &fact.value_text, err));
    ENT_TRY(text_of(r, record, FACT_UNIT, &fact.unit, err));
    ENT_TRY(text_of(r, record, FACT_DATE, &fact.date, err));
    ENT_TRY(text_of(r, record, FACT_NOTE, &fact.note, err));
    ENT_TRY(check_fact(r, record, &fact, err));
    if (!years_of(years, &fact.from_year, &fact.to_year))
        return wrong(r, record, FACT_YEAR,
                     ent_fail(err, ENT_EFORMAT,
                              "\"%.40s\" is no year; it is written 2014, 2013-2018 or left out",
                              years),
                     err);
    if (!ent__str_to_f64(ent__str(fact.value_text), &fact.value))
        fact.value = NAN;
    ENT_TRY(read_states(r, record, &fact, err));
    ENT_TRY(ent__grow(&grown, &r->capacity, r->count + 1, sizeof(fact), err));
    r->rows = grown;
    ((struct ent_fact *)r->rows)[r->count++] = fact;
    return ENT_OK;
}

enum pledge_column {
    PLEDGE_FROM,
    PLEDGE_TO,
    PLEDGE_WHAT,
    PLEDGE_ANNOUNCED,
    PLEDGE_STATUS,
    PLEDGE_CHECKED,
    PLEDGE_SOURCE,
    PLEDGE_ID,
    PLEDGE_BY,
    PLEDGE_AMOUNT,
    PLEDGE_UNIT,
    PLEDGE_DELIVERED,
    PLEDGE_DUE,
    PLEDGE_SETTLED,
    PLEDGE_NOTE,
    PLEDGE_JOINT,
};

static const char *const pledge_columns[] = {
    "from",   "to",   "what",      "announced", "status",  "checked", "source", "id", "by",
    "amount", "unit", "delivered", "due",       "settled", "note",    "joint",  NULL,
};

/* The year that a date begins with; 0 when it does not. */
static int year_of(const char *date)
{
    int64_t year;

    return ent__str_to_i64(ent__str_slice(ent__str(date), 0, 4), &year) && year > 0 ? (int)year
                                                                                    : 0;
}

static enum ent_status
read_pledge(struct reading *r, const struct ent_record *record, struct ent_error *err)
{
    struct ent_pledge p = { .line = record->line, .to = -1 };
    const struct {
        size_t column;
        const char **to;
    } texts[] = {
        { PLEDGE_WHAT, &p.what },     { PLEDGE_ANNOUNCED, &p.announced },
        { PLEDGE_STATUS, &p.status }, { PLEDGE_CHECKED, &p.checked },
        { PLEDGE_SOURCE, &p.source }, { PLEDGE_ID, &p.id },
        { PLEDGE_BY, &p.by },         { PLEDGE_AMOUNT, &p.amount },
        { PLEDGE_UNIT, &p.unit },     { PLEDGE_DELIVERED, &p.delivered },
        { PLEDGE_DUE, &p.due },       { PLEDGE_SETTLED, &p.settled },
        { PLEDGE_NOTE, &p.note },
    };
    const char *from, *to, *joint;
    void *grown = r->rows;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        ENT_TRY(text_of(r, record, texts[i].column, texts[i].to, err));
    ENT_TRY(text_of(r, record, PLEDGE_FROM, &from, err));
    ENT_TRY(text_of(r, record, PLEDGE_TO, &to, err));
    ENT_TRY(text_of(r, record, PLEDGE_JOINT, &joint, err));
    p.joint = ent__str_is_nocase(ent__str(joint), "yes");
    if (state_of(ent__str(from), year_of(p.announced), &p.from, err) != ENT_OK)
        return wrong(r, record, PLEDGE_FROM, ENT_EFORMAT, err);
    if (!ent__str_is_nocase(ent__str(to), "all") &&
        state_of(ent__str(to), year_of(p.announced), &p.to, err) != ENT_OK)
        return wrong(r, record, PLEDGE_TO, ENT_EFORMAT, err);
    ENT_TRY(ent__grow(&grown, &r->capacity, r->count + 1, sizeof(p), err));
    r->rows = grown;
    ((struct ent_pledge *)r->rows)[r->count++] = p;
    return ENT_OK;
}

static const struct file files[] = {
    { "facts.csv", fact_columns, FACT_YEAR, read_fact },
    { "pledges.csv", pledge_columns, PLEDGE_ID, read_pledge },
};

enum {
    FACTS,
    PLEDGES,
    FILES,
};

static enum ent_status find_columns(struct reading *r, const struct file *file,
                                    const struct ent_record *record, struct ent_error *err)
{
    for (size_t k = 0; file->columns[k]; k++) {
        r->column[k] = SIZE_MAX;
        for (size_t c = 0; c < record->cell_count; c++) {
            if (record->cells[c].kind == ENT_CELL_TEXT &&
                ent__str_is_nocase(ent__str_trim(record->cells[c].text), file->columns[k]))
                r->column[k] = c;
        }
        if (r->column[k] == SIZE_MAX && k < file->needed) {
            enum ent_status status =
                ent_fail(err, ENT_EFORMAT, "no column \"%s\"", file->columns[k]);

            ent_error_at(err, r->path, record->line, 0);
            return status;
        }
    }
    return ENT_OK;
}

/* Whether a row holds nothing. */
static bool is_blank(const struct ent_record *record)
{
    for (size_t c = 0; c < record->cell_count; c++) {
        if (!ent__cell_blank(&record->cells[c]))
            return false;
    }
    return true;
}

static enum ent_status read_rows(struct reading *r, const struct file *file,
                                 struct ent_source *source, struct ent_error *err)
{
    struct ent_record record;
    bool header = true;

    for (;;) {
        ENT_TRY(ent__source_next(source, &record, err));
        if (record.kind == ENT_RECORD_END)
            return ENT_OK;
        if (record.kind != ENT_RECORD_ROW || is_blank(&record))
            continue;
        if (r->count == MOST_ROWS) {
            ent_fail(err, ENT_EFORMAT, "more than %d rows", MOST_ROWS);
            ent_error_at(err, r->path, record.line, 0);
            return ENT_EFORMAT;
        }
        ENT_TRY(header ? find_columns(r, file, &record, err) : file->row(r, &record, err));
        header = false;
    }
}

/* One file of the casebook; *count stays 0 when it is not there. */
static enum ent_status read_file(struct ent_casebook *book, struct ent_arena *arena,
                                 const struct file *file, const void **rows, size_t *count,
                                 size_t size, struct ent_error *err)
{
    char *path = ent__arena_printf(arena, "%s/%s", book->folder, file->name);
    struct reading r = { .book = book, .arena = arena, .path = path };
    struct ent_source *source = NULL;
    enum ent_status status;
    void *kept;

    if (!path)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
    if (access(path, R_OK) != 0)
        return ENT_OK;
    ENT_TRY(ent__source_open(path, NULL, &source, err));
    status = read_rows(&r, file, source, err);
    ent__source_close(source);
    if (status == ENT_OK) {
        kept = ent__arena_array(arena, r.count + 1, size);
        if (!kept)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
        else if (r.count)
            memcpy(kept, r.rows, r.count * size);
        *rows = kept;
        *count = r.count;
    }
    ent__free(r.rows);
    return status;
}

/* The first heading of README.md, "# ...", or the name. */
static enum ent_status
read_title(struct ent_casebook *book, struct ent_arena *arena, struct ent_error *err)
{
    char *path = ent__arena_printf(arena, "%s/README.md", book->folder);
    char line[256];
    FILE *f = path ? fopen(path, "r") : NULL;

    book->title = book->name;
    while (f && fgets(line, sizeof(line), f)) {
        struct ent_str text = ent__str_trim(ent__str(line));

        if (!ent__str_starts(text, "# "))
            continue;
        book->title = ent__arena_copy(arena, ent__str_slice(text, 2, text.len));
        break;
    }
    if (f)
        fclose(f);
    if (!path || !book->title)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
    return ENT_OK;
}

static enum ent_status
read_all(const char *folder, struct ent_casebook *out, struct ent_error *err)
{
    struct ent_arena *arena = out->owned;
    struct ent_str path = ent__str(folder);
    const void *rows[FILES] = { NULL, NULL };
    size_t counts[FILES] = { 0, 0 };
    const char *slash;

    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    out->folder = ent__arena_copy(arena, path);
    if (!out->folder)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
    slash = strrchr(out->folder, '/');
    out->name = slash ? slash + 1 : out->folder;
    ENT_TRY(read_title(out, arena, err));
    ENT_TRY(read_file(out, arena, &files[FACTS], &rows[FACTS], &counts[FACTS],
                      sizeof(struct ent_fact), err));
    ENT_TRY(read_file(out, arena, &files[PLEDGES], &rows[PLEDGES], &counts[PLEDGES],
                      sizeof(struct ent_pledge), err));
    if (!rows[FACTS] && !rows[PLEDGES]) {
        enum ent_status status = ent_fail(
            err, ENT_ENOTFOUND, "no casebook: it has neither facts.csv nor pledges.csv");

        ent_error_at(err, folder, 0, 0);
        return status;
    }
    out->facts = rows[FACTS];
    out->fact_count = counts[FACTS];
    out->pledges = rows[PLEDGES];
    out->pledge_count = counts[PLEDGES];
    return ENT_OK;
}

enum ent_status
ent_casebook_read(const char *folder, struct ent_casebook *out, struct ent_error *err)
{
    struct ent_casebook book = { .owned = ent__calloc(1, sizeof(struct ent_arena)) };
    enum ent_status status;

    if (!book.owned)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a casebook");
    status = read_all(folder, &book, err);
    if (status != ENT_OK) {
        ent_casebook_release(&book);
        return status;
    }
    *out = book;
    return ENT_OK;
}

void ent_casebook_release(struct ent_casebook *casebook)
{
    if (casebook->owned)
        ent__arena_release(casebook->owned);
    ent__free(casebook->owned);
    *casebook = (struct ent_casebook){ .owned = NULL };
}

const struct ent_fact *ent_casebook_fact(const struct ent_casebook *casebook, const char *id)
{
    for (size_t i = 0; i < casebook->fact_count; i++) {
        if (strcmp(casebook->facts[i].id, id) == 0)
            return &casebook->facts[i];
    }
    return NULL;
}

static bool has_state(const struct ent_fact *fact, int state)
{
    for (size_t i = 0; i < fact->state_count; i++) {
        if (fact->states[i] == state)
            return true;
    }
    return false;
}

bool ent_fact_concerns(const struct ent_fact *fact, int a, int b, int year)
{
    return has_state(fact, a) && has_state(fact, b) && (!year || fact->to_year <= year);
}

bool ent_pledge_concerns(const struct ent_pledge *pledge, int a, int b, int year)
{
    bool two = (pledge->from == a && pledge->to == b) || (pledge->from == b && pledge->to == a);

    return two && (!year || year_of(pledge->announced) <= year);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether a folder has one of a casebook's files. */
static bool is_casebook(const char *folder)
{
    char path[PATH_LONGEST];

    for (int f = 0; f < FILES; f++) {
        int len = snprintf(path, sizeof(path), "%s/%s", folder, files[f].name);

        if (len > 0 && (size_t)len < sizeof(path) && access(path, R_OK) == 0)
            return true;
    }
    return false;
}

/* The paths of a folder's folders that are casebooks, in order, into the arena. */
static enum ent_status list_folders(struct ent_arena *arena, const char *folder, char **paths,
                                    size_t *count, struct ent_error *err)
{
    bool out_of_memory = false;
    struct dirent *entry;
    DIR *dir;

    *count = 0;
    if (is_casebook(folder)) {
        paths[0] = ent__arena_printf(arena, "%s", folder);
        *count = paths[0] != NULL;
        return paths[0] ? ENT_OK : ent_fail(err, ENT_ENOMEM, "out of memory for casebooks");
    }
    dir = opendir(folder);
    while (dir && !out_of_memory && *count < MOST_CASEBOOKS && (entry = readdir(dir))) {
        char *path;

        if (entry->d_name[0] == '.')
            continue;
        path = ent__arena_printf(arena, "%s/%s", folder, entry->d_name);
        out_of_memory = !path;
        if (path && is_casebook(path))
            paths[(*count)++] = path;
    }
    if (dir)
        closedir(dir);
    if (out_of_memory)
        return ent_fail(err, ENT_ENOMEM, "out of memory for casebooks");
    qsort(paths, *count, sizeof(*paths), by_text);
    return ENT_OK;
}

enum ent_status
ent_casebooks_read(const char *folder, struct ent_casebooks *out, struct ent_error *err)
{
    struct ent_arena arena = ENT_ARENA_INIT;
    struct ent_casebooks books = { .at = NULL };
    char *paths[MOST_CASEBOOKS];
    size_t count;
    enum ent_status status = list_folders(&arena, folder, paths, &count, err);

    if (status == ENT_OK && count) {
        books.at = ent__calloc(count, sizeof(*books.at));
        if (!books.at)
            status = ent_fail(err, ENT_ENOMEM, "out of memory for %zu casebooks", count);
    }
    for (size_t i = 0; status == ENT_OK && i < count; i++) {
        status = ent_casebook_read(paths[i], &books.at[i], err);
        books.count += status == ENT_OK;
    }
    ent__arena_release(&arena);
    if (status != ENT_OK) {
        ent_casebooks_release(&books);
        return status;
    }
    *out = books;
    return ENT_OK;
}

void ent_casebooks_release(struct ent_casebooks *casebooks)
{
    for (size_t i = 0; i < casebooks->count; i++)
        ent_casebook_release(&casebooks->at[i]);
    ent__free(casebooks->at);
    *casebooks = (struct ent_casebooks){ .at = NULL };
}
