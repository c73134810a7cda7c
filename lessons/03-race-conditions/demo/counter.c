/* counter: two threads add to one variable, and we count what gets lost.
 *
 * One run: both threads add N cups each, one by one. After it the shelf should hold 2 N. Fifty
 * runs make a round. A round without a single loss is repeated with ten times as many cups, until
 * something is lost or the time is over.
 *
 *   -n N   cups per thread in the first round (100000)
 *   -r N   runs in a round (50)
 *   -l     loose start: each thread sets off when the system wakes it, as in most programs;
 *          otherwise both wait for each other at a starting line and leave at the same moment
 *   -c N   cores: 1 puts both threads on one, 2 on two different ones (0: as the system likes)
 *   -t S   seconds after which no new run begins (3); 0: there is one run
 *
 * Compile with -DVOLATILE to make the shelf volatile.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

#ifdef VOLATILE
#define SHELF volatile long
#else
#define SHELF long
#endif

static void start_together(void);

/* region: restock */
static SHELF chai_stock; //= 1

static void *restock(void *arg) //= 2
{
    long n = *(long *)arg;
    start_together();
    for (long i = 0; i < n; i++) //= 3
        chai_stock += 1; //= 4
    return NULL;
}
/* endregion */

enum { MOST_CUPS = 1000000000 };

static struct {
    long cups, runs, cores;
    double seconds;
    bool loose;
} want = {.cups = 100000, .runs = 50, .seconds = 3};
static int core[2]; /* the cores we may use; -1: none known */
static int core_count;
static struct timespec began;

/* ---- the two threads ------------------------------------------------------ */

static pthread_barrier_t gate; /* both threads: a run begins, a run is over */
static atomic_int at_the_line; /* threads waiting to start counting */
static long cups_now;          /* written by A between two runs only */
static bool closing;           /* the same */

/* The starting line: nobody leaves before both are here. A sleeping barrier would wake one of them much later
 * than the other, so this one spins; on one core it gives its turn away. */
static void start_together(void)
{
    if (want.loose)
        return;
    atomic_fetch_add(&at_the_line, 1);
    for (long spins = 0; atomic_load(&at_the_line) < 2; spins++)
        if (core_count < 2 || want.cores == 1 || spins > 100000)
            sched_yield();
}

static void stay_on(int which)
{
    if (which < 0)
        return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)which, &set);
    sched_setaffinity(0, sizeof set, &set); /* refused? then the system goes on choosing */
}

/* B only follows: it takes part in every run that A begins. */
static void follow(void)
{
    for (;;) {
        pthread_barrier_wait(&gate);
        if (closing)
            return;
        restock(&cups_now);
        pthread_barrier_wait(&gate);
    }
}

static void lead(void);

static void *helper(void *arg)
{
    int me = *(const int *)arg;
    lab_name(me == 0 ? "A" : "B");
    if (want.cores > 0)
        stay_on(core[want.cores == 1 ? 0 : me]);
    if (me == 0)
        lead();
    else
        follow();
    return NULL;
}

/* ---- runs, rounds ----------------------------------------------------------- */

static double seconds_since_start(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

/* Called by A. Both threads add `cups` cups each; how many of the 2 * cups are missing after that? */
static long one_run(long cups)
{
    chai_stock = 0;
    cups_now = cups;
    atomic_store(&at_the_line, 0);
    pthread_barrier_wait(&gate);
    restock(&cups_now);
    pthread_barrier_wait(&gate);
    return 2 * cups - chai_stock;
}

struct round {
    long cups, runs, wrong, most;
    double began; /* seconds since the start */
};

static struct round one_round(long cups)
{
    struct round r = {.cups = cups, .began = seconds_since_start()};
    while (r.runs < want.runs && (r.runs == 0 || seconds_since_start() < want.seconds)) {
        long lost = one_run(cups);
        lab_sample("% of the cups lost", 100.0 * (double)lost / (2.0 * (double)cups));
        r.runs++;
        r.wrong += lost != 0;
        r.most = lost > r.most ? lost : r.most;
    }
    return r;
}

/* Another round, with ten times the cups? Only if at least one of its runs fits in the time. */
static bool go_on(const struct round *r)
{
    double now = seconds_since_start();
    double a_run = 10 * (now - r->began) / (double)r->runs;
    return r->wrong == 0 && r->cups <= MOST_CUPS / 10 && now + a_run < want.seconds;
}

/* ---- what we tell ------------------------------------------------------------- */

static void tell(const struct round *r, long runs)
{
    lab_report("cups per thread", (double)r->cups, "");
    lab_report("runs", (double)runs, "");
    lab_report("runs that lost cups", (double)r->wrong, "");
    lab_report("most cups lost in one run", (double)r->most, "");
    if (r->wrong > 0) {
        lab_say("With %ld cups each, %ld of %ld runs lost some. The worst: %ld instead of %ld.",
                r->cups, r->wrong, r->runs, 2 * r->cups - r->most, 2 * r->cups);
        return;
    }
    lab_say("Not one loss in %ld runs, with up to %ld cups per thread.", runs, r->cups);
    lab_say("Is the program correct?");
}

static void tell_cores(void)
{
    if (core_count == 1 && want.cores != 1)
        lab_say("This program may use one core only: the two threads take turns on it.");
}

/* What A does: rounds, until something is lost or the time is over. */
static void lead(void)
{
    struct round r = one_round(want.cups);
    long runs = r.runs;
    while (go_on(&r)) {
        r = one_round(r.cups * 10);
        runs += r.runs;
    }
    closing = true;
    pthread_barrier_wait(&gate);
    tell_cores();
    tell(&r, runs);
}

/* ---- setting up ------------------------------------------------------------------ */

static void find_cores(void)
{
    cpu_set_t set;
    core[0] = core[1] = -1;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return;
    for (int i = 0; i < CPU_SETSIZE && core_count < 2; i++)
        if (CPU_ISSET((size_t)i, &set))
            core[core_count++] = i;
    if (core_count == 1)
        core[1] = core[0];
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "counter: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

static void read_options(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:r:c:t:l")) != -1)
        switch (option) {
        case 'n': want.cups = number(optarg, 1, MOST_CUPS); break;
        case 'r': want.runs = number(optarg, 1, 1000); break;
        case 'c': want.cores = number(optarg, 0, 2); break;
        case 't': want.seconds = (double)number(optarg, 0, 60); break;
        case 'l': want.loose = true; break;
        default: exit(2);
        }
}

int main(int argc, char **argv)
{
    static const int number_of[2] = {0, 1};
    pthread_t threads[2];
    read_options(argc, argv);
    find_cores();
    clock_gettime(CLOCK_MONOTONIC, &began);
    pthread_barrier_init(&gate, NULL, 2);
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, helper, (void *)&number_of[i]) != 0) {
            fprintf(stderr, "counter: this machine gives us no second thread\n");
            return 2;
        }

    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
