/* lab/loop.h - an event loop in one header: lessons 14 to 16 are built on it.
 *
 * One thread serves many tasks. A task is a function with a bookmark: its step function goes as far as it
 * can, says what it waits for, and returns CO_WAIT. When that is there, the loop calls the same function again
 * with the same `co`; a field of `co` must say where it was. At its end it returns CO_DONE.
 *
 * Nothing here may be called from another thread. A thread that has news for the loop writes on a descriptor
 * which a task of the loop waits for.
 */
#ifndef LAB_LOOP_H
#define LAB_LOOP_H

#include <errno.h>
#include <lab/lab.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

typedef struct loop loop_t;
typedef struct task task_t;
typedef int (*step_fn)(loop_t *loop, void *co); /* CO_DONE or CO_WAIT */
typedef void (*task_fn)(loop_t *loop, task_t *task, void *ctx);

enum { CO_DONE, CO_WAIT };
enum task_state { TASK_READY, TASK_RUNNING, TASK_WAITING, TASK_ENDED };

struct task {
    const char *name;          /* of its step function; may be changed */
    enum task_state state;
    void *result;              /* what co_return said */
    int error;                 /* what co_fail said; 0: no error; ECANCELED: it was cancelled */
    void (*finally)(void *co); /* may be set: called once when the task ends, however it ends */

    /* the loop's own */
    step_fn step;
    void *co;
    int fd;                    /* it waits for this descriptor; -1: for none */
    int is_timer;              /* ... which is a timer made by co_sleep */
    short events;              /* what that descriptor was ready for */
    int lane;                  /* see loop_lanes; 0: none */
    int woken;                 /* loop_wake came while it was running */
    int turn;                  /* in which it got ready: an odd or an even one */
    struct task_end *ends;     /* who wants to know of its end */
    task_t *next_ready, *next;
};

struct task_end {
    task_fn fn;
    void *ctx;
    struct task_end *next;
};

struct loop {
    int epoll;
    int pending;                 /* tasks that have not ended */
    int waiting;                 /* those of them that wait for a descriptor */
    int stopped;
    int turn;                    /* 1: an odd one, 0: an even one */
    long began;
    task_t *running;             /* whose step runs at this moment; else NULL */
    task_t *ready, **last_ready; /* a queue: first come, first served */
    task_t *tasks;               /* all of them, the newest first */
    task_fn before, after;       /* see loop_hooks */
    void *hooks_ctx;
    void *user;                  /* yours, NULL at first: for what is built on top of the loop */
};

/* ---- time ---------------------------------------------------------------------------------- */

static inline long loop_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Milliseconds since the loop was made. */
static inline long loop_now(loop_t *l) { return loop_clock() - l->began; }

/* ---- the queue of tasks that can go on ------------------------------------------------------- */

static inline void task_ready(loop_t *l, task_t *t)
{
    t->state = TASK_READY;
    t->turn = l->turn;
    t->next_ready = NULL;
    *l->last_ready = t;
    l->last_ready = &t->next_ready;
}

static inline void task_unready(loop_t *l, task_t *t)
{
    task_t **at = &l->ready;
    while (*at != t)
        at = &(*at)->next_ready;
    *at = t->next_ready;
    if (l->last_ready == &t->next_ready)
        l->last_ready = at;
}

/* Makes a task of a step function. It runs for the first time in the next turn of the loop, after those that
 * are ready already. The task belongs to the loop, until loop_free; `co` is yours. */
#define loop_spawn(loop, step, co) loop_spawn_as((loop), #step, (step), (co))
static inline task_t *loop_spawn_as(loop_t *l, const char *name, step_fn step, void *co)
{
    task_t *t = calloc(1, sizeof *t);
    t->name = name;
    t->step = step;
    t->co = co;
    t->fd = -1;
    t->next = l->tasks;
    l->tasks = t;
    l->pending++;
    task_ready(l, t);
    return t;
}

/* ---- waiting: `return co_sleep(l, 3000);` in a step ------------------------------------------- */

