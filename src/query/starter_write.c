/* Computing the starter panel from a store, and writing it. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "entente/dossier_json.h"
#include "io/gzip.h"
#include "panel/panel.h"
#include "query/dossier.h"
#include "query/starter.h"
#include "query/verdict.h"

/* One value in one year. */
struct cell {
    float value; /* five digits are written; NAN and INFINITY as in struct ent_series */
    uint32_t place, equal;
};

/* One measure by one source: its series for all units, by unit, then year. */
struct slot {
    const struct ent_measure *measure;
    const struct ent_measure_source *source;
    struct ent_coverage coverage;
    struct cell *cells;
    double *of, *zeros, *zero_place; /* by year: how many known, how many 0, the place of 0 */
    double *spread[2];               /* by year: of all dyads, and of allies; NULL: not kept */
    double *allies;                  /* by year: how many have a value */
};

struct starter {
    struct ent_panel *panel;
    struct ent_arena arena;
    const char *folder;
    int from;
    size_t years, states, dyads;
    struct slot *slots;
    size_t slot_count;
    struct ent_members *members; /* NULL: who is allied is not asked */
    struct ent_member_pair *allied;
    size_t allied_count;
    double *terms; /* by dyad, then year: enum ent_bond */
    struct ent_pair *pairs;
    double *values, *sorted;
    size_t pair_capacity, value_capacity, sorted_capacity;
    double *series; /* scratch, a value a year */
    struct ent_buf text;
};

/* How many units a slot has: states, dyads, or dyads twice. */
static size_t units_of(const struct starter *s, const struct slot *slot)
{
    switch (slot->measure->info.direction) {
    case ENT_MONADIC:
        return s->states;
    case ENT_UNDIRECTED:
        return s->dyads;
    case ENT_DIRECTED:
        return s->dyads * 2;
    }
    return 0;
}

/* Files of votes are editions of one record: the panel takes the first of them. */
static bool is_votes(const struct ent_measure_source *source)
{
    return source->inputs[0].shape == ENT_SHAPE_VOTES;
}

/* Room for the spreads of a slot, all unknown. */
static enum ent_status make_spreads(struct starter *s, struct slot *slot, struct ent_error *err)
{
    size_t each = ENT_SPREAD * s->years;

    slot->spread[0] = ent__arena_array(&s->arena, 2 * each + s->years, sizeof(double));
    if (!slot->spread[0])
        return ent_fail(err, ENT_ENOMEM, "out of memory for spreads");
    for (size_t i = 0; i < 2 * each + s->years; i++)
        slot->spread[0][i] = NAN;
    slot->spread[1] = slot->spread[0] + each;
    slot->allies = slot->spread[1] + each;
    return ENT_OK;
}

static enum ent_status list_slots(struct starter *s, struct ent_error *err)
{
    size_t most = 0;

