/* A dossier out of the starter panel. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/intern.h"
#include "entente/dossier_json.h"
#include "io/source.h"
#include "query/dossier.h"
#include "query/starter.h"

enum {
    MAX_YEARS = 400,
    YEAR_LAST = 2200,
    FIELDS = 6,
};

/* One line of one file of the panel. */
struct line {
    const char *measure, *source, *side, *kind;
    struct ent_series series; /* of `covers`: v[0] is the last year */
    int whose;                /* which file: see enum whose */
};

enum whose {
    OF_PANEL = 0,
    OF_DYAD,
    OF_A,
    OF_B,
    OF_REFERENCE,
};

struct starter {
    struct ent_arena *arena;
    const char *folder;
    struct line *lines;
    size_t count, capacity;
    bool turned;    /* the dyad's file is B-A */
    bool referring; /* places among allies are asked for */
};

static char *field(struct starter *s, const struct ent_record *r, size_t i)
{
    return ent__arena_copy(s->arena, ent__str_trim(r->cells[i].text));
}

static enum ent_status
add_line(struct starter *s, const struct ent_record *r, int whose, struct ent_error *err)
{
    double values[MAX_YEARS];
    struct line *line;
    void *grown = s->lines;
    int64_t first;
    size_t count;

    if (r->cell_count != FIELDS || !ent__cell_i64(&r->cells[4], &first) || first < 0 ||
        first > YEAR_LAST)
        return ent_fail(err, ENT_EFORMAT, "a line of %d fields with a year was expected",
                        FIELDS);
    ENT_TRY(ent__series_read(r->cells[5].text, values, MAX_YEARS, &count, err));
    ENT_TRY(ent__grow(&grown, &s->capacity, s->count + 1, sizeof(*s->lines), err));
    s->lines = grown;
    line = &s->lines[s->count++];
    line->measure = field(s, r, 0);
    line->source = field(s, r, 1);
    line->side = field(s, r, 2);
    line->kind = field(s, r, 3);
    line->whose = whose;
    line->series.first = (int)first;
    line->series.count = count;
    line->series.v = ent__arena_array(s->arena, count + 1, sizeof(double));
    if (!line->measure || !line->source || !line->side || !line->kind || !line->series.v)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the starter panel");
    memcpy(line->series.v, values, count * sizeof(double));
    return ENT_OK;
}

static enum ent_status
read_lines(struct starter *s, struct ent_source *source, int whose, struct ent_error *err)
{
    struct ent_record r;
    bool header = true;

    for (;;) {
        ENT_TRY(ent__source_next(source, &r, err));
        if (r.kind == ENT_RECORD_END)
            return ENT_OK;
        if (r.kind != ENT_RECORD_ROW)
            continue;
        if (!header) {
            enum ent_status status = add_line(s, &r, whose, err);

            if (status != ENT_OK) {
                ent_error_at(err, s->folder, r.line, 0);
                return status;
            }
        }
        header = false;
    }
}

static enum ent_status
read_file(struct starter *s, const char *name, int whose, struct ent_error *err)
{
    struct ent_source *source = NULL;
    char path[4096];
    enum ent_status status;

    snprintf(path, sizeof(path), "%s/%s.csv.gz", s->folder, name);
    if (access(path, R_OK) != 0) {
        status =
            ent_fail(err, ENT_ENOTFOUND, "the starter panel is not here: %s", strerror(errno));
        ent_error_at(err, path, 0, 0);
        return status;
    }
    ENT_TRY(ent__source_open(path, NULL, &source, err));
    status = read_lines(s, source, whose, err);
    ent__source_close(source);
    return status;
}

static bool has_file(const struct starter *s, const char *name)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/%s.csv.gz", s->folder, name);
    return access(path, R_OK) == 0;
}

/* The line of a measure and source; NULL when there is none. */
static const struct line *find_line(const struct starter *s, const char *measure,
                                    const char *source, const char *side, const char *kind,
                                    int whose)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct line *l = &s->lines[i];

        if (l->whose == whose && strcmp(l->kind, kind) == 0 &&
            strcmp(l->measure, measure) == 0 && strcmp(l->source, source) == 0 &&
            (!side || strcmp(l->side, side) == 0))
            return l;
    }
    return NULL;
}

