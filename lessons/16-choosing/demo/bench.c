/* bench: the table of execution times of a tutorial, filled again on this machine. Each task is done in five ways:
 * the tutorial's number, the number on paper, and what was measured.
 *
 *   -t TASK  requests, files, computing, mixed, sums, or all (all)
 *   -u MS    how long a second of the table takes (100)
 *
 * The jobs of the task "files" are real files, 16 each, written through to the disk and read again. The others wait and
 * compute for as long as the table says. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>
#include <lab/loop.h>

#include "table.h"

enum { FILES = 1, COMPUTING, MIXED, SUMS, FILES_EACH = 16, FILE_SIZE = 128 * 1024 };

static long second_ms = 100;
static const struct row *task; /* the one being done */

/* ---- a job ------------------------------------------------------------------------------------ */

static void one_file(int number)
{
    static _Thread_local char data[FILE_SIZE];
    char path[64];
    snprintf(path, sizeof path, "/tmp/threadmill-bench-%d-%d", (int)getpid(), number);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_DSYNC | O_CLOEXEC, 0600);
    if (fd < 0 || unlink(path) != 0 || write(fd, data, sizeof data) != (ssize_t)sizeof data ||
        lseek(fd, 0, SEEK_SET) != 0 || read(fd, data, sizeof data) != (ssize_t)sizeof data) {
        perror("bench: a file in /tmp");
        _exit(1);
    }
    close(fd);
}

static void wait_for(int i)
{
    if (task == &table[FILES])
        for (int k = 0; k < FILES_EACH; k++)
            one_file(i * FILES_EACH + k);
    else if (task->job[i].wait > 0)
        lab_brew(task->job[i].wait * second_ms);
}

static void work(int i)
{
    if (task->job[i].work > 0)
        lab_work(task->job[i].work * second_ms);
}

/* ---- five ways --------------------------------------------------------------------------------- */

static void in_a_row(void)
{
    for (int i = 0; i < task->n; i++) {
        wait_for(i);
        work(i);
    }
}

struct order {
    int number, at;
    pthread_t thread;
};

static int order_step(loop_t *l, void *co)
{
    struct order *o = co;
    if (o->at++ == 0) {
        if (task != &table[FILES])
            return co_sleep(l, (int)(task->job[o->number].wait * second_ms));
        wait_for(o->number); /* a file cannot be waited for: the loop stands still */
    }
    work(o->number);
    return CO_DONE;
}

static void on_a_loop(void)
{
    struct order order[MOST_JOBS] = {{0}};
    loop_t *l = loop_new();
    for (int i = 0; i < task->n; i++) {
        order[i].number = i;
        loop_spawn(l, order_step, &order[i]);
    }
    loop_run(l);
    loop_free(l);
}

static void *freely(void *arg)
{
    struct order *o = arg;
    wait_for(o->number);
    work(o->number);
    return NULL;
}

static pthread_mutex_t big_lock = PTHREAD_MUTEX_INITIALIZER; /* as Python's: who computes holds it */

static void *under_lock(void *arg)
{
    struct order *o = arg;
    wait_for(o->number);
    pthread_mutex_lock(&big_lock);
    work(o->number);
    pthread_mutex_unlock(&big_lock);
    return NULL;
}

static void in_threads(void *(*how)(void *))
{
    struct order order[MOST_JOBS] = {{0}};
    for (int i = 0; i < task->n; i++) {
        order[i].number = i;
        if (pthread_create(&order[i].thread, NULL, how, &order[i]) != 0)
            abort();
    }
    for (int i = 0; i < task->n; i++)
        pthread_join(order[i].thread, NULL);
}

static void in_free_threads(void) { in_threads(freely); }

static void in_locked_threads(void) { in_threads(under_lock); }

static void in_processes(void)
{
    for (int i = 0; i < task->n; i++)
        if (fork() == 0) {
                    wait_for(i);
            work(i);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
}

static void (*const way[WAYS])(void) = {in_a_row, on_a_loop, in_free_threads, in_locked_threads, in_processes};

/* ---- measuring --------------------------------------------------------------------------------- */

struct measured {
    double elapsed, cpu; /* seconds; of this process and the children it has waited for */
};

static double in_seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

static double cpu_of(int who)
{
    struct rusage used;
    getrusage(who, &used);
    return in_seconds(used.ru_utime) + in_seconds(used.ru_stime);
}

static struct measured now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (struct measured){(double)t.tv_sec + (double)t.tv_nsec / 1e9, cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN)};
}