    for (size_t m = 0; m < ent_measure_count(); m++)
        most += ent__measure_at(m)->from_count;
    s->slots = ent__arena_array(&s->arena, most + 1, sizeof(*s->slots));
    if (!s->slots)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu series", most);
    for (size_t m = 0; m < ent_measure_count(); m++) {
        const struct ent_measure *measure = ent__measure_at(m);

        for (size_t k = 0; ent__starter_has(m) && k < measure->from_count; k++) {
            struct slot *slot = &s->slots[s->slot_count];
            size_t cells;

            slot->measure = measure;
            slot->source = &measure->from[k];
            if (k > 0 && is_votes(slot->source))
                continue;
            slot->coverage = ent__panel_coverage(s->panel, slot->source);
            if (!slot->coverage.loaded)
                continue;
            cells = units_of(s, slot) * s->years;
            slot->cells = ent__arena_array(&s->arena, cells, sizeof(*slot->cells));
            slot->of = ent__arena_array(&s->arena, 3 * s->years, sizeof(double));
            if (!slot->cells || !slot->of)
                return ent_fail(err, ENT_ENOMEM, "out of memory for %zu values", cells);
            if (s->members && ent__starter_spreads(m))
                ENT_TRY(make_spreads(s, slot, err));
            slot->zeros = slot->of + s->years;
            slot->zero_place = slot->zeros + s->years;
            for (size_t i = 0; i < cells; i++)
                slot->cells[i].value = NAN;
            for (size_t i = 0; i < 3 * s->years; i++)
                slot->of[i] = NAN;
            s->slot_count++;
        }
    }
    return ENT_OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* How many of sorted[0..count-1] are below a value, or not above it. */
static size_t count_below(const double *sorted, size_t count, double value, bool or_equal)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sorted[middle] < value || (or_equal && sorted[middle] == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* All pairs of n states in the direction of a measure. */
static enum ent_status list_pairs(struct starter *s, enum ent_direction direction, size_t n,
                                  size_t *count, struct ent_error *err)
{
    void *pairs = s->pairs;
    void *values = s->values;
    void *sorted = s->sorted;

    ENT_TRY(ent__grow(&pairs, &s->pair_capacity, n * n, sizeof(*s->pairs), err));
    s->pairs = pairs;
    ENT_TRY(ent__grow(&values, &s->value_capacity, n * n, sizeof(double), err));
    s->values = values;
    ENT_TRY(ent__grow(&sorted, &s->sorted_capacity, n * n, sizeof(double), err));
    s->sorted = sorted;
    *count = ent__all_pairs(direction, n, s->pairs);
    return ENT_OK;
}

static void fill_cell(struct cell *cell, double value, const double *sorted, size_t known)
{
    size_t below;
    size_t up_to;

    if (value != value)
        return;
    below = count_below(sorted, known, value, false);
    up_to = count_below(sorted, known, value, true);
    cell->value = (float)value;
    cell->place = (uint32_t)(known - up_to + 1);
    cell->equal = (uint32_t)(up_to - below);
}

/* The starter states' own values, out of a slot's inputs of one year. */
static void fill_units(struct starter *s, struct slot *slot, const struct ent_inputs *in,
                       size_t year, const double *sorted, size_t known)
{
    enum ent_direction direction = slot->measure->info.direction;
    size_t unit = 0;

    for (size_t a = 0; a < s->states; a++) {
        int i = ent__panel_index(s->panel, ent_starter_state_at(a));

        for (size_t b = direction == ENT_MONADIC ? a : a + 1;
             b < (direction == ENT_MONADIC ? a + 1 : s->states); b++) {
            int j = ent__panel_index(s->panel, ent_starter_state_at(b));
            struct ent_pair pair[2] = { { (uint16_t)i, (uint16_t)j },
                                        { (uint16_t)j, (uint16_t)i } };
            size_t sides = direction == ENT_DIRECTED ? 2 : 1;
            double value[2] = { NAN, NAN };

            if (i >= 0 && j >= 0)
                slot->measure->compute(slot->measure, in, pair, sides, value, NULL);
            for (size_t k = 0; k < sides; k++) {
                if (i >= 0 && j >= 0 && isnan(value[k]) &&
                    !ent__has_nothing(slot->source, in, (size_t)i, (size_t)j))
                    slot->cells[(unit + k) * s->years + year].value = INFINITY;
                fill_cell(&slot->cells[(unit + k) * s->years + year], value[k], sorted, known);
            }
            unit += sides;
        }
    }
}

/* The spread of the allies' values in a year. */
static void
spread_allies(struct starter *s, struct slot *slot, const struct ent_inputs *in, size_t year)
{
    bool directed = slot->measure->info.direction == ENT_DIRECTED;
    size_t count = 0, known = 0;

    for (size_t i = 0; i < s->allied_count; i++) {
        int a = ent__panel_index(s->panel, s->allied[i].a);
        int b = ent__panel_index(s->panel, s->allied[i].b);

        if (a < 0 || b < 0)
            continue;
        s->pairs[count++] = (struct ent_pair){ (uint16_t)a, (uint16_t)b };
        if (directed)
            s->pairs[count++] = (struct ent_pair){ (uint16_t)b, (uint16_t)a };
    }
    slot->measure->compute(slot->measure, in, s->pairs, count, s->values, NULL);
    for (size_t i = 0; i < count; i++) {
        if (s->values[i] == s->values[i])
            s->sorted[known++] = s->values[i];
    }
    slot->allies[year] = (double)known;
    if (known == 0)
        return;
    qsort(s->sorted, known, sizeof(double), by_value);
    ent__spread_take(s->sorted, known, slot->spread[1] + year * ENT_SPREAD);
}

static enum ent_status
fill_slot(struct starter *s, struct slot *slot, size_t year, struct ent_error *err)
{
    struct ent_inputs in;
    size_t count;
    size_t known = 0;

    ENT_TRY(ent__panel_inputs(s->panel, slot->source, ENT_EXTENT_ALL, &in, err));
    ENT_TRY(list_pairs(s, slot->measure->info.direction, in.n, &count, err));
    slot->measure->compute(slot->measure, &in, s->pairs, count, s->values, NULL);
    for (size_t i = 0; i < count; i++) {
        if (s->values[i] == s->values[i])
            s->sorted[known++] = s->values[i];
    }
    if (known == 0)
        return ENT_OK;
    qsort(s->sorted, known, sizeof(double), by_value);
    slot->of[year] = (double)known;
    slot->zeros[year] = (double)(count_below(s->sorted, known, 0, true) -
                                 count_below(s->sorted, known, 0, false));
    slot->zero_place[year] = (double)(known - count_below(s->sorted, known, 0, true) + 1);
    fill_units(s, slot, &in, year, s->sorted, known);
    if (slot->spread[0]) {
        ent__spread_take(s->sorted, known, slot->spread[0] + year * ENT_SPREAD);
        spread_allies(s, slot, &in, year);
    }
    return ENT_OK;
}

/* Which pairs are allied in a year, and which dyads of the panel. */
static void list_allied(struct starter *s, size_t y)
{
    int year = s->from + (int)y;
    size_t dyad = 0;

    if (!s->members)
        return;
    s->allied_count = ent__members_core(s->members, year, s->allied);
    for (size_t a = 0; a < s->states; a++) {
        for (size_t b = a + 1; b < s->states; b++, dyad++) {
            uint32_t terms = ent__members_terms(s->members, ent_starter_state_at(a),
                                                ent_starter_state_at(b), year);

            s->terms[dyad * s->years + y] =
                year <= s->members->last_year ? (double)terms : (double)NAN;
        }
    }
}

static enum ent_status
compute(struct starter *s, ent_progress_fn progress, void *context, struct ent_error *err)
{
    for (size_t y = 0; y < s->years; y++) {
        int year = s->from + (int)y;

        if (progress && progress(context, "computing the starter panel", y, s->years) != 0)
            return ent_fail(err, ENT_ECANCEL, "stopped");
        ENT_TRY(ent__panel_year(s->panel, year, err));
        list_allied(s, y);
        for (size_t i = 0; i < s->slot_count; i++) {
            struct slot *slot = &s->slots[i];
            bool covered = !slot->coverage.first_year || (year >= slot->coverage.first_year &&
                                                          year <= slot->coverage.last_year);

            /* What has no year is computed once, for the last one. */
            if (!slot->coverage.first_year && y + 1 < s->years)
                covered = false;
            if (covered)
                ENT_TRY(fill_slot(s, slot, y, err));
        }
    }
    return ENT_OK;
}

/* One line: s->series from its first known year to its last. */
static void
write_line(struct starter *s, const struct slot *slot, const char *side, const char *kind)
{
    size_t first = 0;
    size_t last = s->years;

    while (first < last && s->series[first] != s->series[first])
        first++;
    while (last > first && s->series[last - 1] != s->series[last - 1])
        last--;
    if (first == last)
        return;
    ent__buf_printf(&s->text, "%s,%s,%s,%s,%d,", slot->measure->info.id, slot->source->name,
                    side, kind, s->from + (int)first);
    ent__series_write(&s->text, s->series + first, last - first);
    ent__buf_putc(&s->text, '\n');
}

/*
 * The series of one unit.  The place of 0 is the same for all dyads of a year and
 * stands in panel.csv; how many share a place is left out where it is one.
 */
static void
write_unit(struct starter *s, const struct slot *slot, size_t unit, const char *side)
{
    const struct cell *cells = slot->cells + unit * s->years;

    for (size_t y = 0; y < s->years; y++)
        s->series[y] = cells[y].value;
    write_line(s, slot, side, "value");
    if (!ent__has_place(&slot->measure->info))
        return;
    for (size_t y = 0; y < s->years; y++) {
        bool told = isfinite(cells[y].value) && cells[y].value != 0;

        s->series[y] = told ? (double)cells[y].place : (double)NAN;
    }
    write_line(s, slot, side, "place");
    for (size_t y = 0; y < s->years; y++) {
        bool told =
            cells[y].value == cells[y].value && cells[y].value != 0 && cells[y].equal > 1;

        s->series[y] = told ? (double)cells[y].equal : (double)NAN;
    }
    write_line(s, slot, side, "equal");
}

static enum ent_status finish_file(struct starter *s, const char *name, struct ent_error *err)
{
    char path[4096];

    ENT_TRY(ent__buf_check(&s->text, err));
    if ((size_t)snprintf(path, sizeof(path), "%s/%s.csv.gz", s->folder, name) >= sizeof(path))
        return ent_fail(err, ENT_EINVAL, "the path of the folder is too long");
    return ent__gzip_write(path, ent__buf_str(&s->text), err);
}

static void begin_file(struct starter *s)
{
    ent__buf_clear(&s->text);
    ent__buf_puts(&s->text, "measure,source,side,kind,first_year,values\n");
}

static enum ent_status write_states(struct starter *s, struct ent_error *err)
{
    for (size_t a = 0; a < s->states; a++) {
        begin_file(s);
        for (size_t i = 0; i < s->slot_count; i++) {
            if (s->slots[i].measure->info.direction == ENT_MONADIC)
                write_unit(s, &s->slots[i], a, "=");
        }
        ENT_TRY(finish_file(s, ent_state_code(ent_starter_state_at(a)), err));
    }
    return ENT_OK;
}

static enum ent_status write_dyads(struct starter *s, struct ent_error *err)
{
    size_t dyad = 0;

    for (size_t a = 0; a < s->states; a++) {
        for (size_t b = a + 1; b < s->states; b++, dyad++) {
            const char *one = ent_state_code(ent_starter_state_at(a));
            const char *two = ent_state_code(ent_starter_state_at(b));
            bool turned = strcmp(one, two) > 0;
            char name[16];

            begin_file(s);
            for (size_t i = 0; i < s->slot_count; i++) {
                const struct slot *slot = &s->slots[i];

                if (slot->measure->info.direction == ENT_UNDIRECTED)
                    write_unit(s, slot, dyad, "=");
                if (slot->measure->info.direction != ENT_DIRECTED)
                    continue;
                write_unit(s, slot, dyad * 2 + turned, ">");
                write_unit(s, slot, dyad * 2 + !turned, "<");
            }
            snprintf(name, sizeof(name), "%s-%s", turned ? two : one, turned ? one : two);
            ENT_TRY(finish_file(s, name, err));
        }
    }
    return ENT_OK;
}

/* What each series is compared with, and the years its source covers. */
static enum ent_status write_panel(struct starter *s, struct ent_error *err)
{
    begin_file(s);
    for (size_t i = 0; i < s->slot_count; i++) {
        const struct slot *slot = &s->slots[i];
        const double *kinds[3] = { slot->of, slot->zeros, slot->zero_place };
        static const char *const names[3] = { "of", "zeros", "zero_place" };

        ent__buf_printf(&s->text, "%s,%s,%s,covers,%d,%d\n", slot->measure->info.id,
                        slot->source->name, slot->coverage.version, slot->coverage.first_year,
                        slot->coverage.last_year);
        for (int k = 0; k < 3; k++) {
            memcpy(s->series, kinds[k], s->years * sizeof(double));
            write_line(s, slot, "", names[k]);
        }
    }
    return finish_file(s, "panel", err);
}

/* What the treaties of the dyads come to, a line for each that ever had one of the terms. */
static enum ent_status write_terms(struct starter *s, struct ent_error *err)
{
    size_t dyad = 0;

    begin_file(s);
    for (size_t a = 0; a < s->states; a++) {
        for (size_t b = a + 1; b < s->states; b++, dyad++) {
            const char *one = ent_state_code(ent_starter_state_at(a));
            const char *two = ent_state_code(ent_starter_state_at(b));
            const double *terms = s->terms + dyad * s->years;
            size_t last = s->years;
            bool any = false;

            for (size_t y = 0; y < s->years; y++)
                any = any || terms[y] > 0;
            while (last > 0 && isnan(terms[last - 1]))
                last--;
            if (!any)
                continue;
            ent__buf_printf(&s->text, "treaties,atop,%s-%s,terms,%d,",
                            strcmp(one, two) > 0 ? two : one, strcmp(one, two) > 0 ? one : two,
                            s->from);
            ent__series_write(&s->text, terms, last);
            ent__buf_putc(&s->text, '\n');
        }
    }
    return finish_file(s, "treaties", err);
}

/* How the values of all dyads and of allies are spread. */
static enum ent_status write_reference(struct starter *s, struct ent_error *err)
{
    static const char *const whose[2] = { "all", "allies" };

    begin_file(s);
    for (size_t i = 0; i < s->slot_count; i++) {
        const struct slot *slot = &s->slots[i];

        for (int w = 0; slot->spread[0] && w < 2; w++) {
            for (size_t k = 0; k < ENT_SPREAD; k++) {
                char kind[16];

                for (size_t y = 0; y < s->years; y++)
                    s->series[y] = slot->spread[w][y * ENT_SPREAD + k];
                snprintf(kind, sizeof(kind), "%zu", k);
                write_line(s, slot, whose[w], kind);
            }
        }
        if (slot->spread[0]) {
            memcpy(s->series, slot->allies, s->years * sizeof(double));
            write_line(s, slot, "allies", "of");
        }
    }
    return finish_file(s, "reference", err);
}

/* Read who is allied with whom, where a list of charters says which treaties do not count. */
static enum ent_status read_members(struct starter *s, struct ent_store *store,
                                    const char *charters, struct ent_error *err)
{
    int list[ENT_CHARTER_LIST];
    size_t count;

    if (!charters)
        return ENT_OK;
    ENT_TRY(ent__charters_read(charters, list, ENT_CHARTER_LIST, &count, err));
    ENT_TRY(ent__members_read(store, list, count, &s->arena, &s->members, err));
    s->allied = ent__arena_array(&s->arena, ENT_MEMBER_PAIRS, sizeof(*s->allied));
    s->terms = ent__arena_array(&s->arena, s->dyads * s->years, sizeof(double));
    return s->allied && s->terms ? ENT_OK
                                 : ent_fail(err, ENT_ENOMEM, "out of memory for allies");
}

static enum ent_status run(struct starter *s, struct ent_store *store, const char *charters,
                           ent_progress_fn progress, void *context, struct ent_error *err)
{
    s->series = ent__arena_array(&s->arena, s->years, sizeof(double));
    if (!s->series)
        return ent_fail(err, ENT_ENOMEM, "out of memory for %zu years", s->years);
    if (mkdir(s->folder, 0777) != 0 && errno != EEXIST) {
        ent_fail(err, ENT_EIO, "cannot make the folder: %s", strerror(errno));
        ent_error_at(err, s->folder, 0, 0);
        return ENT_EIO;
    }
    ENT_TRY(ent__panel_open(store, &s->panel, err));
    ENT_TRY(read_members(s, store, charters, err));
    ENT_TRY(list_slots(s, err));
    ENT_TRY(compute(s, progress, context, err));
    ENT_TRY(write_panel(s, err));
    if (s->members)
        ENT_TRY(write_reference(s, err));
    if (s->members)
        ENT_TRY(write_terms(s, err));
    ENT_TRY(write_states(s, err));
    return write_dyads(s, err);
}

enum ent_status
ent_starter_write(struct ent_store *store, const char *folder, const char *charters, int from,
                  int to, ent_progress_fn progress, void *context, struct ent_error *err)
{
    struct starter s = { .folder = folder, .from = from, .states = ent_starter_state_count() };
    enum ent_status status;

    if (from > to || from < 1816 || to > 9998)
        return ent_fail(err, ENT_EINVAL, "%d to %d is no span of years from 1816 on", from, to);
    s.years = (size_t)(to - from) + 1;
    s.dyads = s.states * (s.states - 1) / 2;
    ent__buf_init(&s.text);
    status = run(&s, store, charters, progress, context, err);
    ent__panel_close(s.panel);
    ent__free(s.pairs);
    ent__free(s.values);
    ent__free(s.sorted);
    ent__buf_release(&s.text);
    ent__arena_release(&s.arena);
    return status;
}
