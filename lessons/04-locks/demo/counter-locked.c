/* counter-locked: the counter of the last lesson, with a lock; and what the lock costs.
 *
 * First two threads add N cups each, -r times, with a lock around each addition: is a cup ever lost? Then one
 * addition is timed: without a lock, with a lock that nobody else wants, and with a lock that two threads
 * want all the time.
 *
 *   -n N   cups per thread (100000)
 *   -r N   runs that are compared with the expected sum (20)
 *   -u     nothing is timed
 *
 * Where it is timed the lab keeps no record of the locks (lab_unseen): writing one takes longer than a lock.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

static long cups = 100000;
static long runs = 20;
static bool untimed;

/* region: restock */
static pthread_mutex_t lock = //= 1
    PTHREAD_MUTEX_INITIALIZER;
/* lock protects: chai_stock */
static long chai_stock; //= 2

static void *restock(void *arg) //= 3
{
    for (long i = 0; i < cups; i++) { //= 4
        pthread_mutex_lock(&lock); //= 5
        chai_stock += 1; //= 6
        pthread_mutex_unlock(&lock);
    }
    return arg;
}
/* endregion */

/* Additions that are timed: at once where two threads make them, in slices where one does. */
enum { TIMED = 200000, SLICE = 2000, ROUNDS = 5 };

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

static pthread_barrier_t gate; /* both begin at the same time */
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
        pthread_barrier_wait(&gate); /* a run begins */
        restock(NULL);
        pthread_barrier_wait(&gate); /* it is over */
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
static pthread_mutex_t wanted = PTHREAD_MUTEX_INITIALIZER; /* protects: shelf, where two threads use it */

static void add_plain(long n)
{
    for (long i = 0; i < n; i++)
        shelf += 1;
}

static void add_locked(long n)
{
    for (long i = 0; i < n; i++) {
        pthread_mutex_lock(&wanted);
        shelf += 1;
        pthread_mutex_unlock(&wanted);
    }
}

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* How often threads of this program gave the core away because they had to wait. */
static double sleeps(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_nvcsw;
}

static int smaller(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The middle one: a busy machine spoils a few rounds. */
static double middle(double *round, size_t count)
{
    qsort(round, count, sizeof *round, smaller);
    return round[count / 2];
}

/* ns for one addition by one thread, in rounds so short that few are interrupted. */
static double price_alone(void (*add)(long))
{
    double round[TIMED / SLICE];
    for (int i = 0; i < TIMED / SLICE; i++) {
        double began = now_ns();
        add(SLICE);
        round[i] = (now_ns() - began) / SLICE;
    }
    return middle(round, TIMED / SLICE);
}

static double plain, alone, together; /* ns; each written by one thread, read after its join */

static void *one(void *arg)
{
    lab_name("one");
    lab_unseen();
    plain = price_alone(add_plain);
    alone = price_alone(add_locked);
    return arg;
}

static void *one_of_two(void *arg)
{
    lab_name(arg);
    pthread_barrier_wait(&gate);
    lab_unseen();
    add_locked(TIMED);
    return NULL;
}

/* Two threads that want the lock all the time. Returns how often they slept, for 1000 additions. */
static double price_together(void)
{
    static char a[] = "of two", b[] = "of two";
    double round[ROUNDS], before = sleeps();
    for (int i = 0; i < ROUNDS; i++) {
        pthread_barrier_init(&gate, NULL, 3);
        pthread_t first = start(one_of_two, a), second = start(one_of_two, b);
        pthread_barrier_wait(&gate);
        double began = now_ns();
        pthread_join(first, NULL);
        pthread_join(second, NULL);
        round[i] = (now_ns() - began) / (2.0 * TIMED);
        pthread_barrier_destroy(&gate);
    }
    together = middle(round, ROUNDS);
    return 1000 * (sleeps() - before) / (2.0 * TIMED * ROUNDS);
}

static void tell_price(void)
{
    pthread_join(start(one, NULL), NULL);
    double slept = price_together();
    lab_report("no lock", plain, "ns");
    lab_report("lock, nobody else", alone, "ns");
    lab_report("lock, two want it", together, "ns");
    lab_report("slept, per 1000", slept, "");
    if (together > 1.3 * alone)
        lab_say("Two who want the lock all the time pay %.1f times as much as one alone.", together / alone);
    else
        lab_say("This time the two hardly met: they paid %.1f times what one alone pays.", together / alone);
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
    while ((option = getopt(argc, argv, "n:r:u")) != -1)
        switch (option) {
        case 'n': cups = number(optarg, 1, 1000000); break;
        case 'r': runs = number(optarg, 1, 30); break;
        case 'u': untimed = true; break;
        default: exit(2);
        }
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    run_all();
    lab_report("runs", (double)runs, "");
    lab_report("runs that lost cups", (double)wrong, "");
    if (!untimed)
        tell_price();
    return 0;
}