/* What a line says of a year; NAN when it says nothing, or that there is no value. */
static double raw_year(const struct line *line, int year)
{
    if (!line || year < line->series.first ||
        year >= line->series.first + (int)line->series.count)
        return NAN;
    return line->series.v[year - line->series.first];
}

static double at_year(const struct line *line, int year)
{
    double v = raw_year(line, year);

    return isinf(v) ? (double)NAN : v;
}

/* A value's place and share below it, from its own lines and the panel's. */
static void set_place(const struct starter *s, const struct ent_reading *r, int year,
                      struct ent_value_read *v, const char *side, int whose)
{
    const char *id = ent_measure_at(r->measure)->id;
    double of = at_year(find_line(s, id, r->source, NULL, "of", OF_PANEL), year);
    double place = at_year(find_line(s, id, r->source, side, "place", whose), year);
    double equal = at_year(find_line(s, id, r->source, side, "equal", whose), year);

    if (v->value == 0) {
        place = at_year(find_line(s, id, r->source, NULL, "zero_place", OF_PANEL), year);
        equal = at_year(find_line(s, id, r->source, NULL, "zeros", OF_PANEL), year);
    }
    if (of != of || place != place)
        return;
    if (equal != equal)
        equal = 1;
    v->place = (uint32_t)place;
    v->of = (uint32_t)of;
    v->percentile = (of - (place - 1) - equal + 0.5 * equal) / of;
}

/* The place of a value by the spread of all dyads or of allies in a year. */
static double spread_place(const struct starter *s, const struct ent_reading *r,
                           const char *whose, int year, double value)
{
    const char *id = ent_measure_at(r->measure)->id;
    const struct line *first = find_line(s, id, r->source, whose, "0", OF_REFERENCE);
    double spread[ENT_SPREAD];

    /* The lines of a spread follow each other. */
    if (value != value || !first || s->count - (size_t)(first - s->lines) < ENT_SPREAD)
        return NAN;
    for (size_t k = 0; k < ENT_SPREAD; k++) {
        spread[k] = at_year(&first[k], year);
        if (isnan(spread[k]) || strcmp(first[k].measure, id) != 0)
            return NAN;
    }
    return ent__spread_place(spread, value);
}

/* A whole number of a line in a year; 0 where it says none that can be. */
static uint32_t count_at(const struct line *line, int year)
{
    double v = at_year(line, year);

    return v >= 0 && v < UINT32_MAX ? (uint32_t)v : 0;
}

/* What allies and the past make of a value, where the panel says how they are spread. */
static void set_reference(const struct starter *s, const struct ent_reading *r, int year,
                          struct ent_value_read *v)
{
    const struct ent_measure_info *info = ent_measure_at(r->measure);
    const struct line *of = find_line(s, info->id, r->source, "allies", "of", OF_REFERENCE);

    if (!of)
        return;
    v->ally_percentile = spread_place(s, r, "allies", year, v->value);
    v->ally_of = count_at(of, year);
    v->percentile_before = spread_place(s, r, "all", year, v->trend[0]);
    if (v->place == 0 && v->reason == ENT_KNOWN) {
        v->percentile = spread_place(s, r, "all", year, v->value);
        v->place = isnan(v->percentile) ? 0 : 1;
        v->of = count_at(find_line(s, info->id, r->source, NULL, "of", OF_PANEL), year);
    }
}

/* One side of a reading.  What has no year stands in the panel's last one. */
static void read_value(const struct starter *s, const struct ent_reading *r,
                       struct ent_value_read *v, const char *side, int whose)
{
    const struct ent_measure_info *info = ent_measure_at(r->measure);
    const struct line *line = find_line(s, info->id, r->source, side, "value", whose);
    int year = !r->first_year && line ? line->series.first : r->year;

