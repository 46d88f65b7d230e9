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

/* "2 min 10 s left", from how long the steps so far have taken; "" while that says little. */
static void left_text(struct cli_progress *p, long long now, size_t done, size_t total,
                      char *text, size_t size)
{
    long long left;

    text[0] = '\0';
    if (!p->counting) {
        p->counting = true;
        p->first = done;
        p->counting_ms = now;
    }
    if (!p->timed || done <= p->first || now - p->counting_ms < 2000)
        return;
    left = (long long)((double)(now - p->counting_ms) * (double)(total - done) /
                           (double)(done - p->first) / 1000 +
                       0.5);
    if (left >= 3600)
        snprintf(text, size, "%lld h %lld min left", left / 3600, left % 3600 / 60);
    else if (left >= 60)
        snprintf(text, size, "%lld min %lld s left", left / 60, left % 60);
    else
        snprintf(text, size, "%lld s left", left);
}

int cli_progress_show(void *context, const char *phase, size_t done, size_t total)
{
    struct cli_progress *p = context;
    long long now;
    size_t len = strlen(phase);
    char left[48];
    size_t room;

    if (cli_interrupted())
        return 1;
    if (!wanted(p->cli))
        return 0;
    now = now_ms();
    left_text(p, now, done, total, left, sizeof(left));
    room = (size_t)cli_width() - 24 - (left[0] ? strlen(left) : 0);
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
    if (left[0])
        fprintf(stderr, ", %s", left);
    fflush(stderr);
    return 0;
}

void cli_progress_end(struct cli_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
