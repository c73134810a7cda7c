/* check.c - is every accepted task run once, by a worker, in time, and does closing time end? */
#include <errno.h>
#include <pthread.h>

#include <lab/check.h>

#include "pool.h"

enum { MOST = 4 };

struct job {
    int runs;
    long ms; /* how long it takes */
    int err;
    pthread_t by;
};

/* Each is written by the worker that runs it, and read after its future was asked or the workers were joined. */
static struct job job[MOST];
static future_t *slip[MOST];
static pool_t *pool;

/* Only the ideal clock makes promises; under the hostile one sleeping would be one more thing that can end at any moment. */
static void pass(long ms)
{
    if (ms > 0 && lab_ideal_clock())
        lab_brew(ms);
}

static int brew(void *arg, void **val)
{
    struct job *j = arg;
    pass(j->ms);
    j->runs++;
    j->by = pthread_self();
    *val = j;
    return j->err;
}

static void begin(int workers)
{
    lab_no_polling();
    for (int i = 0; i < MOST; i++)
        job[i] = (struct job){0};
    pool = pool_new(workers);
}

static void submit(int i, long ms)
{
    job[i].ms = ms;
    slip[i] = pool_submit(pool, brew, &job[i]);
    lab_check(slip[i] != NULL, "the pool is open, and pool_submit returned NULL");
}

static void check_ran(int i)
{
    lab_check(job[i].runs == 1, "task %d was accepted, and %s", i + 1,
              job[i].runs == 0 ? "it was not run" : "it was run more than once");
    lab_check(!pthread_equal(job[i].by, pthread_self()), "M35: task %d was not run by a worker, but by main", i + 1);
}

static void get(int i)
{
    void *val = NULL;
    int err = future_get(slip[i], &val);
    lab_check(err == job[i].err, "%stask %d returned %d, its future says %d",
              err == ECANCELED ? "M25 if closing meant dropping: " : "M00: ", i + 1, job[i].err, err);
    lab_check(val == &job[i], "the future of task %d has another value than the task gave", i + 1);
    check_ran(i);
    future_free(slip[i]);
}

static void close_pool(bool drain)
{
    pool_shutdown(pool, drain);
    lab_check(lab_threads_running() == 0, "M24 if who has been told to go were gone: "
              "pool_shutdown has returned, and %d of its workers are still there",
              lab_threads_running());
}

/* Submits n tasks of 2 s and closes the pool; they must be ready after `due` ms. */
static void rush(int workers, int n, long due)
{
    begin(workers);
    for (int i = 0; i < n; i++)
        submit(i, 2000);
    close_pool(true);
    lab_always_within(due, "%d tasks of 2000 ms, %d workers: ready at t = %ld ms, not at %ld ms", n, workers,
                      lab_now_ms(), due);
    for (int i = 0; i < n; i++)
        get(i);
    pool_free(pool);
}

SCENARIO(one_task, "one worker, one task", "M35", "10.1")
{
    rush(1, 1, 2000);
}

SCENARIO(two_at_once, "two workers, two tasks", "M18, M37", "10.2")
{
    rush(2, 2, 2000);
}

SCENARIO(two_rounds, "one worker, two tasks", "M37 if there were always another worker", "10.2")
{
    rush(1, 2, 4000);
}

SCENARIO(idle, "two workers asleep, then two tasks", "M27", "10.6")
{
    begin(2);
    pass(1000);
    submit(0, 2000);
    submit(1, 2000);
    pass(1); /* closing would wake those who sleep */
    close_pool(true);
    lab_always_within(3000, "M08 if who waits saw a task by itself: "
                      "two tasks of 2000 ms came at t = 1000 ms, two workers were free: ready at t = %ld ms",
                      lab_now_ms());
    get(0);
    get(1);
    pool_free(pool);
}

SCENARIO(idle_and_closed, "two workers asleep, then the end", "M31", "10.6")
{
    begin(2);
    pass(1000);
    close_pool(true);
    pool_free(pool);
}

SCENARIO(three_idle, "three workers, and nothing to do", "M31", "10.6")
{
    begin(3);
    pool_shutdown(pool, true);
    pool_free(pool);
}

