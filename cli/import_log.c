#include "import_log.h"

#include <stdlib.h>
#include <string.h>

#include "entente/number.h"

enum {
    NAMES_SHOWN = 6,
    PROBLEMS_SHOWN = 5,
    FILES_SHOWN = 8,
};

struct import_entry {
    struct ent_import_report report; /* its strings are copies */
    char **unmatched;
    struct ent_error *shown;
    struct ent_error error;
    size_t group; /* entries of one dataset that came to the same have the first one's index */
};

static const char *const outcome_words[] = {
    [ENT_IMPORT_NEW] = "new",
    [ENT_IMPORT_REPLACED] = "replaced",
    [ENT_IMPORT_UNCHANGED] = "unchanged",
    [ENT_IMPORT_SAME] = "same data",
    [ENT_IMPORT_OLDER] = "older, left out",
    [ENT_IMPORT_DIFFERS] = "differs, left out",
    [ENT_IMPORT_UNKNOWN] = "unknown",
    [ENT_IMPORT_FAILED] = "failed",
};

static const char *const outcome_keys[] = {
    [ENT_IMPORT_NEW] = "new",
    [ENT_IMPORT_REPLACED] = "replaced",
    [ENT_IMPORT_UNCHANGED] = "unchanged",
    [ENT_IMPORT_SAME] = "same",
    [ENT_IMPORT_OLDER] = "older",
    [ENT_IMPORT_DIFFERS] = "differs",
    [ENT_IMPORT_UNKNOWN] = "unknown",
    [ENT_IMPORT_FAILED] = "failed",
};

static void copy_lists(struct import_entry *e, const struct ent_import_report *report)
{
    e->unmatched = cli_alloc(report->unmatched_count, sizeof(*e->unmatched));
    for (size_t i = 0; i < report->unmatched_count; i++)
        e->unmatched[i] = cli_copy(report->unmatched[i]);
    e->shown = cli_alloc(report->shown_count, sizeof(*e->shown));
    for (size_t i = 0; i < report->shown_count; i++)
        e->shown[i] = report->shown[i];
    if (report->error)
        e->error = *report->error;
}

void import_log_add(void *context, const struct ent_import_report *report)
{
    struct import_log *log = context;
    struct import_entry *e;

    log->entries =
        cli_grow(log->entries, &log->capacity, log->count + 1, sizeof(*log->entries));
    e = &log->entries[log->count];
    *e = (struct import_entry){ .report = *report, .group = log->count };
    e->report.path = cli_copy(report->path);
    e->report.table = cli_copy(report->table);
    e->report.dataset = cli_copy(report->dataset);
    e->report.title = cli_copy(report->title);
    e->report.form = cli_copy(report->form);
    e->report.part = cli_copy(report->part);
    e->report.version = cli_copy(report->version);
    e->report.other = cli_copy(report->other);
    e->report.seen = cli_copy(report->seen);
    copy_lists(e, report);
    for (size_t i = 0; i < log->count; i++) {
        if (log->entries[i].report.outcome == report->outcome &&
            strcmp(log->entries[i].report.dataset, report->dataset) == 0) {
            e->group = log->entries[i].group;
            break;
        }
    }
    log->count++;
}

static void drop(const char *text)
{
    free((void *)(uintptr_t)text);
}

void import_log_release(struct import_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        struct import_entry *e = &log->entries[i];

        drop(e->report.path);
        drop(e->report.table);
        drop(e->report.dataset);
        drop(e->report.title);
        drop(e->report.form);
        drop(e->report.part);
        drop(e->report.version);
        drop(e->report.other);
        drop(e->report.seen);
        for (size_t n = 0; n < e->report.unmatched_count; n++)
            free(e->unmatched[n]);
        free(e->unmatched);
        free(e->shown);
    }
    free(log->entries);
    log->entries = NULL;
    log->count = log->capacity = 0;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static void years_text(int first, int last, char *text, size_t size)
{
    if (first == 0)
        text[0] = '\0';
    else if (first == last)
        snprintf(text, size, "%d", first);
    else
        snprintf(text, size, "%d–%d", first, last);
}

/* The sums over the entries of a group. */
struct group {
    size_t tables;
    uint64_t rows;
    int first_year, last_year;
    bool versions_differ;
};

static struct group sum_group(const struct import_log *log, size_t index)
{
    struct group g = { 0 };
    const struct ent_import_report *first = &log->entries[index].report;

    for (size_t i = index; i < log->count; i++) {
        const struct ent_import_report *report = &log->entries[i].report;

        if (log->entries[i].group != index)
            continue;
        g.tables++;
        g.rows += report->rows;
        if (report->first_year && (!g.first_year || report->first_year < g.first_year))
            g.first_year = report->first_year;
        if (report->last_year > g.last_year)
            g.last_year = report->last_year;
        if (strcmp(report->version, first->version) != 0)
            g.versions_differ = true;
    }
    return g;
}