/* It is neither ready nor does it wait for anything. */
static inline void task_forget(loop_t *l, task_t *t)
{
    if (t->state == TASK_READY)
        task_unready(l, t);
    if (t->fd >= 0) {
        epoll_ctl(l->epoll, EPOLL_CTL_DEL, t->fd, NULL);
        l->waiting--;
    }
    if (t->is_timer)
        close(t->fd);
    t->fd = -1;
    t->is_timer = 0;
}

/* The running task, about to say what it waits for. If it says it twice, the last one counts. */
static inline task_t *co_task(loop_t *l)
{
    if (!l->running) {
        fputs("loop: only the step of a task can wait, nobody else\n", stderr);
        abort();
    }
    task_forget(l, l->running);
    return l->running;
}

/* Until the descriptor is ready for one of `events`: POLLIN, POLLOUT. A descriptor can be waited for by one
 * task at a time. What epoll cannot wait for, like a regular file, counts as ready. */
static inline int co_wait_fd(loop_t *l, int fd, short events)
{
    task_t *t = co_task(l);
    struct epoll_event e = {.events = (unsigned)events, .data.ptr = t};
    t->state = TASK_WAITING;
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e) == 0) {
        t->fd = fd;
        l->waiting++;
        return CO_WAIT;
    }
    t->events = events;
    task_ready(l, t);
    return CO_WAIT;
}

/* For so many milliseconds. 0: the other tasks have their turn, no more. */
static inline int co_sleep(loop_t *l, int ms)
{
    struct itimerspec once = {.it_value = {ms / 1000, ms % 1000 * 1000000L}};
    if (ms <= 0) {
        task_ready(l, co_task(l));
        return CO_WAIT;
    }
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    if (fd < 0) {
        perror("co_sleep: timerfd_create");
        abort();
    }
    timerfd_settime(fd, 0, &once, NULL);
    co_wait_fd(l, fd, POLLIN);
    l->running->is_timer = 1;
    return CO_WAIT;
}

/* What the descriptor it waited for was ready for: POLLIN, POLLOUT, POLLHUP; 0 if it was woken. */
static inline short co_events(loop_t *l) { return l->running->events; }

/* A task that waits goes on in the next turn, whatever it waited for. One that runs at this moment goes on as
 * soon as it says that it waits. Nothing happens to one that is ready or has ended. */
static inline void loop_wake(loop_t *l, task_t *t)
{
    t->woken = t->state == TASK_RUNNING;
    if (t->state != TASK_WAITING)
        return;
    task_forget(l, t);
    t->events = 0;
    task_ready(l, t);
}

/* ---- the end of a task ------------------------------------------------------------------------ */

/* The last words of a step: `return co_return(l, cup);` or `return co_fail(l, ENOENT);` */
static inline int co_return(loop_t *l, void *result)
{
    l->running->result = result;
    return CO_DONE;
}

static inline int co_fail(loop_t *l, int error)
{
    l->running->error = error;
    return CO_DONE;
}

/* fn(loop, task, ctx) will be called once, when the task ends; several in the order of asking. A task that
 * has ended does not end again: look at its state before. */
static inline void task_when_done(task_t *t, task_fn fn, void *ctx)
{
    struct task_end **last = &t->ends, *end = malloc(sizeof *end);
    while (*last)
        last = &(*last)->next;
    *end = (struct task_end){fn, ctx, NULL};
    *last = end;
}

static inline void task_ends(loop_t *l, task_t *t)
{
    task_forget(l, t);
    t->state = TASK_ENDED;
    l->pending--;
    if (t->finally)
        t->finally(t->co);
    for (struct task_end *end; (end = t->ends) != NULL; free(end)) {
        t->ends = end->next;
        end->fn(l, t, end->ctx);
    }
}

/* Ends a task before its time: what it waits for is given up, its error is ECANCELED, and then all happens
 * that happens at an end. Nothing happens to one that has ended, or runs at this moment. */
static inline void loop_cancel(loop_t *l, task_t *t)
{
    if (t->state == TASK_ENDED || t->state == TASK_RUNNING)
        return;
    t->error = ECANCELED;
    task_ends(l, t);
}

