/*
 * What the tests against golden values share: a store of the real files that golden_files
 * names, a panel on it, the values of a year, and comparing.
 */
#ifndef ENTENTE_TESTS_GOLDEN_H
#define ENTENTE_TESTS_GOLDEN_H

#include <math.h>
#include <string.h>

#include "check_main.h"

#include "base/alloc.h"
#include "entente/import.h"
#include "entente/similarity.h"
#include "measure/measure.h"
#include "panel/panel.h"

/* The files that the program needs; NULL ends them. */
extern const char *const golden_files[];

static char folder[] = "/tmp/entente-golden-XXXXXX";
static char path[64];
static struct ent_store *store; /* NULL: no data here */
static struct ent_panel *panel;

static inline void setup(void)
{
    enum {
        COUNT = 8
    };
    static char paths[COUNT][4096];
    const char *list[COUNT];
    struct ent_import_summary summary;
    struct ent_error err = { 0 };
    size_t count = 0;

    if (!real_data("golden"))
        return;
    for (; count < COUNT && golden_files[count]; count++) {
        const char *real = real_data(golden_files[count]);

        if (!real)
            return;
        snprintf(paths[count], sizeof(paths[count]), "%s", real);
        list[count] = paths[count];
    }
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/s.sqlite", folder);
    ck_assert_msg(ent_store_open(path, ENT_STORE_WRITE, &store, &err) == ENT_OK, "%s",
                  err.message);
    ck_assert_msg(ent_import(store, list, count, NULL, &summary, &err) == ENT_OK, "%s",
                  err.message);
    ent_store_close(store);
    ck_assert_int_eq(ent_store_open(path, ENT_STORE_READ, &store, &err), ENT_OK);
}

static inline void teardown(void)
{
    char command[128];

    ent_store_close(store);
    if (!path[0])
        return;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static inline void open_panel(void)
{
    if (store)
        ck_assert_int_eq(ent__panel_open(store, &panel, NULL), ENT_OK);
}

static inline void close_panel(void)
{
    ent__panel_close(panel);
    panel = NULL;
}

/* A golden file, packed or not, behind its header line. */
static inline FILE *golden(const char *name)
{
    const char *at = real_data(name);
    char command[4200];
    char header[512];
    FILE *file;

    ck_assert_ptr_nonnull(at);
    snprintf(command, sizeof(command), "gzip -dcf '%s'", at);
    file = popen(command, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(header, sizeof(header), file));
    return file;
}

static inline void told(const char *what, size_t matching, size_t of)
{
    printf("golden: %s: %zu of %zu match\n", what, matching, of);
}

/*
 * One year's portfolios, members of the system only, and all their pairs.
 */

enum {
    MOST = 256,
    MOST_PAIRS = MOST * (MOST - 1) / 2,
    KINDS = ENT_SIMILARITY_KINDS,
};

struct year {
    size_t n, items;
    int id[MOST];       /* COW numbers */
    size_t index[MOST]; /* in the panel's arrays */
    int8_t *value;
    int32_t self[MOST];
    double weight[MOST];
    double of[KINDS][MOST_PAIRS];
    uint32_t common[MOST_PAIRS];
};

static struct year y;

static inline void
inputs_of(int year, const struct ent_measure_source *source, struct ent_inputs *in)
{
    struct ent_error err = { 0 };

    ck_assert_int_eq(ent__panel_year(panel, year, &err), ENT_OK);
    ck_assert_msg(ent__panel_inputs(panel, source, ENT_EXTENT_ALL, in, &err) == ENT_OK, "%s",
                  err.message);
    y.n = 0;
    for (size_t s = 0; s < in->n; s++) {
        if (!ent__panel_member(panel, s))
            continue;
        ck_assert_uint_lt(y.n, MOST);
        y.id[y.n] = in->states[s];
        y.index[y.n] = s;
        y.self[y.n] = (int32_t)y.n;
        y.n++;
    }
}

static inline size_t place_of(int id)
{
    for (size_t s = 0; s < y.n; s++) {
        if (y.id[s] == id)
            return s;
    }
    return SIZE_MAX;
}

static inline struct ent_similarity
of_pair(const struct ent_portfolios *p, const struct ent_similarity_options *o, int a, int b)
{
    struct ent_similarity s;
    struct ent_error err = { 0 };

    ck_assert(place_of(a) != SIZE_MAX && place_of(b) != SIZE_MAX);
    ck_assert_msg(ent_similarity_pair(p, o, place_of(a), place_of(b), &s, &err) == ENT_OK, "%s",
                  err.message);
    return s;
}

static inline bool near(double a, double b, double within)
{
    return isnan(a) == isnan(b) && !(fabs(a - b) > within);
}

enum {
    S_ABS = ENT_SIMILARITY_S_ABSOLUTE,
    S_SQ = ENT_SIMILARITY_S_SQUARED,
    S_ABS_W = ENT_SIMILARITY_S_ABSOLUTE_WEIGHTED,
    S_SQ_W = ENT_SIMILARITY_S_SQUARED_WEIGHTED,
    KAPPA = ENT_SIMILARITY_KAPPA,
    PI = ENT_SIMILARITY_PI,
    TAU_B = ENT_SIMILARITY_TAU_B,
    AGREE = ENT_SIMILARITY_AGREEMENT,
    STRICT = ENT_SIMILARITY_STRICT,
};

/* What the registry gives for China and Russia in 2018 is `expected`, for one pair or all. */
static inline void check_registry(const char *id, int source, double expected)
{
    struct ent_error err = { 0 };
    const struct ent_measure *measure;
    size_t index;

    ck_assert_int_eq(ent_measure_find(id, &index, &err), ENT_OK);
    measure = ent__measure_at(index);
    for (int extent = ENT_EXTENT_ALL; extent <= ENT_EXTENT_FOCUS; extent++) {
        struct ent_inputs in;
        struct ent_pair pair;
        double got;

        ck_assert_int_eq(ent__panel_year(panel, 2018, &err), ENT_OK);
        ent__panel_focus(panel, 710, 365);
        ck_assert_int_eq(ent__panel_inputs(panel, &measure->from[source],
                                           (enum ent_extent)extent, &in, &err),
                         ENT_OK);
        pair.from = (uint16_t)ent__panel_index(panel, 710);
        pair.to = (uint16_t)ent__panel_index(panel, 365);
        measure->compute(measure, &in, &pair, 1, &got, NULL);
        ck_assert_msg(near(got, expected, 1e-14), "%s: %.15g, extent %d", id, got, extent);
    }
}

static inline int run_golden(void (*add)(TCase *tests))
{
    Suite *suite = suite_create("golden");
    TCase *tests = tcase_create("golden");

    suite_add_tcase(suite, tests);
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_checked_fixture(tests, open_panel, close_panel);
    tcase_set_timeout(tests, 280);
    add(tests);
    return run_suite(suite);
}

#endif
