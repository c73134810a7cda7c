/* gil-switch: a small interpreter, with and without one big lock around it.
 *
 * First it runs a program that computes, alone; then two at once, without and with the lock. With -s it runs three
 * programs that sleep for a second, with a sleep that lets go of the lock and with one that keeps it.
 *
 *   -t MS  how long a program computes if nobody disturbs it (400)
 *   -s     programs that sleep instead
 *
 * The lock is made as the one of CPython is: who waits asks after 5 ms, who computes looks at its safe points
 * whether somebody asks, and who gives way waits until another one has the lock.
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

enum { INTERVAL_NS = 5000000, MOST_PROGRAMS = 3 };

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the lock -------------------------------------------------------------------- */

/* region: gil */
/* lock protects: taken, turns; it is held for moments only */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t dropped, taken_over;
static bool taken;         /* some thread runs Python */
static long turns;         /* how often it was taken */
static atomic_bool wanted; /* somebody has waited for 5 ms */
/* endregion */
static bool with_gil, keeps_it; /* there is a lock; who sleeps keeps it */

static struct timespec in_5_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += INTERVAL_NS;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

static void wait_or_ask(void)
{
    struct timespec end = in_5_ms();
    long turn = turns;
    int error = 0;
    while (taken && turns == turn && error == 0)
        error = pthread_cond_timedwait(&dropped, &lock, &end);
    if (taken && turns == turn)
        wanted = true;
}

static void gil_take(void)
{
    if (!with_gil)
        return;
    pthread_mutex_lock(&lock);
    while (taken)
        wait_or_ask();
    taken = true;
    wanted = false;
    turns++;
    pthread_cond_broadcast(&taken_over);
    pthread_mutex_unlock(&lock);
}

static void gil_drop(void)
{
    if (!with_gil)
        return;
    pthread_mutex_lock(&lock);
    long turn = turns;
    taken = false;
    pthread_cond_broadcast(&dropped);
    while (wanted && turns == turn)
        pthread_cond_wait(&taken_over, &lock);
    pthread_mutex_unlock(&lock);
}

/* ---- the interpreter ----------------------------------------------------------------- */

enum opcode { PUSH, LOAD, ADD, STORE, JUMP_IF_LESS, SLEEP, END };
struct instruction {
    enum opcode op;
    long arg;
};

static long limit; /* how far a program counts */

/* i = 0; while i < limit: i = i + 1 */
static const struct instruction counting[] = {
    {PUSH, 0}, {STORE, 0}, {LOAD, 0}, {PUSH, 1}, {ADD, 0}, {STORE, 0}, {LOAD, 0}, {JUMP_IF_LESS, 2}, {END, 0}};
/* time.sleep(1) */
static const struct instruction sleeping[] = {{PUSH, 1000}, {SLEEP, 0}, {END, 0}};

static void py_sleep(long ms)
{
    if (!keeps_it)
        gil_drop();
    lab_brew(ms);
    if (!keeps_it)
        gil_take();
}

static void safe_point(void)
{
    if (atomic_load_explicit(&wanted, memory_order_relaxed)) {
        gil_drop();
        gil_take();
    }
}

static void interpret(const struct instruction *program)
{
    long stack[4], variable[1] = {0}, *top = stack;
    for (const struct instruction *i = program; i->op != END; i++)
        switch (i->op) {
        case PUSH: *top++ = i->arg; break;
        case LOAD: *top++ = variable[i->arg]; break;
        case ADD: top--, top[-1] += top[0]; break;
        case STORE: variable[i->arg] = *--top; break;
        case SLEEP: py_sleep(*--top); break;
        case JUMP_IF_LESS: /* backwards: here CPython looks, too */
            safe_point();
            if (*--top < limit)
                i = program + i->arg - 1;
            break;
        case END: break;
        }
}

/* ---- programs in threads ----------------------------------------------------------------- */

struct run {
    const struct instruction *program;
    char name[16];
    double cpu; /* seconds; read when the thread has ended */
};

static void *run_it(void *arg)
{
    struct run *r = arg;
    lab_name(r->name);
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    gil_take();
    interpret(r->program);
    gil_drop();
    r->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    return NULL;
}

/* Runs the program n times at once. Returns how long it took; *cpu is what all of them used together. */
static double run_together(const char *title, const struct instruction *program, int n, double *cpu)
{
    pthread_t thread[MOST_PROGRAMS];
    struct run run[MOST_PROGRAMS];
    double began = seconds(CLOCK_MONOTONIC);
    lab_section(title);
    turns = 0;
    for (int i = 0; i < n; i++) {
        run[i] = (struct run){.program = program};
        snprintf(run[i].name, sizeof run[i].name, "%c", (char)('A' + i));
        if (pthread_create(&thread[i], NULL, run_it, &run[i]) != 0) {
            fprintf(stderr, "gil-switch: this machine gives us no further thread\n");
            exit(2);
        }
    }
    *cpu = 0;
    for (int i = 0; i < n; i++) {
        pthread_join(thread[i], NULL);
        *cpu += run[i].cpu;
    }
    return seconds(CLOCK_MONOTONIC) - began;
}

/* How far does a program have to count to compute for so long? */
static void size_the_program(long ms)
{
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    limit = 2000000;
    interpret(counting);
    cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    limit = (long)(2e6 * (double)ms / 1e3 / (cpu > 1e-6 ? cpu : 1e-6)) + 1;
}

static int cores(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

/* ---- what we tell ---------------------------------------------------------------------------- */

static void tell_computing(long ms)
{
    double cpu, alone, both, locked;
    size_the_program(ms);
    with_gil = false;
    alone = run_together("one program", counting, 1, &cpu);
    both = run_together("two, no lock", counting, 2, &cpu);
    double side_by_side = cpu / both;
    with_gil = true;
    locked = run_together("two, one big lock", counting, 2, &cpu);
    lab_report("one program", alone, "s");
    lab_report("two, no lock", both, "s");
    lab_report("two, one big lock", locked, "s");
    lab_report("hand-overs", (double)turns / locked, "a second");
    if (cores() < 2)
        lab_say("There is one core only: without the lock, too, the two can but take turns.");
    else if (side_by_side < 1.6)
        lab_say("The two could not get two cores (%.1f were in use): something else keeps this machine busy.", side_by_side);
    else
        lab_say("Without the lock %.1f cores were in use.", side_by_side);
    lab_say("With it %.1f: never more than one computes, however many cores are free.", cpu / locked);
}

static void tell_sleeping(void)
{
    double cpu;
    with_gil = true;
    double lets_go = run_together("letting go", sleeping, 3, &cpu);
    keeps_it = true;
    double keeps = run_together("keeping the lock", sleeping, 3, &cpu);
    lab_report("letting go", lets_go, "s");
    lab_report("keeping the lock", keeps, "s");
    lab_say("The same lock, the same sleep: what differs is who holds it meanwhile.");
}

static void prepare(void)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&dropped, &monotonic);
    pthread_cond_init(&taken_over, NULL);
    pthread_condattr_destroy(&monotonic);
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "gil-switch: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    long ms = 400;
    bool sleeps = false;
    for (int option; (option = getopt(argc, argv, "t:s")) != -1;)
        switch (option) {
        case 't': ms = number(optarg, 10, 10000); break;
        case 's': sleeps = true; break;
        default: return 2;
        }
    prepare();
    if (sleeps)
        tell_sleeping();
    else
        tell_computing(ms);
    return 0;
}