static void
version_cell(struct ent_document *doc, const struct ent_import_report *report, bool differ)
{
    char text[400];

    if (differ)
        snprintf(text, sizeof(text), "several");
    else if (report->outcome == ENT_IMPORT_REPLACED && report->other[0])
        snprintf(text, sizeof(text), "%s (was %s)", report->version, report->other);
    else if (report->outcome == ENT_IMPORT_OLDER)
        snprintf(text, sizeof(text), "%s (%s stays)", report->version, report->other);
    else
        snprintf(text, sizeof(text), "%s", report->version);
    ent_document_cell(doc, ENT_TONE_PLAIN, text, NULL);
}

static void group_row(struct ent_document *doc, const struct import_log *log, size_t index)
{
    const struct ent_import_report *report = &log->entries[index].report;
    struct group g = sum_group(log, index);
    char text[64];

    ent_document_row(doc);
    ent_document_cell(doc,
                      report->outcome <= ENT_IMPORT_REPLACED ? ENT_TONE_GOOD : ENT_TONE_DIM,
                      outcome_words[report->outcome], NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, report->dataset, NULL);
    ent_document_cell(doc, ENT_TONE_PLAIN, report->title, NULL);
    ent_document_cell_int(doc, (long long)g.tables);
    ent_document_cell(doc, ENT_TONE_PLAIN,
                      ent_integer_text((int64_t)g.rows, text, sizeof(text)), NULL);
    years_text(g.first_year, g.last_year, text, sizeof(text));
    ent_document_cell(doc, ENT_TONE_PLAIN, text, NULL);
    version_cell(doc, report, g.versions_differ);
}

/* Whether an entry is one of a dataset that was recognised, and read or known to be read. */
static bool recognised(const struct ent_import_report *report)
{
    return report->outcome != ENT_IMPORT_UNKNOWN && report->outcome != ENT_IMPORT_FAILED &&
           report->outcome != ENT_IMPORT_UNCHANGED;
}

static void write_groups(struct ent_document *doc, const struct import_log *log)
{
    static const struct ent_document_column columns[] = {
        { "outcome", "", ENT_ALIGN_LEFT, false, 0 },
        { "dataset", "dataset", ENT_ALIGN_LEFT, false, 0 },
        { "title", "", ENT_ALIGN_LEFT, true, 1 },
        { "tables", "tables", ENT_ALIGN_RIGHT, false, 2 },
        { "rows", "rows", ENT_ALIGN_RIGHT, false, 0 },
        { "years", "years", ENT_ALIGN_LEFT, false, 0 },
        { "version", "version", ENT_ALIGN_LEFT, true, 0 },
    };
    bool any = false;

    for (size_t i = 0; i < log->count; i++) {
        if (!recognised(&log->entries[i].report) || log->entries[i].group != i)
            continue;
        if (!any)
            ent_document_table(doc, columns, sizeof(columns) / sizeof(columns[0]));
        any = true;
        group_row(doc, log, i);
    }
}

/* The distinct unmatched names of a dataset's entries (of one file alone with -v). */
struct names {
    const char **at;
    size_t count, capacity;
    size_t files;
};

static void collect_names(struct names *names, const struct import_entry *e)
{
    if (e->report.unmatched_count)
        names->files++;
    for (size_t n = 0; n < e->report.unmatched_count; n++) {
        bool known = false;

        for (size_t i = 0; !known && i < names->count; i++)
            known = strcmp(names->at[i], e->unmatched[n]) == 0;
        if (known)
            continue;
        names->at = cli_grow(names->at, &names->capacity, names->count + 1, sizeof(*names->at));
        names->at[names->count++] = e->unmatched[n];
    }
}

static void write_names(struct ent_document *doc, const struct import_log *log,
                        const char *dataset, const char *file, const struct names *names)
{
    size_t most = log->cli->verbose ? SIZE_MAX : NAMES_SHOWN;
    char text[3072];
    size_t used = (size_t)snprintf(text, sizeof(text), "%s, ", dataset);

    if (names->files > 1)
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%zu files: ", names->files);
    else
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%.200s: ", file);
    for (size_t n = 0; n < names->count && used < sizeof(text) - 100; n++) {
        if (n == most) {
            snprintf(text + used, sizeof(text) - used, " and %zu more", names->count - n);
            break;
        }
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%.60s", n ? "; " : "",
                                 names->at[n]);
    }
    ent_document_text(doc, ENT_TONE_PLAIN, "  %s", text);
}

