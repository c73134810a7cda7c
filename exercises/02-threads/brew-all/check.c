/* check.c - who brewed what, did they overlap, and what happens when there is no thread to be had? */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include <lab/check.h>

#include "brew-all.h"

enum { MOST = 4, MANY = 7 };

static int brews;         /* how many this call asks for */
static int brewed[MOST];  /* how often each id was brewed */
static pthread_t by[MOST];
static int poured[MANY]; /* the same, in the test with many */
static pthread_mutex_t book = PTHREAD_MUTEX_INITIALIZER;

static void brew(int id)
{
    lab_check(id >= 0 && id < brews, "brew(%d) was called, but the ids go from 0 to %d", id, brews - 1);
    pthread_mutex_lock(&book);
    lab_check(brewed[id] == 0, "two brews got id %d", id);
    brewed[id]++;
    by[id] = pthread_self();
    pthread_mutex_unlock(&book);
    lab_brew(2000);
}

static int call(int n)
{
    brews = n;
    lab_no_polling();
    memset(brewed, 0, sizeof brewed);
    int error = brew_all(n, brew);
    lab_require("leak", lab_threads_running() == 0, "M24: brew_all has returned with %d of its threads still running",
                lab_threads_running());
    return error;
}

static void check_threads(int n)
{
    for (int i = 0; i < n; i++) {
        lab_check(!pthread_equal(by[i], pthread_self()), "brew(%d) was called by the caller's own thread", i);
        for (int j = 0; j < i; j++)
            lab_check(!pthread_equal(by[i], by[j]), "brew(%d) and brew(%d) were called by the same thread", j, i);
    }
}

static void brew_and_look(int n)
{
    int error = call(n);
    lab_check(error == 0, "brew_all returned %d, but every thread could be created", error);
    for (int i = 0; i < n; i++)
        lab_check(brewed[i] == 1, "nobody brewed id %d", i);
    lab_always_within(n > 0 ? 2000 : 0, "M02 if what threads do overlapped by itself: "
                      "%d brews of 2 s took %ld ms: they do not overlap", n, lab_now_ms());
    check_threads(n);
}

SCENARIO(three_brews, "three brews", "M26, M01, M24", "02.4")
{
    brew_and_look(3);
}

SCENARIO(one_brew, "a single brew", "M26", "02.4")
{
    brew_and_look(1);
}

SCENARIO(no_brew, "no brew at all", "M06", "02.4")
{
    brew_and_look(0);
}

/* Without a lock: each id has a place of its own, and so all orders of many threads are one. */
static void pour(int id)
{
    lab_check(id >= 0 && id < MANY, "brew(%d) was called, but the ids go from 0 to %d", id, MANY - 1);
    poured[id]++;
}

SCENARIO(seven_brews, "seven brews", "M26", "02.4")
{
    lab_no_polling();
    int error = brew_all(MANY, pour);
    lab_check(error == 0, "brew_all returned %d, but every thread could be created", error);
    for (int i = 0; i < MANY; i++)
        lab_check(poured[i] == 1, "id %d was brewed %d times", i, poured[i]);
}

SCENARIO(again, "two brews, and two more", "M26", "02.4")
{
    call(2);
    lab_check(brewed[0] == 1 && brewed[1] == 1, "not every id was brewed");
    call(2);
    lab_check(brewed[0] == 1 && brewed[1] == 1, "not every id was brewed in the second call");
}

/* The k-th of three threads cannot be had: the k before it brew, and no other. */
static void refuse(int k)
{
    lab_fail_create(k, EAGAIN);
    int error = call(3);
    lab_check(error == EAGAIN, "%spthread_create returned EAGAIN (%d), brew_all returned %d",
              error == 0 ? "M36 if a call that fails made itself known: " : "M00: ", EAGAIN, error);
    for (int i = 0; i < 3; i++)
        lab_check(brewed[i] == (i < k), "M36 if the failure of one thread were no matter of the others: "
                  "thread %d could not be created; id %d was brewed %d times", k, i, brewed[i]);
}

SCENARIO(first_refused, "the first thread cannot be created", "M08, M24", "02.1")
{
    refuse(0);
}

SCENARIO(second_refused, "the second thread cannot be created", "M08, M24", "02.1")
{
    refuse(1);
}

SCENARIO(last_refused, "the last thread cannot be created", "M08, M24", "02.1")
{
    refuse(2);
}
