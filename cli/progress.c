/* A line of progress on a terminal, and the interrupt that stops long work. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void cli_catch_interrupt(void)
{
    struct sigaction action = { .sa_handler = note_interrupt };

    action.sa_flags = (int)SA_RESETHAND; /* the second one ends the program at once */
    sigaction(SIGINT, &action, NULL);
}

bool cli_interrupted(void)
{
    return interrupted != 0;
}

static long long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool wanted(const struct cli *cli)
{
    const char *term = getenv("TERM");

    return !cli->quiet && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

void cli_progress_begin(struct cli_progress *progress, const struct cli *cli)
{
    *progress = (struct cli_progress){ .cli = cli, .started_ms = now_ms() };
}

int cli_progress_show(void *context, const char *phase, size_t done, size_t total)
{
    struct cli_progress *p = context;
    long long now;
    size_t len = strlen(phase);
    size_t room = (size_t)cli_width() - 24;

    if (cli_interrupted())
        return 1;
    if (!wanted(p->cli))
        return 0;
    now = now_ms();
    if (now - p->started_ms < 1000 || now - p->drawn_ms < 100)
        return 0;
    p->drawn_ms = now;
    p->shown = true;
    if (len > room)
        phase += len - room; /* the end of a path says more than its beginning */
    fputs("\r\033[K", stderr);
    if (total)
        fprintf(stderr, "%zu of %zu  ", done, total);
    for (; *phase; phase++)
        fputc((unsigned char)*phase < 0x20 ? '?' : *phase, stderr);
    fflush(stderr);
    return 0;
}

void cli_progress_end(struct cli_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
