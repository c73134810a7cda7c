/* native: a demo on real threads, in a process of its own.
 *
 * Started by hand rather than with uv_spawn: only wait4 tells how much CPU time this one
 * process used. Its end is noticed through a pidfd, or by asking now and then where there is none.
 */
#include "run/inside.h"
#include "trace/lanes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_OUTPUT (1u << 20)
#define ASK_MS     20
#define LOG_FD     3 /* where threadmill-native looks for the log */

extern char **environ;

struct run_native {
    uv_pipe_t pipe;
    uv_timer_t limit, ask;
    uv_poll_t poll;
    int open;
    bool polling; /* `poll` is in use */
    int pidfd, log_fd;
    pid_t pid; /* 0 once it has been waited for */
    bool eof;
    struct lane_log *log;
    size_t told; /* bytes of output passed on */
    int status;
    uint64_t began;
    double elapsed, cpu;
    run_output_cb *out;
    run_ended_cb *ended; /* NULL: stopped, or told */
    void *data;
    char chunk[16384];
};

/* ---- ends -------------------------------------------------------------------------- */

static void on_closed(uv_handle_t *h)
{
    struct run_native *n = h->data;
    if (--n->open > 0)
        return;
    if (n->pidfd >= 0)
        close(n->pidfd);
    free(n);
}

static void close_handle(uv_handle_t *h)
{
    if (!uv_is_closing(h))
        uv_close(h, on_closed);
}

static void close_log(struct run_native *n)
{
    if (n->log)
        munmap(n->log, sizeof *n->log);
    n->log = NULL;
    if (n->log_fd >= 0)
        close(n->log_fd);
    n->log_fd = -1;
}

static double seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static bool reap(struct run_native *n, int flags)
{
    struct rusage usage;
    pid_t got;
    do
        got = wait4(n->pid, &n->status, flags, &usage);
    while (got < 0 && errno == EINTR);
    if (got != n->pid)
        return false;
    n->elapsed = (double)(uv_hrtime() - n->began) / 1e9;
    n->cpu = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
    kill(-n->pid, SIGKILL); /* children it left behind */
    n->pid = 0;
    return true;
}

static void tell_end(struct run_native *n)
{
    run_ended_cb *ended = n->ended;
    if (n->pid || !n->eof || !ended)
        return;
    n->ended = NULL;
    uv_timer_stop(&n->limit);
    ended(n->data, n->status, n->elapsed, n->cpu);
}

static void look(struct run_native *n)
{
    if (!n->pid || !reap(n, WNOHANG))
        return;
    uv_timer_stop(&n->ask);
    if (n->polling)
        uv_poll_stop(&n->poll);
    tell_end(n);
}

static void on_poll(uv_poll_t *p, int status, int events) { look(p->data); }
static void on_ask(uv_timer_t *t) { look(t->data); }

static void on_limit(uv_timer_t *t)
{
    struct run_native *n = t->data;
    if (n->pid)
        kill(-n->pid, SIGKILL);
}

void run_native_stop(struct run_native *n)
{
    if (!n)
        return;
    n->ended = NULL;
    n->out = NULL;
    if (n->pid) {
        kill(-n->pid, SIGKILL);
        kill(n->pid, SIGKILL); /* in case it has no group yet */
        reap(n, 0);
    }
    close_log(n);
    close_handle((uv_handle_t *)&n->pipe);
    close_handle((uv_handle_t *)&n->limit);
    close_handle((uv_handle_t *)&n->ask);
    if (n->polling)
        close_handle((uv_handle_t *)&n->poll);
}

/* ---- output --------------------------------------------------------------------------- */

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
    struct run_native *n = h->data;
    *buf = uv_buf_init(n->chunk, sizeof n->chunk);
}

static void on_read(uv_stream_t *s, ssize_t got, const uv_buf_t *buf)
{
    struct run_native *n = s->data;
    if (got < 0) {
        uv_read_stop(s);
        n->eof = true;
        tell_end(n);
        return;
    }
    size_t room = MAX_OUTPUT - n->told, pass = (size_t)got < room ? (size_t)got : room;
    n->told += pass;
    if (pass && n->out)
        n->out(n->data, buf->base, pass);
}

/* ---- starting --------------------------------------------------------------------------- */

