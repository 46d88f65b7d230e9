#ifndef _GNU_SOURCE
    #define _GNU_SOURCE /* close_range, pipe2, F_SETPIPE_SZ */
#endif

#include "io/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PIPE_BYTES = 1024 * 1024,
    FILE_FD = 3, /* where the child has its two descriptors */
    PIPE_FD = 4,
    FAILED_SETUP = 125, /* exit statuses of the child */
};

/* Address sanitizer reserves terabytes of addresses: no limit on them can be set. */
#if defined(__SANITIZE_ADDRESS__)
    #define HAVE_ASAN 1
#elif defined(__has_feature)
    #if __has_feature(address_sanitizer)
        #define HAVE_ASAN 1
    #endif
#endif
#ifndef HAVE_ASAN
    #define HAVE_ASAN 0
#endif

/* The soft limit is most; the hard one, which cannot be raised again, some more. */
static int limit(int resource, uint64_t most, uint64_t more)
{
    struct rlimit l;

    if (getrlimit(resource, &l) != 0)
        return -1;
    if (l.rlim_max != RLIM_INFINITY && most > l.rlim_max)
        most = l.rlim_max;
    l.rlim_cur = most;
    if (l.rlim_max == RLIM_INFINITY || most + more < l.rlim_max)
        l.rlim_max = most + more;
    return setrlimit(resource, &l);
}

/* The addresses in use now, which the child has from its parent and will not need. */
static uint64_t addresses_in_use(void)
{
    unsigned long long pages = 0;
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;

    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return 0;
    for (const char *c = text; *c >= '0' && *c <= '9'; c++)
        pages = pages * 10 + (unsigned)(*c - '0');
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int set_limits(const struct ent_io_limits *limits)
{
    int failed = 0;

    if (!HAVE_ASAN)
        failed |= limit(RLIMIT_AS, addresses_in_use() + limits->memory_bytes, 0);
    failed |= limit(RLIMIT_CPU, limits->cpu_seconds, 1); /* SIGXCPU, then SIGKILL */
    failed |= limit(RLIMIT_CORE, 0, 0);
    failed |= limit(RLIMIT_FSIZE, 0, 0);
    failed |= limit(RLIMIT_NPROC, 0, 0);
    return failed;
}

static void reset_signals(void)
{
    sigset_t none;

    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    /* Interrupting is for the program, which then ends this process. */
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Keep file and pipe, as FILE_FD and PIPE_FD, and nothing else. */
static int keep_descriptors(int file, int pipe)
{
    int null = open("/dev/null", O_RDWR);

    /* Out of the way of the places they go to. */
    file = fcntl(file, F_DUPFD, PIPE_FD + 1);
    pipe = fcntl(pipe, F_DUPFD, PIPE_FD + 1);
    if (null < 0 || file < 0 || pipe < 0)
        return -1;
    for (int fd = 0; fd < FILE_FD; fd++) {
        /* A sanitizer's report is worth having. */
        if (!(HAVE_ASAN && fd == STDERR_FILENO) && dup2(null, fd) < 0)
            return -1;
    }
    if (dup2(file, FILE_FD) < 0 || dup2(pipe, PIPE_FD) < 0)
        return -1;
    return close_range(PIPE_FD + 1, ~0u, 0);
}

static _Noreturn void be_child(pid_t parent, int file, int pipe,
                               const struct ent_io_limits *limits, ent__child_fn run,
                               void *context)
{
    reset_signals();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || keep_descriptors(file, pipe) != 0 ||
        set_limits(limits) != 0)
        _exit(FAILED_SETUP);
    run(FILE_FD, PIPE_FD, context);
    _exit(0);
}

enum ent_status ent__child_start(struct ent_child *child, int file,
                                 const struct ent_io_limits *limits, ent__child_fn run,
                                 void *context, struct ent_error *err)
{
    pid_t parent = getpid();
    int ends[2];
    pid_t pid;

    *child = (struct ent_child){ .pipe = -1 };
    if (pipe2(ends, O_CLOEXEC) != 0)
        return ent_fail(err, ENT_ENOMEM, "no pipe can be opened: %s", strerror(errno));
    /* Only for speed: a smaller pipe does as well. */
    (void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
    pid = fork();
    if (pid == 0)
        be_child(parent, file, ends[1], limits, run, context);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return ent_fail(err, ENT_ENOMEM, "no process can be started: %s", strerror(errno));
    }
    *child = (struct ent_child){ .pid = pid, .pipe = ends[0] };
    return ENT_OK;
}

static const char *how_it_ended(int status)
{
    if (WIFEXITED(status)) {
        if (WEXITSTATUS(status) == FAILED_SETUP)
            return "could not be confined";
        return WEXITSTATUS(status) == 0 ? NULL : "failed";
    }
    switch (WTERMSIG(status)) {
    case SIGSEGV:
        return "crashed (segmentation fault)";
    case SIGBUS:
        return "crashed (bus error)";
    case SIGABRT:
        return "crashed (aborted)";
    case SIGFPE:
        return "crashed (arithmetic error)";
    case SIGILL:
        return "crashed (illegal instruction)";
    case SIGXCPU:
        return "took more processor time than is allowed";
    case SIGKILL:
        return "was killed, perhaps for want of memory";
    default:
        return "was ended by a signal";
    }
}

const char *ent__child_wait(struct ent_child *child)
{
    int status = 0;
    pid_t got;

    if (child->pipe >= 0)
        close(child->pipe);
    child->pipe = -1;
    if (child->pid == 0)
        return NULL;
    do {
        got = waitpid(child->pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    child->pid = 0;
    /* A program that ignores SIGCHLD leaves nothing to wait for. */
    return got < 0 ? "ended unseen" : how_it_ended(status);
}

const char *ent__child_stop(struct ent_child *child)
{
    if (child->pid != 0)
        kill(child->pid, SIGKILL);
    return ent__child_wait(child);
}
