// expect: pass
/* The performance table of the seed about models of concurrency, in virtual time and on 4 cores: the numbers follow from
 * what each task is made of. Threads share one big lock for computing, and pay for being made and switched where
 * the task has many small operations; that price (ms below) is what the seed's numbers imply.
 *
 *                    sequential   loop   threads   processes
 *   3 requests            6         2       2          2
 *   files                10         3       4          3
 *   computing             8         8       8          2
 *   mixed                15        10      12          6
 *
 * On real threads and a real clock (threadmill-native --scenario) lab_report tells what this machine takes. */
#include <lab/check.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
    long wait, work;
};
struct task {
    int n;
    long price; /* of threads */
    struct job jobs[4];
};
static const struct task requests = {3, 0, {{2000, 0}, {2000, 0}, {2000, 0}}};
static const struct task files = {4, 1000, {{3000, 0}, {2000, 0}, {3000, 0}, {2000, 0}}};
static const struct task computing = {4, 0, {{0, 2000}, {0, 2000}, {0, 2000}, {0, 2000}}};
static const struct task mixed = {3, 2000, {{2000, 2000}, {3000, 2000}, {2000, 4000}}};

static void work(long ms)
{
    if (ms)
        lab_work(ms);
}

static void sequential(const struct task *t)
{
    for (int i = 0; i < t->n; i++) {
        if (t->jobs[i].wait)
            lab_brew(t->jobs[i].wait);
        work(t->jobs[i].work);
    }
}

static void loop(const struct task *t)
{
    struct pollfd p[4];
    int left = t->n;
    for (int i = 0; i < t->n; i++) {
        long ms = t->jobs[i].wait;
        struct itimerspec span = {.it_value = {ms / 1000, ms % 1000 * 1000000 + 1}};
        p[i] = (struct pollfd){timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0};
        timerfd_settime(p[i].fd, 0, &span, NULL);
    }
    while (left) {
        poll(p, (nfds_t)t->n, -1);
        for (int i = 0; i < t->n; i++)
            if (p[i].revents & POLLIN) {
                close(p[i].fd);
                p[i] = (struct pollfd){-1, 0, 0};
                work(t->jobs[i].work);
                left--;
                break; /* others may have become ready meanwhile */
            }
    }
}

static pthread_mutex_t big = PTHREAD_MUTEX_INITIALIZER;

static void *with_lock(void *arg)
{
    const struct job *j = arg;
    if (j->wait)
        lab_brew(j->wait);
    if (j->work) {
        pthread_mutex_lock(&big);
        lab_work(j->work);
        pthread_mutex_unlock(&big);
    }
    return NULL;
}

static void threads(const struct task *t)
{
    pthread_t id[4];
    work(t->price);
    for (int i = 0; i < t->n; i++)
        pthread_create(&id[i], NULL, with_lock, (void *)(uintptr_t)&t->jobs[i]);
    for (int i = 0; i < t->n; i++)
        pthread_join(id[i], NULL);
}

static void processes(const struct task *t)
{
    pid_t id[4];
    for (int i = 0; i < t->n; i++)
        if ((id[i] = fork()) == 0) {
            if (t->jobs[i].wait)
                lab_brew(t->jobs[i].wait);
            work(t->jobs[i].work);
            _exit(0);
        }
    for (int i = 0; i < t->n; i++)
        waitpid(id[i], NULL, 0);
}

static void cell(const char *name, void (*how)(const struct task *), const struct task *t, long seconds)
{
    how(t);
    long ms = lab_now_ms();
    lab_report(name, (double)ms / 1000, "s");
    lab_check(!lab_ideal_clock() || ms == seconds * 1000, "%s took %ld ms, not %ld s", name, ms, seconds);
}

#define CELL(task, how, seconds)                                                                                       \
    SCENARIO(task##_##how, #task ", " #how, "M37", "16.2") { cell(#task ", " #how, how, &task, seconds); }
CELL(requests, sequential, 6)
CELL(requests, loop, 2)
CELL(requests, threads, 2)
CELL(requests, processes, 2)
CELL(files, sequential, 10)
CELL(files, loop, 3)
CELL(files, threads, 4)
CELL(files, processes, 3)
CELL(computing, sequential, 8)
CELL(computing, loop, 8)
CELL(computing, threads, 8)
CELL(computing, processes, 2)
CELL(mixed, sequential, 15)
CELL(mixed, loop, 10)
CELL(mixed, threads, 12)
CELL(mixed, processes, 6)
