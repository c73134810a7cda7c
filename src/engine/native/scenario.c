/* scenario: lab/check.h on real threads, one run.
 *
 * What a single run can tell is told: checks, requirements, the invariant at the end, allocation
 * and thread counts. What only all runs can tell (is something possible? which pairs race?) and what
 * real time cannot promise (durations: the clock is never the ideal one here) holds its tongue.
 */
#include "engine/named.h"
#include "engine/native/native.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <lab/check.h>

#define DESCRIPTORS_LOOKED_AT 1024

static const struct lab_scenario *scenario; /* NULL: a program with main() */
static uint64_t began_ns;
static atomic_int threads_started, threads_running;
static atomic_int unjoined, most_unjoined;
static atomic_int fault_after, fault_error; /* fails when fault_after reaches 0 */
static bool (*invariant)(void);
static const char *invariant_message;

bool scenario_running(void) { return scenario != NULL; }

void scenario_thread_count(int n)
{
    atomic_fetch_add(&threads_started, n);
    atomic_fetch_add(&threads_running, n);
    int now = atomic_fetch_add(&unjoined, n) + n;
    if (now > atomic_load(&most_unjoined)) /* the creating thread counts alone: create_lock is held */
        atomic_store(&most_unjoined, now);
}

void scenario_thread_joined(void) { atomic_fetch_sub(&unjoined, 1); }

void scenario_thread_ended(void) { atomic_fetch_sub(&threads_running, 1); }

int scenario_create_fault(void)
{
    int error = atomic_load(&fault_error);
    if (!error || atomic_fetch_sub(&fault_after, 1) != 0)
        return 0;
    atomic_store(&fault_error, 0);
    return error;
}

/* Says what does not hold and ends the process; other threads may be stuck for ever. */
static _Noreturn void fail(const char *file, int line, const char *verdict, const char *fmt, va_list args)
{
    char text[768];
    vsnprintf(text, sizeof text, fmt, args);
    fflush(stdout);
    flockfile(stderr);
    fprintf(stderr, "%s:%d: %s: ", file, line, verdict);
    fputs(named_of(text).text, stderr);
    fputc('\n', stderr);
    _exit(1);
}

EXPORT void __wrap_lab_check_at(bool holds, const char *file, int line, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (!holds)
        fail(file, line, "wrong", fmt, args);
    va_end(args);
}

EXPORT void __wrap_lab_require_at(const char *verdict, bool holds, const char *file, int line, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (!holds)
        fail(file, line, verdict, fmt, args);
    va_end(args);
}

EXPORT long __wrap_lab_now_ms(void) { return (long)((now_ns() - began_ns) / 1000000); }

EXPORT bool __wrap_lab_ideal_clock(void) { return false; }

EXPORT void __wrap_lab_possible_at(const char *verdict, bool reached, const char *file, int line, const char *message)
{
    /* One run cannot say what all runs can do. */
}

EXPORT void __wrap_lab_answer_races(const char *label, const char *answer)
{
    /* Only the engine sees every access. */
}

EXPORT void __wrap_lab_no_polling(void)
{
    /* Only the engine sees every round. */
}

EXPORT void __wrap_lab_noise(void)
{
    /* Who waits on real threads is known to the library alone. */
}

EXPORT void __wrap_lab_invariant(bool (*holds)(void), const char *message)
{
    invariant = holds;
    invariant_message = message;
}

EXPORT int __wrap_lab_threads_started(void) { return atomic_load(&threads_started); }

/* Whose turn comes when is luck on real threads. */
EXPORT void __wrap_lab_queue(void) {}
EXPORT void __wrap_lab_turn_at(int most, const char *what, const char *file, int line)
{
    (void)most, (void)what, (void)file, (void)line;
}
EXPORT int __wrap_lab_threads_at_once(void) { return atomic_load(&most_unjoined); }

EXPORT int __wrap_lab_threads_running(void) { return atomic_load(&threads_running); }