    for (int k = r->first_year ? 0 : ENT_TREND_YEARS - 1; k < ENT_TREND_YEARS; k++)
        v->trend[k] = at_year(line, year - ENT_TREND_YEARS + 1 + k);
    v->value = v->trend[ENT_TREND_YEARS - 1];
    v->reason = v->value == v->value ? ENT_KNOWN : line ? ENT_NO_VALUE : ENT_NOT_WATCHED;
    if (v->reason == ENT_KNOWN && ent__has_place(info))
        set_place(s, r, year, v, side, whose);
    if (s->referring)
        set_reference(s, r, year, v);
}

/* Whether the source has nothing at all on these two in the year of a reading. */
static bool has_nothing(const struct starter *s, const struct ent_reading *r)
{
    const struct ent_measure_info *info = ent_measure_at(r->measure);
    bool monadic = info->direction == ENT_MONADIC;
    bool directed = info->direction == ENT_DIRECTED;
    const struct line *a = find_line(s, info->id, r->source, directed ? ">" : "=", "value",
                                     monadic ? OF_A : OF_DYAD);
    const struct line *b = find_line(s, info->id, r->source, directed ? "<" : "=", "value",
                                     monadic ? OF_B : OF_DYAD);

    return isnan(raw_year(a, r->year)) && isnan(raw_year(b, r->year));
}

static void
read_sides(const struct starter *s, struct ent_reading *r, enum ent_direction direction)
{
    switch (direction) {
    case ENT_MONADIC:
        read_value(s, r, &r->forward, "=", OF_A);
        read_value(s, r, &r->backward, "=", OF_B);
        break;
    case ENT_UNDIRECTED:
        read_value(s, r, &r->forward, "=", OF_DYAD);
        r->backward = r->forward;
        break;
    case ENT_DIRECTED:
        read_value(s, r, &r->forward, s->turned ? "<" : ">", OF_DYAD);
        read_value(s, r, &r->backward, s->turned ? ">" : "<", OF_DYAD);
        break;
    }
}

static struct ent_coverage
coverage_of(const struct starter *s, const char *measure, const char *source)
{
    const struct line *covers = find_line(s, measure, source, NULL, "covers", OF_PANEL);

    if (!covers || covers->series.count != 1 || !(covers->series.v[0] >= 0) ||
        covers->series.v[0] > YEAR_LAST)
        return (struct ent_coverage){ .version = "" };
    return (struct ent_coverage){ .loaded = true,
                                  .version = covers->side,
                                  .first_year = covers->series.first,
                                  .last_year = (int)covers->series.v[0] };
}

static enum ent_status make_readings(const struct starter *s,
                                     const struct ent_dossier_options *o, struct ent_dossier *d,
                                     struct ent_error *err)
{
    size_t most = 0;

    for (size_t m = 0; m < ent_measure_count(); m++)
        most += ent_measure_at(m)->source_count;
    d->readings = ent__arena_array(s->arena, most + 1, sizeof(*d->readings));
    if (!d->readings)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu readings", most);
    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure_info *info = ent_measure_at(m);

        for (size_t k = 0; ent__measure_wanted(o, m) && k < info->source_count; k++) {
            struct ent_reading *r = &d->readings[d->count++];

            r->measure = m;
            r->source = info->sources[k];
            ent__value_begin(&r->forward);
            ent__value_begin(&r->backward);
            ent__reading_year(r, o, d->year, coverage_of(s, info->id, r->source));
            if (r->forward.reason != ENT_KNOWN)
                continue;
            read_sides(s, r, info->direction);
            if (has_nothing(s, r) && ent__reading_back(r, o, d->year))
                read_sides(s, r, info->direction);
        }
    }
    return ENT_OK;
}

static int newest_year(const struct starter *s)
{
    int newest = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct line *l = &s->lines[i];

        if (strcmp(l->kind, "covers") == 0 && l->series.count == 1 && l->series.v[0] > newest)
            newest = (int)l->series.v[0];
    }
    return newest;
}

static enum ent_status check_states(int a, int b, struct ent_error *err)
{
    struct ent_buf names;
    int missing = -1;
    enum ent_status status;