SCENARIO(drained, "two tasks accepted, then closed", "M25", "10.6")
{
    begin(1);
    submit(0, 0);
    submit(1, 0);
    close_pool(true);
    check_ran(0);
    check_ran(1);
    future_free(slip[0]);
    future_free(slip[1]);
    pool_free(pool);
}

/* Without `drain`: a task was run, or dropped and its future says so. */
static void check_run_or_dropped(int i)
{
    int err = future_get(slip[i], NULL);
    lab_check(err == (job[i].runs ? 0 : ECANCELED), "task %d was %s, and its future says %d", i + 1,
              job[i].runs ? "run" : "dropped", err);
    future_free(slip[i]);
}

SCENARIO(dropped, "one task runs, two wait, and the pool is closed without drain",
         "M36 if who waits for a dropped task were told by itself", "10.6")
{
    begin(1);
    submit(0, 2000);
    submit(1, 2000);
    submit(2, 2000);
    pass(1000);
    close_pool(false);
    lab_check(!lab_ideal_clock() || job[0].runs == 1, "M00: the first task had begun, and it was not finished");
    lab_check(!lab_ideal_clock() || job[1].runs == 0, "the second task had not begun, and it was run after all");
    lab_check(!lab_ideal_clock() || job[2].runs == 0, "M08 if at most one task ever waited: "
              "the third task had not begun, and it was run after all");
    for (int i = 0; i < 3; i++)
        check_run_or_dropped(i);
    pool_free(pool);
}

SCENARIO(after_the_end, "a task after the end", "M24", "10.6")
{
    begin(1);
    close_pool(true);
    lab_check(pool_submit(pool, brew, &job[0]) == NULL, "the pool is closed, and pool_submit accepted a task");
    pool_free(pool);
}

static void *close_it(void *arg)
{
    pool_shutdown(pool, true);
    return arg;
}

SCENARIO(at_the_last_moment, "a task comes while the pool is being closed",
         "M16 if two locked steps were one", "10.7")
{
    begin(1);
    lab_go(close_it, NULL);
    slip[0] = pool_submit(pool, brew, &job[0]);
    lab_join_all();
    if (slip[0]) {
        check_ran(0);
        future_free(slip[0]);
    } else {
        lab_check(job[0].runs == 0, "the task was rejected, and yet it was run");
    }
    pool_free(pool);
}

static void *drop_it(void *arg)
{
    pool_shutdown(pool, false);
    return arg;
}

SCENARIO(dropped_at_the_last_moment, "a task comes while the pool is being closed without drain",
         "M16 if two locked steps were one", "10.7")
{
    begin(1);
    lab_go(drop_it, NULL);
    slip[0] = pool_submit(pool, brew, &job[0]);
    lab_join_all();
    if (slip[0])
        check_run_or_dropped(0);
    else
        lab_check(job[0].runs == 0, "the task was rejected, and yet it was run");
    pool_free(pool);
}

SCENARIO(in_order, "the first one comes first, and it fails", "M36", "10.4")
{
    begin(1);
    job[0].err = EIO;
    submit(0, 2000);
    submit(1, 2000);
    get(0);
    lab_always_within(2000, "the first task should be ready at t = 2000 ms, its future came at t = %ld ms", lab_now_ms());
    get(1);
    close_pool(true);
    pool_free(pool);
}

/* The task of the first pool takes two seconds; that of the second one needs none of its workers. */
SCENARIO(two_pools, "two pools of one worker, a task for each", "M15", "10.1")
{
    if (!lab_ideal_clock()) /* it would only be long */
        return;
    begin(1);
    pool_t *first = pool;
    pool = pool_new(1);
    job[0].ms = 2000;
    slip[0] = pool_submit(first, brew, &job[0]);
    submit(1, 0);
    get(1);
    lab_require("serial", lab_now_ms() == 0,
                "M15: a task of a pool whose worker is free had to wait for another pool, until t = %ld ms", lab_now_ms());
    get(0);
    pool_shutdown(first, true);
    pool_free(first);
    close_pool(true);
    pool_free(pool);
}
