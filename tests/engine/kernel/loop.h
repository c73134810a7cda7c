/* loop: an event loop in a few lines, as the lessons have it: tasks are steps with a bookmark, poll waits for them. */
#include <lab/check.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

enum { CO_DONE, CO_WAIT };
typedef struct loop loop_t;
typedef int (*step_fn)(loop_t *, void *co);
struct task {
    step_fn step;
    void *co;
    int fd; /* waited for; -1: it can go on */
    int own; /* fd is a timer of the loop's */
    int done;
};
struct loop {
    struct task tasks[8];
    int n;
};

static void loop_spawn(loop_t *l, step_fn step, void *co) { l->tasks[l->n++] = (struct task){step, co, -1, 0, 0}; }

static struct task *task_of(loop_t *l, const void *co)
{
    int i = 0;
    while (l->tasks[i].co != co || l->tasks[i].done)
        i++;
    return &l->tasks[i];
}

static int co_wait_fd(loop_t *l, const void *co, int fd)
{
    task_of(l, co)->fd = fd;
    return CO_WAIT;
}

static int co_sleep(loop_t *l, const void *co, int ms)
{
    struct itimerspec span = {.it_value = {ms / 1000, ms % 1000 * 1000000L}};
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(fd, 0, &span, NULL);
    task_of(l, co)->own = 1;
    return co_wait_fd(l, co, fd);
}

static void go_on(loop_t *l, struct task *t)
{
    if (t->own)
        close(t->fd);
    t->fd = -1;
    t->own = 0;
    t->done = t->step(l, t->co) == CO_DONE;
}

static void loop_run(loop_t *l)
{
    lab_loop(1, 500);
    for (int i = 0; i < l->n; i++)
        go_on(l, &l->tasks[i]);
    for (;;) {
        struct pollfd p[8];
        int of[8], n = 0;
        for (int i = 0; i < l->n; i++)
            if (!l->tasks[i].done) {
                p[n] = (struct pollfd){l->tasks[i].fd, POLLIN, 0};
                of[n++] = i;
            }
        if (n == 0)
            break;
        poll(p, (nfds_t)n, -1);
        for (int k = 0; k < n; k++)
            if (p[k].revents)
                go_on(l, &l->tasks[of[k]]);
    }
    lab_loop(-1, 0);
}
