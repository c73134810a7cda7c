/* costs: what a thread, a process and a timer of an event loop cost on this machine. First the time for one of them,
 * with a small piece of work in it; then the memory of many that wait.
 *
 *   -n N   how many of each are made, one after the other (40)
 *   -m N   threads and timers that wait at once (1000); a tenth as many processes
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST = 10000, PIECE = 4000 };

static long made = 40, many = 1000;
static volatile unsigned result;

static double microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* ---- time -------------------------------------------------------------------------------------- */

static void piece_of_work(void)
{
    unsigned x = result;
    for (int i = 0; i < PIECE; i++)
        x = x * 1664525u + 1013904223u;
    result = x;
}

static void *in_thread(void *arg)
{
    lab_unseen();
    piece_of_work();
    return arg;
}

static void a_thread(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, in_thread, NULL) != 0)
        abort();
    pthread_join(t, NULL);
}

static void a_process(void)
{
    pid_t child = fork();
    if (child == 0) {
        piece_of_work();
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

/* A timer that rings at once, as a loop makes it for a task. */
static void a_timer(void)
{
    struct itimerspec soon = {.it_value = {0, 1}};
    unsigned long long rings;
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    timerfd_settime(fd, 0, &soon, NULL);
    if (read(fd, &rings, sizeof rings) < 0)
        perror("costs: timerfd");
    piece_of_work();
    close(fd);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median: a few that had to wait for a core do not count. */
static double each(void (*one)(void))
{
    static double took[MOST];
    for (long i = 0; i < made; i++) {
        double before = microseconds();
        one();
        took[i] = microseconds() - before;
    }
    qsort(took, (size_t)made, sizeof *took, by_size);
    return took[made / 2];
}

static void measure_time(void)
{
    double alone = each(piece_of_work);
    lab_say("%-32s %8.1f us", "a small piece of work, alone", alone);
    lab_say("%-32s %8.1f us", "after a timer of its own", each(a_timer));
    lab_say("%-32s %8.1f us", "in a thread of its own", each(a_thread));
    lab_say("%-32s %8.1f us", "in a process of its own", each(a_process));
}

/* ---- memory ------------------------------------------------------------------------------------ */

/* A line of a file below /proc/self, in KiB; -1 if the system does not tell. */
static long kib_of(const char *file, const char *key)
{
    char line[128];
    long kib = -1;
    FILE *f = fopen(file, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, strlen(key)) == 0)
            kib = strtol(line + strlen(key), NULL, 10);
    if (f)
        fclose(f);
    return kib;
}

static long in_use(void) { return kib_of("/proc/self/status", "VmRSS:"); }

static int gate[2]; /* a pipe: who waits reads it, and goes on when it is closed */

static void wait_at_gate(void)
{
    char c;
    if (read(gate[0], &c, 1) < 0)
        _exit(1);
}

static void *waits(void *arg)
{
    lab_unseen();
    wait_at_gate();
    return arg;
}

static void say_memory(const char *what, long n, long kib)
{
    if (n > 0 && kib >= 0)
        lab_say("%5ld %-26s %8.1f KiB each", n, what, (double)kib / (double)n);
}

static void measure_threads(void)
{
    static pthread_t t[MOST];
    long before = in_use(), n = 0;
    while (n < many && pthread_create(&t[n], NULL, waits, NULL) == 0)
        n++;
    say_memory("threads that wait", n, in_use() - before);
    close(gate[1]);
    for (long i = 0; i < n; i++)
        pthread_join(t[i], NULL);
}

static void measure_timers(void)
{
    static int fd[MOST];
    struct itimerspec later = {.it_value = {3600, 0}};
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    long most = (long)limit.rlim_cur - 50, before = in_use(), n = 0;
    for (; n < many && n < most && (fd[n] = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) >= 0; n++)
        timerfd_settime(fd[n], 0, &later, NULL);
    say_memory("timers that wait", n, in_use() - before);
    lab_say("      (a timer is the kernel's: the program has a number for it, no more)");
    for (long i = 0; i < n; i++)
        close(fd[i]);
}

/* What is a child's alone. What it still has in common with its parent costs nothing more. */
static void tell_own(int fd)
{
    long kib = kib_of("/proc/self/smaps_rollup", "Private_Dirty:");
    if (write(fd, &kib, sizeof kib) != (ssize_t)sizeof kib)
        _exit(1);
}

static void measure_processes(void)
{
    long n = 0, sum = 0, kib, most = many / 10;
    int told[2];
    if (pipe(told) != 0)
        return;
    for (; n < most; n++) {
        pid_t child = fork();
        if (child == 0) {
            close(gate[1]);
            tell_own(told[1]);
            wait_at_gate();
            _exit(0);
        }
        if (child < 0 || read(told[0], &kib, sizeof kib) != (ssize_t)sizeof kib)
            break;
        sum += kib;
    }
    say_memory("processes that wait", n, sum);
    close(gate[1]);
    while (wait(NULL) > 0)
        ;
    close(told[0]);
    close(told[1]);
}

static void open_gate_after(void (*measure)(void))
{
    if (pipe(gate) != 0)
        abort();
    measure();
    close(gate[0]);
}

static long number(const char *text, long least, long largest)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= largest)
        return n;
    fprintf(stderr, "costs: '%s' is no number from %ld to %ld\n", text, least, largest);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:m:")) != -1)
        switch (option) {
        case 'n': made = number(optarg, 1, MOST); break;
        case 'm': many = number(optarg, 10, MOST); break;
        default: return 2;
        }
    measure_time();
    measure_timers();
    open_gate_after(measure_threads);
    open_gate_after(measure_processes);
    return 0;
}
