/* What every unit program shares: its main, and where the real data are. */
#ifndef ENTENTE_TESTS_CHECK_MAIN_H
#define ENTENTE_TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * The path of a file of the published data, or NULL, with a message, where the
 * data are absent: the test then returns, and ./check counts it as skipped.
 */
static inline const char *real_data(const char *name)
{
    static char path[4096];
    static int told; /* every test is a process of its own: it counts once */
    const char *root = getenv("ENTENTE_TEST_DATA");

    snprintf(path, sizeof(path), "%s/%s", root && *root ? root : "../shared/data", name);
    if (access(path, R_OK) == 0)
        return path;
    if (!told++)
        printf("skipped: %s is not here (set ENTENTE_TEST_DATA)\n", name);
    return NULL;
}

/* The path of a hand-written fixture under tests/fixtures. */
static inline const char *fixture(const char *name)
{
    static char path[4096];
    const char *root = getenv("ENTENTE_TEST_SOURCE");

    snprintf(path, sizeof(path), "%s/tests/fixtures/%s", root && *root ? root : ".", name);
    return path;
}

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