EXPORT void __wrap_lab_fail_create(int k, int error)
{
    atomic_store(&fault_after, k);
    atomic_store(&fault_error, error);
}

/* ---- descriptors and loops ------------------------------------------------------------ */

EXPORT void __wrap_lab_loop(long limit_ms, long beat_ms)
{
    /* Real time passes as it likes. */
}

EXPORT void __wrap_lab_jump_wall_clock(long ms)
{
    /* The clock of this machine is not ours. */
}

EXPORT void __wrap_lab_short_io(int times)
{
    /* The real system does as it likes, too. */
}

EXPORT void __wrap_lab_interrupts(int times) {}
EXPORT void __wrap_lab_pipe_room(int bytes) {}
EXPORT void __wrap_lab_preemptions(int most) {}

/* What was open when the scenario began was not opened by it. */
static int open_before;

static int open_now(void)
{
    int n = 0;
    for (int fd = 3; fd < DESCRIPTORS_LOOKED_AT; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

EXPORT int __wrap_lab_descriptors_open(void) { return open_now() - open_before; }

EXPORT void __wrap_lab_no_descriptors_left(void)
{
    __wrap_lab_require_at("leak", open_now() <= open_before, scenario->name, scenario->line,
                          "%d descriptors were never closed", open_now() - open_before);
}

/* ---- processes ----------------------------------------------------------------------- */

static atomic_int fork_fails_after = -1;

bool scenario_fork_fails(void)
{
    return atomic_load(&fork_fails_after) >= 0 && atomic_fetch_sub(&fork_fails_after, 1) == 0;
}

EXPORT void __wrap_lab_fail_fork(int k) { atomic_store(&fork_fails_after, k); }

EXPORT void __wrap_lab_no_children_left(void)
{
    siginfo_t info;
    bool left = waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
    __wrap_lab_require_at("leak", !left, scenario->name, scenario->line, "a child was never waited for");
}

EXPORT void __wrap_lab_no_mappings_left(void)
{
    /* The real system's mappings have no owner one could ask. */
}

EXPORT void __wrap_lab_exec_clean(void)
{
    /* Nobody here sees what the new program was given. */
}

EXPORT void __wrap_lab_strict_fork(void)
{
    /* Only the engine sees every call. */
}

/* ---- the scenario's own threads ------------------------------------------------------ */

extern int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *), void *arg);
extern int __wrap_pthread_join(pthread_t id, void **result);

static pthread_mutex_t own_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t *own;
static size_t own_count, own_cap;

static bool own_room(void)
{
    if (own_count < own_cap)
        return true;
    size_t cap = own_cap ? own_cap * 2 : 16;
    pthread_t *bigger = realloc(own, cap * sizeof *own);
    if (!bigger)
        return false;
    own = bigger;
    own_cap = cap;
    return true;
}

void scenario_hold(bool hold)
{
    if (hold)
        pthread_mutex_lock(&own_lock);
    else
        pthread_mutex_unlock(&own_lock);
}

EXPORT void __wrap_lab_go(void *(*start)(void *), void *arg)
{
    pthread_mutex_lock(&own_lock);
    if (!own_room() || __wrap_pthread_create(&own[own_count], NULL, start, arg) != 0) {
        fprintf(stderr, "threadmill-native: no more threads to be had\n");
        _exit(2);
    }
    own_count++;
    pthread_mutex_unlock(&own_lock);
}

EXPORT void __wrap_lab_join_all(void)
{
    for (;;) {
        pthread_mutex_lock(&own_lock);
        bool left = own_count > 0;
        pthread_t id = left ? own[--own_count] : 0;
        pthread_mutex_unlock(&own_lock);
        if (!left)
            return;
        __wrap_pthread_join(id, NULL);
    }
}

int scenario_run(const struct lab_scenario *s)
{
    scenario = s;
    began_ns = now_ns();
    open_before = open_now();
    s->run();
    if (invariant && atomic_load(&threads_running) == 0)
        __wrap_lab_check_at(invariant(), s->name, s->line, "%s", invariant_message);
    return 0;
}
