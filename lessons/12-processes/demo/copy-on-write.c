/* copy-on-write: what is copied when a process is copied. A block of memory is filled, then a child is started, which
 * writes into none, half or all of it. Or, with -c: what do a thread and a process cost?
 *
 *   -m MB  the size of the block (200)
 *   -c N   measure costs instead, N times each; the one in the middle is told
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { PAGE = 4096 };

static size_t size = (size_t)200 << 20;
static char *block;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The memory that belongs to this process alone, in MB; -1 if the system does not tell. */
static double own_mb(void)
{
    char line[128];
    long kib = -1, n;
    FILE *f = fopen("/proc/self/smaps_rollup", "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "Private_Clean: %ld", &n) == 1 || sscanf(line, "Private_Dirty: %ld", &n) == 1)
            kib = n + (kib < 0 ? 0 : kib);
    fclose(f);
    return kib < 0 ? -1 : (double)kib / 1024;
}

static void fill(size_t bytes, char with)
{
    for (size_t i = 0; i < bytes; i += PAGE)
        block[i] = with;
}

static void end_of(pid_t child)
{
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        lab_say("The child did not get to its end.");
        exit(1);
    }
}

/* ---- what is copied ---------------------------------------------------------------- */

static void child_writes(int percent)
{
    char what[64];
    double before = own_mb(), began = seconds();
    fill(size / 100 * (size_t)percent, 2);
    double took = seconds() - began, after = own_mb();
    snprintf(what, sizeof what, "the child writes %d %%, and has for itself", percent);
    if (before < 0)
        lab_say("This system does not tell which memory belongs to one process alone.");
    else
        lab_report(what, (double)(long)(after - before + 0.5), "MB");
    snprintf(what, sizeof what, "... writing %d %% takes", percent);
    if (percent)
        lab_report(what, took * 1e3, "ms");
    _exit(0);
}

static void copy_some(int percent)
{
    pid_t child = fork();
    if (child == 0)
        child_writes(percent);
    end_of(child);
}

/* ---- what it costs ------------------------------------------------------------------- */

static void *nothing(void *arg) { return arg; }

static void thread_once(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, nothing, NULL) != 0)
        exit(1);
    pthread_join(t, NULL);
}

static void process_once(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    end_of(child);
}

static int by_length(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The one in the middle: some take far longer, when the machine has something else to do. */
static void measure(const char *what, void (*once)(void), long times)
{
    double *took = malloc((size_t)times * sizeof *took);
    if (!took)
        exit(1);
    for (long i = 0; i < times; i++) {
        double began = seconds();
        once();
        took[i] = seconds() - began;
    }
    qsort(took, (size_t)times, sizeof *took, by_length);
    lab_report(what, took[times / 2] * 1e6, "us");
    free(took);
}

static void costs(long times)
{
    char what[64];
    lab_unseen();
    measure("a thread, created and joined", thread_once, times);
    measure("a process, forked and waited for", process_once, times);
    if (!(block = malloc(size)))
        return;
    fill(size, 1);
    snprintf(what, sizeof what, "... with %zu MB in use: a thread", size >> 20);
    measure(what, thread_once, times);
    snprintf(what, sizeof what, "... with %zu MB in use: a process", size >> 20);
    measure(what, process_once, times);
    free(block);
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "copy-on-write: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    long times = 0;
    for (int o; (o = getopt(argc, argv, "m:c:")) != -1;)
        switch (o) {
        case 'm': size = (size_t)number(optarg, 1000) << 20; break;
        case 'c': times = number(optarg, 10000); break;
        default: return 2;
        }
    if (times) {
        costs(times);
        return 0;
    }
    if (!(block = malloc(size)))
        return 1;
    fill(size, 1);
    lab_report("filled by the parent", (double)(size >> 20), "MB");
    copy_some(0);
    copy_some(50);
    copy_some(100);
    free(block);
    return 0;
}
