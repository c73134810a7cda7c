/* check.c - does each result come back, once, on the loop's thread, in every order of workers, bell and loop? */
#include <pthread.h>

#include <lab/check.h>

#include "run-in-executor.h"

enum { MOST = 3 };

/* A worker writes runs and by, the loop the rest: also after the result is there. */
static struct order {
    long ms;
    int runs, served;
    pthread_t by;
    long at; /* when it was served */
    int next; /* offloaded when this one is served; 0: none */
} order[MOST];

static loop_t *loop;
static pool_t *pool;
static pthread_t loop_thread;

static void begin(int workers)
{
    lab_no_polling();
    loop_thread = pthread_self();
    loop = loop_new();
    offload_open(loop);
    pool = pool_new(workers);
    lab_loop(1, 500);
}

static void *brew(void *arg)
{
    struct order *o = arg;
    if (o->ms > 0)
        lab_brew(o->ms);
    o->runs++;
    o->by = pthread_self();
    return o;
}

static void offload(int i, long ms);

static void served(void *res, void *ctx)
{
    struct order *o = ctx;
    lab_check(pthread_equal(pthread_self(), loop_thread), "M45: "
              "done was called by another thread than the one of the loop");
    lab_check(res == o, "done got another result than the work returned");
    lab_check(o->runs == 1, "the work was run %d times", o->runs);
    lab_check(!pthread_equal(o->by, loop_thread), "the work was run by the thread of the loop");
    o->served++;
    o->at = lab_ideal_clock() ? lab_now_ms() : 0;
    if (o->next)
        offload(o->next, 0);
}

static void offload(int i, long ms)
{
    order[i].ms = ms;
    loop_offload(loop, pool, brew, &order[i], served, &order[i]);
}

/* loop_run, and then the orders 0 to n - 1 must have been served. */
static void run(int n)
{
    loop_run(loop);
    for (int i = 0; i < n; i++)
        lab_check(order[i].served == 1, "M46 if one wake-up were enough for all jobs: "
                  "loop_run has returned, and the result of job %d was delivered %d times", i + 1,
                  order[i].served);
}

static void end(void)
{
    lab_loop(-1, 0);
    pool_close(pool);
    offload_close(loop);
    loop_free(loop);
    lab_no_descriptors_left();
}

static int beat(loop_t *l, void *co)
{
    int *beats = co;
    if ((*beats)++ == 0)
        return co_sleep(l, 1000);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() <= 1000, "a heartbeat was due at t = 1000 ms and came at t = %ld ms",
                lab_now_ms());
    return CO_DONE;
}

SCENARIO(one_job, "a job of three seconds, and a heartbeat after one", "M45, M44", "15.5")
{
    int beats = 0;
    begin(1);
    loop_spawn(loop, beat, &beats);
    offload(0, 3000);
    run(1);
    lab_require("late", order[0].at <= 3000, "M07 if looking often were as good as being told: "
                "the result was there at t = 3000 ms and was delivered at t = %ld ms", order[0].at);
    lab_check(beats == 2, "loop_run has returned, and the heartbeat was still to come");
    end();
}

SCENARIO(two_together, "two jobs that end at the same moment", "M46, M30", "15.5")
{
    begin(2);
    offload(0, 0);
    offload(1, 0);
    run(2);
    end();
}

SCENARIO(short_and_long, "one job of a second, one of three", "M46", "15.5")
{
    begin(2);
    offload(0, 1000);
    offload(1, 3000);
    run(2);
    lab_require("late", order[0].at <= 1000, "the first result was there at t = 1000 ms and was delivered at t = %ld ms",
                order[0].at);
    lab_require("late", order[1].at <= 3000, "the second result was there at t = 3000 ms and was delivered at t = %ld ms",
                order[1].at);
    end();
}

SCENARIO(one_leads_to_another, "when the first is served, the next is offloaded", "M45", "15.5")
{
    begin(1);
    order[0].next = 1;
    offload(0, 0);
    run(2);
    end();
}

SCENARIO(and_later_again, "two jobs, and when the loop has ended one more", "M46", "15.5")
{
    begin(2);
    offload(0, 0);
    offload(1, 0);
    run(2);
    offload(2, 0);
    run(3);
    end();
}

SCENARIO(nothing_to_do, "no job at all", "M41", "15.5")
{
    begin(1);
    run(0);
    end();
}

SCENARIO(two_loops, "two loops, a job for each", "M15 if there were one loop in a program", "15.5")
{
    begin(1);
    loop_t *first = loop;
    loop = loop_new();
    offload_open(loop);
    offload(1, 0);
    loop_t *second = loop;
    loop = first;
    offload(0, 0);
    loop_run(first);
    lab_check(order[0].served == 1, "its loop_run has returned, and the result of the first loop's job was delivered %d times",
              order[0].served);
    loop_run(second);
    lab_check(order[1].served == 1, "its loop_run has returned, and the result of the second loop's job was delivered %d times",
              order[1].served);
    lab_loop(-1, 0);
    pool_close(pool);
    offload_close(first);
    offload_close(second);
    loop_free(first);
    loop_free(second);
    lab_no_descriptors_left();
}
