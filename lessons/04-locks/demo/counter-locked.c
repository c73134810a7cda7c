/* counter-locked: the counter of the last lesson, with a lock; and what the lock costs.
 *
 * First two threads add N cups each, -r times, with a lock around each addition: is a cup ever lost? Then one
 * addition is timed: without a lock, with a lock that nobody else wants, and with a lock that two threads
 * want all the time.
 *
 *   -n N   cups per thread (100000)
 *   -r N   runs that are compared with the expected sum (20)
 *
 * What is timed uses the mutex under its C11 name, mtx_lock: the C library does the same for it as for
 * pthread_mutex_lock, but the lab keeps no record of it. So the price is the bare price.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

/* region: restock */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; //= 1
static long chai_stock; /* lock protects: chai_stock */ //= 2

static void *restock(void *arg) //= 3
{
    long n = *(long *)arg;
    for (long i = 0; i < n; i++) { //= 4
        pthread_mutex_lock(&lock); //= 5
        chai_stock += 1; //= 6
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}
/* endregion */

enum { TIMED = 200000, ROUNDS = 7 }; /* additions that are timed, and how often */

static long cups = 100000;
static long runs = 20;

static pthread_t start(void *(*run)(void *), void *arg)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, arg) != 0) {
        fprintf(stderr, "counter-locked: this machine gives us no further thread\n");
        exit(2);
    }
    return thread;
}

/* ---- is it right? -------------------------------------------------------------- */

static pthread_barrier_t gate; /* a run begins, a run is over */
static long wrong;             /* runs with another sum; used by A between two runs only */

static void compare(void)
{
    wrong += chai_stock != 2 * cups;
    chai_stock = 0;
}

static void *helper(void *arg)
{
    const char *name = arg;
    lab_name(name);
    for (long i = 0; i < runs; i++) {
        pthread_barrier_wait(&gate);
        restock(&cups);
        pthread_barrier_wait(&gate);
        if (*name == 'A')
            compare();
    }
    return NULL;
}

static void run_all(void)
{
    static char a[] = "A", b[] = "B";
    pthread_barrier_init(&gate, NULL, 2);
    pthread_t first = start(helper, a), second = start(helper, b);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    pthread_barrier_destroy(&gate);
}

/* ---- what does it cost? ---------------------------------------------------------- */

static volatile long shelf; /* volatile: each addition is really made, however clever the compiler */
static mtx_t bare;          /* protects: shelf, where two threads use it */

static int add_plain(void *arg)
{
    for (long i = 0; i < TIMED; i++)
        shelf += 1;
    return arg != NULL;
}

static int add_locked(void *arg)
{
    for (long i = 0; i < TIMED; i++) {
        mtx_lock(&bare);
        shelf += 1;
        mtx_unlock(&bare);
    }
    return arg != NULL;
}

struct cost {
    double ns;       /* for one addition */
    double switches; /* how often a thread had to go to sleep, for 1000 additions */
};

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double sleeps(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_nvcsw;
}

static struct cost price(int (*add)(void *), int threads)
{
    thrd_t t[2];
    double slept = sleeps(), began = now_ns();
    for (int i = 0; i < threads; i++)
        if (thrd_create(&t[i], add, NULL) != thrd_success)
            exit(2);
    for (int i = 0; i < threads; i++)
        thrd_join(t[i], NULL);
    double additions = (double)TIMED * threads;
    return (struct cost){(now_ns() - began) / additions, 1000 * (sleeps() - slept) / additions};
}

static int cheaper(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;
    return (x->ns > y->ns) - (x->ns < y->ns);
}

/* The middle one of some rounds: a busy machine spoils a few of them. */
static struct cost usual_price(int (*add)(void *), int threads)
{
    struct cost round[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        round[i] = price(add, threads);
    qsort(round, ROUNDS, sizeof *round, cheaper);
    return round[ROUNDS / 2];
}

static void tell_price(void)
{
    struct cost plain = usual_price(add_plain, 1), alone = usual_price(add_locked, 1),
                wanted = usual_price(add_locked, 2);
    lab_report("one addition, no lock", plain.ns, "ns");
    lab_report("one addition, lock wanted by one", alone.ns, "ns");
    lab_report("one addition, lock wanted by two", wanted.ns, "ns");
    lab_report("times a thread slept, per 1000, wanted by one", alone.switches, "");
    lab_report("times a thread slept, per 1000, wanted by two", wanted.switches, "");
    if (wanted.ns > 1.3 * alone.ns)
        lab_say("Two who want the lock all the time pay %.1f times as much as one alone.",
                wanted.ns / alone.ns);
    else
        lab_say("This time the threads hardly met: two paid %.1f times what one pays.",
                wanted.ns / alone.ns);
}

/* ---- options, main ------------------------------------------------------------------ */

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "counter-locked: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

static void read_options(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:r:")) != -1)
        switch (option) {
        case 'n': cups = number(optarg, 1, 1000000); break;
        case 'r': runs = number(optarg, 1, 30); break;
        default: exit(2);
        }
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    mtx_init(&bare, mtx_plain);
    run_all();
    lab_report("runs", (double)runs, "");
    lab_report("runs that lost cups", (double)wrong, "");
    tell_price();
    mtx_destroy(&bare);
    return 0;
}