static bool make_log(struct run_native *n, struct err *e)
{
    n->log_fd = memfd_create("threadmill-lanes", MFD_CLOEXEC);
    if (n->log_fd < 0 || ftruncate(n->log_fd, sizeof *n->log) != 0)
        return err_set(e, errno, "cannot make the log: %s", strerror(errno));
    void *p = mmap(NULL, sizeof *n->log, PROT_READ | PROT_WRITE, MAP_SHARED, n->log_fd, 0);
    if (p == MAP_FAILED)
        return err_set(e, errno, "cannot map the log: %s", strerror(errno));
    n->log = p;
    return true;
}

/* In its own group, both outputs in one pipe, the log as fd 3, signals as they are by default. */
static int spawn(struct run_native *n, const char *program, char *const *argv, int output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, 1);
    posix_spawn_file_actions_adddup2(&files, output, 2);
    posix_spawn_file_actions_adddup2(&files, n->log_fd, LOG_FD);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attr, &all);
    posix_spawnattr_setsigmask(&attr, &none);
    int rc = posix_spawn(&n->pid, program, &files, &attr, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    if (rc != 0)
        n->pid = 0;
    return rc;
}

/* Beside the engine when installed, one folder below it in a build tree. */
static char *native_program(const struct run_paths *paths)
{
    char *dir = path_dirname(paths->engine), *beside = path_join(dir, "threadmill-native");
    char *program = path_is_file(beside) ? xstrdup(beside) : path_join(dir, "native/threadmill-native");
    free(beside);
    free(dir);
    return program;
}

static bool launch(struct run_native *n, const struct run_paths *paths, const char *plugin,
                   const char *const *args, struct err *e)
{
    char *program = native_program(paths);
    struct words argv = {0};
    int ends[2] = {-1, -1}, rc = 0;
    words_add(&argv, program);
    words_add(&argv, plugin);
    for (; args && *args; args++)
        words_add(&argv, *args);
    if (pipe2(ends, O_CLOEXEC) != 0)
        rc = errno;
    /* Not below 4: the child's fds 0 to 3 are made by dup2, which must not run over its sources. */
    for (int i = 0; i < 2 && !rc; i++)
        if (ends[i] <= LOG_FD) {
            int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, LOG_FD + 1);
            close(ends[i]);
            ends[i] = moved;
        }
    if (!rc)
        rc = spawn(n, program, argv.v, ends[1]);
    if (ends[1] >= 0)
        close(ends[1]);
    if (!rc)
        uv_pipe_open(&n->pipe, ends[0]);
    else if (ends[0] >= 0)
        close(ends[0]);
    if (rc)
        err_set(e, rc, "cannot start '%s': %s", program, strerror(rc));
    words_fini(&argv);
    free(program);
    return rc == 0;
}

static void watch_end(struct run_native *n, uv_loop_t *loop)
{
    n->pidfd = (int)syscall(SYS_pidfd_open, n->pid, 0);
    if (n->pidfd >= 0 && uv_poll_init(loop, &n->poll, n->pidfd) == 0) {
        n->polling = true;
        n->open++;
        n->poll.data = n;
        uv_poll_start(&n->poll, UV_READABLE, on_poll);
    } else {
        uv_timer_start(&n->ask, on_ask, ASK_MS, ASK_MS);
    }
}

struct run_native *run_native_start(uv_loop_t *loop, const struct run_paths *paths,
                                    const char *plugin, const char *const *args, double limit,
                                    run_output_cb *out, run_ended_cb *ended, void *data,
                                    struct err *e)
{
    struct run_native *n = xcalloc(1, sizeof *n);
    n->open = 3;
    n->pidfd = n->log_fd = -1;
    n->out = out;
    n->ended = ended;
    n->data = data;
    uv_pipe_init(loop, &n->pipe, 0);
    uv_timer_init(loop, &n->limit);
    uv_timer_init(loop, &n->ask);
    n->pipe.data = n->limit.data = n->ask.data = n;
    n->began = uv_hrtime();
    if (!make_log(n, e) || !launch(n, paths, plugin, args, e)) {
        run_native_stop(n);
        return NULL;
    }
    child_no_core(n->pid);
    watch_end(n, loop);
    uv_read_start((uv_stream_t *)&n->pipe, on_alloc, on_read);
    if (limit > 0)
        uv_timer_start(&n->limit, on_limit, (uint64_t)(limit * 1000), 0);
    return n;
}

const struct lane_log *run_native_log(const struct run_native *n) { return n->log; }
