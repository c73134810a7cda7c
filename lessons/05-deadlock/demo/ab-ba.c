/* ab-ba: two cooks, two locks, taken in opposite order. How many of many runs get stuck?
 *
 * Each run has two locks and two threads of its own. A run is stuck when both threads hold their first
 * lock at the same moment: neither gives it back before it has the other's, so nothing can save them.
 * That is seen at once and for certain, without any time limit. Threads that are stuck stay so until the
 * program ends.
 *
 *   -r N    runs (100)
 *   -p US   pause between the two locks, in microseconds (0: none)
 *   -s      same order: both take the spoon first
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_RUNS = 200 };
enum { NOTHING, HAS_ONE, HAS_BOTH, DONE }; /* how far a thread is; it only rises */

struct kitchen {
    pthread_mutex_t spoon, sieve;
    atomic_int brewing, cleaning;
    pthread_t threads[2];
};

static long runs = 100, pause_us;
static bool same_order;

static void pause_now(void)
{
    if (pause_us == 0)
        return;
    struct timespec t = {.tv_sec = pause_us / 1000000, .tv_nsec = pause_us % 1000000 * 1000};
    nanosleep(&t, NULL);
}

static void take_both(pthread_mutex_t *first, pthread_mutex_t *second, atomic_int *far)
{
    pthread_mutex_lock(first);
    atomic_store(far, HAS_ONE);
    pause_now();
    pthread_mutex_lock(second);
    atomic_store(far, HAS_BOTH);
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
    atomic_store(far, DONE);
}

static void *brew(void *arg)
{
    struct kitchen *k = arg;
    lab_name("brew");
    take_both(&k->spoon, &k->sieve, &k->brewing);
    return NULL;
}

static void *clean(void *arg)
{
    struct kitchen *k = arg;
    lab_name("clean");
    if (same_order)
        take_both(&k->spoon, &k->sieve, &k->cleaning);
    else
        take_both(&k->sieve, &k->spoon, &k->cleaning);
    return NULL;
}

/* `brewing` is looked at twice: it only rises, so in between it was HAS_ONE all the time. With the same
 * order the two never hold their first lock together. */
static bool is_stuck(struct kitchen *k)
{
    return !same_order && atomic_load(&k->brewing) == HAS_ONE && atomic_load(&k->cleaning) == HAS_ONE &&
           atomic_load(&k->brewing) == HAS_ONE;
}

static bool is_over(struct kitchen *k)
{
    return atomic_load(&k->brewing) == DONE && atomic_load(&k->cleaning) == DONE;
}

static void start(pthread_t *t, void *(*run)(void *), struct kitchen *k)
{
    if (pthread_create(t, NULL, run, k) == 0)
        return;
    fprintf(stderr, "ab-ba: this machine gives us no further thread\n");
    exit(2);
}

/* One run. Returns whether it got stuck; then the kitchen must stay as it is. */
static bool gets_stuck(struct kitchen *k)
{
    const struct timespec moment = {.tv_nsec = 100000};
    pthread_mutex_init(&k->spoon, NULL);
    pthread_mutex_init(&k->sieve, NULL);
    start(&k->threads[0], brew, k);
    start(&k->threads[1], clean, k);
    while (!is_over(k)) {
        if (is_stuck(k))
            return true;
        nanosleep(&moment, NULL);
    }
    pthread_join(k->threads[0], NULL);
    pthread_join(k->threads[1], NULL);
    pthread_mutex_destroy(&k->spoon);
    pthread_mutex_destroy(&k->sieve);
    return false;
}

static void tell(long stuck)
{
    lab_report("runs", (double)runs, "");
    lab_report("runs that got stuck", (double)stuck, "");
    if (stuck == 0 && !same_order)
        lab_say("Not one of %ld runs got stuck. Is the program right?", runs);
    if (stuck == 0 && same_order)
        lab_say("No run got stuck, and none can: nobody waits for the spoon while holding the sieve.");
    if (stuck > 0) {
        lab_say("brew holds the spoon and waits for the sieve.");
        lab_say("clean holds the sieve and waits for the spoon.");
    }
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "ab-ba: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    static struct kitchen kitchens[MOST_RUNS];
    long stuck = 0;
    int option;
    while ((option = getopt(argc, argv, "r:p:s")) != -1)
        switch (option) {
        case 'r': runs = number(optarg, 1, MOST_RUNS); break;
        case 'p': pause_us = number(optarg, 0, 100000); break;
        case 's': same_order = true; break;
        default: return 2;
        }
    for (long i = 0; i < runs; i++)
        stuck += gets_stuck(&kitchens[i]);
    tell(stuck);
    return 0;
}
