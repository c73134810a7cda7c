/* three-ways-to-wait: a customer waits three seconds for a cup: by looking without a pause, by looking every
 * 50 ms, and on a condition variable. What does the waiting cost, and how soon is the cup noticed?
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { WAIT_MS = 3000, LOOK_EVERY_MS = 50 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cup_came = PTHREAD_COND_INITIALIZER;
static bool cup;             /* under the lock */
static struct timespec came;  /* when; written before the cup, under the lock */

static double seconds_on(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool look(void)
{
    pthread_mutex_lock(&lock);
    bool there = cup;
    pthread_mutex_unlock(&lock);
    return there;
}

/* region: ways */
static void spin(void)
{
    while (!look())
        ;
}

static void poll_now_and_then(void)
{
    while (!look())
        usleep(LOOK_EVERY_MS * 1000);
}

static void wait_for_it(void)
{
    pthread_mutex_lock(&lock);
    while (!cup)
        pthread_cond_wait(&cup_came, &lock);
    pthread_mutex_unlock(&lock);
}
/* endregion */

static const struct way {
    const char *title, *name;
    void (*wait)(void);
    bool quiet; /* too many looks to draw each of them */
} ways[] = {
    {"looks without a pause", "spins", spin, true},
    {"looks every 50 ms", "polls", poll_now_and_then, false},
    {"waits on a condition variable", "waits", wait_for_it, false},
};

static void report(const struct way *way, const char *what, double seconds)
{
    char label[64];
    snprintf(label, sizeof label, "who %s %s", way->name, what);
    lab_report(label, seconds * 1000, "ms");
}

static void *customer(void *arg)
{
    const struct way *way = arg;
    lab_name(way->name);
    if (way->quiet)
        lab_unseen();
    way->wait();
    double noticed = seconds_on(CLOCK_MONOTONIC);
    double at = (double)came.tv_sec + (double)came.tv_nsec / 1e9;
    report(way, "computed for", seconds_on(CLOCK_THREAD_CPUTIME_ID));
    report(way, "noticed the cup after", noticed - at);
    return NULL;
}

static void bring_a_cup(void)
{
    lab_brew(WAIT_MS + LOOK_EVERY_MS / 2); /* not just when the second customer looks */
    pthread_mutex_lock(&lock);
    clock_gettime(CLOCK_MONOTONIC, &came);
    cup = true;
    pthread_cond_signal(&cup_came);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        pthread_t thread;
        lab_section(ways[i].title);
        cup = false;
        if (pthread_create(&thread, NULL, customer, (void *)&ways[i]) != 0) {
            fprintf(stderr, "three-ways-to-wait: this machine gives us no further thread\n");
            return 2;
        }
        bring_a_cup();
        pthread_join(thread, NULL);
    }
    return 0;
}
