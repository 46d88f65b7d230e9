/*
 * The run over files: walk folders, recognise tables, import them, put them into
 * the store, and say what came of each.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "datasets/recognise.h"
#include "datasets/user.h"
#include "io/digest.h"

struct run {
    struct ent_store *store;
    const struct ent_import_options *options;
    struct ent_import_summary *summary;
    struct ent_arena arena;         /* paths */
    const struct ent_dataset *user; /* with --as: the only dataset there is */
    char recogniser[32];            /* what this program can recognise */
    char sha256[ENT_SHA256_TEXT];
    uint64_t bytes;
    const char *path;
    bool any_failed, any_known; /* in this file */
};

/* A growing list of file paths. */
struct paths {
    char **at;
    size_t count;
    size_t capacity;
};

static enum ent_status
add_path(struct run *run, struct paths *paths, const char *path, struct ent_error *err)
{
    void *grown = paths->at;
    char *copy = ent__arena_printf(&run->arena, "%s", path);

    if (!copy)
        return ent_fail(err, ENT_ENOMEM, "out of memory for paths");
    ENT_TRY(ent__grow(&grown, &paths->capacity, paths->count + 1, sizeof(char *), err));
    paths->at = grown;
    paths->at[paths->count++] = copy;
    return ENT_OK;
}

static enum ent_status
walk(struct run *run, struct paths *paths, const char *path, int depth, struct ent_error *err);

