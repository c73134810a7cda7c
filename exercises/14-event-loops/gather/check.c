/* check.c - done is called once, at the right moment, with the right error; and the tasks are left alone. */
#include <lab/check.h>

#include "gather.h"

enum { MOST = 3 };

struct job {
    int ms, error, at;
    long ended_at; /* under the ideal clock */
    char cup;
    int tidied;
};
static struct job job[MOST];
static task_t *task[MOST];

static int job_step(loop_t *l, void *co)
{
    struct job *j = co;
    if (j->at++ == 0)
        return co_sleep(l, j->ms);
    j->ended_at = lab_ideal_clock() ? lab_now_ms() : j->ms;
    return j->error ? co_fail(l, j->error) : co_return(l, &j->cup);
}

static void tidy(void *co)
{
    struct job *j = co;
    j->tidied++;
}

/* What a call of done said. */
struct report {
    int calls, err;
    long at;
};

static void done(void *ctx, int err)
{
    struct report *r = ctx;
    lab_check(r->calls == 0, "M46 if it did no harm to be told twice: "
              "done was called a second time: with %d, and before with %d", err, r->err);
    r->calls++;
    r->err = err;
    r->at = lab_ideal_clock() ? lab_now_ms() : -1;
}

static void reported(const struct report *r, int err, long at)
{
    lab_check(err == 0 || r->err != 0, "M36: done was called with 0, as if all had ended well; the first error is %d", err);
    lab_check(r->err == err, "M36 if one error were as good as another: done was called with %d; the first error is %d", r->err, err);
    lab_check(r->at < 0 || r->at >= at, "done was called after %ld ms; that was not decided before %ld", r->at, at);
    lab_require("late", r->at <= at, "M36 if an error could wait until the end: "
                "done was called after %ld ms; that was decided after %ld", r->at, at);
}

static loop_t *spawn(int n, const struct job *jobs)
{
    loop_t *l = loop_new();
    lab_no_polling();
    for (int i = 0; i < n; i++) {
        job[i] = jobs[i];
        task[i] = loop_spawn(l, job_step, &job[i]);
        task[i]->finally = tidy;
    }
    return l;
}

/* The tasks are as they would be without any gathering. */
static void tasks_untouched(int n)
{
    for (int i = 0; i < n; i++) {
        lab_check(task[i]->co == &job[i], "M35 if the order were that in which they are ready: "
                  "task[%d] is not the task that was there: the array is the caller's, and the order is his", i);
        lab_check(task[i]->error != ECANCELED, "M25 if one that fails stopped the others: "
                  "task %d was cancelled; it should go on", i);
        lab_check(task[i]->error == job[i].error, "task %d has the error %d, and ended with %d", i, task[i]->error,
                  job[i].error);
        lab_check(job[i].error || task[i]->result == &job[i].cup, "task %d has lost its result", i);
        lab_check(job[i].tidied == 1, "M00: the finally of task %d was called %d times; it belongs to the task", i, job[i].tidied);
        lab_check(job[i].ended_at == job[i].ms, "task %d of %d ms ended after %ld", i, job[i].ms, job[i].ended_at);
    }
}

static void close_stall(loop_t *l)
{
    loop_free(l);
    lab_no_descriptors_left();
    lab_require("leak", lab_heap_live() == 0, "M08 if what nobody needs any more went away: "
                "%zu bytes of memory are left when all tasks have ended", lab_heap_live());
}

/* All tasks at once, from the beginning to the end. */
static void gather(int n, const struct job *jobs, int err, long at)
{
    struct report r = {0};
    loop_t *l = spawn(n, jobs);
    loop_gather(l, task, n, done, &r);
    loop_run(l);
    lab_check(r.calls == 1, "M27 if who asks later were told again: all tasks have ended, and done was not called");
    reported(&r, err, at);
    tasks_untouched(n);
    close_stall(l);
}

SCENARIO(one, "one task of 1 second", "M35", "14.4")
{
    gather(1, (struct job[]){{.ms = 1000}}, 0, 1000);
}

SCENARIO(three, "tasks of 3, 1 and 2 seconds", "M35", "14.4")
{
    gather(3, (struct job[]){{.ms = 3000}, {.ms = 1000}, {.ms = 2000}}, 0, 3000);
}

