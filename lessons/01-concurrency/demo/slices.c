/* slices: two computing threads on one core, then each on a core of its own. Who runs when?
 *
 * Each thread computes in small portions and notes the time after each. A gap between two notes that
 * is much longer than a portion means: the system had taken the core away.
 *
 *   -p N   portions a thread (sized so that a portion takes about 0.1 ms)
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { STRIP = 60, MOST_PORTIONS = 20000 };

struct task {
    const char *name;
    int core;                  /* the core it must stay on; -1: anywhere */
    double began, ended, cpu;  /* seconds; CPU: what this thread used */
    double note[MOST_PORTIONS]; /* when each portion was done */
    bool free_core;            /* the system let us choose the core */
};

static long portions = 3000;
static long portion_steps;    /* additions in a portion */
static volatile unsigned sink; /* keeps the additions in the program */
static struct task task[2] = {{.name = "A"}, {.name = "B"}};
static pthread_barrier_t gate;

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* region: portion */
static void compute_a_portion(void)
{
    unsigned sum = 0;
    for (long i = 0; i < portion_steps; i++)
        sum = sum * 31 + (unsigned)i;
    sink = sum;
}
/* endregion */

static bool stay_on(int core)
{
    cpu_set_t set;
    if (core < 0)
        return false;
    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

static void *compute(void *arg)
{
    struct task *me = arg;
    lab_name(me->name);
    me->free_core = stay_on(me->core);
    pthread_barrier_wait(&gate);
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    me->began = seconds(CLOCK_MONOTONIC);
    for (long i = 0; i < portions; i++) {
        compute_a_portion();
        me->note[i] = seconds(CLOCK_MONOTONIC);
    }
    me->ended = seconds(CLOCK_MONOTONIC);
    me->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    return NULL;
}

/* ---- setting up ------------------------------------------------------------------ */

/* How many additions take 0.1 ms here? The fastest of several tries is the one that nobody disturbed. */
static void size_the_portions(void)
{
    portion_steps = 100000;
    double best = 1;
    for (int i = 0; i < 10; i++) {
        double before = seconds(CLOCK_MONOTONIC);
        compute_a_portion();
        double took = seconds(CLOCK_MONOTONIC) - before;
        best = took < best ? took : best;
    }
    portion_steps = (long)(100000 * 1e-4 / (best > 1e-7 ? best : 1e-7)) + 1;
}

static int find_cores(int core[2])
{
    cpu_set_t set;
    int count = 0;
    core[0] = core[1] = -1;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 0;
    for (int i = 0; i < CPU_SETSIZE && count < 2; i++)
        if (CPU_ISSET((size_t)i, &set))
            core[count++] = i;
    return count;
}

/* Runs both threads and returns how long it took from the first beginning to the last end. */
static double run_both(const char *title, int core_of_a, int core_of_b)
{
    pthread_t thread[2];
    lab_section(title);
    task[0].core = core_of_a;
    task[1].core = core_of_b;
    for (int i = 0; i < 2; i++)
        if (pthread_create(&thread[i], NULL, compute, &task[i]) != 0) {
            fprintf(stderr, "slices: this machine gives us no further thread\n");
            exit(2);
        }
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    double began = task[0].began < task[1].began ? task[0].began : task[1].began;
    double ended = task[0].ended > task[1].ended ? task[0].ended : task[1].ended;
    return ended - began;
}

/* ---- what we tell ------------------------------------------------------------- */

/* Fills `strip` with # where the thread finished a portion and . where it did not. */
static void draw(const struct task *t, double began, double slot, char strip[STRIP + 1])
{
    memset(strip, '.', STRIP);
    strip[STRIP] = '\0';
    for (long i = 0; i < portions; i++) {
        double at = (t->note[i] - began) / slot;
        if (at >= 0 && at < STRIP)
            strip[(int)at] = '#';
    }
}

static void tell_strips(double slot)
{
    char strip[STRIP + 1];
    double began = task[0].began > task[1].began ? task[0].began : task[1].began;
    for (int i = 0; i < 2; i++) {
        draw(&task[i], began, slot, strip);
        lab_say("%s %s", task[i].name, strip);
    }
    lab_say("  one sign is %.0f ms: # it ran, . it had to wait for a core", slot * 1e3);
}

/* How often a thread lost its core for at least half a millisecond. */
static long turns_lost(const struct task *t)
{
    long lost = 0;
    for (long i = 1; i < portions; i++)
        lost += t->note[i] - t->note[i - 1] > 5e-4;
    return lost;
}

static void tell(const char *where, double elapsed)
{
    lab_say("%s: %.2f s elapsed, %.2f s of CPU time; A lost its core %ld times, B %ld times", where,
            elapsed, task[0].cpu + task[1].cpu, turns_lost(&task[0]), turns_lost(&task[1]));
}

/* One core kept both threads busy, two cores should halve the time. Did they? */
static void compare(double one, double two, double cpu)
{
    if (two < 0.65 * one)
        lab_say("Two cores: both ran at the same moment, and it took about half as long.");
    else if (two > 0.7 * cpu)
        lab_say("Not halved: the threads waited for a core. Something else keeps this machine busy.");
    else
        lab_say("Faster, but not halved: another program used the cores too.");
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "slices: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    int core[2], option;
    while ((option = getopt(argc, argv, "p:")) != -1) {
        if (option != 'p')
            return 2;
        portions = number(optarg, 10, MOST_PORTIONS);
    }
    int cores = find_cores(core);
    size_the_portions();
    pthread_barrier_init(&gate, NULL, 2);

    double one = run_both("both on one core", core[0], core[0]);
    tell("one core", one);
    tell_strips(0.002);
    lab_report("both on one core", one, "s");
    if (!task[0].free_core)
        lab_say("The system did not let us choose a core, so the two may have used several.");
    if (cores < 2) {
        lab_say("This program may use one core only: there is no second part.");
        return 0;
    }
    double two = run_both("a core for each", core[0], core[1]);
    tell("two cores", two);
    tell_strips(0.002);
    lab_report("a core for each", two, "s");
    compare(one, two, task[0].cpu + task[1].cpu);
    return 0;
}
