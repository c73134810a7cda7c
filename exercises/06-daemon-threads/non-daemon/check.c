/* check.c - is every normal thread waited for, and no daemon? */
#include <errno.h>
#include <stdatomic.h>

#include <lab/check.h>

#include "non-daemon.h"

enum { MOST = 6 };

/* Atomic, so that it is no race of ours if somebody is still at work when we look. */
static atomic_bool begun[MOST], ended[MOST];
static int id[MOST] = {0, 1, 2, 3, 4, 5};

static void *brew_one(void *arg)
{
    int me = *(int *)arg;
    begun[me] = true;
    lab_brew(1000 * (me + 1));
    ended[me] = true;
    return NULL;
}

/* Watches the tea, and is never done. */
static void *watch(void *arg)
{
    (void)arg;
    lab_brew(3600000);
    return NULL;
}

static void *start_another(void *arg)
{
    int *me = arg;
    lab_brew(1000);
    int error = thr_start(brew_one, me + 1, false);
    lab_check(error == 0, "thr_start returned %d, but the thread could be created", error);
    ended[*me] = true;
    return NULL;
}

static void start(void *(*fn)(void *), void *arg, bool daemon)
{
    int error = thr_start(fn, arg, daemon);
    lab_check(error == 0, "thr_start returned %d, but the thread could be created", error);
}

static void wait_all(void)
{
    lab_no_polling();
    thr_wait_all();
}

static bool late; /* a thread is started by another one, while somebody waits */

static void check_ended(int me)
{
    lab_check(ended[me], "%sthr_wait_all has returned, and thread %d %s",
              begun[me]         ? "M24: "
              : late && me > 0  ? "M08 if a wait knew of threads that come later: "
                                : "M01 if a thread were done as soon as it is created: ", me,
              begun[me] ? "is still at work" : "has not even begun");
}

SCENARIO(two_threads, "two normal threads", "M24", "06.4")
{
    start(brew_one, &id[0], false);
    start(brew_one, &id[1], false);
    wait_all();
    check_ended(0);
    check_ended(1);
    lab_always_within(2000, "the slower thread takes 2000 ms, thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(with_daemon, "a normal thread and a daemon", "M23", "06.4")
{
    start(watch, NULL, true);
    start(brew_one, &id[0], false);
    wait_all();
    check_ended(0);
    lab_always_within(1000, "M23 if a daemon were a thread like any other: "
                      "the normal thread takes 1000 ms, thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(nested, "a thread that starts another", "M24", "06.4")
{
    late = true;
    start(start_another, &id[0], false);
    wait_all();
    check_ended(0);
    check_ended(1);
    lab_always_within(3000, "the last thread ends after 3000 ms, thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(nothing, "nothing was started", "M24", "06.4")
{
    wait_all();
    lab_always_within(0, "nothing was started, and thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(only_daemon, "only a daemon", "M23", "06.4")
{
    start(watch, NULL, true);
    wait_all();
    lab_always_within(0, "only a daemon was started, and thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(only_refused, "the only thread cannot be created", "M08 if pthread_create always made a thread", "02.1")
{
    lab_fail_create(0, EAGAIN);
    thr_start(brew_one, &id[0], false); /* what it returns is asked below */
    wait_all();
    lab_check(!begun[0], "there was no thread, and yet it ran");
    lab_always_within(0, "no thread could be created, and thr_wait_all returned at t = %ld ms", lab_now_ms());
}

SCENARIO(refused, "the second thread cannot be created", "M08", "02.1")
{
    start(brew_one, &id[0], false);
    lab_fail_create(0, EAGAIN);
    int error = thr_start(brew_one, &id[1], false);
    lab_check(error == EAGAIN, "%spthread_create returned EAGAIN (%d), thr_start returned %d",
              error == 0 ? "M36 if a call that fails made itself known: " : "M00: ", EAGAIN, error);
    wait_all();
    check_ended(0);
    lab_check(!begun[1], "there was no thread, and yet it ran");
}

SCENARIO(daemon_refused, "a daemon cannot be created while a normal thread runs", "M23", "02.1")
{
    start(brew_one, &id[0], false);
    lab_fail_create(0, EAGAIN);
    int error = thr_start(watch, NULL, true);
    lab_check(error == EAGAIN, "pthread_create returned EAGAIN (%d), thr_start returned %d", EAGAIN, error);
    wait_all();
    lab_check(ended[0], "M23 if a daemon were a thread like any other: a daemon could not be created, and thr_wait_all "
              "has returned while a normal thread %s", begun[0] ? "is still at work" : "has not even begun");
}
