/* thread-cost: what does a thread cost on this machine? First its time: created and joined, one after the
 * other. Then its memory: many threads that sleep at the same time.
 *
 *   -n N   threads created and joined (2000)
 *   -m N   most threads asleep at the same time (5000)
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_THREADS = 20000 };

static long created = 2000;
static long most = 5000;
static pthread_t threads[MOST_THREADS];

/* The sleepers: all sleep until main opens the gate. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    int open;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void *nothing(void *arg)
{
    return arg;
}

static void *sleeper(void *arg)
{
    pthread_mutex_lock(&gate.lock);
    while (!gate.open)
        pthread_cond_wait(&gate.opened, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    return arg;
}

/* A line of /proc/self/status, in KiB; -1 if the system does not tell. */
static long status_kib(const char *key)
{
    char line[128];
    long kib = -1;
    FILE *f = fopen("/proc/self/status", "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f))
        if (strncmp(line, key, strlen(key)) == 0)
            kib = strtol(line + strlen(key), NULL, 10);
    fclose(f);
    return kib;
}

/* ---- time ------------------------------------------------------------------------ */

static void measure_time(void)
{
    double before = seconds();
    for (long i = 0; i < created; i++) {
        int error = pthread_create(&threads[0], NULL, nothing, NULL);
        if (error != 0) {
            lab_say("No further thread after %ld: %s.", i, strerror(error));
            return;
        }
        pthread_join(threads[0], NULL);
    }
    double each = (seconds() - before) / (double)created;
    lab_report("create and join a thread", each * 1e6, "us");
    lab_say("Creating and joining a thread took %.0f microseconds (%ld times in a row).", each * 1e6, created);
    lab_say("So a job that takes a few microseconds is not worth a thread of its own.");
}

/* ---- memory ------------------------------------------------------------------------ */

static void open_gate(int open)
{
    pthread_mutex_lock(&gate.lock);
    gate.open = open;
    pthread_cond_broadcast(&gate.opened);
    pthread_mutex_unlock(&gate.lock);
}

/* What a thread's stack reserves, in MB. */
static double stack_mb(void)
{
    pthread_attr_t usual;
    size_t bytes = 0;
    if (pthread_getattr_default_np(&usual) != 0)
        return 0;
    pthread_attr_getstacksize(&usual, &bytes);
    pthread_attr_destroy(&usual);
    return (double)bytes / (1 << 20);
}

/* Starts `n` sleepers, looks at the memory, wakes them. Returns how many could be had. */
static long sleep_together(long n)
{
    long before = status_kib("VmRSS:");
    long got = 0;
    int error = 0;
    open_gate(0);
    while (got < n && (error = pthread_create(&threads[got], NULL, sleeper, NULL)) == 0)
        got++;
    long more = status_kib("VmRSS:") - before;
    open_gate(1);
    for (long i = 0; i < got; i++)
        pthread_join(threads[i], NULL);
    if (got < n)
        lab_say("No more than %ld threads at once here: %s. (See `ulimit -u`, and the limits of a container.)",
                got, strerror(error));
    if (got > 0 && before >= 0)
        lab_say("%5ld asleep: %5.1f MB of memory in use, %5.0f MB reserved for their stacks", got,
                (double)more / 1024, (double)got * stack_mb());
    return got;
}

static void measure_memory(void)
{
    for (long n = 10; n <= most; n *= 10)
        if (sleep_together(n) < n)
            return;
    if (most > 1000)
        sleep_together(most);
    lab_say("A stack reserves %.0f MB in this lab (8 MB is usual), and uses only what was touched.", stack_mb());
}

static long number(const char *text, long least, long largest)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= largest)
        return n;
    fprintf(stderr, "thread-cost: '%s' is no number from %ld to %ld\n", text, least, largest);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:m:")) != -1)
        switch (option) {
        case 'n': created = number(optarg, 1, 100000); break;
        case 'm': most = number(optarg, 10, MOST_THREADS); break;
        default: return 2;
        }
    measure_time();
    measure_memory();
    return 0;
}
