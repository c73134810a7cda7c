/* processes: children have lanes like threads, and whoever waits for one says for which.
 *
 * Only the program's first process hands out lanes: two processes that count lanes would need a counter that
 * learner code can reach. What a child starts itself runs without a lane, and is counted.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whose lane is whose; 0: nobody's, or waited for. */
static _Atomic pid_t pids[LANE_MAX];

static uint64_t lane_of(pid_t pid)
{
    for (unsigned n = 0; pid > 0 && n < LANE_MAX; n++)
        if (atomic_load(&pids[n]) == pid)
            return n;
    return UINT64_MAX;
}

/* ---- fork ------------------------------------------------------------------------- */

/* A child of ours must find no lock taken that another thread of its parent held. */
static void hold_locks(bool hold)
{
    if (hold)
        threads_hold(true);
    scenario_hold(hold);
    memory_hold(hold);
    if (!hold)
        threads_hold(false);
}

static void born(struct native_thread *t)
{
    for (unsigned n = 0; n < LANE_MAX; n++)
        atomic_store(&pids[n], 0);
    tasks_forked();
    if (t)
        lanes_forked(t);
}

static void bore(struct native_thread *t, pid_t pid)
{
    if (!t)
        return;
    if (pid > 0 && t->number < LANE_MAX)
        atomic_store(&pids[t->number], pid);
    lanes_thread_made(t, pid > 0, 0);
    if (pid > 0) /* the child ends its own copy */
        free(t);
}

EXPORT pid_t __wrap_fork(void)
{
    if (scenario_fork_fails()) {
        errno = EAGAIN;
        return -1;
    }
    hold_locks(true);
    struct native_thread *t = lanes_thread_new();
    if (t)
        lanes_event(LANE_CREATE, t->number, 0);
    pid_t pid = fork();
    int error = errno;
    if (pid == 0)
        born(t);
    else
        bore(t, pid);
    hold_locks(false);
    errno = error;
    return pid;
}

/* ---- waiting ------------------------------------------------------------------------ */

/* A child that was killed, or became another program, could not end its lane itself. */
static void reaped(uint64_t number, int status)
{
    if (number == UINT64_MAX || !(WIFEXITED(status) || WIFSIGNALED(status)))
        return;
    lanes_process_over((unsigned)number);
    atomic_store(&pids[number], 0);
}

EXPORT pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
    int got_status = 0;
    if (!(options & WNOHANG))
        lanes_event(LANE_JOIN, lane_of(pid), LANE_PROCESS);
    pid_t got = waitpid(pid, &got_status, options);
    int error = errno;
    uint64_t number = lane_of(got);
    if (!(options & WNOHANG) || got > 0)
        lanes_event(LANE_JOINED, number, got < 0 ? (uint32_t)error : 0);
    if (got > 0) {
        reaped(number, got_status);
        if (status)
            *status = got_status;
    }
    errno = error;
    return got;
}

EXPORT pid_t __wrap_wait(int *status) { return __wrap_waitpid(-1, status, 0); }