    for (int k = 0; k < 2; k++) {
        bool there = false;

        for (size_t i = 0; i < ent_starter_state_count(); i++)
            there = there || ent_starter_state_at(i) == (k ? b : a);
        if (!there && missing < 0)
            missing = k ? b : a;
    }
    if (missing < 0)
        return ENT_OK;
    ent__buf_init(&names);
    for (size_t i = 0; i < ent_starter_state_count(); i++)
        ent__buf_printf(&names, "%s%s", i ? " " : "", ent_state_code(ent_starter_state_at(i)));
    status =
        ent_fail(err, ENT_ENOTFOUND,
                 "there is no store, and the starter panel that ships with Entente has not "
                 "%s; it has %s",
                 ent_state_code(missing), names.text);
    ent__buf_release(&names);
    return status;
}

static enum ent_status read_panel(struct starter *s, struct ent_dossier *d,
                                  const struct ent_dossier_options *o, struct ent_error *err)
{
    const char *one = ent_state_code(d->a);
    const char *two = ent_state_code(d->b);
    char name[16];

    s->turned = strcmp(one, two) > 0;
    snprintf(name, sizeof(name), "%s-%s", s->turned ? two : one, s->turned ? one : two);
    ENT_TRY(read_file(s, "panel", OF_PANEL, err));
    ENT_TRY(read_file(s, name, OF_DYAD, err));
    ENT_TRY(read_file(s, one, OF_A, err));
    ENT_TRY(read_file(s, two, OF_B, err));
    s->referring = o->allies;
    if (o->allies && has_file(s, "reference"))
        ENT_TRY(read_file(s, "reference", OF_REFERENCE, err));
    d->latest = d->year == 0;
    if (d->latest)
        d->year = newest_year(s);
    ENT_TRY(ent__dyad_check(d->a, d->b, d->year, err));
    return make_readings(s, o, d, err);
}

enum ent_status ent_dossier_starter(const char *path, int a, int b,
                                    const struct ent_dossier_options *options,
                                    struct ent_dossier *out, struct ent_error *err)
{
    static const struct ent_dossier_options defaults;
    struct ent_dossier d = {
        .a = a, .b = b, .starter = true, .year = options ? options->year : 0
    };
    struct starter s = { .folder = path };
    enum ent_status status;

    if (options && options->option_count)
        return ent_fail(
            err, ENT_EINVAL,
            "options need a store: the starter panel's values are computed already");
    ENT_TRY(ent__dyad_check(a, b, d.year, err));
    ENT_TRY(check_states(a, b, err));
    s.arena = ent__calloc(1, sizeof(*s.arena));
    if (!s.arena)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a dossier");
    d.owned = s.arena;
    status = read_panel(&s, &d, options ? options : &defaults, err);
    ent__free(s.lines);
    if (status != ENT_OK) {
        ent_dossier_release(&d);
        return status;
    }
    *out = d;
    return ENT_OK;
}

enum ent_status ent__starter_terms(const char *path, int a, int b, int year, uint32_t *terms,
                                   int *observed, struct ent_error *err)
{
    struct starter s = { .folder = path };
    struct ent_arena arena = ENT_ARENA_INIT;
    const char *one = ent_state_code(a);
    const char *two = ent_state_code(b);
    enum ent_status status = ENT_OK;
    char dyad[16];

    *terms = 0;
    *observed = 0;
    s.arena = &arena;
    if (has_file(&s, "treaties"))
        status = read_file(&s, "treaties", OF_REFERENCE, err);
    snprintf(dyad, sizeof(dyad), "%s-%s", strcmp(one, two) > 0 ? two : one,
             strcmp(one, two) > 0 ? one : two);
    for (size_t i = 0; status == ENT_OK && i < s.count; i++) {
        const struct ent_series *series = &s.lines[i].series;
        int last = series->first + (int)series->count - 1;
        int at = year < last ? year : last;

        if (*observed == 0)
            *observed = at;
        if (strcmp(s.lines[i].side, dyad) == 0)
            *terms = count_at(&s.lines[i], at);
    }
    ent__free(s.lines);
    ent__arena_release(&arena);
    return status;
}

/* One file of the panel, which was read or is not there. */
struct starter_file {
    char name[16];
    bool there;
};

struct ent_starter_files {
    struct starter starter;
    struct ent_arena arena;
    struct starter_file *files;
    size_t count, capacity;
};