static struct measured measure(int w)
{
    static const char *const title[WAYS] = {"in a row", "event loop", "threads", "one lock", "processes"};
    lab_section(title[w]);
    struct measured before = now();
    way[w]();
    struct measured after = now();
    return (struct measured){after.elapsed - before.elapsed, after.cpu - before.cpu};
}

/* ---- telling ----------------------------------------------------------------------------------- */

static const char *told(int w)
{
    static char text[16];
    snprintf(text, sizeof text, task->told[w] ? "%d s" : "-", task->told[w]);
    return text;
}

/* The column "here": in seconds of the table, so that one after the other takes what it takes on paper. */
static void tell_row(const struct measured *m, int w)
{
    double scale = all_in_a_row(task) / m[ONE_AFTER_THE_OTHER].elapsed;
    lab_say("  %-20s %8s %8d s %8.1f s   %6.2f s %6.2f s", way_name[w], told(w), on_paper(task, w),
            m[w].elapsed * scale, m[w].elapsed, m[w].cpu);
}

static void tell_files(const struct measured *row)
{
    if (row->cpu > 0.7 * row->elapsed)
        lab_say("  The files came from memory here: CPU time %.2f s of %.2f s. So nothing was waited for.", row->cpu,
                row->elapsed);
    else
        lab_say("  The loop did them one after the other: files cannot be polled (lesson 15).");
}

/* Seconds that one after the other spends waiting. */
static double waits_in_a_row(void)
{
    int sum = 0;
    for (int i = 0; i < task->n; i++)
        sum += task->job[i].wait;
    return (double)(sum * second_ms) / 1000;
}

static void tell_cores(const struct measured *m)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const struct measured *seq = &m[ONE_AFTER_THE_OTHER], *apart = &m[PROCESSES];
    int jobs = task->n;
    if (cores < jobs)
        lab_say("  %d jobs compute, and this machine has %ld core%s: on paper there are %d.", jobs, cores,
                cores == 1 ? "" : "s", jobs);
    double worked = seq->elapsed - waits_in_a_row();
    if (worked > 1.15 * seq->cpu)
        lab_say("  Busy machine: CPU time %.2f s took %.2f s. Others worked on this core.", seq->cpu, worked);
    else if (cores >= jobs && apart->elapsed > 1.5 * seq->elapsed * on_paper(task, PROCESSES) / all_in_a_row(task))
        lab_say("  Fewer than %d cores were free: processes took %.2f s.", jobs, apart->elapsed);
}

static void tell(const struct measured *m)
{
    lab_say("%-22s %8s %10s %10s %10s %8s", task->name, "tutorial", "on paper", "here", "elapsed", "CPU");
    for (int w = 0; w < WAYS; w++)
        tell_row(m, w);
    if (task == &table[FILES])
        tell_files(&m[ONE_AFTER_THE_OTHER]);
    else if (task >= &table[COMPUTING])
        tell_cores(m);
}

static void do_task(const struct row *t)
{
    struct measured m[WAYS];
    task = t;
    for (int w = 0; w < WAYS; w++)
        m[w] = measure(w);
    tell(m);
}

/* ---- which tasks --------------------------------------------------------------------------------- */

static const char *const task_option[] = {"requests", "files", "computing", "mixed", "sums"};
enum { TASKS = sizeof task_option / sizeof *task_option };

static void do_tasks(const char *which)
{
    int done = 0;
    for (int i = 0; i < TASKS; i++)
        if (strcmp(which, "all") == 0 || strcmp(which, task_option[i]) == 0) {
            do_task(&table[i]);
            done++;
        }
    if (done == 0) {
        fprintf(stderr, "bench: the task is requests, files, computing, mixed, sums or all, not '%s'\n", which);
        exit(2);
    }
}

static long number(const char *text, long least, long largest)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= largest)
        return n;
    fprintf(stderr, "bench: '%s' is no number from %ld to %ld\n", text, least, largest);
    exit(2);
}

int main(int argc, char **argv)
{
    const char *which = "all";
    int option;
    while ((option = getopt(argc, argv, "t:u:")) != -1)
        switch (option) {
        case 't': which = optarg; break;
        case 'u': second_ms = number(optarg, 1, 1000); break;
        default: return 2;
        }
    do_tasks(which);
    return 0;
}