/* ---- the loop ----------------------------------------------------------------------------------- */

static inline loop_t *loop_new(void)
{
    loop_t *l = calloc(1, sizeof *l);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->last_ready = &l->ready;
    l->began = loop_clock();
    return l;
}

/* before(loop, task, ctx) is called right before each step, after(loop, task, ctx) when it has returned and,
 * at an end, everybody was told. Either may be NULL. */
static inline void loop_hooks(loop_t *l, task_fn before, task_fn after, void *ctx)
{
    l->before = before;
    l->after = after;
    l->hooks_ctx = ctx;
}

/* For demos: a lane for each task that runs from now on. These are hooks. */
static inline void task_lane_runs(loop_t *l, task_t *t, void *ctx)
{
    if (t->lane == 0)
        t->lane = lab_task(t->name);
    lab_task_is(t->lane, LAB_TASK_RUNS);
}

static inline void task_lane_waits(loop_t *l, task_t *t, void *ctx)
{
    lab_task_is(t->lane, t->state == TASK_ENDED ? LAB_TASK_ENDS : LAB_TASK_WAITS);
}

static inline void loop_lanes(loop_t *l) { loop_hooks(l, task_lane_runs, task_lane_waits, NULL); }

static inline int task_step(loop_t *l, task_t *t)
{
    t->state = TASK_RUNNING;
    t->woken = 0;
    l->running = t;
    int said = t->step(l, t->co);
    l->running = NULL;
    return said;
}

static inline void task_go_on(loop_t *l, task_t *t)
{
    if (l->before)
        l->before(l, t, l->hooks_ctx);
    if (task_step(l, t) == CO_DONE)
        task_ends(l, t);
    else if (t->state == TASK_RUNNING)
        t->state = TASK_WAITING; /* for loop_wake */
    if (t->woken)
        loop_wake(l, t);
    if (l->after)
        l->after(l, t, l->hooks_ctx);
}

/* Those who were ready when it began. Who gets ready meanwhile has to wait until the loop has looked at the
 * descriptors: so nobody can keep the others out. */
static inline void loop_run_ready(loop_t *l)
{
    l->turn = !l->turn;
    while (l->ready && l->ready->turn != l->turn) {
        task_t *t = l->ready;
        task_unready(l, t);
        task_go_on(l, t);
    }
}

/* The only place where the loop sleeps: until a descriptor is ready, or not at all if a task is. */
static inline void loop_wait(loop_t *l)
{
    struct epoll_event got[64];
    if (!l->ready && l->waiting == 0)
        fprintf(stderr, "loop: idle for ever; tasks pending: %d, and none of them waits for anything\n", l->pending);
    int n = epoll_wait(l->epoll, got, 64, l->ready ? 0 : -1);
    for (int i = 0; i < n; i++) {
        task_t *t = got[i].data.ptr;
        task_forget(l, t);
        t->events = (short)got[i].events; /* EPOLLIN is POLLIN, and so on */
        task_ready(l, t);
    }
}

/* Until every task has ended, or loop_stop was called. Not from a step: that returns, and the loop goes on. */
static inline void loop_run(loop_t *l)
{
    if (l->running) {
        fprintf(stderr, "loop_run: called by a step of the loop, which runs already\n");
        abort();
    }
    l->stopped = 0;
    while (l->pending > 0 && !l->stopped) {
        loop_run_ready(l);
        if (l->pending > 0 && !l->stopped)
            loop_wait(l);
    }
}

/* loop_run returns after this turn. */
static inline void loop_stop(loop_t *l) { l->stopped = 1; }

/* Tasks that have not ended are cancelled. */
static inline void loop_free(loop_t *l)
{
    for (task_t *t = l->tasks; t; t = t->next)
        loop_cancel(l, t);
    for (task_t *t; (t = l->tasks) != NULL; free(t)) {
        l->tasks = t->next;
        for (struct task_end *end; (end = t->ends) != NULL; free(end))
            t->ends = end->next;
    }
    close(l->epoll);
    free(l);
}

#endif