enum {
    FIRST_FILE = 1000, /* the lines of file k are marked as of FIRST_FILE + k */
};

enum ent_status
ent__starter_open(const char *folder, struct ent_starter_files **out, struct ent_error *err)
{
    struct ent_starter_files *f = ent__calloc(1, sizeof(*f));
    enum ent_status status;

    if (!f)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the starter panel");
    f->starter.arena = &f->arena;
    f->starter.folder = ent__arena_printf(&f->arena, "%s", folder);
    status = f->starter.folder
                 ? read_file(&f->starter, "panel", OF_PANEL, err)
                 : ent_fail(err, ENT_ENOMEM, "out of memory for the starter panel");
    if (status != ENT_OK) {
        ent__starter_free(f);
        return status;
    }
    *out = f;
    return ENT_OK;
}

void ent__starter_free(struct ent_starter_files *files)
{
    if (!files)
        return;
    ent__free(files->starter.lines);
    ent__free(files->files);
    ent__arena_release(&files->arena);
    ent__free(files);
}

/* The mark of a file's lines, which is read now unless it was before; -1: not there. */
static enum ent_status
need_file(struct ent_starter_files *f, const char *name, int *whose, struct ent_error *err)
{
    void *grown = f->files;
    struct ent_error mine = { 0 };
    enum ent_status status;
    size_t k = 0;

    while (k < f->count && strcmp(f->files[k].name, name) != 0)
        k++;
    if (k == f->count) {
        ENT_TRY(ent__grow(&grown, &f->capacity, f->count + 1, sizeof(*f->files), err));
        f->files = grown;
        snprintf(f->files[k].name, sizeof(f->files[k].name), "%s", name);
        status = read_file(&f->starter, name, FIRST_FILE + (int)k, &mine);
        f->files[k].there = status == ENT_OK;
        if (status != ENT_OK && status != ENT_ENOTFOUND) {
            if (err)
                *err = mine;
            return status;
        }
        f->count++;
    }
    *whose = f->files[k].there ? FIRST_FILE + (int)k : -1;
    return ENT_OK;
}

const char *
ent__starter_version(const struct ent_starter_files *files, size_t measure, size_t source)
{
    const struct ent_measure_info *info = ent_measure_at(measure);

    return coverage_of(&files->starter, info->id, info->sources[source]).version;
}

enum ent_status ent__starter_value(struct ent_starter_files *files, size_t measure,
                                   size_t source, int a, int b, int year,
                                   struct ent_starter_value *out, struct ent_error *err)
{
    const struct ent_measure_info *info = ent_measure_at(measure);
    const char *from = ent_state_code(a);
    const char *to = b ? ent_state_code(b) : "";
    bool turned = b && strcmp(from, to) > 0;
    struct ent_coverage coverage =
        coverage_of(&files->starter, info->id, info->sources[source]);
    const char *side = info->direction != ENT_DIRECTED ? "=" : turned ? "<" : ">";
    const struct line *line;
    char name[16];
    int whose;

    *out = (struct ent_starter_value){ .value = NAN,
                                       .reason = ENT_NOT_LOADED,
                                       .has_states = true,
                                       .first_year = coverage.first_year,
                                       .last_year = coverage.last_year };
    if (!coverage.loaded)
        return ENT_OK;
    if (coverage.first_year && (year < coverage.first_year || year > coverage.last_year)) {
        out->reason = year < coverage.first_year ? ENT_BEFORE_DATA : ENT_AFTER_DATA;
        return ENT_OK;
    }
    snprintf(name, sizeof(name), "%s%s%s", turned ? to : from, b ? "-" : "",
             turned ? from : to);
    ENT_TRY(need_file(files, name, &whose, err));
    out->has_states = whose >= 0;
    line = find_line(&files->starter, info->id, info->sources[source], side, "value", whose);
    out->value = at_year(line, !coverage.first_year && line ? line->series.first : year);
    out->reason = out->value == out->value ? ENT_KNOWN : line ? ENT_NO_VALUE : ENT_NOT_WATCHED;
    return ENT_OK;
}
