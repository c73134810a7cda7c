/* scaling: the same sum, shared by 1, 2, 4 ... threads. How much faster does it get, and what limits it?
 *
 * First a list is filled by one thread: nobody can help with that. Then the threads add it up, each a part of its
 * own. With -f two threads count, each in a counter of its own: first the counters are neighbours in memory, then
 * they are far apart.
 *
 *   -n N   numbers in the list (200000)
 *   -p N   how often the list is added up (500)
 *   -f     counters: neighbours or far apart
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_THREADS = 8, BAR = 40, ROUNDS = 3 };

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int cores(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static pthread_t start(void *(*run)(void *), void *arg)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, arg) != 0) {
        fprintf(stderr, "scaling: this machine gives us no further thread\n");
        exit(2);
    }
    return thread;
}

/* ---- a list that is added up ---------------------------------------------------------- */

static uint32_t *list;
static size_t length = 200000;
static int passes = 500;

struct part {
    size_t from, to;
    uint64_t sum;
    double cpu; /* seconds */
};

/* Each number comes from the one before: only one thread can do that. */
static void fill(void)
{
    uint32_t x = 1;
    for (size_t i = 0; i < length; i++) {
        for (int k = 0; k < 32; k++) {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
        }
        list[i] = x;
    }
}

/* region: part */
static void *add_up(void *arg)
{
    struct part *p = arg;
    uint64_t sum = 0; /* nobody else sees it */
    for (int pass = 0; pass < passes; pass++)
        for (size_t i = p->from; i < p->to; i++)
            sum = sum * 31 + list[i];
    p->sum = sum; /* once */
    return NULL;
}
/* endregion */

/* The workers are there all the time. Before a run they wait at the gate; those who have no part in it go
 * through to the next gate at once. */
static pthread_barrier_t gate;
static int workers;                    /* written before the threads are created */
static struct part part[MOST_THREADS]; /* main writes them before a gate, the workers after it */
static bool over;

static void *work(void *arg)
{
    struct part *mine = arg;
    lab_name("adds");
    for (;;) {
        pthread_barrier_wait(&gate); /* a run begins */
        if (over)
            return NULL;
        double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
        if (mine->from < mine->to)
            add_up(mine);
        mine->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
        pthread_barrier_wait(&gate); /* it is over */
    }
}

static void hire(pthread_t thread[MOST_THREADS], int count)
{
    workers = count;
    pthread_barrier_init(&gate, NULL, (unsigned)workers + 1);
    for (int i = 0; i < workers; i++)
        thread[i] = start(work, &part[i]);
}

static void dismiss(pthread_t thread[MOST_THREADS])
{
    over = true;
    pthread_barrier_wait(&gate);
    for (int i = 0; i < workers; i++)
        pthread_join(thread[i], NULL);
    pthread_barrier_destroy(&gate);
}

/* What one run with so many threads took, in seconds. */
struct taken {
    double serial, together, cpu;
};

static struct taken run(int threads)
{
    struct taken t = {0};
    double began = seconds(CLOCK_MONOTONIC);
    fill();
    double filled = seconds(CLOCK_MONOTONIC);
    for (int i = 0; i < workers; i++)
        part[i] = i >= threads ? (struct part){0}
                               : (struct part){.from = length * (size_t)i / (size_t)threads,
                                               .to = length * (size_t)(i + 1) / (size_t)threads};
    pthread_barrier_wait(&gate);
    pthread_barrier_wait(&gate);
    t.serial = filled - began;
    t.together = seconds(CLOCK_MONOTONIC) - filled;
    for (int i = 0; i < threads; i++)
        t.cpu += part[i].cpu;
    return t;
}

/* The quickest of both, for each of the two parts: what was disturbed least. */
static void keep_the_best(struct taken *best, struct taken t)
{
    if (best->together == 0 || t.serial < best->serial)
        best->serial = t.serial;
    if (best->together == 0 || t.together < best->together) {
        best->together = t.together;
        best->cpu = t.cpu;
    }
}

static void bar(const char *whose, const char *what, double speed, double most)
{
    char text[BAR + 1];
    int n = (int)(speed / most * BAR + 0.5);
    n = n < 0 ? 0 : n > BAR ? BAR : n;
    memset(text, '#', (size_t)n);
    text[n] = '\0';
    lab_say("%-9s %-8s %-*s %4.2f", whose, what, BAR, text, speed);
}

