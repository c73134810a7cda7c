// expect: pass
/* The table of execution times of lesson 16, in virtual time and on 4 cores: the figures "on paper" follow from what each
 * task is made of, and where the seed has a number, they are that number. Threads under one lock pay for being made and
 * switched where a task has many small operations; that price is what the seed's numbers imply.
 *
 *                    sequential   loop   threads, one lock   processes   threads in C
 *   3 requests            6         2            2               2            2
 *   files                10         3            4               3            3
 *   computing             8         8            8               2            2
 *   mixed                15        10           12               6            6
 *   three sums            7         7            7               4            4
 *
 * On real threads and a real clock (threadmill-native --scenario) lab_report tells what this machine takes. */
#include <lab/check.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../lessons/16-choosing/demo/table.h"

static void work(int seconds)
{
    if (seconds)
        lab_work(seconds * 1000L);
}

static void wait_for(int seconds)
{
    if (seconds)
        lab_brew(seconds * 1000L);
}

static void sequential(const struct row *t)
{
    for (int i = 0; i < t->n; i++) {
        wait_for(t->job[i].wait);
        work(t->job[i].work);
    }
}

static void loop(const struct row *t)
{
    struct pollfd p[4];
    int left = t->n;
    for (int i = 0; i < t->n; i++) {
        struct itimerspec span = {.it_value = {t->job[i].wait, 1}};
        p[i] = (struct pollfd){timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0};
        timerfd_settime(p[i].fd, 0, &span, NULL);
    }
    while (left) {
        poll(p, (nfds_t)t->n, -1);
        for (int i = 0; i < t->n; i++)
            if (p[i].revents & POLLIN) {
                close(p[i].fd);
                p[i] = (struct pollfd){-1, 0, 0};
                work(t->job[i].work);
                left--;
                break; /* others may have become ready meanwhile */
            }
    }
}

static pthread_mutex_t big = PTHREAD_MUTEX_INITIALIZER;

static void *with_lock(void *arg)
{
    const struct job *j = arg;
    wait_for(j->wait);
    if (j->work) {
        pthread_mutex_lock(&big);
        work(j->work);
        pthread_mutex_unlock(&big);
    }
    return NULL;
}

static void *without_lock(void *arg)
{
    const struct job *j = arg;
    wait_for(j->wait);
    work(j->work);
    return NULL;
}

static void in_threads(const struct row *t, void *(*start)(void *))
{
    pthread_t id[MOST_JOBS];
    for (int i = 0; i < t->n; i++)
        pthread_create(&id[i], NULL, start, (void *)(uintptr_t)&t->job[i]);
    for (int i = 0; i < t->n; i++)
        pthread_join(id[i], NULL);
}

static void one_lock(const struct row *t)
{
    work(t->price);
    in_threads(t, with_lock);
}

static void threads(const struct row *t) { in_threads(t, without_lock); }

static void processes(const struct row *t)
{
    pid_t id[4];
    for (int i = 0; i < t->n; i++)
        if ((id[i] = fork()) == 0) {
            wait_for(t->job[i].wait);
            work(t->job[i].work);
            _exit(0);
        }
    for (int i = 0; i < t->n; i++)
        waitpid(id[i], NULL, 0);
}

static void cell(const char *name, void (*how)(const struct row *), const struct row *t, int way, long seconds)
{
    lab_check(on_paper(t, way) == seconds, "%s: on paper it takes %d s, not %ld", name, on_paper(t, way), seconds);
    lab_check(t->told[way] == 0 || t->told[way] == seconds, "%s: the seed says %d s, not %ld", name, t->told[way],
              seconds);
    how(t);
    long ms = lab_now_ms();
    lab_report(name, (double)ms / 1000, "s");
    lab_check(!lab_ideal_clock() || ms == seconds * 1000, "%s took %ld ms, not %ld s", name, ms, seconds);
}

#define CELL(task, row, how, way, seconds)                                                                              \
    SCENARIO(task##_##how, #task ", " #how, "M37", "16.2") { cell(#task ", " #how, how, &table[row], way, seconds); }
#define ROW(task, row, a, b, c, d, e)                                                                                   \
    CELL(task, row, sequential, ONE_AFTER_THE_OTHER, a)                                                                 \
    CELL(task, row, loop, EVENT_LOOP, b)                                                                                \
    CELL(task, row, one_lock, ONE_LOCK, c)                                                                              \
    CELL(task, row, processes, PROCESSES, d)                                                                            \
    CELL(task, row, threads, THREADS, e)
ROW(requests, 0, 6, 2, 2, 2, 2)
ROW(files, 1, 10, 3, 4, 3, 3)
ROW(computing, 2, 8, 8, 8, 2, 2)
ROW(mixed, 3, 15, 10, 12, 6, 6)
ROW(sums, 4, 7, 7, 7, 4, 4)