static void write_unmatched(struct ent_document *doc, const struct import_log *log)
{
    bool headed = false;
    bool each = log->cli->verbose > 0;

    for (size_t i = 0; i < log->count; i++) {
        const struct ent_import_report *report = &log->entries[i].report;
        struct names names = { 0 };
        const char *file = NULL;

        if (!each && log->entries[i].group != i)
            continue;
        for (size_t k = i; k < (each ? i + 1 : log->count); k++) {
            if (!each && log->entries[k].group != i)
                continue;
            collect_names(&names, &log->entries[k]);
            if (!file && names.files)
                file = file_name(log->entries[k].report.path);
        }
        if (names.count && !headed)
            ent_document_heading(doc, "Names and codes that are no state (their rows are left "
                                      "out)");
        if (names.count)
            write_names(doc, log, report->dataset, file, &names);
        headed = headed || names.count;
        free(names.at);
    }
}

static void write_problems(struct ent_document *doc, const struct import_log *log)
{
    size_t most = log->cli->verbose ? SIZE_MAX : PROBLEMS_SHOWN;
    bool headed = false;
    char text[1024];

    for (size_t i = 0; i < log->count; i++) {
        const struct import_entry *e = &log->entries[i];

        if (e->report.problems == 0)
            continue;
        if (!headed)
            ent_document_heading(doc, "Rows and cells left out");
        headed = true;
        for (size_t n = 0; n < e->report.shown_count && n < most; n++) {
            struct ent_error where = e->shown[n];

            ent_error_at(&where, file_name(e->report.path), 0, 0);
            ent_document_text(doc, ENT_TONE_PLAIN, "  %s",
                              ent_error_text(&where, text, sizeof(text)));
        }
        if (e->report.problems > most || e->report.problems > e->report.shown_count)
            ent_document_text(doc, ENT_TONE_DIM, "  %s: %llu in all", file_name(e->report.path),
                              (unsigned long long)e->report.problems);
    }
}

static void write_failures(struct ent_document *doc, const struct import_log *log)
{
    bool headed = false;
    char text[1024];

    for (size_t i = 0; i < log->count; i++) {
        const struct import_entry *e = &log->entries[i];

        if (e->report.outcome != ENT_IMPORT_FAILED && e->report.outcome != ENT_IMPORT_DIFFERS)
            continue;
        if (!headed)
            ent_document_heading(doc, "Not imported");
        headed = true;
        if (e->report.outcome == ENT_IMPORT_FAILED)
            ent_document_text(doc, ENT_TONE_BAD, "  %s",
                              ent_error_text(&e->error, text, sizeof(text)));
        else
            ent_document_text(doc, ENT_TONE_PLAIN,
                              "  %s: other data of the same version of %s are in the store and "
                              "stay (--replace puts these in their place)",
                              file_name(e->report.path), e->report.dataset);
    }
}

/* A file all of whose tables are unknown is one line: the first table speaks for them. */
static bool same_file(const struct import_log *log, size_t index)
{
    return index > 0 && log->entries[index - 1].report.outcome == ENT_IMPORT_UNKNOWN &&
           strcmp(log->entries[index - 1].report.path, log->entries[index].report.path) == 0;
}

static void write_unknown(struct ent_document *doc, const struct import_log *log)
{
    size_t most = log->cli->verbose ? SIZE_MAX : FILES_SHOWN;
    size_t files = 0;

    for (size_t i = 0; i < log->count; i++) {
        const struct ent_import_report *report = &log->entries[i].report;

        if (report->outcome != ENT_IMPORT_UNKNOWN || (most != SIZE_MAX && same_file(log, i)))
            continue;
        if (files++ == 0)
            ent_document_heading(doc, "Not recognised: of no dataset that Entente knows");
        if (files <= most)
            ent_document_text(doc, ENT_TONE_PLAIN, "  %s%s%s%s%s", file_name(report->path),
                              report->table[0] ? ", " : "", report->table,
                              report->seen[0] ? ": begins " : "", report->seen);
    }
    if (files > most)
        ent_document_text(doc, ENT_TONE_DIM, "  and %zu more (-v lists all)", files - most);
}

static int write_text(struct import_log *log)
{
    struct ent_document *doc = ent_document_new();
    size_t unchanged = log->summary.tables[ENT_IMPORT_UNCHANGED];
    char rows[32];

    if (!doc)
        return cli_complain("out of memory");
    write_groups(doc, log);
    write_unmatched(doc, log);
    write_problems(doc, log);
    write_unknown(doc, log);
    write_failures(doc, log);
    if (log->count > unchanged)
        ent_document_gap(doc);
    if (unchanged)
        ent_document_text(doc, ENT_TONE_PLAIN, "%zu %s had been imported before.", unchanged,
                          unchanged == 1 ? "file" : "files");
    ent_document_text(doc, ENT_TONE_PLAIN, "%zu %s read, %s rows put into %s",
                      log->summary.files, log->summary.files == 1 ? "file" : "files",
                      ent_integer_text((int64_t)log->summary.rows, rows, sizeof(rows)),
                      log->store);
    return cli_write(log->cli, doc);
}