static enum ent_status walk_folder(struct run *run, struct paths *paths, const char *path,
                                   int depth, struct ent_error *err)
{
    struct dirent **names = NULL;
    int count = scandir(path, &names, NULL, alphasort);
    enum ent_status status = ENT_OK;

    if (count < 0) {
        status = ent_fail(err, ENT_EIO, "cannot read this folder: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    for (int i = 0; i < count; i++) {
        if (status == ENT_OK && names[i]->d_name[0] != '.') {
            const char *slash = path[0] && path[strlen(path) - 1] == '/' ? "" : "/";
            char *inside =
                ent__arena_printf(&run->arena, "%s%s%s", path, slash, names[i]->d_name);

            status = inside ? walk(run, paths, inside, depth + 1, err)
                            : ent_fail(err, ENT_ENOMEM, "out of memory for paths");
        }
        free(names[i]);
    }
    free(names);
    return status;
}

static enum ent_status
walk(struct run *run, struct paths *paths, const char *path, int depth, struct ent_error *err)
{
    struct stat info;
    enum ent_status status;

    if (stat(path, &info) != 0) {
        if (depth > 0 && errno == ENOENT)
            return ENT_OK; /* a dangling link inside a folder */
        status = ent_fail(err, ENT_EIO, "%s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    if (S_ISDIR(info.st_mode) && depth < 32)
        return walk_folder(run, paths, path, depth, err);
    if (S_ISREG(info.st_mode))
        return add_path(run, paths, path, err);
    if (depth > 0)
        return ENT_OK;
    status = ent_fail(err, ENT_EINVAL, "this is neither a file nor a folder");
    ent_error_at(err, path, 0, 0);
    return status;
}

static void tell(struct run *run, struct ent_import_report *report)
{
    report->path = run->path;
    if (!report->table)
        report->table = "";
    if (!report->dataset)
        report->dataset = report->title = report->form = "";
    if (!report->part)
        report->part = report->version = report->other = "";
    if (!report->seen)
        report->seen = "";
    run->summary->tables[report->outcome]++;
    run->summary->rows += report->rows;
    if (report->outcome == ENT_IMPORT_FAILED)
        run->any_failed = true;
    if (report->outcome != ENT_IMPORT_UNKNOWN)
        run->any_known = true;
    if (run->options && run->options->report)
        run->options->report(run->options->context, report);
}

static void tell_failure(struct run *run, const struct ent_dataset *dataset,
                         const struct ent_form *form, const char *table,
                         struct ent_error *problem)
{
    const char *name = strrchr(run->path, '/');
    struct ent_import_report report = { .outcome = ENT_IMPORT_FAILED, .table = table };

    ent_error_at(problem, name ? name + 1 : run->path, 0, 0);
    if (dataset) {
        report.dataset = dataset->info.id;
        report.title = dataset->info.title;
        report.form = form->name;
    }
    report.error = problem;
    tell(run, &report);
}

/* A user's table lacks a column that he named: say which. */
static void tell_no_column(struct run *run, const struct ent_preview *p)
{
    const struct ent_form *form = &run->user->forms[0];
    const struct ent_cell *cells = p->typed ? p->names : p->row_count ? p->rows[0].cells : NULL;
    size_t count = p->typed ? p->name_count : p->row_count ? p->rows[0].cell_count : 0;
    struct ent_error problem = { 0 };

    for (const char *const *name = form->columns; *name; name++) {
        const char *const one[] = { *name, NULL };

        if (ent__header_fits(&(struct ent_form){ .columns = one }, cells, count))
            continue;
        (void)ent_fail(
            &problem, ENT_EFORMAT,
            "no column \"%s\" in the first row, and no other row has all the columns "
            "that were named",
            *name);
        break;
    }
    tell_failure(run, run->user, form, p->table.at, &problem);
}

/* Tables already staged as well as those rows that nobody wanted. */
static enum ent_status skip_table(struct ent_import_state *st, struct ent_error *err)
{
    while (!st->table_over) {
        ENT_TRY(ent__source_next(st->source, &st->record, err));
        st->table_over = st->record.kind != ENT_RECORD_ROW;
    }
    return ENT_OK;
}

static void release_state(struct ent_import_state *st)
{
    for (size_t i = 0; i < st->stage_count; i++)
        ent__stage_release(&st->stages[i]);
    ent__arena_release(&st->arena);
    ent__intern_release(&st->unmatched);
    ent__free(st->unmatched_rows);
    ent__free(st->unmatched_first);
    ent__free(st->problems);
}

static void note_repeat(void *context, uint64_t line, uint64_t first_line)
{
    struct ent_import *im = context;

    im->line = (size_t)line;
    ent__import_problem(im, SIZE_MAX, "says other than line %llu of the same; the first stays",
                        (unsigned long long)first_line);
}

static int by_rows(const void *a, const void *b)
{
    const struct ent_unmatched *x = a;
    const struct ent_unmatched *y = b;

    if (x->rows != y->rows)
        return x->rows > y->rows ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* The unmatched names of an import, most frequent first. */
static struct ent_unmatched *sort_unmatched(struct ent_import_state *st)
{
    size_t count = st->unmatched.count;
    struct ent_unmatched *all = ent__arena_array(&st->arena, count + 1, sizeof(*all));

    for (size_t i = 0; all && i < count; i++)
        all[i] = (struct ent_unmatched){ st->unmatched.text[i].at, st->unmatched_rows[i],
                                         st->unmatched_first[i] };
    if (all)
        qsort(all, count, sizeof(*all), by_rows);
    return all;
}

static enum ent_import_outcome outcome_of(enum ent_put_outcome put)
{
    static const enum ent_import_outcome outcomes[] = {
        [ENT_PUT_NEW] = ENT_IMPORT_NEW,         [ENT_PUT_REPLACED] = ENT_IMPORT_REPLACED,
        [ENT_PUT_SAME] = ENT_IMPORT_SAME,       [ENT_PUT_OLDER] = ENT_IMPORT_OLDER,
        [ENT_PUT_DIFFERS] = ENT_IMPORT_DIFFERS,
    };

    return outcomes[put];
}

/* Settle the stages, write them, and report. */
static enum ent_status put_table(struct run *run, struct ent_import *im, struct ent_error *err)
{
    struct ent_import_state *st = im->state;
    struct ent_stage *stages[ENT_IMPORT_STAGES];
    struct ent_unmatched *unmatched;
    const char **names;
    struct ent_problem problems[ENT_IMPORT_SHOWN];
    struct ent_put_result result;
    uint64_t merged = 0;
    size_t kept = 0;

    for (size_t i = 0; i < st->stage_count; i++) {
        stages[i] = &st->stages[i];
        ENT_TRY(ent__stage_settle(stages[i], note_repeat, im, err));
        merged += stages[i]->merged;
        kept += stages[i]->kept;
    }
    if (kept == 0 && st->problem_total == 0 && st->unmatched.count == 0)
        return ent_fail(err, ENT_EFORMAT, "the columns of %s, and no rows below them",
                        st->dataset->info.id);
    if (st->problem_total && run->options && run->options->strict) {
        if (err)
            *err = st->problems[0];
        return ENT_EFORMAT;
    }
    unmatched = sort_unmatched(st);
    names = ent__arena_array(&st->arena, st->unmatched.count + 1, sizeof(*names));
    if (!unmatched || !names || st->out_of_memory)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the report of an import");
    for (size_t i = 0; i < st->unmatched.count; i++)
        names[i] = unmatched[i].name;
    for (size_t i = 0; i < st->problem_count; i++)
        problems[i] = (struct ent_problem){ st->problems[i].line, st->problems[i].column,
                                            st->problems[i].message };
    struct ent_put put = {
        .dataset = &st->dataset->info,
        .part = st->part,
        .file = st->path,
        .sha256 = run->sha256,
        .bytes = run->bytes,
        .version = st->version,
        .format = ent__source_format(st->source),
        .years_given = st->years_given,
        .first_year = st->first_year,
        .last_year = st->last_year,
        .stages = stages,
        .stage_count = st->stage_count,
        .problems = problems,
        .problem_count = st->problem_count,
        .problem_total = st->problem_total,
        .unmatched = unmatched,
        .unmatched_count = st->unmatched.count,
    };
    ENT_TRY(
        ent__store_put(run->store, &put, run->options && run->options->replace, &result, err));
    struct ent_import_report report = {
        .outcome = outcome_of(result.outcome),
        .table = st->path == run->path && im->preview->table.at ? im->preview->table.at : "",
        .dataset = st->dataset->info.id,
        .title = st->dataset->info.title,
        .form = st->form->name,
        .part = st->part,
        .version = st->version,
        .other = result.outcome == ENT_PUT_SAME ? result.other_file : result.other_version,
        .first_year = result.first_year,
        .last_year = result.last_year,
        .rows = result.rows,
        .merged = merged,
        .problems = st->problem_total,
        .unmatched_count = st->unmatched.count,
        .unmatched = names,
        .shown_count = st->problem_count,
        .shown = st->problems,
    };
    tell(run, &report);
    return ENT_OK;
}

/*
 * The beginning of a table that nobody knows, for the list of such tables, and the
 * column for want of which it is not known, if it is one.
 */
static char *first_words(struct ent_import_state *st, const struct ent_preview *p)
{
    const struct ent_dataset *dataset;
    const char *lacking;
    const char *elsewhere;
    struct ent_buf buf;
    const struct ent_cell *cells = p->typed ? p->names : p->row_count ? p->rows[0].cells : NULL;
    size_t count = p->typed ? p->name_count : p->row_count ? p->rows[0].cell_count : 0;
    char digits[40];
    char *copy;

    ent__buf_init(&buf);
    for (size_t c = 0; c < count && buf.len < 60; c++) {
        struct ent_str text = ent__cell_text(&cells[c], digits, sizeof(digits));

        if (c)
            ent__buf_putc(&buf, ',');
        ent__buf_add(&buf, ent__str_slice(text, 0, 30));
    }
    lacking = ent__lacking(p, &dataset);
    elsewhere = ent__read_elsewhere(p);
    if (elsewhere)
        ent__buf_printf(&buf, ": %s", elsewhere);
    else if (lacking)
        ent__buf_printf(&buf, "; %s would need a column \"%s\"", dataset->info.id, lacking);
    copy = ent__arena_copy(&st->arena, ent__buf_str(&buf)); /* NULL reads as "" */
    ent__buf_release(&buf);
    return copy;
}

/* Failures of a file are reported and do not end the run; these do. */
static bool ends_run(enum ent_status status)
{
    return status == ENT_ECANCEL || status == ENT_ENOMEM || status == ENT_EDB ||
           status == ENT_EBUSY;
}

static enum ent_status
import_table(struct run *run, struct ent_import_state *st, struct ent_error *err)
{
    struct ent_preview preview;
    struct ent_import im = { .preview = &preview, .state = st };
    struct ent_error problem = { 0 };
    enum ent_status status;

    ENT_TRY(ent__preview_fill(st, &preview, err));
    st->form = ent__recognise(run->user, &preview, &st->dataset);
    if (!st->form && run->user) {
        tell_no_column(run, &preview);
        return skip_table(st, err);
    }
    if (!st->form) {
        struct ent_import_report report = { .outcome = ENT_IMPORT_UNKNOWN,
                                            .table = preview.table.at,
                                            .seen = first_words(st, &preview) };

        tell(run, &report);
        /* A text file has one table: whether the rest of it can be read does not matter. */
        if (preview.table.len > 0)
            return skip_table(st, err);
        st->record.kind = ENT_RECORD_END;
        return ENT_OK;
    }
    st->replay = preview.header == SIZE_MAX ? 0 : preview.header + 1;
    status = st->form->import(&im, &problem);
    if (status == ENT_OK)
        status = skip_table(st, &problem);
    if (status == ENT_OK)
        status = put_table(run, &im, &problem);
    if (status == ENT_OK)
        return ENT_OK;
    if (ends_run(status) || (status == ENT_EIO && problem.os_errno == ENOSPC)) {
        if (err)
            *err = problem;
        return status;
    }
    tell_failure(run, st->dataset, st->form, preview.table.at, &problem);
    /* Whether the file can be read on is for the next record to say. */
    return st->table_over ? ENT_OK : skip_table(st, err);
}

static enum ent_status
import_tables(struct run *run, struct ent_source *source, struct ent_error *err)
{
    struct ent_record record;
    enum ent_status status = ent__source_next(source, &record, err);

    if (status == ENT_OK && record.kind == ENT_RECORD_END) {
        struct ent_import_report report = { .outcome = ENT_IMPORT_UNKNOWN,
                                            .seen = "no table in it" };

        tell(run, &report);
    }
    while (status == ENT_OK && record.kind != ENT_RECORD_END) {
        struct ent_import_state st = {
            .path = run->path, .source = source, .record = record, .options = run->options
        };

        status = import_table(run, &st, err);
        record = st.record;
        release_state(&st);
    }
    return status;
}

static enum ent_status import_file(struct run *run, struct ent_error *err)
{
    struct ent_source *source = NULL;
    struct ent_error problem = { 0 };
    char known[128] = "";
    bool force = run->options && (run->options->replace || run->options->as);
    enum ent_status status;

    run->any_failed = run->any_known = false;
    run->summary->files++;
    status = ent__file_digest(run->path, run->sha256, &run->bytes, &problem);
    if (status == ENT_OK && !force)
        ENT_TRY(ent__store_file_known(run->store, run->sha256, run->recogniser, known,
                                      sizeof(known), err));
    if (known[0]) {
        struct ent_import_report report = { .outcome = strcmp(known, "unknown") == 0
                                                           ? ENT_IMPORT_UNKNOWN
                                                           : ENT_IMPORT_UNCHANGED };

        tell(run, &report);
        return ENT_OK;
    }
    if (status == ENT_OK)
        status = ent__source_open(run->path, NULL, &source, &problem);
    if (status == ENT_OK)
        status = import_tables(run, source, &problem);
    ent__source_close(source);
    if (status != ENT_OK && (ends_run(status) || problem.os_errno == ENOSPC)) {
        if (err)
            *err = problem;
        return status;
    }
    if (status != ENT_OK && !run->any_failed)
        tell_failure(run, NULL, NULL, "", &problem);
    if (run->any_failed || run->user)
        return ENT_OK;
    return ent__store_file_note(run->store, run->sha256, run->path,
                                run->any_known ? "imported" : "unknown", run->recogniser, err);
}

static uint64_t mix_text(uint64_t h, const char *text)
{
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u; /* FNV-1a */
    return h * 31;
}

/*
 * A label of all forms and columns there are: a file is read again by a program
 * that knows more, or keeps more of it.
 */
static void label_recogniser(char *label, size_t size)
{
    uint64_t h = 14695981039346656037u;

    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        for (size_t f = 0; f < (*d)->form_count; f++)
            h = mix_text(h, (*d)->forms[f].name);
        for (const struct ent_table *const *t = (*d)->tables; *t; t++) {
            for (size_t c = 0; c < (*t)->column_count; c++)
                h = mix_text(h, (*t)->columns[c].name);
        }
    }
    snprintf(label, size, "%016llx", (unsigned long long)h);
}

static enum ent_status
import_files(struct run *run, const struct paths *paths, struct ent_error *err)
{
    for (size_t i = 0; i < paths->count; i++) {
        const struct ent_import_options *o = run->options;

        run->path = paths->at[i];
        if (o && o->progress && o->progress(o->context, run->path, i, paths->count) != 0)
            return ent_fail(err, ENT_ECANCEL, "stopped; the store is as it was");
        ENT_TRY(import_file(run, err));
    }
    return ENT_OK;
}

enum ent_status ent_import(struct ent_store *store, const char *const *paths, size_t path_count,
                           const struct ent_import_options *options,
                           struct ent_import_summary *summary, struct ent_error *err)
{
    struct ent_import_summary none;
    struct run run = { .store = store,
                       .options = options,
                       .summary = summary ? summary : &none };
    struct paths files = { 0 };
    struct ent_user_dataset *user = NULL;
    enum ent_status status = ENT_OK;

    label_recogniser(run.recogniser, sizeof(run.recogniser));
    memset(run.summary, 0, sizeof(*run.summary));
    if (path_count == 0)
        return ent_fail(err, ENT_EINVAL, "nothing to import: name files or folders");
    for (size_t i = 0; status == ENT_OK && i < path_count; i++)
        status = walk(&run, &files, paths[i], 0, err);
    if (status == ENT_OK && options && options->user && !options->as)
        status = ent_fail(err, ENT_EINVAL,
                          "columns are named, but not what kind of table they are in");
    if (status == ENT_OK && options && options->as)
        status = ent__user_dataset_new(options->as, options->user, &user, err);
    run.user = user ? ent__user_dataset(user) : NULL;
    if (status == ENT_OK)
        status = ent__store_begin(store, err);
    if (status == ENT_OK) {
        status = import_files(&run, &files, err);
        if (status == ENT_OK)
            status = ent__store_commit(store, err);
        else
            ent__store_rollback(store);
    }
    ent__user_dataset_free(user);
    ent__free(files.at);
    ent__arena_release(&run.arena);
    return status;
}
