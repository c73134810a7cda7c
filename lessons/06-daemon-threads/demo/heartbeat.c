/* heartbeat: a thread that beats every two seconds is asked to stop after five. First it sleeps between the
 * beats; then it waits, and can be woken.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <lab/lab.h>

static struct {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool stop;
} bell;

static struct timespec began;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)(t.tv_sec - began.tv_sec) + (double)(t.tv_nsec - began.tv_nsec) / 1e9;
}

static void beat(void) { printf("beat at %.1f s\n", now()); }

static bool stop_asked(void)
{
    pthread_mutex_lock(&bell.lock);
    bool stop = bell.stop;
    pthread_mutex_unlock(&bell.lock);
    return stop;
}

/* region: sleeping */
static void *sleeping_heart(void *arg)
{
    lab_name("sleeps");
    while (!stop_asked()) {
        beat();
        lab_brew(2000); /* deaf until it is over */
    }
    return arg;
}
/* endregion */

/* Waits for two seconds or until told; true: told to stop. */
static bool wait_two_seconds(void)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += 2;
    pthread_mutex_lock(&bell.lock);
    while (!bell.stop && pthread_cond_timedwait(&bell.told, &bell.lock, &end) == 0)
        ;
    bool stop = bell.stop;
    pthread_mutex_unlock(&bell.lock);
    return stop;
}

/* region: listening */
static void *listening_heart(void *arg)
{
    lab_name("listens");
    do
        beat();
    while (!wait_two_seconds()); /* asleep, and it can be woken */
    return arg;
}
/* endregion */

static void set_up(void)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&bell.lock, NULL);
    pthread_cond_init(&bell.told, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

/* Lets a heart beat, stops it after five seconds, and returns when it had ended. */
static double stop_after_five(const char *title, void *(*heart)(void *))
{
    pthread_t thread;
    lab_section(title);
    bell.stop = false;
    clock_gettime(CLOCK_MONOTONIC, &began);
    if (pthread_create(&thread, NULL, heart, NULL) != 0) {
        fprintf(stderr, "heartbeat: this machine gives us no further thread\n");
        exit(2);
    }
    lab_brew(5000);
    pthread_mutex_lock(&bell.lock);
    bell.stop = true;
    pthread_cond_broadcast(&bell.told);
    pthread_mutex_unlock(&bell.lock);
    pthread_join(thread, NULL);
    return now();
}

int main(void)
{
    set_up();
    double sleeping = stop_after_five("sleeps between the beats", sleeping_heart);
    double listening = stop_after_five("listens between the beats", listening_heart);
    lab_say("Asked to stop after 5 s. The one that sleeps ended at %.2f s, the one that listens at %.2f s.",
            sleeping, listening);
    return 0;
}