static int write_tsv(const struct import_log *log)
{
    static const char *const keys[] = { "outcome",   "dataset",    "part",      "version",
                                        "other",     "rows",       "merged",    "problems",
                                        "unmatched", "first_year", "last_year", "file",
                                        "table",     "message" };
    struct ent_document_column columns[sizeof(keys) / sizeof(keys[0])] = { 0 };
    struct ent_document *doc = ent_document_new();

    if (!doc)
        return cli_complain("out of memory");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        columns[i].key = keys[i];
    ent_document_table(doc, columns, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < log->count; i++) {
        const struct ent_import_report *e = &log->entries[i].report;

        ent_document_row(doc);
        ent_document_cell(doc, ENT_TONE_PLAIN, outcome_keys[e->outcome], NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->dataset, NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->part, NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->version, NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->other, NULL);
        ent_document_cell_int(doc, (long long)e->rows);
        ent_document_cell_int(doc, (long long)e->merged);
        ent_document_cell_int(doc, (long long)e->problems);
        ent_document_cell_int(doc, (long long)e->unmatched_count);
        ent_document_cell_int(doc, e->first_year);
        ent_document_cell_int(doc, e->last_year);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->path, NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, e->table, NULL);
        ent_document_cell(doc, ENT_TONE_PLAIN, log->entries[i].error.message, NULL);
    }
    return cli_write(log->cli, doc);
}

static void json_error(struct ent_json *json, const struct ent_error *error)
{
    ent_json_open_object(json, NULL);
    ent_json_int(json, "line", (int64_t)error->line);
    ent_json_int(json, "column", (int64_t)error->column);
    ent_json_text(json, "message", error->message);
    ent_json_close(json);
}

static void json_entry(struct ent_json *json, const struct import_entry *e)
{
    const struct ent_import_report *r = &e->report;

    ent_json_open_object(json, NULL);
    ent_json_text(json, "outcome", outcome_keys[r->outcome]);
    ent_json_text(json, "file", r->path);
    ent_json_text(json, "table", r->table);
    ent_json_text(json, "dataset", r->dataset);
    ent_json_text(json, "part", r->part);
    ent_json_text(json, "version", r->version);
    ent_json_text(json, "other", r->other);
    ent_json_int(json, "rows", (int64_t)r->rows);
    ent_json_int(json, "merged", (int64_t)r->merged);
    ent_json_int(json, "first_year", r->first_year);
    ent_json_int(json, "last_year", r->last_year);
    ent_json_int(json, "problems", (int64_t)r->problems);
    ent_json_open_list(json, "problems_shown");
    for (size_t i = 0; i < r->shown_count; i++)
        json_error(json, &e->shown[i]);
    ent_json_close(json);
    ent_json_open_list(json, "unmatched");
    for (size_t i = 0; i < r->unmatched_count; i++)
        ent_json_text(json, NULL, e->unmatched[i]);
    ent_json_close(json);
    ent_json_text(json, "message", r->outcome == ENT_IMPORT_FAILED ? e->error.message : NULL);
    ent_json_close(json);
}

static int write_json(const struct import_log *log)
{
    struct ent_json *json = ent_json_new();

    if (!json)
        return cli_complain("out of memory");
    ent_json_open_object(json, NULL);
    ent_json_text(json, "store", log->store);
    ent_json_int(json, "files", (int64_t)log->summary.files);
    ent_json_int(json, "rows", (int64_t)log->summary.rows);
    ent_json_open_list(json, "tables");
    for (size_t i = 0; i < log->count; i++)
        json_entry(json, &log->entries[i]);
    ent_json_close(json);
    ent_json_close(json);
    return cli_write_json(json);
}

int import_log_write(struct import_log *log)
{
    enum cli_format format = cli_output(log->cli);
    int status = format == CLI_JSON  ? write_json(log)
                 : format == CLI_TSV ? write_tsv(log)
                                     : write_text(log);
    size_t unknown = log->summary.tables[ENT_IMPORT_UNKNOWN];
    char text[1024];

    if (log->summary.tables[ENT_IMPORT_FAILED]) {
        for (size_t i = 0; format != CLI_TEXT && i < log->count; i++) {
            if (log->entries[i].report.outcome == ENT_IMPORT_FAILED)
                cli_complain("%s", ent_error_text(&log->entries[i].error, text, sizeof(text)));
        }
        return CLI_FAILED;
    }
    if (unknown && unknown == log->count)
        return cli_complain("nothing imported: no file is of a dataset that Entente knows (see "
                            "entente data)");
    return status;
}
