/* check.c - the stall itself, and: is every job done once, do they overlap, is none left behind? */
#include <pthread.h>
#include <stdio.h>

#include <lab/check.h>

#include "first-lanes.h"

enum { MOST = 8 };

struct order {
    pthread_t thread;
    const job_t *job;
    bool waited;
};

/* The lock is for answers that start jobs from threads of their own. */
static struct {
    pthread_mutex_t lock;
    struct order order[MOST];
    int count, waited;
} stall = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *do_job(void *arg)
{
    const struct order *me = arg;
    lab_name(me->job->name);
    lab_brew(me->job->ms);
    return NULL;
}

order_t stall_start(const job_t *job)
{
    pthread_mutex_lock(&stall.lock);
    lab_check(stall.count < MOST, "more jobs were started than there are");
    struct order *o = &stall.order[stall.count++];
    pthread_mutex_unlock(&stall.lock);
    o->job = job;
    pthread_create(&o->thread, NULL, do_job, o);
    return o;
}

void stall_wait(order_t o)
{
    pthread_mutex_lock(&stall.lock);
    lab_require("misuse", o >= stall.order && o < stall.order + stall.count,
                "stall_wait was given something that stall_start never returned");
    lab_require("misuse", !o->waited, "M08 if the stall knew which order is meant: "
                "stall_wait was called twice for the order of %s", o->job->name);
    o->waited = true;
    stall.waited++;
    pthread_mutex_unlock(&stall.lock);
    pthread_join(o->thread, NULL);
}

static int times_started(const job_t *job)
{
    int times = 0;
    for (int i = 0; i < stall.count; i++)
        times += stall.order[i].job == job;
    return times;
}

static long longest(const job_t *jobs, int n)
{
    long ms = 0;
    for (int i = 0; i < n; i++)
        ms = jobs[i].ms > ms ? jobs[i].ms : ms;
    return ms;
}

/* Nobody waited for this job: was it ready all the same? */
static void check_waited(const struct order *o)
{
    lab_check(o->waited, "%sserve_all returned at t = %ld ms without waiting for %s, which takes %ld ms%s",
              stall.order[stall.count - 1].waited
                  ? "M01 if jobs ended in the order in which they were started: "
                  : "M07 if a job were ready as soon as its time is over: ",
              lab_now_ms(), o->job->name, o->job->ms,
              lab_now_ms() < o->job->ms ? "" : ": perhaps it is ready, perhaps a moment later");
}

static void serve_and_look(const job_t *jobs, int n)
{
    serve_all(jobs, n);
    for (int i = 0; i < n; i++)
        lab_check(times_started(&jobs[i]) == 1, "M08 if the stall knew which job is meant: "
                  "%s was started %d times, not once", jobs[i].name,
                  times_started(&jobs[i]));
    lab_require("leak", n == 0 || stall.waited > 0 || !lab_ideal_clock() || lab_now_ms() == 0,
                "M07 if a sleep were as good as waiting: "
                "serve_all returned at t = %ld ms with %d jobs in progress", lab_now_ms(), n);
    lab_require("leak", n == 0 || stall.waited > 0, "M24 if somebody waited for the jobs without being asked: "
                "serve_all returned at t = %ld ms with %d jobs in progress",
                lab_now_ms(), n);
    for (int i = 0; i < stall.count; i++)
        check_waited(&stall.order[i]);
    lab_always_within(longest(jobs, n), "M02 if jobs that were started overlapped, wherever one waits for them: "
                      "the longest job takes %ld ms, but all of them took %ld ms: they wait for each other",
                      longest(jobs, n), lab_now_ms());
}

#define SERVE(...)                                                                                 \
    serve_and_look((const job_t[]){__VA_ARGS__}, sizeof((const job_t[]){__VA_ARGS__}) / sizeof(job_t))

SCENARIO(three_brews, "three brews of two seconds", "M02, M41, M24", "01.4")
{
    SERVE({"masala", 2000}, {"green", 2000}, {"ginger", 2000});
}

SCENARIO(long_first, "the first job takes longest", "M01", "01.4")
{
    SERVE({"rice", 3000}, {"chai", 1000});
}

SCENARIO(long_last, "the last job takes longest", "M02", "01.4")
{
    SERVE({"chai", 1000}, {"dal", 2000}, {"rice", 3000});
}

SCENARIO(one_job, "a single job", "M02", "01.4")
{
    SERVE({"chai", 2000});
}

SCENARIO(four_jobs, "four jobs", "M02", "01.4")
{
    SERVE({"rice", 3000}, {"dal", 2000}, {"chai", 1000}, {"aloo", 2000});
}

SCENARIO(five_jobs, "five jobs", "M02", "01.4")
{
    SERVE({"rice", 2000}, {"dal", 3000}, {"aloo", 4000}, {"chai", 5000}, {"lassi", 6000});
}

SCENARIO(twice, "two guests, one after the other", "M08", "01.4")
{
    const job_t first[] = {{"chai", 1000}, {"dal", 2000}}, second[] = {{"rice", 3000}, {"lassi", 1000}};
    serve_all(first, 2);
    serve_all(second, 2);
    lab_check(stall.count == 4 && stall.waited == 4,
              "2 jobs and 2 more: %d were started, and %d orders waited for", stall.count, stall.waited);
    lab_always_within(5000, "M02 if jobs that were started overlapped, wherever one waits for them: "
                      "2 s for the first two jobs and 3 s for the others, and all of them took %ld ms", lab_now_ms());
}

SCENARIO(no_job, "nothing to do", "M02", "01.4")
{
    serve_and_look(NULL, 0);
}