/* What n threads can reach when nobody can help with the serial part (Amdahl's law). */
static double amdahl(struct taken one, int n)
{
    return (one.serial + one.together) / (one.serial + one.together / n);
}

static void tell_speed(int threads, int most, struct taken one, struct taken t)
{
    char whose[24];
    snprintf(whose, sizeof whose, "%d thread%s", threads, threads == 1 ? "" : "s");
    bar(whose, "ideal", threads, most);
    bar("", "at most", amdahl(one, threads), most);
    bar("", "measured", (one.serial + one.together) / (t.serial + t.together), most);
    if (threads > 1 && threads <= cores() && t.cpu / t.together < 0.8 * threads)
        lab_say("Only %.1f cores were in use: something else keeps this machine busy.", t.cpu / t.together);
}

static void scale(void)
{
    int most = cores() < 2 ? 2 : cores() < 4 ? 4 : MOST_THREADS;
    struct taken best[MOST_THREADS + 1] = {{0}};
    pthread_t thread[MOST_THREADS];
    list = malloc(length * sizeof *list);
    if (!list)
        exit(2);
    fill(); /* the memory is there from now on */
    lab_section("adding up");
    hire(thread, most);
    for (int i = 0; i < ROUNDS; i++)
        for (int threads = 1; threads <= most; threads *= 2)
            keep_the_best(&best[threads], run(threads));
    dismiss(thread);
    lab_report("serial part", 100 * best[1].serial / (best[1].serial + best[1].together), "%");
    lab_report("cores", cores(), "");
    for (int threads = 1; threads <= most; threads *= 2)
        tell_speed(threads, most, best[1], best[threads]);
    free(list);
}

/* ---- counters: neighbours or far apart ------------------------------------------------------ */

enum { LINE = 64, COUNT = 10000000 };

/* Room for two counters, neighbours or two lines apart, whatever the cache does in pairs. */
static _Alignas(2 * LINE) unsigned char room[4 * LINE];
struct counter {
    atomic_long *at;
    double cpu; /* seconds */
};

/* Indivisible additions: plain ones a core may collect before its cache, and two cores then hardly meet. */
static void *count(void *arg)
{
    struct counter *c = arg;
    lab_name("counts");
    pthread_barrier_wait(&gate);
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (long i = 0; i < COUNT; i++)
        atomic_fetch_add_explicit(c->at, 1, memory_order_relaxed);
    c->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    return NULL;
}

/* ns of a core for one addition. */
static double count_both(const char *title, size_t apart)
{
    struct counter c[2] = {{.at = (atomic_long *)room}, {.at = (atomic_long *)(room + apart)}};
    lab_section(title);
    pthread_barrier_init(&gate, NULL, 2);
    pthread_t first = start(count, &c[0]), second = start(count, &c[1]);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    pthread_barrier_destroy(&gate);
    return (c[0].cpu + c[1].cpu) / 2 / COUNT * 1e9;
}

static void neighbours(void)
{
    double close = count_both("neighbours", sizeof(atomic_long)), far = count_both("two lines apart", 2 * LINE);
    lab_report("neighbours", close, "ns");
    lab_report("two lines apart", far, "ns");
    if (cores() < 2)
        lab_say("On one core the two never count at the same moment: no difference is to be seen.");
    else if (close > 1.5 * far)
        lab_say("Nobody shares a counter, and yet neighbours cost %.1f times as much: they share a line.", close / far);
    else {
        lab_say("Hardly a difference in ns: the two seldom counted at the same time, or on cores that share a cache.");
        lab_say("The seconds count the waiting for a core, too; the ns do not.");
    }
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "scaling: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    bool close = false;
    for (int option; (option = getopt(argc, argv, "n:p:f")) != -1;)
        switch (option) {
        case 'n': length = (size_t)number(optarg, 1, 50000000); break;
        case 'p': passes = (int)number(optarg, 1, 100000); break;
        case 'f': close = true; break;
        default: return 2;
        }
    if (close)
        neighbours();
    else
        scale();
    return 0;
}