SCENARIO(none, "nothing to wait for", "M35", "14.4")
{
    struct report r = {0};
    loop_t *l = spawn(0, NULL);
    loop_gather(l, task, 0, done, &r);
    lab_check(r.calls == 1, "M08 if done were called by itself: "
              "there is nothing to wait for, and done was not called");
    reported(&r, 0, 0);
    close_stall(l);
}

SCENARIO(same_moment, "three tasks that end at the same moment", "M35", "14.4")
{
    gather(3, (struct job[]){{.ms = 1000}, {.ms = 1000}, {.ms = 1000}}, 0, 1000);
}

SCENARIO(one_fails, "the second one fails after 1 second", "M36", "14.4")
{
    gather(3, (struct job[]){{.ms = 3000}, {.ms = 1000, .error = EIO}, {.ms = 2000}}, EIO, 1000);
}

SCENARIO(last_fails, "the last one to end fails", "M36", "14.4")
{
    gather(2, (struct job[]){{.ms = 2000, .error = EIO}, {.ms = 1000}}, EIO, 2000);
}

SCENARIO(two_fail, "both fail, one after the other", "M36", "14.4")
{
    gather(2, (struct job[]){{.ms = 2000, .error = ENOENT}, {.ms = 1000, .error = EIO}}, EIO, 1000);
}

/* The gathering begins after half a second, when some have ended. */
static void gather_late(int n, const struct job *jobs, int err, long at)
{
    struct report r = {0};
    struct job alarm = {.ms = 500};
    loop_t *l = spawn(n, jobs);
    task_t *t = loop_spawn(l, job_step, &alarm);
    while (t->state != TASK_ENDED) {
        loop_run_ready(l);
        if (t->state != TASK_ENDED)
            loop_wait(l);
    }
    loop_gather(l, task, n, done, &r);
    loop_run(l);
    lab_check(r.calls == 1, "M27 if who asks later were told again: all tasks have ended, and done was not called");
    reported(&r, err, at);
    tasks_untouched(n);
    close_stall(l);
}

SCENARIO(all_over, "all have ended before they are gathered", "M27", "14.4")
{
    gather_late(2, (struct job[]){{.ms = 100}, {.ms = 200}}, 0, 500);
}

SCENARIO(one_over, "the first has ended before, the second has not", "M27", "14.4")
{
    gather_late(2, (struct job[]){{.ms = 100}, {.ms = 2000}}, 0, 2000);
}

SCENARIO(one_failed, "one has failed before, one will fail", "M36", "14.4")
{
    gather_late(2, (struct job[]){{.ms = 2000, .error = ENOENT}, {.ms = 100, .error = EIO}}, EIO, 500);
}

SCENARIO(first_failed, "one has failed before, one has ended, one will end", "M36", "14.4")
{
    gather_late(3, (struct job[]){{.ms = 100, .error = ENOENT}, {.ms = 200}, {.ms = 2000}}, ENOENT, 500);
}

SCENARIO(cancelled, "one of two is cancelled before its time", "M36 if who is cancelled had ended well", "14.4")
{
    struct report r = {0};
    loop_t *l = spawn(2, (struct job[]){{.ms = 1000}, {.ms = 2000}});
    loop_gather(l, task, 2, done, &r);
    loop_cancel(l, task[1]);
    loop_run(l);
    lab_check(r.calls == 1, "a task was cancelled, and done was called %d times", r.calls);
    reported(&r, ECANCELED, 0);
    close_stall(l);
}

SCENARIO(two_gatherings, "two at once, with a task in both", "M35", "14.4")
{
    struct report both = {0}, first = {0};
    loop_t *l = spawn(2, (struct job[]){{.ms = 1000}, {.ms = 2000}});
    task_t *here[2] = {task[0], task[1]};
    loop_gather(l, here, 2, done, &both);
    here[0] = here[1] = NULL; /* the array was ours */
    loop_gather(l, task, 1, done, &first);
    loop_run(l);
    lab_check(both.calls == 1 && first.calls == 1, "M15 if one were enough for all: "
              "two gatherings at once, and all have ended: done was called %d times for one, %d times for the other",
              both.calls, first.calls);
    reported(&both, 0, 2000);
    reported(&first, 0, 1000);
    tasks_untouched(2);
    close_stall(l);
}
